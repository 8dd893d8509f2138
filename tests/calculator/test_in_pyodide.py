"""The rules' own tests once more, in the browser's Python."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ["tests/rules", "-p", "no:cacheprovider", "-m", "not host_only and not prove"]
NODE = [str(ROOT / ".venv" / "bin" / "node"), "calculator/node.mjs", ".venv/pyodide"]


def closing_line(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout.splitlines()[-1].strip("= ")


def test_as_many_tests_pass_as_there_are_on_this_machine():
    here = closing_line(sys.executable, "-m", "pytest", "--collect-only", *TESTS)
    there = closing_line(*NODE, "pytest", "-p", "_hypothesis_pytestplugin", *TESTS)
    collected = re.match(r"(\d+)(/\d+)? tests? ", here)
    passed = re.match(r"(\d+) passed(, \d+ deselected)?(, \d+ warnings?)? in ", there)
    assert collected, here
    assert passed, there
    assert passed[1] == collected[1]
