"""The plots that only an analysis has: a ranking, a map of two factors, limits on whole ranges."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.drawing import (
    LETTER,
    Plot,
    below,
    escaped,
    layout_of,
    legend_of,
    numbers,
    put_rows,
    row_height,
    title_of,
)
from sim.report.palette import BAND, FAINT, INK, LOW_TO_HIGH, MUTED, PAPER, RIVAL, TWO_SIDES, Look
from sim.report.words import Words

CELLS_WITH_NUMBERS = 36  # cells of a map in which the number still fits
TITLE_WIDTH = 38  # letters before the title of an axis is broken


@dataclass(frozen=True)
class Dots:
    """One index of every factor in a ranking; ``faint`` says of which the marks are grey."""

    label: str
    look: Look
    value: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    faint: Sequence[bool]


def ranking_plot(
    rows: Sequence[str], dots: Sequence[Dots], groups: Sequence[int], *, title: str, words: Words, percent: bool
) -> Plot:
    """Return dots with intervals, a row a factor; rows of one group, which noise cannot separate, share a band.

    Args:
        rows: Labels, from top to bottom.
        dots: What is drawn in each row.
        groups: Number of the group of each row.
        title: Title of the x axis.
        words: Texts and numbers.
        percent: Whether values are percentages.
    """
    layout = layout_of(words, height=86 + (row_height(rows) + 4) * len(rows))
    layout["margin"]["b"] = 60
    put_rows(layout, rows)
    ends = [end for each in dots for end in (*each.value, *each.low, *each.high) if math.isfinite(end)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    edge = 0.06 * (high - low) or 1.0
    layout["xaxis"] |= {"range": [low - edge, high + edge], "nticks": 5, "tickangle": 0, "zeroline": False}
    layout["xaxis"]["ticksuffix"] = " %" if percent else ""
    layout["shapes"] = _bands(groups)
    layout["annotations"] = [below([title])]
    layout["legend"] = legend_of()
    layout["showlegend"] = False
    step = 0.34 / max(1, len(dots) - 1)
    first = -0.17 if len(dots) > 1 else 0.0
    data = [_dots(each, [row + first + number * step for row in range(len(rows))]) for number, each in enumerate(dots)]
    line: Plot = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 0],
        "y": [-0.5, len(rows) - 0.5],
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
        "showlegend": False,
        "hoverinfo": "skip",
    }
    return {"data": [line, *data], "layout": layout}


def _dots(dots: Dots, y: list[float]) -> Plot:
    colours = [FAINT if faint else dots.look.colour for faint in dots.faint]
    upper, lower = (
        [abs(end - value) if math.isfinite(end - value) else 0.0 for end, value in zip(ends, dots.value, strict=True)]
        for ends in (dots.high, dots.low)
    )
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escaped(dots.label),
        "x": numbers(dots.value),
        "y": y,
        "marker": {
            "size": 11,
            "color": colours,
            "symbol": dots.look.marker,
            "line": {"width": 1.5, "color": PAPER},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": numbers(upper),
            "arrayminus": numbers(lower),
            "thickness": 2,
            "width": 4,
            "color": MUTED,
        },
        "hovertemplate": "%{x}<extra>" + escaped(dots.label) + "</extra>",
    }


def _bands(groups: Sequence[int]) -> list[Plot]:
    """Return a band for every other group."""
    shapes = []
    for place, group in enumerate(dict.fromkeys(groups)):
        rows = [row for row, own in enumerate(groups) if own == group]
        if place % 2 == 0:
            shapes.append(
                {
                    "type": "rect",
                    "xref": "paper",
                    "x0": 0,
                    "x1": 1,
                    "y0": rows[0] - 0.5,
                    "y1": rows[-1] + 0.5,
                    "layer": "below",
                    "fillcolor": BAND,
                    "line": {"width": 0},
                }
            )
    return shapes


def heat_map(
    columns: Sequence[str],
    rows: Sequence[str],
    values: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    *,
    x: str,
    y: str,
    two_sided: bool,
    words: Words,
) -> Plot:
    """Return a map of the mean answer near values of two factors; the first row lies at the bottom.

    Args:
        columns: Values of the factor along the x axis, as written.
        rows: Values of the factor along the y axis.
        values: Row by row the means; NaN where there is none.
        texts: The same as written.
        x: Title of the x axis.
        y: Title of the y axis.
        two_sided: Whether zero is the middle of the colours.
        words: Texts and numbers.
    """
    layout = layout_of(words, height=400)
    layout["xaxis"] |= {**_ticks(columns), "title": _title(x), "zeroline": False}
    layout["yaxis"] |= {**_ticks(rows), "title": _title(y), "zeroline": False}
    layout["xaxis"]["showgrid"] = layout["yaxis"]["showgrid"] = False
    widest = max((len(text) for text in rows), default=1)
    layout["margin"] |= {"l": 62 + round(LETTER * widest), "b": 96, "t": 8}
    layout["plot_bgcolor"] = BAND
    known = [value for row in values for value in row if math.isfinite(value)]
    most = max((abs(value) for value in known), default=1.0) or 1.0
    scale = {"zmin": -most, "zmax": most, "colorscale": TWO_SIDES} if two_sided else {"colorscale": LOW_TO_HIGH}
    numbered = len(columns) * len(rows) <= CELLS_WITH_NUMBERS
    trace: Plot = {
        "type": "heatmap",
        "x": list(range(len(columns))),
        "y": list(range(len(rows))),
        "z": [numbers(row) for row in values],
        "text": [list(row) for row in texts],
        "hovertemplate": "%{text}<extra></extra>",
        "xgap": 1,
        "ygap": 1,
        "hoverongaps": False,
        "showscale": not numbered,
        "colorbar": {"thickness": 14, "outlinewidth": 0},
        **scale,
    }
    if numbered:
        trace |= {"texttemplate": "%{text}", "textfont": {"color": INK}}
    return {"data": [trace], "layout": layout}


def _title(text: str) -> Plot:
    """Return the title of an axis, broken where a narrow plot would cut it off."""
    return title_of(*textwrap.wrap(text, TITLE_WIDTH)[:3])


def _ticks(texts: Sequence[str]) -> Plot:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(texts))),
        "ticktext": [escaped(text) for text in texts],
        "tickangle": 0,
        "ticks": "",
    }


@dataclass(frozen=True)
class Stretch:
    """A row of a plot of limits: shares of the whole range, and what stands there."""

    label: str
    low: float
    high: float
    inside: str
    least: str
    most: str
    faint: bool


def limits_plot(stretches: Sequence[Stretch], *, inside: str, tried: str, words: Words) -> Plot:
    """Return a lying bar a factor: all that was tried, and on it the part inside a box.

    Args:
        stretches: The rows.
        inside: What the coloured part is.
        tried: What the whole bar is.
        words: Texts and numbers.
    """
    labels = [stretch.label for stretch in stretches]
    height = max(54, row_height(labels) + 4)
    layout = layout_of(words, height=30 + height * len(stretches))
    put_rows(layout, labels)
    layout["margin"] |= {"t": 8, "b": 14, "r": 20}
    layout["xaxis"] |= {"range": [-0.03, 1.03], "visible": False}
    layout["yaxis"]["showline"] = False
    layout["legend"] = legend_of()
    layout["showlegend"] = False
    rows = list(range(len(stretches)))
    whole = _bars([0.0] * len(rows), [1.0] * len(rows), rows, [BAND] * len(rows), tried)
    lows, highs = [s.low for s in stretches], [max(s.high, s.low + 0.015) for s in stretches]
    colours = [FAINT if stretch.faint else RIVAL.colour for stretch in stretches]
    part = _bars(lows, [high - low for low, high in zip(lows, highs, strict=True)], rows, colours, inside)
    layout["barmode"] = "overlay"
    layout["annotations"] = [note for row, stretch in enumerate(stretches) for note in _notes(row, stretch)]
    return {"data": [whole, part], "layout": layout}


def _bars(base: list[float], length: list[float], rows: list[int], colours: list[str], label: str) -> Plot:
    return {
        "type": "bar",
        "orientation": "h",
        "name": escaped(label),
        "base": numbers(base),
        "x": numbers(length),
        "y": rows,
        "width": 0.28,
        "marker": {"color": colours, "line": {"color": MUTED, "width": 0.7}},
        "hoverinfo": "skip",
    }


def _notes(row: int, stretch: Stretch) -> list[Plot]:
    """Return the limits above the bar, and the ends of what was tried below it."""
    middle = (stretch.low + stretch.high) / 2
    at, anchor = (stretch.low, "left") if middle < 0.35 else (stretch.high, "right") if middle > 0.65 else (middle, "")
    plain = {"y": row, "showarrow": False}
    small = {**plain, "yanchor": "top", "yshift": -7, "font": {"color": MUTED}}
    return [
        {
            **plain,
            "x": at,
            "xanchor": anchor or "center",
            "yanchor": "bottom",
            "yshift": 6,
            "text": _bold(stretch.inside),
        },
        {**small, "x": 0, "xanchor": "left", "text": escaped(stretch.least)},
        {**small, "x": 1, "xanchor": "right", "text": escaped(stretch.most)},
    ]


def _bold(text: str) -> str:
    return f"<b>{escaped(text)}</b>"
