"""The sections about a question: ranking, response curves, interactions, regions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from sim.report.analysis import told
from sim.report.analysis.plots import Dots, Stretch, heat_map, limits_plot, ranking_plot
from sim.report.analysis.reader import Reader, main, short
from sim.report.conclusion import Sentence
from sim.report.drawing import Axis, Plot
from sim.report.palette import ALONE, CURVE, MUTED, RIVAL, Look
from sim.report.plots import Line, line_plot
from sim.report.section import Figure, Panel, Section, Sign, View
from sim.report.tables import NUMBER, TEXT, Cell, Row, Table, grouped_table, table
from sim.sweeps.analysis.findings import Box, Index, Interaction, Measure, Question, Rank, Response

MOST_RANKED, MOST_CURVES, MOST_PAIRS = 12, 6, 4
"""What is drawn at most; tables hold the rest."""
CURVE_HEIGHT = 270
DRAWN: tuple[tuple[Measure, Look], ...] = (("total", RIVAL), ("mu_star", RIVAL), ("first", ALONE))

Made = tuple[Sequence[Sentence], Sequence[Figure]]


def sections(reader: Reader) -> list[Section]:
    """Return the sections that show something of any question."""
    said = reader.words
    made = [
        _section(reader, "ranking", said("sweep ranking"), _ranking, said("sweep ranking read")),
        _section(reader, "responses", said("sweep responses"), _responses, said("sweep responses read")),
        _section(reader, "interactions", said("sweep interactions"), _interactions, said("sweep interactions read")),
        _section(reader, "boxes", _asks(reader), _boxes, said("sweep boxes read")),
    ]
    return [section for section in made if section is not None]


def _asks(reader: Reader) -> str:
    asked = {told.asks_where(reader, question) for question in reader.questions if told.boxes(reader, question)}
    return asked.pop() if len(asked) == 1 else reader.words("sweep box q")


def _section(
    reader: Reader, anchor: str, heading: str, make: Callable[[Reader, Question], Made], read: str
) -> Section | None:
    made = [(question, *make(reader, question)) for question in reader.questions]
    if not any(figures for _, _, figures in made):
        return None
    views = [
        View(reader.key(question), told=list(sentences), figures=list(figures), heading=reader.title(question))
        for question, sentences, figures in made
    ]
    return Section(anchor, heading, [read], views)


def _say(text: str) -> Sentence:
    return Sentence("", None, text, "")


# --- ranking ---------------------------------------------------------------------------------------------------


def _ranking(reader: Reader, question: Question) -> Made:
    indices, ranks = reader.indices(question), reader.ranks(question)
    if not indices:
        return [_say(reader.words("sweep ranking none"))], []
    said, shown = reader.words, list(indices)[:MOST_RANKED]
    hangs = told.hangs(reader, question)
    faint = {name: name in ranks and not ranks[name].matters for name in indices}
    sentences = [] if hangs.items else [_say(hangs.text)]
    alone = sum(own["first"].value for own in indices.values() if "first" in own)
    if ranks and 0 < alone < 1:
        sentences.append(_say(said("sweep ranking first", alone=reader.share(alone))))
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
    return [reader.index(question, index), _between(reader, *ends)]


def _between(reader: Reader, low: str, high: str) -> str:
    nothing = reader.words("not measured")
    return nothing if nothing in (low, high) else reader.words("sweep between", low=low, high=high)


# --- response curves -------------------------------------------------------------------------------------------


def _responses(reader: Reader, question: Question) -> Made:
    curves = reader.responses(question)
    if not curves:
        return [], []
    said, shown = reader.words, list(curves)[:MOST_CURVES]
    scaled = reader.measure(question).scale
    ends = [scaled * end for name in shown for each in curves[name] for end in (each.mean, each.low, each.high)]
    ends = [end for end in ends if math.isfinite(end)] + ([0.0] if question.against else [])
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    edge = 0.06 * (high - low) or 1.0
    panels = [_curve(reader, question, name, curves[name], low - edge, high + edge) for name in shown]
    read = [said("sweep responses zero")] if question.against else []
    if len(curves) > len(shown):
        read.append(said("sweep responses top", n=len(shown), all=len(curves)))
    groups = [(_with_unit(reader, name), _curve_rows(reader, question, name, curves[name])) for name in shown]
    head = [said("sweep value column"), _answer_head(reader, question)]
    head += [said("sweep margin column"), said("sweep points column")]
    tables = [grouped_table(reader.title(question), head, groups)]
    key = f"responses.{reader.key(question)}"
    return [], [Figure(key, said("sweep responses"), " ".join(read), panels, tables, on_paper=False)]


def _curve(reader: Reader, question: Question, name: str, curve: list[Response], low: float, high: float) -> Panel:
    said, scale = reader.words, reader.measure(question).scale
    known = reader.asked.factor(name)
    mean, lower, upper = ([scale * getattr(each, end) for each in curve] for end in ("mean", "low", "high"))
    label = reader.label(name)
    line = Line(label, CURVE, [each.at for each in curve], mean, lower, upper)
    unit = reader.answer_unit(question)
    plot = line_plot([line], x=Axis(reader.unit(name)), y=Axis(unit, low, high), words=said)
    plot["layout"]["height"] = CURVE_HEIGHT
    if known.yes_or_no or known.words:
        at = [each.at for each in curve]
        plot["layout"]["xaxis"] |= {
            "tickmode": "array",
            "tickvals": at,
            "ticktext": [reader.value(name, v) for v in at],
        }
    if question.against:
        plot["layout"]["shapes"].append(_level_line())
    described = said(
        "sweep described response", low=_end(reader, question, curve[0]), high=_end(reader, question, curve[-1])
    )
    picture = said("sweep picture response", question=reader.title(question), factor=short(label))
    return Panel(f"responses.{reader.key(question)}.{name}", label, "", plot, described, picture)


def _end(reader: Reader, question: Question, response: Response) -> str:
    return reader.with_unit(question, response.mean)


def _level_line() -> Plot:
    """Return the line of no difference, from side to side."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"color": MUTED, "width": 1.5, "dash": "dot"},
    }


def _curve_rows(reader: Reader, question: Question, name: str, curve: list[Response]) -> list[Row]:
    return [
        [
            reader.value(name, each.at),
            reader.answer(question, each.mean),
            _between(reader, reader.answer(question, each.low), reader.answer(question, each.high)),
            reader.words.number(each.points),
        ]
        for each in curve
    ]


def _with_unit(reader: Reader, name: str) -> str:
    unit = reader.unit(name)
    label = short(reader.label(name))
    return reader.words("sweep value of", factor=label, unit=unit) if unit else label


def _answer_head(reader: Reader, question: Question) -> str:
    unit = reader.answer_unit(question)
    return f"{reader.words('sweep mean column')}{f' ({unit})' if unit else ''}"


# --- interactions ----------------------------------------------------------------------------------------------


def _interactions(reader: Reader, question: Question) -> Made:
    pairs: dict[tuple[str, str], list[Interaction]] = {}
    for each in reader.analysis.interactions:
        if each.question == question.name:
            pairs.setdefault((each.factor, each.other), []).append(each)
    if not pairs:
        return [], []
    said, shown = reader.words, list(pairs)[:MOST_PAIRS]
    made = [_map(reader, question, pair, pairs[pair]) for pair in shown]
    read = [said("sweep interactions colours difference" if question.against else "sweep interactions colours")]
    if len(pairs) > len(shown):
        read.append(said("sweep interactions top", n=len(shown), all=len(pairs)))
    key = f"interactions.{reader.key(question)}"
    panels, tables = [panel for panel, _ in made], [own for _, own in made]
    return [], [Figure(key, said("sweep interactions"), " ".join(read), panels, tables, on_paper=False)]


def _map(reader: Reader, question: Question, pair: tuple[str, str], cells: list[Interaction]) -> tuple[Panel, Table]:
    said, (factor, other) = reader.words, pair
    columns, rows = sorted({each.at for each in cells}), sorted({each.other_at for each in cells})
    means = {(each.at, each.other_at): each.mean for each in cells}
    values = [[means.get((column, row), math.nan) for column in columns] for row in rows]
    texts = [[_cell(reader, question, value) for value in row] for row in values]
    across, up = ([reader.value(name, at) for at in ats] for name, ats in ((factor, columns), (other, rows)))
    scale = reader.measure(question).scale
    plot = heat_map(
        across,
        up,
        [[scale * value for value in row] for row in values],
        texts,
        x=_with_unit(reader, factor),
        y=_with_unit(reader, other),
        two_sided=bool(question.against),
        words=said,
    )
    title = said("sweep pair", factor=short(reader.label(factor)), other=short(reader.label(other)))
    known = [value for row in values for value in row if math.isfinite(value)] or [math.nan]
    low, high = (reader.with_unit(question, end) for end in (min(known), max(known)))
    panel = Panel(
        f"interactions.{reader.key(question)}.{factor}.{other}",
        title,
        reader.answer_unit(question),
        plot,
        said("sweep described interaction", low=low, high=high),
        f"{reader.title(question)}: {title}",
    )
    corner = said("sweep pair corner", factor=_with_unit(reader, factor), other=_with_unit(reader, other))
    body: list[Row] = [[up[row], *texts[row]] for row in range(len(rows))]
    return panel, table(title, [corner, *across], body)


def _cell(reader: Reader, question: Question, value: float) -> str:
    return reader.answer(question, value) if math.isfinite(value) else ""


# --- regions ---------------------------------------------------------------------------------------------------


def _boxes(reader: Reader, question: Question) -> Made:
    found = told.boxes(reader, question)
    if not found:
        line = told.where(reader, question)
        return [_say(line.text if line else reader.words("sweep box none"))], []
    figures = [_box(reader, question, box, number if len(found) > 1 else 0) for number, box in enumerate(found, 1)]
    return [_say(reader.words("sweep box found"))], figures


def _box(reader: Reader, question: Question, box: Box, number: int) -> Figure:
    said = reader.words
    condition = told.condition(reader, question, box)
    share = {name: reader.share(getattr(box, name)) for name in ("density", "base", "coverage")}
    read = [
        said(
            "sweep box dense",
            condition=reader.condition(question, box.condition),
            points=said.number(box.points),
            **share,
        ),
        said("sweep box covers", cases=said.number(box.cases), **share),
    ]
    if math.isfinite(box.unseen):
        read.append(said("sweep box unseen", unseen=reader.share(box.unseen)))
    doubtful = [reader.label(limit.factor) for limit in box.limits if limit.chance > told.LIKELY_LUCK]
    if doubtful:
        read.append(said("sweep box luck", factors="; ".join(doubtful)))
    key = f"boxes.{reader.key(question)}.{max(1, number)}"
    heading = said("sweep box n", n=number) if number else condition
    picture = said("sweep picture box", question=reader.title(question), condition=condition)
    stretches = [_stretch(reader, limit.factor, limit.low, limit.high, limit.chance) for limit in box.limits]
    panels = []
    if stretches:
        plot = limits_plot(stretches, inside=said("sweep inside"), tried=said("sweep tried"), words=said)
        panels = [Panel(key, "", "", plot, said("sweep described box"), picture)]
    return Figure(key, heading, " ".join(read), panels, [_box_table(reader, box)] if stretches else [])


def _stretch(reader: Reader, name: str, low: float, high: float, chance: float) -> Stretch:
    known = reader.asked.factor(name)
    least, most = known.low, known.high
    width = most - least
    ends = [(end - least) / width if width > 0 else at for end, at in ((low, 0.0), (high, 1.0))]
    first, last = (min(1.0, max(0.0, end)) if math.isfinite(end) else 0.0 for end in ends)
    return Stretch(
        short(reader.label(name), 52),
        first,
        last,
        f"{reader.value(name, low)} – {reader.value(name, high)}",
        reader.value(name, least),
        reader.value(name, most),
        chance > told.LIKELY_LUCK,
    )


def _box_table(reader: Reader, box: Box) -> Table:
    said = reader.words
    columns = ("factor", "name", "from", "to", "least", "most", "chance")
    head = [said(f"sweep {column} column") for column in columns]
    rows: list[Row] = [
        [
            _with_unit(reader, limit.factor),
            Cell(limit.factor, TEXT),
            *(
                Cell(reader.value(limit.factor, end), NUMBER)
                for end in (limit.low, limit.high, limit.least, limit.most)
            ),
            said.number(limit.chance, 3),
        ]
        for limit in box.limits
    ]
    return table(told.condition(reader, _question(reader, box), box), head, rows)


def _question(reader: Reader, box: Box) -> Question:
    return next(question for question in reader.questions if question.name == box.question)
