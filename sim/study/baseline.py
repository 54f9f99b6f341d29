"""The baseline held against patterns from outside, and how long a warm-up must be.

``python -m sim.study.baseline one-zone`` prints both, as they stand in ``docs/validation.md``.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from sim.scenario.scenario import Scenario
from sim.study import outcomes
from sim.study.runs import seed_of, warmed
from sim.study.tables import Floats, Run

if TYPE_CHECKING:
    from sim.model.state import State

YEARS = 5  # observed after the warm-up
WEEK = 7.0
YEAR = 52  # weeks
LOADS = (0.7, 0.85, 1.0, 1.15, 1.3)
PAID = ("paid", "sick", "leave")
WATCHED = ("waiting", "in_service", "in_care", "debt")  # weekly stocks by which the warm-up is judged


@dataclass(frozen=True)
class Band:
    """A pattern from outside.

    Attributes:
        name: Name of the pattern.
        low: Lowest mean that is plausible.
        high: Highest mean that is plausible.
        unit: Unit of both.
        en: What it is.
        fact: The fact it stands on.
        required: Whether the baseline must lie inside; the others are shown and explained.
    """

    name: str
    low: float
    high: float
    unit: str
    en: str
    fact: str
    required: bool = True

    def holds(self, value: float) -> bool:
        """Return whether ``value`` lies within the band."""
        return self.low <= value <= self.high


@cache
def bands() -> tuple[Band, ...]:
    """Return the declared bands."""
    declared = tomllib.loads(files(__package__).joinpath("baseline.toml").read_text(encoding="utf-8"))
    return tuple(Band(name, **entry) for name, entry in declared.items())


def baseline(scenario: Scenario, replications: int = 10, seed: int = 0) -> dict[str, tuple[float, float]]:
    """Return mean and standard deviation over replications of each pattern, under the baseline regime.

    Args:
        scenario: The scenario, lived under its baseline regime.
        replications: How many worlds.
        seed: Root seed.
    """
    scenario = scenario.with_regime(scenario.baseline)
    seen = [_patterns(scenario, seed_of(seed, replication)) for replication in range(replications)]
    return {
        band.name: (float(np.mean(values)), float(np.std(values, ddof=1)) if len(values) > 1 else 0.0)
        for band in bands()
        for values in [[one[band.name] for one in seen]]
    }


def _patterns(scenario: Scenario, seed: int) -> dict[str, float]:
    from sim.model.day import live
    from sim.model.record import records

    days = YEARS * 364
    world = live(warmed(scenario, seed), days)
    left = records(world)
    run = Run(scenario, scenario.regime, 0, seed, days, left.visits, left.clients, left.series)
    states = population_means(world)
    total = {name: float(run.weeks[name].sum()) for name in ("in_care", "arrivals", "direct", "bridging", *PAID)}
    zones, weeks = int(scenario["zones"]), run.number_of_weeks
    per_zone = 10_000 / float(scenario["inhabitants"])
    paid = total["paid"] - weeks * len(world.manager) * float(scenario["manager_hours"])  # of workers alone
    in_care = per_zone * total["in_care"] / weeks / zones
    return {
        "wait_weeks": outcomes.wait_mean(run) / WEEK,
        "beyond_norm": outcomes.beyond_norm(run),
        "utilisation": outcomes.utilisation(run),
        "hours_per_client_week": outcomes.hours_per_client_week(run),
        "admissions": per_zone * (outcomes.crisis_admissions(run) + outcomes.planned_admissions(run)),
        "density": density(world),
        "lowest_state": min(states.values()),
        "highest_state": max(states.values()),
        "clients_in_care": in_care,
        "years_in_care": total["in_care"] / (total["arrivals"] * 52.0),
        "direct_share_of_worked": (total["direct"] + total["bridging"]) / (paid - total["sick"] - total["leave"]),
        "sick_leave": total["sick"] / paid,
        **_waiting_now(world),
        "unmet": outcomes.unmet_need(run),
    }


def _waiting_now(world: State) -> dict[str, float]:
    from sim.model.state import LISTED

    listed = world.need.status == LISTED
    places = (world.place.team.reshape(-1, 2) >= 0).sum(axis=1)
    waiting = max(1, int(listed.sum()))
    return {
        "bridged": float((world.need.bridger[listed] >= 0).sum()) / waiting,
        "on_two_lists": float((places[listed] == 2).sum()) / waiting,
    }


def density(world: State) -> float:
    """Return the share of ordered pairs of workers of a zone of whom the one knows the other."""
    seats = np.bincount(world.worker.zone)
    known = world.tie.to >= 0
    valid = world.tie.generation[known] == world.worker.generation[world.tie.to[known]]
    return float(valid.sum() / (seats * (seats - 1)).sum())


def population_means(world: State) -> dict[str, float]:
    """Return the mean over clients or workers of every state between 0 and 1."""
    here = world.client.used == 1
    means = {name: float(world.client[name][here].mean()) for name in ("frailty", "network", "voice")}
    means |= {name: float(world.worker[name].mean()) for name in ("listening", "client_attention", "aptitude")}
    return means


def settled_after(weekly: Floats) -> int:
    """Return the first week from which on every yearly mean stays near the long-run mean (after Welch 1983).

    Near is within 5 % of it, or within three standard errors over replications, whichever is wider. The long run is
    the second half of the series.

    Args:
        weekly: Values, one row a replication, one column a week from the first day on.
    """
    long_run = weekly[:, weekly.shape[1] // 2 :].mean(axis=1)
    sums = np.cumsum(np.pad(weekly, ((0, 0), (1, 0))), axis=1)
    yearly = (sums[:, YEAR:] - sums[:, :-YEAR]) / YEAR
    apart = yearly - long_run[:, None]
    noise = 3.0 * apart.std(axis=0, ddof=1) / np.sqrt(len(weekly))
    far = np.abs(apart.mean(axis=0)) > np.maximum(noise, 0.05 * long_run.mean())
    return int(far.nonzero()[0][-1]) + 1 if far.any() else 0


def warmup(scenario: Scenario, replications: int = 20, seed: int = 0, years: int = 15) -> dict[str, int]:
    """Return the weeks of warm-up that each watched stock asks for, from the first day of an unwarmed world."""
    from sim.model.day import live
    from sim.model.founding import found
    from sim.model.record import records

    scenario = scenario.with_regime(scenario.baseline).with_values({"warmup_days": 0})
    rows = len(scenario.organisations) + 1
    series = [
        records(live(found(scenario, seed_of(seed, replication)), years * 364), spent=True).series
        for replication in range(replications)
    ]
    return {
        name: settled_after(np.array([one[name].reshape(-1, rows).sum(axis=1) for one in series])) for name in WATCHED
    }


def load_response(scenario: Scenario, loads: tuple[float, ...] = LOADS, replications: int = 5) -> dict[float, float]:
    """Return the mean wait in weeks at several loads, as a multiple of the arrivals: a smooth rise, no knife edge."""
    people = ("arrivals_per_year", "clients_at_start")
    return {
        load: baseline(scenario.with_values({name: load * float(scenario[name]) for name in people}), replications)[
            "wait_weeks"
        ][0]
        for load in loads
    }


def main(names: list[str]) -> None:
    """Print the tables of ``docs/validation.md`` for the scenarios named."""
    for name in names:
        scenario = Scenario.load(name)
        seen = baseline(scenario)
        print(f"\n**{name}**\n\n| pattern | band | mean (sd over worlds) | inside | fact |\n|---|---|---|---|---|")
        for band in bands():
            mean, spread = seen[band.name]
            inside = ("yes" if band.holds(mean) else "**no**") + ("" if band.required else " (shown only)")
            print(
                f"| {band.en} ({band.unit}) | {band.low:g} to {band.high:g} | {mean:.2f} ({spread:.2f}) "
                f"| {inside} | {band.fact} |"
            )
        print("\nWeeks until settled: " + ", ".join(f"{k} {v}" for k, v in warmup(scenario).items()))
        waits = load_response(scenario)
        print("\nMean wait in weeks by load: " + ", ".join(f"{load:g}: {wait:.1f}" for load, wait in waits.items()))


if __name__ == "__main__":
    main(sys.argv[1:] or ["one-zone", "breda-2005"])
