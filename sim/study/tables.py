"""What one run leaves behind: three flat tables, and the columns that several outcomes are read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.lib.recfunctions import structured_to_unstructured
from numpy.typing import NDArray

from sim.scenario.scenario import Scenario
from sim.study.needs import Help, Needs, help_of, needs_of, numbers

Table = Any  # a structured array; numpy has no static type for its columns
Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

OPEN = 0  # reason of a visit that goes on
GAVE_UP, IN_CRISIS, AS_PLANNED, DIED, ENDED = 3, 4, 5, 6, 7  # statuses of a client
FATE_OF_STATUS = {GAVE_UP: 2, IN_CRISIS: 3, AS_PLANNED: 3, DIED: 4, ENDED: 5}
_DOORS = 64  # more than organisations: day and door in one number
_NEVER = np.iinfo(np.int64).max
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Run:
    """One lived world, from day 0 to day ``days`` and with the warm-up before it.

    Attributes:
        scenario: The scenario as it was run.
        regime: Name of the regime in force.
        replication: Number of the replication, from 0.
        seed: Seed of this replication's world and luck.
        days: Days lived after the warm-up.
        visits: One row for every stay of a need with an organisation, unfinished ones included; a need that is with
            none (not seen, between doors, under way, lost) has organisation and team -1.
        clients: One row for every client, those still there included.
        series: One row for every week and organisation, in order of weeks; those of the warm-up are negative.
    """

    scenario: Scenario
    regime: str
    replication: int
    seed: int
    days: int
    visits: Table
    clients: Table
    series: Table

    @property
    def years(self) -> float:
        """Years lived after the warm-up."""
        return self.days / DAYS_PER_YEAR

    @cached_property
    def of_visit(self) -> Columns:
        """The columns of ``visits``, each fetched once."""
        return Columns(self.visits)

    @cached_property
    def of_client(self) -> Columns:
        """The columns of ``clients``, each fetched once."""
        return Columns(self.clients)

    @cached_property
    def newcomers(self) -> Mask:
        """Clients who arrived on day 0 or later: the same people in every regime of a pair."""
        return np.asarray(self.of_client["arrival"] >= 0)

    @cached_property
    def client_days(self) -> Floats:
        """Days between arrival and exit (or the end of the run), by row of ``clients``."""
        exits = self.of_client["exit"]
        return np.asarray(np.where(np.isnan(exits), self.days, exits) - self.of_client["arrival"])

    @cached_property
    def client_days_since_0(self) -> Floats:
        """Days from day 0 on that each client was there, by row of ``clients``."""
        exits = self.of_client["exit"]
        until = np.where(np.isnan(exits), self.days, exits)
        return np.asarray(np.maximum(until - np.maximum(self.of_client["arrival"], 0), 0))

    @cached_property
    def client_of_visit(self) -> Indices:
        """Row of ``clients`` of every visit."""
        found = np.empty(len(self.visits), np.int64)
        keys = self.of_visit["client"][self._by_need]
        found[self._by_need] = rows_of(keys, self.of_client["client"])
        return found

    @cached_property
    def need_of_visit(self) -> Indices:
        """Row of ``needs`` of every visit."""
        found = np.empty(len(self.visits), np.int64)
        found[self._by_need] = np.cumsum(self._first_of_need) - 1
        return found

    @cached_property
    def _by_need(self) -> Indices:
        return np.argsort(self._need_keys, kind="stable")

    @cached_property
    def _need_keys(self) -> Indices:
        return np.asarray(self.of_visit["client"] * 64 + self.of_visit["need"])

    @cached_property
    def _first_of_need(self) -> Mask:
        key = self._need_keys[self._by_need]
        return np.concatenate(([True], key[1:] != key[:-1])) if len(key) else np.zeros(0, bool)

    @cached_property
    def paid_visits(self) -> Mask:
        """Stays with an organisation: not with volunteers, and not with nobody."""
        organisation = self.of_visit["organisation"]
        return np.asarray((organisation >= 0) & (organisation < len(self.scenario.organisations)))

    @cached_property
    def door_of_need(self) -> Indices:
        """Organisation that was the first to see each need, -1 where none did."""
        return _door(self._first_seen)

    @cached_property
    def door_of_client(self) -> Indices:
        """Organisation that was the first to see each client, -1 where none did, by row of ``clients``."""
        first = np.full(len(self.clients), _NEVER)
        np.minimum.at(first, self.needs.client, self._first_seen)
        return _door(first)

    @cached_property
    def _first_seen(self) -> Indices:
        firsts = np.flatnonzero(self._first_of_need)
        return np.minimum.reduceat(_seen_by(self)[self._by_need], firsts) if len(firsts) else np.zeros(0, np.int64)

    @cached_property
    def fate_of_need(self) -> Indices:
        """What ended the wait of each need, as a number in ``needs.FATES`` from 1; 0 where it still waits."""
        return _fates(self)

    @cached_property
    def needs(self) -> Needs:
        """Every need once, with the milestones of all its stays together."""
        return needs_of(self)

    @cached_property
    def help(self) -> Help:
        """The help given to people who arrived on day 0 or later."""
        return help_of(self)

    @cached_property
    def weeks(self) -> Table:
        """The rows of ``series`` from day 0 on."""
        return self.series[np.searchsorted(self.series["week"], 0) :]

    @cached_property
    def number_of_weeks(self) -> int:
        """Whole weeks recorded from day 0 on."""
        return int(self.weeks["week"].max()) + 1 if len(self.weeks) else 0

    def remember(self, name: str, function: Callable[[Run], Any]) -> Any:
        """Return ``function(self)``, worked out once for each ``name``."""
        if name not in self._remembered:
            self._remembered[name] = function(self)
        return self._remembered[name]

    @cached_property
    def _remembered(self) -> dict[str, Any]:
        return {}

    def total(self, column: str) -> float:
        """Return the sum of a flow of ``series`` over all weeks from day 0 and all organisations."""
        return float(self.sums[column].sum())

    @cached_property
    def sums(self) -> dict[str, Floats]:
        """Each column of ``series`` summed over the weeks from day 0: one value an organisation, the last nobody's."""
        names = [name for name in self.series.dtype.names if self.series.dtype[name].kind == "f"]
        sums = np.full((len(self.scenario.organisations) + 1, len(names)), 0.0 if len(self.weeks) else np.nan)
        order = np.argsort(self.weeks["organisation"], kind="stable")
        who, firsts = np.unique(self.weeks["organisation"][order], return_index=True)
        if len(who):
            numbers = structured_to_unstructured(np.asarray(self.weeks)[names])
            sums[who] = np.add.reduceat(numbers[order], firsts)
        return dict(zip(names, sums.T, strict=True))


class Columns:
    """The columns of a table side by side in memory: a column of records is slow to go through again and again."""

    def __init__(self, table: Table) -> None:
        """Fetch from ``table``, a structured array."""
        self._table = np.asarray(table)
        self._fetched: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column; do not change it."""
        if name not in self._fetched:
            self._fetched[name] = np.ascontiguousarray(self._table[name])
        return self._fetched[name]


def _fates(run: Run) -> Indices:
    left = numbers(FATE_OF_STATUS, run.of_client["status"]) * ~np.isnan(run.of_client["exit"])
    otherwise = np.where(run.needs.final > 0, run.needs.final, left[run.needs.client])
    return np.asarray(np.where(np.isnan(run.needs.start), otherwise, 1))


def _seen_by(run: Run) -> Indices:
    """Return the day on which each stay was seen and by whom, as one number; the earliest is the smallest."""
    seen = run.of_visit["seen"]
    known = run.paid_visits & ~np.isnan(seen)
    number = np.nan_to_num(seen).astype(np.int64) * _DOORS + run.of_visit["organisation"]
    return np.asarray(np.where(known, number, _NEVER))


def _door(first_seen: Indices) -> Indices:
    return np.asarray(np.where(first_seen == _NEVER, -1, first_seen % _DOORS))


def rows_of(wanted: NDArray[Any], keys: NDArray[Any]) -> Indices:
    """Return for each ``wanted`` key the row in which ``keys`` holds it; every key must be there."""
    order = np.argsort(keys, kind="stable")
    return np.asarray(order[np.searchsorted(keys, wanted, sorter=order)], np.int64)
