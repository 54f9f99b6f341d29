"""What must hold of a scenario as a whole, beyond the range of each value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sim.errors import nearest
from sim.scenario.mistakes import MOST_SHOWN, Mistake, plain
from sim.scenario.scenario import Scenario, Value

MOST_CLIENTS = 2_500_000  # in care at a time
MOST_WORKERS = 1_000_000
MOST_ARRIVALS = 20_000_000  # in the warm-up
_CARE_YEARS = 2.0  # about how long a client stays, for the estimate alone
_PAIRS = (("frailty_low", "frailty_high"), ("listening_low", "listening_high"), ("craft_low", "craft_high"))


class Size(NamedTuple):
    """An estimate of how large a run becomes."""

    clients: float
    workers: int
    warmup_arrivals: float


def size(scenario: Scenario) -> Size:
    """Estimate the clients in care at a time, the workers, and the arrivals in the warm-up, over all zones."""
    zones = scenario["zones"]
    arrivals = scenario["arrivals_per_year"]
    clients = zones * max(scenario["clients_at_start"], _CARE_YEARS * arrivals)
    workers = sum(number for o in scenario.organisations for number in o.staff.values())
    return Size(clients, int(zones * workers), zones * arrivals * scenario["warmup_days"] / 365.25)


def check(scenario: Scenario) -> list[Mistake]:
    """Return every mistake of the scenario as a whole."""
    wrong = [*_pairs(scenario), *_absence(scenario), *_kinds(scenario), *islice(_organisations(scenario), MOST_SHOWN)]
    return wrong or [*_offered(scenario), *_sizes(scenario)]


def _mistake(value: Value, text: str, *path: str) -> Mistake:
    return Mistake(value.origin, text, path, value.value)


def _pairs(scenario: Scenario) -> Iterator[Mistake]:
    for low, high in _PAIRS:
        if scenario[low] > scenario[high]:
            first, other = (low, high) if scenario.values[low].origin != "default" else (high, low)
            side = "at most" if first == low else "at least"
            text = f"must be {side} {other}, which is {plain(scenario[other])}. Change one of the two."
            yield _mistake(scenario.values[first], text, "parameters", first)


def _absence(scenario: Scenario) -> Iterator[Mistake]:
    leave, sick = scenario["leave_share"], scenario["sick_share"]
    if leave + sick >= 1:
        first, other = (
            ("leave_share", sick) if scenario.values["leave_share"].origin != "default" else ("sick_share", leave)
        )
        text = f"leave_share and sick_share together must be below 1; the other is {plain(other)}. Nobody would work."
        yield _mistake(scenario.values[first], text, "parameters", first)


def _kinds(scenario: Scenario) -> Iterator[Mistake]:
    kinds = scenario.kinds
    if not kinds:
        text = 'a scenario needs at least one kind of help. Write [kinds.NAME], or extends = "one-zone".'
        yield Mistake(scenario.name, text)
    elif sum(kind.share for kind in kinds) <= 0:
        text = "the shares of all kinds are 0, so nobody would ask for anything. Give one a share above 0."
        yield Mistake(kinds[0].given["share"].origin, text, ("kinds", kinds[0].name, "share"), 0)


def _organisations(scenario: Scenario) -> Iterator[Mistake]:
    organisations = scenario.organisations
    if not organisations:
        text = 'a scenario needs at least one organisation. Write [organisations.NAME], or extends = "one-zone".'
        yield Mistake(scenario.name, text)
        return
    if not any(o.staff for o in organisations):
        text = "no organisation has staff. Write staff = { KIND = 4 } for at least one."
        yield Mistake(scenario.name, text, ("organisations",))
    if sum(o.renown for o in organisations) <= 0:
        first = organisations[0]
        text = "the renown of all organisations is 0, so nobody would find a door. Give one a renown above 0."
        yield _mistake(first.given["renown"], text, "organisations", first.name, "renown")
    yield from _staff(scenario)


def _staff(scenario: Scenario) -> Iterator[Mistake]:
    known = [kind.name for kind in scenario.kinds]
    for organisation in scenario.organisations:
        for kind in organisation.staff:
            if kind not in known:
                value = organisation.given[f"staff.{kind}"]
                hint = nearest(kind, known) or f" There are: {', '.join(known)}."
                text = f"there is no kind of help '{kind}'.{hint}"
                yield _mistake(value, text, "organisations", organisation.name, "staff", kind)


def _offered(scenario: Scenario) -> Iterator[Mistake]:
    offered = {kind for o in scenario.organisations for kind in o.staff}
    for kind in scenario.kinds:
        if kind.share > 0 and kind.name not in offered:
            text = (
                f"people ask for '{kind.name}' but no organisation has staff for it. Give one "
                f"staff = {{ {kind.name} = 1 }}, or set the share to 0."
            )
            yield _mistake(kind.given["share"], text, "kinds", kind.name, "share")


def _sizes(scenario: Scenario) -> Iterator[Mistake]:
    estimate = size(scenario)
    limits = (
        (estimate.clients, MOST_CLIENTS, "clients at a time", "zones, clients_at_start or arrivals_per_year"),
        (estimate.workers, MOST_WORKERS, "workers", "zones or staff"),
        (estimate.warmup_arrivals, MOST_ARRIVALS, "arrivals in the warm-up", "zones, arrivals_per_year or warmup_days"),
    )
    for number, most, what, mend in limits:
        if number > most:
            text = f"this scenario would have about {number:,.0f} {what}; at most {most:,} fit. Lower {mend}."
            yield Mistake(scenario.values["zones"].origin, text, ("parameters", "zones"), scenario["zones"])
