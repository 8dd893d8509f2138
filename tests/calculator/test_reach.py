"""The other way round: every price that reaches what is wanted, and never one of several in silence."""

import pytest

from rules import LANGUAGES, calculate
from tests.calculator.test_answer import TRAINING, ask

CASE = TRAINING | {"application_date": "2026-11-24", "support_used_this_year": "7000"}


def reach(facts=CASE, language="nl", **settings):
    return ask(facts, language, view="reach", settings=settings)["places"]


def support(fee):
    return calculate(CASE | {"fee": fee, "theme": "digitalisation"})["amounts"]["support"]["low"]


def test_what_is_left_of_the_ceiling_is_used_from_a_price_on():
    (row,) = reach(CASE | {"theme": "digitalisation"})["rows"]
    assert row["text"] == "Vanaf 1.666,65 euro"
    assert support(row["take"]) == "500.00"
    assert support("1666.64") != "500.00"


def test_a_run_of_prices_is_told_from_end_to_end():
    (row,) = reach(CASE | {"theme": "digitalisation"}, goal="support", value="300,00")["rows"]
    assert row["text"] == "Van 999,99 euro tot en met 1.000,01 euro"
    assert {support(fee) for fee in ("999.99", "1000.00", "1000.01")} == {"300.00"}
    assert {support("999.98"), support("1000.02")} == {"299.99", "300.01"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_roundings_give_it_at_one_cent_and_not_at_the_next_the_longest_run_is_told(language):
    """350 euro are the whole share of a fee of 500 euro; of a larger one they earn 150 euro, or a cent more or less."""
    case = CASE | {"application_date": "2021-03-01", "deposit": "350", "support_used_this_year": ""}
    places = reach(case, language, goal="support", value="150")
    (row,) = places["rows"]
    assert row["take"] == "714.26"
    assert all(figure in places["more"] for figure in ("499", "714", "3"))
    assert reach(CASE, language)["more"] == ""


def test_where_no_price_will_do_the_nearest_are_told():
    places = reach(CASE | {"theme": "digitalisation"}, goal="support", value="20")
    assert "rows" not in places or not places["rows"]
    assert "Steun: 20 euro" in places["none"]
    below, above = (each["text"] for each in places["near"])
    assert below.endswith("geeft 0 euro.")
    assert above == "100 euro geeft 30 euro."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_keeps_it_from_an_answer_is_said(language):
    open_size = {"application_date": "2019-12-10", "enterprise_size": ""}
    unknown = reach(CASE | open_size, language)["none"]
    used = reach(CASE | {"support_used_this_year": "7500"}, language)["none"]
    untyped = reach(CASE, language, goal="support")["none"]
    silly = reach(CASE, language, goal="own_share", value="much")["none"]
    assert len({unknown, used, untyped}) == 3
    assert silly == untyped
    assert reach(CASE, language, goal="support")["typed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cheque_has_a_price_too(language):
    case = {"scheme": "werkbaarheidscheque", "application_date": "2021-05-10"}
    assert reach(case, language)["rows"]
    assert reach(case, language, goal="co_financing", value="100")["rows"]
