"""The worker: takes the intake, chooses help by the book or on own initiative, reviews, takes the next from the list.

What there is to choose from and what it is worth to whom stands in ``choosing.py``; how workers fall ill, leave and are
succeeded in ``career.py``.
"""

from __future__ import annotations

from typing import Any

from sim.model.calendar import schedule_need
from sim.model.chance import ANSWER, BRIDGING, EXTRA, LIST, PROCEDURE, REFERRAL, RENEWAL, SEE, exponential, u01
from sim.model.choosing import (
    ADVOCATE,
    CALL,
    COLLEAGUE,
    HAND_ON,
    KEEP,
    MANAGER,
    ON_LIST,
    REFERRAL_OPTION,
    REFUSAL,
    SMALLER,
    TAILOR,
    TAILORED,
    VOLUNTEER,
    answers,
    clear_options,
    pick,
    spend,
    takes_initiative,
    weigh_call,
    weigh_colleague,
    weigh_elsewhere,
    weigh_end,
    weigh_help,
    weigh_manager,
    weigh_review,
    weigh_volunteers,
)
from sim.model.client import (
    bring_up,
    choose_provider,
    expect,
    front_door_of,
    grant_budget,
    heard,
    need_draw,
    sees_for_others,
    understand,
)
from sim.model.compiling import behaviour
from sim.model.help import (
    client_of,
    end_need,
    hand_over,
    has_room,
    meet,
    next_review,
    renew_quality,
    skill,
    start_bridging,
    start_help,
    stop_help,
    tailor,
)
from sim.model.hours import free_hours, promise, week_row
from sim.model.life import catch_up, look_ahead, needs_of
from sim.model.manager import call_manager, grants
from sim.model.record import write_visit
from sim.model.state import (
    CHOOSE,
    EXCEPTION,
    FULFILLED,
    INTAKES,
    KNOCKING,
    LISTED,
    MOVED,
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
from sim.model.steering import agreed, both, targets
from sim.model.ties import contact, gain_trust, is_known, known_helper, knows, lose_trust, trust_in, workers_of_zone
from sim.model.volunteer import could_help, volunteers_of
from sim.model.waitlist import join_list, list_chain, listed_with, make_exception, place_of, rank_of

LOOK_DOWN = 40  # how far down a list one looks for a need that fits the hours free


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
        grant_budget(S, c, w)
    else:
        client.retellings += 1
    meet(S, c, w)
    expect(S, n, w)
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
    if worker.can[S.need[n].kind] == 1 or sees_for_others(S, n, w):
        return True
    return need_draw(S, n, SEE, S.client[c].retellings) < heard(S, c, w)


@behaviour
def choose_help(S: Any, n: int, w: int, day: int) -> None:
    """Summary of rule: whoever takes the initiative weighs all options, who does not follows procedure.

    In order: a need that ended meanwhile is closed; the holder of a personal budget chooses who helps (C36); with
    initiative all options are weighed (C12, C14, C17, C22), else by the book.
    """
    need = S.need[n]
    if day >= need.ends:
        end_need(S, n, FULFILLED, day)
        return
    if S.client[client_of(S, n)].budget == 1:
        own = choose_provider(S, n)
        if own >= 0:
            start_help(S, n, own, NOWHERE, day)
            return
    if takes_initiative(S, n, w, day):
        _weigh_and_act(S, n, w, day)
    else:
        _by_the_book(S, n, w, day)


@behaviour
def _offered_here(S: Any, n: int, w: int) -> bool:
    return S.organisation[S.worker[w].organisation].offers[S.need[n].kind] == 1


@behaviour
def _by_the_book(S: Any, n: int, w: int, day: int) -> None:
    """Procedure: what is offered here starts here or is listed; the rest is placed, referred or refused.

    In order: offered, it goes to a team with the craft: somebody has room, help starts, nobody has, the list; not
    offered, it is placed where this organisation may place it, else a formal referral or "no" (C32). A client already
    on a list elsewhere only gains a place or loses nothing.
    """
    need = S.need[n]
    if _offered_here(S, n, w):
        need.at_team = _team_of_craft(S, need.at_team, need.kind)
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
def _placed_elsewhere(S: Any, n: int, w: int, day: int) -> bool:
    """Place a need that is not offered here with an organisation where this one may: help starts there, or the list."""
    o = S.worker[w].organisation
    helper = find_room(S, n, w)
    if helper >= 0:
        start_help(S, n, helper, NOWHERE, day)
        return True
    team = _unknown_recipient(S, n, o)
    if team < 0 or not may_place(S, n, o, S.team[team].organisation):
        return False
    S.need[n].at_team = team
    S.client[client_of(S, n)].transfers += 1
    put_on_list(S, n, w, day)
    return True


@behaviour
def _weigh_and_act(S: Any, n: int, w: int, day: int) -> None:
    """Weigh all that can be done for need ``n`` and do the best that can be done; by the book where nothing can."""
    need = S.need[n]
    here = _offered_here(S, n, w)
    if here:
        need.at_team = _team_of_craft(S, need.at_team, need.kind)
    clear_options(S, n)
    weigh_help(S, n, w, find_room(S, n, w), here, day)
    if here:
        _weigh_colleagues(S, n, w, day)
    other = whom_to_call(S, n, w)
    rather_waits = S.client[client_of(S, n)].prefers == S.worker[w].organisation
    if other >= 0 and not rather_waits and S.p[0].calls_outside == 1:
        weigh_call(S, n, w, other, day)
    if could_help(S, n, w):
        weigh_volunteers(S, n, w, VOLUNTEER, volunteers_of(S, S.worker[w].zone), day)
    if need.status != LISTED:
        weigh_elsewhere(S, n, w, here, known_helper(S, w, need.kind) >= 0)
    _act(S, n, w, day)


@behaviour
def _weigh_colleagues(S: Any, n: int, w: int, day: int) -> None:
    weigh_manager(S, n, w, day)
    colleague = _best_colleague(S, n, w, day)
    if colleague >= 0:
        weigh_colleague(S, n, w, colleague, day)


@behaviour
def _best_colleague(S: Any, n: int, w: int, day: int) -> int:
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


@behaviour
def _act(S: Any, n: int, w: int, day: int) -> None:
    """Do what is chosen; where that cannot be done after all, the next best, and in the end what the book says."""
    while True:
        option = pick(S, n, w)
        if option < 0:
            _by_the_book(S, n, w, day)
            return
        if _do(S, n, w, option, day):
            return
        S.option[option].possible = 0
        S.option[option].failed = 1


@behaviour
def _do(S: Any, n: int, w: int, option: int, day: int) -> bool:
    """Carry out an option; return whether it could be done. Hours are spent either way."""
    chosen = S.option[option]
    S.worker[w].daring += chosen.breach
    spend(S, w, chosen.hours)
    if option == MANAGER:
        return call_manager(S, S.worker[w].team, n, w, day) == 1
    if option == ADVOCATE:
        return _press(S, n, w, day)
    if option == CALL:
        return _call(S, n, w, chosen.helper, day)
    if option == ON_LIST:
        put_on_list(S, n, w, day)
    elif option == REFERRAL_OPTION:
        refer(S, n, w, day)
    elif option == REFUSAL:
        refuse(S, n, w, day)
    else:
        _start_chosen(S, n, w, option, day)
    return True


@behaviour
def _start_chosen(S: Any, n: int, w: int, option: int, day: int) -> None:
    """Start the help that was chosen; volunteers and who chose them keep to what was agreed: no transfer."""
    chosen = S.option[option]
    variant, part = chosen.variant, chosen.tailored
    if option == VOLUNTEER:
        S.need[n].called = 1
    if option == COLLEAGUE:
        contact(S, w, chosen.helper, 1.0)
        spend(S, chosen.helper, S.p[0].calling_hours)
    start_help(S, n, chosen.helper, NOWHERE, day)
    if option in (TAILORED, VOLUNTEER):
        tailor(S, n, variant, part, day)


@behaviour
def _call(S: Any, n: int, w: int, v: int, day: int) -> bool:
    """Call in worker ``v`` of another organisation; ``w`` stays responsible (C12).

    Both spend hours and get to know each other better; the call that satisfies builds trust, the one that is refused or
    disappoints takes it (C33). Where others wait for ``v``, their wait is displaced.
    """
    week = S.series[week_row(S, S.worker[w].organisation)]
    week.calls += 1.0
    spend(S, v, S.p[0].calling_hours)
    contact(S, w, v, 1.0)
    if not answers(S, n, w, v, day):
        lose_trust(S, w, v)
        return False
    week.calls_answered += 1.0
    if S.team[S.worker[v].team].waiting > 0:
        week.displaced += 1.0
    S.need[n].called = 1
    start_help(S, n, v, NOWHERE, day)
    if need_draw(S, n, ANSWER, S.need[n].choices + (1 << 24)) < S.need[n].quality:
        gain_trust(S, w, v)
        gain_trust(S, v, w)
    else:
        lose_trust(S, w, v)
    return True


@behaviour
def _press(S: Any, n: int, w: int, day: int) -> bool:
    """Press one's manager for an exception: granted, the need goes before all others on the list (C17)."""
    S.series[week_row(S, S.worker[w].organisation)].advocacies += 1.0
    if not grants(S, S.worker[w].team, n, w):
        return False
    make_exception(S, n)
    put_on_list(S, n, w, day)
    return True


@behaviour
def reconsider(S: Any, n: int, w: int, day: int) -> None:
    """Summary of rule: while a need waits, who put it on the list looks at it again; under procedure it sits.

    Only with initiative: all options are weighed once more, waiting on among them (C13).
    """
    if S.worker[w].present == 1 and takes_initiative(S, n, w, day):
        S.need[n].at_team = S.place[_own_place(S, n)].team
        _weigh_and_act(S, n, w, day)


@behaviour
def who_reconsiders(S: Any, n: int) -> int:
    """Return the worker who put need ``n`` on the list where it stands first, or NOWHERE where it waits no more."""
    if S.need[n].status != LISTED:
        return NOWHERE
    return S.place[_own_place(S, n)].worker


@behaviour
def _own_place(S: Any, n: int) -> int:
    return 2 * n if S.place[2 * n].team >= 0 else 2 * n + 1


@behaviour
def find_room(S: Any, n: int, w: int) -> int:
    """Return who has room for need ``n`` and is in sight of worker ``w``, or NOWHERE.

    The own team first, the freest worker there; then colleagues of other teams in the zone whom ``w`` knows. Of other
    organisations all free workers are in sight of an organisation that may place clients there.
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
        if inside or may_place(S, n, S.team[team].organisation, o):
            office = S.office[zone * organisations + o]
            for other in range(office.first_team, office.first_team + office.teams):
                if other != team:
                    v = _freest_of(S, n, w, other, inside and S.organisation[o].pooled_list == 0)
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
def may_place(S: Any, n: int, o: int, other: int) -> bool:
    """Return whether organisation ``o`` may place need ``n`` with ``other``, unless the client prefers to wait.

    Both share their lists, both take part in a joint intake, or ``o`` keeps the front door for both.
    """
    if o == other or S.client[client_of(S, n)].prefers == o:
        return False
    one, there = S.organisation[o], S.organisation[other]
    if (one.pooled_list == 1 and there.pooled_list == 1) or (one.joint_intake == 1 and there.joint_intake == 1):
        return True
    return there.front_door == 1 and front_door_of(S, S.client[client_of(S, n)].zone) == o


@behaviour
def put_on_list(S: Any, n: int, w: int, day: int) -> None:
    """Put need ``n`` on the list of a team with the craft, for worker ``w``, and look for bridging care meanwhile."""
    need = S.need[n]
    team = need.at_team = _team_of_craft(S, need.at_team, need.kind)
    if not listed_with(S, n, S.team[team].organisation):
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
    need.warm = 1 if agreed(S, w, S.team[team].organisation) else 0
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

    In order: hours are spent; who helps hears a little more of the wish; whoever takes the initiative weighs to
    keep, to tailor, to make smaller or to hand on; help that is no longer needed stops, or goes on where that is chosen
    and the assessor lets it; an absent worker is replaced where a colleague has room; hours that were short are added
    where there are any; an indication that ran out is renewed where the need goes on.
    """
    need = S.need[n]
    w = need.provider
    free = False
    if S.worker[w].present == 1 and w < S.now[0].workers:
        S.worker[w].debt += S.p[0].review_hours
        S.series[week_row(S, S.worker[w].organisation)].review += S.p[0].review_hours
        hear_back(S, n, w)
        renew_quality(S, n, day)
        free = takes_initiative(S, n, w, day)
    if day >= need.ends and not _goes_on(S, n, w, free, day):
        end_need(S, n, FULFILLED, day)
        return
    if S.worker[w].present != 1:
        v = _freest_of(S, n, w, S.worker[w].team, False)
        if v >= 0:
            hand_over(S, n, v, day)
    elif need.given < need.hours:
        _add_hours(S, n, day)
    if free and day < need.ends:
        _reshape(S, n, w, day)
    if day >= need.indicated:
        need.indicated = day + int(S.p[0].indication_days)
    schedule_need(S, n, REVIEW, next_review(S, n, day))


@behaviour
def hear_back(S: Any, n: int, w: int) -> None:
    """Let worker ``w`` hear more of the wish: by listening, and by feedback where clients are asked for it (C28)."""
    need = S.need[n]
    told = S.organisation[S.worker[w].organisation].direct_feedback * S.p[0].instrument_strength
    need.perceived = max(need.perceived, both(heard(S, client_of(S, n), w), told) * need.wish)


@behaviour
def _goes_on(S: Any, n: int, w: int, free: bool, day: int) -> bool:
    """Return whether help goes on though the need has ended: as is chosen with initiative, else by procedure.

    Never for long; once the indication has run out the assessor must grant a renewal.
    """
    need, p = S.need[n], S.p[0]
    if day - need.ends + p.review_days > p.longest_overrun_days or S.kind[need.kind].episodic == 1:
        return False
    need.tries += 1
    if free:
        clear_options(S, n)
        weigh_end(S, n, w, day)
        asks = p.renewal_asked > 0.0 and pick(S, n, w) == KEEP
    else:
        asks = need_draw(S, n, RENEWAL, 2 * need.tries) < p.renewal_asked * targets(S, S.worker[w].organisation)
    return asks and (day < need.indicated or need_draw(S, n, RENEWAL, 2 * need.tries + 1) < p.renewal_granted)


@behaviour
def _reshape(S: Any, n: int, w: int, day: int) -> None:
    """Weigh what to do with help that goes on, and do it (C14, C22, C26)."""
    need = S.need[n]
    clear_options(S, n)
    weigh_review(S, n, w, day)
    if could_help(S, n, w):
        weigh_volunteers(S, n, w, HAND_ON, volunteers_of(S, S.worker[w].zone), day)
    option = pick(S, n, w)
    chosen = S.option[option]
    S.worker[w].daring += chosen.breach
    if option == KEEP and need.tailored > 0.0:
        S.worker[w].tailored += 1.0  # to keep it so is to practise it
    spend(S, w, chosen.hours)
    if option == TAILOR:
        tailor(S, n, chosen.variant, chosen.tailored, day)
    elif option == SMALLER:
        _try_smaller(S, n, w, day)
    elif option == HAND_ON:
        catch_up(S, client_of(S, n), day)
        stop_help(S, n, MOVED, day)
        need.called = 1
        start_help(S, n, chosen.helper, NOWHERE, day)
        tailor(S, n, chosen.variant, 0.0, day)


@behaviour
def _try_smaller(S: Any, n: int, w: int, day: int) -> None:
    """Try to make a need smaller by what the client learns to do again: likelier where less frail (Lewin 2013)."""
    need, p = S.need[n], S.p[0]
    c = client_of(S, n)
    chance = p.smaller_succeeds * (1.5 - S.client[c].frailty)
    if need_draw(S, n, EXTRA, 4 * need.choices + 1) >= chance:
        return
    least = need.asked_first * (1.0 - p.smaller_most)
    less = min(need.hours - least, p.smaller_step * need.asked_first)
    catch_up(S, c, day)
    need.hours -= less
    S.client[c].asked -= less
    freed = max(0.0, need.given - need.hours)
    need.given -= freed
    promise(S, w, -freed, 0.0, day)
    S.series[week_row(S, S.worker[w].organisation)].smaller += 1.0
    look_ahead(S, c, day)


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
