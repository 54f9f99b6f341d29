"""Which factor matters more than which, as far as noise lets one say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.sweeps.analysis.resampling import LEVEL, Drawn, Estimate
from sim.sweeps.factors import Floats

FEWEST_REPLICATIONS = 4
"""Below this many replications there is no ranking: they tell too little of luck that goes along with a factor."""


def above(value: Floats, drawn: Drawn, *, two_sided: bool) -> NDArray[np.bool_]:
    """Return which numbers are surely above zero, all of them together.

    Each is held against its standard error; how many of these it must be is the 95 % quantile of what the largest of
    all departs from its mean in resamples. So in 95 of 100 sweeps none is called sure that is not.

    Args:
        value: Numbers.
        drawn: The same in resamples.
        two_sided: Whether a number and its opposite are both looked at, and only the larger is given.
    """
    error = drawn.error
    apart = (drawn.both - drawn.both.mean(axis=0)) / np.where(error > 0, error, np.inf)
    largest = (np.abs(apart) if two_sided else -apart).max(axis=1)
    found: NDArray[np.bool_] = value > np.quantile(largest, LEVEL) * error * drawn.widening
    return found


def places(estimate: Estimate, certain: Estimate) -> list[dict[str, Any]] | None:
    """Return the best and worst rank of each factor, and whether it matters; None where no two are separated.

    Args:
        estimate: The measure by which they are ranked.
        certain: What is 0 on average for a factor that is luck alone.
    """
    number = len(estimate.value)
    one, other = np.triu_indices(number, 1)
    if not len(one):
        return None
    difference = estimate.value[one] - estimate.value[other]
    sign = np.where(difference < 0, -1.0, 1.0)
    both, luck = (sign * (rows[:, one] - rows[:, other]) for rows in (estimate.drawn.both, estimate.drawn.luck))
    sure = above(difference * sign, replace(estimate.drawn, both=both, luck=luck), two_sided=True)
    if not sure.any():
        return None
    over, under = np.where(sign > 0, one, other)[sure], np.where(sign > 0, other, one)[sure]
    better, worse = np.bincount(under, minlength=number), np.bincount(over, minlength=number)
    matters = above(certain.value, certain.drawn, two_sided=False)
    return [
        {"first": int(1 + better[i]), "last": int(number - worse[i]), "matters": bool(matters[i])}
        for i in range(number)
    ]
