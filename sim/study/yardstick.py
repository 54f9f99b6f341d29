"""The yardstick: a gain said as "equal to x % more staff", from worlds with more or fewer hours under the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.scenario.scenario import Change, Frozen, RegimeLabel, Scenario, Value
from sim.study.tables import Floats

LEVER = "extra_staff"
STEPS = (-0.1, 0.05, 0.1, 0.2)
"""Shares of the paid hours that are added in turn to the baseline."""


@dataclass(frozen=True)
class EqualStaff:
    """The extra staff under the baseline that would do as much as a regime does, as shares of the paid hours.

    Attributes:
        share: For the mean difference; beyond the steps tried it is infinite.
        low: For the end of its interval that is nearest to no gain.
        high: For the other end.
    """

    share: float
    low: float
    high: float


def arms(baseline: Scenario, from_day: int = 0) -> dict[str, Scenario]:
    """Return the baseline with more or fewer paid hours from ``from_day`` on, by name such as ``more-staff-10``."""
    return {name_of(step): _with_staff(baseline, step, from_day) for step in STEPS}


def name_of(step: float) -> str:
    """Return the name of the arm with ``step`` more of the paid hours."""
    return f"{'more' if step > 0 else 'less'}-staff-{100 * abs(step):.0f}"


def _with_staff(scenario: Scenario, step: float, from_day: int) -> Scenario:
    more = {o.name: float(scenario.levers[o.name][LEVER].value) + step for o in scenario.organisations}
    label = RegimeLabel(f"{100 * step:+.0f} % staff", f"{100 * step:+.0f} % personeel")
    if from_day:
        changes = [Change(from_day, (name,), LEVER, Value(value, "yardstick")) for name, value in more.items()]
        return replace(scenario, label=label, changes=tuple(sorted((*scenario.changes, *changes), key=_day)))
    levers = {name: Frozen({**of, LEVER: Value(more[name], "yardstick")}) for name, of in scenario.levers.items()}
    return replace(scenario, label=label, levers=Frozen(levers))


def _day(change: Change) -> int:
    return change.day


def equal_staff(gain: float, low: float, high: float, effects: Sequence[float]) -> EqualStaff:
    """Return the staff that does as much, by straight lines between the steps.

    Args:
        gain: Mean difference of the regime.
        low: One end of its interval.
        high: The other.
        effects: Mean difference of each of ``STEPS``.

    Returns:
        Shares; minus or plus infinity beyond the steps, NaN where more staff does not work one way.
    """
    steps, effect = np.array([0.0, *STEPS]), np.array([0.0, *effects])
    order = np.argsort(steps)
    steps, effect = steps[order], effect[order]
    way = np.sign(effect[-1])
    if np.isnan(effect).any() or not way or (np.diff(way * effect) <= 0).any():
        return EqualStaff(float("nan"), float("nan"), float("nan"))
    ends = sorted(_share(way * end, way * effect, steps) for end in (low, high))
    return EqualStaff(_share(way * gain, way * effect, steps), ends[0], ends[1])


def _share(gain: float, effect: Floats, steps: Floats) -> float:
    return float(np.interp(gain, effect, steps, left=-np.inf, right=np.inf))
