"""The uses of `calculate`, from a request to an answer as the contract writes them: plan, goal, compare, group.

Each takes a request as JSON gave it and returns what JSON takes. A request that cannot be read gives the outcome's
shape with its errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules import comparing, grouping, planning, seeking, telling
from rules.case import Facts
from rules.dated import Law
from rules.facts import FACTS
from rules.money import decimal, short_decimal
from rules.outcome import outcome
from rules.reading import (
    STRICT,
    Habit,
    NotRead,
    Refusal,
    contradictions,
    is_unknown,
    read,
    read_value,
    unknown_names,
    written,
)
from rules.remarks import Remark
from rules.schemes import SCHEMES
from rules.schemes.enterprise import FIGURES
from rules.weighing import Range
from rules.wording import Wording

Answer = dict[str, Any]


# --- compare -----------------------------------------------------------------------------------


def compare(request: Any, law: Law, wording: Wording) -> Answer:
    """``{"facts": ..., "over": fact, "values": [...]}`` -> ``{"outcomes": [{"value", "outcome"}]}``."""
    wrong = _wrong(request, "facts", "over", "values")
    if not _has(request, "facts", "over") or not _has(request["facts"]):
        return telling.refused([*wrong, Refusal(None, "not_an_object")], wording)
    name, given = request["over"], request.get("values")
    if given is not None and not isinstance(given, list):
        return telling.refused([Refusal(None, "not_an_object")], wording)
    fact = FACTS.get(name) if isinstance(name, str) else None
    facts, refusals = _read(request["facts"], but=name)
    refusals = [*wrong, *refusals]
    if name == "scheme":  # which is the one that is compared over
        refusals = [refusal for refusal in refusals if refusal.fact != name]
    if fact is None:
        refusals.insert(0, Refusal(str(name), "unknown_fact", {"name": name}))
    if refusals or fact is None:
        return telling.refused(refusals, wording, facts.get("scheme"))
    values: list[Any] = []
    for raw in given or []:
        try:
            value = None if is_unknown(name, raw) and name != "scheme" else read_value(fact, raw)
            values.append(value)
            refusals += contradictions({**facts, name: value}) if value is not None else []
        except NotRead as problem:
            refusals.append(Refusal(name, problem.code, {"value": str(raw)}, problem.suggestion))
    if not given:
        natural = comparing.values_of(facts, law, name)
        if natural is None:
            refusals.append(Refusal(name, "missing", {"of": "values"}))
        values = natural or []
    if refusals:
        return telling.refused(refusals, wording, facts.get("scheme"))
    found = comparing.over(facts, law, name, values)
    return {
        "outcomes": [
            {"value": as_json(name, value), "outcome": telling.told(one, wording)}
            for value, one in zip(values, found, strict=True)
        ]
    }


# --- goal --------------------------------------------------------------------------------------


def goal(request: Any, law: Law, wording: Wording) -> Answer:
    """``{"facts", "find": fact, "reach": {"amount", "value"}}`` -> every run of values that reaches it."""
    wrong = _wrong(request, "facts", "find", "reach")
    reach = request.get("reach") if isinstance(request, Mapping) else None
    wrong += _wrong(reach, "amount", "value")
    if not (_has(request, "facts", "find") and _has(request["facts"]) and _has(reach, "amount", "value")):
        return telling.refused([*wrong, Refusal(None, "not_an_object")], wording)
    find, amount = request["find"], request["reach"]["amount"]
    fact = FACTS.get(find) if isinstance(find, str) else None
    facts, refusals = _read(request["facts"], but=find)
    refusals = [*wrong, *refusals]
    if fact is None:
        refusals.insert(0, Refusal(str(find), "unknown_fact", {"name": find}))
    elif fact.kind != "money":
        refusals.insert(0, Refusal(find, "not_an_amount", {"of": "goal"}))
    scheme = SCHEMES.get(facts.get("scheme", ""))
    if scheme and amount not in scheme.amounts:
        refusals.append(Refusal(str(amount), "unknown_fact", {"name": amount, "of": "amount"}))
    if fact:
        try:
            value = read_value(fact, request["reach"]["value"])
        except NotRead as problem:
            refusals.append(Refusal(find, problem.code, {"value": str(request["reach"]["value"])}))
    if refusals or scheme is None:
        return telling.refused(refusals, wording, facts.get("scheme"))
    found = seeking.seek(scheme, facts, law, find, amount, value)
    open_facts = [] if found.solutions else _in_the_way(outcome(scheme, facts, law), find)
    return {
        "solutions": [
            {"from": decimal(run.low), "to": decimal(run.high), "verdict": run.verdict}
            for run in found.solutions
        ],
        "closest": None if found.solutions else _closest(found, find, amount, value, open_facts, wording),
        "questions": open_facts,
    }


def _closest(
    found: seeking.Goal, find: str, amount: str, value: int, open_facts: list[str], wording: Wording
) -> Answer:
    def near(side: seeking.Near | None) -> Answer | None:
        return side and {"value": decimal(side.value), "amount": decimal(side.amount)}

    wanted = f"{wording(f'amount.{amount}.label')} {wording.money(value)}"
    text = wording("goal.not_reached", fact=wording(f"fact.{find}.label"), amount=wanted)
    if open_facts:
        labels = [wording(f"fact.{name}.label") for name in open_facts]
        text += " " + wording("goal.depends", facts=wording.listed(labels))
    return {"below": near(found.below), "above": near(found.above), "text": text}


def _in_the_way(found: Any, find: str) -> list[str]:
    return [name for name in found.questions if name != find and name in found.moving]


# --- plan --------------------------------------------------------------------------------------


def plan(request: Any, law: Law, wording: Wording, habit: Habit = STRICT) -> Answer:
    """``{"enterprise": facts, "projects": [facts, ...]}`` -> each project, the ceilings by year, the sums."""
    wrong = _wrong(request, "enterprise", "projects")
    if not _has(request, "projects") or not isinstance(request["projects"], list):
        return telling.refused([*wrong, Refusal(None, "not_an_object")], wording)
    enterprise = request.get("enterprise") or {}
    if not isinstance(enterprise, Mapping):
        return telling.refused([*wrong, Refusal(None, "not_an_object")], wording)
    wrong += _twice(enterprise)
    if wrong:
        return telling.refused(wrong, wording)
    good: list[Facts] = []
    answers: list[Answer | None] = []
    for project in request["projects"]:
        if not isinstance(project, Mapping):
            answers.append(telling.refused([Refusal(None, "not_an_object")], wording))
            continue
        facts, refusals = read(_joined(enterprise, project), habit)
        refusals = [*_twice(project), *refusals]
        answers.append(telling.refused(refusals, wording, facts.get("scheme")) if refusals else None)
        if not refusals:
            good.append(facts)
    return planned(planning.plan(good, law), answers, wording)


def planned(found: planning.Plan, answers: list[Answer | None], wording: Wording) -> Answer:
    """A plan as the contract writes it; ``answers`` holds what could not be read, None where a project follows."""
    rest = iter(zip(found.projects, found.remarks, strict=True))
    told = [answer or _project(*next(rest), wording) for answer in answers]
    return {
        "projects": told,
        "years": [
            {
                "scheme": row.scheme,
                "year": row.year,
                "ceiling": _ends(row.ceiling),
                "used": _ends(row.used),
                "left": _ends(row.left),
            }
            for row in found.years
        ],
        "total": {name: _ends(range) for name, range in found.total.items()},
    }


def _joined(enterprise: Mapping[str, Any], project: Mapping[str, Any]) -> dict[str, Any]:
    """A project's own facts before the enterprise's; one that is unknown in the project leaves the enterprise's."""
    return {**enterprise, **{name: value for name, value in project.items() if not is_unknown(name, value)}}


def _project(found: Any, remarks: list[Remark], wording: Wording) -> Answer:
    return {**telling.told(found, wording), "remarks": [_remark(remark, wording) for remark in remarks]}


def _remark(remark: Remark, wording: Wording) -> Answer:
    values = {
        "day": wording.day(remark.day) if remark.day else "",
        "support": telling.between(remark.support, "euro", wording) if remark.support else "",
        "size": wording(f"choice.enterprise_size.{remark.size}") if remark.size else "",
    }
    told: Answer = {"id": remark.id, "text": wording.filled(f"plan.{remark.id}", values)}
    if remark.support:
        told["support"] = _ends(remark.support)
    if remark.day:
        told["application_date"] = as_json("application_date", remark.day)
    return told


# --- group -------------------------------------------------------------------------------------


def group(request: Any, law: Law, wording: Wording) -> Answer:
    """``{"own": figures, "enterprises": [{"share", figures}, ...]}`` -> the three figures that a case holds."""
    refusals = _wrong(request, "own", "enterprises")
    if not _has(request, "own") or not isinstance(request.get("enterprises", []), list):
        return telling.refused([*refusals, Refusal(None, "not_an_object")], wording)
    share = wording("group.share")
    own = _figures(request["own"], refusals)
    others = [_figures(other, refusals, share) for other in request.get("enterprises", [])]
    if refusals:
        return telling.refused(refusals, wording)
    found = grouping.group(own, others, law)
    missing = [name for name in FIGURES if found.figures[name] is None]
    notices = ["two_years", "start_up"]
    told = [{"id": name, "text": wording(f"group.{name}")} for name in notices]
    if missing:
        labels = [wording(f"fact.{name}.label") for name in missing]
        told.append({"id": "missing", "text": wording("group.missing", facts=wording.listed(labels))})
    return {
        "figures": {name: None if value is None else decimal(value) for name, value in found.figures.items()},
        "enterprises": [
            {
                "kind": member.kind,
                "share": short_decimal(member.share),
                "counted": {
                    name: None if part is None else decimal(part) for name, part in member.counted.items()
                },
                "text": wording(f"group.{member.kind}", share=wording.percent(member.share)),
            }
            for member in found.members
        ],
        "notices": told,
    }


def _figures(raw: Any, refusals: list[Refusal], share: str = "") -> dict[str, int]:
    """The figures of an enterprise; of another than one's own with the ``share`` in it, under that label."""
    if not isinstance(raw, Mapping):
        refusals.append(Refusal(None, "not_an_object"))
        return {}
    refusals += _twice(raw)
    found: dict[str, int] = {}
    known = {name: FACTS[name] for name in FIGURES} | ({"share": grouping.SHARE} if share else {})
    for name, value in raw.items():
        if name not in known:
            refusals.append(Refusal(str(name), "unknown_fact", {"name": name}))
        elif not is_unknown(name, value):
            try:
                found[name] = read_value(known[name], value)
            except NotRead as problem:
                refusals.append(Refusal(name, problem.code, {"value": str(value), **_share(share)}))
    if share and is_unknown("share", raw.get("share")):
        refusals.append(Refusal("share", "missing", _share(share)))
    return found


def _share(label: str) -> dict[str, str]:
    """How a share is told of, as it is no fact of its own."""
    least, most = short_decimal(grouping.SHARE.least), short_decimal(grouping.SHARE.most)
    return {"label": label, "least": least, "most": most, "options": f"{least} - {most}"}


# --- help --------------------------------------------------------------------------------------


def _has(request: Any, *names: str) -> bool:
    return isinstance(request, Mapping) and all(name in request for name in names)


def _wrong(request: Any, *names: str) -> list[Refusal]:
    """The names of a request that stand there twice, and those that are none of its own."""
    return [*_twice(request), *unknown_names(request, names)] if isinstance(request, Mapping) else []


def _read(raw: Mapping[str, Any], but: Any) -> tuple[Facts, list[Refusal]]:
    """Some facts, all ``but`` one that others are put in the place of."""
    facts, refusals = read({name: value for name, value in raw.items() if name != but})
    return facts, [*_twice(raw), *refusals]


def _twice(*objects: Any) -> list[Refusal]:
    """The names that stand twice in objects of a request."""
    return [refusal for each in objects for refusal in getattr(each, "refusals", ())]


def as_json(name: str, value: Any) -> Any:
    """A fact's value as a request in JSON holds it."""
    fact = FACTS[name]
    if value is None or fact.kind == "yes_no":
        return value
    if fact.kind == "set":
        return [option for option in fact.options if option in value]
    return decimal(value) if fact.kind == "money" else written(fact, value)


def _ends(range: Range) -> Answer:
    low, high = (None if end is None else decimal(end) for end in range)
    return {"low": low, "high": high}
