"""From a comparison to the material of a page: everything that touches the shape of a result stands here."""

from __future__ import annotations

import numpy as np

from sim.errors import Said
from sim.report.first_world import first_world
from sim.report.material import Facts, Floats, Material, Regime, Ribbon, Waits, regime
from sim.scenario import files
from sim.scenario.scenario import SET, Scenario
from sim.study.compare import Comparison
from sim.study.provenance import regie_version
from sim.study.sketch import WEEKLY
from sim.study.statistics import interval
from sim.study.tables import Run

QUARTER = 13  # weeks over which a path is smoothed
RESOLVED = "scenario.toml"  # lies beside every report


def material(comparison: Comparison, *, command: str = "", commit: str | Said = "", platform: str = "") -> Material:
    """Boil a comparison down to what the pages show.

    Args:
        comparison: The result; with a single regime only levels are shown.
        command: The command that gives this result again. Default: worked out from the result.
        commit: State of the code, where it is known.
        platform: The computer, where it is known.
    """
    regimes = _regimes(comparison)
    names = [each.name for each in regimes]
    lived = [name for name in names if len(comparison.sketch(name, "weeks"))]
    return Material(
        scenario=comparison.scenario,
        regimes=regimes,
        outcomes=tuple(comparison.outcome_list),
        values=_values(comparison, comparison.values),
        twins=_values(comparison, comparison.twins),
        facts=_facts(comparison, command or command_for(comparison), commit, platform),
        waiting={name: _waiting(comparison, name) for name in lived},
        gaps={name: gap for name in lived[1:] if (gap := _gap(comparison, name)) is not None},
        lists={name: comparison.sketch(name, "lists").mean(axis=0) for name in lived},
        waits={name: _waits(comparison.lives[name]) for name in names if name in comparison.lives},
        paid={name: paid for name in lived if (paid := _paid(comparison, name)) is not None},
        roads={name: comparison.sketch(name, "roads").astype(np.float64) for name in lived},
        first=first_world(comparison, names[1:]),
    )


def _regimes(comparison: Comparison) -> tuple[Regime, ...]:
    others = [name for name in comparison.regimes if name != comparison.baseline]
    names = [comparison.baseline, *others]
    return tuple(regime(name, position, comparison.scenarios[name]) for position, name in enumerate(names))


def _values(comparison: Comparison, values: Floats) -> dict[tuple[str, str], Floats]:
    return {
        (name, outcome.name): values[row, :, column]
        for row, name in enumerate(comparison.arms)
        for column, outcome in enumerate(comparison.outcome_list)
    }


def _facts(comparison: Comparison, command: str, commit: str | Said, platform: str) -> Facts:
    return Facts(
        days=comparison.days,
        seed=comparison.seed,
        done=len(comparison.replications),
        planned=comparison.asked,
        interrupted=not comparison.complete,
        failed=len(comparison.failures),
        command=command,
        version=regie_version(),
        made=comparison.started.date(),
        commit=commit if isinstance(commit, Said) else Said(commit, commit),
        platform=platform,
        only=tuple(comparison.only),
        from_day=comparison.from_day,
        equal_hours=comparison.equal_hours,
    )


def command_for(comparison: Comparison) -> str:
    """Return the command that gives this result again.

    Where a name does not say it all (values were set by hand, or the scenario is a file of one's own), the command
    names the resolved scenario that lies beside the report.
    """
    if comparison.command:
        return comparison.command
    others = [name for name in comparison.regimes if name != comparison.baseline]
    parts = ["regie", "compare" if others else "run", _named(comparison.scenario)]
    if others:
        parts += ["--regimes", ",".join(others), "--baseline", comparison.baseline]
    else:
        parts += ["--regime", comparison.baseline]
    if comparison.only:
        parts += ["--only", ",".join(comparison.only)]
    if comparison.from_day:
        parts += ["--from", str(comparison.from_day)]
    if comparison.equal_hours:
        parts += ["--equal-hours"]
    parts += ["--days", str(comparison.days), "--seed", str(comparison.seed)]
    return " ".join([*parts, "--replications", str(comparison.asked)])


def _named(scenario: Scenario) -> str:
    values = [*scenario.values.values(), *(v for own in scenario.levers.values() for v in own.values())]
    values += [value for kind in scenario.kinds for value in kind.given.values()]
    values += [value for organisation in scenario.organisations for value in organisation.given.values()]
    if any(value.origin == SET for value in values) or scenario.name not in files.names("scenario"):
        return RESOLVED
    return scenario.name


# --- weeks ---------------------------------------------------------------------------------------------


def _weekly(comparison: Comparison, name: str, column: str) -> Floats:
    """Return a column of the weekly series by (world, week), all organisations together, from before day 0 on."""
    return comparison.sketch(name, "weeks")[:, WEEKLY.index(column)].astype(np.float64)


def _waiting(comparison: Comparison, name: str) -> Ribbon:
    """Return the needs on lists by week, over the worlds."""
    lived = _weekly(comparison, name, "waiting")
    weeks = np.arange(lived.shape[1], dtype=np.float64) + comparison.days // 7 - lived.shape[1]
    nothing = np.zeros(0)
    low, high = np.quantile(lived, [0.1, 0.9], axis=0) if len(lived) > 1 else (nothing, nothing)
    return Ribbon(weeks, lived.mean(axis=0), low, high)


def _gap(comparison: Comparison, rival: str) -> Ribbon | None:
    """Return how many more needs stand on lists than under the baseline, pair by pair, quarter around each week."""
    number = comparison.days // 7
    base, other = (_weekly(comparison, name, "waiting") for name in (comparison.baseline, rival))
    if number < QUARTER or len(base) != len(other):
        return None
    apart = (other - base)[:, -number:]
    smooth = np.array([np.convolve(row, np.full(QUARTER, 1 / QUARTER), "valid") for row in apart])
    weeks = np.arange(smooth.shape[1], dtype=np.float64) + QUARTER // 2
    nothing = np.zeros(0)
    low, high = np.array([interval(week) for week in smooth.T]).T if len(smooth) > 1 else (nothing, nothing)
    return Ribbon(weeks, smooth.mean(axis=0), low, high)


def _paid(comparison: Comparison, name: str) -> float | None:
    """Return the paid hours a week from day 0 on."""
    weeks = comparison.days // 7
    return float(_weekly(comparison, name, "paid")[:, -weeks:].mean()) if weeks else None


# --- waits ---------------------------------------------------------------------------------------------


def _waits(run: Run) -> Waits:
    furthest = 7 * max(1, min(364, run.days // 2) // 7)
    days = np.arange(0, furthest + 1, 7 if furthest > 200 else 1, dtype=np.float64)
    needs = run.needs
    followed = needs.in_window & (needs.onset <= run.days - furthest)
    elapsed = (run.days - needs.onset)[needs.waiting]
    return Waits(
        days=days,
        begun=_share_within(needs.wait[followed], days),
        followed=int(followed.sum()),
        longer=1 - _share_within(elapsed, days),
        still=int(needs.waiting.sum()),
        by_kind=_by_kind(run),
    )


def _share_within(waits: Floats, days: Floats) -> Floats:
    """Return the share of all ``waits`` of at most so many days; what never happened (NaN) counts in the whole."""
    if not len(waits):
        return np.full(len(days), np.nan)
    known = np.sort(waits[~np.isnan(waits)])
    return np.searchsorted(known, days, side="right") / len(waits)


def _by_kind(run: Run) -> Floats:
    needs, count = run.needs, len(run.scenario.kinds)
    kinds = np.zeros(len(needs.onset), np.int64)
    kinds[run.need_of_visit] = run.visits["kind"]
    begun = needs.in_window & ~np.isnan(needs.start)
    number = np.bincount(kinds[begun], minlength=count)
    total = np.bincount(kinds[begun], weights=needs.wait[begun], minlength=count)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)
