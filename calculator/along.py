"""What a visitor takes along: an address, a printed sheet, a text for a mail, a calendar file, data."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from calculator.asked import Asked
from calculator.calendar_file import Task, calendar
from calculator.dossier import Dossier, dossier
from calculator.letter import letter
from calculator.sheet import sheet
from calculator.view import holding
from rules import LAW

# The facts by which a project stays the same one, whatever else of it changes.
_STARTS = ("service_start", "project_start")


def along(asked: Asked) -> dict[str, Any]:
    """All of it, as places; what is saved as a file is the text of a place, too."""
    taken = dossier(asked)
    tasks = _tasks(taken)
    files = {
        "address": taken.address,
        "letter": letter(taken),
        "calendar": calendar(tasks, asked.language, asked.today or LAW.checked) if tasks else "",
        "json": json.dumps({"facts": taken.facts, **taken.outcome}, ensure_ascii=False, indent=2) + "\n",
    }
    return {"places": holding({**sheet(taken), **files})}


def _tasks(taken: Dossier) -> list[Task]:
    """The deadlines, while there is support to be had."""
    outcome, say = taken.outcome, taken.say
    if outcome["verdict"] == "not_eligible":
        return []
    start = next((taken.facts[name] for name in _STARTS if taken.facts.get(name)), "")
    project = taken.name.casefold().encode().hex() or start
    return [
        Task(
            id="-".join(filter(None, [outcome["scheme"], due["id"], due["kind"], project])),
            day=date.fromisoformat(due["date"]),
            title=taken.said(say(f"deadline.{due['id']}.label"), taken.title),
            text="\n".join(filter(None, [due["text"], taken.places["summary"], taken.places["standing"]])),
            address=taken.address,
        )
        for due in outcome["deadlines"]
    ]
