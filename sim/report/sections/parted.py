"""Whose life goes otherwise under a rival, from which first event on, and which levers stood otherwise then."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.conclusion import Sentence
from sim.report.divergence import share_description, share_plot, tables, told
from sim.report.material import Material, Regime
from sim.report.palette import FILLS
from sim.report.section import Figure, Panel, Section, Sign, section
from sim.report.words import Words
from sim.study.divergence import Divergence
from sim.study.parting import WAYS


def parted(material: Material, words: Words) -> Section | None:
    """Return how many lives part and how; None with a single regime."""
    if not material.rivals:
        return None
    return section(material, words, "parted", _view, read=[words("parted read"), words("parted three ways")])


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure | None]]:
    found = material.first.partings.get(regime.name)
    if found is None:
        key = "parted unlike" if regime.name in material.first.unlike else "parted too many"
        return [Sentence("", None, words(key), "")], []
    sentences = [Sentence("", None, text, "") for text in told(found, words)]
    return sentences, [_figure(words, regime, found)] if found.over_time() else []


def _figure(words: Words, regime: Regime, found: Divergence) -> Figure:
    heading, key = words("parted over time"), f"parted.{regime.name}"
    panel = Panel(key, "", "", share_plot(found, words), share_description(found, words), heading)
    signs = [
        Sign(words(f"parted by {way}"), fill.colour, pattern=fill.name) for way, fill in zip(WAYS, FILLS, strict=False)
    ]
    return Figure(key, heading, words("parted followed"), [panel], tables(found, words), signs, on_paper=False)
