"""One self-contained page about a comparison: both languages, all figures, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from sim.errors import Said
from sim.files import atomically
from sim.report.article import article
from sim.report.document import document
from sim.report.glossary import Links
from sim.report.material import Material
from sim.report.reading import material as material_of
from sim.report.words import LANGUAGES, Language, words
from sim.study.compare import Comparison


def write_report(
    result: Comparison,
    path: str | Path,
    language: str = "en",
    *,
    command: str = "",
    commit: str | Said = "",
    platform: str = "",
) -> None:
    """Write the page of a comparison to ``path``, whole or not at all.

    Args:
        result: The comparison; it may be incomplete, or hold a single regime.
        path: File to write; its folder must exist.
        language: Language that is shown first, ``"nl"`` or ``"en"``; the page holds both.
        command: The command that gives this result again. Default: worked out from the result.
        commit: State of the code, where it is known.
        platform: The computer, where it is known.

    Raises:
        RegieError: If the language is not known or the file cannot be written.
    """
    first = words(language).language
    page = render(material_of(result, command=command, commit=commit, platform=platform), first)
    with atomically(Path(path)) as file:
        file.write(page.encode())


def render(material: Material, language: Language) -> str:
    """Return the page as html, with ``language`` shown first."""
    articles = [article(material, words(each)) for each in LANGUAGES]
    return document(
        articles,
        language,
        template="article.html",
        choice="regime",
        version=material.facts.version,
        links={each.language: Links(each.words) for each in articles},
    )
