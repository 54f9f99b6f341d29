"""Groups of people whom a mean may hide, chosen by what they were when they arrived: the same people in all worlds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import Said
from sim.study.tables import Mask, Run


@dataclass(frozen=True)
class Group:
    """Some of the people who arrived on day 0 or later.

    Attributes:
        title: What they are called.
        members: Returns who they are, by row of ``clients``.
    """

    title: Said
    members: Callable[[Run], Mask]


def frailest(run: Run) -> Mask:
    """Return the tenth of newcomers who were frailest when they arrived."""
    return _lowest_part(run, -run.of_client["frailty_at_arrival"], 0.1)


def alone(run: Run) -> Mask:
    """Return the newcomers who arrived without a network of their own."""
    return np.asarray(run.newcomers & (run.of_client["network_at_arrival"] <= 0))


def little_voiced(run: Run) -> Mask:
    """Return the third of newcomers with the least voice."""
    return _lowest_part(run, run.of_client["voice"], 1 / 3)


def _lowest_part(run: Run, measure: NDArray[Any], share: float) -> Mask:
    """Return the newcomers lowest in ``measure``; ties by identity: the same in all worlds."""
    rows = np.flatnonzero(run.newcomers)
    order = np.lexsort((run.of_client["client"][rows], measure[rows]))
    mask = np.zeros(len(measure), bool)
    mask[rows[order[: round(share * len(rows))]]] = True
    return mask


GROUPS: dict[str, Group] = {
    "frailest": Group(
        Said("the tenth who were frailest when they arrived", "het tiende dat bij binnenkomst het kwetsbaarst was"),
        frailest,
    ),
    "alone": Group(
        Said("people who arrived without a network of their own", "mensen die zonder eigen netwerk binnenkwamen"),
        alone,
    ),
    "little_voice": Group(
        Said("the third with the least voice", "het derde met de minste stem"),
        little_voiced,
    ),
}
"""Every group by name, in the order in which they are listed."""
