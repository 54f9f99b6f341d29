"""One world lived under every arm: the smallest piece of a comparison, finished or not there at all."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sim.errors import RegieError
from sim.study import runs
from sim.study.outcomes import extract
from sim.study.planning import Plan
from sim.study.sketch import Sketch, sketch
from sim.study.tables import Floats, Run
from sim.study.worlds import World, placed, world

if TYPE_CHECKING:
    from sim.model.state import State

T = TypeVar("T")
TWIN = 900_001  # beyond the numbers of replications


@dataclass(frozen=True)
class Failure:
    """A run that failed; the others went on.

    Attributes:
        regime: Arm of the run; empty where what several arms share failed.
        replication: Its replication.
        seed: Its seed.
        stage: ``"world"``, ``"warm-up"``, ``"run"`` or ``"extract"``.
        error: The exception in one line.
        traceback: The whole story.
    """

    regime: str
    replication: int
    seed: int
    stage: str
    error: str
    traceback: str


@dataclass(frozen=True)
class Replication:
    """What one world gave under all arms.

    Attributes:
        number: Its number, from 0.
        seed: Its seed.
        world: What was drawn for it.
        values: Arm to its outcomes; an arm that failed is not there.
        twin: The same of the same world with other luck; empty where it was lived once.
        sketches: Arm to its sketch.
        failures: What failed.
    """

    number: int
    seed: int
    world: World
    values: Mapping[str, Floats]
    twin: Mapping[str, Floats]
    sketches: Mapping[str, Sketch]
    failures: tuple[Failure, ...]


Keep = Callable[[Run], None]
"""Called with every run that gave outcomes, before it is forgotten."""


@dataclass
class Living:
    """Lives one world under every arm, on behalf of a plan.

    Attributes:
        plan: The plan.
        stop: Ends it between two runs once set.
        tick: Called after every run.
        failures: What failed.
    """

    plan: Plan
    stop: threading.Event
    tick: Callable[[], None]
    failures: list[Failure] = field(default_factory=list)

    def replicate(self, number: int, keep: Keep) -> Replication | None:
        """Return what a world gave; None where it was asked to stop before the end."""
        seed = runs.seed_of(self.plan.seed, number)
        drawn = self._attempt(number, seed, "world", "", lambda: self._world(seed))
        values, sketches = self._read(drawn, number, seed, keep)
        twin: dict[str, Floats] = {}
        if number < self.plan.twins and values:
            twin, _ = self._read(drawn, number, runs.seed_of(seed, TWIN), lambda _: None)
        if self.stop.is_set():
            return None
        return Replication(number, seed, drawn or World({}), values, twin, sketches, tuple(self.failures))

    def _world(self, seed: int) -> World:
        return world(self.plan.scenarios[self.plan.baseline], self.plan.drawn, seed, self.plan.worlds)

    def _read(
        self, drawn: World | None, number: int, seed: int, keep: Keep
    ) -> tuple[dict[str, Floats], dict[str, Sketch]]:
        """Return outcomes and sketch of every arm; of the runs no more than one is in memory at a time."""
        values: dict[str, Floats] = {}
        sketches: dict[str, Sketch] = {}
        for run in self.lived(drawn, number, seed) if drawn else ():
            read = self._attempt(number, seed, "extract", run.regime, partial(_read_off, run))
            if read is not None:
                values[run.regime], sketches[run.regime] = read
                keep(run)
        return values, sketches

    def lived(self, drawn: World, number: int, seed: int) -> Iterator[Run]:
        """Yield the run of every arm in a world; those that fail are left out."""
        pasts: dict[str, State | None] = {}
        for arm, scenario in self.plan.scenarios.items():
            if self.stop.is_set():
                return
            here, past = placed(scenario, drawn.values), self.plan.pasts[arm]
            if past not in pasts:
                pasts[past] = self._attempt(number, seed, "warm-up", "", partial(runs.warmed, here, seed))
            if (before := pasts[past]) is not None:
                live = partial(runs.live_on, before, here, arm, number, seed, self.plan.days)
                run = self._attempt(number, seed, "run", arm, live)
                if run is not None:
                    yield run
            self.tick()

    def _attempt(self, number: int, seed: int, stage: str, arm: str, do: Callable[[], T]) -> T | None:
        """Return what ``do`` gives; a failure that is not the user's is written down, and the others go on."""
        try:
            return do()
        except RegieError:
            raise
        except Exception as mistake:
            told = "".join(traceback.format_exception(mistake))
            self.failures.append(Failure(arm, number, seed, stage, f"{type(mistake).__name__}: {mistake}", told))
            return None


def _read_off(run: Run) -> tuple[Floats, Sketch]:
    return extract(run), sketch(run)


def lived_again(plan: Plan, replication: Replication) -> dict[str, Run]:
    """Return the runs of a world once more; they are the same as they were."""
    living = Living(plan, threading.Event(), lambda: None)
    return {run.regime: run for run in living.lived(replication.world, replication.number, replication.seed)}
