"""Steering: the one gate through which a board's control reaches the work.

What a regime sets are amplitudes; how much of each reaches the work follows from how much the board really controls
(``S.board[o].control``), a state that begins at the lever ``control`` and moves when boards react.
"""

from __future__ import annotations

import math
from typing import Any

from sim.model.compiling import behaviour

FIXED = 1  # form of attention


@behaviour
def both(one: float, other: float) -> float:
    """Return what two influences in [0, 1] make together: neither adds where the other is complete."""
    return 1.0 - (1.0 - one) * (1.0 - other)


@behaviour
def control(S: Any, o: int) -> float:
    """Return how much the board of organisation ``o`` really controls, 0 to 1."""
    return S.board[o].control


@behaviour
def permission(S: Any, o: int) -> float:
    """Return the freedom of workers of organisation ``o`` to deviate: what control leaves, and a little under it."""
    kappa = S.board[o].control
    return S.organisation[o].permission * (1.0 - kappa) + S.p[0].permission_under_control * kappa


@behaviour
def targets(S: Any, o: int) -> float:
    """Return the weight of production targets in organisation ``o``, 0 to 1."""
    return S.organisation[o].targets * S.board[o].control


@behaviour
def reports(S: Any, o: int) -> float:
    """Return the hours a week that each worker of organisation ``o`` spends on reports upward."""
    return S.organisation[o].report_hours * S.board[o].control


@behaviour
def words_said(S: Any, o: int) -> float:
    """Return how client-centred the board of organisation ``o`` says it is: of itself, and by what is in fashion."""
    board = S.board[o]
    return both(S.organisation[o].words, board.fashion_attention * board.fashion)


@behaviour
def encouragement(S: Any, team: int) -> float:
    """Return how much the words of the board encourage a team: as far as they arrive and are believed (C08)."""
    words = words_said(S, S.team[team].organisation)
    return S.team[team].credibility * words * (1.0 - S.p[0].words_lost)


@behaviour
def agreed(S: Any, w: int, other: int) -> bool:
    """Return whether an agreement with board ``other`` reaches worker ``w``: it stands, the manager heard (C10)."""
    o = S.worker[w].organisation
    return S.board[o].agreed[other] == 1 and S.manager[S.worker[w].team].informed >= 1.0


@behaviour
def attended(S: Any, shares: Any, signals: Any, weeks: float) -> Any:
    """Return four shares of attention some weeks later, drawn to four signals of 0 to 1 with consequences (C01, C02).

    Logit dynamics: each share moves to its part of the sum of exp(signal / temperature), never below the floor. The
    structural alternative leaves them as they are.
    """
    if S.p[0].attention_form == FIXED or S.p[0].attention_speed <= 0.0:
        return shares
    one, two, three, four = signals
    one, two, three, four = _pull(S, one), _pull(S, two), _pull(S, three), _pull(S, four)
    total = one + two + three + four
    pace = 1.0 - (1.0 - S.p[0].attention_speed) ** weeks
    one, two = _drawn(S, shares[0], one / total, pace), _drawn(S, shares[1], two / total, pace)
    three, four = _drawn(S, shares[2], three / total, pace), _drawn(S, shares[3], four / total, pace)
    total = one + two + three + four  # more than one where a share was held at the floor
    return one / total, two / total, three / total, four / total


@behaviour
def _pull(S: Any, signal: float) -> float:
    return math.exp(signal / S.p[0].attention_temperature)


@behaviour
def _drawn(S: Any, share: float, goal: float, pace: float) -> float:
    return max(S.p[0].attention_floor, share + pace * (goal - share))
