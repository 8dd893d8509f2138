"""`goal`: every value of one money fact for which an amount is exactly what was asked for.

Within a strand of its pieces (`rules.strands`) each world's amount rises or falls steadily, so that the values that
reach the goal are one run. Nothing is searched across a split.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rules.case import Facts
from rules.dated import Law
from rules.scheme import Scheme
from rules.strands import Piece, Strand, pieces_of, rounds


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


def seek(scheme: Scheme, facts: Facts, law: Law, find: str, amount: str, value: int) -> Goal:
    """All values of the fact ``find`` for which ``amount`` (a step) is ``value``, whatever else is unknown."""
    facts = {name: known for name, known in facts.items() if name != find}
    pieces = list(pieces_of(scheme, facts, law, find, amount))
    solutions: list[Solution] = []
    for piece in pieces:
        for run in solutions_in(piece, find, value):
            last = solutions[-1] if solutions else None
            if last and last.high + 1 == run.low and last.verdict == run.verdict:
                solutions[-1] = last._replace(high=run.high)
            else:
                solutions.append(run)
    if solutions:
        return Goal(solutions, None, None)
    strands = [strand for piece in pieces for strand in piece.strands]
    return _closest({near for strand in strands for near in _nearest(strand, find, value)}, value)


def solutions_in(piece: Piece, find: str, value: int) -> Iterator[Solution]:
    """The runs of values within a piece for which every world's amount is the value asked for."""
    step = piece.strands[0].ends.step
    reached = [strand.reached(strand.lines(find), value) for strand in piece.strands]
    for begin, end in pairwise(rounds(reached, piece.low, step)):
        here = [
            strand
            for strand, values in zip(piece.strands, reached, strict=True)
            if strand.ends.low + begin * step in values
        ]
        if len(here) == step and len({strand.verdict for strand in here}) == 1:
            yield Solution(piece.low + begin * step, piece.low + end * step - 1, here[0].verdict)
        else:
            for start in range(begin * step, end * step, step):
                for strand in here:
                    yield Solution(strand.ends.low + start, strand.ends.low + start, strand.verdict)


def _nearest(strand: Strand, find: str, value: int) -> Iterator[Near]:
    """Of a strand the ends of the runs on both sides of the value asked for; for one world's amount."""
    lines = strand.lines(find)
    if len(strand.worlds) != 1 or len(lines) != 1:
        return
    low, high, step = strand.ends
    turn = strand.first(lines[0], value, beyond=True)
    for around in {max(low, turn - step), min(turn, high)}:
        amount = lines[0](around)
        run = strand.reached(lines, amount)
        yield from (Near(end, amount) for end in (run[0], run[-1]))


def _closest(nearest: set[Near], value: int) -> Goal:
    """Of equally near values those on both sides of the first leap; where only one side comes near, the least."""
    below = max((near.amount for near in nearest if near.amount < value), default=None)
    above = min((near.amount for near in nearest if near.amount > value), default=None)
    found = sorted(near for near in nearest if near.amount in (below, above))
    leap = next((pair for pair in pairwise(found) if pair[0].amount != pair[1].amount), found[:1])
    told: dict[int | None, Near] = {near.amount: near for near in leap}
    return Goal([], told.get(below), told.get(above))
