"""Sums of amounts over the projects of a plan, each between two ends."""

from __future__ import annotations

from collections.abc import Mapping

from rules.facts import WERKBAARHEIDSCHEQUE
from rules.schemes import SCHEMES
from rules.weighing import Range, hull

_STATES_OF_CEILINGS = (
    "ceiling",
    "ceiling_left_before",
    "ceiling_left_after",
    "support_left_before",
    "support_left_after",
)
SUMMED = tuple(
    dict.fromkeys(
        name for scheme in SCHEMES.values() for name in scheme.amounts if name not in _STATES_OF_CEILINGS
    )
)

Sums = Mapping[str, Range]


def summed(amounts: Sums) -> Sums:
    """The amounts that are added up, and the ceiling."""
    return {name: amounts[name] for name in (*SUMMED, "ceiling") if name in amounts}


def plus(left: Sums, right: Sums) -> Sums:
    """Two sums of amounts together."""
    return {
        **left,
        **{name: _sum([left[name], more]) if name in left else more for name, more in right.items()},
    }


def either(sums: list[Sums]) -> Sums:
    """The ends of several sums of amounts; an amount that only some of them hold is as those have it."""
    names = dict.fromkeys(name for each in sums for name in each)
    return {name: hull([each[name] for each in sums if name in each]) for name in names}


def within_the_ceiling(sums: Sums, given: Range, scheme: str) -> Sums:
    """The sums under one ceiling: the support is what was given out, the rest what that can leave of the whole."""
    total = dict(sums)
    if "support" in total:
        total["support"] = _inside(total["support"], given)
    if scheme == WERKBAARHEIDSCHEQUE:
        _leave(total, "co_financing", "eligible_cost", "support")
    else:
        _leave(total, "own_share", "invoice", "support", "not_covered")
        _leave(total, "not_covered", "invoice", "support", "own_share")
        _leave(total, "total_own_cost_without_vat", "invoice", "support")
        if "total_own_cost" in total:
            least, vat = total["total_own_cost_without_vat"], total["vat_paid_directly"]
            total["total_own_cost"] = _inside(
                total["total_own_cost"], _sum([least, vat])._replace(low=least.low)
            )
    return total


def _leave(total: dict[str, Range], name: str, whole: str, *others: str) -> None:
    """Narrow a sum to what the ``others`` leave of the ``whole``."""
    if name not in total:
        return
    low, high = total[whole]
    parts = _sum([total[other] for other in others])
    least = 0 if parts.high is None else low - parts.high
    most = None if high is None else high - parts.low
    total[name] = _inside(total[name], Range(least, most))


def _inside(range: Range, other: Range) -> Range:
    """What lies in both of two ranges; where nothing does, the end of the second that is nearest."""
    if range.high is not None and range.high < other.low:
        return Range(other.low, other.low)
    if other.high is not None and other.high < range.low:
        return Range(other.high, other.high)
    highs = [high for high in (range.high, other.high) if high is not None]
    return Range(max(range.low, other.low), min(highs) if highs else None)


def _sum(parts: list[Range]) -> Range:
    highs = [part.high for part in parts if part.high is not None]
    return Range(sum(part.low for part in parts), sum(highs) if len(highs) == len(parts) else None)
