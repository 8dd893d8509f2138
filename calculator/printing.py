"""The frequently asked questions on paper: one tagged PDF (PDF/UA-1) for each language of the pages.

It is made from the same Markdown as the page. Its maker and its fonts come in one locked package, and nothing
of the machine's own is used, so the same clone makes the same bytes everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as Tree

import typst
from markdown import Markdown  # type: ignore[import-untyped]

from calculator.hooks import LANGUAGES, environment
from calculator.prose import DOCS, Prose, version, words
from rules import LAW
from rules.wording import Wording

# Parts of the page that mean nothing on paper: where a clause stands, and the way to this very document.
_LEFT_OUT = {"clauses", "printed"}

_LAYOUT = """\
#set document(title: {title}, author: "Steunwijzer", date: datetime(year: {year}, month: {month}, day: {day}))
#set text(lang: "{language}", font: "Libertinus Serif", size: 10.5pt, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.85em)
#set page(
  paper: "a4",
  margin: (x: 25mm, top: 22mm, bottom: 24mm),
  footer: context {{
    set text(size: 8pt)
    line(length: 100%, stroke: 0.4pt)
    v(-0.4em)
    {foot}
    h(1fr)
    {page}
  }},
)
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 1): set block(below: 0.9em)
#show heading.where(level: 2): set text(size: 13.5pt)
#show heading.where(level: 2): set block(above: 1.9em, below: 1em, sticky: true)
#show heading.where(level: 3): set text(size: 10.5pt)
#show heading.where(level: 3): set block(above: 0pt, below: 0.75em)
#let question(body) = block(breakable: false, width: 100%, above: 1.6em, below: 0pt, body)
#let sources(body) = block(above: 0.8em, text(size: 7.5pt, par(leading: 0.5em, body)))
"""


def write(site: Path) -> None:
    """Write `faq-LANGUAGE.pdf` at a built site's root, one for each language of the pages."""
    for language in LANGUAGES:
        (site / f"faq-{language}.pdf").write_bytes(pdf(language))


def pdf(language: str) -> bytes:
    """The document in one language."""
    made = datetime.combine(LAW.checked, datetime.min.time(), UTC)
    return typst.compile(
        document(language).encode(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(made.timestamp()),
    )


def document(language: str) -> str:
    """The document as typst reads it: calls and quoted strings alone, so that no text can be taken for markup."""
    said = words()[language]
    day = Wording(language).day(LAW.checked.isoformat())
    note = said["print_note"].format(day=day)
    before, between, after = re.split(r"\{pages?\}", said["print_page"])
    page = f"{_quoted(before)} + counter(page).display() + {_quoted(between)} + str(counter(page).final().first())"
    layout = _LAYOUT.format(
        title=_quoted(said["print_title"]),
        language=language,
        year=LAW.checked.year,
        month=LAW.checked.month,
        day=LAW.checked.day,
        foot=_quoted(f"Steunwijzer {version()} · {note}"),
        page=f"{page} + {_quoted(after)}" if after else page,
    )
    return layout + "\n".join(_blocks(_body(language)))


def _body(language: str) -> Tree.Element:
    """The page as a tree of HTML; on paper, links within the site lead nowhere."""
    text = (DOCS / language / "faq.md").read_text("utf-8")
    markdown = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    prose = Prose(language, lambda page, anchor="": "")
    rendered = environment().from_string(markdown).render(prose.functions())
    converter = Markdown(extensions=["attr_list"], output_format="xhtml")
    return Tree.fromstring(f"<body>{converter.convert(rendered)}</body>")


def _blocks(body: Tree.Element) -> Iterator[str]:
    """The blocks of the document, each question in one with its answer, so that no page breaks it."""
    asked: list[str] = []
    for element in body:
        if element.tag in ("h1", "h2", "h3") and asked:
            yield f"#question[{' '.join(asked)}]"
            asked = []
        if shown := _block(element):
            if element.tag == "h3" or asked:
                asked.append(shown)
            else:
                yield shown
    if asked:
        yield f"#question[{' '.join(asked)}]"


def _block(element: Tree.Element) -> str:
    if element.get("class") in _LEFT_OUT:
        return ""
    match element.tag:
        case "h1" | "h2" | "h3":
            return f"#heading(level: {element.tag[1]})[{_inline(element)}]"
        case "p" if element.get("class") == "sources":
            return f"#sources[{_inline(element)}]"
        case "p":
            return f"#par[{_inline(element)}]" if _inline(element) else ""
        case "ul" | "ol":
            kind = {"ul": "list", "ol": "enum"}[element.tag]
            return f"#{kind}({', '.join(f'[{_inline(item)}]' for item in element)})"
        case _:
            raise ValueError(f"the printed questions do not know the element {element.tag}")


def _inline(element: Tree.Element) -> str:
    parts = [_text(element.text)]
    for child in element:
        if child.get("class") not in _LEFT_OUT:
            parts.append(_span(child))
        parts.append(_text(child.tail))
    return "".join(parts)


def _span(element: Tree.Element) -> str:
    inner = _inline(element)
    match element.tag:
        case "a" if (address := element.get("href", "")).startswith("https://") or address.startswith(
            "http://"
        ):
            return f"{inner}{_text(', ')}#link({_quoted(address)});"
        case "a" | "span":
            return inner
        case "strong" | "b":
            return f"#strong[{inner}];"
        case "em" | "cite":
            language = element.get("lang")
            return f'#text(lang: "{language}", emph[{inner}]);' if language else f"#emph[{inner}];"
        case "code":
            return f"#raw({_quoted(element.text or '')});"
        case _:
            raise ValueError(f"the printed questions do not know the element {element.tag}")


def _text(text: str | None) -> str:
    spaced = re.sub(r"[ \t\n]+", " ", text or "")
    return f"#{_quoted(spaced)};" if spaced else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
