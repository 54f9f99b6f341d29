"""The data dictionary: what stands in each column of each table, from what is declared."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sim.scenario.parameters import parameters
from sim.study.outcomes import Outcome, general_outcomes, outcomes_of
from sim.sweeps.archive.source import Source


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        table: Name of the table, that of its files without their endings.
        name: Its heading.
        type: How it is stored.
        unit: Its unit.
        meaning: What it is.
    """

    table: str
    name: str
    type: str
    unit: str
    meaning: str


def columns(source: Source, table: str, types: Mapping[str, str]) -> Iterator[Column]:
    """Yield the columns of a table.

    Args:
        source: The result.
        table: Name of the table.
        types: Heading to how it is stored.
    """
    outcomes = {outcome.name: outcome for outcome in outcomes_in(source)}
    for name, kind in types.items():
        unit, meaning = _meaning(source, table, name, outcomes)
        yield Column(table, name, kind, unit, meaning)


def _meaning(source: Source, table: str, name: str, outcomes: Mapping[str, Outcome]) -> tuple[str, str]:
    """Return unit and meaning of a column: as declared for the table, for keys, for factors, for outcomes."""
    for declared in (_declared().get(table, {}), _declared()["keys"]):
        if name in declared:
            return declared[name]["unit"], declared[name]["en"]
    for factor, column in source.origin.get("columns", {}).items():
        if column == name:
            return _of_factor(factor, source.origin["factors"][factor])
    if name in outcomes:
        return outcomes[name].unit, f"{outcomes[name].en}. {outcomes[name].en_says}"
    return "not declared", "An outcome of the makers' own, read from each run by a function of theirs."


def _of_factor(name: str, factor: Mapping[str, Any]) -> tuple[str, str]:
    """Return unit and meaning of a factor: a parameter, another value of the scenario, one's own keyword."""
    varied = f"Varied from {factor['low']:g} to {factor['high']:g}."
    parameter = parameters().get(name.rpartition(".")[2])
    if parameter is not None:
        where = f" (as `{name}`)" if name != parameter.name else ""
        return parameter.unit, f"Given: {parameter.en}{where}. {varied}"
    if factor["own"]:
        return "not declared", f"Given: `{name}`, a keyword of the network of the makers' own. {varied}"
    return "that of the scenario", f"Given: the value of the scenario that `--set {name}=...` gives. {varied}"


def outcomes_in(source: Source) -> tuple[Outcome, ...]:
    """Return the outcomes that a result may hold; the general ones where its scenario cannot be read."""
    return outcomes_of(source.scenario) if source.scenario else general_outcomes()


def outcome_definitions(source: Source) -> dict[str, list[Any]]:
    """Return what every outcome is, by column."""
    known = outcomes_in(source)
    return {
        "outcome": [each.name for each in known],
        "unit": [each.unit for each in known],
        "direction": [each.direction for each in known],
        "smallest_difference": [each.smallest_difference for each in known],
        "meaning": [f"{each.en}. {each.en_says}" for each in known],
    }


def parameter_definitions() -> dict[str, list[Any]]:
    """Return what every parameter is, by column."""
    known = [each for each in parameters().values() if each.kind != "lever"]
    return {
        "parameter": [each.name for each in known],
        "unit": [each.unit for each in known],
        "usual": [each.default for each in known],
        "low": [each.plausible[0] for each in known],
        "high": [each.plausible[1] for each in known],
        "meaning": [each.en for each in known],
        "source": [each.source for each in known],
    }


@cache
def _declared() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
