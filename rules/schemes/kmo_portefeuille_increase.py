"""The increase (verhoging) of the KMO-portefeuille: more support for workable work once its ceiling is reached (K30).

A call of another department, with the portfolio's own conditions (inferred where they were not seen) and its
base rate, never the raised one.
"""

from __future__ import annotations

from typing import Any

from rules.case import Case
from rules.days import months_later
from rules.facts import INCREASE, KMO_PORTEFEUILLE
from rules.rule import MET, NOT_MET, Finding, condition, deadline, notice, step
from rules.scheme import Scheme
from rules.schemes import calls, enterprise, portfolio
from rules.worlds import greatest, least, lift

# --- the support -------------------------------------------------------------------------------


@step("K30")
def rate(case: Case) -> Any:
    """The portfolio's rate for the size; no theme raises it. Before the increase there is none."""
    case.noting(lambda before: before.law("increase_ceiling"))  # what decides that is no part of the sum
    return case.base_rate


@step("K30")
def ceiling(case: Case) -> Any:
    """The most support from the increase in one calendar year."""
    return case.law("increase_ceiling")


@step("K30")
def ceiling_left_before(case: Case) -> Any:
    """What earlier increases of the same year leave of it."""
    return greatest(0, case.ceiling - case.increase_used_this_year)


@step("K26 K30")
def full_support(case: Case) -> Any:
    """Up to what is left; for other subjects no more than was already paid for workable work."""
    limits = [case.support_before_ceiling, case.ceiling_left_before]
    if not case.workable_work:
        limits.append(case.hr_support_this_year)
    return least(*limits)


# --- when, and what else must hold -------------------------------------------------------------


@deadline("K30", sources="vl-inc")
def application(case: Case) -> Any:
    """The last day to apply: the first day of the service, as long as the call is open."""
    return least(case.service_start, calls.call(case).high)


@condition("K30", sources="vl-inc")
def application_in_time(case: Case) -> bool:
    """The service starts on the day of the application or later."""
    return bool(case.application_date <= case.service_start)


@deadline()
def service_end(case: Case) -> Any:
    """The last day of the service: a number of months after it starts."""
    return lift(months_later, case.service_start, case.law("increase_months"))


@condition()
def service_end_in_time(case: Case) -> bool:
    """The service has ended by then."""
    return bool(case.service_end <= lift(months_later, case.service_start, case.law("increase_months")))


@condition("K30")
def not_a_legal_duty(case: Case) -> bool:
    """Neither training nor advice that carries out a legal duty counts."""
    duty = case.given("legal_duty")
    return not (duty and case.service in case.law("increase_refused_legal_duties"))


@condition("K30", sources="vl-inc vl-amt")
def ceiling_reached(case: Case) -> bool:
    """The year's ceiling of the portfolio is used up."""
    return bool(case.ceiling_reached)


@condition("K30", sources="vl-inc")
def workable_work(case: Case) -> bool | Finding:
    """The service is about workable work, or such work was already paid from the portfolio this year."""
    if case.workable_work:
        return True
    if case.hr_support_this_year > 0:
        return Finding(MET, "other_subject")
    return Finding(NOT_MET, "nothing_to_match")


@condition("K30")
def ceiling_left(case: Case) -> bool:
    """Something is left of the increase's own ceiling."""
    case.given("increase_used_this_year")
    return bool(case.ceiling_left_before > 0)


# --- what is said and decides nothing ----------------------------------------------------------


@notice("K30")
def used_of_increase_unknown(case: Case) -> bool:
    """What was used of the increase counts as nothing while it is unknown."""
    return not case.knows("increase_used_this_year")


@notice("K30", sources="vl-inc")
def show_the_ceiling_was_reached(case: Case) -> bool:
    """The application shows that the ceiling was reached, and for which actions the increase is."""
    return bool(case.law("increase_ceiling"))


@notice(sources="vl-inc")
def conditions_inferred(case: Case) -> bool:
    """The portfolio's conditions are applied where none of the increase's own was seen."""
    return bool(case.law("increase_ceiling"))


SCHEME = Scheme(
    INCREASE,
    state="increase_state",
    laws=(INCREASE, KMO_PORTEFEUILLE),
    rules=[
        calls.scheme_open,
        *enterprise.CONDITIONS,
        portfolio.minimum_cost,
        application_in_time,
        portfolio.agreement_before_application,
        service_end_in_time,
        portfolio.theme,
        portfolio.service_not_excluded,
        portfolio.learning_mode,
        portfolio.provider_unrelated,
        portfolio.de_minimis,
        not_a_legal_duty,
        ceiling_left,
        ceiling_reached,
        workable_work,
        enterprise.size,
        *portfolio.STEPS,
        rate,
        ceiling,
        ceiling_left_before,
        full_support,
        application,
        service_end,
        *portfolio.NOTICES,
        used_of_increase_unknown,
        show_the_ceiling_was_reached,
        conditions_inferred,
    ],
    amounts=portfolio.AMOUNTS,
    refused={"support": 0, "own_share": 0},
    asked_when_refused=("invoice", "total_own_cost"),
)
