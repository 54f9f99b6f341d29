"""Hours made equal: what is left of a difference where no regime frees hours for clients by what it asks of workers.

Three effects on hours carry much of any gain in waiting: hours for reports and meetings, serving on after a need ended,
and making needs smaller. A comparison can be made without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.scenario.scenario import Frozen, Scenario, Value
from sim.study.mechanisms import mechanisms

CAPACITY = "capacity"
"""The mechanism that stands for all three."""


def without_freed_hours(scenario: Scenario) -> Scenario:
    """Return the scenario with no serving on and no needs made smaller, in the warm-up too."""
    return scenario.with_values(mechanisms()[CAPACITY].off)


def equal_hours(scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Return the scenarios with reports and meetings that take as many hours in each, from day 0.

    Meetings are made longer where hours are short of the most; reports stay as they are, since they also draw
    attention. What boards change later in how much they control is not made up for.
    """
    names = [organisation.name for organisation in next(iter(scenarios.values())).organisations]
    most = {name: max(_hours_upward(scenario, name) for scenario in scenarios.values()) for name in names}
    return {regime: _with_hours_upward(scenario, most) for regime, scenario in scenarios.items()}


def _hours_upward(scenario: Scenario, organisation: str) -> float:
    reports, control, meetings = (
        float(scenario.levers[organisation][lever].value) for lever in ("report_hours", "control", "meeting_hours")
    )
    return reports * control + meetings


def _with_hours_upward(scenario: Scenario, hours: Mapping[str, float]) -> Scenario:
    table = {}
    for name, of_organisation in scenario.levers.items():
        short = hours[name] - _hours_upward(scenario, name)
        meetings = Value(float(of_organisation["meeting_hours"].value) + short, "equal hours")
        table[name] = Frozen({**of_organisation, "meeting_hours": meetings}) if short else of_organisation
    return replace(scenario, levers=Frozen(table))
