"""The manager: plans. Within the reach of control, waiting needs go to free workers of other teams."""

from __future__ import annotations

from typing import Any

from sim.model.compiling import behaviour
from sim.model.help import client_of, has_room, start_help
from sim.model.hours import free_hours, week_row
from sim.model.state import NOWHERE, URGENCIES
from sim.model.waitlist import list_chain, place_of


@behaviour
def plan(S: Any, m: int, day: int) -> None:
    """Summary of rule: once a week a manager places needs of the team's list with free workers of other teams.

    In order: hours for planning, as many as control asks; the most urgent needs first, each kind in turn from the
    oldest; for each the freest worker of another team of the organisation, anywhere; under a central management of
    any organisation that stands under it, in the zone. A client who prefers the organisation stays with it. A manager
    is paid the same whatever the regime; hours not planned go to what the model does not follow.
    """
    manager = S.manager[m]
    o = S.team[m].organisation
    hours = min(S.p[0].manager_hours, S.organisation[o].planning_hours * S.organisation[o].control)
    manager.hours_left = hours
    _place_all(S, m, day)
    week = S.series[week_row(S, o)]
    week.paid += S.p[0].manager_hours
    week.planning += hours - manager.hours_left
    week.indirect += S.p[0].manager_hours - (hours - manager.hours_left)


@behaviour
def _place_all(S: Any, m: int, day: int) -> None:
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
