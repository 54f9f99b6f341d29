"""To whom an outcome is narrowed: everyone, a group of people, an organisation, a kind of help, or a payer."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from sim.study.groups import GROUPS
from sim.study.tables import Floats, Indices, Mask, Run

By = Literal["", "group", "organisation", "kind", "payer"]


class Scope(NamedTuple):
    """Whom, or what, an outcome is about.

    Attributes:
        by: By what it is narrowed; empty for everyone.
        who: Name of the group, organisation, kind or payer.
        position: Position of the organisation or kind in the scenario; -1 where it is neither.
    """

    by: By = ""
    who: str = ""
    position: int = -1


EVERYONE = Scope()


def people(run: Run, scope: Scope) -> Mask:
    """Return the newcomers in ``scope``, by row of ``clients``.

    Those of an organisation are the people whom it was the first to see. That is the same in both worlds of a pair,
    except where a regime gives a zone one front door.
    """
    if scope.by == "group":
        mask: Mask = run.remember(f"group {scope.who}", GROUPS[scope.who].members)
        return mask
    if scope.by == "organisation":
        return np.asarray(run.newcomers & (run.door_of_client == scope.position))
    return run.newcomers


def needs(run: Run, scope: Scope) -> Indices:
    """Return which needs in ``scope`` arose on day 0 or later: rows of ``needs``.

    Those of a group are its members' needs; those of an organisation are the needs that it was the first to see.
    """
    rows: Indices = run.remember(f"needs {scope}", lambda run: np.flatnonzero(_needs(run, scope)))
    return rows


def _needs(run: Run, scope: Scope) -> Mask:
    found = run.needs
    if scope.by == "group":
        return np.asarray(found.in_window & people(run, scope)[found.client])
    if scope.by == "organisation":
        return np.asarray(found.in_window & (run.door_of_need == scope.position))
    if scope.by == "kind":
        return np.asarray(found.in_window & (found.kind == scope.position))
    return found.in_window


def total(run: Run, column: str, scope: Scope = EVERYONE) -> float:
    """Return the sum of a column of ``series`` over the weeks from day 0, of one organisation or all together."""
    sums: Floats = run.sums[column]
    return float(sums[scope.position]) if scope.by == "organisation" else float(sums.sum())
