"""A table in pieces is answered as it is in the whole, wherever it is cut."""

from __future__ import annotations

import io
import random
from itertools import pairwise

import pytest

from calculator.pieces import Before, answer_piece
from rules.batch import batch
from rules.wording import WORDINGS
from tests.rules.cases import unraised

HEAD = "scheme;application_date;fee;remark;fea"
CELLS = [
    "kmo_portefeuille",
    "1/12/2019",
    "€ 1.000,50",
    "much",
    "",
    '"a;b"',
    '"a ""b""',
    '"two\nlines"',
    '"x',
    "é€😀",
    "\x00",
]
TABLES = [
    "",
    "scheme",
    "\n",
    "\ufeff\r\n",
    "\n\nscheme,fee\nkmo_portefeuille,much\n",
    "\ufeff\r\n\r\nscheme;fee\r\nkmo_portefeuille;1000\r\n",
    '"scheme\n";fee\nkmo_portefeuille;1\n',
    "scheme,fee\rkmo_portefeuille,1000\r",
    "scheme;fee\r\nkmo_portefeuille;1000\n\n\r\nkmo_portefeuille;much;x\r\n",
    '\ufeff"scheme";"fee"\r\nkmo_portefeuille;"1000"',
    'scheme;fee\nkmo_portefeuille;"'
    + "x\n" * 70_000
    + "kmo_portefeuille;2000\n",  # a quote that nothing closes
]


def whole(text: str) -> tuple[str, list[str], int]:
    """What the command makes of a table, what it says, and how many rows had errors."""
    out, said = io.BytesIO(), list[str]()
    bad = batch(io.BytesIO(text.encode()), out, WORDINGS["en"], said.append)
    return out.getvalue().decode(), said, bad


def in_pieces(text: str, cuts: list[int]) -> tuple[str, list[str], int]:
    """The same, of a table cut at some places."""
    before, answer, bad, said = Before(), "", 0, list[str]()
    places = [0, *sorted(cuts), len(text)]
    for count, (start, end) in enumerate(pairwise(places), 1):
        last = count == len(places) - 1
        piece = unraised(answer_piece, text[start:end], before, WORDINGS["en"], said.append, last=last)
        before, answer = piece.then, answer + piece.text
        bad += sum(bool(row.refusals) for row in piece.rows)
    return answer, said, bad


def told_before_the_end(said: list[str], bad: int) -> list[str]:
    """What is said of the columns: the command tells at the end which rows had errors."""
    return said[:-1] if bad else said


@pytest.mark.parametrize("text", TABLES, ids=range(len(TABLES)))
def test_odd_tables(text: str) -> None:
    answer, said, bad = whole(text)
    step = max(1, len(text) // 40)
    for cuts in ([], [len(text) // 2], [*range(step, len(text), step)]):
        assert in_pieces(text, cuts) == (answer, told_before_the_end(said, bad), bad)


@pytest.mark.parametrize("seed", range(40))
def test_random_tables(seed: int) -> None:
    chance = random.Random(seed)
    end = chance.choice(["\n", "\r\n"])
    rows = [";".join(chance.choice(CELLS) for _ in range(chance.choice([5, 5, 3, 6]))) for _ in range(12)]
    text = chance.choice(["", "\ufeff"]) + end.join([HEAD, *rows, *([""] * chance.randint(0, 2))])
    answer, said, bad = whole(text)
    cuts = sorted(chance.randint(1, len(text) - 1) for _ in range(chance.randint(0, 30)))
    assert in_pieces(text, cuts) == (answer, told_before_the_end(said, bad), bad)


def test_a_row_keeps_its_number() -> None:
    text = "scheme,fee\nkmo_portefeuille,much\nkmo_portefeuille,1000\n,5\n"
    first = answer_piece(text[:40], Before(), WORDINGS["en"], list[str]().append, last=False)
    assert [row.number for row in first.rows] == [2]  # of the next only a part is there
    second = answer_piece(text[40:], first.then, WORDINGS["en"], list[str]().append, last=True)
    assert [(row.number, len(row.refusals)) for row in [*first.rows, *second.rows]] == [
        (2, 1),
        (3, 0),
        (4, 1),
    ]
