"""The numbers of the page that the product starts from: what a provider told its customers in 2019-2021."""

from __future__ import annotations

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
    rate,
    support,
    training,
)


@pytest.mark.parametrize(
    ("size", "day", "percent", "ceiling"),
    [
        ("small", "2019-11-30", "40", "10000.00"),
        ("small", "2019-12-01", "30", "10000.00"),  # K04: the new rates, the old ceilings
        ("small", "2020-01-01", "30", "7500.00"),
        ("medium", "2019-11-30", "30", "15000.00"),
        ("medium", "2019-12-01", "20", "15000.00"),
        ("medium", "2020-01-01", "20", "7500.00"),
    ],
)
def test_rates_fell_in_december_and_ceilings_in_january(
    size: str, day: str, percent: str, ceiling: str
) -> None:  # K03, K04, K06, K07
    case = training(day, enterprise_size=size)
    assert rate(case) == percent
    assert amounts(case, "ceiling", "support") == [ceiling, f"{percent}0.00"]


def test_a_thousand_euro_gave_400_then_300_euro() -> None:
    assert [support(training(day)) for day in ("2019-11-30", "2019-12-01", "2020-01-01")] == [
        "400.00",
        "300.00",
        "300.00",
    ]


def test_an_administrative_authority_holds_less_than_25_percent() -> None:  # K12
    assert condition(training(public_participation="24.99"), "public_participation") == "met"
    assert condition(training(public_participation="25"), "public_participation") == "not_met"


def test_apply_at_most_14_days_after_the_training_starts() -> None:  # K14, K22
    course: dict[str, Any] = {"service_start": "2021-03-01"}
    assert due(training("2021-02-20", **course), "application") == "2021-03-15"
    assert condition(training("2021-03-15", **course), "application_in_time") == "met"
    assert condition(training("2021-03-16", **course), "application_in_time") == "not_met"


def test_only_the_invoice_without_vat_is_supported() -> None:  # K15, K28
    case = training(fee="1000", vat_rate="21", vat_deductible=False)
    assert amounts(case, "support", "own_share", "vat_paid_directly", "total_own_cost") == [
        "300.00",
        "700.00",
        "210.00",
        "910.00",
    ]


def test_a_non_profit_association_cannot_use_it() -> None:  # K17
    outcome = answer(training(legal_form="vzw"))
    assert outcome["verdict"] == "not_eligible"


def test_distance_learning_counts_where_the_teacher_answers() -> None:  # K19
    assert condition(training(learning_mode="distance_with_interaction"), "learning_mode") == "met"
    assert condition(training(learning_mode="distance_without_interaction"), "learning_mode") == "not_met"


def test_a_training_costs_100_euro_with_travel_and_catering_in_it() -> None:  # K20
    meal: dict[str, Any] = {"catering": "25", "participants": 1, "days": 1}
    assert condition(training(fee="100"), "minimum_cost") == "met"
    assert condition(training(fee="99.99"), "minimum_cost") == "not_met"
    assert condition(training(fee="50", lecturer_travel="25", **meal), "minimum_cost") == "met"
    assert condition(training(fee="49.99", lecturer_travel="25", **meal), "minimum_cost") == "not_met"


def test_catering_counts_up_to_25_euro_a_person_a_day() -> None:  # K20
    case = training(fee="400", catering="80", participants=2, days=1)
    assert amounts(case, "eligible_cost", "not_covered") == ["450.00", "30.00"]


def test_both_registration_numbers_of_the_provider_are_read() -> None:  # K23
    assert answer(training(provider_number="DV.O214464"))["verdict"] == "eligible"
    assert answer(advice(provider_number="DV.A214465"))["verdict"] == "eligible"


def test_30_days_to_pay_the_deposit() -> None:  # K25
    assert due(training("2021-03-01"), "deposit") == "2021-03-31"


def test_support_comes_in_proportion_to_the_deposit() -> None:  # K26
    assert amounts(training(deposit="350"), "support", "own_share", "not_covered") == [
        "150.00",
        "350.00",
        "500.00",
    ]


def test_5000_euro_more_for_workable_work() -> None:  # K30
    case = increase("2021-05-03", fee="20000")
    assert amounts(case, "ceiling", "support") == ["5000.00", "5000.00"]
    assert condition(increase(ceiling_reached=False), "ceiling_reached") == "not_met"


def test_the_cheque_runs_until_the_end_of_2021() -> None:  # W01, W02, W03
    case = cheque("2021-05-03", project_end="2021-10-31")
    assert due(case, "application") == "2021-12-31"
    assert due(case, "application", "advised") == "2021-06-30"
    assert condition(cheque("2021-08-02", project_end="2021-12-31"), "project_period") == "met"
    assert condition(cheque("2021-08-02", project_end="2022-01-01"), "project_period") == "not_met"


@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_the_cheque_is_for_every_size(size: str) -> None:  # W08
    assert answer(cheque(enterprise_size=size))["verdict"] == "eligible"


@pytest.mark.parametrize(("sector", "committee"), [("profit", None), ("social_profit", "331")])
def test_the_cheque_is_for_profit_and_social_profit(sector: str, committee: str | None) -> None:  # W08
    assert answer(cheque(sector=sector, joint_committee=committee))["verdict"] == "eligible"


def test_the_cheque_gives_10000_euro_at_most_for_each_enterprise_number() -> None:  # W09
    assert support(cheque(cost="50000")) == "10000.00"
    assert support(cheque(cost="50000", support_used_before="6000")) == "4000.00"


@pytest.mark.parametrize(
    "actions",
    [
        ["measurement"],
        ["guidance"],
        ["report", "plan", "prioritisation", "monitoring"],
        ["improvement"],
        ["measurement", "guidance", "report", "plan", "prioritisation", "monitoring", "improvement"],
    ],
)
def test_what_the_cheque_may_pay_for(actions: list[str]) -> None:  # W05, W06
    assert answer(cheque(actions=actions))["verdict"] == "eligible"
