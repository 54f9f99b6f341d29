"""The needs on lists week by week, baseline and rival in one plot, and in words where the dip is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.report.conclusion import Sentence, between
from sim.report.drawing import Axis, Upright
from sim.report.material import Material, Regime, Ribbon
from sim.report.plots import Line, line_plot
from sim.report.section import Figure, Panel, Section, legend, section, together
from sim.report.tables import Row, Table, table
from sim.report.words import Words

WEEKS_PER_YEAR = 365.25 / 7
WARMUP_SHOWN = 52  # weeks before day 0
FIRST_YEARS = 3  # in which a dip is looked for


def over_time(material: Material, words: Words) -> Section | None:
    """Return the path over time of each rival beside the baseline; None without series."""
    base = material.waiting.get(material.baseline.name)
    if base is None or not len(base.weeks):
        return None
    read = words("over time read once" if material.facts.done < 2 else "over time read")
    return section(material, words, "over-time", _view, heading=words("over time"), read=[read])


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure]]:
    shown = [one for one in together(material, regime) if one.name in material.waiting]
    if regime not in shown:
        return [], []
    figure = Figure(
        f"over-time.{regime.name}",
        words("over time"),
        "",
        [_panel(material, words, shown)],
        [_table(material, words, shown)],
        legend(words, shown, lines=True),
        on_paper=False,
    )
    return _told(material, words, regime), [figure]


# --- the dip -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """A moment at which the gap with the baseline is named: the week, and the needs more on lists then.

    ``low`` and ``high`` are NaN below two pairs.
    """

    week: float
    mean: float
    low: float
    high: float


def dip(gap: Ribbon, change_week: float) -> Moment | None:
    """Return the worst moment of the first three years after the change; None where none is worse than the baseline."""
    early = (gap.weeks >= change_week) & (gap.weeks <= change_week + FIRST_YEARS * WEEKS_PER_YEAR)
    if not early.any():
        return None
    worst = int(np.flatnonzero(early)[np.argmax(gap.mean[early])])
    return _moment(gap, worst) if gap.mean[worst] > 0 else None


def _moment(gap: Ribbon, place: int) -> Moment:
    low, high = (float(edge[place]) if len(edge) else float("nan") for edge in (gap.low, gap.high))
    return Moment(float(gap.weeks[place]), float(gap.mean[place]), low, high)


def _told(material: Material, words: Words, regime: Regime) -> list[Sentence]:
    gap = material.gaps.get(regime.name)
    if gap is None:
        return []
    change_week = material.facts.from_day / 7
    worst = dip(gap, change_week)
    last = Sentence(words("dip last"), None, _more_or_fewer(words, _moment(gap, -1)), "")
    if worst is None:
        return [Sentence(words("dip worst"), None, words("dip none"), ""), last]
    text = words("dip at", month=words.number(_month(worst.week - change_week)), gap=_more_or_fewer(words, worst))
    sure = "dip once" if np.isnan(worst.low) else "dip clear" if worst.low > 0 else "dip unsure"
    return [Sentence(words("dip worst"), None, text, words(sure)), last]


def _month(weeks: float) -> int:
    return max(1, round(12 * weeks / WEEKS_PER_YEAR))


def _more_or_fewer(words: Words, moment: Moment) -> str:
    text = words("needs more" if moment.mean >= 0 else "needs fewer", n=words.number(abs(moment.mean)))
    if np.isnan(moment.low):
        return f"{text}."
    return f"{text} ({between(words, moment.mean, moment.low, moment.high, 0)})."


# --- the figure ----------------------------------------------------------------------------------------


def _panel(material: Material, words: Words, shown: Sequence[Regime]) -> Panel:
    paths = {r.name: _path(material, words, r) for r in material.regimes if r.name in material.waiting}
    highest = 1.08 * max([1.0, *(max([*line.y, *line.high]) for line in paths.values())])
    x = Axis(words("years since change"), min(p.x[0] for p in paths.values()), max(p.x[-1] for p in paths.values()))
    y = Axis(words("needs on lists"), 0, highest)
    plot = line_plot([paths[one.name] for one in shown], x=x, y=y, words=words, uprights=_uprights(material, words))
    title = words.choose(shown[-1])
    described = f"{words('over time aria')} {words.listed([words.choose(one) for one in shown])}."
    return Panel(f"over-time.{shown[-1].name}", "", "", plot, described, f"{words('over time')}: {title}")


def _uprights(material: Material, words: Words) -> list[Upright]:
    day = material.facts.from_day
    if not day:
        return [Upright(0, words("day zero"))]
    return [Upright(day / 365.25, words("change begins"))]


def _path(material: Material, words: Words, regime: Regime) -> Line:
    """Return the path of a regime; the warm-up is shared, so that rivals begin on day 0."""
    ribbon = material.waiting[regime.name]
    first = -WARMUP_SHOWN if regime is material.baseline else 0
    kept = ribbon.weeks >= first
    low, high = (list(edge[kept]) if len(edge) else [] for edge in (ribbon.low, ribbon.high))
    years = list(ribbon.weeks[kept] / WEEKS_PER_YEAR)
    return Line(words.choose(regime), regime.look, years, list(ribbon.mean[kept]), low, high)


def _table(material: Material, words: Words, shown: Sequence[Regime]) -> Table:
    years = np.floor(material.waiting[shown[0].name].weeks / WEEKS_PER_YEAR).astype(int)
    years = np.where(years < -1, -2, years)  # what lies further back is left out, as in the figure
    rows: list[Row] = [
        [
            words("year before", n=-year) if year < 0 else words("nth year", n=year + 1),
            *(_year_text(words, material.waiting[regime.name], years == year) for regime in shown),
        ]
        for year in sorted(set(years.tolist()) - {-2})
    ]
    return table(words("over time table"), [words("year"), *(words.choose(regime) for regime in shown)], rows)


def _year_text(words: Words, ribbon: Ribbon, weeks: NDArray[np.bool_]) -> str:
    mean = words.number(float(ribbon.mean[weeks].mean()))
    if not len(ribbon.low):
        return mean
    low, high = (words.number(float(edge[weeks].mean())) for edge in (ribbon.low, ribbon.high))
    return f"{mean} ({words('from to', low=low, high=high)})"
