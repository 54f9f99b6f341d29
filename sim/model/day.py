"""The order of the day, once for everybody: compiled here, one by one under Mesa activation in ``network.py``."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

import sim.model.bridge  # noqa: F401 - teaches the compiler what a State is
from sim.model.board import take_stock
from sim.model.calendar import next_client, next_need, next_worker
from sim.model.chain import pop
from sim.model.client import arrivals, arrive, grow_older, keep_waiting, knock
from sim.model.compiling import behaviour
from sim.model.hours import reset_capacity, settle, week_row
from sim.model.manager import plan
from sim.model.state import (
    CHOOSE,
    INTAKES,
    LINK,
    LINKS_PER_NEED,
    NEVER,
    NOWHERE,
    REVIEW,
    SEEK,
    WAIT,
    State,
    table,
)
from sim.model.worker import choose_help, come_or_go, review, take_intake, take_next, who_takes_intake
from sim.scenario.parameters import levers


class Phase(NamedTuple):
    """One phase of the day: which agents do what, and how often."""

    name: str
    agent: str
    behaviour: str
    every: str
    what: str


PHASES = (
    Phase("absence", "worker", "come_or_go", "day", "who is due falls sick, returns, leaves or is succeeded"),
    Phase("arrival", "network", "arrive", "day", "new clients appear in each zone"),
    Phase("seeking", "client", "knock", "day", "who is due knocks at a door; referrals arrive or get lost"),
    Phase("intake", "worker", "take_intake", "day", "intakes are taken where clients knocked"),
    Phase("choice", "worker", "choose_help", "day", "help is chosen for open needs"),
    Phase("waiting", "client", "keep_waiting", "day", "who is due goes on waiting, gives up or knocks elsewhere"),
    Phase("review", "worker", "review", "day", "help that is due is reviewed, goes on or ends"),
    Phase("life", "client", "grow_older", "day", "lives that are due are looked at: frailty, admission, death"),
    Phase("accounts", "worker", "settle", "week", "the hours of the week are accounted for"),
    Phase("planning", "manager", "plan", "week", "managers place waiting needs with free workers elsewhere"),
    Phase("lists", "worker", "take_next", "day", "freed hours take the next need from the lists"),
    Phase("stock", "board", "take_stock", "quarter", "boards hold production against budget"),
)

QUARTER = 91  # days: thirteen weeks


@behaviour
def ends_week(day: int) -> bool:
    """Return whether a week ends with ``day``; weeks are counted from day 0."""
    return (day + 1) % 7 == 0


@behaviour
def ends_quarter(day: int) -> bool:
    """Return whether a quarter of thirteen weeks ends with ``day``."""
    return (day + 1) % QUARTER == 0


@behaviour
def one_day(S: Any, day: int) -> None:
    """Let everybody live through one day: the phases of ``PHASES``, in order."""
    row = next_worker(S, day)
    while row >= 0:
        come_or_go(S, row, day)
        row = next_worker(S, day)
    for zone in range(S.now[0].zones):
        for _ in range(arrivals(S, zone, day)):
            arrive(S, zone, day)
    row = next_need(S, SEEK, day)
    while row >= 0:
        knock(S, row, day)
        row = next_need(S, SEEK, day)
    row = next_need(S, INTAKES, day)
    while row >= 0:
        take_intake(S, row, who_takes_intake(S, row), day)
        row = next_need(S, INTAKES, day)
    row = next_need(S, CHOOSE, day)
    while row >= 0:
        choose_help(S, row, S.need[row].at_worker, day)
        row = next_need(S, CHOOSE, day)
    row = next_need(S, WAIT, day)
    while row >= 0:
        keep_waiting(S, row, day)
        row = next_need(S, WAIT, day)
    row = next_need(S, REVIEW, day)
    while row >= 0:
        review(S, row, day)
        row = next_need(S, REVIEW, day)
    row = next_client(S, day)
    while row >= 0:
        grow_older(S, row, day)
        row = next_client(S, day)
    if ends_week(day):
        for w in range(S.now[0].workers):
            settle(S, w, day + 1)
        for m in range(S.now[0].teams):
            plan(S, m, day)
    row = next_freed(S)
    while row >= 0:
        take_next(S, row, day)
        row = next_freed(S)
    if ends_week(day):
        close_week(S, day)
    if ends_quarter(day):
        for o in range(S.now[0].organisations):
            take_stock(S, o, day)
    S.now[0].day = day + 1


@behaviour
def next_freed(S: Any) -> int:
    """Return the next worker with hours to offer today, or -1."""
    link = pop(S, S.now[0].freed_chain)
    return link - S.now[0].workers if link >= 0 else -1


@behaviour
def close_week(S: Any, day: int) -> None:
    """Enter the stocks of the week that ends with ``day`` in the series."""
    organisations = S.now[0].organisations
    first = week_row(S, 0)
    for o in range(organisations + 1):
        week = S.series[first + o]
        week.week = (day + 1) // 7 - 1
        week.organisation = o
    for o in range(organisations):
        organisation = S.organisation[o]
        week = S.series[first + o]
        week.list_days += organisation.places * (day + 1 - organisation.places_since)
        organisation.places_since = day + 1
        week.waiting = organisation.places
        week.clients = organisation.clients
    for w in range(S.now[0].workers):
        week = S.series[first + S.worker[w].organisation]
        week.in_service += S.chain[S.now[0].case_chain + w].length
        week.debt += S.worker[w].debt
    S.series[first + organisations].in_care = S.now[0].in_care
    for o in range(organisations):
        S.board[o].produced += S.series[first + o].direct + S.series[first + o].bridging


@behaviour
def has_space(S: Any) -> bool:
    """Return whether the tables have rows enough for one more day."""
    now = S.now[0]
    per_zone = S.p[0].arrivals_per_year / 365.0
    arriving = now.zones * (per_zone + 10.0 * np.sqrt(per_zone) + 20.0)
    rows = 2 * (now.clients - now.free_clients) * S.p[0].max_needs + 2 * arriving * S.p[0].max_needs
    return (
        now.free_clients > arriving
        and len(S.visit) - now.visits > rows
        and len(S.exit) - now.exits > now.clients - now.free_clients + arriving
        and len(S.series) > week_row(S, -1)
    )


@behaviour
def live_through(S: Any, until: int) -> None:
    """Live day by day until the day ``until`` comes, or until a table is full."""
    while S.now[0].day < until and has_space(S):
        one_day(S, S.now[0].day)


def live(state: State, days: int) -> State:
    """Let the world go on for ``days`` days and return it; use what is returned, tables may have grown.

    Levers change on the morning of the day for which it was written down.
    """
    until = state.day + days
    while state.day < until:
        state = ready(state)
        live_through(state, min(until, next_change(state)))
    return state


def ready(state: State) -> State:
    """Return the world ready for its next day: levers changed that are due, room in every table."""
    change_levers(state)
    while not has_space(state):
        state = enlarge(state)
    return state


def next_change(state: State) -> int:
    """Return the next day on which a lever changes."""
    made = int(state.now[0].changes)
    return int(state.change[made].day) if made < len(state.change) else NEVER


def change_levers(state: State) -> None:
    """Make the changes of levers that are due: close the accounts under the old ones, then set the new."""
    if next_change(state) > state.day:
        return
    close_accounts(state)
    names = list(levers())
    while next_change(state) <= state.day:
        change = state.change[int(state.now[0].changes)]
        state.organisation[names[change.lever]][change.organisation] = change.value
        state.now[0].changes += 1
    reopen_accounts(state)


@behaviour
def close_accounts(S: Any) -> None:
    """Settle the hours of all workers up to this morning."""
    for w in range(S.now[0].workers):
        settle(S, w, S.now[0].day)


@behaviour
def reopen_accounts(S: Any) -> None:
    """Give all workers the hours that the levers now leave them, and let them look at the lists again."""
    for w in range(S.now[0].workers):
        reset_capacity(S, w)


def enlarge(state: State) -> State:
    """Return the same world with twice the rows for clients, stays and weeks."""
    old = len(state.client)
    grown = {name: _twice(getattr(state, name)) for name in ("client", "need", "place", "visit", "exit", "series")}
    links = table(LINK, int(state.now[0].need_link) + LINKS_PER_NEED * len(grown["need"]))
    links[: len(state.link)] = state.link
    links.chain[len(state.link) :] = NOWHERE
    larger = state.with_tables(link=links, **grown)
    free_rows(larger, old, len(larger.client))
    return larger


def free_rows(state: State, first: int, end: int) -> None:
    """Add the rows ``first`` to ``end`` of clients to the free ones."""
    now = state.now[0]
    following = np.arange(first + 1, end + 1)
    following[-1] = now.free_client
    state.client.next_free[first:end] = following
    state.place.team[2 * first * int(state.p[0].max_needs) :] = NOWHERE
    now.free_client = first
    now.free_clients += end - first
    now.clients = end


def _twice(rows: Any) -> Any:
    larger = table(rows.dtype, 2 * len(rows))
    larger[: len(rows)] = rows
    return larger
