"""All ways of steering at once: a panel for each headline outcome, a row for each rival."""

from __future__ import annotations

from sim.report.material import Material, Regime
from sim.report.measures import measure
from sim.report.plots import difference_plot
from sim.report.rows import described, mark, ways
from sim.report.section import Figure, Panel, Section, View, regime_groups
from sim.report.tables import Cell, Row, Table, grouped_table
from sim.report.words import Words
from sim.study.outcomes import Outcome


def overview(material: Material, words: Words) -> Section | None:
    """Return the paired differences of the headline outcomes, all rivals together; None with fewer than two rivals."""
    if len(material.rivals) < 2 or not material.facts.done:
        return None
    panels = [_panel(material, words, outcome) for outcome in material.headlines]
    figure = Figure("differences", words("differences"), "", panels, [_numbers(material, words)], on_paper=False)
    read = words("differences read", baseline=words.choose(material.baseline))
    return Section("differences", words("differences"), [read], [View("", figures=[figure])])


def _panel(material: Material, words: Words, outcome: Outcome) -> Panel:
    written = measure(words, outcome)
    marks = [mark(words.choose(r), r, material.findings[r.name, outcome.name], written) for r in _ordered(material)]
    title = ways(words, written, neither=outcome.direction == 0)
    plot = difference_plot(marks, title=title, words=words, reverse=outcome.direction < 0)
    label = outcome.label(words.language)
    picture = words("picture against", label=label, baseline=words.choose(material.baseline))
    return Panel(
        f"difference-{outcome.name}",
        label,
        outcome.says(words.language),
        plot,
        described(words, label, marks, written),
        picture,
    )


def _ordered(material: Material) -> list[Regime]:
    return [regime for _, regimes in regime_groups(material) for regime in regimes]


def _numbers(material: Material, words: Words) -> Table:
    head = [
        words("regime"),
        *(f"{o.label(words.language)}, {measure(words, o).level_unit}" for o in material.headlines),
    ]
    rows: list[Row] = [
        [Cell(words.choose(regime)), *(_cell(material, words, regime, outcome) for outcome in material.headlines)]
        for regime in _ordered(material)
    ]
    return grouped_table(words("differences"), head, [("", rows)])


def _cell(material: Material, words: Words, regime: Regime, outcome: Outcome) -> str:
    written, paired = measure(words, outcome), material.findings[regime.name, outcome.name].paired
    return f"{written.signed(paired.difference)} ({written.between(paired.low, paired.high)})"
