"""One lever at a time: what each lever does alone, and what it adds to all others."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.conclusion import Sentence
from sim.report.levers_apart import enough_told, shown_apart
from sim.report.material import Material, Regime
from sim.report.section import Figure, Panel, Section, section
from sim.report.words import Words
from sim.study.one_at_a_time import Apart


def apart(material: Material, words: Words) -> Section | None:
    """Return the headline differences taken apart by lever; None where no lever was run alone."""
    if not any(material.first.apart.values()):
        return None
    titles = {"baseline": words.choose(material.baseline), "regime": words.choose(material.rivals[0])}
    return section(material, words, "apart", _view, read=[words("apart read", **titles)])


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure]]:
    figures = [
        _figure(material, words, regime, each) for each in material.first.apart.get(regime.name, ()) if each.effects
    ]
    enough = material.first.enough.get(regime.name)
    sentences = enough_told(enough, words) if enough else []
    return [Sentence("", None, text, "") for text in sentences], figures


def _figure(material: Material, words: Words, regime: Regime, each: Apart) -> Figure:
    shown = shown_apart(each, words, words.choose(material.baseline))
    key = f"apart-{each.outcome.name}.{regime.name}"
    picture = f"{words('apart')} {shown.outcome}"
    panel = Panel(key, "", "", shown.plot, shown.description, picture)
    return Figure(key, shown.outcome, " ".join(shown.told), [panel], [shown.table], shown.legend, on_paper=False)
