"""The days of one worker: a future lived once more, with a look at one seat every evening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.app.futures import Future, beginning
from sim.model.chance import need_key
from sim.model.compiling import behaviour
from sim.model.incident import case_of

SEAT = ("present", "generation", "craft", "interventions", "decisions", "decided_on")
"""What is looked at. Interventions and decisions are counted from long before day 0 on; the last is as a case."""
MOST_CASES = 128  # needs that one worker helps with at a time; more are not noted


@dataclass(frozen=True)
class WorkerDays:
    """What was seen of a seat in the morning of day 0, and in the evening of each day from then on.

    Attributes:
        seat: What ``SEAT`` names: evenings by columns.
        cases: Which needs are helped, as eight times the client and the number of the need, each evening.
    """

    seat: dict[str, NDArray[np.int64]]
    cases: list[frozenset[int]]


def worker_days(future: Future, row: int) -> WorkerDays:
    """Return the days of the worker in a seat that exists."""
    from sim.model.day import has_space, next_change, one_day, ready

    run = future.run
    seat = np.zeros((run.days + 1, len(SEAT) + 1), np.int64)
    cases = np.zeros((run.days + 1, MOST_CASES), np.int64)
    state = beginning(run.scenario, run.seed)
    look_at_seat(state, row, seat, cases, 0)
    change = next_change(state)
    for day in range(run.days):  # as ``live`` does, which a thousand single days would make twice as slow
        if day >= change or not has_space(state):
            state = ready(state)
            change = next_change(state)
        one_day(state, day)
        look_at_seat(state, row, seat, cases, day + 1)
    found = [frozenset(needs[:count]) for needs, count in zip(cases.tolist(), seat[:, -1].tolist(), strict=True)]
    return WorkerDays(dict(zip(SEAT, seat.T, strict=False)), found)


@behaviour
def look_at_seat(S: Any, w: int, seat: Any, cases: Any, evening: int) -> None:
    """Write what ``SEAT`` names, how many cases there are and which, into row ``evening`` of two arrays."""
    worker, count = S.worker[w], 0
    link = S.chain[S.now[0].case_chain + w].first
    while link >= 0 and count < cases.shape[1]:
        cases[evening, count] = need_key(S, case_of(S, link))
        count += 1
        link = S.link[link].after
    seat[evening, 0] = worker.present
    seat[evening, 1] = worker.generation
    seat[evening, 2] = worker.craft
    seat[evening, 3] = worker.interventions
    seat[evening, 4] = worker.decisions
    seat[evening, 5] = worker.decided_on
    seat[evening, 6] = count
