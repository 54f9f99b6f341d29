"""The baseline held against patterns from outside, whether it stays there, and how long a warm-up must be.

``python -m sim.study.baseline one-zone`` prints all of it, as it stands in ``docs/validation.md``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.scenario.bands import KIND, OwnBand, declared_patterns, parts_of
from sim.scenario.scenario import Scenario
from sim.study import living, waiting, work
from sim.study.runs import seed_of, warmed
from sim.study.tables import Floats, Run, Table

if TYPE_CHECKING:
    from sim.model.state import State

PERIODS, YEARS = 2, 5  # observed after the warm-up: the first five years, and the five that follow for drift
WEEK = 7.0
YEAR = 52  # weeks
LOADS = (0.7, 0.85, 1.0, 1.15, 1.3)
PAID = ("paid", "sick", "leave")
FLOWS = ("in_care", "arrivals", "direct", "bridging", "chances", "initiatives", *PAID)
OF_CLIENTS = ("frailty", "network", "voice")
OF_WORKERS = ("listening", "creativity", "courage", "ownership", "safety", "experience", "aptitude")
ATTENTION = tuple(f"{whose}_attention" for whose in ("client", "profession", "organisation", "self"))
STOCKS = ("waiting", "in_service", "in_care", "debt")  # weekly stocks, ...
MEANS = ("client_attention", "listening", "ownership", "safety", "ties_inside", "ties_outside")  # ... means of workers,
WATCHED = (*STOCKS, *MEANS)  # by which the warm-up is judged


@dataclass(frozen=True)
class Band:
    """A pattern from outside.

    Attributes:
        name: Name of the pattern.
        low: Lowest mean that is plausible.
        high: Highest mean that is plausible.
        unit: Unit of both.
        en: What it is.
        nl: The same in Dutch.
        fact: The fact it stands on.
        value: What the fact says, or the middle where it gives a range; None where only the band counts.
        required: Whether the baseline must lie inside; the others are shown and explained.
        by: What the pattern can be narrowed to where a scenario asks: ``"kind"``, ``"organisation"``.
        grows: Whether it goes up and down with the people of 65+ of a place.
    """

    name: str
    low: float
    high: float
    unit: str
    en: str
    nl: str
    fact: str
    value: float | None = None
    required: bool = True
    by: tuple[str, ...] = ()
    grows: bool = False

    @property
    def half(self) -> float:
        """Half the width of the band: the unit in which distances from it are told."""
        return (self.high - self.low) / 2

    def holds(self, mean: float) -> bool:
        """Return whether ``mean`` lies within the band."""
        return self.low <= mean <= self.high

    def stays(self, drift: float) -> bool:
        """Return whether a ``drift`` is less than the band is wide."""
        return abs(drift) <= self.high - self.low

    def distance(self, mean: float) -> float:
        """Return how far ``mean`` lies from the value, in half-widths; from the band where there is no value."""
        if self.value is None:
            return max(self.low - mean, mean - self.high, 0.0) / self.half
        return abs(mean - self.value) / self.half


class Seen(NamedTuple):
    """How a pattern came out: mean and standard deviation over worlds in the first five years, and drift after them."""

    mean: float
    spread: float
    drift: float


@cache
def bands() -> tuple[Band, ...]:
    """Return the bands that come with regie."""
    return tuple(
        Band(name, **{**entry, "by": tuple(entry.get("by", ()))}) for name, entry in declared_patterns().items()
    )


def bands_of(scenario: Scenario) -> tuple[Band, ...]:
    """Return the bands that hold for a scenario: those that come with regie, overruled by its own, then its others."""
    own, shipped = scenario.bands, {band.name: band for band in bands()}
    overruled = [_overruled(band, own[name]) if name in own else band for name, band in shipped.items()]
    return (*overruled, *(_narrowed(scenario, name, own[name]) for name in own if name not in shipped))


def _overruled(band: Band, own: OwnBand) -> Band:
    return replace(
        band, low=own.low, high=own.high, value=own.value, required=own.required, fact=own.source or band.fact
    )


def _narrowed(scenario: Scenario, name: str, own: OwnBand) -> Band:
    """Return a band for one kind of help or one organisation, named after both."""
    base, by, who = parts_of(name)
    place = next(each for each in (scenario.kinds if by == KIND else scenario.organisations) if each.name == who)
    general = next(band for band in bands() if band.name == base)
    en, nl = f"{general.en}: {place.title}", f"{general.nl}: {place.title_nl or place.title}"
    return _overruled(replace(general, name=name, en=en, nl=nl, fact="Stated by the scenario"), own)


def baseline(scenario: Scenario, replications: int = 10, seed: int = 0) -> dict[str, Seen]:
    """Return how each pattern comes out under the baseline regime.

    Args:
        scenario: The scenario, lived under its baseline regime.
        replications: How many worlds.
        seed: Root seed.
    """
    scenario = scenario.with_regime(scenario.baseline)
    worlds = [patterns(scenario, seed_of(seed, replication)) for replication in range(replications)]
    names = [band.name for band in bands_of(scenario)]
    return {name: _seen([[period[name] for period in world] for world in worlds]) for name in names}


def _seen(values: list[list[float]]) -> Seen:
    """Return what one pattern did, of which each world has a value a period."""
    first, *_, last = np.array(values).T
    spread = float(np.std(first, ddof=1)) if len(first) > 1 else 0.0
    return Seen(float(np.mean(first)), spread, float(np.mean(last - first)))


def patterns(scenario: Scenario, seed: int, periods: int = PERIODS) -> list[dict[str, float]]:
    """Return all patterns of each period of one world: its flows, and the mean of what is there as each year ends."""
    from sim.model.day import live

    world, seen = warmed(scenario, seed), []
    for _ in range(periods):
        looks = []
        for _ in range(YEARS):
            world = live(world, YEAR * 7)
            looks.append(_now(world) | on_lists(world, scenario) | population_means(world))
        now = {name: float(np.mean([look[name] for look in looks])) for name in looks[0]}
        states = [now.pop(name) for name in population_means(world)]
        corners = {"lowest_state": min(states), "highest_state": max(states)}
        seen.append(_of_period(_lately(scenario, seed, world), len(world.manager)) | now | corners)
    return seen


def _lately(scenario: Scenario, seed: int, world: State) -> Run:
    """Return the last years of a world, as if they had begun on day 0: outcomes count newcomers from there on."""
    from sim.model.record import records

    days = YEARS * YEAR * 7
    begin = world.day - days
    left = records(world)
    visits = _since(left.visits, ("onset", "seen", "listed", "start", "end"), begin)
    clients = _since(left.clients, ("arrival", "exit"), begin)
    return Run(scenario, scenario.regime, 0, seed, days, visits, clients, _since(left.series, ("week",), begin // 7))


def _since(table: Table, columns: tuple[str, ...], begin: int) -> Table:
    table = table.copy()
    for column in columns:
        table[column] -= begin
    return table


def _of_period(run: Run, managers: int) -> dict[str, float]:
    scenario = run.scenario
    total = {name: float(run.weeks[name].sum()) for name in FLOWS}
    zones, weeks = int(scenario["zones"]), run.number_of_weeks
    per_zone = 10_000 / float(scenario["inhabitants"])
    paid = total["paid"] - weeks * managers * float(scenario["manager_hours"])  # of workers alone
    return {
        "wait_weeks": waiting.wait_mean(run) / WEEK,
        "beyond_norm": waiting.beyond_norm(run),
        "utilisation": work.utilisation(run),
        "hours_per_client_week": work.hours_per_client_week(run),
        "admissions": per_zone * (living.crisis_admissions(run) + living.planned_admissions(run)),
        "initiative": total["initiatives"] / total["chances"],
        "clients_in_care": per_zone * total["in_care"] / weeks / zones,
        "years_in_care": total["in_care"] / (total["arrivals"] * YEAR),
        "direct_share_of_worked": (total["direct"] + total["bridging"]) / (paid - total["sick"] - total["leave"]),
        "sick_leave": total["sick"] / paid,
        "unmet": living.unmet_need(run),
        **list_waits(run),
    }


def _now(world: State) -> dict[str, float]:
    from sim.model.state import LISTED

    listed = world.need.status == LISTED
    places = (world.place.team.reshape(-1, 2) >= 0).sum(axis=1)
    waiting = max(1, int(listed.sum()))
    return {
        "density": density(world),
        "density_outside": density(world, outside=True),
        "bridged": float((world.need.bridger[listed] >= 0).sum()) / waiting,
        "on_two_lists": float((places[listed] == 2).sum()) / waiting,
    }


def on_lists(world: State, scenario: Scenario) -> dict[str, float]:
    """Return how many people stand on a list now, per 10,000 inhabitants: all, and where the scenario has a band."""
    from sim.model.state import LISTED

    listed = world.need.status == LISTED
    teams = world.place.team.reshape(-1, 2)
    organisations = np.where(teams >= 0, world.team.organisation[teams], -1)
    client = np.arange(len(listed)) // int(world.p[0].max_needs)
    inhabitants = float(scenario["zones"]) * float(scenario["inhabitants"])

    def counted(by: str, place: int) -> float:
        here = world.need.kind == place if by == KIND else (organisations == place).any(axis=1)
        who = client[listed & here] if by else client[listed]
        return 10_000 * len(np.unique(who)) / inhabitants

    return {name: counted(by, place) for name, by, place in _asked_of(scenario, "listed")}


def list_waits(run: Run) -> dict[str, float]:
    """Return the mean weeks on a list of needs that began help in the run: all, and where the scenario has a band.

    Where nobody was helped from a list it is 0: nobody waited there.
    """
    visits = run.visits
    weeks = (visits["start"] - visits["listed"]) / WEEK
    waited = (visits["start"] >= 0) & ~np.isnan(weeks)

    def mean(by: str, place: int) -> float:
        here = weeks[waited & (visits[by] == place)] if by else weeks[waited]
        return float(here.mean()) if len(here) else 0.0

    return {name: mean(by, place) for name, by, place in _asked_of(run.scenario, "list_wait_weeks")}


def _asked_of(scenario: Scenario, base: str) -> list[tuple[str, str, int]]:
    """Return a pattern and each narrowing of it that the scenario has a band for: name, by what, at which position."""
    asked = [(base, "", -1)]
    for name in scenario.bands:
        of, by, who = parts_of(name)
        if of == base and by:
            members = scenario.kinds if by == KIND else scenario.organisations
            asked.append((name, by, [member.name for member in members].index(who)))
    return asked


def density(world: State, outside: bool = False) -> float:
    """Return the share of ordered pairs of workers of a zone of whom the one knows what the other does.

    Args:
        world: The world.
        outside: Whether only pairs of workers of different organisations count.
    """
    workers = world.worker[: world.now[0].workers]
    rows = np.flatnonzero(world.tie.to >= 0)
    tie, one, other = world.tie[rows], workers[rows // world.now[0].tie_capacity], workers[world.tie.to[rows]]
    known = (tie.generation == other.generation) & (tie.familiarity >= world.p[0].knows_from)
    seats = np.zeros((world.now[0].zones, world.now[0].organisations))
    np.add.at(seats, (workers.zone, workers.organisation), 1.0)
    pairs = seats.sum(axis=1) ** 2
    if outside:
        known &= one.organisation != other.organisation
        return float(known.sum() / (pairs - (seats**2).sum(axis=1)).sum())
    return float(known.sum() / (pairs - seats.sum(axis=1)).sum())


def population_means(world: State) -> dict[str, float]:
    """Return the mean of every state between 0 and 1 over those who have it: clients, workers, teams, boards, ties."""
    clients = world.client[world.client.used == 1]
    workers = world.worker[: world.now[0].workers]
    workers = workers[workers.present >= 0]
    boards = world.board[: world.now[0].organisations]
    means = {name: clients[name].mean() for name in OF_CLIENTS}
    means |= {name: workers[name].mean() for name in (*OF_WORKERS, *ATTENTION)}
    means["credibility"] = world.team.credibility[: world.now[0].teams].mean()
    means["control"] = boards.control.mean()
    means["trust"] = world.tie.trust[world.tie.to >= 0].mean()
    return {name: float(mean) for name, mean in means.items()}


def settled_after(weekly: Floats) -> int:
    """Return the first week from which on every yearly mean stays near the long-run mean (after Welch 1983).

    Near is within 5 % of it, or within three standard errors over replications, whichever is wider. The long run is
    the second half of the series.

    Args:
        weekly: Values, one row a replication, one column a week from the first day on.
    """
    long_run = weekly[:, weekly.shape[1] // 2 :].mean(axis=1)
    sums = np.cumsum(np.pad(weekly, ((0, 0), (1, 0))), axis=1)
    yearly = (sums[:, YEAR:] - sums[:, :-YEAR]) / YEAR
    apart = yearly - long_run[:, None]
    noise = 3.0 * apart.std(axis=0, ddof=1) / np.sqrt(len(weekly))
    far = np.abs(apart.mean(axis=0)) > np.maximum(noise, 0.05 * long_run.mean())
    return int(far.nonzero()[0][-1]) + 1 if far.any() else 0


def warmup(scenario: Scenario, replications: int = 20, seed: int = 0, years: int = 15) -> dict[str, int]:
    """Return the weeks of warm-up that each watched stock asks for, from the first day of an unwarmed world."""
    from sim.model.day import live
    from sim.model.founding import found
    from sim.model.record import records

    scenario = scenario.with_regime(scenario.baseline).with_values({"warmup_days": 0})
    rows = len(scenario.organisations) + 1
    series = [
        records(live(found(scenario, seed_of(seed, replication)), years * 364), spent=True).series
        for replication in range(replications)
    ]

    def weekly(name: str) -> Floats:
        sums = np.array([[one[column].reshape(-1, rows).sum(axis=1) for one in series] for column in (name, "staffed")])
        return np.asarray(sums[0] / sums[1] if name in MEANS else sums[0])

    return {name: settled_after(weekly(name)) for name in WATCHED}


def load_response(scenario: Scenario, loads: tuple[float, ...] = LOADS, replications: int = 5) -> dict[float, float]:
    """Return the mean wait in weeks at several loads, as a multiple of the arrivals: a smooth rise, no knife edge."""
    people = ("arrivals_per_year", "clients_at_start")
    return {
        load: baseline(scenario.with_values({name: load * float(scenario[name]) for name in people}), replications)[
            "wait_weeks"
        ].mean
        for load in loads
    }


def table(seen: dict[str, Seen], held_against: tuple[Band, ...]) -> str:
    """Return the table of ``docs/validation.md``."""
    lines = ["| pattern | band | mean (sd over worlds) | inside | drift | fact |", "|---|---|---|---|---|---|"]
    for band in held_against:
        mean, spread, drift = seen[band.name]
        inside = ("yes" if band.holds(mean) else "**no**") + ("" if band.required else " (shown only)")
        lines.append(
            f"| {band.en} ({band.unit}) | {band.low:g} to {band.high:g} | {mean:.2f} ({spread:.2f}) "
            f"| {inside} | {drift:+z.2f}{'' if band.stays(drift) else ' **drifts**'} | {band.fact} |"
        )
    return "\n".join(lines)


def main(names: list[str]) -> None:
    """Print what ``docs/validation.md`` says of the scenarios named."""
    for name in names:
        scenario = Scenario.load(name)
        print(f"\n**{name}**\n\n{table(baseline(scenario), bands_of(scenario))}")
        print("\nWeeks until settled: " + ", ".join(f"{k} {v}" for k, v in warmup(scenario).items()))
        waits = load_response(scenario)
        print("\nMean wait in weeks by load: " + ", ".join(f"{load:g}: {wait:.1f}" for load, wait in waits.items()))


if __name__ == "__main__":
    main(sys.argv[1:] or ["one-zone", "breda-2005"])
