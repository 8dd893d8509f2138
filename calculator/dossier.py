"""All that is told of a case to whoever takes it along: on paper, in a mail, in a calendar, as data.

A visitor may leave the amounts out of what is shared. They are left out here, once for all of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from calculator.address import address
from calculator.asked import Asked, Problem
from calculator.view import Places, places
from rules import calculate
from rules.facts import FACTS
from rules.reading import written
from rules.telling import fact_value
from rules.wording import Wording

_LONGEST_NAME = 80
# The steps that tell how the support came about; the amounts themselves stand beside them.
_STEPS = (
    "eligible_cost",
    "support_rate",
    "rate",
    "increase_ceiling",
    "yearly_ceiling",
    "cheque_rate",
    "cheque_ceiling",
    "support_before_ceiling",
    "ceiling_left_before",
    "support_left_before",
)


class Dossier(NamedTuple):
    """A case and what is said of it, in the reader's language."""

    asked: Asked
    name: str  # what the visitor calls the project, if anything
    facts: Mapping[str, str]  # as an address writes them
    case: list[Places]  # the same, as people read them: label and value
    outcome: Mapping[str, Any]
    places: Mapping[str, Any]  # of the calculator's own view
    steps: list[Mapping[str, Any]]  # of the trace, those that tell most
    address: str

    @property
    def say(self) -> Wording:
        """The words of the reader's language."""
        return self.asked.say

    @property
    def title(self) -> str:
        """What it is about."""
        scheme = self.say(f"scheme.{self.outcome['scheme']}.name")
        return self.said(scheme, self.name) if self.name else scheme

    def said(self, name: str, value: str) -> str:
        """A name and what it stands for, as the language joins them."""
        return self.say("dossier.said", name=name, value=value)


def dossier(asked: Asked) -> Dossier:
    """The dossier of a case; a `Problem` where there is no answer to tell of."""
    _, facts = asked.case()
    outcome = calculate(asked.facts, asked.language, typed=True)
    if outcome["errors"]:
        raise Problem(asked.say("panel.mend"))
    shown = places(outcome, facts, asked.language, today=asked.today)
    if without := "without_amounts" in asked.settings:
        facts = {name: value for name, value in facts.items() if FACTS[name].kind != "money"}
        outcome, shown = _outcome_without(outcome), _places_without(shown)
    # What the visitor does not know was said, too: an address holds it, in the order of the page's own.
    known = {
        name: written(FACTS[name], facts[name]) if name in facts else ""
        for name in asked.facts
        if not (without and FACTS[name].kind == "money")
    }
    return Dossier(
        asked,
        _line(asked.settings.get("name", "")),
        known,
        [
            {"label": asked.say(f"fact.{name}.label"), "value": fact_value(name, facts[name], asked.say)}
            for name in FACTS
            if name in facts and name != "scheme"
        ],
        outcome,
        shown,
        [] if without else [step for step in outcome["trace"] if step["id"].partition(".")[0] in _STEPS],
        address(_line(asked.settings.get("page", ""), most=None), known, outcome),
    )


def _line(text: str, most: int | None = _LONGEST_NAME) -> str:
    """What a visitor typed, as one line of text."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())[:most]


def _outcome_without(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome with no amount in it, and none in its texts."""
    left_out: dict[str, Any] = {"summary": {"text": ""}, "amounts": {}, "trace": [], "notices": []}
    conditions = [_but(condition, "text") for condition in outcome["conditions"]]
    return {**outcome, **left_out, "conditions": conditions}


def _places_without(shown: Mapping[str, Any]) -> dict[str, Any]:
    left_out: dict[str, Any] = {name: [] for name in ("payments", "reckoning", "trace", "notices")}
    conditions = {
        state: [_but(each, "text") for each in shown.get(state, ())]
        for state in ("not_met", "unknown", "met")
    }
    return {**shown, **left_out, **conditions, "summary": shown["word"]}


def _but(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != name}
