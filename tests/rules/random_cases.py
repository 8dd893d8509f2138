"""Whole cases at random, the same ones each time: for a second reading of the law, and for reports of its changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import Any

from tests.rules.independent import CALLS, FIRST_EXCLUSIONS, MORE_EXCLUSIONS, THEMES, after_months

SEED = 20261123
CHANGES = [  # days on which something is otherwise than the day before
    *[
        "2016-04-01",
        "2019-12-01",
        "2020-01-01",
        "2020-05-07",
        "2020-07-01",
        "2021-01-01",
        "2021-07-14",
        "2021-09-13",
        "2021-09-14",
    ],
    *[
        "2022-01-01",
        "2023-01-01",
        "2023-01-17",
        "2023-03-15",
        "2024-01-01",
        "2024-06-05",
        "2026-01-01",
        "2026-02-01",
    ],
    *(end.isoformat() for call in CALLS for end in call),
    *("2027-11-23", "2027-11-24"),
]
FORMS = [
    *("vzw", "ivzw", "foundation", "partnership_without_legal_personality"),
    *("unincorporated_association", "temporary_company", "public_body", "other"),
]


class _Draw:
    """Whole cases at random: most facts good, some not, and amounts near the places where something turns."""

    def __init__(self, seed: int):
        self.random = Random(seed)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while True:
            yield self.case()

    def mostly(self, good: Any, *others: Any, of: int = 12) -> Any:
        """The first, except once in so many times."""
        return self.random.choice(others) if self.random.randrange(of) == 0 else good

    def money(self, *turns: int) -> str:
        """An amount near one of some turns, or any, in cents."""
        cents = self.random.choice([*turns, self.random.randrange(200, 6_000_000)]) + self.random.randint(
            -3, 3
        )
        return f"{max(0, cents) // 100}.{max(0, cents) % 100:02}"

    def day(self, first: str, last: str) -> date:
        """Around a change of the law, or any day."""
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        if self.random.random() < 0.5:
            near = date.fromisoformat(self.random.choice(CHANGES)) + timedelta(self.random.randint(-1, 1))
            if begin <= near <= end:
                return near
        return begin + timedelta(self.random.randrange((end - begin).days))

    def maybe(self, name: str, value: Any) -> dict[str, Any]:
        return {name: value} if self.random.random() < 0.4 else {}

    def case(self) -> dict[str, Any]:
        scheme = self.random.choice(
            ["kmo_portefeuille"] * 2 + ["kmo_portefeuille_increase", "werkbaarheidscheque"]
        )
        start, end = "2016-04-01", "2028-06-30"
        if scheme != "kmo_portefeuille":
            start, end = "2019-05-07", self.mostly("2024-09-30", end)
        if scheme == "werkbaarheidscheque" and self.random.random() < 0.5:
            start, end = (day.isoformat() for day in self.random.choice(CALLS))
        on = self.day(start, end)
        case = {
            "scheme": scheme,
            "application_date": on.isoformat(),
            "legal_form": self.mostly(self.random.choice(["company", "natural_person"]), *FORMS),
            "establishment": self.mostly(
                "flemish_region", "brussels_region", "walloon_region", "abroad", of=30
            ),
        }
        return case | (self.cheque(on) if scheme == "werkbaarheidscheque" else self.portfolio(on, scheme))

    def portfolio(self, on: date, scheme: str) -> dict[str, Any]:
        advice = self.random.random() < 0.35
        begin = on + timedelta(self.random.choice([-15, -14, -13, -1, 0, 0, 0, 1, 40, 200]))
        if scheme == "kmo_portefeuille_increase":
            begin = on + timedelta(self.mostly(self.random.choice([0, 1, 30]), -1, -14))
        ends = [after_months(begin, 6) + timedelta(n) for n in (0, 1)]
        ends += [date(on.year + 1, 12, 31), date(on.year + 2, 1, 1), begin]
        end = self.random.choice([last for last in ends if last >= begin])
        case: dict[str, Any] = {
            "public_participation": self.mostly("0", "24.99", "25", "100"),
            "main_activity_accepted": self.mostly(True, False, of=30),
            "service": "advice" if advice else "training",
            "theme": self.random.choice(
                [*sorted(THEMES), *["cybersecurity", "energy_efficiency"] * 3, "other"]
            ),
            "on_official_list": self.mostly(True, False, of=3),
            "excluded_service": self.mostly(
                "none", "periodic_advice", *sorted(FIRST_EXCLUSIONS), *sorted(MORE_EXCLUSIONS), of=6
            ),
            "service_start": begin.isoformat(),
            "fee": self.money(10_000, 50_000, 50_000, 1_666_667, 2_500_000, 3_333_332, 3_750_000, 7_500_000),
            "vat_rate": self.random.choice(["0", "6", "12", "21", "7.35"]),
            "vat_deductible": self.random.random() < 0.5,
            **self.size(),
            **self.maybe("sheltered_workshop", self.random.random() < 0.6),
            **self.maybe("legal_duty", self.mostly(False, True, of=4)),
            **self.maybe("agreement_date", (on + timedelta(self.mostly(-3, 0, 1, of=3))).isoformat()),
            **self.maybe("service_end", end.isoformat()),
            **self.maybe("lecturer_travel", self.money(5_000)),
            **self.maybe("examination_fee", self.money(4_000)),
            **self.maybe("other_costs", self.money(9_999)),
            **self.maybe("deposit", self.money(35_000, 70_000, 1_750_000)),
            **self.maybe("related_provider", self.mostly(False, True)),
            **self.maybe("de_minimis_received", self.money(19_250_000, 20_000_000, 29_250_000, 29_999_700)),
        }
        if not advice:
            case["learning_mode"] = self.mostly(
                "in_person", "distance_with_interaction", "distance_without_interaction", of=4
            )
        if self.random.random() < 0.3:
            people, days = self.random.randint(1, 5), self.random.randint(1, 4)
            case |= {"catering": self.money(2500 * people * days), "participants": people, "days": days}
        if scheme == "kmo_portefeuille":
            return case | self.maybe("support_used_this_year", self.money(0, 700_000, 750_000, 1_000_000))
        return (
            case
            | {
                "ceiling_reached": self.mostly(True, False),
                "workable_work": self.mostly(True, False, of=3),
                "hr_support_this_year": self.money(0, 1, 100_000, 500_000),
            }
            | self.maybe("increase_used_this_year", self.money(0, 450_000, 500_000))
        )

    def size(self) -> dict[str, Any]:
        size = self.random.choice(["small"] * 5 + ["medium"] * 4 + ["large"])
        if self.random.random() < 0.5:
            return {"enterprise_size": size}
        figures = {
            "headcount": self.random.choice(["0", "12.5", "49.99", "50", "249.99", "250"]),
            "annual_turnover": self.money(1_000_000_000, 5_000_000_000),
            "balance_sheet_total": self.money(1_000_000_000, 4_300_000_000),
        }
        return figures | self.maybe("size_year_before", size)

    def cheque(self, on: date) -> dict[str, Any]:
        begin = on + timedelta(self.mostly(self.random.choice([0, 0, 1, 20]), -1))
        ends = [after_months(begin, 6) + timedelta(n) for n in (0, 0, 0, 1)]
        ends += [date(on.year, 12, 31), date(on.year + 1, 1, 1), date(2024, 8, 31), date(2024, 9, 1), begin]
        kinds = ["measurement", "guidance", "report", "plan", "prioritisation", "monitoring", "improvement"]
        case = {
            "sector": self.random.choice(["profit"] * 6 + ["social_profit"] * 4 + ["public"]),
            "legal_form": self.random.choice(["company"] * 9 + FORMS),
            "joint_committee": self.random.choice(
                ["331", "330.01", "318.02", "318.01", "337", "304", "304.01", "200", "329.01", "327"]
            ),
            "employees": self.mostly(self.random.randint(1, 300), 0),
            "actions": self.random.sample(kinds, self.random.randint(1, 3)),
            "employee_survey": self.mostly(True, False),
            "staff_consulted": self.mostly(True, False),
            "legal_duty": self.mostly(False, True, of=6),
            "cheques_used_before": self.random.choice([0, 0, 0, 0, 0, 0, 1, 2, 3]),
            "cost": self.money(0, 1_500_000, 1_666_667),
            "project_start": begin.isoformat(),
            "project_end": self.random.choice([last for last in ends if last >= begin]).isoformat(),
            **self.maybe("support_used_before", self.money(0, 400_000, 900_000, 1_000_000)),
        }
        most = case.get("support_used_before") or "10000"
        this_year = min(most, self.money(0, 400_000), key=Decimal)
        return case | self.maybe("cheque_support_this_year", this_year)


def random_cases(count: int, seed: int = SEED) -> list[dict[str, Any]]:
    """So many cases, the first ones always the same."""
    return list(islice(_Draw(seed), count))
