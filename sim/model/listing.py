"""Onto a waiting list and off it: bridging care meanwhile, and what freed hours take next."""

from __future__ import annotations

from typing import Any

from sim.model.calendar import schedule_need
from sim.model.chance import BRIDGING, EXTRA, LIST, need_draw, worker_draw
from sim.model.compiling import behaviour
from sim.model.finding import team_of_craft
from sim.model.help import client_of, has_room, start_bridging, start_help
from sim.model.hours import free_hours, week_row
from sim.model.state import EXCEPTION, LISTED, NOWHERE, URGENCIES, WAIT
from sim.model.waitlist import join_list, list_chain, listed_with, place_of, rank_of

LOOK_DOWN = 40  # how far down a list one looks for a need that fits the hours free
PASSING = 1 << 24  # draws on what is passed over begin here, apart from those on ranking


@behaviour
def put_on_list(S: Any, n: int, w: int, day: int) -> None:
    """Put need ``n`` on the list of a team with the craft, for worker ``w``, and look for bridging care meanwhile."""
    need = S.need[n]
    team = need.at_team = team_of_craft(S, need.at_team, need.kind)
    if not listed_with(S, n, S.team[team].organisation):
        second = need.status == LISTED
        if join_list(S, n, team, w, need.seen, day) and second:
            S.series[week_row(S, S.team[team].organisation)].second_lists += 1.0
    need.status = LISTED
    schedule_need(S, n, WAIT, min(day + S.p[0].review_days, need.ends))
    if need.bridger < 0 and need_draw(S, n, BRIDGING, 0) < S.p[0].bridging_offered:
        _find_bridging(S, n, team, day)


@behaviour
def _find_bridging(S: Any, n: int, team: int, day: int) -> None:
    best, most = NOWHERE, S.p[0].bridging_share * S.need[n].hours
    if most <= 0.0:
        return
    first = S.team[team].first_worker
    for v in range(first, first + S.team[team].workers):
        stays = S.worker[v].leaves > day
        if stays and S.worker[v].can[S.need[n].kind] == 1 and free_hours(S, v) >= most:
            best, most = v, free_hours(S, v)
    if best >= 0:
        start_bridging(S, n, best, day)


@behaviour
def take_next(S: Any, w: int, day: int) -> None:
    """Summary of rule: freed hours take the oldest need, or the most urgent, among all kinds the worker can do.

    The own team's lists; after a regrouping those of all teams of the organisation in the zone; with a shared list
    those of all teams of the zone that share theirs. A large need at the head does not block a smaller one that fits,
    and keeps its place. Goes on while hours and fitting needs last.
    """
    while S.worker[w].present == 1 and free_hours(S, w) > 0.0:
        slot = next_place(S, w, day)
        if slot < 0:
            return
        start_help(S, slot // 2, w, slot, day)


@behaviour
def next_place(S: Any, w: int, day: int) -> int:
    """Return the place on a list that worker ``w`` takes next, or NOWHERE."""
    team = S.worker[w].team
    o = S.worker[w].organisation
    best = _better(S, w, team, NOWHERE, day)
    if _answers_for_all(S, w):
        best = _better_in_office(S, w, o, best, day)
    if S.organisation[o].pooled_list:
        for other in range(S.now[0].organisations):
            if S.organisation[other].pooled_list:
                best = _better_in_office(S, w, other, best, day)
    return best


@behaviour
def _answers_for_all(S: Any, w: int) -> bool:
    """Return whether worker ``w`` is in a team that answers for all results of the organisation in the zone (C06)."""
    regrouped = S.organisation[S.worker[w].organisation].regrouping
    return regrouped > 0.0 and worker_draw(S, w, EXTRA, 1) < regrouped


@behaviour
def _better_in_office(S: Any, w: int, o: int, best: int, day: int) -> int:
    """Return the better of place ``best`` and the best on the lists of organisation ``o`` in the zone of ``w``."""
    office = S.office[S.worker[w].zone * S.now[0].organisations + o]
    for team in range(office.first_team, office.first_team + office.teams):
        best = _better(S, w, team, best, day)
    return best


@behaviour
def _better(S: Any, w: int, team: int, best: int, day: int) -> int:
    """Return the better of place ``best`` and the best fitting place on the lists of ``team``."""
    if S.team[team].waiting == 0:
        return best
    for kind in range(S.now[0].kinds):
        if S.worker[w].can[kind] == 1:
            for urgency in range(URGENCIES):
                slot = _first_fitting(S, w, team, list_chain(S, team, kind, urgency))
                first = slot >= 0 and (best < 0 or _goes_before(S, w, slot, best, day))
                if first and not _passes_over(S, w, kind, day):
                    best = slot
    return best


@behaviour
def _passes_over(S: Any, w: int, kind: int, day: int) -> bool:
    """Return whether worker ``w`` leaves needs of a kind to others this week: what is not the own craft is unpopular.

    The more so the more attention goes to oneself (C01, C21); hours that find nothing else stay free.
    """
    worker = S.worker[w]
    if kind == worker.craft:
        return False
    week = (day - S.now[0].first_day) // 7
    u = worker_draw(S, w, LIST, PASSING + week * S.now[0].kinds + kind)
    return u < S.p[0].passing_over * worker.self_attention


@behaviour
def _first_fitting(S: Any, w: int, team: int, chain: int) -> int:
    link = S.chain[chain].first
    looked = 0
    own = S.team[team].organisation == S.worker[w].organisation
    while link >= 0 and looked < LOOK_DOWN:
        slot = place_of(S, link)
        n = slot // 2
        if has_room(S, w, n) and (own or S.client[client_of(S, n)].prefers != S.team[team].organisation):
            return slot
        link = S.link[link].after
        looked += 1
    return NOWHERE


@behaviour
def _goes_before(S: Any, w: int, slot: int, other: int, day: int) -> bool:
    """Return whether one place goes before another: an exception, else the older or (ranked, or as old) more urgent."""
    urgency, others = rank_of(S, slot // 2), rank_of(S, other // 2)
    if EXCEPTION in (urgency, others) and urgency != others:
        return urgency == EXCEPTION
    if urgency != others:
        share = S.organisation[S.worker[w].organisation].ranking
        if worker_draw(S, w, LIST, day - S.now[0].first_day) < share:
            return urgency > others
    if S.place[slot].listed == S.place[other].listed:
        return urgency > others
    return S.place[slot].listed < S.place[other].listed
