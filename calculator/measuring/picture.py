"""Measured times as bars, in panels: the length tells, the text beside each bar says the same.

Attributes only, no styles: the pages' policy allows no inline style, and colours come from the style sheet. One bar of
a panel is filled and the others are outlined, so that it reads in any colour, on a dark page and in black and white.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

_WIDTH, _LEFT, _RIGHT = 720, 190, 90
_HEADING, _ROW, _BAR, _GAP = 30, 26, 16, 14


class Bar(NamedTuple):
    """A bar from `start`, as long as `length`, in the panel's own measure."""

    name: str
    text: str
    length: float
    filled: bool
    start: float = 0


def bars(panels: Mapping[str, Sequence[Bar]], title: str) -> str:
    """The panels below each other; each has a scale of its own, from nothing to its longest bar."""
    top, drawn = 0, []
    for name, panel in panels.items():
        drawn.append(_panel(name, panel, top))
        top += _HEADING + _ROW * len(panel) + _GAP
    return (
        f'<div class="page-table" role="group" aria-label="{escape(title)}" tabindex="0">'
        f'<svg class="history-picture" viewBox="0 0 {_WIDTH} {top}" role="img" aria-label="{escape(title)}">'
        f"{''.join(drawn)}</svg></div>"
    )


def _panel(name: str, panel: Sequence[Bar], top: int) -> str:
    scale = (_WIDTH - _LEFT - _RIGHT) / max(bar.start + bar.length for bar in panel)
    parts = [_text(0, top + 18, "history-name", name)]
    for index, bar in enumerate(panel):
        y = top + _HEADING + _ROW * index
        x, width = _LEFT + round(bar.start * scale), max(1, round(bar.length * scale))
        kind = "bar bar--filled" if bar.filled else "bar"
        parts += [
            _text(_LEFT - 8, y + 13, "bar-name", bar.name),
            f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{_BAR}"/>',
            _text(x + width + 6, y + 13, "history-value", bar.text),
        ]
    return "".join(parts)


def _text(x: int, y: int, name: str, text: str) -> str:
    return f'<text class="{name}" x="{x}" y="{y}">{escape(text)}</text>'
