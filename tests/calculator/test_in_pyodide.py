"""The rules' own tests once more, in the browser's Python."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ["tests/rules", "-q", "-p", "no:cacheprovider", "-m", "not host_only and not prove"]


def passed(*command: str) -> int:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert (count := re.search(r"(\d+) passed", done.stdout)), done.stdout[-4000:]
    assert "failed" not in done.stdout
    return int(count[1])


def test_the_rules_pass_as_many_tests_as_on_this_machine():
    here = passed(sys.executable, "-m", "pytest", "--collect-only", *TESTS)
    there = passed(
        "node", "calculator/node.mjs", ".venv/pyodide", "pytest", "-p", "_hypothesis_pytestplugin", *TESTS
    )
    assert there == here
