"""Following one person: all that was decided about them, found by living their world once more beside them.

Nothing is kept for it while a world is lived. Of most days it is known beforehand that nobody decides: the calendar of
the model says when each need is looked at next, and the tables when anything else befell it. Those days are lived as
fast as any; the others one agent at a time, under watch. Both ways give the same world, bit for bit.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

import mesa
import numpy as np

from sim.model import day as order
from sim.model.agents import Board, Client, Manager, Worker
from sim.model.explaining import Decision, watched
from sim.model.founding import steer
from sim.model.network import CareNetwork
from sim.model.reviewing import review
from sim.model.state import ABSENT, DONE, NEVER, copy_state
from sim.scenario.scenario import Scenario
from sim.study.lives import row_of
from sim.study.tables import Run

if TYPE_CHECKING:
    from sim.model.state import State

MOST_WATCHED = 600  # days of one life: three needs that are each looked at every four weeks, for ten years, are 390
ATTENTION = ("client_attention", "profession_attention", "organisation_attention", "self_attention")
BEFALLS = ("seen", "listed", "start", "end")


class Followed(NamedTuple):
    """A decision about a person.

    Attributes:
        decision: What was weighed.
        organisation: Number of the organisation of the worker who decided.
        attention: What the worker's attention went to, in the order of ``ATTENTION``; the four sum to one.
    """

    decision: Decision
    organisation: int
    attention: tuple[float, float, float, float]


def follow(run: Run, client: int, morning: State) -> list[Followed]:
    """Return all decisions about a person from day 0 on, in the order in which they were made.

    Args:
        run: What the world left behind.
        client: Identity of somebody who is in its tables.
        morning: That world on the morning of day 0, before its regime took effect; it stays as it is.
    """
    person = run.clients[row_of(run, client)]
    until = run.days if np.isnan(person["exit"]) else min(run.days, int(person["exit"]) + 1)
    network = _Network(run.scenario, steer(copy_state(morning), run.scenario))
    found = _Noted(network)
    days = _days_known(run, client)
    with watched(network, client, found):
        network.live_to(min(until, max(0, int(person["arrival"]))))
        for _ in range(MOST_WATCHED):
            if network.day >= until:
                break
            network.day_by_agents()
            network.live_to(min(until, _next_day(network.state, client, days)))
    return found.noted


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


class _Network(CareNetwork):
    """A network of a world that is there already; its agents are made when they are first called.

    What asks most time of a day is to look up who an agent is; here only the row counts, whoever it holds.
    """

    def __init__(self, scenario: Scenario, state: State) -> None:
        mesa.Model.__init__(self, rng=int(state.now[0].seed))
        self.care_scenario, self.state = scenario, state
        self.classes = {standard: standard for standard in (Client, Worker, Manager, Board)}
        self.by_row = {standard: {} for standard in self.classes}
        self.most_needs, self.workers_there = int(state.p[0].max_needs), int(state.now[0].workers)

    def live_to(self, day: int) -> None:
        self.state = order.live(self.state, max(0, day - self.day))

    def day_by_agents(self) -> None:
        self.state = order.ready(self.state)
        self._day_by_agents()

    def _client(self, row: int) -> Client:
        found: Client = self._agent(Client, row)
        return found

    def _client_of(self, need: int) -> Client:
        return self._client(need // self.most_needs)

    def _review(self, need: int, day: int) -> None:
        provider = int(np.asarray(self.state.need)["provider"][need])
        if provider < self.workers_there:
            self._agent(Worker, provider).review(need, day)
        else:
            review(self.state, need, day)


class _Noted(list[Decision]):
    """Takes what is watched, and with it what the worker attended to at that moment."""

    def __init__(self, network: CareNetwork) -> None:
        super().__init__()
        self.network, self.noted = network, list[Followed]()

    def append(self, decision: Decision) -> None:
        super().append(decision)
        worker = self.network.state.worker[decision.worker]
        client, profession, organisation, own = (float(worker[name]) for name in ATTENTION)
        self.noted.append(Followed(decision, int(worker["organisation"]), (client, profession, organisation, own)))
