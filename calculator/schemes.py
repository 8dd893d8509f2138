"""One need and every scheme: what each gives for it on that day, and which may be had together."""

from __future__ import annotations

from typing import Any, NamedTuple

from calculator.asked import Asked
from calculator.view import linked, span
from rules import LAW
from rules.case import Facts
from rules.facts import INCREASE, KMO_PORTEFEUILLE, WERKBAARHEIDSCHEQUE, facts_of
from rules.outcome import outcome
from rules.schemes import SCHEMES
from rules.telling import told

# The same need under the names that the portfolio and the cheque have for it.
_ALIKE = (("fee", "cost"), ("service_start", "project_start"), ("service_end", "project_end"))


class _Together(NamedTuple):
    """What the sources say of two schemes for one need."""

    one: str
    other: str
    said: str
    sources: tuple[str, ...]


_TOGETHER = (
    _Together(KMO_PORTEFEUILLE, INCREASE, "after", ("vl-inc", "vl-amt")),
    _Together(KMO_PORTEFEUILLE, WERKBAARHEIDSCHEQUE, "other_cost", ("vl-cond", "conv")),
    _Together(INCREASE, WERKBAARHEIDSCHEQUE, "other_work", ("vl-cond",)),
)


def schemes(asked: Asked) -> dict[str, Any]:
    """A row for each scheme, and one for each two of them."""
    _, facts = asked.case()
    say = asked.say
    rows = []
    for id, scheme in SCHEMES.items():
        answer = told(outcome(scheme, _carried(facts, id), LAW, explain=False), say)
        rows.append(
            {
                "name": say(f"scheme.{id}.name"),
                "summary": answer["summary"]["text"],
                "support": span(answer["amounts"]["support"], say),
            }
        )
    together = [
        {
            "names": f"{say(f'scheme.{each.one}.name')} + {say(f'scheme.{each.other}.name')}",
            "text": say(f"schemes.{each.said}"),
            **linked({"sources": each.sources}, say),
        }
        for each in _TOGETHER
    ]
    return {"places": {"rows": rows, "together": together}}


def _carried(facts: Facts, scheme: str) -> Facts:
    """The facts that a scheme asks for, those of another by its own name for them."""
    own = {fact.name for fact in facts_of(scheme)}
    found = {name: value for name, value in facts.items() if name in own}
    for pair in _ALIKE:
        for name, alike in (pair, pair[::-1]):
            if name in own and name not in found and alike in facts:
                found[name] = facts[alike]
    return {**found, "scheme": scheme}
