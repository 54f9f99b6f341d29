"""What one run leaves behind: three flat tables, and the columns that several outcomes are read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.scenario import Scenario

Table = Any  # a structured array; numpy has no static type for its columns
Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

OPEN = 0  # reason of a visit that goes on
FINAL_REASONS = (1, 4, 8, 9)  # ended, gave up, admitted, died: this need will never start
IN_CRISIS, AS_PLANNED, DIED = 4, 5, 6  # statuses of a client
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
    def newcomers(self) -> Mask:
        """Clients who arrived on day 0 or later: the same people in every regime of a pair."""
        return np.asarray(self.clients["arrival"] >= 0)

    @cached_property
    def client_days(self) -> Floats:
        """Days between arrival and exit (or the end of the run), by row of ``clients``."""
        exits = self.clients["exit"]
        return np.asarray(np.where(np.isnan(exits), self.days, exits) - self.clients["arrival"])

    @cached_property
    def client_of_visit(self) -> Indices:
        """Row of ``clients`` of every visit."""
        return rows_of(self.visits["client"], self.clients["client"])

    @cached_property
    def need_of_visit(self) -> Indices:
        """Row of ``needs`` of every visit."""
        found = np.empty(len(self.visits), np.int64)
        found[self._by_need] = np.cumsum(self._first_of_need) - 1
        return found

    @cached_property
    def _by_need(self) -> Indices:
        return np.argsort(self.client_of_visit * 64 + self.visits["need"], kind="stable")

    @cached_property
    def _first_of_need(self) -> Mask:
        key = (self.client_of_visit * 64 + self.visits["need"])[self._by_need]
        return np.concatenate(([True], key[1:] != key[:-1])) if len(key) else np.zeros(0, bool)

    @cached_property
    def needs(self) -> Needs:
        """Every need once, with the milestones of all its stays together."""
        return _needs(self)

    @cached_property
    def help(self) -> Help:
        """The help given to people who arrived on day 0 or later."""
        return _help(self)

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
        return float(self.weeks[column].sum()) if len(self.weeks) else float("nan")


@dataclass(frozen=True)
class Needs:
    """Every need once; all arrays have one entry a need, days count from day 0, NaN where it did not happen.

    Attributes:
        client: Row of ``clients``.
        onset: Day on which the need arose.
        listed: Day on which it first came on a list, where that was before its first help.
        start: Day on which help first started.
        until: Day up to which an unstarted need waited: the end of the run where it still does.
        waiting: Whether it has not started and may still do so at the end of the run; also where nobody saw it yet.
        norm: Wait in days that the norm allows.
    """

    client: Indices
    onset: Floats
    listed: Floats
    start: Floats
    until: Floats
    waiting: Mask
    norm: Floats

    @cached_property
    def wait(self) -> Floats:
        """Days from onset to start."""
        return self.start - self.onset

    @cached_property
    def in_window(self) -> Mask:
        """Needs that arose on day 0 or later."""
        return self.onset >= 0


def _needs(run: Run) -> Needs:
    firsts = np.flatnonzero(run._first_of_need)
    if not len(firsts):
        nothing, nobody = np.zeros(0), np.zeros(0, np.int64)
        return Needs(nobody, nothing, nothing, nothing, nothing, np.zeros(0, bool), nothing)
    order = run._by_need
    start, listed, end, onset = (run.visits[name][order] for name in ("start", "listed", "end", "onset"))
    client = run.client_of_visit[order][firsts]
    gone = run.clients["exit"][client]
    begun = np.fmin.reduceat(start, firsts)
    first_listed = np.fmin.reduceat(listed, firsts)
    final = np.isin(run.visits["reason"][order], FINAL_REASONS)
    over = np.logical_or.reduceat(final, firsts)
    waiting = np.isnan(begun) & np.isnan(gone) & ~over
    norms = np.array([kind.norm_days for kind in run.scenario.kinds], float)
    return Needs(
        client=client,
        onset=np.fmin.reduceat(onset, firsts),
        listed=np.where(first_listed > begun, np.nan, first_listed),  # a list for help after the first help
        start=begun,
        until=np.where(waiting, run.days, np.where(over, np.fmax.reduceat(end, firsts), np.fmin(gone, run.days))),
        waiting=waiting,
        norm=norms[run.visits["kind"][order[firsts]]],
    )


@dataclass(frozen=True)
class Help:
    """Visits with hours delivered to newcomers; one entry a visit.

    Attributes:
        client: Row of ``clients``.
        hours: Hours delivered.
        distance: Distance between wish and help, 0 to 1.
        quality: Quality, 0 to 1.
        wait: Days from the onset of the need to the first start of help.
        same: Share of the hours that the first worker delivered.
        tailored: Part of the help that is tailored, 0 to 1.
    """

    client: Indices
    hours: Floats
    distance: Floats
    quality: Floats
    wait: Floats
    same: Floats
    tailored: Floats


def _help(run: Run) -> Help:
    rows = np.flatnonzero((run.visits["hours_delivered"] > 0) & run.newcomers[run.client_of_visit])
    visits = run.visits[rows]
    hours = visits["hours_delivered"]
    return Help(
        client=run.client_of_visit[rows],
        hours=hours,
        distance=visits["fit_distance"],
        quality=visits["quality"],
        wait=run.needs.wait[run.need_of_visit[rows]],
        same=visits["first_worker_hours"] / hours,
        tailored=visits["tailored"],
    )


def rows_of(wanted: NDArray[Any], keys: NDArray[Any]) -> Indices:
    """Return for each ``wanted`` key the row in which ``keys`` holds it; every key must be there."""
    order = np.argsort(keys, kind="stable")
    return np.asarray(order[np.searchsorted(keys, wanted, sorter=order)], np.int64)
