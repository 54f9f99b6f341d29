"""How often a client changes hands, in both counts, and how often somebody hears no."""

from __future__ import annotations

from sim.report.material import Material
from sim.report.section import Section
from sim.report.sections.plain import plain_section
from sim.report.words import Words

COUNTS = ("handoffs", "new_faces", "transfers")
OUTCOMES = (*COUNTS, "new_organisations", "retellings", "refusals", "gave_up")


def handoffs(material: Material, words: Words) -> Section | None:
    """Return new faces and transfers apart, as one may fall while the other rises."""
    return plain_section(material, words, "handoffs", OUTCOMES, said=COUNTS)
