"""A first look at a place of one's own: do its lists come out of the model as they were given?"""

from __future__ import annotations

from typing import NamedTuple

from sim.scenario.bands import parts_of
from sim.scenario.scenario import Scenario
from sim.study.baseline import Band, bands_of, baseline

WORLDS = 2
MOST_ZONES = 10  # lists are told per 10,000 inhabitants: more zones take longer and say the same
LISTS = ("listed", "list_wait_weeks")


class Look(NamedTuple):
    """A list of the place's own beside that of the model, in the unit of the band."""

    band: Band
    mean: float

    @property
    def inside(self) -> bool:
        """Whether the model's list lies within the band."""
        return self.band.holds(self.mean)


def own_lists(scenario: Scenario) -> list[Band]:
    """Return the bands that a scenario states for its own lists; those of what it builds on are not its own."""
    own = {name for name, band in scenario.bands.items() if band.origin.removesuffix(".toml") == scenario.name}
    return [b for b in bands_of(scenario) if b.name in own and b.value is not None and parts_of(b.name).base in LISTS]


def first_look(scenario: Scenario) -> list[Look]:
    """Live a few worlds under the baseline regime and return each list of the place beside that of the model."""
    small = scenario.with_values({"zones": min(int(scenario["zones"]), MOST_ZONES)})
    seen = baseline(small, WORLDS)
    return [Look(band, seen[band.name].mean) for band in own_lists(scenario)]
