"""Taking an answer along, as a visitor does it: copied, saved, printed, and opened again by its address."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from pypdf import PdfReader

from calculator.view import WORDS
from rules import LAW
from tests.calculator.languages import in_language, path
from tests.calculator.test_page import type_in, visit

CASE = (
    "scheme=kmo_portefeuille&application_date=2026-11-24&service=training&service_start=2026-12-01"
    "&fee=1234.56&enterprise_size=small&theme=digitalisation"
)
# With everything that can be asked, which is the most that a sheet has to hold.
WHOLE = (
    f"{CASE}&legal_form=company&liberal_profession=no&sheltered_workshop=no&establishment=flemish_region"
    "&public_participation=0&main_activity_accepted=yes&main_activity=62.010&headcount=12"
    "&annual_turnover=1234567.89&balance_sheet_total=2345678.90&size_year_before=small&vat_rate=21"
    "&vat_deductible=yes&legal_duty=no&excluded_service=none&learning_mode=distance_with_interaction"
    "&agreement_date=2026-11-20&service_end=2026-12-20&lecturer_travel=123.45&catering=234.56&participants=12"
    "&days=3&examination_fee=100&other_costs=345.67&support_used_this_year=1234.56&deposit=500"
    "&provider_number=DV.O214464&related_provider=no&de_minimis_received=12345"
)
OLDER = "_law=2025-03-01&_support=493.82"
AMOUNT = re.compile(r"\d\s*euro", re.IGNORECASE)  # as each of the languages writes it


def open_page(page, language, case=CASE):
    """A page with the case, and with what is taken along."""
    visit(page, f"{path(language)}#{case}")
    panel = page.locator("[data-view=along]")
    panel.locator("summary").click()
    expect(panel.locator("[data-copy=letter]")).to_be_visible()
    return panel


def saved(page, panel, name):
    """A file that a button saves: its name, and its bytes."""
    button = panel.locator(f"[data-save={name}]")
    if (
        page.context.browser.browser_type.name == "firefox"
    ):  # which saves it, but tells its driver nothing of it
        page.evaluate(
            "() => { const { createObjectURL } = URL;"
            " URL.createObjectURL = blob => (window.kept = blob, createObjectURL.call(URL, blob)) }"
        )
        button.click()
        return button.get_attribute("data-file"), bytes(
            page.evaluate("async () => [...new Uint8Array(await kept.arrayBuffer())]")
        )
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def expect_told(panel, language, what):
    """The one line that says what came of copying."""
    expect(panel.locator("[data-told]:visible")).to_have_text(WORDS[language](f"along.{what}"))


def printed(page):
    """The pages that come out of the printer, as text."""
    return [
        normalize("NFKC", " ".join(sheet.extract_text().split()))
        for sheet in PdfReader(BytesIO(page.pdf())).pages
    ]


@in_language("nl")
def test_the_address_is_copied_and_opens_the_same_answer(page, watch, language):
    watch(page)
    panel = open_page(page, language)
    address = panel.locator("[data-put=address]").inner_text()
    panel.locator("[data-copy=address]").click()
    expect_told(panel, language, "copied")
    name = panel.locator("[data-setting=name]")
    name.fill("")
    name.press("ControlOrMeta+v")
    expect(name).to_have_value(address[:80])
    summary = page.locator(".sw-summary").inner_text()
    page.goto("about:blank")
    visit(page, address)
    expect(page.locator(".sw-summary")).to_have_text(summary)
    assert page.url == address


@in_language("de")
def test_what_cannot_be_copied_is_selected(page, watch, language):
    watch(page)
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false"
    )
    panel = open_page(page, language)
    panel.locator("[data-copy=address]").click()
    expect_told(panel, language, "selected")
    assert page.evaluate("getSelection().toString()") == panel.locator("[data-put=address]").inner_text()
    panel.locator("[data-copy=letter]").click()
    expect_told(panel, language, "selected")


@in_language("fr")
def test_the_deadlines_are_saved_for_a_calendar(page, watch, language):
    watch(page)
    panel = open_page(page, language)
    panel.locator("[data-setting=name]").fill("Excel, cours d'été")
    expect(panel.locator("[data-put=letter]")).to_contain_text("Excel, cours d'été")
    name, content = saved(page, panel, "calendar")
    assert name == "steunwijzer.ics"
    assert content.count(b"\r\n") == content.count(b"\n") > 0
    events: list[Any] = Calendar.from_ical(content).walk("VEVENT")
    assert {str(event["DTSTART"].dt) for event in events} == {"2026-12-15", "2026-12-24", "2027-12-31"}
    assert all("Excel, cours d'été" in event["SUMMARY"] for event in events)
    assert all(event.walk("VALARM") for event in events)


@in_language("en")
def test_the_text_for_a_mail_is_saved_and_copied(page, watch, language):
    watch(page)
    panel = open_page(page, language)
    shown = panel.locator("[data-put=letter]").evaluate("text => text.textContent")
    name, content = saved(page, panel, "letter")
    assert (name, content.decode()) == ("steunwijzer.txt", shown)
    panel.locator("[data-copy=letter]").click()
    expect_told(panel, language, "copied")


@in_language("nl")
def test_the_data_are_saved(page, watch, language):
    watch(page)
    panel = open_page(page, language)
    name, content = saved(page, panel, "json")
    assert name == "steunwijzer.json"
    assert json.loads(content)["facts"]["fee"] == "1234.56"


@pytest.mark.only_browser("chromium")  # which alone prints to a file
@in_language("fr")
def test_the_printed_sheet_is_one_page(page, watch, language):
    watch(page)
    say = WORDS[language]
    page.add_init_script("print = () => {}")
    panel = open_page(page, language, WHOLE)
    panel.locator("[data-print]").click()
    (text,) = printed(page)
    for part in (
        page.locator(".sw-summary").inner_text(),
        say("dossier.case"),
        "DV.O214464",
        say.money("1234.56"),
        say("sheet.conditions"),
        say("answer.reckoning"),
        LAW.sources["vl-excl2"].title,
        say.day(LAW.checked),
        say("standing", day=say.day(LAW.checked)),
    ):
        assert normalize("NFKC", part) in text
    assert say("form.plan") not in text


@pytest.mark.only_browser("chromium")
@in_language("en")
def test_a_sheet_may_leave_the_amounts_out_and_so_does_its_address(page, watch, language):
    watch(page)
    say = WORDS[language]
    panel = open_page(page, language)
    panel.get_by_label(say("along.without_amounts")).check()
    expect(panel.locator("[data-put=address]")).not_to_contain_text("fee=")
    (text,) = printed(page)
    assert not AMOUNT.search(text)
    assert normalize("NFKC", say.day("2026-12-15")) in text
    expect(panel.locator("[data-put=address]")).not_to_contain_text("_support")
    expect(panel.locator("[data-put=letter]")).not_to_contain_text(AMOUNT)


@pytest.mark.only_browser("chromium")
@in_language("nl")
def test_who_only_reads_prints_the_page(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, path(language))
    page.wait_for_timeout(1000)
    assert len(printed(page)) > 1
    type_in(page, language, "fee", say.amount("1234.56"))
    expect(page.locator(".sw-sheet")).to_contain_text(say.money("1234.56"))
    (text,) = printed(page)
    assert normalize("NFKC", say.money("1234.56")) in text


@in_language("fr")
def test_an_address_from_an_older_law_tells_what_is_different(page, watch, language):
    watch(page)
    say = WORDS[language]
    open_page(page, language, f"{CASE}&{OLDER}")
    told = page.locator(".sw-shared")
    for part in (say.money("493.82"), say.day("2025-03-01"), say.money("370.37"), say.day(LAW.checked)):
        expect(told).to_contain_text(part)
    assert page.url.endswith(OLDER)
    # it is told of the case that was shared: whoever changes it has a case of one's own
    type_in(page, language, "fee", "2000")
    expect(told).to_be_hidden()
    expect(page.locator("[data-row=support] td")).to_have_text(say.money("600.00"))
    expect(page).to_have_url(re.compile(f"_law={LAW.checked}&_support=600.00$"))
    page.reload()
    expect(page.locator("[data-row=support] td")).to_have_text(say.money("600.00"))
    expect(told).to_be_hidden()


@in_language("de")
def test_settings_edited_by_hand_lose_nothing(page, watch, language):
    watch(page)
    say = WORDS[language]
    open_page(page, language, f"{CASE}&_law=once&_support=much&_accent=0a6e5c")
    expect(page.locator(".sw-shared")).to_have_text(say("shared.unreadable"))
    expect(page.locator("[data-row=support] td")).to_have_text(say.money("370.37"))
    assert "_law=once&_support=much&_accent=0a6e5c" in page.url
