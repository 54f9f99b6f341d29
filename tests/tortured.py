"""Runs a small sweep again and again in processes that are killed, and looks at what they leave.

``python tests/tortured.py everywhere|anytime|watched FOLDER [ROUNDS]``: one line of JSON says what was seen. A process
is forked for each round, as it has all imports and machine code by then; it dies by ``SIGKILL`` like any other.

- ``everywhere``: rounds die just before the first, the second, … thing that is done in the folder, until one lives.
- ``anytime``: rounds of a real sweep are killed from outside, after a time that is drawn.
- ``watched``: ``status`` is asked without pause while a sweep runs that writes its parts as one all the time.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sim import Experiment
from sim.sweeps import driving, parts
from sim.sweeps.factors import Floats
from sim.sweeps.folder import PARTS, Folder
from sim.sweeps.living import Batch, Task, Unit, _Living
from sim.sweeps.parts import RUNS, counting
from sim.sweeps.planning import Plan, plan
from sim.sweeps.status import status
from sim.sweeps.sweep import carry_out

ASKED = Experiment(
    "one-zone",
    factors={"preference_share": [0.1, 0.3, 0.5], "control": [0.0, 1.0]},
    days=14,
    replications=3,
    regimes=["traditional", "client-steering"],
    outcomes=["wait_mean", "value"],
    weekly=["waiting"],
    set={"warmup_days": 28},
)
CHANGES = ("open", "tempfile.mkstemp", "os.mkdir", "os.chmod", "os.rename", "os.remove", "os.truncate")
"""What Python says beforehand of things that are done to files."""


def small_batches() -> None:
    """Keep each run by itself, and write parts as one all the time; who is killed does not need the disk itself."""
    driving.SECONDS, parts.MOST_SMALL = 0.0, 2
    os.fsync = lambda _: None


def made_up(task: Task, units: Any, points: Floats) -> Batch:
    """Stands in for `Task.live` where only the disk matters: values by key, some of which fail."""
    living = _Living(task)
    for unit, point in zip(units, points, strict=True):
        for arm in range(len(task.arms)):
            if (unit.point + unit.replication) % 5 == 0:
                living.failed(unit, arm, ("extract", "ZeroDivisionError: nobody there", "a long story"))
            else:
                luck = np.random.SeedSequence(task.seeds[unit.replication], spawn_key=(unit.point, arm))
                values = (luck.generate_state(len(task.outcomes)) / 2**32 + point.sum()).tolist()
                living._write(unit, arm, values, (None, None, None))
    rows = living.rows()
    return Batch(tuple(units), rows, rows.select(["point", "regime", "replication"]), 1e-3)


def logged(live: Callable[..., Batch], log: Path) -> Callable[..., Batch]:
    """Return a way to live that writes down what was lived."""

    def living(task: Task, units: Any, points: Floats) -> Batch:
        batch = live(task, units, points)
        with log.open("a") as file:
            file.writelines(f"{json.dumps(unit)}\n" for unit in batch.units)
        return batch

    return living


def kept(place: Path) -> set[Unit]:
    """Return the units that are on disk, as somebody else would read them."""
    import pyarrow.parquet as pq

    found: list[Unit] = []
    for part in counting(place / PARTS):
        table = pq.read_table(place / PARTS / f"{part.name}.{RUNS}.parquet", columns=["point", "replication"])
        found += {Unit(*pair) for pair in zip(*(column.to_pylist() for column in table.columns), strict=True)}
    assert len(found) == len(set(found)), "a unit is there twice"
    return set(found)


def forked(do: Callable[[], object]) -> int:
    """Do something in a process of its own, and return its number."""
    child = os.fork()
    if not child:
        try:
            do()
        except BaseException as mistake:
            print(f"{type(mistake).__name__}: {mistake}", file=sys.stderr, flush=True)
            os._exit(3)
        os._exit(0)
    return child


def ended(child: int) -> bool:
    """Wait for a process; return whether it ended well, and not by being killed."""
    _, state = os.waitpid(child, 0)
    if os.WIFSIGNALED(state):
        assert os.WTERMSIG(state) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(state) == 0, "a command failed"
    return True


def dying(place: Path, number: int) -> None:
    """Let this process die just before the given thing that is done in a folder."""
    left = number

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in CHANGES and isinstance(arguments[0], str | os.PathLike):
            if event == "open" and not _writes(arguments):
                return
            if str(place) in str(arguments[0]):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)


def _writes(opened: tuple[Any, ...]) -> bool:
    return bool(opened[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def contents(place: Path) -> dict[str, bytes]:
    """Return the tables that others read."""
    return {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.suffix in (".parquet", ".jsonl")}


def sweep(made: Plan, place: Path, workers: int = 1) -> None:
    """Do what the command does."""
    carry_out(Folder(made, place), workers=workers)


class Torture:
    """Rounds of a sweep that are killed, each looked at.

    Attributes:
        seen: What is said of it.
    """

    def __init__(self, made: Plan, root: Path, live: Callable[..., Batch]) -> None:
        """Run it undisturbed once, to know how it ends."""
        small_batches()
        self.plan, self.root = made, root
        self.log = root / "lived.jsonl"
        Task.live = logged(live, self.log)  # type: ignore[method-assign]
        sweep(made, root / "first", workers=2)  # here: what it imports and compiles is there for all rounds
        began = time.monotonic()
        sweep(made, root / "undisturbed", workers=2)
        self.seconds = time.monotonic() - began
        self.wanted = contents(root / "undisturbed")
        self.seen: dict[str, Any] = {"kills": 0, "units": made.units, "kept": []}

    def round(self, place: Path, do: Callable[[], None], kill_after: float | None = None) -> bool:
        """Do something to a folder that may be killed; return whether it was not."""
        before = kept(place)
        self.log.write_text("")
        child = forked(do)
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        alive = ended(child)
        lived = [Unit(*json.loads(line)) for line in self.log.read_text().splitlines() if line.endswith("]")]
        assert not before & set(lived), "what was finished was computed again"
        assert len(lived) == len(set(lived)), "a unit was computed twice"
        assert before <= kept(place), "what was finished is gone"
        self.seen["kills"] += not alive
        self.seen["kept"].append(len(kept(place)))
        return alive

    def compare(self, place: Path) -> None:
        """Ask whether a sweep ended as the undisturbed one, and left nothing lying about."""
        assert contents(place) == self.wanted, "it ended differently"
        left = [path.name for path in place.rglob(".*") if path.name != ".lock"]
        assert not left, left
        assert status(place).complete


def everywhere(root: Path, rounds: int) -> dict[str, Any]:
    """Die before each thing that is done in the folder, in turn, also when going on after that."""
    few = replace(ASKED, factors={"preference_share": [0.1, 0.5]}, replications=2)
    torture = Torture(plan(few), root, made_up)
    number, alive = 0, False
    while not alive:
        number += 1
        place = root / f"dies-{number}"

        def die(place: Path = place, number: int = number) -> None:
            dying(place, number)
            sweep(torture.plan, place)

        alive = torture.round(place, die)
        assert alive or torture.round(place, lambda place=place: sweep(torture.plan, place))
        torture.compare(place)
        shutil.rmtree(place)
    return torture.seen | {"kept": sorted(set(torture.seen["kept"]))}


def anytime(root: Path, rounds: int) -> dict[str, Any]:
    """Kill a real sweep after a time that is drawn, and begin the same one again, until it is whole; then anew."""
    torture = Torture(plan(ASKED), root, Task.live)
    luck = np.random.SeedSequence(int(os.environ.get("TORTURE_SEED", time.time_ns() % 2**32)))
    torture.seen["seed"] = luck.entropy
    print(f"TORTURE_SEED={luck.entropy}", file=sys.stderr, flush=True)
    waits = (luck.generate_state(rounds) / 2**32 * torture.seconds * 0.6).tolist()
    sweeps = 0
    while waits:
        place, alive = root / f"sweep-{sweeps}", False
        while not alive:
            wait = waits.pop() if waits else None
            alive = torture.round(place, lambda place=place: sweep(torture.plan, place, workers=2), wait)
        torture.compare(place)
        shutil.rmtree(place)
        sweeps += 1
    return torture.seen | {"sweeps": sweeps, "kept": sorted(set(torture.seen["kept"]))}


def watched(root: Path, rounds: int) -> dict[str, Any]:
    """Ask for the status while a sweep runs: it never stumbles, never goes back, and disturbs nothing."""
    made = plan(replace(ASKED, replications=rounds))
    torture = Torture(made, root, made_up)
    place = root / "watched"
    child = forked(lambda: sweep(made, place, workers=2))
    counts: list[int] = []
    speeds = running = 0
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if (place / "sweep.json").exists():
            told = status(place)
            assert told.done >= max(counts, default=0), (told.done, counts[-1])
            counts.append(told.done)
            speeds += told.speed is not None
            running += told.running
    assert ended(child)
    torture.compare(place)
    assert status(place).done == made.runs
    return {"looks": len(counts), "different": len(set(counts)), "speeds": speeds, "running": running}


if __name__ == "__main__":
    way, folder, *number = sys.argv[1:]
    todo = {"everywhere": everywhere, "anytime": anytime, "watched": watched}[way]
    print(json.dumps(todo(Path(folder), int(number[0]) if number else 0)))
