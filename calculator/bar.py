"""The picture of who pays what: one bar, a part for each payer, as wide as its share of the whole.

It shows the figures of the table below it. Where an amount is a range, its least is the payer's, and what may
still be one's or another's stands between them as a part of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rules.money import decimal
from rules.wording import Wording

# Who pays the service, and who what comes on top; between the first two lies what is still open.
PARTS = ("own_share", "co_financing", "support", "not_covered", "vat_paid_directly")
_OWN = ("own_share", "co_financing")
_WHOLE = ("invoice", "eligible_cost")

# What fits below a part on a small screen, where all parts together are this wide.
_SMALLEST, _LETTER = 240, 8
_FULL = 100_00  # hundredths of a percent

Part = tuple[str, int]  # a payer, or what is open, and cents


def parts(amounts: Mapping[str, Any]) -> list[Part]:
    """The parts in their order, none of them empty; no part at all where nothing bounds the whole."""
    shown = {name: amounts[name] for name in PARTS if name in amounts}
    whole = next((amounts[name] for name in _WHOLE if name in amounts), None)
    if whole is None or any(amount["high"] is None for amount in (whole, *shown.values())):
        return []
    return [(name, cents) for name, cents in _parts(shown, _cents(whole["high"])) if cents]


def _parts(shown: Mapping[str, Any], whole: int) -> Iterator[Part]:
    least = {name: _cents(amount["low"]) for name, amount in shown.items()}
    vat = least.pop("vat_paid_directly", 0)
    for name, cents in least.items():
        yield name, cents
        if name in _OWN:
            yield "open", whole - sum(least.values())
    if vat_amount := shown.get("vat_paid_directly"):
        yield "vat_paid_directly", vat
        yield "open", _cents(vat_amount["high"]) - vat


def picture(amounts: Mapping[str, Any], say: Wording) -> dict[str, Any]:
    """The picture's places: each part with where it begins and how wide it is, in percent of the whole."""
    found = parts(amounts)
    total = sum(cents for _, cents in found)
    places, before = [], 0
    for name, cents in found:
        begin, end = (_FULL * edge // total for edge in (before, before + cents))
        before += cents
        text = say.money(cents)
        fits = (end - begin) * _SMALLEST >= len(text) * _LETTER * _FULL
        places.append(
            {
                "row": name,
                "x": _share(begin),
                "width": _share(end - begin),
                "middle": _share((begin + end) // 2),
                "text": text if fits else "",
            }
        )
    still_open = sum(cents for name, cents in found if name == "open")
    told = [f"{say(f'amount.{name}.label')} {amounts[name]['text']}" for name in PARTS if name in amounts]
    return {
        "parts": places,
        "parts.open": say("picture.open", amount=say.money(still_open)) if still_open else "",
        "parts.told": f"{say('answer.payments')}: {say.listed(told)}" if found else "",
    }


def _cents(amount: str) -> int:
    return int(amount.replace(".", ""))


def _share(hundredths: int) -> str:
    return f"{decimal(hundredths)}%"
