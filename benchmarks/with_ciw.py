"""The reduced model in Ciw: one node per organisation.

Zones do not touch each other, so each is simulated by itself: Ciw looks through all nodes at every event, and
all zones in one network would be slower for no reason.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable

import ciw
from reduced import Outcome, Reduced, visit_table, weekly_from_visits


class DailyPoisson(ciw.dists.Distribution):
    """Times between arrivals of a Poisson process of which only the whole days are kept."""

    def __init__(self, rate: float) -> None:
        """Arrive ``rate`` times a day."""
        self.rate = rate
        self.clock = 0.0

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        """Return the days until the next arrival; 0 for another on the same day."""
        before = math.floor(self.clock)
        self.clock += random.expovariate(self.rate)
        return float(math.floor(self.clock) - before)


class WholeDays(ciw.dists.Distribution):
    """Exponential, rounded to whole days by chance, at least one day."""

    def __init__(self, days: float) -> None:
        """Last ``days`` on average."""
        self.days = days

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        """Return how long help lasts."""
        return float(max(1, int(random.expovariate(1 / self.days) + random.random())))


def network(model: Reduced) -> ciw.network.Network:
    """Return one zone as a queueing network."""
    nodes = model.organisations
    return ciw.create_network(
        arrival_distributions=[DailyPoisson(model.arrivals_per_day / nodes) for _ in range(nodes)],
        service_distributions=[WholeDays(model.service_days) for _ in range(nodes)],
        number_of_servers=[model.workers * model.slots] * nodes,
        routing=[[0.0] * nodes for _ in range(nodes)],
    )


def visits_of_zone(model: Reduced, zone: int) -> Iterable[tuple[float, float, float, float, int, int, int, int]]:
    """Simulate one zone and give its visits, unfinished ones included."""
    simulation = ciw.Simulation(network(model))
    simulation.simulate_until_max_time(model.days)
    for record in simulation.get_all_records(include_incomplete=True):
        onset, start, end = (
            record.arrival_date,
            _day(record.service_start_date),
            _day(record.service_end_date),
        )
        listed = math.nan if start == onset else onset
        end = end if end < model.days else math.nan
        yield (onset, listed, start, end, zone, record.node - 1, -1, -1)


def _day(date: float | bool | None) -> float:
    """Return a date of Ciw, which says False or None for what did not happen."""
    return math.nan if date is None or date is False else date


def simulate(model: Reduced, seed: int) -> Outcome:
    """Run the reduced model and return visits and weekly counts."""
    ciw.seed(seed)
    visits = visit_table(visit for zone in range(model.zones) for visit in visits_of_zone(model, zone))
    return Outcome(visits, weekly_from_visits(model, visits))
