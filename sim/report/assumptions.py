"""What a result rests on: the levers that differ, the numbers the scenario chose, and all the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sim.report.tables import NUMBER, SOURCE, TEXT, Cell, Part, Table, table
from sim.report.words import Words
from sim.scenario.groups import GROUPS
from sim.scenario.parameters import Parameter, levers, parameters
from sim.scenario.scenario import Scenario, Value
from sim.scenario.units import unit_in

DEFAULT = "default"


def assumptions(
    words: Words, scenario: Scenario, regimes: Mapping[str, Scenario], titles: Mapping[str, str]
) -> list[Part]:
    """Return the tables of assumptions, those of this comparison and this scenario first.

    Args:
        words: The language.
        scenario: The scenario; its numbers are those of every regime.
        regimes: Regime name to the scenario under it, the baseline first.
        titles: Regime name to its label.
    """
    return [
        _levers(words, regimes, titles),
        _chosen(words, scenario),
        Part(words("place and help"), "", [_organisations(words, scenario), _kinds(words, scenario)], open=False),
        _others(words, scenario),
    ]


def how_sure(scenario: Scenario) -> Counter[str]:
    """Return how many of the numbers have which status; every number of the model counts once."""
    return Counter(value.status for value in scenario.values.values())


def _levers(words: Words, regimes: Mapping[str, Scenario], titles: Mapping[str, str]) -> Part:
    names = list(regimes)
    base = names[0]
    if len(names) == 1:
        rows = [_lever_row(words, lever, regimes) for lever in levers().values()]
        return Part(words("levers one"), "", [_lever_table(words, [titles[base]], rows)])
    differing = [p for p in levers().values() if len({lever_signature(s, p.name) for s in regimes.values()}) > 1]
    heading = words("levers changed")
    if not differing:
        return Part(heading, words("levers changed none"))
    rows = [_lever_row(words, lever, regimes) for lever in differing]
    read = words("levers changed read", baseline=titles[base])
    return Part(heading, read, [_lever_table(words, [titles[name] for name in names], rows)])


def _lever_table(words: Words, titles: Sequence[str], rows: Sequence[Sequence[str | Cell]]) -> Table:
    return table(words("levers changed"), [words("lever"), *titles, words("unit")], rows)


def _lever_row(words: Words, lever: Parameter, regimes: Mapping[str, Scenario]) -> list[str | Cell]:
    cells = [lever_text(words, scenario, lever.name) for scenario in regimes.values()]
    return [_description(words, lever), *cells, Cell(unit_in(lever.unit, words.language), TEXT)]


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


def _chosen(words: Words, scenario: Scenario) -> Part:
    chosen = {name: value for name, value in scenario.values.items() if value.origin != DEFAULT}
    heading = words("set here")
    if not chosen:
        return Part(heading, words("set here none"))
    return Part(heading, "", [_values(words, words("set here"), chosen, origin=True)])


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
            tables.append(_values(words, caption, values, origin=False))
    return Part(words("not changed"), "", tables, open=False)


def _values(words: Words, caption: str, values: Mapping[str, Value], *, origin: bool) -> Table:
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
