"""A request as text: what stands too deep in it or is too large is refused, and nothing else is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rules.requests import DEEPEST_TEXT, LARGEST_REQUEST, Unreadable, parse


def parsed(text: bytes | str) -> Any:
    """What a text holds, or the code with which it is refused: nothing else may be raised."""
    try:
        return parse(text)
    except Unreadable as unreadable:
        return unreadable.refusal.code
    except Exception as problem:
        raise AssertionError(f"{problem!r}") from problem


def nested(depth: int, inside: str = "") -> str:
    return "[" * depth + inside + "]" * depth


def test_what_is_nested_as_deep_as_can_be_is_read() -> None:
    assert json.dumps(parsed(nested(DEEPEST_TEXT))) == nested(DEEPEST_TEXT)


@pytest.mark.parametrize("more", [1, 2, 3000])
def test_what_stands_deeper_is_taken_for_nothing(more: int) -> None:
    assert json.dumps(parsed(nested(DEEPEST_TEXT + more))) == nested(DEEPEST_TEXT, "null")


def test_what_stands_beside_it_is_kept() -> None:
    deep = nested(DEEPEST_TEXT + 5)
    text = f'[{{"fee": 1}}, {deep}, {{"theme": "x"}}, {deep}, [2]]'
    found = parsed(text)
    assert found[0] == {"fee": "1"}
    assert found[2] == {"theme": "x"}
    assert found[4] == ["2"]
    assert json.dumps(found[1]) == json.dumps(found[3]) == nested(DEEPEST_TEXT - 1, "null")


def test_brackets_in_a_text_are_no_depth() -> None:
    for brackets in ("[" * 5000, "]" * 5000, '\\"[' * 5000, "{" * 5000):
        assert parsed(f'["{brackets}", {{"fee": 1}}]')[1] == {"fee": "1"}


@pytest.mark.parametrize("open_", ["[", '{"a":'])
def test_what_is_deep_and_never_ends_is_too_large(open_: str) -> None:
    assert parsed(open_ * (DEEPEST_TEXT + 1)) == "too_large"
    assert parsed(open_ * DEEPEST_TEXT) == "not_json"


def test_one_request_that_is_too_deep_is_too_large() -> None:
    assert parsed('{"fee": ' + nested(DEEPEST_TEXT) + "}") == "too_large"
    assert isinstance(parsed('{"fee": ' + nested(DEEPEST_TEXT - 1) + "}"), dict)


def test_a_broken_text_with_something_deep_in_it_is_too_large() -> None:
    assert parsed(nested(DEEPEST_TEXT + 1) + "]") == "too_large"


def test_one_request_may_be_so_large_and_a_list_of_them_larger() -> None:
    padding = " " * (LARGEST_REQUEST - len('{"fee": 1}'))
    assert parsed('{"fee": 1}' + padding) == {"fee": "1"}
    assert parsed('{"fee": 1}' + padding + " ") == "too_large"
    assert parsed('[{"fee": 1}]' + padding + " ") == [{"fee": "1"}]


def test_a_broken_text_says_where() -> None:
    with pytest.raises(Unreadable) as raised:
        parse('{"fee": 1,\n  x}')
    assert raised.value.refusal.details == {"reason": "2:3"}
    assert parsed(b"\xff") == "not_json"
    assert parsed(b"\xef\xbb\xbf{}") == {}


def test_a_name_that_stands_twice_is_told_once() -> None:
    content = parsed('{"fee": 1, "fee": 2, "fee": 3, "theme": "x"}')
    assert [(refusal.fact, refusal.code) for refusal in content.refusals] == [("fee", "contradiction")]
    assert parsed('{"fee": 1}').refusals == ()
