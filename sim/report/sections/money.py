"""What is paid, by whom: euros, hours and staff by payer, and the prices that turn the one into the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sim.report.assumptions import values_table
from sim.report.conclusion import Sentence
from sim.report.material import Material, Regime
from sim.report.rows import Row, rows_figure
from sim.report.section import Figure, Section, View, section
from sim.report.sections.plain import told
from sim.report.words import Words
from sim.scenario.payers import TARIFFS
from sim.study.outcomes import Outcome

BASES = ("euros", "euros_zone", "hours_billed", "staff")
TOLD = ("euros", "hours_billed")
PRICES = (*TARIFFS.values(), "long_term_care_days")


def money(material: Material, words: Words) -> Section | None:
    """Return the bill of each payer and what it is made of; None where the result holds no money."""
    if not _rows(material, words):
        return None
    made = section(material, words, "money", _view, read=[words("money read"), words("money caution")])
    return replace(made, views=[*made.views, View("", figures=[_prices(material, words)])]) if made else None


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure | None]]:
    figure = rows_figure(material, words, regime, "money", words("by payer"), _rows(material, words))
    return told(material, words, regime, TOLD), [figure]


def _rows(material: Material, words: Words) -> list[Row]:
    found = [one for base in BASES for one in material.outcomes if one.base == base and one.by in ("", "payer")]
    return [Row(one, _label(words, one)) for one in found]


def _label(words: Words, outcome: Outcome) -> str:
    """Return the payer; of all payers together what is counted."""
    label = outcome.label(words.language)
    return label.rpartition(": ")[2] if outcome.by else words("all together", what=label)


def _prices(material: Material, words: Words) -> Figure:
    values = {name: material.scenario.values[name] for name in PRICES}
    return Figure("prices", words("prices"), words("prices read"), [], [values_table(words, words("prices"), values)])
