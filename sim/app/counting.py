"""What has happened to people by a day: counted on the way, as the tables of a run know only how it all ended.

Charts need it by week, and what they say of a week may not depend on later weeks: whoever moves a lever halfway would
see the past change. A stay in the tables has one number of hours, so it does not say when they were given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.model.compiling import behaviour
from sim.model.life import needs_of
from sim.model.state import HELPED
from sim.study.tables import Indices, Run
from sim.study.value import worth_of_help

if TYPE_CHECKING:
    from sim.model.state import State

COUNTS = ("new_faces", "transfers", "retellings", "asked", "worth")
"""What is counted: the first two of everybody; of newcomers stories told again, hours asked and what help was worth."""
_SLOTS = 64  # more than needs of a client: client and need in one number


class Counting:
    """Counts at one look after another, while a world is lived."""

    def __init__(self) -> None:
        """Begin before the first look."""
        self._days: list[int] = []
        self._counted: list[NDArray[np.float64]] = []
        self._needs: list[Indices] = []
        self._good: list[NDArray[np.float64]] = []
        self._room = np.empty(0, np.int64), np.empty(0)

    def look(self, state: State) -> None:
        """Count what happened to the people who are there now; the world is not disturbed."""
        if len(state.need) > len(self._room[0]):  # tables have grown
            self._room = np.empty(len(state.need), np.int64), np.empty(len(state.need))
        needs, good = self._room
        counted = np.zeros(4)
        helped = count_people(state, counted, needs, good)
        self._days.append(state.day)
        self._counted.append(counted)
        self._needs.append(needs[:helped].copy())
        self._good.append(good[:helped].copy())

    def result(self, run: Run) -> NDArray[np.float64]:
        """Return what ``COUNTS`` names as it was at each look, those who had gone and help that had ended included."""
        counted = np.array(self._counted) + self._of_gone(run)
        return np.column_stack([counted, self._worth_of_open(run) + self._worth_of_ended(run)])

    def _of_gone(self, run: Run) -> NDArray[np.float64]:
        of, gone, came = run.of_client, ~np.isnan(run.of_client["exit"]), run.newcomers
        columns = (of["new_faces"], of["transfers"], of["retellings"] * came, of["hours_asked"] * came)
        return np.stack([self._before(of["exit"][gone], column[gone]) for column in columns], axis=1)

    def _worth_of_ended(self, run: Run) -> NDArray[np.float64]:
        visits, worth = worth_of_help(run)
        end = run.of_visit["end"][visits]
        ended = ~np.isnan(end)
        return self._before(end[ended], worth[ended])

    def _worth_of_open(self, run: Run) -> NDArray[np.float64]:
        """Return what help that was going on had been worth by each look: what waiting left of good hours."""
        of_need = np.empty(len(run.needs.client), np.int64)
        of_need[run.need_of_visit] = run.of_visit["client"] * _SLOTS + run.of_visit["need"]
        wait = run.needs.wait[np.searchsorted(of_need, np.concatenate(self._needs))]  # needs are in order
        half_time = float(run.scenario["timeliness_days"])
        look = np.repeat(np.arange(len(self._needs)), [len(each) for each in self._needs])
        worth = np.concatenate(self._good) * half_time / (half_time + wait)
        return np.asarray(np.bincount(look, worth, len(self._needs)), float)

    def _before(self, day: NDArray[Any], what: NDArray[Any]) -> NDArray[np.float64]:
        """Return by look the sum of what had come on earlier days."""
        look = np.searchsorted(self._days, day, side="right")
        return np.asarray(np.cumsum(np.bincount(look, what, len(self._days) + 1))[: len(self._days)])


@behaviour
def count_people(S: Any, counted: Any, needs: Any, good: Any) -> int:
    """Count in ``counted`` what happened to people; return with how many needs of newcomers somebody helps.

    Into ``needs`` comes which they are, into ``good`` the hours of this help that were good, fitted and came from one
    person, up to now: nobody's account is brought up to this day for it, or the world would live on differently.
    """
    p, day, helped = S.p[0], S.now[0].day, 0
    for c in range(S.now[0].clients):
        client = S.client[c]
        if client.used == 0:
            continue
        counted[0] += client.new_faces
        counted[1] += client.transfers
        if client.arrival < 0:
            continue
        counted[2] += client.retellings
        counted[3] += client.hours_asked + client.asked * (day - client.since) / 7.0
        for n in needs_of(S, c):
            if S.need[n].status == HELPED:
                needs[helped] = client.key * _SLOTS + n % p.max_needs
                good[helped] = _good_hours(S, n, day)
                helped += 1
    return helped


@behaviour
def _good_hours(S: Any, n: int, day: int) -> float:
    need, p = S.need[n], S.p[0]
    worker = S.worker[need.provider]
    since = worker.ratio * (day - worker.since) if worker.present == 1 else 0.0
    new = (worker.integral + since - need.mark) * need.given / 7.0
    hours = need.delivered + new
    if hours <= 0.0:
        return 0.0
    distance = (need.delivered_distance + new * abs(need.wish - need.variant)) / hours
    quality = (need.delivered_quality + new * need.quality) / hours
    first = need.delivered_first + (new if need.first_worker == worker.key else 0.0)
    one = 1.0 - p.continuity_weight * (1.0 - first / hours)
    left: float = hours * (1.0 - p.fit_weight * distance) * quality * one
    return left
