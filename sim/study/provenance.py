"""Where a result comes from: enough to get it again and to know whether one has."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import SILENT, Said
from sim.study.sentences import say

if TYPE_CHECKING:
    from sim.study.compare import Comparison

_PACKAGES = ("numpy", "numba", "mesa", "scipy", "pyarrow", "pandas", "plotly")


def of(comparison: Comparison) -> dict[str, Any]:
    """Return the provenance of a comparison, ready to be written as JSON."""
    from sim.model.compiling import model_version

    return {
        "command": comparison.command,
        "scenario": comparison.scenario.name,
        "baseline": comparison.baseline,
        "regimes": list(comparison.regimes),
        "yardsticks": list(comparison.plan.yardsticks),
        "worlds": comparison.drawn.kind,
        "draws_kept": comparison.drawn.kept,
        "draws_turned_down": comparison.drawn.turned_down,
        "bands_missed": dict(comparison.drawn.missed),
        "precision_asked": comparison.plan.precision,
        "precision_reached": comparison.precision.reached,
        "only": list(comparison.only),
        "from_day": comparison.from_day,
        "equal_hours": comparison.equal_hours,
        "days": comparison.days,
        "seed": comparison.seed,
        "replications_asked": comparison.asked,
        "replications": list(comparison.replications),
        "seeds": list(comparison.seeds),
        "complete": comparison.complete,
        "failed_runs": len(comparison.failures),
        "digests": {regime: scenario.digest() for regime, scenario in comparison.scenarios.items()},
        "key": comparison.plan.key,
        "model": model_version(),
        "versions": versions(),
        "platform": platform.platform(),
        "processor": platform.machine(),
        "source": source(),
        "started": comparison.started.isoformat(timespec="seconds"),
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def regie_version() -> str:
    """Return the version of regie; that of the clone's pyproject.toml where it was not installed."""
    try:
        return version("regie")
    except PackageNotFoundError:
        return _version_of_clone()


def versions() -> dict[str, str | None]:
    """Return the versions of regie, Python and the packages that matter for a result."""
    return {"regie": regie_version(), "python": platform.python_version(), **{n: _version(n) for n in _PACKAGES}}


@cache
def source() -> dict[str, Any] | None:
    """Return commit and dirty flag of the clone that regie runs from; None where it does not run from one."""
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        return None
    commit, status = _git(root, "rev-parse", "HEAD"), _git(root, "status", "--porcelain")
    return {"commit": commit or None, "dirty": None if status is None else bool(status)}


def described_source() -> Said:
    """Return commit and state of the clone in a few words; silent where it does not run from one."""
    found = source()
    if not found or not found["commit"]:
        return SILENT
    commit = str(found["commit"])[:12]
    return Said(commit, commit) + (say("changed since") if found["dirty"] else SILENT)


def platform_name() -> str:
    """Return the computer in a few words."""
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"


def command_line(arguments: list[str]) -> str:
    """Return a command as it can be typed again."""
    import shlex

    if sys.platform == "win32":
        return subprocess.list2cmdline(["regie", *arguments])
    return shlex.join(["regie", *arguments])


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _version_of_clone() -> str:
    import tomllib

    try:
        text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return "unknown"


def _git(root: Path, *arguments: str) -> str | None:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        told = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
            env=environment,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout.strip()
