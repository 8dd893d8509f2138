"""The calculator in WebKitGTK, which Playwright does not drive: it answers, and where a way fails the next one does."""

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest

from build import STARTS
from calculator.serving import Handler, Server
from rules.wording import WORDINGS

pytestmark = [pytest.mark.prove, pytest.mark.only_browser("chromium")]  # once, not once for each browser

CASE = "#service=training&fee=1000&application_date=2019-12-01&enterprise_size=small"
LOADED = 120  # seconds
LANGUAGES = {
    "nl": "kmo-portefeuille/",
    "en": "en/kmo-portefeuille/",
    "fr": "embed/v1/fr/kmo_portefeuille/",
    "de": "embed/v1/de/kmo_portefeuille/",
}


class Lacking(Handler):
    """A host that lacks some files."""

    def __init__(self, missing, *arguments, **settings):
        self.missing = missing
        super().__init__(*arguments, **settings)

    def translate_path(self, path):
        lacks = any(name in path for name in self.missing)
        return str(self.server.site / "no such file") if lacks else super().translate_path(path)


@pytest.fixture(scope="module")
def display():
    """A screen that nobody sees."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as screen:
        os.close(write)
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
        screen.terminate()


@pytest.fixture
def webkit(display):
    from selenium.webdriver import WebKitGTK, WebKitGTKOptions
    from selenium.webdriver.webkitgtk.service import Service

    options = WebKitGTKOptions()
    [options.binary_location] = map(str, Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    options.add_argument("--automation")
    # Its sandbox needs more of the machine than a container has; what it opens is ours.
    environment = {**os.environ, "DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    driver = WebKitGTK(options, Service(shutil.which("WebKitWebDriver"), env=environment))
    yield driver
    driver.quit()


def answered(driver, text):
    """Wait until the row of the support holds a text; returns how Python was started, after how many misses."""
    from selenium.webdriver.support.wait import WebDriverWait

    def found(driver):
        ready = driver.find_elements("css selector", "[data-python=ready]")
        return (
            ready and text in driver.find_element("css selector", "[data-row=support] td").text and ready[0]
        )

    root = WebDriverWait(driver, LOADED).until(found)
    return root.get_attribute("data-start"), int(root.get_attribute("data-misses"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_training_typed_by_hand(webkit, base_url, language):
    webkit.get(f"{base_url}/{LANGUAGES[language]}{CASE}")
    say = WORDINGS[language]
    assert answered(webkit, say.money("300.00")) == (STARTS[0], 0)
    fee = webkit.find_element("css selector", "#sw-fee")
    fee.clear()
    fee.send_keys("2000")
    assert answered(webkit, say.money("600.00")) == (STARTS[0], 0)
    assert "fee=2000" in webkit.current_url


@pytest.mark.parametrize(
    ("missing", "way"),
    [
        (["pruned-"], "frozen"),
        (["frozen.js"], "small"),
        (["frozen.js", "small.zip"], "stock"),
    ],
)
def test_where_a_way_fails_the_next_one_answers(webkit, site, missing, way):
    with Server(site, handler=partial(Lacking, missing)).running() as url:
        webkit.get(f"{url}{LANGUAGES['en']}{CASE}")
        assert answered(webkit, "300") == (way, STARTS.index(way))
