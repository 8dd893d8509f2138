"""The tree of rules: what each rule says exists in each language, and what it decides names who says so."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from rules import LANGUAGES, LAW, SCHEMES
from rules.rule import Rule
from rules.wording import Wording
from tests.rules.cases import calculate
from tests.rules.random_cases import random_cases

MODULES = sorted((Path(__file__).parents[2] / "rules").rglob("*.py"))
RULES = [
    pytest.param(scheme.id, rule, id=f"{scheme.id}-{rule.kind}-{rule.id}-{rule.required}")
    for scheme in SCHEMES.values()
    for rule in chain(scheme.steps.values(), scheme.conditions, scheme.deadlines, scheme.notices)
]


def calls(tree: ast.AST) -> Iterator[tuple[str, list[Any]]]:
    """The calls in a piece of code: what is called, and the constants that it is given (None: no constant)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield name, [part.value if isinstance(part, ast.Constant) else None for part in node.args]


def messages_of(scheme: str, rule: Rule) -> list[list[str]]:
    """The messages that a rule needs; of each inner list, one is enough."""
    if rule.kind == "condition":
        code = ast.parse(dedent(inspect.getsource(rule.function)))
        findings = [given[1] for name, given in calls(code) if name == "Finding" and len(given) > 1]
        own = [[f"condition.{rule.id}.{said}", "condition.generic.silent"] for said in findings if said]
        return [[f"condition.{rule.id}.label"], *own]
    if rule.kind == "deadline":
        kind = "required" if rule.required else "advised"
        return [[f"deadline.{scheme}.{rule.id}.{kind}"]]
    if rule.kind == "notice":
        return [[f"notice.{rule.id}"]]
    shown = [[f"amount.{rule.id}.label"]] if rule.id in SCHEMES[scheme].answers else []
    return [*shown, [f"trace.{rule.id}", f"trace.{rule.id}.plain"]] if shown else []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "rule"), RULES)
def test_what_a_rule_says_exists_in_each_language(scheme: str, rule: Rule, language: str) -> None:
    wording = Wording(language)
    for ids in messages_of(scheme, rule):
        assert any(wording.text(id) for id in ids), ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_that_code_names_exists(language: str) -> None:
    wording = Wording(language)
    trees = [ast.parse(module.read_text("utf-8")) for module in MODULES]
    named = {
        given[0]
        for name, given in chain.from_iterable(map(calls, trees))
        if name in ("wording", "filled") and given and isinstance(given[0], str)
    }
    assert len(named) > 20
    assert [id for id in sorted(named) if wording.text(id) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_sentence(language: str) -> None:
    wording = Wording(language)
    trees = [ast.parse(module.read_text("utf-8")) for module in MODULES]
    made = list(chain.from_iterable(map(calls, trees)))
    codes = {given[1] for name, given in made if name == "Refusal" and len(given) > 1 and given[1]}
    codes |= {given[0] for name, given in made if name == "NotRead" and given and given[0]}
    assert len(codes) > 10
    assert [code for code in sorted(codes) if wording.text(f"error.{code}") is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_has_its_name(language: str) -> None:
    wording = Wording(language)
    groups = {id.split(".")[0] for id in LAW.parameters}
    assert [group for group in sorted(groups) if wording.text(f"parameter.{group}") is None] == []


def test_every_condition_cites_a_clause_or_a_source() -> None:
    told = [
        ((outcome["scheme"], condition["id"]), condition)
        for outcome in (calculate(case, "en") for case in random_cases(1_000))
        for condition in outcome["conditions"]
    ]
    everything = {(scheme.id, rule.id) for scheme in SCHEMES.values() for rule in scheme.conditions}
    assert everything - {name for name, _ in told} == set(), "no random case comes to these"
    silent = {name for name, condition in told if not (condition["clauses"] or condition["sources"])}
    assert silent == set()
    assert {source for _, condition in told for source in condition["sources"]} <= set(LAW.sources)
