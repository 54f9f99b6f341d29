"""What the page shows of each lever alone: a figure, a table, and what they say in words."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.divergence_words import Telling, listed
from sim.report.drawing import Plot, band, below, escaped, layout_of, legend_of, put_rows, zero_line
from sim.report.measures import Measure, measure
from sim.report.palette import MISSED, PAPER, RIVAL, Look
from sim.report.rows import ways
from sim.report.section import Sign
from sim.report.tables import Table, table
from sim.report.words import Words
from sim.study.comparison import Comparison
from sim.study.enough_alone import EnoughAlone
from sim.study.one_at_a_time import Apart, Effect, Mean, taken_apart
from sim.study.statistics import Verdict
from sim.study.verdicts import verdict_words

SURE: tuple[Verdict, ...] = ("better", "worse", "higher", "lower")
"""Verdicts that say which way it goes."""
LEVERS_NAMED = 4  # in a sentence
LABEL_WIDTH = 24  # letters in a line
TICKS = 5
ROW, EDGES = 60, 80  # pixels for a row, and above and below them all
ASIDE = 0.17  # by which the two marks of a row stand above and below its middle


@dataclass(frozen=True)
class LeversApart:
    """One outcome taken apart by lever.

    Attributes:
        outcome: Its label.
        told: What the numbers say.
        plot: The plotly dictionary.
        description: What a reader who cannot see it is told.
        table: The same in numbers.
        legend: How the marks are drawn.
    """

    outcome: str
    told: list[str]
    plot: Plot
    description: str
    table: Table
    legend: list[Sign]


def levers_apart(comparison: Comparison, rival: str, words: Words) -> list[LeversApart]:
    """Return each headline outcome taken apart by lever; none where no lever was run alone."""
    shown = [taken_apart(comparison, rival, outcome.name) for outcome in comparison.outcome_list if outcome.headline]
    baseline = words.choose(comparison.label(comparison.baseline))
    return [shown_apart(apart, words, baseline) for apart in shown if apart.effects]


def shown_apart(apart: Apart, words: Words, baseline: str) -> LeversApart:
    """Return one outcome taken apart; ``baseline`` is the label of what the rival is held against."""
    say, written = Telling(words), measure(words, apart.outcome)
    label = apart.outcome.label(words.language)
    marks = "; ".join(_spoken(say, effect, written) for effect in apart.effects)
    return LeversApart(
        label,
        told(apart, words),
        plot(apart, words),
        say("apart aria", outcome=label, baseline=baseline, marks=marks),
        _table(say, apart, written),
        [Sign(say(key), look.colour, look.sign) for key, look in (("apart alone", RIVAL), ("apart missed", MISSED))],
    )


# --- in words ----------------------------------------------------------------------------------------------


def told(apart: Apart, words: Words) -> list[str]:
    """Return what is sure of each lever alone, what shows only beside the others, and what arises only together."""
    say, written = Telling(words), measure(words, apart.outcome)
    sentences = []
    for verdict in SURE:
        if named := _named(say, [effect for effect in apart.effects if effect.alone.verdict == verdict]):
            sentences.append(say("apart sure", verdict=_verdict(say, verdict), levers=named))
    if not sentences:
        sentences.append(say("apart none sure"))
    if named := _named(say, [effect for effect in apart.effects if _shows_beside_others(effect)]):
        sentences.append(say("apart hidden", levers=named))
    return [*sentences, *_together(say, apart, written)]


def _shows_beside_others(effect: Effect) -> bool:
    return effect.missed is not None and effect.missed.verdict in SURE and effect.alone.verdict not in SURE


def _verdict(say: Telling, verdict: Verdict) -> str:
    return verdict_words(verdict).in_language(say.words.language)


def _named(say: Telling, effects: Sequence[Effect]) -> str:
    return listed(say.lever_inside(effect.lever) for effect in effects)


def _together(say: Telling, apart: Apart, written: Measure) -> list[str]:
    rest = apart.together
    if not math.isfinite(rest.low):
        return []
    surely = rest.low > 0 or rest.high < 0
    return [
        say(
            "apart together",
            whole=_with_unit(written, apart.whole.mean),
            sum=_with_unit(written, apart.whole.mean - rest.mean),
            rest=_with_unit(written, rest.mean),
            between=_between(say, written, rest),
            unsure="" if surely else say("apart unsure"),
        )
    ]


def _with_unit(written: Measure, value: float) -> str:
    parts = (written.signed(value), written.difference_unit, written.per)
    return " ".join(part for part in parts if part)


def _between(say: Telling, written: Measure, mean: Mean) -> str:
    if not math.isfinite(mean.low):
        return say.words("not measured")
    return say.words("from to", low=written.signed(mean.low), high=written.signed(mean.high))


def _spoken(say: Telling, effect: Effect, written: Measure) -> str:
    missed = say.words("not measured") if effect.missed is None else written.signed(effect.missed.mean)
    alone = written.signed(effect.alone.mean)
    return say("apart mark", lever=say.lever(effect.lever), alone=alone, missed=missed)


def enough_told(enough: EnoughAlone, words: Words) -> list[str]:
    """Return for how many people one lever alone gives the same first event, and which levers do so most."""
    say, people = Telling(words), len(enough.enough)
    if not people or not enough.levers:
        return []
    most = [(lever, number) for lever, number in enough.by_lever.items() if number][:LEVERS_NAMED]
    named = [
        say("enough lever", lever=say.lever_inside(lever), n=words.number(100 * number / people))
        for lever, number in most
    ]
    alone = words.number(100 * (people - enough.only_together) / people)
    return [say("enough alone", n=alone), *([say("enough levers", levers=listed(named))] if named else [])]


# --- in numbers --------------------------------------------------------------------------------------------


def _table(say: Telling, apart: Apart, written: Measure) -> Table:
    unit = written.difference_unit or written.level_unit
    head = [say("parted lever column"), say("apart alone"), say("apart interval"), say("apart share")]
    head += [say("apart missed"), say("apart interval")]
    rows = [
        [say.lever(effect.lever), *_cells(say, written, effect.alone), _percent(say, effect.share),
         *_cells(say, written, effect.missed)]
        for effect in apart.effects
    ]  # fmt: skip
    nothing = say.words("not measured")
    rows.append([say("apart rest"), *_cells(say, written, apart.together), _percent(say, apart.share_together),
                 nothing, nothing])  # fmt: skip
    rows.append([say("apart whole"), *_cells(say, written, apart.whole), nothing, nothing, nothing])
    return table(say("apart caption", outcome=apart.outcome.label(say.words.language), unit=unit), head, rows)


def _cells(say: Telling, written: Measure, mean: Mean | None) -> list[str]:
    if mean is None:
        return [say.words("not measured")] * 2
    return [written.signed(mean.mean), _between(say, written, mean)]


def _percent(say: Telling, share: float) -> str:
    return f"{say.words.number(100 * share)} %" if math.isfinite(share) else say.words("not measured")


# --- as a figure -------------------------------------------------------------------------------------------


def plot(apart: Apart, words: Words) -> Plot:
    """Return a plot with a row for each lever: what it does alone, above it; what it adds to all others, below it."""
    say, written = Telling(words), measure(words, apart.outcome)
    alone = [(row - ASIDE, effect.alone) for row, effect in enumerate(apart.effects)]
    missed = [(row + ASIDE, effect.missed) for row, effect in enumerate(apart.effects) if effect.missed]
    data = [zero_line(len(apart.effects)), _marks(say("apart alone"), RIVAL, alone, written)]
    if missed:
        data.append(_marks(say("apart missed"), MISSED, missed, written))
    return {"data": data, "layout": _layout(say, apart, written)}


def _marks(name: str, look: Look, rows: Sequence[tuple[float, Mean]], written: Measure) -> Plot:
    drawn = [(row, *written.scaled([mean.mean, mean.low, mean.high])) for row, mean in rows]
    known = [each for each in drawn if math.isfinite(each[1])]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escaped(name),
        "x": [mean for _, mean, _, _ in known],
        "y": [row for row, _, _, _ in known],
        "marker": {"size": 11, "color": look.colour, "symbol": look.marker, "line": {"width": 1, "color": PAPER}},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [high - mean if math.isfinite(high) else 0 for _, mean, _, high in known],
            "arrayminus": [mean - low if math.isfinite(low) else 0 for _, mean, low, _ in known],
            "thickness": 2.5,
            "width": 5,
            "color": look.colour,
        },
        "hovertemplate": "%{x}<extra>" + escaped(name) + "</extra>",
    }


def _layout(say: Telling, apart: Apart, written: Measure) -> Plot:
    rows = len(apart.effects)
    layout = layout_of(say.words, height=ROW * rows + EDGES)
    layout["margin"]["b"] = 68
    layout["xaxis"] |= {"zeroline": False, "tickangle": 0, "nticks": TICKS}
    if apart.outcome.direction < 0:
        layout["xaxis"]["autorange"] = "reversed"  # better stands on the right
    put_rows(layout, [_label(say, effect) for effect in apart.effects], LABEL_WIDTH)
    layout["shapes"] = [band(0, rows - 1, written.margin)] if written.margin > 0 else []
    layout["annotations"] = [below(ways(say.words, written, neither=apart.outcome.direction == 0))]
    layout["legend"], layout["showlegend"] = legend_of(), False
    return layout


def _label(say: Telling, effect: Effect) -> str:
    """Return the name of a lever in as many letters as three lines hold; the table has all of it."""
    return textwrap.shorten(say.lever(effect.lever), 3 * LABEL_WIDTH - 12, placeholder=" …")
