"""What the tests by subject leave untold of the law's days and values; `build.py mutate` finds what that is."""

from __future__ import annotations

from typing import Any

import pytest

from rules import LAW
from tests.rules.cases import (
    advice,
    amounts,
    answer,
    cheque,
    condition,
    due,
    increase,
    only,
    training,
)


@pytest.mark.parametrize("id", ["scheme_state", "increase_state", "cheque_state"])
@pytest.mark.parametrize("day", ["1990-01-01", "2016-03-31"])
def test_before_a_scheme_its_state_is_known_from_the_first_day_that_can_be_asked(id: str, day: str) -> None:
    assert LAW.value(id, day) == "before"


@pytest.mark.parametrize(
    ("day", "rate", "ceiling"), [("2025-12-31", "none", "none"), ("2026-01-01", 20_00, 7_500_00)]
)
def test_a_large_sheltered_workshop_day_by_day(day: str, rate: Any, ceiling: Any) -> None:
    assert LAW.value("support_rate.large_sheltered_workshop", day) == rate
    assert LAW.value("yearly_ceiling.large_sheltered_workshop", day) == ceiling


def test_unknown_vat_has_its_highest_rate_from_the_first_day_that_can_be_asked() -> None:
    assert amounts(training("1990-01-01"), "vat_paid_directly") == [("0.00", "210.00")]


# --- exclusions --------------------------------------------------------------------------------

FIRST_LIST = [
    *[
        "shiatsu",
        "mindfulness",
        "reflexology",
        "astrology",
        "meridians",
        "hypnosis",
        "insights_discovery",
        "mbti",
    ],
    *["nlp", "examination", "driving_licence_am_a_b", "pilot", "subscription_of_unknown_content"],
    *["team_building", "networking", "study_trip"],
]
SECOND_LIST = [
    *["bach_flowers", "shamanism", "pendulum", "card_reading", "walking_coaching", "boat_licence", "wellness"]
]


@pytest.mark.parametrize("of", [training, advice])
@pytest.mark.parametrize(
    ("day", "first", "second"),
    [
        ("2020-06-30", False, False),
        ("2020-07-01", True, False),
        ("2021-07-13", True, False),
        ("2021-07-14", True, True),
        ("2026-11-23", True, True),
    ],
)
def test_each_exclusion_from_its_day_on(of: Any, day: str, first: bool, second: bool) -> None:
    for services, listed in ((FIRST_LIST, first), (SECOND_LIST, second), (["none"], False)):
        for service in services:
            state = condition(of(day, excluded_service=service), "service_not_excluded")
            assert (state == "not_met") is listed, service
    periodic = condition(of(day, excluded_service="periodic_advice"), "service_not_excluded")
    assert (periodic == "not_met") is (of is advice)


# --- the calls ---------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [increase, cheque])
@pytest.mark.parametrize(
    ("days", "window"),
    [
        (["2019-05-07", "2019-12-06", "2019-12-31"], "from 7 May 2019 to 31 December 2019"),
        (["2020-01-01", "2020-12-31"], "from 1 January 2020 to 31 December 2020"),
        (["2021-01-01", "2021-12-31"], "from 1 January 2021 to 31 December 2021"),
        (["2022-01-01", "2022-11-30"], "from 1 January 2022 to 30 November 2022"),
        (["2023-01-17", "2023-10-11"], "from 17 January 2023 to 11 October 2023"),
        (["2024-01-01", "2024-07-31"], "from 1 January 2024 to 31 July 2024"),
    ],
)
def test_the_call_that_is_open_says_from_when_until_when(of: Any, days: list[str], window: str) -> None:
    for day in days:
        told = only([told for told in answer(of(day))["conditions"] if told["id"] == "scheme_open"])
        assert told["state"] == "met"
        assert window in told["text"]


@pytest.mark.parametrize(
    ("day", "start", "end", "state"),
    [
        ("2020-12-31", "2021-09-01", "2021-12-31", "unknown"),  # past the year of the call
        ("2021-01-01", "2021-09-01", "2021-12-31", "met"),
        ("2021-01-01", "2021-09-01", "2022-01-01", "not_met"),
        ("2021-12-31", "2021-12-31", "2022-01-01", "not_met"),
        ("2022-01-01", "2022-09-01", "2023-01-01", "unknown"),
        ("2024-01-01", "2024-04-01", "2024-08-31", "met"),
        ("2024-01-01", "2024-04-01", "2024-09-01", "not_met"),
        ("2024-07-31", "2024-07-31", "2024-09-01", "not_met"),
        ("2024-08-01", "2024-08-01", "2024-09-01", "met"),  # no call, and so no last day of one
    ],
)
def test_the_last_day_of_work_on_the_first_and_last_day_of_a_call(
    day: str, start: str, end: str, state: str
) -> None:
    assert condition(cheque(day, project_start=start, project_end=end), "project_period") == state


@pytest.mark.parametrize(
    ("day", "advised"),
    [
        ("2020-12-31", None),
        ("2021-01-01", "2021-06-30"),
        ("2021-12-31", "2021-06-30"),
        ("2022-01-01", None),
        ("2024-02-01", None),
    ],
)
def test_only_the_call_of_2021_advises_a_day(day: str, advised: str | None) -> None:
    assert due(cheque(day), "application", "advised") == advised
