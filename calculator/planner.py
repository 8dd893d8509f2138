"""The year: several projects of one enterprise, the ceilings they use, and what another day would have given.

The case is flat, as it stands in the address: the enterprise's facts by name, and those of each project with its
number before: `enterprise_size=small`, `1.fee=1000`, `2.fee=2500`. Everything that is reckoned is the rules' `plan`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from calculator import plan_files
from calculator.asked import Asked, known
from calculator.view import WORDS, Places, holding, span
from rules import LAW, calculate, typed_habit, uses
from rules.facts import ENTERPRISE, FACTS, SCHEMES
from rules.ledger import LAST_DAY
from rules.reading import written
from rules.telling import fact_value
from rules.wording import Wording

# Of the enterprise's facts what need not be answered, as far as it is not optional by itself.
FIGURES = ("headcount", "annual_turnover", "balance_sheet_total")
# What a project is told by, whatever its scheme; then what comes with each.
MAIN = ("scheme", "application_date", "service", "actions", "fee", "cost", "service_start", "project_start")

TOTALS = ("invoice", "support", "own_share", "co_financing", "not_covered")
WIDTH = 400  # of the picture, for the largest ceiling; what is written about it stands beside it
HEIGHT = 16
_HATCH = 6  # between two strokes
_NUMBERED = re.compile(r"([1-9][0-9]{0,3})\.(.+)", re.ASCII)

Typed = dict[str, Any]


class Case:
    """An enterprise and its projects, as they were typed."""

    def __init__(self, flat: Mapping[str, Any]) -> None:
        self.enterprise: Typed = {}
        self.projects: dict[int, Typed] = {}
        for name, value in flat.items():
            if numbered := _NUMBERED.fullmatch(name):
                self.projects.setdefault(int(numbered[1]), {})[numbered[2]] = value
            else:
                self.enterprise[name] = value
        self.projects = dict(sorted(self.projects.items()))

    def flat(self, language: str) -> dict[str, str]:
        """What could be read of the case, as an address writes it."""
        found = _written(known(self.enterprise, language))
        for number, project in self.projects.items():
            found |= _numbered(number, _written(known(project, language)))
        return found

    def whole(self, language: str) -> dict[str, str]:
        """The same, and beside it what could not be read, so that it can be mended."""
        return {name: str(value) for name, value in self.typed().items()} | self.flat(language)

    def typed(self) -> Typed:
        """The flat case as it was typed."""
        found = dict(self.enterprise)
        for number, project in self.projects.items():
            found |= _numbered(number, project)
        return found

    def joined(self, number: int) -> Typed:
        """A project's facts behind the enterprise's, which they go before."""
        return {**self.enterprise, **self.projects.get(number, {})}


def plan(asked: Asked) -> dict[str, Any]:
    """The plan's places, with those of the one project that stands in the form; or something done with the plan.

    Settings: `current`, the number of that project. `pasted`, rows or JSON to be put to the projects (`instead`: in
    their place): the reply tells what was taken in, and holds the new `case`. `save`, "csv" or "json": the reply is
    a `file` with its `name`.
    """
    case = Case(asked.facts if isinstance(asked.facts, Mapping) else {})
    current = int(number) if (number := asked.settings.get("current", "")).isdecimal() else 1
    if kind := asked.settings.get("save"):
        return plan_files.saved(case.enterprise, case.projects.values(), kind, asked.language) | {
            "places": {}
        }
    if not (pasted := asked.settings.get("pasted")):
        return {"places": _places(case, current, asked), "facts": case.flat(asked.language)}
    taken = plan_files.taken(pasted, asked.language)
    if taken.projects:
        if asked.settings.get("instead"):
            case = Case({})
        case.enterprise, current = _add(case, taken)
    told: Places = {"taken": _taken(taken, asked.say), "notes": [{"text": text} for text in taken.notes]}
    return {"places": holding(told), "case": case.whole(asked.language), "current": str(current)}


def _add(case: Case, taken: plan_files.Taken) -> tuple[Typed, int]:
    """Put projects that were taken in behind the others; what holds for all of them is the enterprise's."""
    enterprise = {**taken.enterprise, **case.enterprise}
    for name in ENTERPRISE:
        values = {str(project.get(name, "")) for project in taken.projects}
        if len(values) == 1 and (value := values.pop()) and enterprise.setdefault(name, value) == value:
            for project in taken.projects:
                del project[name]
    first = max(case.projects, default=0) + 1
    case.projects |= dict(enumerate(taken.projects, first))
    return enterprise, first


def _taken(taken: plan_files.Taken, say: Wording) -> str:
    return say("planner.taken", count=len(taken.projects)) if taken.projects else say("planner.taken.none")


def _places(case: Case, current: int, asked: Asked) -> Places:
    say = asked.say
    request = {"enterprise": case.enterprise, "projects": list(case.projects.values())}
    answer = uses.plan(request, LAW, say, typed_habit(asked.language))
    outcomes = dict(zip(case.projects, answer["projects"], strict=True))
    # Where something cannot be read, the questions are still those that the rest leaves open.
    questions = {
        number: _questions(outcome, case.joined(number), asked.language)
        for number, outcome in outcomes.items()
    }
    projects = [_Project(number, case, outcome, asked.language) for number, outcome in outcomes.items()]
    support = answer["total"].get("support")
    total = say("planner.total", support=_amount(support, say)) if support else say("planner.empty")
    return holding(
        {
            "projects": [project.places(current) for project in sorted(projects, key=lambda one: one.order)],
            "years": _years(answer["years"], outcomes.values(), say),
            "totals": [
                {"row": name, "label": say(f"amount.{name}.label"), "value": _amount(ends, say)}
                for name in TOTALS
                if (ends := answer["total"].get(name)) and ends["high"] != "0.00"
            ],
            "total": total,
            "announcement": total,
            **_fields(case, current, outcomes.get(current), questions, asked),
        }
    )


def _questions(outcome: Mapping[str, Any], typed: Typed, language: str) -> list[str]:
    faulty = {error["fact"] for error in outcome["errors"]}
    if not faulty:
        return list(outcome["questions"])
    sound = {name: value for name, value in typed.items() if name not in faulty}
    return list(calculate(sound, language, typed=True)["questions"])


# --- the projects ------------------------------------------------------------------------------


class _Project:
    """One project among the others."""

    def __init__(self, number: int, case: Case, outcome: Mapping[str, Any], language: str) -> None:
        self.number = number
        self.outcome = outcome
        self.facts = known(case.joined(number), language)
        self.say = WORDS[language]

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands: by its date, those without one behind the others."""
        return self.facts.get("application_date", LAST_DAY + 1), self.number

    def places(self, current: int) -> Places:
        """What is told of it."""
        remarks = sorted(self.outcome.get("remarks", []), key=lambda remark: remark["id"] != "short")
        short = any(remark["id"] == "short" for remark in remarks)
        day = self.facts.get("application_date")
        return {
            "number": str(self.number),
            "row": "short" if short else self.outcome["verdict"] or "wrong",
            "word": self.say("planner.word.short") if short else "",
            "here": self.say("planner.here") if self.number == current else "",
            "day": self.say.day(day) if day else self.say("planner.no_day"),
            "what": _what(self.facts, self.say),
            "summary": self.outcome["summary"]["text"],
            "support": span(self.outcome["amounts"]["support"], self.say) if self.outcome["amounts"] else "",
            "errors": [{"text": error["text"]} for error in self.outcome["errors"]],
            "remarks": [{"text": remark["text"]} for remark in remarks],
        }


def _what(facts: Mapping[str, Any], say: Wording) -> str:
    """A project in a few words: what it is and what it costs."""
    parts = [
        fact_value(name, facts[name], say) for name in ("service", "actions", "fee", "cost") if name in facts
    ]
    scheme = facts.get("scheme", SCHEMES[0])
    if scheme != SCHEMES[0] or not parts:
        parts.insert(0, say(f"scheme.{scheme}.name"))
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


# --- the ceilings ------------------------------------------------------------------------------


def _years(
    rows: Iterable[Mapping[str, Any]], outcomes: Iterable[Mapping[str, Any]], say: Wording
) -> list[Places]:
    """A bar for each ceiling: what is used, what may be, what is left. All are drawn to one scale."""
    rows = list(rows)
    scale = max((_cents(row["ceiling"]["high"]) for row in rows), default=0) or 1
    outcomes = list(outcomes)
    found: list[Places] = []
    for row in rows:
        ends = {
            name: [_cents(row[name][end]) * WIDTH // scale for end in ("low", "high")]
            for name in ("ceiling", "used")
        }
        used, perhaps = ends["used"]
        name = say(f"scheme.{row['scheme']}.name")
        texts = {part: _amount(row[part], say) for part in ("ceiling", "used", "left")}
        figures = {part: _figure(row[part], say) for part in texts}
        found.append(
            {
                "label": say("planner.year", scheme=name, year=row["year"]) if row["year"] else name,
                **figures,
                "told": say("planner.bar", **texts),
                "frame.width": str(ends["ceiling"][1]),
                "used.width": str(used),
                "perhaps": _hatching(used, perhaps),
                "steps": "".join(
                    f"M{_cents(step) * WIDTH // scale} 0v{HEIGHT}" for step in _steps(row, outcomes)
                ),
            }
        )
    return found


def _steps(row: Mapping[str, Any], outcomes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """How far a ceiling is used after each project, where that is settled."""
    for outcome in outcomes:
        left = outcome["amounts"].get("ceiling_left_after") or outcome["amounts"].get("support_left_after")
        day = outcome["application_date"] or ""
        same = outcome["scheme"] == row["scheme"] and (
            row["year"] is None or day.startswith(str(row["year"]))
        )
        ends = {row["ceiling"]["low"], row["ceiling"]["high"]}
        if same and left and left["low"] == left["high"] and len(ends) == 1:
            cents = _cents(row["ceiling"]["low"]) - _cents(left["low"])
            if 0 < cents < _cents(row["ceiling"]["low"]):
                yield f"{cents // 100}.{cents % 100:02}"


def _hatching(start: int, end: int) -> str:
    """Slanting strokes from one place to another."""
    return "".join(f"M{place} {HEIGHT}L{min(place + _HATCH, end)} 0" for place in range(start, end, _HATCH))


def _cents(amount: str | None) -> int:
    return int((amount or "0").replace(".", ""))


def _amount(ends: Mapping[str, Any], say: Wording) -> str:
    low = say.money(ends["low"])
    return span({**ends, "text": low if ends["high"] else say("format.at_least", low=low)}, say)


def _figure(ends: Mapping[str, str], say: Wording) -> str:
    """An amount for a column of a table: without its currency, and without cents where there are none."""
    low, high = (
        say.amount(end) if end.partition(".")[2].strip("0") else say.grouped(end.partition(".")[0])
        for end in (ends["low"], ends["high"])
    )
    return low if low == high else say("format.range", low=low, high=high)


# --- the form ----------------------------------------------------------------------------------


def _fields(
    case: Case,
    current: int,
    outcome: Mapping[str, Any] | None,
    questions: Mapping[int, list[str]],
    asked: Asked,
) -> Places:
    """What is shown of each fact in the form, what was understood of it, and what is wrong with it."""
    typed = case.joined(current)
    facts = known(typed, asked.language)
    scheme = facts.get("scheme", SCHEMES[0])
    schemes = {known(project, asked.language).get("scheme") for project in case.projects.values()}
    of_all = {name for names in questions.values() for name in names}
    errors = {error["fact"]: error["text"] for error in outcome["errors"]} if outcome else {}
    found: Places = {}
    for name, fact in FACTS.items():
        own = name not in ENTERPRISE
        bears = scheme in fact.schemes if own else bool(schemes & set(fact.schemes))
        wanted = name in (questions.get(current, ()) if own else of_all)
        found[f"{name}.shown"] = bears and (
            wanted or name in facts or name in MAIN or fact.optional or name in FIGURES or name in errors
        )
        found[f"{name}.error"] = errors.get(name, "")
        found[f"{name}.invalid"] = "true" if name in errors else ""
        if fact.kind in ("date", "money") and name in facts:
            found[f"{name}.read"] = fact_value(name, facts[name], asked.say)
    return found


# --- help --------------------------------------------------------------------------------------


def _written(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: written(FACTS[name], value) for name, value in facts.items()}


def _numbered(number: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{number}.{name}": value for name, value in facts.items()}
