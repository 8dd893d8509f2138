"""Thresholds: the nearest values that give another answer, held against trying every value on the way."""

from __future__ import annotations

from typing import Any

import pytest

from rules import LAW, reading
from rules.days import iso
from rules.facts import FACTS
from rules.money import decimal
from rules.outcome import Outcome
from rules.schemes import SCHEMES
from rules.thresholds import BELOW, BEND_FROM, CHOICE, FROM, thresholds
from tests.rules.cases import advice, calculate, cheque, increase, training

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
