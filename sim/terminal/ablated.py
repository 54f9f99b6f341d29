"""The last lines of an ablation: for each headline outcome what becomes of the difference without each mechanism."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.study.verdicts import ablation_words, hanging_words
from sim.terminal.ending import decimals_of, judged, named, room_for, wrapped, written
from sim.terminal.frame import short, tell
from sim.terminal.phrases import Language, say

if TYPE_CHECKING:
    from sim.study.ablation import Ablated, Ablation
    from sim.study.outcomes import Outcome


def conclude(result: Ablation, place: Path, language: Language, as_json: bool) -> None:
    """Say what came out; with ``as_json`` only that stands on standard output."""
    from sim.study.ablation_files import summary
    from sim.study.folder import as_json as in_json

    if as_json:
        click.echo(in_json(summary(result, place)), nl=False)
    else:
        click.echo("\n".join(lines(result, language)))
    for line in _remarks(result, language):
        tell(line)
    (tell if as_json else click.echo)(say("folder", language, path=place))


def _remarks(result: Ablation, language: Language) -> Iterator[str]:
    if result.failures:
        key = "failed" if result.replications else "all failed"
        yield say(key, language, n=len(result.failures), asked=result.plan.runs, error=result.failures[0].error)
    if not result.complete:
        done = sum(result.comparisons[each.name].complete for each in result.mechanisms)
        yield say("stopped early in ablation", language, done=done, asked=len(result.plan.mechanisms))


def lines(result: Ablation, language: Language) -> list[str]:
    """Return what came out in plain words, outcome by outcome."""
    rows = result.rows()
    baseline, regime = (short(result.whole.label(name).title_in(language)) for name in result.whole.regimes)
    about = say("ablated", language, regime=regime, baseline=baseline, n=len(result.replications))
    if any(row.expected != "none" for row in rows):
        about += say("as expected", language)
    told = ["", *wrapped(say("theory", language)), *wrapped(about)]
    for name in dict.fromkeys(row.outcome for row in rows):
        told += _of_outcome(result, result.whole.outcome(name), [row for row in rows if row.outcome == name], language)
    return [*told, ""]


def _of_outcome(result: Ablation, about: Outcome, rows: list[Ablated], language: Language) -> list[str]:
    titles = {each.name: each.title_in(language) for each in result.mechanisms}
    nothing, decimals = say("nothing off", language), decimals_of(about)
    room = room_for([nothing, *titles.values()])
    whole = result.whole.difference(result.whole.regimes[1], about.name)
    pieces = [written(whole.difference, language, decimals, signed=True)]
    pieces += judged(whole.low, whole.high, whole.verdict, language, decimals) if whole.n > 1 else []
    lines = ["", say("of outcome", language, outcome=about.label(language), unit=about.unit_in(language))]
    lines += named(nothing, room, pieces)
    for row in rows:
        lines += named(titles[row.mechanism], room, _pieces(row, language, decimals))
    return lines


def _pieces(row: Ablated, language: Language, decimals: int) -> list[str]:
    said = ablation_words(row.found).in_language(language)
    if row.expected != "none":
        said = say("as found", language, found=said, expected=ablation_words(row.expected).in_language(language))
    pieces = [written(row.difference_off, language, decimals, signed=True), said]
    if row.hangs in hanging_words:
        pieces.append(hanging_words(row.hangs).in_language(language))
    return pieces
