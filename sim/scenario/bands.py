"""Bands of one's own: what the world of a scenario must look like under its baseline regime, before any comparison.

A scenario file may state ``[bands.NAME]`` for each pattern declared in ``sim/study/baseline.toml``; it overrules the
band that is shipped with it, and makes the pattern one that must hold. Some patterns can be narrowed to a kind of
help or an organisation: ``[bands."listed.kind.nursing"]``. Bands judge a run; they never change it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sim.errors import SILENT, Said, nearest, nearest_or_all
from sim.scenario.mistakes import Mistake, plain, shown
from sim.scenario.sentences import say

KIND, ORGANISATION = "kind", "organisation"


@dataclass(frozen=True, slots=True)
class OwnBand:
    """A band that a scenario states.

    Attributes:
        low: Lowest mean over worlds that is plausible, in the unit of the pattern.
        high: Highest.
        value: What was observed; None where only the band counts.
        required: Whether the baseline must lie inside.
        origin: The file that gave it.
        source: Where it was found.
        status: How sure that source is (see ``parameters.toml``).
    """

    low: float
    high: float
    value: float | None
    required: bool
    origin: str
    source: str = ""
    status: str = "none"


class Narrowed(NamedTuple):
    """The parts of a pattern's name: ``listed.kind.nursing``; ``by`` and ``who`` are empty where it is about all."""

    base: str
    by: str
    who: str


@cache
def declared_patterns() -> Mapping[str, Mapping[str, Any]]:
    """Return the declared patterns by name, each with its band, unit and texts."""
    declared = files("sim").joinpath("study", "baseline.toml").read_text(encoding="utf-8")
    return tomllib.loads(declared)


def parts_of(name: str) -> Narrowed:
    """Return what a name is about: the pattern, and the kind of help or organisation it is narrowed to."""
    base, _, rest = name.partition(".")
    by, _, who = rest.partition(".")
    return Narrowed(base, by, who)


def own_band(name: str, said: Mapping[str, Any], origin: str) -> OwnBand:
    """Return a band as a file states it; what it leaves out is as shipped, but for the source."""
    shipped = declared_patterns().get(name, {})
    return OwnBand(
        low=float(said.get("low", shipped.get("low"))),
        high=float(said.get("high", shipped.get("high"))),
        value=None if said.get("value") is None else float(said["value"]),
        required=bool(said.get("required", True)),
        origin=said.get("origin") or origin,
        source=said.get("source", ""),
        status=said.get("status", "none"),
    )


def wrong_band(
    name: str, said: Mapping[str, Any], label: str, kinds: Iterable[str], organisations: Iterable[str]
) -> Iterator[Mistake]:
    """Yield what is wrong with a band: its name, or what it says."""
    path = ("bands", name)
    if text := _wrong_name(name, kinds, organisations):
        yield Mistake(label, text, path)
        return
    low, high = (said.get(end, declared_patterns().get(name, {}).get(end)) for end in ("low", "high"))
    if low is None or high is None:
        yield Mistake(label, say("needs both ends"), path)
    elif low >= high:
        yield Mistake(label, say("low below high", low=plain(low), high=plain(high)), path)
    elif said.get("value") is not None and not low <= said["value"] <= high:
        text = say("value in band", low=plain(low), high=plain(high))
        yield Mistake(label, text, (*path, "value"), said["value"])


def _wrong_name(name: str, kinds: Iterable[str], organisations: Iterable[str]) -> Said:
    base, by, who = parts_of(name)
    if base not in declared_patterns():
        return say("no pattern", name=shown(base), hint=nearest_or_all(base, declared_patterns()))
    if not by:
        return SILENT
    if by not in declared_patterns()[base].get("by", ()):
        narrowable = [each for each, about in declared_patterns().items() if about.get("by")]
        hint = SILENT if by in (KIND, ORGANISATION) else nearest(by, (KIND, ORGANISATION))
        return say("not narrowed", name=shown(name), names=", ".join(narrowable), hint=hint)
    known = list(kinds if by == KIND else organisations)
    if who in known:
        return SILENT
    return say("no kind" if by == KIND else "no organisation", name=shown(who), hint=nearest_or_all(who, known))
