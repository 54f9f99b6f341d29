"""Measures the twins side by side: A B C A B C …, so that a busy moment of the machine hits all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from reduced import Outcome, Reduced
from twins import Twin

LEAST_SECONDS = 0.2


@dataclass(frozen=True)
class Spread:
    """Median, lowest and highest of some rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Summarise the values of all rounds."""
        return cls(statistics.median(values), min(values), max(values))


def measure(twins: Sequence[Twin], model: Reduced, rounds: int) -> dict[str, list[float]]:
    """Return, for each twin, the seconds per simulated year and zone in each round."""
    seconds: dict[str, list[float]] = {twin.name: [] for twin in twins}
    for number in range(rounds):
        for twin in twins:
            seconds[twin.name].append(seconds_per_run(twin, model, number) / model.zone_years)
    return seconds


def seconds_per_run(twin: Twin, model: Reduced, first_seed: int) -> float:
    """Return the mean seconds of a run; fast twins run until there is something to measure."""
    begun, measured, runs = time.perf_counter(), 0.0, 0
    while runs == 0 or time.perf_counter() - begun < LEAST_SECONDS:
        measured += twin.seconds(model, first_seed + runs)
        runs += 1
    return measured / runs


def ratios(seconds: Mapping[str, Sequence[float]], twin: str, reference: str) -> Spread:
    """Return how many times the time of ``twin`` the reference takes, round by round."""
    pairs = zip(seconds[twin], seconds[reference], strict=True)
    return Spread.of([theirs / own for own, theirs in pairs])


def agents(model: Reduced, outcome: Outcome) -> float:
    """Return the mean number of clients and workers in one zone, over the whole run."""
    ends = np.nan_to_num(outcome.visits["end"], nan=model.days)
    clients = float((ends - outcome.visits["onset"]).sum()) / model.days / model.zones
    return clients + model.organisations * model.workers


def per_second(run: Callable[[int], object], seconds: float) -> float:
    """Return how many runs of one thread are made in a second of a core, over at least ``seconds`` of its time."""
    begun, runs = time.process_time(), 0
    while time.process_time() - begun < seconds:
        run(runs)
        runs += 1
    return runs / (time.process_time() - begun)
