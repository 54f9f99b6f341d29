"""What the sections about a question share."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.analysis.reader import Reader, short
from sim.report.conclusion import Sentence
from sim.report.section import Figure
from sim.sweeps.analysis.findings import Question

Made = tuple[Sequence[Sentence], Sequence[Figure]]
"""What a section says and shows of a question."""


def say(text: str) -> Sentence:
    """Return a text as a sentence without a label."""
    return Sentence("", None, text, "")


def between(reader: Reader, low: str, high: str) -> str:
    """Return an interval from two ends as written."""
    nothing = reader.words("not measured")
    return nothing if nothing in (low, high) else reader.words("sweep between", low=low, high=high)


def with_unit(reader: Reader, name: str) -> str:
    """Return the label of a factor with its unit."""
    unit = reader.unit(name)
    label = short(reader.label(name))
    return reader.words("sweep value of", factor=label, unit=unit) if unit else label


def answer_head(reader: Reader, question: Question) -> str:
    """Return the head of a column of mean answers."""
    unit = reader.answer_unit(question)
    return f"{reader.words('sweep mean column')}{f' ({unit})' if unit else ''}"
