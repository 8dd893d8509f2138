"""What is unknown, by itself: choices, spans between two ends, forks and trees. Small figures, worked out by hand."""

from __future__ import annotations

from functools import partial
from operator import gt, le
from typing import Any

import pytest

from rules.weighing import Range, hull, range_of, range_over
from rules.worlds import (
    UNBOUNDED,
    Box,
    Branching,
    Choice,
    Fork,
    Interval,
    Leaf,
    Options,
    Span,
    branching,
    decide,
    endings,
    facts_of,
    forks,
    greatest,
    least,
    leaves,
    lift,
    meet,
    restricted,
    rounded_twice,
    set_apart,
)


def span(low: int, high: int, name: str = "fee", **box: Any) -> Span:
    return Span.of(box, name, Interval(low, high))


def fork(ask: Any) -> tuple[str, list[Any]]:
    """Where asking makes a fork: its key, and its parts."""
    with pytest.raises(Fork) as raised:
        ask()
    return raised.value.key, list(raised.value.parts)


def wobbling(fee: Span) -> Span:
    """A value that comes again after three cents: 0, 1, 2, and then 0."""
    value: Span = rounded_twice(lift(lambda cents: cents % 3, fee), fee, 3)
    return value


def tried(value: Span) -> list[int]:
    """The values where its least and its greatest are looked for, each once."""
    return sorted({value.at(point) for point in value.points()})


def settled(ask: Any) -> Any:
    """What asking answers where there is no fork."""
    try:
        return ask()
    except Fork as fork:
        raise AssertionError(f"forks on {fork.key}") from fork


# --- a choice ----------------------------------------------------------------------------------


def test_a_choice_is_set_apart_into_what_was_asked_for_and_the_rest() -> None:
    size = Choice("enterprise_size", ("small", "medium", "large"))
    assert fork(lambda: size == "medium") == ("enterprise_size", [("medium",), ("small", "large")])
    assert fork(lambda: size in Options({"small", "large"})) == (
        "enterprise_size",
        [("small", "large"), ("medium",)],
    )


def test_a_choice_answers_where_all_its_options_do() -> None:
    size = Choice("enterprise_size", ("small", "medium"))
    assert settled(lambda: size in Options({"small", "medium", "large"})) is True
    assert settled(lambda: size in Options({"large"})) is False
    assert settled(lambda: size == "large") is False
    assert ("large" in Options({"large"})) is True


def test_a_choice_that_has_to_be_settled_makes_a_world_of_each_option() -> None:
    assert fork(Choice("theme", ("other", "innovation")).settled) == ("theme", [("other",), ("innovation",)])
    assert settled(Choice("theme", ("other",)).settled) == "other"
    assert fork(lambda: bool(Choice("late", (True, False)))) == ("late", [(True,), (False,)])
    assert settled(lambda: bool(Choice("late", (False,)))) is False


# --- a span ------------------------------------------------------------------------------------


def test_a_formula_over_a_span_has_its_values_at_both_ends() -> None:
    fee = span(100, 300)
    assert fee.range() == (100, 300)
    assert (fee + 5).range() == (105, 305)
    assert (5 + fee).range() == (105, 305)
    assert (fee - 5).range() == (95, 295)
    assert (1000 - fee).range() == (700, 900)
    assert (2 * fee).range() == (fee * 2).range() == (200, 600)
    assert (fee - fee).range() == (0, 0)


def test_adding_or_taking_away_nothing_leaves_a_span_as_it_is() -> None:
    fee = span(100, 300)
    assert fee + 0 is fee
    assert fee - 0 is fee


def test_two_unknowns_have_their_values_at_all_corners() -> None:
    both = span(100, 300) + span(7, 9, "catering")
    assert both.values[:-1] == (107, 109, 307, 309)
    assert both.range() == (107, 309)
    assert (both.swing("fee"), both.swing("catering")) == (200, 2)
    assert both.lowest() == {"fee": 100, "catering": 7}
    assert both.corners("fee") == [{"catering": 7}, {"catering": 9}]


def test_formulas_over_the_same_unknown_are_one_formula() -> None:
    fee, catering = span(100, 300), span(0, 50, "catering")
    assert ((fee + catering) - fee).range() == (0, 50)
    assert (catering - (fee + catering)).range() == (-300, -100)
    three = span(1, 2, "days") + (fee + catering)
    assert three.range() == (101, 352)
    assert [three.swing(axis) for axis in ("days", "fee", "catering")] == [1, 200, 50]


def test_the_least_and_the_greatest_of_what_may_be_unknown() -> None:
    fee = span(100, 300)
    assert least(fee, 200).range() == (100, 200)
    assert greatest(fee, 200).range() == (200, 300)
    assert (least(3, 2), greatest(3, 2)) == (2, 3)


def test_what_is_known_is_no_span() -> None:
    assert lift(int.__add__, 1, 2) == 3
    assert rounded_twice(7, span(0, 9), 10) == 7


# --- comparisons -------------------------------------------------------------------------------


def test_a_comparison_with_one_answer_gives_it() -> None:
    fee = span(100, 300)
    for asked in (lambda: fee >= 100, lambda: fee > 99, lambda: fee <= 300, lambda: fee < 301):
        assert settled(asked) is True
    for asked in (lambda: fee >= 301, lambda: fee > 300, lambda: fee <= 99, lambda: fee < 100):
        assert settled(asked) is False
    assert settled(lambda: bool(fee)) is True
    assert settled(lambda: bool(span(0, 0))) is False


def test_a_comparison_with_two_answers_splits_where_it_turns() -> None:
    fee = span(100, 300)
    assert fork(lambda: fee >= 250) == ("fee", [Interval(100, 249), Interval(250, 300)])
    assert fork(lambda: fee > 250) == ("fee", [Interval(100, 250), Interval(251, 300)])
    assert fork(lambda: fee <= 100) == ("fee", [Interval(100, 100), Interval(101, 300)])
    assert fork(lambda: fee < 300) == ("fee", [Interval(100, 299), Interval(300, 300)])
    assert fork(lambda: bool(span(0, 9))) == ("fee", [Interval(0, 0), Interval(1, 9)])


@pytest.mark.parametrize("at", [1, 2, 99, 100_00, 123_456_789, 10**12 + 1, UNBOUNDED - 1])
def test_the_split_of_what_has_no_bound_is_found_to_the_cent(at: int) -> None:
    assert fork(lambda: span(0, UNBOUNDED) >= at) == ("fee", [Interval(0, at - 1), Interval(at, UNBOUNDED)])


def test_where_only_one_unknown_decides_that_one_is_split() -> None:
    """Two euro of catering more or less decide nothing of whether at least 500 are paid, but near the border."""
    paid = span(0, 2, "catering") + span(0, 1000, "deposit")
    assert fork(lambda: paid >= 500) == ("deposit", [Interval(0, 499), Interval(500, 1000)])
    near = span(0, 2, "catering") + span(0, 499, "deposit")
    assert fork(lambda: near >= 500) == ("catering|deposit", [(True,), (False,)])


def test_a_border_between_two_unknowns_leaves_both_answers_open() -> None:
    fee, deposit = span(0, 100), span(0, 100, "deposit")
    assert fork(lambda: fee < deposit) == ("deposit|fee", [(True,), (False,)])


@pytest.mark.parametrize("said", [True, False])
def test_a_border_that_was_settled_keeps_its_answer(said: bool) -> None:
    box = {"deposit|fee": (said,)}
    fee, deposit = Span.of(box, "fee", Interval(0, 100)), Span.of(box, "deposit", Interval(0, 100))
    assert settled(lambda: fee < deposit) is said


def test_a_day_whose_ends_settle_a_comparison_is_split_there_first() -> None:
    """An application from day 0 to 100 and a start from day 50 to 60: by day 49 it is surely before the start."""
    day, start = span(0, 100, "application_date"), span(50, 60, "service_start")
    assert fork(lambda: day < start) == ("application_date", [Interval(0, 49), Interval(50, 100)])
    late = span(55, 100, "application_date")
    assert fork(lambda: late < start) == ("application_date", [Interval(55, 59), Interval(60, 100)])


def test_a_small_count_is_set_apart_one_by_one() -> None:
    cost = span(0, 1000) * span(1, 9, "days")
    assert fork(lambda: cost >= 5000) == ("days", [Interval(1, 1), Interval(2, 9)])
    four = span(0, 1000) * span(4, 9, "days")
    assert fork(lambda: four >= 5000) == ("days", [Interval(4, 4), Interval(5, 9)])
    many = span(0, 1000) * span(5, 9, "days")
    assert fork(lambda: many >= 6000) == ("days|fee", [(True,), (False,)])


def test_of_a_count_of_which_few_values_will_do_both_ends_are_set_apart() -> None:
    few = Span.of({}, "few:days", Interval(1, 9))
    assert fork(lambda: span(0, 1000) < 100 * few)[0] == "few:days"
    assert fork(lambda: span(0, 50) + 100 * few < 300) == ("few:days", [Interval(1, 2), Interval(3, 9)])
    assert fork(lambda: span(0, 900) + 100 * few < 700) == ("few:days", [Interval(1, 6), Interval(7, 9)])


def test_a_formula_that_turns_is_told_apart_where_it_does() -> None:
    assert fork(lambda: set_apart(span(0, 100), 40)) == ("fee", [Interval(0, 40), Interval(41, 100)])
    settled(lambda: set_apart(span(0, 40), 40))


def test_equal_borders_are_on_one_side() -> None:
    assert decide(int.__le__, 3, 3) is True
    assert decide(int.__lt__, 3, 3) is False


# --- roundings ---------------------------------------------------------------------------------


def test_the_ends_of_what_roundings_carry_up_and_down_are_tried() -> None:
    uneven = wobbling(span(3, 6))
    assert uneven.range() == (0, 0)
    assert tried(uneven) == [0, 1, 2]
    assert range_over([uneven]) == Range(0, 2)


def test_no_more_is_tried_than_one_round_nor_than_there_is() -> None:
    fee = span(10, 100)
    long = rounded_twice(fee, fee, 3)
    assert tried(long) == [10, 11, 12, 13, 100]
    short = rounded_twice(span(10, 11), span(10, 11), 3)
    assert tried(short) == [10, 11]
    assert tried(span(10, 100)) == [10, 100]


def test_what_is_tried_is_tried_at_the_ends_of_all_others() -> None:
    cost = span(10, 11) + span(0, 5, "catering")
    uneven = rounded_twice(cost, cost, 2)
    assert tried(uneven) == [10, 11, 12, 13, 15, 16]


def test_a_comparison_that_only_roundings_turn_is_made_for_each_cent_of_a_round() -> None:
    uneven = wobbling(span(3, 7))
    strands = [Interval(3, 6, 3), Interval(4, 7, 3), Interval(5, 5, 3)]
    assert fork(lambda: uneven > 1) == ("fee", strands)
    assert fork(lambda: uneven >= 2) == ("fee", strands)
    assert settled(lambda: uneven > 5) is False  # too far for any rounding
    for strand in strands:
        assert settled(partial(gt, wobbling(Span.of({}, "fee", strand)), 1)) is (strand.low == 5)
    assert settled(lambda: uneven > 2) is False
    assert settled(lambda: uneven >= 0) is True
    assert fork(lambda: 1000 + uneven > 1001)[0] == "fee"  # near to it, however large both are


def test_formulas_over_what_is_uneven_are_uneven_too() -> None:
    uneven = wobbling(span(3, 6))
    assert tried(uneven + 10) == [10, 11, 12]
    assert tried(span(0, 1, "catering") + uneven) == [0, 1, 2, 3]
    assert tried(uneven + span(0, 1, "catering")) == [0, 1, 2, 3]


# --- numbers so many apart ----------------------------------------------------------------------


def test_numbers_fall_into_parts_that_are_so_many_apart() -> None:
    assert Interval(3, 9).strands(3) == [Interval(3, 9, 3), Interval(4, 7, 3), Interval(5, 8, 3)]
    assert Interval(3, 4).strands(3) == [Interval(3, 3, 3), Interval(4, 4, 3)]
    assert Interval(10, 20, 5).strands(10) == [Interval(10, 20, 10), Interval(15, 15, 10)]
    assert Interval(10, 20, 4).strands(6) == [
        Interval(10, 10, 12),
        Interval(14, 14, 12),
        Interval(18, 18, 12),
    ]
    assert Interval(3, 9).strands(1) == [Interval(3, 9)]


@pytest.mark.parametrize(
    "other", [(0, 30, 1), (4, 19, 1), (3, 21, 2), (1, 31, 5), (2, 26, 3), (3, 27, 6), (3, 4, 1), (40, 50, 1)]
)
def test_what_lies_in_both_of_two_is_what_each_holds(other: tuple[int, int, int]) -> None:
    def numbers(found: Interval | None) -> set[int]:
        return set(range(found.low, found.high + 1, found.step)) if found else set()

    three, both = Interval(2, 32, 3), Interval(*other)
    assert numbers(three.meet(both)) == numbers(both.meet(three)) == numbers(three) & numbers(both)
    assert meet({"fee": three}, {"fee": both}) == ({"fee": found} if (found := both.meet(three)) else None)


def test_what_is_so_many_apart_is_compared_where_it_lies() -> None:
    fee = Span.of({}, "fee", Interval(100, 300, 10))
    assert fee.values == (100, 300, 300)
    assert Span.of({}, "fee", Interval(5, 9_999_995, 10)).values[-1] % 10 == 5
    assert Span.of({}, "fee", Interval(0, 9_999_998, 2)).values[-1] % 2 == 0
    assert fork(lambda: fee >= 215) == ("fee", [Interval(100, 210, 10), Interval(220, 300, 10)])
    assert fork(lambda: fee > 100) == ("fee", [Interval(100, 100, 10), Interval(110, 300, 10)])
    assert tried(rounded_twice(fee, fee, 4)) == [100, 300]
    assert tried(rounded_twice(fee, fee, 25)) == [100, 110, 120, 300]
    assert rounded_twice(fee, fee, 5).uneven == {}
    days = Span.of({}, "days", Interval(1, 9, 2))
    assert fork(lambda: span(100, 1000) * days >= 2000) == ("days", [Interval(1, 1, 2), Interval(3, 9, 2)])


def test_only_what_the_inner_rounding_hangs_on_is_uneven() -> None:
    fee, deposit = span(100, 300), span(0, 50, "deposit")
    assert rounded_twice(fee + deposit, fee, 10).uneven == {"fee": 10}
    assert rounded_twice(fee, 7, 10).uneven == {}


def test_the_first_from_which_on_something_holds() -> None:
    tens = Interval(100, 300, 10)
    assert list(tens.values) == [*range(100, 301, 10)]
    assert [tens.first(partial(le, at)) for at in (0, 100, 101, 300, 301)] == [
        100,
        100,
        110,
        300,
        310,
    ]
    assert Interval(7, 7).first(lambda _: True) == 7


def test_its_least_and_greatest_beside_one_unknown_are_tried_over_the_others() -> None:
    deposit = span(3, 6, "deposit")
    cost = span(0, 9) + rounded_twice(lift(lambda cents: cents % 3, deposit), deposit, 3)
    assert list(cost.points("fee")) == [{"deposit": cents} for cents in (3, 6, 3, 4, 5, 6)]
    assert list((span(0, 9) + deposit).points("fee")) == [{"deposit": 3}, {"deposit": 6}]


# --- the ends of several values ----------------------------------------------------------------


def test_the_ends_of_several_values_are_those_of_the_farthest() -> None:
    assert range_over([5]) == Range(5, 5)
    assert range_over([5, 7, 6]) == Range(5, 7)
    assert range_over([span(3, 6), 9]) == Range(3, 9)
    assert range_over([span(3, 12), 9]) == Range(3, 12)


def test_what_roundings_carry_further_than_the_ends_counts() -> None:
    uneven = wobbling(span(3, 6))  # its ends give 0, between them 2
    assert range_over([uneven, 1]) == Range(0, 2)
    assert range_over([uneven - 1, 0]) == Range(-1, 1)
    assert range_over([uneven, 100]) == Range(0, 100)
    assert range_over([uneven, -100]) == Range(-100, 2)
    down = -1 * wobbling(span(3, 6))
    assert range_over([down, 100]) == Range(-2, 100)
    assert range_over([down, -1]) == Range(-2, 0)


def test_only_the_vocabularys_own_bound_leads_to_no_end() -> None:
    bound = UNBOUNDED // 10**6
    assert range_of(bound) == Range(bound, bound)
    assert range_of(bound + 1) == Range(bound + 1, None)
    assert range_over([bound]) == Range(bound, bound)
    assert range_over([bound + 1]) == Range(bound + 1, None)
    assert range_over([1, bound]) == Range(1, bound)
    assert range_over([1, bound + 1]) == Range(1, None)
    assert range_of(span(4, UNBOUNDED)) == Range(4, None)
    assert range_of(span(4, 5)) == Range(4, 5)


def test_several_ranges_together_end_nowhere_where_one_of_them_does() -> None:
    assert hull([Range(3, 5)]) == Range(3, 5)
    assert hull([Range(3, 5), Range(4, 9), Range(2, 2)]) == Range(2, 9)
    assert hull([Range(3, 5), Range(4, None)]) == Range(3, None)


# --- worlds and trees --------------------------------------------------------------------------

A, B, C = (Leaf(result, result.lower()) for result in "ABC")


def test_what_lies_in_two_worlds() -> None:
    fee: Box = {"fee": Interval(10, 50)}
    theme: Box = {"theme": ("other", "innovation")}
    assert meet(fee, theme) == fee | theme
    assert meet(fee, {}) is fee
    assert meet(fee, {"fee": Interval(40, 90)}) == {"fee": Interval(40, 50)}
    assert meet(fee, {"fee": Interval(0, 20)}) == {"fee": Interval(10, 20)}
    assert meet(fee, {"fee": Interval(50, 90)}) == {"fee": Interval(50, 50)}
    assert meet(fee, {"fee": Interval(51, 90)}) is None
    assert meet(theme, {"theme": ("innovation", "digitalisation")}) == {"theme": ("innovation",)}
    assert meet(theme, {"theme": ("digitalisation",)}) is None
    assert fee == {"fee": Interval(10, 50)}  # nobody else's world is changed


def test_a_fork_whose_branches_are_equal_does_not_matter() -> None:
    one = branching("fee", [(Interval(0, 4), A), (Interval(5, 9), Leaf("A", "another"))])
    assert isinstance(one, Leaf)
    assert (one.result, one.reasons, one.shared) == ("A", "a", True)
    assert A.shared is False
    two = branching("fee", [(Interval(0, 4), A), (Interval(5, 9), B)])
    assert two == Branching("fee", ((Interval(0, 4), A), (Interval(5, 9), B)))
    assert branching("theme", [(("other",), two), (("innovation",), two)]) is two


TREE = branching(
    "fee", [(Interval(0, 4), A), (Interval(5, 9), branching("theme", [(("x",), B), (("y", "z"), C)]))]
)


def test_a_tree_has_a_world_for_each_ending() -> None:
    assert [(box, leaf.result) for box, leaf in leaves(TREE)] == [
        ({"fee": Interval(0, 4)}, "A"),
        ({"fee": Interval(5, 9), "theme": ("x",)}, "B"),
        ({"fee": Interval(5, 9), "theme": ("y", "z")}, "C"),
    ]
    assert [leaf.result for leaf in endings(TREE)] == ["A", "B", "C"]
    assert endings(A) == [A]
    assert list(leaves(A)) == [({}, A)]
    assert [one.key for one in forks(TREE)] == ["fee", "theme"]
    assert list(forks(A)) == []


def test_knowing_more_leaves_less_of_a_tree() -> None:
    assert restricted(TREE, "fee", Interval(0, 3)) == A
    kept = restricted(TREE, "fee", Interval(3, 6))
    assert [(box.get("fee"), leaf.result) for box, leaf in leaves(kept)] == [
        (Interval(3, 4), "A"),
        (Interval(5, 6), "B"),
        (Interval(5, 6), "C"),
    ]
    themes = restricted(TREE, "theme", ("z",))
    assert [(box, leaf.result) for box, leaf in leaves(themes)] == [
        ({"fee": Interval(0, 4)}, "A"),
        ({"fee": Interval(5, 9)}, "C"),
    ]


def test_which_facts_a_fork_is_about() -> None:
    assert facts_of("fee") == ("fee",)
    assert facts_of("deposit|fee") == ("deposit", "fee")
    assert facts_of("actions/plan") == ("actions",)
    assert facts_of("participants*days") == ("participants", "days")
    assert facts_of("few:participants*days") == ("participants", "days")
    assert facts_of("fee|few:days") == ("fee", "days")
    assert facts_of("law:support_rate.small") == ()
    assert facts_of("plan:past") == ()
