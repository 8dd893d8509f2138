"""Runs in Pyodide (see node.mjs): names the wheel in a lock file of its own beside it, for Pyodide to
find, then compiles it with the browser's own Python.

    python -m calculator.pack WHEEL
"""

import sys
from pathlib import Path

from pyodide_build.cli.py_compile import main as py_compile
from pyodide_lock import PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec

RUNTIME_LOCK = Path("/pyodide/pyodide-lock.json")


def pack(wheel: Path) -> None:
    """Index the wheel first: compiling renames it, and corrects the index itself."""
    lock = PyodideLockSpec.from_json(RUNTIME_LOCK)
    lock.packages.clear()  # the wheel needs none of the distribution's packages
    lock = add_wheels_to_spec(lock, [wheel])
    lock.to_json(wheel.parent / "pyodide-lock.json")
    py_compile([str(wheel.parent), "--silent"], standalone_mode=False)


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
