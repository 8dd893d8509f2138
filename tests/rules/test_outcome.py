"""What an outcome says and how: verdicts, ranges, questions, refusals, deposits, VAT, notices, languages."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from rules import LANGUAGES, LAW
from rules.facts import FACTS
from rules.outcome import outcome as judged
from rules.reading import read
from rules.schemes import SCHEMES
from tests.rules.cases import (
    Request,
    advice,
    amount,
    amounts,
    answer,
    calculate,
    cheque,
    condition,
    due,
    increase,
    not_met,
    notices,
    only,
    questions,
    rate,
    support,
    training,
    verdict,
)

TODAY = "2026-11-23"
EVERY_SCHEME = [training, advice, increase, cheque]
NOTHING = [
    {"scheme": name} for name in ("kmo_portefeuille", "kmo_portefeuille_increase", "werkbaarheidscheque")
]

# --- the shape ---------------------------------------------------------------------------------


def test_the_contracts_own_example() -> None:
    outcome = answer(training("2019-12-01"))
    assert outcome["contract"] == 1
    assert outcome["scheme"] == "kmo_portefeuille"
    assert outcome["application_date"] == "2019-12-01"
    assert outcome["verdict"] == "eligible"
    assert (outcome["rate"]["low"], outcome["rate"]["high"]) == ("30", "30")
    assert outcome["questions"] == outcome["errors"] == []
    told = outcome["amounts"]["support"]
    assert (told["low"], told["high"]) == ("300.00", "300.00")
    place = only([told for told in outcome["conditions"] if told["id"] == "establishment"])
    assert (place["state"], "K11" in place["clauses"], bool(place["sources"])) == ("met", True, True)
    term = only([told for told in outcome["deadlines"] if told["id"] == "application"])
    assert (term["kind"], term["date"]) == ("required", "2019-12-15")
    assert {"K14", "K22"} <= set(term["clauses"])


@pytest.mark.parametrize("case", EVERY_SCHEME)
def test_an_outcome_has_every_field_and_is_plain_json(case: Any) -> None:
    outcome = answer(case())
    assert {
        "contract",
        "scheme",
        "application_date",
        "verdict",
        "conditions",
        "amounts",
        "rate",
        "deadlines",
        "questions",
        "trace",
        "notices",
        "errors",
    } <= set(outcome)
    assert json.loads(json.dumps(outcome)) == outcome


CONDITIONS = {
    training: [
        "scheme_open",
        "enterprise_size",
        "legal_form",
        "establishment",
        "public_participation",
        "main_activity",
        "minimum_cost",
        "application_in_time",
        "agreement_before_application",
        "service_end_in_time",
        "theme",
        "service_not_excluded",
        "learning_mode",
        "provider_unrelated",
        "de_minimis",
        "ceiling_left",
    ],
    advice: ["not_a_legal_duty"],
    increase: ["ceiling_reached", "workable_work", "application_in_time", "service_end_in_time"],
    cheque: [
        "scheme_open",
        "legal_form",
        "establishment",
        "sector",
        "employees",
        "actions",
        "employee_survey",
        "staff_consulted",
        "not_a_legal_duty",
        "ceiling_left",
        "uses_left",
        "project_period",
    ],
}
OPTIONAL = {
    "agreement_date": "2023-06-01",
    "service_end": "2023-06-30",
    "related_provider": False,
    "de_minimis_received": "0",
    "legal_duty": False,
    "support_used_this_year": "0",
}
OPTIONAL_OF_CHEQUE = {
    "employee_survey": True,
    "staff_consulted": True,
    "legal_duty": False,
    "support_used_before": "0",
    "cheques_used_before": 0,
}


@pytest.mark.parametrize("case", CONDITIONS)
def test_every_condition_stands_there_once_its_facts_are_known(case: Any) -> None:
    outcome = answer(case("2023-06-01", **(OPTIONAL_OF_CHEQUE if case is cheque else OPTIONAL)))
    assert set(CONDITIONS[case]) <= {told["id"] for told in outcome["conditions"]}
    assert outcome["verdict"] == "eligible"


@pytest.mark.parametrize(
    ("case", "left_out"),
    [
        (training(), "theme"),  # no theme counts before 2023
        (advice(), "learning_mode"),
        (training(), "agreement_before_application"),
        (training(), "service_end_in_time"),
        (training(), "provider_unrelated"),
        (training(), "de_minimis"),
        (training(), "ceiling_left"),
        (advice(), "not_a_legal_duty"),
        (cheque(), "ceiling_left"),
        (cheque(), "uses_left"),
        (cheque(), "employee_survey"),
        (cheque(), "staff_consulted"),
        (cheque(sector="social_profit"), "joint_committee"),
    ],
)
def test_what_does_not_apply_or_hangs_on_an_unknown_optional_fact_is_left_out(
    case: Request, left_out: str
) -> None:
    assert condition(case, left_out) is None


def test_a_condition_of_which_it_is_unknown_whether_it_applies() -> None:
    either = training(service=None, fee="900")
    assert condition(either, "learning_mode") == "met"  # met as training, left out as advice
    assert condition(either | {"learning_mode": "distance_without_interaction"}, "learning_mode") == "unknown"
    assert condition(either | {"learning_mode": None}, "learning_mode") == "unknown"


# --- verdicts ----------------------------------------------------------------------------------


def test_eligible_is_every_condition_met() -> None:
    outcome = answer(training())
    assert {told["state"] for told in outcome["conditions"]} == {"met"}
    assert outcome["verdict"] == "eligible"


def test_one_condition_not_met_is_not_eligible_whatever_is_unknown() -> None:
    assert verdict(training(establishment="abroad", enterprise_size=None, fee=None)) == "not_eligible"


def test_one_condition_unknown_is_undecided() -> None:
    assert verdict(training(establishment=None)) == "undecided"


@pytest.mark.parametrize("request_", NOTHING, ids=lambda request: request["scheme"])
def test_knowing_nothing_is_undecided(request_: Request) -> None:
    outcome = answer(request_)
    assert outcome["verdict"] == "undecided"
    assert outcome["application_date"] is None


def test_knowing_nothing_the_support_is_still_between_two_ends() -> None:
    # from 20 % of the least training to the highest ceiling ever; a cheque may cost nothing
    assert support({"scheme": "kmo_portefeuille"}) == ("20.00", "15000.00")
    assert support({"scheme": "werkbaarheidscheque"}) == ("0.00", "10000.00")


# --- ranges ------------------------------------------------------------------------------------


def test_with_the_size_unknown_small_and_medium_count_and_large_does_not() -> None:
    case = training("2021-03-01", enterprise_size=None)
    assert rate(case) == ("20", "30")
    assert support(case) == ("200.00", "300.00")


def test_advice_in_march_2026_can_only_have_the_rate_of_cybersecurity() -> None:
    case = advice("2026-03-01", theme=None)
    assert rate(case) == "45"
    assert verdict(case) == "undecided"
    assert support(case) == "450.00"


def test_an_unknown_fee_starts_at_the_minimum_cost_and_has_no_end() -> None:
    assert amounts(training("2021-03-01", fee=None), "eligible_cost", "support") == [
        ("100.00", None),
        ("30.00", "7500.00"),
    ]
    assert amounts(advice("2021-03-01", fee=None), "eligible_cost", "support") == [
        ("500.00", None),
        ("150.00", "7500.00"),
    ]
    assert amounts(training("2021-03-01", fee=None, service=None), "eligible_cost") == [("100.00", None)]


def test_null_stands_only_where_the_vocabularys_own_bound_would_be_the_limit() -> None:
    case = training("2021-03-01", fee=None, vat_rate="0")
    told = answer(case)["amounts"]
    assert [name for name, ends in told.items() if ends["high"] is None] == [
        name
        for name in told
        if name
        not in (
            "ceiling",
            "ceiling_left_before",
            "ceiling_left_after",
            "support",
            "vat_paid_directly",
            "not_covered",
        )
    ]
    assert (told["vat_paid_directly"]["low"], told["vat_paid_directly"]["high"]) == ("0.00", "0.00")
    assert all(ends["low"] is not None for ends in told.values())


def test_an_unknown_day_stands_for_every_day_on_which_the_scheme_was_open() -> None:
    case = training(application_date=None, service_start=None, fee="30000")
    assert rate(case) == ("30", "40")
    assert amounts(case, "ceiling", "support") == [("7500.00", "10000.00"), ("7500.00", "10000.00")]
    assert verdict(case) == "undecided"


def test_an_unknown_day_narrows_with_the_day_of_the_service() -> None:
    # applied at most 14 days after the start: before December, so with the old rate
    case = training(application_date=None, service_start="2019-11-16")
    assert rate(case) == "40"
    assert rate(case | {"service_start": "2019-11-17"}) == ("30", "40")


def test_unknown_participants_leave_catering_between_one_plate_and_all() -> None:
    case = training(catering="100", participants=None, days=None)
    assert amounts(case, "eligible_cost", "not_covered") == [("1025.00", "1100.00"), ("0.00", "75.00")]
    assert amounts(case | {"days": 2}, "eligible_cost") == [("1050.00", "1100.00")]


def test_unknown_figures_leave_every_class_that_they_allow() -> None:
    one_figure = training(enterprise_size=None, headcount="49.99")
    assert rate(one_figure) == ("20", "30")
    assert rate(one_figure | {"annual_turnover": "10000000"}) == "30"
    assert rate(training(enterprise_size=None, headcount="50")) == "20"
    assert verdict(training(enterprise_size=None, headcount="250")) == "not_eligible"
    assert rate(training(enterprise_size=None, annual_turnover="50000000.01")) == ("20", "30")


def test_a_sheltered_workshop_of_unknown_size_may_be_large_too() -> None:
    workshop = training("2026-03-02", sheltered_workshop=True, enterprise_size=None)
    assert rate(workshop) == ("20", "30")
    assert condition(workshop, "enterprise_size") == "met"
    assert condition(workshop | {"sheltered_workshop": None}, "enterprise_size") == "unknown"


def test_where_each_condition_can_be_met_but_not_all_together() -> None:
    # a sheltered workshop's day lies after 2026, this start's last day to apply before it
    case = training(
        application_date=None, service_start="2025-06-02", sheltered_workshop=True, enterprise_size="large"
    )
    assert verdict(case) == "undecided"
    assert support(case) == "0.00"


# --- questions ---------------------------------------------------------------------------------


def test_nothing_is_asked_when_all_that_matters_is_known() -> None:
    assert [questions(case()) for case in EVERY_SCHEME] == [[]] * 4


@pytest.mark.parametrize("request_", NOTHING, ids=lambda request: request["scheme"])
def test_optional_facts_are_never_asked(request_: Request) -> None:
    assert not [name for name in questions(request_) if FACTS[name].optional]
    assert "application_date" in questions(request_)


def test_facts_of_other_schemes_are_never_asked() -> None:
    for request in NOTHING:
        assert all(request["scheme"] in FACTS[name].schemes for name in questions(request))


def test_ties_go_in_the_order_of_the_vocabulary() -> None:
    unknown = ["legal_form", "establishment", "public_participation", "main_activity_accepted"]
    assert questions(training() | dict.fromkeys(unknown)) == unknown


def test_what_decides_more_conditions_is_asked_first() -> None:
    # the fee of 300 euro and the mode decide one condition each; the service decides both
    case = training(service=None, learning_mode=None, establishment=None, fee="300")
    assert questions(case) == ["service", "establishment", "learning_mode"]


def test_how_far_the_support_moves_tells_nothing_among_facts_that_decide() -> None:
    # the fee and the size move the support by far, the form and the place not at all; each decides one condition
    unknown = ["legal_form", "establishment", "enterprise_size", "fee"]
    assert questions(training() | dict.fromkeys(unknown)) == unknown


def test_what_moves_the_support_comes_before_what_moves_only_what_one_pays() -> None:
    # the plates can move the support by 30 cents; the VAT does not, but what one pays by 215 euro
    facts, _ = read(training(catering="26", participants=None, days=None))
    moving = judged(SCHEMES["kmo_portefeuille"], facts, LAW).moving
    assert moving == ["participants", "days", "vat_rate", "vat_deductible"]


def test_what_only_moves_an_amount_is_asked_last_and_by_how_far() -> None:
    case = training(
        "2022-06-01", theme=None, learning_mode=None, catering="100", participants=None, days=None
    )
    # the theme can move the support by 15 % of the cost, the plates by 30 % of 75 euro
    assert questions(case) == ["learning_mode", "theme", "participants", "days"]


def test_a_theme_is_asked_only_from_the_day_on_which_it_bears_on_the_answer() -> None:
    assert questions(training("2021-09-12", theme=None)) == []
    assert questions(training("2021-09-13", theme=None)) == ["theme"]
    assert questions(training("2023-01-01", theme=None, on_official_list=None)) == [
        "theme",
        "on_official_list",
    ]
    assert questions(training("2023-01-01", on_official_list=None)) == []
    skills = {"theme": "occupation_specific_skills", "on_official_list": None}
    assert questions(training("2023-01-01", **skills)) == ["on_official_list"]
    assert questions(training("2022-12-31", **skills)) == []


def test_the_increase_asks_for_a_theme_only_where_it_is_a_condition() -> None:
    assert questions(increase("2022-05-02", theme=None)) == []  # no theme raises its rate
    assert questions(increase("2023-05-02", theme=None))[0] == "theme"


def test_exclusions_are_asked_for_from_july_2020_and_for_advice_all_along() -> None:
    assert questions(training("2020-06-30", excluded_service=None)) == []
    assert questions(training("2020-07-01", excluded_service=None)) == ["excluded_service"]
    assert questions(advice("2016-04-01", excluded_service=None)) == ["excluded_service"]


def test_participants_are_asked_only_where_there_is_catering() -> None:
    assert questions(training(participants=None, days=None)) == []
    assert questions(training(catering="20", participants=None, days=None)) == []  # one plate covers it
    assert questions(training(catering="26", participants=None, days=None)) == ["participants", "days"]
    assert questions(training(catering="26", participants=2, days=None)) == []


def test_the_mode_is_asked_for_training_alone() -> None:
    assert questions(training(learning_mode=None)) == ["learning_mode"]
    assert questions(advice(learning_mode=None)) == []


def test_of_the_size_the_class_alone_is_asked_while_no_figure_is_known() -> None:
    assert questions(training(enterprise_size=None)) == ["enterprise_size"]


@pytest.mark.parametrize(
    ("figures", "asked"),
    [
        ({"headcount": "30"}, ["annual_turnover", "balance_sheet_total"]),
        ({"headcount": "30", "annual_turnover": "10000000"}, []),
        ({"headcount": "30", "annual_turnover": "10000000.01"}, ["balance_sheet_total"]),
        ({"annual_turnover": "1000000"}, ["headcount"]),
        ({"annual_turnover": "1000000", "balance_sheet_total": "1"}, ["headcount"]),
        ({"headcount": "250"}, []),
    ],
)
def test_once_a_figure_is_known_only_those_that_still_matter(figures: Request, asked: list[str]) -> None:
    assert questions(training(enterprise_size=None, **figures)) == asked


def test_hr_support_is_asked_only_for_other_subjects() -> None:
    assert questions(increase(hr_support_this_year=None)) == []
    assert questions(increase(workable_work=False)) == ["hr_support_this_year"]
    assert set(questions(increase(workable_work=None))) == {"workable_work", "hr_support_this_year"}


def test_a_refusal_asks_only_for_what_the_own_cost_needs() -> None:
    refused = training(
        legal_form="vzw", enterprise_size=None, learning_mode=None, main_activity_accepted=None
    )
    assert questions(refused) == []
    assert questions(refused | {"fee": None}) == ["fee"]
    assert questions(refused | {"catering": "100", "participants": None}) == []


def test_a_question_can_change_the_answer() -> None:
    case = training("2023-06-01", theme=None, enterprise_size=None, fee=None)
    assert set(questions(case)) == {"enterprise_size", "theme", "fee"}
    told = {support(case | {"enterprise_size": size})[0] for size in ("small", "medium")}
    assert len(told) == 2


# --- refusals ----------------------------------------------------------------------------------


def test_a_refusal_pays_nothing_and_leaves_the_ceiling_as_it_was() -> None:
    case = training("2021-03-01", legal_form="vzw", other_costs="50", support_used_this_year="500")
    assert amounts(
        case, "support", "own_share", "not_covered", "invoice", "ceiling_left_before", "ceiling_left_after"
    ) == ["0.00", "0.00", "1050.00", "1050.00", "7000.00", "7000.00"]
    assert amounts(case, "total_own_cost_without_vat") == ["1050.00"]


def test_a_refusal_ignores_the_deposit() -> None:
    assert amounts(training(legal_form="vzw", deposit="350"), "support", "own_share", "not_covered") == [
        "0.00",
        "0.00",
        "1000.00",
    ]


def test_an_amount_without_a_value_of_the_law_is_absent() -> None:
    large = answer(training(enterprise_size="large"))
    assert "rate" not in large
    assert [amount(large, name) for name in ("ceiling", "ceiling_left_before", "ceiling_left_after")] == [
        None
    ] * 3
    assert [amount(large, name) for name in ("support", "not_covered")] == ["0.00", "1000.00"]


def test_before_the_increase_there_is_no_rate_of_it() -> None:
    before = answer(increase("2019-05-06"))
    assert "rate" not in before
    assert amount(before, "support_before_ceiling") is None
    assert [amount(before, name) for name in ("support", "eligible_cost", "not_covered")] == [
        "0.00",
        "1000.00",
        "1000.00",
    ]
    assert rate(increase("2019-05-07")) == "40"


def test_a_refused_cheque_pays_all_itself() -> None:
    case = cheque(establishment="abroad", support_used_before="4000")
    assert amounts(case, "support", "co_financing", "support_left_before", "support_left_after") == [
        "0.00",
        "5000.00",
        "6000.00",
        "6000.00",
    ]


def test_an_unknown_fee_stays_unknown_in_a_refusal() -> None:
    assert amounts(training(legal_form="vzw", fee=None), "support", "invoice", "not_covered") == [
        "0.00",
        ("0.00", None),
        ("0.00", None),
    ]


# --- who pays what -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deposit", "given", "own", "beside"),
    [
        ("350", "150.00", "350.00", "500.00"),
        ("0", "0.00", "0.00", "1000.00"),
        ("0.01", "0.00", "0.01", "999.99"),
        ("699.99", "300.00", "699.99", "0.01"),  # 299.9957, to the nearest cent
        ("700", "300.00", "700.00", "0.00"),
        ("700.01", "300.00", "700.00", "0.00"),
        ("5000", "300.00", "700.00", "0.00"),
        (None, "300.00", "700.00", "0.00"),
    ],
)
def test_support_in_proportion_to_the_deposit(deposit: str | None, given: str, own: str, beside: str) -> None:
    case = training(deposit=deposit)
    assert amounts(case, "support", "own_share", "not_covered") == [given, own, beside]
    assert amounts(case, "own_share_due") == ["700.00"]


def test_a_deposit_is_in_proportion_to_the_share_that_the_ceiling_leaves() -> None:
    case = training("2021-03-01", fee="30000", deposit="11250")  # half of the share due, 22,500
    assert amounts(case, "support", "own_share", "not_covered") == ["3750.00", "11250.00", "15000.00"]


def test_a_larger_deposit_brings_a_notice_and_so_does_a_smaller_one() -> None:
    exact = notices(training(deposit="700"))
    assert len(notices(training(deposit="700.01")) - exact) == 1
    assert len(notices(training(deposit="699.99")) - exact) == 1


@pytest.mark.parametrize(
    ("cost", "given"),
    [
        ("100.01", "30.00"),  # 30.003
        ("100.05", "30.02"),  # 30.015
        ("100.15", "30.05"),  # 30.045
        ("100.16", "30.05"),  # 30.048
        ("333.35", "100.01"),  # 100.005
    ],
)
def test_half_a_cent_is_rounded_upwards(cost: str, given: str) -> None:
    assert support(training(fee=cost)) == given


def test_published_rounding() -> None:
    assert support(training("2018-05-02", fee="805.79")) == "322.32"  # 322.316


@pytest.mark.parametrize(
    ("vat", "directly", "total"),
    [
        ({}, ("0.00", "210.00"), ("700.00", "910.00")),
        ({"vat_rate": "21"}, "210.00", ("700.00", "910.00")),
        ({"vat_rate": "21", "vat_deductible": False}, "210.00", "910.00"),
        ({"vat_rate": "21", "vat_deductible": True}, "210.00", "700.00"),
        ({"vat_deductible": True}, ("0.00", "210.00"), "700.00"),
        ({"vat_deductible": False}, ("0.00", "210.00"), ("700.00", "910.00")),
        ({"vat_rate": "0"}, "0.00", "700.00"),
        ({"vat_rate": "6", "vat_deductible": False}, "60.00", "760.00"),
    ],
)
def test_vat_goes_to_the_provider(vat: Request, directly: Any, total: Any) -> None:
    assert amounts(training(**vat), "vat_paid_directly", "total_own_cost", "total_own_cost_without_vat") == [
        directly,
        total,
        "700.00",
    ]


def test_vat_is_rounded_half_a_cent_upwards() -> None:
    assert amounts(training(fee="102.50", vat_rate="21"), "vat_paid_directly") == ["21.53"]  # 21.525


def test_vat_is_on_the_whole_invoice() -> None:
    case = training(other_costs="100", vat_rate="21", vat_deductible=False)
    assert amounts(case, "invoice", "vat_paid_directly", "total_own_cost") == ["1100.00", "231.00", "1031.00"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"fee": "0"},
        {"fee": "123.45", "lecturer_travel": "6.78"},
        {"catering": "99.99", "participants": 1, "days": 1},
        {"other_costs": "500", "examination_fee": "20"},
        {"deposit": "12.34"},
        {"fee": "40000", "deposit": "10000"},
        {"support_used_this_year": "7499.99"},
        {"support_used_this_year": "9000"},
        {"enterprise_size": "medium", "fee": "333.33"},
        {"enterprise_size": "large"},
        {"legal_form": "vzw"},
        {"application_date": "2016-03-31"},
    ],
)
@pytest.mark.parametrize("case", [training, advice, increase])
def test_own_share_support_and_what_is_not_covered_are_the_invoice(case: Any, changes: Request) -> None:
    told = amounts(case("2021-03-01", **changes), "own_share", "support", "not_covered", "invoice")
    own, given, beside, invoice = (Decimal(value) for value in told)
    assert own + given + beside == invoice
    assert min(own, given, beside) >= 0


@pytest.mark.parametrize("cost", ["0", "0.01", "5000", "16666.66", "99999.99"])
def test_support_and_co_financing_are_the_cost_of_a_cheque(cost: str) -> None:
    told = amounts(cheque(cost=cost), "support", "co_financing", "eligible_cost")
    given, own, whole = (Decimal(value) for value in told)
    assert given + own == whole


# --- deadlines ---------------------------------------------------------------------------------


def test_deadlines_whose_day_is_unknown_are_left_out() -> None:
    assert due(training(service_start=None), "application") is None
    assert due(training(service_start=None), "deposit") is not None
    no_day = training("2021-03-01", application_date=None, service_start="2021-03-01")
    assert due(no_day, "deposit") is None
    assert due(no_day, "application") == "2021-03-15"
    assert due(cheque(project_start=None), "project_end") is None
    assert due(cheque(application_date=None, project_start=None), "application") is None


def test_a_deadline_that_every_possible_day_shares_stands_there() -> None:
    # applied on any day, the increase's service ends six months after it starts
    assert due(increase(application_date=None, service_start="2022-06-01"), "service_end") == "2022-12-01"


def test_deadlines_stay_for_a_refusal_of_another_kind() -> None:
    assert due(training(learning_mode="distance_without_interaction"), "application") == "2019-12-15"


# --- notices -----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", EVERY_SCHEME)
def test_it_is_never_an_official_decision(case: Any) -> None:
    assert "not_an_official_decision" in notices(case())


def test_a_fact_that_no_rule_had_to_read_is_named() -> None:
    case = training(theme="digitalisation", on_official_list=True, learning_mode="in_person")
    assert answer(case | {"application_date": "2024-01-15"})["left_aside"] == ["on_official_list"]
    before_themes = answer(case | {"application_date": "2019-12-01"})
    assert before_themes["left_aside"] == ["theme", "on_official_list", "excluded_service"]
    assert "learning_mode" in answer(case | {"service": "advice"})["left_aside"]
    assert calculate(training(cost="much"), "en")["left_aside"] == []


def test_facts_of_another_scheme_are_read_then_left_aside_and_named() -> None:
    case = training(cost="5000", employees=3)
    notice = only([told for told in answer(case)["notices"] if told["id"] == "not_for_this_scheme"])
    assert answer(case)["amounts"] == answer(training())["amounts"]
    assert notice["text"]
    assert "not_for_this_scheme" not in notices(training())
    refused = calculate(training(cost="much"), "en")
    assert [(told["fact"], told["code"]) for told in refused["errors"]] == [("cost", "not_an_amount")]


def test_what_was_used_counts_as_nothing_while_unknown_with_a_notice() -> None:
    for case, fact in (
        (training(), "support_used_this_year"),
        (increase(), "increase_used_this_year"),
        (cheque(), "support_used_before"),
        (cheque(), "cheques_used_before"),
    ):
        known = case | {fact: "0"}
        assert answer(known)["amounts"] == answer(case)["amounts"]
        assert len(notices(case) - notices(known)) == 1, fact


def test_de_minimis_is_a_notice_until_it_is_a_condition() -> None:
    known = training(de_minimis_received="0")
    assert len(notices(training()) - notices(known)) == 1
    assert condition(known, "de_minimis") == "met"


def test_notices_that_the_law_file_asks_for() -> None:
    said = " ".join(told["text"] for told in answer(training("2023-06-01", deposit="350"))["notices"])
    for part in ("confirm", "whole share", "Flemish", "calendar days"):
        assert part in said, part


def test_the_notice_on_a_later_day_names_the_day_of_the_last_check() -> None:
    notice = only(
        [told for told in answer(training("2026-11-24"))["notices"] if told["id"] == "law_last_checked"]
    )
    assert "23 November 2026" in notice["text"]


def told_of(request: Request, name: str) -> str:
    """All that is said of a condition: its text, and what would mend it."""
    told = only([told for told in answer(request)["conditions"] if told["id"] == name])
    return f"{told['text']} {told.get('remedy', '')}"


def test_a_day_before_the_scheme_says_since_when_it_is_as_it_is() -> None:
    assert "1 April 2016" in told_of(training("2016-03-31"), "scheme_open")


@pytest.mark.parametrize("case", [training("2016-03-31"), increase("2019-05-06"), cheque("2019-05-06")])
def test_a_day_before_the_scheme_has_no_remedy_of_another_scheme(case: Request) -> None:
    assert "human resources" not in told_of(case, "scheme_open")


@pytest.mark.parametrize("case", [increase(TODAY), cheque(TODAY)])
def test_a_closed_scheme_says_since_when_and_what_exists_instead(case: Request) -> None:
    said = told_of(case, "scheme_open")
    assert "31 July 2024" in said
    assert "inferred" in said
    assert "KMO-portefeuille" in said


def test_other_advice_today_is_a_plain_no_with_what_exists_instead() -> None:
    said = told_of(advice(TODAY, theme="human_resources"), "theme").lower()
    assert "cybersecurity" in said
    assert "2026" in said, "since when"
    assert "training" in said, "which goes on in this theme"


def test_a_silent_day_says_from_when_it_is_certain() -> None:
    assert "17 January 2023" in told_of(cheque("2023-01-05"), "scheme_open")


# --- the reasons -------------------------------------------------------------------------------


def test_the_trace_leads_from_the_law_to_the_support() -> None:
    trace = {step["id"]: step for step in answer(training())["trace"]}
    assert trace["support"]["value"] == "300.00"
    order = list(trace)
    for step in trace.values():
        assert set(step) >= {"id", "value", "inputs", "sources", "text"}
        for name in step["inputs"]:
            if name in trace:
                assert order.index(name) < order.index(step["id"]), (name, step["id"])
    assert any("sbm" in step["sources"] for step in trace.values())  # who told of December 2019


def test_a_disputed_day_shows_both_sources() -> None:
    trace = answer(training("2021-09-13", theme="cybersecurity"))["trace"]
    assert {"ecx", "deroo1"} <= {key for step in trace for key in step["sources"]}


# --- languages ---------------------------------------------------------------------------------


CASES = [
    training(),
    training(TODAY),
    advice(TODAY),
    advice("2026-03-01", theme=None, fee=None),
    training(legal_form="vzw", deposit="350"),
    training("2027-11-24"),
    training("2016-03-31"),
    increase(workable_work=False),
    cheque(),
    cheque("2022-12-15"),
    cheque("2024-06-03", actions=["improvement"], cost=None),
    *NOTHING,
    training(fee="-1", service="course", provider_number="DV.0214464"),
    {"fe": 1},
]


def without_texts(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: without_texts(value) for key, value in told.items() if key != "text"}
    if isinstance(told, list):
        return [without_texts(part) for part in told]
    return told


def texts(told: Any) -> list[str]:
    if isinstance(told, dict):
        own = [told["text"]] if "text" in told else []
        return own + [text for value in told.values() for text in texts(value)]
    return [text for part in told for text in texts(part)] if isinstance(told, list) else []


@pytest.mark.parametrize("request_", CASES)
def test_only_texts_and_remedies_change_with_the_language(request_: Request) -> None:
    told = {language: calculate(request_, language) for language in LANGUAGES}
    plain = [json.dumps(_without_remedies(without_texts(outcome))) for outcome in told.values()]
    assert len(set(plain)) == 1
    assert len({json.dumps(texts(outcome)) for outcome in told.values()}) == len(LANGUAGES)
    for outcome in told.values():
        for text in texts(outcome):
            assert text.strip()
            assert not re.search(r"[{}]|\bNone\b", text)


def _without_remedies(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _without_remedies(value) for key, value in told.items() if key != "remedy"}
    if isinstance(told, list):
        return [_without_remedies(part) for part in told]
    return told


@pytest.mark.parametrize(
    ("language", "word"), [("nl", "euro"), ("en", "euro"), ("fr", "euro"), ("de", "Euro")]
)
def test_the_answer_is_one_sentence_in_the_language(language: str, word: str) -> None:
    outcome = answer(training(), language)
    summary = outcome["summary"]["text"]
    assert "300" in summary
    assert "700" in summary
    assert word in summary


def test_the_sentence_depends_on_what_moves_an_amount_alone() -> None:
    outcome = answer(training("2026-11-24", enterprise_size=None, theme=None, legal_form=None))
    assert outcome["questions"] == ["legal_form", "enterprise_size", "theme"]
    assert outcome["summary"]["depends_on"] == ["theme", "enterprise_size"]  # 150 euro, and 100


def test_the_first_condition_not_met_gives_the_reason() -> None:
    assert not_met(cheque("2025-06-02", project_end="2025-06-03"))[0] == "scheme_open"
