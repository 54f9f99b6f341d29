"""Which factor matters more than which, as far as noise lets one say."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.sweeps.analysis.resampling import LEVEL, Estimate
from sim.sweeps.factors import Floats


def above(value: Floats, resampled: Floats, *, two_sided: bool) -> NDArray[np.bool_]:
    """Return which numbers are surely above zero, all of them together.

    Each is held against its standard error; how many of these it must be is the 95 % quantile of what the largest of
    all departs from its mean in resamples. So in 95 of 100 sweeps none is called sure that is not.

    Args:
        value: Numbers.
        resampled: A row a resample, a column a number.
        two_sided: Whether a number and its opposite are both looked at, and only one of them is given.
    """
    error = resampled.std(axis=0, ddof=1)
    apart = (resampled - resampled.mean(axis=0)) / np.where(error > 0, error, np.inf)
    largest = (np.abs(apart) if two_sided else -apart).max(axis=1)
    found: NDArray[np.bool_] = value > np.quantile(largest, LEVEL) * error
    return found


def places(estimate: Estimate, floor: Floats | float) -> list[dict[str, Any]] | None:
    """Return the best and worst rank of each factor, and whether it matters; None where no two are separated.

    Args:
        estimate: The measure by which they are ranked.
        floor: What noise alone gives of that measure.
    """
    number = len(estimate.value)
    one, other = np.triu_indices(number, 1)
    if not len(one):
        return None
    difference = estimate.value[one] - estimate.value[other]
    resampled = estimate.resampled[:, one] - estimate.resampled[:, other]
    sign = np.where(difference < 0, -1.0, 1.0)
    sure = above(difference * sign, resampled * sign, two_sided=True)
    if not sure.any():
        return None
    over, under = np.where(sign > 0, one, other)[sure], np.where(sign > 0, other, one)[sure]
    better, worse = np.bincount(under, minlength=number), np.bincount(over, minlength=number)
    matters = above(estimate.value - floor, estimate.resampled - floor, two_sided=False)
    return [
        {"first": int(1 + better[i]), "last": int(number - worse[i]), "matters": bool(matters[i])}
        for i in range(number)
    ]
