"""The figures of a run by name: medians, ratios of medians, and what each of them is to be at most."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from calculator.measuring.paint import WITH, WITHOUT
from calculator.measuring.starts import PEER, STOCK, Times


class Goal(NamedTuple):
    """What a figure is to be at most, and what would be better still."""

    bound: float
    aim: float | None = None


GOALS = {
    "start_cold_vs_pyodide": Goal(0.09, 0.06),
    "start_cold_vs_publicodes": Goal(5, 3),
    "start_warm_vs_pyodide": Goal(0.07),
    "start_cold_10mbit_vs_pyodide": Goal(0.26, 0.17),
    "start_cold_slow_cpu_vs_pyodide": Goal(0.12),
    "first_paint_vs_page_without": Goal(1.1),
    "call_vs_publicodes": Goal(2, 1),
    "start_bytes": Goal(2_400_000, 1_500_000),
    "start_requests": Goal(3),
    "memory_vs_pyodide": Goal(0.8, 0.6),
    "traps": Goal(0),
    "fuzz_differences": Goal(0),
    "calculate_ms": Goal(0.5, 0.3),
    "calculate_unknown_ms": Goal(8, 4),
    "import_ms": Goal(60),
    "wheel_bytes": Goal(200_000),
    "keystroke_ms_p95": Goal(50),
    "keystroke_slow_cpu_ms_p95": Goal(150),
    "curve_ms_p95": Goal(250),
    "long_tasks": Goal(0),
    "own_javascript_bytes": Goal(12_000),
}
_COUNTED = ("start_bytes", "start_requests", "memory")  # all others are times


def medians(times: Times) -> dict[str, float]:
    """The median of all that was measured, each under its name and unit."""
    found = {}
    for name, values in times.items():
        counted = name.startswith(_COUNTED)
        unit = "_bytes" if name.startswith("memory") else "" if counted else "_ms"
        found[name + unit] = round(median(values)) if counted else round(median(values), 3)
    return found


def of_quickest(times: Times, quickest: str) -> dict[str, float]:
    """The quickest way: what a visitor waits for, also against stock Pyodide and publicodes, and what it costs."""

    def ratio(name: str, other: str) -> float:
        return round(median(times[f"{name}_{quickest}"]) / median(times[f"{name}_{other}"]), 3)

    waited = ("start_cold", "start_warm", "start_10mbit", "start_slow_cpu", "call_early", "call")
    return {
        **{f"{name}_ms": round(median(times[f"{name}_{quickest}"]), 3) for name in waited},
        "start_cold_vs_pyodide": ratio("start_cold", STOCK),
        "start_cold_vs_publicodes": ratio("start_cold", PEER),
        "start_warm_vs_pyodide": ratio("start_warm", STOCK),
        "start_cold_10mbit_vs_pyodide": ratio("start_10mbit", STOCK),
        "start_cold_slow_cpu_vs_pyodide": ratio("start_slow_cpu", STOCK),
        "first_paint_vs_page_without": round(median(times[WITH]) / median(times[WITHOUT]), 3),
        "call_vs_publicodes": ratio("call", PEER),
        "start_bytes": median(times[f"start_bytes_{quickest}"]),
        "start_requests": median(times[f"start_requests_{quickest}"]),
        "memory_vs_pyodide": ratio("memory", STOCK),
    }


def ranges(times: Times) -> dict[str, Sequence[float]]:
    """The least and the greatest of each time."""
    return {
        name: (round(min(values), 2), round(max(values), 2))
        for name, values in times.items()
        if not name.startswith(_COUNTED)
    }
