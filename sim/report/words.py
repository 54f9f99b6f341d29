"""Every sentence of the pages in Dutch and English, at the level of plain language (B1), and how numbers are written.

Labels of outcomes come from `sim.study.outcomes`, descriptions of parameters from `sim.scenario.parameters`;
the rest stands in the files of the folder ``texts``, one for each part of the page. Text in braces is filled in.
"""

from __future__ import annotations

import datetime
import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from sim.errors import RegieError, Sentences

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
NAMES: dict[Language, str] = {"nl": "Nederlands", "en": "English"}

MISTAKES = Sentences(
    {
        "no language": (
            "There is no page in language '{language}'; choose one of {known}.",
            "Er is geen pagina in de taal '{language}'; kies uit {known}.",
        ),
        "no analysis there": (
            "'{place}' holds something else than an analysis ({page}). Choose another folder with --out.",
            "'{place}' bevat iets anders dan een analyse ({page}). Kies een andere map met --out.",
        ),
        "no figure": ("There is no figure '{name}'.{hint}", "Er is geen figuur '{name}'.{hint}"),
    }
)


# key: (Dutch, English)
def _texts() -> dict[str, tuple[str, str]]:
    """Return all texts by key, (Dutch, English); each section of the page keeps its own in a file under ``texts``."""
    found: dict[str, tuple[str, str]] = {}
    for file in sorted(files(__package__).joinpath("texts").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found |= {key: (text["nl"], text["en"]) for key, text in tomllib.loads(file.read_text("utf-8")).items()}
    return found


TEXTS = _texts()


@dataclass(frozen=True)
class Words:
    """The texts and the way of writing numbers of one language.

    Attributes:
        language: The language.
        variants: Whether the page is about whole scenarios instead of ways of steering: texts whose key ends in
            `` of variants`` then replace those that speak of steering.
    """

    language: Language
    variants: bool = False

    def __call__(self, key: str, **filling: object) -> str:
        """Return the text of ``key``, filled in. A key that does not exist is a mistake in the program."""
        if self.variants and f"{key} of variants" in TEXTS:
            key = f"{key} of variants"
        return TEXTS[key][LANGUAGES.index(self.language)].format(**filling)

    def choose(self, thing: object, field: str = "title") -> str:
        """Return a field of a scenario's thing in this language: ``title_nl`` in Dutch, else ``title``."""
        dutch = getattr(thing, f"{field}_nl", "") if self.language == "nl" else ""
        return str(dutch or getattr(thing, field, "")).strip()

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with that many decimals; "–" where there is none."""
        if value is None or not math.isfinite(value):
            return self("not measured")
        rounded = round(float(value), decimals) + 0.0
        return f"{rounded:,.{decimals}f}".translate(_signs(self.language))

    def signed(self, value: float, decimals: int = 0) -> str:
        """Write a number with its sign, also when it is positive."""
        text = self.number(value, decimals)
        return f"+{text}" if math.isfinite(value) and round(value, decimals) > 0 else text

    def plain(self, value: float | bool) -> str:
        """Write a value as a scenario gives it: yes or no, or a number with no more decimals than it has."""
        if isinstance(value, bool):
            return self("yes" if value else "no")
        if not math.isfinite(value):
            return self("not measured")
        return str(format_decimal(value, format="#,##0.######", locale=_locale(self.language))).replace("-", "−")

    def date(self, day: datetime.date) -> str:
        """Write a date in full."""
        return str(format_date(day, format="long", locale=_locale(self.language)))

    def span(self, days: int) -> str:
        """Write a number of days in years where it is about a whole number of them."""
        years = round(days / 365.25)
        if years and abs(days - 365.25 * years) < 7:
            return self("one year") if years == 1 else self("n years", n=years)
        return self("one day") if days == 1 else self("n days", n=self.number(days))

    def listed(self, items: list[str]) -> str:
        """Join items as a sentence does: "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        both = {"nl": " en ", "en": " and "}[self.language]
        return ", ".join(items[:-1]) + both + items[-1]


@cache
def words(language: str) -> Words:
    """Return the words of ``language``.

    Raises:
        RegieError: if the pages are not written in that language.
    """
    for known in LANGUAGES:
        if known == language:
            return Words(known)
    raise RegieError(MISTAKES("no language", language=language, known=", ".join(LANGUAGES)))


@cache
def _locale(language: Language) -> Locale:
    return Locale(language, {"nl": "NL", "en": "GB"}[language])


@cache
def _signs(language: Language) -> dict[int, str]:
    """Return the signs within numbers, by those of Python; a hundred thousand numbers are too many for babel."""
    locale = _locale(language)
    return {ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale), ord("-"): "−"}


def decimals_for(step: float) -> int:
    """Return how many decimals show a tenth of ``step``: the smallest difference that matters stays visible."""
    if not math.isfinite(step) or step <= 0:
        return 2
    return max(0, 1 - math.floor(math.log10(step) + 1e-9))
