"""Slips that newcomers make, and the sentence that puts them right."""

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.errors import RegieError
from sim.scenario import Scenario, levers, list_parameters, parameters


@pytest.fixture
def regie(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return lambda *words: CliRunner().invoke(main, list(words))


def test_a_file_that_lies_here_is_proposed(regie, tmp_path):
    (tmp_path / "my-town.toml").write_text('extends = "one-zone"')
    result = regie("compare", "my-town", "--quick")
    assert result.exit_code == 2 and "my-town.toml lies here" in result.stderr
    assert "staat hier wel" in regie("run", "my-town", "--lang", "nl").stderr
    assert "lies here" not in regie("validate", "my-twon").stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[organisations.home-car]\nrenown = 2", "Did you mean 'home-care'? A new one must also say sector."),
        ("[kinds.nursin]\nshare = 0.2", "Did you mean 'nursing'? A new one must also say sector, hours_per_week"),
        ("[organisations.zzzz]\nrenown = 2", "organisations.zzzz: this must also say sector."),
    ],
)
def test_a_slip_in_an_inherited_name_gets_the_nearest_one(text, says):
    with pytest.raises(RegieError) as wrong:
        Scenario.from_toml(f'extends = "breda-2005"\n{text}')
    assert says in str(wrong.value)


def test_one_is_not_several(regie):
    assert "in order: one zone, 8 organisations, 8 kinds of help." in regie("validate", "one-zone").stdout
    assert "in orde: één zone, 8 organisaties" in regie("validate", "one-zone", "--lang", "nl").stdout


@pytest.mark.parametrize(
    ("override", "value"),
    [
        ("choice_rule=satisficing", 1),
        ("choice_rule=Softmax", 0),
        ("choice_rule=goed genoeg", 1),
        ("initiative_form=minimum", 2),
        ("calls_outside=nee", False),
        ("calls_outside=yes", True),
        ("stretching=False", False),
    ],
)
def test_choices_are_taken_in_the_words_that_are_declared(override, value):
    name = override.partition("=")[0]
    assert Scenario.load("one-zone", overrides=[override])[name] == value


def test_words_are_taken_for_levers_and_kinds_and_no_other_words():
    scenario = Scenario.load("one-zone", overrides=["pooled_list=ja", "kinds.nursing.volunteers=yes"])
    assert all(table["pooled_list"].value is True for table in scenario.levers.values())
    assert next(kind for kind in scenario.kinds if kind.name == "nursing").volunteers
    for wrong in ("choice_rule=clever", "calls_outside=perhaps", "intake_hours=yes", "kinds.nursing.share=ja"):
        with pytest.raises(RegieError, match="must be"):
            Scenario.load("one-zone", overrides=[wrong])


def test_parameters_that_are_no_levers_are_listed(regie):
    names = [row.name for row in list_parameters()]
    assert names == [name for name in parameters() if name not in levers()]
    result = regie("parameters")
    assert result.exit_code == 0 and "intake_hours  (0 to 20 (hours); usual 1.5)" in result.stdout
    only = regie("parameters", "sick", "--lang", "nl").stdout
    assert "sick_share" in only and "intake_hours" not in only and "gewoonlijk" in only
    refused = regie("parameters", "xyzzy")
    assert refused.exit_code == 2 and "No parameter has 'xyzzy'" in refused.stderr


@pytest.mark.parametrize("command", [("levers",), ("regimes",), ("scenarios",), ("parameters",)])
def test_lists_keep_to_a_narrow_screen(regie, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "60")
    lines = regie(*command, "--lang", "nl").stdout.splitlines()
    assert lines and not [line for line in lines if len(line) > 60]
