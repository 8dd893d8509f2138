"""The one function that the worker knows: it answers everything, raises nothing, and keeps nothing."""

import builtins
import io
import json
import os

import pytest

from calculator.answer import VIEWS, answer
from calculator.view import WORDS, lower_end, span
from rules import LANGUAGES, calculate
from rules.wording import WORDINGS

TRAINING = {
    "scheme": "kmo_portefeuille",
    "application_date": "1/12/2019",
    "service": "training",
    "fee": "1.000,00",
    "enterprise_size": "small",
}


def ask(facts=None, language="nl", **others):
    request = {"facts": TRAINING if facts is None else facts, "language": language, "view": "calculator"}
    return json.loads(answer(json.dumps(request | others).encode()))


def row(reply, name, part="payments"):
    return next(row for row in reply["places"][part] if row["row"] == name)


GARBAGE = [
    b"",
    b"\xff\xfe",
    b"null",
    b"[]",
    b'"facts"',
    b"{",
    b'{"facts": 1}',
    b'{"facts": {"fee": NaN}}',
    b'{"facts": {"scheme": {"a": []}}, "language": ["nl"], "today": {}}',
    b'{"facts": {}, "language": "xx", "view": 3, "today": "yesterday"}',
    b'{"facts": {"fee": 1, "fee": 2}}',
    b"[" * 100_000,
    b'{"facts": {"fee": "' + b"9" * 1_000_000 + b'"}}',
    '{"facts": {"\ud800": "\udfff"}}'.encode("utf-8", "surrogatepass"),
    b'{"facts": {"\\ud800": "\\udfff", "__proto__": ""}}',
]


@pytest.mark.parametrize("request_bytes", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_gets_an_answer_that_says_so(request_bytes):
    reply = json.loads(answer(request_bytes))
    assert reply["places"]["state"] == "wrong_input"
    assert reply["places"]["summary"]
    assert reply["outcome"]["errors"]


@pytest.mark.parametrize("request_bytes", [json.dumps({"facts": TRAINING}).encode(), *GARBAGE[:6]])
def test_nothing_is_opened_imported_or_kept(request_bytes, monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError("this is not done once it was imported")

    first = answer(request_bytes)
    with monkeypatch.context() as patched:
        for place, name in [(io, "open"), (os, "urandom"), (builtins, "open"), (builtins, "__import__")]:
            patched.setattr(place, name, forbidden)
        again = [answer(request_bytes) for _ in range(2)]
    assert again == [first, first]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outcome_is_that_of_the_rules(language):
    facts = TRAINING | {"application_date": "2019-12-01", "fee": "1000"}
    assert ask(facts, language)["outcome"] == json.loads(json.dumps(calculate(facts, language)))


def test_what_was_typed_comes_back_as_an_address_writes_it():
    facts = TRAINING | {"vat_deductible": "ja", "theme": "nonsense"}
    assert ask(facts)["facts"] == {
        "scheme": "kmo_portefeuille",
        "application_date": "2019-12-01",
        "service": "training",
        "fee": "1000",
        "enterprise_size": "small",
        "vat_deductible": "yes",
    }


def test_an_error_stands_beside_its_field_and_the_questions_stay():
    reply = ask(TRAINING | {"fee": "a lot"})
    places = reply["places"]
    assert places["state"] == "wrong_input"
    assert places["fee.error"] in places["announcement"]
    assert places["fee.invalid"] == "true"
    assert places["legal_form.shown"] is True


def test_what_is_wrong_is_left_out_and_the_rest_is_answered():
    """The visitor's other answers count, and it is said what does not."""
    facts = TRAINING | {"legal_form": "company", "catering": "two sandwiches"}
    places = ask(facts)["places"]
    sound = ask({name: value for name, value in facts.items() if name != "catering"})
    assert places["payments"] == sound["places"]["payments"]
    assert places["summary"] == sound["places"]["summary"]
    assert "Maaltijden en dranken" in places["left_out"]
    assert places["catering.open"] is True
    outcome = ask(facts)["outcome"]
    assert outcome["verdict"] is None  # what others see of it stays an outcome with errors
    assert "left_out" not in ask({"scheme": "nonsense"})["places"]


@pytest.mark.parametrize("facts", [{"fea": "1000"}, {"cost": "much"}, {"scheme": "nonsense"}])
def test_an_error_that_has_no_field_stands_in_the_answer(facts):
    (error,) = ask(TRAINING | facts)["places"]["errors"]
    assert error["row"] == next(iter(facts))
    assert "field" not in error
    assert error["row"] in error["remove"]  # a button says what it removes
    assert "field" in ask(TRAINING | {"fee": "much"})["places"]["errors"][0]


@pytest.mark.parametrize("deductible", ["", "yes", "no"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_vat_is_told_of_by_whose_cost_it_is(language, deductible):
    notes = {
        row(ask(TRAINING | {"vat_deductible": other}, language), "vat_paid_directly")["note"]
        for other in ("", "yes", "no")
    }
    assert len(notes) == 3
    reply = ask(TRAINING | {"vat_deductible": deductible}, language)
    assert row(reply, "vat_paid_directly")["note"] in notes


def test_days_left_are_counted_from_the_visitors_day():
    facts = TRAINING | {"service_start": "2019-12-01"}
    last = next(due["date"] for due in ask(facts)["outcome"]["deadlines"] if due["id"] == "application")

    def left(today):
        return ask(facts, today=today)["places"]["deadlines"][0].get("left", "")

    assert left(None) == ""
    assert left("2019-12-01").startswith("nog ")
    assert left(last) == "vandaag is de laatste dag"
    assert left("2020-06-01") == "voorbij"


def test_an_amount_that_nothing_limits_is_never_shown_as_zero():
    facts = {name: value for name, value in TRAINING.items() if name != "fee"}
    reply = ask(facts)
    assert reply["outcome"]["amounts"]["invoice"]["high"] is None
    assert row(reply, "invoice")["value"].startswith("minstens ")


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "open"),
        ({"application_date": "2016-03-31"}, "closed"),
        ({"service_start": "2019-01-01"}, "late"),
        ({"legal_form": "vzw"}, "refused"),
        ({"fee": "x"}, "wrong_input"),
    ],
)
def test_the_state_that_the_page_takes(facts, state):
    assert ask(TRAINING | facts)["places"]["state"] == state


def test_where_there_is_no_support_nothing_is_left_to_do():
    assert "deadlines" not in ask(TRAINING | {"legal_form": "vzw"})["places"]
    late = ask(TRAINING | {"service_start": "2019-01-01"})["places"]
    assert [due["row"] for due in late["deadlines"]] == ["required"]
    closed = ask({"scheme": "werkbaarheidscheque", "application_date": "2026-11-23"})
    remedies = [each["remedy"] for each in closed["outcome"]["conditions"] if each["id"] == "scheme_open"]
    assert [closed["places"]["remedy"]] == remedies


def test_a_share_that_is_surely_nothing_has_no_row():
    assert "not_covered" not in [each["row"] for each in ask(TRAINING)["places"]["payments"]]
    hotel = ask(TRAINING | {"other_costs": "100"})["places"]["payments"]
    assert "not_covered" in [each["row"] for each in hotel]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", sorted({*VIEWS} - {"calculator", "group", "plan", "batch"}))  # of one case
def test_a_view_says_what_keeps_it_from_answering(view, language):
    (problem,) = ask({"scheme": "kmo_portefeuille", "fee": "x"}, language, view=view)["places"].values()
    assert problem
    for settings in ("", 3, {"x": ["y"]}):
        assert ask({"scheme": "kmo_portefeuille"}, language, view=view, settings=settings)["places"]


def test_what_is_late_by_the_day_typed_may_be_in_time_today():
    late = TRAINING | {"application_date": "2026-12-20", "service_start": "2026-11-20"}
    last = next(due["date"] for due in ask(late)["outcome"]["deadlines"] if due["id"] == "application")
    remedies = {
        today: ask(late, today=today)["places"]["remedy"] for today in ("2026-11-21", last, "2026-12-20")
    }
    assert len(set(remedies.values())) == 3
    assert WORDS["nl"].weekday(last) in remedies["2026-11-21"]
    assert WORDS["nl"]("days.today") in remedies[last]
    assert remedies["2026-12-20"] == ask(late)["places"]["remedy"]  # nothing can be mended any more


def test_what_exists_instead_is_told_with_its_source():
    (condition,) = ask(TRAINING | {"legal_form": "vzw"})["places"]["not_met"]
    assert condition["remedy"]
    assert [source["address"] for source in condition["instead"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tax_on_the_support_is_told_of_with_its_source(language):
    text = WORDS[language]("notice.support_is_taxable")
    (notice,) = [each for each in ask(TRAINING, language)["places"]["notices"] if each["text"] == text]
    assert notice["sources"]


def test_somebody_who_does_not_know_is_asked_the_next_question():
    """Three answers that say nothing, and the answer stays; each is remembered as given."""
    facts = dict(TRAINING)
    asked = []
    for _ in range(3):
        places = ask(facts)["places"]
        name = places["next.field"].removeprefix("#sw-").replace("-", "_")
        assert places[f"{name}.open"] is True
        asked.append(name)
        facts[name] = ""
    assert len(set(asked)) == 3
    places = ask(facts)["places"]
    assert {places[f"{name}.given"] for name in asked} == {WORDS["nl"]("choice.unknown")}
    assert [places["payments"], places["questions"]] == [
        ask()["places"][name] for name in ("payments", "questions")
    ]


def test_an_answer_that_no_longer_matters_stays_and_says_so():
    facts = TRAINING | {"theme": "digitalisation"}
    assert "theme.idle" in ask(facts)["places"]
    assert ask(facts)["places"]["theme.shown"] is True
    assert "theme.idle" not in ask(facts | {"application_date": "2024-01-15"})["places"]
    assert "theme.shown" not in ask(TRAINING)["places"]


@pytest.mark.parametrize(
    ("low", "high", "language", "told"),
    [
        ("0.50", "1250.00", "nl", "0,50 tot 1.250 euro"),
        ("0.50", "1250.00", "en", "0.50 to 1,250 euro"),
        ("0.50", "1250.00", "fr", "0,50 à 1\u00a0250 euros"),  # one euro has no plural there
        ("1000.00", "1250.50", "de", "1.000 bis 1.250,50 Euro"),
    ],
)
def test_a_range_tells_its_unit_once(low, high, language, told):
    assert span({"low": low, "high": high}, WORDINGS[language]) == told


def test_a_range_of_two_units_tells_both():
    assert lower_end("1 december 2019", "1 maart 2020") == "1 december 2019"
