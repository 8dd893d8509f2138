"""Requests as JSON text: read exactly, and refused with a sentence where they cannot be read."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from rules.reading import Number, Refusal

LARGEST_REQUEST = 1_000_000  # bytes of one request
DEEPEST = 20  # no fact holds more than a list
DEEPEST_TEXT = 100  # what stands deeper in a text is not read: its request is too deep without it
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
    shallow = _shallow(text)
    try:
        content = json.loads(
            shallow, object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=Number
        )
    except RecursionError:
        raise Unreadable(Refusal(None, "too_large")) from None
    except json.JSONDecodeError as problem:
        if shallow is not text:
            raise Unreadable(Refusal(None, "too_large")) from None
        where = f"{problem.lineno}:{problem.colno}"
        raise Unreadable(Refusal(None, "not_json", {"reason": where})) from None
    if not isinstance(content, list) and (len(text) > LARGEST_REQUEST or shallow is not text):
        raise Unreadable(Refusal(None, "too_large"))
    return content


def too_large(request: Any, whole: int) -> bool:
    """Whether one request of a text of ``whole`` bytes is larger, or nested deeper, than a request can be."""
    if _depth(request) > DEEPEST:
        return True
    if whole <= LARGEST_REQUEST:
        return False
    return len(json.dumps(request, ensure_ascii=False).encode("utf-8", "surrogatepass")) > LARGEST_REQUEST


def _object(pairs: list[tuple[str, Any]]) -> Request:
    content = Request(pairs)
    if len(content) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        content.refusals = tuple(Refusal(name, "contradiction") for name in counts if counts[name] > 1)
    return content


def _shallow(text: str) -> str:
    """The text without what stands too deep in it, before a reader that recurses meets that."""
    if text.count("[") + text.count("{") <= DEEPEST_TEXT:
        return text
    kept: list[str] = []
    depth = since = 0
    for token in _BRACKETS.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth == DEEPEST_TEXT + 1:
                kept.append(text[since : token.start()])
        elif token[0] in "]}":
            if depth == DEEPEST_TEXT + 1:
                kept.append("null")
                since = token.end()
            depth -= 1
    if depth > DEEPEST_TEXT:  # it never ends
        raise Unreadable(Refusal(None, "too_large"))
    return "".join([*kept, text[since:]]) if kept else text


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
