"""A case in each row of a CSV file: the input's columns, then the outcome's. Memory does not grow with the rows.

Delimiter, byte-order mark and line ends stay as they were found. A row that cannot be read does not stop the
others: its errors stand in its own last column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from rules import LAW, typed_habit
from rules.days import iso
from rules.facts import FACTS
from rules.money import decimal, short_decimal
from rules.outcome import Outcome, outcome
from rules.reading import Refusal, nearest_name, read
from rules.rule import NOT_MET
from rules.schemes import SCHEMES
from rules.weighing import Range
from rules.wording import Wording

DELIMITERS = (",", ";", "\t", "|")
AMOUNTS = tuple(dict.fromkeys(name for scheme in SCHEMES.values() for name in scheme.amounts))
DEADLINES = tuple(
    dict.fromkeys(rule.id for scheme in SCHEMES.values() for rule in scheme.deadlines if rule.required)
)
COLUMNS = (
    "verdict",
    *(f"{name}_{end}" for name in AMOUNTS for end in ("low", "high")),
    "rate_low",
    "rate_high",
    *(f"deadline_{name}" for name in DEADLINES),
    "questions",
    "conditions_not_met",
    "errors",
)
_LOOK_AHEAD = 64 * 1024
_ROWS_PER_REPORT = 500


def batch(
    source: BinaryIO,
    target: BinaryIO,
    wording: Wording,
    say: Callable[[str], None],
    progress: Callable[[int], None] | None = None,
) -> int:
    """Answer every row of ``source`` into ``target``; returns how many rows had errors, each told to ``say``."""
    start = source.read(_LOOK_AHEAD)
    mark = b"\xef\xbb\xbf" if start.startswith(b"\xef\xbb\xbf") else b""
    header = _first_line(start[len(mark) :].decode("utf-8", "replace"))
    line_end = "\r\n" if b"\r\n" in start else "\n"
    delimiter = max(DELIMITERS, key=header.count)
    text = io.TextIOWrapper(
        io.BufferedReader(_Joined(start[len(mark) :], source)), encoding="utf-8", errors="replace", newline=""
    )
    out = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    target.write(mark)
    rows = csv.reader(text, delimiter=delimiter)
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    columns = next(rows, [])
    names = _names(columns, wording, say)
    writer.writerow([*columns, *COLUMNS])
    bad: list[int] = []
    habit = typed_habit(wording.language)
    for number, row in enumerate(_all(rows), 2):
        if row == []:
            continue
        if row is None or len(row) > len(columns):
            own, answer = (row or [])[: len(columns)], _refused([Refusal(None, "not_an_object")])
        else:
            own = row
            facts, refusals = read(
                {name: cell for name, cell in zip(names, row, strict=False) if name}, habit
            )
            if refusals:
                answer = _refused(refusals)
            else:
                answer = _columns(outcome(SCHEMES[facts["scheme"]], facts, LAW, explain=False))
        if answer[-1]:
            bad.append(number)
        writer.writerow([*own, *[""] * (len(columns) - len(own)), *answer])
        if progress and number % _ROWS_PER_REPORT == 0:
            progress(number)
    out.flush()
    out.detach()
    if bad:
        shown = [str(number) for number in bad[:20]] + (["…"] if len(bad) > 20 else [])
        say(wording.counted("command.rows_with_errors", len(bad), rows=wording.listed(shown)))
    return len(bad)


def _all(rows: Iterator[list[str]]) -> Iterator[list[str] | None]:
    """Every row; None for one that breaks CSV's own rules."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _names(columns: list[str], wording: Wording, say: Callable[[str], None]) -> list[str | None]:
    """The fact that each column holds: by name, by its label in the language, or one letter from a name."""
    labels = {wording(f"fact.{name}.label").casefold(): name for name in FACTS}
    names: list[str | None] = []
    strangers = []
    for column in columns:
        plain = column.strip()
        name = plain if plain in FACTS else labels.get(plain.casefold()) or nearest_name(plain, FACTS, 1)
        if name in names:
            name = None
        if name is None and plain:
            strangers.append(plain)
        elif name is not None and name != plain:
            say(wording("command.taken_for", column=plain, fact=name))
        names.append(name)
    if strangers:
        say(wording("command.carried_through", columns=wording.listed(strangers)))
    return names


def _columns(found: Outcome) -> list[str]:
    days = {due.rule.id: iso(due.day) for due in found.deadlines if due.rule.required}
    not_met = [judged.rule.id for judged in found.conditions if judged.state == NOT_MET]
    return [
        found.verdict,
        *(end for name in AMOUNTS for end in _ends(found.amounts.get(name), decimal)),
        *_ends(found.amounts.get("rate"), short_decimal),
        *(days.get(name, "") for name in DEADLINES),
        "+".join(found.questions),
        "+".join(not_met),
        "",
    ]


def _ends(range: Range | None, text: Callable[[int], str]) -> Iterable[str]:
    if range is None:
        return "", ""
    return ("" if end is None else text(end) for end in range)


def _refused(refusals: list[Refusal]) -> list[str]:
    errors = "+".join(f"{refusal.fact or ''}:{refusal.code}" for refusal in refusals)
    return [*[""] * (len(COLUMNS) - 1), errors]


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0]


class _Joined(io.RawIOBase):
    """What was read ahead, then the rest of a stream."""

    def __init__(self, start: bytes, rest: BinaryIO):
        self.start = start
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if not self.start:
            self.start = self.rest.read(len(buffer))
        part, self.start = self.start[: len(buffer)], self.start[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)
