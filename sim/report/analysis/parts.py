"""The sections about a question: ranking, response curves, interactions, regions."""

from __future__ import annotations

from collections.abc import Callable

from sim.report.analysis import told
from sim.report.analysis.common import Made
from sim.report.analysis.ranked import ranking
from sim.report.analysis.reader import Reader
from sim.report.analysis.regions import regions
from sim.report.analysis.responded import interactions, responses
from sim.report.section import Section, View
from sim.sweeps.analysis.findings import Question


def sections(reader: Reader) -> list[Section]:
    """Return the sections that show something of any question."""
    said = reader.words
    made = [
        _section(reader, "ranking", said("sweep ranking"), ranking, said("sweep ranking read")),
        _section(reader, "responses", said("sweep responses"), responses, said("sweep responses read")),
        _section(reader, "interactions", said("sweep interactions"), interactions, said("sweep interactions read")),
        _section(reader, "boxes", _asks(reader), regions, said("sweep boxes read")),
    ]
    return [section for section in made if section is not None]


def _asks(reader: Reader) -> str:
    asked = {told.asks_where(reader, question) for question in reader.questions if told.boxes(reader, question)}
    return asked.pop() if len(asked) == 1 else reader.words("sweep box q")


def _section(
    reader: Reader, anchor: str, heading: str, make: Callable[[Reader, Question], Made], read: str
) -> Section | None:
    made = [(question, *make(reader, question)) for question in reader.questions]
    if not any(figures for _, _, figures in made):
        return None
    views = [
        View(reader.key(question), told=list(sentences), figures=list(figures), heading=reader.title(question))
        for question, sentences, figures in made
    ]
    return Section(anchor, heading, [read], views)
