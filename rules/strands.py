"""The values of one fact in pieces, over which the answer is known at all of them.

The rules' own splits of the fact cut its values: between two of them the verdict is one, and each world's amount
rises or falls steadily.

A support in proportion to a deposit is rounded twice, which carries it up and down by a cent. The first rounding
comes again in the same order after a number of cents. So a piece lies in strands, one for each cent of such a round:
along a strand the amount is steady again, and what turns with such a cent turns once.

Where another unknown figure decides a condition too, the rules leave open where it turns: that is asked value by
value. The amounts there are those at the ends of the other figure; one that is sure is so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import pairwise
from math import lcm
from typing import Any, NamedTuple

from rules.case import Case, Facts
from rules.dated import Law
from rules.facts import FACTS
from rules.judging import Judged, judge
from rules.outcome import NOT_ELIGIBLE, verdict_of
from rules.rule import Rule
from rules.scheme import Scheme
from rules.weighing import Weighed, weigh, weigh_refused
from rules.worlds import Interval, Span, endings, facts_of, forks, leaves

Line = Callable[[int], int]  # an amount over the fact


class Strand(NamedTuple):
    """Values of the fact, evenly apart, over which each amount rises or falls steadily."""

    ends: Interval
    verdict: str
    worlds: list[Any]  # each world's amount: a number, or a span over the fact and other unknowns

    def lines(self, fact: str) -> list[Line]:
        """Each different amount as a function of the fact, at each corner of what else is unknown."""
        different = {
            (tuple(world.axes.items()), world.values) if isinstance(world, Span) else world: world
            for world in self.worlds
        }
        return [line for world in different.values() for line in _along(world, fact)]

    def reached(self, lines: list[Line], value: int) -> range:
        """The values at which every line is the amount asked for: one run of them."""
        if not lines:
            return range(0)
        firsts = [self.first(line, value) for line in lines]
        afters = [self.first(line, value, beyond=True) for line in lines]
        return range(max(firsts), min(afters), self.ends.step)

    def first(self, line: Line, value: int, beyond: bool = False) -> int:
        """The first value at which a line comes to an amount, or ``beyond`` it; one that is too high for none."""
        sign = 1 if line(self.ends.low) <= line(self.ends.high) else -1
        return self.ends.first(lambda place: sign * line(place) >= sign * value + beyond)


class Piece(NamedTuple):
    """A run of values of the fact between two splits of the rules, as strands side by side."""

    low: int
    high: int
    strands: list[Strand]


def pieces_of(
    scheme: Scheme, facts: Facts, law: Law, fact: str, amount: str, whole: Interval | None = None
) -> Iterator[Piece]:
    """The pieces of a fact's values, or of ``whole``, in order; ``facts`` are the others."""
    ends = whole or Interval(FACTS[fact].least, FACTS[fact].most)
    case = Case(scheme, facts, law, {fact: ends}, sought=frozenset([fact]))
    verdict, conditions, weighed = _weighed(case)
    trees = [judged.tree for judged in conditions] + ([weighed.tree] if weighed.tree else [])
    parts = {Interval(*box[fact]) for tree in trees for box, _ in leaves(tree) if fact in box}
    starts = sorted({ends.low, *(part.low for part in parts if part.step == ends.step)})
    beside = [judged for judged in conditions if _hangs_on_others_too(judged, fact)]
    step = lcm(ends.step, *(part.step for part in parts), *(_period(judged, fact) for judged in beside))
    if len(starts) == 1 and step == ends.step:
        starts = sorted({*starts, *_turns(case, beside, fact)})
    again = partial(pieces_of, scheme, facts, law, fact, amount)
    if len(starts) > 1:
        for low, after in pairwise([*starts, ends.high + ends.step]):
            yield from again(Interval(low, after - ends.step, ends.step))
    elif step > ends.step:
        yield from _side_by_side([piece for strand in ends.strands(step) for piece in again(strand)])
    else:
        values = [world.readings[amount].value for world in weighed.worlds if amount in world.readings]
        step = lcm(*(value.uneven.get(fact, 1) for value in values if isinstance(value, Span)))
        yield Piece(ends.low, ends.high, [Strand(strand, verdict, values) for strand in ends.strands(step)])


def _weighed(case: Case) -> tuple[str, list[Judged], Weighed]:
    """The verdict, the conditions that can turn it, and the amounts that count."""
    conditions = [judged for rule in case.scheme.conditions if (judged := judge(case, rule))]
    verdict = verdict_of(conditions)
    if verdict == NOT_ELIGIBLE:  # what is refused everywhere leaves the other conditions nothing to turn
        return verdict, [], weigh_refused(case)
    weighed = weigh(case, conditions)
    return verdict, conditions, weighed if weighed.worlds else weigh_refused(case)


def _hangs_on_others_too(judged: Judged, fact: str) -> bool:
    """Whether another unknown figure or day decides a condition too."""
    return any("|" in fork.key and fact in facts_of(fork.key) for fork in forks(judged.tree))


def _period(judged: Judged, fact: str) -> int:
    """After how many values the roundings of what a condition reads come again."""
    cases = [leaf.reasons.case for leaf in endings(judged.tree) if leaf.reasons]
    values = [reading.value for case in cases for reading in case.readings.values()]
    return lcm(*(value.uneven.get(fact, 1) for value in values if isinstance(value, Span)))


def _turns(case: Case, conditions: list[Judged], fact: str) -> Iterator[int]:
    """For each condition the first value at which its state is another than before."""
    ends: Interval = Interval(*case.box[fact])
    for judged in conditions:
        state = cache(partial(_state, case, judged.rule, fact))
        if state(ends.low) != state(ends.high):
            yield ends.first(lambda value, state=state: state(value) != state(ends.low))  # type: ignore[misc]


def _state(case: Case, rule: Rule, fact: str, value: int) -> str | None:
    judged = judge(case.narrowed({fact: Interval(value, value)}), rule)
    return judged.state if judged else None


def _side_by_side(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces of single strands as pieces of all of them, in order."""
    strands = [strand for piece in pieces for strand in piece.strands]
    low, high = min(piece.low for piece in pieces), max(piece.high for piece in pieces)
    step = lcm(*(strand.ends.step for strand in strands))
    parts = [strand._replace(ends=part) for strand in strands for part in strand.ends.strands(step)]
    for begin, end in pairwise(rounds([part.ends.values for part in parts], low, step)):
        whole = Interval(low + begin * step, min(low + end * step - 1, high))
        here = [part._replace(ends=both) for part in parts if (both := part.ends.meet(whole))]
        yield Piece(whole.low, whole.high, sorted(here, key=lambda strand: strand.ends))


def rounds(runs: list[range], low: int, step: int) -> list[int]:
    """The rounds of so many values from ``low`` on in which one of some runs begins or is over."""
    return sorted({(end - low) // step for run in runs if run for end in (run[0], run[-1] + step)})


def _along(amount: Any, fact: str) -> Iterator[Line]:
    """An amount as a function of the fact, at each corner of what else is unknown."""
    if not isinstance(amount, Span):
        yield lambda _: int(amount)
        return
    for other in amount.points(fact):
        yield partial(_at, amount, fact, other)


def _at(amount: Span, fact: str, other: dict[str, int], value: int) -> int:
    return amount.at({**other, fact: value})
