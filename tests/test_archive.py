"""Archives of results: what a data repository gets, opened as their own README says."""

import hashlib
import json
import re
import shutil
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from sim import Experiment, sweep
from sim.cli import main
from sim.errors import RegieError
from sim.model.state import EXIT, SERIES, VISIT
from sim.study.ablation import Ablated
from sim.study.comparison import Difference
from sim.study.lock import Lock
from sim.sweeps import inputs
from sim.sweeps.archive.dictionary import _declared
from sim.sweeps.archive.making import archive
from sim.sweeps.archive.pages import licences
from sim.sweeps.archive.private import Cleaner
from sim.sweeps.planning import plan
from sim.sweeps.sweep import Sweep

OWN = """
def helped(run):
    if run.replication == 1 and run.regime == "mine":
        raise OSError(f"{__file__} is gone")
    return float(len(run.clients))
"""
MINE = 'title = "Mine"\nextends = "client-steering"\n[levers]\npermission = 0.5\n'
EXPERIMENT = """# Does it travel?
title = "A small sweep"
description = "To be packed."
scenario = "one-zone"
regimes = ["traditional", "{regime}"]
days = 30
replications = 2
outcomes = ["wait_mean", "value", "wait_mean.organisation.home-care", "own.py:helped"]
weekly = ["waiting"]
[factors]
preference_share = [0.1, 0.5]
control = [0.2]
"organisations.home-care.renown" = [1.0]
"""
KINDS = [
    "sweep",
    "run",
    pytest.param("compare", marks=pytest.mark.slow),
    pytest.param("ablate", marks=pytest.mark.slow),
]


def regie(*words):
    found = CliRunner().invoke(main, [*map(str, words), "--lang", "en"])
    assert found.exit_code == 0, found.output
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return the folder of somebody, whose name nobody needs to know."""
    place = tmp_path_factory.mktemp("home") / "jdoe-at-home"
    place.mkdir()
    (place / "own.py").write_text(OWN)
    (place / "mine.toml").write_text(MINE)
    (place / "small.toml").write_text(EXPERIMENT.format(regime=(place / "mine.toml").as_posix()))
    return place


@pytest.fixture(scope="module")
def results(home):
    """Return a function that gives a folder of results of a kind, made by its command."""
    small = ("--days", 30, "--replications", 2)
    commands = {
        "sweep": ("sweep", home / "small.toml"),
        "run": ("run", "one-zone", *small, "--csv", "nl"),
        "compare": ("compare", "one-zone", "--regimes", "room-only", *small),
        "ablate": ("ablate", "one-zone", "--mechanisms", "tailoring", *small),
    }

    def made(kind):
        place = home / kind
        if not place.exists():
            regie(*commands[kind], "--out", place)
        return place

    return made


@pytest.fixture(scope="module")
def unpacked(results, tmp_path_factory):
    """Return a function that gives the folder in the archive of a result of a kind."""
    known = {}

    def opened(kind):
        if kind not in known:
            place = tmp_path_factory.mktemp(kind)
            packed = archive(results(kind), place / "x.zip", authors=["Lovelace, Ada", "A Club"])
            with zipfile.ZipFile(packed) as file:
                file.extractall(place)
            (known[kind],) = (path for path in place.iterdir() if path.is_dir())
        return known[kind]

    return opened


def files_in(place):
    return {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}


def columns_of(path):
    if path.suffix == ".parquet":
        return pq.ParquetFile(path).schema_arrow.names
    if path.suffix == ".jsonl":
        return list(json.loads(path.read_text().splitlines()[0]))
    return re.split("[,;]", path.read_text("utf-8-sig").splitlines()[0])


def texts_in(path):
    """Yield all that can be read in a file: a workbook is a zip, and a table is packed."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            yield from (book.read(name).decode(errors="replace") for name in book.namelist())
    elif path.suffix == ".parquet":
        yield str(pq.ParquetFile(path).schema_arrow) + str(pq.read_metadata(path).metadata)
        frame = pd.read_parquet(path).select_dtypes(exclude="number")
        yield from (str(value) for name in frame for value in frame[name].unique())
    else:
        yield path.read_text("utf-8")


# --- what is in it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_lines_of_the_readme_open_every_table(kind, unpacked, results, monkeypatch):
    place = unpacked(kind)
    monkeypatch.chdir(place)
    lines = re.search("```python\n(.*?)```", (place / "README.md").read_text(), re.S)[1]
    opened = {}
    exec(lines, opened)
    frames = {name: frame for name, frame in opened.items() if isinstance(frame, pd.DataFrame)}
    assert len(frames) == len([name for name in files_in(place / "data") if name != "dictionary.csv"])
    assert all(len(frame) and len(frame.columns) > 1 for frame in frames.values())
    if kind == "sweep":
        there = Sweep(results(kind)).runs().drop(columns="error")
        pd.testing.assert_frame_equal(frames["runs"].drop(columns="error"), there)
        numbers = there.select_dtypes("number")
        assert np.array_equal(frames["runs_csv"][list(numbers)], numbers, equal_nan=True)
    if kind == "run":
        assert np.array_equal(frames["outcomes"]["value"], frames["outcomes_csv"]["value"], equal_nan=True)


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_has_its_sum(kind, unpacked):
    place = unpacked(kind)
    said = dict(reversed(line.split("  ")) for line in (place / "SHA256SUMS").read_text().splitlines())
    there = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files_in(place).items()}
    there.pop("SHA256SUMS")
    assert said == there


@pytest.mark.parametrize("kind", KINDS)
def test_the_dictionary_says_what_every_column_is(kind, unpacked):
    place = unpacked(kind)
    dictionary = pd.read_csv(place / "data" / "dictionary.csv", keep_default_na=False)
    known = dictionary.groupby("table")["name"].agg(list)
    for name, path in files_in(place / "data").items():
        if name != "dictionary.csv":
            assert columns_of(path) == known[path.stem], name
    assert (dictionary[["unit", "meaning", "type"]] != "").all(axis=None)
    assert list(dictionary.loc[dictionary["unit"] == "not declared", "name"]) == ["helped"] * (kind == "sweep")
    assert dictionary["meaning"].map(lambda text: text.replace("|", "\\|") in (place / "README.md").read_text()).all()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_this_computer_is_in_it(kind, unpacked, results, home):
    secrets = ["jdoe", str(home), str(home.parent), str(Path.home()) + "/", str(Path(__file__).parents[1])]
    if kind == "sweep":
        written = [
            results(kind) / name for name in ("sweep.json", "failures.jsonl", "runs.parquet", "inputs/as-asked.toml")
        ]
        assert all(any("jdoe" in text for text in texts_in(path)) for path in written), "there was something to hide"
    for name, path in files_in(unpacked(kind)).items():
        for text in texts_in(path):
            assert not [secret for secret in secrets if secret in text], name


@pytest.mark.parametrize("kind", KINDS)
def test_machines_can_read_what_it_is(kind, unpacked):
    place = unpacked(kind)
    graph = {each["@id"]: each for each in json.loads((place / "ro-crate-metadata.json").read_text())["@graph"]}
    root = graph["./"]
    assert root["datePublished"] and root["name"] and root["license"]["@id"] in graph
    assert [graph[each["@id"]]["name"] for each in root["author"]] == ["Lovelace, Ada", "A Club"]
    for part in root["hasPart"]:
        assert int(graph[part["@id"]]["contentSize"]) == (place / part["@id"]).stat().st_size
    cited = (place / "CITATION.cff").read_text()
    assert 'family-names: "Lovelace"' in cited and 'name: "A Club"' in cited and "license: CC-BY-4.0" in cited
    exact = (place / "provenance" / "constraints.txt").read_text()
    assert f"numpy=={np.__version__}\n" in exact and "regie==" in exact


def test_the_sweep_of_an_archive_run_again_gives_the_same_values(unpacked, results, tmp_path, monkeypatch):
    place = unpacked("sweep")
    assert (place / "inputs" / "as-asked.toml").read_text().startswith("# Does it travel?")
    monkeypatch.chdir(place)
    again = re.search(r"\.venv/bin/regie (sweep .*) --out again", (place / "README.md").read_text())[1]
    regie(*again.split(), "--out", tmp_path / "again")
    one, other = (Sweep(each).runs().drop(columns="error") for each in (results("sweep"), tmp_path / "again"))
    pd.testing.assert_frame_equal(one, other)
    one, other = (Sweep(each).series() for each in (results("sweep"), tmp_path / "again"))
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize(
    "asked",
    [
        {"factors": "plausible", "method": "morris", "samples": 2, "regimes": ["client-steering"]},
        {"factors": {"control": "range", "initiative_form": "range"}, "method": "sobol", "samples": 4},
        {"factors": {"control": "range", "board_delay": "range"}, "levels": 3, "set": {"intake_hours": 2.0}},
        {"method": "table", "table": pd.DataFrame({"control": [0.1, 1 / 3, 0.1], "tie_fading": [0.01, 0.005, 0.02]})},
    ],
    ids=["morris", "sobol", "grid", "table"],
)
def test_what_is_kept_of_an_experiment_asks_the_same(asked, tmp_path):
    asked = replace(Experiment(), **asked)
    made = plan(asked)
    inputs.keep(made, made.design, 3, tmp_path)
    again = plan(Experiment.load(tmp_path / "inputs" / "experiment.toml"))
    assert again.identity == made.identity and again.experiment.replications == 3
    assert np.array_equal(again.design.points, made.design.points)


def test_a_design_that_grew_comes_back_with_the_same_points(tmp_path):
    asked = Experiment(
        factors={"control": "range"}, method="latin-hypercube", samples=2, days=7, replications=1, outcomes=["value"]
    )
    sweep(asked, out=tmp_path / "grown")
    grown = sweep(replace(asked, samples=3), out=tmp_path / "grown")
    again = sweep(tmp_path / "grown" / "inputs" / "experiment.toml", out=tmp_path / "again")
    pd.testing.assert_frame_equal(grown.runs(), again.runs())


# --- how it is made ----------------------------------------------------------------------------------------


def test_the_same_folder_gives_the_same_bytes(results, tmp_path):
    one, other = (archive(results("sweep"), tmp_path / name) for name in ("a.zip", "b.zip"))
    assert one.read_bytes() == other.read_bytes()


def test_it_stands_beside_the_folder_and_is_never_overwritten(results, home):
    said = regie("archive", results("sweep"))
    packed = home / "sweep.zip"
    assert str(packed) in said.stdout and "--author" in said.stderr and "CC-BY-4.0" in said.stderr
    with pytest.raises(RegieError, match="there already"):
        archive(results("sweep"))
    packed.unlink()


def test_a_large_file_is_not_read_into_memory(results, home, tmp_path):
    extra = results("sweep") / "analysis"
    extra.mkdir()
    try:
        (extra / "large.bin").write_bytes(bytes(40_000_000))
        archive(results("sweep"), tmp_path / "warm.zip")
        tracemalloc.start()
        packed = archive(results("sweep"), tmp_path / "large.zip")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        (extra / "large.bin").unlink()
        extra.rmdir()
    with zipfile.ZipFile(packed) as file:
        assert file.getinfo("sweep/analysis/large.bin").file_size == 40_000_000
    assert peak < 20_000_000


def incomplete(results, tmp_path):
    place = tmp_path / "half"
    shutil.copytree(results("sweep"), place)
    about = json.loads((place / "sweep.json").read_text())
    (place / "sweep.json").write_text(json.dumps({**about, "complete": False}))
    return place


def test_an_incomplete_sweep_is_refused_unless_asked_for_and_then_says_so(results, tmp_path):
    place = incomplete(results, tmp_path)
    with pytest.raises(RegieError, match=r"not complete.*regie sweep .*--incomplete"):
        archive(place)
    with zipfile.ZipFile(archive(place, incomplete=True)) as packed:
        assert "**This result is not complete.**" in packed.read("half/README.md").decode()


def test_a_sweep_without_its_experiment_is_archived_and_says_what_is_lacking(results, tmp_path):
    place = tmp_path / "old"
    shutil.copytree(results("sweep"), place, ignore=shutil.ignore_patterns("inputs"))
    with zipfile.ZipFile(archive(place)) as packed:
        assert "was not kept" in packed.read("old/README.md").decode()


def test_mistakes_are_sentences(results, home, tmp_path):
    there = results("sweep")
    (tmp_path / "provenance.json").write_text("{}")
    for place, more, says in (
        (home, {}, "no result of regie"),
        (home / "nowhere", {}, "no result of regie"),
        (tmp_path, {}, "cannot be read"),
        (there, {"out": home}, "is a folder"),
        (there, {"out": tmp_path / "no" / "x.zip"}, "its folder does not exist"),
        (there, {"licence": "CC-BY"}, "Did you mean 'CC-BY-4.0'"),
        (there, {"authors": [" "]}, "--author is empty"),
    ):
        with pytest.raises(RegieError, match=re.escape(says)):
            archive(place, **more)
    assert not list(tmp_path.glob("*.zip"))


def test_a_sweep_that_runs_is_left_alone(results, tmp_path):
    place = incomplete(results, tmp_path)
    claim = Lock(place)
    with pytest.raises(RegieError, match="Another command"):
        archive(place, incomplete=True)
    claim.let_go()


@pytest.mark.parametrize("licence", licences())
def test_every_licence_is_named_in_full(licence, results, tmp_path):
    with zipfile.ZipFile(archive(results("sweep"), tmp_path / "x.zip", licence=licence)) as packed:
        said = packed.read("sweep/LICENSE").decode()
        unknown = packed.read("sweep/README.md").decode()
    assert licence in said and licences()[licence]["legal"] in said and "Apache License" in said
    assert "Who made these data was not said" in unknown


def test_columns_are_declared_once_and_all_of_them():
    declared, keys = _declared(), set(_declared()["keys"])
    for table, names in (
        ("visits", VISIT.names),
        ("clients", EXIT.names),
        ("series", SERIES.names),
        ("comparison", Difference.__annotations__),
        ("ablation", Ablated.__annotations__),
    ):
        assert list(declared[table]) == list(names), table
        assert table in ("comparison", "ablation") or not keys & set(names)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("regie sweep ./mine.toml --out /home/jdoe/x", "regie sweep mine.toml --out x"),
        ("regie sweep screening --out=../jdoe/x", "regie sweep screening --out=x"),
        ("regie compare one-zone --regimes a,/home/jdoe/b.toml", "regie compare one-zone --regimes a,b.toml"),
        ('regie sweep "C:\\Users\\jdoe\\my sweep.toml"', "regie sweep 'my sweep.toml'"),
        ("regie sweep screening --cluster tcp://10.0.0.7:8786", "regie sweep screening --cluster ADDRESS"),
        ("regie sweep screening --set a=0.5", "regie sweep screening --set a=0.5"),
        ("regie sweep it's", """regie sweep 'it'"'"'s\'"""),
    ],
)
def test_a_command_is_shown_without_folders(typed, shown, tmp_path):
    assert Cleaner(typed, tmp_path).typed == shown


def test_a_path_in_a_file_of_ones_own_is_cut_to_its_name(tmp_path):
    text = 'regimes = ["/data/jdoe/a.toml", "b"]\ntable = "C:\\\\work\\\\jdoe\\\\c.csv"\nwhy = "a / b"\n'
    assert Cleaner("", tmp_path).own(text) == 'regimes = ["a.toml", "b"]\ntable = "c.csv"\nwhy = "a / b"\n'
