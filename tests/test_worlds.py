"""Plausible worlds, fixed looks, what luck alone does, the yardstick of staff, and going on after an interruption."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.errors import RegieError
from sim.scenario.bands import own_band
from sim.scenario.parameters import parameters
from sim.scenario.scenario import Frozen, Scenario, Value
from sim.study import baseline, looks, statistics, worlds, yardstick
from sim.study.compare import carry_out, compare, plan
from sim.study.comparison import judged
from sim.study.coverage import SHARES, coverage
from sim.study.outcomes import general_outcomes
from sim.study.planning import Plan
from sim.study.replication import Replication
from sim.study.store import Store
from sim.study.unfinished import unfinished
from sim.study.worlds import World

SHORT = {"days": 60, "replications": 2, "regimes": ["more-staff"], "yardsticks": False}


@pytest.fixture(scope="module")
def one_zone():
    return Scenario.load("one-zone")


# --- draws -------------------------------------------------------------------------------------------------


def test_a_draw_follows_a_triangle_with_its_top_at_the_usual_value():
    some = replace(parameters()["own_time"], default=2.0, plausible=(1.0, 5.0))
    known = stats.triang(0.25, loc=1, scale=4)
    for share in (0.0, 0.1, 0.25, 0.5, 0.99):
        assert worlds.quantile(some, share) == pytest.approx(known.ppf(share))


def test_whole_numbers_are_all_as_likely():
    form = next(p for p in parameters().values() if p.name == "initiative_form")
    shares = (np.arange(3000) + 0.5) / 3000
    assert np.bincount([worlds.quantile(form, share) for share in shares]).tolist() == [1000, 1000, 1000]


def test_every_draw_lies_in_its_plausible_range(one_zone, easily):
    drawn = worlds.drawn_parameters([one_zone])
    for seed in range(20):
        values = worlds.world(one_zone, drawn, seed, "plausible").values
        for parameter in drawn:
            low, high = parameter.plausible
            assert low <= values[parameter.name] <= high


def test_what_somebody_gives_is_not_drawn_and_leaves_the_others_as_they_were(one_zone, easily):
    given = one_zone.with_values({"intake_hours": 2.0})
    names = [p.name for p in worlds.drawn_parameters([given])]
    assert "intake_hours" not in names and "zones" not in names and "control" not in names
    free, fixed = (worlds.world(s, worlds.drawn_parameters([s]), 4, "plausible").values for s in (one_zone, given))
    assert {**free, "intake_hours": 0} == {**fixed, "intake_hours": 0}
    assert worlds.placed(given, fixed)["intake_hours"] == 2.0


def test_what_a_file_derived_is_drawn_around_its_value(one_zone, easily):
    derived = Value(2 * float(parameters()["intake_hours"].default), "mine.toml", "worked out", "D")
    given = replace(one_zone, values=Frozen({**one_zone.values, "intake_hours": derived}))
    low, high = parameters()["intake_hours"].plausible
    drawn = worlds.drawn_parameters([given])
    values = [worlds.world(given, drawn, seed, "plausible").values["intake_hours"] for seed in range(40)]
    free = [worlds.world(one_zone, worlds.drawn_parameters([one_zone]), s, "plausible").values for s in range(40)]
    np.testing.assert_allclose(values, [2 * each["intake_hours"] for each in free])
    assert 2 * low <= min(values) < derived.value < max(values) <= 2 * high
    sure = replace(given, values=Frozen({**given.values, "intake_hours": replace(derived, status="V")}))
    assert "intake_hours" not in {p.name for p in worlds.drawn_parameters([sure])}
    assert "intake_hours" not in {p.name for p in worlds.drawn_parameters([given, one_zone])}


def test_a_world_whose_baseline_misses_a_band_is_turned_down(one_zone, monkeypatch):
    seen = iter([{"wait_weeks": 99.0}, {"wait_weeks": 10.0}])
    usual = {band.name: band.low for band in baseline.bands()}
    monkeypatch.setattr(baseline, "patterns", lambda *_, **__: [usual | next(seen)])
    drawn = worlds.drawn_parameters([one_zone])
    found = worlds.world(one_zone, drawn, 1, "plausible")
    assert found.missed == (("wait_weeks",),)
    assert worlds.drawn([found, World(found.values)], "plausible").missed == {"wait_weeks": 1}


def test_where_nothing_is_plausible_a_sentence_names_the_bands(one_zone, monkeypatch):
    monkeypatch.setattr(worlds, "MOST_TRIES", 3)
    usual = {band.name: band.low for band in baseline.bands()}
    monkeypatch.setattr(baseline, "patterns", lambda *_, **__: [usual | {"admissions": 0.0}])
    with pytest.raises(RegieError, match="admissions"):
        worlds.world(one_zone, worlds.drawn_parameters([one_zone]), 1, "plausible")


@pytest.mark.slow
def test_the_baseline_of_a_kept_world_lies_in_the_bands(one_zone):
    drawn = worlds.drawn_parameters([one_zone])
    kept = worlds.world(one_zone, drawn, 11, "plausible")
    seen = baseline.patterns(worlds.in_one_zone(worlds.placed(one_zone, kept.values)), 11, periods=1)[0]
    assert all(band.holds(seen[band.name]) for band in baseline.bands() if band.required)
    assert len(kept.missed) == len(worlds.world(one_zone, drawn, 11, "plausible").missed)


def test_every_arm_of_a_pair_lives_in_the_same_drawn_world(one_zone, easily):
    result = compare(one_zone, **SHORT)
    assert result.drawn.kind == "plausible" and len(result.drawn.values["wish_high"]) == 2
    assert len(set(result.drawn.values["wish_high"])) == 2
    scenarios = [run.scenario for run in result.lives.values()]
    assert scenarios[0].values == scenarios[1].values
    assert scenarios[0]["wish_high"] == result.drawn.values["wish_high"][0]


# --- statistics --------------------------------------------------------------------------------------------


def test_the_p_value_beyond_nothing_is_that_of_the_t_test():
    values = np.random.default_rng(3).normal(0.4, 1.0, 25)
    error = values.std(ddof=1) / 5
    known = stats.ttest_1samp(values, 0.0).pvalue
    assert statistics.p_value(values.mean(), error, 25, 0.0) == pytest.approx(known)


@pytest.mark.parametrize("mean", [-3.0, -1.2, -0.1, 0.0, 0.7, 1.9, 4.0])
def test_the_p_value_agrees_with_the_verdict_on_an_interval(mean):
    values = mean + 0.9 * stats.zscore(np.random.default_rng(8).normal(size=20), ddof=1)
    low, high = statistics.interval(values)
    shown = statistics.verdict(low, high, 1.0, 1) != "undecided"
    assert shown == (statistics.p_value(values.mean(), 0.9 / np.sqrt(20), 20, 1.0) <= 0.05)


def test_holm_by_hand():
    found = statistics.holm(np.array([0.01, 0.04, np.nan, 0.03, 0.005]))  # 3 x .01, 1 x .04 below 2 x .03, 4 x .005
    np.testing.assert_allclose(found, [0.03, 0.06, np.nan, 0.06, 0.02])


def test_luck_within_a_world_is_told_from_the_spread_between_worlds():
    rng = np.random.default_rng(2)
    between = rng.normal(0, 50, 4000)
    first, again = (between + rng.normal(0, 3, 4000) for _ in range(2))
    assert statistics.within_one_world(first, again) == pytest.approx(3, rel=0.05)


def test_a_verdict_among_many_asks_more_than_one_alone():
    about = general_outcomes()
    headline = [each.headline for each in about]
    rng = np.random.default_rng(5)
    first = rng.normal(0, 1, (30, len(about)))
    second = first + np.array([each.smallest_difference for each in about]) * 1.5
    spread = np.array([each.smallest_difference for each in about])
    second += rng.normal(0, 1.1, first.shape) * spread
    nothing = np.full_like(first, np.nan)
    rows = judged("x", about, first, second, nothing, nothing)
    alone = [statistics.verdict(r.low, r.high, r.smallest_difference, r.direction) != "undecided" for r in rows]
    shown = [row.verdict != "undecided" for row in rows]
    assert [s for s, h in zip(shown, headline, strict=True) if h] == [
        a for a, h in zip(alone, headline, strict=True) if h
    ]
    assert sum(shown) < sum(alone)


# --- looks -------------------------------------------------------------------------------------------------


def test_looks_end_at_the_budget():
    assert looks.looks(40) == (20, 28, 40)
    assert looks.looks(4) == (4,)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("shape", ["normal", "long tail", "two kinds"])
def test_stopping_when_it_is_precise_enough_leaves_the_interval_its_coverage(shape, share):
    """At least 93 %; a rule that covers 93.5 % would fail once in five hundred times."""
    rng = np.random.default_rng(77)
    truth = {
        "normal": rng.normal(-20, 12, 100_000),
        "long tail": -rng.gamma(4.0, 5.0, 100_000),
        "two kinds": np.concatenate([rng.normal(-5, 4, 60_000), rng.normal(-35, 9, 40_000)]),
    }[shape]
    assert coverage(truth, share * truth.std(), most=40) >= 0.93


def test_an_interval_that_always_ends_at_the_last_look_covers_what_it_says():
    truth = np.random.default_rng(5).normal(0, 1, 100_000)
    assert coverage(truth, 0.0, most=40) == pytest.approx(0.95, abs=0.005)


def test_a_comparison_ends_at_the_second_look_that_is_narrow_enough(one_zone, monkeypatch):
    made = _made_up(monkeypatch, spread=0.5)
    assert len(made.replications) == 28 and made.complete and made.precision.reached
    wide = _made_up(monkeypatch, spread=400.0)
    assert len(wide.replications) == 40 and wide.complete and not wide.precision.reached
    assert wide.precision.widest.half > wide.precision.widest.asked


def _made_up(monkeypatch, spread):
    """Carry out a plan over outcomes that are made up: a regime that differs by about 1, more or less."""
    from sim.study import driving

    count = len(plan("one-zone", **{**SHORT, "replications": None}).scenario.organisations)

    class MadeUp(driving.Living):
        def replicate(self, number, keep):
            rng = np.random.default_rng(number)
            from sim.study.outcomes import outcomes_of

            size = len(outcomes_of(self.plan.scenario))
            values = {arm: 50 + i + rng.normal(0, spread * i, size) for i, arm in enumerate(self.plan.arms)}
            return Replication(number, number, World({}), values, {}, {arm: {} for arm in values}, ())

    assert count
    monkeypatch.setattr(driving, "Living", MadeUp)
    return carry_out(plan("one-zone", **{**SHORT, "replications": None}))


# --- the yardstick -----------------------------------------------------------------------------------------


def test_equal_staff_by_hand():
    effects = [10.0, -4.0, -8.0, -12.0]  # of -10, +5, +10 and +20 %
    found = yardstick.equal_staff(-6.0, -9.0, -2.0, effects)
    assert (found.share, found.low, found.high) == pytest.approx((0.075, 0.025, 0.125))
    assert yardstick.equal_staff(5.0, 4.0, 6.0, effects).share == pytest.approx(-0.05)
    assert yardstick.equal_staff(-20.0, -30.0, -9.0, effects).share == np.inf
    assert np.isnan(yardstick.equal_staff(-6.0, -9.0, -2.0, [10.0, 4.0, -8.0, -12.0]).share)


def test_the_yardstick_has_more_hours_and_nothing_else(one_zone):
    for step, (name, arm) in zip(yardstick.STEPS, yardstick.arms(one_zone).items(), strict=True):
        assert name == yardstick.name_of(step)
        for organisation in arm.organisations:
            of, usual = arm.levers[organisation.name], one_zone.levers[organisation.name]
            assert of["extra_staff"].value == pytest.approx(step)
            assert all(of[lever].value == usual[lever].value for lever in of if lever != "extra_staff")


def test_a_yardstick_begins_when_the_change_begins(one_zone):
    later = yardstick.arms(one_zone, from_day=30)["more-staff-10"]
    assert {change.day for change in later.changes} == {30}
    assert all(of["extra_staff"].value == 0.0 for of in later.levers.values())


# --- variants ----------------------------------------------------------------------------------------------


def test_variants_are_held_against_the_first(one_zone, easily):
    other = replace(one_zone.with_values({"intake_hours": 3.0}), name="slow-door", title="Slow door")
    result = compare(one_zone, variants=[other], days=60, replications=2, yardsticks=False)
    assert result.regimes == ("one-zone", "slow-door")
    assert result.label("slow-door").title == "Slow door"
    assert "intake_hours" not in result.drawn.values
    assert not np.array_equal(result.level("one-zone", "share_intake"), result.level("slow-door", "share_intake"))


def test_regimes_cannot_be_given_beside_variants(one_zone):
    with pytest.raises(RegieError, match="--regimes"):
        plan(one_zone, variants=["breda-2005"], regimes=["traditional"])
    with pytest.raises(RegieError, match="both called 'one-zone'"):
        plan(one_zone, variants=["one-zone"])


# --- finished worlds on disk -------------------------------------------------------------------------------


def test_a_world_comes_back_from_the_store_as_it_was(one_zone, easily, tmp_path):
    what = plan(one_zone, **SHORT)
    first = carry_out(what, store=Store(tmp_path, 1))
    assert {path.name for path in tmp_path.iterdir()} == {
        "00000.npz", "00000.series.parquet", "00000.visits.parquet", "00000.clients.parquet",
        "00001.npz", "00001.series.parquet",
    }  # fmt: skip
    again = carry_out(what, store=Store(tmp_path, 1))
    assert not again.fresh
    np.testing.assert_array_equal(first.values, again.values)
    np.testing.assert_array_equal(first.twins, again.twins)
    np.testing.assert_array_equal(first.sketch("more-staff", "weeks"), again.sketch("more-staff", "weeks"))
    assert first.drawn == again.drawn
    for arm, run in first.lives.items():
        assert np.array_equal(run.visits["start"], again.lives[arm].visits["start"], equal_nan=True)


def test_a_torn_file_is_a_world_that_is_not_finished(one_zone, easily, tmp_path):
    what = plan(one_zone, **SHORT)
    first = carry_out(what, store=Store(tmp_path, 0))
    torn = tmp_path / "00001.npz"
    torn.write_bytes(torn.read_bytes()[:1000])
    again = carry_out(what, store=Store(tmp_path, 0))
    np.testing.assert_array_equal(first.values, again.values)


def test_another_question_has_another_store(one_zone, tmp_path):
    asked = plan(one_zone, **SHORT)
    more = plan(one_zone, **{**SHORT, "replications": 9})
    others = [
        plan(one_zone, **{**SHORT, "days": 61}),
        plan(one_zone, **SHORT, seed=1),
        plan(one_zone, **SHORT, worlds="one"),
        plan(one_zone.with_values({"intake_hours": 2.0}), **SHORT),
        plan(replace(one_zone, bands=Frozen({"wait_weeks": own_band("wait_weeks", {"high": 9.0}, "mine")})), **SHORT),
        plan(replace(one_zone, kinds=tuple(replace(kind, payer="municipality") for kind in one_zone.kinds)), **SHORT),
    ]
    assert asked.key == more.key
    assert len({each.key for each in (asked, *others)}) == 7
    assert isinstance(asked, Plan)


def test_two_at_once_do_not_share_a_store(one_zone, tmp_path):
    what = plan(one_zone, **SHORT)
    first, second = unfinished(what, tmp_path), unfinished(what, tmp_path)
    assert first.place != second.place
    first.let_go()
    second.let_go()
    assert list(tmp_path.iterdir()) == []


KILLED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # where it is ignored a child inherits that
from sim.study import baseline
baseline.patterns = lambda *_, **__: [{band.name: band.low for band in baseline.bands()}]
from sim.cli import main
main(sys.argv[1:])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_killed_at_any_moment_the_same_command_goes_on(tmp_path):
    asked = ["compare", "one-zone", "--regimes", "more-staff", "--days", "300", "--replications", "12", "--lang", "en"]
    undisturbed = _regie([*asked, "--out", str(tmp_path / "whole")], tmp_path)
    assert undisturbed.wait(120) == 0
    for _ in range(3):
        process = _regie([*asked, "--out", str(tmp_path / "again")], tmp_path)
        finished = len(list(tmp_path.glob(".unfinished-*/*.npz")))
        deadline = time.monotonic() + 60
        while len(list(tmp_path.glob(".unfinished-*/*.npz"))) <= finished and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert not (tmp_path / "again").exists()
    last = _regie([*asked, "--out", str(tmp_path / "again")], tmp_path)
    assert last.wait(120) == 0 and "Going on" in (tmp_path / "told").read_text()
    for name in ("outcomes.csv", "comparison.csv", "worlds.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_interrupted_with_a_folder_named_the_same_command_finishes_it(tmp_path):
    asked = ["compare", "one-zone", "--regimes", "more-staff", "--days", "300", "--replications", "30", "--lang", "en"]
    process = _regie([*asked, "--out", str(tmp_path / "here")], tmp_path)
    while len(list(tmp_path.glob(".unfinished-*/*.npz"))) < 2 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 130
    origin = json.loads((tmp_path / "here" / "provenance.json").read_text())
    assert not origin["complete"] and 1 <= len(origin["replications"]) < 30
    last = _regie([*asked, "--out", str(tmp_path / "here")], tmp_path)
    assert last.wait(120) == 0
    origin = json.loads((tmp_path / "here" / "provenance.json").read_text())
    assert origin["complete"] and len(origin["replications"]) == 30
    assert (tmp_path / "here-unfinished" / "report.html").exists()


def _regie(words, folder):
    with (folder / "told").open("w") as told:
        return subprocess.Popen(
            [sys.executable, "-c", KILLED, *words],
            cwd=folder,
            stdout=told,
            stderr=told,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        )
