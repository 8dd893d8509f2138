"""What others published, held against the rules: one small file for each case.

A file names the page (``source``, a key of ``rules/law/sources.toml``, with its ``address``, ``publisher``
and ``day``), the facts of the case (``request``) and what the page says of it (``published``). Where the page
is wrong or out of date (``agrees = false``), ``why`` says so in a sentence and ``expected`` holds what the
law gives instead. ``derived`` marks what was worked out by hand from the sources and stands on no page.

What is said goes by these names: ``verdict``; ``rate`` and the amounts, exact or as ``NAME_low`` and
``NAME_high``; ``condition_ID`` for its state; ``deadline_ID`` for a required day and ``advised_ID`` for an
advised one; ``error_FACT`` for the code of a refusal.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from rules import LAW
from tests.rules.cases import calculate

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One file. A key that is not a field here is refused by the constructor."""

    title: str
    source: str
    address: str
    publisher: str
    day: str
    agrees: bool
    why: str
    derived: bool
    request: dict[str, Any]
    published: dict[str, str]
    expected: dict[str, str] = field(default_factory=dict)


FILES = {path.stem: Case(**tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml"))}


def cases(agrees: bool | None = None) -> list[Any]:
    """The cases under their file names; with ``agrees``, only those that do, or do not."""
    return [pytest.param(case, id=name) for name, case in FILES.items() if agrees in (None, case.agrees)]


def statements(outcome: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Everything that an outcome says, by the names that the cases use."""
    yield "verdict", outcome["verdict"]
    ranges = dict(outcome["amounts"])
    if "rate" in outcome:
        ranges["rate"] = outcome["rate"]
    for name, ends in ranges.items():
        if ends["low"] == ends["high"]:
            yield name, ends["low"]
        yield f"{name}_low", ends["low"]
        yield f"{name}_high", ends["high"]
    for condition in outcome["conditions"]:
        yield f"condition_{condition['id']}", condition["state"]
    for deadline in outcome["deadlines"]:
        kind = "deadline" if deadline["kind"] == "required" else "advised"
        yield f"{kind}_{deadline['id']}", deadline["date"]
    for error in outcome["errors"]:
        yield f"error_{error['fact']}", error["code"]


def told(case: Case, names: dict[str, str]) -> dict[str, str | None]:
    """What the rules say in this case under the given names; ``None`` where they say nothing exact."""
    said = dict(statements(calculate(case.request, language="en")))
    return {name: said.get(name) for name in names}


@pytest.mark.parametrize("case", cases(agrees=True))
def test_a_right_publication_is_what_the_rules_give(case: Case) -> None:
    assert told(case, case.published) == case.published


@pytest.mark.parametrize("case", cases(agrees=False))
def test_a_wrong_publication_is_corrected(case: Case) -> None:
    assert told(case, case.expected) == case.expected
    for name, value in told(case, case.published).items():
        assert value != case.published[name], f"{name} is as published, yet the case calls it wrong"


@pytest.mark.parametrize("case", cases())
def test_a_case_names_its_source_and_says_why(case: Case) -> None:
    source = LAW.sources[case.source]
    assert (case.address, case.publisher) == (source.address, source.publisher)
    assert case.title
    assert case.day
    assert case.published
    assert case.agrees == (not case.why) == (not case.expected), "a wrong page, and no other, is corrected"
