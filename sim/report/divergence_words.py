"""The words of what the page says about lives that part and about each lever alone, and how levers are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.report.words import Words
from sim.scenario.parameters import levers
from sim.scenario.scenario import Scenario
from sim.study.frames import VOLUNTEERS
from sim.study.lever_arms import short

HOURS = "hours"
OF_HOURS = ("worker.capacity", "manager.hours_left")
VALUE_DECIMALS = 2  # levers are set in steps of hundredths at most


@dataclass(frozen=True)
class Telling:
    """Says things in one language."""

    words: Words

    def __call__(self, key: str, **filling: object) -> str:
        """Return the text of ``key``, filled in."""
        return self.words(key, **filling)

    def lever(self, name: str) -> str:
        """Return how a lever is called: the beginning of its description."""
        about = levers()[name]
        return short(about.nl if self.words.language == "nl" else about.en)

    def lever_inside(self, name: str) -> str:
        """Return how a lever is called within a sentence."""
        called = self.lever(name)
        return called[0].lower() + called[1:]

    def value(self, lever: str, value: float) -> str:
        """Write the value of a lever: yes or no where it is that."""
        if levers()[lever].type == "bool":
            return self.words("yes" if value else "no")
        return self.words.plain(round(value, VALUE_DECIMALS))

    def organisation(self, scenario: Scenario, name: str) -> str:
        """Return the title of an organisation, or that it is volunteers; empty for none."""
        if name == VOLUNTEERS:
            return self("moment volunteers")
        return next((self.words.choose(each) for each in scenario.organisations if each.name == name), "")

    def states(self, states: Iterable[str]) -> list[str]:
        """Return what states are, each sort once: the hours of workers, what managers do."""
        sorts = dict.fromkeys(state_sort(state) for state in sorted(states))
        return [self(f"state {sort}") for sort in sorts]


def state_sort(state: str) -> str:
    """Return what sort of state ``"worker.capacity"`` is: its table, but the hours that somebody has apart."""
    return HOURS if state in OF_HOURS else state.partition(".")[0]


def listed(items: Iterable[str]) -> str:
    """Join items that may hold commas of their own."""
    return "; ".join(items)
