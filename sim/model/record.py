"""What a run leaves behind: a row for each stay of a need with an organisation, for each client, for each week."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.model.compiling import behaviour
from sim.model.life import catch_up
from sim.model.state import (
    ABSENT,
    DONE,
    HELPED,
    LISTED,
    NEVER,
    NOWHERE,
    SEEKING,
    SERVED,
    STILL,
    WAITING,
    State,
    longer,
)

REASONS = (
    "open",
    "ended",
    "referred",
    "refused",
    "gave up",
    "lost",
    "moved",
    "handed over",
    "admitted",
    "died",
)
STATUSES = (
    "seeking",
    "waiting",
    "served",
    "gave up",
    "admitted in crisis",
    "admitted as planned",
    "died",
    "ended",
)


@behaviour
def _day_or_nan(day: int) -> float:
    return np.nan if day >= NEVER or day <= -NEVER else float(day)


@behaviour
def _over_hours(total: float, hours: float, now: float, started: bool) -> float:
    """Return the mean over the hours of a stay, what it is now where there were none, NaN where help never started."""
    if not started:
        return np.nan
    return total / hours if hours > 0.0 else now


@behaviour
def write_visit(
    S: Any, n: int, team: int, w: int, seen: int, listed: int, started: bool, reason: int, day: int
) -> None:
    """Write down a stay of need ``n`` with ``team`` that ends on ``day`` (goes on, where the reason is ``STILL``).

    ``team`` is NOWHERE for a need that is with no organisation: not seen, between doors, under way or lost.
    Help is that of the stay in which it was given; a place on a second list that is given up had none.
    """
    need = S.need[n]
    client = S.client[n // S.p[0].max_needs]
    visit = S.visit[S.now[0].visits]
    S.now[0].visits += 1
    visit.client = client.key
    visit.zone = client.zone
    visit.need = n % S.p[0].max_needs
    visit.kind = need.kind
    visit.organisation = S.team[team].organisation if team >= 0 else NOWHERE
    visit.team = team
    visit.worker = w
    visit.urgency = need.urgency
    visit.reason = reason
    visit.onset = need.onset
    visit.seen = _day_or_nan(seen)
    visit.listed = _day_or_nan(listed)
    visit.start = float(need.start) if started else np.nan
    visit.end = np.nan if reason == STILL else float(day)
    visit.hours_per_week = need.hours
    visit.hours_delivered = need.delivered if started else 0.0
    visit.hours_bridging = need.bridged
    visit.first_worker_hours = need.delivered_first if started else 0.0
    visit.wish = need.wish
    visit.variant = need.variant if started else np.nan
    visit.fit_distance = _over_hours(need.delivered_distance, need.delivered, abs(need.wish - need.variant), started)
    visit.quality = _over_hours(need.delivered_quality, need.delivered, need.quality, started)
    visit.tailored = need.tailored if started else np.nan
    visit.called = need.called if started else 0
    need.bridged = 0.0


@behaviour
def write_exit(S: Any, c: int, status: int, day: int) -> None:
    """Write down client ``c``, who leaves with ``status`` on ``day`` (is still there, where that is no end)."""
    client = S.client[c]
    row = S.exit[S.now[0].exits]
    S.now[0].exits += 1
    row.client = client.key
    row.zone = client.zone
    row.status = status
    row.prefers = client.prefers
    row.owner_organisation = NOWHERE if client.owner < 0 else S.worker[client.owner].organisation
    row.needs = client.needs
    row.transfers = client.transfers
    row.new_faces = client.new_faces
    row.new_organisations = client.new_organisations
    row.retellings = client.retellings
    row.refusals = client.refusals
    row.arrival = client.arrival
    row.exit = np.nan if status <= SERVED else float(day)
    row.age = client.age + (day - client.arrival) / 365.25
    row.frailty_at_arrival = client.frailty_at_arrival
    row.frailty = client.frailty
    row.network_at_arrival = client.network_at_arrival
    row.voice = client.voice
    row.hours_asked = client.hours_asked
    row.hours_delivered = client.hours_delivered
    stayed = day - client.arrival
    row.unmet = client.unmet_days / stayed if stayed > 0 else np.nan


@behaviour
def client_status(S: Any, c: int) -> int:
    """Return what client ``c`` is now: served where any need is, else waiting where any is on a list, else seeking."""
    status = SEEKING
    for n in range(c * S.p[0].max_needs, (c + 1) * S.p[0].max_needs):
        if S.need[n].status == HELPED:
            return SERVED
        if S.need[n].status == LISTED:
            status = WAITING
    return status


@behaviour
def _write_open_stays(S: Any, n: int, day: int) -> None:
    need = S.need[n]
    if need.status == HELPED:
        write_visit(
            S,
            n,
            S.worker[need.provider].team,
            need.provider,
            need.seen,
            need.listed,
            True,
            STILL,
            day,
        )
        return
    if need.status != LISTED:
        write_visit(S, n, NOWHERE, NOWHERE, NEVER, NEVER, False, STILL, day)
        return
    first = 2 * n
    for slot in range(first, first + 2):
        place = S.place[slot]
        if place.team >= 0:
            write_visit(S, n, place.team, place.worker, place.seen, place.listed, False, STILL, day)


@behaviour
def write_what_is_open(S: Any) -> None:
    """Write down all stays and clients that go on, as of now. Changes ``S``: give it a copy."""
    day = S.now[0].day
    for c in range(S.now[0].clients):
        if S.client[c].used == 0:
            continue
        catch_up(S, c, day)
        for n in range(c * S.p[0].max_needs, (c + 1) * S.p[0].max_needs):
            if S.need[n].status not in (ABSENT, DONE):
                _write_open_stays(S, n, day)
        write_exit(S, c, client_status(S, c), day)


class Records(NamedTuple):
    """What a run leaves behind: structured arrays of ``VISIT``, ``EXIT`` and ``SERIES``."""

    visits: Any
    clients: Any
    series: Any


def records(state: State, *, spent: bool = False) -> Records:
    """Return all that was written down so far; stays and clients that go on come last.

    The last organisation of each week of the series is nobody's: clients without a case owner.

    Args:
        state: The world, which is not disturbed.
        spent: The world will not be lived on: its own tables are closed and returned, which saves a copy of them.
    """
    now = state.now[0]
    there = int(now.clients - now.free_clients)
    stays = 2 * int(state.p[0].max_needs) * there
    if not spent:
        state = state.with_tables(
            **{name: getattr(state, name).copy() for name in ("now", "worker", "client", "need", "board")}
        )
    closed = state.with_tables(
        visit=_with_room(state.visit, int(now.visits), stays, spent),
        exit=_with_room(state.exit, int(now.exits), there, spent),
    )
    write_what_is_open(closed)
    now = closed.now[0]
    weeks = int(now.day // 7 - now.first_day // 7)
    series = state.series[: weeks * (now.organisations + 1)]
    return Records(closed.visit[: now.visits], closed.exit[: now.exits], series if spent else series.copy())


def _with_room(rows: Any, used: int, more: int, spent: bool) -> Any:
    """Return the used rows with room for more behind them: the table itself where it is spent and has it."""
    if spent and len(rows) >= used + more:
        return rows
    return longer(rows[:used], used + more)
