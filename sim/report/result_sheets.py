"""The sheets with results: differences from the baseline, levels, and the single worlds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.report.book import Book, is_main
from sim.report.findings import level
from sim.report.sheet_words import SHEETS
from sim.report.workbook import Cell, Number, Sheet
from sim.study.compare import Difference
from sim.study.outcomes import Outcome
from sim.study.statistics import interval
from sim.study.verdicts import verdict_words

MOST_WORLD_ROWS = 20_000
"""Rows of single worlds: beyond it a workbook takes long to write and to open. Excel's own limit is 1,048,576."""

_ABOUT = ("way", "outcome", "name", "main", "unit")
_LEVEL, _SIGNED = "level", "signed"
_SHOWN = {
    "baseline_mean": _LEVEL,
    "mean": _LEVEL,
    "difference": _SIGNED,
    "low": _SIGNED,
    "high": _SIGNED,
    "verdict": "",
    "p_better": "0%",
    "n": "0",
    "smallest_difference": "General",
    "noise": _LEVEL,
    "p_holm": "0.000",
    "variance_ratio": "0.00",
}
"""Fields of a difference in the order of the columns, and how each is shown."""


def differences(book: Book) -> Sheet:
    """Return how each way of steering differs from the baseline, a row for each and outcome."""
    fields = [field for field in _SHOWN if field in Difference.__annotations__]
    rows = [
        [
            *_about(book, arm, outcome),
            *_difference(book, outcome, book.comparison.difference(arm, outcome.name), fields),
        ]
        for arm in book.rivals
        for outcome in book.comparison.outcome_list
    ]
    return Sheet(book.tell("differences", SHEETS), book.heads(*_ABOUT, *fields), rows)


def _about(book: Book, arm: str, outcome: Outcome) -> list[Cell]:
    return [book.titles[arm], book.labels[outcome.name], outcome.name, book.main(outcome), book.unit(outcome)]


def _difference(book: Book, outcome: Outcome, found: Difference, fields: Sequence[str]) -> list[Cell]:
    shown = {_LEVEL: book.level(outcome), _SIGNED: book.signed(outcome)}
    cells: list[Cell] = []
    for field in fields:
        value = getattr(found, field)
        if field == "verdict":
            cells.append(verdict_words(value).in_language(book.words.language))
        else:
            cells.append(Number(value, shown.get(_SHOWN[field], _SHOWN[field])))
    return cells


def levels(book: Book) -> Sheet:
    """Return how high each outcome is under each way of steering, with the interval of its mean."""
    rows = [
        [*_about(book, arm, about), *_level(book, arm, about)]
        for arm in book.arms
        for about in book.comparison.outcome_list
    ]
    columns = ("mean", "low", "high", "n", "lowest", "highest")
    return Sheet(book.tell("levels", SHEETS), book.heads(*_ABOUT, *columns), rows)


def _level(book: Book, arm: str, outcome: Outcome) -> list[Cell]:
    values = book.comparison.level(arm, outcome.name)
    found = level(outcome, arm, values)
    ends = interval(values[~np.isnan(values)])
    mean, low, high, lowest, highest = (
        Number(value, book.level(outcome)) for value in (found.mean, *ends, found.lowest, found.highest)
    )
    return [mean, low, high, found.n, lowest, highest]


def worlds(book: Book) -> Sheet:
    """Return the single worlds, tidy; only the main outcomes where all would be too many rows."""
    outcomes, kept, note = _kept(book)
    numbers = book.comparison.replications[:kept]
    rows: list[list[Cell]] = []
    for arm in book.arms:
        for outcome in outcomes:
            shown = book.level(outcome)
            values = book.comparison.level(arm, outcome.name)[:kept].tolist()
            about = book.titles[arm], book.labels[outcome.name], outcome.name
            rows += [[*about, n, Number(value, shown)] for n, value in zip(numbers, values, strict=True)]
    return Sheet(book.tell("worlds", SHEETS), book.heads("way", "outcome", "name", "world", "value"), rows, note)


def _kept(book: Book) -> tuple[list[Outcome], int, str]:
    """Return the outcomes and the number of worlds that fit, and what is said about that."""
    everything = list(book.comparison.outcome_list)
    runs = len(book.arms) * book.worlds
    if runs * len(everything) <= MOST_WORLD_ROWS:
        return everything, book.worlds, ""
    main = [outcome for outcome in everything if is_main(outcome)]
    if runs * len(main) <= MOST_WORLD_ROWS:
        return main, book.worlds, book.tell("only main")
    first = [outcome for outcome in everything if outcome.headline]
    kept = min(book.worlds, max(1, MOST_WORLD_ROWS // (len(book.arms) * len(first))))
    return first, kept, book.tell("only headline", n=kept)
