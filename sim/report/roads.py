"""The clients' road as a figure: a Sankey of the mean road of 100 needs, and the table that says the same.

Every way of steering is drawn with the same stops at the same places, so that two of them can be held side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.errors import Said, Sentences
from sim.report.palette import GRID, INK, MUTED, PAPER, fill, see_through
from sim.report.plots import FONT, Plot, escaped
from sim.report.tables import Table, table
from sim.report.words import Words
from sim.study.roads import Counts, per_hundred
from sim.study.stops import AT_ONCE, HELP, HELP_ENDED, HELP_GOES_ON, NO_HELP, RIGHT, STOPS

HEIGHT = 560  # pixels
NARROWEST = 680  # pixels; on less the names run over one another, so a narrow screen scrolls sideways
GAP = 0.035  # between two stops of a column, part of the height
EDGE = 0.001  # plotly takes 0 for no place at all
SMALLEST = 0.05  # of 100 needs: less is drawn nowhere and written as 0.0
WELL = (RIGHT, AT_ONCE, HELP, HELP_ENDED, HELP_GOES_ON)
GOOD, SHORT, WAY = fill(0).colour, fill(8).colour, MUTED  # help; none; on the way, or the end of a life at home
COLUMNS = 4

say = Sentences(
    {
        "heading": ("The road of 100 needs", "De weg van 100 hulpvragen"),
        "read": (
            "Read from left to right: the door where a need first comes, what happens there, whether help ever "
            "starts, and how it ends. The wider a band, the more needs take that road; the numbers are needs of every "
            "100. Blue leads to help, orange to no help.",
            "Lees van links naar rechts: de deur waar een vraag het eerst komt, wat daar gebeurt, of er ooit hulp "
            "begint, en hoe het afloopt. Hoe breder een band, hoe meer vragen die weg gaan; de getallen zijn vragen "
            "van elke 100. Blauw leidt naar hulp, oranje naar geen hulp.",
        ),
        "limits": (
            "A person can have several needs; each takes its own road. Of a later need that was placed elsewhere at "
            "once the simulation does not write down who heard of it first, nor of any referral whether it was warm.",
            "Een persoon kan meer vragen hebben; elke vraag gaat een eigen weg. Van een latere vraag die meteen ergens "
            "anders werd geplaatst, schrijft de simulatie niet op wie er het eerst van hoorde. Ook niet of een "
            "verwijzing warm was.",
        ),
        "table": ("Of every 100 needs", "Van elke 100 vragen"),
        "stop": ("Stop", "Halte"),
        "column 0": ("Door", "Deur"),
        "column 1": ("What happens there", "Wat daar gebeurt"),
        "column 2": ("Help", "Hulp"),
        "column 3": ("How it ends", "Hoe het afloopt"),
        "band": ("{source} → {target}", "{source} → {target}"),
        "described": (
            "A flow chart from doors to ends. Of every 100 needs {help} get help and {none} do not; {lost} were never "
            "heard, got lost or were told “no” at their first door.",
            "Een stroomschema van deuren naar aflopen. Van elke 100 vragen krijgen er {help} hulp en {none} niet; "
            "{lost} werden nooit gehoord, raakten kwijt of kregen bij hun eerste deur “nee”.",
        ),
    }
)


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
        "textfont": {"size": 13, "color": INK, "family": FONT},
        "node": node,
        "link": _links(flows, drawn, words),
    }
    return {"data": [trace], "layout": _layout(words)}


def _layout(words: Words) -> Plot:
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 12},
        "font": {"family": FONT, "size": 13, "color": INK},
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
    ends = {"source": STOPS[source].name, "target": STOPS[target].name}
    return escaped(say("band", **ends).in_language(words.language))


def _label(stop: int, size: float, words: Words) -> str:
    name = escaped(STOPS[stop].name.in_language(words.language))
    return f"{name} <b>{words.number(size, 0 if size >= 9.5 else 1)}</b>"


def stop_sizes(flows: Counts) -> Counts:
    """Return how much passes each stop: what comes in, or goes out of a door."""
    return np.asarray(np.maximum(flows.sum(axis=0), flows.sum(axis=1)))


def _places(sizes: Counts) -> list[tuple[float, float]]:
    """Return where the middle of each stop is, from the top left corner: its column, and below those before it."""
    columns = [[number for number, stop in enumerate(STOPS) if stop.column == column] for column in range(COLUMNS)]
    most = max(len(column) for column in columns)
    unit = (1 - (most - 1) * GAP) / 100  # a column may hold less than 100: who is never heard passes no second stop
    places: dict[int, tuple[float, float]] = {}
    for number, column in enumerate(columns):
        room = sum(sizes[stop] for stop in column) * unit + (len(column) - 1) * GAP
        top = (1 - room) / 2
        for stop in column:
            middle = top + sizes[stop] * unit / 2
            x = EDGE + (1 - 2 * EDGE) * number / (COLUMNS - 1)
            places[stop] = (x, min(max(middle, EDGE), 1 - EDGE))
            top += sizes[stop] * unit + GAP
    return [places[stop] for stop in range(len(STOPS))]


def road_description(counts: Counts, words: Words) -> str:
    """Return what a reader who cannot see the figure is told."""
    flows = per_hundred(counts)
    sizes = {stop.name.en: size for stop, size in zip(STOPS, stop_sizes(flows), strict=True)}
    lost = sum(sizes[name] for name in ("Nobody hears of it", "Sent on, got lost", "Told “no”"))
    numbers = {"help": sizes["Gets help"], "none": sizes["Gets no help"], "lost": lost}
    filled = {name: words.number(number) for name, number in numbers.items()}
    return say("described", **filled).in_language(words.language)


def road_table(counts: Mapping[str, Counts], words: Words) -> Table:
    """Return how many of every 100 needs pass each stop, a column for each way of steering (by its title)."""
    sizes = [stop_sizes(per_hundred(each)) for each in counts.values()]
    rows = [[_named(number, words), *(words.number(each[number], 1) for each in sizes)] for number in range(len(STOPS))]
    return table(in_words("table", words), [in_words("stop", words), *counts], rows)


def _named(number: int, words: Words) -> str:
    stop = STOPS[number]
    return f"{in_words(f'column {stop.column}', words)}: {stop.name.in_language(words.language)}"


def meanings(words: Words) -> list[tuple[str, str]]:
    """Return each stop with what it means, for a list below the figure."""

    def told(text: Said) -> str:
        return text.in_language(words.language)

    return [(told(stop.name), told(stop.says)) for stop in STOPS]


def in_words(key: str, words: Words) -> str:
    """Return a text of this figure: ``"heading"``, ``"read"``, ``"limits"``."""
    return say(key).in_language(words.language)
