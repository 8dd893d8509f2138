"""The accounts of a plan and the sums under a ceiling: small examples in cents, each worked out by hand."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest

from rules.days import ordinal
from rules.ledger import Account, Way, World, few, followed, next_year, row
from rules.sums import either, plus, summed, within_the_ceiling
from rules.weighing import Range
from rules.worlds import Interval
from tests.rules.cases import only

PORTFOLIO, CHEQUE = "kmo_portefeuille", "werkbaarheidscheque"
YEAR = (PORTFOLIO, 2021)
NOTHING = Interval(0, 0)


def exactly(cents: int) -> Any:
    return Interval(cents, cents)


def known(cents: int) -> Range:
    return Range(cents, cents)


# --- sums --------------------------------------------------------------------------------------


def test_sums_hold_what_is_added_up_and_the_ceiling_but_not_what_is_left_of_it() -> None:
    amounts = {"support": known(30), "ceiling": known(750), "ceiling_left_after": known(720)}
    assert summed(amounts) == {"support": known(30), "ceiling": known(750)}


def test_a_sum_ends_where_its_parts_end_and_nowhere_if_one_of_them_does_not() -> None:
    assert plus({"support": Range(1, 20)}, {"support": Range(300, 4000)}) == {"support": Range(301, 4020)}
    assert plus({"support": Range(1, 20)}, {"support": Range(300, None)}) == {"support": Range(301, None)}


def test_a_sum_of_one_part_is_that_part() -> None:
    assert plus({"support": known(1)}, {"invoice": known(2)}) == {"support": known(1), "invoice": known(2)}


def test_of_two_sums_either_may_hold_and_what_only_one_tells_stays_as_it_is() -> None:
    one, other = {"support": Range(10, 20)}, {"support": Range(5, 15), "invoice": known(100)}
    assert either([one, other]) == {"support": Range(5, 20), "invoice": known(100)}
    assert either([one, {"support": Range(5, None)}]) == {"support": Range(5, None)}


def test_under_one_ceiling_the_support_is_what_was_given_and_the_rest_what_that_leaves() -> None:
    """Two invoices of 10 euro: each alone may get 2 to 3 euro, both together get 4.50, so 15.50 is left to pay."""
    sums = {
        "invoice": known(2000),
        "support": Range(400, 600),
        "own_share": Range(1300, 1700),
        "not_covered": Range(0, 200),
        "total_own_cost_without_vat": Range(1400, 1600),
    }
    assert within_the_ceiling(sums, Range(450, 450), PORTFOLIO) == {
        "invoice": known(2000),
        "support": known(450),
        "own_share": Range(1350, 1550),
        "not_covered": Range(0, 200),
        "total_own_cost_without_vat": known(1550),
    }


def test_what_is_not_covered_is_what_support_and_own_share_leave() -> None:
    sums = {
        "invoice": Range(2000, 2100),
        "support": Range(400, 600),
        "own_share": Range(1300, 1500),
        "not_covered": Range(0, 999),
        "total_own_cost_without_vat": Range(0, 9999),
    }
    found = within_the_ceiling(sums, Range(400, 500), PORTFOLIO)
    assert found["own_share"] == Range(1300, 1500)
    assert found["not_covered"] == Range(0, 400)
    assert found["total_own_cost_without_vat"] == Range(1500, 1700)


def test_the_total_cost_is_narrowed_by_the_cost_without_tax_and_the_tax() -> None:
    sums = {
        "invoice": known(2000),
        "support": Range(400, 600),
        "own_share": Range(1400, 1600),
        "not_covered": known(0),
        "vat_paid_directly": Range(0, 420),
        "total_own_cost_without_vat": Range(1400, 1600),
        "total_own_cost": Range(1400, 2500),
    }
    found = within_the_ceiling(sums, Range(450, 450), PORTFOLIO)
    assert found["total_own_cost"] == Range(1550, 1970)


def test_an_invoice_without_a_bound_leaves_sums_without_one() -> None:
    sums = {
        "invoice": Range(2000, None),
        "support": Range(0, 600),
        "own_share": Range(1400, None),
        "not_covered": Range(0, None),
        "total_own_cost_without_vat": Range(1400, None),
    }
    found = within_the_ceiling(sums, Range(0, 450), PORTFOLIO)
    assert found["support"] == Range(0, 450)
    # What nothing limits leaves of the invoice: at least nothing, at most all.
    assert found["own_share"] == Range(1400, None)
    assert found["not_covered"] == Range(0, None)
    assert found["total_own_cost_without_vat"] == Range(1550, None)


def test_own_shares_without_a_bound_are_bounded_by_the_invoices() -> None:
    sums = {
        "invoice": known(2000),
        "support": Range(0, None),
        "own_share": Range(0, None),
        "not_covered": Range(0, None),
    }
    found = within_the_ceiling(sums, Range(100, 300), PORTFOLIO)
    assert found["support"] == Range(100, 300)
    assert found["own_share"] == Range(0, 1900)
    assert found["not_covered"] == Range(0, 1900)


def test_of_cheques_the_co_financing_is_what_the_support_leaves() -> None:
    sums = {"eligible_cost": known(1000), "support": Range(500, 600), "co_financing": Range(400, 520)}
    assert within_the_ceiling(sums, Range(500, 550), CHEQUE) == {
        "eligible_cost": known(1000),
        "support": Range(500, 550),
        "co_financing": Range(450, 500),
    }


def test_where_no_part_of_a_sum_fits_what_was_given_its_nearest_end_holds() -> None:
    for least, most, told in ((100, 200, 300), (500, 600, 400)):
        sums = {"eligible_cost": known(1000), "support": Range(least, most)}
        assert within_the_ceiling(sums, Range(300, 400), CHEQUE)["support"] == known(told)


def test_sums_without_support_stay_as_they_are() -> None:
    sums = {"invoice": known(2000)}
    assert within_the_ceiling(sums, known(0), PORTFOLIO) == sums


# --- accounts ----------------------------------------------------------------------------------


def test_what_a_stopped_project_held_is_free_from_that_day_on() -> None:
    account = Account(
        exactly(900), exactly(3), held=((10, exactly(300)), (20, exactly(100))), given=exactly(500)
    )
    assert account.at(9) is account
    assert account.at(10) == account._replace(used=exactly(600), held=((20, exactly(100)),))
    assert account.at(20) == account._replace(used=exactly(500), held=())


def test_what_may_have_been_held_is_freed_within_what_was_given() -> None:
    account = Account(
        Interval(400, 700), exactly(2), held=((10, Interval(200, 300)),), stated=50, given=Interval(100, 250)
    )
    # 400 less at most 300, but 100 was given and 50 used before; 700 less at least 200, but at most 250 and 50.
    assert account.at(10).used == Interval(150, 300)
    loose = account._replace(given=Interval(0, 9000))
    assert loose.at(10).used == Interval(100, 500)


def test_what_is_used_tells_what_can_have_been_given() -> None:
    account = Account(Interval(0, 900), exactly(2), given=Interval(0, 500))
    assert account.where(Interval(300, 400)).given == Interval(300, 400)
    assert account.where(Interval(300, 400)).used == Interval(300, 400)
    stated = account._replace(stated=100)
    assert stated.where(Interval(300, 400)).given == Interval(200, 300)
    held = stated._replace(held=((10, Interval(30, 60)), (20, Interval(20, 20))))
    # 300 less 100 stated and at most 80 held; 400 less 100 and at least 50.
    assert held.where(Interval(300, 400)).given == Interval(120, 250)
    assert account.where(Interval(800, 900)).given == Interval(500, 500)


def test_a_ceiling_of_a_year_shows_every_world_that_knows_it() -> None:
    accounts = [
        Account(Interval(300, 800), exactly(1), Interval(700, 1000)),
        Account(Interval(200, 250), exactly(1), Interval(750, 750)),
    ]
    one = row(YEAR, accounts[:1])
    assert one == (*YEAR, Range(700, 1000), Range(300, 800), Range(0, 700))
    both = row(YEAR, accounts)
    assert both == (*YEAR, Range(700, 1000), Range(200, 800), Range(0, 700))
    assert row(YEAR, accounts[1:]).left == Range(500, 550)


def test_a_ceiling_that_was_lowered_below_what_is_used_leaves_nothing() -> None:
    used_up = Account(exactly(800), exactly(1), Interval(500, 700))
    assert row(YEAR, [used_up]).left == Range(0, 0)


# --- after a project ---------------------------------------------------------------------------


def facts(on: str = "2021-03-01", **more: Any) -> dict[str, Any]:
    return {"scheme": PORTFOLIO, "application_date": ordinal(on), **more}


PAID = {"support": Range(30, 40), "ceiling": known(750), "invoice": known(100)}
USES = Way(PAID, exactly(0), Interval(30, 40), "small", (("law:x", 1),))


def test_a_project_opens_its_account_and_fixes_the_class() -> None:
    after = followed(World(None), USES, YEAR, facts())
    assert after.accounts == {
        YEAR: Account(
            Interval(30, 40),
            exactly(1),
            exactly(750),
            lately=Interval(30, 40),
            given=Interval(30, 40),
            sums={"support": Range(30, 40), "invoice": known(100)},
        )
    }
    assert (after.lock, after.sides, after.total) == ("small", (("law:x", 1),), {})


def test_the_first_class_of_a_year_stays_until_the_next() -> None:
    after = followed(World(None, lock="medium"), USES, YEAR, facts())
    assert after.lock == "medium"
    assert next_year(after, 2022).lock is None


def test_what_an_earlier_project_settled_of_the_law_stays_settled() -> None:
    before = World(None, sides=(("law:x", 0), ("law:y", 1)))
    assert followed(before, USES, YEAR, facts()).sides == (("law:x", 1), ("law:y", 1))


def test_a_project_that_counts_against_no_ceiling_is_only_added_up() -> None:
    after = followed(World(None, total={"support": known(5)}), USES, None, facts())
    assert after.accounts == {}
    assert after.total == {"support": Range(35, 45), "invoice": known(100)}


def test_a_refused_project_uses_nothing_and_tells_in_what_past_it_is_refused() -> None:
    refused = Way({"support": known(0), "invoice": known(100)}, Interval(750, 750))
    used = Account(Interval(0, 750), exactly(1), exactly(750), given=Interval(0, 750))
    [(_, account)] = followed(World(None, accounts={YEAR: used}), refused, YEAR, facts()).accounts.items()
    assert (account.used, account.given, account.uses) == (exactly(750), exactly(750), exactly(1))
    assert account.sums == {"support": known(0), "invoice": known(100)}
    anywhere = followed(World(None, accounts={YEAR: used}), refused._replace(before=None), YEAR, facts())
    assert anywhere.accounts[YEAR].used == Interval(0, 750)


def test_a_stopped_project_holds_its_share_until_that_day_and_is_not_added_up() -> None:
    day = ordinal("2021-06-01")
    account = followed(World(None), USES, YEAR, facts(stopped_on=day)).accounts[YEAR]
    assert (account.used, account.held) == (Interval(30, 40), ((day, Interval(30, 40)),))
    assert (account.given, dict(account.sums)) == (NOTHING, {})


def test_two_projects_that_stop_on_one_day_hold_their_shares_together() -> None:
    day = ordinal("2021-06-01")
    once = followed(World(None), USES, YEAR, facts(stopped_on=day))
    twice = followed(once, USES._replace(after=Interval(60, 80)), YEAR, facts(stopped_on=day))
    assert twice.accounts[YEAR].held == ((day, Interval(60, 80)),)


def test_what_stops_in_another_year_is_held_for_ever() -> None:
    account = followed(World(None), USES, YEAR, facts(stopped_on=ordinal("2022-01-01"))).accounts[YEAR]
    assert account.at(ordinal("2030-12-31")).used == Interval(30, 40)


def test_the_first_project_of_a_ceiling_says_what_was_used_before_the_plan() -> None:
    stated = {"support_used_before": 500, "cheques_used_before": 2, "cheque_support_this_year": 300}
    asked = {**facts(), "scheme": CHEQUE, **stated}
    before = Way({"support": known(40)}, exactly(500), exactly(540))
    account = followed(World(None), before, (CHEQUE, None), asked).accounts[CHEQUE, None]
    assert (account.stated, account.used, account.uses) == (500, exactly(540), exactly(3))
    assert (account.lately, account.given) == (exactly(340), exactly(40))


def test_a_year_begins_with_nothing_used_in_it_and_keeps_what_holds_for_ever() -> None:
    account = Account(exactly(540), exactly(3), lately=exactly(340), given=exactly(40))
    after = next_year(World("small", 2021, "small", accounts={(CHEQUE, None): account}), 2022)
    assert after == World("small", 2022, None, accounts={(CHEQUE, None): account._replace(lately=NOTHING)})


# --- worlds that become one --------------------------------------------------------------------


def having(used: Interval, total: int = 0, size: str | None = None, **more: Any) -> World:
    account = Account(used, exactly(1), exactly(750), **more)
    return World(size, 2021, accounts={YEAR: account}, total={"support": known(total)})


def uses(worlds: list[World]) -> list[Interval]:
    return [world.accounts[YEAR].used for world in worlds]


def test_worlds_that_left_the_same_behind_become_one_with_either_sum() -> None:
    one = only(few([having(exactly(30), 5), having(exactly(30), 9)]))
    assert one == having(exactly(30))._replace(total={"support": Range(5, 9)})


def test_worlds_of_another_class_or_with_more_used_stay_apart() -> None:
    assert len(few([having(exactly(30)), having(exactly(40))])) == 2
    assert len(few([having(exactly(30), size="small"), having(exactly(30), size="medium")])) == 2


def test_six_worlds_stay_and_of_seven_the_two_nearest_become_one() -> None:
    apart = [exactly(used) for used in (0, 100, 200, 310, 330, 450)]
    assert uses(few(map(having, apart))) == apart
    assert uses(few(map(having, [*apart, exactly(600)]))) == [
        *apart[:3],
        Interval(310, 330),
        *map(exactly, (450, 600)),
    ]


def test_after_two_worlds_became_one_its_distances_are_measured_anew() -> None:
    apart = [exactly(used) for used in (0, 10, 25, 300, 400, 500, 600, 700)]
    assert uses(few(map(having, apart))) == [Interval(0, 25), *apart[3:]]


def test_worlds_that_overlap_are_the_nearest() -> None:
    apart = [Interval(0, 90), Interval(80, 95), *(exactly(used) for used in (97, 200, 300, 400, 500))]
    assert uses(few(map(having, apart))) == [Interval(0, 95), *apart[2:]]


def test_the_last_two_worlds_may_be_the_nearest() -> None:
    apart = [exactly(used) for used in (0, 100, 200, 300, 400, 500, 501)]
    assert uses(few(map(having, apart))) == [*apart[:5], Interval(500, 501)]


@pytest.mark.parametrize("seed", range(40))
def test_it_is_always_the_nearest_two_that_become_one(seed: int) -> None:
    """Many worlds, near each other and overlapping, put together once more here, one pair after the other."""
    chance = random.Random(seed)
    lows = sorted(chance.sample(range(60), 9 + seed % 8))
    group = [Interval(low, low + chance.choice([0, 0, 1, 2, 9])) for low in lows]
    found = uses(few([having(used) for used in chance.sample(group, len(group))]))
    while len(group) > 6:
        gaps = [max(0, right.low - left.high) for left, right in pairwise(group)]
        place = gaps.index(min(gaps))
        left, right = group[place : place + 2]
        group[place : place + 2] = [Interval(left.low, max(left.high, right.high))]
    assert found == group


def test_worlds_of_two_classes_never_become_one() -> None:
    worlds = [having(exactly(used), size=size) for size in ("small", "medium") for used in (0, 1, 2, 3)]
    assert few(worlds) == worlds


def test_one_world_of_two_leaves_open_what_either_does() -> None:
    """Of seven worlds the first two become one: everything in it is as far open as in both together."""
    first = having(Interval(0, 10), 5, given=Interval(0, 7), lately=Interval(1, 2), stated=3).accounts[YEAR]
    second = Account(
        Interval(11, 15),
        Interval(2, 2),
        Interval(700, 800),
        ((9, Interval(1, 4)),),
        3,
        Interval(0, 1),
        Interval(2, 9),
        {"support": known(7)},
    )
    first = first._replace(held=((7, NOTHING), (8, Interval(2, 3))), sums={"support": known(4)})
    open_worlds = [
        World(None, 2021, None, (("law:x", 0), ("law:y", 1)), {YEAR: first}, {"support": known(5)}),
        World(None, 2021, None, (("law:y", 1), ("law:x", 1)), {YEAR: second}, {"support": known(9)}),
    ]
    [one, *others] = few([*open_worlds, *(having(exactly(used)) for used in (100, 200, 300, 400, 500))])
    assert len(others) == 5
    assert one.accounts[YEAR] == Account(
        Interval(0, 15),
        Interval(1, 2),
        Interval(700, 800),
        ((7, NOTHING), (8, Interval(0, 3)), (9, Interval(0, 4))),
        3,
        Interval(0, 2),
        Interval(0, 9),
        {"support": Range(4, 7)},
    )
    assert one.sides == (("law:y", 1),)
    assert one.total == {"support": Range(5, 9)}


@pytest.mark.parametrize("changed", ["uses", "ceiling", "held", "lately"])
def test_worlds_that_a_later_project_can_tell_apart_stay_apart(changed: str) -> None:
    other: Any = ((9, NOTHING),) if changed == "held" else exactly(31)
    one = Account(exactly(30), exactly(30), exactly(30), lately=exactly(30))
    worlds = [World(None, accounts={YEAR: account}) for account in (one, one._replace(**{changed: other}))]
    assert few(worlds) == worlds


@pytest.mark.parametrize("changed", ["given", "sums"])
def test_what_no_later_project_can_tell_keeps_no_worlds_apart(changed: str) -> None:
    other: Any = {"support": known(1)} if changed == "sums" else exactly(1)
    one = Account(exactly(30), exactly(1), exactly(750))
    worlds = [World(None, accounts={YEAR: account}) for account in (one, one._replace(**{changed: other}))]
    assert len(few(worlds)) == 1
