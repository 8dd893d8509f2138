"""The planner as a visitor meets it: by typing, by pasting, by files, and by an address that was shared."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.calculator.saving import keep, saved
from tests.calculator.test_page import visit

PAGES = {"nl": "/planner/", "en": "/en/planner/"}
COMPANY = "legal_form=company&establishment=flemish_region&public_participation=0&main_activity_accepted=yes"
SHARED = (
    f"#enterprise_size=small&{COMPANY}"
    "&1.scheme=kmo_portefeuille&1.application_date=2021-03-01&1.service=training&1.fee=12000&1.service_start=2021-03-01"
    "&2.scheme=kmo_portefeuille&2.application_date=2021-12-20&2.service=training&2.fee=20000&2.service_start=2022-01-10"
)


def field(page, name):
    return page.locator(f"#sw-{name.replace('_', '-')}")


def items(page):
    return page.locator(".plan-item")


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_a_year_typed_by_hand(page, watch):
    watch(page)
    visit(page, PAGES["nl"])
    expect(items(page)).to_have_count(3)  # an example
    assert "#" not in page.url
    page.get_by_role("button", name="Leeg beginnen").click()
    assert focused(page) == "sw-project"
    expect(items(page)).to_have_count(1)
    field(page, "application_date").fill("1/3/2021")
    field(page, "fee").fill("12.000")
    field(page, "service").select_option("Opleiding")
    field(page, "enterprise_size").select_option("Kleine onderneming")
    expect(items(page).first).to_contain_text("3.600 euro")
    page.get_by_role("button", name="Nog een project").click()
    assert focused(page) == "sw-project"
    field(page, "application_date").fill("1/9/2021")
    field(page, "fee").fill("20000")
    field(page, "service").select_option("Opleiding")
    short = items(page).nth(1)
    expect(short).to_have_attribute("data-row", "short")
    expect(short.locator(".plan-support")).to_have_text("3.900 euro")
    expect(short).to_contain_text("Plafond op")
    expect(page.locator(".plan-table tbody tr")).to_have_text(re.compile(r"2021\s*7.500\s*7.500\s*0"))
    # put earlier, the second becomes the first, and the other falls short
    field(page, "application_date").fill("1/2/2021")
    expect(items(page).first).to_contain_text("1 februari 2021")
    expect(items(page).nth(1)).to_have_attribute("data-row", "short")
    items(page).nth(1).get_by_role("button", name="Bewerken").click()
    expect(field(page, "fee")).to_have_value("12000")
    items(page).nth(1).get_by_role("button", name="Verwijderen").click()
    assert focused(page) == "sw-projects"
    expect(items(page)).to_have_count(1)
    expect(field(page, "fee")).to_have_value("20000")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_address_opens_the_plan_that_was_shared(page, watch, language):
    watch(page)
    visit(page, PAGES[language] + SHARED)
    expect(items(page)).to_have_count(2)
    short = items(page).nth(1)
    expect(short.locator(".plan-remarks li")).to_have_count(3)
    expect(short).to_contain_text("1 januari 2022" if language == "nl" else "1 January 2022")
    short.locator("[name=edit]").click()
    field(page, "fee").fill("100")
    expect(short).not_to_have_attribute("data-row", "short")
    assert "2.fee=100&" in page.url
    assert page.locator("a[hreflang]").first.evaluate("link => link.hash") == page.evaluate("location.hash")
    page.reload()
    expect(items(page).nth(1)).to_contain_text("100 euro")


def test_what_cannot_be_read_is_told_beside_its_field(page, watch):
    watch(page)
    visit(
        page, f"{PAGES['en']}#1.scheme=kmo_portefeuille&1.fee=much&1.theme=nonsense&fea=1&2.fee=5&2.scheme=x"
    )
    expect(page.locator("#sw-fee-error")).to_contain_text("much")
    expect(field(page, "fee")).to_have_attribute("aria-invalid", "true")
    expect(items(page).first).to_contain_text("nonsense")
    assert "1.theme=nonsense" in page.url
    field(page, "fee").fill("1000")
    expect(page.locator("#sw-fee-error")).to_be_empty()


def test_rows_are_pasted_out_of_a_spreadsheet_with_a_bad_one(page, watch):
    watch(page)
    visit(page, PAGES["en"])
    page.locator("#sw-pasted").fill(
        "Application date\tKind of service\tPrice excluding VAT\tInvoice\n"
        "1/3/2021\tTraining\t1,000.50\tA\n"
        "31/2/2021\tTraining\t2000\tB\n"
        "3/3/2021\tTraining\t500\tC\tD\n"
        "4/3/2021\tTraining\t500\tE\n"
    )
    page.get_by_role("button", name="Import", exact=True).click()
    notes = page.locator(".plan-files .sw-errors li")
    expect(notes).to_have_count(3)
    expect(notes.nth(0)).to_contain_text("Invoice")
    expect(notes.nth(1)).to_contain_text("Row 3")
    expect(notes.nth(1)).to_contain_text("31/2/2021")
    expect(notes.nth(2)).to_contain_text("Row 4")
    expect(items(page)).to_have_count(3)  # in place of the example, the bad day's too
    expect(page.locator("#sw-pasted")).not_to_have_value("")
    page.wait_for_timeout(1000)
    expect(notes).to_have_count(3)  # they stay while the plan is worked out anew
    items(page).filter(has_text="No date").locator("[name=edit]").click()
    expect(page.locator("#sw-application-date-error")).to_contain_text("31/2/2021")
    expect(field(page, "fee")).to_have_value("2000")
    field(page, "application_date").fill("28/2/2021")
    expect(items(page).first).to_contain_text("28 February 2021")


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_is_exported_is_imported_as_it_was(page, watch, tmp_path, kind):
    watch(page)
    visit(page, PAGES["nl"] + SHARED)
    said = page.locator(".plan-answer").inner_text()
    keep(page)
    file = tmp_path / f"plan.{kind}"
    file.write_bytes(saved(page, page.locator(f"[name=save][value={kind}]").click))
    page.goto("about:blank")
    visit(page, PAGES["nl"])
    page.locator("[type=file]").set_input_files(file)
    expect(items(page)).to_have_count(2)
    expect(page.locator(".plan-files .sw-errors li")).to_have_count(0)
    expect(page.locator(".plan-answer")).to_have_text(said, use_inner_text=True)
    assert "2.service_start=2022-01-10" in page.url


def test_by_keyboard_alone(page, watch):
    watch(page)
    visit(page, PAGES["en"] + SHARED)
    page.locator("#sw-projects").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "edit"
    page.keyboard.press("Enter")
    assert focused(page) == "sw-project"
    for name in ("scheme", "application_date", "service", "fee"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == name
    page.keyboard.type("100")
    expect(items(page).nth(1)).to_contain_text("100 euro")
    assert page.evaluate("document.activeElement.name") == "fee"


def test_the_total_is_read_out_once_it_stands(page, watch):
    watch(page)
    visit(page, PAGES["en"])
    live = page.locator("[data-live]")
    page.wait_for_timeout(1200)
    expect(live).to_be_empty()
    field(page, "fee").press_sequentially("0")
    expect(live).to_contain_text("All projects together")


@pytest.mark.parametrize("width", [320, 360])
def test_a_small_screen(page, watch, width):
    watch(page)
    page.set_viewport_size({"width": width, "height": 640})
    visit(page, PAGES["nl"] + SHARED)
    page.evaluate("for (const fold of document.querySelectorAll('.sw details')) fold.open = true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".sw-bar").click()
    assert focused(page) == "sw-projects"
    expect(page.locator("#sw-projects")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["", SHARED, "#1.fee=x&1.scheme=werkbaarheidscheque&2.fee=9&fea=1"])
def test_axe_finds_nothing(page, fragment, scheme):
    page.emulate_media(color_scheme=scheme)
    visit(page, PAGES["en"] + fragment)
    page.evaluate("for (const fold of document.querySelectorAll('.sw details')) fold.open = true")
    page.locator("#sw-pasted").fill("x\n1")
    page.locator("[name=take]").click()
    expect(page.locator(".plan-files .sw-errors li")).not_to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)  # the theme's way to the top fades out
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
