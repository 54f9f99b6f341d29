"""The scenario file of a place of one's own: every number with where it comes from, and what is thin."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.errors import SILENT, Said
from sim.scenario.bands import declared_patterns
from sim.scenario.own_place import STANDS_FOR, Place, Waiting, called, older_of_base
from sim.scenario.parameters import Number, parameters
from sim.scenario.place_fields import Lang
from sim.scenario.place_sentences import say
from sim.scenario.scenario import Value
from sim.scenario.seats import Plan, Seats
from sim.scenario.sentences import decimal, thousands
from sim.scenario.writing import assigned, comment, noted

WIDTH = 0.5  # a count of one moment, or a mean over few people, is taken to be off by half of it at most
FEWEST_WEEKS = 2.0  # least half-width of a band of weeks
RENOWN = 0.4  # times the root of the workers: about what the shipped scenarios have


def file_of(place: Place, plan: Plan, thin: Sequence[Said], lang: Lang) -> str:
    """Return the text of the scenario file.

    Args:
        place: What is known.
        plan: How it is staffed.
        thin: What is to be said about thin data, in the head of the file.
        lang: Language of comments and sources.
    """
    return "\n".join([*_head(place, thin, lang), *_world(place, lang), *_help(place, plan, lang)]) + "\n"


def _head(place: Place, thin: Sequence[Said], lang: Lang) -> Iterator[str]:
    yield from comment(say("made", base=place.base.name, name=place.name).in_language(lang))
    title = place.title or place.name.replace("-", " ").replace("_", " ").capitalize()
    about = description(place)
    yield from assigned(title=title, title_nl=title, description=about.en, description_nl=about.nl)
    yield from assigned(extends=place.base.name)
    yield from ["", *comment(say("thin").in_language(lang))]
    for line in thin:
        yield from comment(line.in_language(lang), first="* ", rest="  ")


def description(place: Place) -> Said:
    """Say in a sentence what place it is."""
    numbers = {"inhabitants": thousands(place.inhabitants), "older": thousands(place.older)}
    percent = decimal(100 * place.older / place.inhabitants, ".1f")
    return say("description", **numbers, percent=percent, zones=zones_said(place), base=place.base.name)


def zones_said(place: Place) -> Said:
    """Say how many zones there are."""
    return say("one zone") if place.number_of_zones == 1 else say("n zones", n=place.number_of_zones)


# --- the world -------------------------------------------------------------------------------------------


def _world(place: Place, lang: Lang) -> Iterator[str]:
    yield from ["", "[parameters]"]
    for name, value, source, status in _values(place):
        yield f"{name} = {noted(Value(value, '', source.in_language(lang), status))}"


def _values(place: Place) -> Iterator[tuple[str, Number, Said, str]]:
    """Yield what the place says of the world: name, value, source, status."""
    own, people = place.said_source(), thousands(place.inhabitants)
    in_zones = say("from inhabitants", source=own, inhabitants=people, zones=zones_said(place))
    assumed = say("zones assumed", inhabitants=people)
    each = round(place.inhabitants / place.number_of_zones)
    yield "zones", place.number_of_zones, in_zones if place.zones else assumed, "V" if place.zones else "D"
    yield "inhabitants", each, in_zones, "D"
    for name in ("arrivals_per_year", "clients_at_start"):
        yield name, _scaled(place, name), _from_older(place), "D"
    if each != place.base["inhabitants"]:
        hours = float(place.base["volunteer_hours"]) * each / float(place.base["inhabitants"])
        yield "volunteer_hours", round(hours, 1), say("volunteers scaled", base=place.base.name), "none"
    if place.contract_hours is not None:
        yield "contract_hours", place.contract_hours, own, "V"
    if place.sick_leave is not None:
        yield "sick_share", round(place.sick_leave / 100, 5), own, "V"


def _scaled(place: Place, name: str) -> float:
    """Return a number of people of the base in proportion to the people of 65+."""
    return round(float(place.base[name]) * place.older_of_zone / older_of_base(place.base), 1)


def _from_older(place: Place) -> Said:
    usual = f"{parameters()['arrivals_per_year'].default:g}"
    numbers = {"older": thousands(place.older_of_zone), "stands_for": thousands(STANDS_FOR), "arrivals": usual}
    return say("from older", source=place.said_source(), **numbers)


# --- organisations, kinds and lists ------------------------------------------------------------------------


def _help(place: Place, plan: Plan, lang: Lang) -> Iterator[str]:
    if plan.gone:
        yield from ["", "[organisations]", *(f"{name} = false" for name in plan.gone)]
    if plan.unoffered:
        yield from ["", "[kinds]", *(f"{name} = false" for name in plan.unoffered)]
    for row in place.lists:
        if row.norm_weeks is not None and row.kind not in plan.unoffered:
            yield from _norm(place, row, lang)
    for name, kinds in plan.seats.items():
        yield from _organisation(place, plan, name, lang)
        yield from ["", f"[organisations.{name}.staff]"]
        for kind, seats in kinds.items():
            if kind not in plan.unoffered:
                yield f"{kind} = {noted(_staff(place, seats, lang))}"
    for name, said in bands(place, plan, lang).items():
        yield from ["", f'[bands."{name}"]', *assigned(**said)]


def _norm(place: Place, row: Waiting, lang: Lang) -> Iterator[str]:
    source = say("norm given", source=place.said_source(), weeks=decimal(row.norm_weeks or 0)).in_language(lang)
    days = Value(round(7 * float(row.norm_weeks or 0), 1), "", source, "V")
    yield from ["", f"[kinds.{row.kind}]", f"norm_days = {noted(days)}"]


def _organisation(place: Place, plan: Plan, name: str, lang: Lang) -> Iterator[str]:
    """Yield the table of an organisation that the base does not have."""
    if name not in plan.titles:
        return
    sectors = {kind.name: kind.sector for kind in place.base.kinds}
    seats = plan.seats[name]
    largest = max(seats, key=lambda kind: seats[kind].workers)
    renown = round(RENOWN * math.sqrt(sum(s.workers for s in seats.values())), 1)
    value = Value(max(renown, 0.1), "", say("renown assumed").in_language(lang), "none")
    title = plan.titles[name]
    yield from ["", f"[organisations.{name}]"]
    yield from [*assigned(title=title, title_nl=title, sector=sectors[largest]), f"renown = {noted(value)}"]


def _staff(place: Place, seats: Seats, lang: Lang) -> Value:
    if seats.row is None:
        return Value(seats.workers, "", say("staff assumed", base=place.base.name).in_language(lang), "none")
    off = abs(seats.exact - seats.workers) >= 0.05
    rounded = say("rounded", each=decimal(seats.exact, ".1f")) if off else SILENT
    total = decimal(seats.exact * place.number_of_zones)
    key = "from workers" if seats.row.fte is None else "from fte"
    told = {"fte": decimal(seats.row.fte or 0), "hours": decimal(place.hours), "zones": zones_said(place)}
    source = say(key, source=place.said_source(), total=total, rounded=rounded, **told)
    return Value(seats.workers, "", source.in_language(lang), "V" if not off and seats.row.fte is None else "D")


def bands(place: Place, plan: Plan, lang: Lang) -> dict[str, dict[str, object]]:
    """Return the bands by name: those that grow with the people of 65+, and what the lists become."""
    found = dict(_grown(place, lang))
    for row in place.lists:
        narrowed = _narrowed(place, plan, row)
        if narrowed is None:
            continue
        width = f"{100 * WIDTH:g}"
        if row.people is not None:
            source = say("band of people", source=place.said_source(), people=row.people, width=width)
            found[f"listed{narrowed}"] = _band(*_people(place, row.people), source, lang)
        if row.weeks is not None:
            source = say("band of weeks", source=place.said_source(), weeks=decimal(row.weeks), width=width)
            half = max(FEWEST_WEEKS, WIDTH * row.weeks)
            found[f"list_wait_weeks{narrowed}"] = _band(row.weeks, half, source, lang)
    return found


def _grown(place: Place, lang: Lang) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the bands of the base that grow with the people of 65+, in proportion to those of this place."""
    zone = float(place.base["inhabitants"])
    share = place.older / place.inhabitants / (older_of_base(place.base) / zone)
    source = say("band grown", source=place.said_source(), base=place.base.name)
    for name, shipped in declared_patterns().items():
        own = place.base.bands.get(name)
        low, high, required = (own.low, own.high, own.required) if own else _shipped(shipped)
        if shipped.get("grows"):
            ends = {"low": round(low * share, 1), "high": round(high * share, 1), "required": required}
            yield name, {**ends, "source": source.in_language(lang), "status": "D"}


def _shipped(band: Mapping[str, Any]) -> tuple[float, float, bool]:
    return band["low"], band["high"], band.get("required", True)


def _narrowed(place: Place, plan: Plan, row: Waiting) -> str | None:
    """Return the end of the name of a band; None where what it is about is not there."""
    if row.kind:
        return None if row.kind in plan.unoffered else f".kind.{row.kind}"
    if not row.organisation:
        return ""
    known = called(place.base.organisations, row.organisation)
    own = {title.casefold(): name for name, title in plan.titles.items()}
    name = known.name if known else own.get(row.organisation.casefold(), "")
    return f".organisation.{name}" if name in plan.seats else None


def _people(place: Place, people: int) -> tuple[float, float]:
    """Return people per 10,000 inhabitants, and how far that may be off: half of it, or twice its chance error."""
    per = 10_000 / place.inhabitants
    return people * per, max(WIDTH * people, 2 * math.sqrt(people), 3.0) * per


def _band(value: float, half: float, source: Said, lang: Lang) -> dict[str, object]:
    ends = {"low": max(0.0, value - half), "high": value + half, "value": value}
    return {**{k: round(v, 3) for k, v in ends.items()}, "source": source.in_language(lang), "status": "D"}
