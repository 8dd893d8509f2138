"""Outcomes and the law as short aligned lines, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rules.wording import Wording

_WIDEST_CELL = 60
_SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?"}


def aligned(rows: Iterable[tuple[str, ...]], right: tuple[int, ...] = ()) -> list[str]:
    """Rows with their columns under each other; the columns in ``right`` end in one line."""
    rows = list(rows)
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def shortened(text: str) -> str:
    """A cell that leaves room for the others."""
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"


def outcome_lines(outcome: dict[str, Any], wording: Wording) -> list[str]:
    """One outcome: the sentence, the amounts, the conditions, the days, what is still asked."""
    if outcome["verdict"] is None:
        return [error["text"] for error in outcome["errors"]]
    lines = [outcome["summary"]["text"], ""]
    amounts = [
        (wording(f"amount.{name}.label"), amount["text"]) for name, amount in outcome["amounts"].items()
    ]
    if "rate" in outcome:
        low, high = (wording.percent(outcome["rate"][end]) for end in ("low", "high"))
        rate = low if low == high else wording("format.range", low=low, high=high)
        amounts.append((wording("amount.rate.label"), rate))
    lines += aligned(amounts, right=(1,))
    lines.append("")
    lines += aligned(
        (_SIGNS[told["state"]], wording(f"condition.{told['id']}.label"), told["text"])
        for told in outcome["conditions"]
    )
    if outcome["deadlines"]:
        lines.append("")
        lines += aligned((told["date"], told["text"]) for told in outcome["deadlines"])
    if outcome["questions"]:
        lines.append("")
        lines += aligned((name, wording(f"fact.{name}.question")) for name in outcome["questions"])
    lines.append("")
    return [*lines, *(told["text"] for told in outcome["notices"])]


def use_lines(answer: dict[str, Any], wording: Wording) -> list[str]:
    """The answer of a plan, a goal, a comparison or a group."""
    if answer.get("errors"):
        return [error["text"] for error in answer["errors"]]
    if "outcomes" in answer:
        return aligned((str(one["value"]), one["outcome"]["summary"]["text"]) for one in answer["outcomes"])
    if "solutions" in answer:
        found = [
            (run["from"], run["to"], wording(f"verdict.{run['verdict']}")) for run in answer["solutions"]
        ]
        if found:
            return aligned(found, right=(0, 1))
        closest = answer["closest"]
        near = [(told["value"], "→", told["amount"]) for told in (closest["below"], closest["above"]) if told]
        return [closest["text"], *aligned(near, right=(0, 2))]
    if "figures" in answer:
        figures = [(wording(f"fact.{name}.label"), value or "?") for name, value in answer["figures"].items()]
        return [*aligned(figures, right=(1,)), *(told["text"] for told in answer["notices"])]
    lines = [
        (
            told["application_date"] or "?",
            " ".join(error["text"] for error in told["errors"]) or told["summary"]["text"],
            " ".join(said["text"] for said in told.get("remarks", [])),
        )
        for told in answer["projects"]
    ]
    ledger = [
        (
            str(row["year"] or ""),
            wording(f"scheme.{row['scheme']}.name"),
            *(_ends(row[name]) for name in _LEDGER),
        )
        for row in answer["years"]
    ]
    heads = tuple(wording(f"plan.{name}") for name in _LEDGER)
    return [*aligned(lines), "", *aligned([("", "", *heads), *ledger], right=(2, 3, 4))]


_LEDGER = ("ceiling", "used", "left")


def _ends(range: dict[str, str]) -> str:
    low, high = range["low"], range["high"]
    return low if low == high else f"{low} - {high}"
