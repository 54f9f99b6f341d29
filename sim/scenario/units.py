"""Units in Dutch, the one place for parameters, files and outcomes; in English they stand as they are declared."""

from __future__ import annotations

from sim.errors import Said

UNITS: dict[str, str] = {
    "0 to 1 at full control": "0 tot 1, bij volledige sturing",
    "0 to 1": "0 tot 1",
    "change of probability per unit frailty": "verandering van de kans per eenheid kwetsbaarheid",
    "clients per year per zone": "cliënten per jaar per zone",
    "clients per zone": "cliënten per zone",
    "competence, 0 to 1": "bekwaamheid, 0 tot 1",
    "days": "dagen",
    "distance from the standard, 0 to 1": "afstand tot de standaard, 0 tot 1",
    "factor per further need": "factor per volgende hulpvraag",
    "factor": "factor",
    "hours of a manager": "uur van een manager",
    "hours of help per retelling": "uur hulp per keer opnieuw vertellen",
    "hours per client-week": "uur per cliënt per week",
    "hours per manager per week": "uur per manager per week",
    "hours per week": "uur per week",
    "hours per worker per week at full control": "uur per medewerker per week, bij volledige sturing",
    "hours per worker per week": "uur per medewerker per week",
    "hours": "uur",
    "inhabitants per zone": "inwoners per zone",
    "log hazard per unit frailty": "log van de kans per eenheid kwetsbaarheid",
    "log hazard per unit unmet need": "log van de kans per eenheid onvervulde hulp",
    "needs": "hulpvragen",
    "per client": "per cliënt",
    "per client-year": "per cliënt per jaar",
    "per hour asked": "per gevraagd uur",
    "per week at full unmet need": "per week, zonder enige hulp",
    "per week at fully unmet need": "per week, zonder enige hulp",
    "per week at need fully met by perfect help": "per week, met alle hulp en die volmaakt",
    "per week": "per week",
    "per year and zone": "per jaar en zone",
    "per year at frailty .5, no unmet need": "per jaar bij kwetsbaarheid 0,5 en alle hulp",
    "per year at frailty .5, seen by the case owner": "per jaar bij kwetsbaarheid 0,5, gezien door wie de zaak heeft",
    "per year": "per jaar",
    "probability at full targets": "kans, bij volledige sturing op productie",
    "probability per four weeks at full voice": "kans per vier weken, bij een volle stem",
    "probability per four weeks": "kans per vier weken",
    "probability": "kans",
    "quality, 0 to 1": "kwaliteit, 0 tot 1",
    "relative to the others": "ten opzichte van de andere",
    "share of attention": "aandeel van de aandacht",
    "share of clients": "aandeel van de cliënten",
    "share of contract hours": "aandeel van de contracturen",
    "share of freed hours": "aandeel van de vrijgekomen uren",
    "share of needs": "aandeel van de hulpvragen",
    "share of paid hours": "aandeel van de betaalde uren",
    "share of the hours asked": "aandeel van de gevraagde uren",
    "share of time": "aandeel van de tijd",
    "share of worked hours": "aandeel van de gewerkte uren",
    "share": "aandeel",
    "variants per kind of help": "varianten per soort hulp",
    "weight": "gewicht",
    "workers per team": "medewerkers per team",
    "workers per zone": "medewerkers per zone",
    "years": "jaar",
    "yes or no": "ja of nee",
    "zones": "zones",
}


def unit_said(unit: str) -> Said:
    """Return a unit in both languages; one without a translation stays as it is."""
    return Said(unit, UNITS.get(unit, unit))


def unit_in(unit: str, language: str) -> str:
    """Return a unit in ``language``, ``"nl"`` or ``"en"``."""
    return unit_said(unit).in_language(language)
