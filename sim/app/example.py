"""The pair of worlds that the page opens on, and the rule by which it was chosen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sim.study.runs import run
from sim.study.waiting import wait_mean

SEEDS = range(41)  # an odd number: one is in the middle
_FILE = Path(__file__).parent / "page" / "example.js"


def example() -> dict[str, Any]:
    """Return what the page opens on: scenario, seed, days, the day on screen, and both worlds."""
    content: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8").partition("=")[2].rstrip().rstrip(";"))
    return content


def first_worlds() -> dict[str, Any]:
    """Return the worlds of the example, as a page asks for them."""
    return {name: value for name, value in example().items() if name != "day"}


def middle_seed() -> int:
    """Return by the rule which of ``SEEDS`` the example has: the median difference in mean wait of the two worlds.

    Lives all pairs, which takes some seconds.
    """
    return sorted(SEEDS, key=difference)[len(SEEDS) // 2]


def difference(seed: int) -> float:
    """Return by how many days the mean wait of the second world of the example differs from the first, with a seed."""
    shown = example()
    one, other = (
        wait_mean(run(shown["scenario"], seed=seed, days=shown["days"], regime=world["regime"]))
        for world in shown["worlds"]
    )
    return other - one
