"""Lives: what waiting, handoffs and help were for each person of a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.study.tables import Floats, Indices, Mask, Run
from sim.study.value import Value, value_by_client, valued

FACTORS = ("hours_met", "fit", "quality", "timeliness", "continuity")  # of a value, of which the burden goes off


@dataclass(frozen=True)
class Lives:
    """People who arrived on day 0 or later, in one world; one entry a person, by identity.

    Attributes:
        client: Identity, as in the column ``client`` of both tables.
        arrival: Day of arrival.
        waiting: Days that a need waited for its first help, the mean over the needs of this person; a need that never
            was helped counts the days until it was over, or until the last day.
        handoffs: Transfers of responsibility and new faces.
        value: Client value per hour asked; NaN for who asked nothing yet.
        asked: Hours asked: the weights by which the values of all people give that of the run.
        served: Whether a need of this person got help or stood on a list.
    """

    client: Indices
    arrival: Floats
    waiting: Floats
    handoffs: Floats
    value: Floats
    asked: Floats
    served: Mask


def lives(run: Run) -> Lives:
    """Return the lives of all newcomers of a run; worked out once."""
    found: Lives = run.remember("lives", _lives)
    return found


def _lives(run: Run) -> Lives:
    rows = np.flatnonzero(run.newcomers)
    rows = rows[np.argsort(run.clients["client"][rows])]
    people = run.clients[rows]
    return Lives(
        client=people["client"].astype(np.int64),
        arrival=people["arrival"],
        waiting=_waiting(run)[rows],
        handoffs=(people["transfers"] + people["new_faces"]).astype(float),
        value=value_by_client(run)[rows],
        asked=people["hours_asked"],
        served=_served(run)[rows],
    )


def row_of(run: Run, client: int) -> int:
    """Return the row of ``clients`` of a person who is there."""
    return int(np.flatnonzero(run.clients["client"] == client)[0])


def value_of(run: Run, row: int) -> Value:
    """Return what help was worth to one person, in its parts."""
    alone = np.zeros(len(run.clients), bool)
    alone[row] = True
    return valued(run, who=alone)


def shares_of_gain(one: Value, other: Value) -> dict[str, float]:
    """Return how much of the difference in value comes with each part; together they are the whole difference.

    The product is split by the logarithmic mean (Ang 2004, "Decomposition analysis for policymaking in energy", the
    LMDI), which leaves no rest and does not depend on an order. Where one of the two got nothing of any worth, all of
    it comes with the hours.
    """
    before, after = one.total + one.burden, other.total + other.burden
    shares = dict.fromkeys(FACTORS, 0.0)
    if before > 0 and after > 0:
        mean = before if np.isclose(before, after, rtol=1e-12) else (after - before) / np.log(after / before)
        shares = {part: float(mean * np.log(getattr(other, part) / getattr(one, part))) for part in FACTORS}
    else:
        shares["hours_met"] = after - before
    return {**shares, "burden": one.burden - other.burden}


def _waiting(run: Run) -> Floats:
    """Return the mean wait of the needs of each client, by row of ``clients``."""
    needs, people = run.needs, len(run.clients)
    waited = np.where(np.isnan(needs.start), needs.until, needs.start) - needs.onset
    total, count = np.bincount(needs.client, waited, people), np.bincount(needs.client, minlength=people)
    return np.asarray(np.divide(total, count, out=np.full(people, np.nan), where=count > 0))


def _served(run: Run) -> Mask:
    touched = ~np.isnan(run.visits["start"]) | ~np.isnan(run.visits["listed"])
    return np.bincount(run.client_of_visit[touched], minlength=len(run.clients)) > 0
