"""The pieces of one fact's values: at each of them `calculate` answers what its strand says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

import pytest

from rules import LAW, reading
from rules.facts import FACTS, facts_of
from rules.money import decimal
from rules.outcome import outcome
from rules.scheme import Scheme
from rules.schemes import SCHEMES
from rules.seeking import Solution, solutions_in
from rules.strands import Piece, Strand, pieces_of
from rules.weighing import Range
from rules.worlds import Interval
from tests.rules.cases import Request, support, training
from tests.rules.random_cases import random_cases

WOBBLING = training("2021-03-01", deposit="350", de_minimis_received="199850")


class Asked(NamedTuple):
    """The other facts, the fact whose values are taken, and an amount."""

    facts: dict[str, Any]
    fact: str
    amount: str

    @property
    def scheme(self) -> Scheme:
        scheme: Scheme = SCHEMES[self.facts["scheme"]]
        return scheme

    def pieces(self) -> list[Piece]:
        return list(pieces_of(self.scheme, self.facts, LAW, self.fact, self.amount))

    def at(self, value: int) -> tuple[str, Range | None]:
        """The verdict and the amount that `calculate` answers."""
        found = outcome(self.scheme, {**self.facts, self.fact: value}, LAW, explain=False)
        return str(found.verdict), found.amounts.get(self.amount)


def asked(case: Request, fact: str, amount: str) -> Asked:
    facts, refusals = reading.read(case)
    assert not refusals
    facts.pop(fact, None)
    return Asked(facts, fact, amount)


def at_random(count: int) -> Iterator[tuple[Asked, Random, bool]]:
    """A random case without one sum of money, and whether that alone is unknown."""
    for number, case in enumerate(random_cases(count, seed=7)):
        random = Random(number)
        facts, _ = reading.read(case if number % 2 else near_a_limit(random))
        scheme = SCHEMES[facts["scheme"]]
        whole = random.random() < 0.5
        if not whole:
            kept = random.uniform(0.7, 1)
            facts = {
                name: known for name, known in facts.items() if name == "scheme" or random.random() < kept
            }
        money = [fact.name for fact in facts_of(scheme.id) if fact.kind == "money"]
        fact = random.choice([*money, "fee", "deposit"] if "fee" in money else money)
        facts.pop(fact, None)
        alone = whole and not (fact == "catering" and "participants" not in facts)
        yield Asked(facts, fact, random.choice(scheme.amounts)), random, alone


def near_a_limit(random: Random) -> Request:
    """With a deposit that is too small, and de minimis support that leaves about as much as it earns."""
    deposit = random.randrange(10_00, 2_000_00)
    on, limit = random.choice([("2021-03-01", 200_000_00), ("2025-03-01", 300_000_00)])
    size, share = random.choice([("small", Fraction(3, 7)), ("medium", Fraction(1, 4))])
    received = limit - int(deposit * share) + random.randint(-2, 2)
    return training(
        on,
        enterprise_size=size,
        fee=decimal(random.randrange(deposit, 10 * deposit) + 100_00),
        deposit=decimal(deposit),
        catering=random.choice([None, "100"]),
        participants=1,
        days=random.choice([1, 2, 3]),
        de_minimis_received=decimal(received),
    )


def ends(strand: Strand, fact: str, value: int) -> Range | None:
    amounts = [line(value) for line in strand.lines(fact)]
    return Range(min(amounts), max(amounts)) if amounts else None


def differences(count: int) -> Iterator[Any]:
    """Where a strand says something else than `calculate`, at its ends and between them."""
    for one, random, alone in at_random(count):
        pieces = one.pieces()
        assert [piece.low for piece in pieces] == [
            FACTS[one.fact].least,
            *(piece.high + 1 for piece in pieces[:-1]),
        ]
        assert pieces[-1].high == FACTS[one.fact].most
        for piece in pieces:
            assert len({strand.ends.step for strand in piece.strands}) == 1
            for strand in random.sample(piece.strands, min(3, len(piece.strands))):
                low, high, step = strand.ends
                for value in {low, high, random.randrange(low, high + 1, step)}:
                    verdict, told = one.at(value)
                    found = ends(strand, one.fact, value)
                    if verdict != strand.verdict or not agrees(found, told, alone):
                        yield one, value, (strand.verdict, found), (verdict, told)


def agrees(found: Range | None, told: Range | None, alone: bool) -> bool:
    """Beside another unknown figure a strand's amounts reach about as far as `calculate`'s; one that is sure is so."""
    if alone or found is None or told is None or found.low == found.high:
        return found == told
    return True


def test_a_strand_is_what_calculate_says_in_three_hundred_random_cases() -> None:
    assert next(differences(300), None) is None


@pytest.mark.prove
def test_a_strand_is_what_calculate_says_in_five_thousand_random_cases() -> None:
    assert next(differences(5_000), None) is None


def test_the_random_cases_hold_some_in_which_a_cent_decides() -> None:
    verdicts = [
        {strand.verdict for strand in piece.strands} for one, *_ in at_random(300) for piece in one.pieces()
    ]
    assert sum(len(each) > 1 for each in verdicts) > 5
    assert sum(each == {"eligible"} for each in verdicts) > 50


def test_where_a_cent_decides_each_strand_has_its_verdict() -> None:
    """From the fee on for which 350 euro is the whole share, roundings carry the support up and down by a cent."""
    strands = [strand for piece in asked(WOBBLING, "fee", "support").pieces() for strand in piece.strands]

    def refused(first: int, last: int) -> list[int]:
        each = range(first, last + 1)
        return [
            value
            for value in each
            for strand in strands
            if value in strand.ends.values and strand.verdict == "not_eligible"
        ]

    assert refused(499_90, 500_16) == [500_02, 500_05, 500_12, 500_15]
    assert refused(714_10, 714_90) == [714_15, 714_25]  # further up no cent carries it as far
    for value in (500_02, 500_03, 500_04, 500_05, 714_24, 714_25, 714_26, 714_35):
        assert support({**WOBBLING, "fee": decimal(value)}) == ("0.00" if refused(value, value) else "150.00")


def test_values_that_reach_an_amount_in_every_strand_are_one_run() -> None:
    whole = Piece(0, 9, [Strand(Interval(0, 9), "eligible", [5_00])])
    assert list(solutions_in(whole, "fee", 5_00)) == [Solution(0, 9, "eligible")]
    assert list(solutions_in(whole, "fee", 5_01)) == []
    nothing = Piece(0, 9, [Strand(Interval(0, 9), "eligible", [])])  # the law has no such amount there
    assert list(solutions_in(nothing, "fee", 0)) == []

    def strands(*verdicts: str) -> Piece:
        return Piece(
            0, 3, [Strand(Interval(low, low + 2, 2), said, [5_00]) for low, said in enumerate(verdicts)]
        )

    assert list(solutions_in(strands("eligible", "eligible"), "fee", 5_00)) == [Solution(0, 3, "eligible")]
    apart = [Solution(value, value, ("eligible", "undecided")[value % 2]) for value in range(4)]
    assert list(solutions_in(strands("eligible", "undecided"), "fee", 5_00)) == apart


def test_without_a_deposit_no_cent_decides() -> None:
    pieces = asked({**WOBBLING, "deposit": None}, "fee", "support").pieces()
    assert all(len(piece.strands) == 1 for piece in pieces)


def test_beside_an_unknown_count_the_verdict_is_cut_where_the_count_decides_no_more() -> None:
    """100 euro of catering, of which so much counts as participants and days allow."""
    case = training("2021-03-01", catering="100", participants=None, days=None, de_minimis_received="199850")
    verdicts = [(piece.low, piece.strands[0].verdict) for piece in asked(case, "fee", "support").pieces()]
    turns = [one for one, before in pairwise(reversed(verdicts)) if one[1] != before[1]]
    # With all of the catering 500.02 euro are too much, at 30 %; for one participant on one day a part of it counts.
    assert turns == [(475_02, "not_eligible"), (400_02, "undecided"), (75_00, "eligible")]
