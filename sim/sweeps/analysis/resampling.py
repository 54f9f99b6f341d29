"""Resampling what was drawn by chance: blocks of the design, and replications."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.sweeps.analysis.findings import Measure
from sim.sweeps.factors import Floats

LEVEL = 0.95
_BLOCKS, _LUCK = 0, 1  # streams


@dataclass(frozen=True)
class Estimate:
    """A measure of every factor, and what it would have been in other samples.

    Attributes:
        measure: Which.
        value: A number a factor.
        resampled: A row a resample, a column a factor.
    """

    measure: Measure
    value: Floats
    resampled: Floats

    def interval(self) -> tuple[Floats, Floats]:
        """Return the ends of the 95 % percentile interval of every factor."""
        low, high = np.quantile(self.resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        return low, high


def resamples(blocks: int, replications: int, times: int, seed: int) -> Iterator[tuple[Floats, Floats]]:
    """Yield weights of blocks and of replications, each adding up to 1: first as they are, then ``times`` resampled.

    Of n there are n - 1 drawn with replacement, by which the variance of a mean comes out right also where n is small
    (Rao and Wu 1988), as replications are.
    """
    yield np.full(blocks, 1 / blocks), np.full(replications, 1 / replications)
    yield from zip(
        _weights(blocks, times, _seed(seed, _BLOCKS)), _weights(replications, times, _seed(seed, _LUCK)), strict=True
    )


def _weights(n: int, times: int, seed: int) -> Floats:
    from scipy.stats import multinomial

    if n == 1:
        return np.ones((times, 1))
    drawn: Floats = multinomial.rvs(n - 1, np.full(n, 1 / n), size=times, random_state=seed) / (n - 1)
    return drawn


def _seed(seed: int, stream: int) -> int:
    return int(np.random.SeedSequence(seed, spawn_key=(stream,)).generate_state(1)[0])
