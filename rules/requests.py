"""Requests as JSON text: read exactly, and refused with a sentence where they cannot be read."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from rules.reading import Number, Refusal

LARGEST_REQUEST = 1_000_000  # bytes of one request
DEEPEST = 20  # no fact holds more than a list
DEEPEST_TEXT = 100  # a list of requests that are themselves too deep can still be read one by one
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]')


class Unreadable(Exception):
    """A text that is no request at all; carries the refusal."""

    def __init__(self, refusal: Refusal):
        self.refusal = refusal


class Request(dict[str, Any]):
    """An object of a request, with what was wrong in how it was written."""

    refusals: tuple[Refusal, ...] = ()


def parse(text: bytes | str) -> Any:
    """JSON with numbers kept as they were written; raises `Unreadable`."""
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unreadable(Refusal(None, "not_json", {"reason": "UTF-8"})) from None
    if _nesting(text) > DEEPEST_TEXT:
        raise Unreadable(Refusal(None, "too_large"))
    try:
        content = json.loads(
            text, object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=Number
        )
    except RecursionError:
        raise Unreadable(Refusal(None, "too_large")) from None
    except json.JSONDecodeError as problem:
        where = f"{problem.lineno}:{problem.colno}"
        raise Unreadable(Refusal(None, "not_json", {"reason": where})) from None
    if not isinstance(content, list) and len(text) > LARGEST_REQUEST:
        raise Unreadable(Refusal(None, "too_large"))
    return content


def too_large(request: Any, whole: int) -> bool:
    """Whether one request of a text of ``whole`` bytes is larger, or nested deeper, than a request can be."""
    if _depth(request) > DEEPEST:
        return True
    return whole > LARGEST_REQUEST and len(json.dumps(request)) > LARGEST_REQUEST


def _object(pairs: list[tuple[str, Any]]) -> Request:
    content = Request(pairs)
    if len(content) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        content.refusals = tuple(Refusal(name, "contradiction") for name in counts if counts[name] > 1)
    return content


def _nesting(text: str) -> int:
    """How deep brackets stand in each other: told before a reader that recurses meets them."""
    if text.count("[") + text.count("{") <= DEEPEST_TEXT:
        return 0
    depth = deepest = 0
    for token in _BRACKETS.finditer(text):
        if token[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in "]}":
            depth -= 1
    return deepest


def _depth(content: Any) -> int:
    deepest, level = 0, [content]
    while level and deepest <= DEEPEST:
        inner = [
            item.values() if isinstance(item, dict) else item
            for item in level
            if isinstance(item, dict | list)
        ]
        level = [part for parts in inner for part in parts]
        deepest += 1
    return deepest
