"""Requests of every kind that the form can make, and of every kind of mistake.

They decide what a start has ready, and with that how quick it is; never what is answered.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from calculator.answer import CALCULATOR, VIEWS
from rules import LANGUAGES, LAW
from rules.facts import FACTS, SCHEMES, Fact

# An enterprise, and the projects of its plans.
_ENTERPRISE = {
    "legal_form": "company",
    "establishment": "flemish_region",
    "public_participation": "0",
    "main_activity_accepted": "yes",
    "excluded_service": "none",
    "learning_mode": "in_person",
}
_PROJECTS = (
    {"scheme": "kmo_portefeuille", "service": "training", "fee": "20000", "application_date": "10/5/2021"},
    {"scheme": "kmo_portefeuille", "service": "training", "fee": "20000", "application_date": "20/12/2021"},
    {"scheme": "kmo_portefeuille", "service": "advice", "fee": "9000", "application_date": "1/12/2019"},
    {"scheme": "kmo_portefeuille", "service": "training", "fee": "1000", "stopped_on": "2/3/2022"},
    {"scheme": "kmo_portefeuille_increase", "service": "training", "fee": "3000", "workable_work": "yes"},
    {"scheme": "werkbaarheidscheque", "actions": "guidance", "cost": "9000", "application_date": "3/5/2021"},
    {"scheme": "werkbaarheidscheque", "cost": "x"},
    {"service": "training", "fee": "20000"},
)


def _plan(**enterprise: str) -> dict[str, str]:
    """The projects in the order of a year, those without a day on days in the year after the first."""
    numbered = {
        f"{number}.{name}": text
        for number, project in enumerate(_PROJECTS, start=1)
        for name, text in ({"application_date": f"{number}/2/2022"} | project).items()
    }
    return _ENTERPRISE | enterprise | numbered


_PLANS = [
    _plan(enterprise_size="small"),
    _plan(headcount="10", annual_turnover="1000000", balance_sheet_total="1000000"),
    {name: text for name, text in _plan().items() if name not in ("1.fee", "2.application_date")},
    {"enterprise_size": "small", "1.scheme": "kmo_portefeuille"},
    # What is refused; a cheque that no sector would get, the sector being unknown; a ceiling that any class uses up.
    _plan(legal_form="vzw", enterprise_size="small")
    | {f"6.{name}": "3/6/2019" for name in ("application_date", "project_start", "project_end")},
    _plan() | {"1.fee": "60000", "1.service_start": "10/5/2021", "2.service_start": "20/12/2021"},
]
_TABLE = 'fee\tservice\tnone\n1.000,50\ttraining\t\nx\t\t\n"a\n"\t;\t'
_WHOLE_TABLE = "scheme;fee;service;application_date\r\nkmo_portefeuille;1000;training;2021-05-10\r\n"
_JSON = '{"enterprise": {"enterprise_size": "small"}, "projects": [{"fee": 100}]}'
# Settings that each view may be asked with, for an ordinary case and for others. A test holds this complete.
SETTINGS: dict[str, list[dict[str, str]]] = {
    "calculator": [
        {},
        {"_law": "2020-01-01", "_support": "1.00"},
        {"_law": "2099-01-01", "_support": "200.00-300.00"},
        {"_law": "2020-01-01", "_support": "200.00-"},
        {"_law": "x"},
    ],
    "along": [
        {},
        {"page": "https://steunwijzer.example/kmo-portefeuille/", "name": ""},
        {"page": "https://steunwijzer.example/", "name": "Café, 2\u20ac", "without_amounts": "yes"},
    ],
    "around": [
        {},
        {"fact": "fee", "of": "fee", "at": "100000", "amount": "support"},
        {"fact": "application_date", "of": "application_date", "at": "738000"},
        {"fact": "cost", "amount": "own_share"},
    ],
    "change": [{}],
    "dates": [{}],
    "group": [
        {},
        {"own.headcount": "10", "a.share": "50", "a.headcount": "30", "a.annual_turnover": "", "b.share": ""},
        {"own.headcount": "10", "1.headcount": "100", "1.share": "30", "2.headcount": "3", "2.share": "60,5"},
        {"own.headcount": "x"},
    ],
    "plan": [
        {},
        {"current": "2"},
        *({"pasted": pasted, "current": "1"} for pasted in (_TABLE, _WHOLE_TABLE, _JSON, "{}", "{", "x")),
        {"pasted": _JSON, "instead": "yes"},
        {"save": "csv"},
        {"save": "json"},
    ],
    "batch": [
        *(
            {"text": text, "last": "yes", "done": "1", "size": "1", "passed": "1"}
            for text in (_TABLE, _WHOLE_TABLE, "", "{")
        ),
        {"text": _WHOLE_TABLE, "done": "50", "size": "100", "passed": "2000"},
        {"text": "1;2", "last": "yes", "carried": "{}"},
    ],
    "schemes": [{}],
    "reach": [
        {},
        {"goal": "support", "value": "300"},
        {"goal": "own_share", "value": "99999999"},
        {"goal": "support", "value": "x"},
    ],
}
# Facts of views that know other ones than a case's.
_FACTS: dict[str, list[dict[str, str]]] = {"plan": _PLANS, "batch": [{}]}
_PART = 10  # one of so many is asked in every language
_MIXED = 120  # cases by chance, of each scheme in each language

# Texts of each kind that a fact is typed as, from one that can be read to one that cannot.
_TYPED = {
    "money": ("1.234,50", "60000", "0", "-1", "1e3"),
    "percentage": ("12,5 %", "100", "101"),
    "number": ("1,5", "300", "x"),
    "whole": ("12", "1000000", "1.5", ""),
    "date": ("23/11/2026", "2019-12-01", "1.2.2021", "31/2/2020", "2019-02-29"),
    "yes_no": ("yes", "no", "?"),
    "registration_number": ("DV.O100001", "dv a 100001", "x"),
    "activity_code": ("62.010", "85592", "x"),
    "committee_number": ("200.00", "330", "x"),
}
# What makes a case an ordinary one; each fact that is not named here is the first that it may be.
_ORDINARY = {
    "application_date": "2021-12-01",
    "agreement_date": "2021-11-30",
    "service_start": "2021-12-02",
    "service_end": "2021-12-20",
    "project_start": "2021-12-02",
    "project_end": "2022-11-02",
    "related_provider": "no",
    "legal_duty": "no",
    "stopped_on": "",
    "public_participation": "0",
    "support_used_this_year": "0",
    "support_used_before": "0",
    "cheques_used_before": "0",
    "de_minimis_received": "0",
    "increase_used_this_year": "0",
    "hr_support_this_year": "0",
}
# What no field of the form holds, but an address or another program may.
_ANYTHING: tuple[Any, ...] = (
    *(
        "",
        " x ",
        "'",
        '"\\',
        "\n\t",
        "\x7f",
        "\xe9\u0153",
        "\u0663\uff12",
        "\u20ac 1\xa0000",
        "\U0001f600",
        "\ud800",
    ),
    *("Jan" * 99, "1" * 5000, "x\u0300", "\u0130\xdf", "constructor", "-0", "1e999", "0x10", "1_0", "\xbd"),
    *(
        None,
        True,
        False,
        0,
        7,
        -1,
        2**31,
        10**30,
        0.1,
        -0.0,
        1e-9,
        1e300,
        [],
        ["yes"],
        [1, [2]],
        {},
        {"a": {"b": [None]}},
    ),
)
_GARBAGE = (
    *(
        "",
        "\xff",
        "null",
        "1",
        "{",
        "[]",
        '"',
        "{}}",
        "[1,]",
        '{"a" 1}',
        "nul",
        "tru",
        "-",
        "1.",
        "1e",
        "NaN",
        "[-Infinity]",
    ),
    *(
        '{"facts": {"fee": 1, "fee": 2}}',
        '{"facts": {"fee": NaN}}',
        '{"facts": []}',
        '{"facts": true}',
        '{"facts": {}}',
        '{"facts": 5e-324}',
        '{"facts": "x"}',
    ),
    *(
        r'"\u12"',
        r'"\ud83d\ude00"',
        r'"\ud83d"',
        r'"\x"',
        '"\x01"',
        " \n\t\r[ ] ",
        "\ufeff{}",
        '{"language": []}',
        '{"view": {}}',
    ),
    *(
        "[" * 50,
        "[" * 5000,
        '{"a":' * 5000,
        "[" * 50 + "]" * 50,
        "1" * 9999,
        '{"today": 1}',
        '{"today": "2026-02-30"}',
    ),
)


def requests(language: str) -> list[bytes]:
    """The requests that a page in a language may send. The others repeat a part of what is asked in the first."""
    asked = [*_requests(language)]
    return asked if language == LANGUAGES[0] else [each for each in asked[::_PART] if _is_text(each)]


def _is_text(request: bytes) -> bool:
    """Whether it can be read at all: what cannot is told in the first language."""
    try:
        return bool(request.decode())
    except UnicodeDecodeError:
        return False


def _requests(language: str) -> Iterator[bytes]:
    for scheme in SCHEMES:
        for cases in (_changed_one_by_one, _of_each_size, _on_each_day):
            for known in cases(scheme):
                yield _request(known, language)
        for known in _mixed(scheme, language):
            yield _request(known, language)
        yield from _views(scheme, language)
    yield _request({"fea": "1", "scheme": "none"}, language)
    for kind in {fact.kind: fact for fact in FACTS.values()}.values():
        known = _known(kind.schemes[0])
        for anything in _ANYTHING:
            yield _request(known | {kind.name: anything}, language)
    yield _request({str(text): "1" for text in _ANYTHING}, language)
    for anything in _ANYTHING:
        yield _request({}, language, today=anything)
    if language == LANGUAGES[0]:  # in which it is told what no language can be made out of
        for anything in _ANYTHING:
            yield _request({}, anything)
        for garbage in _GARBAGE:
            yield garbage.encode("utf-8", "surrogatepass")
            yield garbage.encode("latin-1", "ignore")


def _views(scheme: str, language: str) -> Iterator[bytes]:
    """Each view with each of its settings; and in one language, as views take their time, with what is no setting."""
    cases = [
        _known(scheme),
        _begun(scheme),
        {"scheme": scheme},
        {"scheme": "none"},
        _known(scheme) | {"fee": "x", "cost": "x"},
    ]
    for view in VIEWS:
        known, *others = _FACTS.get(view, cases[:1])
        for settings in SETTINGS.get(view, [{}]):
            yield _request(known, language, view=view, settings=settings)
        for case in [*others, *cases[1:]]:
            yield _request(case, language, view=view)
            yield _request(case, language, view=view, settings=SETTINGS.get(view, [{}])[-1])
        if (scheme, language) == (SCHEMES[-1], LANGUAGES[0]):  # the quickest
            names = {name for settings in SETTINGS.get(view, []) for name in settings}
            for anything in _ANYTHING:
                yield _request(known, language, view=view, settings=anything)
                yield _request(known, language, view=view, settings=dict.fromkeys(names, anything))


def _changed_one_by_one(scheme: str) -> Iterator[dict[str, str]]:
    """Nothing, everything, and everything with each fact as all that it may be, and left open."""
    known = _known(scheme)
    yield known
    yield {"scheme": scheme}
    for fact in _facts(scheme):
        for text in _texts(fact):
            yield known | {fact.name: text}
        yield {name: known[name] for name in known if name != fact.name}


def _of_each_size(scheme: str) -> Iterator[dict[str, str]]:
    """With the size told by figures."""
    known = {
        name: text for name, text in _known(scheme).items() if not name.startswith(("enterprise", "size"))
    }
    for headcount in ("5", "100", "300"):
        for money in ("1000", "20000000", "90000000"):
            figures = {"headcount": headcount, "annual_turnover": money, "balance_sheet_total": money}
            yield known | figures
            yield {name: text for name, text in (known | figures).items() if name != "balance_sheet_total"}


def _mixed(scheme: str, language: str) -> Iterator[dict[str, str]]:
    """Cases by chance: ever others of the facts, most of them such as can be read."""
    chance = random.Random(f"{scheme} {language}")
    for _ in range(_MIXED):
        most = chance.choice([1, 2, 2, 9])
        known = chance.choice([0.05, 0.9, 1])  # between these, what is open takes longest to weigh
        yield {"scheme": scheme} | {
            fact.name: chance.choice(
                fact.options if chance.random() < 0.5 and fact.options else _texts(fact)[:most]
            )
            for fact in _facts(scheme)
            if chance.random() < known
        }


def _on_each_day(scheme: str) -> Iterator[dict[str, str]]:
    """On each day on which the law changes."""
    days = {value.since for parameter in LAW.parameters.values() for value in parameter.values}
    for day in sorted(days):
        yield _known(scheme) | {"application_date": day.isoformat()}


def _known(scheme: str) -> dict[str, str]:
    return {
        "scheme": scheme,
        **{fact.name: _ORDINARY.get(fact.name, _texts(fact)[0]) for fact in _facts(scheme)},
    }


def _begun(scheme: str) -> dict[str, str]:
    """What a visitor fills in first, on the day of the request: what is due lies ahead."""
    told = {
        "application_date": "23/11/2026",
        "service": "training",
        "fee": "1000",
        "service_start": "1/12/2026",
        "headcount": "12",
        "support_used_this_year": "7000",
        "cost": "1000",
        "project_start": "1/12/2026",
    }
    return {"scheme": scheme} | {fact.name: told[fact.name] for fact in _facts(scheme) if fact.name in told}


def _facts(scheme: str) -> list[Fact]:
    return [fact for fact in FACTS.values() if scheme in fact.schemes and fact.name != "scheme"]


def _texts(fact: Fact) -> tuple[str, ...]:
    several = ("+".join(fact.options[:2]),) if fact.kind == "set" else ()
    return (*fact.options, *several, *_TYPED.get(fact.kind, ()))


def _request(facts: dict[str, Any], language: Any, today: Any = "2026-11-23", **others: Any) -> bytes:
    asked = {
        "facts": facts,
        "language": language,
        "view": CALCULATOR,
        "today": today,
        "settings": {},
        **others,
    }
    as_numbers = (
        sum(map(len, facts)) % 2
    )  # half of them with characters as numbers, as other programs write them
    return json.dumps(asked, ensure_ascii=as_numbers == 1).encode("utf-8", "surrogatepass")
