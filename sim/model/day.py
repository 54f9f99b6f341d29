"""The order of the day, once for everybody: compiled here, one by one under Mesa activation in ``network.py``."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

import sim.model.bridge  # noqa: F401 - teaches the compiler what a State is
from sim.model.board import QUARTER, confer, take_stock
from sim.model.calendar import next_client, next_need, next_worker
from sim.model.career import come_or_go
from sim.model.chain import pop
from sim.model.client import arrivals, arrive, grow_older, keep_waiting, knock
from sim.model.compiling import behaviour
from sim.model.hours import free_hours, hours_asked, offer_freed, reset_capacity, settle, week_row
from sim.model.learning import learn, overload
from sim.model.listing import take_next
from sim.model.manager import expected_hours, plan, steer_team
from sim.model.money import share_out
from sim.model.programme import regroup
from sim.model.reviewing import review
from sim.model.state import (
    CHOOSE,
    INTAKES,
    LINKS_PER_NEED,
    NEVER,
    NOWHERE,
    REVIEW,
    SEEK,
    WAIT,
    State,
    longer,
)
from sim.model.ties import encounters
from sim.model.volunteer import rest
from sim.model.worker import choose_help, reconsider, take_intake, who_reconsiders, who_takes_intake
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
    Phase("reconsidering", "worker", "reconsider", "day", "who listed a need that goes on waiting looks at it again"),
    Phase("review", "worker", "review", "day", "help that is due is reviewed, goes on or ends"),
    Phase("life", "client", "grow_older", "day", "lives that are due are looked at: frailty, admission, death"),
    Phase("accounts", "worker", "settle", "week", "the hours of the week are accounted for"),
    Phase("lists", "worker", "take_next", "day", "freed hours take the next need from the lists"),
    Phase("steering", "manager", "steer_team", "week", "managers see, insist, coach and step in; incidents happen"),
    Phase("planning", "manager", "plan", "week", "managers place waiting needs with workers elsewhere still free"),
    Phase("resting", "network", "rest", "week", "volunteers tire or recover"),
    Phase("encounters", "network", "encounters", "week", "workers who serve one client, or share an event, meet"),
    Phase("learning", "worker", "learn", "week", "workers learn from what they practised; ties fade"),
    Phase("stock", "board", "take_stock", "quarter", "boards look back and react"),
    Phase("conferring", "board", "confer", "quarter", "boards meet, agree, keep or break agreements"),
    Phase("money", "network", "share_out", "year", "funders share out hours anew, by their rule"),
)

YEAR = 364  # days: four quarters


@behaviour
def ends_week(day: int) -> bool:
    """Return whether a week ends with ``day``; weeks are counted from day 0."""
    return (day + 1) % 7 == 0


@behaviour
def ends_quarter(day: int) -> bool:
    """Return whether a quarter of thirteen weeks ends with ``day``."""
    return (day + 1) % QUARTER == 0


@behaviour
def ends_year(day: int) -> bool:
    """Return whether a year of fifty-two weeks ends with ``day``."""
    return (day + 1) % YEAR == 0


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
        if who_reconsiders(S, row) >= 0:
            reconsider(S, row, who_reconsiders(S, row), day)
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
    row = next_freed(S)
    while row >= 0:
        take_next(S, row, day)
        row = next_freed(S)
    if ends_week(day):
        _end_week(S, day)
    if ends_quarter(day):
        for o in range(S.now[0].organisations):
            take_stock(S, o, day)
        for o in range(S.now[0].organisations):
            confer(S, o, day)
    if ends_year(day):
        share_out(S, day)
    S.now[0].day = day + 1


@behaviour
def _end_week(S: Any, day: int) -> None:
    for m in range(S.now[0].teams):
        steer_team(S, m, day)
    for m in range(S.now[0].teams):
        plan(S, m, day)
    for zone in range(S.now[0].zones):
        rest(S, zone, day)
    encounters(S, day)
    for w in range(S.now[0].workers):
        learn(S, w, day)
    close_week(S, day)


@behaviour
def next_freed(S: Any) -> int:
    """Return the next worker with hours to offer today, or -1."""
    link = pop(S, S.now[0].freed_chain)
    return link - S.now[0].seats if link >= 0 else -1


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
    _close_states(S, first)


@behaviour
def _close_states(S: Any, first: int) -> None:
    """Enter in the series that begins with row ``first`` how its workers are, on average, in each organisation."""
    for w in range(S.now[0].workers):
        worker = S.worker[w]
        week = S.series[first + worker.organisation]
        week.staffed += 1.0
        week.listening += worker.listening
        week.creativity += worker.creativity
        week.courage += worker.courage
        week.ownership += worker.ownership
        week.safety += worker.safety
        week.experience += worker.experience
        week.client_attention += worker.client_attention
        week.profession_attention += worker.profession_attention
        week.organisation_attention += worker.organisation_attention
        week.self_attention += worker.self_attention
        week.credibility += S.team[worker.team].credibility
        week.informed += S.manager[worker.team].informed
        week.board_control += S.board[worker.organisation].control
        week.ties_inside += worker.ties_inside
        week.ties_outside += worker.ties_outside
        week.trust_inside += worker.trust_inside
        week.trust_outside += worker.trust_outside
        week.collaboration += worker.collaboration
        week.strain += overload(S, w)
        week.target += expected_hours(S, w)


@behaviour
def clients_at_most(S: Any) -> int:
    """Return more new clients than will come in one day by any chance."""
    per_zone = S.p[0].arrivals_per_year / 365.0
    return int(S.now[0].zones * (per_zone + 10.0 * np.sqrt(per_zone) + 20.0))


@behaviour
def lacks_clients(S: Any) -> bool:
    """Return whether rows for clients may run out today."""
    return S.now[0].free_clients <= clients_at_most(S)


@behaviour
def lacks_visits(S: Any) -> bool:
    """Return whether rows for stays may run out today: each need of each client may end two."""
    now = S.now[0]
    clients = now.clients - now.free_clients + clients_at_most(S)
    return len(S.visit) - now.visits <= 2 * S.p[0].max_needs * clients


@behaviour
def lacks_exits(S: Any) -> bool:
    """Return whether rows for clients who leave may run out today, or could not hold all who are there."""
    now = S.now[0]
    return len(S.exit) - now.exits <= now.clients - now.free_clients + clients_at_most(S)


@behaviour
def lacks_weeks(S: Any) -> bool:
    """Return whether rows for weeks have run out."""
    return len(S.series) <= week_row(S, NOWHERE)


@behaviour
def has_space(S: Any) -> bool:
    """Return whether all tables have rows enough for one more day."""
    return not (lacks_clients(S) or lacks_visits(S) or lacks_exits(S) or lacks_weeks(S))


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
    made = int(np.asarray(state.now)["changes"][0])
    return int(np.asarray(state.change)["day"][made]) if made < len(state.change) else NEVER


def change_levers(state: State) -> None:
    """Make the changes of levers that are due; one that sets a lever to what it is does nothing at all.

    Where hours change, accounts are closed under the old levers first; in any case lists are looked at again.
    """
    if next_change(state) > state.day:
        return
    first, names, hours = int(state.now[0].changes), list(levers()), dict[int, tuple[float, float]]()
    due = np.asarray(state.change)[first:]
    due = due[: np.searchsorted(due["day"], state.day, side="right")]
    state.now[0].changes = first + len(due)
    for change in due:
        _change_lever(state, names[change["lever"]], int(change["organisation"]), change["value"], hours)


def _change_lever(state: State, lever: str, o: int, value: float, hours: dict[int, tuple[float, float]]) -> None:
    """Change a lever of organisation ``o``; ``hours`` holds what its levers ask now, where that is known."""
    set_to, control = np.asarray(state.organisation)[lever], np.asarray(state.board)["control"]
    before = set_to[o], control[o]
    if before[0] == value:
        return

    def change(to: float, control_to: float) -> None:
        set_to[o] = to
        if lever == "control":
            control[o] = control_to

    asked = hours.get(o) or _hours_by_levers(state, o)
    change(value, value)
    hours[o] = _hours_by_levers(state, o)
    other = hours[o] != asked
    if other:
        change(*before)
        close_accounts(state, o)
        change(value, value)
    if lever == "regrouping" and value > before[0]:
        regroup(state, o, state.day)
    reopen_accounts(state, o, other)


def _hours_by_levers(state: State, o: int) -> tuple[float, float]:
    """Return what decides, of levers, on the hours for clients: hours asked of each worker, and more staff."""
    return float(hours_asked(state, o)), float(np.asarray(state.organisation)["extra_staff"][o])


@behaviour
def close_accounts(S: Any, o: int) -> None:
    """Settle the hours of all workers of organisation ``o`` up to this morning."""
    for w in range(S.now[0].workers):
        if S.worker[w].organisation == o:
            settle(S, w, S.now[0].day)


@behaviour
def reopen_accounts(S: Any, o: int, other: bool) -> None:
    """Let the workers of organisation ``o`` look at the lists again, with the hours that levers now leave them."""
    for w in range(S.now[0].workers):
        if S.worker[w].organisation == o:
            if other:
                reset_capacity(S, w)
            elif free_hours(S, w) > 0.0:
                offer_freed(S, w)


def enlarge(state: State) -> State:
    """Return the same world with half as many rows again in the tables that are short of them."""
    grown = {}
    for lacks, name in ((lacks_visits, "visit"), (lacks_exits, "exit"), (lacks_weeks, "series")):
        if lacks(state):
            rows = getattr(state, name)
            grown[name] = longer(rows, _half_more(len(rows)))
    larger = state.with_tables(**grown)
    return _more_clients(larger) if lacks_clients(larger) else larger


def _more_clients(state: State) -> State:
    old, most = len(state.client), int(state.p[0].max_needs)
    clients = _half_more(old)
    links = longer(state.link, int(state.now[0].need_link) + LINKS_PER_NEED * clients * most)
    links.chain[len(state.link) :] = NOWHERE
    larger = state.with_tables(
        client=longer(state.client, clients),
        need=longer(state.need, clients * most),
        place=longer(state.place, 2 * clients * most),
        link=links,
    )
    free_rows(larger, old, clients)
    return larger


def _half_more(rows: int) -> int:
    return rows + rows // 2 + 1


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
