"""The KMO-portefeuille on both sides of each date, term, limit and ceiling: a day, a cent, a hundredth apart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.cases import (
    advice,
    amount,
    amounts,
    answer,
    condition,
    due,
    later,
    not_met,
    notices,
    rate,
    support,
    training,
    verdict,
)

# --- from when until when ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("1990-01-01", "not_met"),
        ("2016-03-31", "not_met"),  # the portfolio with pillars
        ("2016-04-01", "met"),
        ("2026-11-23", "met"),  # the law was last checked
        ("2027-11-23", "met"),  # and is trusted twelve months more
        ("2027-11-24", "unknown"),
        ("2100-12-31", "unknown"),
    ],
)
def test_the_scheme_is_open_from_april_2016_as_far_as_the_law_is_trusted(day: str, state: str) -> None:
    assert condition(training(day), "scheme_open") == state


@pytest.mark.parametrize(("day", "told"), [("2026-11-23", False), ("2026-11-24", True), ("2027-11-24", True)])
def test_after_the_last_check_a_notice_names_it(day: str, told: bool) -> None:
    assert ("law_last_checked" in notices(training(day))) is told


def test_beyond_trust_the_amounts_are_as_the_last_known_law_gives_them() -> None:
    case = training("2027-11-24")
    assert verdict(case) == "undecided"
    assert (rate(case), *amounts(case, "ceiling", "support")) == ("30", "7500.00", "300.00")


def test_before_the_scheme_there_is_no_rate_and_no_ceiling() -> None:
    outcome = answer(training("2016-03-31"))
    assert outcome["verdict"] == "not_eligible"
    assert "rate" not in outcome
    assert [amount(outcome, name) for name in ("ceiling", "support", "not_covered")] == [
        None,
        "0.00",
        "1000.00",
    ]


# --- rates and ceilings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "day", "percent"),
    [
        ("small", "2016-04-01", "40"),
        ("small", "2019-11-30", "40"),
        ("small", "2019-12-01", "30"),
        ("small", "2026-11-23", "30"),
        ("medium", "2016-04-01", "30"),
        ("medium", "2019-11-30", "30"),
        ("medium", "2019-12-01", "20"),
        ("medium", "2026-11-23", "20"),
    ],
)
def test_rates_by_size(size: str, day: str, percent: str) -> None:
    assert rate(training(day, enterprise_size=size)) == percent


@pytest.mark.parametrize(
    ("size", "day", "ceiling"),
    [
        ("small", "2016-04-01", "10000.00"),
        ("small", "2019-12-31", "10000.00"),
        ("small", "2020-01-01", "7500.00"),
        ("medium", "2016-04-01", "15000.00"),
        ("medium", "2019-12-31", "15000.00"),
        ("medium", "2020-01-01", "7500.00"),
    ],
)
def test_ceilings_by_size(size: str, day: str, ceiling: str) -> None:
    assert amounts(training(day, enterprise_size=size), "ceiling") == [ceiling]


@pytest.mark.parametrize(
    ("size", "day", "ceiling", "below", "at"),
    [
        # a cent apart, on both sides of the half cent below the ceiling
        ("small", "2019-11-30", "10000.00", "24999.98", "24999.99"),
        ("medium", "2019-11-30", "15000.00", "49999.98", "49999.99"),
        ("small", "2019-12-31", "10000.00", "33333.31", "33333.32"),
        ("medium", "2019-12-31", "15000.00", "74999.97", "74999.98"),
        ("small", "2020-01-01", "7500.00", "24999.98", "24999.99"),
        ("medium", "2020-01-01", "7500.00", "37499.97", "37499.98"),
    ],
)
def test_support_grows_to_the_ceiling_and_stays(
    size: str, day: str, ceiling: str, below: str, at: str
) -> None:
    def of(cost: str) -> Any:
        return support(training(day, enterprise_size=size, fee=cost))

    assert [of(below), of(at), of("90000")] == [f"{int(ceiling[:-3]) - 1}.99", ceiling, ceiling]


@pytest.mark.parametrize(
    ("used", "left", "state"),
    [
        ("0", "7500.00", "met"),
        ("7499.99", "0.01", "met"),
        ("7500", "0.00", "not_met"),
        ("9000", "0.00", "not_met"),
    ],
)
def test_what_earlier_applications_leave(used: str, left: str, state: str) -> None:
    case = training("2020-01-01", support_used_this_year=used)
    assert amounts(case, "ceiling_left_before") == [left]
    assert condition(case, "ceiling_left") == state


def test_support_is_never_more_than_what_is_left() -> None:
    case = training("2020-01-01", support_used_this_year="7400")
    assert amounts(case, "support_before_ceiling", "support", "own_share_due", "ceiling_left_after") == [
        "300.00",
        "100.00",
        "900.00",
        "0.00",
    ]


# --- raised rates ------------------------------------------------------------------------------


@pytest.mark.parametrize("service", [training, advice])
@pytest.mark.parametrize(
    ("size", "day", "percent"),
    [
        ("small", "2021-09-12", "30"),
        ("small", "2021-09-13", ("30", "45")),  # the sources disagree about this day
        ("small", "2021-09-14", "45"),
        ("medium", "2021-09-12", "20"),
        ("medium", "2021-09-13", ("20", "35")),
        ("medium", "2021-09-14", "35"),
    ],
)
def test_cybersecurity_is_raised_from_september_2021(service: Any, size: str, day: str, percent: Any) -> None:
    case = service(day, theme="cybersecurity", enterprise_size=size)
    assert rate(case) == percent
    assert verdict(case) == "eligible"


def test_a_disputed_rate_makes_the_amounts_a_range_with_everything_known() -> None:
    case = training("2021-09-13", theme="cybersecurity")
    assert amounts(case, "support", "own_share") == [("300.00", "450.00"), ("550.00", "700.00")]
    assert answer(case)["questions"] == []


@pytest.mark.parametrize("service", [training, advice])
@pytest.mark.parametrize(
    ("size", "day", "percent"),
    [
        ("small", "2023-03-14", "30"),
        ("small", "2023-03-15", ("30", "45")),  # the act; its first day was not found
        ("small", "2024-06-04", ("30", "45")),
        ("small", "2024-06-05", "45"),  # seen in force
        ("small", "2026-01-31", "45"),
        ("medium", "2023-03-14", "20"),
        ("medium", "2023-03-15", ("20", "35")),
        ("medium", "2024-06-04", ("20", "35")),
        ("medium", "2024-06-05", "35"),
    ],
)
def test_energy_efficiency_is_raised_later(service: Any, size: str, day: str, percent: Any) -> None:
    assert rate(service(day, theme="energy_efficiency", enterprise_size=size)) == percent


@pytest.mark.parametrize("theme", ["digitalisation", "sustainability", "human_resources", "other"])
def test_no_other_theme_is_raised(theme: str) -> None:
    assert rate(training("2022-06-01", theme=theme)) == "30"


@pytest.mark.parametrize(
    ("size", "below", "at"), [("small", "16666.65", "16666.66"), ("medium", "21428.55", "21428.56")]
)
def test_a_raised_rate_reaches_the_same_ceiling_sooner(size: str, below: str, at: str) -> None:
    def of(cost: str) -> Any:
        return support(training("2021-09-14", theme="cybersecurity", enterprise_size=size, fee=cost))

    assert [of(below), of(at)] == ["7499.99", "7500.00"]


# --- themes and exclusions ---------------------------------------------------------------------

THEMES = [
    "business_strategy",
    "digitalisation",
    "cybersecurity",
    "sustainability",
    "energy_efficiency",
    "financial_literacy",
    "innovation",
    "internationalisation",
    "human_resources",
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("service", [training, advice])
def test_the_themes_that_count_from_2023(service: Any, theme: str) -> None:
    assert condition(service("2022-12-31", theme=theme), "theme") is None
    assert condition(service("2023-01-01", theme=theme), "theme") == "met"


@pytest.mark.parametrize("service", [training, advice])
def test_another_theme_counts_no_more_from_2023(service: Any) -> None:
    assert verdict(service("2022-12-31", theme="other")) == "eligible"
    assert not_met(service("2023-01-01", theme="other")) == ["theme"]


@pytest.mark.parametrize("service", [training, advice])
def test_skills_of_an_occupation_count_from_2023_only_on_the_official_list(service: Any) -> None:
    skills = {"theme": "occupation_specific_skills"}
    assert verdict(service("2022-12-31", **skills, on_official_list=False)) == "eligible"
    assert not_met(service("2023-01-01", **skills, on_official_list=False)) == ["theme"]
    assert condition(service("2023-01-01", **skills, on_official_list=True), "theme") == "met"


@pytest.mark.parametrize("theme", [*THEMES, "occupation_specific_skills", "other"])
def test_advice_is_only_for_cybersecurity_from_february_2026(theme: str) -> None:
    before = advice("2026-01-31", theme=theme, on_official_list=True)
    after = advice("2026-02-01", theme=theme, on_official_list=True)
    assert not_met(before) == (["theme"] if theme == "other" else [])
    assert not_met(after) == ([] if theme == "cybersecurity" else ["theme"])


def test_training_goes_on_in_every_theme_after_february_2026() -> None:
    assert [verdict(training("2026-02-01", theme=theme)) for theme in THEMES] == ["eligible"] * len(THEMES)
    assert rate(training("2026-02-01", theme="energy_efficiency")) == "45"


EXCLUDED_IN_2020 = [
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
]
EXCLUDED_IN_2021 = [
    "bach_flowers",
    "shamanism",
    "pendulum",
    "card_reading",
    "walking_coaching",
    "boat_licence",
    "wellness",
]


@pytest.mark.parametrize(
    ("first_day", "excluded"),
    [("2020-07-01", name) for name in EXCLUDED_IN_2020] + [("2021-07-14", name) for name in EXCLUDED_IN_2021],
)
@pytest.mark.parametrize("service", [training, advice])
def test_a_service_is_excluded_from_a_day_on(service: Any, first_day: str, excluded: str) -> None:
    assert verdict(service(later(first_day, -1), excluded_service=excluded)) == "eligible"
    assert not_met(service(first_day, excluded_service=excluded)) == ["service_not_excluded"]


@pytest.mark.parametrize("day", ["2016-04-01", "2020-06-30", "2020-07-01", "2021-07-13", "2021-07-14"])
def test_periodic_advice_is_excluded_all_along_and_no_training_is_periodic_advice(day: str) -> None:
    assert not_met(advice(day, excluded_service="periodic_advice")) == ["service_not_excluded"]
    assert verdict(training(day, excluded_service="periodic_advice")) == "eligible"
    assert verdict(advice(day, excluded_service="none")) == "eligible"


# --- what it costs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "cost", "state"),
    [
        (training, "99.99", "not_met"),
        (training, "100", "met"),
        (advice, "499.99", "not_met"),
        (advice, "500", "met"),
    ],
)
@pytest.mark.parametrize("day", ["2016-04-01", "2020-01-01"])
def test_the_minimum_cost(service: Any, day: str, cost: str, state: str) -> None:
    assert condition(service(day, fee=cost), "minimum_cost") == state


@pytest.mark.parametrize(
    ("costs", "state"),
    [
        ({"fee": "75", "catering": "25", "participants": 1, "days": 1}, "met"),
        ({"fee": "74.99", "catering": "40", "participants": 1, "days": 1}, "not_met"),
        ({"fee": "99.99", "other_costs": "500"}, "not_met"),
        ({"fee": "99.99", "examination_fee": "500"}, "not_met"),
        ({"fee": "99.99", "lecturer_travel": "0.01"}, "met"),
    ],
)
def test_the_minimum_compares_what_is_covered(costs: dict[str, Any], state: str) -> None:
    assert condition(training("2020-07-01", **costs), "minimum_cost") == state


@pytest.mark.parametrize(
    ("people", "days", "catering", "covered", "beside"),
    [
        (1, 1, "24.99", "1024.99", "0.00"),
        (1, 1, "25", "1025.00", "0.00"),
        (1, 1, "25.01", "1025.00", "0.01"),
        (2, 1, "50.01", "1050.00", "0.01"),
        (2, 3, "150", "1150.00", "0.00"),
        (2, 3, "150.01", "1150.00", "0.01"),
    ],
)
def test_catering_for_each_person_and_day(
    people: int, days: int, catering: str, covered: str, beside: str
) -> None:
    case = training(catering=catering, participants=people, days=days)
    assert amounts(case, "eligible_cost", "not_covered") == [covered, beside]


@pytest.mark.parametrize(
    ("day", "covered", "beside"), [("2020-06-30", "1200.00", "0.00"), ("2020-07-01", "1000.00", "200.00")]
)
def test_an_examination_on_the_invoice_was_covered_until_july_2020(
    day: str, covered: str, beside: str
) -> None:
    case = training(day, examination_fee="200")
    assert amounts(case, "eligible_cost", "not_covered", "invoice") == [covered, beside, "1200.00"]


# --- terms -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "last_day"),
    [
        ("2021-03-01", "2021-03-15"),
        ("2020-02-20", "2020-03-05"),  # a leap year
        ("2021-02-20", "2021-03-06"),
        ("2019-12-20", "2020-01-03"),
        ("2026-11-14", "2026-11-28"),  # a Saturday stays a Saturday
    ],
)
def test_fourteen_calendar_days_after_the_start(start: str, last_day: str) -> None:
    assert due(training(start), "application") == last_day
    assert condition(training(last_day, service_start=start), "application_in_time") == "met"
    assert condition(training(later(last_day, 1), service_start=start), "application_in_time") == "not_met"


def test_applying_long_before_the_start_is_in_time() -> None:
    assert verdict(training("2021-03-01", service_start="2021-12-01")) == "eligible"


def test_thirty_days_to_pay_the_deposit() -> None:
    assert due(training("2020-02-01"), "deposit") == "2020-03-02"
    assert due(training("2019-12-15"), "deposit") == "2020-01-14"


@pytest.mark.parametrize("day", ["2021-01-01", "2021-12-31"])
def test_the_service_ends_by_the_end_of_the_next_year(day: str) -> None:
    assert due(training(day), "service_end") == "2022-12-31"
    assert condition(training(day, service_end="2022-12-31"), "service_end_in_time") == "met"
    assert condition(training(day, service_end="2023-01-01"), "service_end_in_time") == "not_met"
    assert condition(training(day), "service_end_in_time") is None


@pytest.mark.parametrize(
    ("agreed", "state"), [("2021-03-01", "met"), ("2021-03-02", "not_met"), (None, None)]
)
def test_first_the_agreement_then_the_application(agreed: str | None, state: str | None) -> None:
    case = training("2021-03-01", service_start="2021-03-03", agreement_date=agreed)
    assert condition(case, "agreement_before_application") == state


# --- who ---------------------------------------------------------------------------------------


def by_figures(headcount: str, turnover: str, balance: str, **more: Any) -> dict[str, Any]:
    return training(
        "2021-03-01",
        enterprise_size=None,
        headcount=headcount,
        annual_turnover=turnover,
        balance_sheet_total=balance,
        **more,
    )


SMALL, MEDIUM, LARGE = "30", "20", None  # told apart by their rates


@pytest.mark.parametrize(
    ("headcount", "turnover", "balance", "percent"),
    [
        ("49.99", "10000000", "99000000", SMALL),
        ("50", "10000000", "10000000", MEDIUM),
        ("49.99", "10000000.01", "10000000", SMALL),  # one of both figures is enough
        ("49.99", "10000000.01", "10000000.01", MEDIUM),
        ("10", "99000000", "10000000", SMALL),
        ("249.99", "50000000", "99000000", MEDIUM),
        ("249.99", "99000000", "43000000", MEDIUM),
        ("249.99", "50000000.01", "43000000.01", LARGE),
        ("249.99", "50000000.01", "43000000", MEDIUM),
        ("250", "50000000", "43000000", LARGE),
        ("250", "1", "1", LARGE),
        ("1", "50000000.01", "43000000.01", LARGE),
        ("0", "0", "0", SMALL),
    ],
)
def test_the_class_by_the_figures(headcount: str, turnover: str, balance: str, percent: str | None) -> None:
    case = by_figures(headcount, turnover, balance)
    assert rate(case) == percent
    assert condition(case, "enterprise_size") == ("met" if percent else "not_met")


@pytest.mark.parametrize(
    ("before", "percent"), [("small", SMALL), ("medium", MEDIUM), ("large", LARGE), (None, SMALL)]
)
def test_a_class_changes_only_after_two_years(before: str | None, percent: str | None) -> None:
    assert rate(by_figures("10", "1000000", "1000000", size_year_before=before)) == percent


def test_a_stated_class_holds_against_the_figures() -> None:
    case = by_figures("60", "1000000", "1000000") | {"enterprise_size": "small"}
    assert rate(case) == SMALL
    assert "size_differs_from_figures" in notices(case)
    assert "size_differs_from_figures" not in notices(
        by_figures("10", "1", "1") | {"enterprise_size": "small"}
    )


@pytest.mark.parametrize(
    ("share", "state"), [("0", "met"), ("24.99", "met"), ("25", "not_met"), ("100", "not_met")]
)
def test_the_share_of_administrative_authorities(share: str, state: str) -> None:
    assert condition(training(public_participation=share), "public_participation") == state


@pytest.mark.parametrize(
    ("form", "state"),
    [
        ("natural_person", "met"),
        ("company", "met"),
        ("vzw", "not_met"),
        ("ivzw", "not_met"),
        ("foundation", "not_met"),
        ("partnership_without_legal_personality", "not_met"),
        ("unincorporated_association", "not_met"),
        ("temporary_company", "not_met"),
        ("public_body", "not_met"),
        ("other", "unknown"),
    ],
)
def test_legal_forms(form: str, state: str) -> None:
    assert condition(training(legal_form=form), "legal_form") == state


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("flemish_region", "met"),
        ("brussels_region", "not_met"),
        ("walloon_region", "not_met"),
        ("abroad", "not_met"),
    ],
)
def test_where_the_establishment_lies(place: str, state: str) -> None:
    assert condition(training(establishment=place), "establishment") == state


@pytest.mark.parametrize(("accepted", "state"), [(True, "met"), (False, "not_met"), (None, "unknown")])
def test_the_main_activity_is_open_until_the_visitor_has_looked(accepted: bool | None, state: str) -> None:
    assert condition(training(main_activity_accepted=accepted), "main_activity") == state


def test_primary_agriculture_brings_a_notice_and_no_more() -> None:
    farm, shop = training(main_activity="01.500"), training(main_activity="47.110")
    assert verdict(farm) == "eligible"
    assert notices(farm) - notices(shop) == {"primary_agriculture"}


def test_a_liberal_profession_changes_no_verdict_and_is_explained() -> None:
    for size, said in (("small", "eligible"), ("large", "not_eligible")):
        case = training(enterprise_size=size, legal_form="natural_person")
        assert verdict(case | {"liberal_profession": True}) == verdict(case) == said
        assert notices(case | {"liberal_profession": True}) - notices(case) == {"liberal_profession"}


@pytest.mark.parametrize(("related", "state"), [(True, "not_met"), (False, "met"), (None, None)])
def test_the_provider_is_no_relation(related: bool | None, state: str | None) -> None:
    assert condition(training(related_provider=related), "provider_unrelated") == state


@pytest.mark.parametrize(
    ("service", "duty", "state"),
    [
        (advice, True, "not_met"),
        (advice, False, "met"),
        (advice, None, None),
        (training, True, None),
        (training, False, None),
    ],
)
def test_advice_that_is_a_legal_duty_is_refused(service: Any, duty: bool | None, state: str | None) -> None:
    assert condition(service(legal_duty=duty), "not_a_legal_duty") == state


def test_training_that_is_a_legal_duty_brings_a_notice() -> None:
    case = training(legal_duty=True)
    assert verdict(case) == "eligible"
    assert len(notices(case) - notices(training(legal_duty=False))) == 1


@pytest.mark.parametrize(
    ("mode", "state"),
    [
        ("in_person", "met"),
        ("distance_with_interaction", "met"),
        ("distance_without_interaction", "not_met"),
        (None, "unknown"),
    ],
)
def test_how_a_training_is_given(mode: str | None, state: str) -> None:
    assert condition(training(learning_mode=mode), "learning_mode") == state
    assert condition(advice(learning_mode=mode), "learning_mode") is None


@pytest.mark.parametrize(
    ("day", "received", "state"),
    [
        # with 300 euro support, what was received before may be 300 euro less than the limit
        ("2023-12-31", "199700", "met"),
        ("2023-12-31", "199700.01", "not_met"),
        ("2024-01-01", "199700.01", "met"),
        ("2024-01-01", "299700", "met"),
        ("2024-01-01", "299700.01", "not_met"),
        ("2024-01-01", None, None),
    ],
)
def test_de_minimis_aid_over_three_years(day: str, received: str | None, state: str | None) -> None:
    assert condition(training(day, de_minimis_received=received), "de_minimis") == state


# --- sheltered workshops -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "percent", "raised"), [("small", "30", "45"), ("medium", "20", "35"), ("large", "20", "35")]
)
def test_a_sheltered_workshop_of_any_size_from_2026(size: str, percent: str, raised: str) -> None:
    workshop = {"sheltered_workshop": True, "enterprise_size": size}
    case = training("2026-01-01", **workshop)
    assert verdict(case) == "eligible"
    assert rate(case) == percent
    assert amounts(case, "ceiling") == ["7500.00"]
    for theme in ("cybersecurity", "energy_efficiency"):
        assert rate(training("2026-01-01", theme=theme, **workshop)) == raised


@pytest.mark.parametrize("form", ["vzw", "foundation", "public_body", "other"])
def test_a_sheltered_workshop_of_any_legal_form_from_2026(form: str) -> None:
    workshop = {"sheltered_workshop": True, "legal_form": form}
    assert condition(training("2026-01-01", **workshop), "legal_form") == "met"
    assert condition(training("2025-12-31", **workshop), "legal_form") != "met"


def test_before_2026_a_sheltered_workshop_is_like_any_other() -> None:
    assert not_met(training("2025-12-31", sheltered_workshop=True, enterprise_size="large")) == [
        "enterprise_size"
    ]
    assert verdict(training("2025-12-31", sheltered_workshop=True)) == "eligible"


@pytest.mark.parametrize(
    ("day", "share", "state"),
    [
        ("2026-01-01", "24.99", "met"),
        ("2026-01-01", "25", "unknown"),  # what article 7 holds was not found
        ("2025-12-31", "25", "not_met"),
    ],
)
def test_what_authorities_may_hold_of_a_sheltered_workshop(day: str, share: str, state: str) -> None:
    case = training(day, sheltered_workshop=True, public_participation=share)
    assert condition(case, "public_participation") == state


@pytest.mark.parametrize("workshop", [False, None])
def test_other_large_enterprises_stay_out_in_2026(workshop: bool | None) -> None:
    case = training("2026-01-01", sheltered_workshop=workshop, enterprise_size="large")
    assert not_met(case) == ["enterprise_size"]
    assert (rate(case), *amounts(case, "ceiling")) == (None, None)


def test_a_large_sheltered_workshop_has_no_rate_the_day_before() -> None:
    case = training("2025-12-31", sheltered_workshop=True, enterprise_size="large")
    assert (rate(case), *amounts(case, "ceiling")) == (None, None)
