"""The planner's view: a flat case in, every project and ceiling out; and plans as files."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from calculator.answer import answer
from calculator.pages import EXAMPLE, batch, planner
from calculator.planner import MAIN, WIDTH
from rules import LANGUAGES
from rules.facts import ENTERPRISE, FACTS
from tests.calculator.places import parse, read

ROOT = Path(__file__).parents[2]
COURSE = {
    "scheme": "kmo_portefeuille",
    "application_date": "1/3/2021",
    "service_start": "1/3/2021",
    "service": "training",
    "excluded_service": "none",
    "learning_mode": "in_person",
    "fee": "1000",
}
COMPANY = {
    "legal_form": "company",
    "establishment": "flemish_region",
    "public_participation": "0",
    "main_activity_accepted": "yes",
    "enterprise_size": "small",
}


def flat(*projects, **enterprise):
    numbered = {f"{n}.{name}": value for n, one in enumerate(projects, 1) for name, value in one.items()}
    return enterprise | numbered


def ask(facts, language="en", **settings):
    asked = {"facts": facts, "language": language, "view": "plan", "settings": settings}
    return json.loads(answer(json.dumps(asked).encode()))


def texts(places, name):
    return [item["text"] for item in places.get(name, [])]


def the_command(tmp_path, name, text, *others):
    file = tmp_path / name
    file.write_bytes(text.encode())
    command = [sys.executable, "-m", "rules", "plan", str(file), *others]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)


def test_projects_stand_in_the_order_of_their_dates_with_what_is_left():
    later = COURSE | {"application_date": "1/9/2021", "service_start": "1/9/2021", "fee": "20000"}
    found = ask(flat(later, COURSE | {"fee": "12.000"}, **COMPANY), language="nl")
    projects = found["places"]["projects"]
    assert [(one["number"], one["support"]) for one in projects] == [("2", "3.600 euro"), ("1", "3.900 euro")]
    assert [one["row"] == "short" for one in projects] == [False, True]
    (year,) = found["places"]["years"]
    assert (year["ceiling"], year["used"], year["left"]) == ("7.500", "7.500", "0")
    assert (year["frame.width"], year["used.width"]) == (str(WIDTH), str(WIDTH))
    assert year["steps"].count("M") == 1
    assert "7.500 euro" in found["places"]["total"]
    assert found["facts"]["2.fee"] == "12000"


def test_what_is_only_perhaps_used_is_hatched():
    course = {name: value for name, value in COURSE.items() if name != "fee"}
    (year,) = ask(flat(course | {"fee": "10000"}, legal_form="company"))["places"]["years"]
    assert "perhaps" in year
    assert year["used"].startswith("2,000 to ")


def test_a_project_that_may_yet_be_refused_uses_its_share_or_nothing():
    course = {name: value for name, value in COURSE.items() if name != "learning_mode"}
    found = ask(flat(course | {"fee": "10000"}, **COMPANY))["places"]
    assert found["years"][0]["used"] == "0 to 3,000"
    assert [one["support"] for one in found["projects"]] == ["3,000 euro"]


def test_one_project_that_cannot_be_read_leaves_the_others():
    found = ask(flat(COURSE | {"fee": "much"}, COURSE, **COMPANY), current="1")["places"]
    assert [one["row"] for one in found["projects"]] == ["wrong", "eligible"]
    assert "much" in found["fee.error"]
    assert found["fee.invalid"] == "true"
    assert "fee.error" not in ask(flat(COURSE | {"fee": "much"}, COURSE), current="2")["places"]


def test_the_increase_and_the_next_year_are_told_of():
    full = COURSE | {"fee": "25000"}
    late = COURSE | {"application_date": "20/12/2021", "service_start": "10/1/2022", "fee": "2000"}
    _, short = ask(flat(full, late, **COMPANY))["places"]["projects"]
    assert len(short["remarks"]) == 3
    assert any("1 January 2022" in text for text in texts(short, "remarks"))
    assert any("workable work" in text for text in texts(short, "remarks"))


def test_no_project_at_all():
    places = ask({})["places"]
    assert "projects" not in places
    assert places["total"]
    assert places["scheme.shown"]


@pytest.mark.parametrize("current", ["", "0", "x", "7", "99999999999999999999"])
def test_a_number_that_is_no_project_is_no_harm(current):
    assert "problem" not in ask(flat(COURSE), current=current)["places"]


# --- taking in -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_that_is_wrong_is_told_of_and_loses_nothing(language):
    rows = "".join(f"{day}/3/2021\ttraining\t{fee}\n" for day, fee in [(1, "1000"), (2, "much"), (3, "500")])
    rows = f"application_date\tservice\tfee\n{rows}"
    found = ask({"legal_form": "company"}, language, pasted=rows)
    (note,) = texts(found["places"], "notes")
    assert "3" in note
    assert "much" in note
    assert [found["case"][f"{number}.fee"] for number in (1, 2, 3)] == ["1000", "much", "500"]
    assert found["case"]["legal_form"] == "company"
    assert found["case"]["1.scheme"] == "kmo_portefeuille"


def test_labels_and_the_languages_habits_are_read():
    rows = "Kostprijs;Prijs zonder btw;Soort dienst;Thema;Grootte van de onderneming\n"
    rows += "x;1.000,50;Opleiding;Cyberveiligheid;Kleine onderneming\n"
    found = ask({}, "nl", pasted=rows)
    case = found["case"]
    assert (case["1.fee"], case["1.service"], case["1.theme"]) == ("1000.5", "training", "cybersecurity")
    assert case["enterprise_size"] == "small"  # all rows agree
    assert "Kostprijs" in texts(found["places"], "notes")[0]


def test_the_scheme_is_the_one_that_a_row_fits():
    found = ask({}, pasted="cost,employees,application_date\n5000,12,2021-05-03\n")
    assert found["case"]["1.scheme"] == "werkbaarheidscheque"
    assert found["case"]["employees"] == "12"


def test_rows_come_behind_what_is_there_or_instead_of_it():
    case = flat(COURSE, COURSE, enterprise_size="medium")
    behind = ask(case, pasted="fee,enterprise_size\n5,small\n")
    assert behind["current"] == "3"
    assert behind["case"]["enterprise_size"] == "medium"
    assert behind["case"]["3.enterprise_size"] == "small"
    instead = ask(case, pasted="fee\n5\n", instead="yes")
    assert instead["case"] == {"1.scheme": "kmo_portefeuille", "1.fee": "5"}
    nothing = ask(case, pasted="hello\nworld\n", instead="yes")
    assert nothing["case"]["2.fee"] == "1000"


@pytest.mark.parametrize(
    ("pasted", "part"),
    [
        ("1/3/2021\ttraining\t1000\n", "columns, such as"),
        ("fee,service\n1,training,x\n", "more cells than the header, which has 2"),
        ("enterprise,fee\nA,1\nB,2\n", "another enterprise"),
        ("{", "JSON"),
        ('{"projects": 3}', "object"),
        ('[{"fee": 1}, 5]', "Project 2"),
        ('{"projects": [{"scheme": "kmo_portefeuille", "fee": "much"}]}', "much"),
        ("fee\n" + "1\n" * 101, "at most 100"),
        ("fe\n1\n", "fe"),
        ("fee\n\ufffd\n", "UTF-8"),
    ],
)
def test_what_cannot_be_taken_in_is_told_of_kindly(pasted, part):
    found = ask(flat(COURSE), pasted=pasted)
    assert part in " ".join(texts(found["places"], "notes"))
    assert found["case"]["1.fee"] == "1000"


# --- saving --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_is_saved_can_be_taken_in_again(kind, language):
    cheque = {
        "scheme": "werkbaarheidscheque",
        "application_date": "2021-05-03",
        "actions": "measurement+report",
        "cost": "5000.5",
    }
    case = flat(
        COURSE | {"theme": "cybersecurity"}, cheque, employees="10", liberal_profession="no", **COMPANY
    )
    first = ask(case, language)
    found = ask({}, language, pasted=ask(case, language, save=kind)["file"])
    assert "notes" not in found["places"]
    expected = first["facts"]
    if kind == "csv":  # which holds a fact only beside the projects that it bears on
        expected = {name: value for name, value in expected.items() if name != "employees"}
        expected["2.employees"] = "10"
    assert found["case"] == expected
    again = ask(found["case"], language)["places"]
    assert again["projects"][0]["summary"] == first["places"]["projects"][0]["summary"]


def test_what_is_saved_is_what_the_command_line_takes(tmp_path):
    case = flat(COURSE | {"fee": "12.000"}, COURSE | {"fee": "20.000"}, **COMPANY)
    places = ask(case, "nl")["places"]
    told = json.loads(the_command(tmp_path, "plan.json", ask(case, "nl", save="json")["file"]).stdout)
    assert [one["summary"]["text"] for one in told["projects"]] == [
        one["summary"] for one in places["projects"]
    ]
    # the CSV is the command's own answer to the columns that it starts with
    saved = ask(case, "nl", save="csv")["file"]
    rows = list(csv.reader(io.StringIO(saved), delimiter=";"))
    end = rows[0].index("verdict")
    given = "".join(f"{';'.join(row[:end])}\r\n" for row in rows)
    target = tmp_path / "out.csv"
    assert the_command(tmp_path, "in.csv", given, str(target)).returncode == 0
    assert target.read_bytes().decode() == saved


def test_what_cannot_be_read_is_saved_as_it_was_typed():
    case = flat(COURSE | {"fee": "much", "fea": "1"})
    assert json.loads(ask(case, save="json")["file"])["projects"][0]["fee"] == "much"
    found = ask({}, pasted=ask(case, save="csv")["file"])
    assert found["case"]["1.fee"] == "much"


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_answer_on_the_page_is_that_of_python(language):
    places = ask(EXAMPLE, language)["places"]
    shown = read(parse(planner(language)))
    del places["announcement"]  # is read out only after a change
    figures = ("ceiling", "used", "left")  # stand in the table; the picture shows the rest of the same list
    drawn = [{name: place for name, place in year.items() if name not in figures} for year in places["years"]]
    assert shown == places | {"years": drawn}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_asked_once_and_labelled(language):
    elements = parse(planner(language)).all()
    ids = [element.attributes["id"] for element in elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    names = {element.attributes.get("name") for element in elements}
    assert set(FACTS) <= names
    labels = {element.attributes.get("for") for element in elements if element.tag == "label"}
    for element in elements:
        if element.tag in ("select", "textarea") or element.attributes.get("type") == "text":
            assert element.attributes["id"] in labels
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            assert set((element.attributes.get(attribute) or "").split()) <= {*ids}


def test_the_enterprise_and_its_projects_share_the_facts_out():
    assert set(ENTERPRISE) & set(MAIN) == set()
    assert {*ENTERPRISE, *MAIN} <= set(FACTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_takes_each_for_one_block(language):
    for html in (planner(language), batch(language)):
        parse(html)
        assert html.startswith("<div")
        assert "\n\n" not in html
        assert "style=" not in html
