"""The batch's view: a file in pieces of any size becomes the file that the command line writes."""

import io
import json
import random

import pytest

from calculator.answer import answer
from calculator.many import MOST_LISTED
from rules import LANGUAGES
from rules.batch import batch
from rules.wording import WORDINGS

ROWS = [
    "kmo_portefeuille;1/12/2019;€ 1.000,50;small;a",
    'kmo_portefeuille;1/12/2019;2000;small;"of two\nlines; ""quoted"""',
    "kmo_portefeuille;31/2/2019;much;small;",
    "werkbaarheidscheque;2021-05-03;1000;;😀",
    "too;many;cells;in;this;row",
    "short",
    "",
]


def file(count, end="\r\n", mark="\ufeff", seed=1):
    chance = random.Random(seed)
    rows = [chance.choice(ROWS) for _ in range(count)]
    return mark + end.join(["scheme;application_date;fee;enterprise_size;remark", *rows])


def ask(language="nl", **settings):
    asked = {"facts": {}, "language": language, "view": "batch", "settings": settings}
    return json.loads(answer(json.dumps(asked).encode()))


def in_pieces(text, length, language="nl"):
    """The replies to a file, as the page asks for them."""
    carried, replies = "", []
    for start in range(0, max(len(text), 1), length):
        end = min(start + length, len(text))
        last = "yes" if end == len(text) else ""
        reply = ask(
            language,
            text=text[start:end],
            last=last,
            carried=carried,
            done=end,
            size=len(text),
            passed=start * 10,
        )
        carried = reply["carried"]
        replies.append(reply)
    return replies


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", [37, 500, 100_000])
def test_the_result_is_what_the_command_line_writes(language, length):
    text = file(60)
    out = io.BytesIO()
    bad = batch(io.BytesIO(text.encode()), out, WORDINGS[language], list[str]().append)
    replies = in_pieces(text, length, language)
    assert "".join(reply["text"] for reply in replies).encode() == out.getvalue()
    assert len(replies[-1]["places"]["bad"]) == bad


def test_rows_with_errors_are_told_of_by_number_and_the_first_good_ones_shown():
    text = "scheme,fee\nkmo_portefeuille,1000\nkmo_portefeuille,much\n,5\nkmo_portefeuille,2000\n"
    places = in_pieces(text, 20, "en")[-1]["places"]
    assert [row["row"] for row in places["bad"]] == ["3", "4"]
    assert "much" in places["bad"][0]["text"]
    assert [row["row"] for row in places["good"]] == ["2", "5"]
    assert places["count"] == "Rows calculated: 4, of which with errors: 2."


def test_no_more_rows_are_listed_than_a_page_can_hold():
    text = "scheme,fee\n" + "kmo_portefeuille,much\n" * (MOST_LISTED + 50)
    *_, places = (reply["places"] for reply in in_pieces(text, 1_000, "en"))
    assert len(places["bad"]) == MOST_LISTED
    assert "50 more" in places["more"]


def test_columns_are_told_of_from_the_first_piece_on():
    replies = in_pieces("scheme,fe,customer\n" + "kmo_portefeuille,1,A\n" * 9, 60)
    notes = [" ".join(note["text"] for note in reply["places"]["notes"]) for reply in replies]
    assert len(set(notes)) == 1
    assert "customer" in notes[0]


@pytest.mark.parametrize(
    ("before", "done", "passed", "left"),
    [
        (0, 10, 100, None),
        (10, 20, 1_000, "a few seconds left"),
        (10, 20, 4_300, "about 30 seconds left"),
        (10, 20, 10_000, "about a minute left"),
        (10, 20, 75_000, "about 10 minutes left"),
        (90, 100, 1_000, None),
    ],
)
def test_the_time_left_goes_by_the_time_passed(before, done, passed, left):
    carried = ask(text="scheme\n", done=before, size=100)["carried"] if before else ""
    places = ask("en", text="", carried=carried, done=done, size=100, passed=passed)["places"]
    assert places.get("left") == left
    assert (places["share"], places["percent"]) == (str(done), f"{done}%")


def test_a_file_without_anything():
    (reply,) = in_pieces("", 10)
    assert reply["text"].startswith("verdict,")
    assert "bad" not in reply["places"]


@pytest.mark.parametrize(
    "settings", [{"carried": "x"}, {"carried": "[]"}, {"carried": '{"before": 3}'}, {"done": "x"}]
)
def test_settings_that_are_none_are_no_crash(settings):
    assert ask(**settings)["places"]["problem"]
