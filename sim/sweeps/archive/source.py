"""What lies in a folder of results: of a sweep, or of ``run``, ``compare`` and ``ablate``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.errors import SILENT, RegieError, Said
from sim.scenario.scenario import Scenario
from sim.study.folder import PROVENANCE, absolute, file_name
from sim.study.lock import locked
from sim.sweeps.archive.private import Cleaner
from sim.sweeps.archive.sentences import say
from sim.sweeps.folder import DESIGN, SWEEP, about
from sim.sweeps.inputs import EXPERIMENT, INPUTS
from sim.sweeps.publishing import FAILURES, PUBLISHED

_ASKED = ("scenario", "complete", "replications", "days", "seed", "versions")
_TABLES = {
    SWEEP: (DESIGN, *PUBLISHED.values(), FAILURES),
    PROVENANCE: (
        *("comparison.csv", "ablation.parquet", "ablation.csv", "outcomes.parquet", "outcomes.csv"),
        *("worlds.parquet", "worlds.csv", "series.parquet", "visits.parquet", "clients.parquet", FAILURES),
    ),
}
_PAGES = ("report.html", "outcomes.xlsx", "ablation.md")


@dataclass(frozen=True)
class Source:
    """A folder of results.

    Attributes:
        place: The folder.
        origin: What its own JSON file says of it.
        file: Name of that file.
    """

    place: Path
    origin: Mapping[str, Any]
    file: str

    @property
    def is_sweep(self) -> bool:
        """Whether it is a sweep."""
        return self.file == SWEEP

    @property
    def kind(self) -> str:
        """``"sweep"``, ``"ablation"``, ``"comparison"`` or ``"run"``."""
        if self.is_sweep:
            return "sweep"
        if "switched_off" in self.origin:
            return "ablation"
        return "comparison" if len(self.origin.get("regimes", ())) > 1 else "run"

    @cached_property
    def name(self) -> str:
        """Name of the archive and of the folder in it."""
        own, scenario = file_name(self.place.name), file_name(str(self.origin["scenario"]))
        return own if self.is_sweep or own.startswith(scenario) else f"{scenario}_{own}"

    @property
    def command(self) -> str:
        """The command that was typed; empty where it was made from Python."""
        return str(self.origin.get("command") or "")

    @cached_property
    def cleaner(self) -> Cleaner:
        """What takes the paths of this computer out of its texts."""
        return Cleaner(self.command, self.place)

    @cached_property
    def scenario(self) -> Scenario | None:
        """The scenario; None where this version cannot read it."""
        with suppress(RegieError, IndexError):
            return Scenario.load(self.scenarios[0])
        return None

    @property
    def scenarios(self) -> list[Path]:
        """The resolved scenarios, that of the first regime first."""
        others = sorted((self.place / "scenarios").glob("*.toml"))
        own = self.place / "scenario.toml"
        return [own, *others] if own.exists() else others

    @property
    def inputs(self) -> list[Path]:
        """What went into a sweep, as far as it was kept."""
        return sorted(path for path in (self.place / INPUTS).rglob("*") if path.is_file())

    @property
    def can_be_run_again(self) -> bool:
        """Whether the experiment was kept."""
        return (self.place / INPUTS / EXPERIMENT).exists()

    @property
    def tables(self) -> list[Path]:
        """The tables that others read."""
        return [path for name in _TABLES[self.file] if (path := self.place / name).exists()]

    @property
    def pages(self) -> list[Path]:
        """Reports to read, made of these tables."""
        return [path for name in _PAGES if (path := self.place / name).exists()] + self._analysis()

    def _analysis(self) -> list[Path]:
        return sorted(path for path in (self.place / "analysis").rglob("*") if path.is_file())

    @property
    def finished(self) -> str:
        """The day on which it was finished, else begun, as 2005-11-01."""
        return str(self.origin.get("finished") or self.origin.get("started") or "")[:10]


def source(place: Path, *, incomplete: bool = False) -> Source:
    """Read what a folder says of itself.

    Args:
        place: The folder.
        incomplete: Whether a result that is not complete will do.

    Raises:
        RegieError: It holds no result, somebody works in it, it has no tables, or it is not complete.
    """
    found = _found(absolute(place))
    if locked(found.place):
        raise RegieError(say("busy", place=place))
    how = say("command", command=found.command) if found.command else SILENT
    if not found.origin["complete"] and not incomplete:
        raise RegieError(say("incomplete", place=place, command=how))
    if not found.tables:
        raise RegieError(say("no tables", place=place, command=how))
    return found


def _found(place: Path) -> Source:
    if (place / SWEEP).is_file():
        return Source(place, about(place), SWEEP)
    path = place / PROVENANCE
    if not path.is_file():
        either = Said(f"{SWEEP} or {PROVENANCE}", f"{SWEEP} of {PROVENANCE}")
        raise RegieError(say("no result", place=place, files=either))
    try:
        origin = json.loads(path.read_text(encoding="utf-8"))
        for key in _ASKED:
            origin[key]
    except (OSError, ValueError, KeyError, TypeError) as mistake:
        raise RegieError(say("unreadable", path=path, reason=mistake)) from None
    return Source(place, origin, PROVENANCE)


def described(source: Source) -> Iterator[tuple[str, str]]:
    """Yield what can be said of a result in a few words each: heading and text."""
    origin, scenario = source.origin, source.scenario
    title = f" ({scenario.title})" if scenario else ""
    yield "Scenario", f"{origin['scenario']}{title}"
    yield "Ways of steering (regimes)", ", ".join(origin.get("regimes", ()))
    yield from _of_sweep(source) if source.is_sweep else _of_study(source)
    yield "Days after the warm-up", str(origin["days"])
    yield "Root seed", str(origin["seed"])
    yield "Complete", "yes" if origin["complete"] else "NO: not everything that was asked is finished"
    yield "Begun", str(origin.get("started", "unknown"))
    yield "Finished", str(origin.get("finished", "unknown"))
    yield "Command", f"`{source.cleaner.typed}`" if source.command else "made from Python"
    yield "Versions", ", ".join(f"{name} {number}" for name, number in origin["versions"].items() if number)
    yield "Code", _code(origin.get("source"))
    yield "Computer", str(origin.get("platform", "unknown"))


def _of_sweep(source: Source) -> Iterator[tuple[str, str]]:
    origin = source.origin
    yield "Design", f"{origin['method']}, {len(origin['factors'])} factors, {origin['points']} points"
    yield "Replications of each point", str(origin["replications"])
    yield "Runs", f"{origin.get('runs', 'unknown')}, of which {origin.get('failed', 0)} failed"


def _of_study(source: Source) -> Iterator[tuple[str, str]]:
    origin = source.origin
    yield "Baseline", str(origin.get("baseline", ""))
    if "switched_off" in origin:
        yield "Mechanisms switched off", ", ".join(origin["switched_off"])
    asked = origin.get("replications_asked", "unknown")
    yield "Worlds", f"{len(origin['replications'])} of {asked} that were asked ({origin.get('worlds', 'one')})"
    yield "Runs that failed", str(origin.get("failed_runs", 0))


def _code(found: Mapping[str, Any] | None) -> str:
    if not found or not found.get("commit"):
        return "an installed package"
    return f"commit {found['commit']}" + (", with changes that are not in it" if found.get("dirty") else "")
