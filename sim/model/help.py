"""Help: how it starts, goes on, stops, and what it is worth; and how a need ends."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.calendar import client_link, need_link, schedule_need, strike_need
from sim.model.chain import append, remove
from sim.model.chance import EXTRA, need_draw
from sim.model.compiling import behaviour
from sim.model.hours import free_hours, promise, week_row
from sim.model.life import book_help, catch_up, look_ahead, needs_of
from sim.model.record import write_exit, write_visit
from sim.model.state import (
    ABSENT,
    ADMITTED,
    CASE_LINK,
    CRISIS,
    DECEASED,
    DIED,
    DONE,
    ENDED,
    FACES,
    FULFILLED,
    GAVE_UP,
    HANDED_OVER,
    HELPED,
    INTAKE,
    KNOCKING,
    LOST,
    MOVED,
    NEVER,
    NOWHERE,
    OPEN,
    PLANNED,
    REFERRED,
    RENOUNCED,
    REVIEW,
    UNSEEN,
)
from sim.model.waitlist import leave_lists

MOST_VARIANTS = 50  # that a catalogue can hold: nobody would find the way in more
PARTLY = 1 << 25  # draw on what is learnt in part, apart from those on choices


@behaviour
def client_of(S: Any, n: int) -> int:
    """Return the client whose need ``n`` is."""
    return n // S.p[0].max_needs


@behaviour
def nearest_variant(wish: float, number: float) -> float:
    """Return the one of so many variants nearest to a wish; they stand at 0, 1/m, ... (m - 1)/m from the standard."""
    return min(number - 1.0, np.floor(wish * number + 0.5)) / number


@behaviour
def variants(S: Any, n: int, o: int) -> float:
    """Return how many variants organisation ``o`` has for need ``n``: its catalogue, and what it learnt (C14, C26).

    What was learnt in part is known to some: one draw for each need.
    """
    learnt = S.organisation[o].learnt + need_draw(S, n, EXTRA, PARTLY)
    return float(min(MOST_VARIANTS, S.organisation[o].catalogue + int(learnt)))


@behaviour
def _enter_in_catalogue(S: Any, n: int, o: int) -> None:
    """Let help that was tailored and came to a good end add to the catalogue, the better the more."""
    need = S.need[n]
    S.organisation[o].learnt += S.p[0].catalogue_learning * need.tailored * need.quality


@behaviour
def standard_quality(S: Any, w: int, kind: int, day: int) -> float:
    """Return the quality of standard help: the competence of ``w``, or the floor that a protocol secures where kept."""
    return max(S.p[0].protocol_floor * S.board[S.worker[w].organisation].control, skill(S, w, kind, day))


@behaviour
def quality_of(S: Any, w: int, kind: int, tailored: float, error: float, day: int) -> float:
    """Return the quality of help by ``w`` of which a part is tailored; that part is lesser at first (C26).

    Protocols secure a floor for the standard part only. ``error`` multiplies how much lesser: 1 as it is, other than 1
    as somebody believes it to be.
    """
    competent = skill(S, w, kind, day)
    lesser = S.p[0].lesser_at_first * (1.0 - S.worker[w].experience) * error
    standard = standard_quality(S, w, kind, day)
    return (1.0 - tailored) * standard + tailored * competent * max(0.0, 1.0 - lesser)


@behaviour
def usual_quality(S: Any, o: int) -> float:
    """Return the quality of help that is usual in organisation ``o``: of middling competence, or the floor."""
    p = S.p[0]
    return max(p.protocol_floor * S.board[o].control, 0.5 * (p.craft_low + p.craft_high))


@behaviour
def tailor(S: Any, n: int, variant: float, part: float, day: int) -> None:
    """Let the help for need ``n`` be tailored: this ``part`` of it from now on."""
    need = S.need[n]
    catch_up(S, client_of(S, n), day)
    need.variant, need.tailored = variant, part
    renew_quality(S, n, day)


@behaviour
def renew_quality(S: Any, n: int, day: int) -> None:
    """Let the quality of help for need ``n`` be what its worker can do now."""
    catch_up(S, client_of(S, n), day)
    need = S.need[n]
    need.quality = quality_of(S, need.provider, need.kind, need.tailored, 1.0, day)


@behaviour
def skill(S: Any, w: int, kind: int, day: int) -> float:
    """Return the competence of worker ``w`` in ``kind``; in the own craft it grows from a newcomer's level."""
    worker = S.worker[w]
    if kind != worker.craft:
        return worker.competence[kind]
    served = max(0, day - worker.hired)
    learnt = served / (served + S.p[0].learning_days)
    return S.p[0].craft_low + (worker.aptitude - S.p[0].craft_low) * learnt


@behaviour
def has_room(S: Any, w: int, n: int) -> bool:
    """Return whether worker ``w`` can do need ``n`` and has hours for it, or for the part one may start with."""
    need = S.need[n]
    if S.worker[w].can[need.kind] == 0:
        return False
    least = need.hours * S.p[0].least_start
    return free_hours(S, w) >= least - 1e-9


@behaviour
def start_help(S: Any, n: int, w: int, slot: int, day: int) -> None:
    """Let worker ``w`` start to help need ``n``, with the hours asked or as many as are free.

    ``slot`` is the place on a list from which it was taken, NOWHERE where it came in by the door. In order: lists and
    bridging care are left; hours are promised; the nearest variant of the catalogue is chosen; the client meets the
    worker; the next review is written down. Where the worker was called in, who called stays responsible: no transfer.
    """
    c = client_of(S, n)
    catch_up(S, c, day)
    need = S.need[n]
    stop_bridging(S, n, day)
    o = S.worker[w].organisation
    asked_at = need.at_team
    need.listed = NEVER
    if slot >= 0:
        asked_at = S.place[slot].team
        need.seen, need.listed = S.place[slot].seen, S.place[slot].listed
        need.called = S.place[slot].called
    if S.team[asked_at].organisation != o and need.called == 0:
        S.client[c].transfers += 1
    leave_lists(S, n, slot, MOVED, day)
    need.given = max(0.0, min(need.hours, free_hours(S, w)))  # what was tried first may have taken hours
    promise(S, w, need.given, 0.0, day)
    need.status = HELPED
    need.provider = w
    need.at_team = S.worker[w].team
    need.start = day
    need.mark = S.worker[w].integral
    need.delivered = 0.0
    need.delivered_first = 0.0
    need.delivered_quality = 0.0
    need.delivered_distance = 0.0
    need.first_worker = S.worker[w].key
    need.indicated = day + int(S.p[0].indication_days)
    if S.kind[need.kind].episodic == 1 and need.ends >= NEVER:
        need.ends = day + need.volume
    need.variant = nearest_variant(need.perceived, variants(S, n, o))
    need.tailored = 0.0
    need.quality = standard_quality(S, w, need.kind, day)
    append(S, S.now[0].case_chain + w, need_link(S, n, CASE_LINK))
    week = S.series[week_row(S, o)]
    week.starts += 1.0
    _count_helped(S, c, 1)
    meet(S, c, w)
    schedule_need(S, n, REVIEW, next_review(S, n, day))
    look_ahead(S, c, day)


@behaviour
def next_review(S: Any, n: int, day: int) -> int:
    """Return the day of the next review of help: after four weeks, or when the need or the indication ends."""
    due = day + S.p[0].review_days
    for end in (S.need[n].ends, S.need[n].indicated):
        if day < end < due:
            due = end
    return due


@behaviour
def stop_help(S: Any, n: int, reason: int, day: int) -> None:
    """Let the help for need ``n`` stop and free the hours of its worker. The client's life must be up to ``day``."""
    need = S.need[n]
    book_help(S, n, day)
    w = need.provider
    promise(S, w, -need.given, 0.0, day)
    remove(S, need_link(S, n, CASE_LINK))
    write_visit(S, n, S.worker[w].team, w, need.seen, need.listed, True, reason, day)
    need.provider = NOWHERE
    need.given = 0.0
    need.called = 0
    need.tailored = 0.0
    _count_helped(S, client_of(S, n), -1)


@behaviour
def _count_helped(S: Any, c: int, change: int) -> None:
    before = S.client[c].helped
    S.client[c].helped += change
    S.now[0].in_care += min(1, before + change) - min(1, before)


@behaviour
def hand_over(S: Any, n: int, v: int, day: int) -> None:
    """Let worker ``v`` take over the help for need ``n``: the stay goes on, the face is another, the case has moved."""
    c = client_of(S, n)
    catch_up(S, c, day)
    need = S.need[n]
    w = need.provider
    promise(S, w, -need.given, 0.0, day)
    remove(S, need_link(S, n, CASE_LINK))
    need.given = max(0.0, min(need.hours, free_hours(S, v)))
    promise(S, v, need.given, 0.0, day)
    need.provider = v
    need.mark = S.worker[v].integral
    need.quality = quality_of(S, v, need.kind, need.tailored, 1.0, day)
    append(S, S.now[0].case_chain + v, need_link(S, n, CASE_LINK))
    _move_case(S, c, w, v)
    meet(S, c, v)
    look_ahead(S, c, day)


@behaviour
def _move_case(S: Any, c: int, w: int, v: int) -> None:
    """A case that goes from ``w`` to ``v`` is one transfer, whether or not ``w`` was the case owner too."""
    client = S.client[c]
    client.transfers += 1
    if client.owner == w and client.owner_generation == S.worker[w].generation:
        client.owner = v
        client.owner_generation = S.worker[v].generation


@behaviour
def start_bridging(S: Any, n: int, w: int, day: int) -> None:
    """Let worker ``w`` give bridging care to need ``n`` while it waits."""
    c = client_of(S, n)
    catch_up(S, c, day)
    need = S.need[n]
    need.bridging = S.p[0].bridging_share * need.hours
    promise(S, w, need.bridging, need.bridging, day)
    need.bridger = w
    need.bridger_mark = S.worker[w].integral
    meet(S, c, w)
    look_ahead(S, c, day)


@behaviour
def stop_bridging(S: Any, n: int, day: int) -> None:
    """Let bridging care stop, where there is any. The client's life must be up to ``day``."""
    need = S.need[n]
    if need.bridger >= 0:
        book_help(S, n, day)
        promise(S, need.bridger, -need.bridging, -need.bridging, day)
        need.bridger = NOWHERE
        need.bridging = 0.0


@behaviour
def meet(S: Any, c: int, w: int) -> None:
    """Let client ``c`` meet worker ``w``: a new face unless remembered, perhaps a new organisation."""
    client = S.client[c]
    bit = 1 << S.worker[w].organisation
    if w < S.now[0].workers and client.organisations_met & bit == 0:
        client.organisations_met |= bit
        client.new_organisations += 1
    if not is_known_face(S, c, w):
        client.faces[client.new_faces % FACES] = S.worker[w].key
        client.new_faces += 1


@behaviour
def is_known_face(S: Any, c: int, w: int) -> bool:
    """Return whether client ``c`` remembers worker ``w``."""
    key = S.worker[w].key
    for i in range(FACES):
        if S.client[c].faces[i] == key:
            return True
    return False


@behaviour
def end_need(S: Any, n: int, reason: int, day: int) -> None:
    """Let need ``n`` end, wherever it is; the client goes when it was the last."""
    c = client_of(S, n)
    catch_up(S, c, day)
    _close_need(S, n, reason, day)
    if _all_done(S, c):
        status = GAVE_UP if reason == RENOUNCED and S.client[c].hours_delivered <= 0.0 else ENDED
        leave_care(S, c, status, day)
    else:
        look_ahead(S, c, day)


@behaviour
def _close_need(S: Any, n: int, reason: int, day: int) -> None:
    need = S.need[n]
    strike_need(S, n)
    if need.status == HELPED:
        if reason == FULFILLED:
            o = S.worker[need.provider].organisation
            S.series[week_row(S, o)].completed += 1.0
            _enter_in_catalogue(S, n, o)
        stop_help(S, n, reason, day)
    elif need.status == OPEN:
        write_visit(S, n, need.at_team, need.at_worker, need.seen, NEVER, False, reason, day)
    elif need.status in (UNSEEN, KNOCKING, INTAKE, REFERRED, LOST):
        write_visit(S, n, NOWHERE, NOWHERE, NEVER, NEVER, False, reason, day)
    stop_bridging(S, n, day)
    leave_lists(S, n, NOWHERE, reason, day)
    S.client[client_of(S, n)].asked -= need.hours
    need.status = DONE


@behaviour
def _all_done(S: Any, c: int) -> bool:
    """Return whether client ``c`` has no need left, seen or not: who has one that nobody knows of is not done."""
    for n in needs_of(S, c):
        if S.need[n].status not in (ABSENT, DONE):
            return False
    return True


@behaviour
def leave_care(S: Any, c: int, status: int, day: int) -> None:
    """Let client ``c``, whose life is up to ``day``, leave: ended, gave up, admitted or died."""
    reason = FULFILLED
    if status == DIED:
        reason = DECEASED
    elif status in (CRISIS, PLANNED):
        reason = ADMITTED
        if status == PLANNED:
            _arrange(S, c)
    elif status == GAVE_UP:
        reason = RENOUNCED
    for n in needs_of(S, c):
        if S.need[n].status not in (ABSENT, DONE):
            _close_need(S, n, reason, day)
            S.need[n].status = DONE
    write_exit(S, c, status, day)
    _count_leaving(S, c, status)
    _free_row(S, c)


@behaviour
def _arrange(S: Any, c: int) -> None:
    """Let the case owner of client ``c`` spend the hours that a planned admission asks."""
    w, hours = S.client[c].owner, S.p[0].arranging_hours
    if w >= 0:
        S.worker[w].debt += hours
        S.series[week_row(S, S.worker[w].organisation)].choosing += hours


@behaviour
def _count_leaving(S: Any, c: int, status: int) -> None:
    w = S.client[c].owner
    o = S.worker[w].organisation if w >= 0 else NOWHERE
    week = S.series[week_row(S, o)]
    if status == DIED:
        week.deaths += 1.0
    elif status == CRISIS:
        week.crisis += 1.0
    elif status == PLANNED:
        week.planned += 1.0
    elif status == GAVE_UP:
        week.gave_up += 1.0
    else:
        week.ended += 1.0
    if o >= 0:
        S.organisation[o].clients -= 1


@behaviour
def _free_row(S: Any, c: int) -> None:
    client = S.client[c]
    remove(S, client_link(S, c))
    client.used = 0
    client.owner = NOWHERE
    client.next_free = S.now[0].free_client
    S.now[0].free_client = c
    S.now[0].free_clients += 1


@behaviour
def put_back(S: Any, n: int, day: int) -> None:
    """Let the help for need ``n`` stop because its worker left and nobody could take over.

    Of an episodic need the rest of its volume is still to be done.
    """
    catch_up(S, client_of(S, n), day)
    stop_help(S, n, HANDED_OVER, day)
    need = S.need[n]
    if S.kind[need.kind].episodic == 1:
        need.volume = need.ends - day
        need.ends = NEVER
    S.client[client_of(S, n)].transfers += 1
