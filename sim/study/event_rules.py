"""Which rule of the model makes an event: declared here, once; which levers that rule reads is found in its source.

A rule decides in one part what happens, and in another carries it out and writes it down: how good help becomes, what a
client comes to expect. Only the first part makes the event; what ``CARRIED_OUT`` names is the second, and what it reads
is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sim.model.state import REFUSED
from sim.study import life_events as event
from sim.study.lever_reads import levers_behind, levers_read
from sim.study.levers_in_force import DAYS_PER_WEEK
from sim.study.tables import Run

CARRIED_OUT = frozenset(
    {"start_help", "hand_over", "put_back", "tailor", "renew_quality", "end_need", "catch_up", "look_ahead",
     "expect", "understand", "hear_back", "write_visit", "meet"}
)  # fmt: skip
"""Rules that carry out what others decided, and keep account of it."""

# Cases, each with the rules that decide in it.
AT_A_DOOR, AT_ANOTHERS_INTAKE, IN_CARE = "at a door", "at the intake of another need", "in care"
CHOICE, RECONSIDERED, REVIEWED = "the choice of help", "the wait looked at again", "the review of help"
FROM_LIST, FROM_LIST_OR_PLANNED = "from the list", "from the list, or by a manager"
WAITING, GONE, FATE, ON_LIST = "waiting", "a worker left", "life itself", "bridging care"
CHANGED = "help while it goes on"
HELPER_CHOSEN, HELPER_FROM_LIST = "who helps, by choice", "who helps, from the list"

RULES: Mapping[str, tuple[str, ...]] = {
    AT_A_DOOR: ("knock", "who_takes_intake"),
    AT_ANOTHERS_INTAKE: ("who_takes_intake", "_sees"),
    IN_CARE: ("_be_heard", "knock"),
    CHOICE: ("choose_help",),
    RECONSIDERED: ("reconsider",),
    REVIEWED: ("review",),
    FROM_LIST: ("next_place",),
    FROM_LIST_OR_PLANNED: ("next_place", "place_all"),
    WAITING: ("keep_waiting", "knock"),
    GONE: ("_leave",),
    FATE: ("catch_up",),
    ON_LIST: ("_find_bridging",),
    HELPER_CHOSEN: ("choose_help", "freest_of", "_leave"),
    HELPER_FROM_LIST: ("next_place", "freest_of", "_leave"),
    CHANGED: ("review", "choose_help", "step_in"),
}


@dataclass(frozen=True)
class Seen:
    """An event as one world has it: what, when, and the tables of that world with the row it stands in."""

    what: str
    day: int
    run: Run
    row: int

    @property
    def visit(self) -> Any:
        """The stay that the event belongs to."""
        return np.asarray(self.run.visits)[self.row]

    @property
    def stays(self) -> Any:
        """All stays of the same client in that world."""
        rows = self.run.remember("visits by client", _rows_by_client)
        return np.asarray(self.run.visits)[rows[int(self.visit["client"])]]


def _rows_by_client(run: Run) -> dict[int, Any]:
    order = np.argsort(run.visits["client"], kind="stable")
    clients, first = np.unique(run.visits["client"][order], return_index=True)
    return dict(zip(clients.tolist(), np.split(order, first[1:]), strict=True))


def case_of(seen: Seen) -> str:
    """Return in which of the cases of ``RULES`` an event happened."""
    return _CASES[seen.what](seen)


def _how_seen(seen: Seen) -> str:
    """A need comes to light at a door, at an intake for another need, or from who visits or the client later on."""
    stays, need = seen.stays, seen.visit["need"]
    before = (stays["need"] == need) & (stays["end"] < seen.day) & ~np.isfinite(stays["start"])
    if before.any() or (stays["need"] == need).all():
        return AT_A_DOOR
    others = (stays["need"] != need) & (stays["seen"] == seen.day)
    return AT_ANOTHERS_INTAKE if others.any() else IN_CARE


def _how_chosen(seen: Seen) -> str:
    """Where it is not done at the intake somebody looked again: at the wait, or at help that went on."""
    if seen.visit["seen"] >= seen.day:
        return CHOICE
    stays = seen.stays
    left = stays[(stays["need"] == seen.visit["need"]) & (stays["end"] == seen.day)]
    if np.isfinite(left["start"]).any():
        return REVIEWED
    return RECONSIDERED


def _how_taken(seen: Seen) -> str:
    """Managers plan at the end of a week; on other days whoever has hours free takes the next."""
    return FROM_LIST_OR_PLANNED if (seen.day + 1) % DAYS_PER_WEEK == 0 else FROM_LIST


def _who_helps(seen: Seen) -> str:
    """The tables keep who helped last: another may have begun, and handed over when absent or leaving."""
    return HELPER_FROM_LIST if np.isfinite(seen.visit["listed"]) else HELPER_CHOSEN


def _how_ended(seen: Seen) -> str:
    return REVIEWED if np.isfinite(seen.visit["start"]) else WAITING


def _how_given_up(seen: Seen) -> str:
    told_no = (seen.stays["end"] == seen.day) & (seen.stays["reason"] == REFUSED)
    return CHOICE if told_no.any() else WAITING


def _always(case: str) -> Callable[[Seen], str]:
    return lambda seen: case


_CASES: Mapping[str, Callable[[Seen], str]] = {
    event.HANDED_OVER: _always(GONE),
    event.LOST: _always(AT_A_DOOR),
    event.SEEN: _how_seen,
    event.DOOR: _always(AT_A_DOOR),
    event.REFERRED: _how_chosen,
    event.REFUSED: _how_chosen,
    event.LISTED: _how_chosen,
    event.STARTED: _how_chosen,
    event.GAVE_UP: _how_given_up,
    event.ENDED: _how_ended,
    event.CRISIS: _always(FATE),
    event.PLANNED: _always(FATE),
    event.DEAD: _always(FATE),
    event.TAKEN: _how_taken,
    event.HELPER: _who_helps,
    event.BRIDGED: _always(ON_LIST),
    event.TAILORED: _always(CHANGED),
    event.SMALLER: _always(REVIEWED),
    event.VARIANT: _always(CHANGED),
}


@cache
def levers_of(case: str) -> frozenset[str]:
    """Return the levers that the rules of a case read themselves."""
    return frozenset().union(*(levers_read(rule, CARRIED_OUT) for rule in RULES[case]))


@cache
def states_of(case: str) -> Mapping[str, Sequence[str]]:
    """Return the levers behind the states that the rules of a case read, each with those states."""
    found: dict[str, set[str]] = {}
    for rule in RULES[case]:
        for lever, states in levers_behind(rule, CARRIED_OUT).items():
            found.setdefault(lever, set()).update(states)
    return {lever: tuple(sorted(states)) for lever, states in sorted(found.items())}
