"""Who can use the KMO-portefeuille: an enterprise of the right size, form, place and activity (K08-K13, K17).

A recognised sheltered workshop (maatwerkbedrijf) came to be admitted, whatever its form or size.
"""

from __future__ import annotations

from typing import Any

from rules.case import Case
from rules.rule import MET, UNKNOWN, Finding, NoValue, condition, step
from rules.worlds import Choice

FIGURES = ("headcount", "annual_turnover", "balance_sheet_total")


@step("K08")
def size(case: Case) -> Any:
    """The class of the enterprise: as stated, else by its figures over two years, else by the last year's."""
    if case.knows("enterprise_size") or not case.knows(*FIGURES):
        stated = case.enterprise_size
        return stated.settled() if isinstance(stated, Choice) else stated
    # A class only changes after two consecutive years, so one year of other figures changes nothing.
    return case.given_or("size_year_before", None) or size_by_figures(case)


def class_with_support(case: Case) -> Any:
    """The class by which rate and ceiling go. A large enterprise has neither, save a sheltered workshop."""
    if case.size != "large":
        return case.size
    if admitted_workshop(case):
        return "large_sheltered_workshop"
    raise NoValue


def size_by_figures(case: Case) -> str:
    """The class by the last year's figures: few enough people, and a small turnover or balance sheet (K08)."""
    for name in ("small", "medium"):
        if case.headcount < case.law("headcount_limit", name) and (
            case.annual_turnover <= case.law("turnover_limit", name)
            or case.balance_sheet_total <= case.law("balance_sheet_limit", name)
        ):
            return name
    return "large"


def admitted_workshop(case: Case) -> bool:
    """Whether the enterprise is a sheltered workshop, on a day on which those are admitted."""
    return bool(case.sheltered_workshop) and case.law("sheltered_workshops_admitted") == "yes"


@condition("K01 K08 K09", sources="decree-2012 vo-sme-definition")
def enterprise_size(case: Case) -> bool | Finding:
    """A small or medium-sized enterprise under the European definition."""
    if case.size in ("small", "medium"):
        return True
    return Finding(MET, "sheltered_workshop") if admitted_workshop(case) else False


@condition("K10 K17")
def legal_form(case: Case) -> bool | Finding:
    """A natural person, or a company with legal personality. An association without profit is none."""
    if admitted_workshop(case):
        return Finding(MET, "sheltered_workshop")
    if case.legal_form in case.law("accepted_legal_forms"):
        return True
    if case.legal_form in case.law("refused_legal_forms"):
        return False
    return Finding(UNKNOWN, "other_form")


@condition("K11")
def establishment(case: Case) -> bool:
    """The establishment that applies lies in the Flemish Region."""
    return case.establishment in case.law("accepted_establishments")


@condition("K12")
def public_participation(case: Case) -> bool | Finding:
    """Administrative authorities hold less than a fixed share."""
    if case.public_participation < case.law("public_participation_limit"):
        return True
    if admitted_workshop(case):
        return Finding(UNKNOWN, "sheltered_workshop")
    return False


@condition("K13", sources="vo-main-activity mb-2016")
def main_activity(case: Case) -> bool:
    """The official list names the main activity. The list itself was not found: the visitor looks."""
    return bool(case.main_activity_accepted)


CONDITIONS = [enterprise_size, legal_form, establishment, public_participation, main_activity]
