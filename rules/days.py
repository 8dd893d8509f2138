"""Days as whole numbers (the proleptic Gregorian ordinal), and the two steps that the law makes with them.

Terms run in calendar days. No shift for weekends or holidays was found in any source, so none is made.
"""

from __future__ import annotations

from datetime import date

_MONTHS = 12


def ordinal(text: str) -> int:
    """The day of an ISO 8601 date such as ``2019-12-01``; raises ``ValueError`` where it does not exist."""
    return date.fromisoformat(text).toordinal()


def iso(day: int) -> str:
    """A day as ISO 8601: ``2019-12-01``."""
    return date.fromordinal(day).isoformat()


def months_later(day: int, months: int) -> int:
    """The same day of the month, or that month's last day where it has no such day (inferred)."""
    start = date.fromordinal(day)
    whole = start.year * _MONTHS + start.month - 1 + months
    year, month = divmod(whole, _MONTHS)
    after = date(year + (month + 1) // _MONTHS, (month + 1) % _MONTHS + 1, 1)
    return min(date(year, month + 1, 1).toordinal() + start.day - 1, after.toordinal() - 1)


def end_of_year(day: int, years: int = 0) -> int:
    """31 December of the day's year, or of so many years later."""
    return date(date.fromordinal(day).year + years, 12, 31).toordinal()


def year_of(day: int) -> int:
    """The calendar year of a day."""
    return date.fromordinal(day).year


def start_of_year(day: int, years: int) -> int:
    """1 January of the day's year, or of so many years later."""
    return date(date.fromordinal(day).year + years, 1, 1).toordinal()
