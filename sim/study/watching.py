"""A world that is there already, lived on one agent at a time, so that what somebody decides can be looked at.

A compiled day and a day by agents give the same world, bit for bit; only the days that are watched need be lived so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import mesa
import numpy as np

from sim.model import day as order
from sim.model.agents import Board, Client, Manager, Worker
from sim.model.explaining import Decision
from sim.model.network import CareNetwork
from sim.model.reviewing import review
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from sim.model.state import State

ATTENTION = ("client_attention", "profession_attention", "organisation_attention", "self_attention")


class Made(NamedTuple):
    """A decision that a worker made about a person.

    Attributes:
        decision: What was weighed.
        organisation: Number of the worker's organisation.
        kind: Number of the kind of help that it was about.
        attention: What the worker attended to at that moment, in the order of ``ATTENTION``; the four sum to one.
    """

    decision: Decision
    organisation: int
    kind: int
    attention: tuple[float, ...]


class Watchable(CareNetwork):
    """A network of a world that is there already; its agents are made when they are first called.

    What asks most time of a day is to look up who an agent is; here only the row counts, whoever it holds.
    """

    def __init__(self, scenario: Scenario, state: State) -> None:
        """Go on from ``state``, which is lived on itself: give it a copy."""
        mesa.Model.__init__(self, rng=int(state.now[0].seed))
        self.care_scenario, self.state = scenario, state
        self.classes = {standard: standard for standard in (Client, Worker, Manager, Board)}
        self.by_row = {standard: {} for standard in self.classes}
        self.most_needs, self.workers_there = int(state.p[0].max_needs), int(state.now[0].workers)

    def live_to(self, day: int) -> None:
        """Live on to the morning of a day, as fast as any world."""
        self.state = order.live(self.state, max(0, day - self.day))

    def day_by_agents(self) -> None:
        """Live through one day, one agent at a time."""
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


class Noted(list[Decision]):
    """Takes what is watched; ``made`` holds it with what the worker attended to at that moment."""

    def __init__(self, network: CareNetwork) -> None:
        """Begin empty."""
        super().__init__()
        self.network, self.made = network, list[Made]()

    def append(self, decision: Decision) -> None:
        """Note a decision that was made just now."""
        super().append(decision)
        state = self.network.state
        worker, need = state.worker[decision.worker], int(state.decision[0].need)
        attention = tuple(float(worker[name]) for name in ATTENTION)
        self.made.append(Made(decision, int(worker["organisation"]), int(state.need.kind[need]), attention))
