"""The form as it is built: everything in it once, labelled, and with the answer that Python gives."""

import json

import pytest

from calculator.answer import answer
from calculator.embeds import embed
from calculator.form import first_case, render
from rules import LANGUAGES
from rules.facts import FACTS, SCHEMES, facts_of
from tests.calculator.places import parse, read

EVERYWHERE = [(scheme, language) for scheme in (*SCHEMES, None) for language in LANGUAGES]


@pytest.mark.parametrize(("scheme", "language"), EVERYWHERE)
def test_the_first_answer_on_the_page_is_that_of_python(scheme, language):
    request = {"facts": first_case(scheme), "language": language, "view": "calculator"}
    places = json.loads(answer(json.dumps(request).encode()))["places"]
    shown = read(parse(render(scheme, language)))
    asked = {name.partition(".")[0] for name in shown}
    expected = {
        name: place
        for name, place in places.items()
        # a page for one scheme has no card for another's facts, nor one for the scheme itself
        if name in shown or not (name.endswith(".shown") and name.partition(".")[0] not in asked)
    }
    expected.pop("announcement")  # is read out only after a change
    assert shown == expected


@pytest.mark.parametrize(("scheme", "language"), EVERYWHERE)
def test_every_fact_is_asked_once_and_has_a_label(scheme, language):
    elements = parse(render(scheme, language)).all()
    facts = FACTS.values() if scheme is None else facts_of(scheme)
    ids = [element.attributes["id"] or "" for element in elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert all(id.startswith("sw-") for id in ids)  # no heading of a page has such an id
    labels = {element.attributes.get("for") for element in elements if element.tag == "label"}
    for fact in facts:
        fields = [element for element in elements if element.attributes.get("name") == fact.name]
        kinds = {element.attributes.get("type", element.tag) for element in fields}
        if kinds in ({"text"}, {"select"}):
            assert len(fields) == 1
            assert fields[0].attributes["id"] in labels
        elif kinds != {"hidden"}:
            assert kinds in ({"radio"}, {"checkbox"})
            values = [element.attributes["value"] for element in fields]
            offered = fact.options or ("yes", "no")
            unknown = ("",) if kinds == {"radio"} and fact.name != "scheme" else ()
            assert values == [*offered, *unknown]


def test_what_describes_a_field_is_there():
    elements = parse(render(None, "nl")).all()
    ids = {element.attributes.get("id") for element in elements}
    for element in elements:
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            assert set((element.attributes.get(attribute) or "").split()) <= ids


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_holds_no_script_or_style_of_its_own(scheme):
    for element in parse(embed(scheme, "en", "https://steunwijzer.example/")).all():
        assert element.tag != "style"
        assert element.tag != "script" or "src" in element.attributes
        assert not any(name == "style" or name.startswith("on") for name in element.attributes)


def test_markdown_takes_it_for_one_block():
    html = render("kmo_portefeuille", "nl")
    assert html.startswith("<div")
    assert "\n\n" not in html
    assert not any(line.startswith(" ") for line in html.splitlines())
