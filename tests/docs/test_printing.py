"""The printed questions: a tagged PDF that holds each question of the page, dated, with its sources."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from calculator import printing
from calculator.hooks import LANGUAGES
from calculator.prose import DOCS, version, words
from rules import LAW
from rules.wording import WORDINGS


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def made(language):
    return printing.pdf(language)


@pytest.fixture(scope="module")
def document(made):
    return PdfReader(BytesIO(made))


def flat(text):
    """Text as it reads, whatever the lines are broken at; a broken address has no hyphen of its own."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def text(document):
    return flat("".join(page.extract_text() for page in document.pages))


def test_it_is_tagged_and_says_its_language_and_title(document, language):
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own kind of yes
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert document.metadata.title == words()[language]["print_title"]
    assert "pdfuaid:part>1<" in document.xmp_metadata.stream.get_data().decode()


def test_it_holds_each_question_of_the_page(text, language):
    page = (DOCS / language / "faq.md").read_text("utf-8")
    questions = re.findall(r"^### (.*?) \{", page, re.MULTILINE)
    assert questions
    for question in questions:
        assert flat(question) in text


def test_each_page_is_dated(document, language):
    day = WORDINGS[language].day(LAW.checked)
    for number, page in enumerate(document.pages, start=1):
        foot = flat(page.extract_text())
        assert flat(words()[language]["print_note"].format(day=day)) in foot
        assert version() in foot
        assert flat(words()[language]["print_page"].format(page=number, pages=len(document.pages))) in foot


def test_the_sources_stand_there_with_their_addresses(text):
    for key in ("vl-2026", "vo-proj", "vl-cond"):
        assert flat(LAW.sources[key].address) in text


def test_its_bytes_are_the_same_each_time(made, language):
    assert printing.pdf(language) == made


def test_it_is_black_on_white(document):
    for page in document.pages:
        drawn = page.get_contents().get_data().decode("latin-1")
        colours = re.findall(r"^([\d. ]+) (?:scn?|rg|k|g)\n", drawn, re.MULTILINE | re.IGNORECASE)
        assert not [colour for colour in colours if set(colour.split()) - {"0", "1"}]


def test_text_cannot_be_taken_for_markup():
    assert printing._text('a "b" #c \\d') == '#"a \\"b\\" #c \\\\d";'


def test_write_puts_one_for_each_language_at_the_root(tmp_path):
    printing.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["faq-en.pdf", "faq-nl.pdf"]
