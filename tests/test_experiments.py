"""The experiments that come with regie: they can be run as they are, and say truly how much that is."""

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim import Experiment
from sim.cli import main
from sim.scenario import files
from sim.scenario.parameters import parameters
from sim.study.defaults import QUICK_DAYS
from sim.study.worlds import drawn_parameters
from sim.sweeps.planning import plan

FOLDER = Path(__file__).parents[1] / "experiments"
NAMES = files.names("experiment")


def rows_of_the_readme():
    text = (FOLDER / "README.md").read_text("utf-8").partition("## Others")[0]
    rows = re.findall(r"^\| `([\w-]+)\.toml` \| .* \| ([\d,]+) \| [^|]* \|$", text, re.M)
    return {name: int(runs.replace(",", "")) for name, runs in rows}


def test_the_readme_names_them_all():
    assert set(rows_of_the_readme()) == set(NAMES)
    assert {path.name for path in FOLDER.glob("*.toml")} == set(
        re.findall(r"`([\w-]+\.toml)`", (FOLDER / "README.md").read_text("utf-8"))
    )


@pytest.mark.parametrize("name", NAMES)
def test_it_says_truly_how_many_runs_it_is(name):
    made = plan(Experiment.load(name))
    assert made.runs == rows_of_the_readme()[name]
    comment = (FOLDER / f"{name}.toml").read_text("utf-8").partition("\n\ntitle")[0].replace("\n#", "")
    assert f"{made.runs:,} runs" in re.sub(r"\s+", " ", comment)
    found = CliRunner().invoke(main, ["validate", name, "--lang", "en"])
    assert found.exit_code == 0 and f"{made.runs} runs" in found.stdout


@pytest.mark.parametrize("name", NAMES)
def test_it_speaks_both_languages(name):
    asked = Experiment.load(name)
    assert all((asked.title, asked.title_nl, asked.description, asked.description_nl))


@pytest.mark.parametrize("name", NAMES)
def test_a_first_look_is_small(name):
    quick = Experiment.load(name).changed(None, None, quick=True)
    assert quick.days <= QUICK_DAYS and quick.name == f"{name}-quick"
    assert plan(quick).runs <= 350


def test_a_first_look_at_a_file_that_says_nonsense_is_a_sentence(tmp_path):
    (tmp_path / "odd.toml").write_text('factors = 3\n[design]\nmethod = "morris"\nsamples = 4\n')
    found = CliRunner().invoke(main, ["sweep", str(tmp_path / "odd.toml"), "--quick", "--lang", "en"])
    assert found.exit_code == 2 and "must be a table of factors" in found.stderr


def test_the_twenty_of_the_sensitivity_are_those_of_its_rule():
    asked = Experiment.load("sensitivity")
    scenario = plan(asked).scenario
    wide = {
        each.name: (each.plausible[1] - each.plausible[0]) / float(each.default)
        for each in drawn_parameters([scenario])
        if each.type == "float" and each.default
    }
    ranked = sorted(wide, key=lambda name: -round(wide[name], 9))  # equal ones stay in the order of the list
    firsts = {parameters()[name].group: name for name in reversed(ranked)}.values()
    others = [name for name in ranked if name not in firsts]
    assert set(asked.factors) == {*firsts, *others[: 20 - len(firsts)]}


def test_the_screening_leaves_nothing_out():
    asked = tomllib.loads((FOLDER / "screening.toml").read_text("utf-8"))
    made = plan(Experiment.load("screening"))
    assert asked["factors"] == "plausible"
    assert [each.name for each in made.factors] == [each.name for each in drawn_parameters([made.scenario])]
