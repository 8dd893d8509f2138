"""`goal`: every value of one money fact for which an amount is exactly what was asked for.

The rules' own splits of the sought fact cut its values into pieces. Within a piece nothing turns: the verdict is
one, and each world's amount rises or falls steadily, so that the values that reach the goal are one run of cents.
Nothing is searched across a split.

A support in proportion to a deposit is rounded twice, which carries it up and down by a cent. The first rounding
comes again in the same order after a number of cents: seen at every such step, the amount is steady again. So a
piece is searched in strands, one for each cent of such a round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from math import lcm
from typing import Any, NamedTuple

from rules.case import Case, Facts
from rules.dated import Law
from rules.facts import FACTS
from rules.judging import Judged, judge
from rules.outcome import NOT_ELIGIBLE, verdict_of
from rules.scheme import Scheme
from rules.weighing import Weighed, weigh, weigh_refused
from rules.worlds import Interval, Span, leaves

Line = Callable[[int], int]  # an amount over the sought fact


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
    period: int  # after so many cents the roundings come again: at each such step the amount is steady
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
    return _closest({near for piece in pieces for near in _nearest(piece, find, value)}, value)


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
        period = lcm(*(value.uneven.get(find, 1) for value in values if isinstance(value, Span)))
        yield Piece(ends.low, ends.high, verdict, period, values)


def _cuts(conditions: list[Judged], weighed: Weighed, case: Case, find: str, ends: Interval) -> list[int]:
    """The first values of the parts into which the rules split the sought fact within a run."""
    trees = [judged.tree for judged in conditions] + ([weighed.tree] if weighed.tree else [])
    boxes = [box for tree in trees for box, _ in leaves(tree)]
    return sorted({box[find][0] for box in boxes if find in box and box[find][0] > ends.low})


class _Strand(NamedTuple):
    """Every so many cents of a piece from ``low`` on, so many steps far, over which each line is steady."""

    low: int
    step: int
    steps: int

    def at(self, line: Line, step: int) -> int:
        """A line's value at a step."""
        return line(self.low + step * self.step)

    def first(self, line: Line, sign: int, least: int) -> int:
        """The first step at which ``sign`` times the line, which rises, is ``least`` or more; one too many for none."""
        low, high = 0, self.steps
        while low <= high:
            middle = (low + high) // 2
            if sign * self.at(line, middle) >= least:
                high = middle - 1
            else:
                low = middle + 1
        return low

    def sign(self, line: Line) -> int:
        """Whether a line rises (1) or falls (-1)."""
        return 1 if self.at(line, 0) <= self.at(line, self.steps) else -1


def _strands(piece: Piece) -> list[_Strand]:
    last = min(piece.high, piece.low + piece.period - 1)
    return [
        _Strand(low, piece.period, (piece.high - low) // piece.period) for low in range(piece.low, last + 1)
    ]


def _runs(piece: Piece, find: str, value: int) -> Iterator[Interval]:
    """The runs of values within a piece for which every world's amount is the value asked for."""
    strands = _strands(piece)
    reached = [_reached(strand, _lines(piece, find), value) for strand in strands]
    borders = sorted({step for steps in reached if steps for step in (steps.start, steps.stop)})
    for begin, end in pairwise(borders):
        lows = [strand.low for strand, steps in zip(strands, reached, strict=True) if begin in steps]
        if len(lows) == piece.period:
            yield Interval(piece.low + begin * piece.period, piece.low + end * piece.period - 1)
        elif lows:
            for step in range(begin, end):
                yield from (Interval(low, low) for low in (start + step * piece.period for start in lows))


def _reached(strand: _Strand, lines: list[Line], value: int) -> range:
    """The steps of a strand at which every line is the value asked for: one run of them."""
    low, high = 0, strand.steps if lines else -1
    for line in lines:
        sign = strand.sign(line)
        low = max(low, strand.first(line, sign, sign * value))
        high = min(high, strand.first(line, sign, sign * value + 1) - 1)
    return range(low, high + 1)


def _nearest(piece: Piece, find: str, value: int) -> Iterator[Near]:
    """Within a piece the ends of the runs on both sides of the value asked for; for one world's amount."""
    lines = _lines(piece, find)
    if len(piece.worlds) != 1 or len(lines) != 1:
        return
    for strand in _strands(piece):
        sign = strand.sign(lines[0])
        turn = strand.first(lines[0], sign, sign * value + 1)
        for step in {max(0, turn - 1), min(strand.steps, turn)}:
            amount = strand.at(lines[0], step)
            run = _reached(strand, lines, amount)
            for end in (run[0], run[-1]):
                yield Near(strand.low + end * strand.step, amount)


def _closest(nearest: set[Near], value: int) -> Goal:
    """Of equally near values those on both sides of the first leap; where only one side comes near, the least."""
    below = max((near.amount for near in nearest if near.amount < value), default=None)
    above = min((near.amount for near in nearest if near.amount > value), default=None)
    found = sorted(near for near in nearest if near.amount in (below, above))
    leap = next((pair for pair in pairwise(found) if pair[0].amount != pair[1].amount), found[:1])
    told: dict[int | None, Near] = {near.amount: near for near in leap}
    return Goal([], told.get(below), told.get(above))


def _lines(piece: Piece, find: str) -> list[Line]:
    return [line for world in piece.worlds for line in along(world, find)]


def along(amount: Any, find: str) -> Iterator[Line]:
    """An amount as a function of the sought fact, at each corner of what else is unknown."""
    if not isinstance(amount, Span):
        yield lambda _: int(amount)
        return
    for other in amount.corners(beside=find):
        yield partial(_at, amount, find, other)


def _at(amount: Span, find: str, other: dict[str, int], value: int) -> int:
    return amount.at({**other, find: value})
