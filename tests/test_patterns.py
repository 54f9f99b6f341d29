"""What a comparison is held against: the joint pattern of Buurtzorg, and the search for where control wins."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import small

from sim.scenario import Scenario
from sim.study import joint, outcomes, search
from sim.study.compare import compare


def test_a_ratio_and_a_difference_of_means_are_hits_inside_their_limits():
    ratio = joint.Pattern("value", "ratio", 0.5, 0.8, "", "")
    assert [ratio.hit(value) for value in (0.49, 0.5, 0.8, 0.81)] == [False, True, True, False]


def test_every_pattern_and_every_search_is_about_outcomes_regimes_and_parameters_that_exist():
    known = {each.name for each in outcomes.general_outcomes()}
    scenario = Scenario.load("one-zone")
    patterns, sought = joint.declared(), search.declared()
    assert {pattern.outcome for pattern in patterns["patterns"].values()} - {"admissions"} <= known
    assert set(sought["outcomes"]) <= known
    for regime in (patterns["regime"], patterns["baseline"], *sought["control"], *sought["client"]):
        scenario.with_regime(regime)
    for end in (0, 1):
        scenario.with_values({name: limits[end] for name, limits in sought["ranges"].items()})


def test_a_pattern_is_read_from_a_comparison():
    scenario = small(warmup_days=28)
    compared = compare(scenario, regimes=["room-only"], baseline="traditional", replications=2, days=364, worlds="one")
    admissions = joint.Pattern("admissions", "difference", -1.0, 1.0, "", "")
    usual, regime = (
        np.mean(compared.level(name, "crisis_admissions") + compared.level(name, "planned_admissions"))
        for name in ("traditional", "room-only")
    )
    assert admissions.seen(compared, "room-only", "traditional") == pytest.approx(regime - usual)
    waits = joint.Pattern("wait_mean", "ratio", 0.0, 9.0, "", "")
    mean, before = (compared.level(name, "wait_mean").mean() for name in ("room-only", "traditional"))
    assert waits.seen(compared, "room-only", "traditional") == pytest.approx(mean / before)


def test_points_of_the_search_fill_the_ranges_evenly_and_are_the_same_for_the_same_seed():
    ranges = {"wish_high": [0.0, 1.0], "own_time": [0.2, 0.6]}
    points = search.design(ranges, 10, 3)
    assert points == search.design(ranges, 10, 3) != search.design(ranges, 10, 4)
    assert sorted(int(point["wish_high"] * 10) for point in points) == list(range(10))  # one in each tenth
    assert all(0.2 <= point["own_time"] <= 0.6 for point in points)


def test_what_the_search_finds_counts_differences_that_matter_and_names_what_they_go_with():
    points = [{"wish_high": i / 10, "own_time": 0.3} for i in range(10)]
    advantage = np.array([-0.03, -0.03, 0.0, 0.0, 0.0, 0.0, 0.0, 0.03, 0.04, 0.05])  # .02 of value matters
    found = search._found(points, advantage, "value")
    assert (found.wins, found.loses, found.median) == (0.3, 0.2, 0.0)
    assert list(found.where) == ["wish_high"]
    assert found.where["wish_high"] > 0.8
    assert "more `wish_high`" in search.table({"value": found})


@pytest.mark.slow
def test_the_best_of_control_is_held_against_the_best_of_client_steering():
    scenario = Scenario.load("one-zone").with_values({"warmup_days": 28})
    found = search.search(scenario, worlds=2, days=182)
    fair = search.search(scenario, worlds=2, days=182, fair=True)
    for each in (found, fair):
        assert set(each) == set(search.declared()["outcomes"])
        assert all(0.0 <= one.wins + one.loses <= 1.0 for one in each.values())
    assert all("smaller_step" not in one.where for one in fair.values())  # it is off
