"""`compare`: one case over several values of one fact; over the days on which the law changed, where none are given."""

from __future__ import annotations

from typing import Any

from rules.case import Facts
from rules.dated import Law
from rules.facts import FACTS
from rules.outcome import Outcome, outcome
from rules.rule import Scheme
from rules.schemes import SCHEMES


def over(facts: Facts, law: Law, fact: str, values: list[Any]) -> list[Outcome]:
    """The outcome for each value of a fact, all else unchanged; None is the fact unknown."""
    others = {name: value for name, value in facts.items() if name != fact}
    cases = [others if value is None else {**others, fact: value} for value in values]
    return [outcome(SCHEMES[case["scheme"]], case, law) for case in cases]


def values_of(facts: Facts, law: Law, fact: str) -> list[Any] | None:
    """What a fact is compared over where no values are given; None for a fact with no natural list of them."""
    if fact == "application_date":
        return days_of_change(SCHEMES[facts["scheme"]], facts, law)
    kind = FACTS[fact].kind
    if kind == "yes_no":
        return [True, False]
    return list(FACTS[fact].options) if kind == "choice" else None


def days_of_change(scheme: Scheme, facts: Facts, law: Law, among: range | None = None) -> list[int]:
    """The days (ordinals) on which the law changed for this case: its answer is another than the day before.

    ``among`` are the days that matter, where not all do.
    """

    def answer(day: int) -> Any:
        found = outcome(scheme, {**facts, "application_date": day}, law, explain=False)
        states = [(judged.rule.id, judged.state) for judged in found.conditions]
        return found.verdict, states, found.amounts

    starts = sorted({start for parameter in law.of(scheme.laws) for start in parameter.starts})
    days = starts[1:] if among is None else [day for day in starts[1:] if day in among]
    return [day for day in days if answer(day) != answer(day - 1)]
