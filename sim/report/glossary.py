"""The words on the page that are not everyday language, each explained in one sentence."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from sim.report.words import TEXTS, Words

_TERM, _MEANS, _FORMS = "term ", "means ", "forms "


def terms(words: Words) -> list[tuple[str, str, str]]:
    """Return (key, term, meaning) of every term, in the order of the alphabet of the language."""
    keys = [key.removeprefix(_TERM) for key in TEXTS if key.startswith(_TERM)]
    found = [(key, words(_TERM + key), words(_MEANS + key)) for key in keys]
    return sorted(found, key=lambda entry: entry[1].lower())


class Links:
    """Turns the first use of each term in a text of the page into a link to its meaning.

    One object goes along with a page in one language, from top to bottom.
    """

    def __init__(self, words: Words) -> None:
        """Begin a page in the language of ``words``."""
        self._language = words.language
        forms = {key: [term, *_other_forms(words, key)] for key, term, _ in terms(words)}
        self._keys = {form.lower(): key for key, own in forms.items() for form in own}
        longest_first = sorted(self._keys, key=len, reverse=True)
        self._pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)
        self._linked: set[str] = set()

    def __call__(self, text: str) -> Markup:
        """Return ``text`` as html, with a link at the first use of each term on the page."""
        parts, last = [], 0
        for match in self._pattern.finditer(text):
            key = self._keys[match.group().lower()]
            if key in self._linked:
                continue
            self._linked.add(key)
            parts += [escape(text[last : match.start()]), self._link(key, match.group())]
            last = match.end()
        return Markup("").join([*parts, escape(text[last:])])

    def _link(self, key: str, text: str) -> Markup:
        return Markup('<a class="term" href="#{}-term-{}">{}</a>').format(self._language, key, text)


def _other_forms(words: Words, key: str) -> list[str]:
    """Return the plural and other forms of a term, where it has any."""
    return [form.strip() for form in words(_FORMS + key).split(",")] if _FORMS + key in TEXTS else []
