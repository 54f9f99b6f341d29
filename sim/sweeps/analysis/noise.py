"""How much of what differs between runs is luck: points by replications, taken apart."""

from __future__ import annotations

import math

import numpy as np

from sim.sweeps.analysis.findings import Noise
from sim.sweeps.factors import Floats


def noise_of(question: str, answers: Floats) -> Noise:
    """Return how much is luck.

    Replications have common seeds, so what a replication adds to all points alike (good luck everywhere) moves no
    point beside another, and is left out. Luck is the rest: what a replication does at one point and not at another.

    Args:
        question: Name of the question.
        answers: A row a point, a column a replication; points with a NaN are left out.
    """
    known = answers[~np.isnan(answers).any(axis=1)]
    points, replications = known.shape
    nan = float("nan")
    if points < 2:
        return Noise(question, points, replications, nan, nan, nan)
    if replications < 2:
        return Noise(question, points, replications, float(known.var(ddof=1)), nan, nan)
    between = replications * float(known.mean(axis=1).var(ddof=1))
    luck = float(lucks(known - known.mean(axis=0)).sum()) / (points - 1)
    variance = (between + (replications - 1) * luck) / replications
    if not variance:
        return Noise(question, points, replications, 0.0, nan, nan)
    of_means = min(1.0, luck / between) if between else 1.0
    return Noise(question, points, replications, variance, min(1.0, luck / variance), of_means)


def lucks(answers: Floats, others: Floats | None = None) -> Floats:
    """Return the variance over replications (the last axis), or the covariance with ``others``; 0 for one.

    Args:
        answers: Answers of which the mean over points was taken off in every replication.
        others: Other answers of the same runs.
    """
    other = answers if others is None else others
    freedom = answers.shape[-1] - 1
    apart = answers - answers.mean(axis=-1, keepdims=True)
    found: Floats = (apart * (other - other.mean(axis=-1, keepdims=True))).sum(axis=-1) / max(1, freedom)
    return found


def all_the_same(answers: Floats) -> bool:
    """Return whether answers do not differ, but for what arithmetic leaves."""
    known = answers[~np.isnan(answers)]
    return not len(known) or math.isclose(known.min(), known.max(), rel_tol=1e-12, abs_tol=1e-300)
