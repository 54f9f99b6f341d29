"""Waiting lists: for each team, kind of help and urgency a first-come list; a need stands on two at most."""

from __future__ import annotations

from typing import Any

from sim.model.calendar import need_link
from sim.model.chain import append, remove
from sim.model.compiling import behaviour
from sim.model.hours import week_row
from sim.model.record import write_visit
from sim.model.state import EXCEPTION, LINKS_PER_NEED, NOWHERE, PLACE_LINK, URGENCIES


@behaviour
def list_chain(S: Any, team: int, kind: int, urgency: int) -> int:
    """Return the chain of the list of ``team`` for needs of this kind and urgency."""
    return S.now[0].list_chain + (team * S.now[0].kinds + kind) * URGENCIES + urgency


@behaviour
def rank_of(S: Any, n: int) -> int:
    """Return which of the lists need ``n`` stands on: that of its urgency, or that of the exceptions."""
    return EXCEPTION if S.need[n].exception == 1 else S.need[n].urgency


@behaviour
def make_exception(S: Any, n: int) -> None:
    """Let need ``n`` go before all others on the lists where it stands, or will stand."""
    if S.need[n].exception == 1:
        return
    S.need[n].exception = 1
    for slot in range(2 * n, 2 * n + 2):
        team = S.place[slot].team
        if team >= 0:
            link = need_link(S, n, PLACE_LINK + slot - 2 * n)
            remove(S, link)
            append(S, list_chain(S, team, S.need[n].kind, EXCEPTION), link)


@behaviour
def place_of(S: Any, link: int) -> int:
    """Return the place (row of ``S.place``) that stands behind a link of a waiting list."""
    row = link - S.now[0].need_link
    return 2 * (row // LINKS_PER_NEED) + row % LINKS_PER_NEED - PLACE_LINK


@behaviour
def _count_places(S: Any, o: int, change: int) -> None:
    """Keep the integral of places on the lists of organisation ``o`` (for Little's law)."""
    organisation = S.organisation[o]
    day = S.now[0].day
    S.series[week_row(S, o)].list_days += organisation.places * (day - organisation.places_since)
    organisation.places_since = day
    organisation.places += change


@behaviour
def listed_with(S: Any, n: int, o: int) -> bool:
    """Return whether need ``n`` stands on a list of organisation ``o``."""
    for slot in range(2 * n, 2 * n + 2):
        if S.place[slot].team >= 0 and S.team[S.place[slot].team].organisation == o:
            return True
    return False


@behaviour
def join_list(S: Any, n: int, team: int, w: int, seen: int, day: int) -> bool:
    """Put need ``n`` on the list of ``team``; False where it already has two places."""
    slot = 2 * n
    if S.place[slot].team >= 0:
        slot += 1
    place = S.place[slot]
    if place.team >= 0:
        return False
    place.team = team
    place.worker = w
    place.called = 0
    place.seen = seen
    place.listed = day
    need = S.need[n]
    append(S, list_chain(S, team, need.kind, rank_of(S, n)), need_link(S, n, PLACE_LINK + slot - 2 * n))
    o = S.team[team].organisation
    _count_places(S, o, 1)
    S.team[team].waiting += 1
    S.series[week_row(S, o)].listed += 1.0
    return True


@behaviour
def leave_place(S: Any, slot: int, day: int) -> None:
    """Give up one place on a list, without a word in the record."""
    n = slot // 2
    place = S.place[slot]
    o = S.team[place.team].organisation
    remove(S, need_link(S, n, PLACE_LINK + slot - 2 * n))
    _count_places(S, o, -1)
    S.team[place.team].waiting -= 1
    week = S.series[week_row(S, o)]
    week.delisted += 1.0
    week.delisted_days += day - place.listed
    place.team = NOWHERE


@behaviour
def leave_lists(S: Any, n: int, kept: int, reason: int, day: int) -> None:
    """Give up all places of need ``n``; write down each stay that ends by it, all but that at place ``kept``."""
    for slot in range(2 * n, 2 * n + 2):
        place = S.place[slot]
        if place.team >= 0:
            team, w, seen, listed = place.team, place.worker, place.seen, place.listed
            leave_place(S, slot, day)
            if slot != kept:
                write_visit(S, n, team, w, seen, listed, False, reason, day)
    S.need[n].exception = 0
