"""The vocabulary, as the contract's tables have it."""

from __future__ import annotations

import pytest

from rules.facts import FACTS, SCHEMES, Fact, vocabulary

KINDS = {
    "choice": """scheme legal_form establishment enterprise_size size_year_before service theme excluded_service
        learning_mode sector""",
    "date": """application_date service_start agreement_date service_end stopped_on project_start project_end""",
    "yes_no": """liberal_profession sheltered_workshop main_activity_accepted vat_deductible legal_duty
        on_official_list related_provider ceiling_reached workable_work employee_survey staff_consulted""",
    "money": """annual_turnover balance_sheet_total fee lecturer_travel catering examination_fee other_costs
        support_used_this_year deposit de_minimis_received hr_support_this_year increase_used_this_year cost
        support_used_before cheque_support_this_year""",
    "percentage": "public_participation vat_rate",
    "number": "headcount",
    "whole": "participants days employees cheques_used_before",
    "set": "actions improvement_field",
    "activity_code": "main_activity",
    "registration_number": "provider_number",
    "committee_number": "joint_committee",
}
OPTIONAL = """liberal_profession sheltered_workshop main_activity size_year_before vat_rate vat_deductible legal_duty
    agreement_date service_end lecturer_travel catering examination_fee other_costs support_used_this_year deposit
    provider_number related_provider de_minimis_received stopped_on increase_used_this_year improvement_field
    joint_committee employee_survey staff_consulted support_used_before cheque_support_this_year
    cheques_used_before"""
COUNTS_AS_NONE = """sheltered_workshop lecturer_travel catering examination_fee other_costs support_used_this_year
    increase_used_this_year support_used_before cheque_support_this_year"""
PORTFOLIO, INCREASE, CHEQUE = SCHEMES
ONLY = {  # the first fact of each table, and the schemes that its facts are for
    "scheme": SCHEMES,
    "service": (PORTFOLIO, INCREASE),
    "ceiling_reached": (INCREASE,),
    "actions": (CHEQUE,),
}


def test_each_fact_has_its_kind() -> None:
    assert {name: fact.kind for name, fact in vocabulary().items()} == {
        name: kind for kind, names in KINDS.items() for name in names.split()
    }


def test_the_optional_facts_and_those_that_count_as_none_while_they_are_unknown() -> None:
    facts = vocabulary().values()
    assert [fact.name for fact in facts if fact.optional] == OPTIONAL.split()
    assert {fact.name: fact.counts_as for fact in facts if fact.counts_as is not None} == dict.fromkeys(
        COUNTS_AS_NONE.split(), 0
    )


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.name)
def test_between_which_bounds_it_lies(fact: Fact) -> None:
    least, most = {
        "percentage": (0, 100_00),
        "whole": (0, 1_000_000),
        "money": (0, 999_999_999_99),
        "number": (0, 999_999_999_99),
    }.get(fact.kind, (fact.least, fact.most))
    if fact.name in ("participants", "days"):
        least = 1
    made = vocabulary()[fact.name]
    assert (made.least, made.most) == (least, most)


def test_for_which_schemes_it_is() -> None:
    schemes: tuple[str, ...] = ()
    for name, fact in vocabulary().items():
        schemes = ONLY.get(name, schemes)
        assert fact.schemes == schemes, name
