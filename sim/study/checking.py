"""Checking a file without running it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.scenario import files
from sim.scenario.regimes import load_regime
from sim.scenario.scenario import Scenario

_ONLY_IN_A_REGIME = ("rationale", "rationale_nl")
_NEVER_IN_A_REGIME = ("start", "regime", "parameters", "kinds", "organisations", "description", "description_nl")


@dataclass(frozen=True)
class Checked:
    """What a file that is in order holds.

    Attributes:
        kind: What it is.
        counts: How many of what.
    """

    kind: Literal["scenario", "regime", "experiment"]
    counts: dict[str, int]


def check_file(name_or_path: str) -> Checked:
    """Check a scenario or regime file; also a name will do.

    Raises:
        RegieError: With all mistakes.
    """
    if _is_regime(name_or_path):
        return Checked("regime", {"levers": len(load_regime(name_or_path).levers)})
    scenario = Scenario.load(name_or_path)
    parts = {"organisations": len(scenario.organisations), "kinds": len(scenario.kinds)}
    return Checked("scenario", {"zones": int(scenario["zones"]), **parts})


def _is_regime(name_or_path: str) -> bool:
    """Return whether a file is meant as a regime: by where it lies, else by what it holds."""
    if not files.is_path(name_or_path):
        return name_or_path in files.names("regime") and name_or_path not in files.names("scenario")
    path = files.find(name_or_path, "scenario")
    if path.parent.resolve().name == "regimes":
        return True
    data = files.read(path, "scenario").data
    if any(key in data for key in _NEVER_IN_A_REGIME):
        return False
    return any(key in data for key in _ONLY_IN_A_REGIME) or data.get("extends") in files.names("regime")
