"""The page's own words: in every language, compiled as they stand, and none missing or left over."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from rules import LANGUAGES, SCHEMES
from rules.facts import FACTS

ROOM = Path(__file__).parents[2] / "calculator"
WORDING = ROOM / "wording"


def catalogue(language):
    with (WORDING / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_words_are_those_of_their_source(language):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    assert compiled.getvalue() == (WORDING / f"{language}.mo").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_the_same_things_with_the_same_values(language):
    def values(text):
        return sorted(re.findall(r"\{\w+\}", text))

    dutch = {message.id: values(message.string) for message in catalogue("nl")}
    assert {message.id: values(message.string) for message in catalogue(language)} == dutch
    assert all(message.string for message in catalogue(language))


def test_every_message_is_used():
    """As a whole, or as one of those whose ids are put together from a beginning that the code names."""
    files = [*ROOM.glob("*.py"), *(ROOM / "templates").iterdir()]
    code = "".join(file.read_text("utf-8") for file in files)
    for message in catalogue("nl"):
        name = str(message.id)
        parts = name.split(".")
        beginnings = [".".join(parts[:end]) + "." for end in range(1, len(parts))]
        begun = any(f'"{beginning}{more}' in code for beginning in beginnings for more in ("{", '" ~'))
        assert not name or begun or f'"{name}"' in code, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_amount_and_scheme_is_explained_without_a_figure_of_law(language):
    told = {str(message.id): str(message.string) for message in catalogue(language)}
    amounts = {name for scheme in SCHEMES.values() for name in scheme.amounts}
    wanted = {f"fact.{name}.why" for name in FACTS} | {f"amount.{name}.help" for name in amounts}
    wanted |= {f"scheme.{scheme}.gloss" for scheme in SCHEMES}
    assert wanted - set(told) == set()
    assert [name for name in wanted if re.search(r"[\d%€]", told[name])] == []


def test_no_fact_or_amount_is_explained_that_is_gone():
    names = [str(message.id).split(".") for message in catalogue("nl")]
    assert {name[1] for name in names if name[0] == "fact"} == set(FACTS)
    assert {name[1] for name in names if name[0] == "scheme"} == set(SCHEMES)


def test_french_signs_stay_with_the_word_before_them():
    loose = [message.id for message in catalogue("fr") if re.search(r" [:;?!»%]|« ", str(message.string))]
    assert [id for id in loose if id] == []
