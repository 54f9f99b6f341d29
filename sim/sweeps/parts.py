"""What is finished, on disk: batches as Parquet parts, each whole or not at all.

A part is named after the batches in it: ``000003-000007`` holds the third to the seventh. Where many small parts have
gathered they are written as one; it counts once it has its name, and parts whose batches it holds are then removed. So
a process that is killed at any moment leaves parts that are whole, and at most some that another one holds as well:
these go when the folder is opened again. Weekly series lie beside the runs of their part and count with them.

A disk may lose what it promised to keep, so every page has a checksum. A part that cannot be read when the folder is
opened is set aside under another name, and its runs are computed again; one that turns out so later ends the command
with a sentence, and the same command does that.

A run that failed is finished: the same values fail again. Not so one that lost its worker or found the memory full,
which says something about the machine. It is taken out when the folder is opened, and so tried again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError
from sim.files import cannot_write
from sim.study import arrow
from sim.study.kept import UNREADABLE, is_damage, keep, kept
from sim.study.sentences import say as say_of_study
from sim.sweeps.sentences import say

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

RUNS, SERIES = "runs", "series"
ROWS = {RUNS: 4_096, SERIES: 32_768}
"""Rows of a row group at most: who asks for some points reads little more."""
MOST_SMALL = 64
"""Small parts that are left lying before they are written as one."""
SMALL = 8_000_000
"""Bytes below which a part is small; also what is read, or little more, to write small ones as one."""
DAMAGED = ".damaged"
"""What the name of a part ends in that was set aside."""

_ANY = np.iinfo(np.int32).max  # beyond any point
_FILE = re.compile(rf"(?P<first>\d{{6,}})-(?P<last>\d{{6,}})\.({RUNS}|{SERIES})\.parquet")
_TEMPORARY = re.compile(rf"\.{_FILE.pattern}\..+")
_MACHINE = r"^worker$|^\w*MemoryError\b"  # in stage or error: what is tried again


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
        place: The folder; it is made with the first part.
        found: The parts, in the order of their batches.
        damaged: How many parts could not be read when the folder was opened.
        again: How many units are tried again.
        replications: How many replications were begun when the folder was opened.
    """

    def __init__(self, place: Path, *, alone: bool = True) -> None:
        """Find what is finished.

        Args:
            place: The folder.
            alone: Whether nobody else can write in it. Then what a killed process left behind is taken away, what is
                damaged set aside, and what is tried again taken out; else all that is left as it is.

        Raises:
            RegieError: It cannot be read or written.
        """
        self.place = place
        self.damaged = self.again = self.replications = 0
        self._points: dict[Path, list[tuple[int, int]]] = {}
        try:
            self.found = self._opened(alone)
            self._small = [part for part in self.found if self._size(part) < SMALL]
        except OSError as mistake:
            raise cannot_write(place, mistake, say_of_study("with out")) from None
        self._loose = len(self._small)

    def __len__(self) -> int:
        """Return the number of the next batch."""
        return self.found[-1].last + 1 if self.found else 0

    def add(self, runs: pa.Table, series: pa.Table | None) -> None:
        """Keep a batch.

        Raises:
            RegieError: The disk is full or gone.
        """
        part = Part(len(self), len(self))
        self._write(part, [runs], [series] if series is not None else [])
        self.found.append(part)
        if self._size(part) < SMALL:
            self._small.append(part)
            self._loose += 1
        if self._loose > MOST_SMALL:
            self._compact()

    def done(self, points: int, replications: int) -> NDArray[np.bool_]:
        """Return which points have which replications: a matrix of points by replications."""
        done = np.zeros((points, replications), bool)
        for point, replication in self._keys():
            inside = (point < points) & (replication < replications)
            done[point[inside], replication[inside]] = True
        return done

    def rows(self, kind: str) -> int:
        """Return how many rows there are."""
        there = (path for part in self.found if (path := self.path(part, kind)).exists())
        return sum(kept(path).metadata.num_rows for path in there)

    def tables(self, kind: str, low: int, high: int, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Yield what the parts hold of the points from ``low`` up to ``high``, that one not included.

        Raises:
            RegieError: A part cannot be read; it was set aside.
        """
        import pyarrow.compute as pc

        for part in self.found:
            with self._setting_aside(part):
                ends = enumerate(self._ends(self.path(part, kind)))
                groups = [group for group, (first, last) in ends if last >= low and first < high]
                if groups:
                    table = kept(self.path(part, kind)).read_row_groups(groups, columns)
                    point = table["point"]
                    yield table.filter(pc.and_(pc.greater_equal(point, low), pc.less(point, high)))

    def path(self, part: Part, kind: str) -> Path:
        """Return the file of a part."""
        return self.place / f"{part.name}.{kind}.parquet"

    def _keys(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Yield point and replication of the runs of each part."""
        for part in self.found:
            with self._setting_aside(part):
                table = kept(self.path(part, RUNS)).read(["point", "replication"])
                yield table["point"].to_numpy(), table["replication"].to_numpy()

    def _ends(self, path: Path) -> list[tuple[int, int]]:
        """Return the lowest and the highest point of each row group of a file, if it is there."""
        if path not in self._points:
            self._points[path] = _ends(kept(path)) if path.exists() else []
        return self._points[path]

    def _opened(self, alone: bool) -> list[Part]:
        """Return the parts that count; where nobody else can write, remove all else that is ours."""
        heads = {part: head for part in _named(self.place) if (head := self._head(part, alone)) is not None}
        found = _counting(heads)
        if alone:
            self._sweep_up(found)
            found = [part for part in found if self._take_out(part, heads[part].again)]
        self.replications = max((heads[part].replications for part in found), default=0)
        return found

    def _head(self, part: Part, alone: bool) -> _Head | None:
        """Return what is looked at when the folder is opened; None where the part cannot be read."""
        try:
            head = _head(kept(self.path(part, RUNS)).read(["point", "replication", "stage", "error"]))
            if self.path(part, SERIES).exists():
                kept(self.path(part, SERIES))
        except UNREADABLE as mistake:
            if not is_damage(mistake):
                raise
            self.damaged += 1
            if alone:
                self._set_aside(part)
            return None
        return head

    def _sweep_up(self, found: Sequence[Part]) -> None:
        """Remove files in the making, and parts that do not count."""
        for path in self.place.glob("*"):
            named = _FILE.fullmatch(path.name)
            if _TEMPORARY.fullmatch(path.name) or (named and _part(named) not in found):
                path.unlink(missing_ok=True)

    def _take_out(self, part: Part, again: NDArray[np.int64]) -> bool:
        """Take units out of a part that are tried again; return whether anything is left."""
        if not len(again):
            return True
        self.again += len(again)
        runs, series = (list(_without(self._together([part], kind), again)) for kind in (RUNS, SERIES))
        if runs:
            self._write(part, runs, series)
        else:
            self._remove(part)
        return bool(runs)

    def _compact(self) -> None:
        """Write runs of small parts that follow one another as one part each."""
        for small in self._neighbours():
            if len(small) > 1:
                whole = Part(small[0].first, small[-1].last)
                self._write(whole, *(self._together(small, kind) for kind in (RUNS, SERIES)))
                self._replace(small, whole)
        self._small = [part for part in self.found if self._size(part) < SMALL]
        self._loose = 0

    def _neighbours(self) -> Iterator[list[Part]]:
        """Yield small parts with no other between them, as many together as are no longer small."""
        small, gathered, size = set(self._small), list[Part](), 0
        for part in list(self.found):
            if part in small:
                gathered.append(part)
                size += self._size(part)
            if gathered and (part not in small or size >= SMALL):
                yield gathered
                gathered, size = [], 0
        yield gathered

    def _together(self, parts: Sequence[Part], kind: str) -> Iterator[pa.Table]:
        """Yield what parts hold, a row group at a time."""
        for part in parts:
            with self._setting_aside(part):
                if self.path(part, kind).exists():
                    file = kept(self.path(part, kind))
                    yield from map(file.read_row_group, range(file.num_row_groups))

    def _replace(self, small: Sequence[Part], whole: Part) -> None:
        place = self.found.index(small[0])
        self.found[place : place + len(small)] = [whole]
        for part in small:
            self._remove(part)

    def _write(self, part: Part, runs: Iterable[pa.Table], series: Iterable[pa.Table]) -> None:
        """Write a part, its series first: it counts once its runs are there."""
        try:
            self.place.mkdir(parents=True, exist_ok=True)
            for kind, tables in ((SERIES, series), (RUNS, runs)):
                groups = _gathered(tables, ROWS[kind])
                first = next(groups, None)
                if first is None:
                    self.path(part, kind).unlink(missing_ok=True)
                    continue
                keep(self.path(part, kind), chain([first], groups), ROWS[kind])
        except OSError as mistake:
            raise cannot_write(self.place, mistake) from None

    def _remove(self, part: Part) -> None:
        for kind in (RUNS, SERIES):
            with suppress(FileNotFoundError):
                self.path(part, kind).unlink()

    @contextmanager
    def _setting_aside(self, part: Part) -> Iterator[None]:
        """Set a part aside that turns out to be damaged.

        Raises:
            RegieError: It did.
        """
        try:
            yield
        except UNREADABLE as mistake:
            if not is_damage(mistake):
                raise
            self._set_aside(part)
            self.found.remove(part)
            raise RegieError(say("damaged", path=self.path(part, RUNS), reason=_line(mistake))) from None

    def _set_aside(self, part: Part) -> None:
        for kind in (RUNS, SERIES):
            path = self.path(part, kind)
            with suppress(FileNotFoundError):
                path.replace(path.with_name(path.name + DAMAGED))

    def _size(self, part: Part) -> int:
        return sum(path.stat().st_size for kind in (RUNS, SERIES) if (path := self.path(part, kind)).exists())


class _Head(NamedTuple):
    """What is looked at in a part when the folder is opened.

    Attributes:
        again: The units that are tried again; see `_codes`.
        replications: How many replications were begun, as far as this part says.
    """

    again: NDArray[np.int64]
    replications: int


def counting(place: Path) -> list[Part]:
    """Return the parts in a folder that count, in the order of their batches, and leave the folder as it is."""
    return _counting(_named(place))


def _counting(there: Iterable[Part]) -> list[Part]:
    """Return those parts that no other holds, in the order of their batches."""
    found: list[Part] = []
    for part in sorted(there, key=lambda part: (part.first, -part.last)):
        if not (found and found[-1].holds(part)):
            found.append(part)
    return found


def _named(place: Path) -> list[Part]:
    """Return all parts that have their name."""
    named = (_FILE.fullmatch(path.name) for path in place.glob(f"*.{RUNS}.parquet"))
    return [_part(match) for match in named if match]


def _part(named: re.Match[str]) -> Part:
    return Part(int(named["first"]), int(named["last"]))


def _ends(file: pq.ParquetFile) -> list[tuple[int, int]]:
    """Return the lowest and the highest point of each row group."""
    column = file.schema_arrow.get_field_index("point")
    groups = (file.metadata.row_group(group).column(column).statistics for group in range(file.num_row_groups))
    return [(each.min, each.max) if each is not None and each.has_min_max else (0, _ANY) for each in groups]


def _head(table: pa.Table) -> _Head:
    import pyarrow.compute as pc

    machine = (pc.match_substring_regex(table[name], _MACHINE) for name in ("stage", "error"))
    failed = pc.fill_null(pc.or_kleene(*machine), False).to_numpy()
    replications = int(pc.max(table["replication"]).as_py()) + 1
    return _Head(np.unique(_codes(table)[failed]), replications)


def _codes(table: pa.Table) -> NDArray[np.int64]:
    """Return a number for the unit of each row."""
    codes: NDArray[np.int64] = table["point"].to_numpy().astype(np.int64) << 32 | table["replication"].to_numpy()
    return codes


def _without(tables: Iterable[pa.Table], units: NDArray[np.int64]) -> Iterator[pa.Table]:
    """Yield what is left of tables without some units."""
    for table in tables:
        left = table.filter(~np.isin(_codes(table), units))
        if len(left):
            yield left


def _gathered(tables: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """Yield tables one below the other, as soon as they have so many rows: no more is in memory."""
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(map(len, waiting)) >= rows:
            yield arrow.joined(waiting)
            waiting = []
    if waiting:
        yield arrow.joined(waiting)


def _line(mistake: BaseException) -> str:
    return str(mistake).splitlines()[0] if str(mistake) else type(mistake).__name__
