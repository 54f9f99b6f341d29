"""The client: who asks for help, at which door, how long a wait is borne, and how life goes on."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.calendar import schedule_need
from sim.model.chance import (
    ARRIVALS,
    BUDGET,
    DOOR,
    DURATION,
    EXTRA,
    HEARD,
    LIFE,
    NEEDS,
    PERSON,
    REFERRAL,
    REVEAL,
    WAITING,
    client_draw,
    exponential,
    need_draw,
    poisson,
    u01,
    whole_days,
)
from sim.model.compiling import behaviour
from sim.model.help import client_of, end_need, has_room, is_known_face, leave_care, meet
from sim.model.hours import free_hours, week_row
from sim.model.life import catch_up, fate, look_ahead, needs_of, taken_in
from sim.model.record import write_visit
from sim.model.state import (
    ABSENT,
    CHOOSE,
    DONE,
    FULFILLED,
    HELPED,
    INTAKE,
    INTAKES,
    KNOCKING,
    LISTED,
    LOST,
    NEVER,
    NOWHERE,
    OPEN,
    REFERRED,
    RENOUNCED,
    SEEK,
    SEEKING,
    STRAYED,
    UNSEEN,
    URGENCIES,
    WAIT,
)
from sim.model.steering import words_said
from sim.model.waitlist import list_chain

FOUR_WEEKS = 28.0  # days
LEAST_SHARE = 0.01  # part of its share that a kind always keeps: some people go on asking for it
SEARCHED = 3  # organisations that a budget holder looks at: few people compare more before they choose


@behaviour
def arrivals(S: Any, zone: int, day: int) -> int:
    """Return how many people of a zone ask for help for the first time today: Poisson."""
    u = u01(S.now[0].seed, zone, ARRIVALS, day)
    return poisson(u, S.p[0].arrivals_per_year / 365.0)


@behaviour
def arrive(S: Any, zone: int, day: int) -> int:
    """Let a new client of ``zone`` appear, who will knock at a door today; return its row."""
    c = new_client(S, zone, day)
    S.series[week_row(S, NOWHERE)].arrivals += 1.0
    step_forward(S, c, day)
    return c


@behaviour
def step_forward(S: Any, c: int, day: int) -> None:
    """Let client ``c`` present the first need at a door today; of the others nobody knows yet."""
    first = True
    for n in needs_of(S, c):
        if S.need[n].status == UNSEEN:
            if first:
                S.need[n].status = KNOCKING
                schedule_need(S, n, SEEK, day)
                first = False
            else:
                schedule_need(S, n, SEEK, S.need[n].ends)
    look_ahead(S, c, day)


@behaviour
def new_client(S: Any, zone: int, day: int) -> int:
    """Take a free row for the next client of ``zone`` and draw the person and the needs; return the row.

    Frailty is the mean of two even draws; the own network is absent for some; voice follows from network and frailty;
    who is frail has more needs.
    """
    now = S.now[0]
    c = now.free_client
    now.free_client = S.client[c].next_free
    now.free_clients -= 1
    key = zone * 4294967296 + S.zone[zone].arrived
    S.zone[zone].arrived += 1
    p = S.p[0]
    client = S.client[c]
    client.key = key
    client.used = 1
    client.zone = zone
    client.owner = NOWHERE
    client.owner_generation = 0
    client.prefers = NOWHERE
    client.budget = 0
    client.arrival = day
    client.since = day
    client.age = 65.0 + 30.0 * 0.5 * (client_draw(S, c, PERSON, 0) + client_draw(S, c, PERSON, 1))
    spread = p.frailty_high - p.frailty_low
    client.frailty = p.frailty_low + spread * 0.5 * (client_draw(S, c, PERSON, 2) + client_draw(S, c, PERSON, 3))
    client.network = 0.0
    if client_draw(S, c, PERSON, 4) >= p.alone_share:
        client.network = 0.2 + 0.8 * client_draw(S, c, PERSON, 5)
    own = (1.0 - p.voice_network - p.voice_frailty) * client_draw(S, c, PERSON, 6)
    client.voice = own + p.voice_network * client.network + p.voice_frailty * (1.0 - client.frailty)
    client.frailty_at_arrival = client.frailty
    client.network_at_arrival = client.network
    client.crisis_left = exponential(client_draw(S, c, LIFE, 0), 1.0)
    client.planned_left = exponential(client_draw(S, c, LIFE, 1), 1.0)
    client.death_left = exponential(client_draw(S, c, LIFE, 2), 1.0)
    client.looked = day
    client.lives = 0
    client.transfers = 0
    client.new_faces = 0
    client.new_organisations = 0
    client.retellings = 0
    client.refusals = 0
    client.organisations_met = 0
    client.faces[:] = -1
    client.hours_asked = 0.0
    client.hours_delivered = 0.0
    client.unmet_days = 0.0
    client.asked = 0.0
    _draw_needs(S, c, day)
    return c


@behaviour
def _draw_needs(S: Any, c: int, day: int) -> None:
    p = S.p[0]
    client = S.client[c]
    count = 1
    chance = p.another_need * (1.0 + p.frailty_needs * (client.frailty - 0.5))
    while count < min(p.max_needs, _kinds_asked(S)) and client_draw(S, c, PERSON, 7 + count) < chance:
        count += 1
        chance *= p.another_need_decline
    client.needs = count
    client.helped = 0
    for n in range(c * p.max_needs, (c + 1) * p.max_needs):
        S.need[n].status = ABSENT
    for n in needs_of(S, c):
        _draw_need(S, n, day)
        client.asked += S.need[n].hours


@behaviour
def _kinds_asked(S: Any) -> int:
    kinds = 0
    for k in range(S.now[0].kinds):
        if S.kind[k].share > 0.0:
            kinds += 1
    return kinds


@behaviour
def _draw_need(S: Any, n: int, day: int) -> None:
    p = S.p[0]
    need = S.need[n]
    need.status = UNSEEN
    need.kind = _draw_kind(S, n)
    kind = S.kind[need.kind]
    need.hours = need.asked_first = kind.hours_per_week
    need.urgency = 1
    u = need_draw(S, n, NEEDS, 1)
    if u < p.urgent_share:
        need.urgency = 2
    elif u > 0.5 + 0.5 * p.urgent_share:
        need.urgency = 0
    need.wish = p.wish_high * need_draw(S, n, NEEDS, 2)
    other = p.wish_high * need_draw(S, n, NEEDS, 3)
    need.required = p.wish_need_agreement * need.wish + (1.0 - p.wish_need_agreement) * other
    need.understood = 0.0
    need.perceived = at_first_sight(S, n)
    need.onset = day
    draw_length(S, n, DURATION, kind.short_share)
    need.provider = NOWHERE
    need.bridger = NOWHERE
    need.at_team = NOWHERE
    need.at_worker = NOWHERE
    need.doors = 0
    need.knocks = 0
    need.tries = 0
    need.choices = 0
    need.exception = 0
    need.called = 0
    need.warm = 0
    need.tailored = 0.0
    need.given = 0.0
    need.bridging = 0.0
    need.bridged = 0.0
    need.delivered = 0.0
    need.delivered_first = 0.0
    need.due = NEVER
    need.seen = NEVER
    need.listed = NEVER
    need.start = NEVER
    S.place[2 * n].team = NOWHERE
    S.place[2 * n + 1].team = NOWHERE


@behaviour
def draw_length(S: Any, n: int, stream: int, short: float) -> None:
    """Draw how long need ``n`` lasts, exponential, of the short sort with the chance ``short``.

    An episodic need has a volume that starts with help; any other has an end of its own, helped or not.
    """
    need = S.need[n]
    kind = S.kind[need.kind]
    mean = kind.lasting_days
    if need_draw(S, n, stream, 0) < short:
        mean = kind.short_days
    need.volume = whole_days(exponential(need_draw(S, n, stream, 1), mean), need_draw(S, n, stream, 2))
    need.ends = NEVER if kind.episodic == 1 else need.onset + need.volume


@behaviour
def _draw_kind(S: Any, n: int) -> int:
    """Draw the kind of need ``n`` by the shares of the kinds that this client does not have yet."""
    first = client_of(S, n) * S.p[0].max_needs
    total = 0.0
    for k in range(S.now[0].kinds):
        if not _has_kind(S, first, n, k):
            total += _share_now(S, k)
    left = total * need_draw(S, n, NEEDS, 0)
    last = 0
    for k in range(S.now[0].kinds):
        if not _has_kind(S, first, n, k) and S.kind[k].share > 0.0:
            last = k
            left -= _share_now(S, k)
            if left < 0.0:
                return k
    return last


@behaviour
def _share_now(S: Any, k: int) -> float:
    """Return the weight of kind ``k`` among needs that arise now: from day 0 on, demand shifts to the last kinds."""
    kinds = S.now[0].kinds
    side = 0.0
    if 2 * k + 1 != kinds:
        side = 1.0 if 2 * k + 1 > kinds else -1.0
    years = max(0, S.now[0].day) / 365.0
    return S.kind[k].share * max(LEAST_SHARE, 1.0 + side * S.p[0].demand_shift * years)


@behaviour
def _has_kind(S: Any, first: int, n: int, kind: int) -> bool:
    for other in range(first, n):
        if S.need[other].kind == kind:
            return True
    return False


@behaviour
def knock(S: Any, n: int, day: int) -> None:
    """Summary of rule: whoever has a need nobody helps with goes to a door, by how well it is known.

    In order: a need that ended meanwhile is closed; a referral arrives or gets lost; what was lost is found again, or
    never; otherwise the client chooses a door not tried yet and asks for an intake today (C32).
    """
    need = S.need[n]
    if day >= need.ends:
        end_need(S, n, FULFILLED, day)
    elif need.status == REFERRED:
        _follow_referral(S, n, day)
    elif need.status in (LOST, KNOCKING):
        _go_to_a_door(S, n, day)


@behaviour
def _follow_referral(S: Any, n: int, day: int) -> None:
    """By an agreement between boards it is expected, as by a colleague one knows, and nothing of the story is lost."""
    need = S.need[n]
    p = S.p[0]
    expected = need.at_worker >= 0 or need.warm == 1
    completes = p.referral_completes_known if expected else p.referral_completes
    if need_draw(S, n, REFERRAL, 4 * need.knocks) < completes:
        if need.warm == 0:
            need.understood *= 1.0 - p.referral_loss
            picture(S, n)
        S.client[client_of(S, n)].transfers += 1
        _ask_at(S, n, need.at_team, day)
    else:
        _get_lost(S, n, day)


@behaviour
def _get_lost(S: Any, n: int, day: int) -> None:
    """A lost referral is found again, after a while, or never: then the need stays, unmet, until it ends of itself."""
    need = S.need[n]
    p = S.p[0]
    need.status = LOST
    need.warm = 0
    S.series[week_row(S, S.team[need.at_team].organisation)].referrals_lost += 1.0
    write_visit(S, n, need.at_team, NOWHERE, NEVER, NEVER, False, STRAYED, day)
    again = NEVER
    if need_draw(S, n, REFERRAL, 4 * need.knocks + 2) < p.found_again_share:
        away = exponential(need_draw(S, n, REFERRAL, 4 * need.knocks + 3), p.found_again_days)
        again = day + 1 + int(away)
    if again >= need.ends or again >= NEVER:
        schedule_need(S, n, SEEK, need.ends)
        _leave_if_forgotten(S, n, day)
    else:
        schedule_need(S, n, SEEK, again)


@behaviour
def _leave_if_forgotten(S: Any, n: int, day: int) -> None:
    """An episodic need that is lost for good does not end of itself: nobody will ever ask for it again."""
    if S.need[n].ends >= NEVER:
        end_need(S, n, RENOUNCED, day)


@behaviour
def _go_to_a_door(S: Any, n: int, day: int) -> None:
    o = choose_door(S, n)
    if o < 0:
        end_need(S, n, RENOUNCED, day)
    else:
        _perhaps_prefer(S, n, o)
        _ask_at(S, n, _team_behind(S, n, o), day)


@behaviour
def _perhaps_prefer(S: Any, n: int, o: int) -> None:
    """Some clients would rather wait for the organisation where they first knocked, if it has what they ask."""
    c = client_of(S, n)
    first = S.client[c].organisations_met == 0
    if first and S.organisation[o].offers[S.need[n].kind] == 1 and _has_preference(S, c):
        S.client[c].prefers = o


@behaviour
def _has_preference(S: Any, c: int) -> bool:
    return client_draw(S, c, PERSON, 20) < S.p[0].preference_share


@behaviour
def choose_door(S: Any, n: int) -> int:
    """Return the organisation at whose door need ``n`` is brought next, or NOWHERE where all were tried.

    By renown, among those that offer what is asked with the chance ``door_fit``, among all otherwise; a client with a
    preference knocks at the preferred door first, a new one at the front door of the zone where there is one.
    """
    need = S.need[n]
    front = _front_door(S, n)
    if front >= 0:
        return front
    prefers = S.client[client_of(S, n)].prefers
    if prefers >= 0 and need.doors & (1 << prefers) == 0 and S.organisation[prefers].offers[need.kind] == 1:
        return prefers
    fitting = need_draw(S, n, DOOR, 2 * need.knocks) < S.p[0].door_fit
    u = need_draw(S, n, DOOR, 2 * need.knocks + 1)
    o = _by_renown(S, n, need.doors, fitting, u)
    if o < 0:
        o = _by_renown(S, n, need.doors, not fitting, u)
    return o


@behaviour
def _front_door(S: Any, n: int) -> int:
    client = S.client[client_of(S, n)]
    if client.organisations_met != 0:
        return NOWHERE
    o = front_door_of(S, client.zone)
    return o if o >= 0 and S.need[n].doors & (1 << o) == 0 else NOWHERE


@behaviour
def front_door_of(S: Any, zone: int) -> int:
    """Return the organisation that keeps the one front door of a zone: the best known that takes part, or NOWHERE."""
    best, most = NOWHERE, 0.0
    for o in range(S.now[0].organisations):
        there = S.office[zone * S.now[0].organisations + o].teams > 0
        if there and S.organisation[o].front_door == 1 and S.organisation[o].renown > most:
            best, most = o, S.organisation[o].renown
    return best


@behaviour
def _by_renown(S: Any, n: int, doors: int, fitting: bool, u: float) -> int:
    """Return the organisation that belongs to the draw ``u``, by renown, not among ``doors`` (a bit for each)."""
    kind = S.need[n].kind
    zone = S.client[client_of(S, n)].zone
    total = 0.0
    for o in range(S.now[0].organisations):
        if _open_door(S, doors, kind, zone, o, fitting):
            total += S.organisation[o].renown
    left = total * u
    last = NOWHERE
    for o in range(S.now[0].organisations):
        if _open_door(S, doors, kind, zone, o, fitting):
            last = o
            left -= S.organisation[o].renown
            if left < 0.0:
                return o
    return last


@behaviour
def _open_door(S: Any, doors: int, kind: int, zone: int, o: int, fitting: bool) -> bool:
    if doors & (1 << o) != 0 or S.office[zone * S.now[0].organisations + o].teams == 0:
        return False
    return not fitting or S.organisation[o].offers[kind] == 1


@behaviour
def _team_behind(S: Any, n: int, o: int) -> int:
    """Return the team of organisation ``o`` in the zone that takes need ``n``: by chance, of those that can."""
    office = S.office[S.client[client_of(S, n)].zone * S.now[0].organisations + o]
    chosen = int(need_draw(S, n, DOOR, 1000000 + S.need[n].knocks) * office.teams)
    for i in range(office.teams):
        team = office.first_team + (chosen + i) % office.teams
        if _can_in_team(S, team, S.need[n].kind):
            return team
    return office.first_team + chosen


@behaviour
def _can_in_team(S: Any, team: int, kind: int) -> bool:
    first = S.team[team].first_worker
    for w in range(first, first + S.team[team].workers):
        if S.worker[w].can[kind] == 1:
            return True
    return False


@behaviour
def _ask_at(S: Any, n: int, team: int, day: int) -> None:
    need = S.need[n]
    need.at_team = team
    need.doors |= 1 << S.team[team].organisation
    need.knocks += 1
    if need.status != LISTED:
        need.status = INTAKE
    schedule_need(S, n, INTAKES, day)


@behaviour
def keep_waiting(S: Any, n: int, day: int) -> None:
    """Summary of rule: every four weeks on a list a client goes on waiting, gives up, or also knocks elsewhere.

    In order: a need that ended of itself is closed; the client gives up with a small hazard; one who stands on one
    list only and has no preference may knock at another door that offers the same (about one in five ends up on two).
    """
    need = S.need[n]
    p = S.p[0]
    if day >= need.ends:
        end_need(S, n, FULFILLED, day)
        return
    need.tries += 1
    if need_draw(S, n, WAITING, 2 * need.tries) < p.give_up_waiting * p.review_days / 365.0:
        end_need(S, n, RENOUNCED, day)
        return
    schedule_need(S, n, WAIT, min(day + p.review_days, need.ends))
    on_one_list = S.place[2 * n].team < 0 or S.place[2 * n + 1].team < 0
    restless = need_draw(S, n, WAITING, 2 * need.tries + 1) < per_review(S, p.knock_elsewhere)
    if on_one_list and restless and S.client[client_of(S, n)].prefers < 0:
        _knock_elsewhere(S, n, day)


@behaviour
def per_review(S: Any, chance: float) -> float:
    """Return for a small chance per four weeks that per review."""
    return chance * (S.p[0].review_days / FOUR_WEEKS)


@behaviour
def _knock_elsewhere(S: Any, n: int, day: int) -> None:
    u = need_draw(S, n, DOOR, 2 * S.need[n].knocks + 1)
    o = _by_renown(S, n, S.need[n].doors, True, u)
    if o >= 0:
        _ask_at(S, n, _team_behind(S, n, o), day + 1)


@behaviour
def grow_older(S: Any, c: int, day: int) -> None:
    """Summary of rule: life goes on; every four weeks, and when a hazard is met, it is looked at.

    In order: frailty, own network and hazards up to today; death, crisis or planned admission (C37); the
    client meets whoever succeeded a case owner who left; a need nobody saw is noticed by who visits, or spoken of.
    """
    catch_up(S, c, day)
    happens = fate(S, c)
    if happens != SEEKING:
        leave_care(S, c, happens, day)
        return
    if day >= S.client[c].looked + S.p[0].review_days:
        S.client[c].looked = day
        S.client[c].lives += 1
        _meet_successor(S, c)
        for n in needs_of(S, c):
            if S.need[n].status == UNSEEN:
                _be_heard(S, c, n, day)
    look_ahead(S, c, day)


@behaviour
def _meet_successor(S: Any, c: int) -> None:
    client = S.client[c]
    if client.owner >= 0:
        owner = S.worker[client.owner]
        if owner.generation != client.owner_generation and owner.present == 1:
            client.owner_generation = owner.generation
            client.transfers += 1
            meet(S, c, client.owner)


@behaviour
def days_waited(S: Any, c: int) -> float:
    """Return the days since onset of the needs with which nobody helps yet, on average; NaN where there are none."""
    days, waiting = 0.0, 0
    for n in needs_of(S, c):
        if S.need[n].status not in (ABSENT, DONE, HELPED):
            days += S.now[0].day - S.need[n].onset
            waiting += 1
    return days / waiting if waiting > 0 else np.nan


@behaviour
def heard(S: Any, c: int, w: int) -> float:
    """Return how much worker ``w`` takes in of what client ``c`` wishes: listening x attention x voice."""
    return taken_in(S, w, S.client[c].voice)


@behaviour
def _be_heard(S: Any, c: int, n: int, day: int) -> None:
    """A need that nobody saw is noticed during visits, more so the more hours they last, or the client brings it up."""
    u = need_draw(S, n, REVEAL, 2 * S.client[c].lives)
    for m in needs_of(S, c):
        if S.need[m].status == HELPED:
            w = S.need[m].provider
            contact = S.need[m].given / (1.0 + S.need[m].given)
            if S.worker[w].present == 1 and (S.worker[w].can[S.need[n].kind] == 1 or u < contact * heard(S, c, w)):
                bring_up(S, n, w, day + 1)
                return
    if need_draw(S, n, REVEAL, 2 * S.client[c].lives + 1) < per_review(S, S.p[0].speak_up) * S.client[c].voice:
        go_to_owner(S, n, day + 1)


@behaviour
def go_to_owner(S: Any, n: int, day: int) -> None:
    """Let the client bring up need ``n`` with the case owner on ``day``; who has none at work goes to a door."""
    owner = S.client[client_of(S, n)].owner
    if owner >= 0 and S.worker[owner].present == 1:
        bring_up(S, n, owner, day)
    else:
        S.need[n].status = KNOCKING
        schedule_need(S, n, SEEK, day)


@behaviour
def bring_up(S: Any, n: int, w: int, day: int) -> None:
    """Let worker ``w`` know of need ``n`` and deal with it on ``day``."""
    expect(S, n, w)
    need = S.need[n]
    need.status = OPEN
    need.at_team = S.worker[w].team
    need.at_worker = w
    need.doors |= 1 << S.worker[w].organisation
    need.seen = day
    understand(S, n, w)
    schedule_need(S, n, CHOOSE, day)


@behaviour
def understand(S: Any, n: int, w: int) -> None:
    """Let worker ``w`` form an idea of the wish, as far as it is heard."""
    take_in(S, n, heard(S, client_of(S, n), w))


@behaviour
def take_in(S: Any, n: int, share: float) -> None:
    """Let a ``share`` of the wish behind need ``n`` be known, where that is more than was known already."""
    if share > S.need[n].understood:
        S.need[n].understood = share
        picture(S, n)


@behaviour
def picture(S: Any, n: int) -> None:
    """Let the wish be thought to be what was understood of it; the rest is a first impression (C03)."""
    need = S.need[n]
    need.perceived = need.understood * need.wish + (1.0 - need.understood) * at_first_sight(S, n)


@behaviour
def at_first_sight(S: Any, n: int) -> float:
    """Return what who did not listen takes the wish of need ``n`` for: any wish, one draw for each, or the standard."""
    return S.p[0].first_impression * S.p[0].wish_high * need_draw(S, n, HEARD, 0)


@behaviour
def expect(S: Any, n: int, w: int) -> None:
    """Let the words of the board raise what the client asks, where need ``n`` is seen for the first time, by ``w``.

    Clients hear them whether or not those who work there believe them (C08, C09). To be called before the need counts
    as seen.
    """
    need = S.need[n]
    if need.seen >= NEVER:
        said = words_said(S, S.worker[w].organisation) * (1.0 - S.p[0].words_lost)
        need.wish = min(1.0, need.wish + S.p[0].expectation * said)


# --- clients in charge ------------------------------------------------------------------------------------


@behaviour
def grant_budget(S: Any, c: int, w: int) -> None:
    """Give client ``c`` a personal budget, or not, at the first intake, by worker ``w``: one draw for each client."""
    share = S.organisation[S.worker[w].organisation].personal_budget
    S.client[c].budget = 1 if client_draw(S, c, BUDGET, 0) < share else 0


@behaviour
def choose_provider(S: Any, n: int) -> int:
    """Return the worker with room whom the holder of a personal budget chooses for need ``n``, or NOWHERE (C36).

    In order: looks at the organisations met so far, and by renown at others until three were looked at; there takes
    a known face, else somebody of the organisation preferred, else whoever has most hours free.
    """
    client = S.client[client_of(S, n)]
    met = client.organisations_met
    best, looked = NOWHERE, 0
    for o in range(S.now[0].organisations):
        if met & (1 << o) != 0 and _open_door(S, 0, S.need[n].kind, client.zone, o, True):
            best = _dearest(S, n, o, best)
            looked += 1
    while looked < SEARCHED:
        o = _by_renown(S, n, met, True, need_draw(S, n, BUDGET, looked))
        if o < 0:
            break
        best = _dearest(S, n, o, best)
        met |= 1 << o
        looked += 1
    return best


@behaviour
def _dearest(S: Any, n: int, o: int, best: int) -> int:
    """Return whom the client likes best of ``best`` and those of organisation ``o`` with room for need ``n``."""
    c = client_of(S, n)
    office = S.office[S.client[c].zone * S.now[0].organisations + o]
    for team in range(office.first_team, office.first_team + office.teams):
        first = S.team[team].first_worker
        for w in range(first, first + S.team[team].workers):
            if has_room(S, w, n) and (best < 0 or _is_dearer(S, c, w, best)):
                best = w
    return best


@behaviour
def _is_dearer(S: Any, c: int, w: int, other: int) -> bool:
    one, two = _liking(S, c, w), _liking(S, c, other)
    return one > two or (one == two and free_hours(S, w) > free_hours(S, other))


@behaviour
def _liking(S: Any, c: int, w: int) -> int:
    liking = 2 if is_known_face(S, c, w) else 0
    return liking + 1 if S.client[c].prefers == S.worker[w].organisation else liking


@behaviour
def sees_for_others(S: Any, n: int, w: int) -> bool:
    """Return whether an intake by ``w`` sees need ``n`` for another organisation that offers it and shares intakes."""
    o = S.worker[w].organisation
    if not S.organisation[o].joint_intake:
        return False
    zone = S.client[client_of(S, n)].zone
    for other in range(S.now[0].organisations):
        if S.organisation[other].joint_intake and _open_door(S, 1 << o, S.need[n].kind, zone, other, True):
            return True
    return False


@behaviour
def craft_of_successor(S: Any, w: int) -> int:
    """Return the craft to which the empty seat ``w`` goes: where supply follows demand, that most waited for (C36).

    Held against the draw of who left. A craft that nobody else of the team has is kept, lest its list stands still.
    """
    worker = S.worker[w]
    o = worker.organisation
    follows = u01(S.now[0].seed, worker.key, EXTRA, 0) < S.organisation[o].supply_follows_demand
    if not follows or _with_craft(S, worker.team, worker.craft) < 2:
        return worker.craft
    office = worker.zone * S.now[0].organisations + o
    best, most = worker.craft, _waiting_per_worker(S, office, worker.craft)
    for kind in range(S.now[0].kinds):
        if S.organisation[o].offers[kind] == 1:
            waiting = _waiting_per_worker(S, office, kind)
            if waiting > most:
                best, most = kind, waiting
    return best


@behaviour
def _with_craft(S: Any, team: int, kind: int) -> int:
    count = 0
    first = S.team[team].first_worker
    for w in range(first, first + S.team[team].workers):
        if S.worker[w].craft == kind:
            count += 1
    return count


@behaviour
def _waiting_per_worker(S: Any, office: int, kind: int) -> float:
    """Return the places on the lists of an office for help of a kind, for each seat there with that craft."""
    places, seats = 0, 0
    first = S.office[office].first_team
    for team in range(first, first + S.office[office].teams):
        seats += _with_craft(S, team, kind)
        for urgency in range(URGENCIES):
            places += S.chain[list_chain(S, team, kind, urgency)].length
    return places / max(1, seats)
