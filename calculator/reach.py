"""The other way round: how large the invoice may be for what a visitor wants to reach, every answer of several."""

from __future__ import annotations

from typing import Any

from calculator.asked import Asked, Problem
from rules import LAW, seeking, typed_habit
from rules.case import Facts
from rules.facts import FACTS
from rules.outcome import ELIGIBLE, outcome
from rules.reading import NotRead, read_value, written
from rules.scheme import Scheme
from rules.wording import Wording

CEILING = "ceiling"  # all that is left of the ceiling; the other goals are amounts that the visitor types
_SOUGHT = ("fee", "cost")
_LEFT = ("ceiling_left_before", "support_left_before")
_AMOUNTS = ("support", "own_share", "co_financing")
_MOST_ROWS = 8


def reach(asked: Asked) -> dict[str, Any]:
    """Each run of prices that reaches the goal; where none does, what comes nearest on both sides."""
    scheme, facts = asked.case()
    say = asked.say
    find = next(name for name in _SOUGHT if scheme.id in FACTS[name].schemes)
    goals = [CEILING, *(name for name in _AMOUNTS if name in scheme.amounts)]
    goal = asked.settings.get("goal")
    goal = goal if goal in goals else CEILING
    amount = "support" if goal == CEILING else goal
    form = {
        "goals": [
            {"value": name, "label": say("reach.ceiling" if name == CEILING else f"amount.{name}.label")}
            for name in goals
        ],
        "typed": goal != CEILING,
    }
    try:
        value = _left(scheme, facts, find, say) if goal == CEILING else _typed(asked, find)
    except Problem as problem:
        return {"places": {**form, "none": str(problem)}}
    found = seeking.seek(scheme, facts, LAW, find, amount, value)
    wanted = say("reach.wanted", amount=say(f"amount.{amount}.label"), value=say.money(value))
    if found.solutions:
        runs, more = found.solutions, ""
        if len(runs) > _MOST_ROWS:
            longest = max(runs, key=lambda run: run.high - run.low)
            more = _more([run for run in runs if run != longest], say)
            runs = [longest]
        rows = [_row(run, find, say) for run in runs]
        return {"places": {**form, "wanted": wanted, "rows": rows, "more": more}}
    near = [
        {"text": say("reach.near", price=say.money(each.value), amount=say.money(each.amount))}
        for each in (found.below, found.above)
        if each
    ]
    return {"places": {**form, "none": _none(scheme, facts, find, wanted, say), "near": near}}


def _left(scheme: Scheme, facts: Facts, find: str, say: Wording) -> int:
    """What is left of the ceiling; a `Problem` where it is not known, or nothing is."""
    now = outcome(scheme, {name: known for name, known in facts.items() if name != find}, LAW, explain=False)
    name = next(name for name in _LEFT if name in scheme.amounts)
    if name not in now.amounts or now.amounts[name].low != now.amounts[name].high:
        labels = [say(f"fact.{each}.label") for each in now.questions if each in now.moving and each != find]
        raise Problem(f"{say('reach.left_unknown')} {_depends(labels, say)}".strip())
    if not now.amounts[name].high:
        raise Problem(say("reach.nothing_left"))
    return now.amounts[name].high or 0


def _typed(asked: Asked, find: str) -> int:
    text = asked.settings.get("value", "")
    try:
        return int(read_value(FACTS[find], text, typed_habit(asked.language)))
    except NotRead:
        raise Problem(asked.say("reach.type")) from None


def _row(run: seeking.Solution, find: str, say: Wording) -> dict[str, Any]:
    low, high = say.money(run.low), say.money(run.high)
    if run.low == run.high:
        text = say("reach.one", price=low)
    elif run.high == FACTS[find].most:
        text = say("reach.from", price=low)
    else:
        text = say("reach.range", low=low, high=high)
    return {
        "text": text,
        "note": "" if run.verdict == ELIGIBLE else say(f"reach.{run.verdict}"),
        "name": find,
        "take": written(FACTS[find], run.low),
    }


def _more(others: list[seeking.Solution], say: Wording) -> str:
    """What is said of runs too many to tell: where roundings give the amount at one cent, and not at the next."""
    low, high = say.money(others[0].low), say.money(others[-1].high)
    return say("reach.more", low=low, high=high, count=say.grouped(len(others)))


def _none(scheme: Scheme, facts: Facts, find: str, wanted: str, say: Wording) -> str:
    now = outcome(scheme, facts, LAW, explain=False)
    labels = [say(f"fact.{name}.label") for name in now.questions if name in now.moving and name != find]
    return f"{say('reach.none', wanted=wanted)} {_depends(labels, say)}".strip()


def _depends(labels: list[str], say: Wording) -> str:
    return say("goal.depends", facts=say.listed(labels)) if labels else ""
