"""A worker's career: to be hired, to learn the craft, to fall ill and return, to leave and be succeeded."""

from __future__ import annotations

from typing import Any

from sim.model.calendar import schedule_worker
from sim.model.chance import SICKNESS, TURNOVER, WORKER, exponential, worker_draw
from sim.model.client import craft_of_successor, go_to_owner
from sim.model.compiling import behaviour
from sim.model.help import client_of, end_need, hand_over, has_room, put_back, stop_bridging
from sim.model.hours import capacity, free_hours, present, settle, week_row
from sim.model.life import catch_up, look_ahead
from sim.model.listing import put_on_list
from sim.model.state import FULFILLED, LINKS_PER_NEED, NEVER, NOWHERE, OPEN, URGENCIES
from sim.model.ties import introduce
from sim.model.waitlist import list_chain, place_of

GENERATIONS = 1024  # holders of one seat that are told apart
FIRST_EXPERIENCE = 0.2  # at most, of a newcomer, in tailoring: some did it elsewhere


@behaviour
def come_or_go(S: Any, w: int, day: int) -> None:
    """Summary of rule: workers fall ill and return, leave and are succeeded.

    In order: a seat that was empty gets a newcomer, conventional, with little skill yet; who leaves hands over the
    cases; who was sick returns; who was well falls sick.
    """
    worker = S.worker[w]
    if worker.present < 0:
        _succeed(S, w, day)
    elif day >= worker.leaves:
        _leave(S, w, day)
    elif worker.present == 0:
        present(S, w, 1, day)
        _plan_sickness(S, w, day)
    else:
        present(S, w, 0, day)
        spell = exponential(worker_draw(S, w, SICKNESS, 2 * worker.spells + 1), S.p[0].sick_days)
        worker.falls_sick = day + 1 + int(spell)
    schedule_worker(S, w, min(worker.leaves, worker.falls_sick))


@behaviour
def _plan_sickness(S: Any, w: int, day: int) -> None:
    p = S.p[0]
    worker = S.worker[w]
    worker.spells += 1
    worker.falls_sick = NEVER
    if p.sick_share > 0.0:
        well = (p.sick_days + 0.5) * (1.0 - p.sick_share) / p.sick_share
        worker.falls_sick = day + 1 + int(exponential(worker_draw(S, w, SICKNESS, 2 * worker.spells), well))


@behaviour
def _plan_leaving(S: Any, w: int, day: int) -> None:
    worker = S.worker[w]
    worker.leaves = NEVER
    if S.p[0].turnover > 0.0:
        stays = exponential(worker_draw(S, w, TURNOVER, 0), 365.0 / S.p[0].turnover)
        worker.leaves = day + 1 + int(stays)


@behaviour
def _leave(S: Any, w: int, day: int) -> None:
    """The cases go to colleagues of the team with room, else back on the list; the seat stays empty for a while.

    Help that went on though its need had ended stops. What others called this worker in for comes back to them, and so
    does what is not offered here.
    """
    worker = S.worker[w]
    link = S.chain[S.now[0].case_chain + w].first
    while link >= 0:
        after = S.link[link].after
        n = (link - S.now[0].need_link) // LINKS_PER_NEED
        v = _freest_of_others(S, n, w)
        if day >= S.need[n].ends:
            end_need(S, n, FULFILLED, day)
        elif v < 0 and _comes_back(S, n, w):
            put_back(S, n, day)
            go_to_owner(S, n, day + 1)
            look_ahead(S, client_of(S, n), day)
        elif v >= 0:
            hand_over(S, n, v, day)
        else:
            put_back(S, n, day)
            S.need[n].at_team = worker.team
            S.need[n].at_worker = w
            S.need[n].seen = day
            S.need[n].status = OPEN
            put_on_list(S, n, w, day)
            look_ahead(S, client_of(S, n), day)
        link = after
    _drop_bridging(S, w, day)
    present(S, w, -1, day)
    S.series[week_row(S, worker.organisation)].left += 1.0
    worker.leaves = NEVER
    empty = exponential(worker_draw(S, w, TURNOVER, 1), S.p[0].vacancy_days)
    worker.falls_sick = day + 1 + int(empty)


@behaviour
def _comes_back(S: Any, n: int, w: int) -> bool:
    """Return whether need ``n`` goes back to its case owner: ``w`` was called in, or stretched beyond the service."""
    return S.need[n].called == 1 or S.organisation[S.worker[w].organisation].offers[S.need[n].kind] == 0


@behaviour
def _freest_of_others(S: Any, n: int, w: int) -> int:
    best, most = NOWHERE, -1.0e9
    team = S.team[S.worker[w].team]
    for v in range(team.first_worker, team.first_worker + team.workers):
        if v != w and has_room(S, v, n) and free_hours(S, v) > most:
            best, most = v, free_hours(S, v)
    return best


@behaviour
def _drop_bridging(S: Any, w: int, day: int) -> None:
    """Bridging care by a worker who leaves stops: look through the lists of the team."""
    team = S.worker[w].team
    for kind in range(S.now[0].kinds):
        for urgency in range(URGENCIES):
            link = S.chain[list_chain(S, team, kind, urgency)].first
            while link >= 0:
                n = place_of(S, link) // 2
                if S.need[n].bridger == w:
                    catch_up(S, client_of(S, n), day)
                    stop_bridging(S, n, day)
                    look_ahead(S, client_of(S, n), day)
                link = S.link[link].after


@behaviour
def _succeed(S: Any, w: int, day: int) -> None:
    """A newcomer begins with accounts closed: what the week brought so far was the seat's."""
    settle(S, w, day)
    worker = S.worker[w]
    worker.generation += 1
    worker.craft = craft_of_successor(S, w)
    new_holder(S, w, day)
    present(S, w, 1, day)
    _plan_sickness(S, w, day)
    introduce(S, w)


@behaviour
def new_holder(S: Any, w: int, hired: int) -> None:
    """Draw the person who holds seat ``w`` from the day ``hired`` on."""
    p = S.p[0]
    worker = S.worker[w]
    worker.key = w * GENERATIONS + worker.generation % GENERATIONS
    worker.hired = hired
    worker.spells = 0
    worker.aptitude = p.craft_low + (p.craft_high - p.craft_low) * worker_draw(S, w, WORKER, 0)
    _draw_character(S, w)
    offers = S.organisation[worker.organisation].offers
    for kind in range(S.now[0].kinds):
        worker.competence[kind] = p.other_high * worker_draw(S, w, WORKER, 3 + kind)
        able = kind == worker.craft or worker.competence[kind] >= p.can_do
        worker.can[kind] = 1 if able and offers[kind] == 1 else 0
    worker.capacity = capacity(S, w)
    _plan_leaving(S, w, hired)


@behaviour
def _draw_character(S: Any, w: int) -> None:
    """Draw the skills, the shares of attention, the ownership and the safety with which a newcomer begins.

    Successors are conventional: they bring what was usual, not what the place had become (C21).
    """
    p = S.p[0]
    worker = S.worker[w]
    worker.listening = _between(p.listening_low, p.listening_high, worker_draw(S, w, WORKER, 1))
    worker.creativity = _between(p.creativity_low, p.creativity_high, worker_draw(S, w, WORKER, 20))
    worker.courage = _between(p.courage_low, p.courage_high, worker_draw(S, w, WORKER, 21))
    worker.listening_base = p.skill_base * worker.listening
    worker.creativity_base = p.skill_base * worker.creativity
    worker.courage_base = p.skill_base * worker.courage
    worker.ownership = min(1.0, p.ownership_first * (0.5 + worker_draw(S, w, WORKER, 22)))
    worker.ownership_base = worker.ownership
    worker.safety = min(1.0, p.safety_first * (0.5 + worker_draw(S, w, WORKER, 23)))
    worker.experience = FIRST_EXPERIENCE * worker_draw(S, w, WORKER, 24)
    worker.consistency = 1.0
    worker.client_attention = p.client_attention * (0.5 + worker_draw(S, w, WORKER, 2))
    worker.profession_attention = p.profession_attention * (0.5 + worker_draw(S, w, WORKER, 25))
    worker.self_attention = p.self_attention * (0.5 + worker_draw(S, w, WORKER, 26))
    others = worker.client_attention + worker.profession_attention + worker.self_attention
    scale = min(1.0, (1.0 - p.attention_floor) / others) if others > 0.0 else 1.0
    worker.client_attention *= scale
    worker.profession_attention *= scale
    worker.self_attention *= scale
    worker.organisation_attention = 1.0 - scale * others
    worker.chances = worker.initiatives = worker.forced = worker.daring = worker.tailored = 0.0
    worker.practised_initiative = worker.practised_daring = worker.practised_tailoring = 0.0
    worker.stepped_in = worker.blamed = 0.0
    worker.restless = worker.weary = 0.0


@behaviour
def _between(low: float, high: float, u: float) -> float:
    return low + (high - low) * u


@behaviour
def start_career(S: Any, w: int) -> None:
    """Let seat ``w`` be held on the first day by somebody who has been there for a while."""
    day = S.now[0].first_day
    worker = S.worker[w]
    worker.generation = 0
    new_holder(S, w, day)
    if S.p[0].turnover > 0.0:
        worker.hired = day - int(exponential(worker_draw(S, w, TURNOVER, 2), 365.0 / S.p[0].turnover))
    else:
        worker.hired = day - 10 * 365
    worker.present = 1
    worker.since = day
    worker.ratio = 1.0
    _plan_sickness(S, w, day)
    schedule_worker(S, w, min(worker.leaves, worker.falls_sick))
