"""The levers as they were on a day of a run: as they were set, and the control that boards really had by then."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.scenario.parameters import Number
from sim.study.tables import Floats, Run

DAYS_PER_WEEK = 7
CONTROL = "control"
"""The one lever that boards move of themselves."""


class InForce:
    """The levers of a run, by organisation and day."""

    def __init__(self, run: Run) -> None:
        """Take the run."""
        self.run = run
        self.names = tuple(organisation.name for organisation in run.scenario.organisations)

    def as_set(self, lever: str, organisation: str, day: int) -> Number:
        """Return a lever as scenario and regime set it for ``day``: changes count from the morning of their day."""
        value = self.run.scenario.levers[organisation][lever].value
        for change in self.run.scenario.changes:
            if change.day <= day and change.lever == lever and organisation in change.organisations:
                value = change.value.value
        return value

    def value(self, lever: str, organisation: str, day: int) -> Number:
        """Return a lever as it worked on ``day``; of control what the board made of it, by the weekly series."""
        if lever != CONTROL:
            return self.as_set(lever, organisation, day)
        weeks = self._control[self.names.index(organisation)]
        week = min(max(day, 0) // DAYS_PER_WEEK, len(weeks) - 1)
        known = week >= 0 and np.isfinite(weeks[week])
        return float(weeks[week]) if known else self.as_set(lever, organisation, day)

    @cached_property
    def _control(self) -> Floats:
        """Control of each organisation (row) in each week (column); it stands in the series once for every worker."""
        series = self.run.weeks
        table = np.full((len(self.names), self.run.number_of_weeks), np.nan)
        rows = series[(series["organisation"] >= 0) & (series["organisation"] < len(self.names))]
        with np.errstate(invalid="ignore", divide="ignore"):
            table[rows["organisation"], rows["week"]] = rows["board_control"] / rows["staffed"]
        return table
