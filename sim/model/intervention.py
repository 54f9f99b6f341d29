"""Interventions: what alarms a manager, and what a manager who steps in does. It can prevent harm, and it costs."""

from __future__ import annotations

from typing import Any

from sim.model.chance import STEP_IN, u01
from sim.model.compiling import behaviour
from sim.model.help import client_of, nearest_variant, renew_quality, variants
from sim.model.hours import week_row
from sim.model.incident import case_of, weeks_since
from sim.model.life import catch_up, look_ahead
from sim.model.state import EXCEPTION, NOWHERE
from sim.model.waitlist import list_chain, make_exception, place_of

SHAKEN = 0.5  # part of the manager's consistency that is left for the worker concerned


@behaviour
def intervene(S: Any, m: int, day: int) -> None:
    """Let manager ``m`` step in with workers at work: by habit, as alarmed by what is seen, held back by process (C27).

    Each time costs hours; without hours left nothing happens.
    """
    team = S.team[m]
    for v in range(team.first_worker, team.first_worker + team.workers):
        if S.worker[v].present == 1:
            perhaps_step_in(S, m, v, day)


@behaviour
def perhaps_step_in(S: Any, m: int, v: int, day: int) -> None:
    """Let manager ``m`` step in with worker ``v``, who is at work, or leave it: one draw a week, while hours last."""
    has_hours = S.manager[m].hours_left >= S.p[0].intervention_hours
    if has_hours and draw_of_stepping_in(S, v, day) < chance_of_stepping_in(S, m, v):
        step_in(S, m, v, day)


@behaviour
def chance_of_stepping_in(S: Any, m: int, v: int) -> float:
    """Return the chance that manager ``m`` steps in with worker ``v``: habit, alarm, and not holding back (C27)."""
    manager = S.manager[m]
    return manager.intervening * alarm(S, m, v) * (1.0 - manager.process)


@behaviour
def draw_of_stepping_in(S: Any, v: int, day: int) -> float:
    """Return what that chance is held against in the week of ``day``."""
    return u01(S.now[0].seed, S.worker[v].key, STEP_IN, weeks_since(S, day))


@behaviour
def alarm(S: Any, m: int, v: int) -> float:
    """Return how much manager ``m`` sees that asks for stepping in with worker ``v``, 0 to 1.

    The production gap as far as targets have the manager's attention; incidents in the team; and how far the worker
    deviates from the standard: less of that where it is seen to fit what the client asks (C02).
    """
    figures, deviation, incidents = alarms(S, m, v)
    return min(1.0, figures + deviation + incidents)


@behaviour
def alarms(S: Any, m: int, v: int) -> Any:
    """Return the three parts of :func:`alarm`: the production gap, deviation, incidents."""
    p, manager = S.p[0], S.manager[m]
    deviation, fit = deviation_and_fit(S, v)
    figures = p.gap_seen * manager.gap * manager.targets_attention
    incidents = p.incident_seen * manager.incidents / S.team[m].workers
    return figures, p.deviation_seen * deviation * (1.0 - p.fit_seen * fit), incidents


@behaviour
def deviation_and_fit(S: Any, v: int) -> Any:
    """Return which part of the help by ``v`` is tailored, and how near it is to perceived wishes: means of cases."""
    chain = S.chain[S.now[0].case_chain + v]
    if chain.length == 0:
        return 0.0, 0.0
    tailored, distance = 0.0, 0.0
    link = chain.first
    while link >= 0:
        need = S.need[case_of(S, link)]
        tailored += need.tailored
        distance += abs(need.perceived - need.variant)
        link = S.link[link].after
    return tailored / chain.length, 1.0 - distance / chain.length


@behaviour
def step_in(S: Any, m: int, v: int, day: int) -> None:
    """Let manager ``m`` step in with worker ``v``: the most tailored case gets the standard at once.

    Where nothing is tailored, the most urgent need waiting for the team goes before all others. Where nobody waits
    either, there is nothing to step in for. The worker meets a manager who does not leave it to the worker: ownership
    and safety follow when the week is learnt from; the team sees a deed.
    """
    n = _most_tailored(S, v)
    if n >= 0:
        _put_standard(S, n, day)
    else:
        n = _most_urgent(S, m, v)
        if n < 0:
            return
        make_exception(S, n)
    S.worker[v].stepped_in += 1.0
    S.worker[v].interventions += 1
    S.worker[v].consistency *= SHAKEN
    _account(S, m)


@behaviour
def _account(S: Any, m: int) -> None:
    manager, hours = S.manager[m], S.p[0].intervention_hours
    week = S.series[week_row(S, S.team[m].organisation)]
    manager.hours_left -= hours
    manager.interventions += 1
    manager.refused += 1.0
    week.managing += hours
    week.interventions += 1.0


@behaviour
def _most_tailored(S: Any, v: int) -> int:
    best, most = NOWHERE, 0.0
    link = S.chain[S.now[0].case_chain + v].first
    while link >= 0:
        n = case_of(S, link)
        if S.need[n].tailored > most:
            best, most = n, S.need[n].tailored
        link = S.link[link].after
    return best


@behaviour
def _put_standard(S: Any, n: int, day: int) -> None:
    """Put the standard in place of tailored help; where that is better for now, harm was averted (C26, C27)."""
    need, c = S.need[n], client_of(S, n)
    o = S.worker[need.provider].organisation
    before = need.quality
    catch_up(S, c, day)
    need.tailored = 0.0
    need.variant = nearest_variant(need.perceived, variants(S, n, o))
    renew_quality(S, n, day)
    look_ahead(S, c, day)
    if need.quality > before:
        S.series[week_row(S, o)].averted += 1.0


@behaviour
def _most_urgent(S: Any, m: int, v: int) -> int:
    """Return the oldest of the most urgent needs on the team's list that worker ``v`` can do, or NOWHERE."""
    best, oldest = NOWHERE, 0
    for step in range(EXCEPTION):
        for kind in range(S.now[0].kinds):
            link = S.chain[list_chain(S, m, kind, EXCEPTION - 1 - step)].first
            if link >= 0 and S.worker[v].can[kind] == 1:
                slot = place_of(S, link)
                if best < 0 or S.place[slot].listed < oldest:
                    best, oldest = slot // 2, S.place[slot].listed
        if best >= 0:
            break
    return best
