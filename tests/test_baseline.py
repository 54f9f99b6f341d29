"""The baseline lies where patterns from outside say it should, before anything is compared."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.founding import found
from sim.model.state import NOWHERE
from sim.scenario import Scenario, scenario_names
from sim.study.baseline import YEAR, bands, baseline, density, settled_after


@pytest.mark.parametrize("name", scenario_names())
def test_the_baseline_of_every_shipped_scenario_lies_inside_every_required_band(name):
    seen = baseline(Scenario.load(name), replications=6)
    outside = {
        band.name: seen[band.name][0] for band in bands() if band.required and not band.holds(seen[band.name][0])
    }
    assert not outside


def test_a_place_without_staff_to_speak_of_falls_outside():
    busy = Scenario.load("one-zone").with_values({"arrivals_per_year": 600.0})
    seen = baseline(busy, replications=2)
    assert not next(band for band in bands() if band.name == "wait_weeks").holds(seen["wait_weeks"][0])


def test_who_knows_whom_counts_ordered_pairs_of_a_zone():
    world = found(Scenario.load("one-zone"), 1)
    world.tie.to = NOWHERE
    world.tie.to[0], world.tie.generation[0] = 1, 0  # the first worker knows the second, and nobody anybody else
    workers = len(world.worker)
    assert density(world) == pytest.approx(1 / (workers * (workers - 1)))


def test_a_series_that_starts_high_is_settled_when_its_yearly_mean_has_come_down():
    weekly = np.full((3, 15 * YEAR), 100.0)
    weekly[:, :YEAR] = 200.0
    # A yearly mean that still holds k high weeks is 100 + 100 k / 52: within 5 % of 100 for k of 2 or less.
    assert settled_after(weekly) == YEAR - 2


def test_a_series_that_was_never_apart_is_settled_at_once():
    assert settled_after(np.full((3, 10 * YEAR), 7.0)) == 0
