"""Which factors an answer hangs on: the ranking, as a picture and a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.analysis import told
from sim.report.analysis.common import Made, between, say
from sim.report.analysis.plots import Dots, ranking_plot
from sim.report.analysis.reader import Reader, main, short
from sim.report.drawing import Plot
from sim.report.palette import ALONE, RIVAL, Look
from sim.report.section import Figure, Panel, Sign
from sim.report.tables import TEXT, Cell, Row, Table, table
from sim.sweeps.analysis.findings import Index, Measure, Question, Rank

MOST_RANKED = 12
"""Factors that are drawn at most; the table holds all."""
DRAWN: tuple[tuple[Measure, Look], ...] = (("total", RIVAL), ("mu_star", RIVAL), ("first", ALONE))


def ranking(reader: Reader, question: Question) -> Made:
    """Return the ranking of the factors for a question."""
    indices, ranks = reader.indices(question), reader.ranks(question)
    if not indices:
        return [say(reader.words("sweep ranking none"))], []
    said, shown = reader.words, list(indices)[:MOST_RANKED]
    hangs = told.hangs(reader, question)
    faint = {name: name in ranks and not ranks[name].matters for name in indices}
    sentences = [] if hangs.items else [say(hangs.text)]
    alone = sum(own["first"].value for own in indices.values() if "first" in own)
    if ranks and 0 < alone < 1:
        sentences.append(say(said("sweep ranking first", alone=reader.share(alone))))
    legend = [
        Sign(said(f"sweep {name}"), look.colour, look.sign)
        for name, look in DRAWN
        if any(name in own for own in indices.values())
    ]
    read = [said("sweep ranking faint")] if any(faint.values()) else []
    if len(indices) > len(shown):
        read.append(said("sweep ranking top", n=len(shown), all=len(indices)))
    key = f"ranking.{reader.key(question)}"
    panel = Panel(
        key,
        "",
        "",
        _ranking_plot(reader, question, shown, faint),
        said("sweep described ranking"),
        said("sweep picture ranking", question=reader.title(question)),
    )
    numbers = _ranking_table(reader, question, indices, ranks)
    figure = Figure(
        key,
        said("sweep ranking"),
        " ".join(read),
        [panel],
        [numbers],
        legend,
        on_paper=len(indices) <= MOST_RANKED,
    )
    return sentences, [figure]


def _ranking_plot(reader: Reader, question: Question, shown: Sequence[str], faint: dict[str, bool]) -> Plot:
    said, indices, ranks = reader.words, reader.indices(question), reader.ranks(question)
    labels = [_row(reader, name, ranks.get(name)) for name in shown]
    shares = main(indices[shown[0]]).measure in ("first", "total")
    scale = 100.0 if shares else reader.measure(question).scale
    dots = [
        _dots(said(f"sweep {name}"), look, [indices[factor].get(name) for factor in shown], scale, shown, faint)
        for name, look in DRAWN
        if any(name in indices[factor] for factor in shown)
    ]
    unit = reader.measure(question).difference_unit
    shift = said("sweep axis shift", unit=unit) if unit else said("sweep axis shift plain")
    title = said("sweep axis share") if shares else shift
    return ranking_plot(labels, dots, groups_of(shown, ranks), title=title, words=said, percent=shares)


def _row(reader: Reader, name: str, rank: Rank | None) -> str:
    """Return the label of a row: its place, where it has one, and what it is."""
    before = f"{told.place(rank)}. " if rank and rank.matters else ""
    return before + short(reader.label(name), 52)


def _dots(
    label: str, look: Look, own: Sequence[Index | None], scale: float, shown: Sequence[str], faint: dict[str, bool]
) -> Dots:
    ends = [(each.value, each.low, each.high) if each else (math.nan,) * 3 for each in own]
    value, low, high = ([scale * end for end in column] for column in zip(*ends, strict=True))
    return Dots(label, look, value, low, high, [faint[name] for name in shown])


def groups_of(names: Sequence[str], ranks: dict[str, Rank]) -> list[int]:
    """Return the number of the group of each factor: one whose places overlap with those above is of their group.

    Without places all are of one group.
    """
    if not ranks:
        return [0] * len(names)
    groups: list[int] = []
    group, last = -1, 0
    for name in names:
        rank = ranks.get(name)
        if rank is None or rank.first > last or group < 0:
            group += 1
        last = max(last, rank.last if rank else 0)
        groups.append(group)
    return groups


def _ranking_table(
    reader: Reader, question: Question, indices: dict[str, dict[str, Index]], ranks: dict[str, Rank]
) -> Table:
    said = reader.words
    measures = [
        name for name in ("total", "first", "mu_star", "mu", "sigma") if any(name in i for i in indices.values())
    ]
    head = [said("sweep factor column"), said("sweep name column"), said("sweep place column")]
    for name in measures:
        head += [said(f"sweep {name} column"), said("sweep margin column")]
    head.append(said("sweep matters column"))
    rows: list[Row] = []
    for name, own in indices.items():
        rank = ranks.get(name)
        cells: list[str | Cell] = [reader.asked.factor(name).whole.in_language(said.language), Cell(name, TEXT)]
        cells.append(told.place(rank) or said("not measured"))
        for measure in measures:
            cells += _written(reader, question, own.get(measure))
        yes_or_no = said("not measured") if rank is None else said("yes" if rank.matters else "no")
        rows.append([*cells, Cell(yes_or_no, TEXT)])
    return table(reader.title(question), head, rows)


def _written(reader: Reader, question: Question, index: Index | None) -> list[str]:
    if index is None:
        return [reader.words("not measured")] * 2
    ends = (reader.index(question, index, end) for end in (index.low, index.high))
    return [reader.index(question, index), between(reader, *ends)]
