"""Tables of a page, ready to be written out: cells are text, the template only places them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

NUMBER = "n"  # style of a cell that holds a number
WRAPPED = "n wrapped"  # a number, or some words that may take more lines
TEXT = "text"
SOURCE = "source"


Row = Sequence["str | Cell"]


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: What it says.
        style: How it looks.
        language: Its language, where that is not the page's.
        chooses: The regime that the page shows when the cell is followed, as a link; empty for no link.
    """

    text: str
    style: str = ""
    language: str = ""
    chooses: str = ""


@dataclass(frozen=True)
class Body:
    """Rows of a table that belong together; the heading may be empty."""

    heading: str
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row. A ``searchable`` one gets a box to search its rows."""

    caption: str
    head: list[Cell]
    bodies: list[Body]
    searchable: bool = False

    @property
    def rows(self) -> list[list[Cell]]:
        """All rows."""
        return [row for body in self.bodies for row in body.rows]


@dataclass(frozen=True)
class Part:
    """Tables under one heading; ``open`` ones are shown at once, others when asked for."""

    heading: str
    read: str
    tables: list[Table] = field(default_factory=list)
    open: bool = True


def table(caption: str, head: Sequence[str], rows: Sequence[Row]) -> Table:
    """Return a table of texts; all columns but the first are set as numbers, unless their cells say otherwise."""
    return grouped_table(caption, head, [("", rows)])


def grouped_table(
    caption: str, head: Sequence[str], groups: Sequence[tuple[str, Sequence[Row]]], *, searchable: bool = False
) -> Table:
    """Return a table whose rows stand in groups, each with a heading."""
    bodies = [Body(heading, [_cells(row) for row in rows]) for heading, rows in groups]
    first = next((row for body in bodies for row in body.rows), None)
    styles = [_of_head(cell.style) for cell in first] if first else [""] * len(head)
    return Table(caption, [Cell(text, styles[place]) for place, text in enumerate(head)], bodies, searchable)


def _of_head(style: str) -> str:
    """Return the style of the head of a column: a number's, but not that of a verdict."""
    return NUMBER if style.startswith(NUMBER + " ") and style != WRAPPED else style


def _cells(row: Row) -> list[Cell]:
    return [cell if isinstance(cell, Cell) else Cell(cell, NUMBER if place else "") for place, cell in enumerate(row)]
