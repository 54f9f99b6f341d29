"""What a sweep gave opens in one line, in pandas, polars and DuckDB, and says the same in each."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from sim import Experiment, sweep

REGIMES = ["traditional", "client-steering"]
TABLES = {"runs": 16, "series": None, "design": 4}


def seldom(lived):
    """An outcome that is defined under one of the regimes only."""
    return float(len(lived.clients)) if lived.regime == "client-steering" else float("nan")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    asked = Experiment(
        "one-zone",
        factors={"control": [0.0, 1.0], "catalogue": [1, 3]},
        regimes=REGIMES,
        days=28,
        replications=2,
        outcomes=["wait_mean", seldom],
        weekly=["waiting"],
        set={"warmup_days": 56},
    )
    return sweep(asked, out=tmp_path_factory.mktemp("opening") / "sweep").path


@pytest.fixture
def standing_there(results, monkeypatch):
    monkeypatch.chdir(results)


IN_ONE_LINE = {
    "pandas": lambda file: pd.read_parquet(file),
    "polars": lambda file: pl.read_parquet(file),
    "polars, when asked": lambda file: pl.scan_parquet(file).collect(),
    "duckdb": lambda file: duckdb.sql(f"from '{file}'").pl(),
}
"""Each gives a table of which a column is asked by its name."""


def cells(table, name):
    """Return a column as plain values, None where it has none."""
    values = table[name].to_list()
    return [None if value is None or value != value else value for value in values]


@pytest.mark.parametrize("file", TABLES)
@pytest.mark.parametrize("opened", IN_ONE_LINE)
def test_a_table_opens_in_one_line_and_says_the_same(opened, file, standing_there):
    first, table = pd.read_parquet(f"{file}.parquet"), IN_ONE_LINE[opened](f"{file}.parquet")
    assert list(table.columns) == list(first.columns)
    assert len(table) == (TABLES[file] or len(first)) > 0
    for name in first.columns:
        assert cells(table, name) == cells(first, name), name


@pytest.mark.parametrize("file", ["runs", "series"])
def test_a_regime_is_a_word_everywhere(file, standing_there):
    name = f"{file}.parquet"
    categories = pd.read_parquet(name)["regime"].cat.categories
    assert list(categories) == REGIMES, "in the order in which they were asked"
    assert pl.read_parquet(name)["regime"].dtype in (pl.Categorical, pl.String)
    assert str(duckdb.sql(f"select regime from '{name}'").types[0]) == "VARCHAR"
    assert duckdb.sql(f"select distinct regime from '{name}' order by all").fetchall() == [
        (regime,) for regime in sorted(REGIMES)
    ]
    assert set(pl.scan_parquet(name).filter(pl.col("regime") == "traditional").collect()["regime"]) == {"traditional"}


def test_what_is_not_defined_is_missing_and_no_number(standing_there):
    per_regime = duckdb.sql("select regime, count(*), count(seldom) from 'runs.parquet' group by all order by all")
    assert per_regime.fetchall() == [("client-steering", 8, 8), ("traditional", 8, 0)]
    polars = pl.read_parquet("runs.parquet")
    assert polars["seldom"].null_count() == 8 and not polars["seldom"].is_nan().any()
    pandas = pd.read_parquet("runs.parquet")
    assert pandas["seldom"].count() == 8
    assert polars["seldom"].mean() == duckdb.sql("select avg(seldom) from 'runs.parquet'").fetchall()[0][0]
    assert np.isclose(pandas["seldom"].mean(), polars["seldom"].mean(), rtol=1e-12)


def test_seeds_keep_all_their_digits(standing_there):
    pandas = pd.read_parquet("runs.parquet")
    assert pandas["seed"].dtype == np.int64 and pandas["seed"].max() > 2**53
    assert pl.read_parquet("runs.parquet")["seed"].to_list() == pandas["seed"].tolist()


def test_a_spreadsheet_gets_its_csv_in_one_line(standing_there, tmp_path):
    table = pd.read_parquet("runs.parquet")
    table.to_csv(tmp_path / "runs.csv", index=False)
    again = pd.read_csv(tmp_path / "runs.csv", dtype={"regime": table["regime"].dtype, "error": table["error"].dtype})
    for name in table.columns:
        assert cells(again, name) == cells(table, name), name
    duckdb.sql(f"copy (from 'runs.parquet') to '{tmp_path / 'by-duckdb.csv'}'")
    assert len(pd.read_csv(tmp_path / "by-duckdb.csv")) == len(table)
