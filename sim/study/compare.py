"""Comparing: regimes run in pairs that share a world and its luck."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from sim.errors import RegieError
from sim.scenario.regimes import regimes_beside
from sim.scenario.scenario import Scenario
from sim.study import equalising, runs
from sim.study.comparison import Comparison, Difference, Failure
from sim.study.defaults import DAYS, MOST_REPLICATIONS, MOST_WORKERS, REPLICATIONS
from sim.study.driving import Collected, Driver, Keep, Plan, Progress, cores
from sim.study.sentences import say

__all__ = ["Comparison", "Difference", "Failure", "Plan", "carry_out", "compare", "plan"]


def plan(
    scenario: Scenario | str,
    *,
    regimes: Sequence[str | Path] | None = None,
    baseline: str | Path | None = None,
    replications: int = REPLICATIONS,
    seed: int = 0,
    days: int = DAYS,
    only: Sequence[str] = (),
    from_day: int | str | date = 0,
    equal_hours: bool = False,
) -> Plan:
    """Check a comparison before anything is computed; the arguments are those of :func:`compare`.

    Raises:
        RegieError: For whatever is wrong.
    """
    scenario = runs.loaded(scenario)
    if equal_hours:
        scenario = equalising.without_freed_hours(scenario)
    runs.check_days(days)
    runs.check_seed(seed)
    runs.check("replications", replications, 1, MOST_REPLICATIONS, REPLICATIONS)
    day = day_of(scenario, from_day, days)
    chosen = [scenario.baseline if baseline is None else baseline]
    chosen += all_regimes(scenario) if regimes is None else regimes
    scenarios: dict[str, Scenario] = {}
    for regime in chosen:
        changed = scenario.with_regime(regime, only=only, from_day=day)
        if scenarios.setdefault(changed.regime, changed) != changed:
            raise RegieError(say("same name", name=changed.regime))
    if equal_hours:
        scenarios = equalising.equal_hours(scenarios)
    return Plan(scenario, scenarios, next(iter(scenarios)), days, seed, replications, tuple(only), day, equal_hours)


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
    """Return the names of all regimes that have a file."""
    from sim.scenario.files import names

    return names("regime", regimes_beside(scenario))


def compare(
    scenario: Scenario | str,
    *,
    regimes: Sequence[str | Path] | None = None,
    baseline: str | Path | None = None,
    replications: int = REPLICATIONS,
    seed: int = 0,
    days: int = DAYS,
    only: Sequence[str] = (),
    from_day: int | str | date = 0,
    equal_hours: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Run regimes on one scenario, in pairs that share a world and its luck.

    Ctrl-C ends it early: what is finished is returned, marked as not complete.

    Args:
        scenario: A scenario, or the name or path of one.
        regimes: Names or paths of regimes. Default: all that have a file.
        baseline: Regime to compare with. Default: that of the scenario.
        replications: Worlds in which each regime is run.
        seed: Root seed.
        days: Days after the warm-up.
        only: Organisations that change; the others keep the baseline's levers. Default: all.
        from_day: Day or date on which they change.
        equal_hours: Whether hours are made equal, and serving on and making needs smaller are switched off.
        workers: Threads. Default: one for each core. Results do not depend on it.
        progress: Called with runs finished and runs asked.

    Raises:
        RegieError: For an unknown name or a number out of range; before anything is computed.
    """
    what = plan(
        scenario,
        regimes=regimes,
        baseline=baseline,
        replications=replications,
        seed=seed,
        days=days,
        only=only,
        from_day=from_day,
        equal_hours=equal_hours,
    )
    return carry_out(what, workers=workers, progress=progress)


def carry_out(
    what: Plan,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    keep: Keep | None = None,
    stop: threading.Event | None = None,
) -> Comparison:
    """Run a plan.

    Args:
        what: The plan.
        workers: Threads. Default: one for each core.
        progress: Called with runs finished and runs asked.
        keep: Called with every whole run, in order, so that it can be written before it is forgotten.
        stop: Ends it early once set, as Ctrl-C does.
    """
    threads = _threads(workers)
    collected = Collected(what, keep or (lambda _: None))
    driver = Driver(what, threads, stop or threading.Event(), progress or (lambda *_: None))
    for replication in driver.finished():
        collected.add(replication)
    return collected.comparison()


def _threads(workers: int | None) -> int:
    if workers is None:
        return cores()
    runs.check("workers", workers, 1, MOST_WORKERS, cores())
    return workers
