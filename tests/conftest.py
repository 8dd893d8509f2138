"""What tests of the site share: the built site, served; a page of another site; a watched browser.

Nothing here happens until a test asks for it: the tests of `rules` need no set-up but pytest.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ROOT = Path(__file__).parents[1]
SITE = ROOT / "build" / "site"
PATIENCE = 20_000  # milliseconds for what a page is to show: several browsers share the machine
sys.path.insert(0, str(ROOT))

with suppress(ImportError):  # which only tests that use it need
    from hypothesis import settings

    settings.register_profile("quick", deadline=None, derandomize=True)
    settings.register_profile("prove", deadline=None, max_examples=5_000)
    settings.load_profile("prove" if os.environ.get("PROVE") else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long, unless `build.py prove` asks for it."""
    if not os.environ.get("PROVE"):
        long = [item for item in items if item.get_closest_marker("prove")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    if not SITE.is_dir():
        pytest.fail("there is no site to test: run `python3 build.py build` first", pytrace=False)
    return SITE


@pytest.fixture(scope="session")
def base_url(site: Path) -> Iterator[str]:
    """The address of the built site at its host's root; `page.goto("/")` starts from here."""
    from calculator.serving import Server

    with Server(site).running() as url:
        yield url.rstrip("/")


@pytest.fixture(scope="session")
def prefix_url(site: Path) -> Iterator[str]:
    """The address of the same site in a folder of its host, with a slash at its end."""
    from calculator.serving import Server

    with Server(site, prefix="/a/b/").running() as url:
        yield url


@pytest.fixture(scope="session")
def foreign_url(base_url: str) -> Iterator[str]:
    """The address of another site, with a slash at its end: the pages of tests/calculator/host.

    They are written as a provider would write them, for the address that a build has by default;
    the served site's own is put in its place.
    """
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    from build import ADDRESS

    class Host(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if not path.is_file():
                return self.send_error(404)
            body = path.read_bytes().replace(ADDRESS.encode(), f"{base_url}/".encode())
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(path))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return None

        def log_message(self, *_: Any) -> None:
            pass

    def host(*arguments: Any) -> Host:
        return Host(*arguments, directory=str(ROOT / "tests" / "calculator" / "host"))

    with ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The browsers that `build.py` found or installed; outside of it, those on the path."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    home = str(tmp_path_factory.mktemp("home"))  # else they leave reports and caches in the tester's
    elsewhere = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    arguments = {**browser_type_launch_args, "env": {**os.environ, **elsewhere}}
    if browser_name == "firefox":  # the channel is for Mozilla's own build; the default is a patched one
        arguments |= {"channel": "moz-firefox", "executable_path": shutil.which("firefox-esr")}
    elif path := os.environ.get("CHROMIUM") or shutil.which("chromium"):
        arguments |= {"executable_path": path, "chromium_sandbox": False}
    return arguments


@pytest.fixture(scope="module")
def browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """A browser for each file of tests: over all of them Firefox grows to gigabytes."""
    started = launch_browser()
    yield started
    started.close()


@pytest.fixture
def watch(base_url: str) -> Iterator[Callable[..., None]]:
    """Watch a page, from `watch(page)` until the test's end, for what must never happen.

    No request leaves the site (`also` names addresses that may be asked, too), nothing is wrong in
    the console, no script fails, the browser reports nothing against the policy, and the quickest
    Python had every answer. A message that
    a test means to cause is named by a part of it: `watch(page, expected=["404"])`.
    """
    wrong: list[str] = []
    pages: list[Page] = []

    def start(page: Page, *, also: tuple[str, ...] = (), expected: tuple[str, ...] | list[str] = ()) -> None:
        allowed = (f"{base_url}/", "data:", "blob:", "about:", *also)

        def note(what: str) -> None:
            if not any(part in what for part in expected):
                wrong.append(what)

        def console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                note(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

        def requested(request: Request) -> None:
            if not request.url.startswith(allowed):
                note(f"request: {request.url}")

        pages.append(page)
        page.on("request", requested)

        def failed(request: Request) -> None:
            if "ABORTED" not in (request.failure or ""):  # which is the page's own going elsewhere
                note(f"failed: {request.url} {request.failure}")

        page.on("requestfailed", failed)
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("console", console)
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', event =>"
            " console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"
        )

    yield start
    for page in pages:
        for frame in [] if page.is_closed() else page.frames:
            misses = frame.evaluate(
                "[...document.querySelectorAll('[data-misses]')].map((each) => each.dataset.misses)"
            )
            wrong += [f"misses: {count} in {frame.url}" for count in misses if count != "0"]
    assert wrong == []
