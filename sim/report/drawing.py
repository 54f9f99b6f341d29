"""What all plots of the pages share: letters, axes, rows, lines that mark a moment, and how numbers are written.

Plain dictionaries, because the pages need nothing that plotly's classes add, and building those costs a second.
"""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.report.palette import BAND, GRID, INK, MUTED, PAPER
from sim.report.words import Words

Plot = dict[str, Any]
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TEXT_SIZE = 14  # pixels, as small as the text of the page
LABEL_WIDTH = 22  # letters before the label of a row is broken
LETTER = 8.3  # pixels, the width of a letter of a label


@dataclass(frozen=True)
class Axis:
    """Title and limits of an axis; limits that are None follow the data."""

    title: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Upright:
    """An upright line in a line plot: where, and what it says."""

    x: float
    text: str


def layout_of(words: Words, *, height: int) -> Plot:
    """Return the layout that all plots begin with."""
    axis = {
        "fixedrange": True,
        "gridcolor": GRID,
        "separatethousands": True,
        "exponentformat": "none",
        "linecolor": MUTED,
    }
    return {
        "height": height,
        "margin": {"l": 64, "r": 14, "t": 12, "b": 52},
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "separators": {"nl": ",.", "en": ".,"}[words.language],
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"namelength": -1},
        "xaxis": {**axis},
        "yaxis": {**axis},
    }


def put_rows(layout: Plot, labels: Sequence[str], width: int = LABEL_WIDTH) -> None:
    """Give a plot a row for each label, and room for the labels.

    Plotly could find the room by itself, but does not on a narrow screen.
    """
    written = [wrapped(label, width) for label in labels]
    longest = max((len(line) for text in written for line in text.split("<br>")), default=0)
    layout["margin"]["l"] = round(LETTER * longest) + 12
    layout["yaxis"] |= {
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": written,
        "range": [len(labels) - 0.5, -0.5],
        "zeroline": False,
        "showgrid": False,
        "ticks": "",
        "ticklabelstandoff": 6,
    }


def row_height(labels: Sequence[str]) -> int:
    """Return the height of a row, in pixels, that has room for the labels."""
    most = max((wrapped(label).count("<br>") + 1 for label in labels), default=1)
    return 9 + 16 * most


def axis_of(axis: Axis) -> Plot:
    """Return the settings of an axis."""
    settings: Plot = {"title": title_of(axis.title), "zeroline": False}
    if axis.low is not None and axis.high is not None:
        settings["range"] = [axis.low, axis.high]
    elif axis.low is not None:
        settings["rangemode"] = "tozero"
    return settings


def title_of(*lines: str) -> Plot:
    """Return the title of an axis."""
    return {
        "text": "<br>".join(escaped(line) for line in lines),
        "font": {"size": TEXT_SIZE, "color": MUTED},
        "standoff": 10,
    }


def below(lines: Sequence[str]) -> Plot:
    """Return the title of an x axis that ends where the axis ends: a centred one would be cut off in a narrow plot."""
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -26,
        "align": "right",
        "text": "<br>".join(escaped(line) for line in lines),
        "showarrow": False,
        "font": {"color": MUTED},
    }


def zero_line(rows: int) -> Plot:
    """Return the line of no difference through all rows of a plot."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 0],
        "y": [-0.5, rows - 0.5],
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def band(first: int, last: int, margin: float) -> Plot:
    """Return the band of the smallest difference that matters, from one row to another."""
    return {
        "type": "rect",
        "x0": -margin,
        "x1": margin,
        "y0": first - 0.5,
        "y1": last + 0.5,
        "layer": "below",
        "fillcolor": BAND,
        "line": {"width": 0},
    }


def legend_of() -> Plot:
    """Return a legend above the plot; the page has its own, so that only a saved picture shows it."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1.02,
        "yanchor": "bottom",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def upright_of(line: Upright) -> Plot:
    """Return an upright line as a shape."""
    return {
        "type": "line",
        "x0": line.x,
        "x1": line.x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
    }


def note_of(line: Upright) -> Plot:
    """Return the text of an upright line as an annotation."""
    return {
        "x": line.x,
        "y": 1,
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 4,
        "text": escaped(line.text),
        "showarrow": False,
        "font": {"color": MUTED},
    }


def numbers(values: Sequence[float]) -> list[float | None]:
    """Return values as JSON can hold them, with five significant digits; what does not exist becomes null."""
    return [float(f"{value:.5g}") if math.isfinite(value) else None for value in values]


def escaped(text: str) -> str:
    """Return ``text`` so that plotly shows it as it is: plotly reads some tags, and ``%{`` in templates."""
    return html.escape(text, quote=False).replace("%{", "% {")


def wrapped(text: str, width: int = LABEL_WIDTH) -> str:
    """Return ``text`` escaped and broken into short lines, for the labels of rows."""
    return "<br>".join(escaped(line) for line in textwrap.wrap(text, width, break_long_words=True)[:3])
