"""A person's road in two worlds, told, and the weeks of both worlds as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np

from sim.app.futures import Future
from sim.app.packing import weeks
from sim.report.story import Life, told_twice
from sim.study.csv_files import FORMS, CsvForm
from sim.study.pair import Pair
from sim.study.tables import Run


def road(one: Run, other: Run, client: int, language: str) -> dict[str, Any]:
    """Return what happened to a person who arrived on day 0 or later, in both worlds.

    Raises:
        RegieError: There is no such person.
    """
    story = told_twice(Pair(one, other), client, language)
    return {
        "heading": story.heading,
        "who": story.who,
        "same": story.same,
        "difference": story.difference,
        "caution": story.caution,
        "lives": [_life(life) for life in story.lives],
    }


def _life(life: Life) -> dict[str, Any]:
    told = [{"day": each.day, "date": each.date.isoformat(), "text": each.text} for each in life.told]
    return {"title": life.title, "told": told, "in_all": life.in_all}


def weekly_csv(one: Future, other: Future, form: CsvForm) -> str:
    """Return a row for each week and world, with the numbers that the charts show; a cell is empty where none is."""
    separator, decimal, _ = FORMS[form]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerows(_rows(one, other, decimal))
    return text.getvalue()


def _rows(one: Future, other: Future, decimal: str) -> Iterator[list[str]]:
    tables = [weeks(lived) for lived in (one, other)]
    yield ["world", "regime", "week", "until", *tables[0]]
    for number, (lived, table) in enumerate(zip((one, other), tables, strict=True), 1):
        start = lived.run.scenario.start
        for week, values in enumerate(np.column_stack(list(table.values()))):
            cells = ["" if math.isnan(value) else f"{value:.6g}".replace(".", decimal) for value in values.tolist()]
            until = start + timedelta(days=7 * week + 6)
            yield [str(number), lived.run.regime, str(week), until.isoformat(), *cells]
