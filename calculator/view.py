"""An outcome of the rules as the places of the page: what stands where, as finished texts.

A place is a name. It holds a text, a yes (`True`), or a list of further places, and nothing when it is
absent. The templates fill the same places at build as `binder.js` in the browser, so that the page's first
answer and every later one come from this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from calculator import bar
from rules import LAW
from rules.case import Facts
from rules.facts import FACTS, SCHEMES, Fact
from rules.telling import fact_value
from rules.wording import LANGUAGES, Wording

Place: TypeAlias = "str | bool | list[Places]"
Places: TypeAlias = dict[str, Place]
Outcome: TypeAlias = Mapping[str, Any]

# What a plan is told by, by scheme.
PLAN = {
    "kmo_portefeuille": ("scheme", "service", "application_date", "service_start", "fee"),
    "kmo_portefeuille_increase": ("scheme", "service", "application_date", "service_start", "fee"),
    "werkbaarheidscheque": ("scheme", "actions", "application_date", "project_start", "cost"),
}
# Facts that help to answer another one, asked inside its card.
WITHIN = {
    "enterprise_size": ("headcount", "annual_turnover", "balance_sheet_total", "size_year_before"),
    "catering": ("participants", "days"),
}
# Who pays what, in the order in which a person pays it; every other amount belongs to the reckoning.
PAYMENTS = (
    "own_share",
    "co_financing",
    "support",
    "not_covered",
    "invoice",
    "vat_paid_directly",
    "total_own_cost",
)
# What the visitor pays of the invoice, where there is anything to pay.
SHARES = ("own_share", "co_financing", "not_covered")
# Those of which it must be said to whom, or for whom.
NOTED = ("own_share", "co_financing", "support", "not_covered", "vat_paid_directly")
# The source that tells how to apply, by scheme.
APPLY = {
    "kmo_portefeuille": "vl-db24",
    "kmo_portefeuille_increase": "vl-apply",
    "werkbaarheidscheque": "vl-apply",
}

# The page's own words, and behind them the rules'.
WORDS = {language: Wording(language, folder=Path(__file__).parent / "wording") for language in LANGUAGES}


def places(
    outcome: Outcome,
    facts: Facts,
    language: str,
    *,
    today: date | None = None,
    questions: Sequence[str] | None = None,
) -> Places:
    """Everything that the page shows for an outcome, and for the facts as the rules hold them.

    `today` is the visitor's day, from which the days left are counted. `questions` are those of the answers
    that could be read, where the outcome itself only tells of errors.
    """
    asked = outcome["questions"] if questions is None else questions
    page = _View(outcome, facts, language, today, asked)
    return _holding({**page.answer(), **page.reasons(), **page.form()})


def _holding(found: Places) -> Places:
    """The places that hold something, in lists too."""
    return {
        name: [_holding(item) for item in place] if isinstance(place, list) else place
        for name, place in found.items()
        if place
    }


def field_id(name: str) -> str:
    """The id of a fact's field; the prefix keeps it from any heading's."""
    return f"sw-{name.replace('_', '-')}"


def failure(language: str) -> Places:
    """What the page shows where a mistake of ours left it without an outcome: the form stays."""
    say = WORDS[language]
    sentence = say("failed.summary")
    shown: Places = {f"{name}.shown": True for name in FACTS}
    return shown | {
        "state": "failed",
        "word": say("answer.failed"),
        "summary": sentence,
        "bar": say("answer.failed"),
        "announcement": sentence,
    }


def span(amount: Mapping[str, Any], say: Wording) -> str:
    """An amount as a table has room for it: a range names the currency once."""
    low, high = amount["low"], amount["high"]
    if high is None or low == high:
        return str(amount["text"])
    currency = say("format.money", amount="")
    return say("format.range", low=say.money(low).removesuffix(currency), high=say.money(high))


class _View:
    """One outcome being turned into places; each method tells of one part of the page."""

    def __init__(
        self,
        outcome: Outcome,
        facts: Facts,
        language: str,
        today: date | None,
        questions: Sequence[str],
    ) -> None:
        self.outcome = outcome
        self.amounts: Mapping[str, Any] = outcome["amounts"]
        self.facts = facts
        self.today = today
        self.questions = questions
        self.scheme = facts.get("scheme")
        self.say = WORDS[language]

    # --- the answer ---

    def answer(self) -> Places:
        state = self.state()
        summary = self.outcome["summary"]["text"]
        faulty = " ".join(error["text"] for error in self.outcome["errors"])
        return {
            "state": state,
            "word": self.say(f"answer.{state}"),
            "summary": summary,
            "bar": self.bar(state),
            "announcement": faulty or summary,
            "payments": [self.amount(name) | self.key(name) for name in PAYMENTS if self.is_paid(name)],
            **bar.picture(self.amounts, self.say),
            "errors": [self.error(each) for each in self.outcome["errors"]],
            "remedy": next((each["remedy"] for each in self.outcome["conditions"] if "remedy" in each), ""),
            "deadlines": [
                self.deadline(each) for each in self.outcome["deadlines"] if self.helps(each, state)
            ],
        }

    def state(self) -> str:
        """The one word for the whole answer: how the page looks depends on it."""
        if self.outcome["errors"]:
            return "wrong_input"
        if self.outcome["verdict"] == "not_eligible":
            first = next(each["id"] for each in self.outcome["conditions"] if each["state"] == "not_met")
            return {"scheme_open": "closed", "application_in_time": "late"}.get(first, "refused")
        if self.outcome["verdict"] == "undecided":
            unknown = [each["id"] for each in self.outcome["conditions"] if each["state"] == "unknown"]
            return "silent" if unknown == ["scheme_open"] and not self.questions else "open"
        return "exact" if self.exact("support") else "range"

    def error(self, error: Mapping[str, Any]) -> Places:
        field = f"#{field_id(error['fact'])}" if self.asks_for(error["fact"]) else ""
        return {"text": error["text"], "field": field}

    def bar(self, state: str) -> str:
        """The answer in a few words, for the bar at the bottom of a telephone."""
        own = "co_financing" if "co_financing" in self.amounts else "own_share"
        if state in ("exact", "range", "open", "silent") and {"support", own} <= self.amounts.keys():
            return self.say(
                "answer.bar", support=self.amounts["support"]["text"], own=self.amounts[own]["text"]
            )
        return self.say(f"answer.{state}")

    def exact(self, name: str) -> bool:
        return bool(self.amounts[name]["low"] == self.amounts[name]["high"])

    def is_paid(self, name: str) -> bool:
        """Whether a payment is worth a row: a share that is surely nothing is not."""
        return name in self.amounts and not (name in SHARES and self.nothing(name))

    def nothing(self, name: str) -> bool:
        """Whether an amount is surely zero."""
        return self.exact(name) and not self.amounts[name]["high"].strip("0.")

    def amount(self, name: str) -> Places:
        return {
            "row": name,
            "label": self.say(f"amount.{name}.label"),
            "value": span(self.amounts[name], self.say),
            "note": self.say(f"paid.{self.payment(name)}")
            if name in NOTED and not self.nothing(name)
            else "",
        }

    def key(self, name: str) -> Places:
        """Whether the picture shows the amount: then the row has the key to it."""
        return {"key": name in {part for part, _ in bar.parts(self.amounts)}}

    def payment(self, name: str) -> str:
        """Whose cost VAT is depends on the visitor: it is never called a cost without saying for whom."""
        if name != "vat_paid_directly":
            return name
        deductible = self.facts.get("vat_deductible")
        return {True: "vat.deducted", False: "vat.borne", None: "vat.unknown"}[deductible]

    def helps(self, deadline: Mapping[str, Any], state: str) -> bool:
        """Whether a deadline is worth telling: where there is no support, only the one that was missed."""
        if self.outcome["verdict"] == "not_eligible":
            return state == "late" and deadline["id"] == "application"
        return True

    def deadline(self, deadline: Mapping[str, Any]) -> Places:
        day = date.fromisoformat(deadline["date"])
        left = (day - self.today).days if self.today else None
        return {
            "label": self.say(f"deadline.{deadline['id']}.label"),
            "day": self.say.day(deadline["date"]),
            "left": "" if left is None else self.days_left(left),
            "row": "past" if left is not None and left < 0 else deadline["kind"],
            "text": deadline["text"],
        }

    def days_left(self, days: int) -> str:
        if days < 0:
            return self.say("days.past")
        return self.say(("days.today", "days.tomorrow")[days] if days < 2 else "days.left", days=days)

    # --- the reasons ---

    def reasons(self) -> Places:
        conditions = self.outcome["conditions"]
        by_state = {
            state: [self.condition(condition) for condition in conditions if condition["state"] == state]
            for state in ("not_met", "unknown", "met")
        }
        standing = {"not_an_official_decision"}
        apply = LAW.sources[APPLY.get(str(self.scheme), APPLY[SCHEMES[0]])]
        return {
            **by_state,
            "met.summary": self.say("conditions.met", count=len(by_state["met"])),
            "questions": [self.question(name) for name in self.questions],
            "reckoning": [self.amount(name) for name in self.amounts if name not in PAYMENTS],
            "trace": [self.linked(step) | {"text": step["text"]} for step in self.outcome["trace"]],
            "notices": [
                {"text": notice["text"]} for notice in self.outcome["notices"] if notice["id"] not in standing
            ],
            "standing": self.say("standing", day=self.say.day(LAW.checked.isoformat())),
            "apply": apply.title,
            "apply.address": apply.address,
        }

    def condition(self, condition: Mapping[str, Any]) -> Places:
        return {
            "label": self.say(f"condition.{condition['id']}.label"),
            "text": condition["text"],
            "remedy": condition.get("remedy", ""),
            **self.linked(condition),
        }

    def question(self, name: str) -> Places:
        return {"label": self.say(f"fact.{name}.label"), "field": f"#{field_id(name)}"}

    def linked(self, item: Mapping[str, Any]) -> Places:
        """What the item rests on: clauses of the starting page, and sources with the day they were read."""
        sources = (LAW.sources[key] for key in item.get("sources", ()))
        return {
            "clauses": ", ".join(item.get("clauses", ())),
            "sources": [
                {
                    "title": source.title,
                    "address": source.address,
                    "note": self.say("source.read", day=self.say.day(source.read.isoformat())),
                }
                for source in sources
            ],
        }

    # --- the form ---

    def form(self) -> Places:
        found: Places = {
            "progress": self.say("form.progress", count=len(self.questions))
            if self.questions
            else self.say("form.done"),
        }
        for error in self.outcome["errors"]:
            if self.asks_for(error["fact"]):
                found[f"{error['fact']}.error"] = error["text"]
                found[f"{error['fact']}.invalid"] = "true"
        for fact in FACTS.values():
            found[f"{fact.name}.shown"] = self.shown(fact) or f"{fact.name}.error" in found
            if fact.kind in ("date", "money") and fact.name in self.facts:
                found[f"{fact.name}.read"] = fact_value(fact.name, self.facts[fact.name], self.say)
        return found | self.folds(found)

    def asks_for(self, name: str | None) -> bool:
        """Whether the form has a card for a fact, beside which its error can stand."""
        return name in FACTS and name != "scheme" and self.scheme in FACTS[name].schemes

    def shown(self, fact: Fact) -> bool:
        """Whether the fact's card is there: what bears on the answer, and what was answered."""
        if fact.name == "scheme":
            return True
        if self.scheme not in fact.schemes:
            return False
        inside = any(fact.name in names for names in WITHIN.values())
        plan = fact.name in PLAN[str(self.scheme)]
        return plan or inside or fact.optional or fact.name in self.questions or fact.name in self.facts

    def folds(self, found: Mapping[str, Place]) -> Places:
        """The folds that must stand open, as something in them is asked or wrong."""

        def matters(names: Iterable[str]) -> bool:
            return any(name in self.questions or f"{name}.error" in found for name in names)

        folds: Places = {f"{name}.open": matters(names) for name, names in WITHIN.items()}
        inside = {name for names in WITHIN.values() for name in names}
        more = [fact.name for fact in FACTS.values() if fact.optional and fact.name not in inside]
        return folds | {"more.open": matters(more) or any(folds.get(f"{name}.open") for name in more)}
