"""What is finished, on disk: batches as Parquet parts, each whole or not at all.

A part is named after the batches in it: ``000003-000007`` holds the third to the seventh. Where many small parts have
gathered they are written as one; it counts once it has its name, and parts whose batches it holds are then removed. So
a process that is killed at any moment leaves parts that are whole, and at most some that another one holds as well:
these go when the folder is opened again. Weekly series lie beside the runs of their part and count with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.files import atomically, cannot_write
from sim.study import arrow
from sim.study.sentences import say

if TYPE_CHECKING:
    import pyarrow as pa

RUNS, SERIES = "runs", "series"
ROWS = {RUNS: 4_096, SERIES: 262_144}
"""Rows of a row group at most: who asks for some points reads little more."""
MOST_SMALL = 64
"""Small parts that are left lying before they are written as one."""
SMALL = 8_000_000
"""Bytes below which a part is small."""


class Part(NamedTuple):
    """A part: the batches ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def name(self) -> str:
        """Name of its files, but for the ending."""
        return f"{self.first:06d}-{self.last:06d}"

    def holds(self, other: Part) -> bool:
        """Return whether all batches of another part are in it."""
        return self.first <= other.first and other.last <= self.last


class Parts:
    """A folder of parts, written by one process at a time.

    Attributes:
        place: The folder.
        found: The parts, in the order of their batches.
    """

    def __init__(self, place: Path) -> None:
        """Make the folder, unless it is there, and take away what a killed process left behind.

        Raises:
            RegieError: It cannot be written.
        """
        self.place = place
        try:
            place.mkdir(parents=True, exist_ok=True)
            self.found = self._swept()
        except OSError as mistake:
            raise cannot_write(place, mistake, say("with out")) from None
        self._small = [part for part in self.found if self._size(part) < SMALL]

    def __len__(self) -> int:
        """Return how many batches were added."""
        return self.found[-1].last + 1 if self.found else 0

    def add(self, runs: pa.Table, series: pa.Table | None) -> None:
        """Keep a batch.

        Raises:
            RegieError: The disk is full or gone.
        """
        part = Part(len(self), len(self))
        self._write(part, [runs], [series] if series is not None else [])
        self.found.append(part)
        self._small.append(part)
        if len(self._small) > MOST_SMALL:
            self._compact()

    def done(self, points: int, replications: int) -> NDArray[np.bool_]:
        """Return which points have which replications: a matrix of points by replications."""
        import pyarrow.parquet as pq

        done = np.zeros((points, replications), bool)
        for part in self.found:
            keys = pq.ParquetFile(self.path(part, RUNS)).read(["point", "replication"])
            point, replication = (keys[name].to_numpy() for name in ("point", "replication"))
            inside = (point < points) & (replication < replications)
            done[point[inside], replication[inside]] = True
        return done

    def tables(self, kind: str, low: int, high: int) -> Iterator[pa.Table]:
        """Yield what the parts hold of the points from ``low`` up to ``high``, that one not included."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        for part in self.found:
            path = self.path(part, kind)
            if path.exists():
                file = pq.ParquetFile(path)
                groups = [group for group in range(file.num_row_groups) if _touches(file, group, low, high)]
                if groups:
                    table = file.read_row_groups(groups)
                    point = table["point"]
                    yield table.filter(pc.and_(pc.greater_equal(point, low), pc.less(point, high)))

    def path(self, part: Part, kind: str) -> Path:
        """Return the file of a part."""
        return self.place / f"{part.name}.{kind}.parquet"

    def _compact(self) -> None:
        """Write runs of small parts that follow one another as one part each."""
        for small in _neighbours(self._small):
            if len(small) > 1:
                whole = Part(small[0].first, small[-1].last)
                self._write(whole, *(self._together(small, kind) for kind in (RUNS, SERIES)))
                self._replace(small, whole)
        self._small = [part for part in self.found if self._size(part) < SMALL]

    def _together(self, parts: Sequence[Part], kind: str) -> list[pa.Table]:
        import pyarrow.parquet as pq

        paths = (self.path(part, kind) for part in parts)
        return [pq.ParquetFile(path).read() for path in paths if path.exists()]

    def _replace(self, small: Sequence[Part], whole: Part) -> None:
        place = self.found.index(small[0])
        self.found[place : place + len(small)] = [whole]
        for part in small:
            self._remove(part)

    def _write(self, part: Part, runs: list[pa.Table], series: list[pa.Table]) -> None:
        """Write a part, its series first: it counts once its runs are there."""
        import pyarrow.parquet as pq

        for kind, tables in ((SERIES, series), (RUNS, runs)):
            if tables:
                with atomically(self.path(part, kind)) as file:
                    pq.write_table(arrow.joined(tables), file, compression="zstd", row_group_size=ROWS[kind])

    def _swept(self) -> list[Part]:
        """Return the parts that count, and remove all else."""
        for left in self.place.glob(".*"):
            left.unlink()
        found = counting(self.place)
        for path in self.place.glob("*.parquet"):
            if _part(path) not in found:
                path.unlink()
        return found

    def _remove(self, part: Part) -> None:
        for kind in (RUNS, SERIES):
            with suppress(FileNotFoundError):
                self.path(part, kind).unlink()

    def _size(self, part: Part) -> int:
        return sum(path.stat().st_size for kind in (RUNS, SERIES) if (path := self.path(part, kind)).exists())


def counting(place: Path) -> list[Part]:
    """Return the parts in a folder that count, in the order of their batches, and leave the folder as it is."""
    there = sorted(_part(path) for path in place.glob(f"*.{RUNS}.parquet"))
    return [part for part in there if not any(other != part and other.holds(part) for other in there)]


def _part(path: Path) -> Part:
    first, _, last = path.name.partition(".")[0].partition("-")
    return Part(int(first), int(last))


def _neighbours(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield parts that follow one another, together."""
    chain: list[Part] = []
    for part in parts:
        if chain and chain[-1].last + 1 != part.first:
            yield chain
            chain = []
        chain.append(part)
    if chain:
        yield chain


def _touches(file: pa.ParquetFile, group: int, low: int, high: int) -> bool:
    """Return whether a row group may hold points from ``low`` up to ``high``."""
    column = file.schema_arrow.get_field_index("point")
    known = file.metadata.row_group(group).column(column).statistics
    return known is None or (known.max >= low and known.min < high)
