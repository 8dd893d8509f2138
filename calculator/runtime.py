"""What the browser loads to answer by itself: Pyodide, the page's scripts and styles, and one wheel.

The wheel is the distribution `steunwijzer`, made by its own backend out of the one pyproject.toml,
with the Python added that shows an outcome to a visitor. `pack.py` then indexes and compiles it
inside Pyodide, as only the browser's own Python makes bytecode that the browser can load.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.wheel import WheelBuilder

from rules.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# What a visitor's Python reads. Of the calculator's own modules it gets those that answering imports;
# templates and what else only a build needs stay out.
_PACKED = ["rules/**/*.py", "rules/**/*.toml", "rules/**/*.mo", "calculator/wording/**/*.mo"]
_FIRST = "calculator/sealed.py"
_PYODIDE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]


def write(
    root: Path,
    folder: Path,
    ways: list[str],
    in_node: Callable[..., None],
    in_pyodide: Callable[[str, Path], None],
) -> None:
    """Write everything into a new folder.

    `ways` are those in which Python starts, the quickest first: see `static/python.js`. `in_node` runs a script,
    `in_pyodide` a module, each with paths from the root.
    """
    folder.mkdir()
    with tempfile.TemporaryDirectory(dir=root / "build") as scratch:
        wheel = _wheel(root, Path(scratch)).relative_to(root)
        if "small" in ways:
            for file in _started(root, wheel, ways, in_node, in_pyodide):
                shutil.copyfile(file, Path(scratch) / file.name)
        in_pyodide("calculator.pack", wheel)
        for file in [
            *(root / "node_modules" / "pyodide" / name for name in _PYODIDE),
            *Path(scratch).iterdir(),
            *(root / "calculator" / "static").iterdir(),
        ]:
            shutil.copyfile(file, folder / file.name)
    minified(root, (root / "calculator" / "static").glob("*.js"), folder)
    # A lock of no packages, for a worker that asks no server for it.
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8")) | {"packages": {}}
    _fill(folder / "worker.js", "lock", lock)
    _fill(folder / "python.js", "ways", ways)


def _started(
    root: Path,
    wheel: Path,
    ways: list[str],
    in_node: Callable[..., None],
    in_pyodide: Callable[[str, Path], None],
) -> list[Path]:
    """The files of the ways but stock; made anew only where what they are made of changed."""
    folder = root / "calculator" / "start"
    sources = [
        root / wheel,
        root / "package-lock.json",
        *folder.iterdir(),
        *folder.with_name("static").glob("frozen.js"),
    ]
    digest = sha256("\0".join([*ways, os.environ.get("SOURCE_DATE_EPOCH", "")]).encode())
    for source in sorted(source for source in sources if source.is_file()):
        digest.update(sha256(source.read_bytes()).digest())
    kept = root / "build" / "started"
    made = kept / digest.hexdigest()
    if not made.is_dir():
        shutil.rmtree(kept, ignore_errors=True)  # what is older
        kept.mkdir()
        with tempfile.TemporaryDirectory(dir=kept) as scratch:
            of = Path(scratch) / "made"
            of.mkdir()
            shutil.copyfile(root / wheel, of / wheel.name)
            in_pyodide("calculator.start.lean", (of / wheel.name).relative_to(root))
            bare = of / "bare.json"
            whole = [[of / "frozen.wasm"]] if "frozen" in ways else []
            of_each = [[of / f"frozen-{each}.wasm", each] for each in LANGUAGES] if "pruned" in ways else []
            with ThreadPoolExecutor(os.cpu_count()) as several:
                freeze = partial(in_node, "calculator/start/freeze.mjs", bare)
                list(several.map(lambda arguments: freeze(*arguments), [*whole, *of_each]))
            if of_each:
                in_node("calculator/start/prune.mjs", bare, of)
            for file in [bare, of / wheel.name, *of.glob("frozen-*")]:
                file.unlink()
            of.rename(made)
    return [*made.iterdir()]


def imported(root: Path, module: str) -> set[Path]:
    """A module of the calculator, given by its file, and all others of the calculator that it imports."""
    found: set[Path] = set()
    left = {root / "calculator" / "__init__.py", root / module}
    while left:
        file = left.pop()
        found.add(file)
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                files = {
                    root / f"{name.replace('.', '/')}.py" for name in names if name.startswith("calculator")
                }
                left |= {other for other in files if other.is_file()} - found
    return found


def minified(root: Path, scripts: Iterable[Path], folder: Path) -> None:
    """Write scripts as visitors get them: comments and long names are for who reads the source."""
    esbuild = root / "node_modules" / ".bin" / "esbuild"
    subprocess.run(
        [esbuild, *scripts, "--minify", "--charset=utf8", "--log-level=error", f"--outdir={folder}"],
        check=True,
    )


def _fill(script: Path, place: str, value: Any) -> None:
    """Write into a script what only the build knows."""
    text = script.read_text("utf-8")
    script.write_text(text.replace(f'"{{{{ {place} }}}}"', json.dumps(value)), "utf-8")


def _wheel(root: Path, folder: Path) -> Path:
    files = [*imported(root, _FIRST), *(file for pattern in _PACKED for file in root.glob(pattern))]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    project["tool"]["hatch"]["build"]["targets"]["wheel"] = {
        "only-include": [file.relative_to(root).as_posix() for file in files]
    }
    [wheel] = WheelBuilder(str(root), config=project).build(directory=str(folder), versions=["standard"])
    return Path(wheel)
