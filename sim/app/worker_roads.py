"""The road of a worker's seat in one world: who comes and goes, whom they help, how they change, what they decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.app.futures import DAYS_A_LOOK, STAFF, Future
from sim.app.staff_events import CHANGES, COMES, DOES, FIRST, QUIET, Event, Road
from sim.app.staff_words import Telling
from sim.app.worker_days import WorkerDays, worker_days
from sim.study.roads import ADMITTED, DIED, ENDED, HANDED_OVER, MOVED, REFERRED, REFUSED

NOTICEABLE = 0.1  # change of something of 0 to 1 that is told
TRAITS = ("ownership", "listening", "courage", "client_attention")
NEEDS = 8  # of a client, in the number of a case
STOPS = {ENDED: "over", HANDED_OVER: "given back", MOVED: "to volunteers", ADMITTED: "admitted", DIED: "died"}


def road(future: Future, row: int, tell: Telling) -> Road:
    """Return the road of the worker in a seat that exists."""
    days, stays = worker_days(future, row), _Stays(future)
    made = np.diff(days.seat["decisions"])
    decided = frozenset(np.flatnonzero(made).tolist())
    deeds = (*_cases(row, days, stays, tell), *_passes_on(future, row, tell))
    events = (
        _begins(future, row, days, tell),
        *_comes_and_goes(days, tell),
        *deeds,
        *_changes(future, row, days, tell),
        *_stepped_in(days, tell),
        *_decides(days, decided - {event.day for event in deeds}, stays, tell),
    )
    numbers = _numbers(future, row, days, tell)
    in_all = tell("worker in all", **numbers | {"decisions": tell.counted("decisions", made.sum())})
    return Road(events, decided, in_all, numbers)


def _decides(days: WorkerDays, decided: frozenset[int], stays: _Stays, tell: Telling) -> Iterator[Event]:
    """Yield that something was decided, on days on which no deed tells what."""
    made = np.diff(days.seat["decisions"])
    for day in sorted(decided):
        if made[day] > 1:
            yield Event(day, QUIET, tell("n decide", n=tell.spoken.number(int(made[day]))))
            continue
        case = int(days.seat["decided_on"][day + 1])
        key = "looks again" if case in days.cases[day] else "decides"
        whom, kind = tell.person(case // NEEDS), tell.kind(int(stays.of(case)[0]["kind"]))
        yield Event(day, QUIET, tell(key, whom=whom, kind=kind))


def _numbers(future: Future, row: int, days: WorkerDays, tell: Telling) -> dict[str, str]:
    """Return the sums: people to whom help began after day 0, decisions, evenings ill, interventions, ownership."""
    begun = {case // NEEDS for before, now in zip(days.cases, days.cases[1:], strict=False) for case in now - before}
    interventions = days.seat["interventions"]
    return {
        "people": tell.counted("people", len(begun)),
        "decisions": tell.spoken.number(int(np.diff(days.seat["decisions"]).sum())),
        "ill": tell.counted("days", int((days.seat["present"][1:] == 0).sum())),
        "times": tell.counted("times", int(interventions[-1] - interventions[0])),
        "ownership": tell.percent(float(future.staff[-1, row, STAFF.index("ownership")])),
    }


def _begins(future: Future, row: int, days: WorkerDays, tell: Telling) -> Event:
    present = int(days.seat["present"][0])
    if present < 0:
        return Event(0, FIRST, tell("begins empty"))
    traits = {name: tell.percent(float(future.staff[0, row, STAFF.index(name)])) for name in TRAITS}
    people = tell.counted("people", len({case // NEEDS for case in days.cases[0]}))
    key = "begins at work" if present else "begins ill"
    return Event(0, FIRST, tell(key, people=people, attention=traits["client_attention"], **traits))


def _comes_and_goes(days: WorkerDays, tell: Telling) -> Iterator[Event]:
    """Yield when somebody falls ill, returns, leaves or is succeeded."""
    present, generation = days.seat["present"], days.seat["generation"]
    since: int | None = None
    for day in np.flatnonzero(np.diff(present) | np.diff(generation)).tolist():
        now, before = int(present[day + 1]), int(present[day])
        if generation[day + 1] != generation[day]:
            yield Event(day, COMES, tell("successor", craft=tell.kind(int(days.seat["craft"][day + 1]))))
        elif now < 0:
            yield Event(day, COMES, tell("leaves"))
        elif now == 0:
            since = day
            yield Event(day, COMES, tell("falls ill"))
        elif before == 0:
            key = "is back" if since is None else "is back after"
            yield Event(day, COMES, tell(key, days=tell.counted("days", day - (since or 0))))


def _cases(row: int, days: WorkerDays, stays: _Stays, tell: Telling) -> Iterator[Event]:
    """Yield with whom help begins and ends: as the cases of one evening differ from those of the evening before."""
    for day, (before, now) in enumerate(zip(days.cases, days.cases[1:], strict=False)):
        if before == now:  # help that ended and began again on one day is neither, as nothing changed for anybody
            continue
        for case in sorted(before - now):
            yield Event(day, DOES, _ended(stays.ended(case, day, row), case, tell, stays))
        for case in sorted(now - before):
            yield Event(day, DOES, _begun(stays.open_on(case, day), case, day, tell))


class _Stays:
    """Finds the stay of a need in which there was help."""

    def __init__(self, future: Future) -> None:
        self.rows = future.run.visits
        clients, needs = self.rows["client"].astype(np.int64), self.rows["need"]
        self._keys = clients * NEEDS + needs
        self._order = np.argsort(self._keys, kind="stable")
        self._sorted = self._keys[self._order]

    def of(self, case: int) -> Any:
        """Return the stays of a need, help or not."""
        first, end = np.searchsorted(self._sorted, [case, case + 1])
        return self.rows[self._order[first:end]]

    def ended(self, case: int, day: int, row: int) -> Any | None:
        """Return the stay that ended on a day while this worker helped; None where a colleague went on with it."""
        found = [
            stay for stay in self.of(case) if stay["end"] == day and stay["worker"] == row and stay["start"] <= day
        ]
        return found[-1] if found else None

    def open_on(self, case: int, day: int) -> Any:
        """Return the stay with help that went on at the end of a day."""
        stays = [stay for stay in self.of(case) if stay["start"] <= day and not stay["end"] <= day]
        return stays[-1]


def _ended(stay: Any | None, case: int, tell: Telling, stays: _Stays) -> str:
    whom = tell.person(case // NEEDS)
    if stay is None:
        return tell("goes over", whom=whom, kind=tell.kind(int(stays.of(case)[0]["kind"])))
    tailored = float(stay["tailored"])
    how = tell("standard" if tailored <= 0 else "partly" if tailored < 0.5 else "tailored")
    return tell(STOPS.get(int(stay["reason"]), "stops"), whom=whom, kind=tell.kind(int(stay["kind"])), how=how)


def _begun(stay: Any, case: int, day: int, tell: Telling) -> str:
    key = "takes over" if stay["start"] < day else "starts called" if stay["called"] else "starts"
    return tell(key, whom=tell.person(case // NEEDS), kind=tell.kind(int(stay["kind"])))


def _passes_on(future: Future, row: int, tell: Telling) -> Iterator[Event]:
    """Yield whom this worker put on a list, sent on or told "no", as far as the tables say who did."""
    visits = future.run.visits
    mine = visits[(visits["worker"] == row) & np.isnan(visits["start"])]
    for stay in mine:
        whom, kind = tell.person(int(stay["client"])), tell.kind(int(stay["kind"]))
        if stay["listed"] >= 0:
            yield Event(int(stay["listed"]), DOES, tell("listed", whom=whom, kind=kind))
        elif stay["reason"] in (REFERRED, REFUSED) and stay["end"] >= 0:
            key = "sent on" if stay["reason"] == REFERRED else "refused"
            yield Event(int(stay["end"]), DOES, tell(key, whom=whom, kind=kind))


def _changes(future: Future, row: int, days: WorkerDays, tell: Telling) -> Iterator[Event]:
    """Yield what changed noticeably, at the end of the week in which it had; each new holder begins anew."""
    looks = future.staff[:, row, :]
    evenings = np.arange(len(looks)) * DAYS_A_LOOK
    holder = days.seat["generation"][evenings]
    for name in (*TRAITS, "ties_outside"):
        column, least = looks[:, STAFF.index(name)], (1.0 if name == "ties_outside" else NOTICEABLE)
        told = 0
        for look in range(1, len(looks)):
            if holder[look] != holder[told]:
                told = look
            elif abs(column[look] - column[told]) >= least:
                yield Event(DAYS_A_LOOK * look - 1, CHANGES, _changed(name, column[told], column[look], tell))
                told = look


def _changed(name: str, before: float, after: float, tell: Telling) -> str:
    if name == "ties_outside":
        return tell("knows more", n=tell.counted("people", float(after)), before=tell.spoken.number(float(before)))
    return tell.moved(name, float(before), float(after))


def _stepped_in(days: WorkerDays, tell: Telling) -> Iterator[Event]:
    for day in np.flatnonzero(np.diff(days.seat["interventions"])).tolist():
        yield Event(day, CHANGES, tell("stepped in"))
