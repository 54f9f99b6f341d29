"""What a result rests on: the numbers the scenario chose, its organisations and help, and all other numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sim.report.tables import NUMBER, SOURCE, TEXT, Cell, Part, Table, table
from sim.report.words import Words
from sim.scenario.groups import GROUPS
from sim.scenario.parameters import Parameter, parameters
from sim.scenario.scenario import Scenario, Value
from sim.scenario.units import unit_in

DEFAULT = "default"


def assumptions(words: Words, scenario: Scenario) -> list[Part]:
    """Return the tables of assumptions, what this scenario chose first.

    Args:
        words: The language.
        scenario: The scenario; its numbers are those of every regime.
    """
    return [
        _chosen(words, scenario),
        Part(words("place and help"), "", [_organisations(words, scenario), _kinds(words, scenario)], open=False),
        _others(words, scenario),
    ]


def how_sure(scenario: Scenario) -> Counter[str]:
    """Return how many of the numbers have which status; every number of the model counts once."""
    return Counter(value.status for value in scenario.values.values())


def _chosen(words: Words, scenario: Scenario) -> Part:
    chosen = {name: value for name, value in scenario.values.items() if value.origin != DEFAULT}
    heading = words("set here")
    if not chosen:
        return Part(heading, words("set here none"))
    return Part(heading, "", [values_table(words, words("set here"), chosen, origin=True)])


def _others(words: Words, scenario: Scenario) -> Part:
    tables = []
    for group, heading in GROUPS.items():
        values = {
            name: value
            for name, value in scenario.values.items()
            if value.origin == DEFAULT and parameters()[name].group == group
        }
        if values:
            caption = f"{heading.in_language(words.language)} ({len(values)})"
            tables.append(values_table(words, caption, values))
    return Part(words("not changed"), "", tables, open=False)


def values_table(words: Words, caption: str, values: Mapping[str, Value], *, origin: bool = False) -> Table:
    """Return parameters with their value, unit, how sure they are and where they come from.

    Args:
        words: The language.
        caption: What the table says.
        values: The parameters by name.
        origin: Whether it says which file, or which hand, gave each value.
    """
    columns = ["parameter", "value column", "unit", "plausible", "status", "source", "origin"]
    if all(parameters()[name].kind == "constant" for name in values):
        columns.remove("plausible")
    if not origin:
        columns.remove("origin")
    rows = [_value_row(words, parameters()[name], value) for name, value in values.items()]
    return table(caption, [words(column) for column in columns], [[row[c] for c in columns] for row in rows])


def _value_row(words: Words, parameter: Parameter, value: Value) -> dict[str, str | Cell]:
    low, high = parameter.plausible
    plausible = f"{words.plain(low)} – {words.plain(high)}" if parameter.kind == "uncertainty" else ""
    return {
        "parameter": _description(words, parameter),
        "value column": Cell(words.plain(value.value), NUMBER),
        "unit": Cell(unit_in(parameter.unit, words.language), TEXT),
        "plausible": Cell(plausible, NUMBER),
        "status": Cell(words(f"status {value.status}"), TEXT),
        "source": Cell(value.source, SOURCE, "en"),
        "origin": Cell(value.origin, TEXT),
    }


def _description(words: Words, parameter: Parameter) -> str:
    return parameter.nl if words.language == "nl" else parameter.en


def _organisations(words: Words, scenario: Scenario) -> Table:
    kinds = {kind.name: words.choose(kind) for kind in scenario.kinds}
    head = [words(key) for key in ("organisation", "sector", "staff", "status", "source")]
    rows: list[list[str | Cell]] = [
        [
            words.choose(organisation),
            Cell(sector_in(words, organisation.sector), TEXT),
            Cell(_staff(words, organisation.staff, kinds), TEXT),
            Cell(words(f"status {organisation.status}"), TEXT),
            Cell(organisation.source, SOURCE, "en"),
        ]
        for organisation in scenario.organisations
    ]
    caption = f"{words('organisations')} ({len(rows)})"
    return table(caption, head, rows)


def _staff(words: Words, staff: Mapping[str, int], kinds: Mapping[str, str]) -> str:
    return ", ".join(f"{kinds.get(kind, kind)} {words.number(workers)}" for kind, workers in staff.items())


def _kinds(words: Words, scenario: Scenario) -> Table:
    head = [words(key) for key in ("kind", "sector", "share", "hours per week", "status", "source")]
    whole = sum(kind.share for kind in scenario.kinds) or 1.0
    rows: list[list[str | Cell]] = [
        [
            words.choose(kind),
            Cell(sector_in(words, kind.sector), TEXT),
            Cell(f"{words.number(100 * kind.share / whole)} %", NUMBER),
            Cell(words.plain(kind.hours_per_week), NUMBER),
            Cell(words(f"status {kind.status}"), TEXT),
            Cell(kind.source, SOURCE, "en"),
        ]
        for kind in scenario.kinds
    ]
    caption = f"{words('kinds of help')} ({len(rows)})"
    return table(caption, head, rows)


def sector_in(words: Words, sector: str) -> str:
    """Return a sector's name in the language of ``words``; one that a scenario made up stays as it is."""
    known = {"care", "welfare", "housing"}
    return words(f"sector {sector}") if sector in known else sector
