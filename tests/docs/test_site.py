"""The built pages: each has its other language, one search index a language, and the questions to print."""

import json
import re
from pathlib import PurePosixPath
from urllib.parse import urljoin

import pytest

from calculator.hooks import LANGUAGES
from calculator.prose import DOCS

FOLDERS = {language: folder for language, (_, folder) in LANGUAGES.items()}


def pages(site, language):
    """The addresses of a language's pages below its own folder, with their HTML."""
    for path in sorted((DOCS / language).glob("*.md")):
        if path.stem != "index":
            yield f"{path.stem}/", (site / FOLDERS[language] / path.stem / "index.html").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_of_language_keeps_the_page(site, language):
    found = dict(pages(site, language))
    assert found
    for address, html in found.items():
        links = dict(re.findall(r'<a href="([^"]+)" hreflang="(\w+)" class="md-select__link">', html))
        here = f"https://host.example/{FOLDERS[language]}{address}"
        leads = {other: urljoin(here, link) for link, other in links.items()}
        assert leads == {
            other: f"https://host.example/{folder}{address}" for other, folder in FOLDERS.items()
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sitemap_names_both_languages_with_complete_addresses(site, language):
    sitemap = (site / FOLDERS[language] / "sitemap.xml").read_text("utf-8")
    locations = re.findall(r"<loc>(.*?)</loc>", sitemap)
    others = re.findall(r'hreflang="(\w+)" href="(https://[^"]+)"', sitemap)
    assert len(locations) == len(dict(pages(site, language))) + 1
    assert {address for other, address in others if other == language} == set(locations)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_index_is_of_one_language_and_knows_no_calculator(site, language):
    index = json.loads((site / FOLDERS[language] / "search" / "search_index.json").read_text("utf-8"))
    assert index["config"]["lang"] == [language]
    assert not [entry["location"] for entry in index["docs"] if "#sw-" in entry["location"]]
    places = {PurePosixPath(entry["location"].partition("#")[0]).as_posix() for entry in index["docs"]}
    assert places == {address.rstrip("/") for address, _ in pages(site, language)} | {"."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_questions_lie_where_their_page_says(site, language):
    html = (site / FOLDERS[language] / "faq" / "index.html").read_text("utf-8")
    (link,) = re.findall(r'<p class="printed"><a href="([^"]+)">', html)
    assert (site / FOLDERS[language] / "faq" / link).resolve() == (site / f"faq-{language}.pdf").resolve()
    assert (site / f"faq-{language}.pdf").read_bytes().startswith(b"%PDF-")


def test_the_home_page_offers_each_scheme_and_a_scheme_page_its_own(site):
    home = (site / "index.html").read_text("utf-8")
    assert home.count("data-steunwijzer-calculator") == 1
    for scheme in ("kmo-portefeuille", "kmo-portefeuille-increase", "werkbaarheidscheque"):
        html = (site / scheme / "index.html").read_text("utf-8")
        assert html.count("data-steunwijzer-calculator") == 1
