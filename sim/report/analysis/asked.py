"""What an analysis is of: the sweep as its folder describes it, with the labels of all that it names."""

from __future__ import annotations

import datetime
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.errors import SILENT, RegieError, Said
from sim.scenario.parameters import Parameter, parameters
from sim.scenario.scenario import Scenario
from sim.scenario.units import choices, unit_said
from sim.study.folder import file_name
from sim.study.outcomes import Outcome, general_outcomes, outcomes_of

_ENDS_A_LABEL = (":", ";", " (", ", on top of")


@dataclass(frozen=True)
class Varied:
    """A factor as people read it.

    Attributes:
        name: Its declared name, or its path.
        said: What it is, in a few words.
        whole: The whole description.
        unit: Its unit; silent where it has none.
        words: Value to word, where its values are words.
        low: Lowest value that was tried.
        high: Highest value.
        whole_numbers: Whether its values are whole numbers.
        yes_or_no: Whether it is yes or no.
    """

    name: str
    said: Said
    whole: Said
    unit: Said
    words: Mapping[float, Said]
    low: float
    high: float
    whole_numbers: bool = False
    yes_or_no: bool = False


@dataclass(frozen=True)
class Asked:
    """What was asked, and how the analysis came about.

    Attributes:
        about: What ``sweep.json`` says.
        titles: Regime to its label.
        outcomes: The outcomes that are declared, by name; those of the user's own are not.
        command: The command that makes the analysis again.
        condition: The condition that was asked for; empty where the usual one is meant.
        made: Day on which it was made.
    """

    about: Mapping[str, Any]
    titles: Mapping[str, Said]
    outcomes: Mapping[str, Outcome]
    command: str
    condition: str
    made: datetime.date

    @property
    def title(self) -> Said:
        """Title of the experiment."""
        english = self.about["title"] or self.about["name"]
        return Said(english, self.about["title_nl"] or english)

    @property
    def runs(self) -> int:
        """Runs that are finished, those that failed among them."""
        return int(self.about.get("runs", 0))

    @property
    def planned(self) -> int:
        """Runs that were asked."""
        return int(self.about["points"] * self.about["replications"] * len(self.about["regimes"]))

    @property
    def failed(self) -> int:
        """Runs that failed."""
        return int(self.about.get("failed", 0))

    @property
    def complete(self) -> bool:
        """Whether all that was asked is there."""
        return bool(self.about["complete"])

    @property
    def version(self) -> str:
        """Version of regie that made the runs."""
        return str(self.about["versions"].get("regie", ""))

    @property
    def digest(self) -> str:
        """Hash of all that decides what a point gives."""
        text = json.dumps(self.about["identity"], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def factors(self) -> Mapping[str, Varied]:
        """The factors, by name."""
        return {name: varied(name, given) for name, given in self.about["factors"].items()}

    def factor(self, name: str) -> Varied:
        """Return a factor; one that the sweep does not name is called by its name."""
        plain = Said(name, name)
        return self.factors.get(name) or Varied(name, plain, plain, SILENT, {}, math.nan, math.nan)

    def regime(self, name: str) -> Said:
        """Return the label of a regime."""
        return self.titles.get(name, Said(name, name))


def asked(place: Path, about: Mapping[str, Any], *, command: str = "", condition: str = "") -> Asked:
    """Return what was asked.

    Args:
        place: The folder of the sweep.
        about: What is said of the sweep in it.
        command: The command that makes the analysis again.
        condition: The condition that was asked for.
    """
    scenarios = {name: _scenario(place, name) for name in about["regimes"]}
    known = [scenario for scenario in scenarios.values() if scenario is not None]
    return Asked(
        about=about,
        titles={name: Said(s.label.title, s.label.title_nl) for name, s in scenarios.items() if s and s.label.title},
        outcomes={each.name: each for each in (outcomes_of(known[0]) if known else general_outcomes())},
        command=command,
        condition=condition,
        made=datetime.datetime.now().date(),
    )


def _scenario(place: Path, regime: str) -> Scenario | None:
    """Return a scenario that the sweep wrote; None where this version cannot read it: names then stand for labels."""
    try:
        return Scenario.load(place / "scenarios" / f"{file_name(regime)}.toml")
    except RegieError:
        return None


def varied(name: str, given: Mapping[str, Any]) -> Varied:
    """Return a factor as people read it.

    Args:
        name: Its declared name or path.
        given: What the sweep says of it.
    """
    path, _, last = name.rpartition(".")
    parameter = None if given.get("own") else parameters().get(last)
    ends = float(given["low"]), float(given["high"])
    kind = {"whole_numbers": given["type"] == "int", "yes_or_no": given["type"] == "bool"}
    if parameter is None:
        return Varied(name, Said(name, name), Said(name, name), SILENT, {}, *ends, **kind)
    where = Said(f" ({path})", f" ({path})") if path else SILENT
    whole = Said(parameter.en, parameter.nl) + where
    said = Said(_few_words(parameter.en), _few_words(parameter.nl)) + where
    unit = SILENT if kind["yes_or_no"] or _words(parameter) else unit_said(parameter.unit)
    return Varied(name, said, whole, unit, _words(parameter), *ends, **kind)


def _few_words(text: str) -> str:
    """Return a description up to where it begins to explain itself."""
    return text[: min([len(text), *(at for end in _ENDS_A_LABEL if (at := text.find(end)) > 0)])]


def _words(parameter: Parameter) -> dict[float, Said]:
    named: dict[float, list[str]] = {}
    for word, value in choices(parameter).items():
        named.setdefault(float(value), []).append(word)
    return {value: Said(words[0], words[-1]) for value, words in named.items()}
