"""How a rule is written: a plain function of the case, marked with what it is and the clauses it follows.

    @condition("K11")
    def establishment(case: Case) -> bool:
        return case.establishment in case.law("accepted_establishments")

The function's name is its id everywhere: in the outcome, in the wording, in the trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from rules.case import Case

MET, NOT_MET, UNKNOWN, LEFT_OUT = "met", "not_met", "unknown", "left_out"


class LeftOut(Exception):
    """The rule does not apply here, or only an unknown optional fact would decide it."""


class NoValue(Exception):
    """The law has no such value on that day."""


class SourcesSilent(Exception):
    """The sources say nothing, or contradict each other, about what the rule needs."""


class Finding(NamedTuple):
    """What a condition found, with the sentence that says it where the usual one does not fit."""

    state: str
    message: str
    details: Mapping[str, Any] = MappingProxyType({})


class Rule(NamedTuple):
    """A marked function. ``kind`` is ``step``, ``condition``, ``deadline`` or ``notice``."""

    id: str
    kind: str
    function: Callable[[Case], Any]
    clauses: tuple[str, ...]
    sources: tuple[str, ...] = ()
    required: bool = True  # for a deadline: required, or only advised
    surely: bool = False  # for a notice: said only where it holds in every world, not in one of them


def _mark(
    kind: str, clauses: str, sources: str, id: str = "", required: bool = True, surely: bool = False
) -> Callable[[Callable[[Case], Any]], Rule]:
    def marked(function: Callable[[Case], Any]) -> Rule:
        name = id or function.__name__
        return Rule(name, kind, function, tuple(clauses.split()), tuple(sources.split()), required, surely)

    return marked


def step(clauses: str = "", sources: str = "") -> Callable[[Callable[[Case], Any]], Rule]:
    """An amount, a rate or what leads to one: cents, hundredths of a percent, or a choice."""
    return _mark("step", clauses, sources)


def condition(clauses: str = "", sources: str = "") -> Callable[[Callable[[Case], bool | Finding]], Rule]:
    """What must hold: True, False or a `Finding`; `LeftOut` where it does not apply."""
    return _mark("condition", clauses, sources)


def deadline(
    clauses: str = "", sources: str = "", id: str = "", required: bool = True
) -> Callable[[Callable[[Case], Any]], Rule]:
    """A last day, as an ordinal; required, or only advised."""
    return _mark("deadline", clauses, sources, id, required)


def notice(
    clauses: str = "", sources: str = "", surely: bool = False
) -> Callable[[Callable[[Case], bool]], Rule]:
    """Whether something should be said that decides nothing: where it may hold, or only where it surely does."""
    return _mark("notice", clauses, sources, surely=surely)
