"""Admissions, deaths and needs that stay unmet: yardsticks that know no wish of the client."""

from __future__ import annotations

from sim.report.material import Material
from sim.report.section import Section
from sim.report.sections.plain import plain_section
from sim.report.words import Words

ADMISSIONS = ("crisis_admissions", "planned_admissions")
OUTCOMES = (*ADMISSIONS, "deaths", "age_at_admission", "unmet_need")


def life(material: Material, words: Words) -> Section | None:
    """Return how people fare who are helped better or worse."""
    return plain_section(material, words, "life", OUTCOMES, said=ADMISSIONS)
