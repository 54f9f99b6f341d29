"""Waiting on both clocks, what became of needs and when, and for how long those without help have waited."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.report.areas import Area, area_plot
from sim.report.conclusion import Sentence
from sim.report.drawing import Axis
from sim.report.material import Floats, Material, Regime
from sim.report.palette import FILLS, Fill
from sim.report.plots import Line, line_plot
from sim.report.rows import rows_figure, rows_of
from sim.report.section import Figure, Panel, Section, Sign, legend, section, together
from sim.report.sections.plain import told
from sim.report.tables import Row, Table, grouped_table, table
from sim.report.words import Words
from sim.study.fates import GRID
from sim.study.needs import FATES

CLOCKS = ("wait_mean", "list_wait_mean")
COMPLETED = ("wait_median", "wait_p90", "wait_completed_median", "wait_completed_p90")
OUTCOMES = (*CLOCKS, "list_wait_all", *COMPLETED, "elapsed_wait", "list_elapsed", "beyond_norm", "waiting_at_end")
WITHIN = (14, 42, 91, 182, 364, 728)  # days in the tables
TOLD = 91  # days at which the figure of what became of needs is told in words
WAITS = "waits"  # beside the ends of waiting
STACK: dict[str, Fill] = {
    "helped": FILLS[0],
    WAITS: FILLS[5],
    "gave_up": FILLS[3],
    "admitted": FILLS[4],
    "died": FILLS[9],
    "ended": FILLS[7],
}
"""What a need may be by some day, from the bottom of the figure up."""


def waiting(material: Material, words: Words) -> Section | None:
    """Return how long people wait, from the day the need arose and from the day it came on a list."""
    return section(material, words, "waiting", _view, read=[words("waiting read")])


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure | None]]:
    rows = rows_of(material, words, OUTCOMES)
    clocks = rows_figure(material, words, regime, "clocks", words("two clocks"), rows, on_paper=True)
    said = [*told(material, words, regime, CLOCKS), *_became(material, words, regime)]
    return said, [clocks, _fates(material, words, regime), _still(material, words, regime)]


# --- what became of needs ------------------------------------------------------------------------------


def stack(fates: Floats) -> dict[str, Floats]:
    """Return the share of needs that is in each state of ``STACK`` by each day; those that met no fate still wait."""
    shares = dict(zip(FATES, fates.T, strict=True))
    return {name: shares[name] if name in shares else 1 - fates.sum(axis=1) for name in STACK}


def _shown(material: Material, regime: Regime) -> list[Regime]:
    shown = [one for one in together(material, regime) if np.isfinite(material.fates.get(one.name, np.nan)).any()]
    return shown if regime in shown else []


def _became(material: Material, words: Words, regime: Regime) -> list[Sentence]:
    """Return what became of 100 needs after a quarter of a year, under each way of steering that is shown."""
    place = int(np.searchsorted(GRID, TOLD))
    said = []
    for one in _shown(material, regime):
        of = {name: 100 * float(shares[place]) for name, shares in stack(material.fates[one.name]).items()}
        if np.isnan(of[WAITS]):
            continue
        others = sum(of.values()) - of["helped"] - of[WAITS]
        parts = {"helped": of["helped"], WAITS: of[WAITS], "others": others}
        text = words("became", days=TOLD, **{name: words.number(part) for name, part in parts.items()})
        said.append(Sentence(words.choose(one), None, text, ""))
    return said


def _fates(material: Material, words: Words, regime: Regime) -> Figure | None:
    """Return two plots on the same axes of what became of needs, day by day; None without sketches."""
    shown = _shown(material, regime)
    if not shown:
        return None
    panels = [_fate_panel(words, material.fates[one.name], one, regime) for one in shown]
    signs = [Sign(words(f"fate {name}"), fill.colour, pattern=fill.name) for name, fill in STACK.items()]
    numbers = [_fate_table(material, words, shown)]
    read = words("fates read", n=material.facts.done)
    return Figure(f"fates.{regime.name}", words("fates"), read, panels, numbers, signs, on_paper=False)


def _fate_panel(words: Words, fates: Floats, shown: Regime, regime: Regime) -> Panel:
    known = fates[np.isfinite(fates).all(axis=1)]  # beyond these days no need was followed
    parts = [Area(words(f"fate {name}"), STACK[name], list(100 * shares)) for name, shares in stack(known).items()]
    title = words.choose(shown)
    x, y = Axis(words("days since onset"), 0, float(GRID[-1])), Axis(words("of 100 needs"), 0, 100)
    plot = area_plot(parts, step=float(GRID[1]), x=x, y=y, words=words)
    described = words("fates aria", regime=title)
    which = "here" if shown is regime else "there"
    return Panel(f"fates-{which}.{regime.name}", title, "", plot, described, f"{words('fates')}: {title}")


def _fate_table(material: Material, words: Words, shown: Sequence[Regime]) -> Table:
    stacks = [stack(material.fates[one.name]) for one in shown]
    groups = [(words("after days", days=days), _rows_at(words, stacks, days)) for days in WITHIN]
    return grouped_table(words("fates"), [words("of every 100 needs"), *map(words.choose, shown)], groups)


def _rows_at(words: Words, stacks: Sequence[dict[str, Floats]], days: int) -> list[Row]:
    place = int(np.searchsorted(GRID, days))
    return [[words(f"fate {n}"), *(words.number(100 * float(s[n][place]), 1) for s in stacks)] for n in STACK]


# --- who still waits -----------------------------------------------------------------------------------


def _still(material: Material, words: Words, regime: Regime) -> Figure | None:
    """Return how long those who wait at the end have waited; None where nobody does."""
    shown = [one for one in _shown(material, regime) if np.isfinite(material.still[one.name]).any()]
    if regime not in shown:
        return None
    lines = [Line(words.choose(one), one.look, list(GRID), list(100 * material.still[one.name])) for one in shown]
    x, y = Axis(words("days since onset"), 0, float(GRID[-1])), Axis(words("of 100 still waiting"), 0, 100)
    plot = line_plot(lines, x=x, y=y, words=words)
    panel = Panel(f"still.{regime.name}", "", "", plot, words("still aria"), words("still"))
    numbers, signs = _still_table(material, words, shown), legend(words, shown, lines=True)
    key, read = f"still.{regime.name}", words("still read")
    return Figure(key, words("still"), read, [panel], [numbers], signs, printed=False)


def _still_table(material: Material, words: Words, shown: Sequence[Regime]) -> Table:
    places = [(days, int(np.searchsorted(GRID, days))) for days in WITHIN]
    rows: list[Row] = [
        [
            words("longer than days", days=days),
            *(words.number(100 * float(material.still[one.name][place])) for one in shown),
        ]
        for days, place in places
    ]
    return table(words("still"), [words("of 100 still waiting"), *map(words.choose, shown)], rows)
