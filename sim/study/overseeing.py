"""What a worker, a manager or a board decided, found by living those days once more, one agent at a time.

Nothing is kept for it while a world is lived. The rules themselves say what made a chance so; for what a manager or a
board sees halfway its deeds, the first half is done on a copy of the world.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sim.model import board as boards
from sim.model import day as order
from sim.model import intervention as interventions
from sim.model import manager as managers
from sim.model.agents import Board, Manager, Row, Worker
from sim.model.explaining import watched_where
from sim.model.network import CareNetwork
from sim.model.state import copy_state
from sim.scenario.scenario import Scenario
from sim.study.watching import Made, Noted, Watchable

if TYPE_CHECKING:
    from sim.model.state import State

Ending = Literal["granted", "refused", "handed back", "placed", "nobody", "no hours"]


@dataclass(frozen=True)
class SteppingIn:
    """Whether a manager stepped in with a worker, at the end of a week.

    Attributes:
        worker: Row of the worker, who was at work.
        chance: That the manager steps in.
        drawn: The draw it is held against.
        habit: Habit of stepping in, 0 to 1.
        process: Habit of holding back, 0 to 1.
        figures: Alarm by the production gap, 0 or more, as the following.
        deviation: Alarm by help that deviates from the standard.
        incidents: Alarm by incidents in the team.
        has_hours: Whether there were hours left for it.
        happened: Whether the manager stepped in.
    """

    worker: int
    chance: float
    drawn: float
    habit: float
    process: float
    figures: float
    deviation: float
    incidents: float
    has_hours: bool
    happened: bool


@dataclass(frozen=True)
class Asked:
    """What a worker asked of a manager: an exception, or to be helped with a need.

    Attributes:
        day: On which it was asked.
        worker: Row of the worker.
        client: Identity of the person it was about.
        kind: Number of the kind of help.
        chance: That an exception is granted, or that the problem is handed back.
        drawn: The draw it is held against.
        ending: How it ended.
        helper: Row of the worker with whom the need was placed; -1 where it was not.
    """

    day: int
    worker: int
    client: int
    kind: int
    chance: float
    drawn: float
    ending: Ending
    helper: int


@dataclass(frozen=True)
class Reaction:
    """What a board did with its control at the end of a quarter; shares of 0 to 1 where nothing else is said.

    Attributes:
        ratio: Hours delivered as a part of the budget.
        gap: What disappointed in figures and incidents, as it reaches the board now, 0 or more.
        complaints: How badly clients are heard to be served, as attended to, 0 or more.
        threshold: From where on that presses.
        pressing: How far it does.
        attribution: How far the board blames workers and not its own steering.
        hold_course: How far it holds course.
        tightening: Part of the control that it does not have yet that it adds.
        letting_go: Part of its control that it gives up.
        asked: Control that the regime sets.
        before: Control before.
        after: Control afterwards.
    """

    ratio: float
    gap: float
    complaints: float
    threshold: float
    pressing: float
    attribution: float
    hold_course: float
    tightening: float
    letting_go: float
    asked: float
    before: float
    after: float


@dataclass(frozen=True)
class Agreement:
    """What two boards that met made of an agreement.

    Attributes:
        other: Number of the other board.
        stood: Whether there was one, to be kept or broken; else one could be made.
        chance: That it is kept, or made.
        drawn: The draw it is held against.
        trust: How far the two trust each other, 0 to 1.
        happened: Whether it was kept, or made.
    """

    other: int
    stood: bool
    chance: float
    drawn: float
    trust: float
    happened: bool


def decided_by_worker(scenario: Scenario, state: State, row: int) -> list[Made]:
    """Return all that a worker decides on the day that comes next, in order; ``state`` is lived on for that day."""
    network = Watchable(scenario, state)
    found = Noted(network)
    with watched_where(network, lambda worker, _: worker == row, found):
        network.day_by_agents()
    return found.made


def decided_by_manager(scenario: Scenario, state: State, row: int) -> tuple[list[Asked], list[SteppingIn]]:
    """Return what was asked of a manager, and with whom to step in, up to the end of the week that ``state`` is in.

    ``state`` is lived on until then.
    """
    network = Watchable(scenario, state)
    asked, stepping = list[Asked](), list[SteppingIn]()
    with _asked_of(network, row, asked), _stepping_in(network, row, stepping):
        while not stepping:
            ends = order.ends_week(network.day)
            network.day_by_agents()
            if ends:
                break
    return asked, stepping


def decided_by_board(scenario: Scenario, state: State, row: int) -> tuple[list[Reaction], list[Agreement]]:
    """Return what a board makes of the quarter that ends with the day that comes next; nothing on another day.

    ``state`` is lived on for that day.
    """
    network = Watchable(scenario, state)
    reactions, agreements = list[Reaction](), list[Agreement]()
    with _reacting(network, row, reactions, agreements):
        network.day_by_agents()
    return reactions, agreements


@contextmanager
def _replaced(network: CareNetwork, standard: type[Row], other: type[Row]) -> Iterator[None]:
    used = network.classes[standard]
    network.classes[standard] = other
    try:
        yield
    finally:
        network.classes[standard] = used


# --- managers --------------------------------------------------------------------------------------------------

COUNTED = ("called", "handed_back", "placed", "exceptions", "denials")


@contextmanager
def _asked_of(network: CareNetwork, manager: int, found: list[Asked]) -> Iterator[None]:
    """Let workers be watched; what they ask of a manager is added to ``found``."""

    class Watched(Worker):
        """A worker who does the same; what is asked of the manager shows in what the manager counts."""

        def choose_help(self, need: int, day: int) -> None:
            before = self._counts()
            super().choose_help(need, day)
            self._note(need, day, before)

        def reconsider(self, need: int, day: int) -> None:
            before = self._counts()
            super().reconsider(need, day)
            self._note(need, day, before)

        def _counts(self) -> dict[str, float]:
            row = self.model.state.manager[manager]
            return {name: float(row[name]) for name in (*COUNTED, "hours_left")}

        def _note(self, need: int, day: int, before: dict[str, float]) -> None:
            state = self.model.state
            if int(state.worker.team[self.row]) != manager:
                return
            now = self._counts()
            more = {name: now[name] > before[name] for name in COUNTED}
            if more["called"]:
                has_hours = before["hours_left"] >= float(state.p[0].placing_hours)
                ending: Ending = "nobody" if has_hours else "no hours"
                ending = "handed back" if more["handed_back"] else "placed" if more["placed"] else ending
                chance = float(state.manager.process[manager])
                self._add(need, day, chance, float(managers.draw_of_handing_back(state, need)), ending)
            if more["exceptions"] or more["denials"]:
                ending = "granted" if more["exceptions"] else "refused"
                chance = float(managers.chance_of_exception(state, manager, self.row))
                self._add(need, day, chance, float(managers.draw_of_exception(state, need)), ending)

        def _add(self, need: int, day: int, chance: float, drawn: float, ending: Ending) -> None:
            state = self.model.state
            client = int(state.client.key[need // int(state.p[0].max_needs)])
            helper = int(state.need.provider[need]) if ending == "placed" else -1
            kind = int(state.need.kind[need])
            found.append(Asked(day, self.row, client, kind, chance, drawn, ending, helper))

    with _replaced(network, Worker, Watched):
        yield


@contextmanager
def _stepping_in(network: CareNetwork, manager: int, found: list[SteppingIn]) -> Iterator[None]:
    """Let a manager be watched; with whom to step in is added to ``found``."""

    class Watched(Manager):
        """A manager who does the same; what is seen of the team is read from a copy of the world."""

        def steer_team(self, day: int) -> None:
            if self.row == manager:
                world = copy_state(self.model.state)
                managers.see_and_insist(world, manager, day)
                first = int(world.team.first_worker[manager])
                for v in range(first, first + int(world.team.workers[manager])):
                    if world.worker.present[v] == 1:
                        found.append(_step_in_or_not(world, manager, v, day))
            super().steer_team(day)

    with _replaced(network, Manager, Watched):
        yield


def _step_in_or_not(world: State, manager: int, worker: int, day: int) -> SteppingIn:
    row, before = world.manager[manager], int(world.worker.interventions[worker])
    habit, process, hours = float(row.intervening), float(row.process), float(row.hours_left)
    figures, deviation, incidents = interventions.alarms(world, manager, worker)
    chance = float(interventions.chance_of_stepping_in(world, manager, worker))
    drawn = float(interventions.draw_of_stepping_in(world, worker, day))
    interventions.perhaps_step_in(world, manager, worker, day)
    return SteppingIn(
        worker=worker,
        chance=chance,
        drawn=drawn,
        habit=habit,
        process=process,
        figures=float(figures),
        deviation=float(deviation),
        incidents=float(incidents),
        has_hours=hours >= float(world.p[0].intervention_hours),
        happened=int(world.worker.interventions[worker]) > before,
    )


# --- boards ----------------------------------------------------------------------------------------------------


@contextmanager
def _reacting(
    network: CareNetwork, board: int, reactions: list[Reaction], agreements: list[Agreement]
) -> Iterator[None]:
    """Let boards be watched; what one of them makes of a quarter is added to both lists."""

    class Watched(Board):
        """A board that does the same; what it sees is read from a copy of the world."""

        def take_stock(self, day: int) -> None:
            if self.row != board:
                super().take_stock(day)
                return
            world = copy_state(self.model.state)
            boards.look_back(world, board)
            super().take_stock(day)
            reactions.append(_reaction(world, board, float(self.model.state.board.control[board])))

        def confer(self, day: int) -> None:
            state = self.model.state
            others = [p for p in _partners(state, self.row) if board in (self.row, p)]
            before = [_meeting(state, self.row, p, board, day) for p in others]
            super().confer(day)
            agreements.extend(_agreement(state, board, *each) for each in before)

    with _replaced(network, Board, Watched):
        yield


def _reaction(world: State, board: int, after: float) -> Reaction:
    row, p = world.board[board], world.p[0]
    return Reaction(
        ratio=float(row.ratio),
        gap=float(row.gaps[int(p.board_delay)]),
        complaints=float(row.complaints),
        threshold=float(p.board_threshold),
        pressing=float(boards.pressing(world, board)),
        attribution=float(row.attribution),
        hold_course=float(world.organisation.hold_course[board]),
        tightening=float(boards.tightening(world, board)),
        letting_go=float(boards.letting_go(world, board)),
        asked=float(world.organisation.control[board]),
        before=float(row.control),
        after=after,
    )


def _partners(state: State, board: int) -> list[int]:
    """Return the boards further on that a board meets."""
    return [p for p in range(board + 1, int(state.now[0].organisations)) if boards.share_zone(state, board, p)]


def _meeting(state: State, one: int, other: int, board: int, day: int) -> tuple[int, bool, float, float, float]:
    """Return with whom a board meets, whether an agreement stands, the chance, the draw and the trust."""
    stands = bool(state.board[one].agreed[other])
    chance = (boards.chance_of_keeping if stands else boards.chance_of_agreeing)(state, one, other)
    drawn, trust = boards.draw_of_pair(state, one, other, day), boards.trust_between(state, one, other)
    return (other if one == board else one), stands, float(chance), float(drawn), float(trust)


def _agreement(
    state: State, board: int, other: int, stood: bool, chance: float, drawn: float, trust: float
) -> Agreement:
    return Agreement(other, stood, chance, drawn, trust, happened=bool(state.board[board].agreed[other]))
