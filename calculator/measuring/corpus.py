"""The cases that others published and the examples that the pages work out, as a page asks for them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from calculator.hooks import asked
from calculator.prose import DOCS, Case, Prose
from rules import LANGUAGES, LAW
from rules.facts import FACTS
from rules.wording import WORDINGS

_LANGUAGE = "nl"  # of the pages whose examples are read: the others have the same


def requests(root: Path) -> list[bytes]:
    """All of them, in each language that a visitor can choose."""
    return [
        page_request(facts, language).encode()
        for facts in (*published(root).values(), *examples())
        for language in LANGUAGES
    ]


def by_language(requests: Iterable[bytes]) -> dict[str, list[bytes]]:
    """Requests by the language of the page that would send them; the first language's, where they name none."""
    found: dict[str, list[bytes]] = {language: [] for language in LANGUAGES}
    for request in requests:
        try:
            content = json.loads(request)
        except (ValueError, RecursionError):
            content = None
        language = content.get("language") if isinstance(content, dict) else None
        found[language if language in LANGUAGES else LANGUAGES[0]].append(request)
    return found


def published(root: Path) -> dict[str, dict[str, Any]]:
    """The facts of each published case, by its name."""
    files = sorted((root / "tests" / "published").glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text("utf-8"))["request"] for file in files}


def examples() -> list[dict[str, Any]]:
    """The facts of each example that the pages work out."""
    noted: list[dict[str, Any]] = []

    class Noting(Prose):
        def calculate(self, scheme: str = "kmo_portefeuille", **facts: Any) -> Case:
            case = super().calculate(scheme, **facts)
            noted.append({"scheme": scheme, **case.facts})
            return case

    for page in sorted((DOCS / _LANGUAGE).glob("*.md")):
        asked(page.read_text("utf-8"), Noting(_LANGUAGE, lambda page, anchor="": ""), site="")
    return noted


def page_request(facts: Mapping[str, Any], language: str) -> str:
    """A request as the page sends it: everything as people type it."""
    typed = {name: _typed(name, value, language) for name, value in facts.items()}
    day = LAW.checked.isoformat()
    return json.dumps({"facts": typed, "language": language, "view": "calculator", "today": day})


def _typed(name: str, value: Any, language: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "+".join(value)
    if FACTS[name].kind in ("money", "percentage", "number"):
        return str(value).replace(".", WORDINGS[language]("format.decimal_mark"))
    return str(value)
