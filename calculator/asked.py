"""What the page asks: a case as it was typed, and which view of it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from calculator.view import WORDS
from rules import reading, typed_habit
from rules.case import Facts
from rules.facts import FACTS
from rules.reading import NotRead, is_unknown, read_value
from rules.scheme import Scheme
from rules.schemes import SCHEMES
from rules.wording import Wording


class Problem(Exception):
    """What keeps a view from answering, said in the reader's language."""


class Asked(NamedTuple):
    """A request for one view. `settings` are the view's own inputs, as typed; `today` is the visitor's day."""

    facts: Any
    language: str
    today: date | None
    settings: Mapping[str, str]

    @property
    def say(self) -> Wording:
        """The page's own words, and the rules', in the reader's language."""
        return WORDS[self.language]

    def case(self) -> tuple[Scheme, Facts]:
        """The scheme, and the facts as the rules hold them; a `Problem` where one cannot be read."""
        typed = self.facts if isinstance(self.facts, Mapping) else {}
        facts, refusals = reading.read(dict(typed), typed_habit(self.language))
        if refusals or getattr(typed, "refusals", None):
            raise Problem(self.say("panel.mend"))
        return SCHEMES[facts["scheme"]], facts


def known(typed: Mapping[str, Any], language: str) -> Facts:
    """The facts as the rules hold them."""
    habit = typed_habit(language)
    facts: Facts = {}
    for name, value in typed.items():
        if name in FACTS and not is_unknown(name, value):
            with suppress(NotRead):
                facts[name] = read_value(FACTS[name], value, habit)
    return facts
