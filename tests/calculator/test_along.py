"""What a visitor takes along: the address, the calendar file, the text for a mail, the data, the sheet's content."""

import json
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from calculator.address import difference
from calculator.answer import answer
from calculator.calendar_file import Task, calendar
from calculator.view import WORDS
from rules import LANGUAGES, LAW, calculate

PAGE = "https://steunwijzer.example/kmo-portefeuille/"
CASE = {
    "scheme": "kmo_portefeuille",
    "application_date": "2026-11-24",
    "service": "training",
    "service_start": "2026-12-01",
    "fee": "1234,56",
    "enterprise_size": "small",
    "theme": "digitalisation",
    "provider_number": "DV.O214464",
}
CHEQUE = {
    "scheme": "werkbaarheidscheque",
    "application_date": "2021-05-10",
    "project_start": "2021-05-17",
    "cost": "5000",
    "actions": "measurement+guidance",
}
NAMES = [
    "",
    "Excel; deel 2, “gevorderd” \\ été",
    "e\u0301" * 60,
    "قائمة\u202e",
    "a\r\nBEGIN:VEVENT",
    "\ud800",
]


def ask(facts=CASE, language="nl", view="along", today="2026-11-24", **settings):
    request = {"facts": facts, "language": language, "view": view, "today": today, "settings": settings}
    return json.loads(answer(json.dumps(request).encode()))


def taken(*arguments, **settings):
    return ask(*arguments, page=PAGE, **settings)["places"]


def days(text):
    """The file's events, read by a library that others read calendars with."""
    read = Calendar.from_ical(text)
    assert read["VERSION"] == "2.0"
    assert not read.errors
    assert all(not event.errors for event in read.walk("VEVENT"))
    return read.walk("VEVENT")


# --- the calendar file ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [CASE, CHEQUE])
@pytest.mark.parametrize("name", NAMES)
def test_the_calendar_file_holds_the_deadlines(language, facts, name):
    events = days(taken(facts, language, name=name)["calendar"])
    outcome = calculate(facts, language, typed=True)
    assert [event["DTSTART"].dt.isoformat() for event in events] == [
        due["date"] for due in outcome["deadlines"]
    ]
    for event, due in zip(events, outcome["deadlines"], strict=True):
        assert type(event["DTSTART"].dt) is date  # a whole day, with no time in it
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["DTSTAMP"].dt.replace(tzinfo=None) == datetime(2026, 11, 24)  # noqa: DTZ001
        assert WORDS[language](f"deadline.{due['id']}.label") in event["SUMMARY"]
        assert event["DESCRIPTION"].startswith(due["text"])
        assert outcome["summary"]["text"] in event["DESCRIPTION"]
        assert event["URL"].startswith(PAGE)
    assert len({event["UID"] for event in events}) == len(events)


@pytest.mark.parametrize("name", NAMES[:4])
def test_the_calendar_file_is_written_as_its_format_asks(name):
    text = taken(language="fr", name=name)["calendar"]
    lines = text.encode().split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()  # no line breaks a character
    assert lines.count(b"BEGIN:VEVENT") == 3
    assert "\r\n " in text


def test_a_name_comes_back_whole():
    name = "Excel; deel 2, “gevorderd” \\ été"
    assert all(event["SUMMARY"].endswith(name) for event in days(taken(name=name)["calendar"]))


def test_reminders_ring_in_the_morning_and_never_before_the_visitors_day():
    first, *_ = days(taken()["calendar"])
    rings = [first["DTSTART"].dt, *(alarm["TRIGGER"].dt for alarm in first.walk("VALARM"))]
    noon = datetime.combine(rings[0], datetime.min.time())
    assert [noon + before for before in rings[1:]] == [
        datetime(2026, 12, 8, 9),  # noqa: DTZ001
        datetime(2026, 12, 14, 9),  # noqa: DTZ001
    ]
    late, *_ = days(taken(CASE, "nl", "along", "2026-12-10")["calendar"])
    assert len(late.walk("VALARM")) == 1
    assert not days(taken(CASE, "nl", "along", "2028-01-01")["calendar"])[0].walk("VALARM")


def test_a_second_import_replaces_the_first():
    """The same project keeps its identifiers, whatever else changes; the later file is the newer one."""
    before = days(taken()["calendar"])
    after = days(
        taken(CASE | {"fee": "2000", "application_date": "2026-11-25"}, "de", "along", "2026-11-25")[
            "calendar"
        ]
    )
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    for old, new in zip(before, after, strict=True):
        assert new["SEQUENCE"] > old["SEQUENCE"]
    assert taken()["calendar"] == taken()["calendar"]
    others = days(taken(CASE | {"service_start": "2026-12-02"})["calendar"])
    assert not {event["UID"] for event in before} & {event["UID"] for event in others}
    named = days(taken(name="Excel")["calendar"])
    moved = days(taken(CASE | {"service_start": "2026-12-02"}, name="excel")["calendar"])
    assert [event["UID"] for event in named] == [event["UID"] for event in moved]


def test_a_day_may_have_no_address():
    task = Task("a", date(2026, 12, 1), "title", "text")
    (event,) = days(calendar([task], "en", date(2026, 11, 1)))
    assert "URL" not in event


def test_where_there_is_no_support_there_is_nothing_to_remember():
    assert "calendar" not in taken(CASE | {"legal_form": "vzw"})


# --- the text, the data, the sheet ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_tells_the_answer_the_amounts_and_the_deadlines(language):
    say = WORDS[language]
    text = taken(CASE, language, name="Excel")["letter"]
    outcome = calculate(CASE, language, typed=True)
    for part in (
        "Excel",
        outcome["summary"]["text"],
        say.money("1234.56"),
        say("amount.support.label"),
        say.day("2026-12-15"),
        "DV.O214464",
        say("standing", day=say.day(LAW.checked)),
        f"{PAGE}#scheme=kmo_portefeuille&",
    ):
        assert part in text
    for notice in outcome["notices"]:
        assert notice["text"] in text or notice["id"] == "not_an_official_decision"
    assert "None" not in text
    assert "\r" not in text


def test_the_data_are_the_outcome_and_the_facts_it_is_of():
    data = json.loads(taken()["json"])
    facts = data.pop("facts")
    assert data == json.loads(json.dumps(calculate(CASE, "nl", typed=True)))
    again = json.loads(json.dumps(calculate(facts, "nl", typed=True)))
    assert again == data


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_names_each_source_that_it_rests_on(language):
    sheet = taken(CASE, language)
    numbers = [source["number"] for source in sheet["sources"]]
    assert numbers == [f"[{number}]" for number in range(1, len(numbers) + 1)]
    used = {
        number
        for item in (*sheet["conditions"], *sheet["steps"])
        for number in item.get("sources", "").strip("[]").split(", ")
    }
    assert {f"[{number}]" for number in used if number} == set(numbers)
    assert WORDS[language].day("2026-11-24") in sheet["made"]
    assert WORDS[language].day(LAW.checked) in sheet["made"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [CASE, CHEQUE, CASE | {"fee": "12,34"}])
def test_amounts_may_be_left_out_of_all_of_it(language, facts):
    say = WORDS[language]
    places = taken(facts, language, without_amounts="yes")
    everything = json.dumps(places, ensure_ascii=False)
    outcome = calculate(facts, language, typed=True)
    amounts = {amount["low"] for amount in outcome["amounts"].values()} | {facts.get("fee", "5000")}
    for amount in amounts - {"0.00", None}:
        assert say.money(amount.replace(",", ".")) not in everything
        assert amount not in everything
    for name in ("fee", "cost", "_support"):
        assert f"{name}=" not in places["address"]
    assert "_law=" in places["address"]
    assert places["conditions"]
    assert "payments" not in places


def test_wrong_input_is_told_in_place_of_all_of_it():
    assert set(taken(CASE | {"fee": "x"})) == {"problem"}


# --- the address ---


def facts_of(address):
    return dict(pair.split("=") for pair in address.partition("#")[2].split("&"))


def test_the_address_holds_the_facts_the_laws_version_and_the_support():
    held = facts_of(taken()["address"])
    assert held["fee"] == "1234.56"
    assert held["_law"] == LAW.checked.isoformat()
    assert held["_support"] == calculate(CASE, typed=True)["amounts"]["support"]["low"]
    unknown = taken({"scheme": "kmo_portefeuille", "service": "training", "application_date": "2026-11-24"})
    assert facts_of(unknown["address"])["_support"].count("-") == 1
    assert "address" not in ask()["places"]


def shared(facts=CASE, language="nl", **settings):
    return ask(facts, language, "calculator", **settings)["places"].get("shared", "")


@pytest.mark.parametrize(
    "facts", [CASE, CHEQUE, {"scheme": "kmo_portefeuille"}, CASE | {"legal_form": "vzw"}]
)
def test_an_address_whose_answer_still_holds_says_nothing(facts):
    told = ask(facts, view="calculator")["settings"]
    assert not shared(facts, **told)
    assert not shared(facts, **told | {"_law": "2025-01-01"})
    assert not shared(facts)
    assert not shared(facts, _law="2025-01-01")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_from_an_older_law_says_what_is_different(language):
    say = WORDS[language]
    support = calculate(CASE, language, typed=True)["amounts"]["support"]["text"]
    told = shared(CASE, language, _law="2025-03-01", _support="493.82")
    for part in (say.day("2025-03-01"), say.money("493.82"), say.day(LAW.checked), support):
        assert part in told
    assert shared(CASE, language, _law="2099-01-01", _support="1") != told
    assert say.money("493.82") in shared(CASE, language, _support="493.82")
    assert say.day("2025-03-01") not in shared(CASE, language, _support="493.82")
    ranged = shared(CASE, language, _law="2025-03-01", _support="200.00-")
    assert say("format.at_least", low=say.money("200.00")) in ranged


@pytest.mark.parametrize(
    "settings",
    [
        {"_support": "much"},
        {"_support": "-5"},
        {"_support": "5-4"},
        {"_support": "1e9"},
        {"_support": ["300"]},
        {"_law": "yesterday"},
        {"_law": "2026-02-30"},
        {"_law": {}},
    ],
)
def test_what_was_edited_by_hand_gets_a_kind_line_and_loses_nothing(settings):
    told = ask(CASE, "nl", "calculator", **settings)
    assert told["places"].pop("shared") == WORDS["nl"]("shared.unreadable")
    assert told == ask(CASE, "nl", "calculator")


def test_a_wrong_answer_is_compared_with_nothing():
    outcome = calculate(CASE | {"fee": "x"}, typed=True)
    assert not difference({"_law": "2025-03-01", "_support": "1.00"}, outcome, WORDS["nl"])
