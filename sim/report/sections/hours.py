"""Where the paid hours go: a bar of the baseline and one of the rival, on one scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.report.conclusion import Sentence
from sim.report.material import Material, Regime
from sim.report.palette import FILLS
from sim.report.plots import stacked_bars
from sim.report.section import Figure, Panel, Section, Sign, section, together
from sim.report.tables import Table, table
from sim.report.words import Words
from sim.study.outcomes import DESTINATIONS

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
TOLD = ("direct", "upward", "together")


def hours(material: Material, words: Words) -> Section | None:
    """Return where the paid hours go; in hours a week where those are known, else in percent of the paid hours."""
    if any(f"share_{destination}" not in material.outcome for destination in DESTINATIONS):
        return None
    read = words("hours read" if _in_hours(material) else "hours read percent")
    return section(material, words, "hours", _view, read=[read])


def _in_hours(material: Material) -> bool:
    return all(regime.name in material.paid for regime in material.regimes)


def _whole(material: Material, regime: Regime) -> float:
    return material.paid[regime.name] if _in_hours(material) else 100.0


def _spent(material: Material, regime: Regime, columns: Sequence[str]) -> float:
    shares = [material.level(regime.name, f"share_{column}").mean for column in columns]
    return float(np.nansum(shares)) * _whole(material, regime)


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure]]:
    shown = together(material, regime)
    title = words("hours a week" if _in_hours(material) else "percent of paid hours")
    parts = [
        (words(f"hours {piece}"), FILLS[place], [_spent(material, one, columns) for one in shown])
        for place, (piece, columns) in enumerate(PIECES.items())
    ]
    highest = 1.02 * max(_whole(material, one) for one in material.regimes)
    plot = stacked_bars([words.choose(one) for one in shown], parts, title=title, words=words, highest=highest)
    panel = Panel(f"hours.{regime.name}", "", "", plot, words("hours aria"), words("hours"))
    numbers = _table(material, words, shown, title)
    signs = [Sign(label, fill.colour, pattern=fill.name) for label, fill, _ in parts]
    figure = Figure(f"hours.{regime.name}", words("hours"), "", [panel], [numbers], signs, on_paper=False)
    return _told(material, words, shown, title), [figure]


def _told(material: Material, words: Words, shown: Sequence[Regime], unit: str) -> list[Sentence]:
    if len(shown) < 2:
        return []
    said = []
    for piece in TOLD:
        there, here = (words.number(_spent(material, one, PIECES[piece])) for one in shown)
        label = words(f"hours {piece}")
        said.append(
            Sentence(label[:1].upper() + label[1:], None, words("hours told", here=here, there=there, unit=unit), "")
        )
    return said


def _table(material: Material, words: Words, shown: Sequence[Regime], title: str) -> Table:
    decimals = 0 if _in_hours(material) else 1
    rows = [
        [
            material.outcome[f"share_{column}"].label(words.language),
            *(words.number(_spent(material, one, (column,)), decimals) for one in shown),
        ]
        for column in DESTINATIONS
    ]
    total = [words("hours total"), *(words.number(_whole(material, one), decimals) for one in shown)]
    heads = [words("destination"), *(words.choose(one) for one in shown)]
    return table(f"{words('hours')} ({title})", heads, [*rows, total])
