"""Whether every way of starting Python gives the same answers, to the byte."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple

from calculator.measuring import corpus
from calculator.measuring.browser import Chromium
from calculator.measuring.host import Host
from calculator.measuring.starts import opened

_PIECE = 250  # requests that a page is given at once


class Compared(NamedTuple):
    """What became of some requests."""

    requests: int
    left: int  # that the quickest way left to the next one
    differing: list[bytes]  # that a way answered otherwise than stock Pyodide


def compare(browser: Chromium, host: Host, ways: Sequence[str], requests: Sequence[bytes]) -> Compared:
    """Ask every way the same; stock Pyodide, the last, is right."""
    left, differing = 0, []
    for language, asked in corpus.by_language(requests).items():
        with browser.context() as context:
            page = opened(context, host, language)
            for start in range(0, len(asked), _PIECE):
                piece = asked[start : start + _PIECE]
                texts = [base64.b64encode(request).decode() for request in piece]
                found = page.evaluate("([ways, texts]) => bench.digests(ways, texts)", [list(ways), texts])
                for request, digests in zip(piece, zip(*found, strict=True), strict=True):
                    left += digests[0] is None
                    if {*digests} - {None, digests[-1]} or digests[-1] is None:
                        differing.append(request)
    return Compared(len(requests), left, differing)
