"""What the Markdown of the pages may ask of the rules: the functions that stand in its `{{ ... }}`.

Prose types no number of law. It says `{{ value("support_rate.small") }}` and gets the figure of the day on
which the law was last checked, as a link to its source; or it works an example out with `calculate`. So a
change of the law changes every sentence that tells of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from calculator.measuring.pages import Measured
from calculator.picture import steps
from calculator.view import lower_end
from rules import LAW, calculate
from rules.dated import Disagreement, Parameter, Source, Value
from rules.facts import FACTS
from rules.telling import SET_FACTS, fact_value, parameter_label
from rules.wording import WORDINGS
from rules.worlds import Options

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

# An ordinary case, so that an example in the prose names only what it is about.
_ORDINARY = {
    "legal_form": "company",
    "establishment": "flemish_region",
    "public_participation": 0,
    "main_activity_accepted": True,
    "enterprise_size": "small",
    "service": "training",
    "theme": "digitalisation",
    "excluded_service": "none",
    "learning_mode": "in_person",
    "support_used_this_year": 0,
    "increase_used_this_year": 0,
    "actions": ["measurement"],
    "employees": 10,
    "sector": "profit",
    "support_used_before": 0,
    "cheques_used_before": 0,
}
_NAMES = ("Bach ", "Insights ")  # proper names, which begin with a capital within a sentence too
_DAYS = (
    "application_date",
    "service_start",
    "project_start",
    "project_end",
)  # the same, unless an example says


class Link(Protocol):
    """The way from a page to another page's anchor, or (with no page) to a file at the site's root."""

    def __call__(self, page: str, anchor: str = "") -> str:
        """The address, relative to the page at hand."""
        ...


class Case(NamedTuple):
    """An example worked out: what was given, and the outcome."""

    facts: Mapping[str, Any]
    outcome: Mapping[str, Any]


class Prose:
    """The functions for the pages of one language; `link` knows where the page at hand lies."""

    def __init__(self, language: str, link: Link):
        self.language = language
        self.link = link
        self.wording = WORDINGS[language]
        self.words = words()[language]

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Everything that prose may call, by name."""
        own = {name: getattr(self, name) for name in vars(Prose) if name[0] != "_" and name != "functions"}
        return own | Measured(self.language, self.words["measured"]).functions()

    # --- figures of law ---------------------------------------------------------------------------

    def value(self, id: str, on: str | None = None) -> str:
        """What a parameter is, as a link to where it is told since when and by whom."""
        return self._linked(id, self.plain(id, on))

    def plain(self, id: str, on: str | None = None) -> str:
        """What a parameter is, without a link."""
        return self._text(LAW.parameters[id], _held(id, on))

    def previous(self, id: str, on: str | None = None) -> str:
        """What a parameter was before."""
        return self._linked(id, self._text(LAW.parameters[id], _before(id, on)))

    def since(self, id: str, on: str | None = None) -> str:
        """The day on which what holds began."""
        return self._linked(id, self.day(self.start(id, on)))

    def until(self, id: str, on: str | None = None) -> str:
        """The last day on which what held on a day still did."""
        end = _held(id, on).until
        return self._linked(id, self.day(_eve(end).isoformat()) if end else self.words["still"])

    def first_since(self, id: str) -> str:
        """The first day on which a parameter said anything at all."""
        parameter = LAW.parameters[id]
        first = next(held for held in parameter.values if held.value and held.value not in ("none", "before"))
        return self._linked(id, self.day(first.since.isoformat()))

    def first_on(self, id: str, option: str) -> str:
        """The first day on which a set held an option."""
        first = next(held for held in LAW.parameters[id].values if option in held.value)
        return self._linked(id, self.day(first.since.isoformat()))

    def start(self, id: str, on: str | None = None) -> str:
        """The day on which what holds began, in ISO 8601: for examples."""
        return _held(id, on).since.isoformat()

    def eve(self, day: str) -> str:
        """The day before, in ISO 8601."""
        return _eve(date.fromisoformat(day)).isoformat()

    def last_open(self, id: str) -> str:
        """The last day on which applications were taken, in ISO 8601."""
        end = next(
            held.until for held in reversed(LAW.parameters[id].values) if held.value.startswith("call")
        )
        return (_eve(end) if end else LAW.checked).isoformat()

    def options(self, id: str, fact: str, on: str | None = None) -> str:
        """The members of a set, within a sentence."""
        return _html(self._listed(fact, _held(id, on).value))

    def option_list(self, id: str, fact: str, on: str | None = None) -> str:
        """The members of a set, as a list."""
        return "\n".join(f"- {_html(label)}" for label in self._labels(fact, _held(id, on).value))

    def day(self, day: str) -> str:
        """A day of the calendar, given in ISO 8601."""
        return _unbroken(self.wording.day(day))

    def checked(self) -> str:
        """The day on which the law was last checked."""
        return self.day(LAW.checked.isoformat())

    # --- examples ---------------------------------------------------------------------------------

    def calculate(self, scheme: str = "kmo_portefeuille", **facts: Any) -> Case:
        """An example: the facts that are given, and an ordinary case for all others."""
        day = facts.get("application_date", LAW.checked.isoformat())
        ordinary = {**dict.fromkeys(_DAYS, day), **_ORDINARY}
        asked = {
            name: value for name, value in {**ordinary, **facts}.items() if scheme in FACTS[name].schemes
        }
        outcome = calculate({"scheme": scheme, **asked}, language=self.language)
        if outcome["errors"]:
            raise ValueError(f"an example that cannot be worked out: {outcome['errors']}")
        return Case(asked, outcome)

    def given(self, case: Case, fact: str) -> str:
        """One of the facts of an example, as text."""
        value, kind = case.facts[fact], FACTS[fact].kind
        if kind == "date":
            return self.day(value)
        return _unbroken(
            fact_value(fact, value * 100 if kind in ("money", "percentage") else value, self.wording)
        )

    def amount(self, case: Case, name: str) -> str:
        """An amount of an example's outcome."""
        return self._range(case.outcome["amounts"][name], self.wording.money)

    def rate(self, case: Case) -> str:
        """The rate of an example's outcome."""
        return self._range(case.outcome["rate"], self.wording.percent)

    def sentence(self, case: Case) -> str:
        """The answer to an example, in a sentence."""
        return _html(case.outcome["summary"]["text"])

    def deadline(self, case: Case, id: str, kind: str = "required") -> str:
        """A day by which something must be done in an example, or is best done."""
        found = [one["date"] for one in case.outcome["deadlines"] if (one["id"], one["kind"]) == (id, kind)]
        return self.day(found[0])

    def timeline(self, case: Case) -> str:
        """The deadlines of an example, in the order of their days."""
        deadlines = sorted(case.outcome["deadlines"], key=lambda deadline: deadline["date"])
        rows = [
            f'<li><b class="timeline-day">{self.day(deadline["date"])}</b> {_html(deadline["text"])}</li>'
            for deadline in deadlines
        ]
        return f'<ol class="timeline">{"".join(rows)}</ol>'

    # --- where it is said -------------------------------------------------------------------------

    def clause(self, *ids: str) -> str:
        """The clauses of the starting page that stand here."""
        links = (f'<a class="clause" href="{self.link("sources", f"clause-{id}")}">{id}</a>' for id in ids)
        return f'<span class="clauses">{" ".join(links)}</span>'

    def source(self, key: str) -> str:
        """A source, by its publisher, within a sentence."""
        source = LAW.sources[key]
        return (
            f'<a class="source" href="{self.link("sources", f"source-{key}")}">{_html(source.publisher)}</a>'
        )

    def sources(self, *ids: str) -> str:
        """The sources behind an answer: keys of sources, or parameters for what they rest on."""
        keys = dict.fromkeys(
            key for id in ids for key in ((id,) if id in LAW.sources else _held(id, None).sources)
        )
        name = self.words["sources" if len(keys) > 1 else "source"]
        cited = [LAW.sources[key] for key in keys]
        told = "; ".join(self._cited(source) for source in cited)
        return f'<p class="sources">{name}: {told}; {self._read(min(source.read for source in cited))}.</p>'

    def figure(self, name: str) -> str:
        """A fact that is told and is no law, with who says it."""
        figure = figures()[name]
        return f"{_html(figure[self.language])} {self.source(figure['source'])}"

    # --- tables made of the law -------------------------------------------------------------------

    def law_table(self, scheme: str) -> str:
        """Every parameter of a scheme: each value, since when, until when, and who says so."""
        head = [self.words[name] for name in ("what", "value", "since", "until", "sources")]
        groups = [self._history(parameter) for parameter in LAW.of((scheme,))]
        return _table(head, "".join(groups), "law-table")

    def history_table(self, scheme: str) -> str:
        """What changed on each day, the newest first."""
        rows = [
            f'<tr><th scope="row">{self.day(day.isoformat())}</th><td>{_lines(changed)}</td></tr>'
            for day, changed in self._changes(scheme)
        ]
        return _table([self.words["changed_on"], self.words["changed"]], "".join(rows), "history-table")

    def changes(self, scheme: str, last: int) -> str:
        """The newest of these changes, as a list."""
        newest = self._changes(scheme)[:last]
        rows = [f"<dt>{self.day(day.isoformat())}</dt><dd>{_lines(changed)}</dd>" for day, changed in newest]
        return f'<dl class="changes">{"".join(rows)}</dl>'

    def windows(self, id: str) -> str:
        """When applications were taken: each call, its first and its last day."""
        head = [self.words[name] for name in ("what", "since", "until", "sure")]
        rows = []
        for name, held in _calls(LAW.parameters[id]):
            days = (
                self.day(held[0].since.isoformat()),
                self.day(_eve(held[-1].until or LAW.checked).isoformat()),
            )
            sure = ", ".join(dict.fromkeys(self._sure(one) for one in held))
            cells = _cells(head[1:], (*days, sure))
            rows.append(f'<tr><th scope="row">{self.wording.value(name, "state")}</th>{cells}</tr>')
        return _table(head, "".join(rows), "windows-table")

    def source_table(self) -> str:
        """Every source, the official ones first."""
        parts = []
        for kind in ("official", "third_party"):
            listed = sorted(
                (source for source in LAW.sources.values() if source.kind == kind),
                key=lambda source: (source.publisher.casefold(), source.title.casefold()),
            )
            items = "".join(
                f'<li id="source-{source.key}">{self._described(source)}</li>' for source in listed
            )
            parts.append(f'<p><strong>{self.words[kind]}</strong></p><ul class="source-list">{items}</ul>')
        return "\n\n".join(parts)

    def clause_table(self) -> str:
        """Every clause of the starting page: the figures that carry it, and the pages that tell it."""
        figures = _clauses_of_law()
        pages = _clauses_of_pages(self.language)
        rows = []
        for clause in sorted(figures.keys() | pages.keys()):
            carried = ", ".join(self._linked(id, self._name(id)) for id in figures.get(clause, ()))
            told = ", ".join(
                f'<a href="{self.link(page)}">{_html(title)}</a>' for page, title in pages.get(clause, ())
            )
            rows.append(
                f'<tr id="clause-{clause}"><th scope="row">{clause}</th><td>{carried}</td><td>{told}</td></tr>'
            )
        head = [self.words[name] for name in ("clause", "figures", "pages")]
        return _table(head, "".join(rows), "clause-table")

    def facts_table(self, *schemes: str) -> str:
        """The facts that a case can hold: all, or those of some schemes and of no others."""
        rows = []
        for fact in FACTS.values():
            if set(fact.schemes) != set(schemes):
                continue
            about = _html(self.wording(f"fact.{fact.name}.label"))
            optional = f" ({self.words['optional']})" if fact.optional else ""
            options = " ".join(f"<code>{option}</code>" for option in fact.options)
            rows.append(
                f'<tr><th scope="row"><code>{fact.name}</code></th><td>{fact.kind}{optional}</td>'
                f"<td>{about}</td><td>{options}</td></tr>"
            )
        head = [self.words[name] for name in ("fact", "kind", "what", "options")]
        return _table(head, "".join(rows), "facts-table")

    def history_picture(self, scheme: str) -> str:
        """Rates and ceilings as steps over time."""
        named = {
            "rates": ("support_rate.small", "support_rate.medium"),
            "ceilings": ("yearly_ceiling.small", "yearly_ceiling.medium"),
        }
        return steps(
            {
                self.words[f"picture_{panel}"]: {
                    self.words[id.rpartition(".")[2]]: [
                        (held.since, held.value, self._text(LAW.parameters[id], held))
                        for held in LAW.parameters[id].values
                    ]
                    for id in ids
                }
                for panel, ids in named.items()
            },
            until=LAW.checked,
            both=self.words["both"],
            title=self.words["picture"],
        )

    def printed(self) -> str:
        """A link to the same page as a PDF."""
        name = f"faq-{self.language}.pdf"
        return f'<p class="printed"><a href="{self.link("", name)}">{self.words["pdf"]}</a></p>'

    def edition(self) -> str:
        """The version of the site."""
        return str(self.words["edition"].format(version=version()))

    # --- how it is written ------------------------------------------------------------------------

    def _linked(self, id: str, text: str) -> str:
        return f'<a class="law-value" href="{self.link("sources", id)}">{text}</a>'

    def _sure(self, held: Value) -> str:
        return self.wording(f"value.{held.sure}")

    def _name(self, id: str) -> str:
        return _html(parameter_label(id, self.wording))

    def _text(self, parameter: Parameter, held: Value) -> str:
        if isinstance(held.value, Options):
            return _html(self._listed(SET_FACTS.get(parameter.id.partition(".")[0], ""), held.value))
        if isinstance(held.value, Disagreement):
            return self._between(*(self.wording.value(end, parameter.unit) for end in held.value))
        return _unbroken(self.wording.value(held.value, parameter.unit))

    def _listed(self, fact: str, members: Options) -> str:
        """The members of a set within a sentence, in the vocabulary's order."""
        if not fact or not members:
            return self.wording.value(members, "set")
        return ", ".join(_within_a_sentence(label) for label in self._labels(fact, members))

    def _labels(self, fact: str, members: Options) -> list[str]:
        return [self.wording(f"choice.{fact}.{name}") for name in FACTS[fact].options if name in members]

    def _range(self, ends: Mapping[str, Any], write: Callable[[str], str]) -> str:
        low, high = ends["low"], ends["high"]
        if low == high:
            return _unbroken(write(low))
        return self._between(write(low), write(high))

    def _between(self, low: str, high: str) -> str:
        """Two figures; a line may end between them alone."""
        low, high = (end.replace(" ", "\u00a0") for end in (lower_end(low, high), high))
        return _html(self.wording("format.range", low=low, high=high))

    def _cited(self, source: Source) -> str:
        foreign = "" if source.language == self.language else f' lang="{source.language}"'
        title = f"<cite{foreign}>{_html(source.title)}</cite>"
        if source.address:
            title = f'<a href="{_html(source.address)}">{title}</a>'
        return f"{title}, {_html(source.publisher)}"

    def _read(self, day: date) -> str:
        return str(self.words["read_on"].format(day=self.day(day.isoformat())))

    def _described(self, source: Source) -> str:
        language = self.words["languages"][source.language]
        missing = "" if source.address else f"; {self.words['no_address']}"
        return f"{self._cited(source)}; {language}; {self._read(source.read)}{missing}"

    def _history(self, parameter: Parameter) -> str:
        """The rows of one parameter, the newest value first."""
        values = parameter.values[::-1]
        labels = ["", self.words["since"], self.words["until"], ""]
        name = self._name(parameter.id)
        head = f'<th scope="rowgroup" rowspan="{len(values)}" id="{parameter.id}">{name}</th>'
        rows = []
        for held in values:
            told = ", ".join(self.source(key) for key in held.sources)
            cells = (
                self._text(parameter, held),
                "" if held.value == "before" else self.day(held.since.isoformat()),
                self.day(_eve(held.until).isoformat()) if held.until else self.words["still"],
                f"{_html(self._sure(held))}: {told}",
            )
            rows.append(f"<tr>{head}{_cells(labels, cells)}</tr>")
            head = ""
        return f"<tbody>{''.join(rows)}</tbody>"

    def _changes(self, scheme: str) -> list[tuple[date, list[str]]]:
        """Each day on which the law of a scheme changed after its first, with what changed; newest first."""
        found: dict[date, list[str]] = {}
        for parameter in LAW.of((scheme,)):
            if parameter.id.endswith("_state"):
                continue  # when applications are taken is told apart, by `windows`
            for before, after in zip(parameter.values, parameter.values[1:], strict=False):
                if before.value != after.value:
                    found.setdefault(after.since, []).extend(self._change(parameter, before, after))
        return sorted(found.items(), reverse=True)

    def _change(self, parameter: Parameter, before: Value, after: Value) -> Iterator[str]:
        name = self._linked(parameter.id, self._name(parameter.id))
        if isinstance(before.value, Options) and isinstance(after.value, Options) and before.value:
            fact = SET_FACTS.get(parameter.id.partition(".")[0], "")
            added, dropped = after.value - before.value, before.value - after.value
            if len(after.value) < len(dropped):
                yield self.words["only"].format(name=name, after=self._text(parameter, after))
                return
            for how, options in (("added", added), ("dropped", dropped)):
                if options:
                    yield self.words[how].format(
                        name=name, options=_html(self._listed(fact, Options(options)))
                    )
            return
        shape = _shape(before.value, after.value)
        texts = {"before": self._text(parameter, before), "after": self._text(parameter, after)}
        yield self.words[shape].format(name=name, **texts)


@cache
def words() -> dict[str, Any]:
    """The words of the generated tables, by language."""
    return tomllib.loads((DOCS / "words.toml").read_text("utf-8"))


@cache
def figures() -> dict[str, dict[str, str]]:
    """What is told on the pages and is no law."""
    return tomllib.loads((DOCS / "figures.toml").read_text("utf-8"))


@cache
def version() -> str:
    """The version of the site, which is that of the rules."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def _held(id: str, on: str | None) -> Value:
    """What holds on a day; with none named, on the day on which the law was last checked."""
    day = date.fromisoformat(on) if on else LAW.checked
    held = LAW.parameters[id].at(day.toordinal())
    if held is None:
        raise ValueError(f"{id} has no value yet on {day}")
    return held


def _before(id: str, on: str | None) -> Value:
    values = LAW.parameters[id].values
    return values[values.index(_held(id, on)) - 1]


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def _calls(parameter: Parameter) -> Iterator[tuple[str, list[Value]]]:
    """The calls in the order of time, each with the values that make it up."""
    calls: dict[str, list[Value]] = {}
    for held in parameter.values:
        if held.value.startswith("call"):
            calls.setdefault(held.value, []).append(held)
    yield from calls.items()


@cache
def _clauses_of_law() -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for parameter in LAW.parameters.values():
        for held in parameter.values:
            for clause in held.clauses:
                found.setdefault(clause, {})[parameter.id] = None
    return {clause: list(ids) for clause, ids in found.items()}


@cache
def _clauses_of_pages(language: str) -> dict[str, list[tuple[str, str]]]:
    """The pages on which a clause stands, as (name, title)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((DOCS / language).glob("*.md")):
        text = path.read_text("utf-8")
        title = re.search(r"^title: (.+)$", text, re.MULTILINE)
        named = {id for call in re.findall(r"clause\(([^)]*)\)", text) for id in re.findall(r"[KW]\d+", call)}
        for clause in named:
            found.setdefault(clause, []).append((path.stem, title[1] if title else path.stem))
    return found


def _html(text: str) -> str:
    return escape(text, quote=True)


def _unbroken(text: str) -> str:
    """A figure with its unit, or a day: never apart at the end of a line."""
    return _html(text.replace(" ", "\u00a0"))


def _within_a_sentence(label: str) -> str:
    keeps = label[1:2].isupper() or label.startswith(_NAMES)
    return label if keeps else label[:1].lower() + label[1:]


def _lines(lines: list[str]) -> str:
    return "<br>".join(lines)


def _shape(before: Any, after: Any) -> str:
    """How a change from one value to another is told."""
    if before in ("any", "none", "before", "unknown", Options()):
        return "begins"
    if after == "none":
        return "ends"
    if isinstance(after, Disagreement):
        return "unsettled"
    return "settled" if isinstance(before, Disagreement) else "from_to"


def _cells(labels: Sequence[str], cells: Sequence[str]) -> str:
    """The cells of a row; on a narrow screen, where rows are stacked, each says what it is."""
    labelled = zip(labels, cells, strict=True)
    return "".join(
        f'<td data-label="{label}">{cell}</td>' if label and cell else f"<td>{cell}</td>"
        for label, cell in labelled
    )


def _table(head: list[str], body: str, name: str) -> str:
    cells = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = body if body.startswith("<tbody>") else f"<tbody>{body}</tbody>"
    return f'<div class="{name}"><table><thead><tr>{cells}</tr></thead>{body}</table></div>'
