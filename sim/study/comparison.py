"""What a comparison holds: the outcomes of all its runs, and how to ask for differences, tables and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError, nearest_or_all
from sim.scenario.scenario import RegimeLabel, Scenario
from sim.study.defaults import PRECISION
from sim.study.looks import Precision, Width
from sim.study.outcomes import Outcome
from sim.study.planning import Plan
from sim.study.replication import Failure, Replication, lived_again
from sim.study.sentences import say
from sim.study.statistics import (
    LEVEL,
    Paired,
    Verdict,
    holm,
    p_value,
    paired,
    student_t,
    verdict,
    within_one_world,
)
from sim.study.store import Store
from sim.study.tables import Floats, Run
from sim.study.worlds import Drawn, drawn
from sim.study.yardstick import EqualStaff, equal_staff

if TYPE_CHECKING:
    import pandas as pd


def now() -> datetime:
    """Return the moment, with its time zone."""
    return datetime.now().astimezone()


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
        noise: Standard deviation of the difference that luck alone gives within one and the same world; NaN where no
            world was lived twice.
        p_holm: P-value of what the verdict says. Of a headline outcome it stands for itself; those of all others of a
            regime are adjusted for how many they are, by Holm's method.
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
    noise: float
    p_holm: float
    verdict: Verdict


@dataclass(frozen=True)
class Comparison:
    """Regimes, or whole variants, compared in worlds that they share. With a single one: its runs, nothing compared.

    Attributes:
        plan: What was asked.
        finished: The worlds that were finished, by number.
        outcome_list: The outcomes, in the order of the last axis of ``values``.
        complete: Whether nothing interrupted it.
        store: Where the tables of finished worlds are; None where they were not kept.
        fresh: Regime to its run in the first world, where it was lived just now.
        started: When the computing started.
        command: Command line that gives it again; empty from Python.
    """

    plan: Plan
    finished: tuple[Replication, ...]
    outcome_list: tuple[Outcome, ...]
    complete: bool = True
    store: Store | None = None
    fresh: Mapping[str, Run] = field(default_factory=dict)
    started: datetime = field(default_factory=now)
    command: str = ""

    @property
    def scenario(self) -> Scenario:
        """The scenario, as it was before day 0."""
        return self.plan.scenario

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenario as it was run under each arm; what is drawn for each world stands at its usual value."""
        return self.plan.scenarios

    @property
    def baseline(self) -> str:
        """The arm that the others are held against."""
        return self.plan.baseline

    @property
    def arms(self) -> tuple[str, ...]:
        """All that was run in each world: the baseline, the other regimes or variants, and the yardsticks."""
        return self.plan.arms

    @property
    def regimes(self) -> tuple[str, ...]:
        """The arms that are ways of steering (or variants), the baseline first."""
        return self.plan.regimes

    @property
    def rivals(self) -> tuple[str, ...]:
        """The regimes but for the baseline."""
        return self.regimes[1:]

    @property
    def days(self) -> int:
        """Days lived after the warm-up."""
        return self.plan.days

    @property
    def seed(self) -> int:
        """Root seed."""
        return self.plan.seed

    @property
    def only(self) -> tuple[str, ...]:
        """Organisations that change; empty for all."""
        return self.plan.only

    @property
    def from_day(self) -> int:
        """Day on which they change."""
        return self.plan.from_day

    @property
    def equal_hours(self) -> bool:
        """Whether no regime frees hours for clients by what it asks of workers."""
        return self.plan.equal_hours

    @property
    def asked(self) -> int:
        """Worlds asked for: at most, where a precision was asked."""
        return self.plan.replications

    @cached_property
    def _whole(self) -> tuple[Replication, ...]:
        return tuple(each for each in self.finished if each.values)

    @property
    def replications(self) -> tuple[int, ...]:
        """Numbers of the worlds that gave outcomes."""
        return tuple(each.number for each in self._whole)

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seed of each of these."""
        return tuple(each.seed for each in self._whole)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Runs that failed."""
        return tuple(failure for each in self.finished for failure in each.failures)

    @cached_property
    def values(self) -> Floats:
        """Outcomes, an array of (arm, world, outcome); NaN where undefined."""
        return self._stacked([each.values for each in self._whole])

    @cached_property
    def twins(self) -> Floats:
        """Outcomes of the worlds that were lived again with other luck, shaped as ``values``; NaN of the others."""
        return self._stacked([each.twin for each in self._whole])

    def _stacked(self, of: Sequence[Mapping[str, Floats]]) -> Floats:
        undefined = np.full(len(self.outcome_list), np.nan)
        found = [[values.get(arm, undefined) for values in of] for arm in self.arms]
        return np.array(found, float).reshape(len(self.arms), len(of), len(self.outcome_list))

    @cached_property
    def lives(self) -> Mapping[str, Run]:
        """The whole run of the first world, but of yardsticks; lived again where it was finished earlier."""
        if not self._whole:
            return {}
        first = self._whole[0]
        if first.number == 0 and self.fresh:
            return self.fresh
        return {arm: run for arm, run in lived_again(self.plan, first).items() if arm not in self.plan.yardsticks}

    def sketch(self, arm: str, name: str) -> NDArray[np.float32]:
        """Return what was sketched of the runs of an arm, the first axis by world; see `sim.study.sketch`."""
        return np.array([each.sketches[arm][name] for each in self._whole if arm in each.sketches], np.float32)

    @cached_property
    def drawn(self) -> Drawn:
        """What was drawn for the worlds, and what was turned down."""
        return drawn([each.world for each in self.finished], self.plan.worlds)

    @cached_property
    def precision(self) -> Precision:
        """How precise the headline differences were to become, and became."""
        share = PRECISION if self.plan.precision is None else self.plan.precision
        rows = [self.difference(regime, about.name) for regime in self.rivals for about in self.headlines]
        return Precision(self.plan.precision, tuple(width_of(row, share) for row in rows))

    @property
    def headlines(self) -> tuple[Outcome, ...]:
        """The outcomes by which it is decided how often is enough."""
        return tuple(about for about in self.outcome_list if about.headline)

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
        return np.asarray(self.values[self._arm(regime), :, self._position(outcome)])

    def difference(self, regime: str, outcome: str) -> Difference:
        """Return how ``regime`` differs from the baseline in ``outcome``."""
        return self._differences(regime)[self._position(outcome)]

    def differences(self) -> list[Difference]:
        """Return the differences of all other regimes from the baseline, regime by regime."""
        return [row for regime in self.rivals for row in self._differences(regime)]

    def _differences(self, regime: str) -> list[Difference]:
        if regime not in self._judged:
            base, other = self.arms.index(self.baseline), self._arm(regime)
            self._judged[regime] = judged(
                regime, self.outcome_list, self.values[base], self.values[other], self.twins[base], self.twins[other]
            )
        return self._judged[regime]

    @cached_property
    def _judged(self) -> dict[str, list[Difference]]:
        return {}

    def equal_staff(self, regime: str, outcome: str = "wait_mean") -> EqualStaff | None:
        """Return the extra staff under the baseline that would change ``outcome`` as much; None without yardsticks."""
        if not self.plan.yardsticks:
            return None
        row = self.difference(regime, outcome)
        effects = [self.difference(arm, outcome).difference for arm in self.plan.yardsticks]
        return equal_staff(row.difference, row.low, row.high, effects)

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
        return self._kept("series")

    @cached_property
    def visits(self) -> pd.DataFrame:
        """The visits of the first worlds, under every arm."""
        return self._kept("visits")

    @cached_property
    def clients(self) -> pd.DataFrame:
        """The clients of the first worlds, under every arm."""
        return self._kept("clients")

    def _kept(self, name: str) -> pd.DataFrame:
        from sim.study import arrow, frames

        if self.store is None:
            raise RegieError(say("not kept", name=name))
        return frames.data_frame(arrow.joined(self.store.tables(name, self.replications)))

    def figure(self, name: str, language: str = "en") -> Any:
        """Return a figure of the report, a plotly figure, such as ``"waiting"``.

        Raises:
            RegieError: If there is no figure of that name.
        """
        from importlib import import_module  # the one glance upward: a report's figure, for convenience

        return import_module("sim.report.figures").figure(self, name, language)

    def _arm(self, name: str) -> int:
        if name not in self.arms:
            raise RegieError(say("not run", name=name, known=_listed(self.arms)))
        return self.arms.index(name)

    def _position(self, name: str) -> int:
        if name not in self._positions:
            raise RegieError(say("no outcome", name=name, hint=nearest_or_all(name, self._positions)))
        return self._positions[name]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {outcome.name: position for position, outcome in enumerate(self.outcome_list)}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def judged(
    regime: str, about: Sequence[Outcome], first: Floats, second: Floats, twin: Floats, other_twin: Floats
) -> list[Difference]:
    """Return how ``second`` differs from ``first`` in every outcome, each verdict beside all the others.

    Args:
        regime: Name of the second.
        about: The outcomes.
        first: Outcomes of the baseline, (world, outcome).
        second: Those of the regime.
        twin: Those of the baseline in the same worlds with other luck; NaN where there are none.
        other_twin: The same of the regime.
    """
    pairs = [paired(first[:, i], second[:, i], each.direction) for i, each in enumerate(about)]
    shown = np.array([_shown(pair, each) for pair, each in zip(pairs, about, strict=True)])
    rest = np.array([not each.headline for each in about])
    shown[rest] = holm(shown[rest])
    noise = [within_one_world(second[:, i] - first[:, i], other_twin[:, i] - twin[:, i]) for i in range(len(about))]
    return [
        Difference(
            regime,
            each.name,
            each.unit,
            each.direction,
            each.smallest_difference,
            **vars(pair),
            noise=luck,
            p_holm=float(p),
            verdict=_verdict(pair, each, float(p)),
        )
        for each, pair, luck, p in zip(about, pairs, noise, shown, strict=True)
    ]


def _shown(pair: Paired, about: Outcome) -> float:
    if pair.n < 2:
        return float("nan")
    error = (pair.high - pair.low) / 2 / student_t((1 + LEVEL) / 2, pair.n - 1)
    return p_value(pair.difference, error, pair.n, about.smallest_difference)


def _verdict(pair: Paired, about: Outcome, p: float) -> Verdict:
    """Return the verdict on a pair; one that is not sure enough among so many is undecided."""
    alone = verdict(pair.low, pair.high, about.smallest_difference, about.direction)
    return "undecided" if alone != "none" and p > 1 - LEVEL else alone


def width_of(row: Difference, share: float) -> Width:
    """Return how well a difference is known; asked is the larger of ``share`` of the baseline and what matters."""
    asked = max(share * abs(row.baseline_mean), row.smallest_difference)
    return Width(row.regime, row.outcome, (row.high - row.low) / 2, asked)
