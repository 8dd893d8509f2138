"""The figures as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calculator.measuring.figures import GOALS
from calculator.measuring.phases import PHASES
from calculator.measuring.starts import PEER

_STARTS = ("start_cold", "start_warm", "start_10mbit", "start_slow_cpu", "call_early", "call")
NATIVE = (
    "calculate_ms",
    "calculate_unknown_ms",
    "import_ms",
    "batch_rows_per_s",
    "wheel_bytes",
    "browser_wheel_bytes",
)


def lines(found: Mapping[str, Any], ways: Sequence[str]) -> Iterator[str]:
    """The lines of the table."""
    yield "\n{processor}, {cores} cores, {memory} GiB, {system}".format(**found["machine"])
    yield ", ".join(f"{name} {version}" for name, version in found["versions"].items())
    yield f"{found['day']}; medians of {found['runs']}; load {found['load']} when it began\n"
    yield from _compared(found, [*ways, PEER])
    yield "\nThe quickest start, where its time goes (ms):"
    yield "  " + "  ".join(f"{phase} {found[f'start_{phase}_ms']:.0f}" for phase in PHASES)
    yield "\nA calculation in CPython, where its time goes:"
    yield from (f"  {place:<34}{part:>6.0%}" for place, part in found["profile"].items())
    yield "\nIn CPython:"
    yield from (f"  {name:<34}{_written(found[name]):>12}" for name in NATIVE)
    yield f"\n{'What it is to reach':<36}{'measured':>12}{'at most':>12}{'aim':>12}"
    for name, goal in GOALS.items():
        aim = "" if goal.aim is None else _written(goal.aim)
        over = "  over" if found[name] > goal.bound else ""
        yield f"  {name:<34}{_written(found[name]):>12}{_written(goal.bound):>12}{aim:>12}{over}"
    yield f"  {'fuzz_requests':<34}{_written(found['fuzz_requests']):>12}"


def _compared(found: Mapping[str, Any], everybody: Sequence[str]) -> Iterator[str]:
    yield f"{'':<24}" + "".join(f"{way:>12}" for way in everybody)
    rows = {f"{name} (ms)": f"{name}_{{}}_ms" for name in _STARTS}
    rows |= {
        "start_bytes": "start_bytes_{}",
        "start_requests": "start_requests_{}",
        "memory": "memory_{}_bytes",
    }
    for title, name in rows.items():
        cells = (found.get(name.format(way)) for way in everybody)
        yield f"  {title:<22}" + "".join(f"{'' if cell is None else _written(cell):>12}" for cell in cells)


def _written(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 or value == round(value) else f"{value:,.3g}"
