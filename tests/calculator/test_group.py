"""The panel that adds up the figures of a group: what it says is what `group` of the rules says."""

import json

import pytest

from calculator.answer import answer
from rules import LANGUAGES, LAW, uses
from rules.wording import Wording


def ask(settings, language="nl"):
    request = {"facts": {"fee": "not an amount"}, "language": language, "view": "group", "settings": settings}
    return json.loads(answer(json.dumps(request).encode()))["places"]


TYPED = {
    "own.headcount": "12,5",
    "own.annual_turnover": "€ 1.000.000",
    "own.balance_sheet_total": "500.000,50",
    "a.share": "30",
    "a.headcount": "10",
    "a.annual_turnover": "100",
    "a.balance_sheet_total": "0",
    "c.share": "51 %",
    "c.headcount": "7",
    "c.annual_turnover": "0",
    "c.balance_sheet_total": "0",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_are_those_of_the_rules(language):
    figures = {"annual_turnover": "0", "balance_sheet_total": "0"}
    request = {
        "own": {"headcount": "12.5", "annual_turnover": "1000000", "balance_sheet_total": "500000.50"},
        "enterprises": [
            {"share": "30", "headcount": "10", **figures, "annual_turnover": "100"},
            {"share": "51", "headcount": "7", **figures},
        ],
    }
    expected = uses.group(request, LAW, Wording(language))
    english = {name: value.replace(".", "").replace(",", ".") for name, value in TYPED.items()}
    places = ask(TYPED if language != "en" else english, language)
    for name, value in expected["figures"].items():
        assert float(places[name]) == float(value)  # as the form's field takes it
    kinds = [member["text"] for member in expected["enterprises"]]
    assert [places["a.kind"], places["c.kind"]] == kinds
    assert "b.kind" not in places
    assert len(places["sums"]) == 3


def test_a_figure_that_is_missing_leaves_its_sum_open():
    places = ask({"own.headcount": "3", "a.share": "60"})
    assert places["sums"] == []
    places = ask({"own.headcount": "3", "own.annual_turnover": "1", "a.share": "60", "a.headcount": "4"})
    assert places["headcount"] == "7"
    assert "annual_turnover" not in places
    assert Wording("nl")("fact.annual_turnover.label") in places["missing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_read_is_named(language):
    problem = ask({"own.headcount": "many"}, language)["problem"]
    assert "many" in problem
    assert Wording(language)("fact.headcount.label") in problem


def test_what_counts_is_said_by_the_laws_shares():
    say = Wording("nl")
    for share in ("partner_share", "linked_share"):
        assert say.percent(LAW.value(share, LAW.checked)) in ask({})["about"]
