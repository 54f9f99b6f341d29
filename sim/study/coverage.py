"""How often an interval holds the truth when a comparison ends as soon as it is precise enough.

``python -m sim.study.coverage one-zone`` prints the table of ``docs/validation.md``: differences between regimes in
many plausible worlds are taken for the whole truth, comparisons are drawn from them, and each ends by the rule of
``looks``.
"""

from __future__ import annotations

import sys

import numpy as np

from sim.study.compare import compare
from sim.study.looks import looks
from sim.study.statistics import LEVEL, student_t
from sim.study.tables import Floats

WORLDS, DAYS = 300, 1820
TRIALS = 20_000
RIVALS = ("client-steering", "pooled-list")
SHARES = (0.3, 0.34, 0.38, 0.42, 0.47)
"""Half-widths asked, in standard deviations of a difference: from hardly ever reached in 40 worlds to nearly always."""


def coverage(differences: Floats, asked: float, most: int, trials: int = TRIALS, seed: int = 0) -> float:
    """Return how often the interval at the end holds the mean of all ``differences``.

    Args:
        differences: What is taken for the whole truth.
        asked: Half-width that is precise enough; it ends when that is so at two looks in a row.
        most: Worlds at most.
        trials: Comparisons that are drawn.
        seed: Seed of the draws.
    """
    bits = np.random.SeedSequence(seed).generate_state(trials * most, np.uint64)
    values = differences[(bits % np.uint64(len(differences))).astype(np.int64)].reshape(trials, most)
    held, done, enough = (np.zeros(trials, bool) for _ in range(3))
    for look in looks(most):
        some = values[:, :look]
        half = student_t((1 + LEVEL) / 2, look - 1) * some.std(axis=1, ddof=1) / np.sqrt(look)
        ends = ~done & ((enough & (half <= asked)) | (look == most))
        held[ends] = (np.abs(some.mean(axis=1) - differences.mean()) <= half)[ends]
        done, enough = done | ends, half <= asked
    return float(held.mean())


def main(names: list[str]) -> None:
    """Print the coverage of each headline difference of two rivals, for each scenario named."""
    for name in names or ["one-zone"]:
        found = compare(name, regimes=RIVALS, replications=WORLDS, days=DAYS, yardsticks=False, whole=0)
        print(f"| {name} | " + " | ".join(f"{share:g} sd" for share in SHARES) + " |\n|---|" + "---|" * len(SHARES))
        for regime in found.rivals:
            for about in found.headlines:
                apart = found.level(regime, about.name) - found.level(found.baseline, about.name)
                row = (coverage(apart, share * float(apart.std()), 40) for share in SHARES)
                print(f"| {about.en}, {found.label(regime).title} | " + " | ".join(f"{c:.3f}" for c in row) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
