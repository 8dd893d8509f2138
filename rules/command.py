"""The command line: ``python -m rules calculate | batch | plan | goal | compare | group | law | facts``.

Standard output holds the answer and nothing else. Bad input is exit status 2 with the errors as JSON on standard
output and one sentence on standard error; a batch with bad rows is exit status 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from rules import LANGUAGES, LAW, calculate, lawbook, requests, schema, tables, telling, uses
from rules.batch import Rows, batch, plan_rows
from rules.dated import Law, load
from rules.facts import SCHEMES
from rules.reading import EXAMPLES, Refusal
from rules.telling import parameter_label
from rules.wording import WORDINGS, Wording

GOOD, BAD_ROWS, BAD_INPUT = 0, 1, 2
_LANGUAGE = "nl"  # where none is asked for


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # half a pair, which JSON can hold as "\ud800", has no UTF-8: it goes out as it came in
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(options)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return GOOD


def _run(options: argparse.Namespace) -> int:
    run: Callable[[argparse.Namespace, Wording], int] = options.run
    wording = WORDINGS.get(options.language, WORDINGS[_LANGUAGE])
    try:
        _read_options(options)
    except _WrongOption as wrong:
        return _refused(wording(f"command.{wrong.code}", **wrong.details), wrong.code, wording)
    options.book = load(as_recorded=options.as_recorded) if options.as_recorded else LAW
    return run(options, wording)


class _WrongOption(Exception):
    """An option with a value that it cannot have: an error's code, and what fills the sentence."""

    def __init__(self, code: str, **details: str):
        self.code = code
        self.details = details


def _read_options(options: argparse.Namespace) -> None:
    """Put days in the place of the days that were written, and hold choices against what they may be."""
    for name, choices in (("language", LANGUAGES), ("scheme", SCHEMES)):
        value = getattr(options, name, None)
        if value is not None and value not in choices:
            raise _WrongOption(
                "not_a_choice", option=name, value=" ".join(value.split()), options=", ".join(choices)
            )
    for name in ("as_recorded", "on", "due"):
        value = getattr(options, name, None)
        setattr(options, name, None if value is None else _day(name.replace("_", "-"), value))
    begins = min(value.recorded for parameter in LAW.parameters.values() for value in parameter.values)
    if options.as_recorded and options.as_recorded < begins:
        raise _WrongOption(
            "out_of_range", option="as-recorded", value=str(options.as_recorded), least=str(begins)
        )


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        shown = " ".join(text.split())
        example = EXAMPLES["date"]
        raise _WrongOption("not_a_date", option=option, value=shown, example=example) from None


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--language",
        default=_LANGUAGE,
        metavar="|".join(LANGUAGES),
        help=f"the language of all texts (default: {_LANGUAGE})",
    )
    common.add_argument("--table", action="store_true", help="short lines for people instead of JSON")
    clock = argparse.ArgumentParser(add_help=False)
    clock.add_argument(
        "--as-recorded",
        metavar="DATE",
        help="with the law as it was on record here on that day (the data of then, the program of now)",
    )
    parser = argparse.ArgumentParser(
        prog="python -m rules",
        description="What the KMO-portefeuille, its increase and the werkbaarheidscheque give.",
        epilog="Facts and outcome are described in the reference on the site; `facts` prints their JSON Schema.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    one = commands.add_parser(
        "calculate", parents=[common, clock], help="one request or a list of them, as JSON"
    )
    one.add_argument(
        "request", nargs="?", default="-", metavar="REQUEST.json", help="a file, or - for standard input"
    )
    one.set_defaults(run=_calculate)

    many = commands.add_parser("batch", parents=[common], help="a CSV file, a case in each row")
    many.add_argument("input", metavar="IN.csv", help="a file, or - for standard input")
    many.add_argument(
        "output", nargs="?", default="-", metavar="OUT.csv", help="a file, or - for standard output"
    )
    many.set_defaults(run=_batch)

    for name, help in (
        ("plan", "many projects over years, as JSON or CSV, with the ceilings that they use"),
        ("goal", "every value of a money fact for which an amount is what is asked for"),
        ("compare", "one case over several values of a fact, or over each change of the law"),
        ("group", "own figures and those of partner and linked enterprises, added up"),
    ):
        use = commands.add_parser(name, parents=[common], help=help)
        use.add_argument(
            "request", nargs="?", default="-", metavar="REQUEST.json", help="a file, or - for standard input"
        )
        if name == "plan":
            use.add_argument(
                "output", nargs="?", default="-", metavar="OUT.csv", help="where the request is IN.csv"
            )
        use.set_defaults(run=_use, use=name)

    law = commands.add_parser(
        "law", parents=[common, clock], help="every value of the law, with dates and sources"
    )
    law.add_argument("--scheme", metavar="|".join(SCHEMES), help="one scheme only")
    law.add_argument("--on", metavar="DATE", help="only what holds on that day, such as 2019-12-01")
    law.add_argument("--due", metavar="DATE", help="instead: the sources to be read again on that day")
    law.set_defaults(run=_law)

    facts = commands.add_parser("facts", parents=[common], help="the vocabulary as JSON Schema 2020-12")
    facts.set_defaults(run=_facts)
    return parser


# --- calculate ---------------------------------------------------------------------------------


def _calculate(options: argparse.Namespace, wording: Wording) -> int:
    try:
        text = _text(options.request)
    except OSError as problem:
        return _cannot_open(options.request, problem, wording)
    content = None
    try:
        content = requests.parse(text)
        many = content if isinstance(content, list) else [content]
        answers = [_answer(request, len(text), options.book, wording) for request in many]
    except requests.Unreadable as problem:
        answers = [telling.refused([problem.refusal], wording)]
    if options.table:
        for told in answers:
            print("\n".join(tables.outcome_lines(told, wording)))
    else:
        _print(answers if isinstance(content, list) else answers[0])
    bad = sum(told["verdict"] is None for told in answers)
    if not bad:
        return GOOD
    if isinstance(content, list):
        print(wording.counted("command.bad_requests", bad), file=sys.stderr)
    else:
        print(answers[0]["errors"][0]["text"], file=sys.stderr)
    return BAD_INPUT


def _answer(request: Any, whole: int, law: Law, wording: Wording) -> dict[str, Any]:
    if requests.too_large(request, whole):
        return telling.refused([Refusal(None, "too_large")], wording)
    return calculate(request, wording.language, law=law)


# --- plan, goal, compare, group ----------------------------------------------------------------


def _use(options: argparse.Namespace, wording: Wording) -> int:
    if options.use == "plan" and options.request.lower().endswith(".csv"):
        return _rows(options.request, options.output, plan_rows, wording)
    try:
        text = _text(options.request)
    except OSError as problem:
        return _cannot_open(options.request, problem, wording)
    try:
        answer = USES[options.use](requests.parse(text), LAW, wording)
    except requests.Unreadable as problem:
        answer = telling.refused([problem.refusal], wording)
    if options.table:
        print("\n".join(tables.use_lines(answer, wording)))
    else:
        _print(answer)
    errors = list(answer.get("errors", []))
    for project in answer.get("projects", []):
        errors += project["errors"]
    if not errors:
        return GOOD
    print(errors[0]["text"], file=sys.stderr)
    return BAD_INPUT


USES = {"plan": uses.plan, "goal": uses.goal, "compare": uses.compare, "group": uses.group}


# --- batch -------------------------------------------------------------------------------------


def _batch(options: argparse.Namespace, wording: Wording) -> int:
    return _rows(options.input, options.output, batch, wording)


def _rows(source: str, target: str, answer: Rows, wording: Wording) -> int:
    """Answer the rows of one file into another, never into itself: opened for writing it would be empty."""
    if _same(source, target):
        return _refused(wording("command.same_file", file=source), "contradiction", wording)
    with ExitStack() as files:
        try:
            rows = _opened(source, "rb", sys.stdin.buffer, files)
        except OSError as problem:
            return _cannot_open(source, problem, wording)
        try:
            answers = _opened(target, "wb", sys.stdout.buffer, files)
        except OSError as problem:
            return _cannot_open(target, problem, wording)
        bad = answer(rows, answers, wording, _say, _progress(wording))
        answers.flush()
    return BAD_ROWS if bad else GOOD


def _same(source: str, target: str) -> bool:
    """Whether two names are of one file."""
    if "-" in (source, target):
        return False
    try:
        return Path(source).samefile(target)
    except OSError:  # one of them is not there
        return False


def _opened(name: str, mode: str, standard: BinaryIO, files: ExitStack) -> BinaryIO:
    """A file by name, closed with the others; ``-`` is the standard stream."""
    if name == "-":
        return standard
    return files.enter_context(cast(BinaryIO, Path(name).open(mode)))


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _progress(wording: Wording) -> Callable[[int], None] | None:
    """A line that counts the rows, where standard error is a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(rows: int) -> None:
        print(f"\r{wording('command.progress', count=rows)}", end="", file=sys.stderr, flush=True)

    return show


# --- law and facts -----------------------------------------------------------------------------


def _law(options: argparse.Namespace, wording: Wording) -> int:
    if options.due:
        sources = lawbook.due(options.book, options.due)
        if options.table:
            due = ((each["due"], each["key"], each["publisher"], each["address"]) for each in sources)
            print("\n".join(tables.aligned(due)))
        else:
            _print(sources)
        return GOOD
    found = lawbook.entries(options.book, options.scheme, options.on)
    if not options.table:
        _print(found)
        return GOOD
    rows = []
    for told in found:
        parameter = options.book.parameters[told["id"]]
        value = parameter.at(date.fromisoformat(told["since"]).toordinal())
        assert value is not None
        shown = wording.value(
            value.value, parameter.unit, telling.SET_FACTS.get(told["id"].split(".")[0], "")
        )
        label, sure = parameter_label(told["id"], wording), wording(f"value.{told['sure']}")
        rows.append((told["since"], told["until"] or "", label, tables.shortened(shown), sure))
    print("\n".join(tables.aligned(rows)))
    return GOOD


def _facts(options: argparse.Namespace, wording: Wording) -> int:
    described = schema.schema(wording)
    if not options.table:
        _print(described)
        return GOOD
    rows = [(name, told["x-kind"], told["title"]) for name, told in described["properties"].items()]
    print("\n".join(tables.aligned(rows)))
    return GOOD


# --- help --------------------------------------------------------------------------------------


def _text(name: str) -> bytes:
    """A request's bytes, from a file or standard input."""
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _print(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


def _cannot_open(name: str, problem: OSError, wording: Wording) -> int:
    return _refused(
        wording("command.cannot_open", file=name, reason=problem.strerror or problem), "not_json", wording
    )


def _refused(text: str, code: str, wording: Wording) -> int:
    """A command that was not carried out: the outcome's shape, and the sentence beside it."""
    _print({**telling.refused([], wording), "errors": [{"fact": None, "code": code, "text": text}]})
    print(text, file=sys.stderr)
    return BAD_INPUT
