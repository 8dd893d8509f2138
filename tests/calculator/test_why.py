"""Why: every step of the trace stands there once, below what it makes up, with the sources that are its own."""

import pytest

from rules import LANGUAGES
from tests.calculator.test_answer import TRAINING, ask

CASES = [
    TRAINING,
    TRAINING | {"deposit": "100", "catering": "50", "participants": "2", "application_date": "2026-11-24"},
    TRAINING | {"enterprise_size": "", "establishment": "abroad"},
    {"scheme": "kmo_portefeuille"},
    {"scheme": "kmo_portefeuille_increase", "application_date": "2022-05-10", "fee": "9000"},
    {"scheme": "werkbaarheidscheque", "application_date": "2021-05-10", "cost": "9000"},
]


def nodes(steps):
    for step in steps:
        yield step
        yield from nodes(step.get("steps", ()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", CASES)
def test_every_step_is_told_once_and_linked_to_from_elsewhere(facts, language):
    reply = ask(facts, language)
    found = list(nodes(reply["places"]["trace"]))
    ids = [step["id"] for step in found if "id" in step]
    assert len(ids) == len(set(ids))
    texts = {step["id"]: step["text"] for step in reply["outcome"]["trace"]}
    assert len(ids) == len(texts)
    assert {step["text"] for step in found if "id" in step} == set(texts.values())
    assert {step["again"] for step in found if "again" in step} <= {f"#{id}" for id in ids}


def test_a_step_stands_below_what_it_makes_up_and_names_what_was_filled_in():
    support = ask()["places"]["trace"][0]
    assert support["id"] == "sw-why-support"
    found = {step["id"]: step for step in nodes([support]) if "id" in step}
    rate = found["sw-why-support-rate-small"]
    assert rate["sources"][0]["note"].startswith("(gelezen op ")
    assert rate["clauses"]
    assert "sources" not in found["sw-why-base-rate"]  # they are those of the value below it
    assert "1.000 euro" in found["sw-why-eligible-cost"]["given"][0]["text"]
