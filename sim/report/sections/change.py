"""What the chosen way of steering is, and which levers it sets otherwise than the baseline."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.conclusion import Sentence
from sim.report.material import Material, Regime
from sim.report.section import Figure, Section, section, together
from sim.report.tables import WRAPPED, Cell, Row, Table, table
from sim.report.words import Words
from sim.scenario.parameters import Parameter, levers
from sim.scenario.scenario import Scenario
from sim.scenario.units import unit_in

SCALE = "0 to 1"  # the unit of most levers; it is said once, above the table


def change(material: Material, words: Words) -> Section | None:
    """Return what each rival is and changes; with a single regime, how its levers stand."""
    key = "change" if material.rivals else "change one"
    return section(material, words, "change", _view, heading=words(key))


def _view(material: Material, words: Words, regime: Regime) -> tuple[Sequence[Sentence], Sequence[Figure]]:
    rationale = words.choose(regime, "rationale")
    told = [Sentence("", None, " ".join(rationale.split()), "")] if rationale else []
    shown = together(material, regime)
    differing = [lever for lever in levers().values() if len(shown) < 2 or _differs(shown, lever.name)]
    if not differing:
        return [*told, Sentence("", None, words("levers changed none"), "")], []
    numbers = [_table(words, shown, differing)]
    heading = words("levers changed" if len(shown) > 1 else "levers one")
    read = words("levers changed read", baseline=words.choose(material.baseline)) if len(shown) > 1 else ""
    return told, [Figure(f"levers.{regime.name}", heading, read, [], numbers)]


def _differs(shown: Sequence[Regime], lever: str) -> bool:
    return len({lever_signature(regime.scenario, lever) for regime in shown}) > 1


def _table(words: Words, shown: Sequence[Regime], differing: Sequence[Parameter]) -> Table:
    head = [words("lever"), *(words.choose(regime) for regime in shown)]
    rows: list[Row] = [
        [
            _described(words, lever),
            *(Cell(lever_text(words, regime.scenario, lever.name), WRAPPED) for regime in shown),
        ]
        for lever in differing
    ]
    return table(words("levers changed" if len(shown) > 1 else "levers one"), head, rows)


def _described(words: Words, lever: Parameter) -> str:
    text = lever.nl if words.language == "nl" else lever.en
    return text if lever.unit == SCALE else f"{text} ({unit_in(lever.unit, words.language)})"


def lever_signature(scenario: Scenario, lever: str) -> tuple[object, ...]:
    """Return all that is ever set for a lever from day 0 on, so that any difference shows."""
    first = tuple(scenario.levers[o.name][lever].value for o in scenario.organisations)
    later = tuple((c.day, c.organisations, c.value.value) for c in scenario.changes if c.lever == lever)
    return (first, later)


def lever_text(words: Words, scenario: Scenario, lever: str) -> str:
    """Return what a lever is from day 0 on, in a few words: its value, or their range, and what changes later."""
    values = {scenario.levers[o.name][lever].value for o in scenario.organisations}
    text = words.plain(values.pop()) if len(values) == 1 else _range_text(words, values)
    changes = sorted({(c.day, words.plain(c.value.value)) for c in scenario.changes if c.lever == lever})
    return "; ".join([text, *(f"{words('from this day', day=day)} {value}" for day, value in changes)])


def _range_text(words: Words, values: set[float | int | bool]) -> str:
    if not values:
        return words("not measured")
    return f"{words.plain(min(values))} … {words.plain(max(values))}"
