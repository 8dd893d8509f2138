"""`plan`: many projects over years, as a ledger of the ceilings that they use.

The plan is a fold of `outcome` in the order of the applications: what one project uses is a fact of the next. It runs
once for each class that the enterprise may be of, so that no sum mixes two classes. Within a fold what was used lies
between two ends, and each project is judged with all that lies between.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rules.case import Case, Facts, explore
from rules.comparing import days_of_change
from rules.dated import Law
from rules.days import ordinal, start_of_year, year_of
from rules.facts import INCREASE, KMO_PORTEFEUILLE, LATEST_DAY, WERKBAARHEIDSCHEQUE
from rules.outcome import NOT_ELIGIBLE, Outcome, outcome, verdict_of
from rules.rule import NOT_MET, Scheme
from rules.schemes import SCHEMES
from rules.weighing import Range, hull
from rules.worlds import Box, Interval, Leaf, endings

# The fact that tells a project what earlier ones used, and the amounts that tell what is left before and after it.
_USED = {
    KMO_PORTEFEUILLE: "support_used_this_year",
    INCREASE: "increase_used_this_year",
    WERKBAARHEIDSCHEQUE: "support_used_before",
}
_LEFT_AFTER = {
    KMO_PORTEFEUILLE: "ceiling_left_after",
    INCREASE: "ceiling_left_after",
    WERKBAARHEIDSCHEQUE: "support_left_after",
}
_STATES_OF_CEILINGS = (
    "ceiling",
    "ceiling_left_before",
    "ceiling_left_after",
    "support_left_before",
    "support_left_after",
)
SUMMED = tuple(
    dict.fromkeys(
        name for scheme in SCHEMES.values() for name in scheme.amounts if name not in _STATES_OF_CEILINGS
    )
)

LAST_DAY = ordinal(LATEST_DAY)
_LOOK_BACK = 100  # a change of law further back than this is no other date for the same project

Key = tuple[str, int | None]  # a scheme and a calendar year; no year where one ceiling holds for ever


class Remark(NamedTuple):
    """Something that only the plan can tell of a project: ``id`` names the sentence."""

    id: str
    day: int | None = None
    support: Range | None = None
    size: str | None = None


class Row(NamedTuple):
    """One ceiling: what it is, what the projects used of it, what is left."""

    scheme: str
    year: int | None
    ceiling: Range
    used: Range
    left: Range


class Plan(NamedTuple):
    """Each project's outcome in the order given, the ceilings by year, and the sums over all projects."""

    projects: list[Outcome]
    remarks: list[list[Remark]]
    years: list[Row]
    total: dict[str, Range]


class _Entry:
    """One ceiling during a fold: what is used so far, and what stopped projects give back on which day."""

    def __init__(self, used: Range, uses: int):
        self.before = used
        self.uses = uses
        self.used = used
        self.ceiling = Range(0, 0)
        self.released: list[tuple[int, Range]] = []

    def release(self, day: int) -> None:
        """Give back what was freed by then."""
        for when, freed in [*self.released]:
            if when <= day:
                self.used = _less(self.used, freed)
                self.released.remove((when, freed))


class _Fold(NamedTuple):
    """One run through the projects, for one class of the enterprise."""

    outcomes: dict[int, Outcome]
    entries: dict[Key, _Entry]
    locks: dict[int, str]
    within: dict[int, Box]


def plan(projects: list[Facts], law: Law) -> Plan:
    """Fold the projects, each with the enterprise's facts already in it."""
    dated = sorted(
        (index for index, facts in enumerate(projects) if "application_date" in facts),
        key=lambda index: (projects[index]["application_date"], index),
    )
    folds = [_fold(projects, dated, law, size) for size in _classes(projects, law)]
    outcomes: list[Outcome] = []
    remarks: list[list[Remark]] = []
    for index, facts in enumerate(projects):
        found = [fold.outcomes[index] for fold in folds if index in fold.outcomes]
        whole = found[0]
        if len(found) > 1 and facts["scheme"] != WERKBAARHEIDSCHEQUE:
            whole = _merged(found, [fold.within.get(index, {}) for fold in folds], law)
        outcomes.append(whole)
        locks = {fold.locks.get(index) for fold in folds}
        remarks.append(_remarks(whole, facts, law, locks.pop() if len(locks) == 1 else None))
    _mark_first_short(dated, outcomes, remarks)
    for index in dated:
        if (INCREASE, year_of(projects[index]["application_date"])) not in folds[0].entries:
            remarks[index] += _increase(outcomes[index], projects[index], law)
    years = [_row(key, [fold.entries[key] for fold in folds]) for key in folds[0].entries]
    years.sort(key=lambda row: (row.year or 0, row.scheme))
    return Plan(outcomes, remarks, years, _total(folds, projects))


def _classes(projects: list[Facts], law: Law) -> Iterable[str | None]:
    """The classes to run the fold for: one run where the class of every project is settled."""
    found: dict[str, None] = {}
    for facts in projects:
        if facts["scheme"] != WERKBAARHEIDSCHEQUE:
            found |= dict.fromkeys(_open_classes(facts, law))
    return found or (None,)


def _open_classes(facts: Facts, law: Law) -> list[str]:
    """The classes that a project's unknown figures leave open, if more than one; those with support alone."""
    case = Case(SCHEMES[facts["scheme"]], facts, law)
    tree = explore(case, lambda world: Leaf(world.size))
    classes = dict.fromkeys(leaf.result for leaf in endings(tree))
    if len(classes) < 2:
        return []
    return [size for size in classes if size != "large" or facts.get("sheltered_workshop")]


def _fold(projects: list[Facts], dated: list[int], law: Law, size: str | None) -> _Fold:
    fold = _Fold({}, {}, {}, {})
    classes: dict[int, str] = {}  # the class that a calendar year's first application fixed
    for index in dated:
        facts = dict(projects[index])
        scheme = SCHEMES[facts["scheme"]]
        day = facts["application_date"]
        year = year_of(day)
        key = _key(scheme.id, day)
        if scheme.id != WERKBAARHEIDSCHEQUE:
            if size and _open_classes(facts, law):
                facts["enterprise_size"] = size
            if year in classes and classes[year] != facts.get("enterprise_size"):
                facts["enterprise_size"] = fold.locks[index] = classes[year]
        within = fold.within[index] = _carried(fold, key, facts, day)
        found = outcome(scheme, facts, law, within=within)
        if scheme.id != WERKBAARHEIDSCHEQUE and found.verdict != NOT_ELIGIBLE and (own := _class_of(found)):
            classes.setdefault(year, own)
        fold.outcomes[index] = found
        ends = _at_the_ends(scheme, facts, law, within) or (found, found)
        _enter(fold.entries[key], scheme, ends, facts)
    for entry in fold.entries.values():
        entry.release(LAST_DAY)
    for index, facts in enumerate(projects):
        if index not in fold.outcomes:
            fold.outcomes[index] = outcome(SCHEMES[facts["scheme"]], facts, law)
    return fold


def _carried(fold: _Fold, key: Key, facts: Facts, day: int) -> Box:
    """Put what earlier projects used into the facts; what is only known between two ends is returned."""
    name = _USED[key[0]]
    if key[0] == INCREASE and "ceiling_reached" not in facts:
        portfolio = fold.entries.get((KMO_PORTEFEUILLE, key[1]))
        if portfolio and portfolio.used == portfolio.ceiling:
            facts["ceiling_reached"] = True
    if key not in fold.entries:  # the first project says what was used before the plan
        stated = facts.get(name, 0)
        fold.entries[key] = _Entry(Range(stated, stated), facts.get("cheques_used_before", 0))
        return {}
    entry = fold.entries[key]
    entry.release(day)
    if key[0] == WERKBAARHEIDSCHEQUE:
        facts["cheques_used_before"] = entry.uses
    low, high = entry.used
    facts.pop(name, None)
    if low == high:
        facts[name] = low
        return {}
    return {name: Interval(low or 0, high or 0)}


def _at_the_ends(scheme: Scheme, facts: Facts, law: Law, within: Box) -> tuple[Outcome, Outcome] | None:
    """What a project uses of the ceiling where least and where most was used before it.

    The more was used before, the more is used after: so these two hold the ends of it. A deposit breaks that, for
    the smaller a support that is due, the more of it a deposit earns; then the whole range has to serve.
    """
    if not within or "deposit" in facts:
        return None
    [(name, ends)] = within.items()
    least, most = (outcome(scheme, {**facts, name: end}, law, explain=False) for end in ends)
    return least, most


def _enter(entry: _Entry, scheme: Scheme, ends: tuple[Outcome, Outcome], facts: Facts) -> None:
    """Write into the ledger what a project uses, from what it gives at both ends of what was used before it."""
    entry.ceiling = hull([one.amounts.get("ceiling", entry.ceiling) for one in ends])
    before = entry.used
    uses = [_uses(one) for one in ends]
    if not any(uses):
        return
    entry.uses += 1
    ceiling = entry.ceiling.high or 0
    low, high = (
        (used or 0) + (one.amounts["support"][end] or 0 if using else 0)
        for end, (used, one, using) in enumerate(zip(before, ends, uses, strict=True))
    )
    entry.used = Range(min(low, ceiling), max(before.high or 0, min(high, ceiling)))
    if _frees(facts):
        entry.released.append((facts["stopped_on"], _less(entry.used, before)))


def _frees(facts: Facts) -> bool:
    """Whether a project was stopped in the year of its application, and so gives back what it used."""
    stopped, applied = facts.get("stopped_on"), facts.get("application_date")
    return stopped is not None and applied is not None and year_of(stopped) == year_of(applied)


def _uses(found: Outcome) -> bool:
    """Whether a project may use some of its ceiling; a refused one uses nothing."""
    return (
        found.verdict != NOT_ELIGIBLE
        and _LEFT_AFTER[found.scheme.id] in found.amounts
        and not found.nothing_fits
    )


def _class_of(found: Outcome) -> str | None:
    """The class that a project was judged by, where it is settled."""
    for judged in found.conditions:
        reading = judged.because.case.readings.get("size")
        if judged.rule.id == "enterprise_size" and reading is not None and isinstance(reading.value, str):
            return reading.value if judged.state == "met" else None
    return None


def _key(scheme: str, day: int) -> Key:
    return scheme, None if scheme == WERKBAARHEIDSCHEQUE else year_of(day)


def _less(left: Range, right: Range) -> Range:
    return Range((left.low or 0) - (right.low or 0), (left.high or 0) - (right.high or 0))


# --- the folds together ------------------------------------------------------------------------


def _merged(found: list[Outcome], within: list[Box], law: Law) -> Outcome:
    """One outcome for what several folds gave: judged with all that differs between them unknown.

    Its amounts are from the folds. Where each fold refuses (a ceiling used up by any class), the first one's
    reasons serve.
    """
    refused = all(one.verdict == NOT_ELIGIBLE for one in found)
    whole = found[0] if refused else _judged_together(found, within, law)
    amounts = {
        name: hull([one.amounts[name] for one in found if name in one.amounts])
        for name in whole.scheme.answers
        if any(name in one.amounts for one in found)
    }
    return whole._replace(amounts=amounts)


def _judged_together(found: list[Outcome], within: list[Box], law: Law) -> Outcome:
    """A project judged on the facts that all folds share; a condition on which all agree is as they say."""
    scheme, name = found[0].scheme, _USED[found[0].scheme.id]
    first = found[0].facts
    shared = {fact: first[fact] for fact in first if all(one.facts.get(fact) == first[fact] for one in found)}
    used: Box = {}
    if name not in shared:
        facts_and_boxes = zip((one.facts for one in found), within, strict=True)
        ends = [end for facts, box in facts_and_boxes for end in box.get(name, (facts.get(name, 0),))]
        used = {name: Interval(min(ends), max(ends))} if any(ends) else {}
    whole = outcome(scheme, shared, law, within=used)
    conditions = []
    for judged in whole.conditions:
        same = [other for one in found for other in one.conditions if other.rule is judged.rule]
        agreed = len(same) == len(found) and len({other.state for other in same}) == 1
        conditions.append(same[0] if agreed and judged.rule.id != "enterprise_size" else judged)
    return whole._replace(conditions=conditions, verdict=verdict_of(conditions))


def _row(key: Key, entries: list[_Entry]) -> Row:
    ceiling = hull([entry.ceiling for entry in entries])
    left = [
        Range(
            max(0, (entry.ceiling.low or 0) - (entry.used.high or 0)),
            max(0, (entry.ceiling.high or 0) - (entry.used.low or 0)),
        )
        for entry in entries
    ]
    return Row(*key, ceiling, hull([entry.used for entry in entries]), hull(left))


def _total(folds: list[_Fold], projects: list[Facts]) -> dict[str, Range]:
    """Sums over all projects that were not stopped, fold by fold; support is never more than a ledger gave out."""
    sums: dict[str, list[Range]] = {}
    for fold in folds:
        schemes = [_scheme_total(fold, projects, scheme) for scheme in SCHEMES]
        for name in SUMMED:
            if parts := [total[name] for total in schemes if name in total]:
                sums.setdefault(name, []).append(_sum(parts))
    return {name: hull(sums[name]) for name in SUMMED if name in sums}


def _scheme_total(fold: _Fold, projects: list[Facts], scheme: str) -> dict[str, Range]:
    """One scheme's sums in a fold. What the support leaves is no more and no less than it can leave of the whole."""
    own = [index for index, facts in enumerate(projects) if facts["scheme"] == scheme]
    paid = [index for index in own if "stopped_on" not in projects[index]]
    total: dict[str, Range] = {}
    for name in SUMMED:
        outcomes = [fold.outcomes[index] for index in paid]
        if parts := [one.amounts[name] for one in outcomes if name in one.amounts]:
            total[name] = _sum(parts)
    if "support" in total and all("application_date" in projects[index] for index in paid):
        entries = [entry for key, entry in fold.entries.items() if key[0] == scheme]
        given = _sum([_less(entry.used, entry.before) for entry in entries])
        freed = all(_frees(projects[index]) for index in own if index not in paid)
        total["support"] = _inside(total["support"], given if freed else given._replace(low=0))
    if scheme == WERKBAARHEIDSCHEQUE:
        _leave(total, "co_financing", "eligible_cost", "support")
    else:
        _leave(total, "own_share", "invoice", "support", "not_covered")
        _leave(total, "not_covered", "invoice", "support", "own_share")
        _leave(total, "total_own_cost_without_vat", "invoice", "support")
        if "total_own_cost" in total:
            vat = total["vat_paid_directly"]
            with_vat = _sum([total["total_own_cost_without_vat"], vat])
            total["total_own_cost"] = _inside(
                total["total_own_cost"], with_vat._replace(low=total["total_own_cost_without_vat"].low)
            )
    return total


def _leave(total: dict[str, Range], name: str, whole: str, *others: str) -> None:
    """Narrow a sum to what the ``others`` leave of the ``whole``."""
    if name not in total:
        return
    low, high = total[whole]
    parts = _sum([total[other] for other in others])
    least = 0 if parts.high is None else (low or 0) - parts.high
    most = None if high is None else high - (parts.low or 0)
    total[name] = _inside(total[name], Range(least, most))


def _inside(range: Range, other: Range) -> Range:
    """What lies in both of two ranges."""
    highs = [high for high in (range.high, other.high) if high is not None]
    return Range(max(range.low or 0, other.low or 0), min(highs) if highs else None)


def _sum(parts: list[Range]) -> Range:
    highs = [part.high for part in parts if part.high is not None]
    return Range(sum(part.low or 0 for part in parts), sum(highs) if len(highs) == len(parts) else None)


# --- what only the plan can tell ---------------------------------------------------------------


def _remarks(found: Outcome, facts: Facts, law: Law, locked: str | None) -> list[Remark]:
    remarks: list[Remark] = []
    if "application_date" not in facts:
        return [Remark("no_date")]
    if locked and locked != facts.get("enterprise_size"):
        remarks.append(Remark("size_locked", size=locked))
    if "stopped_on" in facts:
        remarks.append(Remark("stopped", day=facts["stopped_on"]))
    if facts["scheme"] == KMO_PORTEFEUILLE:
        remarks += _other_days(found, facts, law)
    return remarks


def _other_days(found: Outcome, facts: Facts, law: Law) -> list[Remark]:
    """What the project would give on the next New Year's Day, and before the last change of the law."""
    scheme, day = SCHEMES[facts["scheme"]], facts["application_date"]
    now = found.amounts["support"]
    remarks = []
    fresh = {name: value for name, value in facts.items() if name != _USED[scheme.id]}
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
    return other.verdict != NOT_ELIGIBLE and (support.low or 0) > (now.low or 0)


def _mark_first_short(dated: list[int], outcomes: list[Outcome], remarks: list[list[Remark]]) -> None:
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
    short = full is not None and support.high is not None and (full.low or 0) > support.high
    used_up = any(judged.rule.id == "ceiling_left" and judged.state == NOT_MET for judged in found.conditions)
    return used_up or (short and found.verdict != NOT_ELIGIBLE)


def _increase(found: Outcome, facts: Facts, law: Law) -> list[Remark]:
    """What the increase for workable work holds out on the same day, once the portfolio's ceiling is used up."""
    if found.scheme.id != KMO_PORTEFEUILLE or not _falls_short(found):
        return []
    asked = {**facts, "scheme": INCREASE, "ceiling_reached": True, "workable_work": True}
    more = outcome(SCHEMES[INCREASE], asked, law, explain=False)
    return [Remark("increase", support=more.amounts["support"])] if _better(more, Range(0, 0)) else []
