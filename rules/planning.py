"""`plan`: many projects over years, as a ledger of the ceilings that they use.

The plan is a fold of `outcome` in the order of the applications: what one project uses is a fact of the next. What is
unknown of a project leaves several worlds behind it: in one it was refused and used nothing, in others it used a share
at this rate or that. The fold carries them all, each with its own ledger and its own sums, and judges the next project
once, with all of them as its pasts. Worlds that left the same behind become one again.

What is unknown of the enterprise in every project is the same in all of them. So a world in which the enterprise itself
is refused counts no more in a plan than it does in the amounts of a single outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from rules.case import Case, Facts, Past, explore
from rules.comparing import days_of_change
from rules.dated import Law
from rules.days import ordinal, start_of_year, year_of
from rules.facts import ENTERPRISE, FACTS, INCREASE, KMO_PORTEFEUILLE, LATEST_DAY, WERKBAARHEIDSCHEQUE
from rules.outcome import NOT_ELIGIBLE, Outcome, outcome
from rules.rule import NOT_MET
from rules.schemes import SCHEMES
from rules.weighing import Range, hull, range_of, ranges, weigh_refused
from rules.worlds import Box, Interval, Leaf, endings, facts_of, leaves, meet

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
# Worlds of one class; the nearest ones of more become one, and then what lies between them is open as well.
_MANY = 6

Key = tuple[str, int | None]  # a scheme and a calendar year; no year where one ceiling holds for ever
Sums = Mapping[str, Range]


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


class _Account(NamedTuple):
    """One ceiling in one world: how much of it is used, how often, and by whom."""

    used: Interval
    uses: Interval
    ceiling: Interval = Interval(0, 0)
    held: tuple[tuple[int, Interval], ...] = ()  # by projects that were stopped, until the day that frees it
    stated: int = 0  # what was used before the plan
    lately: Interval = Interval(0, 0)  # what is used in the calendar year itself
    given: Interval = Interval(0, 0)  # to the projects that were not stopped
    sums: Sums = MappingProxyType({})  # over the same projects

    @property
    def left_behind(self) -> tuple[Any, ...]:
        """All that a later project can tell of it."""
        return self.used, self.uses, self.ceiling, self.held, self.lately

    def at(self, day: int) -> _Account:
        """The account when all that was freed by then is given back."""
        later = tuple(each for each in self.held if each[0] > day)
        freed = _added(*(part for when, part in self.held if when <= day))
        kept = _added(self.given, *(part for _, part in later))
        used = Interval(
            max(self.used.low - freed.high, kept.low + self.stated),
            min(self.used.high - freed.low, kept.high + self.stated),
        )
        return self._replace(used=used, held=later) if len(later) < len(self.held) else self

    def where(self, used: Interval) -> _Account:
        """The account where this is what is used: then no more or less was given than that leaves."""
        held = _added(*(part for _, part in self.held))
        most = min(self.given.high, used.high - held.low - self.stated)
        least = max(self.given.low, used.low - held.high - self.stated)
        return self._replace(used=used, given=Interval(min(least, most), most))


class _World(NamedTuple):
    """What the projects so far may have come to, all of them together."""

    size: str | None  # the class of the enterprise, where what is known leaves several open
    year: int = 0
    lock: str | None = None  # the class that the year's first application fixed
    sides: tuple[tuple[str, int], ...] = ()  # which side a disagreement of the sources has here
    accounts: Mapping[Key, _Account] = MappingProxyType({})
    total: Sums = MappingProxyType({})  # of all that is in no account, or in one that is closed

    @property
    def left_behind(self) -> tuple[Any, ...]:
        """All that a later project can tell of it."""
        accounts = tuple((key, account.left_behind) for key, account in self.accounts.items())
        return self.size, self.lock, self.sides, accounts


class _Way(NamedTuple):
    """What may come of a project in one past: its amounts, and what is used of the ceiling before and after it.

    A refused project uses nothing: ``after`` is None, and ``before`` is what of the past it is refused in, if not all.
    """

    amounts: Sums
    before: Interval | None = None
    after: Interval | None = None
    size: str | None = None
    sides: tuple[tuple[str, int], ...] = ()


def plan(projects: list[Facts], law: Law) -> Plan:
    """Fold the projects, each with the enterprise's facts already in it."""
    fold = _Fold(projects, law)
    order = sorted(range(len(projects)), key=lambda index: (_day(projects[index]), index))
    for index in order:
        fold.add(index)
    fold.end()
    outcomes = [fold.outcomes[index] for index in range(len(projects))]
    remarks = [
        _remarks(found, facts, law, fold.locks.get(index))
        for index, (found, facts) in enumerate(zip(outcomes, projects, strict=True))
    ]
    dated = [index for index in order if "application_date" in projects[index]]
    _mark_first_short(dated, outcomes, remarks)
    for index in dated:
        if (INCREASE, year_of(projects[index]["application_date"])) not in fold.closed:
            remarks[index] += _increase(outcomes[index], projects[index], law)
    years = [_row(key, accounts) for key, accounts in fold.closed.items()]
    years.sort(key=lambda row: (row.year or 0, row.scheme))
    total = _either([world.total for world in fold.worlds])
    return Plan(outcomes, remarks, years, {name: total[name] for name in SUMMED if name in total})


class _Fold:
    """The worlds that the projects so far leave open, and what was told of each."""

    def __init__(self, projects: list[Facts], law: Law):
        self.projects = projects
        self.law = law
        self.shared = {name for name in ENTERPRISE if not any(name in facts for facts in projects)}
        self.classes = [_open_classes(facts, law) for facts in projects]
        found = dict.fromkeys(size for classes in self.classes for size in classes)
        self.worlds = [_World(size) for size in found or (None,)]
        self.outcomes: dict[int, Outcome] = {}
        self.locks: dict[int, str] = {}
        self.closed: dict[Key, list[_Account]] = {}

    def add(self, index: int) -> None:
        """Judge one more project, and follow every way that it leaves open."""
        facts = self.projects[index]
        scheme, key = SCHEMES[facts["scheme"]], _key(facts)
        if "application_date" in facts:
            self._come_to(facts["application_date"])
        pasts: list[Past] = []
        worlds: list[list[_World]] = []  # of each past
        for world, past in zip(self.worlds, self._pasts(index), strict=True):
            if past not in pasts:
                pasts.append(past)
                worlds.append([])
            worlds[pasts.index(past)].append(world)
        found = outcome(scheme, facts, self.law, pasts=pasts)
        ways = _ways(found, len(pasts), self.shared)
        if not any(ways):  # refused in each past by what is unknown of the enterprise: none goes on otherwise
            ways = [[_Way(_summed(found.amounts))] for _ in pasts]
        self.outcomes[index] = self._refused_in_each_class(found, pasts) or found
        self.worlds = _few(
            _followed(world, way, key, facts)
            for group, onward in zip(worlds, ways, strict=True)
            for world in group
            for way in onward
        )

    def end(self) -> None:
        """Close every account."""
        self.worlds = _few([self._without(world, list(world.accounts)) for world in self.worlds])

    def _come_to(self, day: int) -> None:
        """Close the accounts of years gone by, and give back what was freed until this day."""
        year, worlds = year_of(day), self.worlds
        if year != worlds[0].year:
            past = [key for key in worlds[0].accounts if key[1] is not None]
            worlds = [_next_year(self._without(world, past), year) for world in worlds]
        self.worlds = _few(
            world._replace(accounts={key: account.at(day) for key, account in world.accounts.items()})
            for world in worlds
        )

    def _without(self, world: _World, keys: list[Key]) -> _World:
        """A world with some of its accounts closed, and their sums in its total."""
        accounts, total = dict(world.accounts), world.total
        for key in keys:
            account = accounts.pop(key).at(LAST_DAY)
            self.closed.setdefault(key, []).append(account)
            total = _plus(total, _within_the_ceiling(account, key[0]))
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
        return each[0]._replace(amounts=dict(_either([one.amounts for one in each])))


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


def _told(world: _World, key: Key | None, facts: Facts) -> Facts:
    """What a world says of a project's facts. The first project of a ceiling says itself what was used before."""
    told: Facts = dict(world.sides)
    if key is None:
        return told
    if account := world.accounts.get(key):
        told[_USED[key[0]]] = _one_or_both(account.used)
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


# --- what may come of a project ----------------------------------------------------------------


def _ways(found: Outcome, pasts: int, shared: set[str]) -> list[list[_Way]]:
    """All that may come of a project in each past. What is unknown in ``shared`` alone refuses nobody."""
    if found.verdict == NOT_ELIGIBLE:
        return [[_Way(_summed(found.amounts))] for _ in range(pasts)]
    ways: list[dict[Any, _Way]] = [{} for _ in range(pasts)]

    def may(place: int, way: _Way) -> None:
        same = ways[place].get(way[1:])
        ways[place][way[1:]] = way._replace(amounts=_either([same.amounts, way.amounts])) if same else way

    for world in () if found.nothing_fits else found.worlds:
        way = _used(world)
        for place in _places(world):
            may(place, way)
    used = _USED[found.scheme.id]
    boxes = _refusing(found, shared)
    refusals = [
        (world.box, _places(world), _summed(ranges(found.scheme, [world])))
        for world in (weigh_refused(found.case).worlds if boxes else ())
    ]
    for box in boxes:
        before = Interval(*box[used]) if used in box else None
        inside = [refusal for refusal in refusals if meet(refusal[0], box) is not None]
        for place in _places(found.case.narrowed(box)):
            may(place, _Way(_either([amounts for _, places, amounts in inside if place in places]), before))
    return [[*each.values()] for each in ways]


def _refusing(found: Outcome, shared: set[str]) -> list[Box]:
    """The worlds in which some condition refuses a project, each once."""
    used = _USED[found.scheme.id]
    boxes: list[Box] = []
    for judged in found.conditions:
        for box, leaf in leaves(judged.tree):
            if leaf.result == NOT_MET and box not in boxes:
                enterprise = all((names := set(facts_of(key))) and names <= shared for key in box)
                if not enterprise or used in _read(leaf.reasons.case, leaf.reasons.inputs):
                    boxes.append(box)
    return boxes


def _read(case: Case, names: Iterable[str]) -> set[str]:
    """Some names that were read, and all that was read for them."""
    found = set(names)
    for name in names:
        if name in case.readings:
            found |= _read(case, case.readings[name].inputs)
    return found


def _places(case: Case) -> set[int]:
    """The pasts that a world leaves open."""
    return {
        place
        for leaf in endings(explore(case, lambda world: Leaf(world.pasts_left())))
        for place in leaf.result
    }


def _used(world: Case) -> _Way:
    """What a project uses in a world in which nothing refuses it."""
    amounts = ranges(world.scheme, [world])
    if _LEFT_AFTER[world.scheme.id] not in amounts:  # the law has no ceiling there
        return _Way(_summed(amounts))
    used = getattr(world, _USED[world.scheme.id])
    low, high = _ends(range_of(used))
    support = amounts["support"]
    after = _ends(range_of(used + world.support))
    if "deposit" in world.facts:  # the smaller the support that is due, the more of it a deposit earns
        after = Interval(low + (support.low or 0), high + (support.high or 0))
    most = max(amounts["ceiling"].high or 0, high)
    size = world.readings["size"].value if "size" in world.readings else None
    return _Way(
        _summed(amounts),
        Interval(low, high),
        Interval(min(after.low, most), min(after.high, most)),
        size,
        tuple((key, part[0]) for key, part in world.box.items() if key.startswith("law:")),
    )


def _summed(amounts: Sums) -> Sums:
    """The amounts that are added up, and the ceiling."""
    return {name: amounts[name] for name in (*SUMMED, "ceiling") if name in amounts}


def _followed(world: _World, way: _Way, key: Key | None, facts: Facts) -> _World:
    """The world after a project."""
    sums = {} if _stopped(facts) else {name: way.amounts[name] for name in SUMMED if name in way.amounts}
    if key is None:
        return world._replace(total=_plus(world.total, sums))
    account = world.accounts.get(key) or _opened(facts)
    account = account._replace(sums=_plus(account.sums, sums))
    if "ceiling" in way.amounts:
        account = account._replace(ceiling=_ends(way.amounts["ceiling"]))
    if way.before:
        account = account.where(way.before)
    if way.after is None:
        return world._replace(accounts={**world.accounts, key: account})
    gain = _ends(way.amounts["support"])
    if _stopped(facts):
        day = facts["stopped_on"] if _frees(facts) else LAST_DAY + 1
        held = dict(account.held)
        held[day] = _added(held.get(day, Interval(0, 0)), gain)
        account = account._replace(held=tuple(sorted(held.items())))
    else:
        account = account._replace(given=_added(account.given, gain))
    account = account._replace(
        uses=_added(account.uses, Interval(1, 1)), lately=_added(account.lately, gain)
    ).where(way.after)
    lock = world.lock or way.size
    sides = tuple({**dict(world.sides), **dict(way.sides)}.items())
    return world._replace(lock=lock, sides=sides, accounts={**world.accounts, key: account})


def _opened(facts: Facts) -> _Account:
    """The account of a ceiling with what its first project says was used before."""
    used, uses = facts.get(_USED[facts["scheme"]], 0), facts.get("cheques_used_before", 0)
    lately = facts.get("cheque_support_this_year", 0)
    return _Account(Interval(used, used), Interval(uses, uses), stated=used, lately=Interval(lately, lately))


def _next_year(world: _World, year: int) -> _World:
    """A world as a calendar year begins: no class is fixed, and nothing is used in it."""
    accounts = {key: account._replace(lately=Interval(0, 0)) for key, account in world.accounts.items()}
    return world._replace(year=year, lock=None, accounts=accounts)


def _stopped(facts: Facts) -> bool:
    """Whether a project was stopped; of the cheque it is no fact."""
    return "stopped_on" in facts and facts["scheme"] in FACTS["stopped_on"].schemes


def _frees(facts: Facts) -> bool:
    """Whether a project was stopped in the year of its application, and so gives back what it used."""
    return year_of(facts["stopped_on"]) == year_of(facts["application_date"])


def _added(*parts: Interval) -> Interval:
    return Interval(sum(part.low for part in parts), sum(part.high for part in parts))


def _ends(range: Range) -> Interval:
    return Interval(range.low or 0, range.high or 0)


# --- worlds that become one --------------------------------------------------------------------


def _few(worlds: Iterable[_World]) -> list[_World]:
    """Worlds of which no two left the same behind; where there are still too many, the nearest ones become one."""
    found: dict[Any, _World] = {}
    for world in worlds:
        same = found.get(world.left_behind)
        found[world.left_behind] = _one(same, world) if same else world
    groups: dict[Any, list[_World]] = {}
    for world in found.values():
        groups.setdefault((world.size, world.lock, tuple(world.accounts)), []).append(world)
    for group in groups.values():
        group.sort(key=lambda world: [account.used for account in world.accounts.values()])
        gaps = [_gap(*pair) for pair in pairwise(group)]
        while len(group) > _MANY:
            place = gaps.index(min(gaps))
            group[place : place + 2] = [_one(*group[place : place + 2])]
            around = group[max(0, place - 1) : place + 2]
            gaps[max(0, place - 1) : place + 2] = [_gap(*pair) for pair in pairwise(around)]
    return [world for group in groups.values() for world in group]


def _gap(left: _World, right: _World) -> int:
    """How much would be open in two worlds as one that is open in neither."""
    pairs = zip(left.accounts.values(), right.accounts.values(), strict=True)
    return sum(
        max(0, max(one.used.low, other.used.low) - min(one.used.high, other.used.high))
        for one, other in pairs
    )


def _one(left: _World, right: _World) -> _World:
    """A world in which all is open that is open in one of two, which have the same accounts."""
    accounts = {key: _one_account(account, right.accounts[key]) for key, account in left.accounts.items()}
    sides = tuple(side for side in left.sides if side in right.sides)
    return left._replace(sides=sides, accounts=accounts, total=_either([left.total, right.total]))


def _one_account(left: _Account, right: _Account) -> _Account:
    none = Interval(0, 0)
    held = [dict(left.held), dict(right.held)]
    return _Account(
        _around(left.used, right.used),
        _around(left.uses, right.uses),
        _around(left.ceiling, right.ceiling),
        tuple(
            (day, _around(*(each.get(day, none) for each in held))) for day in sorted({*held[0], *held[1]})
        ),
        left.stated,
        _around(left.lately, right.lately),
        _around(left.given, right.given),
        _either([left.sums, right.sums]),
    )


def _around(left: Interval, right: Interval) -> Interval:
    return Interval(min(left.low, right.low), max(left.high, right.high))


# --- sums --------------------------------------------------------------------------------------


def _row(key: Key, accounts: list[_Account]) -> Row:
    left = [
        Range(max(0, ceiling.low - used.high), max(0, ceiling.high - used.low))
        for used, _, ceiling, *_ in accounts
    ]
    ceilings = [Range(*account.ceiling) for account in accounts]
    return Row(*key, hull(ceilings), hull([Range(*account.used) for account in accounts]), hull(left))


def _within_the_ceiling(account: _Account, scheme: str) -> Sums:
    """An account's sums. The support is what was given out, and the rest what that can leave of the whole."""
    total = dict(account.sums)
    if "support" in total:
        total["support"] = _inside(total["support"], Range(*account.given))
    if scheme == WERKBAARHEIDSCHEQUE:
        _leave(total, "co_financing", "eligible_cost", "support")
    else:
        _leave(total, "own_share", "invoice", "support", "not_covered")
        _leave(total, "not_covered", "invoice", "support", "own_share")
        _leave(total, "total_own_cost_without_vat", "invoice", "support")
        if "total_own_cost" in total:
            least, vat = total["total_own_cost_without_vat"], total["vat_paid_directly"]
            total["total_own_cost"] = _inside(
                total["total_own_cost"], _sum([least, vat])._replace(low=least.low)
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
    """What lies in both of two ranges; where nothing does, the end of the second that is nearest."""
    highs = [high for high in (range.high, other.high) if high is not None]
    low, high = max(range.low or 0, other.low or 0), min(highs) if highs else None
    return Range(low if high is None else min(low, high), high)


def _plus(left: Sums, right: Sums) -> Sums:
    """Two sums of amounts together."""
    return {
        **left,
        **{name: _sum([left[name], more]) if name in left else more for name, more in right.items()},
    }


def _either(sums: list[Sums]) -> Sums:
    """The ends of several sums of amounts; an amount that only some of them hold is as those have it."""
    names = dict.fromkeys(name for each in sums for name in each)
    return {name: hull([each[name] for each in sums if name in each]) for name in names}


def _sum(parts: list[Range]) -> Range:
    highs = [part.high for part in parts if part.high is not None]
    return Range(sum(part.low or 0 for part in parts), sum(highs) if len(highs) == len(parts) else None)


# --- what only the plan can tell ---------------------------------------------------------------


def _remarks(found: Outcome, facts: Facts, law: Law, locked: str | None) -> list[Remark]:
    remarks: list[Remark] = []
    if "application_date" not in facts:
        return [Remark("no_date_last" if facts["scheme"] == WERKBAARHEIDSCHEQUE else "no_date")]
    if locked and locked != facts.get("enterprise_size"):
        remarks.append(Remark("size_locked", size=locked))
    if _stopped(facts):
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
