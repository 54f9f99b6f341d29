"""What each lever in which two regimes differ does alone, and what is missed without it.

Where effects simply add up, those of the levers alone add up to the whole difference, and each is missed as much as it
brings. What they do not add up to arises only together. The arms are those of `sim.study.lever_arms`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.scenario.parameters import levers
from sim.study.comparison import Comparison
from sim.study.lever_arms import ONLY, WITHOUT, name_of
from sim.study.outcomes import Outcome
from sim.study.statistics import Verdict, interval, verdict
from sim.study.tables import Floats


@dataclass(frozen=True)
class Mean:
    """A mean over worlds.

    Attributes:
        n: Worlds.
        mean: The mean.
        low: Lower end of its 95 % confidence interval; NaN below two worlds.
        high: Upper end.
        verdict: Held against the smallest difference that matters.
    """

    n: int
    mean: float
    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True)
class Effect:
    """What one lever does to an outcome.

    Attributes:
        lever: The lever.
        alone: The baseline with only this lever, less the baseline.
        missed: The whole rival, less the rival without this lever: what it adds where all others are there.
        share: Part of the whole difference that it makes alone; NaN where the whole may be nothing.
    """

    lever: str
    alone: Mean
    missed: Mean | None
    share: float


@dataclass(frozen=True)
class Apart:
    """A difference between the baseline and a rival, taken apart by lever.

    Attributes:
        outcome: What is looked at.
        rival: The rival.
        whole: The whole difference.
        effects: Each lever, largest effect alone first.
        together: The whole less the sum of what each does alone: what arises only together.
    """

    outcome: Outcome
    rival: str
    whole: Mean
    effects: tuple[Effect, ...]
    together: Mean

    @property
    def share_together(self) -> float:
        """Part of the whole difference that arises only together; NaN where the whole may be nothing."""
        return _share(self.together, self.whole)


def taken_apart(comparison: Comparison, rival: str, outcome: str) -> Apart:
    """Return what each lever of ``rival`` does to an outcome, from a comparison in which its arms were run.

    Means are over the worlds in which every arm that is held against another has a value.

    Raises:
        RegieError: The rival was not run, or there is no such outcome.
    """
    about = comparison.outcome(outcome)
    base, all_of_it = comparison.level(comparison.baseline, outcome), comparison.level(rival, outcome)
    alone = {lever: comparison.level(name_of(ONLY, lever), outcome) - base for lever in levers_apart(comparison)}
    whole = _mean(all_of_it - base, about)
    effects = [
        Effect(
            lever, _mean(gain, about), _missed(comparison, lever, all_of_it, about), _share(_mean(gain, about), whole)
        )
        for lever, gain in alone.items()
    ]
    effects.sort(key=lambda effect: -abs(effect.alone.mean) if math.isfinite(effect.alone.mean) else math.inf)
    together = all_of_it - base - np.sum(list(alone.values()), axis=0)
    return Apart(about, rival, whole, tuple(effects), _mean(together, about))


def levers_apart(comparison: Comparison) -> tuple[str, ...]:
    """Return the levers that were run alone, in the order of the arms."""
    sorts = (name.partition(":") for name in comparison.scenarios)
    return tuple(lever for sort, _, lever in sorts if sort == ONLY and lever in levers())


def _missed(comparison: Comparison, lever: str, all_of_it: Floats, about: Outcome) -> Mean | None:
    name = name_of(WITHOUT, lever)
    if name not in comparison.scenarios:
        return None
    return _mean(all_of_it - comparison.level(name, about.name), about)


def _mean(differences: Floats, about: Outcome) -> Mean:
    known = differences[np.isfinite(differences)]
    if not len(known):
        return Mean(0, math.nan, math.nan, math.nan, "none")
    low, high = interval(known)
    return Mean(
        len(known), float(known.mean()), low, high, verdict(low, high, about.smallest_difference, about.direction)
    )


def _share(part: Mean, whole: Mean) -> float:
    surely = whole.low > 0 or whole.high < 0
    return part.mean / whole.mean if surely else math.nan
