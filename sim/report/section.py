"""What a page is made of: sections, each with a view for every rival or one for all, and the figures in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sim.report.conclusion import Sentence
from sim.report.drawing import Plot
from sim.report.material import Material, Regime
from sim.report.story import Twice
from sim.report.tables import Table
from sim.report.words import Words


@dataclass(frozen=True)
class Panel:
    """One plot.

    Attributes:
        key: Name in the page, the same in both languages and no other's.
        heading: What stands above it; may be empty.
        note: A side note under the heading.
        plot: The plotly dictionary.
        description: What a reader who cannot see it is told.
        picture: Title of the picture when it is saved.
        sign: The marker of the regime it is of, for the heading; empty where it is of several.
    """

    key: str
    heading: str
    note: str
    plot: Plot
    description: str
    picture: str
    sign: str = ""


@dataclass(frozen=True)
class Sign:
    """How something is drawn, for the legend above the plots.

    Attributes:
        text: What it is.
        colour: Its colour.
        sign: Its marker as a character; empty for a part of a bar.
        dash: The dashes of its line; None where no lines are drawn.
        pattern: Name of the pattern of a part of a bar.
    """

    text: str
    colour: str
    sign: str = ""
    dash: str | None = None
    pattern: str = ""


@dataclass(frozen=True)
class Figure:
    """One or more plots that say one thing, how to read them, and the numbers.

    Attributes:
        key: Name in the page.
        heading: What stands above it.
        read: How to read it.
        panels: The plots.
        tables: The numbers.
        legend: How the plots are drawn.
        on_paper: Whether the tables are printed.
        printed: Whether anything of it is.
        flow: Whether the plots are wide: beside each other where there is room, else scrolled sideways.
    """

    key: str
    heading: str
    read: str
    panels: list[Panel] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    legend: list[Sign] = field(default_factory=list)
    on_paper: bool = True
    printed: bool = True
    flow: bool = False


@dataclass(frozen=True)
class LifeTwice:
    """One life in two worlds, and in words where it parts, where that was worked out."""

    story: Twice
    parts: list[str]


@dataclass(frozen=True)
class Lives:
    """Lives told twice.

    Attributes:
        told: The lives.
        caution: What single lives can and cannot say.
        again: What the command does; empty where there is none.
        command: The command that tells these lives again.
    """

    told: list[LifeTwice]
    caution: str
    again: str
    command: str


@dataclass(frozen=True)
class View:
    """What a section shows of one regime.

    Attributes:
        regime: Name of the regime; empty where the view is for all.
        title: Label of the regime; empty where the view is for all, or where there is nothing to choose.
        told: What the numbers say, in words.
        figures: The figures and tables.
        lives: Lives told twice.
        heading: What stands above it where it is not one regime beside the baseline.
    """

    regime: str
    title: str = ""
    told: list[Sentence] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    lives: Lives | None = None
    heading: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the page under one heading: how to read it, and a view for each rival, or one for all.

    One that goes ``across`` takes the whole width of the page, with its heading above it.
    """

    anchor: str
    heading: str
    read: list[str]
    views: list[View]
    across: bool = False


Make = Callable[[Material, Words, Regime], tuple[Sequence[Sentence], Sequence[Figure | None]]]
"""Makes the words and the figures of one regime; a figure for which there are no numbers is None."""


def section(
    material: Material, words: Words, anchor: str, make: Make, *, heading: str = "", read: Sequence[str] = ()
) -> Section | None:
    """Return a section with a view for each rival; with a single regime, one of that. None where nothing is shown.

    Args:
        material: The numbers.
        words: The language.
        anchor: Name of the section in links; also the key of its heading, unless ``heading`` is given.
        make: Makes the words and figures of one regime.
        heading: What stands above it.
        read: Paragraphs that say how to read it.
    """
    if not material.facts.done:
        return None
    views = []
    for regime in material.rivals or (material.baseline,):
        told, figures = make(material, words, regime)
        title = words.choose(regime) if material.rivals else ""
        views.append(View(regime.name, title, list(told), [figure for figure in figures if figure is not None]))
    if not any(view.told or view.figures for view in views):
        return None
    return Section(anchor, heading or words(anchor), [text for text in read if text], views)


def legend(words: Words, regimes: Sequence[Regime], *, lines: bool) -> list[Sign]:
    """Return how each of ``regimes`` is drawn."""
    return [
        Sign(words.choose(r), r.look.colour, r.look.sign, r.look.dash.replace("px", "") if lines else None)
        for r in regimes
    ]


def together(material: Material, regime: Regime) -> tuple[Regime, ...]:
    """Return the baseline and ``regime`` beside it; the baseline alone where that is asked."""
    return (material.baseline,) if regime is material.baseline else (material.baseline, regime)


def regime_groups(material: Material) -> list[tuple[str, list[Regime]]]:
    """Return the rivals in the order of the result, group by group."""
    first = {regime.group: place for place, regime in reversed(list(enumerate(material.rivals)))}
    ordered = sorted(material.rivals, key=lambda regime: first[regime.group])
    return [(group, list(regimes)) for group, regimes in groupby(ordered, key=lambda regime: regime.group)]
