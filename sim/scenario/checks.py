"""What must hold of a scenario as a whole, beyond the range of each value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sim.errors import Said, nearest_or_all
from sim.scenario.mistakes import MOST_SHOWN, Mistake, plain
from sim.scenario.scenario import Scenario, Value
from sim.scenario.sentences import say, thousands

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
    clients = zones * max(scenario["clients_at_start"], min(_CARE_YEARS, _longest_years(scenario)) * arrivals)
    workers = sum(number for o in scenario.organisations for number in o.staff.values())
    return Size(clients, int(zones * workers), zones * arrivals * scenario["warmup_days"] / 365.25)


def _longest_years(scenario: Scenario) -> float:
    """Return the mean length in years of the kind of need that lasts longest, the wait for it included."""
    lengths = (k.short_share * k.short_days + (1 - k.short_share) * k.lasting_days for k in scenario.kinds)
    return 1.5 * max(lengths) / 365.25


def check(scenario: Scenario) -> list[Mistake]:
    """Return every mistake of the scenario as a whole."""
    wrong = [*_pairs(scenario), *_absence(scenario), *_kinds(scenario), *islice(_organisations(scenario), MOST_SHOWN)]
    return wrong or [*_offered(scenario), *_sizes(scenario)]


def _mistake(value: Value, text: Said, *path: str) -> Mistake:
    return Mistake(value.origin, text, path, value.value)


def _pairs(scenario: Scenario) -> Iterator[Mistake]:
    for low, high in _PAIRS:
        if scenario[low] > scenario[high]:
            first, other = (low, high) if scenario.values[low].origin != "default" else (high, low)
            side = "at most other" if first == low else "at least other"
            text = say(side, other=other, value=plain(scenario[other]))
            yield _mistake(scenario.values[first], text, "parameters", first)


def _absence(scenario: Scenario) -> Iterator[Mistake]:
    leave, sick = scenario["leave_share"], scenario["sick_share"]
    if leave + sick >= 1:
        first, other = (
            ("leave_share", sick) if scenario.values["leave_share"].origin != "default" else ("sick_share", leave)
        )
        yield _mistake(scenario.values[first], say("nobody works", value=plain(other)), "parameters", first)


def _kinds(scenario: Scenario) -> Iterator[Mistake]:
    kinds = scenario.kinds
    if not kinds:
        yield Mistake(scenario.name, say("needs a kind"))
    elif sum(kind.share for kind in kinds) <= 0:
        yield Mistake(kinds[0].given["share"].origin, say("needs shares"), ("kinds", kinds[0].name, "share"), 0)


def _organisations(scenario: Scenario) -> Iterator[Mistake]:
    organisations = scenario.organisations
    if not organisations:
        yield Mistake(scenario.name, say("needs an organisation"))
        return
    if not any(o.staff for o in organisations):
        yield Mistake(scenario.name, say("needs staff"), ("organisations",))
    if sum(o.renown for o in organisations) <= 0:
        first = organisations[0]
        yield _mistake(first.given["renown"], say("needs renown"), "organisations", first.name, "renown")
    yield from _staff(scenario)


def _staff(scenario: Scenario) -> Iterator[Mistake]:
    known = [kind.name for kind in scenario.kinds]
    for organisation in scenario.organisations:
        for kind in organisation.staff:
            if kind not in known:
                value = organisation.given[f"staff.{kind}"]
                text = say("no kind", name=f"'{kind}'", hint=nearest_or_all(kind, known))
                yield _mistake(value, text, "organisations", organisation.name, "staff", kind)


def _offered(scenario: Scenario) -> Iterator[Mistake]:
    offered = {kind for o in scenario.organisations for kind in o.staff}
    for kind in scenario.kinds:
        if kind.share > 0 and kind.name not in offered:
            yield _mistake(kind.given["share"], say("not offered", kind=kind.name), "kinds", kind.name, "share")


def _sizes(scenario: Scenario) -> Iterator[Mistake]:
    estimate = size(scenario)
    many_clients = say("three keys", one="zones", two="clients_at_start", other="arrivals_per_year")
    many_arrivals = say("three keys", one="zones", two="arrivals_per_year", other="warmup_days")
    limits = (
        (estimate.clients, MOST_CLIENTS, say("clients at a time"), many_clients),
        (estimate.workers, MOST_WORKERS, say("workers"), say("two keys", one="zones", other="staff")),
        (estimate.warmup_arrivals, MOST_ARRIVALS, say("arrivals"), many_arrivals),
    )
    for number, most, what, keys in limits:
        if number > most:
            text = say("too big", number=thousands(number), what=what, most=thousands(most), keys=keys)
            yield Mistake(scenario.values["zones"].origin, text, ("parameters", "zones"), scenario["zones"])
