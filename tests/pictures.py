"""Pictures of what people see: each state of the calculator, and the pages, for somebody to look at.

    python3 build.py pictures [FOLDER]

One for each language, width, and colour scheme. Nothing is compared: that is for eyes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from calculator.serving import Server
from tests.calculator.test_journeys import FULL, STATES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

WIDTHS = {"narrow": 360, "wide": 1280}
SCHEMES = ("light", "dark")
CALCULATORS = {  # the page of the portfolio's calculator, or where the pages have not that language its embed
    "nl": "kmo-portefeuille/",
    "en": "en/kmo-portefeuille/",
    "fr": "embed/v1/fr/kmo_portefeuille/",
    "de": "embed/v1/de/kmo_portefeuille/",
}
PAGES = {"nl": "", "en": "en/"}
OTHERS = ("", "planner/", "batch/", "faq/", "werkbaarheidscheque/", "sources/", "speed/")
TALLEST = 8000  # pixels: a page is shown whole, but for one that never ends
_USED = f"{FULL}&enterprise_size=small&application_date=2026-11-24&service_start=2026-12-01"
# States that no case alone brings about: what is done to the page before it opens, and its case.
_MORE = {
    "first visit": "",
    "ceiling nearly used": f"{_USED}&support_used_this_year=7400",
    "ceiling used": f"{_USED}&support_used_this_year=7500",
    "loading": _USED,
    "python failed": _USED,
}


class Shot(NamedTuple):
    """A picture: its name, the address in the site, and the state that is waited for."""

    name: str
    address: str
    state: str


def shots() -> Iterator[Shot]:
    """All of them, but for widths and colours."""
    for language, address in CALCULATORS.items():
        for state, case in (*STATES.items(), *_MORE.items()):
            fragment = f"#scheme=kmo_portefeuille&{case}" if case else ""
            yield Shot(f"{language} {state}", address + fragment, state)
    for language, folder in PAGES.items():
        for page in OTHERS:
            yield Shot(f"{language} page {page.strip('/') or 'home'}", folder + page, "page")


def take(site: Path, folder: Path, chromium: str) -> int:
    """Take them into a folder; returns how many there are."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    with Server(site).running() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium or None)
        for shot in shots():
            for width in WIDTHS:
                for scheme in SCHEMES:
                    file = folder / f"{shot.name} {width} {scheme}.png".replace(" ", "-")
                    _take(browser, url, shot, WIDTHS[width], scheme, file)
                    taken += 1
        browser.close()
    return taken


def _take(browser: Browser, url: str, shot: Shot, width: int, scheme: str, file: Path) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    if shot.state == "loading":
        page.route("**/*.wasm", hold)  # which does not come while somebody looks
    elif shot.state == "python failed":
        page.route("**/py/{frozen,worker}.js", lambda route: route.abort())
    page.goto(url + shot.address)
    _settle(page, shot.state)
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=file)
    for route in held:
        route.abort()
    page.unroute_all(behavior="ignoreErrors")
    context.close()


def _settle(page: Page, state: str) -> None:
    """Wait until a page shows what is to be seen."""
    if state in ("loading", "python failed"):
        page.locator(f"[data-python={state.split()[-1]}]").first.wait_for(timeout=60_000)
    elif page.locator("[data-steunwijzer-calculator]").count():
        page.locator("[data-python=ready]").first.wait_for(timeout=60_000)
    page.wait_for_timeout(400)
