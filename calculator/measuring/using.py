"""How quick the calculator is while it is used, and how much JavaScript of its own that takes.

A keystroke counts from the end of the pause that the page makes after it until the new answer is painted. Keys come at
a person's pace: some while the page is still busy with what it prepares for later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from calculator.measuring.browser import Chromium, slowed
from calculator.measuring.host import Host
from calculator.measuring.starts import SLOW_PROCESSOR

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

STATIC = Path(__file__).parents[1] / "static"
PARTS = ("python", "messages", "painting")
_ELSEWHERE = "ahead.js"  # for the pages without a calculator
_PAGE = "en/kmo-portefeuille/"
_FIELD = "#sw-fee"
_KEYS = 60
_GAPS = (300, 450, 800)  # ms between two keys
_CURVE = "[data-view=around]"
_SETTLED = 2000  # ms
# Before a worker's own script: tells with each reply how long it was in the making.
_IN_WORKER = b"""
const { postMessage: tell } = self;
let began;
addEventListener("message", () => (began = performance.now()));
self.postMessage = (message) => tell({ ...message, python: performance.now() - began });
"""
# In the page: notes each key, the question that comes of it, its reply, and when that was painted.
_IN_PAGE = """
globalThis.using = { answers: [], long: [] };
new PerformanceObserver((list) => using.long.push(...list.getEntries().map(({ duration }) => duration)))
  .observe({ type: "longtask", buffered: true });
addEventListener("keydown", ({ timeStamp }) => (using.key = timeStamp), true);
globalThis.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data: { python } }) => {
      using.last = { asked: this.asked, told: performance.now(), python };
    });
  }
  postMessage(...message) {
    this.asked = performance.now();
    super.postMessage(...message);
  }
};
addEventListener("steunwijzer:answer", () => {
  const { key, last } = using;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => key && using.answers.push({ key, ...last, painted: performance.now() });
  requestAnimationFrame(() => port2.postMessage(0)); // which comes once that frame was painted
});
"""
# A panel is busy from its question until its reply is in the page.
_WATCHED = """(panel) => {
  using.curves = [];
  let asked;
  new MutationObserver(() => {
    if (panel.ariaBusy) asked = performance.now();
    else requestAnimationFrame(() => setTimeout(() => using.curves.push(performance.now() - asked)));
  }).observe(panel, { attributeFilter: ["aria-busy"] });
}"""


def measure(browser: Chromium, host: Host, case: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of using the page, at full speed and on a slow processor."""
    host.preface = _IN_WORKER
    quick, long = _typed(browser, host, case, times_slower=1)
    slow, _ = _typed(browser, host, case, times_slower=SLOW_PROCESSOR)
    host.preface = b""
    curves = _drawn(browser, host, case)
    parts = {
        "python": [answer["python"] for answer in quick],
        "messages": [answer["told"] - answer["asked"] - answer["python"] for answer in quick],
        "painting": [answer["painted"] - answer["told"] for answer in quick],
    }
    return {
        "keystroke_ms": round(median(waits(quick)), 1),
        "keystroke_ms_p95": p95(waits(quick)),
        "keystroke_slow_cpu_ms_p95": p95(waits(slow)),
        "curve_ms_p95": p95(curves),
        **{f"keystroke_{part}_ms": round(median(parts[part]), 1) for part in PARTS},
        "long_tasks": len(long),
        "own_javascript_bytes": own_javascript(host),
    }


def own_javascript(host: Host) -> int:
    """What the calculator's scripts written here are on the wire, each by itself, after Brotli."""
    files = [host.site / "py" / file.name for file in STATIC.glob("*.js") if file.name != _ELSEWHERE]
    return sum(len(host.compressed(file.read_bytes())) for file in files)


def _typed(
    browser: Chromium, host: Host, case: Mapping[str, Any], times_slower: int
) -> tuple[list[dict[str, float]], list[float]]:
    """What each key came to, and the tasks that kept the page's own thread for too long."""
    with browser.context() as context:
        others = browser.renderers()
        page = _opened(context, host, case)
        page.locator(_FIELD).press("End")
        page.evaluate("using.long = []")  # what starting took is told elsewhere
        with slowed(browser.renderers() - others, times_slower) if times_slower > 1 else nullcontext():
            _press(page, ("5", "Backspace"))
        found = page.evaluate("using")
    return found["answers"], found["long"]


def _drawn(browser: Chromium, host: Host, case: Mapping[str, Any]) -> list[float]:
    """How long the curve took for each move of its slider."""
    with browser.context() as context:
        page = _opened(context, host, case)
        panel = page.locator(_CURVE)
        panel.locator("summary").first.click()
        panel.locator("[data-put=summary]:not(:empty)").wait_for()
        panel.evaluate(_WATCHED)
        panel.locator("[type=range]").focus()
        _press(page, ("ArrowRight", "ArrowLeft"))
        taken: list[float] = page.evaluate("using.curves")
    return taken


def _opened(context: BrowserContext, host: Host, case: Mapping[str, Any]) -> Page:
    """The page of a case, once it was answered and all that is prepared for later is done."""
    page = context.new_page()
    page.add_init_script(_IN_PAGE)
    address = "&".join(f"{name}={_written(value)}" for name, value in case.items())
    page.goto(f"{host.url}{_PAGE}#{address}")
    page.locator("[data-python=ready]").wait_for()
    page.wait_for_timeout(_SETTLED)
    return page


def _press(page: Page, keys: Sequence[str]) -> None:
    for number in range(_KEYS):
        page.keyboard.press(keys[number % len(keys)])
        page.wait_for_timeout(_GAPS[number % len(_GAPS)])


def waits(answers: Sequence[Mapping[str, float]]) -> list[float]:
    """How long each answer came after the page's own pause."""
    pause = re.search(r"const PAUSE = (\d+)", (STATIC / "page.js").read_text("utf-8"))
    assert pause
    return [answer["painted"] - answer["key"] - int(pause[1]) for answer in answers]


def p95(values: Sequence[float]) -> float:
    """What 95 values of 100 stay under."""
    return round(quantiles(values, n=20)[-1], 1)


def _written(value: Any) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
