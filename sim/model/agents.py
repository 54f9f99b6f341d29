"""The four kinds of agents as Mesa sees them: live views on their row of the state.

Every behaviour that Mesa activation calls is a method here and can be overridden in a subclass, in plain Python; the
default is the rule that the compiled day uses. Fields of the row are attributes: ``worker.committed``,
``client.frailty`` (see ``sim.model.state`` for their meaning and unit).

They stand apart from the rules because importing Mesa costs a second, which a run that needs no agents does not pay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa

from sim.model import board, career, client, learning, listing, manager, reviewing, worker
from sim.model.hours import settle
from sim.model.record import STATUSES, client_status
from sim.model.state import TABLES

if TYPE_CHECKING:
    from sim.model.network import CareNetwork


class Row(mesa.Agent):
    """An agent whose state is a row of a table.

    Attributes:
        row: Number of the row.
    """

    table: ClassVar[str]
    model: CareNetwork

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give a class that names its table an attribute for each field of it."""
        super().__init_subclass__(**kwargs)
        if "table" in cls.__dict__:
            for field in TABLES[cls.table].names or ():
                setattr(cls, field, _view(cls.table, field))

    def __init__(self, model: CareNetwork, row: int) -> None:
        """Look at ``row`` of the network ``model``."""
        super().__init__(model)
        self.row = row

    def __repr__(self) -> str:
        """Show class and row."""
        return f"<{type(self).__name__} {self.row}>"


def _view(table: str, field: str) -> property:
    def read(agent: Row) -> Any:
        return getattr(agent.model.state, table)[field][agent.row]

    def write(agent: Row, value: Any) -> None:
        getattr(agent.model.state, table)[field][agent.row] = value

    return property(read, write, doc=f"Field ``{field}`` of the agent's row.")


class Client(Row):
    """Summary of rule: asks for help, wanders from door to door, waits, is helped, grows frail, leaves."""

    table = "client"

    def __init__(self, model: CareNetwork, row: int) -> None:
        """Look at ``row``, as long as it holds the client of now."""
        super().__init__(model, row)
        self.identity = int(model.state.client.key[row])

    @property
    def here(self) -> bool:
        """Whether this client is still in the network; afterwards the row may hold another."""
        rows = self.model.state.client
        return bool(rows.used[self.row]) and int(rows.key[self.row]) == self.identity

    @property
    def status(self) -> str:
        """``"seeking"``, ``"waiting"`` or ``"served"``."""
        return STATUSES[client_status(self.model.state, self.row)]

    @property
    def needs_now(self) -> range:
        """Rows of the needs of this client."""
        most = int(self.model.state.p[0].max_needs)
        return range(self.row * most, (self.row + 1) * most)

    @property
    def days_waited(self) -> float:
        """Days since the onset of the needs with which nobody helps yet, on average; NaN where there are none."""
        return float(client.days_waited(self.model.state, self.row))

    def knock(self, need: int, day: int) -> None:
        """Bring ``need`` to a door; see :func:`sim.model.client.knock`."""
        client.knock(self.model.state, need, day)

    def keep_waiting(self, need: int, day: int) -> None:
        """Go on waiting for ``need``, or not; see :func:`sim.model.client.keep_waiting`."""
        client.keep_waiting(self.model.state, need, day)

    def grow_older(self, day: int) -> None:
        """Let life go on; see :func:`sim.model.client.grow_older`."""
        client.grow_older(self.model.state, self.row, day)


class Worker(Row):
    """Summary of rule: takes intakes, chooses help, reviews it, takes the next from the list, learns from practice."""

    table = "worker"

    def come_or_go(self, day: int) -> None:
        """Fall sick, return, leave or be succeeded; see :func:`sim.model.career.come_or_go`."""
        career.come_or_go(self.model.state, self.row, day)

    def take_intake(self, need: int, day: int) -> None:
        """Take the intake of ``need``; see :func:`sim.model.worker.take_intake`."""
        worker.take_intake(self.model.state, need, self.row, day)

    def choose_help(self, need: int, day: int) -> None:
        """Choose help for ``need``; see :func:`sim.model.worker.choose_help`."""
        worker.choose_help(self.model.state, need, self.row, day)

    def reconsider(self, need: int, day: int) -> None:
        """Look again at ``need``, which waits; see :func:`sim.model.worker.reconsider`."""
        worker.reconsider(self.model.state, need, self.row, day)

    def review(self, need: int, day: int) -> None:
        """Review the help for ``need``; see :func:`sim.model.reviewing.review`."""
        reviewing.review(self.model.state, need, day)

    def settle(self, day: int) -> None:
        """Account for the hours of the week that ends; see :func:`sim.model.hours.settle`."""
        settle(self.model.state, self.row, day)

    def take_next(self, day: int) -> None:
        """Take the next need from the lists; see :func:`sim.model.listing.take_next`."""
        listing.take_next(self.model.state, self.row, day)

    def learn(self, day: int) -> None:
        """Learn from the week that ends; see :func:`sim.model.learning.learn`."""
        learning.learn(self.model.state, self.row, day)


class Manager(Row):
    """Summary of rule: once a week insists, coaches, steps in, and places waiting needs with free workers elsewhere."""

    table = "manager"

    def steer_team(self, day: int) -> None:
        """See, insist, coach, step in; see :func:`sim.model.manager.steer_team`."""
        manager.steer_team(self.model.state, self.row, day)

    def plan(self, day: int) -> None:
        """Plan; see :func:`sim.model.manager.plan`."""
        manager.plan(self.model.state, self.row, day)


class Board(Row):
    """Summary of rule: each quarter holds production against budget, reacts, and meets other boards."""

    table = "board"

    def take_stock(self, day: int) -> None:
        """Look back at the quarter; see :func:`sim.model.board.take_stock`."""
        board.take_stock(self.model.state, self.row, day)

    def confer(self, day: int) -> None:
        """Meet other boards; see :func:`sim.model.board.confer`."""
        board.confer(self.model.state, self.row, day)
