"""What a page tells of the first world of a comparison: lives told twice, where lives part, and each lever alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from sim.errors import RegieError
from sim.scenario import files
from sim.scenario.scenario import Scenario
from sim.study.comparison import Comparison
from sim.study.divergence import Divergence, divergence
from sim.study.enough_alone import EnoughAlone, enough_alone
from sim.study.folder import file_name
from sim.study.one_at_a_time import Apart, taken_apart
from sim.study.pair import Pair
from sim.study.worlds import drawn_parameters

MOST_FOLLOWED = 20_000  # lives that are held against each other for one page: about three seconds


@dataclass(frozen=True)
class Again:
    """How the lives of a page are told again.

    Attributes:
        command: The command.
        in_folder: Whether it names files that lie beside the report, as no name says what was run.
    """

    command: str
    in_folder: bool


@dataclass(frozen=True)
class FirstWorld:
    """The first world under the baseline and each rival.

    Attributes:
        number: Its number in the comparison.
        pairs: Rival to the baseline's world and its own; no rival whose world has other people.
        again: Rival to the command that tells its lives again; no rival of which no command says what was drawn.
        partings: Rival to where lives part; no rival whose past differs, and of a large place only the first.
        unlike: Rivals that differ before day 0, or have other people.
        apart: Rival to its headline differences taken apart by lever; empty where no lever was run alone.
        enough: Rival to the levers that are enough alone; empty where no lever was run alone.
    """

    number: int = 0
    pairs: dict[str, Pair] = field(default_factory=dict)
    again: dict[str, Again] = field(default_factory=dict)
    partings: dict[str, Divergence] = field(default_factory=dict)
    unlike: tuple[str, ...] = ()
    apart: dict[str, tuple[Apart, ...]] = field(default_factory=dict)
    enough: dict[str, EnoughAlone] = field(default_factory=dict)


def first_world(comparison: Comparison, rivals: Sequence[str]) -> FirstWorld:
    """Return what a page tells of the first world."""
    lived, pasts = comparison.lives, comparison.plan.pasts
    if comparison.baseline not in lived:
        return FirstWorld()
    base = lived[comparison.baseline]
    told = {name: Pair(base, lived[name]) for name in rivals if name in lived}
    pairs = {name: pair for name, pair in told.items() if pair.same_people}
    commands = _Again(comparison)
    again = {name: found for name in pairs if (found := commands.of(name)) is not None}
    few = max(1, MOST_FOLLOWED // max(1, len(base.clients)))
    alike = [name for name in pairs if pasts[name] == pasts[comparison.baseline]]
    partings = {name: divergence(comparison, name) for name in alike[:few]}
    taken = {name: _apart(comparison, name) for name in pairs if comparison.plan.apart}
    enough = {name: enough_alone(comparison, name) for name in taken}
    unlike = tuple(name for name in rivals if name not in alike)
    return FirstWorld(base.replication, pairs, again, partings, unlike, taken, enough)


def _apart(comparison: Comparison, rival: str) -> tuple[Apart, ...]:
    return tuple(taken_apart(comparison, rival, about.name) for about in comparison.headlines)


@dataclass(frozen=True)
class _Again:
    """Works out by which commands the lives of a comparison can be told again."""

    comparison: Comparison

    def of(self, rival: str) -> Again | None:
        """Return the command; None where it would draw other worlds than this comparison, with its other arms, did."""
        plan = self.comparison.plan
        both = [plan.scenarios[name] for name in (plan.baseline, rival)]
        if plan.worlds != "one" and drawn_parameters(both) != plan.drawn:
            return None
        named = self._is_named(plan.baseline) and self._is_named(rival)
        what = [plan.scenario.name, f"--regime {rival}", f"--baseline {plan.baseline}"]
        lying = ["scenario.toml", f"scenarios/{file_name(rival)}.toml"]
        return Again(" ".join(["regie story", *(what if named else lying), *self._which]), not named)

    def _is_named(self, arm: str) -> bool:
        """Return whether the names of scenario and regime say all that was run."""
        with suppress(RegieError):  # the name is that of another file, which cannot be read
            if self._plain is not None and arm in files.names("regime"):
                return self._plain.with_regime(arm) == self.comparison.scenarios[arm]
        return False

    @cached_property
    def _plain(self) -> Scenario | None:
        """The scenario as its name gives it; None where it has no such name."""
        name = self.comparison.scenario.name
        with suppress(RegieError):
            return Scenario.load(name) if name in files.names("scenario") else None
        return None

    @cached_property
    def _which(self) -> list[str]:
        plan = self.comparison.plan
        worlds = [] if plan.worlds == "plausible" else [f"--worlds {plan.worlds}"]
        number = self.comparison.replications[0]
        return [f"--world {number}", *worlds, f"--seed {plan.seed}", f"--days {plan.days}"]
