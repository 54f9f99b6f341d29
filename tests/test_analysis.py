"""Analysis of sweeps: functions whose answers are known go through the whole chain, from design to finding."""

import threading
from concurrent.futures import Future
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim import Experiment, analyse, sweep
from sim.errors import RegieError
from sim.study import arrow
from sim.sweeps.analysis.discovery import Condition, discover, does_not_help
from sim.sweeps.analysis.findings import Question
from sim.sweeps.analysis.morris import effects, morris
from sim.sweeps.analysis.noise import noise_of
from sim.sweeps.analysis.ranking import places
from sim.sweeps.analysis.sobol import sobol
from sim.sweeps.analysis.tables import tables, write_tables
from sim.sweeps.driving import Driver
from sim.sweeps.factors import Factor
from sim.sweeps.folder import Folder
from sim.sweeps.living import FAULTS, Batch
from sim.sweeps.planning import plan
from sim.sweeps.sweep import Sweep

NAMES = ("control", "permission", "preference_share", "fit_weight", "wish_high", "door_fit")
SHARE = [0.0, 1.0]
REGIMES = ("traditional", "client-steering")


class MadeUp:
    """An engine whose runs take no time: a function of the point, and luck of a known size.

    ``ask`` takes points scaled to 0 to 1 and gives a column for each regime and outcome, regimes outermost.
    """

    workers = 1

    def __init__(self, made, ask, luck, failing):
        self.plan = made
        shares = (made.design.points - [f.low for f in made.factors]) / [f.high - f.low for f in made.factors]
        count = made.experiment.replications
        chance = np.random.default_rng(1)
        answers = np.asarray(ask(shares), float).reshape(len(shares), -1)
        of_all = 100 * chance.standard_normal((1, count, 1))  # good luck everywhere: it must not matter
        self.answers = answers[:, None] + luck * chance.standard_normal((len(shares), count, answers.shape[1])) + of_all
        self.failing = failing

    def submit(self, units, points):
        arms, outcomes = list(self.plan.arms), list(self.plan.outcomes)
        keys = np.array([(*unit, arm) for unit in units for arm in range(len(arms))])
        failed = np.isin(keys[:, 0], self.failing) & (keys[:, 1] == 0)
        columns = {
            "point": arrow.numbers(keys[:, 0].astype(np.int32)),
            "replication": arrow.numbers(keys[:, 1].astype(np.int32)),
            "regime": arrow.words(keys[:, 2], arms),
            "seed": arrow.numbers(np.array(self.plan.seeds)[keys[:, 1]]),
        }
        for i, name in enumerate(outcomes):
            values = self.answers[keys[:, 0], keys[:, 1], keys[:, 2] * len(outcomes) + i]
            columns[name] = arrow.numbers(np.where(failed, np.nan, values), missing=failed)
        columns |= {name: arrow.texts(["made up" if bad else None for bad in failed]) for name in FAULTS}
        done = Future()
        done.set_result(Batch(tuple(units), arrow.table(**columns), None, 0.0))
        return done

    def close(self):
        pass


def made_up(place, ask, factors, luck=0.0, failing=(), only=None, **asked):
    """Put a function through a sweep: planned, driven, stored and published as any other."""
    given = {"factors": dict.fromkeys(NAMES[:factors], SHARE), "replications": 4, "outcomes": ["wait_mean"]}
    folder = Folder(plan(Experiment("one-zone", **(given | asked))), place)
    done = folder.done()
    there = done if only is None else done | (np.arange(done.shape[1]) >= only)
    engine = MadeUp(folder.plan, ask, luck, failing)
    Driver(folder.plan, folder.parts, engine, threading.Event(), lambda *_: None, there).drive()
    folder.publish(folder.done(), 0.0)
    folder.close()
    return Sweep(folder.path)


def ishigami(shares):
    angles = np.pi * (2 * shares - 1)
    first, second, third = angles[:, 0], angles[:, 1], angles[:, 2]
    return np.sin(first) + 7 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)


OF_ISHIGAMI = np.array([0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)])
FIRST = np.array([*OF_ISHIGAMI[:2], 0, 0]) / OF_ISHIGAMI.sum()
TOTAL = np.array([OF_ISHIGAMI[[0, 2]].sum(), *OF_ISHIGAMI[1:], 0]) / OF_ISHIGAMI.sum()

IMPORTANCE = np.array([0, 1, 4.5, 9, 99, 99])  # of the g-function: the larger, the less


def g_function(shares):
    return np.prod((np.abs(4 * shares - 2) + IMPORTANCE) / (1 + IMPORTANCE), axis=1)


def in_a_box(shares):
    """Under client steering the wait is 10 shorter, but not where there is much control and little permission."""
    worse = (shares[:, 0] > 0.6) & (shares[:, 1] < 0.5)
    return np.column_stack([np.zeros(len(shares)), np.where(worse, 3.0, -10.0)])


def said(found):
    return "\n".join(str(remark) for remark in found.remarks)


def values(found, measure):
    rows = [each for each in found.indices if each.measure == measure]
    return (np.array([getattr(each, name) for each in rows]) for name in ("value", "low", "high"))


# --- known functions through the whole chain -----------------------------------------------------------------


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    place = tmp_path_factory.mktemp("known") / "ishigami"
    luck = float(np.sqrt(OF_ISHIGAMI.sum()))  # as much as all factors together
    return analyse(made_up(place, ishigami, 4, luck=luck, method="sobol", samples=256), resamples=400)


def test_sobols_indices_of_a_known_function_are_found_through_luck(known):
    for measure, truth in (("first", FIRST), ("total", TOTAL)):
        value, low, high = values(known, measure)
        assert ((low <= truth) & (truth <= high)).all()
        assert np.abs(value - truth).max() < 0.15


def test_the_known_share_of_luck_is_found(known):
    (noise,) = known.noise
    assert noise.points == 256 * 6 and noise.replications == 4
    assert noise.variance == pytest.approx(2 * OF_ISHIGAMI.sum(), rel=0.1)
    assert noise.noise_share == pytest.approx(1 / 2, abs=0.05)
    assert noise.noise_share_of_means == pytest.approx(1 / 5, abs=0.04)


def test_a_clear_order_is_ranked_and_a_factor_that_does_nothing_is_last(known):
    ranks = {each.factor: each for each in known.ranks}
    assert [ranks[name].matters for name in NAMES[:4]] == [True, True, True, False]
    assert (ranks["fit_weight"].first, ranks["fit_weight"].last) == (4, 4)
    assert ranks["control"].first == 1 and ranks["preference_share"].last == 3


def test_a_response_curve_follows_the_known_mean(known):
    for row in [each for each in known.responses if each.factor == "permission"]:
        apart = [other.mean for other in known.responses if other.factor == "permission"]
        assert row.low < row.mean < row.high and row.points > 10
        expected = 7 * np.sin(np.pi * (2 * row.at - 1)) ** 2 - 3.5
        assert row.mean - np.mean(apart) == pytest.approx(expected, abs=1.5)


def test_the_strongest_interaction_is_shown_first(known):
    assert (known.interactions[0].factor, known.interactions[0].other) == ("control", "preference_share")
    assert sum(each.points for each in known.interactions[:25]) == 256 * 6


def test_the_g_function_is_found_without_luck(tmp_path):
    found = analyse(made_up(tmp_path / "g", g_function, 6, method="sobol", samples=128), resamples=300)
    alone = 1 / 3 / (1 + IMPORTANCE) ** 2
    variance = np.prod(1 + alone) - 1
    total = alone * np.prod(1 + alone) / (1 + alone) / variance
    value, low, high = values(found, "total")
    assert ((low <= total) & (total <= high)).all() and value == pytest.approx(total, abs=0.05)
    ranks = [(each.first, each.last) for each in found.ranks]
    assert ranks[:4] == [(1, 1), (2, 2), (3, 3), (4, 4)] and found.noise[0].noise_share == pytest.approx(0, abs=1e-9)


def test_morris_finds_the_known_order(tmp_path):
    def ask(shares):
        return shares @ [8, 0, 4, 2] + 6 * shares[:, 0] * shares[:, 2]

    found = analyse(made_up(tmp_path / "morris", ask, 4, luck=0.3, method="morris", samples=20), resamples=300)
    value, low, high = values(found, "mu_star")
    assert value.argsort().tolist() == [1, 3, 2, 0] and ((low <= value) & (value <= high)).all()
    assert value[3] == pytest.approx(2, abs=0.3), "over the whole range, in the unit of the outcome"
    ranks = {each.factor: each for each in found.ranks}
    assert ranks["control"].last == 1 and ranks["permission"].first == 4 and not ranks["permission"].matters
    sigma, *_ = values(found, "sigma")
    assert sigma[0] > 3 * sigma[3], "what hangs on others has effects that differ"


@pytest.mark.slow
def test_where_client_steering_does_not_help_is_found(tmp_path):
    place = tmp_path / "box"
    asked = {"method": "latin-hypercube", "samples": 400, "regimes": REGIMES}
    found = analyse(made_up(place, in_a_box, 4, luck=2.0, **asked), resamples=200)
    assert [each.name for each in found.questions] == ["wait_mean: client-steering - traditional"]
    (box,) = found.boxes
    limits = {each.factor: each for each in box.limits}
    assert set(limits) == {"control", "permission"} and box.condition == ">= -2"
    spread = {name: each.most - each.least for name, each in limits.items()}
    assert (limits["control"].low - limits["control"].least) / spread["control"] == pytest.approx(0.6, abs=0.05)
    assert (limits["permission"].high - limits["permission"].least) / spread["permission"] == pytest.approx(
        0.5, abs=0.05
    )
    assert box.base == pytest.approx(0.2, abs=0.03) and box.density > 0.9 and box.coverage > 0.9 and box.unseen > 0.8
    assert "gives no indices" in said(found) and not found.indices and not found.ranks
    assert found.noise[0].noise_share == pytest.approx(8 / (8 + 0.16 * 169), abs=0.06)


# --- refusals ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_pure_luck_gives_no_ranking():
    chance, ranked = np.random.default_rng(2), 0
    for trial in range(60):
        found = sobol(chance.standard_normal((32, 7, 4)), 200, trial)
        ranked += bool(found) and places(found[-1], found[-1]) is not None
        of_morris = morris(chance.standard_normal((10, 5, 4)), 200, trial)
        ranked += bool(of_morris.estimates) and places(of_morris.estimates[0], of_morris.squares) is not None
    assert ranked <= 6, "at most five in a hundred"


@pytest.mark.slow
def test_luck_that_goes_along_with_a_factor_gives_no_ranking():
    """The worst case: in every replication each factor has an effect of its own, and none on average."""
    chance, ranked = np.random.default_rng(3), 0
    for trial in range(40):
        rows = plan_rows(32, 5, trial)
        found = sobol(rows @ chance.standard_normal((5, 4)), 200, trial)
        ranked += bool(found) and places(found[-1], found[-1]) is not None
        of_morris = morris(np.broadcast_to(chance.standard_normal((1, 5, 4)), (10, 5, 4)), 200, trial)
        ranked += bool(of_morris.estimates) and places(of_morris.estimates[0], of_morris.squares) is not None
    assert ranked <= 4


def plan_rows(samples, factors, seed):
    a, b = np.random.default_rng(seed).random((2, samples, factors))
    rows = np.repeat(a[:, None], factors + 2, axis=1)
    for i in range(factors):
        rows[:, i + 1, i] = b[:, i]
    rows[:, -1] = b
    return rows


def test_equal_factors_are_not_ranked(tmp_path):
    found = analyse(made_up(tmp_path / "equal", lambda x: x.sum(axis=1), 3, luck=0.5, method="sobol", samples=64))
    assert found.indices and not found.ranks and "noise separates no factor" in said(found)


def test_with_one_replication_noise_is_unknown_and_nothing_is_ranked(tmp_path):
    found = analyse(made_up(tmp_path / "one", ishigami, 3, method="sobol", samples=64, replications=1))
    assert np.isnan(found.noise[0].noise_share) and found.indices and not found.ranks
    assert "nobody knows how much is luck" in said(found)


def test_two_replications_give_indices_and_no_ranking(tmp_path):
    found = analyse(made_up(tmp_path / "two", ishigami, 3, luck=1.0, method="sobol", samples=64, replications=2))
    assert found.indices and not found.ranks and "2 replications tell too little" in said(found)


def test_a_base_sample_with_a_failed_run_is_left_out_and_said(tmp_path):
    asked = {"method": "sobol", "samples": 128, "luck": 0.5, "failing": (3, 4, 40)}
    found = analyse(made_up(tmp_path / "failing", ishigami, 3, **asked), resamples=300)
    assert "2 of 128 base samples are left out" in said(found)
    assert "3 of 2560 answers are missing (3 because a run failed, 0 because" in said(found)
    value, low, high = values(found, "total")
    assert ((low <= TOTAL[:3]) & (TOTAL[:3] <= high)).all() and np.isfinite(value).all()
    assert found.noise[0].points == 128 * 5 - 3


def test_a_trajectory_with_a_failed_run_is_left_out_and_said(tmp_path):
    swept = made_up(tmp_path / "m", lambda x: x @ [3, 2, 1], 3, luck=0.1, failing=(5,), method="morris", samples=12)
    found = analyse(swept, resamples=300)
    assert "of 12 trajectories are left out" in said(found)
    assert next(values(found, "mu_star")) == pytest.approx([3, 2, 1], abs=0.3)


def test_a_constant_outcome_has_no_indices(tmp_path):
    found = analyse(made_up(tmp_path / "same", lambda x: np.zeros(len(x)), 2, method="sobol", samples=32))
    assert not found.indices and not found.ranks and not found.responses and "the same at every point" in said(found)


def test_few_samples_give_no_numbers(tmp_path):
    found = analyse(made_up(tmp_path / "few", ishigami, 3, method="sobol", samples=4))
    assert not found.indices and "4 base samples are too few" in said(found) and found.responses


def test_a_replication_that_has_hardly_begun_is_left_out(tmp_path):
    swept = made_up(tmp_path / "half", ishigami, 3, luck=0.1, only=2, method="sobol", samples=32)
    found = analyse(swept, resamples=200)
    assert found.noise[0].replications == 2 and found.indices
    assert "2 replications that fewer than half" in said(found)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda x: np.column_stack([x[:, 0], x[:, 0] - 30]), "holds at none of"),
        (lambda x: np.column_stack([x[:, 0], x[:, 0] + 5]), "holds at all"),
    ],
)
def test_what_holds_nowhere_or_everywhere_has_no_box(tmp_path, ask, words):
    found = analyse(made_up(tmp_path / "all", ask, 2, luck=0.1, levels=7, replications=2, regimes=REGIMES))
    assert not found.boxes and words in said(found)


@pytest.mark.slow
def test_luck_makes_no_box():
    chance, factors = np.random.default_rng(4), tuple(Factor(name, "float", 0, 1) for name in NAMES[:3])
    asked = Question("wait_mean", "b", "a")
    found = [
        discover(asked, Condition("<", level), factors, chance.random((60, 3)), chance.random(60), trial)
        for trial, level in enumerate((0.3, 0.5, 0.8) * 3)
    ]
    assert sum(len(each.boxes) for each in found) <= 1


# --- the parts -----------------------------------------------------------------------------------------------


def test_without_luck_the_estimators_are_those_of_scipy():
    from scipy.stats import sobol_indices

    rows = plan_rows(64, 3, 0)
    answers = ishigami(rows.reshape(-1, 3)).reshape(64, 5)
    first, total = sobol(answers[:, :, None], 200, 0)
    functions = {"f_A": answers[None, :, 0], "f_B": answers[None, :, -1], "f_AB": answers.T[1:-1, None]}
    expected = sobol_indices(func=functions, n=64)
    assert first.value == pytest.approx(expected.first_order.ravel())
    assert total.value == pytest.approx(expected.total_order.ravel())


def test_without_luck_effects_are_those_of_salib(tmp_path):
    from SALib.analyze import morris as of_salib

    made = plan(Experiment("one-zone", factors=dict.fromkeys(NAMES[:3], SHARE), method="morris", samples=10))
    points = made.design.drawn
    answers = g_function(np.column_stack([points, points]) / 2)
    found = morris(effects(points.reshape(10, 4, 3), answers.reshape(10, 4, 1), 4), 200, 0).estimates
    problem = {"num_vars": 3, "names": NAMES[:3], "bounds": [[f.low, f.high] for f in made.factors]}
    expected = of_salib.analyze(problem, points, answers, num_levels=4, seed=1)
    for estimate in found:
        assert estimate.value == pytest.approx(np.asarray(expected[estimate.measure], float))


def test_noise_leaves_out_what_a_replication_does_to_all_points():
    answers = np.arange(20.0)[:, None] + np.array([[0.0, 100.0, -50.0]])
    found = noise_of("q", answers)
    assert found.noise_share == pytest.approx(0, abs=1e-12) and found.variance == pytest.approx(35)


def test_a_regime_does_not_help_where_it_is_not_better_by_what_matters():
    assert does_not_help(Question("wait_mean", "b", "a")) == Condition(">=", -2.0)
    assert does_not_help(Question("value", "b", "a")).sign == "<="
    assert does_not_help(Question("wait_mean", "b")) is None and does_not_help(Question("own", "b", "a")) is None


def test_tables_are_tidy_and_say_their_unit(known, tmp_path):
    found = tables(known)
    assert found["indices"].columns.tolist() == ["question", "factor", "measure", "value", "low", "high", "unit"]
    assert set(found["indices"]["unit"]) == {"share of variance"} and set(found["responses"]["unit"]) == {"days"}
    assert len(found["ranks"]) == 4 and found["questions"]["name"].tolist() == ["wait_mean: traditional"]
    paths = write_tables(known, tmp_path / "tables")
    assert len(paths) == 2 * len(found)
    for name, frame in found.items():
        read = pd.read_parquet(tmp_path / "tables" / f"{name}.parquet")
        pd.testing.assert_frame_equal(read, frame, check_dtype=False)
        assert len(pd.read_csv(tmp_path / "tables" / f"{name}.csv")) == len(frame)


def test_the_same_sweep_and_seed_give_the_same_numbers(tmp_path):
    swept = made_up(tmp_path / "again", ishigami, 3, luck=0.5, method="sobol", samples=32)
    assert repr(analyse(swept)) == repr(analyse(str(swept.path))) != repr(analyse(swept, seed=1))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"outcomes": ["wait_meen"]}, "Did you mean 'wait_mean'"),
        ({"regime": "client-stearing"}, "Did you mean 'client-steering'"),
        ({"regime": "traditional", "against": "traditional"}, "with itself"),
        ({"condition": "more than 3"}, "is no condition"),
        ({"resamples": 3}, "from 200"),
        ({"seed": -1}, "'seed' must be"),
    ],
)
def test_a_mistake_is_a_sentence(tmp_path, asked, words):
    swept = made_up(tmp_path / "s", in_a_box, 2, levels=2, replications=1, regimes=REGIMES)
    with pytest.raises(RegieError) as mistake:
        analyse(swept, **asked)
    assert words in str(mistake.value)


def test_a_folder_without_a_sweep_is_a_sentence(tmp_path):
    with pytest.raises(RegieError, match="holds no sweep"):
        analyse(tmp_path)


@pytest.mark.slow
def test_a_real_sweep_is_analysed(tmp_path):
    asked = Experiment(
        "one-zone",
        factors={"control": "range", "permission": "range"},
        method="latin-hypercube",
        samples=12,
        days=60,
        regimes=REGIMES,
        outcomes=["wait_mean", "value"],
    )
    found = analyse(sweep(replace(asked, replications=2), out=tmp_path / "real"))
    assert len(found.questions) == 2 and len(found.noise) == 2 and found.responses
    assert all(0 <= each.noise_share <= 1 for each in found.noise)
    assert tables(found)["responses"]["mean"].notna().all()
