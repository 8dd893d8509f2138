"""What would change the answer: the nearest thresholds of what is known, those that bring more support first."""

from __future__ import annotations

from typing import Any

from calculator.asked import Asked
from calculator.view import span
from rules import LAW
from rules.case import Facts
from rules.facts import FACTS
from rules.outcome import NOT_ELIGIBLE, Outcome, outcome
from rules.rule import NOT_MET
from rules.telling import fact_value, told
from rules.thresholds import BELOW, BEND_BELOW, BEND_FROM, CHOICE, FROM, Threshold, thresholds
from rules.wording import Wording

# Choices of which another is worth knowing of: those that bring more support, and those that may come by themselves.
_CHOSEN, _COMING = ("theme",), ("enterprise_size",)


def change(asked: Asked) -> dict[str, Any]:
    """A row for each threshold worth telling."""
    scheme, facts = asked.case()
    now = outcome(scheme, facts, LAW, explain=False)
    found = [each for each in thresholds(scheme, facts, LAW) if _worth_telling(each, now, facts, asked)]
    found.sort(key=lambda each: not _better(each.outcome, now))
    rows = [_row(each, now, facts, asked.say) for each in found]
    return {"places": {"rows": rows} if rows else {"none": asked.say("change.none")}}


def _worth_telling(threshold: Threshold, now: Outcome, facts: Facts, asked: Asked) -> bool:
    """Whether one can still reach it, or is not to cross it; another choice only where it is a better one."""
    fact, side, value, found, _ = threshold
    if side == CHOICE:
        wanted = fact in _CHOSEN or now.verdict == NOT_ELIGIBLE
        return fact in _COMING or (wanted and _better(found, now))
    if fact == "application_date" and side == BELOW and asked.today:
        today = asked.today.toordinal()
        return bool(value > today or facts[fact] < today)
    return True


def _better(found: Outcome, now: Outcome) -> bool:
    if NOT_ELIGIBLE in (found.verdict, now.verdict):
        return found.verdict != now.verdict and now.verdict == NOT_ELIGIBLE
    there, here = found.amounts["support"], now.amounts["support"]
    return there != here and all((one or 0) >= (other or 0) for one, other in zip(there, here, strict=True))


def _row(threshold: Threshold, now: Outcome, facts: Facts, say: Wording) -> dict[str, Any]:
    fact, side, value, found, _ = threshold
    if FACTS[fact].kind == "date":
        place = say("change.since" if side in (FROM, BEND_FROM) else "change.before", day=say.day(value))
    else:
        place = say(f"change.{side.removeprefix('bend_')}", value=fact_value(fact, value, say))
    if side in (FROM, BEND_FROM) and FACTS[fact].kind == "money":
        place = say("change.more", place=place, difference=say.money(value - facts[fact]))
    return {
        "label": say(f"fact.{fact}.label"),
        "place": place,
        "text": _result(threshold, say),
        "row": "better" if _better(found, now) else "other",
    }


def _result(threshold: Threshold, say: Wording) -> str:
    found = threshold.outcome
    outcome = told(found, say)
    if found.verdict == NOT_ELIGIBLE:
        reason = next(each["text"] for each in outcome["conditions"] if each["state"] == NOT_MET)
        return say("change.refused", reason=reason)
    support = span(outcome["amounts"]["support"], say)
    if threshold.side in (BEND_FROM, BEND_BELOW):
        trend = ("shrinks", "stays", "grows")[threshold.trend + 1]
        return say(f"change.bend.{trend}", support=support)
    if "rate" not in found.amounts or None in found.amounts["rate"]:
        return say("change.support", support=support)
    low, high = (say.percent(end or 0) for end in found.amounts["rate"])
    rate = low if low == high else say("format.range", low=low, high=high)
    result = say("change.support_at", support=support, rate=rate)
    sizes = {step.id.partition(".")[2] for step in found.trace if step.id.startswith("support_rate.")}
    if len(sizes) == 1:
        return say("change.size", size=say(f"choice.enterprise_size.{sizes.pop()}"), result=result)
    return result
