"""The last lines: the headline outcomes in plain words, and where everything stands."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.study.verdicts import verdict_words
from sim.terminal.frame import short, tell
from sim.terminal.phrases import Language, number, say

if TYPE_CHECKING:
    from sim.study.compare import Comparison, Difference
    from sim.study.outcomes import Outcome
    from sim.study.statistics import Verdict

WIDTH = 60  # columns
LONGEST_NAME = 24  # columns; longer names of regimes take more lines


def conclude(result: Comparison, place: Path, language: Language, as_json: bool) -> None:
    """Say what came out; with ``as_json`` only that stands on standard output."""
    from sim.study.folder import as_json as in_json
    from sim.study.summary import summary

    if as_json:
        click.echo(in_json(summary(result, place)), nl=False)
    else:
        click.echo("\n".join(headline(result, language)))
    for line in _remarks(result, place, language):
        tell(line)
    told = tell if as_json else click.echo
    report = place / "report.html"
    told(say("report", language, path=report) if report.exists() else say("folder", language, path=place))


def _remarks(result: Comparison, place: Path, language: Language) -> Iterator[str]:
    asked = result.asked * len(result.regimes)
    if not result.replications and result.failures:
        yield say("all failed", language, asked=asked, error=result.failures[0].error)
    elif result.failures:
        yield say("failed", language, n=len(result.failures), asked=asked)
    if not result.complete:
        yield say("stopped early", language, done=len(result.replications), asked=result.asked)
    if (place / "report-failure.txt").exists():
        yield say("no report", language)


def headline(result: Comparison, language: Language) -> list[str]:
    """Return the headline outcomes in plain words, in lines of at most ``WIDTH`` columns, fewer on a narrow screen."""
    rivals = [regime for regime in result.regimes if regime != result.baseline]
    pairs = len(result.replications)
    lines = ["", *wrapped(say("theory", language))]
    if rivals:
        key = "pairs" if pairs > 1 else "one pair"
        lines += wrapped(say(key, language, baseline=_title(result, result.baseline, language), n=pairs))
        lines += _transition(result, language)
    for outcome in (about for about in result.outcome_list if about.headline):
        lines += ["", outcome.label(language), *_level_lines(result, outcome, language)]
        for regime in rivals:
            lines += _difference_lines(result, result.difference(regime, outcome.name), language, decimals_of(outcome))
    return [*lines, ""]


def _transition(result: Comparison, language: Language) -> list[str]:
    """Say who changes and when, where that is not everybody from the first day on."""
    lines: list[str] = []
    if result.only:
        changing = [each for each in result.scenario.organisations if each.name in result.only]
        titles = [short(each.title_nl if language == "nl" else each.title) for each in changing]
        lines += wrapped(say("partly", language, names=", ".join(titles)))
    if result.from_day:
        date = result.scenario.start + timedelta(days=result.from_day)
        lines += wrapped(say("from day", language, date=date, day=result.from_day))
    return [*lines, *wrapped(say("equal hours" if result.equal_hours else "freed hours", language))]


def _title(result: Comparison, regime: str, language: Language) -> str:
    return short(result.label(regime).title_in(language))


def _level_lines(result: Comparison, outcome: Outcome, language: Language) -> list[str]:
    from sim.study.summary import level

    mean = level(result.level(result.baseline, outcome.name))["mean"]
    value = written(mean, language, decimals_of(outcome))
    title = _title(result, result.baseline, language)
    text = say("with", language, regime=title, value=value, unit=outcome.unit_in(language))
    return [f"  {line}" for line in wrapped(text, columns() - 2)]


def _difference_lines(result: Comparison, found: Difference, language: Language, decimals: int) -> list[str]:
    """Return name, difference, interval and verdict, on one line where they fit."""
    titles = [_title(result, regime, language) for regime in result.regimes if regime != result.baseline]
    pieces = [written(found.difference, language, decimals, signed=True)]
    if found.n > 1:
        pieces += judged(found.low, found.high, found.verdict, language, decimals)
    return named(_title(result, found.regime, language), room_for(titles), pieces)


def judged(low: float, high: float, verdict: Verdict, language: Language, decimals: int) -> list[str]:
    """Return an interval and the verdict on it."""
    ends = (written(end, language, decimals, signed=True) for end in (low, high))
    between = f" {say('to', language)} "
    return [f"({between.join(ends)})", verdict_words(verdict).in_language(language)]


def room_for(names: Sequence[str]) -> int:
    """Return the columns that names below one another get."""
    return min(LONGEST_NAME, max(map(len, names)))


def named(name: str, room: int, pieces: Sequence[str]) -> list[str]:
    """Return a name, a number and what is said of it, on one line where they fit."""
    *before, last = textwrap.wrap(name, room) or [""]
    number, *others = pieces
    return [f"  {line}" for line in before] + _filled([f"{last:<{room}} {number:>8}", *others], room)


def _filled(pieces: list[str], room: int) -> list[str]:
    """Return pieces in lines; where a line is full the next begins below the numbers, on a narrow screen at left."""
    indent = " " * (room + 3 if columns() == WIDTH else 4)
    lines = ["  " + pieces[0]]
    for piece in pieces[1:]:
        if len(lines[-1]) + 1 + len(piece) <= columns():
            lines[-1] += f" {piece}"
        else:
            lines.append(indent + piece)
    return lines


def written(value: float, language: Language, decimals: int, signed: bool = False) -> str:
    """Return a number; a word where it is not defined."""
    return say("undefined", language) if value != value else number(value, language, decimals, signed)


def decimals_of(outcome: Outcome) -> int:
    """Return the decimals that show the smallest difference that matters, and one more."""
    smallest = outcome.smallest_difference
    return 1 if smallest >= 1 else 2 if smallest >= 0.1 else 3


def columns() -> int:
    """Return the columns to use: ``WIDTH``, or those of a narrower screen."""
    return max(20, min(WIDTH, shutil.get_terminal_size().columns))


def wrapped(text: str, width: int | None = None) -> list[str]:
    """Return a text in lines."""
    return textwrap.wrap(text, width or columns(), break_long_words=False, break_on_hyphens=False) or [""]
