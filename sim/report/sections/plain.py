"""Sections that need no more than some outcomes: what is said about each, and one figure of differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from sim.report.conclusion import Sentence, difference_sentence, level_sentence
from sim.report.material import Material, Regime
from sim.report.rows import Row, rows_figure, rows_of
from sim.report.section import Figure, Section, section
from sim.report.words import Words


def plain_section(
    material: Material,
    words: Words,
    anchor: str,
    names: Sequence[str],
    *,
    said: Sequence[str],
    plain: bool = False,
    labels: Mapping[str, str] | None = None,
) -> Section | None:
    """Return a section about the outcomes ``names``; ``said`` of them are told in words as well.

    With ``plain`` shares stay numbers from 0 to 1, so that all outcomes share one axis; ``labels`` replace some.
    """
    read = f"{anchor} read" if material.rivals else f"{anchor} read one"
    baseline = words.choose(material.baseline)
    make = partial(_view, anchor=anchor, rows=rows_of(material, words, names, plain=plain, labels=labels), said=said)
    return section(material, words, anchor, make, read=[words(read, baseline=baseline)])


def _view(
    material: Material, words: Words, regime: Regime, *, anchor: str, rows: Sequence[Row], said: Sequence[str]
) -> tuple[Sequence[Sentence], Sequence[Figure | None]]:
    figure = rows_figure(material, words, regime, anchor, words(anchor), rows)
    return told(material, words, regime, said), [figure]


def told(material: Material, words: Words, regime: Regime, names: Sequence[str]) -> list[Sentence]:
    """Return what is said about each outcome that the result holds: its difference, or its level."""
    held = [name for name in names if name in material.outcome]
    if regime is material.baseline:
        return [level_sentence(words, material.level(regime.name, name)) for name in held]
    return [difference_sentence(words, material.findings[regime.name, name]) for name in held]
