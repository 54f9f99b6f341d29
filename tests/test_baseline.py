"""The baseline lies where patterns from outside say it should, before anything is compared."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import quick_of

from sim.model.day import live
from sim.model.founding import found
from sim.model.state import NOWHERE
from sim.scenario import Scenario, scenario_names
from sim.study.baseline import YEAR, Band, _lately, bands, bands_of, baseline, density, settled_after
from sim.study.runs import warmed


@pytest.mark.parametrize("name", quick_of(scenario_names(), "one-zone"))
def test_the_baseline_of_every_shipped_scenario_lies_inside_every_required_band(name):
    scenario = Scenario.load(name)
    seen, held_against = baseline(scenario, replications=6), bands_of(scenario)
    outside = {band.name: seen[band.name].mean for band in held_against if not band.holds(seen[band.name].mean)}
    assert not {band.name for band in held_against if band.required} & set(outside), outside
    assert not {band.name: seen[band.name].drift for band in held_against if not band.stays(seen[band.name].drift)}


def test_a_place_without_staff_to_speak_of_falls_outside():
    busy = Scenario.load("one-zone").with_values({"arrivals_per_year": 600.0})
    seen = baseline(busy, replications=2)
    assert not next(band for band in bands() if band.name == "wait_weeks").holds(seen["wait_weeks"].mean)


def test_who_knows_whom_counts_ordered_pairs_of_a_zone_who_know_enough():
    world = found(Scenario.load("one-zone"), 1)
    workers, rows = int(world.now[0].workers), int(world.now[0].tie_capacity)
    stranger = int((world.worker.organisation[:workers] != world.worker.organisation[0]).argmax())
    world.tie.to = NOWHERE
    for row, (to, familiarity) in {0: (1, 0.9), 1: (stranger, 0.9), rows: (0, 0.1)}.items():
        tie = world.tie[row]  # the first worker knows a colleague and a stranger; the second hardly knows the first
        tie.to, tie.generation, tie.familiarity = to, 0, familiarity
    assert density(world) == pytest.approx(2 / (workers * (workers - 1)))
    sizes = np.bincount(world.worker.organisation[:workers])
    assert density(world, outside=True) == pytest.approx(1 / (workers**2 - (sizes**2).sum()))


def test_the_later_years_are_seen_as_if_they_had_begun_on_day_0(monkeypatch):
    scenario = Scenario.load("one-zone").with_values({"warmup_days": 28})
    monkeypatch.setattr("sim.study.baseline.YEARS", 1)
    world = live(warmed(scenario, 1), 364)
    first = _lately(scenario, 1, world)
    later = _lately(scenario, 1, live(world, 364))
    for run in (first, later):
        assert (run.days, run.number_of_weeks) == (364, 52)
        assert run.newcomers.sum() == run.weeks["arrivals"].sum()
    assert len(later.series) == len(first.series) + len(first.weeks)
    assert later.total("paid") == pytest.approx(first.total("paid"), rel=0.05)


def test_distances_are_told_in_half_widths_of_the_band():
    with_value, without = Band("a", 2.0, 4.0, "", "", "", "", value=3.5), Band("b", 2.0, 4.0, "", "", "", "")
    assert (with_value.distance(3.0), with_value.distance(3.5)) == (0.5, 0.0)
    assert (without.distance(3.0), without.distance(1.0), without.distance(4.5)) == (0.0, 1.0, 0.5)
    assert with_value.stays(-2.0) and not with_value.stays(2.1)


def test_a_series_that_starts_high_is_settled_when_its_yearly_mean_has_come_down():
    weekly = np.full((3, 15 * YEAR), 100.0)
    weekly[:, :YEAR] = 200.0
    # A yearly mean that still holds k high weeks is 100 + 100 k / 52: within 5 % of 100 for k of 2 or less.
    assert settled_after(weekly) == YEAR - 2


def test_a_series_that_was_never_apart_is_settled_at_once():
    assert settled_after(np.full((3, 10 * YEAR), 7.0)) == 0
