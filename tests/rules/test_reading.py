"""Reading what people and programs write: exactly, kindly, and with every error told at once."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import LANGUAGES
from rules.facts import FACTS
from rules.reading import written
from tests.rules.cases import Outcome, advice, amounts, calculate, cheque, increase, only, training, unraised


def calculated(request: Any, language: str, **how: Any) -> Outcome:
    return unraised(calculate, request, language, **how)  # type: ignore[no-any-return]


def errors(request: Any, **how: Any) -> list[tuple[str | None, str]]:
    """The errors of a request: the fact and the code of each."""
    return [(told["fact"], told["code"]) for told in refused(request, **how)["errors"]]


def refused(request: Any, **how: Any) -> Outcome:
    return calculated(request, "en", **how)


def code(fact: str, value: Any, **how: Any) -> str | None:
    """The code of the one error that a value brings; None where it is read."""
    found = errors(training(**{fact: value}), **how)
    assert [name for name, _ in found] in ([], [fact])
    return next((code for _, code in found), None)


def suggestion(fact: str, value: Any) -> str | None:
    told = only(refused(training(**{fact: value}))["errors"])
    return None if "suggestion" not in told else str(told["suggestion"])


def fee(value: Any, **how: Any) -> Any:
    """How a fee is read: the invoice that it makes; None where it is not read."""
    outcome = calculated(training(fee=value), how.pop("language", "en"), **how)
    return outcome["amounts"]["invoice"]["low"] if outcome["verdict"] else None


# --- what is unknown ---------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", [None, "", "  "], ids=repr)
@pytest.mark.parametrize("fact", ["fee", "legal_form", "service_start", "main_activity_accepted"])
def test_absent_null_and_empty_are_all_unknown(fact: str, nothing: Any) -> None:
    without = {name: value for name, value in training().items() if name != fact}
    assert calculated(training(**{fact: nothing}), "en") == calculated(without, "en")


@pytest.mark.parametrize("nothing", [None, "", []], ids=repr)
def test_an_empty_set_is_unknown(nothing: Any) -> None:
    without = {name: value for name, value in cheque().items() if name != "actions"}
    assert calculated(cheque(actions=nothing), "en") == calculated(without, "en")


@pytest.mark.parametrize(
    ("fact", "code"),
    [("fee", "not_an_amount"), ("legal_form", "not_a_choice"), ("service_start", "not_a_date")],
)
def test_an_empty_list_is_no_value_of_what_is_no_set(fact: str, code: str) -> None:
    assert errors(training() | {fact: []}) == [(fact, code)]


# --- money -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "example"), [("nl", "1000,50"), ("en", "1000.50"), ("fr", "1000,50")])
def test_who_types_is_shown_an_amount_as_people_type_it(language: str, example: str) -> None:
    typed = only(calculate({"scheme": "kmo_portefeuille", "fee": "x"}, language, typed=True)["errors"])
    assert f" {example}" in typed["text"]
    exact = only(calculate({"scheme": "kmo_portefeuille", "fee": "x"}, language)["errors"])
    assert " 1000.50" in exact["text"]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (1000, "1000.00"),
        ("1000", "1000.00"),
        ("1000.5", "1000.50"),
        ("1000.50", "1000.50"),
        (1000.5, "1000.50"),
        (1000.10, "1000.10"),
        (0.1, "0.10"),
        (1e3, "1000.00"),
        ("0", "0.00"),
        (0, "0.00"),
        ("0.01", "0.01"),
        ("007", "7.00"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("999999999.99", "999999999.99"),
        (Decimal("1000.10"), "1000.10"),
    ],
    ids=repr,
)
def test_money_is_read_exactly(value: Any, read: str) -> None:
    assert fee(value) == read


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("-1", "out_of_range"),
        (-1, "out_of_range"),
        (-0.01, "out_of_range"),
        ("1000000000", "out_of_range"),
        ("999999999.991", "too_many_decimals"),
        (1e30, "out_of_range"),
        (float("inf"), "out_of_range"),
        (float("-inf"), "out_of_range"),
        ("1000.505", "too_many_decimals"),
        (1000.505, "too_many_decimals"),
        (0.001, "too_many_decimals"),
        pytest.param("9" * 5000, "out_of_range", id="many digits"),
        (float("nan"), "not_an_amount"),
        ("much", "not_an_amount"),
        ("1,000", "not_an_amount"),
        ("1 000", "not_an_amount"),
        ("€ 1000", "not_an_amount"),
        ("1e3", "not_an_amount"),
        ("0x10", "not_an_amount"),
        ("\u0661\u0660", "not_an_amount"),  # digits, of another script
        ("1_000", "not_an_amount"),
        (".", "not_an_amount"),
        ("--1", "not_an_amount"),
        ("+1", "not_an_amount"),
        (True, "not_an_amount"),
        ([1000], "not_an_amount"),
        ({"value": 1000}, "not_an_amount"),
    ],
    ids=repr,
)
def test_what_is_no_amount_of_money(value: Any, wrong: str) -> None:
    assert code("fee", value) == wrong


@pytest.mark.parametrize(
    "fact", ["lecturer_travel", "catering", "other_costs", "deposit", "annual_turnover", "cost"]
)
def test_every_amount_is_held_to_the_same(fact: str) -> None:
    assert code(fact, "-0.01") == "out_of_range"
    assert code(fact, "0.001") == "too_many_decimals"
    assert code(fact, "a lot") == "not_an_amount"


@pytest.mark.parametrize(
    ("fact", "value", "wrong"),
    [
        ("public_participation", "24.99", None),
        ("public_participation", "100", None),
        ("public_participation", "100.01", "out_of_range"),
        ("public_participation", "-1", "out_of_range"),
        ("public_participation", "24.995", "too_many_decimals"),
        ("public_participation", "a quarter", "not_a_number"),
        ("vat_rate", "21", None),
        ("vat_rate", "101", "out_of_range"),
        ("headcount", "49.99", None),
        ("headcount", "49.999", "too_many_decimals"),
        ("headcount", "-1", "out_of_range"),
        ("headcount", "fifty", "not_a_number"),
        ("participants", 1, None),
        ("participants", 0, "out_of_range"),
        ("participants", "1.5", "too_many_decimals"),
        ("participants", "two", "not_a_number"),
        ("days", 0, "out_of_range"),
        ("days", True, "not_a_number"),
        ("employees", 0, None),
        ("employees", -1, "out_of_range"),
        ("cheques_used_before", 0, None),
    ],
    ids=repr,
)
def test_numbers(fact: str, value: Any, wrong: str | None) -> None:
    assert code(fact, value) == wrong


# --- days --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("2019-12-01", None),
        ("2020-02-29", None),
        ("1990-01-01", None),
        ("2100-12-31", None),
        ("2019-02-29", "not_a_date"),
        ("2019-13-01", "not_a_date"),
        ("2019-11-31", "not_a_date"),
        ("2019-00-10", "not_a_date"),
        ("2019-12-1", "not_a_date"),
        ("20191201", "not_a_date"),
        ("2019-W48-7", "not_a_date"),
        ("2019-12-01T10:00", "not_a_date"),
        ("tomorrow", "not_a_date"),
        (20191201, "not_a_date"),
        (True, "not_a_date"),
        (["2019-12-01"], "not_a_date"),
        ("1989-12-31", "out_of_range"),
        ("2101-01-01", "out_of_range"),
        ("0001-01-01", "out_of_range"),
        ("1/12/2019", "not_a_date"),
    ],
    ids=repr,
)
def test_days(value: Any, wrong: str | None) -> None:
    assert code("agreement_date", value) == wrong


def test_a_day_written_the_belgian_way_is_suggested_the_exact_way() -> None:
    assert suggestion("agreement_date", "1/12/2019") == "2019-12-01"


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (True, None),
        (False, None),
        ("yes", "not_yes_or_no"),
        ("true", "not_yes_or_no"),
        (1, "not_yes_or_no"),
        (0, "not_yes_or_no"),
        ([True], "not_yes_or_no"),
    ],
    ids=repr,
)
def test_yes_and_no_are_true_and_false_in_json(value: Any, wrong: str | None) -> None:
    assert code("main_activity_accepted", value) == wrong


@pytest.mark.parametrize("value", ["Company", "bv", 1, True, ["company"], {"a": 1}], ids=repr)
def test_a_choice_is_one_of_the_options(value: Any) -> None:
    assert code("legal_form", value) == "not_a_choice"


def test_a_slip_in_a_choice_brings_the_likely_one() -> None:
    assert suggestion("legal_form", "compagny") == "company"
    assert suggestion("legal_form", "natural person") == "natural_person"
    assert suggestion("legal_form", "bakery") is None


def test_a_slip_is_two_letters_at_most_and_a_third_of_the_word() -> None:
    assert suggestion("legal_form", "natural_pers") == "natural_person"
    assert suggestion("legal_form", "natural_per") is None  # three are left out
    assert suggestion("legal_form", "natxxal_person") == "natural_person"
    assert suggestion("legal_form", "natxxxl_person") is None
    assert suggested("sevrice") == "service"  # seven letters: two of them
    assert suggested("fex") == "fee"  # three: one
    assert suggested("fxx") is None
    assert suggested("fe") == suggested("feee") == "fee"
    assert suggested("ee") == "fee"


def suggested(name: str) -> str | None:
    """The fact that is suggested for a name that is none."""
    told = only(refused(training() | {name: 1})["errors"])
    assert (told["fact"], told["code"]) == (name, "unknown_fact")
    return None if "suggestion" not in told else str(told["suggestion"])


def test_a_value_is_told_again_short_and_on_one_line() -> None:
    def shown(value: str) -> str:
        told = only(refused(training(legal_form=value))["errors"])
        return str(told["text"])

    assert "two lines" in shown("two\nlines")
    assert "x" * 40 in shown("x" * 40)
    assert "x" * 39 + "…" in shown("x" * 41)
    assert "x" * 40 not in shown("x" * 41)


@pytest.mark.parametrize(
    "value", ["measurement", ["measuring"], ["measurement", 1], [["measurement"]], 5, {"a": 1}], ids=repr
)
def test_a_set_is_a_list_of_options(value: Any) -> None:
    assert errors(cheque(actions=value)) == [("actions", "not_a_choice")]


def test_a_set_named_twice_is_the_same_set() -> None:
    assert calculated(cheque(actions=["plan", "plan"]), "en") == calculated(cheque(actions=["plan"]), "en")


# --- registration numbers and codes ------------------------------------------------------------


@pytest.mark.parametrize("number", ["DV.O214464", " DV.O214464 ", "dv.o214464"])
def test_a_right_registration_number_is_read(number: str) -> None:
    assert code("provider_number", number) is None


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("DV.0214464", "DV.O214464"),  # a zero for the letter O
        ("DVO214464", "DV.O214464"),  # a missing point
        ("DV.O 214 464", "DV.O214464"),
        ("DV .O214464", "DV.O214464"),
        ("DV O214464", "DV.O214464"),
        ("dv0214464", "DV.O214464"),
        ("DV.O2144b4", None),
        ("DV.O21446", None),
        ("DV.O2144644", None),
        ("DV.B214464", None),
        ("0214464", None),
        ("thirteen", None),
    ],
)
def test_another_is_refused_with_the_likely_right_one(number: str, right: str | None) -> None:
    told = only(refused(training(provider_number=number))["errors"])
    assert (told["fact"], told["code"]) == ("provider_number", "not_a_registration_number")
    assert told.get("suggestion") == right
    assert right is None or right in told["text"]


def test_the_number_for_advice_too() -> None:
    told = only(refused(advice(provider_number="DVA214465"))["errors"])
    assert told["suggestion"] == "DV.A214465"


@pytest.mark.parametrize("value", [5, True, ["DV.O214464"]], ids=repr)
def test_a_number_that_is_no_text(value: Any) -> None:
    assert code("provider_number", value) == "not_a_registration_number"


@pytest.mark.parametrize(
    ("fact", "value", "wrong"),
    [
        ("main_activity", "01.500", None),
        ("main_activity", "62", None),
        ("main_activity", "62010", None),
        ("main_activity", "bakery", "not_a_code"),
        ("main_activity", "620100000", "not_a_code"),
        ("joint_committee", "331", None),
        ("joint_committee", "318.02", None),
        ("joint_committee", "33", "not_a_code"),
        ("joint_committee", "PC 331", "not_a_code"),
        ("joint_committee", "318.2", "not_a_code"),
    ],
)
def test_codes(fact: str, value: str, wrong: str | None) -> None:
    assert code(fact, value) == wrong


def test_a_comma_in_a_committee_number_is_likely_a_point() -> None:
    assert suggestion("joint_committee", "318,02") == "318.02"


def test_of_very_many_unknown_names_the_first_hundred_may_be_mistyped() -> None:
    names = [f"headcount{left}{right}" for left in "abcdefghijklm" for right in "abcdefghijklm"]
    told = refused({"scheme": "kmo_portefeuille", **dict.fromkeys(names, 1)})["errors"]
    assert [error["fact"] for error in told] == names
    assert [error.get("suggestion") for error in told] == ["headcount"] * 100 + [None] * 69


# --- facts against each other ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "later"),
    [
        (training(service_start="2019-12-02", service_end="2019-12-01"), "service_end"),
        (cheque(project_start="2021-06-02", project_end="2021-06-01"), "project_end"),
        (training(provider_number="DV.A214465"), "provider_number"),
        (advice(provider_number="DV.O214464"), "provider_number"),
        (cheque(support_used_before="1", cheque_support_this_year="1.01"), "cheque_support_this_year"),
    ],
)
def test_a_contradiction_stands_on_the_later_named_fact(request_: Any, later: str) -> None:
    assert errors(request_) == [(later, "contradiction")]


def test_a_service_of_one_day_is_no_contradiction() -> None:
    assert errors(training(service_start="2019-12-02", service_end="2019-12-02")) == []


def test_a_number_without_a_service_is_no_contradiction() -> None:
    assert errors(training(service=None, provider_number="DV.A214465")) == []


# --- all at once -------------------------------------------------------------------------------


def test_every_error_is_told_at_once() -> None:
    request = training(
        fee="-1",
        legal_form="bakery",
        application_date="2019-02-30",
        headcount="many",
        main_activity_accepted="yes",
        service_end="2019-01-01",
        provider_number="DV.0214464",
        colour="red",
    )
    assert set(errors(request)) == {
        ("fee", "out_of_range"),
        ("legal_form", "not_a_choice"),
        ("application_date", "not_a_date"),
        ("headcount", "not_a_number"),
        ("main_activity_accepted", "not_yes_or_no"),
        ("service_end", "contradiction"),
        ("provider_number", "not_a_registration_number"),
        ("colour", "unknown_fact"),
    }


def test_an_outcome_with_errors_has_the_same_shape_and_no_verdict() -> None:
    good, bad = calculated(training(), "en"), calculated(training(fee="-1"), "en")
    contract = (
        "contract scheme application_date verdict conditions amounts deadlines questions trace notices errors"
    )
    assert set(contract.split()) <= set(good) & set(bad)
    assert bad["verdict"] is None
    assert bad["conditions"] == bad["deadlines"] == bad["questions"] == bad["trace"] == []
    assert bad["amounts"] == {}


def test_an_unknown_name_brings_the_one_that_is_likely_meant() -> None:
    told = only(refused(training() | {"feee": "1000"})["errors"])
    assert (told["fact"], told["code"], told["suggestion"]) == ("feee", "unknown_fact", "fee")
    assert errors(training() | {"Fee": 1}) == [("Fee", "unknown_fact")]


@pytest.mark.parametrize("request_", [{}, {"fee": 1000}, {"scheme": None}, {"scheme": ""}])
def test_the_scheme_alone_can_be_missing(request_: Any) -> None:
    assert errors(request_) == [("scheme", "missing")]


def test_another_scheme_is_not_a_choice() -> None:
    assert errors({"scheme": "kmo_groeisubsidie"}) == [("scheme", "not_a_choice")]


@pytest.mark.parametrize("request_", [[], [1], "text", 5, None, True], ids=repr)
def test_a_request_is_an_object(request_: Any) -> None:
    assert errors(request_) == [(None, "not_an_object")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_names_the_fact_and_what_it_may_be_in_the_language(language: str) -> None:
    request = training(
        fee="-1", legal_form="bakery", agreement_date="1/13/2019", headcount="x", catering="0.001"
    )
    told = {error["fact"]: error["text"] for error in calculated(request, language)["errors"]}
    assert len(set(told.values())) == len(told) == 5
    assert all(not re.search(r"[{}]|None", text) for text in told.values())
    assert "company" in told["legal_form"] or len(told["legal_form"]) > 60


# --- as people type ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1.000,50",
        "1 000,50",
        "1\u00a0000,50",
        "1\u202f000,50",
        "€ 1000,50",
        "€1000,50",
        "1000,50 €",
        "1000,5",
        "1000.50",
        "1000,50 euro",
        " 1000,50 ",
    ],
)
@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_money_as_it_is_typed_on_the_continent(language: str, text: str) -> None:
    assert fee(text, typed=True, language=language) == "1000.50"


@pytest.mark.parametrize("text", ["1,000.50", "1 000.50", "€ 1000.50", "1000.5", "1000.50 EUR", "€1,000.50"])
def test_money_as_it_is_typed_in_english(text: str) -> None:
    assert fee(text, typed=True, language="en") == "1000.50"


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("nl", "1.000", "1000.00"),
        ("de", "1.000", "1000.00"),
        ("en", "1,000", "1000.00"),
        ("nl", "1.000.000", "1000000.00"),
        ("nl", "1,000,000", "1000000.00"),  # no fraction has two commas
        ("nl", "100.000", "100000.00"),
        ("en", "1,000,000", "1000000.00"),
        ("nl", "1000", "1000.00"),
        ("nl", "0,1", "0.10"),
        ("nl", "99,99", "99.99"),
    ],
)
def test_a_group_of_thousands_by_the_languages_habit(language: str, text: str, read: str) -> None:
    assert fee(text, typed=True, language=language) == read


@pytest.mark.parametrize(
    "text",
    [
        *("1.00,50", "1,2,3", "10.0000,5", "1..000", "1000.000,00", ".000.000", "1.000,5,5"),
        *("€", "1000 dollar", "duizend", "1e3"),
    ],
)
def test_what_is_typed_wrongly_is_refused_and_never_guessed(text: str) -> None:
    assert [told["code"] for told in calculated(training(fee=text), "nl", typed=True)["errors"]] == [
        "not_an_amount"
    ]


def test_three_decimals_are_refused_however_typed() -> None:
    assert [told["code"] for told in calculated(training(fee="0,125"), "nl", typed=True)["errors"]] == [
        "too_many_decimals"
    ]


@pytest.mark.parametrize("text", ["1/12/2019", "01/12/2019", "1-12-2019", "1.12.2019", "2019-12-01"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_days_as_they_are_typed_day_first(language: str, text: str) -> None:
    typed = calculated(training(application_date=text, main_activity_accepted=None), language, typed=True)
    assert typed["application_date"] == "2019-12-01"


@pytest.mark.parametrize("text", ["31/11/2019", "12/31/2019", "1/12/19", "1/12", "29/2/2019"])
def test_days_that_do_not_exist_or_are_not_whole(text: str) -> None:
    request = training(application_date=text, main_activity_accepted=None)
    assert errors(request, typed=True) == [("application_date", "not_a_date")]


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [
        ("nl", "ja", "nee"),
        ("en", "yes", "no"),
        ("fr", "oui", "non"),
        ("de", "ja", "nein"),
        ("nl", "Ja", "NEE"),
        ("nl", "yes", "no"),
        ("fr", "yes", "no"),
        ("de", "yes", "no"),
    ],
)
def test_yes_and_no_in_the_languages_own_words(language: str, yes: str, no: str) -> None:
    def state(word: str) -> str:
        outcome = calculated(training(main_activity_accepted=word), language, typed=True)
        told = only([told["state"] for told in outcome["conditions"] if told["id"] == "main_activity"])
        return str(told)

    assert (state(yes), state(no)) == ("met", "not_met")


def test_a_word_of_another_language_is_no_answer() -> None:
    assert [
        told["code"]
        for told in calculated(training(main_activity_accepted="oui"), "nl", typed=True)["errors"]
    ] == ["not_yes_or_no"]


def test_sets_are_typed_with_a_plus() -> None:
    typed = calculated(cheque(actions="measurement+report"), "en", typed=True)
    assert typed == calculated(cheque(actions=["measurement", "report"]), "en")
    before = cheque("2020-05-06", project_end="2020-06-01")  # an improvement could be part of it a day later
    for text, verdict in (("plan + report +", "eligible"), ("plan+improvement", "not_eligible")):
        assert calculated({**before, "actions": text}, "en", typed=True)["verdict"] == verdict


def test_percentages_as_they_are_typed() -> None:
    for text in ("24,99", "24,99 %", "24.99%"):
        outcome = calculated(
            training(public_participation=text, main_activity_accepted=None), "nl", typed=True
        )
        assert outcome["errors"] == []
    assert errors(training(public_participation="25 percent", main_activity_accepted=None), typed=True) == [
        ("public_participation", "not_a_number")
    ]


def test_what_is_exact_is_read_the_same_when_typed() -> None:
    for request in (training(fee="1000.50"), increase(), cheque()):
        plain = {name: value for name, value in request.items() if not isinstance(value, bool | list)}
        assert calculated(plain, "en", typed=True) == calculated(plain, "en")


def test_reading_is_the_same_for_a_number_and_its_text() -> None:
    assert amounts(training(fee=1000.1), "support") == amounts(training(fee="1000.10"), "support")


@pytest.mark.parametrize(
    ("fact", "value", "text"),
    [
        ("legal_duty", True, "yes"),
        ("legal_duty", False, "no"),
        ("actions", frozenset({"report", "measurement"}), "measurement+report"),
        ("fee", 1000_50, "1000.5"),
        ("service", "advice", "advice"),
        ("participants", 3, "3"),
    ],
)
def test_a_value_as_a_table_or_an_address_holds_it(fact: str, value: Any, text: str) -> None:
    assert written(FACTS[fact], value) == text


# --- whatever comes ----------------------------------------------------------------------------

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ["1.000,50", "1/12/2019", "DV.0214464", "2019-12-01", "training", "-1", "+", "1e400", "\ud800"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
NAMES = st.sampled_from(list(FACTS)) | st.text(max_size=8)


@settings(
    max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(
    facts=st.dictionaries(NAMES, ANYTHING, max_size=6),
    scheme=st.sampled_from(["kmo_portefeuille", "kmo_portefeuille_increase", "werkbaarheidscheque", None]),
    language=st.sampled_from(LANGUAGES),
    typed=st.booleans(),
)
def test_nothing_is_raised_whatever_comes(facts: Any, scheme: Any, language: str, typed: bool) -> None:
    outcome = calculated({"scheme": scheme, **facts}, language, typed=typed)
    assert (outcome["verdict"] is None) == bool(outcome["errors"])
    assert all(told["text"] for told in outcome["errors"])
    json.dumps(outcome)


@settings(
    max_examples=100, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(request=ANYTHING)
def test_nothing_is_raised_for_what_is_no_request(request: Any) -> None:
    assert calculated(request, "en")["verdict"] is None
