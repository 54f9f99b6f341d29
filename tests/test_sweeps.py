"""Sweeps: what is asked, which points are run, what is kept."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim import CareNetwork, Experiment, Scenario, sweep
from sim.errors import RegieError
from sim.study.outcomes import extract, general_outcomes, outcomes_of
from sim.study.runs import run, seed_of
from sim.sweeps.designs import design
from sim.sweeps.factors import Factor, keywords_of, own_keywords
from sim.sweeps.planning import plan

SMALL = Experiment(
    "one-zone",
    factors={"preference_share": [0.1, 0.5], "control": [0.0, 1.0]},
    days=70,
    replications=2,
    regimes=["traditional", "client-steering"],
    outcomes=["wait_mean", "value"],
)
FACTORS = (Factor("a", "float", 0, 1), Factor("b", "float", -1, 1), Factor("c", "int", 0, 2))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return sweep(SMALL, out=tmp_path_factory.mktemp("sweep") / "small")


# --- what is kept ------------------------------------------------------------------------------------------


def test_a_row_a_run_in_order(small):
    table = small.runs()
    keys = table[["point", "replication", "regime"]].astype({"regime": str})
    expected = [(p, r, a) for p in range(4) for r in range(2) for a in ("traditional", "client-steering")]
    assert [tuple(row) for row in keys.itertuples(index=False)] == expected
    assert list(table.columns[4:6]) == ["preference_share", "control"]
    assert small.complete and small.failures().empty


def test_a_run_of_a_sweep_is_that_run(small):
    row = small.runs().query("point == 3 and replication == 1 and regime == 'client-steering'").iloc[0]
    scenario = Scenario.load("one-zone").with_values({"preference_share": 0.5}).with_regime("client-steering")
    scenario = scenario.with_values({"control": 1.0}, warmup=False)
    lived = run(scenario, days=70, replication=1)
    values = dict(zip((each.name for each in outcomes_of(scenario)), extract(lived), strict=True))
    assert row["seed"] == lived.seed == seed_of(0, 1)
    assert [row["wait_mean"], row["value"]] == [values["wait_mean"], values["value"]]


def test_a_lever_takes_its_value_on_day_0_and_the_past_stays():
    scenario = Scenario.load("one-zone")
    steered = scenario.with_values({"control": 0.1}, warmup=False)
    assert steered.past() == scenario.past() != scenario.with_values({"control": 0.1}).past()
    assert all(levers["control"].value == 0.1 for levers in steered.levers.values())


def test_more_replications_and_points_extend_what_is_there(small, tmp_path):
    place = tmp_path / "grown"
    sweep(replace(SMALL, factors={"preference_share": [0.1], "control": [0.0, 1.0]}, replications=1), out=place)
    grown = sweep(SMALL, out=place).runs()
    names = ["preference_share", "control", "replication", "regime"]
    ordered = [table.sort_values(names).drop(columns="point").reset_index(drop=True) for table in (grown, small.runs())]
    pd.testing.assert_frame_equal(*ordered)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"days": 71}, "days: there 70, here 71"),
        ({"seed": 1}, "seed: there 0, here 1"),
        ({"set": {"intake_hours": 2.0}}, "intake_hours: there 1.5, here 2.0"),
        ({"outcomes": ["value"]}, 'outcomes: there ["wait_mean", "value"]'),
        ({"regimes": ["traditional"]}, "regimes: there"),
        ({"factors": {"control": [0.0, 1.0]}}, "factors: there"),
    ],
)
def test_another_experiment_is_refused_and_the_difference_named(small, change, said):
    with pytest.raises(RegieError, match="holds another sweep") as refusal:
        sweep(replace(SMALL, **change), out=small.path)
    assert said in str(refusal.value)


def test_another_version_of_the_model_is_refused(small, monkeypatch):
    monkeypatch.setattr("sim.model.compiling.model_version", lambda: "another")
    with pytest.raises(RegieError, match="model: there"):
        sweep(SMALL, out=small.path)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(RegieError, match="holds no sweep"):
        sweep(SMALL, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_run_that_fails_is_written_down_and_the_others_go_on(tmp_path):
    def fragile(lived):
        if lived.replication == 1 and lived.regime == "client-steering":
            raise ZeroDivisionError("nobody there")
        return float(len(lived.clients))

    found = sweep(replace(SMALL, outcomes=["value", fragile]), out=tmp_path / "fragile")
    table, failures = found.runs(), found.failures()
    assert len(table) == 16 and table["fragile"].isna().sum() == len(failures) == 4
    assert set(failures["stage"]) == {"extract"} and "ZeroDivisionError" in failures["traceback"][0]
    assert table.loc[table["fragile"].isna(), "error"].str.contains("nobody there").all()
    assert found.complete


def test_values_that_contradict_one_another_fail_at_their_point_alone(tmp_path):
    asked = replace(SMALL, factors={"frailty_low": [0.1, 0.9], "frailty_high": [0.5, 0.95]}, replications=1)
    found = sweep(asked, out=tmp_path / "contradicting")
    assert set(found.failures()["stage"]) == {"scenario"}
    assert set(found.failures()["point"]) == {2}


def test_the_weekly_series_is_kept_where_asked(tmp_path):
    found = sweep(replace(SMALL, weekly=["waiting", "refusals"], replications=1), out=tmp_path / "weekly")
    series = found.series()
    assert list(series.columns) == ["point", "regime", "replication", "week", "organisation", "waiting", "refusals"]
    assert series.groupby(["point", "regime"], observed=True).size().nunique() == 1
    assert (np.diff(series["point"]) >= 0).all()


# --- designs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "few", "many"), [("sobol", 4, 16), ("morris", 3, 9), ("latin-hypercube", 5, 12)])
def test_a_design_that_grows_keeps_its_beginning(method, few, many):
    asked = Experiment(method=method, samples=few)
    first = design(asked, FACTORS)
    more = design(replace(asked, samples=many), FACTORS, first)
    assert np.array_equal(more.points[: len(first.points)], first.points)
    assert np.array_equal(more.rows[: len(first.rows)], first.rows)
    assert len(more.rows) == {"sobol": 16 * 5, "morris": 9 * 4, "latin-hypercube": 12}[method]
    assert np.array_equal(design(asked, FACTORS, more).rows, more.rows), "a design never shrinks"


def test_rows_that_are_the_same_share_a_point():
    whole = (Factor("a", "bool", 0, 1), Factor("b", "int", 0, 1))
    found = design(Experiment(method="sobol", samples=32), whole)
    assert len(found.points) == 4 and len(found.rows) == 32 * 4


def test_saltelli_changes_one_factor_at_a_time():
    rows = design(Experiment(method="sobol", samples=8), FACTORS).drawn.reshape(8, 5, 3)
    a, b = rows[:, 0], rows[:, 4]
    for i in range(3):
        assert np.array_equal(rows[:, i + 1, i], b[:, i])
        assert np.array_equal(np.delete(rows[:, i + 1], i, 1), np.delete(a, i, 1))


def test_whole_numbers_are_all_as_likely():
    values = FACTORS[2].scaled(np.linspace(0, 1, 300, endpoint=False))
    assert dict(zip(*np.unique(values, return_counts=True), strict=True)) == {0: 100, 1: 100, 2: 100}


def test_a_grid_of_a_declared_range_has_levels_from_end_to_end():
    made = plan(Experiment(factors={"control": "range"}, levels=3))
    assert made.design.points.ravel().tolist() == [0.0, 0.5, 1.0]


def test_a_table_gives_its_points(tmp_path):
    frame = pd.DataFrame({"point": [9, 8], "control": [0.2, 0.4], "preference_share": [0.1, 0.3]})
    made = plan(Experiment(method="table", table=frame))
    assert made.design.points.tolist() == [[0.2, 0.1], [0.4, 0.3]]
    for name, write in (("points.csv", frame.to_csv), ("points.parquet", frame.to_parquet)):
        write(tmp_path / name, index=False)
        assert np.array_equal(plan(Experiment(method="table", table=tmp_path / name)).design.points, made.design.points)


def test_all_uncertainties_can_be_varied_at_once():
    made = plan(Experiment(factors="plausible", method="latin-hypercube", samples=2))
    assert len(made.factors) > 40 and all(factor.low < factor.high for factor in made.factors)


# --- mistakes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"factors": {"contorl": [0, 1]}}, "Did you mean 'control'"),
        ({"factors": {"control": [0, 2]}}, "must be a number from 0 to 1"),
        ({"factors": {"control": []}}, "at least one value"),
        ({"factors": {"control": "plausble"}}, "must be a list of values"),
        ({"factors": {"control": [0, float("nan")]}}, "must be a list of values"),
        ({"factors": {"control": [0, 0.5, 1]}, "method": "sobol", "samples": 4}, "two ends"),
        ({"factors": {"control": [1, 0]}, "method": "morris", "samples": 4}, "first end"),
        ({"factors": {"organisations.home-care.renown": "range"}}, "no declared range"),
        ({"factors": {}}, "Nothing is varied"),
        ({"factors": {"control": [0, 1]}, "method": "sobol"}, "asks how many samples"),
        ({"factors": {"control": [0, 1]}, "method": "sobol", "samples": 6}, "Give 4 or 8"),
        ({"factors": {"control": [0, 1]}, "method": "sobool", "samples": 6}, "There are: grid"),
        ({"factors": {"control": [0, 1]}, "outcomes": ["wait_meen"]}, "Did you mean 'wait_mean'"),
        ({"factors": {"control": [0, 1]}, "weekly": ["wating"]}, "Did you mean 'waiting'"),
        ({"factors": {"control": [0, 1]}, "regimes": ["client-stearing"]}, "Did you mean 'client-steering'"),
        ({"factors": {"control": [0, 1]}, "days": 0}, "whole number"),
        ({"method": "table"}, "asks for a file with points"),
        ({"method": "table", "table": "nowhere.csv"}, "cannot be read"),
        ({"method": "table", "table": pd.DataFrame({"control": ["x"]})}, "a number is wanted"),
        ({"method": "table", "table": pd.DataFrame({"control": []})}, "no rows"),
    ],
)
def test_a_mistake_is_a_sentence(asked, said):
    with pytest.raises(RegieError) as mistake:
        plan(Experiment(**asked))
    assert said in str(mistake.value)


def test_the_default_is_all_general_outcomes():
    made = plan(Experiment(factors={"control": [0, 1]}))
    assert list(made.outcomes) == [outcome.name for outcome in general_outcomes()]


def test_a_keyword_of_ones_own_is_given_as_its_default_is():
    class Own(CareNetwork):
        def __init__(self, *given, often=1, kind=False, much=0.5, plain=None, **named):
            super().__init__(*given, **named)

    assert keywords_of(Own) == {"often": "int", "kind": "bool", "much": "float", "plain": "float"}
    made = plan(Experiment(network=Own, factors={"often": [1, 3], "kind": [0, 1], "much": [1, 2]}))
    given = own_keywords(made.factors, made.design.points[-1])
    assert given == {"often": 3, "kind": True, "much": 2.0}
    assert [type(value) for value in given.values()] == [int, bool, float]
