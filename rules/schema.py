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
    if fact.kind == "whole":
        return {"type": "integer", "minimum": fact.least, "maximum": fact.most}
    return {
        "type": ["number", "string"],
        "pattern": "^[0-9]+(\\.[0-9]{1,2})?$",
        "minimum": 0,
        "x-maximum": short_decimal(fact.most),
    }
