"""How quick the rules are and how large: medians, on this machine, of what visitors and users wait for."""

from __future__ import annotations

import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN = {
    "scheme": "kmo_portefeuille",
    "application_date": "2019-12-01",
    "legal_form": "company",
    "establishment": "flemish_region",
    "public_participation": "0",
    "main_activity_accepted": True,
    "enterprise_size": "small",
    "service": "training",
    "excluded_service": "none",
    "learning_mode": "in_person",
    "service_start": "2019-12-02",
    "fee": "1000",
}
UNKNOWN = {"scheme": "kmo_portefeuille"}
ROWS = 5_000


def report(root: Path, file: Path | None, ways: list[str]) -> None:
    """Measure, print a line for each figure, and write them all as JSON where a file is named."""
    from calculator import starting
    from rules import calculate

    figures: dict[str, float] = {
        "calculate_ms": _median(lambda: calculate(KNOWN, language="nl"), 500),
        "calculate_unknown_ms": _median(lambda: calculate(UNKNOWN, language="nl"), 50),
        "import_ms": _import(root),
        "batch_rows_per_s": _batch(root),
        "wheel_bytes": sum(wheel.stat().st_size for wheel in (root / "build" / "site" / "py").glob("*.whl")),
    }
    figures |= starting.figures(
        root, ways, {"facts": {**KNOWN, "main_activity_accepted": "yes"}, "language": "nl"}
    )
    for name, value in figures.items():
        print(f"  {name:<24}{value:>14,.2f}" if value < 1000 else f"  {name:<24}{value:>14,.0f}")
    if file:
        day = datetime.now(UTC).date().isoformat()
        file.write_text(json.dumps({"day": day, **figures}, indent=2) + "\n", "utf-8")


def _median(action: Callable[[], object], times: int) -> float:
    """The median time of an action in milliseconds, after one that does not count."""
    action()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return round(statistics.median(taken) * 1000, 4)


def _import(root: Path) -> float:
    """The median time to import the rules, with their law and wording, in a new Python."""
    code = "import time; began = time.perf_counter(); import rules; print(time.perf_counter() - began)"
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, cwd=root, check=True, capture_output=True, text=True) for _ in range(6)]
    return round(statistics.median(float(done.stdout) for done in runs[1:]) * 1000, 2)


def _batch(root: Path) -> float:
    """Rows a second through the command `batch`, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.csv"
        with rows.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, [*KNOWN])
            writer.writeheader()
            writer.writerows({**KNOWN, "main_activity_accepted": "yes"} for _ in range(ROWS))
        began = time.perf_counter()
        command = [sys.executable, "-m", "rules", "batch", str(rows), str(rows.with_name("out.csv"))]
        subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
        return round(ROWS / (time.perf_counter() - began), 1)
