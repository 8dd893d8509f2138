"""The check for typed numbers of law sees them in every language, and lets ordinary prose pass."""

from pathlib import Path

import pytest

from calculator import numbers

PLANTED = {
    "nl": [
        "U krijgt 30 % steun.",
        "U krijgt 30% steun.",
        "U krijgt dertig procent steun.",
        "Hoogstens 7.500 euro per jaar.",
        "Hoogstens € 7 500.",
        "Hoogstens EUR 7500.",
        "Goed voor 61 miljoen euro.",
        "Vijfentwintig euro per maaltijd.",
        "Tot veertien dagen na de start.",
        "Tot 14 kalenderdagen na de start.",
        "Tot **14** dagen na de start.",
        "Tot 14&nbsp;dagen na de start.",
        "Een veertiendaagse termijn.",
        "Op de veertiende dag.",
        "Op de 14e dag.",
        "Binnen de 30\ndagen.",
        "Minder dan 50 werknemers.",
        "Minder dan tweehonderdvijftig personen.",
        "Ten minste één werknemer.",
        "Drie opeenvolgende jaren.",
        "Een half jaar.",
        "Zes maanden en geen dag langer.",
        "Sinds 1 december 2019.",
        "Elk jaar op 31 december.",
        "Sinds december 2019.",
        "Op eerste januari.",
        "Sinds 2019-12-01.",
        "Sinds 1/12/2019.",
        "In het jaar 2020.",
        '<img src="x.png" alt="30 % steun">',
        "[14 dagen](faq.md) na de start.",
    ],
    "en": [
        "You get 30 percent.",
        "You get thirty per cent.",
        "It rises by 15 percentage points.",
        "Up to 7,500 euro a year.",
        "Up to seven thousand five hundred euro.",
        "Up to €25 a meal.",
        "Within fourteen days.",
        "A 14-day term.",
        "A six-month project.",
        "Within 14 calendar days.",
        "On the fourteenth day.",
        "On the 14th day.",
        "Half a year.",
        "Fewer than fifty employees.",
        "At least one employee.",
        "Three weeks later.",
        "Since 1 December 2019.",
        "Since December 1, 2019.",
        "On the first of January.",
        "In May 2021.",
        "By 15 March.",
        "Since 2019-12-01.",
    ],
    "fr": [
        "Vous recevez 30 % de soutien.",
        "Trente pour cent.",
        "Vingt-cinq euros.",
        "Dans les quatorze jours.",
        "Le quatorzième jour.",
        "Moins de cinquante travailleurs.",
        "Pendant six mois.",
        "Le 1er décembre 2019.",
        "Le premier janvier.",
        "Depuis janvier 2023.",
        "Quatre-vingt-dix euros.",
    ],
    "de": [
        "Sie erhalten 30 % Förderung.",
        "Dreißig Prozent.",
        "Fünfundzwanzig Euro.",
        "Innerhalb von vierzehn Tagen.",
        "Am vierzehnten Tag.",
        "Am 14. Tag.",
        "Eine vierzehntägige Frist.",
        "Weniger als 250 Beschäftigte.",
        "Höchstens sechs Monate.",
        "Seit dem 1. Dezember 2019.",
        "Seit dem ersten Januar.",
        "Seit Januar 2023.",
    ],
}

ORDINARY = {
    "nl": [
        "Er zijn twee regelingen en drie manieren om te beginnen.",
        "Stap 1. Kies uw dienst.",
        "1. Dagen tellen we per kalender.",
        "Een dag later is te laat; een jaar later ook.",
        "De eerste dag van de opleiding.",
        "Schrijf `14 dagen` in de code.",
        "```\nfee = 1000 euro, 2019-12-01\n```",
        "Zie https://example.org/2019-12-01/30-dagen voor meer.",
        "Het bericht “Vanaf 1 februari 2026 enkel nog advies” zegt het.",
        "<cite>Hervorming per 1 januari 2023</cite>",
        'U krijgt {{ value("support_rate.small") }} steun.',
        'Tot {{ value("application_term", on="2019-11-30") }} na de start.',
        '[Bron](https://example.org/14-dagen "uitleg")',
        "Vraag het voor het jaar om is.",
        "Regel K14 en regel W02.",
        "Het nummer DV.O214464 begint met een letter.",
    ],
    "en": [
        "There are two schemes and three ways in.",
        "You may apply on the first day.",
        "Step 3: pay the provider.",
        "Two questions a day are plenty.",
        "Read it twice before the day comes.",
        "The version is 1.2.3 and the port is 8000.",
        "<code>30 %</code> is an example.",
    ],
    "fr": [
        "Il y a deux régimes.",
        "Un an plus tard.",
        "Le premier jour de la formation.",
        "Étape 2 : payez.",
    ],
    "de": [
        "Es gibt zwei Regelungen.",
        "Ein Jahr später.",
        "Der erste Tag der Schulung.",
        "Schritt 2: zahlen.",
    ],
}


@pytest.mark.parametrize(("language", "text"), [(key, text) for key in PLANTED for text in PLANTED[key]])
def test_a_planted_number_is_seen(language: str, text: str) -> None:
    assert numbers.check(text, language)


@pytest.mark.parametrize(("language", "text"), [(key, text) for key in ORDINARY for text in ORDINARY[key]])
def test_ordinary_prose_passes(language: str, text: str) -> None:
    assert numbers.check(text, language) == []


def test_a_finding_names_its_line() -> None:
    text = "# Title\n\n```\n30 days\n```\n\nApply within\n14 days.\n"
    assert numbers.check(text, "en") == [numbers.Finding(8, "14 days")]


def test_scripts_are_read_for_their_strings(tmp_path: Path) -> None:
    script = tmp_path / "page.js"
    script.write_text('// 30 days\nconst wide = "100%";\nconst term = "within 30 days";\n')
    assert numbers.check_file(script, ("en",)) == [numbers.Finding(3, "30 days")]


def test_catalogues_are_read_for_their_sentences(tmp_path: Path) -> None:
    catalogue = tmp_path / "en.po"
    catalogue.write_text('msgid "within 14 days"\nmsgstr ""\n"within {term}, "\n"or 30 days"\n')
    assert numbers.check_file(catalogue, ("en",)) == [numbers.Finding(2, "30 days")]


def test_nothing_is_typed_in_the_project() -> None:
    assert numbers.check_tree(Path(__file__).parents[2]) == []
