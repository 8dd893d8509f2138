"""A case: facts and law, handed out to the rules, with a note of every reading.

From the notes come the trace, the sources under an answer and the questions that still matter. What is
unknown is handed out as a `Choice` or a `Span`; comparing it may raise `Fork`, and then `explore` runs the
rule again in each part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rules.dated import NONE, UNKNOWN, Disagreement, Law, Parameter, Value
from rules.days import ordinal
from rules.facts import EARLIEST_DAY, FACTS, IN_ORDER, LATEST_DAY, NUMBERS_LETTER, Fact
from rules.rule import LeftOut, NoValue, SourcesSilent
from rules.worlds import (
    ANY_COUNT,
    FEW_WILL_DO,
    UNBOUNDED,
    Box,
    Choice,
    Domain,
    Fork,
    Interval,
    Leaf,
    Span,
    Tree,
    branching,
    meet,
)

if TYPE_CHECKING:
    from rules.scheme import Scheme

_DAYS = Interval(ordinal(EARLIEST_DAY), ordinal(LATEST_DAY))

Facts = dict[str, Any]  # known facts by name, as `rules.reading` reads them


class Reading(NamedTuple):
    """What a step came to, and the names of what it read, in order."""

    value: Any
    inputs: tuple[str, ...]


class Past(NamedTuple):
    """What earlier projects of a plan may have come to: facts of the next one, known or between two ends.

    ``where`` are steps that come to the same in that past as here: the class of the enterprise. Under a key of the law
    (``law:...``) stands the side that a disagreement of the sources has there.
    """

    where: dict[str, Any]
    facts: Facts


PAST = "plan:past"  # the key of a fork on which of several pasts it was


class Case:
    """Facts and law as one rule after the other reads them, in one world.

    A fact in ``sought`` is unknown within the bounds that ``box`` gives it, even where it is optional.
    ``case.fee`` is a fact, ``case.support`` a step's value, ``case.law("minimum_cost", "training")`` a value of
    the law on the day of the application. What differs between several ``pasts`` is known once it is settled which of
    them it was.
    """

    def __init__(
        self,
        scheme: Scheme,
        facts: Facts,
        law: Law,
        box: Box | None = None,
        readings: dict[str, Reading] | None = None,
        legal: dict[str, tuple[Parameter, Value]] | None = None,
        sought: frozenset[str] = frozenset(),
        pasts: tuple[Past, ...] = (),
    ):
        self.scheme = scheme
        self.facts = facts
        self.book = law
        self.box = box or {}
        self.readings = readings or {}
        self.legal = legal or {}
        self.sought = sought
        self.pasts = pasts
        self.read: set[str] = set()  # the known facts that some rule read, in this world or another one
        self._notes: dict[str, None] = {}
        self._sources: dict[str, dict[str, None]] = {}

    @classmethod
    def after(cls, scheme: Scheme, facts: Facts, law: Law, pasts: Sequence[Past]) -> Case:
        """A case after one of several pasts. What is the same in all of them is known, or between its two ends."""
        if not pasts:
            return cls(scheme, dict(facts), law)
        told = [{**{name: facts.get(name) for name in _names(pasts)}, **past.facts} for past in pasts]
        known, box = dict(facts), Box()
        differs = [name for name in _names(pasts) if len({each[name] for each in told}) > 1]
        for name, value in told[0].items():
            known.pop(name, None)
            if name in differs:
                continue
            if isinstance(value, Interval):
                box[name] = value
            elif ":" in name:
                box[name] = (value,)
            else:
                known[name] = value
        several = tuple(
            Past(past.where, {name: each[name] for name in differs})
            for past, each in zip(pasts, told, strict=True)
        )
        return cls(scheme, known, law, box, sought=frozenset(box), pasts=several)

    def narrowed(self, box: Box) -> Case:
        """The same case in a smaller world. What does not hang on what is narrowed stays as it was read."""
        both = {**self.box, **box}
        open_borders = "|" in " ".join(both)  # a span looks these up in the box it was made in
        settled = {
            name: reading
            for name, reading in self.readings.items()
            if not isinstance(value := reading.value, Choice)
            and not (isinstance(value, Span) and (open_borders or value.axes.keys() & box.keys()))
        }
        smaller = Case(
            self.scheme, self.facts, self.book, both, settled, dict(self.legal), self.sought, self.pasts
        )
        smaller.read = self.read
        return smaller

    # --- what rules read -----------------------------------------------------------------------

    if TYPE_CHECKING:  # a name at a time, by `answers_to`

        def __getattr__(self, name: str) -> Any: ...

    def _first_reading(self, name: str) -> Reading:
        rule = self.scheme.steps.get(name)
        if rule is None:
            raise AttributeError(f"{name} is no step of {self.scheme.id}")
        reading = self.readings[name] = self.noting(rule.function)
        return reading

    def _not_known(self, name: str) -> Any:
        if self.pasts and (told := self._in_past(name)) is not None:
            return told
        fact = FACTS[name]
        if fact.optional and name not in self.sought:
            if fact.counts_as is None:
                raise LeftOut
            return fact.counts_as
        return self._unknown(fact)

    def law(self, name: str, variant: Any = None) -> Any:
        """A parameter's value on the day of the application; ``variant`` picks one of its values, such as a size."""
        if variant is not None:
            variant = variant.settled() if isinstance(variant, Choice) else variant
            name = f"{name}.{variant}"
        parameter, value = self.legal.get(name) or self._legal_on_the_day(name)
        self._notes["application_date"] = self._notes[name] = None
        if isinstance(value.value, Disagreement):
            key = f"law:{name}"
            if self.pasts and (side := self._in_past(key)) is not None:
                return side
            if key not in self.box:
                raise Fork(key, [(value.value.low,), (value.value.high,)])
            return self.box[key][0]
        if value.value == UNKNOWN and parameter.id != self.scheme.state:
            raise SourcesSilent
        return value.value

    def _legal_on_the_day(self, name: str) -> tuple[Parameter, Value]:
        parameter = self.book.parameters[name]
        value = parameter.at(self._day_in_one_value(parameter))
        if value is None or value.value == NONE:
            raise NoValue
        self.legal[name] = parameter, value
        return parameter, value

    def given(self, name: str) -> Any:
        """An optional fact that is not taken for anything: the rule is left out while it is unknown."""
        if not self.knows(name):
            raise LeftOut
        return getattr(self, name)

    def given_or(self, name: str, otherwise: Any) -> Any:
        """An optional fact, or what stands for it while it is unknown."""
        return getattr(self, name) if self.knows(name) else otherwise

    def between(self, name: str, low: int, high: int) -> Any:
        """An optional fact, or everything between two ends while it is unknown."""
        if self.knows(name):
            return getattr(self, name)
        self._notes[name] = None
        return Span.of(self.box, name, Interval(low, high))

    def product(self, *names: str, few: bool) -> Any:
        """Whole numbers multiplied; those that are unknown are one unknown, as only their product matters.

        ``few``: a few of its values hold every end of an amount (see `decide`).
        """
        known, unknown = 1, []
        for name in names:
            self._notes[name] = None
            if self.knows(name):
                known = known * getattr(self, name)
            else:
                unknown.append(name)
        if not unknown:
            return known
        key = "*".join(unknown)
        if few:
            key = FEW_WILL_DO + key
        ends = Interval(*self.box.get(key, ANY_COUNT))
        return known * (ends.low if ends.low == ends.high else Span.of(self.box, key, ends))

    def knows(self, *names: str) -> bool:
        """Whether one of some facts is known, or sought. For notices, and for facts that answer one another."""
        for name in names:
            if name in self.facts or name in self.sought or (self.pasts and self._in_past(name) is not None):
                return True
        return False

    # --- the mechanism -------------------------------------------------------------------------

    def pasts_left(self) -> tuple[int, ...]:
        """The places of the pasts that this world leaves open."""
        if PAST in self.box:
            return self.box[PAST]
        come_to = {
            step: self.noting(lambda case, step=step: getattr(case, step)).value  # type: ignore[misc]
            for step in dict.fromkeys(step for past in self.pasts for step in past.where)
        }
        return tuple(
            place
            for place, past in enumerate(self.pasts)
            if all(come_to[step] == value for step, value in past.where.items())
        )

    def _in_past(self, name: str) -> Any:
        """A fact on which the pasts differ; None where there is no such past, or nothing is said of it."""
        if not self.pasts or name not in self.pasts[0].facts:
            return None
        told: dict[Any, list[int]] = {}
        for place in self.pasts_left():
            value = self.pasts[place].facts[name]
            if isinstance(value, Interval) and name in self.box:
                both = meet({name: value}, {name: self.box[name]})
                if both is None:
                    continue
                value = both[name]
            told.setdefault(value, []).append(place)
        if len(told) > 1:
            raise Fork(PAST, [tuple(places) for places in told.values()])
        if not told:  # no past leads to this world
            raise NoValue
        [value] = told
        return Span.of(self.box, name, value) if isinstance(value, Interval) else value

    def noting(self, function: Callable[[Case], Any]) -> Reading:
        """What a function of the case gives, and what it read."""
        outer, self._notes = self._notes, {}
        try:
            value = function(self)
            return Reading(value, tuple(self._notes))
        finally:
            self._notes = outer

    def sources(self, own: tuple[str, ...], inputs: tuple[str, ...]) -> dict[str, None]:
        """The keys of a rule's sources, each once: its own, and those of everything that it read."""
        found, known = dict.fromkeys(own), self._sources
        for name in inputs:
            found |= known[name] if name in known else self.sources_of(name)
        return found

    def sources_of(self, name: str) -> dict[str, None]:
        """The keys of the sources of a step or a value of the law that was read; a fact has none."""
        found = self._sources.get(name)
        if found is None:
            if name in self.legal:
                found = dict.fromkeys(self.legal[name][1].sources)
            elif name in self.readings:
                found = self.sources(self.scheme.steps[name].sources, self.readings[name].inputs)
            else:
                found = {}
            self._sources[name] = found
        return found

    def _unknown(self, fact: Fact) -> Any:
        if fact.kind == "set":
            return _UnknownSet(self.box, fact)
        domain = self._left_of(fact)
        if isinstance(domain, Interval):
            if domain.low == domain.high:
                return domain.low
            return Span.of(self.box, fact.name, domain)
        return domain[0] if len(domain) == 1 else Choice(fact.name, domain)

    def _left_of(self, fact: Fact) -> Domain:
        """What an unknown fact can still be in this world."""
        domain = self.box.get(fact.name)
        if domain is not None:
            return domain
        if fact.name != "application_date":
            return _domain(fact, self.facts)
        days = days_beside(fact.name, self.facts)
        windows = [both for window in self.windows() if (both := window.meet(days))] or list(self.windows())
        if len(windows) > 1:
            raise Fork(fact.name, list(windows))
        return windows[0]

    def windows(self) -> Iterator[Interval]:
        """The spells of days on which applications were taken, as far as the law is trusted."""
        begin = None
        for value in self.book.parameters[self.scheme.state].values:
            if value.value in ("before", "closed", UNKNOWN):
                if begin is not None:
                    yield Interval(begin, value.since.toordinal() - 1)
                begin = None
            elif begin is None:
                begin = value.since.toordinal()
        if begin is not None:
            yield Interval(begin, self.book.trusted_until.toordinal())

    def _day_in_one_value(self, parameter: Parameter) -> int:
        self._notes["application_date"] = None
        day = self.facts.get("application_date")
        if day is not None:
            return int(day)
        low, high, _ = self._left_of(FACTS["application_date"])
        if starts := parameter.starts_after(low, high):
            firsts, lasts = [low, *starts], [*(start - 1 for start in starts), high]
            raise Fork("application_date", [Interval(*ends) for ends in zip(firsts, lasts, strict=True)])
        return int(low)


def answers_to(names: Iterable[str]) -> None:
    """Let cases answer to the names of steps: ``case.support``.

    A name at a time, as `__getattr__` would slow down everything else that is read of a case.
    """
    for name in names:
        setattr(Case, name, _step(name))


def _step(name: str) -> property:
    def read(case: Case) -> Any:
        case._notes[name] = None
        return (case.readings.get(name) or case._first_reading(name)).value

    return property(read)


def _fact(name: str) -> property:
    def read(case: Case) -> Any:
        case._notes[name] = None
        if name not in case.facts:
            return case._not_known(name)
        case.read.add(name)
        return case.facts[name]

    return property(read)


for _name in FACTS.keys() - {"scheme"}:
    setattr(Case, _name, _fact(_name))


class _UnknownSet:
    """An unknown set: whether something is in it is an open question by itself."""

    def __init__(self, box: Box, fact: Fact):
        self.box = box
        self.fact = fact

    def __contains__(self, member: object) -> bool:
        key = f"{self.fact.name}/{member}"
        return bool(Choice(key, self.box.get(key, (True, False))))


def _names(pasts: Sequence[Past]) -> dict[str, None]:
    """Every name that some past tells of."""
    return dict.fromkeys(name for past in pasts for name in past.facts)


def _domain(fact: Fact, known: Facts) -> Domain:
    """What an unknown fact can be beside the known ones: nothing that would contradict them."""
    if fact.kind == "yes_no":
        return (True, False)
    if fact.name == "service" and "provider_number" in known:
        return tuple(each for each in fact.options if NUMBERS_LETTER[each] == known["provider_number"][3])
    if fact.kind == "choice":
        return fact.options
    if fact.kind == "date":
        return days_beside(fact.name, known)
    return Interval(fact.least, fact.most if fact.kind == "percentage" else UNBOUNDED)


def days_beside(name: str, known: Facts) -> Interval:
    """The days that a fact can be beside the known ones, as some come before others."""
    before = [known[first] for first, then in IN_ORDER if then == name and first in known]
    after = [known[then] for first, then in IN_ORDER if first == name and then in known]
    return Interval(max([_DAYS.low, *before]), min([_DAYS.high, *after]))


def explore(case: Case, rule: Callable[[Case], Leaf]) -> Tree:
    """The decision tree of a rule over what is unknown in a case."""
    try:
        return rule(case)
    except Fork as fork:
        return branching(
            fork.key, [(part, explore(case.narrowed({fork.key: part}), rule)) for part in fork.parts]
        )


def one_by_one(case: Case, rule: Callable[[Case], Leaf]) -> Iterable[Leaf]:
    """The endings of a rule's decision tree, each judged when it is asked for, for who may not need them all."""
    try:
        return [rule(case)]
    except Fork as fork:
        key, parts = fork.key, fork.parts
        return chain.from_iterable(one_by_one(case.narrowed({key: part}), rule) for part in parts)
