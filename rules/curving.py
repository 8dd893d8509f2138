"""One amount over every value of one fact: a curve of straight lines, given by its corners.

The rules' own splits of the fact cut its values into stretches on which nothing turns, as for a goal. Within one
the amount rises or falls steadily, and bends only where it reaches another amount, such as a ceiling: there are
the other corners. Where it is a range, the corners hold its least and its greatest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from rules.case import Facts
from rules.dated import Law
from rules.facts import facts_of
from rules.money import nearest
from rules.outcome import UNDECIDED
from rules.scheme import Scheme
from rules.strands import Piece, pieces_of
from rules.weighing import Range, hull, range_of
from rules.worlds import Interval

At = Callable[[int], Range]

_FIGURES = ("money", "number", "whole", "percentage")
_CLOSE = 2  # cents by which roundings leave a straight line
_MOST_CORNERS = 12  # of one stretch: what has more is no line but a bow, and is drawn more roughly
_ROUGHER = 16
_PARTS = 8  # a line is compared with what it stands for at the ends of so many parts
_ROUND = (100_000, 10_000, 1_000, 100)  # a corner within a rounding of such a value is taken to be there


class Corner(NamedTuple):
    """A value of the fact, and the amount there."""

    value: int
    range: Range


class Stretch(NamedTuple):
    """A run of values of the fact with one verdict; the amount is straight between its corners."""

    verdict: str
    corners: list[Corner]
    at: At  # the amount at any value of the run

    @property
    def low(self) -> int:
        """The first value."""
        return self.corners[0].value

    @property
    def high(self) -> int:
        """The last value."""
        return self.corners[-1].value


def facts_with_a_curve(scheme: Scheme, facts: Facts) -> list[str]:
    """The figures and days of a scheme, in the order in which they are asked for.

    Beside an unknown day of the application no other day has a curve: each single one may turn the answer.
    """
    return [
        fact.name
        for fact in facts_of(scheme.id)
        if fact.kind in _FIGURES
        or fact.name == "application_date"
        or (fact.kind == "date" and "application_date" in facts)
    ]


def curve(scheme: Scheme, facts: Facts, law: Law, fact: str, amount: str, within: Interval) -> list[Stretch]:
    """The amount (a step) over the values of a money, number, whole or date fact that lie ``within`` two ends."""
    others = {name: known for name, known in facts.items() if name != fact}
    found: list[Stretch] = []
    for piece in pieces_of(scheme, others, law, fact, amount, within):
        at = cache(_amount(piece, fact))
        corners = [Corner(value, at(value)) for value in _corners(at, piece.low, piece.high)]
        verdict, *further = {strand.verdict for strand in piece.strands}
        stretch = Stretch(UNDECIDED if further else verdict, corners, at)
        joined = _joined(found[-1], stretch) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(stretch)
    return found


def _amount(piece: Piece, fact: str) -> At:
    """The least and the greatest of what the worlds come to at a value; in its whole round, where a cent decides."""
    step = piece.strands[0].ends.step
    several = len({strand.verdict for strand in piece.strands}) > 1
    lines = [strand.lines(fact) for strand in piece.strands]

    def at(value: int) -> Range:
        past, place = divmod(value - piece.low, step)
        places = range(len(lines)) if several else [place]
        found = [
            range_of(line(piece.strands[each].ends.low + past * step))
            for each in places
            for line in lines[each]
        ]
        return hull(found) if found else Range(0, 0)

    return at


def _corners(at: At, low: int, high: int) -> list[int]:
    close = _CLOSE
    while True:
        found = [low]
        for value in _further(at, low, high, close):
            found.append(value)
            if len(found) > _MOST_CORNERS:
                break
        else:
            bends = [_bend(at, *three) for three in zip(found, found[1:], found[2:], strict=False)]
            return found if close > _CLOSE else [low, *bends, *found[1:][-1:]]
        close *= _ROUGHER


def _further(at: At, low: int, high: int, close: int) -> Iterator[int]:
    """From corner to corner: each as far as a straight line from the one before serves."""
    while low < high:
        if _straight(at, low, high, close):
            low = high
        else:
            first, last = low + 1, high
            while last - first > 1:
                middle = (first + last) // 2
                first, last = (middle, last) if _straight(at, low, middle, close) else (first, middle)
            low = first
        yield low


def _straight(at: At, low: int, high: int, close: int) -> bool:
    """Whether the amount keeps to the line between two of its points."""
    return all(
        _on_line(at, low, low + (high - low) * part // _PARTS, high, close) for part in range(1, _PARTS)
    )


def _on_line(at: At, low: int, value: int, high: int, close: int = _CLOSE) -> bool:
    for begin, middle, end in zip(at(low), at(value), at(high), strict=True):
        if begin is None or middle is None or end is None:
            if not begin is middle is end:
                return False
        elif abs((middle - begin) * (high - low) - (end - begin) * (value - low)) > close * (high - low):
            return False
    return True


def _bend(at: At, before: int, corner: int, after: int) -> int:
    """Where the lines on both sides of a corner meet: roundings let the first one reach a little beyond."""
    slack = _CLOSE * _PARTS
    left = max(before, corner - slack)
    meeting = corner
    for end in range(2):
        y0, y1, y2, y3 = (at(value)[end] for value in (before, left, corner, after))
        if y0 is None or y1 is None or y2 is None or y3 is None or left == before or corner == after:
            continue
        rise, run, other_rise, other_run = y1 - y0, left - before, y3 - y2, after - corner
        turn = rise * other_run - other_rise * run
        if turn:
            shift = (y2 - y0) * run * other_run - (corner - before) * other_rise * run
            place = before + (nearest(shift, turn) if turn > 0 else nearest(-shift, -turn))
            if abs(place - corner) <= slack and abs(place - corner) >= abs(meeting - corner):
                meeting = place
    for unit in _ROUND:
        for rounded in (meeting // unit * unit, -(-meeting // unit) * unit):
            if before < rounded < after and abs(rounded - meeting) <= _CLOSE:
                return rounded
    return meeting


def _joined(one: Stretch, other: Stretch) -> Stretch | None:
    """Two stretches as one, where the border between them changes nothing."""
    border = other.low

    def at(value: int) -> Range:
        return one.at(value) if value < border else other.at(value)

    low, high = one.corners[-2:][0].value, other.corners[:2][-1].value
    if one.verdict != other.verdict or not all(
        _on_line(at, low, value, high) for value in (one.high, border)
    ):
        return None
    return Stretch(
        one.verdict, [*(one.corners[:-1] or one.corners), *(other.corners[1:] or other.corners)], at
    )
