"""The model against theory: chance against published vectors, queues against Erlang C and Ciw, Little's law.

In the limit the model is a known one. Three kinds of evidence, from sharp to broad:

- Every wait of a run, to the day, is that of a first-come-first-served queue with these arrivals and services
  (Kiefer and Wolfowitz's recursion, and Ciw fed with the same arrivals and services). No chance is involved.
- Arrivals are Poisson and services exponential, by tests of distribution.
- The mean wait is that of Erlang C.

Statistical tests here have fixed seeds, so they pass or fail for good. Their false-alarm rates say how likely it was
that a right model failed when the seed was chosen, and will be whenever a change of the model changes what is drawn.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from worlds import SERVICE_DAYS, erlang_c, first_morning_under, list_days, lived, mean_wait, queue, quick_of

from sim.model import chance
from sim.model.chance import exponential, philox, poisson, u01, whole_days
from sim.model.day import live
from sim.model.record import REASONS, records
from sim.scenario import Scenario, regime_names, scenario_names

Z = stats.norm.isf(0.0005)  # 99.9 % two-sided
MARGIN = 0.5  # days

# --- chance ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_known_answers_of_random123(counter, key, words):
    assert tuple(int(word) for word in philox(*(np.uint64(x) for x in (*counter, *key)))) == words


def draws(number=20_000, seed=5, key=0, stream=0, index=0):
    """Return draws in which the arguments that are arrays of steps run on."""
    steps = np.arange(number)
    columns = [np.broadcast_to(value, number) for value in (seed, key, stream, index)]
    return np.array([u01(*(int(column[i]) for column in columns)) for i in steps])


CONSTANTS = [(name, value) for name, value in vars(chance).items() if name.isupper() and isinstance(value, int)]
STREAMS = [value for name, value in CONSTANTS if not name.startswith("_")]
STEPS = np.arange(20_000)
RUNS = {
    "seed": {"seed": STEPS},
    "key": {"key": STEPS},
    "key of another zone": {"key": STEPS * 2**32},
    "key of needs": {"key": STEPS * 8 + 3},
    "stream": {"stream": STEPS},
    "index": {"index": STEPS},
    "index far on": {"index": STEPS + 1_000_000},
    "negative index": {"index": -STEPS - 1},
    "large seed": {"seed": 2**62 + STEPS},
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_draws_are_uniform_and_independent_of_their_neighbours_along_every_argument(run):
    """False alarms: 9 runs x 4 tests at 1e-5, one in 2,800."""
    u = draws(**run)
    assert u.min() >= 0.0
    assert u.max() < 1.0
    assert len(np.unique(u)) == len(u)
    assert stats.kstest(u, "uniform").pvalue > 1e-5
    pairs = np.histogram2d(u[:-1:2], u[1::2], bins=10)[0]
    assert stats.chisquare(pairs.ravel()).pvalue > 1e-5
    for lag in (1, 2):
        assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < stats.norm.isf(5e-6) / math.sqrt(len(u) - lag)


def test_streams_entities_and_seeds_do_not_follow_each_other():
    """All pairs of 34 streams, of 8 keys, of 8 seeds: 617 correlations; false alarms at 1e-7 each, 1 in 16,000."""
    n = 5_000
    bound = stats.norm.isf(5e-8) / math.sqrt(n)
    steps = np.arange(n)
    for family in (
        [draws(n, stream=stream, index=steps) for stream in STREAMS],
        [draws(n, key=key, index=steps) for key in (0, 1, 2, 8, 9, 1024, 2**32, 2**33)],
        [draws(n, seed=seed, index=steps) for seed in (0, 1, 2, 3, 2**31, 2**32, 2**33, 2**63 - 1)],
    ):
        off = np.corrcoef(family) - np.eye(len(family))
        assert np.abs(off).max() < bound


def test_the_last_bits_of_a_draw_are_chance_too():
    bits = (draws(index=STEPS) * 2**53).astype(np.uint64)
    share = np.array([((bits >> np.uint64(i)) & np.uint64(1)).mean() for i in range(53)])
    assert np.abs(share - 0.5).max() < stats.norm.isf(5e-7) * 0.5 / math.sqrt(len(bits))  # false alarms: 53 x 1e-6


def test_seed_nought_is_a_seed_and_all_integers_are_the_same_seed():
    assert u01(0, 1, 2, 3) != u01(1, 1, 2, 3)
    for kind in (int, np.int64, np.uint64, np.int32):
        assert u01(kind(7), kind(1), kind(2), kind(3)) == u01(7, 1, 2, 3)
    assert len(set(STREAMS)) == len(STREAMS) >= 15
    assert u01(2**63 - 1, 0, 0, 0) != u01(2**63 - 2, 0, 0, 0) != u01(2**31 - 2, 0, 0, 0)


def test_a_negative_day_is_a_day_of_its_own():
    days = [*range(-1100, 0), *range(4000)]
    assert len({u01(3, 0, 0, day) for day in days}) == len(days)


def test_an_exponential_draw_is_the_inverse_of_its_distribution():
    u = draws(index=STEPS)
    days = np.array([exponential(x, 100.0) for x in u])
    assert np.allclose(1.0 - np.exp(-days / 100.0), u)
    assert exponential(0.0, 100.0) == 0.0
    assert exponential(1.0 - 2.0**-53, 100.0) == pytest.approx(5300 * math.log(2))


@pytest.mark.parametrize("mean", [0.0, 0.05, 0.42, 3.0, 40.0])
def test_a_poisson_draw_is_the_inverse_of_its_distribution(mean):
    for u in draws(500, index=STEPS[:500]):
        assert poisson(u, mean) == (stats.poisson.ppf(u, mean) if mean else 0)


def test_whole_days_keep_the_mean_and_are_at_least_one():
    for days in (1.0, 1.25, 7.5, 99.99):
        rounded = [whole_days(days, u) for u in (np.arange(10_000) + 0.5) / 10_000]
        assert set(rounded) <= {math.floor(days), math.floor(days) + 1}
        assert np.mean(rounded) == pytest.approx(days, abs=1e-3)
    assert whole_days(0.0, 0.999) == 1


# --- a queue, day by day ---------------------------------------------------------------------------------


def stays(world):
    """Return the stays of a world of queues in the order in which they came; helped of one day by who started first."""
    visits = records(world).visits
    return visits[np.lexsort((visits["start"], visits["onset"]))]


def first_come_first_served(came, service, servers):
    """Return the day on which each is served, by the recursion of Kiefer and Wolfowitz."""
    free = np.zeros(servers)
    start = np.empty(len(came))
    for i, (day, days) in enumerate(zip(came, service, strict=True)):
        first = free.argmin()
        start[i] = max(day, free[first])
        free[first] = start[i] + days
    return start


@pytest.mark.parametrize(
    ("servers", "load", "organisations", "pooled"),
    [(1, 0.7, 1, False), (3, 0.9, 1, False), (5, 0.8, 8, False), (10, 0.95, 1, False), (5, 0.95, 8, True)],
)
def test_every_wait_is_to_the_day_that_of_a_first_come_first_served_queue(servers, load, organisations, pooled):
    """Exact: no chance is involved. A pooled list of eight teams of five is one queue with forty servers.

    Who comes today comes before a server who is freed today takes the next; so a wait of 0 days is no wait.
    """
    world = lived(queue(servers, load, organisations=organisations, pooled=pooled, zones=3), 6000, seed=11)
    visits = stays(world)
    group = visits["zone"] * 1 if pooled else visits["zone"] * 8 + visits["organisation"]
    assert len(np.unique(group)) == 3 * (1 if pooled else organisations)
    waited = 0
    for each in np.unique(group):
        line = visits[(group == each) & np.isfinite(visits["start"])]
        service = np.where(np.isnan(line["end"]), 1e9, line["end"]) - line["start"]
        expected = first_come_first_served(line["onset"], service, servers * (organisations if pooled else 1))
        assert np.array_equal(line["start"], expected)
        waited += (line["start"] > line["onset"]).sum()
        assert (visits[(group == each) & np.isnan(visits["start"])]["onset"] >= line["onset"][-1]).all()
    assert waited > 50


@pytest.mark.filterwarnings("ignore:Pickle, copy, and deepcopy support:DeprecationWarning")  # of Ciw, on 3.13
@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (3, 0.9), (10, 0.9)])
def test_every_wait_is_that_of_ciw_given_the_same_arrivals_and_services(servers, load):
    """An independent simulator, the same day for every client. Ciw draws nothing: arrivals and services are given."""
    ciw = pytest.importorskip("ciw")
    world = lived(queue(servers, load), 9000, seed=4)
    line = stays(world)
    line = line[np.isfinite(line["end"])]
    assert len(line) > 50
    came = np.diff(line["onset"], prepend=0.0)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*came.tolist(), math.inf])],
        service_distributions=[ciw.dists.Sequential((line["end"] - line["start"]).tolist())],
        number_of_servers=[servers],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(40_000)
    theirs = sorted((record.arrival_date, record.service_start_date) for record in simulation.get_all_records())
    ours = line[["onset", "start"]].tolist()
    unfinished = len(stays(world)) - len(line)  # who was served last may have been overtaken by who is still served
    settled = [pair for pair in ours if pair[1] < line["start"].max() - 5 * SERVICE_DAYS]
    assert unfinished < len(ours) / 3
    assert theirs[: len(settled)] == settled


# --- distributions ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wide():
    """Give 300 independent queues of five servers, 3,000 days."""
    return lived(queue(5, 0.8, zones=300), 3000, seed=2)


def test_arrivals_are_poisson(wide):
    """Mean, variance, shape, independence between days and zones: false alarms 5 x 1e-4, one in 2,000."""
    visits = records(wide).visits
    mean = 0.8 * 5 / SERVICE_DAYS
    counts = np.zeros((300, 3000))
    np.add.at(counts, (visits["zone"], visits["onset"].astype(int)), 1)
    n, z = counts.size, stats.norm.isf(5e-5)
    assert abs(counts.mean() - mean) < z * math.sqrt(mean / n)
    assert abs(counts.var() - mean) < z * math.sqrt((mean + 2 * mean**2) / n)
    seen = np.bincount(counts.ravel().astype(int), minlength=5)
    expected = stats.poisson.pmf(np.arange(4), mean) * n
    tail = [seen[3:].sum(), n - expected[:3].sum()]
    assert stats.chisquare([*seen[:3], tail[0]], [*expected[:3], tail[1]]).pvalue > 1e-4
    assert abs(np.corrcoef(counts[:, :-1].ravel(), counts[:, 1:].ravel())[0, 1]) < z / math.sqrt(n)
    assert abs(np.corrcoef(counts[:-1].ravel(), counts[1:].ravel())[0, 1]) < z / math.sqrt(n)


def test_service_is_exponential(wide):
    """In whole days, rounded by chance; P(length >= k) = m (e^(1/m) - 1) e^(-k/m) for k > 1. False alarms 2e-4."""
    visits = records(wide).visits
    started = visits[np.isfinite(visits["start"]) & (visits["onset"] < 1000)]
    length = (started["end"] - started["start"])[np.isfinite(started["end"])]
    assert len(length) == len(started)  # nobody's service of those first 1,000 days is cut off: no bias to the short
    m = SERVICE_DAYS
    edges = np.array([1, *np.arange(10, 300, 10), 350, 400, 500, 10**6])
    beyond = np.where(edges > 1, m * math.expm1(1 / m) * np.exp(-edges / m), 1.0)
    seen = np.histogram(length, edges)[0]
    assert stats.chisquare(seen, -np.diff(beyond) / (beyond[0] - beyond[-1]) * len(length)).pvalue > 1e-4
    assert abs(length.mean() - m) < stats.norm.isf(5e-5) * m / math.sqrt(len(length)) + 0.01


# --- Erlang C --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("servers", "load", "wait", "waits"),
    [
        (1, 0.8, 4.0, 0.8),
        (3, 0.9, 2.7235, None),
        (5, 0.8, 0.5541, 0.5541),
        (10, 0.7, 0.0739, 0.2217),
        (40, 0.9, 0.1029, 0.4116),
    ],
)
def test_the_yardstick_itself_gives_the_published_values(servers, load, wait, waits):
    """Facts, section 8: Wq / mean service, and the chance to wait."""
    assert mean_wait(servers, load) / SERVICE_DAYS == pytest.approx(wait, abs=5e-5)
    if waits is not None:
        assert erlang_c(servers, load) == pytest.approx(waits, abs=5e-5)


def measured(servers, load, *, zones, spans=2.5, organisations=1, pooled=False, seed=1):
    """Return the mean wait in days of all who come in a window of a stationary queue, and its standard error.

    Zones are independent replications; the mean is total wait over total arrivals and its error that of a ratio
    (by zone). The queue begins with as many clients as there are on average, and lives for four relaxation times
    before the window opens; it goes on after the window until all who came in it have started, so that no wait is
    cut off. Rounding to days: arrivals and ends of service both fall on whole days, arrivals first. For one server
    the mean wait stays exactly that of continuous time (Pollaczek-Khinchine with second moments in days); for more
    the difference is far below the margin.
    """
    teams = organisations if pooled else 1
    in_line = load * servers * teams * (1.0 + mean_wait(servers * teams, load) / SERVICE_DAYS)
    relaxation = SERVICE_DAYS / (servers * teams) / (1.0 - math.sqrt(load)) ** 2
    opens, window = int(4 * relaxation), int(spans * relaxation)
    tail = int(2000 + 20 * SERVICE_DAYS / (servers * teams * (1.0 - load)))
    scenario = queue(
        servers,
        load,
        organisations=organisations,
        pooled=pooled,
        seed_size=round(in_line * organisations / teams),
        zones=zones,
    )
    visits = records(lived(scenario, opens + window + tail, seed)).visits
    visits = visits[(visits["onset"] >= opens) & (visits["onset"] < opens + window)]
    wait = visits["start"] - visits["onset"]
    assert np.isfinite(wait).all(), "the run ended before all who came in the window were helped"
    count = np.bincount(visits["zone"], minlength=zones)
    total = np.bincount(visits["zone"], wait, minlength=zones)
    mean = total.sum() / count.sum()
    error = math.sqrt(((total - mean * count) ** 2).sum() * zones / (zones - 1)) / count.sum()
    return mean, error


ZONES = {0.7: 800, 0.8: 500, 0.9: 250}


@pytest.mark.parametrize("load", quick_of([0.7, 0.8, 0.9], 0.8))
@pytest.mark.parametrize("servers", quick_of([3, 5, 10], 10))
def test_the_mean_wait_is_that_of_erlang_c(servers, load):
    """Inside the 99.9 % interval +- half a day; false alarms: 9 tests at 1e-3, below one in 110."""
    mean, error = measured(servers, load, zones=ZONES[load])
    theory = mean_wait(servers, load)
    assert error < 0.08 * theory, "too little was simulated to notice a difference"
    assert abs(mean - theory) <= Z * error + MARGIN, f"{mean:.2f} days, Erlang C {theory:.2f}, error {error:.2f}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("servers", "load", "zones"), [(1, 0.7, 3000), (1, 0.8, 1500), (5, 0.9, 2000), (10, 0.95, 400)]
)
def test_the_mean_wait_is_that_of_erlang_c_closer(servers, load, zones):
    """As above, with more replications and one server too; false alarms 4 x 1e-3."""
    mean, error = measured(servers, load, zones=zones, seed=3)
    theory = mean_wait(servers, load)
    assert error < 0.04 * theory
    assert abs(mean - theory) <= Z * error + MARGIN, f"{mean:.2f} days, Erlang C {theory:.2f}, error {error:.2f}"


@pytest.mark.slow
def test_eight_teams_of_five_with_one_list_are_one_queue_of_forty():
    """At load .9 Erlang C says 10.3 days pooled and 152.5 apart: fifteen times less. False alarms 2 x 1e-3."""
    pooled, error = measured(5, 0.9, zones=180, organisations=8, pooled=True)
    assert error < 1.0
    assert abs(pooled - mean_wait(40, 0.9)) <= Z * error + MARGIN, f"{pooled:.2f} days, error {error:.2f}"
    apart, error = measured(5, 0.9, zones=50, organisations=8)
    assert abs(apart - mean_wait(5, 0.9)) <= Z * error + MARGIN, f"{apart:.2f} days, error {error:.2f}"
    assert apart / pooled > 8


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Pickle, copy, and deepcopy support:DeprecationWarning")  # of Ciw, on 3.13
def test_the_mean_wait_is_that_of_ciw_with_luck_of_its_own():
    """Ciw in continuous time, all its own: M/M/5 at load .8. False alarms 1e-3."""
    ciw = pytest.importorskip("ciw")
    servers, load = 5, 0.8
    means = []
    for seed in range(64):
        ciw.seed(seed)
        network = ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(servers * load / SERVICE_DAYS)],
            service_distributions=[ciw.dists.Exponential(1.0 / SERVICE_DAYS)],
            number_of_servers=[servers],
        )
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(25_000)
        waits = [r.waiting_time for r in simulation.get_all_records() if 5_000 <= r.arrival_date < 23_000]
        means.append(np.mean(waits))
    theirs, their_error = np.mean(means), np.std(means, ddof=1) / math.sqrt(len(means))
    ours, our_error = measured(servers, load, zones=800, seed=8)
    error = math.hypot(their_error, our_error)
    assert error < 0.08 * theirs
    assert abs(ours - theirs) <= Z * error + MARGIN, f"{ours:.2f} days, Ciw {theirs:.2f}, error {error:.2f}"


# --- Little's law ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", regime_names())
@pytest.mark.parametrize("name", scenario_names())
def test_littles_law_holds_to_the_day_on_every_scenario_under_every_regime(name, regime):
    """Exact: the integral of places on lists is the sum of the waits, over the whole run from its first day.

    Then in the usual form, L = lambda W, with L from the weekly series and lambda and W from the stays, which are
    written elsewhere: every place that was ever listed, with its wait up to help, to giving it up, or to now.
    """
    world = live(first_morning_under(name, regime, 6), 700)
    integral, waits = list_days(world)
    assert (integral == waits).all(), f"days on lists {integral}, sum of waits {waits}"
    left = records(world)
    assert world.day % 7 == 0
    days = world.day - int(world.now[0].first_day)
    on_lists = left.series["list_days"].sum() / days
    listed = left.visits[np.isfinite(left.visits["listed"])]
    ends = np.where(np.isfinite(listed["start"]), listed["start"], np.nan_to_num(listed["end"], nan=world.day))
    per_day, wait = len(listed) / days, (ends - listed["listed"]).mean()
    assert len(listed) > 500
    assert on_lists == pytest.approx(per_day * wait, rel=1e-12)


@pytest.mark.parametrize("days", [1, 3, 250, 366])
def test_littles_law_holds_to_the_day_in_the_middle_of_a_week_too(days):
    integral, waits = list_days(lived(Scenario.load("one-zone"), days))
    assert (integral == waits).all()
    assert waits.sum() > 0


def test_littles_law_gives_the_wait_of_a_stationary_queue():
    """L = lambda W with lambda from the scenario, L over time, W over clients: false alarms 1e-3."""
    servers, load, zones = 5, 0.8, 400
    size = round(load * servers * (1 + mean_wait(servers, load) / SERVICE_DAYS))
    world = lived(queue(servers, load, seed_size=size, zones=zones), 8400, seed=5)
    left = records(world)
    half = len(left.series) // 2
    on_lists = left.series["list_days"][half:].sum() / (world.day / 2) / zones
    visits = left.visits[(left.visits["onset"] >= 4200) & (left.visits["onset"] < 7400)]
    per_zone = np.bincount(visits["zone"], visits["start"] - visits["onset"], zones)
    count = np.bincount(visits["zone"], minlength=zones)
    wait = per_zone.sum() / count.sum()
    error = (per_zone - wait * count).std(ddof=1) * math.sqrt(zones) / count.sum()
    assert np.isfinite(wait)
    arrivals = servers * load / SERVICE_DAYS
    assert abs(on_lists / arrivals - wait) < Z * error + MARGIN
    assert REASONS[0] == "open"
