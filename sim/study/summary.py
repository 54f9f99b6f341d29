"""The summary of a comparison for other programs, and for the last lines on the screen."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.scenario.scenario import RegimeLabel
from sim.study.statistics import interval
from sim.study.tables import Floats

if TYPE_CHECKING:
    from sim.study.compare import Comparison


def summary(comparison: Comparison, folder: Path | None = None) -> dict[str, Any]:
    """Return what was run, the levels of all outcomes and the differences, ready to be written as JSON."""
    report = folder / "report.html" if folder else None
    return {
        "scenario": comparison.scenario.name,
        "baseline": comparison.baseline,
        "regimes": list(comparison.regimes),
        "titles": {regime: _titles(comparison.label(regime)) for regime in comparison.regimes},
        "worlds": comparison.drawn.kind,
        "draws_turned_down": comparison.drawn.turned_down,
        "precision_asked": comparison.plan.precision,
        "precision_reached": comparison.precision.reached,
        "widths": [{**width._asdict(), "enough": width.enough} for width in comparison.precision.widths],
        "equal_staff": {regime: _equal_staff(comparison, regime) for regime in comparison.rivals},
        "days": comparison.days,
        "seed": comparison.seed,
        "replications_asked": comparison.asked,
        "replications": len(comparison.replications),
        "complete": comparison.complete,
        "failed_runs": len(comparison.failures),
        "folder": str(folder) if folder else None,
        "report": str(report) if report and report.exists() else None,
        "headline": [about.name for about in comparison.outcome_list if about.headline],
        "levels": [row for regime in comparison.regimes for row in _levels(comparison, regime)],
        "differences": [dataclasses.asdict(row) for row in comparison.differences()],
    }


def _equal_staff(comparison: Comparison, regime: str) -> dict[str, float] | None:
    found = comparison.equal_staff(regime)
    return vars(found) if found else None


def _titles(label: RegimeLabel) -> dict[str, str]:
    return {"en": label.title, "nl": label.title_nl}


def _levels(comparison: Comparison, regime: str) -> list[dict[str, Any]]:
    return [
        {"regime": regime, "outcome": about.name, "unit": about.unit, **level(comparison.level(regime, about.name))}
        for about in comparison.outcome_list
    ]


def level(values: Floats) -> dict[str, Any]:
    """Return number, mean and the 95 % confidence interval of the mean of the values that are defined."""
    known = values[~np.isnan(values)]
    low, high = interval(known)
    mean = float(known.mean()) if len(known) else float("nan")
    return {"n": len(known), "mean": mean, "low": low, "high": high}
