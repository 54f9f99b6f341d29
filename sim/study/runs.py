"""One run in three steps: build a world, let it live, read what it left behind.

The warm-up of a replication is lived once, under the baseline regime; every regime goes on from a copy of that world.
So the worlds of a pair share their people, their past and all luck that is still to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import RegieError
from sim.scenario.scenario import Change, Scenario, Value
from sim.study.defaults import DAYS, LARGEST_SEED, LONGEST_DAYS
from sim.study.sentences import say
from sim.study.tables import Run

if TYPE_CHECKING:
    from sim.model.state import State


def run(
    scenario: Scenario | str, *, seed: int = 0, days: int = DAYS, regime: str | None = None, replication: int = 0
) -> Run:
    """Live one world and return what it left behind.

    Args:
        scenario: A scenario, or the name or path of one.
        seed: Root seed; replication 0 uses it as it is.
        days: Days after the warm-up.
        regime: Regime from day 0 on. Default: the scenario's own.
        replication: Which replication of that seed.

    Raises:
        RegieError: For an unknown scenario or regime, or a number out of range.
    """
    scenario = loaded(scenario)
    if regime is not None:
        scenario = scenario.with_regime(regime)
    check_days(days)
    check_seed(seed)
    number = seed_of(seed, replication)
    return live_on(warmed(scenario, number), scenario, scenario.regime, replication, number, days)


def loaded(scenario: Scenario | str, overrides: Sequence[str] = ()) -> Scenario:
    """Return the scenario of a name or path, or the scenario itself."""
    return scenario if isinstance(scenario, Scenario) else Scenario.load(scenario, overrides=overrides)


def seed_of(seed: int, replication: int) -> int:
    """Return the seed of a replication: the root seed itself for the first, so that a single run needs no rule."""
    if replication == 0:
        return seed
    drawn = np.random.SeedSequence(seed, spawn_key=(replication,)).generate_state(1, np.uint64)[0]
    return int(drawn >> np.uint64(1))  # 63 bits: fits every file format


def warmed(scenario: Scenario, seed: int) -> State:
    """Return a world on day 0, after the warm-up under the baseline regime."""
    from sim.model.day import live
    from sim.model.founding import found

    world = found(scenario, seed)
    return live(world, -world.day)


def live_on(world: State, scenario: Scenario, regime: str, replication: int, seed: int, days: int) -> Run:
    """Return the run that a copy of ``world`` lives under ``scenario`` for ``days`` days; ``world`` stays as it is."""
    from sim.model.day import live
    from sim.model.founding import steer
    from sim.model.record import records
    from sim.model.state import copy_state

    world = live(steer(copy_state(world), scenario), days)
    left = records(world, spent=True)
    return Run(scenario, regime, replication, seed, days, left.visits, left.clients, left.series)


def compile_model(scenario: Scenario) -> None:
    """Compile all that a run needs, by living two days of it; at once where that was done before."""
    from sim.model.compiling import remember_compiled

    small = scenario.with_values({"warmup_days": 1, "zones": 1})
    everybody = tuple(organisation.name for organisation in small.organisations)
    change = Change(0, everybody, "control", Value(0.5, "default"))
    world = warmed(small, 0)
    live_on(world, replace(small, changes=(change,)), small.regime, 0, 0, 1)
    remember_compiled()


def check(name: str, value: int, low: int, high: int, example: int) -> None:
    """Raise a RegieError unless ``value`` is a whole number from ``low`` to ``high``."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        raise RegieError(say("number", name=name, value=value, low=low, high=high, example=example))


def check_days(days: int) -> None:
    """Raise a RegieError unless ``days`` can be lived."""
    check("days", days, 1, LONGEST_DAYS, DAYS)


def check_seed(seed: int) -> None:
    """Raise a RegieError unless ``seed`` is one."""
    check("seed", seed, 0, LARGEST_SEED, 7)
