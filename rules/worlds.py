"""The worlds that unknown facts leave open.

A rule is plain Python and never asks whether a fact is known. What is unknown is handed to it as a
`Choice` (one of several options) or a `Span` (a day or figure between two ends). Comparing such a value
either has one answer for all that is left of it, or raises `Fork`: the fact's domain falls apart, and
the rule runs again in each part. What comes out is a small decision tree whose leaves are worlds.

Two reductions make the tree say what people ask. A fork whose branches are all equal disappears: the
fact does not matter. A fork on a value about which the sources disagree, or on what earlier projects came to, is
not the visitor's to settle; it is marked by a key that no fact has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from math import isqrt, lcm
from types import MappingProxyType
from typing import Any, NamedTuple

UNBOUNDED = 10**18  # stands for an end that only the vocabulary's own bound would limit
ROUNDINGS = 2  # so far apart at most are a value and what one rounding after the other makes of it
_STEADY: Mapping[str, int] = MappingProxyType({})
_INSIDE = 12_345_67  # a point between most ends, so that equal ends alone do not make two formulas equal


class Interval(NamedTuple):
    """The whole numbers from ``low`` to ``high``, both included, ``step`` apart."""

    low: int
    high: int
    step: int = 1

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last of them."""
        return self.low, self.high

    @property
    def values(self) -> range:
        """The numbers themselves."""
        return range(self.low, self.high + 1, self.step)

    def first(self, holds: Callable[[int], bool]) -> int:
        """The number from which on something holds; one that is too high where it holds for none."""
        first, after = 0, (self.high - self.low) // self.step + 1
        while first < after:
            far = after > 4 * (first + 1)  # as without a bound: there half of the digits are halved first
            middle = isqrt(first * after) if far else (first + after) // 2
            if holds(self.low + middle * self.step):
                after = middle
            else:
                first = middle + 1
        return self.low + first * self.step

    def strands(self, step: int) -> list[Interval]:
        """The same numbers in as many parts as it takes for those of each to be ``step`` apart."""
        step = lcm(self.step, step)
        lows = range(self.low, min(self.low + step - 1, self.high) + 1, self.step)
        return [Interval(low, low + (self.high - low) // step * step, step) for low in lows]

    def meet(self, other: Interval) -> Interval | None:
        """The numbers that lie in both, or None where there are none."""
        first, high = max(self.low, other.low), min(self.high, other.high)
        if self.step == other.step == 1:
            return Interval(first, high) if first <= high else None
        step = lcm(self.step, other.step)
        for low in range(first, high + 1)[:step]:
            if (low - self.low) % self.step == (low - other.low) % other.step == 0:
                return Interval(low, low + (high - low) // step * step, step)
        return None


ANY_COUNT = Interval(1, UNBOUNDED)
Domain = tuple[Any, ...]  # the options that are left, or an Interval
Box = dict[str, Domain]  # what is left of each unknown fact that mattered so far


class Fork(Exception):
    """A question whose answer differs within what is left of one unknown: ask again in each part."""

    def __init__(self, key: str, parts: Sequence[Domain]):
        self.key = key
        self.parts = parts


class Choice:
    """An unknown that is one of several options. Comparing it sets apart the options compared with."""

    __slots__ = ("key", "options")

    def __init__(self, key: str, options: Domain):
        self.key = key
        self.options = options

    def among(self, wanted: Any) -> bool:
        """Whether the value is one of ``wanted``."""
        inside = tuple([option for option in self.options if option in wanted])
        if not inside or len(inside) == len(self.options):
            return bool(inside)
        raise Fork(self.key, [inside, tuple([option for option in self.options if option not in wanted])])

    def settled(self) -> Any:
        """The value itself: a world for each option."""
        if len(self.options) > 1:
            raise Fork(self.key, [(option,) for option in self.options])
        return self.options[0]

    def __eq__(self, other: object) -> bool:
        return self.among((other,))

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return bool(self.settled())


class Options(frozenset[Any]):
    """A set that can be asked ``value in options`` of an unknown choice, too."""

    __slots__ = ()

    def __contains__(self, value: object) -> bool:
        return value.among(frozenset(self)) if isinstance(value, Choice) else super().__contains__(value)


class Span:
    """A day or figure that follows from unknown ones: a formula over the ends of what is left of them.

    The formula must rise or fall steadily in each unknown by itself, so that its least and greatest values lie
    at the corners; whoever writes a rule that does not, compares first (and so splits). ``values`` are those at
    the corners, the last axis changing fastest, and then one at a point inside.

    Roundings may carry it up and down by one where an unknown of ``uneven`` rises: they move it the less the
    larger the figures are, and come again in the same order after so many steps as it says. So the first round
    holds the least and the greatest.
    """

    __slots__ = ("_range", "at", "axes", "box", "uneven", "values")

    def __init__(
        self,
        box: Box,
        axes: dict[str, Interval],
        values: tuple[int, ...],
        at: Callable[[dict[str, int]], int],
        uneven: Mapping[str, int] = _STEADY,
    ):
        self.box = box
        self.axes = axes
        self.values = values
        self.at = at
        self.uneven = uneven
        self._range: tuple[int, int] | None = None

    @classmethod
    def of(cls, box: Box, name: str, ends: Interval) -> Span:
        """The unknown itself."""
        inside = min(max(_INSIDE, ends.low), ends.high)
        if ends.step > 1:
            inside -= (inside - ends.low) % ends.step
        return cls(box, {name: ends}, (ends.low, ends.high, inside), lambda point: point[name])

    def range(self) -> tuple[int, int]:
        """The least and the greatest value."""
        if self._range is None:
            self._range = min(self.values), max(self.values)
        return self._range

    def swing(self, axis: str) -> int:
        """How far one unknown by itself can move the value."""
        step, corners = self._step(axis), self.values[:-1]
        return max(abs(value - corners[place ^ step]) for place, value in enumerate(corners))

    def corners(self, *beside: str) -> list[dict[str, int]]:
        """All the other unknowns at their ends."""
        points: list[dict[str, int]] = [{}]
        for axis, ends in self.axes.items():
            if axis not in beside:
                points = [{**point, axis: end} for point in points for end in ends.ends]
        return points

    def points(self, *beside: str) -> Iterator[dict[str, int]]:
        """Where the other unknowns hold its least and greatest: at their ends, and in a first round of roundings."""
        yield from self.corners(*beside)
        for axis, steps in self.uneven.items():
            if axis not in beside:
                low, high, step = self.axes[axis]
                for value in range(low, min(high, low + steps) + 1, step):
                    yield from ({**point, axis: value} for point in self.corners(axis, *beside))

    def lowest(self) -> dict[str, int]:
        """The point at which each unknown is least."""
        return {axis: ends.low for axis, ends in self.axes.items()}

    def _step(self, axis: str) -> int:
        return 1 << (len(self.axes) - 1 - list(self.axes).index(axis))

    def __add__(self, other: Any) -> Any:
        return lift(int.__add__, self, other) if isinstance(other, Span) or other else self

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return lift(int.__sub__, self, other) if isinstance(other, Span) or other else self

    def __rsub__(self, other: Any) -> Any:
        return lift(int.__sub__, other, self)

    def __mul__(self, other: Any) -> Any:
        return lift(int.__mul__, self, other)

    __rmul__ = __mul__

    def __lt__(self, other: Any) -> bool:
        return decide(int.__lt__, self, other)

    def __le__(self, other: Any) -> bool:
        return decide(int.__le__, self, other)

    def __gt__(self, other: Any) -> bool:
        return decide(int.__gt__, self, other)

    def __ge__(self, other: Any) -> bool:
        return decide(int.__ge__, self, other)

    def __bool__(self) -> bool:
        return decide(int.__ne__, self, 0)


def lift(formula: Callable[..., int], *values: Any) -> Any:
    """``formula`` of values that may be unknown: a plain number where none is, else a `Span`."""
    spans = [value for value in values if isinstance(value, Span)]
    if not spans:
        return formula(*values)
    first, axes, uneven = spans[0], spans[0].axes, spans[0].uneven
    for span in spans[1:]:
        if not span.axes.keys() <= axes.keys():
            axes = axes | span.axes
        if span.uneven:
            uneven = {**uneven, **span.uneven}

    def at(point: dict[str, int]) -> int:
        return formula(*[value.at(point) if isinstance(value, Span) else value for value in values])

    columns = [
        repeat(value)
        if not isinstance(value, Span)
        else value.values
        if value.axes is axes
        else _spread(value, axes)
        for value in values
    ]
    return Span(first.box, axes, tuple(map(formula, *columns)), at, uneven)


def rounded_twice(value: Any, inner: Any, steps: int) -> Any:
    """A value that is a rounding of a rounding, of which the ``inner`` one comes again after so many steps."""
    if not isinstance(value, Span) or not isinstance(inner, Span):
        return value
    uneven = {axis: steps for axis, ends in inner.axes.items() if ends.step % steps}
    return Span(value.box, value.axes, value.values, value.at, uneven)


def _spread(span: Span, axes: dict[str, Interval]) -> tuple[int, ...]:
    """A span's values at the corners of more axes than its own, and at the point inside."""
    places = _places(tuple(span.axes), tuple(axes))
    values = span.values
    return (*[values[place] for place in places], values[-1])


@cache
def _places(own: tuple[str, ...], axes: tuple[str, ...]) -> tuple[int, ...]:
    """Where the values at the corners of some axes stand among those at the corners of its own."""
    steps = {axis: 1 << place for place, axis in enumerate(reversed(own))}
    places = [0]
    for axis in axes:
        places = [place | end for place in places for end in (0, steps.get(axis, 0))]
    return tuple(places)


def least(*values: Any) -> Any:
    """The least of values that may be unknown."""
    return lift(min, *values)


def greatest(*values: Any) -> Any:
    """The greatest of values that may be unknown."""
    return lift(max, *values)


def decide(compare: Callable[[int, int], bool], left: Any, right: Any) -> bool:
    """What a comparison says everywhere in this world; `Fork` where it says both."""
    truth = lift(compare, left, right)
    if not isinstance(truth, Span):
        return bool(truth)
    agreed = all(truth.values) or not any(truth.values)
    if agreed and not (truth.uneven and _turns_by_rounding(truth, left - right)):
        return bool(truth.values[0])
    corners = truth.values[:-1]
    if agreed or all(corners) or not any(corners):  # it turns between them alone
        return _either(truth, list(truth.axes))
    others = truth.axes.keys() - {DAY_OF_THE_LAW}
    if others and len(others) < len(truth.axes) and not others & truth.box.keys():
        # before any other day is split, or the two would go on for ever
        _set_ends_apart(truth, DAY_OF_THE_LAW)
    few = next((axis for axis in truth.axes if axis.startswith(FEW_WILL_DO)), None)
    if few and len(truth.axes) > 1 and (left - right).swing(few):
        _set_ends_apart(truth, few)
        # what lies between gives no more
        raise Fork(few, [Interval(end, end) for end in truth.axes[few].ends])
    deciding = [axis for axis in truth.axes if truth.swing(axis)]
    if len(deciding) == 1:
        raise _split(truth, deciding[0])
    for axis in deciding:
        low, high, step = truth.axes[axis]
        if axis in COUNTS and low < _FEW:  # a count is soon large enough: set its least value apart
            raise Fork(axis, [Interval(low, low, step), Interval(low + step, high, step)])
    return _either(truth, deciding)


def _turns_by_rounding(truth: Span, distance: Span) -> bool:
    """Whether roundings give another answer between corners that agree."""
    if min(map(abs, distance.values)) > ROUNDINGS:
        return False
    return len(set(map(truth.at, truth.points()))) > 1


def _either(truth: Span, axes: list[str]) -> bool:
    """Both answers, each in a world of its own: no box holds such a border."""
    if len(truth.axes) == 1:  # each cent of a round has one answer
        [axis] = axes
        raise Fork(axis, truth.axes[axis].strands(truth.uneven[axis]))
    border = "|".join(sorted(axes))
    if border not in truth.box:
        raise Fork(border, [(True,), (False,)])
    return bool(truth.box[border][0])


DAY_OF_THE_LAW = "application_date"  # what the other days surely leave of it decides which law can hold
COUNTS = ("participants", "days", "participants*days")
# Before the key of a count beside which an amount is open that is added to what comes of it: what a number between
# gives, another amount gives with the least number (at the high ends) or the greatest that a border allows (at the
# low ends). So those alone are set apart, and the others left out.
FEW_WILL_DO = "few:"
_FEW = 5  # so many counts are set apart one by one before both answers are left open


def set_apart(left: Any, right: Any) -> None:
    """Make worlds of their own of what lies above a border, for a formula that turns there."""
    decide(int.__gt__, left, right)


def _split(truth: Span, axis: str) -> Fork:
    """The fork at the one place along ``axis`` where the answer turns."""
    point = truth.lowest()
    return _turn(truth, axis, lambda value: truth.at({**point, axis: value}))


def _set_ends_apart(truth: Span, axis: str) -> None:
    """`Fork` where the answer at one end of ``axis`` is the same whatever the other unknowns are."""
    points = truth.corners(axis)

    def settled(value: int) -> int | None:
        answers = {truth.at({**point, axis: value}) for point in points}
        return answers.pop() if len(answers) == 1 else None

    if any(settled(end) is not None for end in truth.axes[axis].ends):
        raise _turn(truth, axis, settled)


def _turn(truth: Span, axis: str, answer: Callable[[int], int | None]) -> Fork:
    """The fork where what ``answer`` says at the low end of ``axis`` holds no more."""
    low, high, step = ends = truth.axes[axis]
    before = answer(low)
    after = ends.first(lambda value: answer(value) != before)
    return Fork(axis, [Interval(low, after - step, step), Interval(after, high, step)])


class Leaf:
    """A world in which nothing is left to ask. Leaves are compared by ``result`` alone.

    ``shared``: the result stands for several worlds, and ``reasons`` are those of the first of them.
    """

    __slots__ = ("reasons", "result", "shared")

    def __init__(self, result: Any, reasons: Any = None, shared: bool = False):
        self.result = result
        self.reasons = reasons
        self.shared = shared

    def for_all(self) -> Leaf:
        """The same leaf where it stands for several worlds."""
        return Leaf(self.result, self.reasons, shared=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and self.result == other.result

    __hash__ = None  # type: ignore[assignment]


class Branching(NamedTuple):
    """A fork on one unknown, with what follows in each part of its domain."""

    key: str
    branches: tuple[tuple[Domain, Tree], ...]


Tree = Leaf | Branching


def leaves(tree: Tree, box: Box | None = None) -> Iterator[tuple[Box, Leaf]]:
    """Every leaf with its world: what is left there of each unknown that mattered."""
    box = box or {}
    if isinstance(tree, Leaf):
        yield box, tree
    else:
        for part, branch in tree.branches:
            yield from leaves(branch, {**box, tree.key: part})


def endings(tree: Tree) -> list[Leaf]:
    """Every leaf of a tree, without its world."""
    return [tree] if isinstance(tree, Leaf) else [leaf for _, leaf in leaves(tree)]


def branching(key: str, branches: list[tuple[Domain, Tree]]) -> Tree:
    """A fork, or its one outcome where all its branches are equal."""
    first = branches[0][1]
    if all(branch == first for _, branch in branches[1:]):
        return first.for_all() if isinstance(first, Leaf) else first
    return Branching(key, tuple(branches))


def restricted(tree: Tree, key: str, part: Domain) -> Tree:
    """What is left of a tree where one unknown is known to lie in a part of its domain."""
    if isinstance(tree, Leaf):
        return tree
    kept = list(tree.branches)
    if tree.key == key:  # what falls outside goes first: below it nothing is left to restrict
        kept = [(both[key], branch) for own, branch in kept if (both := meet({key: own}, {key: part}))]
    return branching(tree.key, [(own, restricted(branch, key, part)) for own, branch in kept])


def forks(tree: Tree) -> Iterator[Branching]:
    """Every fork of a tree."""
    if isinstance(tree, Branching):
        yield tree
        for _, branch in tree.branches:
            yield from forks(branch)


def meet(box: Box, other: Box) -> Box | None:
    """The world that lies in both, or None where there is none."""
    both = box
    for key, theirs in other.items():
        ours = box.get(key)
        common = theirs if ours is None or ours == theirs else _shared(ours, theirs)
        if not common:
            return None
        if both is box:
            both = dict(box)
        both[key] = common
    return both


def _shared(ours: Domain, theirs: Domain) -> Domain:
    if isinstance(ours, Interval) and isinstance(theirs, Interval):
        return theirs.meet(ours) or ()
    return tuple(option for option in ours if option in theirs)


def facts_of(key: str) -> tuple[str, ...]:
    """The facts that a fork's key stands for: ``a|b`` two unknown days held against each other, ``actions/plan``
    one member of an unknown set, ``a*b`` a product. Some stand for none: ``law:...``, which the sources leave open, and
    ``plan:...``, which earlier projects do."""
    if key.startswith(("law:", "plan:")):
        return ()
    names = [name for part in key.split("|") for name in part.removeprefix(FEW_WILL_DO).split("*")]
    return tuple(name.split("/")[0] for name in names)
