"""How far a sweep is, seen from outside: nothing is disturbed, also while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sim.study.lock import locked
from sim.sweeps.folder import PARTS, SWEEP, about
from sim.sweeps.parts import RUNS, Part, counting

_RECENT = 20  # parts by which the speed is told
_LOOKS = 10  # at most, until nothing vanished meanwhile


@dataclass(frozen=True)
class Status:
    """How far a sweep is.

    Attributes:
        place: Its folder.
        name: Name of the experiment.
        points: Points of its design.
        replications: Replications of each.
        regimes: Regimes of each.
        done: Runs that are finished, those that failed among them.
        running: Whether a command works in the folder, as far as can be seen.
        speed: Runs a second of late; None where it is not running, or that cannot be told yet.
        complete: Whether its tables hold all that was asked last.
    """

    place: Path
    name: str
    points: int
    replications: int
    regimes: int
    done: int
    running: bool
    speed: float | None
    complete: bool

    @property
    def asked(self) -> int:
        """Runs that were asked last."""
        return self.points * self.replications * self.regimes


def status(place: Path) -> Status:
    """Return how far the sweep in a folder is.

    Raises:
        RegieError: There is none.
    """
    said = about(place)
    running = locked(place)
    seen = _seen(place / PARTS)
    return Status(
        place=place,
        name=str(said["name"]),
        points=int(said["points"]),
        replications=int(said["replications"]),
        regimes=len(said["regimes"]),
        done=sum(each.rows for each in seen),
        running=running,
        speed=_speed(seen, (place / SWEEP).stat().st_mtime) if running else None,
        complete=bool(said["complete"]) and not running,
    )


class _Seen(NamedTuple):
    """A part as it was seen: its rows, and when it was written."""

    part: Part
    rows: int
    written: float


def _seen(place: Path) -> list[_Seen]:
    """Return the parts in the order of their batches.

    Meanwhile parts may be written as one and vanish. So it is looked at again until a look misses nothing that the
    look before it saw.
    """
    before: list[_Seen] = []
    for _ in range(_LOOKS):
        now = [_look(place, part) for part in counting(place)]
        seen = [each for each in now if each is not None]
        if len(seen) == len(now) and (seen == before or (_whole(seen) and _last(seen) >= _last(before) >= 0)):
            break
        before = seen
    return seen


def _last(seen: list[_Seen]) -> int:
    """Return the number of the last batch; -1 where there is none."""
    return seen[-1].part.last if seen else -1


def _whole(seen: list[_Seen]) -> bool:
    """Return whether no batch is missing."""
    ends = [-1, *(each.part.last for each in seen)]
    return all(last + 1 == each.part.first for last, each in zip(ends, seen, strict=False))


def _look(place: Path, part: Part) -> _Seen | None:
    """Return a part as it is now; None where it was just taken into another one, or cannot be read."""
    import pyarrow.parquet as pq

    path = place / f"{part.name}.{RUNS}.parquet"
    try:
        return _Seen(part, pq.read_metadata(path).num_rows, path.stat().st_mtime)
    except (OSError, ValueError):
        return None


def _speed(seen: list[_Seen], began: float) -> float | None:
    """Return runs a second, by the last parts that the command wrote which began then."""
    recent = [each for each in seen if each.written >= began][-_RECENT:]
    if len(recent) < 2 or recent[-1].written <= recent[0].written:
        return None
    return sum(each.rows for each in recent[1:]) / (recent[-1].written - recent[0].written)
