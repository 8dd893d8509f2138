"""What the pages tell of the last bench, out of `docs/bench.json`: no figure of it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from calculator.measuring import picture
from calculator.measuring.figures import GOALS
from calculator.measuring.peer import MODEL
from calculator.measuring.phases import PHASES
from calculator.measuring.starts import PEER, STOCK
from rules.wording import WORDINGS

_FILE = Path(__file__).parents[2] / "docs" / "bench.json"
_CONDITIONS = ("start_cold", "start_warm", "start_10mbit", "start_slow_cpu")


class Measured:
    """The functions for the pages of one language, given its words."""

    def __init__(self, language: str, words: Mapping[str, Any]) -> None:
        self.wording = WORDINGS[language]
        self.words = words

    def functions(self) -> dict[str, Callable[..., str]]:
        """What prose may call, by name."""
        told = (
            self.measured,
            self.measured_machine,
            self.measured_starts,
            self.measured_picture,
            self.measured_phases,
            self.measured_profile,
            self.measured_goals,
            self.measured_model,
        )
        return {function.__name__: function for function in told}

    def measured(self, name: str) -> str:
        """A figure with its unit; or the day of the bench."""
        found = bench()[name]
        text = self.wording.day(found) if name == "day" else self._written(name, found)
        return escape(text.replace(" ", "\u00a0"))

    def measured_machine(self) -> str:
        """What the bench ran on, and with which versions."""
        versions = [f"{name} {version}" for name, version in bench()["versions"].items()]
        return escape(", ".join([self.words["machine"].format(**bench()["machine"]), *versions]))

    def measured_starts(self) -> str:
        """Everybody that was compared, with what a visitor waits for and what it costs, as a table."""
        columns = {
            **{name: f"{name}_{{}}_ms" for name in _CONDITIONS},
            "call": "call_{}_ms",
            "bytes": "start_bytes_{}",
            "memory": "memory_{}_bytes",
        }
        rows = []
        for way in (*bench()["ways"], PEER):
            cells = (
                (name, bench().get(name)) for name in (column.format(way) for column in columns.values())
            )
            written = ["" if found is None else self.measured(name) for name, found in cells]
            rows.append([self._way(way), *written])
        return _table([self.words["what"], *(self.words[name] for name in columns)], rows)

    def measured_picture(self) -> str:
        """The first answer in each condition, as bars: the quickest way, stock Pyodide and publicodes."""
        quickest = bench()["ways"][0]
        panels = {
            self.words[condition]: [
                picture.Bar(self._way(way), self._written(name, found), found, way == quickest)
                for way in (quickest, STOCK, PEER)
                for name in [f"{condition}_{way}_ms"]
                for found in [bench()[name]]
            ]
            for condition in _CONDITIONS
        }
        return picture.bars(panels, self.words["picture"])

    def measured_phases(self) -> str:
        """Where the time of the quickest start goes, as bars one after the other."""
        return picture.bars({self.words["phases"]: [*self._phases()]}, self.words["phases"])

    def measured_profile(self) -> str:
        """Where the time of a calculation goes, as a table."""
        rows = [
            [
                f"`{place}`" if "/" in place else self.words[place],
                self.wording.percent(f"{part * 100:.0f}"),
            ]
            for place, part in bench()["profile"].items()
        ]
        return _table([self.words["module"], self.words["part"]], rows)

    def measured_goals(self) -> str:
        """What is to be reached, with what was, as a table."""
        rows = []
        for name, goal in GOALS.items():
            if name not in bench():  # it is measured since
                continue
            ends = (bench()[name], goal.bound, goal.aim)
            written = ["" if end is None else self._written(name, end) for end in ends]
            rows.append([f"{self.words['goals'][name]} (`{name}`)", *written])
        return _table([self.words[name] for name in ("what", "reached", "bound", "aim")], rows)

    def measured_model(self) -> str:
        """The source of the model that publicodes calculates with, folded."""
        text = escape(MODEL.read_text("utf-8"))
        name = self.words["model"]
        return (
            f"<details><summary>{name}</summary>"
            f'<pre role="group" tabindex="0" aria-label="{name}"><code>{text}</code></pre></details>'
        )

    def _phases(self) -> Iterator[picture.Bar]:
        start = 0.0
        for phase in PHASES:
            name = f"start_{phase}_ms"
            taken = bench()[name]
            yield picture.Bar(self.words[phase], self._written(name, taken), taken, True, start)
            start += taken

    def _way(self, way: str) -> str:
        return str(self.words["ways"].get(way, way))

    def _written(self, name: str, value: float) -> str:
        text = _with_unit(name, value)
        marks = {".": self.wording("format.decimal_mark"), ",": self.wording("format.group_mark")}
        # A figure and its unit never stand apart at the end of a line.
        return "".join(marks.get(letter, letter) for letter in text).replace(" ", "\u00a0")


def _with_unit(name: str, value: float) -> str:
    if name.endswith("_ms"):
        return f"{value / 1000:.2f} s" if value >= 100 else f"{value:.1f} ms".replace(".0 ", " ")
    if "bytes" in name:
        return f"{value / 1_000_000:.1f} MB" if value >= 1_000_000 else f"{value / 1000:.0f} kB"
    if "_vs_" in name:
        return f"{value:,.2f}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, with numbers to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@cache
def bench() -> dict[str, Any]:
    """What `build.py bench` measured last, the day on which it did, and on what."""
    found: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return found
