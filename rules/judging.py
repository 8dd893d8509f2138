"""Conditions, deadlines and notices: each judged by itself, over all worlds that the unknown facts leave open."""

from __future__ import annotations

from typing import NamedTuple

from rules.case import Case, explore, one_by_one
from rules.dated import Value
from rules.rule import (
    LEFT_OUT,
    MET,
    NOT_MET,
    UNKNOWN,
    Finding,
    LeftOut,
    NoValue,
    Rule,
    SourcesSilent,
)
from rules.worlds import Box, Branching, Leaf, Span, Tree, branching, endings, leaves, restricted

_MET, _NOT_MET = Finding(MET, MET), Finding(NOT_MET, NOT_MET)


class Because(NamedTuple):
    """Where a finding comes from: the case as it was read, what was read, and how it is said."""

    case: Case
    inputs: tuple[str, ...]
    finding: Finding

    def sources(self, rule: Rule) -> list[str]:
        """The sources of a rule and of what it read, each once."""
        return list(self.case.sources(rule.sources, self.inputs))


class Judged(NamedTuple):
    """A condition with its state over all worlds, and its decision tree."""

    rule: Rule
    state: str
    tree: Tree
    because: Because

    def allowed(self) -> list[Box]:
        """The worlds in which the condition is not refused; one that holds everything where it never is."""
        if self.state == MET:
            return [{}]
        found = list(leaves(self.tree))
        allowed = [box for box, leaf in found if leaf.result != NOT_MET]
        return allowed if len(allowed) < len(found) else [{}]

    @property
    def legal(self) -> list[Value]:
        """The values of the law that it read."""
        legal = self.because.case.legal
        return [legal[name][1] for name in self.because.inputs if name in legal]


class Due(NamedTuple):
    """A deadline with its day (an ordinal)."""

    rule: Rule
    day: int
    because: Because


class Said(NamedTuple):
    """A notice, with the case as it was read."""

    rule: Rule
    because: Because


def judge(case: Case, rule: Rule) -> Judged | None:
    """A condition's state; None where it surely does not apply, or only an unknown optional fact would decide."""
    tree = _undisputed(explore(case, lambda world: _finding(world, rule)))
    if isinstance(tree, Leaf) and not tree.shared:  # nothing is unknown, so there is one world
        return None if tree.result == LEFT_OUT else Judged(rule, tree.result, tree, tree.reasons)
    found = endings(tree)
    states = {leaf.result for leaf in found}
    if states == {LEFT_OUT}:
        return None
    state = UNKNOWN
    if states <= {MET, LEFT_OUT}:
        state = MET
    elif states == {NOT_MET}:
        state = NOT_MET
    because = next(leaf.reasons for leaf in found if leaf.result != LEFT_OUT)
    return Judged(rule, state, tree, because._replace(finding=Finding(state, "open")))


def _finding(case: Case, rule: Rule) -> Leaf:
    inputs: tuple[str, ...] = ()
    try:
        answer, inputs = case.noting(rule.function)
    except (LeftOut, NoValue):
        return Leaf(LEFT_OUT)
    except SourcesSilent:
        answer = Finding(UNKNOWN, "silent")
        inputs = tuple(case.legal)
    if not isinstance(answer, Finding):
        answer = _MET if answer else _NOT_MET
    return Leaf(answer.state, Because(case, inputs, answer))


def _undisputed(tree: Tree) -> Tree:
    """The tree without forks that only the sources leave open: where their branches differ it is `UNKNOWN`."""
    if isinstance(tree, Leaf):
        return tree
    branches = [(part, _undisputed(branch)) for part, branch in tree.branches]
    if tree.key.startswith("law:"):
        return _agreed([branch for _, branch in branches])
    return branching(tree.key, branches)


def _agreed(trees: list[Tree]) -> Tree:
    """What several trees say together, world by world."""
    for tree in trees:
        if isinstance(tree, Branching):
            parts = [part for part, _ in tree.branches]
            return branching(
                tree.key,
                [(part, _agreed([restricted(each, tree.key, part) for each in trees])) for part in parts],
            )
    if all(tree == trees[0] for tree in trees):
        return trees[0]
    because = next(leaf.reasons for tree in trees for leaf in endings(tree) if leaf.reasons)
    return Leaf(UNKNOWN, because._replace(finding=Finding(UNKNOWN, "silent")))


def due_day(case: Case, rule: Rule) -> Due | None:
    """A deadline; None where its day hangs on an unknown fact."""

    def day(world: Case) -> Leaf:
        try:
            answer, inputs = world.noting(rule.function)
        except (LeftOut, NoValue, SourcesSilent):
            return Leaf(None)
        return Leaf(answer.range() if isinstance(answer, Span) else answer, (world, inputs))

    tree = explore(case, day)
    if not isinstance(tree, Leaf) or not isinstance(tree.result, int):
        return None
    world, inputs = tree.reasons
    because = Because(world, inputs, Finding(MET, rule.id))
    return Due(rule, tree.result, because)


def said(case: Case, rule: Rule) -> Said | None:
    """A notice, where there is something to say in one of the worlds; in all of them for what is said as a fact."""

    def told(world: Case) -> Leaf:
        try:
            answer, inputs = world.noting(rule.function)
        except (LeftOut, NoValue, SourcesSilent):
            return Leaf(False)
        return Leaf(bool(answer), (world, inputs))

    first = None
    for leaf in one_by_one(case, told):
        if leaf.result and first is None:
            first = leaf
        if bool(leaf.result) != rule.surely:  # this one settles it
            break
    if first is None or (rule.surely and not leaf.result):
        return None
    world, inputs = first.reasons
    because = Because(world, inputs, Finding(MET, rule.id))
    return Said(rule, because)
