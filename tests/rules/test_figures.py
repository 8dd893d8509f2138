"""Figures and days: as each language writes them, and the arithmetic of cents and of the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from rules import LANGUAGES, days, money
from rules.wording import FOLDER, Wording
from tests.rules.cases import unraised


@pytest.mark.parametrize(
    ("language", "hundreds", "thousand", "million", "cents"),
    [
        ("nl", "999 euro", "1.000 euro", "1.234.567 euro", "1.000,50 euro"),
        ("en", "999 euro", "1,000 euro", "1,234,567 euro", "1,000.50 euro"),
        ("fr", "999 euros", "1\u00a0000 euros", "1\u00a0234\u00a0567 euros", "1\u00a0000,50 euros"),
        ("de", "999 Euro", "1.000 Euro", "1.234.567 Euro", "1.000,50 Euro"),
    ],
)
def test_money(language: str, hundreds: str, thousand: str, million: str, cents: str) -> None:
    wording = Wording(language)
    assert wording.money(999_00) == wording.money("999.00") == hundreds
    assert wording.money(1000_00) == wording.money("1000.00") == thousand
    assert wording.money(1_234_567_00) == million
    assert wording.money(1000_50) == wording.money("1000.50") == cents
    assert wording.amount(1000_00) == wording.amount("1000.00") == cents.split(" ")[0].replace("50", "00")


def test_french_counts_from_two_on() -> None:
    french = Wording("fr")
    assert [french.money(cents) for cents in (0, 100, 199, 200)] == [
        *("0 euro", "1 euro", "1,99 euro", "2 euros"),
    ]


@pytest.mark.parametrize(
    ("language", "whole", "part", "between"),
    [
        ("nl", "30%", "24,99%", "20% tot 30%"),
        ("en", "30%", "24.99%", "20% to 30%"),
        ("fr", "30\u00a0%", "24,99\u00a0%", "20\u00a0% à 30\u00a0%"),
        ("de", "30\u00a0%", "24,99\u00a0%", "20\u00a0% bis 30\u00a0%"),
    ],
)
def test_percentages(language: str, whole: str, part: str, between: str) -> None:
    wording = Wording(language)
    assert wording.percent(30_00) == wording.percent("30") == whole
    assert wording.percent(24_99) == wording.percent("24.99") == part
    assert wording.value((20_00, 30_00), "percent") == between


@pytest.mark.parametrize(
    ("language", "first", "second", "sunday"),
    [
        ("nl", "1 december 2019", "2 december 2019", "zondag 1 december 2019"),
        ("en", "1 December 2019", "2 December 2019", "Sunday 1 December 2019"),
        ("fr", "1er décembre 2019", "2 décembre 2019", "dimanche 1er décembre 2019"),
        ("de", "1. Dezember 2019", "2. Dezember 2019", "Sonntag, 1. Dezember 2019"),
    ],
)
def test_days_written_out(language: str, first: str, second: str, sunday: str) -> None:
    wording = Wording(language)
    day = date(2019, 12, 1)
    assert wording.day("2019-12-01") == wording.day(day) == wording.day(day.toordinal()) == first
    assert wording.day("2019-12-02") == second
    assert wording.weekday(day) == sunday


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_of_the_law_with_their_unit(language: str) -> None:
    wording = Wording(language)
    assert wording.value(14, "days") == wording.counted("unit.days", 14)
    assert wording.value(50_00, "annual_work_units") == wording.counted("unit.annual_work_units", 50)
    assert wording.value(15_00, "points") == wording.counted("unit.points", 15)
    assert wording.value(100_00, "euro") == wording.money(100_00)
    assert wording.value(date(2024, 8, 31).toordinal(), "date") == wording.day("2024-08-31")
    assert wording.value(frozenset(), "set") == wording("value.none")
    labels = sorted(wording(f"choice.legal_form.{form}") for form in ("company", "natural_person"))
    forms = wording.value(frozenset({"natural_person", "company"}), "set", "legal_form")
    assert forms == ", ".join(labels)
    assert wording.value(frozenset({"331", "318.02"}), "set", "joint_committee") == "318.02, 331"
    assert "2021" in wording.value("call 2021", "state")


def test_one_of_a_thing_and_several() -> None:
    english = Wording("en")
    assert [english.value(number, "days") for number in (1, 14, 1000)] == ["1 day", "14 days", "1,000 days"]


def test_an_interface_may_bring_a_catalogue_of_its_own() -> None:
    english = unraised(Wording, "en")
    both = unraised(english.extended, FOLDER.parents[1] / "calculator" / "wording")
    assert english("value.none") == both("value.none")
    assert both.text("answer.exact")
    assert english.text("answer.exact") is None


def test_a_message_that_does_not_exist_is_an_error() -> None:
    english = Wording("en")
    assert english.text("no.such.message") is None
    with pytest.raises(KeyError):
        english("no.such.message")
    with pytest.raises(KeyError):
        english.counted("no.such.message", 1)


# --- cents and percentages ---------------------------------------------------------------------


def test_half_a_cent_goes_upwards() -> None:
    assert money.percentage_of(40_00, 805_79) == 322_32  # as published
    assert money.percentage_of(30_00, 5) == 2  # one and a half
    assert money.percentage_of(10_00, 4) == 0
    assert [money.nearest(number, 2) for number in range(5)] == [0, 1, 1, 2, 2]


def test_a_part_in_proportion_and_all_of_it_where_nothing_is_due() -> None:
    assert money.in_proportion(300_00, 350_00, 700_00) == 150_00
    assert money.in_proportion(300_00, 0, 0) == 300_00


@pytest.mark.parametrize("percentage", [30_00, 20_00, 45_00, 7_35, 100_00, 33_33])
def test_the_roundings_of_a_percentage_come_again_after_its_period(percentage: int) -> None:
    period = money.period(percentage)
    assert percentage * period % 100_00 == 0, "a whole number of cents"
    assert all(percentage * shorter % 100_00 for shorter in range(1, period)), "and not before"


# --- the calendar ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2021-03-15", 6, "2021-09-15"),
        ("2021-08-31", 6, "2022-02-28"),  # the month's last day, where it has no such day
        ("2019-08-31", 6, "2020-02-29"),
        ("2021-07-01", 6, "2022-01-01"),
        ("2021-06-30", 6, "2021-12-30"),
        ("2021-05-31", 6, "2021-11-30"),
        ("2021-06-15", 12, "2022-06-15"),
        ("2020-11-30", 13, "2021-12-30"),
        ("2021-12-31", 0, "2021-12-31"),
    ],
)
def test_months_later(start: str, months: int, end: str) -> None:
    assert days.iso(days.months_later(days.ordinal(start), months)) == end


def test_the_ends_of_a_year() -> None:
    day = days.ordinal("2021-06-15")
    assert days.iso(days.end_of_year(day)) == "2021-12-31"
    assert days.iso(days.end_of_year(day, 1)) == "2022-12-31"
    assert days.iso(days.start_of_year(day, 0)) == "2021-01-01"
    assert days.iso(days.start_of_year(day, 1)) == "2022-01-01"
    assert days.year_of(day) == 2021
