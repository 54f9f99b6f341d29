"""Sobol's indices from Saltelli's design, with luck taken out."""

from __future__ import annotations

import numpy as np

from sim.sweeps.analysis.noise import lucks
from sim.sweeps.analysis.resampling import Estimate, drawn, lower_end, resamples
from sim.sweeps.factors import Floats

FEWEST = 32
"""Base samples below which there are no indices: intervals no longer hold what they promise."""


def sobol(answers: Floats, times: int, seed: int) -> tuple[Estimate, ...]:
    """Return first-order and total indices; none where what differs between points may be luck alone.

    The estimators are those of Saltelli et al. (2010) and Jansen (1999) on the means over replications. Luck is in
    these means too, and in every square and product of them; what it adds there is known from how replications
    differ, and taken off. So indices are shares of the variance of the *expected* answer.

    Args:
        answers: Base samples by rows (A, then A with each factor of B, then B) by replications; no NaN.
        times: Resamples.
        seed: Of the resampling.
    """
    ends = answers[:, [0, -1]]
    centre = ends.mean(axis=(0, 1))  # of each replication: what it does to all points alike falls out
    a, b = answers[:, 0] - centre, answers[:, -1] - centre
    apart = answers[:, 1:-1] - answers[:, :1]
    luck_of_level = (lucks(a) + lucks(b)) / 2
    luck_of_first, luck_of_total = lucks(apart, b[:, None]), lucks(apart)
    first, total, variance = [], [], []
    for blocks, replications in resamples(len(answers), answers.shape[-1], times, seed):
        at_a, at_b, moved = a @ replications, b @ replications, apart @ replications
        size = replications @ replications
        mean = blocks @ (at_a + at_b) / 2
        spread = blocks @ ((at_a - mean) ** 2 + (at_b - mean) ** 2) / 2
        variance.append(spread - size * (blocks @ luck_of_level))
        first.append((blocks * (at_b - mean)) @ moved - size * (blocks @ luck_of_first))
        total.append((blocks @ moved**2 - size * (blocks @ luck_of_total)) / 2)
    whole = np.array(variance)
    number = len(answers), answers.shape[-1]
    if lower_end(whole, *number) <= 0:
        return ()
    shares = (np.array(first) / whole[:, None], np.array(total) / whole[:, None])
    return Estimate("first", *drawn(shares[0], *number)), Estimate("total", *drawn(shares[1], *number))
