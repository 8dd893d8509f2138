"""A scheme: its rules, and the names under which they answer."""

from __future__ import annotations

from rules.case import answers_to
from rules.rule import Rule


class Scheme:
    """One scheme: its rules in the order of the law's text, and the names under which they answer.

    ``state`` is the parameter that says whether applications are taken; ``amounts`` are the steps that the
    outcome shows; ``refused`` is what some of them are where there is no support.
    """

    def __init__(
        self,
        id: str,
        *,
        state: str,
        laws: tuple[str, ...],
        rules: list[Rule],
        amounts: tuple[str, ...],
        refused: dict[str, int],
        asked_when_refused: tuple[str, ...],
    ):
        self.id = id
        self.state = state
        self.laws = laws
        self.steps = {rule.id: rule for rule in rules if rule.kind == "step"}
        answers_to(self.steps)
        self.conditions = [rule for rule in rules if rule.kind == "condition"]
        self.deadlines = [rule for rule in rules if rule.kind == "deadline"]
        self.notices = [rule for rule in rules if rule.kind == "notice"]
        self.amounts = amounts
        self.answers = (*amounts, "rate")
        self.refused = refused
        self.asked_when_refused = asked_when_refused
