"""The sentences, by message id, in each language; and amounts, days and rates as each language writes them.

The catalogues are gettext's (`nl.po`, compiled to `nl.mo` beside it), read once when this module is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any, TypeVar

from rules.money import hundredths, short_decimal

LANGUAGES = ("nl", "en", "fr", "de")
FOLDER = Path(__file__).parent
_Written = TypeVar("_Written")


class Wording:
    """The sentences of one language: ``wording("notice.law_last_checked", checked="1 december 2019")``."""

    def __init__(self, language: str):
        self.language = language
        self._catalogues = [_load(FOLDER, language)]
        self._begin()
        self._decimal_mark = self("format.decimal_mark")
        self._group_mark = self("format.group_mark")

    def extended(self, folder: Path) -> Wording:
        """The same wording with a further catalogue before it, such as that of an interface."""
        other = copy(self)
        other._catalogues = [_load(folder, self.language), *self._catalogues]
        other._begin()
        return other

    def _begin(self) -> None:
        self._texts: dict[str, str | None] = {}
        self._kept: dict[tuple[Any, ...], Any] = {}
        self.value = lru_cache(self._value)  # an answer names the same amounts again and again

    def kept(self, key: tuple[Any, ...], write: Callable[[], _Written]) -> _Written:
        """What is written once for all answers: days, and what is said of the law itself. There are only so many."""
        written: _Written | None = self._kept.get(key)
        if written is None:
            written = self._kept[key] = write()
        return written

    def text(self, id: str) -> str | None:
        """A message as it stands, or None where there is none."""
        try:
            return self._texts[id]
        except KeyError:
            found = (text for catalogue in self._catalogues if (text := catalogue.gettext(id)) != id)
            self._texts[id] = next(found, None)
            return self._texts[id]

    def __call__(self, id: str, **values: object) -> str:
        """A message with its placeholders filled; raises ``KeyError`` for an id that does not exist."""
        return self.filled(id, values)

    def filled(self, id: str, values: Mapping[str, object]) -> str:
        """A message with its placeholders filled out of a mapping, which may look them up on demand."""
        text = self._texts.get(id) or self.text(id)
        if text is None:
            raise KeyError(id)
        return text.format_map(values) if "{" in text else text

    def counted(self, id: str, number: int, **values: object) -> str:
        """A message in the singular or plural form that a number asks for."""
        for catalogue in self._catalogues:
            text = catalogue.ngettext(id, id, number)
            if text != id:
                return text.format(count=self.grouped(number), **values)
        raise KeyError(id)

    # --- figures -------------------------------------------------------------------------------

    def grouped(self, digits: int | str) -> str:
        """Whole digits in groups of thousands."""
        return f"{int(digits):,}".replace(",", self._group_mark)

    def amount(self, cents: int | str) -> str:
        """An amount with two decimals and no currency, for tables: ``1.000,50``."""
        whole, fraction = divmod(_hundredths(cents), 100)
        return f"{self.grouped(whole)}{self._decimal_mark}{fraction:02d}"

    def money(self, cents: int | str) -> str:
        """An amount in a sentence, without decimals where there are no cents: ``1.000 euro``."""
        cents = _hundredths(cents)
        euros, rest = divmod(cents, 100)
        written = self.amount(cents) if rest else self.grouped(euros)
        return self("format.money_below_two" if euros < 2 else "format.money", amount=written)

    def percent(self, value: int | str) -> str:
        """A percentage: ``30 %``, as the language writes it. Whole hundredths, or the contract's text."""
        text = short_decimal(_hundredths(value))
        return self("format.percent", value=text.replace(".", self._decimal_mark))

    def day(self, day: int | str | date) -> str:
        """A day written out: ``1 december 2019``."""
        return self.kept(("day", day), lambda: self._day(_date(day)))

    def _day(self, when: date) -> str:
        form = "format.first_day" if when.day == 1 else "format.day"
        return self(form, day=when.day, month=self(f"month.{when.month}"), year=when.year)

    def weekday(self, day: int | str | date) -> str:
        """A day with its weekday: ``zondag 1 december 2019``."""
        return self.kept(("weekday", day), lambda: self._weekday(_date(day)))

    def _weekday(self, when: date) -> str:
        return self("format.weekday_day", weekday=self(f"weekday.{when.isoweekday()}"), date=self._day(when))

    def listed(self, names: Iterable[str]) -> str:
        """Several things, with commas."""
        return ", ".join(names)

    def _value(self, value: Any, unit: str, choices: str = "") -> str:
        """A value of the law with its unit. ``choices`` is the fact whose options a set names."""
        if isinstance(value, int):
            return self._figure(value, unit)
        if isinstance(value, tuple):
            low, high = (self.value(end, unit) for end in value)
            return self("format.range", low=low, high=high)
        if isinstance(value, str):
            state, _, year = value.partition(" ")
            return self(f"value.{state}", year=year)
        if not value:
            return self("value.none")
        return self.listed(sorted(self.text(f"choice.{choices}.{option}") or option for option in value))

    def _figure(self, value: int, unit: str) -> str:
        if unit == "euro":
            return self.money(value)
        if unit == "percent":
            return self.percent(value)
        if unit == "date":
            return self.day(value)
        return self.counted(
            f"unit.{unit}", value // 100 if unit in ("points", "annual_work_units") else value
        )


def _load(folder: Path, language: str) -> GNUTranslations:
    with (folder / f"{language}.mo").open("rb") as stream:
        return GNUTranslations(stream)


def _hundredths(value: int | str) -> int:
    """Hundredths, or the text with a point that the contract writes for them."""
    return value if isinstance(value, int) else hundredths(value)


def _date(day: int | str | date) -> date:
    if isinstance(day, int):
        return date.fromordinal(day)
    return date.fromisoformat(day) if isinstance(day, str) else day


WORDINGS = {language: Wording(language) for language in LANGUAGES}
