"""How an outcome is written: its unit, how many decimals, and shares as percentages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.words import Words, decimals_for
from sim.study.outcomes import Outcome


@dataclass(frozen=True)
class Measure:
    """Writes the numbers of one outcome in one language.

    Attributes:
        words: The language.
        outcome: The outcome.
        scale: Factor from the outcome's unit to the one that is written: 100 for shares.
        decimals: Decimals in tables.
        level_unit: Unit behind a level, such as "days" or "per client" or "%".
        difference_unit: Unit behind a difference, such as "days", "percentage points" or nothing.
        per: What follows "less" or "more", such as "per client".
    """

    words: Words
    outcome: Outcome
    scale: float
    decimals: int
    level_unit: str
    difference_unit: str
    per: str

    @property
    def margin(self) -> float:
        """Smallest difference that matters, in the written unit."""
        return self.outcome.smallest_difference * self.scale

    def scaled(self, values: Sequence[float]) -> list[float]:
        """Return values in the written unit."""
        return [float(value) * self.scale for value in values]

    def level(self, value: float) -> str:
        """Write a level for a table."""
        return self.words.number(value * self.scale, self.decimals)

    def signed(self, value: float) -> str:
        """Write a difference for a table, with its sign."""
        return self.words.signed(value * self.scale, self.decimals)

    def between(self, low: float, high: float) -> str:
        """Write an interval of differences for a table."""
        if not (math.isfinite(low) and math.isfinite(high)):
            return self.words("not measured")
        # "to" as a word: a dash between two signed numbers reads as a third sign.
        return self.words("from to", low=self.signed(low), high=self.signed(high))

    def level_with_unit(self, value: float) -> str:
        """Write a level as a sentence does: "62 days"."""
        return f"{self.words.number(value * self.scale, self.coarse([value]))} {self.level_unit}".strip()

    def coarse(self, values: Sequence[float]) -> int:
        """Return the decimals for a sentence: one fewer than in a table, unless a number would vanish."""
        fewer = max(0, self.decimals - 1)
        vanish = any(value and math.isfinite(value) and not round(value * self.scale, fewer) for value in values)
        return self.decimals if vanish else fewer


def measure(words: Words, outcome: Outcome, *, plain: bool = False) -> Measure:
    """Return how ``outcome`` is written in the language of ``words``.

    Args:
        words: The language.
        outcome: The outcome.
        plain: Whether shares stay numbers from 0 to 1, so that they can stand beside other such numbers.
    """
    if plain and (_is_share(outcome) or (outcome.direction and outcome.group == "value")):
        return Measure(words, outcome, 1.0, _decimals(outcome, 1.0), words("0 to 1"), words("0 to 1"), "")
    if _is_share(outcome):
        points = words("percentage points")
        return Measure(words, outcome, 100.0, _decimals(outcome, 100.0), "%", points, "")
    unit = outcome.unit_in(words.language)
    head, per, rest = unit.partition("per ")
    return Measure(words, outcome, 1.0, _decimals(outcome, 1.0), unit, head.strip(), f"{per}{rest}" if per else "")


def _is_share(outcome: Outcome) -> bool:
    return outcome.unit.split()[0] == "share"


def _decimals(outcome: Outcome, scale: float) -> int:
    return decimals_for(outcome.smallest_difference * scale)
