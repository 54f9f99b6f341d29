"""A decision as the page shows it: by which rule it was made, the options with their chances, and the claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sim.report import claims
from sim.report.why import OF_INITIATIVE, OF_RULE, TERMS, Reading, Weighed, percent, say
from sim.report.words import Words

Told = dict[str, Any]


def decision(reading: Reading, heading: str, spoken: Words) -> Told:
    """Return a decision of a worker under a heading: ``heading``, ``about``, ``options`` and ``claims`` (ids)."""
    options = [_option(each, spoken) for each in reading.options] or _initiative(reading, spoken)
    return under(heading, _about(reading, spoken), options, reading.claims)


def under(heading: str, about: Iterable[str], options: Sequence[Told], claims: Iterable[str]) -> Told:
    """Return a decision under a heading, which begins with a capital."""
    return {
        "heading": heading[:1].upper() + heading[1:],
        "about": " ".join(about),
        "options": list(options),
        "claims": list(claims),
    }


def option(
    name: str, chance: float | None, state: str, claims: Iterable[str] = (), weights: Mapping[str, float] | None = None
) -> Told:
    """Return an option: its name, the chance of it, what became of it, claims (ids), and what weighed, by name."""
    weighed = [{"name": weight, "value": value} for weight, value in (weights or {}).items()]
    return {"name": name, "chance": chance, "state": state, "claims": list(claims), "weights": weighed}


def with_claims(decisions: Sequence[Told], language: str) -> Told:
    """Return decisions with the texts of all claims that they name."""
    named = (each for one in decisions for part in (one, *one["options"]) for each in part["claims"])
    return {"decisions": list(decisions), "claims": claims.texts(named, language)}


def _about(reading: Reading, spoken: Words) -> Iterator[str]:
    """Yield what was decided on, by which rule, and how own initiative was drawn."""
    shares = {term: _percent(share, spoken) for term, share in zip(TERMS, reading.attention, strict=True)}
    yield _in_words(spoken, f"about {reading.occasion}")
    yield _in_words(
        spoken,
        f"about {reading.rule}",
        chance=_percent(reading.initiative, spoken, 1),
        drawn=_percent(reading.drawn, spoken, 1),
        **shares,
    )
    if reading.options and not reading.option("chosen"):
        yield _in_words(spoken, "about nothing")
    if any(each.chance is None for each in reading.options):
        yield _in_words(spoken, "about enough")


def _option(weighed: Weighed, spoken: Words) -> Told:
    weights = {_in_words(spoken, name): value for name, value in weighed.weights}
    return option(_in_words(spoken, weighed.name), weighed.chance, weighed.state, weighed.claims, weights)


def _initiative(reading: Reading, spoken: Words) -> list[Told]:
    """Return what there was to choose from where nothing was weighed: to follow procedure, or not."""
    procedure = Weighed("by procedure", OF_RULE["procedure"], 1 - reading.initiative, "chosen", ())
    own = Weighed("by initiative", OF_INITIATIVE, reading.initiative, "open", ())
    return [_option(each, spoken) for each in (procedure, own)]


def _percent(share: float, spoken: Words, decimals: int = 0) -> str:
    return percent(share, spoken, decimals).replace(" ", "\u00a0")  # a figure and its sign stay on one line


def _in_words(spoken: Words, key: str, **filling: object) -> str:
    return say(key, **filling).in_language(spoken.language)
