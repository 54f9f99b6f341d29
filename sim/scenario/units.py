"""Units in Dutch, the one place for parameters, files and outcomes; in English they stand as they are declared."""

from __future__ import annotations

from sim.errors import Said
from sim.scenario.parameters import Parameter

UNITS: dict[str, str] = {
    "0 logit dynamics, 1 fixed": "0 logit-dynamiek, 1 vast",
    "0 product, 1 additive": "0 product, 1 optelling",
    "0 product, 1 mean, 2 minimum": "0 product, 1 gemiddelde, 2 minimum",
    "0 softmax, 1 satisficing": "0 softmax, 1 goed genoeg",
    "0 to 0.5": "0 tot 0,5",
    "0 to 1": "0 tot 1",
    "0 to 1 at full control": "0 tot 1, bij volledige sturing",
    "chance a week at full attention to oneself": "kans per week bij volle aandacht voor zichzelf",
    "change of probability per unit frailty": "verandering van de kans per eenheid kwetsbaarheid",
    "clients per year per zone": "cliënten per jaar per zone",
    "clients per zone": "cliënten per zone",
    "competence, 0 to 1": "bekwaamheid, 0 tot 1",
    "control per unit gap": "sturing per eenheid achterstand",
    "days": "dagen",
    "distance from the standard, 0 to 1": "afstand tot de standaard, 0 tot 1",
    "factor": "factor",
    "factor per further need": "factor per volgende hulpvraag",
    "familiarity": "bekendheid, 0 tot 1",
    "frailty": "kwetsbaarheid, 0 tot 1",
    "habit at full control, at most 1": "gewoonte bij volledige sturing, hoogstens 1",
    "hours": "uur",
    "hours a week and zone": "uur per week en zone",
    "hours of a manager": "uur van een manager",
    "hours of a manager per quarter": "uur van een manager per kwartaal",
    "hours of a manager per week": "uur van een manager per week",
    "hours of a manager per worker per week": "uur van een manager per medewerker per week",
    "hours of help per retelling": "uur hulp per keer opnieuw vertellen",
    "hours of the case owner": "uur van wie de zaak heeft",
    "hours per client-week": "uur per cliënt per week",
    "hours per manager per week": "uur per manager per week",
    "hours per week": "uur per week",
    "hours per worker per month": "uur per medewerker per maand",
    "hours per worker per week": "uur per medewerker per week",
    "hours per worker per week at full control": "uur per medewerker per week, bij volledige sturing",
    "hours per worker per week, each in full use": "uur per medewerker per week, elk in vol gebruik",
    "hours per worker per year": "uur per medewerker per jaar",
    "impulse per incident": "aandrang per incident",
    "impulse per unit": "aandrang per eenheid",
    "inhabitants per zone": "inwoners per zone",
    "log hazard per unit": "log van de kans per eenheid",
    "log hazard per unit frailty": "log van de kans per eenheid kwetsbaarheid",
    "log hazard per unit unmet need": "log van de kans per eenheid onvervulde hulp",
    "needs": "hulpvragen",
    "part of how well known": "deel van de bekendheid",
    "part of ownership": "deel van het eigenaarschap",
    "part of quality": "deel van de kwaliteit",
    "part of safety": "deel van de veiligheid",
    "part of the benefit": "deel van de baat",
    "part of the budget": "deel van het budget",
    "part of the first level": "deel van het beginniveau",
    "part of the help": "deel van de hulp",
    "part of the hours asked": "deel van de gevraagde uren",
    "part of the hours for clients": "deel van de uren voor cliënten",
    "part of trust": "deel van het vertrouwen",
    "part of what is missing": "deel van wat ontbreekt",
    "part of what is usual": "deel van wat gebruikelijk is",
    "part per year": "deel per jaar",
    "per 100 clients and year": "per 100 cliënten en jaar",
    "per client": "per cliënt",
    "per client-year": "per cliënt per jaar",
    "per hour asked": "per gevraagd uur",
    "per observed deed": "per waargenomen daad",
    "per quarter": "per kwartaal",
    "per quarter and pair at full ambition": "per kwartaal en paar, bij volle ambitie",
    "per week": "per week",
    "per week at full unmet need": "per week, zonder enige hulp",
    "per week at full use": "per week, bij vol gebruik",
    "per week at fully unmet need": "per week, zonder enige hulp",
    "per week at need fully met by perfect help": "per week, met alle hulp en die volmaakt",
    "per worker": "per medewerker",
    "per worker-year": "per medewerker per jaar",
    "per worker-year at worst quality": "per medewerker per jaar, bij de slechtste kwaliteit",
    "per year": "per jaar",
    "per year and zone": "per jaar en zone",
    "per year where home fails, seen by the case owner": "per jaar waar thuis niet gaat, gezien door wie de zaak heeft",
    "per year at frailty .5, no unmet need": "per jaar bij kwetsbaarheid 0,5 en alle hulp",
    "probability": "kans",
    "probability at full targets": "kans, bij volledige sturing op productie",
    "probability per four weeks": "kans per vier weken",
    "probability per four weeks at full voice": "kans per vier weken, bij een volle stem",
    "quality, 0 to 1": "kwaliteit, 0 tot 1",
    "quarters": "kwartalen",
    "relative to the others": "ten opzichte van de andere",
    "share": "aandeel",
    "share of attention": "aandeel van de aandacht",
    "share of cases": "aandeel van de zaken",
    "share of choices": "aandeel van de keuzes",
    "share of clients": "aandeel van de cliënten",
    "share of contract hours": "aandeel van de contracturen",
    "share of freed hours": "aandeel van de vrijgekomen uren",
    "share of hours of help": "aandeel van de uren hulp",
    "share of interventions": "aandeel van de ingrepen",
    "share of managers": "aandeel van de managers",
    "share of needs": "aandeel van de hulpvragen",
    "share of paid hours": "aandeel van de betaalde uren",
    "share of sessions": "aandeel van de bijeenkomsten",
    "share of the hours asked": "aandeel van de gevraagde uren",
    "share of the week": "aandeel van de week",
    "share of time": "aandeel van de tijd",
    "share of worked hours": "aandeel van de gewerkte uren",
    "signal": "signaal",
    "signal, 0 to 1": "signaal, 0 tot 1",
    "unit of the pattern": "eenheid van het patroon",
    "utility": "nut, 0 tot 1",
    "variants per kind of help": "varianten per soort hulp",
    "variants per tailored help that ended well": "varianten per hulp op maat die goed eindigde",
    "weight": "gewicht",
    "wish per word heard": "wens per gehoord woord",
    "workers per team": "medewerkers per team",
    "workers per zone": "medewerkers per zone",
    "years": "jaar",
    "yes or no": "ja of nee",
    "zones": "zones",
}


def choices(parameter: Parameter) -> dict[str, int]:
    """Return the numbers of the words that a unit such as "0 softmax, 1 satisficing" declares, in both languages."""
    if parameter.type != "int" or not parameter.unit.startswith("0 "):
        return {}
    numbered = [
        part.strip().partition(" ") for text in (parameter.unit, UNITS[parameter.unit]) for part in text.split(",")
    ]
    return {word: int(number) for number, _, word in numbered}


def unit_said(unit: str) -> Said:
    """Return a unit in both languages; one without a translation stays as it is."""
    return Said(unit, UNITS.get(unit, unit))


def unit_in(unit: str, language: str) -> str:
    """Return a unit in ``language``, ``"nl"`` or ``"en"``."""
    return unit_said(unit).in_language(language)
