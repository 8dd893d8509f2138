"""The schemes compared for one need: what each gives, and which may be had together, with its source."""

import pytest

from calculator.view import WORDS
from rules import LANGUAGES, calculate
from rules.facts import SCHEMES
from tests.calculator.test_answer import TRAINING, ask


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_scheme_is_asked_in_its_own_terms(language):
    case = TRAINING | {"application_date": "2021-05-10", "service_start": "2021-05-17", "fee": "5000"}
    rows = ask(case, language, view="schemes")["places"]["rows"]
    assert [row["name"] for row in rows] == [WORDS[language](f"scheme.{scheme}.name") for scheme in SCHEMES]
    cheque = {
        "scheme": "werkbaarheidscheque",
        "application_date": "2021-05-10",
        "project_start": "2021-05-17",
        "cost": "5000",
        "enterprise_size": "small",
    }
    assert rows[-1]["summary"] == calculate(cheque, language)["summary"]["text"]
    back = ask(cheque, language, view="schemes")["places"]["rows"]
    assert back[-1] == rows[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_two_of_them_are_told_of_with_a_source(language):
    together = ask(TRAINING, language, view="schemes")["places"]["together"]
    assert len({each["names"] for each in together}) == 3
    assert all(each["text"] and each["sources"] for each in together)
