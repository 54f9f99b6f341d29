"""Units in Dutch; in English they stand as parameters and outcomes declare them."""

from __future__ import annotations

from sim.report.words import Words

DUTCH: dict[str, str] = {
    "0 to 1": "0 tot 1",
    "0 to 1 at full control": "0 tot 1, bij volledige sturing",
    "change of probability per unit frailty": "verandering van de kans per eenheid kwetsbaarheid",
    "clients per year per zone": "cliënten per jaar per zone",
    "clients per zone": "cliënten per zone",
    "competence, 0 to 1": "bekwaamheid, 0 tot 1",
    "days": "dagen",
    "distance from the standard, 0 to 1": "afstand tot de standaard, 0 tot 1",
    "factor": "factor",
    "factor per further need": "factor per volgende hulpvraag",
    "hours": "uren",
    "hours of a manager": "uren van een manager",
    "hours of help per retelling": "uren hulp per keer opnieuw vertellen",
    "hours per manager per week": "uren per manager per week",
    "hours per week": "uren per week",
    "hours per worker per week": "uren per medewerker per week",
    "hours per worker per week at full control": "uren per medewerker per week, bij volledige sturing",
    "inhabitants per zone": "inwoners per zone",
    "log hazard per unit frailty": "log van de kans per eenheid kwetsbaarheid",
    "log hazard per unit unmet need": "log van de kans per eenheid onvervulde hulp",
    "needs": "hulpvragen",
    "per week": "per week",
    "per week at full unmet need": "per week, zonder enige hulp",
    "per week at fully met need": "per week, met alle hulp",
    "per week at need fully met by perfect help": "per week, met alle hulp en die volmaakt",
    "per week at fully unmet need": "per week, zonder enige hulp",
    "per year": "per jaar",
    "per year at frailty .5, no unmet need": "per jaar bij kwetsbaarheid 0,5 en alle hulp",
    "per year at frailty .5, seen by the case owner": "per jaar bij kwetsbaarheid 0,5, gezien door wie de zaak heeft",
    "probability": "kans",
    "probability at full targets": "kans, bij volledige sturing op productie",
    "probability per four weeks": "kans per vier weken",
    "probability per four weeks at full voice": "kans per vier weken, bij een volle stem",
    "quality, 0 to 1": "kwaliteit, 0 tot 1",
    "share": "deel",
    "share of attention": "deel van de aandacht",
    "share of clients": "deel van de cliënten",
    "share of contract hours": "deel van de contracturen",
    "share of freed hours": "deel van de vrijgekomen uren",
    "share of inhabitants": "deel van de inwoners",
    "share of needs": "deel van de hulpvragen",
    "share of the hours asked": "deel van de gevraagde uren",
    "share of time": "deel van de tijd",
    "share of worked hours": "deel van de gewerkte uren",
    "variants per kind of help": "varianten per soort hulp",
    "weight": "gewicht",
    "workers per team": "medewerkers per team",
    "yes or no": "ja of nee",
    "zones": "zones",
}


def unit_in(words: Words, unit: str) -> str:
    """Return ``unit`` in the language of ``words``; a unit without a translation stays as it is."""
    return DUTCH.get(unit, unit) if words.language == "nl" else unit
