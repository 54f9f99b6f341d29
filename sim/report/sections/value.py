"""Client value taken apart, as it is a number with choices in it."""

from __future__ import annotations

from sim.report.material import Material
from sim.report.section import Section
from sim.report.sections.plain import plain_section
from sim.report.words import Words
from sim.study.outcomes import PARTS_OF_VALUE

WEIGHTS = ("value_fit_0", "value_fit_half", "value_fit_1")


def value(material: Material, words: Words) -> Section | None:
    """Return client value, its parts, and client value where the fit with the client's wish counts less or more."""
    names = ("value", *PARTS_OF_VALUE, *WEIGHTS)
    labels = {name: words(name) for name in WEIGHTS}
    return plain_section(material, words, "value", names, said=("value",), plain=True, labels=labels)
