"""Where one life parts between two worlds: the first event that the other has not, and what its rule read."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np

from sim.study import life_events as event
from sim.study.event_rules import RULES, Seen, case_of, levers_of, states_of
from sim.study.frames import VOLUNTEERS
from sim.study.levers_in_force import CONTROL, InForce, levers_that_differ
from sim.study.tables import Run

Way = Literal["lever", "state", "others"]
WAYS: tuple[Way, ...] = ("lever", "state", "others")
"""How levers came in: the rule read one itself, it read what one had set, or neither. See ``divergence``."""

AMOUNTS = {
    event.TAILORED: "tailored",
    event.SMALLER: "hours_per_week",
    event.VARIANT: "variant",
    event.BRIDGED: "hours_bridging",
}
"""Column of the visits that says how much there was of what has no date."""


@dataclass(frozen=True)
class Moment:
    """What happened in one world.

    Attributes:
        what: One of ``life_events.ORDER``.
        day: On which; for what has no date the first day on which it can have been.
        organisation: Where, or ``"volunteers"``; empty for nobody, and for what is about the person.
        worker: Seat of the worker who helps, the last of a stay, or who took the intake; -1 for none.
        by: Organisation of that worker, who may put somebody on the list of another.
        case: Which of the cases of ``event_rules.RULES``.
        amount: Of what has no date how much there was at the end of the stay: the part that was tailored, hours a week,
            distance of the variant from the standard, hours of bridging care; NaN for all else.
    """

    what: str
    day: int
    organisation: str
    worker: int
    by: str
    case: str
    amount: float = math.nan


@dataclass(frozen=True)
class Reading:
    """A lever that the rule behind a first event read, or by which a state was set that it read.

    Attributes:
        lever: Its name.
        organisation: Where.
        first: Its value there on that day in the first world; of control what the board had made of it.
        second: The same in the second world.
        by_way_of: The states that it had set, as ``"worker.capacity"``; none where the rule reads the lever itself.
    """

    lever: str
    organisation: str
    first: float
    second: float
    by_way_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parting:
    """The first event in which one life differs between two worlds.

    Attributes:
        client: Identity of the client.
        need: Number of the need, from 0; -1 where it is about the person.
        day: The day of the event.
        until: Later than ``day`` where it is only known to lie between the two.
        first: What happened about that need in the first world, on that day or else later; None where nothing did.
        second: The same in the second world.
        way: How the levers came in.
        readings: The levers that differed, those that the rule read itself before the others.
    """

    client: int
    need: int
    day: int
    until: int
    first: Moment | None
    second: Moment | None
    way: Way
    readings: tuple[Reading, ...]

    @property
    def what(self) -> str:
        """What happened in the world where it happened sooner; where it was the same day, in the second."""
        moments = [moment for moment in (self.second, self.first) if moment and moment.day <= self.day]
        return moments[0].what

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of the model that decide in such a case."""
        moments = [moment for moment in (self.first, self.second) if moment and moment.day <= self.day]
        return tuple(dict.fromkeys(rule for moment in moments for rule in RULES[moment.case]))

    @property
    def direct(self) -> bool:
        """Whether the rule itself read a lever that was set otherwise."""
        return self.way == "lever"

    @property
    def levers(self) -> tuple[str, ...]:
        """The levers set otherwise that the rule read itself."""
        return tuple(dict.fromkeys(reading.lever for reading in self.readings if not reading.by_way_of))


def partings(first: Run, second: Run) -> Iterator[Parting]:
    """Yield where each life that is not the same in both runs of one world parts, in order of identity."""
    yield from _Teller(first, second).partings()


class _Teller:
    """Tells of each life where it parts."""

    def __init__(self, first: Run, second: Run) -> None:
        self.runs = (first, second)
        self.in_force = (InForce(first), InForce(second))
        self.owners = [dict(zip(run.clients["client"].tolist(), run.clients["owner_organisation"].tolist(),
                                strict=True)) for run in self.runs]  # fmt: skip
        self.changed = levers_that_differ(first.scenario, second.scenario)
        self.changes = sorted({change.day for run in self.runs for change in run.scenario.changes})
        self.known: dict[tuple[tuple[str, ...], tuple[str, ...], int], tuple[Reading, ...]] = {}
        self.employers = _employers(first) | _employers(second)

    def partings(self) -> Iterator[Parting]:
        found: dict[int, list[_Row]] = {}
        events = event.differences(*self.runs)
        of_the_first_need = events["need"] == events.groupby("client")["need"].transform("first")
        columns = (column.tolist() for _, column in events[of_the_first_need].items())
        for row in map(_Row, *columns):
            found.setdefault(row.client, []).append(row)
        for rows in found.values():
            yield self._parting(rows)

    def _parting(self, rows: Sequence[_Row]) -> Parting:
        row = rows[0]
        first, second = (self._moment(rows, side) for side in (0, 1))
        day = int(row.day)
        made_it = [moment for moment in (first, second) if moment and moment.day == day]
        readings = tuple(self._readings(row.client, day, made_it))
        way: Way = "others"
        if readings:
            way = "state" if readings[0].by_way_of else "lever"
        return Parting(row.client, row.need, day, int(row.until), first, second, way, readings)

    def _moment(self, rows: Sequence[_Row], side: int) -> Moment | None:
        """Return what a world has: on the day itself, else when the same happened later, else what came instead."""
        begins = rows[0]
        own = [row for row in rows if row.rows[side] >= 0]
        same_day = [row for row in own if row.day == begins.day]
        alike = [row for row in own if _sort(row.what) == _sort(begins.what)]
        for row in (*same_day, *alike, *own):
            return self._told(row, side)
        return None

    def _told(self, row: _Row, side: int) -> Moment:
        seen = Seen(row.what, int(row.day), self.runs[side], row.rows[side])
        if row.need == event.NO_NEED:
            return Moment(seen.what, seen.day, "", event.NOBODY, "", case_of(seen))
        columns, at = seen.run.of_visit, seen.row
        where, worker = int(columns["organisation"][at]), int(columns["worker"][at])
        by = self.employers.get(worker, where)
        amount = float(columns[AMOUNTS[seen.what]][at]) if seen.what in AMOUNTS else math.nan
        return Moment(seen.what, seen.day, self._name(where), worker, self._name(by), case_of(seen), amount)

    def _name(self, organisation: int) -> str:
        return (*self.in_force[0].names, VOLUNTEERS)[organisation] if organisation >= 0 else ""

    def _readings(self, client: int, day: int, made_it: Sequence[Moment]) -> Iterator[Reading]:
        """Yield the levers that differ and that the rules read, at the organisations the event is about.

        These are where it happened in either world, and that of the case owner, who may have called in others.
        """
        cases = tuple(dict.fromkeys(moment.case for moment in made_it))
        places = [place for moment in made_it for place in (moment.by, moment.organisation)]
        places += [self._name(owners.get(client, event.NOBODY)) for owners in self.owners]
        where = tuple(dict.fromkeys(place for place in places if place in self.in_force[0].names))
        for reading in self._as_set(cases, where, day):
            yield self._as_moved(reading, day) if reading.lever == CONTROL else reading
        if CONTROL not in self.changed and any(CONTROL in levers_of(case) for case in cases):
            yield from self._control_moved(where, day)

    def _as_set(self, cases: tuple[str, ...], where: tuple[str, ...], day: int) -> tuple[Reading, ...]:
        """Return the readings of levers as they were set on a day: the same from one change to the next."""
        key = cases, where, bisect_right(self.changes, day)
        if key not in self.known:
            own = frozenset().union(*(levers_of(case) for case in cases))
            readings = list(self._differing([lever for lever in self.changed if lever in own], where, day))
            for lever, states in _behind(cases, self.changed).items():
                readings += [replace(reading, by_way_of=states) for reading in self._differing([lever], where, day)]
            self.known[key] = tuple(readings)
        return self.known[key]

    def _as_moved(self, reading: Reading, day: int) -> Reading:
        """Return a reading of control with what boards had made of it by then."""
        first, second = (float(each.value(CONTROL, reading.organisation, day)) for each in self.in_force)
        return replace(reading, first=first, second=second)

    def _differing(self, names: Sequence[str], where: Sequence[str], day: int) -> Iterator[Reading]:
        """Yield the levers of ``names`` that were set otherwise on a day, with the values that were set."""
        one, other = self.in_force
        for name in names:
            for place in where:
                first, second = one.as_set(name, place, day), other.as_set(name, place, day)
                if first != second:
                    yield Reading(name, place, float(first), float(second))

    def _control_moved(self, where: Sequence[str], day: int) -> Iterator[Reading]:
        """Yield the control that boards moved, though it was set alike: they reacted to what others had changed."""
        for place in where:
            one, other = (float(each.value(CONTROL, place, day)) for each in self.in_force)
            if not np.isclose(one, other):
                yield Reading(CONTROL, place, one, other, ("board.control",))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of ``life_events.differences``."""

    client: int
    need: int
    day: float
    until: float
    what: str
    row_first: int
    row_second: int

    @property
    def rows(self) -> tuple[int, int]:
        return self.row_first, self.row_second


def _employers(run: Run) -> dict[int, int]:
    """Return the organisation (volunteers last) of every seat from which help was given."""
    helped = run.visits[np.isfinite(run.visits["start"])]
    return dict(zip(helped["worker"].tolist(), helped["organisation"].tolist(), strict=True))


def _sort(what: str) -> str:
    return event.STARTED if what == event.TAKEN else what


@cache
def _behind(cases: tuple[str, ...], changed: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the levers, of those changed, behind states that the rules of some cases read, with those states."""
    found: dict[str, set[str]] = {}
    for case in cases:
        for lever, states in states_of(case).items():
            found.setdefault(lever, set()).update(states)
    return {lever: tuple(sorted(found[lever])) for lever in changed if lever in found}
