"""Finds numbers of law that somebody typed, where `rules` should have been asked for them.

A rate, a ceiling, a term or a day that stands in prose goes stale on the day the law changes, and nobody
notices. So prose asks for its numbers while the site is built, and this check stops the build when a number,
in digits or in words, stands next to a unit of law: euro, percent, a span of time, people, or a date.

What is code, an address or a quoted title is left alone. A title is quoted by “typographic” or «French» marks
or by `<cite>`; straight marks hide nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("nl", "en", "fr", "de")


class Finding(NamedTuple):
    """A typed number of law: the line on which it starts, and its text."""

    line: int
    text: str


class _Words(NamedTuple):
    """What one language calls numbers, units and months; each a list of patterns."""

    numbers: str
    ordinals: str
    first: str
    units: str
    endings: str  # what makes one word of a number and a unit, as in "driejarig"
    before: str  # units that may come before their number, as in "day 14"
    months: str
    small: str  # words that never stand between a number and its own unit


_DUTCH = (
    r"(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien"
    r"|achttien|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend"
    r"|miljoen|miljard)"
)
_GERMAN = (
    r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn"
    r"|achtzehn|neunzehn|zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend"
    r"|Millionen|Million|Milliarden|Milliarde)"
)
_ENGLISH = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
    r"|million|billion|dozen|half(?:\s+an?)?)"
)
_FRENCH = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente"
    r"|quarante|cinquante|soixante|septante|huitante|nonante|cents?|mille|millions?|milliards?|demi|demie)"
)

_WORDS = {
    "nl": _Words(
        numbers=rf"(?:één|half|halve|anderhalf|(?:(?:één|een|eneen)?(?:en|ën)?{_DUTCH})+(?:en(?:een|één))?)",
        ordinals=rf"(?:(?:één|een)?(?:(?:en|ën)?{_DUTCH})*(?:tweede|derde|{_DUTCH}(?:de|ste)))",
        first="eerste|een",
        units=r"euro'?s?|procent(?:punt(?:en)?)?|(?:kalender|werk|week)?dag(?:en)?|daagse?|wek(?:en|elijkse?)|week"
        r"|maand(?:en|se)?|jaar|jaren|jarige?|uur|uren|perso(?:on|nen)|(?:werk|mede)(?:nemers?|werkers?)"
        r"|personeelsle(?:den|id)|personeelslid|werkenden?|mensen|VTE|voltijdse? equivalent(?:en)?",
        endings=r"(?:daagse?|wekelijkse?|maandse?|maandelijkse?|jarige?)",
        before="jaar|dag",
        months="januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        small="de|het|een|en|of|om|van|in|op|per|voor|tot|te|bij|met|aan|naar|uit|over|is|zijn|die|dat|elke|elk",
    ),
    "en": _Words(
        numbers=rf"(?:{_ENGLISH}(?:(?:\s+and\s+|[\s-]+){_ENGLISH})*)",
        ordinals=rf"(?:(?:{_ENGLISH}[\s-])*(?:second|third|fifth|eighth|ninth|twelfth|{_ENGLISH}th"
        r"|twentieth|thirtieth|fortieth|fiftieth))",
        first="first",
        units=r"euros?|per\s?cent|percentage\spoints?|(?:calendar|working|week)?days?|weeks?|months?|years?|hours?"
        r"|persons?|people|employees?|workers?|staff|FTEs?|full-time\sequivalents?",
        endings=r"(?:day|week|month|year)",
        before="year|day",
        months="January|February|March|April|May|June|July|August|September|October|November|December",
        small="a|an|the|and|or|of|in|on|per|for|to|by|with|at|from|is|are|that|which|each|every|no|can|may|must",
    ),
    "fr": _Words(
        numbers=rf"(?:{_FRENCH}(?:(?:[\s-]+et[\s-]+(?:une?|onze)|[\s-]+(?:une?\b|{_FRENCH})))*)",
        ordinals=rf"(?:(?:{_FRENCH}-)*(?:seconde?|deuxième|troisième|quatrième|cinquième|neuvième"
        r"|[a-z]+(?:z|t|x|d)ième))",
        first="premier|première",
        units=r"euros?|pour\s?cent|points?\sde\spourcentage|jours?|semaines?|mois|ans?|années?|heures?|personnes?"
        r"|salariés?|travailleurs?|employés?|collaborateurs?|ETP|équivalents?\stemps\splein",
        endings=r"(?:ennale?s?)",
        before="année|jour",
        months="janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        small="le|la|les|un|une|des|du|de|et|ou|à|au|aux|en|par|pour|sur|dans|est|sont|qui|que|chaque",
    ),
    "de": _Words(
        numbers=rf"(?:halbe[ns]?|anderthalb|(?:(?:ein)?(?:und)?{_GERMAN})+)",
        ordinals=rf"(?:(?:(?:ein)?(?:und)?{_GERMAN})*(?:dritte|siebte|{_GERMAN}(?:s?te))[nrsm]?)",
        first="erste[nrsm]?|eins",
        units=r"euros?|prozent(?:punkte?n?)?|(?:kalender|werk|arbeits)?tag(?:e|en|es|s)?|wochen?|monat(?:e|en|s)?"
        r"|jahr(?:e|en|es|s)?|stunden?|person(?:en)?|mitarbeiter(?:n|innen)?|mitarbeitende[nr]?|beschäftigte[nr]?"
        r"|arbeitnehmer(?:n|innen)?|angestellte[nr]?|VZÄ|vollzeitäquivalente?n?",
        endings=r"(?:tägige?[nrsm]?|wöchige?[nrsm]?|monatige?[nrsm]?|jährige?[nrsm]?)",
        before="jahr|tag",
        months="Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
        small="der|die|das|den|dem|ein|eine|einen|einem|und|oder|zu|zum|zur|im|in|am|an|pro|für|bis|von|bei|mit"
        "|auf|ist|sind|jede|jeder|jedes|je",
    ),
}

_SPACE = r"[ \t\u00a0\u202f]"
_GAP = rf"(?:{_SPACE}*\n?{_SPACE}*)"  # never across an empty line
_SIGNS = r"(?:€|EUR\b|%|‰)"
_DIGITS = r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?"
_ORDINAL_DIGITS = r"\d+(?:st|nd|rd|th|e|de|ste|er|ère|re|ème|è|\.)"


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = _WORDS[language]
    number = rf"(?:{_DIGITS}|{_ORDINAL_DIGITS}|{words.ordinals}|{words.numbers})"
    # "61 miljoen euro": digits and a magnitude word make one number
    number = rf"{number}(?:{_GAP}-?{_GAP}(?:{words.numbers}))*"
    between = rf"(?:(?!(?:{words.small})\b)[^\W\d_]+{_GAP})?"
    month = rf"(?-i:{words.months})" if language == "en" else f"(?:{words.months})"  # "you may" is no month
    day = rf"(?:\d{{1,2}}(?:st|nd|rd|th|e|er|\.)?|{words.ordinals}|{words.first}|{words.numbers})"
    shapes = [
        rf"{day}{_GAP}(?:(?:of|de){_SPACE}+)?{month}(?:,?{_GAP}\d{{4}})?\b",
        rf"\b{month}{_GAP}\d{{1,4}}(?:st|nd|rd|th)?\b(?:,?{_GAP}\d{{4}}\b)?",
        r"\d{4}-\d{2}-\d{2}\b",
        r"\d{1,2}/\d{1,2}/\d{2,4}\b",
        r"\d{1,2}\.\d{1,2}\.\d{4}\b",
        rf"{number}{_GAP}{_SIGNS}",
        rf"{number}{_GAP}-?{_GAP}{between}(?:{words.units})\b",
        rf"(?:{words.numbers}|{words.ordinals}){words.endings}\b",
        rf"\d+-?{words.endings}\b",
        rf"(?:€|EUR|euro){_SPACE}?\d[\d.,]*",
        rf"(?:{words.before}){_SPACE}\d+\b",
    ]
    return re.compile(rf"(?<![\w.,/-])(?:{'|'.join(shapes)})", re.IGNORECASE)


def check(text: str, language: str) -> list[Finding]:
    """The typed numbers of law in Markdown or HTML prose, in the order in which they stand."""
    prose = _prose(text)
    return [
        Finding(prose.count("\n", 0, found.start()) + 1, " ".join(found.group().split()))
        for found in _pattern(language).finditer(prose)
    ]


_BLANK = (
    "\ufffc"  # stands for what is no prose: neither a space nor a letter, so that nothing joins across it
)
_NO_PROSE = [
    re.compile(pattern, re.DOTALL | re.MULTILINE | re.IGNORECASE)
    for pattern in (
        r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)",
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
        r"<!--.*?-->",
        r"<(code|pre|script|style|kbd|cite|svg)\b.*?</\1\s*>",
        r"(`+).+?\1",
        r"“[^”]*”|„[^“”]*[“”]|«[^»]*»",
        r"^\s*\[[^\]]+\]:\s+\S+",
        r"<?\b(?:https?|mailto):[^\s<>)]+>?|\bwww\.[^\s<>)]+|\b[\w.+-]+@[\w-]+\.[\w.-]+",
        r"^\s*(?:\d+[.)]|#+)(?=\s)",  # the marks of numbered lists and headings
    )
]
_SPOKEN_ATTRIBUTES = re.compile(r"\b(?:title|alt|aria-label|placeholder|content)\s*=\s*(\"[^\"]*\"|'[^']*')")
_TAG = re.compile(r"<[/a-z!](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]\[]*)\]\([^)\s]*(?:\s[^)]*)?\)(?:\{[^}]*\})?")


def _prose(text: str) -> str:
    """The text with everything blanked that nobody reads as prose; its lines stay where they are."""
    for pattern in _NO_PROSE:
        text = pattern.sub(_blank, text)
    text = html.unescape(_TAG.sub(_spoken, _LINK.sub(r"\1", text)))
    return re.sub(r"\*+|~~|(?<!\w)_+|_+(?!\w)", "", text)


def _blank(found: re.Match[str]) -> str:
    return _BLANK + "\n" * found.group().count("\n")


def _spoken(tag: re.Match[str]) -> str:
    """An inline tag is nothing at all; its attributes that people hear or see stay."""
    spoken: list[str] = [value[1:-1] for value in _SPOKEN_ATTRIBUTES.findall(tag.group())]
    lines = "\n" * (tag.group().count("\n") - sum(value.count("\n") for value in spoken))
    return (f" {_BLANK} {f' {_BLANK} '.join(spoken)} {_BLANK} " if spoken else "") + lines


# --- files ---------------------------------------------------------------------------------------


def check_tree(root: Path) -> list[str]:
    """What is typed in the project's own prose, each as `file:line: text`."""
    return [
        f"{path.relative_to(root)}:{line}: {text}"
        for path, languages in _files(root)
        for line, text in check_file(path, languages)
    ]


def check_file(path: Path, languages: tuple[str, ...]) -> list[Finding]:
    """The typed numbers of law in one file, in any of these languages."""
    text = path.read_text(encoding="utf-8")
    parts = _PARTS.get(path.suffix, _whole)
    found = {
        Finding(line + finding.line - 1, finding.text)
        for line, part in parts(text)
        for language in languages
        for finding in check(part, language)
    }
    return sorted(found)


def _files(root: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for language in LANGUAGES:
        for path in sorted((root / "docs" / language).rglob("*.md")):
            yield path, (language,)
        for folder in ("rules", "calculator"):
            for path in sorted((root / folder).rglob(f"{language}.po")):
                yield path, (language,)
    for folder in ("calculator", "docs/overrides"):
        for suffix in ("html", "js"):
            for path in sorted((root / folder).rglob(f"*.{suffix}")):
                yield path, LANGUAGES


def _whole(text: str) -> Iterator[tuple[int, str]]:
    yield 1, text


_JAVASCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/|(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)", re.DOTALL
)


def _strings(text: str) -> Iterator[tuple[int, str]]:
    """The strings of a script; a bare measure such as "100%" is for the layout."""
    for found in _JAVASCRIPT.finditer(text):
        string = found.group(1)
        if string and string[1:-1] != "100%":
            yield text.count("\n", 0, found.start()) + 1, string[1:-1]


_TRANSLATION = re.compile(r"^msgid \"(.+)\"\nmsgstr((?:\s*\"(?:[^\"\\\n]|\\.)*\"\n?)+)", re.MULTILINE)


def _translations(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a catalogue; what stands in braces is filled in later. Help tells examples, not law."""
    for found in _TRANSLATION.finditer(text):
        if found.group(1).endswith(".help"):
            continue
        sentence = "".join(re.findall(r"\"((?:[^\"\\\n]|\\.)*)\"", found.group(2)))
        yield text.count("\n", 0, found.start(2)) + 1, re.sub(r"\{[^}]*\}", _BLANK, sentence)


_PARTS = {".js": _strings, ".po": _translations}
