"""Placing: a manager finds a free worker of another team for who waits, as far as the manager may plan."""

from __future__ import annotations

from typing import Any

from sim.model.compiling import behaviour
from sim.model.help import client_of, has_room, start_help
from sim.model.hours import free_hours
from sim.model.state import NOWHERE, URGENCIES
from sim.model.waitlist import list_chain, place_of


@behaviour
def place_all(S: Any, m: int, day: int) -> None:
    """Place needs of the list of manager ``m``, the most urgent first, while ``hours_left`` last."""
    if S.team[m].waiting == 0:
        return
    for step in range(URGENCIES):
        for kind in range(S.now[0].kinds):
            _place_from(S, m, list_chain(S, m, kind, URGENCIES - 1 - step), day)


@behaviour
def _place_from(S: Any, m: int, chain: int, day: int) -> None:
    manager = S.manager[m]
    link = S.chain[chain].first
    while link >= 0 and manager.hours_left >= S.p[0].placing_hours and manager.hours_left > 0.0:
        after = S.link[link].after
        slot = place_of(S, link)
        manager.hours_left -= S.p[0].placing_hours
        w = find_elsewhere(S, slot // 2, m)
        if w >= 0:
            manager.placed += 1
            start_help(S, slot // 2, w, slot, day)
        link = after


@behaviour
def find_elsewhere(S: Any, n: int, m: int) -> int:
    """Return the freest worker with room for need ``n`` in the teams that manager ``m`` can plan, or NOWHERE."""
    best, most = NOWHERE, -1.0e9
    for team in range(S.now[0].teams):
        if team != m and _can_plan(S, n, m, team):
            first = S.team[team].first_worker
            for w in range(first, first + S.team[team].workers):
                if has_room(S, w, n) and free_hours(S, w) > most:
                    best, most = w, free_hours(S, w)
    return best


@behaviour
def _can_plan(S: Any, n: int, m: int, team: int) -> bool:
    o, other = S.team[m].organisation, S.team[team].organisation
    if o == other:
        return True
    together = S.organisation[o].central_management == 1 and S.organisation[other].central_management == 1
    if not together or S.team[m].zone != S.team[team].zone:
        return False
    return S.client[client_of(S, n)].prefers != o
