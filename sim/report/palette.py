"""Every colour of the pages, in one place; no meaning is carried by colour alone.

The hues are those of Okabe and Ito, which people with any common colour blindness can tell apart. The baseline and
its rival also differ in marker and line dash, parts of a bar in pattern, so that a black-and-white print still shows
which is which.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """How one regime is drawn everywhere.

    Attributes:
        colour: Line and marker colour, at least 3 : 1 against white.
        marker: Plotly marker symbol.
        dash: Line dash, in the lengths that both plotly and svg read; empty for an unbroken line.
        sign: The marker as a character, for tables and headings.
    """

    colour: str
    marker: str
    dash: str
    sign: str


@dataclass(frozen=True)
class Fill:
    """How one part of a stacked bar is drawn.

    Attributes:
        colour: Its colour.
        pattern: Plotly's name of the pattern on it; empty for none.
        name: Name of the pattern in the page.
        path: The pattern as the path of an svg of eight by eight.
    """

    colour: str
    pattern: str = ""
    name: str = "plain"
    path: str = ""


BASELINE = Look("#3d3d3d", "circle", "", "●")
RIVAL = Look("#0072b2", "diamond", "9px,5px", "◆")
MISSED = Look("#c04d00", "square", "2px,4px", "■")
"""What is missed of a rival when one of its levers is left out."""
FILLS = (
    Fill("#0072b2"),
    Fill("#56b4e9", "/", "rising", "M-2 10L10 -2"),
    Fill("#009e73", ".", "dots", "M3 4H5"),
    Fill("#e69f00", "\\", "falling", "M-2 -2L10 10"),
    Fill("#cc79a7", "x", "crossed", "M-2 10L10 -2M-2 -2L10 10"),
    Fill("#f0e442", "-", "lying", "M0 4H8"),
    Fill("#b4b4b4", "|", "upright", "M4 0V8"),
    Fill("#ffffff", "+", "squares", "M0 4H8M4 0V8"),
    Fill("#d55e00"),
    Fill("#8a8a8a", "/", "rising", "M-2 10L10 -2"),
)

INK = "#1b1b1b"
MUTED = "#595959"
GRID = "#dddddd"
BAND = "#ececec"
PAPER = "#ffffff"
FAINT = "#8f8f8f"
"""What noise alone may have given."""
ALONE = Look("#c04d00", "circle-open", "2px,4px", "○")
"""What a factor does by itself, beside what it does with others."""
CURVE = Look("#0072b2", "circle", "", "●")
"""A mean along the values of a factor."""
LOW_TO_HIGH = ((0.0, "#f7f7f2"), (1.0, "#4f9fd0"))
"""Colours from low to high; each is light enough to be written on."""
TWO_SIDES = ((0.0, "#5ba7d6"), (0.5, "#f7f7f2"), (1.0, "#ee9a55"))
"""Colours from below zero to above, each light enough to be written on."""


def look(position: int) -> Look:
    """Return the look of the regime at ``position``; 0 is the baseline.

    All others look alike: a page shows one of them at a time beside the baseline.
    """
    return RIVAL if position else BASELINE


def see_through(colour: str, opacity: float) -> str:
    """Return ``colour`` (``#rrggbb``) as an ``rgba()`` of that opacity."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
