"""The levers as they were on a day of a run: as they were set, and the control that boards really had by then."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.scenario.parameters import Number, levers
from sim.scenario.scenario import Scenario
from sim.study.tables import Floats, Run

DAYS_PER_WEEK = 7
CONTROL = "control"
"""The one lever that boards move of themselves."""


def levers_that_differ(one: Scenario, other: Scenario) -> tuple[str, ...]:
    """Return the levers that stand otherwise at any organisation on any day from day 0, in the order of declaration."""
    names = [organisation.name for organisation in one.organisations]
    return tuple(
        lever for lever in levers() if any(course(one, lever, name) != course(other, lever, name) for name in names)
    )


def course(scenario: Scenario, lever: str, organisation: str) -> list[tuple[int, Number]]:
    """Return how a lever of an organisation is set from day 0 on: (day, value) each time that it becomes another."""
    steps = [(0, scenario.levers[organisation][lever].value)]
    for change in scenario.changes:
        if change.lever == lever and organisation in change.organisations:
            if change.day <= steps[-1][0]:
                steps.pop()
            if not steps or steps[-1][1] != change.value.value:
                steps.append((max(0, change.day), change.value.value))
    return steps


def day_apart(one: Scenario, other: Scenario) -> int:
    """Return the first day on which any lever stands otherwise anywhere; 0 where none ever does."""
    names = [organisation.name for organisation in one.organisations]
    days = []
    for lever in levers_that_differ(one, other):
        for name in names:
            courses = course(one, lever, name), course(other, lever, name)
            moments = sorted({day for steps in courses for day, _ in steps})
            days += [day for day in moments if on_day(courses[0], day) != on_day(courses[1], day)][:1]
    return min(days, default=0)


def on_day(steps: list[tuple[int, Number]], day: int) -> Number:
    """Return the value that a course has on a day."""
    return [value for begins, value in steps if begins <= max(0, day)][-1]


class InForce:
    """The levers of a run, by organisation and day."""

    def __init__(self, run: Run) -> None:
        """Take the run."""
        self.run = run
        self.names = tuple(organisation.name for organisation in run.scenario.organisations)
        self._courses: dict[tuple[str, str], list[tuple[int, Number]]] = {}

    def as_set(self, lever: str, organisation: str, day: int) -> Number:
        """Return a lever as scenario and regime set it for ``day``: changes count from the morning of their day."""
        key = lever, organisation
        steps = self._courses.get(key)
        if steps is None:
            steps = self._courses[key] = course(self.run.scenario, lever, organisation)
        return steps[0][1] if len(steps) == 1 else on_day(steps, day)

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
