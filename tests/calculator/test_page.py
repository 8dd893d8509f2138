"""The calculator as a visitor meets it: in a browser, typing."""

import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from rules.wording import Wording

PAGES = {"nl": "/kmo-portefeuille/", "en": "/en/kmo-portefeuille/"}
CHEQUE = {"nl": "/werkbaarheidscheque/", "en": "/en/werkbaarheidscheque/"}
LOADED = 60_000  # Python takes its time on a busy machine


def ready(page):
    """The page once Python has answered."""
    page.locator("[data-python=ready]").wait_for(timeout=LOADED)
    return page


def visit(page, path):
    page.goto(path)
    return ready(page)


def unfold(page):
    page.evaluate("for (const fold of document.querySelectorAll('.sw details')) fold.open = true")


def unfold_card(page, name):
    """Open the card that asks for a fact, and those around it, where they are folded."""
    page.locator(f"[name={name}]").first.evaluate(
        "field => { for (let up = field; (up = up.parentElement.closest('details')); ) up.open = true }"
    )


def type_in(page, language, name, text):
    """Type a fact into the field with its label, or with its question."""
    words = Wording(language)
    unfold_card(page, name)
    field = page.locator(f"#sw-{name.replace('_', '-')}")
    labels = words(f"fact.{name}.label"), words(f"fact.{name}.question")
    assert page.locator(f"label[for=sw-{name.replace('_', '-')}]").inner_text() in labels
    field.fill("")
    field.press_sequentially(text)


def choose(page, language, name, option):
    words = Wording(language)
    label = words(f"choice.{option}" if option in ("yes", "no") else f"choice.{name}.{option}")
    field = page.locator(f"select[name={name}]")
    if field.count():
        field.select_option(option)
    else:
        unfold_card(page, name)
        page.locator(f"label:has([name={name}])").filter(has_text=re.compile(f"^{re.escape(label)}")).click()


def expect_row(page, name, text):
    """The row's value, with spaces of any kind taken as one."""
    expect(page.locator(f"[data-row={name}] td")).to_have_text(text)


def test_a_training_typed_by_hand(page, watch):
    watch(page)
    visit(page, PAGES["nl"])
    choose(page, "nl", "service", "training")
    type_in(page, "nl", "fee", "1.000,00")
    choose(page, "nl", "enterprise_size", "small")
    for day, support, ceiling in [
        ("30/11/2019", "400 euro", "10.000 euro"),
        ("1/12/2019", "300 euro", "10.000 euro"),
        ("2020-01-01", "300 euro", "7.500 euro"),
    ]:
        type_in(page, "nl", "application_date", day)
        expect_row(page, "support", support)
        expect_row(page, "ceiling", ceiling)
    assert "fee=1000&" in page.url
    assert "application_date=2020-01-01" in page.url


def test_a_training_typed_in_english(page, watch):
    watch(page)
    visit(page, PAGES["en"])
    type_in(page, "en", "fee", "1,000.50")
    type_in(page, "en", "application_date", "1/12/2019")
    choose(page, "en", "enterprise_size", "medium")
    expect(page.locator("[data-row=support] td")).to_contain_text("200.10")


def test_advice_in_2026(page, watch):
    watch(page)
    visit(page, PAGES["nl"])
    choose(page, "nl", "service", "advice")
    type_in(page, "nl", "fee", "5000")
    type_in(page, "nl", "application_date", "23/11/2026")
    choose(page, "nl", "enterprise_size", "small")
    choose(page, "nl", "theme", "cybersecurity")
    expect_row(page, "support", "2.250 euro")
    choose(page, "nl", "theme", "digitalisation")
    expect(page.locator("[data-state=refused]")).to_be_visible()
    expect_row(page, "support", "0 euro")
    expect(page.locator(".sw-conditions--not-met .sw-condition")).to_contain_text("1 februari 2026")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_cheque_typed_by_hand(page, watch, language):
    watch(page)
    visit(page, CHEQUE[language])
    assert page.locator(".sw").get_attribute("data-state") == "closed"
    type_in(page, language, "cost", "5000")
    type_in(page, language, "application_date", "10/5/2021")
    type_in(page, language, "project_start", "17/5/2021")
    expect_row(page, "support", {"nl": "3.000 euro", "en": re.compile("3,000")}[language])
    expect(page.locator("[data-state=closed]")).to_have_count(0)


def test_the_newest_question_wins(page, watch):
    """Each keystroke is a question; whatever Python was busy with, the last one is answered."""
    watch(page)
    visit(page, PAGES["nl"])
    choose(page, "nl", "enterprise_size", "small")
    type_in(page, "nl", "application_date", "1/12/2019")
    for amount in range(1000, 1100, 7):
        page.locator("#sw-fee").fill(str(amount))
        page.wait_for_timeout(amount % 5 * 40)
    page.locator("#sw-fee").fill("2000")
    expect_row(page, "support", "600 euro")
    page.wait_for_timeout(600)
    expect_row(page, "support", "600 euro")


def test_what_is_typed_while_python_loads_is_answered(page, watch):
    watch(page)
    page.route("**/*.wasm", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.goto(PAGES["nl"])
    example = page.locator("[data-row=support] td").inner_text()
    expect(page.locator("[data-when=loading]")).to_be_visible()
    type_in(page, "nl", "fee", "2000")
    choose(page, "nl", "enterprise_size", "small")
    type_in(page, "nl", "application_date", "1/12/2019")
    assert page.locator("[data-row=support] td").inner_text() == example
    expect(page.locator("[data-row=support] td")).to_have_text("600 euro", timeout=LOADED)
    expect(page.locator("[data-when=loading]")).to_be_hidden()


def test_when_python_cannot_be_had(page, watch):
    # Each browser says in its own words that the file did not come.
    told = [
        "/py/",
        "ERR_FAILED",
        "NS_ERROR_ABORT",
        "wasm instantiation failed",
        "Failed to fetch",
        "NetworkError",
    ]
    watch(page, expected=told)
    page.route("**/*.wasm", lambda route: route.abort())
    page.goto(PAGES["en"])
    expect(page.locator("[data-when=failed]")).to_be_visible(timeout=LOADED)
    page.locator(".sw-law summary").click()
    expect(page.locator(".sw-law table")).to_be_visible()
    page.unroute("**/*.wasm")
    page.locator("[data-retry]").click()
    ready(page)
    expect(page.locator("[data-when=failed]")).to_be_hidden()


def test_a_case_travels_in_the_address(page, watch):
    watch(page)
    visit(page, PAGES["nl"])
    choose(page, "nl", "enterprise_size", "medium")
    type_in(page, "nl", "fee", "1.234,5")
    type_in(page, "nl", "application_date", "")
    expect(page.locator(".sw-state")).not_to_be_empty()
    page.wait_for_timeout(500)
    address = page.url
    assert "fee=1234.5" in address
    assert "application_date=&" in address  # that it was cleared is a part of the case
    summary = page.locator(".sw-summary").inner_text()
    page.goto("about:blank")
    visit(page, address)
    expect(page.locator(".sw-summary")).to_have_text(summary)
    assert page.locator("#sw-application-date").input_value() == ""
    assert page.locator("[name=enterprise_size]:checked").get_attribute("value") == "medium"
    assert page.url == address
    # a link to a heading of the page leaves the case alone, and an address of one leads there
    page.evaluate("location.hash = 'some-heading'")
    page.wait_for_timeout(300)
    expect(page.locator(".sw-summary")).to_have_text(summary)
    page.goto("about:blank")
    visit(page, f"{PAGES['nl']}#some-heading")
    assert page.url.endswith("#some-heading")


def test_an_address_edited_by_hand_gets_clear_errors(page, watch):
    watch(page)
    visit(
        page,
        f"{PAGES['en']}#fee=1e9999&service=course&theme=%E0%A4%A&headcount=-3&fea=1&fee=2&_law=x&&=&constructor=1",
    )
    errors = page.locator(".sw-error:visible, .sw-errors li")
    for part in ("fea", "constructor"):
        expect(page.locator(".sw-errors")).to_contain_text(part)
    assert errors.count() >= 5
    expect(page.locator("#sw-fee")).to_have_attribute("aria-invalid", "true")
    assert "service=course" in page.url
    assert "_law=x" in page.url
    page.evaluate(
        "location.hash = '#fee=1000&service=training&application_date=2019-12-01&enterprise_size=small'"
    )
    expect(page.locator("[data-row=support] td")).to_contain_text("300")
    assert errors.count() == 0


def test_a_case_of_another_scheme_goes_where_it_is_answered(page, watch):
    watch(page)
    visit(page, f"{PAGES['en']}#scheme=werkbaarheidscheque&cost=5000&application_date=2021-05-10")
    expect(page.locator("[data-row=support] td")).to_contain_text("3,000")
    assert "/en/#scheme=werkbaarheidscheque&" in page.url
    assert page.locator("#sw-cost").input_value() == "5000"


def test_a_case_goes_along_to_the_other_language(page, watch):
    watch(page)
    visit(page, PAGES["nl"])
    type_in(page, "nl", "fee", "1.234,5")
    expect(page.locator("#sw-fee-read")).to_contain_text("1.234,50")
    page.locator("a[hreflang=en]").first.evaluate("link => link.click()")
    page.locator("html[lang=en]").wait_for()
    ready(page)
    expect(page.locator("#sw-fee-read")).to_contain_text("1,234.50")


def test_in_a_folder_of_its_host(page, prefix_url):
    visit(
        page, f"{prefix_url}en/kmo-portefeuille/#fee=1000&application_date=2019-12-01&enterprise_size=small"
    )
    expect(page.locator("[data-row=support] td")).to_contain_text("300")
    visit(page, f"{prefix_url}embed/v1/fr/kmo_portefeuille/")
    expect(page.locator("[data-row=support] td")).not_to_be_empty()


@pytest.mark.only_browser("chromium")  # a Firefox that is not Playwright's own runs scripts all the same
def test_without_javascript(browser, base_url, watch):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    watch(page)
    for path in (PAGES["nl"], "/embed/v1/fr/kmo_portefeuille/"):
        page.goto(path)
        expect(page.locator("noscript")).to_be_visible()
        expect(page.locator(".sw-summary")).not_to_be_empty()
        expect(page.locator("[data-row=support] td")).to_be_visible()
        page.locator(".sw-law summary").click()
        expect(page.locator(".sw-law table")).to_be_visible()
        expect(page.locator(".sw-form")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 320])
def test_a_small_screen(page, watch, width):
    watch(page)
    page.set_viewport_size({"width": width, "height": 640})
    visit(page, PAGES["nl"])
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#sw-plan").evaluate("heading => heading.scrollIntoView()")
    bar = page.locator(".sw-bar")
    expect(bar).to_be_in_viewport()
    bar.click()
    expect(page.locator(".sw-summary")).to_be_in_viewport()
    assert "fee=" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/en/#fee=1000&service=training", "open"),
        ("/en/kmo-portefeuille/#fee=x&service=advice&participants=y", "wrong_input"),
        ("/embed/v1/de/werkbaarheidscheque/#_share=outcome", "closed"),
    ],
)
def test_axe_finds_nothing(page, path, state, scheme):
    page.emulate_media(color_scheme=scheme)
    visit(page, path)
    page.locator(f"[data-state={state}]").wait_for()
    unfold(page)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


def test_the_answer_is_read_out_once_it_stands(page, watch):
    watch(page)
    visit(page, PAGES["en"])
    live = page.locator("[data-live]")
    page.wait_for_timeout(1200)
    expect(live).to_be_empty()  # nobody asked yet
    page.evaluate(
        "const live = document.querySelector('[data-live]'); window.said = [];"
        "new MutationObserver(() => said.push(live.textContent)).observe(live, {childList: true})"
    )
    type_in(page, "en", "fee", "1234")
    page.wait_for_timeout(1600)
    assert len(page.evaluate("said")) == 1
    assert unquote(page.url).count("fee=1234") == 1
