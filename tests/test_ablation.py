"""Ablation: the file of mechanisms, the arithmetic of its table over made-up worlds, the command."""

import json
import math
import threading
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.errors import RegieError
from sim.scenario.parameters import parameters
from sim.scenario.scenario import Scenario
from sim.study import ablation as study
from sim.study import ablation_page, compare, defaults, mechanisms, runs
from sim.study.ablation import NOTHING, Ablated, ablated, carry_out, hangs, plan
from sim.study.ablation_page import page
from sim.study.compare import Comparison, Failure
from sim.study.equalising import equal_hours
from sim.study.mechanisms import Mechanism, chosen
from sim.study.outcomes import general_outcomes, outcomes_of
from sim.study.replication import Replication
from sim.study.verdicts import ablation_words, hanging_words
from sim.study.worlds import World
from sim.terminal.ablated import lines as screen_lines

NAN = math.nan
HEADLINE = ("wait_mean", "transfers", "new_faces", "value")
ALIKE = dict.fromkeys(HEADLINE, "same")
OUTCOMES = {outcome.name: outcome for outcome in general_outcomes()}
RENEWAL = Mechanism("renewal", "Renewal", "Verlenging", {"renewal_asked": 0.0}, ALIKE, "A try.", always=True)
HOURS = Mechanism("hours", "Equal hours", "Gelijke uren", {}, ALIKE, "A try.", equal_hours=True)
declared = pytest.mark.parametrize("mechanism", mechanisms.mechanisms().values(), ids=lambda each: each.name)


@pytest.fixture(scope="module")
def one_zone():
    return Scenario.load("one-zone")


@pytest.fixture
def two_mechanisms(monkeypatch):
    """Let there be two mechanisms, the first of which is always shown."""
    monkeypatch.setattr(mechanisms, "mechanisms", lambda: {"renewal": RENEWAL, "hours": HOURS})


# --- the file ----------------------------------------------------------------------------------------------


@declared
def test_a_mechanism_is_switched_off_by_values_that_are_declared_and_in_range(mechanism, one_zone):
    assert set(mechanism.off) <= set(parameters())
    assert mechanism.off or mechanism.equal_hours
    for name, value in mechanism.off.items():
        parameter = parameters()[name]
        assert parameter.range[0] <= value <= parameter.range[1]
        assert parameter.kind == "lever" or value != parameter.default, f"{name} is off already"
    one_zone.with_values(mechanism.off)


@declared
def test_something_is_expected_of_every_headline_outcome_for_a_reason(mechanism):
    assert tuple(mechanism.expects) == HEADLINE
    assert set(mechanism.expects.values()) <= {"smaller", "larger", "same", "unsure"}
    assert mechanism.why.endswith(".") and mechanism.title and mechanism.title_nl


def test_mechanisms_have_names_and_titles_of_their_own():
    declared = mechanisms.mechanisms().values()
    assert NOTHING not in mechanisms.mechanisms()
    for titles in ([each.title for each in declared], [each.title_nl for each in declared]):
        assert len(set(titles)) == len(titles)


def test_the_three_effects_on_hours_are_always_shown_one_by_one_and_together():
    shown = chosen(["trust"])
    assert [each.name for each in shown] == ["capacity", "reports", "serving-on", "smaller", "trust"]
    together, *apart = shown[:4]
    assert together.off == {name: value for each in apart for name, value in each.off.items()}
    assert together.equal_hours and [each.equal_hours for each in apart] == [True, False, False]
    assert len(chosen()) == len(mechanisms.mechanisms())


def test_an_unknown_mechanism_gets_a_hint():
    with pytest.raises(RegieError, match=r"no mechanism 'trsut'\. Did you mean 'trust'"):
        chosen(["trust", "trsut"])


# --- what is run ---------------------------------------------------------------------------------------------


def test_a_mechanism_is_off_in_both_regimes_and_before(two_mechanisms):
    what = plan("one-zone", regime="more-staff", replications=3, days=50, seed=5)
    assert list(what.plans) == [NOTHING, "renewal", "hours"] and what.runs == 3 * 2 * 3
    without = what.plans["renewal"]
    everywhere = [without.scenario, *without.scenarios.values()]
    assert [scenario["renewal_asked"] for scenario in everywhere] == [0, 0, 0]
    assert what.whole.scenario["renewal_asked"] > 0
    assert {(each.seed, each.replications, each.days) for each in what.plans.values()} == {(5, 3, 50)}


def test_equal_hours_lengthen_meetings_where_reports_ask_less(one_zone):
    short = one_zone.with_values({"report_hours": 0.5})
    was = {"long": one_zone, "short": short}
    now = equal_hours(was)
    for name, levers in now["short"].levers.items():
        reports, control = levers["report_hours"].value, levers["control"].value
        assert reports == 0.5
        assert reports * control + levers["meeting_hours"].value == pytest.approx(1.5 * 0.8 + 0.3)
        assert now["long"].levers[name] == one_zone.levers[name]
    assert now["short"].baseline_levers == short.baseline_levers  # the warm-up stays as it was


def test_a_regime_is_not_held_against_itself():
    with pytest.raises(RegieError, match="compared with itself"):
        plan("one-zone", regime="traditional")


# --- the arithmetic of the table -----------------------------------------------------------------------------


def test_a_change_worked_out_by_hand():
    """Five pairs: -20 days with it, -8 without, and a change of 12 give or take what a t of 2.776 makes of it."""
    on = np.array([-22.0, -21, -20, -19, -18, NAN])
    off = np.array([-8.0, -8, -8, -8, -8, -8])
    row = ablated("made-up", OUTCOMES["wait_mean"], on, off, "smaller")
    half = 2.776445 * math.sqrt(2.5) / math.sqrt(5)
    assert (row.n, row.difference, row.difference_off, row.change) == (5, -20, -8, 12)
    assert (row.low, row.high) == pytest.approx((-20 - half, -20 + half), abs=1e-5)
    assert (row.low_off, row.high_off) == (-8, -8)
    assert (row.low_change, row.high_change) == pytest.approx((12 - half, 12 + half), abs=1e-5)
    assert (row.verdict, row.verdict_off) == ("better", "better")
    assert (row.expected, row.found, row.hangs) == ("smaller", "smaller", "no")


@pytest.mark.parametrize(
    ("outcome", "on", "off", "found", "hanging"),
    [
        ("wait_mean", -20, -30, "larger", "no"),  # less is better: a longer way down is a larger gain
        ("wait_mean", -20, -19, "same", "no"),
        ("wait_mean", -20, -1, "smaller", "yes"),
        ("wait_mean", -20, 5, "smaller", "yes"),  # a gain that turns into a loss
        ("wait_mean", 20, 5, "larger", "no"),  # a loss that shrinks
        ("wait_mean", 1, -9, "larger", "no result"),
        ("value", 0.10, 0.05, "smaller", "no"),
        ("value", 0.10, 0.01, "smaller", "yes"),
        ("value", 0.10, 0.19, "larger", "no"),
        ("transfers", -0.5, -0.45, "same", "no"),
        ("utilisation", 0.05, 0.10, "larger", "no"),  # neither direction is better: more is larger
    ],
)
def test_found_is_about_the_gain_in_the_direction_of_the_outcome(outcome, on, off, found, hanging):
    row = ablated("made-up", OUTCOMES[outcome], np.full(4, on), np.full(4, off))
    assert (row.found, row.hangs) == (found, hanging)


def test_too_few_or_too_different_pairs_decide_nothing():
    one = ablated("made-up", OUTCOMES["value"], np.array([0.1]), np.array([0.0]))
    assert (one.n, one.change, one.found, one.hangs) == (1, -0.1, "none", "no result")
    wide = ablated("made-up", OUTCOMES["value"], np.array([0.1, 0.1, 0.1]), np.array([0.3, -0.2, 0.1]))
    assert (wide.found, wide.hangs) == ("undecided", "undecided")
    nobody = ablated("made-up", OUTCOMES["value"], np.array([NAN]), np.array([0.0]))
    assert nobody.n == 0 and math.isnan(nobody.change) and nobody.found == "none"


def test_a_result_hangs_where_it_is_gone_or_turned():
    assert hangs("better", "better") == "no"
    assert hangs("better", "worse") == hangs("worse", "no difference") == "yes"
    assert hangs("better", "undecided") == hangs("better", "none") == "undecided"
    assert hangs("no difference", "better") == hangs("undecided", "better") == hangs("none", "none") == "no result"


def test_every_word_of_a_row_is_said_in_both_languages():
    for word in ("smaller", "larger", "same", "unsure", "undecided", "none"):
        assert all(ablation_words[word])
    assert all(map(all, hanging_words.values()))


# --- over made-up worlds -------------------------------------------------------------------------------------


def made_up(what, shift, replications):
    """Return a comparison in which the regime lowers every outcome by ``shift`` in every world."""
    outcomes = outcomes_of(what.scenario)
    level = np.array([[50.0 + number] * len(outcomes) for number in replications])
    finished = [
        Replication(n, n, World({}), {arm: row - i * shift for i, arm in enumerate(what.arms)}, {}, {}, ())
        for n, row in zip(replications, level, strict=True)
    ]
    return Comparison(what, tuple(finished), outcomes, complete=len(finished) == what.replications)


@pytest.fixture
def made_up_worlds(two_mechanisms, monkeypatch):
    """Let every comparison be made up: a gain of 20 days, without renewal 8, and with equal hours none."""
    shifts = {NOTHING: 20.0, "renewal": 8.0, "hours": 0.0}
    done = []

    def pretend(what, *, progress, stop, **_):
        name = list(shifts)[len(done)]
        replications = [0, 2] if name == "renewal" else range(what.replications)
        done.append(name)
        progress(what.runs, what.runs)
        return replace(made_up(what, shifts[name], list(replications)), complete=True)

    monkeypatch.setattr(compare, "carry_out", pretend)
    return done


def small_plan(**options):
    return plan("one-zone", regime="more-staff", replications=3, days=50, **options)


def test_rows_are_over_the_pairs_that_both_have(made_up_worlds):
    seen = []
    result = carry_out(small_plan(), progress=lambda *told: seen.append(told))
    assert seen == [(6, 18), (12, 18), (18, 18)]
    assert result.complete and result.replications == (0, 1, 2)
    rows = {(row.mechanism, row.outcome): row for row in result.rows()}
    assert len(rows) == 2 * len(HEADLINE)
    wait = rows["renewal", "wait_mean"]
    assert (wait.n, wait.difference, wait.difference_off, wait.change) == (2, -20, -8, 12)
    gone = rows["hours", "wait_mean"]
    assert (gone.n, gone.found, gone.hangs) == (3, "smaller", "yes")
    assert rows["hours", "value"].found == "larger"  # there it took a loss away
    assert list(result.table().columns) == list(Ablated.__annotations__)
    assert all(not made.fresh and not made.store for made in result.comparisons.values())


def test_the_page_says_what_came_out_beside_what_was_expected(made_up_worlds):
    result = carry_out(small_plan())
    text = page(result)
    assert text.startswith("# Ablation: `more-staff` beside `traditional` in `one-zone`\n")
    assert "| Wait, mean (days) | -20 | -20 to -20 | better |" in text
    assert "| Renewal | -8 less |" in text  # of another regime nothing was expected
    assert "| Equal hours | +0 less * |" in text
    assert "- **Wait, mean**: Equal hours." in text and "Not complete" not in text
    expected = [replace(row, expected="larger") for row in result.rows()]
    waits = [result.whole.outcome("wait_mean")]
    assert list(ablation_page._hits(expected, waits))[-1] == "| Wait, mean | 0 | 2 | 0 |"
    assert ablation_page._cell(expected[0]) == "-8 **less** (more)"


def test_stopping_keeps_the_mechanisms_that_are_finished(made_up_worlds):
    stop = threading.Event()
    result = carry_out(small_plan(), progress=lambda done, _: stop.set() if done == 12 else None, stop=stop)
    assert made_up_worlds == [NOTHING, "renewal"]
    assert not result.complete and {row.mechanism for row in result.rows()} == {"renewal"}


def test_what_was_expected_is_said_of_the_regimes_it_was_expected_of(made_up_worlds, monkeypatch):
    assert {row.expected for row in carry_out(small_plan()).rows()} == {"none"}
    made_up_worlds.clear()
    monkeypatch.setattr(study, "CLAIMED", "more-staff")
    result = carry_out(small_plan())
    assert {row.expected for row in result.rows()} == {"same"}
    lines = " ".join(" ".join(screen_lines(result, "en")).split())
    assert "In brackets what was expected" in lines
    assert "Equal hours 0.0 less favourable (the same) the result hangs on it" in lines
    assert "Renewal -8.0 less favourable (the same) Equal" in lines


def test_failures_say_what_was_off(made_up_worlds):
    result = carry_out(small_plan())
    failure = Failure("more-staff", 1, 7, "run", "an error", "its story")
    first = Replication(1, 7, World({}), {}, {}, {}, (failure,))
    whole, renewal = (replace(result.comparisons[name], finished=(first,)) for name in (NOTHING, "renewal"))
    result = replace(result, comparisons={**result.comparisons, NOTHING: whole, "renewal": renewal})
    assert [each.regime for each in result.failures] == ["more-staff", "more-staff without renewal"]


# --- the command ---------------------------------------------------------------------------------------------


@pytest.fixture
def regie(monkeypatch, tmp_path):
    """Return a function that runs a command in an empty folder, at a computer that speaks English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return lambda *words: CliRunner().invoke(main, list(words))


SMALL = ("--regime", "more-staff", "--days", "60", "--replications", "2", "--set", "warmup_days=56", "--out", "out")


@pytest.mark.slow
def test_the_command_from_end_to_end(regie, two_mechanisms, tmp_path):
    result = regie("ablate", "one-zone", *SMALL)
    assert result.exit_code == 0, result.output
    assert "one mechanism off at a time; 2 pairs each" in " ".join(result.stdout.split())
    assert "Wait, mean, days" in result.stdout and "Equal hours" in result.stdout and "(the same)" not in result.stdout
    assert all(len(line) <= 60 for line in result.stdout.splitlines() if "Results:" not in line)
    assert "2 regimes with 2 mechanisms off in turn" in result.stderr
    place = tmp_path / "out"
    assert {path.name for path in place.iterdir()} == {
        "ablation.md", "ablation.csv", "ablation.parquet", "outcomes.csv", "outcomes.parquet", "scenario.toml",
        "scenarios", "provenance.json",
    }  # fmt: skip
    rows = pq.read_table(place / "ablation.parquet").to_pylist()
    assert [row["mechanism"] for row in rows] == ["renewal"] * 4 + ["hours"] * 4
    assert [row["outcome"] for row in rows[:4]] == list(HEADLINE)
    levels = pq.read_table(place / "outcomes.parquet").to_pandas()
    assert set(levels["off"]) == {NOTHING, "renewal", "hours"}
    value = levels[levels["outcome"] == "value"].pivot(index=["off", "replication"], columns="regime", values="value")
    difference = (value["more-staff"] - value["traditional"]).groupby("off").mean()
    assert rows[3]["difference"] == pytest.approx(difference[NOTHING])
    assert rows[3]["difference_off"] == pytest.approx(difference["renewal"])
    told = json.loads((place / "provenance.json").read_text())
    assert told["complete"] and told["command"].startswith("regie ablate one-zone --regime more-staff")
    assert told["switched_off"]["renewal"]["off"] == {"renewal_asked": 0.0}
    assert len({json.dumps(each["digests"]) for each in told["switched_off"].values()}) == 2


def test_json_and_dutch(regie, two_mechanisms):
    told = json.loads(regie("ablate", "one-zone", *SMALL, "--json").stdout)
    assert told["complete"] and told["regime"] == "more-staff" and len(told["rows"]) == 8
    dutch = regie("ablate", "one-zone", *SMALL[:-1], "again", "--lang", "nl").stdout
    assert "Niets uit" in dutch and "Verlenging" in dutch and "Uitkomsten:" in dutch


def test_hours_that_are_equal_already_change_nothing(one_zone, monkeypatch):
    monkeypatch.setattr(mechanisms, "mechanisms", lambda: {"hours": HOURS})
    small = one_zone.with_values({"warmup_days": 56})
    result = study.ablate(small, regime="more-staff", replications=1, days=60)
    assert [row.change for row in result.rows()] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--mechanisms", "trsut"], "There is no mechanism 'trsut'. Did you mean 'trust'?"),
        (["--mechanisms", ","], "--mechanisms names nothing"),
        (["--regime", "more-stafff"], "Did you mean 'more-staff'?"),
        (["--regime", "traditional"], "would be compared with itself"),
        (["--mechanisms", "trsut", "--lang", "nl"], "Er is geen mechanisme 'trsut'. Bedoelt u 'trust'?"),
        (["--only", "home-care"], "There is no option '--only' here."),
    ],
)
def test_a_bad_name_is_a_sentence_and_leaves_nothing(regie, words, says, tmp_path):
    result = regie("ablate", "one-zone", "--days", "60", *words)
    assert result.exit_code == 2 and result.stdout == ""
    assert says in result.stderr and "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_says_which_regime_is_taken_apart(regie):
    assert f"[default: {defaults.CLAIMED}]" in " ".join(regie("ablate", "--help").stdout.split())


def test_a_run_that_fails_everywhere_is_told(regie, two_mechanisms, monkeypatch, tmp_path):
    def fail(*_):
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr(runs, "warmed", fail)
    result = regie("ablate", "one-zone", *SMALL)
    assert result.exit_code == 1 and "made to fail" in result.stderr
    assert (tmp_path / "out" / "failures.jsonl").read_text().count("made to fail") >= 6
