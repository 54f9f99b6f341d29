"""The tables of runs as Arrow tables: names in words, one row group a run. From these come files and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from sim.scenario.scenario import Scenario
from sim.study.compare import Comparison
from sim.study.tables import Mask, Run, Table

if TYPE_CHECKING:
    import pandas as pd

VOLUNTEERS = "volunteers"
"""Instead of an organisation: in the visits for help by volunteers."""
NOBODY = "nobody"
"""Instead of an organisation: in the weekly series for clients without a case owner and for what volunteers do, in the
visits for needs that are with no organisation, in the clients where there is no case owner."""


def visits_table(run: Run) -> pa.Table:
    """Return the visits that touch day 0 or later: each stay of a need, with an organisation, volunteers or nobody."""
    from sim.model.record import REASONS

    rows = run.visits[np.isnan(run.visits["end"]) | (run.visits["end"] >= 0)]
    who = (*_organisations(run.scenario), VOLUNTEERS, NOBODY)
    names = {"organisation": who, "kind": _kinds(run.scenario), "reason": REASONS}
    return _labelled(run.regime, run.replication, rows, names)


def clients_table(run: Run) -> pa.Table:
    """Return the clients who were there on day 0 or later, one row each."""
    from sim.model.record import STATUSES

    rows = run.clients[np.isnan(run.clients["exit"]) | (run.clients["exit"] >= 0)]
    organisations = _organisations(run.scenario)
    names = {"prefers": organisations, "owner_organisation": (*organisations, NOBODY), "status": STATUSES}
    return _labelled(run.regime, run.replication, rows, names)


def series_table(run: Run) -> pa.Table:
    """Return the weekly series, a row for each week and organisation; weeks of the warm-up are negative."""
    return _weeks(run.scenario, run.regime, run.replication, run.series)


def outcomes_table(comparison: Comparison) -> pa.Table:
    """Return all outcomes of all runs, tidy: one row for each run and outcome; null where undefined."""
    regime, replication, outcome = (grid.ravel() for grid in np.indices(comparison.values.shape))
    seeds, numbers = np.array(comparison.seeds, np.int64), np.array(comparison.replications, np.int32)
    values = comparison.values.ravel()
    return _table(
        regime=_words(regime, comparison.arms),
        replication=_numbers(numbers[replication]),
        seed=_numbers(seeds[replication]),
        outcome=_words(outcome, [about.name for about in comparison.outcome_list]),
        unit=_words(outcome, [about.unit for about in comparison.outcome_list]),
        value=_numbers(values, missing=np.isnan(values)),
    )


def worlds_table(comparison: Comparison) -> pa.Table:
    """Return what was drawn for each world, tidy: one row for each world and parameter."""
    numbers = [each.number for each in comparison.finished]
    names = list(comparison.drawn.values)
    return _table(
        replication=_numbers(np.repeat(np.array(numbers, np.int32), len(names))),
        parameter=_words(np.tile(np.arange(len(names)), len(numbers)), names),
        value=_numbers(
            np.array([[comparison.drawn.values[name][i] for name in names] for i in range(len(numbers))], float).ravel()
        ),
    )


def rows_table(rows: Sequence[Any], kind: type[Any]) -> pa.Table:
    """Return rows that are dataclasses of one ``kind`` as a table, a column for each field; NaN is null."""
    return _table(**{name: _field([getattr(row, name) for row in rows]) for name in kind.__annotations__})


def _field(values: Sequence[Any]) -> pa.Array:
    if any(isinstance(value, str) for value in values):
        return _words(np.arange(len(values)), values)
    numbers = np.asarray(values)
    return _numbers(numbers, missing=np.isnan(numbers))


def marked(table: pa.Table, **marks: str) -> pa.Table:
    """Return a table with columns before its own that say the same in every row."""
    columns = {name: _words(np.zeros(len(table), np.int32), [mark]) for name, mark in marks.items()}
    return _table(**columns, **dict(zip(table.column_names, table.columns, strict=True)))


def joined(tables: Iterable[pa.Table]) -> pa.Table:
    """Return tables one below the other, with one dictionary for each column of words."""
    return pa.concat_tables(list(tables)).unify_dictionaries()


def data_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table as a pandas data frame; words are categories."""
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _weeks(scenario: Scenario, regime: str, replication: int, rows: Table) -> pa.Table:
    names = {"organisation": (*_organisations(scenario), NOBODY)}
    return _labelled(regime, replication, rows, names)


def _organisations(scenario: Scenario) -> tuple[str, ...]:
    return tuple(organisation.name for organisation in scenario.organisations)


def _kinds(scenario: Scenario) -> tuple[str, ...]:
    return tuple(kind.name for kind in scenario.kinds)


def _labelled(regime: str, replication: int, rows: Table, names: Mapping[str, Sequence[str]]) -> pa.Table:
    which = {
        "regime": _words(np.zeros(len(rows), np.int32), [regime]),
        "replication": _numbers(np.full(len(rows), replication, np.int32)),
    }
    columns = {name: _column(rows[name], names.get(name)) for name in rows.dtype.names}
    return _table(**which, **columns)


def _column(values: Any, names: Sequence[str] | None) -> pa.Array:
    if names is not None:
        return _words(values, names)
    return _numbers(values.astype(np.float32) if values.dtype.kind == "f" else values)


# Arrays are made from buffers: `pyarrow.array` imports pandas, which takes longer than all the writing.


def _table(**columns: pa.Array) -> pa.Table:
    return pa.Table.from_arrays(list(columns.values()), names=list(columns))


def _numbers(values: Any, missing: Mask | None = None) -> pa.Array:
    valid = None if missing is None else pa.py_buffer(np.packbits(~missing, bitorder="little"))
    buffer = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [valid, buffer])


def _words(indices: Any, names: Sequence[str]) -> pa.Array:
    """Return names by index; a negative index is nobody where that is the last name, else null."""
    different = list(dict.fromkeys(names))
    position = np.array([different.index(name) for name in names] or [0], np.int32)
    nobody = np.asarray(indices) < 0
    known = position[np.where(nobody, len(position) - 1, indices)]
    codes = _numbers(known, missing=None if names and names[-1] == NOBODY else nobody)
    return pa.DictionaryArray.from_arrays(codes, _texts(different))


def _texts(texts: Sequence[str]) -> pa.Array:
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))
