"""Lists of what there is: scenarios, regimes, levers and other parameters, each with a title and one line."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from sim.errors import RegieError
from sim.scenario import files
from sim.scenario.groups import GROUPS, REGIMES
from sim.scenario.loading import load
from sim.scenario.mistakes import plain, printable
from sim.scenario.parameters import Parameter, levers, parameters
from sim.scenario.regimes import in_order, load_regime
from sim.scenario.sentences import say
from sim.scenario.units import unit_said

Lang = Literal["nl", "en"]


class Listed(NamedTuple):
    """One line of a list, under the heading of its group where it has one."""

    name: str
    title: str
    line: str
    group: str = ""


def scenario_names() -> list[str]:
    """Return the names of the scenarios that can be loaded by name."""
    return files.names("scenario")


def regime_names() -> list[str]:
    """Return the names of the regimes that can be loaded by name, group by group."""
    return in_order(files.names("regime"))


def list_scenarios(lang: Lang = "en") -> list[Listed]:
    """Return each scenario with its title and the first sentence of its description.

    One that cannot be read is listed too, with the reason.
    """
    return [_scenario(name, lang) for name in scenario_names()]


def _scenario(name: str, lang: Lang) -> Listed:
    try:
        scenario = load(name)
    except RegieError as error:
        return _broken(name, error, lang)
    if lang == "nl":
        return Listed(name, printable(scenario.title_nl), _first_sentence(scenario.description_nl))
    return Listed(name, printable(scenario.title), _first_sentence(scenario.description))


def list_regimes(lang: Lang = "en") -> list[Listed]:
    """Return each regime with its title and the first sentence of its rationale.

    One that cannot be read is listed too, with the reason.
    """
    return [_regime(name, lang) for name in regime_names()]


def _regime(name: str, lang: Lang) -> Listed:
    try:
        regime = load_regime(name)
    except RegieError as error:
        return _broken(name, error, lang)
    label = regime.label
    rationale = label.rationale_nl if lang == "nl" else label.rationale
    group = REGIMES[label.group].in_language(lang)
    return Listed(name, printable(label.title_in(lang)), _first_sentence(rationale), group)


def _broken(name: str, error: RegieError, lang: Lang) -> Listed:
    return Listed(printable(name), "?", printable(error.in_language(lang).split("\n", 1)[0]))


def list_levers(lang: Lang = "en") -> list[Listed]:
    """Return each lever with its range and unit, and its description; levers of one group stand together."""
    return [_lever(lever, lang) for lever in levers().values()]


def _lever(lever: Parameter, lang: Lang) -> Listed:
    line = lever.nl if lang == "nl" else lever.en
    return Listed(lever.name, _range(lever, lang), line, GROUPS[lever.group].in_language(lang))


def list_parameters(lang: Lang = "en", word: str = "") -> list[Listed]:
    """Return each parameter that is no lever with its range and usual value; only those about ``word``, where given.

    Raises:
        RegieError: If none is about the word.
    """
    fixed = [_lever(p, lang)._replace(title=_with_usual(p, lang)) for p in parameters().values() if p.kind != "lever"]
    found = [row for row in fixed if word.lower() in f"{row.name} {row.line} {row.group}".lower()]
    if not found:
        raise RegieError(say("no such parameter", word=printable(word)))
    return found


def _with_usual(parameter: Parameter, lang: Lang) -> str:
    usual = str(parameter.default).lower() if parameter.type == "bool" else plain(parameter.default)
    return say("usual", range=_range(parameter, lang), value=usual).in_language(lang)


def _range(lever: Parameter, lang: Lang) -> str:
    if lever.type == "bool":
        return "true / false"
    low, high = map(plain, lever.range)
    unit = unit_said(lever.unit)
    said = unit if unit.en.startswith(f"{low} to {high}") else say("range", low=low, high=high, unit=unit)
    return said.in_language(lang)


def _first_sentence(text: str) -> str:
    """Return the first sentence on one line."""
    line = " ".join(text.split())
    return printable(re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0])
