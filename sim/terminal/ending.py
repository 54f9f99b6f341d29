"""The last lines: the headline outcomes in plain words, and where everything stands."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.terminal.frame import tell
from sim.terminal.phrases import Language, number, say

if TYPE_CHECKING:
    from sim.study.compare import Comparison, Difference
    from sim.study.outcomes import Outcome

WIDTH = 60  # columns


def conclude(result: Comparison, place: Path, language: Language, as_json: bool) -> None:
    """Say what came out; with ``as_json`` only that stands on standard output."""
    from sim.study.store import as_json as in_json
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
    """Return the headline outcomes in plain words, in lines of at most ``WIDTH`` columns where names allow it."""
    rivals = [regime for regime in result.regimes if regime != result.baseline]
    pairs = len(result.replications)
    lines = ["", *wrapped(say("theory", language))]
    if rivals:
        key = "pairs" if pairs > 1 else "one pair"
        lines += wrapped(say(key, language, baseline=result.baseline, n=pairs))
    for outcome in (about for about in result.outcome_list if about.headline):
        lines += ["", outcome.label(language), *_level_lines(result, outcome, language)]
        for regime in rivals:
            lines += _difference_lines(result.difference(regime, outcome.name), language, _decimals(outcome))
    return [*lines, ""]


def _level_lines(result: Comparison, outcome: Outcome, language: Language) -> list[str]:
    from sim.study.summary import level

    mean = level(result.level(result.baseline, outcome.name))["mean"]
    value = _written(mean, language, _decimals(outcome))
    text = say("with", language, regime=result.baseline, value=value, unit=outcome.unit_in(language))
    return [f"  {line}" for line in wrapped(text, WIDTH - 2)]


def _difference_lines(found: Difference, language: Language, decimals: int) -> list[str]:
    change = _written(found.difference, language, decimals, signed=True)
    if found.n < 2:
        return [f"  {found.regime:<16} {change:>8}"]
    ends = (_written(end, language, decimals, signed=True) for end in (found.low, found.high))
    between = f" {say('to', language)} "
    line = f"  {found.regime:<16} {change:>8} ({between.join(ends)})"
    verdict = say(found.verdict, language)
    return [f"{line} {verdict}"] if len(line) + 1 + len(verdict) <= WIDTH else [line, f"  {'':<16} {verdict}"]


def _written(value: float, language: Language, decimals: int, signed: bool = False) -> str:
    return say("undefined", language) if value != value else number(value, language, decimals, signed)


def _decimals(outcome: Outcome) -> int:
    """Return the decimals that show the smallest difference that matters, and one more."""
    smallest = outcome.smallest_difference
    return 1 if smallest >= 1 else 2 if smallest >= 0.1 else 3


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Return a text in lines."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
