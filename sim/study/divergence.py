"""Whose lives part between two runs of one world, from which first event on, and which levers its rule read.

Both runs have the same people, the same needs and the same luck; they differ in how organisations are steered. A life
parts at its first event that the other world does not have. The rule that made that event is known (``event_rules``),
and so is which levers it reads (``lever_reads``). That gives three sorts of first events, from near to far:

``lever``   the rule reads a lever that was set otherwise at that organisation on that day;
``state``   it reads no such lever, but something that such a lever had set: hours, what managers do, what workers learnt;
``others``  neither: somebody else's life had changed first, or this person's own in a way that is no event.

The first sort is *direct*, the others *indirect*. That a rule read another value does not prove that this value made
the difference; what each lever does alone is asked by ``one_at_a_time``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.study import life_events as event
from sim.study.event_rules import RULES, Seen, case_of, levers_of, states_of
from sim.study.frames import VOLUNTEERS
from sim.study.levers_in_force import CONTROL, InForce
from sim.study.tables import Run

if TYPE_CHECKING:
    import pandas as pd

    from sim.model.explaining import Decision
    from sim.study.comparison import Comparison

Way = Literal["lever", "state", "others"]
WAYS: tuple[Way, ...] = ("lever", "state", "others")
AFTER = (30, 91, 182, 365, 1826, 3652)
"""Days after which it is told how many lives have parted: a month, a quarter, half a year, one, five and ten years."""


@dataclass(frozen=True)
class Moment:
    """What happened in one world.

    Attributes:
        what: One of ``life_events.ORDER``.
        day: On which; for what has no date the first day on which it can have been.
        organisation: Where, or ``"volunteers"``; empty for nobody, and for what is about the person.
        worker: Seat of the worker who helps, or took the intake; -1 for none.
        by: Organisation of that worker, who may put somebody on the list of another.
        case: Which of the cases of ``event_rules.RULES``.
    """

    what: str
    day: int
    organisation: str
    worker: int
    by: str
    case: str


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
    def direct(self) -> bool:
        """Whether the rule itself read a lever that was set otherwise."""
        return self.way == "lever"

    @property
    def levers(self) -> tuple[str, ...]:
        """The levers set otherwise that the rule read itself."""
        return tuple(dict.fromkeys(reading.lever for reading in self.readings if not reading.by_way_of))


@dataclass(frozen=True)
class Divergence:
    """How the lives of two runs part.

    Attributes:
        first: The run that is compared with, mostly of the baseline.
        second: The other run of the same world.
        partings: Whose lives part, by identity; who is not among them lives the same life in both.
    """

    first: Run
    second: Run
    partings: Mapping[int, Parting]

    @cached_property
    def since(self) -> Mapping[int, float]:
        """The day from which each client is followed: that of arrival, or day 0; who left before is not."""
        clients = self.first.clients
        there = clients[~(clients["exit"] < 0)]
        return dict(zip(there["client"].tolist(), np.maximum(there["arrival"], 0).tolist(), strict=True))

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row a client, in order of identity; what is about the difference is missing where there is none."""
        import pandas as pd

        return pd.DataFrame([_row(client, since, self.partings.get(client)) for client, since in self.since.items()])

    @cached_property
    def readings(self) -> pd.DataFrame:
        """One row for each lever that a rule behind a first event read, or that had set a state it read."""
        import pandas as pd

        rows = [
            {"client": parting.client, "day": parting.day, "event": parting.what, **vars(reading),
             "by_way_of": ", ".join(reading.by_way_of)}
            for parting in self.partings.values() for reading in parting.readings
        ]  # fmt: skip
        columns = ("client", "day", "event", *Reading.__annotations__)
        return pd.DataFrame(rows, columns=list(columns))

    def parted(self, after: int) -> Parted:
        """Return how many lives have parted after so many days, of the people who could be followed so long."""
        followed = [client for client, since in self.since.items() if since + after <= self.first.days]
        apart = [
            self.partings[client]
            for client in followed
            if client in self.partings and self.partings[client].day - self.since[client] < after
        ]
        counts = {way: sum(parting.way == way for parting in apart) for way in WAYS}
        return Parted(after, len(followed), len(apart), counts)

    def over_time(self) -> list[Parted]:
        """Return how many lives have parted after each of ``AFTER`` that lies within the run."""
        return [self.parted(after) for after in AFTER if after <= self.first.days]

    def by_event(self) -> pd.DataFrame:
        """Return how many lives parted by each first event, in each way: one row an event, the commonest first."""
        frame = self.people.dropna(subset=["event"])
        counts = frame.groupby(["event", "way"], observed=True).size().unstack(fill_value=0)
        counts = counts.reindex(columns=list(WAYS), fill_value=0)
        counts.insert(0, "people", counts.sum(axis=1))
        return counts.sort_values("people", ascending=False, kind="stable").reset_index()

    def by_lever(self) -> pd.DataFrame:
        """Return how many lives parted by an event whose rule read each lever itself: one row an event and lever."""
        own = self.readings[self.readings["by_way_of"] == ""]
        counts = own.groupby(["lever", "event"])["client"].nunique().rename("people").reset_index()
        return counts.sort_values("people", ascending=False, kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Parted:
    """How many lives have parted after some days.

    Attributes:
        after: Days since somebody arrived, or since day 0 for who was there.
        followed: People who arrived early enough to be followed so long; who left sooner counts too.
        apart: Those of them whose lives differ by then.
        by_way: How the levers came in, to how many.
    """

    after: int
    followed: int
    apart: int
    by_way: Mapping[Way, int]

    @property
    def share(self) -> float:
        """Those whose lives differ, of those followed; NaN of nobody."""
        return self.apart / self.followed if self.followed else float("nan")


def divergence(comparison: Comparison, regime: str) -> Divergence:
    """Return how lives part between the baseline and ``regime`` in the first finished world of a comparison."""
    return diverging(comparison.lives[comparison.baseline], comparison.lives[regime])


def diverging(first: Run, second: Run) -> Divergence:
    """Return how lives part between two runs of one world.

    Raises:
        ValueError: The runs are of different worlds, or of different length.
    """
    if (first.seed, first.days) != (second.seed, second.days):
        raise ValueError("runs of different worlds, or of different length, have no lives in common")
    tell = _Teller(first, second)
    return Divergence(first, second, {parting.client: parting for parting in tell.partings()})


def decisions(run: Run, client: int, day: int) -> list[Decision]:
    """Return the decisions about a client on a day of a run, each with the rule, the draw and the options weighed.

    The world is lived once more up to that day, so this is for one person at a time.
    """
    from sim.model.network import CareNetwork

    network = CareNetwork(run.scenario, seed=run.seed).run(day + 1)
    return network.explain(client, day)


class _Teller:
    """Tells of each life where it parts."""

    def __init__(self, first: Run, second: Run) -> None:
        self.runs = (first, second)
        self.in_force = (InForce(first), InForce(second))
        self.owners = [dict(zip(run.clients["client"].tolist(), run.clients["owner_organisation"].tolist(),
                                strict=True)) for run in self.runs]  # fmt: skip
        self.changed = _levers_that_differ(first, second)
        self.employers = _employers(first) | _employers(second)

    def partings(self) -> Iterator[Parting]:
        found: dict[int, list[_Row]] = {}
        for row in event.differences(*self.runs).itertuples(index=False):
            found.setdefault(row.client, []).append(_Row(*row))
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
        own = [row for row in rows if row.need == begins.need and row.rows[side] >= 0]
        same_day = [row for row in own if row.day == begins.day]
        alike = [row for row in own if _sort(row.what) == _sort(begins.what)]
        for row in (*same_day, *alike, *own):
            return self._told(row, side)
        return None

    def _told(self, row: _Row, side: int) -> Moment:
        seen = Seen(row.what, int(row.day), self.runs[side], row.rows[side])
        if row.need == event.NO_NEED:
            return Moment(seen.what, seen.day, "", event.NOBODY, "", case_of(seen))
        where, worker = int(seen.visit["organisation"]), int(seen.visit["worker"])
        by = self.employers.get(worker, where)
        return Moment(seen.what, seen.day, self._name(where), worker, self._name(by), case_of(seen))

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
        own = frozenset().union(*(levers_of(case) for case in cases))
        yield from self._differing(sorted(own), where, day)
        for lever, states in _behind(cases, self.changed).items():
            for reading in self._differing([lever], where, day):
                yield Reading(lever, reading.organisation, reading.first, reading.second, states)
        if CONTROL in own and CONTROL not in self.changed:
            yield from self._control_moved(where, day)

    def _differing(self, names: Sequence[str], where: Sequence[str], day: int) -> Iterator[Reading]:
        """Yield the levers of ``names`` that were set otherwise on a day."""
        one, other = self.in_force
        for name in names:
            for place in where if name in self.changed else ():
                if one.as_set(name, place, day) != other.as_set(name, place, day):
                    yield Reading(name, place, float(one.value(name, place, day)), float(other.value(name, place, day)))

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


def _levers_that_differ(first: Run, second: Run) -> frozenset[str]:
    """Return the levers that are set otherwise anywhere, at any time."""
    one, other = first.scenario, second.scenario
    found = {
        lever
        for organisation, levers in one.levers.items()
        for lever, value in levers.items()
        if value.value != other.levers[organisation][lever].value
    }
    if one.changes != other.changes:
        found |= {change.lever for change in (*one.changes, *other.changes)}
    return frozenset(found)


@cache
def _behind(cases: tuple[str, ...], changed: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the levers, of those changed, behind states that the rules of some cases read, with those states."""
    found: dict[str, set[str]] = {}
    for case in cases:
        for lever, states in states_of(case).items():
            found.setdefault(lever, set()).update(states)
    return {lever: tuple(sorted(found[lever])) for lever in sorted(changed & found.keys())}


def _row(client: int, since: float, parting: Parting | None) -> dict[str, object]:
    """Return the row of a client in ``people``."""
    row: dict[str, object] = {"client": client, "since": since}
    if parting is None:
        return row
    row |= {"day": parting.day, "until": parting.until, "need": parting.need, "event": parting.what}
    for world, moment in (("first", parting.first), ("second", parting.second)):
        if moment is not None:
            row |= {f"{world}_{name}": value for name, value in vars(moment).items()}
    row |= {"way": parting.way, "rules": ", ".join(_rules(parting)), "levers": ", ".join(parting.levers)}
    own = [reading for reading in parting.readings if not reading.by_way_of]
    for world in ("first", "second"):
        row[f"{world}_values"] = ", ".join(f"{getattr(reading, world):g}" for reading in own)
    row["by_way_of"] = ", ".join(sorted({state for reading in parting.readings for state in reading.by_way_of}))
    return row


def _rules(parting: Parting) -> list[str]:
    cases = [moment.case for moment in (parting.first, parting.second) if moment and moment.day <= parting.day]
    return list(dict.fromkeys(rule for case in cases for rule in RULES[case]))
