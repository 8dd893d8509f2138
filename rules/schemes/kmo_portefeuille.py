"""The KMO-portefeuille: a share of the cost of training or advice, up to a ceiling for each calendar year."""

from __future__ import annotations

from typing import Any

from rules.case import Case
from rules.days import end_of_year
from rules.facts import KMO_PORTEFEUILLE
from rules.rule import LeftOut, condition, deadline, notice, step
from rules.scheme import Scheme
from rules.schemes import calls, enterprise, portfolio
from rules.worlds import greatest, lift

# --- the support (K03-K07) ---------------------------------------------------------------------


@step("K03 K06 K07")
def rate(case: Case) -> Any:
    """The rate for the size, raised for some themes. The day of the application decides (K03)."""
    return case.base_rate + case.rate_raise


@step("K04 K06 K07")
def ceiling(case: Case) -> Any:
    """The most support in the calendar year of the application."""
    return case.law("yearly_ceiling", enterprise.class_with_support(case))


@step("K04 K06 K07")
def ceiling_left_before(case: Case) -> Any:
    """What earlier applications of the same calendar year leave of the ceiling."""
    return greatest(0, case.ceiling - case.support_used_this_year)


# --- when, and what else must hold -------------------------------------------------------------


@deadline("K14 K22 K29")
def application(case: Case) -> Any:
    """The last day to apply: a number of calendar days after the service starts."""
    return case.service_start + case.law("application_term")


@condition("K14 K22 K29")
def application_in_time(case: Case) -> bool:
    """The application is in by then; before the service starts is in time too."""
    return bool(case.application_date <= case.service_start + case.law("application_term"))


@deadline("K25")
def deposit(case: Case) -> Any:
    """The last safe day to pay the deposit."""
    return case.application_date + case.law("deposit_term")


@deadline(sources="fulfil zelfst")
def service_end(case: Case) -> Any:
    """The day by which the service has ended, and is paid."""
    return lift(end_of_year, case.application_date, case.law("service_end_term"))


@condition(sources="fulfil zelfst")
def service_end_in_time(case: Case) -> bool:
    """The service has ended by then."""
    return bool(case.service_end <= lift(end_of_year, case.application_date, case.law("service_end_term")))


@condition(sources="larcier vormetal")
def not_a_legal_duty(case: Case) -> bool:
    """Advice that carries out a legal duty is refused."""
    duty = case.given("legal_duty")
    if case.service not in case.law("refused_legal_duties"):
        raise LeftOut
    return not duty


@condition("K04 K06 K07")
def ceiling_left(case: Case) -> bool:
    """Something is left of the year's ceiling."""
    case.given("support_used_this_year")
    return bool(case.ceiling_left_before > 0)


# --- what is said and decides nothing ----------------------------------------------------------


@notice("K04")
def used_this_year_unknown(case: Case) -> bool:
    """What was used this year counts as nothing while it is unknown."""
    return not case.knows("support_used_this_year")


@notice("K25")
def deposit_term_disputed(case: Case) -> bool:
    """Some sources count the deposit's term from the provider's confirmation."""
    return bool(case.law("deposit_term"))


@notice("K14", sources="vo-proj")
def calendar_days(case: Case) -> bool:
    """Terms run in calendar days; no shift for weekends was found."""
    return bool(case.law("application_term"))


@notice(sources="fulfil zelfst")
def pay_by_then_too(case: Case) -> bool:
    """Some sources want the provider paid by the end of the next year."""
    return bool(case.law("service_end_term"))


SCHEME = Scheme(
    KMO_PORTEFEUILLE,
    state="scheme_state",
    laws=(KMO_PORTEFEUILLE,),
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
        enterprise.size,
        *portfolio.STEPS,
        portfolio.rate_raise,
        rate,
        ceiling,
        ceiling_left_before,
        application,
        deposit,
        service_end,
        *portfolio.NOTICES,
        used_this_year_unknown,
        deposit_term_disputed,
        calendar_days,
        pay_by_then_too,
    ],
    amounts=portfolio.AMOUNTS,
    refused={"support": 0, "own_share": 0},
    asked_when_refused=("invoice", "total_own_cost"),
)
