"""The wording: whole in every language, and compiled as it stands."""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "rules" / "wording"
LANGUAGES = ("nl", "en", "fr", "de")
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def messages(language: str) -> list[tuple[str, int | None, str]]:
    """Every text of a language's ``.po`` file: its id, its form if it has several, and the words."""
    found: list[tuple[str, int | None, str]] = []
    name = ""
    for line in (FOLDER / f"{language}.po").read_text(encoding="utf-8").splitlines():
        keyword, _, text = line.partition(" ")
        if keyword == "msgid":
            name = ast.literal_eval(text)
        elif keyword.startswith("msgstr") and name:
            form = int(keyword[-2]) if keyword.endswith("]") else None
            found.append((name, form, ast.literal_eval(text)))
        elif line.startswith('"') and name:
            raise ValueError(f"{language}.po: a text stands on one line, unlike {line}")
    return found


def ids(language: str) -> list[str]:
    return [name for name, form, _ in messages(language) if not form]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def labels(language: str) -> Iterator[str]:
    return (text for name, _, text in messages(language) if re.fullmatch(r"fact\.\w+\.label", name))


def test_every_message_stands_there_once(language: str) -> None:
    names = ids(language)
    assert sorted(names) == sorted(set(names))


def test_every_language_has_the_same_messages(language: str) -> None:
    assert ids(language) == ids("nl")


def test_every_language_fills_in_the_same_places(language: str) -> None:
    def places(language: str) -> dict[tuple[str, int | None], set[str]]:
        return {(name, form): set(PLACEHOLDER.findall(text)) for name, form, text in messages(language)}

    assert places(language) == places("nl")


def test_every_place_has_a_name_and_every_brace_its_other_half(language: str) -> None:
    odd = [name for name, _, text in messages(language) if re.search(r"[{}]", PLACEHOLDER.sub("", text))]
    nameless = [name for name, _, text in messages(language) if "" in PLACEHOLDER.findall(text)]
    assert odd == nameless == []


def test_no_message_is_empty(language: str) -> None:
    assert [name for name, _, text in messages(language) if text == "" or text != text.strip(" \t\n")] == []


def test_labels_are_unique_so_that_they_can_head_a_column(language: str) -> None:
    seen = [text.casefold() for text in labels(language)]
    assert sorted(seen) == sorted(set(seen))


def test_help_holds_no_figure_that_the_law_could_change(language: str) -> None:
    told = re.compile(r"(fact\.\w+\.(question|help)|(notice|remedy)\..*)")
    assert [
        name for name, _, text in messages(language) if told.fullmatch(name) and re.search(r"[\d%€]", text)
    ] == []


def test_every_fact_and_option_has_its_messages(language: str) -> None:
    facts = pytest.importorskip("rules.facts").FACTS
    wanted = {f"fact.{name}.{part}" for name in facts for part in ("label", "question", "help")}
    wanted |= {f"choice.{name}.{option}" for name, fact in facts.items() for option in fact.options}
    wanted |= {f"scheme.{scheme}.name" for scheme in facts["scheme"].options}
    assert wanted - set(ids(language)) == set()


def test_no_message_tells_of_a_fact_or_option_that_is_gone() -> None:
    facts = pytest.importorskip("rules.facts").FACTS
    names = [name.split(".") for name in ids("nl")]
    assert {name[1] for name in names if name[0] == "fact"} == set(facts)
    told = {(name[1], name[2]) for name in names if name[0] == "choice" and len(name) == 3}
    assert told == {(name, option) for name, fact in facts.items() for option in fact.options}


def test_no_word_means_both_yes_and_no(language: str) -> None:
    texts = {name: text for name, _, text in messages(language)}
    assert set(texts["words.yes"].split(",")).isdisjoint(texts["words.no"].split(","))


def test_python_reads_every_message_as_it_is_written(language: str) -> None:
    with (FOLDER / f"{language}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for name, form, text in messages(language):
        read = compiled.gettext(name) if form is None else compiled.ngettext(name, name, 1 + form)
        assert read == text


@pytest.mark.host_only
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    """Where this fails: ``pybabel compile -i rules/wording/nl.po -o rules/wording/nl.mo``."""
    write_mo = pytest.importorskip("babel.messages.mofile").write_mo  # which stands where the site is built
    read_po = pytest.importorskip("babel.messages.pofile").read_po
    compiled = io.BytesIO()
    with (FOLDER / f"{language}.po").open("rb") as written:
        write_mo(compiled, read_po(written))
    assert (FOLDER / f"{language}.mo").read_bytes() == compiled.getvalue()
