"""Following one person: all that was decided about them, found by living their world once more beside them.

Nothing is kept for it while a world is lived. Of most days it is known beforehand that nobody decides: the calendar of
the model says when each need is looked at next, and the tables when anything else befell it. Those days are lived as
fast as any; the others one agent at a time, under watch. Both ways give the same world, bit for bit.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from sim.model.explaining import watched
from sim.model.founding import steer
from sim.model.state import ABSENT, DONE, NEVER, copy_state
from sim.study.lives import row_of
from sim.study.tables import Run
from sim.study.watching import Made, Noted, Watchable

if TYPE_CHECKING:
    from sim.model.state import State

MOST_WATCHED = 600  # days of one life: three needs that are each looked at every four weeks, for ten years, are 390
BEFALLS = ("seen", "listed", "start", "end")


def follow(run: Run, client: int, morning: State) -> list[Made]:
    """Return all decisions about a person from day 0 on, in the order in which they were made.

    Args:
        run: What the world left behind.
        client: Identity of somebody who is in its tables.
        morning: That world on the morning of day 0, before its regime took effect; it stays as it is.
    """
    person = run.clients[row_of(run, client)]
    until = run.days if np.isnan(person["exit"]) else min(run.days, int(person["exit"]) + 1)
    network = Watchable(run.scenario, steer(copy_state(morning), run.scenario))
    found = Noted(network)
    days = _days_known(run, client)
    with watched(network, client, found):
        network.live_to(min(until, max(0, int(person["arrival"]))))
        for _ in range(MOST_WATCHED):
            if network.day >= until:
                break
            network.day_by_agents()
            network.live_to(min(until, _next_day(network.state, client, days)))
    return found.made


def _days_known(run: Run, client: int) -> list[int]:
    """Return the days on which something befell a need of a person, in order."""
    mine = run.visits[run.visits["client"] == client]
    days = np.unique(np.concatenate([mine[name] for name in BEFALLS]))
    return [int(day) for day in days[~np.isnan(days)]]


def _next_day(state: State, client: int, days: Collection[int]) -> int:
    """Return the next day on which somebody may decide about a person: when it is known, or written in the calendar."""
    there = np.asarray(state.client)
    rows = np.flatnonzero((there["key"] == client) & (there["used"] == 1))
    most = int(state.p[0].max_needs)
    needs = np.asarray(state.need)[rows[0] * most : (rows[0] + 1) * most] if len(rows) else np.asarray(state.need)[:0]
    due = needs["due"][(needs["status"] != ABSENT) & (needs["status"] != DONE) & (needs["due"] >= state.day)]
    later = [day for day in days if day >= state.day]
    return min([*due.tolist(), *later], default=NEVER)
