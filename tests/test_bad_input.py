"""Whatever is given, the outcome is a scenario or a sentence that says what is wrong and how to mend it."""

from __future__ import annotations

import ast
import os
import re
import stat
import string
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import sim.errors
import sim.report.words
import sim.scenario.sentences
import sim.study.sentences
import sim.study.verdicts
import sim.sweeps.analysis.sentences
import sim.sweeps.archive.sentences
import sim.sweeps.sentences
import sim.terminal.phrases
from sim.errors import RegieError, Said, Sentences, nearest
from sim.scenario import Scenario, json_schema, levers, load_regime, new_scenario, parameters
from sim.scenario.listing import list_levers
from sim.scenario.units import UNITS
from sim.study.outcomes import outcomes_of

WHOLE = """
[kinds.nursing]
sector = "care"
share = 1.0
hours_per_week = 2.0
lasting_days = 300
[organisations.a]
sector = "care"
staff = { nursing = 3 }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a clone of its own, which is also the working directory's."""
    (tmp_path / "scenarios" / "regimes").mkdir(parents=True)
    (tmp_path / "scenarios" / "whole.toml").write_text(WHOLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "scenarios"


def refusal(text: str | bytes, folder: Path | None = None) -> str:
    """Return the sentence with which a file of that content is refused."""
    with pytest.raises(RegieError) as caught:
        if folder is None:
            Scenario.from_toml(text, "mine.toml")
        else:
            path = folder / "mine.toml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            Scenario.load(path)
    return str(caught.value)


def override_refusal(*overrides: str) -> str:
    with pytest.raises(RegieError) as caught:
        Scenario.load("one-zone", overrides=overrides)
    return str(caught.value)


# --- values ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("zones = 0", "parameters.zones = 0: must be a whole number from 1 to 5000 (zones)."),
        ("zones = 5001", "parameters.zones = 5001: must be a whole number from 1 to 5000"),
        ("zones = true", "parameters.zones = true: must be a whole number from 1 to 5000"),
        ("zones = 4.0", "Write it without a decimal point."),
        ("zones = '4'", "parameters.zones = '4': must be a whole number from 1 to 5000 (zones). Write it without"),
        ("zones = [4]", "parameters.zones = [4]: must be a whole number"),
        ("zones = { value = 0, source = 'x' }", "parameters.zones = 0: must be a whole number"),
        ("zones = { source = 'x' }", "parameters.zones: a table here needs a value: { value = …"),
        ("zones = { value = 2, sorce = 'x' }", "parameters.zones.sorce = 'x': beside a value only value, source"),
        ("zones = { value = 2, status = 'X' }", "parameters.zones.status = 'X': must be one of 'V', 'V2', 'C'"),
        ("zones = { value = 2, source = 3 }", "parameters.zones.source = 3: must be a text in quotes"),
        ("intake_hours = nan", "parameters.intake_hours = nan: must be a number from 0 to 20 (hours). nan is not"),
        ("intake_hours = inf", "parameters.intake_hours = inf: must be a number from 0 to 20 (hours). inf is not"),
        ("intake_hours = 1e99", "parameters.intake_hours = 1e+99: must be a number from 0 to 20 (hours)."),
        ("intake_hours = false", "parameters.intake_hours = false: must be a number from 0 to 20"),
        ("intake_hours = 2005-01-01", "parameters.intake_hours = 2005-01-01: must be a number from 0 to 20"),
        ("zonse = 3", "parameters.zonse: there is no such key in [parameters]. Did you mean 'zones'?"),
        ("control = 0.2", "parameters.control: this is a lever: write it under [levers]"),
        ("title = 'x'", "parameters.title: this belongs at the top of the file"),
        ("qqqqqqqq = 1", "`regie schema` lists the valid names."),
    ],
)
def test_a_wrong_parameter_is_named_with_its_line_value_and_what_is_allowed(line, said):
    text = refusal(WHOLE + "[parameters]\n" + line)
    assert said in text
    assert text.startswith("mine.toml, line 11: ")
    assert "\n" not in text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("control = 1.1", "levers.control = 1.1: must be a number from 0 to 1."),
        ("pooled_list = 1", "levers.pooled_list = 1: must be true or false. Write it in small letters"),
        ("pooled_list = 'True'", "levers.pooled_list = 'True': must be true or false. Write it in small letters"),
        ("catalogue = 2.5", "levers.catalogue = 2.5: must be a whole number from 1 to 50"),
        ("contrl = 1", "levers.contrl: there is no such key in [levers]. Did you mean 'control'?"),
        ("zones = 2", "levers.zones: this is no lever but a property of the world: write it under [parameters]."),
    ],
)
@pytest.mark.parametrize(
    "table", ["levers", "organisations.a.levers", "organisations.a.warmup_levers", "warmup.levers"]
)
def test_a_wrong_lever_is_named_wherever_it_stands(table, line, said):
    text = refusal(WHOLE + f"[{table}]\n" + line)
    assert said.replace("levers", table).replace(f"under [{table}]", "under [levers]") in text
    assert text.startswith("mine.toml, line 11: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kinds.x = 3\n" + WHOLE, "line 1: kinds.x = 3: must be a table"),
        ("kinds.nursing = false\n" + WHOLE, "not valid TOML"),
        ("kinds = 3", "line 1: kinds = 3: must be a table"),
        ("levers = []", "line 1: levers = []: must be a table"),
        ("changes = 3", "line 1: changes = 3: must be a list"),
        ("parameters = 'x'", "line 1: parameters = 'x': must be a table"),
        ("zones = 4\n" + WHOLE, "line 1: zones: write it under [parameters]."),
        ("control = 1\n" + WHOLE, "line 1: control: write it under [levers]."),
        ("titel = 'x'\n" + WHOLE, "line 1: titel: there is no such key at the top of the file. Did you mean 'title'?"),
        ("title = 3\n" + WHOLE, "line 1: title = 3: must be a text in quotes of at most 200 characters."),
        ("start = '2005-01-01'\n" + WHOLE, "line 1: start = '2005-01-01': must be a date such as"),
        ("start = 2005-01-01T00:00:00\n" + WHOLE, "line 1: start = 2005-01-01 00:00:00: must be a date such as"),
        ("start = 1805-01-01\n" + WHOLE, "line 1: start = 1805-01-01: must be a date such as"),
        ("regime = 'traditionel'\n" + WHOLE, "line 1: regime = 'traditionel': There is no regime"),
        ("regime = './x.toml'\n" + WHOLE, "line 1: regime = './x.toml': must be the name of a regime"),
        ("name = '../../x'\n" + WHOLE, "line 1: name = '../../x': must be a name"),
        ("extends = 3\n", "line 1: extends = 3: must be a text"),
        (
            "extends = 'one-zon'\n",
            "line 1: extends = 'one-zon': There is no scenario 'one-zon'. Did you mean 'one-zone'?",
        ),
        (WHOLE.replace('"care"\nshare', '"cares"\nshare'), "kinds.nursing.sector = 'cares': must be one of 'care'"),
        (
            WHOLE.replace("share =", "shar ="),
            "kinds.nursing.shar: there is no such key in [kinds.nursing]. Did you mean 'share'?",
        ),
        (WHOLE.replace("share = 1.0", ""), "line 2: kinds.nursing: this must also say share."),
        (
            WHOLE.replace('[organisations.a]\nsector = "care"', "[organisations.a]"),
            "organisations.a: this must also say sector.",
        ),
        (
            WHOLE.replace("hours_per_week = 2.0", "hours_per_week = 0"),
            "must be a number from 0.01 to 168 (hours per week).",
        ),
        (
            WHOLE.replace("nursing = 3", "nursing = -1"),
            "organisations.a.staff.nursing = -1: must be a whole number from 0 to",
        ),
        (
            WHOLE.replace("nursing = 3", "nursng = 3"),
            "staff.nursng = 3: there is no kind of help 'nursng'. Did you mean 'nursing'?",
        ),
        (WHOLE.replace("[kinds.nursing]", '[kinds."a b"]'), "kinds.a b: a name is made of letters"),
        (WHOLE + "renown = -1", "line 10: organisations.a.renown = -1: must be a number from 0 to 1000"),
        (
            WHOLE + "[organisations]\nb = false",
            "line 11: organisations.b = false: no file that this one extends has it",
        ),
        (
            WHOLE + "[organisations.a.regime_levers]\ncontrol = 1",
            "line 11: organisations.a.regime_levers.control: only a resolved",
        ),
    ],
)
def test_a_wrong_structure_is_named_with_its_line(text, said):
    assert said in refusal(text)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("day = -1\nlevers = { control = 1 }", "line 11: changes[1].day = -1: must be a whole number from 0 to 100000"),
        ("day = 100001\nlevers = { control = 1 }", "changes[1].day = 100001: must be a whole number"),
        ("day = 3", "line 10: changes[1]: a change needs levers"),
        ("levers = { control = 1 }", "line 10: changes[1]: say when"),
        ("day = 3\ndate = 2006-01-01\nlevers = { control = 1 }", "changes[1]: say when"),
        (
            "date = 2004-12-31\nlevers = { control = 1 }",
            "changes[1].date = 2004-12-31: must be a date from day 0, 2005-01-01",
        ),
        ("day = 3\nlevers = { contrl = 1 }", "changes[1].levers.contrl: there is no such key"),
        ("day = 3\ncontrol = 1", "line 12: changes[1].control: write it as levers = { control = … }."),
        ("day = 3\nregime = 'x'", "changes[1].regime: a change sets levers, not a regime"),
        (
            "day = 3\norganisations = ['b']\nlevers = { control = 1 }",
            "line 12: changes[1].organisations = 'b': there is no org",
        ),
        (
            "day = 3\norganisations = []\nlevers = { control = 1 }",
            "changes[1].organisations: an empty list changes nobody",
        ),
        ("day = 3\nof = 'x'\nlevers = { control = 1 }", "changes[1].of: only a resolved copy"),
    ],
)
def test_a_wrong_change_is_named_with_its_line(entry, said):
    assert said in refusal(WHOLE + "[[changes]]\n" + entry)


def test_all_mistakes_of_a_file_and_of_those_it_extends_are_said_at_once(folder):
    (folder / "parent.toml").write_text("[parameters]\nzones = 0\n")
    text = refusal("title = 3\nextends = 'parent'\nstart = 4\n[levers]\ncontrol = 2\nsick_days = 3\n", folder)
    assert text.splitlines() == [
        "5 mistakes:",
        "scenarios/mine.toml, line 1: title = 3: must be a text in quotes of at most 200 characters.",
        "scenarios/mine.toml, line 3: start = 4: must be a date such as 2005-11-01 (without quotes), from "
        "1900-01-01 to 2200-12-31.",
        "scenarios/mine.toml, line 5: levers.control = 2: must be a number from 0 to 1.",
        "scenarios/mine.toml, line 6: levers.sick_days: this is no lever but a property of the world: write it "
        "under [parameters].",
        "scenarios/parent.toml, line 2: parameters.zones = 0: must be a whole number from 1 to 5000 (zones).",
    ]


def test_of_very_many_mistakes_the_first_are_said_and_the_rest_counted():
    text = refusal("\n".join(f"wrong{number} = 1" for number in range(30_000)))
    assert len(text.splitlines()) == 42
    assert text.splitlines()[-1].endswith("more.")


@pytest.mark.parametrize("name", sorted(parameters()))
def test_every_parameter_refuses_what_lies_beyond_its_range(name):
    declared = parameters()[name]
    low, high = declared.range
    wrong = ["maybe"] if declared.type == "bool" else [low - 1, high + 1, float("nan"), float("inf"), 1e99, True, "1"]
    for value in wrong:
        with pytest.raises(RegieError, match=name):
            Scenario.load("one-zone").with_values({name: value})


def test_lines_are_found_after_texts_of_several_lines_and_in_all_spellings():
    top = "description = \"\"\"\n[parameters]\nzones = 0\n\"\"\"\ndescription_nl = '''\nseeing = 1\n'''\n"
    for spelling in ("[parameters]\nzones = 0", "[ parameters ]\n'zones' = 0", '[parameters]\n"zones"=0'):
        assert refusal(top + WHOLE + spelling).startswith("mine.toml, line 18: parameters.zones = 0")
    assert refusal(top + "parameters . zones = 0\n").startswith("mine.toml, line 8: parameters.zones = 0")


# --- the scenario as a whole -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = 'x'", "at least one kind of help"),
        ("title = 'x'", "at least one organisation"),
        (WHOLE.replace("share = 1.0", "share = 0"), "kinds.nursing.share = 0: the shares of all kinds are 0"),
        (WHOLE.replace("nursing = 3", ""), "no organisation has staff"),
        (WHOLE.replace("nursing = 3", "nursing = 0"), "no organisation has staff"),
        (WHOLE + "renown = 0", "line 10: organisations.a.renown = 0.0: the renown of all organisations is 0"),
        (
            WHOLE + "[parameters]\nfrailty_low = 0.95",
            "parameters.frailty_low = 0.95: must be at most frailty_high, which is 0.9",
        ),
        (
            WHOLE + "[parameters]\nfrailty_high = 0.05",
            "parameters.frailty_high = 0.05: must be at least frailty_low, which is 0.1",
        ),
        (
            WHOLE + "[parameters]\nlistening_low = 0.8",
            "listening_low = 0.8: must be at most listening_high, which is 0.7",
        ),
        (WHOLE + "[parameters]\ncraft_low = 0.96", "craft_low = 0.96: must be at most craft_high, which is 0.95"),
        (
            WHOLE + "[parameters]\nsick_share = 0.85",
            "leave_share and sick_share together must be below 1; the other is 0.2",
        ),
        (WHOLE.replace("nursing]", "repairs]"), "there is no kind of help 'nursing'"),
        (
            WHOLE + "[parameters]\nzones = 5000\nclients_at_start = 501",
            "about 2,505,000 clients at a time; at most 2,500,000",
        ),
        (
            WHOLE.replace("nursing = 3", "nursing = 100000") + "[parameters]\nzones = 11",
            "about 1,100,000 workers; at most",
        ),
        (WHOLE + "[parameters]\nzones = 100\narrivals_per_year = 12000\nwarmup_days = 7300", "arrivals in the warm-up"),
    ],
)
def test_an_impossible_combination_says_why(text, said):
    assert said in refusal(text)


def test_a_kind_that_is_asked_for_must_be_offered():
    other = '[kinds.repairs]\nsector = "housing"\nshare = 0.1\nhours_per_week = 1\nlasting_days = 40\n'
    text = refusal(other + WHOLE)
    assert "line 3: kinds.repairs.share = 0.1: people ask for 'repairs' but no organisation has staff" in text
    assert Scenario.from_toml(other.replace("0.1", "0") + WHOLE).kinds[0].share == 0


@pytest.mark.parametrize(("what", "most"), [("kinds", 16), ("organisations", 60)])
def test_the_number_of_kinds_and_organisations_is_bounded(what, most):
    kind = '[kinds.k{}]\nsector = "care"\nshare = 0\nhours_per_week = 1\nlasting_days = 40\n'
    organisation = '[organisations.o{}]\nsector = "care"\n'
    entry = kind if what == "kinds" else organisation
    fitting = WHOLE + "".join(entry.format(number) for number in range(most - 1))
    assert len(getattr(Scenario.from_toml(fitting), what)) == most
    assert f"at most {most}" in refusal(fitting + entry.format("x"))


# --- files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (bytes(range(256)), "is not a text file"),
        ("title = 'é'".encode("latin-1"), "is not text in UTF-8 (line 1)"),
        ("title = 'x'".encode("utf-16"), "UTF-8"),
        (b"#" * 1_000_001, "has 1000001 bytes; at most 1000000 are read"),
        (b"#" * 20_001, "line 1 is longer than 20000 characters"),
        (
            b"title = 'x'\n\nzones 4\n",
            "line 3: not valid TOML: a line is `key = value`, or a [table]. The line reads: zones 4",
        ),
        (b"title = 'x'\ntitle = 'y'\n", "line 2: not valid TOML: this key was given before"),
        (b"[levers]\n[levers]\n", "line 2: not valid TOML: this table stands in the file twice"),
        (b"title = x\n", "line 1: not valid TOML: this is no value"),
        (b"title = 'x\n", "line 1: not valid TOML: a text in quotes is not closed"),
        (b"x = " + b"9" * 5000, "a number has thousands of digits"),
        (b"x = " + b"[" * 5000, "brackets within brackets too deeply"),
        (b"a" + b".a" * 9000 + b" = 1", "there is no such key at the top of the file"),
        (b"parameters" + b".a" * 9000 + b" = 1", "parameters.a"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused_by_name(content, said, folder):
    text = refusal(content, folder)
    assert said in text
    assert "scenarios/mine.toml" in text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere.toml", "nowhere.toml does not exist"),
        ("scenarios/whol.toml", "does not exist. Did you mean 'whole.toml'?"),
        ("scenarios/", "is a directory"),
        ("./scenarios", "is a directory"),
        ("scenarios/whole.toml/x.toml", "cannot be read"),
        ("a\0.toml", "cannot be the name of a file"),
        ("x" * 5000 + ".toml", "cannot be read"),
        ("/dev/zero", "is not an ordinary file"),
        ("whol", "There is no scenario 'whol'. Did you mean 'whole'?"),
        ("", "There is no scenario ''. There are:"),
        ("..", "There is no scenario '..'"),
        ("a\nb", "There is no scenario 'a\\nb'"),
        ("\udcff", "There is no scenario"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has other names")
def test_a_path_that_leads_to_no_scenario_is_refused(path, said, folder):
    with pytest.raises(RegieError) as caught:
        Scenario.load(path)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(folder):
    os.mkfifo(folder / "pipe.toml")
    with pytest.raises(RegieError, match="not an ordinary file"):
        Scenario.load("pipe")


def test_a_file_without_permission_is_refused(folder, monkeypatch):
    def locked(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", locked)  # root may read everything, so pretend
    with pytest.raises(RegieError, match="no permission"):
        Scenario.load("whole")


def test_a_link_that_leads_to_itself_is_refused(folder):
    (folder / "loop.toml").symlink_to(folder / "loop.toml")
    with pytest.raises(RegieError, match=r"loop\.toml cannot be read"):
        Scenario.load("loop")
    said = refusal("extends = 'loop'", folder)
    # Python 3.13 looks past a loop of links; the file system then refuses to open it.
    assert "'loop': that is no path of a file" in said or "loop.toml cannot be read" in said


def test_extends_that_goes_round_in_a_circle_is_refused_with_the_circle(folder):
    (folder / "a.toml").write_text("extends = 'b'")
    (folder / "b.toml").write_text("extends = './mine.toml'")
    text = refusal("extends = 'a'", folder)
    assert "scenarios/b.toml, line 1: extends = './mine.toml': 'extends' goes round in a circle" in text
    assert "(mine → a → b → mine)" in text
    assert "circle (mine → mine)" in refusal("extends = 'mine'", folder)


def test_a_chain_of_very_many_files_is_refused(folder):
    for number in range(40):
        (folder / f"c{number}.toml").write_text(f"extends = 'c{number + 1}'")
    assert "more than 20 files extend one another" in refusal("extends = 'c0'", folder)


@pytest.mark.parametrize(
    "path", ["../secret.toml", "/etc/passwd", "link.toml", "x/../../secret.toml", "x/\\u0000.toml"]
)
def test_extends_cannot_leave_the_folder(path, folder):
    (folder.parent / "secret.toml").write_text(WHOLE)
    (folder / "link.toml").symlink_to(folder.parent / "secret.toml")
    text = refusal(f'extends = "{path}"', folder)
    assert "outside the folder" in text or "no path of a file" in text
    assert "scenarios/mine.toml, line 1: extends = " in text


def test_extends_of_a_file_with_a_mistake_names_that_file(folder):
    (folder / "parent.toml").write_text("title = 'x'\nzones 4\n")
    assert "scenarios/parent.toml, line 2: not valid TOML" in refusal("extends = 'parent'", folder)
    assert "does not exist" in refusal("extends = './absent.toml'", folder)


def test_a_text_from_elsewhere_cannot_extend_a_path():
    assert "not a path" in refusal("extends = './scenarios/one-zone.toml'")


def test_a_resolved_copy_neither_extends_nor_is_extended(folder):
    copy = Scenario.load("whole").to_toml()
    (folder / "copy.toml").write_text(copy)
    assert "a resolved copy cannot be extended" in refusal("extends = 'copy'", folder)
    assert "a resolved copy says everything itself" in refusal("regime = 'traditional'\n" + copy, folder)


# --- regimes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[levers]\ncontrol = 2", "line 2: levers.control = 2: must be a number from 0 to 1."),
        (
            "[levers]\nzones = 2",
            "levers.zones: this is no lever but a property of the world: write it under a scenario's",
        ),
        ("[parameters]\nzones = 2", "line 1: parameters: there is no such key at the top of the file"),
        ("[[changes]]\nlevers = { control = 1 }", "changes[1]: say when"),
        ("[[changes]]\ndate = 2006-01-01\nlevers = { control = 1 }", "changes[1].date: there is no such key"),
        ("[[changes]]\nday = 3", "changes[1]: a change needs levers"),
        ("[[changes]]\nday = 3\norganisations = ['b']\nlevers = { control = 1 }", "there is no organisation 'b'"),
        ("extends = '../whole.toml'", "outside the folder"),
        ("extends = 'mine'", "circle"),
        ("levers = 3", "line 1: levers = 3: must be a table"),
    ],
)
def test_a_wrong_regime_is_refused_and_its_file_named(text, said, folder):
    (folder / "regimes" / "mine.toml").write_text(text)
    with pytest.raises(RegieError) as caught:
        Scenario.load("whole").with_regime("mine")
    assert said in str(caught.value)
    assert "scenarios/regimes/mine.toml" in str(caught.value)


def test_an_unknown_regime_or_organisation_is_refused_with_the_nearest():
    scenario = Scenario.load("one-zone")
    with pytest.raises(RegieError, match=r"no regime 'pooled-lst'\. Did you mean 'pooled-list'\?"):
        scenario.with_regime("pooled-lst")
    with pytest.raises(RegieError, match=r"no organisation 'welfre' in this scenario\. Did you mean 'welfare'\?"):
        scenario.with_regime("pooled-list", only=["home-care", "welfre"])
    with pytest.raises(RegieError, match="There is no regime"):
        load_regime("")


@pytest.mark.parametrize("day", [-1, 100_001, 1.5, True, "3", None])
def test_a_regime_begins_on_a_whole_day_within_bounds(day):
    with pytest.raises(RegieError, match="day 0 to 100000"):
        Scenario.load("one-zone").with_regime("pooled-list", from_day=day)


def test_a_change_of_a_regime_that_begins_late_stays_within_bounds(folder):
    (folder / "regimes" / "mine.toml").write_text("[[changes]]\nday = 99999\nlevers = { control = 1 }\n")
    with pytest.raises(RegieError, match="Begin earlier"):
        Scenario.load("whole").with_regime("mine", from_day=3)


# --- overrides -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("zones", "not of the form path=value. Write path=value, such as intake_hours=2"),
        ("", "not of the form path=value"),
        ("zones=" + "1" * 2000, "not of the form path=value"),
        ("=3", "there is no such value. Possible are"),
        ("zonse=3", "--set zonse=3: there is no such value. Did you mean 'zones'?"),
        ("zones=0", "--set: parameters.zones = 0: must be a whole number from 1 to 5000 (zones)."),
        ("zones=", "parameters.zones = '': must be a whole number"),
        ("zones=1\nseeing=2", "parameters.zones = '1\\nseeing=2': must be a whole number"),
        ("zones=[[[[", "must be a whole number"),
        (
            "control=0,3",
            "levers.control = '0,3': must be a number from 0 to 1. Write it without quotes, with a decimal point",
        ),
        ("control=nan", "nan is not a number one can count with."),
        ("pooled_list=perhaps", "levers.pooled_list = 'perhaps': must be true or false."),
        ("parameters.control=0.3", "parameters.control: this is a lever"),
        ("levers.zones=3", "levers.zones: this is no lever"),
        ("warmup.levers.control=0.3", "there is no such value"),
        ("start=2005-01-01", "this can only be written in a file"),
        ("a.b.c.d=1", "there is no such value"),
        (
            "organisations.home-car.renown=2",
            "there is no organisation 'home-car' in this scenario. Did you mean 'home-care'?",
        ),
        ("organisations.home-care=false", "of an organisation renown, staff.KIND and levers.LEVER can be set."),
        ("organisations.home-care.title='x'", "of an organisation renown, staff.KIND and levers.LEVER can be set."),
        ("organisations.home-care.staff.nursng=3", "there is no kind of help 'nursng'. Did you mean 'nursing'?"),
        ("organisations.home-care.staff.nursing=1.5", "must be a whole number from 0 to 100000 (workers per zone)."),
        ("kinds.nurse.share=0.3", "there is no kind of help 'nurse'. Did you mean 'nursing'?"),
        ("kinds.nursing.shares=0.3", "Did you mean 'share'?"),
        ("kinds.nursing.share=2", "kinds.nursing.share = 2: must be a number from 0 to 1"),
        ("frailty_low=0.95", "--set: parameters.frailty_low = 0.95: must be at most frailty_high, which is 0.9."),
        ("clients_at_start=2000000\u0660", "must be a number"),
    ],
)
def test_a_wrong_override_is_refused_with_what_is_possible(override, said):
    assert said in override_refusal(override)


def test_all_wrong_overrides_are_said_at_once():
    text = override_refusal("zones=0", "intake_hours=2", "zonse=1", "control=7")
    assert text.splitlines()[0] == "3 mistakes:"


def test_an_override_of_staff_that_leaves_a_kind_without_staff_is_refused():
    text = override_refusal(
        "organisations.welfare.staff.paperwork=0", "organisations.community-centre.staff.paperwork=0"
    )
    assert "people ask for 'paperwork' but no organisation has staff for it" in text


def test_an_override_that_makes_the_scenario_absurdly_large_is_refused():
    assert "clients at a time" in override_refusal("zones=5000", "clients_at_start=2000000")


def test_an_unknown_parameter_or_a_lever_is_not_read_as_a_parameter():
    scenario = Scenario.load("one-zone")
    with pytest.raises(RegieError, match="Did you mean 'zones'"):
        scenario["zonse"]
    with pytest.raises(RegieError, match="is a lever"):
        scenario["control"]


# --- anything at all -------------------------------------------------------------------------------------

ONE_ZONE = Scenario.load("one-zone")
PATHS = st.one_of(
    st.sampled_from(sorted(parameters())),
    st.sampled_from(["organisations.home-care.renown", "organisations.home-care.staff.nursing", "kinds.nursing.share"]),
    st.sampled_from([f"organisations.welfare.levers.{name}" for name in levers()]),
    st.sampled_from(
        ["organisations", "kinds.nursing", "levers.", ".", "kinds..share", "resolved.regime", "changes.0.day"]
    ),
    st.text(max_size=20),
)
VALUES = st.one_of(
    st.integers().map(str),
    st.floats().map(repr),
    st.sampled_from(
        ["true", "false", "'x'", "{}", "{ value = 1 }", "[]", "2005-01-01", "1e999", "-0.0", "0x10", "1_0"]
    ),
    st.text(max_size=20),
)


def outcome(do: object) -> str:
    """Return what came of it; anything but a scenario or a sentence fails the test."""
    try:
        scenario = do()  # type: ignore[operator]
    except RegieError as error:
        text = str(error)
        assert text.strip()
        assert all(line.isprintable() for line in text.splitlines())
        assert "Traceback" not in text and "pydantic" not in text and "object at 0x" not in text
        return text
    assert isinstance(scenario, Scenario)
    assert Scenario.from_toml(scenario.to_toml()) == scenario
    return ""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(PATHS, VALUES), max_size=3))
def test_any_overrides_give_a_scenario_or_a_sentence(pairs):
    overrides = [f"{path}={value}" for path, value in pairs]
    outcome(lambda: Scenario.load("one-zone", overrides=overrides) if len(overrides) == 1 else _with(overrides))


def _with(overrides: list[str]) -> Scenario:
    from sim.scenario.overriding import with_overrides

    return with_overrides(ONE_ZONE, overrides)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    )
)
@example(content=b"extends = 'one-zone'")
def test_any_bytes_as_a_file_give_a_scenario_or_a_sentence(content, tmp_path):
    path = tmp_path / "any.toml"
    path.write_bytes(content)
    outcome(lambda: Scenario.load(path))


LEAVES = st.one_of(
    st.integers(), st.floats(), st.booleans(), st.text(max_size=5), st.just({"value": 1}), st.just([]), st.dates()
)
WORDS = (
    "title extends regime start parameters levers kinds organisations changes warmup resolved zones control nursing "
    "a staff share value day date of renown regime_levers"
)
KEYS = st.sampled_from([*WORDS.split(), "x y"])
TABLES = st.recursive(
    st.dictionaries(KEYS, LEAVES, max_size=4),
    lambda inner: st.dictionaries(KEYS, st.one_of(inner, st.lists(inner, max_size=2), LEAVES), max_size=4),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(content=TABLES)
def test_any_tables_over_a_good_scenario_give_a_scenario_or_a_sentence(content):
    import tomli_w

    text = tomli_w.dumps({"extends": "one-zone", **content})
    outcome(lambda: Scenario.from_toml(text))


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.one_of(st.sampled_from(sorted(parameters())), st.text()), st.one_of(LEAVES, st.none()), max_size=3
    )
)
def test_any_values_from_python_give_a_scenario_or_a_sentence(values):
    outcome(lambda: ONE_ZONE.with_values(values))


def test_a_scenario_that_cannot_be_written_to_is_read_all_the_same(folder):
    path = folder / "whole.toml"
    path.chmod(stat.S_IRUSR)
    assert Scenario.load("whole").name == "whole"


# --- two languages -----------------------------------------------------------------------------------------

SAID = {
    "": sim.errors.say,
    "scenario": sim.scenario.sentences.say,
    "study": sim.study.sentences.say | sim.study.verdicts.verdict_words,
    "sweeps": sim.sweeps.sentences.say,
    "sweeps/analysis": sim.sweeps.analysis.sentences.say,
    "sweeps/archive": sim.sweeps.archive.sentences.say,
    "report": sim.report.words.MISTAKES,
    "terminal": sim.terminal.phrases.PHRASES,
}


@pytest.mark.parametrize("floor", SAID)
def test_every_sentence_is_said_in_both_languages_with_the_same_gaps(floor):
    for key, texts in SAID[floor].items():
        gaps = [{name for _, name, _, _ in string.Formatter().parse(text) if name is not None} for text in texts]
        assert gaps[0] == gaps[1], key
        assert all(text.strip() for text in texts), key


@pytest.mark.parametrize("floor", SAID)
def test_every_sentence_is_used(floor):
    folder = Path(sim.errors.__file__).parent
    sources = [*folder.glob("*.py"), *(folder / floor).rglob("*.py")]
    used = Counter(text for source in sources for text in _texts_in(source))
    made = ("help.", "option.", "one ", "n ")  # put together from the name of a command or option, or a number
    assert [key for key in SAID[floor] if used[key] < 2 and not key.startswith(made)] == []


def _texts_in(source: Path) -> list[str]:
    nodes = ast.walk(ast.parse(source.read_text(encoding="utf-8")))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_a_text_is_filled_in_its_own_language():
    sentences = Sentences({"a": ("one {b}", "een {b}"), "b": ("two", "twee")})
    said = sentences("a", b=sentences("b")) + Said("!", "!")
    assert (str(said), said.in_language("nl"), said.in_language("en")) == ("one two!", "een twee!", "one two!")
    assert (nearest("zonse", ["zones"]).nl, bool(nearest("q", ["zones"]))) == (" Bedoelt u 'zones'?", False)
    assert RegieError("as it is").in_language("nl") == "as it is"


ENGLISH = re.compile(r"\b(the|must|whole|number|from|write|there|such|did|mean|with|cannot|without|give|line)\b", re.I)


@pytest.mark.parametrize(
    "text",
    [
        "zones 4\n",
        "title = 3\nextends = 'one-zon'\nstart = 4\n",
        "[parameters]\nzones = 0\nintake_hours = '3'\nzonse = 1\ncontrol = 1\n" + WHOLE,
        WHOLE + "[[changes]]\nday = 3\norganisations = ['b']\nlevers = { control = 1 }",
        WHOLE.replace("share = 1.0", "share = 0"),
        WHOLE.replace("nursing = 3", "nursing = 100000") + "[parameters]\nzones = 11",
        "titel = 'x'\n" + WHOLE,
        "",
    ],
)
def test_mistakes_are_said_in_dutch_altogether(text, folder):
    path = folder / "mine.toml"
    path.write_text(text)
    with pytest.raises(RegieError) as caught:
        Scenario.load(path)
    dutch = caught.value.in_language("nl")
    assert len(dutch.splitlines()) == len(str(caught.value).splitlines())
    assert not ENGLISH.search(dutch), dutch
    assert ENGLISH.search(str(caught.value))


def test_a_mistake_that_passes_through_several_hands_stays_dutch(folder):
    with pytest.raises(RegieError) as caught:
        Scenario.load("whole", overrides=["zonse=3", "organisations.b.renown=2", "kinds.nursing.share=2"])
    assert caught.value.in_language("nl").splitlines() == [
        "3 fouten:",
        "--set: kinds.nursing.share = 2: moet een getal van 0 tot en met 1 (aandeel van de hulpvragen) zijn.",
        "--set organisations.b.renown=2: er is geen organisatie 'b' in dit scenario. Er zijn: a.",
        "--set zonse=3: deze waarde bestaat niet. Bedoelt u 'zones'?",
    ]


def _units(node: object) -> set[str]:
    if isinstance(node, list):
        return {unit for item in node for unit in _units(item)}
    if not isinstance(node, dict):
        return set()
    own = {node["unit"]} if isinstance(node.get("unit"), str) else set()
    return own | {unit for item in node.values() for unit in _units(item)}


def test_every_unit_has_a_dutch_name_in_one_place_and_none_is_left_over():
    declared = {parameter.unit for parameter in parameters().values()} | _units(json_schema())
    declared |= {outcome.unit for outcome in outcomes_of(ONE_ZONE)}
    assert declared == set(UNITS)
    assert "uur per medewerker per week" in new_scenario("mine", lang="nl")
    assert any("uur per medewerker per week" in listed.title for listed in list_levers("nl"))
