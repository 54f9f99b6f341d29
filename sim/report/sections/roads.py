"""The clients' road: what happens to 100 needs, from a door to an end, under the baseline and beside it a rival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sim.report.conclusion import Sentence
from sim.report.material import Material, Regime
from sim.report.roads import (
    level_table,
    meanings_table,
    passings,
    road_description,
    road_plot,
    road_table,
    road_told,
)
from sim.report.section import Figure, Panel, Section, section, together
from sim.report.words import Words
from sim.study.roads import per_hundred
from sim.study.stops import HELP


def roads(material: Material, words: Words) -> Section | None:
    """Return the road of 100 needs, drawn for the baseline and each rival; None where no roads were kept."""
    if any(regime.name not in material.roads for regime in material.regimes):
        return None
    read = [words("roads read"), words("roads limits")]
    made = section(material, words, "roads", _view, read=read)
    return replace(made, across=True) if made else None


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure]]:
    shown = together(material, regime)
    panels = [_panel(material, words, one, shown[-1]) for one in shown]
    counts, titles = [material.roads[one.name] for one in shown], [words.choose(one) for one in shown]
    if len(shown) < 2:
        numbers = level_table(counts[0], titles[0], words)
        helped = words.number(per_hundred(counts[0])[:, HELP].sum())
        told = [words("roads help level", here=helped)]
    else:
        found = passings(*counts)
        numbers, told = road_table(found, titles, words), road_told(found, titles[0], words)
    tables = [numbers, meanings_table(words)]
    figure = Figure(f"roads.{regime.name}", words("roads"), "", panels, tables, on_paper=False, flow=True)
    return [Sentence("", None, text, "") for text in told], [figure]


def _panel(material: Material, words: Words, regime: Regime, beside: Regime) -> Panel:
    counts, title = material.roads[regime.name], words.choose(regime)
    key = f"road.{beside.name}" if regime is beside else f"road-before.{beside.name}"
    picture = f"{words('roads')}: {title}"
    return Panel(key, title, "", road_plot(counts, words), road_description(counts, words), picture, regime.look.sign)
