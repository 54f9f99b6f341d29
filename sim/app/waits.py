"""How long people waited, and how many wait, by week: read from the stays of a run."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.compiling import behaviour
from sim.study.tables import Floats, Indices, Mask, Run


def waits_by_week(run: Run, first: int, weeks: int, needs: Mask | None = None) -> tuple[Floats, Floats]:
    """Return of the needs whose first help started in a week the days that they waited in all, and how many they are.

    The wait is that of the report: from the day a need arose until help started. A need counts in the week in which
    its help started, whenever it arose: of the needs that arose on day 0 or later only those that waited briefly have
    started in the first weeks, and a mean over them would begin near zero in every world.

    Args:
        run: The run.
        first: First of the weeks; those of the warm-up are negative.
        weeks: How many weeks.
        needs: Which needs (by row of ``run.needs``), all where None.
    """
    started = ~np.isnan(run.needs.start) if needs is None else needs & ~np.isnan(run.needs.start)
    week = np.floor_divide(run.needs.start[started], 7).astype(np.int64) - first
    there = (week >= 0) & (week < weeks)
    days = np.bincount(week[there], run.needs.wait[started][there], weeks)
    return days.astype(float), np.bincount(week[there], minlength=weeks).astype(float)


def people_waiting(run: Run, weeks: int) -> Indices:
    """Return how many people wait for help on the last day of each week, from week 0 on.

    Who has a need that waits at a door, or that was sent on, refused or lost there and has no next door yet. A need
    with help does not wait, wherever else it still stands on a list. Who was seen by nobody yet does not count. As
    tables do not say of a need for which nothing is chosen yet that it was seen, somebody may lack when a run ends.
    """
    of, need, client, last = run.of_visit, run.need_of_visit, run.client_of_visit, 7 * weeks
    end = np.fmin(np.fmin(of["end"], run.of_client["exit"][client]), last)
    start, seen = np.fmin(of["start"], end), np.fmin(of["seen"], end)
    left = ~np.isnan(of["end"]) & (of["organisation"] >= 0)
    sent_on = np.full(len(run.needs.client), float(last))
    np.minimum.at(sent_on, need[left], of["end"][left])
    helped = np.zeros((len(sent_on), weeks), np.bool_)
    _mark(helped, need, start, end)
    waiting, counted = np.zeros(weeks, np.int64), np.zeros((len(run.clients), weeks), np.bool_)
    _count(waiting, counted, helped, client, need, seen, start)
    _count(waiting, counted, helped, client, need, sent_on[need], np.fmin(seen, start))
    return waiting


@behaviour
def _mark(helped: Any, need: Any, begin: Any, end: Any) -> None:
    """Mark the needs that have help in the weeks whose last day is ``begin`` or later, and before ``end``."""
    for row in range(len(need)):
        for week in range(max(0, int(begin[row] // 7)), int(end[row] // 7)):
            helped[need[row], week] = True


@behaviour
def _count(waiting: Any, counted: Any, helped: Any, client: Any, need: Any, begin: Any, end: Any) -> None:
    """Count who waits in those weeks and was not counted before, unless that need has help then."""
    for row in range(len(need)):
        for week in range(max(0, int(begin[row] // 7)), int(end[row] // 7)):
            if not helped[need[row], week] and not counted[client[row], week]:
                counted[client[row], week] = True
                waiting[week] += 1
