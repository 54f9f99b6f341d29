"""A sweep, checked before anything is computed."""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import RegieError, nearest
from sim.scenario import files
from sim.scenario.mistakes import Mistake, refuse
from sim.scenario.scenario import Scenario
from sim.study import runs
from sim.study.defaults import MOST_REPLICATIONS
from sim.study.outcomes import general_outcomes, outcomes_of
from sim.study.planning import study_version
from sim.sweeps.designs import Design, design, table_of
from sim.sweeps.experiment import Experiment, Reader
from sim.sweeps.factors import Factor, factors_of
from sim.sweeps.sentences import say

if TYPE_CHECKING:
    from sim.model.network import CareNetwork


@dataclass(frozen=True)
class Plan:
    """A sweep: nothing left to go wrong but the runs themselves.

    Attributes:
        experiment: As it was asked.
        scenario: The scenario, with what holds at all points.
        arms: Regime to the scenario under it.
        factors: What is varied.
        design: The points.
        outcomes: Name to what reads it from a run.
        weekly: Columns of the weekly series that are kept.
    """

    experiment: Experiment
    scenario: Scenario
    arms: Mapping[str, Scenario]
    factors: tuple[Factor, ...]
    design: Design
    outcomes: Mapping[str, Reader]
    weekly: tuple[str, ...]

    @property
    def units(self) -> int:
        """How many pairs of a point and a replication there are; each is run under every regime."""
        return len(self.design.points) * self.experiment.replications

    @property
    def runs(self) -> int:
        """Number of runs."""
        return self.units * len(self.arms)

    @property
    def network(self) -> type[CareNetwork] | None:
        """The network of one's own that is run instead, if any."""
        return self.experiment.network

    @cached_property
    def seeds(self) -> tuple[int, ...]:
        """Seed of each replication, the same at every point."""
        return tuple(runs.seed_of(self.experiment.seed, number) for number in range(self.experiment.replications))

    @cached_property
    def identity(self) -> dict[str, Any]:
        """All that decides what a point gives, as JSON holds it; points and replications may become more."""
        from sim.model.compiling import model_version
        from sim.study.provenance import regie_version

        asked = self.experiment
        sampled = asked.method not in ("grid", "table")
        said = {
            "regie": regie_version(),
            "model": model_version(),
            "study": study_version(),
            "method": asked.method,
            "levels": asked.levels if asked.method == "morris" else None,
            "factors": [[f.name, f.low, f.high] if sampled else f.name for f in self.factors],
            "days": asked.days,
            "seed": asked.seed,
            "outcomes": [_named(name, reader) for name, reader in self.outcomes.items()],
            "weekly": list(self.weekly),
            "network": self.network and _named(self.network.__name__, self.network),
            "regimes": list(self.arms),
            "scenario": {arm: scenario.content() for arm, scenario in self.arms.items()},
        }
        as_read: dict[str, Any] = json.loads(json.dumps(said))
        return as_read

    def beyond(self, before: Design) -> Plan:
        """Return the plan with the points of an earlier one first, so that they keep their numbers."""
        return replace(self, design=design(self.experiment, self.factors, before))


def plan(experiment: Experiment) -> Plan:
    """Check an experiment.

    Raises:
        RegieError: For whatever is wrong, what concerns the file with its line.
    """
    experiment = _with_columns(experiment)
    runs.check_days(experiment.days)
    runs.check_seed(experiment.seed)
    runs.check("replications", experiment.replications, 1, MOST_REPLICATIONS, 4)
    label = experiment.document.label if experiment.document else experiment.name
    scenario = _scenario(experiment)
    arms, mistakes = _arms(experiment, scenario, label)
    factors, wrong = factors_of(experiment, scenario, label)
    outcomes, wrong_outcomes = _outcomes(experiment, scenario, label)
    mistakes += [*wrong, *wrong_outcomes, *_wrong_columns(experiment, label)]
    if mistakes:
        refuse(mistakes, files.texts([experiment.document]) if experiment.document else {})
    points = design(experiment, factors)
    return Plan(experiment, scenario, arms, factors, points, outcomes, tuple(experiment.weekly))


def _with_columns(experiment: Experiment) -> Experiment:
    """Return the experiment with the columns of its table as factors."""
    if experiment.method != "table":
        return experiment
    columns = table_of(experiment)
    for name, cells in columns.items():
        for row, cell in enumerate(cells, 1):
            if not isinstance(cell, int | float | bool | np.number | np.bool_) or not np.isfinite(cell):
                raise RegieError(say("table cell", row=row, value=str(cell)[:40], name=name))
    return replace(experiment, factors={name: [float(cell) for cell in cells] for name, cells in columns.items()})


def _scenario(experiment: Experiment) -> Scenario:
    scenario = experiment.scenario
    if not isinstance(scenario, Scenario):
        name = str(scenario)
        inside = experiment.document is not None and files.is_path(name)
        scenario = Scenario.load(experiment.folder / name if inside else name)
    return scenario.with_values(experiment.set)


def _arms(experiment: Experiment, scenario: Scenario, label: str) -> tuple[dict[str, Scenario], list[Mistake]]:
    arms: dict[str, Scenario] = {}
    mistakes: list[Mistake] = []
    for i, regime in enumerate(experiment.regimes):
        try:
            made = scenario.with_regime(regime)
            if arms.setdefault(made.regime, made) != made:
                raise RegieError(say("same regime", name=made.regime))
        except RegieError as mistake:
            mistakes.append(Mistake(label, mistake.said, ("regimes", str(i))))
    return arms or {scenario.regime: scenario}, mistakes


def _outcomes(experiment: Experiment, scenario: Scenario, label: str) -> tuple[dict[str, Reader], list[Mistake]]:
    known: dict[str, Reader] = {outcome.name: outcome.function for outcome in outcomes_of(scenario)}
    asked = experiment.outcomes or [outcome.name for outcome in general_outcomes()]
    found: dict[str, Reader] = {}
    mistakes: list[Mistake] = []
    for i, each in enumerate(asked):
        try:
            name, reader = _outcome(each, known, experiment.folder)
            if name in found:
                raise RegieError(say("same outcome", name=name))
            found[name] = reader
        except RegieError as mistake:
            mistakes.append(Mistake(label, mistake.said, ("outcomes", str(i))))
    return found, mistakes


def _outcome(asked: str | Reader, known: Mapping[str, Reader], folder: Path) -> tuple[str, Reader]:
    if callable(asked):
        name = getattr(asked, "__name__", "")
        if not name.isidentifier() or name in known:
            raise RegieError(say("no own outcome", name=name or asked, reason="a function with a name of its own"))
        return name, asked
    file, colon, function = asked.rpartition(":")
    if colon:
        return function, _own(folder / file, function)
    if asked not in known:
        raise RegieError(say("no outcome", name=asked[:60], hint=nearest(asked, known)))
    return asked, known[asked]


def _own(path: Path, function: str) -> Reader:
    """Return a function of a Python file of the user's."""
    specification = importlib.util.spec_from_file_location(f"own_{path.stem}", path)
    try:
        if specification is None or specification.loader is None:
            raise ImportError(f"{path.name} has no ending of a Python file")
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        found: Reader = getattr(module, function)
    except Exception as mistake:  # whatever stands in that file
        raise RegieError(say("no own outcome", name=f"{path}:{function}", reason=mistake)) from None
    return found


def _wrong_columns(experiment: Experiment, label: str) -> Iterator[Mistake]:
    if not experiment.weekly:
        return
    from sim.model.state import SERIES

    known = [name for name in SERIES.names or () if name not in ("week", "organisation")]
    for i, name in enumerate(experiment.weekly):
        if name not in known:
            yield Mistake(label, say("no column", name=name[:60], hint=nearest(name, known)), ("weekly", str(i)))


def _named(name: str, own: Callable[..., Any]) -> str:
    """Return a name, for what is the user's own with a hash of its source, where that can be found."""
    if getattr(inspect.unwrap(getattr(own, "func", own)), "__module__", "").startswith("sim."):
        return name
    try:
        return f"{name} ({hashlib.sha256(inspect.getsource(own).encode()).hexdigest()[:16]})"
    except (OSError, TypeError):
        return f"{name} (own)"


def differences(there: Any, here: Any, path: Sequence[str] = ()) -> Iterator[tuple[str, Any, Any]]:
    """Yield where two identities differ: the path, what is there and what is here; None where there is nothing."""
    if isinstance(there, dict) and isinstance(here, dict):
        for key in dict.fromkeys([*there, *here]):
            yield from differences(there.get(key), here.get(key), (*path, key))
    elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        for number, (one, other) in enumerate(zip(there, here, strict=True)):
            yield from differences(one, other, (*path, str(number)))
    elif there != here:
        yield ".".join(path), there, here
