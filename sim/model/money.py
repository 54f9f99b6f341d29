"""Money: once a year funders share out hours anew, by production, by how well clients are served, or by variety.

No hour is made or lost by it: what one organisation gains others lose (B8).
"""

from __future__ import annotations

from typing import Any

from sim.model.board import QUARTER, set_budget
from sim.model.compiling import behaviour
from sim.model.hours import reset_capacity, staffing

PRODUCTION, VALUE, VARIETY = range(3)


@behaviour
def share_out(S: Any, day: int) -> None:
    """Summary of rule: once a year a part of all paid hours is pooled and shared out anew.

    In order: by production, by the satisfaction of clients, by variety, each over the organisations that take part
    with a rate of their own; the sums of the year begin anew; workers get their new hours, boards a new budget. To be
    called when the accounts of the week are closed.
    """
    for rule in range(3):
        _share_by(S, rule)
    for o in range(S.now[0].organisations):
        board = S.board[o]
        board.produced_year = board.satisfaction_year = board.variety_year = 0.0
    for w in range(S.now[0].workers):
        reset_capacity(S, w)
    for o in range(S.now[0].organisations):
        set_budget(S, o, QUARTER)


@behaviour
def _share_by(S: Any, rule: int) -> None:
    pool, merits = 0.0, 0.0
    for o in range(S.now[0].organisations):
        if _given(S, o, rule) > 0.0:
            pool += _given(S, o, rule)
            merits += _merit(S, o, rule)
    if merits <= 0.0:
        return
    for o in range(S.now[0].organisations):
        given = _given(S, o, rule)
        if given > 0.0:
            gains = pool * _merit(S, o, rule) / merits - given
            S.organisation[o].allotted *= 1.0 + gains / paid_hours(S, o)


@behaviour
def paid_hours(S: Any, o: int) -> float:
    """Return the hours a week that the seats of organisation ``o`` are paid for."""
    hours = 0.0
    for w in range(S.now[0].workers):
        if S.worker[w].organisation == o:
            hours += S.worker[w].contract * staffing(S, w)
    return hours


@behaviour
def _given(S: Any, o: int, rule: int) -> float:
    """Return the hours a week that organisation ``o`` gives to the pool of a rule."""
    lever = S.organisation[o]
    rate = lever.money_follows_production
    if rule == VALUE:
        rate = lever.money_follows_value
    elif rule == VARIETY:
        rate = lever.money_follows_variety
    return rate * paid_hours(S, o) if rate > 0.0 else 0.0


@behaviour
def _merit(S: Any, o: int, rule: int) -> float:
    """Return by what organisation ``o`` gets its share of the pool: hours, hours x satisfaction, or hours x variety."""
    board = S.board[o]
    if rule == VALUE:
        return board.satisfaction_year
    if rule == VARIETY:
        return board.variety_year
    return board.produced_year
