"""The commands, as somebody at a keyboard meets them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.terminal.phrases import language_of_computer, number

ROOT = Path(__file__).parents[1]
SMALL = ["--days", "60", "--replications", "2"]


@pytest.fixture
def regie(monkeypatch, tmp_path):
    """Return a function that runs a command in an empty folder; scenarios are those of the package."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return lambda *words: CliRunner().invoke(main, list(words))


def process(*words, cwd, **environment):
    """Start a real process of the command."""
    known = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **environment}
    return subprocess.Popen(
        [sys.executable, *words], cwd=cwd, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def names_in(folder):
    return [path.name for path in folder.iterdir()]


def refused(result, *says):
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    for text in says:
        assert text in result.stderr
    assert "Traceback" not in result.stderr


# --- help and language ---------------------------------------------------------------------------------


def test_help_names_every_command(regie):
    for words in ((), ("--help",), ("-h",)):
        result = regie(*words)
        assert result.exit_code == 0
        for name in ("run", "compare", "scenarios", "regimes", "levers", "validate", "schema", "new"):
            assert f"  {name} " in result.stdout


def test_help_speaks_dutch_when_asked_or_when_the_computer_does(regie, monkeypatch):
    for words in (("compare", "--help", "--lang", "nl"), ("--lang=nl", "compare", "--help")):
        assert "Gebruik: regie compare" in regie(*words).stdout
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    assert "Toon deze hulp." in regie("run", "--help").stdout
    assert "Show this help." in regie("run", "--help", "--lang", "en").stdout


def test_every_option_has_help(regie):
    for name, command in main.commands.items():
        regie(name, "--help")
        assert all(param.help for param in command.params if isinstance(param, click.Option)), name


def test_the_language_of_the_computer(monkeypatch):
    for value, expected in (("nl_BE.UTF-8", "nl"), ("en_GB.UTF-8", "en"), ("C", "en"), ("", "en")):
        monkeypatch.setenv("LC_ALL", value)
        monkeypatch.setenv("LC_MESSAGES", "")
        monkeypatch.setenv("LANG", "C")
        assert language_of_computer() == expected


def test_numbers_are_written_as_people_do():
    assert number(1234.5, "en", 1) == "1,234.5"
    assert number(1234.5, "nl", 1) == "1.234,5"
    assert number(-0.004, "en", 1, signed=True) == "0.0"


def test_version(regie):
    result = regie("--version")
    assert result.exit_code == 0 and result.stdout.startswith("regie 0.")


# --- mistakes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["comprae", "one-zone"], "Did you mean 'compare'?"),
        (["compare"], "SCENARIO is missing"),
        (["compare", "one-zoon"], "Did you mean 'one-zone'?"),
        (["compare", "one-zone", "b"], "no scenario 'b'"),
        (["run", "one-zone", "b"], "'b' is one word too many"),
        (["compare", "one-zone", "--precision", "0"], "a share from 0.1% to 100%"),
        (["compare", "one-zone", "--worlds", "some"], "one of plausible, all, one"),
        (["compare", "one-zone", "breda-2005", "--regimes", "traditional"], "--regimes cannot be given"),
        (["compare", "one-zone", "--dys", "3"], "Did you mean '--days'?"),
        (["compare", "one-zone", "--days"], "--days needs a value"),
        (["compare", "one-zone", "--quick=3"], "--quick takes no value"),
        (["compare", "one-zone", "--days", "0"], "--days is '0'; it must be a whole number from 1 to 36500"),
        (["compare", "one-zone", "--days", "-1"], "--days is '-1'"),
        (["compare", "one-zone", "--days", "1e9"], "--days is '1e9'"),
        (["compare", "one-zone", "--days", "1000000000"], "--days is '1000000000'"),
        (["compare", "one-zone", "--days", "abc"], "--days is 'abc'"),
        (["compare", "one-zone", "--days", "9" * 5000], "--days is '999"),
        (["compare", "one-zone", "--replications", "0"], "--replications is '0'"),
        (["compare", "one-zone", "--seed", "-3"], "--seed is '-3'"),
        (["compare", "one-zone", "--seed", "nan"], "--seed is 'nan'"),
        (["compare", "one-zone", "--workers", "0"], "--workers is '0'"),
        (["compare", "one-zone", "--regimes", "more-stafff"], "Did you mean 'more-staff'?"),
        (["compare", "one-zone", "--regimes", ","], "--regimes names nothing"),
        (["compare", "one-zone", "--baseline", "traditionl"], "Did you mean 'traditional'?"),
        (["compare", "one-zone", "--only", "home-caer"], "Did you mean 'home-care'?"),
        (["compare", "one-zone", "--from", "yesterday"], "--from is 'yesterday'"),
        (["compare", "one-zone", "--from", "2004-01-01"], "--from"),
        (["run", "one-zone", "--set", "intake_huors=2"], "intake_hours"),
        (["run", "one-zone", "--set", "intake_hours=nan"], "intake_hours"),
        (["run", "one-zone", "--lang", "fr"], "--lang is 'fr'"),
        (["validate", "nowhere.toml"], "nowhere.toml"),
        (["schema", "regimes"], "must be one of scenario, regime"),
        (["new", "one-zone"], "already"),
        (["new", "../x"], "cannot be the name"),
    ],
)
def test_a_mistake_is_a_sentence(regie, words, says, tmp_path):
    refused(regie(*words), says)
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_in_dutch(regie):
    refused(
        regie("compare", "one-zone", "--days", "0", "--lang", "nl"), "Fout: --days is '0'; het moet een geheel getal"
    )


def test_a_mistake_of_a_lower_floor_in_dutch(regie):
    refused(regie("compare", "one-zone", "--from", "later", "--lang", "nl"), "het moet een datum zijn")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["compare", "one-zoon"], "Er is geen scenario 'one-zoon'. Bedoelt u 'one-zone'?"),
        (["compare", "one-zone", "--regimes", "more-stafff"], "Bedoelt u 'more-staff'?"),
        (["compare", "one-zone", "--only", "home-caer"], "Er is geen organisatie 'home-caer' in dit scenario."),
        (["run", "one-zone", "--set", "zones=0"], "moet een geheel getal van 1 tot en met 5000 (zones) zijn."),
        (["comprae"], "Er is geen opdracht 'comprae'. Bedoelt u 'compare'?"),
        (["validate", "nowhere.toml"], "nowhere.toml bestaat niet."),
        (["new", "../x"], "kan niet de naam van een scenario zijn."),
        (["run", "one-zone", "--out", "x" * 300], "is een te lange naam."),
    ],
)
def test_mistakes_of_all_floors_are_said_in_dutch(regie, words, says, tmp_path):
    refused(regie(*words, "--lang", "nl"), says)
    assert list(tmp_path.iterdir()) == []


def test_an_output_folder_in_use_is_refused_before_anything_is_computed(regie, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("dear to me")
    begun = time.monotonic()
    refused(regie("compare", "one-zone", "--days", "36500", "--out", "out"), "not empty")
    assert time.monotonic() - begun < 5
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "mine.txt"]


# --- lists and files -----------------------------------------------------------------------------------


def test_lists(regie):
    assert "breda-2005" in regie("scenarios").stdout
    assert "Eén wachtlijst" in regie("regimes", "--lang", "nl").stdout
    assert "extra_staff" in regie("levers").stdout


def test_new_writes_a_scenario_that_validates_and_never_overwrites(regie, tmp_path):
    result = regie("new", "my-town")
    assert result.exit_code == 0 and "my-town.toml" in result.stdout
    assert "is in order" in regie("validate", "./my-town.toml").stdout
    text = (tmp_path / "my-town.toml").read_text()
    refused(regie("new", "my-town"), "my-town")
    assert (tmp_path / "my-town.toml").read_text() == text


def test_regime_files_can_be_validated(regie, tmp_path):
    (tmp_path / "mine.toml").write_text('rationale = "to try"\nextends = "traditional"\n[levers]\ncontrol = 0.2\n')
    assert "a regime that sets" in regie("validate", "mine.toml").stdout
    (tmp_path / "wrong.toml").write_text('rationale = "to try"\nextends = "traditional"\n[levers]\ncontrol = 2\n')
    refused(regie("validate", "wrong.toml"), "control")
    assert "is in order" in regie("validate", "pooled-list").stdout


def test_schema_is_json(regie):
    assert json.loads(regie("schema").stdout)["properties"]
    assert json.loads(regie("schema", "regime").stdout)["properties"]


# --- run and compare -------------------------------------------------------------------------------------


def test_compare_writes_everything_and_names_the_report(regie, tmp_path):
    result = regie("compare", "one-zone", "--regimes", "more-staff,pooled-list", *SMALL, "--out", "out")
    assert result.exit_code == 0, result.output
    assert {"report.html", "outcomes.csv", "comparison.csv", "provenance.json"} <= set(names_in(tmp_path / "out"))
    assert result.stdout.rstrip().endswith("report.html")
    assert all(len(line) <= 60 for line in result.stdout.splitlines() if "report.html" not in line)
    told = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert told["command"].startswith("regie compare one-zone --regimes more-staff,pooled-list")
    assert told["regimes"] == ["traditional", "more-staff", "pooled-list"]


@pytest.mark.usefixtures("easily", "without_reports")
def test_a_narrow_terminal_gets_narrow_lines(regie, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    result = regie("compare", "one-zone", "--regimes", "one-management", *SMALL, "--out", "out", "--lang", "nl")
    assert all(len(line) <= 40 for line in result.stdout.splitlines() if "report.html" not in line)
    assert "Eén centraal management" in result.stdout and "onbeslist" in result.stdout


@pytest.mark.usefixtures("easily", "without_reports")
def test_the_baseline_and_doubles_among_the_regimes_are_run_once(regie):
    regimes = "more-staff,traditional,more-staff"
    told = json.loads(regie("compare", "one-zone", "--regimes", regimes, *SMALL, "--json", "--out", "out").stdout)
    assert told["regimes"] == ["traditional", "more-staff"]
    assert told["titles"]["more-staff"] == {"en": "More staff", "nl": "Meer personeel"}


@pytest.mark.usefixtures("easily")
def test_a_regime_of_ones_own_is_called_by_its_title_on_screen_and_page(regie, tmp_path):
    (tmp_path / "mine.toml").write_text('title = "Our way"\ntitle_nl = "Onze weg"\nextends = "more-staff"\n')
    result = regie("compare", "one-zone", "--regimes", "./mine.toml", *SMALL, "--out", "out", "--lang", "nl")
    assert "Onze weg" in result.stdout
    assert "Onze weg" in (tmp_path / "out" / "report.html").read_text()


@pytest.mark.usefixtures("easily", "without_reports")
def test_compare_takes_all_regimes_unless_told(regie):
    result = regie("compare", "one-zone", "--days", "14", "--replications", "1", "--json", "--out", "out")
    told = json.loads(result.stdout)
    assert {"traditional", "more-staff", "one-management", "pooled-list"} <= set(told["regimes"])


@pytest.mark.usefixtures("easily", "without_reports")
def test_json_stands_alone_on_standard_output(regie):
    result = regie("compare", "one-zone", "--regimes", "more-staff", *SMALL, "--json", "--out", "out")
    told = json.loads(result.stdout)
    assert told["complete"] and told["replications"] == 2 and told["report"].endswith("report.html")
    assert {row["outcome"] for row in told["differences"]} >= {"wait_mean", "value"}
    assert "Report:" in result.stderr


def test_run_writes_under_results_with_the_time(regie, tmp_path):
    result = regie("run", "one-zone", "--days", "60", "--regime", "more-staff", "--lang", "nl")
    assert result.exit_code == 0, result.output
    (folder,) = (tmp_path / "results" / "one-zone").iterdir()
    assert "comparison.csv" not in names_in(folder) and "report.html" in names_in(folder)
    assert "Meer personeel\n" in result.stdout and str(folder) in result.stdout


@pytest.mark.usefixtures("easily", "without_reports")
def test_set_only_and_from_reach_the_run(regie, tmp_path):
    words = ["--set", "intake_hours=2", "--only", "home-care", "--from", "2005-11-30", "--regimes", "more-staff"]
    result = regie("compare", "one-zone", *words, *SMALL, "--out", "out")
    assert result.exit_code == 0, result.output
    told = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert (told["only"], told["from_day"]) == (["home-care"], 29)
    said = " ".join(result.stdout.split())
    assert "Only these organisations change: Home care. The change begins on 2005-11-30, day 29;" in said
    assert "intake_hours = { value = 2" in (tmp_path / "out" / "scenario.toml").read_text()


@pytest.mark.usefixtures("easily", "without_reports")
def test_equal_hours_are_asked_for_said_and_kept(regie, tmp_path):
    result = regie("compare", "one-zone", "--equal-hours", "--regimes", "client-steering", *SMALL, "--out", "out")
    assert result.exit_code == 0, result.output
    assert "Hours were made equal: no regime frees hours for clients." in " ".join(result.stdout.split())
    assert json.loads((tmp_path / "out" / "provenance.json").read_text())["equal_hours"] is True
    resolved = (tmp_path / "out" / "scenarios" / "client-steering.toml").read_text()
    assert "renewal_asked = { value = 0" in resolved and "smaller_step = { value = 0" in resolved
    usual = regie("compare", "one-zone", "--regimes", "client-steering", *SMALL, "--out", "usual")
    assert "--equal-hours shows what is left without." in " ".join(usual.stdout.split())


# --- real processes ----------------------------------------------------------------------------------------


def test_importing_and_listing_is_quick_and_running_needs_no_mesa_or_pandas(tmp_path):
    code = """
import sys, sim
heavy = {"numba", "mesa", "pandas", "pyarrow", "scipy", "plotly"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
from sim.cli import main
try:
    main(["scenarios"])
except SystemExit:
    pass
assert not heavy & set(sys.modules), heavy & set(sys.modules)
try:
    main(["run", "one-zone", "--days", "30", "--out", "out"])
except SystemExit as done:
    assert not done.code
assert not {"mesa", "pandas"} & set(sys.modules)
"""
    child = process("-c", code, cwd=tmp_path)
    _, told = child.communicate(timeout=200)
    assert child.returncode == 0, told


def test_the_lazy_names_of_the_package():
    import sim

    assert sim.Scenario.load("one-zone").name == "one-zone"
    assert callable(sim.compare) and callable(sim.run)
    assert set(sim.__all__) <= set(dir(sim))
    with pytest.raises(AttributeError, match="nothing"):
        _ = sim.nothing


def test_who_reads_no_more_hears_no_complaint(tmp_path):
    child = process("-m", "sim.cli", "schema", cwd=tmp_path)
    child.stdout.close()
    with child.stderr:
        assert child.stderr.read() == ""
    child.wait(timeout=30)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="redirections of a shell of POSIX")
def test_a_closed_or_full_output_takes_no_result_away(tmp_path):
    for place, (redirected, code) in enumerate(((">&-", 0), ("2>&-", 0), (">/dev/full", 2))):
        if "full" in redirected and not Path("/dev/full").exists():
            continue
        line = f"{sys.executable} -m sim.cli run one-zone --days 3 --out out{place} {redirected}"
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(["sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == code and "Traceback" not in done.stderr, (redirected, done.stderr)
        assert (tmp_path / f"out{place}" / "report.html").exists()


def test_ascii_terminals_are_no_trouble(tmp_path):
    child = process("-m", "sim.cli", "regimes", "--lang", "nl", cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    told, complaint = child.communicate(timeout=30)
    assert child.returncode == 0 and "pooled-list" in told and complaint == ""


SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # where it is ignored a child inherits that
from sim.study import runs
lived = runs.live_on
def slowly(*arguments):
    time.sleep(0.1)
    return lived(*arguments)
runs.live_on = slowly
from sim.cli import main
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), pytest.param("SIGTERM", 143, marks=pytest.mark.slow)])
def test_stopping_writes_what_is_finished(tmp_path, name, code):
    words = ["compare", "one-zone", "--regimes", "more-staff", "--days", "30", "--replications", "500", "--out", "out"]
    words += ["--worlds", "one"]
    child = process("-c", SLOW, *words, cwd=tmp_path)
    assert "500" in _first_line(child)
    until = time.monotonic() + 60
    while not any(tmp_path.glob(".unfinished-*/*.npz")) and time.monotonic() < until:
        time.sleep(0.05)
    child.send_signal(getattr(signal, name))
    told, complaint = child.communicate(timeout=60)
    assert child.returncode == code, complaint
    assert "Traceback" not in complaint and "Stopped early" in complaint and "report.html" in told
    provenance = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert provenance["complete"] is False and 0 < len(provenance["replications"]) < 500
    (kept,) = set(names_in(tmp_path)) - {"out"}
    assert kept.startswith(".unfinished-")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_stopping_twice_stops_at_once_and_leaves_nothing(tmp_path):
    slower = SLOW.replace("0.1", "20")
    child = process("-c", slower, "run", "one-zone", "--days", "30", "--out", "out", cwd=tmp_path)
    _first_line(child)
    time.sleep(1)
    child.send_signal(signal.SIGINT)
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=10)
    assert child.returncode == 130
    assert names_in(tmp_path) == []


def _first_line(child):
    """Wait until the computing has begun; a first compilation may come before."""
    line = child.stderr.readline()
    return child.stderr.readline() if "ompil" in line else line
