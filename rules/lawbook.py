"""The law as a list: every parameter's values, with since when, until when, and who says so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rules.dated import Disagreement, Law, Parameter, Value
from rules.days import iso, months_later
from rules.money import short_decimal
from rules.schemes import SCHEMES

_DECIMAL = ("euro", "percent", "points", "annual_work_units")


def entries(law: Law, scheme: str | None = None, on: date | None = None) -> list[dict[str, Any]]:
    """Each value of each parameter, of one scheme and on one day where these are given."""
    schemes = SCHEMES[scheme].laws if scheme else tuple(SCHEMES)
    return [
        _entry(parameter, value)
        for parameter in law.of(schemes)
        for value in parameter.values
        if on is None or (value.since <= on and (value.until is None or on < value.until))
    ]


def due(law: Law, on: date) -> list[dict[str, Any]]:
    """The sources of values that still hold, read so long ago on that day that they are to be read again."""
    held = [parameter.values[-1] for parameter in law.parameters.values()]
    used = dict.fromkeys(key for value in held for key in value.sources)
    found = []
    for source in (law.sources[key] for key in used):
        again = date.fromordinal(months_later(source.read.toordinal(), law.trusted_months))
        if again <= on:
            found.append({**source._asdict(), "read": source.read.isoformat(), "due": again.isoformat()})
    return sorted(found, key=lambda told: (told["due"], told["key"]))


def _entry(parameter: Parameter, value: Value) -> dict[str, Any]:
    return {
        "id": parameter.id,
        "scheme": parameter.scheme,
        "value": _plain(value.value, parameter.unit),
        "unit": parameter.unit,
        "since": value.since.isoformat(),
        "until": (value.until - timedelta(days=1)).isoformat() if value.until else None,
        "sure": value.sure,
        "clauses": list(value.clauses),
        "sources": list(value.sources),
        "recorded": value.recorded.isoformat(),
    }


def _plain(value: Any, unit: str) -> Any:
    if isinstance(value, Disagreement):
        return {"low": _plain(value.low, unit), "high": _plain(value.high, unit)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, int) and unit in _DECIMAL:
        return short_decimal(value)
    return iso(value) if isinstance(value, int) and unit == "date" else value
