"""The rules behind a seal: what starts a Python with less in it imports this, and asks `answer`.

Once they are imported the rules import nothing more. Should they do so all the same, such a Python might lack
the module, and a caught `ImportError` would turn into another answer. So the seal notes an import that finds
nothing, and from then on this Python answers nothing: the page asks a fuller one.
"""

from __future__ import annotations

import sys
from typing import Any

from calculator import answer as rules

_missed: list[str] = []


class _Missing:
    """The last finder: asked only for what is not there."""

    @staticmethod
    def find_spec(name: str, *_: Any) -> None:
        _missed.append(name)


def answer(request: bytes) -> bytes:
    """Answer a request, as `calculator.answer` does; nothing at all where a module was missing."""
    reply = rules.answer(request)
    return b"" if _missed else reply


sys.meta_path.append(_Missing)
