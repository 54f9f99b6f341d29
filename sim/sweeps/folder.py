"""The folder of a sweep: what it holds, and who works in it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import SILENT, RegieError, Said
from sim.files import atomically
from sim.scenario.mistakes import below_one_another
from sim.study import arrow, provenance
from sim.study.folder import absolute, as_json, file_name, results_root, sentences_of_the_disk
from sim.study.lock import Lock
from sim.sweeps import inputs
from sim.sweeps.designs import Design
from sim.sweeps.experiment import Experiment
from sim.sweeps.factors import columns
from sim.sweeps.living import FAULTS, KEYS
from sim.sweeps.parts import Parts
from sim.sweeps.planning import Plan, differences
from sim.sweeps.publishing import FAILURES, PUBLISHED, publish
from sim.sweeps.sentences import say

SWEEP, DESIGN, PARTS = "sweep.json", "design.parquet", "parts"
SCENARIOS = "scenarios"
MOST_DIFFERENCES = 5


class Folder:
    """The folder of a sweep that is being run.

    Attributes:
        path: Where it is.
        plan: The plan; points that were there before come first in its design.
        parts: What is finished.
    """

    def __init__(self, plan: Plan, out: Path | None = None, command: str = "") -> None:
        """Open the folder, or make it.

        Args:
            plan: The plan.
            out: Where. Default: ``results/NAME`` in the clone around the working directory, else in that directory.
            command: The command that was typed.

        Raises:
            RegieError: It holds something else, somebody works in it, or it cannot be written.
        """
        self.path = place_of(plan.experiment, out)
        self._refuse_other()
        with sentences_of_the_disk(self.path):
            self._lock = self._locked()
            try:
                self._open(plan, command)
            except BaseException:
                self.close()
                raise

    def _refuse_other(self) -> None:
        """Leave a folder alone that is not empty and no sweep's."""
        with sentences_of_the_disk(self.path), suppress(FileNotFoundError, NotADirectoryError):
            names = {entry.name for entry in self.path.iterdir() if not entry.name.startswith(".")}
            if names and SWEEP not in names:
                raise RegieError(say("not a sweep", place=self.path))

    def _locked(self) -> Lock:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            return Lock(self.path)
        except BlockingIOError:
            raise RegieError(say("taken", place=self.path)) from None

    def _open(self, plan: Plan, command: str) -> None:
        """Read what is there, refuse what does not fit, and write down what is asked: ``sweep.json`` first of all."""
        earlier = about(self.path) if (self.path / SWEEP).exists() else None
        if earlier:
            self._refuse_difference(plan, earlier)
        if self._lock.held:
            self._sweep_up()
        self.parts = Parts(self.path / PARTS, alone=self._lock.held)
        self.plan = self._continued(plan) if earlier else plan
        self._done: NDArray[np.bool_] | None = None
        self._about = self._described(command, earlier or {})
        self._write(SWEEP, self._about)
        self._write_design()
        inputs.keep(self.plan, plan.design, self._about["replications"], self.path)

    def _refuse_difference(self, plan: Plan, earlier: Mapping[str, Any]) -> None:
        found = list(islice(differences(earlier["identity"], plan.identity), 1000))
        if found:
            lines = [_difference(*each) for each in found[:MOST_DIFFERENCES]]
            if len(found) > MOST_DIFFERENCES:
                lines.append(say("more differences", n=len(found) - MOST_DIFFERENCES))
            raise RegieError(say("another sweep", place=self.path, differences=below_one_another(lines)))

    def _sweep_up(self) -> None:
        """Remove files in the making that a killed process left behind."""
        names = (SWEEP, DESIGN, FAILURES, *PUBLISHED.values())
        folders = (SCENARIOS, inputs.INPUTS, f"{inputs.INPUTS}/regimes")
        for pattern in (*(f".{name}.*" for name in names), *(f"{folder}/.*.*.*" for folder in folders)):
            for path in self.path.glob(pattern):
                path.unlink(missing_ok=True)

    def _continued(self, plan: Plan) -> Plan:
        """Return the plan beyond what is there.

        Points keep their numbers, and a replication that was begun is finished, also where fewer are asked now: all
        points have the same ones in the end. Where nothing is finished yet, a design may be missing.
        """
        asked = replace(plan.experiment, replications=max(plan.experiment.replications, self.parts.replications))
        plan = replace(plan, experiment=asked)
        if not self.parts.found and not (self.path / DESIGN).exists():
            return plan
        return plan.beyond(read_design(self.path, [factor.name for factor in plan.factors]))

    def _described(self, command: str, earlier: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is said of the sweep, ready to be written as JSON; of its tables what was true before."""
        asked = self.plan.experiment
        return {
            "name": asked.name,
            "title": asked.title,
            "title_nl": asked.title_nl,
            "scenario": self.plan.scenario.name,
            "regimes": list(self.plan.arms),
            "method": asked.method,
            "samples": asked.samples,
            "levels": asked.levels,
            "points": len(self.plan.design.points),
            "replications": asked.replications,
            "days": asked.days,
            "seed": asked.seed,
            "factors": {f.name: vars(f) for f in self.plan.factors},
            "columns": dict(zip((f.name for f in self.plan.factors), self.columns, strict=True)),
            "outcomes": list(self.plan.outcomes),
            "weekly": list(self.plan.weekly),
            "complete": False,
            "runs": earlier.get("runs", 0),
            "failed": earlier.get("failed", 0),
            "command": command,
            "started": earlier.get("started") or _now(),
            "seconds": earlier.get("seconds", 0.0),
            "versions": provenance.versions(),
            "platform": platform.platform(),
            "source": provenance.source(),
            "identity": self.plan.identity,
        }

    @property
    def damaged(self) -> Said:
        """What there is to say of parts that could not be read; nothing where all could."""
        return say("damaged parts", n=self.parts.damaged) if self.parts.damaged else SILENT

    @cached_property
    def columns(self) -> list[str]:
        """Name of the column of each factor in the tables."""
        return list(columns(self.plan.factors, [*KEYS, *self.plan.outcomes, *FAULTS]))

    def _write_design(self) -> None:
        import pyarrow.parquet as pq

        design = self.plan.design
        values = {name: arrow.numbers(design.drawn[:, i]) for i, name in enumerate(self.columns)}
        table = arrow.table(point=arrow.numbers(design.rows.astype(np.int32)), **values)
        with atomically(self.path / DESIGN) as file:
            pq.write_table(table, file, compression="zstd")
        for arm, scenario in self.plan.arms.items():
            (self.path / SCENARIOS).mkdir(exist_ok=True)
            with atomically(self.path / SCENARIOS / f"{file_name(arm)}.toml") as file:
                file.write(scenario.to_toml().encode())

    def done(self) -> NDArray[np.bool_]:
        """Return which points have which replications; read once, then kept by who drives."""
        if self._done is None:
            self._done = self.parts.done(len(self.plan.design.points), self.plan.experiment.replications)
        return self._done

    def publish(self, done: NDArray[np.bool_], seconds: float) -> None:
        """Make the tables for others to read, each whole or not at all.

        Args:
            done: Which points have which replications.
            seconds: How long this command took.

        Raises:
            RegieError: The disk is full or gone, or what was kept is damaged.
        """
        with sentences_of_the_disk(self.path):
            rows, failed = publish(self.plan, self.columns, self.parts, self.path)
            self._about |= {
                "complete": bool(done.all()) and rows == self.plan.runs,
                "runs": rows,
                "failed": failed,
                "seconds": round(self._about["seconds"] + seconds, 3),
                "finished": _now(),
            }
            self._write(SWEEP, self._about)

    def _write(self, name: str, content: Mapping[str, Any]) -> None:
        with atomically(self.path / name) as file:
            file.write(as_json(content).encode())

    def close(self) -> None:
        """Let others work in it."""
        self._lock.let_go()


def place_of(experiment: Experiment, out: Path | None = None) -> Path:
    """Return the folder of an experiment: ``out``, else ``results/NAME``."""
    return absolute(out) if out is not None else results_root() / "results" / file_name(experiment.name)


_NEEDED = ("identity", "name", "points", "replications", "regimes", "complete")


def about(place: Path) -> dict[str, Any]:
    """Return what is said of the sweep in a folder.

    Raises:
        RegieError: There is none, or it cannot be read.
    """
    path = place / SWEEP
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for key in _NEEDED:
            found[key]
    except FileNotFoundError:
        raise RegieError(say("no sweep", place=place, file=SWEEP)) from None
    except (OSError, ValueError, KeyError, TypeError) as mistake:
        raise RegieError(say("unreadable sweep", path=path, reason=mistake)) from None
    return found


def read_design(place: Path, factors: list[str]) -> Design:
    """Return the design in a folder.

    Raises:
        RegieError: It cannot be read.
    """
    import pyarrow.parquet as pq

    path = place / DESIGN
    try:
        table = pq.ParquetFile(path).read()
        rows = table["point"].to_numpy().astype(np.int64)
        drawn = np.column_stack([table.column(i + 1).to_numpy() for i in range(len(factors))])
    except (OSError, ValueError, KeyError) as mistake:
        raise RegieError(say("unreadable sweep", path=path, reason=mistake)) from None
    points = np.empty((int(rows.max()) + 1, len(factors)))
    points[rows] = drawn
    return Design(points, rows)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _difference(path: str, there: Any, here: Any) -> Said:
    return say("a difference", path=path, there=_shown(there), here=_shown(here))


def _shown(value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    return say("absent") if value is None else text if len(text) <= 40 else f"{text[:39]}…"
