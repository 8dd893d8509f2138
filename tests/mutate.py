"""Mutations of the law's data: each value changed a little, to see that a test notices.

    python3 build.py mutate             all of the law
    python3 build.py mutate --changed   what differs from the last commit (or from the one named next)
    python3 build.py mutate --code      the code's own mutants: see `mutate_code.py`

Each entry starts a day later, is dropped, and has its value moved one step up and down; of a set each member is
left out. A mutant is killed by an assertion of a published case, or of an expectation that was written without
the data. Any other exception kills nothing. The tests are collected once, by pytest, and then run again and again
in this process, with the changed law where `rules` has its own.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import rules
from rules.dated import FOLDER, Disagreement, Law, Parameter, Value
from rules.worlds import Options
from tests import law_report

ROOT = Path(__file__).parents[1]
EXPECTATIONS = [  # in the order in which they are tried
    "tests/published/test_published.py",
    "tests/rules/test_boundaries.py",
    "tests/rules/test_boundaries_cheque.py",
    "tests/rules/test_boundaries_increase.py",
    "tests/rules/test_boundaries_data.py",
    "tests/rules/test_starting_page.py",
    "tests/rules/test_outcome.py",
    "tests/rules/test_notices.py",
    "tests/rules/test_uses.py::test_from_which_share_another_enterprise_counts",
    "tests/rules/test_independent.py",
]

# Mutants that no test can tell from the law itself, and why. A key is the beginning of a mutant's name.
EQUIVALENT: dict[str, str] = {
    "advised_lead  2022-01-01  a day later": "no last day of work is known in that call: nothing is advised anyway",
}


class Mutant(NamedTuple):
    """One change of the data: what it is called, and the law with it."""

    parameter: str
    since: date
    change: str
    law: Law

    @property
    def name(self) -> str:
        """Parameter, start and change: what a survivor is listed by."""
        return f"{self.parameter}  {self.since}  {self.change}"


# --- the mutants -------------------------------------------------------------------------------


def mutants(law: Law) -> Iterator[Mutant]:
    """Every mutant of a law."""
    for parameter in law.parameters.values():
        for index, value in enumerate(parameter.values):
            for change, values in _changes(parameter, index, value):
                changed = Parameter(parameter.id, parameter.scheme, parameter.unit, _ended(values))
                yield Mutant(parameter.id, value.since, change, _with(law, {parameter.id: changed}))
    later = _with(law, {})
    later.checked += timedelta(1)
    yield Mutant("checked", law.checked, "a day later", later)
    for days in (-1, 1):
        trusted = _with(law, {})
        trusted.trusted_until += timedelta(days)
        yield Mutant("trusted_for", law.checked, f"{days:+} day", trusted)


def _changes(parameter: Parameter, index: int, value: Value) -> Iterator[tuple[str, list[Value]]]:
    others = parameter.values
    yield "dropped", [*others[:index], *others[index + 1 :]]
    later = value.since + timedelta(1)
    if later == value.until:
        yield "a day later", [*others[:index], *others[index + 1 :]]
    else:
        yield "a day later", [*others[:index], value._replace(since=later), *others[index + 1 :]]
    for change, changed in _steps(parameter.unit, value.value):
        yield change, [*others[:index], value._replace(value=changed), *others[index + 1 :]]


def _steps(unit: str, value: Any) -> Iterator[tuple[str, Any]]:
    """What a value may be instead: a step up or down, without a member, or the other state."""
    if isinstance(value, Disagreement):
        for end in ("low", "high"):
            for change, changed in _steps(unit, getattr(value, end)):
                yield f"{end} {change}", value._replace(**{end: changed})
    elif isinstance(value, int):
        yield from ((f"{step:+} step", value + step) for step in (1, -1) if value + step >= 0)
    elif isinstance(value, frozenset):
        yield from ((f"without {member}", Options(value - {member})) for member in sorted(value))
    elif unit == "state":
        other = {"yes": "no", "no": "yes", "unknown": "no", "before": "open", "closed": "unknown"}
        yield f"{other.get(value, 'closed')} for {value}", other.get(value, "closed")


def _ended(values: list[Value]) -> list[Value]:
    """Values with their ends derived again."""
    ends = [*(value.since for value in values[1:]), None][: len(values)]
    return [value._replace(until=end) for value, end in zip(values, ends, strict=True)]


def _with(law: Law, changed: dict[str, Parameter]) -> Law:
    copy = Law.__new__(Law)
    copy.__dict__ = {**law.__dict__, "parameters": {**law.parameters, **changed}}
    return copy


def has_a_gap(mutant: Mutant, law: Law) -> bool:
    """Whether no value holds on the first day that a scheme is computed: the loader refuses that, as a test asserts."""
    if mutant.parameter not in law.parameters:
        return False
    changed = mutant.law.parameters[mutant.parameter]
    return not changed.starts or changed.starts[0] > _FIRST[changed.scheme]


# The first day that is computed, as the heads of the files have it.
_FIRST = {
    head["scheme"]: head["begins"].toordinal()
    for head in (tomllib.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.toml"))
    if "begins" in head
}


def same_every_day(mutant: Mutant, law: Law) -> bool:
    """Whether the mutant's values are the law's on each day: then only sources and certainty differ."""
    if mutant.parameter not in law.parameters:
        return False
    ours, theirs = law.parameters[mutant.parameter], mutant.law.parameters[mutant.parameter]
    days = {*ours.starts, *theirs.starts, 1}
    return all(_value(ours, day) == _value(theirs, day) for day in days)


def _value(parameter: Parameter, day: int) -> Any:
    found = parameter.at(day)
    return found and found.value


# --- the tests ---------------------------------------------------------------------------------


class Hunt:
    """A plugin of pytest that, in place of running tests once, runs them for each mutant until one fails."""

    def __init__(self, wanted: Callable[[Mutant], bool]):
        self.wanted = wanted
        self.survivors: list[Mutant] = []
        self.equivalent: list[Mutant] = []
        self.refused = 0
        self.killed = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        law = rules.LAW
        tests = [item for item in session.items if isinstance(item, pytest.Function) and plain(item)]
        modules = {item.module for item in tests if hasattr(item.module, "LAW")}
        reading: dict[str, list[tuple[float, pytest.Function]]] = {}  # by parameter, and how long each takes
        for item in tests:
            watched = _with(law, {})
            watched.parameters = read = _Watched(law.parameters)
            _use(watched, modules)
            began = time.perf_counter()
            if passes(item):  # what fails anyway notices nothing
                took = time.perf_counter() - began
                for name in read.names or {""}:
                    reading.setdefault(name, []).append((took, item))
        everything = sorted((one for found in reading.values() for one in found), key=lambda one: one[0])
        queues = {
            name: [item for _, item in sorted(found, key=lambda one: one[0])]
            for name, found in reading.items()
        }
        queues["checked"] = queues["trusted_for"] = list(dict.fromkeys(item for _, item in everything))
        for mutant in filter(self.wanted, mutants(law)):
            if has_a_gap(mutant, law):
                self.refused += 1
                continue
            if same_every_day(mutant, law):
                self.equivalent.append(mutant)
                continue
            _use(mutant.law, modules)
            queue = queues.get(mutant.parameter, [])
            killer = next((item for item in queue if not passes(item)), None)
            if killer is None:
                self.survivors.append(mutant)
                print(f"  survives: {mutant.name}", flush=True)
            else:
                self.killed += 1
                queue.remove(killer)  # it is likely to notice the next one too
                queue.insert(0, killer)
        _use(law, modules)
        return True


class _Watched(dict[str, Parameter]):
    """The law's parameters, noting which a test reads."""

    def __init__(self, parameters: dict[str, Parameter]):
        super().__init__(parameters)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Parameter:
        self.names.add(name)
        return super().__getitem__(name)

    def values(self) -> Any:
        """All of them, which counts as reading each."""
        self.names |= set(self)
        return super().values()


def plain(item: pytest.Function) -> bool:
    """Whether a test can be run as a function of its parameters."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    marked = any(item.get_closest_marker(name) for name in ("host_only", "prove"))
    return not marked and set(signature(item.obj).parameters) <= set(parameters)


def passes(item: pytest.Function) -> bool:
    """Whether no assertion of a test fails."""
    return result(item) != FAILS


FAILS, BREAKS, GOOD = "an assertion fails", "something else breaks", "good"


def result(item: pytest.Function) -> str:
    """What becomes of a test."""
    try:
        item.obj(**(item.callspec.params if hasattr(item, "callspec") else {}))
    except AssertionError:
        return FAILS
    except Exception:
        return BREAKS  # no assertion: this notices nothing
    return GOOD


def _use(law: Law, modules: set[Any]) -> None:
    """Put a law where `calculate` and the tests take theirs from."""
    rules.calculate.__kwdefaults__ = {**(rules.calculate.__kwdefaults__ or {}), "law": law}
    for module in {rules, *modules}:
        module.LAW = law


# --- the command -------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Hunt, and list what survived."""
    parser = argparse.ArgumentParser(
        "build.py mutate",
        allow_abbrev=False,
        description="Change the law's data, or the code of the rules, a little in one place after the other, to see "
        "that a test notices. Killed means by an assertion of a test; what ends in another exception, takes too long "
        "or is run by no test survives, and is listed with its reason.",
        epilog="Exit status 0: of the data every mutant was killed; of the code at least 92 of 100, those apart "
        "that no test can tell from the code and that are listed with why. Otherwise 1.",
    )
    parser.add_argument(
        "--changed",
        nargs="?",
        const="HEAD",
        metavar="COMMIT",
        help="the quick form: only entries, or lines, that differ from a commit (default: the last one)",
    )
    parser.add_argument(
        "--code", nargs="*", metavar="FILE", help="the code: all of rules/, or some of its files"
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="of the code, so many mutants at a time (default: one a processor)",
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=60,
        metavar="N",
        help="of the code, the most that a mutant's tests may take of a processor before it survives (default: 60)",
    )
    options = parser.parse_args(arguments)
    commit = options.changed
    if options.code is not None:
        from tests import mutate_code

        return mutate_code.hunt(options.code, commit, options.jobs, options.seconds)
    changed = commit and {change[:2] for change in law_report.changes(law_report.law_at(commit), rules.LAW)}
    hunt = Hunt(lambda mutant: commit is None or (mutant.parameter, mutant.since.isoformat()) in changed)
    began = time.monotonic()
    files = [file for file in EXPECTATIONS if (ROOT / file.split("::")[0]).exists()]
    silent = ["-o", "addopts=--import-mode=importlib", "-p", "no:terminal", "-p", "no:cacheprovider"]
    pytest.main([*silent, *files], plugins=[hunt])
    known = {mutant.name: reason for mutant in hunt.survivors if (reason := _reason(mutant))}
    left = [mutant for mutant in hunt.survivors if mutant.name not in known]
    print(f"  {hunt.killed} of the data's mutants killed, in {time.monotonic() - began:.0f} s")
    print(f"  {hunt.refused} refused by the loader: no value holds on a scheme's first day")
    print(f"  {len(hunt.equivalent)} are the law itself: their value is that of the entry before or after")
    for name, reason in known.items():
        print(f"  equivalent: {name}: {reason}")
    for mutant in left:
        print(f"  SURVIVED: {mutant.name}")
    return 1 if left else 0


def _reason(mutant: Mutant) -> str | None:
    return next((reason for start, reason in EQUIVALENT.items() if mutant.name.startswith(start)), None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
