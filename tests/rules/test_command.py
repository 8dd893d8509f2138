"""The commands as a person or a program calls them: what they print, where, and with which exit status."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import subprocess
import sys
import tracemalloc
from contextlib import redirect_stderr
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any

import pytest

from rules import LANGUAGES, LAW
from rules.batch import batch
from rules.command import main
from rules.facts import FACTS
from rules.wording import Wording
from tests.rules.cases import calculate, cheque, increase, only, training, unraised
from tests.rules.terminal import run

ENGLISH = Wording("en")
ROOT = Path(__file__).parents[2]
host_only = pytest.mark.host_only


def is_one_sentence(text: str) -> bool:
    return len(text.strip().splitlines()) == 1 and bool(text.strip())


# --- calculate ---------------------------------------------------------------------------------


def test_a_request_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(training()), encoding="utf-8")
    said = run("calculate", str(file))
    assert (said.status, said.error) == (0, "")
    assert said.json == json.loads(json.dumps(calculate(training(), "nl")))


@pytest.mark.parametrize("arguments", [["calculate"], ["calculate", "-"]], ids=len)
def test_a_request_from_standard_input(arguments: list[str]) -> None:
    said = run(*arguments, given=json.dumps(cheque()))
    assert said.status == 0
    assert said.json["amounts"]["support"]["low"] == "3000.00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_in_the_language_asked_for(language: str) -> None:
    said = run("calculate", "--language", language, given=json.dumps(training()))
    assert said.json == calculate(training(), language)


@pytest.mark.parametrize("request_", [training(legal_form="vzw"), training(fee=None), training("2016-03-31")])
def test_every_verdict_is_exit_status_0(request_: Any) -> None:
    assert run("calculate", given=json.dumps(request_)).status == 0


@pytest.mark.parametrize(
    ("text", "fact", "code"),
    [
        ('{"scheme": "kmo_portefeuille", "fee": -1}', "fee", "out_of_range"),
        ('{"scheme": "kmo_portefeuille", "fee": 1000.505}', "fee", "too_many_decimals"),
        ('{"scheme": "kmo_portefeuille", "fee": NaN}', "fee", "not_an_amount"),
        ('{"scheme": "kmo_portefeuille", "fee": Infinity}', "fee", "out_of_range"),
        ('{"scheme": "kmo_portefeuille", "fee": -Infinity}', "fee", "out_of_range"),
        ('{"scheme": "kmo_portefeuille", "fee": 1e999999999}', "fee", "out_of_range"),
        ('{"scheme": "kmo_portefeuille", "fee": 1e-999999999}', "fee", "too_many_decimals"),
        ('{"scheme": "kmo_portefeuille", "fee": 0.1000000000000000055}', "fee", "too_many_decimals"),
        ('{"scheme": "kmo_portefeuille", "fee": 1, "fee": 2}', "fee", "contradiction"),
        ('{"scheme": "kmo_portefeuille", "fee": 1, "fee": 1}', "fee", "contradiction"),
        ('{"scheme": "kmo_portefeuille", "a": 1}', "a", "unknown_fact"),
        ("{}", "scheme", "missing"),
        ("", None, "not_json"),
        ("{", None, "not_json"),
        ("{'scheme': 1}", None, "not_json"),
        ('{"scheme": "kmo_portefeuille"} {}', None, "not_json"),
        ('{"scheme": "kmo_portefeuille", "\\ud800": 1}', "\ud800", "unknown_fact"),
        ('{"scheme": "kmo_portefeuille", "theme": "\\ud800"}', "theme", "not_a_choice"),
        ("5", None, "not_an_object"),
        ("null", None, "not_an_object"),
        ('"kmo_portefeuille"', None, "not_an_object"),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_bad_input_is_exit_status_2_with_the_errors_as_json(text: str, fact: str | None, code: str) -> None:
    said = run("calculate", "--language", "en", given=text)
    assert said.status == 2
    assert said.json["verdict"] is None
    assert [(told["fact"], told["code"]) for told in said.json["errors"]] == [(fact, code)]
    assert is_one_sentence(said.error)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("1000", "1000.00"),
        ("1e3", "1000.00"),
        ("1E+3", "1000.00"),
        ("1000.10", "1000.10"),
        ("0.1", "0.10"),
        ("1000.5000", "1000.50"),
        ("100050e-2", "1000.50"),
        ("999999999.99", "999999999.99"),
        ("0.10e1", "1.00"),
        ("0e999999999", "0.00"),
        ("-0", "0.00"),
    ],
)
def test_numbers_of_json_are_read_exactly(number: str, read: str) -> None:
    text = json.dumps(training(fee=None)).replace('"fee": null', f'"fee": {number}')
    said = run("calculate", given=text)
    assert said.json["amounts"]["invoice"]["low"] == read


def test_what_is_no_utf_8_is_no_json() -> None:
    said = run("calculate", given=b'{"scheme": "\xff"}')
    assert (said.status, said.json["errors"][0]["code"]) == (2, "not_json")


def test_half_of_a_pair_goes_out_as_it_came_in() -> None:
    said = run("calculate", given=r'{"scheme": "\ud800", "\udfff": 1}')
    assert (said.status, [told["fact"] for told in said.json["errors"]]) == (2, ["scheme", "\udfff"])
    assert run("calculate", "--table", given=r'{"scheme": "\ud800"}').status == 2


def test_a_byte_order_mark_is_left_aside() -> None:
    assert run("calculate", given=b"\xef\xbb\xbf" + json.dumps(training()).encode()).status == 0


def test_one_request_of_more_than_a_megabyte_is_too_large() -> None:
    said = run("calculate", given=json.dumps(training(main_activity="6" * 1_000_001)))
    assert (said.status, [told["code"] for told in said.json["errors"]]) == (2, ["too_large"])


@pytest.mark.parametrize("depth", [50, 100_000])
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")], ids=["lists", "objects"])
def test_one_that_is_nested_too_deep_is_too_large(opened: str, closed: str, depth: int) -> None:
    said = run("calculate", given='{"scheme": ' + opened * depth + "1" + closed * depth + "}")
    assert (said.status, [told["code"] for told in said.json["errors"]]) == (2, ["too_large"])


SHALLOW = '{"scheme": "kmo_portefeuille", "fee": %s}'


@pytest.mark.parametrize(("lists", "wrong"), [(18, "not_an_amount"), (19, "too_large")])
def test_a_request_is_at_most_twenty_deep(lists: int, wrong: str) -> None:
    said = run("calculate", given=SHALLOW % ("[" * lists + "1" + "]" * lists))
    assert [told["code"] for told in said.json["errors"]] == [wrong]


@pytest.mark.parametrize("lists", [19, 98, 99, 100, 100_000])
def test_one_of_several_that_is_too_deep_has_its_error_in_its_place(lists: int) -> None:
    deep = SHALLOW % ("[" * lists + '"[{", 1' + "]" * lists)
    said = run("calculate", given=f"[{json.dumps(training())}, {deep}, {deep}, {json.dumps(cheque())}]")
    codes = [[told["code"] for told in one["errors"]] for one in said.json]
    assert (said.status, codes) == (2, [[], ["too_large"], ["too_large"], []])


@pytest.mark.parametrize(
    "text", ["[" * 101, "[" * 101 + "]" * 100, "[" + "[" * 101 + "]" * 101, "[" * 101 + "]" * 101 + "x"]
)
def test_what_is_too_deep_and_no_json_is_too_large(text: str) -> None:
    said = run("calculate", given=text)
    assert (said.status, [told["code"] for told in said.json["errors"]]) == (2, ["too_large"])


def test_letters_that_take_two_bytes_are_counted_as_two() -> None:
    # as JSON escapes them each would take six
    large, small = ({"scheme": "é" * many} for many in (500_000, 400_000))
    said = run("calculate", given=json.dumps([large, small], ensure_ascii=False))
    assert [one["errors"][0]["code"] for one in said.json] == ["too_large", "not_a_choice"]


def test_many_brackets_side_by_side_or_in_a_text_are_not_deep() -> None:
    assert len(run("calculate", given=json.dumps([{"fee": []}] * 120)).json) == 120
    said = run("calculate", given=SHALLOW % json.dumps("[{" * 100 + '\\"' + "[{" * 100))
    assert [told["code"] for told in said.json["errors"]] == ["not_an_amount"]


def test_a_request_may_be_as_large_as_a_megabyte_and_not_larger() -> None:
    def codes(request: dict[str, str], spaces: str = " ", many: int = 0) -> list[str]:
        text = json.dumps(request, separators=(f",{spaces}", f":{spaces}"))
        answer = run("calculate", given=f"[{', '.join([text] * many)}]" if many else text).json
        assert isinstance(answer, list) == bool(many)
        return [told["code"] for one in (answer if many else [answer]) for told in one["errors"]]

    room = 1_000_000 - len(json.dumps({"scheme": ""}))
    assert codes({"scheme": "x" * room}) == ["not_a_choice"]
    assert codes({"scheme": "x" * (room + 1)}) == ["too_large"]
    assert codes({"scheme": "x" * (room + 1)}, "") == ["not_a_choice"], "the text counts"
    assert codes({"scheme": "x" * room}, many=2) == ["not_a_choice"] * 2
    assert codes({"scheme": "x" * (room + 1)}, many=2) == ["too_large"] * 2


def test_where_json_breaks_is_told() -> None:
    assert "2:9" in run("calculate", "--language", "en", given='{"scheme":\n "kmo"  x}').error


def test_output_is_for_people_too() -> None:
    out = run("calculate", "--language", "fr", given=json.dumps(training())).out
    assert out.startswith(b'{\n  "contract": 1,\n')
    assert "é".encode() in out


def test_a_table_of_several_answers_has_each() -> None:
    said = run("calculate", "--table", "--language", "en", given=json.dumps([training(), 5, cheque()]))
    text = said.out.decode()
    assert said.status == 2
    assert "Flanders adds 300 euro." in text
    assert "Flanders adds 3,000 euro." in text
    assert text.index("300 euro") < text.index("3,000 euro")
    assert run("calculate", "--table", "--language", "en", given="{").status == 2


# --- as recorded -------------------------------------------------------------------------------


def test_the_law_as_it_was_recorded() -> None:
    """All of it was recorded on one day, on which the record begins."""
    then = ["--as-recorded", "2026-11-23"]
    given = json.dumps(training())
    as_recorded, now = (run("calculate", *how, given=given).json for how in (then, []))
    said = only([told for told in as_recorded["notices"] if told not in now["notices"]])
    assert said["id"] == "as_recorded"
    assert {**as_recorded, "notices": []} == {**now, "notices": []}
    assert run("law", *then) == run("law")
    before = run("law", "--as-recorded", "2026-11-22")
    assert (before.status, before.json["errors"][0]["code"]) == (2, "out_of_range")
    assert "2026-11-23" in before.error


def test_a_list_is_answered_in_order_with_errors_in_their_place() -> None:
    said = run("calculate", given=json.dumps([training(), {"fee": 1}, 5, cheque()]))
    assert said.status == 2
    assert [told["verdict"] for told in said.json] == ["eligible", None, None, "eligible"]
    assert [[error["code"] for error in told["errors"]] for told in said.json[1:3]] == [
        ["missing"],
        ["not_an_object"],
    ]
    assert is_one_sentence(said.error)


def test_a_list_of_good_requests_is_exit_status_0_and_may_hold_many() -> None:
    many = [training(fee=str(number + 100), main_activity="62.010") for number in range(60)]
    said = run("calculate", given=json.dumps(many))
    assert said.status == 0
    assert [told["amounts"]["invoice"]["low"] for told in said.json] == [
        f"{number + 100}.00" for number in range(60)
    ]
    assert run("calculate", given="[]").json == []


def test_a_list_of_more_than_a_megabyte_is_answered_one_by_one() -> None:
    many = [{"scheme": "kmo_portefeuille", "legal_form": "x" * 500_000}] * 3
    said = run("calculate", given=json.dumps([*many, training(), {"scheme": "x" * 1_000_001}]))
    assert [[error["code"] for error in told["errors"]] for told in said.json] == [
        ["not_a_choice"],
        ["not_a_choice"],
        ["not_a_choice"],
        [],
        ["too_large"],
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    said = run("calculate", str(tmp_path / "none.json"))
    assert said.status == 2
    assert is_one_sentence(said.error)
    assert "none.json" in said.error
    assert "Errno" not in said.error
    assert said.json["verdict"] is None


@pytest.mark.parametrize("arguments", [[], ["compute"], ["calculate", "--laguage", "nl"]])
def test_a_call_that_is_not_understood(arguments: list[str]) -> None:
    said = run(*arguments)
    assert said.status == 2
    assert said.error


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["law", "--on", "soon"], "not_a_date"),
        (["law", "--due", "2020-02-30"], "not_a_date"),
        (["law", "--scheme", "kmo_groeisubsidie"], "not_a_choice"),
        (["calculate", "--as-recorded", "2020-13-01"], "not_a_date"),
        (["calculate", "--as-recorded", "2020-12-01"], "out_of_range"),
    ],
)
def test_an_option_with_a_wrong_value_is_bad_input(arguments: list[str], code: str, language: str) -> None:
    said = run(*arguments, "--language", language)
    assert (said.status, said.json["verdict"]) == (2, None)
    told = only(said.json["errors"])
    assert (told["fact"], told["code"], told["text"]) == (None, code, said.error.strip())
    assert is_one_sentence(said.error)
    assert arguments[1] in said.error
    assert arguments[2] in said.error


def test_a_language_that_is_not_spoken_is_told_of_in_dutch() -> None:
    said = run("calculate", "--language", "es")
    assert (said.status, said.json["errors"][0]["code"]) == (2, "not_a_choice")
    assert "geen van deze: nl, en, fr, de" in said.error


@pytest.mark.parametrize("command", [[], ["calculate"], ["batch"], ["law"], ["facts"]])
def test_every_command_has_help(command: list[str]) -> None:
    said = run(*command, "--help")
    assert said.status == 0
    assert b"usage" in said.out.lower()


def test_a_table_for_people() -> None:
    said = run("calculate", "--table", "--language", "en", given=json.dumps(training()))
    text = said.out.decode()
    assert said.status == 0
    assert "300" in text
    assert not text.lstrip().startswith("{")


def test_the_law_and_the_facts_as_a_table() -> None:
    law = run("law", "--table", "--language", "en", "--scheme", "kmo_portefeuille", "--on", "2019-12-01")
    assert law.status == 0
    rate = only([line for line in law.out.decode().splitlines() if "30%" in line])
    assert rate.startswith("2019-12-01  ")
    assert run("law", "--language", "en", "--table").out.count(b"\n") == len(run("law").json)
    facts = run("facts", "--table", "--language", "en").out.decode().splitlines()
    assert [line.split()[0] for line in facts] == list(FACTS)
    assert facts[0].split()[1] == "choice"


def test_sources_that_are_due_as_a_table() -> None:
    due = run("law", "--due", "2027-11-23")
    table = run("law", "--table", "--due", "2027-11-23").out.decode().splitlines()
    assert len(table) == len(due.json) > 0
    assert table[0].startswith("2027-11-23  ")
    assert run("law", "--due", "2027-11-22").json == []


def test_a_plan_from_a_csv_file_to_another_and_no_other_use_so(tmp_path: Path) -> None:
    source, target = tmp_path / "in.CSV", tmp_path / "out.csv"
    source.write_bytes(table("20000", "20000"))
    said = run("plan", str(source), str(target), "--language", "en")
    assert (said.status, said.out) == (0, b"")
    assert said.error == "No column is called enterprise: all rows count as one enterprise.\n"
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    assert [row["support_low"] for row in rows] == ["6000.00", "4000.00"]
    assert run("goal", str(source), str(target)).status == 2
    assert run("goal", str(source)).json["errors"][0]["code"] == "not_json"


@host_only
def test_output_is_utf_8_whatever_the_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rules", "calculate", "--language", "fr", "-"],
        cwd=ROOT,
        input=json.dumps(training(legal_form="vzw")).encode(),
        capture_output=True,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8")) == calculate(training(legal_form="vzw"), "fr")


# --- batch -------------------------------------------------------------------------------------

CELLS = {
    "scheme": "kmo_portefeuille",
    "application_date": "2019-12-01",
    "legal_form": "company",
    "establishment": "flemish_region",
    "public_participation": "0",
    "main_activity_accepted": "yes",
    "enterprise_size": "small",
    "service": "training",
    "learning_mode": "in_person",
    "excluded_service": "none",
    "service_start": "2019-12-01",
}
HEADERS, ROW = [*CELLS, "fee"], list(CELLS.values())


def table(*fees: str, delimiter: str = ",", end: str = "\n", headers: list[str] = HEADERS) -> bytes:
    """A CSV file with a row for each fee."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([headers, *([*ROW, fee] for fee in fees)])
    return text.getvalue().encode()


def answered(given: bytes, language: str = "en") -> tuple[list[dict[str, str]], list[str], int]:
    """What batch makes of a file: its rows, what it says, and how many rows were bad."""
    out, said = io.BytesIO(), list[str]()
    bad = unraised(batch, io.BytesIO(given), out, Wording(language), said.append)
    text = out.getvalue().decode("utf-8-sig")
    delimiter = max(",;\t|", key=text.split("\n", 1)[0].count)
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter)), said, bad


def test_a_row_each_with_the_outcome_beside_it() -> None:
    [row], said, bad = answered(table("1000"))
    assert (bad, said) == (0, [])
    assert row["fee"] == "1000"
    assert {
        "verdict": "eligible",
        "support_low": "300.00",
        "support_high": "300.00",
        "ceiling_low": "10000.00",
        "own_share_low": "700.00",
        "total_own_cost_low": "700.00",
        "total_own_cost_high": "910.00",
        "deadline_application": "2019-12-15",
        "deadline_deposit": "2019-12-31",
        "questions": "",
        "conditions_not_met": "",
        "errors": "",
    }.items() <= row.items()


def test_columns_of_every_scheme_as_rows_may_mix() -> None:
    names = list(dict.fromkeys([*training(), *cheque(), *increase()]))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    for request in (training(), cheque(), increase()):
        words = {True: "yes", False: "no"}
        cells = {
            name: "+".join(value)
            if isinstance(value, list)
            else words.get(value, value)
            if isinstance(value, bool)
            else value
            for name, value in request.items()
        }
        writer.writerow(cells)
    rows, said, bad = answered(text.getvalue().encode())
    assert (bad, said) == (0, [])
    assert [row["support_low"] for row in rows] == ["300.00", "3000.00", "300.00"]
    assert [row["co_financing_low"] for row in rows] == ["", "2000.00", ""]
    assert [row["own_share_low"] for row in rows] == ["700.00", "", "700.00"]
    assert rows[1]["deadline_project_end"] == "2021-11-03"


def test_ranges_questions_and_refusals_in_a_row() -> None:
    headers = [*HEADERS, "support_used_this_year"]
    lines = [headers, [*ROW[:6], "", *ROW[7:], "1000", "0"], [*ROW[:2], "vzw", *ROW[3:], "50", "0"]]
    rows, _, bad = answered("\n".join(",".join(line) for line in lines).encode())
    assert bad == 0
    assert (rows[0]["verdict"], rows[0]["questions"]) == ("undecided", "enterprise_size")
    assert (rows[0]["support_low"], rows[0]["support_high"]) == ("200.00", "300.00")
    assert set(rows[1]["conditions_not_met"].split("+")) == {"legal_form", "minimum_cost"}
    assert rows[1]["verdict"] == "not_eligible"


def test_an_end_without_a_bound_is_an_empty_cell() -> None:
    rows, _, _ = answered(b"scheme,application_date\nkmo_portefeuille,2021-03-01\n")
    assert rows[0]["eligible_cost_low"] == "100.00"
    assert rows[0]["eligible_cost_high"] == ""


def test_a_bad_row_stops_nothing_and_says_what_is_wrong() -> None:
    rows, said, bad = answered(table("1000", "much", "2000", "-1"))
    assert bad == 2
    assert [row["errors"] for row in rows] == ["", "fee:not_an_amount", "", "fee:out_of_range"]
    assert [row["verdict"] for row in rows] == ["eligible", "", "eligible", ""]
    assert len(said) == 1
    assert "3" in said[0]
    assert "5" in said[0]


def test_rows_are_counted_as_a_spreadsheet_counts_and_a_blank_one_stays() -> None:
    given = table("1000", "much").replace(b"\n", b"\n\n", 1)
    out, said = io.BytesIO(), list[str]()
    assert batch(io.BytesIO(given), out, Wording("en"), said.append) == 1
    assert said == ["1 row has an error: 4."]
    lines = out.getvalue().decode().split("\n")
    assert [bool(line) for line in lines] == [True, False, True, True, False]


def test_a_table_may_begin_with_blank_lines() -> None:
    out, said = io.BytesIO(), list[str]()
    assert batch(io.BytesIO(b"\n\n" + table("1000", "much")), out, Wording("en"), said.append) == 1
    assert said == ["1 row has an error: 5."]
    plain = io.BytesIO()
    batch(io.BytesIO(table("1000", "much")), plain, Wording("en"), said.append)
    assert out.getvalue() == b"\n\n" + plain.getvalue()


@pytest.mark.parametrize(("bad", "told"), [(20, 20), (21, 20)])
def test_twenty_bad_rows_are_named_and_then_that_there_are_more(bad: int, told: int) -> None:
    _, said, count = answered(table(*["much"] * bad))
    assert count == bad
    assert said[0].count(",") == told - 1 + (bad > told)
    assert ("…" in said[0]) == (bad > told)


def test_every_error_of_a_row_is_told() -> None:
    rows, _, _ = answered(b"scheme,fee,legal_form\nkmo_portefeuille,-1,bakery\n,1,company\n")
    assert set(rows[0]["errors"].split("+")) == {"fee:out_of_range", "legal_form:not_a_choice"}
    assert rows[1]["errors"] == "scheme:missing"


@pytest.mark.parametrize(
    "row",
    ["kmo_portefeuille,1000,too,many,cells", "kmo_portefeuille", '"kmo_portefeuille,1000'],
    ids=["long", "short", "quote"],
)
def test_a_row_of_another_shape_stops_nothing(row: str) -> None:
    rows, _, _ = answered(f"scheme,fee\n{row}\n".encode())
    assert len(rows) == 1
    assert answered(f"scheme,fee\nkmo_portefeuille,1\n{row}\n".encode())[0][0]["verdict"]


def test_of_a_row_with_too_many_cells_or_one_that_is_too_long_what_can_be_told_is() -> None:
    rows, _, bad = answered(
        f"scheme,fee\nkmo_portefeuille,1000,too,many\nkmo_portefeuille,{'1' * 200_000}\nkmo_portefeuille,1\n".encode()
    )
    assert [(row["scheme"], row["fee"], row["errors"]) for row in rows] == [
        ("kmo_portefeuille", "1000", ":not_an_object"),
        ("", "", ":not_an_object"),
        ("kmo_portefeuille", "1", ""),
    ]
    assert bad == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_delimiter_mark_and_line_ends_stay_as_found(delimiter: str, end: str, mark: bytes) -> None:
    out = io.BytesIO()
    assert (
        batch(
            io.BytesIO(mark + table("1000", "2000", delimiter=delimiter, end=end)), out, Wording("en"), print
        )
        == 0
    )
    answer = out.getvalue()
    assert answer.startswith(mark + b"scheme" + delimiter.encode())
    assert answer.count(end.encode()) == 3
    assert {letter for letter in answer.decode() if letter in "\r\n"} == set(end)
    assert f"{delimiter}300.00{delimiter}".encode() in answer


def test_cells_are_kept_as_they_were() -> None:
    out = io.BytesIO()
    given = (
        'scheme;fee;remark\nkmo_portefeuille;" € 1.000,50 ";"a ""quoted""\nremark; of two lines"\n'.encode()
    )
    batch(io.BytesIO(given), out, Wording("nl"), list[str]().append)
    row = only(csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""), delimiter=";"))
    assert row["fee"] == " € 1.000,50 "
    assert row["remark"] == 'a "quoted"\nremark; of two lines'
    assert row["invoice_low"] == "1000.50"


def test_a_column_that_is_no_fact_is_carried_through_and_named_once() -> None:
    given = b"scheme,invoice number,fee,customer\nkmo_portefeuille,F1,1000,A\nkmo_portefeuille,F2,2000,B\n"
    rows, said, bad = answered(given)
    assert bad == 0
    assert [row["invoice number"] for row in rows] == ["F1", "F2"]
    assert len(said) == 1
    assert "invoice number" in said[0]
    assert "customer" in said[0]


@pytest.mark.parametrize(
    ("header", "fact"), [("fe", "fee"), ("feee", "fee"), ("legal_from", None), ("servce", "service")]
)
def test_a_header_one_letter_from_a_facts_name_is_that_fact_and_said_so(
    header: str, fact: str | None
) -> None:
    _, said, _ = answered(f"scheme,{header}\nkmo_portefeuille,\n".encode())
    assert len(said) == 1
    assert header in said[0]
    assert (fact in said[0]) if fact else ("legal_form" not in said[0])


def test_a_column_called_like_a_fact_goes_before_one_that_is_a_letter_away() -> None:
    [row], said, _ = answered(b"scheme,fees,fee\nkmo_portefeuille,7,1000\n")
    assert row["invoice_low"] == "1000.00"
    assert said == [ENGLISH("command.carried_through", columns="fees")]


def test_of_two_columns_a_letter_away_the_first_is_the_fact() -> None:
    [row], said, _ = answered(b"scheme,fees,feee\nkmo_portefeuille,7,1000\n")
    assert row["invoice_low"] == "7.00"
    assert said == [
        ENGLISH("command.taken_for", column="fees", fact="fee"),
        ENGLISH("command.carried_through", columns="feee"),
    ]


@pytest.mark.parametrize(("strangers", "taken"), [(99, True), (100, False)])
def test_nobody_mistypes_a_hundred_columns(strangers: int, taken: bool) -> None:
    odd = [f"column{place}" for place in range(strangers)]
    [row], _, _ = answered(f"scheme,{','.join(odd)},fees\nkmo_portefeuille,{',' * strangers}7\n".encode())
    assert (row["invoice_low"] == "7.00") is taken


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_facts_label_in_the_language_is_that_fact(language: str) -> None:
    wording = Wording(language)
    labels = [wording("fact.scheme.label"), wording("fact.fee.label").upper()]
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([labels, ["kmo_portefeuille", "1000"]])
    rows, said, bad = answered(text.getvalue().encode(), language)
    assert bad == 0
    assert rows[0]["invoice_low"] == "1000.00"
    assert len(said) == 2


@pytest.mark.parametrize(
    ("language", "fee", "day", "yes"),
    [
        ("nl", "1.000,00", "1/12/2019", "ja"),
        ("en", "1,000.00", "1/12/2019", "yes"),
        ("fr", "1 000,00", "01/12/2019", "oui"),
        ("de", "1.000,00", "1.12.2019", "ja"),
    ],
)
def test_cells_are_read_in_the_languages_habit(language: str, fee: str, day: str, yes: str) -> None:
    row = [ROW[0], day, *ROW[2:5], yes, *ROW[6:10], day, fee]
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([HEADERS, row])
    rows, _, bad = answered(text.getvalue().encode(), language)
    assert (bad, rows[0]["verdict"], rows[0]["support_low"]) == (0, "eligible", "300.00")


def test_an_empty_file_and_one_with_headers_alone() -> None:
    assert answered(b"") == ([], [], 0)
    assert answered(b"scheme,fee\n") == ([], [], 0)


def test_batch_from_a_file_to_a_file(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(table("1000"))
    said = run("batch", str(source), str(target))
    assert (said.status, said.out, said.error) == (0, b"", "")
    assert b"300.00" in target.read_bytes()
    assert source.read_bytes() == table("1000")


def test_batch_with_a_bad_row_is_exit_status_1_and_tells_its_number() -> None:
    said = run("batch", "-", "--language", "en", given=table("1000", "much"))
    assert said.status == 1
    assert is_one_sentence(said.error)
    assert "3" in said.error
    assert b"fee:not_an_amount" in said.out


def test_batch_of_a_file_that_is_not_there_or_cannot_be_written(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(table("1000"))
    for arguments in ([str(tmp_path / "none.csv")], [str(source), str(tmp_path / "no" / "out.csv")]):
        said = run("batch", *arguments)
        assert said.status == 2
        assert is_one_sentence(said.error)


@pytest.mark.parametrize("command", ["batch", "plan"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_never_answered_into_itself(tmp_path: Path, command: str, language: str) -> None:
    source, other = tmp_path / "in.csv", tmp_path / "link.csv"
    source.write_bytes(table("1000"))
    other.symlink_to(source)
    for target in (source, other, tmp_path / "." / "in.csv"):
        said = run(command, str(source), str(target), "--language", language)
        assert (said.status, said.json["verdict"]) == (2, None)
        assert [error["code"] for error in said.json["errors"]] == ["contradiction"]
        assert is_one_sentence(said.error)
        assert source.read_bytes() == table("1000")


def test_batch_shows_no_progress_where_nobody_watches() -> None:
    assert run("batch", "-", given=table(*["1000"] * 1200)).error == ""


@host_only
def test_batch_shows_progress_on_a_terminal(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    import os

    source = tmp_path / "in.csv"
    source.write_bytes(table(*["1000"] * 1200))
    screen, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "rules", "batch", str(source), str(tmp_path / "out.csv")],
        cwd=ROOT,
        stderr=terminal,
        check=False,
    )
    os.close(terminal)
    shown = os.read(screen, 10_000)
    os.close(screen)
    assert done.returncode == 0
    assert b"1000" in shown


class Screen(io.StringIO):
    """A terminal, and how often it was told to show what was written."""

    shown = 0

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.shown += 1


def test_progress_is_shown_every_five_hundred_rows(tmp_path: Path) -> None:
    source, screen = tmp_path / "in.csv", Screen()
    source.write_bytes(table(*["1000"] * 1002))
    with redirect_stderr(screen):
        assert main(["batch", "--language", "en", str(source), str(tmp_path / "out.csv")]) == 0
    assert "500" in screen.getvalue()
    assert screen.getvalue().count("\r") == screen.shown == 2


@host_only
def test_batch_answers_before_the_input_ends() -> None:
    """A first row comes out while the program that writes the input still thinks about the next."""
    process = subprocess.Popen(
        [sys.executable, "-m", "rules", "batch", "-"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    head, row = table("1000").splitlines(keepends=True)
    first_answer = Event()

    def type_rows(screen: IO[bytes]) -> None:
        screen.write(head + row * 2000)
        screen.flush()
        if first_answer.wait(30):
            screen.write(row)
        screen.close()

    Thread(target=type_rows, args=[process.stdin], daemon=True).start()
    assert process.stdout.readline().startswith(b"scheme,")
    assert b"300.00" in process.stdout.readline()
    first_answer.set()
    assert len(process.stdout.readlines()) == 2000
    assert process.wait(30) == 0
    process.stdout.close()


class Endless(io.RawIOBase):
    """A file of so many rows, made while it is read."""

    def __init__(self, rows: int):
        self.head, self.row = table("1000").split(b"\n")[:2]
        self.left = rows
        self.ready = self.head + b"\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self.ready) < len(buffer) and self.left:
            self.ready += self.row + b"\n"
            self.left -= 1
        part, self.ready = self.ready[: len(buffer)], self.ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


class Scale(io.RawIOBase):
    """A file that keeps nothing, and weighs the memory in use whenever so many rows have been written."""

    def __init__(self, every: int):
        self.every = every
        self.rows = 0
        self.weights: list[int] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.rows += bytes(data).count(b"\n")
        if self.rows >= self.every * (len(self.weights) + 1):
            gc.collect()
            self.weights.append(tracemalloc.get_traced_memory()[0])
        return len(data)


@host_only
def test_memory_does_not_grow_with_the_rows() -> None:
    scale = Scale(every=200)
    tracemalloc.start()
    try:
        batch(io.BufferedReader(Endless(900)), scale, Wording("en"), print)  # type: ignore[arg-type]
    finally:
        tracemalloc.stop()
    _, first, *_, last = scale.weights
    assert last - first < 20_000, scale.weights  # twenty bytes a row


# --- law and facts -----------------------------------------------------------------------------


def test_the_law_as_a_list() -> None:
    said = run("law")
    assert (said.status, said.error) == (0, "")
    for entry in said.json:
        assert {"id", "scheme", "value", "unit", "since", "until", "sure", "sources"} <= set(entry)
        assert entry["sources"]
        assert set(entry["sources"]) <= set(LAW.sources)
        assert entry["until"] is None or entry["since"] <= entry["until"]
    rates = [
        (entry["value"], entry["since"], entry["until"])
        for entry in said.json
        if entry["id"] == "support_rate.small"
    ]
    assert rates == [("40", "2016-04-01", "2019-11-30"), ("30", "2019-12-01", None)]


@pytest.mark.parametrize(
    ("day", "rate", "ceiling"),
    [("2019-11-30", "40", "10000"), ("2019-12-01", "30", "10000"), ("2020-01-01", "30", "7500")],
)
def test_the_law_on_a_day(day: str, rate: str, ceiling: str) -> None:
    entries = run("law", "--scheme", "kmo_portefeuille", "--on", day).json
    assert {entry["scheme"] for entry in entries} == {"kmo_portefeuille"}
    assert len({entry["id"] for entry in entries}) == len(entries)
    values = {entry["id"]: entry["value"] for entry in entries}
    assert (values.get("support_rate.small"), values.get("yearly_ceiling.small")) == (rate, ceiling)


def test_values_are_told_in_their_unit() -> None:
    values = {entry["id"]: (entry["value"], entry["unit"]) for entry in run("law", "--on", "2024-03-01").json}
    assert values["application_term"] == (14, "days")
    assert values["last_service_day"] == ("2024-08-31", "date")
    assert values["support_rate.small"] == ("30", "percent")
    assert values["headcount_limit.small"] == ("50", "annual_work_units")
    assert values["cheque_state"] == ("call 2024", "state")
    assert values["accepted_legal_forms"][0] == sorted(values["accepted_legal_forms"][0])
    disputed = {entry["id"]: entry["value"] for entry in run("law", "--on", "2021-09-13").json}
    assert disputed["rate_raise.cybersecurity"] == {"low": "0", "high": "15"}


KNOWN = {  # a fact of each kind, and what it may be
    "main_activity_accepted": {"type": "boolean"},
    "application_date": {"type": "string", "format": "date", "x-from": "1990-01-01", "x-to": "2100-12-31"},
    "participants": {
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": 1_000_000,
        "pattern": "^(?!0*$)0*(1000000|[0-9]{1,6})$",
    },
    "employees": {
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": 1_000_000,
        "pattern": "^0*(1000000|[0-9]{1,6})$",
    },
    "fee": {
        "type": ["number", "string"],
        "minimum": 0,
        "exclusiveMaximum": 1_000_000_000,
        "pattern": "^0*[0-9]{1,9}(\\.[0-9]{1,2})?$",
        "x-maximum": "999999999.99",
    },
    "public_participation": {
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": 100,
        "pattern": "^0*(100(\\.0{1,2})?|[0-9]{1,2}(\\.[0-9]{1,2})?)$",
        "x-maximum": "100",
    },
    "actions": {
        "type": "array",
        "items": {"enum": list(FACTS["actions"].options)},
        "uniqueItems": True,
    },
    "service": {"enum": ["training", "advice"]},
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_fact_in_the_schema(name: str) -> None:
    properties = run("facts", "--language", "en").json["properties"]
    assert properties[name].get("anyOf") == [KNOWN[name], {"type": "null"}, {"const": ""}]
    assert properties[name]["x-kind"] == FACTS[name].kind


NUMBERS: list[Any] = [
    0,
    1,
    3,
    99,
    100,
    101,
    999_999,
    1_000_000,
    1_000_001,
    999_999_999,
    1_000_000_000,
    10**10,
]
TEXTS = ["03", "99.99", "100.00", "100.01", "999999999.99", "-1", "1e3", "three", *map(str, NUMBERS)]


@pytest.mark.parametrize("name", ["fee", "public_participation", "headcount", "participants", "employees"])
def test_the_schema_admits_what_the_program_takes(name: str) -> None:
    known = run("facts").json["properties"][name]["anyOf"][0]
    below = known.get("exclusiveMaximum", known.get("maximum", 0) + 1)
    admitted = [number for number in NUMBERS if known["minimum"] <= number < below]
    admitted += [text for text in TEXTS if re.search(known["pattern"], text)]
    taken = [
        value
        for value in [*NUMBERS, *TEXTS]
        if not calculate({"scheme": "kmo_portefeuille", name: value})["errors"]
    ]
    assert admitted == taken


def test_the_scheme_alone_must_be_there() -> None:
    scheme = run("facts").json["properties"]["scheme"]
    assert scheme.get("enum") == list(FACTS["scheme"].options)
    assert "anyOf" not in scheme


def test_the_law_of_a_scheme_that_is_not_there() -> None:
    assert run("law", "--scheme", "kmo_groeisubsidie").status == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_facts_as_a_json_schema(language: str) -> None:
    said = run("facts", "--language", language)
    schema = said.json
    assert (said.status, said.error) == (0, "")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["type"] == "object"
    assert list(schema["properties"]) == list(FACTS)
    assert schema["required"] == ["scheme"]
    assert schema["additionalProperties"] is False
    for name, told in schema["properties"].items():
        assert told.get("title"), name
        ways = told.get("anyOf", [told])  # a value, or nothing
        options = [way.get("enum") or way.get("items", {}).get("enum") for way in ways]
        if FACTS[name].options:
            assert list(FACTS[name].options) in options, name
