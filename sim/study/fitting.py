"""Fits the chosen few parameters to the patterns of the baseline: a recorded search, the same for the same seed.

``python -m sim.study.fitting one-zone --trials 200 --seed 1`` writes all that was tried to a folder of results and
prints the best. Only the baseline regime is lived: no difference between regimes is seen, so none can be fitted.
"""

from __future__ import annotations

import argparse
import platform
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import RegieError
from sim.scenario.parameters import parameters
from sim.scenario.scenario import Scenario
from sim.study.baseline import Seen, bands, baseline

if TYPE_CHECKING:
    import pyarrow as pa

TOLERANCE = 0.1  # half-widths of a band from its value that do not count: about what means of a few worlds differ by


@dataclass(frozen=True)
class Trial:
    """One set of values, and how the baseline came out with it.

    Attributes:
        number: From 0, that with the values of the scenario itself.
        values: Of the chosen few.
        seen: The patterns.
        misfit: How far they lie from what was observed.
    """

    number: int
    values: Mapping[str, float]
    seen: Mapping[str, Seen]
    misfit: float


@cache
def chosen() -> dict[str, str]:
    """Return the parameters that may be fitted, and why."""
    declared = tomllib.loads(files(__package__).joinpath("fitting.toml").read_text(encoding="utf-8"))
    return {name: entry["why"] for name, entry in declared.items()}


def misfit(seen: Mapping[str, Seen]) -> float:
    """Return the sum of squared distances of all patterns from their values, in half-widths beyond the tolerance."""
    return sum(max(0.0, band.distance(seen[band.name].mean) - TOLERANCE) ** 2 for band in bands())


def fit(scenario: Scenario, trials: int, seed: int = 1, worlds: int = 3) -> Iterator[Trial]:
    """Yield one trial after the other, drawn within the plausible ranges by what came out before (Hansen 2016: CMA-ES).

    Args:
        scenario: The scenario, lived under its baseline regime alone.
        trials: How many; the first has the values of the scenario itself.
        seed: Seed of the search, and root seed of the worlds, which are the same in each trial.
        worlds: How many worlds each trial lives.

    Raises:
        RegieError: Optuna is not installed.
    """
    optuna = _optuna()
    ranges = {name: parameters()[name].plausible for name in chosen()}
    scales = {name: optuna.distributions.FloatDistribution(*map(float, ends)) for name, ends in ranges.items()}
    study = optuna.create_study(sampler=optuna.samplers.CmaEsSampler(seed=seed))
    study.enqueue_trial({name: float(scenario[name]) for name in scales})
    for number in range(trials):
        asked = study.ask(scales)
        seen = baseline(scenario.with_values(asked.params), worlds, seed)
        trial = Trial(number, asked.params, seen, misfit(seen))
        study.tell(asked, trial.misfit)
        yield trial


def _optuna() -> Any:
    try:
        import cmaes  # noqa: F401 - the search, which Optuna calls
        import optuna
    except ImportError:
        raise RegieError("Fitting needs Optuna. Install it with: pip install -e '.[fit]'") from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna


def write(scenario: Scenario, trials: list[Trial], origin: Mapping[str, Any], folder: Path) -> None:
    """Write all trials, the scenario with the values of the best, and where all that comes from."""
    from sim.study.folder import as_json, write_both

    write_both(_table(trials), folder / "trials")
    best = scenario.with_values(dict(_best(trials).values))
    (folder / "best.toml").write_text(best.to_toml(), encoding="utf-8", newline="\n")
    (folder / "provenance.json").write_text(as_json(origin), encoding="utf-8", newline="\n")


def _table(trials: list[Trial]) -> pa.Table:
    """Return a row for each trial: values, then mean and drift of each pattern, then the misfit."""
    import pyarrow as pa

    rows: list[dict[str, float]] = []
    for trial in trials:
        means = {name: seen.mean for name, seen in trial.seen.items()}
        drifts = {f"{name}_drift": seen.drift for name, seen in trial.seen.items()}
        rows.append({"trial": trial.number, **trial.values, **means, **drifts, "misfit": trial.misfit})
    return pa.table({name: [row[name] for row in rows] for name in rows[0]})


def _best(trials: list[Trial]) -> Trial:
    return min(trials, key=lambda trial: trial.misfit)


def _provenance(command: str, scenario: Scenario, trials: list[Trial], started: datetime) -> dict[str, Any]:
    from sim.model.compiling import model_version
    from sim.study import provenance

    best = _best(trials)
    return {
        "command": command,
        "scenario": scenario.name,
        "regime": scenario.baseline,
        "digest": scenario.digest(),
        "tolerance": TOLERANCE,
        "fitted": {
            name: {"why": why, "range": list(parameters()[name].plausible), "best": best.values[name]}
            for name, why in chosen().items()
        },
        "patterns": {
            band.name: {"low": band.low, "high": band.high, "value": band.value, "best": best.seen[band.name].mean}
            for band in bands()
        },
        "misfit_before": trials[0].misfit,
        "misfit": best.misfit,
        "best_trial": best.number,
        "model": model_version(),
        "versions": {**provenance.versions(), "optuna": _optuna().__version__},
        "platform": platform.platform(),
        "source": provenance.source(),
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def main(words: list[str] | None = None) -> Trial:
    """Search, write what was tried, and print the best."""
    from sim.study.folder import ResultFolder

    asked = _arguments().parse_args(words)
    scenario = Scenario.load(asked.scenario)
    started = datetime.now().astimezone()
    folder = ResultFolder(f"fitting-{scenario.name}", asked.out)
    try:
        trials = list(fit(scenario, asked.trials, asked.seed, asked.worlds))
        options = f"--trials {asked.trials} --seed {asked.seed} --worlds {asked.worlds}"
        origin = _provenance(f"python -m sim.study.fitting {asked.scenario} {options}", scenario, trials, started)
        place = folder.fill(lambda made: write(scenario, trials, origin, made))
    finally:
        folder.discard()
    best = _best(trials)
    print(f"misfit {trials[0].misfit:.2f} with the values of the scenario, {best.misfit:.2f} in trial {best.number}:")
    for name, value in best.values.items():
        print(f"{name} = {value:.4g}  (was {trials[0].values[name]:.4g})")
    print(f"Written to {place}")
    return best


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sim.study.fitting", description=__doc__)
    parser.add_argument("scenario", help="name or path of a scenario")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", type=int, default=3, help="worlds lived in each trial")
    parser.add_argument("--out", type=Path, help="folder for what was tried; must not exist or be empty")
    return parser


if __name__ == "__main__":
    main()
