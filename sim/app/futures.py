"""The whole future of a world, lived at once and kept so that any of its days can be drawn.

A day needs no picture of its own: who waits, is helped or wanders follows from the stays of needs, each with its first
and last day. Only what no table of a run holds is looked at on the way: workers and managers every week, ties every
four weeks, boards every quarter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.app.counting import Counting
from sim.app.ties import ties_now
from sim.model.board import QUARTER
from sim.scenario.scenario import Scenario
from sim.study import runs
from sim.study.tables import Run

if TYPE_CHECKING:
    from sim.model.state import State

DAYS_A_LOOK = 7
LOOKS_BETWEEN_TIES = 4
WEEKS_A_QUARTER = QUARTER // DAYS_A_LOOK
STAFF = ("present", "ownership", "listening", "courage", "client_attention", "committed", "capacity", "ties_outside")
"""What is looked at of each worker, every week."""

SEATS = ("present", "interventions")
"""What is looked at of each worker every week, and at the end: what managers met."""

FOUND_KEPT = 16  # of whom it is remembered what was decided; of each that is some hundred kB at most
MORNINGS_KEPT = 12  # worlds on the morning of day 0 that are kept, of 7 to 20 MB: those of a visitor begin with one


@dataclass(frozen=True)
class Future:
    """What happens in one world from day 0 on.

    Attributes:
        run: Stays, people and weeks.
        staff: What ``STAFF`` names of each worker at the beginning of each week: weeks by workers by columns.
        ties: Ties at the beginning of every fourth week: rows of two workers, familiarity and trust.
        counts: What ``counting.COUNTS`` names, all that was counted by the beginning of each week, and by the end.
        managers: Rows of managers (``sim.model.state.MANAGER``) at the beginning of each week, and at the end.
        seats: What ``SEATS`` names of each worker at the same moments: weeks and one by workers by columns.
        boards: Rows of boards (``sim.model.state.BOARD``) at the beginning of each quarter, and at the end.
        found: What was found out about somebody when it was asked for, the last few of them.
    """

    run: Run
    staff: NDArray[np.float32]
    ties: tuple[NDArray[np.float32], ...]
    counts: NDArray[np.float64]
    managers: NDArray[np.void]
    seats: NDArray[np.int32]
    boards: NDArray[np.void]
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
        run = self.run
        of_staff = (self.staff, *self.ties, self.counts, self.managers, self.seats, self.boards)
        return sum(table.nbytes for table in (run.visits, run.clients, run.series, *of_staff))

    def bare(self) -> Future:
        """Return the same without what was worked out from its tables, which takes more room than they do."""
        return replace(self, run=replace(self.run))


def future(
    scenario: Scenario, seed: int, days: int, wanted: Callable[[], bool] = lambda: True, before: State | None = None
) -> Future:
    """Return what happens in ``days`` days of a world under the regime and changes of ``scenario``.

    Args:
        scenario: The scenario under a regime.
        seed: Seed of its people and luck.
        days: Days to live.
        wanted: Asked every week, in which a thousandth of a second passes.
        before: The world on the morning of day 0, where it is not to be kept for others.

    Raises:
        CancelledError: It was not ``wanted`` any more.
    """
    from sim.model.day import live
    from sim.model.record import records

    state = beginning(scenario, seed, before)
    looks = -(-days // DAYS_A_LOOK)
    staff = np.empty((looks, int(state.now[0].workers), len(STAFF)), np.float32)
    ties, counting, steering = [], Counting(), _Steering(state, looks)
    for look in range(looks):
        if not wanted():
            raise CancelledError
        _look_at_staff(state, staff[look])
        counting.look(state)
        steering.look(state, look)
        if look % LOOKS_BETWEEN_TIES == 0:
            ties.append(ties_now(state))
        state = live(state, min(DAYS_A_LOOK, days - state.day))
    counting.look(state)
    steering.look(state, looks, last=True)
    left = records(state, spent=True)
    tables = (table.copy() for table in left)  # without the room that was kept for more
    run = Run(scenario, scenario.regime, 0, seed, days, *tables)
    boards = np.array(steering.boards)
    return Future(run, staff, tuple(ties), counting.result(run), steering.managers, steering.seats, boards)


def beginning(scenario: Scenario, seed: int, before: State | None = None) -> State:
    """Return a copy of the world on the morning of day 0, in which levers will change as ``scenario`` says."""
    from sim.model.founding import steer
    from sim.model.state import copy_state

    return steer(copy_state(morning(scenario, seed) if before is None else before), scenario)


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


def _look_at_staff(state: State, into: NDArray[np.float32]) -> None:
    workers = np.asarray(state.worker)[: len(into)]
    for column, name in enumerate(STAFF):
        into[:, column] = workers[name]


class _Steering:
    """Looks at managers and boards while a world is lived; whole rows, as memory: that is fast."""

    def __init__(self, state: State, looks: int) -> None:
        now = state.now[0]
        self.managers = np.empty((looks + 1, int(now.teams)), np.asarray(state.manager).dtype)
        self.seats = np.empty((looks + 1, int(now.workers), len(SEATS)), np.int32)
        self.boards = list[NDArray[np.void]]()
        self._bytes, self._organisations = self.managers.view(np.uint8), int(now.organisations)

    def look(self, state: State, look: int, *, last: bool = False) -> None:
        self._bytes[look] = np.asarray(state.manager).view(np.uint8)[: self._bytes.shape[1]]
        workers = np.asarray(state.worker)[: self.seats.shape[1]]
        for column, name in enumerate(SEATS):
            self.seats[look, :, column] = workers[name]
        if last or look % WEEKS_A_QUARTER == 0:
            self.boards.append(np.asarray(state.board)[: self._organisations].copy())
