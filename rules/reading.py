"""Reading what people and programs write, exactly and kindly.

JSON is read strictly (`STRICT`): a number or plain text such as ``"1000.50"``, an ISO date, true or false. What
is typed in a form or stands in CSV is read in the language's own habit too: ``1.000,50``, ``€ 1 000``,
``1/12/2019``, ``ja``. What cannot be read is a `Refusal` that names the fact, what is wrong and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from rules.case import Facts
from rules.days import ordinal
from rules.facts import EARLIEST_DAY, FACTS, IN_ORDER, LATEST_DAY, NUMBERS_LETTER, SCHEMES, Fact
from rules.money import short_decimal


class Refusal(NamedTuple):
    """Why something could not be read. ``details`` fill the sentence; ``suggestion`` is the likely right value."""

    fact: str | None
    code: str
    details: Mapping[str, Any] = MappingProxyType({})
    suggestion: str | None = None


EXAMPLES = {
    "money": "1000.50",
    "date": "2019-12-01",
    "activity_code": "62.010",
    "committee_number": "331",
}


class Habit(NamedTuple):
    """How values are written. ``decimal`` is the language's decimal sign; ``typed`` allows what people type."""

    typed: bool
    decimal: str = "."
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    def example(self, kind: str) -> str:
        """How a value of a kind of fact can be written; empty where nobody has to be told."""
        text = EXAMPLES.get(kind, "")
        return text.replace(".", self.decimal) if kind == "money" else text


STRICT = Habit(typed=False)

_FIRST_DAY, _LAST_DAY = ordinal(EARLIEST_DAY), ordinal(LATEST_DAY)
_PLAIN = re.compile(r"([-+]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([-+]?[0-9]+))?", re.ASCII)
_CURRENCY = re.compile(r"^(?:€|EUR|euros?)\s*|\s*(?:€|EUR|euros?)$", re.IGNORECASE)
_SPACES = re.compile("[ \u00a0\u2009\u202f'\u2019]")
_TYPED_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ACTIVITY = re.compile(r"[0-9]{2}(?:\.?[0-9]{1,3}|\.[0-9]{2}\.[0-9])?", re.ASCII)
_COMMITTEE = re.compile(r"[0-9]{3}(?:\.[0-9]{2}){0,2}", re.ASCII)
_REGISTRATION = re.compile(r"DV\.[OA][0-9]{6}", re.ASCII)
_LOOSE_REGISTRATION = re.compile(r"DV[.\s_-]*([OA0])[.\s_-]*((?:[0-9OIL]\s*){6})", re.ASCII)
_LETTERS = {"choice": "not_a_choice", "set": "not_a_choice", "yes_no": "not_yes_or_no", "date": "not_a_date"}
MANY_STRANGERS = 100  # nobody mistypes more names than this
_HUGE = 30  # more digits than any bound has: no need to count further

KIND_CODES = {
    "money": "not_an_amount",
    "percentage": "not_a_number",
    "number": "not_a_number",
    "whole": "not_a_number",
    "registration_number": "not_a_registration_number",
    "activity_code": "not_a_code",
    "committee_number": "not_a_code",
    **_LETTERS,
}


class NotRead(Exception):
    """Carries a code, and the likely right value where it is known."""

    def __init__(self, code: str, suggestion: str | None = None):
        self.code = code
        self.suggestion = suggestion


class Number(str):
    """A number of a JSON text, with its digits as they were written."""

    __slots__ = ()


def read(raw: dict[str, Any], habit: Habit = STRICT) -> tuple[Facts, list[Refusal]]:
    """The known facts of a request, and everything that is wrong with it."""
    facts: Facts = {}
    refusals: list[Refusal] = []
    strangers = unknown_names(raw, FACTS)
    for name, value in raw.items():
        fact = FACTS.get(name)
        if fact is None:
            refusals.append(next(strangers))
        elif not is_unknown(name, value):
            try:
                facts[name] = read_value(fact, value, habit)
            except NotRead as problem:
                details = {"value": _shown(value), "example": habit.example(fact.kind)}
                refusals.append(Refusal(name, problem.code, details, problem.suggestion))
    if "scheme" not in facts and not any(refusal.fact == "scheme" for refusal in refusals):
        refusals.append(Refusal("scheme", "missing", {"options": SCHEMES}))
    return facts, [*refusals, *contradictions(facts)]


def is_unknown(name: str, value: Any) -> bool:
    """Whether a value says that a fact is unknown: absent, null, an empty text, of a set an empty list."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        return not value and name in FACTS and FACTS[name].kind == "set"
    return value is None


def read_value(fact: Fact, value: Any, habit: Habit = STRICT) -> Any:
    """One fact's value as the rules hold it; raises `NotRead`."""
    kind = fact.kind
    if kind == "set":
        return _set(fact, value, habit)
    if kind == "yes_no":
        return _yes_or_no(value, habit)
    if isinstance(value, bool | list | dict | tuple):
        raise NotRead(KIND_CODES[kind])
    text = value if isinstance(value, str) else str(value)
    is_number = isinstance(value, Number) or not isinstance(value, str)
    text = text.strip()
    if kind == "choice":
        if is_number:
            raise NotRead("not_a_choice")
        return _choice(fact, text)
    if kind == "date":
        if is_number:
            raise NotRead("not_a_date")
        return _date(text, habit)
    if kind in ("registration_number", "activity_code", "committee_number"):
        return _CODES[kind](text)
    decimals = 0 if kind == "whole" else 2
    hundredths = _decimal(text, decimals, KIND_CODES[kind], habit, is_number)
    if not fact.least <= hundredths <= fact.most:
        raise NotRead("out_of_range")
    return hundredths


# --- numbers -----------------------------------------------------------------------------------


def _decimal(text: str, decimals: int, code: str, habit: Habit, is_number: bool) -> int:
    """A number in units of its last allowed decimal, exactly."""
    if habit.typed and not is_number:
        text = _typed(text, habit, code)
    if is_number and text.lstrip("+-").lower() in ("infinity", "inf"):
        raise NotRead("out_of_range")
    match = _PLAIN.fullmatch(text)
    if not match or not (match[2] or match[3]) or (match[4] and not is_number) or match[1] == "+":
        raise NotRead(code)
    sign, whole, fraction = match[1], match[2] or "", match[3] or ""
    if is_number:
        digits = (whole + fraction).lstrip("0")
        if not digits:
            return 0
        point = len(fraction) - (int(match[4][:_HUGE]) if match[4] else 0)
        if len(digits) - point > _HUGE:
            raise NotRead("out_of_range")
        stripped = digits.rstrip("0")
        point -= len(digits) - len(stripped)
        if point > decimals:
            raise NotRead("too_many_decimals")
        value = int(stripped + "0" * (decimals - point))
    else:
        if len(fraction) > decimals:
            raise NotRead("too_many_decimals")
        if len(whole.lstrip("0")) > _HUGE:
            raise NotRead("out_of_range")
        value = int((whole or "0") + fraction.ljust(decimals, "0"))
    if sign and value:
        raise NotRead("out_of_range")
    return value


def _typed(text: str, habit: Habit, code: str) -> str:
    """A typed number with its currency and separators brought back to plain digits and one point."""
    text = _SPACES.sub("", _CURRENCY.sub("", text).strip().removesuffix("%").strip())
    points, commas = text.count("."), text.count(",")
    if points and commas:
        mark = "." if text.rindex(".") > text.rindex(",") else ","
    elif not (points or commas):
        return text
    else:
        mark = "." if points else ","
        after = len(text) - text.rindex(mark) - 1
        if points + commas > 1 or (after == 3 and mark != habit.decimal):
            mark = "," if mark == "." else "."  # it groups thousands: the other sign is the decimal one
    other = "," if mark == "." else "."
    whole, _, fraction = text.partition(mark)
    groups = whole.lstrip("-").split(other)
    if len(groups) > 1 and not (0 < len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        raise NotRead(code)
    return whole.replace(other, "") + ("." + fraction if fraction else "")


# --- days --------------------------------------------------------------------------------------


def _date(text: str, habit: Habit) -> int:
    typed = _TYPED_DATE.fullmatch(text)
    iso = f"{typed[3]}-{int(typed[2]):02d}-{int(typed[1]):02d}" if typed else text
    try:
        if not _ISO_DATE.fullmatch(iso):
            raise ValueError
        day = date.fromisoformat(iso).toordinal()
    except ValueError:
        raise NotRead("not_a_date") from None
    if typed and not habit.typed:
        raise NotRead("not_a_date", iso)
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise NotRead("out_of_range")
    return day


# --- words -------------------------------------------------------------------------------------


def _yes_or_no(value: Any, habit: Habit) -> bool:
    if isinstance(value, bool):
        return value
    if habit.typed and isinstance(value, str) and not isinstance(value, Number):
        word = value.strip().lower()
        if word in habit.yes:
            return True
        if word in habit.no:
            return False
    raise NotRead("not_yes_or_no")


def _choice(fact: Fact, text: str) -> str:
    if text in fact.options:
        return text
    raise NotRead(
        "not_a_choice", nearest_name(text.lower().replace(" ", "_").replace("-", "_"), fact.options)
    )


def _set(fact: Fact, value: Any, habit: Habit) -> frozenset[str]:
    if habit.typed and isinstance(value, str):
        value = [part for part in re.split(r"[+\s]+", value.strip()) if part]
    if not isinstance(value, list | tuple):
        raise NotRead("not_a_choice")
    members = []
    for member in value:
        if not isinstance(member, str) or isinstance(member, Number):
            raise NotRead("not_a_choice")
        members.append(_choice(fact, member.strip()))
    return frozenset(members)


# --- codes -------------------------------------------------------------------------------------


def _registration_number(text: str) -> str:
    """``DV.O`` (training) or ``DV.A`` (advice) and six digits; the O is the letter (K23)."""
    text = text.strip().upper()
    if _REGISTRATION.fullmatch(text):
        return text
    loose = _LOOSE_REGISTRATION.fullmatch(text)
    if not loose:
        raise NotRead("not_a_registration_number")
    letter = "O" if loose[1] == "0" else loose[1]
    digits = re.sub(r"\s", "", loose[2]).replace("O", "0").replace("I", "1").replace("L", "1")
    raise NotRead("not_a_registration_number", f"DV.{letter}{digits}")


def _activity_code(text: str) -> str:
    if not _ACTIVITY.fullmatch(text):
        raise NotRead("not_a_code")
    return text


def _committee_number(text: str) -> str:
    if not _COMMITTEE.fullmatch(text):
        raise NotRead(
            "not_a_code", text.replace(",", ".") if _COMMITTEE.fullmatch(text.replace(",", ".")) else None
        )
    return text


_CODES = {
    "registration_number": _registration_number,
    "activity_code": _activity_code,
    "committee_number": _committee_number,
}

# --- facts against each other ------------------------------------------------------------------


def contradictions(facts: Facts) -> list[Refusal]:
    """Facts that read well but cannot both be so: told of the one that is named later."""
    found = [
        Refusal(later, "contradiction", {"other": earlier})
        for earlier, later in IN_ORDER
        if earlier in facts and later in facts and facts[later] < facts[earlier]
    ]
    used, lately = facts.get("support_used_before"), facts.get("cheque_support_this_year")
    if used is not None and lately is not None and used < lately:
        found.append(Refusal("cheque_support_this_year", "contradiction", {"other": "support_used_before"}))
    number, service = facts.get("provider_number"), facts.get("service")
    if number and service and number[3] != NUMBERS_LETTER[service]:
        found.append(Refusal("provider_number", "contradiction", {"other": "service"}))
    return found


# --- help --------------------------------------------------------------------------------------


def unknown_names(given: Iterable[Any], names: Iterable[str]) -> Iterator[Refusal]:
    """A refusal of each name that is none of ``names``, in order; the first of very many with the name it is near."""
    strangers = (str(name) for name in given if name not in names)
    for count, name in enumerate(strangers):
        near = nearest_name(name, names) if count < MANY_STRANGERS else None
        yield Refusal(name, "unknown_fact", {"name": name}, near)


def nearest_name(name: str, names: Any, most: int = 2) -> str | None:
    """The one of some names that differs least in letters, if by no more than ``most`` and a third of them."""
    most = min(most, max(1, len(name) // 3))
    best: list[tuple[int, str]] = sorted(
        (distance, other)
        for other in names
        if abs(len(name) - len(other)) <= most and (distance := _distance(name, other)) <= most
    )
    return best[0][1] if best else None


def _distance(left: str, right: str) -> int:
    """How many letters have to be added, left out or replaced to turn one word into the other."""
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left, 1):
        last, row[0] = row[0], place
        for index, other in enumerate(right, 1):
            last, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, last + (letter != other))
    return row[-1]


def _shown(value: Any) -> str:
    """A value as an error may repeat it: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def written(fact: Fact, value: Any) -> str:
    """A value as an address or CSV holds it."""
    if fact.kind == "date":
        return date.fromordinal(value).isoformat()
    if fact.kind == "yes_no":
        return "yes" if value else "no"
    if fact.kind == "set":
        return "+".join(option for option in fact.options if option in value)
    if fact.kind in ("money", "percentage", "number"):
        return short_decimal(value)
    return str(value)
