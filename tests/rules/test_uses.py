"""Plan, goal, compare and group: what each answers, worked out by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from copy import copy
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from rules import LAW, SCHEMES, comparing, reading, uses
from rules.batch import plan_rows
from rules.dated import Parameter
from rules.wording import LANGUAGES, Wording
from tests.rules.cases import (
    Request,
    advice,
    amount,
    calculate,
    cheque,
    increase,
    later,
    only,
    training,
    unraised,
)
from tests.rules.terminal import run

ENGLISH = Wording("en")


# --- plan: the ledger --------------------------------------------------------------------------


def plan(*projects: Any, **enterprise: Any) -> Any:
    return unraised(uses.plan, {"enterprise": enterprise, "projects": list(projects)}, LAW, ENGLISH)


def of_each(answer: Any, name: str = "support") -> list[Any]:
    return [amount(project, name) for project in answer["projects"]]


def verdicts(answer: Any) -> list[Any]:
    return [project["verdict"] for project in answer["projects"]]


def ledger(answer: Any) -> list[tuple[Any, ...]]:
    """Scheme, year, ceiling, used and left of each row."""
    return [
        (row["scheme"], row["year"], *(_ends(row[name]) for name in ("ceiling", "used", "left")))
        for row in answer["years"]
    ]


def _ends(told: Any) -> Any:
    return told["low"] if told["low"] == told["high"] else (told["low"], told["high"])


def remarks(answer: Any) -> list[list[str]]:
    return [[remark["id"] for remark in project["remarks"]] for project in answer["projects"]]


def refused(answer: Any) -> list[tuple[Any, str]]:
    """What is wrong with a request; the answer then has the outcome's shape."""
    assert answer.get("verdict", "none") is None
    return [(error["fact"], error["code"]) for error in answer["errors"]]


PORTFOLIO = "kmo_portefeuille"


def test_a_plan_answers_each_project_in_the_order_given_and_uses_ceilings_in_the_order_of_application() -> (
    None
):
    answer = plan(
        training("2021-03-01", fee="20000"),
        training("2022-03-01", fee="20000"),
        training("2021-02-01", fee="10000"),
    )
    assert set(answer) == {"projects", "years", "total"}
    assert of_each(answer) == ["4500.00", "6000.00", "3000.00"]
    assert of_each(answer, "ceiling_left_before") == ["4500.00", "7500.00", "7500.00"]
    assert of_each(answer, "ceiling_left_after") == ["0.00", "1500.00", "4500.00"]
    assert ledger(answer) == [
        (PORTFOLIO, 2021, "7500.00", "7500.00", "0.00"),
        (PORTFOLIO, 2022, "7500.00", "6000.00", "1500.00"),
    ]
    assert _ends(answer["total"]["support"]) == "13500.00"
    assert _ends(answer["total"]["invoice"]) == "50000.00"
    assert _ends(answer["total"]["own_share"]) == "36500.00"


def test_a_project_of_a_plan_is_an_outcome_with_remarks() -> None:
    project = only(plan(training("2021-03-01"))["projects"])
    alone = calculate({**training("2021-03-01"), "support_used_this_year": 0}, "en")
    assert set(project) == {*alone, "remarks"}
    assert (project["verdict"], project["amounts"]["support"]) == ("eligible", alone["amounts"]["support"])


def test_ties_go_in_the_order_given() -> None:
    large, small = training("2021-03-01", fee="24000"), training("2021-03-01", fee="2000")
    assert of_each(plan(large, small)) == ["7200.00", "300.00"]
    assert of_each(plan(small, large)) == ["600.00", "6900.00"]


def test_what_the_first_project_says_was_used_comes_before_all() -> None:
    answer = plan(
        training("2021-03-01", support_used_this_year="7000"),
        training("2021-04-01", support_used_this_year="0"),
    )
    assert of_each(answer) == ["300.00", "200.00"]
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", "7500.00", "0.00")]


def test_a_projects_own_facts_go_before_the_enterprises() -> None:
    answer = plan(
        training("2021-03-01", enterprise_size=None), training("2022-03-01"), enterprise_size="medium"
    )
    assert of_each(answer) == ["200.00", "300.00"]


def test_refused_projects_use_nothing() -> None:
    answer = plan(training("2021-03-01", fee="20000", legal_form="vzw"), training("2021-04-01", fee="10000"))
    assert verdicts(answer) == ["not_eligible", "eligible"]
    assert of_each(answer) == ["0.00", "3000.00"]
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", "3000.00", "4500.00")]


def test_what_finds_nothing_left_is_refused() -> None:
    answer = plan(training("2021-12-20", fee="25000"), training("2021-12-21"))
    assert verdicts(answer) == ["eligible", "not_eligible"]
    assert of_each(answer) == ["7500.00", "0.00"]


def test_the_ceilings_of_december_2019_and_of_the_year_after() -> None:
    answer = plan(training("2019-12-31", fee="40000"), training("2020-01-01", fee="40000"))
    assert of_each(answer) == ["10000.00", "7500.00"]
    assert ledger(answer) == [
        (PORTFOLIO, 2019, "10000.00", "10000.00", "0.00"),
        (PORTFOLIO, 2020, "7500.00", "7500.00", "0.00"),
    ]


def test_an_empty_plan() -> None:
    assert plan() == {"projects": [], "years": [], "total": {}}


# --- plan: stopped projects --------------------------------------------------------------------


def test_a_stopped_project_frees_its_share_from_that_day_on() -> None:
    answer = plan(
        training("2021-03-01", fee="20000", stopped_on="2021-04-01"),
        training("2021-03-31", fee="10000"),  # the day before: 1,500 left
        training("2021-04-01", fee="10000"),  # 6,000 free again
    )
    assert of_each(answer) == ["6000.00", "1500.00", "3000.00"]
    assert of_each(answer, "ceiling_left_before") == ["7500.00", "1500.00", "6000.00"]
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", "4500.00", "3000.00")]
    assert remarks(answer)[0] == ["stopped"]


def test_a_project_stopped_in_the_next_year_frees_nothing() -> None:
    answer = plan(
        training("2021-12-01", fee="20000", stopped_on="2022-01-01"),
        training("2021-12-31", fee="10000"),
        training("2022-01-03", fee="30000"),
    )
    assert of_each(answer) == ["6000.00", "1500.00", "7500.00"]
    assert ledger(answer) == [
        (PORTFOLIO, 2021, "7500.00", "7500.00", "0.00"),
        (PORTFOLIO, 2022, "7500.00", "7500.00", "0.00"),
    ]


@pytest.mark.parametrize(("stopped", "used"), [("2021-12-31", "0.00"), ("2022-01-01", "6000.00")])
def test_a_year_shows_what_is_free_at_its_end(stopped: str, used: str) -> None:
    answer = plan(training("2021-03-01", fee="20000", stopped_on=stopped))
    assert ledger(answer)[0][3] == used


# --- plan: the class of the enterprise ---------------------------------------------------------


def test_the_class_is_locked_at_the_first_application_of_a_year() -> None:
    answer = plan(
        training("2021-04-01", enterprise_size="medium"),
        training("2021-03-01", enterprise_size="small"),
        training("2022-04-01", enterprise_size="medium"),
    )
    assert of_each(answer) == ["300.00", "300.00", "200.00"]
    assert remarks(answer) == [["size_locked"], [], []]


def test_the_lock_holds_for_the_increase_too() -> None:
    answer = plan(training("2022-03-01", enterprise_size="medium"), increase("2022-05-02"))
    assert of_each(answer) == ["200.00", "200.00"]


def test_a_refused_application_locks_nothing() -> None:
    answer = plan(training("2021-03-01", enterprise_size="medium", legal_form="vzw"), training("2021-04-01"))
    assert of_each(answer) == ["0.00", "300.00"]


def test_the_class_by_figures_is_locked_too() -> None:
    figures = {"enterprise_size": None, "annual_turnover": "1000000", "balance_sheet_total": "1000000"}
    answer = plan(
        training("2021-03-01", headcount="49.99", **figures),
        training("2021-04-01", headcount="50", **figures),
    )
    assert of_each(answer) == ["300.00", "300.00"]


SMALL_OR_MEDIUM = {"headcount": "40", "balance_sheet_total": "20000000"}  # the turnover decides which


@pytest.mark.parametrize(
    "known",
    [{}, {"headcount": "10"}, SMALL_OR_MEDIUM],
    ids=["no figure", "one figure", "all figures but one"],
)
def test_an_unknown_class_is_one_fold_a_class_so_that_no_sum_breaks_a_ceiling(known: Request) -> None:
    unknown = {"fee": "30000", "enterprise_size": None, **known}
    answer = plan(training("2019-03-01", **unknown), training("2019-04-01", **unknown))
    # small: 40 %, at most 10,000; medium: 30 %, at most 15,000
    assert of_each(answer) == [("9000.00", "10000.00"), "6000.00"]  # nothing is left for a small one
    assert ledger(answer) == [(PORTFOLIO, 2019, ("10000.00", "15000.00"), ("10000.00", "15000.00"), "0.00")]
    assert _ends(answer["total"]["support"]) == ("10000.00", "15000.00")
    assert _ends(answer["total"]["support_before_ceiling"]) == ("18000.00", "24000.00")


def test_where_each_class_is_refused_the_project_is() -> None:
    """A small and a medium-sized one have used up their ceiling, and a large one gets nothing anyway."""
    unknown = {"enterprise_size": None}
    answer = plan(training("2021-03-01", fee="60000", **unknown), training("2021-04-01", **unknown))
    assert verdicts(answer) == ["undecided", "not_eligible"]
    second = answer["projects"][1]
    states = {told["id"]: told["state"] for told in second["conditions"]}
    assert (states["enterprise_size"], states["ceiling_left"]) == ("met", "not_met")  # as of a small one
    assert amount(second, "support_before_ceiling") == ("200.00", "300.00")  # as of either


@pytest.mark.parametrize("days", [2, 3])
def test_ranges_of_several_projects_are_those_of_every_completion_and_no_ceiling_is_broken(days: int) -> None:
    unknown = training(
        "2021-03-01", fee=None
    )  # below the minimum of 100 euro they are refused, and use nothing
    answer = plan(*({**unknown, "application_date": f"2021-03-0{day}"} for day in range(1, days + 1)))
    whole = ("0.00", "7500.00")
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", whole, whole)]
    assert _ends(answer["total"]["support"]) == whole


def test_a_project_that_may_yet_be_refused_uses_its_share_or_nothing() -> None:
    open_theme = training("2024-02-01", fee="25000", theme=None)
    answer = plan(open_theme, training("2024-03-01", fee="10000", theme="innovation"))
    assert verdicts(answer) == ["undecided", "undecided"]
    assert of_each(answer) == ["7500.00", "3000.00"]  # with the theme `other`, the second gets its rate
    assert ledger(answer) == [(PORTFOLIO, 2024, "7500.00", ("3000.00", "7500.00"), ("0.00", "4500.00"))]
    assert _ends(answer["total"]["support"]) == ("3000.00", "7500.00")


def test_between_two_rates_nothing_is_possible() -> None:
    open_theme = training("2022-02-01", fee="16666.67", theme=None)  # 30 % or 45 %: 5,000 or 7,500
    answer = plan(open_theme, training("2022-03-01", fee="20000"), training("2022-04-01", fee="1000"))
    assert of_each(answer) == [("5000.00", "7500.00"), "2500.00", "0.00"]
    assert verdicts(answer) == ["eligible", "undecided", "not_eligible"]


def test_what_is_unknown_of_the_enterprise_is_the_same_in_all_projects() -> None:
    """Where it refuses one, it refuses the others too: so whoever gets support got it from the first on."""
    enterprise = {"legal_form": None, "establishment": None}
    answer = plan(*(training(day, fee="20000", **enterprise) for day in ("2021-03-01", "2021-04-01")))
    assert verdicts(answer) == ["undecided", "undecided"]
    assert of_each(answer) == ["6000.00", "1500.00"]
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", "7500.00", "0.00")]


def test_what_is_unknown_of_one_project_alone_is_its_own() -> None:
    answer = plan(training("2021-03-01", fee="20000", legal_form=None), training("2021-04-01", fee="20000"))
    assert of_each(answer) == ["6000.00", ("1500.00", "6000.00")]


def test_an_application_that_may_yet_be_refused_locks_the_class_or_does_not() -> None:
    first = training("2021-03-01", enterprise_size="medium", learning_mode=None)
    answer = plan(first, training("2021-04-01"))
    assert of_each(answer) == ["200.00", ("200.00", "300.00")]
    assert remarks(answer)[1] == []


def test_where_a_class_may_be_fixed_the_figures_tell_it_only_if_it_is_not() -> None:
    first = training("2021-03-01", enterprise_size="medium", learning_mode=None)
    figures = {"headcount": "10", "annual_turnover": "1000000", "balance_sheet_total": "1000000"}
    answer = plan(first, training("2021-04-01", enterprise_size=None, **figures))
    assert verdicts(answer) == [
        "undecided",
        "eligible",
    ]  # of a class that nobody knows it could be a large one
    assert of_each(answer) == ["200.00", ("200.00", "300.00")]


def test_a_side_that_the_sources_leave_open_is_the_same_for_all_projects() -> None:
    """Raised to 45 % or not: once the first is raised, so is the second, and there is less left for it."""
    raised = [training(day, fee="10000", theme="energy_efficiency") for day in ("2023-06-01", "2023-06-02")]
    answer = plan(*raised)
    assert of_each(answer) == [("3000.00", "4500.00"), "3000.00"]
    assert _ends(answer["total"]["support"]) == ("6000.00", "7500.00")


OPEN: dict[str, list[Any]] = {
    "theme": ["digitalisation", "cybersecurity", "other"],
    "learning_mode": ["in_person", "distance_without_interaction"],
    "fee": ["50", "12000", "30000"],
    "enterprise_size": ["small", "medium"],
    "workable_work": [True, False],
    "actions": [["plan"], ["improvement"]],
}
PLANS: dict[str, list[Request]] = {
    "one open theme": [
        training("2024-02-01", fee="16666.67", theme=None),
        training("2024-03-01", fee="9000", theme="cybersecurity"),
        training("2024-04-01", fee="3000"),
    ],
    "two open themes": [
        training("2024-02-01", fee="9000", theme=None),
        training("2024-03-01", fee="12000", theme=None),
    ],
    "an open class": [
        training("2024-02-01", fee="20000", enterprise_size=None, theme=None),
        training("2024-03-01", fee="20000", enterprise_size=None),
    ],
    "two years": [
        training("2021-02-01", fee="20000", learning_mode=None),
        training("2021-03-01", fee="20000"),
        training("2022-03-01", fee="20000", theme=None),
        training("2022-04-01", fee="20000", learning_mode=None),
    ],
    "a stopped project": [
        training("2021-02-01", fee="20000", learning_mode=None, stopped_on="2021-04-01"),
        training("2021-03-01", fee="20000"),
        training("2021-05-01", fee="20000", learning_mode=None),
    ],
    "the increase": [
        increase("2022-03-01", fee="12000", learning_mode=None),
        increase("2022-04-01", fee="12000"),
    ],
    "the cheque": [
        cheque("2020-03-02", cost="10000", actions=None),
        cheque("2021-03-01", cost="10000"),
        cheque("2021-04-01", cost="1000"),
        cheque("2021-05-03", cost="1000"),
    ],
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_with_open_facts_is_all_its_completions_together(name: str) -> None:
    """Each completion is planned by itself; together they are the least and the most of every amount."""
    projects = PLANS[name]
    shared = {"enterprise_size"} if all(not project.get("enterprise_size") for project in projects) else set()
    whole = [plan(*completed) for completed in completions(projects, shared)]
    answer = plan(*projects)
    for place, told in enumerate(answer["projects"]):
        each = [one["projects"][place] for one in whole]
        accepted = [one["amounts"] for one in each if one["verdict"] != "not_eligible"]
        for amount_name in accepted[0]:
            assert told["amounts"][amount_name] | {"text": ""} == hull(accepted, amount_name) | {"text": ""}
        for condition in told["conditions"]:
            states = {
                one["state"] for each_ in each for one in each_["conditions"] if one["id"] == condition["id"]
            }
            wanted = states.pop() if len(states) == 1 else "unknown"
            if condition["id"] != "enterprise_size":  # a large enterprise is no completion here
                assert condition["state"] == wanted, condition["id"]
    for place, row in enumerate(answer["years"]):
        for part in ("ceiling", "used", "left"):
            assert row[part] == hull([one["years"][place] for one in whole], part)
    for amount_name, told in answer["total"].items():
        assert told == hull([one["total"] for one in whole], amount_name), amount_name


def completions(projects: list[Request], shared: set[str]) -> Iterator[list[Request]]:
    """Every way to fill in what is open; what is ``shared`` is the same in all projects."""
    own = [
        (place, name)
        for place, project in enumerate(projects)
        for name in OPEN
        if name in project and project[name] is None and name not in shared
    ]
    for values in product(*(OPEN[name] for _, name in own), *(OPEN[name] for name in shared)):
        completed = [
            {**project, **dict(zip(shared, values[len(own) :], strict=True))} for project in projects
        ]
        for (place, name), value in zip(own, values, strict=False):
            completed[place][name] = value
        yield completed


def hull(told: list[Any], name: str) -> dict[str, str]:
    ends = [one[name] for one in told if name in one]
    return {
        "low": min((end["low"] for end in ends), key=Decimal),
        "high": max((end["high"] for end in ends), key=Decimal),
    }


def test_a_class_that_would_use_up_the_ceiling_leaves_the_next_project_undecided() -> None:
    figures = {"enterprise_size": None, "headcount": "40", "balance_sheet_total": "20000000"}  # no large one
    answer = plan(*(training(day, fee="25000", **figures) for day in ("2022-02-01", "2022-03-01")))
    assert verdicts(answer) == ["eligible", "undecided"]
    left = only([told for told in answer["projects"][1]["conditions"] if told["id"] == "ceiling_left"])
    assert left["state"] == "unknown"


def test_a_class_locked_in_each_fold_holds_whatever_the_project_says() -> None:
    answer = plan(
        training("2021-12-17", enterprise_size="large"), training("2021-06-22", enterprise_size=None)
    )
    assert verdicts(answer) == ["undecided", "undecided"]
    assert of_each(answer) == [("200.00", "300.00")] * 2


def test_a_stopped_project_lets_no_sum_break_a_ceiling() -> None:
    unknown = training("2021-05-22", fee=None)
    stopped = training("2021-07-22", stopped_on="2021-08-08")
    answer = plan(unknown, training("2021-06-22", fee="10000"), stopped)
    assert _ends(answer["total"]["support"]) == ("3000.00", "7500.00")


def test_what_the_support_leaves_is_summed_within_the_ceiling_too() -> None:
    open_theme = training("2022-02-01", fee="16666.67", theme=None)  # 30 % or 45 %: 5,000 or 7,500
    answer = plan(open_theme, training("2022-03-01", fee="20000"))
    assert _ends(answer["total"]["support"]) == "7500.00"
    assert _ends(answer["total"]["own_share"]) == (
        "9166.67",
        "29166.67",
    )  # at 45 % nothing is left for the second
    assert _ends(answer["total"]["not_covered"]) == ("0.00", "20000.00")
    assert _ends(answer["total"]["total_own_cost_without_vat"]) == "29166.67"


def test_a_known_deposit_keeps_every_completion_in_the_ledger() -> None:
    unknown = training("2021-03-01", fee=None)
    second = training("2021-03-02", fee="1000", deposit="400")
    [(_, _, _, used, _)] = ledger(plan(unknown, second))
    for fee in ("100", "1000", "24000", "25000", "24333.33", "23000"):
        [(_, _, _, one, _)] = ledger(plan({**unknown, "fee": fee}, second))
        assert Decimal(used[0]) <= Decimal(one) <= Decimal(used[1]), fee


# --- plan: the other schemes -------------------------------------------------------------------


def test_the_cheque_has_one_ceiling_for_ever() -> None:
    answer = plan(
        cheque("2021-03-01", cost="10000"),
        cheque("2020-03-02", cost="5000"),
        cheque("2021-04-01", cost="5000"),
    )
    assert of_each(answer) == ["6000.00", "3000.00", "1000.00"]
    assert ledger(answer) == [("werkbaarheidscheque", None, "10000.00", "10000.00", "0.00")]


def test_what_was_used_in_the_year_itself_counts_against_the_ceiling_whatever_counts_of_earlier_years() -> (
    None
):
    same_year = plan(cheque("2022-03-01", cost="10000"), cheque("2022-04-01", cost="10000"))
    assert of_each(same_year) == ["6000.00", "4000.00"]
    assert ledger(same_year) == [("werkbaarheidscheque", None, "10000.00", "10000.00", "0.00")]
    both = plan(*(cheque(day, cost="10000") for day in ("2021-03-01", "2022-03-01", "2022-04-01")))
    assert of_each(both) == ["6000.00", ("4000.00", "6000.00"), "4000.00"]
    assert verdicts(both) == ["eligible", "eligible", "undecided"]  # of 2022 itself, 4,000 or 6,000 is used


def test_three_uses_of_the_cheque_are_the_most() -> None:
    answer = plan(*(cheque(f"2021-0{month}-01", cost="1000") for month in (1, 2, 3, 4)))
    assert verdicts(answer) == ["eligible"] * 3 + ["not_eligible"]


@pytest.mark.parametrize("earlier", [{}, {"cheques_used_before": 0}])
def test_who_used_the_cheque_before_is_refused_from_2023_on(earlier: Request) -> None:
    answer = plan(cheque("2021-01-04", cost="1000"), cheque("2023-02-01", cost="1000"), **earlier)
    assert verdicts(answer) == ["eligible", "not_eligible"]


def test_the_increase_after_the_portfolios_ceiling() -> None:
    answer = plan(
        increase("2022-05-02", fee="10000", ceiling_reached=None),
        increase("2022-06-01", fee="10000", ceiling_reached=None),
        training("2022-05-01", fee="25000"),
    )
    assert verdicts(answer) == ["eligible"] * 3
    assert of_each(answer) == ["3000.00", "2000.00", "7500.00"]
    assert ledger(answer) == [
        (PORTFOLIO, 2022, "7500.00", "7500.00", "0.00"),
        ("kmo_portefeuille_increase", 2022, "5000.00", "5000.00", "0.00"),
    ]


def test_all_schemes_side_by_side_each_with_its_own_ceiling() -> None:
    answer = plan(training("2021-03-01"), increase("2021-03-01"), cheque("2021-03-01"))
    assert {row[0]: row[3] for row in ledger(answer)} == {
        PORTFOLIO: "300.00",
        "kmo_portefeuille_increase": "300.00",
        "werkbaarheidscheque": "3000.00",
    }
    assert _ends(answer["total"]["support"]) == "3600.00"


# --- plan: what goes wrong, and what is remarked -----------------------------------------------


def test_a_bad_project_has_its_errors_in_its_place() -> None:
    answer = plan(training("2021-03-01"), training("2021-03-01", fee="much"), 3, training("2021-03-02"))
    assert of_each(answer)[0] == of_each(answer)[3] == "300.00"
    assert refused(answer["projects"][1]) == [("fee", "not_an_amount")]
    assert refused(answer["projects"][2]) == [(None, "not_an_object")]
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", "600.00", "6900.00")]


@pytest.mark.parametrize(
    "request_", [None, 3, [], {}, {"projects": {}}, {"projects": None}, {"projects": [], "enterprise": "a"}]
)
def test_what_is_no_plan(request_: Any) -> None:
    assert refused(unraised(uses.plan, request_, LAW, ENGLISH)) == [(None, "not_an_object")]


def test_a_project_without_a_date_counts_against_no_ceiling() -> None:
    answer = plan({**training("2021-03-01"), "application_date": None}, training("2021-03-01"))
    assert remarks(answer) == [["no_date"], []]
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", "300.00", "7200.00")]


def test_a_cheque_without_a_date_gets_what_the_others_leave_of_the_one_ceiling() -> None:
    undated = cheque(cost="20000", application_date=None, project_start=None, project_end=None)
    answer = plan(undated, cheque("2021-03-01", cost="5000"))
    assert of_each(answer) == [("7000.00", "10000.00"), "3000.00"]  # in 2022 what was used may not count
    assert remarks(answer)[0] == ["no_date_last"]
    assert _ends(answer["total"]["support"]) == ("3000.00", "10000.00")  # in 2023 a second use is refused


def test_a_day_on_which_a_cheque_was_stopped_is_left_aside() -> None:
    stopped = cheque("2021-03-01", cost="10000", stopped_on="2021-04-01")
    answer = plan(stopped, cheque("2021-05-03", cost="10000"))
    assert of_each(answer) == ["6000.00", "4000.00"]
    assert remarks(answer) == [[], []]
    assert remarks(plan({**stopped, "application_date": None})) == [["no_date_last"]]


def test_the_first_project_that_gets_less_than_its_rate_is_marked() -> None:
    answer = plan(*(training(f"2021-0{month}-01", fee="12000") for month in (1, 2, 3, 4)))
    assert of_each(answer) == ["3600.00", "3600.00", "300.00", "0.00"]
    assert [("short" in told) for told in remarks(answer)] == [False, False, True, False]


def test_what_was_used_before_the_plan_stays_used_whatever_is_given_back() -> None:
    stopped = training("2021-02-01", fee=None, support_used_this_year="1000", stopped_on="2021-03-01")
    answer = plan(stopped, training("2021-04-01"))
    assert of_each(answer, "ceiling_left_before") == ["6500.00", "6500.00"]
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", "1300.00", "6200.00")]


def test_several_unknown_projects_get_together_no_more_than_what_was_left() -> None:
    unknown = training("2021-04-01", fee=None)
    before = training("2021-02-01", fee=None, support_used_this_year="7000")
    assert _ends(plan(before, unknown)["total"]["support"]) == ("0.00", "500.00")
    stopped = training("2021-02-01", fee="10000", support_used_this_year="1000", stopped_on="2021-05-03")
    answer = plan(stopped, unknown, unknown, training("2021-06-02", fee=None))
    # 4,000 are used until May, 1,000 after it; what two others get by then is no longer left in June
    assert of_each(answer, "ceiling_left_before")[1:] == [
        "3500.00",
        ("0.01", "3500.00"),
        ("3000.00", "6500.00"),
    ]
    assert _ends(answer["total"]["support"]) == ("0.00", "6500.00")


def test_a_deposit_decides_what_a_project_of_a_plan_uses() -> None:
    answer = plan(training("2021-02-01", deposit="70"), training("2021-04-01"))
    assert ledger(answer) == [(PORTFOLIO, 2021, "7500.00", "330.00", "7170.00")]
    unknown = plan(
        training("2021-02-01", deposit="70", enterprise_size=None),
        training("2021-04-01", enterprise_size=None),
    )
    # 70 of the 700 or 800 euro due earns a tenth of 300, or 70 / 800 of 200
    assert of_each(unknown) == [("17.50", "30.00"), ("200.00", "300.00")]
    assert of_each(unknown, "ceiling_left_before")[1] == ("7470.00", "7482.50")
    assert ledger(unknown) == [(PORTFOLIO, 2021, "7500.00", ("217.50", "330.00"), ("7170.00", "7282.50"))]


def test_cheques_get_together_no_more_than_their_one_ceiling() -> None:
    answer = plan(cheque("2021-03-01", cost=None), cheque("2021-05-03", cost="5000"))
    assert _ends(answer["total"]["support"]) == ("0.00", "10000.00")
    assert _ends(answer["total"]["co_financing"]) == ("2000.00", None)  # 40 % of 5,000 at least


def other_days(answer: Any, place: int) -> list[tuple[str, str, Any]]:
    """What another day would give a project of a plan."""
    told = answer["projects"][place]["remarks"]
    return [
        (each["id"], each["application_date"], _ends(each["support"]))
        for each in told
        if "application_date" in each and "support" in each
    ]


def test_what_another_date_would_give() -> None:
    answer = plan(training("2021-12-20", fee="25000"), training("2021-12-21"), training("2022-12-21"))
    assert other_days(answer, 1) == [("later_year", "2022-01-01", "300.00")]
    assert remarks(answer)[2] == []
    for day in ("2019-12-01", "2019-12-02"):
        assert other_days(plan(training(day)), 0) == [("before_change", "2019-11-30", "400.00")]
    assert other_days(plan(training("2019-11-30")), 0) == []


def test_on_another_day_of_the_same_year_as_little_is_left() -> None:
    answer = plan(training("2019-10-01", fee="40000"), training("2019-12-20"))
    assert other_days(answer, 1) == [("later_year", "2020-01-01", "300.00")]


def test_the_first_that_falls_short_is_marked_for_each_ceiling() -> None:
    years = plan(*(training(f"{year}-03-01", fee="30000") for year in (2021, 2021, 2022)))
    assert [("short" in told) for told in remarks(years)] == [True, False, True]
    used_up = plan(training("2021-12-20", fee="25000"), training("2021-12-21"))
    assert [("short" in told) for told in remarks(used_up)] == [False, True]
    for_ever = plan(*(cheque(day, cost="20000") for day in ("2020-03-02", "2021-03-01", "2022-03-01")))
    assert [("short" in told) for told in remarks(for_ever)] == [False, True, False]


def test_where_the_ceiling_is_used_up_the_increase_is_told_of_while_it_held() -> None:
    full, short = training("2021-03-01", fee="25000"), training("2021-06-01", fee="2000")
    answer = plan(full, short)
    told = {each["id"]: each for each in answer["projects"][1]["remarks"]}
    assert _ends(told.get("increase", {}).get("support", {"low": None, "high": None})) == "600.00"
    assert "increase" not in remarks(answer)[0]
    # not between the calls, and not where the plan holds an increase of that year itself
    closed = plan(training("2023-11-01", fee="25000"), training("2023-11-02"))
    assert "increase" not in remarks(closed)[1]
    assert "short" in remarks(closed)[1]
    own = plan(full, short, increase("2021-07-01"))
    assert "increase" not in remarks(own)[1]


def test_a_plan_equals_its_fold_by_hand() -> None:
    projects = [
        training("2020-01-15", fee="9999.99", enterprise_size="medium"),
        advice("2020-02-01", fee="12345.67", enterprise_size="medium"),
        training("2020-03-01", fee="99.99", enterprise_size="medium"),  # refused
        training("2020-04-01", fee="20000", enterprise_size="medium"),
        training("2021-04-01", fee="20000", theme="cybersecurity", enterprise_size="medium"),
    ]
    used: dict[str, Decimal] = {}
    expected = []
    for project in projects:
        year = project["application_date"][:4]
        told = calculate({**project, "support_used_this_year": str(used.get(year, 0))}, "en")
        used[year] = used.get(year, Decimal(0)) + Decimal(told["amounts"]["support"]["low"])
        expected.append((told["verdict"], told["amounts"]))
    answer = plan(*projects)
    assert [(told["verdict"], told["amounts"]) for told in answer["projects"]] == expected
    assert [row[3] for row in ledger(answer)] == [str(used["2020"]), str(used["2021"])]


def test_a_plan_as_csv_has_one_ledger_for_each_enterprise() -> None:
    names = [name for name, value in training().items() if value is not None]
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["enterprise", *names])
    for enterprise, day in (("A", "2021-03-02"), ("B", "2021-03-03"), ("A", "2021-03-01")):
        case = training(day, fee="20000", on_official_list="no", main_activity_accepted="yes")
        rows.writerow([enterprise, *(case[name] for name in names)])
    told, bad, ledgers = planned(out.getvalue())
    assert [(row["enterprise"], row["support_low"]) for row in told] == [
        ("A", "1500.00"),
        ("B", "6000.00"),
        ("A", "6000.00"),
    ]
    assert (bad, ledgers) == (0, [1, 2])


def test_a_row_without_an_enterprise_has_a_ledger_with_the_others_that_have_none() -> None:
    """One row says nothing in the last column, and one ends before it."""
    case = {**training("2021-03-01", fee="20000", on_official_list="no", main_activity_accepted="yes")}
    names = [*case, " enterprise "]
    row = [str(value) for value in case.values()]
    told, bad, ledgers = planned(
        "\n".join(",".join(cells) for cells in (names, [*row, ""], row, [*row, "A"]))
    )
    assert [cells["support_high"] for cells in told] == ["6000.00", "1500.00", "6000.00"]
    assert (bad, ledgers) == (0, [1, 2])


def test_a_row_of_a_plan_that_cannot_be_read_stops_nothing() -> None:
    text = "scheme,application_date,enterprise,fee\nkmo_portefeuille,2021-03-01,A,much\nwrong,,A,1,2\n"
    told, bad, ledgers = planned(text + "kmo_portefeuille,2021-03-01,A,1000\n")
    assert [row["errors"] for row in told] == ["fee:not_an_amount", ":not_an_object", ""]
    assert (bad, ledgers) == (2, [1])


@pytest.mark.parametrize("header", ["enterprise", "Enterprise", " ENTERPRISE "])
def test_the_column_of_the_enterprise_is_known_in_any_case(header: str) -> None:
    out, said = io.BytesIO(), list[str]()
    case = {**training("2021-03-01", fee="20000", on_official_list="no", main_activity_accepted="yes")}
    lines = [[*case, header]] + [[*(str(value) for value in case.values()), name] for name in "AB"]
    text = "\n".join(",".join(cells) for cells in lines)
    plan_rows(io.BytesIO(text.encode()), out, ENGLISH, said.append)
    rows = csv.DictReader(io.StringIO(out.getvalue().decode()))
    assert ([row["support_low"] for row in rows], said) == (["6000.00", "6000.00"], [])


def test_without_a_column_of_the_enterprise_all_rows_are_one_and_that_is_said() -> None:
    said = list[str]()
    text = b"scheme,fee\nkmo_portefeuille,1\n"
    plan_rows(io.BytesIO(text), io.BytesIO(), ENGLISH, said.append)
    assert said == ["No column is called enterprise: all rows count as one enterprise."]


def test_a_blank_row_of_a_plan_stays_in_its_place() -> None:
    text = "scheme,application_date,enterprise,fee\n\nkmo_portefeuille,2021-03-01,A,much\n"
    out, said = io.BytesIO(), list[str]()
    assert plan_rows(io.BytesIO(text.encode()), out, ENGLISH, said.append) == 1
    assert said == ["1 row has an error: 3."]
    assert [bool(line) for line in out.getvalue().decode().split("\n")] == [True, False, True, False]


def planned(text: str) -> tuple[list[dict[str, str]], int, list[int]]:
    """A plan as CSV: its rows, how many were bad, and how progress was told."""
    answered, said, progress = io.BytesIO(), list[str](), list[int]()
    source = io.BytesIO(text.encode())
    bad = unraised(plan_rows, source, answered, ENGLISH, said.append, progress.append)
    return list(csv.DictReader(io.StringIO(answered.getvalue().decode()))), bad, progress


# --- goal --------------------------------------------------------------------------------------


def goal(facts: Request, find: str, reach: str, value: Any) -> Any:
    request = {"facts": facts, "find": find, "reach": {"amount": reach, "value": value}}
    return unraised(uses.goal, request, LAW, ENGLISH)


def solutions(facts: Request, find: str, reach: str, value: Any) -> list[tuple[str, str, str]]:
    return [(run["from"], run["to"], run["verdict"]) for run in goal(facts, find, reach, value)["solutions"]]


SMALL = training("2021-03-01")
MOST = "999999999.99"


@pytest.mark.parametrize(
    ("case", "find", "reach", "value", "expected"),
    [
        (SMALL, "fee", "support", "300", [("999.99", "1000.01", "eligible")]),  # 299.997, 300, 300.003
        (SMALL, "fee", "support", "7500", [("24999.99", MOST, "eligible")]),
        (SMALL, "fee", "support", "0", [("0.00", "99.99", "not_eligible")]),
        (SMALL, "fee", "support", "30", [("100.00", "100.01", "eligible")]),  # the minimum cuts 99.99 off
        (SMALL, "fee", "own_share", "70", [("100.00", "100.00", "eligible")]),
        (SMALL, "fee", "own_share", "17500", [("25000.00", "25000.00", "eligible")]),
        (SMALL, "fee", "ceiling_left_after", "7470", [("100.00", "100.01", "eligible")]),
        (SMALL, "fee", "not_covered", "99", [("99.00", "99.00", "not_eligible")]),
        (SMALL, "fee", "not_covered", "0", [("0.00", "0.00", "not_eligible"), ("100.00", MOST, "eligible")]),
        (SMALL, "support_used_this_year", "support", "100", [("7400.00", "7400.00", "eligible")]),
        (SMALL, "support_used_this_year", "support", "300", [("0.00", "7200.00", "eligible")]),
        (SMALL, "support_used_this_year", "support", "0", [("7500.00", MOST, "not_eligible")]),
        (SMALL, "deposit", "support", "150", [("349.99", "350.01", "eligible")]),
        (SMALL, "deposit", "support", "300", [("699.99", MOST, "eligible")]),  # 299.996 rounds up
        (SMALL, "deposit", "own_share", "350", [("350.00", "350.00", "eligible")]),
        (SMALL, "deposit", "not_covered", "500", [("350.00", "350.00", "eligible")]),
        (SMALL, "de_minimis_received", "support", "300", [("0.00", "199700.00", "eligible")]),
        (SMALL, "de_minimis_received", "support", "0", [("199700.01", MOST, "not_eligible")]),
        (
            training("2021-03-01", vat_rate="21", vat_deductible=False),
            "fee",
            "total_own_cost",
            "910",
            [("1000.00", "1000.00", "eligible")],  # 700 and 210
        ),
        (
            training("2021-03-01", vat_rate="21", vat_deductible=True),
            "fee",
            "vat_paid_directly",
            "21",
            # 20.9979, 21, 21.0021; below the minimum VAT is paid as well
            [("99.98", "99.99", "not_eligible"), ("100.00", "100.02", "eligible")],
        ),
        (
            training("2021-03-01", catering="60", participants=1, days=2),
            "catering",
            "support",
            "315",
            [("49.99", MOST, "eligible")],  # 314.997
        ),
        (
            training("2021-03-01", fee="100", catering="60", participants=1, days=1),
            "catering",
            "not_covered",
            "10",
            [("35.00", "35.00", "eligible")],
        ),
        (
            training("2021-03-01", enterprise_size=None, headcount="10", balance_sheet_total="10000000.01"),
            "annual_turnover",
            "support",
            "300",
            [("0.00", "10000000.00", "eligible")],
        ),
        (
            training("2021-03-01", enterprise_size=None, headcount="10", balance_sheet_total="43000000.01"),
            "annual_turnover",
            "support",
            "200",
            [("10000000.01", "50000000.00", "eligible")],
        ),
        (
            training("2019-12-31", enterprise_size="medium"),
            "fee",
            "support",
            "15000",
            [("74999.98", MOST, "eligible")],
        ),
        (advice("2021-03-01"), "fee", "support", "149.99", []),  # advice starts at 500
        (increase("2022-05-02"), "fee", "support", "5000", [("16666.65", MOST, "eligible")]),
        (
            increase("2022-05-02", workable_work=False, fee="10000"),
            "hr_support_this_year",
            "support",
            "100",
            [("100.00", "100.00", "eligible")],
        ),
        (cheque("2021-05-03"), "cost", "support", "10000", [("16666.66", MOST, "eligible")]),
        (cheque("2021-05-03"), "cost", "co_financing", "0.40", [("0.99", "1.01", "eligible")]),
        (cheque("2021-05-03"), "support_used_before", "support", "100", [("9900.00", "9900.00", "eligible")]),
        ({**SMALL, "legal_form": "vzw"}, "fee", "support", "0", [("0.00", MOST, "not_eligible")]),
        ({**SMALL, "enterprise_size": None}, "fee", "support", "7500", [("37499.98", MOST, "undecided")]),
        ({**SMALL, "legal_form": None}, "fee", "support", "300", [("999.99", "1000.01", "undecided")]),
    ],
)
def test_all_solutions_on_the_cent(case: Request, find: str, reach: str, value: str, expected: Any) -> None:
    answer = goal(case, find, reach, value)
    assert [(run["from"], run["to"], run["verdict"]) for run in answer["solutions"]] == expected
    if expected:
        assert (answer["closest"], answer["questions"]) == (None, [])


def test_a_run_of_solutions_never_crosses_a_verdict() -> None:
    used = training("2021-03-01", support_used_this_year="7500")
    assert solutions(used, "fee", "support", "0") == [("0.00", MOST, "not_eligible")]
    two = solutions(SMALL, "fee", "not_covered", "0")
    assert [verdict for _, _, verdict in two] == ["not_eligible", "eligible"]


def test_the_closest_lie_on_both_sides_of_what_no_cent_reaches() -> None:
    """With a tax of 100 per cent each cent of the fee adds 1.70 cents to what one bears."""
    dear = training("2021-03-01", vat_rate="100", vat_deductible=False)
    closest = goal(dear, "fee", "total_own_cost", "1700.01")["closest"]
    assert closest["below"] == {"value": "1000.00", "amount": "1700.00"}
    assert closest["above"] == {"value": "1000.01", "amount": "1700.02"}
    first = goal(dear, "fee", "total_own_cost", "0.01")["closest"]
    assert first["below"] == {"value": "0.00", "amount": "0.00"}
    assert first["above"] == {"value": "0.01", "amount": "0.02"}
    # once more from 100 euro on, where there is support
    twice = goal(dear, "fee", "total_own_cost", "170.01")["closest"]
    assert (twice["below"]["value"], twice["above"]["value"]) == ("85.00", "85.01")
    assert solutions(dear, "fee", "total_own_cost", "1700.02") == [("1000.01", "1000.01", "eligible")]
    low = goal(SMALL, "fee", "support", "20")["closest"]
    assert low["below"] == {"value": "99.99", "amount": "0.00"}
    assert low["above"] == {"value": "100.00", "amount": "30.00"}


@pytest.mark.parametrize(
    ("case", "find", "value", "below", "above"),
    [
        (SMALL, "fee", "29.99", ("99.99", "0.00"), ("100.00", "30.00")),  # across the minimum
        (SMALL, "fee", "8000", ("24999.99", "7500.00"), None),  # the ceiling: the least of all that reach it
        (training("2016-04-01"), "fee", "0.01", ("99.99", "0.00"), ("100.00", "40.00")),
        (cheque("2021-05-03"), "cost", "10000.01", ("16666.66", "10000.00"), None),
        (SMALL, "support_used_this_year", "400", ("0.00", "300.00"), None),  # a line that falls
        (SMALL, "de_minimis_received", "100", ("199700.01", "0.00"), ("199700.00", "300.00")),  # a leap down
    ],
)
def test_where_nothing_reaches_it_the_closest_are_told(
    case: Request, find: str, value: str, below: Any, above: Any
) -> None:
    answer = goal(case, find, "support", value)
    assert answer["solutions"] == []
    for name, near in (("below", below), ("above", above)):
        told = answer["closest"][name]
        assert (told is None) == (near is None)
        if near:
            assert told["amount"] == near[1]
            assert told["value"] == near[0] or near[0] is None
            found = calculate({**case, find: told["value"]}, "en")["amounts"]["support"]
            assert _ends(found) == near[1]
    assert answer["closest"]["text"]
    assert answer["questions"] == []


def test_unknown_facts_that_stand_in_the_way_are_asked() -> None:
    answer = goal({**SMALL, "enterprise_size": None}, "fee", "support", "300")
    assert (answer["solutions"], answer["questions"]) == ([], ["enterprise_size"])
    assert set(answer["closest"]) == {"below", "above", "text"}


CENTS: list[tuple[Request, str, int, int]] = [  # a case, a fact, and a window of its cents
    (SMALL, "fee", 99_80, 100_40),
    (SMALL, "fee", 24_999_80, 25_000_20),
    (training("2021-03-01", deposit="350"), "fee", 499_80, 500_20),
    (
        training("2021-03-01", deposit="3500"),
        "fee",
        6_999_80,
        7_000_20,
    ),  # rounded twice: up and down by a cent
    (training("2021-03-01", deposit="3500"), "fee", 7_142_60, 7_143_00),  # and for the last time
    # The de minimis limit within a cent of what such a deposit earns: roundings refuse some fees, and others not.
    (training("2021-03-01", deposit="350", de_minimis_received="199850"), "fee", 499_90, 500_20),
    (training("2021-03-01", deposit="350", de_minimis_received="199849.99"), "fee", 499_90, 500_20),
    (training("2021-03-01", deposit="350", de_minimis_received="199850"), "fee", 714_00, 714_50),
    (training("2021-03-01", deposit="350", de_minimis_received="199850"), "deposit", 349_80, 350_20),
    (
        training("2021-03-01", enterprise_size="medium", deposit="350.02", de_minimis_received="199912.5"),
        "fee",
        437_40,
        437_80,
    ),
    (training("2021-03-01", deposit="15000"), "fee", 24_999_80, 25_000_20),
    (training("2021-03-01", fee="1000", lecturer_travel="33.33"), "deposit", 722_90, 723_50),
    (training("2021-03-01", fee="1000"), "deposit", 349_80, 350_20),
    (training("2021-03-01", fee="1000"), "support_used_this_year", 7_199_80, 7_200_20),
    (training("2021-03-01", vat_rate="6", vat_deductible=False), "fee", 16_600, 16_650),
    (training("2019-12-01", catering="80", participants=1, days=3), "catering", 74_80, 75_20),
    (
        training("2023-12-31", fee="1000", de_minimis_received="0"),
        "de_minimis_received",
        199_699_80,
        199_700_20,
    ),
    (cheque("2021-05-03"), "cost", 16_666_50, 16_666_80),
    (cheque("2022-05-02", cost="10000"), "support_used_before", 3_999_80, 4_000_20),
]


@pytest.mark.parametrize(("case", "find", "low", "high"), CENTS)
def test_the_solutions_are_those_of_enumeration(case: Request, find: str, low: int, high: int) -> None:
    """Each cent of a window, as `calculate` answers it, against the runs of each amount that occurs there."""

    def cents(text: str) -> int:
        return int(text.replace(".", ""))

    told = {}
    for value in range(low, high):
        answer = calculate({**case, find: f"{value // 100}.{value % 100:02}"}, "en")
        told[value] = (answer["verdict"], answer["amounts"])
    names = [name for name in told[low][1] if name not in ("ceiling", "ceiling_left_before")]
    for name in names:
        middle = _ends(told[(low + high) // 2][1][name])
        if isinstance(middle, tuple):
            continue
        expected = {(value, said) for value, (said, all_) in told.items() if _ends(all_[name]) == middle}
        found = {
            (value, run["verdict"])
            for run in goal(case, find, name, middle)["solutions"]
            for value in range(max(low, cents(run["from"])), min(high - 1, cents(run["to"])) + 1)
        }
        assert found == expected, name


@pytest.mark.parametrize(
    ("request_", "errors"),
    [
        (None, [(None, "not_an_object")]),
        ({"facts": SMALL}, [(None, "not_an_object")]),
        ({"facts": SMALL, "find": "fee", "reach": []}, [(None, "not_an_object")]),
        ({"facts": [], "find": "fee", "reach": {"amount": "support", "value": 1}}, [(None, "not_an_object")]),
        (
            {"facts": SMALL, "find": "days", "reach": {"amount": "support", "value": 1}},
            [("days", "not_an_amount")],
        ),
        (
            {"facts": SMALL, "find": "fee", "reach": {"amount": "bonus", "value": 1}},
            [("bonus", "unknown_fact")],
        ),
        (
            {"facts": SMALL, "find": "fee", "reach": {"amount": "support", "value": "x"}},
            [("fee", "not_an_amount")],
        ),
        (
            {"facts": SMALL, "find": "fee", "reach": {"amount": "support", "value": -1}},
            [("fee", "out_of_range")],
        ),
        (
            {"facts": {**SMALL, "theme": "x"}, "find": "days", "reach": {"amount": "bonus", "value": "y"}},
            [
                ("days", "not_an_amount"),
                ("theme", "not_a_choice"),
                ("bonus", "unknown_fact"),
                ("days", "not_a_number"),
            ],
        ),
        (
            {"facts": {"fee": 1}, "find": "fee", "reach": {"amount": "support", "value": 1}},
            [("scheme", "missing")],
        ),
    ],
)
def test_what_is_no_goal(request_: Any, errors: Any) -> None:
    assert refused(unraised(uses.goal, request_, LAW, ENGLISH)) == errors


# --- compare -----------------------------------------------------------------------------------


def compare(facts: Request, over: str, *values: Any) -> list[tuple[Any, Any, Any]]:
    """Value, verdict and support of each outcome."""
    request = {"facts": facts, "over": over, **({"values": list(values)} if values else {})}
    answer = unraised(uses.compare, request, LAW, ENGLISH)
    assert set(answer) == {"outcomes"}, answer.get("errors")
    return [
        (told["value"], told["outcome"]["verdict"], amount(told["outcome"], "support"))
        for told in answer["outcomes"]
    ]


def test_over_given_days() -> None:
    case = training("2019-12-01", service_start="2019-12-05")
    assert compare(case, "application_date", "2019-12-01", "2019-11-30", "2019-12-20") == [
        ("2019-12-01", "eligible", "300.00"),
        ("2019-11-30", "eligible", "400.00"),
        ("2019-12-20", "not_eligible", "0.00"),  # the last day is 19 December
    ]


def test_over_each_day_on_which_the_law_changed_for_the_case() -> None:
    any_time: Request = {"service_start": None}
    changes = compare(training(**any_time), "application_date")
    assert [(day, support) for day, _, support in changes] == [
        ("2016-04-01", "400.00"),
        ("2019-12-01", "300.00"),
        ("2020-01-01", "300.00"),  # the ceiling
        ("2020-07-01", "300.00"),  # the exclusions
        ("2023-01-01", "300.00"),  # the themes
    ]
    secure = compare(training(**any_time, theme="cybersecurity"), "application_date")
    assert [(day, support) for day, _, support in secure][4:] == [
        ("2021-09-13", ("300.00", "450.00")),
        ("2021-09-14", "450.00"),
        ("2023-01-01", "450.00"),
    ]
    other = compare(advice(**any_time), "application_date")
    assert other[-1] == ("2026-02-01", "not_eligible", "0.00")


def test_the_day_after_a_change_is_no_change_though_another_value_starts_on_it() -> None:
    """A law in which something starts on 2 December 2019, of which this case hangs on nothing."""
    large = LAW.parameters["headcount_limit.medium"]
    again = large.values[-1]._replace(since=date(2019, 12, 2))
    until = [*large.values[:-1], large.values[-1]._replace(until=again.since), again]
    law = copy(LAW)
    law.parameters = {**LAW.parameters, large.id: Parameter(large.id, large.scheme, large.unit, until)}
    case = reading.read(training(service_start=None))[0]
    days = comparing.days_of_change(SCHEMES[PORTFOLIO], case, law)
    assert {date(2019, 12, day).toordinal() for day in (1, 2)} & set(days) == {date(2019, 12, 1).toordinal()}


def test_the_first_change_of_the_law_after_its_beginning_is_one() -> None:
    """A law of which everything starts on one day, and one rate on another."""
    rate = LAW.parameters["support_rate.small"]
    first, second = rate.values[0], rate.values[-1]
    middle = first._replace(since=date(2018, 5, 1), until=second.since, value=second.value + 1)
    law = copy(LAW)
    law.parameters = {
        id: Parameter(one.id, one.scheme, one.unit, [one.values[0]._replace(since=first.since, until=None)])
        for id, one in LAW.parameters.items()
        if one.values[0].since <= first.since
    }
    values = [first._replace(until=middle.since), middle]
    law.parameters[rate.id] = Parameter(rate.id, rate.scheme, rate.unit, values)
    case = reading.read(training(service_start=None, theme=None))[0]
    assert comparing.days_of_change(SCHEMES[PORTFOLIO], case, law) == [middle.since.toordinal()]


@pytest.mark.parametrize(("days", "changes"), [(45, True), (29, False), (28, True)])
def test_a_deadline_that_only_goes_along_with_the_application_did_not_change(
    days: int, changes: bool
) -> None:
    """From 3 March 2025 on the own share is due so many days after the application, and before in thirty: on the first
    of 29 days it is due on the same day as for an application of the day before."""
    term = LAW.parameters["deposit_term"]
    on = date(2025, 3, 3)
    last = term.values[-1]
    values = [*term.values[:-1], last._replace(until=on), last._replace(since=on, value=days)]
    law = copy(LAW)
    law.parameters = {**LAW.parameters, term.id: Parameter(term.id, term.scheme, term.unit, values)}
    case = reading.read(training(service_start="2025-06-02"))[0]
    found = comparing.days_of_change(SCHEMES[PORTFOLIO], case, law)
    assert (on.toordinal() in found) is changes


def test_days_of_change_among_those_that_matter() -> None:
    case = reading.read(training(service_start=None))[0]
    days = comparing.days_of_change(SCHEMES[PORTFOLIO], case, LAW)
    for few in (range(days[0] + 1, days[-1]), range(days[1], days[1] + 1), range(0)):
        found = comparing.days_of_change(SCHEMES[PORTFOLIO], case, LAW, few)
        assert found == [day for day in days if day in few]


def test_over_the_calls_of_the_cheque() -> None:
    always = cheque(project_start=None, project_end=None)
    changes = compare(always, "application_date")
    assert {day: verdict for day, verdict, _ in changes if verdict == "not_eligible"} == {
        "2022-12-01": "not_eligible",
        "2023-10-12": "not_eligible",
        "2024-08-01": "not_eligible",
    }
    assert {day for day, verdict, _ in changes if verdict != "not_eligible"} >= {
        "2019-05-07",
        "2020-01-01",  # a new call, until another day
        "2021-01-01",
        "2022-01-01",
        "2023-01-01",
        "2023-01-17",
        "2024-01-01",
    }


def test_over_sizes_themes_and_yes_or_no_without_naming_them() -> None:
    assert compare(SMALL, "enterprise_size") == [
        ("small", "eligible", "300.00"),
        ("medium", "eligible", "200.00"),
        ("large", "not_eligible", "0.00"),
    ]
    themes = {theme: support for theme, _, support in compare(training("2024-06-05"), "theme")}
    assert themes.pop("cybersecurity") == themes.pop("energy_efficiency") == "450.00"
    assert themes.pop("other") == themes.pop("occupation_specific_skills") == "0.00"
    assert set(themes.values()) == {"300.00"}
    assert len(themes) == 7
    assert [value for value, _, _ in compare(SMALL, "related_provider")] == [True, False]


def test_over_amounts_and_sets() -> None:
    assert compare(SMALL, "fee", "99.99", 100, "1000.50") == [
        ("99.99", "not_eligible", "0.00"),
        ("100.00", "eligible", "30.00"),
        ("1000.50", "eligible", "300.15"),
    ]
    day = "2020-05-06"
    case = cheque(day, project_end=later(day, 10))
    assert compare(case, "actions", ["plan"], ["improvement"]) == [
        (["plan"], "eligible", "3000.00"),
        (["improvement"], "not_eligible", "0.00"),
    ]


@pytest.mark.parametrize(
    ("request_", "errors"),
    [
        (None, [(None, "not_an_object")]),
        ({"facts": SMALL}, [(None, "not_an_object")]),
        ({"facts": [], "over": "fee", "values": [1]}, [(None, "not_an_object")]),
        ({"facts": SMALL, "over": "bonus"}, [("bonus", "unknown_fact")]),
        ({"facts": SMALL, "over": "fee"}, [("fee", "missing")]),
        ({"facts": {"fee": "x"}, "over": "scheme"}, [("fee", "not_an_amount")]),
        ({"facts": SMALL, "over": "scheme", "values": ["x", None]}, [("scheme", "not_a_choice")] * 2),
        (
            {"facts": SMALL, "over": "fee", "values": ["x", 1, -1]},
            [("fee", "not_an_amount"), ("fee", "out_of_range")],
        ),
        ({"facts": {**SMALL, "theme": "x"}, "over": "fee", "values": [1]}, [("theme", "not_a_choice")]),
        (
            {"facts": {**SMALL, "theme": "x"}, "over": "bonus"},
            [("bonus", "unknown_fact"), ("theme", "not_a_choice")],
        ),
        (
            {"facts": training("2021-03-01"), "over": "service_end", "values": ["2021-02-28", "2021-03-02"]},
            [("service_end", "contradiction")],
        ),
    ],
)
def test_what_is_no_comparison(request_: Any, errors: Any) -> None:
    assert refused(unraised(uses.compare, request_, LAW, ENGLISH)) == errors


@pytest.mark.parametrize("values", [3, None, []])
def test_a_fact_without_a_natural_list_needs_values(values: Any) -> None:
    assert refused(uses.compare({"facts": SMALL, "over": "fee", "values": values}, LAW, ENGLISH))


@pytest.mark.parametrize(
    ("command", "given"),
    [
        (
            "goal",
            '{"facts": {FACTS, "fee": 1, "fee": 2}, "find": "fee", "reach": {"amount": "support", "value": 1}}',
        ),
        ("compare", '{"facts": {FACTS, "fee": 1, "fee": 2}, "over": "enterprise_size"}'),
        ("plan", '{"enterprise": {FACTS}, "projects": [{"fee": 1, "fee": 2}]}'),
        ("plan", '{"enterprise": {FACTS, "fee": 1, "fee": 2}, "projects": []}'),
        ("group", '{"own": {"fee": 1, "fee": 2}}'),
    ],
)
def test_a_name_that_stands_twice_is_a_contradiction_in_every_use(command: str, given: str) -> None:
    said = run(command, "--language", "en", given=given.replace("FACTS", '"scheme": "kmo_portefeuille"'))
    told = said.json["errors"] if "errors" in said.json else said.json["projects"][0]["errors"]
    assert said.status == 2
    assert ("fee", "contradiction") in [(error["fact"], error["code"]) for error in told]


def test_over_the_schemes_each_by_its_own_facts() -> None:
    case = {**training("2021-06-01"), **cheque("2021-06-01"), "scheme": "werkbaarheidscheque"}
    case |= {"ceiling_reached": True, "workable_work": True, "theme": "human_resources"}
    told = [
        ("kmo_portefeuille", "eligible", "300.00"),
        ("kmo_portefeuille_increase", "eligible", "300.00"),
        ("werkbaarheidscheque", "eligible", "3000.00"),
    ]
    assert compare(case, "scheme") == told
    without = {name: value for name, value in case.items() if name != "scheme"}
    assert compare(without, "scheme", "werkbaarheidscheque", "kmo_portefeuille") == [told[2], told[0]]
    answer = uses.compare({"facts": case, "over": "scheme"}, LAW, ENGLISH)
    for one in answer["outcomes"]:
        assert one["outcome"]["scheme"] == one["value"]
        assert "not_for_this_scheme" in {notice["id"] for notice in one["outcome"]["notices"]}


def test_null_among_the_values_is_the_fact_unknown() -> None:
    assert compare(SMALL, "enterprise_size", "small", None, "") == [
        ("small", "eligible", "300.00"),
        (None, "undecided", ("200.00", "300.00")),
        (None, "undecided", ("200.00", "300.00")),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_in_a_use_is_told_truly(language: str) -> None:
    """`days` and `fee` are facts: nobody is told that there are none of that name."""
    wording = Wording(language)
    days = uses.goal({"facts": SMALL, "find": "days", "reach": {"amount": "fee", "value": 1}}, LAW, wording)
    values = uses.compare({"facts": SMALL, "over": "fee"}, LAW, wording)
    texts = [error["text"] for error in [*days["errors"], *values["errors"]]]
    assert len(texts) == 3
    assert wording("fact.days.label") in texts[0]
    assert "fee" in texts[1]
    assert "values" in texts[2]
    assert not {wording("error.unknown_fact", name=name) for name in ("days", "fee", "values")} & set(texts)


@pytest.mark.parametrize(
    ("use", "request_", "name", "likely"),
    [
        (uses.plan, {"enterprize": {}, "projects": []}, "enterprize", "enterprise"),
        (uses.plan, {"project": [SMALL]}, "project", "projects"),
        (uses.compare, {"facts": SMALL, "over": "fee", "value": [1]}, "value", "values"),
        (
            uses.goal,
            {"facts": SMALL, "find": "fee", "reach": {"amount": "support", "valu": 1}},
            "valu",
            "value",
        ),
        (
            uses.goal,
            {"facts": SMALL, "fnd": "fee", "reach": {"amount": "support", "value": 1}},
            "fnd",
            "find",
        ),
        (uses.group, {"own": {}, "others": []}, "others", None),
    ],
)
def test_a_mistyped_name_of_a_request_is_told_of(
    use: Any, request_: Any, name: str, likely: str | None
) -> None:
    answer = unraised(use, request_, LAW, ENGLISH)
    assert refused(answer)[0] == (name, "unknown_fact")
    assert answer["errors"][0].get("suggestion") == likely


# --- group -------------------------------------------------------------------------------------


def group(own: Request, *others: Any) -> Any:
    return unraised(uses.group, {"own": own, "enterprises": list(others)}, LAW, ENGLISH)


OTHER = {"headcount": "10", "annual_turnover": "1000000", "balance_sheet_total": "500000.01"}


@pytest.mark.parametrize(
    ("share", "kind", "counted"),
    [
        ("0", "autonomous", ("0.00", "0.00", "0.00")),
        ("24.99", "autonomous", ("0.00", "0.00", "0.00")),
        ("25", "partner", ("2.50", "250000.00", "125000.00")),
        ("50", "partner", ("5.00", "500000.00", "250000.01")),  # half a cent upwards
        ("50.01", "linked", ("10.00", "1000000.00", "500000.01")),
        ("100", "linked", ("10.00", "1000000.00", "500000.01")),
    ],
)
def test_from_which_share_another_enterprise_counts(share: str, kind: str, counted: Any) -> None:
    answer = group(
        {"headcount": "1", "annual_turnover": "2", "balance_sheet_total": "3"}, {"share": share, **OTHER}
    )
    member = only(answer["enterprises"])
    assert (member["kind"], member["share"]) == (kind, share)
    assert tuple(member["counted"].values()) == counted
    own = ("1", "2", "3")
    sums = [
        str((Decimal(left) + Decimal(right)).quantize(Decimal("0.01")))
        for left, right in zip(own, counted, strict=True)
    ]
    assert list(answer["figures"].values()) == sums
    assert list(answer["figures"]) == ["headcount", "annual_turnover", "balance_sheet_total"]
    assert member["text"]


def test_several_members_add_up() -> None:
    answer = group(OTHER, {"share": "25", **OTHER}, {"share": "60", **OTHER}, {"share": "10", **OTHER})
    assert answer["figures"] == {
        "headcount": "22.50",
        "annual_turnover": "2250000.00",
        "balance_sheet_total": "1125000.02",
    }


def test_the_figures_answer_the_size() -> None:
    own = {"headcount": "30", "annual_turnover": "9000000", "balance_sheet_total": "9000000"}
    partner = {"share": "25", "headcount": "80", "annual_turnover": "1", "balance_sheet_total": "1"}

    def rate(**figures: str) -> str:
        told = calculate(training("2021-03-01", enterprise_size=None, **figures), "en")
        return str(told["rate"]["low"])

    assert rate(**own) == "30"
    assert rate(**group(own, partner)["figures"]) == "20"  # thirty and a quarter of eighty: fifty


def test_a_missing_figure_leaves_the_sum_unknown_where_it_counts() -> None:
    answer = group({"headcount": "1"}, {"share": "30", "headcount": "2"}, {"share": "10"})
    assert answer["figures"] == {"headcount": "1.60", "annual_turnover": None, "balance_sheet_total": None}
    assert "missing" in {told["id"] for told in answer["notices"]}


def test_the_two_year_rule_and_start_ups_are_explained() -> None:
    answer = group(OTHER)
    assert {told["id"] for told in answer["notices"]} == {"two_years", "start_up"}
    assert all(told["text"] for told in answer["notices"])
    assert answer["enterprises"] == []


@pytest.mark.parametrize(
    ("request_", "errors"),
    [
        (None, [(None, "not_an_object")]),
        ({"enterprises": []}, [(None, "not_an_object")]),
        ({"own": [], "enterprises": []}, [(None, "not_an_object")]),
        ({"own": {}, "enterprises": {}}, [(None, "not_an_object")]),
        ({"own": {}, "enterprises": [3]}, [(None, "not_an_object")]),
        ({"own": {"headcount": "x"}}, [("headcount", "not_a_number")]),
        ({"own": {"fee": "1"}}, [("fee", "unknown_fact")]),
        ({"own": {}, "enterprises": [{"headcount": "1"}]}, [("share", "missing")]),
        ({"own": {}, "enterprises": [{"share": "x"}]}, [("share", "not_a_number")]),
        ({"own": {}, "enterprises": [{"share": "100.01"}]}, [("share", "out_of_range")]),
    ],
)
def test_what_is_no_group(request_: Any, errors: Any) -> None:
    assert refused(unraised(uses.group, request_, LAW, ENGLISH)) == errors


# --- from the command line ---------------------------------------------------------------------


REQUESTS: dict[str, Any] = {
    "plan": {"enterprise": {"enterprise_size": "small"}, "projects": [training("2021-03-01")]},
    "goal": {"facts": SMALL, "find": "fee", "reach": {"amount": "support", "value": 300}},
    "compare": {"facts": training(), "over": "application_date", "values": ["2019-12-01"]},
    "group": {"own": OTHER, "enterprises": [{"share": 30, **OTHER}]},
}


@pytest.mark.parametrize("use", REQUESTS)
def test_a_use_from_the_command_line_is_the_librarys_answer(use: str) -> None:
    said = run(use, "--language", "en", given=json.dumps(REQUESTS[use]))
    assert (said.status, said.error) == (0, "")
    assert said.json == getattr(uses, use)(REQUESTS[use], LAW, ENGLISH)


@pytest.mark.parametrize("use", REQUESTS)
def test_a_use_that_cannot_be_read_is_exit_status_2(use: str) -> None:
    for given in ("[]", "{", json.dumps({**REQUESTS[use], "facts": [], "projects": ["x"], "own": 3})):
        said = run(use, "--language", "en", given=given)
        assert said.status == 2, given
        assert said.json
        assert len(said.error.strip().splitlines()) == 1


@pytest.mark.parametrize("use", REQUESTS)
def test_a_use_as_a_table_for_people(use: str) -> None:
    said = run(use, "--table", "--language", "en", given=json.dumps(REQUESTS[use]))
    assert said.status == 0
    assert said.out.strip()
    assert not said.out.startswith(b"{")


def test_a_plan_with_a_bad_project_as_a_table() -> None:
    request = {"projects": [training("2021-03-01", fee="much"), training("2021-03-01")]}
    said = run("plan", "--table", "--language", "en", given=json.dumps(request))
    assert (said.status, len(said.error.strip().splitlines())) == (2, 1)
    assert b"300" in said.out


def test_a_ceiling_that_any_class_uses_up_is_the_reason_of_a_refusal() -> None:
    first = training("2020-02-01", fee="60000", enterprise_size=None)
    second = plan(first, training("2020-03-20", fee="20000", enterprise_size=None))["projects"][1]
    assert second["verdict"] == "not_eligible"
    assert "Nothing is left of the ceiling" in second["summary"]["text"]
