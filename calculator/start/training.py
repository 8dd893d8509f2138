"""Requests of every kind that the form can make, and of every kind of mistake.

They decide what a start has ready, and with that how quick it is; never what is answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from calculator.answer import CALCULATOR, VIEWS, answer
from rules import LANGUAGES
from rules.facts import FACTS, SCHEMES, Fact

# One text of each kind that a fact is typed as, and one that cannot be read.
_TYPED = {
    "money": ("1.234,50", "-1"),
    "percentage": ("12,5 %", "101"),
    "number": ("1,5", "x"),
    "whole": ("12", "1.5"),
    "date": ("23/11/2026", "31/2/2020"),
    "text": ("DV.O100001", ""),
}
_PLAN = {
    "enterprise_size": "small",
    **{
        f"{number}.{name}": text
        for number in (1, 2)
        for name, text in [("service", "training"), ("fee", "20000")]
    },
    "1.application_date": "10/5/2021",
    "2.application_date": "11/5/2021",
    "3.scheme": "werkbaarheidscheque",
}
_TABLE = "fee\tservice\tnone\n1.000,50\ttraining\t\nx\t\t\n"
_GARBAGE = [b"", b"\xff", b"null", b"{", b'{"facts": {"fee": 1, "fee": 2}}', b'{"facts": {"fee": NaN}}']


def train() -> None:
    """Ask them all."""
    for request in requests():
        answer(request)


def requests() -> Iterator[bytes]:
    """The requests, as the page would send them."""
    for language in LANGUAGES:
        for scheme in SCHEMES:
            facts = [fact for fact in FACTS.values() if scheme in fact.schemes]
            known = {fact.name: _texts(fact)[0] for fact in facts} | {"scheme": scheme}
            for view in VIEWS:
                yield _request({"scheme": scheme}, language, view)
                yield _request(known, language, view)
            for fact in facts:  # each fact as all it may be, and left open
                for text in _texts(fact):
                    yield _request(known | {fact.name: text}, language)
                yield _request({name: known[name] for name in known if name != fact.name}, language)
        yield _request({"fea": "1", "scheme": "none"}, language)
        for settings in ({}, {"pasted": _TABLE}, {"pasted": "{}"}, {"save": "csv"}, {"save": "json"}):
            yield _request(_PLAN, language, "plan", settings)
        yield _request(
            {}, language, "batch", {"text": _TABLE, "last": "yes", "done": 1, "size": 1, "passed": 1}
        )
    yield from _GARBAGE


def _texts(fact: Fact) -> tuple[str, ...]:
    return fact.options or _TYPED.get(fact.kind, ("yes", "no"))


def _request(
    facts: dict[str, Any], language: str, view: str = CALCULATOR, settings: dict[str, Any] | None = None
) -> bytes:
    asked = {
        "facts": facts,
        "language": language,
        "view": view,
        "today": "2026-11-23",
        "settings": settings or {},
    }
    return json.dumps(asked, ensure_ascii=False).encode()
