"""A case in each row of a CSV file: the input's columns, then the outcome's. Memory does not grow with the rows.

Delimiter, byte-order mark and line ends stay as they were found. A row that cannot be read does not stop the
others: its errors stand in its own last column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple, TextIO

from rules import LAW, typed_habit
from rules.case import Facts
from rules.days import iso
from rules.facts import FACTS
from rules.money import decimal, short_decimal
from rules.outcome import Outcome, outcome
from rules.planning import plan
from rules.reading import MANY_STRANGERS, Refusal, nearest_name, read
from rules.rule import NOT_MET
from rules.schemes import SCHEMES
from rules.telling import ends
from rules.weighing import Range
from rules.wording import Wording

DELIMITERS = (",", ";", "\t", "|")
LINE_ENDS = ("\r\n", "\n", "\r")
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
_ROWS_PER_REPORT = 500
_ROWS_TOLD = 20
_MARK = "\ufeff"  # the byte-order mark, as UTF-8 decodes it
ENTERPRISE = "enterprise"  # the column of a plan that says whose ledger a row belongs to
FIRST_ROW = 2  # the header is the first, as a spreadsheet counts


Say = Callable[[str], None]
Rows = Callable[[BinaryIO, BinaryIO, Wording, Say, Callable[[int], None] | None], int]


def batch(
    source: BinaryIO,
    target: BinaryIO,
    wording: Wording,
    say: Say,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Answer every row of ``source`` into ``target``; returns how many rows had errors, each told to ``say``."""
    lines, out = _texts(source, target)
    table = Table(lines, out, wording, say)
    table.begin()
    for row in answered(table):
        if progress and row.number % _ROWS_PER_REPORT == 0:
            progress(row.number)
    return _end(table, lines, out)


def plan_rows(
    source: BinaryIO,
    target: BinaryIO,
    wording: Wording,
    say: Say,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Answer every row as a project of the enterprise that its column ``enterprise`` names, in place."""
    lines, out = _texts(source, target)
    table = Table(lines, out, wording, say, own_columns=(ENTERPRISE,))
    table.begin()
    if not table.has(ENTERPRISE):
        say(wording("command.one_ledger", column=ENTERPRISE))
    rows = list(table.rows())
    answers: dict[int, list[str]] = {}  # by the number of the row
    ledgers: dict[str, list[tuple[int, Facts]]] = {}
    for row in rows:
        if row.blank:
            continue
        facts, refusals = table.read(row.raw)
        if refusals:
            answers[row.number] = _refused(refusals)
        else:
            ledgers.setdefault(table.cell(row.own, ENTERPRISE), []).append((row.number, facts))
    for count, projects in enumerate(ledgers.values(), 1):
        found = plan([facts for _, facts in projects], LAW)
        for (number, _), told in zip(projects, found.projects, strict=True):
            answers[number] = _columns(told)
        if progress:
            progress(count)
    for row in rows:
        table.write(row, answers.get(row.number, []))
    return _end(table, lines, out)


class Manner(NamedTuple):
    """How a table is written, as its first line shows."""

    mark: str
    delimiter: str
    line_end: str


def opening(lines: Iterator[str]) -> tuple[int, str]:
    """How many blank lines a table begins with, and its header, with the mark that stands before them all."""
    first = next(lines, "")
    mark = _MARK if first.startswith(_MARK) else ""
    for count, line in enumerate(chain([first.removeprefix(mark)], lines)):
        if line.strip("\r\n"):
            return count, mark + line
    return count, mark


def manner(first: str) -> Manner:
    """The manner of a table, by the line that holds its header."""
    mark = _MARK if first.startswith(_MARK) else ""
    end = next((end for end in LINE_ENDS if first.endswith(end)), "\n")
    return Manner(mark, max(DELIMITERS, key=first.count), end)


class Row(NamedTuple):
    """A row: its number as a spreadsheet counts, its cells, and the facts in them; None where it cannot be read."""

    number: int
    own: list[str]
    raw: dict[str, str] | None

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it, not even a delimiter."""
        return not self.own and self.raw is not None


class Answered(NamedTuple):
    """A row that was answered: its number, and its outcome or what was wrong with it."""

    number: int
    outcome: Outcome | None
    refusals: list[Refusal]


def answered(table: Table) -> Iterator[Answered]:
    """Answer each row of a table in its place; a blank one stays as it is."""
    for row in table.rows():
        if row.blank:
            table.write(row, [])
            continue
        facts, refusals = table.read(row.raw)
        found = None if refusals else outcome(SCHEMES[facts["scheme"]], facts, LAW, explain=False)
        table.write(row, _columns(found) if found else _refused(refusals))
        yield Answered(row.number, found, refusals)


class Table:
    """A CSV table read row by row, and the one written beside it in the same manner.

    ``lines`` are its lines with their ends, ``first`` is the number of the first row below the header.
    """

    def __init__(
        self,
        lines: Iterable[str],
        out: TextIO,
        wording: Wording,
        say: Say,
        own_columns: tuple[str, ...] = (),
        first: int = FIRST_ROW,
    ):
        others = iter(lines)
        self.blank, header_line = opening(others)
        self.manner = manner(header_line)
        lines = chain([header_line.removeprefix(_MARK)], others)
        self.reader = csv.reader(lines, delimiter=self.manner.delimiter)
        self.out = out
        self.writer = csv.writer(out, delimiter=self.manner.delimiter, lineterminator=self.manner.line_end)
        header = next(all_rows(self.reader))
        self.columns = header or []
        self.names = _names(self.columns, wording, say, own_columns)
        self.next = first
        self.wording = wording
        self.say = say
        self.habit = typed_habit(wording.language)
        self.bad = 0
        self.first_bad: list[str] = []

    def begin(self) -> None:
        """Write the header, after as many blank lines as stand before it."""
        self.out.write(self.manner.mark + self.manner.line_end * self.blank)
        self.next += self.blank
        self.writer.writerow([*self.columns, *COLUMNS])

    def rows(self) -> Iterator[Row]:
        """Each row; one that breaks CSV's own rules, or is too long, cannot be read."""
        for cells in all_rows(self.reader):
            number, self.next = self.next, self.next + 1
            if cells is None or (cells and len(cells) > len(self.columns)):
                yield Row(number, (cells or [])[: len(self.columns)], None)
            else:
                raw = {name: cell for name, cell in zip(self.names, cells, strict=False) if name}
                yield Row(number, cells, raw)

    def read(self, raw: dict[str, str] | None) -> tuple[Facts, list[Refusal]]:
        """A row's facts, and what is wrong with them."""
        return ({}, [Refusal(None, "not_an_object")]) if raw is None else read(raw, self.habit)

    def has(self, column: str) -> bool:
        """Whether there is such a column."""
        return self._place(column) < len(self.columns)

    def cell(self, row: list[str], column: str) -> str:
        """What stands in one of a row's columns, by its header."""
        place = self._place(column)
        return row[place] if place < len(row) else ""

    def _place(self, column: str) -> int:
        plain = (name.strip().casefold() for name in self.columns)
        return next((place for place, name in enumerate(plain) if name == column), len(self.columns))

    def write(self, row: Row, answer: list[str]) -> None:
        """Write a row with its answer; a blank one stays blank."""
        if row.blank:
            self.writer.writerow([])
        else:
            if answer[-1]:
                self.bad += 1
                if self.bad <= _ROWS_TOLD:
                    self.first_bad.append(str(row.number))
            self.writer.writerow([*row.own, *[""] * (len(self.columns) - len(row.own)), *answer])
        self.out.flush()

    def end(self) -> int:
        """Tell of the rows with errors; returns how many there were."""
        if self.bad:
            rows = self.wording.listed([*self.first_bad, *["…"] * (self.bad > _ROWS_TOLD)])
            self.say(self.wording.counted("command.rows_with_errors", self.bad, rows=rows))
        return self.bad


def _texts(source: BinaryIO, target: BinaryIO) -> tuple[io.TextIOWrapper, io.TextIOWrapper]:
    """Streams of bytes as text. What is there of the source is read, and no more waited for."""
    return (
        io.TextIOWrapper(source, encoding="utf-8", errors="replace", newline=""),
        io.TextIOWrapper(target, encoding="utf-8", newline=""),
    )


def _end(table: Table, *texts: io.TextIOWrapper) -> int:
    for text in texts:
        text.detach()  # who opened the stream below closes it
    return table.end()


def all_rows(rows: Iterator[list[str]]) -> Iterator[list[str] | None]:
    """Every row; None for one that breaks CSV's own rules."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _names(
    columns: list[str], wording: Wording, say: Callable[[str], None], own_columns: tuple[str, ...]
) -> list[str | None]:
    """The fact that each column holds: by name, by its label in the language, or one letter from a name."""
    labels = {wording(f"fact.{name}.label").casefold(): name for name in FACTS}
    exact = {column.strip() for column in columns} & set(FACTS)
    names: list[str | None] = []
    strangers: list[str] = []
    for column in columns:
        plain = column.strip()
        if plain.casefold() in own_columns:
            names.append(None)
            continue
        name = plain if plain in FACTS else labels.get(plain.casefold())
        if name is None and len(strangers) < MANY_STRANGERS:
            name = nearest_name(plain, FACTS, 1)
        if name in names or (name != plain and name in exact):  # a column called like the fact goes before
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
    return ("", "") if range is None else [end or "" for end in ends(range, text)]


def _refused(refusals: list[Refusal]) -> list[str]:
    errors = "+".join(f"{refusal.fact or ''}:{refusal.code}" for refusal in refusals)
    return [*[""] * (len(COLUMNS) - 1), errors]
