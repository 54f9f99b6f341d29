"""What a road is made of: a sentence for each thing that happened, and the sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FIRST, COMES, DOES, CHANGES, QUIET = range(5)
"""Ranks of sentences of one day: how it began, who comes or goes, what is done, what changes, what is decided."""


@dataclass(frozen=True)
class Event:
    """One sentence; on one day those of a lower rank come first.

    Attributes:
        day: Counted from day 0.
        rank: One of the constants of this module.
        text: The sentence.
    """

    day: int
    rank: int
    text: str

    @property
    def quiet(self) -> bool:
        """Whether it only says that something was decided."""
        return self.rank == QUIET


@dataclass(frozen=True)
class Road:
    """What happened in one world.

    Attributes:
        events: In any order.
        decided: Days for which there is an answer to "why?".
        in_all: The sums, in words.
        numbers: Of those the ones by which two roads are compared, in words, by their names in the sentence.
    """

    events: tuple[Event, ...]
    decided: frozenset[int]
    in_all: str
    numbers: Mapping[str, str]
