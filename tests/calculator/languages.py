"""The languages of a journey, and where its page lies in each.

In `test` a journey is made once, and its language is another one than its neighbour's; in `prove` it is made in every
language in which the site has its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

import build
from rules import LANGUAGES

PAGES = build.LANGUAGES  # those of the pages, with their folders in the site: the embeds are in all


def in_language(usual: str, among: Iterable[str] = LANGUAGES) -> pytest.MarkDecorator:
    """Give a journey its `language`: the usual one in `test`, in `prove` the others too."""
    return pytest.mark.parametrize("language", [*_spread(usual, among)])


def in_light_and_dark(light: str, dark: str, among: Iterable[str] = LANGUAGES) -> pytest.MarkDecorator:
    """Give a journey its colour `scheme` and its `language`: a usual one for each scheme."""
    usual = {"light": light, "dark": dark}
    pairs = [pair for scheme in usual for pair in _spread(usual[scheme], among, scheme)]
    return pytest.mark.parametrize(("scheme", "language"), pairs)


def path(language: str, page: str = "kmo-portefeuille") -> str:
    """The way to a page, the first one ("") or another; to a scheme's embed, where the language has no pages."""
    if language in PAGES:
        return "/" + "".join(f"{folder}/" for folder in (PAGES[language], page) if folder)
    return f"/embed/v1/{language}/{page.replace('-', '_')}/"


def _spread(usual: str, among: Iterable[str], *before: str) -> Iterator[Any]:
    for language in among:
        yield pytest.param(*before, language, marks=[] if language == usual else pytest.mark.prove)
