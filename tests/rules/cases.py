"""Whole cases to change one thing of: everything that is asked is known, and every condition is met.

    answer(training("2019-12-01", fee="99.99"))

A change of ``None`` makes a fact unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import rules

Request = dict[str, Any]
Outcome = dict[str, Any]


def training(on: str = "2019-12-01", **changes: Any) -> Request:
    """A small company's course of 1,000 euro that starts on the day of the application."""
    return {
        "scheme": "kmo_portefeuille",
        "application_date": on,
        "legal_form": "company",
        "establishment": "flemish_region",
        "public_participation": "0",
        "main_activity_accepted": True,
        "enterprise_size": "small",
        "service": "training",
        "theme": "digitalisation",
        "on_official_list": False,
        "excluded_service": "none",
        "learning_mode": "in_person",
        "service_start": on,
        "fee": "1000",
        **changes,
    }


def advice(on: str = "2019-12-01", **changes: Any) -> Request:
    """The same company's advice, of 1,000 euro too."""
    return training(on, **{"service": "advice", "learning_mode": None, **changes})


def increase(on: str = "2022-05-02", **changes: Any) -> Request:
    """The same company has used up its ceiling and goes on, with training about workable work."""
    own = {
        "scheme": "kmo_portefeuille_increase",
        "theme": "human_resources",
        "ceiling_reached": True,
        "workable_work": True,
    }
    return training(on, **{**own, **changes})


def cheque(on: str = "2021-05-03", **changes: Any) -> Request:
    """A company of ten people measures how workable its work is, in two months and for 5,000 euro."""
    return {
        "scheme": "werkbaarheidscheque",
        "application_date": on,
        "legal_form": "company",
        "establishment": "flemish_region",
        "actions": ["measurement", "report"],
        "cost": "5000",
        "employees": 10,
        "sector": "profit",
        "project_start": on,
        "project_end": later(on, 60),
        **changes,
    }


def unraised(use: Callable[..., Any], *asked: Any, **how: Any) -> Any:
    """What a use of the rules answers. By the contract it raises nothing, whatever is asked."""
    try:
        return use(*asked, **how)
    except Exception as problem:
        raise AssertionError(f"{use.__name__} of {asked[0]} raises {problem!r}") from problem


def only(found: Iterable[Any]) -> Any:
    """The one thing that was found."""
    things = list(found)
    assert len(things) == 1, things
    return things[0]


def calculate(request: Any, language: str = "nl", **how: Any) -> Outcome:
    """`rules.calculate`, which raises nothing."""
    return unraised(rules.calculate, request, language, **how)  # type: ignore[no-any-return]


def answer(request: Request, language: str = "en") -> Outcome:
    """What the rules say; the request has to be one that they can read."""
    outcome = calculate(request, language)
    assert outcome["errors"] == []
    return outcome


def verdict(request: Request) -> str | None:
    return answer(request)["verdict"]  # type: ignore[no-any-return]


def amount(outcome: Outcome, name: str) -> Any:
    """An amount: its value, or both ends of its range, or None where it is absent."""
    found = outcome["amounts"].get(name)
    return found and _one_or_both(found)


def amounts(request: Request, *names: str) -> list[Any]:
    outcome = answer(request)
    return [amount(outcome, name) for name in names]


def support(request: Request) -> Any:
    return amount(answer(request), "support")


def rate(request: Request) -> Any:
    found = answer(request).get("rate")
    return found and _one_or_both(found)


def condition(request: Request, name: str) -> str | None:
    """A condition's state; None where it is left out."""
    found = [told["state"] for told in answer(request)["conditions"] if told["id"] == name]
    assert len(found) <= 1
    return found[0] if found else None


def not_met(request: Request) -> list[str]:
    return [told["id"] for told in answer(request)["conditions"] if told["state"] == "not_met"]


def due(request: Request, name: str, kind: str = "required") -> str | None:
    """A deadline's day; None where it is left out."""
    found = [
        told["date"] for told in answer(request)["deadlines"] if (told["id"], told["kind"]) == (name, kind)
    ]
    assert len(found) <= 1
    return found[0] if found else None


def notices(request: Request) -> set[str]:
    return {told["id"] for told in answer(request)["notices"]}


def questions(request: Request) -> list[str]:
    return answer(request)["questions"]  # type: ignore[no-any-return]


def later(day: str, days: int) -> str:
    """A day, a number of days later."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _one_or_both(ends: dict[str, Any]) -> Any:
    return ends["low"] if ends["low"] == ends["high"] else (ends["low"], ends["high"])
