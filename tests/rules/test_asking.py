"""In what order unknown facts are asked for: trees made by hand, with the support in cents at their ends."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from rules.asking import questions
from rules.case import Reading
from rules.weighing import Amounts
from rules.worlds import Branching, Interval, Span, Tree
from tests.rules.cases import unraised

NAMES = ("support", "own_share")


def world(support: Any = None, own_share: Any = 0) -> Amounts:
    """An ending with these amounts."""
    given = {"support": support, "own_share": own_share}
    readings = {name: Reading(value, ()) for name, value in given.items() if value is not None}
    return Amounts([SimpleNamespace(readings=readings)])  # type: ignore[list-item]


def fork(fact: str, *branches: Tree) -> Branching:
    return Branching(fact, tuple(((place,), branch) for place, branch in enumerate(branches)))


def over(fact: str, low: int, high: int) -> Span:
    return Span.of({}, fact, Interval(low, high))


def moving(tree: Tree | None) -> list[str]:
    return unraised(questions, [], tree, NAMES).moving  # type: ignore[no-any-return]


def test_what_moves_the_support_farthest_comes_first() -> None:
    """Size moves 300 cents, theme 100, however large the support itself is; the legal form moves 900."""
    tree = fork(
        "legal_form", fork("theme", world(1000), world(900)), fork("enterprise_size", world(0), world(300))
    )
    assert moving(tree) == ["legal_form", "enterprise_size", "theme"]


def test_either_end_of_the_support_may_be_moved() -> None:
    rises = fork("theme", world(over("fee", 0, 500)), world(over("fee", 300, 500)))  # its least, by 300
    falls = fork("service", world(over("fee", 0, 500)), world(over("fee", 0, 700)))  # its most, by 200
    assert moving(fork("legal_form", rises, falls)) == ["fee", "theme", "legal_form", "service"]


def test_an_unknown_figure_moves_the_support_by_itself() -> None:
    assert moving(fork("theme", world(over("fee", 0, 50)), world(100))) == ["theme", "fee"]
    assert moving(fork("theme", world(over("fee", 0, 150)), world(100))) == ["fee", "theme"]


def test_what_moves_no_support_comes_after_what_does_in_the_order_of_the_vocabulary() -> None:
    only_own = world(300, over("fee", 0, 900))
    assert moving(fork("enterprise_size", only_own, world(300, 7))) == ["enterprise_size", "fee"]
    assert moving(fork("enterprise_size", only_own, world(301, 7))) == ["enterprise_size", "fee"]
    assert moving(fork("deposit", world(300, over("fee", 0, 9)), world(300, 7))) == ["fee", "deposit"]


def test_where_there_is_no_support_at_all_nothing_moves_it() -> None:
    nowhere = fork("theme", world(None, over("enterprise_size", 0, 9)), world(None, 7))
    assert moving(nowhere) == ["enterprise_size", "theme"]


def test_an_end_without_a_bound_is_not_held_against_another() -> None:
    """A support of at least 100 and one of at least 300 lie 200 apart, and either 100 or more from none."""
    endless = [world(over("fee", low, 10**18)) for low in (100, 300)]
    tree = fork("legal_form", fork("theme", *endless), fork("service", world(0), world(201)))
    assert moving(tree) == ["fee", "service", "theme", "legal_form"]


def test_a_product_of_two_facts_asks_for_both() -> None:
    assert moving(world(over("participants*days", 0, 9))) == ["participants", "days"]
    assert moving(world(over("few:days", 0, 9))) == ["days"]


def test_what_the_sources_leave_open_and_earlier_projects_decide_is_asked_of_nobody() -> None:
    assert moving(fork("law:support_rate.small", world(1), world(2))) == []
    assert moving(fork("plan:past", world(1), world(2))) == []


def test_worlds_are_alike_where_the_same_steps_come_to_the_same() -> None:
    assert world(300) == world(300)
    assert world(300) != world(301)
    assert world(300) != world(None)
    assert world(300, over("fee", 0, 5)) == world(300, over("fee", 0, 5))
    assert world(300, over("fee", 0, 5)) != world(300, over("fee", 0, 6))
    assert Amounts([*world(300).reasons, *world(1).reasons]) != world(300)
    own = [Amounts(world(300, own).reasons, ("support",)) for own in (7, 8)]
    assert own[0] == own[1]  # where only the support is asked for
    assert Amounts(world(None, 7).reasons, ("support",)) != own[0]


def test_nothing_is_asked_where_nothing_is_left_open() -> None:
    assert moving(None) == []
    assert moving(world(300)) == []
    assert questions([], fork("theme", world(1), world(2)), ()).moving == []
