"""Outcomes that are about some people or places: a vulnerable group, an organisation, a kind of help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.report.material import Material
from sim.report.words import Words
from sim.study.outcomes import Outcome

By = Literal["group", "organisation", "kind"]
BYS: tuple[By, ...] = ("group", "organisation", "kind")


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
    return [
        Narrowed(outcome, outcome.base, by, _who(material, words, by, outcome.who))
        for outcome in material.outcomes
        for by in BYS
        if outcome.by == by
    ]


def _who(material: Material, words: Words, by: By, name: str) -> str:
    if by == "group":
        return words(f"group {name}")
    places = material.scenario.organisations if by == "organisation" else material.scenario.kinds
    return next((words.choose(place) for place in places if place.name == name), name)
