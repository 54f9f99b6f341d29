"""Ties: who knows whom. In this version they come with the seat; they form and fade when workers learn to call."""

from __future__ import annotations

from typing import Any

from sim.model.chance import TIES, u01
from sim.model.compiling import behaviour
from sim.model.state import NOWHERE


@behaviour
def meet_colleagues(S: Any, w: int) -> None:
    """Draw anew whom worker ``w`` knows, in its zone.

    One draw for each pair of holders, the same whichever of the two asks, held against the chance for a colleague of
    the team, of another team of the organisation, or of another organisation.
    """
    zone = S.worker[w].zone
    used = 0
    rows = S.now[0].tie_capacity
    first, last = workers_of_zone(S, zone)
    for v in range(first, last):
        if v != w and used < rows and _acquainted(S, w, v):
            _add(S, w, used, v)
            used += 1
    for row in range(w * rows + used, (w + 1) * rows):
        S.tie[row].to = NOWHERE


@behaviour
def workers_of_zone(S: Any, zone: int) -> Any:
    """Return first and past-the-last worker of a zone; workers stand zone by zone."""
    organisations = S.now[0].organisations
    first = S.team[S.office[zone * organisations].first_team].first_worker
    if zone + 1 == S.now[0].zones:
        return first, S.now[0].workers
    return first, S.team[S.office[(zone + 1) * organisations].first_team].first_worker


@behaviour
def _acquainted(S: Any, w: int, v: int) -> bool:
    if S.worker[w].team == S.worker[v].team:
        chance = S.p[0].know_team
    elif S.worker[w].organisation == S.worker[v].organisation:
        chance = S.p[0].know_inside
    else:
        chance = S.p[0].know_outside
    if chance <= 0.0 or chance >= 1.0:
        return chance >= 1.0
    one, other = min(w, v), max(w, v)
    return u01(S.now[0].seed, S.worker[one].key, TIES, S.worker[other].key) < chance


@behaviour
def _add(S: Any, w: int, place: int, v: int) -> None:
    tie = S.tie[w * S.now[0].tie_capacity + place]
    tie.to = v
    tie.generation = S.worker[v].generation


@behaviour
def introduce(S: Any, w: int) -> None:
    """Let a newcomer in seat ``w`` get to know colleagues, who get to know the newcomer."""
    meet_colleagues(S, w)
    rows = S.now[0].tie_capacity
    first, last = workers_of_zone(S, S.worker[w].zone)
    for v in range(first, last):
        if v != w and _acquainted(S, w, v):
            for place in range(rows):
                tie = S.tie[v * rows + place]
                if tie.to == NOWHERE or tie.to == w:
                    _add(S, v, place, w)
                    break


@behaviour
def knows(S: Any, w: int, v: int) -> bool:
    """Return whether worker ``w`` knows the present holder of seat ``v``."""
    rows = S.now[0].tie_capacity
    for place in range(rows):
        tie = S.tie[w * rows + place]
        if tie.to == NOWHERE:
            return False
        if tie.to == v:
            return tie.generation == S.worker[v].generation
    return False


@behaviour
def known_helper(S: Any, w: int, kind: int) -> int:
    """Return the freest colleague of another organisation whom ``w`` knows and who can do ``kind``, or NOWHERE."""
    rows = S.now[0].tie_capacity
    best, most = NOWHERE, -1.0e9
    for place in range(rows):
        tie = S.tie[w * rows + place]
        if tie.to == NOWHERE:
            break
        v = tie.to
        if tie.generation != S.worker[v].generation or S.worker[v].present != 1:
            continue
        if S.worker[v].organisation == S.worker[w].organisation or S.worker[v].can[kind] == 0:
            continue
        room = S.worker[v].capacity - S.worker[v].committed
        if room > most:
            best, most = v, room
    return best
