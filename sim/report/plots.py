"""The kinds of plot the pages use, as plain plotly dictionaries; they know no outcome and no scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.report.drawing import (
    Axis,
    Plot,
    Upright,
    axis_of,
    band,
    below,
    escaped,
    layout_of,
    legend_of,
    note_of,
    numbers,
    put_rows,
    row_height,
    upright_of,
    zero_line,
)
from sim.report.palette import INK, PAPER, Fill, Look, see_through
from sim.report.words import Words


@dataclass(frozen=True)
class Mark:
    """One row of a difference plot.

    Attributes:
        label: What stands before it.
        regime: Name of the regime it is about.
        look: How it is drawn.
        mean: The mean.
        low: Lower end of its interval; NaN where there is none.
        high: Upper end.
        spread: Between these lie the middle 80 % of the values it is the mean of; empty where there are too few.
        margin: Smallest difference that matters; 0 draws no band.
    """

    label: str
    regime: str
    look: Look
    mean: float
    low: float
    high: float
    spread: Sequence[float] = ()
    margin: float = 0.0

    @property
    def ends(self) -> list[float]:
        """All that is drawn, without what does not exist."""
        drawn = (self.mean, self.low, self.high, *self.spread, -1.3 * self.margin, 1.3 * self.margin)
        return [number for number in drawn if math.isfinite(number)]

    def mirrored(self) -> Mark:
        """Return the same on the other side of zero."""
        return replace(
            self, mean=-self.mean, low=-self.high, high=-self.low, spread=[-end for end in self.spread[::-1]]
        )


@dataclass(frozen=True)
class Line:
    """One line of a line plot, with a ribbon where ``low`` and ``high`` are given."""

    label: str
    look: Look
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


def difference_plot(
    marks: Sequence[Mark],
    *,
    title: Sequence[str],
    words: Words,
    around: Sequence[Mark] = (),
    reverse: bool = False,
) -> Plot:
    """Return a dot-and-interval plot: zero line, band of the smallest difference that matters, a row a mark.

    Args:
        marks: The rows, from top to bottom.
        title: Lines of the title of the x axis.
        words: Texts and numbers.
        around: Marks that the axis must have room for, shown or not. Default: those that are shown.
        reverse: Whether the axis runs from high to low, so that less stands on the right.
    """
    low, high = _around(around or marks)
    labels = [mark.label for mark in marks]
    layout = layout_of(words, height=86 + row_height(labels) * len(marks))
    layout["margin"]["b"] = 68
    layout["xaxis"] |= {
        "zeroline": False,
        "nticks": 5,
        "tickangle": 0,
        "range": [high, low] if reverse else [low, high],
    }
    put_rows(layout, labels)
    layout["shapes"] = [band(row, row, mark.margin) for row, mark in enumerate(marks) if mark.margin > 0]
    layout["annotations"] = [below(title)]
    layout["showlegend"] = False
    layout["meta"] = [mark.regime for mark in marks] if len({mark.regime for mark in marks}) > 1 else None
    data = [trace for row, mark in enumerate(marks) for trace in _difference_traces(row, mark, words)]
    return {"data": [zero_line(len(marks)), *data], "layout": layout}


def _difference_traces(row: int, mark: Mark, words: Words) -> list[Plot]:
    spread = {
        "type": "scatter",
        "mode": "lines",
        "name": words("single pairs"),
        "meta": mark.regime,  # the page lets the chosen one stand out
        "x": numbers(mark.spread),
        "y": [row] * len(mark.spread),
        "line": {"width": 9, "color": see_through(mark.look.colour, 0.25)},
        "hovertemplate": "%{x}<extra>" + escaped(words("single pairs")) + "</extra>",
    }
    mean = {
        "type": "scatter",
        "mode": "markers",
        "name": escaped(mark.label),
        "meta": mark.regime,
        "x": numbers([mark.mean]),
        "y": [row],
        "marker": {
            "size": 13,
            "color": mark.look.colour,
            "symbol": mark.look.marker,
            "line": {"width": 1.5, "color": PAPER},
        },
        "hovertemplate": "%{x}<extra>" + escaped(mark.label) + "</extra>",
    }
    if math.isfinite(mark.low) and math.isfinite(mark.high):
        mean["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [mark.high - mark.mean],
            "arrayminus": [mark.mean - mark.low],
            "thickness": 2.5,
            "width": 6,
            "color": mark.look.colour,
        }
    return [spread, mean] if len(mark.spread) else [mean]


def _around(marks: Sequence[Mark]) -> tuple[float, float]:
    ends = [end for mark in marks for end in mark.ends]
    low, high = min([0, *ends]), max([0, *ends])
    edge = 0.06 * (high - low) or 1.0
    return low - edge, high + edge


def line_plot(lines: Sequence[Line], *, x: Axis, y: Axis, words: Words, uprights: Sequence[Upright] = ()) -> Plot:
    """Return a plot of lines, with ribbons where they have them, and named upright lines."""
    layout = layout_of(words, height=340)
    layout["xaxis"] |= axis_of(x)
    layout["yaxis"] |= axis_of(y)
    layout["legend"] = legend_of()
    layout["showlegend"] = False  # the page has its own above the plots; a saved picture shows this one
    layout["shapes"] = [upright_of(line) for line in uprights]
    layout["annotations"] = [note_of(line) for line in uprights]
    return {"data": [trace for line in lines for trace in _line_traces(line)], "layout": layout}


def _line_traces(line: Line) -> list[Plot]:
    x = numbers(line.x)
    every = max(1, len(x) // 9)
    main = {
        "type": "scatter",
        "mode": "lines",
        "name": escaped(line.label),
        "legendgroup": line.label,
        "showlegend": False,
        "x": x,
        "y": numbers(line.y),
        "line": {"color": line.look.colour, "dash": line.look.dash or "solid", "width": 2.5},
        "hovertemplate": "%{y}<extra>" + escaped(line.label) + "</extra>",
    }
    signs = {
        **main,
        "mode": "markers",
        "showlegend": True,
        "x": x[every // 2 :: every],
        "y": numbers(line.y)[every // 2 :: every],
        "marker": {"color": line.look.colour, "symbol": line.look.marker, "size": 9},
        "hoverinfo": "skip",
        "hovertemplate": None,
    }
    return [*_ribbon(line, x), main, signs]


def _ribbon(line: Line, x: list[float | None]) -> list[Plot]:
    if not len(line.low):
        return []
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "line": {"width": 0, "color": line.look.colour},
        "legendgroup": line.label,
        "showlegend": False,
        "hoverinfo": "skip",
    }
    low = {**edge, "y": numbers(line.low)}
    high = {
        **edge,
        "y": numbers(line.high),
        "fill": "tonexty",
        "fillcolor": see_through(line.look.colour, 0.14),
    }
    return [low, high]


def dot_plot(
    rows: Sequence[str],
    marks: Sequence[tuple[str, Look, Sequence[float]]],
    *,
    title: str,
    words: Words,
    highest: float | None = None,
) -> Plot:
    """Return a plot with a row for each of ``rows`` and in it one dot for each of ``marks`` (label, look, values).

    ``highest`` is the end of the axis, which begins at 0; without it the axis follows the data.
    """
    layout = layout_of(words, height=74 + row_height(rows) * len(rows))
    layout["xaxis"] |= axis_of(Axis(title, 0, highest))
    put_rows(layout, rows)
    layout["legend"] = legend_of()
    layout["showlegend"] = False
    step = 0.5 / max(1, len(marks) - 1)
    shift = -0.25 if len(marks) > 1 else 0.0
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": escaped(label),
            "x": numbers(values),
            "y": [row + shift + step * position for row in range(len(rows))],
            "marker": {"color": look.colour, "symbol": look.marker, "size": 10},
            "cliponaxis": False,  # a dot at 0 is shown whole
            "hovertemplate": "%{x}<extra>" + escaped(label) + "</extra>",
        }
        for position, (label, look, values) in enumerate(marks)
    ]
    return {"data": data, "layout": layout}


def stacked_bars(
    bars: Sequence[str],
    parts: Sequence[tuple[str, Fill, Sequence[float]]],
    *,
    title: str,
    words: Words,
    highest: float | None = None,
) -> Plot:
    """Return lying stacked bars: one for each of ``bars``, cut in ``parts`` (label, fill, a value a bar)."""
    layout = layout_of(words, height=74 + 54 * len(bars))
    layout["xaxis"] |= axis_of(Axis(title, 0, highest))
    put_rows(layout, bars, width=14)
    layout["legend"] = {**legend_of(), "traceorder": "normal"}
    layout["showlegend"] = False
    layout["barmode"] = "stack"
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": escaped(label),
            "x": numbers(values),
            "y": list(range(len(bars))),
            "width": 0.62,
            "marker": {
                "color": fill.colour,
                "line": {"color": INK, "width": 0.7},
                "pattern": {
                    "shape": fill.pattern,
                    "fillmode": "overlay",
                    "fgcolor": INK,
                    "fgopacity": 0.6,
                    "size": 8,
                    "solidity": 0.15,
                },
            },
            "hovertemplate": "%{x}<extra>" + escaped(label) + "</extra>",
        }
        for label, fill, values in parts
    ]
    return {"data": data, "layout": layout}
