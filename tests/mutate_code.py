"""Mutations of the code of `rules`: one operator, condition or constant changed, to see that a test notices.

    python3 build.py mutate --code                            every module
    python3 build.py mutate --code rules/money.py             some modules
    python3 build.py mutate --code --changed [COMMIT]         only the lines that differ from a commit

A mutant takes the place of one function in a copy of this process, and the tests that run the changed line go one
after the other until one fails. Killed means by an assertion of a test: another exception, a time-out and a line
that no test runs are survivors, and each is listed with its reason.
"""

from __future__ import annotations

import ast
import copy
import gc
import importlib
import inspect
import os
import pickle
import re
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, chdir
from functools import partial
from pathlib import Path
from types import FrameType, FunctionType, TracebackType
from typing import Any, BinaryIO, NamedTuple

import pytest

from rules.rule import Rule

ROOT = Path(__file__).parents[1]
TESTS = ["tests/published", "tests/rules"]
WANTED = 92  # per cent of a run's mutants, the equivalent ones apart
TIMES = 10  # a test may take so many times as long as it does without a mutant
LONG = 0.5  # seconds of a test that is kept for the end
LATE = 2  # tests that did not end: no more are waited for
MEMORY = 2 << 30
_OFTEN = 8  # calls of a function in one test, after which it is taken to run all of its lines

# Mutants that no test can tell from the code itself, and why: by module, function and change.
_SLOWER = "the same answer, told with reasons that nobody asks for: it only takes longer"
_FAR_TOO_MANY = "a number of so many digits is out of every fact's range, and told so either way"
_ONE_POINT = "where two ranges just touch, what lies in both is that one value"
_IN_VAIN = "so far away no rounding leads beyond the end: one more is tried in vain"
_TWICE_AS_MANY = "twice as many strands, each half as long, give the same runs"
_NO_SOLUTION = "asked only where no value reaches the amount, so that none is equal to it"
_ALL_THE_SAME = "said only where all the values are the same"
_SAME_AXES = "the same axes joined with themselves"
_WHERE_TO_LOOK = "where the search looks next, not what it finds"
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "rules/asking.py",
        "questions",
        "0 if name in decides else -moves[name] -> 1 if name in decides else -moves[name]",
    ): "what decides comes before all else, so its place among what moves is held against itself alone",
    ("rules/asking.py", "_distance", "[0] -> [1]"): "one end by itself is no distance, whatever it is",
    ("rules/batch.py", "answered", "explain=False -> explain=True"): _SLOWER,
    (
        "rules/case.py",
        "Case._left_of",
        "len(windows) > 1 -> len(windows) >= 1",
    ): "a fork with one part is that part",
    (
        "rules/ledger.py",
        "followed",
        "LAST_DAY + 1 -> LAST_DAY + 2",
    ): "both lie after the last day that there is",
    ("rules/comparing.py", "days_of_change", "explain=False -> explain=True"): _SLOWER,
    ("rules/remarks.py", "increase_on", "explain=False -> explain=True"): _SLOWER,
    ("rules/remarks.py", "_other_days", "explain=False -> explain=True"): _SLOWER,
    ("rules/thresholds.py", "_choices", "explain=False -> explain=True"): _SLOWER,
    (
        "rules/reading.py",
        "_decimal",
        "len(digits) - point > _HUGE -> len(digits) - point >= _HUGE",
    ): _FAR_TOO_MANY,
    (
        "rules/reading.py",
        "_decimal",
        "len(whole.lstrip('0')) > _HUGE -> len(whole.lstrip('0')) >= _HUGE",
    ): _FAR_TOO_MANY,
    (
        "rules/reading.py",
        "_typed",
        "text.rindex('.') > text.rindex(',') -> text.rindex('.') >= text.rindex(',')",
    ): "a point and a comma never stand in one place",
    (
        "rules/requests.py",
        "_shallow",
        "text.count('[') + text.count('{') <= DEEPEST_TEXT -> text.count('[') + text.count('{') < DEEPEST_TEXT",
    ): "what is not told at once is counted, and comes to no more",
    (
        "rules/schemes/calls.py",
        "scheme_open",
        "window.high < day -> window.high <= day",
    ): "on a day without applications no window ends",
    (
        "rules/schemes/calls.py",
        "scheme_open",
        "window.low > day -> window.low >= day",
    ): "on a day without applications no window begins",
    (
        "rules/schemes/portfolio.py",
        "total_own_cost",
        "case.between('vat_deductible', 0, 1) -> case.between('vat_deductible', 0, 2)",
    ): "two means deducted as much as one does",
    ("rules/seeking.py", "_nearest", "beyond=True -> beyond=False"): _NO_SOLUTION,
    ("rules/seeking.py", "_closest", "near.amount < value -> near.amount <= value"): _NO_SOLUTION,
    ("rules/seeking.py", "_closest", "near.amount > value -> near.amount >= value"): _NO_SOLUTION,
    (
        "rules/strands.py",
        "pieces_of",
        "value.uneven.get(fact, 1) -> value.uneven.get(fact, 2)",
    ): _TWICE_AS_MANY,
    ("rules/strands.py", "_period", "value.uneven.get(fact, 1) -> value.uneven.get(fact, 2)"): _TWICE_AS_MANY,
    (
        "rules/strands.py",
        "_hangs_on_others_too",
        "'|' in fork.key and fact in facts_of(fork.key) -> '|' in fork.key or fact in facts_of(fork.key)",
    ): "of a condition that hangs on nothing else the turns are known: it is asked in vain",
    ("rules/strands.py", "Strand.first", "-1 -> -2"): "any negative number is as good a sign",
    (
        "rules/strands.py",
        "Strand.first",
        "line(self.ends.low) <= line(self.ends.high) -> line(self.ends.low) < line(self.ends.high)",
    ): "a line that neither rises nor falls may be taken for either",
    (
        "rules/strands.py",
        "Strand.first",
        (
            "1 if line(self.ends.low) <= line(self.ends.high) else -1"
            " -> 2 if line(self.ends.low) <= line(self.ends.high) else -1"
        ),
    ): "any positive number is as good a sign",
    ("rules/sums.py", "_inside", "range.high < other.low -> range.high <= other.low"): _ONE_POINT,
    ("rules/sums.py", "_inside", "other.high < range.low -> other.high <= range.low"): _ONE_POINT,
    ("rules/weighing.py", "range_over", "lowest - ROUNDINGS < low -> lowest - ROUNDINGS <= low"): _IN_VAIN,
    (
        "rules/weighing.py",
        "range_over",
        "highest + ROUNDINGS > high -> highest + ROUNDINGS >= high",
    ): _IN_VAIN,
    ("rules/worlds.py", "decide", "truth.values[0] -> truth.values[1]"): _ALL_THE_SAME,
    ("rules/worlds.py", "_turns_by_rounding", "truth.values[0] -> truth.values[1]"): _ALL_THE_SAME,
    (
        "rules/worlds.py",
        "lift",
        "span.axes.keys() <= axes.keys() -> span.axes.keys() < axes.keys()",
    ): _SAME_AXES,
    (
        "rules/worlds.py",
        "Interval.first",
        "after > 4 * (first + 1) -> after >= 4 * (first + 1)",
    ): _WHERE_TO_LOOK,
    ("rules/worlds.py", "Interval.first", "4 * (first + 1) -> 4 + (first + 1)"): _WHERE_TO_LOOK,
    ("rules/worlds.py", "Interval.first", "4 * (first + 1) -> 5 * (first + 1)"): _WHERE_TO_LOOK,
    ("rules/worlds.py", "Interval.first", "first + 1 -> first - 1"): _WHERE_TO_LOOK,
    ("rules/worlds.py", "Interval.first", "first + 1 -> first + 2"): _WHERE_TO_LOOK,
    ("rules/worlds.py", "Interval.first", "if far -> if not (far)"): _WHERE_TO_LOOK,
    (
        "rules/worlds.py",
        "Span.of",
        "ends.step > 1 -> ends.step >= 1",
    ): "where each number follows the next, any lies on it",
    (
        "rules/worlds.py",
        "_shared",
        (
            "isinstance(ours, Interval) and isinstance(theirs, Interval)"
            " -> isinstance(ours, Interval) or isinstance(theirs, Interval)"
        ),
    ): "what is left of one unknown is of one kind everywhere",
    (
        "rules/requests.py",
        "_object",
        "len(content) < len(pairs) -> len(content) <= len(pairs)",
    ): "counting the names of an object in which none stands twice finds none",
}

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

# --- the mutants -------------------------------------------------------------------------------


class Mutant(NamedTuple):
    """One change in one function: where it stands, what it is, and the function with it."""

    module: str
    lines: range  # of the statement that holds the change
    change: str
    live: FunctionType
    changed: FunctionType

    @property
    def key(self) -> tuple[str, str, str]:
        """What a survivor is known by, however its module grows."""
        return self.module, self.live.__qualname__, self.change

    @property
    def name(self) -> str:
        """File, line, function and change: what a survivor is listed by."""
        return f"{self.module}:{self.lines[0]}  {self.live.__qualname__}  {self.change}"

    def apply(self) -> None:
        """Put the changed function in the place of the function, wherever that is known by now."""
        for part in ("__code__", "__defaults__", "__kwdefaults__"):
            setattr(self.live, part, getattr(self.changed, part))


def mutants(file: Path, lines: set[int] | None) -> Iterator[Mutant]:
    """Every mutant of a module, or of some of its lines."""
    name = file.relative_to(ROOT).as_posix()
    tree = ast.parse(file.read_text("utf-8"))
    definitions = list(_definitions(tree))
    if not definitions:  # such as `__main__`, which would run
        return
    module = importlib.import_module(name.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
    live = _functions(module)
    heads = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    for owner, definition in definitions:
        function = live.get(f"{owner}{definition.name}")
        if function is None:
            continue
        bare = copy.deepcopy(definition)
        bare.decorator_list, bare.returns = [], None
        for argument in ast.walk(bare.args):
            if isinstance(argument, ast.arg):
                argument.annotation = None
        for index, place in enumerate(_places(bare)):
            if lines is not None and lines.isdisjoint(place.lines):
                continue
            for before, after, make in _changes(place):
                whole = copy.deepcopy(bare)
                make(list(_places(whole))[index])
                code = compile(ast.fix_missing_locations(ast.Module([*heads, whole], [])), str(file), "exec")
                made: dict[str, Any] = dict(vars(module))
                exec(code, made)
                changed = made[definition.name]
                if changed.__code__.co_freevars == function.__code__.co_freevars:
                    yield Mutant(name, place.lines, f"{before} -> {after}", function, changed)


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


class Place(NamedTuple):
    """A node of a function, the node around it, and the lines of its statement (of a compound one, the head's)."""

    node: Any
    around: ast.AST
    lines: range


def _places(function: ast.FunctionDef) -> Iterator[Place]:
    def inside(node: ast.AST, lines: range) -> Iterator[Place]:
        for child in ast.iter_child_nodes(node):
            own = lines
            if isinstance(child, ast.stmt):
                body = getattr(child, "body", None)
                last = body[0].lineno - 1 if body else child.end_lineno or child.lineno
                own = range(child.lineno, max(last, child.lineno) + 1)
            if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):  # a docstring
                yield Place(child, node, own)
                yield from inside(child, own)

    first = function.body[0].lineno
    yield from inside(function, range(function.lineno, max(first, function.lineno + 1)))


Change = tuple[str, str, Callable[[Place], None]]


def _changes(place: Place) -> Iterator[Change]:
    """What may be changed at a node: how it reads before and after, and how it is done."""
    node = place.node
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            if type(operator) in _SWAPS:
                yield _told(place, partial(_compared, at=at))
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in _SWAPS:
        yield _told(place, _swapped)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _text(node), _text(node.operand), _put
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int) and not _checks(place):
        before = _text(place.around)
        node.value, value = _next(node.value), node.value
        after = _text(place.around)
        node.value = value
        yield before, after, _stepped
    if isinstance(node, ast.If | ast.IfExp | ast.comprehension):
        for at, test in enumerate(node.ifs if isinstance(node, ast.comprehension) else [node.test]):
            yield f"if {_text(test)}", f"if not ({_text(test)})", partial(_turned, at=at)


def _checks(place: Place) -> bool:
    """Whether it is the `strict` of a `zip`: an assertion of its own, which no right program runs into."""
    return isinstance(place.around, ast.keyword) and place.around.arg == "strict"


def _told(place: Place, change: Callable[[Place], None]) -> Change:
    changed = place._replace(node=copy.deepcopy(place.node))
    change(changed)
    return _text(place.node), _text(changed.node), change


def _compared(place: Place, at: int) -> None:
    place.node.ops[at] = _SWAPS[type(place.node.ops[at])]()


def _swapped(place: Place) -> None:
    place.node.op = _SWAPS[type(place.node.op)]()


def _stepped(place: Place) -> None:
    place.node.value = _next(place.node.value)


def _next(value: int) -> int:
    return (not value) if isinstance(value, bool) else value + 1


def _turned(place: Place, at: int) -> None:
    if isinstance(place.node, ast.comprehension):
        place.node.ifs[at] = _not(place.node.ifs[at])
    else:
        place.node.test = _not(place.node.test)


def _text(node: ast.AST) -> str:
    """A piece of code on one line; of a statement that holds others, its first."""
    return ast.unparse(node).strip().split("\n")[0]


def _not(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _put(place: Place) -> None:
    """Put what is negated in the place of its negation."""
    for field, value in ast.iter_fields(place.around):
        if value is place.node:
            setattr(place.around, field, place.node.operand)
        elif isinstance(value, list):
            value[:] = [place.node.operand if part is place.node else part for part in value]


# --- a test, in a copy of this process ---------------------------------------------------------


class TimeOut(BaseException):
    """A test that does not end."""


FAILS, GOOD = "an assertion fails", "good"


def plain(item: pytest.Function) -> bool:
    """Whether a test can be run as a function of its parameters, and of a folder."""
    marked = any(item.get_closest_marker(name) for name in ("host_only", "prove"))
    return not marked and set(inspect.signature(item.obj).parameters) <= {*_parameters(item), "tmp_path"}


def _parameters(item: pytest.Function) -> dict[str, Any]:
    return item.callspec.params if hasattr(item, "callspec") else {}


def result(item: pytest.Function, seconds: float) -> str:
    """What becomes of a test: good, an assertion fails, or else what it ends with."""
    signal.setitimer(
        signal.ITIMER_VIRTUAL, seconds, 1
    )  # of this process's own time, however busy the machine
    try:
        with ExitStack() as after:
            given = dict(_parameters(item))
            if "tmp_path" in inspect.signature(item.obj).parameters:
                given["tmp_path"] = Path(after.enter_context(tempfile.TemporaryDirectory()))
            item.obj(**given)
    except pytest.skip.Exception:
        return GOOD
    except pytest.fail.Exception:  # such as an exception that did not come
        return FAILS
    except TimeOut:
        return TimeOut.__name__
    except BaseException as problem:
        return FAILS if _asserted(problem) else type(problem).__name__
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return GOOD


def _asserted(problem: BaseException) -> bool:
    """Whether it is an assertion of a test, and not one of the code."""
    if isinstance(problem, BaseExceptionGroup):
        return any(map(_asserted, problem.exceptions))
    last: TracebackType | None = problem.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    where = last.tb_frame.f_code.co_filename if last else ""
    return isinstance(problem, AssertionError) and not where.startswith(f"{ROOT / 'rules'}{os.sep}")


def _late(_: int, __: FrameType | None) -> None:
    raise TimeOut


def in_copies(tasks: Iterable[Callable[[], Any]], jobs: int) -> Iterator[tuple[int, Any]]:
    """Do each task in a copy of this process, some at a time; yields its number and its answer (None: it died)."""
    waiting = selectors.DefaultSelector()
    left = enumerate(tasks)
    ends = False
    while True:
        while not ends and len(waiting.get_map()) < jobs:
            number, task = next(left, (-1, None))
            ends = task is None
            if task is not None:
                reader, child = _copy(task)
                waiting.register(reader, selectors.EVENT_READ, (number, child))
        if not waiting.get_map():
            return
        for key, _ in waiting.select():
            stream: BinaryIO = key.fileobj  # type: ignore[assignment]
            waiting.unregister(stream)
            with stream:
                said = stream.read()
            number, child = key.data
            os.waitpid(child, 0)
            yield number, pickle.loads(said) if said else None


def _copy(task: Callable[[], Any]) -> tuple[BinaryIO, int]:
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return os.fdopen(reader, "rb"), child
    try:
        os.close(reader)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        signal.signal(signal.SIGVTALRM, _late)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        said = pickle.dumps(task())
        with os.fdopen(writer, "wb") as answer:
            answer.write(said)
    finally:
        os._exit(0)


class Run(NamedTuple):
    """How a test goes without any mutant: what becomes of it, its seconds, and the lines that it runs of each file."""

    result: str
    seconds: float
    lines: dict[str, set[int]]


def _watched(item: pytest.Function) -> Run:
    seen: dict[str, set[int]] = {}
    calls: Counter[Any] = Counter()
    folder = f"{ROOT / 'rules'}{os.sep}"

    def called(frame: FrameType, _: str, __: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(folder):
            return None
        calls[code] += 1
        if calls[code] < _OFTEN:
            seen.setdefault(code.co_filename, set()).add(frame.f_lineno)
            return line
        if calls[code] == _OFTEN:
            seen[code.co_filename].update(number for _, _, number in code.co_lines() if number)
        return None

    def line(frame: FrameType, _: str, __: Any) -> Any:
        seen[frame.f_code.co_filename].add(frame.f_lineno)
        return line

    began = time.process_time()
    sys.settrace(called)
    try:
        what = result(item, 600)
    finally:
        sys.settrace(None)
    return Run(what, time.process_time() - began, seen)


# --- the hunt ----------------------------------------------------------------------------------


class Hunt:
    """A plugin of pytest that runs, for each mutant, the tests that run its line, until one fails."""

    def __init__(self, files: dict[Path, set[int] | None], jobs: int, seconds: float):
        self.files = files
        self.jobs = jobs
        self.seconds = seconds
        self.killed: Counter[str] = Counter()
        self.survivors: list[tuple[Mutant, str]] = []

    def pytest_collection(self, session: pytest.Session) -> None:
        """A property that fails need not look for its smallest example."""
        from hypothesis import Phase, settings

        settings.register_profile(
            "hunt", settings.get_profile("quick"), phases=[Phase.explicit, Phase.generate]
        )
        settings.load_profile("hunt")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        with tempfile.TemporaryDirectory() as folder, chdir(folder):  # a mutant may write where it should not
            self.run(session)
        return True

    def run(self, session: pytest.Session) -> None:
        """Run each test once as it is, and then each mutant's."""
        tests = [item for item in session.items if isinstance(item, pytest.Function) and plain(item)]
        everything = [mutant for file, lines in self.files.items() for mutant in mutants(file, lines)]
        if not everything:
            return
        print(f"  {len(everything)} mutants; which lines do {len(tests)} tests run?", flush=True)
        seconds: dict[int, float] = {}
        reach: dict[int, tuple[bool, int]] = {}  # whether a test takes long, and how many lines it runs
        running: dict[tuple[str, int], array[int]] = {}
        for number, run in in_copies((partial(_watched, item) for item in tests), self.jobs):
            if run and run.result == GOOD:  # what fails anyway notices nothing
                seconds[number] = run.seconds
                reach[number] = run.seconds > LONG, sum(map(len, run.lines.values()))
                for file, lines in run.lines.items():
                    for line in lines:
                        running.setdefault((file, line), array("i")).append(number)
        kills: dict[Any, Counter[str]] = {}  # of each test, in each function and in each module
        names = [
            (item.nodeid, item.nodeid.split("[")[0]) for item in tests
        ]  # of a test, and of all its examples
        gc.freeze()  # so that the copies share what is not changed

        def hunted(mutant: Mutant) -> Callable[[], Any]:
            file = str(ROOT / mutant.module)
            found = {test for line in mutant.lines for test in running.get((file, line), ())}
            own, around = (kills.setdefault(place, Counter()) for place in (mutant.live, mutant.module))

            def order(test: int) -> tuple[Any, ...]:
                """Who noticed the function's other mutants, or the module's; then who runs the least beside it."""
                one, all = names[test]
                return -own[one], -own[all], -around[all], reach[test]

            queue = sorted(found, key=order)
            return partial(
                _hunt, mutant, [(test, tests[test], seconds[test]) for test in queue], self.seconds
            )

        for number, answer in in_copies(map(hunted, everything), self.jobs):
            mutant = everything[number]
            killer, reason = answer or (None, "the process ends")
            if killer is None:
                self.survivors.append((mutant, reason))
                if mutant.key not in EQUIVALENT:
                    print(f"  survives: {mutant.name}  ({reason})", flush=True)
            else:
                self.killed[mutant.module] += 1
                for place in (mutant.live, mutant.module):
                    kills[place].update(set(names[killer]))


def _hunt(
    mutant: Mutant, queue: list[tuple[int, pytest.Function, float]], most: float
) -> tuple[int | None, str]:
    """The test that kills a mutant, or why none does."""
    mutant.apply()
    began = time.process_time()
    others: Counter[str] = Counter()
    for number, item, seconds in queue:
        what = result(item, 1 + TIMES * seconds)
        if what == FAILS:
            return number, what
        if what != GOOD:
            others[what] += 1
            if others[TimeOut.__name__] == LATE:
                break
        if time.process_time() - began > most:
            others[f"{most:g} s of tests"] += 1
            break
    told = ", ".join(f"{count} x {name}" for name, count in others.items())
    if told:
        return None, f"no assertion fails, but {told}"
    return None, "no assertion fails" if queue else "no test runs it"


def hunt(names: list[str], commit: str | None, jobs: int, seconds: float) -> int:
    """Hunt in some modules, and tell how many of the mutants were killed."""
    files = [(ROOT / name).resolve() for name in names] or sorted((ROOT / "rules").rglob("*.py"))
    chosen = {file: _changed_lines(file, commit) if commit else None for file in files}
    plugin = Hunt({file: lines for file, lines in chosen.items() if lines != set()}, jobs, seconds)
    began = time.monotonic()
    silent = ["-o", "addopts=--import-mode=importlib", "-p", "no:terminal", "-p", "no:cacheprovider"]
    pytest.main([*silent, "--capture=no", "--assert=plain", *TESTS], plugins=[plugin])
    return _tell(plugin, time.monotonic() - began)


def _tell(plugin: Hunt, seconds: float) -> int:
    known = [(mutant, EQUIVALENT[mutant.key]) for mutant, _ in plugin.survivors if mutant.key in EQUIVALENT]
    left = [(mutant, reason) for mutant, reason in plugin.survivors if mutant.key not in EQUIVALENT]
    for mutant, reason in known:
        print(f"  equivalent: {mutant.name}: {reason}")
    for mutant, reason in left:
        print(f"  SURVIVED: {mutant.name}: {reason}")
    survived = Counter(mutant.module for mutant, _ in left)
    equivalent = Counter(mutant.module for mutant, _ in known)
    print(f"  {'':40} killed  of  equivalent besides")
    for module in sorted({*plugin.killed, *survived, *equivalent}):
        print(f"  {module:40} {_share(plugin.killed[module], survived[module])}  {equivalent[module]:4}")
    killed, others = plugin.killed.total(), len(left)
    print(f"  {'all':40} {_share(killed, others)}  {len(known):4}   in {seconds:.0f} s")
    return 0 if 100 * killed >= WANTED * (killed + others) else 1


def _share(killed: int, survived: int) -> str:
    everything = killed + survived
    share = f"{100 * killed / everything:5.1f} %" if everything else "       "
    return f"{killed:5} {everything:5} {share}"


def _changed_lines(file: Path, commit: str) -> set[int]:
    """The lines of a file that differ from a commit."""
    told = subprocess.run(
        ["git", "diff", "-U0", commit, "--", file], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: set[int] = set()
    for first, count in re.findall(r"^@@ .* \+(\d+)(?:,(\d+))? @@", told.stdout, re.MULTILINE):
        found |= set(range(int(first), int(first) + int(count or 1)))
    return found
