"""What a sweep varies: levers, uncertainties, any value of a scenario, keywords of a network of one's own."""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError, Said, nearest
from sim.scenario.experiment_schema import Open
from sim.scenario.mistakes import Mistake
from sim.scenario.overriding import YES_OR_NO_OF_A_KIND, wrong_values
from sim.scenario.parameters import Number, Parameter, parameters
from sim.scenario.scenario import Scenario
from sim.scenario.units import choices
from sim.study.worlds import drawn_parameters
from sim.sweeps.experiment import Asked, Experiment
from sim.sweeps.sentences import say

if TYPE_CHECKING:
    from sim.model.network import CareNetwork

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Factor:
    """Something that is varied.

    Attributes:
        name: Declared name, or path as of ``--set``.
        type: ``"float"``, ``"int"`` or ``"bool"``.
        low: Lowest value that is tried.
        high: Highest value.
        values: The values of a grid; empty where a range is sampled.
        own: Whether it is a keyword of a network of one's own, and no value of the scenario.
    """

    name: str
    type: str
    low: float
    high: float
    values: tuple[float, ...] = ()
    own: bool = False

    def levels(self, most: int) -> tuple[float, ...]:
        """Return the values of a grid: those given, else ``most`` from end to end, of whole numbers each once."""
        if self.values:
            return self.values
        spread = np.linspace(self.low, self.high, most)
        return tuple(dict.fromkeys((spread if self.type == "float" else np.rint(spread)).tolist()))

    def scaled(self, shares: Floats) -> Floats:
        """Return values for shares from 0 to 1; whole numbers are all as likely."""
        if self.type == "float":
            return self.low + shares * (self.high - self.low)
        return np.minimum(np.floor(self.low + shares * (self.high - self.low + 1)), self.high)

    def as_given(self, value: float) -> Number:
        """Return a value as the scenario wants it."""
        return bool(value) if self.type == "bool" else int(value) if self.type == "int" else float(value)


def factors_of(experiment: Experiment, scenario: Scenario, label: str) -> tuple[tuple[Factor, ...], list[Mistake]]:
    """Return the factors of an experiment, and what is wrong with them."""
    asked: Any = experiment.factors  # a file may say anything
    if asked == "plausible":
        return tuple(_declared(parameter, "plausible") for parameter in drawn_parameters([scenario])), []
    found: list[Factor] = []
    mistakes: list[Mistake] = []
    if not isinstance(asked, Mapping):
        return (), [Mistake(label, say("not factors"), ("factors",), asked)]
    for name, given in asked.items():
        try:
            factor = _factor(name, given, experiment)
        except RegieError as mistake:
            mistakes.append(Mistake(label, mistake.said, ("factors", name), given))
            continue
        wrong = _wrong(factor, scenario)
        mistakes += [Mistake(label, each, ("factors", name)) for each in wrong[:1]]
        found += [factor] if not wrong else []
    return tuple(found), mistakes


def _factor(name: str, given: Asked, experiment: Experiment) -> Factor:
    parameter = parameters().get(name.rpartition(".")[2])
    if given in get_args(Open):
        if parameter is None:
            raise RegieError(say("no range"))
        return _declared(parameter, str(given), name)
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise RegieError(say("not values"))
    values = [_number(value, parameter) for value in given]
    keywords = keywords_of(experiment.network)
    kind, own = keywords.get(name) or (parameter.type if parameter else _type_of(name)), name in keywords
    if not values:
        raise RegieError(say("no values"))
    if experiment.method in ("grid", "table"):
        return Factor(name, kind, min(values), max(values), tuple(dict.fromkeys(values)), own)
    if len(values) != 2:
        raise RegieError(say("two ends"))
    if values[0] >= values[1]:
        raise RegieError(say("wrong order"))
    return Factor(name, kind, values[0], values[1], own=own)


def _declared(parameter: Parameter, which: str, name: str = "") -> Factor:
    low, high = parameter.plausible if which == "plausible" else parameter.range
    return Factor(name or parameter.name, parameter.type, float(low), float(high))


def keywords_of(network: type[CareNetwork] | None) -> dict[str, str]:
    """Return the keywords that a network of one's own has beside those of every network, each with its type.

    The type is that of the default: whole numbers where it is one, yes or no where it is that, else any number.
    """
    if network is None:
        return {}
    from sim.model.network import CareNetwork

    mine, every = (inspect.signature(each.__init__).parameters for each in (network, CareNetwork))
    named = [given for given in mine.values() if given.kind in (given.POSITIONAL_OR_KEYWORD, given.KEYWORD_ONLY)]
    types = {bool: "bool", int: "int"}
    return {given.name: types.get(type(given.default), "float") for given in named if given.name not in every}


def _type_of(path: str) -> str:
    """Return the type of a value that is no parameter, of an organisation or a kind of help."""
    *_, table, last = ("", *path.split("."))
    return "int" if table == "staff" else "bool" if last in YES_OR_NO_OF_A_KIND else "float"


def _number(value: Any, parameter: Parameter | None) -> float:
    words = choices(parameter) if parameter else {}
    if isinstance(value, str):
        if value not in words:
            raise RegieError(say("no word", value=value[:40], hint=nearest(value, words)))
        return float(words[value])
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise RegieError(say("not values"))
    return float(value)


def _wrong(factor: Factor, scenario: Scenario) -> list[Said]:
    """Return what is wrong with the values of a factor in a scenario."""
    if factor.own:
        return []
    ends = (factor.low, factor.high)
    return [said for value in ends for said in wrong_values(scenario, {factor.name: factor.as_given(value)})]


def settled(scenario: Scenario, factors: Sequence[Factor], point: Floats) -> Scenario:
    """Return the scenario at a point; levers take their values on day 0."""
    values: dict[str, Number | str] = {
        f.name: f.as_given(v) for f, v in zip(factors, point.tolist(), strict=True) if not f.own
    }
    return scenario.with_values(values, warmup=False) if values else scenario


def own_keywords(factors: Sequence[Factor], point: Floats) -> dict[str, Any]:
    """Return the keywords of a network of one's own at a point."""
    return {f.name: f.as_given(v) for f, v in zip(factors, point.tolist(), strict=True) if f.own}


def columns(factors: Sequence[Factor], taken: Sequence[str]) -> Iterator[str]:
    """Yield the name of the column of each factor: its own, unless an outcome is called so too."""
    for factor in factors:
        yield f"given_{factor.name}" if factor.name in taken else factor.name
