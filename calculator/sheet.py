"""The printed sheet: on one page the case, the answer, the reasons, and the sources by number."""

from __future__ import annotations

from calculator.dossier import Dossier
from calculator.view import Places
from rules import LAW

# What stops the answer comes first.
_STATES = ("not_met", "unknown", "met")
# With so many lines or more, the letters must be smaller for one page to hold them.
_MANY = 30
# What the page shows in the same words.
_AS_SHOWN = ("word", "summary", "remedy", "payments", "deadlines", "standing")


def sheet(dossier: Dossier) -> Places:
    """The places of the sheet."""
    say, asked = dossier.say, dossier.asked
    numbers: dict[str, int] = {}  # of the sources, in the order in which they are named

    def named(keys: list[str]) -> str:
        found = [numbers.setdefault(key, len(numbers) + 1) for key in keys]
        return f"[{', '.join(str(number) for number in found)}]" if found else ""

    conditions = [
        {
            "row": state,
            "word": say(f"conditions.{state}.word"),
            "label": say(f"condition.{each['id']}.label"),
            "text": each.get("text", ""),
            "sources": named(each["sources"]),
        }
        for state in _STATES
        for each in dossier.outcome["conditions"]
        if each["state"] == state
    ]
    steps = [{"text": step["text"], "sources": named(step["sources"])} for step in dossier.steps]
    sources = [LAW.sources[key] for key in numbers]
    checked = say.day(LAW.checked)
    return {
        "density": "dense" if len(dossier.case) + len(conditions) >= _MANY else "",
        "title": dossier.title,
        "made": say("sheet.made", day=say.day(asked.today), checked=checked)
        if asked.today
        else say("sheet.checked", checked=checked),
        **{name: dossier.places.get(name, "") for name in _AS_SHOWN},
        "case": [{"text": dossier.said(str(row["label"]), str(row["value"]))} for row in dossier.case],
        "conditions": conditions,
        "steps": steps,
        "sources": [
            {
                "number": f"[{number}]",
                "title": source.title,
                "address": source.address,
                "place": "".join(source.address.split("/")[2:3]).removeprefix("www."),
            }
            for number, source in enumerate(sources, start=1)
        ],
    }
