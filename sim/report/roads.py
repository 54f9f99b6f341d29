"""The clients' road as a figure: a Sankey of the mean road of 100 needs, and the table that says the same.

Every way of steering is drawn with the same stops at the same places, so that two of them can be held side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.report.drawing import FONT, TEXT_SIZE, Plot, escaped
from sim.report.palette import FILLS, GRID, INK, MUTED, PAPER, see_through
from sim.report.tables import TEXT, Cell, Row, Table, table
from sim.report.words import Words
from sim.study.roads import Counts, per_hundred
from sim.study.statistics import LEVEL, Paired, Verdict, holm, p_value, paired, student_t, verdict
from sim.study.stops import (
    ASTRAY,
    AT_ONCE,
    HELP,
    HELP_ENDED,
    HELP_GOES_ON,
    NO_DOOR,
    NO_HELP,
    RIGHT,
    STOPS,
    TOLD_NO,
)

HEIGHT = 560  # pixels
GAP = 0.035  # between two stops of a column, part of the height
EDGE = 0.001  # plotly takes 0 for no place at all
SMALLEST = 0.05  # of 100 needs: less is drawn nowhere and written as 0.0
WELL = (RIGHT, AT_ONCE, HELP, HELP_ENDED, HELP_GOES_ON)
GOOD, SHORT, WAY = FILLS[0].colour, FILLS[8].colour, MUTED  # help; none; on the way, or the end of a life at home
COLUMNS = (0.001, 0.32, 0.6, 0.999)  # where they stand; the names of the last two need most room
SMALLEST_DIFFERENCE = 1.0  # of 100 needs: the smallest difference that matters
NAMED = 3  # stops that are named in a sentence


def road_plot(counts: Counts, words: Words) -> Plot:
    """Return a Sankey of the road of 100 needs.

    Args:
        counts: Needs from stop to stop, (stops, stops) or one such array a world, which then are averaged.
        words: Language and numbers.
    """
    flows = per_hundred(counts)
    sizes = stop_sizes(flows)
    drawn = [stop for stop in range(len(STOPS)) if sizes[stop] >= SMALLEST]
    places = _places(sizes)
    node = {
        "label": [_label(stop, sizes[stop], words) for stop in drawn],
        "x": [places[stop][0] for stop in drawn],
        "y": [places[stop][1] for stop in drawn],
        "color": [_colour(stop) for stop in drawn],
        "line": {"color": INK, "width": 0.6},
        "thickness": 14,
        "pad": GAP * HEIGHT,
        "hovertemplate": "%{label}<extra></extra>",
    }
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "orientation": "h",
        "valueformat": ".1f",
        "textfont": {"size": TEXT_SIZE, "color": INK, "family": FONT},
        "node": node,
        "link": _links(flows, drawn, words),
    }
    return {"data": [trace], "layout": _layout(words)}


def _layout(words: Words) -> Plot:
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 12},
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "separators": {"nl": ",.", "en": ".,"}[words.language],
        "dragmode": False,
        "hoverlabel": {"namelength": -1, "bordercolor": GRID},
    }


def _links(flows: Counts, drawn: Sequence[int], words: Words) -> Plot:
    place = {int(stop): number for number, stop in enumerate(drawn)}
    pairs = [(int(i), int(j)) for i, j in zip(*np.nonzero(flows), strict=True) if int(i) in place and int(j) in place]
    return {
        "source": [place[i] for i, _ in pairs],
        "target": [place[j] for _, j in pairs],
        "value": [float(f"{flows[pair]:.5g}") for pair in pairs],
        "color": [see_through(_leads(i, j), 0.35) for i, j in pairs],
        "customdata": [_band(i, j, words) for i, j in pairs],
        "hovertemplate": "%{customdata}: %{value}<extra></extra>",
    }


def _leads(source: int, target: int) -> str:
    """Return the colour of a band: whether it leads to help or comes from it, to none, or is still on its way."""
    if HELP in (source, target) or target in WELL:
        return GOOD
    return SHORT if NO_HELP in (source, target) else WAY


def _colour(stop: int) -> str:
    return GOOD if stop in WELL else SHORT if stop == NO_HELP else WAY


def _band(source: int, target: int, words: Words) -> str:
    ends = (STOPS[end].name.in_language(words.language) for end in (source, target))
    return escaped(" → ".join(ends))


def _label(stop: int, size: float, words: Words) -> str:
    name = escaped(STOPS[stop].name.in_language(words.language))
    return f"{name} <b>{words.number(size, 0 if size >= 9.5 else 1)}</b>"


def stop_sizes(flows: Counts) -> Counts:
    """Return how much passes each stop: what comes in, or goes out of a door."""
    return np.asarray(np.maximum(flows.sum(axis=0), flows.sum(axis=1)))


def _places(sizes: Counts) -> list[tuple[float, float]]:
    """Return where the middle of each stop is, from the top left corner: its column, and below those before it."""
    columns = [[number for number, stop in enumerate(STOPS) if stop.column == column] for column in range(len(COLUMNS))]
    most = max(len(column) for column in columns)
    unit = (1 - (most - 1) * GAP) / 100  # a column may hold less than 100: who is never heard passes no second stop
    places: dict[int, tuple[float, float]] = {}
    for number, column in enumerate(columns):
        room = sum(sizes[stop] for stop in column) * unit + (len(column) - 1) * GAP
        top = (1 - room) / 2
        for stop in column:
            middle = top + sizes[stop] * unit / 2
            places[stop] = (COLUMNS[number], min(max(middle, EDGE), 1 - EDGE))
            top += sizes[stop] * unit + GAP
    return [places[stop] for stop in range(len(STOPS))]


def road_description(counts: Counts, words: Words) -> str:
    """Return what a reader who cannot see the figure is told."""
    sizes = stop_sizes(per_hundred(counts))
    numbers = {"help": sizes[HELP], "none": sizes[NO_HELP], "lost": sizes[[NO_DOOR, ASTRAY, TOLD_NO]].sum()}
    return words("roads described", **{name: words.number(number) for name, number in numbers.items()})


@dataclass(frozen=True)
class Passing:
    """How many of 100 needs pass a stop under the baseline and a rival, world by world.

    Attributes:
        stop: Which stop.
        paired: Baseline and rival, and the mean difference with its interval over the worlds.
        verdict: Whether it is clearly more or less than ``SMALLEST_DIFFERENCE``, beside all other stops.
    """

    stop: int
    paired: Paired
    verdict: Verdict


def passings(first: Counts, second: Counts) -> list[Passing]:
    """Return how the stops differ between two ways of steering; the arrays are by (world, stop, stop).

    Of 18 stops one would seem to differ by chance now and then, so a verdict holds for all of them together (Holm).
    """
    before, after = (np.array([stop_sizes(per_hundred(world)) for world in counts]) for counts in (first, second))
    pairs = [paired(before[:, stop], after[:, stop], 0) for stop in range(len(STOPS))]
    shown = holm(np.array([_p_value(pair) for pair in pairs]))
    return [Passing(stop, pair, _verdict(pair, p)) for stop, (pair, p) in enumerate(zip(pairs, shown, strict=True))]


def _p_value(pair: Paired) -> float:
    if pair.n < 2:
        return float("nan")
    error = (pair.high - pair.low) / 2 / student_t((1 + LEVEL) / 2, pair.n - 1)
    return p_value(pair.difference, error, pair.n, SMALLEST_DIFFERENCE)


def _verdict(pair: Paired, p: float) -> Verdict:
    alone = verdict(pair.low, pair.high, SMALLEST_DIFFERENCE, 0)
    return "undecided" if alone != "none" and p > 1 - LEVEL else alone


def road_told(found: Sequence[Passing], baseline: str, words: Words) -> list[str]:
    """Return what stands out between two roads, in words and as cautious as the numbers; ``baseline`` is a label."""
    smallest = words.number(SMALLEST_DIFFERENCE)
    others = [each for each in found if each.stop not in (HELP, NO_HELP)]
    more, less = ([each for each in others if each.verdict == way] for way in ("higher", "lower"))
    told = [_help_told(found[HELP].paired, found[HELP].verdict, baseline, words)]
    told += [
        words(f"roads {key}", stops=words.listed([_change(each, words) for each in _largest(changed)]))
        for key, changed in (("more", more), ("less", less))
        if changed
    ]
    if found[HELP].paired.n > 1:
        told.append(words("roads clearly" if more or less else "roads no change", smallest=smallest))
    return told


def _help_told(pair: Paired, verdict: Verdict, baseline: str, words: Words) -> str:
    keys: dict[Verdict, str] = {"none": "roads help once", "undecided": "roads help unsure",
                                "no difference": "roads help alike"}  # fmt: skip
    here, there = words.number(pair.mean), words.number(pair.baseline_mean)
    told = words(keys.get(verdict, "roads help"), here=here, there=there, baseline=baseline)
    if pair.n < 2:
        return told
    numbers = {"difference": pair.difference, "low": pair.low, "high": pair.high}
    between = words("roads between", **{name: words.signed(number, 1) for name, number in numbers.items()})
    return f"{told} {between}"


def _largest(changed: Sequence[Passing]) -> list[Passing]:
    return sorted(changed, key=lambda each: -abs(each.paired.difference))[:NAMED]


def _change(each: Passing, words: Words) -> str:
    here, there = (words.number(mean, 1) for mean in (each.paired.mean, each.paired.baseline_mean))
    return words("roads stop change", stop=STOPS[each.stop].name.in_language(words.language), here=here, there=there)


def road_table(found: Sequence[Passing], titles: Sequence[str], words: Words) -> Table:
    """Return how many of every 100 needs pass each stop, and how they differ; ``titles`` are of baseline and rival."""
    head = [words("roads stop"), *titles, words("roads difference"), words("roads margin")]
    return table(words("roads table"), head, [_row(each, words) for each in found])


def _row(each: Passing, words: Words) -> list[str]:
    pair = each.paired
    between = [words.signed(end, 1) for end in (pair.low, pair.high)]
    return [
        _named(each.stop, words),
        words.number(pair.baseline_mean, 1),
        words.number(pair.mean, 1),
        words.signed(pair.difference, 1),
        words("from to", low=between[0], high=between[1]) if pair.n > 1 else words("not measured"),
    ]


def level_table(counts: Counts, title: str, words: Words) -> Table:
    """Return how many of every 100 needs pass each stop under a single way of steering."""
    sizes = stop_sizes(per_hundred(counts))
    rows = [[_named(stop, words), words.number(sizes[stop], 1)] for stop in range(len(STOPS))]
    return table(words("roads table"), [words("roads stop"), title], rows)


def meanings_table(words: Words) -> Table:
    """Return each stop with what it means."""
    rows: list[Row] = [[_named(number, words), Cell(stop.says.in_language(words.language), TEXT)]
                       for number, stop in enumerate(STOPS)]  # fmt: skip
    return table(words("roads meanings"), [words("roads stop"), words("roads meaning")], rows)


def _named(number: int, words: Words) -> str:
    stop = STOPS[number]
    return f"{words(f'roads column {stop.column}')}: {stop.name.in_language(words.language)}"
