"""The panels beside the answer: each asks Python for a view of its own, from the newest case."""

from playwright.sync_api import expect

from tests.calculator.test_page import type_in, visit


def opened(page, view):
    panel = page.locator(f"[data-view={view}]")
    panel.locator("summary").first.click()
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
    expect(row.locator("td").last).to_have_text("300 euro")
    type_in(page, "en", "fee", "2000")
    expect(row.locator("td").last).to_have_text("600 euro")
    type_in(page, "en", "fee", "x")
    expect(panel).to_contain_text("check your answers")
    type_in(page, "en", "fee", "1000")
    expect(row.locator("td").last).to_have_text("300 euro")
    expect(panel).not_to_contain_text("check your answers")
