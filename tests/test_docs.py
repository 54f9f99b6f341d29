"""The documents are true: tables are those of the code, commands and examples run, links lead somewhere."""

import ast
import importlib.util
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
ODD = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"(?:<!-- (\w+): ([^>\n]+) -->\n)?^```([^\n]*)\n(.*?)^```", re.M | re.S)
names_of_pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def load_tables():
    spec = importlib.util.spec_from_file_location("tables", ROOT / "docs" / "tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tables = load_tables()


def blocks(page, language):
    """Return (kind of marker, what it says, text) of the code in one language, in the order of the page."""
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [(kind, says.strip(), text) for kind, says, spoken, text in found if spoken == language]


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """Stand in an empty folder, at a computer that speaks English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


# --- tables ------------------------------------------------------------------------------------------------


def test_the_tables_are_those_of_the_code(capsys):
    assert tables.main(["--check"]) == 0, capsys.readouterr().out


def test_a_table_that_is_out_of_date_is_noticed(tmp_path, monkeypatch, capsys):
    old = tmp_path / "odd.md"
    old.write_text(ODD.replace("| `seeking` |", "| `searching` |", 1), encoding="utf-8")
    monkeypatch.setattr(tables, "ODD", old)
    assert tables.main(["--check"]) == 1
    assert "python docs/tables.py" in capsys.readouterr().out


def stands_in_odd(names):
    return [name for name in names if f"`{name}`" not in ODD]


def test_every_parameter_and_outcome_stands_in_the_description():
    from sim.scenario.parameters import parameters

    assert not stands_in_odd(parameters())
    with (ROOT / "sim" / "study" / "outcomes.toml").open("rb") as file:
        assert not stands_in_odd(tomllib.load(file))


def test_every_agent_phase_and_behaviour_stands_in_the_description():
    from sim.model import agents
    from sim.model.day import PHASES

    kinds = (agents.Client, agents.Worker, agents.Manager, agents.Board)
    assert not stands_in_odd(kind.__name__ for kind in kinds)
    methods = [name for kind in kinds for name in vars(kind) if callable(vars(kind)[name]) and name[0] != "_"]
    assert not stands_in_odd(methods)
    assert not stands_in_odd(word for phase in PHASES for word in (phase.name, phase.behaviour))
    assert not stands_in_odd(name for _, name, _ in tables.behaviours() if name[0] != "_")


def test_every_stream_of_chance_is_described():
    from sim.model import chance

    streams = [name for name, value in vars(chance).items() if name.isupper() and type(value) is int and name[0] != "_"]
    assert sorted(streams) == sorted(tables.STREAMS)


def test_every_field_has_a_meaning_that_is_more_than_its_name():
    empty_meanings = re.findall(r"^\| `\w+` \| `\w+` \| *\|$", ODD, re.M)
    assert not empty_meanings


def test_every_claim_that_the_code_names_is_explained():
    named = set()
    for path in (ROOT / "sim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
                named |= set(re.findall(r"\b(?:C\d\db?|A[1-8])\b", ast.get_docstring(node) or ""))
    explained = {*re.findall(r"^\| (C\d\db?) \|", ODD, re.M), *(f"A{i}" for i in range(1, 9))}
    assert named <= explained


# --- commands and examples -----------------------------------------------------------------------------------


def fast(command):
    """Return the words of a command, bounded to a year and two worlds where it runs any."""
    words = shlex.split(command)[1:]
    if words[0] not in ("run", "compare"):
        return words
    for option, most in (("--days", 730), ("--replications", 2)):
        if option in words:
            place = words.index(option) + 1
            words[place] = str(min(int(words[place]), most))
        elif option == "--replications":
            words += [option, str(most)]
    return words if "--quick" in words or "--days" in words else [*words, "--quick"]


def commands(page):
    lines = [line for _, _, text in blocks(page, "sh") for line in text.splitlines()]
    return [line for line in lines if line.startswith("regie ")]


@pytest.mark.slow
@pytest.mark.usefixtures("easily", "without_reports")
@names_of_pages
def test_commands_run(page, empty):
    for kind, name, text in blocks(page, "toml"):
        if kind == "file":
            (empty / name).write_text(text, encoding="utf-8")
    for number, command in enumerate(commands(page)):
        words = fast(command)
        if words[0] in ("run", "compare") and "--out" not in words:
            words += ["--out", f"result-{number}"]  # the usual folder is named by the second
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, f"{command}\n{done.output}"


@names_of_pages
def test_examples_in_python_run(page, empty):
    names = {"__name__": "example"}
    for number, (_, _, text) in enumerate(blocks(page, "python"), 1):
        exec(compile(text, f"{page.name}, example {number}", "exec"), names)


def options_of_all_commands():
    return {option for command in main.commands.values() for param in command.params for option in param.opts}


@names_of_pages
def test_every_option_that_a_page_speaks_of_is_one(page):
    text = re.sub(r"^```(?!sh).*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    spoken = set(re.findall(r"`[^`\n]*?regie [^`\n]*`", text)) | set(re.findall(r"`--[a-z][^`\n]*`", text))
    others = {"--check", "--samples", "--trials"}  # of scripts beside the command
    named = {option for code in spoken for option in re.findall(r"--[a-z][a-z-]*", code)} - others
    assert not named - options_of_all_commands() - {"--help", "--version"}


@pytest.mark.usefixtures("easily", "without_reports")
def test_the_files_of_a_result_are_listed(empty):
    words = ["compare", "one-zone", "--regimes", "words-only", "--days", "14", "--replications", "1", "--out", "out"]
    assert CliRunner().invoke(main, words).exit_code == 0
    for page in (ROOT / "README.md", ROOT / "results" / "README.md"):
        rows = re.findall(r"^\| (`.+?) \|", page.read_text(encoding="utf-8"), re.M)
        listed = {name.rstrip("/") for row in rows for name in re.findall(r"`([^`]+)`", row)}
        assert {path.name for path in Path("out").iterdir()} <= listed, page


def test_the_columns_of_a_comparison_are_explained():
    from sim.study.comparison import Difference

    rows = re.findall(r"^\| (`.+?) \|", (ROOT / "docs" / "report.md").read_text(encoding="utf-8"), re.M)
    explained = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(Difference.__annotations__) <= explained


def test_every_term_of_the_glossary_is_in_both_languages_and_explained():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in rows)
    terms = [row[0].strip() for row in rows]
    assert len(terms) == len(set(terms))


def test_the_readme_shows_commands_and_examples():
    assert len(commands(ROOT / "README.md")) >= 10
    assert len(blocks(ROOT / "README.md", "python")) >= 2


def shape(text):
    """Return what is said, but for numbers, verdicts and the breaking of lines, which differ between processors.

    What a gain equals in staff, and whether it was precise enough, is said only after many worlds.
    """
    verdicts = r"better|worse|higher|lower|no difference( that matters)?|undecided"
    text = re.sub(r"[-+]?\d[\d.,]*", "#", " ".join(text.split()))
    text = re.sub(r"[▲▼=?↑↓–] #", "#", text)
    text = re.sub(r"does as much \w+ waiting as # % \w+ staff \([^)]*\) ", "", text)
    text = re.sub(r"(Not yet as precise|As precise) as .*?(?=Report:)", "", text)
    return re.sub(rf"(?<=\)) ({verdicts})\b", "", text)


@pytest.mark.slow
@pytest.mark.usefixtures("without_reports")
def test_the_output_shown_is_what_a_run_says(empty):
    shown = list(tables.samples(README))
    assert shown
    for command, text in shown:
        said = CliRunner().invoke(main, fast(command)).stdout
        assert shape(tables.same_place(said.strip())) == shape(text)


# --- the two first commands ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_first_commands_are_complete_and_on_one_line(name):
    found = [text for kind, says, text in blocks(ROOT / "README.md", "sh") if (kind, says) == ("command", name)]
    assert len(found) == 1
    (line,) = found[0].splitlines()
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install -q -e ")
    assert line.endswith({"run": ".venv/bin/regie compare breda-2005", "test": ".venv/bin/python -m pytest"}[name])


def test_the_first_commands_have_a_form_for_powershell():
    lines = [text.strip() for _, _, text in blocks(ROOT / "README.md", "powershell")]
    assert len(lines) == 2
    for line, end in zip(lines, (r"regie compare breda-2005", r"python -m pytest"), strict=True):
        assert line.startswith("python -m venv .venv; ")
        assert line.endswith(r".venv\Scripts" + "\\" + end)
        assert "&&" not in line  # Windows PowerShell 5 does not know it


def test_a_fresh_clone_has_every_folder_that_is_packed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for folder in project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]:
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert files, f"{folder} is empty: git does not keep it, and pip cannot install a clone without it"


# --- links and lists ------------------------------------------------------------------------------------------


def anchors(page):
    """Return the anchors of the headings of a page, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = [heading.lower().replace("`", "") for heading in re.findall(r"^#+ (.+)$", text, re.M)]
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in headings}


OTHERS = [ROOT / "benchmarks" / "README.md", ROOT / "results" / "README.md"]


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=lambda page: f"{page.parent.name}/{page.name}")
def test_links_lead_somewhere(page):
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"\w+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), target
        assert place.is_relative_to(ROOT), target
        assert not anchor or anchor in anchors(place), target


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for group in project["optional-dependencies"].values() for name in group]
    wanted = {re.split(r"[<>=~!\[ ]", name)[0] for name in [*project["dependencies"], *extras]}
    reasons = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").partition("## What it stands on")[2]
    assert [name for name in sorted(wanted) if not re.search(rf"\b{re.escape(name)}\b", reasons)] == []


def test_the_citation_is_of_this_version():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in ("cff-version: 1.2.0", f"version: {project['version']}", f"license: {project['license']}"):
        assert f"\n{line}\n" in f"\n{citation}"
    for key in ("message", "title", "authors", "references"):
        assert re.search(rf"^{key}:", citation, re.M)
    assert "Veranderen in netwerken" in citation


def test_the_documents_do_not_speak_of_places_outside_the_project():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:work|tmp|home|root|Users)/", text), page.name
