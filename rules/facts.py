"""The vocabulary: every fact that a case can hold, in the order in which people are asked for them.

One table serves the command line, the form, the page's address, CSV columns and the embeds. A fact is
*unknown* while it is absent; an *optional* fact holds back no verdict while it is unknown.
"""

from __future__ import annotations

from typing import NamedTuple

KMO_PORTEFEUILLE = "kmo_portefeuille"
INCREASE = "kmo_portefeuille_increase"
WERKBAARHEIDSCHEQUE = "werkbaarheidscheque"
SCHEMES = (KMO_PORTEFEUILLE, INCREASE, WERKBAARHEIDSCHEQUE)

EARLIEST_DAY = "1990-01-01"
LATEST_DAY = "2100-12-31"
LARGEST_AMOUNT = 99_999_999_999  # euro cents


class Fact(NamedTuple):
    """One name of the vocabulary.

    ``kind`` is one of ``choice``, ``set``, ``yes_no``, ``money``, ``percentage``, ``number``, ``whole``,
    ``date``, ``registration_number``, ``activity_code``, ``committee_number``. Money, percentages and
    numbers are held as whole hundredths, dates as days since the year 1, sets as frozensets.
    ``least`` and ``most`` are bounds in that unit. ``counts_as`` is what an optional fact is taken to be while
    it is unknown; None: a rule that reads it is left out.
    """

    name: str
    kind: str
    schemes: tuple[str, ...]
    optional: bool = False
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = LARGEST_AMOUNT
    counts_as: int | None = None


_SIZES = ("small", "medium", "large")
_PORTFOLIO = (KMO_PORTEFEUILLE, INCREASE)
_ALL = 100_00  # a percentage, in hundredths
_MANY = 1_000_000

THEMES = (
    "business_strategy",
    "occupation_specific_skills",
    "digitalisation",
    "cybersecurity",
    "sustainability",
    "energy_efficiency",
    "financial_literacy",
    "innovation",
    "internationalisation",
    "human_resources",
    "other",
)
EXCLUSIONS = (
    "none",
    "shiatsu",
    "mindfulness",
    "reflexology",
    "astrology",
    "meridians",
    "hypnosis",
    "insights_discovery",
    "mbti",
    "nlp",
    "examination",
    "driving_licence_am_a_b",
    "pilot",
    "subscription_of_unknown_content",
    "team_building",
    "networking",
    "study_trip",
    "bach_flowers",
    "shamanism",
    "pendulum",
    "card_reading",
    "walking_coaching",
    "boat_licence",
    "wellness",
    "periodic_advice",
)
LEGAL_FORMS = (
    "natural_person",
    "company",
    "vzw",
    "ivzw",
    "foundation",
    "partnership_without_legal_personality",
    "unincorporated_association",
    "temporary_company",
    "public_body",
    "other",
)


def _every_scheme() -> list[Fact]:
    return [
        Fact("scheme", "choice", SCHEMES, options=SCHEMES),
        Fact("application_date", "date", SCHEMES),
        Fact("legal_form", "choice", SCHEMES, options=LEGAL_FORMS),
        Fact("liberal_profession", "yes_no", SCHEMES, optional=True),
        Fact("sheltered_workshop", "yes_no", SCHEMES, optional=True, counts_as=0),
        Fact(
            "establishment",
            "choice",
            SCHEMES,
            options=("flemish_region", "brussels_region", "walloon_region", "abroad"),
        ),
        Fact("public_participation", "percentage", SCHEMES, most=_ALL),
        Fact("main_activity_accepted", "yes_no", SCHEMES),
        Fact("main_activity", "activity_code", SCHEMES, optional=True),
        Fact("headcount", "number", SCHEMES),
        Fact("annual_turnover", "money", SCHEMES),
        Fact("balance_sheet_total", "money", SCHEMES),
        Fact("enterprise_size", "choice", SCHEMES, options=_SIZES),
        Fact("size_year_before", "choice", SCHEMES, optional=True, options=_SIZES),
        Fact("vat_rate", "percentage", SCHEMES, optional=True, most=_ALL),
        Fact("vat_deductible", "yes_no", SCHEMES, optional=True),
        Fact("legal_duty", "yes_no", SCHEMES, optional=True),
    ]


def _kmo_portefeuille() -> list[Fact]:
    return [
        Fact("service", "choice", _PORTFOLIO, options=("training", "advice")),
        Fact("theme", "choice", _PORTFOLIO, options=THEMES),
        Fact("on_official_list", "yes_no", _PORTFOLIO),
        Fact("excluded_service", "choice", _PORTFOLIO, options=EXCLUSIONS),
        Fact(
            "learning_mode",
            "choice",
            _PORTFOLIO,
            options=("in_person", "distance_with_interaction", "distance_without_interaction"),
        ),
        Fact("service_start", "date", _PORTFOLIO),
        Fact("agreement_date", "date", _PORTFOLIO, optional=True),
        Fact("service_end", "date", _PORTFOLIO, optional=True),
        Fact("fee", "money", _PORTFOLIO),
        Fact("lecturer_travel", "money", _PORTFOLIO, optional=True, counts_as=0),
        Fact("catering", "money", _PORTFOLIO, optional=True, counts_as=0),
        Fact("participants", "whole", _PORTFOLIO, least=1, most=_MANY),
        Fact("days", "whole", _PORTFOLIO, least=1, most=_MANY),
        Fact("examination_fee", "money", _PORTFOLIO, optional=True, counts_as=0),
        Fact("other_costs", "money", _PORTFOLIO, optional=True, counts_as=0),
        Fact("support_used_this_year", "money", _PORTFOLIO, optional=True, counts_as=0),
        Fact("deposit", "money", _PORTFOLIO, optional=True),
        Fact("provider_number", "registration_number", _PORTFOLIO, optional=True),
        Fact("related_provider", "yes_no", _PORTFOLIO, optional=True),
        Fact("de_minimis_received", "money", _PORTFOLIO, optional=True),
        Fact("stopped_on", "date", _PORTFOLIO, optional=True),
    ]


def _increase() -> list[Fact]:
    only = (INCREASE,)
    return [
        Fact("ceiling_reached", "yes_no", only),
        Fact("workable_work", "yes_no", only),
        Fact("hr_support_this_year", "money", only),
        Fact("increase_used_this_year", "money", only, optional=True, counts_as=0),
    ]


def _werkbaarheidscheque() -> list[Fact]:
    only = (WERKBAARHEIDSCHEQUE,)
    return [
        Fact(
            "actions",
            "set",
            only,
            options=(
                "measurement",
                "guidance",
                "report",
                "plan",
                "prioritisation",
                "monitoring",
                "improvement",
            ),
        ),
        Fact(
            "improvement_field",
            "set",
            only,
            optional=True,
            options=("workstation", "work_organisation", "competences", "well_being", "telework"),
        ),
        Fact("cost", "money", only),
        Fact("employees", "whole", only, most=_MANY),
        Fact("sector", "choice", only, options=("profit", "social_profit", "public")),
        Fact("joint_committee", "committee_number", only, optional=True),
        Fact("employee_survey", "yes_no", only, optional=True),
        Fact("staff_consulted", "yes_no", only, optional=True),
        Fact("support_used_before", "money", only, optional=True, counts_as=0),
        Fact("cheque_support_this_year", "money", only, optional=True, counts_as=0),
        Fact("cheques_used_before", "whole", only, optional=True, most=_MANY),
        Fact("project_start", "date", only),
        Fact("project_end", "date", only),
    ]


def vocabulary() -> dict[str, Fact]:
    """Every fact by its name, in the order of the contract's tables."""
    facts = [*_every_scheme(), *_kmo_portefeuille(), *_increase(), *_werkbaarheidscheque()]
    return {fact.name: fact for fact in facts}


FACTS = vocabulary()

# What is the same for all projects of an enterprise; every other fact is a project's own.
ENTERPRISE = (
    "legal_form",
    "establishment",
    "public_participation",
    "main_activity_accepted",
    "enterprise_size",
    "employees",
    "sector",
    "joint_committee",
    "headcount",
    "annual_turnover",
    "balance_sheet_total",
    "size_year_before",
    "liberal_profession",
    "sheltered_workshop",
    "main_activity",
    "vat_deductible",
)

# Days of which the second is never before the first: the other order is a contradiction.
IN_ORDER = (
    ("service_start", "service_end"),
    ("project_start", "project_end"),
    ("application_date", "stopped_on"),
)


# The letter that a provider's number has for each service (K23): another one is a contradiction.
NUMBERS_LETTER = {"training": "O", "advice": "A"}


def facts_of(scheme: str) -> list[Fact]:
    """The facts that a scheme reads, in the order in which they are asked."""
    return _OF_SCHEME[scheme]


_OF_SCHEME = {scheme: [fact for fact in FACTS.values() if scheme in fact.schemes] for scheme in SCHEMES}
