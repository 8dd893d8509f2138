"""What may come of a project of a plan in each of its pasts: refused, or with a share at this rate or that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rules.case import Case, explore
from rules.facts import INCREASE, KMO_PORTEFEUILLE, WERKBAARHEIDSCHEQUE
from rules.ledger import USED, Way, ends_of
from rules.outcome import NOT_ELIGIBLE, Outcome
from rules.rule import NOT_MET
from rules.sums import either, summed
from rules.weighing import range_of, ranges, weigh_refused
from rules.worlds import Box, Interval, Leaf, endings, facts_of, leaves, meet

_LEFT_AFTER = {
    KMO_PORTEFEUILLE: "ceiling_left_after",
    INCREASE: "ceiling_left_after",
    WERKBAARHEIDSCHEQUE: "support_left_after",
}


def ways(found: Outcome, pasts: int, shared: set[str]) -> list[list[Way]]:
    """All that may come of a project in each past. What is unknown in ``shared`` alone refuses nobody."""
    if found.verdict == NOT_ELIGIBLE:
        return [[Way(summed(found.amounts))] for _ in range(pasts)]
    ways: list[dict[Any, Way]] = [{} for _ in range(pasts)]

    def may(place: int, way: Way) -> None:
        same = ways[place].get(way[1:])
        ways[place][way[1:]] = way._replace(amounts=either([same.amounts, way.amounts])) if same else way

    for world in () if found.nothing_fits else found.worlds:
        way = _used(world)
        for place in _places(world):
            may(place, way)
    used = USED[found.scheme.id]
    boxes = _refusing(found, shared)
    refusals = [
        (world.box, _places(world), summed(ranges(found.scheme, [world])))
        for world in (weigh_refused(found.case).worlds if boxes else ())
    ]
    for box in boxes:
        before = Interval(*box[used]) if used in box else None
        inside = [refusal for refusal in refusals if meet(refusal[0], box) is not None]
        for place in _places(found.case.narrowed(box)):
            may(place, Way(either([amounts for _, places, amounts in inside if place in places]), before))
    return [[*each.values()] for each in ways]


def _refusing(found: Outcome, shared: set[str]) -> list[Box]:
    """The worlds in which some condition refuses a project, each once."""
    used = USED[found.scheme.id]
    boxes: list[Box] = []
    for judged in found.conditions:
        for box, leaf in leaves(judged.tree):
            if leaf.result == NOT_MET and box not in boxes:
                enterprise = all((names := set(facts_of(key))) and names <= shared for key in box)
                if not enterprise or used in _read(leaf.reasons.case, leaf.reasons.inputs):
                    boxes.append(box)
    return boxes


def _read(case: Case, names: Iterable[str]) -> set[str]:
    """Some names that were read, and all that was read for them."""
    found = set(names)
    for name in names:
        if name in case.readings:
            found |= _read(case, case.readings[name].inputs)
    return found


def _places(case: Case) -> set[int]:
    """The pasts that a world leaves open."""
    return {
        place
        for leaf in endings(explore(case, lambda world: Leaf(world.pasts_left())))
        for place in leaf.result
    }


def _used(world: Case) -> Way:
    """What a project uses in a world in which nothing refuses it."""
    amounts = ranges(world.scheme, [world])
    if _LEFT_AFTER[world.scheme.id] not in amounts:  # the law has no ceiling there
        return Way(summed(amounts))
    used = getattr(world, USED[world.scheme.id])
    low, high = ends_of(range_of(used)).ends
    support = amounts["support"]
    after = ends_of(range_of(used + world.support))
    if "deposit" in world.facts:  # the smaller the support that is due, the more of it a deposit earns
        after = Interval(low + support.low, high + (support.high or 0))
    most = max(amounts["ceiling"].high or 0, high)
    size = world.readings["size"].value if "size" in world.readings else None
    return Way(
        summed(amounts),
        Interval(low, high),
        Interval(min(after.low, most), min(after.high, most)),
        size,
        tuple((key, part[0]) for key, part in world.box.items() if key.startswith("law:")),
    )
