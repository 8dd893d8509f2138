"""What is said beside the verdict and decides nothing: where it is said, and where it is not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.cases import Request, advice, answer, cheque, increase, notices, training

FIGURES = {"headcount": "10", "annual_turnover": "1", "balance_sheet_total": "1"}  # a small enterprise's


@pytest.mark.parametrize(
    ("case", "notice", "said"),
    [
        (cheque(), "cheque_is_de_minimis", True),
        (cheque(sector="profit"), "local_services_economy", False),
        (cheque(sector="social_profit"), "local_services_economy", True),
        (cheque("2021-05-03", legal_duty=True), "corona_exception", True),
        (cheque("2021-05-03", legal_duty=False), "corona_exception", False),
        (cheque("2022-05-02", legal_duty=True), "corona_exception", False),
        *((case(), "support_is_taxable", True) for case in (training, advice, increase)),
        *((case(), "people_in_flanders", True) for case in (training, advice, increase)),
        (training("2022-12-31"), "theme_topics", False),
        (training("2023-01-01"), "theme_topics", True),
        (training("2023-01-01"), "de_minimis_unknown", True),
        (training("2023-01-01", de_minimis_received="0"), "de_minimis_unknown", False),
        (training("2021-03-01"), "size_differs_from_figures", False),
        (training("2021-03-01", **FIGURES), "size_differs_from_figures", False),
        (training("2021-03-01", enterprise_size="medium"), "size_differs_from_figures", False),
        (training("2021-03-01", enterprise_size="medium", **FIGURES), "size_differs_from_figures", True),
        (
            training("2021-03-01", enterprise_size=None, size_year_before="medium", **FIGURES),
            "size_differs_from_figures",
            True,
        ),
        # ten people may still be a small enterprise; sixty are not, whatever the other figures are
        (training("2021-03-01", headcount="10"), "size_differs_from_figures", False),
        (training("2021-03-01", headcount="60"), "size_differs_from_figures", True),
        (training(deposit="700"), "deposit_above_share", False),
        (training(deposit="700.01"), "deposit_above_share", True),
        (training(deposit="700.01", fee=None), "deposit_above_share", False),
    ],
)
def test_a_notice_is_said_where_it_matters(case: Request, notice: str, said: Any) -> None:
    assert (notice in notices(case)) is said


def test_a_share_that_nothing_limits_has_no_upper_end_in_words() -> None:
    told = answer(training(fee=None, deposit="350"), "en")["notices"]
    text = next(each["text"] for each in told if each["id"] == "pay_the_whole_share")
    assert text.startswith("Pay in the whole share: at least 350.01 euro.")
