"""What this floor says about mistakes, in English and Dutch."""

from __future__ import annotations

from sim.errors import RegieError

# key: (English, Dutch); names in braces are filled in
SENTENCES: dict[str, tuple[str, str]] = {
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
        "De verandering zou beginnen op dag {day}; het moet van dag 0 ({first}) tot en met dag {end} ({last}) zijn. "
        "Kies een andere --from, of meer --days.",
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
        "There is no outcome '{name}'. There are {known}.",
        "Er is geen uitkomst '{name}'. Er zijn {known}.",
    ),
    "not empty": (
        "The folder '{place}' is not empty, and results are never overwritten. Choose another with --out, or empty it.",
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
    "full": (
        "There is no room left on the disk for '{place}'. Free some, or choose another folder with --out.",
        "Er is geen ruimte meer op de schijf voor '{place}'. Maak ruimte, of kies een andere map met --out.",
    ),
    "forbidden": (
        "'{place}' may not be written to. Choose another folder with --out, or change its rights.",
        "In '{place}' mag niet worden geschreven. Kies een andere map met --out, of verander de rechten.",
    ),
    "unwritable": (
        "'{place}' cannot be written: {reason}. Choose another folder with --out.",
        "'{place}' kan niet worden geschreven: {reason}. Kies een andere map met --out.",
    ),
}


class StudyError(RegieError):
    """A mistake that can be said in both languages; as text it is English."""

    def __init__(self, key: str, **filling: object) -> None:
        """Take a key of ``SENTENCES`` and what is to be filled in."""
        self._texts = {"en": SENTENCES[key][0].format(**filling), "nl": SENTENCES[key][1].format(**filling)}
        super().__init__(self._texts["en"])

    def in_language(self, language: str) -> str:
        """Return the sentence in ``language``."""
        return self._texts[language]
