"""A case as an address: its facts, and beside them what the answer was and by which law.

An address outlives the law that it was made with. Whoever opens it gets today's answer, and hears of it where
that is another one than was shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules import LAW
from rules.facts import FACTS
from rules.reading import NotRead, read_value
from rules.telling import between
from rules.weighing import Range
from rules.wording import Wording

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()+/")


def settings(outcome: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the address beside the facts: the law's version, and the support that it gave."""
    found = {"_law": LAW.checked.isoformat()}
    if support := outcome["amounts"].get("support"):
        low, high = support["low"], support["high"]
        found["_support"] = low if low == high else f"{low}-{high or ''}"
    return found


def address(page: str, facts: Mapping[str, str], outcome: Mapping[str, Any]) -> str:
    """The whole address of a case on a page; nowhere without one."""
    pairs = {**facts, **settings(outcome)}
    return page and f"{page}#" + "&".join(f"{name}={_escaped(value)}" for name, value in pairs.items())


def difference(shared: Mapping[str, Any], outcome: Mapping[str, Any], say: Wording) -> str:
    """A sentence where today's support is another one than the address tells of; nothing where it is not."""
    try:
        then, before = _law(shared.get("_law")), _support(shared.get("_support"))
    except NotRead:
        return say("shared.unreadable")
    now, after = LAW.checked.toordinal(), _support(settings(outcome).get("_support"))
    if before is None or after is None or before == after:
        return ""
    support = {"before": between(before, "euro", say), "after": between(after, "euro", say)}
    if then is None or then == now:
        return say("shared.other", **support)
    return say(
        "shared.older" if then < now else "shared.newer", then=say.day(then), now=say.day(now), **support
    )


def _law(text: Any) -> int | None:
    return _read("application_date", text) if text else None


def _support(text: Any) -> Range | None:
    """An amount such as 300.00, or a range such as 200.00-300.00, whose end is left out where none is known."""
    if not text:
        return None
    low, to, high = str(text).partition("-")
    least = _read("fee", low)
    most = least if not to else _read("fee", high) if high else None
    if most is not None and most < least:
        raise NotRead("out_of_range")
    return Range(least, most)


def _read(like: str, text: Any) -> int:
    """A value that is written as that of a fact."""
    return int(read_value(FACTS[like], text))


def _escaped(text: str) -> str:
    """A value as a fragment holds it, just as the page's own script writes it."""
    return "".join(each if (each := chr(byte)) in _PLAIN else f"%{byte:02X}" for byte in text.encode())
