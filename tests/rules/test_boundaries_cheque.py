"""The werkbaarheidscheque on both sides of its limits. Its windows stand with the increase's, which share them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.cases import (
    amounts,
    answer,
    cheque,
    condition,
    due,
    later,
    not_met,
    notices,
    only,
    rate,
    support,
    verdict,
)

IN_EACH_CALL = ["2019-06-03", "2020-06-02", "2021-06-01", "2022-06-01", "2023-06-01", "2024-06-03"]

# --- how much ----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", IN_EACH_CALL)
def test_sixty_percent_in_every_call(day: str) -> None:
    assert rate(cheque(day)) == "60"
    assert amounts(cheque(day), "support", "co_financing") == ["3000.00", "2000.00"]


@pytest.mark.parametrize("day", ["2019-05-07", "2019-12-31", "2020-01-01", "2022-11-30", "2023-10-11"])
@pytest.mark.parametrize(
    ("cost", "given"),
    [("16666.65", "9999.99"), ("16666.66", "10000.00"), ("16666.67", "10000.00"), ("50000", "10000.00")],
)
def test_10000_euro_at_most(day: str, cost: str, given: str) -> None:
    assert amounts(cheque(day, cost=cost), "ceiling", "support") == ["10000.00", given]


@pytest.mark.parametrize(
    ("cost", "given"),
    [
        ("15000", "9000.00"),
        ("15000.01", ("9000.00", "9000.01")),
        ("16666.66", ("9000.00", "10000.00")),
        ("50000", ("9000.00", "10000.00")),
    ],
)
def test_9000_or_10000_euro_in_2024(cost: str, given: Any) -> None:
    case = cheque("2024-06-03", cost=cost)
    assert amounts(case, "ceiling", "support") == [("9000.00", "10000.00"), given]
    assert verdict(case) == "eligible"


def test_the_ceiling_is_certain_until_the_last_day_of_2023s_call_and_a_range_from_2024() -> None:
    assert amounts(cheque("2023-10-11"), "ceiling") == ["10000.00"]
    assert amounts(cheque("2024-01-01"), "ceiling") == [("9000.00", "10000.00")]


@pytest.mark.parametrize("day", ["2020-06-02", "2021-12-31"])
@pytest.mark.parametrize(
    ("used", "left", "state"),
    [
        ("0", "10000.00", "met"),
        ("9999.99", "0.01", "met"),
        ("10000", "0.00", "not_met"),
        (None, "10000.00", None),
    ],
)
def test_one_ceiling_for_all_uses_together(day: str, used: str | None, left: str, state: str | None) -> None:
    case = cheque(day, support_used_before=used)
    assert amounts(case, "support_left_before") == [left]
    assert condition(case, "ceiling_left") == state


@pytest.mark.parametrize(
    ("used", "left", "given", "state"),
    [
        ("0", "10000.00", "3000.00", "met"),
        ("4000", ("6000.00", "10000.00"), "3000.00", "met"),
        ("8000", ("2000.00", "10000.00"), ("2000.00", "3000.00"), "met"),
        ("9999.99", ("0.01", "10000.00"), ("0.01", "3000.00"), "met"),
        ("10000", ("0.00", "10000.00"), ("0.00", "3000.00"), "unknown"),
    ],
)
def test_whether_earlier_use_counts_in_2022_is_open(used: str, left: Any, given: Any, state: str) -> None:
    case = cheque("2022-06-01", support_used_before=used)
    assert amounts(case, "support_left_before", "support") == [left, given]
    assert condition(case, "ceiling_left") == state


@pytest.mark.parametrize(
    ("day", "left"), [("2021-12-31", "6000.00"), ("2022-01-01", ("6000.00", "10000.00"))]
)
def test_earlier_use_counts_for_certain_until_2021(day: str, left: Any) -> None:
    assert amounts(cheque(day, support_used_before="4000"), "support_left_before") == [left]


@pytest.mark.parametrize(
    ("this_year", "left"),
    [
        ("0", ("6000.00", "10000.00")),
        ("1000", ("6000.00", "9000.00")),
        ("3999.99", ("6000.00", "6000.01")),
        ("4000", "6000.00"),
    ],
)
def test_what_was_used_in_2022_itself_counts(this_year: str, left: Any) -> None:
    case = cheque("2022-06-01", support_used_before="4000", cheque_support_this_year=this_year)
    assert amounts(case, "support_left_before") == [left]


@pytest.mark.parametrize(("day", "used"), [("2021-06-01", "4000"), ("2022-06-01", None)])
def test_what_was_used_this_year_is_a_part_of_all_that_was_used(day: str, used: str | None) -> None:
    case = cheque(day, support_used_before=used, cheque_support_this_year="4000")
    assert amounts(case, "support_left_before") == ["6000.00"]
    assert condition(case, "ceiling_left") == "met"
    assert (
        condition({**case, "cheque_support_this_year": "10000", "support_used_before": None}, "ceiling_left")
        == "not_met"
    )


# --- how often ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "uses", "state"),
    [
        ("2019-06-03", 2, "met"),
        ("2019-06-03", 3, "not_met"),
        ("2020-06-02", 2, "met"),
        ("2020-06-02", 3, "not_met"),
        ("2021-12-31", 2, "met"),
        ("2021-12-31", 3, "not_met"),
        ("2023-06-01", 0, "met"),
        ("2023-06-01", 1, "not_met"),
        ("2024-06-03", 0, "met"),
        ("2024-06-03", 1, "not_met"),
        ("2021-06-01", None, None),
        ("2023-06-01", None, None),
    ],
)
def test_how_often_it_may_be_used(day: str, uses: int | None, state: str | None) -> None:
    assert condition(cheque(day, cheques_used_before=uses), "uses_left") == state


@pytest.mark.parametrize(("used", "state"), [("0.01", "not_met"), ("0", None)])
def test_who_received_support_before_is_an_earlier_user_from_2023(used: str, state: str | None) -> None:
    assert condition(cheque("2023-06-01", support_used_before=used), "uses_left") == state
    assert condition(cheque("2021-06-01", support_used_before=used), "uses_left") is None


def test_how_often_is_not_stated_for_2022() -> None:
    case = cheque("2022-06-01", cheques_used_before=5)
    assert condition(case, "uses_left") in (None, "unknown")
    assert notices(case) - notices(cheque("2021-06-01", cheques_used_before=2)) == {"uses_not_stated"}
    for day in ("2018-03-01", "2021-12-31", "2022-12-15", "2023-06-01"):
        assert "uses_not_stated" not in notices(cheque(day))


# --- who ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sector", "day", "state"),
    [
        ("profit", "2019-05-07", "met"),
        ("profit", "2024-07-31", "met"),
        ("social_profit", "2019-12-31", "not_met"),
        ("social_profit", "2020-01-01", "met"),
        ("social_profit", "2024-07-31", "met"),
        ("public", "2019-05-07", "not_met"),
        ("public", "2024-07-31", "not_met"),
        (None, "2021-06-01", "unknown"),
    ],
)
def test_the_sectors(sector: str | None, day: str, state: str) -> None:
    assert condition(cheque(day, sector=sector), "sector") == state


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("318.02", "met"),
        ("318.02.01", "met"),
        ("318.01.02", "not_met"),
        ("319.01", "met"),
        ("327.01", "met"),
        ("329.01", "met"),
        ("330", "met"),
        ("330.01", "met"),  # a listed number covers its own subcommittees
        ("330.04", "met"),
        ("331", "met"),
        ("331.00.10", "met"),
        ("337", "met"),
        ("318", "not_met"),
        ("318.01", "not_met"),
        ("319.02", "not_met"),
        ("327.02", "not_met"),
        ("329.02", "not_met"),
        ("329.03", "not_met"),
        ("332", "not_met"),
        ("200", "not_met"),
        (None, None),
    ],
)
def test_the_joint_committees_of_the_social_profit_sector(number: str | None, state: str | None) -> None:
    case = cheque("2021-06-01", sector="social_profit", joint_committee=number)
    assert condition(case, "joint_committee") == state


def test_no_work_that_ended_before_any_day_on_which_one_could_apply() -> None:
    case = cheque(application_date=None, project_start=None, project_end="2019-11-07", sector="social_profit")
    assert (verdict(case), support(case)) == ("undecided", "0.00")  # the social-profit sector came in 2020


@pytest.mark.parametrize("number", ["200", "331"])
def test_the_profit_sector_has_no_list(number: str) -> None:
    assert condition(cheque(joint_committee=number), "joint_committee") is None


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2022-11-30", "not_met"),
        ("2023-01-17", "unknown"),
        ("2023-10-11", "unknown"),
        ("2024-07-31", "unknown"),
    ],
)
def test_entertainment_is_named_from_2023_without_its_number(day: str, state: str) -> None:
    case = cheque(day, sector="social_profit", joint_committee="304")
    assert condition(case, "joint_committee") == state


@pytest.mark.parametrize(("people", "state"), [(0, "not_met"), (1, "met"), (5000, "met"), (None, "unknown")])
def test_somebody_is_employed(people: int | None, state: str) -> None:
    assert condition(cheque(employees=people), "employees") == state


@pytest.mark.parametrize(
    ("form", "in_profit", "in_social_profit"),
    [
        ("natural_person", "met", "met"),
        ("company", "met", "met"),
        ("vzw", "not_met", "met"),
        ("ivzw", "not_met", "met"),
        ("foundation", "not_met", "met"),
        ("partnership_without_legal_personality", "not_met", "not_met"),
        ("unincorporated_association", "not_met", "not_met"),
        ("temporary_company", "not_met", "not_met"),
        ("public_body", "not_met", "not_met"),
        ("other", "unknown", "unknown"),
    ],
)
def test_legal_forms(form: str, in_profit: str, in_social_profit: str) -> None:
    assert condition(cheque(legal_form=form), "legal_form") == in_profit
    assert condition(cheque(legal_form=form, sector="social_profit"), "legal_form") == in_social_profit


def test_the_legal_form_of_an_association_is_open_while_its_sector_is() -> None:
    assert condition(cheque(legal_form="vzw", sector=None), "legal_form") == "unknown"
    assert condition(cheque(legal_form="company", sector=None), "legal_form") == "met"


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("flemish_region", "met"),
        ("brussels_region", "not_met"),
        ("walloon_region", "not_met"),
        ("abroad", "not_met"),
    ],
)
def test_where_the_establishment_lies(place: str, state: str) -> None:
    assert condition(cheque(establishment=place), "establishment") == state


def test_a_large_enterprise_with_a_public_shareholder_is_welcome() -> None:
    case = cheque(enterprise_size="large", public_participation="60", main_activity_accepted=False)
    assert verdict(case) == "eligible"


# --- for what ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2019-05-07", "not_met"),
        ("2020-05-06", "not_met"),
        ("2020-05-07", "met"),
        ("2021-12-31", "met"),
        ("2022-11-30", "met"),
        ("2023-10-11", "met"),
        ("2024-01-01", "unknown"),  # the sources disagree
        ("2024-07-31", "unknown"),
    ],
)
def test_improvement_actions(day: str, state: str) -> None:
    assert condition(cheque(day, actions=["improvement"]), "actions") == state
    assert condition(cheque(day, actions=["plan", "improvement"]), "actions") == state
    assert condition(cheque(day, actions=["plan"]), "actions") == "met"


@pytest.mark.parametrize(
    "field", ["workstation", "work_organisation", "competences", "well_being", "telework"]
)
def test_each_field_of_improvement_counts(field: str) -> None:
    assert verdict(cheque("2021-10-20", actions=["improvement"], improvement_field=[field])) == "eligible"


@pytest.mark.parametrize(
    ("actions", "asked", "state"),
    [
        (["measurement"], True, "met"),
        (["measurement"], False, "not_met"),
        (["measurement"], None, None),
        (["plan"], False, None),
    ],
)
def test_a_scan_asks_the_employees(actions: list[str], asked: bool | None, state: str | None) -> None:
    assert condition(cheque(actions=actions, employee_survey=asked), "employee_survey") == state


@pytest.mark.parametrize(("agreed", "state"), [(True, "met"), (False, "not_met"), (None, None)])
def test_the_staff_agreed(agreed: bool | None, state: str | None) -> None:
    assert condition(cheque(staff_consulted=agreed), "staff_consulted") == state


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2020-12-31", "not_met"),
        ("2021-01-01", "unknown"),  # corona measures were an exception
        ("2021-12-31", "unknown"),
        ("2022-01-01", "not_met"),
        ("2024-06-03", "not_met"),
    ],
)
def test_a_legal_duty_is_refused_except_perhaps_in_2021(day: str, state: str) -> None:
    assert condition(cheque(day, legal_duty=True), "not_a_legal_duty") == state
    assert condition(cheque(day, legal_duty=None), "not_a_legal_duty") is None


@pytest.mark.parametrize("day", IN_EACH_CALL)
def test_what_is_no_legal_duty_is_never_refused_for_it(day: str) -> None:
    assert condition(cheque(day, legal_duty=False), "not_a_legal_duty") in ("met", None)


def test_vat_is_not_read_and_a_notice_says_why() -> None:
    assert answer(cheque(vat_rate="21", vat_deductible=False))["amounts"] == answer(cheque())["amounts"]
    assert any("vat" in notice for notice in notices(cheque()))


# --- when --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "state"), [("2021-05-02", "not_met"), ("2021-05-03", "met"), ("2021-05-04", "met")]
)
def test_work_starts_on_the_day_of_the_application_or_later(start: str, state: str) -> None:
    assert condition(cheque("2021-05-03", project_start=start), "project_period") == state


@pytest.mark.parametrize(
    ("start", "last_day"),
    [("2021-03-01", "2021-09-01"), ("2020-05-31", "2020-11-30"), ("2022-02-28", "2022-08-28")],
)
def test_work_lasts_six_months_at_most(start: str, last_day: str) -> None:
    assert condition(cheque(start, project_end=last_day), "project_period") == "met"
    assert condition(cheque(start, project_end=later(last_day, 1)), "project_period") == "not_met"
    assert due(cheque(start), "project_end") == last_day


@pytest.mark.parametrize(("start", "last_day"), [("2020-08-31", "2021-02-28"), ("2022-08-31", "2023-02-28")])
def test_six_months_from_the_end_of_august_end_with_february(start: str, last_day: str) -> None:
    # past the year's end the sources leave the period open; past six months it is refused
    assert condition(cheque(start, project_end=last_day), "project_period") == "unknown"
    assert condition(cheque(start, project_end=later(last_day, 1)), "project_period") == "not_met"


@pytest.mark.parametrize(
    ("day", "end", "state"),
    [
        ("2019-12-02", "2019-12-31", "met"),
        ("2019-12-02", "2020-01-01", "unknown"),
        ("2020-12-02", "2020-12-31", "met"),
        ("2020-12-02", "2021-01-01", "unknown"),
        ("2021-12-02", "2021-12-31", "met"),
        ("2021-12-02", "2022-01-01", "not_met"),
        ("2022-11-30", "2022-12-31", "met"),
        ("2022-11-30", "2023-01-01", "unknown"),
        ("2023-10-02", "2023-12-31", "met"),
        ("2023-10-02", "2024-01-01", "unknown"),
        ("2024-07-31", "2024-08-31", "met"),
        ("2024-07-31", "2024-09-01", "not_met"),
    ],
)
def test_the_last_day_of_the_work_in_each_call(day: str, end: str, state: str) -> None:
    assert condition(cheque(day, project_end=end), "project_period") == state


@pytest.mark.parametrize(
    ("start", "last_day"),
    [("2021-03-01", "2021-09-01"), ("2021-08-02", "2021-12-31"), ("2024-06-03", "2024-08-31")],
)
def test_the_deadline_for_the_work_is_the_earlier_of_both(start: str, last_day: str) -> None:
    assert due(cheque(start), "project_end") == last_day


@pytest.mark.parametrize(
    ("day", "last_day"),
    [
        ("2019-05-07", "2019-12-31"),
        ("2019-12-07", "2019-12-31"),  # first announced until the day before
        ("2019-12-31", "2019-12-31"),
        ("2020-01-01", "2020-12-31"),
        ("2020-12-31", "2020-12-31"),
        ("2021-01-01", "2021-12-31"),
        ("2021-12-31", "2021-12-31"),
        ("2022-01-01", "2022-11-30"),
        ("2020-06-02", "2020-12-31"),
        ("2021-06-01", "2021-12-31"),
        ("2022-06-01", "2022-11-30"),
        ("2023-06-01", "2023-10-11"),
        ("2024-06-03", "2024-07-31"),
    ],
)
def test_the_last_day_to_apply_is_the_windows_last(day: str, last_day: str) -> None:
    assert due(cheque(day), "application") == last_day


def test_in_2021_one_better_applies_by_june() -> None:
    assert due(cheque("2021-01-04"), "application", "advised") == "2021-06-30"
    assert due(cheque("2020-06-02"), "application", "advised") is None
    assert due(cheque("2022-06-01"), "application", "advised") is None


@pytest.mark.parametrize("day", ["2022-12-01", "2023-10-12", "2024-08-01", "2025-01-15"])
def test_closed_is_a_plain_no(day: str) -> None:
    case = cheque(day, project_end=later(day, 20))
    assert not_met(case) == ["scheme_open"]
    assert support(case) == "0.00"


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2022-12-15", ("1 January 2022", "30 November 2022"), ("17 January 2023", "11 October 2023")),
        ("2023-11-15", ("17 January 2023", "11 October 2023"), ("1 January 2024", "31 July 2024")),
    ],
)
def test_between_windows_the_answer_names_both(
    day: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    told = only([told for told in answer(cheque(day))["conditions"] if told["id"] == "scheme_open"])
    assert all(name in told["text"] for name in (before[1], after[0])), told["text"]
