"""The planner as a visitor meets it: by typing, by pasting, by files, and by an address that was shared."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from calculator.view import WORDS
from tests.calculator.languages import PAGES, in_language, in_light_and_dark, path
from tests.calculator.saving import keep, saved
from tests.calculator.test_page import visit

COMPANY = "legal_form=company&establishment=flemish_region&public_participation=0&main_activity_accepted=yes"
SHARED = (
    f"#enterprise_size=small&{COMPANY}"
    "&1.scheme=kmo_portefeuille&1.application_date=2021-03-01&1.service=training&1.fee=12000&1.service_start=2021-03-01"
    "&1.excluded_service=none&1.learning_mode=in_person"
    "&2.scheme=kmo_portefeuille&2.application_date=2021-12-20&2.service=training&2.fee=20000&2.service_start=2022-01-10"
)


def open_plan(page, language, fragment=""):
    visit(page, path(language, "planner") + fragment)


def field(page, name):
    return page.locator(f"#sw-{name.replace('_', '-')}")


def answer_what_could_refuse(page, language, start):
    """The rest of what is asked of a course: while it is unknown, the course uses its share or nothing."""
    field(page, "service").select_option(WORDS[language]("choice.service.training"))
    field(page, "service_start").fill(start)
    field(page, "excluded_service").select_option(value="none")
    field(page, "learning_mode").select_option(value="in_person")


def items(page):
    return page.locator(".plan-item")


def focused(page):
    return page.evaluate("document.activeElement.id")


@in_language("nl", PAGES)
def test_a_year_typed_by_hand(page, watch, language):
    watch(page)
    say = WORDS[language]
    open_plan(page, language)
    expect(items(page)).to_have_count(3)  # an example
    assert "#" not in page.url
    page.get_by_role("button", name=say("planner.clear")).click()
    assert focused(page) == "sw-project"
    expect(items(page)).to_have_count(1)
    field(page, "application_date").fill("1/3/2021")
    field(page, "fee").fill(say.grouped("12000"))
    answer_what_could_refuse(page, language, "1/3/2021")
    field(page, "enterprise_size").select_option(say("choice.enterprise_size.small"))
    expect(items(page).first).to_contain_text(say.money("3600.00"))
    page.get_by_role("button", name=say("planner.add")).click()
    assert focused(page) == "sw-project"
    field(page, "application_date").fill("1/9/2021")
    field(page, "fee").fill("20000")
    answer_what_could_refuse(page, language, "1/9/2021")
    short = items(page).nth(1)
    expect(short).to_have_attribute("data-row", "short")
    expect(short.locator(".plan-support")).to_have_text(say.money("3900.00"))
    expect(short).to_contain_text(say("planner.word.short"))
    ceiling = re.escape(say.grouped("7500"))
    expect(page.locator(".plan-table tbody tr")).to_have_text(
        re.compile(rf"2021\s*{ceiling}\s*{ceiling}\s*0\s*$")
    )
    # put earlier, the second becomes the first, and the other falls short
    field(page, "application_date").fill("1/2/2021")
    expect(items(page).first).to_contain_text(say.day("2021-02-01"))
    expect(items(page).nth(1)).to_have_attribute("data-row", "short")
    items(page).nth(1).get_by_role("button", name=say("planner.edit")).click()
    expect(field(page, "fee")).to_have_value("12000")
    items(page).nth(1).get_by_role("button", name=say("planner.remove")).click()
    assert focused(page) == "sw-projects"
    expect(items(page)).to_have_count(1)
    expect(field(page, "fee")).to_have_value("20000")


@in_language("en", PAGES)
def test_an_address_opens_the_plan_that_was_shared(page, watch, language):
    watch(page)
    say = WORDS[language]
    open_plan(page, language, SHARED)
    expect(items(page)).to_have_count(2)
    short = items(page).nth(1)
    expect(short.locator(".plan-remarks li")).to_have_count(3)
    expect(short).to_contain_text(say.day("2022-01-01"))
    short.locator("[name=edit]").click()
    field(page, "fee").fill("100")
    expect(short).not_to_have_attribute("data-row", "short")
    assert "2.fee=100&" in page.url
    assert page.locator("a[hreflang]").first.evaluate("link => link.hash") == page.evaluate("location.hash")
    page.reload()
    expect(items(page).nth(1)).to_contain_text(say.money("100.00"))


@in_language("nl", PAGES)
def test_what_cannot_be_read_is_told_beside_its_field(page, watch, language):
    watch(page)
    open_plan(
        page, language, "#1.scheme=kmo_portefeuille&1.fee=much&1.theme=nonsense&fea=1&2.fee=5&2.scheme=x"
    )
    expect(page.locator("#sw-fee-error")).to_contain_text("much")
    expect(field(page, "fee")).to_have_attribute("aria-invalid", "true")
    expect(items(page).first).to_contain_text("nonsense")
    assert "1.theme=nonsense" in page.url
    field(page, "fee").fill("1000")
    expect(page.locator("#sw-fee-error")).to_be_empty()


@in_language("en", PAGES)
def test_rows_are_pasted_out_of_a_spreadsheet_with_a_bad_one(page, watch, language):
    watch(page)
    say = WORDS[language]
    open_plan(page, language)
    training = say("choice.service.training")
    day, service, fee = (say(f"fact.{name}.label") for name in ("application_date", "service", "fee"))
    page.locator("#sw-pasted").fill(
        f"{day}\t{service}\t{fee}\tInvoice\n"
        f"1/3/2021\t{training}\t{say.amount('1000.50')}\tA\n"
        f"31/2/2021\t{training}\t2000\tB\n"
        f"3/3/2021\t{training}\t500\tC\tD\n"
        f"4/3/2021\t{training}\t500\tE\n"
    )
    page.get_by_role("button", name=say("planner.take"), exact=True).click()
    notes = page.locator(".plan-files .sw-errors li")
    expect(notes).to_have_count(3)
    expect(notes.nth(0)).to_have_text(say("planner.aside", columns="Invoice"))
    expect(notes.nth(1)).to_contain_text(say("planner.row", row=3, error=day))
    expect(notes.nth(1)).to_contain_text("31/2/2021")
    expect(notes.nth(2)).to_have_text(say("planner.row", row=4, error=say("planner.row.cells", count=4)))
    expect(items(page)).to_have_count(3)  # in place of the example, the bad day's too
    expect(page.locator("#sw-pasted")).not_to_have_value("")
    page.wait_for_timeout(1000)
    expect(notes).to_have_count(3)  # they stay while the plan is worked out anew
    expect(items(page).filter(has_text=say.day("2021-03-01"))).to_contain_text(say.money("1000.50"))
    items(page).filter(has_text=say("planner.no_day")).locator("[name=edit]").click()
    expect(page.locator("#sw-application-date-error")).to_contain_text("31/2/2021")
    expect(field(page, "fee")).to_have_value("2000")
    field(page, "application_date").fill("28/2/2021")
    expect(items(page).first).to_contain_text(say.day("2021-02-28"))


@pytest.mark.parametrize("kind", ["csv", "json"])
@in_language("nl", PAGES)
def test_what_is_exported_is_imported_as_it_was(page, watch, tmp_path, kind, language):
    watch(page)
    open_plan(page, language, SHARED)
    said = page.locator(".plan-answer").inner_text()
    keep(page)
    file = tmp_path / f"plan.{kind}"
    file.write_bytes(saved(page, page.locator(f"[name=save][value={kind}]").click))
    page.goto("about:blank")
    open_plan(page, language)
    page.locator("[type=file]").set_input_files(file)
    expect(items(page)).to_have_count(2)
    expect(page.locator(".plan-files .sw-errors li")).to_have_count(0)
    expect(page.locator(".plan-answer")).to_have_text(said, use_inner_text=True)
    assert "2.service_start=2022-01-10" in page.url


@in_language("en", PAGES)
def test_by_keyboard_alone(page, watch, language):
    watch(page)
    open_plan(page, language, SHARED)
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
    expect(items(page).nth(1)).to_contain_text(WORDS[language].money("100.00"))
    assert page.evaluate("document.activeElement.name") == "fee"


@in_language("nl", PAGES)
def test_the_total_is_read_out_once_it_stands(page, watch, language):
    watch(page)
    say = WORDS[language]
    open_plan(page, language)
    live = page.locator("[data-live]")
    page.wait_for_timeout(1200)
    expect(live).to_be_empty()
    field(page, "fee").press_sequentially("0")
    expect(live).to_have_text(say("planner.total", support=say.money("7500.00")))


@pytest.mark.parametrize("width", [320, 360])
@in_language("nl", PAGES)
def test_a_small_screen(page, watch, width, language):
    watch(page)
    page.set_viewport_size({"width": width, "height": 640})
    open_plan(page, language, SHARED)
    page.evaluate("for (const fold of document.querySelectorAll('.sw details')) fold.open = true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".sw-bar").click()
    assert focused(page) == "sw-projects"
    expect(page.locator("#sw-projects")).to_be_in_viewport()


@in_light_and_dark("en", "nl", PAGES)
@pytest.mark.parametrize("fragment", ["", SHARED, "#1.fee=x&1.scheme=werkbaarheidscheque&2.fee=9&fea=1"])
def test_axe_finds_nothing(page, fragment, scheme, language):
    page.emulate_media(color_scheme=scheme)
    open_plan(page, language, fragment)
    page.evaluate("for (const fold of document.querySelectorAll('.sw details')) fold.open = true")
    page.locator("#sw-pasted").fill("x\n1")
    page.locator("[name=take]").click()
    expect(page.locator(".plan-files .sw-errors li")).not_to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)  # the theme's way to the top fades out
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
