"""Morris's elementary effects."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from sim.sweeps.analysis.noise import lucks
from sim.sweeps.analysis.resampling import Estimate, drawn, lower_end, resamples
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


class Morris(NamedTuple):
    """What is known of effects.

    Attributes:
        estimates: mu*, mu and sigma; none where effects may be luck alone.
        squares: Mean square of the effects of each factor with luck taken out: of luck alone it is 0 on average.
    """

    estimates: tuple[Estimate, ...]
    squares: Estimate


def morris(found: Floats, times: int, seed: int) -> Morris:
    """Return what is known of effects that are averaged over replications.

    Luck makes absolute effects larger, and more so in resamples, in which fewer replications take part; so resamples
    are shifted to have the mean that was found.

    Args:
        found: Effects: trajectories by factors by replications; no NaN.
        times: Resamples.
        seed: Of the resampling.
    """
    size, mean, spread, squares = [], [], [], []
    correction = len(found) / (len(found) - 1)
    luck = lucks(found)
    for trajectories, replications in resamples(len(found), found.shape[2], times, seed):
        effect = found @ replications
        mean.append(trajectories @ effect)
        size.append(trajectories @ np.abs(effect))
        spread.append(np.sqrt(correction * (trajectories @ (effect - mean[-1]) ** 2)))
        squares.append(trajectories @ (effect**2 - replications @ replications * luck))
    number = len(found), found.shape[2]
    certain = Estimate("mu_star", *drawn(np.array(squares), *number))
    if lower_end(np.array(squares).sum(axis=1), *number) <= 0:
        return Morris((), certain)
    estimates = (
        _shifted(Estimate("mu_star", *drawn(np.array(size), *number))),
        Estimate("mu", *drawn(np.array(mean), *number)),
        _shifted(Estimate("sigma", *drawn(np.array(spread), *number))),
    )
    return Morris(estimates, certain)


def _shifted(estimate: Estimate) -> Estimate:
    rows = (estimate.drawn.both, estimate.drawn.luck)
    both, luck = (np.maximum(0.0, each - each.mean(axis=0) + estimate.value) for each in rows)
    return replace(estimate, drawn=replace(estimate.drawn, both=both, luck=luck))
