"""Journeys through the form: as somebody goes from a sentence to an answer, one question at a time."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from calculator.view import WORDS
from tests.calculator.languages import PAGES, in_language, in_light_and_dark, path
from tests.calculator.test_page import LOADED, ready, visit

OPEN_CARDS = "[data-cards] > [open]"


def facts(page):
    """The facts in the page's address."""
    return dict(parse_qsl(urlsplit(page.url).fragment, keep_blank_values=True))


def focused(page):
    return page.evaluate(
        "document.activeElement.name || document.activeElement.id || document.activeElement.tagName"
    )


def pick(page, name, value):
    """Answer a question by its button; what was touched may not move."""
    choice = page.locator(f"label:has([name={name}][value='{value}'])")
    choice.scroll_into_view_if_needed()
    before = choice.bounding_box()["y"]
    choice.click()
    page.wait_for_function(
        "([name, value]) => decodeURI(location.hash).includes(`${name}=${value}`)", arg=[name, value]
    )
    expect(page.locator("[data-stale]")).to_have_count(0)
    assert abs(choice.bounding_box()["y"] - before) < 1.5, name


@in_language("en")
def test_three_answers_from_a_course_of_a_thousand_euro(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, path(language))
    assert page.locator("#sw-fee").input_value() == "1000"
    expect(page.locator(OPEN_CARDS)).to_have_count(1)
    for name, value in [("theme", "digitalisation"), ("enterprise_size", "small")]:
        expect(page.locator(OPEN_CARDS).last.locator(f"[name={name}]").first).to_be_visible()
        pick(page, name, value)
    page.locator("#sw-service-start").fill("1/12/2026")
    expect(page.locator("[data-row=support] td")).to_have_text(say.money("300.00"))
    expect(page.locator(".sw-deadlines")).to_contain_text(say.day("2026-12-15"))
    expect(page.locator("#sw-service-start-read")).to_have_text(say.weekday("2026-12-01"))
    expect(page.locator("[data-put=until]")).to_contain_text(say.day("2026-12-15"))


@in_language("fr")
def test_answered_cards_fold_to_a_line_and_stay_editable(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, path(language))
    for name, value in [
        ("theme", "digitalisation"),
        ("enterprise_size", "small"),
        ("legal_form", "company"),
        ("establishment", ""),
    ]:
        pick(page, name, value)
    theme = page.locator("[data-card]:has([name=theme])")
    expect(theme).not_to_have_attribute("open", re.compile(".*"))
    expect(theme.locator("summary").first).to_contain_text(say("choice.theme.digitalisation"))
    establishment = page.locator("[data-card]:has([name=establishment])")
    expect(establishment.locator("summary").first).to_contain_text(say("choice.unknown"))
    theme.locator("summary").first.click()
    pick(page, "theme", "cybersecurity")
    expect(page.locator("[data-row=support] td")).to_have_text(say.money("450.00"))
    # on a day before themes counted the answer stays, and says that it does not matter
    page.locator("#sw-application-date").fill("1/12/2019")
    expect(theme.locator("summary").first.locator("small")).not_to_be_empty()
    assert facts(page)["theme"] == "cybersecurity"


@in_language("nl")
def test_by_keyboard_alone(page, watch, language):
    """Tab, Space, arrows, Enter and what is typed are enough, and the focus is always somewhere."""
    watch(page)
    visit(page, path(language))
    press = page.keyboard.press
    page.locator("#sw-application-date").focus()
    press("Control+a")
    page.keyboard.type("1/12/2023")
    press("Tab")
    assert focused(page) == "service"
    page.keyboard.press("ArrowDown")
    press("ArrowUp")
    press("Tab")
    page.keyboard.type("2000")
    press("Tab")
    assert focused(page) == "service_start"
    page.keyboard.type("4/12/2023")
    expect(page.locator("#sw-service-start-read")).to_have_text(WORDS[language].weekday("2023-12-04"))
    answered = []
    for _ in range(60):
        if not page.locator("[data-put=next]").first.get_attribute("href"):
            break
        name = focused(page)
        assert name != "BODY"
        if page.evaluate("document.activeElement.matches('[data-next]')"):
            press("Enter")
            expect(page.locator(OPEN_CARDS)).to_have_count(1)
            assert page.locator("[data-card]:has(:focus)").count() == 1
            continue
        kind = page.evaluate("document.activeElement.closest('[data-card]') && document.activeElement.type")
        if name not in answered and kind in ("radio", "text"):
            if kind == "text":
                page.keyboard.type("0")
            else:
                press("Space")
                press("ArrowDown")
                press("ArrowUp")
            answered.append(name)
            page.wait_for_function("([name]) => location.hash.includes(`${name}=`)", arg=[name])
            expect(page.locator("[data-stale]")).to_have_count(0)
            assert focused(page) == name
        press("Tab")
    assert len(answered) >= 7
    expect(page.locator("[data-row=support] td")).not_to_be_empty()
    expect(page.locator("[data-state=open]")).to_have_count(0)


@in_language("fr")
def test_whoever_does_not_know_anything_keeps_an_answer(page, watch, language):
    watch(page)
    visit(page, path(language))
    before = page.locator(".sw-summary").inner_text()
    unknown = WORDS[language]("choice.unknown")
    for _ in range(12):
        card = page.locator(OPEN_CARDS).last
        following = page.locator("[data-put=next]").first.text_content()
        if not following:
            break
        card.get_by_text(unknown, exact=True).locator("visible=true").first.click()
        expect(page.locator("[data-put=next]").first).not_to_have_text(following)
        if page.locator("[data-put=next]").first.text_content():
            page.locator("[data-next]:visible").last.click()
            expect(page.locator(OPEN_CARDS)).to_have_count(1)
    assert page.locator("[data-put=next]").first.text_content() == ""
    expect(page.locator(".sw-summary")).to_have_text(before)
    assert [value for name, value in facts(page).items() if value == ""].count("") >= 8
    page.reload()
    ready(page)
    expect(page.locator(".sw-summary")).to_have_text(before)
    expect(page.locator(OPEN_CARDS)).to_have_count(0)


@in_language("de")
def test_back_undoes_a_step_and_not_a_keystroke(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, path(language))
    first = page.locator(".sw-summary").inner_text()
    fee = page.locator("#sw-fee")
    fee.fill("")
    fee.press_sequentially("2500", delay=150)
    expect(page.locator("#sw-fee-read")).to_have_text(say.money("2500.00"))
    pick(page, "theme", "digitalisation")
    pick(page, "theme", "cybersecurity")
    fee.press("End")
    fee.press_sequentially("0")
    page.locator("[data-clear]").click()
    expect(fee).to_have_value("")
    page.go_back()
    expect(fee).to_have_value("25000")
    page.go_back()
    expect(fee).to_have_value("2500")
    assert page.locator("[name=theme]:checked").get_attribute("value") == "cybersecurity"
    page.go_back()
    expect(page.locator("[name=theme]:checked")).to_have_count(0)
    expect(fee).to_have_value("2500")
    page.go_back()
    expect(fee).to_have_value("1000")
    expect(page.locator(".sw-summary")).to_have_text(first)
    page.go_forward()
    expect(page.locator("#sw-fee-read")).to_have_text(say.money("2500.00"))


@in_language("de")
def test_two_tabs_do_not_disturb_one_another(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, path(language))
    other = page.context.new_page()
    watch(other)
    other.goto(path(language))
    other.locator("[data-python=ready]").wait_for(timeout=LOADED)
    page.locator("#sw-fee").fill("3000")
    expect(page.locator("#sw-fee-read")).to_have_text(say.money("3000.00"))
    other.locator("#sw-fee").fill("4000")
    expect(other.locator("#sw-fee-read")).to_have_text(say.money("4000.00"))
    assert [facts(page)["fee"], facts(other)["fee"]] == ["3000", "4000"]
    page.reload()
    ready(page)
    expect(page.locator("#sw-fee-read")).to_have_text(say.money("3000.00"))


@in_language("en")
def test_what_cannot_be_read_has_its_error_and_the_rest_its_answer(page, watch, language):
    watch(page)
    say = WORDS[language]
    # names in scripts that run from right to left, and one too long for any line
    visit(
        page,
        f"{path(language)}#fee=1000&شركة=1&{'x' * 60}=2&application_date=2019-12-01&enterprise_size=small",
    )
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("[data-row=support] td")).to_have_text(say.money("300.00"))
    for left in (1, 0):
        page.locator("[data-remove]").first.click()
        expect(page.locator(".sw-errors li")).to_have_count(left)
        assert focused(page) == "sw-answer"
    assert "x" not in facts(page)
    page.locator("#sw-fee").fill("a lot")
    expect(page.locator("#sw-fee-error")).to_be_visible()
    expect(page.locator("[data-put=left_out]")).to_contain_text(say("fact.fee.label"))
    expect(page.locator("[data-row=support] td")).not_to_be_empty()
    page.locator("#sw-fee").fill(f"€ {say.amount('1000.50')}")
    expect(page.locator("#sw-fee-read")).to_have_text(say.money("1000.50"))
    expect(page.locator("[data-row=support] td")).to_have_text(say.money("300.15"))


@in_language("de")
def test_a_day_is_picked_in_the_browsers_own_calendar(page, watch, language):
    watch(page)
    visit(page, path(language))
    page.locator("[data-pick=service_start]").fill("2026-12-01")
    expect(page.locator("#sw-service-start")).to_have_value("01/12/2026")
    expect(page.locator("#sw-service-start-read")).to_have_text(WORDS[language].weekday("2026-12-01"))


@in_language("nl")
def test_the_figures_of_a_group_go_into_the_form(page, watch, language):
    watch(page)
    visit(page, path(language))
    page.locator("#sw-enterprise-size").evaluate("field => { field.closest('details').open = true }")
    for fold in (".sw-within:has(#sw-headcount) > summary", "[data-view=group] > summary"):
        page.locator(fold).click()
    expect(page).to_have_url(re.compile("_support="))
    before = page.url
    for name, value in [("own.headcount", "40"), ("a.share", "50"), ("a.headcount", "30")]:
        page.locator(f"[data-setting='{name}']").fill(value)
    expect(page.locator("[data-view=group] table")).to_contain_text("55")
    assert page.url == before  # the panel's inputs are no facts
    page.locator("[data-use]").click()
    expect(page.locator("#sw-headcount")).to_have_value("55")
    assert facts(page)["headcount"] == "55"


@pytest.mark.parametrize("width", [360, 320])
@in_language("en")
def test_on_a_telephone_the_bar_leads_to_the_answer_and_back(page, watch, width, language):
    watch(page)
    page.set_viewport_size({"width": width, "height": 640})
    visit(page, f"{path(language)}#fee=1000&application_date=2019-12-01&enterprise_size=small")
    page.locator("#sw-matters").scroll_into_view_if_needed()
    bar = page.locator(".sw-bar")
    if language in PAGES:  # an embed is as high as its content: there it stands below the questions
        expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text(WORDS[language].money("300.00"))
    bar.click()
    expect(page.locator(".sw-summary")).to_be_in_viewport()
    page.locator(".sw-back").click()
    expect(page.locator("#sw-matters")).to_be_in_viewport()
    assert focused(page) == "sw-matters"


FULL = (
    "service=training&fee=1000&legal_form=company&establishment=flemish_region&public_participation=0"
    "&main_activity_accepted=yes&theme=digitalisation&excluded_service=none&learning_mode=in_person"
)
STATES = {
    "exact": f"{FULL}&enterprise_size=small&application_date=2026-11-24&service_start=2026-12-01",
    "range": f"{FULL}&enterprise_size=small&application_date=2026-11-24&service_start=2026-12-01&catering=500",
    "open": "fee=1000&service=training&theme=&enterprise_size=&legal_form=",
    "refused": f"{FULL}&application_date=2026-11-24&legal_form=vzw".replace("legal_form=company&", ""),
    "late": f"{FULL}&enterprise_size=small&application_date=2026-11-24&service_start=2026-10-01",
    "closed": f"{FULL}&application_date=2015-11-24",
    "silent": f"{FULL}&enterprise_size=small&application_date=2028-11-24&service_start=2028-12-01",
    "wrong_input": "fee=x&participants=y&fea=1&service=advice",
}


@in_light_and_dark("nl", "de")
def test_axe_finds_nothing_in_any_state(page, watch, scheme, language):
    """As each state stands, with its folds as they are: unfolded they are looked at in test_page."""
    watch(page)
    page.emulate_media(color_scheme=scheme)
    visit(page, path(language))
    for state, case in STATES.items():
        page.evaluate("facts => { location.hash = facts }", f"scheme=kmo_portefeuille&{case}")
        page.locator(f"[data-state={state}]").wait_for()
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == [], state
