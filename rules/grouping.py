"""`group`: an enterprise's own figures and those of the enterprises behind it, to the three figures that a case holds.

An enterprise in which one holds a share of some size is a partner: its figures count in proportion. Above a larger
share it is linked and counts in full. Below the smaller one it does not count (the European SME definition, K08).
"""

from __future__ import annotations

from typing import NamedTuple

from rules.dated import Law
from rules.facts import FACTS
from rules.money import percentage_of
from rules.schemes.enterprise import FIGURES

AUTONOMOUS, PARTNER, LINKED = "autonomous", "partner", "linked"
_WHOLE = 100_00


class Member(NamedTuple):
    """An enterprise of a group: what it is to one's own, and what of its figures counts (None: not known)."""

    kind: str
    share: int
    counted: dict[str, int | None]


class Group(NamedTuple):
    """The members, and the group's three figures (None where one of them is not known)."""

    members: list[Member]
    figures: dict[str, int | None]


def group(own: dict[str, int], others: list[dict[str, int]], law: Law) -> Group:
    """Add up figures in hundredths; each of ``others`` has a ``share`` in hundredths of a percent."""
    members = [_member(other, law) for other in others]
    totals: dict[str, int | None] = {}
    for name in FIGURES:
        parts = [own.get(name), *(member.counted[name] for member in members)]
        known = [part for part in parts if part is not None]
        totals[name] = sum(known) if len(known) == len(parts) else None
    return Group(members, totals)


def _member(other: dict[str, int], law: Law) -> Member:
    share = other["share"]
    day = law.checked
    if share > law.value("linked_share", day):
        kind, counts = LINKED, _WHOLE
    elif share >= law.value("partner_share", day):
        kind, counts = PARTNER, share
    else:
        kind, counts = AUTONOMOUS, 0
    figures = {name: other.get(name) for name in FIGURES}
    counted = {
        name: (0 if not counts else None if value is None else percentage_of(counts, value))
        for name, value in figures.items()
    }
    return Member(kind, share, counted)


SHARE = FACTS["public_participation"]._replace(name="share")
