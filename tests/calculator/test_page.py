"""The calculator as a visitor meets it: in a browser, typing."""

import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from calculator.view import WORDS
from rules.wording import Wording
from tests.calculator.languages import PAGES, in_language, in_light_and_dark, path

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


def assert_axe_finds_nothing_unfolded(page):
    unfold(page)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


@in_language("nl")
def test_a_training_typed_by_hand(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, path(language))
    choose(page, language, "service", "training")
    type_in(page, language, "fee", say.amount("1000.00"))
    choose(page, language, "enterprise_size", "small")
    for day, support, ceiling in [
        ("30/11/2019", "400.00", "10000.00"),
        ("1/12/2019", "300.00", "10000.00"),
        ("2020-01-01", "300.00", "7500.00"),
    ]:
        type_in(page, language, "application_date", day)
        expect_row(page, "support", say.money(support))
        expect_row(page, "ceiling", say.money(ceiling))
    expect(page).to_have_url(re.compile("fee=1000&"))
    expect(page).to_have_url(re.compile("application_date=2020-01-01"))


@in_language("en")
def test_a_price_with_cents_typed_as_the_language_writes_it(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, path(language))
    type_in(page, language, "fee", say.amount("1000.50"))
    type_in(page, language, "application_date", "1/12/2019")
    choose(page, language, "enterprise_size", "medium")
    expect_row(page, "support", say.money("200.10"))


@in_language("fr")
def test_advice_in_2026(page, watch, language):
    watch(page)
    say = WORDS[language]
    visit(page, path(language))
    choose(page, language, "service", "advice")
    type_in(page, language, "fee", "5000")
    type_in(page, language, "application_date", "23/11/2026")
    choose(page, language, "enterprise_size", "small")
    choose(page, language, "theme", "cybersecurity")
    expect_row(page, "support", say.money("2250.00"))
    choose(page, language, "theme", "digitalisation")
    expect(page.locator("[data-state=refused]")).to_be_visible()
    expect_row(page, "support", say.money("0.00"))
    expect(page.locator(".sw-conditions--not-met .sw-condition")).to_contain_text(say.day("2026-02-01"))


@in_language("de")
def test_the_cheque_typed_by_hand(page, watch, language):
    watch(page)
    visit(page, path(language, "werkbaarheidscheque"))
    expect(page.locator("[data-steunwijzer-calculator]")).to_have_attribute("data-state", "closed")
    type_in(page, language, "cost", "5000")
    type_in(page, language, "application_date", "10/5/2021")
    type_in(page, language, "project_start", "17/5/2021")
    expect_row(page, "support", WORDS[language].money("3000.00"))
    expect(page.locator("[data-state=closed]")).to_have_count(0)


def test_python_practises_while_nobody_asks_and_lets_who_asks_go_first(page, watch):
    watch(page)
    page.add_init_script("""
        globalThis.asked = [];
        globalThis.Worker = class extends Worker {
          postMessage(message) {
            if (message.request && asked.push(new TextDecoder().decode(message.request)) === 10) {
              const fee = document.querySelector("#sw-fee");
              fee.value = "1234";
              fee.dispatchEvent(new Event("input", { bubbles: true }));
            }
            super.postMessage(message);
          }
        };
    """)
    visit(page, path("nl"))
    expect(page.locator("[data-row=support] td")).to_contain_text(WORDS["nl"].money("555.30"))
    assert "1234" not in page.evaluate("asked[10]")  # which is practice
    page.wait_for_function("() => asked.length > 90")
    assert (
        page.evaluate("asked.findIndex((question) => question.includes('1234'))") < 90
    )  # that is amid the practice
    expect(page.locator("[data-row=support] td")).to_contain_text(WORDS["nl"].money("555.30"))


def test_the_newest_question_wins(page, watch):
    """Each keystroke is a question; whatever Python was busy with, the last one is answered."""
    watch(page)
    visit(page, path("nl"))
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
    held: list[Route] = []
    page.route("**/*.wasm", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks what it calls
    page.goto(path("nl"))
    example = page.locator("[data-row=support] td").inner_text()
    expect(page.locator("[data-when=loading]")).to_be_visible()
    type_in(page, "nl", "fee", "2000")
    choose(page, "nl", "enterprise_size", "small")
    type_in(page, "nl", "application_date", "1/12/2019")
    assert page.locator("[data-row=support] td").inner_text() == example
    expect(page.locator("[data-example]")).to_be_visible()  # which the answer still is
    page.unroute("**/*.wasm")  # which lets go what was held
    expect(page.locator("[data-row=support] td")).to_have_text("600 euro", timeout=LOADED)
    expect(page.locator("[data-when=loading]")).to_be_hidden()
    expect(page.locator("[data-example]")).to_be_hidden()


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
    page.goto(path("en"))
    expect(page.locator("[data-when=failed]")).to_be_visible(timeout=LOADED)
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".sw-bar")).to_be_hidden()  # it would tell of the example
    page.locator(".sw-law summary").click()
    expect(page.locator(".sw-law table")).to_be_visible()
    page.unroute("**/*.wasm")
    page.locator("[data-retry]").click()
    ready(page)
    expect(page.locator("[data-when=failed]")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", PAGES)
def test_no_choice_is_wider_than_its_frame(page, watch, language, width):
    watch(page)
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, path(language))
    page.evaluate("for (const card of document.querySelectorAll('.sw-card')) card.open = true")
    wider = (
        "(all) => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent)"
    )
    assert page.locator(".sw-choice").evaluate_all(wider) == []


@in_language("nl")
def test_a_case_travels_in_the_address(page, watch, language):
    # What Firefox says of a worker that is still loading when one leaves.
    watch(page, expected=["NS_ERROR_UNEXPECTED"])
    visit(page, path(language))
    choose(page, language, "enterprise_size", "medium")
    type_in(page, language, "fee", WORDS[language].amount("1234.5"))
    type_in(page, language, "application_date", "")
    expect(page.locator(".sw-state")).not_to_be_empty()
    expect(page).to_have_url(re.compile(r"fee=1234\.5"))
    expect(page).to_have_url(re.compile("application_date=&"))  # that it was cleared is a part of the case
    page.wait_for_timeout(500)
    address = page.url
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
    visit(page, f"{path(language)}#some-heading")
    assert page.url.endswith("#some-heading")


@in_language("en")
def test_an_address_edited_by_hand_gets_clear_errors(page, watch, language):
    watch(page)
    visit(
        page,
        f"{path(language)}#fee=1e9999&service=course&theme=%E0%A4%A&headcount=-3&fea=1&fee=2&_law=x&&=&constructor=1",
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
    expect_row(page, "support", WORDS[language].money("300.00"))
    assert errors.count() == 0


@in_language("en", PAGES)
def test_a_case_of_another_scheme_goes_where_it_is_answered(page, watch, base_url, language):
    watch(page, expected=["NS_BINDING_ABORTED"])  # so Firefox calls what the page that is left was fetching
    visit(page, f"{path(language)}#scheme=werkbaarheidscheque&cost=5000&application_date=2021-05-10")
    expect(page.locator("[data-row=support] td")).to_contain_text(WORDS[language].money("3000.00"))
    assert page.url.startswith(f"{base_url}{path(language, '')}#scheme=werkbaarheidscheque&")
    assert page.locator("#sw-cost").input_value() == "5000"


@in_language("nl", PAGES)
def test_a_case_goes_along_to_the_other_language(page, watch, language):
    watch(page)
    visit(page, path(language))
    type_in(page, language, "fee", WORDS[language].amount("1234.5"))
    expect(page.locator("#sw-fee-read")).to_have_text(WORDS[language].money("1234.50"))
    (other,) = PAGES.keys() - {language}
    page.locator(f"a[hreflang={other}]").first.evaluate("link => link.click()")
    page.locator(f"html[lang={other}]").wait_for()
    ready(page)
    expect(page.locator("#sw-fee-read")).to_have_text(WORDS[other].money("1234.50"))


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
    for language in ("nl", "fr"):
        page.goto(path(language))
        expect(page.locator("noscript")).to_be_visible()
        expect(page.locator(".sw-summary")).not_to_be_empty()
        expect(page.locator("[data-row=support] td")).to_be_visible()
        page.locator(".sw-law summary").click()
        expect(page.locator(".sw-law table")).to_be_visible()
        expect(page.locator(".sw-form")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 320])
@in_language("nl")
def test_a_small_screen(page, watch, width, language):
    watch(page)
    page.set_viewport_size({"width": width, "height": 640})
    visit(page, path(language))
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#sw-plan").evaluate("heading => heading.scrollIntoView()")
    bar = page.locator(".sw-bar")
    if language in PAGES:  # an embed is as high as its content: there it stands below the questions
        expect(bar).to_be_in_viewport()
    bar.click()
    expect(page.locator(".sw-summary")).to_be_in_viewport()
    assert "fee=" in page.url


@in_light_and_dark("en", "nl", PAGES)
def test_axe_finds_nothing_where_a_scheme_is_chosen(page, scheme, language):
    page.emulate_media(color_scheme=scheme)
    visit(page, f"{path(language, '')}#fee=1000&service=training")
    page.locator("[data-state=open]").wait_for()
    assert_axe_finds_nothing_unfolded(page)


@in_light_and_dark("fr", "de")
@pytest.mark.parametrize(
    ("calculator", "fragment", "state"),
    [
        ("kmo-portefeuille", "#fee=x&service=advice&participants=y", "wrong_input"),
        ("werkbaarheidscheque", "#_share=outcome", "closed"),
    ],
)
def test_axe_finds_nothing(page, calculator, fragment, state, scheme, language):
    page.emulate_media(color_scheme=scheme)
    visit(page, path(language, calculator) + fragment)
    page.locator(f"[data-state={state}]").wait_for()
    assert_axe_finds_nothing_unfolded(page)


@in_language("fr")
def test_the_answer_is_read_out_once_it_stands(page, watch, language):
    watch(page)
    visit(page, path(language))
    live = page.locator("[data-live]")
    page.wait_for_timeout(1200)
    expect(live).to_be_empty()  # nobody asked yet
    page.evaluate(
        "const live = document.querySelector('[data-live]'); window.said = [];"
        "new MutationObserver(() => said.push(live.textContent)).observe(live, {childList: true})"
    )
    type_in(page, language, "fee", "1234")
    page.wait_for_function("() => said.length")
    page.wait_for_timeout(600)
    assert len(page.evaluate("said")) == 1
    assert unquote(page.url).count("fee=1234") == 1
