"""The increase for workable work, on both sides of its windows, terms and limits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.rules.cases import (
    advice,
    amounts,
    answer,
    cheque,
    condition,
    due,
    increase,
    later,
    not_met,
    rate,
    support,
    verdict,
)

WINDOWS = [  # first and last day; the increase and the cheque share their calls
    ("2019-05-07", "2019-12-31"),
    ("2020-01-01", "2020-12-31"),
    ("2021-01-01", "2021-12-31"),
    ("2022-01-01", "2022-11-30"),
    ("2023-01-17", "2023-10-11"),
    ("2024-01-01", "2024-07-31"),
]
NOT_FOUND = ("2023-01-01", "2023-01-16")  # the first day of 2023's call lies here


def expected(day: str) -> str:
    if NOT_FOUND[0] <= day <= NOT_FOUND[1]:
        return "unknown"
    return "met" if any(first <= day <= last for first, last in WINDOWS) else "not_met"


@pytest.mark.parametrize("case", [increase, cheque])
@pytest.mark.parametrize("window", [*WINDOWS, NOT_FOUND], ids=lambda window: window[0])
def test_the_windows_at_both_ends(case: Any, window: tuple[str, str]) -> None:
    first, last = window
    days = [later(first, -1), first, last, later(last, 1)]
    assert [condition(case(day), "scheme_open") for day in days] == [expected(day) for day in days]


@pytest.mark.host_only  # thousands of cases are slow in the browser's Python
@pytest.mark.parametrize("case", [increase, cheque])
@pytest.mark.parametrize("year", range(2019, 2026))
def test_the_windows_day_by_day(case: Any, year: int) -> None:
    first = date(year, 1, 1)
    days = [(first + timedelta(number)).isoformat() for number in range(365 + (year % 4 == 0))]
    told = {day: condition(case(day), "scheme_open") for day in days}
    assert told == {day: expected(day) for day in days}


@pytest.mark.parametrize("case", [increase, cheque])
@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2016-04-01", "not_met"),
        ("2026-11-23", "not_met"),
        ("2027-11-23", "not_met"),
        ("2027-11-24", "unknown"),
    ],
)
def test_long_before_and_long_after(case: Any, day: str, state: str) -> None:
    assert condition(case(day), "scheme_open") == state


@pytest.mark.parametrize(
    ("size", "day", "percent"),
    [
        ("small", "2019-05-07", "40"),
        ("small", "2019-11-30", "40"),
        ("small", "2019-12-01", "30"),
        ("small", "2024-07-31", "30"),
        ("medium", "2019-05-07", "30"),
        ("medium", "2019-11-30", "30"),
        ("medium", "2019-12-01", "20"),
        ("medium", "2024-07-31", "20"),
    ],
)
def test_the_rate_is_the_portfolios_own(size: str, day: str, percent: str) -> None:
    assert rate(increase(day, enterprise_size=size)) == percent


@pytest.mark.parametrize(
    ("theme", "day"),
    [("cybersecurity", "2021-09-13"), ("cybersecurity", "2022-05-02"), ("energy_efficiency", "2024-06-05")],
)
def test_no_theme_raises_it(theme: str, day: str) -> None:
    assert rate(increase(day, theme=theme)) == "30"


@pytest.mark.parametrize(
    ("size", "cost", "given"),
    [
        ("small", "16666.64", "4999.99"),
        ("small", "16666.65", "5000.00"),
        ("medium", "24999.97", "4999.99"),
        ("medium", "24999.98", "5000.00"),
        ("medium", "90000", "5000.00"),
    ],
)
def test_5000_euro_in_a_year(size: str, cost: str, given: str) -> None:
    case = increase(enterprise_size=size, fee=cost)
    assert amounts(case, "ceiling", "support") == ["5000.00", given]


@pytest.mark.parametrize("day", ["2019-05-07", "2019-12-31", "2020-01-01", "2024-07-31"])
def test_its_ceiling_never_changed(day: str) -> None:
    assert amounts(increase(day), "ceiling") == ["5000.00"]


@pytest.mark.parametrize(
    ("used", "given", "state"),
    [("4999.99", "0.01", "met"), ("5000", "0.00", "not_met"), ("4700", "300.00", "met")],
)
def test_what_earlier_increases_of_the_year_leave(used: str, given: str, state: str) -> None:
    case = increase(increase_used_this_year=used)
    assert support(case) == given
    assert condition(case, "ceiling_left") == state


@pytest.mark.parametrize(
    ("paid", "given"),
    [("299.99", "299.99"), ("300", "300.00"), ("5000", "300.00"), ("0.01", "0.01"), ("0", "0.00")],
)
def test_other_subjects_get_no_more_than_was_paid_for_workable_work(paid: str, given: str) -> None:
    assert support(increase(workable_work=False, hr_support_this_year=paid)) == given


def test_what_was_paid_matters_for_other_subjects_alone() -> None:
    assert support(increase(workable_work=True, hr_support_this_year="10")) == "300.00"


@pytest.mark.parametrize(("paid", "state"), [("0", "not_met"), ("0.01", "met")])
def test_another_subject_needs_something_that_was_paid_for_workable_work(paid: str, state: str) -> None:
    assert condition(increase(workable_work=False, hr_support_this_year=paid), "workable_work") == state


def test_the_portfolios_own_ceiling_is_not_read() -> None:
    assert answer(increase(support_used_this_year="7500"))["amounts"] == answer(increase())["amounts"]
    assert verdict(increase(support_used_this_year="7500")) == "eligible"


@pytest.mark.parametrize(("reached", "state"), [(True, "met"), (False, "not_met"), (None, "unknown")])
def test_the_portfolios_ceiling_is_reached(reached: bool | None, state: str) -> None:
    assert condition(increase(ceiling_reached=reached), "ceiling_reached") == state


@pytest.mark.parametrize(
    ("start", "state"), [("2022-05-01", "not_met"), ("2022-05-02", "met"), ("2022-06-01", "met")]
)
def test_applied_on_the_first_day_of_the_service_at_the_latest(start: str, state: str) -> None:
    case = increase("2022-05-02", service_start=start)
    assert condition(case, "application_in_time") == state
    assert due(case, "application") == start


@pytest.mark.parametrize(
    ("on", "start", "last_day"),
    [
        ("2022-11-02", "2022-11-30", "2022-11-30"),
        ("2022-11-02", "2022-12-05", "2022-11-30"),  # the call of 2022 ends before the service starts
        ("2024-07-01", "2024-09-02", "2024-07-31"),
        ("2022-12-05", "2022-12-05", None),  # no call is open
        (None, "2019-06-03", "2019-06-03"),  # in the first call or a later one
        (None, "2022-12-05", None),  # the day hangs on the call
    ],
)
def test_the_last_day_to_apply_is_in_the_call(on: str | None, start: str, last_day: str | None) -> None:
    assert due(increase(application_date=on, service_start=start), "application") == last_day


@pytest.mark.parametrize(
    ("start", "last_day"),
    [
        ("2022-03-01", "2022-09-01"),
        ("2021-08-31", "2022-02-28"),  # a month without that day: its last
        ("2023-08-31", "2024-02-29"),
        ("2023-08-29", "2024-02-29"),
        ("2022-05-31", "2022-11-30"),
        ("2022-02-28", "2022-08-28"),
    ],
)
def test_the_service_lasts_six_months_at_most(start: str, last_day: str) -> None:
    assert due(increase(start), "service_end") == last_day
    assert condition(increase(start, service_end=last_day), "service_end_in_time") == "met"
    assert condition(increase(start, service_end=later(last_day, 1)), "service_end_in_time") == "not_met"
    assert condition(increase(start), "service_end_in_time") is None


@pytest.mark.parametrize("service", ["training", "advice"])
@pytest.mark.parametrize(("duty", "state"), [(True, "not_met"), (False, "met"), (None, None)])
def test_a_legal_duty_is_refused(service: str, duty: bool | None, state: str | None) -> None:
    assert condition(increase(service=service, legal_duty=duty), "not_a_legal_duty") == state


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"enterprise_size": "large"}, "enterprise_size"),
        ({"legal_form": "vzw"}, "legal_form"),
        ({"establishment": "brussels_region"}, "establishment"),
        ({"public_participation": "25"}, "public_participation"),
        ({"main_activity_accepted": False}, "main_activity"),
        ({"fee": "99.99"}, "minimum_cost"),
        ({"excluded_service": "mbti"}, "service_not_excluded"),
        ({"learning_mode": "distance_without_interaction"}, "learning_mode"),
    ],
)
def test_the_portfolios_conditions_hold_here_too(changes: dict[str, Any], refused: str) -> None:
    assert verdict(increase()) == "eligible"
    assert not_met(increase(**changes)) == [refused]


def test_the_portfolios_themes_hold_here_too_from_2023() -> None:
    assert verdict(increase("2022-11-30", theme="other")) == "eligible"
    assert not_met(increase("2023-01-17", theme="other")) == ["theme"]


def test_its_advice_has_the_portfolios_minimum() -> None:
    changes = {"scheme": "kmo_portefeuille_increase", "ceiling_reached": True, "workable_work": True}
    assert not_met(advice("2022-05-02", fee="499.99", **changes)) == ["minimum_cost"]
    assert not_met(advice("2022-05-02", fee="500", **changes)) == []
