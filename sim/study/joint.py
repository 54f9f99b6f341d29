"""A joint pattern from outside held against a comparison: what is known of Buurtzorg, hits and misses.

``python -m sim.study.joint breda-2005`` prints the table of ``docs/validation.md``.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sim.scenario.files import shipped
from sim.scenario.scenario import Scenario
from sim.study.compare import compare
from sim.study.comparison import Comparison
from sim.study.tables import Floats

REPLICATIONS = 20


@dataclass(frozen=True)
class Pattern:
    """One pattern of the joint one.

    Attributes:
        outcome: Outcome that it is about; ``"admissions"`` for crisis and planned together.
        measure: ``"ratio"`` of the means, or ``"difference"`` of them.
        low: Lowest that counts as a hit.
        high: Highest that does.
        en: What it is.
        fact: The fact it stands on.
    """

    outcome: str
    measure: Literal["ratio", "difference"]
    low: float
    high: float
    en: str
    fact: str

    def seen(self, comparison: Comparison, regime: str, baseline: str) -> float:
        """Return what a comparison shows of it."""
        mean, usual = (float(np.nanmean(values(comparison, each, self.outcome))) for each in (regime, baseline))
        return mean / usual if self.measure == "ratio" else mean - usual

    def hit(self, value: float) -> bool:
        """Return whether a value counts as a hit."""
        return self.low <= value <= self.high


def declared() -> dict[str, Any]:
    """Return the file: ``regime``, ``baseline`` and ``patterns``."""
    entry = tomllib.loads(shipped("experiments", "buurtzorg.toml").read_text(encoding="utf-8"))
    return {**entry, "patterns": {name: Pattern(**pattern) for name, pattern in entry["patterns"].items()}}


def values(comparison: Comparison, regime: str, outcome: str) -> Floats:
    """Return an outcome of each replication of a regime."""
    if outcome == "admissions":
        return values(comparison, regime, "crisis_admissions") + values(comparison, regime, "planned_admissions")
    return comparison.level(regime, outcome)


def main(arguments: list[str]) -> None:
    """Print how the joint pattern came out, for each scenario named."""
    file = declared()
    for name in arguments or ["one-zone"]:
        scenario = Scenario.load(name)
        compared = compare(
            scenario,
            regimes=[file["regime"]],
            baseline=file["baseline"],
            replications=REPLICATIONS,
            days=3640,
            worlds="one",
            yardsticks=False,
        )
        print(f"\n**{name}**\n\n{table(compared, file)}")


def table(comparison: Comparison, file: dict[str, Any]) -> str:
    """Return hits and misses as a table."""
    lines = ["| pattern | measure | counts as a hit | came out | | fact |", "|---|---|---|---|---|---|"]
    for pattern in file["patterns"].values():
        value = pattern.seen(comparison, file["regime"], file["baseline"])
        verdict = "hit" if pattern.hit(value) else "**miss**"
        band = f"{pattern.low:g} to {pattern.high:g}"
        lines.append(f"| {pattern.en} | {pattern.measure} | {band} | {value:.2f} | {verdict} | {pattern.fact} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
