"""What the page shows of lives that part: sentences, tables, and one person's first event in words."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sim.report.divergence_words import VALUE_DECIMALS, Telling, listed
from sim.report.drawing import Plot
from sim.report.palette import FILLS
from sim.report.plots import stacked_bars
from sim.report.tables import Table, table
from sim.report.words import TEXTS, Words
from sim.study.divergence import Divergence, Parted
from sim.study.parting import WAYS, Moment, Parting, Reading

A_YEAR = 365
LEVERS_NAMED = 4  # in a sentence; the table has them all
EVENTS_SHOWN = 12


def told(divergence: Divergence, words: Words) -> list[str]:
    """Return what the numbers say, in words: how many, how it began, and which levers stood otherwise then."""
    say = Telling(words)
    spans = divergence.over_time()
    if not spans:
        return []
    year = next((each for each in spans if each.after == A_YEAR), spans[-1])
    if not year.apart:
        return [say("parted nobody", span=words.span(year.after)), say("parted one world")]
    sentences = [_share(say, year), _ways(say, year), _commonest(say, divergence)]
    if named := _levers_named(say, divergence):
        sentences += [say("parted levers", levers=listed(named)), say("parted caution")]
    return [*sentences, say("parted one world")]


def _share(say: Telling, parted: Parted) -> str:
    return say("parted share", n=_of_hundred(say, parted.apart, parted.followed), span=say.words.span(parted.after))


def _ways(say: Telling, parted: Parted) -> str:
    parts = [
        say(f"parted {way}", n=_of_hundred(say, number, parted.followed))
        for way in WAYS
        if (number := parted.by_way[way])
    ]
    return say("parted ways", parts="; ".join(parts))


def _commonest(say: Telling, divergence: Divergence) -> str:
    first = divergence.by_event().iloc[0]
    number = _of_hundred(say, int(first["people"]), len(divergence.partings))
    return say("parted event", event=say(f"event {first['event']}"), n=number)


def _levers_named(say: Telling, divergence: Divergence) -> list[str]:
    most = list(divergence.own_readings.items())[:LEVERS_NAMED]
    return [_with_values(say, lever, read.values()) for lever, read in most]


def _with_values(say: Telling, lever: str, readings: Iterable[Reading]) -> str:
    first, second = _usual_values(readings)
    values = {"first": say.value(lever, first), "second": say.value(lever, second)}
    return say("parted lever value", lever=say.lever_inside(lever), **values)


def _usual_values(readings: Iterable[Reading]) -> tuple[float, float]:
    """Return the middle one of the values that were read, in either world: boards move control, a date changes more."""
    first, second = zip(*((reading.first, reading.second) for reading in readings), strict=True)
    return statistics.median_low(first), statistics.median_low(second)


def _of_hundred(say: Telling, part: int, whole: int) -> str:
    return say.words.number(100 * part / whole if whole else float("nan"))


def tables(divergence: Divergence, words: Words) -> list[Table]:
    """Return how many lives have parted by when, by which event, and which levers stood otherwise then."""
    say = Telling(words)
    made = [_over_time_table(say, divergence)]
    if divergence.partings:
        made += [_event_table(say, divergence), _lever_table(say, divergence)]
    return [each for each in made if each.rows]


def _over_time_table(say: Telling, divergence: Divergence) -> Table:
    head = [say("parted within"), say("parted people"), say("parted apart"), *(say(f"parted by {way}") for way in WAYS)]
    rows = [
        [
            say.words.span(each.after),
            say.words.number(each.followed),
            _of_hundred(say, each.apart, each.followed),
            *(_of_hundred(say, each.by_way[way], each.followed) for way in WAYS),
        ]
        for each in divergence.over_time()
    ]
    return table(say("parted over time"), head, rows)


def _event_table(say: Telling, divergence: Divergence) -> Table:
    head = [say("parted events"), say("parted number of people"), *(say(f"parted by {way}") for way in WAYS)]
    counts = divergence.by_event().head(EVENTS_SHOWN)
    rows = [
        [_capital(say(f"event {row['event']}")), *(say.words.number(int(row[column])) for column in ("people", *WAYS))]
        for _, row in counts.iterrows()
    ]
    return table(say("parted events"), head, rows)


def _lever_table(say: Telling, divergence: Divergence) -> Table:
    first, second = (say.words.choose(run.scenario.label) for run in (divergence.first, divergence.second))
    head = [say("parted lever column"), say("parted number of people"), first, second]
    rows = [
        [say.lever(lever), say.words.number(len(read)), *(say.value(lever, v) for v in _usual_values(read.values()))]
        for lever, read in divergence.own_readings.items()
    ]
    return table(say("parted levers read"), head, rows)


def share_plot(divergence: Divergence, words: Words) -> Plot:
    """Return a lying bar for each time: of 100 people how many lead another life by then, and how it began."""
    say, spans = Telling(words), divergence.over_time()
    parts = [
        (say(f"parted by {way}"), fill, [100 * each.by_way[way] / max(1, each.followed) for each in spans])
        for way, fill in zip(WAYS, FILLS, strict=False)
    ]
    bars = [say("parted span", span=words.span(each.after)) for each in spans]
    return stacked_bars(bars, parts, title=say("parted of 100"), words=words, highest=100)


def share_description(divergence: Divergence, words: Words) -> str:
    """Return what a reader who cannot see the figure is told."""
    say = Telling(words)
    spans = [
        say("parted aria span", span=words.span(each.after), n=_of_hundred(say, each.apart, each.followed))
        for each in divergence.over_time()
    ]
    return say("parted aria", spans=words.listed(spans))


def person(divergence: Divergence, client: int, words: Words) -> list[str]:
    """Return in words where the life of one person parts, and which levers the rule behind it read."""
    say = Telling(words)
    parting = divergence.partings.get(client)
    if parting is None:
        return [say("person same")]
    labels = [words.choose(run.scenario.label) for run in (divergence.first, divergence.second)]
    moments = [_moment(say, divergence, moment) for moment in (parting.first, parting.second)]
    told = [say("person parts", baseline=labels[0], first=moments[0], regime=labels[1], second=moments[1])]
    if parting.until > parting.day:
        days = {name: _date(say, divergence, getattr(parting, name)) for name in ("day", "until")}
        told.append(say("person span", **days))
    named = _levers_of(say, parting)
    states = say.states(state for reading in parting.readings for state in reading.by_way_of)
    told.append(say(f"person {parting.way}", levers=listed(named), states=listed(states)))
    if parting.way == "state" and len(named) <= LEVERS_NAMED:
        told.append(say("person behind", levers=listed(named)))
    return told


def _moment(say: Telling, divergence: Divergence, moment: Moment | None) -> str:
    if moment is None:
        return say("moment none")
    title = say.organisation(divergence.first.scenario, moment.organisation)
    where = say("moment at", organisation=title) if title else ""
    key = f"moment {moment.what}"
    if moment.amount == 0 and f"{key} not" in TEXTS:
        key = f"{key} not"
    return say(
        key,
        day=_date(say, divergence, moment.day),
        where=where,
        worker=moment.worker,
        amount=say.words.plain(round(moment.amount, VALUE_DECIMALS)),
    )


def _date(say: Telling, divergence: Divergence, day: int) -> str:
    return say.words.date(divergence.first.scenario.start + timedelta(days=day))


def _levers_of(say: Telling, parting: Parting) -> Sequence[str]:
    """Return the levers that the rule read itself with their values; where there are none, those behind a state."""
    read = [reading for reading in parting.readings if not reading.by_way_of] or list(parting.readings)
    once = {reading.lever: reading for reading in reversed(read)}
    return [
        say(
            "parted lever value",
            lever=say.lever_inside(reading.lever),
            first=say.value(reading.lever, reading.first),
            second=say.value(reading.lever, reading.second),
        )
        for reading in reversed(once.values())
    ]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
