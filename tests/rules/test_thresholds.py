"""Thresholds: the nearest values that give another answer, held against trying every value on the way."""

from __future__ import annotations

from typing import Any

import pytest

from rules import LAW, reading
from rules.case import Facts
from rules.days import iso, ordinal
from rules.facts import FACTS
from rules.money import decimal
from rules.outcome import Outcome
from rules.schemes import SCHEMES
from rules.thresholds import (
    BELOW,
    BEND_BELOW,
    BEND_FROM,
    CHOICE,
    FROM,
    Threshold,
    domain,
    thresholds,
)
from tests.rules.cases import advice, calculate, cheque, increase, training, unraised

CASES = [
    training("2026-11-24", fee="60"),
    training("2019-11-20", service_start="2019-11-25"),
    training("2020-12-20", headcount="12", annual_turnover="3000000", enterprise_size=None),
    training("2026-03-02", enterprise_size=None, fee=None, headcount="49.5"),
    training("2026-11-24", enterprise_size="medium", support_used_this_year="7400", theme=None),
    training("2026-11-24", public_participation="30"),
    advice("2026-02-10", theme="digitalisation"),
    increase("2022-05-10", fee="9000"),
    cheque("2021-05-10", cost="20000", employees="12"),
]


def found(facts: dict[str, Any]) -> list[Any]:
    known, refusals = reading.read(facts)
    assert not refusals
    return unraised(all_of, known)  # type: ignore[no-any-return]


def all_of(known: Facts) -> list[Threshold]:
    return list(thresholds(SCHEMES[known["scheme"]], known, LAW))


def answer(facts: dict[str, Any], fact: str, value: Any) -> tuple[str, Any]:
    if FACTS[fact].kind == "date":
        value = iso(value)
    elif FACTS[fact].kind in ("money", "number", "percentage"):
        value = decimal(value)
    outcome = calculate(facts | {fact: value})
    return outcome["verdict"], outcome["amounts"]["support"]


def of(outcome: Outcome) -> tuple[str, Any]:
    low, high = outcome.amounts["support"]
    return outcome.verdict, (low, high)


def cents(support: dict[str, Any]) -> tuple[int, int]:
    return int(support["low"].replace(".", "")), int(support["high"].replace(".", ""))


@pytest.mark.parametrize("facts", CASES)
def test_a_threshold_is_the_first_value_with_another_answer(facts):
    known, _ = reading.read(facts)
    for fact, side, value, outcome, _ in found(facts):
        if side not in (FROM, BELOW):
            continue
        beyond, last = (value, value - 1) if side == FROM else (value - 1, value)
        there = answer(facts, fact, beyond)
        assert of(outcome) == (there[0], cents(there[1]))
        same = answer(facts, fact, known[fact])
        assert answer(facts, fact, last)[0] == same[0]
        if FACTS[fact].kind == "date" or fact in ("headcount", "employees", "annual_turnover"):
            assert there != answer(facts, fact, last)
            between = range(min(known[fact], last), max(known[fact], last) + 1)
            step = max(1, len(between) // 100)
            assert {str(answer(facts, fact, each)) for each in between[::step]} == {str(same)}


@pytest.mark.parametrize("facts", CASES)
def test_no_threshold_is_missing(facts):
    """Where none is told on a side, no value there gives another verdict."""
    known, _ = reading.read(facts)
    told = {(threshold.fact, threshold.side) for threshold in found(facts)}
    tries = {
        "money": (0, 99_99, 100_00, 499_99, 500_00, 7_500_00, 1_000_000_00),
        "number": (0, 9_00, 49_99, 50_00, 249_99, 250_00, 1_000_00),
    }
    for fact, value in known.items():
        for other in tries.get(FACTS[fact].kind, ()):
            sides = {BELOW, "bend_below"} if other < value else {FROM, BEND_FROM}
            if answer(facts, fact, other)[0] != answer(facts, fact, value)[0]:
                assert any((fact, side) in told for side in sides), (fact, other)


@pytest.mark.parametrize("facts", CASES)
def test_every_other_choice_with_another_answer_is_there(facts):
    known, _ = reading.read(facts)
    told = {(each.fact, each.value) for each in found(facts) if each.side == CHOICE}
    for fact, value in known.items():
        if FACTS[fact].kind in ("choice", "yes_no") and fact != "scheme":
            for option in FACTS[fact].options or (True, False):
                differs = answer(facts, fact, option) != answer(facts, fact, value)
                assert ((fact, option) in told) == differs


def test_the_support_stops_to_grow_where_the_ceiling_is_reached():
    facts = training("2026-11-24")
    bend = next(each for each in found(facts) if each.fact == "fee" and each.side == BEND_FROM)
    ceiling = calculate(facts)["amounts"]["ceiling"]["low"]
    assert calculate(facts | {"fee": decimal(bend.value)})["amounts"]["support"]["low"] == ceiling
    assert calculate(facts | {"fee": decimal(bend.value - 4)})["amounts"]["support"]["low"] != ceiling
    assert bend.trend == 0


def test_support_that_was_used_counts_only_from_where_the_ceiling_comes_near():
    facts = training("2026-11-24", support_used_this_year="0")
    bend = next(each for each in found(facts) if each.fact == "support_used_this_year")
    amounts = calculate(facts)["amounts"]
    assert decimal(bend.value) == f"{float(amounts['ceiling']['low']) - float(amounts['support']['low']):.2f}"
    assert (bend.side, bend.trend) == (BEND_FROM, -1)


FIGURES_AND_DAYS = [
    (
        training("2026-11-24"),
        [
            ("application_date", BELOW, "2019-12-01", "eligible", 40000),
            ("application_date", FROM, "2026-12-09", "not_eligible", 0),
            ("public_participation", FROM, 25_00, "not_eligible", 0),
            ("service_start", BELOW, "2026-11-10", "not_eligible", 0),
            ("fee", BELOW, 100_00, "not_eligible", 0),
            ("fee", BEND_FROM, 25_000_00, "eligible", 7_500_00),
        ],
    ),
    (  # at the place itself where the ceiling is reached, and at the limit of public shares
        training("2026-11-24", fee="25000", public_participation="24.99"),
        [
            ("application_date", BELOW, "2019-12-01", "eligible", 10_000_00),
            ("application_date", FROM, "2026-12-09", "not_eligible", 0),
            ("public_participation", FROM, 25_00, "not_eligible", 0),
            ("service_start", BELOW, "2026-11-10", "not_eligible", 0),
            ("fee", BEND_BELOW, 25_000_00, "eligible", 7_500_00),
        ],
    ),
    (
        cheque("2021-05-10", cost="20000", employees=1),
        [
            ("application_date", BELOW, "2021-01-01", "undecided", 10_000_00),
            ("application_date", FROM, "2021-05-11", "not_eligible", 0),
            ("cost", BEND_BELOW, 16_666_66, "eligible", 10_000_00),
            ("employees", BELOW, 1, "not_eligible", 0),
            ("project_start", BELOW, "2021-05-10", "not_eligible", 0),
            ("project_end", FROM, "2021-11-11", "not_eligible", 0),
        ],
    ),
    (  # on the first day that there was, and on the last that is known
        training("2016-04-01"),
        [
            ("application_date", BELOW, "2016-04-01", "not_eligible", 0),
            ("application_date", FROM, "2016-04-16", "not_eligible", 0),
            ("public_participation", FROM, 25_00, "not_eligible", 0),
            ("service_start", BELOW, "2016-03-18", "not_eligible", 0),
            ("fee", BELOW, 100_00, "not_eligible", 0),
            ("fee", BEND_FROM, 25_000_00, "eligible", 10_000_00),
        ],
    ),
    (
        training("2027-11-23"),
        [
            ("application_date", BELOW, "2019-12-01", "eligible", 400_00),
            ("public_participation", FROM, 25_00, "not_eligible", 0),
            ("service_start", BELOW, "2027-11-09", "not_eligible", 0),
            ("fee", BELOW, 100_00, "not_eligible", 0),
            ("fee", BEND_FROM, 25_000_00, "eligible", 7_500_00),
        ],
    ),
]


@pytest.mark.parametrize(("facts", "expected"), FIGURES_AND_DAYS)
def test_the_nearest_thresholds_of_figures_and_days(facts, expected):
    told = [
        (
            one.fact,
            one.side,
            iso(one.value) if FACTS[one.fact].kind == "date" else one.value,
            *of(one.outcome),
        )
        for one in found(facts)
        if one.side != CHOICE
    ]
    assert told == [(*place, (support, support)) for *place, support in expected]


def test_beyond_a_bend_the_support_stays_or_shrinks_and_elsewhere_has_no_trend():
    rising = {(one.fact, one.side): one.trend for one in found(training("2026-11-24"))}
    assert set(rising.values()) == {0}  # from the ceiling on it stays
    falling = {(one.fact, one.side): one.trend for one in found(training("2026-11-24", fee="25000"))}
    assert falling.pop(("fee", BEND_BELOW)) == -1
    assert set(falling.values()) == {0}
    less = found(training("2026-11-24", support_used_this_year="100"))
    assert [(one.value, one.trend) for one in less if one.side == BEND_FROM and one.fact != "fee"] == [
        (7_200_00, -1)
    ]


def test_of_a_figure_of_the_enterprise_alone_the_other_sides_reasons_are_told():
    figures = {"headcount": "49.99", "annual_turnover": "1000000", "balance_sheet_total": "1000000"}
    told = {
        one.fact: one.outcome.trace for one in found(training("2026-11-24", enterprise_size=None, **figures))
    }
    assert told["headcount"]
    assert not told["fee"]


def test_an_unknown_application_is_looked_for_only_as_far_as_the_law_is_trusted():
    facts, _ = reading.read(training(service_start="2020-01-01", service_end="2020-02-01"))
    assert domain("application_date", facts, LAW).ends == (
        ordinal("1990-01-01"),
        LAW.trusted_until.toordinal(),
    )
    assert domain("service_start", facts, LAW).ends == (ordinal("1990-01-01"), ordinal("2020-02-01"))
    assert domain("fee", facts, LAW).ends == (0, 999_999_999_99)


def test_a_day_beyond_the_trusted_law_has_no_thresholds_of_its_own():
    assert not [one for one in found(training("2028-01-01")) if one.fact == "application_date"]
