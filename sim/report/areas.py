"""Stacked areas: what a hundred are made of, as time goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.drawing import Axis, Plot, axis_of, escaped, layout_of, legend_of, numbers
from sim.report.palette import INK, Fill
from sim.report.words import Words


@dataclass(frozen=True)
class Area:
    """One part of the whole: what it is, how it is drawn, and its size at each place of the x axis."""

    label: str
    fill: Fill
    y: Sequence[float]


def area_plot(areas: Sequence[Area], *, step: float, x: Axis, y: Axis, words: Words) -> Plot:
    """Return parts on top of one another, the first at the bottom; ``step`` lies between places of the x axis."""
    layout = layout_of(words, height=330)
    layout["xaxis"] |= axis_of(x)
    layout["yaxis"] |= axis_of(y)
    layout["legend"] = {**legend_of(), "traceorder": "normal"}
    layout["showlegend"] = False  # the page has its own above the plots; a saved picture shows this one
    return {"data": [_trace(area, step) for area in areas], "layout": layout}


def _trace(area: Area, step: float) -> Plot:
    return {
        "type": "scatter",
        "mode": "lines",
        "stackgroup": "all",
        "name": escaped(area.label),
        "x": numbers([place * step for place in range(len(area.y))]),
        "y": numbers(area.y),
        "line": {"color": INK, "width": 0.7},
        "fillcolor": area.fill.colour,
        "fillpattern": {
            "shape": area.fill.pattern,
            "fillmode": "overlay",
            "fgcolor": INK,
            "fgopacity": 0.6,
            "size": 8,
            "solidity": 0.15,
        },
        "hovertemplate": "%{y:.0f}<extra>" + escaped(area.label) + "</extra>",
    }
