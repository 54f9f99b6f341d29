"""The tables of a sweep for others to read, each whole or not at all, a group of points at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.files import atomically
from sim.study import arrow
from sim.study.kept import tables_into
from sim.sweeps.living import FAULTS, KEYS
from sim.sweeps.parts import RUNS, SERIES, Parts
from sim.sweeps.planning import Plan

if TYPE_CHECKING:
    import pyarrow as pa

FAILURES = "failures.jsonl"
PUBLISHED = {RUNS: "runs.parquet", SERIES: "series.parquet"}
CELLS_AT_ONCE = 2_000_000
"""Numbers in memory at a time, about."""


def publish(plan: Plan, columns: Sequence[str], parts: Parts, place: Path) -> tuple[int, int]:
    """Write the tables of what is finished, and what failed.

    Args:
        plan: The plan.
        columns: Name of the column of each factor.
        parts: What is finished.
        place: Folder of the tables.

    Returns:
        Runs that are finished, and how many of them failed.

    Raises:
        RegieError: The disk is full or gone, or what was kept is damaged.
    """
    tables = _Tables(plan, columns, parts, place)
    rows, failed = tables.write(RUNS)
    tables.write(SERIES)
    tables.write_failures(failed)
    return rows, failed


@dataclass(frozen=True)
class _Tables:
    """Makes tables of parts; see :func:`publish`."""

    plan: Plan
    columns: Sequence[str]
    parts: Parts
    place: Path

    def write(self, kind: str) -> tuple[int, int]:
        """Write one table, sorted, a group of points at a time; return its rows, and how many of them failed."""
        tables = self._sorted(kind)
        first = next(tables, None)
        if first is None:
            (self.place / PUBLISHED[kind]).unlink(missing_ok=True)
            return 0, 0
        rows = failed = 0
        with atomically(self.place / PUBLISHED[kind]) as file, tables_into(file) as write:
            for table in chain([first], tables):
                rows += len(table)
                if kind == RUNS:
                    failed += len(table) - table["error"].null_count
                    table = self._with_factors(table.drop_columns(list(FAULTS[::2])))
                write(table)
        return rows, failed

    def _sorted(self, kind: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Yield the rows of all points in order, as many points at a time as memory should hold."""
        points, arms = len(self.plan.design.points), list(self.plan.arms)
        kept = columns or [*KEYS, *(self.plan.outcomes if kind == RUNS else self.plan.weekly)]
        cells = self.parts.rows(kind) * len(kept)
        step = max(1, points * CELLS_AT_ONCE // max(1, cells))
        for low in range(0, points, step):
            tables = list(self.parts.tables(kind, low, low + step, columns))
            if tables:
                yield _in_order(arrow.joined(tables), arms)

    def _with_factors(self, table: pa.Table) -> pa.Table:
        at = self.plan.design.points[table["point"].to_numpy()]
        columns = {name: table[name] for name in KEYS}
        columns |= {name: arrow.numbers(at[:, i]) for i, name in enumerate(self.columns)}
        return arrow.table(**columns, **{name: table[name] for name in table.column_names if name not in KEYS})

    def write_failures(self, failed: int) -> None:
        """Write down the runs that failed, in order, if any did."""
        if not failed:
            (self.place / FAILURES).unlink(missing_ok=True)
            return
        with atomically(self.place / FAILURES) as file:
            for table in self._sorted(RUNS, [*KEYS, *FAULTS]):
                file.writelines(f"{json.dumps(each, ensure_ascii=False)}\n".encode() for each in _failures(table))


def _in_order(table: pa.Table, arms: list[str]) -> pa.Table:
    """Sort rows by point, replication and regime, in the order of the regimes, and those of a run as they are.

    What is returned depends on the rows alone, not on the parts that they lay in: words are numbered as they come.
    """
    import pyarrow as pa

    regime = table["regime"].combine_chunks()
    names = regime.dictionary.to_pylist()
    number = np.array([arms.index(name) for name in names])[regime.indices.to_numpy()]
    order = np.lexsort((number, table["replication"].to_numpy(), table["point"].to_numpy()))
    sorted_ = table.take(arrow.numbers(order)).combine_chunks()
    for i, column in enumerate(sorted_.schema):
        if pa.types.is_dictionary(column.type):
            again = sorted_.column(i).cast(column.type.value_type).dictionary_encode()
            sorted_ = sorted_.set_column(i, column.name, again)
    return sorted_


def _failures(table: pa.Table) -> list[dict[str, Any]]:
    """Return the runs of a table that failed, as they are written down."""
    import pyarrow.compute as pc

    failed: list[dict[str, Any]] = table.filter(pc.is_valid(table["error"])).select([*KEYS, *FAULTS]).to_pylist()
    return failed
