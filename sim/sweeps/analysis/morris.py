"""Morris's elementary effects."""

from __future__ import annotations

import math

import numpy as np

from sim.sweeps.analysis.noise import lucks
from sim.sweeps.analysis.resampling import Estimate, resamples
from sim.sweeps.factors import Floats

FEWEST = 8
"""Trajectories below which there are no indices."""


def effects(points: Floats, answers: Floats, levels: int) -> Floats:
    """Return what each factor does as it goes once over its whole range: trajectories by factors by replications.

    Args:
        points: Trajectories by rows by factors; each row differs from the one before in one factor.
        answers: Trajectories by rows by replications.
        levels: Levels of the design, which give the length of a step: levels / (2 (levels - 1)) of the range.
    """
    steps = np.diff(points, axis=1)
    which = np.abs(np.sign(steps)).argmax(axis=2)
    up = np.sign(np.take_along_axis(steps, which[:, :, None], axis=2))
    found = np.empty((len(points), points.shape[2], answers.shape[2]))
    moved = np.diff(answers, axis=1) * up / (levels / (2 * (levels - 1)))
    np.put_along_axis(found, np.broadcast_to(which[:, :, None], moved.shape), moved, axis=1)
    return found


def morris(found: Floats, times: int, seed: int) -> tuple[Estimate, ...]:
    """Return mu*, mu and sigma, of effects averaged over replications.

    Luck makes absolute effects larger, and more so in resamples, in which fewer replications take part; so resamples
    are shifted to have the mean that was found.

    Args:
        found: Effects: trajectories by factors by replications; no NaN.
        times: Resamples.
        seed: Of the resampling.
    """
    size, mean, spread = [], [], []
    correction = len(found) / (len(found) - 1)
    for trajectories, replications in resamples(len(found), found.shape[2], times, seed):
        effect = found @ replications
        mean.append(trajectories @ effect)
        size.append(trajectories @ np.abs(effect))
        spread.append(np.sqrt(correction * (trajectories @ (effect - mean[-1]) ** 2)))
    return (
        _shifted(Estimate("mu_star", size[0], np.array(size[1:]))),
        Estimate("mu", mean[0], np.array(mean[1:])),
        _shifted(Estimate("sigma", spread[0], np.array(spread[1:]))),
    )


def floor(found: Floats) -> Floats:
    """Return the mu* that luck alone gives each factor: the mean size of an effect that is none."""
    replications = found.shape[2]
    level: Floats = np.sqrt(2 / math.pi * lucks(found).mean(axis=0) / replications)
    return level


def _shifted(estimate: Estimate) -> Estimate:
    shifted = estimate.resampled - estimate.resampled.mean(axis=0) + estimate.value
    return Estimate(estimate.measure, estimate.value, np.maximum(0.0, shifted))
