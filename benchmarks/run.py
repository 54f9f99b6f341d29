"""Measures regie beside its twins in one run and prints ratios.

``python benchmarks/run.py [--quick] [--json FILE] [--part NAME]``
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import agreement
import speed
import twins
from reduced import HERE, Reduced, reduced
from twins import IDIOMS, SWITCHED_OFF, DaysOnly, Twin

ROOT = HERE.parent
DAYS_ONLY = "rest off, days only"
REFERENCE = "C"


@dataclass(frozen=True)
class Effort:
    """How long to measure.

    Attributes:
        zones: Zones of the reduced model.
        rounds: Times that each twin is measured.
        runs: Runs by which each twin is compared in distribution; regie's idioms with C, bit for bit.
        full_seconds: Seconds of complete runs of the full model.
        big_zones: Zones of the model with a million clients.
        big_slots: Clients that a worker serves at a time there.
    """

    zones: int
    rounds: int
    runs: Mapping[str, int]
    full_seconds: float
    big_zones: int
    big_slots: int = 5


QUICK = Effort(8, 3, {"C": 40, IDIOMS: 20, SWITCHED_OFF: 40, "SimPy": 8, "Ciw": 6, "plain Mesa": 4}, 2.0, 190)
FULL = Effort(8, 9, {"C": 200, IDIOMS: 100, SWITCHED_OFF: 200, "SimPy": 40, "Ciw": 20, "plain Mesa": 12}, 10.0, 1900)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all parts, print them, write JSON if asked; 1 where twins do not agree."""
    options = _options(arguments)
    effort = QUICK if options.quick else FULL
    parts = {
        "agreement": measure_agreement,
        "speed": measure_speed,
        "million": measure_million,
        "full model": measure_full_model,
        "processes": measure_processes,
    }
    available = list(load_twins())
    results: dict[str, Any] = {"machine": machine(), "quick": options.quick}
    for name in options.part or parts:
        print(f"\n== {name} ==", flush=True)
        results[name] = parts[name](available, effort)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    disagreements = [row for row in results.get("agreement", []) if not row["agrees"]]
    return 1 if disagreements else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="less of everything: about two minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to FILE")
    names = ("agreement", "speed", "million", "full model", "processes")
    parser.add_argument("--part", action="append", choices=names, help="measure this part only; may be repeated")
    return parser.parse_args(arguments)


def load_twins() -> Iterator[Twin]:
    """Give the twins that can run here, warm, and say which cannot."""
    print("Compiling and importing come first and are not part of any figure but 'first day'.")
    for name in twins.MODULES:
        try:
            yield twins.load(name)
        except (ImportError, FileNotFoundError, subprocess.CalledProcessError) as reason:
            print(f"{name}: left out ({reason})")


def machine() -> dict[str, str]:
    """Return what the figures were measured on, without names of people or places."""
    packages = ("mesa", "numba", "numpy", "ciw", "simpy")
    versions = {name: metadata.version(name) for name in packages if _installed(name)}
    return {
        "processor": processor(),
        "system": platform.system(),
        "python": platform.python_version(),
        **versions,
    }


def processor() -> str:
    """Return the name of the processor."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


# --- the reduced model: the same in distribution? ---


def measure_agreement(available: Sequence[Twin], effort: Effort) -> list[dict[str, Any]]:
    """Compare all twins with the C twin, statistic by statistic."""
    model = reduced(effort.zones, 3 * 365)
    identities = list(measure_identity(available, model, effort.runs[IDIOMS]))
    compared = [twin for twin in available if not any(twin.name == row.twin for row in identities)]
    samples = {twin.name: agreement.sample(twin, model, effort.runs[twin.name]) for twin in compared}
    reference = REFERENCE if REFERENCE in samples else available[0].name
    print(f"load {model.load:.2f}, {model.zones} zones, {model.days} days from empty; per organisation.")
    print(f"'agrees': within {agreement.STANDARD_ERRORS} standard errors of the difference from {reference}.")
    rows = [
        row
        for name in samples
        if name != reference
        for row in agreement.compare(name, reference, samples[name], samples[reference])
    ]
    for row in rows:
        print(_agreement_line(row))
    return [{**asdict(row), "agrees": row.agrees} for row in (*identities, *rows)]


def measure_identity(available: Sequence[Twin], model: Reduced, runs: int) -> Iterator[agreement.Identity]:
    """Compare the twin in regie's idioms with the C twin, which it repeats, where both are here."""
    named = {twin.name: twin for twin in available}
    if IDIOMS in named and REFERENCE in named:
        row = agreement.repeat(named[IDIOMS], named[REFERENCE], model, runs)
        print(f"{row.twin}: as {row.reference}, bit for bit, in {row.identical} of {row.runs} runs.")
        yield row


def _agreement_line(row: agreement.Agreement) -> str:
    verdict = "agrees" if row.agrees else "DIFFERS"
    blunt = "" if row.sharp else " (too few runs to tell)"
    figures = f"{row.value:9.3f} {row.expected:9.3f} ± {row.standard_error:.3f}"
    return f"  {row.twin:16s} {row.statistic:20s} {figures}  {verdict}{blunt}"


# --- the reduced model: speed ---


def measure_speed(available: Sequence[Twin], effort: Effort) -> dict[str, Any]:
    """Measure all twins in turn and print times and ratios."""
    model = reduced(effort.zones, 3 * 365)
    measured = [
        *available,
        *(DaysOnly(DAYS_ONLY, twin.simulate) for twin in available if twin.name == SWITCHED_OFF),
    ]
    seconds = speed.measure(measured, model, effort.rounds)
    agents = speed.agents(model, available[-1].simulate(model, 0))
    print(f"{model.zones} zones, {model.days} days, {effort.rounds} rounds; {agents:.0f} agents a zone.")
    print(f"{'':20s}{'ms/zone-year':>14s}{'agent-days/s':>15s}{'× plain Mesa':>22s}{'time / C':>22s}")
    table = {name: speed_row(seconds, name, agents) for name in seconds}
    for name, row in table.items():
        print(_speed_line(name, row))
    print_regie_factors(seconds)
    return {"agents_per_zone": agents, "rounds": seconds, "table": table}


def speed_row(seconds: Mapping[str, Sequence[float]], name: str, agents: float) -> dict[str, Any]:
    """Return one line of the table of speeds."""
    median = statistics.median(seconds[name])
    row: dict[str, Any] = {"seconds_per_zone_year": median, "agent_days_per_second": 365 * agents / median}
    if "plain Mesa" in seconds:
        row["times_plain_mesa"] = asdict(speed.ratios(seconds, name, "plain Mesa"))
    if "C" in seconds:
        row["time_over_c"] = asdict(speed.ratios(seconds, "C", name))
    return row


def _speed_line(name: str, row: Mapping[str, Any]) -> str:
    mesa, c = (_spread(row.get(key)) for key in ("times_plain_mesa", "time_over_c"))
    times = f"{row['seconds_per_zone_year'] * 1e3:14.4f}{row['agent_days_per_second']:15,.0f}"
    return f"{name:20s}{times}{mesa:>22s}{c:>22s}"


def _spread(spread: Mapping[str, float] | None) -> str:
    if spread is None:
        return "-"
    digits = 2 if spread["median"] < 10 else 0
    return f"{spread['median']:.{digits}f} ({spread['low']:.{digits}f}-{spread['high']:.{digits}f})"


def print_regie_factors(seconds: Mapping[str, Sequence[float]]) -> None:
    """Print how many times faster regie is than the other Python programs."""
    for name in (IDIOMS, SWITCHED_OFF, DAYS_ONLY):
        for other in ("plain Mesa", "Ciw", "SimPy"):
            if name in seconds and other in seconds:
                factor = _spread(asdict(speed.ratios(seconds, name, other)))
                print(f"{name}: {factor} times as fast as {other}")


# --- the reduced model: a million clients ---


def measure_million(available: Sequence[Twin], effort: Effort) -> dict[str, Any]:
    """Measure a year of a very large model in C and in the two of regie, each in a process of its own."""
    names = [twin.name for twin in available if twin.name in ("C", IDIOMS, SWITCHED_OFF)]
    size = (str(effort.big_zones), "365", str(effort.big_slots))
    results: dict[str, Any] = {}
    for name in names:
        try:
            results[name] = alone("big", name, *size)
        except AloneError as reason:
            print(f"{name}: could not be measured ({reason})")
    for name, row in results.items():
        print(f"{name}: {row['workers']:,} workers, {row['visits']:,} visits in a year; in the system on average")
        print(f"  {row['in_system_mean']:,.0f} clients, at the end {row['in_system_at_end']:,}")
        print(f"  {row['seconds']:.2f} s {_parts(row['parts'])}")
        print(f"  peak {row['peak_bytes'] / 1e9:.2f} GB (of which {row['before_bytes'] / 1e9:.2f} before the run)")
    return results


def _parts(parts: Mapping[str, float]) -> str:
    shown = ", ".join(f"{part} {seconds:.2f}" for part, seconds in parts.items())
    return f"({shown})" if shown else ""


class AloneError(Exception):
    """A part in a process of its own failed; its text is the last line that the process said."""


def alone(*arguments: str, **environment: str) -> dict[str, Any]:
    """Run a part of ``alone.py`` in a process of its own and return its answer."""
    command = [sys.executable, str(HERE / "alone.py"), *arguments]
    answer = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise AloneError(" ".join(answer.stderr.strip().splitlines()[-1:]) or f"ended with {answer.returncode}")
    figures: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return figures


# --- the full model ---


def measure_full_model(available: Sequence[Twin], effort: Effort) -> dict[str, float]:
    """Measure complete runs of ``one-zone`` over 1,095 days, in one thread."""
    if not any(twin.name == SWITCHED_OFF for twin in available):
        return {}
    results = {}
    for label, run in full_runs().items():
        run(0)
        results[label] = speed.per_second(run, effort.full_seconds)
        print(f"one-zone, 1,095 days, {label}: {results[label]:.1f} runs per second and core")
    return results


def full_runs() -> dict[str, Callable[[int], object]]:
    """Return what a complete run can mean: with or without the warm-up, all tables or the days only."""
    from sim.model.day import live
    from sim.model.founding import found
    from sim.scenario.scenario import Scenario
    from sim.study.runs import run

    scenario = Scenario.load("one-zone")
    cold = scenario.with_values({"warmup_days": 0})
    warmup = int(scenario["warmup_days"])
    return {
        f"and a warm-up of {warmup:,} days before": lambda seed: run(scenario, seed=seed, days=1095),
        "without warm-up": lambda seed: run(cold, seed=seed, days=1095),
        "without warm-up, founding and days only": lambda seed: live(found(cold, seed), 1095),
    }


# --- processes ---


def measure_processes(available: Sequence[Twin], effort: Effort) -> dict[str, float]:
    """Measure the command as a process, and the first day with and without machine code on disk."""
    if not any(twin.name == SWITCHED_OFF for twin in available):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        fresh = {"REGIE_CACHE_DIR": str(Path(folder) / "cache")}
        cold = alone("first-day", **fresh)
        warm = alone("first-day", **fresh)
        command = statistics.median([seconds_of_command(folder) for _ in range(effort.rounds + 1)][1:])
    if cold["model"] != warm["model"]:
        print("The model was edited meanwhile, so the second process compiled again: measure once more.")
    print(f"first day of one-zone, nothing compiled yet: {cold['seconds']:.1f} s")
    print(f"first day of one-zone, compiled: {warm['seconds']:.2f} s")
    print(f"'regie run one-zone' as a process, compiled: {command:.2f} s")
    return {
        "cold_seconds": cold["seconds"],
        "warm_seconds": warm["seconds"],
        "command_seconds": command,
    }


def seconds_of_command(folder: str) -> float:
    """Return the seconds of ``regie run one-zone`` from start to exit."""
    place = Path(tempfile.mkdtemp(dir=folder)) / "result"
    code = "from sim.cli import main; main()"
    command = [sys.executable, "-c", code, "run", "one-zone", "--out", str(place)]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    if done.returncode != 0:
        raise RuntimeError(f"'regie run one-zone' ended with {done.returncode}:\n{done.stderr or done.stdout}")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
