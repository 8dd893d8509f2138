"""The pages in both languages say the same things, ask the rules for them, and have a place for every clause."""

import re
import subprocess
import sys
from collections import Counter

import pytest

from calculator.hooks import LANGUAGES, TOOLS, environment
from calculator.prose import DOCS, Prose

PAGES = sorted(path.name for path in (DOCS / "nl").glob("*.md"))
ASKED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def source(language, page):
    return (DOCS / language / page).read_text("utf-8")


def rendered(language, page):
    functions = Prose(language, lambda page, anchor="": f"{page}#{anchor}").functions()
    template = environment().from_string(source(language, page))
    places = dict.fromkeys(["calculator", *TOOLS], lambda scheme="": "")
    return template.render(functions | places, site="https://steunwijzer.example/")


def anchors(language, page):
    return re.findall(r"^#+ .*\{ #([a-z_-]+) \}$", source(language, page), re.MULTILINE)


def test_each_language_has_the_same_pages():
    for language in LANGUAGES:
        assert sorted(path.name for path in (DOCS / language).glob("*.md")) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_same_headings_and_asks_the_rules_the_same(page):
    dutch, english = source("nl", page), source("en", page)
    assert anchors("nl", page) == anchors("en", page)
    assert Counter(ASKED.findall(dutch)) == Counter(ASKED.findall(english))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_described_and_has_one_title(language, page):
    text = source(language, page)
    assert re.search(r"^description: .{50,200}$", text, re.MULTILINE)
    assert len(re.findall(r"^# ", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_leaves_nothing_unasked(language, page):
    text = rendered(language, page)
    outside = re.sub(r"```.*?```|`.*?`", "", text, flags=re.DOTALL)
    assert "{{" not in outside
    assert "None" not in outside


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_of_law_leads_to_its_source(language):
    known = set(re.findall(r'id="([^"]+)"', rendered(language, "sources.md")))
    for page in PAGES:
        for anchor in re.findall(r'href="sources#([^"]+)"', rendered(language, page)):
            assert anchor in known, (page, anchor)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_are_many_and_each_names_its_source(language):
    questions = re.split(r"^### ", source(language, "faq.md"), flags=re.MULTILINE)[1:]
    about_this_site = ("#not-official", "#privacy")
    assert len(questions) >= 20
    for question in questions:
        head = question.splitlines()[0]
        assert "?" in head
        assert "{{ sources(" in question or head.endswith(tuple(f"{name} }}" for name in about_this_site)), (
            head
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_stands_somewhere_on_the_pages(language):
    told = {id for page in PAGES for id in re.findall(r'id="clause-([KW]\d\d)"', rendered(language, page))}
    assert told == {f"K{number:02}" for number in range(1, 32)} | {f"W{number:02}" for number in range(1, 13)}


def test_an_example_follows_the_law():
    prose = Prose("en", lambda page, anchor="": "")
    change = prose.start("support_rate.small")
    before = prose.calculate(fee=1000, application_date=prose.eve(change))
    after = prose.calculate(fee=1000, application_date=change)
    assert prose.amount(before, "support") == "400\u00a0euro"
    assert prose.amount(after, "support") == "300\u00a0euro"


def test_an_example_that_cannot_be_worked_out_stops_the_build():
    with pytest.raises(ValueError, match="not_an_amount"):
        Prose("en", lambda page, anchor="": "").calculate(fee="much")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_tells_of_each_command(language):
    commands = subprocess.run(
        [sys.executable, "-m", "rules", "--help"], capture_output=True, text=True, check=True
    )
    named = set(re.findall(r"^    ([a-z]+)(?: |$)", commands.stdout, re.MULTILINE))
    told = set(re.findall(r"^\| `python3 -m rules ([a-z]+)", source(language, "reference.md"), re.MULTILINE))
    assert told == named
