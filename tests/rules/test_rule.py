"""How rules are written: what a mark makes of a function, and a scheme of its rules."""

from __future__ import annotations

from typing import Any

from rules.rule import Rule, condition, deadline, notice, step
from rules.scheme import Scheme


def test_a_mark_makes_a_rule_with_the_functions_name_clauses_and_sources() -> None:
    @condition("K01 K02", sources="here there")
    def good(case: Any) -> bool:
        return bool(case)

    @step("K03")
    def share(case: Any) -> Any:
        return case

    @notice()
    def said(case: Any) -> bool:
        return bool(case)

    assert [(rule.id, rule.kind, rule.clauses, rule.sources) for rule in (good, share, said)] == [
        ("good", "condition", ("K01", "K02"), ("here", "there")),
        ("share", "step", ("K03",), ()),
        ("said", "notice", (), ()),
    ]
    assert all(rule.required for rule in (good, share, said))


def test_a_deadline_is_required_unless_it_is_said_to_be_advised() -> None:
    @deadline("K14")
    def last_day(case: Any) -> Any:
        return case

    @deadline("K14", id="last_day", required=False)
    def better_day(case: Any) -> Any:
        return case

    assert [(rule.id, rule.kind, rule.required) for rule in (last_day, better_day)] == [
        ("last_day", "deadline", True),
        ("last_day", "deadline", False),
    ]


def test_a_scheme_sorts_its_rules_by_kind_and_keeps_their_order() -> None:
    def rule(id: str, kind: str) -> Rule:
        return Rule(id, kind, lambda case: case, ())

    kinds = ["notice", "condition", "step", "deadline"]
    scheme = Scheme(
        "some",
        state="state",
        laws=("some",),
        rules=[rule(f"{kind}_{number}", kind) for number in (2, 1) for kind in kinds],
        amounts=("step_1",),
        refused={},
        asked_when_refused=(),
    )
    assert list(scheme.steps) == ["step_2", "step_1"]
    assert [rule.id for rule in scheme.conditions] == ["condition_2", "condition_1"]
    assert [rule.id for rule in scheme.deadlines] == ["deadline_2", "deadline_1"]
    assert [rule.id for rule in scheme.notices] == ["notice_2", "notice_1"]
    assert scheme.answers == ("step_1", "rate")
