"""A care network as an ordinary Mesa model: to watch, to inspect, to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import mesa
import numpy as np

from sim.errors import RegieError
from sim.model import day as order
from sim.model.agents import Board, Client, Manager, Row, Worker
from sim.model.calendar import next_client, next_need, next_worker
from sim.model.client import arrivals, arrive
from sim.model.explaining import Decision, watched_where
from sim.model.founding import found
from sim.model.money import share_out
from sim.model.record import Records, records
from sim.model.reviewing import review
from sim.model.state import CHOOSE, HELPED, INTAKES, REVIEW, SEEK, WAIT, load_state, save_state
from sim.model.ties import encounters
from sim.model.volunteer import rest
from sim.model.worker import who_reconsiders, who_takes_intake
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    from mesa.agent import AgentSet

Activation = Literal["compiled", "mesa"]
SEATS: dict[type[Row], str] = {Worker: "workers", Manager: "teams", Board: "organisations"}  # how many there are


class CareNetwork(mesa.Model):
    """Organisations for housing, welfare and care, and the people they serve.

    A new network has lived through its warm-up: it stands at the morning of day 0, on which the regime of the
    scenario takes effect. Worlds with the same scenario and seed and another regime have the same people and luck.

    Args:
        scenario: A scenario, its name, or the path of its file.
        regime: Regime from day 0 on; the one of the scenario where nothing is given.
        seed: Seed of people and luck, 0 or more. ``None`` is 0, so that ``mesa.batch_run`` can leave it out.
        rng: Another name for ``seed``: Mesa 3.4 and later hand it to a subclass that does not name ``seed``.
        activation: ``"compiled"`` (fast) or ``"mesa"`` (each agent's behaviour is called by Mesa, one by one). Both
            give the same world, bit for bit. Where nothing is given: ``"mesa"`` if a class of agents was replaced.
        client_class: Subclass of ``Client`` to use instead; likewise for workers, managers and boards.
        worker_class: See ``client_class``.
        manager_class: See ``client_class``.
        board_class: See ``client_class``.
        settings: Parameters and levers by name, as in ``control=0.3``.

    Raises:
        RegieError: Scenario, regime, seed or settings are not valid.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path = "one-zone",
        regime: str | None = None,
        seed: int | None = None,
        *,
        rng: int | None = None,
        activation: Activation | None = None,
        client_class: type[Client] = Client,
        worker_class: type[Worker] = Worker,
        manager_class: type[Manager] = Manager,
        board_class: type[Board] = Board,
        **settings: float,
    ) -> None:
        """Found the network and live through its warm-up."""
        seed = _checked_seed(seed, rng)
        super().__init__(rng=seed)
        if not isinstance(scenario, Scenario):
            scenario = Scenario.load(scenario)
        if regime is not None:
            scenario = scenario.with_regime(regime)
        if settings:
            scenario = scenario.with_values(settings)
        self.care_scenario = scenario
        self.classes = {Client: client_class, Worker: worker_class, Manager: manager_class, Board: board_class}
        replaced = any(used is not standard for standard, used in self.classes.items())
        self.activation = activation or ("mesa" if replaced else "compiled")
        if self.activation not in ("compiled", "mesa"):
            raise RegieError(f"activation is '{activation}'; it can be 'compiled' or 'mesa'.")
        self.state = found(scenario, seed)
        self.state = order.live(self.state, -self.state.day)
        self._seat_agents()
        self.restored = False
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)
        self.running = True

    def _seat_agents(self) -> None:
        self.by_row: dict[type[Row], dict[int, Any]] = {standard: {} for standard in self.classes}
        for standard in SEATS:
            list(self._each(standard))
        self._meet_clients()

    def _each(self, standard: type[Row]) -> Iterator[Any]:
        """Yield each worker, manager or board, in the order of their rows."""
        for row in range(int(self.state.now[0][SEATS[standard]])):
            yield self._agent(standard, row)

    def _agent(self, standard: type[Row], row: int) -> Any:
        """Return the agent that looks at ``row``, made when first asked for."""
        agents = self.by_row[standard]
        agent = agents.get(row)
        if agent is None:
            agent = agents[row] = self.classes[standard](self, row)
        return agent

    def _client(self, row: int) -> Client:
        """Return the client in ``row`` now; one who left and whose row was given to another is taken out."""
        agent = self.by_row[Client].get(row)
        if agent is not None and not agent.here:
            del self.by_row[Client][row]
            agent.remove()
        found: Client = self._agent(Client, row)
        return found

    def _meet_clients(self) -> None:
        """Bring the set of client agents up to date with the rows in use."""
        for row, agent in list(self.by_row[Client].items()):
            if not agent.here:
                del self.by_row[Client][row]
                agent.remove()
        for row in self.state.client.used.nonzero()[0]:
            self._agent(Client, int(row))

    @property
    def day(self) -> int:
        """The day that comes next, counted from the day on which the regime takes effect."""
        return self.state.day

    @property
    def date(self) -> date:
        """The date of that day."""
        return self.care_scenario.start + timedelta(days=self.day)

    @property
    def clients(self) -> AgentSet:
        """The clients now in the network."""
        return self._set_of(Client)

    @property
    def workers(self) -> AgentSet:
        """The workers, empty seats included."""
        return self._set_of(Worker)

    @property
    def managers(self) -> AgentSet:
        """The managers, one for each team."""
        return self._set_of(Manager)

    @property
    def boards(self) -> AgentSet:
        """The boards, one for each organisation."""
        return self._set_of(Board)

    def _set_of(self, standard: type[Row]) -> AgentSet:
        agents = self.agents_by_type.get(self.classes[standard])
        return agents if agents is not None else self.agents.select(at_most=0)

    def step(self) -> None:
        """Live through one day."""
        self._live(1)
        self.datacollector.collect(self)

    def run(self, days: int) -> CareNetwork:
        """Live through ``days`` days and return the network.

        Raises:
            RegieError: ``days`` is negative.
        """
        if days < 0:
            raise RegieError(f"days is {days}; a network can only go forward. Give 0 or more.")
        self._live(days)
        return self

    def _live(self, days: int) -> None:
        if self.activation == "compiled":
            self.state = order.live(self.state, days)
        else:
            for _ in range(days):
                self.state = order.ready(self.state)
                self._day_by_agents()
        self._meet_clients()

    def _day_by_agents(self) -> None:
        """One day under Mesa activation: the phases of ``PHASES``, in order, each behaviour called on its agent."""
        state, day = self.state, self.day
        for w in due(next_worker, state, day):
            self._agent(Worker, w).come_or_go(day)
        for zone in range(int(state.now[0].zones)):
            for _ in range(arrivals(state, zone, day)):
                self._client(arrive(state, zone, day))
        for n in due(next_need, state, SEEK, day):
            self._client_of(n).knock(n, day)
        for n in due(next_need, state, INTAKES, day):
            self._agent(Worker, who_takes_intake(state, n)).take_intake(n, day)
        for n in due(next_need, state, CHOOSE, day):
            self._agent(Worker, int(state.need.at_worker[n])).choose_help(n, day)
        for n in due(next_need, state, WAIT, day):
            self._client_of(n).keep_waiting(n, day)
            if (w := int(who_reconsiders(state, n))) >= 0:
                self._agent(Worker, w).reconsider(n, day)
        for n in due(next_need, state, REVIEW, day):
            self._review(n, day)
        for c in due(next_client, state, day):
            self._client(c).grow_older(day)
        if order.ends_week(day):
            for worker in self._each(Worker):
                worker.settle(day + 1)
        for w in due(order.next_freed, state):
            self._agent(Worker, w).take_next(day)
        if order.ends_week(day):
            self._end_week(day)
        if order.ends_quarter(day):
            for board in self._each(Board):
                board.take_stock(day)
            for board in self._each(Board):
                board.confer(day)
        if order.ends_year(day):
            share_out(state, day)
        state.now[0].day = day + 1

    def _review(self, need: int, day: int) -> None:
        """Let whoever helps review the help; that of volunteers is looked at without a worker."""
        provider = int(self.state.need.provider[need])
        if provider < self.state.now[0].workers:
            self._agent(Worker, provider).review(need, day)
        else:
            review(self.state, need, day)

    def _end_week(self, day: int) -> None:
        state = self.state
        for manager in self._each(Manager):
            manager.steer_team(day)
        for manager in self._each(Manager):
            manager.plan(day)
        for zone in range(int(state.now[0].zones)):
            rest(state, zone, day)
        encounters(state, day)
        for worker in self._each(Worker):
            worker.learn(day)
        order.close_week(state, day)

    def _client_of(self, need: int) -> Client:
        return self._client(need // int(self.state.p[0].max_needs))

    def records(self) -> Records:
        """Return stays, clients and weeks so far, as structured arrays; see ``sim.model.record``."""
        return records(self.state)

    def outcomes(self) -> pd.DataFrame:
        """Return the weekly series: a row for each week and organisation, names instead of numbers."""
        import pandas as pd

        frame = pd.DataFrame(records(self.state).series)
        names = [organisation.name for organisation in self.care_scenario.organisations]
        frame["organisation"] = frame["organisation"].map(dict(enumerate([*names, "nobody"])))
        return frame

    def explain(self, client: Client | Worker | int, day: int) -> list[Decision]:
        """Return the decisions about a client on a day that was lived, in order, with all that was weighed.

        Of a worker, those that this worker made.

        The world is founded and lived once more up to that day; what was changed in it by hand is not known to it.

        Args:
            client: The client, or its identity as in ``records().clients["client"]``; or a worker.
            day: The day; negative during the warm-up.

        Raises:
            RegieError: The day has not come yet or was before the warm-up, or this world was restored from a file.
        """
        first = int(self.state.now[0].first_day)
        if self.restored:
            raise RegieError("This world was restored from a file; explain days in a network that lived them itself.")
        if not first <= day < self.day or int(day) != day:
            raise RegieError(f"day is {day}; it must be a whole day that was lived, from {first} to {self.day - 1}.")
        again = self._again(int(day))
        decisions: list[Decision] = []
        with watched_where(again, _about(client), decisions):
            again._live(1)
        return decisions

    def _again(self, day: int) -> CareNetwork:
        """Return the same network on the morning of ``day``, under Mesa activation from there."""
        seed = int(self.state.now[0].seed)
        again = CareNetwork(
            self.care_scenario,
            seed=seed,
            activation=self.activation,
            client_class=self.classes[Client],
            worker_class=self.classes[Worker],
            manager_class=self.classes[Manager],
            board_class=self.classes[Board],
        )
        if day < 0:
            again.state = found(self.care_scenario, seed)
            again.state = order.live(again.state, day - again.day)
        else:
            again._live(day)
        again.activation = "mesa"
        again.by_row[Worker].clear()  # to be made anew, so that they can be watched
        return again

    def save(self, path: Path | str) -> None:
        """Save this world to a file; :meth:`restore` goes on from there."""
        save_state(self.state, path)

    def restore(self, path: Path | str) -> CareNetwork:
        """Go on from a world that was saved, of the same scenario, and return the network."""
        self.state = load_state(path)
        self.restored = True
        for agent in list(self.agents):
            agent.remove()
        self._seat_agents()
        return self


def due(next_row: Callable[..., int], *arguments: Any) -> Any:
    """Yield the rows that are due, the next one asked for only when the one before is done."""
    while (row := next_row(*arguments)) >= 0:
        yield int(row)


def _about(whom: Client | Worker | int) -> Callable[[int, int], bool]:
    """Return whether a decision by a worker (row) about a client (identity) is about, or by, whom is asked for."""
    if isinstance(whom, Worker):
        return lambda worker, _: worker == whom.row
    identity = whom.identity if isinstance(whom, Client) else int(whom)
    return lambda _, client: client == identity


def _checked_seed(seed: int | None, rng: int | None) -> int:
    """Return the seed, by whichever of its two names it was given."""
    if seed is not None and rng is not None:
        raise RegieError(f"seed is {seed} and rng is {rng}; they are two names for the same thing. Give one of them.")
    name, given = ("seed", seed) if rng is None else ("rng", rng)
    if given is None:
        return 0
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or given < 0:
        raise RegieError(f"{name} is {given}; it must be a whole number of 0 or more.")
    return int(given)


REPORTERS: dict[str, Callable[[CareNetwork], float]] = {
    "day": lambda network: float(network.day),
    "clients": lambda network: float(network.state.client.used.sum()),
    "in_care": lambda network: float(network.state.now[0].in_care),
    "waiting": lambda network: float(network.state.organisation.places.sum()),
    "in_service": lambda network: float((network.state.need.status == HELPED).sum()),
}
