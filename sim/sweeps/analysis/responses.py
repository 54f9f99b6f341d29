"""How answers respond to one factor, and to two together."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.study.statistics import LEVEL
from sim.sweeps.analysis.findings import Interaction, Response
from sim.sweeps.analysis.reading import Ints
from sim.sweeps.factors import Factor, Floats

MOST_BINS, MOST_CELLS = 10, 5
"""Bins of a factor: of a curve, and of each side of a pair."""
FEWEST_IN_BIN = 8
"""Blocks of the design in a bin, about, below which there are fewer bins."""
MOST_PAIRS = 3


class _Bins(NamedTuple):
    """Bins of a factor: that of each row, and the mean value in each."""

    code: Ints
    at: Floats


class Rows(NamedTuple):
    """Rows of a design with an answer.

    Attributes:
        points: A row a row, a column a factor.
        answers: The answer of each.
        block: The block of each; rows of one block are alike.
        blocks: How many blocks there are.
    """

    points: Floats
    answers: Floats
    block: Ints
    blocks: int


def rows_of(points: Floats, means: Floats, blocks: Ints) -> Rows:
    """Return the rows of blocks that have an answer.

    Args:
        points: Points of the design.
        means: Answer at each point; NaN where there is none.
        blocks: Points of each block.
    """
    block = np.repeat(np.arange(len(blocks)), blocks.shape[1])
    point = blocks.ravel()
    known = ~np.isnan(means[point])
    return Rows(points[point[known]], means[point[known]], block[known], len(blocks))


def responses(question: str, factors: tuple[Factor, ...], rows: Rows) -> Iterator[Response]:
    """Yield the curve of each factor: the mean in each bin, with its interval over blocks of the design."""
    for i, factor in enumerate(factors):
        bins = _bins(rows.points[:, i], MOST_BINS, rows.blocks)
        points = np.bincount(bins.code, minlength=len(bins.at))
        for number, values in enumerate(_by_block(rows, bins)):
            mean, half = _mean(values)
            low, high = mean - half, mean + half
            yield Response(question, factor.name, float(bins.at[number]), mean, low, high, int(points[number]))


def interactions(question: str, factors: tuple[Factor, ...], rows: Rows) -> Iterator[Interaction]:
    """Yield the cells of the few pairs whose joint effect differs most from the sum of both alone."""
    bins = [_bins(rows.points[:, i], MOST_CELLS, rows.blocks) for i in range(len(factors))]
    pairs = combinations(range(len(factors)), 2)
    strongest = sorted(pairs, key=lambda pair: -_strength(rows.answers, bins[pair[0]], bins[pair[1]]))
    for one, other in strongest[:MOST_PAIRS]:
        count, mean = _cells(rows.answers, bins[one], bins[other])
        for (i, j), points in np.ndenumerate(count):
            at, other_at = float(bins[one].at[i]), float(bins[other].at[j])
            names = factors[one].name, factors[other].name
            yield Interaction(question, *names, at, other_at, float(mean[i, j]), int(points))


def _bins(values: Floats, most: int, blocks: int) -> _Bins:
    """Return bins: each value where there are few, else as many quantile bins as leave enough in each."""
    different, code = np.unique(values, return_inverse=True)
    if len(different) > most:
        number = max(2, min(most, blocks // FEWEST_IN_BIN))
        edges = np.unique(np.quantile(values, np.linspace(0, 1, number + 1)[1:-1]))
        _, code = np.unique(np.searchsorted(edges, values, side="right"), return_inverse=True)
    at = np.bincount(code, values) / np.bincount(code)
    return _Bins(code, at)


def _by_block(rows: Rows, bins: _Bins) -> Iterator[Floats]:
    """Yield the answers in each bin, those of a block averaged."""
    number = len(bins.at)
    cell = rows.block * number + bins.code
    count = np.bincount(cell, minlength=rows.blocks * number).reshape(-1, number)
    total = np.bincount(cell, rows.answers, minlength=rows.blocks * number).reshape(-1, number)
    for i in range(number):
        there = count[:, i] > 0
        yield total[there, i] / count[there, i]


def _mean(values: Floats) -> tuple[float, float]:
    from scipy.special import stdtrit

    n = len(values)
    if n < 2:
        return float(values.mean()), float("nan")
    return float(values.mean()), float(stdtrit(n - 1, (1 + LEVEL) / 2) * values.std(ddof=1) / math.sqrt(n))


def _cells(answers: Floats, one: _Bins, other: _Bins) -> tuple[Ints, Floats]:
    """Return the rows in each cell, and their mean; NaN where there is none."""
    shape = len(one.at), len(other.at)
    cell = one.code * shape[1] + other.code
    count = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    total = np.bincount(cell, answers, minlength=shape[0] * shape[1]).reshape(shape)
    return count, np.divide(total, count, out=np.full(shape, np.nan), where=count > 0)


def _strength(answers: Floats, one: _Bins, other: _Bins) -> float:
    """Return the mean square of an interaction: what cells differ from the sum of their row's and column's effects."""
    count, mean = _cells(answers, one, other)
    freedom = (count.shape[0] - 1) * (count.shape[1] - 1)
    if freedom < 1:
        return 0.0
    of_one = (np.bincount(one.code, answers) / np.bincount(one.code))[:, None]
    of_other = (np.bincount(other.code, answers) / np.bincount(other.code))[None, :]
    rest = np.where(count > 0, mean - of_one - of_other + answers.mean(), 0.0)
    return float((count * rest**2).sum() / freedom)
