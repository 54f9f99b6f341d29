"""`regie analyse`: reads a sweep, writes its page and tables, and says the few things that matter."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.terminal.ending import columns, wrapped
from sim.terminal.frame import short, tell
from sim.terminal.phrases import Language, number, say
from sim.terminal.progress import counted_days

if TYPE_CHECKING:
    from sim.report.analysis.asked import Asked
    from sim.report.analysis.reader import Reader
    from sim.sweeps.analysis.findings import Question

FOLDER = "analysis"
MOST_TOLD = 4
"""Questions that are told on the terminal."""
MOST_REMARKS = 4


def run_analysis(
    results: str,
    language: Language,
    *,
    outcomes: Sequence[str] = (),
    regime: str | None = None,
    against: str | None = None,
    condition: str | None = None,
    out: Path | None = None,
    command: str = "",
    as_json: bool = False,
) -> None:
    """Analyse a sweep, write the page and tables, and say what came out.

    Args:
        results: The folder of the sweep.
        language: Language to speak.
        outcomes: Names of outcomes.
        regime: Under which regime.
        against: The regime that is taken off.
        condition: What is looked for in scenario discovery.
        out: Folder to write. Default: ``analysis`` in the folder of the sweep.
        command: The command that was typed.
        as_json: Whether only JSON stands on standard output.

    Raises:
        RegieError: There is no sweep, nothing is finished, it did not run or keep what is asked, or the place cannot
            be written.
    """
    from sim.report.analysis.asked import asked
    from sim.report.analysis.page import write_analysis
    from sim.report.analysis.reader import Reader
    from sim.report.words import words
    from sim.study.folder import absolute
    from sim.sweeps.analysis.analyse import analyse
    from sim.sweeps.folder import about

    place = absolute(Path(results))
    what = asked(place, about(place), command=command, condition=condition or "")
    found = analyse(place, outcomes, regime, against, condition)
    page = write_analysis(what, found, absolute(out) if out is not None else place / FOLDER, language)
    reader = Reader(words(language), what, found)
    if as_json:
        from sim.study.folder import as_json as in_json

        click.echo(in_json(_summary(reader, place, page)), nl=False)
    else:
        click.echo("\n".join(lines(reader, language)))
    (tell if as_json else click.echo)(say("analysed page", language, path=page))


def lines(reader: Reader, language: Language) -> list[str]:
    """Return what came out in plain words, question by question, in lines of at most 60 columns."""
    told = ["", *wrapped(say("theory", language)), *wrapped(_begins(reader.asked, language))]
    for question in reader.questions[:MOST_TOLD]:
        told += ["", *wrapped(reader.title(question)), *_answered(reader, question, language)]
    if len(reader.questions) > MOST_TOLD:
        told += ["", *wrapped(say("analysed more", language, n=len(reader.questions) - MOST_TOLD))]
    return [*told, *_remarks(reader, language), ""]


def _begins(asked: Asked, language: Language) -> str:
    about = asked.about
    titles = [asked.regime(name).in_language(language) for name in about["regimes"]]
    said = say(
        "analysed whole" if asked.complete else "analysed partly",
        language,
        title=short(asked.title.in_language(language)),
        points=number(about["points"], language),
        replications=number(about["replications"], language),
        regimes=short(titles[0]) if len(titles) == 1 else say("n regimes", language, n=len(titles)),
        days=counted_days(int(about["days"]), language),
        runs=number(asked.runs, language),
        planned=number(asked.planned, language),
    )
    return said + (f" {say('analysed failed', language, failed=asked.failed)}" if asked.failed else "")


def _answered(reader: Reader, question: Question, language: Language) -> list[str]:
    from sim.report.analysis import told

    hangs = told.hangs(reader, question)
    lines = _indented(say("analysed hangs", language) if hangs.items else hangs.text)
    lines += [line for item in hangs.items for line in _indented(item, 4)]
    for said in (told.luck(reader, question), told.where(reader, question)):
        if said is not None:
            lines += _indented(said.text)
            lines += [line for item in said.items for line in _indented(item, 4)]
    return lines + [line for text in told.remarks(reader, question) for line in _indented(text)]


def _indented(text: str, by: int = 2) -> list[str]:
    return [f"{' ' * by}{line}" for line in wrapped(text, columns() - by)]


def _remarks(reader: Reader, language: Language) -> list[str]:
    from sim.report.analysis.told import remarks

    told = remarks(reader, None)
    if not told:
        return []
    shown = [line for text in told[:MOST_REMARKS] for line in _indented(text)]
    return ["", say("analysed mind", language), *shown]


def _summary(reader: Reader, place: Path, page: Path) -> dict[str, Any]:
    """Return what came out, ready to be written as JSON."""
    found = reader.analysis
    rows = {
        name: [dataclasses.asdict(row) for row in getattr(found, name)]
        for name in ("noise", "indices", "ranks", "boxes")
    }
    return {
        "name": reader.asked.about["name"],
        "folder": str(place),
        "page": str(page),
        "complete": reader.asked.complete,
        "runs": reader.asked.runs,
        "planned": reader.asked.planned,
        "failed": reader.asked.failed,
        "questions": [{**dataclasses.asdict(question), "name": question.name} for question in found.questions],
        **rows,
        "remarks": [{"en": remark.en, "nl": remark.nl} for remark in found.remarks],
    }
