"""However Python is started, it gives the same answers; where a way fails, the next one answers."""

import base64
import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from build import STARTS
from calculator import headers
from calculator.answer import VIEWS
from calculator.measuring import corpus
from calculator.serving import Handler, Server
from calculator.start import training
from tests.calculator.asked import requests

ROOT = Path(__file__).parents[2]
FEW, MANY = 300, 20_000  # requests: the ones take a minute, the others most of an hour
# One of so many requests may be left to the next way, which costs time, never an answer. They hold what no form sends.
MISSES = {"pruned": 25}
LOADED = 60_000
PAGE = "/en/kmo-portefeuille/#fee=1000&service=training&application_date=2019-12-01&enterprise_size=small"

# In the page: a digest of each way's answer to each request; null where it left the answer to the next way.
DIGESTS = """async ([language, ways, requests]) => {
  document.documentElement.lang = language;
  const { Python } = await import("/py/python.js");
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return await Promise.all(ways.map(async (way) => {
    let answered, failed;
    const begin = () => new Python((answer) => answered(answer), () => failed(), [way]);
    let python = begin();
    const digests = [];
    for (const text of requests) {
      const request = Uint8Array.from(atob(text), (letter) => letter.charCodeAt());
      const answer = new Promise((...settle) => {
        [answered, failed] = settle;
        python.ask({ number: digests.length, request });
      });
      const reply = await answer.then(({ reply }) => reply, () => null);
      digests.push(reply && hex(await crypto.subtle.digest("SHA-256", reply)));
      if (!reply) python = begin();
    }
    return digests;
  }));
}"""


def test_every_way_gives_the_same_bytes(page, browser_name):
    count = MANY if os.environ.get("PROVE") and browser_name == "chromium" else FEW
    asked = requests(count, seed=count)
    told = [(request, answers) for request, *answers in digests(page, STARTS, asked)]
    assert len(told) == count
    for number, way in enumerate(STARTS):
        differing = [request for request, answers in told if answers[number] not in (answers[-1], None)]
        assert differing == [], way
        left = [request for request, answers in told if answers[number] is None]
        assert len(left) <= len(asked) // MISSES.get(way, 1_000), (way, left)
    assert all(answers[-1] for _, answers in told)


def digests(page, ways, asked):
    """Each request with the digest of each way's answer, asked of a page in its language."""
    for language, some in corpus.by_language(asked).items():
        page.goto("/en/about/")
        texts = [base64.b64encode(request).decode() for request in some]
        yield from zip(some, *page.evaluate(DIGESTS, [language, ways, texts]), strict=True)


def test_the_quickest_way_knows_the_published_cases_and_the_pages_examples(page):
    for request, quickest, next_one in digests(page, STARTS[:2], corpus.requests(ROOT)):
        assert quickest == next_one, request
        assert quickest, request


def test_each_view_is_trained_for():
    missing = {*VIEWS} - {*training.SETTINGS}
    assert not missing, (
        f"say in calculator/start/training.py with which SETTINGS these views are asked: {missing}"
    )


def test_each_setting_of_a_view_is_trained_for():
    code = "".join(file.read_text("utf-8") for file in (ROOT / "calculator").glob("*.py"))
    read = {*re.findall(r'settings\.get\("(\w+)"', code), *re.findall(r'"(\w+)" in asked\.settings', code)}
    missing = read - {name for each in training.SETTINGS.values() for settings in each for name in settings}
    assert "page" in read
    assert not missing, f"say in calculator/start/training.py what these settings may be: {missing}"


def starts(page, way, misses=0, url="/"):
    page.goto(url + PAGE.removeprefix("/"))
    state = f"[data-start={way}][data-python=ready][data-misses='{misses}']"
    expect(page.locator(state)).to_be_visible(timeout=LOADED)
    expect(page.locator("[data-row=support] td")).to_contain_text("300")


def test_the_quickest_way_is_taken(page, watch):
    watch(page)
    asked = []
    page.context.on("request", lambda request: asked.append(request.url.split("/py/")[-1]))
    starts(page, STARTS[0])
    assert {"frozen.js", "pruned-en.wasm"} <= set(asked)
    assert "frozen.wasm" not in asked
    assert not any("pyodide" in file or file.endswith(".zip") for file in asked)


def asked_ahead(page, path):
    """What a page fetches of Python's files by itself, once it has nothing else to do."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    page.wait_for_timeout(2_000)
    return [address.split("/py/")[-1] for address in asked if "/py/" in address]


def test_a_page_that_leads_to_the_calculator_fetches_ahead(page, watch, site):
    sent = []

    class Noting(Handler):
        def log_request(self, code="-", size="-"):
            if "pruned-en.wasm" in self.path:
                sent.append(int(code))

    with Server(site, handler=Noting).running() as url:
        watch(page, also=(url,))
        with page.expect_request_finished(lambda request: "pruned-en.wasm" in request.url, timeout=LOADED):
            asked = asked_ahead(page, f"{url}en/faq/")
        assert {"ahead.js", "frozen.js", "pruned-en.wasm"} <= {*asked}
        starts(page, STARTS[0], url=url)
    assert sent == [200, 304]  # it was there, and still the same


def test_nothing_is_fetched_ahead_where_bytes_are_dear(page, watch):
    watch(page)
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    assert asked_ahead(page, "/faq/") == ["ahead.js", "python.js"]


def test_what_starts_python_is_small():
    scripts = [(ROOT / "calculator" / "static" / name).read_bytes() for name in ("frozen.js", "python.js")]
    assert len(gzip.compress(b"".join(scripts))) < 3_000


def without_functions(module):
    """A WebAssembly module whose table of functions is empty, so that the first call through it is a trap."""
    at, kept = 8, module[:8]
    while at < len(module):
        start, section = at, module[at]
        size, at, shift = 0, at + 1, 0
        while True:
            size |= (module[at] & 127) << shift
            at, shift = at + 1, shift + 7
            if module[at - 1] < 128:
                break
        at += size
        kept += b"\x09\x01\x00" if section == 9 else module[start:at]
    return kept


PROBLEMS = {
    "missing": lambda _: b"",
    "empty": lambda _: b"",
    "cut off": lambda whole: whole[: len(whole) // 2],
    "a trap": without_functions,
}


@pytest.mark.parametrize(
    ("files", "problem", "way"),
    [
        *((["pruned-en.wasm"], problem, "frozen") for problem in PROBLEMS),
        *((["pruned-en.wasm", "frozen.wasm"], problem, "small") for problem in ("missing", "a trap")),
        (["frozen.js"], "missing", "small"),
        (["pruned-en.wasm", "frozen.wasm", "small.zip"], "cut off", "stock"),
    ],
)
def test_where_a_way_fails_the_next_one_answers(page, files, problem, way):
    def fulfil(route):
        if problem == "missing":
            return route.fulfill(status=404)
        file = ROOT / "build" / "site" / "py" / route.request.url.split("/")[-1]
        kind = headers.TYPES.get(file.suffix, "application/zip")
        return route.fulfill(body=PROBLEMS[problem](file.read_bytes()), content_type=kind)

    for file in files:
        page.route(f"**/{file}", fulfil)
    starts(page, way, misses=STARTS.index(way))


def test_a_failure_in_the_middle_of_a_visit_leaves_an_answer(page):
    starts(page, STARTS[0])
    page.evaluate(
        """() => {
          const send = Worker.prototype.postMessage;
          Worker.prototype.postMessage = function (question) {
            Worker.prototype.postMessage = send;
            send.call(this, { number: question.number });
          };
        }"""
    )
    page.locator("#sw-fee").fill("2000")
    expect(page.locator("[data-start=frozen][data-python=ready][data-misses='1']")).to_be_visible(
        timeout=LOADED
    )
    expect(page.locator("[data-row=support] td")).to_contain_text("600")


def test_a_module_that_is_missing_leaves_the_answer_to_a_fuller_python():
    code = """
from calculator.sealed import answer
assert answer(b"{}")
try:
    import no_such_module
except ImportError:
    pass
assert answer(b"{}") == b""
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
