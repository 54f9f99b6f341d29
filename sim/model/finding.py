"""Finding who can help: whoever has room, and is in sight or within reach of who looks."""

from __future__ import annotations

from typing import Any

from sim.model.chance import EXTRA, need_draw
from sim.model.client import front_door_of
from sim.model.compiling import behaviour
from sim.model.help import client_of, has_room, skill
from sim.model.hours import free_hours
from sim.model.state import NOWHERE
from sim.model.steering import agreed
from sim.model.ties import is_known, knows, trust_in, workers_of_zone


@behaviour
def find_room(S: Any, n: int, w: int) -> int:
    """Return who has room for need ``n`` and is in sight of worker ``w``, or NOWHERE.

    The own team first, the freest worker there; then colleagues of other teams in the zone whom ``w`` knows. Of other
    organisations all free workers are in sight of an organisation that may place clients there.
    """
    team = S.need[n].at_team
    best = freest_of(S, n, w, team, False)
    if best >= 0:
        return best
    zone = S.team[team].zone
    organisations = S.now[0].organisations
    most = -1.0
    for o in range(organisations):
        inside = o == S.team[team].organisation
        if inside or may_place(S, n, S.team[team].organisation, o):
            office = S.office[zone * organisations + o]
            for other in range(office.first_team, office.first_team + office.teams):
                if other != team:
                    v = freest_of(S, n, w, other, inside and S.organisation[o].pooled_list == 0)
                    if v >= 0 and free_hours(S, v) > most:
                        best, most = v, free_hours(S, v)
    return best


@behaviour
def freest_of(S: Any, n: int, w: int, team: int, only_known: bool) -> int:
    """Return the freest worker of ``team`` with room for need ``n``, of all or of those whom ``w`` knows."""
    best, most = NOWHERE, -1.0e9
    first = S.team[team].first_worker
    for v in range(first, first + S.team[team].workers):
        if has_room(S, v, n) and free_hours(S, v) > most and (not only_known or knows(S, w, v)):
            best, most = v, free_hours(S, v)
    return best


@behaviour
def may_place(S: Any, n: int, o: int, other: int) -> bool:
    """Return whether organisation ``o`` may place need ``n`` with ``other``, unless the client prefers to wait.

    Both share their lists, both take part in a joint intake, both stand under a central management, or ``o`` keeps the
    front door for both.
    """
    if o == other or S.client[client_of(S, n)].prefers == o:
        return False
    one, there = S.organisation[o], S.organisation[other]
    if (one.pooled_list == 1 and there.pooled_list == 1) or (one.joint_intake == 1 and there.joint_intake == 1):
        return True
    if one.central_management == 1 and there.central_management == 1:
        return True
    return there.front_door == 1 and front_door_of(S, S.client[client_of(S, n)].zone) == o


@behaviour
def team_of_craft(S: Any, team: int, kind: int) -> int:
    """Return ``team`` where it has the craft, else the first team of the organisation in the zone that has.

    On the list of a team where nobody has the craft a need might wait for ever.
    """
    office = S.office[S.team[team].zone * S.now[0].organisations + S.team[team].organisation]
    for i in range(-1, office.teams):
        other = team if i < 0 else office.first_team + i
        first = S.team[other].first_worker
        for v in range(first, first + S.team[other].workers):
            if S.worker[v].craft == kind:
                return other
    return team


@behaviour
def best_colleague(S: Any, n: int, w: int, day: int) -> int:
    """Return the most competent colleague with room in the organisation and zone whom ``w`` knows, or NOWHERE."""
    o = S.worker[w].organisation
    office = S.office[S.worker[w].zone * S.now[0].organisations + o]
    best, most = NOWHERE, -1.0
    for team in range(office.first_team, office.first_team + office.teams):
        first = S.team[team].first_worker
        for v in range(first, first + S.team[team].workers):
            if v != w and has_room(S, v, n) and knows(S, w, v) and skill(S, v, S.need[n].kind, day) > most:
                best, most = v, skill(S, v, S.need[n].kind, day)
    return best


@behaviour
def whom_to_call(S: Any, n: int, w: int) -> int:
    """Return the worker of another organisation whom ``w`` would call in for need ``n``, or NOWHERE.

    Of those known, the most trusted; with an overview of free capacity at hand, or an agreement to share it, first of
    all somebody who has room.
    """
    kind = S.need[n].kind
    rows = S.now[0].tie_capacity
    best, most = NOWHERE, -1.0
    for row in range(w * rows, (w + 1) * rows):
        v = S.tie[row].to
        if v == NOWHERE:
            break
        trust = S.tie[row].trust
        if trust > most and S.worker[v].can[kind] == 1 and _can_be_called(S, w, v) and is_known(S, row):
            best, most = v, trust
    overview = S.organisation[S.worker[w].organisation].capacity_overview
    all_seen = need_draw(S, n, EXTRA, 4 * S.need[n].choices) < overview
    if all_seen or S.manager[S.worker[w].team].informed >= 1.0:
        first, last = workers_of_zone(S, S.worker[w].zone)
        for v in range(first, last):
            seen = all_seen or agreed(S, w, S.worker[v].organisation)
            if seen and _can_be_called(S, w, v) and has_room(S, v, n) and 1.0 + trust_in(S, w, v) > most:
                best, most = v, 1.0 + trust_in(S, w, v)
    return best


@behaviour
def _can_be_called(S: Any, w: int, v: int) -> bool:
    return S.worker[v].organisation != S.worker[w].organisation and S.worker[v].present == 1
