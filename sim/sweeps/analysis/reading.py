"""What a sweep gave, as arrays: an answer for each point and replication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError
from sim.sweeps.analysis.findings import Question
from sim.sweeps.analysis.sentences import say
from sim.sweeps.designs import LEVELS, Design
from sim.sweeps.factors import Factor, Floats
from sim.sweeps.folder import about, read_design
from sim.sweeps.parts import RUNS
from sim.sweeps.publishing import PUBLISHED
from sim.sweeps.sentences import say as said_by_sweeps

Ints = NDArray[np.int64]
_EXTRA_ROWS = {"sobol": 2, "morris": 1}  # of a block, beyond one for each factor
_RUN, _FAILED = 1, 2


@dataclass(frozen=True)
class Answers:
    """The answers to a question.

    Attributes:
        values: A row a point, a column a replication; NaN where there is no answer.
        left_out: Replications that are left out, as most points have not finished them.
        missing: Answers that are missing in the replications that are left.
        failed: How many of these because a run failed.
        unrun: How many because a run is not finished; the rest are not defined.
    """

    values: Floats
    left_out: int
    missing: int
    failed: int
    unrun: int

    @cached_property
    def means(self) -> Floats:
        """Mean over replications at each point; NaN where one is missing."""
        means: Floats = self.values.mean(axis=1)
        return means


@dataclass(frozen=True)
class Reading:
    """A sweep that is read.

    Attributes:
        place: Its folder.
        about: What is said of it there.
        factors: What was varied.
        design: The points.
        outcomes: Outcome to its values: regime by point by replication, NaN where there is none.
        runs: In the same order, whether a run is finished, and whether it failed.
    """

    place: Path
    about: Mapping[str, Any]
    factors: tuple[Factor, ...]
    design: Design
    outcomes: Mapping[str, Floats]
    runs: NDArray[np.int8]

    @property
    def method(self) -> str:
        """How the points were drawn."""
        return str(self.about["method"])

    @property
    def regimes(self) -> list[str]:
        """The regimes of each point."""
        return list(self.about["regimes"])

    @property
    def levels(self) -> int:
        """Levels of a Morris design."""
        return int(self.about["levels"] or LEVELS["morris"])

    @cached_property
    def blocks(self) -> Ints:
        """Points of each block: what the method drew together, else a point by itself.

        A base sample of Sobol or a trajectory of Morris is a row; what is in one is alike, what is in two is not.
        """
        if self.method not in _EXTRA_ROWS:
            return np.arange(len(self.design.points))[:, None]
        each = len(self.factors) + _EXTRA_ROWS[self.method]
        whole = len(self.design.rows) // each
        return self.design.rows[: whole * each].reshape(whole, each)

    def answers(self, question: Question) -> Answers:
        """Return the answers to a question."""
        values, runs = self._of(question.outcome, question.regime)
        if question.against:
            others, other_runs = self._of(question.outcome, question.against)
            values, both = values - others, runs & other_runs & _RUN
            runs = both | ((runs | other_runs) & _FAILED)
        finished = (runs & _RUN).sum(axis=0)
        kept = finished >= max(1, finished.max(initial=0) / 2)
        values, runs = values[:, kept], runs[:, kept]
        missing = np.isnan(values)
        return Answers(
            values=values,
            left_out=int((~kept).sum()),
            missing=int(missing.sum()),
            failed=int((missing & (runs & _FAILED > 0)).sum()),
            unrun=int((missing & (runs == 0)).sum()),
        )

    def _of(self, outcome: str, regime: str) -> tuple[Floats, NDArray[np.int8]]:
        number = self.regimes.index(regime)
        return self.outcomes[outcome][number], self.runs[number]


def kept_outcomes(place: Path) -> list[str]:
    """Return the outcomes that a sweep kept.

    Raises:
        RegieError: There is none in that folder.
    """
    return list(about(place)["outcomes"])


def read(place: Path, outcomes: Sequence[str]) -> Reading:
    """Read some outcomes of the sweep in a folder; of each run no more than these are in memory.

    Raises:
        RegieError: There is none, nothing in it is finished, or it cannot be read.
    """
    import pyarrow.parquet as pq

    said = about(place)
    try:
        factors = tuple(Factor(**{**entry, "values": tuple(entry["values"])}) for entry in said["factors"].values())
        regimes, replications = list(said["regimes"]), int(said["replications"])
        design = read_design(place, [factor.name for factor in factors])
        if not (place / PUBLISHED[RUNS]).exists():
            raise RegieError(say("no runs", place=place))
        table = pq.ParquetFile(place / PUBLISHED[RUNS]).read(["point", "replication", "regime", "error", *outcomes])
    except (OSError, ValueError, KeyError, TypeError) as mistake:
        raise RegieError(said_by_sweeps("unreadable sweep", path=place, reason=mistake)) from None
    point, replication = (table[name].to_numpy() for name in ("point", "replication"))
    words = table["regime"].combine_chunks()
    regime = np.array([regimes.index(name) for name in words.dictionary.to_pylist()])[words.indices.to_numpy()]
    shape = len(regimes), len(design.points), replications
    runs = np.zeros(shape, np.int8)
    runs[regime, point, replication] = _RUN + _FAILED * table["error"].is_valid().to_numpy()
    values = {}
    for name in outcomes:
        values[name] = np.full(shape, np.nan)
        values[name][regime, point, replication] = table[name].to_numpy()
    return Reading(place, said, factors, design, values, runs)
