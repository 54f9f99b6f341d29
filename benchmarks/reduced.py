"""The reduced model: what all twins read and what all twins hand back.

The numbers stand once, in ``reduced.toml``, the scenario that reduces the full model to this one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SCENARIO = HERE / "reduced.toml"
WEEKLY = ("arrivals", "starts", "completed", "waiting", "in_service")

# One row per client, unfinished ones included; days, NaN = did not happen (listed: for who need not wait).
VISIT = np.dtype(
    [
        ("onset", "f8"),
        ("listed", "f8"),
        ("start", "f8"),
        ("end", "f8"),
        ("zone", "i4"),
        ("organisation", "i4"),
        ("worker", "i4"),
        ("owner", "i4"),
    ]
)


@dataclass(frozen=True)
class Reduced:
    """Size and numbers of one run.

    Attributes:
        zones: Number of zones; they do not touch each other.
        days: Days to simulate, from an empty start.
        organisations: Organisations in each zone, one team each.
        workers: Workers of a team.
        slots: Clients that a worker serves at a time.
        arrivals_per_day: Mean number of arriving clients, a day and zone.
        service_days: Mean length of help, in days.
    """

    zones: int
    days: int
    organisations: int
    workers: int
    slots: int
    arrivals_per_day: float
    service_days: float

    @property
    def load(self) -> float:
        """Share of the workers' room that the arrivals ask."""
        return self.arrivals_per_day * self.service_days / (self.organisations * self.workers * self.slots)

    @property
    def zone_years(self) -> float:
        """Years simulated, all zones together."""
        return self.zones * self.days / 365


@dataclass(frozen=True)
class Outcome:
    """What a twin hands back.

    Attributes:
        visits: Rows of ``VISIT`` (for regie: its own table, with the same columns and more).
        weekly: Counts (weeks, organisations, len(WEEKLY)), all zones together; stocks as the week ends.
    """

    visits: np.ndarray
    weekly: np.ndarray


def reduced(zones: int, days: int, slots: int = 1) -> Reduced:
    """Return the reduced model of ``reduced.toml`` at this size; twice the slots bring twice the clients."""
    scenario = tomllib.loads(SCENARIO.read_text(encoding="utf-8"))
    values, kind = scenario["parameters"], scenario["kinds"]["help"]
    staff = {organisation["staff"]["help"] for organisation in scenario["organisations"].values()}
    return Reduced(
        zones=zones,
        days=days,
        organisations=len(scenario["organisations"]),
        workers=staff.pop(),
        slots=slots,
        arrivals_per_day=slots * values["arrivals_per_year"] / 365,
        service_days=float(kind["lasting_days"]),
    )


def visit_table(rows: Iterable[tuple[float, float, float, float, int, int, int, int]]) -> np.ndarray:
    """Return rows in the order of ``VISIT`` as a table."""
    return np.array(list(rows), dtype=VISIT)


def weekly_from_visits(model: Reduced, visits: np.ndarray) -> np.ndarray:
    """Return the weekly counts that belong to ``visits``, for twins that keep records only."""
    weeks = model.days // 7
    table = np.zeros((weeks, model.organisations, len(WEEKLY)), np.int64)
    for column, day in enumerate(("onset", "start", "end")):
        happened = visits[visits[day] < 7 * weeks]
        np.add.at(table[:, :, column], ((happened[day] // 7).astype(int), happened["organisation"]), 1)
    arrivals, starts, completed = (table[:, :, column].cumsum(axis=0) for column in range(3))
    table[:, :, 3] = arrivals - starts
    table[:, :, 4] = starts - completed
    return table
