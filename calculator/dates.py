"""One case on each day on which the law changed for it: what it would have got, and what it would have paid."""

from __future__ import annotations

from typing import Any

from calculator.asked import Asked
from calculator.view import span
from rules import LAW, comparing
from rules.days import iso
from rules.telling import told


def dates(asked: Asked) -> dict[str, Any]:
    """A row for each such day, the earliest first."""
    scheme, facts = asked.case()
    days = comparing.days_of_change(scheme, facts, LAW)
    rows = []
    for day, found in zip(days, comparing.over(facts, LAW, "application_date", days), strict=True):
        outcome = told(found, asked.say)
        rows.append(
            {
                "day": asked.say.day(iso(day)),
                "summary": outcome["summary"]["text"],
                "support": span(outcome["amounts"]["support"], asked.say),
            }
        )
    return {"places": {"rows": rows} if rows else {"none": asked.say("dates.none")}}
