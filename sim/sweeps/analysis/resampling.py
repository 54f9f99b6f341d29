"""Resampling what was drawn by chance: blocks of the design, and replications."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.sweeps.analysis.findings import Measure
from sim.sweeps.factors import Floats

LEVEL = 0.95
LUCK_ALONE = 200
"""Resamples in which replications alone are drawn anew: they tell how much of an error is luck."""
_BLOCKS, _LUCK, _LUCK_ALONE = 0, 1, 2  # streams


@dataclass(frozen=True)
class Drawn:
    """Numbers, a row a resample.

    Attributes:
        both: Where blocks and replications are drawn anew.
        luck: Where replications alone are.
        blocks: How many blocks there are.
        replications: How many replications.
    """

    both: Floats
    luck: Floats
    blocks: int
    replications: int

    @property
    def error(self) -> Floats:
        """Standard error of each number."""
        error: Floats = self.both.std(axis=0, ddof=1)
        return error

    @property
    def widening(self) -> Floats:
        """How much wider than by resampling an interval must be, as few replications tell little of luck.

        The quantile of Student's t against that of the normal distribution, with as many degrees of freedom as both
        parts of the error have together (Satterthwaite).
        """
        from scipy.special import ndtri, stdtrit

        variance, luck = self.error**2, self.luck.var(axis=0, ddof=1)
        share = np.divide(luck, variance, out=np.zeros_like(luck), where=variance > 0).clip(0, 1)
        parts = share**2 / max(1, self.replications - 1) + (1 - share) ** 2 / (self.blocks - 1)
        found: Floats = stdtrit(1 / parts, (1 + LEVEL) / 2) / ndtri((1 + LEVEL) / 2)
        return found


@dataclass(frozen=True)
class Estimate:
    """A measure of every factor, and what it would have been in other samples.

    Attributes:
        measure: Which.
        value: A number a factor.
        drawn: The same in resamples.
    """

    measure: Measure
    value: Floats
    drawn: Drawn

    def interval(self) -> tuple[Floats, Floats]:
        """Return the ends of the 95 % interval of every factor: percentiles of resamples, widened."""
        ends = np.quantile(self.drawn.both, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        low, high = self.value + (ends - self.value) * self.drawn.widening
        return low, high


def resamples(blocks: int, replications: int, times: int, seed: int) -> Iterator[tuple[Floats, Floats]]:
    """Yield weights of blocks and of replications, each adding up to 1.

    First as they are; then ``times`` in which both are drawn anew; then ``LUCK_ALONE`` in which replications are. Of n
    there are n - 1 drawn with replacement, by which the variance of a mean comes out right also where n is small (Rao
    and Wu 1988), as replications are.
    """
    as_it_is = np.full(blocks, 1 / blocks)
    yield as_it_is, np.full(replications, 1 / replications)
    both = _weights(blocks, times, seed, _BLOCKS), _weights(replications, times, seed, _LUCK)
    yield from zip(*both, strict=True)
    for luck in _weights(replications, LUCK_ALONE, seed, _LUCK_ALONE):
        yield as_it_is, luck


def drawn(rows: Floats, blocks: int, replications: int) -> tuple[Floats, Drawn]:
    """Return what was reckoned with each of :func:`resamples`: the numbers as they are, and those drawn anew."""
    return rows[0], Drawn(rows[1:-LUCK_ALONE], rows[-LUCK_ALONE:], blocks, replications)


def lower_end(numbers: Floats, blocks: int, replications: int) -> float:
    """Return the lower end of the 95 % interval of one number, from what it is with each of :func:`resamples`."""
    value, again = drawn(numbers[:, None], blocks, replications)
    return float(Estimate("total", value, again).interval()[0][0])


def _weights(n: int, times: int, seed: int, stream: int) -> Floats:
    from scipy.stats import multinomial

    if n == 1:
        return np.ones((times, 1))
    own = int(np.random.SeedSequence(seed, spawn_key=(stream,)).generate_state(1)[0])
    found: Floats = multinomial.rvs(n - 1, np.full(n, 1 / n), size=times, random_state=own) / (n - 1)
    return found
