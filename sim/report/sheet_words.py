"""What the workbook says in English and Dutch: names of sheets, headings, and what its terms mean."""

from __future__ import annotations

from sim.errors import Sentences

SHEETS = Sentences(
    {
        "read me": ("Read me", "Lees mij"),
        "differences": ("Differences", "Verschillen"),
        "levels": ("Levels", "Niveaus"),
        "worlds": ("Worlds", "Werelden"),
        "definitions": ("Definitions", "Definities"),
        "ways": ("Ways of steering", "Manieren van sturen"),
        "scenario": ("Scenario", "Scenario"),
    }
)
"""Names on the tabs, by sheet."""

HOLDS = Sentences(
    {
        "differences": (
            "How much each way of steering differs from “{baseline}”: one row for each way of steering and result.",
            "Hoeveel elke manier van sturen verschilt van “{baseline}”: één regel per manier van sturen en uitkomst.",
        ),
        "levels": (
            "How high each result is under each way of steering.",
            "Hoe hoog elke uitkomst is bij elke manier van sturen.",
        ),
        "worlds": (
            "The single worlds behind the means, to calculate with.",
            "De losse werelden achter de gemiddelden, om zelf mee te rekenen.",
        ),
        "definitions": (
            "What every result and every term means.",
            "Wat elke uitkomst en elk begrip betekent.",
        ),
        "ways": (
            "Why each way of steering is compared, and what differs in it.",
            "Waarom elke manier van sturen meedoet, en wat er anders is.",
        ),
        "scenario": (
            "Every number of the model, with its source and how sure that is. Where a plausible range stands, each "
            "world has its own value from that range.",
            "Elk getal van het model, met de bron en hoe zeker die is. Waar staat wat aannemelijk is, heeft elke "
            "wereld een eigen waarde daarbinnen.",
        ),
    }
)
"""What stands on each sheet."""

HEADS = Sentences(
    {
        "way": ("Way of steering", "Manier van sturen"),
        "outcome": ("Result", "Uitkomst"),
        "name": ("Name in files", "Naam in bestanden"),
        "main": ("Main result", "Hoofduitkomst"),
        "unit": ("Unit", "Eenheid"),
        "baseline_mean": ("Mean under “{baseline}”", "Gemiddelde bij “{baseline}”"),
        "mean": ("Mean", "Gemiddelde"),
        "difference": ("Difference", "Verschil"),
        "low": ("Interval, from", "Interval, van"),
        "high": ("Interval, to", "Interval, tot"),
        "verdict": ("Verdict", "Oordeel"),
        "p_better": ("Share of worlds better", "Deel van de werelden beter"),
        "n": ("Worlds counted", "Getelde werelden"),
        "smallest_difference": ("Smallest difference that matters", "Kleinste verschil dat telt"),
        "noise": ("Luck within one world", "Toeval binnen één wereld"),
        "p_holm": ("Chance value (Holm)", "Kanswaarde (Holm)"),
        "variance_ratio": ("Variance ratio", "Variantieverhouding"),
        "lowest": ("Lowest world", "Laagste wereld"),
        "highest": ("Highest world", "Hoogste wereld"),
        "world": ("World", "Wereld"),
        "value": ("Value", "Waarde"),
        "sort": ("What", "Wat"),
        "direction": ("Direction", "Richting"),
        "says": ("What it is", "Wat het is"),
        "why": ("Why it is compared", "Waarom het meedoet"),
        "lever": ("Lever", "Knop"),
        "baseline value": ("Under “{baseline}”", "Bij “{baseline}”"),
        "here": ("Here", "Hier"),
        "group": ("Group", "Groep"),
        "parameter": ("What it is", "Wat het is"),
        "plausible low": ("Plausible, from", "Aannemelijk, van"),
        "plausible high": ("Plausible, to", "Aannemelijk, tot"),
        "status": ("How sure", "Hoe zeker"),
        "source": ("Source", "Bron"),
        "origin": ("Set by", "Gezet door"),
    }
)
"""Headings of columns."""

TERMS = Sentences(
    {
        "world": (
            "One simulated life of the whole place. All ways of steering are run in each world: they share its people, "
            "their needs and their luck. Worlds are numbered as in outcomes.csv.",
            "Eén nagebootst leven van de hele plek. In elke wereld zijn alle manieren van sturen gedraaid: zij delen "
            "de mensen, hun vragen en hun geluk. Werelden zijn genummerd zoals in outcomes.csv.",
        ),
        "main": (
            "A result that was chosen before the calculation as one to look at first.",
            "Een uitkomst die vóór het rekenen is gekozen om het eerst naar te kijken.",
        ),
        "difference": (
            "The mean under this way of steering less the mean under the one it is compared with, over the same "
            "worlds. In the unit of the result. Of a share, 0.05 means five percentage points.",
            "Het gemiddelde bij deze manier van sturen min het gemiddelde bij die waarmee wordt vergeleken, over "
            "dezelfde werelden. In de eenheid van de uitkomst. Bij een aandeel betekent 0,05 vijf procentpunt.",
        ),
        "interval": (
            "95 % interval of the mean, over the worlds. Made in such a way that 95 of 100 such intervals hold the "
            "true mean of this model. It says nothing about how well the model fits reality. Empty below two worlds.",
            "95%-interval van het gemiddelde, over de werelden. Zo gemaakt dat 95 van de 100 zulke intervallen het "
            "echte gemiddelde van dit model bevatten. Het zegt niets over hoe goed het model op de werkelijkheid "
            "lijkt. Leeg bij minder dan twee werelden.",
        ),
        "smallest_difference": (
            "A smaller difference than this does not matter in practice. Chosen before the calculation.",
            "Een kleiner verschil dan dit telt in de praktijk niet. Gekozen vóór het rekenen.",
        ),
        "p_better": (
            "In which part of the worlds this way of steering is better; a tie counts half. Where more is neither good "
            "nor bad: in which part the result is higher.",
            "In welk deel van de werelden deze manier van sturen beter is; gelijk telt half. Waar meer niet goed of "
            "slecht is: in welk deel de uitkomst hoger is.",
        ),
        "n": (
            "Worlds in which the result is defined. A mean over nobody is not.",
            "Werelden waarin de uitkomst bestaat. Een gemiddelde over niemand bestaat niet.",
        ),
        "noise": (
            "How far the difference swings by luck alone when one world is run once: a standard deviation. If it is "
            "large beside the difference, one single place may see the opposite.",
            "Hoe ver het verschil door toeval alleen schommelt als één wereld één keer leeft: een standaardafwijking. "
            "Is die groot naast het verschil, dan kan één losse plek het omgekeerde zien.",
        ),
        "p_holm": (
            "How easily chance alone gives a difference like this (a p-value), made stricter by Holm's method because "
            "many results are looked at. Below 0.05: chance alone is a poor explanation. Empty where it was not "
            "worked out.",
            "Hoe makkelijk toeval alleen een verschil als dit geeft (een p-waarde), strenger gemaakt volgens Holm "
            "omdat naar veel uitkomsten wordt gekeken. Onder 0,05: toeval alleen is een slechte verklaring. Leeg waar "
            "het niet is uitgerekend.",
        ),
        "variance_ratio": (
            "How much luck is left because worlds are shared: 1 is all, 0 is none. Above 1 sharing did not help.",
            "Hoeveel toeval overblijft doordat werelden worden gedeeld: 1 is alles, 0 is niets. Boven 1 hielp het "
            "delen niet.",
        ),
    }
)
"""What a term means, by the heading it stands under where it has one."""

say = Sentences(
    {
        "title": ("{title}: results", "{title}: uitkomsten"),
        "what": ("What this is", "Wat dit is"),
        "scenario": ("Scenario", "Scenario"),
        "description": ("The place", "De plek"),
        "ways": ("Ways of steering", "Manieren van sturen"),
        "compared with": ("Compared with", "Vergeleken met"),
        "worlds": ("Worlds", "Werelden"),
        "worlds done": ("{done} of the {asked} that were asked", "{done} van de {asked} die gevraagd zijn"),
        "days": ("Days after day 0", "Dagen na dag 0"),
        "seed": ("Seed", "Begingetal (seed)"),
        "version": ("Version of regie", "Versie van regie"),
        "date": ("Date", "Datum"),
        "state": ("Complete?", "Compleet?"),
        "complete": ("Yes, nothing is missing.", "Ja, er ontbreekt niets."),
        "incomplete": (
            "No. Not everything that was asked is finished. Read this as an interim state.",
            "Nee. Niet alles wat gevraagd is, is af. Lees dit als een tussenstand.",
        ),
        "failed": (
            "Failed runs, which are not counted: {n}.",
            "Mislukte berekeningen, die niet meetellen: {n}.",
        ),
        "change": ("Who changes, and when", "Wie verandert, en wanneer"),
        "command": ("The same again", "Hetzelfde opnieuw"),
        "cite": ("How to cite", "Zo verwijst u hiernaar"),
        "sheet": ("Sheet “{name}”", "Blad “{name}”"),
        "no differences": (
            "One way of steering was run. So there is nothing to compare, and no sheet with differences.",
            "Er is één manier van sturen gedraaid. Er valt dus niets te vergelijken, en er is geen blad met "
            "verschillen.",
        ),
        "nothing done": (
            "Not one world was finished. So there are no results in this workbook.",
            "Er is niet één wereld af. Er staan dus geen uitkomsten in deze werkmap.",
        ),
        "empty cells": (
            "An empty cell means: not defined, for instance a mean over nobody.",
            "Een lege cel betekent: bestaat niet, bijvoorbeeld een gemiddelde over niemand.",
        ),
        "missing": ("Not here", "Niet hier"),
        "cells": ("Empty cells", "Lege cellen"),
        "only main": (
            "To keep this file small: only the main results. All results are in outcomes.csv and outcomes.parquet.",
            "Om dit bestand klein te houden: alleen de hoofduitkomsten. Alle uitkomsten staan in outcomes.csv en "
            "outcomes.parquet.",
        ),
        "only headline": (
            "To keep this file small: only the results that stand first, of the first {n} worlds. All are in "
            "outcomes.csv and outcomes.parquet.",
            "Om dit bestand klein te houden: alleen de uitkomsten die voorop staan, van de eerste {n} werelden. Alles "
            "staat in outcomes.csv en outcomes.parquet.",
        ),
        "interval": ("Interval", "Interval"),
        "result": ("result", "uitkomst"),
        "term": ("term", "begrip"),
        "verdict": ("verdict", "oordeel"),
        "yes": ("yes", "ja"),
        "share": ("{unit}, 0 to 1", "{unit}, 0 tot 1"),
        "default": ("the model", "het model"),
        "baseline": ("(the others are compared with this)", "(hiermee zijn de andere vergeleken)"),
        "same": ("(no lever differs)", "(geen knop verschilt)"),
        "told apart": ("{label} ({name})", "{label} ({name})"),
        "renown": ("{organisation}: how well known its door is", "{organisation}: hoe bekend de deur is"),
        "staff": ("{organisation}: workers for {kind}", "{organisation}: medewerkers voor {kind}"),
        "of kind": ("{kind}: {what}", "{kind}: {what}"),
    }
)
"""All else that the workbook says."""

KINDS = Sentences(
    {
        "share": ("weight among the needs that arise", "gewicht onder de vragen die ontstaan"),
        "hours_per_week": ("mean hours that a need asks", "uren die een vraag gemiddeld vraagt"),
        "lasting_days": ("mean length of a lasting need", "gemiddelde duur van een blijvende vraag"),
        "short_share": ("share of needs that are short", "aandeel korte vragen"),
        "short_days": ("mean length of a short need", "gemiddelde duur van een korte vraag"),
        "episodic": ("a job that is done once help has begun", "een klus die klaar is als de hulp is gegeven"),
        "norm_days": ("wait beyond which the norm is broken", "wachttijd waarboven de norm niet is gehaald"),
        "volunteers": ("volunteers can help too", "ook vrijwilligers kunnen helpen"),
    }
)
"""What the numbers of a kind of help are, by `sim.scenario.loading.KIND_NUMBERS`."""

KIND_UNITS = {
    "share": "share of needs",
    "hours_per_week": "hours per week",
    "lasting_days": "days",
    "short_share": "share of needs",
    "short_days": "days",
    "episodic": "yes or no",
    "norm_days": "days",
    "volunteers": "yes or no",
}
"""Their units, keys of `sim.scenario.units.UNITS`."""
