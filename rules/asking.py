"""Which unknown facts still matter, those that decide most first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rules.case import Case
from rules.facts import FACTS
from rules.judging import Judged
from rules.rule import LEFT_OUT, MET, UNKNOWN
from rules.weighing import leaf_of, range_of
from rules.worlds import Leaf, Span, Tree, branching, facts_of, forks, leaves

_ORDER = {name: place for place, name in enumerate(FACTS)}


class Questions(NamedTuple):
    """The facts to ask for, in order, and all unknown facts that move an amount."""

    asked: list[str]
    moving: set[str]


def questions(conditions: list[Judged], tree: Tree | None, names: tuple[str, ...]) -> Questions:
    """The unknown facts that turn one of ``conditions``, then those that move one of the amounts in ``names``.

    The first by the number of conditions they decide, the others by how far they can move the support.
    """
    decides: dict[str, int] = {}
    for judged in conditions:
        if judged.state == UNKNOWN:
            for name in deciding(_as_asked(judged.tree)):
                decides[name] = decides.get(name, 0) + 1
    moves: dict[str, int] = {}
    for name, distance in _moved(_only(tree, names), names) if tree and names else ():
        moves[name] = max(distance, moves.get(name, 0))
    asked = [name for name in {**decides, **moves} if not FACTS[name].optional]
    asked.sort(key=lambda name: (-decides.get(name, 0), -moves.get(name, 0), _ORDER[name]))
    return Questions(asked, set(moves))


def deciding(tree: Tree) -> set[str]:
    """The facts on which a tree forks."""
    return {name for fork in forks(tree) for name in facts_of(fork.key)}


def _as_asked(tree: Tree) -> Tree:
    """A condition's tree where a rule that does not apply is as good as one that is met."""
    if isinstance(tree, Leaf):
        return Leaf(MET) if tree.result == LEFT_OUT else tree
    return branching(tree.key, [(part, _as_asked(branch)) for part, branch in tree.branches])


def _only(tree: Tree, names: tuple[str, ...]) -> Tree:
    """An amounts' tree reduced to what bears on some of them."""
    if isinstance(tree, Leaf):
        return leaf_of(tree.reasons, names)
    return branching(tree.key, [(part, _only(branch, names)) for part, branch in tree.branches])


def _moved(tree: Tree, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The facts that move an amount, each with how far it moves the support."""
    if isinstance(tree, Leaf):
        for case in tree.reasons:
            yield from _moved_in(case, names)
        return
    for _, branch in tree.branches:
        yield from _moved(branch, names)
    ends = [support for _, branch in tree.branches if (support := _support_in(branch))]
    lows, highs = [low for low, _ in ends], [high for _, high in ends]
    distance = max(max(lows) - min(lows), max(highs) - min(highs)) if ends else 0
    for name in facts_of(tree.key):
        yield name, distance


def _moved_in(case: Case, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for name in names:
        value = case.readings[name].value if name in case.readings else None
        if isinstance(value, Span):
            for axis in value.axes:
                if swing := value.swing(axis):
                    yield axis, swing if name == "support" else 0


def _support_in(tree: Tree) -> tuple[int, int] | None:
    cases: list[Case] = [case for _, leaf in leaves(tree) for case in leaf.reasons]
    ends = [range_of(case.readings["support"].value) for case in cases if "support" in case.readings]
    lows, highs = [end.low or 0 for end in ends], [end.high or 0 for end in ends]
    return (min(lows), max(highs)) if ends else None
