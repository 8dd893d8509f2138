"""The embeds: the calculator as a page of its own for a frame on another site.

They lie at `embed/v1/LANGUAGE/SCHEME/`, made from the same templates as the pages but without the theme.
What version 1 promises (addresses, settings, messages) goes on working; see the page on embedding.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from calculator.form import page
from calculator.view import WORDS
from rules.facts import SCHEMES
from rules.wording import LANGUAGES

VERSION = "v1"
STATIC = Path(__file__).parent / "static"

# The full page in the reader's language: the pages are in fewer languages than the embeds.
PAGES = {"nl": "", "en": "en/", "fr": "en/", "de": "en/"}


def write(site: Path, url: str) -> None:
    """Write the embeds and their loader into a built site that will lie at `url`."""
    folder = site / "embed" / VERSION
    for language in LANGUAGES:
        for scheme in SCHEMES:
            place = folder / language / scheme
            place.mkdir(parents=True)
            (place / "index.html").write_text(embed(scheme, language, url), "utf-8")
    shutil.copyfile(STATIC / "steunwijzer.js", folder / "steunwijzer.js")


def embed(scheme: str, language: str, url: str) -> str:
    """One embed as a page of HTML."""
    root = "../" * 4
    name = WORDS[language](f"scheme.{scheme}.name")
    return page(
        "embed.html",
        scheme,
        language,
        root=root,
        title=WORDS[language]("embed.title", scheme=name),
        name=name,
        languages=LANGUAGES,
        full=f"{root}{PAGES[language]}",
        full_address=f"{url}{PAGES[language]}",
    )
