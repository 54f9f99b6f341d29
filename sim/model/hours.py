"""Hours: what a worker has, promises, delivers and spends. No hour comes from nowhere and none is lost.

A worker promises hours a week to needs. What is done at once (an intake, a review, a referral) is a debt, taken out
of idle hours first and otherwise out of the visits of the weeks that follow. The part of the promises that is
delivered (``ratio``) is summed over time (``integral``), so that a need's hours are known exactly without a daily scan.
"""

from __future__ import annotations

from typing import Any

from sim.model.chain import append
from sim.model.compiling import behaviour
from sim.model.steering import reports

DEBT_WEEKS = 4.0  # over how many weeks a debt is paid out of visits
DEBT_LIMIT = 0.5  # the largest part of a week that goes to debts


@behaviour
def week_row(S: Any, o: int) -> int:
    """Return the row of this week's series for organisation ``o`` (the last one for nobody's)."""
    organisations = S.now[0].organisations + 1
    if o < 0:
        o = organisations - 1
    week = S.now[0].day // 7 - S.now[0].first_day // 7
    return week * organisations + o


@behaviour
def capacity(S: Any, w: int) -> float:
    """Return the hours a week that worker ``w`` has for clients while at work; more staff brings its own overhead."""
    return staffing(S, w) * max(0.0, before_overhead(S, w) - overhead(S, w))


@behaviour
def staffing(S: Any, w: int) -> float:
    """Return the paid hours of worker ``w`` as a multiple of the contract: more staff, and what funders allot."""
    organisation = S.organisation[S.worker[w].organisation]
    return (1.0 + organisation.extra_staff) * organisation.allotted


@behaviour
def before_overhead(S: Any, w: int) -> float:
    """Return the hours a week for clients before anything that levers ask and own time are taken off."""
    return S.worker[w].contract * (1.0 - S.p[0].leave_share) * S.p[0].direct_share


@behaviour
def overhead(S: Any, w: int) -> float:
    """Return the hours a week that are taken from worker ``w``'s clients."""
    asked = hours_asked(S, S.worker[w].organisation)
    return asked + S.manager[S.worker[w].team].coaching + own_time(S, w)


@behaviour
def hours_asked(S: Any, o: int) -> float:
    """Return the hours a week that levers ask of each worker of organisation ``o``."""
    return reports(S, o) + S.organisation[o].meeting_hours + _coordination(S, o) + _instruments(S, o)


@behaviour
def _coordination(S: Any, o: int) -> float:
    """Return the hours a week that each worker of ``o`` spends on arrangements with other organisations and clients."""
    lever, p = S.organisation[o], S.p[0]
    return (
        lever.coordination_hours
        + lever.broker_hours
        + lever.co_location * p.co_location_hours
        + lever.platform * p.platform_hours
        + lever.joint_training * p.training_hours / 52.0
        + p.arrangement_hours * _arrangements(S, o)
    )


@behaviour
def _arrangements(S: Any, o: int) -> float:
    """Return how many arrangements organisation ``o`` takes part in, each in proportion to its use."""
    lever = S.organisation[o]
    together = lever.pooled_list + lever.joint_intake + lever.front_door + lever.central_management
    called = lever.urgency_across + lever.joint_responsibility + lever.helping_consequences + lever.network_insistence
    seen = lever.capacity_overview + lever.initiative_overview + lever.initiative_subsidy
    clients = lever.client_say + lever.personal_budget + lever.supply_follows_demand + lever.chosen_change
    return together + called + seen + clients


@behaviour
def _instruments(S: Any, o: int) -> float:
    """Return the hours a week that the instruments in use ask of each worker of ``o`` (C28)."""
    lever, p = S.organisation[o], S.p[0]
    yearly = (
        lever.listening_training * p.training_hours
        + lever.colleague_audit * p.audit_hours
        + lever.upward_appraisal * p.appraisal_hours
        + 12.0 * (lever.direct_feedback * p.feedback_hours + lever.peer_supervision * p.peer_hours)
    )
    weekly = lever.account_to_askers * p.account_hours + lever.performance_measurement * p.measurement_hours
    return weekly + yearly / 52.0


@behaviour
def own_time(S: Any, w: int) -> float:
    """Return the hours a week that worker ``w`` takes for oneself: as much as attention goes to oneself (C01, C21)."""
    return S.p[0].own_time * S.worker[w].self_attention * before_overhead(S, w)


@behaviour
def book(S: Any, w: int, day: int) -> None:
    """Bring the account of worker ``w`` up to ``day``."""
    worker = S.worker[w]
    days = day - worker.since
    if days <= 0:
        return
    worker.since = day
    if worker.present < 0:
        worker.vacant_days += days
    elif worker.present == 0:
        worker.sick_days += days
    else:
        worker.present_days += days
        delivered = worker.ratio * days
        worker.integral += delivered
        worker.direct_week += delivered / 7.0 * (worker.committed - worker.bridging)
        worker.bridging_week += delivered / 7.0 * worker.bridging


@behaviour
def room_for_visits(S: Any, w: int) -> float:
    """Return the hours a week that worker ``w`` can promise in all, debts considered."""
    worker = S.worker[w]
    if worker.present != 1:
        return 0.0
    return worker.capacity - min(worker.debt / DEBT_WEEKS, worker.capacity * DEBT_LIMIT)


@behaviour
def free_hours(S: Any, w: int) -> float:
    """Return the hours a week that worker ``w`` can still promise."""
    return room_for_visits(S, w) - S.worker[w].committed


@behaviour
def _reset_ratio(S: Any, w: int) -> None:
    room, promised = room_for_visits(S, w), S.worker[w].committed
    S.worker[w].ratio = 1.0 if promised <= room else room / promised


@behaviour
def promise(S: Any, w: int, hours: float, bridging: float, day: int) -> None:
    """Let worker ``w`` promise so many more hours a week (fewer where negative), of which ``bridging`` are that."""
    book(S, w, day)
    worker = S.worker[w]
    worker.committed = max(0.0, worker.committed + hours)
    worker.bridging = max(0.0, worker.bridging + bridging)
    if worker.committed < 1e-9:
        worker.committed = 0.0
    if worker.bridging < 1e-9:
        worker.bridging = 0.0
    _reset_ratio(S, w)
    if hours < 0.0:
        offer_freed(S, w)


@behaviour
def offer_freed(S: Any, w: int) -> None:
    """Note that worker ``w`` has hours free, to be offered to who waits at the end of the day; volunteers do not."""
    if w < S.now[0].workers and S.link[S.now[0].seats + w].chain < 0:
        append(S, S.now[0].freed_chain, S.now[0].seats + w)


@behaviour
def present(S: Any, w: int, value: int, day: int) -> None:
    """Let worker ``w`` be at work (1), sick (0) or gone (-1) from ``day`` on."""
    book(S, w, day)
    S.worker[w].present = value
    _reset_ratio(S, w)
    if value == 1:
        offer_freed(S, w)


@behaviour
def settle(S: Any, w: int, day: int) -> None:
    """Close the account of worker ``w`` at the start of ``day`` and enter it in the week of its organisation.

    In order: direct hours and bridging as delivered; debts paid from what is left; the rest is idle; sick leave,
    holidays, indirect hours and the overhead that levers ask.
    """
    book(S, w, day)
    worker = S.worker[w]
    o = worker.organisation
    week = S.series[week_row(S, o)]
    contract = worker.contract * staffing(S, w)
    weeks_present = worker.present_days / 7.0
    worked = contract * weeks_present * (1.0 - S.p[0].leave_share)
    for_clients = worker.capacity * weeks_present
    left = for_clients - worker.direct_week - worker.bridging_week
    repaid = min(worker.debt, max(0.0, left))
    worker.debt -= repaid
    week.paid += contract * (weeks_present + worker.sick_days / 7.0)
    week.sick += contract * worker.sick_days / 7.0
    week.leave += contract * weeks_present * S.p[0].leave_share
    week.indirect += worked * (1.0 - S.p[0].direct_share)
    week.direct += worker.direct_week
    week.bridging += worker.bridging_week
    week.idle += left - repaid
    _enter_overhead(S, w, worked * S.p[0].direct_share - for_clients)
    worker.direct_week = 0.0
    worker.bridging_week = 0.0
    worker.present_days = 0
    worker.vacant_days = 0
    worker.sick_days = 0
    worker.capacity = capacity(S, w)
    _reset_ratio(S, w)
    if somebody_waits(S, w) and free_hours(S, w) > 0.0:
        offer_freed(S, w)


@behaviour
def _enter_overhead(S: Any, w: int, spent: float) -> None:
    """Enter the hours ``spent`` by worker ``w`` on other things than clients in the week, each what it was spent on."""
    asked = overhead(S, w)
    if asked <= 0.0:
        return
    o = S.worker[w].organisation
    week, part = S.series[week_row(S, o)], spent / asked
    week.reports += part * reports(S, o)
    week.meetings += part * S.organisation[o].meeting_hours
    week.coordination += part * _coordination(S, o)
    week.instruments += part * _instruments(S, o)
    week.coaching += part * S.manager[S.worker[w].team].coaching
    week.own_time += part * own_time(S, w)


@behaviour
def somebody_waits(S: Any, w: int) -> bool:
    """Return whether there may be anybody on a list that worker ``w`` takes from."""
    lever = S.organisation[S.worker[w].organisation]
    return S.team[S.worker[w].team].waiting > 0 or lever.pooled_list == 1 or lever.regrouping > 0.0


@behaviour
def reset_capacity(S: Any, w: int) -> None:
    """Give worker ``w`` the hours that levers leave, and offer what is free. Accounts must be closed."""
    S.worker[w].capacity = capacity(S, w)
    _reset_ratio(S, w)
    if free_hours(S, w) > 0.0:
        offer_freed(S, w)
