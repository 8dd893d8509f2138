"""Mutations of the code of `rules`: one operator, condition or constant changed, to see that a test notices.

    python3 build.py mutate --code                            every module
    python3 build.py mutate --code rules/money.py             some modules
    python3 build.py mutate --code --changed [COMMIT]         the lines that differ from a commit

A mutant takes the place of one function's code in this process, and the tests that call the function run until one
fails. Killed means by an assertion: another exception, a time-out and a line that no test runs are survivors.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import pytest

from rules.rule import Rule
from tests.mutate import BREAKS, EXPECTATIONS, FAILS, ROOT, passes, plain, result

SECONDS = 20  # for one test of one mutant
ENOUGH = 20  # tests that break without an assertion: the next ones will too
MORE = [
    *("tests/rules/test_reading.py", "tests/rules/test_uses.py", "tests/rules/test_health.py"),
    *("tests/rules/test_law_data.py", "tests/rules/test_wording.py"),
]
_SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


class Mutant(NamedTuple):
    """One change in one function: where it stands, what it is, and the function's code with it."""

    module: str
    line: int
    change: str
    function: FunctionType
    code: CodeType

    @property
    def name(self) -> str:
        """File, line and change: what a survivor is listed by."""
        return f"{self.module}:{self.line}  {self.function.__qualname__}  {self.change}"


def mutants(file: Path, lines: set[int] | None) -> Iterator[Mutant]:
    """Every mutant of a module, or of some of its lines."""
    name = file.relative_to(ROOT).as_posix()
    live = _functions(
        importlib.import_module(name.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
    )
    tree = ast.parse(file.read_text("utf-8"))
    for owner, definition in _definitions(tree):
        qualified = f"{owner}{definition.name}"
        if qualified not in live:
            continue
        defaults = {id(part) for default in definition.args.defaults for part in ast.walk(default)}
        for index, node in enumerate(ast.walk(definition)):
            if id(node) in defaults:  # which are no part of the function's code
                continue
            line = getattr(node, "lineno", definition.lineno)
            if lines is not None and line not in lines:
                continue
            for change, apply in _changes(node):
                changed = copy.deepcopy(definition)
                changed.decorator_list, changed.returns = [], None
                apply(_at(changed, definition, index))
                code = _compiled(changed, tree, file)
                if code.co_freevars == live[qualified].__code__.co_freevars:
                    yield Mutant(name, line, change, live[qualified], code)


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.", part) for part in node.body if isinstance(part, ast.FunctionDef))


def _functions(module: Any) -> dict[str, FunctionType]:
    """The functions of a module as they live, by qualified name; of rules, the functions that they mark."""
    things = list(vars(module).values())
    things += [part for thing in things if inspect.isclass(thing) for part in vars(thing).values()]
    bare = [_bare(thing) for thing in things]
    return {one.__qualname__: one for one in bare if one and one.__module__ == module.__name__}


def _bare(thing: Any) -> FunctionType | None:
    if isinstance(thing, Rule):
        thing = thing.function
    if isinstance(thing, property):
        thing = thing.fget
    if isinstance(thing, classmethod | staticmethod):
        thing = thing.__func__
    thing = inspect.unwrap(thing) if callable(thing) else thing
    return thing if isinstance(thing, FunctionType) else None


def _at(changed: ast.FunctionDef, definition: ast.FunctionDef, index: int) -> ast.AST:
    """The node of a copy that stands where the original's does; decorators and annotations come last to go."""
    whole = copy.deepcopy(definition)
    node = list(ast.walk(whole))[index]
    changed.body, changed.args = whole.body, whole.args
    return node


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    """What may be changed at a node, and how."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPS:
        other = _SWAPS[type(node.ops[0])]
        yield f"{_sign(node.ops[0])} to {other.__name__}", lambda found: found.ops.__setitem__(0, other())
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in _SWAPS:
        swapped = _SWAPS[type(node.op)]
        yield f"{_sign(node.op)} to {swapped.__name__}", lambda found: setattr(found, "op", swapped())
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
        value = (not node.value) if isinstance(node.value, bool) else node.value + 1
        yield f"{node.value} to {value}", lambda found: setattr(found, "value", value)
    elif isinstance(node, ast.If | ast.IfExp):
        yield (
            "condition turned",
            lambda found: setattr(
                found, "test", ast.copy_location(ast.UnaryOp(ast.Not(), found.test), found.test)
            ),
        )


def _sign(operator: ast.AST) -> str:
    return type(operator).__name__


def _compiled(changed: ast.FunctionDef, tree: ast.Module, file: Path) -> CodeType:
    """The code of a changed function, with the module's own `from __future__` imports."""
    heads = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    module = ast.fix_missing_locations(ast.Module([*heads, changed], []))
    code = compile(module, str(file), "exec")
    return next(
        part for part in code.co_consts if isinstance(part, CodeType) and part.co_name == changed.name
    )


# --- the tests ---------------------------------------------------------------------------------


class TimeOut(Exception):
    """A test that does not end."""


def _took(one: tuple[float, pytest.Function]) -> float:
    return one[0]


def _run_by(item: pytest.Function) -> set[CodeType]:
    """The code that a test calls; none where it fails without any mutant, for then it notices nothing."""
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            seen.add(frame.f_code)

    sys.setprofile(note)
    try:
        good = passes(item)
    finally:
        sys.setprofile(None)
    return seen if good else set()


class Hunt:
    """A plugin of pytest that runs, for each mutant, the tests that call its function, until one fails."""

    def __init__(self, files: dict[Path, set[int] | None]):
        self.files = files
        self.killed = 0
        self.broken = 0
        self.survivors: list[str] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        def late(_: int, __: FrameType | None) -> None:
            raise TimeOut

        signal.signal(signal.SIGALRM, late)
        tests = [item for item in session.items if isinstance(item, pytest.Function) and plain(item)]
        callers: dict[CodeType, list[tuple[float, pytest.Function]]] = {}
        for item in tests:
            began = time.perf_counter()
            for code in _run_by(item):
                callers.setdefault(code, []).append((time.perf_counter() - began, item))
        queues = {code: [item for _, item in sorted(found, key=_took)] for code, found in callers.items()}
        for file, lines in self.files.items():
            for mutant in mutants(file, lines):
                self._hunt(mutant, queues.get(mutant.function.__code__, []))
        return True

    def _hunt(self, mutant: Mutant, queue: list[pytest.Function]) -> None:
        function: Any = mutant.function
        original = function.__code__
        function.__code__ = mutant.code
        killer, broken = None, 0
        try:
            for item in queue:
                signal.alarm(SECONDS)
                try:
                    what = result(item)
                finally:
                    signal.alarm(0)
                if what == FAILS:
                    killer = item
                    break
                broken += what == BREAKS
                if broken == ENOUGH:
                    break
        finally:
            function.__code__ = original
        if killer is None:
            self.survivors.append(mutant.name)
            self.broken += bool(broken)
            how = "" if queue else "  (no test runs it)"
            how = f"  (breaks {broken} tests, but fails no assertion)" if broken else how
            print(f"  survives: {mutant.name}{how}", flush=True)
        else:
            self.killed += 1
            queue.remove(killer)
            queue.insert(0, killer)


def hunt(names: list[str], commit: str | None) -> int:
    """Hunt in some modules, and tell how many of the mutants were killed."""
    files = [ROOT / name for name in names] or sorted((ROOT / "rules").rglob("*.py"))
    chosen = {file: _changed_lines(file, commit) if commit else None for file in files}
    plugin = Hunt({file: lines for file, lines in chosen.items() if lines != set()})
    began = time.monotonic()
    silent = ["-o", "addopts=--import-mode=importlib", "-p", "no:terminal", "-p", "no:cacheprovider"]
    expectations = [file for file in EXPECTATIONS if "::" not in file]
    pytest.main([*silent, *expectations, *MORE], plugins=[plugin])
    everything = plugin.killed + len(plugin.survivors)
    share = f" ({100 * plugin.killed / everything:.1f} %)" if everything else ""
    print(
        f"  {plugin.killed} of {everything} of the code's mutants killed{share}, in {time.monotonic() - began:.0f} s"
    )
    print(f"  {plugin.broken} of the others break tests otherwise than by an assertion")
    return 1 if plugin.survivors else 0


def _changed_lines(file: Path, commit: str) -> set[int]:
    """The lines of a file that differ from a commit."""
    told = subprocess.run(
        ["git", "diff", "-U0", commit, "--", file], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: set[int] = set()
    for first, count in re.findall(r"^@@ .* \+(\d+)(?:,(\d+))? @@", told.stdout, re.MULTILINE):
        found |= set(range(int(first), int(first) + int(count or 1)))
    return found
