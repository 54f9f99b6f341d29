"""Outcomes that are about some people or places: a vulnerable group, an organisation, a kind of help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sim.report.material import Material
from sim.report.words import Words
from sim.study.outcomes import Outcome

By = Literal["group", "organisation", "kind"]
BYS: tuple[By, ...] = ("group", "organisation", "kind")

OF_EVERYONE = ("wait_mean", "handoffs", "value", "crisis_admissions", "unmet_need")
OF_GROUPS = OF_EVERYONE
OF_CLIENTS = ("wait_mean", "waiting_at_end", "value")
OF_WORKERS = ("strain", "ownership", "production", "turnover", "share_sick")
OF_KINDS = ("wait_mean", "beyond_norm")
CHOSEN: dict[By, tuple[str, ...]] = {
    "group": OF_GROUPS,
    "organisation": (*OF_CLIENTS, *OF_WORKERS),
    "kind": OF_KINDS,
}
"""Of hundreds of narrowed outcomes those by which the page says who gains and who loses; a table has all others."""


@dataclass(frozen=True)
class Narrowed:
    """An outcome of some people or places.

    Attributes:
        outcome: The outcome.
        base: Name of the outcome of everyone.
        by: What the people or places are; empty for everyone.
        who: Which of them it is, in words.
    """

    outcome: Outcome
    base: str
    by: By | Literal[""]
    who: str


def narrowed(material: Material, words: Words) -> list[Narrowed]:
    """Return the outcomes of groups, organisations and kinds, in the order of the result."""
    return [
        Narrowed(outcome, outcome.base, by, _who(material, words, by, outcome.who))
        for outcome in material.outcomes
        for by in BYS
        if outcome.by == by
    ]


def curated(material: Material, words: Words) -> list[Narrowed]:
    """Return what the page tells of everyone, of groups, organisations and kinds of help, in that order."""
    found = narrowed(material, words)
    everyone = [Narrowed(material.outcome[name], name, "", words("everyone")) for name in _held(material, OF_EVERYONE)]
    return [*everyone, *(one for by in BYS for one in chosen(found, by))]


def chosen(found: Iterable[Narrowed], by: By) -> Iterator[Narrowed]:
    """Yield those of ``found`` that the page tells of what ``by`` says, outcome by outcome."""
    known = [one for one in found if one.by == by]
    for base in CHOSEN[by]:
        yield from (one for one in known if one.base == base)


def _held(material: Material, names: Iterable[str]) -> list[str]:
    return [name for name in names if name in material.outcome]


def _who(material: Material, words: Words, by: By, name: str) -> str:
    if by == "group":
        return words(f"group {name}")
    places = material.scenario.organisations if by == "organisation" else material.scenario.kinds
    return next((words.choose(place) for place in places if place.name == name), name)
