"""The form and its first answer, as HTML: rendered while the site is built, out of the rules' vocabulary.

A fact's kind decides its widget, the wording its words, `calculator.view` what of it is shown: adding a fact
to the rules adds it here. The same templates make the calculator of the pages and of the embeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from calculator.answer import reply
from calculator.group import OTHERS
from calculator.view import CARDS, SENTENCE, WITHIN, WORDS, field_id, questions, source_of
from rules import LAW
from rules.facts import FACTS, SCHEMES, Fact
from rules.telling import parameter_label

# With so many choices or fewer they stand in a row; with more, below each other.
MOST_IN_A_ROW = 5

# What the first answer is about, before the visitor's own: figures of an ordinary case, not of the law.
EXAMPLES: dict[str, dict[str, str]] = {
    "kmo_portefeuille": {"service": "training", "fee": "1000"},
    "kmo_portefeuille_increase": {"service": "training", "fee": "1000"},
    "werkbaarheidscheque": {"actions": "measurement+guidance", "cost": "5000"},
}

# The parameters that the table of the law shows, by scheme: what a person needs without a calculator.
LAW_TABLE = {
    "kmo_portefeuille": (
        "support_rate.small",
        "support_rate.medium",
        "rate_raise.cybersecurity",
        "rate_raise.energy_efficiency",
        "yearly_ceiling.small",
        "yearly_ceiling.medium",
        "minimum_cost.training",
        "minimum_cost.advice",
        "catering_limit",
        "application_term",
        "deposit_term",
    ),
    "kmo_portefeuille_increase": ("increase_ceiling", "increase_months"),
    "werkbaarheidscheque": ("cheque_rate", "cheque_ceiling", "cheque_uses", "project_months"),
}

# The sources that help to answer a question.
ABOUT = {
    "enterprise_size": ("vo-sme-definition", "vl-size-development"),
    "legal_form": ("vl-legal-form",),
    "main_activity_accepted": ("vo-main-activity", "mb-2016"),
    "theme": ("vl-dienst",),
    "excluded_service": ("vl-excl2", "vl-faq16"),
}

_INPUT_MODES = {"money": "decimal", "percentage": "decimal", "number": "decimal", "whole": "numeric"}
_UNITS = {"money": "field.euro", "percentage": "field.percent"}


def render(
    scheme: str | None, language: str, *, root: str = "", example: bool = True, elsewhere: str = ""
) -> Markup:
    """The calculator for one scheme, or for a choice of them (`None`), as a part of a page.

    `root` is the way from the page to the site's root; `elsewhere`, on a page for one scheme, the way to the
    page that answers a case of another. Without `example` the form starts empty.
    """
    if root and not root.endswith("/"):
        root += "/"
    facts = first_case(scheme, example=example)
    return Markup(page("calculator.html", scheme, language, facts, root=root, elsewhere=elsewhere))


def page(
    template: str,
    scheme: str | None,
    language: str,
    facts: Mapping[str, str] | None = None,
    *,
    root: str,
    **others: Any,
) -> str:
    """A template with the calculator in it, filled in with its first answer."""
    case = first_case(scheme) if facts is None else facts
    answered = reply(case, language)
    form = _Form(scheme, case, language, questions(answered["outcome"]))
    text = (
        _environment()
        .get_template(template)
        .render(
            scheme=scheme,
            language=language,
            assets=f"{root}py/",
            places=answered["places"],
            groups=form.groups(),
            others=OTHERS,
            law=form.law(),
            checked=WORDS[language].day(LAW.checked.isoformat()),
            say=WORDS[language],
            **others,
        )
    )
    # Without blank lines and indents, Markdown takes it for what it is: one block of HTML.
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def first_case(scheme: str | None, *, example: bool = True) -> dict[str, str]:
    """The facts with which a page starts, as a person would type them."""
    chosen = scheme or SCHEMES[0]
    day = LAW.checked
    case = {"scheme": chosen, "application_date": f"{day.day}/{day.month}/{day.year}"}
    return case | EXAMPLES[chosen] if example else case


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Form:
    """The sentence to fill in, and the cards below it in their groups."""

    def __init__(
        self, scheme: str | None, facts: Mapping[str, str], language: str, questions: Sequence[str]
    ) -> None:
        self.schemes = (scheme,) if scheme else SCHEMES
        self.facts = facts
        self.questions = questions
        self.say = WORDS[language]

    def groups(self) -> dict[str, list[dict[str, Any]]]:
        """Every fact once: what a person knows, what matters beside it, and what may be left out."""
        rest = [FACTS[name] for name in CARDS if set(FACTS[name].schemes) & set(self.schemes)]
        # Behind the others, as the page puts them: the questions, those that decide most first.
        order = {name: place for place, name in enumerate(self.questions)}
        asked = sorted(
            (fact for fact in rest if not fact.optional), key=lambda fact: order.get(fact.name, -1)
        )
        return {
            "sentence": list(self.sentence()),
            "matters": [self.card(fact) for fact in asked],
            "more": [self.card(fact) for fact in rest if fact.optional],
        }

    def sentence(self) -> Iterator[dict[str, Any]]:
        """The sentence in its parts, each for some schemes: pieces of text and blanks, in the language's order."""
        yield {"pieces": self.pieces("sentence.start"), "shown": "application_date.shown"}
        for names in dict.fromkeys(SENTENCE[scheme] for scheme in self.schemes):
            amount = names[-1]
            yield {"pieces": self.pieces(f"sentence.{amount}"), "shown": f"{amount}.shown"}

    def pieces(self, message: str) -> list[dict[str, Any]]:
        """A message cut at the facts that it names."""
        text = self.say.text(message) or ""
        parts = re.split(r"\{(\w+)\}", text)
        return [self.piece(part) if place % 2 else {"text": part} for place, part in enumerate(parts) if part]

    def piece(self, name: str) -> dict[str, Any]:
        """A fact's blank; the scheme of a page for one is a word."""
        if name == "scheme" and len(self.schemes) == 1:
            return {"text": self.say(f"blank.scheme.{self.schemes[0]}")}
        return {"blank": self.card(FACTS[name])}

    def card(self, fact: Fact) -> dict[str, Any]:
        value = self.facts.get(fact.name, "")
        return {
            "name": fact.name,
            "id": field_id(fact.name),
            "schemes": " ".join(fact.schemes),
            "widget": _widget(fact),
            "kind": fact.kind,
            "optional": fact.optional,
            "label": self.say(f"fact.{fact.name}.label"),
            "question": self.say(f"fact.{fact.name}.question"),
            "why": self.say(f"fact.{fact.name}.why"),
            "help": self.say(f"fact.{fact.name}.help"),
            "options": self.options(fact, value),
            "value": value,
            "unit": self.say(_UNITS[fact.kind]) if fact.kind in _UNITS else "",
            "input_mode": _INPUT_MODES.get(fact.kind, ""),
            "today": fact.name == "application_date",
            "about": self.say.text(f"about.{fact.name}") or "",
            "sources": [source_of(key, self.say) for key in ABOUT.get(fact.name, ())],
            "within": [self.card(FACTS[name]) for name in WITHIN.get(fact.name, ())],
        }

    def options(self, fact: Fact, value: str) -> list[dict[str, Any]]:
        if fact.kind == "yes_no":
            choices = [(answer, self.say(f"choice.{answer}")) for answer in ("yes", "no")]
        else:
            choices = [(option, self.say(f"choice.{fact.name}.{option}")) for option in fact.options]
        if fact.kind in ("yes_no", "choice") and fact.name != "scheme":
            choices.append(("", self.say("choice.unknown")))
        chosen = value.split("+") if fact.kind == "set" else [value]
        return [
            {
                "value": option,
                "label": label,
                "blank": self.say.text(f"blank.{fact.name}.{option or 'unknown'}") or label,
                "about": self.say.text(f"about.{fact.name}.{option}") or "",
                "chosen": bool(option) and option in chosen,
            }
            for option, label in choices
        ]

    def law(self) -> list[dict[str, str]]:
        """The table of the law on the day on which it was last checked."""
        rows = []
        for scheme in self.schemes:
            for id in LAW_TABLE[scheme]:
                held = LAW.parameters[id].at(LAW.checked.toordinal())
                if held is not None:
                    rows.append(
                        {
                            "label": parameter_label(id, self.say),
                            "value": self.say.value(held.value, LAW.parameters[id].unit),
                            "since": self.say.day(held.since.isoformat()),
                        }
                    )
        return rows


def _widget(fact: Fact) -> str:
    """How a fact is asked, after its kind."""
    if fact.kind == "set":
        return "boxes"
    if fact.kind in ("yes_no", "choice"):
        return "buttons" if len(fact.options) <= MOST_IN_A_ROW else "list"
    return "text"
