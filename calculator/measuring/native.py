"""How quick the rules are in CPython, where their time goes, and how large they are to install."""

from __future__ import annotations

import cProfile
import csv
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from hatchling.builders.wheel import WheelBuilder

from rules import calculate

UNKNOWN = {"scheme": "kmo_portefeuille"}
_ROWS = 5_000
_PROFILED = 500  # calls
_SMALL = 0.02  # of the time: what takes less goes with all others


def measure(root: Path, known: Mapping[str, Any]) -> dict[str, float]:
    """Milliseconds, rows a second, and the bytes of both wheels: the one to install, and the browser's."""
    with tempfile.TemporaryDirectory() as folder:
        [wheel] = WheelBuilder(str(root)).build(directory=folder, versions=["standard"])
        wheel_bytes = Path(wheel).stat().st_size
        compiled = _compiling_into(folder)
        import_ms, batch_rows = _import(root, compiled), _batch(root, known, compiled)
    fees = count(known["fee"])  # another one each time, as what is written once is kept for the next answer
    return {
        "calculate_ms": taken(lambda: calculate({**known, "fee": next(fees)}, language="nl"), 500),
        "calculate_unknown_ms": taken(lambda: calculate(UNKNOWN, language="nl"), 50),
        "import_ms": import_ms,
        "batch_rows_per_s": batch_rows,
        "wheel_bytes": wheel_bytes,
        "browser_wheel_bytes": sum(
            file.stat().st_size for file in (root / "build" / "site" / "py").glob("*.whl")
        ),
    }


def profile(root: Path, known: Mapping[str, Any]) -> dict[str, float]:
    """The part of a calculation's time that each module takes by itself, the greatest first; the rest last."""
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(_PROFILED):
        calculate(known, language="nl")
    profiler.disable()
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        # What is built in has no file: its time is that of who calls it.
        places = (
            [(file, own)] if file != "~" else [(caller[0], times[2]) for caller, times in callers.items()]
        )
        for place, seconds in places:
            inside = Path(place).is_relative_to(root)
            spent[Path(place).relative_to(root).as_posix() if inside else "python"] += seconds
    whole = spent.total()
    found = {
        place: round(seconds / whole, 3)
        for place, seconds in spent.most_common()
        if seconds / whole >= _SMALL
    }
    return {**found, "others": round(1 - sum(found.values()), 3)}


def taken(action: Callable[[], object], times: int) -> float:
    """The median time of an action in milliseconds, after one that does not count."""
    action()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        found.append(time.perf_counter() - began)
    return round(median(found) * 1000, 3)


def _import(root: Path, compiled: Mapping[str, str]) -> float:
    """The median time to import the rules, with their law and wording, in a new Python."""
    code = "import time; began = time.perf_counter(); import rules; print(time.perf_counter() - began)"
    command = [sys.executable, "-c", code]
    runs = [
        subprocess.run(command, cwd=root, env=compiled, check=True, capture_output=True, text=True)
        for _ in range(16)
    ]
    return round(median(float(done.stdout) for done in runs[1:]) * 1000, 1)


def _compiling_into(folder: str) -> dict[str, str]:
    """An environment in which Python finds modules compiled from the second import on, as installed ones are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": folder}


def _batch(root: Path, known: Mapping[str, Any], compiled: Mapping[str, str]) -> int:
    """Rows a second through the command `batch`, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.csv"
        with rows.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, [*known])
            writer.writeheader()
            writer.writerows(known for _ in range(_ROWS))
        began = time.perf_counter()
        command = [sys.executable, "-m", "rules", "batch", str(rows), str(rows.with_name("out.csv"))]
        subprocess.run(command, cwd=root, env=compiled, check=True, stdout=subprocess.DEVNULL)
        return round(_ROWS / (time.perf_counter() - began))
