"""Days with something to do as a file that calendar programs read: RFC 5545, with reminders.

A day keeps its identifier whenever the file is made anew, so that a second import takes the place of the first.
There is no clock here: when a file was made is the visitor's day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

MEDIA_TYPE = "text/calendar;charset=utf-8"

_LINE = 75  # octets, without the line's end
# Days before the day itself, each at nine in the morning: a reminder for midnight wakes people or is missed.
_REMINDERS = (7, 1)
_MORNING = 9
_HOURS = 24


class Task(NamedTuple):
    """Something to do by a day."""

    id: str  # the same each time, and another than that of any other task
    day: date
    title: str
    text: str
    address: str = ""


def calendar(tasks: Iterable[Task], language: str, today: date) -> str:
    """The file's text."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Steunwijzer//Steunwijzer//NL", "CALSCALE:GREGORIAN"]
    for task in tasks:
        lines += _event(task, language, today)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(task: Task, language: str, today: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(task.id)}@steunwijzer"
    yield f"DTSTAMP:{_written(today)}T000000Z"
    yield f"SEQUENCE:{today.toordinal()}"  # which grows from one day to the next: the newest file holds
    yield f"DTSTART;VALUE=DATE:{_written(task.day)}"
    yield f"DTEND;VALUE=DATE:{_written(task.day + timedelta(days=1))}"  # the first day that is no part of it
    yield f"SUMMARY;LANGUAGE={language}:{_escaped(task.title)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_escaped(task.text)}"
    if task.address:
        yield f"URL:{task.address}"
    yield "TRANSP:TRANSPARENT"  # the day stays free for other things
    for days in _REMINDERS:
        if task.day - timedelta(days=days) >= today:
            yield from _reminder(days, task.title)
    yield "END:VEVENT"


def _reminder(days: int, title: str) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(title)}"
    whole = f"{days - 1}D" if days > 1 else ""
    yield f"TRIGGER:-P{whole}T{_HOURS - _MORNING}H"
    yield "END:VALARM"


def _written(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """A value of the kind TEXT."""
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line broken where it is too long, between characters: what goes on starts with a space."""
    parts, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LINE:
            parts.append("")
            size = 1  # the space
        parts[-1] += character
        size += octets
    return "\r\n ".join(parts)
