"""The roads of workers, managers and boards in two worlds: what happened to them and what they did, day by day.

A worker's days are lived once more (``worker_days``); managers and boards were looked at while the future was lived.
Whoever sits in a seat is told under the number of the seat, also when somebody else came to sit there.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from sim.app import steering_roads, worker_roads
from sim.app.futures import Future
from sim.app.packing import places
from sim.app.staff_events import Event, Road
from sim.app.staff_words import Telling, say
from sim.errors import RegieError
from sim.report.telling import in_words
from sim.report.words import words
from sim.scenario.scenario import Scenario

Kind = Literal["worker", "manager", "board"]
KINDS: tuple[Kind, ...] = ("worker", "manager", "board")


@dataclass(frozen=True)
class Told:
    """What happened on one day.

    Attributes:
        day: Counted from day 0.
        text: One or more sentences.
        decided: Whether there is an answer to "why?".
        quiet: Whether nothing else is told than that something was decided.
    """

    day: int
    text: str
    decided: bool
    quiet: bool


def staff_road(one: Future, other: Future, kind: Kind, row: int, language: str) -> dict[str, Any]:
    """Return what happened to a worker, a manager or a board in both worlds, and what they did, day by day.

    Args:
        one: A world.
        other: The same people and places, steered in another way.
        kind: Whose road.
        row: Number of the seat, of the team or of the organisation, from 0.
        language: ``"nl"`` or ``"en"``.

    Returns:
        ``heading``, ``about``, ``same`` (until when the two roads are), ``difference`` (empty where there is none),
        ``caution``, and ``lives``: of each world ``told``, a list of ``day``, ``date``, ``text``, ``decided`` and
        ``quiet``, and ``in_all``.

    Raises:
        RegieError: There is no such worker, manager or board, or no such language.
    """
    spoken = words(language)
    futures = (one, other)
    check(one.run.scenario, kind, row)
    tells = [Telling(future.run.scenario, spoken) for future in futures]
    with ThreadPoolExecutor(2) as pool:
        roads = list(pool.map(lambda future, tell: _ROADS[kind](future, row, tell), futures, tells))
    told = [_by_day(road.events, road.decided) for road in roads]
    start = one.run.scenario.start
    heading, about = called(kind, row, tells[0])
    alike = told[0] == told[1] and roads[0].numbers == roads[1].numbers
    return {
        "heading": heading,
        "about": about,
        "same": _same(told[0], told[1], start, tells[0]),
        "difference": "" if alike else _difference(kind, roads, tells),
        "caution": in_words(spoken, "caution"),
        "lives": [
            {"told": [_sent(each, start) for each in life], "in_all": road.in_all}
            for life, road in zip(told, roads, strict=True)
        ],
    }


def check(scenario: Scenario, kind: Kind, row: int) -> None:
    """Raise a RegieError unless there is such a worker, manager or board."""
    number = how_many(scenario, kind)
    if isinstance(row, bool) or not isinstance(row, int) or not 0 <= row < number:
        raise RegieError(say("nobody", what=say(f"what {kind}"), row=row, last=number - 1))


def how_many(scenario: Scenario, kind: Kind) -> int:
    """Return how many workers, managers or boards there are."""
    there = places(scenario)
    counts = {"worker": there["seats"]["team"], "manager": there["teams"]["zone"], "board": there["organisations"]}
    if kind not in counts:
        raise ValueError(f"there is no road of a {kind}")
    return len(counts[kind])


def called(kind: Kind, row: int, tell: Telling) -> tuple[str, str]:
    """Return how a worker, manager or board is called, and who that is."""
    there = places(tell.scenario)
    seats = there["seats"]
    if kind == "worker":
        craft, organisation = tell.kind(seats["craft"][row]), tell.organisation(seats["organisation"][row])
        return tell("worker", number=row + 1), tell("about worker", craft=craft, organisation=organisation)
    count = seats["team" if kind == "manager" else "organisation"].count(row)
    organisation = tell.organisation(there["teams"]["organisation"][row] if kind == "manager" else row)
    return tell(kind, number=row + 1, organisation=organisation), tell(f"about {kind}", count=tell.spoken.number(count))


_ROADS: dict[Kind, Callable[[Future, int, Telling], Road]] = {
    "worker": worker_roads.road,
    "manager": steering_roads.manager_road,
    "board": steering_roads.board_road,
}


def _by_day(events: Iterable[Event], decided: frozenset[int]) -> list[Told]:
    days: dict[int, list[Event]] = {}
    for event in sorted(events, key=lambda event: (event.day, event.rank)):
        days.setdefault(event.day, []).append(event)
    return [
        Told(day, " ".join(event.text for event in found), day in decided, all(event.quiet for event in found))
        for day, found in days.items()
    ]


def _sent(told: Told, start: datetime.date) -> dict[str, Any]:
    date = start + datetime.timedelta(days=told.day)
    return {"day": told.day, "date": date.isoformat(), "text": told.text, "decided": told.decided, "quiet": told.quiet}


def _same(one: Sequence[Told], other: Sequence[Told], start: datetime.date, tell: Telling) -> str:
    shared = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        shared += 1
    if shared == len(one) == len(other):
        return tell("same")
    if shared == 0:
        return tell("apart")
    first = min(told[shared].day for told in (one, other) if len(told) > shared)
    return tell("same until", date=tell.spoken.date(start + datetime.timedelta(days=first)))


def _difference(kind: Kind, roads: Sequence[Road], tells: Sequence[Telling]) -> str:
    before, after = roads
    one, other = (tell.scenario.label.title_in(tell.spoken.language) for tell in tells)
    filling = {**after.numbers, **{f"{name}_before": value for name, value in before.numbers.items()}}
    return tells[0](f"{kind} differs", one=one, other=other, **filling)
