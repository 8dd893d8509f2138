"""Where the time of the quickest start goes: network, compiling, making an instance, the first answer."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from calculator.measuring.browser import Chromium
from calculator.measuring.host import Host
from calculator.measuring.starts import Plan, opened, start

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHASES = ("network", "compile", "instantiate", "first_call")

# Before the worker's own script: tells the page when an instance was made.
_IN_WORKER = b"""
const bench = new BroadcastChannel("bench"), { Instance } = WebAssembly;
WebAssembly.Instance = function (...given) {
  const made = new Instance(...given);
  bench.postMessage(performance.timeOrigin + performance.now());
  return made;
};
"""
# In the page, before anything starts: notes when the module was compiled, and listens for that.
_IN_PAGE = """() => {
  const { compileStreaming } = WebAssembly;
  const now = () => performance.timeOrigin + performance.now();
  globalThis.noted = { began: now() };
  WebAssembly.compileStreaming = async (...given) => {
    const module = await compileStreaming.apply(WebAssembly, given);
    noted.compiled = now();
    return module;
  };
  new BroadcastChannel("bench").onmessage = ({ data }) => (noted.instantiated = data);
}"""
_NOTED = """() => {
  const loaded = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm"));
  return { ...noted, loaded: performance.timeOrigin + Math.max(...loaded.map(({ responseEnd }) => responseEnd)) };
}"""


def measure(browser: Chromium, host: Host, plan: Plan) -> dict[str, float]:
    """The median of each phase, in milliseconds."""
    found: dict[str, list[float]] = {phase: [] for phase in PHASES}
    host.preface = _IN_WORKER
    for counts, way in plan.rounds(plan.ways[:1]):
        with browser.context() as context:
            page = opened(context, host)
            page.evaluate(_IN_PAGE)
            taken = start(page, way, plan.requests[0])
            for phase, value in zip(PHASES, _phases(page, taken), strict=True):
                if counts:
                    found[phase].append(value)
    host.preface = b""
    return {phase: median(values) for phase, values in found.items()}


def _phases(page: Page, taken: float) -> tuple[float, ...]:
    noted = page.evaluate(_NOTED)
    points = [noted["loaded"], noted["compiled"], noted["instantiated"], noted["began"] + taken]
    before = [noted["began"], *points]
    return tuple(max(0.0, point - last) for last, point in zip(before, points, strict=False))
