"""How long and how often is run where nobody says otherwise, and the limits of what may be asked."""

from __future__ import annotations

from typing import NamedTuple

from sim.scenario.limits import LARGEST_SEED as LARGEST_SEED
from sim.scenario.limits import LONGEST_DAYS as LONGEST_DAYS
from sim.scenario.limits import MOST_REPLICATIONS as MOST_REPLICATIONS
from sim.scenario.limits import MOST_SAMPLES as MOST_SAMPLES

DAYS = 3650
"""Ten years, the standard horizon."""

REPLICATIONS = 20
"""Pairs of a study in one world: enough to see differences that matter in a scenario of a few zones."""

MOST_WORLDS = 40
"""Worlds of a comparison at most, where it is not stopped earlier by what is known by then."""

MOST_WORLDS_ASKED = 160
"""The same, where a precision was asked for by name."""

PRECISION = 0.05
"""Half-width of a headline interval at which a comparison is precise enough, as a share of the baseline."""

TWINS = 10
"""Worlds of a comparison that are lived twice, with other luck the second time."""

WHOLE = 10
"""Worlds of a comparison of which every visit and every client is kept."""

CLAIMED = "client-steering"
"""The regime whose gain over the baseline is taken apart, mechanism by mechanism."""

REPLICATIONS_OF_ONE = 1
"""Of a single regime: one world."""

QUICK_DAYS = 365
QUICK_REPLICATIONS = 4
"""For a first look: a year, four pairs."""

BUILT_ON = "municipality-2025"
"""The scenario that a place of one's own builds on: what is not known of the place is as there."""

QUICK_SAMPLES = 4
QUICK_REPEATED = 2
QUICK_FACTORS = 20
"""For a first look at a sweep: samples of its design at most, replications, and factors at most where each of them adds
to the points of a sample."""

MOST_WORKERS = 1024


class Usual(NamedTuple):
    """How long and how often, where nobody says otherwise."""

    days: int
    replications: int | None


def usual(*, once: bool, quick: bool) -> Usual:
    """Return what is usual for one regime (``once``) or a comparison, and for a first look (``quick``).

    Replications of a comparison are None: it goes on until it is precise enough.
    """
    replications = REPLICATIONS_OF_ONE if once else QUICK_REPLICATIONS if quick else None
    return Usual(QUICK_DAYS if quick else DAYS, replications)
