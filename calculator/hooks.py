"""What MkDocs calls while it builds the pages of one language.

Each page's Markdown is a Jinja template: its functions (`calculator.prose`) ask the rules. A calculator is put
in last of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import partial
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from calculator import form, numbers, pages
from calculator.prose import ROOT, Prose
from rules import LAW
from rules.wording import WORDINGS

# The languages of the pages, each with its own name and its folder in the site.
LANGUAGES = {"nl": ("Nederlands", ""), "en": ("English", "en/")}

# What the theme's settings say, in each language.
WORDS = {
    "nl": {
        "dark": "Donker",
        "light": "Licht",
        "more": "Meer",
        "table": "Tabel",
        "standing": "Geen officiële site. Regels het laatst nagekeken op {day}.",
    },
    "en": {
        "dark": "Dark",
        "light": "Light",
        "more": "More",
        "table": "Table",
        "standing": "No official site. Rules last checked on {day}.",
    },
}

_SHEET = r'<link rel="stylesheet"[^>]*>'

# What stands on a page of its own, put in as the calculator is.
TOOLS = {"planner": pages.planner, "batch": pages.batch}

# What checkers find in the theme's own templates: template, text, its replacement.
FIXES = [
    # a checkbox has no autocomplete
    ("base.html", 'id="__drawer" autocomplete="off"', 'id="__drawer"'),
    ("base.html", 'id="__search" autocomplete="off"', 'id="__search"'),
    # the search dialog has no name
    ("partials/search.html", 'role="dialog"', """role="dialog" aria-label="{{ lang.t('search') }}\""""),
    # a label of a section that stands open has an empty tabindex
    (
        "partials/nav-item.html",
        'tabindex="{{ tabindex }}"',
        '{% if tabindex %}tabindex="{{ tabindex }}"{% endif %}',
    ),
    # its script asks the address of each language for a sitemap, wherever the site lies: ours says it all itself
    (
        "base.html",
        """<link rel="alternate" href="{{ alt.link | url }}" hreflang="{{ alt.lang | d(lang.t('language')) }}">""",
        "",
    ),
    # the theme's filter loses its way above a language's folder: these links are ready as they are
    ("partials/alternate.html", "alt.link | url", "alt.link"),
]


class Mended(BaseLoader):
    """The theme's templates with `FIXES` applied; one that no longer fits stops the build."""

    def __init__(self, theme: BaseLoader):
        self.theme = theme

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """A template's text, mended."""
        source, filename, uptodate = self.theme.get_source(environment, template)
        for name, old, new in FIXES:
            if name == template:
                if old not in source:
                    raise PluginError(
                        f"{name} no longer holds {old!r}: look at FIXES in calculator/hooks.py again"
                    )
                source = source.replace(old, new)
        return source, filename, uptodate


def on_config(config: MkDocsConfig) -> None:
    """Say the theme's settings in the page's language."""
    for scheme in config.theme["palette"]:
        toggle = scheme["toggle"]
        toggle["name"] = WORDS[_language(config)].get(toggle["name"], toggle["name"])
    config.extra["alternate"] = _alternates(config, "")
    day = WORDINGS[_language(config)].day(LAW.checked.isoformat())
    config.copyright = WORDS[_language(config)]["standing"].format(day=day)


def on_pre_build(config: MkDocsConfig) -> None:
    """Stop where a number of law was typed."""
    if typed := numbers.check_tree(ROOT):
        listed = "\n  ".join(typed)
        raise PluginError(f"numbers of law are typed where the rules should be asked for them:\n  {listed}")


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Name the sections of the menu in the page's language."""
    for item in nav.items:
        if isinstance(item, Section):
            item.title = WORDS[_language(config)][item.title]


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Mend the theme's templates."""
    if env.loader is not None:
        env.loader = Mended(env.loader)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let the page's prose ask the rules."""
    prose = Prose(_language(config), lambda target, anchor="": _way(page, config, target, anchor))
    try:
        return asked(markdown, prose, _root(config))
    except (TemplateError, LookupError, ValueError) as error:
        line = f", line {error.lineno} of its text" if hasattr(error, "lineno") else ""
        raise PluginError(f"{page.file.src_uri}{line}: {type(error).__name__}: {error}") from error


def asked(markdown: str, prose: Prose, site: str) -> str:
    """A page's Markdown with all that it asks for, and places where calculators and tools are put in later."""
    tools = {name: partial(_reserve, name) for name in TOOLS}
    functions = prose.functions() | {"calculator": _reserve, "site": site, **tools}
    return environment().from_string(markdown).render(functions)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let a wide table scroll by keyboard too."""
    label = WORDS[_language(config)]["table"]
    frame = f'<div class="page-table" role="group" aria-label="{label}" tabindex="0"><table class="page-table__table">'
    return html.replace("<table>", frame).replace("</table>", "</table></div>")


def on_page_context(
    context: MutableMapping[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """The switch of language leads to the same page."""
    config.extra["alternate"] = _alternates(config, page.url)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put each calculator and tool in its place; so late that neither Markdown nor the search index knows of it.

    Their style sheets go into the page's head, so that the browser asks for them before it reads all the rest. A page
    without any calculator fetches ahead what they start with.
    """
    root, home = _root_from(page.url, config), _way(page, config, "index", "")

    sheets: dict[str, None] = {}

    def calculator(place: re.Match[str]) -> str:
        if tool := TOOLS.get(place[1]):
            return without_sheets(str(tool(_language(config), root=root)))
        scheme = place[1] or None
        rendered = form.render(scheme, _language(config), root=root, elsewhere=home if scheme else "")
        return f'<div class="calculator">{without_sheets(str(rendered))}</div>'

    def without_sheets(rendered: str) -> str:
        sheets.update(dict.fromkeys(re.findall(_SHEET, rendered)))
        return re.sub(_SHEET, "", rendered)

    place = r'<div class="calculator-place" id="calculator-([a-z_]*)"></div>'
    filled, calculators = re.subn(place, calculator, output)
    if calculators:
        return filled.replace("</head>", f"{''.join(sheets)}</head>", 1)
    ahead = f'<script type="module" src="{root}py/ahead.js"></script>'
    return filled.replace("</body>", f"{ahead}</body>")


def environment() -> Environment:
    """How prose is read as a template: what it asks for and is not there stops the build."""
    return Environment(
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    )  # HTML is made by us


def _reserve(scheme: str = "") -> str:
    return f'<div class="calculator-place" id="calculator-{scheme}"></div>'


def _way(page: Page, config: MkDocsConfig, target: str, anchor: str) -> str:
    """The way to another page's anchor, or to a file at the site's root."""
    if not target:
        return _root_from(page.url, config) + anchor
    way = f"{get_relative_url('' if target == 'index' else target, page.url).rstrip('/')}/"
    return f"{way}#{anchor}" if anchor else way


def _root_from(url: str, config: MkDocsConfig) -> str:
    """The way from a page to the site's root."""
    return f"{get_relative_url('', url).rstrip('/')}/{config.extra['up']}"


def _language(config: MkDocsConfig) -> str:
    return str(config.theme["language"])


def _root(config: MkDocsConfig) -> str:
    """The address of the site's root."""
    folder = LANGUAGES[_language(config)][1]
    return str(config.site_url).removesuffix(folder)


def _alternates(config: MkDocsConfig, url: str) -> list[dict[str, str]]:
    return [
        {
            "name": name,
            "lang": language,
            "link": f"{_root_from(url, config)}{folder}{url}",
            "address": f"{_root(config)}{folder}{url}",
        }
        for language, (name, folder) in LANGUAGES.items()
    ]
