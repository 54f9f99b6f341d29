"""The state of a care network: one table for each kind of thing, a row for each one.

A row is a person, a need or an organisation; the dtype is the documentation. The tables stand together in one
``State``; behaviours read and write them as ``S.worker[w].committed``. Days are whole numbers counted from day 0, the
day on which the compared regime takes effect; days of the warm-up are negative.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import RegieError
from sim.files import atomically
from sim.scenario.parameters import MAX_KINDS, MAX_ORGANISATIONS, Parameter, levers, parameters

FACES = 8  # faces a client remembers
NEVER = 2**40  # a day that does not come
NOWHERE = -1  # no worker, no team, no organisation

# Status of a client.
SEEKING, WAITING, SERVED, GAVE_UP, CRISIS, PLANNED, DIED, ENDED = range(8)
# Status of a need.
ABSENT, UNSEEN, KNOCKING, REFERRED, LOST, INTAKE, OPEN, LISTED, HELPED, DONE = range(10)
# Why a stay with an organisation ended; the first is a stay that goes on.
STILL, FULFILLED, PASSED_ON, REFUSED, RENOUNCED, STRAYED, MOVED, HANDED_OVER, ADMITTED, DECEASED = range(10)

# Calendars: a ring of days for each; what is due beyond the ring waits in its last day.
RING = 512
SEEK, INTAKES, CHOOSE, WAIT, REVIEW, LIFE, ABSENCE = range(7)
CALENDARS = 7
URGENCIES = 4  # the last is an exception that somebody pressed for; it goes before all others
EXCEPTION = 3
# Links of one need, in this order; the last is that of its client.
DUE_LINK, PLACE_LINK, CASE_LINK, CLIENT_LINK = 0, 1, 3, 4
LINKS_PER_NEED = 5

i4, i8, f8 = np.int32, np.int64, np.float64
_TYPES = {"float": f8, "int": i8, "bool": i8}


def _fields(declared: dict[str, Parameter]) -> list[Any]:
    return [(name, _TYPES[parameter.type]) for name, parameter in declared.items()]


def _dtype(*fields: Any) -> np.dtype[Any]:
    return np.dtype(list(fields), align=True)


PARAMETERS = _dtype(*_fields({n: p for n, p in parameters().items() if p.kind != "lever"}))

NOW = _dtype(
    ("seed", i8),
    ("day", i8),
    ("first_day", i8),  # of the warm-up
    ("zones", i8),
    ("organisations", i8),
    ("kinds", i8),
    ("teams", i8),
    ("workers", i8),
    ("seats", i8),  # rows of workers: one more for each zone, its volunteers
    ("clients", i8),  # rows, free ones included
    ("free_client", i8),  # first free row; the others follow by `next_free`
    ("free_clients", i8),
    ("in_care", i8),  # clients with help for at least one need, now
    ("visits", i8),  # rows used
    ("exits", i8),  # rows used
    ("changes", i8),  # dated changes of levers made so far
    ("tie_capacity", i8),  # rows of ties for each worker
    ("list_chain", i8),  # first chain of the waiting lists
    ("case_chain", i8),  # first chain of the workers' cases
    ("freed_chain", i8),  # workers with freed hours, today
    ("need_link", i8),  # first link of the needs; those of workers come before
)

KIND = _dtype(
    ("hours_per_week", f8),
    ("lasting_days", f8),
    ("short_share", f8),
    ("short_days", f8),
    ("episodic", i8),
    ("share", f8),  # of all needs
    ("norm_days", f8),
    ("volunteers", i8),  # 1 where volunteers can help too
)

ZONE = _dtype(
    ("arrived", i8),  # clients so far: the next one's identity
    ("fatigue", f8),  # of volunteers, 0 to 1
)

ORGANISATION = _dtype(
    *_fields(levers()),
    ("identity", i8),  # the same in every world, whatever stands before it in the scenario
    ("renown", f8),
    ("learnt", f8),  # variants that tailored help added to its catalogue
    ("offers", i8, (MAX_KINDS,)),  # 1 where that kind is offered
    ("allotted", f8),  # its hours as a multiple of those it began with, by the funder's rule
    ("places", i8),  # places on its lists now
    ("places_since", i8),
    ("clients", i8),  # of whom one of its workers is case owner
)

# One row for each zone and organisation: which teams stand behind that door.
OFFICE = _dtype(("first_team", i8), ("teams", i8))

TEAM = _dtype(
    ("identity", i8),  # of its manager too
    ("organisation", i8),
    ("zone", i8),
    ("first_worker", i8),
    ("workers", i8),
    ("waiting", i8),  # places on its lists
    ("credibility", f8),  # how far the team believes what its board says, 0 to 1
    ("listening", f8),  # means of its workers at the end of last week
    ("creativity", f8),
    ("experience", f8),
    ("client_attention", f8),
    ("organisation_attention", f8),
    ("self_attention", f8),
)

WORKER = _dtype(
    ("key", i8),  # identity of seat and holder, the same in every world
    ("organisation", i4),
    ("team", i4),
    ("zone", i4),
    ("craft", i4),  # kind of help that is one's own craft
    ("generation", i4),  # how many held this seat before
    ("present", i4),  # 1 at work, 0 sick, -1 vacant
    ("can", i4, (MAX_KINDS,)),  # 1 where able and offered by the organisation
    ("competence", f8, (MAX_KINDS,)),
    ("aptitude", f8),  # competence in one's craft once experienced
    ("listening", f8),  # skills, 0 to 1
    ("creativity", f8),
    ("courage", f8),
    ("listening_base", f8),  # to which they fade
    ("creativity_base", f8),
    ("courage_base", f8),
    ("client_attention", f8),  # shares of attention; they sum to one
    ("profession_attention", f8),
    ("organisation_attention", f8),
    ("self_attention", f8),
    ("ownership", f8),  # 0 to 1, as the following
    ("ownership_base", f8),
    ("safety", f8),
    ("experience", f8),  # in tailoring
    ("consistency", f8),  # of the manager, as this worker met it
    ("chances", f8),  # this week: decisions in which initiative was possible
    ("initiatives", f8),  # of which taken
    ("forced", f8),  # of which under pressure alone
    ("daring", f8),  # of which against the rules or for an exception
    ("tailored", f8),  # help tailored, or kept so
    ("practised_initiative", f8),  # running shares of the chances: practice, whatever their number
    ("practised_daring", f8),
    ("practised_tailoring", f8),
    ("stepped_in", f8),  # times a manager stepped in
    ("ties_inside", f8),  # colleagues of the organisation one knows, counted every four weeks
    ("ties_outside", f8),  # workers of other organisations
    ("trust_inside", f8),  # sum of trust in those
    ("trust_outside", f8),
    ("collaboration", f8),  # calls that satisfied, on ties to those of other organisations
    ("blamed", f8),  # times blamed for an incident
    ("contract", f8),  # hours a week
    ("capacity", f8),  # hours a week for clients, all overhead taken off
    ("committed", f8),  # hours a week promised to needs, bridging included
    ("bridging", f8),  # of which bridging care
    ("debt", f8),  # hours of intakes, reviews and referrals done but not yet taken out of a week
    ("ratio", f8),  # part of the promised hours that is delivered now
    ("since", i8),  # day up to which the following are kept
    ("integral", f8),  # ratio x days since the world began
    ("direct_week", f8),  # hours delivered this week, bridging excluded
    ("bridging_week", f8),
    ("present_days", i8),  # this week
    ("vacant_days", i8),
    ("sick_days", i8),
    ("due", i8),  # next event
    ("leaves", i8),  # day on which this holder leaves, as things are
    ("restless", f8),  # days, less than one, by which that day has come nearer
    ("weary", f8),  # the same for the day of the next spell of sickness
    ("falls_sick", i8),  # day of the next spell, or of return, or of the successor
    ("spells", i4),
    ("hired", i8),  # day
    # Counted for who looks on; no rule reads these.
    ("decisions", i8),  # made so far by whoever held this seat
    ("decided_on", i8),  # identity of the need that the last of these was about
    ("interventions", i8),  # times so far that a manager stepped in with whoever held this seat
)

TIE = _dtype(
    ("to", i4),  # whom a worker has met; NOWHERE: no more
    ("generation", i4),  # holder of that seat
    ("familiarity", f8),  # how well one knows what the other does, 0 to 1
    ("trust", f8),  # 0 to 1
    ("calls", i4),  # answered to satisfaction
)

MANAGER = _dtype(
    ("team", i8),
    ("hours_left", f8),  # of this week, not yet spent
    ("bent", f8),  # to step in, as a multiple of what is usual
    ("placed", i8),  # needs placed so far
    ("intervening", f8),  # habit of stepping in, 0 to 1
    ("process", f8),  # habit of holding back, 0 to 1
    ("insisting", f8),  # insistence as delivered this week, 0 to 1
    ("coaching", f8),  # coaching as delivered, hours per worker this week
    ("informed", f8),  # knows what the collaboration is for: 1, or not yet: 0
    ("targets_attention", f8),  # shares of attention; they sum to one
    ("staff_attention", f8),
    ("clients_attention", f8),
    ("fashion_attention", f8),
    ("gap", f8),  # production gap as seen, part of the budget
    ("incidents", f8),  # this week
    ("interventions", i8),  # so far
    ("called", i8),  # times called in
    ("satisfied", i8),  # of which satisfied
    ("granted", f8),  # this week: exceptions granted, problems handed back, ...
    ("refused", f8),  # ... refused: deeds that the team sees
    # Counted for who looks on; no rule reads these.
    ("exceptions", i8),  # exceptions granted so far
    ("denials", i8),  # exceptions refused so far
    ("handed_back", i8),  # problems handed back so far
    ("struck", i8),  # incidents in the team so far
)

# An option at a choice, and the choice made last: what `explain` reads. One row for each option; no rule reads them.
OPTION = _dtype(
    ("possible", i8),
    ("failed", i8),  # 1 where it was tried and could not be done
    ("helper", i8),
    ("variant", f8),  # of the help that would follow
    ("tailored", f8),  # part of it that is tailored
    ("client", f8),  # the four terms of utility, before attention weighs them
    ("profession", f8),
    ("organisation", f8),
    ("own", f8),
    ("hours", f8),  # of effort
    ("breach", f8),  # of rules, 0 to 1
    ("wished", f8),  # what the client would make of it
    ("utility", f8),
    ("luck", f8),
)
DECISION = _dtype(
    ("need", i8),
    ("worker", i8),
    ("day", i8),
    ("initiative", f8),  # chance
    ("drawn", f8),
    ("says", i8),  # 1 where the client's own ranking was followed
    ("by", i8),  # 0 procedure, 1 the worker, 2 the client
    ("option", i8),
    ("handed_back", i8),  # 1 where a manager handed the problem back, with coaching
)

BOARD = _dtype(
    ("control", f8),  # how much it really controls now, 0 to 1
    ("figures_attention", f8),  # shares of attention; they sum to one
    ("incidents_attention", f8),
    ("clients_attention", f8),
    ("fashion_attention", f8),
    ("gaps", f8, (4,)),  # of the last quarters, the newest first: what disappointed, as attended to
    ("incidents", f8),  # this quarter
    ("fashion", f8),  # how new the last fashion is, 0 to 1
    ("attribution", f8),  # of gaps to workers, 1, or to its own steering, 0
    ("client_value", f8),  # as it perceives it, 0 to 1; NaN: it hears nothing
    ("complaints", f8),  # how badly clients are heard to be served, as attended to
    ("satisfaction", f8),  # of clients, hours x worth this quarter
    ("satisfied_hours", f8),
    ("variety", f8),  # hours x distance from the standard this quarter
    ("produced_year", f8),
    ("satisfaction_year", f8),
    ("variety_year", f8),
    ("trust", f8, (MAX_ORGANISATIONS,)),  # in other boards, 0 to 1
    ("agreed", i8, (MAX_ORGANISATIONS,)),  # 1 where an agreement with that board stands
    ("made", i8),  # agreements so far, ...
    ("kept", i8),  # ... quarters in which one was kept, ...
    ("broken", i8),  # ... and broken
    ("budget", f8),  # direct hours a quarter that are paid for
    ("produced", f8),  # direct hours this quarter
    ("ratio", f8),  # production against budget, last quarter
)

CLIENT = _dtype(
    ("key", i8),
    ("zone", i4),
    ("used", i4),  # 1 where the row holds a client
    ("owner", i4),  # worker who is case owner
    ("owner_generation", i4),
    ("prefers", i4),  # organisation, or NOWHERE
    ("budget", i4),  # 1: a personal budget
    ("needs", i4),  # needs at the start
    ("helped", i4),  # needs with help, now
    ("arrival", i8),
    ("age", f8),
    ("frailty", f8),
    ("frailty_at_arrival", f8),
    ("network", f8),
    ("network_at_arrival", f8),
    ("voice", f8),
    ("since", i8),  # day up to which frailty and hazards are kept
    ("asked", f8),  # hours a week of all present needs
    ("crisis_left", f8),  # hazard still to be met before it happens
    ("planned_left", f8),
    ("death_left", f8),
    ("due", i8),
    ("looked", i8),  # day of the last review of this life
    ("lives", i4),  # reviews of this life so far
    ("transfers", i4),
    ("new_faces", i4),
    ("new_organisations", i4),
    ("retellings", i4),
    ("refusals", i4),
    ("organisations_met", i8),  # a bit for each
    ("faces", i8, (FACES,)),
    ("hours_asked", f8),
    ("hours_delivered", f8),
    ("unmet_days", f8),  # integral of the unmet share
    ("next_free", i8),
)

NEED = _dtype(
    ("status", i4),
    ("kind", i4),
    ("urgency", i4),  # 0 to 2
    ("provider", i4),  # worker who helps
    ("bridger", i4),  # worker who gives bridging care
    ("at_team", i4),  # where it is now asked
    ("at_worker", i4),  # who takes or took the intake there
    ("first_worker", i8),  # identity of who helped first in this stay
    ("doors", i8),  # a bit for each organisation asked
    ("knocks", i4),
    ("tries", i4),  # reviews of the wait, of help: counts draws
    ("choices", i4),  # choices made about it: counts draws
    ("exception", i4),  # 1: somebody pressed for an exception
    ("called", i4),  # 1: the helper was called in by another worker, who stays responsible
    ("warm", i4),  # 1: the referral under way goes by an agreement between boards
    ("hours", f8),  # a week, asked
    ("asked_first", f8),  # a week, before it was made smaller
    ("tailored", f8),  # part of the help that is tailored
    ("given", f8),  # a week, promised by the provider
    ("bridging", f8),  # a week
    ("wish", f8),  # distance from the standard
    ("required", f8),  # what is really needed, on the same scale
    ("understood", f8),  # how much of the wish was taken in, 0 to 1
    ("perceived", f8),  # the wish as it is thought to be
    ("variant", f8),  # what is delivered
    ("quality", f8),
    ("volume", i8),  # days of help, of an episodic need
    ("onset", i8),
    ("ends", i8),  # day on which the need itself ends
    ("indicated", i8),  # last day of the indication
    ("due", i8),
    ("seen", i8),  # of the present stay
    ("listed", i8),  # of the present stay; NEVER: not listed
    ("start", i8),
    ("mark", f8),  # provider's integral when delivery was last booked
    ("bridger_mark", f8),
    ("delivered", f8),  # hours in this stay
    ("delivered_first", f8),  # of which by the first worker
    ("delivered_quality", f8),  # hours times quality
    ("delivered_distance", f8),  # hours times distance from the wish
    ("bridged", f8),  # hours of bridging care in this stay
)

# A place on a waiting list. A need has two at most: one in five people stands on two lists.
PLACE = _dtype(
    ("team", i4),
    ("worker", i4),
    ("called", i4),  # 1: promised by who was called in; who called stays responsible
    ("seen", i8),
    ("listed", i8),
)

CHAIN = _dtype(("first", i4), ("last", i4), ("length", i4))
LINK = _dtype(("chain", i4), ("before", i4), ("after", i4))

VISIT = _dtype(
    ("client", i8),
    ("zone", i4),
    ("need", i4),
    ("kind", i4),
    ("organisation", i4),
    ("team", i4),
    ("worker", i4),
    ("urgency", i4),
    ("reason", i4),
    ("onset", f8),
    ("seen", f8),
    ("listed", f8),
    ("start", f8),
    ("end", f8),
    ("hours_per_week", f8),
    ("hours_delivered", f8),
    ("hours_bridging", f8),
    ("first_worker_hours", f8),
    ("wish", f8),
    ("variant", f8),
    ("fit_distance", f8),
    ("quality", f8),
    ("tailored", f8),
    ("called", i4),
)

EXIT = _dtype(
    ("client", i8),
    ("zone", i4),
    ("status", i4),
    ("prefers", i4),
    ("owner_organisation", i4),
    ("needs", i4),
    ("transfers", i4),
    ("new_faces", i4),
    ("new_organisations", i4),
    ("retellings", i4),
    ("refusals", i4),
    ("arrival", f8),
    ("exit", f8),
    ("age", f8),
    ("frailty_at_arrival", f8),
    ("frailty", f8),
    ("network_at_arrival", f8),
    ("voice", f8),
    ("hours_asked", f8),
    ("hours_delivered", f8),
    ("unmet", f8),
)

HOURS = (
    "paid",
    "direct",
    "bridging",
    "intake",
    "review",
    "referral",
    "reports",
    "meetings",
    "coordination",
    "choosing",
    "instruments",
    "coaching",
    "own_time",
    "planning",
    "managing",
    "sick",
    "leave",
    "indirect",
    "idle",
)
FLOWS = (
    "arrivals",
    "intakes",
    "by_form",
    "starts",
    "completed",
    "listed",
    "delisted",
    "delisted_days",
    "referrals",
    "referrals_lost",
    "refusals",
    "gave_up",
    "second_lists",
    "chances",
    "initiatives",
    "calls",
    "calls_answered",
    "displaced",
    "tailorings",
    "smaller",
    "advocacies",
    "volunteers",
    "said",
    "interventions",
    "incidents",
    "averted",
    "agreements",
    "kept",
    "broken",
    "left",
    "crisis",
    "planned",
    "deaths",
    "ended",
)
# Sums over the workers of an organisation at the end of a week; ``staffed`` is how many they are.
STATES = (
    "staffed",
    "listening",
    "creativity",
    "courage",
    "ownership",
    "safety",
    "experience",
    "client_attention",
    "profession_attention",
    "organisation_attention",
    "self_attention",
    "credibility",
    "board_control",
    "informed",
    "ties_inside",
    "ties_outside",
    "trust_inside",
    "trust_outside",
    "collaboration",
    "strain",
)
STOCKS = ("waiting", "in_service", "clients", "in_care", "debt", "list_days", "target", *STATES)

SERIES = _dtype(("week", i4), ("organisation", i4), *((name, f8) for name in (*FLOWS, *HOURS, *STOCKS)))


CHANGE = _dtype(("day", i8), ("organisation", i8), ("lever", i8), ("value", f8))  # lever: its number among `levers()`


TABLES = {
    "p": PARAMETERS,  # one row
    "now": NOW,  # one row
    "kind": KIND,
    "zone": ZONE,
    "organisation": ORGANISATION,
    "office": OFFICE,
    "team": TEAM,
    "worker": WORKER,
    "tie": TIE,
    "manager": MANAGER,  # one for each team
    "board": BOARD,  # one for each organisation
    "option": OPTION,
    "decision": DECISION,  # one row
    "client": CLIENT,
    "need": NEED,  # `max_needs` for each client
    "place": PLACE,  # two for each need
    "chain": CHAIN,
    "link": LINK,
    "visit": VISIT,
    "exit": EXIT,
    "series": SERIES,
    "change": CHANGE,
}


class State:
    """All there is in one simulated world; ``S`` in the behaviours.

    Attributes:
        p, now, kind, ...: The tables of ``TABLES``, each an array of records.
        address: Where each table begins and how many rows it has, in that order, for compiled code.
    """

    __slots__ = ("address", *TABLES)

    def __init__(self, **tables: Any) -> None:
        """Bring tables together in one world."""
        for name in TABLES:
            setattr(self, name, tables[name])
        where = [(rows.ctypes.data, len(rows)) for rows in self.tables().values()]
        self.address = np.array(where, i8).ravel()

    def __getattr__(self, name: str) -> Any:
        """Tell type checkers that tables are there; reached only for a name that is none."""
        raise AttributeError(f"there is no table '{name}'")

    def tables(self) -> dict[str, Any]:
        """Return the tables by name."""
        return {name: object.__getattribute__(self, name) for name in TABLES}

    def with_tables(self, **tables: Any) -> State:
        """Return a world in which some tables are others."""
        return State(**{**self.tables(), **tables})

    @property
    def day(self) -> int:
        """The day that comes next; negative during the warm-up."""
        # An attribute of a record is looked up in Python, which takes twenty times as long.
        return int(np.asarray(self.now)["day"][0])


def table(dtype: np.dtype[Any], rows: int) -> Any:
    """Return an empty table whose rows can be read as ``table[row].field``."""
    return np.zeros(rows, dtype).view(np.recarray)


def longer(rows: Any, length: int) -> Any:
    """Return a table of ``length`` rows that begins with ``rows``."""
    copy = table(rows.dtype, length)
    _bytes(copy)[: rows.nbytes] = _bytes(rows)
    return copy


def _bytes(rows: Any) -> Any:
    """Return the memory of a table; NumPy copies rows with gaps field by field, ten times slower."""
    return rows.view(np.ndarray).view(np.uint8)


def copy_state(state: State) -> State:
    """Return a world that goes its own way from here."""
    return State(**{name: longer(rows, len(rows)) for name, rows in state.tables().items()})


def same_state(one: State, other: State) -> bool:
    """Return whether two worlds are the same, bit for bit, field by field (padding between fields may differ)."""
    return all(_same_table(rows, getattr(other, name)) for name, rows in one.tables().items())


def _same_table(a: Any, b: Any) -> bool:
    return (
        a.dtype == b.dtype
        and a.shape == b.shape
        and all(np.array_equal(a[name], b[name], equal_nan=True) for name in a.dtype.names)
    )


def save_state(state: State, path: Path | str) -> None:
    """Write a world to ``path`` (.npz), whole or not at all.

    Raises:
        RegieError: The file cannot be written.
    """
    tables: dict[str, Any] = {name: np.asarray(rows) for name, rows in state.tables().items()}
    with atomically(Path(path)) as file:
        np.savez_compressed(file, **tables)


def load_state(path: Path | str) -> State:
    """Return the world that :func:`save_state` wrote.

    Raises:
        RegieError: There is no such file, or it holds no world of this version of the model.
    """
    try:
        with np.load(path, allow_pickle=False) as saved:
            state = State(**{name: saved[name].view(np.recarray) for name in TABLES})
    except FileNotFoundError:
        raise RegieError(f"There is no saved world at '{path}'. Check the path.") from None
    except Exception as mistake:
        raise RegieError(f"'{path}' does not hold a saved world ({mistake}). Save it again.") from None
    for name, rows in state.tables().items():
        if rows.dtype.names != TABLES[name].names:
            raise RegieError(
                f"'{path}' was saved by another version of the model (its table '{name}' differs). "
                "Run that world again with this version."
            )
    return state
