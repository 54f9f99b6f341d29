"""The one exception that a user's mistake becomes, and texts that are said in English and in Dutch.

Each floor keeps its sentences together as `Sentences`, English and Dutch side by side; names in braces are filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages; as a string it is English. An empty one counts as false."""

    en: str
    nl: str

    def in_language(self, language: str) -> str:
        """Return the text in ``language``: ``"nl"``, else English."""
        return self.nl if language == "nl" else self.en

    def __str__(self) -> str:
        """Return the English text."""
        return self.en

    def __bool__(self) -> bool:
        """Return whether anything is said."""
        return bool(self.en)

    def __add__(self, other: Said) -> Said:
        """Return both, one after the other."""
        return Said(self.en + other.en, self.nl + other.nl)


SILENT = Said("", "")


class Sentences(dict[str, tuple[str, str]]):
    """Sentences by key, each as (English, Dutch)."""

    def __call__(self, key: str, /, **filling: object) -> Said:
        """Return a sentence, filled in; what is filled in may itself be said in both languages."""
        english, dutch = self[key]
        return Said(english.format(**_in("en", filling)), dutch.format(**_in("nl", filling)))


def _in(language: str, filling: dict[str, object]) -> dict[str, object]:
    return {name: item.in_language(language) if isinstance(item, Said) else item for name, item in filling.items()}


class RegieError(Exception):
    """A mistake the user can mend; its text says what is wrong and how to mend it.

    The command line prints the text in the user's language and ends with exit code 2.
    """

    def __init__(self, text: str | Said) -> None:
        """Take the text; a plain one is said as it is in either language."""
        self.said = text if isinstance(text, Said) else Said(text, text)
        super().__init__(self.said)

    def in_language(self, language: str) -> str:
        """Return the text in ``language``."""
        return self.said.in_language(language)


# --- sentences that every floor needs ----------------------------------------------------------------------

say = Sentences(
    {
        "did you mean": (" Did you mean '{name}'?", " Bedoelt u '{name}'?"),
        "there are": (" There are: {names}.", " Er zijn: {names}."),
        "full": (
            "There is no room left on the disk for '{path}'. Free some, or choose another folder{how}.",
            "Er is geen ruimte meer op de schijf voor '{path}'. Maak ruimte, of kies een andere map{how}.",
        ),
        "forbidden": (
            "'{path}' may not be written. Choose another folder{how}, or change its rights.",
            "'{path}' mag niet worden geschreven. Kies een andere map{how}, of verander de rechten.",
        ),
        "no folder for": (
            "'{path}' cannot be written: its folder does not exist. Make it, or choose another folder{how}.",
            "'{path}' kan niet worden geschreven: de map bestaat niet. Maak die, of kies een andere map{how}.",
        ),
        "long name": (
            "'{path}' is too long a name. Choose a shorter one{how}.",
            "'{path}' is een te lange naam. Kies een kortere{how}.",
        ),
        "unwritable": (
            "'{path}' cannot be written: {reason}. Choose another folder{how}.",
            "'{path}' kan niet worden geschreven: {reason}. Kies een andere map{how}.",
        ),
    }
)


def nearest_name(name: str, valid: Iterable[str]) -> str:
    """Return the valid name nearest to ``name``; empty where none is near."""
    matches = get_close_matches(name, list(valid), n=1, cutoff=0.5)
    return matches[0] if matches else ""


def nearest(name: str, valid: Iterable[str]) -> Said:
    """Return " Did you mean 'x'?" for the valid name nearest to ``name``; silent where none is near."""
    found = nearest_name(name, valid)
    return say("did you mean", name=found) if found else SILENT


def nearest_or_all(name: str, valid: Iterable[str]) -> Said:
    """Return the nearest valid name as a question, else all of them; silent where there are none."""
    names = list(valid)
    return nearest(name, names) or (say("there are", names=", ".join(names)) if names else SILENT)
