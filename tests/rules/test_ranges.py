"""Ranges are tight: equal to the least and greatest over every completion of what is unknown.

A partial case is drawn at random. Its unknown facts are completed in every way that can make a difference:
each choice, and each figure and day on both sides of every place where the law's text splits it. Each
completion is a whole case with a plain answer; what the rules say of the partial case is held against these.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules import LAW
from rules.case import Case
from rules.judging import judge
from rules.schemes.kmo_portefeuille import SCHEME
from rules.weighing import weigh
from tests.rules.cases import (
    Outcome,
    Request,
    advice,
    amounts,
    answer,
    condition,
    increase,
    later,
    questions,
    rate,
    training,
)

QUICK = settings(
    max_examples=30, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
LONG = settings(QUICK, max_examples=1000)
MOST_COMPLETIONS = 250
BOUNDLESS = Decimal(100_000_000)  # only the vocabulary's own bound leads to more
LARGEST = "999999999.99"

# --- where the law splits; what meets the conditions comes first -------------------------------

COMMON: dict[str, list[Any]] = {
    "legal_form": ["company", "vzw", "temporary_company", "other"],
    "establishment": ["flemish_region", "abroad"],
}
OF_THE_ENTERPRISE: dict[str, list[Any]] = {
    "public_participation": ["0", "24.99", "25", "100"],
    "main_activity_accepted": [True, False],
    "enterprise_size": ["small", "medium", "large"],
}
FIGURES: dict[str, list[Any]] = {
    "headcount": ["49.99", "0", "50", "249.99", "250", "100000"],
    "annual_turnover": ["10000000", "0", "10000000.01", "50000000", "50000000.01", LARGEST],
    "balance_sheet_total": ["10000000", "0", "10000000.01", "43000000", "43000000.01", LARGEST],
}
OF_THE_SERVICE: dict[str, list[Any]] = {
    "service": ["training", "advice"],
    "theme": ["digitalisation", "cybersecurity", "energy_efficiency", "occupation_specific_skills", "other"],
    "on_official_list": [True, False],
    "excluded_service": ["none", "mbti", "wellness", "periodic_advice"],
    "learning_mode": ["in_person", "distance_without_interaction"],
    "service_start": [0, -366, -15, -14, -1, 1, 400],  # days after the application
    "fee": ["1000", "0", "99.99", "100", "499.99", "500", "16666.67", "25000", "37500", "75000", LARGEST],
    "participants": [1, 2, 4, 1000000],
    "days": [1, 2, 4, 1000000],
}
SPLITS: dict[str, dict[str, list[Any]]] = {
    "kmo_portefeuille": {**COMMON, **OF_THE_ENTERPRISE, **FIGURES, **OF_THE_SERVICE},
    "kmo_portefeuille_increase": {
        **COMMON,
        **OF_THE_ENTERPRISE,
        **FIGURES,
        **OF_THE_SERVICE,
        "ceiling_reached": [True, False],
        "workable_work": [True, False],
        "hr_support_this_year": ["100", "0", "0.01", "4000", "5000", LARGEST],
    },
    "werkbaarheidscheque": {
        **COMMON,
        "actions": [["measurement"], ["plan"], ["improvement"], ["measurement", "improvement"]],
        "cost": ["1000", "0", "15000", "16666.67", LARGEST],
        "employees": [1, 0, 5],
        "sector": ["profit", "social_profit", "public"],
        "project_start": [0, -1, 1, 40],
        "project_end": [60, 0, 500],  # days after the start
    },
}
MAY_BE_KNOWN: dict[str, dict[str, list[Any]]] = {  # optional facts, never completed
    "kmo_portefeuille": {
        "sheltered_workshop": [True],
        "lecturer_travel": ["50"],
        "catering": ["60"],
        "examination_fee": ["30"],
        "other_costs": ["20"],
        "support_used_this_year": ["0", "7400", "9000"],
        "deposit": ["0", "40", "5000"],
        "vat_rate": ["0", "21"],
        "vat_deductible": [True, False],
        "legal_duty": [True, False],
        "de_minimis_received": ["0", "199000", "299900"],
    },
    "kmo_portefeuille_increase": {
        "catering": ["60"],
        "deposit": ["40"],
        "increase_used_this_year": ["4900", "5000"],
        "legal_duty": [True, False],
    },
    "werkbaarheidscheque": {
        "support_used_before": ["0", "4000", "10000"],
        "cheques_used_before": [0, 1, 3],
        "legal_duty": [True, False],
        "employee_survey": [True, False],
        "joint_committee": ["331", "200", "304"],
    },
}
DAYS = {
    "kmo_portefeuille": [
        "2016-03-31",
        "2016-04-01",
        "2019-11-30",
        "2019-12-01",
        "2019-12-31",
        "2020-01-01",
        "2020-06-30",
        "2020-07-01",
        "2021-07-13",
        "2021-07-14",
        "2021-09-12",
        "2021-09-13",
        "2021-09-14",
        "2022-12-31",
        "2023-01-01",
        "2023-03-14",
        "2023-03-15",
        "2023-12-31",
        "2024-01-01",
        "2024-06-04",
        "2024-06-05",
        "2025-12-31",
        "2026-01-01",
        "2026-01-31",
        "2026-02-01",
        "2027-11-23",
    ],
    "werkbaarheidscheque": [
        "2019-05-07",
        "2019-11-30",
        "2019-12-01",
        "2019-12-31",
        "2020-01-01",
        "2020-05-06",
        "2020-05-07",
        "2020-12-31",
        "2021-01-01",
        "2021-12-31",
        "2022-01-01",
        "2022-11-30",
        "2023-01-17",
        "2023-10-11",
        "2024-01-01",
        "2024-07-31",
    ],
}
DAYS["kmo_portefeuille_increase"] = DAYS["werkbaarheidscheque"]
START_OF = {
    "kmo_portefeuille": "service_start",
    "kmo_portefeuille_increase": "service_start",
    "werkbaarheidscheque": "project_start",
}


def whole(scheme: str, values: Request) -> Request:
    """A request of drawn values, with days told as days instead of as distances."""
    request: Request = {"scheme": scheme, **values}
    for name, of in (
        ("service_start", "application_date"),
        ("project_start", "application_date"),
        ("project_end", "project_start"),
    ):
        if isinstance(request.get(name), int):
            request[name] = later(request[of], request[name])
    return request


def completions(scheme: str, known: Request) -> Iterator[Request]:
    """Every whole case that a partial one may turn out to be."""
    splits = SPLITS[scheme]
    if not any(name in known for name in FIGURES):
        figures = list(FIGURES)  # the class alone answers them
    elif "enterprise_size" not in known:
        figures = ["enterprise_size"]
    else:
        figures = [*FIGURES]
    open_ = {name: values for name, values in splits.items() if name not in known and name not in figures}
    for values in product(*open_.values()):
        drawn = {**known, **dict(zip(open_, values, strict=True))}
        yield whole(scheme, drawn)
        if (
            open_.get("fee") and drawn["fee"] == LARGEST
        ):  # once for the rest: just below and at the minimum cost
            for fee in fees_at_the_minimum(drawn):
                yield whole(scheme, {**drawn, "fee": str(fee)})


def fees_at_the_minimum(drawn: Request) -> Iterator[Decimal]:
    """Fees with which all that is covered comes to the minimum cost, and a cent less."""
    plates = 25 * drawn["participants"] * drawn["days"]
    beside = Decimal(drawn.get("lecturer_travel", 0)) + min(plates, Decimal(drawn.get("catering", 0)))
    if drawn["application_date"] < "2020-07-01":
        beside += Decimal(drawn.get("examination_fee", 0))
    for minimum in (100, 500):
        yield minimum - beside
        if beside < minimum:
            yield minimum - beside - Decimal("0.01")


def size_of(scheme: str, known: Request) -> int:
    number = 1
    sized = any(name in known for name in (*FIGURES, "enterprise_size"))
    for name, values in SPLITS[scheme].items():
        if name not in known and not (name in FIGURES and ("enterprise_size" in known or not sized)):
            number *= 1 if name == "enterprise_size" and sized else len(values)
    return number


def bounded(values: list[Any]) -> list[Any]:
    """Without the vocabulary's own bound, which as a known value would be like any other."""
    return [value for value in values if value != LARGEST]


@st.composite
def partial(draw: Any, scheme: str) -> Request:
    """Some facts, known; so many that the completions can be counted."""
    splits, extras = SPLITS[scheme], MAY_BE_KNOWN[scheme]
    by_class = draw(st.booleans()) or scheme == "werkbaarheidscheque"
    left_out = FIGURES if by_class else ["enterprise_size"]
    names = [name for name in splits if name not in left_out]
    unknown = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
    if not by_class and set(FIGURES) <= set(unknown):
        unknown.remove("headcount")
    odd = draw(st.lists(st.sampled_from(names), max_size=3))
    known: Request = {"application_date": draw(st.sampled_from(DAYS[scheme]))}
    for name in names:
        if name not in unknown:
            known[name] = draw(st.sampled_from(bounded(splits[name]))) if name in odd else splits[name][0]
    if known.get("project_start") is None:
        known.pop("project_end", None)
    for name in draw(st.lists(st.sampled_from(list(extras)), max_size=3, unique=True)):
        known[name] = draw(st.sampled_from(extras[name]))
    if "fee" not in known:  # where the extremes lie on cents that no list of points holds
        known.pop("deposit", None)
        known.pop("de_minimis_received", None)
    assume(size_of(scheme, known) <= MOST_COMPLETIONS)
    return known


# --- what the completions say together ---------------------------------------------------------


def told_state(states: set[str | None]) -> str | None:
    """A condition's state, when it has these over all completions (None: left out)."""
    if states == {None}:
        return None
    if states <= {"met", None}:
        return "met"
    return "not_met" if states == {"not_met"} else "unknown"


def ends(outcomes: list[Outcome], name: str) -> tuple[Decimal, Decimal | None]:
    ranges = [_range(outcome, name) for outcome in outcomes]
    found = [pair for pair in ranges if pair is not None]
    high = max(_number(pair["high"]) for pair in found)
    return min(_number(pair["low"]) for pair in found), None if high > BOUNDLESS else high


def _range(outcome: Outcome, name: str) -> dict[str, Any] | None:
    return outcome.get("rate") if name == "rate" else outcome["amounts"].get(name)


def _number(text: str | None) -> Decimal:
    return BOUNDLESS * 2 if text is None else Decimal(text)


def told_ends(outcome: Outcome, name: str) -> tuple[Decimal, Decimal | None] | None:
    pair = _range(outcome, name)
    if pair is None:
        return None
    return Decimal(pair["low"]), None if pair["high"] is None else Decimal(pair["high"])


def is_nothing(outcome: Outcome) -> bool:
    """Whether there is no support, as where no completion meets all conditions together."""
    support = outcome["amounts"]["support"]
    return bool(support["low"] == support["high"] == "0.00")


def check(scheme: str, known: Request) -> None:
    """Hold the answer to a partial case against the answers to all of its completions."""
    told = answer(whole(scheme, known))
    whole_ones = list(completions(scheme, known))
    all_ = [answer(one) for one in whole_ones]
    states = [{judged["id"]: judged["state"] for judged in one["conditions"]} for one in all_]
    expected = {name: told_state({one.get(name) for one in states}) for name in set().union(*states)}
    assert {judged["id"]: judged["state"] for judged in told["conditions"]} == {
        name: state for name, state in expected.items() if state is not None
    }
    found = set(expected.values())
    assert told["verdict"] == (
        "not_eligible" if "not_met" in found else "undecided" if "unknown" in found else "eligible"
    )
    if told["verdict"] == "not_eligible":
        assert all(one["verdict"] == "not_eligible" for one in all_)
        possible = all_
    else:
        possible = [one for one in all_ if one["verdict"] != "not_eligible"]
        assert bearing(set(SPLITS[scheme]) - known.keys(), whole_ones, all_) <= set(told["questions"])
    if not possible:
        assert is_nothing(told)
        return
    names = {name for one in possible for name in one["amounts"]} | {"rate"} & {
        name for one in possible for name in one
    }
    assert {name: told_ends(told, name) for name in names} == {name: ends(possible, name) for name in names}


def bearing(unknown: set[str], requests: list[Request], outcomes: list[Outcome]) -> set[str]:
    """The unknown facts that by themselves turn the verdict or move an amount of some whole case."""
    found = set()
    for name in unknown:
        alike: dict[str, set[str]] = {}
        for request, outcome in zip(requests, outcomes, strict=True):
            rest = repr(sorted((fact, value) for fact, value in request.items() if fact != name))
            alike.setdefault(rest, set()).add(repr((outcome["verdict"], outcome["amounts"])))
        if any(len(answers) > 1 for answers in alike.values()):
            found.add(name)
    return found


SCHEMES = pytest.mark.parametrize("scheme", list(SPLITS))


@SCHEMES
@QUICK
@given(data=st.data())
def test_ranges_and_states_are_those_of_the_completions(scheme: str, data: st.DataObject) -> None:
    check(scheme, data.draw(partial(scheme)))


@pytest.mark.prove
@SCHEMES
@LONG
@given(data=st.data())
def test_ranges_and_states_are_those_of_many_completions(scheme: str, data: st.DataObject) -> None:
    check(scheme, data.draw(partial(scheme)))


@SCHEMES
@settings(QUICK, max_examples=60)
@given(data=st.data())
def test_learning_a_fact_never_widens_a_range(scheme: str, data: st.DataObject) -> None:
    known = data.draw(partial(scheme))
    unknown = [name for name in SPLITS[scheme] if name not in known and name not in FIGURES]
    unknown = [name for name in unknown if name != "project_end" or "project_start" in known]
    if any(name in known for name in FIGURES):
        unknown = [name for name in unknown if name != "enterprise_size"]
    assume(unknown)
    name = data.draw(st.sampled_from(unknown))
    before = answer(whole(scheme, known))
    after = answer(whole(scheme, {**known, name: data.draw(st.sampled_from(bounded(SPLITS[scheme][name])))}))
    if before["verdict"] != "undecided":
        assert after["verdict"] == before["verdict"]
    if "not_eligible" in (before["verdict"], after["verdict"]) or is_nothing(after):
        return
    for amount in after["amounts"]:
        low, high = told_ends(after, amount) or (None, None)
        least, most = told_ends(before, amount) or (None, None)
        assert low is not None
        assert least is not None
        assert least <= low
        assert most is None or (high is not None and high <= most)


@pytest.mark.parametrize("scheme", list(START_OF))
@settings(QUICK, max_examples=15)
@given(data=st.data())
def test_an_unknown_day_is_every_day_on_which_the_scheme_was_open(scheme: str, data: st.DataObject) -> None:
    """The days on both sides of each change of the law stand for all others."""
    start = START_OF[scheme]
    known = data.draw(partial(scheme))
    for name in ("application_date", "service_start", "project_start", "project_end"):
        known.pop(name, None)
    then: Request = {start: 0, "project_end": 0} if scheme == "werkbaarheidscheque" else {start: 0}
    assume(size_of(scheme, {**known, **then}) <= 6)
    told = answer({"scheme": scheme, **known})
    possible = [
        outcome
        for day in DAYS[scheme]
        for one in completions(scheme, {**known, "application_date": day, **then})
        if (outcome := answer(one))["verdict"] != "not_eligible"
    ]
    if told["verdict"] == "not_eligible" or not possible:
        assert is_nothing(told)
        return
    for name in ("support", "rate", "ceiling"):
        assert told_ends(told, name) == ends(possible, name), name


def test_a_project_that_was_stopped_was_applied_for_by_then() -> None:
    case = training(application_date=None, service_start=None, stopped_on="2019-11-30")
    assert rate(case) == "40"
    assert rate(case | {"stopped_on": "2019-12-01"}) == ("30", "40")
    assert rate(case | {"stopped_on": "2016-04-01"}) == "40"  # the one day on which that can have been


def test_an_unknown_day_may_lie_in_either_of_two_spells_of_applications() -> None:
    """Until 2022 every theme counted, and in the call of 2023 only those of the list."""
    case = increase(application_date=None, service_start=None, theme="other")
    assert condition(case | {"stopped_on": "2022-11-30"}, "theme") is None
    assert condition(case | {"stopped_on": "2023-10-11"}, "theme") == "unknown"


def test_an_application_is_no_later_than_the_end_of_the_service_allows() -> None:
    # the service starts by the day on which it ends, and one applies within 14 days of its start
    case = training(application_date=None, service_start=None, service_end="2019-11-16")
    assert rate(case) == "40"
    assert rate(case | {"service_end": "2019-11-17"}) == ("30", "40")
    assert rate(increase(application_date=None, service_start=None, service_end="2019-11-30")) == "40"
    assert condition(case, "application_in_time") == "unknown"


def test_a_providers_number_says_which_service_it_is_for() -> None:
    case = training("2026-03-01", service=None, theme="cybersecurity", fee=None, learning_mode=None)
    assert amounts(case, "eligible_cost") == [("100.00", None)]
    assert amounts(case | {"provider_number": "DV.A214465"}, "eligible_cost") == [("500.00", None)]
    assert questions(case | {"provider_number": "DV.A214465"}) == ["fee"]
    assert questions(case | {"provider_number": "DV.O214464"}) == ["learning_mode", "fee"]


@pytest.mark.parametrize("deposit", ["10", "40"])
def test_a_deposit_with_an_unknown_fee_to_the_cent(deposit: str) -> None:
    """Rounding makes the proportion rise and fall by a cent where the fee rises."""
    case = training("2021-03-01", deposit=deposit)
    told = answer(case | {"fee": None})["amounts"]["support"]
    low, high = Decimal(told["low"]), Decimal(told["high"])
    for cents in range(100_00, 107_00):
        fee = f"{cents // 100}.{cents % 100:02}"
        assert low <= Decimal(answer(case | {"fee": fee})["amounts"]["support"]["low"]) <= high, fee


def test_a_deposit_where_two_unknown_figures_limit_the_support() -> None:
    """What was paid for workable work is unknown as the fee is: no share is above the deposit or the share due."""
    case = increase(deposit="17500", workable_work=False, fee=None, hr_support_this_year=None)
    told = amounts(case, "support", "own_share", "not_covered", "ceiling_left_after")
    assert told == [("0.00", "5000.00"), ("70.00", "17500.00"), ("0.00", None), ("0.00", "5000.00")]
    for fee, paid in (("22500", "5000"), ("22500.01", "5000"), ("25000", "7500"), ("17500.02", "0.01")):
        support, own, rest = amounts(
            case | {"fee": fee, "hr_support_this_year": paid}, "support", "own_share", "not_covered"
        )
        assert Decimal(support) <= Decimal(5000)
        assert Decimal(own) <= Decimal(17500)
        assert Decimal(support) + Decimal(own) + Decimal(rest) == Decimal(fee)


def test_what_de_minimis_leaves_bounds_an_unknown_fee_to_the_cent() -> None:
    case = training("2024-03-01", fee=None, de_minimis_received="299900")
    # a cent more would be 100.005 euro of support, rounded to 100.01
    assert amounts(case, "support", "eligible_cost") == [("30.00", "100.00"), ("100.00", "333.34")]


def test_a_deposit_and_what_was_received_alone_leave_everything_open() -> None:
    case = {"scheme": "kmo_portefeuille", "deposit": "5000", "de_minimis_received": "199700"}
    assert answer(case)["verdict"] == "undecided"
    assert condition(case, "de_minimis") == "unknown"


def test_de_minimis_is_judged_to_the_cent_where_roundings_carry_the_support_up() -> None:
    # 700 euro earn 300.00 of any fee, but of 1,000.02 the parts round to 300.01
    case = advice("2020-01-01", deposit="700", de_minimis_received="199700")
    assert condition(case | {"fee": "1000.01"}, "de_minimis") == "met"
    assert condition(case | {"fee": "1000.02"}, "de_minimis") == "not_met"
    assert condition(case | {"fee": None}, "de_minimis") == "unknown"
    assert condition(case | {"fee": None, "de_minimis_received": "199699.99"}, "de_minimis") == "met"


@pytest.mark.parametrize(
    ("size", "deposit", "received", "fees"),
    [
        ("small", "350", "199850", range(499_00, 501_00)),
        ("small", "350", "199850.01", range(499_00, 501_00)),
        ("medium", "638.22", "199840.45", range(797_00, 799_00)),
        ("medium", "638.22", "199840.46", range(797_00, 799_00)),
    ],
)
def test_an_unknown_fee_beside_a_deposit_earns_what_roundings_leave_of_de_minimis(
    size: str, deposit: str, received: str, fees: range
) -> None:
    """Around the fee of which the deposit is the whole share, a cent of support more or less decides."""
    case = training("2021-03-01", enterprise_size=size, deposit=deposit, de_minimis_received=received)
    whole = [answer(case | {"fee": f"{fee // 100}.{fee % 100:02}"}) for fee in fees]
    assert {one["verdict"] for one in whole} == {"eligible", "not_eligible"}
    told = answer(case | {"fee": None})
    greatest = max(Decimal(one["amounts"]["support"]["high"]) for one in whole)
    assert (told["verdict"], told["amounts"]["support"]["high"]) == ("undecided", str(greatest))


@pytest.mark.parametrize(
    "beside",
    [
        *({}, {"days": 2}, {"deposit": "40"}, {"lecturer_travel": "12.34"}),
        *({"de_minimis_received": "199960"}, {"de_minimis_received": "199960", "deposit": "600"}),
    ],
)
def test_an_unknown_fee_beside_unknown_people_and_days_to_the_cent(beside: Request) -> None:
    """Each number of plates up to one more than are covered, with fees around the minimum cost and a round on."""
    case = training("2021-03-01", fee=None, catering="160.01", **beside)
    possible = []
    days = beside.get("days", 1)
    for people in range(1, 9):
        covered = min(160_01, 25_00 * people * days) + (12_34 if "lecturer_travel" in beside else 0)
        costs = [*range(100_00, 100_21), 133_34, 133_35]  # de minimis leaves 40 euro for one, and a cent less
        for fee in {0, *(cost - covered for cost in costs if cost >= covered), 999_999_999_99}:
            one = answer(case | {"fee": f"{fee // 100}.{fee % 100:02}", "participants": people, "days": days})
            if one["verdict"] == "eligible":
                possible.append(one)
    told = answer(case)
    for name in ("invoice", "eligible_cost", "support", "own_share", "not_covered", "total_own_cost"):
        assert told_ends(told, name) == ends(possible, name), name


def test_unknown_people_and_days_matter_by_their_product() -> None:
    # both are asked, and any number of plates up to 160 can be eaten
    case = training(fee="0", catering="4000", participants=None, days=None)
    assert amounts(case, "eligible_cost", "support") == [("100.00", "4000.00"), ("30.00", "1200.00")]
    assert questions(case) == ["participants", "days"]
    assert amounts(case | {"days": 3}, "eligible_cost") == [("150.00", "4000.00")]


def test_people_and_days_are_asked_for_beside_an_unknown_fee_too() -> None:
    """Whatever the fee, they decide how much of the catering is covered, and may make up the minimum cost."""
    case = training(fee=None, catering="300", participants=None, days=None)
    assert questions(case) == ["fee", "participants", "days"]
    assert questions(case | {"days": 1}) == ["fee", "participants"]
    assert questions(case | {"catering": None}) == ["fee"]


def test_few_worlds_are_left_open_where_hardly_anything_is_known() -> None:
    facts = {"scheme": "kmo_portefeuille", "deposit": 700_00, "catering": 4_000_00}
    case = Case(SCHEME, facts, LAW)
    conditions = [judged for rule in SCHEME.conditions if (judged := judge(case, rule))]
    assert len(weigh(case, conditions).worlds) < 200
