"""Exact amounts: whole cents, percentages in hundredths of a percent, and the one rounding that is used.

No official rounding rule is known. Published examples round to the nearest cent, half a cent upwards
(805.79 euro at 40 % is published as 322.32 euro), and so does everything here.
"""

from __future__ import annotations

from math import gcd

_HUNDRED_PERCENT = 100_00


def nearest(numerator: int, denominator: int) -> int:
    """A fraction of whole numbers, at least zero, to the nearest whole number, halves upwards."""
    return (2 * numerator + denominator) // (2 * denominator)


def percentage_of(percentage: int, cents: int) -> int:
    """A percentage (in hundredths) of an amount in cents, in whole cents."""
    return nearest(percentage * cents, _HUNDRED_PERCENT)


def period(percentage: int) -> int:
    """After how many cents the roundings of a percentage come again in the same order."""
    return _HUNDRED_PERCENT // gcd(percentage, _HUNDRED_PERCENT)


def in_proportion(full: int, paid: int, due: int) -> int:
    """The part of ``full`` that ``paid`` out of ``due`` earns, in whole cents; all of it where nothing is due."""
    return nearest(full * paid, due) if due else full


def decimal(hundredths: int) -> str:
    """Hundredths with two decimals and a point: ``100050`` is ``1000.50``."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def short_decimal(hundredths: int) -> str:
    """Hundredths with no more decimals than needed: ``3000`` is ``30``, ``2499`` is ``24.99``."""
    return decimal(hundredths).rstrip("0").rstrip(".")


def hundredths(text: str) -> int:
    """The whole hundredths that a text of plain digits says, with at most two decimals after a point."""
    whole, _, fraction = text.partition(".")
    return int(whole + fraction.ljust(2, "0"))
