"""Looking around: the picture, its table and the slider say what the rules say."""

import re

import pytest

from rules import LANGUAGES, calculate
from rules.facts import SCHEMES
from tests.calculator.test_answer import TRAINING, ask

CASE = TRAINING | {"application_date": "2026-11-24", "theme": "digitalisation", "fee": "1000"}


def around(facts=CASE, language="nl", **settings):
    return ask(facts, language, view="around", settings=settings)["places"]


def points(path):
    return [tuple(int(each) for each in pair.split()) for pair in re.split("[ML]", path.rstrip("Z"))[1:]]


def test_the_corners_of_the_picture_are_those_of_the_table():
    places = around()
    assert "band" not in places or not places["band"]
    assert [row["value"] for row in places["rows"]] == [
        "0 euro",
        "99,99 euro",
        "100 euro",
        "25.000 euro",
        places["last"],
    ]
    assert len(points(places["least"])) == len(places["rows"])
    width = int(places["max"])
    for (x, y), row in zip(points(places["least"]), places["rows"], strict=True):
        fee = row["value"].removesuffix(" euro").replace(".", "").replace(",", ".")
        assert x == int(float(fee) * 100) * 10_000 // width
        assert (
            row["amount"]
            == calculate(CASE | {"fee": fee, "application_date": "2026-11-24"})["amounts"]["support"]["text"]
        )
        assert 0 <= y <= 10_000


def test_what_is_open_is_an_area():
    places = around(CASE | {"enterprise_size": ""})
    least, greatest = points(places["least"]), points(places["greatest"])
    assert all(low[0] == high[0] and low[1] >= high[1] for low, high in zip(least, greatest, strict=True))
    assert points(places["band"]) == [*least, *reversed(greatest)]


def test_the_slider_starts_at_the_case_and_keeps_its_place():
    places = around()
    assert places["at"] == "100000"
    assert places["take"] == "1000"
    moved = around(of="fee", at="200000")
    assert not moved["at"]
    assert moved["take"] == "2000"
    assert moved["own"] == places["own"] != moved["there"]
    other = around(of="fee", at="200000", fact="headcount")
    assert other["at"]
    assert around(of="fee", at="99999999999999")["take"] == "1000"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_can_be_looked_at(scheme, language):
    bare = {"scheme": scheme}
    for case in (bare, bare | {"application_date": "2021-05-10", "fee": "1000", "cost": "1000"}):
        for fact in [each["value"] for each in around(case, language)["facts"]]:
            places = around(case, language, fact=fact, amount="support")
            assert places["fact"] == fact
            assert places["rows"]
            assert all(0 <= y <= 10_000 and 0 <= x <= 10_000 for x, y in points(places["least"]))
