"""Outcomes narrowed to some, what becomes of needs and people, and money: against cases worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from sim.errors import RegieError
from sim.model.day import live
from sim.model.founding import found
from sim.model.record import REASONS, STATUSES, records
from sim.model.state import EXIT, SERIES, VISIT
from sim.scenario.payers import LONG_TERM_CARE, OF_SECTOR, PAYERS, TARIFFS
from sim.scenario.scenario import Scenario
from sim.scenario.schema import Payer, Sector
from sim.scenario.units import UNITS
from sim.study import fates
from sim.study.fates import GRID, WITHIN_DAYS, WITHIN_YEARS, incidence
from sim.study.groups import GROUPS
from sim.study.needs import FATES
from sim.study.outcomes import declared, extract, general_outcomes, outcomes_of
from sim.study.runs import run as lived
from sim.study.tables import Run

NAN = math.nan
YEAR = 365.25
PLACE = """
title = "Two doors"
[kinds.care]
sector = "care"
share = 0.5
hours_per_week = 2.0
lasting_days = 500
norm_days = 42
[kinds.company]
sector = "welfare"
share = 0.5
hours_per_week = 1.0
lasting_days = 500
norm_days = 7
[organisations.nurses]
title = "Nurses"
title_nl = "Verpleging"
sector = "care"
staff = { care = 3, company = 1 }
[organisations.club]
sector = "welfare"
staff = { company = 2 }
[parameters]
zones = 2
tariff_insurance = 50.0
tariff_municipality = 20.0
tariff_long_term_care = 100.0
long_term_care_days = 60.0
full_time_hours = 40.0
"""


@pytest.fixture(scope="module")
def place():
    return Scenario.from_toml(PLACE)


def rows(dtype, entries, **usual):
    """Return a table of entries given as dictionaries; measures not given are NaN, other columns 0."""
    made = np.zeros(len(entries), dtype)
    for name in dtype.names:
        default = usual.get(name, NAN if dtype[name].kind == "f" else 0)
        made[name] = [entry.get(name, default) for entry in entries]
    return made


def run_of(place, visits=(), clients=(), weeks=(), days=200):
    nothing = {"hours_delivered": 0, "hours_bridging": 0, "first_worker_hours": 0}
    none = dict.fromkeys(SERIES.names, 0)
    tables = rows(VISIT, visits, **nothing), rows(EXIT, clients), rows(SERIES, weeks, **none)
    return Run(place, "traditional", 0, 1, days, *tables)


def read(run):
    return dict(zip([o.name for o in outcomes_of(run.scenario)], extract(run), strict=True))


def reason(name):
    return REASONS.index(name)


def status(name):
    return STATUSES.index(name)


NURSES, CLUB, VOLUNTEERS, NOBODY = 0, 1, 2, -1
CARE, COMPANY = 0, 1


@pytest.fixture(scope="module")
def street(place):
    """Return a run of 200 days of four people: Ann, Bo and Cy arrived after day 0, Di was there from day -100 on.

    Ann asked for care at the club on day 0, was referred, got help from the nurses from day 30 on. Bo asked for
    company at the nurses on day 50, was told no, and waits on the list of the club since day 60. Cy was helped on the
    day itself, day 100, by volunteers, was admitted in a crisis on day 120. Di has had care from day -100 to day 100,
    was admitted as planned.
    """
    visits = [
        {"client": 1, "kind": CARE, "organisation": CLUB, "onset": 0, "seen": 2, "end": 3,
         "reason": reason("referred")},
        {"client": 1, "kind": CARE, "organisation": NURSES, "onset": 0, "seen": 10, "listed": 10, "start": 30,
         "hours_delivered": 40, "hours_bridging": 4, "fit_distance": 0, "quality": 1, "first_worker_hours": 40,
         "tailored": 0, "called": 1},
        {"client": 2, "kind": COMPANY, "organisation": NURSES, "onset": 50, "seen": 51, "end": 51,
         "reason": reason("refused")},
        {"client": 2, "kind": COMPANY, "organisation": CLUB, "onset": 50, "seen": 60, "listed": 60},
        {"client": 3, "kind": COMPANY, "organisation": VOLUNTEERS, "onset": 100, "seen": 100, "start": 100, "end": 120,
         "reason": reason("admitted"), "hours_delivered": 7, "fit_distance": 0, "quality": 1, "first_worker_hours": 7,
         "tailored": 0, "called": 1},
        {"client": 4, "kind": CARE, "organisation": NURSES, "onset": -100, "seen": -100, "start": -100, "end": 100,
         "reason": reason("admitted"), "hours_delivered": 60},
    ]  # fmt: skip
    person = {"voice": 0.5, "network_at_arrival": 0.5, "frailty_at_arrival": 0.5, "frailty": 0.5, "unmet": 0}
    clients = [
        {"client": 1, "arrival": 0, "status": 2, "hours_asked": 50, **person, "network_at_arrival": 0, "new_faces": 3,
         "transfers": 1, "retellings": 0, "frailty": 0.7},
        {"client": 2, "arrival": 50, "status": 1, "hours_asked": 20, **person, "new_faces": 1, "transfers": 0,
         "retellings": 0},
        {"client": 3, "arrival": 100, "exit": 120, "status": status("admitted in crisis"), "hours_asked": 10, **person,
         "new_faces": 1, "transfers": 0, "retellings": 0, "age": 80},
        {"client": 4, "arrival": -100, "exit": 100, "status": status("admitted as planned"), "hours_asked": 99,
         **person, "age": 90},
    ]  # fmt: skip
    of_nurses = {"organisation": 0, "paid": 80, "direct": 30, "bridging": 2, "target": 40, "staffed": 4, "strain": 1,
                 "collaboration": 2, "trust_outside": 3, "ties_outside": 6}  # fmt: skip
    of_club = {"organisation": 1, "paid": 40, "direct": 8, "target": 10, "staffed": 2, "refusals": 1}
    once = {"week": 0, "organisation": 2}
    weeks = [{"week": week, **each} for week in range(-3, 28) for each in (of_nurses, of_club)]
    weeks.append({**once, "kept": 3, "broken": 1, "left": 1})
    return run_of(place, visits, clients, weeks)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Ann waited 30, Cy 0, Bo still waits
        ("wait_mean", 15),
        ("wait_mean.group.alone", 30),
        ("wait_mean.organisation.club", 30),  # the club was the first to see Ann, whoever helped
        ("wait_mean.organisation.nurses", NAN),  # Bo
        ("wait_mean.kind.care", 30),
        ("wait_mean.kind.company", 0),
        ("beyond_norm.kind.care", 0),
        ("beyond_norm.kind.company", 1 / 2),
        ("beyond_norm.organisation.nurses", 1),
        ("waiting_at_end", 1),
        ("waiting_at_end.organisation.club", 1),
        ("waiting_at_end.organisation.nurses", 0),
        ("waiting_at_end.kind.company", 1),
        ("list_elapsed", 140),
        ("elapsed_wait", 150),
        # client-days: Ann 200, Bo 150, Cy 20
        ("handoffs", 6 / (370 / YEAR)),
        ("new_faces", 5 / (370 / YEAR)),
        ("transfers_a_year", 1 / (370 / YEAR)),
        ("handoffs.group.alone", 4 / (200 / YEAR)),
        ("handoffs.organisation.nurses", 1 / (150 / YEAR)),
        ("wandering", 2 / 3),
        ("wandering.kind.company", 1 / 2),
        ("refusals.organisation.club", 28 / (28 * 7 / YEAR) / 2),
        ("value", (40 * 42 / 72 + 7) / 80),
        ("value.organisation.club", 40 * 42 / 72 / 50),
        ("value_called", 40 * 42 / 72 / 80),  # volunteers are not called in
        ("frailty", (0.7 + 0.5 + 0.5) / 3),
        ("frailty_rise", 0.2 / (370 / YEAR)),
        ("crisis_admissions", 1 / (200 / YEAR) / 2),
        ("crisis_admissions.group.alone", 0),
        ("planned_admissions", 1 / (200 / YEAR) / 2),
        ("planned_admissions.group.alone", 0),
        ("production_to_target", 40 / 50),
        ("production_to_target.organisation.nurses", 32 / 40),
        ("strain", 1 / 6),
        ("strain.organisation.nurses", 1 / 4),
        ("collaboration.organisation.nurses", 2 / 4),
        ("trust_outside", 1 / 2),
        ("promises_kept", 3 / 4),
        ("turnover", 1 / (28 * 6 * 7 / YEAR)),
        # hours: Ann 40 and 4 of bridging care; of Di's 60 over 200 days, half; volunteers give theirs
        # client-days from day 0: 200 + 150 + 20 + 100
        ("hours_billed", 74 / (470 / YEAR)),
        ("hours_billed.payer.insurance", 74 / (470 / YEAR)),
        ("hours_billed.payer.municipality", 0),
        # long-term care: Cy 80 days and Di 100, of which at most 60 are paid for
        ("euros.payer.insurance", 74 * 50 / (470 / YEAR)),
        ("euros.payer.municipality", 0),
        ("euros.payer.long-term-care", 120 * 100 / (470 / YEAR)),
        ("euros", (74 * 50 + 120 * 100) / (470 / YEAR)),
        ("euros_zone", (74 * 50 + 120 * 100) / (200 / YEAR) / 2),
        # three of the nurses' four seats are for care, the other is for company as are those of the club
        ("staff.payer.insurance", 60 / 40 / 2),
        ("staff.payer.municipality", (20 + 40) / 40 / 2),
        ("staff", 120 / 40 / 2),
    ],
)  # fmt: skip
def test_outcomes_of_some_are_those_worked_out_by_hand(street, name, expected):
    assert read(street)[name] == pytest.approx(expected, nan_ok=True)


def test_a_payer_may_be_set_for_each_kind(place, street):
    both = Scenario.from_toml(PLACE.replace('sector = "care"\nshare', 'sector = "care"\npayer = "municipality"\nshare'))
    assert [kind.payer for kind in place.kinds] == ["insurance", "municipality"]
    assert [kind.payer for kind in both.kinds] == ["municipality", "municipality"]
    assert both.digest() != place.digest()
    assert Scenario.from_toml(both.to_toml()).kinds == both.kinds
    found = read(replace(street, scenario=both))
    assert found["hours_billed.payer.municipality"] == pytest.approx(74 / (470 / YEAR))
    assert found["euros"] == pytest.approx((74 * 20 + 120 * 100) / (470 / YEAR))
    with pytest.raises(RegieError, match="insurance"):
        Scenario.from_toml(PLACE.replace('sector = "care"\nshare', 'sector = "care"\npayer = "church"\nshare'))


def test_every_payer_has_a_tariff_and_every_sector_a_payer(place):
    assert set(PAYERS) == set(TARIFFS)
    assert set(OF_SECTOR) == set(Sector.__args__)
    assert set(OF_SECTOR.values()) <= set(Payer.__args__) == set(PAYERS) - {LONG_TERM_CARE}
    assert all(place[name] > 0 for name in TARIFFS.values())


# --- declared once ---------------------------------------------------------------------------------------


def test_what_is_narrowed_is_generated_with_its_texts(place):
    made = {outcome.name: outcome for outcome in outcomes_of(place)}
    assert len(made) == len(outcomes_of(place))
    one = made["wait_mean.organisation.nurses"]
    assert (one.base, one.by, one.who) == ("wait_mean", "organisation", "nurses")
    assert (one.en, one.nl) == ("Wait, mean: Nurses", "Wachttijd, gemiddeld: Verpleging")
    assert one.en_says.endswith("Only for needs that 'Nurses' was the first to see.")
    assert one.nl_says.endswith("Alleen voor hulpvragen die 'Verpleging' als eerste zag.")
    assert {o.who for o in made.values() if o.base == "value" and o.by == "group"} == set(GROUPS)
    assert {o.who for o in made.values() if o.base == "beyond_norm" and o.by == "kind"} == {"care", "company"}
    assert {o.who for o in made.values() if o.base == "euros" and o.by == "payer"} == set(PAYERS)


def test_all_outcomes_are_told_in_full_in_both_languages(place):
    for outcome in outcomes_of(place):
        for text in (outcome.en, outcome.nl, outcome.en_says, outcome.nl_says):
            assert text and "{" not in text
        assert outcome.unit in UNITS and outcome.smallest_difference > 0
    labels = [outcome.nl for outcome in outcomes_of(place)]
    assert len(set(labels)) == len(labels)


def test_few_stand_at_a_glance_and_no_part_of_one_does(place):
    glance = [outcome for outcome in outcomes_of(place) if outcome.main]
    assert [outcome.name for outcome in glance] == ["wait_mean", "handoffs", "value", "crisis_admissions", "euros"]
    assert [outcome.headline for outcome in glance] == [True, True, True, False, False]


def test_every_entry_says_what_it_may_and_no_more():
    known = {"unit", "direction", "smallest_difference", "group", "en", "nl", "en_says", "nl_says"}
    known |= {"headline", "main", "by", "about", "only", "smallest_difference_narrowed"}
    for name, entry in declared().items():
        assert set(entry) <= known, name
        assert ("organisation" in entry.get("by", ())) == (entry.get("about") in ("clients", "lists", "work")) or (
            entry["about"] == "needs"
        ), name


def test_what_is_narrowed_adds_up_to_the_whole():
    """In a world that lived, what organisations, kinds and payers count makes up what is counted for everyone."""
    run = lived(Scenario.load("one-zone"), seed=5, days=400)
    found = read(run)
    whole = {"production": "organisation", "refusals": "organisation", "waiting_at_end": "kind"}
    whole |= dict.fromkeys(("euros", "euros_zone", "staff", "hours_billed"), "payer")
    for base, by in whole.items():
        parts = [value for name, value in found.items() if name.startswith(f"{base}.{by}.")]
        assert sum(parts) == pytest.approx(found[base]), base
    assert found["handoffs"] == pytest.approx(found["new_faces"] + found["transfers_a_year"])
    series = run.total("direct") + run.total("bridging")
    years = run.client_days_since_0.sum() / YEAR
    assert found["hours_billed"] * years == pytest.approx(series, rel=0.02)  # stays that began before day 0 are spread


def test_what_the_series_counts_is_what_happened_in_the_world():
    """Agreements kept and broken, workers who left, overload, and calls that satisfied, against the world itself."""
    agreeable = {"macro_meetings": 2.0, "ambition": 1.0, "agreement_chance": 0.5, "warmup_days": 0, "know_outside": 0.5}
    world = live(found(Scenario.load("one-zone").with_regime("client-steering").with_values(agreeable), 4), 728)
    series, organisations = records(world).series, int(world.now[0].organisations)
    of_board = world.board[:organisations]
    total = {name: series[name].sum() for name in ("agreements", "kept", "broken", "left")}
    assert total["agreements"] == of_board.made.sum() > 0
    assert total["kept"] == of_board.kept.sum() > 0 and total["broken"] == of_board.broken.sum() > 0
    workers = world.worker[: world.now[0].workers]
    assert total["left"] == workers.generation.sum() + (workers.present < 0).sum() > 0
    last = series[series["week"] == series["week"].max()]
    full = 4 * workers.capacity  # weeks of work that can be caught up
    behind = np.minimum(1, np.divide(workers.debt, full, out=np.zeros(len(full)), where=full > 0))
    assert last["strain"].sum() == pytest.approx(behind.sum(), rel=0.01)  # capacity is reset after the week closed
    assert last["collaboration"].sum() == workers.collaboration.sum() <= world.tie.calls.sum()
    assert workers.collaboration.sum() > 0


def test_every_general_outcome_of_a_long_run_is_a_number():
    run = lived(Scenario.load("one-zone").with_regime("client-steering"), seed=2, days=1500)
    values = read(run)
    assert not [outcome.name for outcome in general_outcomes() if math.isnan(values[outcome.name])]
    assert 0 < values["crisis_within"] < values["crisis_within.group.frailest"] < 0.6
    assert 0 < values["days_at_home.group.frailest"] < values["days_at_home"] < WITHIN_DAYS


# --- what becomes of needs and people ----------------------------------------------------------------------


def test_cumulative_incidence_worked_out_by_hand():
    """Five people: the first end on day 2, out of sight on day 3, both ends on day 5, out of sight on day 9."""
    days, causes = np.array([5, 2, 3, 9, 5]), np.array([2, 1, 0, 0, 1])
    found = incidence(days, causes, np.array([0, 1, 2, 4, 5, 9, 10]), 2)
    left = 4 / 5
    first = [0, 0, 1 / 5, 1 / 5, 1 / 5 + left / 3, 1 / 5 + left / 3, NAN]
    second = [0, 0, 0, 0, left / 3, left / 3, NAN]
    np.testing.assert_allclose(found, np.array([first, second]).T)


def test_an_end_comes_before_being_out_of_sight_on_the_same_day():
    assert incidence(np.array([4, 4]), np.array([1, 0]), np.array([4]), 1)[0, 0] == 0.5


def test_without_censoring_the_incidence_is_the_share_counted():
    drawn = np.random.default_rng(1)
    days, causes = drawn.integers(0, 50, 400), drawn.integers(1, 4, 400)
    found = incidence(days, causes, np.arange(60), 3)
    counted = [[np.mean((days <= day) & (causes == cause)) for cause in (1, 2, 3)] for day in range(60)]
    np.testing.assert_allclose(found, counted)  # and known beyond the last day: nobody is left


def test_with_one_end_the_incidence_is_that_of_kaplan_and_meier():
    drawn = np.random.default_rng(2)
    days, causes = drawn.integers(0, 80, 500), drawn.integers(0, 2, 500)
    survival = stats.ecdf(stats.CensoredData(uncensored=days[causes == 1], right=days[causes == 0])).sf
    at = np.arange(0, days.max() + 1)
    np.testing.assert_allclose(1 - incidence(days, causes, at, 1)[:, 0], survival.evaluate(at), atol=1e-12)


def test_the_fates_of_needs_add_up_to_what_no_longer_waits(street, place):
    found = fates.fates(street)
    assert found.shape == (len(GRID), len(FATES)) == (105, 5)
    day = {int(d): i for i, d in enumerate(GRID)}
    assert found[day[0], FATES.index("helped")] == pytest.approx(1 / 3)
    assert found[day[35], FATES.index("helped")] == pytest.approx(2 / 3)
    assert found[day[147], FATES.index("helped")] == pytest.approx(2 / 3) and np.isnan(found[day[154]]).all()
    ended = [
        {"client": 1, "onset": 0, "end": 7, "reason": reason("gave up"), "organisation": NOBODY},
        {"client": 2, "onset": 0, "end": 14, "reason": reason("admitted"), "organisation": NOBODY},
        {"client": 3, "onset": 0, "end": 21, "reason": reason("died"), "organisation": NOBODY},
        {"client": 4, "onset": 0, "end": 28, "reason": reason("ended"), "organisation": NOBODY},
    ]
    gone = [{"client": i, "arrival": 0, "exit": 7 * i, "status": 3} for i in range(1, 5)]
    found = fates.fates(run_of(place, ended, gone))
    by_day = [[0, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 1]]
    np.testing.assert_allclose(found[:5], np.array(by_day) / 4)
    np.testing.assert_allclose(found[-1], np.array(by_day[-1]) / 4)


def test_who_still_waits_and_how_long_is_read_on_the_same_days(street):
    still = fates.still(street)
    assert still[GRID < 150].tolist() == [1.0] * (GRID < 150).sum() and not still[GRID >= 150].any()
    longer = fates.waits_longer(street)
    assert longer[0] == pytest.approx(2 / 3) and longer[GRID == 28] == pytest.approx(2 / 3)
    assert longer[GRID == 35] == pytest.approx(1 / 3) and np.isnan(longer[GRID > 150]).all()


def test_waits_are_estimated_with_those_who_still_wait(street, place):
    assert fates.quantile(street, 0.5) == 30
    assert math.isnan(fates.quantile(street, 0.9))
    assert math.isnan(fates.quantile(run_of(place), 0.5))


def test_days_at_home_and_admissions_within_three_years(place):
    """Four people for four years: a crisis on day 96, a death on day 596, needs that end on day 200, one stays."""
    assert round(WITHIN_YEARS * YEAR) == WITHIN_DAYS
    ways = [(96, "admitted in crisis"), (596, "died"), (200, "ended"), (NAN, "served")]
    clients = [{"client": i, "arrival": 0, "exit": day, "status": status(how)} for i, (day, how) in enumerate(ways)]
    found = read(run_of(place, clients=clients, days=1461))
    assert (found["crisis_within"], found["planned_within"], found["death_within"]) == (0.25, 0, 0.25)
    assert found["days_at_home"] == pytest.approx((96 + 596 + WITHIN_DAYS + WITHIN_DAYS) / 4)
    short = read(run_of(place, clients=clients, days=1000))
    assert math.isnan(short["crisis_within"]) and math.isnan(short["days_at_home"])


def test_sketches_have_one_shape_whatever_happened(place, street):
    nothing = run_of(place)
    for function in (fates.fates, fates.still, fates.waits_longer):
        assert function(nothing).shape == function(street).shape
        assert np.isnan(function(nothing)).all()
