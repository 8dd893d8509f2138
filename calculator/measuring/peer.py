"""What the rules are measured against: the same amounts by publicodes, the field's engine in JavaScript.

`publicodes/model.publicodes` holds the formulas. The facts, and the law with the days on which it changed, come from
the rules' own data: so both calculate by the same figures.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from rules import LAW, SCHEMES, calculate
from rules.dated import ANY, Disagreement, Parameter, Value
from rules.facts import FACTS, Fact
from rules.telling import SET_FACTS
from rules.worlds import Options

_FOLDER = Path(__file__).parent / "publicodes"
MODEL = _FOLDER / "model.publicodes"
_SETS = {
    **SET_FACTS,
    "listed_joint_committees": "joint_committee",
    "possible_joint_committees": "joint_committee",
}
_SILENT = ("none", "unknown", "before")
_KINDS = dict.fromkeys(("money", "percentage", "number"), "hundredths")
_EPOCH = date(1970, 1, 1).toordinal()  # where JavaScript counts days from
_AMOUNTS = """
const [script, cases] = process.argv.slice(1);
const { amounts } = await import(script);
console.log(JSON.stringify(JSON.parse(cases).map(amounts)));
"""
_MOST = "most"  # the rule that asks for the other end

Facts = Mapping[str, Any]


def bundle(root: Path, folder: Path) -> Path:
    """Write the worker, its model and the engine as one minified script, in a folder; gives the script."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.json").write_text(json.dumps(model()), "utf-8")
    worker = Path(shutil.copy(_FOLDER / "worker.js", folder))
    script = folder / "publicodes.js"
    options = ["--bundle", "--minify", "--format=esm", "--log-level=error", f"--outfile={script}"]
    subprocess.run([root / "node_modules" / ".bin" / "esbuild", worker, *options], check=True)
    return script


def with_amounts(cases: Mapping[str, Facts]) -> dict[str, Facts]:
    """The cases that the rules give amounts for: all but those with errors."""
    return {name: facts for name, facts in cases.items() if not calculate(facts)["errors"]}


def differences(script: Path, cases: Mapping[str, Facts]) -> list[str]:
    """The cases for which publicodes' amounts are not those of the rules, each told."""
    command = ["node", "--input-type=module", "-e", _AMOUNTS, str(script), json.dumps([*cases.values()])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = dict(zip(cases, json.loads(done.stdout), strict=True))
    ours = {name: _ends(calculate(facts)) for name, facts in cases.items()}
    return [f"{name}: {found[name]} instead of {ours[name]}" for name in cases if found[name] != ours[name]]


def model() -> dict[str, Any]:
    """The whole model, and what the worker must know to ask it."""
    formulas: dict[str, Any] = yaml.safe_load(MODEL.read_text("utf-8"))
    given = dict(_given())
    rules, asked = formulas, formulas | {"disputed": ""}
    while asked := {name: given[name] for name in _named(asked) & given.keys() - rules.keys()}:
        rules = asked | rules
    return {
        "rules": rules,
        "kinds": {name: _KINDS.get(fact.kind, fact.kind) for name, fact in FACTS.items()},
        "wanted": {scheme: list(_wanted(scheme, formulas.keys() | given.keys())) for scheme in SCHEMES},
    }


def _named(rules: dict[str, Any]) -> set[str]:
    """The words that stand in rules, the names of other rules among them."""
    return set(re.findall(r"\w+", json.dumps(rules, ensure_ascii=False)))


def _wanted(scheme: str, known: set[str]) -> Iterator[tuple[str, str]]:
    """The amounts of a scheme and its rate, each with the rules that give its ends."""
    for amount in SCHEMES[scheme].answers:
        own = f"cheque_{amount}" if scheme == "werkbaarheidscheque" else amount
        for rule in (own, f"{own} {_MOST}"):
            if rule in known:
                yield amount, rule


def _given() -> Iterator[tuple[str, Any]]:
    """What the formulas start from: the case at hand and the law."""
    yield _MOST, {"par défaut": "non"}
    for fact in FACTS.values():
        yield from _fact(fact)
    for span in ("application_year", "service_end_year", "service_months", "project_months_taken"):
        yield span, {"par défaut": 0}
    disputed = []
    for parameter in LAW.parameters.values():
        name = parameter.id.replace(".", "_")
        yield name, {"variations": [*_variations(parameter)]}
        if name.endswith("_state"):
            yield f"{name}_open", {"une de ces conditions": [*_open(parameter)]}
        disputed += [_during(value) for value in parameter.values if isinstance(value.value, Disagreement)]
    yield "disputed", {"une de ces conditions": disputed}


def _fact(fact: Fact) -> Iterator[tuple[str, Any]]:
    """A fact and whether it is known; what is not known counts as none."""
    if fact.kind == "set":
        for option in fact.options:
            yield option, {"par défaut": "non"}
    elif fact.kind == "yes_no":
        yield fact.name, {"par défaut": "non"}
    elif fact.kind in ("choice", "committee_number"):
        yield fact.name, {"par défaut": "''"}
        yield f"{fact.name}_main", {"par défaut": "''"}
    else:
        yield fact.name, {"par défaut": 0}
    yield f"{fact.name}_known", {"par défaut": "non"}


def _variations(parameter: Parameter) -> Iterator[dict[str, Any]]:
    """The values of a parameter, the newest first; on other days it does not apply."""
    for value in reversed(parameter.values):
        yield {"si": f"application_date >= {_day(value.since)}", "alors": _written(parameter, value.value)}


def _written(parameter: Parameter, value: Any) -> Any:
    if isinstance(value, Disagreement):
        return {"variations": [{"si": _MOST, "alors": value.high}, {"sinon": value.low}]}
    if isinstance(value, Options):
        return {"une de ces conditions": [*_among(_SETS[parameter.id.split(".")[0]], value)] or ["non"]}
    if parameter.unit == "set":
        return "oui" if value == ANY else "non"
    if parameter.unit == "state":
        return f"'{value}'"
    if value in _SILENT:
        return {"applicable si": "non", "valeur": 0}
    return value - _EPOCH if parameter.unit == "date" else value


def _among(fact: str, options: Options) -> Iterator[str]:
    for option in sorted(options):
        yield f"{fact} = '{option}'"
        if FACTS[fact].kind == "committee_number":
            yield f"{fact}_main = '{option}'"


def _open(parameter: Parameter) -> Iterator[dict[str, Any]]:
    """When applications are taken, or may be as far as the sources say."""
    for value in parameter.values:
        if value.value not in ("before", "closed"):
            yield _during(value)


def _during(value: Value) -> dict[str, Any]:
    days = [f"application_date >= {_day(value.since)}"]
    if value.until:
        days.append(f"application_date < {_day(value.until)}")
    return {"toutes ces conditions": days}


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


def _ends(outcome: Mapping[str, Any]) -> dict[str, list[int]]:
    """The least and greatest of each amount, in cents."""
    named = {**outcome["amounts"], **({"rate": outcome["rate"]} if "rate" in outcome else {})}
    return {
        name: [round(Decimal(ends[end]) * 100) for end in ("low", "high")] for name, ends in named.items()
    }
