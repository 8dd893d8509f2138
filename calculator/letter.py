"""A case and its answer as plain text, for a mail to an accountant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from calculator.dossier import Dossier


def letter(dossier: Dossier) -> str:
    """The whole text: the answer, what to do by when, what is open, and the case."""
    shown = dossier.places

    def rows(place: str, value: str = "text") -> list[str]:
        return [_row(dossier, row, value) for row in shown.get(place, ())]

    parts = {
        dossier.title: [shown["summary"], *filter(None, [shown.get("remedy")])],
        dossier.say("answer.payments"): rows("payments", "value"),
        dossier.say("answer.deadlines"): rows("deadlines", "day"),
        dossier.say("conditions.not_met"): rows("not_met"),
        dossier.say("conditions.unknown", count=len(shown.get("unknown", ()))): rows("unknown"),
        dossier.say("dossier.case"): [_row(dossier, row, "value") for row in dossier.case],
        dossier.say("answer.notices"): [f"- {notice['text']}" for notice in shown.get("notices", ())],
        dossier.say("dossier.again"): [dossier.address] if dossier.address else [],
    }
    return "\n\n".join([*_blocks(parts), shown["standing"]]) + "\n"


def _row(dossier: Dossier, row: Mapping[str, Any], value: str) -> str:
    return "- " + (dossier.said(row["label"], row[value]) if row.get(value) else row["label"])


def _blocks(parts: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for heading, lines in parts.items():
        if found := "\n".join(lines):
            yield f"{heading}\n{found}"
