"""`goal`: every value of one money fact for which an amount is exactly what was asked for.

The rules' own splits of the sought fact cut its values into pieces. Within a piece nothing turns: the verdict is
one, and each world's amount rises or falls steadily, so that the values that reach the goal are one run of cents.
Nothing is searched across a split.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from rules.case import Case, Facts
from rules.dated import Law
from rules.facts import FACTS
from rules.judging import Judged, judge
from rules.outcome import NOT_ELIGIBLE, verdict_of
from rules.rule import Scheme
from rules.weighing import Weighed, weigh, weigh_refused
from rules.worlds import Interval, Span, leaves


class Solution(NamedTuple):
    """A run of values (hundredths), both ends included, that reach the goal, with the verdict there."""

    low: int
    high: int
    verdict: str


class Near(NamedTuple):
    """A value that misses the goal, and the amount that it gives."""

    value: int
    amount: int


class Goal(NamedTuple):
    """All solutions; where there is none, what comes nearest from below and from above."""

    solutions: list[Solution]
    below: Near | None
    above: Near | None


class Piece(NamedTuple):
    """A run of values of the sought fact between two splits of the rules."""

    low: int
    high: int
    verdict: str
    rough: bool  # roundings carry the amount up and down by a cent
    worlds: list[Any]  # each world's amount: a number, or a span over the sought fact and other unknowns


def seek(scheme: Scheme, facts: Facts, law: Law, find: str, amount: str, value: int) -> Goal:
    """All values of the fact ``find`` for which ``amount`` (a step) is ``value``, whatever else is unknown."""
    facts = {name: known for name, known in facts.items() if name != find}
    pieces = list(pieces_of(scheme, facts, law, find, amount))
    solutions: list[Solution] = []
    for piece in pieces:
        for run in _runs(piece, find, value):
            last = solutions[-1] if solutions else None
            if last and last.high + 1 == run.low and last.verdict == piece.verdict:
                solutions[-1] = last._replace(high=run.high)
            else:
                solutions.append(Solution(run.low, run.high, piece.verdict))
    if solutions:
        return Goal(solutions, None, None)
    nearest = [near for piece in pieces for near in _nearest(piece, find, value)]
    below = max((near for near in nearest if near.amount < value), key=lambda near: near.amount, default=None)
    above = min((near for near in nearest if near.amount > value), key=lambda near: near.amount, default=None)
    return Goal([], below, above)


def pieces_of(
    scheme: Scheme, facts: Facts, law: Law, find: str, amount: str, whole: Interval | None = None
) -> Iterator[Piece]:
    """The pieces of a fact's values, or of ``whole``, in order; ``facts`` are the others."""
    fact = FACTS[find]
    borders = [whole or Interval(fact.least, fact.most)]
    while borders:
        ends = borders.pop()
        case = Case(scheme, facts, law, {find: ends}, sought=frozenset([find]))
        conditions = [judged for rule in scheme.conditions if (judged := judge(case, rule))]
        verdict = verdict_of(conditions)
        weighed = weigh_refused(case) if verdict == NOT_ELIGIBLE else weigh(case, conditions)
        cuts = _cuts(conditions, weighed, case, find, ends)
        if cuts:
            firsts, lasts = [ends.low, *cuts], [*(cut - 1 for cut in cuts), ends.high]
            borders += reversed([Interval(*part) for part in zip(firsts, lasts, strict=True)])
            continue
        worlds = weighed.worlds or weigh_refused(case).worlds
        values = [world.readings[amount].value for world in worlds if amount in world.readings]
        rough = any(world.cents_to_try for world in worlds)
        yield Piece(ends.low, ends.high, verdict, rough, values)


def _cuts(conditions: list[Judged], weighed: Weighed, case: Case, find: str, ends: Interval) -> list[int]:
    """The first values of the parts into which the rules split the sought fact within a run."""
    trees = [judged.tree for judged in conditions] + ([weighed.tree] if weighed.tree else [])
    boxes = [box for tree in trees for box, _ in leaves(tree)]
    return sorted({box[find][0] for box in boxes if find in box and box[find][0] > ends.low})


def _runs(piece: Piece, find: str, value: int) -> Iterator[Interval]:
    """The runs of values within a piece that reach the goal: one, unless roundings break it up.

    A rounding moves an amount the less the larger the figures are: past the first stretch it moves none.
    """
    if not piece.rough:
        if run := _run(piece, find, value):
            yield run
        return
    last = min(piece.high, piece.low + _ROUGH_STRETCH)
    lines = [at for world in piece.worlds for at in along(world, find)]
    begin = None
    for cent in range(piece.low, last + 1):
        reached = all(at(cent) == value for at in lines)
        if reached and begin is None:
            begin = cent
        elif not reached and begin is not None:
            yield Interval(begin, cent - 1)
            begin = None
    if begin is not None:
        yield Interval(begin, last)
    if last < piece.high and (run := _run(piece._replace(low=last + 1), find, value)):
        yield run


_ROUGH_STRETCH = 200_000


def _run(piece: Piece, find: str, value: int) -> Interval | None:
    """The values within a piece for which every world's amount is the value asked for."""
    low, high = piece.low, piece.high
    if not piece.worlds:
        return None
    for world in piece.worlds:
        for at in along(world, find):
            sign = 1 if at(piece.low) <= at(piece.high) else -1
            first = _first(low, high, at, sign, sign * value)
            last = _first(low, high, at, sign, sign * value + 1) - 1
            low, high = max(low, first), min(high, last)
            if low > high:
                return None
    return Interval(low, high)


def _nearest(piece: Piece, find: str, value: int) -> Iterator[Near]:
    """The ends of a piece, and both sides of where it passes the value asked for; for one world's amount."""
    if len(piece.worlds) != 1:
        return
    lines = list(along(piece.worlds[0], find))
    if len(lines) != 1:
        return
    at = lines[0]
    sign = 1 if at(piece.low) <= at(piece.high) else -1
    turn = _first(piece.low, piece.high, at, sign, sign * value + 1)
    for x in {piece.low, piece.high, max(piece.low, turn - 1), min(piece.high, turn)}:
        yield Near(x, at(x))


def along(amount: Any, find: str) -> Iterator[Callable[[int], int]]:
    """An amount as a function of the sought fact, at each corner of what else is unknown."""
    if not isinstance(amount, Span):
        yield lambda _: int(amount)
        return
    others: list[dict[str, int]] = [{}]
    for axis, ends in amount.axes.items():
        if axis != find:
            places = ends if amount.swing(axis) else ends[:1]
            others = [{**other, axis: end} for other in others for end in places]
    for other in others:
        yield partial(_at, amount, find, other)


def _at(amount: Span, find: str, other: dict[str, int], value: int) -> int:
    return amount.at({**other, find: value})


def _first(low: int, high: int, at: Callable[[int], int], sign: int, least: int) -> int:
    """The first value for which ``sign * at(value)``, which rises, is ``least`` or more; ``high + 1`` where none is."""
    while low <= high:
        middle = (low + high) // 2
        if sign * at(middle) >= least:
            high = middle - 1
        else:
            low = middle + 1
    return low
