"""How quick the first answer is, how much comes over the wire for it, and how quick all further answers are.

A cold start is the time from a page's wish for an answer to the answer, with nothing cached: the page's own scripts
are there, nothing of Python is. A warm start is that on a second visit, after one on which some questions were asked
and that lasted a moment longer. All that are compared take turns, each in another order, and the first round does not
count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from calculator.measuring.browser import Chromium, collect, settled_memory, slowed
from calculator.measuring.host import Host, Line
from rules import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SCRIPT = Path(__file__).with_name("visit.js")
PEER = "publicodes"
STOCK = "stock"
SLOW_LINE = Line(megabits=10, round_trip=0.04)
SLOW_PROCESSOR = 4  # times
EARLY = 100  # calls that a visitor makes before the browser has made the code quick
LATER = 200  # calls after those
STAY = 3  # seconds of a first visit after its questions: what it compiled, a browser keeps when no more comes
CONDITIONS = {
    "line_megabits": SLOW_LINE.megabits,
    "line_round_trip_ms": SLOW_LINE.round_trip * 1000,
    "processor_times_slower": SLOW_PROCESSOR,
    "calls_early": EARLY,
    "calls_later": LATER,
    "stay_seconds": STAY,
}
_OPENED = """async (language) => {
  document.documentElement.lang = language;
  globalThis.bench = await import("/bench/visit.js");
}"""
_PAGE_ITSELF = ("/bench/visit.js", "/py/python.js")

Times = dict[str, list[float]]  # what was measured, by name: milliseconds, or bytes


class Plan(NamedTuple):
    """Who is compared, with which requests, and how often."""

    ways: Sequence[str]  # the ways of starting, the quickest first and stock Pyodide last
    requests: Sequence[str]  # differing in their figures alone, as many as there are calls
    runs: int

    def rounds(self, everybody: Sequence[str]) -> Iterator[tuple[bool, str]]:
        """Each one's turns: whether it counts, and whose it is."""
        for number in range(self.runs + 1):
            first = number % len(everybody)
            for one in (*everybody[first:], *everybody[:first]):
                yield number > 0, one


def measure(browser: Chromium, host: Host, plan: Plan) -> Times:
    """All times and sizes of starting, in the conditions that count."""
    found: Times = defaultdict(list)
    quickest = plan.ways[0]
    for counts, way in plan.rounds((*plan.ways, PEER)):
        for name, value in _first_visit(browser, host, way, plan).items():
            if counts:
                found[f"{name}_{way}"].append(value)
    for counts, way in plan.rounds((quickest, STOCK, PEER)):
        with browser.context() as context:
            page = opened(context, host)
            host.line = SLOW_LINE
            taken = start(page, way, plan.requests[0])
            host.line = None
        with browser.context() as context:
            others = browser.renderers()
            page = opened(context, host)
            with slowed(browser.renderers() - others, SLOW_PROCESSOR):
                slow = start(page, way, plan.requests[0])
        again = _second_visit(browser, host, way, plan.requests)
        if counts:
            found[f"start_warm_{way}"].append(again)
            found[f"start_10mbit_{way}"].append(taken)
            found[f"start_slow_cpu_{way}"].append(slow)
    return found


def _first_visit(browser: Chromium, host: Host, way: str, plan: Plan) -> dict[str, float]:
    found: dict[str, float] = {}
    with browser.context() as context:
        others = browser.renderers()
        page = opened(context, host)
        found["start_cold"] = start(page, way, plan.requests[0])
        sent = [size for path, size in host.sent.items() if path not in _PAGE_ITSELF]
        found["start_bytes"], found["start_requests"] = sum(sent), len(sent)
        collect(page)
        found["memory"] = settled_memory(browser.renderers() - others)
        if way in (plan.ways[0], STOCK, PEER):
            taken = page.evaluate("requests => bench.calls(requests)", list(plan.requests))
            found["call_early"], found["call"] = median(taken[:EARLY]), median(taken[EARLY:])
    return found


def _second_visit(browser: Chromium, host: Host, way: str, requests: Sequence[str]) -> float:
    with browser.regular() as context:
        first = opened(context, host)
        start(first, way, requests[0])
        first.evaluate("requests => bench.calls(requests)", list(requests[:EARLY]))
        first.wait_for_timeout(STAY * 1000)
        first.close()
        return start(opened(context, host), way, requests[0])


def opened(context: BrowserContext, host: Host, language: str = LANGUAGES[0]) -> Page:
    """A page of the host that is ready to start one of those compared; nothing that it needed itself counts."""
    page = context.new_page()
    page.goto(host.url)
    page.evaluate(_OPENED, language)
    host.sent.clear()
    return page


def start(page: Page, way: str, request: str) -> float:
    """Start one: the milliseconds to its first answer."""
    taken: float = page.evaluate("([way, request]) => bench.start(way, request)", [way, request])
    return taken
