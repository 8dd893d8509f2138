"""`plan`: many projects over years, as a ledger of the ceilings that they use.

The plan is a fold of `outcome` in the order of the applications: what one project uses is a fact of the next. What is
unknown of a project leaves several worlds behind it: in one it was refused and used nothing, in others it used a share
at this rate or that. The fold carries them all, each with its own ledger and its own sums, and judges the next project
once, with all of them as its pasts. Worlds that left the same behind become one again.

What is unknown of the enterprise in every project is the same in all of them. So a world in which the enterprise itself
is refused counts no more in a plan than it does in the amounts of a single outcome.
"""

from __future__ import annotations

from typing import NamedTuple

from rules.case import Case, Facts, Past, explore
from rules.dated import Law
from rules.days import year_of
from rules.facts import ENTERPRISE, INCREASE, KMO_PORTEFEUILLE, WERKBAARHEIDSCHEQUE
from rules.ledger import (
    LAST_DAY,
    USED,
    Account,
    Key,
    Row,
    Way,
    World,
    few,
    followed,
    next_year,
    row,
)
from rules.outcome import NOT_ELIGIBLE, Outcome, outcome
from rules.remarks import Remark, increase_on, mark_first_short, remarks_on
from rules.schemes import SCHEMES
from rules.sums import SUMMED, either, plus, summed, within_the_ceiling
from rules.ways import ways
from rules.weighing import Range
from rules.worlds import Interval, Leaf, endings


class Plan(NamedTuple):
    """Each project's outcome in the order given, the ceilings by year, and the sums over all projects."""

    projects: list[Outcome]
    remarks: list[list[Remark]]
    years: list[Row]
    total: dict[str, Range]


def plan(projects: list[Facts], law: Law) -> Plan:
    """Fold the projects, each with the enterprise's facts already in it."""
    fold = _Fold(projects, law)
    order = sorted(range(len(projects)), key=lambda index: (_day(projects[index]), index))
    for index in order:
        fold.add(index)
    fold.end()
    outcomes = [fold.outcomes[index] for index in range(len(projects))]
    remarks = [
        remarks_on(found, facts, law, fold.locks.get(index))
        for index, (found, facts) in enumerate(zip(outcomes, projects, strict=True))
    ]
    dated = [index for index in order if "application_date" in projects[index]]
    mark_first_short(dated, outcomes, remarks)
    for index in dated:
        if (INCREASE, year_of(projects[index]["application_date"])) not in fold.closed:
            remarks[index] += increase_on(outcomes[index], projects[index], law)
    years = [row(key, accounts) for key, accounts in fold.closed.items()]
    years.sort(key=lambda row: (row.year or 0, row.scheme))
    total = either([world.total for world in fold.worlds])
    return Plan(outcomes, remarks, years, {name: total[name] for name in SUMMED if name in total})


class _Fold:
    """The worlds that the projects so far leave open, and what was told of each."""

    def __init__(self, projects: list[Facts], law: Law):
        self.projects = projects
        self.law = law
        self.shared = {name for name in ENTERPRISE if not any(name in facts for facts in projects)}
        self.classes = [_open_classes(facts, law) for facts in projects]
        found = dict.fromkeys(size for classes in self.classes for size in classes)
        self.worlds = [World(size) for size in found or (None,)]
        self.outcomes: dict[int, Outcome] = {}
        self.locks: dict[int, str] = {}
        self.closed: dict[Key, list[Account]] = {}

    def add(self, index: int) -> None:
        """Judge one more project, and follow every way that it leaves open."""
        facts = self.projects[index]
        scheme, key = SCHEMES[facts["scheme"]], _key(facts)
        if "application_date" in facts:
            self._come_to(facts["application_date"])
        pasts: list[Past] = []
        worlds: list[list[World]] = []  # of each past
        for world, past in zip(self.worlds, self._pasts(index), strict=True):
            if past not in pasts:
                pasts.append(past)
                worlds.append([])
            worlds[pasts.index(past)].append(world)
        found = outcome(scheme, facts, self.law, pasts=pasts)
        open_ways = ways(found, len(pasts), self.shared)
        if not any(
            open_ways
        ):  # refused in each past by what is unknown of the enterprise: none goes on otherwise
            open_ways = [[Way(summed(found.amounts))] for _ in pasts]
        self.outcomes[index] = self._refused_in_each_class(found, pasts) or found
        self.worlds = few(
            followed(world, way, key, facts)
            for group, onward in zip(worlds, open_ways, strict=True)
            for world in group
            for way in onward
        )

    def end(self) -> None:
        """Close every account."""
        self.worlds = few([self._without(world, list(world.accounts)) for world in self.worlds])

    def _come_to(self, day: int) -> None:
        """Close the accounts of years gone by, and give back what was freed until this day."""
        year, worlds = year_of(day), self.worlds
        if year != worlds[0].year:
            past = [key for key in worlds[0].accounts if key[1] is not None]
            worlds = [next_year(self._without(world, past), year) for world in worlds]
        self.worlds = few(
            world._replace(accounts={key: account.at(day) for key, account in world.accounts.items()})
            for world in worlds
        )

    def _without(self, world: World, keys: list[Key]) -> World:
        """A world with some of its accounts closed, and their sums in its total."""
        accounts, total = dict(world.accounts), world.total
        for key in keys:
            account = accounts.pop(key).at(LAST_DAY)
            self.closed.setdefault(key, []).append(account)
            total = plus(total, within_the_ceiling(account.sums, Range(*account.given.ends), key[0]))
        return world._replace(accounts=accounts, total=total)

    def _pasts(self, index: int) -> list[Past]:
        """What a project is told of each world: what was used, the class, and what the portfolio's use decides."""
        facts, classes, key = self.projects[index], self.classes[index], _key(self.projects[index])
        if facts["scheme"] == WERKBAARHEIDSCHEQUE:
            return [Past({}, _told(world, key, facts)) for world in self.worlds]
        sizes = [world.size if world.size in classes else None for world in self.worlds]
        locks = [
            world.lock if key and world.lock != (facts.get("enterprise_size") or size) else None
            for world, size in zip(self.worlds, sizes, strict=True)
        ]
        if len(set(locks)) == 1 and locks[0]:
            self.locks[index] = locks[0]
        found = []
        for world, size, lock in zip(self.worlds, sizes, locks, strict=True):
            told = _told(world, key, facts)
            if any(locks):
                found.append(Past({}, told | ({"enterprise_size": lock or size} if lock or size else {})))
            else:
                found.append(Past({"size": size} if size else {}, told))
        return found

    def _refused_in_each_class(self, found: Outcome, pasts: list[Past]) -> Outcome | None:
        """For a project that no world accepts, though in each class for another reason: what is told of the first."""
        sizes = dict.fromkeys(past.where["size"] for past in pasts if past.where)
        if not (found.nothing_fits and sizes):
            return None
        each = []
        for size in sizes:
            own = [Past({}, past.facts) for past in pasts if past.where.get("size", size) == size]
            known = {**found.facts, "enterprise_size": size}
            each.append(outcome(found.scheme, known, self.law, pasts=own))
        if any(one.verdict != NOT_ELIGIBLE for one in each):
            return None
        return each[0]._replace(amounts=dict(either([one.amounts for one in each])))


def _day(facts: Facts) -> int:
    """The day by which projects come in order; those without one come last."""
    return int(facts.get("application_date", LAST_DAY + 1))


def _key(facts: Facts) -> Key | None:
    """The ceiling that a project counts against. One without a date counts against none that is of a year."""
    scheme = facts["scheme"]
    if scheme == WERKBAARHEIDSCHEQUE:
        return scheme, None
    return (scheme, year_of(facts["application_date"])) if "application_date" in facts else None


def _open_classes(facts: Facts, law: Law) -> list[str]:
    """The classes that a project's unknown figures leave open, if more than one."""
    if facts["scheme"] == WERKBAARHEIDSCHEQUE:
        return []
    tree = explore(Case(SCHEMES[facts["scheme"]], facts, law), lambda world: Leaf(world.size))
    classes = dict.fromkeys(leaf.result for leaf in endings(tree))
    return [*classes] if len(classes) > 1 else []


def _told(world: World, key: Key | None, facts: Facts) -> Facts:
    """What a world says of a project's facts. The first project of a ceiling says itself what was used before."""
    told: Facts = dict(world.sides)
    if key is None:
        return told
    if account := world.accounts.get(key):
        told[USED[key[0]]] = _one_or_both(account.used)
        if key[0] == WERKBAARHEIDSCHEQUE:
            told["cheques_used_before"] = _one_or_both(account.uses)
            if "application_date" in facts:
                told["cheque_support_this_year"] = _one_or_both(account.lately)
    portfolio = world.accounts.get((KMO_PORTEFEUILLE, key[1]))
    if key[0] == INCREASE and portfolio and portfolio.used.low >= portfolio.ceiling.high > 0:
        told.setdefault("ceiling_reached", facts.get("ceiling_reached", True))
    return told


def _one_or_both(ends: Interval) -> int | Interval:
    return ends.low if ends.low == ends.high else ends
