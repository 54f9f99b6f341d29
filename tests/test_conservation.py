"""Nobody and no hour comes from nowhere or is lost: over random scenarios, and on those that are shipped."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from worlds import (
    check_records,
    check_room,
    check_world,
    first_morning,
    first_morning_under,
    list_days,
    lived,
    quick_of,
    scenario_of,
    small,
)

from sim.model.day import live
from sim.model.founding import found
from sim.model.record import records
from sim.model.state import HELPED, LISTED, NOWHERE, copy_state
from sim.scenario import levers, parameters, regime_names, scenario_names

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")  # of a long repr, on failure

# --- random scenarios ------------------------------------------------------------------------------------

MOST = {"arrivals_per_year": 250.0, "burden_hours": 5.0}  # of a small world
LEVERS_AT_MOST = {"extra_staff": 2.0, "catalogue": 9}
CEILINGS = {"leave_share": 0.45, "sick_share": 0.45}
PAIRS = (("frailty_low", "frailty_high"), ("listening_low", "listening_high"), ("craft_low", "craft_high"))
NAMES = ("alpha", "beta", "gamma", "delta")


@st.composite
def numbers(draw, parameter, most=math.inf):
    """Draw a value of a parameter: from what is plausible, more rarely from all that is allowed, or its very ends."""
    style = draw(st.sampled_from(("plausible", "plausible", "range", "end")))
    low, high = parameter.plausible if style == "plausible" else parameter.range
    low, high = min(low, most), min(high, most)
    if parameter.type == "bool":
        return draw(st.booleans())
    if style == "end":
        return draw(st.sampled_from((low, high)))
    if parameter.type == "int":
        return draw(st.integers(int(low), int(high)))
    return draw(st.floats(low, high, allow_subnormal=False))


@st.composite
def uncertainties(draw):
    values = {
        name: draw(numbers(parameter, MOST.get(name, CEILINGS.get(name, math.inf))))
        for name, parameter in parameters().items()
        if parameter.kind == "uncertainty"
    }
    for low, high in PAIRS:
        values[low], values[high] = sorted((values[low], values[high]))
    return values


@st.composite
def some_levers(draw, fewest=0, most=4):
    names = draw(st.lists(st.sampled_from(sorted(levers())), unique=True, min_size=fewest, max_size=most))
    return {name: draw(numbers(levers()[name], LEVERS_AT_MOST.get(name, math.inf))) for name in names}


@st.composite
def kinds_of_help(draw):
    """Draw one to three kinds, each of which somebody asks for."""
    return {
        name: {
            "sector": "care",
            "share": draw(st.floats(0.1, 1.0)),
            "hours_per_week": draw(st.floats(0.3, 9.0)),
            "lasting_days": draw(st.floats(2.0, 1500.0)),
            "short_share": draw(st.sampled_from((0.0, 0.4, 1.0))),
            "short_days": draw(st.floats(1.0, 60.0)),
            "episodic": draw(st.booleans()),
            "volunteers": draw(st.booleans()),
        }
        for name in NAMES[: draw(st.integers(1, 3))]
    }


@st.composite
def organisations(draw, kinds):
    """Draw one to four organisations, perhaps one without staff; every kind is offered by some."""
    made = {}
    for name in NAMES[: draw(st.integers(1, 4))]:
        staff = {kind: draw(st.integers(0, 4)) for kind in kinds}
        renown = draw(st.sampled_from((0.5, 1.0, 3.0)))
        made[name] = {"sector": "care", "renown": renown, "staff": staff, "levers": draw(some_levers())}
    for kind in kinds:
        if not any(organisation["staff"][kind] for organisation in made.values()):
            made["alpha"]["staff"][kind] = 1
    return made


@st.composite
def scenarios(draw, changing=True):
    """Draw a small scenario in which everything may differ: values, kinds, staff, levers, dated changes."""
    kinds = draw(kinds_of_help())
    places = draw(organisations(kinds))
    tables: dict[str, Any] = {
        "start": date(2005, 11, 1),
        "parameters": draw(uncertainties()),
        "kinds": kinds,
        "levers": draw(some_levers(most=20)),
        "organisations": places,
    }
    tables["parameters"] |= {
        "zones": draw(st.integers(1, 2)),
        "warmup_days": draw(st.sampled_from((0, 14, 30, 90))),
        "clients_at_start": float(draw(st.integers(0, 25))),
        "team_size": draw(st.integers(1, 6)),
        "max_needs": draw(st.integers(1, 5)),
        "review_days": draw(st.sampled_from((7, 28, 28, 100))),
    }
    if changing:
        who = st.lists(st.sampled_from(list(places)), min_size=1, unique=True)
        change = st.fixed_dictionaries(
            {"day": st.integers(0, 220), "organisations": who, "levers": some_levers(fewest=1, most=3)}
        )
        tables["changes"] = draw(st.lists(change, max_size=4))
    return scenario_of(tables)


lenient = settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],  # two hundred values do not shrink to a few in any patience
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@lenient
@given(scenario=scenarios(), seed=st.integers(0, 2**63 - 1), first=st.integers(1, 120), then=st.integers(1, 200))
def test_clients_and_hours_are_conserved_in_any_world(scenario, seed, first, then):
    """At its first morning, in the midst and in the end: arrivals = there + gone, hours paid = hours spent, ..."""
    world = found(scenario, seed)
    check_world(world)
    world = live(world, first - world.day)
    check_world(world)
    world = live(world, then)
    check_world(world)
    check_records(world)
    integral, waits = list_days(world)
    assert (integral == waits).all(), f"Little's law: {integral}, {waits}"


@lenient
@given(scenario=scenarios(changing=False), seed=st.integers(0, 1000), weeks=st.integers(1, 40))
def test_nobody_delivers_more_hours_than_there_are(scenario, seed, weeks):
    """Without a change of levers the hours of a week are known beforehand."""
    world = lived(scenario, 7 * weeks, seed)
    check_room(world)
    check_world(world)


# --- scenarios that are shipped --------------------------------------------------------------------------


@pytest.mark.parametrize("name", quick_of(scenario_names(), "one-zone"))
def test_every_shipped_scenario_conserves_clients_and_hours_while_it_warms_up(name):
    check_world(first_morning(name, 3))


@pytest.mark.parametrize("regime", regime_names())
@pytest.mark.parametrize("name", quick_of(scenario_names(), "one-zone"))
def test_every_shipped_scenario_conserves_clients_and_hours_under_every_regime(name, regime):
    world = first_morning_under(name, regime, 3)
    for days in (1, 250):
        world = live(world, days)
        check_world(world)
    left = records(world)
    check_records(world, left)
    assert left.series["bridging"].sum() > 0
    assert (
        min(left.series[flow].sum() for flow in ("second_lists", "referrals_lost", "crisis", "planned", "deaths")) > 0
    )


@pytest.mark.parametrize("extra", [0.0, 0.5])
def test_hours_are_conserved_to_the_hour_when_nobody_is_ever_away(extra):
    """Nineteen workers of 21 hours, more where there is more staff, and the managers of six teams; every week."""
    values = {"sick_share": 0.0, "turnover": 0.0, "manager_hours": 20.0}
    world = lived(small(f"[levers]\nextra_staff = {extra}\n", **values), 700)
    paid = records(world).series["paid"].sum()
    assert paid == pytest.approx((19 * 21.0 * (1.0 + extra) + 6 * 20.0) * 113, rel=1e-12)  # 791 days


def test_hours_of_absence_are_those_of_who_was_away_each_day():
    """Counted day by day from outside: who is sick is paid as sick, an empty seat is not paid at all."""
    world = found(small(turnover=1.0, sick_share=0.2, warmup_days=0, manager_hours=0.0), 2)
    sick = paid = 0
    for _ in range(140):
        world = live(world, 1)
        present = world.worker.present[: world.now[0].workers]
        sick += int((present == 0).sum())
        paid += int((present >= 0).sum())
    series = records(world).series
    assert 0 < sick < paid < 140 * world.now[0].workers
    assert series["sick"].sum() == pytest.approx(21.0 * sick / 7, rel=1e-12)
    assert series["paid"].sum() == pytest.approx(21.0 * paid / 7, rel=1e-12)


@pytest.mark.parametrize("rate", ["turnover", "sick_share"])
def test_a_rate_next_to_nothing_is_that_of_nothing(rate):
    """Not a day beyond what a whole number can hold, which comes round as one long past."""
    world = lived(small(warmup_days=0, **{rate: 1e-20}), 50)
    check_world(world)
    never = lived(small(warmup_days=0, **{rate: 0.0}), 50)
    assert (world.worker.generation == never.worker.generation).all()
    assert (world.worker.spells == never.worker.spells).all()
    assert (world.worker.hired <= world.day).all()


# --- the checks themselves -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole():
    """Give a world in which everything occurs: places, help, bridging care, absence, free rows."""
    world = lived(small("[levers]\nreport_hours = 4.0\n", bridging_offered=1.0, least_start=1.0), 700, seed=4)
    check_world(world)
    check_records(world)
    return world


def _first(values: Any) -> int:
    return int(np.flatnonzero(values)[0])


def _corruptions() -> dict[str, Any]:
    """Return ways to break a world, each of which some check must notice."""

    def helped(world: Any) -> Any:
        used = np.repeat(world.client.used == 1, int(world.p[0].max_needs))
        return world.need[_first(used & (world.need.status == HELPED))]

    def place(world: Any) -> Any:
        used = np.repeat(world.client.used == 1, 2 * int(world.p[0].max_needs))
        return world.place[_first(used & (world.place.team >= 0))]

    def client(world: Any) -> Any:
        return world.client[_first(world.client.used)]

    def set_(row: Any, **values: Any) -> None:
        for name, value in values.items():
            row[name] = value

    return {
        "a client is lost": lambda w: set_(client(w), used=0),
        "a client is there twice": lambda w: set_(client(w), key=int(w.exit.client[0])),
        "an arrival is not counted": lambda w: set_(w.zone[0], arrived=int(w.zone.arrived[0]) - 1),
        "a free row is forgotten": lambda w: set_(w.now[0], free_clients=int(w.now[0].free_clients) - 1),
        "frailty above 1": lambda w: set_(client(w), frailty=1.01),
        "voice is not a number": lambda w: set_(client(w), voice=math.nan),
        "help is not counted": lambda w: set_(w.now[0], in_care=int(w.now[0].in_care) + 1),
        "a need is helped by another": lambda w: set_(helped(w), provider=int(helped(w).provider) + 1),
        "a helped need waits as well": lambda w: set_(helped(w), status=LISTED),
        "help is forgotten": lambda w: set_(helped(w), due=w.day - 1),
        "help of no hours": lambda w: set_(helped(w), given=0.0),
        "promised hours vanish": lambda w: set_(w.worker[int(helped(w).provider)], committed=0.0),
        "a place is given up in silence": lambda w: set_(place(w), team=NOWHERE),
        "a place is on another list": lambda w: set_(place(w), team=(int(place(w).team) + 1) % len(w.team)),
        "a place is counted twice": lambda w: set_(w.organisation[0], places=int(w.organisation.places[0]) + 1),
        "a list is longer than it says": lambda w: set_(w.team[0], waiting=int(w.team.waiting[0]) - 1),
        "a client belongs to nobody": lambda w: set_(client(w), owner=NOWHERE),
        "a worker is out of the calendar": lambda w: set_(w.worker[3], due=w.day - 7),
        "hours are paid for nothing": lambda w: set_(w.series[0], paid=float(w.series.paid[0]) + 1.0),
        "hours below nothing": lambda w: set_(w.series[5], idle=-1.0, paid=float(w.series.paid[5]) - 1.0),
        "a start is not told": lambda w: set_(w.series[0], starts=float(w.series.starts[0]) + 1),
        "a stay begins before its onset": lambda w: set_(w.visit[0], onset=float(w.visit.end[0]) + 1.0),
        "hours of a stay vanish": lambda w: set_(
            w.visit[_first(w.visit.hours_delivered > 1)], hours_delivered=0.0, first_worker_hours=0.0
        ),
    }


@pytest.mark.parametrize("what", _corruptions())
def test_the_checks_notice_when(whole, what):
    world = copy_state(whole)
    _corruptions()[what](world)
    with pytest.raises(AssertionError):
        _check_all(world)


def _check_all(world: Any) -> None:
    check_world(world)
    check_records(world)


def test_the_checks_notice_a_wait_that_does_not_add_up(whole):
    world = copy_state(whole)
    world.series.list_days[0] += 1.0
    integral, waits = list_days(world)
    assert not (integral == waits).all()
