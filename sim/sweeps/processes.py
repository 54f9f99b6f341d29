"""Processes of this computer, for what is plain Python: threads would wait for one another there."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from sim.errors import RegieError
from sim.sweeps.factors import Floats
from sim.sweeps.living import Batch, Task, Unit
from sim.sweeps.parcel import pack, unpack
from sim.sweeps.sentences import say


class Processes:
    """Processes of this computer, which end with the one that started them.

    Attributes:
        workers: How many.
    """

    def __init__(self, task: Task, workers: int) -> None:
        """Start them.

        Raises:
            RegieError: They do not start, or the task cannot be sent to them.
        """
        self.workers = workers
        self._packed = pack(task)
        _compile(task)
        self._pool = self._started()

    def submit(self, units: Sequence[Unit], points: Floats) -> Future[Batch]:
        """Have some units lived, each at its point."""
        try:
            return self._pool.submit(_live, units, points)
        except BrokenExecutor as mistake:
            broken: Future[Batch] = Future()
            broken.set_exception(mistake)
            return broken

    def mend(self, mistake: BaseException) -> None:
        """Start all of them anew: where one ends, Python gives up the others.

        Raises:
            RegieError: They do not start.
        """
        self.close()
        self._pool = self._started()

    def close(self) -> None:
        """Wait for what is under way, and end them."""
        self._pool.shutdown(cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        """Return a pool of which at least one process has unpacked the task."""
        pool = ProcessPoolExecutor(self.workers, mp_context=_Context(), initializer=_begin, initargs=(self._packed,))
        try:
            ready = [pool.submit(_ready) for _ in range(self.workers)]
            done, _ = wait(ready, return_when=FIRST_COMPLETED)
            for each in done:
                each.result()
        except Exception as mistake:  # whatever the user's own modules raise when they are imported
            pool.shutdown(cancel_futures=True)
            raise RegieError(say("no start", reason=mistake)) from None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        return pool


def _compile(task: Task) -> None:
    """Compile the model, unless that was done before, so that not every process does it."""
    from sim.model.compiling import is_compiled
    from sim.study.runs import compile_model

    if not is_compiled():
        compile_model(next(iter(task.arms.values())))


# --- starting ------------------------------------------------------------------------------------------------


class _Process(SpawnProcess):
    """A fresh Python that does not run the user's script once more, and does not hear Ctrl-C.

    Python would import the main module there. A script without ``if __name__ == "__main__":`` would so start its
    sweep again in each process. The task brings along what it needs of that module.
    """

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802 - Python's own name
        with _no_main_module(), _deaf_to_control_c():
            return SpawnProcess._Popen(process_obj)


class _Context(SpawnContext):
    Process = _Process


@contextmanager
def _no_main_module() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _deaf_to_control_c() -> Iterator[None]:
    """Hold Ctrl-C back for a moment; what is started meanwhile never hears it, from its first instruction on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in a process --------------------------------------------------------------------------------------------

_packed = b""


def _begin(packed: bytes) -> None:
    """Make a process ready: it hears no Ctrl-C, and ends with its driver."""
    global _packed
    _packed = packed
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_driver, daemon=True).start()


def _end_with_driver() -> None:
    driver = parent_process()
    assert driver is not None
    wait_for_any([driver.sentinel])
    os._exit(1)  # nobody is there to hear of it


def _ready() -> None:
    unpack(_packed)


def _live(units: Sequence[Unit], points: Floats) -> Batch:
    return unpack(_packed).live(units, points)
