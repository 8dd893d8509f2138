"""What holds for every whole case, whatever its figures: bounds, sums, order, and plans as folds."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules import LAW, SCHEMES, uses
from rules.facts import FACTS
from rules.wording import Wording
from tests.rules.cases import calculate, training, unraised
from tests.rules.random_cases import random_cases

FEW = settings(
    max_examples=40, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
FEWER = settings(FEW, max_examples=15)
CASES = random_cases(1_500, seed=5)
WHOLE = st.sampled_from(CASES)
CENTS = st.integers(0, 10_000_000)
CENT = Decimal("0.01")


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def ends(outcome: dict[str, Any], name: str) -> tuple[Decimal, Decimal]:
    told = outcome["amounts"][name]
    return Decimal(told["low"]), Decimal(told["high"])


@FEW
@given(WHOLE)
def test_support_stays_within_cost_ceiling_and_rate(case: dict[str, Any]) -> None:
    outcome = calculate(case, "en")
    low, high = ends(outcome, "support")
    cost = ends(outcome, "eligible_cost")[1]
    assert 0 <= low <= high <= cost
    if high:
        left = "support_left_before" if case["scheme"] == "werkbaarheidscheque" else "ceiling_left_before"
        assert high <= ends(outcome, left)[1] <= ends(outcome, "ceiling")[1]
        assert high <= cost * Decimal(outcome["rate"]["high"]) / 100 + CENT / 2


@FEW
@given(WHOLE)
def test_own_share_support_and_what_is_not_covered_are_the_invoice(case: dict[str, Any]) -> None:
    amounts = calculate(case, "en")["amounts"]
    whole, parts = ("invoice", ["own_share", "support", "not_covered"])
    if case["scheme"] == "werkbaarheidscheque":
        whole, parts = ("eligible_cost", ["co_financing", "support"])
    if all(told["low"] == told["high"] for told in amounts.values()):
        assert sum(Decimal(amounts[name]["low"]) for name in parts) == Decimal(amounts[whole]["low"])


@FEW
@given(WHOLE, st.lists(CENTS, min_size=2, max_size=5, unique=True))
def test_a_higher_cost_never_lowers_support(case: dict[str, Any], fees: list[int]) -> None:
    """While nothing was paid in, and de minimis aid has room."""
    cost = "cost" if case["scheme"] == "werkbaarheidscheque" else "fee"
    plain = {name: value for name, value in case.items() if name not in ("deposit", "de_minimis_received")}
    told = [ends(calculate({**plain, cost: money(fee)}, "en"), "support") for fee in sorted(fees)]
    assert all(low[0] <= high[0] and low[1] <= high[1] for low, high in pairwise(told))


@FEW
@given(WHOLE, st.randoms(use_true_random=False))
def test_order_of_facts_and_repetition_change_nothing(case: dict[str, Any], random: Random) -> None:
    known = {name: value for name, value in case.items() if name == "scheme" or random.random() < 0.9}
    names = list(known)
    random.shuffle(names)
    first = json.dumps(calculate(known, "en"))
    calculate(random.choice(CASES), "nl")
    assert json.dumps(calculate({name: known[name] for name in names}, "en")) == first


@FEWER
@given(st.lists(st.tuples(st.sampled_from([1, 2, 3, 14, 15]), CENTS), min_size=1, max_size=6))
def test_a_plan_is_the_fold_of_its_projects(projects: list[tuple[int, int]]) -> None:
    """By hand: in the order of application, each told what those before it used in its year."""
    drawn = [training(f"20{20 + at // 12}-{at % 12 + 1:02}-01", fee=money(fee)) for at, fee in projects]
    answer = uses.plan({"enterprise": {}, "projects": drawn}, LAW, Wording("en"))
    used: dict[str, Decimal] = {}
    for index in sorted(range(len(drawn)), key=lambda index: drawn[index]["application_date"]):
        year = drawn[index]["application_date"][:4]
        told = calculate({**drawn[index], "support_used_this_year": str(used.get(year, 0))}, "en")
        used[year] = used.get(year, Decimal(0)) + ends(told, "support")[0]
        planned = answer["projects"][index]
        assert (planned["verdict"], planned["amounts"]) == (told["verdict"], told["amounts"])
    assert {str(row["year"]): Decimal(row["used"]["low"]) for row in answer["years"]} == used
    assert Decimal(answer["total"]["support"]["high"]) == sum(used.values())


@FEWER
@given(
    st.sampled_from(["fee", "deposit", "support_used_this_year", "lecturer_travel"]),
    CENTS,
    st.integers(-2, 2),
)
def test_a_goal_is_met_by_its_solutions_and_not_beside_them(find: str, cents: int, aside: int) -> None:
    case = training("2021-03-01", fee="1234.56", lecturer_travel="20")
    reach = ends(calculate({**case, find: money(cents)}, "en"), "support")[0]
    request = {"facts": case, "find": find, "reach": {"amount": "support", "value": str(reach)}}
    runs = uses.goal(request, LAW, Wording("en"))["solutions"]
    near = max(0, cents + aside)
    told = ends(calculate({**case, find: money(near)}, "en"), "support")[0]
    assert any(Decimal(run["from"]) <= Decimal(money(near)) <= Decimal(run["to"]) for run in runs) == (
        told == reach
    )


@FEW
@given(WHOLE, st.data())
def test_learning_a_fact_never_widens_a_range(case: dict[str, Any], data: st.DataObject) -> None:
    asked = [name for name in case if name != "scheme" and not FACTS[name].optional]
    name = data.draw(st.sampled_from(sorted(asked)))
    less = calculate({known: value for known, value in case.items() if known != name}, "en")
    more = calculate(case, "en")
    assume(less["errors"] == [] and more["verdict"] != "not_eligible" != less["verdict"])
    for amount, told in more["amounts"].items():
        wide = less["amounts"][amount]
        assert wide["low"] is None or Decimal(wide["low"]) <= Decimal(told["low"])
        assert wide["high"] is None or Decimal(told["high"]) <= Decimal(wide["high"])
    was = {told["id"]: told["state"] for told in less["conditions"]}
    assert all(told["state"] != "unknown" or was.get(told["id"]) != "met" for told in more["conditions"])


# --- nothing is raised: what cannot be answered is told in the answer ---------------------------


def part_of(case: dict[str, Any], random: Random) -> dict[str, Any]:
    return {name: value for name, value in case.items() if name == "scheme" or random.random() < 0.7}


def test_no_case_nor_a_part_of_one_makes_calculate_raise() -> None:
    random = Random(1)
    for case in CASES[:60]:
        unraised(calculate, case, "en")
        unraised(calculate, part_of(case, random), "nl")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_use_raises_anything(scheme: str) -> None:
    random = Random(2)
    english = Wording("en")
    cases = [case for case in CASES if case["scheme"] == scheme][:12]
    unraised(uses.plan, {"projects": cases}, LAW, english)
    unraised(uses.plan, {"projects": [part_of(case, random) for case in cases[:3]]}, LAW, english)
    for case in cases[:6]:
        cost = "cost" if scheme == "werkbaarheidscheque" else "fee"
        goal = {"facts": case, "find": cost, "reach": {"amount": "support", "value": "300"}}
        unraised(uses.goal, goal, LAW, english)
        for fact in ("application_date", "legal_form"):
            unraised(uses.compare, {"facts": case, "over": fact}, LAW, english)
