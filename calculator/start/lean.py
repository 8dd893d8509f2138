"""Runs in Pyodide (see node.mjs): writes a pack of the modules that Pyodide starts with and the rules import.

    python -m calculator.start.lean WHEEL

Which modules these are is asked of the interpreter itself, once it answered requests of every kind. A pack
takes the place of Pyodide's standard library: a zip of bytecode, stored, as the wire compresses better than a
zip can. What the wheel holds lies in it under `site-packages`. It is written beside the wheel as `small.zip`.
`bare.json` holds the same without docstrings, annotations and line numbers, the requests, and which functions
answering them takes, for what is to be frozen.
"""

from __future__ import annotations

import ast
import base64
import importlib.util
import json
import marshal
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from sys import monitoring  # type: ignore[attr-defined]  # of 3.12 and later
from types import CodeType
from zipfile import ZipFile, ZipInfo

from calculator.sealed import answer
from calculator.start.training import requests
from rules import LANGUAGES

LIBRARY = Path("/lib/python314.zip")
UNCHECKED = (1).to_bytes(4, "little") + bytes(8)  # says: never compare this bytecode with a source


def pack(wheel: Path) -> None:
    """Write the pack, and what is to be frozen."""
    asked = {language: requests(language) for language in LANGUAGES}
    ran = _functions_that_run(chain.from_iterable(asked.values()))
    sources = _sources(wheel)
    with ZipFile(wheel.with_name("small.zip"), "w") as target:
        for name, content in _files(sources, bare=False):
            target.writestr(ZipInfo(name), content)
    files = {name: _letters(content) for name, content in _files(sources, bare=True)}
    training = {language: [*map(_letters, each)] for language, each in asked.items()}
    bare = {"files": files, "requests": training, "ran": ran}
    wheel.with_name("bare.json").write_text(json.dumps(bare), "utf-8")


def _functions_that_run(asked: Iterable[bytes]) -> list[tuple[str, int, str]]:
    """The functions that answering takes: file, first line and name of each."""
    ran: set[CodeType] = set()

    def note(code: CodeType, _: int) -> object:
        ran.add(code)
        return monitoring.DISABLE  # once is enough

    monitoring.use_tool_id(monitoring.COVERAGE_ID, "training")
    monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.PY_START, note)
    monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.PY_START)
    for request in asked:
        answer(request)
    monitoring.free_tool_id(monitoring.COVERAGE_ID)
    return sorted((_packed(code.co_filename), code.co_firstlineno, code.co_qualname) for code in ran)


def _packed(file: str) -> str:
    """The name in a pack of a file that was imported here."""
    if Path(file).is_relative_to(LIBRARY):
        return Path(file).relative_to(LIBRARY).as_posix()
    return f"site-packages/{Path(file).relative_to(Path.cwd())}" if Path(file).is_absolute() else file


def _letters(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _files(sources: dict[str, bytes], bare: bool) -> Iterator[tuple[str, bytes]]:
    for name, content in sorted(sources.items()):
        if name.endswith(".py"):
            yield f"{name}c", _bytecode(content, name, bare)
        else:
            yield name, content


def _sources(wheel: Path) -> dict[str, bytes]:
    """The files by their names in a pack: of the library those that were imported, of the wheel all."""
    with ZipFile(LIBRARY) as library, ZipFile(wheel) as ours:  # opened first: a visitor opens the pack, too
        imported = {Path(getattr(module, "__file__", None) or "") for module in [*sys.modules.values()]}
        names = [file.relative_to(LIBRARY).as_posix() for file in imported if file.is_relative_to(LIBRARY)]
        found = {name: library.read(name) for name in names}
        return found | {
            f"site-packages/{name}": ours.read(name)
            for name in ours.namelist()
            if not name.split("/")[0].endswith(".dist-info")
        }


def _bytecode(source: bytes, name: str, bare: bool) -> bytes:
    tree = ast.parse(source)
    if bare:
        _without_docstrings(tree)
        _without_annotations(tree)
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)  # assertions stay
    if bare:
        code = _without_lines(code)
    return importlib.util.MAGIC_NUMBER + UNCHECKED + marshal.dumps(code)


def _without_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            # Taken out, not replaced: `from __future__` has to come first.
            while node.body and _is_text(node.body[0]):
                first = node.body.pop(0)
                if not node.body and not isinstance(node, ast.Module):
                    node.body.append(ast.copy_location(ast.Pass(), first))


def _without_annotations(tree: ast.Module) -> None:
    """Without types. The names in a class make named tuples, and keep one: that of None, which is not parsed."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.copy_location(ast.Constant(None), node.annotation)
        elif isinstance(node, ast.ImportFrom) and node.module == "__future__":  # or that would be text again
            node.names[0].name = "division"  # which every Python 3 has


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _without_lines(code: CodeType) -> CodeType:
    constants = (_without_lines(each) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(constants))


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
