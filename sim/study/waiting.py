"""Waiting, on two clocks: from the onset of a need, and from its first place on a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.study.fates import quantile
from sim.study.scope import EVERYONE, Scope, needs
from sim.study.tables import OPEN, Floats, Mask, Run
from sim.study.value import ratio

Reader = Callable[..., float]  # from a run and a scope


def wait_mean(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean wait from onset of completed starts; who is helped on the day itself waited zero."""
    return mean(_completed(run, scope))


def _of_completed(run: Run, scope: Scope, share: float) -> float:
    waited = _completed(run, scope)
    known = waited[~np.isnan(waited)]
    return float(np.quantile(known, share)) if len(known) else float("nan")


def _of_all(run: Run, scope: Scope, share: float) -> float:
    return quantile(run, share, scope)


def beyond_norm(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the share of needs beyond the norm.

    A need without help, also one that nobody has seen yet, counts once its wait exceeds the norm; one still waiting
    within the norm is left out.
    """
    rows = needs(run, scope)
    beyond = run.needs.lasted[rows] > run.needs.norm[rows]
    known = beyond | ~run.needs.waiting[rows]
    return ratio(float(beyond.sum()), float(known.sum()))


def list_wait_mean(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean wait from first listing of needs that were listed and started."""
    return mean((run.needs.start - run.needs.listed)[needs(run, scope)])


def list_wait_all(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean wait from first listing of all started needs, zero where a need was never listed."""
    rows = needs(run, scope)
    start, listed = run.needs.start[rows], run.needs.listed[rows]
    return mean(np.where(np.isnan(listed), 0.0, start - listed)[~np.isnan(start)])


def elapsed_wait(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean elapsed wait from onset of the needs without help at the end, those nobody has seen included."""
    return mean((run.days - run.needs.onset)[run.needs.waiting])


def list_elapsed(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean elapsed wait from first listing of the needs that are on a list at the end."""
    listed = np.zeros(len(run.needs.client), bool)
    listed[run.need_of_visit[_on_list(run)]] = True
    return mean((run.days - run.needs.listed)[listed])


def waiting_at_end(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the number of needs on at least one list at the end: of an organisation, for a kind of help, or in all."""
    rows = _on_list(run)
    if scope.by:
        rows = rows & (run.of_visit[scope.by] == scope.position)
    return float(len(np.unique(run.need_of_visit[rows])))


def _on_list(run: Run) -> Mask:
    rows: Mask = run.remember("on a list", _places_at_end)
    return rows


def _places_at_end(run: Run) -> Mask:
    visits = run.of_visit
    still = (visits["reason"] == OPEN) & np.isnan(visits["start"])
    return np.asarray(still & ~np.isnan(visits["listed"]))


def _completed(run: Run, scope: Scope) -> Floats:
    return run.needs.wait[needs(run, scope)]


def mean(values: NDArray[Any]) -> float:
    """Return the mean of the values that are defined, NaN where none is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


_PLAIN = (
    wait_mean, beyond_norm, list_wait_mean, list_wait_all, elapsed_wait, list_elapsed, waiting_at_end,
)  # fmt: skip
READERS: dict[str, Reader] = {
    **{function.__name__: function for function in _PLAIN},
    "wait_median": partial(_of_all, share=0.5),
    "wait_p90": partial(_of_all, share=0.9),
    "wait_completed_median": partial(_of_completed, share=0.5),
    "wait_completed_p90": partial(_of_completed, share=0.9),
}
