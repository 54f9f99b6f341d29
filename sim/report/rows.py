"""The one design of a figure of differences: a row an outcome, better always on the right, one axis for all rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.report.conclusion import badge
from sim.report.drawing import Plot
from sim.report.findings import Finding
from sim.report.material import Material, Regime
from sim.report.measures import Measure, measure
from sim.report.plots import Mark, difference_plot, dot_plot
from sim.report.section import Figure, Panel
from sim.report.tables import TEXT, Cell, Table, table
from sim.report.words import Words
from sim.study.outcomes import Outcome
from sim.study.verdicts import verdict_words

COLUMNS = ("baseline column", "regime mean", "difference", "interval", "verdict")


@dataclass(frozen=True)
class Row:
    """An outcome and what stands before it, such as the name of a group.

    With ``plain`` a share stays a number from 0 to 1, so that it can stand beside other such numbers.
    """

    outcome: Outcome
    label: str
    plain: bool = False


def rows_of(
    material: Material,
    words: Words,
    names: Sequence[str],
    *,
    plain: bool = False,
    labels: Mapping[str, str] | None = None,
) -> list[Row]:
    """Return a row for each outcome that the result holds; ``labels`` replace those of some outcomes."""
    found = [material.outcome[name] for name in names if name in material.outcome]
    return [Row(one, (labels or {}).get(one.name, one.label(words.language)), plain) for one in found]


def rows_figure(
    material: Material,
    words: Words,
    regime: Regime,
    key: str,
    heading: str,
    rows: Sequence[Row],
    *,
    read: str = "",
    on_paper: bool = False,
) -> Figure | None:
    """Return the differences of ``rows`` between a regime and the baseline; their levels for the baseline itself.

    Outcomes with the same unit share a plot. None where there are no rows.
    """
    if not rows:
        return None
    units: dict[tuple[str, bool], list[Row]] = {}
    for row in rows:
        units.setdefault((_measure(words, row).level_unit, row.outcome.direction == 0), []).append(row)
    compares = regime is not material.baseline
    make = _difference_panel if compares else _level_panel
    panels = [
        make(material, words, regime, f"{key}-{place}.{regime.name}", heading, alike)
        for place, alike in enumerate(units.values(), start=1)
    ]
    numbers = difference_table(material, words, regime, heading, rows) if compares else _levels(material, words, rows)
    return Figure(f"{key}.{regime.name}", heading, read, panels, [numbers], on_paper=on_paper)


def mark(label: str, regime: Regime, finding: Finding, written: Measure) -> Mark:
    """Return one row of a difference plot."""
    paired = finding.paired
    mean, low, high = written.scaled([paired.difference, paired.low, paired.high])
    return Mark(label, regime.name, regime.look, mean, low, high, written.scaled(finding.spread), written.margin)


def ways(words: Words, written: Measure, *, neither: bool = False) -> list[str]:
    """Return the title of a difference axis in lines: the unit, and which side is better."""
    unit = " ".join(part for part in (written.difference_unit, written.per) if part)
    title = words("difference in", unit=unit or written.level_unit)
    if neither:
        return [title, words("neither better")]
    better, worse = (verdict_words(verdict).in_language(words.language) for verdict in ("better", "worse"))
    return [title, f"← {worse} · {better} →"]


def described(words: Words, label: str, marks: Sequence[Mark], written: Measure) -> str:
    """Return the plot in words: what a screen reader says."""
    parts = [f"{mark.label}: {_spoken(words, mark, written.decimals)}" for mark in marks]
    return f"{label}. {words('mean difference')}, {words('interval')}. " + "; ".join(parts) + "."


def difference_table(material: Material, words: Words, regime: Regime, caption: str, rows: Sequence[Row]) -> Table:
    """Return the numbers of a difference figure."""
    head = [words("outcome"), *(words(key, baseline=words.choose(material.baseline)) for key in COLUMNS)]
    cells = [
        [
            f"{row.label} ({_unit(words, row)})",
            *_cells(words, material.findings[regime.name, row.outcome.name], _measure(words, row)),
        ]
        for row in rows
    ]
    return table(caption, head, cells)


def difference_cells(words: Words, finding: Finding) -> list[str | Cell]:
    """Return the level under both, the difference with its interval, and the verdict."""
    return _cells(words, finding, measure(words, finding.outcome))


def _cells(words: Words, finding: Finding, written: Measure) -> list[str | Cell]:
    paired, shown = finding.paired, badge(words, finding.verdict)
    return [
        written.level(paired.baseline_mean),
        written.level(paired.mean),
        written.signed(paired.difference),
        written.between(paired.low, paired.high),
        Cell(f"{shown.sign} {shown.text}", TEXT),
    ]


def _measure(words: Words, row: Row) -> Measure:
    return measure(words, row.outcome, plain=row.plain)


def _unit(words: Words, row: Row) -> str:
    return _measure(words, row).level_unit


def _difference_panel(
    material: Material, words: Words, regime: Regime, key: str, heading: str, rows: Sequence[Row]
) -> Panel:
    directions = {row.outcome.direction for row in rows}
    mixed = directions == {1, -1}
    written = _measure(words, rows[0])
    marks = {
        rival.name: [_row_mark(material, words, rival, row, mirror=mixed) for row in rows] for rival in material.rivals
    }
    plot = difference_plot(
        marks[regime.name],
        title=ways(words, written, neither=directions == {0}),
        words=words,
        around=[one for shown in marks.values() for one in shown],
        reverse=directions == {-1},
    )
    what = f"{heading}: {words.choose(regime)}"
    picture = words("picture against", label=what, baseline=words.choose(material.baseline))
    return Panel(key, "", "", plot, described(words, what, marks[regime.name], written), picture)


def _row_mark(material: Material, words: Words, regime: Regime, row: Row, *, mirror: bool) -> Mark:
    found = material.findings[regime.name, row.outcome.name]
    if mirror and row.outcome.direction < 0:
        return mark(words("mirrored", label=row.label), regime, found, _measure(words, row)).mirrored()
    return mark(row.label, regime, found, _measure(words, row))


def _spoken(words: Words, mark: Mark, decimals: int) -> str:
    mean, low, high = (words.signed(number, decimals) for number in (mark.mean, mark.low, mark.high))
    return f"{mean} ({words('from to', low=low, high=high)})"


# --- one regime alone ----------------------------------------------------------------------------------


def _level_panel(
    material: Material, words: Words, regime: Regime, key: str, heading: str, rows: Sequence[Row]
) -> Panel:
    labels = [row.label for row in rows]
    written = [_measure(words, row) for row in rows]
    means = [one.scaled([material.level(regime.name, one.outcome.name).mean])[0] for one in written]
    plot: Plot = dot_plot(
        labels, [(words.choose(regime), regime.look, means)], title=written[0].level_unit, words=words
    )
    said = "; ".join(
        f"{label}: {words.number(m, one.decimals)}" for label, m, one in zip(labels, means, written, strict=True)
    )
    return Panel(key, "", "", plot, f"{heading}. {said}.", heading)


def _levels(material: Material, words: Words, rows: Sequence[Row]) -> Table:
    head = [words(column) for column in ("outcome", "mean", "lowest", "highest")]
    cells = [[f"{row.label} ({_unit(words, row)})", *_level_cells(material, _measure(words, row))] for row in rows]
    return table(words.choose(material.baseline), head, cells)


def level_cells(material: Material, words: Words, outcome: Outcome) -> list[str]:
    """Return the mean, lowest and highest level of the baseline over the repeats."""
    return _level_cells(material, measure(words, outcome))


def _level_cells(material: Material, written: Measure) -> list[str]:
    level = material.level(material.baseline.name, written.outcome.name)
    return [written.level(number) for number in (level.mean, level.lowest, level.highest)]
