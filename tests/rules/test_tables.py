"""Answers as short lines at a terminal: what stands where, and in which column."""

from __future__ import annotations

from typing import Any

from rules import LAW, tables, uses
from rules.wording import Wording
from tests.rules.cases import answer, cheque, only, training, unraised

ENGLISH = Wording("en")


def test_columns_stand_under_each_other_and_figures_end_in_one_line() -> None:
    rows = [("a", "1", "x"), ("long", "1000", "y"), ("b", "20", "")]
    assert tables.aligned(rows, right=(1,)) == [
        "a        1  x",
        "long  1000  y",
        "b       20",
    ]
    assert tables.aligned(rows) == ["a     1     x", "long  1000  y", "b     20"]
    assert tables.aligned([]) == []


def test_a_long_cell_is_cut_so_that_the_others_have_room() -> None:
    assert tables.shortened("x" * 60) == "x" * 60
    assert tables.shortened("x" * 61) == "x" * 59 + "…"


def outcome_lines(outcome: Any, wording: Wording) -> list[str]:
    return list(unraised(tables.outcome_lines, outcome, wording))


def use_lines(told: Any, wording: Wording) -> list[str]:
    return list(unraised(tables.use_lines, told, wording))


def blocks(lines: list[str]) -> list[list[str]]:
    """Lines in blocks, as empty lines part them."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        else:
            found.append([])
    return found


def test_an_outcome_is_its_sentence_amounts_conditions_days_questions_and_notices() -> None:
    outcome = answer(training(enterprise_size=None, learning_mode=None))
    summary, figures, conditions, days, asked, said = blocks(outcome_lines(outcome, ENGLISH))
    assert summary == ["You get between 200 euro and 300 euro. It depends on: Enterprise size."]
    assert figures[0].split("  ")[0] == "Invoice excluding VAT"
    assert figures[0].endswith("  1,000 euro")
    assert figures[-1].split("  ")[0] == "Support rate"
    assert figures[-1].endswith("  20% to 30%")
    assert len({len(line) for line in figures}) == 1, "they end in one line"
    assert [line[0] for line in conditions] == list("✓?✓✓✓✓✓✓?")
    assert [line[:10] for line in days] == ["2019-12-15", "2019-12-31", "2020-12-31"]
    assert asked == [
        "enterprise_size  How large is your enterprise?",
        "learning_mode    How do you follow the training?",
    ]
    assert said == [told["text"] for told in outcome["notices"]]


def test_what_is_not_there_leaves_no_block() -> None:
    outcome = answer(training(legal_form="vzw", service_start=None, application_date=None))
    assert "rate" in outcome
    lines = outcome_lines({**outcome, "deadlines": [], "questions": []}, ENGLISH)
    assert len(blocks(lines)) == 4
    without = {name: told for name, told in outcome.items() if name != "rate"}
    assert not any("Support rate" in line for line in outcome_lines(without, ENGLISH))
    one_rate = outcome_lines(answer(training()), ENGLISH)
    assert [line.split()[-1] for line in one_rate if line.startswith("Support rate")] == ["30%"]


def lines(use: Any, **request: Any) -> list[str]:
    return use_lines(use(request, LAW, ENGLISH), ENGLISH)


def test_a_plan_is_its_projects_and_then_its_ledger() -> None:
    dated = training("2021-03-01", enterprise_size=None)
    undated = {**dated, "application_date": None}
    projects, ledger = blocks(lines(uses.plan, projects=[dated, undated, cheque()]))
    assert [line[:12] for line in projects] == ["2021-03-01  ", "?           ", "2021-05-03  "]
    assert projects[1].endswith(
        "This project has no application date, so it counts against no year\u2019s ceiling."
    )
    assert ledger == [
        "                            Ceiling             Used               Left",
        "      Werkbaarheidscheque  10000.00          3000.00            7000.00",
        "2021  KMO-portefeuille      7500.00  200.00 - 300.00  7200.00 - 7300.00",
    ]


def test_a_goal_is_its_runs_or_the_sentence_that_there_are_none() -> None:
    def goal(value: int, **facts: Any) -> list[str]:
        reach = {"amount": "support", "value": value}
        return lines(uses.goal, facts=training("2021-03-01", **facts), find="fee", reach=reach)

    assert goal(300) == ["999.99  1000.01  You qualify"]
    runs = goal(300, deposit="700")
    assert len(runs) > 1
    assert len({(line.index("."), line.rindex(".")) for line in runs}) == 1, "both figures end in one line"
    assert len({line[: line.index(".")].strip() for line in runs}) > 1
    assert goal(30) == ["100.00  100.01  You qualify"]
    assert goal(9300) == [
        "No value of Price excluding VAT gives exactly Support 9,300 euro.",
        "24999.99  →  7500.00",
    ]
    assert goal(29)[1:] == [" 99.99  →   0.00", "100.00  →  30.00"]
    depends = only(goal(300, enterprise_size=None))
    assert depends.endswith("Enterprise size.")


def test_a_comparison_is_a_line_for_each_value() -> None:
    first, second = lines(uses.compare, facts=training("2021-03-01"), over="fee", values=[99, 1000])
    assert first.startswith("99.00    There is no support for this.")
    assert second == "1000.00  You pay 700 euro yourself. Flanders adds 300 euro."


def test_a_group_is_its_three_figures_and_what_is_said_of_them() -> None:
    told = lines(uses.group, own={"headcount": "3.5"}, enterprises=[])
    assert told[:3] == [
        "Staff in full-time equivalents  3.50",
        "Annual turnover                    ?",
        "Balance sheet total                ?",
    ]
    assert len(told) == 6


def test_what_cannot_be_read_is_its_errors() -> None:
    assert lines(uses.plan) == use_lines(uses.plan(3, LAW, ENGLISH), ENGLISH)
    assert len(lines(uses.group, own={"headcount": "x", "fee": "1"})) == 2
    projects, _ = blocks(
        lines(uses.plan, projects=[training("2021-03-01"), {**training("2021-03-01"), "fee": "x1"}])
    )
    assert projects[0].endswith("Flanders adds 300 euro.")
    assert projects[1].startswith("?           Price excluding VAT: x1 is not an amount.")
