"""Every need of a run once, with the milestones of all its stays together, and the help that was given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sim.study.tables import Floats, Indices, Mask, Run

FATES = ("helped", "gave_up", "admitted", "died", "ended")
"""What ends the wait of a need: the first is help."""

FATE_OF_REASON = {1: 5, 4: 2, 8: 3, 9: 4}  # reason of a visit after which a need never starts: number in FATES
HELP = ("hours_delivered", "fit_distance", "quality", "first_worker_hours", "tailored", "called")


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
        kind: Kind of help.
        final: What ended it for good, as a number in ``FATES`` from 1; 0 where no stay of it says.
    """

    client: Indices
    onset: Floats
    listed: Floats
    start: Floats
    until: Floats
    waiting: Mask
    norm: Floats
    kind: Indices
    final: Indices

    @cached_property
    def lasted(self) -> Floats:
        """Days from onset until help, until the wait ended otherwise, or so far."""
        return np.asarray(np.where(np.isnan(self.start), self.until, self.start) - self.onset)

    @cached_property
    def wait(self) -> Floats:
        """Days from onset to start."""
        return self.start - self.onset

    @cached_property
    def in_window(self) -> Mask:
        """Needs that arose on day 0 or later."""
        return self.onset >= 0


def needs_of(run: Run) -> Needs:
    """Return every need of a run once."""
    firsts = np.flatnonzero(run._first_of_need)
    if not len(firsts):
        nothing, nobody = np.zeros(0), np.zeros(0, np.int64)
        return Needs(nobody, nothing, nothing, nothing, nothing, np.zeros(0, bool), nothing, nobody, nobody)
    order = run._by_need
    start, listed, end, onset = (run.of_visit[name][order] for name in ("start", "listed", "end", "onset"))
    client = run.client_of_visit[order][firsts]
    gone = run.of_client["exit"][client]
    begun = np.fmin.reduceat(start, firsts)
    first_listed = np.fmin.reduceat(listed, firsts)
    final = np.maximum.reduceat(numbers(FATE_OF_REASON, run.of_visit["reason"][order]), firsts)
    over = final > 0
    kind = run.of_visit["kind"][order[firsts]]
    waiting = np.isnan(begun) & np.isnan(gone) & ~over
    norms = np.array([kind.norm_days for kind in run.scenario.kinds], float)
    return Needs(
        client=client,
        onset=np.fmin.reduceat(onset, firsts),
        listed=np.where(first_listed > begun, np.nan, first_listed),  # a list for help after the first help
        start=begun,
        until=np.where(waiting, run.days, np.where(over, np.fmax.reduceat(end, firsts), np.fmin(gone, run.days))),
        waiting=waiting,
        norm=norms[kind],
        kind=kind,
        final=final,
    )


def numbers(table: dict[int, int], codes: NDArray[Any]) -> Indices:
    """Return for each code what ``table`` says, 0 where it says nothing."""
    said = np.zeros(max(*table, int(codes.max(initial=0))) + 1, np.int64)
    said[list(table)] = list(table.values())
    return np.asarray(said[codes])


@dataclass(frozen=True)
class Help:
    """Visits with hours delivered to newcomers; one entry a visit.

    Attributes:
        visit: Row of ``visits``.
        client: Row of ``clients``.
        hours: Hours delivered.
        distance: Distance between wish and help, 0 to 1.
        quality: Quality, 0 to 1.
        wait: Days from the onset of the need to the first start of help.
        same: Share of the hours that the first worker delivered.
        tailored: Part of the help that is tailored, 0 to 1.
        called: Whether a worker of another organisation was called in for it.
    """

    visit: Indices
    client: Indices
    hours: Floats
    distance: Floats
    quality: Floats
    wait: Floats
    same: Floats
    tailored: Floats
    called: Mask


def help_of(run: Run) -> Help:
    """Return the help that a run gave to newcomers."""
    rows = np.flatnonzero((run.of_visit["hours_delivered"] > 0) & run.newcomers[run.client_of_visit])
    visits = {name: run.of_visit[name][rows] for name in HELP}
    hours = visits["hours_delivered"]
    return Help(
        visit=rows,
        client=run.client_of_visit[rows],
        hours=hours,
        distance=visits["fit_distance"],
        quality=visits["quality"],
        wait=run.needs.wait[run.need_of_visit[rows]],
        same=visits["first_worker_hours"] / hours,
        tailored=visits["tailored"],
        called=(visits["called"] == 1) & run.paid_visits[rows],
    )
