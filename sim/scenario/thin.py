"""Where the data of a place are thin, and whether its workers can bear what is asked: sentences for screen and file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sim.errors import Said, nearest
from sim.scenario.load import Load, load_of
from sim.scenario.loading import load
from sim.scenario.own_place import Place
from sim.scenario.parameters import Number, parameters
from sim.scenario.place_sentences import say
from sim.scenario.scenario import Frozen, Scenario, Value
from sim.scenario.seats import Plan
from sim.scenario.sentences import decimal, thousands

REFERENCE = "breda-2005"  # the scenario that was fitted, with waits of about twelve weeks
TOO_MUCH, TOO_LITTLE = 1.5, 0.65  # times the load of the reference: waits over 20 weeks; a quarter of the hours unused
TOO_MUCH_OF_A_KIND, TOO_LITTLE_OF_A_KIND = 1.8, 0.35
ROUNDED = 0.2  # a rounding of more than this part is told
MOST_WEIGHTS = 5
NO_RANGE = 0.2  # a number of a kind has no range: it is taken to be off by so much either way


def thin_data(place: Place, plan: Plan, base: Scenario) -> list[Said]:
    """Return where the data of a place are thin, a sentence each."""
    return [*_staff(place, plan), *_organisations(place, plan), *_lists(place), *_weights(place, base)]


def _staff(place: Place, plan: Plan) -> Iterator[Said]:
    yield say("thin arrivals")
    seats = [(name, kind, each) for name, kinds in plan.seats.items() for kind, each in kinds.items()]
    assumed = [(name, kind) for name, kind, each in seats if each.row is None]
    if all(each.row is None for *_, each in seats):
        yield say("thin staff all", base=place.base.name)
    elif assumed:
        yield say("thin staff", names=_listed(_seats_said(place, plan, assumed)), base=place.base.name)
    off = [
        (name, kind) for name, kind, each in seats if each.row and abs(each.workers - each.exact) > ROUNDED * each.exact
    ]
    if off:
        yield say("thin rounding", names=_listed(_seats_said(place, plan, off)), percent=decimal(100 * ROUNDED))


def _seats_said(place: Place, plan: Plan, of: list[tuple[str, str]]) -> list[Said]:
    """Say an organisation by its title alone where all its kinds of help are meant, else with the kind."""
    titles, kinds = _titles(place, plan), _kinds(place.base)
    whole = {name for name, held in plan.seats.items() if all((name, kind) in of for kind in held)}
    said = [titles[name] if name in whole else titles[name] + Said(" – ", " – ") + kinds[kind] for name, kind in of]
    return list(dict.fromkeys(said))


def _organisations(place: Place, plan: Plan) -> Iterator[Said]:
    known = [title for o in place.base.organisations for title in (o.title, o.title_nl)]
    for title in plan.titles.values():
        yield say("thin new", names=title, hint=nearest(title, known))
    if plan.unoffered:
        yield say("thin gone", names=_listed(_kinds(place.base)[kind] for kind in plan.unoffered))


def _lists(place: Place) -> Iterator[Said]:
    if all(row.people is None and row.weeks is None for row in place.lists):
        yield say("thin lists")


def _titles(place: Place, plan: Plan) -> dict[str, Said]:
    known = {o.name: Said(o.title, o.title_nl) for o in place.base.organisations}
    return known | {name: Said(title, title) for name, title in plan.titles.items()}


def _kinds(scenario: Scenario) -> dict[str, Said]:
    return {kind.name: Said(kind.title.lower(), kind.title_nl.lower()) for kind in scenario.kinds}


def small_letter(text: Said) -> Said:
    """Return a text that goes on in a sentence."""
    return Said(text.en[0].lower() + text.en[1:], text.nl[0].lower() + text.nl[1:])


def _listed(names: Any) -> Said:
    several = list(names)
    return Said("; ".join(name.en for name in several), "; ".join(name.nl for name in several))


# --- what weighs most ----------------------------------------------------------------------------------------


def _weights(place: Place, base: Scenario) -> Iterator[Said]:
    given = {"contract_hours": place.contract_hours, "sick_share": place.sick_leave}
    found = weights(base, [name for name, value in given.items() if value is not None])
    yield say("weighs most", names=_listed(list(found)[:MOST_WEIGHTS]))


def weights(scenario: Scenario, given: list[str]) -> dict[Said, float]:
    """Return how far the load moves over the plausible range of each number that was not given; the farthest first.

    The move is the logarithm of the load at one end over that at the other. A number of a kind of help, which has no
    range, is taken to be off by a fifth.
    """
    moves = {
        small_letter(Said(parameter.en, parameter.nl)): _move(
            *(_with(scenario, name, end) for end in parameter.plausible)
        )
        for name, parameter in parameters().items()
        if parameter.kind == "uncertainty" and parameter.type == "float" and name not in given
    }
    for kind, title in _kinds(scenario).items():
        for key, what in (("hours_per_week", "hours of"), ("lasting_days", "length of")):
            ends = (_with_kind(scenario, kind, key, factor) for factor in (1 - NO_RANGE, 1 + NO_RANGE))
            moves[say(what, kind=title)] = _move(*ends)
    return dict(sorted(((name, move) for name, move in moves.items() if move), key=lambda item: -item[1]))


def _move(one: Scenario, other: Scenario) -> float:
    return abs(math.log(load_of(one).ratio / load_of(other).ratio))


def _with(scenario: Scenario, name: str, value: Number) -> Scenario:
    """Return the scenario with another value; a formula reads it, nothing is run."""
    return replace(scenario, values=Frozen({**scenario.values, name: Value(value, "")}))


def _with_kind(scenario: Scenario, name: str, key: str, factor: float) -> Scenario:
    changed: Mapping[str, Any] = {k.name: {key: getattr(k, key) * factor} for k in scenario.kinds if k.name == name}
    return replace(scenario, kinds=tuple(replace(k, **changed.get(k.name, {})) for k in scenario.kinds))


# --- load --------------------------------------------------------------------------------------------------------


def load_said(scenario: Scenario) -> list[Said]:
    """Return whether the workers of a scenario can bear what is asked, a sentence each, beside the reference."""
    reference = load(REFERENCE)
    usual, here = load_of(reference), load_of(scenario)
    title = Said(reference.title, reference.title_nl)
    ratio = here.ratio / usual.ratio
    said = [say("load", ratio=decimal(ratio, ".2f" if ratio < 100 else ".0f"), reference=title)]
    key = "overloaded" if ratio > TOO_MUCH else "idle" if ratio < TOO_LITTLE else ""
    if key:
        totals = {f"usual_{name}": number for name, number in _totals(usual).items()}
        return [*said, say(key, reference=title, **_totals(here), **totals)]
    return [*said, *_kinds_apart(scenario, here, usual.ratio)]


def _totals(load: Load) -> dict[str, Said]:
    return {"asked": thousands(sum(load.asked.values())), "available": thousands(sum(load.available.values()))}


def _kinds_apart(scenario: Scenario, here: Load, usual: float) -> Iterator[Said]:
    for kind in scenario.kinds:
        ratio = here.ratio_of(kind.name) / usual
        key = "kind overloaded" if ratio > TOO_MUCH_OF_A_KIND else "kind idle" if ratio < TOO_LITTLE_OF_A_KIND else ""
        if key:
            hours = {"asked": thousands(here.asked[kind.name]), "available": thousands(here.available[kind.name])}
            yield say(key, kind=Said(kind.title, kind.title_nl), **hours)
