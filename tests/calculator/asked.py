"""Random requests for the rules, from a seed: drawn from the vocabulary, typed as people and machines do."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from rules import LANGUAGES
from rules.facts import FACTS, SCHEMES, Fact

RANGES = [
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x370, 0x5FF),
    (0x660, 0x669),  # digits that are no ASCII
    (0xFF10, 0xFF19),
    (0x2000, 0x206F),
    (0x1F300, 0x1FAFF),
    (0, 0x1F),
    (0xD800, 0xDFFF),  # halves of a character
    (0, 0x10FFFF),
]
DAYS = [
    "31/2/2020",
    "2020-02-30",
    "1/13/2019",
    "0/1/2020",
    "29/2/2020",
    "2020-1-1",
    "1.12.2019",
    "20200101",
    "9999-12-31",
]
NUMBERS = [
    "0",
    "-0",
    "-1",
    "1e3",
    "1E-7",
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "\u0663",
    "1\uff12",
    "\u00bd",
    ",5",
    "5,",
    "1.2.3",
    "1 000",
]
TYPED = {
    "registration_number": ["DV.O100001", "DV.A100001", "dv o 100001", ""],
    "activity_code": ["62.010", "62010", "85.592", ""],
    "committee_number": ["200", "200.00", "330.01", ""],
    "text": ["", "x"],
}
BROKEN = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"facts":',
    b'{"facts": {"fee": 1, "fee": 2}}',
    b'{"a": NaN}',
]


def requests(count: int, seed: int) -> list[bytes]:
    """So many requests as the page sends them."""
    chance = random.Random(seed)
    return [_request(chance) for _ in range(count)]


def _request(chance: random.Random) -> bytes:
    if chance.random() < 0.02:
        return chance.choice([*BROKEN, b"[" * chance.randint(1, 3_000), chance.randbytes(20)])
    asked: dict[str, Any] = {
        "facts": dict(_facts(chance)),
        "language": chance.choice(LANGUAGES) if chance.random() < 0.97 else _value(chance),
        "view": "calculator",
        "today": _day(chance) if chance.random() < 0.9 else _value(chance),
    }
    if chance.random() < 0.03:
        asked[chance.choice([*asked])] = _value(chance)
    return json.dumps(asked, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _facts(chance: random.Random) -> Iterator[tuple[str, Any]]:
    scheme = chance.choice(SCHEMES)
    if chance.random() < 0.95:
        yield "scheme", scheme
    known, slips = chance.choice([0.3, 0.8, 1]), chance.choice([0, 0, 0.05])
    for fact in FACTS.values():
        if fact.name != "scheme" and scheme in fact.schemes and chance.random() < known:
            yield fact.name, _value(chance) if chance.random() < slips else _sound(fact, chance)
    if chance.random() < 0.05:
        yield chance.choice([*FACTS, _text(chance)]), _value(chance)


def _sound(fact: Fact, chance: random.Random) -> Any:
    if fact.kind == "date":
        return _day(chance)
    if fact.options:
        chosen = chance.sample(fact.options, chance.randint(1, 2) if fact.kind == "set" else 1)
        return "+".join(chosen)
    if fact.kind == "yes_no":
        return chance.choice(["yes", "no", True, False])
    if chance.random() < 0.03:
        return chance.choice([*NUMBERS, 10 ** chance.randint(3, 40), _text(chance)])
    if fact.kind in TYPED:
        return chance.choice(TYPED[fact.kind])
    most = chance.choice([5, 100] if fact.kind == "percentage" else [10, 300, 60_000])
    number = chance.randint(0, most)
    return chance.choice(
        [number, str(number)] if fact.kind == "whole" else [number, str(number), f"{number},5"]
    )


def _day(chance: random.Random) -> str:
    year, month, day = chance.randint(2014, 2028), chance.randint(1, 12), chance.randint(1, 31)
    written = [f"{day}/{month}/{year}", f"{year}-{month:02}-{day:02}"]
    return chance.choice(DAYS if chance.random() < 0.02 else written)


def _value(chance: random.Random) -> Any:
    """Anything at all that JSON can hold."""
    kinds: list[Any] = [
        None,
        True,
        {},
        [],
        {"a": [1]},
        1.5,
        -0.0,
        5e-324,
        10**30,
        chance.choice(NUMBERS),
        _text(chance),
    ]
    return chance.choice(kinds)


def _text(chance: random.Random) -> str:
    low, high = chance.choice(RANGES)
    return "".join(chr(chance.randint(low, high)) for _ in range(chance.randint(0, 12)))
