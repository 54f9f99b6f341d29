"""A search for the worlds in which control wins, outcome by outcome: the boundary, or that none was found.

``python -m sim.study.search one-zone`` prints the tables of ``docs/validation.md``.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import qmc, spearmanr

from sim.scenario.files import shipped
from sim.scenario.scenario import Scenario
from sim.study import outcomes
from sim.study.equalising import equal_hours
from sim.study.mechanisms import mechanisms
from sim.study.runs import live_on, seed_of, warmed
from sim.study.tables import Floats

WORLDS, DAYS = 256, 1820
STRONG = 0.25  # rank correlation from which a parameter is named; by chance one in twenty passes .12 among 256 worlds
SIDES = ("control", "client")
ALL_THREE = "capacity"  # the three effects on hours together
FEW = 3  # parameters that are named at most


class Found(NamedTuple):
    """What the search found of one outcome.

    Attributes:
        wins: Share of worlds in which control is better by more than the smallest difference that matters.
        loses: Share in which it is worse by more than that.
        median: Median advantage of control, in the good direction of the outcome.
        where: Parameters with which that advantage rises (+) or falls (-), strongest first: name to rank correlation.
    """

    wins: float
    loses: float
    median: float
    where: dict[str, float]


def declared() -> dict[str, Any]:
    """Return the file: regimes of ``control`` and ``client``, ``outcomes``, ``ranges``."""
    return tomllib.loads(shipped("experiments", "where-control-wins.toml").read_text(encoding="utf-8"))


def design(ranges: Mapping[str, list[float]], worlds: int, seed: int) -> list[dict[str, float]]:
    """Return values of the parameters for each world: a Latin hypercube over the ranges."""
    sample = qmc.LatinHypercube(len(ranges), seed=seed).random(worlds)
    low, high = np.array(list(ranges.values())).T
    return [dict(zip(ranges, map(float, row), strict=True)) for row in qmc.scale(sample, low, high)]


def search(
    scenario: Scenario, worlds: int = WORLDS, seed: int = 0, days: int = DAYS, *, fair: bool = False
) -> dict[str, Found]:
    """Hold the best of control against the best of client steering in worlds drawn over wide ranges.

    Args:
        scenario: Where.
        worlds: How many worlds.
        seed: Root seed of the design and the luck.
        days: Days after the warm-up.
        fair: Whether the three effects on hours are off: reports take the same hours everywhere, nobody serves on or
            makes needs smaller.
    """
    file = declared()
    off = mechanisms()[ALL_THREE].off if fair else {}
    points = [{**point, **off} for point in design(file["ranges"], worlds, seed)]
    drawn = [_advantages(scenario, point, seed_of(seed, i), days, file, fair) for i, point in enumerate(points)]
    advantages = np.array(drawn)
    return {name: _found(points, advantages[:, i], name) for i, name in enumerate(file["outcomes"])}


def _advantages(
    scenario: Scenario, point: Mapping[str, Any], seed: int, days: int, file: dict[str, Any], fair: bool
) -> list[float]:
    """Return for each outcome by how much the best of control is better than the best of client steering."""
    there = scenario.with_values(point)
    world = warmed(there, seed)
    regimes = {name: there.with_regime(name) for side in SIDES for name in file[side]}
    if fair:
        regimes = equal_hours(regimes)
    sides = []
    for side in SIDES:
        runs = (live_on(world, regimes[name], name, 0, seed, days) for name in file[side])
        sides.append(np.array([list(_good(run, file["outcomes"])) for run in runs]).max(axis=0))
    control, client = sides
    return list(control - client)


def _good(run: Any, names: list[str]) -> Iterator[float]:
    """Yield outcomes of a run, each so that more is better."""
    numbers = {each.name: (i, each.direction) for i, each in enumerate(outcomes.outcomes_of(run.scenario))}
    values = outcomes.extract(run)
    for name in names:
        position, direction = numbers[name]
        yield direction * float(values[position])


def _found(points: list[dict[str, Any]], advantage: Floats, name: str) -> Found:
    least = next(each.smallest_difference for each in outcomes.general_outcomes() if each.name == name)
    where = {
        each: float(spearmanr([point[each] for point in points], advantage, nan_policy="omit").statistic)
        for each in points[0]
        if len({point[each] for point in points}) > 1 and np.nanmax(advantage) > np.nanmin(advantage)
    }
    strongest = sorted((each for each in where if abs(where[each]) >= STRONG), key=lambda each: -abs(where[each]))
    return Found(
        wins=float(np.mean(advantage > least)),
        loses=float(np.mean(advantage < -least)),
        median=float(np.nanmedian(advantage)),
        where={each: where[each] for each in strongest[:FEW]},
    )


def main(arguments: list[str]) -> None:
    """Print what the search found, for each scenario named."""
    for name in arguments or ["one-zone"]:
        scenario = Scenario.load(name)
        print(f"\n**{name}**, {WORLDS} worlds of {DAYS} days\n\n{table(search(scenario))}")
        print(f"\nThe same with the three effects on hours off:\n\n{table(search(scenario, fair=True))}")


def table(found: dict[str, Found]) -> str:
    """Return what was found as a table."""
    titles = {each.name: f"{each.en} ({each.unit})" for each in outcomes.general_outcomes()}
    lines = [
        "| outcome | control wins | client steering wins | median advantage of control | control does better with |",
        "|---|---|---|---|---|",
    ]
    for name, each in found.items():
        where = ", ".join(f"{'more' if r > 0 else 'less'} `{key}` ({r:+.2f})" for key, r in each.where.items())
        lines.append(
            f"| {titles[name]} | {each.wins:.0%} | {each.loses:.0%} | {each.median:+.3g} | {where or 'nothing much'} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
