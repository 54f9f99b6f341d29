"""Acting on own initiative: all options are weighed, the best that can be done is done (C12, C14, C17, C22)."""

from __future__ import annotations

from typing import Any

from sim.model.chance import ANSWER, need_draw
from sim.model.choosing import (
    ADVOCATE,
    CALL,
    COLLEAGUE,
    MANAGER,
    ON_LIST,
    REFERRAL_OPTION,
    REFUSAL,
    TAILORED,
    VOLUNTEER,
    answers,
    clear_options,
    could_stretch,
    dare,
    pick,
    spend,
    weigh_call,
    weigh_colleague,
    weigh_elsewhere,
    weigh_help,
    weigh_manager,
    weigh_stretching,
    weigh_volunteers,
)
from sim.model.compiling import behaviour
from sim.model.finding import best_colleague, find_room, team_of_craft, whom_to_call
from sim.model.help import client_of, has_room, start_help, tailor
from sim.model.hours import week_row
from sim.model.listing import put_on_list
from sim.model.manager import HANDED_BACK, PLACED, call_manager, grants
from sim.model.procedure import by_the_book, offered_here
from sim.model.referral import refer, refuse
from sim.model.state import HELPED, LISTED, NOWHERE
from sim.model.ties import contact, gain_trust, known_helper, lose_trust
from sim.model.volunteer import could_help, volunteers_of
from sim.model.waitlist import make_exception


@behaviour
def weigh_and_act(S: Any, n: int, w: int, day: int) -> None:
    """Weigh all that can be done for need ``n`` and do the best that can be done; by the book where nothing can."""
    need = S.need[n]
    here = offered_here(S, n, w)
    if here:
        need.at_team = team_of_craft(S, need.at_team, need.kind)
    clear_options(S, n)
    weigh_help(S, n, w, find_room(S, n, w), here, day)
    if here:
        _weigh_colleagues(S, n, w, day)
    other = whom_to_call(S, n, w)
    rather_waits = S.client[client_of(S, n)].prefers == S.worker[w].organisation
    if other >= 0 and not rather_waits and S.p[0].calls_outside == 1:
        weigh_call(S, n, w, other, day)
    if not here and could_stretch(S, n, w):
        weigh_stretching(S, n, w, day)
    if could_help(S, n, w):
        weigh_volunteers(S, n, w, VOLUNTEER, volunteers_of(S, S.worker[w].zone), day)
    if need.status != LISTED:
        weigh_elsewhere(S, n, w, here, known_helper(S, w, need.kind) >= 0)
    _act(S, n, w, day)


@behaviour
def _weigh_colleagues(S: Any, n: int, w: int, day: int) -> None:
    weigh_manager(S, n, w, day)
    colleague = best_colleague(S, n, w, day)
    if colleague >= 0:
        weigh_colleague(S, n, w, colleague, day)


@behaviour
def _act(S: Any, n: int, w: int, day: int) -> None:
    """Do what is chosen; where that cannot be done after all, the next best, and in the end what the book says.

    Who finds help after the manager handed the problem back was helped by that call too.
    """
    while True:
        option = pick(S, n, w)
        if option < 0:
            by_the_book(S, n, w, day)
            return
        if _do(S, n, w, option, day):
            if S.decision[0].handed_back == 1 and S.need[n].status == HELPED:
                S.manager[S.worker[w].team].satisfied += 1
            return
        S.option[option].possible = 0
        S.option[option].failed = 1


@behaviour
def _do(S: Any, n: int, w: int, option: int, day: int) -> bool:
    """Carry out an option; return whether it could be done. Hours are spent either way, and to try is to dare."""
    chosen = S.option[option]
    dare(S, w, chosen.breach)
    spend(S, w, chosen.hours)
    if option == MANAGER:
        ended = call_manager(S, S.worker[w].team, n, w, day)
        S.decision[0].handed_back = 1 if ended == HANDED_BACK else 0
        return ended == PLACED
    if option == ADVOCATE:
        return _press(S, n, w, day)
    if option == CALL:
        return _call(S, n, w, chosen.helper, day)
    if option == COLLEAGUE:
        return _ask(S, n, w, chosen.helper, day)
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
    start_help(S, n, chosen.helper, NOWHERE, day)
    if option in (TAILORED, VOLUNTEER):
        tailor(S, n, variant, part, day)
    if option == TAILORED:
        practise_tailoring(S, w)


@behaviour
def practise_tailoring(S: Any, w: int) -> None:
    """Count a tailoring: practice for worker ``w``, who thought of it, whoever gives the help."""
    S.worker[w].tailored += 1.0
    S.series[week_row(S, S.worker[w].organisation)].tailorings += 1.0


@behaviour
def _call(S: Any, n: int, w: int, v: int, day: int) -> bool:
    """Call in worker ``v`` of another organisation (C12). Where others wait for ``v``, their wait is displaced."""
    week = S.series[week_row(S, S.worker[w].organisation)]
    week.calls += 1.0
    others_wait = S.team[S.worker[v].team].waiting > 0
    if not _ask(S, n, w, v, day):
        return False
    week.calls_answered += 1.0
    week.displaced += 1.0 if others_wait else 0.0
    return True


@behaviour
def _ask(S: Any, n: int, w: int, v: int, day: int) -> bool:
    """Ask a colleague, of one's own organisation or another, to help; ``w`` stays responsible (C12, C17).

    Both spend hours and get to know each other better; the call that satisfies builds trust, the one that is refused or
    disappoints takes it (C33). A colleague without room takes the need on the list, where its urgency comes first.
    """
    spend(S, v, S.p[0].calling_hours)
    contact(S, w, v, 1.0)
    if not answers(S, n, w, v, day):
        lose_trust(S, w, v)
        return False
    if not has_room(S, v, n):
        _promise_a_place(S, n, w, v, day)
        return True
    S.need[n].called = 1
    start_help(S, n, v, NOWHERE, day)
    if need_draw(S, n, ANSWER, S.need[n].choices + (1 << 24)) < S.need[n].quality:
        gain_trust(S, w, v)
        gain_trust(S, v, w)
    else:
        lose_trust(S, w, v)
    return True


@behaviour
def _promise_a_place(S: Any, n: int, w: int, v: int, day: int) -> None:
    """Put need ``n`` on the list of worker ``v``, for ``w``, who stays responsible."""
    S.need[n].at_team = S.worker[v].team
    put_on_list(S, n, w, day)
    for slot in range(2 * n, 2 * n + 2):
        if S.place[slot].team == S.need[n].at_team:
            S.place[slot].called = 1


@behaviour
def _press(S: Any, n: int, w: int, day: int) -> bool:
    """Press one's manager for an exception: granted, the need goes before all others on the list (C17)."""
    S.series[week_row(S, S.worker[w].organisation)].advocacies += 1.0
    if not grants(S, S.worker[w].team, n, w):
        return False
    make_exception(S, n)
    put_on_list(S, n, w, day)
    return True
