"""What would change the answer, as a person reads it."""

import pytest

from rules import LANGUAGES
from tests.calculator.test_answer import TRAINING, ask


def rows(facts, language="nl", today="2026-11-24"):
    case = TRAINING | {"application_date": "2026-11-24"} | facts
    return ask(case, language, view="change", today=today)["places"]["rows"]


def test_what_brings_more_comes_first():
    found = rows({"theme": "digitalisation"})
    kinds = [row["row"] for row in found]
    assert kinds == sorted(kinds)
    assert "Cyberveiligheid" in found[0]["place"]


def test_a_day_that_is_over_cannot_be_reached_any_more():
    days = [row["place"] for row in rows({}) if row["label"] == "Datum van de aanvraag"]
    assert not days
    days = [row["place"] for row in rows({"application_date": "2020-01-01"}) if "Datum" in row["label"]]
    assert len(days) == 2


def test_what_is_paid_besides_is_no_other_plan():
    assert not any(row["place"] == "Advies" for row in rows({}))


def test_a_refusal_tells_what_would_mend_it():
    found = rows({"establishment": "brussels_region"})
    assert any(row["row"] == "better" for row in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_threshold_is_said_in_every_language(language):
    for facts in (
        {"support_used_this_year": "100", "service_start": "2026-11-24"},
        {"support_used_this_year": "7450", "fee": "90000"},
        {"fee": "60"},
        {"headcount": "60", "enterprise_size": None, "public_participation": "30"},
    ):
        assert all(row["label"] and row["place"] and row["text"] for row in rows(facts, language))
