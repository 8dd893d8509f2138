"""Which sources stand behind a step: its own, and those of all that it read."""

from __future__ import annotations

from typing import ClassVar


class Cited:
    """Keys of sources, each once, in their order. Equal ones are one object, so that nothing is joined twice."""

    __slots__ = ("_joined", "keys")

    _all: ClassVar[dict[tuple[str, ...], Cited]] = {}

    def __init__(self, keys: tuple[str, ...]):
        self.keys = keys
        self._joined: dict[Cited, Cited] = {}

    @classmethod
    def of(cls, keys: tuple[str, ...]) -> Cited:
        """The one object for some keys."""
        found = cls._all.get(keys)
        if found is None:
            found = cls._all[keys] = cls(keys)
        return found

    def joined(self, other: Cited) -> Cited:
        """These, and then those of ``other`` that are not among them."""
        found = self._joined.get(other)
        if found is None:
            keys = tuple(dict.fromkeys((*self.keys, *other.keys)))
            found = self._joined[other] = Cited.of(keys)
        return found


NOTHING = Cited.of(())
