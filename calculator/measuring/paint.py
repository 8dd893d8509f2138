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
# The page with the answer marked, so that the browser tells when it was painted; and the page with no calculator.
_PAGES = """async (address) => {
  const parsed = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const whole = () => `<!doctype html>${parsed.documentElement.outerHTML}`;
  parsed.querySelector('[data-put="summary"]').setAttribute("elementtiming", "answer");
  const marked = whole();
  for (const part of parsed.querySelectorAll("[data-steunwijzer-calculator], script[src$='/page.js']")) part.remove();
  return [marked, whole()];
}"""
_PAINTED = """(wanted) => new Promise((painted) => {
  const type = wanted ? "element" : "paint";
  new PerformanceObserver((list) => {
    const found = list.getEntries().find(({ identifier, name }) => (identifier ?? name) ===
      (wanted ? "answer" : "first-contentful-paint"));
    if (found) painted(found.renderTime || found.startTime);
  }).observe({ type, buffered: true });
})"""
WITH, WITHOUT = "first_paint_with", "first_paint_without"


def measure(browser: Chromium, host: Host, plan: Plan) -> Times:
    """The milliseconds from opening a page to its answer, and to the first paint of the page without the calculator."""
    with browser.context() as context:
        page = context.new_page()
        page.goto(host.url)
        marked, bare = page.evaluate(_PAGES, _PAGE)
    pages = {WITH: f"{_PAGE}?with", WITHOUT: f"{_PAGE}?without"}
    host.pages |= {pages[WITH]: marked.encode(), pages[WITHOUT]: bare.encode()}
    found: Times = defaultdict(list)
    for counts, name in plan.rounds((WITH, WITHOUT)):
        with browser.context() as context:
            taken = _painted(context.new_page(), host.url.rstrip("/") + pages[name], name == WITH)
        if counts:
            found[name].append(taken)
    return found


def _painted(page: Page, address: str, answer: bool) -> float:
    page.goto(address, wait_until="commit")
    taken: float = page.evaluate(_PAINTED, answer)
    return taken
