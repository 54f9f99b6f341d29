"""The worker: takes the intake, chooses help by the book, reviews, takes the next from the list, comes and goes."""

from __future__ import annotations

from typing import Any

from sim.model.calendar import schedule_need, schedule_worker
from sim.model.chance import (
    BRIDGING,
    LIST,
    PROCEDURE,
    REFERRAL,
    RENEWAL,
    SEE,
    SICKNESS,
    TURNOVER,
    WORKER,
    exponential,
    u01,
)
from sim.model.client import bring_up, need_draw, understand
from sim.model.compiling import behaviour
from sim.model.help import (
    client_of,
    end_need,
    hand_over,
    has_room,
    meet,
    next_review,
    put_back,
    start_bridging,
    start_help,
    stop_bridging,
)
from sim.model.hours import capacity, free_hours, present, promise, week_row
from sim.model.life import catch_up, look_ahead, needs_of
from sim.model.record import write_visit
from sim.model.state import (
    CHOOSE,
    FULFILLED,
    INTAKES,
    KNOCKING,
    LINKS_PER_NEED,
    LISTED,
    NEVER,
    NOWHERE,
    OPEN,
    PASSED_ON,
    REFERRED,
    REFUSED,
    RENOUNCED,
    REVIEW,
    SEEK,
    UNSEEN,
    URGENCIES,
    WAIT,
)
from sim.model.ties import introduce, known_helper, knows
from sim.model.waitlist import join_list, list_chain, listed_here, place_of

LOOK_DOWN = 40  # how far down a list one looks for a need that fits the hours free
GENERATIONS = 1024  # holders of one seat that are told apart


@behaviour
def worker_draw(S: Any, w: int, stream: int, index: int) -> float:
    """Return the draw number ``index`` of the present holder of seat ``w``."""
    return u01(S.now[0].seed, S.worker[w].key, stream, index)


@behaviour
def who_takes_intake(S: Any, n: int) -> int:
    """Return the worker at work with most hours free in the team where need ``n`` is asked; who can do the kind first.

    Where nobody is at work it is the first seat, which cannot take it today.
    """
    team = S.team[S.need[n].at_team]
    kind = S.need[n].kind
    best, most = team.first_worker, -1.0e9
    for w in range(team.first_worker, team.first_worker + team.workers):
        if S.worker[w].present == 1:
            hours = free_hours(S, w) + 1000.0 * S.worker[w].can[kind]
            if hours > most:
                best, most = w, hours
    return best


@behaviour
def take_intake(S: Any, n: int, w: int, day: int) -> None:
    """Summary of rule: the intake hears what the client brings, and something of what the client does not say.

    In order: a need that ended meanwhile is closed; where nobody is at work the client comes back tomorrow; hours are
    spent; at a first intake the worker becomes case owner, at a later one the story is told again; the need presented
    is seen; others of one's own craft are always seen, those of another craft in proportion to listening x attention
    to the client x voice (C01, C04, A3); a choice follows today.
    """
    need = S.need[n]
    if day >= need.ends:
        end_need(S, n, FULFILLED, day)
        return
    if S.worker[w].present != 1:
        schedule_need(S, n, INTAKES, day + 1)
        return
    c = client_of(S, n)
    client = S.client[c]
    o = S.worker[w].organisation
    S.worker[w].debt += S.p[0].intake_hours
    week = S.series[week_row(S, o)]
    week.intakes += 1.0
    week.intake += S.p[0].intake_hours
    if client.owner < 0:
        _become_owner(S, c, w, day)
    else:
        client.retellings += 1
    meet(S, c, w)
    need.at_worker = w
    need.seen = day
    if need.status != LISTED:
        need.status = OPEN
    understand(S, n, w)
    for other in needs_of(S, c):
        if S.need[other].status == UNSEEN and _sees(S, other, c, w):
            bring_up(S, other, w, day)
    schedule_need(S, n, CHOOSE, day)


@behaviour
def _become_owner(S: Any, c: int, w: int, day: int) -> None:
    catch_up(S, c, day)
    client = S.client[c]
    client.owner = w
    client.owner_generation = S.worker[w].generation
    S.organisation[S.worker[w].organisation].clients += 1
    look_ahead(S, c, day)


@behaviour
def _sees(S: Any, n: int, c: int, w: int) -> bool:
    worker = S.worker[w]
    if worker.can[S.need[n].kind] == 1:
        return True
    chance = S.p[0].seeing * worker.listening * worker.client_attention * S.client[c].voice
    return need_draw(S, n, SEE, S.client[c].retellings) < chance


@behaviour
def choose_help(S: Any, n: int, w: int, day: int) -> None:
    """Summary of rule: procedure. What is offered here starts here or is listed; the rest is referred or refused.

    In order: a need that ended meanwhile is closed; offered, it goes to a team with the craft: somebody has room, help
    starts, nobody has, the list; not offered, a formal referral or "no" (C32). A client already on a list elsewhere
    only gains a place or loses nothing.
    """
    need = S.need[n]
    o = S.team[need.at_team].organisation
    if day >= need.ends:
        end_need(S, n, FULFILLED, day)
    elif S.organisation[o].offers[need.kind] == 1:
        need.at_team = _team_of_craft(S, need.at_team, need.kind)
        helper = find_room(S, n, w)
        if helper >= 0:
            start_help(S, n, helper, NOWHERE, day)
        else:
            _put_on_list(S, n, w, day)
    elif need.status == LISTED:
        schedule_need(S, n, WAIT, min(day + S.p[0].review_days, need.ends))
    elif need_draw(S, n, PROCEDURE, 2 * need.knocks) < S.p[0].refer_share:
        refer(S, n, w, day)
    else:
        refuse(S, n, w, day)


@behaviour
def find_room(S: Any, n: int, w: int) -> int:
    """Return who in the organisation has room for need ``n`` and is in sight of worker ``w``, or NOWHERE.

    The own team first, the freest worker there; then colleagues of other teams in the zone whom ``w`` knows. Under a
    shared list all free workers of the zone are in sight, those of other organisations unless the client prefers to
    wait.
    """
    team = S.need[n].at_team
    best = _freest_of(S, n, w, team, False)
    if best >= 0:
        return best
    zone = S.team[team].zone
    organisations = S.now[0].organisations
    most = -1.0
    for o in range(organisations):
        inside = o == S.team[team].organisation
        if inside or shares_list(S, n, S.team[team].organisation, o):
            office = S.office[zone * organisations + o]
            for other in range(office.first_team, office.first_team + office.teams):
                if other != team:
                    v = _freest_of(S, n, w, other, not S.organisation[o].pooled_list)
                    if v >= 0 and free_hours(S, v) > most:
                        best, most = v, free_hours(S, v)
    return best


@behaviour
def _freest_of(S: Any, n: int, w: int, team: int, only_known: bool) -> int:
    best, most = NOWHERE, -1.0e9
    first = S.team[team].first_worker
    for v in range(first, first + S.team[team].workers):
        if has_room(S, v, n) and free_hours(S, v) > most and (not only_known or knows(S, w, v)):
            best, most = v, free_hours(S, v)
    return best


@behaviour
def shares_list(S: Any, n: int, o: int, other: int) -> bool:
    """Return whether need ``n`` on the list of organisation ``o`` may be taken by ``other``: both share their lists."""
    if o == other or not S.organisation[o].pooled_list or not S.organisation[other].pooled_list:
        return False
    return S.client[client_of(S, n)].prefers != o


@behaviour
def _put_on_list(S: Any, n: int, w: int, day: int) -> None:
    need = S.need[n]
    team = need.at_team = _team_of_craft(S, need.at_team, need.kind)
    if not listed_here(S, n, team):
        second = need.status == LISTED
        if join_list(S, n, team, w, need.seen, day) and second:
            S.series[week_row(S, S.team[team].organisation)].second_lists += 1.0
    need.status = LISTED
    schedule_need(S, n, WAIT, min(day + S.p[0].review_days, need.ends))
    if need.bridger < 0 and need_draw(S, n, BRIDGING, 0) < S.p[0].bridging_offered:
        _find_bridging(S, n, team, day)


@behaviour
def _team_of_craft(S: Any, team: int, kind: int) -> int:
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
def refer(S: Any, n: int, w: int, day: int) -> None:
    """Refer need ``n`` to another organisation: to a colleague one knows there, else to one found by renown.

    It is under way for some time, and may get lost; the place where it was asked is done with it.
    """
    need = S.need[n]
    o = S.worker[w].organisation
    helper = known_helper(S, w, need.kind)
    team = S.worker[helper].team if helper >= 0 else _unknown_recipient(S, n, o)
    if team < 0:
        refuse(S, n, w, day)
        return
    week = S.series[week_row(S, o)]
    week.referrals += 1.0
    week.referral += S.p[0].referral_hours
    S.worker[w].debt += S.p[0].referral_hours
    write_visit(S, n, need.at_team, w, need.seen, NEVER, False, PASSED_ON, day)
    need.status = REFERRED
    need.at_team = team
    need.at_worker = helper
    away = exponential(need_draw(S, n, REFERRAL, 1000000 + need.knocks), S.p[0].referral_days)
    schedule_need(S, n, SEEK, min(day + 1 + int(away), need.ends))


@behaviour
def _unknown_recipient(S: Any, n: int, o: int) -> int:
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


@behaviour
def review(S: Any, n: int, day: int) -> None:
    """Summary of rule: every four weeks, and when need or indication ends, help is looked at again.

    In order: hours are spent; help that is no longer needed stops, or goes on where production counts and the
    assessor lets it; an absent worker is replaced where a colleague has room; hours that were short are added where
    there are any; an indication that ran out is renewed where the need goes on.
    """
    need = S.need[n]
    w = need.provider
    o = S.worker[w].organisation
    if S.worker[w].present == 1:
        S.worker[w].debt += S.p[0].review_hours
        S.series[week_row(S, o)].review += S.p[0].review_hours
    if day >= need.ends and not _serves_on(S, n, day):
        end_need(S, n, FULFILLED, day)
        return
    if S.worker[w].present != 1:
        v = _freest_of(S, n, w, S.worker[w].team, False)
        if v >= 0:
            hand_over(S, n, v, day)
    elif need.given < need.hours:
        _add_hours(S, n, day)
    if day >= need.indicated:
        need.indicated = day + int(S.p[0].indication_days)
    schedule_need(S, n, REVIEW, next_review(S, n, day))


@behaviour
def _serves_on(S: Any, n: int, day: int) -> bool:
    """Return whether help goes on though the need has ended.

    The provider decides, the more readily the more production counts; once the indication has run out the assessor
    must grant a renewal too; and it never goes on for long.
    """
    need = S.need[n]
    p = S.p[0]
    if day - need.ends + p.review_days > p.longest_overrun_days or S.kind[need.kind].episodic == 1:
        return False
    lever = S.organisation[S.worker[need.provider].organisation]
    need.tries += 1
    asks = p.renewal_asked * lever.targets * lever.control
    if need_draw(S, n, RENEWAL, 2 * need.tries) >= asks:
        return False
    return day < need.indicated or need_draw(S, n, RENEWAL, 2 * need.tries + 1) < p.renewal_granted


@behaviour
def _add_hours(S: Any, n: int, day: int) -> None:
    need = S.need[n]
    more = min(need.hours - need.given, free_hours(S, need.provider))
    if more > 0.0:
        c = client_of(S, n)
        catch_up(S, c, day)
        promise(S, need.provider, more, 0.0, day)
        need.given += more
        look_ahead(S, c, day)


@behaviour
def take_next(S: Any, w: int, day: int) -> None:
    """Summary of rule: freed hours take the oldest need, or the most urgent, among all kinds the worker can do.

    The own team's lists; with a shared list those of all teams of the zone that share theirs. A large need at the head
    does not block a smaller one that fits, and keeps its place. Goes on while hours and fitting needs last.
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
    if S.organisation[o].pooled_list:
        organisations = S.now[0].organisations
        for other in range(organisations):
            if S.organisation[other].pooled_list:
                office = S.office[S.worker[w].zone * organisations + other]
                for t in range(office.first_team, office.first_team + office.teams):
                    best = _better(S, w, t, best, day)
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
                if slot >= 0 and (best < 0 or _goes_before(S, w, slot, best, day)):
                    best = slot
    return best


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
    """Return whether one place goes before another: the older, or the more urgent (ranked today, or both as old)."""
    urgency, others = S.need[slot // 2].urgency, S.need[other // 2].urgency
    if urgency != others:
        share = S.organisation[S.worker[w].organisation].ranking
        if worker_draw(S, w, LIST, day - S.now[0].first_day) < share:
            return urgency > others
    if S.place[slot].listed == S.place[other].listed:
        return urgency > others
    return S.place[slot].listed < S.place[other].listed


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

    Help that went on though its need had ended stops.
    """
    worker = S.worker[w]
    link = S.chain[S.now[0].case_chain + w].first
    while link >= 0:
        after = S.link[link].after
        n = (link - S.now[0].need_link) // LINKS_PER_NEED
        v = _freest_of_others(S, n, w)
        if day >= S.need[n].ends:
            end_need(S, n, FULFILLED, day)
        elif v >= 0:
            hand_over(S, n, v, day)
        else:
            put_back(S, n, day)
            S.need[n].at_team = worker.team
            S.need[n].at_worker = w
            S.need[n].seen = day
            S.need[n].status = OPEN
            _put_on_list(S, n, w, day)
            look_ahead(S, client_of(S, n), day)
        link = after
    _drop_bridging(S, w, day)
    present(S, w, -1, day)
    worker.leaves = NEVER
    empty = exponential(worker_draw(S, w, TURNOVER, 1), S.p[0].vacancy_days)
    worker.falls_sick = day + 1 + int(empty)


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
    worker = S.worker[w]
    worker.generation += 1
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
    worker.listening = p.listening_low + (p.listening_high - p.listening_low) * worker_draw(S, w, WORKER, 1)
    worker.client_attention = min(1.0, p.client_attention * (0.5 + worker_draw(S, w, WORKER, 2)))
    offers = S.organisation[worker.organisation].offers
    for kind in range(S.now[0].kinds):
        worker.competence[kind] = p.other_high * worker_draw(S, w, WORKER, 3 + kind)
        able = kind == worker.craft or worker.competence[kind] >= p.can_do
        worker.can[kind] = 1 if able and offers[kind] == 1 else 0
    worker.capacity = capacity(S, w)
    _plan_leaving(S, w, hired)


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
