"""What only a plan can tell of a project: which one falls short, and what another day would give."""

from __future__ import annotations

from typing import NamedTuple

from rules.case import Facts
from rules.comparing import days_of_change
from rules.dated import Law
from rules.days import start_of_year, year_of
from rules.facts import INCREASE, KMO_PORTEFEUILLE, WERKBAARHEIDSCHEQUE
from rules.ledger import USED, Key, stopped
from rules.outcome import NOT_ELIGIBLE, Outcome, outcome
from rules.rule import NOT_MET
from rules.schemes import SCHEMES
from rules.weighing import Range

_LOOK_BACK = 100  # a change of law further back than this is no other date for the same project


class Remark(NamedTuple):
    """Something that only the plan can tell of a project: ``id`` names the sentence."""

    id: str
    day: int | None = None
    support: Range | None = None
    size: str | None = None


def remarks_on(found: Outcome, facts: Facts, law: Law, locked: str | None) -> list[Remark]:
    """What there is to say of a project, but for the ceiling that is used up. ``locked`` is the year's class."""
    remarks: list[Remark] = []
    if "application_date" not in facts:
        return [Remark("no_date_last" if facts["scheme"] == WERKBAARHEIDSCHEQUE else "no_date")]
    if locked and locked != facts.get("enterprise_size"):
        remarks.append(Remark("size_locked", size=locked))
    if stopped(facts):
        remarks.append(Remark("stopped", day=facts["stopped_on"]))
    if facts["scheme"] == KMO_PORTEFEUILLE:
        remarks += _other_days(found, facts, law)
    return remarks


def _other_days(found: Outcome, facts: Facts, law: Law) -> list[Remark]:
    """What the project would give on the next New Year's Day, and before the last change of the law."""
    scheme, day = SCHEMES[facts["scheme"]], facts["application_date"]
    now = found.amounts["support"]
    remarks = []
    fresh = {name: value for name, value in facts.items() if name != USED[scheme.id]}
    later = start_of_year(day, 1)
    then = outcome(scheme, {**fresh, "application_date": later}, law, explain=False)
    if _better(then, now):
        remarks.append(Remark("later_year", later, then.amounts["support"]))
    if changes := days_of_change(scheme, fresh, law, range(day - _LOOK_BACK, day + 1)):
        eve = changes[-1] - 1  # in the same year what was used before is used there too
        same = found.facts if year_of(eve) == year_of(day) else fresh
        before = outcome(scheme, {**same, "application_date": eve}, law, explain=False)
        if _better(before, now):
            remarks.append(Remark("before_change", eve, before.amounts["support"]))
    return remarks


def _better(other: Outcome, now: Range) -> bool:
    support = other.amounts["support"]
    return other.verdict != NOT_ELIGIBLE and support.low > now.low


def mark_first_short(dated: list[int], outcomes: list[Outcome], remarks: list[list[Remark]]) -> None:
    """Mark in each ceiling's year the first project that surely gets less than its rate."""
    seen: set[Key] = set()
    for index in dated:
        found = outcomes[index]
        key = (
            found.scheme.id,
            None if found.scheme.id == WERKBAARHEIDSCHEQUE else year_of(found.facts["application_date"]),
        )
        if key not in seen and _falls_short(found):
            seen.add(key)
            remarks[index].append(Remark("short"))


def _falls_short(found: Outcome) -> bool:
    """Whether a project surely gets less than its rate, as its ceiling is used up."""
    full, support = found.amounts.get("support_before_ceiling"), found.amounts["support"]
    short = full is not None and support.high is not None and full.low > support.high
    used_up = any(judged.rule.id == "ceiling_left" and judged.state == NOT_MET for judged in found.conditions)
    return used_up or (short and found.verdict != NOT_ELIGIBLE)


def increase_on(found: Outcome, facts: Facts, law: Law) -> list[Remark]:
    """What the increase for workable work holds out on the same day, once the portfolio's ceiling is used up."""
    if found.scheme.id != KMO_PORTEFEUILLE or not _falls_short(found):
        return []
    asked = {**facts, "scheme": INCREASE, "ceiling_reached": True, "workable_work": True}
    more = outcome(SCHEMES[INCREASE], asked, law, explain=False)
    return [Remark("increase", support=more.amounts["support"])] if _better(more, Range(0, 0)) else []
