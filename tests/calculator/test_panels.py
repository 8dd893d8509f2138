"""The panels beside the answer: each asks Python for a view of its own, from the newest case."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from calculator.view import WORDS
from rules import LAW
from tests.calculator.languages import in_language, in_light_and_dark, path
from tests.calculator.test_page import LOADED, type_in, unfold, visit

CASE = "fee=1000&service=training&enterprise_size=small&application_date=2019-12-01"


def opened(page, view):
    panel = page.locator(f"[data-view={view}]")
    panel.locator("summary").first.click()
    page.wait_for_timeout(300)  # it is asked for once it is open, of a Python that has to start first
    expect(panel).not_to_have_attribute("aria-busy", "true", timeout=LOADED)
    return panel


@in_language("en")
def test_days_are_compared_while_the_panel_is_open(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, f"{path(language)}#{CASE}")
    panel = page.locator("[data-view=dates]")
    expect(panel.locator("tbody tr")).to_have_count(0)
    opened(page, "dates")
    row = panel.locator("tr").filter(has_text=say.day("2019-12-01"))
    expect(row.locator("td")).to_have_text(say.money("300.00"))
    type_in(page, language, "fee", "2000")
    expect(row.locator("td")).to_have_text(say.money("600.00"))
    type_in(page, language, "fee", "x")
    expect(panel).to_contain_text(say("panel.mend"))
    type_in(page, language, "fee", "1000")
    expect(row.locator("td")).to_have_text(say.money("300.00"))
    expect(panel).not_to_contain_text(say("panel.mend"))


@in_language("fr")
def test_the_picture_follows_the_answer(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, f"{path(language)}#{CASE}")
    picture = page.locator(".sw-answer .sw-picture")
    support = picture.locator("[data-row=support] rect")
    told = f"{say('amount.support.label')} {say.money('300.00')},"
    expect(picture).to_have_attribute("aria-label", re.compile(re.escape(told)))
    # VAT is not certain: the whole is 1,210 euro
    expect(support).to_have_attribute("width", "24.79%")
    page.locator("#sw-other-costs").evaluate("field => (field.closest('details').open = true)")
    type_in(page, language, "other_costs", "790")
    expect(picture.locator("[data-row=not_covered] text")).to_have_text(say.money("790.00"))
    whole, part = picture.bounding_box(), support.bounding_box()
    assert abs(part["width"] / whole["width"] - 300 / (1790 * 1.21)) < 0.01
    drawn = support.evaluate("part => getComputedStyle(part).fill")
    assert "sw-fill-support" in drawn
    type_in(page, language, "fee", "")
    expect(picture).to_be_hidden()


@in_language("nl")
def test_what_would_change_the_answer(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, f"{path(language)}#fee=60&service=training&headcount=12&application_date=2026-11-24")
    panel = opened(page, "change")
    better = panel.locator("[data-row=better]")
    least = say("change.from", value=say.money("100.00"))
    expect(better).to_contain_text(say("change.more", place=least, difference=say.money("40.00")))
    expect(better.locator(".sw-better")).to_be_visible()
    type_in(page, language, "fee", "1000")
    larger = panel.locator("li").filter(has_text=say("change.from", value="50"))
    expect(larger).to_contain_text(say("choice.enterprise_size.medium"))
    too_little = panel.locator("li").filter(has_text=say("change.below", value=say.money("100.00")))
    expect(too_little).to_contain_text(say("change.refused", reason="").strip())


@in_language("de")
def test_looking_around(page, watch, language):
    watch(page)
    say = WORDS[language]

    def at(fee, support):
        return say("around.there", value=say.money(fee), support=say.money(support))

    visit(
        page,
        f"{path(language)}#fee=1000&service=training&enterprise_size=small&theme=digitalisation"
        "&application_date=2026-11-24",
    )
    panel = opened(page, "around")
    line = panel.locator(".sw-line").first
    expect(line).to_have_attribute("d", re.compile("^M0 10000L"))
    expect(panel.locator("tbody")).to_contain_text(say.money("25000.00"))
    expect(panel.locator("output")).to_contain_text(at("1000.00", "300.00"))
    slider = panel.locator("[type=range]")
    slider.focus()
    slider.press("End")
    expect(panel.locator("output")).to_contain_text(at("30000.00", "7500.00"))
    slider.press("Home")
    expect(panel.locator("output")).to_contain_text(at("0.00", "0.00"))
    for _ in range(20):
        slider.press("ArrowRight")
    expect(panel.locator("output")).to_contain_text(at("2000.00", "600.00"))
    panel.locator("[data-take]").click()
    expect(page.locator("#sw-fee-read")).to_have_text(say.money("2000.00"))
    drawn = line.get_attribute("d")
    panel.locator("select").first.select_option(say("fact.application_date.label"))
    expect(line).not_to_have_attribute("d", drawn)
    expect(panel.locator("output")).to_contain_text(say.day("2026-11-24"))
    expect(panel.locator("tbody")).to_contain_text(say.day("2019-12-01"))


@in_language("nl")
def test_the_other_way_round(page, watch, language):
    watch(page)
    say = WORDS[language]
    support = say("amount.support.label")
    visit(
        page,
        f"{path(language)}#fee=1000&service=training&enterprise_size=small&theme=digitalisation"
        "&application_date=2026-11-24&support_used_this_year=7000",
    )
    panel = opened(page, "reach")
    expect(panel.locator("li")).to_contain_text(say("reach.from", price=say.money("1666.65")))
    panel.locator("select").select_option(support)
    expect(panel.get_by_role("status")).to_contain_text(say("reach.type"))
    panel.get_by_label(say("reach.value")).fill("20")
    wanted = say("reach.wanted", amount=support, value=say.money("20.00"))
    expect(panel.get_by_role("status")).to_contain_text(say("reach.none", wanted=wanted))
    panel.get_by_label(say("reach.value")).fill("60")
    prices = say("reach.range", low=say.money("199.99"), high=say.money("200.01"))
    expect(panel.locator("li b")).to_contain_text(prices)
    panel.locator("[data-take]").click()
    expect(page.locator("#sw-fee-read")).to_have_text(say.money("199.99"))


@in_language("fr")
def test_a_step_of_the_reasons_is_opened_alone_and_linked_to(page, watch, language):
    watch(page)
    visit(page, f"{path(language)}#{CASE}")
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
    expect(page.locator(".sw-answer [data-row=support] td")).to_have_text(WORDS[language].money("300.00"))


@in_language("en")
def test_the_schemes_are_compared(page, watch, language):
    watch(page)
    say = WORDS[language]
    cheque = path(language, "werkbaarheidscheque")
    visit(page, f"{cheque}#cost=5000&application_date=2021-05-10&enterprise_size=small")
    panel = opened(page, "schemes")
    rows = panel.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.last).to_contain_text(say.money("3000.00"))
    expect(rows.first).to_contain_text(say.money("1500.00"))
    read = say("source.read", day=say.day(LAW.sources["vl-cond"].read))
    expect(panel.locator("li").filter(has_text=say("schemes.other_work"))).to_contain_text(read)


@in_light_and_dark("fr", "de")
def test_axe_finds_nothing_in_the_panels(page, watch, scheme, language):
    watch(page)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 700})
    visit(page, f"{path(language)}#fee=1000&service=training&application_date=2026-11-24")
    unfold(page)
    for panel in page.locator("details[data-view]").all():
        expect(panel).not_to_have_attribute("aria-busy", "true", timeout=LOADED)
    expect(page.locator("[data-view=schemes] tbody tr")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
