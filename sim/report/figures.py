"""One figure of the page on its own, for who works in Python."""

from __future__ import annotations

from typing import Any

from sim.errors import RegieError, nearest_or_all
from sim.report.drawing import escaped
from sim.report.reading import material
from sim.report.sections.catalogue import sections
from sim.report.words import MISTAKES
from sim.report.words import words as words_of
from sim.study.compare import Comparison

WAITING = "waiting"  # the path over time of the first rival: what people ask for first


def figure(comparison: Comparison, name: str, language: str = "en") -> Any:
    """Return one plot of the page as a plotly figure, with a title of its own.

    Args:
        comparison: The result.
        name: ``"waiting"``, or the key of a plot, such as ``"difference-wait_mean"`` or ``"hours.client-steering"``;
            of a plot that each rival has the part before the dot gives that of the first.
        language: ``"nl"`` or ``"en"``.

    Raises:
        RegieError: If there is no plot of that name, or no page in that language.
    """
    from plotly.graph_objects import Figure as PlotlyFigure

    read = material(comparison)
    made = sections(read, read.said_in(words_of(language)))
    panels = {p.key: p for one in made for view in one.views for figure in view.figures for p in figure.panels}
    for key in list(panels):
        panels.setdefault(key.partition(".")[0], panels[key])
    if "over-time" in panels:
        panels[WAITING] = panels["over-time"]
    if name not in panels:
        raise RegieError(MISTAKES("no figure", name=name, hint=nearest_or_all(name, panels)))
    drawn = PlotlyFigure(panels[name].plot)
    drawn.update_layout(title=escaped(panels[name].picture), margin={"t": 96}, showlegend=True)
    return drawn
