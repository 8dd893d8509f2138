"""The picture of who pays what shows the table's figures, and nothing else."""

import random

import pytest

from calculator.bar import PARTS, parts, picture
from calculator.view import WORDS
from rules import LANGUAGES, calculate
from rules.facts import FACTS, SCHEMES

TRAINING = {
    "scheme": "kmo_portefeuille",
    "application_date": "2019-12-01",
    "service": "training",
    "fee": "1000",
    "vat_rate": "21",
}


def amounts(**facts):
    return calculate(TRAINING | facts)["amounts"]


def test_each_payer_has_a_part():
    found = parts(amounts(enterprise_size="small", other_costs="100"))
    assert found == [
        ("own_share", 700_00),
        ("support", 300_00),
        ("not_covered", 100_00),
        ("vat_paid_directly", 231_00),
    ]


def test_what_is_open_stands_between_those_whose_it_may_be():
    assert parts(amounts()) == [
        ("own_share", 700_00),
        ("open", 100_00),
        ("support", 200_00),
        ("vat_paid_directly", 210_00),
    ]
    assert parts(amounts(enterprise_size="small", vat_rate=None))[-1] == ("open", 210_00)


def test_there_is_no_picture_of_what_nothing_bounds():
    assert not any(picture(amounts(fee=None), WORDS["nl"]).values())
    assert not any(picture({}, WORDS["nl"]).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_random_cases_fill_the_whole_bar(language):
    chance = random.Random(language)
    for _ in range(150):
        scheme = chance.choice(SCHEMES)
        facts = {
            "scheme": scheme,
            "application_date": f"20{chance.randint(16, 26)}-0{chance.randint(1, 9)}-05",
        }
        for fact in FACTS.values():
            if scheme in fact.schemes and chance.random() < 0.5:
                if fact.kind == "money":
                    facts[fact.name] = chance.choice(["100", "999", "5000", "40000"])
                elif fact.options and fact.kind == "choice" and fact.name != "scheme":
                    facts[fact.name] = chance.choice(fact.options)
        found = calculate(facts)["amounts"]
        shown = picture(found, WORDS[language])
        whole = found.get("invoice") or found.get("eligible_cost")
        if whole is None or whole["high"] is None:
            assert not shown["parts"]
            continue
        edge = 0.0
        for part in shown["parts"]:
            begin, width = (float(part[name].rstrip("%")) for name in ("x", "width"))
            assert begin == pytest.approx(edge)
            assert width >= 0
            edge = begin + width
        assert edge == pytest.approx(100 if shown["parts"] else 0)
        least = dict(part for part in parts(found) if part[0] != "open")
        for name in PARTS:
            if name in found:
                assert least.get(name, 0) == int(found[name]["low"].replace(".", ""))
