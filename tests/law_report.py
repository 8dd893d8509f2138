"""What a change of the law's data does: which cases it moves, from which day, and by how much.

    python3 build.py law --report          against the last commit
    python3 build.py law --report main~5   against another

The published cases and a thousand random ones are answered by the law of then and by that of now, both with the
program of now. It needs git and the standard library.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from rules import calculate, dated, lawbook
from rules.dated import Law
from tests.rules.random_cases import random_cases

ROOT = Path(__file__).parents[1]
RANDOM = 1_000
SHOWN = 20  # of the random cases that move, the first by date


class Unreadable(Exception):
    """The law of another commit cannot be had; says why."""


class Moved(NamedTuple):
    """A case with two answers: by the law of then, and by that of now."""

    name: str
    day: str
    verdicts: tuple[str, str]
    support: tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]

    @property
    def matters(self) -> bool:
        """Whether the verdict or the support moves, and not only what stands around them."""
        return len(set(self.verdicts)) > 1 or len(set(self.support)) > 1

    @property
    def by(self) -> tuple[Decimal, Decimal]:
        """How much the least and the greatest support move."""
        (low, high), (now_low, now_high) = self.support
        return now_low - low, now_high - high


def law_at(commit: str, root: Path = ROOT) -> Law:
    """The law as it was committed."""
    done = subprocess.run(
        ["git", "archive", "--format=zip", commit, "rules/law"], cwd=root, capture_output=True, check=False
    )
    if done.returncode:
        raise Unreadable(f"{commit}: {done.stderr.decode(errors='replace').strip()}")
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(done.stdout)).extractall(folder)
        try:
            return dated.load(Path(folder, "rules", "law"))
        except dated.LawError as problem:
            raise Unreadable(f"{commit}: the program of now cannot read the law of then: {problem}") from None


def published_cases(root: Path = ROOT) -> Iterator[tuple[str, dict[str, Any]]]:
    """The requests of tests/published, by file name."""
    for file in sorted((root / "tests" / "published").glob("*.toml")):
        yield file.stem, tomllib.loads(file.read_text("utf-8"))["request"]


def numbered_cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """The random requests, by number."""
    for number, request in enumerate(random_cases(RANDOM), 1):
        yield f"random {number}", request


def changes(then: Law, now: Law) -> list[tuple[str, str, Any, Any]]:
    """Each value that is another: parameter, first day, value of then and of now (None: not there)."""
    values = [
        {(told["id"], told["since"]): told["value"] for told in lawbook.entries(law)} for law in (then, now)
    ]
    keys = sorted({*values[0], *values[1]})
    pairs = [(*key, values[0].get(key), values[1].get(key)) for key in keys]
    return [pair for pair in pairs if pair[2] != pair[3]]


def moved(cases: Iterable[tuple[str, dict[str, Any]]], then: Law, now: Law) -> list[Moved]:
    """The cases that the two laws answer otherwise, by day of application."""
    found = []
    for name, request in cases:
        answers = [calculate(request, "en", law=law) for law in (then, now)]
        if _what_it_says(answers[0]) != _what_it_says(answers[1]):
            verdicts, support = (
                [told["verdict"] or "" for told in answers],
                [_support(told) for told in answers],
            )
            day = str(request.get("application_date") or "")
            found.append(Moved(name, day, (verdicts[0], verdicts[1]), (support[0], support[1])))
    return sorted(found, key=lambda one: one.day)


def _what_it_says(outcome: dict[str, Any]) -> Any:
    """An outcome without its texts."""
    amounts = {name: (told["low"], told["high"]) for name, told in outcome["amounts"].items()}
    states = {told["id"]: told["state"] for told in outcome["conditions"]}
    days = {(told["id"], told["kind"]): told["date"] for told in outcome["deadlines"]}
    return outcome["verdict"], amounts, outcome.get("rate"), states, days


def _support(outcome: dict[str, Any]) -> tuple[Decimal, Decimal]:
    told = outcome["amounts"].get("support", {"low": "0", "high": "0"})
    return Decimal(told["low"] or 0), Decimal(told["high"] or 0)


# --- as lines for people -----------------------------------------------------------------------


def report(commit: str = "HEAD", now: Law | None = None) -> Iterator[str]:
    """The report, line by line."""
    then, now = law_at(commit), now or dated.load()
    found = changes(then, now)
    then.parameters = {
        **now.parameters,
        **then.parameters,
    }  # the program of now may ask for what was not there
    yield f"The law now, against {commit}: {_count(len(found), 'value')} changed."
    for id, since, before, after in found:
        yield f"  {since}  {id:<32} {_shown(before)} -> {_shown(after)}"
    for title, cases, most in (
        ("published cases", list(published_cases()), None),
        ("random cases", list(numbered_cases()), SHOWN),
    ):
        moves = moved(cases, then, now)
        plain = [one for one in moves if one.matters]
        yield ""
        yield f"Of {len(cases):,} {title}, {len(moves)} move{_total(moves)}."
        yield from (_line(one) for one in plain[:most])
        if most and len(plain) > most:
            yield f"  and {len(plain) - most} more, up to {plain[-1].day}"
        if len(moves) > len(plain):
            yield f"  and {len(moves) - len(plain)} of which verdict and support stay"


def _total(moves: list[Moved]) -> str:
    if not moves:
        return ""
    low, high = (sum(ends) for ends in zip(*(one.by for one in moves), strict=True))
    return f", from {moves[0].day} on; their support by {_between(low, high)} in all"


def _line(one: Moved) -> str:
    verdicts = one.verdicts[0] if len(set(one.verdicts)) == 1 else " -> ".join(one.verdicts)
    then, now = (_ends(*ends) for ends in one.support)
    return f"  {one.day}  {one.name:<40} {verdicts}: {then} -> {now} ({_between(*one.by)})"


def _ends(low: Decimal, high: Decimal) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


def _between(low: Any, high: Any) -> str:
    return f"{low:+}" if low == high else f"{low:+} to {high:+}"


def _shown(value: Any) -> str:
    if value is None:
        return "(none)"
    if isinstance(value, dict):
        return f"{value['low']} to {value['high']}"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
