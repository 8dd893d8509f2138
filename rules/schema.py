"""The vocabulary as JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any

from rules.facts import EARLIEST_DAY, FACTS, LATEST_DAY, Fact
from rules.money import short_decimal
from rules.wording import Wording

_TEXT_PATTERNS = {
    "registration_number": "^DV\\.[OA][0-9]{6}$",
    "activity_code": "^[0-9]{2}(\\.?[0-9]{1,3}|\\.[0-9]{2}\\.[0-9])?$",
    "committee_number": "^[0-9]{3}(\\.[0-9]{2}){0,2}$",
}


def schema(wording: Wording) -> dict[str, Any]:
    """What a request may hold. An absent fact, null or an empty string is unknown."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Steunwijzer",
        "type": "object",
        "required": ["scheme"],
        "additionalProperties": False,
        "properties": {fact.name: _property(fact, wording) for fact in FACTS.values()},
    }


def _property(fact: Fact, wording: Wording) -> dict[str, Any]:
    known = _known(fact)
    told: dict[str, Any] = {
        "title": wording(f"fact.{fact.name}.label"),
        "description": wording(f"fact.{fact.name}.help"),
        "x-kind": fact.kind,
        "x-schemes": list(fact.schemes),
        "x-optional": fact.optional,
    }
    if fact.name == "scheme":
        return {**told, **known}
    return {**told, "anyOf": [known, {"type": "null"}, {"const": ""}]}


def _known(fact: Fact) -> dict[str, Any]:
    if fact.kind == "choice":
        return {"enum": list(fact.options)}
    if fact.kind == "set":
        return {"type": "array", "items": {"enum": list(fact.options)}, "uniqueItems": True}
    if fact.kind == "yes_no":
        return {"type": "boolean"}
    if fact.kind == "date":
        return {"type": "string", "format": "date", "x-from": EARLIEST_DAY, "x-to": LATEST_DAY}
    if fact.kind in _TEXT_PATTERNS:
        return {"type": "string", "pattern": _TEXT_PATTERNS[fact.kind]}
    return {"type": ["integer" if fact.kind == "whole" else "number", "string"], **_bounds(fact)}


def _bounds(fact: Fact) -> dict[str, Any]:
    """What a figure may be, as a number and as text. JSON has no exact 999999999.99: below the next whole number."""
    whole = fact.kind == "whole"
    most = str(fact.most) if whole else short_decimal(fact.most)
    digits, _, hundredths = most.partition(".")
    decimals = "" if whole else "(\\.[0-9]{1,2})?"
    if hundredths:
        bound = {"exclusiveMaximum": int(digits) + 1}
        text = f"[0-9]{{1,{len(digits)}}}{decimals}"
    else:  # one and so many zeros
        bound = {"maximum": int(digits)}
        text = f"({digits}{decimals.replace('[0-9]', '0')}|[0-9]{{1,{len(digits) - 1}}}{decimals})"
    some = "(?!0*$)" if fact.least else ""
    told = {"minimum": fact.least, **bound, "pattern": f"^{some}0*{text}$"}
    return told if whole else {**told, "x-maximum": most}
