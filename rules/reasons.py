"""The reasons behind the amounts: every step and every value of the law, each after what it was made of."""

from __future__ import annotations

from typing import NamedTuple

from rules.case import Case
from rules.dated import Disagreement, Parameter, Value
from rules.scheme import Scheme
from rules.weighing import Range, range_over


class Step(NamedTuple):
    """A step of the reasoning: an amount with what it was made of (``beside``), or a value of the law."""

    id: str
    range: Range
    inputs: tuple[str, ...]
    beside: tuple[str, ...]
    sources: list[str]
    clauses: tuple[str, ...]
    legal: tuple[Parameter, Value] | None = None


def reasons(scheme: Scheme, worlds: list[Case], amounts: dict[str, Range]) -> list[Step]:
    """What the amounts were made of, in the worlds that count. ``amounts`` are their ranges."""
    order: dict[str, None] = {}
    for world in worlds:
        for name in scheme.answers:
            _visit(world, name, order)
    steps: list[Step] = []
    told: set[str] = set()
    for name in order:
        holding = [world for world in worlds if name in world.readings]
        if holding:
            found = _amount(scheme, name, holding, amounts.get(name), told)
        else:
            read = [world.legal[name] for world in worlds if name in world.legal]
            found = [
                _legal(name, *each) for each in {value.since: (of, value) for of, value in read}.values()
            ]
        if found:
            steps += found
            told.add(name)
    return steps


def _visit(world: Case, name: str, order: dict[str, None]) -> None:
    if name in order:
        return
    if name in world.readings:
        for other in world.readings[name].inputs:
            _visit(world, other, order)
        order[name] = None
    elif name in world.legal:
        order[name] = None


def _amount(scheme: Scheme, name: str, worlds: list[Case], known: Range | None, told: set[str]) -> list[Step]:
    inputs = worlds[0].readings[name].inputs
    if known is None:
        values = [world.readings[name].value for world in worlds]
        if str in map(type, values):  # a class, not a figure: its limits are not steps
            return []
        known = range_over(values)
    beside = tuple([each for each in inputs if each in told])
    return [Step(name, known, inputs, beside, list(worlds[0].sources_of(name)), scheme.steps[name].clauses)]


def _legal(name: str, parameter: Parameter, value: Value) -> Step:
    held = value.value
    ends = Range(*held) if isinstance(held, Disagreement) else Range(held, held)
    return Step(name, ends, (), (), list(value.sources), value.clauses, (parameter, value))
