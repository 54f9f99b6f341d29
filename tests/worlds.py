"""Worlds for tests: small scenarios, queues that theory knows, and what must hold of every world.

``check_world`` looks at a whole state and says what is wrong with it; ``check_records`` at what a run left behind.
"""

from __future__ import annotations

import copy
import hashlib
import math
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomli_w

from sim.model.day import live
from sim.model.founding import found, steer
from sim.model.listing import next_place
from sim.model.record import REASONS, STATUSES, Records, records
from sim.model.state import (
    ABSENCE,
    ABSENT,
    CALENDARS,
    CASE_LINK,
    CHOOSE,
    CLIENT_LINK,
    DONE,
    DUE_LINK,
    HELPED,
    HOURS,
    INTAKE,
    INTAKES,
    KNOCKING,
    LIFE,
    LINKS_PER_NEED,
    LISTED,
    LOST,
    NEVER,
    NOWHERE,
    OPEN,
    REFERRED,
    REVIEW,
    RING,
    SEEK,
    UNSEEN,
    URGENCIES,
    WAIT,
    State,
    copy_state,
)
from sim.model.waitlist import rank_of
from sim.scenario import Scenario, levers
from sim.study.runs import warmed

ROOT = Path(__file__).parent.parent

SMALL = """
start = 2005-11-01
[parameters]
warmup_days = 91
clients_at_start = 30
arrivals_per_year = 60
team_size = 4
[kinds.nursing]
sector = "care"
share = 1.0
hours_per_week = 4.0
lasting_days = 300
short_share = 0.4
short_days = 40
[kinds.company]
sector = "welfare"
share = 0.8
hours_per_week = 2.5
lasting_days = 400
volunteers = true
[kinds.repairs]
sector = "housing"
share = 0.5
hours_per_week = 3.0
lasting_days = 60
episodic = true
[organisations.home-care]
sector = "care"
renown = 2.0
staff = { nursing = 6 }
[organisations.foundation]
sector = "care"
renown = 1.0
staff = { nursing = 3, repairs = 1 }
[organisations.welfare]
sector = "welfare"
renown = 1.5
staff = { company = 6 }
[organisations.housing]
sector = "housing"
renown = 1.0
staff = { repairs = 2, company = 1 }
"""
"""Three kinds of help, four organisations in five teams, tight enough for lists; small enough for plain Python."""


def quick_of(names: Iterable[Any], *quick: Any) -> list[Any]:
    """Return all names as cases of a test, of which only the ``quick`` ones belong to the quick part."""
    return [name if name in quick else pytest.param(name, marks=pytest.mark.slow) for name in names]


def of_few_zones(scenario: Any) -> Any:
    """Return a scenario with at most two of its zones, each as it is: what must hold of a world is of any size."""
    return scenario.with_values({"zones": min(2, int(scenario["zones"]))})


@cache
def first_morning(name: str, seed: int) -> State:
    """Return day 0 of a shipped scenario of few zones, which all its regimes share."""
    return warmed(of_few_zones(Scenario.load(name)), seed)


def first_morning_under(name: str, regime: str, seed: int) -> State:
    """Return a copy of that day, from which the world lives on under a regime."""
    return steer(copy_state(first_morning(name, seed)), of_few_zones(Scenario.load(name)).with_regime(regime))


def small(more: str = "", **parameters: float) -> Scenario:
    """Return the small scenario, with other parameters, and more text at its end."""
    tables = tomllib.loads(SMALL + more)
    tables["parameters"] |= parameters
    return scenario_of(tables)


LIVELY: dict[str, float | bool] = {
    "control": 0.4, "intervening": 0.5, "words": 0.6, "permission": 0.7, "insistence": 0.6, "coaching_hours": 0.4,
    "process_management": 0.4, "hold_course": 0.3, "chosen_change": 0.3, "client_say": 0.3, "personal_budget": 0.2,
    "supply_follows_demand": 0.5, "client_panels": 0.5, "direct_feedback": 0.6, "listening_training": 0.5,
    "peer_supervision": 0.5, "peers_across": 0.4, "colleague_audit": 0.3, "upward_appraisal": 0.5,
    "setting_example": 0.5, "account_to_askers": 0.4, "performance_measurement": 0.3, "ambition": 0.6,
    "coordination_hours": 0.1, "capacity_overview": 0.4, "urgency_across": True, "joint_responsibility": 0.4,
    "helping_consequences": 0.3, "network_insistence": 0.4, "co_location": 0.5, "joint_training": 0.5,
    "broker_hours": 0.2, "platform": 0.5, "initiative_overview": 0.5, "initiative_subsidy": 0.3,
    "money_follows_value": 0.1, "money_follows_variety": 0.1, "catalogue": 3,
    "volunteer_hours": 8.0, "incident_rate": 2.0, "turnover": 0.3, "agreement_chance": 0.5, "managers_told": 0.5,
    "manager_hours": 12.0, "arrivals_per_year": 70.0, "board_threshold": 0.05,
}  # fmt: skip
"""Settings under which everything happens: workers, managers, boards and volunteers all do what they can."""


def lively(more: str = "", **values: float) -> Scenario:
    """Return the small scenario in which everybody does all there is to do, with other values of some settings."""
    return small(more).with_values({**LIVELY, **values})


def scenario_of(tables: dict[str, Any]) -> Scenario:
    """Return the scenario that stands in the tables of a file."""
    return Scenario.from_toml(tomli_w.dumps(tables))


# --- queues ----------------------------------------------------------------------------------------------

SERVICE_DAYS = 100.0


@cache
def _reduced() -> dict[str, Any]:
    return tomllib.loads((ROOT / "benchmarks" / "reduced.toml").read_text(encoding="utf-8"))


def queue(
    servers: int, load: float, *, organisations: int = 1, pooled: bool = False, seed_size: int = 0, zones: int = 1
) -> Scenario:
    """Return the model reduced to M/M/c: in each zone ``organisations`` teams of ``servers``, service of 100 days.

    Args:
        servers: Workers of a team; each serves one client at a time.
        load: Arrivals x service days / servers.
        organisations: Teams, each with a list of its own and an equal share of the arrivals.
        pooled: Whether they share their lists.
        seed_size: Clients there when it begins, in each zone.
        zones: Independent replications in one world.
    """
    tables = copy.deepcopy(_reduced())
    names = list(tables["organisations"])[:organisations]
    tables["organisations"] = {name: tables["organisations"][name] for name in names}
    for organisation in tables["organisations"].values():
        organisation["staff"] = {"help": servers}
    tables["kinds"]["help"]["lasting_days"] = SERVICE_DAYS
    tables["parameters"] |= {
        "zones": zones,
        "team_size": servers,
        "arrivals_per_year": 365.0 * load * servers * organisations / SERVICE_DAYS,
        "clients_at_start": float(seed_size),
        "mismatch": 0.0,
        "arrangement_hours": 0.0,
    }
    tables["levers"]["pooled_list"] = pooled
    return scenario_of(tables)


def erlang_c(servers: int, load: float) -> float:
    """Return the chance to wait in M/M/c, by the recursion of Erlang B."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = servers * load * blocked / (k + servers * load * blocked)
    return blocked / (1.0 - load * (1.0 - blocked))


def mean_wait(servers: int, load: float) -> float:
    """Return the mean wait of all who come in M/M/c, in days."""
    return erlang_c(servers, load) * SERVICE_DAYS / (servers * (1.0 - load))


# --- lives -----------------------------------------------------------------------------------------------


def lived(scenario: Scenario, days: int, seed: int = 0) -> State:
    """Return the world of a scenario ``days`` days after its day 0."""
    world = found(scenario, seed)
    return live(world, days - world.day)


def fingerprint(tables: Iterable[Any]) -> str:
    """Return a hash of every bit of every field of some tables; padding between fields does not count."""
    digest = hashlib.sha256()
    for rows in tables:
        for name in rows.dtype.names:
            digest.update(np.ascontiguousarray(rows[name]).tobytes())
    return digest.hexdigest()


def world_print(state: State) -> str:
    """Return the fingerprint of a whole world."""
    return fingerprint(state.tables().values())


def differences(one: Any, other: Any) -> dict[str, Any]:
    """Return the fields in which two tables of equal length differ, with the rows of the first few differences."""
    if len(one) != len(other):
        return {"rows": (len(one), len(other))}
    found: dict[str, Any] = {}
    for name in one.dtype.names:
        a, b = one[name], other[name]
        same = (a == b) | ((a != a) & (b != b))
        if not same.all():
            rows = np.unique(np.nonzero(~same)[0])[:3]
            found[name] = [(int(row), a[row], b[row]) for row in rows]
    return found


def assert_same_records(one: Records, other: Records, *, less: tuple[str, ...] = ()) -> None:
    """Hold two records against each other bit for bit, but for the measures of the series named in ``less``."""
    for name, a, b in zip(Records._fields, one, other, strict=True):
        found = {field: rows for field, rows in differences(a, b).items() if field not in less}
        assert not found, f"{name} differ: {found}"


def in_order(left: Records) -> Records:
    """Return records whose rows stand in an order that does not depend on where in the tables a client stood."""
    visits, clients = left.visits, left.clients
    visits = visits[np.lexsort((np.arange(len(visits)), visits["need"], visits["client"]))]
    return Records(visits, clients[np.argsort(clients["client"], kind="stable")], left.series)


# --- what must hold of every world -----------------------------------------------------------------------

_PHASES = {
    UNSEEN: (SEEK,),
    KNOCKING: (SEEK,),
    REFERRED: (SEEK,),
    LOST: (SEEK,),
    INTAKE: (INTAKES,),
    OPEN: (CHOOSE,),
    LISTED: (WAIT, INTAKES, CHOOSE),
    HELPED: (REVIEW,),
}
"""Status of a need overnight, and in which phases of a coming day it can be due."""


def check_world(state: State) -> None:
    """Assert that a world between two days is whole: nobody lost, nobody twice, all counts and links consistent."""
    chains = _check_chains(state)
    _check_rows(state)
    _check_people(state)
    _check_clients(state)
    _check_needs(state, chains)
    _check_places(state)
    _check_workers(state, chains)
    _check_calendar(state, chains)
    _check_minds(state)
    _check_ties(state)
    _check_volunteers(state)


def _check_chains(state: State) -> list[list[int]]:
    """Walk along every chain and return its members."""
    chain, before, after = (state.link[name].tolist() for name in ("chain", "before", "after"))
    members: list[list[int]] = []
    seen = 0
    for c, (first, last, length) in enumerate(state.chain.tolist()):
        rows: list[int] = []
        row, previous = first, NOWHERE
        while row >= 0:
            assert chain[row] == c, f"row {row} stands in chain {c} but says {chain[row]}"
            assert before[row] == previous, f"row {row} of chain {c}: before is {before[row]}, not {previous}"
            rows.append(row)
            assert len(rows) <= length, f"chain {c} says length {length} but goes on (or round)"
            previous, row = row, after[row]
        assert len(rows) == length, f"chain {c} says length {length}, has {len(rows)} members"
        assert last == previous, f"chain {c} says its last is {last}, it is {previous}"
        members.append(rows)
        seen += length
    in_some = sum(c >= 0 for c in chain)
    assert seen == in_some, f"{in_some} rows say they are in a chain, {seen} are"
    return members


def _check_rows(state: State) -> None:
    now, clients = state.now[0], state.client
    assert now.clients == len(clients), f"{now.clients} rows for clients by the count, {len(clients)} in the table"
    free, row = [], int(now.free_client)
    while row >= 0 and len(free) <= len(clients):
        free.append(row)
        row = int(clients.next_free[row])
    unused = np.flatnonzero(clients.used == 0).tolist()
    assert len(free) == now.free_clients, f"{len(free)} rows in the row of free ones, {now.free_clients} by the count"
    assert sorted(free) == unused, f"free rows {sorted(free)[:5]}... are not the unused ones {unused[:5]}..."


def _check_people(state: State) -> None:
    """Arrivals = in the system + out; each client exactly once."""
    now = state.now[0]
    inside = state.client.key[state.client.used == 1]
    outside = state.exit.client[: now.exits]
    arrived = int(state.zone.arrived.sum())
    assert arrived == len(inside) + len(outside), f"{arrived} came, {len(inside)} are there, {len(outside)} left"
    everybody = np.concatenate([inside, outside])
    expected = [zone * 2**32 + i for zone, number in enumerate(state.zone.arrived.tolist()) for i in range(number)]
    assert sorted(everybody.tolist()) == expected, "somebody is missing, or there twice"
    assert (state.client.zone[state.client.used == 1] == inside >> 32).all(), "a client is in another zone"
    assert state.series.arrivals.sum() == arrived, f"series say {state.series.arrivals.sum()} came, not {arrived}"


def _check_clients(state: State) -> None:
    most = int(state.p[0].max_needs)
    used = state.client.used == 1
    rows, needs = state.client[used], state.need.reshape(-1, most)[used]
    for name in ("frailty", "frailty_at_arrival", "network", "network_at_arrival", "voice"):
        outside = rows[name][(rows[name] < 0) | (rows[name] > 1) | np.isnan(rows[name])]
        assert len(outside) == 0, f"{name} of some clients is outside 0 to 1: {outside[:3]}"
    stayed = rows.since - rows.arrival
    assert (stayed >= 0).all() and (rows.since <= state.day).all(), "a life is kept up to a day that is not"
    assert ((rows.unmet_days >= 0) & (rows.unmet_days <= stayed + 1e-6)).all(), "unmet days outside the stay"
    helped = (needs["status"] == HELPED).sum(axis=1)
    assert (rows.helped == helped).all(), f"needs with help, by count and by status: {rows.helped}, {helped}"
    assert state.now[0].in_care == (helped > 0).sum(), f"in_care is {state.now[0].in_care}, not {(helped > 0).sum()}"
    live_needs = (needs["status"] != ABSENT) & (needs["status"] != DONE)
    assert live_needs.any(axis=1).all(), "a client without any need is still there"
    asked = np.where(live_needs, needs["hours"], 0.0).sum(axis=1)
    assert np.allclose(rows.asked, asked, atol=1e-7), f"hours asked {rows.asked} are not those of the needs {asked}"
    owned = rows.owner >= 0
    owners = np.bincount(state.worker.organisation[rows.owner[owned]], minlength=len(state.organisation))
    assert (state.organisation.clients == owners).all(), f"clients {state.organisation.clients}, by owner {owners}"
    assert (state.worker.zone[rows.owner[owned]] == rows.zone[owned]).all(), "a case owner works in another zone"
    for kinds, lives in zip(needs["kind"], needs["status"] != ABSENT, strict=True):
        assert len(set(kinds[lives])) == lives.sum(), f"a client has two needs of one kind: {kinds[lives]}"


def _check_needs(state: State, chains: list[list[int]]) -> None:
    """Each need of a client in one status, with the links that belong to it; none for those who are gone."""
    now, most = state.now[0], int(state.p[0].max_needs)
    linked: dict[tuple[int, int], int] = {}
    for c, rows in enumerate(chains):
        for row in rows:
            if row >= now.need_link:
                linked[divmod(row - int(now.need_link), LINKS_PER_NEED)] = c
    for n, need in enumerate(state.need):
        c, status = n // most, int(need.status)
        due, case, life = (linked.get((n, which), NOWHERE) for which in (DUE_LINK, CASE_LINK, CLIENT_LINK))
        places = [linked.get((n, 1 + i), NOWHERE) for i in (0, 1)]
        client = state.client[c]
        about = f"need {n} of client {client.key}, status {status}, on day {state.day}: "
        here = client.used == 1 and status not in (ABSENT, DONE)
        if not here:
            assert (due, case, *places) == (NOWHERE,) * 4, about + "is over but stands in a chain"
        else:
            assert status in _PHASES, about + "cannot be so overnight"
            assert due >= 0 and due // RING in _PHASES[status], about + f"is due in chain {due} (phase {due // RING})"
        assert (life >= 0) == (client.used == 1 and n % most == 0), about + "the client's own link"
        _check_help(state, need, case, about, here)
        _check_lists(state, n, places, about, here)


def _check_help(state: State, need: Any, case: int, about: str, here: bool) -> None:
    now = state.now[0]
    if here and need.status == HELPED:
        assert case == now.case_chain + need.provider, about + f"stands in chain {case}, provider {need.provider}"
        worker = state.worker[need.provider]
        by_volunteers = need.provider >= now.workers and state.kind.volunteers[need.kind] == 1
        not_offered = state.organisation[worker.organisation].offers[need.kind] == 0
        stretched = not_offered and worker.competence[need.kind] >= state.p[0].can_do
        able = worker.can[need.kind] == 1 or by_volunteers or stretched
        assert able, about + "is helped by who cannot do it"
        assert worker.present >= 0, about + "is helped by an empty seat"
        assert 0.0 <= need.given <= need.hours + 1e-9, about + f"gets {need.given} of {need.hours} hours"
        assert 0.0 <= need.quality <= 1.0 and 0.0 <= need.variant <= 1.0, about + f"{need.quality}, {need.variant}"
        assert need.onset <= need.start <= state.day, about + f"started on {need.start}"
    else:
        assert case == NOWHERE, about + f"has no help but stands among the cases of chain {case}"
        assert not here or (need.provider == NOWHERE and need.given == 0.0), about + "has no help but a provider"
    if here and need.bridger >= 0:
        assert need.status == LISTED, about + "has bridging care but is on no list"
        assert state.worker.present[need.bridger] >= 0, about + "gets bridging care from an empty seat"
        assert 0.0 < need.bridging <= need.hours, about + f"bridging {need.bridging}"
    else:
        assert not here or need.bridging == 0.0, about + "bridging hours of nobody"


def _check_lists(state: State, n: int, places: list[int], about: str, here: bool) -> None:
    now, need = state.now[0], state.need[n]
    teams = [int(state.place[2 * n + i].team) for i in (0, 1)]
    taken = [team for team in teams if team >= 0]
    if not here or need.status != LISTED:
        assert (taken, places) == ([], [NOWHERE] * 2), about + f"is not waiting but has places {taken}, {places}"
        return
    assert 1 <= len(taken) <= 2, about + f"waits in {len(taken)} places"
    organisations = state.team.organisation[taken]
    assert len(set(organisations)) == len(taken), about + f"stands twice on the lists of one organisation {taken}"
    for i, team in enumerate(teams):
        expected = NOWHERE
        if team >= 0:
            place = state.place[2 * n + i]
            expected = now.list_chain + (team * now.kinds + need.kind) * URGENCIES + rank_of(state, n)
            assert need.onset <= place.seen <= place.listed <= state.day, about + f"place {place}"
            assert state.organisation[state.team[team].organisation].offers[need.kind] == 1, about + "not offered there"
        assert places[i] == expected, about + f"stands in chain {places[i]}, its list is {expected}"


def _check_places(state: State) -> None:
    """Counts of places, by team and by organisation."""
    most = int(state.p[0].max_needs)
    used = np.repeat(state.client.used == 1, 2 * most)
    teams = state.place.team[used & (state.place.team >= 0)]
    waiting = np.bincount(teams, minlength=len(state.team))
    assert (state.team.waiting == waiting).all(), f"places by team {state.team.waiting}, counted {waiting}"
    places = np.bincount(state.team.organisation[teams], minlength=len(state.organisation))
    assert (state.organisation.places == places).all(), f"places {state.organisation.places}, counted {places}"


def _check_workers(state: State, chains: list[list[int]]) -> None:
    now, workers = state.now[0], state.worker
    number = len(workers)
    helped = np.repeat(state.client.used == 1, int(state.p[0].max_needs)) & (state.need.status == HELPED)
    bridged = np.repeat(state.client.used == 1, int(state.p[0].max_needs)) & (state.need.status == LISTED)
    bridged &= state.need.bridger >= 0
    given = np.bincount(state.need.provider[helped], state.need.given[helped], number)
    bridging = np.bincount(state.need.bridger[bridged], state.need.bridging[bridged], number)
    assert np.allclose(workers.bridging, bridging, atol=1e-6), f"bridging {workers.bridging}, by need {bridging}"
    assert np.allclose(workers.committed, given + bridging, atol=1e-6), (
        f"hours promised {workers.committed}, by need {given + bridging}"
    )
    for name in ("committed", "bridging", "debt", "direct_week", "bridging_week", "capacity"):
        # hours of a week are added and taken off: the last bit may be lost
        assert (workers[name] >= -1e-12).all(), f"{name} of a worker is negative: {workers[name].min()}"
    assert ((workers.ratio >= 0) & (workers.ratio <= 1)).all(), f"ratio {workers.ratio}"
    here = workers.present == 1
    delivered = workers.ratio * workers.committed
    assert (delivered <= np.where(here, workers.capacity, 0.0) + 1e-9).all(), f"delivers more than there is {delivered}"
    offered = set(chains[int(now.freed_chain)])  # tomorrow: planning, the last phase, can free hours too
    shares = state.organisation.pooled_list[workers.organisation] == 1
    here &= np.arange(number) < now.workers  # volunteers take nothing from lists
    chosen = state.series.initiatives.sum() > 0  # a list may be chosen though there is room: until the week ends
    for w in np.flatnonzero(here & ~shares if state.day % 7 else here).tolist():
        if number + w not in offered and state.day > now.first_day:
            place = int(next_place(state, w, state.day - 1))
            waits = place >= 0 and not (chosen and state.place.listed[place] >= state.day - state.day % 7)
            assert not waits, f"worker {w} has hours for need {place // 2} on the list, but does not take it"
    # (Who leaves puts cases back on a list; that others share it they see when the week ends.)
    vacant = np.flatnonzero(workers.present < 0)
    assert all(not chains[int(now.case_chain) + w] for w in vacant), "an empty seat has cases"


def _check_calendar(state: State, chains: list[list[int]]) -> None:
    """Nothing that is due is forgotten: it stands under a day that comes, not after the day it is due."""
    now, day = state.now[0], state.day
    most = int(state.p[0].max_needs)
    for c in range(CALENDARS * RING):
        under = day + (c - day) % RING
        for row in chains[c]:
            if c // RING == ABSENCE:
                who, due = f"worker {row}", int(state.worker.due[row])
            else:
                n, which = divmod(row - int(now.need_link), LINKS_PER_NEED)
                life = which == CLIENT_LINK
                assert life == (c // RING == LIFE), f"link {which} of need {n} stands in phase {c // RING}"
                who, due = f"need {n}", int(state.need.due[n])
                if life:
                    who, due = f"client {state.client.key[n // most]}", int(state.client.due[n // most])
            assert due >= day, f"{who} was due on day {due}, phase {c // RING}; it is now day {day}: forgotten"
            assert under <= due, f"{who} is due on day {due}, phase {c // RING}, but stands under day {under}"
    absences = sum(len(chains[ABSENCE * RING + i]) for i in range(RING))
    assert absences == now.workers, f"{absences} of {now.workers} workers stand in the calendar"


_SHARES = {
    "worker": ("listening", "creativity", "courage", "listening_base", "creativity_base", "courage_base", "ownership",
               "ownership_base", "safety", "experience", "consistency", "practised_initiative", "practised_daring",
               "practised_tailoring"),
    "manager": ("intervening", "process", "insisting", "informed", "gap"),
    "team": ("credibility",),
    "board": ("control", "fashion", "attribution", "trust", "client_value"),
    "zone": ("fatigue",),
    "tie": ("familiarity", "trust"),
    "need": ("wish", "required", "perceived", "variant", "tailored", "quality"),
}  # fmt: skip
"""States that lie between 0 and 1; a board that hears nothing of clients has no number for it."""
_ATTENTION = {
    "worker": ("client_attention", "profession_attention", "organisation_attention", "self_attention"),
    "manager": ("targets_attention", "staff_attention", "clients_attention", "fashion_attention"),
}


def _check_minds(state: State) -> None:
    """States within their bounds; shares of attention that are all there is, none below the floor once they moved."""
    now, p = state.now[0], state.p[0]
    for table, names in _SHARES.items():
        rows = getattr(state, table)
        for name in names:
            values = rows[name]
            outside = ~((values >= -1e-12) & (values <= 1 + 1e-12))
            outside &= ~(np.isnan(values) & (name == "client_value"))
            assert not outside.any(), f"{name} of some {table} is outside 0 to 1: {values[outside][:3]}"
    worker, manager = state.worker[: now.workers], state.manager
    moved = p.attention_form == 0 and p.attention_speed > 0.0 and state.day - now.first_day > 7
    stayed = {"worker": (worker.present >= 0) & (worker.hired < state.day - 7), "manager": manager.team >= 0}
    for table, names in _ATTENTION.items():
        shares = np.stack([getattr(state, table)[name][: len(stayed[table])] for name in names])
        assert np.allclose(shares.sum(axis=0), 1.0, atol=1e-9), f"attention of some {table} does not sum to one"
        least = p.attention_floor / (1.0 + 3.0 * p.attention_floor) if moved else 0.0  # three held at the floor
        low = shares[:, stayed[table]].min(initial=1.0)
        assert low >= least - 1e-12, f"a share of attention of some {table} is {low}, below the floor"
    assert (worker.initiatives <= worker.chances).all(), "more initiatives than chances"
    assert (worker.forced <= worker.initiatives).all(), "more initiatives forced than taken"
    assert ((manager.hours_left >= -1e-9) & (manager.hours_left <= p.manager_hours)).all(), "a manager's hours"
    assert (manager.satisfied <= manager.called).all(), "more calls satisfied than made"
    assert ((state.need.exception == 0) | (state.need.status == LISTED)).all(), "an exception that does not wait"
    assert ((state.need.called == 0) | (state.need.status == HELPED)).all(), "called in, but does not help"
    boards = state.board[: now.organisations]
    agreed = boards.agreed[:, : now.organisations]
    assert (agreed == agreed.T).all() and (np.diag(agreed) == 0).all(), "an agreement of one board alone"
    paid, contracts = staff_hours(state).sum(), staff_hours(state, allotted=False).sum()
    same_staff = list(levers()).index("extra_staff") not in state.change.lever  # else they shared out other hours
    assert not same_staff or math.isclose(paid, contracts), f"funders made or lost hours: {paid}, not {contracts}"


def _check_ties(state: State) -> None:
    """Ties stand at the start of their rows, lead to somebody else in the zone, and to no seat twice."""
    now = state.now[0]
    rows = state.tie.to.reshape(-1, now.tie_capacity)
    made = rows != NOWHERE
    assert (made[:, :-1] >= made[:, 1:]).all(), "ties do not stand together at the start of their rows"
    assert not made[now.workers :].any(), "volunteers have ties"
    who, where = np.nonzero(made)
    to = rows[who, where]
    assert (to < now.workers).all() and (to != who).all(), "a tie to volunteers or to oneself"
    apart = state.worker.zone[to] != state.worker.zone[who]  # made at a client placed with a worker elsewhere
    assert not apart.any() or state.manager.placed.sum() > 0, "a tie to another zone"
    assert len(np.unique(who * now.seats + to)) == len(to), "two ties of one worker to one seat"
    held = state.tie.generation.reshape(rows.shape)[who, where]
    assert (held <= state.worker.generation[to]).all(), "a tie to somebody who is not there yet"


def _check_volunteers(state: State) -> None:
    """Volunteers are one row for each zone beyond all workers; nobody pays them, waits for them or counts on them."""
    now = state.now[0]
    rows, lists = state.worker[now.workers :], state.team[now.teams :]
    assert len(rows) == len(lists) == now.zones == now.seats - now.workers
    assert (rows.zone == np.arange(now.zones)).all() and (rows.team == now.teams + rows.zone).all()
    assert (rows.organisation == now.organisations).all() and (rows.present == 1).all() and (rows.can == 0).all()
    for name in ("contract", "debt", "bridging", "chances", "initiatives"):
        assert (rows[name] == 0).all(), f"volunteers have {name}: {rows[name]}"
    assert (lists.waiting == 0).all() and state.organisation.clients[-1] == 0, "somebody waits for volunteers"
    nobody = state.series[now.organisations :: now.organisations + 1]
    for name in HOURS:
        assert (nobody[name] == 0).all(), f"nobody's hours: {name}"


# --- what must hold of what a run leaves behind ----------------------------------------------------------


def check_records(state: State, left: Records | None = None) -> None:
    """Assert that the records of a run agree with themselves and with the world they come from."""
    left = left or records(state)
    _check_visits(left.visits)
    _check_exits(left, state)
    check_hours(state)
    _check_flows(state, left)
    _check_delivered(state, left)


def _check_visits(visits: Any) -> None:
    order = ("onset", "seen", "listed", "start", "end")
    for i, earlier in enumerate(order):
        for later in order[i + 1 :]:
            wrong = visits[visits[earlier] > visits[later]]
            assert len(wrong) == 0, f"{len(wrong)} stays with {earlier} after {later}: {wrong[:1]}"
    goes_on = visits["reason"] == 0
    assert (goes_on == np.isnan(visits["end"])).all(), "a stay that ended has no end, or one that goes on has"
    assert np.isfinite(visits["onset"]).all(), "a stay without onset"
    started = np.isfinite(visits["start"])
    assert (visits["hours_delivered"][~started] == 0).all(), "hours of help that never started"
    for name in ("hours_delivered", "hours_bridging", "first_worker_hours"):
        assert (visits[name] >= -1e-9).all(), f"{name} is negative: {visits[name].min()}"
    assert (visits["first_worker_hours"] <= visits["hours_delivered"] + 1e-9).all(), "first worker gave more than all"
    for name in ("quality", "variant", "fit_distance"):
        assert ((visits[name][started] >= 0) & (visits[name][started] <= 1)).all(), f"{name} outside 0 to 1"
        assert np.isnan(visits[name][~started]).all(), f"{name} of help that never started"
    last = {}
    for client, need, end in visits[["client", "need", "end"]].tolist():
        last.setdefault((client, need), []).append(math.isnan(end))
    assert all(len(ends) - sum(ends) >= 0 and sum(ends) <= 2 for ends in last.values()), "more than two open stays"


def _check_exits(left: Records, state: State) -> None:
    clients = left.clients
    assert len(np.unique(clients["client"])) == len(clients) == state.zone.arrived.sum(), "a client twice, or missing"
    gone = np.isfinite(clients["exit"])
    assert gone.sum() == state.now[0].exits, f"{gone.sum()} left by the records, {state.now[0].exits} by the count"
    assert (clients["exit"][gone] >= clients["arrival"][gone]).all(), "somebody left before arriving"
    assert set(np.unique(left.visits["client"])) == set(clients["client"]), "a client without a stay, or the reverse"
    pairs = {(client, need) for client, need in left.visits[["client", "need"]].tolist()}
    assert len(pairs) == clients["needs"].sum(), f"{len(pairs)} needs have a stay, {clients['needs'].sum()} were there"
    for name in ("frailty", "frailty_at_arrival", "network_at_arrival", "voice"):
        assert ((clients[name] >= 0) & (clients[name] <= 1)).all(), f"{name} outside 0 to 1"
    unmet = clients["unmet"][np.isfinite(clients["unmet"])]
    assert ((unmet >= 0) & (unmet <= 1 + 1e-9)).all(), f"unmet share outside 0 to 1: {unmet.min()}, {unmet.max()}"


DESTINATIONS = ("direct", "bridging", "intake", "review", "referral", "reports", "meetings", "coordination")
DESTINATIONS += ("choosing", "instruments", "coaching", "own_time", "planning", "managing", "sick", "leave")
DESTINATIONS += ("indirect", "idle")
"""Where hours go, those of managers too."""


def check_hours(state: State) -> None:
    """Assert for each organisation and closed week: paid = sum of destinations less the growth of debt.

    What is done at once (intake, review, referral) stands under its name in the week it was done; in so far as that
    week had no hours left for it, it is a debt, paid out of the hours of later weeks.
    """
    organisations = int(state.now[0].organisations)
    weeks = state.day // 7 - int(state.now[0].first_day) // 7
    series = state.series[: weeks * (organisations + 1)].reshape(weeks, organisations + 1)[:, :organisations]
    debt = np.diff(series["debt"], axis=0, prepend=0.0)
    spent = sum(series[name] for name in DESTINATIONS)
    off = np.abs(series["paid"] - (spent - debt))
    assert (off <= 1e-8 * (1.0 + series["paid"])).all(), f"hours from nowhere or lost: {off.max()} in a week"
    for name in (*DESTINATIONS, "debt"):
        assert (series[name] >= -1e-9).all(), f"{name} is negative: {series[name].min()} hours in a week"


def staff_hours(state: State, *, allotted: bool = True) -> Any:
    """Return the hours a week that the seats of each organisation are paid for, as funders allotted them or not."""
    workers, organisations = state.worker[: state.now[0].workers], state.organisation[: state.now[0].organisations]
    contracts = np.bincount(workers.organisation, workers.contract, len(organisations))
    return contracts * (1.0 + organisations.extra_staff) * (organisations.allotted if allotted else 1.0)


def check_room(state: State) -> None:
    """Assert that no organisation pays or delivers more than its staff has, under the levers of now.

    Only for worlds in which no lever changed and that began at a week's start.
    """
    p, organisations = state.p[0], int(state.now[0].organisations)
    weeks = state.day // 7 - int(state.now[0].first_day) // 7
    series = state.series[: weeks * (organisations + 1)].reshape(weeks, organisations + 1)[:, :organisations]
    lever = state.organisation[:organisations]
    managers = np.bincount(state.team.organisation[: state.now[0].teams], minlength=organisations) * p.manager_hours
    paid = series["paid"] - managers
    assert (paid.sum(axis=1) <= staff_hours(state).sum() + 1e-6).all(), "more hours paid than contracts hold"
    shared_out = (lever.allotted != 1.0).any()
    assert shared_out or (paid <= staff_hours(state) + 1e-6).all(), "more hours paid to one than its contracts hold"
    asked = lever.report_hours * lever.control + lever.meeting_hours + lever.coordination_hours
    each = np.maximum(0.0, p.contract_hours * (1.0 - p.leave_share) * p.direct_share - asked)
    room = (paid - series["sick"]) / p.contract_hours * each
    over = series["direct"] + series["bridging"] - room
    assert (over <= 1e-6).all(), f"more delivered than there was room for: {over.max()} hours in a week"


def _check_flows(state: State, left: Records) -> None:
    """What series count is what stays and clients tell; to be exact, of all rows, the week under way included."""
    series, visits, clients = state.series, left.visits, left.clients
    status = np.bincount(clients["status"], minlength=len(STATUSES))
    by_status = dict(zip(STATUSES, status.tolist(), strict=True))
    pairs = {
        "crisis": "admitted in crisis",
        "planned": "admitted as planned",
        "deaths": "died",
        "gave_up": "gave up",
        "ended": "ended",
    }
    for flow, name in pairs.items():
        assert series[flow].sum() == by_status[name], f"{flow}: {series[flow].sum()}, {by_status[name]} clients"
    started = np.isfinite(visits["start"]).sum()
    assert series["starts"].sum() == started, f"{series['starts'].sum()} starts in the series, {started} stays"
    listed = np.isfinite(visits["listed"]).sum()
    assert series["listed"].sum() == listed, f"{series['listed'].sum()} listed in the series, {listed} stays"
    for flow, reason in (("referrals", "referred"), ("referrals_lost", "lost"), ("refusals", "refused")):
        count = (visits["reason"] == REASONS.index(reason)).sum()
        assert series[flow].sum() == count, f"{flow}: {series[flow].sum()}, {count} stays"
    assert clients["refusals"].sum() == series["refusals"].sum(), "refusals of clients and of organisations differ"
    retold = clients["retellings"].sum() + (clients["owner_organisation"] >= 0).sum()
    intakes, by_form = series["intakes"].sum(), series["by_form"].sum()
    assert intakes == retold + by_form, f"{intakes} intakes, {retold} first and again, {by_form} by a common form"


def _check_delivered(state: State, left: Records) -> None:
    """Hours delivered, three times over: by workers, by stays, by clients."""
    workers = state.worker
    days = np.where(workers.present == 1, state.day - workers.since, 0)
    running = workers.ratio * days / 7.0 * workers.committed
    by_workers = state.series.direct.sum() + state.series.bridging.sum() + state.series.volunteers.sum()
    by_workers += workers.direct_week.sum() + workers.bridging_week.sum() + running.sum()
    by_stays = left.visits["hours_delivered"].sum() + left.visits["hours_bridging"].sum()
    by_clients = left.clients["hours_delivered"].sum()
    close = {"rel_tol": 1e-7, "abs_tol": 1e-4}
    assert math.isclose(by_workers, by_stays, **close), f"workers delivered {by_workers}, stays received {by_stays}"
    assert math.isclose(by_clients, by_stays, **close), f"clients received {by_clients}, their stays {by_stays}"


def list_days(state: State) -> tuple[Any, Any]:
    """Return for each organisation the two sides of Little's law, from the first day on, in days on lists.

    The integral over time of the places on its lists; and the waits of the places that left, plus what those still
    there have waited. (There is nobody on a list before the first day.)
    """
    organisations = int(state.now[0].organisations)
    rows = len(state.series) // (organisations + 1) * (organisations + 1)
    series = state.series[:rows].reshape(-1, organisations + 1)[:, :organisations]
    integral = series["list_days"].sum(axis=0)
    lists = state.organisation[:organisations]
    integral = integral + lists.places * (state.day - lists.places_since)
    used = np.repeat(state.client.used == 1, 2 * int(state.p[0].max_needs))
    there = state.place[used & (state.place.team >= 0)]
    elapsed = np.bincount(state.team.organisation[there.team], state.day - there.listed, organisations)
    return integral, series["delisted_days"].sum(axis=0) + elapsed


__all__ = [
    "LIVELY",
    "NEVER",
    "ROOT",
    "SERVICE_DAYS",
    "SMALL",
    "assert_same_records",
    "check_hours",
    "check_records",
    "check_room",
    "check_world",
    "differences",
    "erlang_c",
    "fingerprint",
    "in_order",
    "list_days",
    "lived",
    "lively",
    "mean_wait",
    "queue",
    "records",
    "scenario_of",
    "small",
    "staff_hours",
    "world_print",
]
