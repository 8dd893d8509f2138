"""An outcome as the contract writes it: ids, exact amounts, and a text beside each in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from rules.asking import deciding
from rules.dated import Parameter, Value
from rules.days import iso
from rules.facts import EARLIEST_DAY, FACTS, LATEST_DAY, Fact
from rules.judging import Because, Due, Judged, Said
from rules.money import decimal, short_decimal
from rules.outcome import NOT_ELIGIBLE, UNDECIDED, Outcome
from rules.reading import EXAMPLES, Refusal
from rules.rule import NOT_MET, UNKNOWN
from rules.weighing import Range, range_of
from rules.wording import Wording
from rules.worlds import Choice, Interval

if TYPE_CHECKING:
    from rules.case import Case

CONTRACT = 1

# What the enterprise pays of the service itself, in the schemes' own terms.
_BORNE = ("total_own_cost_without_vat", "co_financing")
# The steps that are no amounts of money.
_UNITS = {"rate": "percent", "base_rate": "percent", "rate_raise": "points"}
_DECIMALS = ("euro", "percent", "points")
# The facts whose options the law's sets name.
SET_FACTS = {
    "accepted_legal_forms": "legal_form",
    "refused_legal_forms": "legal_form",
    "cheque_accepted_legal_forms": "legal_form",
    "cheque_refused_legal_forms": "legal_form",
    "accepted_establishments": "establishment",
    "cheque_establishments": "establishment",
    "accepted_themes": "theme",
    "listed_themes": "theme",
    "excluded_services": "excluded_service",
    "accepted_learning_modes": "learning_mode",
    "refused_legal_duties": "service",
    "increase_refused_legal_duties": "service",
    "accepted_sectors": "sector",
}


def told(outcome: Outcome, wording: Wording) -> dict[str, Any]:
    """The whole outcome, ready for JSON."""
    conditions = [_condition(outcome, judged, wording) for judged in outcome.conditions]
    return {
        "contract": CONTRACT,
        "scheme": outcome.scheme.id,
        "application_date": _day_or_none(outcome),
        "law_checked": outcome.law.checked.isoformat(),
        "verdict": outcome.verdict,
        "summary": {
            "text": _summary(outcome, conditions, wording),
            "depends_on": [name for name in outcome.moving if name in outcome.questions],
        },
        "conditions": conditions,
        "amounts": {
            name: _amount(range, wording) for name, range in outcome.amounts.items() if name != "rate"
        },
        **({"rate": _rate(outcome.amounts["rate"])} if "rate" in outcome.amounts else {}),
        "deadlines": [_deadline(outcome, due, wording) for due in outcome.deadlines],
        "questions": outcome.questions,
        "left_aside": outcome.left_aside,
        "trace": list(_trace(outcome, wording)),
        "notices": list(_notices(outcome, wording)),
        "errors": [],
    }


def refused(refusals: list[Refusal], wording: Wording, scheme: str | None = None) -> dict[str, Any]:
    """The outcome's shape for a request that could not be read."""
    return {
        "contract": CONTRACT,
        "scheme": scheme,
        "application_date": None,
        "verdict": None,
        "summary": {"text": wording("summary.errors"), "depends_on": []},
        "conditions": [],
        "amounts": {},
        "deadlines": [],
        "questions": [],
        "left_aside": [],
        "trace": [],
        "notices": [],
        "errors": [_error(refusal, wording) for refusal in refusals],
    }


# --- the parts ---------------------------------------------------------------------------------


def _condition(outcome: Outcome, judged: Judged, wording: Wording) -> dict[str, Any]:
    id, finding = judged.rule.id, judged.because.finding
    values = _Values(outcome, judged.because, wording)
    text = _filled(wording, f"condition.{id}.{finding.message}", values)
    if text is None:
        names = sorted(deciding(judged.tree), key=list(FACTS).index)
        generic = (
            "silent"
            if finding.message == "silent" or (judged.state == UNKNOWN and not names)
            else judged.state
        )
        text = wording(f"condition.generic.{generic}", facts=wording.listed(_labels(names, wording)))
    legal = judged.legal
    told = {
        "id": id,
        "state": judged.state,
        "clauses": list(dict.fromkeys(chain(judged.rule.clauses, *[value.clauses for value in legal]))),
        "sources": judged.because.sources(judged.rule),
        "inferred": any(value.sure != "seen" for value in legal),  # or disputed
        "text": text,
    }
    if judged.state == NOT_MET:
        ids = (f"remedy.{id}.{finding.message}", f"remedy.{id}.{outcome.scheme.id}", f"remedy.{id}")
        remedy = next((text for each in ids if (text := wording.text(each))), None)
        if remedy:
            told["remedy"] = remedy
    return told


def _amount(range: Range, wording: Wording) -> dict[str, Any]:
    low, high = ends(range, decimal)
    return {"low": low, "high": high, "text": between(range, "euro", wording)}


def _rate(range: Range) -> dict[str, Any]:
    low, high = ends(range, short_decimal)
    return {"low": low, "high": high}


def _deadline(outcome: Outcome, due: Due, wording: Wording) -> dict[str, Any]:
    kind = "required" if due.rule.required else "advised"
    values = {"day": wording.weekday(due.day), **_law_on(outcome, due.because, wording)}
    return {
        "id": due.rule.id,
        "kind": kind,
        "date": iso(due.day),
        "clauses": list(due.rule.clauses),
        "sources": due.because.sources(due.rule),
        "text": wording.filled(f"deadline.{outcome.scheme.id}.{due.rule.id}.{kind}", values),
    }


def _trace(outcome: Outcome, wording: Wording) -> Iterator[dict[str, Any]]:
    """Each step, in a sentence that may name what it was made of."""
    written: dict[str, str] = {}
    for step in outcome.trace:
        told: dict[str, Any] = {"id": step.id}
        if step.legal:
            parameter, value = step.legal
            if parameter.unit == "euro":
                written[step.id] = between(step.range, "euro", wording)
            text: Callable[[Any], str] = short_decimal if parameter.unit in _DECIMALS else str
            told["value"], told["inputs"] = _one_or_both(step.range, text), []
            told["since"], said = _law_in_words(parameter, value, wording)
        else:
            unit = _UNITS.get(step.id, "euro")
            parts = {name: written[name] for name in step.beside if name in written}
            written[step.id] = parts["value"] = between(step.range, unit, wording)
            told["value"] = _one_or_both(step.range, decimal if unit == "euro" else short_decimal)
            told["inputs"] = list(step.inputs)
            said = _filled(wording, f"trace.{step.id}", parts) or wording.filled(
                f"trace.{step.id}.plain", parts
            )
        told["clauses"], told["sources"], told["text"] = list(step.clauses), step.sources, said
        yield told


def _law_in_words(parameter: Parameter, value: Value, wording: Wording) -> tuple[str, str]:
    """The start of a value of the law, and the value in a sentence: the same in every answer."""
    return wording.kept(
        ("trace.law", parameter.id, value.since, value.value, value.sure),
        lambda: (
            value.since.isoformat(),
            wording(
                "trace.law" if value.sure == "seen" else f"trace.law.{value.sure}",
                label=parameter_label(parameter.id, wording),
                value=wording.value(value.value, parameter.unit),
                since=wording.day(value.since),
            ),
        ),
    )


def _notices(outcome: Outcome, wording: Wording) -> Iterator[dict[str, Any]]:
    yield {"id": "not_an_official_decision", "text": wording("notice.not_an_official_decision")}
    day = outcome.facts.get("application_date")
    if day is not None and day > outcome.law.checked.toordinal():
        checked = wording.day(outcome.law.checked)
        yield {"id": "law_last_checked", "text": wording("notice.law_last_checked", checked=checked)}
    if outcome.law.as_recorded:
        recorded = wording.day(outcome.law.as_recorded)
        yield {"id": "as_recorded", "text": wording("notice.as_recorded", recorded=recorded)}
    others = [name for name in outcome.facts if outcome.scheme.id not in FACTS[name].schemes]
    if others:
        others.sort(key=[*FACTS].index)
        text = wording("notice.not_for_this_scheme", facts=wording.listed(_labels(others, wording)))
        yield {"id": "not_for_this_scheme", "facts": others, "text": text}
    for said in outcome.notices:
        yield _notice(outcome, said, wording)


def _notice(outcome: Outcome, said: Said, wording: Wording) -> dict[str, Any]:
    id = said.rule.id
    text = _filled(wording, f"notice.{id}", _Values(outcome, said.because, wording))
    assert text is not None, id
    return {
        "id": id,
        "clauses": list(said.rule.clauses),
        "sources": said.because.sources(said.rule),
        "text": text,
    }


def _error(refusal: Refusal, wording: Wording) -> dict[str, Any]:
    details = dict(refusal.details)
    fact = FACTS.get(refusal.fact or "")
    form = f"error.{refusal.code}" + (f".{details['of']}" if "of" in details else "")
    if fact:
        details["label"] = wording(f"fact.{fact.name}.label")
        details["options"] = wording.listed(fact.options)
        details["least"], details["most"] = _bounds(fact, wording)
        details.setdefault("example", EXAMPLES.get(fact.kind, ""))
    if refusal.code == "contradiction":
        if "other" in details:
            details["other"] = wording(f"fact.{details['other']}.label")
        else:
            form += ".twice"
            details.setdefault("label", refusal.fact)
    text = wording(form, **details)
    told: dict[str, Any] = {"fact": refusal.fact, "code": refusal.code}
    if refusal.suggestion:
        told["suggestion"] = refusal.suggestion
        text += " " + wording("error.suggestion", suggestion=refusal.suggestion)
    return {**told, "text": text}


def _bounds(fact: Fact, wording: Wording) -> tuple[str, str]:
    """The least and the most that a fact can be, in words."""
    if fact.kind == "date":
        return wording.day(EARLIEST_DAY), wording.day(LATEST_DAY)
    if fact.kind == "money":
        return wording.money(fact.least), wording.money(fact.most)
    if fact.kind == "percentage":
        return wording.percent(fact.least), wording.percent(fact.most)
    if fact.kind == "number":
        return short_decimal(fact.least), short_decimal(fact.most)
    return str(fact.least), str(fact.most)


# --- the answer in one sentence ----------------------------------------------------------------


def _summary(outcome: Outcome, conditions: list[dict[str, Any]], wording: Wording) -> str:
    if outcome.verdict == NOT_ELIGIBLE:
        reason = next(told["text"] for told in conditions if told["state"] == NOT_MET)
        return wording("summary.refused", reason=reason)
    support = outcome.amounts["support"]
    own = next(outcome.amounts[name] for name in _BORNE if name in outcome.amounts)
    if outcome.verdict == UNDECIDED and outcome.nothing_fits:
        return wording("summary.none_fits")
    if support.low == support.high:
        form = "summary.undecided" if outcome.verdict == UNDECIDED else "summary.exact"
        return wording(
            form, own_share=between(own, "euro", wording), support=between(support, "euro", wording)
        )
    range = between(support, "euro", wording, "format.between")
    if not outcome.questions:
        return wording("summary.disputed", support=range)
    names = [name for name in outcome.moving if name in outcome.questions][:2] or outcome.questions[:2]
    because = wording("summary.range.because", facts=wording.listed(_labels(names, wording)))
    return f"{wording('summary.range', support=range)} {because}"


# --- values in words ---------------------------------------------------------------------------


class _Values(dict[str, str]):
    """What a sentence about a rule may name: what the rule read, and the days that are due."""

    def __init__(self, outcome: Outcome, because: Because, wording: Wording):
        self.outcome = outcome
        self.because = because
        self.wording = wording

    def __missing__(self, name: str) -> str:
        case, wording = self.because.case, self.wording
        details = self.because.finding.details
        window, _, end = name.rpartition("_")
        if isinstance(details.get(window), Interval):
            return wording.day(details[window].low if end == "start" else details[window].high)
        if name == "checked":
            return wording.day(self.outcome.law.checked)
        if name == "trusted_until":
            return wording.day(self.outcome.law.trusted_until)
        if name.endswith("_due") and name not in case.readings:
            for due in self.outcome.deadlines:
                if due.rule.id == name.removesuffix("_due") and due.rule.required:
                    return wording.day(due.day)
            raise KeyError(name)
        group = name.removesuffix("_since")
        if read := case.legal.get(group) or (
            group in self.outcome.law.groups and _latest_variant(case, group)
        ):
            parameter, value = read
            if group != name:
                return wording.day(value.since)
            return wording.value(value.value, parameter.unit, SET_FACTS.get(name, ""))
        if name == "ceiling_left":
            name = "ceiling_left_before" if "ceiling_left_before" in case.readings else "support_left_before"
        if name == "size":
            return fact_value("enterprise_size", case.readings[name].value, wording)
        if name in case.readings:
            value = case.readings[name].value
            return between(range_of(value), _UNITS.get(name, "euro"), wording)
        return fact_value(name, case.facts[name], wording)


def _latest_variant(case: Case, group: str) -> tuple[Parameter, Value] | None:
    return next((case.legal[id] for id in reversed(case.legal) if id.startswith(f"{group}.")), None)


def fact_value(name: str, value: Any, wording: Wording) -> str:
    """A fact's value in words."""
    fact = FACTS[name]
    if isinstance(value, Choice):
        raise KeyError(name)
    if fact.kind == "choice":
        return wording(f"choice.{name}.{value}")
    if fact.kind == "set":
        return wording.listed(
            wording(f"choice.{name}.{option}") for option in fact.options if option in value
        )
    if fact.kind == "yes_no":
        return wording("choice.yes" if value else "choice.no")
    if fact.kind == "date":
        return wording.weekday(value)
    if fact.kind == "money":
        return wording.money(value)
    if fact.kind == "percentage":
        return wording.percent(value)
    return short_decimal(value) if fact.kind == "number" else str(value)


def parameter_label(id: str, wording: Wording) -> str:
    """A parameter's name, with its variant in brackets."""
    group, _, variant = id.partition(".")
    label = wording(f"parameter.{group}")
    if not variant:
        return label
    for fact in ("enterprise_size", "service", "theme", "sector"):
        if name := wording.text(f"choice.{fact}.{variant}"):
            return f"{label} ({name})"
    return f"{label} ({wording(f'parameter.variant.{variant}')})"


def _filled(wording: Wording, id: str, values: dict[str, str]) -> str | None:
    """A message, or None where there is none or something that it names is not known."""
    try:
        return wording.filled(id, values)
    except KeyError:
        return None


def _labels(names: list[str], wording: Wording) -> list[str]:
    return [wording(f"fact.{name}.label") for name in names]


def _law_on(outcome: Outcome, because: Because, wording: Wording) -> dict[str, str]:
    legal = because.case.legal
    return {
        name.split(".")[0]: wording.value(legal[name][1].value, legal[name][0].unit)
        for name in because.inputs
        if name in legal
    }


def between(range: Range, unit: str, wording: Wording, form: str = "format.range") -> str:
    """A range in words; one value where its ends are equal."""
    low, high = range
    if low == high:
        return wording.value(low, unit)
    if high is None:
        return wording("format.at_least", low=wording.value(low, unit))
    return wording(form, low=wording.value(low, unit), high=wording.value(high, unit))


def ends(range: Range, text: Callable[[int], str]) -> tuple[str, str | None]:
    """Both ends of a range as the contract writes them; None for one that nothing limits."""
    low, high = range
    written = text(low)
    return written, written if low == high else None if high is None else text(high)


def _one_or_both(range: Range, text: Callable[[Any], str]) -> Any:
    if range.low == range.high:
        return text(range.low)
    low, high = ends(range, text)
    return {"low": low, "high": high}


def _day_or_none(outcome: Outcome) -> str | None:
    day = outcome.facts.get("application_date")
    return None if day is None else iso(day)
