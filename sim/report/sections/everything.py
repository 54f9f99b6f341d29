"""All outcomes in one table for each rival, group by group, with a box to search them."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.conclusion import Sentence
from sim.report.findings import Finding
from sim.report.material import Material, Regime
from sim.report.measures import measure
from sim.report.rows import COLUMNS, difference_cells, level_cells
from sim.report.section import Figure, Section, section
from sim.report.tables import Row, grouped_table
from sim.report.words import TEXTS, Words
from sim.study.outcomes import Outcome

MORE_COLUMNS = ("noise", "better pairs", "smallest", "variance ratio")


def everything(material: Material, words: Words) -> Section | None:
    """Return all outcomes that the model measures."""
    read = words("all outcomes read" if material.rivals else "all levels read")
    return section(material, words, "all", _view, heading=words("all outcomes"), read=[read])


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure]]:
    if regime is material.baseline:
        heads = ["outcome", "mean", "lowest", "highest"]
    else:
        heads = ["outcome", *COLUMNS, *MORE_COLUMNS]
    head = [words(key, baseline=words.choose(material.baseline)) for key in heads]
    groups = dict.fromkeys(outcome.group for outcome in material.outcomes)
    rows = [(_group(words, group), _rows(material, words, regime, group)) for group in groups]
    caption = f"{words('all outcomes')}: {words.choose(regime)}"
    numbers = grouped_table(caption, head, rows, searchable=True)
    return [], [Figure(f"all.{regime.name}", words("all outcomes"), "", [], [numbers], on_paper=False)]


def _group(words: Words, group: str) -> str:
    return words(f"outcomes {group}") if f"outcomes {group}" in TEXTS else group


def _rows(material: Material, words: Words, regime: Regime, group: str) -> list[Row]:
    found = [outcome for outcome in material.outcomes if outcome.group == group]
    if regime is material.baseline:
        return [[_starred(words, outcome), *level_cells(material, words, outcome)] for outcome in found]
    return [_row(words, outcome, material.findings[regime.name, outcome.name]) for outcome in found]


def _row(words: Words, outcome: Outcome, finding: Finding) -> Row:
    written = measure(words, outcome)
    return [
        _starred(words, outcome),
        *difference_cells(words, finding),
        words.number(written.scale * finding.paired.noise, written.decimals),
        _better_pairs(words, finding),
        words.number(written.margin, written.decimals),
        words.number(finding.paired.variance_ratio, 2),
    ]


def _starred(words: Words, outcome: Outcome) -> str:
    text = f"{outcome.label(words.language)} ({measure(words, outcome).level_unit})"
    return f"★ {text}" if outcome.headline else text


def _better_pairs(words: Words, finding: Finding) -> str:
    if not finding.outcome.direction or not finding.paired.n:
        return words("not measured")
    return words("k of n", k=finding.better_pairs, n=finding.paired.n)
