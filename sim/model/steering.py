"""Steering: the one gate through which a board's control reaches the work.

What a regime sets are amplitudes; how much of each reaches the work follows from how much the board really controls
(``S.board[o].control``), a state that begins at the lever ``control`` and moves when boards react.
"""

from __future__ import annotations

import math
from typing import Any

from sim.model.compiling import behaviour


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
    return both(S.organisation[o].words, 0.5 * S.board[o].fashion)


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
def pull(S: Any, signal: float) -> float:
    """Return the weight with which a signal of 0 to 1 draws attention; shares tend to these, as parts of their sum."""
    return math.exp(signal / S.p[0].attention_temperature)


@behaviour
def drawn(S: Any, share: float, goal: float) -> float:
    """Return a share of attention a week later, drawn to its ``goal``: logit dynamics, never below the floor."""
    return max(S.p[0].attention_floor, share + S.p[0].attention_speed * (goal - share))
