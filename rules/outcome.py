"""What the rules say of a case: verdict, conditions, amounts, deadlines, questions, and the reasons.

`outcome` runs every rule in every world that the unknown facts leave open, and sums up what the worlds agree
on. A condition is judged by itself. An amount is its least and greatest over the worlds in which no
condition is not met; where there is support for none of them, the amounts are those of a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from rules.case import Case, Facts, Reading, explore, sources_of
from rules.dated import Law, Parameter, Value
from rules.facts import FACTS
from rules.rule import (
    LEFT_OUT,
    MET,
    NOT_MET,
    UNKNOWN,
    Finding,
    LeftOut,
    NoValue,
    Rule,
    Scheme,
    SourcesSilent,
)
from rules.worlds import (
    UNBOUNDED,
    Box,
    Choice,
    Fork,
    Leaf,
    Span,
    Tree,
    branching,
    facts_of,
    forks,
    leaves,
    meet,
)

ELIGIBLE, NOT_ELIGIBLE, UNDECIDED = "eligible", "not_eligible", "undecided"
_BEYOND = UNBOUNDED // 10**6  # only the vocabulary's own bound leads to more than this
_ORDER = {name: place for place, name in enumerate(FACTS)}


class Range(NamedTuple):
    """The least and greatest value; None where only the vocabulary's own bound would limit it."""

    low: int | None
    high: int | None


class Because(NamedTuple):
    """Where a finding comes from: the case as it was read, what was read, and how it is said."""

    case: Case
    inputs: tuple[str, ...]
    finding: Finding


class Judged(NamedTuple):
    """A condition with its state over all worlds, and its decision tree."""

    rule: Rule
    state: str
    tree: Tree
    because: Because
    sure: bool  # False where a value that it rests on is inferred or disputed

    @property
    def sources(self) -> list[str]:
        """The sources of the rule and of what it read."""
        return sources_of(self.because.case, self.rule, self.because.inputs)

    @property
    def clauses(self) -> list[str]:
        """The clauses of the rule and of the law's values that it read."""
        legal = self.because.case.legal
        read = [clause for name in self.because.inputs if name in legal for clause in legal[name][1].clauses]
        return list(dict.fromkeys([*self.rule.clauses, *read]))


class Due(NamedTuple):
    """A deadline with its day (an ordinal)."""

    rule: Rule
    day: int
    sources: list[str]
    because: Because


class Said(NamedTuple):
    """A notice, with the case as it was read."""

    id: str
    because: Because
    sources: list[str]
    clauses: tuple[str, ...]


class Step(NamedTuple):
    """A step of the reasoning: an amount with what it was made of (``beside``), or a value of the law."""

    id: str
    range: Range
    inputs: tuple[str, ...]
    beside: dict[str, Range]
    sources: list[str]
    clauses: tuple[str, ...]
    legal: tuple[Parameter, Value] | None = None


class Outcome(NamedTuple):
    """Everything that is said of one case. Texts come later, in the reader's language."""

    scheme: Scheme
    facts: Facts
    law: Law
    verdict: str
    conditions: list[Judged]
    amounts: dict[str, Range]
    deadlines: list[Due]
    questions: list[str]
    moving: set[str]  # the facts that move an amount
    nothing_fits: bool  # no world meets all conditions together
    trace: list[Step]
    notices: list[Said]


def outcome(scheme: Scheme, facts: Facts, law: Law, reasons: bool = True) -> Outcome:
    """Judge a case. ``reasons=False`` leaves out trace and notices, for many cases in a row."""
    case = Case(scheme, facts, law)
    conditions = [judged for rule in scheme.conditions if (judged := _judge(case, rule)) is not None]
    verdict = _verdict(conditions)
    refused = verdict == NOT_ELIGIBLE
    worlds, tree = _worlds(case, conditions, refused)
    nothing_fits = not worlds
    if nothing_fits:
        worlds, tree = _worlds(case, conditions, refused=True)
    questions, moving = _questions(scheme, conditions, tree, refused)
    return Outcome(
        scheme,
        facts,
        law,
        verdict,
        conditions,
        _amounts(scheme, worlds),
        [due for rule in scheme.deadlines if (due := _due(case, rule)) is not None],
        questions,
        moving,
        nothing_fits,
        _trace(scheme, worlds) if reasons else [],
        [said for rule in scheme.notices if (said := _said(case, rule)) is not None] if reasons else [],
    )


# --- conditions --------------------------------------------------------------------------------


def _judge(case: Case, rule: Rule) -> Judged | None:
    tree = _undisputed(explore(case, lambda world: _finding(world, rule)))
    found = [leaf for _, leaf in leaves(tree)]
    states = {leaf.result for leaf in found}
    if states == {LEFT_OUT}:
        return None
    state = UNKNOWN
    if states <= {MET, LEFT_OUT}:
        state = MET
    elif states == {NOT_MET}:
        state = NOT_MET
    because = next(leaf.reasons for leaf in found if leaf.result != LEFT_OUT)
    if len(found) > 1 or found[0].shared:
        because = because._replace(finding=Finding(state, "open"))
    legal = because.case.legal
    sure = all(legal[name][1].sure == "seen" for name in because.inputs if name in legal)
    return Judged(rule, state, tree, because, sure)


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
        answer = Finding(MET, MET) if answer else Finding(NOT_MET, NOT_MET)
    return Leaf(answer.state, Because(case, inputs, answer))


def _undisputed(tree: Tree) -> Tree:
    """The tree with each fork that only the sources leave open turned into `UNKNOWN`."""
    if isinstance(tree, Leaf):
        return tree
    if tree.key.startswith("law:"):
        because = next(leaf.reasons for _, leaf in leaves(tree) if leaf.reasons)
        return Leaf(UNKNOWN, because._replace(finding=Finding(UNKNOWN, "silent")))
    return branching(tree.key, [(part, _undisputed(branch)) for part, branch in tree.branches])


def _verdict(conditions: list[Judged]) -> str:
    states = {judged.state for judged in conditions}
    if NOT_MET in states:
        return NOT_ELIGIBLE
    return UNDECIDED if UNKNOWN in states else ELIGIBLE


# --- amounts -----------------------------------------------------------------------------------


class _World(NamedTuple):
    """A case in one world, with every step's reading there."""

    case: Case
    readings: dict[str, Reading]


def _worlds(case: Case, conditions: list[Judged], refused: bool) -> tuple[list[_World], Tree | None]:
    """The worlds that no condition forbids (all of them for a refusal), and their tree with the rest cut off."""
    if refused:
        case = Case(case.scheme, case.facts, case.book, readings=_given(case.scheme.refused))
    tree = explore(case, _weigh)
    narrowing = [] if refused else [boxes for judged in conditions if (boxes := _allowed(judged)) != [{}]]
    if isinstance(tree, Leaf) and not narrowing:
        return [tree.reasons], tree
    figures = {axis for _, leaf in leaves(tree) for axis in _axes(leaf.reasons)}
    touching = [boxes for boxes in narrowing if any(figures & set(box) for box in boxes)]
    others = [boxes for boxes in narrowing if boxes not in touching]
    found: list[_World] = []

    def keep(branch: Tree, box: Box) -> Tree | None:
        if isinstance(branch, Leaf):
            inside = [
                _weighed(branch.reasons.case, world) if touching else branch.reasons
                for world in _meets(box, touching)
                if next(_meets(world, others), None) is not None
            ]
            found.extend(inside)
            return Leaf(tuple(_signature(world) for world in inside), inside) if inside else None
        kept = [(part, sub) for part, old in branch.branches if (sub := keep(old, {**box, branch.key: part}))]
        if not kept:
            return None
        return branching(branch.key, kept)

    return found, keep(tree, {})


def _given(values: dict[str, int]) -> dict[str, Reading]:
    return {name: Reading(value, ()) for name, value in values.items()}


def _weigh(case: Case) -> Leaf:
    """Every amount of a case in one world; an amount for which the law has no value is absent."""
    for name in case.scheme.answers:
        with suppress(NoValue):
            getattr(case, name)
    world = _World(case, case.readings)
    return Leaf(_signature(world), world)


def _weighed(case: Case, box: Box) -> _World:
    """The amounts in a world. Where only forks without consequence are left, any part of them serves."""
    world = case.narrowed(box)
    while True:
        try:
            found: _World = _weigh(world).reasons
            return found
        except Fork as fork:
            world = world.narrowed({fork.key: fork.parts[0]})


def _axes(world: _World) -> set[str]:
    return {
        axis
        for reading in world.readings.values()
        if isinstance(reading.value, Span)
        for axis in reading.value.axes
    }


def _signature(world: _World) -> tuple[Any, ...]:
    """What tells two worlds apart: each step at its ends and at a point between."""
    return tuple(
        (name, value.values if isinstance(value := reading.value, Span) else value)
        for name, reading in sorted(world.readings.items())
    )


def _allowed(judged: Judged) -> list[Box]:
    """The worlds in which a condition is not refused; one that holds everything where it never is."""
    found = [(box, leaf) for box, leaf in leaves(judged.tree)]
    if all(leaf.result != NOT_MET for _, leaf in found):
        return [{}]
    return [box for box, leaf in found if leaf.result != NOT_MET]


def _meets(box: Box, conditions: list[list[Box]]) -> Iterator[Box]:
    """Every world inside ``box`` in which each condition allows it."""
    if not conditions:
        yield box
        return
    for other in conditions[0]:
        both = meet(box, other)
        if both is not None:
            yield from _meets(both, conditions[1:])


def _amounts(scheme: Scheme, worlds: list[_World]) -> dict[str, Range]:
    found: dict[str, Range] = {}
    for name in scheme.answers:
        ranges = [_range(world.readings[name].value) for world in worlds if name in world.readings]
        if ranges:
            found[name] = _hull(ranges)
    return found


def _range(value: Any) -> Range:
    low, high = value.range() if isinstance(value, Span) else (value, value)
    return Range(low, None if high > _BEYOND else high)


def _hull(ranges: list[Range]) -> Range:
    lows = [range.low for range in ranges if range.low is not None]
    highs = [range.high for range in ranges]
    return Range(min(lows), None if None in highs else max(high for high in highs if high is not None))


# --- deadlines and notices ---------------------------------------------------------------------


def _due(case: Case, rule: Rule) -> Due | None:
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
    return Due(rule, tree.result, sources_of(world, rule, inputs), because)


def _said(case: Case, rule: Rule) -> Said | None:
    def told(world: Case) -> Leaf:
        try:
            answer, inputs = world.noting(rule.function)
        except (LeftOut, NoValue, SourcesSilent):
            return Leaf(False)
        return Leaf(bool(answer), (world, inputs))

    for _, leaf in leaves(explore(case, told)):
        if leaf.result:
            world, inputs = leaf.reasons
            because = Because(world, inputs, Finding(MET, rule.id))
            return Said(rule.id, because, sources_of(world, rule, inputs), rule.clauses)
    return None


# --- questions ---------------------------------------------------------------------------------


def _questions(
    scheme: Scheme, conditions: list[Judged], tree: Tree | None, refused: bool
) -> tuple[list[str], set[str]]:
    """The unknown facts that still bear on the answer, those that decide most first."""
    decides: dict[str, int] = {}
    moves: dict[str, int] = {}
    if refused:
        tree = _only(tree, scheme.asked_when_refused) if scheme.asked_when_refused else None
    else:
        for judged in conditions:
            if judged.state == UNKNOWN:
                for name in matter(_as_asked(judged.tree)):
                    decides[name] = decides.get(name, 0) + 1
    for name, distance in _movers(tree, scheme.asked_when_refused if refused else scheme.amounts):
        moves[name] = max(distance, moves.get(name, 0))
    asked = [name for name in {**decides, **moves} if not FACTS[name].optional]
    asked.sort(key=lambda name: (-decides.get(name, 0), -moves.get(name, 0), _ORDER[name]))
    return asked, set(moves)


def _as_asked(tree: Tree) -> Tree:
    """A condition's tree where a rule that does not apply is as good as one that is met."""
    if isinstance(tree, Leaf):
        return Leaf(MET) if tree.result == LEFT_OUT else tree
    return branching(tree.key, [(part, _as_asked(branch)) for part, branch in tree.branches])


def matter(tree: Tree) -> set[str]:
    """The facts on which a tree forks."""
    return {name for fork in forks(tree) for name in facts_of(fork.key)}


def _only(tree: Tree | None, names: tuple[str, ...]) -> Tree | None:
    """An amounts' tree reduced to what bears on some of them."""
    if tree is None:
        return None
    if isinstance(tree, Leaf):
        worlds = tree.reasons if isinstance(tree.reasons, list) else [tree.reasons]
        readings = [
            {name: world.readings[name] for name in names if name in world.readings} for world in worlds
        ]
        kept = [_World(world.case, own) for world, own in zip(worlds, readings, strict=True)]
        return Leaf(tuple(_signature(world) for world in kept), kept)
    return branching(
        tree.key, [(part, sub) for part, old in tree.branches if (sub := _only(old, names)) is not None]
    )


def _movers(tree: Tree | None, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The facts that move an amount, each with how far it moves the support."""
    if tree is None:
        return
    if isinstance(tree, Leaf):
        for world in tree.reasons if isinstance(tree.reasons, list) else [tree.reasons]:
            for name in names:
                reading = world.readings.get(name)
                if reading is not None and isinstance(reading.value, Span):
                    for axis in reading.value.axes:
                        if reading.value.swing(axis):
                            yield axis, reading.value.swing(axis) if name == "support" else 0
        return
    for _, branch in tree.branches:
        yield from _movers(branch, names)
    ranges = [range for _, branch in tree.branches if (range := _support_in(branch)) is not None]
    distance = 0
    if ranges:
        lows, highs = zip(*ranges, strict=True)
        distance = max(max(lows) - min(lows), max(highs) - min(highs))
    for name in facts_of(tree.key):
        yield name, distance


def _support_in(tree: Tree) -> tuple[int, int] | None:
    ends: list[int] = []
    for _, leaf in leaves(tree):
        for world in leaf.reasons if isinstance(leaf.reasons, list) else [leaf.reasons]:
            if "support" in world.readings:
                value = world.readings["support"].value
                ends += value.range() if isinstance(value, Span) else (value, value)
    return (min(ends), max(ends)) if ends else None


# --- the reasons -------------------------------------------------------------------------------


def _trace(scheme: Scheme, worlds: list[_World]) -> list[Step]:
    """Every step and value of the law that the amounts were made of, each after what it was made of."""
    order: dict[str, None] = {}
    for world in worlds:
        for name in scheme.answers:
            _visit(world, name, order)
    steps: list[Step] = []
    for name in order:
        holding = [world for world in worlds if name in world.readings]
        if holding:
            rule = scheme.steps[name]
            first = holding[0]
            inputs = first.readings[name].inputs
            values = [world.readings[name].value for world in holding]
            if any(isinstance(value, str | Choice) for value in values):
                continue
            found = _hull([_range(value) for value in values])
            beside = {step.id: step.range for step in steps if step.id in inputs}
            steps.append(
                Step(name, found, inputs, beside, sources_of(first.case, rule, inputs), rule.clauses)
            )
        else:
            for parameter, value in dict.fromkeys(
                world.case.legal[name] for world in worlds if name in world.case.legal
            ):
                if isinstance(value.value, int):
                    ends = Range(value.value, value.value)
                elif isinstance(value.value, tuple):
                    ends = Range(*value.value)
                else:
                    continue
                steps.append(Step(name, ends, (), {}, list(value.sources), value.clauses, (parameter, value)))
    return steps


def _visit(world: _World, name: str, order: dict[str, None]) -> None:
    if name in order:
        return
    if name in world.readings:
        for other in world.readings[name].inputs:
            _visit(world, other, order)
        order[name] = None
    elif name in world.case.legal:
        order[name] = None
