"""An outcome of the rules as the places of the page: what stands where, as finished texts.

A place is a name. It holds a text, a yes (`True`), or a list of further places, and nothing when it is
absent. The templates fill the same places at build as `binder.js` in the browser, so that the page's first
answer and every later one come from this module.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from calculator import bar, why
from rules import LAW
from rules.case import Facts
from rules.facts import FACTS, SCHEMES, Fact
from rules.telling import fact_value
from rules.wording import WORDINGS, Wording

Place: TypeAlias = "str | bool | list[Places]"
Places: TypeAlias = dict[str, Place]
Outcome: TypeAlias = Mapping[str, Any]

# The facts of the sentence with which the form begins, by scheme; the amount comes last.
_TRAINING = ("application_date", "service", "service_start", "fee")
SENTENCE = {
    "kmo_portefeuille": _TRAINING,
    "kmo_portefeuille_increase": _TRAINING,
    "werkbaarheidscheque": ("application_date", "project_start", "cost"),
}
# Facts that help to answer another one, asked inside its card.
WITHIN = {
    "enterprise_size": ("headcount", "annual_turnover", "balance_sheet_total", "size_year_before"),
    "catering": ("participants", "days"),
}
_INSIDE = {name for names in WITHIN.values() for name in names}
# The facts that are asked in a card of their own.
CARDS = tuple(
    name
    for name in FACTS
    if name not in ("scheme", *_INSIDE, *(each for names in SENTENCE.values() for each in names))
)
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

# Where other support is told of, by the condition that is not met.
INSTEAD = {"theme": ("vl-db24",), "legal_form": ("vl-db24",), "scheme_open": ("vl-dienst",)}

# The page's own words, and behind them the rules'.
WORDS = {language: rules.extended(Path(__file__).parent / "wording") for language, rules in WORDINGS.items()}


def places(
    outcome: Outcome,
    facts: Facts,
    language: str,
    *,
    today: date | None = None,
    passed: Collection[str] = (),
    errors: Sequence[Mapping[str, Any]] = (),
) -> Places:
    """Everything that the page shows for an outcome, and for the facts as the rules hold them.

    `today` is the visitor's day, from which the days left are counted; `passed` are the facts of which the
    visitor said not to know them. `errors` tell of facts that were left out of the outcome, as they cannot
    be read or contradict others.
    """
    page = _View(outcome, facts, language, today, passed, errors or outcome["errors"])
    return holding({**page.answer(), **page.reasons(), **page.form()})


def questions(outcome: Outcome) -> list[str]:
    """The questions in the order in which the page asks them: first what the amount hangs on, as that is what people
    come for.
    """
    return [*dict.fromkeys((*outcome["summary"]["depends_on"], *outcome["questions"]))]


def holding(found: Places) -> Places:
    """The places that hold something, in lists too: the others are as good as absent."""
    return {
        name: [holding(item) for item in place] if isinstance(place, list) else place
        for name, place in found.items()
        if place
    }


def field_id(name: str) -> str:
    """The id of a fact's field; the prefix keeps it from any heading's."""
    return f"sw-{name.replace('_', '-')}"


def source_of(key: str, say: Wording) -> Places:
    """A source with the day on which it was read."""
    source = LAW.sources[key]
    note = say("source.read", day=say.day(source.read.isoformat()))
    return {"title": source.title, "address": source.address, "note": note}


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
    most = say.money(high)
    return say("format.range", low=lower_end(say.money(low), most), high=most)


def lower_end(low: str, high: str) -> str:
    """The lower end of a range as it is told, without a unit that the higher end tells too: ``1 euro``, ``2 euros``."""
    figure, _, unit = low.partition(" ")
    return figure if unit and high.partition(" ")[2].startswith(unit) else low


def linked(item: Mapping[str, Any], say: Wording) -> Places:
    """What the item rests on: clauses of the starting page, and sources with the day they were read."""
    return {
        "clauses": ", ".join(item.get("clauses", ())),
        "sources": [source_of(key, say) for key in item.get("sources", ())],
    }


class _View:
    """One outcome being turned into places; each method tells of one part of the page."""

    def __init__(
        self,
        outcome: Outcome,
        facts: Facts,
        language: str,
        today: date | None,
        passed: Collection[str],
        errors: Sequence[Mapping[str, Any]],
    ) -> None:
        self.outcome = outcome
        self.amounts: Mapping[str, Any] = outcome["amounts"]
        self.facts = facts
        self.today = today
        self.passed = passed
        self.errors = errors
        self.questions = questions(outcome)
        self.scheme = facts.get("scheme")
        self.say = WORDS[language]

    # --- the answer ---

    def answer(self) -> Places:
        state = self.state()
        summary = self.outcome["summary"]["text"]
        faulty = " ".join(error["text"] for error in self.errors)
        return {
            "state": state,
            "word": self.say(f"answer.{state}"),
            "summary": summary,
            "bar": self.bar(state),
            "announcement": faulty or summary,
            "left_out": self.left_out(),
            "payments": [self.amount(name) | self.key(name) for name in PAYMENTS if self.is_paid(name)],
            **bar.picture(self.amounts, self.say),
            "errors": [self.error(each) for each in self.errors],
            "remedy": next((told for each in self.outcome["conditions"] if (told := self.remedy(each))), ""),
            "deadlines": [
                self.deadline(each) for each in self.outcome["deadlines"] if self.helps(each, state)
            ],
        }

    def state(self) -> str:
        """The one word for the whole answer: how the page looks depends on it."""
        if self.errors:
            return "wrong_input"
        if self.outcome["verdict"] == "not_eligible":
            first = next(each["id"] for each in self.outcome["conditions"] if each["state"] == "not_met")
            return {"scheme_open": "closed", "application_in_time": "late"}.get(first, "refused")
        if self.outcome["verdict"] == "undecided":
            unknown = [each["id"] for each in self.outcome["conditions"] if each["state"] == "unknown"]
            return "silent" if unknown == ["scheme_open"] and not self.questions else "open"
        return "exact" if self.exact("support") else "range"

    def error(self, error: Mapping[str, Any]) -> Places:
        name = error["fact"]
        if self.asks_for(name):
            return {"text": error["text"], "field": f"#{field_id(name)}"}
        removed = self.say("errors.remove", name=name) if name else ""
        return {"text": error["text"], "row": name, "remove": removed}

    def left_out(self) -> str:
        """That the answer is there all the same, without what was wrong."""
        names = [self.say(f"fact.{each['fact']}.label") for each in self.errors if each["fact"] in FACTS]
        if not names or self.outcome["errors"]:
            return ""
        return self.say("errors.left_out", facts=self.say.listed(dict.fromkeys(names)))

    def bar(self, state: str) -> str:
        """The answer in a few words, for the bar at the bottom of a telephone."""
        own = "co_financing" if "co_financing" in self.amounts else "own_share"
        if state in ("exact", "range", "open", "silent") and {"support", own} <= self.amounts.keys():
            return self.say(
                "answer.bar",
                support=span(self.amounts["support"], self.say),
                own=span(self.amounts[own], self.say),
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
            "unknown.summary": self.say("conditions.unknown", count=len(by_state["unknown"])),
            "questions": [self.question(name) for name in self.questions],
            "reckoning": [self.amount(name) for name in self.amounts if name not in PAYMENTS],
            "trace": why.steps(self.outcome["trace"], self.facts, self.linked, self.say),
            "notices": [
                {"text": notice["text"], **self.linked(notice)}
                for notice in self.outcome["notices"]
                if notice["id"] not in standing
            ],
            "standing": self.say("standing", day=self.say.day(LAW.checked.isoformat())),
            "apply": apply.title,
            "apply.address": apply.address,
        }

    def condition(self, condition: Mapping[str, Any]) -> Places:
        return {
            "label": self.say(f"condition.{condition['id']}.label"),
            "text": condition["text"],
            "remedy": self.remedy(condition),
            "instead": [source_of(key, self.say) for key in INSTEAD.get(condition["id"], ())]
            if "remedy" in condition
            else [],
            **self.linked(condition),
        }

    def remedy(self, condition: Mapping[str, Any]) -> str:
        """What would mend a condition that is not met; too late by the day typed may be in time today."""
        if condition["id"] == "application_in_time" and condition["state"] == "not_met" and self.today:
            for due in self.outcome["deadlines"]:
                left = (date.fromisoformat(due["date"]) - self.today).days
                if due["id"] == "application" and left >= 0:
                    day = self.say.weekday(due["date"])
                    return self.say("remedy.apply_today", day=day, left=self.days_left(left))
        return str(condition.get("remedy", ""))

    def question(self, name: str) -> Places:
        return {"label": self.say(f"fact.{name}.label"), "field": f"#{field_id(name)}"}

    def linked(self, item: Mapping[str, Any]) -> Places:
        return linked(item, self.say)

    # --- the form ---

    def form(self) -> Places:
        following = next((name for name in self.questions if self.is_next(name)), None)
        found: Places = {
            "progress": self.say("form.progress", count=len(self.questions))
            if self.questions
            else self.say("form.done"),
            "until": self.until(),
        }
        if following:
            label = self.say(f"fact.{following}.label")
            found |= {"next": self.say("form.next", question=label), "next.field": f"#{field_id(following)}"}
        for error in self.errors:
            if self.asks_for(error["fact"]):
                found[f"{error['fact']}.error"] = error["text"]
                found[f"{error['fact']}.invalid"] = "true"
        for fact in FACTS.values():
            found[f"{fact.name}.shown"] = self.shown(fact) or f"{fact.name}.error" in found
            if fact.kind in ("date", "money") and fact.name in self.facts:
                found[f"{fact.name}.read"] = fact_value(fact.name, self.facts[fact.name], self.say)
        given: Places = {f"{name}.given": self.given(name) for name in CARDS}
        idle: Places = {
            f"{name}.idle": self.say("form.idle") for name in CARDS if name in self.outcome["left_aside"]
        }
        return found | given | idle | self.folds(found, following)

    def until(self) -> str:
        """The last day to apply, counted back to from where it is asked for."""
        due = [each for each in self.outcome["deadlines"] if each["id"] == "application"]
        told = due and "service_start" in self.facts and self.outcome["verdict"] != "not_eligible"
        return str(due[0]["text"]) if told else ""

    def is_next(self, name: str) -> bool:
        """Whether a question has a card of its own, and was not passed over."""
        return name not in (*SENTENCE[str(self.scheme)], *self.passed)

    def given(self, name: str) -> str:
        """What was answered, for the line to which an answered card folds."""
        if name in self.facts:
            return fact_value(name, self.facts[name], self.say)
        if name in self.passed:
            return self.say("choice.unknown")
        figures = [each for each in WITHIN.get(name, ()) if each in self.facts and not FACTS[each].optional]
        return self.say.listed(
            f"{self.say(f'fact.{each}.label')} {fact_value(each, self.facts[each], self.say)}"
            for each in figures
        )

    def asks_for(self, name: str | None) -> bool:
        """Whether the form has a card for a fact, beside which its error can stand."""
        return name in FACTS and name != "scheme" and self.scheme in FACTS[name].schemes

    def shown(self, fact: Fact) -> bool:
        """Whether the fact's card is there: what bears on the answer, and what was answered."""
        if fact.name == "scheme":
            return True
        if self.scheme not in fact.schemes:
            return False
        told = fact.name in SENTENCE[str(self.scheme)]
        within = any(name in self.facts or name in self.questions for name in WITHIN.get(fact.name, ()))
        asked = fact.name in self.questions or fact.name in self.facts
        return told or fact.name in _INSIDE or within or fact.optional or asked

    def folds(self, found: Mapping[str, Place], following: str | None) -> Places:
        """The folds that must stand open, as something in them is asked or wrong."""

        def matters(*names: str) -> bool:
            return any(name == following or f"{name}.error" in found for name in names)

        within = {name: matters(*WITHIN[name]) for name in WITHIN}
        cards = {name: matters(name) or within.get(name, False) for name in CARDS}
        more = any(cards[name] for name in cards if FACTS[name].optional)
        return {
            **{f"{name}.open": is_open for name, is_open in cards.items()},
            **{f"{name}.within.open": is_open for name, is_open in within.items()},
            "more.open": more,
        }
