"""The figures of a page, each with the table that says the same in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError, nearest_or_all
from sim.report.conclusion import badge
from sim.report.findings import Finding
from sim.report.material import Floats, Material, Regime, Ribbon, Waits
from sim.report.measures import Measure, measure
from sim.report.palette import fill
from sim.report.plots import Axis, Line, Mark, Plot, difference_plot, dot_plot, escaped, line_plot, stacked_bars
from sim.report.tables import TEXT, Cell, Table, table
from sim.report.words import MISTAKES, Words
from sim.report.words import words as words_of
from sim.study.compare import Comparison
from sim.study.outcomes import DESTINATIONS, PARTS_OF_VALUE, Outcome
from sim.study.verdicts import verdict_words

GROUPS = ("frailest", "alone", "little_voice")
WITHIN = (14, 42, 91, 182, 364)  # days in the table of waits
WEEKS_PER_YEAR = 365.25 / 7
WARMUP_SHOWN = 52  # weeks before day 0
_MORE_COLUMNS = ("noise", "better pairs", "smallest")
DIFFERENCE_COLUMNS = ("baseline column", "regime mean", "difference", "interval", "verdict", *_MORE_COLUMNS)
# Destinations of hours that share one piece of a bar; the table has them all.
PIECES = {
    "direct": ("direct",),
    "bridging": ("bridging",),
    "door": ("intake", "review", "choosing", "referral"),
    "upward": ("reports",),
    "together": ("meetings", "coordination", "planning", "managing"),
    "learning": ("instruments", "coaching"),
    "own": ("own_time",),
    "indirect": ("indirect",),
    "away": ("sick", "leave"),
    "idle": ("idle",),
}


@dataclass(frozen=True)
class Panel:
    """One plot.

    Attributes:
        key: Name in the page.
        heading: What stands above it.
        note: A side note under the heading.
        plot: The plotly dictionary.
        description: What a reader who cannot see it is told.
        picture: Title of the picture when it is saved.
    """

    key: str
    heading: str
    note: str
    plot: Plot
    description: str
    picture: str


@dataclass(frozen=True)
class Sign:
    """How one regime is drawn, for the legend above the plots; ``dash`` is None where no lines are drawn."""

    text: str
    colour: str
    sign: str
    dash: str | None


@dataclass(frozen=True)
class Figure:
    """One or more plots that say one thing, how to read them, and the numbers."""

    key: str
    heading: str
    read: str
    panels: list[Panel]
    tables: list[Table]
    legend: list[Sign] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """Figures under one heading."""

    anchor: str
    heading: str
    figures: list[Figure] = field(default_factory=list)


def chapters(material: Material, words: Words) -> list[Chapter]:
    """Return all chapters for which the result holds the numbers; none where nothing is finished."""
    if not material.facts.done:
        return []
    made = [
        Chapter("differences", words("differences"), _some(differences(material, words))),
        Chapter("waiting", words("waiting"), _waiting_figures(material, words)),
        Chapter("hours", words("hours"), _some(hours(material, words))),
        Chapter("value", words("value"), _some(value(material, words))),
        Chapter("groups", words("groups" if material.rivals else "groups one"), groups(material, words)),
        Chapter("all", words("all outcomes"), [all_outcomes(material, words)]),
    ]
    return [chapter for chapter in made if chapter.figures]


def _legend(regimes: Sequence[Regime], words: Words, *, lines: bool) -> list[Sign]:
    return [
        Sign(words.choose(r), r.look.colour, r.look.sign, r.look.dash.replace("px", "") if lines else None)
        for r in regimes
    ]


def _some(figure: Figure | None) -> list[Figure]:
    return [] if figure is None else [figure]


def _waiting_figures(material: Material, words: Words) -> list[Figure]:
    made = (wait_curves, over_time, by_organisation, by_kind)
    return [figure for make in made if (figure := make(material, words)) is not None]


# --- differences ---------------------------------------------------------------------------------------


def differences(material: Material, words: Words) -> Figure | None:
    """Return the paired differences of the main outcomes, a panel each; None where there is one regime."""
    if not material.rivals:
        return None
    panels = [_difference_panel(material, words, outcome) for outcome in material.headlines]
    read = words("differences read", baseline=words.choose(material.baseline))
    return Figure("differences", words("differences"), read, panels, [_difference_table(material, words)])


def _difference_panel(material: Material, words: Words, outcome: Outcome) -> Panel:
    written = measure(words, outcome)
    marks = [
        _mark(words.choose(regime), regime, material.findings[regime.name, outcome.name], written)
        for regime in material.rivals
    ]
    plot = difference_plot(marks, title=_ways(words, written), words=words)
    label = outcome.label(words.language)
    return Panel(
        f"difference-{outcome.name}",
        label,
        outcome.says(words.language),
        plot,
        _described(words, label, marks, written),
        words("picture against", label=label, baseline=words.choose(material.baseline)),
    )


def _mark(label: str, regime: Regime, finding: Finding, written: Measure) -> Mark:
    paired = finding.paired
    mean, low, high = written.scaled([paired.difference, paired.low, paired.high])
    return Mark(label, regime.look, mean, low, high, written.scaled(list(finding.singles)), written.margin)


def _ways(words: Words, written: Measure) -> list[str]:
    """Return the title of a difference axis in lines: the unit, and which side is better."""
    unit = " ".join(part for part in (written.difference_unit, written.per) if part)
    title = words("difference in", unit=unit or written.level_unit)
    better, worse = (verdict_words(verdict).in_language(words.language) for verdict in ("better", "worse"))
    if written.outcome.direction < 0:
        return [title, f"← {better} · {worse} →"]
    if written.outcome.direction > 0:
        return [title, f"← {worse} · {better} →"]
    return [title, words("neither better")]


def _described(words: Words, label: str, marks: Sequence[Mark], written: Measure) -> str:
    """Return the plot in words: what a screen reader says."""
    parts = [f"{mark.label}: {_spoken(words, mark, written.decimals)}" for mark in marks]
    return f"{label}. {words('mean difference')}, {words('interval')}. " + "; ".join(parts) + "."


def _spoken(words: Words, mark: Mark, decimals: int) -> str:
    mean, low, high = (words.signed(number, decimals) for number in (mark.mean, mark.low, mark.high))
    return f"{mean} ({words('from to', low=low, high=high)})"


def _difference_table(material: Material, words: Words) -> Table:
    head = ["outcome", "regime", *DIFFERENCE_COLUMNS]
    rows = [
        [
            _with_unit(words, outcome),
            Cell(words.choose(regime), TEXT),
            *_difference_cells(words, material.findings[regime.name, outcome.name]),
        ]
        for outcome in material.headlines
        for regime in material.rivals
    ]
    return table(words("differences"), _head(material, words, head), rows)


def _with_unit(words: Words, outcome: Outcome) -> str:
    return f"{outcome.label(words.language)} ({measure(words, outcome).level_unit})"


def _head(material: Material, words: Words, keys: Sequence[str]) -> list[str]:
    return [words(key, baseline=words.choose(material.baseline)) for key in keys]


def _difference_cells(words: Words, finding: Finding) -> list[str | Cell]:
    written, paired = measure(words, finding.outcome), finding.paired
    shown = badge(words, finding.verdict)
    return [
        written.level(paired.baseline_mean),
        written.level(paired.mean),
        written.signed(paired.difference),
        written.between(paired.low, paired.high),
        Cell(f"{shown.sign} {shown.text}", TEXT),
        _noise(written, finding),
        _better_pairs(words, finding),
        words.number(written.margin, written.decimals),
    ]


def _noise(written: Measure, finding: Finding) -> str:
    if len(finding.singles) < 2:
        return written.words("not measured")
    low, high = np.quantile(finding.singles, [0.1, 0.9])
    return written.between(float(low), float(high))


def _better_pairs(words: Words, finding: Finding) -> str:
    if not finding.outcome.direction or not finding.paired.n:
        return words("not measured")
    return words("k of n", k=finding.better_pairs, n=finding.paired.n)


# --- waiting -------------------------------------------------------------------------------------------


def wait_curves(material: Material, words: Words) -> Figure | None:
    """Return how soon help begins, and how long those who still wait have waited; None without visits."""
    if not material.waits:
        return None
    begun = _curve_panel(material, words, "wait curve", "begun")
    longer = _curve_panel(material, words, "still curve", "longer")
    shown = [regime for regime in material.regimes if regime.name in material.waits]
    return Figure(
        "wait-curve",
        words("wait curves"),
        _one_world(material, words),
        [begun, longer],
        [_wait_table(material, words)],
        _legend(shown, words, lines=True),
    )


def _one_world(material: Material, words: Words) -> str:
    """Say that a figure shows the first of several worlds; of the others no single lives are kept."""
    return words("one world shown", n=material.facts.done) if material.facts.done > 1 else ""


def _curve_panel(material: Material, words: Words, key: str, curve: str) -> Panel:
    lines = [
        Line(words.choose(regime), regime.look, list(waits.days), [100 * y for y in getattr(waits, curve)])
        for regime in material.regimes
        if (waits := material.waits.get(regime.name)) is not None
    ]
    furthest = max((line.x[-1] for line in lines), default=1.0)
    plot = line_plot(
        lines,
        x=Axis(words("days since onset"), 0, furthest),
        y=Axis(words("of 100 needs"), 0, 100),
        words=words,
    )
    return Panel(key.replace(" ", "-"), words(key), words(f"{key} read"), plot, words(f"{key} aria"), words(key))


def _wait_table(material: Material, words: Words) -> Table:
    waits = [(regime, material.waits[regime.name]) for regime in material.regimes if regime.name in material.waits]
    within = [days for days in WITHIN if days <= waits[0][1].days[-1]]
    head = [words("regime"), *(words("within days", days=days) for days in within)]
    head += [*(words("longer than days", days=days) for days in within), words("number waiting")]
    rows = [
        [
            words.choose(regime),
            *(_of_hundred(words, one, one.begun, days) for days in within),
            *(_of_hundred(words, one, one.longer, days) for days in within),
            words.number(one.still),
        ]
        for regime, one in waits
    ]
    return table(words("wait table"), head, rows)


def _of_hundred(words: Words, waits: Waits, curve: Floats, days: float) -> str:
    return words.number(100 * float(np.interp(days, waits.days, curve)))


def over_time(material: Material, words: Words) -> Figure | None:
    """Return the needs on lists by week, a panel for each rival beside the baseline; None without series.

    The ribbon holds the middle 80 % of the repeats.
    """
    shown = [regime for regime in material.regimes if regime.name in material.waiting]
    if not shown or shown[0] is not material.baseline or not len(material.waiting[shown[0].name].weeks):
        return None
    base, *rivals = [_path(material, words, regime) for regime in shown]
    highest = 1.05 * max([1.0, *(max(max(line.y), *line.high, 0.0) for line in (base, *rivals))])
    panels = [_path_panel(words, regime, [base, line], highest) for regime, line in zip(shown[1:], rivals, strict=True)]
    panels = panels or [_path_panel(words, shown[0], [base], highest)]
    read = words("over time read once" if material.facts.done < 2 else "over time read")
    legend = _legend(shown, words, lines=True)
    return Figure("over-time", words("over time"), read, panels, [_path_table(material, words)], legend)


def _path(material: Material, words: Words, regime: Regime) -> Line:
    """Return the path of a regime; the warm-up is shared, so that rivals begin on day 0."""
    ribbon = material.waiting[regime.name]
    first = -WARMUP_SHOWN if regime is material.baseline else 0
    kept = ribbon.weeks >= first
    low, high = (list(edge[kept]) if len(edge) else [] for edge in (ribbon.low, ribbon.high))
    years = list(ribbon.weeks[kept] / WEEKS_PER_YEAR)
    return Line(words.choose(regime), regime.look, years, list(ribbon.mean[kept]), low, high)


def _path_panel(words: Words, regime: Regime, lines: list[Line], highest: float) -> Panel:
    x = Axis(words("years since change"), min(line.x[0] for line in lines), max(line.x[-1] for line in lines))
    y = Axis(words("needs on lists"), 0, highest)
    plot = line_plot(lines, x=x, y=y, words=words, zero=words("day zero"))
    title = words.choose(regime)
    picture = f"{words('over time')}: {title}"
    heading = title if len(lines) > 1 else ""
    described = f"{words('over time aria')} {title}."
    return Panel(f"over-time-{regime.name}", heading, "", plot, described, picture)


def _path_table(material: Material, words: Words) -> Table:
    shown = [regime for regime in material.regimes if regime.name in material.waiting]
    years = np.floor(material.waiting[shown[0].name].weeks / WEEKS_PER_YEAR).astype(int)
    years = np.where(years < -1, -2, years)  # what lies further back is left out, as in the figure
    rows = [
        [
            words("year before", n=-year) if year < 0 else words("nth year", n=year + 1),
            *(_year_text(words, material.waiting[regime.name], years == year) for regime in shown),
        ]
        for year in sorted(set(years.tolist()) - {-2})
    ]
    titles = [words.choose(regime) for regime in shown]
    return table(words("over time table"), [words("year"), *titles], rows)


def _year_text(words: Words, ribbon: Ribbon, weeks: NDArray[np.bool_]) -> str:
    mean = words.number(float(ribbon.mean[weeks].mean()))
    if not len(ribbon.low):
        return mean
    low, high = (words.number(float(edge[weeks].mean())) for edge in (ribbon.low, ribbon.high))
    return f"{mean} ({words('from to', low=low, high=high)})"


def by_organisation(material: Material, words: Words) -> Figure | None:
    """Return the mean length of each organisation's list; None without series."""
    names = [words.choose(organisation) for organisation in material.scenario.organisations]
    read = words("by organisation read")
    return _dots(material, words, "by organisation", read, "organisation", "needs on lists", names, material.lists)


def by_kind(material: Material, words: Words) -> Figure | None:
    """Return the mean wait for each kind of help; None without visits."""
    names = [words.choose(kind) for kind in material.scenario.kinds]
    waits = {name: waits.by_kind for name, waits in material.waits.items()}
    read = f"{words('by kind read')} {_one_world(material, words)}".strip()
    return _dots(material, words, "by kind", read, "kind", "days waited", names, waits)


def _dots(
    material: Material,
    words: Words,
    key: str,
    read: str,
    row: str,
    unit: str,
    names: Sequence[str],
    numbers: dict[str, Floats],
) -> Figure | None:
    if not numbers or not names:
        return None
    shown = [regime for regime in material.regimes if regime.name in numbers]
    marks = [(words.choose(regime), regime.look, list(numbers[regime.name])) for regime in shown]
    plot = dot_plot(names, marks, title=words(unit), words=words)
    rows = [
        [name, *(words.number(float(numbers[regime.name][position]), 1) for regime in shown)]
        for position, name in enumerate(names)
    ]
    numbers_too = table(
        f"{words(key)} ({words(unit)})", [words(row), *(words.choose(regime) for regime in shown)], rows
    )
    panel = Panel(key.replace(" ", "-"), "", "", plot, words(f"{key} aria"), words(key))
    legend = _legend(shown, words, lines=False)
    return Figure(key.replace(" ", "-"), words(key), read, [panel], [numbers_too], legend)


# --- hours ---------------------------------------------------------------------------------------------


def hours(material: Material, words: Words) -> Figure | None:
    """Return where the paid hours go; in hours a week where those are known, else in shares of the paid hours."""
    if any(f"share_{destination}" not in material.outcome for destination in DESTINATIONS):
        return None
    in_hours = all(regime.name in material.paid for regime in material.regimes)
    whole = {regime.name: material.paid[regime.name] if in_hours else 100.0 for regime in material.regimes}
    parts = [
        (
            words(f"hours {piece}"),
            fill(position),
            [_spent(material, regime.name, columns) * whole[regime.name] for regime in material.regimes],
        )
        for position, (piece, columns) in enumerate(PIECES.items())
    ]
    title = words("hours a week" if in_hours else "percent of paid hours")
    bars = [words.choose(regime) for regime in material.regimes]
    plot = stacked_bars(bars, parts, title=title, words=words)
    panel = Panel("hours", "", "", plot, words("hours aria"), words("hours"))
    tables = [_hours_table(material, words, whole, title, 0 if in_hours else 1)]
    read = words("hours read" if in_hours else "hours read percent")
    return Figure("hours", words("hours"), read, [panel], tables)


def _spent(material: Material, regime: str, columns: Sequence[str]) -> float:
    return float(np.nansum([material.level(regime, f"share_{column}").mean for column in columns]))


def _hours_table(material: Material, words: Words, whole: dict[str, float], title: str, decimals: int) -> Table:
    rows = [
        [
            material.outcome[f"share_{column}"].label(words.language),
            *(words.number(_spent(material, name, (column,)) * paid, decimals) for name, paid in whole.items()),
        ]
        for column in DESTINATIONS
    ]
    total = [words("hours total"), *(words.number(paid, decimals) for paid in whole.values())]
    heads = [words("destination"), *(words.choose(regime) for regime in material.regimes)]
    return table(f"{words('hours')} ({title})", heads, [*rows, total])


# --- value and groups ----------------------------------------------------------------------------------


def value(material: Material, words: Words) -> Figure | None:
    """Return client value taken apart: differences by part, or levels where there is one regime."""
    names = [name for name in ("value", *PARTS_OF_VALUE) if name in material.outcome]
    if len(names) < 2:
        return None
    labels = [_part_label(words, material.outcome[name]) for name in names]
    if not material.rivals:
        return _level_figure(material, words, "value", names, labels, words("value read one"))
    panels = [_rows_panel(material, words, "value", regime, names, labels) for regime in material.rivals]
    read = words("value read", baseline=words.choose(material.baseline))
    return Figure("value", words("value"), read, panels, [_rows_table(material, words, words("value"), names, labels)])


def _part_label(words: Words, outcome: Outcome) -> str:
    label = outcome.label(words.language)
    return f"{label} ({words('less is better')})" if outcome.direction < 0 else label


def groups(material: Material, words: Words) -> list[Figure]:
    """Return waiting and value of vulnerable groups: differences, or levels where there is one regime."""
    made = []
    labels = [words("everyone"), *(words(f"group {group}") for group in GROUPS)]
    for everyone, prefix in (("wait_mean", "wait"), ("value", "value")):
        names = [everyone, *(f"{everyone}.group.{group}" for group in GROUPS)]
        if all(name in material.outcome for name in names):
            made.append(_group_figure(material, words, f"groups-{prefix}", names, labels))
    return made


def _group_figure(material: Material, words: Words, key: str, names: Sequence[str], labels: Sequence[str]) -> Figure:
    heading = material.outcome[names[0]].label(words.language)
    if not material.rivals:
        return _level_figure(material, words, key, names, labels, words("groups read one"), heading)
    panels = [_rows_panel(material, words, key, regime, names, labels) for regime in material.rivals]
    numbers = _rows_table(material, words, heading, names, labels)
    return Figure(key, heading, words("groups read"), panels, [numbers])


def _rows_panel(
    material: Material,
    words: Words,
    key: str,
    regime: Regime,
    names: Sequence[str],
    labels: Sequence[str],
) -> Panel:
    """Return a panel of one regime with a row for each outcome; all rows share the unit of the first."""
    written = [measure(words, material.outcome[name], plain=True) for name in names]
    marks = [
        _mark(label, regime, material.findings[regime.name, name], one)
        for label, name, one in zip(labels, names, written, strict=True)
    ]
    title = words.choose(regime)
    plot = difference_plot(marks, title=_ways(words, written[0]), words=words)
    described = _described(words, title, marks, written[0])
    what = f"{written[0].outcome.label(words.language)}: {title}"
    picture = words("picture against", label=what, baseline=words.choose(material.baseline))
    return Panel(f"{key}-{regime.name}", title, "", plot, described, picture)


def _rows_table(material: Material, words: Words, caption: str, names: Sequence[str], labels: Sequence[str]) -> Table:
    head = [words("group" if names[-1].endswith(GROUPS[-1]) else "outcome")]
    head += _head(material, words, ["baseline column"])
    for regime in material.rivals:
        head += [words.choose(regime), words("interval")]
    rows = [[label, *_row_cells(material, words, name)] for label, name in zip(labels, names, strict=True)]
    return table(caption, head, rows)


def _row_cells(material: Material, words: Words, name: str) -> list[str | Cell]:
    written = measure(words, material.outcome[name], plain=True)
    cells: list[str | Cell] = [written.level(material.level(material.baseline.name, name).mean)]
    for regime in material.rivals:
        paired = material.findings[regime.name, name].paired
        cells += [written.signed(paired.difference), written.between(paired.low, paired.high)]
    return cells


def _level_figure(
    material: Material,
    words: Words,
    key: str,
    names: Sequence[str],
    labels: Sequence[str],
    read: str,
    heading: str = "",
) -> Figure:
    base = material.baseline
    written = [measure(words, material.outcome[name], plain=True) for name in names]
    levels = [material.level(base.name, name) for name in names]
    marks = [(words.choose(base), base.look, [level.mean for level in levels])]
    plot = dot_plot(labels, marks, title=written[0].level_unit, words=words)
    rows = [
        [label, one.level(level.mean), one.level(level.lowest), one.level(level.highest)]
        for label, one, level in zip(labels, written, levels, strict=True)
    ]
    head = [words(column) for column in ("outcome", "mean", "lowest", "highest")]
    caption = heading or words("value")
    panel = Panel(key, "", "", plot, f"{caption}. " + "; ".join(f"{row[0]}: {row[1]}" for row in rows), caption)
    return Figure(key, caption, read, [panel], [table(caption, head, rows)])


# --- all outcomes --------------------------------------------------------------------------------------


def all_outcomes(material: Material, words: Words) -> Figure:
    """Return tables of all outcomes: one a regime with differences, or one of levels."""
    if not material.rivals:
        tables = [_level_table(material, words)]
        return Figure("all", words("all outcomes"), words("all levels read"), [], tables)
    tables = [_full_table(material, words, regime) for regime in material.rivals]
    return Figure("all", words("all outcomes"), words("all outcomes read"), [], tables)


def _full_table(material: Material, words: Words, regime: Regime) -> Table:
    head = ["outcome", *DIFFERENCE_COLUMNS, "variance ratio"]
    rows = [
        [
            _starred(words, outcome),
            *_difference_cells(words, found),
            words.number(found.paired.variance_ratio, 2),
        ]
        for outcome in material.outcomes
        if (found := material.findings[regime.name, outcome.name])
    ]
    return table(words.choose(regime), _head(material, words, head), rows)


def _starred(words: Words, outcome: Outcome) -> str:
    return f"★ {_with_unit(words, outcome)}" if outcome.headline else _with_unit(words, outcome)


def _level_table(material: Material, words: Words) -> Table:
    head = [words(column) for column in ("outcome", "mean", "lowest", "highest")]
    rows: list[list[str | Cell]] = []
    for outcome in material.outcomes:
        written, level = measure(words, outcome), material.level(material.baseline.name, outcome.name)
        numbers = (written.level(number) for number in (level.mean, level.lowest, level.highest))
        rows.append([_starred(words, outcome), *numbers])
    return table(words.choose(material.baseline), head, rows)


# --- one figure on its own -----------------------------------------------------------------------------

WAITING = "waiting"  # the path over time of the first rival: what people ask for first


def figure(comparison: Comparison, name: str, language: str = "en") -> Any:
    """Return one plot of the page as a plotly figure, with a title of its own.

    Args:
        comparison: The result.
        name: ``"waiting"``, or the key of a plot, such as ``"difference-wait_mean"`` or ``"hours"``.
        language: ``"nl"`` or ``"en"``.

    Raises:
        RegieError: If there is no plot of that name, or no page in that language.
    """
    from plotly.graph_objects import Figure as PlotlyFigure

    from sim.report.reading import material

    made = [figure for chapter in chapters(material(comparison), words_of(language)) for figure in chapter.figures]
    panels = {panel.key: panel for figure in made for panel in figure.panels}
    paths = [panel for key, panel in panels.items() if key.startswith("over-time")]
    panels |= {WAITING: paths[0]} if paths else {}
    if name not in panels:
        raise RegieError(MISTAKES("no figure", name=name, hint=nearest_or_all(name, panels)))
    drawn = PlotlyFigure(panels[name].plot)
    drawn.update_layout(title=escaped(panels[name].picture), margin={"t": 96}, showlegend=True)
    return drawn
