"""Who gains and who loses: vulnerable groups, organisations and kinds of help apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.report.conclusion import Sentence, badge
from sim.report.material import Floats, Material, Regime
from sim.report.narrowed import BYS, By, Narrowed, narrowed
from sim.report.plots import dot_plot
from sim.report.rows import Row, rows_figure
from sim.report.section import Figure, Panel, Section, legend, section, together
from sim.report.tables import Table, table
from sim.report.words import Words
from sim.scenario.scenario import HelpKind, Organisation

VERDICTS = ("better", "worse", "undecided")


def who(material: Material, words: Words) -> Section | None:
    """Return the outcomes of groups, organisations and kinds of help, each beside that of everyone."""
    heading, read = (words(key if material.rivals else f"{key} one") for key in ("who", "who read"))
    return section(material, words, "who", _view, heading=heading, read=[read])


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure | None]]:
    found = narrowed(material, words)
    figures = [_figure(material, words, regime, by, [one for one in found if one.by == by]) for by in BYS]
    told = [] if regime is material.baseline else _told(material, words, regime, found)
    return told, [*(figure for of_one in figures for figure in of_one), _levels(material, words, regime)]


def _told(material: Material, words: Words, regime: Regime, found: Sequence[Narrowed]) -> list[Sentence]:
    """Return for each verdict who gets it, outcome by outcome."""
    said = []
    for verdict in VERDICTS:
        names: dict[str, list[str]] = {}
        for one in found:
            if material.findings[regime.name, one.outcome.name].verdict == verdict:
                names.setdefault(_base(material, words, one.base), []).append(one.who)
        text = "; ".join(f"{base}: {words.listed(who)}" for base, who in names.items())
        if text:
            said.append(Sentence("", badge(words, verdict), f"{text}.", ""))
    return said


def _base(material: Material, words: Words, name: str) -> str:
    return material.outcome[name].label(words.language) if name in material.outcome else name


def _figure(material: Material, words: Words, regime: Regime, by: By, found: Sequence[Narrowed]) -> list[Figure | None]:
    """Return a figure for each outcome that is told apart by ``by``; of groups the top row is everyone."""
    made = []
    for base in dict.fromkeys(one.base for one in found):
        rows = [Row(one.outcome, one.who) for one in found if one.base == base]
        whole = material.outcome.get(base)
        if whole is not None and by == "group":
            rows.insert(0, Row(whole, words("everyone")))
        heading = words(f"who {by}", outcome=_base(material, words, base))
        made.append(rows_figure(material, words, regime, f"{by}-{base}", heading, rows))
    return made


def _levels(material: Material, words: Words, regime: Regime) -> Figure | None:
    """Return lists by organisation and waits by kind of help, under the baseline and the rival; None without both."""
    waits = {name: waits.by_kind for name, waits in material.waits.items()}
    made = [
        _dots(material, words, regime, "by organisation", material.scenario.organisations, material.lists),
        _dots(material, words, regime, "by kind", material.scenario.kinds, waits),
    ]
    known = [one for one in made if one is not None]
    if not known:
        return None
    panels, tables = [panel for panel, _ in known], [numbers for _, numbers in known]
    signs = legend(words, together(material, regime), lines=False)
    return Figure(f"levels.{regime.name}", words("who levels"), "", panels, tables, signs, on_paper=False)


def _dots(
    material: Material,
    words: Words,
    regime: Regime,
    key: str,
    places: Sequence[Organisation | HelpKind],
    numbers: dict[str, Floats],
) -> tuple[Panel, Table] | None:
    shown = [one for one in together(material, regime) if one.name in numbers]
    if regime not in shown or not places:
        return None
    names, unit = [words.choose(place) for place in places], words(f"{key} unit")
    marks = [(words.choose(one), one.look, list(numbers[one.name])) for one in shown]
    highest = 1.05 * max(float(np.fmax.reduce(levels, initial=1.0)) for levels in numbers.values())
    plot = dot_plot(names, marks, title=unit, words=words, highest=highest)
    rows = [
        [name, *(words.number(float(numbers[one.name][place]), 1) for one in shown)] for place, name in enumerate(names)
    ]
    heads = [words(f"{key} head"), *(words.choose(one) for one in shown)]
    anchor = f"{key.replace(' ', '-')}.{regime.name}"
    panel = Panel(anchor, words(key), words(f"{key} read"), plot, words(f"{key} aria"), words(key))
    return panel, table(f"{words(key)} ({unit})", heads, rows)
