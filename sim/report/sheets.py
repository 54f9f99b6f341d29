"""The workbook of a comparison, ``outcomes.xlsx``: results beside what they mean, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sim.report import meaning_sheets, result_sheets
from sim.report.book import Book
from sim.report.reading import command_for
from sim.report.sheet_words import HOLDS, SHEETS
from sim.report.words import words
from sim.report.workbook import Cell, Sheet, write_workbook
from sim.study.compare import Comparison
from sim.study.provenance import regie_version


def write_sheets(result: Comparison, path: str | Path, language: str = "en") -> None:
    """Write the workbook of a comparison, whole or not at all; the same comparison gives the same bytes.

    Args:
        result: The comparison; it may be incomplete, or hold a single regime.
        path: File to write; its folder must exist.
        language: ``"nl"`` or ``"en"``.

    Raises:
        RegieError: There is no such language, the folder cannot be written, or the disk is full.
    """
    book = Book(result, words(language))
    title = book.tell("title", title=book.words.choose(result.scenario))
    behind = tables(book)
    sheets = [read_me(book, [sheet.name for sheet in behind]), *behind]
    write_workbook(Path(path), sheets, title=title, author=f"regie {regie_version()}", made=result.started)


def tables(book: Book) -> list[Sheet]:
    """Return the sheets behind the first one, those with results where there are any."""
    results = [result_sheets.levels(book), result_sheets.worlds(book)] if book.worlds else []
    if book.worlds and book.rivals:
        results.insert(0, result_sheets.differences(book))
    return [*results, meaning_sheets.definitions(book), meaning_sheets.ways(book), meaning_sheets.scenario(book)]


def read_me(book: Book, behind: Sequence[str]) -> Sheet:
    """Return the first sheet: what this is, how it came about, and what stands on the sheets ``behind``."""
    rows = [*_about(book), *_made(book), *_contents(book, behind)]
    return Sheet(book.tell("read me", SHEETS), (), [row for row in rows if row[1] != ""])


def _about(book: Book) -> list[list[Cell]]:
    result, words = book.comparison, book.words
    return [
        [book.tell("what"), words("no forecast")],
        [book.tell("scenario"), words.choose(result.scenario)],
        [book.tell("description"), " ".join(words.choose(result.scenario, "description").split())],
        [book.tell("ways"), "\n".join(book.titles.values())],
        [book.tell("compared with"), book.titles[result.baseline] if book.rivals else ""],
        [book.tell("change"), " ".join(_transition(book))],
    ]


def _transition(book: Book) -> list[str]:
    result, words, told = book.comparison, book.words, []
    if result.only:
        titles = [words.choose(o) for o in result.scenario.organisations if o.name in result.only]
        told.append(words("partly", names=words.listed(titles)))
    if result.from_day:
        date = words.date(result.scenario.start + timedelta(days=result.from_day))
        told.append(words("from day", day=result.from_day, date=date))
    return [*told, words("equal hours")] if result.equal_hours else told


def _made(book: Book) -> list[list[Cell]]:
    result, words, made = book.comparison, book.words, book.comparison.started.date()
    runs = words("pairs" if book.rivals else "repeats")
    facts = {"year": made.year, "version": regie_version(), "seed": result.seed, "n": book.worlds, "runs": runs}
    cite = [words("cite software", title=words.choose(result.scenario), **facts), words("cite theory")]
    return [
        [book.tell("worlds"), book.tell("worlds done", done=book.worlds, asked=result.asked)],
        [book.tell("state"), " ".join(_state(book))],
        [book.tell("days"), result.days],
        [book.tell("seed"), str(result.seed)],  # a spreadsheet keeps no more than fifteen digits of a number
        [book.tell("version"), regie_version()],
        [book.tell("date"), words.date(made)],
        [book.tell("command"), command_for(result)],
        [book.tell("cite"), "\n".join(cite)],
    ]


def _state(book: Book) -> list[str]:
    result = book.comparison
    said = [book.tell("complete" if result.complete and not result.failures else "incomplete")]
    if result.failures:
        said.append(book.tell("failed", n=len(result.failures)))
    return said


def _contents(book: Book, behind: Sequence[str]) -> list[list[Cell]]:
    baseline = book.titles[book.comparison.baseline]
    missing = book.tell("nothing done" if not book.worlds else "no differences") if len(behind) < len(HOLDS) else ""
    rows: list[list[Cell]] = [[book.tell("missing"), missing]]
    for key in HOLDS:
        name = book.tell(key, SHEETS)
        if name in behind:
            rows.append([book.tell("sheet", name=name), book.tell(key, HOLDS, baseline=baseline)])
    return [*rows, [book.tell("cells"), book.tell("empty cells")]]
