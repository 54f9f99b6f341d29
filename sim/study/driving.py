"""Carrying out a plan: replications go to threads, and come back in order whatever the threads did."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import numpy as np

from sim.errors import RegieError
from sim.scenario.scenario import Scenario
from sim.study import runs
from sim.study.comparison import Comparison, Failure, now
from sim.study.outcomes import extract, outcomes_of
from sim.study.tables import Floats, Run, Table

Progress = Callable[[int, int], None]
"""Called with runs finished and runs asked, a few times a second."""
Keep = Callable[[Run], None]
"""Called with every run, replication by replication, in the order of the regimes."""

_GLANCE = 0.2  # seconds between two looks at what is finished


@dataclass(frozen=True)
class Plan:
    """What is to be run: checked, nothing left to go wrong but the runs themselves."""

    scenario: Scenario
    scenarios: Mapping[str, Scenario]
    baseline: str
    days: int
    seed: int
    replications: int
    only: tuple[str, ...] = ()
    from_day: int = 0
    equal_hours: bool = False

    @property
    def regimes(self) -> tuple[str, ...]:
        """All regimes, the baseline first."""
        return tuple(self.scenarios)

    @property
    def runs(self) -> int:
        """Number of runs."""
        return self.replications * len(self.scenarios)


@dataclass(frozen=True)
class Replication:
    """All regimes in one world."""

    number: int
    seed: int
    runs: Mapping[str, Run]
    values: Mapping[str, Floats]
    failures: tuple[Failure, ...]


def _replicate(what: Plan, number: int, stop: threading.Event, tick: Callable[[], None]) -> Replication | None:
    """Live one world under every regime; None where it was asked to stop before the end."""
    seed = runs.seed_of(what.seed, number)
    kept: dict[str, Run] = {}
    values: dict[str, Floats] = {}
    failures: list[Failure] = []
    stage, regime = "warm-up", ""
    try:
        world = runs.warmed(what.scenario, seed)
    except RegieError:
        raise
    except Exception as mistake:
        return Replication(number, seed, {}, {}, (_failure(mistake, stage, regime, number, seed),))
    for regime, scenario in what.scenarios.items():
        if stop.is_set():
            return None
        try:
            stage = "run"
            lived = runs.live_on(world, scenario, regime, number, seed, what.days)
            stage = "extract"
            values[regime] = extract(lived)
            kept[regime] = lived
        except RegieError:
            raise
        except Exception as mistake:
            failures.append(_failure(mistake, stage, regime, number, seed))
        tick()
    return Replication(number, seed, kept, values, tuple(failures))


def _failure(mistake: Exception, stage: str, regime: str, replication: int, seed: int) -> Failure:
    told = "".join(traceback.format_exception(mistake))
    return Failure(regime, replication, seed, stage, f"{type(mistake).__name__}: {mistake}", told)


@dataclass
class Driver:
    """Hands out replications to threads and yields those that are finished, whatever their order."""

    plan: Plan
    threads: int
    stop: threading.Event
    progress: Progress
    halt: threading.Event = field(default_factory=threading.Event)
    ticks: list[None] = field(default_factory=list)

    def finished(self) -> Iterator[Replication]:
        """Yield replications as they are finished; after a wish to stop, those that were whole by then."""
        pool = ThreadPoolExecutor(self.threads, thread_name_prefix="regie")
        waiting: set[Future[Replication | None]] = set()
        numbers = iter(range(self.plan.replications))
        with _stopped_by_control_c(self.halt):
            try:
                self._hand_out(pool, waiting, numbers)
                while waiting:
                    yield from self._glance(waiting)
                    self._hand_out(pool, waiting, numbers)
            finally:
                self.halt.set()
                pool.shutdown(cancel_futures=True)

    def _hand_out(self, pool: ThreadPoolExecutor, waiting: set[Future[Any]], numbers: Iterator[int]) -> None:
        """Keep the threads busy and no more: a finished run waits in memory to be written."""
        while not self.halt.is_set() and len(waiting) < 2 * self.threads:
            number = next(numbers, None)
            if number is None:
                return
            waiting.add(pool.submit(_replicate, self.plan, number, self.halt, lambda: self.ticks.append(None)))

    def _glance(self, waiting: set[Future[Replication | None]]) -> Iterator[Replication]:
        done, _ = wait(waiting, timeout=_GLANCE, return_when=FIRST_COMPLETED)
        self.progress(len(self.ticks), self.plan.runs)
        if self.stop.is_set():
            self.halt.set()
        if self.halt.is_set():
            waiting -= {future for future in waiting if future.cancel()}
        waiting -= done
        for future in done:
            result = future.result()
            if result is not None:
                yield result


@contextmanager
def _stopped_by_control_c(halt: threading.Event) -> Iterator[None]:
    """Let the first Ctrl-C set ``halt``, wherever Python happens to be; the second one interrupts as usual.

    Only the main thread hears signals, and whoever listens already goes on doing so.
    """
    usual = signal.default_int_handler
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is not usual:
        yield
        return

    def heard(number: int, frame: FrameType | None) -> None:
        if halt.is_set():
            usual(number, frame)
        halt.set()

    signal.signal(signal.SIGINT, heard)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


class Collected:
    """Gathers replications in order; a whole run is kept only of the first, of the others outcomes and weeks."""

    def __init__(self, what: Plan, keep: Keep) -> None:
        """Take the plan, and who is to see every whole run before it is forgotten."""
        self.plan, self.keep = what, keep
        self.next = 0
        self.early: dict[int, Replication] = {}
        self.numbers: list[int] = []
        self.seeds: list[int] = []
        self.values: list[list[Floats]] = []
        self.weekly: dict[tuple[str, int], Table] = {}
        self.lives: dict[str, Run] = {}
        self.failures: list[Failure] = []
        self.outcomes = outcomes_of(what.scenario)
        self.started = now()

    def add(self, replication: Replication) -> None:
        """Take in a replication; one that is early waits for those before it."""
        self.early[replication.number] = replication
        while self.next in self.early:
            self._take(self.early.pop(self.next))
            self.next += 1

    def _take(self, replication: Replication) -> None:
        self.failures += replication.failures
        if not replication.runs:
            return
        undefined = np.full(len(self.outcomes), np.nan)
        self.numbers.append(replication.number)
        self.seeds.append(replication.seed)
        self.values.append([replication.values.get(regime, undefined) for regime in self.plan.regimes])
        for regime, run in replication.runs.items():
            self.keep(run)
            self.weekly[regime, replication.number] = slim(run.series)
        self.lives = self.lives or dict(replication.runs)

    def comparison(self) -> Comparison:
        """Return all that came in."""
        for number in sorted(self.early):  # after an interruption some in between may be missing
            self._take(self.early[number])
        shape = (len(self.numbers), len(self.plan.regimes), len(self.outcomes))
        values = np.array(self.values, float).reshape(shape).transpose(1, 0, 2)
        failed = {failure.replication for failure in self.failures} - set(self.numbers)
        return Comparison(
            scenario=self.plan.scenario,
            scenarios=self.plan.scenarios,
            baseline=self.plan.baseline,
            regimes=self.plan.regimes,
            outcome_list=self.outcomes,
            days=self.plan.days,
            seed=self.plan.seed,
            asked=self.plan.replications,
            replications=tuple(self.numbers),
            seeds=tuple(self.seeds),
            values=values,
            weekly=self.weekly,
            lives=self.lives,
            failures=tuple(self.failures),
            complete=len(self.numbers) + len(failed) == self.plan.replications,
            only=self.plan.only,
            from_day=self.plan.from_day,
            equal_hours=self.plan.equal_hours,
            started=self.started,
        )


def slim(series: Table) -> Table:
    """Return a table with its measures in single precision: seven digits, half the room."""
    names = series.dtype.names
    kinds = [(name, np.float32 if series.dtype[name].kind == "f" else series.dtype[name]) for name in names]
    return np.asarray(series).astype(np.dtype(kinds))


def cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
