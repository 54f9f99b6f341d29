"""Outcomes from hand-made tables, statistics against known values, comparisons over a make-believe model, files."""

import inspect
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim.errors import RegieError
from sim.model import compiling
from sim.model.record import REASONS, STATUSES
from sim.model.state import EXIT, SERIES, VISIT
from sim.scenario.scenario import Scenario
from sim.scenario.units import UNITS
from sim.study import defaults, frames, outcomes, runs, statistics
from sim.study.compare import carry_out, compare, plan
from sim.study.folder import ResultFolder, default_place, file_name
from sim.study.outcomes import extract, general_outcomes, outcomes_of
from sim.study.statistics import paired, student_t, verdict
from sim.study.store import Store
from sim.study.tables import FINAL_REASONS, Run
from sim.study.value import valued

NAN = math.nan


@pytest.fixture(scope="session")
def one_zone():
    return Scenario.load("one-zone")


def table(dtype, rows, **usual):
    """Return a table of rows given as dictionaries; measures not given are NaN, other columns 0."""
    made = np.zeros(len(rows), dtype)
    for name in dtype.names:
        default = usual.get(name, NAN if dtype[name].kind == "f" else 0)
        made[name] = [row.get(name, default) for row in rows]
    return made


def hand_made(scenario):
    """Return a run of 100 days of three clients: Ann (0) and Bo (1) are newcomers, Cor (2) was there before.

    Ann, frail, alone, little voice, asks 40 hours: help with need 0 starts on day 20 after a list from day 5; need 1
    was referred on day 12 and has been on a list since day 24. Bo asks 30 hours: need 0 is served at once on day 10 and
    need 1 arose on day 80 and is on two lists. Cor's need 0 started before day 0; need 1 ended by itself on day 30.
    """
    ended, referred = REASONS.index("ended"), REASONS.index("referred")
    ann, cor, bo = 900, 800, 700
    helped = {
        "hours_delivered": 10,
        "first_worker_hours": 5,
        "fit_distance": 0.4,
        "quality": 0.8,
        "tailored": 0.4,
    }
    standard = {"hours_delivered": 20, "first_worker_hours": 20, "fit_distance": 0, "quality": 1, "tailored": 0}
    long_ago = {"hours_delivered": 99, "fit_distance": 1, "quality": 0.1}
    visit = [
        {"client": ann, "need": 0, "onset": 0, "listed": 5, "start": 20, **helped},
        {"client": ann, "need": 1, "onset": 10, "end": 12, "reason": referred},
        {"client": ann, "need": 1, "onset": 10, "listed": 24, "organisation": 1},
        {"client": bo, "need": 0, "onset": 10, "start": 10, **standard},
        {"client": bo, "need": 1, "onset": 80, "listed": 85, "organisation": 1},
        {"client": bo, "need": 1, "onset": 80, "listed": 90, "organisation": 2},
        {"client": cor, "onset": -50, "listed": -40, "start": -10, "end": 40, "reason": ended, **long_ago},
        {"client": cor, "need": 1, "onset": -20, "listed": -20, "end": 30, "reason": ended},
    ]
    frail = {"frailty_at_arrival": 0.9, "network_at_arrival": 0, "voice": 0.1, "hours_asked": 40, "unmet": 0.5}
    sturdy = {"frailty_at_arrival": 0.2, "network_at_arrival": 0.4, "voice": 0.8, "hours_asked": 30, "unmet": 0.2}
    crisis = {"exit": 40, "status": STATUSES.index("admitted in crisis"), "age": 84, "hours_asked": 500, "unmet": 1}
    clients = [
        {"client": ann, "arrival": 0, "status": 2, "transfers": 2, "new_faces": 3, "retellings": 2, **frail},
        {"client": cor, "arrival": -60, "transfers": 9, **crisis},
        {"client": bo, "arrival": 10, "status": 2, "transfers": 1, "new_faces": 1, **sturdy},
    ]
    spent = {"direct": 10, "paid": 40, "idle": 5, "intake": 4, "review": 1}
    staff = {"staffed": 8, "listening": 4, "chances": 5, "initiatives": 2, "calls": 3, "interventions": 4, "averted": 1}
    weeks = [
        {"week": week, "organisation": o, "refusals": o, "in_care": 2 * o, **spent, **staff}
        for week in range(-2, 14)
        for o in range(2)
    ]
    return Run(
        scenario,
        "traditional",
        0,
        7,
        100,
        table(VISIT, visit, hours_delivered=0, hours_bridging=0, first_worker_hours=0),
        table(EXIT, clients),
        table(SERIES, weeks, **dict.fromkeys(SERIES.names, 0)),
    )


@pytest.fixture(scope="session")
def made(one_zone):
    return hand_made(one_zone)


def read(run, name):
    return dict(zip([o.name for o in outcomes_of(run.scenario)], extract(run), strict=True))[name]


# --- outcomes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("wait_mean", (20 + 0) / 2),
        ("wait_median", 10),
        ("wait_p90", 18),
        ("beyond_norm", 1 / 3),  # Ann 20 no, Ann 90 yes, Bo 0 no; Bo's second, 20 days so far, is not known yet
        ("list_wait_mean", 15),
        ("list_wait_all", 15 / 2),
        ("elapsed_wait", (90 + 20) / 2),
        ("waiting_at_end", 2),
        ("waiting_at_end.nursing-foundation", 2),
        ("waiting_at_end.household-service", 1),
        ("waiting_at_end.home-care", 0),
        ("transfers", 1.5),
        ("new_faces", 4 / (190 / 365.25)),
        ("retellings", 2 / (190 / 365.25)),
        ("refusals", 14 / (98 / 365.25)),
        ("hours_met", 30 / 70),
        ("fit", (10 * 0.8 + 20) / 30),
        ("quality", (8 * 0.8 + 20) / 28),
        ("timeliness", (6.4 * 42 / 62 + 20) / 26.4),
        ("continuity", (6.4 * 42 / 62 * 0.85 + 20) / (6.4 * 42 / 62 + 20)),
        ("burden", 2 / 70),
        ("value", (10 * 0.8 * 0.8 * 42 / 62 * 0.85 + 20) / 70 - 2 / 70),
        ("value_fit_0", (10 * 0.8 * 42 / 62 * 0.85 + 20 - 2) / 70),
        ("value_fit_1", (10 * 0.6 * 0.8 * 42 / 62 * 0.85 + 20 - 2) / 70),
        ("value_alone", (10 * 0.8 * 0.8 * 42 / 62 * 0.85 - 2) / 40),
        ("wait_alone", 20),
        ("unmet_need", (0.5 * 100 + 0.2 * 90) / 190),
        ("crisis_admissions", 365.25 / 100),
        ("planned_admissions", 0),
        ("age_at_admission", 84),
        ("hours_per_client_week", 280 / (14 * 2)),
        ("utilisation", 15 / 20),
        ("production", 20),
        ("share_direct", 1 / 4),
        ("share_idle", 1 / 8),
        ("initiative", 2 / 5),
        ("tailored", 10 * 0.4 / 30),
        ("calls", 100 * 84 / (28 * 7 / 365.25)),
        ("interventions", 4 / 8 / (7 / 365.25)),
        ("averted", 1 / 4),
        ("listening", 4 / 8),
        ("volunteers", 0),
    ],
)
def test_outcomes_are_those_worked_out_by_hand(made, name, expected):
    assert read(made, name) == pytest.approx(expected)


def test_the_value_is_the_product_of_its_parts_less_the_burden(made):
    value = valued(made)
    product = value.hours_met * value.fit * value.quality * value.timeliness * value.continuity
    assert value.total == pytest.approx(product - value.burden)


def test_who_got_no_help_has_value_zero_less_the_burden(made):
    nobody_helped = replace(made, visits=made.visits[1:3])
    assert valued(nobody_helped).total == pytest.approx(-2 / 70)


def test_the_vulnerable_are_chosen_among_newcomers_by_their_arrival(made):
    assert outcomes.alone(made).tolist() == [True, False, False]
    assert outcomes.little_voiced(made).tolist() == [True, False, False]
    assert not outcomes.frailest(made).any()  # a tenth of two people is nobody


def test_outcomes_of_nothing_are_undefined_or_zero_and_raise_no_warning(made):
    empty = replace(made, visits=made.visits[:0], clients=made.clients[:0], series=made.series[:0])
    values = dict(zip([o.name for o in outcomes_of(made.scenario)], extract(empty), strict=True))
    assert math.isnan(values["wait_mean"]) and math.isnan(values["value"])
    assert values["waiting_at_end"] == values["deaths"] == 0


def test_a_need_that_nobody_saw_waits_and_counts_beyond_the_norm(made):
    unseen = np.zeros(1, made.visits.dtype)
    for name in unseen.dtype.names:
        unseen[name] = NAN if unseen.dtype[name].kind == "f" else -1
    unseen["client"], unseen["need"], unseen["kind"], unseen["onset"] = 700, 2, 0, 20
    unseen["reason"] = REASONS.index("open")
    run = replace(made, visits=np.concatenate([made.visits, unseen]))
    assert read(run, "beyond_norm") == pytest.approx(2 / 4)
    assert read(run, "elapsed_wait") == pytest.approx((90 + 20 + 80) / 3)
    assert read(run, "waiting_at_end") == read(made, "waiting_at_end")
    last = made.scenario.organisations[-1].name
    assert read(run, f"waiting_at_end.{last}") == read(made, f"waiting_at_end.{last}")
    table = frames.visits_table(run).to_pydict()
    assert table["organisation"][-1] == "nobody" and table["organisation"].count("nobody") == 1
    ended = unseen.copy()
    ended["end"], ended["reason"] = 30, REASONS.index("ended")
    run = replace(made, visits=np.concatenate([made.visits, ended]))
    assert read(run, "beyond_norm") == pytest.approx(1 / 4)
    assert read(run, "elapsed_wait") == read(made, "elapsed_wait")


def test_a_list_for_help_after_the_first_help_is_no_wait_for_it(made):
    visits = made.visits.copy()
    visits["listed"][0] = 25  # after the start on day 20
    assert math.isnan(read(replace(made, visits=visits), "list_wait_mean"))


def test_every_outcome_is_declared_in_both_languages_with_a_margin_and_a_reader():
    for outcome in general_outcomes():
        assert outcome.en and outcome.nl and outcome.en_says.endswith(".") and outcome.nl_says.endswith(".")
        assert outcome.unit in UNITS and outcome.unit_in("nl")
        assert outcome.smallest_difference > 0 and outcome.direction in (-1, 0, 1)
    assert set(outcomes._READ) == {outcome.name for outcome in general_outcomes()}
    assert [o.name for o in general_outcomes() if o.headline] == [
        "wait_mean",
        "transfers",
        "value",
        "crisis_admissions",
    ]


def test_codes_mean_what_the_records_say():
    assert [REASONS[code] for code in FINAL_REASONS] == ["ended", "gave up", "admitted", "died"]
    assert STATUSES[4:7] == ("admitted in crisis", "admitted as planned", "died")
    assert set(outcomes.DESTINATIONS) < set(SERIES.names)


# --- statistics ----------------------------------------------------------------------------------------


def test_students_t_is_that_of_the_tables():
    assert student_t(0.975, 4) == pytest.approx(2.776445, abs=1e-6)
    assert student_t(0.975, 19) == pytest.approx(2.093024, abs=1e-6)


def test_a_paired_interval_worked_out_by_hand():
    found = paired(np.array([10.0, 20, 30, 40, 50, NAN]), np.array([11.0, 22, 33, 44, 55, 1]), direction=-1)
    half = 2.776445 * math.sqrt(2.5) / math.sqrt(5)
    assert (found.n, found.baseline_mean, found.mean, found.difference) == (5, 30, 33, 3)
    assert (found.low, found.high) == pytest.approx((3 - half, 3 + half), abs=1e-5)
    assert found.p_better == 0
    assert found.variance_ratio == pytest.approx(2.5 / (250 + 302.5))


def test_one_pair_has_a_difference_but_no_interval_and_none_has_nothing():
    one = paired(np.array([1.0]), np.array([2.0]))
    assert one.difference == 1 and math.isnan(one.low) and math.isnan(one.variance_ratio)
    none = paired(np.array([NAN]), np.array([2.0]))
    assert none.n == 0 and math.isnan(none.difference)


def test_ties_count_half():
    assert statistics.share_better(np.array([-1.0, 0, 2, -3]), -1) == 0.625


def test_pairing_that_works_against_itself_has_a_ratio_of_two():
    assert statistics.variance_ratio(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])) == pytest.approx(2)


@pytest.mark.parametrize(
    ("low", "high", "direction", "expected"),
    [
        (-9, -3, -1, "better"),
        (3, 9, -1, "worse"),
        (3, 9, 1, "better"),
        (3, 9, 0, "higher"),
        (-9, -3, 0, "lower"),
        (-1, 1.5, -1, "no difference"),
        (0, 0, -1, "no difference"),
        (-9, -1, -1, "undecided"),
        (-3, 3, 1, "undecided"),
        (NAN, NAN, 1, "none"),
    ],
)
def test_verdicts_against_a_smallest_difference_of_two(low, high, direction, expected):
    assert verdict(low, high, 2, direction) == expected


def test_intervals_cover_the_truth_as_often_as_they_say():
    """Of 4,000 intervals of five normal differences 95 % hold the mean; false alarm of this test: 1 in 10,000."""
    drawn = np.random.default_rng(3).normal(1.0, 2.0, (4000, 5))
    held = [low <= 1.0 <= high for low, high in map(statistics.interval, drawn)]
    assert abs(np.mean(held) - 0.95) < 3.9 * math.sqrt(0.95 * 0.05 / 4000)


# --- comparisons over a make-believe model ---------------------------------------------------------------


class Pretence:
    """A model without a model: shifts the hand-made run by seed and regime, slowly where asked."""

    def __init__(self, run, seconds=0.0):
        self.run, self.seconds, self.warm_ups = run, seconds, 0

    def warmed(self, scenario, seed):
        self.warm_ups += 1
        return seed

    def live_on(self, world, scenario, regime, replication, seed, days):
        time.sleep(self.seconds * (1 + seed % 3))
        if regime == "pooled-list" and replication == 1:
            raise ZeroDivisionError("made to fail")
        visits = self.run.visits.copy()
        visits["start"][0] += seed % 50 + (3 if regime == "more-staff" else 0)
        return replace(self.run, scenario=scenario, regime=regime, replication=replication, seed=seed, visits=visits)


@pytest.fixture
def pretence(made, monkeypatch):
    model = Pretence(made)
    monkeypatch.setattr(runs, "warmed", model.warmed)
    monkeypatch.setattr(runs, "live_on", model.live_on)
    return model


ONE = {"worlds": "one", "yardsticks": False}  # all pairs in the scenario's own world, and no more arms than asked


def test_pairs_share_seed_and_warm_up(pretence):
    result = compare("one-zone", regimes=["more-staff"], replications=5, days=100, **ONE)
    assert result.regimes == ("traditional", "more-staff") and result.complete
    assert pretence.warm_ups == 5
    assert result.seeds[0] == 0 and len(set(result.seeds)) == 5
    found = result.difference("more-staff", "wait_mean")
    assert (found.difference, found.low, found.high) == pytest.approx((1.5, 1.5, 1.5))
    assert found.variance_ratio == pytest.approx(0, abs=1e-12)
    assert found.verdict == "no difference"  # smaller than two days


def test_results_do_not_depend_on_the_number_of_threads(pretence):
    pretence.seconds = 0.003
    results = [
        compare("one-zone", regimes=["more-staff"], replications=8, days=100, workers=w, **ONE) for w in (1, 2, 5)
    ]
    for other in results[1:]:
        np.testing.assert_array_equal(results[0].values, other.values)
        assert results[0].seeds == other.seeds
        np.testing.assert_array_equal(results[0].sketch("more-staff", "weeks"), other.sketch("more-staff", "weeks"))


def test_more_replications_extend_the_same_ones(pretence):
    few, many = (compare("one-zone", regimes=["more-staff"], replications=n, days=100, **ONE) for n in (2, 4))
    np.testing.assert_array_equal(few.values, many.values[:, :2])


def test_a_failing_run_is_told_and_the_others_go_on(pretence):
    result = compare("one-zone", regimes=["pooled-list", "more-staff"], replications=3, days=100, **ONE)
    (failure,) = result.failures
    assert (failure.regime, failure.replication, failure.stage) == ("pooled-list", 1, "run")
    assert "made to fail" in failure.error and "live_on" in failure.traceback
    assert result.complete and result.replications == (0, 1, 2)
    assert result.difference("pooled-list", "wait_mean").n == 2
    assert result.difference("more-staff", "wait_mean").n == 3


def test_stopping_keeps_whole_pairs_and_says_so(pretence):
    pretence.seconds = 0.01
    stop = threading.Event()
    what = plan("one-zone", regimes=["more-staff"], replications=200, days=100, **ONE)
    result = carry_out(what, workers=2, progress=lambda done, _: done >= 4 and stop.set(), stop=stop)
    assert not result.complete
    assert 1 <= len(result.replications) < 200
    assert not np.isnan(result.level("more-staff", "wait_mean")).any()


@pytest.fixture
def usual_control_c():
    """Let Ctrl-C be what it usually is: programs started in the background do not hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_control_c_in_python_returns_what_is_finished(pretence, usual_control_c):
    pretence.seconds = 0.01
    timer = threading.Timer(0.4, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    result = compare("one-zone", regimes=["more-staff"], replications=2000, days=100, **ONE)
    timer.join()
    assert not result.complete and 0 < len(result.replications) < 2000


def test_progress_ends_with_all_runs(pretence):
    seen = []
    compare("one-zone", regimes=["more-staff"], replications=3, days=100, progress=lambda *n: seen.append(n), **ONE)
    assert seen[-1] == (6, 6)


def test_tables_for_python(pretence):
    result = compare("one-zone", regimes=["more-staff"], replications=2, days=100, **ONE)
    assert set(result.outcomes.columns) == {"regime", "replication", "seed", "outcome", "unit", "value"}
    assert len(result.outcomes) == 2 * 2 * len(result.outcome_list)
    assert len(result.table()) == len(result.outcome_list)
    assert "nobody" not in set(result.series["organisation"].unique())
    assert set(result.visits["regime"].unique()) == {"traditional", "more-staff"}
    assert result.clients["status"].tolist()[:2] == ["served", "admitted in crisis"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"days": 0}, "days is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"days": True}, "days is True"),
        ({"replications": 0}, "replications is 0"),
        ({"workers": 0}, "workers is 0"),
        ({"regimes": ["more-stafff"]}, "Did you mean 'more-staff'"),
        ({"from_day": "2005-10-31"}, "day -1"),
        ({"from_day": "someday"}, "must be a date"),
        ({"from_day": 100}, "day 100"),
        ({"only": ["home-caer"]}, "home-care"),
    ],
)
def test_mistakes_are_said_before_anything_is_computed(pretence, wrong, says):
    with pytest.raises(RegieError, match=says):
        compare("one-zone", **({"days": 100} | wrong), **ONE)
    assert pretence.warm_ups == 0


def test_a_date_is_a_day(one_zone):
    what = plan(one_zone, regimes=["more-staff"], from_day="2005-11-11", days=100, replications=1)
    assert what.from_day == 10


def test_unknown_outcomes_and_regimes_get_a_hint(pretence):
    result = compare("one-zone", regimes=["more-staff"], replications=1, days=100, **ONE)
    with pytest.raises(RegieError, match="'wait_mean'"):
        result.difference("more-staff", "wait_maen")
    with pytest.raises(RegieError, match="was not run"):
        result.level("pooled-list", "wait_mean")


# --- files -----------------------------------------------------------------------------------------------


def stored(place, regimes=("more-staff",), report=None, **options):
    folder = ResultFolder("one-zone", place)
    what = plan("one-zone", regimes=list(regimes), replications=2, days=100, **options, **ONE)
    return folder.publish(carry_out(what, store=Store.for_a_while(2)), report)


def test_a_folder_of_results_is_whole(pretence, tmp_path):
    place = stored(tmp_path / "new", report=lambda result, path: path.write_text("a page"))
    names = {path.name for path in place.iterdir()}
    assert names == {
        "outcomes.csv", "outcomes.parquet", "comparison.csv", "series.parquet", "visits.parquet", "clients.parquet",
        "scenario.toml", "scenarios", "provenance.json", "report.html",
    }  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    visits = pq.read_table(place / "visits.parquet").to_pandas()
    assert set(visits["organisation"]) <= {"home-care", "nursing-foundation", "household-service"}
    assert len(visits) == 4 * 8
    assert (place / "outcomes.csv").read_text().startswith("regime,replication,seed,outcome,unit,value\n")


def test_provenance_says_how_to_get_it_again(pretence, tmp_path):
    told = json.loads((stored(tmp_path / "new") / "provenance.json").read_text())
    assert told["complete"] is True and told["replications"] == [0, 1] and told["seeds"][0] == 0
    assert set(told["digests"]) == {"traditional", "more-staff"}
    assert {"regie", "python", "numpy", "numba", "mesa"} <= set(told["versions"])


def test_the_stored_scenario_is_the_scenario(pretence, tmp_path, one_zone):
    place = stored(tmp_path / "new")
    assert Scenario.load(place / "scenario.toml").digest() == one_zone.digest()
    assert (
        Scenario.load(place / "scenarios" / "more-staff.toml").digest() == one_zone.with_regime("more-staff").digest()
    )


def test_results_are_never_overwritten(pretence, tmp_path):
    place = stored(tmp_path / "new")
    with pytest.raises(RegieError, match="not empty"):
        ResultFolder("one-zone", place)
    (tmp_path / "file").write_text("")
    with pytest.raises(RegieError, match="is a file"):
        ResultFolder("one-zone", tmp_path / "file")


KILLED = """
import os, sys
from pathlib import Path
from sim.study.folder import ResultFolder
folder = ResultFolder("one-zone", Path("killed"))
print(folder._hidden, flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(os.name == "nt", reason="files are not locked there")
def test_what_a_killed_run_left_behind_is_swept_up_and_what_a_living_one_makes_is_not(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(Path(runs.__file__).parents[2])}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    child = subprocess.Popen([sys.executable, "-c", KILLED], cwd=tmp_path, env=environment, **pipes)
    with child:
        hidden = Path(child.stdout.readline().strip())
        (tmp_path / ".mine.1.part").mkdir()  # somebody else's, without a claim
        ResultFolder("one-zone", tmp_path / "other").discard()
        assert hidden.is_dir()
        child.kill()
    assert hidden.is_dir()
    ResultFolder("one-zone", tmp_path / "other").discard()
    assert [path.name for path in tmp_path.iterdir()] == [".mine.1.part"]


def test_it_is_compiled_only_when_all_is(monkeypatch, tmp_path):
    monkeypatch.setattr(compiling, "cache_folder", lambda: tmp_path)
    (tmp_path / "day.live_through-1.py311.1.nbc").write_text("")
    assert not compiling.is_compiled()
    compiling.remember_compiled()
    assert compiling.is_compiled()


def test_an_empty_folder_may_be_used(pretence, tmp_path):
    (tmp_path / "empty").mkdir()
    assert (stored(tmp_path / "empty") / "outcomes.csv").exists()


def test_a_name_that_was_taken_meanwhile_loses_nothing(pretence, tmp_path):
    folder = ResultFolder("one-zone", tmp_path / "new")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "of somebody else").write_text("")
    what = plan("one-zone", regimes=[], replications=1, days=100, **ONE)
    assert folder.publish(carry_out(what)) == tmp_path / "new-2"


def test_discarding_leaves_nothing(tmp_path):
    folder = ResultFolder("one-zone", tmp_path / "deep" / "er" / "new")
    folder.discard()
    assert list(tmp_path.iterdir()) == []


def full(*_, **__):
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_a_sentence_and_leaves_nothing(pretence, tmp_path, monkeypatch):
    what = plan("one-zone", regimes=[], replications=1, days=100, **ONE)
    made = carry_out(what, store=Store.for_a_while(1))
    folder = ResultFolder("one-zone", tmp_path / "new")
    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(RegieError, match="no room left"):
        folder.publish(made)
    folder.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_while_worlds_are_lived_is_a_sentence(pretence, monkeypatch):
    what = plan("one-zone", regimes=[], replications=1, days=100, **ONE)
    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(RegieError, match="no room left"):
        carry_out(what, store=Store.for_a_while(1))


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RegieError, match="is a file"):
        ResultFolder("one-zone", tmp_path / "file" / "new")


def test_a_forbidden_folder_is_a_sentence(tmp_path, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(RegieError, match="may not be written"):
        ResultFolder("one-zone", tmp_path / "new")


def test_a_report_that_fails_does_not_take_the_results_with_it(pretence, tmp_path):
    def broken(*_):
        raise KeyError("title")

    place = stored(tmp_path / "new", report=broken)
    assert "KeyError" in (place / "report-failure.txt").read_text()
    assert (place / "outcomes.csv").exists() and not (place / "report.html").exists()


def test_failures_are_written_down(pretence, tmp_path):
    place = stored(tmp_path / "new", regimes=["pooled-list"])
    (line,) = (place / "failures.jsonl").read_text().splitlines()
    assert json.loads(line)["stage"] == "run"


def test_names_of_folders_are_safe():
    assert file_name("../../etc/passwd") == "etc-passwd"
    assert file_name("…") == "scenario"
    assert default_place("one-zone").parent.parts[-2:] == ("results", "one-zone")


# --- the real model ----------------------------------------------------------------------------------------


def test_a_run_is_a_pair_member_and_nothing_is_recomputed(one_zone):
    result = compare(one_zone, regimes=["more-staff"], replications=2, days=60, seed=3, **ONE)
    alone = runs.run(one_zone, seed=3, days=60, regime="more-staff")
    np.testing.assert_array_equal(extract(alone), result.values[1, 0])


def test_the_same_regime_twice_is_the_same_world_bit_for_bit(one_zone):
    first, again = (runs.run(one_zone, seed=5, days=60) for _ in range(2))
    for name in ("visits", "clients", "series"):
        one, other = getattr(first, name), getattr(again, name)
        assert all(np.array_equal(one[c], other[c], equal_nan=True) for c in one.dtype.names)


def test_a_world_lived_on_is_left_as_it_was(one_zone):
    world = runs.warmed(one_zone, 5)
    first = runs.live_on(world, one_zone, "traditional", 0, 5, 60)
    assert world.day == 0
    again = runs.live_on(world, one_zone, "traditional", 0, 5, 60)
    np.testing.assert_array_equal(extract(first), extract(again))


def test_pairs_share_the_warm_up(one_zone):
    result = compare(one_zone, regimes=["more-staff"], replications=1, days=60, **ONE)
    before = [rows for _, rows in result.series[result.series["week"] < 0].groupby("regime", observed=True)]
    first, second = (rows.drop(columns="regime").reset_index(drop=True) for rows in before)
    pd.testing.assert_frame_equal(first, second)


def test_defaults_stand_in_one_place():
    assert inspect.signature(compare).parameters["days"].default == defaults.DAYS == 3650
