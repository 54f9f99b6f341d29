"""A comparison that was never run, shaped as `sim.study.compare` makes it: for tests of what is said about one."""

from functools import cache

import numpy as np

from sim.scenario.scenario import Scenario
from sim.study.compare import Comparison
from sim.study.outcomes import outcomes_of
from sim.study.tables import Run

VISITS = [("client", int), ("zone", int), ("need", int), ("kind", int), ("organisation", int), ("reason", int)]
VISITS += [(name, float) for name in ("onset", "listed", "start", "end")]
CLIENTS = [("client", int), ("arrival", float), ("exit", float)]
SERIES = [("week", int), ("organisation", int), ("waiting", np.float32), ("paid", np.float32)]
USUAL = {"days": 60.0, "share": 0.4, "share of paid hours": 1 / 13, "per hour asked": 0.5}
SHIFTS = {"pooled-list": -18.0, "one-management": 0.0, "more-staff": -6.0}


def comparison(
    regimes=("traditional", *SHIFTS), pairs=12, days=1095, complete=True, scenario=None, failures=()
) -> Comparison:
    """Return a made-up comparison, shaped as `sim.study.compare` makes it."""
    scenario = scenario or one_zone()
    scenarios = {name: scenario.with_regime(name) for name in regimes}
    rng = np.random.default_rng(3)
    outcomes = outcomes_of(scenario)
    values = np.stack([_values(name, outcomes, pairs) for name in regimes])
    return Comparison(
        scenario=scenario,
        scenarios=scenarios,
        baseline=regimes[0],
        regimes=tuple(regimes),
        outcome_list=outcomes,
        days=days,
        seed=7,
        asked=max(pairs, 12),
        replications=tuple(range(pairs)),
        seeds=tuple(range(pairs)),
        values=values,
        weekly={(name, n): _series(scenario, rng, days) for name in regimes for n in range(pairs)},
        lives={name: _life(scenarios[name], name, days) for name in regimes} if pairs else {},
        failures=failures,
        complete=complete,
    )


@cache
def one_zone() -> Scenario:
    return Scenario.load("one-zone")


def _values(regime, outcomes, pairs):
    world = np.random.default_rng(1)  # the same for all regimes: they share it
    luck = np.random.default_rng(len(regime))
    columns = []
    for outcome in outcomes:
        usual = USUAL.get(outcome.unit, 20.0)
        step = outcome.smallest_difference
        shift = SHIFTS.get(regime, 0.0) / 2 * step * (-1 if outcome.direction > 0 else 1)
        noise = luck.normal(0, 0.4 * step, pairs) if regime in SHIFTS else np.zeros(pairs)
        columns.append(usual + world.normal(0, 2 * step, pairs) + (shift if outcome.direction else 0) + noise)
    return np.array(columns).T.reshape(pairs, len(outcomes))


def _series(scenario, rng, days):
    count = len(scenario.organisations) + 1
    weeks = np.arange(-156, days // 7)
    rows = np.zeros(len(weeks) * count, SERIES)
    rows["week"] = np.repeat(weeks, count)
    rows["organisation"] = np.tile(np.arange(count), len(weeks))
    rows["waiting"] = rng.poisson(4, len(rows))
    rows["paid"] = np.where(rows["organisation"] < count - 1, 300, 0)
    return rows


def _life(scenario, regime, days):
    rng = np.random.default_rng(5)
    n = 400
    clients = np.zeros(n, CLIENTS)
    clients["client"] = np.arange(n)
    clients["arrival"] = np.linspace(-200, days - 1, n)
    clients["exit"] = np.nan
    visits = np.zeros(n, VISITS)
    visits["client"], visits["kind"] = np.arange(n), np.arange(n) % len(scenario.kinds)
    visits["onset"] = visits["listed"] = clients["arrival"]
    start = visits["onset"] + rng.exponential(60 + SHIFTS.get(regime, 0), n)
    visits["start"] = np.where(start < days, start, np.nan)
    visits["end"] = np.nan
    return Run(scenario, regime, 0, 7, days, visits, clients, np.zeros(0, SERIES))
