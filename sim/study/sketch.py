"""A sketch of a run: what a page shows of it, small enough to be kept of every run of a comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.study.fates import fates, still
from sim.study.roads import roads
from sim.study.tables import Run

Sketch = Mapping[str, NDArray[np.float32]]

WEEKLY = ("waiting", "paid")
"""Columns of ``series`` that a page shows by week, summed over organisations."""

BEFORE = 52
"""Weeks of the warm-up that are kept."""


def weeks(run: Run) -> NDArray[np.float32]:
    """Return the sums over organisations of the columns of ``WEEKLY``, by week, from a year before day 0 on."""
    rows = run.series[run.series["week"] >= -BEFORE]
    week = rows["week"] - (rows["week"].min() if len(rows) else 0)
    return np.array([np.bincount(week, weights=rows[column]) for column in WEEKLY], np.float32)


def lists(run: Run) -> NDArray[np.float32]:
    """Return the mean needs on the list of each organisation from day 0 on."""
    count = len(run.scenario.organisations)
    rows = run.weeks[run.weeks["organisation"] < count]
    totals = np.bincount(rows["organisation"], weights=rows["waiting"], minlength=count)
    return np.asarray(totals / max(1, run.number_of_weeks), np.float32)


SKETCHES: dict[str, Callable[[Run], NDArray[Any]]] = {
    "weeks": weeks,
    "lists": lists,
    "roads": roads,
    "fates": fates,
    "still": still,
}
"""What is kept, by name; the shape of each depends on the scenario and the days alone."""


def sketch(run: Run) -> Sketch:
    """Return all that is kept of a run."""
    return {name: np.asarray(function(run), np.float32) for name, function in SKETCHES.items()}
