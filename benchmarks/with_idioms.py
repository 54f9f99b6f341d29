"""The reduced model written as regie's rules are written, and nothing more: the work of ``reduced.c`` and its draws.

Tables in which a row is a person, small compiled behaviours ``(S, row, ..., day)``, chains and a calendar through the
rows, chance from (seed, who, decision), one address for compiled code. Beside the C twin, whose visits it repeats bit
for bit, it shows what writing in Python this way costs; beside ``with_regie.py``, what the rest of regie costs.
"""

# ruff: noqa: N803 - S is the state of the world, as in sim/model

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np
from reduced import HERE, VISIT, WEEKLY, Outcome, Reduced

sys.path.insert(0, str(HERE.parent))  # this clone, installed or not

from address import hand_over_address

from sim.model.chain import append, pop
from sim.model.chance import exponential, poisson, u01, whole_days
from sim.model.compiling import behaviour
from sim.model.state import CHAIN, LINK, longer, table

ARRIVALS, DOOR, DURATION, ROUNDING = range(4)  # streams of chance, those of reduced.c
NOBODY = -1

i4, i8, f8 = np.int32, np.int64, np.float64

PARAMETERS = np.dtype(
    [
        *((name, i8) for name in ("zones", "days", "organisations", "workers", "slots")),
        ("arrivals_per_day", f8),
        ("service_days", f8),
        ("seed", i8),
        ("arrivals_at_most", i8),  # more than will come in one day by any chance
    ]
)
NOW = np.dtype(
    [
        ("day", i8),
        ("week", i8),
        ("clients", i8),  # rows ever used
        ("free_client", i8),  # first free one of these
        ("visits", i8),
    ]
)
ORGANISATION = np.dtype([("waiting", i8), ("in_service", i8)])  # in all zones
WORKER = np.dtype([("clients", i4)])
CLIENT = np.dtype([("visit", VISIT), ("key", i8), ("next_free", i4), ("here", i4)])
WEEK = np.dtype([(name, i8) for name in WEEKLY])

TABLES = {
    "p": PARAMETERS,
    "now": NOW,
    "organisation": ORGANISATION,
    "worker": WORKER,  # team by team
    "client": CLIENT,
    "link": LINK,  # one for each client: in the calendar or on a list
    "chain": CHAIN,  # one for each day of the calendar, then one for the list of each team
    "visit": VISIT,
    "week": WEEK,  # a row for each week and organisation
}


class World:
    """All tables; ``S`` in the behaviours.

    Attributes:
        p, now, ...: The tables of ``TABLES``.
        where: Address of ``address``: where each table begins and how many rows it has, for compiled code.
    """

    def __init__(self, **tables: Any) -> None:
        """Bring tables together."""
        vars(self).update(tables)
        self.address = np.array([(tables[name].ctypes.data, len(tables[name])) for name in TABLES], i8)
        self.where = self.address.ctypes.data

    def with_tables(self, **tables: Any) -> World:
        """Return a world in which some tables are others."""
        return World(**{name: tables.get(name, getattr(self, name)) for name in TABLES})


hand_over_address(World, TABLES)


# --- the rules ---


@behaviour
def this_week(S: Any, o: int) -> int:
    """Return the row of this week for organisation ``o``."""
    return S.now[0].week * S.p[0].organisations + o


@behaviour
def arrive(S: Any, zone: int, key: int, day: int) -> None:
    """Let a client come to a door: the worker with most room starts to help today, or the client joins the list."""
    organisations = S.p[0].organisations
    o = int(u01(S.p[0].seed, key, DOOR, 0) * organisations)
    team = zone * organisations + o
    owner = freest_worker(S, team)
    c = new_client(S, key, zone, o, day)
    S.client[c].visit.owner = owner
    S.week[this_week(S, o)].arrivals += 1
    if S.worker[owner].clients < S.p[0].slots:
        start_help(S, c, owner, day)
    else:
        join_list(S, c, team, day)


@behaviour
def freest_worker(S: Any, team: int) -> int:
    """Return the worker of ``team`` with fewest clients, the first of these."""
    first = team * S.p[0].workers
    best, fewest = first, S.worker[first].clients
    for w in range(first + 1, first + S.p[0].workers):
        clients = S.worker[w].clients
        if clients < fewest:
            best, fewest = w, clients
    return best


@behaviour
def new_client(S: Any, key: int, zone: int, o: int, day: int) -> int:
    """Take a row for a client who comes to organisation ``o`` today; return it."""
    now = S.now[0]
    c = now.free_client
    if c >= 0:
        now.free_client = S.client[c].next_free
    else:
        c = now.clients
        now.clients += 1
    client = S.client[c]
    client.key = key
    client.here = 1
    visit = client.visit
    visit.onset = day
    visit.listed = visit.start = visit.end = np.nan
    visit.zone = zone
    visit.organisation = o
    visit.worker = NOBODY
    return c


@behaviour
def join_list(S: Any, c: int, team: int, day: int) -> None:
    """Put client ``c`` at the end of the list of ``team``."""
    S.client[c].visit.listed = day
    append(S, S.p[0].days + team, c)
    S.organisation[S.client[c].visit.organisation].waiting += 1


@behaviour
def start_help(S: Any, c: int, w: int, day: int) -> None:
    """Let worker ``w`` help client ``c`` from today on, and write down in the calendar when that ends."""
    client = S.client[c]
    client.visit.start = day
    client.visit.worker = w
    S.worker[w].clients += 1
    o = client.visit.organisation
    S.week[this_week(S, o)].starts += 1
    S.organisation[o].in_service += 1
    lasting = exponential(u01(S.p[0].seed, client.key, DURATION, 0), S.p[0].service_days)
    end = day + whole_days(lasting, u01(S.p[0].seed, client.key, ROUNDING, 0))
    if end < S.p[0].days:
        append(S, end, c)


@behaviour
def leave(S: Any, c: int, day: int) -> None:
    """Let client ``c`` go; the worker takes the first of the list."""
    client = S.client[c]
    client.visit.end = day
    write_visit(S, c)
    client.here = 0
    client.next_free = S.now[0].free_client
    S.now[0].free_client = c
    o = client.visit.organisation
    S.week[this_week(S, o)].completed += 1
    S.organisation[o].in_service -= 1
    S.worker[client.visit.worker].clients -= 1
    take_next(S, client.visit.worker, client.visit.zone * S.p[0].organisations + o, day)


@behaviour
def take_next(S: Any, w: int, team: int, day: int) -> None:
    """Let worker ``w`` start to help the first of the list of ``team``, if there is anybody."""
    c = pop(S, S.p[0].days + team)
    if c >= 0:
        S.organisation[S.client[c].visit.organisation].waiting -= 1
        start_help(S, c, w, day)


@behaviour
def write_visit(S: Any, c: int) -> None:
    """Write down the visit of client ``c`` as it is."""
    S.visit[S.now[0].visits] = S.client[c].visit
    S.now[0].visits += 1


# --- the order of the day ---


@behaviour
def one_day(S: Any, day: int) -> None:
    """Arrivals in each zone, then the help that ends; counts at the end of a week."""
    for zone in range(S.p[0].zones):
        for i in range(poisson(u01(S.p[0].seed, zone, ARRIVALS, day), S.p[0].arrivals_per_day)):
            arrive(S, zone, (zone + 1) << 40 | day << 16 | i, day)
    c = pop(S, day)
    while c >= 0:
        leave(S, c, day)
        c = pop(S, day)
    if day % 7 == 6:
        close_week(S)
    S.now[0].day = day + 1


@behaviour
def close_week(S: Any) -> None:
    """Enter the stocks of this week."""
    for o in range(S.p[0].organisations):
        week = S.week[this_week(S, o)]
        week.waiting = S.organisation[o].waiting
        week.in_service = S.organisation[o].in_service
    S.now[0].week += 1


@behaviour
def has_space(S: Any) -> bool:
    """Return whether there are rows enough for all who may come today."""
    return S.now[0].clients + S.p[0].arrivals_at_most < len(S.client)


@behaviour
def live(S: Any) -> None:
    """Live day by day, until the last or until there may be too few rows; after the last write down who is there."""
    while S.now[0].day < S.p[0].days and has_space(S):
        one_day(S, S.now[0].day)
    if S.now[0].day == S.p[0].days:
        for c in range(S.now[0].clients):
            if S.client[c].here == 1:
                write_visit(S, c)


# --- from parameters to visits ---


def found(model: Reduced, seed: int) -> World:
    """Return a world without clients."""
    teams = model.zones * model.organisations
    expected = model.zones * model.arrivals_per_day
    arrivals_at_most = _hardly_more_than(expected)
    clients = teams * model.workers * model.slots + arrivals_at_most
    rows = {
        "p": 1,
        "now": 1,
        "organisation": model.organisations,
        "worker": teams * model.workers,
        "client": clients,
        "link": clients,
        "chain": model.days + teams,
        "visit": _hardly_more_than(expected * model.days),
        "week": (model.days // 7 + 1) * model.organisations,
    }
    world = World(**{name: table(dtype, rows[name]) for name, dtype in TABLES.items()})
    for name, value in vars(model).items():
        world.p[name] = value
    world.p["seed"], world.p["arrivals_at_most"] = seed, arrivals_at_most
    world.now["free_client"] = NOBODY
    for name in ("first", "last"):
        world.chain[name] = NOBODY
    world.link["chain"] = NOBODY
    return world


def _hardly_more_than(expected: float) -> int:
    """Return a count that one of Poisson with this mean does not pass by any chance: ten standard deviations more."""
    return int(expected + 10 * math.sqrt(expected) + 20)


def simulate(model: Reduced, seed: int) -> Outcome:
    """Run the reduced model and return visits and weekly counts."""
    world = found(model, seed)
    live(world)
    while world.now["day"][0] < model.days:
        world = enlarge(world)
        live(world)
    shape = (model.days // 7, model.organisations, len(WEEKLY))
    weekly = np.asarray(world.week[: shape[0] * shape[1]]).view(i8).reshape(shape)
    return Outcome(np.asarray(world.visit[: world.now["visits"][0]]), weekly)


def enlarge(world: World) -> World:
    """Return the same world with half as many rows for clients again."""
    rows = len(world.client)
    more = world.with_tables(client=longer(world.client, rows + rows // 2), link=longer(world.link, rows + rows // 2))
    more.link["chain"][rows:] = NOBODY
    return more
