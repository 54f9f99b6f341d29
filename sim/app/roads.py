"""A person's road in two worlds, told, and why it was taken; and the weeks of both worlds as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import numpy as np

from sim.app.deciding import Told, decision
from sim.app.futures import Future, morning
from sim.app.packing import weeks
from sim.report.story import Life, told_from_day_0, told_twice
from sim.report.why import Reading, read, say, what_happened
from sim.report.words import Words, words
from sim.scenario.scenario import Scenario
from sim.study.csv_files import FORMS, CsvForm
from sim.study.pair import Pair


def road(one: Future, other: Future, client: int, language: str) -> dict[str, Any]:
    """Return what happened to a person in both worlds, day by day, and on which days somebody decided about them.

    Raises:
        RegieError: There is no such person.
    """
    spoken = words(language)
    pair = Pair(one.run, other.run)
    tell = told_from_day_0 if pair.came_before(client) else told_twice
    found = _in_both(one, other, client)
    quiet = [_quiet(readings, spoken) for readings in found]
    story = tell(pair, client, language, quiet=(quiet[0], quiet[1]))
    return {
        "heading": story.heading,
        "about": story.who,
        "same": story.same,
        "difference": story.difference,
        "caution": story.caution,
        "lives": [_life(*each) for each in zip(story.lives, found, quiet, strict=True)],
    }


def _in_both(one: Future, other: Future, client: int) -> list[list[Reading]]:
    """Return the decisions about a person in each of two worlds, which are lived side by side."""
    if one is other:
        return [decisions(one, client)] * 2
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda lived: decisions(lived, client), (one, other)))


def decisions(lived: Future, client: int) -> list[Reading]:
    """Return all decisions about somebody who is in the tables of a world, from day 0 on."""
    from sim.study.following import follow

    def find_out() -> list[Reading]:
        run = lived.run
        made = follow(run, client, morning(run.scenario, run.seed))
        return [read(run.scenario, each) for each in made]

    found: list[Reading] = lived.remember(("person", client), find_out)
    return found


def _quiet(readings: Iterable[Reading], spoken: Words) -> dict[int, str]:
    """Return what decisions came to, by day, in case nothing else happened that day."""
    days: dict[int, list[str]] = {}
    for reading in readings:
        days.setdefault(reading.day, []).append(what_happened(reading, spoken))
    return {day: " ".join(texts) for day, texts in days.items()}


def _life(life: Life, readings: Iterable[Reading], quiet: Mapping[int, str]) -> dict[str, Any]:
    days = {reading.day for reading in readings}
    told = [
        {
            "day": each.day,
            "date": each.date.isoformat(),
            "text": each.text,
            "decided": each.day in days,
            "quiet": quiet.get(each.day) == each.text,
        }
        for each in life.told
    ]
    return {"told": told, "in_all": life.in_all}


# --- why -------------------------------------------------------------------------------------------------------


def reasons(lived: Future, client: int, day: int, language: str) -> list[Told]:
    """Return what was decided about a person on a day, with all that was weighed.

    Raises:
        RegieError: There is no such person.
    """
    spoken = words(language)
    Pair(lived.run, lived.run).came_before(client)  # says so where there is nobody
    made = (each for each in decisions(lived, client) if each.day == day)
    return [decision(each, _heading(each, lived.run.scenario, spoken), spoken) for each in made]


def _heading(reading: Reading, scenario: Scenario, spoken: Words) -> str:
    return say(
        "decision",
        kind=spoken.choose(reading.kind),
        worker=reading.worker + 1,
        organisation=spoken.choose(scenario.organisations[reading.organisation]),
    ).in_language(spoken.language)


# --- the weeks as CSV ------------------------------------------------------------------------------------------


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
