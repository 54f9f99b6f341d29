"""Driving a sweep: batches out, finished batches in, whatever becomes of the workers."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.study.driving import Progress, stopped_by_control_c
from sim.sweeps.engines import LOST, Engine
from sim.sweeps.living import Batch, Unit, lost_worker
from sim.sweeps.parts import Parts
from sim.sweeps.planning import Plan

SECONDS = 1.0  # of work in a batch: writing and scheduling it costs little beside that
MOST_UNITS = 4096  # in a batch
MOST_LOSSES = 3  # workers that a unit may lose by itself before it counts as failed

_GLANCE = 0.2  # seconds between two looks at what is finished


class _Given(NamedTuple):
    """Units that are, or are to be, handed out together."""

    units: tuple[Unit, ...]
    losses: int = 0


@dataclass
class Driver:
    """Hands out what is missing of a plan, and keeps what comes back.

    Attributes:
        plan: The plan.
        parts: Where finished batches are kept.
        engine: Who lives them.
        stop: Ends it early once set: what is under way is kept, nothing new is begun.
        progress: Told how many runs are finished, and how many there are.
        done: Which points have which replications.
    """

    plan: Plan
    parts: Parts
    engine: Engine
    stop: threading.Event
    progress: Progress
    done: NDArray[np.bool_]
    failed: int = 0
    _size: int = 1
    _again: deque[_Given] = field(default_factory=deque)
    _suspects: deque[_Given] = field(default_factory=deque)
    _waiting: dict[Future[Batch], _Given] = field(default_factory=dict)

    def drive(self) -> None:
        """Run all that is missing.

        Raises:
            RegieError: The disk is full, or the workers were lost for good.
        """
        missing = self._missing()
        with ExitStack() as stack:
            stack.enter_context(stopped_by_control_c(self.stop))
            stack.callback(self.engine.close)
            self._hand_out(missing)
            while self._waiting:
                self._glance()
                self._hand_out(missing)

    def _missing(self) -> Iterator[Unit]:
        """Yield what is not there yet: all points of a replication, then the next."""
        for replication in range(self.done.shape[1]):
            for point in np.flatnonzero(~self.done[:, replication]):
                yield Unit(int(point), replication)

    def _hand_out(self, missing: Iterator[Unit]) -> None:
        """Keep the workers busy and no more."""
        while not self.stop.is_set() and len(self._waiting) < 2 * self.engine.workers:
            given = self._next(missing)
            if given is None:
                return
            points = self.plan.design.points[[unit.point for unit in given.units]]
            self._waiting[self.engine.submit(given.units, points)] = given

    def _next(self, missing: Iterator[Unit]) -> _Given | None:
        """Return what is handed out next, if anything is: what was lost first, and a suspect with nobody beside it.

        A worker that ends may take along what others do. So who ended it is seen only where one unit is out.
        """
        if any(given.losses for given in self._waiting.values()):
            return None
        if self._again:
            return self._again.popleft()
        if self._suspects:
            return None if self._waiting else self._suspects.popleft()
        units = tuple(islice(missing, self._size))
        return _Given(units) if units else None

    def _glance(self) -> None:
        finished, _ = wait(self._waiting, timeout=_GLANCE, return_when=FIRST_COMPLETED)
        lost: BaseException | None = None
        for future in finished:
            given = self._waiting.pop(future)
            mistake = _lost(future)
            if mistake is None:
                self._keep(future.result())
            else:
                lost = mistake
                self._once_more(given, mistake)
        self.progress(self._runs_done(), self.plan.runs)
        if self.stop.is_set():
            for future in [each for each in self._waiting if each.cancel()]:
                del self._waiting[future]
        if lost is not None and not self.stop.is_set():
            for given in self._waiting.values():
                self._once_more(given, lost)
            self._waiting.clear()
            self.engine.mend(lost)

    def _keep(self, batch: Batch) -> None:
        self.parts.add(batch.runs, batch.series)
        for unit in batch.units:
            self.done[unit.point, unit.replication] = True
        self.failed += len(batch.runs) - batch.runs["error"].null_count
        if batch.seconds > 0:
            self._size = max(1, min(MOST_UNITS, round(SECONDS * len(batch.units) / batch.seconds)))

    def _once_more(self, given: _Given, lost: BaseException) -> None:
        """Hand units out again that a worker did not finish: one by one, where the worker itself ended.

        Those that lose their worker again and again count as failed.
        """
        if isinstance(lost, CancelledError):  # the way to the workers was lost, which says nothing about units
            (self._suspects if given.losses else self._again).append(given)
            return
        if len(given.units) == 1 and given.losses + 1 >= MOST_LOSSES:
            self._keep(lost_worker(self.plan, given.units[0]))
            return
        if len(given.units) == 1:
            self._suspects.append(_Given(given.units, given.losses + 1))
        else:
            self._again.extend(_Given((unit,)) for unit in given.units)

    def _runs_done(self) -> int:
        return int(self.done.sum()) * len(self.plan.arms)


def _lost(future: Future[Batch]) -> BaseException | None:
    """Return what says that the worker of a finished future is gone; None where it is not."""
    try:
        mistake = future.exception()
    except LOST as cancelled:
        return cancelled
    if mistake is None:
        return None
    if isinstance(mistake, LOST):
        return mistake
    raise mistake
