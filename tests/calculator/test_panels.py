"""The panels beside the answer: each asks Python for a view of its own, from the newest case."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.calculator.test_page import LOADED, type_in, unfold, visit


def opened(page, view):
    panel = page.locator(f"[data-view={view}]")
    panel.locator("summary").first.click()
    page.wait_for_timeout(300)  # it is asked for once it is open, of a Python that has to start first
    expect(panel).not_to_have_attribute("aria-busy", "true", timeout=LOADED)
    return panel


def test_days_are_compared_while_the_panel_is_open(page, watch):
    watch(page)
    visit(
        page,
        "/en/kmo-portefeuille/#fee=1000&service=training&enterprise_size=small&application_date=2019-12-01",
    )
    panel = page.locator("[data-view=dates]")
    expect(panel.locator("tbody tr")).to_have_count(0)
    opened(page, "dates")
    row = panel.locator("tr").filter(has_text="1 December 2019")
    expect(row.locator("td")).to_have_text("300 euro")
    type_in(page, "en", "fee", "2000")
    expect(row.locator("td")).to_have_text("600 euro")
    type_in(page, "en", "fee", "x")
    expect(panel).to_contain_text("check your answers")
    type_in(page, "en", "fee", "1000")
    expect(row.locator("td")).to_have_text("300 euro")
    expect(panel).not_to_contain_text("check your answers")


def test_the_picture_follows_the_answer(page, watch):
    watch(page)
    visit(
        page,
        "/en/kmo-portefeuille/#fee=1000&service=training&enterprise_size=small&application_date=2019-12-01",
    )
    picture = page.locator(".sw-answer .sw-picture")
    support = picture.locator("[data-row=support] rect")
    expect(picture).to_have_attribute("aria-label", re.compile("Support 300 euro"))
    # VAT is not certain: the whole is 1,210 euro
    expect(support).to_have_attribute("width", "24.79%")
    page.locator("#sw-other-costs").evaluate("field => (field.closest('details').open = true)")
    type_in(page, "en", "other_costs", "790")
    expect(picture.locator("[data-row=not_covered] text")).to_have_text("790 euro")
    whole, part = picture.bounding_box(), support.bounding_box()
    assert abs(part["width"] / whole["width"] - 300 / (1790 * 1.21)) < 0.01
    drawn = support.evaluate("part => getComputedStyle(part).fill")
    assert "sw-fill-support" in drawn
    type_in(page, "en", "fee", "")
    expect(picture).to_be_hidden()


def test_what_would_change_the_answer(page, watch):
    watch(page)
    visit(page, "/kmo-portefeuille/#fee=60&service=training&headcount=12&application_date=2026-11-24")
    panel = opened(page, "change")
    better = panel.locator("[data-row=better]")
    expect(better).to_contain_text("vanaf 100 euro (40 euro meer)")
    expect(better.locator(".sw-better")).to_be_visible()
    type_in(page, "nl", "fee", "1000")
    expect(panel.locator("li").filter(has_text="vanaf 50")).to_contain_text("Middelgrote onderneming")
    expect(panel.locator("li").filter(has_text="onder 100 euro")).to_contain_text("Geen steun.")


def test_looking_around(page, watch):
    watch(page)
    visit(
        page,
        "/en/kmo-portefeuille/#fee=1000&service=training&enterprise_size=small&theme=digitalisation"
        "&application_date=2026-11-24",
    )
    panel = opened(page, "around")
    line = panel.locator(".sw-line").first
    expect(line).to_have_attribute("d", re.compile("^M0 10000L"))
    expect(panel.locator("tbody")).to_contain_text("25,000 euro")
    expect(panel.locator("output")).to_contain_text("1,000 euro: 300 euro of support")
    slider = panel.locator("[type=range]")
    slider.focus()
    slider.press("End")
    expect(panel.locator("output")).to_contain_text("7,500 euro of support")
    slider.press("Home")
    expect(panel.locator("output")).to_contain_text("0 euro: 0 euro of support")
    for _ in range(20):
        slider.press("ArrowRight")
    expect(panel.locator("output")).to_contain_text("2,000 euro: 600 euro of support")
    panel.locator("[data-take]").click()
    expect(page.locator("#sw-fee-read")).to_contain_text("2,000 euro")
    drawn = line.get_attribute("d")
    panel.locator("select").first.select_option("Application date")
    expect(line).not_to_have_attribute("d", drawn)
    expect(panel.locator("output")).to_contain_text("24 November 2026")
    expect(panel.locator("tbody")).to_contain_text("1 December 2019")


def test_the_other_way_round(page, watch):
    watch(page)
    visit(
        page,
        "/kmo-portefeuille/#fee=1000&service=training&enterprise_size=small&theme=digitalisation"
        "&application_date=2026-11-24&support_used_this_year=7000",
    )
    panel = opened(page, "reach")
    expect(panel.locator("li")).to_contain_text("Vanaf 1.666,65 euro")
    panel.locator("select").select_option("Steun")
    expect(panel.get_by_role("status")).to_contain_text("Vul een bedrag in")
    panel.get_by_label("Bedrag").fill("20")
    expect(panel.get_by_role("status")).to_contain_text("Geen enkele prijs")
    panel.get_by_label("Bedrag").fill("60")
    expect(panel.locator("li b")).to_contain_text("Van 199,99 euro tot en met 200,01 euro")
    panel.locator("[data-take]").click()
    expect(page.locator("#sw-fee-read")).to_contain_text("199,99 euro")


def test_a_step_of_the_reasons_is_opened_alone_and_linked_to(page, watch):
    watch(page)
    address = (
        "/en/kmo-portefeuille/#fee=1000&service=training&enterprise_size=small&application_date=2019-12-01"
    )
    visit(page, address)
    page.locator("details:has(> #sw-step) > summary").click()
    step = page.locator("#sw-why-support")
    step.locator("> summary").click()
    expect(step.locator("> .sw-linked [data-keep]")).to_be_visible()
    rate = page.locator("#sw-why-rate")
    expect(rate).not_to_have_attribute("open", "")
    page.evaluate("document.querySelector('#sw-why-rate > .sw-linked [data-keep]').click()")
    expect(rate).to_have_attribute("open", "")
    expect(page).to_have_url(re.compile("fee=1000.*&_open=sw-why-rate"))
    shared = page.url
    page.goto("about:blank")
    visit(page, shared)
    expect(page.locator("#sw-why-rate > summary")).to_be_in_viewport()
    expect(page.locator("#sw-why-rate > summary")).to_be_focused()
    expect(page.locator(".sw-answer [data-row=support] td")).to_contain_text("300")


def test_the_schemes_are_compared(page, watch):
    watch(page)
    visit(page, "/en/werkbaarheidscheque/#cost=5000&application_date=2021-05-10&enterprise_size=small")
    panel = opened(page, "schemes")
    rows = panel.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.last).to_contain_text("3,000")
    expect(rows.first).to_contain_text("1,500 euro")
    expect(panel.locator("li").filter(has_text="Not for the same work")).to_contain_text("read on")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panels(page, watch, scheme):
    watch(page)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 700})
    visit(page, "/embed/v1/de/kmo_portefeuille/#fee=1000&service=training&application_date=2026-11-24")
    unfold(page)
    for panel in page.locator("details[data-view]").all():
        expect(panel).not_to_have_attribute("aria-busy", "true", timeout=LOADED)
    expect(page.locator("[data-view=schemes] tbody tr")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
