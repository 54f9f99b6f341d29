"""The last lines: the headline outcomes in plain words, and where everything stands."""

from __future__ import annotations

import math
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.study.statistics import Verdict
from sim.study.verdicts import verdict_words
from sim.study.yardstick import STEPS
from sim.terminal.frame import short, tell
from sim.terminal.phrases import Language, number, say

if TYPE_CHECKING:
    from sim.study.compare import Comparison, Difference
    from sim.study.outcomes import Outcome

WIDTH = 60  # columns
LONGEST_NAME = 24  # columns; longer names of regimes take more lines
FEW = 3  # rivals that are all told in full
CELL = 10  # columns of a number in the table of all rivals
SIGNS: dict[Verdict, str] = {
    "better": "▲",
    "worse": "▼",
    "higher": "↑",
    "lower": "↓",
    "no difference": "=",
    "undecided": "?",
    "none": "–",
}


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
    """Return the headline outcomes in plain words, in lines of at most ``WIDTH`` columns, fewer on a narrow screen.

    Of many ways of steering a table says whether each is better or worse, and the first of them is told in full.
    """
    lines = ["", *wrapped(say("theory", language))]
    if result.rivals:
        lines += [*wrapped(_compared(result, language)), *_transition(result, language)]
    lines += ["", *_level_lines(result, language)]
    if len(result.rivals) > FEW:
        lines += ["", *_table(result, language)]
    for regime in result.rivals if len(result.rivals) <= FEW else result.rivals[:1]:
        lines += ["", *_rival_lines(result, regime, language)]
    return [*lines, *_how_precise(result, language), ""]


def _compared(result: Comparison, language: Language) -> str:
    pairs, drawn = len(result.replications), result.drawn
    key = "one pair" if pairs == 1 else "pairs" if drawn.kind == "one" else "worlds"
    said = [say(key, language, baseline=_title(result, result.baseline, language), n=pairs)]
    if drawn.turned_down:
        said.append(say("turned down", language, n=drawn.turned_down, draws=drawn.turned_down + drawn.kept))
    return " ".join(said)


def _level_lines(result: Comparison, language: Language) -> list[str]:
    """Return the levels of the baseline, a line each."""
    from sim.study.summary import level

    lines = wrapped(_title(result, result.baseline, language))
    room = max(len(about.label(language)) for about in _shown(result))
    for about in _shown(result):
        mean = level(result.level(result.baseline, about.name))["mean"]
        value = written(mean, language, decimals_of(about))
        pieces = [value, about.unit_in(language)]
        lines += named(about.label(language), min(room, LONGEST_NAME), pieces)
    return lines


def _shown(result: Comparison) -> list[Outcome]:
    """Return the headlines; of a single regime all main outcomes."""
    return [about for about in result.outcome_list if about.headline or (about.main and not result.rivals)]


def _table(result: Comparison, language: Language) -> list[str]:
    """Return a line for each way of steering: the difference in every headline, with a sign for its verdict."""
    heads = [textwrap.wrap(about.label(language), CELL, break_long_words=False) for about in result.headlines]
    widths = [max(CELL, *map(len, head)) + 2 for head in heads]
    titles = {regime: _title(result, regime, language) for regime in result.rivals}
    room = min(room_for(list(titles.values())), WIDTH - 3 - sum(widths))
    most = max(map(len, heads))
    rows = zip(*([""] * (most - len(head)) + head for head in heads), strict=True)
    lines = [*wrapped(say("signs", language)), *(f"  {'':<{room}} {_in_columns(row, widths)}" for row in rows)]
    for regime, title in titles.items():
        cells = [_cell(result.difference(regime, about.name), about, language) for about in result.headlines]
        lines += named(title, room, [_in_columns(cells, widths)])
    return lines


def _in_columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def _cell(found: Difference, about: Outcome, language: Language) -> str:
    return f"{SIGNS[found.verdict]} {written(found.difference, language, decimals_of(about), signed=True)}"


def _rival_lines(result: Comparison, regime: str, language: Language) -> list[str]:
    """Return what is said of one way of steering: each headline with its interval, and what the gain equals."""
    lines = wrapped(_title(result, regime, language))
    room = room_for([about.label(language) for about in result.headlines])
    for about in result.headlines:
        found = result.difference(regime, about.name)
        pieces = [written(found.difference, language, decimals_of(about), signed=True)]
        if found.n > 1:
            pieces += judged(found.low, found.high, found.verdict, language, decimals_of(about))
        lines += named(about.label(language), room, pieces)
    return [*lines, *_equal_staff(result, regime, language)]


def _equal_staff(result: Comparison, regime: str, language: Language) -> list[str]:
    """Say which part more staff would do as much for waiting, where that lies within what was tried."""
    found = result.equal_staff(regime)
    if found is None or not math.isfinite(found.share):
        return []
    key = "equal staff" if found.share >= 0 else "equal staff fewer"
    low, high = (_staff(end, language) for end in sorted((found.low, found.high)))
    text = say(key, language, share=number(100 * abs(found.share), language), low=low, high=high)
    return [f"  {line}" for line in wrapped(text, columns() - 2)]


def _staff(share: float, language: Language) -> str:
    if math.isinf(share):
        limit = max(STEPS) if share > 0 else min(STEPS)
        return say("beyond", language, limit=number(100 * limit, language, signed=True))
    return f"{number(100 * share, language, signed=True)}\N{NO-BREAK SPACE}%"


def _how_precise(result: Comparison, language: Language) -> list[str]:
    """Say whether the headlines are known as well as was asked, and if not what is known least."""
    if result.plan.precision is None or not result.rivals or not result.replications or not result.complete:
        return []
    n, widest = len(result.replications), result.precision.widest
    if widest is None:
        return ["", *wrapped(say("precise", language, n=n))]
    about = result.outcome(widest.outcome)
    half, asked = (written(x, language, decimals_of(about)) for x in (widest.half, widest.asked))
    regime, label = _title(result, widest.regime, language), about.label(language)
    unit = about.unit_in(language)
    return [
        "",
        *wrapped(say("not precise", language, n=n, regime=regime, outcome=label, half=half, asked=asked, unit=unit)),
    ]


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
    if result.plan.variant and not result.equal_hours:
        return lines
    return [*lines, *wrapped(say("equal hours" if result.equal_hours else "freed hours", language))]


def _title(result: Comparison, regime: str, language: Language) -> str:
    return short(result.label(regime).title_in(language))


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
