"""Volunteers and citizens' initiatives: hours in each zone that nobody pays for, and that tire (B1).

The volunteers of a zone are one row beyond the workers, in a team and an organisation that nobody steers. They help
like a worker. Nobody is referred to them and nobody waits for them: a worker who knows of them brings them in.
"""

from __future__ import annotations

from typing import Any

from sim.model.chance import VOLUNTEER, need_draw
from sim.model.client import go_to_owner
from sim.model.compiling import behaviour
from sim.model.help import client_of, put_back
from sim.model.hours import book, free_hours, promise, week_row
from sim.model.life import look_ahead
from sim.model.state import LINKS_PER_NEED
from sim.model.steering import both

STRETCH = 1.25  # times the hours they have: so far volunteers give each a little less before they stop


@behaviour
def volunteers_of(S: Any, zone: int) -> int:
    """Return the row of the volunteers of ``zone``."""
    return S.now[0].workers + zone


@behaviour
def could_help(S: Any, n: int, w: int) -> bool:
    """Return whether volunteers could help with need ``n`` and worker ``w`` knows of them: one draw for the two."""
    need = S.need[n]
    hours = free_hours(S, volunteers_of(S, S.worker[w].zone))
    if S.kind[need.kind].volunteers == 0 or need.hours < _least_hours(S) or hours < need.hours * S.p[0].least_start:
        return False
    known = both(S.p[0].volunteers_known, S.organisation[S.worker[w].organisation].initiative_overview)
    return need_draw(S, n, VOLUNTEER, S.worker[w].key) < known


@behaviour
def _least_hours(S: Any) -> float:
    """Return the hours that a need must ask to be taken: targets, which come with a subsidy, are met by large ones."""
    hours, kinds = 0.0, 0
    for k in range(S.now[0].kinds):
        if S.kind[k].volunteers == 1:
            hours += S.kind[k].hours_per_week
            kinds += 1
    return subsidy(S) * hours / kinds if kinds > 0 else 0.0


@behaviour
def subsidy(S: Any) -> float:
    """Return how far initiatives are subsidised, 0 to 1: the mean over organisations."""
    total = 0.0
    for o in range(S.now[0].organisations):
        total += S.organisation[o].initiative_subsidy
    return total / S.now[0].organisations


@behaviour
def hours_rested(S: Any) -> float:
    """Return the hours a week that the volunteers of a zone have when they are not tired; a subsidy adds to them."""
    return S.p[0].volunteer_hours * (1.0 + subsidy(S))


@behaviour
def hours_to_give(S: Any, zone: int) -> float:
    """Return the hours a week that the volunteers of ``zone`` have now."""
    return hours_rested(S) * (1.0 - S.zone[zone].fatigue)


@behaviour
def rest(S: Any, zone: int, day: int) -> None:
    """Summary of rule: once a week volunteers are more tired by what they gave, and less by rest.

    In order: the hours they gave are entered in the week; fatigue grows with the part of their hours that was used,
    the more so under targets, and recovers; the hours they have now; where they promised far more, they stop helping
    whom they took on last, and the case owner must find something else (B1).
    """
    v = volunteers_of(S, zone)
    book(S, v, day + 1)
    worker = S.worker[v]
    S.series[week_row(S, worker.organisation)].volunteers += worker.direct_week
    _tire(S, zone, worker.direct_week)
    worker.direct_week = 0.0
    worker.present_days = 0
    worker.capacity = hours_to_give(S, zone)
    promise(S, v, 0.0, 0.0, day + 1)  # nothing new: what is delivered of it changes
    _stop_what_is_too_much(S, v, day)


@behaviour
def _tire(S: Any, zone: int, gave: float) -> None:
    p = S.p[0]
    most = hours_rested(S)
    used = gave / most if most > 0.0 else 0.0
    fatigue = S.zone[zone].fatigue
    more = p.volunteer_tiring * (1.0 + subsidy(S)) * used * (1.0 - fatigue)
    S.zone[zone].fatigue = min(1.0, fatigue + more - p.volunteer_recovery * fatigue)


@behaviour
def _stop_what_is_too_much(S: Any, v: int, day: int) -> None:
    cases = S.now[0].case_chain + v
    while S.chain[cases].last >= 0 and S.worker[v].committed > STRETCH * S.worker[v].capacity:
        n = (S.chain[cases].last - S.now[0].need_link) // LINKS_PER_NEED
        put_back(S, n, day)
        go_to_owner(S, n, day + 1)
        look_ahead(S, client_of(S, n), day)
