"""Where something holds: the regions that were found."""

from __future__ import annotations

import math

from sim.report.analysis import told
from sim.report.analysis.common import Made, say, with_unit
from sim.report.analysis.plots import Stretch, limits_plot
from sim.report.analysis.reader import Reader, short
from sim.report.section import Figure, Panel
from sim.report.tables import NUMBER, TEXT, Cell, Row, Table, table
from sim.sweeps.analysis.findings import Box, Question


def regions(reader: Reader, question: Question) -> Made:
    """Return the regions of a question."""
    found = told.boxes(reader, question)
    if not found:
        line = told.where(reader, question)
        return [say(line.text if line else reader.words("sweep box none"))], []
    figures = [_box(reader, question, box, number if len(found) > 1 else 0) for number, box in enumerate(found, 1)]
    return [say(reader.words("sweep box found"))], figures


def _box(reader: Reader, question: Question, box: Box, number: int) -> Figure:
    said = reader.words
    condition = told.condition(reader, question, box)
    share = {name: reader.share(getattr(box, name)) for name in ("density", "base", "coverage")}
    read = [
        said(
            "sweep box dense",
            condition=reader.condition(question, box.condition),
            points=said.number(box.points),
            **share,
        ),
        said("sweep box covers", cases=said.number(box.cases), **share),
    ]
    if math.isfinite(box.unseen):
        read.append(said("sweep box unseen", unseen=reader.share(box.unseen)))
    doubtful = [reader.label(limit.factor) for limit in box.limits if limit.chance > told.LIKELY_LUCK]
    if doubtful:
        read.append(said("sweep box luck", factors="; ".join(doubtful)))
    key = f"boxes.{reader.key(question)}.{max(1, number)}"
    heading = said("sweep box n", n=number) if number else condition
    picture = said("sweep picture box", question=reader.title(question), condition=condition)
    stretches = [_stretch(reader, limit.factor, limit.low, limit.high, limit.chance) for limit in box.limits]
    panels = []
    if stretches:
        plot = limits_plot(stretches, inside=said("sweep inside"), tried=said("sweep tried"), words=said)
        panels = [Panel(key, "", "", plot, said("sweep described box"), picture)]
    return Figure(key, heading, " ".join(read), panels, [_box_table(reader, box)] if stretches else [])


def _stretch(reader: Reader, name: str, low: float, high: float, chance: float) -> Stretch:
    known = reader.asked.factor(name)
    least, most = known.low, known.high
    width = most - least
    ends = [(end - least) / width if width > 0 else at for end, at in ((low, 0.0), (high, 1.0))]
    first, last = (min(1.0, max(0.0, end)) if math.isfinite(end) else 0.0 for end in ends)
    return Stretch(
        short(reader.label(name), 52),
        first,
        last,
        reader.stretch(name, low, high),
        reader.value(name, least),
        reader.value(name, most),
        chance > told.LIKELY_LUCK,
    )


def _box_table(reader: Reader, box: Box) -> Table:
    said = reader.words
    columns = ("factor", "name", "from", "to", "least", "most", "chance")
    head = [said(f"sweep {column} column") for column in columns]
    rows: list[Row] = [
        [
            with_unit(reader, limit.factor),
            Cell(limit.factor, TEXT),
            *(
                Cell(reader.value(limit.factor, end), NUMBER)
                for end in (limit.low, limit.high, limit.least, limit.most)
            ),
            said.number(limit.chance, 3),
        ]
        for limit in box.limits
    ]
    return table(told.condition(reader, _question(reader, box), box), head, rows)


def _question(reader: Reader, box: Box) -> Question:
    return next(question for question in reader.questions if question.name == box.question)
