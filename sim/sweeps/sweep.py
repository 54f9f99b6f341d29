"""Running a sweep, and reading what it gave."""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError
from sim.study.defaults import MOST_WORKERS
from sim.study.driving import Progress, cores, told
from sim.study.runs import check
from sim.sweeps.driving import Driver
from sim.sweeps.engines import Engine, Kind, Threads
from sim.sweeps.experiment import Experiment
from sim.sweeps.folder import DESIGN, Folder, about
from sim.sweeps.living import Task
from sim.sweeps.parts import RUNS, SERIES
from sim.sweeps.planning import plan
from sim.sweeps.processes import Processes
from sim.sweeps.publishing import FAILURES, PUBLISHED
from sim.sweeps.sentences import say

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Sweep:
    """What a sweep gave: a folder, read when asked.

    Attributes:
        path: The folder.
    """

    path: Path

    @property
    def about(self) -> Mapping[str, Any]:
        """What ``sweep.json`` says of it."""
        return about(self.path)

    @property
    def complete(self) -> bool:
        """Whether all that was asked is there."""
        return bool(self.about["complete"])

    def runs(self) -> pd.DataFrame:
        """Return a row a run: point, replication, regime, seed, factors, outcomes; and why it failed, if it did."""
        return _frame(self.path / PUBLISHED[RUNS])

    def series(self) -> pd.DataFrame:
        """Return a row a run, week and organisation; empty where nothing weekly was kept."""
        return _frame(self.path / PUBLISHED[SERIES])

    def design(self) -> pd.DataFrame:
        """Return the points in the order in which the method drew them."""
        return _frame(self.path / DESIGN)

    def failures(self) -> pd.DataFrame:
        """Return the runs that failed, with stage and traceback."""
        import pandas as pd

        path = self.path / FAILURES
        return pd.read_json(path, lines=True) if path.exists() else pd.DataFrame()


def sweep(
    experiment: Experiment | str | Path,
    *,
    out: Path | str | None = None,
    workers: int | None = None,
    engine: Kind | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Run an experiment, or what is missing of it, and return what it gave.

    All that finishes is kept at once: after Ctrl-C, a crash or a power cut the same call goes on. More replications
    or points extend what is there; anything else that differs is refused. A run that failed is finished, as the same
    values fail again; one that lost its worker or found the memory full is tried again by the next call. What a disk
    damaged is computed again, with a warning.

    Args:
        experiment: An experiment, or the name or path of a file.
        out: Folder. Default: ``results/NAME``.
        workers: How many at a time. Default: one for each core. Values do not depend on it.
        engine: ``"threads"``, or ``"processes"``. Default: threads, unless a network of one's own is run.
        cluster: Address of a Dask scheduler, such as ``"tcp://127.0.0.1:8786"``; needs the extra ``cluster``.
        progress: Called with runs finished and runs asked.

    Raises:
        RegieError: For a mistake in the experiment, before anything is computed; for a folder that holds something
            else; for a disk that is full; for workers that are lost.
    """
    asked = experiment if isinstance(experiment, Experiment) else Experiment.load(experiment)
    folder = Folder(plan(asked), Path(out) if out is not None else None)
    if folder.damaged:
        warnings.warn(str(folder.damaged), stacklevel=2)
    return carry_out(folder, workers=workers, engine=engine, cluster=cluster, progress=progress)


def carry_out(
    folder: Folder,
    *,
    workers: int | None = None,
    engine: Kind | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Run what is missing in a folder, make its tables, and let others work in it; see :func:`sweep`."""
    began = time.monotonic()
    try:
        done = drive(folder, workers=workers, engine=engine, cluster=cluster, progress=progress)
        folder.publish(done, time.monotonic() - began)
    finally:
        folder.close()
    return Sweep(folder.path)


def drive(
    folder: Folder,
    *,
    workers: int | None = None,
    engine: Kind | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> NDArray[np.bool_]:
    """Run what is missing in a folder, and return which points have which replications by now.

    Args:
        folder: The folder.
        workers: How many at a time.
        engine: Threads or processes.
        cluster: Address of a scheduler.
        progress: Called with runs finished and runs asked.
        stop: Ends it early once set, as Ctrl-C does.

    Raises:
        RegieError: The disk is full, or the workers were lost. What is finished is kept.
    """
    done = folder.done()
    if not done.all():
        made = _engine(Task.of(folder.plan), workers, engine, cluster)
        Driver(folder.plan, folder.parts, made, stop or threading.Event(), told(progress), done).drive()
    return done


def _engine(task: Task, workers: int | None, kind: Kind | None, cluster: str | None) -> Engine:
    """Return the workers that were asked for.

    Raises:
        RegieError: What was asked contradicts itself, or there are none.
    """
    if cluster is not None:
        given = [f"--{name}" for name, value in (("workers", workers), ("engine", kind)) if value is not None]
        if given:
            raise RegieError(say("cluster alone", what=", ".join(given)))
        return _cluster(task, cluster)
    number = cores() if workers is None else workers
    check("workers", number, 1, MOST_WORKERS, cores())
    kind = kind or ("threads" if task.network is None else "processes")
    if kind not in get_args(Kind):
        raise RegieError(say("no engine", value=str(kind)[:40], names=", ".join(get_args(Kind))))
    return Threads(task, number) if kind == "threads" else Processes(task, number)


def _cluster(task: Task, address: str) -> Engine:
    try:
        from sim.sweeps.cluster import Cluster
    except ImportError:
        raise RegieError(say("needs package", what="--cluster", package="distributed", extra="cluster")) from None
    return Cluster(task, address)


def _frame(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_parquet(path) if path.exists() else pd.DataFrame()
