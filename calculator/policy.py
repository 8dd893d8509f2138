"""The build's last step on pages: make them keep a content security policy without exceptions.

The theme writes small scripts into its pages, and Markdown writes alignments into style attributes.
Both would need `unsafe-inline`. Here each such script moves to a file named by its content, each
style attribute to a class, and the page gets the policy itself. What cannot be moved stops the build.
"""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from calculator.headers import IMMUTABLE, page_policy

_DATA = {"application/json", "application/ld+json", "text/html", "text/plain"}  # types that never run
_ADDRESSES = {"action", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"}
_LOADING = {"audio", "embed", "iframe", "img", "input", "object", "script", "source", "track", "use", "video"}
_LOADING_LINKS = {"icon", "manifest", "modulepreload", "preload", "stylesheet"}

_Attributes = list[tuple[str, str | None]]


class Refused(Exception):
    """Pages hold what the policy blocks and the build cannot move."""


def tighten(site: Path, url: str) -> None:
    """Make every page of a built site keep the policy; `url` is where the site will lie."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site)
        # A page for missing addresses is shown at any depth, so its addresses start at the host's root.
        up = urlsplit(url).path if name.name == "404.html" else "../" * (len(name.parts) - 1)
        pages[file] = _Page(file.read_text("utf-8"), up)
    if refused := [
        f"{file.relative_to(site)}, {what}" for file, page in pages.items() for what in page.refused
    ]:
        raise Refused("the content security policy would block:\n  " + "\n  ".join(refused))
    scripts = {name: text for page in pages.values() for name, text in page.scripts.items()}
    classes = {name: rules for page in pages.values() for name, rules in page.classes.items()}
    # A style attribute outranks every selector but yields to scripts; so does an id that no element has.
    sheet = "".join(f".{name}:not(#_) {{ {classes[name]} }}\n" for name in sorted(classes))
    sheet_name = f"{_digest(sheet)}.css"
    folder = site / IMMUTABLE
    folder.mkdir()
    for made, text in {**scripts, sheet_name: sheet}.items():
        (folder / made).write_text(text, "utf-8")
    for file, page in pages.items():
        file.write_text(page.rewritten(sheet_name), "utf-8")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class _Page(HTMLParser):
    """A page that was read, and what has to change in it, as spans of its text."""

    def __init__(self, source: str, up: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source, self.up = source, up
        self.scripts: dict[str, str] = {}  # file name: text
        self.classes: dict[str, str] = {}  # class: declarations
        self.refused: list[str] = []
        self._edits: list[tuple[int, int, str]] = []  # start, end, replacement
        self._lines = [0]
        for line in source.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._inline: tuple[int, _Attributes] | None = None  # the script that is open
        self._head = self._head_end = 0
        self.feed(source)
        self.close()
        if not self._head or not self._head_end:
            self.refused.append("which has no head to hold the policy")

    def rewritten(self, sheet: str) -> str:
        """The page's text with all changes made."""
        policy = f'<meta http-equiv="Content-Security-Policy" content="{page_policy()}">'
        edits = [*self._edits, (self._head, self._head, f"\n{policy}")]
        if self.classes:
            link = f'<link rel="stylesheet" href="{self.up}{IMMUTABLE}/{sheet}">\n'
            edits.append((self._head_end, self._head_end, link))
        text = self.source
        for start, end, replacement in sorted(edits, reverse=True):
            text = text[:start] + replacement + text[end:]
        return text

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        start, raw = self._here(), self.get_starttag_text() or ""
        given = {name: value or "" for name, value in attrs}
        if tag == "head" or (tag == "meta" and "charset" in given):
            self._head = self._head_end or start + len(raw)
        self._refuse(tag, given)
        if tag == "script" and "src" not in given and given.get("type", "").lower() not in _DATA:
            self._inline = (start, attrs)
        if tag == "link" and "next" in given.get("rel", "").lower().split():
            self._edits.append((start, start + len(raw), ""))  # which Firefox would fetch ahead
        if "style" in given:
            self._edits.append((start, start + len(raw), self._restyled(tag, attrs, raw.endswith("/>"))))

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self._head_end = self._here()
        if tag == "script" and self._inline:
            start, attributes = self._inline
            opening = self.source.index(">", start) + 1
            text = self.source[opening : self._here()].strip() + "\n"
            name = f"{_digest(text)}.js"
            self.scripts[name] = text
            moved = _tag("script", [*attributes, ("src", f"{self.up}{IMMUTABLE}/{name}")])
            self._edits.append((start, self._here(), moved))
            self._inline = None

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _restyled(self, tag: str, attributes: _Attributes, closed: bool) -> str:
        values = {name: value or "" for name, value in attributes}
        declarations = values.pop("style").strip().rstrip(";")
        name = f"styled-{_digest(declarations)[:8]}"
        self.classes[name] = declarations
        values["class"] = f"{values.get('class', '')} {name}".strip()
        return _tag(tag, list(values.items()), closed)

    def _refuse(self, tag: str, attributes: dict[str, str]) -> None:
        """Note what can neither stay nor be moved."""
        found = []
        if tag == "style":
            found.append("a style element: write a style sheet")
        if tag == "base":
            found.append("a base element: write addresses relative to the page")
        if attributes.get("type", "").lower() in ("importmap", "speculationrules"):
            found.append("a script that only the page itself can hold")
        if "srcdoc" in attributes:
            found.append("a document in an attribute")
        for name, value in attributes.items():
            if name.startswith("on"):
                found.append(f"the event handler {name}: listen from a script's file")
            if name in _ADDRESSES and re.match(r"[\s\x00-\x20]*javascript:", value, re.IGNORECASE):
                found.append(f"a script as the address in {name}")
        loads = tag in _LOADING or (
            tag == "link" and _LOADING_LINKS & set(attributes.get("rel", "").lower().split())
        )
        for name in ("src", "data", "href") if loads else ():
            address = urlsplit(attributes.get(name, "").strip())
            if address.netloc or address.scheme not in ("", "data"):
                found.append(f"something from elsewhere: {attributes[name]}")
        self.refused += [f"line {self.getpos()[0]}, holds {what}" for what in found]


def _tag(name: str, attributes: _Attributes, closed: bool = False) -> str:
    written = [f' {name}="{_escaped(value)}"' if value else f" {name}" for name, value in attributes]
    return f"<{name}{''.join(written)}{' /' if closed else ''}>"


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
