"""The werkbaarheidscheque: support for charting and improving how workable work is, in yearly calls.

One ceiling holds for an enterprise number in all its uses together (W09), not for each use.
"""

from __future__ import annotations

from typing import Any

from rules.case import Case
from rules.days import end_of_year, months_later
from rules.facts import WERKBAARHEIDSCHEQUE
from rules.money import percentage_of
from rules.rule import (
    NOT_MET,
    UNKNOWN,
    Finding,
    LeftOut,
    NoValue,
    SourcesSilent,
    condition,
    deadline,
    notice,
    step,
)
from rules.scheme import Scheme
from rules.schemes import calls
from rules.worlds import greatest, least, lift

# --- the support (W05, W09) --------------------------------------------------------------------


@step("W05")
def eligible_cost(case: Case) -> Any:
    """The cost as entered: how VAT is treated was not found."""
    return case.cost


@step()
def rate(case: Case) -> Any:
    """The share that is supported."""
    return case.law("cheque_rate")


@step("W09")
def ceiling(case: Case) -> Any:
    """The most support for one enterprise number, in all its uses together."""
    return case.law("cheque_ceiling")


@step("W09")
def support_left_before(case: Case) -> Any:
    """What earlier uses leave of the ceiling. How much those of earlier years count is another question."""
    used, counted = case.support_used_before, case.cheque_support_this_year
    if used > counted:
        counted += lift(percentage_of, case.law("earlier_support_counted"), used - counted)
    return greatest(0, case.ceiling - counted) if counted else case.ceiling


@step("W09")
def support(case: Case) -> Any:
    """The rate, of the eligible cost, to the nearest cent, up to what is left."""
    return least(lift(percentage_of, case.rate, case.eligible_cost), case.support_left_before)


@step("W09")
def co_financing(case: Case) -> Any:
    """What the enterprise pays."""
    return case.eligible_cost - case.support


@step("W09")
def support_left_after(case: Case) -> Any:
    """What is left of the ceiling for later uses."""
    return case.support_left_before - case.support


# --- who (W08, W10) ----------------------------------------------------------------------------


@condition("W08 W10")
def legal_form(case: Case) -> bool | Finding:
    """A natural person or a company; in the social-profit sector associations and foundations too."""
    if case.legal_form in case.law("cheque_accepted_legal_forms.any_sector"):
        return True
    if case.legal_form in case.law("cheque_accepted_legal_forms.social_profit"):
        return True if case.sector == "social_profit" else Finding(NOT_MET, "social_profit_only")
    if case.legal_form in case.law("cheque_refused_legal_forms"):
        return False
    return Finding(UNKNOWN, "other_form")


@condition("W08 W10")
def establishment(case: Case) -> bool:
    """The establishment that applies lies in the Flemish Region."""
    return case.establishment in case.law("cheque_establishments")


@condition("W08")
def sector(case: Case) -> bool:
    """The profit sector; later the social-profit sector as well."""
    return case.sector in case.law("accepted_sectors")


@condition("W08")
def joint_committee(case: Case) -> bool | Finding:
    """An enterprise of the social-profit sector belongs to a listed joint committee, or a subcommittee of one."""
    number = case.joint_committee
    if case.sector != "social_profit":
        raise LeftOut
    if covered(number, case.law("listed_joint_committees")):
        return True
    if covered(number, case.law("possible_joint_committees")):
        return Finding(UNKNOWN, "possible")
    return False


def covered(number: str, listed: Any) -> bool:
    """Whether a joint committee is listed; a listed number covers its own subcommittees, at any depth."""
    parts = number.split(".")
    return any(".".join(parts[:depth]) in listed for depth in range(1, len(parts) + 1))


@condition("W08")
def employees(case: Case) -> bool:
    """Somebody works there under an employment contract."""
    return bool(case.employees >= case.law("least_employees"))


# --- for what (W05-W07) ------------------------------------------------------------------------


@condition("W04 W05 W06 W07")
def actions(case: Case) -> bool:
    """What the money is for. Improvement actions came later, and are disputed in the last call."""
    if "improvement" in case.actions:
        return bool(case.law("improvement_allowed") == "yes")
    return True


@condition(sources="vl-cond")
def employee_survey(case: Case) -> bool:
    """A measurement asks the employees themselves."""
    asked = case.given("employee_survey")
    if "measurement" not in case.actions:
        raise LeftOut
    return bool(asked)


@condition(sources="vl-cond")
def staff_consulted(case: Case) -> bool:
    """The employees' representatives agreed."""
    return bool(case.given("staff_consulted"))


@condition(sources="vl-cond")
def not_a_legal_duty(case: Case) -> bool:
    """What carries out a legal duty is refused; an exception for corona measures is not known in full."""
    return not case.given("legal_duty") or case.law("legal_duty_refused") != "yes"


# --- how often, how long (W01-W03) -------------------------------------------------------------


@condition("W09")
def ceiling_left(case: Case) -> bool:
    """Something is left of the ceiling."""
    if not case.knows("support_used_before", "cheque_support_this_year"):
        raise LeftOut
    return bool(case.support_left_before > 0)


@condition()
def uses_left(case: Case) -> bool:
    """The enterprise has not used the scheme as often as it may; support received before shows one use."""
    most = case.law("cheque_uses")
    if case.knows("cheques_used_before"):
        return bool(case.cheques_used_before < most)
    if case.given("support_used_before") > 0 and most == 1:
        return False
    raise LeftOut


@condition("W02 W03")
def project_period(case: Case) -> bool | Finding:
    """Work starts on the day of the application or later, lasts a number of months, and ends within the call."""
    start, end = case.project_start, case.project_end
    if end < case.application_date or start < case.application_date:
        return Finding(NOT_MET, "started_before")
    if end > lift(months_later, start, case.law("project_months")):
        return False
    try:
        last = case.law("last_service_day")
    except SourcesSilent:
        if end > lift(end_of_year, case.application_date):
            return Finding(UNKNOWN, "next_year")
        return True
    return True if end <= last else Finding(NOT_MET, "after_last_day")


@deadline("W01")
def application(case: Case) -> Any:
    """The last day of the call."""
    return calls.call(case).high


@deadline("W02", id="application", required=False)
def application_advised(case: Case) -> Any:
    """The day by which one better applies, so that the whole project fits before the last day of work."""
    return lift(months_later, case.law("last_service_day"), -case.law("advised_lead"))


@deadline("W03")
def project_end(case: Case) -> Any:
    """The last day of the work."""
    longest = lift(months_later, case.project_start, case.law("project_months"))
    try:
        return least(longest, case.law("last_service_day"))
    except SourcesSilent:
        return longest


# --- what is said and decides nothing ----------------------------------------------------------


@notice("W09")
def used_before_unknown(case: Case) -> bool:
    """What was used before counts as nothing while it is unknown."""
    return not case.knows("support_used_before", "cheque_support_this_year")


@notice()
def uses_unknown(case: Case) -> bool:
    """How often the scheme was used before is unknown."""
    return not case.knows("cheques_used_before")


@notice(sources="vl-amt")
def uses_not_stated(case: Case) -> bool:
    """For one call no source states how many uses there may be."""
    calls.call(case)  # left out where none is open
    try:
        case.law("cheque_uses")
    except NoValue:
        return True
    return False


@notice()
def vat_not_found(case: Case) -> bool:
    """How VAT on the cost is treated was not found."""
    return True


@notice(sources="vl-cond sociare")
def corona_exception(case: Case) -> bool:
    """For one call measures against corona were an exception to the rule on legal duties."""
    duty = case.given("legal_duty")
    try:
        case.law("legal_duty_refused")
    except SourcesSilent:
        return bool(duty)
    return False


@notice("W02", sources="vl-inc")
def months_from_application(case: Case) -> bool:
    """The months may run from the application, even where the work starts later."""
    return bool(case.law("project_months"))


@notice("W08", sources="moore20")
def local_services_economy(case: Case) -> bool:
    """The local services economy is listed without a number."""
    return bool(case.sector == "social_profit")


@notice(sources="vl-cond")
def cheque_is_de_minimis(case: Case) -> bool:
    """The support is de minimis aid, and cannot pay the same work twice."""
    return True


SCHEME = Scheme(
    WERKBAARHEIDSCHEQUE,
    state="cheque_state",
    laws=(WERKBAARHEIDSCHEQUE,),
    rules=[
        calls.scheme_open,
        legal_form,
        establishment,
        sector,
        joint_committee,
        employees,
        actions,
        employee_survey,
        staff_consulted,
        not_a_legal_duty,
        ceiling_left,
        uses_left,
        project_period,
        eligible_cost,
        rate,
        ceiling,
        support_left_before,
        support,
        co_financing,
        support_left_after,
        application,
        application_advised,
        project_end,
        used_before_unknown,
        uses_unknown,
        uses_not_stated,
        vat_not_found,
        corona_exception,
        months_from_application,
        local_services_economy,
        cheque_is_de_minimis,
    ],
    amounts=(
        "eligible_cost",
        "support",
        "co_financing",
        "ceiling",
        "support_left_before",
        "support_left_after",
    ),
    refused={"support": 0},
    asked_when_refused=(),
)
