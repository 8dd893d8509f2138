"""Reads places back out of a page's HTML, as the binder in the browser would find them there."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

TEMPLATES = ("template", "defs")


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self) -> list[Element]:
        """This element and all in it, templates' content left out."""
        inside = [] if self.tag in TEMPLATES else [found for child in self.elements for found in child.all()]
        return [self, *inside]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], "something is not closed"
    return reader.root


def read(element: Element) -> dict[str, Any]:
    """The places of an element and of all in it; what is empty or hidden is absent."""
    found: dict[str, Any] = {}
    attributes = element.attributes
    if (name := attributes.get("data-show")) and "hidden" not in attributes:
        found[name] = True
    for pair in (attributes.get("data-set") or "").split():
        attribute, name = pair.split(":")
        if attribute in attributes:
            found[name] = attributes[attribute] or True
    if name := attributes.get("data-put"):
        if element.text:
            found[name] = element.text
    elif name := attributes.get("data-each"):
        items = [read(child) for child in element.elements if child.tag not in TEMPLATES]
        if items:
            found[name] = items
    elif "data-view" not in attributes:  # a panel has places of its own
        for child in element.elements:
            for name, place in read(child).items():
                if name not in found or found[name] is True:
                    found[name] = place
    return found
