"""What an answer says, word for word in English: each sentence names the right figures, days and facts."""

from __future__ import annotations

from typing import Any

import pytest

from rules.days import ordinal
from rules.facts import FACTS
from rules.telling import fact_value, parameter_label
from rules.wording import Wording
from rules.worlds import Options
from tests.rules.cases import Request, advice, calculate, cheque, only, training, unraised

ENGLISH = Wording("en")
NOW = training("2026-11-24")
FULL = training("2026-11-24", fee="40000", participants=3, days=2, catering="200")


def said(request: Request, part: str, id: str) -> Any:
    """The one thing of an answer that has this id."""
    return only(told for told in calculate(request, "en")[part] if told["id"] == id)


def summary(request: Request) -> str:
    return calculate(request, "en")["summary"]["text"]  # type: ignore[no-any-return]


CONDITIONS = [
    (NOW, "scheme_open", "On Tuesday 24 November 2026 you can apply."),
    (NOW, "enterprise_size", "Size: Small enterprise. That is an SME under the European definition."),
    (NOW, "minimum_cost", "The eligible cost is 1,000 euro; the minimum is 100 euro."),
    (NOW | {"fee": "99.99"}, "minimum_cost", "The eligible cost is 99.99 euro. The minimum is 100 euro."),
    (NOW, "theme", "The theme counts: Digitalisation."),
    (
        NOW | {"legal_form": "vzw"},
        "legal_form",
        "This legal form does not qualify: Non-profit association (vzw).",
    ),
    (
        NOW | {"legal_form": "other"},
        "legal_form",
        "The sources do not say whether this legal form is accepted. Ask the office that grants the support.",
    ),
    (NOW, "public_participation", "Public authorities hold less than 25%."),
    (
        NOW | {"service_start": "2026-10-01"},
        "application_in_time",
        "It is too late. The application was due by 15 October 2026.",
    ),
    (
        NOW | {"de_minimis_received": "299999"},
        "de_minimis",
        "With this support, de minimis aid would exceed 300,000 euro over the period that counts.",
    ),
    (
        training("2028-11-24"),
        "scheme_open",
        "The rules were last checked on 23 November 2026. What holds after 23 November 2027 is not known here.",
    ),
    (
        cheque("2022-12-15"),
        "scheme_open",
        (
            "On Thursday 15 December 2022 you could not apply. The call before closed on 30 November 2022; "
            "the next one opened on 17 January 2023."
        ),
    ),
    (
        cheque("2019-05-06"),
        "scheme_open",
        "On Monday 6 May 2019 the scheme did not exist in this form yet. It does since 7 May 2019.",
    ),
    (
        cheque("2021-05-10"),
        "scheme_open",
        "On Monday 10 May 2021 a call is open: from 1 January 2021 to 31 December 2021.",
    ),
    (cheque(), "sector", "Enterprises of this sector can apply: Profit."),
    (cheque(employees=0), "employees", "Needed at least, under an employment contract: 1 employee."),
    (
        cheque(project_end="2026-01-01"),
        "project_period",
        "The project may last 6 months at most: until 3 November 2021.",
    ),
    ({"scheme": "kmo_portefeuille"}, "scheme_open", "This condition is met."),
    ({"scheme": "kmo_portefeuille"}, "legal_form", "Not known yet. It depends on: Legal form."),
    (
        {"scheme": "kmo_portefeuille"},
        "application_in_time",
        "Not known yet. It depends on: Application date, First day of the service.",
    ),
    (
        NOW | {"theme": "occupation_specific_skills", "on_official_list": None},
        "theme",
        "Not known yet. It depends on: On the VLAIO list.",
    ),
]


@pytest.mark.parametrize(("request_", "id", "text"), CONDITIONS)
def test_a_condition_names_what_it_was_judged_by(request_: Request, id: str, text: str) -> None:
    assert said(request_, "conditions", id)["text"] == text


@pytest.mark.parametrize(
    ("id", "inferred"), [("theme", True), ("legal_form", False), ("minimum_cost", False)]
)
def test_a_condition_says_whether_the_law_behind_it_was_inferred(id: str, inferred: bool) -> None:
    assert said(NOW, "conditions", id)["inferred"] is inferred


SUMMARIES = [
    (NOW, "You pay 700 euro yourself. Flanders adds 300 euro."),
    (cheque(), "You pay 2,000 euro yourself. Flanders adds 3,000 euro."),
    (
        NOW | {"legal_form": "other"},
        "If all conditions are met, you pay 700 euro yourself and Flanders adds 300 euro.",
    ),
    (
        NOW | {"support_used_this_year": "7500"},
        "There is no support for this. Nothing is left of the ceiling.",
    ),
    (
        NOW | {"enterprise_size": None, "theme": None},
        "You get between 200 euro and 450 euro. It depends on: Theme, Enterprise size.",
    ),
    (NOW | {"fee": None}, "You get between 30 euro and 7,500 euro. It depends on: Price excluding VAT."),
    (
        {"scheme": "kmo_portefeuille"},
        "You get between 20 euro and 15,000 euro. It depends on: Price excluding VAT, Application date.",
    ),
    (
        training("2023-06-01", theme="energy_efficiency"),
        "The sources disagree about this day. You get between 300 euro and 450 euro.",
    ),
    (
        advice("2026-11-24", theme=None, service_start=None),
        "If all conditions are met, you pay 550 euro yourself and Flanders adds 450 euro.",
    ),
]


@pytest.mark.parametrize(("request_", "text"), SUMMARIES)
def test_the_answer_in_one_sentence(request_: Request, text: str) -> None:
    assert summary(request_) == text


DEADLINES = [
    (NOW, "application", "Apply by Tuesday 8 December 2026. That is 14 days after the service starts."),
    (
        NOW,
        "deposit",
        "Pay in your share by Thursday 24 December 2026. That is 30 days after the application.",
    ),
    (NOW, "service_end", "The service must have ended, and be paid, by Friday 31 December 2027."),
    (
        cheque(),
        "application",
        "Better apply by Wednesday 30 June 2021, so that the whole project still fits.",
    ),
    (cheque(), "project_end", "The work must have ended by Wednesday 3 November 2021."),
]


@pytest.mark.parametrize(("request_", "id", "text"), DEADLINES)
def test_a_deadline_names_its_day_and_its_term(request_: Request, id: str, text: str) -> None:
    assert text in [told["text"] for told in calculate(request_, "en")["deadlines"] if told["id"] == id]


STEPS = [
    ("invoice", "40200.00", "All that is invoiced, excluding VAT: 40,200 euro."),
    ("catering_limit", "25", "Meals and drinks for each person and day: 25 euro, since 1 April 2016."),
    (
        "covered_catering",
        "150.00",
        "Meals and drinks count up to 25 euro for each participant and day: 150 euro.",
    ),
    ("examination_covered", "no", "Examination fee counts: no, since 1 July 2020 (inferred)."),
    ("support_rate.small", "30", "Support rate (Small enterprise): 30%, since 1 December 2019."),
    (
        "rate_raise.cybersecurity",
        "15",
        "Raise of the rate (Cybersecurity): 15 percentage points, since 14 September 2021.",
    ),
    ("rate_raise", "0", "What the theme adds to the rate: 0 percentage points."),
    ("rate", "30", "The support rate: 30%."),
    ("support_before_ceiling", "12045.00", "30% of 40,150 euro is 12,045 euro."),
    ("support", "7500.00", "The support: 7,500 euro."),
    (
        "own_share_due",
        "32650.00",
        "To pay in for the full support: 40,150 euro less 7,500 euro is 32,650 euro.",
    ),
    ("highest_vat_rate", "21", "Highest VAT rate: 21%, since 1 January 1990 (inferred)."),
    (
        "vat_paid_directly",
        {"low": "0.00", "high": "8442.00"},
        "VAT on 40,200 euro, paid straight to the provider: 0 euro to 8,442 euro.",
    ),
]


@pytest.mark.parametrize(("id", "value", "text"), STEPS)
def test_a_step_says_what_it_was_made_of(id: str, value: Any, text: str) -> None:
    step = said(FULL, "trace", id)
    assert (step["value"], step["text"]) == (value, text)


ERRORS = [
    (
        {"fee": "-1"},
        "Price excluding VAT: -1 is outside what is possible, from 0 euro to 999,999,999.99 euro.",
    ),
    (
        {"fee": "x"},
        "Price excluding VAT: x is not an amount. Write it in euro with at most two decimals, such as 1000.50.",
    ),
    (
        {"public_participation": "101"},
        "Share held by public authorities: 101 is outside what is possible, from 0% to 100%.",
    ),
    (
        {"headcount": "-1"},
        "Staff in full-time equivalents: -1 is outside what is possible, from 0 to 999999999.99.",
    ),
    ({"participants": "0"}, "Number of participants: 0 is outside what is possible, from 1 to 1000000."),
    (
        {"application_date": "1890-01-01"},
        "Application date: 1890-01-01 is outside what is possible, from 1 January 1990 to 31 December 2100.",
    ),
    (
        {"application_date": "2015-02-30"},
        "Application date: 2015-02-30 is not a date that exists. Write it as 2019-12-01.",
    ),
]


@pytest.mark.parametrize(("changes", "text"), ERRORS)
def test_an_error_names_what_is_wrong_and_what_is_allowed(changes: Request, text: str) -> None:
    assert only(calculate(NOW | changes, "en")["errors"])["text"] == text


VALUES = [
    ("enterprise_size", "small", "Small enterprise"),
    ("actions", Options({"report", "measurement"}), "Measurement or scan, Report"),
    ("main_activity_accepted", True, "Yes"),
    ("main_activity_accepted", False, "No"),
    ("application_date", ordinal("2019-12-01"), "Sunday 1 December 2019"),
    ("fee", 1_000_50, "1,000.50 euro"),
    ("public_participation", 24_99, "24.99%"),
    ("headcount", 49_50, "49.5"),
    ("employees", 10, "10"),
]


@pytest.mark.parametrize(("name", "value", "text"), VALUES)
def test_a_fact_is_written_as_its_kind_is(name: str, value: Any, text: str) -> None:
    assert unraised(fact_value, name, value, ENGLISH) == text


def test_a_parameter_has_its_variant_in_brackets() -> None:
    assert parameter_label("catering_limit", ENGLISH) == "Meals and drinks for each person and day"
    assert parameter_label("support_rate.medium", ENGLISH) == "Support rate (Medium-sized enterprise)"
    assert parameter_label("minimum_cost.advice", ENGLISH) == "Minimum cost (Advice)"


def test_what_no_rule_of_the_scheme_reads_is_named_in_the_order_of_the_form() -> None:
    notice = said(NOW | {"sector": "profit", "cost": "5000"}, "notices", "not_for_this_scheme")
    assert notice["facts"] == sorted(["cost", "sector"], key=list(FACTS).index)
