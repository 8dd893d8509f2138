"""The commands as `python3 -m rules` runs them, in this process: what they say, and their exit status."""

from __future__ import annotations

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import Any
from unittest.mock import patch

from rules.command import main


@dataclass
class Said:
    """What a command said, and its exit status."""

    status: int
    out: bytes
    error: str

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.out)
        except ValueError as problem:
            raise AssertionError(f"this is no JSON: {self.out[:200]!r}") from problem


def run(*arguments: str, given: str | bytes = b"") -> Said:
    """Run a command, with what standard input gives; it must not end in a traceback."""
    entered = TextIOWrapper(BytesIO(given.encode() if isinstance(given, str) else given))
    out, error = (TextIOWrapper(BytesIO(), encoding="ascii") for _ in range(2))
    with patch("sys.stdin", entered), redirect_stdout(out), redirect_stderr(error):
        try:
            status = main(arguments)
        except SystemExit as end:  # of a call that is not understood, or of help
            status = end.code if isinstance(end.code, int) else 1
        except Exception as problem:
            raise AssertionError(f"{arguments} ends in a traceback: {problem!r}") from problem
    said = []
    for stream in (out, error):
        stream.flush()
        said.append(stream.buffer.getvalue())
    return Said(status, said[0], said[1].decode())
