"""The reduced model in regie: the full model under the scenario ``reduced.toml``, the compiled day."""

from __future__ import annotations

import sys
import time
from functools import cache

import numpy as np
from reduced import HERE, SCENARIO, WEEKLY, Outcome, Reduced

sys.path.insert(0, str(HERE.parent))  # this clone, installed or not

from sim.model.day import live
from sim.model.founding import found
from sim.model.record import records
from sim.scenario.scenario import Scenario


@cache
def scenario(model: Reduced) -> Scenario:
    """Return ``reduced.toml`` at the size of ``model``."""
    hours_per_week = Scenario.load(SCENARIO).kinds[0].hours_per_week
    size = {
        "zones": model.zones,
        "arrivals_per_year": model.arrivals_per_day * 365,
        "contract_hours": model.slots * hours_per_week,
    }
    return Scenario.load(SCENARIO).with_values(size)


def simulate(model: Reduced, seed: int) -> Outcome:
    """Run the reduced model and return visits and weekly counts: founding, the days, the tables."""
    return simulate_in_parts(model, seed)[0]


def simulate_in_parts(model: Reduced, seed: int) -> tuple[Outcome, dict[str, float]]:
    """Return the outcome, and the seconds of founding the world, of the days and of reading out the tables."""
    clock = [time.perf_counter()]
    state = found(scenario(model), seed)
    clock.append(time.perf_counter())
    state = live(state, model.days)
    clock.append(time.perf_counter())
    left = records(state, spent=True)
    outcome = Outcome(left.visits, _weekly(model, left.series))
    clock.append(time.perf_counter())
    parts = ("founding", "days", "tables")
    return outcome, {part: end - begin for part, begin, end in zip(parts, clock, clock[1:], strict=False)}


def _weekly(model: Reduced, table: np.ndarray) -> np.ndarray:
    """Return our five counts; regie's last organisation is nobody's.

    Regie counts arrivals for nobody, before a door is chosen; who arrives at a door has an intake there that day.
    """
    own = table[table["organisation"] < model.organisations]
    own = own[np.lexsort((own["organisation"], own["week"]))]
    counts = np.stack([own["intakes" if name == "arrivals" else name] for name in WEEKLY], axis=-1)
    return counts.reshape(-1, model.organisations, len(WEEKLY))
