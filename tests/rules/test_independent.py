"""Two readings of the law against each other: `rules`, and the one in `independent.py`, over random whole cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.rules.cases import calculate
from tests.rules.independent import read_again
from tests.rules.random_cases import random_cases


def as_the_rules_have_it(request: dict[str, Any]) -> Any:
    """Verdict, conditions and amounts, in the shape of the other reading."""
    told = calculate(request, "en")
    assert told["errors"] == [], request
    assert told["verdict"] == "not_eligible" or told["questions"] == [], request
    ends = {name: (ends["low"], ends["high"]) for name, ends in told["amounts"].items()}
    if "rate" in told:
        ends["rate"] = (told["rate"]["low"], told["rate"]["high"])
    return told["verdict"], {one["id"]: one["state"] for one in told["conditions"]}, ends


def differences(cases: int) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Where the readings part: the request, and what each says."""
    for request in random_cases(cases):
        ours, theirs = as_the_rules_have_it(request), read_again(request)
        if ours != theirs:
            yield request, [said for said in zip(ours, theirs, strict=True) if said[0] != said[1]]


def test_both_readings_agree_on_two_thousand_cases() -> None:
    assert next(differences(2_000), None) is None


@pytest.mark.prove
def test_both_readings_agree_on_a_hundred_thousand_cases() -> None:
    assert next(differences(100_000), None) is None


def test_the_cases_hold_enough_of_each_kind() -> None:
    """Random cases prove little where nearly all are refused."""
    told = [(request["scheme"], read_again(request)) for request in random_cases(2_000)]
    for scheme, least in (
        ("kmo_portefeuille", 200),
        ("kmo_portefeuille_increase", 20),
        ("werkbaarheidscheque", 20),
    ):
        good = [answer for of, answer in told if of == scheme and answer[0] == "eligible"]
        assert len(good) >= least, (scheme, len(good))
    every = {name for _, (_, states, _) in told for name, state in states.items() if state == "not_met"}
    assert len(every) >= 26
