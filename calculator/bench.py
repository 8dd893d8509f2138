"""The bench: measures what visitors and users wait for, tells it to people, and writes it for the pages.

    python3 build.py bench --json docs/bench.json

What is compared takes turns, and each ratio is one of medians. How each is measured stands in `measuring`, what the
figures are called and what they are to be in `measuring/figures.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from calculator.measuring import answers, corpus, figures, native, paint, peer, phases, starts, table, using
from calculator.measuring.browser import Chromium, chromium
from calculator.measuring.host import Host, serving
from calculator.measuring.machine import machine, versions

KNOWN: dict[str, Any] = {
    "scheme": "kmo_portefeuille",
    "application_date": "2019-12-01",
    "legal_form": "company",
    "establishment": "flemish_region",
    "public_participation": 0,
    "main_activity_accepted": True,
    "enterprise_size": "small",
    "service": "training",
    "excluded_service": "none",
    "learning_mode": "in_person",
    "service_start": "2019-12-02",
    "fee": 1000,
}
_LANGUAGE = "nl"


class Unequal(Exception):
    """What is compared does not calculate the same, so that its speed would say nothing."""


def report(
    root: Path,
    file: Path | None,
    ways: list[str],
    runs: int,
    random_requests: Callable[[int], list[bytes]],
    count: int,
) -> None:
    """Measure, print the table, and write all of it as JSON where a file is named.

    `ways` are those in which Python starts, the quickest first and stock Pyodide last. `random_requests` gives as many
    requests as it is asked for: `count` are tried in every way.
    """
    found: dict[str, Any] = {
        "day": datetime.now(UTC).date().isoformat(),
        "runs": runs,
        "load": round(os.getloadavg()[0], 1),
        "machine": machine(),
        "ways": ways,
        **starts.CONDITIONS,
    }
    with _told("the rules in CPython"):
        found |= native.measure(root, KNOWN)
        found["profile"] = native.profile(root, KNOWN)
    with tempfile.TemporaryDirectory(dir=root / "build") as folder:
        shutil.copy(starts.SCRIPT, folder)
        script = peer.bundle(root, Path(folder))
        published = peer.with_amounts(corpus.published(root))
        if differing := peer.differences(script, published):
            raise Unequal(f"publicodes' amounts are not those of the rules: {differing[0]}")
        found["publicodes_cases"] = len(published)
        with serving(root, script.parent) as host, chromium() as browser:
            with _told("files, compressed as far as they go"):
                host.compress()
            found["versions"] = versions(root, browser.version)
            found |= _in_browser(browser, host, ways, runs)
            with _told("keys and their answers"):
                found |= using.measure(browser, host, KNOWN)
            found |= _answers(browser, host, ways, corpus.requests(root), random_requests(count))
    for line in table.lines(found, ways):
        print(line)
    if file:
        file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _in_browser(browser: Chromium, host: Host, ways: list[str], runs: int) -> dict[str, Any]:
    requests = [
        corpus.page_request({**KNOWN, "fee": KNOWN["fee"] + number}, _LANGUAGE)
        for number in range(starts.EARLY + starts.LATER)
    ]
    plan = starts.Plan(ways, requests, runs)
    with _told("starts and calls, in turns"):
        times = starts.measure(browser, host, plan)
    with _told("first paints, and where a start's time goes"):
        times |= paint.measure(browser, host, plan)
        parts = phases.measure(browser, host, plan)
    return {
        **figures.medians(times),
        **figures.of_quickest(times, ways[0]),
        **{f"start_{phase}_ms": taken for phase, taken in parts.items()},
        "ranges": figures.ranges(times),
    }


def _answers(
    browser: Chromium, host: Host, ways: list[str], known: list[bytes], chance: list[bytes]
) -> dict[str, int]:
    """Whether all ways answer alike: what is known (cases and examples), and what chance made."""
    with _told("published cases and examples, every way"):
        found = answers.compare(browser, host, ways, known)
    if found.differing:
        raise Unequal(f"the ways of starting Python differ on a known question: {found.differing[0]!r}")
    with _told("random questions, every way"):
        fuzz = answers.compare(browser, host, ways, chance)
    return {
        "corpus_requests": found.requests,
        "traps": found.left,
        "fuzz_requests": fuzz.requests,
        "fuzz_left": fuzz.left,
        "fuzz_differences": len(fuzz.differing),
    }


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Tell what is being measured, and how long that took."""
    began = time.monotonic()
    print(f"  bench      {what:<44}", end="", flush=True)
    yield
    print(f"{time.monotonic() - began:6.1f} s", flush=True)
