"""Programmes: work is regrouped into result-responsible teams; cases change hands, acquaintances are lost (C06).

What it is done for comes with it: who is regrouped takes freed hours to all lists of the organisation in the zone
(``take_next``).
"""

from __future__ import annotations

from typing import Any

from sim.model.chance import EXTRA, need_draw, u01
from sim.model.compiling import behaviour
from sim.model.help import hand_over, has_room
from sim.model.hours import free_hours
from sim.model.state import HELPED, NOWHERE

BETWEEN = 1 << 24  # draws on pairs of colleagues begin here, apart from those on one worker


@behaviour
def regroup(S: Any, o: int, day: int) -> None:
    """Summary of rule: on the day of a regrouping a share of cases and of acquaintances inside is lost.

    In order: each case, by a draw of its own, goes to the colleague in the zone with most room, and stays where nobody
    has any; each two colleagues who know one another lose sight of each other, by one draw for the two.
    """
    for n in range(len(S.need)):
        if _changes_hands(S, n, o):
            v = _room_elsewhere(S, n)
            if v >= 0:
                hand_over(S, n, v, day)
    for w in range(S.now[0].workers):
        if S.worker[w].organisation == o:
            _lose_sight(S, w)


@behaviour
def _changes_hands(S: Any, n: int, o: int) -> bool:
    need = S.need[n]
    if need.status != HELPED or S.worker[need.provider].organisation != o:
        return False
    return need_draw(S, n, EXTRA, 4 * need.choices + 3) < S.organisation[o].regrouping


@behaviour
def _room_elsewhere(S: Any, n: int) -> int:
    """Return the freest other worker of the organisation in the zone with room for need ``n``, or NOWHERE."""
    w = S.need[n].provider
    best, most = NOWHERE, -1.0e9
    office = S.office[S.worker[w].zone * S.now[0].organisations + S.worker[w].organisation]
    for team in range(office.first_team, office.first_team + office.teams):
        first = S.team[team].first_worker
        for v in range(first, first + S.team[team].workers):
            if v != w and has_room(S, v, n) and free_hours(S, v) > most:
                best, most = v, free_hours(S, v)
    return best


@behaviour
def _lose_sight(S: Any, w: int) -> None:
    rows = S.now[0].tie_capacity
    for row in range(w * rows, (w + 1) * rows):
        v = S.tie[row].to
        if v == NOWHERE:
            break
        if S.worker[v].organisation == S.worker[w].organisation:
            one, other = S.worker[min(w, v)].key, S.worker[max(w, v)].key
            if u01(S.now[0].seed, one, EXTRA, BETWEEN + other) < S.organisation[S.worker[w].organisation].regrouping:
                S.tie[row].familiarity = 0.0
