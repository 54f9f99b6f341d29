"""Every outcome: declared in ``outcomes.toml``, read from a run by one function, narrowed to some where declared.

An outcome that is not defined in a run (a mean over nobody) is NaN. What is narrowed is generated: ``wait_mean`` makes
``wait_mean.group.frailest``, ``wait_mean.organisation.home-care`` and ``wait_mean.kind.nursing``, with their texts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np

from sim.errors import Said
from sim.scenario.payers import PAYERS
from sim.scenario.scenario import Scenario
from sim.scenario.units import unit_in
from sim.study import living, money, waiting, work
from sim.study.fates import WITHIN_YEARS
from sim.study.groups import GROUPS
from sim.study.living import PARTS_OF_VALUE
from sim.study.scope import EVERYONE, By, Scope
from sim.study.tables import Floats, Run
from sim.study.waiting import Reader
from sim.study.work import DESTINATIONS, OF_WORKERS

__all__ = ["DESTINATIONS", "OF_WORKERS", "PARTS_OF_VALUE", "READERS", "Outcome", "extract", "general_outcomes"]

READERS: dict[str, Reader] = {**waiting.READERS, **living.READERS, **work.READERS, **money.READERS}
"""What reads each outcome from a run, for everyone or narrowed."""

ABOUT: dict[str, Said] = {
    "group": Said("Only for {who}.", "Alleen voor {who}."),
    "kind": Said("Only for help of the kind '{who}'.", "Alleen voor hulp van de soort '{who}'."),
    "payer": Said("Only what is paid by: {who}.", "Alleen wat wordt betaald door: {who}."),
    "organisation clients": Said(
        "Only for people whom '{who}' was the first to see.", "Alleen voor mensen die '{who}' als eerste zag."
    ),
    "organisation needs": Said(
        "Only for needs that '{who}' was the first to see.", "Alleen voor hulpvragen die '{who}' als eerste zag."
    ),
    "organisation work": Said("Only for '{who}'.", "Alleen voor '{who}'."),
    "organisation lists": Said(
        "Only the lists of '{who}'; a need may be on two lists.",
        "Alleen de lijsten van '{who}'; een vraag kan op twee lijsten staan.",
    ),
}
"""What is added to the sentence of an outcome that is narrowed; of an organisation, by what it is about."""


@dataclass(frozen=True)
class Outcome:
    """Something that is read from a run.

    Attributes:
        name: Name in tables, such as ``wait_mean`` or ``wait_mean.organisation.home-care``.
        unit: Unit, a key of ``sim.scenario.units.UNITS``.
        direction: -1 where less is better, 1 where more is better, 0 where neither is.
        smallest_difference: Smallest difference that matters, in the unit.
        group: ``waiting``, ``handoffs``, ``value``, ``life``, ``hours``, ``money``, ``workers`` or ``steering``.
        en: Label in English.
        nl: Label in Dutch.
        en_says: What it is, one sentence in English (two where it is narrowed).
        nl_says: The same in Dutch.
        function: Reads it from a run.
        base: Name of the outcome of which this is a part; its own name where it is none.
        by: By what it is narrowed: ``"group"``, ``"organisation"``, ``"kind"``, ``"payer"``; empty where it is not.
        who: Name of that group, organisation, kind or payer; empty where it is not narrowed.
        headline: Whether it is one of the three by which a comparison is judged, and stops.
        main: Whether it stands in a table at a glance; headlines do.
    """

    name: str
    unit: str
    direction: int
    smallest_difference: float
    group: str
    en: str
    nl: str
    en_says: str
    nl_says: str
    function: Callable[[Run], float]
    base: str
    by: By = ""
    who: str = ""
    headline: bool = False
    main: bool = False

    def label(self, language: str) -> str:
        """Return the label in ``language`` (``"nl"`` or ``"en"``)."""
        return self.nl if language == "nl" else self.en

    def says(self, language: str) -> str:
        """Return in one sentence of ``language`` what it is."""
        return self.nl_says if language == "nl" else self.en_says

    def unit_in(self, language: str) -> str:
        """Return the unit in ``language``."""
        return unit_in(self.unit, language)


@cache
def general_outcomes() -> tuple[Outcome, ...]:
    """Return the outcomes for everyone, which every scenario has, in the order of the file."""
    return tuple(_outcome(name, entry) for name, entry in declared().items())


def outcomes_of(scenario: Scenario) -> tuple[Outcome, ...]:
    """Return all outcomes of ``scenario``: the general ones, then what they are narrowed to, in the same order."""
    organisations = tuple((each.name, each.title, each.title_nl) for each in scenario.organisations)
    kinds = tuple((each.name, each.title, each.title_nl) for each in scenario.kinds)
    return (*general_outcomes(), *_narrowed(organisations, kinds))


def extract(run: Run) -> Floats:
    """Return all outcomes of ``run``, in the order of :func:`outcomes_of`."""
    return np.array([outcome.function(run) for outcome in outcomes_of(run.scenario)], float)


@cache
def declared() -> dict[str, dict[str, Any]]:
    """Return what ``outcomes.toml`` says of each outcome, by name; do not change it."""
    return tomllib.loads(files(__package__).joinpath("outcomes.toml").read_text(encoding="utf-8"))


_Titles = tuple[tuple[str, str, str], ...]  # name, title in English, title in Dutch


@cache
def _narrowed(organisations: _Titles, kinds: _Titles) -> tuple[Outcome, ...]:
    scopes: dict[str, list[tuple[Scope, Said]]] = {
        "group": [(Scope("group", name), each.title) for name, each in GROUPS.items()],
        "organisation": list(_scopes("organisation", organisations)),
        "kind": list(_scopes("kind", kinds)),
        "payer": [(Scope("payer", name), title) for name, title in PAYERS.items()],
    }
    return tuple(
        _outcome(name, entry, scope, title)
        for name, entry in declared().items()
        for by in entry.get("by", ())
        for scope, title in scopes[by]
        if scope.who in entry.get("only", (scope.who,))
    )


def _scopes(by: By, titles: _Titles) -> Iterator[tuple[Scope, Said]]:
    for index, (name, title, title_nl) in enumerate(titles):
        yield Scope(by, name, index), Said(title, title_nl or title)


def _outcome(name: str, entry: dict[str, Any], scope: Scope = EVERYONE, title: Said | None = None) -> Outcome:
    texts = {key: entry[key].format(years=WITHIN_YEARS) for key in ("en", "nl", "en_says", "nl_says")}
    margin = entry["smallest_difference"]
    if title is not None:
        texts = _told(texts, entry, scope, title)
        margin = entry.get("smallest_difference_narrowed", margin)
    everyone = title is None
    return Outcome(
        name=name if everyone else f"{name}.{scope.by}.{scope.who}",
        unit=entry["unit"],
        direction=entry["direction"],
        smallest_difference=margin,
        group=entry["group"],
        function=partial(READERS[name], scope=scope),
        base=name,
        by=scope.by,
        who=scope.who,
        headline=everyone and entry.get("headline", False),
        main=everyone and entry.get("main", entry.get("headline", False)),
        **texts,
    )


def _told(texts: dict[str, str], entry: dict[str, Any], scope: Scope, title: Said) -> dict[str, str]:
    """Return the texts of an outcome that is narrowed: the label with whom, the sentence with one more."""
    about = ABOUT[f"organisation {entry['about']}" if scope.by == "organisation" else scope.by]
    return {
        "en": f"{texts['en']}: {title.en}",
        "nl": f"{texts['nl']}: {title.nl}",
        "en_says": f"{texts['en_says']} {about.en.format(who=title.en)}",
        "nl_says": f"{texts['nl_says']} {about.nl.format(who=title.nl)}",
    }
