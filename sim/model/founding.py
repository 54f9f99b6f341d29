"""Founding: from a scenario and a seed to the first morning of a world."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any
from zlib import crc32

import numpy as np

from sim.model.board import QUARTER, found_board, set_budget
from sim.model.career import GENERATIONS, start_career
from sim.model.chance import START, u01
from sim.model.client import draw_length, new_client, step_forward
from sim.model.compiling import behaviour
from sim.model.day import free_rows
from sim.model.hours import week_row
from sim.model.life import needs_of
from sim.model.manager import found_manager
from sim.model.state import (
    CALENDARS,
    LINKS_PER_NEED,
    NEVER,
    NOWHERE,
    RING,
    TABLES,
    UNSEEN,
    URGENCIES,
    State,
    table,
)
from sim.model.ties import count_ties, meet_colleagues
from sim.model.volunteer import hours_to_give, volunteers_of
from sim.scenario.parameters import levers, parameters
from sim.scenario.scenario import Scenario

SPARE_CLIENTS = 1.3  # rows for clients, as a multiple of those at the start
YEARS_AT_FIRST = 7  # of weeks and of stays for which there are rows at first; tables grow when they are full
OPTIONS = 16  # rows for the options of a choice


def found(scenario: Scenario, seed: int) -> State:
    """Return the world of a scenario on the first morning of its warm-up.

    In order: parameters, kinds, organisations and their levers; teams, zone by zone; volunteers; workers, who have been
    there for a while; who knows whom; managers and boards; the clients in care, who all knock on the first day, with
    needs that have lasted for a while.

    Args:
        scenario: What the world is like.
        seed: Seed of the replication, 0 or more; the same seed gives the same people and the same luck in each regime.
    """
    teams = _plan_teams(scenario)
    state = _empty(scenario, teams)
    state.now[0].seed = seed
    _fill_parameters(state, scenario)
    _fill_organisations(state, scenario)
    _fill_teams(state, scenario, teams)
    _fill_volunteers(state)
    state = steer(state, scenario)
    free_rows(state, 0, len(state.client))
    populate(state)
    return state


def _plan_teams(scenario: Scenario) -> list[tuple[int, int, list[int]]]:
    """Return (zone, organisation, crafts of its members) of each team, zone by zone; crafts are spread over teams."""
    kinds = {kind.name: k for k, kind in enumerate(scenario.kinds)}
    size = int(scenario["team_size"])
    teams = []
    for zone in range(int(scenario["zones"])):
        for o, organisation in enumerate(scenario.organisations):
            crafts = [kinds[name] for name, count in organisation.staff.items() for _ in range(count)]
            number = math.ceil(len(crafts) / size)
            teams += [(zone, o, crafts[i::number]) for i in range(number)]
    return teams


def _empty(scenario: Scenario, teams: list[tuple[int, int, list[int]]]) -> State:
    zones, organisations = int(scenario["zones"]), len(scenario.organisations)
    kinds, most = len(scenario.kinds), int(scenario["max_needs"])
    workers = sum(len(crafts) for _, _, crafts in teams)
    seats = workers + zones  # volunteers of a zone have one row beyond the workers, teams and organisations
    per_year = float(scenario["arrivals_per_year"])
    at_start = float(scenario["clients_at_start"])
    clients = int(zones * (SPARE_CLIENTS * at_start + 20 * math.sqrt(at_start) + per_year / 2 + 60)) + 1
    weeks = 52 * YEARS_AT_FIRST + 2
    stays = 2 * most * (clients + int(zones * YEARS_AT_FIRST * per_year)) + 100
    list_chain = CALENDARS * RING
    case_chain = list_chain + len(teams) * kinds * URGENCIES
    rows = {
        "p": 1,
        "now": 1,
        "kind": kinds,
        "zone": zones,
        "organisation": organisations + 1,
        "office": zones * organisations,
        "team": len(teams) + zones,
        "worker": seats,
        "tie": seats * _tie_rows(scenario, workers // zones),
        "manager": len(teams),
        "board": organisations + 1,
        "option": OPTIONS,
        "decision": 1,
        "client": clients,
        "need": clients * most,
        "place": 2 * clients * most,
        "chain": case_chain + seats + 1,
        "link": 2 * seats + LINKS_PER_NEED * clients * most,
        "visit": stays,
        "exit": int(zones * (at_start + YEARS_AT_FIRST * per_year)) + 3 * clients,
        "series": weeks * (organisations + 1),
        "change": 0,
    }
    state = State(**{name: table(dtype, rows[name]) for name, dtype in TABLES.items()})
    now = state.now[0]
    now.first_day = now.day = -int(scenario["warmup_days"])
    now.zones, now.organisations, now.kinds = zones, organisations, kinds
    now.teams, now.workers, now.seats = len(teams), workers, seats
    now.tie_capacity = rows["tie"] // seats
    now.list_chain, now.case_chain, now.freed_chain = list_chain, case_chain, case_chain + seats
    now.need_link = 2 * seats
    now.free_client = NOWHERE
    state.tie.to = NOWHERE
    state.chain.first = state.chain.last = NOWHERE
    state.link.chain = NOWHERE
    state.organisation.places_since = now.day
    return state


def _tie_rows(scenario: Scenario, colleagues: int) -> int:
    """Return for how many ties a worker has room: those it has at first, and more that form; at most all colleagues."""
    team = min(int(scenario["team_size"]), colleagues)
    largest = max(sum(organisation.staff.values()) for organisation in scenario.organisations)
    mean = (
        float(scenario["know_team"]) * team
        + float(scenario["know_inside"]) * max(0, largest - team)
        + float(scenario["know_outside"]) * colleagues
    )
    return max(1, min(colleagues, int(mean + 6 * math.sqrt(mean) + 24)))


def _fill_parameters(state: State, scenario: Scenario) -> None:
    p = np.asarray(state.p)  # a plain array answers ten times faster than a record array
    for name, parameter in parameters().items():
        if parameter.kind != "lever":
            p[name] = scenario[name]
    total = sum(kind.share for kind in scenario.kinds)
    for k, kind in enumerate(scenario.kinds):
        row = state.kind[k]
        row.hours_per_week = kind.hours_per_week
        row.lasting_days, row.short_share, row.short_days = (
            kind.lasting_days,
            kind.short_share,
            kind.short_days,
        )
        row.episodic, row.norm_days, row.volunteers = int(kind.episodic), kind.norm_days, int(kind.volunteers)
        row.share = kind.share / total


def _fill_organisations(state: State, scenario: Scenario) -> None:
    rows = np.asarray(state.organisation)
    kinds = [kind.name for kind in scenario.kinds]
    for o, organisation in enumerate(scenario.organisations):
        rows["identity"][o] = _identity(organisation.name)
        rows["renown"][o] = organisation.renown * _mismatch(scenario, int(state.now[0].seed), rows["identity"][o])
        rows["offers"][o, : len(kinds)] = [organisation.staff.get(kind, 0) > 0 for kind in kinds]
        for lever, value in scenario.baseline_levers[organisation.name].items():
            rows[lever][o] = value.value
    rows["allotted"] = 1.0


def _fill_teams(state: State, scenario: Scenario, teams: list[tuple[int, int, list[int]]]) -> None:
    zones, organisations = (np.array([team[i] for team in teams]) for i in (0, 1))
    sizes = np.array([len(crafts) for _, _, crafts in teams])
    team, worker = state.team[: len(teams)], state.worker[: sizes.sum()]
    team.zone, team.organisation, team.workers = zones, organisations, sizes
    team.first_worker = np.cumsum(sizes) - sizes
    team.identity = _identities(scenario, zones, organisations)
    state.manager.team = np.arange(len(teams))
    door = zones * len(scenario.organisations) + organisations
    state.office.teams = np.bincount(door, minlength=len(state.office))
    state.office.first_team = np.searchsorted(door, np.arange(len(state.office)))
    worker.zone, worker.organisation = np.repeat(zones, sizes), np.repeat(organisations, sizes)
    worker.team = np.repeat(np.arange(len(teams)), sizes)
    worker.craft = np.concatenate([crafts for _, _, crafts in teams])
    worker.contract = float(scenario["contract_hours"])


def _mismatch(scenario: Scenario, seed: int, identity: int) -> float:
    """Return how well known an organisation is beside what its staff could bear: one draw for each, around one."""
    return 1.0 + float(scenario["mismatch"]) * (2.0 * u01(seed, identity, START, 0) - 1.0)


def _identity(name: str) -> int:
    """Return a number of 31 bits for a name: two of them make a key of a draw."""
    return crc32(name.encode()) & 0x7FFFFFFF


def _identities(scenario: Scenario, zones: Any, organisations: Any) -> list[int]:
    """Return the identities of teams: by organisation, zone and number there, whatever other teams there are."""
    counted: Counter[tuple[int, int]] = Counter()
    identities = []
    for zone, o in zip(zones.tolist(), organisations.tolist(), strict=True):
        identities.append(_identity(f"{scenario.organisations[o].name}/{zone}/{counted[zone, o]}"))
        counted[zone, o] += 1
    return identities


def _fill_volunteers(state: State) -> None:
    """Volunteers have no craft, no contract and no board that controls them; they do not fall ill or leave."""
    now = state.now[0]
    team, worker, organisation = state.team[now.teams :], state.worker[now.workers :], state.organisation[-1]
    organisation.catalogue = 1
    team.zone = worker.zone = np.arange(now.zones)
    team.organisation = worker.organisation = now.organisations
    team.first_worker = np.arange(now.workers, now.seats)
    team.workers = 1
    worker.team = np.arange(now.teams, len(state.team))
    worker.key = team.first_worker * GENERATIONS
    worker.craft = NOWHERE
    worker.competence[:, : now.kinds] = state.p[0].volunteer_quality * state.kind.volunteers
    worker.present = 1
    worker.ratio = 1.0
    worker.since = worker.hired = now.first_day
    worker.due = worker.leaves = worker.falls_sick = NEVER


def steer(state: State, scenario: Scenario) -> State:
    """Return the same world, in which levers will change as ``scenario`` says: its regime on day 0, its dated changes.

    To be called before day 0, so that worlds under several regimes can share one warm-up.
    """
    return state.with_tables(change=_changes(scenario))


def _changes(scenario: Scenario) -> Any:
    """Return all changes of levers, by day: those that the regime makes on day 0, then the dated ones."""
    numbers = {lever: i for i, lever in enumerate(levers())}
    names = {organisation.name: o for o, organisation in enumerate(scenario.organisations)}
    rows = [
        (0, o, numbers[lever], value.value)
        for name, o in names.items()
        for lever, value in scenario.levers[name].items()
        if value.value != scenario.baseline_levers[name][lever].value
    ]
    for change in scenario.changes:
        rows += [(change.day, names[name], numbers[change.lever], change.value.value) for name in change.organisations]
    changes = table(TABLES["change"], len(rows))
    for i, row in enumerate(sorted(rows, key=lambda row: row[0])):
        changes[i] = row
    return changes


@behaviour
def populate(S: Any) -> None:
    """Bring people in: volunteers, boards and managers, workers with their ties, and the clients of the first day."""
    for zone in range(S.now[0].zones):
        S.worker[volunteers_of(S, zone)].capacity = hours_to_give(S, zone)
    for o in range(S.now[0].organisations):
        found_board(S, o)
    for m in range(S.now[0].teams):
        found_manager(S, m)
    for w in range(S.now[0].workers):
        start_career(S, w)
    for w in range(S.now[0].workers):
        meet_colleagues(S, w, 1.0)
        count_ties(S, w)
    for o in range(S.now[0].organisations):
        set_budget(S, o, QUARTER - S.now[0].first_day % QUARTER)
    for zone in range(S.now[0].zones):
        for _ in range(int(S.p[0].clients_at_start)):
            c = new_client(S, zone, S.now[0].day)
            for n in needs_of(S, c):
                if S.need[n].status == UNSEEN:
                    _last_for_a_while(S, n)
            S.series[week_row(S, NOWHERE)].arrivals += 1.0
            step_forward(S, c, S.now[0].day)


@behaviour
def _last_for_a_while(S: Any, n: int) -> None:
    """Draw what is left of a need met halfway: long ones are met more often, and what is left is again exponential."""
    kind = S.kind[S.need[n].kind]
    short = kind.short_share * kind.short_days
    lasting = (1.0 - kind.short_share) * kind.lasting_days
    draw_length(S, n, START, short / (short + lasting))
