"""The planner and the batch as parts of a page: rendered while the site is built, as the calculator is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from calculator.asked import Asked
from calculator.planner import FIGURES, HEIGHT, MAIN, WIDTH, Case, plan
from calculator.view import WORDS, field_id
from rules import LAW
from rules.facts import ENTERPRISE, FACTS, Fact

_YEAR = LAW.checked.year
_COURSES = (  # of the year in which the law was last checked: application, start and price
    (f"10/2/{_YEAR}", f"16/2/{_YEAR}", "12000"),
    (f"15/5/{_YEAR}", f"1/6/{_YEAR}", "9000"),
    (f"14/12/{_YEAR}", f"11/1/{_YEAR + 1}", "8000"),
)
# The plan with which the page starts, as somebody types it.
EXAMPLE = {
    "enterprise_size": "small",
    **{
        f"{number}.{name}": value
        for number, (day, start, fee) in enumerate(_COURSES, 1)
        for name, value in {
            "scheme": "kmo_portefeuille",
            "application_date": day,
            "service": "training",
            "theme": "digitalisation",
            "excluded_service": "none",
            "learning_mode": "in_person",
            "fee": fee,
            "service_start": start,
        }.items()
    },
}
_INPUT_MODES = {"money": "decimal", "percentage": "decimal", "number": "decimal", "whole": "numeric"}
_UNITS = {"money": "field.euro", "percentage": "field.percent"}


def planner(language: str, *, root: str = "") -> Markup:
    """The planner, filled in with its example."""
    case = Case(EXAMPLE)
    current = next(iter(case.projects))
    shown = plan(Asked(EXAMPLE, language, None, {"current": str(current)}))
    fields = {
        name: _field(fact, case.joined(current).get(name, ""), language) for name, fact in FACTS.items()
    }
    others = [name for name in FACTS if name not in ENTERPRISE and name not in MAIN]
    more = {*FIGURES, *(name for name, fact in FACTS.items() if fact.optional)}
    groups = {
        group: {
            "plain": [fields[name] for name in names if name not in more],
            "more": [fields[name] for name in names if name in more],
        }
        for group, names in {"enterprise": ENTERPRISE, "project": [*MAIN, *others]}.items()
    }
    return _render(
        "planner.html",
        language,
        root,
        case="&".join(f"{name}={value}" for name, value in EXAMPLE.items()),
        places=shown["places"],
        width=WIDTH,
        height=HEIGHT,
        **groups,
    )


def batch(language: str, *, root: str = "") -> Markup:
    """The page that answers a whole file: without a file it is empty."""
    return _render("batch.html", language, root)


def _render(template: str, language: str, root: str, **values: Any) -> Markup:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    text = environment.get_template(template).render(
        language=language, assets=f"{root}py/", say=WORDS[language], **values
    )
    # Without blank lines and indents, Markdown takes it for what it is: one block of HTML.
    return Markup("\n".join(line.strip() for line in text.splitlines() if line.strip()))


def _field(fact: Fact, value: str, language: str) -> dict[str, Any]:
    """A fact as a labelled field: one of many, so a choice is a list that opens."""
    say = WORDS[language]
    widget = {"set": "boxes", "choice": "list", "yes_no": "list"}.get(fact.kind, "text")
    options = [(each, say(f"choice.{each}")) for each in ("yes", "no")] if fact.kind == "yes_no" else []
    options += [(each, say(f"choice.{fact.name}.{each}")) for each in fact.options]
    if fact.name == "scheme":
        widget = "buttons"
    elif widget == "list":
        options.insert(0, ("", say("choice.unknown")))
    chosen = value.split("+")
    return {
        "name": fact.name,
        "id": field_id(fact.name),
        "schemes": " ".join(fact.schemes),
        "widget": widget,
        "label": say(f"fact.{fact.name}.label"),
        "options": [{"value": each, "label": label, "chosen": each in chosen} for each, label in options],
        "value": value,
        "unit": say(_UNITS[fact.kind]) if fact.kind in _UNITS else "",
        "input_mode": _INPUT_MODES.get(fact.kind, ""),
        "today": fact.name == "application_date",
    }
