"""The page of an analysis, and the folder in which it lies beside its tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from markupsafe import escape

from sim.errors import RegieError
from sim.files import atomically
from sim.report.analysis.article import article
from sim.report.analysis.asked import Asked
from sim.report.document import document
from sim.report.words import LANGUAGES, MISTAKES, Language, words
from sim.study.claim import Claim, hidden_name, sweep
from sim.study.folder import sentences_of_the_disk
from sim.study.provenance import regie_version
from sim.sweeps.analysis.findings import Analysis
from sim.sweeps.analysis.tables import write_tables

PAGE = "analysis.html"


def render(asked: Asked, analysis: Analysis, language: Language) -> str:
    """Return the page as html, with ``language`` shown first."""
    return document(
        [article(asked, analysis, words(each)) for each in LANGUAGES],
        language,
        template="analysis.html",
        choice="question",
        version=regie_version(),
        links=dict.fromkeys(LANGUAGES, escape),
    )


def write_analysis(asked: Asked, analysis: Analysis, place: Path, language: Language) -> Path:
    """Write the page and the tables of an analysis as a folder, whole or not at all, and return the path of the page.

    An earlier analysis that stands there is replaced.

    Args:
        asked: What was asked.
        analysis: What was found.
        place: The folder.
        language: Language that the page shows first.

    Raises:
        RegieError: The place holds something else, or the disk is full or gone.
    """
    if place.exists() and not (place.is_dir() and _may_be_replaced(place)):
        raise RegieError(MISTAKES("no analysis there", place=place, page=PAGE))
    page = render(asked, analysis, language)
    with _replacing(place) as folder:
        write_tables(analysis, folder)
        with atomically(folder / PAGE) as file:
            file.write(page.encode())
    return place / PAGE


def _may_be_replaced(place: Path) -> bool:
    return (place / PAGE).is_file() or not any(place.iterdir())


@contextmanager
def _replacing(place: Path) -> Iterator[Path]:
    """Make a hidden folder that takes the place of what stands there when the block ends well.

    Folders cannot be exchanged in one step on every system: who is killed between the two keeps the earlier analysis
    under a hidden name.
    """
    hidden, old = (place.parent / hidden_name(name) for name in (place.name, f"{place.name}-earlier"))
    with sentences_of_the_disk(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        sweep(place.parent)
        hidden.mkdir()
    claim = Claim(hidden)
    try:
        yield hidden
        claim.give_up()
        with sentences_of_the_disk(place):
            if place.exists():
                place.rename(old)
            hidden.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        claim.give_up()
        shutil.rmtree(hidden, ignore_errors=True)
