"""What this floor says about mistakes, in English and Dutch."""

from __future__ import annotations

from sim.errors import Sentences

say = Sentences(
    {
        "number": (
            "{name} is {value}; it must be a whole number from {low} to {high}, such as {example}.",
            "{name} is {value}; het moet een geheel getal zijn van {low} tot en met {high}, zoals {example}.",
        ),
        "no moment": (
            "--from is '{value}'; it must be a date such as 2007-01-01, or a day such as 365.",
            "--from is '{value}'; het moet een datum zijn zoals 2007-01-01, of een dag zoals 365.",
        ),
        "moment outside": (
            "The change would begin on day {day}; it must be from day 0 ({first}) to day {end} ({last}). "
            "Choose another --from, or more --days.",
            "De verandering zou beginnen op dag {day}; dat moet van dag 0 ({first}) tot en met dag {end} ({last}). "
            "Kies een andere --from, of meer --days.",
        ),
        "no plausible world": (
            "Of {tries} draws none looked like the world outside; most missed: {bands}. "
            "Widen these in [bands] of the scenario, or give --worlds all or --worlds one.",
            "Van {tries} trekkingen leek er geen op de wereld erbuiten; meestal mis: {bands}. "
            "Verruim die in [bands] van het scenario, of geef --worlds all of --worlds one.",
        ),
        "no worlds": (
            "--worlds is '{value}'; it must be plausible, all or one.",
            "--worlds is '{value}'; het moet plausible, all of one zijn.",
        ),
        "no precision": (
            "--precision is {value}; it must be a share of the baseline from 0.1 % to 100 %, such as 5%.",
            "--precision is {value}; het moet een deel van de uitgangswaarde zijn van 0,1 % tot 100 %, zoals 5%.",
        ),
        "same variant": (
            "Two scenarios are both called '{name}'. Give one of the files another name.",
            "Twee scenario's heten allebei '{name}'. Geef een van de bestanden een andere naam.",
        ),
        "beside variants": (
            "Several scenarios are compared with one another, each under the regime that its file says; "
            "{options} cannot be given beside them. Name one scenario, or leave it out.",
            "Meer scenario's worden met elkaar vergeleken, elk onder het regime dat in het bestand staat; "
            "{options} kan daar niet bij. Noem één scenario, of laat het weg.",
        ),
        "same name": (
            "Two different regimes are both called '{name}'. Give one of the files another name.",
            "Twee verschillende regimes heten allebei '{name}'. Geef een van de bestanden een andere naam.",
        ),
        "not run": (
            "Regime '{name}' was not run. Those run are {known}.",
            "Regime '{name}' is niet gedraaid. Wel gedraaid zijn {known}.",
        ),
        "no outcome": (
            "There is no outcome '{name}'.{hint}",
            "Er is geen uitkomst '{name}'.{hint}",
        ),
        "not kept": (
            "The {name} of these runs were not kept.",
            "De tabel {name} van deze simulaties is niet bewaard.",
        ),
        "no mechanism": (
            "There is no mechanism {name}.{hint}",
            "Er is geen mechanisme {name}.{hint}",
        ),
        "against itself": (
            "Regime '{name}' would be compared with itself. Choose another --regime, or another --baseline.",
            "Regime '{name}' zou met zichzelf worden vergeleken. Kies een andere --regime, of een andere --baseline.",
        ),
        "not empty": (
            "The folder '{place}' is not empty, and results are never overwritten. "
            "Choose another with --out, or empty it.",
            "De map '{place}' is niet leeg, en uitkomsten worden nooit overschreven. "
            "Kies een andere met --out, of maak hem leeg.",
        ),
        "a file": (
            "'{place}' is a file. Give --out the name of a new folder.",
            "'{place}' is een bestand. Geef --out de naam van een nieuwe map.",
        ),
        "no folder": (
            "'{place}' cannot be the name of a folder ({reason}). Choose another with --out.",
            "'{place}' kan niet de naam van een map zijn ({reason}). Kies een andere met --out.",
        ),
        "no name": (
            "There is no free name for results beside '{place}'. Choose another folder with --out.",
            "Er is geen naam meer vrij voor uitkomsten naast '{place}'. Kies een andere map met --out.",
        ),
        "changed since": (" (changed since)", " (sindsdien veranderd)"),
        "with out": (" with --out", " met --out"),
    }
)
