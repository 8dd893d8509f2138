#!/usr/bin/env python3
"""The one command of Steunwijzer. It needs Python 3.11 or later and sets up the rest by itself.

    python3 build.py serve [PORT]          build the site and serve it on this machine (port 8000)
    python3 build.py test [ARGUMENT...]    check and test everything; ARGUMENTs go to pytest
    python3 build.py prove [ARGUMENT...]   test, and what takes long: Firefox, WebKitGTK, long fuzzing, valid HTML,
                                           the rules in each Python from 3.11 on that is found here

    python3 build.py build [--url ADDRESS] build the site that will lie at ADDRESS, into build/site
                           [--start WAY]   how Python starts in browsers, quick to plain: pruned, frozen, small, stock
                           [--release]     compress as far as it goes, which takes minutes
    python3 build.py law [ARGUMENT...]     the law as a table, and the sources due to be read again
    python3 build.py law --report [COMMIT] which cases the law's data moves, against the last commit or another
    python3 build.py mutate [--changed]    change each value of the law a little: does a test notice?
    python3 build.py mutate --code ...     the same for the code of the rules (see --help)
    python3 build.py bench [--json FILE]   how quick the rules are and how large, here and in a browser
                           [--runs N] [--requests N]   turns of each that is compared; requests tried
    python3 build.py pictures [FOLDER]     each state of the calculator and each page, to look at (build/pictures)
    python3 build.py lock                  renew the lock files from requirements/*.in and package.json
    python3 build.py clean                 remove what was built (--all: what was set up, too)

Everything it makes lies in .venv, node_modules and build. It asks the system's package manager only
for what cannot live there: Python's venv module, and a browser for the tests.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # told in words that an old Python can still read
    sys.exit("build.py: this is Python {}.{}; it needs 3.11 or later".format(*sys.version_info))

import argparse
import contextlib
import difflib
import errno
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PACKAGES = VENV / "pyodide"  # pure-Python packages for Python inside Pyodide
LOCKS = ROOT / "requirements"
BUILD = ROOT / "build"
SITE = BUILD / "site"
ADDRESS = "https://steunwijzer.example/"  # a placeholder: no such domain can exist
LANGUAGES = {"nl": "", "en": "en"}  # a language of the pages: its folder in the site
STARTS = [
    "pruned",
    "frozen",
    "small",
    "stock",
]  # the ways in which Python starts in a browser, the quickest first
TOGETHER = 4  # tests at most, each with a browser of its own
QUICK, STRONGEST = "4", "11"  # Brotli's own measure
PROVING = {  # what the long tests need of the system: a program, its package in Debian, its name
    "java": ("default-jre-headless", "Java"),
    "firefox-esr": ("firefox-esr", "Firefox ESR"),
    "WebKitWebDriver": ("webkit2gtk-driver", "WebKitGTK's driver"),
    "Xvfb": ("xvfb", "Xvfb"),
}
PYODIDE = ["--python-version", "3.14", "--python-platform", "wasm32-pyodide2025", "--only-binary", ":all:"]


# --- the head: from a bare clone to an environment ---------------------------------------------------


class Stop(Exception):
    """What went wrong and what to do next, in a sentence for a person."""


@contextlib.contextmanager
def step(name: str, detail: str = "") -> Iterator[None]:
    """Tell what is going on, one line a step, and how long it took."""
    began = time.monotonic()
    print(f"  {name:<10} {detail:<34}", end="", flush=True)
    try:
        yield
    except BaseException:
        print(paint(" failed", "31"), flush=True)
        raise
    print(paint(f"{time.monotonic() - began:6.1f} s", "2"), flush=True)


def paint(text: str, colour: str) -> str:
    """Colour a text, on a terminal alone."""
    return f"\033[{colour}m{text}\033[0m" if sys.stdout.isatty() and "NO_COLOR" not in os.environ else text


def run(*command: str | Path, **environment: str) -> None:
    """Run a command quietly; if it fails, show the end of what it said and what may mend it."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Failed(Path(command[0]).name, done.stdout)


def download(*command: str | Path, **environment: str) -> None:
    """Run a command that needs a network, which set-up does once."""
    offline = (
        "name resolution|getaddrinfo|ENOTFOUND|EAI_AGAIN|dns error|unreachable|Could not (resolve|connect)"
    )
    try:
        run(*command, **environment)
    except Failed as failed:
        if re.search(f"{offline}|ECONNREFUSED|Connection refused|timed out", failed.said):
            raise Stop(
                "no network, it seems: setting up needs one, once; run the same command again"
            ) from None
        raise


class Failed(Stop):
    """A command that failed, with what it said."""

    def __init__(self, command: str, said: str) -> None:
        super().__init__(f"{command} failed; what it said last stands above")
        self.said = said

    def show(self) -> None:
        """Show the end of what the command said."""
        print("\n".join(self.said.splitlines()[-40:]), file=sys.stderr)


def once(name: str, detail: str, sources: Iterable[Path], action: Callable[[], None]) -> None:
    """Do `action` unless it was done with these very sources."""
    stamp = VENV / f"{name}.done"
    now = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    if not stamp.exists() or stamp.read_text() != now:
        with step("set up", detail):
            action()
        stamp.write_text(now)


def set_up(node: bool = True) -> None:
    """Make the environment, or what of it is missing or out of date, and go on inside it."""
    if not PYTHON.exists():  # also when the Python that it was made with is gone
        shutil.rmtree(VENV, ignore_errors=True)
    host, pyodide = LOCKS / "host.txt", LOCKS / "pyodide.txt"
    install: list[str | Path] = ["pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r"]
    once("environment", "virtual environment", [], make_environment)
    once("uv", "installer", [LOCKS / "uv.txt"], install_uv)
    once("python", "Python packages", [host], lambda: uv(*install, host))
    once(
        "pyodide",
        "packages for the browser's Python",
        [pyodide],
        lambda: uv(*install, pyodide, *PYODIDE, "--target", PACKAGES),
    )
    os.environ["PATH"] = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"
    if node:
        once("node", "node packages", [ROOT / "package-lock.json"], lambda: npm("ci", "--omit=dev"))
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [str(PYTHON), __file__, *sys.argv[1:]])


def make_environment() -> None:
    """Make the virtual environment in which all else is installed."""
    try:
        run(sys.executable, "-m", "venv", "--clear", VENV)
    except Stop:  # Debian and Ubuntu keep a part of venv in a package of its own
        apt("python3-venv", "Python's venv module")
        run(sys.executable, "-m", "venv", "--clear", VENV)


def install_uv() -> None:
    """Install the installer, which alone can choose packages for another Python than this one."""
    pip = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-cache-dir")
    download(PYTHON, *pip, "--require-hashes", "-r", LOCKS / "uv.txt")


def uv(*arguments: str | Path) -> None:
    """Run uv on the packages' registry that pip is set to, as uv does not read pip's settings."""
    environment = {
        "UV_NO_CONFIG": "1",
        "UV_NO_CACHE": "1",
        "UV_SYSTEM_CERTS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    command = (str(PYTHON), "-m", "pip", "config", "get", "global.index-url")
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    if index := os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or asked.stdout.strip():
        environment["UV_DEFAULT_INDEX"] = index
    download(VENV / "bin" / "uv", *arguments, **environment)


def npm(*arguments: str) -> None:
    """Run npm on what package-lock.json pins; packages' own scripts never run."""
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    download("npm", *arguments, *quiet, npm_config_cache=str(VENV / "cache"))


def apt(package: str, what: str) -> None:
    """Install a system package, which only root may do: say so first."""
    command = ["apt-get", "install", "-qy", "--no-install-recommends", package]
    if os.geteuid() and shutil.which("sudo"):
        command.insert(0, "sudo")
    if not shutil.which("apt-get") or (os.geteuid() and command[0] != "sudo"):
        raise Stop(f"{what} is missing: install it with the system's package manager ({package} on Debian)")
    print(f"\n  {what} is missing: {' '.join(command)}", flush=True)
    download(*command[: command.index("apt-get") + 1], "update", "-q")
    download(*command, DEBIAN_FRONTEND="noninteractive")


# --- the body: the steps in order ---------------------------------------------------------------------


def build(url: str = ADDRESS, start: str = STARTS[0], release: bool = False) -> None:
    """Build the site for an address, unless it stands there, built from these very files."""
    stamp, now = BUILD / "site.stamp", fingerprint(url, start, "release" if release else "")
    if SITE.is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    os.environ["SOURCE_DATE_EPOCH"] = str(checked())
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as scratch:  # a build that fails leaves the last one
        made = Path(scratch) / "site"
        make(made, url, start, release)
        stamp.unlink(missing_ok=True)
        shutil.rmtree(SITE, ignore_errors=True)
        made.rename(SITE)
    stamp.write_text(now)


def make(site: Path, url: str, start: str, release: bool) -> None:
    """Make the site, step by step, in a folder that is not there yet."""
    from calculator import embeds, hosting, policy, printing, runtime

    for language, folder in LANGUAGES.items():  # the one at the root first: MkDocs empties its folder
        with step("pages", language):
            pages(site / folder, language, f"{url}{folder}/" if folder else url)
    with step("runtime", "Python for the browser"):
        runtime.write(ROOT, site / "py", STARTS[STARTS.index(start) :], in_node, in_pyodide)
    with step("embeds"):
        embeds.write(site, url)
    with step("print", "questions and answers as PDF"):
        printing.write(site)
    with step("policy", "no inline scripts and styles"):
        try:
            policy.tighten(site, url)
        except policy.Refused as refused:
            raise Stop(str(refused)) from None
    with step("compress", "as far as it goes" if release else "quickly"):
        in_node("calculator/compress.mjs", site, STRONGEST if release else QUICK, BUILD / "brotli")
    hosting.write(site, url)


def pages(folder: Path, language: str, url: str) -> None:
    """Build the pages of a language with MkDocs."""
    import logging

    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.basicConfig(level=logging.WARNING, format="\n  %(message)s")
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    config = load_config(
        str(ROOT / "mkdocs.yml"),
        docs_dir=str(ROOT / "docs" / language),
        site_dir=str(folder),
        site_url=url,
        strict=True,
    )
    config.theme["language"] = language
    config.extra["up"] = "../" if LANGUAGES[language] else ""
    config.plugins.run_event("startup", command="build", dirty=False)
    try:
        mkdocs_build(config)
    except MkDocsException as error:
        raise Stop(f"{error}") from None
    config.plugins.run_event("shutdown")
    for source_map in folder.rglob("*.map"):
        source_map.unlink()


def in_pyodide(module: str, argument: Path) -> None:
    """Run a module with the browser's Python, as `python -m MODULE ARGUMENT`."""
    in_node("calculator/node.mjs", PACKAGES, module, argument)


def in_node(script: str, *arguments: str | Path) -> None:
    """Run a script with node."""
    run("node", script, *arguments)


def checked() -> int:
    """The day on which the law was last checked, in seconds since 1970: a build has no other today."""
    from rules import LAW

    return int(datetime.combine(LAW.checked, datetime.min.time(), UTC).timestamp())


def fingerprint(*others: str) -> str:
    """A digest of all that the site is made from: every file of the clone but the tests'."""
    digest = hashlib.sha256("\0".join(others).encode())
    for folder, folders, files in os.walk(ROOT):
        made = {"__pycache__", *(("build", "node_modules", "tests") if Path(folder) == ROOT else ())}
        folders[:] = sorted(name for name in folders if name not in made and not name.startswith("."))
        for name in sorted(files):
            file = Path(folder, name)
            digest.update(f"\0{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def serve(port: int) -> None:
    """Serve the site, built first; the port is asked for before, as that is quicker to refuse."""
    from calculator.serving import Server

    try:
        server = Server(SITE, port)
    except OSError as error:
        why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        raise Stop(f"port {port} {why}: try another, or 0 for any that is free") from None
    with server:
        build()
        print(f"\n  {server.url}   (stop with Ctrl-C)", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


def test(arguments: list[str], **environment: str) -> None:
    """Checks in seconds, then one session of pytest, which takes this process's place."""
    with step("check", "format"):
        run("ruff", "format", "--check", "--quiet", ".")
    with step("check", "lint"):
        run("ruff", "check", "--quiet", ".")
    with step("check", "types"):
        run(PYTHON, "-m", "mypy")
    environment["CHROMIUM"] = chromium()
    build()
    together = ["-n", str(min(os.cpu_count() or 1, TOGETHER)), "--dist", "worksteal"]
    os.execve(PYTHON, [str(PYTHON), "-m", "pytest", *together, *arguments], {**os.environ, **environment})


def prove(arguments: list[str]) -> None:
    """Test with what takes long, after saying what that installs."""
    print("  Installs what is missing: the Nu HTML checker (in node_modules);")
    print("  Java, Firefox ESR, WebKitGTK's driver, and Xvfb for it (system).")
    development_packages()
    for program, (package, what) in PROVING.items():
        if not shutil.which(program):
            apt(package, what)
    for version, python in sorted(pythons().items()):
        test_rules(version, python)
    test(["--browser", "chromium", "--browser", "firefox", *arguments], PROVE="1")


def pythons() -> dict[tuple[int, int], Path]:
    """The CPythons from 3.11 on that this machine offers, on the path or by pyenv: one of each minor version."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    places = [*os.environ["PATH"].split(os.pathsep), *map(str, pyenv.glob("*/bin"))]
    ask = "import sys; print(sys.implementation.name, *sys.version_info[:2])"
    found: dict[tuple[int, int], Path] = {}
    for file in chain.from_iterable(sorted(Path(place).glob("python3.*")) for place in places):
        if re.fullmatch(r"python3\.\d+", file.name):
            told = subprocess.run([file, "-c", ask], capture_output=True, text=True, check=False).stdout
            name, *version = told.split() or [""]  # nothing: a name that stands for no Python
            if name == "cpython" and (minor := (int(version[0]), int(version[1]))) >= (3, 11):
                found.setdefault(minor, file)
    return found


def test_rules(version: tuple[int, int], python: Path) -> None:
    """Run the tests of the rules with another Python, in an environment of its own."""
    name = "{}.{}".format(*version)
    folder, locked = VENV / "pythons" / name, LOCKS / "tests.txt"

    def make() -> None:
        uv("venv", "-q", "--clear", "--python", python, folder)
        uv("pip", "install", "-q", "--python", folder, "--require-hashes", "-r", locked)

    once(f"python-{name}", f"Python {name} for the rules' tests", [locked], make)
    with step("test", f"the rules in Python {name}"):
        run(
            folder / "bin" / "python",
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/rules",
            "tests/published",
        )


def chromium() -> str:
    """A path to a Chromium, installing one where none is found; an empty one means Playwright's own."""
    if found := os.environ.get("CHROMIUM"):
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        if Path(playwright.chromium.executable_path).exists():
            return ""
    if found := shutil.which("chromium") or shutil.which("google-chrome"):
        return found
    with_packages = ["--with-deps"] if shutil.which("apt-get") and os.geteuid() == 0 else []
    try:
        with step("set up", "Chromium, by Playwright"):
            download(PYTHON, "-m", "playwright", "install", *with_packages, "chromium")
        return ""
    except Stop:
        apt("chromium", "Chromium")
    return shutil.which("chromium") or ""


def law(arguments: list[str]) -> None:
    """Show the law as data, or what a change of it does; this needs no set-up."""
    if arguments[:1] == ["--report"]:
        from tests import law_report

        try:
            for line in law_report.report(arguments[1] if arguments[1:] else "HEAD"):
                print(line)
        except law_report.Unreadable as problem:
            raise Stop(f"no law to compare with: {problem}") from None
        return
    table = [sys.executable, "-m", "rules", "law", "--table"]
    if not arguments:
        subprocess.run(table, check=True)
        print("\n  Sources that are due to be read again today:", flush=True)
        table += ["--due", datetime.now(UTC).date().isoformat()]
    os.execv(sys.executable, [*table, *arguments])


def mutate(arguments: list[str]) -> None:
    """Hunt for changes of the law's data that no test notices."""
    os.execv(PYTHON, [str(PYTHON), "-m", "tests.mutate", *arguments])


def bench(json: Path | None, runs: int, requests: int) -> None:
    """Measure the rules in CPython, and in a browser against Pyodide as it comes and publicodes."""
    development_packages()
    os.environ["CHROMIUM"] = chromium()
    build()
    from calculator import bench as measures
    from tests.calculator import asked

    def random_requests(count: int) -> list[bytes]:
        return asked.requests(count, seed=count)

    try:
        measures.report(ROOT, json, STARTS, runs, random_requests, requests)
    except measures.Unequal as unequal:
        raise Stop(str(unequal)) from None


def pictures(folder: Path) -> None:
    """Take pictures of what people see, narrow and wide, light and dark, in each language."""
    found = chromium()
    build()
    from tests.pictures import take

    with step("pictures", str(folder)):
        count = take(SITE, folder, found)
    print(f"  {count} pictures lie in {folder}")


def development_packages() -> None:
    """Install what only `prove` and `bench` need: an HTML checker, and an engine to compare with."""
    once(
        "development", "more node packages", [ROOT / "package-lock.json"], lambda: npm("ci", "--include=dev")
    )


def lock() -> None:
    """Work out the lock files anew."""
    options = ["-q", "--no-annotate", "--no-header", "--generate-hashes", "--upgrade"]
    anywhere = ["--universal", "--python-version", "3.11"]
    for name, target in {"uv": anywhere, "tests": anywhere, "host": anywhere, "pyodide": PYODIDE}.items():
        with step("lock", f"{name}.txt"):
            uv("pip", "compile", *options, *target, LOCKS / f"{name}.in", "-o", LOCKS / f"{name}.txt")
    with step("lock", "package-lock.json"):
        npm("install", "--package-lock-only", "--omit-lockfile-registry-resolved")


def clean(everything: bool) -> None:
    """Remove what was built, and on demand what was set up."""
    for folder in [BUILD, *([VENV, ROOT / "node_modules"] if everything else [])]:
        shutil.rmtree(folder, ignore_errors=True)


def main(step: str, *arguments: str) -> None:
    """Read the step's arguments, before anything is set up, and take the step."""
    parser = argparse.ArgumentParser(f"build.py {step}", allow_abbrev=False)
    if step in ("test", "prove", "law", "mutate"):
        options = argparse.Namespace(arguments=list(arguments))
    else:
        if step == "serve":
            parser.add_argument("port", nargs="?", type=port, default=8000)
        elif step == "build":
            parser.add_argument("--url", type=address, default=ADDRESS)
            parser.add_argument("--start", choices=STARTS, default=STARTS[0])
            parser.add_argument("--release", action="store_true")
        elif step == "bench":
            parser.add_argument("--json", type=lambda text: Path(text).resolve())
            parser.add_argument("--runs", type=int, default=15)
            parser.add_argument("--requests", type=int, default=20_000)
        elif step == "pictures":
            default = BUILD / "pictures"
            parser.add_argument("folder", nargs="?", type=lambda text: Path(text).resolve(), default=default)
        elif step == "clean":
            parser.add_argument("--all", action="store_true", dest="everything")
        options = parser.parse_args(arguments)
    if step not in ("law", "clean"):  # which need nothing but this Python
        set_up(node=step != "lock")  # which is how package-lock.json comes to fit package.json again
    os.chdir(ROOT)
    STEPS[step](**vars(options))


def port(text: str) -> int:
    """Read a port."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a whole number up to 65535; 0 takes any that is free")
    return int(text)


def address(text: str) -> str:
    """Read the address of a site's root."""
    if not re.fullmatch(r"https?://[^/?#\s]+(/[^?#\s]*)?", text):
        raise argparse.ArgumentTypeError("an address looks like https://example.org/folder/")
    return text.rstrip("/") + "/"


STEPS: dict[str, Callable[..., None]] = {
    step.__name__: step for step in (serve, test, prove, build, law, mutate, bench, pictures, lock, clean)
}

if __name__ == "__main__":
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(VENV / "browsers")
    asked = sys.argv[1:] or ["--help"]
    if asked[0] in ("-h", "--help", "help"):
        sys.exit(print(__doc__))
    if asked[0] not in STEPS:
        near = difflib.get_close_matches(asked[0], STEPS, 1) or ["--help"]
        sys.exit(f"build.py: no step is called {asked[0]!r}; try: python3 build.py {near[0]}")
    try:
        main(*asked)
    except Failed as failed:
        failed.show()
        sys.exit(f"build.py: {failed}")
    except Stop as stop:
        sys.exit(f"build.py: {stop}")
    except KeyboardInterrupt:
        sys.exit("build.py: stopped")
