"""Who knows whom at a moment, as the picture draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.model.compiling import behaviour

if TYPE_CHECKING:
    from sim.model.state import State

FAINT = 0.05  # familiarity below which a tie is not drawn


def ties_now(state: State) -> NDArray[np.float32]:
    """Return the ties between workers, each pair once: rows of two workers, familiarity and trust."""
    room = np.empty((len(state.tie), 4), np.float32)  # more than there can be
    return room[: find_ties(state, room, FAINT)].copy()


@behaviour
def find_ties(S: Any, into: Any, faint: float) -> int:
    """Write down each pair of workers who know each other better than ``faint``; return how many there are.

    A row is the two workers, familiarity and trust. Whoever left a seat is known no more by whom sits there now.
    """
    found, capacity = 0, S.now[0].tie_capacity
    for w in range(S.now[0].workers):
        for t in range(w * capacity, (w + 1) * capacity):
            tie = S.tie[t]
            if tie.to > w and tie.familiarity >= faint and S.worker[tie.to].generation == tie.generation:
                into[found, 0], into[found, 1] = w, tie.to
                into[found, 2], into[found, 3] = tie.familiarity, tie.trust
                found += 1
    return found
