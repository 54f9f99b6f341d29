"""The folder of a sweep: what it holds, who works in it, and what is made of it for others to read."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError, Said
from sim.files import atomically
from sim.scenario.mistakes import below_one_another
from sim.study import arrow, provenance
from sim.study.claim import Claim, taken
from sim.study.folder import absolute, as_json, file_name, results_root, sentences_of_the_disk
from sim.sweeps import inputs
from sim.sweeps.designs import Design
from sim.sweeps.experiment import Experiment
from sim.sweeps.factors import columns
from sim.sweeps.living import FAULTS, KEYS
from sim.sweeps.parts import RUNS, SERIES, Parts
from sim.sweeps.planning import Plan, differences
from sim.sweeps.sentences import say

if TYPE_CHECKING:
    import pyarrow as pa

SWEEP, DESIGN, PARTS, FAILURES = "sweep.json", "design.parquet", "parts", "failures.jsonl"
PUBLISHED = {RUNS: "runs.parquet", SERIES: "series.parquet"}
ROWS_AT_ONCE = {RUNS: 20_000, SERIES: 20_000}
"""Runs of which rows are in memory at a time when tables are made."""
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
        earlier = self._earlier()
        self.plan = plan if earlier is None else self._continued(plan, earlier)
        with sentences_of_the_disk(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            if taken(self.path):
                raise RegieError(say("taken", place=self.path))
            self._claim = Claim(self.path)
            self._about = self._described(command, earlier)
            self._write(SWEEP, self._about)
            self._write_design()
            inputs.keep(self.plan, plan.design, self._about["replications"], self.path)
        self.parts = Parts(self.path / PARTS)

    def _earlier(self) -> dict[str, Any] | None:
        """Return what is said of the sweep that is there, if any."""
        if (self.path / SWEEP).exists():
            return about(self.path)
        with suppress(FileNotFoundError, NotADirectoryError):
            if any(not entry.name.startswith(".") for entry in self.path.iterdir()):
                raise RegieError(say("not a sweep", place=self.path))
        return None

    def _continued(self, plan: Plan, earlier: Mapping[str, Any]) -> Plan:
        found = list(islice(differences(earlier["identity"], plan.identity), 1000))
        if found:
            lines = [_difference(*each) for each in found[:MOST_DIFFERENCES]]
            if len(found) > MOST_DIFFERENCES:
                lines.append(say("more differences", n=len(found) - MOST_DIFFERENCES))
            raise RegieError(say("another sweep", place=self.path, differences=below_one_another(lines)))
        return plan.beyond(read_design(self.path, [factor.name for factor in plan.factors]))

    def _described(self, command: str, earlier: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return what is said of the sweep, ready to be written as JSON."""
        asked = self.plan.experiment
        replications = max(asked.replications, earlier["replications"] if earlier else 0)
        first = earlier or {"started": datetime.now().astimezone().isoformat(timespec="seconds")}
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
            "replications": replications,
            "days": asked.days,
            "seed": asked.seed,
            "factors": {f.name: vars(f) for f in self.plan.factors},
            "columns": dict(zip((f.name for f in self.plan.factors), self.columns, strict=True)),
            "outcomes": list(self.plan.outcomes),
            "weekly": list(self.plan.weekly),
            "complete": False,
            "command": command,
            "started": first["started"],
            "versions": provenance.versions(),
            "platform": platform.platform(),
            "source": provenance.source(),
            "identity": self.plan.identity,
        }

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
            (self.path / "scenarios").mkdir(exist_ok=True)
            with atomically(self.path / "scenarios" / f"{file_name(arm)}.toml") as file:
                file.write(scenario.to_toml().encode())

    def done(self) -> NDArray[np.bool_]:
        """Return which points have which replications."""
        return self.parts.done(len(self.plan.design.points), self.plan.experiment.replications)

    def publish(self, done: NDArray[np.bool_], seconds: float) -> None:
        """Make the tables for others to read, each whole or not at all.

        Args:
            done: Which points have which replications.
            seconds: How long this command took.

        Raises:
            RegieError: The disk is full or gone.
        """
        with sentences_of_the_disk(self.path):
            failures = self._publish(RUNS)
            self._publish(SERIES)
            self._write_failures(failures)
            self._about |= {
                "complete": bool(done.all()),
                "runs": int(done.sum()) * len(self.plan.arms),
                "failed": len(failures),
                "seconds": round(self._about.get("seconds", 0.0) + seconds, 3),
                "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
            }
            self._write(SWEEP, self._about)

    def _publish(self, kind: str) -> list[dict[str, Any]]:
        """Write one table, sorted, a group of points at a time; return the runs that failed."""
        import pyarrow.parquet as pq

        failures: list[dict[str, Any]] = []
        with atomically(self.path / PUBLISHED[kind]) as file:
            writer: Any = None
            for table in self._sorted(kind):
                if kind == RUNS:
                    failures += _failures(table)
                    table = self._with_factors(table.drop_columns(list(FAULTS[::2])))
                writer = writer or pq.ParquetWriter(file, table.schema, compression="zstd")
                writer.write_table(table)
            if writer:
                writer.close()
        if writer is None:
            (self.path / PUBLISHED[kind]).unlink()
        return failures

    def _sorted(self, kind: str) -> Iterator[pa.Table]:
        arms = list(self.plan.arms)
        each = len(arms) * max(1, int(self._about["replications"]))
        step = max(1, ROWS_AT_ONCE[kind] // each)
        for low in range(0, len(self.plan.design.points), step):
            tables = list(self.parts.tables(kind, low, low + step))
            if tables:
                yield _in_order(arrow.joined(tables), arms)

    def _with_factors(self, table: pa.Table) -> pa.Table:
        at = self.plan.design.points[table["point"].to_numpy()]
        columns = {name: table[name] for name in KEYS}
        columns |= {name: arrow.numbers(at[:, i]) for i, name in enumerate(self.columns)}
        return arrow.table(**columns, **{name: table[name] for name in table.column_names if name not in KEYS})

    def _write_failures(self, failures: list[dict[str, Any]]) -> None:
        if failures:
            with atomically(self.path / FAILURES) as file:
                file.writelines(f"{json.dumps(each, ensure_ascii=False)}\n".encode() for each in failures)
        else:
            (self.path / FAILURES).unlink(missing_ok=True)

    def _write(self, name: str, content: Mapping[str, Any]) -> None:
        with atomically(self.path / name) as file:
            file.write(as_json(content).encode())

    def close(self) -> None:
        """Let others work in it."""
        self._claim.give_up()


def place_of(experiment: Experiment, out: Path | None = None) -> Path:
    """Return the folder of an experiment: ``out``, else ``results/NAME``."""
    return absolute(out) if out is not None else results_root() / "results" / file_name(experiment.name)


def about(place: Path) -> dict[str, Any]:
    """Return what is said of the sweep in a folder.

    Raises:
        RegieError: There is none, or it cannot be read.
    """
    path = place / SWEEP
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        found["identity"], found["replications"]
    except FileNotFoundError:
        raise RegieError(say("no sweep", place=place, file=SWEEP)) from None
    except (OSError, ValueError, KeyError, TypeError) as mistake:
        raise RegieError(say("unreadable sweep", path=path, reason=mistake)) from None
    return found  # type: ignore[no-any-return]


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


def _difference(path: str, there: Any, here: Any) -> Said:
    return say("a difference", path=path, there=_shown(there), here=_shown(here))


def _shown(value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    return say("absent") if value is None else text if len(text) <= 40 else f"{text[:39]}…"


def _in_order(table: pa.Table, arms: list[str]) -> pa.Table:
    """Sort rows by point, replication and regime, in the order of the regimes, and those of a run as they are."""
    regime = table["regime"].combine_chunks()
    names = regime.dictionary.to_pylist()
    number = np.array([arms.index(name) for name in names])[regime.indices.to_numpy()]
    order = np.lexsort((number, table["replication"].to_numpy(), table["point"].to_numpy()))
    return table.take(arrow.numbers(order)).unify_dictionaries()


def _failures(table: pa.Table) -> list[dict[str, Any]]:
    """Return the runs of a table that failed, as they are written down."""
    import pyarrow.compute as pc

    failed = table.filter(pc.is_valid(table["error"])).select([*KEYS, *FAULTS])
    return failed.to_pylist()  # type: ignore[no-any-return]
