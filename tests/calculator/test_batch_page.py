"""A whole file on the page: calculated in the worker, saved as the command line would write it, stopped half-way."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from calculator.view import WORDS
from rules.batch import batch
from rules.wording import WORDINGS
from tests.calculator.languages import PAGES, in_language, in_light_and_dark, path
from tests.calculator.saving import keep, saved

LOADED = 60_000  # Python takes its time on a busy machine
HEAD = "scheme;application_date;fee;enterprise_size;remark"
ROWS = [
    "kmo_portefeuille;1/12/2019;€ 1.000,50;small;é",
    'kmo_portefeuille;1/12/2019;2000;small;"of two\nlines; ""quoted"" 😀"',
    "kmo_portefeuille;31/2/2019;much;small;",
    "too;many;cells;in;this;row",
]
# Notes each task of over 50 ms on the page's own thread, from the next one on.
LONG_TASKS = (
    "window.long = [];"
    "new PerformanceObserver(list => long.push(...list.getEntries().map(one => one.duration)))"
    ".observe({type: 'longtask'})"
)


def table(count, end="\r\n"):
    return ("\ufeff" + end.join([HEAD, *(ROWS[place % len(ROWS)] for place in range(count))])).encode()


def choose(page, content, name="cases.csv"):
    keep(page)
    page.locator("#sw-file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def expect_state(page, state):
    page.locator(f"[data-state={state}]").wait_for(timeout=LOADED)


def result(page):
    return saved(page, page.locator(".batch-save").click)


def answered(content, language):
    out = io.BytesIO()
    batch(io.BytesIO(content), out, WORDINGS[language], list[str]().append)
    return out.getvalue()


@in_language("nl", PAGES)
def test_the_file_is_what_the_command_line_writes(page, watch, language):
    watch(page)
    page.goto(path(language, "batch"))
    content = table(700)
    choose(page, content)
    expect_state(page, "done")
    assert result(page) == answered(content, language)
    rows = page.locator("[data-each=bad] tr")
    expect(rows).to_have_count(100)
    expect(rows.first).to_contain_text("4")
    expect(rows.first).to_contain_text("31/2/2019")
    assert (
        page.locator("[data-each=bad]").bounding_box()["y"]
        < page.locator("[data-each=good]").bounding_box()["y"]
    )
    expect(page.locator("[data-put=count]")).to_have_text(
        WORDS[language]("batch.count", rows="700", wrong="350")
    )


@in_language("en", PAGES)
def test_many_rows_stopped_half_way(page, watch, browser_name, language):
    watch(page)
    page.goto(path(language, "batch"))
    content = table(100_000, "\n")
    choose(page, content)
    page.locator("[data-state=working]").wait_for(timeout=LOADED)
    page.locator("[data-put=left]:not(:empty)").wait_for(timeout=LOADED)
    if browser_name == "chromium":
        page.evaluate(LONG_TASKS)
    share = page.locator("progress").evaluate("bar => bar.value")
    page.wait_for_function(
        "before => document.querySelector('progress').value > before", arg=share, timeout=LOADED
    )
    page.locator("button", has_text=WORDS[language]("batch.stop")).press("Enter")
    expect_state(page, "stopped")
    if browser_name == "chromium":
        assert page.evaluate("long") == []
    expect(page.locator(".batch-save")).to_be_focused()
    part = result(page)
    whole = answered(content[: len(part)], language)  # more rows than there can be in it
    assert len(part) > 10_000
    assert part.endswith(b"\n")
    assert whole.startswith(part)


@in_language("nl", PAGES)
def test_another_file_takes_its_place(page, watch, language):
    watch(page)
    page.goto(path(language, "batch"))
    choose(page, table(20_000))
    expect_state(page, "working")
    content = b"scheme,fee\nkmo_portefeuille,1000\n"
    choose(page, content)
    expect_state(page, "done")
    assert result(page) == answered(content, language)
    expect(page.locator("[data-each=bad] tr")).to_have_count(0)


@in_language("en", PAGES)
def test_a_file_is_dropped(page, watch, language):
    watch(page)
    page.goto(path(language, "batch"))
    keep(page)
    page.evaluate(
        "() => { const data = new DataTransfer();"
        "data.items.add(new File(['scheme;fee\\nkmo_portefeuille;1.000,50\\n'], 'x.csv'));"
        "document.body.dispatchEvent("
        "new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})) }"
    )
    expect_state(page, "done")
    assert b"1000.50" in result(page)


@pytest.mark.parametrize(
    "content", ["Prijs;é\n".encode("latin-1"), "scheme\n".encode("utf-16"), b"scheme\n" * 9000 + b"\xe9\n"]
)
@in_language("nl", PAGES)
def test_a_file_in_another_encoding_gets_a_kind_error(page, watch, content, language):
    watch(page)
    page.goto(path(language, "batch"))
    choose(page, content)
    expect_state(page, "encoding")
    expect(page.locator("[data-when=encoding]")).to_have_text(WORDS[language]("batch.encoding"))


@in_language("en", PAGES)
def test_an_empty_file(page, watch, language):
    watch(page)
    page.goto(path(language, "batch"))
    choose(page, b"")
    expect_state(page, "done")
    assert result(page) == answered(b"", language)


@in_light_and_dark("nl", "en", PAGES)
def test_axe_finds_nothing_and_it_fits_a_small_screen(page, scheme, language):
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)
    page.goto(path(language, "batch"))
    choose(page, table(40))
    expect_state(page, "done")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
