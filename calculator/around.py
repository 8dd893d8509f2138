"""Look around: one fact over all that it may be, and the answer as a curve of straight lines.

The curve's corners (`rules.curving`) are the picture and the table alike. A slider looks at any place between.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from calculator.asked import Asked
from calculator.view import span
from rules import LAW
from rules.case import Facts
from rules.curving import Corner, Stretch, curve, facts_with_a_curve
from rules.facts import FACTS
from rules.money import decimal
from rules.outcome import outcome
from rules.reading import written
from rules.scheme import Scheme
from rules.telling import between, fact_value, told
from rules.thresholds import domain
from rules.weighing import Range
from rules.wording import Wording
from rules.worlds import Interval

# The fact that is drawn first, and the amounts that can be drawn; a scheme has its own of them.
_FIRST = ("fee", "cost")
_AMOUNTS = ("support", "own_share", "co_financing")

_SIDE = 10_000  # of the picture, in its own units: the style sheet says how large it is
_YEAR = 366  # days that are drawn before and after a day that is no application's
_NICE = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)  # where an axis may end, in tenths of a power of ten
_LEAST_END = 1_000_00
_STEPS = 200  # of the slider, or somewhat more
_SLIDES = tuple(tens * unit for tens in (100, 1_000, 10_000, 100_000, 1_000_000) for unit in (1, 2, 5))


class _Drawn(NamedTuple):
    """A curve and the part of it that is shown."""

    stretches: list[Stretch]
    within: Interval

    def corners(self) -> Iterator[Corner]:
        """The corners in view, and the curve at the edges of the view."""
        low, high = self.within.ends
        for stretch in self.stretches:
            if stretch.high < low or stretch.low > high:
                continue
            values = sorted(
                {max(stretch.low, low), min(stretch.high, high)}
                | {corner.value for corner in stretch.corners if low <= corner.value <= high}
            )
            yield from (Corner(value, stretch.at(value)) for value in values)


def around(asked: Asked) -> dict[str, Any]:
    """The picture, its table, and the answer at the slider's place."""
    scheme, facts = asked.case()
    say = asked.say
    names = facts_with_a_curve(scheme, facts)
    names.sort(key=lambda name: name not in _FIRST)
    amounts = [name for name in _AMOUNTS if name in scheme.amounts]
    fact = _chosen(asked.settings.get("fact"), names)
    amount = _chosen(asked.settings.get("amount"), amounts)
    whole = domain(fact, facts, LAW)
    stretches = curve(scheme, facts, LAW, fact, amount, whole)
    drawn = _Drawn(stretches, _view(scheme, facts, fact, stretches, whole))
    place = _place(asked, fact, facts, drawn.within)
    return {
        "places": {
            "facts": [{"value": name, "label": say(f"fact.{name}.label")} for name in names],
            "amounts": [{"value": name, "label": say(f"amount.{name}.label")} for name in amounts],
            "fact": fact,
            **_picture(drawn, fact, amount, say),
            **_marks(drawn.within, facts.get(fact), place, say),
            **_slider(fact, drawn.within, place, asked.settings.get("of") != fact),
            **_there(scheme, facts, fact, place, say),
        }
    }


def _chosen(wanted: str | None, names: list[str]) -> str:
    return wanted if wanted in names else names[0]


# --- what is in view ---


def _view(scheme: Scheme, facts: Facts, fact: str, stretches: list[Stretch], whole: Interval) -> Interval:
    """All that the law turns at, and what the visitor has."""
    known = facts.get(fact)
    if fact == "application_date":
        turns = [stretch.low for stretch in stretches[1:]] or [whole.high]
        return Interval(max(whole.low, turns[0] - _YEAR), whole.high)
    if FACTS[fact].kind == "date":
        middle = known or facts.get("application_date") or LAW.checked.toordinal()
        return Interval(max(whole.low, middle - _YEAR), min(whole.high, middle + _YEAR))
    turns = [corner.value for stretch in stretches for corner in stretch.corners if corner.value < whole.high]
    end = max(*turns, 2 * (known or 0)) or _LEAST_END
    return Interval(whole.low, min(whole.high, _nice(end)))


def _nice(least: int) -> int:
    """A round value, somewhat more than another."""
    least += least // 8
    power = 1
    while 10 * power < least:
        power *= 10
    return next(tenths * power // 10 for tenths in _NICE if tenths * power >= 10 * least)


def _place(asked: Asked, fact: str, facts: Facts, within: Interval) -> int:
    """Where the visitor looks: where the slider stands, at first at the visitor's own value."""
    at = asked.settings.get("at", "")
    if asked.settings.get("of") == fact and at.isdecimal() and within.low <= int(at) <= within.high:
        return int(at)
    known = facts.get(fact)
    return known if isinstance(known, int) and within.low <= known <= within.high else sum(within) // 2


# --- what is shown ---


def _picture(drawn: _Drawn, fact: str, amount: str, say: Wording) -> dict[str, Any]:
    corners = list(drawn.corners())
    top = _nice(max((end or 0 for corner in corners for end in corner.range), default=0) or 1)

    def point(value: int, height: int | None) -> str:
        up = top if height is None else height
        return f"{_along(drawn.within, value)} {_SIDE - up * _SIDE // top}"

    least = [point(corner.value, corner.range.low) for corner in corners]
    greatest = [point(corner.value, corner.range.high) for corner in corners]
    open_still = any(corner.range.low != corner.range.high for corner in corners)
    label = say("around.label", amount=say(f"amount.{amount}.label"), fact=say(f"fact.{fact}.label"))
    return {
        "least": f"M{'L'.join(least)}",
        "greatest": f"M{'L'.join(greatest)}" if open_still else "",
        "band": f"M{'L'.join([*least, *reversed(greatest)])}Z" if open_still else "",
        "label": label,
        "open": say("around.open") if open_still else "",
        "top": say.money(top),
        "first": _value(fact, drawn.within.low, say),
        "last": _value(fact, drawn.within.high, say),
        "rows": [
            {"value": _value(fact, corner.value, say), "amount": _amount(corner.range, say)}
            for corner in corners
        ],
        "amount": say(f"amount.{amount}.label"),
        "heading": say(f"fact.{fact}.label"),
    }


def _marks(within: Interval, known: int | None, place: int, say: Wording) -> dict[str, Any]:
    own = known is not None and within.low <= known <= within.high
    return {
        "own": f"M{_along(within, known or 0)} 0V{_SIDE}" if own else "",
        "there": f"M{_along(within, place)} 0V{_SIDE}",
        "own.told": say("around.own") if own else "",
    }


def _slider(fact: str, within: Interval, place: int, fresh: bool) -> dict[str, Any]:
    """Its ends; its place only where it has none yet, so that it never moves under a finger."""
    step = 1
    if FACTS[fact].kind in ("money", "number", "percentage"):
        least = max(100, (within.high - within.low) // _STEPS)
        step = max(unit for unit in _SLIDES if unit <= least)
    return {
        "min": str(within.low),
        "max": str(within.high),
        "step": str(step),
        "at": str(place) if fresh else "",
    }


def _there(scheme: Scheme, facts: Facts, fact: str, place: int, say: Wording) -> dict[str, Any]:
    found = told(outcome(scheme, {**facts, fact: place}, LAW, explain=False), say)
    text = say("around.there", value=_value(fact, place, say), support=span(found["amounts"]["support"], say))
    return {
        "place": text,
        "summary": found["summary"]["text"],
        "take": written(FACTS[fact], place),
    }


def _value(fact: str, value: int, say: Wording) -> str:
    return say.day(value) if FACTS[fact].kind == "date" else fact_value(fact, value, say)


def _amount(range: Range, say: Wording) -> str:
    if range.high is None or range.low == range.high:
        return between(range, "euro", say)
    return span({"low": decimal(range.low), "high": decimal(range.high), "text": ""}, say)


def _along(within: Interval, value: int) -> int:
    return (value - within.low) * _SIDE // ((within.high - within.low) or 1)
