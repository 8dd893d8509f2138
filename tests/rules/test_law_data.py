"""The law as data: what the loader refuses, that every value is used and sourced, and that code holds none of it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from rules import LAW, lawbook
from rules.dated import Disagreement, Law, LawError, Parameter, load
from tests.rules.cases import advice, calculate, cheque, increase, only, training, unraised

RULES = Path(__file__).parents[2] / "rules"
MODULES = sorted(RULES.rglob("*.py"))
SCHEMES = sorted((RULES / "schemes").glob("*.py"))

# --- what the loader refuses -------------------------------------------------------------------

SOURCES = """
[page]
address = "https://example.org/page"
title = "A page"
publisher = "Somebody"
kind = "official"
language = "nl"
read = 2026-11-23

[book]
address = ""
title = "A book"
publisher = "Somebody else"
kind = "third_party"
language = "nl"
read = 2026-11-23
"""
KNOWLEDGE = """
checked = 2026-11-23
trusted_for = { months = 12 }
"""
ENTRY = """
[[share.small]]
since = 2016-04-01
value = 40
clauses = ["K06"]
sources = ["page"]
sure = "seen"
recorded = 2026-11-23
"""
SECOND = ENTRY.replace("2016-04-01", "2019-12-01").replace("40", "30")
PARAMETERS = f"""
scheme = "kmo_portefeuille"
begins = 2016-04-01

[share]
unit = "percent"
{ENTRY}{SECOND}"""
SECOND_ENTRY = r"example\.toml: share\.small: 2019-12-01"


def law_from(folder: Path, parameters: str = PARAMETERS, recorded: date | None = None, **others: str) -> Any:
    """Load a small law, written as three files; what is wrong with it is told by a `LawError`, and by no other."""
    files = {"example": parameters, "sources": SOURCES, "knowledge": KNOWLEDGE, **others}
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    try:
        return load(folder, recorded)
    except LawError:
        raise
    except Exception as problem:
        raise AssertionError(f"the loader stumbles: {problem!r}") from problem


def accepted(folder: Path, parameters: str = PARAMETERS, recorded: date | None = None) -> Law:
    """A small law that has nothing wrong with it."""
    try:
        return law_from(folder, parameters, recorded)  # type: ignore[no-any-return]
    except LawError as problem:
        raise AssertionError(f"a right law is refused: {problem}") from problem


def changed(old: str, new: str) -> str:
    """The small law with its second entry changed in one place."""
    assert old in SECOND
    return PARAMETERS.replace(SECOND, SECOND.replace(old, new))


def test_a_right_law_is_loaded_and_a_value_holds_until_the_next(tmp_path: Path) -> None:
    law = accepted(tmp_path)
    days = ["2016-03-31", "2016-04-01", "2019-11-30", "2019-12-01", "2026-11-23"]
    assert [law.value("share.small", day) for day in days] == [None, 40_00, 40_00, 30_00, 30_00]
    assert [value.until for value in law.parameters["share.small"].values] == [date(2019, 12, 1), None]


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ('sources = ["page"]', "sources = []", "source"),
        ('sources = ["page"]\n', "", "sources"),
        ('sources = ["page"]', 'sources = ["hearsay"]', "hearsay"),
        ("value = 30\n", "", "value"),
        ('sure = "seen"\n', "", "sure"),
        ("recorded = 2026-11-23\n", "", "recorded"),
        ('sure = "seen"', 'sure = "certain"', "certain"),
        ('sources = ["page"]', 'sources = ["book"]', "address"),  # no address: it carries no seen value
        ('sure = "seen"', 'sure = "seen"\nuntil = 2020-01-01', "until"),
        ('sure = "seen"', 'sure = "seen"\nvlaue = 1', "vlaue"),
        ("value = 30", "value = 30.5", "quotes"),
        ("value = 30", "value = { low = 20.5, high = 30 }", "quotes"),
        ("value = 30", 'value = "30,5"', "30,5"),
        ("value = 30", 'value = "30.555"', "30.555"),
        ("value = 30", "value = -30", "-30"),
        ("value = 30", "value = true", "True"),
        ("value = 30", 'value = ["a"]', "a"),
        ("value = 30", "value = { low = 20, most = 30 }", "low"),
    ],
)
def test_a_wrong_entry_is_refused_with_file_parameter_and_start(
    tmp_path: Path, old: str, new: str, because: str
) -> None:
    with pytest.raises(LawError, match=SECOND_ENTRY) as refusal:
        law_from(tmp_path, changed(old, new))
    assert because in str(refusal.value)


def test_an_overlap_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=SECOND_ENTRY):
        law_from(tmp_path, PARAMETERS + SECOND)
    with pytest.raises(LawError, match=r"example\.toml: share\.small: 2016-04-01"):
        law_from(tmp_path, PARAMETERS.replace(ENTRY + SECOND, SECOND + ENTRY))


def test_a_later_correction_of_the_same_day_replaces_what_was_recorded(tmp_path: Path) -> None:
    correction = SECOND.replace("value = 30", "value = 25").replace(
        "recorded = 2026-11-23", "recorded = 2026-12-01"
    )
    law = accepted(tmp_path, PARAMETERS + correction)
    assert law.value("share.small", "2019-12-01") == 25_00
    assert len(law.parameters["share.small"].values) == 2
    for recorded, value in (
        (date(2026, 11, 23), 30_00),
        (date(2026, 11, 30), 30_00),
        (date(2026, 12, 1), 25_00),
    ):
        then = accepted(tmp_path, PARAMETERS + correction, recorded)
        assert then.value("share.small", "2019-12-01") == value
        assert then.as_recorded == recorded
    with pytest.raises(LawError, match="a gap"):
        law_from(tmp_path, recorded=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("unit", "written", "held"),
    [
        ("euro", "100", 100_00),
        ("euro", '"0.05"', 5),
        ("percent", '"24.99"', 24_99),
        ("points", '"7.5"', 7_50),
        ("annual_work_units", "50", 50_00),
        ("days", "14", 14),
        ("months", "6", 6),
        ("date", "2024-08-31", date(2024, 8, 31).toordinal()),
        ("set", '["a", "b"]', frozenset({"a", "b"})),
        ("set", '"any"', "any"),
        ("state", '"open"', "open"),
        *(
            (unit, f'"{word}"', word)
            for unit in ("euro", "days", "set", "state")
            for word in ("none", "unknown")
        ),
        ("euro", '{ low = "10.5", high = 20 }', Disagreement(10_50, 20_00)),
        ("days", "{ low = 10, high = 20 }", Disagreement(10, 20)),
    ],
)
def test_a_value_is_held_exactly_in_its_unit(tmp_path: Path, unit: str, written: str, held: Any) -> None:
    text = changed("value = 30", f"value = {written}").replace(ENTRY, ENTRY.replace("40", '"none"'))
    law = accepted(tmp_path, text.replace('unit = "percent"', f'unit = "{unit}"'))
    assert law.value("share.small", "2019-12-01") == held


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        *(("euro", value) for value in ('"any"', '["a"]', "2024-08-31", '"1.234"', '".5"', '""')),
        *(("days", value) for value in ('"any"', "2024-08-31", '["a"]')),
        *(("date", value) for value in ('"any"', "14", '["a"]', '"2024-08-31"')),
        *(("set", value) for value in ("14", '"a"', "2024-08-31")),
        *(("state", value) for value in ("14", '["a"]', "2024-08-31")),
    ],
)
def test_what_is_no_value_in_a_unit_is_refused(tmp_path: Path, unit: str, written: str) -> None:
    text = changed("value = 30", f"value = {written}").replace(ENTRY, ENTRY.replace("40", '"none"'))
    with pytest.raises(LawError, match=SECOND_ENTRY):
        law_from(tmp_path, text.replace('unit = "percent"', f'unit = "{unit}"'))


def test_a_parameter_without_values_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"example\.toml: share: .*no values"):
        law_from(tmp_path, PARAMETERS.replace(ENTRY + SECOND, ""))


def test_a_value_that_starts_with_its_scheme_or_before_leaves_no_gap(tmp_path: Path) -> None:
    early = PARAMETERS.replace(ENTRY, ENTRY.replace("2016-04-01", "2016-03-31"))
    assert accepted(tmp_path, early).value("share.small", "2016-03-31") == 40_00
    with pytest.raises(LawError, match="a gap"):
        law_from(tmp_path, PARAMETERS.replace(ENTRY, ENTRY.replace("2016-04-01", "2016-04-02")))


def test_a_gap_at_the_beginning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"example\.toml: share\.small: 2016-04-01"):
        law_from(tmp_path, PARAMETERS.replace(ENTRY, ""))


@pytest.mark.parametrize("since", ['"2019-12-01"', "2019", "2019-12-01T00:00:00"])
def test_a_start_that_is_no_day_is_refused(tmp_path: Path, since: str) -> None:
    with pytest.raises(LawError, match=r"example\.toml: share\.small"):
        law_from(tmp_path, changed("since = 2019-12-01", f"since = {since}"))


def test_an_entry_without_a_start_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"example\.toml: share\.small"):
        law_from(tmp_path, changed("since = 2019-12-01\n", ""))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('unit = "percent"\n', ""),
        ('unit = "percent"', 'unit = "furlong"'),
        ('unit = "percent"', 'unit = "percent"\nnote = "x"'),
        ('scheme = "kmo_portefeuille"\n', ""),
        ("begins = 2016-04-01\n", ""),
    ],
)
def test_a_wrong_head_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in PARAMETERS
    with pytest.raises(LawError, match=r"example\.toml"):
        law_from(tmp_path, PARAMETERS.replace(old, new))


def test_a_parameter_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"share\.small"):
        law_from(tmp_path, another=PARAMETERS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "official"', 'kind = "gossip"'),
        ('kind = "official"\n', ""),
        ('kind = "official"', 'kind = "official"\nweight = 1'),
    ],
)
def test_a_wrong_source_is_refused_by_name(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(LawError, match=r"sources\.toml: page"):
        law_from(tmp_path, sources=SOURCES.replace(old, new))


@pytest.mark.parametrize(
    "text",
    ["", "checked = 2026-11-23", KNOWLEDGE + "\ntoday = 2026-11-24", KNOWLEDGE.replace("months", "weeks")],
)
def test_a_wrong_record_of_knowledge_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(LawError, match=r"knowledge\.toml"):
        law_from(tmp_path, knowledge=text)


def test_what_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"example\.toml"):
        law_from(tmp_path, PARAMETERS + "\n[[share.small")


# --- the law itself ----------------------------------------------------------------------------


def test_the_law_was_last_checked_on_this_day_and_is_trusted_for_a_year() -> None:
    assert LAW.checked == date(2026, 11, 23)
    assert LAW.trusted_until == date(2027, 11, 23)


@pytest.mark.parametrize("parameter", LAW.parameters.values(), ids=lambda parameter: parameter.id)
def test_every_value_names_its_sources_and_how_sure_we_are(parameter: Parameter) -> None:
    for value in parameter.values:
        assert value.sources
        assert value.sure in ("seen", "inferred", "disputed")
        assert all(key in LAW.sources for key in value.sources)
        assert value.sure != "disputed" or len(value.sources) > 1, "a dispute takes two"


def test_every_source_says_where_and_when_it_was_read() -> None:
    used = {
        key for parameter in LAW.parameters.values() for value in parameter.values for key in value.sources
    }
    for key in used:
        source = LAW.sources[key]
        assert source.title
        assert source.publisher
        assert source.read <= LAW.checked
        assert source.address == "" or source.address.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("id", "day", "sure"),
    [
        ("support_rate.small", "2019-12-01", "seen"),
        ("yearly_ceiling.small", "2020-01-01", "seen"),
        ("rate_raise.cybersecurity", "2021-09-13", "disputed"),
        ("rate_raise.cybersecurity", "2021-09-14", "seen"),
        ("rate_raise.energy_efficiency", "2023-03-15", "disputed"),
        ("rate_raise.energy_efficiency", "2024-06-05", "seen"),
        ("accepted_themes.training", "2023-01-01", "inferred"),
        ("accepted_themes.advice", "2026-02-01", "inferred"),
        ("cheque_state", "2019-12-06", "seen"),
        ("cheque_state", "2019-12-07", "inferred"),
        ("cheque_state", "2023-10-12", "inferred"),
        ("cheque_state", "2024-08-01", "inferred"),
        ("cheque_state", "2023-01-16", "inferred"),
        ("cheque_rate", "2019-12-31", "inferred"),
        ("cheque_rate", "2020-01-01", "seen"),
        ("increase_state", "2019-12-06", "seen"),
        ("increase_state", "2020-06-01", "inferred"),
        ("increase_months", "2019-12-31", "inferred"),
        ("increase_months", "2020-01-01", "seen"),
        ("increase_state", "2021-06-01", "inferred"),
        ("cheque_uses", "2024-03-01", "inferred"),
        ("cheque_ceiling", "2024-03-01", "disputed"),
        ("project_months", "2021-03-01", "inferred"),
        ("increase_months", "2021-03-01", "seen"),
    ],
)
def test_how_sure_the_decisions_are(id: str, day: str, sure: str) -> None:
    value = LAW.parameters[id].at(date.fromisoformat(day).toordinal())
    assert value is not None
    assert value.sure == sure


def test_december_2019_is_two_values_with_two_dates() -> None:
    for size in ("small", "medium"):
        assert date(2019, 12, 1) in [value.since for value in LAW.parameters[f"support_rate.{size}"].values]
        starts = [value.since for value in LAW.parameters[f"yearly_ceiling.{size}"].values]
        assert date(2020, 1, 1) in starts
        assert date(2019, 12, 1) not in starts


def test_an_inferred_value_says_so_on_the_page() -> None:
    def said(day: str) -> str:
        told = only([told for told in calculate(training(day), "en")["conditions"] if told["id"] == "theme"])
        return str(told)

    assert "nferred" in said("2023-01-01") or "sure" in said("2023-01-01")


# --- one value on each day ---------------------------------------------------------------------

FILES = [tomllib.loads(file.read_text("utf-8")) for file in sorted((RULES / "law").glob("*.toml"))]
BEGINS: dict[str, date] = {}  # of each scheme, the first day that is computed
for head in FILES:
    if "begins" in head:
        BEGINS[head["scheme"]] = min(head["begins"], BEGINS.get(head["scheme"], date.max))
RECORDED = sorted(
    {value.recorded for parameter in LAW.parameters.values() for value in parameter.values}
    | {date(9999, 12, 31)}  # with everything that is on record
)


@pytest.mark.parametrize("recorded", RECORDED, ids=str)
def test_each_day_has_one_value_of_each_parameter(recorded: date) -> None:
    """A proof over intervals: they begin in time, follow each other without gap or overlap, and never end.

    The value that holds is found by its place among the starts, which no later day lowers: what holds on the first
    and on the last day of an interval holds on each day between.
    """
    law = load(as_recorded=recorded)
    assert set(law.parameters) == set(LAW.parameters)
    for parameter in law.parameters.values():
        values = parameter.values
        assert values[0].since <= BEGINS[parameter.scheme], parameter.id
        assert parameter.at(values[0].since.toordinal() - 1) is None, parameter.id
        assert [value.until for value in values] == [*(value.since for value in values[1:]), None]
        for value in values:
            until = value.until or date.max
            assert value.since < until, (parameter.id, value.since)
            for day in (value.since, until - timedelta(1)):
                assert parameter.at(day.toordinal()) is value, (parameter.id, day)


# --- each value is used, each use has a value --------------------------------------------------


class Tracking(dict[str, Parameter]):
    """The law's parameters, noting which were read."""

    def __init__(self, parameters: dict[str, Parameter]):
        super().__init__(parameters)
        self.read: set[str] = set()

    def __getitem__(self, id: str) -> Parameter:
        self.read.add(id)
        return super().__getitem__(id)


def many_cases() -> Iterator[dict[str, Any]]:
    figures = {
        "enterprise_size": None,
        "headcount": "60",
        "annual_turnover": "60000000",
        "balance_sheet_total": "1",
    }
    for day, size in product(("2019-11-30", "2024-03-01", "2026-03-02"), ("small", "medium", "large")):
        workshop = {"enterprise_size": size, "sheltered_workshop": True, "theme": "other"}
        for service in (training, advice):
            yield service(day, **workshop)
            yield service(day, **workshop | {"theme": "energy_efficiency", "legal_duty": True})
    meal = {
        "catering": "60",
        "participants": 1,
        "days": 1,
        "examination_fee": "1",
        "de_minimis_received": "0",
    }
    yield training(
        "2024-03-01", theme="occupation_specific_skills", legal_form="other", service_end="2024-04-01", **meal
    )
    yield training("2024-03-01", **figures)
    yield training("2024-03-01", **{**figures, "headcount": "10"})
    yield increase("2024-03-01", legal_duty=True, service_end="2024-04-01")
    yield cheque(
        "2021-06-01", legal_form="vzw", sector="social_profit", joint_committee="200", legal_duty=True
    )
    yield cheque(
        "2021-06-01",
        legal_form="other",
        actions=["improvement"],
        support_used_before="1",
        cheques_used_before=1,
    )


def test_every_parameter_is_read_by_a_rule() -> None:
    law = load()
    tracking = Tracking(law.parameters)
    law.parameters = tracking
    for request in many_cases():
        assert calculate(request, "en", law=law)["errors"] == []
    elsewhere = {id for id in LAW.parameters if _named_outside_the_schemes(id)}
    assert set(LAW.parameters) - tracking.read - elsewhere == set()


def _named_outside_the_schemes(id: str) -> bool:
    """Whether another use of the rules, such as `group`, asks for a parameter by name."""
    texts = [module.read_text(encoding="utf-8") for module in MODULES if module not in SCHEMES]
    return any(f'"{id}"' in text for text in texts)


def test_every_parameter_that_a_rule_names_exists() -> None:
    groups = {id.split(".")[0] for id in LAW.parameters}
    asked = [
        call.args[0].value
        for module in MODULES
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "law"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]
    assert len(asked) > 30
    assert [name for name in asked if name not in LAW.parameters and name not in groups] == []


# --- and none of it stands in code -------------------------------------------------------------

SMALL = {0, 1, 2}  # counting, halving, both ends
FIGURES_OF_CODE = {  # what a module may hold, each of which is no law
    "batch.py": {
        20: "rows named in one sentence",
        500: "rows",
    },
    "case.py": {3: "the place of a letter"},
    "dated.py": {100: "hundredths"},
    "days.py": {12: "months of a year; December", 31: "its last day"},
    "facts.py": {
        99_999_999_999: "the contract's largest amount",
        100_00: "the whole of anything, in hundredths of a percent",
        1_000_000: "more people, days or uses than there are",
    },
    "grouping.py": {100_00: "the whole, in hundredths of a percent"},
    "money.py": {100: "cents of a euro", 100_00: "the whole, in hundredths of a percent"},
    "ledger.py": {6: "worlds that are carried on"},
    "remarks.py": {100: "days to look back"},
    "reading.py": {
        3: "letters; a group of thousands; a part of a pattern",
        4: "a part of a pattern",
        30: "digits that no number needs",
        39: "letters of a value shown again",
        40: "the same, with the ellipsis",
        100: "names that may be mistyped",
    },
    "requests.py": {1_000_000: "the contract's largest request", 20: "its depth", 100: "a text's depth"},
    "curving.py": {
        12: "corners of one stretch",
        16: "how much more roughly a bow is drawn",
        8: "parts of a line",
        100_000: "a round value",
        10_000: "a round value",
        1_000: "a round value",
        100: "a round value",
    },
    "tables.py": {60: "letters in a line", 3: "columns", 4: "columns"},
    "weighing.py": {10: "a bound on amounts", 6: "its zeros"},
    "wording/__init__.py": {3: "a group of thousands", 100: "hundredths"},
    "worlds.py": {
        4: "how much further an end without bound is",
        5: "counts that are set apart one by one",
        10: "a bound on amounts",
        18: "its zeros",
        1_234_567: "a point between two ends",
    },
}
TEXTS_OF_SCHEMES = {"01": "primary agriculture's codes begin so: a name, not a figure"}
CLAUSES = re.compile(r"[KW]\d\d( [KW]\d\d)*")


def constants(module: Path) -> Iterator[Any]:
    """Every literal of a module, but for docstrings."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node.value


def numbers(module: Path) -> set[Any]:
    return {
        value for value in constants(module) if isinstance(value, int | float) and not isinstance(value, bool)
    }


def named(module: Path) -> str:
    return module.relative_to(RULES).as_posix()


def test_the_schemes_hold_no_number_but_nought_and_one() -> None:
    assert {named(module): numbers(module) - {0, 1} for module in SCHEMES if numbers(module) - {0, 1}} == {}


def test_the_schemes_hold_no_number_as_text() -> None:
    for module in SCHEMES:
        texts = {text for text in constants(module) if isinstance(text, str) and re.search(r"\d", text)}
        told = {
            key
            for text in texts
            for key in text.split()
            if key not in LAW.sources and not CLAUSES.fullmatch(key)
        }
        assert told - set(TEXTS_OF_SCHEMES) == set(), named(module)


@pytest.mark.parametrize("module", [module for module in MODULES if module not in SCHEMES], ids=named)
def test_other_modules_hold_no_number_without_a_reason(module: Path) -> None:
    assert numbers(module) - SMALL <= set(FIGURES_OF_CODE.get(named(module), {}))


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_no_code_names_december_or_a_day_of_the_law(module: Path) -> None:
    code = " ".join(str(value) for value in constants(module))
    starts = {value.since.isoformat() for parameter in LAW.parameters.values() for value in parameter.values}
    examples = {"2019-12-01"}  # the contract's own, in help and in errors
    bounds = {"1990-01-01"}  # the vocabulary's first day
    allowed = bounds if named(module) == "facts.py" else set() if module in SCHEMES else examples
    assert set(re.findall(r"\d{4}-\d\d-\d\d", code)) & starts <= allowed
    assert "december" not in code.lower()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_no_binary_fraction_and_no_clock(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not any(isinstance(value, float) for value in constants(module))
    assert not any(isinstance(node, ast.Div) for node in ast.walk(tree)) or named(module) in DIVIDES_PATHS
    assert names & {"float", "Decimal", "Fraction", "eval", "exec"} == set()
    assert asked & {"today", "now", "utcnow", "time", "monotonic"} == set()


DIVIDES_PATHS = {"dated.py", "wording/__init__.py"}  # a slash between folder and file


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_the_standard_library_is_enough(module: Path) -> None:
    roots = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole module"
            roots.add((node.module or "").split(".")[0])
    assert roots <= {"rules", *sys.stdlib_module_names}


def test_a_source_is_due_to_be_read_again_after_the_time_that_the_law_is_trusted() -> None:
    read = date(2026, 11, 23)
    assert unraised(lawbook.due, LAW, read.replace(year=2027, day=22)) == []
    told = unraised(lawbook.due, LAW, read.replace(year=2027))
    assert {each["due"] for each in told} == {"2027-11-23"}
    assert "vl-2026" in [each["key"] for each in told], "a source of a value that still holds"
