"""Tables of a page, ready to be written out: cells are text, the template only places them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

NUMBER = "n"  # style of a cell that holds a number
TEXT = "text"
SOURCE = "source"


@dataclass(frozen=True)
class Cell:
    """One cell: its text, its style, and its language where that is not the page's."""

    text: str
    style: str = ""
    language: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row."""

    caption: str
    head: list[Cell]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Part:
    """Tables under one heading; ``open`` ones are shown at once, others when asked for."""

    heading: str
    read: str
    tables: list[Table] = field(default_factory=list)
    open: bool = True


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str | Cell]], numbers: bool = True) -> Table:
    """Return a table of texts; with ``numbers`` all columns but the first are set as numbers.

    A column that holds ready-made cells takes its style from them.
    """
    style = NUMBER if numbers else ""
    cells = [[_cell(text, style if position else "") for position, text in enumerate(row)] for row in rows]
    styles = [row.style for row in cells[0]] if cells else [""] * len(head)
    return Table(caption, [Cell(text, styles[position]) for position, text in enumerate(head)], cells)


def _cell(text: str | Cell, style: str) -> Cell:
    return text if isinstance(text, Cell) else Cell(text, style)
