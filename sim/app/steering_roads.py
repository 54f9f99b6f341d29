"""The roads of managers, week by week, and of boards, quarter by quarter, in one world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from sim.app.futures import DAYS_A_LOOK, SEATS, WEEKS_A_QUARTER, Future
from sim.app.packing import places
from sim.app.staff_events import CHANGES, DOES, FIRST, Event, Road
from sim.app.staff_words import Telling
from sim.app.worker_roads import NOTICEABLE
from sim.model.board import QUARTER

COUNTS = ("interventions", "called", "satisfied", "handed_back", "exceptions", "denials", "placed", "struck")
OF_MANAGER = (
    "intervening",
    "process",
    "targets_attention",
    "staff_attention",
    "clients_attention",
    "fashion_attention",
)
OF_BOARD = ("figures_attention", "incidents_attention", "clients_attention", "fashion_attention")


# --- a manager -------------------------------------------------------------------------------------------------


def manager_road(future: Future, row: int, tell: Telling) -> Road:
    """Return the road of the manager of a team that exists; only weeks in which something happened are told."""
    looks = future.managers[:, row]
    team = [worker for worker, of in enumerate(places(future.run.scenario)["seats"]["team"]) if of == row]
    weeks = future.run.days // DAYS_A_LOOK
    counts = {name: np.diff(looks[name])[:weeks].astype(int) for name in COUNTS}
    stepped = np.diff(future.seats[:, team, SEATS.index("interventions")], axis=0)[:weeks]
    events = [Event(0, FIRST, _manager_begins(looks[0], tell))]
    for week in range(weeks):
        day = DAYS_A_LOOK * (week + 1) - 1
        with_whom = [team[place] for place in np.flatnonzero(stepped[week]).tolist()]
        counted = {name: int(column[week]) for name, column in counts.items()}
        events += [Event(day, DOES, text) for text in _week(counted, with_whom, tell)]
    events += _moved(looks[: weeks + 1], OF_MANAGER, DAYS_A_LOOK, tell)
    at_work = (future.seats[1 : weeks + 1, team, SEATS.index("present")] == 1).any(axis=1)
    asked = counts["called"] + counts["exceptions"] + counts["denials"] > 0
    decided = DAYS_A_LOOK * (np.flatnonzero(at_work | asked) + 1) - 1
    sums = {name: int(column.sum()) for name, column in counts.items()}
    numbers = {name: tell.counted("times", sums[name]) for name in ("interventions", "called")}
    in_all = tell(
        "manager in all",
        **numbers,
        exceptions=tell.counted("exceptions", sums["exceptions"]),
        denials=tell.spoken.number(sums["denials"]),
        incidents=tell.counted("incidents", sums["struck"]),
        placed=tell.counted("people", sums["placed"]),
    )
    return Road(tuple(events), frozenset(decided.tolist()), in_all, numbers)


def _manager_begins(look: Any, tell: Telling) -> str:
    shares = {
        name: tell.percent(float(look[f"{name}_attention"])) for name in ("targets", "staff", "clients", "fashion")
    }
    habits = {name: tell.percent(float(look[name])) for name in ("intervening", "process")}
    return tell("manager begins", **shares, **habits)


def _week(counts: dict[str, int], with_whom: Sequence[int], tell: Telling) -> Iterator[str]:
    """Yield what a manager met and did in a week, given how often; nothing where there was nothing."""
    if counts["struck"]:
        yield _sentence(tell("incidents", incidents=tell.counted("incidents", counts["struck"])))
    if counts["called"]:
        parts = [("call helped", counts["satisfied"]), ("call handed back", counts["handed_back"])]
        ended = [tell(key, times=tell.counted("times", times)) for key, times in parts if times]
        times = tell.counted("times", counts["called"])
        yield tell("called in", times=times, ended=tell.spoken.listed(ended) or tell("call in vain"))
    if counts["exceptions"]:
        yield tell("grants", exceptions=tell.counted("exceptions", counts["exceptions"]))
    if counts["denials"]:
        yield tell("refuses", exceptions=tell.counted("exceptions", counts["denials"]))
    if with_whom:
        yield tell("steps in", whom=tell.workers(with_whom))
    if counts["placed"]:
        yield tell("places", n=tell.counted("people", counts["placed"]))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _moved(looks: Any, names: Sequence[str], days: int, tell: Telling) -> Iterator[Event]:
    """Yield what changed noticeably since it was last told, on the last day before the look that showed it."""
    for name in names:
        column, told = looks[name], 0
        for look in range(1, len(column)):
            if abs(column[look] - column[told]) >= NOTICEABLE:
                yield Event(days * look - 1, CHANGES, tell.moved(name, float(column[told]), float(column[look])))
                told = look


# --- a board ---------------------------------------------------------------------------------------------------


def board_road(future: Future, row: int, tell: Telling) -> Road:
    """Return the road of a board that exists, quarter by quarter."""
    looks, quarters = future.boards[:, row], future.run.days // QUARTER
    incidents = _incidents(future, row)
    events = [Event(0, FIRST, text) for text in _board_begins(looks[0], tell)]
    for quarter in range(quarters):
        before, after = looks[quarter], looks[quarter + 1]
        struck = int(incidents[WEEKS_A_QUARTER * quarter : WEEKS_A_QUARTER * (quarter + 1)].sum())
        day = QUARTER * (quarter + 1) - 1
        events += [Event(day, DOES, text) for text in _quarter(before, after, struck, tell)]
    events += _moved(looks[: quarters + 1], OF_BOARD, QUARTER, tell)
    last = looks[-1]
    made, kept, broken = (int(last[name] - looks[0][name]) for name in ("made", "kept", "broken"))
    budget = looks["budget"][:quarters]
    produced = looks["ratio"][1 : quarters + 1] * budget
    numbers = {"control": tell.percent(float(last["control"])), "kept": tell.counted("times", kept)}
    in_all = tell(
        "board in all",
        ratio=tell.percent(float(produced.sum() / budget.sum()) if budget.sum() > 0 else float("nan")),
        incidents=tell.counted("incidents", int(incidents.sum())),
        made=tell.counted("agreements", made),
        kept=numbers["kept"],
        broken=tell.counted("times", broken),
        first=tell.percent(float(looks[0]["control"])),
        last=numbers["control"],
    )
    decided = frozenset(QUARTER * (quarter + 1) - 1 for quarter in range(quarters))
    return Road(tuple(events), decided, in_all, numbers)


def _incidents(future: Future, row: int) -> Any:
    """Return the incidents of an organisation by week from day 0 on."""
    weeks = future.run.weeks
    return weeks["incidents"][weeks["organisation"] == row]


def _board_begins(look: Any, tell: Telling) -> Iterator[str]:
    names = ("figures", "incidents", "clients", "fashion")
    shares = {name: tell.percent(float(look[f"{name}_attention"])) for name in names}
    yield tell("board begins", control=tell.percent(float(look["control"])), **shares)
    if (look["agreed"] == 1).any():
        yield tell("stands", whom=_boards(look["agreed"] == 1, tell))


def _boards(rows: Any, tell: Telling) -> str:
    return tell.spoken.listed([tell.organisation(other) for other in np.flatnonzero(rows).tolist()])


def _quarter(before: Any, after: Any, incidents: int, tell: Telling) -> Iterator[str]:
    """Yield what a quarter brought a board and what it made of it, given its rows before and after."""
    budget, ratio = float(before["budget"]), float(after["ratio"])
    yield tell(
        "figures",
        ratio=tell.percent(ratio),
        produced=tell.spoken.number(ratio * budget),
        budget=tell.spoken.number(budget),
        incidents=tell.spoken.number(incidents),
    )
    if np.isfinite(after["client_value"]):
        yield tell("clients heard", value=tell.percent(float(after["client_value"])))
    one, other = (tell.percent(float(look["control"]), 1) for look in (before, after))
    if one == other:
        yield tell("control stays", control=other)
    else:
        key = "rises" if after["control"] > before["control"] else "falls"
        yield tell(key, what=tell("control"), before=one, after=other)
    agreed = before["agreed"] == 1, after["agreed"] == 1
    for key, rows in (
        ("made", ~agreed[0] & agreed[1]),
        ("kept", agreed[0] & agreed[1]),
        ("broken", agreed[0] & ~agreed[1]),
    ):
        if rows.any():
            yield tell(key, whom=_boards(rows, tell))
