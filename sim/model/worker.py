"""The worker: takes the intake, and chooses help by the book (``procedure.py``) or on own initiative (``acting.py``).

What there is to choose from and what it is worth to whom stands in ``choosing.py``; how help that goes on is looked at
again in ``reviewing.py``; how freed hours go to the lists in ``listing.py``.
"""

from __future__ import annotations

from typing import Any

from sim.model.acting import weigh_and_act
from sim.model.calendar import is_due_in, schedule_need
from sim.model.chance import SEE, need_draw
from sim.model.choosing import takes_initiative
from sim.model.client import (
    bring_up,
    choose_provider,
    expect,
    grant_budget,
    heard,
    sees_for_others,
    understand,
)
from sim.model.compiling import behaviour
from sim.model.help import client_of, end_need, meet, start_help
from sim.model.hours import free_hours, week_row
from sim.model.life import catch_up, look_ahead, needs_of
from sim.model.procedure import by_the_book
from sim.model.state import (
    CHOOSE,
    FULFILLED,
    INTAKES,
    LISTED,
    NOWHERE,
    OPEN,
    UNSEEN,
    WAIT,
)

BY_FORM = 0.5  # part of an intake that is left where a common form brought the story


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
    spent; at a first intake the worker becomes case owner, at a later one the story is told again, unless a common form
    brought it (C10); the need presented is seen; others of one's own craft are always seen, those of another craft in
    proportion to listening x attention to the client x voice (C01, C04, A3); a choice follows today.
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
    hours = S.p[0].intake_hours * (BY_FORM if need.warm == 1 else 1.0)
    S.worker[w].debt += hours
    week = S.series[week_row(S, o)]
    week.intakes += 1.0
    week.intake += hours
    if client.owner < 0:
        _become_owner(S, c, w, day)
        grant_budget(S, c, w)
    elif need.warm == 1:
        week.by_form += 1.0
    else:
        client.retellings += 1
    need.warm = 0
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
    return need_draw(S, n, SEE, worker.key) < heard(S, c, w)


@behaviour
def choose_help(S: Any, n: int, w: int, day: int) -> None:
    """Summary of rule: whoever takes the initiative weighs all options, who does not follows procedure.

    In order: a need that ended meanwhile is closed; who is not at work deals with it tomorrow; the holder of a personal
    budget chooses who helps (C36); with initiative all options are weighed (C12, C14, C17, C22), else by the book.
    """
    need = S.need[n]
    if day >= need.ends:
        end_need(S, n, FULFILLED, day)
        return
    if S.worker[w].present != 1:
        schedule_need(S, n, CHOOSE, day + 1)
        return
    if S.client[client_of(S, n)].budget == 1:
        own = choose_provider(S, n)
        if own >= 0:
            start_help(S, n, own, NOWHERE, day)
            return
    if takes_initiative(S, n, w, day):
        weigh_and_act(S, n, w, day)
    else:
        by_the_book(S, n, w, day)


@behaviour
def reconsider(S: Any, n: int, w: int, day: int) -> None:
    """Summary of rule: while a need waits, who put it on the list looks at it again; under procedure it sits.

    Only with initiative: all options are weighed once more, waiting on among them (C13).
    """
    if S.worker[w].present == 1 and takes_initiative(S, n, w, day):
        place = S.place[_own_place(S, n)]
        S.need[n].at_team = S.worker[w].team if place.called == 1 else place.team
        weigh_and_act(S, n, w, day)


@behaviour
def who_reconsiders(S: Any, n: int) -> int:
    """Return the worker who put need ``n`` on the list where it stands first, or NOWHERE.

    Nobody looks at a need that waits no more, or that is being brought to another door.
    """
    if S.need[n].status != LISTED or not is_due_in(S, n, WAIT):
        return NOWHERE
    return S.place[_own_place(S, n)].worker


@behaviour
def _own_place(S: Any, n: int) -> int:
    return 2 * n if S.place[2 * n].team >= 0 else 2 * n + 1
