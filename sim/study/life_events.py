"""The events of lives, read from the tables of a run, and all in which two runs of one world differ.

What has a date (seen, listed, help started, sent on, ended, admitted, died) is held against the other world day by day.
What has none (another worker, help tailored, a need made smaller, another variant, bridging care) is held against the
other world for each stay that began on the same days: it lies somewhere between that beginning, or the day from which
levers differ, and the end of the shorter stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.model import state
from sim.study.levers_in_force import day_apart
from sim.study.tables import AS_PLANNED, DIED, IN_CRISIS, Indices, Mask, Run, Table

if TYPE_CHECKING:
    import pandas as pd

HANDED_OVER, LOST, SEEN, DOOR, REFERRED, REFUSED = "handed over", "lost", "seen", "door", "referred", "refused"
LISTED, STARTED, GAVE_UP, ENDED = "listed", "started", "gave up", "ended"
CRISIS, PLANNED, DEAD, TAKEN = "admitted in crisis", "admitted as planned", "died", "taken"
HELPER, BRIDGED, TAILORED, SMALLER, VARIANT = "helper", "bridged", "tailored", "smaller", "variant"
ORDER = (HANDED_OVER, LOST, SEEN, DOOR, REFERRED, REFUSED, LISTED, STARTED, GAVE_UP, ENDED, CRISIS, PLANNED, DEAD,
         TAKEN, HELPER, BRIDGED, TAILORED, SMALLER, VARIANT)  # fmt: skip
"""All that can happen, in the order of the phases of a day; last what the tables have no day for."""

_BY_REASON = {
    state.FULFILLED: ENDED,
    state.PASSED_ON: REFERRED,
    state.REFUSED: REFUSED,
    state.RENOUNCED: GAVE_UP,
    state.STRAYED: LOST,
    state.HANDED_OVER: HANDED_OVER,
}
"""What the reasons for which a stay ends say that is no part of another event."""
_BY_STATUS = {IN_CRISIS: CRISIS, AS_PLANNED: PLANNED, DIED: DEAD}
_AT_A_TEAM = (REFERRED, REFUSED, LOST)
_SAME = ["client", "need", "day", "what", "who"]
_BEGINNING = ["client", "need", "seen", "listed", "start"]
NO_NEED = -1
NOBODY = -1


def differences(first: Run, second: Run) -> pd.DataFrame:
    """Return all events from day 0 on that are in one world and not in the other.

    The runs are of one world: the same people, needs and luck.

    Returns:
        One row an event, in order of day and of the phases of a day: ``client`` (identity), ``need`` (-1 where it is
        about the person), ``day``, ``until`` (later than ``day`` where only a span is known), ``what`` (of ``ORDER``),
        ``row_first`` and ``row_second`` (rows of ``visits``, of ``clients`` for admissions and deaths; -1 where it did
        not happen in that world).
    """
    import pandas as pd

    either = _events(first).merge(_events(second), how="outer", on=_SAME, suffixes=("_first", "_second"))
    alone = either[either["row_first"].isna() | either["row_second"].isna()].copy()
    alone["until"] = alone["day"]
    found = pd.concat([alone, _undated(first, second)], ignore_index=True)
    for side in ("row_first", "row_second"):
        found[side] = found[side].fillna(NOBODY).astype(np.int64)
    found.loc[_from_list(found, first, second), "what"] = TAKEN
    found["order"] = found["what"].map({what: place for place, what in enumerate(ORDER)})
    found = found.sort_values(["client", "day", "order", "need"], kind="stable", ignore_index=True)
    return found[["client", "need", "day", "until", "what", "row_first", "row_second"]]


def _events(run: Run) -> pd.DataFrame:
    """Return the dated events from day 0 on; ``who`` tells apart what is not the same though the day is."""
    import pandas as pd

    parts = [pd.DataFrame(part) for part in (*_of_needs(run.visits), *_of_people(run))]
    events = pd.concat(parts, ignore_index=True)
    return events[events["day"] >= 0].drop_duplicates(_SAME)


def _of_needs(visits: Table) -> Iterator[dict[str, Any]]:
    for what, column in ((SEEN, "seen"), (LISTED, "listed")):
        yield _event(visits, what, np.isfinite(visits[column]), visits[column])
    yield _event(visits, STARTED, np.isfinite(visits["start"]), visits["start"], visits["organisation"])
    for reason, what in _BY_REASON.items():
        who = visits["team"] if what in _AT_A_TEAM else None
        yield _event(visits, what, visits["reason"] == reason, visits["end"], who)


def _of_people(run: Run) -> Iterator[dict[str, Any]]:
    clients = run.clients
    for status, what in _BY_STATUS.items():
        rows = np.flatnonzero((clients["status"] == status) & np.isfinite(clients["exit"]))
        yield {"client": clients["client"][rows], "need": NO_NEED, "day": clients["exit"][rows], "what": what,
               "who": NOBODY, "row": rows}  # fmt: skip


def _event(visits: Table, what: str, where: Mask, day: Any, who: Any = None) -> dict[str, Any]:
    rows = np.flatnonzero(where)
    return {
        "client": visits["client"][rows],
        "need": visits["need"][rows].astype(np.int64),
        "day": day[rows],
        "what": what,
        "who": NOBODY if who is None else who[rows].astype(np.int64),
        "row": rows,
    }


def _from_list(found: pd.DataFrame, first: Run, second: Run) -> Mask:
    """Return where help that started was taken from a list, by whoever had hours free."""
    started = (found["what"] == STARTED).to_numpy(copy=True)
    for run, side in ((first, "row_first"), (second, "row_second")):
        rows: Indices = found[side].to_numpy()
        here = started & (rows >= 0)
        started[here] = np.isfinite(run.visits["listed"][rows[here]])
    return started


# --- what the tables have no day for -----------------------------------------------------------------------


def _undated(first: Run, second: Run) -> pd.DataFrame:
    """Return in what stays that began on the same days in both worlds differ."""
    import pandas as pd

    stays = _stays(first).merge(_stays(second), on=_BEGINNING, suffixes=("_first", "_second"))
    ends = np.fmin(stays["end_first"].fillna(first.days), stays["end_second"].fillna(second.days))
    began = stays[["seen", "listed", "start"]].max(axis=1)
    began = began.clip(lower=day_apart(first.scenario, second.scenario))
    parts = []
    for what, where in _contents(stays):
        here = stays[where]
        parts.append(here[["client", "need", "row_first", "row_second"]].assign(
            what=what, day=began[where], until=began[where] if what == DOOR else ends[where]))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _stays(run: Run) -> pd.DataFrame:
    """Return the stays that touch day 0 or later and of which there is but one that began so."""
    import pandas as pd

    rows = np.flatnonzero(~(run.visits["end"] < 0) & (run.visits["organisation"] >= 0))
    frame = pd.DataFrame(run.visits[rows]).assign(row=rows)
    return frame.drop_duplicates(_BEGINNING, keep=False)


def _contents(stays: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Yield what differs, and in which stays; of help only where there was help in both worlds."""
    helped = stays["start"].notna()
    other = {name: stays[f"{name}_first"] != stays[f"{name}_second"] for name in
             ("organisation", "worker", "hours_per_week", "variant")}  # fmt: skip
    tailored = [stays[f"tailored_{side}"] > 0 for side in ("first", "second")]
    bridged = [stays[f"hours_bridging_{side}"] > 0 for side in ("first", "second")]
    as_long = stays["end_first"].fillna(-1) == stays["end_second"].fillna(-1)
    yield DOOR, ~helped & stays["seen"].ge(0) & other["organisation"]
    yield HELPER, helped & ~other["organisation"] & other["worker"]
    yield BRIDGED, (bridged[0] != bridged[1]) & (as_long | helped)
    yield TAILORED, helped & (tailored[0] != tailored[1])
    yield SMALLER, helped & other["hours_per_week"]
    yield VARIANT, helped & other["variant"] & ~tailored[0] & ~tailored[1]
