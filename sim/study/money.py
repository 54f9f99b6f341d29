"""Hours, euros and staff by payer, from stated tariffs.

The same staff is paid alike in every regime: what differs is the hours of help that a payer is billed for, and the days
in long-term care. The model follows nobody there: a stay is paid for until the run ends, for a stated number of days
at most.
"""

from __future__ import annotations

import numpy as np

from sim.scenario.payers import LONG_TERM_CARE, PAYERS, TARIFFS
from sim.study.scope import EVERYONE, Scope
from sim.study.tables import AS_PLANNED, DAYS_PER_YEAR, IN_CRISIS, Floats, Run
from sim.study.value import ratio
from sim.study.waiting import Reader


def hours_billed(run: Run, scope: Scope = EVERYONE) -> float:
    """Return hours of help and bridging care by paid workers, per client-year."""
    hours = _hours(run)
    return ratio(sum(hours[payer] for payer in _payers(scope) if payer in hours), _client_years(run))


def euros(run: Run, scope: Scope = EVERYONE) -> float:
    """Return euros per client-year: of everybody who was there on day 0 or later."""
    return ratio(_euros(run, scope), _client_years(run))


def euros_zone(run: Run, scope: Scope = EVERYONE) -> float:
    """Return euros per year and zone."""
    return _euros(run, scope) / run.years / float(run.scenario["zones"])


def staff(run: Run, scope: Scope = EVERYONE) -> float:
    """Return full-time workers per zone whom a payer pays for.

    A worker counts for the payer of the own craft, whatever else the worker does; the hours of managers are spread over
    the workers of their organisation. Who is sick is paid, an empty seat is not.
    """
    hours = sum(_hours_of_staff(run)[payer] for payer in _payers(scope) if payer != LONG_TERM_CARE)
    weeks = run.number_of_weeks * float(run.scenario["zones"])
    return ratio(hours / float(run.scenario["full_time_hours"]), weeks)


def _payers(scope: Scope) -> tuple[str, ...]:
    return (scope.who,) if scope.by == "payer" else tuple(PAYERS)


def _client_years(run: Run) -> float:
    return float(run.client_days_since_0.sum()) / DAYS_PER_YEAR


def _euros(run: Run, scope: Scope) -> float:
    amounts = {**_hours(run), LONG_TERM_CARE: _days_in_long_term_care(run)}
    return sum(amounts[payer] * float(run.scenario[TARIFFS[payer]]) for payer in _payers(scope) if payer in amounts)


def _hours(run: Run) -> dict[str, float]:
    """Return the hours billed to each payer of help from day 0 on."""
    once: dict[str, float] = run.remember("hours by payer", _hours_by_payer)
    return once


def _hours_by_payer(run: Run) -> dict[str, float]:
    kinds = np.bincount(run.of_visit["kind"], _billed(run), minlength=len(run.scenario.kinds))
    by_payer = dict.fromkeys((payer for payer in PAYERS if payer != LONG_TERM_CARE), 0.0)
    for kind, hours in zip(run.scenario.kinds, kinds, strict=True):
        by_payer[kind.payer] += float(hours)
    return by_payer


def _billed(run: Run) -> Floats:
    """Return the hours of each stay that were given from day 0 on; those of a stay that began before are spread evenly.

    Help runs from its start, bridging care from the day on which the stay was seen or listed until help starts. What
    volunteers give is not billed.
    """
    visits = run.of_visit
    end = np.where(np.isnan(visits["end"]), run.days, visits["end"])
    seen = np.fmin(np.fmin(visits["listed"], visits["seen"]), end)
    began = np.where(np.isnan(seen), visits["onset"], seen)
    helped = np.where(np.isnan(visits["start"]), end, visits["start"])
    hours = np.nan_to_num(visits["hours_delivered"]) * _part_since_0(helped, end)
    bridging = np.nan_to_num(visits["hours_bridging"]) * _part_since_0(np.minimum(began, helped), helped)
    return np.asarray(np.where(run.paid_visits, hours + bridging, 0.0))


def _part_since_0(first: Floats, last: Floats) -> Floats:
    """Return which part of the days from ``first`` to ``last`` lies on day 0 or later; all or nothing of a moment."""
    length = last - first
    inside = np.maximum(last, 0) - np.maximum(first, 0)
    return np.asarray(np.where(length > 0, inside / np.where(length > 0, length, 1), last >= 0))


def _days_in_long_term_care(run: Run) -> float:
    status, left = run.of_client["status"], run.of_client["exit"]
    admitted = ((status == IN_CRISIS) | (status == AS_PLANNED)) & (left >= 0)
    most = float(run.scenario["long_term_care_days"])
    return float(np.minimum(run.days - left[admitted], most).sum())


def _hours_of_staff(run: Run) -> dict[str, float]:
    payer_of = {kind.name: kind.payer for kind in run.scenario.kinds}
    by_payer = dict.fromkeys(PAYERS, 0.0)
    for organisation, paid in zip(run.scenario.organisations, run.sums["paid"], strict=False):
        seats = sum(organisation.staff.values())
        for kind, number in organisation.staff.items():
            by_payer[payer_of[kind]] += float(paid) * number / seats
    return by_payer


READERS: dict[str, Reader] = {function.__name__: function for function in (hours_billed, euros, euros_zone, staff)}
