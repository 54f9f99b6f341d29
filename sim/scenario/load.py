"""How many hours of help are asked of a place, and how many its workers have: a formula, without running anything.

It is rough: a need is taken to last its mean length, cut short by death and admission; whoever gives up, recovers
while waiting or is never seen asks less. So the ratio is of use beside that of a scenario whose lists are known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.scenario.scenario import HelpKind, Organisation, Scenario

WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True)
class Load:
    """Hours a week and zone.

    Attributes:
        asked: Hours that people would use if nobody had to wait, by kind of help.
        available: Hours that workers have for clients, by the kind that is their own craft.
    """

    asked: Mapping[str, float]
    available: Mapping[str, float]

    @property
    def ratio(self) -> float:
        """Hours asked for each hour available, over all kinds."""
        return sum(self.asked.values()) / max(sum(self.available.values()), 1e-9)

    def ratio_of(self, kind: str) -> float:
        """Hours asked for each hour available, of one kind of help."""
        return self.asked[kind] / max(self.available[kind], 1e-9)


def load_of(scenario: Scenario) -> Load:
    """Return what is asked of a scenario's workers and what they have, under its baseline regime."""
    shares = sum(kind.share for kind in scenario.kinds)
    needs = scenario["arrivals_per_year"] / WEEKS_A_YEAR * needs_per_client(scenario)
    hazard = _exits_per_day(scenario)
    asked = {k.name: needs * k.share / shares * k.hours_per_week * _length(k, hazard) / 7 for k in scenario.kinds}
    available = {k.name: 0.0 for k in scenario.kinds}
    for organisation in scenario.organisations:
        for kind, workers in organisation.staff.items():
            available[kind] += workers * hours_for_clients(scenario, organisation)
    return Load(asked, available)


def needs_per_client(scenario: Scenario) -> float:
    """Return the mean number of needs with which a person of middling frailty comes."""
    frailty = (scenario["frailty_low"] + scenario["frailty_high"]) / 2
    chance = scenario["another_need"] * (1 + scenario["frailty_needs"] * (frailty - 0.5))
    most = min(int(scenario["max_needs"]), sum(kind.share > 0 for kind in scenario.kinds))
    mean, reached = 1.0, 1.0
    for further in range(most - 1):
        reached *= min(1.0, chance * scenario["another_need_decline"] ** further)
        mean += reached
    return mean


def hours_for_clients(scenario: Scenario, organisation: Organisation) -> float:
    """Return the hours a week that a worker has for clients, sick leave and empty seats considered."""
    levers = {name: float(value.value) for name, value in scenario.baseline_levers[organisation.name].items()}
    hours = scenario["contract_hours"] * (1 - scenario["leave_share"]) * scenario["direct_share"]
    hours -= hours * scenario["own_time"] * scenario["self_attention"]
    hours -= levers["control"] * levers["report_hours"] + levers["meeting_hours"]
    empty = scenario["turnover"] * scenario["vacancy_days"] / 365.25
    there = (1 - scenario["sick_share"]) * (1 - min(1.0, empty)) * (1 + levers["extra_staff"])
    return max(0.0, hours) * there


def _exits_per_day(scenario: Scenario) -> float:
    """Return the mean hazard of death and crisis admission of people whose frailty is the mean of two even draws."""
    low, high = scenario["frailty_low"], scenario["frailty_high"]
    slope = scenario["frailty_exponent"]
    quarter = slope * (high - low) / 4
    spread = (math.sinh(quarter) / quarter) ** 2 if quarter else 1.0
    yearly = (scenario["death_hazard"] + scenario["crisis_hazard"]) * spread
    return float(yearly * math.exp(slope * ((low + high) / 2 - 0.5)) / 365.25)


def _length(kind: HelpKind, hazard: float) -> float:
    """Return the mean days that a need lasts; both parts are exponential, and so is what cuts them short."""
    parts = ((kind.short_share, kind.short_days), (1 - kind.short_share, kind.lasting_days))
    return sum(share / (1 / days + hazard) for share, days in parts)
