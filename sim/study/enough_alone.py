"""Whether one lever alone would have let a life part in the same way: a test, where reading the lever is only a hint.

Each lever was run alone in the same world (``one_at_a_time``). Where a life parts there by the very same first event,
that lever is enough for it. Where none is, the event took several together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.study.divergence import divergence
from sim.study.one_at_a_time import ONLY, levers_apart, name_of
from sim.study.parting import Moment, Parting

if TYPE_CHECKING:
    from sim.study.comparison import Comparison


@dataclass(frozen=True)
class EnoughAlone:
    """Which levers alone are enough for the first events of a rival.

    Attributes:
        levers: The levers that were run alone.
        enough: For each client whose life parts under the rival, the levers that are enough alone; may be none.
    """

    levers: tuple[str, ...]
    enough: Mapping[int, tuple[str, ...]]

    @property
    def by_lever(self) -> dict[str, int]:
        """For how many people each lever is enough, the most first; somebody can be counted with several."""
        counts = {lever: sum(lever in found for found in self.enough.values()) for lever in self.levers}
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    @property
    def only_together(self) -> int:
        """For how many people no lever is enough alone."""
        return sum(not found for found in self.enough.values())


def enough_alone(comparison: Comparison, regime: str) -> EnoughAlone:
    """Return which levers alone let lives part as under ``regime``, in the first finished world.

    The levers must have been run alone in this comparison; see ``one_at_a_time.with_arms``.
    """
    levers = tuple(lever for lever in levers_apart(comparison) if name_of(ONLY, lever) in comparison.lives)
    alone = {lever: divergence(comparison, name_of(ONLY, lever)).partings for lever in levers}
    enough = {
        client: tuple(lever for lever in levers if same_event(parting, alone[lever].get(client)))
        for client, parting in divergence(comparison, regime).partings.items()
    }
    return EnoughAlone(levers, enough)


def same_event(one: Parting, other: Parting | None) -> bool:
    """Return whether two lives part from the same one by the same event: need, what, where, who and when, in both."""
    if other is None or (one.day, one.need) != (other.day, other.need):
        return False
    return [_shown(one.first), _shown(one.second)] == [_shown(other.first), _shown(other.second)]


def _shown(moment: Moment | None) -> tuple[object, ...] | None:
    return None if moment is None else (moment.what, moment.day, moment.organisation, moment.worker)
