"""The road of every need: the door it first came to, what happened there, whether help came, and how it ended.

A road is read from the tables alone. What they do not hold is not told: whether a referral was warm; and which
organisation heard of a further need that it placed with another at once (that other one counts as its door).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.scenario.scenario import Scenario
from sim.study.stops import (
    ASTRAY,
    AT_ONCE,
    CRISIS,
    DEATH,
    HELP,
    HELP_ENDED,
    HELP_GOES_ON,
    NO_DOOR,
    NO_HELP,
    ON_LIST,
    OTHER,
    PASSED,
    PLANNED,
    RENOUNCED,
    RIGHT,
    SENT_ON,
    STILL_WAITS,
    STOPS,
    TOLD_NO,
)
from sim.study.tables import AS_PLANNED, IN_CRISIS, OPEN, Indices, Mask, Run

Counts = NDArray[np.float64]

PRESENTED = 0  # number of the need with which a client comes
ENDED, REFERRED, REFUSED, GAVE_UP, LOST, MOVED, HANDED_OVER, ADMITTED, DIED = range(1, 10)  # reasons of a visit


def roads(run: Run) -> Counts:
    """Return how many needs that arose on day 0 or later went from each stop to each: an array (stops, stops).

    Each need goes from a door, by what happened there (not where nobody heard of it) and by help or none, to one end.
    So what comes into a stop of the middle also leaves it.
    """
    counts = np.zeros((len(STOPS), len(STOPS)))
    needs = np.flatnonzero(run.needs.in_window)
    door, happened, helped, end = (part[needs] for part in _steps(run))
    heard = happened != NO_DOOR
    np.add.at(counts, (door[heard], happened[heard]), 1)
    np.add.at(counts, (happened, helped), 1)  # from the door itself, where nobody heard of it
    np.add.at(counts, (helped, end), 1)
    return counts


def per_hundred(counts: Counts) -> Counts:
    """Return counts as numbers per 100 needs; zero where there are no needs. Leading axes are averaged away."""
    counts = np.asarray(counts, float)
    doors = [number for number, stop in enumerate(STOPS) if stop.column == 0]
    total = counts[..., doors, :].sum(axis=(-2, -1), keepdims=True)
    shares = np.divide(100 * counts, total, out=np.zeros_like(counts), where=total > 0)
    return np.asarray(shares.reshape(-1, len(STOPS), len(STOPS)).mean(axis=0))


def in_order(run: Run) -> Indices:
    """Return the rows of the visits need by need, and of each need in the order in which its stays began.

    A stay begins when the need is seen. What was not seen there (lost on the way, closed while with nobody) has only
    an end; two that began together keep the order in which they ended.
    """
    ended = np.where(np.isnan(run.visits["end"]), np.inf, run.visits["end"])
    begun = np.where(np.isnan(run.visits["seen"]), ended, run.visits["seen"])
    return np.lexsort((np.arange(len(begun)), begun, run.need_of_visit))


def _steps(run: Run) -> tuple[Indices, Indices, Indices, Indices]:
    """Return of every need its door, what happened there (``NO_DOOR`` where it has none), help or none, and its end."""
    helped = ~np.isnan(run.needs.start)
    door, happened = _first_stays(run)
    return door, happened, np.where(helped, HELP, NO_HELP), _ends(run, helped)


def _first_stays(run: Run) -> tuple[Indices, Indices]:
    order = in_order(run)
    need = run.need_of_visit[order]
    places = np.flatnonzero(run.visits["organisation"][order] >= 0)
    met, first = np.unique(need[places], return_index=True)
    place = places[first]
    after = np.minimum(place + 1, len(order) - 1)
    astray = (need[after] == need[place]) & (run.visits["reason"][order[after]] == LOST)
    door = np.full(len(run.needs.onset), NO_DOOR)
    happened = door.copy()
    door[met] = _doors(run, order[place])
    happened[met] = _what_happened(run, order[place], astray)
    return door, happened


def _doors(run: Run, rows: Indices) -> Indices:
    """Return whether the door of each first stay has the help asked.

    That of the need with which a client came is that of the first intake, whose worker is the case owner. A case owner
    stays responsible, too, where a colleague or volunteers were called in.
    """
    offered = offers(run.scenario)
    organisation = run.visits["organisation"][rows]
    owner = run.clients["owner_organisation"][run.client_of_visit[rows]]
    called = (run.visits["called"][rows] == 1) | (organisation >= len(offered))
    asked_owner = (called | (run.visits["need"][rows] == PRESENTED)) & (owner >= 0)
    organisation = np.minimum(np.where(asked_owner, owner, organisation), len(offered) - 1)
    return np.where(offered[organisation, run.visits["kind"][rows]], RIGHT, OTHER)


def offers(scenario: Scenario) -> Mask:
    """Return whether an organisation offers a kind of help: an array (organisations, kinds)."""
    return np.array(
        [[each.staff.get(kind.name, 0) > 0 for kind in scenario.kinds] for each in scenario.organisations]
    ).reshape(len(scenario.organisations), len(scenario.kinds))


def _what_happened(run: Run, rows: Indices, astray: Mask) -> Indices:
    """Return what happened at each first stay; one that ended before anything was done had to wait, as on a list."""
    visits = run.visits[rows]
    at_once = visits["start"] == visits["seen"]
    referred = visits["reason"] == REFERRED
    refused = visits["reason"] == REFUSED
    return np.select([at_once, referred & astray, referred, refused], [AT_ONCE, ASTRAY, SENT_ON, TOLD_NO], ON_LIST)


def _ends(run: Run, helped: Mask) -> Indices:
    reason, need = run.visits["reason"], run.need_of_visit
    started = ~np.isnan(run.visits["start"])

    def any_row(rows: Mask) -> Mask:
        return np.bincount(need[rows], minlength=len(helped)) > 0

    status = run.clients["status"][run.needs.client]
    admitted = any_row(reason == ADMITTED)
    return np.select(
        [
            any_row((reason == OPEN) & started),
            any_row(reason == OPEN),
            admitted & (status == IN_CRISIS),
            admitted & (status == AS_PLANNED),
            any_row(reason == DIED),
            any_row(reason == GAVE_UP),
        ],
        [HELP_GOES_ON, STILL_WAITS, CRISIS, PLANNED, DEATH, RENOUNCED],
        np.where(helped, HELP_ENDED, PASSED),
    )
