"""What the pages are made from: one result, boiled down to numbers that know no language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.errors import SILENT, Said
from sim.report.findings import Finding, Level, findings, level
from sim.report.first_world import FirstWorld
from sim.report.palette import Look, look
from sim.report.words import Words
from sim.scenario.scenario import Scenario
from sim.study.looks import Precision
from sim.study.outcomes import Outcome
from sim.study.worlds import Worlds
from sim.study.yardstick import EqualStaff

Floats = NDArray[np.float64]
UNASKED = Precision(None, ())  # a number of worlds was asked, and nothing is known yet


@dataclass(frozen=True)
class Regime:
    """One way of steering.

    Attributes:
        name: Name in files and tables.
        title: Label in English.
        title_nl: Label in Dutch.
        rationale: Why it is compared, in English.
        rationale_nl: The same in Dutch.
        look: How it is drawn.
        scenario: The scenario under this regime.
        group: With which others it is told, a key of ``sim.scenario.groups.REGIMES``.
    """

    name: str
    title: str
    title_nl: str
    rationale: str
    rationale_nl: str
    look: Look
    scenario: Scenario
    group: str = ""


@dataclass(frozen=True)
class Ribbon:
    """A weekly series over the repeats: mean, and a lower and upper edge (empty below two repeats)."""

    weeks: Floats
    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Draws:
    """How the worlds of a result were drawn.

    Attributes:
        kind: ``"plausible"``, ``"all"``, or ``"one"`` where every pair has the scenario's own numbers.
        kept: Draws that became a world.
        turned_down: Draws that were not plausible.
        missed: What a draw was turned down on, and how often, most often first; a draw may miss several.
        drawn: Numbers that differ from world to world.
    """

    kind: Worlds = "one"
    kept: int = 0
    turned_down: int = 0
    missed: tuple[tuple[Said, int], ...] = ()
    drawn: int = 0


@dataclass(frozen=True)
class Facts:
    """How the result came about.

    Attributes:
        days: Days lived after day 0.
        seed: Root seed.
        done: Pairs (or repeats) in the result.
        planned: Pairs asked for.
        interrupted: Whether the run was broken off.
        failed: Runs that failed.
        command: Command that gives this result again.
        version: Version of regie.
        made: Day on which the result was made.
        commit: State of the code, silent where it is not known.
        platform: Computer, empty where it is not known.
        only: Organisations that change; empty where all do.
        from_day: Day on which the change begins.
        equal_hours: Whether hours were made equal.
        draws: How the worlds were drawn.
        precision: How well the headline differences were to be known, and are.
    """

    days: int
    seed: int
    done: int
    planned: int
    interrupted: bool
    failed: int
    command: str
    version: str
    made: datetime.date
    commit: Said = SILENT
    platform: str = ""
    only: tuple[str, ...] = ()
    from_day: int = 0
    equal_hours: bool = False
    draws: Draws = Draws()
    precision: Precision = UNASKED


@dataclass(frozen=True)
class Material:
    """All numbers of a page.

    Attributes:
        scenario: The scenario that was run.
        regimes: The ways of steering; the first is the one others are compared with.
        outcomes: The outcomes, in order.
        values: (regime, outcome) to one number a repeat; repeats stand in the same order everywhere.
        facts: How the result came about.
        twins: As ``values``, of the same worlds lived again with other luck; NaN for those that were not.
        waiting: Regime to needs on a list, by week, with the middle 80 % of the repeats; empty without series.
        gaps: Rival to its needs on a list less those of the baseline, mean of a quarter of a year around each week from
            day 0 on, with the 95 % interval of the mean over the pairs; empty where no series was kept.
        lists: Regime to mean needs on the list, by organisation; empty where no series was kept.
        fates: Regime to the share of needs that met each of ``FATES`` by each day of ``GRID``, as (days, fates): the
            mean of the worlds; NaN for days that no need was followed so long.
        still: Regime to the share of the needs that wait at the end that wait longer than each day of ``GRID``.
        paid: Regime to paid hours a week; empty where no series was kept.
        equal_staff: Rival to the extra staff under the baseline that would change waiting as much; empty where no
            worlds with other staff were run.
        variants: Whether whole scenarios are compared instead of ways of steering.
        roads: Regime to needs from stop to stop, by world; see `sim.study.roads`.
        first: What is told of the first world.
    """

    scenario: Scenario
    regimes: tuple[Regime, ...]
    outcomes: tuple[Outcome, ...]
    values: dict[tuple[str, str], Floats]
    facts: Facts
    twins: dict[tuple[str, str], Floats] = field(default_factory=dict)
    waiting: dict[str, Ribbon] = field(default_factory=dict)
    gaps: dict[str, Ribbon] = field(default_factory=dict)
    lists: dict[str, Floats] = field(default_factory=dict)
    fates: dict[str, Floats] = field(default_factory=dict)
    still: dict[str, Floats] = field(default_factory=dict)
    paid: dict[str, float] = field(default_factory=dict)
    equal_staff: dict[str, EqualStaff] = field(default_factory=dict)
    variants: bool = False
    roads: dict[str, Floats] = field(default_factory=dict)
    first: FirstWorld = field(default_factory=FirstWorld)

    @property
    def baseline(self) -> Regime:
        """The regime that others are compared with."""
        return self.regimes[0]

    @property
    def rivals(self) -> tuple[Regime, ...]:
        """The regimes that are compared with the baseline; none where only one was run."""
        return self.regimes[1:]

    @cached_property
    def outcome(self) -> dict[str, Outcome]:
        """The outcomes by name."""
        return {outcome.name: outcome for outcome in self.outcomes}

    @property
    def headlines(self) -> list[Outcome]:
        """The outcomes that the conclusion is about."""
        return [outcome for outcome in self.outcomes if outcome.headline]

    @property
    def mains(self) -> list[Outcome]:
        """The outcomes of the table at a glance: the headlines and a few more."""
        return [outcome for outcome in self.outcomes if outcome.main]

    @cached_property
    def findings(self) -> dict[tuple[str, str], Finding]:
        """(regime, outcome) to its difference from the baseline, each verdict beside those on all other outcomes."""
        return {
            (regime.name, found.outcome.name): found for regime in self.rivals for found in self._findings(regime.name)
        }

    def _findings(self, regime: str) -> list[Finding]:
        arrays = [self._table(of, name) for of in (self.values, self.twins) for name in (self.baseline.name, regime)]
        return findings(self.outcomes, regime, *arrays, worlds=self.facts.draws.kind)

    def _table(self, of: dict[tuple[str, str], Floats], regime: str) -> Floats:
        """Return all outcomes of a regime by (repeat, outcome); NaN where they are not known."""
        unknown = np.full(len(next(iter(self.values.values()))), np.nan)
        return np.array([of.get((regime, outcome.name), unknown) for outcome in self.outcomes]).T

    def level(self, regime: str, outcome: str) -> Level:
        """Return the level of an outcome under a regime."""
        return level(self.outcome[outcome], regime, self.values[regime, outcome])

    def base_label(self, words: Words, name: str) -> str:
        """Return the label of an outcome of everyone; its name where the result does not hold it."""
        return self.outcome[name].label(words.language) if name in self.outcome else name

    def said_in(self, words: Words) -> Words:
        """Return the words that fit what is compared: ways of steering, or whole scenarios."""
        return replace(words, variants=self.variants)

    def titles(self, words: Words) -> dict[str, str]:
        """Return the labels of the regimes, by name."""
        return {regime.name: words.choose(regime) for regime in self.regimes}


def regime(name: str, position: int, scenario: Scenario) -> Regime:
    """Return a regime with its label and the look of its position; ``scenario`` is the scenario under it."""
    label = scenario.label
    return Regime(
        name,
        label.title,
        label.title_nl,
        label.rationale,
        label.rationale_nl,
        look(position),
        scenario,
        group=label.group,
    )
