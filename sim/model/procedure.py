"""Procedure: what happens to a need where nobody takes the initiative."""

from __future__ import annotations

from typing import Any

from sim.model.calendar import schedule_need
from sim.model.chance import PROCEDURE, need_draw
from sim.model.compiling import behaviour
from sim.model.finding import find_room, may_place, team_of_craft
from sim.model.help import client_of, start_help
from sim.model.listing import put_on_list
from sim.model.referral import refer, refuse, unknown_recipient
from sim.model.state import LISTED, NOWHERE, WAIT


@behaviour
def by_the_book(S: Any, n: int, w: int, day: int) -> None:
    """Procedure: what is offered here starts here or is listed; the rest is placed, referred or refused.

    In order: offered, it goes to a team with the craft: somebody has room, help starts, nobody has, the list; not
    offered, it is placed where this organisation may place it, else a formal referral or "no" (C32). A client already
    on a list elsewhere only gains a place or loses nothing.
    """
    need = S.need[n]
    if offered_here(S, n, w):
        need.at_team = team_of_craft(S, need.at_team, need.kind)
        helper = find_room(S, n, w)
        if helper >= 0:
            start_help(S, n, helper, NOWHERE, day)
        else:
            put_on_list(S, n, w, day)
    elif need.status == LISTED:
        schedule_need(S, n, WAIT, min(day + S.p[0].review_days, need.ends))
    elif not _placed_elsewhere(S, n, w, day):
        if need_draw(S, n, PROCEDURE, 2 * need.knocks) < S.p[0].refer_share:
            refer(S, n, w, day)
        else:
            refuse(S, n, w, day)


@behaviour
def offered_here(S: Any, n: int, w: int) -> bool:
    """Return whether the organisation of worker ``w`` offers what need ``n`` asks."""
    return S.organisation[S.worker[w].organisation].offers[S.need[n].kind] == 1


@behaviour
def _placed_elsewhere(S: Any, n: int, w: int, day: int) -> bool:
    """Place a need that is not offered here with an organisation where this one may: help starts there, or the list."""
    o = S.worker[w].organisation
    helper = find_room(S, n, w)
    if helper >= 0:
        start_help(S, n, helper, NOWHERE, day)
        return True
    team = unknown_recipient(S, n, o)
    if team < 0 or not may_place(S, n, o, S.team[team].organisation):
        return False
    S.need[n].at_team = team
    S.need[n].doors |= 1 << S.team[team].organisation
    S.client[client_of(S, n)].transfers += 1
    put_on_list(S, n, w, day)
    return True
