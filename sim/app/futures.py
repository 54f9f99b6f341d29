"""The whole future of a world, lived at once and kept so that any of its days can be drawn.

A day needs no picture of its own: who waits, is helped or wanders follows from the stays of needs, each with its first
and last day. Only what no table of a run holds is looked at on the way: workers every week, ties every four weeks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.app.counting import Counting
from sim.scenario.scenario import Scenario
from sim.study import runs
from sim.study.tables import Run

if TYPE_CHECKING:
    from sim.model.state import State

DAYS_A_LOOK = 7
LOOKS_BETWEEN_TIES = 4
STAFF = ("present", "ownership", "listening", "courage", "client_attention", "committed", "capacity", "ties_outside")
"""What is looked at of each worker, every week."""

FAINT = 0.05  # familiarity below which a tie is not drawn
FOUND_KEPT = 16  # of whom it is remembered what was decided; of each that is some hundred kB at most
MORNINGS_KEPT = 4  # worlds on the morning of day 0 that are kept: both worlds of a visitor begin with the same one


@dataclass(frozen=True)
class Future:
    """What happens in one world from day 0 on.

    Attributes:
        run: Stays, people and weeks.
        staff: What ``STAFF`` names of each worker at the beginning of each week: weeks by workers by columns.
        ties: Ties at the beginning of every fourth week: rows of two workers, familiarity and trust.
        counts: What ``counting.COUNTS`` names, all that was counted by the beginning of each week, and by the end.
        found: What was found out about somebody when it was asked for, the last few of them.
    """

    run: Run
    staff: NDArray[np.float32]
    ties: tuple[NDArray[np.float32], ...]
    counts: NDArray[np.float64]
    found: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def remember(self, name: Hashable, find_out: Callable[[], Any]) -> Any:
        """Return what ``find_out`` returns; found out once, as long as not too much else is asked for."""
        if name not in self.found:
            while len(self.found) >= FOUND_KEPT:
                del self.found[next(iter(self.found))]
            self.found[name] = find_out()
        return self.found[name]

    @property
    def size(self) -> int:
        """Bytes of its tables."""
        tables = (self.run.visits, self.run.clients, self.run.series, self.staff, *self.ties, self.counts)
        return sum(table.nbytes for table in tables)

    def bare(self) -> Future:
        """Return the same without what was worked out from its tables, which takes more room than they do."""
        return replace(self, run=replace(self.run))


def future(scenario: Scenario, seed: int, days: int) -> Future:
    """Return what happens in ``days`` days of a world under the regime and changes of ``scenario``."""
    from sim.model.day import live
    from sim.model.founding import steer
    from sim.model.record import records
    from sim.model.state import copy_state

    state = steer(copy_state(morning(scenario, seed)), scenario)
    staff, ties, counting = [], [], Counting()
    for look in range(-(-days // DAYS_A_LOOK)):
        staff.append(_staff(state))
        counting.look(state)
        if look % LOOKS_BETWEEN_TIES == 0:
            ties.append(_ties(state))
        state = live(state, min(DAYS_A_LOOK, days - state.day))
    counting.look(state)
    left = records(state, spent=True)
    tables = (table.copy() for table in left)  # without the room that was kept for more
    run = Run(scenario, scenario.regime, 0, seed, days, *tables)
    return Future(run, np.array(staff), tuple(ties), counting.result(run))


def morning(scenario: Scenario, seed: int) -> State:
    """Return the world on the morning of day 0; do not live it on, but a copy."""
    return _morning(_Past(scenario, scenario.past()), seed)


@dataclass(frozen=True)
class _Past:
    """A scenario that is the same as another where their worlds are before day 0."""

    scenario: Scenario
    past: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Past) and self.past == other.past

    def __hash__(self) -> int:
        return hash(self.past)


@lru_cache(MORNINGS_KEPT)
def _morning(past: _Past, seed: int) -> State:
    return runs.warmed(past.scenario, seed)


def _staff(state: State) -> NDArray[np.float32]:
    workers = np.asarray(state.worker)[: int(state.now[0].workers)]
    return np.stack([workers[name].astype(np.float32) for name in STAFF], axis=1)


def _ties(state: State) -> NDArray[np.float32]:
    """Return the ties between workers that are there now, each pair once."""
    workers, capacity = int(state.now[0].workers), int(state.now[0].tie_capacity)
    tie = np.asarray(state.tie)[: workers * capacity]
    one, other = np.repeat(np.arange(workers), capacity), tie["to"]
    here = (one < other) & (tie["familiarity"] >= FAINT)
    here[here] = np.asarray(state.worker)["generation"][other[here]] == tie["generation"][here]
    return np.stack([one[here], other[here], tie["familiarity"][here], tie["trust"][here]], axis=1).astype(np.float32)
