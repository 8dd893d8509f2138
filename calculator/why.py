"""Why: the trace as nested steps, each with what it was made of below it; what was told already is linked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules.case import Facts
from rules.facts import FACTS
from rules.telling import fact_value
from rules.wording import Wording

# The steps that a person asks about, in this order; what none of them needs comes last.
_FIRST = ("support", "own_share", "co_financing", "not_covered", "vat_paid_directly", "total_own_cost")

Told = Callable[[Mapping[str, Any]], dict[str, Any]]  # clauses and sources as places


def steps(trace: list[Mapping[str, Any]], facts: Facts, told: Told, say: Wording) -> list[dict[str, Any]]:
    """The nested steps; every one stands there once, under an id of its own."""
    by_id = {step["id"]: step for step in trace}
    done: set[str] = set()

    def node(id: str) -> dict[str, Any]:
        step = by_id[id]
        if id in done:
            return {"text": step["text"], "again": f"#{step_id(id)}"}
        done.add(id)
        inputs = [name for name in step["inputs"] if name in by_id]
        inherited = {source for name in inputs for source in by_id[name]["sources"]}
        own = [source for source in step["sources"] if source not in inherited]
        given = [*_given(step["inputs"], facts, say)]
        return {
            "text": step["text"],
            "id": step_id(id),
            "link": f"#{step_id(id)}",
            **told({**step, "sources": own}),
            "made": bool(given or inputs),
            "given": given,
            "steps": [node(name) for name in inputs],
        }

    roots = [*(id for id in _FIRST if id in by_id), *(step["id"] for step in reversed(trace))]
    return [node(id) for id in roots if id not in done]


def step_id(id: str) -> str:
    """The id of a step in the page, to link to."""
    return f"sw-why-{id.replace('_', '-').replace('.', '-')}"


def _given(inputs: list[str], facts: Facts, say: Wording) -> Iterator[dict[str, str]]:
    for name in inputs:
        if name in FACTS and name in facts:
            label, value = say(f"fact.{name}.label"), fact_value(name, facts[name], say)
            yield {"text": say("why.given", label=label, value=value)}
