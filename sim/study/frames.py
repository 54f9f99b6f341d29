"""The tables of runs as Arrow tables: names in words, one row group a run. From these come files and data frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from sim.scenario.scenario import Scenario
from sim.study import arrow
from sim.study.compare import Comparison
from sim.study.tables import Run, Table

if TYPE_CHECKING:
    import pandas as pd

VOLUNTEERS = "volunteers"
"""Instead of an organisation: in the visits for help by volunteers."""


def visits_table(run: Run) -> pa.Table:
    """Return the visits that touch day 0 or later: each stay of a need, with an organisation, volunteers or nobody."""
    from sim.model.record import REASONS

    rows = run.visits[np.isnan(run.visits["end"]) | (run.visits["end"] >= 0)]
    who = (*_organisations(run.scenario), VOLUNTEERS, arrow.NOBODY)
    names = {"organisation": who, "kind": _kinds(run.scenario), "reason": REASONS}
    return _labelled(run.regime, run.replication, rows, names)


def clients_table(run: Run) -> pa.Table:
    """Return the clients who were there on day 0 or later, one row each."""
    from sim.model.record import STATUSES

    rows = run.clients[np.isnan(run.clients["exit"]) | (run.clients["exit"] >= 0)]
    organisations = _organisations(run.scenario)
    names = {"prefers": organisations, "owner_organisation": (*organisations, arrow.NOBODY), "status": STATUSES}
    return _labelled(run.regime, run.replication, rows, names)


def series_table(run: Run) -> pa.Table:
    """Return the weekly series, a row for each week and organisation; weeks of the warm-up are negative."""
    return _weeks(run.scenario, run.regime, run.replication, run.series)


def outcomes_table(comparison: Comparison) -> pa.Table:
    """Return all outcomes of all runs, tidy: one row for each run and outcome; null where undefined."""
    regime, replication, outcome = (grid.ravel() for grid in np.indices(comparison.values.shape))
    seeds, numbers = np.array(comparison.seeds, np.int64), np.array(comparison.replications, np.int32)
    values = comparison.values.ravel()
    return arrow.table(
        regime=arrow.words(regime, comparison.arms),
        replication=arrow.numbers(numbers[replication]),
        seed=arrow.numbers(seeds[replication]),
        outcome=arrow.words(outcome, [about.name for about in comparison.outcome_list]),
        unit=arrow.words(outcome, [about.unit for about in comparison.outcome_list]),
        value=arrow.numbers(values, missing=np.isnan(values)),
    )


def worlds_table(comparison: Comparison) -> pa.Table:
    """Return what was drawn for each world, tidy: one row for each world and parameter."""
    numbers = [each.number for each in comparison.finished]
    names = list(comparison.drawn.values)
    return arrow.table(
        replication=arrow.numbers(np.repeat(np.array(numbers, np.int32), len(names))),
        parameter=arrow.words(np.tile(np.arange(len(names)), len(numbers)), names),
        value=arrow.numbers(
            np.array([[comparison.drawn.values[name][i] for name in names] for i in range(len(numbers))], float).ravel()
        ),
    )


def rows_table(rows: Sequence[Any], kind: type[Any]) -> pa.Table:
    """Return rows that are dataclasses of one ``kind`` as a table, a column for each field; NaN is null."""
    return arrow.table(**{name: _field([getattr(row, name) for row in rows]) for name in kind.__annotations__})


def _field(values: Sequence[Any]) -> pa.Array:
    if any(isinstance(value, str) for value in values):
        return arrow.words(np.arange(len(values)), values)
    numbers = np.asarray(values)
    return arrow.numbers(numbers, missing=np.isnan(numbers))


def marked(table: pa.Table, **marks: str) -> pa.Table:
    """Return a table with columns before its own that say the same in every row."""
    columns = {name: arrow.words(np.zeros(len(table), np.int32), [mark]) for name, mark in marks.items()}
    return arrow.table(**columns, **dict(zip(table.column_names, table.columns, strict=True)))


def data_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table as a pandas data frame; words are categories."""
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _weeks(scenario: Scenario, regime: str, replication: int, rows: Table) -> pa.Table:
    names = {"organisation": (*_organisations(scenario), arrow.NOBODY)}
    return _labelled(regime, replication, rows, names)


def _organisations(scenario: Scenario) -> tuple[str, ...]:
    return tuple(organisation.name for organisation in scenario.organisations)


def _kinds(scenario: Scenario) -> tuple[str, ...]:
    return tuple(kind.name for kind in scenario.kinds)


def _labelled(regime: str, replication: int, rows: Table, names: Mapping[str, Sequence[str]]) -> pa.Table:
    which = {
        "regime": arrow.words(np.zeros(len(rows), np.int32), [regime]),
        "replication": arrow.numbers(np.full(len(rows), replication, np.int32)),
    }
    columns = {name: _column(rows[name], names.get(name)) for name in rows.dtype.names}
    return arrow.table(**which, **columns)


def _column(values: Any, names: Sequence[str] | None) -> pa.Array:
    if names is not None:
        return arrow.words(values, names)
    return arrow.numbers(values.astype(np.float32) if values.dtype.kind == "f" else values)
