"""Ablation: what is left of the difference between two regimes when one mechanism of the model is switched off.

The mechanism is off in both regimes, in the warm-up too, and the worlds have the same seeds as those in which it is on.
So what changes in the difference comes from the mechanism. A result that is gone without a single mechanism follows
from that mechanism; it is no finding about the regimes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.errors import RegieError
from sim.scenario.regimes import BASELINE
from sim.scenario.scenario import Scenario
from sim.study import compare, equalising, runs
from sim.study.comparison import Comparison, now
from sim.study.defaults import CLAIMED, DAYS, REPLICATIONS
from sim.study.driving import Progress
from sim.study.mechanisms import Expected, Mechanism, chosen
from sim.study.outcomes import Outcome
from sim.study.planning import Plan
from sim.study.replication import Failure
from sim.study.sentences import say
from sim.study.statistics import Verdict, interval, paired, verdict
from sim.study.tables import Floats

if TYPE_CHECKING:
    import pandas as pd

NOTHING = "nothing"
"""What is off in the pairs that all others are held against."""

Found = Literal["smaller", "larger", "same", "undecided", "none"]
Hangs = Literal["yes", "no", "undecided", "no result"]

_FOUND: dict[Verdict, Found] = {
    "better": "larger",
    "higher": "larger",
    "worse": "smaller",
    "lower": "smaller",
    "no difference": "same",
    "undecided": "undecided",
    "none": "none",
}


@dataclass(frozen=True)
class AblationPlan:
    """What is to be run.

    Attributes:
        scenario: The scenario.
        mechanisms: What is switched off, one after the other.
        plans: The pairs to be run, by the name of what is off; the first are those with nothing off.
    """

    scenario: Scenario
    mechanisms: tuple[Mechanism, ...]
    plans: Mapping[str, Plan]

    @property
    def whole(self) -> Plan:
        """The pairs with nothing off."""
        return self.plans[NOTHING]

    @property
    def runs(self) -> int:
        """Number of runs."""
        return sum(what.runs for what in self.plans.values())


@dataclass(frozen=True)
class Ablated:
    """One mechanism and one outcome; all means are over the same pairs.

    Attributes:
        mechanism: Name of what is off.
        outcome: Name of the outcome.
        unit: Its unit.
        n: Pairs that are defined with the mechanism on and off.
        difference: Mean difference of the regime from the baseline with the mechanism on.
        low: Lower end of its 95 % confidence interval; NaN below two pairs.
        high: Upper end.
        verdict: What that difference is.
        difference_off: Mean difference with the mechanism off.
        low_off: Lower end of its interval.
        high_off: Upper end.
        verdict_off: What that difference is.
        change: Mean change of the difference, pair by pair: off less on.
        low_change: Lower end of its interval.
        high_change: Upper end.
        expected: What was expected of the regime's gain over the baseline, before anything was run; ``none`` for
            other regimes than those the file speaks of.
        found: What came out: without the mechanism that gain is smaller, larger or the same.
        hangs: Whether the result hangs on the mechanism: ``no result`` where there is none with it.
    """

    mechanism: str
    outcome: str
    unit: str
    n: int
    difference: float
    low: float
    high: float
    verdict: Verdict
    difference_off: float
    low_off: float
    high_off: float
    verdict_off: Verdict
    change: float
    low_change: float
    high_change: float
    expected: Expected
    found: Found
    hangs: Hangs


@dataclass(frozen=True)
class Ablation:
    """A regime held against the baseline with mechanisms off, one at a time.

    Attributes:
        plan: What was to be run.
        comparisons: What came out, by the name of what was off; outcomes only.
        started: When the computing started.
        command: Command line that gives it again; empty from Python.
    """

    plan: AblationPlan
    comparisons: Mapping[str, Comparison]
    started: datetime = field(default_factory=now)
    command: str = ""

    @property
    def whole(self) -> Comparison:
        """The comparison with nothing off."""
        return self.comparisons[NOTHING]

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """The mechanisms that were switched off."""
        return tuple(each for each in self.plan.mechanisms if each.name in self.comparisons)

    @property
    def replications(self) -> tuple[int, ...]:
        """Replications finished with nothing off."""
        return self.whole.replications if self.comparisons else ()

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Runs that failed; their regime says what was off."""
        return tuple(
            failure if name == NOTHING else replace(failure, regime=f"{failure.regime} without {name}")
            for name, each in self.comparisons.items()
            for failure in each.failures
        )

    @property
    def complete(self) -> bool:
        """Whether nothing interrupted it."""
        return len(self.comparisons) == len(self.plan.plans) and all(c.complete for c in self.comparisons.values())

    def rows(self) -> list[Ablated]:
        """Return every mechanism that was switched off, for each outcome of which something was expected."""
        return [self.row(each, outcome) for each in self.mechanisms for outcome in each.expects]

    def row(self, mechanism: Mechanism, outcome: str) -> Ablated:
        """Return what switching off ``mechanism`` does to the difference in ``outcome``."""
        on, off = (_differences(self.comparisons[name], outcome) for name in (NOTHING, mechanism.name))
        both = sorted(on.keys() & off.keys())
        with_it, without = (np.array([each[number] for number in both], float) for each in (on, off))
        expected = mechanism.expects[outcome] if self.plan.whole.regimes == (BASELINE, CLAIMED) else "none"
        return ablated(mechanism.name, self.whole.outcome(outcome), with_it, without, expected)

    def table(self) -> pd.DataFrame:
        """Return the rows as a data frame."""
        import pandas as pd

        return pd.DataFrame([vars(row) for row in self.rows()], columns=list(Ablated.__annotations__))


def ablated(mechanism: str, about: Outcome, on: Floats, off: Floats, expected: Expected = "none") -> Ablated:
    """Judge what a mechanism does to a difference: one value a pair with it ``on``, and with it ``off``."""
    known = ~(np.isnan(on) | np.isnan(off))
    judged = partial(verdict, smallest=about.smallest_difference, direction=about.direction)
    change = paired(on, off, about.direction)
    low, high = interval(on[known])
    low_off, high_off = interval(off[known])
    with_it, without = judged(low, high), judged(low_off, high_off)
    return Ablated(
        mechanism=mechanism,
        outcome=about.name,
        unit=about.unit,
        n=change.n,
        difference=change.baseline_mean,
        low=low,
        high=high,
        verdict=with_it,
        difference_off=change.mean,
        low_off=low_off,
        high_off=high_off,
        verdict_off=without,
        change=change.difference,
        low_change=change.low,
        high_change=change.high,
        expected=expected,
        found=_FOUND[judged(change.low, change.high)],
        hangs=hangs(with_it, without),
    )


def hangs(with_it: Verdict, without: Verdict) -> Hangs:
    """Return whether a result hangs on a mechanism: there is one with it, and none or the opposite without it."""
    if with_it in ("no difference", "undecided", "none"):
        return "no result"
    if without == with_it:
        return "no"
    return "undecided" if without in ("undecided", "none") else "yes"


def plan(
    scenario: Scenario | str,
    *,
    mechanisms: Sequence[str] = (),
    regime: str | Path = CLAIMED,
    baseline: str | Path | None = None,
    replications: int = REPLICATIONS,
    seed: int = 0,
    days: int = DAYS,
) -> AblationPlan:
    """Check an ablation before anything is computed; the arguments are those of :func:`ablate`.

    Raises:
        RegieError: For whatever is wrong.
    """
    scenario = runs.loaded(scenario)
    off = chosen(mechanisms)
    pairs: _Pairs = partial(
        compare.plan,
        regimes=[regime],
        baseline=baseline,
        replications=replications,
        worlds="one",
        yardsticks=False,
        seed=seed,
        days=days,
    )
    whole = pairs(scenario)
    if len(whole.regimes) == 1:
        raise RegieError(say("against itself", name=whole.baseline))
    return AblationPlan(scenario, off, {NOTHING: whole, **{each.name: _without(each, scenario, pairs) for each in off}})


_Pairs = Callable[[Scenario], Plan]


def _without(mechanism: Mechanism, scenario: Scenario, pairs: _Pairs) -> Plan:
    what = pairs(scenario.with_values(mechanism.off))
    return replace(what, scenarios=equalising.equal_hours(what.scenarios)) if mechanism.equal_hours else what


def ablate(
    scenario: Scenario | str,
    *,
    mechanisms: Sequence[str] = (),
    regime: str | Path = CLAIMED,
    baseline: str | Path | None = None,
    replications: int = REPLICATIONS,
    seed: int = 0,
    days: int = DAYS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Ablation:
    """Hold a regime against the baseline, with mechanisms of the model switched off one at a time.

    Ctrl-C ends it early: what is finished is returned, marked as not complete.

    Args:
        scenario: A scenario, or the name or path of one.
        mechanisms: Names of mechanisms. Default: all. Those of the hours that a regime frees are always shown.
        regime: Name or path of the regime.
        baseline: Regime to compare with. Default: that of the scenario.
        replications: Pairs of worlds for each mechanism.
        seed: Root seed, the same for all.
        days: Days after the warm-up.
        workers: Threads. Default: one for each core. Results do not depend on it.
        progress: Called with runs finished and runs asked.

    Raises:
        RegieError: For an unknown name or a number out of range; before anything is computed.
    """
    what = plan(
        scenario,
        mechanisms=mechanisms,
        regime=regime,
        baseline=baseline,
        replications=replications,
        seed=seed,
        days=days,
    )
    return carry_out(what, workers=workers, progress=progress)


def carry_out(
    what: AblationPlan,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> Ablation:
    """Run a plan, mechanism by mechanism; the arguments are those of :func:`sim.study.compare.carry_out`."""
    stop = stop or threading.Event()
    started, before = now(), 0
    comparisons: dict[str, Comparison] = {}
    for name, pairs in what.plans.items():
        told = partial(_tell, progress, before, what.runs)
        made = compare.carry_out(pairs, workers=workers, progress=told, stop=stop)
        whole = name == NOTHING and (made.replications or made.failures)
        if whole or made.complete:  # of a mechanism all pairs or none: they are held against one another
            comparisons[name] = replace(made, fresh={})  # of all mechanisms these would fill the memory
        before += pairs.runs
        if stop.is_set() or not made.complete:
            break
    return Ablation(what, comparisons, started)


def _tell(progress: Progress | None, before: int, asked: int, done: int, _: int) -> None:
    if progress:
        progress(before + done, asked)


def _differences(comparison: Comparison, outcome: str) -> dict[int, float]:
    """Return how the regime differs from the baseline, by replication."""
    baseline, regime = (comparison.level(name, outcome) for name in comparison.regimes)
    return dict(zip(comparison.replications, (regime - baseline).tolist(), strict=True))
