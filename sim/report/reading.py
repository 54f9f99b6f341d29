"""From a comparison to the material of a page: everything that touches the shape of a result stands here."""

from __future__ import annotations

import numpy as np

from sim.errors import Said
from sim.report.first_world import first_world
from sim.report.material import Draws, Facts, Floats, Material, Regime, Ribbon, regime
from sim.report.words import words
from sim.scenario import files
from sim.scenario.scenario import SET, Scenario
from sim.study.baseline import bands_of
from sim.study.compare import Comparison, Plan
from sim.study.fates import GRID
from sim.study.provenance import regie_version
from sim.study.sketch import WEEKLY
from sim.study.statistics import interval
from sim.study.worlds import IMPOSSIBLE

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
        waiting={name: _waiting(comparison, name) for name in lived if comparison.days >= 7},
        gaps={name: gap for name in lived[1:] if (gap := _gap(comparison, name)) is not None},
        lists={name: comparison.sketch(name, "lists").mean(axis=0) for name in lived},
        fates={name: _fates(comparison, name) for name in lived},
        still={name: _still(comparison, name) for name in lived},
        paid={name: paid for name in lived if (paid := _paid(comparison, name)) is not None},
        equal_staff={name: same for name in names[1:] if (same := comparison.equal_staff(name)) is not None},
        variants=comparison.plan.variant,
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
        draws=_draws(comparison),
        precision=comparison.precision,
    )


def _draws(comparison: Comparison) -> Draws:
    drawn = comparison.drawn
    labels = {band.name: Said(band.en, band.nl) for band in bands_of(comparison.scenario)}
    labels[IMPOSSIBLE] = Said(*(words(language)("values that clash") for language in ("en", "nl")))
    often = sorted(drawn.missed.items(), key=lambda one: -one[1])
    missed = tuple((labels.get(name, Said(name, name)), number) for name, number in often)
    return Draws(drawn.kind, drawn.kept, drawn.turned_down, missed, len(drawn.values))


def command_for(comparison: Comparison) -> str:
    """Return the command that gives this result again.

    Where a name does not say it all (values were set by hand, or the scenario is a file of one's own), the command
    names the resolved scenario that lies beside the report.
    """
    if comparison.command:
        return comparison.command
    plan = comparison.plan
    parts = [*_what(comparison), *_options(comparison)]
    if comparison.only:
        parts += ["--only", ",".join(comparison.only)]
    if comparison.from_day:
        parts += ["--from", str(comparison.from_day)]
    if comparison.equal_hours:
        parts += ["--equal-hours"]
    if plan.apart:
        parts += ["--one-at-a-time"]
    return " ".join([*parts, "--days", str(comparison.days), "--seed", str(comparison.seed), *_often(plan)])


def _what(comparison: Comparison) -> list[str]:
    if comparison.plan.variant:
        shown = {name: comparison.scenarios[name] for name in comparison.rivals}
        beside = [_named(scenario, f"scenarios/{name}.toml") for name, scenario in shown.items()]
        return ["regie", "compare", _named(comparison.scenario), *beside]
    return ["regie", "compare" if comparison.rivals else "run", _named(comparison.scenario)]


def _options(comparison: Comparison) -> list[str]:
    if not comparison.rivals:
        return ["--regime", comparison.baseline]
    regimes = ["--regimes", ",".join(comparison.rivals), "--baseline", comparison.baseline]
    asked = [] if comparison.plan.variant else regimes
    return [*asked, "--worlds", comparison.plan.worlds]


def _often(plan: Plan) -> list[str]:
    if plan.precision is None:
        return ["--replications", str(plan.replications)]
    return ["--precision", f"{100 * plan.precision:g}%"]


def _named(scenario: Scenario, resolved: str = RESOLVED) -> str:
    values = [*scenario.values.values(), *(v for own in scenario.levers.values() for v in own.values())]
    values += [value for kind in scenario.kinds for value in kind.given.values()]
    values += [value for organisation in scenario.organisations for value in organisation.given.values()]
    if any(value.origin == SET for value in values) or scenario.name not in files.names("scenario"):
        return resolved
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


def _fates(comparison: Comparison, name: str) -> Floats:
    """Return what became of needs by each day, mean of the worlds; for days that few follow, of those that do."""
    lived = comparison.sketch(name, "fates").astype(np.float64)
    known = ~np.isnan(lived)
    return np.where(known.any(axis=0), np.nansum(lived, axis=0) / np.maximum(known.sum(axis=0), 1), np.nan)


def _still(comparison: Comparison, name: str) -> Floats:
    """Return how long those wait who wait at the end, mean of the worlds in which somebody does."""
    lived = comparison.sketch(name, "still").astype(np.float64)
    known = lived[~np.isnan(lived).any(axis=1)]
    return known.mean(axis=0) if len(known) else np.full(len(GRID), np.nan)
