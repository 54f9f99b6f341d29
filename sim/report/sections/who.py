"""Who gains and who loses: vulnerable groups, organisations with their workers, and kinds of help apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sim.report.conclusion import Sentence, badge
from sim.report.material import Material, Regime
from sim.report.measures import measure
from sim.report.narrowed import CHOSEN, OF_CLIENTS, OF_KINDS, OF_WORKERS, By, Narrowed, chosen, curated, narrowed
from sim.report.plots import dot_plot
from sim.report.rows import Row, rows_figure
from sim.report.section import Figure, Panel, Section, legend, section, together
from sim.report.tables import Cell, Table, table
from sim.report.tables import Row as Cells
from sim.report.words import Words

VERDICTS = ("better", "worse")  # whose bearers are named; the undecided are counted
SHOWN: tuple[tuple[str, By, tuple[str, ...]], ...] = (
    ("who organisation", "organisation", OF_CLIENTS),
    ("who workers", "organisation", OF_WORKERS),
    ("who kind", "kind", OF_KINDS),
)
"""The tables of organisations and kinds: heading, whose, and which outcomes."""


def who(material: Material, words: Words) -> Section | None:
    """Return the outcomes of groups, organisations and kinds of help that matter most, beside that of everyone."""
    heading, read = (words(key if material.rivals else f"{key} one") for key in ("who", "who read"))
    more = words("many verdicts") if material.rivals else ""
    return section(material, words, "who", _view, heading=heading, read=[read, more])


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure | None]]:
    found = narrowed(material, words)
    tables = [_matrix(material, words, regime, found, *shown) for shown in SHOWN]
    told = [] if regime is material.baseline else _told(material, words, regime)
    return told, [_groups(material, words, regime, found), *tables, _levels(material, words, regime)]


# --- in words ------------------------------------------------------------------------------------------


def _told(material: Material, words: Words, regime: Regime) -> list[Sentence]:
    """Return who gets better and who gets worse, outcome by outcome, and for how many it is undecided, or equal."""
    found = [(one, material.findings[regime.name, one.outcome.name].verdict) for one in curated(material, words)]
    said = []
    for verdict in VERDICTS:
        names: dict[str, list[str]] = {}
        for one, found_verdict in found:
            if found_verdict == verdict:
                names.setdefault(material.base_label(words, one.base), []).append(one.who)
        text = "; ".join(f"{base}: {words.listed(who)}" for base, who in names.items())
        if text:
            said.append(Sentence("", badge(words, verdict), f"{text}.", ""))
    counts = {key: sum(verdict == key for _, verdict in found) for key in ("no difference", "undecided")}
    known = [(key, n) for key, n in counts.items() if n]
    return [*said, *(Sentence("", badge(words, key), words(f"who {key}", n=n, all=len(found)), "") for key, n in known)]


# --- groups: a plot for each outcome ---------------------------------------------------------------------


def _groups(material: Material, words: Words, regime: Regime, found: Sequence[Narrowed]) -> Figure | None:
    """Return the differences for everyone and for each vulnerable group, a plot an outcome; None without groups."""
    made = [one for base in CHOSEN["group"] if (one := _group(material, words, regime, found, base)) is not None]
    if not made:
        return None
    panels = [replace(panel, heading=one.heading) for one in made for panel in one.panels]
    tables = [numbers for one in made for numbers in one.tables]
    return Figure(f"groups.{regime.name}", words("who groups"), "", panels, tables, on_paper=False)


def _group(material: Material, words: Words, regime: Regime, found: Sequence[Narrowed], base: str) -> Figure | None:
    rows = [Row(one.outcome, one.who) for one in chosen(found, "group") if one.base == base]
    if not rows:
        return None
    rows.insert(0, Row(material.outcome[base], words("everyone")))
    return rows_figure(material, words, regime, f"group-{base}", material.base_label(words, base), rows)


# --- organisations and kinds: a table of verdicts --------------------------------------------------------


def _matrix(
    material: Material,
    words: Words,
    regime: Regime,
    found: Sequence[Narrowed],
    heading: str,
    by: By,
    bases: Sequence[str],
) -> Figure | None:
    """Return a table with a row for each place and a column for each outcome; None where there is none."""
    here = [one for one in chosen(found, by) if one.base in bases]
    held = [base for base in bases if any(one.base == base for one in here)]
    if not held:
        return None
    of = {(one.who, one.base): one for one in here}
    rows: list[Cells] = [
        [place, *(_cell(material, words, regime, of, place, base) for base in held)]
        for place in dict.fromkeys(one.who for one in here)
    ]
    head = [words(f"{by} head"), *(_head(material, words, base) for base in held)]
    numbers = table(words(heading), head, rows)
    explained = material.rivals and heading == SHOWN[0][0]
    read = words("who matrix read", baseline=words.choose(material.baseline)) if explained else ""
    return Figure(f"{heading.replace(' ', '-')}.{regime.name}", words(heading), read, [], [numbers])


def _head(material: Material, words: Words, base: str) -> str:
    outcome = material.outcome[base]
    return f"{outcome.label(words.language)}, {measure(words, outcome).level_unit}"


def _cell(
    material: Material,
    words: Words,
    regime: Regime,
    of: Mapping[tuple[str, str], Narrowed],
    place: str,
    base: str,
) -> Cell:
    one = of.get((place, base))
    if one is None:
        return Cell(words("not measured"), "n")
    written = measure(words, one.outcome)
    if regime is material.baseline:
        return Cell(written.level(material.level(regime.name, one.outcome.name).mean), "n")
    found = material.findings[regime.name, one.outcome.name]
    shown = badge(words, found.verdict)
    return Cell(f"{shown.sign} {written.signed(found.paired.difference)}", f"n {shown.style}")


# --- levels ----------------------------------------------------------------------------------------------


def _levels(material: Material, words: Words, regime: Regime) -> Figure | None:
    """Return lists by organisation and waits by kind of help, under the baseline and the rival; None without both."""
    lists = {name: list(map(float, found)) for name, found in material.lists.items()}
    organisations = [words.choose(place) for place in material.scenario.organisations]
    made = [
        _dots(material, words, regime, "by organisation", organisations, lists),
        _dots(material, words, regime, "by kind", *_waits_by_kind(material, words)),
    ]
    known = [one for one in made if one is not None]
    if not known:
        return None
    panels, tables = [panel for panel, _ in known], [numbers for _, numbers in known]
    signs = legend(words, together(material, regime), lines=False)
    return Figure(f"levels.{regime.name}", words("who levels"), "", panels, tables, signs, printed=False)


def _waits_by_kind(material: Material, words: Words) -> tuple[list[str], dict[str, list[float]]]:
    """Return the kinds of help, and under each regime the mean wait for each."""
    found = [one for one in narrowed(material, words) if one.by == "kind" and one.base == "wait_mean"]
    levels = {
        regime.name: [material.level(regime.name, one.outcome.name).mean for one in found]
        for regime in material.regimes
    }
    return [one.who for one in found], levels


def _dots(
    material: Material,
    words: Words,
    regime: Regime,
    key: str,
    names: Sequence[str],
    levels: Mapping[str, Sequence[float]],
) -> tuple[Panel, Table] | None:
    shown = [one for one in together(material, regime) if one.name in levels]
    if regime not in shown or not names:
        return None
    unit = words(f"{key} unit")
    marks = [(words.choose(one), one.look, levels[one.name]) for one in shown]
    highest = 1.05 * max([1.0, *(level for found in levels.values() for level in found if level == level)])
    plot = dot_plot(names, marks, title=unit, words=words, highest=highest)
    rows: list[Cells] = [
        [name, *(words.number(levels[one.name][place], 1) for one in shown)] for place, name in enumerate(names)
    ]
    heads = [words(f"{key.removeprefix('by ')} head"), *(words.choose(one) for one in shown)]
    anchor = f"{key.replace(' ', '-')}.{regime.name}"
    panel = Panel(anchor, words(key), words(f"{key} read"), plot, words(f"{key} aria"), words(key))
    return panel, table(f"{words(key)} ({unit})", heads, rows)
