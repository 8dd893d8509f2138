"""The law as dated values: what each parameter is on a day, since when, and who says so.

A file of `rules/law/` holds one scheme's parameters. A value starts on a day and holds until the next one
starts; no end is ever typed. Where a value stops being known, or the sources disagree, that is a value too:

    none       the law has no such value on these days
    unknown    the sources do not say
    any        for a set: no restriction
    {low = ..., high = ...}    the sources disagree: anything between is possible

A correction of our own record is a further entry with the same start and a later ``recorded`` day.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rules.days import months_later
from rules.money import hundredths
from rules.worlds import Options

FOLDER = Path(__file__).parent / "law"

NONE = "none"
UNKNOWN = "unknown"
ANY = "any"

_HUNDREDTHS = ("euro", "percent", "points", "annual_work_units")
_COUNTS = ("days", "months", "years", "employees", "uses")
_ENTRY_KEYS = {"since", "value", "clauses", "sources", "sure", "recorded"}
_SURE = ("seen", "inferred", "disputed")
_SOURCE_KEYS = ("address", "title", "publisher", "kind", "language", "read")


class LawError(ValueError):
    """The data of the law is not as it should be; names file, parameter and start date."""


class Disagreement(NamedTuple):
    """Two ends between which the sources leave a value."""

    low: int
    high: int


class Source(NamedTuple):
    """Where something was read. ``address`` is empty where only publisher and title are known."""

    key: str
    address: str
    title: str
    publisher: str
    kind: str  # "official" or "third_party"
    language: str
    read: date


class Value(NamedTuple):
    """What a parameter is from ``since`` (inclusive) until the day before ``until`` (None: still)."""

    since: date
    until: date | None
    value: Any
    clauses: tuple[str, ...]
    sources: tuple[str, ...]
    sure: str
    recorded: date


class Parameter:
    """One dated quantity of the law, such as ``support_rate.small``.

    Euro, percentages, points and annual work units are held in hundredths; days, months and years as
    counts; days of the calendar as dates' ordinals; sets as `Options`; states as text.
    """

    def __init__(self, id: str, scheme: str, unit: str, values: list[Value]):
        self.id = id
        self.scheme = scheme
        self.unit = unit
        self.values = values
        self.starts = [value.since.toordinal() for value in values]

    def at(self, day: int) -> Value | None:
        """The value that holds on a day (an ordinal); None before the first."""
        index = bisect_right(self.starts, day) - 1
        return self.values[index] if index >= 0 else None

    def starts_after(self, first: int, last: int) -> list[int]:
        """The days on which another value starts after ``first``, up to and including ``last``."""
        return self.starts[bisect_right(self.starts, first) : bisect_right(self.starts, last)]


class Law:
    """Everything the rules know of the law, by parameter id."""

    def __init__(
        self,
        parameters: dict[str, Parameter],
        sources: dict[str, Source],
        checked: date,
        trusted_months: int,
        as_recorded: date | None = None,
    ):
        self.as_recorded = as_recorded  # None: with everything that is on record
        self.parameters = parameters
        self.groups = {id.partition(".")[0] for id in parameters if "." in id}  # of variants, such as sizes
        self.sources = sources
        self.checked = checked
        self.trusted_months = trusted_months
        self.trusted_until = date.fromordinal(months_later(checked.toordinal(), trusted_months))

    def value(self, id: str, on: str | date) -> Any:
        """What a parameter is on a day, given as a date or as ISO 8601; None before its first value."""
        day = date.fromisoformat(on) if isinstance(on, str) else on
        found = self.parameters[id].at(day.toordinal())
        return found.value if found else None

    def of(self, schemes: tuple[str, ...]) -> Iterator[Parameter]:
        """The parameters of some schemes."""
        return (parameter for parameter in self.parameters.values() if parameter.scheme in schemes)


def load(folder: Path = FOLDER, as_recorded: date | None = None) -> Law:
    """Read and check the law; raises `LawError` for a gap, an overlap, a value with no source, an unknown key.

    ``as_recorded``: as the record stood at the end of that day; what was recorded later is left out.
    """
    sources = _sources(folder / "sources.toml")
    knowledge = _toml(folder / "knowledge.toml")
    parameters: dict[str, Parameter] = {}
    for file in sorted(folder.glob("*.toml")):
        if file.name not in ("sources.toml", "knowledge.toml"):
            for parameter in _parameters(file, sources, as_recorded):
                if parameter.id in parameters:
                    raise LawError(f"{file.name}: {parameter.id}: stands in another file too")
                parameters[parameter.id] = parameter
    if set(knowledge) != {"checked", "trusted_for"} or set(knowledge["trusted_for"]) != {"months"}:
        raise LawError("knowledge.toml: holds `checked` and `trusted_for.months`, and nothing else")
    months = knowledge["trusted_for"]["months"]
    return Law(parameters, sources, knowledge["checked"], months, as_recorded)


def _toml(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        try:
            return tomllib.load(stream, parse_float=_Fraction)
        except tomllib.TOMLDecodeError as problem:
            raise LawError(f"{file.name}: is no TOML: {problem}") from None


class _Fraction(str):
    """A fraction that stands in a file outside quotes, where others would read it inexactly."""


def _sources(file: Path) -> dict[str, Source]:
    sources = {}
    for key, table in _toml(file).items():
        if sorted(table) != sorted(_SOURCE_KEYS):
            raise LawError(
                f"{file.name}: {key}: has the keys {', '.join(sorted(table))}; wanted are {', '.join(_SOURCE_KEYS)}"
            )
        if table["kind"] not in ("official", "third_party"):
            raise LawError(f"{file.name}: {key}: kind is official or third_party, not {table['kind']}")
        sources[key] = Source(key, *(table[name] for name in _SOURCE_KEYS))
    return sources


def _parameters(file: Path, sources: dict[str, Source], as_recorded: date | None) -> Iterator[Parameter]:
    content = _toml(file)
    scheme, begins = content.pop("scheme", None), content.pop("begins", None)
    if not isinstance(scheme, str) or not isinstance(begins, date):
        raise LawError(f"{file.name}: starts with `scheme` and with `begins`, the first day that is computed")
    for name, group in content.items():
        unit = group.pop("unit", None)
        if unit is None or not group:
            raise LawError(f"{file.name}: {name}: has no unit, or no values")
        for variant, entries in group.items():
            id = name if variant == "dated" else f"{name}.{variant}"
            if not isinstance(entries, list):
                raise LawError(f"{file.name}: {id}: unknown key {variant}")
            record = _record(file.name, id, unit, entries, sources)
            known = [value for value in record if as_recorded is None or value.recorded <= as_recorded]
            yield Parameter(id, scheme, unit, _in_force(file.name, id, known, begins))


def _record(
    file: str, id: str, unit: str, entries: list[dict[str, Any]], sources: dict[str, Source]
) -> list[Value]:
    """Every entry of a parameter, checked, corrections after what they correct."""
    record: list[Value] = []
    for entry in entries:
        since = entry.get("since")
        where = f"{file}: {id}: {since}"
        if unknown := set(entry) - _ENTRY_KEYS:
            raise LawError(f"{where}: unknown key {', '.join(sorted(unknown))}")
        if missing := _ENTRY_KEYS - {"clauses"} - set(entry):
            raise LawError(f"{where}: lacks {', '.join(sorted(missing))}")
        for name in ("since", "recorded"):
            if type(entry[name]) is not date:  # a date with a time is one to isinstance
                raise LawError(f"{where}: {name} is a day, written as 2019-12-01 without quotes")
        if not entry["sources"]:
            raise LawError(f"{where}: a value needs a source")
        for key in entry["sources"]:
            if key not in sources:
                raise LawError(f"{where}: no source has the key {key}")
        if entry["sure"] not in _SURE:
            raise LawError(f"{where}: sure is one of {', '.join(_SURE)}, not {entry['sure']}")
        if entry["sure"] == "seen" and not any(sources[key].address for key in entry["sources"]):
            raise LawError(f"{where}: seen, but no source of it has an address")
        clauses, value = tuple(entry.get("clauses", ())), _read(where, unit, entry["value"])
        told = Value(
            entry["since"], None, value, clauses, tuple(entry["sources"]), entry["sure"], entry["recorded"]
        )
        last = record[-1] if record else None
        if last and told.since < last.since:
            raise LawError(f"{where}: stands after {last.since}; the entries go by start date")
        if last and told.since == last.since and told.recorded <= last.recorded:
            raise LawError(
                f"{where}: overlaps another value of that day; a correction has a later `recorded`"
            )
        record.append(told)
    return record


def _in_force(file: str, id: str, record: list[Value], begins: date) -> list[Value]:
    """One value for each day: of entries with one start the last recorded; each ends where the next one starts."""
    values = list({value.since: value for value in record}.values())
    if not values or values[0].since > begins:
        raise LawError(f"{file}: {id}: {begins}: a gap; the first value starts on that day at the latest")
    ends = [later.since for later in values[1:]]
    return [value._replace(until=end) for value, end in zip(values, [*ends, None], strict=True)]


def _read(where: str, unit: str, raw: Any) -> Any:
    if isinstance(raw, dict):
        if set(raw) != {"low", "high"}:
            raise LawError(f"{where}: a disagreement has `low` and `high`")
        return Disagreement(_read(where, unit, raw["low"]), _read(where, unit, raw["high"]))
    if isinstance(raw, _Fraction):
        raise LawError(f"{where}: {raw}: write a fraction as text, in quotes, so that it stays exact")
    if raw in (NONE, UNKNOWN) or (unit == "set" and raw == ANY):
        return raw
    if unit in _HUNDREDTHS:
        return _hundredths(where, raw)
    if unit in _COUNTS and isinstance(raw, int):
        return raw
    if unit == "date" and isinstance(raw, date):
        return raw.toordinal()
    if unit == "set" and isinstance(raw, list):
        return Options(raw)
    if unit == "state" and isinstance(raw, str):
        return raw
    raise LawError(f"{where}: {raw!r} is no value in the unit {unit}")


def _hundredths(where: str, raw: Any) -> int:
    whole, _, fraction = str(raw).partition(".")
    if not (whole.isdecimal() and len(fraction) <= 2 and (fraction.isdecimal() or not fraction)):
        raise LawError(f"{where}: {raw!r} is no exact value with at most two decimals")
    return hundredths(str(raw))
