"""Two worlds that differ only in who steers, the same people in both, and whose lives are told.

Nobody is chosen by hand. Three people are picked by rule among those whose road is worth telling: the person in the
middle of those who gain, the person in the middle of those who lose, and one by lot.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from sim.errors import RegieError, Said, Sentences
from sim.scenario.scenario import RegimeLabel, Scenario
from sim.study import runs
from sim.study.defaults import DAYS, MOST_REPLICATIONS
from sim.study.lives import Lives, lives, row_of, value_of
from sim.study.sentences import say as say_study
from sim.study.tables import Floats, Indices, Mask, Run, Table
from sim.study.value import Value
from sim.study.worlds import Worlds, drawn_parameters, placed, world

AT_ARRIVAL = ("client", "zone", "needs", "arrival", "frailty_at_arrival", "network_at_arrival", "voice")
PICKS = ("gainer", "loser", "random")
LOT = 1 << 20  # stream of the draw by lot, far beyond those of the model
LISTED = 3  # zones of which the clients are named where an unknown one is asked for

say = Sentences(
    {
        "no client": (
            "There is no client {client} who arrived on day 0 or later. There are: {known}.",
            "Er is geen cliënt {client} die op dag 0 of later kwam. Wel zijn er: {known}.",
        ),
        "nobody there": (
            "From day 0 on there is nobody with the number {client} in both worlds.",
            "Vanaf dag 0 is er in beide werelden niemand met het nummer {client}.",
        ),
        "from to": ("{first} to {last}", "{first} tot en met {last}"),
        "and": (" and ", " en "),
        "more": (" and more", " en meer"),
        "nobody": (
            "In {days} days nobody arrived whose life could be told. Choose more --days.",
            "In {days} dagen kwam er niemand van wie het leven verteld kan worden. Kies meer --days.",
        ),
        "the same": (
            "'{one}' and '{other}' are the same. Give two scenarios that differ in who steers.",
            "'{one}' en '{other}' zijn gelijk. Geef twee scenario's die verschillen in wie stuurt.",
        ),
        "other people": (
            "'{one}' and '{other}' do not have the same people, so no life can be told twice. Give two that differ in "
            "who steers, or in who works there.",
            "'{one}' en '{other}' hebben niet dezelfde mensen, dus is geen leven twee keer te vertellen. Geef er twee "
            "die verschillen in wie stuurt, of in wie er werkt.",
        ),
        "no gainer": (
            "In this pair nobody is better off under '{regime}'. Choose another --pick, --seed or --regime.",
            "In dit paar is niemand beter af onder '{regime}'. Kies een andere --pick, --seed of --regime.",
        ),
        "no loser": (
            "In this pair nobody is worse off under '{regime}'. Choose another --pick, --seed or --regime.",
            "In dit paar is niemand slechter af onder '{regime}'. Kies een andere --pick, --seed of --regime.",
        ),
    }
)


@dataclass(frozen=True)
class Pair:
    """The same people in two worlds that differ only in who steers."""

    baseline: Run
    rival: Run

    @cached_property
    def lives(self) -> tuple[Lives, Lives]:
        """The people who are in both worlds, in the order of their identities, in the baseline and in the rival."""
        both = [lives(run) for run in (self.baseline, self.rival)]
        shared = np.intersect1d(both[0].client, both[1].client)
        one, other = (_only(each, np.isin(each.client, shared)) for each in both)
        return one, other

    @cached_property
    def same_people(self) -> bool:
        """Whether those who came on day 0 or later are the same people in both, as who steers leaves them."""
        one, other = (_arrived(run) for run in (self.baseline, self.rival))
        return bool(len(one) == len(other) and (one == other).all())

    @cached_property
    def gain(self) -> Floats:
        """How much more the help was worth under the rival, per hour asked; NaN where one of the two is undefined."""
        return self.lives[1].value - self.lives[0].value

    @cached_property
    def worth_telling(self) -> Mask:
        """Who arrived in the first half and got or waited for help in either world, with a value in both.

        Who came in the second half has only begun; of who never was on a list nor helped there is no road to tell.
        """
        one, other = self.lives
        early = one.arrival < self.baseline.days / 2
        return np.asarray(early & (one.served | other.served) & ~np.isnan(self.gain))

    @cached_property
    def groups(self) -> dict[str, Indices]:
        """Who each pick is one of: identities, for gainers and losers from the smallest difference to the largest."""
        told, gain, client = self.worth_telling, self.gain, self.lives[0].client
        order = np.lexsort((client, np.abs(gain)))
        return {
            "gainer": client[order[(told & (gain > 0))[order]]],
            "loser": client[order[(told & (gain < 0))[order]]],
            "random": client[told],
        }

    def pick(self, which: str) -> int | None:
        """Return the person of one of ``PICKS``; None where there is none.

        Of gainers and losers the one in the middle (of two, the one nearer to no difference); by lot the one with the
        lowest draw, a draw for each person from the seed of the world.
        """
        people = self.groups[which]
        if not len(people):
            return None
        return _by_lot(self.baseline.seed, people) if which == "random" else int(people[(len(people) - 1) // 2])

    def values(self, client: int) -> tuple[Value, Value]:
        """Return what help was worth to one person in either world, in its parts."""
        one, other = (value_of(run, row_of(run, client)) for run in (self.baseline, self.rival))
        return one, other

    def came_before(self, client: int) -> bool:
        """Return whether somebody who is there on day 0 or later came before day 0.

        Raises:
            RegieError: Nobody of that identity is there on day 0 or later, in both worlds.
        """
        arrivals = []
        for run in (self.baseline, self.rival):
            there = run.clients[(run.of_client["client"] == client) & ~(run.of_client["exit"] < 0)]
            arrivals += there["arrival"].tolist()
        if len(arrivals) < 2:
            raise RegieError(say("nobody there", client=client))
        return bool(max(arrivals) < 0)

    def position(self, client: int) -> int:
        """Return where a person stands in both ``lives``.

        Raises:
            RegieError: Nobody of that identity arrived on day 0 or later.
        """
        known = self.lives[0].client
        if not len(known):
            raise RegieError(say("nobody", days=self.baseline.days))
        place = int(np.searchsorted(known, client))
        if place == len(known) or known[place] != client:
            raise RegieError(say("no client", client=client, known=_ranges(known)))
        return place


def _arrived(run: Run) -> Table:
    """Return who came on day 0 or later, in order of identity: as they were when they came."""
    there = np.asarray(run.clients)[run.newcomers]
    return there[list(AT_ARRIVAL)][np.argsort(there["client"])]


def _only(people: Lives, wanted: Mask) -> Lives:
    return Lives(**{name: column[wanted] for name, column in vars(people).items()})


def _by_lot(seed: int, people: Indices) -> int:
    from sim.model.chance import u01

    return int(min(people, key=lambda client: (u01(seed, int(client), LOT, 0), client)))


def _ranges(known: Indices) -> Said:
    """Return in words which identities there are: those of a zone follow one another."""
    zones = np.split(known, np.flatnonzero(np.diff(known) != 1) + 1)
    named = [say("from to", first=zone[0], last=zone[-1]) for zone in zones[:LISTED]]
    text = named[0]
    for each in named[1:]:
        text = text + say("and") + each
    return text + say("more") if len(zones) > LISTED else text


@dataclass(frozen=True)
class Which:
    """Which world of a comparison is lived.

    Attributes:
        number: Its number there, 0 for the first.
        worlds: How the worlds of that comparison were drawn.
    """

    number: int
    worlds: Worlds = "plausible"


def two_scenarios(scenario: Scenario, regime: str, baseline: str | Path | None = None) -> tuple[Scenario, Scenario]:
    """Return a scenario under the baseline (that of the scenario where none is given) and under another regime.

    Raises:
        RegieError: For an unknown regime, or the same one twice.
    """
    one, other = (scenario.with_regime(name) for name in (baseline or scenario.baseline, regime))
    if one.regime == other.regime:
        raise RegieError(say_study("against itself", name=one.regime))
    return one, other


def two_variants(one: Scenario, other: Scenario) -> tuple[Scenario, Scenario]:
    """Return two whole scenarios that can be held against each other, with names that tell them apart.

    Raises:
        RegieError: They are the same.
    """
    if one.digest() == other.digest():
        raise RegieError(say("the same", one=one.name, other=other.name))
    if one.label.title != other.label.title:
        return one, other
    first, second = (
        replace(each, label=RegimeLabel(each.title, each.title_nl, each.description, each.description_nl))
        for each in (one, other)
    )
    return first, second


def live_pair(one: Scenario, other: Scenario, seed: int = 0, days: int = DAYS, which: Which | None = None) -> Pair:
    """Return one world lived under two regimes, with the same people and the same luck.

    Args:
        one: The scenario under the baseline.
        other: The same under the regime that is held against it.
        seed: Seed of the world; with ``which`` that of the comparison.
        days: Days after the warm-up.
        which: Which world of a comparison of the two. Default: the scenario's own numbers, nothing drawn.

    Raises:
        RegieError: For a number out of range, or two scenarios that do not have the same people.
    """
    runs.check_days(days)
    runs.check_seed(seed)
    number = 0
    if which is not None:
        number = which.number
        runs.check("world", number, 0, MOST_REPLICATIONS - 1, 0)
        seed = runs.seed_of(seed, number)
        there = world(one, drawn_parameters((one, other)), seed, which.worlds)
        one, other = (placed(each, there.values) for each in (one, other))
    before = runs.warmed(one, seed)
    pasts = (before, before if one.past() == other.past() else runs.warmed(other, seed))
    first, second = (
        runs.live_on(past, each, each.regime, number, seed, days)
        for past, each in zip(pasts, (one, other), strict=True)
    )
    if not Pair(first, second).same_people:
        raise RegieError(say("other people", one=one.name, other=other.name))
    return Pair(first, second)


def picked(pair: Pair, which: str) -> int:
    """Return the person of a pick.

    Raises:
        RegieError: Nobody is better off, nobody is worse off, or nobody's life can be told.
    """
    found = pair.pick(which)
    if found is None:
        lacking = "nobody" if which == "random" or not pair.worth_telling.any() else f"no {which}"
        raise RegieError(say(lacking, regime=pair.rival.regime, days=pair.baseline.days))
    return found
