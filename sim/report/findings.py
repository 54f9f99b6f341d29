"""The numbers of a page about one outcome: a difference with its verdict, or a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.study.comparison import Difference, judged
from sim.study.outcomes import Outcome
from sim.study.tables import Floats
from sim.study.worlds import Worlds


@dataclass(frozen=True)
class Level:
    """One outcome under one regime over the repeats: mean, lowest, highest and how many are known."""

    outcome: Outcome
    regime: str
    mean: float
    lowest: float
    highest: float
    n: int


@dataclass(frozen=True)
class Finding:
    """How one outcome differs between a regime and the baseline, pair by pair.

    Attributes:
        outcome: The outcome.
        regime: Name of the regime.
        paired: The statistics of the pairs, with the verdict, beside all other outcomes, and what luck alone does.
        singles: Regime less baseline, one number a pair; pairs in which either is not defined are left out.
        worlds: Whether each pair has a plausible world of its own, any world of its own, or all have the same.
    """

    outcome: Outcome
    regime: str
    paired: Difference
    singles: NDArray[np.float64]
    worlds: Worlds = "one"

    @property
    def verdict(self) -> str:
        """The verdict on this difference; ``"none"`` below two pairs."""
        return self.paired.verdict

    @cached_property
    def identical(self) -> bool:
        """Whether the outcome is exactly the same in every pair."""
        return bool(len(self.singles)) and not self.singles.any()

    @cached_property
    def spread(self) -> list[float]:
        """Ends of the middle 80 % of the single pairs; empty below two pairs."""
        return [float(end) for end in np.quantile(self.singles, [0.1, 0.9])] if len(self.singles) > 1 else []

    @cached_property
    def better_pairs(self) -> int:
        """Pairs in which the regime is better than the baseline; 0 where neither direction is better."""
        return int((self.singles * self.outcome.direction > 0).sum())


def findings(
    outcomes: Sequence[Outcome],
    regime: str,
    first: Floats,
    second: Floats,
    twin: Floats,
    other_twin: Floats,
    *,
    worlds: Worlds = "one",
) -> list[Finding]:
    """Compare ``second`` (the regime) with ``first`` (the baseline) in all outcomes.

    The arrays are by (pair, outcome); those of the twins are of the same worlds with other luck, see `judged`.
    """
    rows = judged(regime, outcomes, first, second, twin, other_twin)
    apart = (second - first).T
    return [
        Finding(outcome, regime, row, singles[~np.isnan(singles)], worlds)
        for outcome, row, singles in zip(outcomes, rows, apart, strict=True)
    ]


def finding(outcome: Outcome, regime: str, first: Floats, second: Floats) -> Finding:
    """Compare ``second`` with ``first`` in one outcome alone, one number a pair each."""
    unknown = np.full((len(first), 1), np.nan)
    (found,) = findings([outcome], regime, first[:, None], second[:, None], unknown, unknown)
    return found


def level(outcome: Outcome, regime: str, values: NDArray[Any]) -> Level:
    """Return the level of an outcome over the repeats, those in which it is not defined left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Level(outcome, regime, float("nan"), float("nan"), float("nan"), 0)
    return Level(outcome, regime, float(known.mean()), float(known.min()), float(known.max()), len(known))
