"""What a page gives to be saved. A Firefox that is not Playwright's tells of no download: the page's copy is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

KEEP = """() => {
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => make.call(URL, (window.kept = blob));
}"""
READ = "async () => [...new Uint8Array(await kept.arrayBuffer())]"


def keep(page: Any) -> None:
    """Let the page remember what it gives to be saved from now on."""
    page.evaluate(KEEP)


def saved(page: Any, click: Callable[[], None]) -> bytes:
    """The bytes that a click saves."""
    if page.context.browser.browser_type.name == "chromium":
        with page.expect_download() as download:
            click()
        return Path(download.value.path()).read_bytes()
    click()
    page.wait_for_function("() => window.kept")
    return bytes(page.evaluate(READ))
