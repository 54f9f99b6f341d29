"""The tutorials run from the first cell to the last, and are committed as they should be."""

import ast
import json
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "docs" / "tutorials").glob("*.ipynb"))
KERNEL = "this-python"
MOST_BYTES = 40_000
LONGEST_CELL = 600  # seconds: the first one may compile the model

of_each = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


def cells(notebook, kind):
    return [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Announce a kernel that is this very Python, whatever kernels, settings and folders a computer has."""
    place = tmp_path / "jupyter"
    announced = place / "kernels" / KERNEL / "kernel.json"
    announced.parent.mkdir(parents=True)
    started = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    announced.write_text(json.dumps({"argv": started, "display_name": KERNEL, "language": "python"}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(place))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")  # without it, jupyter_core warns
    for folder in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(folder, str(place / folder.lower()))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return KERNEL


@pytest.mark.slow
@of_each
def test_a_tutorial_runs_from_the_first_cell_to_the_last(notebook, kernel, tmp_path):
    import nbformat
    from nbclient import NotebookClient

    lived = nbformat.read(notebook, as_version=4)
    there = tmp_path / "empty"
    there.mkdir()
    # A cell that fails raises CellExecutionError, with the cell and its traceback.
    NotebookClient(
        lived, kernel_name=kernel, timeout=LONGEST_CELL, resources={"metadata": {"path": str(there)}}
    ).execute()
    said = [output for cell in lived.cells if cell.cell_type == "code" for output in cell.outputs]
    complaints = [output.text for output in said if output.output_type == "stream" and output.name == "stderr"]
    assert not complaints, "".join(complaints)
    assert any("application/vnd.plotly.v1+json" in output.get("data", {}) for output in said), "no figure is shown"
    assert {path.name for path in there.iterdir()} == {"results"}


@of_each
def test_a_tutorial_is_committed_without_outputs(notebook):
    for cell in cells(notebook, "code"):
        assert not cell["outputs"], "".join(cell["source"])
        assert cell["execution_count"] is None
    assert notebook.stat().st_size < MOST_BYTES
    assert "this-python" not in notebook.read_text(encoding="utf-8")


@of_each
def test_a_tutorial_explains_before_it_computes(notebook):
    kinds = [cell["cell_type"] for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]
    assert kinds[0] == kinds[-1] == "markdown"
    assert ("code", "code") not in set(pairwise(kinds))


@of_each
def test_every_link_of_a_tutorial_leads_somewhere(notebook):
    links = [link for cell in cells(notebook, "markdown") for link in re.findall(r"\]\(([^)\s]+)\)", _text(cell))]
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        if not re.match(r"\w+:", link):
            page = (notebook.parent / path).resolve()
            assert page.is_relative_to(ROOT) and page.exists(), link
            assert not anchor or anchor in _anchors(page), link


@of_each
def test_a_tutorial_uses_what_is_public(notebook):
    """What a reader copies is no private name of ours."""
    for cell in cells(notebook, "code"):
        for node in ast.walk(ast.parse(_text(cell))):
            names = [node.attr] if isinstance(node, ast.Attribute) else []
            names += [each.name for each in node.names] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.startswith("_") and not name.endswith("__")]


def test_there_is_a_tutorial_for_researchers_and_one_for_a_lever_of_ones_own():
    assert [path.stem for path in NOTEBOOKS] == ["own-lever", "researcher"]


def _text(cell):
    return "".join(cell["source"])


def _anchors(page):
    """Return the anchors of the headings of a page, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = [heading.lower().replace("`", "") for heading in re.findall(r"^#+ (.+)$", text, re.M)]
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in headings}
