"""How a place of one's own is staffed: what was given spread over its zones, the rest as in what it builds on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sim.errors import RegieError, Said
from sim.scenario.mistakes import below_one_another
from sim.scenario.own_place import Place, Staffing, called, older_of_base, slug
from sim.scenario.place_sentences import say
from sim.scenario.scenario import Scenario
from sim.scenario.sentences import thousands

FTE_HOURS = 36.0  # a week (CBS 82115NED)
SMALLEST_ZONE, LARGEST_ZONE = 500, 200_000  # inhabitants: the range of the parameter
LARGEST_PART = 5  # at most one inhabitant in so many works in help at home


@dataclass(frozen=True)
class Seats:
    """Workers for one kind of help in each zone.

    Attributes:
        workers: Whole people, as the model has them.
        exact: Before rounding.
        row: What was given; None where the number is assumed.
    """

    workers: int
    exact: float
    row: Staffing | None = None


@dataclass(frozen=True)
class Plan:
    """How a place is staffed.

    Attributes:
        seats: Organisation to kind of help to seats; names, in the order of the base, new ones last.
        titles: Name to title, of organisations that the base does not have.
        gone: Organisations of the base that are not there.
        unoffered: Kinds of help of the base that nobody offers.
    """

    seats: Mapping[str, Mapping[str, Seats]]
    titles: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    unoffered: tuple[str, ...] = ()


def plan_of(place: Place) -> Plan:
    """Return how a place is staffed.

    Raises:
        RegieError: With all that cannot be of the place as a whole.
    """
    titles: dict[str, str] = {}
    seats: dict[str, dict[str, Seats]] = {organisation.name: {} for organisation in place.base.organisations}
    for row in place.staff or _rows_of_base(place.base):
        name = _name_of(row.organisation, place.base, titles)
        seats.setdefault(name, {})[row.kind] = _seats(place, name, row)
    staffed = {name: kinds for name, kinds in seats.items() if any(s.workers for s in kinds.values())}
    offered = {kind for kinds in staffed.values() for kind, s in kinds.items() if s.workers}
    gone = tuple(o.name for o in place.base.organisations if o.name not in staffed)
    unoffered = tuple(kind.name for kind in place.base.kinds if kind.name not in offered)
    plan = Plan(staffed, {name: title for name, title in titles.items() if name in staffed}, gone, unoffered)
    if wrong := list(_wrong(place, plan)):
        raise RegieError(below_one_another(wrong))
    return plan


def _rows_of_base(base: Scenario) -> list[Staffing]:
    return [Staffing(o.name, kind) for o in base.organisations for kind in o.staff]


def _name_of(text: str, base: Scenario, titles: dict[str, str]) -> str:
    known = called(base.organisations, text)
    if known is not None:
        return known.name
    name = slug(text)
    titles.setdefault(name, text)
    return name


def _seats(place: Place, organisation: str, row: Staffing) -> Seats:
    """Return the workers of a row in each zone; at least one where there are any."""
    total = row.workers
    if row.fte is not None:
        total = row.fte * FTE_HOURS / place.hours
    exact = _of_base(place, organisation, row.kind) if total is None else total / place.number_of_zones
    return Seats(max(1, int(exact + 0.5)) if exact > 0 else 0, exact, None if total is None else row)


def _of_base(place: Place, organisation: str, kind: str) -> float:
    usual = {o.name: o.staff.get(kind, 0) for o in place.base.organisations}.get(organisation, 0)
    return usual * place.older_of_zone / older_of_base(place.base)


def _wrong(place: Place, plan: Plan) -> Iterator[Said]:
    yield from _wrong_zones(place)
    workers = sum(s.exact * place.number_of_zones for kinds in plan.seats.values() for s in kinds.values())
    inhabitants = thousands(place.inhabitants)
    if not plan.seats:
        yield say("nobody helps")
    if workers > place.inhabitants / LARGEST_PART:
        yield say("too many workers", workers=thousands(workers), inhabitants=inhabitants, part=LARGEST_PART)
    for row in place.lists:
        if row.people is not None and row.people > place.older:
            yield say("too many waiting", people=thousands(row.people), older=thousands(place.older))


def _wrong_zones(place: Place) -> Iterator[Said]:
    each = place.inhabitants / place.number_of_zones
    if SMALLEST_ZONE <= each <= LARGEST_ZONE:
        return
    ends = {"low": thousands(SMALLEST_ZONE), "high": thousands(LARGEST_ZONE)}
    most = max(1, place.inhabitants // SMALLEST_ZONE)
    least = -(-place.inhabitants // LARGEST_ZONE)
    told = {"inhabitants": thousands(place.inhabitants), "zones": place.number_of_zones, "each": thousands(each)}
    yield say("zones too small", **told, **ends, least=least, most=most)
