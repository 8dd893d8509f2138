"""A table of cases that comes in pieces of text: each is answered by itself, as `batch` would in the whole.

What a piece needs to know of those before it travels with it, so that nobody has to remember anything.
"""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from rules.batch import FIRST_ROW, Answered, Say, Table, all_rows, answered, manner, opening
from rules.wording import Wording


class Before(NamedTuple):
    """What the pieces before left: the header as written, a row that only the next piece ends, the next number."""

    header: str = ""
    rest: str = ""
    number: int = FIRST_ROW


class Piece(NamedTuple):
    """What a piece gave: its part of the answering file, its rows, and what the next one needs to know."""

    text: str
    rows: list[Answered]
    then: Before


def answer_piece(text: str, before: Before, wording: Wording, say: Say, *, last: bool) -> Piece:
    """Answer every row that ends in a piece of text; ``say`` hears of the columns once, with the header."""
    lines = list(io.StringIO(before.header + before.rest + text, newline=""))
    ends = _ends_of_rows(lines)
    # Whether the last line is whole, and ends its row, only the next piece can tell.
    whole = [end for end in ends if last or end < len(lines)]
    if not whole and not last:
        return Piece("", [], before._replace(rest=before.rest + text))
    out = io.StringIO(newline="")
    hears = _silent if before.header else say
    table = Table(lines[: max(whole, default=len(lines))], out, wording, hears, first=before.number)
    if not before.header:
        table.begin()
    rows = list(answered(table))
    header = "".join(lines[: min(whole, default=len(lines))])
    rest = "".join(lines[max(whole, default=len(lines)) :])
    return Piece(out.getvalue(), rows, Before(header, rest, table.next))


def _ends_of_rows(lines: list[str]) -> list[int]:
    """After how many lines each row ends, the header's first."""
    blank, header = opening(iter(lines))
    written = manner(header)
    if header == written.mark:
        return []
    others = lines[blank + 1 :]
    reader = csv.reader([header.removeprefix(written.mark), *others], delimiter=written.delimiter)
    return [blank + reader.line_num for _ in all_rows(reader)]


def _silent(_: str) -> None:
    pass
