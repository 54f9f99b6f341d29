"""Waiting on both clocks, how soon help begins, and for how long those without help have waited."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.report.conclusion import Sentence
from sim.report.drawing import Axis
from sim.report.material import Floats, Material, Regime, Waits
from sim.report.plots import Line, line_plot
from sim.report.rows import rows_figure, rows_of
from sim.report.section import Figure, Panel, Section, legend, section, together
from sim.report.sections.plain import told
from sim.report.tables import Row, Table, table
from sim.report.words import Words

CLOCKS = ("wait_mean", "list_wait_mean")
OUTCOMES = (*CLOCKS, "wait_median", "wait_p90", "list_wait_all", "elapsed_wait", "beyond_norm")
WITHIN = (14, 42, 91, 182, 364)  # days in the table of waits


def waiting(material: Material, words: Words) -> Section | None:
    """Return how long people wait, from the day the need arose and from the day it came on a list."""
    return section(material, words, "waiting", _view, read=[words("waiting read")])


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure | None]]:
    clocks = rows_figure(material, words, regime, "clocks", words("two clocks"), rows_of(material, words, OUTCOMES))
    return told(material, words, regime, CLOCKS), [clocks, _curves(material, words, regime)]


def _curves(material: Material, words: Words, regime: Regime) -> Figure | None:
    """Return how soon help begins, and how long those who still wait have waited; None without visits."""
    shown = [one for one in together(material, regime) if one.name in material.waits]
    if regime not in shown:
        return None
    begun = _panel(material, words, shown, "wait curve", "begun")
    longer = _panel(material, words, shown, "still curve", "longer")
    # Of the other worlds no single lives are kept.
    read = words("one world shown", n=material.facts.done) if material.facts.done > 1 else ""
    return Figure(
        f"wait-curve.{regime.name}",
        words("wait curves"),
        read,
        [begun, longer],
        [_table(material, words, shown)],
        legend(words, shown, lines=True),
        on_paper=False,
    )


def _panel(material: Material, words: Words, shown: Sequence[Regime], key: str, curve: str) -> Panel:
    lines = []
    for regime in shown:
        waits = material.waits[regime.name]
        lines.append(Line(words.choose(regime), regime.look, list(waits.days), list(100 * getattr(waits, curve))))
    x = Axis(words("days since onset"), 0, max(line.x[-1] for line in lines))
    plot = line_plot(lines, x=x, y=Axis(words("of 100 needs"), 0, 100), words=words)
    name = f"{key.replace(' ', '-')}.{shown[-1].name}"
    return Panel(name, words(key), words(f"{key} read"), plot, words(f"{key} aria"), words(key))


def _table(material: Material, words: Words, shown: Sequence[Regime]) -> Table:
    waits = [(regime, material.waits[regime.name]) for regime in shown]
    within = [days for days in WITHIN if days <= waits[0][1].days[-1]]
    head = [words("wait table head"), *(words.choose(regime) for regime in shown)]
    rows: list[Row] = [
        [words("within days", days=days), *(_of_hundred(words, one, one.begun, days) for _, one in waits)]
        for days in within
    ]
    rows += [
        [words("longer than days", days=days), *(_of_hundred(words, one, one.longer, days) for _, one in waits)]
        for days in within
    ]
    rows.append([words("number waiting"), *(words.number(one.still) for _, one in waits)])
    return table(words("wait table"), head, rows)


def _of_hundred(words: Words, waits: Waits, curve: Floats, days: float) -> str:
    return words.number(100 * float(np.interp(days, waits.days, curve)))
