"""How far a sweep is, seen from outside: nothing is disturbed, also while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.study.claim import taken
from sim.sweeps.folder import PARTS, about
from sim.sweeps.parts import RUNS, Part, counting

_RECENT = 20  # parts by which the speed is told


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
    running = taken(place)
    seen = [each for part in counting(place / PARTS) if (each := _seen(place / PARTS, part)) is not None]
    return Status(
        place=place,
        name=str(said["name"]),
        points=int(said["points"]),
        replications=int(said["replications"]),
        regimes=len(said["regimes"]),
        done=sum(rows for rows, _ in seen),
        running=running,
        speed=_speed(seen) if running else None,
        complete=bool(said["complete"]) and not running,
    )


def _seen(place: Path, part: Part) -> tuple[int, float] | None:
    """Return the rows of a part and when it was written; None where it was just taken into another one."""
    import pyarrow.parquet as pq

    path = place / f"{part.name}.{RUNS}.parquet"
    try:
        return pq.read_metadata(path).num_rows, path.stat().st_mtime
    except FileNotFoundError:
        return None


def _speed(seen: list[tuple[int, float]]) -> float | None:
    recent = sorted(seen, key=lambda each: each[1])[-_RECENT:]
    if len(recent) < 2 or recent[-1][1] <= recent[0][1]:
        return None
    return sum(rows for rows, _ in recent[1:]) / (recent[-1][1] - recent[0][1])
