"""Finished worlds on disk: each whole or not at all, so that nothing finished is ever computed again.

A store is a folder. Of every finished world it holds the tables, a Parquet file each, and then ``00017.npz`` with all
else; a world counts once that is there. A process that is killed at any moment leaves at most files that nobody reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any
from weakref import finalize
from zipfile import BadZipFile

import numpy as np

from sim.files import atomically, cannot_write
from sim.study.kept import keep, kept
from sim.study.replication import Failure, Replication
from sim.study.sentences import say
from sim.study.tables import Run
from sim.study.worlds import World

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = ("series", "visits", "clients")
"""The weekly series, which is kept of all worlds, and what is kept of the first only."""


class Parts:
    """The tables of one world, run by run.

    Attributes:
        tables: Name to the tables so far.
    """

    def __init__(self, names: Sequence[str]) -> None:
        """Say which tables are kept."""
        self.tables: dict[str, list[pa.Table]] = {name: [] for name in names}

    def add(self, run: Run) -> None:
        """Take in a run."""
        from sim.study import frames

        makers = {"series": frames.series_table, "visits": frames.visits_table, "clients": frames.clients_table}
        for name, tables in self.tables.items():
            tables.append(makers[name](run))


class Store:
    """A folder of finished worlds.

    Attributes:
        place: The folder.
        whole: Worlds of which visits and clients are kept; the weekly series is kept of all.
    """

    def __init__(self, place: Path, whole: int) -> None:
        """Make the folder, unless it is there.

        Raises:
            RegieError: It cannot be written.
        """
        self.place, self.whole = place, whole
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as mistake:
            raise cannot_write(place, mistake, say("with out")) from None

    @classmethod
    def for_a_while(cls, whole: int) -> Store:
        """Return a store that is gone when nobody holds it any more."""
        folder = mkdtemp(prefix="regie-")
        store = cls(Path(folder), whole)
        finalize(store, rmtree, folder, ignore_errors=True)
        return store

    def parts(self, number: int) -> Parts:
        """Return where the tables of a world are gathered until it is finished."""
        return Parts(TABLES if number < self.whole else TABLES[:1])

    def save(self, replication: Replication, parts: Parts) -> None:
        """Keep a world and its tables.

        Raises:
            RegieError: The disk is full or gone.
        """
        from sim.study import arrow

        for name, tables in parts.tables.items():
            if tables:
                keep(self._path(name, replication.number), [arrow.joined(tables)])
        with atomically(self._path("", replication.number)) as file:
            np.savez(file, **_arrays(replication))

    def load(self, number: int) -> Replication | None:
        """Return a world that is finished; None where it is not, or its file cannot be read."""
        with (
            suppress(OSError, ValueError, KeyError, BadZipFile),
            self._path("", number).open("rb") as file,
            np.load(file) as arrays,
        ):
            return _replication(arrays)
        return None

    def tables(self, name: str, numbers: Sequence[int]) -> Iterator[pa.Table]:
        """Yield a table of each of these worlds of which it is kept."""
        for number in numbers:
            path = self._path(name, number)
            if path.exists():
                yield kept(path).read()

    def _path(self, name: str, number: int) -> Path:
        return self.place / (f"{number:05d}.{name}.parquet" if name else f"{number:05d}.npz")


def _arrays(replication: Replication) -> dict[str, Any]:
    """Return a world as arrays by name; what is no number goes into one text."""
    said = {
        "number": replication.number,
        "seed": replication.seed,
        "values": dict(replication.world.values),
        "missed": replication.world.missed,
        "failures": [vars(failure) for failure in replication.failures],
    }
    arrays: dict[str, Any] = {"said": np.array(json.dumps(said))}
    arrays |= {f"values/{arm}": numbers for arm, numbers in replication.values.items()}
    arrays |= {f"twin/{arm}": numbers for arm, numbers in replication.twin.items()}
    for arm, sketch in replication.sketches.items():
        arrays |= {f"sketch/{name}/{arm}": numbers for name, numbers in sketch.items()}
    return arrays


def _replication(arrays: Any) -> Replication:
    said = json.loads(str(arrays["said"]))
    values: dict[str, Any] = {}
    twin: dict[str, Any] = {}
    sketches: dict[str, dict[str, Any]] = {}
    for key in arrays.files:
        part, _, arm = key.partition("/")
        if part == "values":
            values[arm] = arrays[key]
        elif part == "twin":
            twin[arm] = arrays[key]
        elif part == "sketch":
            name, _, arm = arm.partition("/")
            sketches.setdefault(arm, {})[name] = arrays[key]
    world = World(said["values"], tuple(tuple(names) for names in said["missed"]))
    failures = tuple(Failure(**failure) for failure in said["failures"])
    return Replication(said["number"], said["seed"], world, values, twin, sketches, failures)
