"""Which unknown facts still matter, those that decide most first."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rules.case import Case
from rules.facts import FACTS
from rules.judging import Judged
from rules.rule import LEFT_OUT, MET, UNKNOWN
from rules.weighing import Amounts, Range, hull, range_of
from rules.worlds import Leaf, Span, Tree, branching, facts_of, forks

_ORDER = {name: place for place, name in enumerate(FACTS)}


class Questions(NamedTuple):
    """The facts to ask for, in order, and all unknown facts that move an amount, the support's greatest first."""

    asked: list[str]
    moving: list[str]


def questions(conditions: list[Judged], tree: Tree | None, names: tuple[str, ...]) -> Questions:
    """The unknown facts that turn one of ``conditions``, then those that move one of the amounts in ``names``.

    The first by the number of conditions they decide, the others by how far they can move the support; ties go
    in the order of the vocabulary.
    """
    unknown = [judged.tree for judged in conditions if judged.state == UNKNOWN]
    decides = Counter(name for tree in unknown for name in deciding(_as_asked(tree)))
    by_key: Counter[str] = Counter()
    if tree and names:
        _moved(tree if isinstance(tree, Leaf) else _only(tree, names), names, by_key)
    moves: Counter[str] = Counter()
    for key, distance in by_key.items():
        for name in facts_of(key):
            moves[name] = max(distance, moves[name])
    asked = [name for name in {**decides, **moves} if not FACTS[name].optional]
    asked.sort(key=lambda name: (-decides[name], 0 if name in decides else -moves[name], _ORDER[name]))
    return Questions(asked, sorted(moves, key=lambda name: (-moves[name], _ORDER[name])))


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
        return Amounts(tree.reasons, names)
    return branching(tree.key, [(part, _only(branch, names)) for part, branch in tree.branches])


def _moved(tree: Tree, names: tuple[str, ...], moves: Counter[str]) -> Range | None:
    """Note in ``moves`` how far each key of a tree moves the support; returns the support's ends, where it has any."""
    if isinstance(tree, Leaf):
        found = [support for case in tree.reasons if (support := _moved_in(case, names, moves))]
    else:
        found = [support for _, branch in tree.branches if (support := _moved(branch, names, moves))]
        moves[tree.key] = max(_distance(found), moves[tree.key])
    return hull(found) if found else None


def _moved_in(case: Case, names: tuple[str, ...], moves: Counter[str]) -> Range | None:
    for name, reading in case.readings.items():
        value = reading.value
        if isinstance(value, Span) and name in names:
            for axis in value.axes:
                if name == "support":
                    if swing := value.swing(axis):
                        moves[axis] = max(swing, moves[axis])
                elif axis not in moves and value.swing(axis):
                    moves[axis] = 0
    return range_of(case.readings["support"].value) if "support" in case.readings else None


def _distance(ends: list[Range]) -> int:
    """How far several ranges lie apart at their lower or upper ends; an end that nothing limits is not compared."""
    if not ends:
        return 0
    lows, highs = [end.low for end in ends], [end.high for end in ends if end.high is not None] or [0]
    return max(max(lows) - min(lows), max(highs) - min(highs))
