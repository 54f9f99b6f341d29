"""What a sweep costs beside its runs: memory, storing and scheduling, and what a second core brings.

``python benchmarks/sweeps.py [memory] [cores] [overhead] [sobol] [--samples N] …`` (``--help`` names all options)

- ``memory``: sweeps of runs that are made up (values by key, 100 outcomes), each in a process of its own. What the
  driver needs at most beside what it needed before, and its seconds a run.
- ``cores``: the same real sweep in one thread and in two, alternately.
- ``overhead``: which share of the processor time of a real sweep is not spent on its runs.
- ``sobol``: a real Sobol design of 20 factors: uncertainties, for which every point has a warm-up of its own; half of
  them levers, where points that differ in a lever alone share one; and levers only, which all share one.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
from alone import peak_memory

sys.path.insert(0, str(Path(__file__).parents[1]))

from sim import Experiment
from sim.scenario.parameters import parameters
from sim.study import arrow
from sim.study.worlds import drawn_parameters
from sim.sweeps import living
from sim.sweeps.driving import Driver
from sim.sweeps.factors import Floats
from sim.sweeps.folder import Folder
from sim.sweeps.living import FAULTS, Batch, Unit
from sim.sweeps.planning import Plan, plan
from sim.sweeps.sweep import drive

MADE_UP_SECONDS = 0.01  # what a run that is made up is said to take: as long as a real one of three years
SOBOL_SAMPLES, SOBOL_FACTORS = 1024, 20
SOBOL_RUNS = SOBOL_SAMPLES * (SOBOL_FACTORS + 2)
FEW = {"preference_share": [0.1, 0.3, 0.5], "control": [0.0, 0.5, 1.0]}


class MadeUp:
    """An engine that lives nothing: values by key, in tables as of real runs.

    Attributes:
        workers: As many as a real one might have.
    """

    workers = 2

    def __init__(self, made: Plan) -> None:
        """Take what real tables would say."""
        self._arms, self._outcomes, self._seeds = list(made.arms), list(made.outcomes), np.array(made.seeds)

    def submit(self, units: Sequence[Unit], points: Floats) -> Future[Batch]:
        """Give values at once."""
        keys = np.array(units, np.int32)
        columns = {
            "point": arrow.numbers(keys[:, 0].copy()),
            "replication": arrow.numbers(keys[:, 1].copy()),
            "regime": arrow.words(np.zeros(len(units), int), self._arms),
            "seed": arrow.numbers(self._seeds[keys[:, 1]]),
        }
        for i, name in enumerate(self._outcomes):
            columns[name] = arrow.numbers(np.sin(keys[:, 0] * (i + 1.0) + keys[:, 1]))
        faults = {name: arrow.texts([None] * len(units)) for name in FAULTS}
        batch = Batch(tuple(units), arrow.table(**columns, **faults), None, MADE_UP_SECONDS * len(units))
        future: Future[Batch] = Future()
        future.set_result(batch)
        return future

    def mend(self, mistake: BaseException) -> None:
        """Nobody is lost."""

    def close(self) -> None:
        """Nobody is to go."""


def driven(runs: int) -> dict[str, float]:
    """Drive and publish a sweep that is made up, and return its seconds, and memory in bytes."""
    rng = np.random.default_rng(1)
    values = rng.random(runs).round(9).tolist()
    outcomes = [_named(f"outcome_{number}") for number in range(100)]
    asked = Experiment("one-zone", {"control": values}, replications=1, outcomes=outcomes, name="made-up")
    with tempfile.TemporaryDirectory() as root:
        made = plan(asked)
        _publish_one(made, Path(root) / "first")
        before, began = peak_memory(), time.perf_counter()
        folder = Folder(made, Path(root) / "measured")
        done = folder.done()
        Driver(folder.plan, folder.parts, MadeUp(made), threading.Event(), lambda *_: None, done).drive()
        drove = time.perf_counter()
        memory = peak_memory()
        folder.publish(done, 0.0)
        published = time.perf_counter()
        folder.close()
        again = Folder(made, Path(root) / "measured")
        assert again.done().all()
        opened = time.perf_counter()
        again.close()
        size = sum(path.stat().st_size for path in again.path.rglob("*") if path.is_file())
    return {
        "runs": runs,
        "before": before,
        "driving": memory - before,
        "publishing": peak_memory() - before,
        "drive_seconds": drove - began,
        "publish_seconds": published - drove,
        "open_seconds": opened - published,
        "disk": size,
    }


def _named(name: str) -> Callable[[Any], float]:
    def read(_: Any) -> float:
        raise NotImplementedError  # nothing is lived

    read.__name__ = name
    return read


def _publish_one(made: Plan, place: Path) -> None:
    """Let all that is needed be imported before anything is measured."""
    folder = Folder(made, place)
    batch = MadeUp(made).submit([Unit(0, 0)], made.design.points[:1]).result()
    folder.parts.add(batch.runs, None)
    folder.publish(folder.done(), 0.0)
    folder.close()


def memory(typed: argparse.Namespace) -> Iterator[str]:
    """Measure made-up sweeps of several sizes, each in a fresh process."""
    yield "| runs | driver needs at most | with making the tables | ms a run | tables, s | opening again, s | disk |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    for runs in typed.runs:
        answer = subprocess.run([sys.executable, __file__, "--made-up", str(runs)], capture_output=True, text=True)
        if answer.returncode:
            raise SystemExit(answer.stderr)
        told = json.loads(answer.stdout)
        yield (
            f"| {runs:,} | {_mb(told['driving'])} | {_mb(told['publishing'])} "
            f"| {1000 * told['drive_seconds'] / runs:.2f} | {told['publish_seconds']:.1f} "
            f"| {told['open_seconds']:.1f} | {_mb(told['disk'])} |"
        )
    yield f"Beside the {_mb(told['before'])} of the interpreter, its libraries and the design."


def cores(typed: argparse.Namespace) -> Iterator[str]:
    """Measure the same sweep in one thread and in two."""
    asked = Experiment("one-zone", FEW, replications=typed.replications)
    _run(asked, 1, few=True)
    ratios = []
    for _ in range(typed.rounds):
        one, two = (_run(asked, workers)[0] for workers in (1, 2))
        ratios.append(one / two)
    yield f"{plan(asked).runs} runs of three years: two threads are {_spread(ratios, '.2f')} times as fast as one"


def overhead(typed: argparse.Namespace) -> Iterator[str]:
    """Measure the processor time of a sweep that is not spent on its runs."""
    asked = Experiment("one-zone", FEW, replications=typed.replications)
    _run(asked, 1, few=True)
    shares = []
    for _ in range(typed.rounds):
        _, whole, lived = _run(asked, typed.workers)
        shares.append(1 - lived / whole)
    yield f"{plan(asked).runs} runs of three years: {_spread(shares, '.1%')} of the processor time is storing,"
    yield "scheduling, opening the folder and making the tables."


def sobol(typed: argparse.Namespace) -> Iterator[str]:
    """Measure a Sobol design, or the beginning of one."""
    for levers in (0, 10, 20):
        factors = _levers(levers) + _uncertainties(20 - levers)
        asked = Experiment(
            "one-zone", dict.fromkeys(factors, "plausible"), method="sobol", samples=typed.samples, replications=1
        )
        _run(asked, typed.workers, few=True)
        seconds, whole, _ = _run(asked, typed.workers)
        runs = plan(asked).runs
        yield (
            f"20 factors, {levers} of them levers: {runs:,} runs of three years in {seconds:.1f} s, "
            f"{runs / seconds:.1f} a second, "
            f"{1000 * whole / runs:.1f} ms of processor time each; {SOBOL_RUNS:,} would take "
            f"{SOBOL_RUNS * seconds / runs / 60:.1f} minutes"
        )


def _uncertainties(number: int) -> list[str]:
    from sim.scenario.scenario import Scenario

    return [parameter.name for parameter in drawn_parameters([Scenario.load("one-zone")])][:number]


def _levers(number: int) -> list[str]:
    return [each.name for each in parameters().values() if each.kind == "lever" and each.type == "float"][:number]


def _run(asked: Experiment, workers: int, *, few: bool = False) -> tuple[float, float, float]:
    """Run a sweep; return its seconds, its processor time, and the part of that which its runs took."""
    lived = 0.0
    lock = threading.Lock()
    unit = living._Living.unit

    def clocked(self: Any, *given: Any) -> None:
        nonlocal lived
        began = time.thread_time()
        unit(self, *given)
        with lock:
            lived += time.thread_time() - began

    living._Living.unit = clocked  # type: ignore[method-assign]
    try:
        with tempfile.TemporaryDirectory() as root:
            made = plan(asked)
            stop = threading.Event()
            began, cpu = time.perf_counter(), time.process_time()
            folder = Folder(made, Path(root) / "sweep")
            done = drive(folder, workers=workers, stop=stop, progress=lambda *_: stop.set() if few else None)
            folder.publish(done, 0.0)
            folder.close()
            return time.perf_counter() - began, time.process_time() - cpu, lived
    finally:
        living._Living.unit = unit  # type: ignore[method-assign]


def _spread(values: Sequence[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def _mb(size: float) -> str:
    return f"{size / 1e6:.0f} MB"


PARTS = {each.__name__: each for each in (memory, cores, overhead, sobol)}


def main() -> None:
    """Print what was asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which parts; all, where none is named")
    parser.add_argument("--runs", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes for memory")
    parser.add_argument("--samples", type=int, default=SOBOL_SAMPLES, help="base samples of Sobol, a power of two")
    parser.add_argument("--replications", type=int, default=50, help="runs of each of nine points: cores, overhead")
    parser.add_argument("--rounds", type=int, default=3, help="times that cores and overhead are measured")
    parser.add_argument("--workers", type=int, default=2, help="threads for overhead and sobol")
    parser.add_argument("--made-up", type=int, help=argparse.SUPPRESS)
    typed = parser.parse_args()
    if typed.made_up:
        print(json.dumps(driven(typed.made_up)))
        return
    for name in typed.parts or PARTS:
        print(f"\n{name}\n")
        for line in PARTS[name](typed):
            print(line, flush=True)


if __name__ == "__main__":
    main()
