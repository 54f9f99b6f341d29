"""The floors of the house: an import only goes down, and no global chance is used anywhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SIM = Path(__file__).parents[1] / "sim"
FLOORS = ("errors", "files", "scenario", "model", "study", "sweeps", "report", "app", "terminal", "cli")
# One name is looked up on the floor above, when asked for: `Comparison.figure` draws itself.
UPWARD = {("study", "report")}
SOURCES = sorted(path for path in SIM.rglob("*.py") if path.parent != SIM or path.stem in FLOORS)


def floor_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("sim.") else ""


def imported(tree: ast.AST) -> set[str]:
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return names | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(SIM)))
def test_an_import_only_goes_down(path):
    own = path.relative_to(SIM).parts[0].removesuffix(".py")
    below = {floor_of(module) for module in imported(ast.parse(path.read_text("utf-8")))} & set(FLOORS)
    upward = {(own, floor) for floor in below if FLOORS.index(floor) > FLOORS.index(own)}
    assert upward <= UPWARD


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(SIM)))
def test_nothing_draws_from_a_global_generator(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & {"random"}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "random":
            assert node.attr == "SeedSequence"  # numpy.random for seeds alone


def test_no_rule_reads_the_name_of_a_regime():
    regimes = {path.stem for path in (SIM.parent / "scenarios" / "regimes").glob("*.toml")}
    for path in (SIM / "model").glob("*.py"):
        words = {n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)}
        assert not words & regimes, path.name


def test_tidying_the_compile_cache_leaves_what_is_not_ours(tmp_path):
    from sim.model import compiling

    current = tmp_path / f"{'0' * 16}-py311-numba0.60.0-{'0' * 8}"
    old = [tmp_path / f"{number:016x}-py311-numba0.60.0-{'a' * 8}" for number in range(1, 12)]
    for folder in (current, *old, tmp_path / "photos"):
        folder.mkdir()
    compiling._forget_old(tmp_path, current)
    assert current.is_dir() and (tmp_path / "photos").is_dir()
    assert sum(folder.is_dir() for folder in old) == compiling.CACHES_KEPT - 1
