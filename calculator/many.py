"""A table of many cases, piece by piece: the page reads a file, and what is reckoned of it is saved as another.

Nothing is kept from one piece to the next: what each needs of those before comes along with it, as `carried`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from calculator.asked import Asked
from calculator.pieces import Before, answer_piece
from calculator.view import Places, holding
from rules.batch import Answered
from rules.telling import between, refused
from rules.wording import Wording

MOST_LISTED = 100  # rows with errors that the page lists; the file holds them all
PREVIEW = 10  # of the rows without errors
_SECOND, _MINUTE = 1_000, 60_000  # in milliseconds
_ROUGHLY = 10  # seconds are told in tens

_START: dict[str, Any] = {
    "before": Before(),
    "rows": 0,
    "wrong": 0,
    "bad": [],
    "good": [],
    "notes": [],
    "done": 0,
}


def batch(asked: Asked) -> dict[str, Any]:
    """Answer a piece of a file.

    Settings: `text`, the piece; `last`, where no more comes; `carried`, as the reply to the piece before gave it; and
    for the time that is left `done` and `size`, in bytes with this piece, and `passed`, the milliseconds so far.

    In the reply `text` is a piece of the file to be saved, identical to what the command line writes.
    """
    so_far = _START | json.loads(asked.settings.get("carried") or "{}")
    notes: list[str] = []
    text, last = asked.settings.get("text", ""), bool(asked.settings.get("last"))
    piece = answer_piece(text, Before(*so_far["before"]), asked.say, notes.append, last=last)
    bad = [row for row in piece.rows if row.refusals]
    good = [row for row in piece.rows if row.outcome]
    carried = {
        "before": piece.then,
        "rows": so_far["rows"] + len(piece.rows),
        "wrong": so_far["wrong"] + len(bad),
        "bad": so_far["bad"] + [_bad(row, asked.say) for row in bad[: MOST_LISTED - len(so_far["bad"])]],
        "good": so_far["good"] + [_good(row, asked.say) for row in good[: PREVIEW - len(so_far["good"])]],
        "notes": so_far["notes"] + [{"text": note} for note in notes],
        "done": int(asked.settings.get("done") or 0),
    }
    places = holding({**_told(carried, asked.say), **_progress(so_far["done"], carried["done"], asked)})
    return {"places": places, "text": piece.text, "carried": json.dumps(carried, ensure_ascii=False)}


def _bad(row: Answered, say: Wording) -> Places:
    errors = refused(row.refusals, say)["errors"]
    return {"row": say.grouped(str(row.number)), "text": " ".join(error["text"] for error in errors)}


def _good(row: Answered, say: Wording) -> Places:
    assert row.outcome is not None
    return {
        "row": say.grouped(str(row.number)),
        "verdict": say(f"verdict.{row.outcome.verdict}"),
        "support": between(row.outcome.amounts["support"], "euro", say),
    }


def _told(carried: Mapping[str, Any], say: Wording) -> Places:
    unlisted = carried["wrong"] - len(carried["bad"])
    return {
        "count": say(
            "batch.count", rows=say.grouped(str(carried["rows"])), wrong=say.grouped(str(carried["wrong"]))
        ),
        "bad": carried["bad"],
        "more": say("batch.more", count=say.grouped(str(unlisted))) if unlisted else "",
        "good": carried["good"],
        "notes": carried["notes"],
    }


def _progress(before: int, done: int, asked: Asked) -> Places:
    """How far the file is, and the time left if it goes on as until now: `before` bytes took the time passed."""
    size, passed = (int(asked.settings.get(name) or 0) for name in ("size", "passed"))
    share = 100 * done // size if size else 100
    left = passed * (size - done) // before if before else 0
    return {
        "share": str(share),
        "percent": asked.say.percent(str(share)),
        "left": _time(left, asked.say) if before and done < size else "",
    }


def _time(left: int, say: Wording) -> str:
    if left >= _MINUTE:
        minutes = (left + _MINUTE // 2) // _MINUTE
        return say("batch.minutes", count=minutes) if minutes > 1 else say("batch.minute")
    tens = left // _SECOND // _ROUGHLY * _ROUGHLY
    return say("batch.seconds", count=tens) if tens else say("batch.soon")
