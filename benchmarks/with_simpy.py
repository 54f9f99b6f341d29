"""The reduced model in SimPy: one process per client, one resource per team."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import simpy
from reduced import WEEKLY, Outcome, Reduced, visit_table

NAN = float("nan")
Visit = list[float]
ONSET, LISTED, START, END = range(4)


@dataclass
class Organisation:
    """A team and what is counted about it this week."""

    number: int
    team: simpy.Resource
    arrivals: int = 0
    starts: int = 0
    completed: int = 0


@dataclass
class World:
    """Everything the processes share."""

    model: Reduced
    env: simpy.Environment
    chance: random.Random
    zones: list[list[Organisation]]
    visits: list[Visit] = field(default_factory=list)
    weekly: list[np.ndarray] = field(default_factory=list)


def arrive(world: World, zone: int) -> Iterator[simpy.Event]:
    """Let clients of one zone arrive: a Poisson process, on whole days."""
    env, clock = world.env, 0.0
    while True:
        clock += world.chance.expovariate(world.model.arrivals_per_day)
        yield env.timeout(int(clock) - env.now)
        env.process(be_helped(world, zone, world.chance.choice(world.zones[zone])))


def be_helped(world: World, zone: int, organisation: Organisation) -> Iterator[simpy.Event]:
    """Ask, wait for a worker, be helped, leave."""
    env = world.env
    visit: Visit = [env.now, NAN, NAN, NAN, zone, organisation.number, -1, -1]
    world.visits.append(visit)
    organisation.arrivals += 1
    with organisation.team.request() as worker:
        if not worker.triggered:
            visit[LISTED] = env.now
        yield worker
        visit[START] = env.now
        organisation.starts += 1
        yield env.timeout(service_days(world))
    visit[END] = env.now
    organisation.completed += 1


def service_days(world: World) -> int:
    """Draw how long help lasts, in whole days."""
    return max(1, int(world.chance.expovariate(1 / world.model.service_days) + world.chance.random()))


def count_weekly(world: World) -> Iterator[simpy.Event]:
    """Count at the end of every week, after all that happened on its last day."""
    yield world.env.timeout(6.5)
    while True:
        world.weekly.append(count(world))
        yield world.env.timeout(7)


def count(world: World) -> np.ndarray:
    """Return this week's counts of each organisation, all zones together, and start counting again."""
    table = np.zeros((world.model.organisations, len(WEEKLY)), np.int64)
    for organisation in (organisation for zone in world.zones for organisation in zone):
        waiting, served = len(organisation.team.queue), organisation.team.count
        counts = (organisation.arrivals, organisation.starts, organisation.completed, waiting, served)
        table[organisation.number] += counts
        organisation.arrivals = organisation.starts = organisation.completed = 0
    return table


def found(model: Reduced, seed: int) -> World:
    """Return a world without clients."""
    env = simpy.Environment()
    zones = [
        [Organisation(n, simpy.Resource(env, model.workers * model.slots)) for n in range(model.organisations)]
        for _ in range(model.zones)
    ]
    return World(model, env, random.Random(seed), zones)


def simulate(model: Reduced, seed: int) -> Outcome:
    """Run the reduced model and return visits and weekly counts."""
    world = found(model, seed)
    for zone in range(model.zones):
        world.env.process(arrive(world, zone))
    world.env.process(count_weekly(world))
    world.env.run(until=model.days)
    return Outcome(visit_table(tuple(visit) for visit in world.visits), np.array(world.weekly))
