"""The search that fits the chosen few parameters: what it aims at, that it can be repeated, what it leaves behind."""

from __future__ import annotations

import csv
import json
import sys

import pytest

from sim.errors import RegieError
from sim.scenario import Scenario
from sim.scenario.parameters import parameters
from sim.study import fitting
from sim.study.baseline import Seen, bands


def seen(**means):
    """Return patterns that all have their value, or lie in the middle of their band, but for those given."""
    usual = {band.name: (band.low + band.high) / 2 if band.value is None else band.value for band in bands()}
    return {name: Seen(mean, 0.0, 0.0) for name, mean in (usual | means).items()}


def test_what_is_fitted_has_a_reason_and_a_plausible_range_and_is_no_lever():
    for name, why in fitting.chosen().items():
        parameter = parameters()[name]
        assert why and parameter.type == "float" and parameter.kind != "lever"
        assert parameter.plausible[0] <= parameter.default <= parameter.plausible[1]


def test_the_misfit_is_squared_half_widths_beyond_the_tolerance():
    assert fitting.misfit(seen()) == 0.0
    # Admissions of 20 to 30 with a value of 25: 2 more are 0.4 half-widths, and 0.1 does not count.
    assert fitting.misfit(seen(admissions=27.0)) == pytest.approx(0.3**2)
    # Density has no value: outside 0.10 to 0.40, of half-width 0.15, 0.06 below is 0.4 half-widths.
    assert fitting.misfit(seen(admissions=23.0, density=0.04)) == pytest.approx(2 * 0.3**2)
    assert fitting.misfit(seen(density=0.11)) == 0.0


@pytest.fixture
def small(monkeypatch):
    pytest.importorskip("optuna")
    pytest.importorskip("cmaes")
    monkeypatch.setattr("sim.study.baseline.YEARS", 1)
    return Scenario.load("one-zone").with_values({"warmup_days": 28})


def test_the_same_seed_tries_the_same_within_the_ranges(small):
    trials, again = (list(fitting.fit(small, 3, seed=1, worlds=1)) for _ in range(2))
    assert trials == again
    assert trials[0].values == {name: small[name] for name in fitting.chosen()}
    for trial in trials:
        for name, value in trial.values.items():
            low, high = parameters()[name].plausible
            assert low <= value <= high


def test_it_writes_what_it_tried_and_where_that_comes_from(small, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(Scenario, "load", lambda name: small)
    place = tmp_path / "fitted"
    best = fitting.main(["one-zone", "--trials", "3", "--worlds", "1", "--out", str(place)])
    rows = list(csv.DictReader((place / "trials.csv").read_text(encoding="utf-8").splitlines()))
    assert [int(row["trial"]) for row in rows] == [0, 1, 2]
    assert min(float(row["misfit"]) for row in rows) == best.misfit
    origin = json.loads((place / "provenance.json").read_text(encoding="utf-8"))
    assert origin["regime"] == "traditional" and origin["best_trial"] == best.number
    again = Scenario.from_toml((place / "best.toml").read_text(encoding="utf-8"))
    assert {name: again[name] for name in best.values} == best.values
    assert str(place) in capsys.readouterr().out


def test_without_optuna_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(RegieError, match=r"\[fit\]"):
        next(fitting.fit(Scenario.load("one-zone"), 1))
