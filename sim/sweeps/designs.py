"""Designs: which points are run, in an order whose beginning stays as it is when more are asked.

A design has rows, in the order in which a method drew them; a point is what differs. Rows that are the same, as often
where whole numbers are varied, share a point, which is run once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError
from sim.sweeps.experiment import Experiment
from sim.sweeps.factors import Factor, Floats
from sim.sweeps.sentences import say

MOST_POINTS = 10_000_000
LEVELS = {"grid": 5, "morris": 4}  # where nobody says otherwise; Morris wants an even number
_STREAM = 2_000_000  # beyond the keys that luck and worlds use


class Design(NamedTuple):
    """Points, and how the method drew them.

    Attributes:
        points: A point a row, a factor a column.
        rows: Point of each row of the method.
    """

    points: Floats
    rows: NDArray[np.int64]

    @property
    def drawn(self) -> Floats:
        """The points in the order in which the method drew them."""
        return self.points[self.rows]


def design(experiment: Experiment, factors: Sequence[Factor], before: Design | None = None) -> Design:
    """Return the design of an experiment.

    Args:
        experiment: The experiment.
        factors: What is varied.
        before: An earlier design of the same method and factors: its points keep their numbers, and more follow. A
            design never shrinks.

    Raises:
        RegieError: The method is unknown, or lacks what it asks.
    """
    if experiment.method not in _METHODS:
        raise RegieError(say("no method", value=str(experiment.method)[:40], names=", ".join(_METHODS)))
    if not factors:
        raise RegieError(say("no factors"))
    earlier = before or Design(np.empty((0, len(factors))), np.empty(0, np.int64))
    return _beyond(earlier, _METHODS[experiment.method](experiment, factors, earlier))


def _beyond(before: Design, rows: Floats) -> Design:
    """Number the points of ``rows`` in the order in which they come, after those that have a number."""
    drawn = before.drawn
    if len(drawn) >= len(rows) and np.array_equal(drawn[: len(rows)], rows):
        return before
    known = {row.tobytes(): number for number, row in enumerate(before.points)}
    numbers = np.array([known.setdefault(row.tobytes(), len(known)) for row in rows], np.int64)
    points = np.empty((len(known), rows.shape[1]))
    points[: len(before.points)], points[numbers] = before.points, rows
    left = np.setdiff1d(np.arange(len(before.points)), numbers)
    return Design(points, np.concatenate([numbers, left]))


def _grid(experiment: Experiment, factors: Sequence[Factor], _: Design) -> Floats:
    levels = [factor.levels(experiment.levels or LEVELS["grid"]) for factor in factors]
    _check_size(math.prod(map(len, levels)))
    return np.array(list(product(*levels)), float)


def _latin_hypercube(experiment: Experiment, factors: Sequence[Factor], before: Design) -> Floats:
    """Return a hypercube; where there were points before, those and a hypercube of what is still missing."""
    from scipy.stats import qmc

    samples, earlier = _samples(experiment), len(before.rows)
    if earlier >= samples:
        return before.drawn
    drawn = qmc.LatinHypercube(len(factors), seed=_seed(experiment, earlier)).random(samples - earlier)
    return np.vstack([before.drawn, _scaled(drawn, factors)])


def _sobol(experiment: Experiment, factors: Sequence[Factor], _: Design) -> Floats:
    """Return Saltelli's design: of each base sample A, then A with a factor from B for each factor, then B."""
    from scipy.stats import qmc

    samples = _samples(experiment)
    if samples & (samples - 1):
        low = 2 ** int(math.log2(samples))
        raise RegieError(say("power of two", value=samples, low=low, high=2 * low))
    k = len(factors)
    _check_size(samples * (k + 2))
    both = qmc.Sobol(2 * k, scramble=True, seed=_seed(experiment, 0)).random(samples)
    a, b = both[:, :k], both[:, k:]
    rows = np.repeat(a[:, None, :], k + 2, axis=1)
    for factor in range(k):
        rows[:, factor + 1, factor] = b[:, factor]
    rows[:, k + 1] = b
    return _scaled(rows.reshape(-1, k), factors)


def _morris(experiment: Experiment, factors: Sequence[Factor], _: Design) -> Floats:
    try:
        from SALib.sample import morris
    except ImportError:
        raise RegieError(say("needs package", what="morris", package="SALib", extra="sensitivity")) from None
    samples, levels = _samples(experiment), experiment.levels or LEVELS["morris"]
    _check_size(samples * (len(factors) + 1))
    problem = {
        "num_vars": len(factors),
        "names": [factor.name for factor in factors],
        "bounds": [[0.0, 1.0]] * len(factors),
    }
    return _scaled(morris.sample(problem, samples, num_levels=levels, seed=_seed(experiment, 0)), factors)


def _table(experiment: Experiment, factors: Sequence[Factor], _: Design) -> Floats:
    columns = table_of(experiment)
    return np.array([columns[factor.name] for factor in factors], float).T


def table_of(experiment: Experiment) -> dict[str, list[Any]]:
    """Return the table of points of an experiment, by column; ``point`` is no factor.

    Raises:
        RegieError: There is none, or it cannot be read.
    """
    if experiment.table is None:
        raise RegieError(say("needs table"))
    frame: Any = experiment.table
    if isinstance(frame, str | Path):
        frame = _read(experiment.folder / frame)
    columns = {str(name): list(frame[name]) for name in frame.columns if name != "point"}
    if not columns or not len(frame):
        raise RegieError(say("empty table"))
    _check_size(len(frame))
    return columns


def _read(path: Path) -> Any:
    import pandas as pd

    try:
        return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    except (OSError, ValueError) as mistake:
        raise RegieError(say("table unread", path=path, reason=str(mistake).splitlines()[0])) from None


def _scaled(shares: Floats, factors: Sequence[Factor]) -> Floats:
    return np.column_stack([factor.scaled(shares[:, i]) for i, factor in enumerate(factors)])


def _samples(experiment: Experiment) -> int:
    if experiment.samples is None:
        raise RegieError(say("needs samples", method=experiment.method))
    _check_size(experiment.samples)
    return experiment.samples


def _check_size(points: int) -> None:
    if points > MOST_POINTS:
        raise RegieError(say("too many points", points=points, most=MOST_POINTS))


def _seed(experiment: Experiment, earlier: int) -> int:
    """Return the seed of a design: a stream of its own, another one for each hypercube that is added."""
    drawn = np.random.SeedSequence(experiment.seed, spawn_key=(_STREAM, earlier)).generate_state(1)[0]
    return int(drawn >> np.uint32(1))


_METHODS: dict[str, Callable[[Experiment, Sequence[Factor], Design], Floats]] = {
    "grid": _grid,
    "latin-hypercube": _latin_hypercube,
    "sobol": _sobol,
    "morris": _morris,
    "table": _table,
}
