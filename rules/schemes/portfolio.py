"""What the KMO-portefeuille and its increase have in common: the service, what of it is covered, who pays what.

The order is that of the rules: what is asked for (K02, K18-K22), what it costs (K15, K20, K28), the support
(K03-K07, K26), and when (K14, K25).
"""

from __future__ import annotations

from typing import Any

from rules.case import Case
from rules.dated import ANY
from rules.money import in_proportion, percentage_of, period
from rules.rule import NOT_MET, Finding, LeftOut, condition, notice, step
from rules.schemes.enterprise import FIGURES, class_with_support, size_by_figures
from rules.worlds import least, lift, rounded_twice, set_apart

# --- what it costs -----------------------------------------------------------------------------


@step("K15")
def invoice(case: Case) -> Any:
    """All that is invoiced, excluding VAT."""
    return case.fee + case.lecturer_travel + case.catering + case.examination_fee + case.other_costs


@step("K20")
def covered_catering(case: Case) -> Any:
    """Catering, up to a fixed amount for each participant and day."""
    if not case.catering:
        return 0
    # An unknown fee makes up for what fewer plates cover.
    plates = case.product("participants", "days", few=not case.knows("fee"))
    return least(case.catering, case.law("catering_limit") * plates)


@step()
def covered_examination_fee(case: Case) -> Any:
    """An examination on the course's own invoice, as long as it was covered."""
    return case.examination_fee if case.law("examination_covered") == "yes" else 0


@step("K15 K20")
def eligible_cost(case: Case) -> Any:
    """The part of the invoice that is supported."""
    return case.fee + case.lecturer_travel + case.covered_catering + case.covered_examination_fee


# --- the support -------------------------------------------------------------------------------


@step("K06 K07")
def base_rate(case: Case) -> Any:
    """The rate for the size of the enterprise."""
    return case.law("support_rate", class_with_support(case))


@step()
def rate_raise(case: Case) -> Any:
    """What the theme adds to the rate: nothing, except for the themes that are raised on that day."""
    for theme in ("cybersecurity", "energy_efficiency"):
        points = case.law("rate_raise", theme)
        if points and case.theme == theme:
            return points
    return 0


@step("K06 K07")
def support_before_ceiling(case: Case) -> Any:
    """The rate, of the eligible cost, to the nearest cent."""
    return lift(percentage_of, case.rate, case.eligible_cost)


@step("K26")
def full_support(case: Case) -> Any:
    """The support where the whole share is paid in: up to what is left of the ceiling."""
    return least(case.support_before_ceiling, case.ceiling_left_before)


@step("K26")
def own_share_due(case: Case) -> Any:
    """What the enterprise pays in for the full support."""
    return case.eligible_cost - case.full_support


@step("K25 K26")
def own_share(case: Case) -> Any:
    """What the enterprise pays in: the share due, or a smaller deposit."""
    if not case.knows("deposit"):
        return case.own_share_due
    case.noting(_set_apart_at_the_deposit)  # what decides the worlds is no part of the sum
    return least(case.deposit, case.own_share_due)


def _set_apart_at_the_deposit(case: Case) -> None:
    """Worlds of their own where the support is in proportion; first those where only rate and ceiling limit it."""
    limited = least(case.support_before_ceiling, case.ceiling_left_before)
    set_apart(case.eligible_cost - limited, case.deposit)
    set_apart(case.own_share_due, case.deposit)


@step("K26")
def support(case: Case) -> Any:
    """The full support, or for a smaller deposit the part of it that the deposit bears to the share due."""
    if not case.knows("deposit"):
        return case.full_support
    # Above the ceiling more cost means less support for one deposit: worlds of their own.
    set_apart(case.support_before_ceiling, case.ceiling_left_before)
    part = lift(in_proportion, case.full_support, case.own_share, case.own_share_due)
    return rounded_twice(part, case.full_support, period(case.rate))


@step("K06 K07")
def ceiling_left_after(case: Case) -> Any:
    """What is left of the ceiling for later applications."""
    return case.ceiling_left_before - case.support


@step("K15 K26")
def not_covered(case: Case) -> Any:
    """What the enterprise pays the provider beside the portfolio, excluding VAT."""
    return case.invoice - case.own_share - case.support


@step("K28")
def vat_paid_directly(case: Case) -> Any:
    """VAT on the invoice: never out of the portfolio, always straight to the provider."""
    rate = case.between("vat_rate", 0, case.law("highest_vat_rate"))
    return lift(percentage_of, rate, case.invoice)


@step("K15 K28")
def total_own_cost_without_vat(case: Case) -> Any:
    """What the enterprise bears, excluding VAT."""
    return case.own_share + case.not_covered


@step("K15 K28")
def total_own_cost(case: Case) -> Any:
    """What the enterprise bears, with the VAT that it cannot deduct."""
    deducted = case.between("vat_deductible", 0, 1)
    return lift(with_vat, case.total_own_cost_without_vat, case.vat_paid_directly, deducted)


def with_vat(cost: int, vat: int, deducted: int) -> int:
    """A cost with its VAT, unless that is deducted."""
    return cost if deducted else cost + vat


STEPS = [
    invoice,
    covered_catering,
    covered_examination_fee,
    eligible_cost,
    base_rate,
    full_support,
    support_before_ceiling,
    own_share_due,
    own_share,
    support,
    ceiling_left_after,
    not_covered,
    vat_paid_directly,
    total_own_cost_without_vat,
    total_own_cost,
]
AMOUNTS = (
    "invoice",
    "eligible_cost",
    "support_before_ceiling",
    "ceiling",
    "ceiling_left_before",
    "support",
    "ceiling_left_after",
    "own_share_due",
    "own_share",
    "not_covered",
    "vat_paid_directly",
    "total_own_cost",
    "total_own_cost_without_vat",
)

# --- the service -------------------------------------------------------------------------------


@condition("K20")
def minimum_cost(case: Case) -> bool:
    """The eligible cost reaches the minimum for the service."""
    minimum = case.law("minimum_cost", case.service)
    return bool(case.eligible_cost >= minimum)


@condition("K22")
def agreement_before_application(case: Case) -> bool:
    """First the enrolment or the agreement, then the application."""
    return bool(case.agreement_date <= case.application_date)


@condition("K02 K18 K21")
def theme(case: Case) -> bool | Finding:
    """The service is about one of the themes that count; of some themes, only what the official list names."""
    accepted = case.law("accepted_themes", case.service)
    if accepted == ANY:
        raise LeftOut
    if case.theme not in accepted:
        return Finding(NOT_MET, case.service)  # said of training and of advice in words of their own
    if case.theme in case.law("listed_themes") and not case.on_official_list:
        return Finding(NOT_MET, "not_listed")
    return True


@condition("K21")
def service_not_excluded(case: Case) -> bool:
    """The agency's list of exclusions does not name the service."""
    excluded = case.law("excluded_services", case.service)
    if not excluded:
        raise LeftOut
    return case.excluded_service not in excluded


@condition("K19")
def learning_mode(case: Case) -> bool:
    """A training is given in person, or at a distance with a teacher who answers."""
    if case.service != "training":
        raise LeftOut
    return case.learning_mode in case.law("accepted_learning_modes")


@condition(sources="vl-faq-services vl-beoord")
def provider_unrelated(case: Case) -> bool:
    """Provider and enterprise share no owners, managers or staff."""
    return not case.related_provider


@condition()
def de_minimis(case: Case) -> bool:
    """What was received over the period and this support stay within the limit for de minimis aid."""
    received, limit = case.given("de_minimis_received"), case.law("de_minimis_limit")
    set_apart(received + case.full_support, limit)  # a deposit lowers the support, but not everywhere so far
    return bool(received + case.support <= limit)


# --- what is said and decides nothing ----------------------------------------------------------


@notice("K09")
def liberal_profession(case: Case) -> bool:
    """A liberal profession has no size limit or rate of its own that is known."""
    return bool(case.given("liberal_profession"))


@notice("K08", surely=True)
def size_differs_from_figures(case: Case) -> bool:
    """The stated class holds, though last year's figures give another."""
    if not (case.knows(*FIGURES) and (case.knows("enterprise_size", "size_year_before"))):
        raise LeftOut
    return bool(size_by_figures(case) != case.size)


@notice("K26", surely=True)
def deposit_above_share(case: Case) -> bool:
    """A larger deposit counts as the share due."""
    return bool(case.given("deposit") > case.own_share_due)


@notice("K26", sources="vl-stort")
def pay_the_whole_share(case: Case) -> bool:
    """Support in proportion is the provider's account; older official pages send a wrong amount back."""
    return bool(case.given("deposit") < case.own_share_due)


@notice(sources="larcier vormetal")
def training_that_is_a_legal_duty(case: Case) -> bool:
    """For a training that is a legal duty the sources disagree: no refusal."""
    return (
        bool(case.given("legal_duty"))
        and case.service == "training"
        and case.service not in case.law("refused_legal_duties")
    )


@notice(sources="boerenbond")
def primary_agriculture(case: Case) -> bool:
    """One third-party source refuses primary agriculture."""
    return str(case.given("main_activity")).startswith("01")


@notice()
def theme_topics(case: Case) -> bool:
    """Inside some themes only some topics count."""
    return bool(case.law("accepted_themes", case.service) != ANY)


@notice("K11")
def people_in_flanders(case: Case) -> bool:
    """The people who are trained or advised work at the Flemish establishment."""
    return True


@notice()
def de_minimis_unknown(case: Case) -> bool:
    """The support is de minimis aid, and has a limit of its own."""
    return not case.knows("de_minimis_received") and bool(case.law("de_minimis_limit"))


@notice(sources="marge cbn dexx")
def support_is_taxable(case: Case) -> bool:
    """The support counts as income."""
    return True


NOTICES = [
    people_in_flanders,
    liberal_profession,
    size_differs_from_figures,
    deposit_above_share,
    pay_the_whole_share,
    training_that_is_a_legal_duty,
    primary_agriculture,
    theme_topics,
    de_minimis_unknown,
    support_is_taxable,
]
