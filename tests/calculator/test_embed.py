"""The calculator in a frame on somebody else's page."""

import re

import pytest
from playwright.sync_api import expect

LOADED = 60_000


def frame_of(page):
    return page.frame_locator("iframe")


def ready(page):
    frame_of(page).locator("[data-python=ready]").wait_for(timeout=LOADED)


def told(page, kind):
    return page.evaluate(f"told.filter(([kind]) => kind === '{kind}').map(([, detail]) => detail)")


def say(page, **message):
    page.evaluate(
        "message => document.querySelector('iframe').contentWindow.postMessage(message, '*')",
        {"steunwijzer": 1} | message,
    )


@pytest.fixture
def host(page, watch, base_url, foreign_url):
    """The example page of a provider, with the cheque's embed in English."""
    watch(page, also=(foreign_url,))
    page.goto(f"{foreign_url}index.html")
    ready(page)
    return page


def test_on_another_site(host):
    frame = frame_of(host)
    # closed on the day on which the page is read
    expect(frame.locator("[data-state=closed]")).to_be_visible()
    expect(frame.locator("[data-shared]")).to_be_visible()
    assert told(host, "ready") == [1] * len(told(host, "ready")) != []
    assert told(host, "outcome")[-1]["verdict"] == "not_eligible"

    # typed for May 2021
    frame.locator("#sw-application-date").fill("10/5/2021")
    frame.locator("#sw-project-start").fill("17/5/2021")
    frame.locator("#sw-cost").fill("5,000")
    expect(frame.locator("[data-row=support] td")).to_contain_text("3,000")
    assert told(host, "outcome")[-1]["amounts"]["support"]["low"] == "3000.00"

    # and as the host says it; its facts take the place of what was typed
    say(
        host,
        type="facts",
        facts={
            "scheme": "werkbaarheidscheque",
            "application_date": "2021-05-10",
            "cost": 1000.5,
            "actions": ["measurement", "plan"],
            "employee_survey": True,
            "sector": None,
        },
    )
    expect(frame.locator("#sw-cost")).to_have_value("1000.5")
    expect(frame.locator("[data-row=support] td")).to_contain_text("600.30")
    assert frame.locator("[name=actions]:checked").count() == 2
    assert frame.locator("[name=employee_survey]:checked").get_attribute("value") == "yes"
    say(host, type="facts", facts={"scheme": "werkbaarheidscheque", "cost": "much"})
    expect(frame.locator("#sw-cost")).to_have_attribute("aria-invalid", "true")
    assert [error["fact"] for error in told(host, "error")[-1]] == ["cost"]


def test_the_frame_is_as_high_as_its_content(host):
    frame = host.frames[1]
    for fold in ("[data-state] .sw-law summary", ".sw-rest > details > summary"):
        frame.locator(fold).click()
        host.wait_for_function(
            "([height]) => document.querySelector('iframe').clientHeight === height",
            arg=[
                frame.evaluate(
                    "Math.ceil(document.querySelector('.sw-embed').getBoundingClientRect().height)"
                )
            ],
        )
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")
    host.set_viewport_size({"width": 360, "height": 640})
    frame.wait_for_function("() => innerWidth <= 360 && document.documentElement.scrollHeight <= innerHeight")
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_frame_takes_the_hosts_colour_and_language(host):
    frame = host.frames[1]
    assert frame.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--sw-accent-light')")
    colour = frame.evaluate("getComputedStyle(document.querySelector('.sw-foot a')).color")
    assert colour == "rgb(122, 31, 162)"
    say(host, type="language", language="fr")
    expect(frame_of(host).locator("html[lang=fr]")).to_have_count(1)
    ready(host)
    host.wait_for_function("told.filter(([kind]) => kind === 'ready').length > 1")
    assert "_share=outcome" in host.frames[1].url


def test_only_the_window_that_said_hello_is_answered(host):
    """A frame inside ours, a popup or a script may say what it likes: nothing is sent to it or taken from it."""
    height = host.evaluate("document.querySelector('iframe').style.height")
    host.evaluate("document.querySelector('iframe').contentWindow.postMessage('hello', '*')")
    for message in (
        {"type": "facts"},
        {"type": "facts", "facts": [1]},
        {"type": "toString"},
        {"type": 3},
        {},
    ):
        say(host, **message)
    host.evaluate("postMessage({steunwijzer: 1, type: 'height', height: 5}, '*')")  # not from the frame
    for height_said in (-1, 0.5, 10**9, "100", None):
        host.frames[1].evaluate(
            "height => parent.postMessage({steunwijzer: 1, type: 'height', height}, '*')", height_said
        )
    host.wait_for_timeout(300)
    assert host.evaluate("document.querySelector('iframe').style.height") == height


def test_a_plain_frame_without_the_loader(page, watch, base_url, foreign_url):
    watch(page, also=(foreign_url,))
    page.goto(f"{foreign_url}plain.html")
    ready(page)
    frame = frame_of(page)
    expect(frame.locator("[data-shared]")).to_be_hidden()
    expect(frame.locator("[name=provider_number]")).to_have_value("DV.O214464")
    frame.locator("select[name=service]").select_option("advies")
    expect(frame.locator("[name=provider_number]")).to_have_value("DV.A214465")
    link = frame.locator("a[data-carry]")
    expect(link).to_have_attribute("href", re.compile("service=advice.*provider_number=DV.A214465"))
    assert "_training" not in link.get_attribute("href")
