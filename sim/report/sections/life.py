"""Admission postponed, deaths, and needs that stay unmet: yardsticks that know no wish of the client."""

from __future__ import annotations

from sim.report.material import Material
from sim.report.section import Section
from sim.report.sections.plain import plain_section
from sim.report.words import Words

TOLD = ("crisis_admissions", "days_at_home", "age_at_admission")
RATES = ("crisis_admissions", "planned_admissions", "deaths")
WITHIN = ("crisis_within", "planned_within", "death_within")
OUTCOMES = (*RATES, "age_at_admission", *WITHIN, "days_at_home", "unmet_need")


def life(material: Material, words: Words) -> Section | None:
    """Return how people fare who are helped better or worse: how soon they leave home, and how."""
    return plain_section(material, words, "life", OUTCOMES, said=TOLD)
