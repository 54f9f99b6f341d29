"""What was set by hand for this one result, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.report.words import Words
from sim.scenario.parameters import levers, parameters
from sim.scenario.scenario import SET, HelpKind, Organisation, Scenario, Value
from sim.scenario.units import unit_in

SCALE = "0 to 1"  # a unit that adds nothing behind a number


def by_hand(words: Words, scenario: Scenario) -> list[str]:
    """Return each value that was given on the command line (or in Python), in words."""
    said = [_said(words, name, value) for name, value in _set(scenario.values)]
    places: list[HelpKind | Organisation] = [*scenario.kinds, *scenario.organisations]
    for place in places:
        said += [f"{words.choose(place)}: {_field(words, scenario, key, v)}" for key, v in _set(place.given)]
    return said + _levers(words, scenario)


def _set(values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    return ((name, value) for name, value in values.items() if value.origin == SET)


def _said(words: Words, name: str, value: Value) -> str:
    parameter = parameters()[name]
    description = parameter.nl if words.language == "nl" else parameter.en
    unit = "" if parameter.unit in (SCALE, "") else f" {unit_in(parameter.unit, words.language)}"
    return f"{description}: {words.plain(value.value)}{unit}"


def _field(words: Words, scenario: Scenario, key: str, value: Value) -> str:
    field, _, kind = key.partition(".")
    title = next((words.choose(one) for one in scenario.kinds if one.name == kind), kind)
    return f"{words(f'field {field}', kind=title)}: {words.plain(value.value)}"


def _levers(words: Words, scenario: Scenario) -> list[str]:
    """Return the levers that were set; once where all organisations got the same."""
    said = []
    places = scenario.organisations
    for name in levers():
        own = [scenario.levers[place.name][name] for place in places]
        if all(value.origin == SET for value in own) and len({value.value for value in own}) == 1:
            said.append(_said(words, name, own[0]))
        else:
            here = [(place, value) for place, value in zip(places, own, strict=True) if value.origin == SET]
            said += [f"{words.choose(place)}: {_said(words, name, value)}" for place, value in here]
    return said
