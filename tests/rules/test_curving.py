"""Curves: the amounts of `calculate` at every value, straight between corners that stand where the law turns."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from rules import LAW, reading
from rules.curving import Stretch, curve, facts_with_a_curve
from rules.days import iso, ordinal
from rules.money import decimal
from rules.schemes import SCHEMES
from rules.worlds import Interval
from tests.rules.cases import calculate, cheque, increase, training, unraised

DAYS = Interval(ordinal("2016-01-01"), ordinal("2027-06-30"))
EUROS = Interval(0, 6_000_000)
KNOWN = training("2026-11-24", fee="1000", theme="digitalisation")
CLOSE = 2


def drawn(facts, fact, within, amount="support"):
    known, refusals = reading.read(facts)
    assert not refusals
    return unraised(curve, SCHEMES[known["scheme"]], known, LAW, fact, amount, within)


def along(stretch: Stretch, value: int) -> list[float | None]:
    """What the lines between the corners say."""
    for one, other in zip(stretch.corners, stretch.corners[1:] or stretch.corners, strict=False):
        if one.value <= value <= other.value:
            share = (value - one.value) / (other.value - one.value or 1)
            ends = zip(one.range, other.range, strict=True)
            return [None if low is None or high is None else low + (high - low) * share for low, high in ends]
    raise AssertionError(value)


CASES = [
    (KNOWN, "fee", EUROS, "support"),
    (KNOWN | {"enterprise_size": None}, "fee", EUROS, "own_share"),
    (KNOWN | {"support_used_this_year": "6543.21", "vat_rate": None}, "fee", EUROS, "total_own_cost"),
    ({"scheme": "kmo_portefeuille", "application_date": "2024-03-01"}, "fee", EUROS, "support"),
    (KNOWN, "support_used_this_year", EUROS, "support"),
    (KNOWN | {"catering": "400", "participants": None, "days": "2"}, "catering", EUROS, "support"),
    (KNOWN | {"enterprise_size": None}, "headcount", Interval(0, 300_00), "support"),
    (KNOWN, "application_date", DAYS, "support"),
    (KNOWN | {"service_start": None}, "application_date", DAYS, "support"),
    (KNOWN, "service_start", DAYS, "support"),
    (cheque("2021-05-10", cost="5000"), "cost", EUROS, "support"),
    (cheque("2021-05-10", cost="5000"), "application_date", DAYS, "co_financing"),
    (increase("2022-05-10", fee="5000"), "fee", EUROS, "support"),
]


def test_where_a_cent_decides_a_curve_holds_both_answers():
    facts = training("2021-03-01", fee="600", deposit="350", de_minimis_received="199850")
    stretches = drawn(facts, "fee", Interval(0, 2_000_000))
    verdicts = [(stretch.low, stretch.verdict) for stretch in stretches]
    assert verdicts == [
        (0, "not_eligible"),
        (100_00, "eligible"),
        (500_01, "undecided"),
        (714_31, "eligible"),
    ]
    for value in (500_02, 500_03, 600_00, 714_25):
        low, high = stretches[2].at(value)
        assert (low, high) == (0, 150_00)


def test_an_amount_for_which_the_law_has_no_value_is_drawn_as_none():
    facts = increase("2018-05-10", fee="5000")
    assert "ceiling" not in calculate(facts)["amounts"]
    assert [stretch.at(100_00) for stretch in drawn(facts, "fee", EUROS, "ceiling")] == [(0, 0)]


@pytest.mark.parametrize(("facts", "fact", "within", "amount"), CASES)
def test_a_curve_is_what_calculate_says_at_a_thousand_points(facts, fact, within, amount):
    stretches = drawn(facts, fact, within, amount)
    assert stretches[0].low == within.low
    assert stretches[-1].high == within.high
    for one, other in pairwise(stretches):
        assert one.high + 1 == other.low
    chance = random.Random(f"{fact} {amount}")
    corners = [corner.value for stretch in stretches for corner in stretch.corners]
    places = {*corners, *(chance.randint(*within.ends) for _ in range(1000))}
    for value in places:
        stretch = next(stretch for stretch in stretches if stretch.low <= value <= stretch.high)
        typed = iso(value) if within is DAYS else decimal(value)
        found = calculate(facts | {fact: typed})
        assert found["verdict"] == stretch.verdict
        told = found["amounts"].get(amount)
        if told is None:
            continue
        exact = [None if told[end] is None else int(told[end].replace(".", "")) for end in ("low", "high")]
        assert list(stretch.at(value)) == exact
        for line, end in zip(along(stretch, value), exact, strict=True):
            assert (line is None) is (end is None)
            assert line is None or end is None or abs(line - end) <= CLOSE


def test_corners_stand_where_the_law_turns():
    found = drawn(KNOWN, "fee", EUROS)
    ceiling = calculate(KNOWN)["amounts"]["ceiling"]["low"]
    rate = int(calculate(KNOWN)["rate"]["low"])
    minimum = LAW.value("minimum_cost.training", "2026-11-24")
    assert [(stretch.low, stretch.verdict) for stretch in found] == [
        (0, "not_eligible"),
        (minimum, "eligible"),
    ]
    full = int(ceiling.replace(".", "")) * 100 // rate
    assert [corner.value for corner in found[-1].corners] == [minimum, full, EUROS.high]


# Each stretch's corners: the value, and the least and the greatest of the amount there, in cents.
CORNERS = {
    "what is left of the ceiling, 956.79 euro, is reached with an invoice of 3,189.30": (
        KNOWN | {"support_used_this_year": "6543.21"},
        ("fee", "support", EUROS),
        [
            [(0, 0, 0), (99_99, 0, 0)],
            [(100_00, 30_00, 30_00), (3_189_30, 956_79, 956_79), (60_000_00, 956_79, 956_79)],
        ],
    ),
    "seventy per cent are paid oneself, and above the ceiling all": (
        KNOWN,
        ("fee", "own_share", EUROS),
        [
            [(0, 0, 0), (99_99, 0, 0)],
            [(100_00, 70_00, 70_00), (25_000_00, 17_500_00, 17_500_00), (60_000_00, 52_500_00, 52_500_00)],
        ],
    ),
    "below the minimum nothing is covered": (
        KNOWN,
        ("fee", "not_covered", EUROS),
        [[(0, 0, 0), (99_99, 99_99, 99_99)], [(100_00, 0, 0), (60_000_00, 0, 0)]],
    ),
    "a deposit of 350 euro earns 150 at most": (
        KNOWN | {"deposit": "350"},
        ("fee", "support", Interval(0, 2_000_00)),
        [
            [(0, 0, 0), (99_99, 0, 0)],
            [(100_00, 30_00, 30_00), (500_00, 150_00, 150_00)],
            [(500_01, 150_00, 150_00), (2_000_00, 150_00, 150_00)],
        ],
    ),
    "meals count up to 25 euro for each of four people on each of two days": (
        KNOWN | {"participants": 4, "days": 2},
        ("catering", "support", EUROS),
        [[(0, 300_00, 300_00), (200_00, 360_00, 360_00), (60_000_00, 360_00, 360_00)]],
    ),
    "what they cost above that is not covered": (
        KNOWN | {"participants": 4, "days": 2},
        ("catering", "not_covered", EUROS),
        [[(0, 0, 0), (200_00, 0, 0), (60_000_00, 59_800_00, 59_800_00)]],
    ),
    "of two classes each has its own rate and its own place to reach the ceiling": (
        KNOWN | {"enterprise_size": None},
        ("fee", "support", EUROS),
        [
            [(0, 0, 0), (99_99, 0, 0)],
            [
                (100_00, 20_00, 30_00),
                (25_000_00, 5_000_00, 7_500_00),
                (37_500_00, 7_500_00, 7_500_00),
                (60_000_00, 7_500_00, 7_500_00),
            ],
        ],
    ),
    "a cheque is sixty per cent, up to 10,000 euro": (
        cheque("2021-05-10"),
        ("cost", "support", EUROS),
        [[(0, 0, 0), (16_666_66, 10_000_00, 10_000_00), (60_000_00, 10_000_00, 10_000_00)]],
    ),
    "the rate changes from one day to the next": (
        KNOWN | {"service_start": None},
        ("application_date", "support", Interval(ordinal("2019-11-28"), ordinal("2019-12-03"))),
        [
            [(ordinal("2019-11-28"), 400_00, 400_00), (ordinal("2019-11-30"), 400_00, 400_00)],
            [(ordinal("2019-12-01"), 300_00, 300_00), (ordinal("2019-12-03"), 300_00, 300_00)],
        ],
    ),
    "a change of the law that changes nothing here is no corner": (
        KNOWN | {"service_start": None},
        ("application_date", "support", Interval(ordinal("2020-06-28"), ordinal("2020-07-03"))),
        [[(ordinal("2020-06-28"), 300_00, 300_00), (ordinal("2020-07-03"), 300_00, 300_00)]],
    ),
    "a service may have started fourteen days before the application": (
        KNOWN,
        ("service_start", "support", Interval(ordinal("2026-11-01"), ordinal("2026-11-30"))),
        [
            [(ordinal("2026-11-01"), 0, 0), (ordinal("2026-11-09"), 0, 0)],
            [(ordinal("2026-11-10"), 300_00, 300_00), (ordinal("2026-11-30"), 300_00, 300_00)],
        ],
    ),
    "what was used of the ceiling leaves less from 7,200 euro on, and nothing from 7,500": (
        KNOWN,
        ("support_used_this_year", "support", EUROS),
        [
            [(0, 300_00, 300_00), (7_200_00, 300_00, 300_00), (7_499_99, 1, 1)],
            [(7_500_00, 0, 0), (60_000_00, 0, 0)],
        ],
    ),
    "between no VAT and 21 per cent the whole cost is a range": (
        KNOWN | {"vat_deductible": False},
        ("fee", "total_own_cost", Interval(0, 50_000_00)),
        [
            [(0, 0, 0), (99_99, 99_99, 120_99)],
            [(100_00, 70_00, 91_00), (25_000_00, 17_500_00, 22_750_00), (50_000_00, 42_500_00, 53_000_00)],
        ],
    ),
}


@pytest.mark.parametrize("name", CORNERS)
def test_a_curve_has_exactly_these_corners(name):
    facts, (fact, amount, within), corners = CORNERS[name]
    found = drawn(facts, fact, within, amount)
    assert [[(x, *range) for x, range in stretch.corners] for stretch in found] == corners


def test_a_figure_steps_at_the_limits_of_the_classes():
    facts = KNOWN | {"enterprise_size": None, "annual_turnover": "1000000", "balance_sheet_total": "1000000"}
    found = drawn(facts, "headcount", Interval(0, 300_00))
    small, medium = (LAW.value(f"headcount_limit.{size}", "2026-11-24") for size in ("small", "medium"))
    assert [stretch.low for stretch in found] == [0, small, medium]


def test_a_bow_is_drawn_closely_enough_to_look_at():
    facts = KNOWN | {"deposit": "350"}
    stretches = drawn(facts, "fee", EUROS)
    highest = max(corner.range.high or 0 for stretch in stretches for corner in stretch.corners)
    for value in range(0, EUROS.high, 7_919):
        stretch = next(stretch for stretch in stretches if stretch.low <= value <= stretch.high)
        line, exact = along(stretch, value)[1], stretch.at(value)[1]
        assert line is not None
        assert exact is not None
        assert abs(line - exact) * 50 <= highest


FIGURES_OF_A_CHEQUE = ["cost", "employees"]


def test_figures_and_days_have_a_curve_and_nothing_else_has() -> None:
    facts = {"scheme": "werkbaarheidscheque", "application_date": ordinal("2021-05-10")}
    names = unraised(facts_with_a_curve, SCHEMES["werkbaarheidscheque"], facts)
    assert {"application_date", "project_start", "project_end", *FIGURES_OF_A_CHEQUE} <= set(names)
    assert not {"scheme", "sector", "actions", "legal_duty", "joint_committee"} & set(names)


def test_beside_an_unknown_day_of_the_application_only_that_day_and_figures_have_a_curve() -> None:
    names = unraised(facts_with_a_curve, SCHEMES["werkbaarheidscheque"], {"scheme": "werkbaarheidscheque"})
    assert {"application_date", *FIGURES_OF_A_CHEQUE} <= set(names)
    assert not {"project_start", "project_end"} & set(names)


def test_where_nothing_fits_the_curve_lies_at_zero() -> None:
    """The scheme did not exist yet, so that no fee gives anything."""
    for stretch in drawn(
        KNOWN | {"application_date": "2015-03-02", "service_start": "2015-03-02"}, "fee", EUROS
    ):
        assert [list(corner.range) for corner in stretch.corners] == [[0, 0]] * len(stretch.corners)
