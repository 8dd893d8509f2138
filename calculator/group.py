"""The figures of an enterprise together with those of its group, for whoever is asked for its size.

The panel stands in the card that asks for the size; its sums can be put into the form's fields.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from calculator.asked import Asked, Problem
from rules import LAW, grouping, typed_habit
from rules.facts import FACTS
from rules.reading import NotRead, is_unknown, read_value, written
from rules.schemes.enterprise import FIGURES
from rules.telling import fact_value
from rules.wording import Wording

# The panel has room for so many other enterprises.
OTHERS = ("a", "b", "c", "d")


def group(asked: Asked) -> dict[str, Any]:
    """The three sums, and how each other enterprise counts; an enterprise without a share is left out."""
    own = _figures(asked, "own")
    others = [_figures(asked, other) for other in OTHERS]
    found = grouping.group(own, [figures for figures in others if "share" in figures], LAW)
    kinds = iter(found.members)
    say = asked.say
    places: dict[str, Any] = {"about": about(say)}
    for other, figures in zip(OTHERS, others, strict=True):
        if "share" in figures:
            member = next(kinds)
            places[f"{other}.kind"] = say(f"group.{member.kind}", share=say.percent(member.share))
    known = {name: value for name, value in found.figures.items() if value is not None}
    places["sums"] = [
        {"label": say(f"fact.{name}.label"), "value": fact_value(name, value, say)}
        for name, value in known.items()
    ]
    places |= {name: written(FACTS[name], value) for name, value in known.items()}
    missing = [say(f"fact.{name}.label") for name in FIGURES if name not in known]
    if known and missing:
        places["missing"] = say("group.missing", facts=say.listed(missing))
    return {"places": places}


def about(say: Wording) -> str:
    """Which enterprises count, by the law's own shares."""
    partner, linked = (LAW.value(f"{name}_share", LAW.checked) for name in ("partner", "linked"))
    return say("group.about", partner=say.percent(partner), linked=say.percent(linked))


def _figures(asked: Asked, prefix: str) -> dict[str, int]:
    """What was typed of one enterprise."""
    habit = typed_habit(asked.language)
    found: dict[str, int] = {}
    for name, fact in {**{name: FACTS[name] for name in FIGURES}, "share": grouping.SHARE}.items():
        typed = asked.settings.get(f"{prefix}.{name}", "")
        if not is_unknown(name, typed):
            with suppress(NotRead):
                found[name] = read_value(fact, typed, habit)
                continue
            label = asked.say("group.share" if name == "share" else f"fact.{name}.label")
            raise Problem(asked.say("group.unread", label=label, value=typed))
    return found
