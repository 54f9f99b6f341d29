"""Comparing: regimes, or whole variants, run in worlds that they share."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sim.scenario.scenario import Scenario
from sim.study import runs
from sim.study.comparison import Comparison, Difference, now
from sim.study.defaults import DAYS, MOST_WORKERS, WHOLE
from sim.study.driving import Driver, Progress, cores, told
from sim.study.looks import looks
from sim.study.outcomes import outcomes_of
from sim.study.planning import Plan, plan
from sim.study.replication import Failure, Replication
from sim.study.store import Store
from sim.study.worlds import Worlds

__all__ = ["Comparison", "Difference", "Failure", "Plan", "carry_out", "compare", "plan"]


def compare(
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
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Run regimes on one scenario, or several scenarios, in pairs that share a world and its luck.

    Ctrl-C ends it early: what is finished is returned, marked as not complete.

    Args:
        scenario: A scenario, or the name or path of one.
        variants: Other scenarios that are held against it, each under the regime its file says; then no regimes.
        regimes: Names or paths of regimes. Default: all that have a file.
        baseline: Regime to compare with. Default: that of the scenario.
        replications: Worlds in which each regime is run. Default: until the headline differences are known well
            enough, looked at after 20, 28, 40 … worlds, at two looks in a row, or a budget of worlds is spent.
        precision: Half-width of a headline interval that is precise enough, as a share of the baseline. Default: 5 %;
            asked for by name it gets a larger budget, or that of ``replications``.
        worlds: ``"plausible"``: every pair draws its own, and those whose baseline contradicts what is known are
            turned down; ``"all"``: none is turned down; ``"one"``: all pairs share the scenario's own numbers.
        yardsticks: Whether the baseline is also run with more and fewer staff, to say what a gain equals.
        one_at_a_time: Whether each lever of the only rival is also run alone, and the rival without it.
        seed: Root seed.
        days: Days after the warm-up.
        only: Organisations that change; the others keep the baseline's levers. Default: all.
        from_day: Day or date on which they change.
        equal_hours: Whether hours are made equal, and serving on and making needs smaller are switched off.
        whole: Worlds of which every visit and client is kept.
        workers: Threads. Default: one for each core. Results do not depend on it.
        progress: Called with runs finished and runs asked.

    Raises:
        RegieError: For an unknown name or a number out of range; before anything is computed.
    """
    what = plan(
        scenario,
        variants=variants,
        regimes=regimes,
        baseline=baseline,
        replications=replications,
        precision=precision,
        worlds=worlds,
        yardsticks=yardsticks,
        one_at_a_time=one_at_a_time,
        seed=seed,
        days=days,
        only=only,
        from_day=from_day,
        equal_hours=equal_hours,
        whole=whole,
    )
    return carry_out(what, workers=workers, progress=progress, store=Store.for_a_while(whole))


def carry_out(
    what: Plan,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    store: Store | None = None,
    stop: threading.Event | None = None,
) -> Comparison:
    """Run a plan.

    Args:
        what: The plan.
        workers: Threads. Default: one for each core.
        progress: Called with runs finished and runs asked.
        store: Where finished worlds are kept, and taken from where they are there. Default: only their outcomes are.
        stop: Ends it early once set, as Ctrl-C does.

    Raises:
        RegieError: No plausible world was found, or the disk is full.
    """
    driver = Driver(what, _threads(workers), stop or threading.Event(), told(progress), store)
    started, outcomes = now(), outcomes_of(what.scenario)
    worlds: dict[int, Replication] = {}
    enough = False
    for look in looks(what.replications) if what.precision else (what.replications,):
        worlds |= {each.number: each for each in driver.up_to(look)}
        finished = tuple(worlds[number] for number in sorted(worlds))
        made = Comparison(what, finished, outcomes, len(worlds) == look, store, driver.lives, started)
        if not made.complete or (enough and made.precision.reached):
            break
        enough = made.precision.reached
    return made


def _threads(workers: int | None) -> int:
    if workers is None:
        return cores()
    runs.check("workers", workers, 1, MOST_WORKERS, cores())
    return workers
