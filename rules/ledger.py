"""The accounts of a plan: one for each ceiling, in each world that the projects so far leave open.

Worlds that left the same behind become one again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from rules.case import Facts
from rules.days import ordinal, year_of
from rules.facts import FACTS, INCREASE, KMO_PORTEFEUILLE, LATEST_DAY, WERKBAARHEIDSCHEQUE
from rules.sums import SUMMED, Sums, either, plus
from rules.weighing import Range, hull
from rules.worlds import Interval

# The fact that tells a project what earlier ones used, and the amounts that tell what is left before and after it.
USED = {
    KMO_PORTEFEUILLE: "support_used_this_year",
    INCREASE: "increase_used_this_year",
    WERKBAARHEIDSCHEQUE: "support_used_before",
}

LAST_DAY = ordinal(LATEST_DAY)
# Worlds of one class; the nearest ones of more become one, and then what lies between them is open as well.
_MANY = 6

Key = tuple[str, int | None]  # a scheme and a calendar year; no year where one ceiling holds for ever


class Account(NamedTuple):
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

    def at(self, day: int) -> Account:
        """The account when all that was freed by then is given back."""
        later = tuple(each for each in self.held if each[0] > day)
        freed = _added(*(part for when, part in self.held if when <= day))
        kept = _added(self.given, *(part for _, part in later))
        used = Interval(
            max(self.used.low - freed.high, kept.low + self.stated),
            min(self.used.high - freed.low, kept.high + self.stated),
        )
        return self._replace(used=used, held=later) if len(later) < len(self.held) else self

    def where(self, used: Interval) -> Account:
        """The account where this is what is used: then no more or less was given than that leaves."""
        held = _added(*(part for _, part in self.held))
        most = min(self.given.high, used.high - held.low - self.stated)
        least = max(self.given.low, used.low - held.high - self.stated)
        return self._replace(used=used, given=Interval(min(least, most), most))


class World(NamedTuple):
    """What the projects so far may have come to, all of them together."""

    size: str | None  # the class of the enterprise, where what is known leaves several open
    year: int = 0
    lock: str | None = None  # the class that the year's first application fixed
    sides: tuple[tuple[str, int], ...] = ()  # which side a disagreement of the sources has here
    accounts: Mapping[Key, Account] = MappingProxyType({})
    total: Sums = MappingProxyType({})  # of all that is in no account, or in one that is closed

    @property
    def left_behind(self) -> tuple[Any, ...]:
        """All that a later project can tell of it."""
        accounts = tuple((key, account.left_behind) for key, account in self.accounts.items())
        return self.size, self.lock, self.sides, accounts


class Way(NamedTuple):
    """What may come of a project in one past: its amounts, and what is used of the ceiling before and after it.

    A refused project uses nothing: ``after`` is None, and ``before`` is what of the past it is refused in, if not all.
    """

    amounts: Sums
    before: Interval | None = None
    after: Interval | None = None
    size: str | None = None
    sides: tuple[tuple[str, int], ...] = ()


class Row(NamedTuple):
    """One ceiling: what it is, what the projects used of it, what is left."""

    scheme: str
    year: int | None
    ceiling: Range
    used: Range
    left: Range


def row(key: Key, accounts: list[Account]) -> Row:
    """One ceiling over all the worlds that know it."""
    left = [
        Range(max(0, ceiling.low - used.high), max(0, ceiling.high - used.low))
        for used, _, ceiling, *_ in accounts
    ]
    ceilings = [Range(*account.ceiling.ends) for account in accounts]
    return Row(*key, hull(ceilings), hull([Range(*account.used.ends) for account in accounts]), hull(left))


# --- after a project, and after a year ---------------------------------------------------------


def followed(world: World, way: Way, key: Key | None, facts: Facts) -> World:
    """The world after a project."""
    sums = {} if stopped(facts) else {name: way.amounts[name] for name in SUMMED if name in way.amounts}
    if key is None:
        return world._replace(total=plus(world.total, sums))
    account = world.accounts.get(key) or _opened(facts)
    account = account._replace(sums=plus(account.sums, sums))
    if "ceiling" in way.amounts:
        account = account._replace(ceiling=ends_of(way.amounts["ceiling"]))
    if way.before:
        account = account.where(way.before)
    if way.after is None:
        return world._replace(accounts={**world.accounts, key: account})
    gain = ends_of(way.amounts["support"])
    if stopped(facts):
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


def _opened(facts: Facts) -> Account:
    """The account of a ceiling with what its first project says was used before."""
    used, uses = facts.get(USED[facts["scheme"]], 0), facts.get("cheques_used_before", 0)
    lately = facts.get("cheque_support_this_year", 0)
    return Account(Interval(used, used), Interval(uses, uses), stated=used, lately=Interval(lately, lately))


def next_year(world: World, year: int) -> World:
    """A world as a calendar year begins: no class is fixed, and nothing is used in it."""
    accounts = {key: account._replace(lately=Interval(0, 0)) for key, account in world.accounts.items()}
    return world._replace(year=year, lock=None, accounts=accounts)


def stopped(facts: Facts) -> bool:
    """Whether a project was stopped; of the cheque it is no fact."""
    return "stopped_on" in facts and facts["scheme"] in FACTS["stopped_on"].schemes


def _frees(facts: Facts) -> bool:
    """Whether a project was stopped in the year of its application, and so gives back what it used."""
    return year_of(facts["stopped_on"]) == year_of(facts["application_date"])


def _added(*parts: Interval) -> Interval:
    return Interval(sum(part.low for part in parts), sum(part.high for part in parts))


def ends_of(range: Range) -> Interval:
    """A range without None."""
    return Interval(range.low, range.high or 0)


# --- worlds that become one --------------------------------------------------------------------


def few(worlds: Iterable[World]) -> list[World]:
    """Worlds of which no two left the same behind; where there are still too many, the nearest ones become one."""
    found: dict[Any, World] = {}
    for world in worlds:
        same = found.get(world.left_behind)
        found[world.left_behind] = _one(same, world) if same else world
    groups: dict[Any, list[World]] = {}
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


def _gap(left: World, right: World) -> int:
    """How much would be open in two worlds as one that is open in neither."""
    pairs = zip(left.accounts.values(), right.accounts.values(), strict=True)
    return sum(
        max(0, max(one.used.low, other.used.low) - min(one.used.high, other.used.high))
        for one, other in pairs
    )


def _one(left: World, right: World) -> World:
    """A world in which all is open that is open in one of two, which have the same accounts."""
    accounts = {key: _one_account(account, right.accounts[key]) for key, account in left.accounts.items()}
    sides = tuple(side for side in left.sides if side in right.sides)
    return left._replace(sides=sides, accounts=accounts, total=either([left.total, right.total]))


def _one_account(left: Account, right: Account) -> Account:
    none = Interval(0, 0)
    held = [dict(left.held), dict(right.held)]
    return Account(
        _around(left.used, right.used),
        _around(left.uses, right.uses),
        _around(left.ceiling, right.ceiling),
        tuple(
            (day, _around(*(each.get(day, none) for each in held))) for day in sorted({*held[0], *held[1]})
        ),
        left.stated,
        _around(left.lately, right.lately),
        _around(left.given, right.given),
        either([left.sums, right.sums]),
    )


def _around(left: Interval, right: Interval) -> Interval:
    return Interval(min(left.low, right.low), max(left.high, right.high))
