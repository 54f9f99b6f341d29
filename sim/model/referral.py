"""Sending a client elsewhere: a formal referral, or "no" (C32)."""

from __future__ import annotations

from typing import Any

from sim.model.calendar import schedule_need
from sim.model.chance import PROCEDURE, REFERRAL, exponential, need_draw
from sim.model.compiling import behaviour
from sim.model.help import client_of, end_need
from sim.model.hours import week_row
from sim.model.record import write_visit
from sim.model.state import KNOCKING, NEVER, NOWHERE, PASSED_ON, REFERRED, REFUSED, RENOUNCED, SEEK
from sim.model.steering import agreed
from sim.model.ties import known_helper


@behaviour
def refer(S: Any, n: int, w: int, day: int) -> None:
    """Refer need ``n`` to another organisation: to a colleague one knows there, else to one found by renown.

    It is under way for some time, and may get lost; the place where it was asked is done with it.
    """
    need = S.need[n]
    o = S.worker[w].organisation
    helper = known_helper(S, w, need.kind)
    team = S.worker[helper].team if helper >= 0 else unknown_recipient(S, n, o)
    if team < 0:
        refuse(S, n, w, day)
        return
    week = S.series[week_row(S, o)]
    week.referrals += 1.0
    week.referral += S.p[0].referral_hours
    S.worker[w].debt += S.p[0].referral_hours
    write_visit(S, n, need.at_team, w, need.seen, NEVER, False, PASSED_ON, day)
    need.status = REFERRED
    need.warm = 1 if agreed(S, w, S.team[team].organisation) else 0
    need.at_team = team
    need.at_worker = helper
    away = exponential(need_draw(S, n, REFERRAL, 1000000 + need.knocks), S.p[0].referral_days)
    schedule_need(S, n, SEEK, min(day + 1 + int(away), need.ends))


@behaviour
def unknown_recipient(S: Any, n: int, o: int) -> int:
    """Return a team of the best-known other organisation in the zone that offers the kind and was not asked before."""
    need = S.need[n]
    zone = S.client[client_of(S, n)].zone
    best, most = NOWHERE, 0.0
    for other in range(S.now[0].organisations):
        office = S.office[zone * S.now[0].organisations + other]
        asked = need.doors & (1 << other) != 0
        offers = S.organisation[other].offers[need.kind] == 1
        if other != o and not asked and offers and office.teams > 0 and S.organisation[other].renown > most:
            best, most = office.first_team, S.organisation[other].renown
    if best < 0:
        return NOWHERE
    office = S.office[zone * S.now[0].organisations + S.team[best].organisation]
    for team in range(office.first_team, office.first_team + office.teams):
        for v in range(S.team[team].first_worker, S.team[team].first_worker + S.team[team].workers):
            if S.worker[v].can[need.kind] == 1:
                return team
    return NOWHERE


@behaviour
def refuse(S: Any, n: int, w: int, day: int) -> None:
    """Say "no" to need ``n``: the client gives up, or wanders to another door after a while (C32)."""
    need = S.need[n]
    S.client[client_of(S, n)].refusals += 1
    S.series[week_row(S, S.worker[w].organisation)].refusals += 1.0
    write_visit(S, n, need.at_team, w, need.seen, NEVER, False, REFUSED, day)
    need.status = KNOCKING
    if need_draw(S, n, PROCEDURE, 2 * need.knocks + 1) < S.p[0].give_up_after_no:
        end_need(S, n, RENOUNCED, day)
        return
    away = exponential(need_draw(S, n, PROCEDURE, 1000000 + need.knocks), S.p[0].wander_days)
    schedule_need(S, n, SEEK, min(day + 1 + int(away), need.ends))
