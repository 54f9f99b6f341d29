"""When a comparison has been repeated often enough: fixed looks at how well its headline differences are known.

At each look, a number of worlds fixed beforehand, the half-width of every headline interval is held against what is
asked of it. A comparison ends when it was narrow enough at two looks in a row: at the first it may be so by luck, and
stopping then would give intervals that hold the truth too seldom. How often they do is measured in
``docs/validation.md`` and held by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

LOOKS = (20, 28, 40, 56, 80, 113, 160)
"""Worlds at which is looked: each time about 1.4 times as many, which narrows an interval by a sixth."""


class Width(NamedTuple):
    """How well a headline difference is known: the half-width of its interval, and what is asked of it."""

    regime: str
    outcome: str
    half: float
    asked: float

    @property
    def enough(self) -> bool:
        """Whether the interval is as narrow as is asked; also where there is nothing to know, as of a mean of none."""
        return not self.half > self.asked


@dataclass(frozen=True)
class Precision:
    """How precise a comparison was to become, and became.

    Attributes:
        asked: Half-width asked, as a share of the baseline; None where a number of worlds was asked instead.
        widths: How well each headline difference is known.
    """

    asked: float | None
    widths: tuple[Width, ...]

    @property
    def reached(self) -> bool:
        """Whether every headline difference is known as well as was asked."""
        return all(width.enough for width in self.widths)

    @property
    def widest(self) -> Width | None:
        """The headline difference that lacks most; None where all are known well enough."""
        short = [width for width in self.widths if not width.enough]
        return max(short, key=lambda width: width.half / width.asked) if short else None


def looks(most: int) -> tuple[int, ...]:
    """Return the numbers of worlds at which is looked, the last of them ``most``."""
    return (*(look for look in LOOKS if look < most), most)
