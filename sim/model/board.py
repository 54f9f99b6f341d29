"""The board: looks at production each quarter, against the hours that were budgeted."""

from __future__ import annotations

from typing import Any

from sim.model.compiling import behaviour
from sim.model.hours import capacity


@behaviour
def take_stock(S: Any, o: int, day: int) -> None:
    """Summary of rule: at the end of a quarter a board holds production against budget, and budgets the next quarter.

    Production is direct hours; the budget is what its workers have for clients while at work, sick leave taken off.
    What boards do about a gap is not part of this version.
    """
    board = S.board[o]
    board.ratio = board.produced / board.budget if board.budget > 0.0 else 1.0
    board.produced = 0.0
    board.budget = 13.0 * weekly_budget(S, o)


@behaviour
def weekly_budget(S: Any, o: int) -> float:
    """Return the hours a week that organisation ``o`` is expected to deliver."""
    hours = 0.0
    for w in range(S.now[0].workers):
        if S.worker[w].organisation == o:
            hours += capacity(S, w) * (1.0 - S.p[0].sick_share)
    return hours
