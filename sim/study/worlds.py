"""Plausible worlds: all that is not known well is drawn, and kept where the baseline looks as the world outside does.

A draw takes every uncertain parameter that no file and no ``--set`` gave, each from a triangular distribution over
its plausible range with the top at its usual value; whole numbers, such as the forms of a rule, are all as likely. What
a file says it derived (status D) or has from memory (M) is drawn too, around its value. A draw is kept when the first
five years under the baseline regime, in one zone of that world, lie within the bands that are required of a baseline
(``baseline.toml``, and those of the scenario). No band knows what any other way of steering does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sim.errors import RegieError
from sim.scenario.checks import check
from sim.scenario.parameters import Number, Parameter, parameters
from sim.scenario.scenario import SET, Frozen, Scenario, Value
from sim.study import baseline
from sim.study.sentences import say

Worlds = Literal["plausible", "all", "one"]
"""Draws that were kept; all draws, the implausible ones too; or every pair in the scenario's own world."""

MOST_TRIES = 600  # draws for one world
DRAWN = "drawn"  # origin of a value that was drawn
IMPOSSIBLE = "impossible"  # instead of a band: values that contradict one another
_STREAM = 1_000_000  # beyond the keys that replications use


@dataclass(frozen=True)
class World:
    """One world that was drawn.

    Attributes:
        values: What was drawn, by name of the parameter; empty in the scenario's own world.
        missed: For every draw before it that was turned down, the bands that it missed.
    """

    values: Mapping[str, Number]
    missed: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Drawn:
    """How the worlds of a comparison were drawn.

    Attributes:
        kind: ``"plausible"``, ``"all"`` or ``"one"``.
        values: Parameter to its value in each world; empty where nothing is drawn.
        kept: Draws that were kept.
        turned_down: Draws that were not plausible.
        missed: Band to the draws that missed it; a draw may miss several.
    """

    kind: Worlds
    values: Mapping[str, tuple[Number, ...]]
    kept: int
    turned_down: int
    missed: Mapping[str, int]


def drawn(worlds: Sequence[World], kind: Worlds) -> Drawn:
    """Return how worlds were drawn, all together."""
    names = list(worlds[0].values) if worlds else []
    values = {name: tuple(each.values[name] for each in worlds if name in each.values) for name in names}
    missed = [names for each in worlds for names in each.missed]
    return Drawn(kind, values, len(worlds), len(missed), Counter(name for names in missed for name in names))


def drawn_parameters(scenarios: Iterable[Scenario]) -> tuple[Parameter, ...]:
    """Return the uncertain parameters that are drawn: those that no scenario gives, or all alike and not surely."""
    known = list(scenarios)
    return tuple(
        parameter
        for parameter in parameters().values()
        if parameter.kind == "uncertainty"
        and parameter.plausible[0] < parameter.plausible[1]
        and _is_open(parameter, [scenario.values[parameter.name] for scenario in known])
    )


def _is_open(parameter: Parameter, values: Sequence[Value]) -> bool:
    if all(value.origin == "default" for value in values):
        return True
    unsure = all(value.status in ("D", "M") and value.origin != SET for value in values)
    return (
        unsure and len({value.value for value in values}) == 1 and parameter.type == "float" and parameter.default > 0
    )


def world(scenario: Scenario, drawn: Sequence[Parameter], seed: int, kind: Worlds) -> World:
    """Return the world of a seed: the first draw that is kept.

    Args:
        scenario: Where; its own values stand where nothing is drawn.
        drawn: The parameters to draw.
        seed: Seed of the replication.
        kind: Whether draws are turned down, or nothing is drawn at all.

    Raises:
        RegieError: No draw of very many was plausible.
    """
    if kind == "one":
        return World({})
    missed: list[tuple[str, ...]] = []
    for attempt in range(MOST_TRIES):
        values = _draw(scenario, drawn, seed, attempt)
        wrong = misses(scenario, values, seed, possible_only=kind == "all")
        if not wrong:
            return World(values, tuple(missed))
        missed.append(wrong)
    often = Counter(name for names in missed for name in names).most_common(3)
    raise RegieError(say("no plausible world", tries=MOST_TRIES, bands=", ".join(name for name, _ in often)))


def misses(
    scenario: Scenario, values: Mapping[str, Number], seed: int, *, possible_only: bool = False
) -> tuple[str, ...]:
    """Return the bands that the baseline misses with ``values``; none where it is plausible."""
    there = placed(scenario, values)
    if check(there):
        return (IMPOSSIBLE,)
    if possible_only:
        return ()
    seen = baseline.patterns(in_one_zone(there), seed, periods=1)[0]
    return tuple(band.name for band in baseline.bands_of(there) if band.required and not band.holds(seen[band.name]))


def placed(scenario: Scenario, values: Mapping[str, Number]) -> Scenario:
    """Return the scenario with drawn values."""
    if not values:
        return scenario
    drawn = {name: replace(scenario.values[name], value=value, origin=DRAWN) for name, value in values.items()}
    return replace(scenario, values=Frozen({**scenario.values, **drawn}))


def in_one_zone(scenario: Scenario) -> Scenario:
    """Return the scenario with a single zone: patterns are by zone, and it takes less time."""
    return replace(scenario, values=Frozen({**scenario.values, "zones": Value(1, DRAWN)}))


def _draw(scenario: Scenario, drawn: Sequence[Parameter], seed: int, attempt: int) -> dict[str, Number]:
    """Draw each parameter with a number of its own, so that giving one by hand leaves the others as they were."""
    everyone = [p.name for p in parameters().values()]
    bits = np.random.SeedSequence(seed, spawn_key=(_STREAM, attempt)).generate_state(len(everyone), np.uint64)
    luck = (bits >> np.uint64(11)) * 2.0**-53  # as many bits as a number from 0 to 1 holds
    of = dict(zip(everyone, luck.tolist(), strict=True))
    return {
        parameter.name: quantile(around(parameter, scenario.values[parameter.name].value), of[parameter.name])
        for parameter in drawn
    }


def around(parameter: Parameter, usual: Number) -> Parameter:
    """Return the parameter with another usual value, its plausible range as much wider as that is larger."""
    if usual == parameter.default:
        return parameter
    times = float(usual) / float(parameter.default)
    low, high = (min(max(end * times, parameter.range[0]), parameter.range[1]) for end in parameter.plausible)
    return replace(parameter, default=usual, plausible=(low, high))


def quantile(parameter: Parameter, share: float) -> Number:
    """Return the value below which ``share`` of the draws of a parameter lie."""
    low, high = map(float, parameter.plausible)
    if parameter.type == "int":
        return int(low + share * (high - low + 1))
    top = (float(parameter.default) - low) / (high - low)
    if share < top:
        return low + (high - low) * float(np.sqrt(share * top))
    return high - (high - low) * float(np.sqrt((1 - share) * (1 - top)))
