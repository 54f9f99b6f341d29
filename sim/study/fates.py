"""What becomes of needs and of people, and when: with censoring, and with ends that exclude one another.

Two questions are kept apart. How long do needs wait for help, where those that still wait are known to have waited at
least so long (:func:`waits`)? And what share of all needs has got help, or has ended otherwise, by so many days
(:func:`fates`)? The first is an estimate of Kaplan and Meier, by scipy; the second is one of Aalen and Johansen, in
which who died or gave up will never get help, rather than being taken out of the count.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.study.needs import FATES
from sim.study.scope import EVERYONE, Scope, needs, people
from sim.study.tables import AS_PLANNED, DIED, ENDED, GAVE_UP, IN_CRISIS, Floats, Indices, Run

GRID: Indices = np.arange(0, 729, 7)
"""Days since the onset of a need on which distributions are read: two years by the week."""

WITHIN_YEARS = 3
"""Years from arrival in which admissions and deaths are counted, as in the cohorts of LASA (Alders et al. 2017)."""

WITHIN_DAYS = 1096  # three years

_ENDS = {IN_CRISIS: 1, AS_PLANNED: 2, DIED: 3, GAVE_UP: 4, ENDED: 4}  # of being at home, from 1: see `Ends`
LEFT_HOME = 3  # of these ends that many are no longer at home: crisis, planned, death; the fourth is only out of sight
_NOBODY_LEFT = 1e-12


def incidence(days: NDArray[Any], causes: NDArray[Any], at: NDArray[Any], ends: int) -> Floats:
    """Return the cumulative incidence of ends that exclude one another (Aalen and Johansen 1978).

    Args:
        days: Days until an end, or until nobody looked any more; one entry for each of those followed.
        causes: Which end it was, 1 to ``ends``; 0 where it was not seen. On the same day ends come first.
        at: Days at which the incidence is wanted.
        ends: How many ends there are.

    Returns:
        Shares of all who were followed, one row for each of ``at``, one column for each end. NaN where nobody was
        followed so long.
    """
    if not len(days):
        return np.full((len(at), ends), np.nan)
    moments, place = np.unique(days, return_inverse=True)
    cells = np.bincount(place * (ends + 1) + causes, minlength=len(moments) * (ends + 1))
    counts = cells.reshape(len(moments), ends + 1)
    at_risk = len(days) - np.concatenate(([0], np.cumsum(counts.sum(axis=1))[:-1]))
    hazards = counts[:, 1:] / at_risk[:, None]
    survivors = np.cumprod(1 - hazards.sum(axis=1))
    before = np.concatenate(([1.0], survivors[:-1]))
    reached = np.vstack((np.zeros(ends), np.cumsum(before[:, None] * hazards, axis=0)))
    found = reached[np.searchsorted(moments, at, side="right")]
    unknown = (at > moments[-1]) & (survivors[-1] > _NOBODY_LEFT)
    return np.asarray(np.where(unknown[:, None], np.nan, found))


def fates(run: Run, scope: Scope = EVERYONE) -> Floats:
    """Return the share of needs that met each fate by each day of ``GRID`` since they arose, as (days, ``FATES``).

    All needs that arose on day 0 or later count; those that still wait at the end were followed so far. What is left
    of one still waits.
    """
    who = needs(run, scope)
    return incidence(run.needs.lasted[who], run.fate_of_need[who], GRID, len(FATES))


def still(run: Run) -> Floats:
    """Return which share of the needs that wait at the end waits longer than each day of ``GRID``; NaN where none."""
    waiting = run.needs.waiting
    waited = np.sort((run.days - run.needs.onset)[waiting])
    if not len(waited):
        return np.full(len(GRID), np.nan)
    return np.asarray(1 - np.searchsorted(waited, GRID, side="right") / len(waited))


def waits(run: Run, scope: Scope = EVERYONE) -> Any:
    """Return the distribution of the wait for help, as ``scipy.stats.ecdf`` gives it, or None where no need arose.

    Needs without help are known to have waited at least until the end of the run, or until the wait ended otherwise.
    """
    from scipy.stats import CensoredData, ecdf

    who = needs(run, scope)
    lasted, helped = run.needs.lasted[who], run.fate_of_need[who] == 1
    return ecdf(CensoredData(uncensored=lasted[helped], right=lasted[~helped])) if len(lasted) else None


def waits_longer(run: Run) -> Floats:
    """Return the share of needs that wait longer for help than each day of ``GRID``; NaN beyond what was seen."""
    found = waits(run)
    if found is None:
        return np.full(len(GRID), np.nan)
    last = float(run.needs.lasted[needs(run, EVERYONE)].max())
    unknown = (last < GRID) & (found.sf.probabilities[-1] > _NOBODY_LEFT)
    return np.asarray(np.where(unknown, np.nan, found.sf.evaluate(GRID)))


def quantile(run: Run, share: float, scope: Scope = EVERYONE) -> float:
    """Return the days within which this share of needs gets help, censoring considered; NaN where it never does."""
    found = run.remember(f"waits {scope}", lambda run: waits(run, scope))
    if found is None:
        return float("nan")
    reached = np.flatnonzero(found.sf.probabilities <= 1 - share + _NOBODY_LEFT)
    return float(found.sf.quantiles[reached[0]]) if len(reached) else float("nan")


def ended(run: Run, scope: Scope = EVERYONE) -> tuple[Floats, Indices]:
    """Return how long the newcomers were followed and what ended it: crisis, planned, died, else out of sight."""
    who = people(run, scope)
    status, gone = run.of_client["status"][who], ~np.isnan(run.of_client["exit"][who])
    causes = np.zeros(len(status), np.int64)
    for code, cause in _ENDS.items():
        causes[gone & (status == code)] = cause
    return run.client_days[who], causes


def within(run: Run, end: int, scope: Scope = EVERYONE) -> float:
    """Return the share of newcomers with this end (1 crisis, 2 planned, 3 death) within ``WITHIN_DAYS`` of arrival."""
    return float(_lives(run, scope)[-1, end - 1])


def days_at_home(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean days at home of the first ``WITHIN_DAYS`` after arrival: until admission, or death.

    Who left because the need ended or gave up is out of sight and is taken to stay at home; admissions after that are
    not known. NaN where the run is too short for anybody to be followed so long.
    """
    away = _lives(run, scope)[:, :LEFT_HOME].sum(axis=1)
    return float(WITHIN_DAYS - away[:-1].sum()) if not np.isnan(away[-1]) else float("nan")


def _lives(run: Run, scope: Scope) -> Floats:
    """Return the incidence of each end among newcomers, day by day up to ``WITHIN_DAYS``; a run so short knows none."""
    once: Floats = run.remember(
        f"lives {scope}",
        lambda run: incidence(*ended(run, scope), np.arange(WITHIN_DAYS + 1), len(set(_ENDS.values()))),
    )
    return once
