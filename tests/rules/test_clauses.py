"""Every clause of the starting page has its place: a parameter, a rule, a notice, or a sentence of a page.

``PLACES`` names the places of each clause. The tests open them and find the clause's id there, so that taking
away the parameter, the rule or the sentence turns them red.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from rules import LAW, SCHEMES, reading
from rules.rule import Rule

ROOT = Path(__file__).parents[2]
NOTICES = (ROOT / "rules" / "wording" / "nl.po").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Law:
    """A value of a parameter, by the day from which it holds."""

    parameter: str
    since: str

    def clauses(self) -> set[str]:
        values = LAW.parameters[self.parameter].values
        return {
            clause
            for value in values
            if value.since == date.fromisoformat(self.since)
            for clause in value.clauses
        }


@dataclass(frozen=True)
class Of:
    """A rule of a scheme: a step, a condition, a deadline or a notice; a notice has its sentence, too."""

    scheme: str
    kind: str
    rule: str

    def clauses(self) -> set[str]:
        return {clause for rule in self.rules() if rule.id == self.rule for clause in rule.clauses}

    def rules(self) -> list[Rule]:
        scheme = SCHEMES[self.scheme]
        if self.kind == "notice":
            assert f'msgid "notice.{self.rule}"' in NOTICES
        kinds: dict[str, list[Rule]] = {
            "step": list(scheme.steps.values()),
            "condition": scheme.conditions,
            "deadline": [rule for rule in scheme.deadlines if rule.required],
            "advised deadline": [rule for rule in scheme.deadlines if not rule.required],
            "notice": scheme.notices,
        }
        return kinds[self.kind]


@dataclass(frozen=True)
class Reads:
    """A function that reads what people write; its docstring names the clause."""

    function: str

    def clauses(self) -> set[str]:
        return set(re.findall(r"[KW]\d\d", inspect.getdoc(getattr(reading, self.function)) or ""))


@dataclass(frozen=True)
class Page:
    """A sentence of a page, in Dutch and in English, that carries the clause's mark."""

    page: str

    def clauses(self) -> set[str]:
        return told_on(ROOT / "docs" / "nl" / f"{self.page}.md") & told_on(
            ROOT / "docs" / "en" / f"{self.page}.md"
        )


def told_on(page: Path) -> set[str]:
    """The clauses that a page marks, behind something that it says: a paragraph, a list or a table."""
    found: set[str] = set()
    said = ""
    for paragraph in re.split(r"\n\s*\n", page.read_text(encoding="utf-8")):
        marks = re.findall(r"\{\{\s*clause\(([^)]*)\)\s*\}\}", paragraph)
        words = re.sub(r"\{\{\s*(clause|source)\(.*?\}\}", "", paragraph).strip()
        said = words or said  # a mark by itself belongs to what stands before it
        if len(said.split()) >= 3 and not said.startswith("#"):
            found |= {clause for mark in marks for clause in re.findall(r"[KW]\d\d", mark)}
    return found


KMO, INCREASE, CHEQUE = "kmo_portefeuille", "kmo_portefeuille_increase", "werkbaarheidscheque"
PORTFOLIO_PAGE, INCREASE_PAGE, CHEQUE_PAGE = (
    Page("kmo-portefeuille"),
    Page("kmo-portefeuille-increase"),
    Page("werkbaarheidscheque"),
)

Place = Law | Of | Reads | Page
PLACES: dict[str, list[Place]] = {
    "K01": [Of(KMO, "condition", "enterprise_size"), PORTFOLIO_PAGE],
    "K02": [Of(KMO, "condition", "theme"), PORTFOLIO_PAGE],
    "K03": [
        Law("support_rate.small", "2019-12-01"),
        Law("support_rate.medium", "2019-12-01"),
        Of(KMO, "step", "rate"),
        PORTFOLIO_PAGE,
    ],
    "K04": [
        Law("yearly_ceiling.small", "2020-01-01"),
        Law("yearly_ceiling.medium", "2020-01-01"),
        Of(KMO, "step", "ceiling"),
        PORTFOLIO_PAGE,
    ],
    "K05": [PORTFOLIO_PAGE],
    "K06": [
        Law("support_rate.small", "2016-04-01"),
        Law("support_rate.small", "2019-12-01"),
        Law("yearly_ceiling.small", "2016-04-01"),
        Law("yearly_ceiling.small", "2020-01-01"),
        PORTFOLIO_PAGE,
    ],
    "K07": [
        Law("support_rate.medium", "2016-04-01"),
        Law("support_rate.medium", "2019-12-01"),
        Law("yearly_ceiling.medium", "2016-04-01"),
        Law("yearly_ceiling.medium", "2020-01-01"),
        PORTFOLIO_PAGE,
    ],
    "K08": [
        Law("headcount_limit.small", "2016-04-01"),
        Law("headcount_limit.medium", "2016-04-01"),
        Law("turnover_limit.medium", "2016-04-01"),
        Law("balance_sheet_limit.medium", "2016-04-01"),
        Of(KMO, "step", "size"),
        PORTFOLIO_PAGE,
    ],
    "K09": [Of(KMO, "condition", "enterprise_size"), Of(KMO, "notice", "liberal_profession"), PORTFOLIO_PAGE],
    "K10": [Law("accepted_legal_forms", "2016-04-01"), Of(KMO, "condition", "legal_form"), PORTFOLIO_PAGE],
    "K11": [
        Law("accepted_establishments", "2016-04-01"),
        Of(KMO, "condition", "establishment"),
        Of(KMO, "notice", "people_in_flanders"),
        PORTFOLIO_PAGE,
    ],
    "K12": [
        Law("public_participation_limit", "2016-04-01"),
        Of(KMO, "condition", "public_participation"),
        PORTFOLIO_PAGE,
    ],
    "K13": [Of(KMO, "condition", "main_activity"), PORTFOLIO_PAGE],
    "K14": [
        Law("application_term", "2016-04-01"),
        Of(KMO, "condition", "application_in_time"),
        Of(KMO, "deadline", "application"),
        PORTFOLIO_PAGE,
    ],
    "K15": [Of(KMO, "step", "eligible_cost"), PORTFOLIO_PAGE],
    "K16": [PORTFOLIO_PAGE],
    "K17": [Law("refused_legal_forms", "2016-04-01"), Of(KMO, "condition", "legal_form"), PORTFOLIO_PAGE],
    "K18": [Of(KMO, "condition", "theme"), PORTFOLIO_PAGE],
    "K19": [
        Law("accepted_learning_modes", "2016-04-01"),
        Of(KMO, "condition", "learning_mode"),
        PORTFOLIO_PAGE,
    ],
    "K20": [
        Law("minimum_cost.training", "2016-04-01"),
        Law("catering_limit", "2016-04-01"),
        Of(KMO, "condition", "minimum_cost"),
        Of(KMO, "step", "covered_catering"),
        PORTFOLIO_PAGE,
    ],
    "K21": [
        Law("excluded_services.training", "2020-07-01"),
        Of(KMO, "condition", "service_not_excluded"),
        PORTFOLIO_PAGE,
    ],
    "K22": [
        Of(KMO, "condition", "agreement_before_application"),
        Of(KMO, "condition", "application_in_time"),
        PORTFOLIO_PAGE,
    ],
    "K23": [Reads("_registration_number"), PORTFOLIO_PAGE],
    "K24": [PORTFOLIO_PAGE],
    "K25": [Law("deposit_term", "2016-04-01"), Of(KMO, "deadline", "deposit"), PORTFOLIO_PAGE],
    "K26": [Of(KMO, "step", "support"), Of(KMO, "notice", "pay_the_whole_share"), PORTFOLIO_PAGE],
    "K27": [PORTFOLIO_PAGE],
    "K28": [Of(KMO, "step", "vat_paid_directly"), PORTFOLIO_PAGE],
    "K29": [Of(KMO, "deadline", "application"), PORTFOLIO_PAGE],
    "K30": [
        Law("increase_ceiling", "2019-05-07"),
        Of(INCREASE, "condition", "ceiling_reached"),
        Of(INCREASE, "condition", "workable_work"),
        Of(INCREASE, "notice", "show_the_ceiling_was_reached"),
        INCREASE_PAGE,
    ],
    "K31": [PORTFOLIO_PAGE],
    "W01": [Law("cheque_state", "2021-01-01"), Of(CHEQUE, "deadline", "application"), CHEQUE_PAGE],
    "W02": [Law("advised_lead", "2021-01-01"), Of(CHEQUE, "advised deadline", "application"), CHEQUE_PAGE],
    "W03": [
        Law("last_service_day", "2021-01-01"),
        Of(CHEQUE, "condition", "project_period"),
        Of(CHEQUE, "deadline", "project_end"),
        CHEQUE_PAGE,
    ],
    "W04": [Of(CHEQUE, "condition", "actions"), CHEQUE_PAGE],
    "W05": [Of(CHEQUE, "condition", "actions"), CHEQUE_PAGE],
    "W06": [Law("improvement_allowed", "2020-05-07"), Of(CHEQUE, "condition", "actions"), CHEQUE_PAGE],
    "W07": [Law("improvement_allowed", "2020-05-07"), CHEQUE_PAGE],
    "W08": [
        Law("accepted_sectors", "2020-01-01"),
        Of(CHEQUE, "condition", "sector"),
        Of(CHEQUE, "condition", "establishment"),
        CHEQUE_PAGE,
    ],
    "W09": [Law("cheque_ceiling", "2019-05-07"), Of(CHEQUE, "step", "support_left_before"), CHEQUE_PAGE],
    "W10": [Of(CHEQUE, "condition", "legal_form"), Of(CHEQUE, "condition", "establishment"), CHEQUE_PAGE],
    "W11": [CHEQUE_PAGE],
    "W12": [CHEQUE_PAGE],
}

IN_RULES = [
    (clause, place) for clause, places in PLACES.items() for place in places if not isinstance(place, Page)
]
ON_PAGES = [
    (clause, place) for clause, places in PLACES.items() for place in places if isinstance(place, Page)
]


def test_the_table_has_every_clause_of_the_starting_page() -> None:
    assert list(PLACES) == [f"K{number:02}" for number in range(1, 32)] + [
        f"W{number:02}" for number in range(1, 13)
    ]


def test_every_clause_stands_on_a_page_too() -> None:
    assert [clause for clause, _ in ON_PAGES] == list(PLACES)


@pytest.mark.parametrize(("clause", "place"), IN_RULES, ids=str)
def test_a_clause_has_its_place_in_the_rules(clause: str, place: Place) -> None:
    assert clause in place.clauses()


@pytest.mark.host_only
@pytest.mark.parametrize(("clause", "place"), ON_PAGES, ids=str)
def test_a_clause_has_its_sentence_on_a_page_in_both_languages(clause: str, place: Place) -> None:
    assert clause in place.clauses()


def test_no_other_clause_is_cited_anywhere_in_the_rules() -> None:
    cited = {
        clause
        for parameter in LAW.parameters.values()
        for value in parameter.values
        for clause in value.clauses
    }
    for scheme in SCHEMES.values():
        rules = [*scheme.steps.values(), *scheme.conditions, *scheme.deadlines, *scheme.notices]
        cited |= {clause for rule in rules for clause in rule.clauses}
    assert cited <= set(PLACES)


@pytest.mark.host_only
@pytest.mark.parametrize("dutch", sorted((ROOT / "docs" / "nl").glob("*.md")), ids=lambda file: file.stem)
def test_both_languages_mark_the_same_clauses(dutch: Path) -> None:
    marked = [
        set(re.findall(r"\b[KW]\d\d\b", " ".join(re.findall(r"clause\(([^)]*)\)", text))))
        for text in (dutch.read_text("utf-8"), (ROOT / "docs" / "en" / dutch.name).read_text("utf-8"))
    ]
    assert marked[0] == marked[1] <= set(PLACES)
