"""What is to be run: a plan, checked before anything is computed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from sim.errors import RegieError
from sim.files import hash_of
from sim.scenario.parameters import Parameter
from sim.scenario.regimes import in_order, regimes_beside
from sim.scenario.scenario import RegimeLabel, Scenario
from sim.study import equalising, lever_arms, runs, yardstick
from sim.study.baseline import bands_of
from sim.study.defaults import DAYS, MOST_REPLICATIONS, MOST_WORLDS, MOST_WORLDS_ASKED, PRECISION, TWINS, WHOLE
from sim.study.sentences import say
from sim.study.worlds import Worlds, drawn_parameters


@dataclass(frozen=True)
class Plan:
    """What is to be run: checked, nothing left to go wrong but the runs themselves.

    Attributes:
        scenario: The scenario, as it was before day 0.
        scenarios: Arm to the scenario as it is run; the baseline first, then regimes or variants, then yardsticks.
        baseline: The arm that the others are held against.
        days: Days after the warm-up.
        seed: Root seed.
        replications: Worlds in which every arm is run, at most.
        precision: Half-width at which it stops, as a share of the baseline; None where all worlds are run.
        worlds: How worlds are drawn.
        yardsticks: Arms with more or fewer staff.
        apart: Arms in which one lever of the rival is alone, or left out.
        twins: Worlds that are lived twice, with other luck, to see what luck alone does.
        whole: Worlds of which every visit and client is kept.
        only: Organisations that change; empty for all.
        from_day: Day on which they change.
        equal_hours: Whether no regime frees hours for clients by what it asks of workers.
        variant: Whether whole scenarios are compared instead of regimes on one.
    """

    scenario: Scenario
    scenarios: Mapping[str, Scenario]
    baseline: str
    days: int
    seed: int
    replications: int
    precision: float | None = None
    worlds: Worlds = "one"
    yardsticks: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    twins: int = 0
    whole: int = WHOLE
    only: tuple[str, ...] = ()
    from_day: int = 0
    equal_hours: bool = False
    variant: bool = False

    @property
    def arms(self) -> tuple[str, ...]:
        """All that is run in each world, the baseline first."""
        return tuple(self.scenarios)

    @property
    def regimes(self) -> tuple[str, ...]:
        """The arms that are shown, the baseline first."""
        return tuple(arm for arm in self.scenarios if arm not in (*self.yardsticks, *self.apart))

    @property
    def runs(self) -> int:
        """Number of runs, at most."""
        return self.runs_in(self.replications)

    def runs_in(self, worlds: int) -> int:
        """Return the number of runs in the first ``worlds`` worlds."""
        return len(self.scenarios) * (worlds + min(worlds, self.twins))

    @cached_property
    def drawn(self) -> tuple[Parameter, ...]:
        """The parameters that differ from world to world."""
        return () if self.worlds == "one" else drawn_parameters(self.scenarios.values())

    @cached_property
    def pasts(self) -> Mapping[str, str]:
        """Arm to what its warm-up is made of: arms that share it go on from copies of one world."""
        return {arm: scenario.past() for arm, scenario in self.scenarios.items()}

    @cached_property
    def key(self) -> str:
        """A hash of all that decides what a world gives, how many of them are run left out.

        A digest holds what changes a run; who pays for it, and which draws are kept, change what is made of runs.
        """
        from sim.model.compiling import model_version

        arms = {arm: [scenario.digest(), _payers(scenario)] for arm, scenario in self.scenarios.items()}
        bands = [vars(band) for band in bands_of(self.scenarios[self.baseline])]
        drawn = [parameter.name for parameter in self.drawn]
        said: list[Any] = [model_version(), study_version(), arms, bands, drawn, self.worlds]
        said += [self.days, self.seed, self.twins, self.whole]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _payers(scenario: Scenario) -> list[str]:
    return [kind.payer for kind in scenario.kinds]


@cache
def study_version() -> str:
    """Return a hash of all that reads runs and draws worlds; results of two versions are never mixed."""
    here = Path(__file__).parent
    return hash_of(sorted([*here.glob("*.py"), *here.glob("*.toml")]))


def plan(
    scenario: Scenario | str,
    *,
    variants: Sequence[Scenario | str] = (),
    regimes: Sequence[str | Path] | None = None,
    baseline: str | Path | None = None,
    replications: int | None = None,
    precision: float | None = None,
    worlds: Worlds = "plausible",
    yardsticks: bool = True,
    one_at_a_time: bool = False,
    seed: int = 0,
    days: int = DAYS,
    only: Sequence[str] = (),
    from_day: int | str | date = 0,
    equal_hours: bool = False,
    whole: int = WHOLE,
) -> Plan:
    """Check a comparison before anything is computed; the arguments are those of :func:`sim.study.compare.compare`.

    Raises:
        RegieError: For whatever is wrong.
    """
    scenario = runs.loaded(scenario)
    runs.check_days(days)
    runs.check_seed(seed)
    runs.check("visits", whole, 0, MOST_REPLICATIONS, WHOLE)
    most, share = _how_often(replications, precision)
    if worlds not in ("plausible", "all", "one"):
        raise RegieError(say("no worlds", value=str(worlds)[:40]))
    day = day_of(scenario, from_day, days)
    if variants:
        _refuse_beside_variants(regimes, baseline, only, day)
        scenarios = _variants(scenario, [runs.loaded(each) for each in variants], equal_hours)
    else:
        scenario = equalising.without_freed_hours(scenario) if equal_hours else scenario
        scenarios = _regimes(scenario, regimes, baseline, only, day)
    if equal_hours:
        scenarios = equalising.equal_hours(scenarios)
    first = next(iter(scenarios))
    measures = yardstick.arms(scenarios[first], day) if yardsticks and len(scenarios) > 1 else {}
    apart = _apart(scenarios) if one_at_a_time else {}
    return Plan(
        scenario=scenario,
        scenarios={**scenarios, **measures, **apart},
        baseline=first,
        days=days,
        seed=seed,
        replications=most,
        precision=share,
        worlds=worlds,
        yardsticks=tuple(measures),
        apart=tuple(apart),
        twins=TWINS if worlds != "one" and len(scenarios) > 1 else 0,
        whole=whole,
        only=tuple(only),
        from_day=day,
        equal_hours=equal_hours,
        variant=bool(variants),
    )


def _how_often(replications: int | None, precision: float | None) -> tuple[int, float | None]:
    """Return the worlds at most, and the precision at which it ends before; None where it does not."""
    if precision is not None and not (isinstance(precision, int | float) and 0.001 <= precision <= 1):
        raise RegieError(say("no precision", value=precision))
    if replications is not None:
        runs.check("replications", replications, 1, MOST_REPLICATIONS, MOST_WORLDS)
        return replications, precision
    return (MOST_WORLDS, PRECISION) if precision is None else (MOST_WORLDS_ASKED, precision)


def _regimes(
    scenario: Scenario,
    regimes: Sequence[str | Path] | None,
    baseline: str | Path | None,
    only: Sequence[str],
    day: int,
) -> dict[str, Scenario]:
    chosen = [scenario.baseline if baseline is None else baseline]
    chosen += all_regimes(scenario) if regimes is None else regimes
    scenarios: dict[str, Scenario] = {}
    for regime in chosen:
        changed = scenario.with_regime(regime, only=only, from_day=day)
        if scenarios.setdefault(changed.regime, changed) != changed:
            raise RegieError(say("same name", name=changed.regime))
    return scenarios


def _variants(first: Scenario, others: Sequence[Scenario], equal_hours: bool) -> dict[str, Scenario]:
    """Return whole scenarios by name, each under the regime that it says, called as itself."""
    scenarios: dict[str, Scenario] = {}
    for each in (first, *others):
        if each.name in scenarios:
            raise RegieError(say("same variant", name=each.name))
        here = equalising.without_freed_hours(each) if equal_hours else each
        label = RegimeLabel(each.title, each.title_nl, each.description, each.description_nl)
        scenarios[each.name] = replace(here, label=label)
    return scenarios


def _apart(scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Return the arms that take a single rival apart."""
    if len(scenarios) != 2:
        raise RegieError(say("one rival", number=len(scenarios) - 1))
    baseline, rival = scenarios.values()
    if baseline.past() != rival.past():
        raise RegieError(say("one past"))
    return lever_arms.arms(baseline, rival)


def _refuse_beside_variants(
    regimes: Sequence[str | Path] | None, baseline: str | Path | None, only: Sequence[str], day: int
) -> None:
    """Refuse what asks for regimes where whole scenarios are compared."""
    given = {"--regimes": regimes, "--baseline": baseline, "--only": only, "--from": day}
    wrong = [name for name, value in given.items() if value]
    if wrong:
        raise RegieError(say("beside variants", options=", ".join(wrong)))


def day_of(scenario: Scenario, when: int | str | date, days: int) -> int:
    """Return the day that ``when`` means: a day, or a date such as ``2007-01-01``.

    Raises:
        RegieError: It is neither, or lies outside the days that are run.
    """
    if isinstance(when, str):
        when = _day_or_date(when)
    day = (when - scenario.start).days if isinstance(when, date) else when
    if not 0 <= day < days:
        last = scenario.start + timedelta(days=days - 1)
        raise RegieError(say("moment outside", day=day, first=scenario.start, end=days - 1, last=last))
    return day


def _day_or_date(text: str) -> int | date:
    with suppress(ValueError):
        return int(text)
    with suppress(ValueError):
        return date.fromisoformat(text)
    raise RegieError(say("no moment", value=text[:40]))


def all_regimes(scenario: Scenario) -> list[str]:
    """Return the names of all regimes that have a file, in the order in which they are told."""
    from sim.scenario.files import names

    beside = regimes_beside(scenario)
    return in_order(names("regime", beside), beside)
