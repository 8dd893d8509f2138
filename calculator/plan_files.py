"""A plan as files that the command line's `plan` takes, and as rows that somebody pastes out of a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from calculator.asked import known
from calculator.view import WORDS
from rules import batch, reading
from rules.facts import FACTS, SCHEMES
from rules.reading import STRICT, NotRead, Refusal, is_unknown, read_value, written
from rules.requests import Unreadable, parse
from rules.telling import refused
from rules.uses import as_json
from rules.wording import Wording

MOST = 100  # projects that one paste may bring; more are a batch
_LISTED = 8  # columns that a header is told to name

Typed = dict[str, Any]


class Taken(NamedTuple):
    """What was read out of a text: an enterprise, its projects, and in sentences what is wrong or left aside."""

    enterprise: Typed
    projects: list[Typed]
    notes: list[str]


# --- in ----------------------------------------------------------------------------------------


def taken(text: str, language: str) -> Taken:
    """Read projects out of JSON as `plan` takes it, or out of CSV or a spreadsheet's rows."""
    say = WORDS[language]
    if "\ufffd" in text:  # what a browser reads of a file in another encoding
        return Taken({}, [], [say("batch.encoding")])
    found = _json(text, say) if text.lstrip("\ufeff \r\n\t")[:1] in ("{", "[") else _rows(text, say)
    if len(found.projects) > MOST:
        left = say("planner.too_many", most=MOST, left=len(found.projects) - MOST)
        return Taken(found.enterprise, found.projects[:MOST], [*found.notes, left])
    return found


def _json(text: str, say: Wording) -> Taken:
    try:
        content = parse(text.strip("\ufeff \r\n\t"))
    except Unreadable as unreadable:
        return Taken({}, [], [_told([unreadable.refusal], say)])
    plan = content if isinstance(content, dict) else {"projects": content}
    enterprise, projects = plan.get("enterprise") or {}, plan.get("projects", [content])
    if not isinstance(enterprise, dict) or not isinstance(projects, list):
        return Taken({}, [], [_told([Refusal(None, "not_an_object")], say)])
    notes = []
    good = []
    for number, project in enumerate(projects, 1):
        if isinstance(project, dict):
            good.append(
                {name: _typed(name, value) for name, value in project.items() if not is_unknown(name, value)}
            )
            wrong = reading.read({**enterprise, **project})[1]
        else:
            wrong = [Refusal(None, "not_an_object")]
        if wrong:
            notes.append(say("planner.at", number=number, error=_told(wrong, say)))
    return Taken({name: _typed(name, value) for name, value in enterprise.items()}, good, notes)


def _typed(name: str, value: Any) -> str:
    """A value of JSON as it would be typed; what cannot be read stays as it is, to be told of."""
    try:
        return written(FACTS[name], read_value(FACTS[name], value, STRICT))
    except (KeyError, NotRead):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _rows(text: str, say: Wording) -> Taken:
    lines = io.StringIO(text, newline="")
    table = batch.Table(lines, io.StringIO(), say, _unheard)
    table.begin()
    if not any(table.names):
        names = [say(f"fact.{name}.label") for name in FACTS][:_LISTED]
        return Taken({}, [], [say("planner.no_header", labels=say.listed(names))])
    notes = list(_of_columns(table, say))
    projects = []
    first: str | None = None  # of whom the planner makes the plan: one enterprise
    for number, own, raw in table.rows():
        if not any(cell.strip() for cell in own):
            continue
        whose = table.cell(own, batch.ENTERPRISE).strip()
        first = whose if first is None else first
        if raw is None:
            notes.append(
                say("planner.row", row=number, error=say("planner.row.cells", count=len(table.columns)))
            )
        elif whose != first:
            notes.append(
                say("planner.row", row=number, error=say("planner.row.other", name=whose, first=first))
            )
        else:
            project = _project(raw, say)
            projects.append(project)
            if wrong := table.read(project)[1]:
                notes.append(say("planner.row", row=number, error=_told(wrong, say)))
    return Taken({}, projects, notes)


def _of_columns(table: batch.Table, say: Wording) -> Iterator[str]:
    """What is to be said of the columns: which are read as a fact by likeness, and which are left aside."""
    aside = []
    for column, name in zip(map(str.strip, table.columns), table.names, strict=True):
        if name and column.casefold() not in (name, say(f"fact.{name}.label").casefold()):
            yield say("command.taken_for", column=column, fact=say(f"fact.{name}.label"))
        elif not name and column.casefold() not in ("", batch.ENTERPRISE, *batch.COLUMNS):
            aside.append(column)
    if aside:
        yield say("planner.aside", columns=say.listed(aside))


def _project(raw: Mapping[str, str], say: Wording) -> Typed:
    """A row's facts; a choice may stand there by its label, and a scheme that is not named is the one they fit."""
    facts = {name: _chosen(name, cell.strip(), say) for name, cell in raw.items() if cell.strip()}
    fitting = (scheme for scheme in SCHEMES if all(scheme in FACTS[name].schemes for name in facts))
    return {"scheme": next(fitting, SCHEMES[0])} | facts


def _chosen(name: str, cell: str, say: Wording) -> str:
    labels = {say(f"choice.{name}.{option}").casefold(): option for option in FACTS[name].options}
    return labels.get(cell.casefold(), cell)


def _told(refusals: list[Refusal], say: Wording) -> str:
    return " ".join(error["text"] for error in refused(refusals, say)["errors"])


# --- out ---------------------------------------------------------------------------------------


def saved(enterprise: Typed, projects: Iterable[Typed], kind: str, language: str) -> dict[str, str]:
    """A plan as a file that can be taken in again, here and by the command line: JSON, or CSV with the answers."""
    say = WORDS[language]
    projects = list(projects)
    if kind == "json":
        plan = {
            "enterprise": _for_json(enterprise, language),
            "projects": [_for_json(project, language) for project in projects],
        }
        return {
            "file": json.dumps(plan, ensure_ascii=False, indent=2) + "\n",
            "name": say("planner.file.name") + ".json",
        }
    source, target = io.BytesIO(_table(enterprise, projects, language).encode()), io.BytesIO()
    batch.plan_rows(source, target, say, _unheard)
    return {"file": target.getvalue().decode(), "name": say("planner.file.name") + ".csv"}


def _table(enterprise: Typed, projects: list[Typed], language: str) -> str:
    """The projects as the rows of a CSV file, in the language's own manner."""
    rows = []
    for project in projects:
        scheme = known(project, language).get("scheme")
        shared = {
            name: value
            for name, value in enterprise.items()
            if scheme in getattr(FACTS.get(name), "schemes", ())
        }
        rows.append(_for_csv({**shared, **project}, language))
    names = [name for name in FACTS if any(name in row for row in rows)]
    names += dict.fromkeys(name for row in rows for name in row if name not in FACTS)
    out = io.StringIO(newline="")
    delimiter = ";" if WORDS[language]("format.decimal_mark") == "," else ","  # as spreadsheets there expect
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([names, *([row.get(name, "") for name in names] for row in rows)])
    return out.getvalue()


def _for_csv(typed: Typed, language: str) -> dict[str, str]:
    facts = known(typed, language)
    return {
        name: written(FACTS[name], facts[name]) if name in facts else str(value)
        for name, value in typed.items()
    }


def _for_json(typed: Typed, language: str) -> Typed:
    facts = known(typed, language)
    return {name: as_json(name, facts[name]) if name in facts else value for name, value in typed.items()}


def _unheard(_: str) -> None:
    pass
