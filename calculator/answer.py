"""The one function that the browser's worker knows: a request in, the page's places out.

A request is a JSON object:

    {"facts": {"fee": "1.000,50", ...}, "language": "nl", "view": "calculator", "today": "2026-11-24",
     "settings": {...}}

The facts are as they were typed, and so are the settings: a view's own inputs. `VIEWS` lists what can be asked
for. Each reply holds `places` (what the page shows); the calculator's own also holds `outcome` (what the rules
say), `facts` (what could be read, as the address writes it: the same in every language) and `settings` (what
else the address then holds).

All that there is to read is read while this module is imported. After that nothing opens a file, imports,
reads a clock, or keeps anything from one call to the next.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from calculator import address
from calculator.along import along
from calculator.around import around
from calculator.asked import Asked, Problem, known
from calculator.change import change
from calculator.dates import dates
from calculator.group import group
from calculator.many import batch
from calculator.planner import plan
from calculator.reach import reach
from calculator.schemes import schemes
from calculator.view import WORDS, failure, places
from rules import LANGUAGES, calculate
from rules.facts import FACTS
from rules.reading import is_unknown, written
from rules.requests import Unreadable, parse
from rules.telling import refused


def answer(request: bytes) -> bytes:
    """Answer a request. Whatever the bytes are, this returns a reply and raises nothing."""
    language, view = LANGUAGES[0], CALCULATOR
    try:
        try:
            content = parse(bytes(request))
        except Unreadable as unreadable:
            return _written(_reply(refused([unreadable.refusal], WORDS[language]), {}, language))
        if not isinstance(content, dict):
            return _written(reply(content, language))
        if content.get("language") in LANGUAGES:
            language = content["language"]
        if content.get("view") in [*VIEWS]:
            view = content["view"]
        settings = content.get("settings")
        settings = (
            {name: str(value) for name, value in settings.items()} if isinstance(settings, dict) else {}
        )
        return _written(
            VIEWS[view](Asked(content.get("facts"), language, _day(content.get("today")), settings))
        )
    except Problem as problem:
        return _written({"places": {"problem": str(problem)}})
    except Exception:  # a mistake of ours: the visitor gets a plain sentence, and the page goes on
        if view != CALCULATOR:
            return _written({"places": {"problem": WORDS[language]("failed.summary")}})
        return _written({"places": failure(language), "outcome": None, "facts": {}, "settings": {}})


def reply(facts: Any, language: str, today: date | None = None) -> dict[str, Any]:
    """The reply to facts as they were typed, with the days left counted from the visitor's day."""
    outcome = calculate(facts, language, typed=True)
    typed = facts if isinstance(facts, Mapping) else {}
    return _reply(outcome, typed, language, today)


def calculator(asked: Asked) -> dict[str, Any]:
    """The calculator's own view: the answer, the reasons, and what the form shows."""
    found = reply(asked.facts, asked.language, asked.today)
    if said := address.difference(asked.settings, found["outcome"], asked.say):
        found["places"]["shared"] = said
    return found


CALCULATOR = "calculator"
VIEWS: dict[str, Callable[[Asked], dict[str, Any]]] = {
    CALCULATOR: calculator,
    "along": along,
    "around": around,
    "change": change,
    "dates": dates,
    "group": group,
    "plan": plan,
    "batch": batch,
    "reach": reach,
    "schemes": schemes,
}


def _reply(
    outcome: dict[str, Any], typed: Mapping[str, Any], language: str, today: date | None = None
) -> dict[str, Any]:
    errors = outcome["errors"]
    faulty = {error["fact"] for error in errors}
    sound = {name: value for name, value in typed.items() if name not in faulty}
    # What is wrong is left out of what the page shows; the rest is answered all the same.
    shown = calculate(sound, language, typed=True) if faulty else outcome
    facts = known(sound, language)
    passed = {name for name, value in sound.items() if name in FACTS and is_unknown(name, value)}
    return {
        "places": places(shown, facts, language, today=today, passed=passed, errors=errors),
        "outcome": outcome,
        "facts": {name: written(FACTS[name], value) for name, value in facts.items()},
        "settings": address.settings(outcome),
    }


def _written(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
