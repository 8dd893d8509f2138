"""Imports point one way: `rules` knows nobody but Python itself, `calculator` knows `rules`."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {"rules", "calculator", "build", "tests"}


def imported(file: Path) -> set[str]:
    """The top-level modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return found


def files(room: str) -> list[str]:
    return [file.relative_to(ROOT).as_posix() for file in sorted((ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize("file", files("rules"))
def test_the_rules_import_the_standard_library_alone(file):
    assert imported(ROOT / file) <= {*sys.stdlib_module_names, "rules"}


@pytest.mark.parametrize("file", files("calculator"))
def test_the_calculator_imports_nobody_but_the_rules(file):
    assert imported(ROOT / file) & ROOMS <= {"rules", "calculator"}
