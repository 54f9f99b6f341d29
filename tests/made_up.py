"""A comparison that was never run: shaped as `sim.study.compare` makes it, with numbers that are made up."""

from dataclasses import replace
from functools import cache

import numpy as np

from sim.model.state import EXIT, SERIES, VISIT
from sim.scenario.scenario import Scenario
from sim.study.comparison import Comparison
from sim.study.fates import GRID
from sim.study.outcomes import outcomes_of
from sim.study.planning import Plan
from sim.study.replication import Replication
from sim.study.sketch import BEFORE, WEEKLY
from sim.study.stops import STOPS
from sim.study.tables import Run
from sim.study.worlds import World
from sim.study.yardstick import STEPS, arms, name_of

USUAL = {"days": 60.0, "share": 0.4, "share of paid hours": 1 / 13, "per hour asked": 0.5}
SHIFTS = {"pooled-list": -18.0, "one-management": 0.0, "more-staff": -6.0}
STAFF = {name_of(step): -60.0 * step for step in STEPS}  # 10 % more staff shifts waiting as "more-staff" does


def comparison(
    regimes=("traditional", *SHIFTS),
    pairs=12,
    days=1095,
    complete=True,
    scenario=None,
    scenarios=None,
    failures=(),
    staff=False,
    missed=(),
    **asked,
):
    """Return a made-up comparison, of ``regimes`` or of ``scenarios``; ``asked`` goes to the plan.

    With ``staff`` the baseline is there with more and fewer staff too; ``missed`` is on what the first world was turned
    down before it was kept.
    """
    scenario = scenario or one_zone()
    scenarios = scenarios or {name: scenario.with_regime(name) for name in regimes}
    if staff:
        scenarios = {**scenarios, **arms(scenarios[next(iter(scenarios))])}
        asked["yardsticks"] = tuple(name_of(step) for step in STEPS)
    regimes = tuple(scenarios)
    plan = Plan(scenario, scenarios, regimes[0], days, 7, max(pairs, 12), **asked)
    outcomes = outcomes_of(scenario)
    values = {name: _values(name, outcomes, pairs) for name in regimes}
    again = {name: _values(name, outcomes, pairs, other_luck=1) for name in regimes}
    rng = np.random.default_rng(3)
    finished = [
        Replication(
            number=n,
            seed=n,
            world=World({"intake_hours": 1.0 + n} if plan.worlds != "one" else {}, tuple(missed) if n == 0 else ()),
            values={name: values[name][n] for name in regimes},
            twin={name: again[name][n] for name in regimes},
            sketches={name: _sketch(scenario, rng, days) for name in regimes},
            failures=tuple(failures) if n == 0 else (),
        )
        for n in range(pairs)
    ]
    if failures and not finished:
        finished = [Replication(0, 0, World({}), {}, {}, {}, tuple(failures))]
    fresh = {name: life(scenarios[name], name, days) for name in regimes} if pairs else {}
    return Comparison(plan, tuple(finished), outcomes, complete, fresh=fresh)


@cache
def one_zone():
    """Return the scenario of one zone."""
    return Scenario.load("one-zone")


def _values(regime, outcomes, pairs, other_luck=0):
    world = np.random.default_rng(1)  # the same for all regimes: they share it
    luck = np.random.default_rng(len(regime) + 100 * other_luck)
    shifts = {**SHIFTS, **STAFF}
    columns = []
    for outcome in outcomes:
        usual = USUAL.get(outcome.unit, 20.0)
        step = outcome.smallest_difference
        shift = shifts.get(regime, 0.0) / 2 * step * (-1 if outcome.direction > 0 else 1)
        noise = luck.normal(0, 0.4 * step, pairs) if regime in shifts else np.zeros(pairs)
        columns.append(usual + world.normal(0, 2 * step, pairs) + (shift if outcome.direction else 0) + noise)
    return np.array(columns).T.reshape(pairs, len(outcomes))


def _fates(rng):
    """Return made-up shares of needs that met each fate: of 100 at most 60 get help, and 5 to 8 meet each other one."""
    most = np.array([60.0, 5.0, 6.0, 7.0, 8.0]) / 100 * rng.uniform(0.9, 1.0)
    return (most * (1 - np.exp(-GRID / 90.0))[:, None]).astype(np.float32)


def _sketch(scenario, rng, days):
    weeks = rng.poisson(30, (len(WEEKLY), BEFORE + days // 7)).astype(np.float32)
    weeks[WEEKLY.index("paid")] = 2400
    column = np.array([stop.column for stop in STOPS])
    roads = (rng.poisson(20, (len(STOPS), len(STOPS))) * (column == column[:, None] + 1)).astype(np.float32)
    lists = rng.uniform(1, 9, len(scenario.organisations)).astype(np.float32)
    still = np.exp(-GRID / 200.0).astype(np.float32)
    return {"weeks": weeks, "lists": lists, "roads": roads, "fates": _fates(rng), "still": still}


def life(scenario, regime, days):
    """Return a made-up run."""
    rng = np.random.default_rng(5)
    n = 400
    clients = np.zeros(n, EXIT)
    clients["client"], clients["hours_asked"] = np.arange(n), 10
    clients["arrival"] = np.linspace(-200, days - 1, n)
    clients["exit"] = np.nan
    visits = np.zeros(n, VISIT)
    visits["client"], visits["kind"] = np.arange(n), np.arange(n) % len(scenario.kinds)
    visits["onset"] = visits["seen"] = visits["listed"] = clients["arrival"]
    start = visits["onset"] + rng.exponential(60 + SHIFTS.get(regime, 0), n)
    visits["start"] = np.where(start < days, start, np.nan)
    visits["end"] = np.nan
    visits["hours_delivered"] = np.where(start < days, 5, 0)
    visits["first_worker_hours"], visits["quality"] = visits["hours_delivered"], 0.8
    return Run(scenario, regime, 0, 7, days, visits, clients, np.zeros(0, SERIES))


# --- a comparison with something else in it ----------------------------------------------------------------


def with_values(result, values, outcomes=None):
    """Return a comparison with other outcomes: an array of (arm, world, outcome)."""
    finished = [
        replace(each, values={arm: values[i, n] for i, arm in enumerate(result.arms)}, twin={})
        for n, each in enumerate(result.finished)
    ]
    return replace(result, finished=tuple(finished), outcome_list=outcomes or result.outcome_list)


def with_failures(result, *failures):
    """Return a comparison in whose first world something failed."""
    first, *others = result.finished
    return replace(result, finished=(replace(first, failures=failures), *others))


def with_plan(result, **asked):
    """Return a comparison of another plan."""
    return replace(result, plan=replace(result.plan, **asked))


def only_arms(result, *arms):
    """Return a comparison in which no more than these were run."""
    return with_plan(result, scenarios={arm: result.scenarios[arm] for arm in arms})


def first_worlds(result, number):
    """Return a comparison of fewer worlds."""
    return replace(result, finished=result.finished[:number])
