"""Whether the twins are the same model: same distribution, within sampling error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from reduced import VISIT, Outcome, Reduced
from twins import Twin

STATISTICS = (
    "arrivals",
    "mean wait",
    "share that waits",
    "share over 60 days",
    "mean help",
    "waiting at end",
)
# By chance one comparison in 150,000 is further off than 4.5 standard errors; with 6 statistics of 4 twins
# that is a false alarm in 1 of 6,000 verifications.
STANDARD_ERRORS = 4.5
# A comparison that could not see this difference in mean wait (days) proves nothing.
LARGEST_STANDARD_ERROR = 1.5


@dataclass(frozen=True)
class Agreement:
    """One statistic of one twin beside that of the reference.

    Attributes:
        twin, reference: Names.
        statistic: One of ``STATISTICS``.
        value, expected: Means over organisations, each in its own zone.
        standard_error: Of their difference.
    """

    twin: str
    reference: str
    statistic: str
    value: float
    expected: float
    standard_error: float

    @property
    def agrees(self) -> bool:
        """Whether the difference is within the stated number of standard errors."""
        return abs(self.value - self.expected) <= STANDARD_ERRORS * self.standard_error

    @property
    def sharp(self) -> bool:
        """Whether enough was simulated to notice a difference."""
        return self.statistic != "mean wait" or self.standard_error <= LARGEST_STANDARD_ERROR


@dataclass(frozen=True)
class Identity:
    """Whether a twin repeats the reference, bit for bit.

    Attributes:
        twin, reference: Names.
        runs: Runs compared.
        identical: Runs of which all visits, in their order, and all weekly counts were the same.
    """

    twin: str
    reference: str
    runs: int
    identical: int

    @property
    def agrees(self) -> bool:
        """Whether all runs were the same."""
        return self.identical == self.runs


def repeat(twin: Twin, reference: Twin, model: Reduced, runs: int) -> Identity:
    """Compare runs of the same seeds."""
    pairs = ((twin.simulate(model, seed), reference.simulate(model, seed)) for seed in range(runs))
    return Identity(twin.name, reference.name, runs, sum(same(ours, theirs) for ours, theirs in pairs))


def same(one: Outcome, other: Outcome) -> bool:
    """Return whether two outcomes are the same, bit for bit."""
    return (
        len(one.visits) == len(other.visits)
        and all(np.array_equal(one.visits[name], other.visits[name], equal_nan=True) for name in VISIT.names)
        and np.array_equal(one.weekly, other.weekly)
    )


def sample(twin: Twin, model: Reduced, runs: int) -> np.ndarray:
    """Return the statistics of every organisation of every zone of every run: independent rows."""
    return np.concatenate([statistics(model, twin.simulate(model, 1000 + seed)) for seed in range(runs)])


def statistics(model: Reduced, outcome: Outcome) -> np.ndarray:
    """Return one row of ``STATISTICS`` per zone and organisation.

    Raises:
        ValueError: The weekly counts contradict the visits.
    """
    check_weekly(model, outcome)
    visits = outcome.visits
    team = visits["zone"] * model.organisations + visits["organisation"]
    wait, help_ = visits["start"] - visits["onset"], visits["end"] - visits["start"]

    def mean(values: np.ndarray) -> np.ndarray:
        return _per_team(model, team, np.nan_to_num(values)) / _per_team(model, team, np.isfinite(values))

    started = np.where(np.isfinite(wait), 1.0, np.nan)
    rows = (
        _per_team(model, team, np.ones(len(visits))),
        mean(wait),
        mean(started * (wait > 0)),
        mean(started * (wait > 60)),
        mean(help_),
        _per_team(model, team, np.isnan(wait)),
    )
    return np.stack(rows, axis=-1)


def check_weekly(model: Reduced, outcome: Outcome) -> None:
    """Refuse weekly counts that are not those of the visits."""
    weeks = model.days // 7
    for column, day in enumerate(("onset", "start", "end")):
        counted = int(outcome.weekly[:, :, column].sum())
        happened = int((outcome.visits[day] < 7 * weeks).sum())
        if counted != happened:
            raise ValueError(f"weekly counts say {counted}, visits say {happened} ({day})")


def compare(twin: str, reference: str, rows: np.ndarray, expected: np.ndarray) -> Iterable[Agreement]:
    """Compare two samples, statistic by statistic."""
    variance = rows.var(axis=0, ddof=1) / len(rows) + expected.var(axis=0, ddof=1) / len(expected)
    columns = zip(STATISTICS, rows.mean(axis=0), expected.mean(axis=0), np.sqrt(variance), strict=True)
    for statistic, value, expectation, error in columns:
        yield Agreement(twin, reference, statistic, float(value), float(expectation), float(error))


def _per_team(model: Reduced, team: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.bincount(team, values, minlength=model.zones * model.organisations)
