"""One lever at a time: what each lever in which two regimes differ does alone, and what is missed without it.

Beside the baseline and a rival two sorts of arms are run in the same worlds, one of each for every lever in which the
two differ: the baseline with *only* this lever of the rival, and the rival *without* it, the lever as in the baseline.
Where effects simply add up, those of the levers alone add up to the whole difference, and each is missed as much as it
brings. What they do not add up to arises only together.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

import numpy as np

from sim.scenario.parameters import levers
from sim.scenario.scenario import Change, Frozen, RegimeLabel, Scenario
from sim.study.comparison import Comparison
from sim.study.driving import Plan
from sim.study.levers_in_force import levers_that_differ
from sim.study.outcomes import Outcome
from sim.study.statistics import Verdict, interval, verdict
from sim.study.tables import Floats

ONLY, WITHOUT = "only", "without"
_AT_LEAST = 4  # words that a short label keeps of a description


def arms(baseline: Scenario, rival: Scenario, *, without: bool = True) -> dict[str, Scenario]:
    """Return the baseline with one lever of the rival each, and the rival with one of the baseline each.

    Values by organisation and later changes of the lever come with it. Where the two differ in one lever, or in none,
    there is nothing to take apart and no arm.

    Args:
        baseline: The scenario under the baseline regime.
        rival: The same scenario under another regime.
        without: Whether the rival without each lever is wanted too: as many arms again.

    Returns:
        Scenarios by name, ``"only:permission"`` and ``"without:permission"``, first all of the one sort.
    """
    different = levers_that_differ(baseline, rival)
    if len(different) < 2:
        return {}
    made = {name_of(ONLY, lever): _with(baseline, rival, lever, ONLY) for lever in different}
    if without:
        made |= {name_of(WITHOUT, lever): _with(rival, baseline, lever, WITHOUT) for lever in different}
    return made


def name_of(sort: str, lever: str) -> str:
    """Return the name of the arm with only a lever, or without it."""
    return f"{sort}:{lever}"


def with_arms(what: Plan, rival: str, *, without: bool = True) -> Plan:
    """Return a plan in which each lever of ``rival`` is also run alone, and the rival without it."""
    more = arms(what.scenarios[what.baseline], what.scenarios[rival], without=without)
    return replace(what, scenarios={**what.scenarios, **more})


def short(text: str) -> str:
    """Return the beginning of a description, up to the first sign that ends a phrase of four words or more."""
    for stop in re.finditer(r"[:;,(]", text):
        if len(text[: stop.start()].split()) >= _AT_LEAST:
            return text[: stop.start()].strip()
    return text


def _with(scenario: Scenario, other: Scenario, lever: str, sort: str) -> Scenario:
    """Return a scenario with one lever as another has it, at every organisation and on every day from day 0."""
    table = {
        name: Frozen({**of_organisation, lever: other.levers[name][lever]})
        for name, of_organisation in scenario.levers.items()
    }
    kept = [change for change in scenario.changes if change.lever != lever]
    changes = [*kept, *(change for change in other.changes if change.lever == lever)]
    return replace(
        scenario,
        regime=name_of(sort, lever),
        label=_label(sort, lever),
        levers=Frozen(table),
        changes=tuple(sorted(changes, key=_day)),
    )


def _day(change: Change) -> int:
    return change.day


def _label(sort: str, lever: str) -> RegimeLabel:
    about = levers()[lever]
    en, nl = ("Only", "Alleen") if sort == ONLY else ("All but", "Alles behalve")
    return RegimeLabel(f"{en}: {short(about.en)}", f"{nl}: {short(about.nl)}", about.en, about.nl)


# --- what comes of it --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mean:
    """A mean over worlds.

    Attributes:
        n: Worlds.
        mean: The mean.
        low: Lower end of its 95 % confidence interval; NaN below two worlds.
        high: Upper end.
        verdict: Held against the smallest difference that matters.
    """

    n: int
    mean: float
    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True)
class Effect:
    """What one lever does to an outcome.

    Attributes:
        lever: The lever.
        alone: The baseline with only this lever, less the baseline.
        missed: The whole rival, less the rival without this lever: what it adds where all others are there.
        share: Part of the whole difference that it makes alone; NaN where the whole may be nothing.
    """

    lever: str
    alone: Mean
    missed: Mean | None
    share: float


@dataclass(frozen=True)
class Apart:
    """A difference between the baseline and a rival, taken apart by lever.

    Attributes:
        outcome: What is looked at.
        rival: The rival.
        whole: The whole difference.
        effects: Each lever, largest effect alone first.
        together: The whole less the sum of what each does alone: what arises only together.
    """

    outcome: Outcome
    rival: str
    whole: Mean
    effects: tuple[Effect, ...]
    together: Mean

    @property
    def share_together(self) -> float:
        """Part of the whole difference that arises only together; NaN where the whole may be nothing."""
        return _share(self.together, self.whole)


def taken_apart(comparison: Comparison, rival: str, outcome: str) -> Apart:
    """Return what each lever of ``rival`` does to an outcome, from a comparison in which its arms were run.

    Means are over the worlds in which every arm that is held against another has a value.

    Raises:
        RegieError: The rival was not run, or there is no such outcome.
    """
    about = comparison.outcome(outcome)
    base, all_of_it = comparison.level(comparison.baseline, outcome), comparison.level(rival, outcome)
    alone = {lever: comparison.level(name_of(ONLY, lever), outcome) - base for lever in levers_apart(comparison)}
    whole = _mean(all_of_it - base, about)
    effects = [
        Effect(
            lever, _mean(gain, about), _missed(comparison, lever, all_of_it, about), _share(_mean(gain, about), whole)
        )
        for lever, gain in alone.items()
    ]
    effects.sort(key=lambda effect: -abs(effect.alone.mean) if math.isfinite(effect.alone.mean) else math.inf)
    together = all_of_it - base - np.sum(list(alone.values()), axis=0)
    return Apart(about, rival, whole, tuple(effects), _mean(together, about))


def levers_apart(comparison: Comparison) -> tuple[str, ...]:
    """Return the levers that were run alone, in the order of the arms."""
    sorts = (name.partition(":") for name in comparison.scenarios)
    return tuple(lever for sort, _, lever in sorts if sort == ONLY and lever in levers())


def _missed(comparison: Comparison, lever: str, all_of_it: Floats, about: Outcome) -> Mean | None:
    name = name_of(WITHOUT, lever)
    if name not in comparison.scenarios:
        return None
    return _mean(all_of_it - comparison.level(name, about.name), about)


def _mean(differences: Floats, about: Outcome) -> Mean:
    known = differences[np.isfinite(differences)]
    if not len(known):
        return Mean(0, math.nan, math.nan, math.nan, "none")
    low, high = interval(known)
    return Mean(
        len(known), float(known.mean()), low, high, verdict(low, high, about.smallest_difference, about.direction)
    )


def _share(part: Mean, whole: Mean) -> float:
    surely = whole.low > 0 or whole.high < 0
    return part.mean / whole.mean if surely else math.nan
