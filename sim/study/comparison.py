"""What a comparison holds: the outcomes of all its runs, and how to ask for differences, tables and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import RegieError
from sim.scenario.scenario import RegimeLabel, Scenario
from sim.study.outcomes import Outcome
from sim.study.sentences import say
from sim.study.statistics import Verdict, paired, verdict
from sim.study.tables import Floats, Run, Table

if TYPE_CHECKING:
    import pandas as pd


def now() -> datetime:
    """Return the moment, with its time zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Failure:
    """A run that failed; the others went on.

    Attributes:
        regime: Regime of the run; empty where the shared warm-up failed.
        replication: Its replication.
        seed: Its seed.
        stage: ``"warm-up"``, ``"run"`` or ``"extract"``.
        error: The exception in one line.
        traceback: The whole story.
    """

    regime: str
    replication: int
    seed: int
    stage: str
    error: str
    traceback: str


@dataclass(frozen=True)
class Difference:
    """How a regime differs from the baseline in one outcome.

    Attributes:
        regime: The regime.
        outcome: Name of the outcome.
        unit: Its unit.
        direction: -1 where less is better, 1 where more is, 0 where neither is.
        smallest_difference: Smallest difference that matters.
        n: Pairs in which both are defined.
        baseline_mean: Mean of the baseline over these pairs.
        mean: Mean of the regime over these pairs.
        difference: Mean of regime less baseline.
        low: Lower end of the 95 % confidence interval of the mean difference; NaN below two pairs.
        high: Upper end.
        p_better: Share of pairs in which the regime is better (higher, where neither direction is better).
        variance_ratio: Variance of the paired difference against that of independent runs.
        verdict: ``better``, ``worse``, ``higher``, ``lower``, ``no difference``, ``undecided`` or ``none``.
    """

    regime: str
    outcome: str
    unit: str
    direction: int
    smallest_difference: float
    n: int
    baseline_mean: float
    mean: float
    difference: float
    low: float
    high: float
    p_better: float
    variance_ratio: float
    verdict: Verdict


@dataclass(frozen=True)
class Comparison:
    """Regimes compared on one scenario. With a single regime: its runs, nothing compared.

    Attributes:
        scenario: The scenario.
        scenarios: The scenario as it was run under each regime.
        baseline: Regime that the others are compared with.
        regimes: All regimes, the baseline first.
        outcome_list: The outcomes, in the order of the last axis of ``values``.
        days: Days lived after the warm-up.
        seed: Root seed.
        asked: Replications asked for.
        replications: Replications finished under every regime.
        seeds: Seed of each of these.
        values: Outcomes, an array of (regime, replication, outcome); NaN where undefined.
        weekly: Weekly series by (regime, replication), measures in single precision.
        lives: The whole run of the first finished replication, by regime.
        failures: Runs that failed.
        complete: Whether nothing interrupted it.
        only: Organisations that change; empty for all.
        from_day: Day on which they change.
        equal_hours: Whether no regime frees hours for clients by what it asks of workers.
        started: When the computing started.
        command: Command line that gives it again; empty from Python.
    """

    scenario: Scenario
    scenarios: Mapping[str, Scenario]
    baseline: str
    regimes: tuple[str, ...]
    outcome_list: tuple[Outcome, ...]
    days: int
    seed: int
    asked: int
    replications: tuple[int, ...]
    seeds: tuple[int, ...]
    values: Floats
    weekly: Mapping[tuple[str, int], Table]
    lives: Mapping[str, Run]
    failures: tuple[Failure, ...] = ()
    complete: bool = True
    only: tuple[str, ...] = ()
    from_day: int = 0
    equal_hours: bool = False
    started: datetime = field(default_factory=now)
    command: str = ""

    def outcome(self, name: str) -> Outcome:
        """Return a declared outcome by name.

        Raises:
            RegieError: If there is none of that name.
        """
        return self.outcome_list[self._position(name)]

    def label(self, regime: str) -> RegimeLabel:
        """Return how a regime is called and why it is there; also one that was given by path."""
        return self.scenarios[regime].label

    def level(self, regime: str, outcome: str) -> Floats:
        """Return an outcome under a regime, one value a replication."""
        if regime not in self.regimes:
            raise RegieError(say("not run", name=regime, known=_listed(self.regimes)))
        return np.asarray(self.values[self.regimes.index(regime), :, self._position(outcome)])

    def difference(self, regime: str, outcome: str) -> Difference:
        """Return how ``regime`` differs from the baseline in ``outcome``."""
        about = self.outcome(outcome)
        pair = paired(self.level(self.baseline, outcome), self.level(regime, outcome), about.direction)
        return Difference(
            regime,
            outcome,
            about.unit,
            about.direction,
            about.smallest_difference,
            **vars(pair),
            verdict=verdict(pair.low, pair.high, about.smallest_difference, about.direction),
        )

    def differences(self) -> list[Difference]:
        """Return the differences of all other regimes from the baseline, regime by regime."""
        rivals = [regime for regime in self.regimes if regime != self.baseline]
        return [self.difference(regime, about.name) for regime in rivals for about in self.outcome_list]

    def table(self) -> pd.DataFrame:
        """Return the differences as a data frame: one row for each regime and outcome."""
        import pandas as pd

        return pd.DataFrame([vars(row) for row in self.differences()], columns=list(Difference.__annotations__))

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """All outcomes of all runs, tidy: regime, replication, seed, outcome, unit, value."""
        from sim.study import frames

        return frames.data_frame(frames.outcomes_table(self))

    @cached_property
    def series(self) -> pd.DataFrame:
        """The weekly series of all runs."""
        from sim.study import frames

        return frames.data_frame(frames.all_series_table(self))

    @cached_property
    def visits(self) -> pd.DataFrame:
        """The visits of the first finished replication under every regime."""
        from sim.study import frames

        return frames.data_frame(frames.joined(frames.visits_table(run) for run in self.lives.values()))

    @cached_property
    def clients(self) -> pd.DataFrame:
        """The clients of the first finished replication under every regime."""
        from sim.study import frames

        return frames.data_frame(frames.joined(frames.clients_table(run) for run in self.lives.values()))

    def figure(self, name: str, language: str = "en") -> Any:
        """Return a figure of the report, a plotly figure, such as ``"waiting"``.

        Raises:
            RegieError: If there is no figure of that name.
        """
        from importlib import import_module  # the one glance upward: a report's figure, for convenience

        return import_module("sim.report.figures").figure(self, name, language)

    def _position(self, name: str) -> int:
        names = [outcome.name for outcome in self.outcome_list]
        if name not in names:
            raise RegieError(say("no outcome", name=name, known=_listed(names)))
        return names.index(name)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
