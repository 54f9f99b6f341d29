"""An ablation on disk, and as a summary for other programs."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from sim.study import arrow, frames, provenance
from sim.study.ablation import Ablated, Ablation
from sim.study.ablation_page import page
from sim.study.folder import write_both, write_texts


def write(ablation: Ablation, folder: Path) -> None:
    """Write the rows, a page of them, outcomes of all runs, the scenario with nothing off, where that comes from."""
    write_both(frames.rows_table(ablation.rows(), Ablated), folder / "ablation")
    tables = (frames.marked(frames.outcomes_table(made), off=name) for name, made in ablation.comparisons.items())
    write_both(arrow.joined(tables), folder / "outcomes")
    (folder / "ablation.md").write_text(page(ablation), encoding="utf-8")
    write_texts(ablation.whole, folder, _provenance(ablation), ablation.failures)


def _provenance(ablation: Ablation) -> dict[str, Any]:
    whole = dataclasses.replace(ablation.whole, command=ablation.command, started=ablation.started)
    return {
        **provenance.of(whole),
        "complete": ablation.complete,
        "failed_runs": len(ablation.failures),
        "switched_off": {
            each.name: {
                "off": dict(each.off),
                "equal_hours": each.equal_hours,
                "replications": list(ablation.comparisons[each.name].replications),
                "digests": {r: s.digest() for r, s in ablation.comparisons[each.name].scenarios.items()},
            }
            for each in ablation.mechanisms
        },
    }


def summary(ablation: Ablation, folder: Path | None = None) -> dict[str, Any]:
    """Return what was run and all rows, ready to be written as JSON."""
    baseline, regime = ablation.whole.regimes
    return {
        "scenario": ablation.plan.scenario.name,
        "baseline": baseline,
        "regime": regime,
        "days": ablation.whole.days,
        "seed": ablation.whole.seed,
        "replications_asked": ablation.whole.asked,
        "replications": len(ablation.replications),
        "complete": ablation.complete,
        "failed_runs": len(ablation.failures),
        "folder": str(folder) if folder else None,
        "rows": [dataclasses.asdict(row) for row in ablation.rows()],
    }
