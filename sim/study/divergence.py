"""Whose lives part between two runs of one world, from which first event on, and which levers its rule read.

Both runs have the same people, the same needs and the same luck; they differ in how organisations are steered. A life
parts at its first event that the other world does not have. The rule that made that event is known (``event_rules``),
and so is which levers it reads (``lever_reads``). That gives three sorts of first events, from near to far:

``lever``   the rule reads a lever that was set otherwise at that organisation on that day;
``state``   it reads no such lever, but what such a lever had set: hours, what managers do, what workers learnt;
``others``  neither: somebody else's life had changed first, or this person's own in a way that is no event.

The first sort is *direct*, the others *indirect*. That a rule read another value does not prove that this value made
the difference; what each lever does alone is asked by ``one_at_a_time``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.study.parting import WAYS, Parting, Reading, Way, partings
from sim.study.tables import Floats, Indices, Run

if TYPE_CHECKING:
    import pandas as pd

    from sim.model.explaining import Decision
    from sim.study.comparison import Comparison

AFTER = (30, 91, 182, 365, 1825, 3650)
"""Days after which it is told how many lives have parted: a month, a quarter, half a year, one, five and ten years."""


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

    @cached_property
    def _lives(self) -> tuple[Floats, Floats, Indices]:
        """By client: followed from which day, after how many days the life parts, and the place of its way in WAYS."""
        since = np.array(list(self.since.values()), float)
        found = [self.partings.get(client) for client in self.since]
        day = np.array([np.nan if each is None else each.day for each in found], float)
        return since, day - since, np.array([-1 if each is None else WAYS.index(each.way) for each in found], np.int64)

    def parted(self, after: int) -> Parted:
        """Return how many lives have parted after so many days, of the people who could be followed so long."""
        since, lasted, way = self._lives
        followed = since + after <= self.first.days
        apart = followed & (lasted < after)
        counts = {each: int((way[apart] == place).sum()) for place, each in enumerate(WAYS)}
        return Parted(after, int(followed.sum()), int(apart.sum()), counts)

    def over_time(self) -> list[Parted]:
        """Return how many lives have parted after each of ``AFTER`` that lies within the run."""
        return [self.parted(after) for after in AFTER if after <= self.first.days]

    def by_event(self) -> pd.DataFrame:
        """Return how many lives parted by each first event, in each way: one row an event, the commonest first."""
        import pandas as pd

        frame = pd.DataFrame([(each.what, each.way) for each in self.partings.values()], columns=["event", "way"])
        counts = frame.groupby(["event", "way"], observed=True).size().unstack(fill_value=0)
        counts = counts.reindex(columns=list(WAYS), fill_value=0)
        counts.insert(0, "people", counts.sum(axis=1))
        return counts.sort_values("people", ascending=False, kind="stable").reset_index()

    @cached_property
    def own_readings(self) -> Mapping[str, Mapping[int, Reading]]:
        """Lever to the people at whose first event the rule read it itself, each with the first such reading."""
        found: dict[str, dict[int, Reading]] = {}
        for parting in self.partings.values():
            for reading in parting.readings:
                if not reading.by_way_of:
                    found.setdefault(reading.lever, {}).setdefault(parting.client, reading)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

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
    return Divergence(first, second, {parting.client: parting for parting in partings(first, second)})


def decisions(run: Run, client: int, day: int) -> list[Decision]:
    """Return the decisions about a client on a day of a run, each with the rule, the draw and the options weighed.

    The world is lived once more up to that day, so this is for one person at a time.
    """
    from sim.model.network import CareNetwork

    network = CareNetwork(run.scenario, seed=run.seed).run(day + 1)
    return network.explain(client, day)


def _row(client: int, since: float, parting: Parting | None) -> dict[str, object]:
    """Return the row of a client in ``people``."""
    row: dict[str, object] = {"client": client, "since": since}
    if parting is None:
        return row
    row |= {"day": parting.day, "until": parting.until, "need": parting.need, "event": parting.what}
    for world, moment in (("first", parting.first), ("second", parting.second)):
        if moment is not None:
            row |= {f"{world}_{name}": value for name, value in vars(moment).items()}
    row |= {"way": parting.way, "rules": ", ".join(parting.rules), "levers": ", ".join(parting.levers)}
    own = [reading for reading in parting.readings if not reading.by_way_of]
    for world in ("first", "second"):
        row[f"{world}_values"] = ", ".join(f"{getattr(reading, world):g}" for reading in own)
    row["by_way_of"] = ", ".join(sorted({state for reading in parting.readings for state in reading.by_way_of}))
    return row
