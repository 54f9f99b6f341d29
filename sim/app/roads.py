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

from sim.app.futures import Future, morning
from sim.app.messages import Road, Why
from sim.app.packing import weeks
from sim.report import claims
from sim.report.story import Life, told_from_day_0, told_twice
from sim.report.why import OF_INITIATIVE, OF_RULE, TERMS, Reading, Weighed, percent, read, say, what_happened
from sim.report.words import Words, words
from sim.study.csv_files import FORMS, CsvForm
from sim.study.pair import Pair


def road(one: Future, other: Future, asked: Road) -> dict[str, Any]:
    """Return what happened to a person in both worlds, day by day, and on which days somebody decided about them.

    Raises:
        RegieError: There is no such person.
    """
    client, spoken = asked.who.id, words(asked.language)
    pair = Pair(one.run, other.run)
    tell = told_from_day_0 if pair.came_before(client) else told_twice
    found = _in_both(one, other, client)
    quiet = [_quiet(readings, spoken) for readings in found]
    story = tell(pair, client, asked.language, quiet=(quiet[0], quiet[1]))
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
        return read(run, client, follow(run, client, morning(run.scenario, run.seed)))

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


def why(lived: Future, asked: Why) -> dict[str, Any]:
    """Return what was decided about a person on a day, with all that was weighed and the claims of the essay behind it.

    Raises:
        RegieError: There is no such person.
    """
    spoken = words(asked.language)
    Pair(lived.run, lived.run).came_before(asked.who.id)
    made = [_decision(each, lived, spoken) for each in decisions(lived, asked.who.id) if each.day == asked.day]
    named = (each for one in made for part in (one, *one["options"]) for each in part["claims"])
    return {"decisions": made, "claims": claims.texts(named, asked.language)}


def _decision(reading: Reading, lived: Future, spoken: Words) -> dict[str, Any]:
    return {
        "heading": _in_words(
            spoken,
            "decision",
            kind=spoken.choose(reading.kind),
            worker=reading.worker,
            organisation=spoken.choose(lived.run.scenario.organisations[reading.organisation]),
        ),
        "about": " ".join(_about(reading, spoken)),
        "options": [_option(each, spoken) for each in reading.options] or _initiative(reading, spoken),
        "claims": list(reading.claims),
    }


def _about(reading: Reading, spoken: Words) -> Iterator[str]:
    """Yield what was decided on, by which rule, and how own initiative was drawn."""
    shares = {term: _percent(share, spoken) for term, share in zip(TERMS, reading.attention, strict=True)}
    yield _in_words(spoken, f"about {reading.occasion}")
    yield _in_words(
        spoken,
        f"about {reading.rule}",
        chance=_percent(reading.initiative, spoken, 1),
        drawn=_percent(reading.drawn, spoken, 1),
        **shares,
    )
    if reading.options and not reading.option("chosen"):
        yield _in_words(spoken, "about nothing")
    if any(option.chance is None for option in reading.options):
        yield _in_words(spoken, "about enough")


def _option(option: Weighed, spoken: Words) -> dict[str, Any]:
    return {
        "name": _in_words(spoken, option.name),
        "chance": option.chance,
        "state": option.state,
        "claims": list(option.claims),
        "weights": [{"name": _in_words(spoken, name), "value": value} for name, value in option.weights],
    }


def _initiative(reading: Reading, spoken: Words) -> list[dict[str, Any]]:
    """Return what there was to choose from where nothing was weighed: to follow procedure, or not."""
    procedure = Weighed("by procedure", OF_RULE["procedure"], 1 - reading.initiative, "chosen", ())
    own = Weighed("by initiative", OF_INITIATIVE, reading.initiative, "open", ())
    return [_option(each, spoken) for each in (procedure, own)]


def _percent(share: float, spoken: Words, decimals: int = 0) -> str:
    return percent(share, spoken, decimals).replace(" ", "\u00a0")  # a figure and its sign stay on one line


def _in_words(spoken: Words, key: str, **filling: object) -> str:
    return say(key, **filling).in_language(spoken.language)


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
