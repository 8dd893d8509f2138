"""The report of a change of law: what is told of a new entry, and of none."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from rules import LAW, dated
from rules.dated import Law
from tests.law_report import Unreadable, changes, law_at, moved, published_cases
from tests.rules.cases import training

pytestmark = pytest.mark.host_only  # it reads the clone's other folders

ENTRY = """
[[support_rate.small]]
since = 2027-01-01
value = 25
sources = ["sbm"]
sure = "seen"
recorded = 2026-11-24
"""


@pytest.fixture
def changed(tmp_path: Path) -> Law:
    """The law with one more entry at its place."""
    folder = tmp_path / "law"
    shutil.copytree(dated.FOLDER, folder)
    file = folder / "kmo_portefeuille.toml"
    before, mark, after = file.read_text("utf-8").partition("\n[[support_rate.medium]]")
    file.write_text(before + ENTRY + mark + after, "utf-8")
    return dated.load(folder)


def test_one_entry_changes_a_rate_everywhere(changed: Law) -> None:
    assert changes(LAW, changed) == [("support_rate.small", "2027-01-01", None, "25")]
    cases = [(day, training(day)) for day in ("2027-01-02", "2026-12-31", "2027-01-01")]
    found = moved(cases, LAW, changed)
    assert [one.day for one in found] == ["2027-01-01", "2027-01-02"]
    assert {one.by for one in found} == {(Decimal("-50.00"), Decimal("-50.00"))}
    assert {one.verdicts for one in found} == {("eligible", "eligible")}


def test_no_published_case_moves_with_a_law_of_tomorrow(changed: Law) -> None:
    cases = list(published_cases())
    assert len(cases) > 200
    assert moved(cases, LAW, changed) == []


def test_a_commit_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreadable, match="no-such-commit"):
        law_at("no-such-commit")
