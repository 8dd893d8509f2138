"""The law a second time, from its description alone: verdict, conditions and amounts of whole cases.

Written in another style than `rules`, with which it shares no code and no data: plain functions over tables that
are typed out here, in `Decimal` and `date`. It only takes cases in which everything that bears on the answer is
known. Where the sources disagree it answers for each reading of them, and then sums up.

    read_again(request) -> ("eligible", {"minimum_cost": "met", ...}, {"support": ("300.00", "300.00"), ...})
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any

Facts = dict[str, Any]
States = dict[str, str]
Money = dict[str, Decimal]
Answer = tuple[str, States, dict[str, tuple[str, str]]]

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
NOTHING = Decimal("0.00")
LAST_TRUSTED_DAY = date(2027, 11, 23)

# --- what the law says -------------------------------------------------------------------------

# From a day on: the shares of small and medium-sized enterprises, and their ceilings a year.
RATES = [(date(2016, 4, 1), {"small": 40, "medium": 30}), (date(2019, 12, 1), {"small": 30, "medium": 20})]
CEILINGS = [
    (date(2016, 4, 1), {"small": 10000, "medium": 15000}),
    (date(2020, 1, 1), {"small": 7500, "medium": 7500}),
]
WORKSHOPS_FROM = date(2026, 1, 1)
LARGE_WORKSHOP = (20, 7500)

THEMES_COUNT_FROM = date(2023, 1, 1)
THEMES = {
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
}
ONLY_SECURITY_ADVICE_FROM = date(2026, 2, 1)

FIRST_EXCLUSIONS = {
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
}
MORE_EXCLUSIONS = {
    "bach_flowers",
    "shamanism",
    "pendulum",
    "card_reading",
    "walking_coaching",
    "boat_licence",
    "wellness",
}

# First and last days of the calls that the cheque and the increase share; a year's first fortnight is not known.
CALLS = [
    (date(2019, 5, 7), date(2019, 12, 31)),
    (date(2020, 1, 1), date(2020, 12, 31)),
    (date(2021, 1, 1), date(2021, 12, 31)),
    (date(2022, 1, 1), date(2022, 11, 30)),
    (date(2023, 1, 17), date(2023, 10, 11)),
    (date(2024, 1, 1), date(2024, 7, 31)),
]
PERHAPS_A_CALL = (date(2023, 1, 1), date(2023, 1, 16))

COMMITTEES = ["318.02", "319.01", "327.01", "329.01", "330", "331", "337"]


# --- help --------------------------------------------------------------------------------------


def euro(amount: Any) -> Decimal:
    return Decimal(str(amount or 0)).quantize(Decimal("0.01"))


def nearest_cent(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def day(text: str) -> date:
    return date(*map(int, text.split("-")))


def after_months(start: date, months: int) -> date:
    total = start.month - 1 + months
    year, month = start.year + total // 12, total % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def in_force(table: list[tuple[date, Any]], on: date) -> Any:
    found = None
    for since, value in table:
        if since <= on:
            found = value
    return found


def holds(whether: Any) -> str:
    return MET if whether else NOT_MET


# --- one answer out of each reading of the sources ---------------------------------------------


def read_again(request: Facts) -> Answer:
    scheme, on = request["scheme"], day(request["application_date"])
    if scheme == "werkbaarheidscheque":
        readings = [cheque(request, on, reading) for reading in readings_of_the_cheque(request, on)]
    else:
        extra = scheme == "kmo_portefeuille_increase"
        readings = [portfolio(request, on, points, extra) for points in points_on_top(request, on, extra)]
    names = {name for states, _ in readings for name in states}
    conditions = {name: together({states[name] for states, _ in readings}) for name in names}
    if NOT_MET in conditions.values():
        verdict = "not_eligible"
    else:
        verdict = "undecided" if UNKNOWN in conditions.values() else "eligible"
    counted = [amounts for _, amounts in readings]
    if verdict == "not_eligible":
        counted = [without_support(amounts) for amounts in counted]
    ends = {
        name: (str(min(each[name] for each in counted)), str(max(each[name] for each in counted)))
        for name in counted[0]
    }
    return verdict, conditions, ends


def together(states: set[str]) -> str:
    return states.pop() if len(states) == 1 else UNKNOWN


def without_support(amounts: Money) -> Money:
    """A refusal: nothing is paid in or given, the whole invoice stays, and so does what is left of a ceiling."""
    changed = {**amounts, "support": NOTHING}
    if "co_financing" in changed:
        changed["co_financing"] = changed["eligible_cost"]
        if "ceiling" in changed:
            changed["support_left_after"] = changed["support_left_before"]
        return changed
    changed |= {"own_share": NOTHING, "not_covered": changed["invoice"]}
    changed["total_own_cost"] += changed["invoice"] - changed["total_own_cost_without_vat"]
    changed["total_own_cost_without_vat"] = changed["invoice"]
    if "ceiling" in changed:
        changed["ceiling_left_after"] = changed["ceiling_left_before"]
    return changed


# --- the KMO-portefeuille and its increase -----------------------------------------------------


def points_on_top(request: Facts, on: date, extra: bool) -> list[int]:
    """What the theme adds to the rate; two answers where the sources do not say which."""
    if extra:  # the increase has the base rate alone
        return [0]
    certain, disputed = {
        "cybersecurity": (date(2021, 9, 14), date(2021, 9, 13)),
        "energy_efficiency": (date(2024, 6, 5), date(2023, 3, 15)),
    }.get(request["theme"], (date.max, date.max))
    if on >= certain:
        return [15]
    return [0, 15] if on >= disputed else [0]


def class_of(request: Facts) -> str:
    """As stated; else the class of the year before, which one year of other figures leaves; else by figures."""
    stated: str | None = request.get("enterprise_size") or request.get("size_year_before")
    if stated:
        return stated
    people = Decimal(request["headcount"])
    turnover, balance = euro(request["annual_turnover"]), euro(request["balance_sheet_total"])
    if people < 50 and (turnover <= 10_000_000 or balance <= 10_000_000):
        return "small"
    if people < 250 and (turnover <= 50_000_000 or balance <= 43_000_000):
        return "medium"
    return "large"


def portfolio(request: Facts, on: date, points: int, extra: bool) -> tuple[States, Money]:
    amounts = portfolio_amounts(request, on, points, extra)
    states = enterprise_conditions(request, on) | service_conditions(request, on, amounts)
    states |= increase_conditions(request, on) if extra else portfolio_conditions(request, on)
    if "de_minimis_received" in request and "rate" in amounts and "ceiling" in amounts:
        limit = 300_000 if on >= date(2024, 1, 1) else 200_000
        states["de_minimis"] = holds(euro(request["de_minimis_received"]) + amounts["support"] <= limit)
    used = "increase_used_this_year" if extra else "support_used_this_year"
    if used in request and "ceiling_left_before" in amounts:
        states["ceiling_left"] = holds(amounts["ceiling_left_before"] > 0)
    return states, amounts


def portfolio_amounts(request: Facts, on: date, points: int, extra: bool) -> Money:
    size, workshop = class_of(request), bool(request.get("sheltered_workshop")) and on >= WORKSHOPS_FROM
    fee, travel, catering, examination, other = (
        euro(request.get(name))
        for name in ("fee", "lecturer_travel", "catering", "examination_fee", "other_costs")
    )
    invoice = fee + travel + catering + examination + other
    eligible = fee + travel
    if catering:
        eligible += min(catering, Decimal(25 * int(request["participants"]) * int(request["days"])))
    if on < date(2020, 7, 1):
        eligible += examination
    vat = nearest_cent(invoice * Decimal(request["vat_rate"]) / 100)
    amounts = {"invoice": invoice, "eligible_cost": eligible, "vat_paid_directly": vat}

    rate, ceiling = in_force(RATES, on), in_force(CEILINGS, on)
    percent = rate.get(size) if rate else None
    most = ceiling.get(size) if ceiling else None
    if size == "large" and workshop:
        percent, most = LARGE_WORKSHOP
    if extra:
        most = 5000 if on >= CALLS[0][0] else None

    before, left = None, None
    if percent is not None:
        amounts["rate"] = Decimal(percent + points)
        before = amounts["support_before_ceiling"] = nearest_cent(eligible * (percent + points) / 100)
    if most is not None:
        amounts["ceiling"] = euro(most)
        used = euro(request.get("increase_used_this_year" if extra else "support_used_this_year"))
        left = amounts["ceiling_left_before"] = max(NOTHING, euro(most) - used)
    support = own = NOTHING
    if before is not None and left is not None:
        full = min(before, left)
        if extra and not request["workable_work"]:
            full = min(full, euro(request["hr_support_this_year"]))
        due = amounts["own_share_due"] = eligible - full
        own, support = due, full
        if "deposit" in request and euro(request["deposit"]) < due:
            own = euro(request["deposit"])
            support = nearest_cent(full * own / due)
        amounts["ceiling_left_after"] = left - support
    paid = invoice - support
    total = paid if request["vat_deductible"] else paid + vat
    return amounts | {
        "support": support,
        "own_share": own,
        "not_covered": invoice - support - own,
        "total_own_cost_without_vat": paid,
        "total_own_cost": total,
    }


def enterprise_conditions(request: Facts, on: date) -> States:
    workshop = bool(request.get("sheltered_workshop")) and on >= WORKSHOPS_FROM
    form, public = request["legal_form"], Decimal(request["public_participation"])
    states = {
        "enterprise_size": holds(workshop or class_of(request) != "large"),
        "establishment": holds(request["establishment"] == "flemish_region"),
        "main_activity": holds(request["main_activity_accepted"]),
    }
    if workshop or form in ("natural_person", "company"):
        states["legal_form"] = MET
    else:
        states["legal_form"] = UNKNOWN if form == "other" else NOT_MET
    if public < 25:
        states["public_participation"] = MET
    else:
        states["public_participation"] = UNKNOWN if workshop else NOT_MET
    return states


def service_conditions(request: Facts, on: date, amounts: Money) -> States:
    service, theme = request["service"], request["theme"]
    training = service == "training"
    states = {"minimum_cost": holds(amounts["eligible_cost"] >= (100 if training else 500))}
    if on >= THEMES_COUNT_FROM:
        counts = theme in THEMES
        if theme == "occupation_specific_skills":
            counts = request["on_official_list"]
        if not training and on >= ONLY_SECURITY_ADVICE_FROM:
            counts = theme == "cybersecurity"
        states["theme"] = holds(counts)
    excluded = set() if training else {"periodic_advice"}
    if on >= date(2020, 7, 1):
        excluded |= FIRST_EXCLUSIONS
    if on >= date(2021, 7, 14):
        excluded |= MORE_EXCLUSIONS
    if excluded:
        states["service_not_excluded"] = holds(request["excluded_service"] not in excluded)
    if training:
        states["learning_mode"] = holds(request["learning_mode"] != "distance_without_interaction")
    if "related_provider" in request:
        states["provider_unrelated"] = holds(not request["related_provider"])
    if "agreement_date" in request:
        states["agreement_before_application"] = holds(day(request["agreement_date"]) <= on)
    return states


def portfolio_conditions(request: Facts, on: date) -> States:
    states = {"application_in_time": holds(on <= day(request["service_start"]) + timedelta(14))}
    if on < RATES[0][0]:
        states["scheme_open"] = NOT_MET
    else:
        states["scheme_open"] = MET if on <= LAST_TRUSTED_DAY else UNKNOWN
    if "service_end" in request:
        states["service_end_in_time"] = holds(day(request["service_end"]).year <= on.year + 1)
    if request["service"] == "advice" and "legal_duty" in request:
        states["not_a_legal_duty"] = holds(not request["legal_duty"])
    return states


def increase_conditions(request: Facts, on: date) -> States:
    start = day(request["service_start"])
    states = {
        "scheme_open": call_open(on),
        "application_in_time": holds(on <= start),
        "ceiling_reached": holds(request["ceiling_reached"]),
    }
    states["workable_work"] = holds(request["workable_work"] or euro(request["hr_support_this_year"]) > 0)
    if "service_end" in request:
        states["service_end_in_time"] = holds(day(request["service_end"]) <= after_months(start, 6))
    if "legal_duty" in request:
        states["not_a_legal_duty"] = holds(not request["legal_duty"])
    return states


def call_open(on: date) -> str:
    if on > LAST_TRUSTED_DAY:
        return UNKNOWN
    if any(first <= on <= last for first, last in CALLS):
        return MET
    return UNKNOWN if PERHAPS_A_CALL[0] <= on <= PERHAPS_A_CALL[1] else NOT_MET


# --- the werkbaarheidscheque -------------------------------------------------------------------


def readings_of_the_cheque(request: Facts, on: date) -> list[tuple[int, int]]:
    """The ceiling, and how much of earlier support counts against it (percent), as each source has them."""
    ceilings = [9000, 10000] if on.year >= 2024 else [10000]
    counted = [0, 100] if on.year == 2022 and of_earlier_years(request) else [100]
    return list(product(ceilings, counted))


def of_earlier_years(request: Facts) -> Decimal:
    """What was received before, but for what was received in the year of the application."""
    received, this_year = (
        euro(request.get(name)) for name in ("support_used_before", "cheque_support_this_year")
    )
    return max(NOTHING, received - this_year)


def cheque(request: Facts, on: date, reading: tuple[int, int]) -> tuple[States, Money]:
    ceiling, counted = reading
    cost = euro(request["cost"])
    amounts = {"eligible_cost": cost}
    states = cheque_conditions(request, on)
    if on < CALLS[0][0]:
        return states, amounts | {"support": NOTHING, "co_financing": cost}
    this_year = euro(request.get("cheque_support_this_year"))
    left = max(NOTHING, ceiling - this_year - of_earlier_years(request) * counted / 100)
    support = min(nearest_cent(cost * 60 / 100), left)
    if "support_used_before" in request or "cheque_support_this_year" in request:
        states["ceiling_left"] = holds(left > 0)
    return states, amounts | {
        "rate": Decimal(60),
        "ceiling": euro(ceiling),
        "support_left_before": euro(left),
        "support": euro(support),
        "co_financing": cost - support,
        "support_left_after": euro(left - support),
    }


def cheque_conditions(request: Facts, on: date) -> States:
    form, sector, committee = request["legal_form"], request["sector"], request["joint_committee"]
    social = sector == "social_profit"
    states = {
        "scheme_open": call_open(on),
        "establishment": holds(request["establishment"] == "flemish_region"),
        "sector": holds(sector == "profit" or (social and on.year >= 2020)),
        "employees": holds(int(request["employees"]) >= 1),
        "staff_consulted": holds(request["staff_consulted"]),
        "actions": MET,
        "not_a_legal_duty": holds(not request["legal_duty"]),
    }
    if form in ("vzw", "ivzw", "foundation"):
        states["legal_form"] = holds(social)
    elif form == "other":
        states["legal_form"] = UNKNOWN
    else:
        states["legal_form"] = holds(form in ("natural_person", "company"))
    if social:
        listed = on.year >= 2020 and (committee in COMMITTEES or committee.split(".")[0] in COMMITTEES)
        states["joint_committee"] = holds(listed)
        if on.year >= 2023 and committee.split(".")[0] == "304":
            states["joint_committee"] = UNKNOWN
    if "improvement" in request["actions"]:
        if on < date(2020, 5, 7):
            states["actions"] = NOT_MET
        elif on.year >= 2024:
            states["actions"] = UNKNOWN
    if "measurement" in request["actions"]:
        states["employee_survey"] = holds(request["employee_survey"])
    if request["legal_duty"] and on.year == 2021:
        states["not_a_legal_duty"] = UNKNOWN
    if on.year != 2022:
        states["uses_left"] = holds(int(request["cheques_used_before"]) < (3 if on.year < 2022 else 1))
    states["project_period"] = period(day(request["project_start"]), day(request["project_end"]), on)
    return states


def period(start: date, end: date, on: date) -> str:
    if start < on or end > after_months(start, 6):
        return NOT_MET
    if on.year == 2021:
        return holds(end <= date(2021, 12, 31))
    if date(2024, 1, 1) <= on <= date(2024, 7, 31):
        return holds(end <= date(2024, 8, 31))
    return MET if end.year <= on.year else UNKNOWN
