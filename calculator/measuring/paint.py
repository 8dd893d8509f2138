"""When a page's own answer is painted, against when the same page would be painted without the calculator."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from calculator.measuring.browser import Chromium
from calculator.measuring.host import Host
from calculator.measuring.starts import Plan, Times

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PAGE = "/en/"
# The page with its answer marked, so that the browser tells when it was painted; and without the calculator, where the
# heading above it is marked instead.
_PAGES = """async (address) => {
  const parsed = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const marked = (place) => {
    parsed.querySelector(place).setAttribute("elementtiming", "marked");
    return `<!doctype html>${parsed.documentElement.outerHTML}`;
  };
  const whole = marked('[data-put="summary"]');
  for (const part of parsed.querySelectorAll("[data-steunwijzer-calculator], script[src$='/page.js']")) part.remove();
  return [whole, marked("h1")];
}"""
_PAINTED = """() => new Promise((painted) => {
  const tell = (list) => painted(list.getEntries()[0].renderTime);
  new PerformanceObserver(tell).observe({ type: "element", buffered: true });
})"""
_TIMES = 3  # paintings a turn: each waits for the screen's next frame, so that their medians take more to stand still
WITH, WITHOUT = "first_paint_with", "first_paint_without"


def measure(browser: Chromium, host: Host, plan: Plan) -> Times:
    """The milliseconds from opening a page to its answer, and to the heading of the page without the calculator."""
    with browser.context() as context:
        page = context.new_page()
        page.goto(host.url)
        answer, heading = page.evaluate(_PAGES, _PAGE)
    pages = {WITH: f"{_PAGE}?with", WITHOUT: f"{_PAGE}?without"}
    host.pages |= {pages[WITH]: answer.encode(), pages[WITHOUT]: heading.encode()}
    found: Times = defaultdict(list)
    for counts, name in plan._replace(runs=plan.runs * _TIMES).rounds((WITH, WITHOUT)):
        with browser.context() as context:
            taken = _painted(context.new_page(), host.url.rstrip("/") + pages[name])
        if counts:
            found[name].append(taken)
    return found


def _painted(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit")
    taken: float = page.evaluate(_PAINTED)
    return taken
