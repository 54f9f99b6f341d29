"""What an analysis found, as plain rows: tables for others, and all that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.errors import Said

Measure = Literal["first", "total", "mu_star", "mu", "sigma"]
"""Sobol's first-order and total index; Morris's mean absolute effect, mean effect, and spread of effects."""


@dataclass(frozen=True)
class Question:
    """A number for each point and replication: an outcome under a regime, or by how much that differs from another.

    Attributes:
        outcome: Name of the outcome.
        regime: Under which regime.
        against: The regime that is taken off; empty where the level itself is meant.
    """

    outcome: str
    regime: str
    against: str = ""

    @property
    def name(self) -> str:
        """The question in one word, as in tables."""
        return f"{self.outcome}: {self.regime}" + (f" - {self.against}" if self.against else "")


@dataclass(frozen=True)
class Index:
    """How much an answer hangs on a factor.

    Attributes:
        question: Name of the question.
        factor: Name of the factor.
        measure: Which index.
        value: Its value; a share of the variance for Sobol, in the unit of the outcome for Morris.
        low: Lower end of its 95 % bootstrap interval.
        high: Upper end.
    """

    question: str
    factor: str
    measure: Measure
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Rank:
    """Where a factor stands among the others, as far as noise lets one say.

    Attributes:
        question: Name of the question.
        factor: Name of the factor.
        first: Best rank that it may have, from 1.
        last: Worst rank that it may have; the same as ``first`` where it is separated from all others.
        matters: Whether its index is surely above what noise alone gives.
    """

    question: str
    factor: str
    first: int
    last: int
    matters: bool


@dataclass(frozen=True)
class Noise:
    """How much of what differs between runs is luck.

    Attributes:
        question: Name of the question.
        points: Points with an answer in every replication.
        replications: Replications of each.
        variance: Variance of single answers, over points and replications.
        noise_share: Share of that variance which is luck and no factor; NaN with one replication.
        noise_share_of_means: The same for the means over replications, on which indices stand.
    """

    question: str
    points: int
    replications: int
    variance: float
    noise_share: float
    noise_share_of_means: float


@dataclass(frozen=True)
class Response:
    """The mean answer near a value of a factor, over all values of the others.

    Attributes:
        question: Name of the question.
        factor: Name of the factor.
        at: Mean value of the factor in this bin.
        mean: Mean answer.
        low: Lower end of its 95 % interval.
        high: Upper end.
        points: Points in the bin.
    """

    question: str
    factor: str
    at: float
    mean: float
    low: float
    high: float
    points: int


@dataclass(frozen=True)
class Interaction:
    """The mean answer near values of two factors.

    Attributes:
        question: Name of the question.
        factor: First factor.
        other: Second factor.
        at: Mean value of the first in this cell.
        other_at: Mean value of the second.
        mean: Mean answer; NaN where there is no point.
        points: Points in the cell.
    """

    question: str
    factor: str
    other: str
    at: float
    other_at: float
    mean: float
    points: int


@dataclass(frozen=True)
class Limit:
    """One side of a box.

    Attributes:
        factor: Name of the factor.
        low: Lowest value inside.
        high: Highest value inside.
        least: Lowest value that was tried.
        most: Highest value that was tried.
        chance: How likely it is that this limit would raise the share of cases as much by luck (quasi-p).
    """

    factor: str
    low: float
    high: float
    least: float
    most: float
    chance: float


@dataclass(frozen=True)
class Box:
    """A region of the factors in which something mostly holds, found by PRIM.

    Attributes:
        question: Name of the question.
        condition: What is looked for, such as ``"> -2"``.
        limits: The factors that bound it.
        points: Points inside.
        cases: Points inside at which it holds.
        density: Share of the points inside at which it holds.
        coverage: Share of all points at which it holds that are inside.
        base: Share of all points at which it holds.
        unseen: Density on points that were not used to find a box, where each half of them judges that of the other.
    """

    question: str
    condition: str
    limits: tuple[Limit, ...]
    points: int
    cases: int
    density: float
    coverage: float
    base: float
    unseen: float = float("nan")


@dataclass(frozen=True)
class Analysis:
    """All that an analysis found.

    Attributes:
        questions: What was asked.
        noise: One row a question.
        indices: One row a question, factor and measure; none where the design allows none.
        ranks: One row a question and factor; none where noise separates nothing.
        responses: Response curves.
        interactions: Pairs of factors.
        boxes: One or more boxes for each question whose condition holds somewhere and not everywhere.
        remarks: What a reader must know, such as why there is no ranking.
    """

    questions: tuple[Question, ...]
    noise: tuple[Noise, ...]
    indices: tuple[Index, ...]
    ranks: tuple[Rank, ...]
    responses: tuple[Response, ...]
    interactions: tuple[Interaction, ...]
    boxes: tuple[Box, ...]
    remarks: tuple[Said, ...]
