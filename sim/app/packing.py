"""Tables of a run as a page wants them: few columns, small numbers, nothing that it can work out itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.app.futures import STAFF, WEEKS_A_QUARTER, Future
from sim.app.waits import people_waiting, waits_by_week
from sim.scenario.scenario import Scenario
from sim.study.tables import DAYS_PER_YEAR, Run

if TYPE_CHECKING:
    from sim.app.session import Reply

Columns = Mapping[str, NDArray[Any]]
NO_DAY = -32768
"""Instead of a day that did not come."""
WEEKS = ("waiting", "in_care", "clients", "arrivals", "starts", "referrals", "refusals", "gave_up", "crisis", "planned")
"""Sums over organisations, by week."""
MEANS = ("ownership", "listening", "courage", "creativity", "client_attention", "board_control")
"""Means over all workers, by week."""
A_QUARTER = WEEKS_A_QUARTER  # what happens seldom is counted over that long


class Packed:
    """Columns on their way to a page, each as the bytes of its numbers."""

    def __init__(self) -> None:
        """Begin empty."""
        self._about: list[dict[str, Any]] = []
        self._buffers: list[bytes] = []

    def add(self, table: str, columns: Columns) -> None:
        """Add the columns of a table."""
        for name, values in columns.items():
            values = np.ascontiguousarray(values)
            self._about.append({"table": table, "column": name, "type": values.dtype.name, "shape": list(values.shape)})
            self._buffers.append(values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes())

    def reply(self, content: Mapping[str, Any]) -> Reply:
        """Return an answer with all columns."""
        from sim.app.session import Reply

        return Reply({**content, "arrays": self._about}, tuple(self._buffers))


def places(scenario: Scenario) -> dict[str, Any]:
    """Return who is where: zones, kinds of help, organisations with their titles, seats and teams."""
    return {
        "scenario": scenario.name,
        "start": scenario.start.isoformat(),
        "zones": int(scenario["zones"]),
        "kinds": [{"name": k.name, "en": k.title, "nl": k.title_nl or k.title} for k in scenario.kinds],
        "organisations": [
            {
                "name": each.name,
                "en": each.title,
                "nl": each.title_nl or each.title,
                "sector": each.sector,
                "staff": dict(each.staff),
            }
            for each in scenario.organisations
        ],
        **_seats(scenario),
    }


def _seats(scenario: Scenario) -> dict[str, Any]:
    """Return where each worker sits and each team is, in the order in which the model numbers them: zone by zone."""
    kinds = [kind.name for kind in scenario.kinds]
    seats: dict[str, list[int]] = {"organisation": [], "team": [], "craft": [], "zone": []}
    teams: dict[str, list[int]] = {"organisation": [], "zone": []}
    for zone, (o, organisation) in product(range(int(scenario["zones"])), enumerate(scenario.organisations)):
        crafts = [kinds.index(name) for name, count in organisation.staff.items() for _ in range(count)]
        number = math.ceil(len(crafts) / int(scenario["team_size"]))
        for first in range(number):
            for craft in crafts[first::number]:  # crafts are spread over the teams
                row = {"organisation": o, "team": len(teams["zone"]), "craft": craft, "zone": zone}
                for name, value in row.items():
                    seats[name].append(value)
            teams["organisation"].append(o)
            teams["zone"].append(zone)
    return {"seats": seats, "teams": teams}


def stays(run: Run) -> Columns:
    """Return every stay of each need that is there on day 0 or later, in order of person and need.

    Stays that ended before day 0 are among them: on day 0 somebody may already have been sent from a door, or helped.
    ``client`` is a row of :func:`people`.
    """
    rows, need = run.of_visit, run.need_of_visit
    there = np.zeros(int(need.max(initial=-1)) + 1, bool)
    there[need[np.isnan(rows["end"]) | (rows["end"] >= 0)]] = True
    kept = np.flatnonzero(there[need])
    kept = kept[np.lexsort((rows["need"][kept], run.client_of_visit[kept]))]
    types = {"need": np.uint8, "kind": np.uint8, "organisation": np.int8, "worker": np.int16, "called": np.uint8}
    return {
        "client": run.client_of_visit[kept].astype(np.int32),
        **{name: rows[name][kept].astype(of) for name, of in types.items()},
        **{name: _days(rows[name][kept]) for name in ("onset", "seen", "start", "end")},
    }


def people(run: Run) -> Columns:
    """Return every client; ``low`` and ``high`` are the halves of an identity, as a page counts to 2^53 only."""
    rows = run.clients
    identity = rows["client"].astype(np.uint64)
    return {
        "low": (identity & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        "high": (identity >> np.uint64(32)).astype(np.uint32),
        "zone": rows["zone"].astype(np.uint8),
        "status": rows["status"].astype(np.uint8),
        "arrival": _days(rows["arrival"]),
        "exit": _days(rows["exit"]),
        "age": rows["age"].astype(np.uint8),
        "frailty": (100 * rows["frailty_at_arrival"]).astype(np.uint8),
        "new_faces": np.minimum(rows["new_faces"], 255).astype(np.uint8),
        "transfers": np.minimum(rows["transfers"], 255).astype(np.uint8),
    }


def weeks(future: Future) -> Columns:
    """Return what charts show, by week, from day 0 on.

    Sums over organisations and means over workers, as the series of a run has them at the end of each week. Besides:

    - ``wait``: the mean wait of the needs whose first help started in the past quarter, whenever they arose. Over
      all weeks, of the needs that arose on day 0 or later, this is the outcome ``wait_mean``. In the first quarter the
      past one reaches back before day 0, when both worlds were one.
    - ``people_waiting``: see :func:`sim.app.waits.people_waiting`.
    - ``new_faces`` and ``transfers``: how often, in that week, somebody met a worker whom they did not know, and how
      often responsibility for somebody changed hands.
    - ``handoffs``: both together for each person who was there, a year, over the past quarter.
    - ``value``: client value over the past quarter, of people who arrived on day 0 or later: what their help of that
      time was worth, less the burden of stories told again then, for each hour that they asked then. Over all weeks
      this is :func:`sim.study.value.valued`. In the first quarter there is no past one: NaN, as for handoffs.

    What is said of a week does not depend on later weeks.
    """
    run = future.run
    rows = run.series[run.series["week"] >= 0]
    week = rows["week"]
    count = int(week.max()) + 1 if len(week) else 0
    total = {name: np.bincount(week, rows[name], count) for name in (*WEEKS, *MEANS, "staffed")}
    staffed = np.maximum(total.pop("staffed"), 1.0)
    means = {name: total[name] / staffed for name in MEANS}
    past = waits_by_week(run, 1 - A_QUARTER, count + A_QUARTER - 1)
    columns = {
        "wait": _over_the_past(*past, A_QUARTER)[A_QUARTER - 1 :],
        "people_waiting": people_waiting(run, count),
        **total,
        **means,
        **_hands(future, count),
        "value": value_by_week(future, A_QUARTER)[:count],
    }
    return {name: values.astype(np.float32) for name, values in columns.items()}


def _hands(future: Future, count: int) -> Columns:
    faces, transfers = np.diff(future.counts[:, :2], axis=0).T
    there = _person_years(future.run, len(faces))
    handoffs = _over_the_past(faces + transfers, there, A_QUARTER)
    return {"new_faces": faces[:count], "transfers": transfers[:count], "handoffs": handoffs[:count]}


def value_by_week(future: Future, past: int) -> NDArray[np.float64]:
    """Return the client value over the last ``past`` weeks at the end of each week, as :func:`weeks` explains it."""
    retold, asked, worth = np.diff(future.counts[:, 2:], axis=0).T
    return _over_the_past(worth - float(future.run.scenario["burden_hours"]) * retold, asked, past)


def _person_years(run: Run, weeks: int) -> NDArray[np.float64]:
    """Return by week for how long people were there in all, in years."""
    exits, days = run.of_client["exit"], 7 * weeks
    comes = np.clip(run.of_client["arrival"], 0, days).astype(np.int64)
    goes = np.clip(np.where(np.isnan(exits), run.days, exits), 0, days).astype(np.int64)
    there = np.cumsum(np.bincount(comes, minlength=days + 1) - np.bincount(goes, minlength=days + 1))
    return np.asarray(there[:-1].reshape(weeks, 7).sum(axis=1) / DAYS_PER_YEAR)


def _over_the_past(part: NDArray[Any], whole: NDArray[Any], past: int) -> NDArray[np.float64]:
    """Return ``part / whole`` over the last ``past`` weeks at the end of each week; NaN where there are fewer."""
    found = np.full(len(part), np.nan)
    parts, wholes = (np.concatenate([[0.0], np.cumsum(each)]) for each in (part, whole))
    sums, over = parts[past:] - parts[:-past], wholes[past:] - wholes[:-past]
    np.divide(sums, over, out=found[past - 1 :], where=over > 0)
    return found


def staff(future: Future) -> Columns:
    """Return what is seen of workers each week: of each column a matrix of weeks by workers."""
    return {name: future.staff[:, :, i] for i, name in enumerate(STAFF)}


def _days(values: Any) -> NDArray[np.int16]:
    days = np.nan_to_num(np.asarray(values, float), nan=NO_DAY)
    return np.asarray(np.clip(days, NO_DAY, 32767), np.int16)


def in_force(scenario: Scenario) -> dict[str, list[list[float]]]:
    """Return of each lever ``[day, lowest, highest]`` over the organisations, on day 0 and wherever that changes."""
    now = {org: {name: float(value.value) for name, value in own.items()} for org, own in scenario.levers.items()}
    steps = {name: [_step(0, name, now)] for name in next(iter(now.values()))}
    for change in scenario.changes:
        for organisation in change.organisations:
            now[organisation][change.lever] = float(change.value.value)
        own, step = steps[change.lever], _step(max(change.day, 0), change.lever, now)
        if step[1:] != own[-1][1:]:
            steps[change.lever] = [*(each for each in own if each[0] != step[0]), step]
    return steps


def _step(day: int, lever: str, now: Mapping[str, Mapping[str, float]]) -> list[float]:
    values = [own[lever] for own in now.values()]
    return [day, min(values), max(values)]
