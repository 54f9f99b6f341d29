"""The reduced model as one would write it in Mesa: agents with a ``step``, and every agent looks every day.

Runs under Mesa 3.3 to 3.5.
"""

from __future__ import annotations

from collections import deque
from enum import Enum, auto

import mesa
import numpy as np
from reduced import WEEKLY, Outcome, Reduced, visit_table

NAN = float("nan")


class Status(Enum):
    """Where a client is."""

    NEW = auto()
    WAITING = auto()
    SERVED = auto()


class Client(mesa.Agent):
    """Somebody who asks for help once.

    Summary of rule: on the first day, knock at a door; start with a free worker, or join the list and wait.

    Attributes:
        organisation: The organisation whose door was chosen.
        status: New, waiting or served.
        days_waited: Days on the list so far.
        onset, listed, start, end: Days; NaN until it happens.
        owner, worker: Who did the intake, and who helps.
    """

    def __init__(self, model: ReducedModel, organisation: Organisation) -> None:
        """Arrive today at the door of ``organisation``."""
        super().__init__(model)
        self.organisation = organisation
        self.status = Status.NEW
        self.days_waited = 0
        self.onset = float(model.day)
        self.listed = self.start = self.end = NAN
        self.owner: Worker | None = None
        self.worker: Worker | None = None

    def step(self) -> None:
        """Ask for help when new; count the days of waiting."""
        if self.status is Status.NEW:
            self.ask()
        elif self.status is Status.WAITING:
            self.days_waited += 1

    def ask(self) -> None:
        """Have an intake; start with the worker who did it if there is room, else join the list."""
        self.owner = self.organisation.freest_worker()
        if self.owner.has_room:
            self.owner.start(self)
        else:
            self.status = Status.WAITING
            self.listed = float(self.model.day)
            self.organisation.waiting.append(self)

    def leave(self) -> None:
        """Record the visit and leave the model."""
        self.organisation.completed += 1
        self.model.visits.append(self.visit())
        self.remove()

    def visit(self) -> tuple[float, float, float, float, int, int, int, int]:
        """Return the visit so far, in the order of ``reduced.VISIT``."""
        worker = self.worker.number if self.worker else -1
        owner = self.owner.number if self.owner else -1
        place = self.organisation
        return (self.onset, self.listed, self.start, self.end, place.zone, place.number, worker, owner)


class Worker(mesa.Agent):
    """A worker of one team.

    Summary of rule: help a client until the help has lasted long enough, then take the first of the list.

    Attributes:
        organisation: Where the worker works.
        number: Number within the whole model.
        clients: The clients served now, with the day on which their help ends.
    """

    def __init__(self, model: ReducedModel, organisation: Organisation, number: int, slots: int) -> None:
        """Join the team of ``organisation`` with room for ``slots`` clients."""
        super().__init__(model)
        self.organisation = organisation
        self.number = number
        self.slots = slots
        self.clients: dict[Client, int] = {}

    @property
    def room(self) -> int:
        """Clients that could be taken."""
        return self.slots - len(self.clients)

    @property
    def has_room(self) -> bool:
        """Whether a client could be taken."""
        return self.room > 0

    def start(self, client: Client) -> None:
        """Start helping a client today."""
        client.status = Status.SERVED
        client.start = float(self.model.day)
        client.worker = self
        self.clients[client] = self.model.day + self.model.service_days()
        self.organisation.starts += 1

    def step(self) -> None:
        """End help that has lasted long enough and take the next from the list."""
        for client in [client for client, day in self.clients.items() if day <= self.model.day]:
            del self.clients[client]
            client.end = float(self.model.day)
            client.leave()
            if self.organisation.waiting:
                self.start(self.organisation.waiting.popleft())


class Organisation(mesa.Agent):
    """One team of workers with one list, first come, first served.

    Attributes:
        zone, number: The zone, and the number within the zone.
        workers: The team.
        waiting: The list.
        arrivals, starts, completed: Counts of this week.
    """

    def __init__(self, model: ReducedModel, zone: int, number: int, workers: int, slots: int) -> None:
        """Start with a team of ``workers`` and nobody on the list."""
        super().__init__(model)
        self.zone = zone
        self.number = number
        self.waiting: deque[Client] = deque()
        first = (zone * model.reduced.organisations + number) * workers
        self.workers = [Worker(model, self, first + i, slots) for i in range(workers)]
        self.new_week()

    def new_week(self) -> None:
        """Start counting again."""
        self.arrivals = self.starts = self.completed = 0

    def freest_worker(self) -> Worker:
        """Return the worker with most room."""
        return max(self.workers, key=lambda worker: worker.room)


class ReducedModel(mesa.Model):
    """Zones with organisations; a step is a day.

    Attributes:
        reduced: Size and numbers.
        day: Today.
        visits: Finished visits, in the order in which they ended.
    """

    def __init__(self, reduced: Reduced, seed: int) -> None:
        """Start without clients."""
        super().__init__(rng=seed)
        self.reduced = reduced
        self.day = 0
        self.visits: list[tuple[float, float, float, float, int, int, int, int]] = []
        self.zones = [self._zone(zone) for zone in range(reduced.zones)]
        self.datacollector = mesa.DataCollector(
            agenttype_reporters={
                Organisation: {
                    "number": "number",
                    "arrivals": "arrivals",
                    "starts": "starts",
                    "completed": "completed",
                    "waiting": lambda organisation: len(organisation.waiting),
                    "in_service": lambda organisation: sum(len(w.clients) for w in organisation.workers),
                }
            }
        )

    def _zone(self, zone: int) -> list[Organisation]:
        numbers = range(self.reduced.organisations)
        return [Organisation(self, zone, n, self.reduced.workers, self.reduced.slots) for n in numbers]

    def service_days(self) -> int:
        """Draw how long help lasts, in whole days."""
        return max(1, int(self.rng.exponential(self.reduced.service_days) + self.rng.random()))

    def arrive(self) -> None:
        """Let today's clients arrive, each at the door of some organisation of its zone."""
        for organisations in self.zones:
            for _ in range(self.rng.poisson(self.reduced.arrivals_per_day)):
                organisation = self.random.choice(organisations)
                organisation.arrivals += 1
                Client(self, organisation)

    def step(self) -> None:
        """Live one day: arrivals, clients, workers; count at the end of a week."""
        self.arrive()
        if Client in self.agents_by_type:
            self.agents_by_type[Client].shuffle_do("step")
        self.agents_by_type[Worker].shuffle_do("step")
        self.day += 1
        if self.day % 7 == 0:
            self.datacollector.collect(self)
            self.agents_by_type[Organisation].do("new_week")


def simulate(model: Reduced, seed: int) -> Outcome:
    """Run the reduced model and return visits and weekly counts."""
    care = ReducedModel(model, seed)
    for _ in range(model.days):
        care.step()
    unfinished = [client.visit() for client in care.agents_by_type[Client]]
    return Outcome(visit_table(care.visits + unfinished), _weekly(model, care))


def _weekly(model: Reduced, care: ReducedModel) -> np.ndarray:
    counts = care.datacollector.get_agenttype_vars_dataframe(Organisation)
    table = counts.groupby(["Step", "number"])[list(WEEKLY)].sum()
    return table.to_numpy().reshape(-1, model.organisations, len(WEEKLY))
