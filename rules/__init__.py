"""What the KMO-portefeuille, its increase and the werkbaarheidscheque give, for every date from 2016 on.

    from rules import calculate
    calculate({"scheme": "kmo_portefeuille", "application_date": "2019-12-01", "fee": 1000, ...}, language="en")

One pure function: facts and law in, outcome out. No clock, no files after import, no binary fractions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules import dated, outcome, reading, telling
from rules.dated import Law
from rules.reading import Habit, Refusal
from rules.schemes import SCHEMES
from rules.wording import LANGUAGES, WORDINGS

__all__ = ["LANGUAGES", "LAW", "SCHEMES", "calculate", "typed_habit"]

LAW = dated.load()


def calculate(
    request: Mapping[str, Any], language: str = "nl", *, law: Law = LAW, typed: bool = False
) -> dict[str, Any]:
    """The outcome of a request, as the contract writes it; errors are part of it, nothing is raised.

    ``request`` holds facts by name, as JSON does; with ``typed``, as people type them in a form or in CSV.
    """
    wording = WORDINGS[language]
    if not isinstance(request, Mapping):
        return telling.refused([Refusal(None, "not_an_object")], wording)
    facts, refusals = reading.read(dict(request), typed_habit(language) if typed else reading.STRICT)
    refusals = [*getattr(request, "refusals", ()), *refusals]
    if refusals:
        return telling.refused(refusals, wording, facts.get("scheme"))
    return telling.told(outcome.outcome(SCHEMES[facts["scheme"]], facts, law), wording)


def typed_habit(language: str) -> Habit:
    """How people who read a language type values."""
    wording = WORDINGS[language]
    yes, no = (
        tuple(word.strip() for word in f"{wording(f'words.{answer}')},{answer}".split(","))
        for answer in ("yes", "no")
    )
    return Habit(True, wording("format.decimal_mark"), yes, no)
