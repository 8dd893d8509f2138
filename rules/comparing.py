"""`compare`: one case over several values of one fact; over the days on which the law changed, where none are given."""

from __future__ import annotations

from typing import Any

from rules.case import Facts
from rules.dated import Law
from rules.facts import FACTS
from rules.judging import Due
from rules.outcome import Outcome, outcome
from rules.scheme import Scheme
from rules.schemes import SCHEMES


def over(facts: Facts, law: Law, fact: str, values: list[Any]) -> list[Outcome]:
    """The outcome for each value of a fact, all else unchanged; None is the fact unknown."""
    others = {name: value for name, value in facts.items() if name != fact}
    cases = [others if value is None else {**others, fact: value} for value in values]
    return [outcome(SCHEMES[case["scheme"]], case, law) for case in cases]


def values_of(facts: Facts, law: Law, fact: str) -> list[Any] | None:
    """What a fact is compared over where no values are given; None for a fact with no natural list of them."""
    if fact == "application_date":
        return days_of_change(SCHEMES[facts["scheme"]], facts, law)
    kind = FACTS[fact].kind
    if kind == "yes_no":
        return [True, False]
    return list(FACTS[fact].options) if kind == "choice" else None


def days_of_change(scheme: Scheme, facts: Facts, law: Law, among: range | None = None) -> list[int]:
    """The days (ordinals) on which the law changed for this case: its answer is another than the day before.

    ``among`` are the days that matter, where not all do.
    """

    def answer(day: int) -> Outcome:
        return outcome(scheme, {**facts, "application_date": day}, law, explain=False)

    starts = sorted({start for parameter in law.of(scheme.laws) for start in parameter.starts})
    days = starts[1:] if among is None else [day for day in starts[1:] if day in among]
    return [day for day in days if _differs(answer(day), answer(day - 1))]


def _differs(now: Outcome, before: Outcome) -> bool:
    """Whether two outcomes, a day after each other, have another verdict, condition, amount or deadline."""
    states = [[(judged.rule.id, judged.state) for judged in found.conditions] for found in (now, before)]
    if states[0] != states[1] or now.amounts != before.amounts:
        return True
    dues = [{(due.rule.id, due.rule.required): due for due in found.deadlines} for found in (now, before)]
    if dues[0].keys() != dues[1].keys():
        return True
    return any(_moved(due, dues[1][name]) for name, due in dues[0].items())


def _moved(now: Due, before: Due) -> bool:
    """Whether the law moved a deadline; one that only moves along with the day of the application did not."""
    read = [
        {
            name: due.because.case.legal[name][1].value
            for name in due.because.inputs
            if name in due.because.case.legal
        }
        for due in (now, before)
    ]
    return read[0] != read[1] and now.day - before.day not in (0, 1)
