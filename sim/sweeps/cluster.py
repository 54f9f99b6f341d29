"""Workers on other machines, by Dask.

Dask hands a batch of a worker that dies to another one. What it does not do by itself is to give up: a scheduler that
is gone, or one whose workers are, would be waited for without end. So somebody looks every second, and lets go.
"""

from __future__ import annotations

import logging
import platform
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, InvalidStateError
from contextlib import contextmanager, suppress
from functools import cache, partial
from importlib.metadata import version
from typing import Any

from distributed import Client, KilledWorker

from sim.errors import RegieError, Said
from sim.sweeps.factors import Floats
from sim.sweeps.living import Batch, Task, Unit
from sim.sweeps.parcel import pack, unpack
from sim.sweeps.sentences import say

SECONDS_TO_ANSWER = 10
"""That a scheduler is waited for."""
SECONDS_TO_JOIN = 60
"""That workers are waited for, where a scheduler has none."""

_GLANCE = 1.0  # seconds between two looks at the cluster
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application")

Versions = Mapping[str, str]


class Cluster:
    """The workers of a Dask scheduler.

    Attributes:
        workers: Threads of all workers; more where more join.
    """

    def __init__(self, task: Task, address: str) -> None:
        """Connect.

        Args:
            task: What is lived.
            address: Of the scheduler.

        Raises:
            RegieError: Nobody answers there, there are no workers, or they would give other values.
        """
        self.workers = 0
        self._packed, self._address = pack(task), address
        self._out: set[Future[Batch]] = set()
        self._closed = threading.Event()
        with _quiet():
            self._client = self._connected()
        threading.Thread(target=self._watch, name="regie-cluster", daemon=True).start()

    def submit(self, units: Sequence[Unit], points: Floats) -> Future[Batch]:
        """Have some units lived, each at its point."""
        given: Future[Batch] = Future()
        given.set_running_or_notify_cancel()  # as far as is known here: nobody says when it begins
        self._out.add(given)
        try:
            made = self._pool.submit(_live, self._packed, versions(), units, points)
        except Exception as mistake:  # the connection was just lost; what is raised then differs
            _settle(given, CancelledError(_line(mistake)))
        else:
            made.add_done_callback(lambda finished: _pass_on(finished, given))
        given.add_done_callback(self._out.discard)
        return given

    def mend(self, mistake: BaseException) -> None:
        """Connect anew; what was submitted is forgotten there.

        Raises:
            RegieError: The scheduler or the workers are gone.
        """
        with _quiet():
            self._hang_up()
            try:
                self._client = self._connected()
            except RegieError as gone:
                raise RegieError(say("engine lost", reason=gone.said)) from None

    def close(self) -> None:
        """Leave the cluster as it is, without us."""
        self._closed.set()
        with _quiet():
            self._hang_up()

    def _connected(self) -> Client:
        """Return a client of a scheduler that has workers, all fit."""
        client = _client(self._address)
        try:
            self.workers = _joined(client, self._address)
            _check(client)
        except BaseException:
            _hang_up(client)
            raise
        self._pool = client.get_executor(pure=False)
        return client

    def _hang_up(self) -> None:
        _hang_up(self._client)

    def _watch(self) -> None:
        """Count the workers, and give up what is out where there are none or nobody answers."""
        while not self._closed.wait(_GLANCE):
            client = self._client
            try:
                threads = _threads(client)
            except Exception as mistake:  # a time-out, a closed connection, a closed client
                reason = _line(mistake)
            else:
                self.workers = max(1, threads)
                reason = "" if threads else "no workers"
            if reason and client is self._client:
                for given in list(self._out):
                    _settle(given, CancelledError(reason))


def _settle(given: Future[Batch], mistake: BaseException) -> None:
    with suppress(InvalidStateError):  # whoever says first how it ended is believed
        given.set_exception(mistake)


def _pass_on(finished: Future[Batch], given: Future[Batch]) -> None:
    """Say of what was given out what Dask says of it, in the words that a driver knows."""
    if finished.cancelled():
        _settle(given, CancelledError())
        return
    mistake = finished.exception()
    if mistake is None:
        with suppress(InvalidStateError):
            given.set_result(finished.result())
    elif isinstance(mistake, KilledWorker):
        _settle(given, BrokenExecutor(_line(mistake)))
    elif isinstance(mistake, RegieError):
        _settle(given, mistake)
    else:  # a run that fails is written down where it is lived: this is about the cluster
        _settle(given, RegieError(say("cluster failed", reason=_line(mistake))))


# --- connecting ----------------------------------------------------------------------------------------------


class _Client(Client):  # type: ignore[misc]
    """A client that is closed by hand: one that never came to connect would wait for itself when it is forgotten."""

    def __del__(self) -> None:
        """Do nothing."""


def _client(address: str) -> Client:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about other versions: those that matter are compared below
            made = partial(_Client, address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
            return _within(SECONDS_TO_ANSWER, made)  # Dask would wait for ever for a server that says nothing
    except Exception as mistake:  # of whatever kind: a name, a port, a certificate
        told = say("no cluster", address=address, seconds=SECONDS_TO_ANSWER, reason=_line(mistake))
        raise RegieError(told) from None


def _joined(client: Client, address: str) -> int:
    """Return the number of threads, once there are any."""
    until = time.monotonic() + SECONDS_TO_JOIN
    while time.monotonic() < until:
        try:
            threads = _threads(client)
        except Exception as mistake:
            told = say("no cluster", address=address, seconds=SECONDS_TO_ANSWER, reason=_line(mistake))
            raise RegieError(told) from None
        if threads:
            return threads
        time.sleep(_GLANCE / 4)
    raise RegieError(say("no workers", address=address, seconds=SECONDS_TO_JOIN))


def _threads(client: Client) -> int:
    return sum(client.sync(client.scheduler.ncores, callback_timeout=SECONDS_TO_ANSWER).values())


def _within(seconds: float, do: Callable[[], Any]) -> Any:
    """Return what ``do`` returns; it is left alone where that takes too long.

    Raises:
        TimeoutError: It took too long.
    """
    result: Future[Any] = Future()

    def carry_out() -> None:
        try:
            result.set_result(do())
        except BaseException as mistake:
            result.set_exception(mistake)

    threading.Thread(target=carry_out, daemon=True).start()
    return result.result(seconds)


def _hang_up(client: Client) -> None:
    with suppress(Exception):  # there may be nobody to take leave of
        client.close(timeout=SECONDS_TO_ANSWER)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's log to itself: what matters is said by us."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _line(mistake: BaseException) -> str:
    """Return what a mistake says in one line, without a full stop."""
    if isinstance(mistake, TimeoutError) and not str(mistake):
        return "time-out"
    return (str(mistake).splitlines() or [type(mistake).__name__])[0].rstrip(".")


# --- the same values -----------------------------------------------------------------------------------------


@cache
def versions() -> Versions:
    """Return the versions of all that values depend on."""
    from sim.model.compiling import model_version
    from sim.study.planning import study_version
    from sim.study.provenance import regie_version

    return {
        "regie": regie_version(),
        "model": model_version(),
        "study": study_version(),
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{package: version(package) for package in ("numpy", "numba", "mesa")},
        "processor": platform.machine(),
    }


def _check(client: Client) -> None:
    """Refuse a cluster that would give other values.

    Raises:
        RegieError: Scheduler or workers have no regie, or another one.
    """
    found: dict[str, Any] = {"scheduler": _asked(client.run_on_scheduler)}
    found |= _asked(client.run, on_error="return")
    for where, there in found.items():
        if isinstance(there, BaseException):
            raise RegieError(say("no regie there", where=where, reason=_line(there)))
        if there != versions():
            raise RegieError(_unfit(where, there, versions()))


def _asked(run: Any, **how: Any) -> Any:
    try:
        return _within(SECONDS_TO_JOIN, partial(run, versions, **how))
    except Exception as mistake:
        return mistake


def _unfit(where: str, there: Versions, here: Versions) -> Said:
    name = next(name for name in here if there.get(name) != here[name])
    return say("unfit", where=where, name=name, there=there.get(name, "-"), here=here[name])


def _live(packed: bytes, wanted: Versions, units: Sequence[Unit], points: Floats) -> Batch:
    """Live some units where Dask has put them."""
    if versions() != wanted:  # of a worker that joined later
        raise RegieError(_unfit(platform.node(), versions(), wanted))
    return unpack(packed).live(units, points)
