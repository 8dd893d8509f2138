"""A picture of values that change in steps: time runs to the right, each step says its value.

Attributes only, no styles: the pages' policy allows no inline style, and colours come from the style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import TypeAlias

Step: TypeAlias = tuple[date, int, str]  # since when, how high, what it says
Panel: TypeAlias = Mapping[str, Sequence[Step]]  # the lines of a panel by name

_WIDTH, _PANEL, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 190, 12, 150, 44, 34


def steps(panels: Mapping[str, Panel], *, until: date, both: str, title: str) -> str:
    """The panels below each other, on one axis of time; lines that end at the same height share the name `both`."""
    first = min(line[0][0] for panel in panels.values() for line in panel.values())
    height = _PANEL * len(panels)
    drawn = [
        _panel(name, lines, first, until, both, top=_PANEL * index)
        for index, (name, lines) in enumerate(panels.items())
    ]
    return (
        f'<div class="page-table" role="group" aria-label="{escape(title)}" tabindex="0">'
        f'<svg class="history-picture" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        f"{''.join(drawn)}</svg></div>"
    )


def _panel(name: str, lines: Panel, first: date, until: date, both: str, top: int) -> str:
    span = (until - first).days
    highest = max(value for line in lines.values() for _, value, _ in line)

    def across(day: date) -> int:
        return _LEFT + round((_WIDTH - _LEFT - _RIGHT) * (day - first).days / span)

    def up(value: int) -> int:
        return top + _PANEL - _BOTTOM - round((_PANEL - _TOP - _BOTTOM) * value / highest)

    parts = [_text(_LEFT, top + 16, "history-name", name)]
    base = up(0)
    parts.append(f'<path class="history-axis" d="M{_LEFT} {base}H{_WIDTH - _RIGHT}"/>')
    days = sorted({since for line in lines.values() for since, *_ in line})
    parts += [_text(across(day), base + 18, "history-day", str(day.year)) for day in days]
    ends: dict[int, str] = {}
    said: set[tuple[int, int]] = set()
    for index, (label, line) in enumerate(lines.items(), start=1):
        path = f"M{across(line[0][0])} {up(line[0][1])}"
        for (since, value, text), (end, _, _) in pairwise([*line, (until, 0, "")]):
            place = (across(since), up(value))
            path += f"V{place[1]}H{across(end)}"
            if place not in said:
                parts.append(_text(place[0] + 4, place[1] - 6, "history-value", text))
                said.add(place)
        parts.append(f'<path class="history-line history-line--{index}" d="{path}"/>')
        last = up(line[-1][1])
        ends[last] = both if last in ends else label
    parts += [_text(_WIDTH - _RIGHT + 8, y + 4, "history-label", label) for y, label in ends.items()]
    return "".join(parts)


def _text(x: int, y: int, name: str, text: str) -> str:
    return f'<text class="{name}" x="{x}" y="{y}">{text}</text>'
