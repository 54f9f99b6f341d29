"""Statistics of pairs: worlds that share people and luck and differ in who steers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Verdict = Literal["better", "worse", "higher", "lower", "no difference", "undecided", "none"]
LEVEL = 0.95


@dataclass(frozen=True)
class Paired:
    """How one series of numbers differs from another, pair by pair.

    Attributes:
        n: Pairs in which both are defined.
        baseline_mean: Mean of the first of each pair.
        mean: Mean of the second of each pair.
        difference: Mean of second less first.
        low: Lower end of the 95 % confidence interval of the mean difference; NaN below two pairs.
        high: Upper end.
        p_better: Share of pairs in which the second is better, ties counted half; where neither direction is
            better, the share in which it is higher.
        variance_ratio: Variance of the paired difference against that of independent runs; below 1 pairing
            helped.
    """

    n: int
    baseline_mean: float
    mean: float
    difference: float
    low: float
    high: float
    p_better: float
    variance_ratio: float


def paired(first: NDArray[Any], second: NDArray[Any], direction: int = 1) -> Paired:
    """Compare ``second`` with ``first``, pair by pair; a pair with a NaN is left out."""
    known = ~(np.isnan(first) | np.isnan(second))
    first, second = first[known], second[known]
    difference = second - first
    n = len(difference)
    if not n:
        return Paired(0, *[float("nan")] * 7)
    low, high = interval(difference)
    return Paired(
        n=n,
        baseline_mean=float(first.mean()),
        mean=float(second.mean()),
        difference=float(difference.mean()),
        low=low,
        high=high,
        p_better=share_better(difference, direction),
        variance_ratio=variance_ratio(first, second),
    )


def interval(values: NDArray[Any], level: float = LEVEL) -> tuple[float, float]:
    """Return the confidence interval of the mean by Student's t; NaN below two values."""
    n = len(values)
    if n < 2:
        return float("nan"), float("nan")
    half = student_t((1 + level) / 2, n - 1) * float(values.std(ddof=1)) / math.sqrt(n)
    mean = float(values.mean())
    return mean - half, mean + half


def student_t(probability: float, freedom: int) -> float:
    """Return the quantile of Student's t."""
    from scipy.special import stdtrit  # scipy.stats takes 0.7 s to import

    return float(stdtrit(freedom, probability))


def p_value(difference: float, error: float, n: int, smallest: float) -> float:
    """Return the p-value of what a verdict says of a mean difference, whichever of both is nearer to being shown.

    That is that the difference lies beyond the smallest one that matters, or (two one-sided tests) that it lies within
    it. At level .05 it agrees with :func:`verdict` on a 95 % interval; NaN below two pairs.

    Args:
        difference: Mean difference.
        error: Its standard error.
        n: Pairs.
        smallest: Smallest difference that matters.
    """
    from scipy.special import stdtr

    distance = abs(abs(difference) - smallest)
    if n < 2 or math.isnan(difference):
        return float("nan")
    if not error:
        return 0.0 if distance else 1.0
    return float(2 * stdtr(n - 1, -distance / error))


def holm(p_values: NDArray[Any]) -> NDArray[np.float64]:
    """Return p-values adjusted for how many they are, by Holm's step-down method; NaN stays NaN and does not count.

    (scipy adjusts for the rate of false discoveries only; Holm 1979 bounds the chance of any.)
    """
    adjusted = np.full(len(p_values), np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    order = known[np.argsort(p_values[known], kind="stable")]
    times = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(times * p_values[order]))
    return adjusted


def within_one_world(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Return the standard deviation that luck alone gives: from worlds lived twice, with other luck the second time.

    Args:
        first: A number of each world.
        second: The same number of the same world, lived again.

    Returns:
        The pooled standard deviation within a world; NaN below two worlds.
    """
    apart = (first - second)[~np.isnan(first - second)]
    return math.sqrt(float(np.mean(apart**2)) / 2) if len(apart) > 1 else float("nan")


def share_better(difference: NDArray[Any], direction: int) -> float:
    """Return the share of differences in the good direction, ties counted half."""
    signed = difference * (direction or 1)
    return float(((signed > 0) + 0.5 * (signed == 0)).mean())


def variance_ratio(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Return the variance of the paired difference divided by that of the difference of independent runs.

    NaN below two pairs or where nothing varies.
    """
    if len(first) < 2:
        return float("nan")
    apart = float(first.var(ddof=1) + second.var(ddof=1))
    return float((second - first).var(ddof=1)) / apart if apart > 0 else float("nan")


def verdict(low: float, high: float, smallest: float, direction: int) -> Verdict:
    """Judge an interval of a difference against the smallest difference that matters.

    Better (or worse): the whole interval lies beyond it. No difference: the whole interval lies within it, on
    both sides of zero. Otherwise undecided: more pairs would be needed. Where neither direction is better the
    words are higher and lower. Without an interval (fewer than two pairs) there is no verdict: none.
    """
    if math.isnan(low) or math.isnan(high):
        return "none"
    if -smallest <= low and high <= smallest:
        return "no difference"
    if low > smallest:
        return "higher" if direction == 0 else "better" if direction > 0 else "worse"
    if high < -smallest:
        return "lower" if direction == 0 else "better" if direction < 0 else "worse"
    return "undecided"
