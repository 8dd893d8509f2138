"""What the rules say of a case: verdict, conditions, amounts, deadlines, questions, and the reasons.

`outcome` runs every rule in every world that the unknown facts leave open, and sums up what the worlds agree
on. A condition is judged by itself. An amount is its least and greatest over the worlds in which no
condition is not met; where there is no such world, the amounts are those of a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rules.asking import questions
from rules.case import Case, Facts, Past
from rules.dated import Law
from rules.facts import facts_of
from rules.judging import Due, Judged, Said, due_day, judge, said
from rules.reasons import Step, reasons
from rules.rule import NOT_MET, UNKNOWN
from rules.scheme import Scheme
from rules.weighing import Range, ranges, weigh, weigh_refused

ELIGIBLE, NOT_ELIGIBLE, UNDECIDED = "eligible", "not_eligible", "undecided"


class Outcome(NamedTuple):
    """Everything that is said of one case. Texts come later, in the reader's language."""

    scheme: Scheme
    facts: Facts
    law: Law
    verdict: str
    conditions: list[Judged]
    amounts: dict[str, Range]
    deadlines: list[Due]
    questions: list[str]
    moving: list[str]  # the unknown facts that move an amount, those that move the support furthest first
    nothing_fits: bool  # no world meets all conditions together
    trace: list[Step]
    notices: list[Said]
    left_aside: list[str]  # the known facts of the scheme that no rule had to read
    case: Case
    worlds: list[Case]  # those that the amounts are from


def outcome(
    scheme: Scheme, facts: Facts, law: Law, explain: bool = True, pasts: Sequence[Past] = ()
) -> Outcome:
    """Judge a case. ``explain=False`` leaves out trace and notices, for many cases in a row.

    ``pasts`` are what earlier projects of a plan may have come to: one of them is true.
    """
    case = Case.after(scheme, facts, law, pasts)
    facts = case.facts
    conditions = [judged for rule in scheme.conditions if (judged := judge(case, rule))]
    verdict = verdict_of(conditions)
    refused = verdict == NOT_ELIGIBLE
    weighed = weigh_refused(case) if refused else weigh(case, conditions)
    nothing_fits = not weighed.worlds
    if nothing_fits:
        weighed = weigh_refused(case)
    if refused:
        found = questions([], weighed.tree, scheme.asked_when_refused)
    else:
        found = questions(conditions, weighed.tree, scheme.answers)
    deadlines = [due for rule in scheme.deadlines if (due := due_day(case, rule))]
    notices = [told for rule in scheme.notices if (told := said(case, rule))] if explain else []
    amounts = ranges(scheme, weighed.worlds)
    trace = reasons(scheme, weighed.worlds, amounts) if explain else []
    read = {"scheme", *case.read}
    return Outcome(
        scheme,
        facts,
        law,
        verdict,
        conditions,
        amounts,
        deadlines,
        found.asked,
        found.moving,
        nothing_fits,
        trace,
        notices,
        [fact.name for fact in facts_of(scheme.id) if fact.name in facts and fact.name not in read],
        case,
        weighed.worlds,
    )


def verdict_of(conditions: list[Judged]) -> str:
    """The verdict that the conditions give together."""
    states = {judged.state for judged in conditions}
    if NOT_MET in states:
        return NOT_ELIGIBLE
    return UNDECIDED if UNKNOWN in states else ELIGIBLE
