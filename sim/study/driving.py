"""Carrying out a plan: worlds go to threads, and what is finished comes back, also from an earlier attempt."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Any

from sim.study.planning import Plan
from sim.study.replication import Living, Replication
from sim.study.store import Store
from sim.study.tables import Run

Progress = Callable[[int, int], None]
"""Called with runs finished and runs asked, a few times a second."""

_GLANCE = 0.2  # seconds between two looks at what is finished


@dataclass
class Driver:
    """Hands out worlds to threads, and takes from the store those that were finished before.

    Attributes:
        plan: The plan.
        threads: How many worlds are lived at a time.
        stop: Ends it early once set.
        progress: Told how far it is.
        store: Where finished worlds are kept; None where nothing but their outcomes is.
        lives: Arm to its run in the first world, where that was lived here.
        halt: Set once it ends early.
    """

    plan: Plan
    threads: int
    stop: threading.Event
    progress: Progress
    store: Store | None = None
    lives: dict[str, Run] = field(default_factory=dict)
    halt: threading.Event = field(default_factory=threading.Event)
    ticks: list[None] = field(default_factory=list)
    _given: int = 0

    def up_to(self, look: int) -> Iterator[Replication]:
        """Yield the worlds before number ``look`` that were not yielded yet, as they are finished.

        After a wish to stop these are those that were whole by then.
        """
        numbers = iter(range(self._given, look))
        self._given = look
        asked = self.plan.runs_in(look)
        pool = ThreadPoolExecutor(self.threads, thread_name_prefix="regie")
        waiting: set[Future[Replication | None]] = set()
        with stopped_by_control_c(self.halt):
            try:
                yield from self._hand_out(pool, waiting, numbers)
                while waiting:
                    yield from self._glance(waiting, asked)
                    yield from self._hand_out(pool, waiting, numbers)
            finally:
                if waiting:
                    self.halt.set()
                pool.shutdown(cancel_futures=True)

    def _hand_out(
        self, pool: ThreadPoolExecutor, waiting: set[Future[Replication | None]], numbers: Iterator[int]
    ) -> Iterator[Replication]:
        """Keep the threads busy and no more; yield what the store has."""
        while not self.halt.is_set() and len(waiting) < self.threads + 1:
            number = next(numbers, None)
            if number is None:
                return
            kept = self.store.load(number) if self.store else None
            if kept is None:
                waiting.add(pool.submit(self._live, number))
            else:
                self.ticks += [None] * (self.plan.runs_in(number + 1) - self.plan.runs_in(number))
                yield kept

    def _live(self, number: int) -> Replication | None:
        parts = self.store.parts(number) if self.store else None

        def keep(run: Run) -> None:
            if number == 0 and run.regime not in self.plan.yardsticks:
                self.lives[run.regime] = replace(run)  # without what was worked out from it
            if parts:
                parts.add(run)

        made = Living(self.plan, self.halt, lambda: self.ticks.append(None)).replicate(number, keep)
        if made and self.store and parts:
            self.store.save(made, parts)
        return made

    def _glance(self, waiting: set[Future[Replication | None]], asked: int) -> Iterator[Replication]:
        done, _ = wait(waiting, timeout=_GLANCE, return_when=FIRST_COMPLETED)
        self.progress(len(self.ticks), asked)
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
def stopped_by_control_c(halt: threading.Event) -> Iterator[None]:
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


def cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def told(update: Progress | None) -> Progress:
    """Return ``update``, or what tells nobody."""
    return update or _nobody


def _nobody(*_: Any) -> None:
    pass
