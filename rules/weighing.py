"""Amounts: the least and greatest of each over the worlds in which no condition is not met.

The amounts' own decision tree is laid over the conditions'. A condition that forks on a figure narrows it (a fee
starts at the minimum cost); any other has to leave at least one world open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, pairwise
from typing import Any, NamedTuple

from rules.case import Case, Reading, explore
from rules.facts import FACTS
from rules.judging import Judged
from rules.rule import NoValue
from rules.scheme import Scheme
from rules.worlds import (
    ANY_COUNT,
    FEW_WILL_DO,
    ROUNDINGS,
    UNBOUNDED,
    Box,
    Fork,
    Interval,
    Leaf,
    Span,
    Tree,
    branching,
    endings,
    forks,
    meet,
)

_BEYOND = UNBOUNDED // 10**6  # only the vocabulary's own bound leads to more than this


class Range(NamedTuple):
    """The least and greatest value; no greatest one where only the vocabulary's own bound would limit it."""

    low: int
    high: int | None


class Weighed(NamedTuple):
    """The cases in the worlds that count, with every step read, and the tree whose leaves hold them."""

    worlds: list[Case]
    tree: Tree | None


def weigh(case: Case, conditions: list[Judged]) -> Weighed:
    """The amounts in the worlds that no condition forbids."""
    narrowing = [boxes for judged in conditions if (boxes := judged.allowed()) != [{}]]
    limiting = [judged.allowed() for judged in conditions if "support" in judged.because.inputs]

    def amounts_of(world: Case) -> Leaf:
        _set_counts_apart(world, limiting)
        return _amounts_of(world)

    tree = explore(case.narrowed(_bounds(narrowing)), amounts_of)
    if isinstance(tree, Leaf) and not narrowing:
        return Weighed(tree.reasons, tree)
    figures = {axis for leaf in endings(tree) for axis in _axes(leaf.reasons[0])}
    touching = [boxes for boxes in narrowing if any(figures & box.keys() for box in boxes)]
    keys = {key for boxes in touching for box in boxes for key in box} | {fork.key for fork in forks(tree)}
    others = _entangled([boxes for boxes in narrowing if boxes not in touching], keys)
    found: list[Case] = []

    def kept(branch: Tree, box: Box) -> Tree | None:
        if isinstance(branch, Leaf):
            here: Case = branch.reasons[0]
            allowed = [
                world for world in _meets(box, touching) if next(_meets(world, others), None) is not None
            ]
            inside = [world for figures in _figures(_axes(here), allowed) for world in _within(here, figures)]
            found.extend(inside)
            if len(inside) == 1 and inside[0] is here:
                return branch
            return Amounts(inside) if inside else None
        parts = [
            (part, sub) for part, old in branch.branches if (sub := kept(old, {**box, branch.key: part}))
        ]
        return branching(branch.key, parts) if parts else None

    return Weighed(found, kept(tree, {}))


def weigh_refused(case: Case) -> Weighed:
    """The amounts where there is no support: over all worlds, with what a refusal leaves fixed."""
    fixed = {name: Reading(value, ()) for name, value in case.scheme.refused.items()}
    refused = Case(case.scheme, case.facts, case.book, case.box, fixed, sought=case.sought, pasts=case.pasts)
    refused.read = case.read
    return weigh(refused, [])


def ranges(scheme: Scheme, worlds: list[Case]) -> dict[str, Range]:
    """Each amount over some worlds; absent where the law has no value for it in any."""
    found: dict[str, Range] = {}
    for name in scheme.answers:
        values = [world.readings[name].value for world in worlds if name in world.readings]
        if values:
            found[name] = range_over(values)
    return found


def range_over(values: list[Any]) -> Range:
    """The ends of several values together, to the cent: where roundings may lead further, those are tried."""
    if len(values) == 1 and not isinstance(value := values[0], Span):
        return Range(value, None if value > _BEYOND else value)
    ends = [value.range() if isinstance(value, Span) else (value, value) for value in values]
    low, high = min([low for low, _ in ends]), max([high for _, high in ends])
    near = [
        value
        for value, (lowest, highest) in zip(values, ends, strict=True)
        if lowest - ROUNDINGS < low or highest + ROUNDINGS > high
    ]
    different = {
        (*value.axes.items(), *value.uneven.items(), *value.values): value
        for value in near
        if isinstance(value, Span) and value.uneven
    }
    tried = [value.at(point) for value in different.values() for point in value.points()]
    return _limited(min([low, *tried]), max([high, *tried])) if tried else _limited(low, high)


def _limited(low: int, high: int) -> Range:
    return Range(low, None if high > _BEYOND else high)


def range_of(value: Any) -> Range:
    """The ends of one value."""
    return _limited(*value.range()) if isinstance(value, Span) else _limited(value, value)


def hull(values: list[Range]) -> Range:
    """The ends of several ranges together."""
    if len(values) == 1:
        return values[0]
    highs = [value.high for value in values if value.high is not None]
    return Range(min(value.low for value in values), max(highs) if len(highs) == len(values) else None)


class Amounts(Leaf):
    """A leaf that holds worlds, equal to another where the steps in ``names`` (None: all) are the same formulas."""

    __slots__ = ("names",)

    def __init__(self, worlds: list[Case], names: tuple[str, ...] | None = None):
        super().__init__(None, worlds)
        self.names = names

    def for_all(self) -> Leaf:
        """Itself: it tells of its worlds whether it stands for more or not."""
        return self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Amounts) or len(self.reasons) != len(other.reasons):
            return False
        pairs = zip(self.reasons, other.reasons, strict=True)
        return all(_alike(one.readings, another.readings, self.names) for one, another in pairs)

    __hash__ = None


def _amounts_of(case: Case) -> Leaf:
    """Every amount of a case in one world; an amount for which the law has no value is absent."""
    for name in case.scheme.answers:
        try:
            getattr(case, name)
        except NoValue:
            continue
    return Amounts([case])


def _bounds(conditions: list[list[Box]]) -> Box:
    """The figures' bounds that a condition sets in each world which it allows: nothing beyond them counts."""
    found: Box = {}
    for boxes in conditions:
        for key, first in boxes[0].items():
            if isinstance(first, Interval) and _is_money(key) and all(key in box for box in boxes):
                hull = Interval(min(box[key][0] for box in boxes), max(box[key][1] for box in boxes))
                found = meet(found, {key: hull}) or found
    return found


def _set_counts_apart(case: Case, conditions: list[list[Box]]) -> None:
    """`Fork` where conditions on the support set apart some values of a count of which a few will do."""
    for boxes in conditions:
        keys = {key for box in boxes for key in box if key.startswith(FEW_WILL_DO)}
        for key in keys - case.box.keys():
            with suppress(NoValue):
                _ = case.rate, case.ceiling  # what else is open comes first: it decides which values matter
            parts = [Interval(*box.get(key, ANY_COUNT)) for box in boxes if meet(case.box, box) is not None]
            starts = sorted({start for part in parts for start in (part.low, part.high + 1)})
            pieces = [Interval(low, after - 1) for low, after in pairwise(starts)]
            inside = dict.fromkeys(both for piece in pieces for part in parts if (both := part.meet(piece)))
            if inside:
                raise Fork(key, list(inside))


def _entangled(conditions: list[list[Box]], keys: set[str]) -> list[list[Box]]:
    """The conditions that share an unknown with another or with ``keys``: any other one is met by itself somewhere."""
    own = [{key for box in boxes for key in box} for boxes in conditions]
    shared = Counter(chain(*own))
    return [
        boxes
        for boxes, mine in zip(conditions, own, strict=True)
        if any(key in keys or shared[key] > 1 for key in mine)
    ]


def _figures(axes: dict[str, Interval], worlds: list[Box]) -> list[Box]:
    """What some worlds leave of the figures that amounts hang on, without what lies inside another."""
    found: list[Box] = []
    for world in worlds:
        own = {axis: world[axis] for axis, ends in axes.items() if world.get(axis, ends) != ends}
        if not any(meet(own, other) == own for other in found):
            found = [other for other in found if meet(own, other) != other] + [own]
    return found


def _within(case: Case, figures: Box) -> list[Case]:
    """The amounts where some figures are narrower: a rounding may turn a comparison there, and make more worlds."""
    if not figures:
        return [case]
    return [leaf.reasons[0] for leaf in endings(explore(case.narrowed(figures), _amounts_of))]


def _is_money(key: str) -> bool:
    return key in FACTS and FACTS[key].kind == "money"


def _axes(case: Case) -> dict[str, Interval]:
    """The unknown figures and days that the amounts of a world hang on, with what is left of each."""
    spans = [reading.value for reading in case.readings.values() if isinstance(reading.value, Span)]
    return {axis: ends for span in spans for axis, ends in span.axes.items()}


def _alike(one: dict[str, Reading], other: dict[str, Reading], names: tuple[str, ...] | None) -> bool:
    """Whether two worlds read the same steps, with the same values at their ends and at a point between."""
    if names is None and one.keys() != other.keys():
        return False
    return all(
        (name in one) == (name in other)
        and (name not in one or _values(one[name].value) == _values(other[name].value))
        for name in names or one
    )


def _values(value: Any) -> Any:
    return value.values if isinstance(value, Span) else value


def _meets(box: Box, conditions: list[list[Box]]) -> Iterator[Box]:
    """Every world inside ``box`` in which each condition allows it."""
    if not conditions:
        yield box
        return
    for other in conditions[0]:
        both = meet(box, other)
        if both is not None:
            yield from _meets(both, conditions[1:])
