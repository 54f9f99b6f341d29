"""The manager: sees, insists, coaches, steps in, is called in, and plans waiting needs within the reach of control."""

from __future__ import annotations

from typing import Any

from sim.model.chance import EXTRA, TOLD, need_draw, u01
from sim.model.compiling import behaviour
from sim.model.help import start_help
from sim.model.hours import before_overhead, overhead, staffing, week_row
from sim.model.incident import befall
from sim.model.intervention import intervene
from sim.model.placing import find_elsewhere, place_all
from sim.model.state import NOWHERE
from sim.model.steering import attended, both, permission, reports, targets, words_said

# Attention of a manager at first: targets and staff, who are met daily, before clients and fashions (C02).
TARGETS_FIRST, STAFF_FIRST, CLIENTS_FIRST, FASHION_FIRST = 0.45, 0.3, 0.15, 0.1
CREDIBILITY_FIRST = 0.5  # nobody has seen a deed yet
GAP_MEMORY = 0.25  # weight of this week in the gap that a manager sees: figures of about a month
NEARNESS = 0.5  # signal of staff, who are met daily (C02)
INSIST_HOURS = 0.1  # a week and worker: six minutes each on what clients asked
WIDER_SPAN = 0.5  # part of a manager's hours that others take, where one manager has all that two had
HALF_YEAR = 182  # days
FAILED, PLACED, HANDED_BACK = range(3)  # how a call on a manager ends
BACK = 1 << 24  # draws on handing back begin here, apart from the others about a need
BENT = 1 << 24  # draw on how a manager differs from others, apart from those of quarters


@behaviour
def found_manager(S: Any, m: int) -> None:
    """Let a manager begin: with all hours of a week, habits as asked, attention as usual, and a team that waits."""
    manager = S.manager[m]
    o = S.team[m].organisation
    manager.hours_left = S.p[0].manager_hours
    manager.bent = 0.5 + u01(S.now[0].seed, S.team[m].identity, TOLD, BENT)
    manager.intervening = _asked_habit(S, m)
    manager.process = S.organisation[o].process_management
    manager.targets_attention, manager.staff_attention = TARGETS_FIRST, STAFF_FIRST
    manager.clients_attention, manager.fashion_attention = CLIENTS_FIRST, FASHION_FIRST
    S.team[m].credibility = CREDIBILITY_FIRST


@behaviour
def steer_team(S: Any, m: int, day: int) -> None:
    """Summary of rule: once a week a manager looks at the team, insists, coaches, and steps in, while hours last.

    In order: incidents happen; duties take their hours, after the calls of the week; the manager sees the figures
    (C02); attention moves, habits grow; insisting and coaching (C26) go before stepping in (C27); the team believes
    what it saw (C08).
    """
    manager = S.manager[m]
    example = see_and_insist(S, m, day)
    intervene(S, m, day)
    believe(S, m, manager.granted + example, manager.refused)
    manager.granted = manager.refused = manager.incidents = 0.0
    S.series[week_row(S, S.team[m].organisation)].paid += S.p[0].manager_hours


@behaviour
def see_and_insist(S: Any, m: int, day: int) -> float:
    """Do all of a week's steering that comes before stepping in, and return the example set."""
    befall(S, m, day)
    example = _do_duties(S, m)
    _see_figures(S, m)
    _attend(S, m)
    _grow_into_habits(S, m, day)
    _insist_and_coach(S, m)
    return example


@behaviour
def deliver(S: Any, m: int, amount: float, cost: float) -> float:
    """Let manager ``m`` spend the hours for an ``amount`` of something, at so much each; return what there were for."""
    manager = S.manager[m]
    if amount * cost > manager.hours_left:
        amount = manager.hours_left / cost
    manager.hours_left = max(0.0, manager.hours_left - amount * cost)
    return amount


@behaviour
def _do_duties(S: Any, m: int) -> float:
    """Spend hours on the team, the wider span, fashions, reports, meetings and instruments; return the example set.

    A manager reports as long as each worker does, and is appraised in the hours that one worker spends on it.
    """
    o, p = S.team[m].organisation, S.p[0]
    lever, week = S.organisation[o], S.series[week_row(S, o)]
    week.indirect += deliver(S, m, p.team_hours * S.team[m].workers, 1.0)
    week.indirect += deliver(S, m, WIDER_SPAN * lever.integral_management * p.manager_hours, 1.0)
    week.indirect += deliver(S, m, S.manager[m].fashion_attention * S.board[o].fashion * p.manager_hours, 1.0)
    week.reports += deliver(S, m, reports(S, o), 1.0)
    week.meetings += deliver(S, m, lever.macro_meetings, 1.0)
    before = S.manager[m].hours_left
    deliver(S, m, lever.client_panels * p.panel_hours / 13.0, 1.0)
    deliver(S, m, lever.upward_appraisal * p.appraisal_hours / 52.0, 1.0)
    example = deliver(S, m, lever.setting_example, p.example_hours)
    week.instruments += before - S.manager[m].hours_left
    return example


@behaviour
def expected_hours(S: Any, w: int) -> float:
    """Return the hours a week that worker ``w`` is expected to deliver: of those for clients, sick leave taken off.

    The norm leaves some for intakes, reviews and empty seats. Figures show coaching as hours not delivered; time for
    oneself is in none, as nobody reports it.
    """
    free = before_overhead(S, w) - overhead(S, w) + S.manager[S.worker[w].team].coaching
    return S.p[0].production_norm * staffing(S, w) * max(0.0, free) * (1.0 - S.p[0].sick_share)


@behaviour
def _see_figures(S: Any, m: int) -> None:
    """Hold what the team delivers now against what is expected of it; a gap is seen gradually, later by a wide span."""
    team = S.team[m]
    delivered, expected = 0.0, 0.0
    for v in range(team.first_worker, team.first_worker + team.workers):
        expected += expected_hours(S, v)
        if S.worker[v].present == 1:
            delivered += S.worker[v].committed * S.worker[v].ratio
    gap = max(0.0, 1.0 - delivered / expected) if expected > 0.0 else 0.0
    span = WIDER_SPAN * S.organisation[team.organisation].integral_management
    S.manager[m].gap += GAP_MEMORY * (1.0 - span) * (gap - S.manager[m].gap)


@behaviour
def _attend(S: Any, m: int) -> None:
    """Shares of attention move to targets, staff, clients and fashion as each has consequences (C02).

    Clients are heard through panels, and by who holds back and lets workers speak.
    """
    manager, o = S.manager[m], S.team[m].organisation
    heard = S.organisation[o].client_panels * S.p[0].panel_representative
    shares = manager.targets_attention, manager.staff_attention, manager.clients_attention, manager.fashion_attention
    signals = both(targets(S, o), manager.gap), NEARNESS, both(heard, manager.process), S.board[o].fashion
    figures, staff, clients, fashion = attended(S, shares, signals, 1.0)
    manager.targets_attention, manager.staff_attention = figures, staff
    manager.clients_attention, manager.fashion_attention = clients, fashion


@behaviour
def _grow_into_habits(S: Any, m: int, day: int) -> None:
    """Stepping in and holding back become habits at their pace; an appraisal from below changes both (C28)."""
    manager, p = S.manager[m], S.p[0]
    o = S.team[m].organisation
    lever = S.organisation[o]
    manager.intervening += p.habit_pace * (_asked_habit(S, m) - manager.intervening)
    manager.process += p.habit_pace * (lever.process_management - manager.process)
    if (day + 1) % HALF_YEAR == 0:
        gain = lever.upward_appraisal * p.appraisal_gain
        manager.process += gain * (1.0 - manager.process)
        manager.intervening *= 1.0 - gain


@behaviour
def _asked_habit(S: Any, m: int) -> float:
    """Return the habit of stepping in that is asked of manager ``m``: as far as the board controls; managers differ."""
    o = S.team[m].organisation
    return min(1.0, S.manager[m].bent * S.organisation[o].intervening * S.board[o].control)


@behaviour
def _insist_and_coach(S: Any, m: int) -> None:
    """Insist on what clients asked, and coach each worker, as far as hours suffice.

    The nearer a manager is to staff who look to themselves, the less is insisted on (C02).
    """
    manager, workers = S.manager[m], float(S.team[m].workers)
    o = S.team[m].organisation
    week = S.series[week_row(S, o)]
    spared = manager.staff_attention * S.team[m].self_attention
    manager.insisting = deliver(S, m, S.organisation[o].insistence * (1.0 - spared), INSIST_HOURS * workers)
    manager.coaching = deliver(S, m, S.organisation[o].coaching_hours, workers)
    week.managing += manager.insisting * INSIST_HOURS * workers
    week.coaching += manager.coaching * workers


@behaviour
def believe(S: Any, team: int, good: float, bad: float) -> None:
    """Let a team that saw deeds believe its board as far as they match the words; more than that is no fault (C08)."""
    deeds = good + bad
    if deeds > 0.0:
        missed = max(0.0, words_said(S, S.team[team].organisation) - good / deeds)
        gap = 1.0 - missed - S.team[team].credibility
        S.team[team].credibility += S.p[0].credibility_pace * min(1.0, deeds) * gap


@behaviour
def grants(S: Any, m: int, n: int, w: int) -> bool:
    """Return whether manager ``m`` grants an exception for need ``n``: permitted, or pleaded for with courage (C17)."""
    manager = S.manager[m]
    if draw_of_exception(S, n) < chance_of_exception(S, m, w):
        manager.granted += 1.0
        manager.exceptions += 1
        return True
    manager.refused += 1.0
    manager.denials += 1
    return False


@behaviour
def chance_of_exception(S: Any, m: int, w: int) -> float:
    """Return the chance that manager ``m`` grants worker ``w`` an exception: freedom there is, or clients heard."""
    heard = S.manager[m].clients_attention * S.worker[w].courage
    return both(permission(S, S.team[m].organisation), heard)


@behaviour
def draw_of_exception(S: Any, n: int) -> float:
    """Return what that chance is held against at the present choice about need ``n``."""
    return need_draw(S, n, EXTRA, 4 * S.need[n].choices + 2)


@behaviour
def draw_of_handing_back(S: Any, n: int) -> float:
    """Return what the habit of holding back is held against when a manager is called in for need ``n``."""
    return need_draw(S, n, EXTRA, BACK + S.need[n].choices)


@behaviour
def call_manager(S: Any, m: int, n: int, w: int, day: int) -> int:
    """Let worker ``w`` call manager ``m`` in as an instrument for need ``n`` (C17); return how that ended.

    It takes the manager's hours either way. One who holds back hands the problem back with coaching; another looks
    for a free worker of another team, and the call satisfied if there is one.
    """
    manager, week = S.manager[m], S.series[week_row(S, S.team[m].organisation)]
    manager.called += 1
    if manager.hours_left < S.p[0].placing_hours:
        return FAILED
    manager.hours_left -= S.p[0].placing_hours
    if draw_of_handing_back(S, n) < manager.process:
        week.coaching += S.p[0].placing_hours
        manager.granted += 1.0
        manager.handed_back += 1
        _coach_once(S, w)
        return HANDED_BACK
    week.planning += S.p[0].placing_hours
    helper = find_elsewhere(S, n, m)
    if helper < 0:
        return FAILED
    manager.placed += 1
    manager.satisfied += 1
    start_help(S, n, helper, NOWHERE, day)
    return PLACED


@behaviour
def _coach_once(S: Any, w: int) -> None:
    worker = S.worker[w]
    worker.creativity += S.p[0].colleague_learning * (1.0 - worker.creativity)
    worker.safety += S.p[0].safety_learning * (1.0 - worker.safety)


@behaviour
def plan(S: Any, m: int, day: int) -> None:
    """Summary of rule: once a week a manager places needs of the team's list with free workers of other teams.

    In order: hours for planning, as many as control asks and are left; the most urgent needs first, each kind in turn
    from the oldest; for each the freest worker of another team of the organisation, anywhere; under a central
    management of any organisation that stands under it, in the zone. A client who prefers the organisation stays with
    it. A manager is paid the same whatever the regime; hours left over go to what the model does not follow. Then the
    hours of a new week begin, for who calls first.
    """
    manager = S.manager[m]
    o = S.team[m].organisation
    hours = min(manager.hours_left, S.organisation[o].planning_hours * S.board[o].control)
    others = manager.hours_left - hours
    manager.hours_left = hours
    place_all(S, m, day)
    week = S.series[week_row(S, o)]
    week.planning += hours - manager.hours_left
    week.indirect += others + manager.hours_left
    manager.hours_left = S.p[0].manager_hours
