"""Outcomes that are about some people or places: a vulnerable group, an organisation, a kind of help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.report.material import Material
from sim.report.words import TEXTS, Words
from sim.study.outcomes import Outcome

By = Literal["group", "organisation", "kind"]
BYS: tuple[By, ...] = ("group", "organisation", "kind")
# Names that were given before narrowed outcomes were called BASE.BY.WHO.
_BASES = {"wait": "wait_mean", "value": "value"}
_GROUPS = ("frailest", "alone", "little_voice")


@dataclass(frozen=True)
class Narrowed:
    """An outcome of some people or places.

    Attributes:
        outcome: The outcome.
        base: Name of the outcome of everyone.
        by: What the people or places are.
        who: Which of them it is, in words.
    """

    outcome: Outcome
    base: str
    by: By
    who: str


def narrowed(material: Material, words: Words) -> list[Narrowed]:
    """Return the outcomes of groups, organisations and kinds, in the order of the result."""
    found = []
    for outcome in material.outcomes:
        base, by, name = _parts(outcome.name)
        if by:
            found.append(Narrowed(outcome, base, by, _who(material, words, by, name)))
    return found


def _parts(name: str) -> tuple[str, By | Literal[""], str]:
    parts = name.split(".")
    for by in BYS:
        if len(parts) == 3 and parts[1] == by:
            return parts[0], by, parts[2]
    if len(parts) == 2:
        return parts[0], "organisation", parts[1]
    base, _, group = name.partition("_")
    if base in _BASES and group in _GROUPS:
        return _BASES[base], "group", group
    return name, "", ""


def _who(material: Material, words: Words, by: By, name: str) -> str:
    if by == "group":
        return words(f"group {name}") if f"group {name}" in TEXTS else name
    places = material.scenario.organisations if by == "organisation" else material.scenario.kinds
    return next((words.choose(place) for place in places if place.name == name), name)
