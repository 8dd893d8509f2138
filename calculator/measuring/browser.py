"""A Chromium to measure in: each visit has a context of its own, and with that nothing cached and a process of its own.

Such a context is a private window, which keeps less than an ordinary one: nothing of what the browser compiled. So who
comes back has a profile and a browser of their own.

A processor is made slow by stopping the page's process three quarters of the time, in turns too short to notice. It
slows all of the process alike: the page, its workers, and what compiles in the background. The browser's own throttling
only reaches the page, not its workers: it says so when it is asked.
"""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, ViewportSize

_PAUSE, _LOOKS, _ABOUT = (
    0.5,
    10,
    0.01,
)  # freed pages go back to the system a little later: seconds, times, part
_SCREEN: ViewportSize = {"width": 1280, "height": 1600}
_PATIENCE = 120_000  # milliseconds
_RUN, _LEAST = 0.004, 0.001  # seconds: how long a slowed process runs in a turn, and is stopped at least


class Chromium:
    """A started browser."""

    def __init__(self, kind: BrowserType, browser: Browser) -> None:
        self._kind = kind
        self.version = browser.version
        self._browser = browser
        self._session = browser.new_browser_cdp_session()

    def renderers(self) -> set[int]:
        """The processes that show pages."""
        found: dict[str, Any] = self._session.send("SystemInfo.getProcessInfo")
        return {process["id"] for process in found["processInfo"] if process["type"] == "renderer"}

    @contextmanager
    def context(self) -> Iterator[BrowserContext]:
        """A visitor who was never here before."""
        context = self._browser.new_context(viewport=_SCREEN)
        context.set_default_timeout(_PATIENCE)
        try:
            yield context
        finally:
            context.close()

    @contextmanager
    def regular(self) -> Iterator[BrowserContext]:
        """A visitor who was never here before and will come back, in an ordinary window."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            context = self._kind.launch_persistent_context(profile, viewport=_SCREEN, **_settings())
            context.set_default_timeout(_PATIENCE)
            try:
                yield context
            finally:
                context.close()


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Start the browser that `CHROMIUM` names, or Playwright's own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**_settings())
        yield Chromium(playwright.chromium, browser)
        browser.close()


def _settings() -> dict[str, Any]:
    return {
        "executable_path": os.environ.get("CHROMIUM") or None,
        "chromium_sandbox": False,
        "args": ["--js-flags=--expose-gc"],
    }


def settled_memory(processes: set[int]) -> int:
    """The memory of the largest of some processes, in bytes, once it stays about the same."""
    last, size = 0, _proportional_set_size(processes)
    for _ in range(_LOOKS):
        if abs(size - last) < size * _ABOUT:
            break
        time.sleep(_PAUSE)
        last, size = size, _proportional_set_size(processes)
    return size


def _proportional_set_size(processes: set[int]) -> int:
    """What is a process's own, and its part of what it shares with others; of the largest."""
    sizes = []
    for process in processes:
        with suppress(FileNotFoundError, ProcessLookupError):
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
            sizes += [int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")]
    return max(sizes)


def collect(page: Page) -> None:
    """Collect what the page and its workers need no more."""
    page.evaluate("gc()")
    for worker in page.workers:
        worker.evaluate("gc()")


@contextmanager
def slowed(processes: set[int], times: int) -> Iterator[None]:
    """Let processes run so many times slower than they would, for as long as the block lasts."""
    ended = threading.Event()

    def tell(what: signal.Signals) -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, what)

    def turns() -> None:
        stopped = ran = 0.0  # as it came out, since no sleep ends when it should
        began = time.monotonic()
        while not ended.is_set():
            tell(signal.SIGSTOP)
            ran += (now := time.monotonic()) - began
            time.sleep(max(_LEAST, ran * (times - 1) - stopped))
            tell(signal.SIGCONT)
            stopped += (began := time.monotonic()) - now
            time.sleep(_RUN)

    thread = threading.Thread(target=turns)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        tell(signal.SIGCONT)
