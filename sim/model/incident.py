"""Incidents: what goes wrong where help falls short, whom it harms and who is blamed."""

from __future__ import annotations

from typing import Any

from sim.model.chance import INCIDENT, u01
from sim.model.compiling import behaviour
from sim.model.help import client_of
from sim.model.hours import week_row
from sim.model.life import catch_up, look_ahead
from sim.model.state import LINKS_PER_NEED, NOWHERE


@behaviour
def weeks_since(S: Any, day: int) -> int:
    """Return how many whole weeks the world has lasted: a number for draws made once a week."""
    return (day - S.now[0].first_day) // 7


@behaviour
def case_of(S: Any, link: int) -> int:
    """Return the need that stands behind a link of the chain of a worker's cases."""
    return (link - S.now[0].need_link) // LINKS_PER_NEED


@behaviour
def befall(S: Any, m: int, day: int) -> None:
    """Let the week's incidents happen in the team of manager ``m``: the worse the help, the more of them.

    The chance follows how far the help of a worker at work falls short in quality, on average over the cases; it is
    the same luck in every world (C02, C27).
    """
    team = S.team[m]
    for v in range(team.first_worker, team.first_worker + team.workers):
        if S.worker[v].present == 1:
            chance = S.p[0].incident_rate / 52.0 * shortfall(S, v)
            if u01(S.now[0].seed, S.worker[v].key, INCIDENT, 2 * weeks_since(S, day)) < chance:
                _strike(S, m, v, day)


@behaviour
def shortfall(S: Any, v: int) -> float:
    """Return by how much the help of worker ``v`` is less than perfect, on average over the cases; 0 without any."""
    chain = S.chain[S.now[0].case_chain + v]
    total = 0.0
    link = chain.first
    while link >= 0:
        total += 1.0 - S.need[case_of(S, link)].quality
        link = S.link[link].after
    return total / chain.length if chain.length > 0 else 0.0


@behaviour
def _strike(S: Any, m: int, v: int, day: int) -> None:
    """Let an incident harm the client whom worker ``v`` serves worst; under control the worker is blamed (C08)."""
    c = client_of(S, _worst_case(S, v))
    catch_up(S, c, day)
    S.client[c].frailty = min(1.0, S.client[c].frailty + S.p[0].incident_harm)
    look_ahead(S, c, day)
    o = S.team[m].organisation
    S.manager[m].incidents += 1.0
    S.manager[m].struck += 1
    S.board[o].incidents += 1.0
    S.series[week_row(S, o)].incidents += 1.0
    blames = S.board[o].control * (1.0 - S.manager[m].process)
    if u01(S.now[0].seed, S.worker[v].key, INCIDENT, 2 * weeks_since(S, day) + 1) < blames:
        S.worker[v].blamed += 1.0


@behaviour
def _worst_case(S: Any, v: int) -> int:
    worst, least = NOWHERE, 2.0
    link = S.chain[S.now[0].case_chain + v].first
    while link >= 0:
        n = case_of(S, link)
        if S.need[n].quality < least:
            worst, least = n, S.need[n].quality
        link = S.link[link].after
    return worst
