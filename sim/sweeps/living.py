"""Living a batch of runs: plain data in, two tables out, wherever it is done."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import local
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from sim.errors import RegieError
from sim.scenario.scenario import Scenario
from sim.study import arrow, frames, runs
from sim.study.outcomes import outcomes_of
from sim.study.tables import Run
from sim.sweeps.experiment import Reader
from sim.sweeps.factors import Factor, Floats, own_keywords, settled
from sim.sweeps.planning import Plan
from sim.sweeps.sentences import say

if TYPE_CHECKING:
    from sim.model.network import CareNetwork
    from sim.model.state import State

KEYS = ("point", "replication", "regime", "seed")
FAULTS = ("stage", "error", "traceback")
"""Columns of a run that failed; null in all others."""

WARMED_KEPT = 2  # worlds after their warm-up that a thread keeps: a factor that is a lever shares that of its neighbour


Fault = tuple[str | None, str | None, str | None]


class Unit(NamedTuple):
    """What is run, or not, as a whole: a point and a replication, under every regime."""

    point: int
    replication: int


class Batch(NamedTuple):
    """What came of some units.

    Attributes:
        units: Which they were.
        runs: A row a run: keys, outcomes, faults.
        series: A row a run, week and organisation; None where nothing weekly is kept.
        seconds: How long it took.
    """

    units: tuple[Unit, ...]
    runs: pa.Table
    series: pa.Table | None
    seconds: float


@dataclass(frozen=True)
class Task:
    """All that is needed to live a unit; it can be sent to another process or machine.

    Attributes:
        arms: Regime to the scenario under it.
        factors: What is varied.
        seeds: Seed of each replication.
        days: Days after the warm-up.
        outcomes: Name to a reader of one's own; None for those that come with regie, which are looked up there.
        weekly: Columns of the weekly series that are kept.
        network: A network of one's own.
    """

    arms: Mapping[str, Scenario]
    factors: tuple[Factor, ...]
    seeds: tuple[int, ...]
    days: int
    outcomes: Mapping[str, Reader | None]
    weekly: tuple[str, ...]
    network: type[CareNetwork] | None = None

    @classmethod
    def of(cls, plan: Plan) -> Task:
        """Return the task of a plan."""
        known = {outcome.name for outcome in outcomes_of(plan.scenario)}
        return cls(
            arms=plan.arms,
            factors=plan.factors,
            seeds=plan.seeds,
            days=plan.experiment.days,
            outcomes={name: None if name in known else reader for name, reader in plan.outcomes.items()},
            weekly=plan.weekly,
            network=plan.network,
        )

    @cached_property
    def readers(self) -> Mapping[str, Reader]:
        """Name of each outcome to what reads it."""
        known = {each.name: each.function for each in outcomes_of(next(iter(self.arms.values())))}
        return {name: own or known[name] for name, own in self.outcomes.items()}

    def __getstate__(self) -> dict[str, Any]:
        """Return what is sent: nothing that can be worked out there."""
        return {name: value for name, value in vars(self).items() if name != "readers"}

    def live(self, units: Sequence[Unit], points: Floats) -> Batch:
        """Live some units.

        Args:
            units: Which.
            points: Values of the factors at the point of each unit, in the same order.
        """
        began = time.perf_counter()
        living = _Living(self)
        for unit, point in zip(units, points, strict=True):
            living.unit(unit, point)
        return Batch(tuple(units), living.rows(), living.weeks(), time.perf_counter() - began)


@dataclass
class _Living:
    """Lives units, one after the other, and gathers what they leave."""

    task: Task
    keys: list[tuple[int, int, int, int]] = field(default_factory=list)
    values: list[list[float]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    series: list[pa.Table] = field(default_factory=list)

    def unit(self, unit: Unit, point: Floats) -> None:
        """Live a point and a replication under every regime; what fails is written down and the others go on."""
        for number, (arm, scenario) in enumerate(self.task.arms.items()):
            stage = _Stage()
            try:
                run = self._run(scenario, arm, unit, point, stage)
                stage.name = "extract"
                values = [float(read(run)) for read in self.task.readers.values()]
                weekly = _weekly(run, unit, self.task.weekly) if self.task.weekly else None
            except Exception as mistake:  # whatever it is, it is written down
                self.failed(unit, number, _fault(stage.name, mistake))
            else:
                self._write(unit, number, values, (None, None, None))
                self.series += [weekly] if weekly is not None else []

    def failed(self, unit: Unit, arm: int, fault: Fault) -> None:
        """Write down a run that gave nothing."""
        self._write(unit, arm, [np.nan] * len(self.task.outcomes), fault)

    def _write(self, unit: Unit, arm: int, values: list[float], fault: Fault) -> None:
        self.keys.append((unit.point, unit.replication, arm, self.task.seeds[unit.replication]))
        self.values.append(values)
        self.faults.append(fault)

    def _run(self, scenario: Scenario, arm: str, unit: Unit, point: Floats, stage: _Stage) -> Run:
        there, seed = settled(scenario, self.task.factors, point), self.task.seeds[unit.replication]
        if self.task.network is not None:
            stage.name = "run"
            return _run_of_network(self.task, there, arm, unit, own_keywords(self.task.factors, point))
        stage.name = "warm-up"
        world = _warmed(there, seed)
        stage.name = "run"
        return runs.live_on(world, there, arm, unit.replication, seed, self.task.days)

    def rows(self) -> pa.Table:
        """Return a row a run."""
        keys = np.array(self.keys, np.int64).reshape(-1, 4)
        values = np.array(self.values, float).reshape(len(keys), -1)
        columns = {
            "point": arrow.numbers(keys[:, 0].astype(np.int32)),
            "replication": arrow.numbers(keys[:, 1].astype(np.int32)),
            "regime": arrow.words(keys[:, 2], list(self.task.arms)),
            "seed": arrow.numbers(keys[:, 3]),
        }
        for i, name in enumerate(self.task.outcomes):
            columns[name] = arrow.numbers(values[:, i], missing=np.isnan(values[:, i]))
        faults = zip(*self.faults, strict=True)
        return arrow.table(**columns, **{n: arrow.texts(told) for n, told in zip(FAULTS, faults, strict=True)})

    def weeks(self) -> pa.Table | None:
        """Return the weekly series of all runs; None where nothing weekly is kept."""
        return arrow.joined(self.series) if self.series else None


@dataclass
class _Stage:
    """How far a run has come."""

    name: str = "scenario"


def _fault(stage: str, mistake: BaseException) -> Fault:
    """Return what is written down of a failure: stage, one line, the whole story."""
    line = str(mistake) if isinstance(mistake, RegieError) else f"{type(mistake).__name__}: {mistake}"
    return stage, line, "".join(traceback.format_exception(mistake))


def lost_worker(plan: Plan, unit: Unit) -> Batch:
    """Return what is written down of a unit that ended its worker each time it was tried."""
    living = _Living(Task.of(plan))
    for number in range(len(plan.arms)):
        living.failed(unit, number, ("worker", str(say("worker ended")), ""))
    return Batch((unit,), living.rows(), None, 0.0)


_kept = local()


def _warmed(scenario: Scenario, seed: int) -> State:
    """Return a world on day 0, from the few that this thread keeps where one has the same past."""
    worlds: dict[tuple[str, int], State] = vars(_kept).setdefault("worlds", {})
    key = scenario.past(), seed
    world = worlds.pop(key, None)
    if world is None:
        while len(worlds) >= WARMED_KEPT:
            worlds.pop(next(iter(worlds)))
        world = runs.warmed(scenario, seed)
    worlds[key] = world  # the last one asked for is the last to go
    return world


def _run_of_network(task: Task, scenario: Scenario, arm: str, unit: Unit, keywords: dict[str, Any]) -> Run:
    assert task.network is not None
    seed = task.seeds[unit.replication]
    network = task.network(scenario, seed=seed, **keywords)
    visits, clients, series = network.run(task.days).records()
    return Run(scenario, arm, unit.replication, seed, task.days, visits, clients, series)


def _weekly(run: Run, unit: Unit, columns: Sequence[str]) -> pa.Table:
    table = frames.series_table(run).select(["regime", "replication", "week", "organisation", *columns])
    return table.add_column(0, "point", arrow.numbers(np.full(len(table), unit.point, np.int32)))
