"""How an answer responds: curves of one factor, maps of two."""

from __future__ import annotations

import math

from sim.report.analysis.common import Made, answer_head, between, with_unit
from sim.report.analysis.plots import heat_map
from sim.report.analysis.reader import Reader, short
from sim.report.drawing import Axis, Plot
from sim.report.palette import CURVE, MUTED
from sim.report.plots import Line, line_plot
from sim.report.section import Figure, Panel
from sim.report.tables import Row, Table, grouped_table, table
from sim.sweeps.analysis.findings import Interaction, Question, Response

MOST_CURVES, MOST_PAIRS = 6, 4
"""What is shown at most; the tables beside the page hold the rest."""
CURVE_HEIGHT = 270


def responses(reader: Reader, question: Question) -> Made:
    """Return the curve of each factor for a question."""
    curves = reader.responses(question)
    if not curves:
        return [], []
    said, shown = reader.words, list(curves)[:MOST_CURVES]
    scaled = reader.measure(question).scale
    ends = [scaled * end for name in shown for each in curves[name] for end in (each.mean, each.low, each.high)]
    ends = [end for end in ends if math.isfinite(end)] + ([0.0] if question.against else [])
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    edge = 0.06 * (high - low) or 1.0
    panels = [_curve(reader, question, name, curves[name], low - edge, high + edge) for name in shown]
    read = [said("sweep responses zero")] if question.against else []
    if len(curves) > len(shown):
        read.append(said("sweep responses top", n=len(shown), all=len(curves)))
    groups = [(with_unit(reader, name), _curve_rows(reader, question, name, curves[name])) for name in shown]
    head = [said("sweep value column"), answer_head(reader, question)]
    head += [said("sweep margin column"), said("sweep points column")]
    tables = [grouped_table(reader.title(question), head, groups)]
    key = f"responses.{reader.key(question)}"
    return [], [Figure(key, said("sweep responses"), " ".join(read), panels, tables, on_paper=False)]


def _curve(reader: Reader, question: Question, name: str, curve: list[Response], low: float, high: float) -> Panel:
    said, scale = reader.words, reader.measure(question).scale
    known = reader.asked.factor(name)
    mean, lower, upper = ([scale * getattr(each, end) for each in curve] for end in ("mean", "low", "high"))
    label = reader.label(name)
    line = Line(label, CURVE, [each.at for each in curve], mean, lower, upper)
    unit = reader.answer_unit(question)
    plot = line_plot([line], x=Axis(reader.unit(name)), y=Axis(unit, low, high), words=said)
    plot["layout"]["height"] = CURVE_HEIGHT
    if known.yes_or_no or known.words:
        at = [each.at for each in curve]
        plot["layout"]["xaxis"] |= {
            "tickmode": "array",
            "tickvals": at,
            "ticktext": [reader.value(name, v) for v in at],
        }
    if question.against:
        plot["layout"]["shapes"].append(_level_line())
    described = said(
        "sweep described response", low=_end(reader, question, curve[0]), high=_end(reader, question, curve[-1])
    )
    picture = said("sweep picture response", question=reader.title(question), factor=short(label))
    return Panel(f"responses.{reader.key(question)}.{name}", label, "", plot, described, picture)


def _end(reader: Reader, question: Question, response: Response) -> str:
    return reader.with_unit(question, response.mean)


def _level_line() -> Plot:
    """Return the line of no difference, from side to side."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"color": MUTED, "width": 1.5, "dash": "dot"},
    }


def _curve_rows(reader: Reader, question: Question, name: str, curve: list[Response]) -> list[Row]:
    return [
        [
            reader.value(name, each.at),
            reader.answer(question, each.mean),
            between(reader, reader.answer(question, each.low), reader.answer(question, each.high)),
            reader.words.number(each.points),
        ]
        for each in curve
    ]


def interactions(reader: Reader, question: Question) -> Made:
    """Return the maps of pairs of factors for a question."""
    pairs: dict[tuple[str, str], list[Interaction]] = {}
    for each in reader.analysis.interactions:
        if each.question == question.name:
            pairs.setdefault((each.factor, each.other), []).append(each)
    if not pairs:
        return [], []
    said, shown = reader.words, list(pairs)[:MOST_PAIRS]
    made = [_map(reader, question, pair, pairs[pair]) for pair in shown]
    read = [said("sweep interactions colours difference" if question.against else "sweep interactions colours")]
    if len(pairs) > len(shown):
        read.append(said("sweep interactions top", n=len(shown), all=len(pairs)))
    key = f"interactions.{reader.key(question)}"
    panels, tables = [panel for panel, _ in made], [own for _, own in made]
    return [], [Figure(key, said("sweep interactions"), " ".join(read), panels, tables, on_paper=False)]


def _map(reader: Reader, question: Question, pair: tuple[str, str], cells: list[Interaction]) -> tuple[Panel, Table]:
    said, (factor, other) = reader.words, pair
    columns, rows = sorted({each.at for each in cells}), sorted({each.other_at for each in cells})
    means = {(each.at, each.other_at): each.mean for each in cells}
    values = [[means.get((column, row), math.nan) for column in columns] for row in rows]
    texts = [[_cell(reader, question, value) for value in row] for row in values]
    across, up = ([reader.value(name, at) for at in ats] for name, ats in ((factor, columns), (other, rows)))
    scale = reader.measure(question).scale
    plot = heat_map(
        across,
        up,
        [[scale * value for value in row] for row in values],
        texts,
        x=with_unit(reader, factor),
        y=with_unit(reader, other),
        two_sided=bool(question.against),
        words=said,
    )
    title = said("sweep pair", factor=short(reader.label(factor)), other=short(reader.label(other)))
    known = [value for row in values for value in row if math.isfinite(value)] or [math.nan]
    low, high = (reader.with_unit(question, end) for end in (min(known), max(known)))
    panel = Panel(
        f"interactions.{reader.key(question)}.{factor}.{other}",
        title,
        reader.answer_unit(question),
        plot,
        said("sweep described interaction", low=low, high=high),
        f"{reader.title(question)}: {title}",
    )
    corner = said("sweep pair corner", factor=with_unit(reader, factor), other=with_unit(reader, other))
    body: list[Row] = [[up[row], *texts[row]] for row in range(len(rows))]
    return panel, table(title, [corner, *across], body)


def _cell(reader: Reader, question: Question, value: float) -> str:
    return reader.answer(question, value) if math.isfinite(value) else ""
