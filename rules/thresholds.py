"""What would change the answer: for each known fact the nearest value on either side that gives another one.

A figure or a day is read off the curve of its support (`rules.curving`); a choice is tried option by option.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rules.case import Facts, days_beside
from rules.curving import Corner, curve, facts_with_a_curve
from rules.dated import Law
from rules.facts import FACTS, facts_of
from rules.outcome import Outcome, outcome
from rules.scheme import Scheme
from rules.schemes.enterprise import FIGURES
from rules.worlds import Interval

FROM, BELOW, BEND_FROM, BEND_BELOW, CHOICE = "from", "below", "bend_from", "bend_below", "choice"


class Threshold(NamedTuple):
    """A value of a fact at which the answer turns, and the outcome on its other side.

    ``side`` says where that is: ``from`` the value on, ``below`` it, or at a ``choice``. Where the support only
    bends (``bend_from``, ``bend_below``) the outcome is that at the value, and ``trend`` says whether the support
    grows (1), stays (0) or shrinks (-1) beyond. Only for a figure that decides the class of the enterprise the
    outcome tells its reasons.
    """

    fact: str
    side: str
    value: Any
    outcome: Outcome
    trend: int = 0


def thresholds(scheme: Scheme, facts: Facts, law: Law) -> Iterator[Threshold]:
    """The nearest thresholds of each known fact, in the order in which facts are asked for."""
    curves = facts_with_a_curve(scheme, facts)
    for fact in facts_of(scheme.id):
        if fact.name in facts and fact.name != "scheme":
            if fact.name in curves:
                yield from _sides(scheme, facts, law, fact.name)
            elif fact.kind in ("choice", "yes_no"):
                yield from _choices(scheme, facts, law, fact.name)


def domain(fact: str, facts: Facts, law: Law) -> Interval:
    """All that a figure or a day can be beside the other facts; an application no later than the law is trusted."""
    if FACTS[fact].kind != "date":
        return Interval(FACTS[fact].least, FACTS[fact].most)
    days = days_beside(fact, facts)
    if fact == "application_date":
        return Interval(days.low, min(days.high, law.trusted_until.toordinal()))
    return days


def _sides(scheme: Scheme, facts: Facts, law: Law, fact: str) -> Iterator[Threshold]:
    known, within = facts[fact], domain(fact, facts, law)
    if not within.low <= known <= within.high:
        return
    stretches = curve(scheme, facts, law, fact, "support", within)
    place = next(index for index, stretch in enumerate(stretches) if known <= stretch.high)
    own = stretches[place]

    def threshold(side: str, value: int, beyond: int, trend: int = 0) -> Threshold:
        found = outcome(scheme, {**facts, fact: beyond}, law, fact in FIGURES)
        return Threshold(fact, side, value, found, trend)

    bends = [
        (before, bend, after)
        for before, bend, after in zip(own.corners, own.corners[1:], own.corners[2:], strict=False)
        if (before.range == bend.range) is not (bend.range == after.range)
    ]
    below = [(bend.value, _trend(bend, before)) for before, bend, _ in bends if bend.value <= known]
    above = [(bend.value, _trend(bend, after)) for _, bend, after in bends if bend.value > known]
    if below:
        value, trend = below[-1]
        yield threshold(BEND_BELOW, value, value, trend)
    elif place:
        yield threshold(BELOW, own.low, own.low - 1)
    if above:
        value, trend = above[0]
        yield threshold(BEND_FROM, value, value, trend)
    elif place + 1 < len(stretches):
        yield threshold(FROM, own.high + 1, own.high + 1)


def _trend(bend: Corner, beyond: Corner) -> int:
    """Whether the support grows, stays or shrinks from a bend to another corner."""
    low, high = (
        beyond.range.low - bend.range.low,
        (beyond.range.high or 0) - (bend.range.high or 0),
    )
    return (low + high > 0) - (low + high < 0)


def _choices(scheme: Scheme, facts: Facts, law: Law, fact: str) -> Iterator[Threshold]:
    answer = _answer(outcome(scheme, facts, law, explain=False))
    for option in FACTS[fact].options or (True, False):
        if option != facts[fact]:
            found = outcome(scheme, {**facts, fact: option}, law, explain=False)
            if _answer(found) != answer:
                yield Threshold(fact, CHOICE, option, found)


def _answer(found: Outcome) -> Any:
    return found.verdict, found.amounts.get("support")
