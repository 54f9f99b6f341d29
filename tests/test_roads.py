"""The road of every need: worked out by hand on a small table, and what must hold of every world."""

import itertools
import json
import math

import numpy as np
import pytest
from worlds import lively, small

from sim.model.record import REASONS, STATUSES
from sim.model.state import EXIT, SERIES, VISIT
from sim.report.plots import Plot
from sim.report.roads import (
    level_table,
    meanings_table,
    passings,
    road_description,
    road_plot,
    road_table,
    road_told,
)
from sim.report.words import LANGUAGES, words
from sim.scenario.scenario import Scenario
from sim.study import roads as counting
from sim.study import runs, stops
from sim.study.roads import offers, per_hundred, roads
from sim.study.stops import (
    ASTRAY,
    AT_ONCE,
    CRISIS,
    DEATH,
    HELP,
    HELP_ENDED,
    NO_DOOR,
    NO_HELP,
    ON_LIST,
    OTHER,
    PASSED,
    RENOUNCED,
    RIGHT,
    SENT_ON,
    STILL_WAITS,
    STOPS,
    TOLD_NO,
)
from sim.study.tables import Run

NAN = math.nan
HOME_CARE, NURSING_FOUNDATION, _, WELFARE, _, _, HOUSING, _, VOLUNTEERS = range(9)  # organisations of one-zone
PERSONAL, NURSING, _, SOCIAL, MEALS, PAPERWORK, REPAIRS, _ = range(8)  # its kinds of help


def rows(dtype, given, usual=NAN):
    """Return a table of rows given as dictionaries; measures not given are ``usual``, other columns 0."""
    made = np.zeros(len(given), dtype)
    for name in dtype.names:
        made[name] = [row.get(name, usual if dtype[name].kind == "f" else 0) for row in given]
    return made


def stay(client, need, kind, organisation=-1, reason="open", **days):
    """Return a row of the visits; without an organisation the need is with nobody."""
    return {
        "client": client,
        "need": need,
        "kind": kind,
        "organisation": organisation,
        "reason": REASONS.index(reason),
        "onset": 0,
        "hours_delivered": 0,
        "hours_bridging": 0,
        "first_worker_hours": 0,
        **days,
    }


def person(client, status="served", **about):
    """Return a row of the clients."""
    usual = {"owner_organisation": HOME_CARE, "arrival": 0, "age": 80, "hours_asked": 0, "hours_delivered": 0}
    return {"client": client, "status": STATUSES.index(status), **usual, **about}


def run_of(visits, clients, days=100, regime="traditional"):
    scenario = Scenario.load("one-zone").with_regime(regime)
    return Run(scenario, regime, 0, 7, days, rows(VISIT, visits), rows(EXIT, clients), rows(SERIES, []))


@pytest.fixture(scope="module")
def made():
    """Return a run of eight needs of newcomers, and one of somebody who was there before."""
    ann, bo, cor, dee, eve, fay = range(10, 16)
    visits = [
        stay(ann, 0, NURSING, HOME_CARE, "ended", seen=0, start=0, end=30),
        stay(ann, 1, SOCIAL, HOME_CARE, "refused", seen=0, end=0),
        stay(ann, 1, SOCIAL, WELFARE, "open", seen=10, listed=10),
        stay(bo, 0, REPAIRS, WELFARE, "referred", seen=5, end=5),
        stay(bo, 0, REPAIRS, HOUSING, "lost", end=20),
        stay(bo, 0, REPAIRS, reason="gave up", end=40),
        stay(bo, 1, SOCIAL),
        # on two lists: the place taken later is given up, and written down, first
        stay(cor, 0, PERSONAL, HOME_CARE, "moved", seen=20, listed=20, end=50),
        stay(cor, 0, PERSONAL, NURSING_FOUNDATION, "admitted", seen=8, listed=8, start=50, end=60),
        # volunteers were found by the case owner, of home care, which has no meals
        stay(cor, 1, MEALS, VOLUNTEERS, "admitted", seen=8, start=8, end=60, called=1),
        stay(dee, 0, PAPERWORK, HOME_CARE, "referred", seen=12, end=12),
        stay(dee, 0, PAPERWORK, WELFARE, "died", seen=15, listed=15, end=70),
        stay(eve, 0, NURSING, reason="ended", end=33),
        stay(fay, 0, NURSING, HOME_CARE, "ended", seen=-9, start=-9, end=30, onset=-9),
    ]
    clients = [
        person(ann),
        person(bo, "waiting", owner_organisation=WELFARE),
        person(cor, "admitted in crisis", exit=60),
        person(dee, "died", exit=70),
        person(eve, "ended", exit=33),
        person(fay, "ended", exit=30, arrival=-9),
    ]
    return run_of(visits, clients)


def test_the_roads_of_a_small_table_are_those_worked_out_by_hand(made):
    expected = {
        (RIGHT, AT_ONCE): 1,  # ann's nursing
        (OTHER, TOLD_NO): 1,  # ann's social contact
        (OTHER, ASTRAY): 1,  # bo's repairs
        (RIGHT, ON_LIST): 1,  # cor's personal care
        (OTHER, AT_ONCE): 1,  # cor's meals
        (OTHER, SENT_ON): 1,  # dee's paperwork
        (NO_DOOR, NO_HELP): 2,  # bo's social contact, eve's nursing
        (AT_ONCE, HELP): 2,
        (ON_LIST, HELP): 1,
        (TOLD_NO, NO_HELP): 1,
        (ASTRAY, NO_HELP): 1,
        (SENT_ON, NO_HELP): 1,
        (HELP, HELP_ENDED): 1,
        (HELP, CRISIS): 2,
        (NO_HELP, STILL_WAITS): 2,
        (NO_HELP, RENOUNCED): 1,
        (NO_HELP, DEATH): 1,
        (NO_HELP, PASSED): 1,
    }
    counts = roads(made)
    assert {(int(i), int(j)): counts[i, j] for i, j in np.argwhere(counts)} == expected


def test_a_need_placed_elsewhere_at_the_first_intake_came_to_the_door_of_the_case_owner():
    """The first need is known to have come to the owner; of a later one the place where it went is all there is."""
    visits = [stay(1, need, SOCIAL + need, WELFARE, "open", seen=0, listed=0) for need in (0, 1)]
    counts = roads(run_of(visits, [person(1, owner_organisation=HOME_CARE)]))
    assert counts[OTHER, ON_LIST] == 1 and counts[RIGHT, ON_LIST] == 1


def test_needs_that_arose_before_day_0_take_no_road(made):
    assert roads(made)[[RIGHT, OTHER, NO_DOOR]].sum() == 8


def test_no_needs_make_no_roads_and_no_shares():
    nothing = roads(run_of([], []))
    assert nothing.shape == (len(STOPS), len(STOPS)) and not nothing.any()
    assert not per_hundred(nothing).any()


def assert_conserved(counts):
    for number, stop in enumerate(STOPS):
        if stop.column in (1, 2):
            assert counts[:, number].sum() == counts[number].sum()
    columns = np.array([stop.column for stop in STOPS])
    assert (columns[np.argwhere(counts)[:, 0]] < columns[np.argwhere(counts)[:, 1]]).all()


@pytest.mark.parametrize("regime", ["traditional", "client-steering", "pooled-list", "neighbourhood-team"])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_comes_into_a_stop_leaves_it_and_every_need_arrives(regime, seed):
    for scenario in (small(), lively()):
        run = runs.run(scenario, seed=seed, days=500, regime=regime)
        counts = roads(run)
        needs = run.needs.in_window.sum()
        assert needs > 50
        assert_conserved(counts)
        assert counts[[RIGHT, OTHER, NO_DOOR]].sum() == needs
        assert counts[:, 10:].sum() == needs
        assert counts[HELP].sum() == (~np.isnan(run.needs.start) & run.needs.in_window).sum()


def test_ends_are_those_of_the_tables():
    """Count ends once more, need by need, in plain Python."""
    run = runs.run(lively(), seed=4, days=700, regime="client-steering")
    counts = roads(run)
    gone, there = {}, {}
    status = dict(zip(run.clients["client"].tolist(), run.clients["status"].tolist(), strict=True))
    for visit in run.visits[run.visits["onset"] >= 0]:
        who = (int(visit["client"]), int(visit["need"]))
        reason = REASONS[visit["reason"]]
        if reason == "open":
            there[who] = there.get(who, False) or not math.isnan(visit["start"])
        elif reason in ("gave up", "died", "admitted"):
            gone[who] = (reason, STATUSES[status[who[0]]])
    ends = list(gone.values())
    assert counts[:, RENOUNCED].sum() == sum(reason == "gave up" for reason, _ in ends)
    assert counts[:, DEATH].sum() == sum(reason == "died" for reason, _ in ends)
    assert counts[:, CRISIS].sum() == sum(end == ("admitted", "admitted in crisis") for end in ends) > 0
    assert counts[:, stops.PLANNED].sum() == sum(end == ("admitted", "admitted as planned") for end in ends)
    assert counts[:, stops.HELP_GOES_ON].sum() == sum(there.values()) > 0
    assert counts[:, STILL_WAITS].sum() == len(there) - sum(there.values())


def test_the_shape_is_the_same_for_every_regime_and_the_needs_too():
    scenario = lively()
    counts = [roads(runs.run(scenario, seed=3, days=300, regime=name)) for name in ("traditional", "pooled-list")]
    assert counts[0].shape == counts[1].shape
    assert counts[0][[RIGHT, OTHER, NO_DOOR]].sum() == counts[1][[RIGHT, OTHER, NO_DOOR]].sum()
    assert (counts[0] != counts[1]).any()


def test_shares_are_means_over_worlds_of_numbers_per_100_needs():
    counts = np.zeros((2, len(STOPS), len(STOPS)))
    counts[0, RIGHT, AT_ONCE], counts[0, NO_DOOR, NO_HELP] = 3, 1  # 75 and 25 of 100
    counts[1, RIGHT, AT_ONCE], counts[1, NO_DOOR, NO_HELP] = 50, 50
    shares = per_hundred(counts)
    assert shares[RIGHT, AT_ONCE] == 62.5 and shares[NO_DOOR, NO_HELP] == 37.5


def test_a_door_has_the_help_for_which_it_has_staff():
    offered = offers(Scenario.load("one-zone"))
    assert offered.shape == (8, 8)
    assert offered[HOME_CARE].tolist() == [True, True, True, *[False] * 5]


def test_codes_mean_what_the_records_say():
    names = {code: REASONS[code] for code in range(1, 10)}
    assert names == {
        counting.ENDED: "ended",
        counting.REFERRED: "referred",
        counting.REFUSED: "refused",
        counting.GAVE_UP: "gave up",
        counting.LOST: "lost",
        counting.MOVED: "moved",
        counting.HANDED_OVER: "handed over",
        counting.ADMITTED: "admitted",
        counting.DIED: "died",
    }


def test_every_stop_has_a_name_and_a_meaning_in_both_languages():
    said = [text for stop in STOPS for text in (stop.name, stop.says)]
    assert all(text.en and text.nl and text.en != text.nl for text in said)
    assert len({text.en for text in said}) == len({text.nl for text in said}) == 2 * len(STOPS)
    assert [stop.column for stop in STOPS] == sorted(stop.column for stop in STOPS)


# --- the figure --------------------------------------------------------------------------------------------------


def drawn(plot: Plot):
    """Return label and value of each band, and the labels, with where they stand."""
    (trace,) = plot["data"]
    labels, link = trace["node"]["label"], trace["link"]
    bands = {
        (labels[i], labels[j]): value for i, j, value in zip(link["source"], link["target"], link["value"], strict=True)
    }
    return bands, dict(zip(labels, zip(trace["node"]["x"], trace["node"]["y"], strict=True), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_shows_the_numbers_of_the_roads(made, language):
    plot = road_plot(roads(made), words(language))
    assert json.loads(json.dumps(plot)) == plot
    bands, places = drawn(plot)
    label = {"en": "Helped at once <b>25</b>", "nl": "Meteen geholpen <b>25</b>"}[language]
    help_ = {"en": "Gets help <b>38</b>", "nl": "Krijgt hulp <b>38</b>"}[language]
    assert bands[label, help_] == 25  # two of eight needs
    assert places[label][0] < places[help_][0]
    assert all(0 < x < 1 and 0 < y < 1 for x, y in places.values())
    assert plot["data"][0]["arrangement"] == "fixed"


def test_stops_of_a_column_stand_in_the_same_order_whatever_the_numbers(made):
    other = runs.run(small(), seed=1, days=300)
    orders = []
    for run in (made, other):
        _, places = drawn(road_plot(roads(run), words("en")))
        middle = sorted((y, label.split(" <b>")[0]) for label, (x, y) in places.items() if 0.3 < x < 0.4)
        orders.append([name for _, name in middle])
    known = [stop.name.en for stop in STOPS if stop.column == 1]
    for order in orders:
        assert order == [name for name in known if name in order]


def test_a_stop_that_nobody_passes_is_not_drawn(made):
    _, places = drawn(road_plot(roads(made), words("en")))
    assert not any("lanned" in label for label in places)


def test_stops_do_not_lie_over_one_another(made):
    (trace,) = road_plot(roads(made), words("en"))["data"]
    sizes = [float(label.split("<b>")[1].split("<")[0]) for label in trace["node"]["label"]]
    unit = (1 - 7 * trace["node"]["pad"] / 560) / 100
    for x in set(trace["node"]["x"]):
        column = [
            (y, size * unit / 2)
            for here, y, size in zip(trace["node"]["x"], trace["node"]["y"], sizes, strict=True)
            if here == x
        ]
        for (above, half), (below, other) in itertools.pairwise(column):
            assert above + half < below - other


def test_the_table_says_the_same_as_the_figure(made):
    shown = level_table(roads(made), "As it was", words("en"))
    assert [cell.text for cell in shown.head] == ["Stop", "As it was"]
    told = {row[0].text: row[1].text for row in shown.rows}
    assert told["Door: Door with this help"] == "25.0"
    assert told["Help: Gets no help"] == "62.5"
    assert told["How it ends: Planned admission"] == "0.0"
    assert len(told) == len(STOPS) == len(meanings_table(words("nl")).rows)


def test_who_cannot_see_the_figure_is_told(made):
    assert road_description(roads(made), words("en")).startswith("A flow chart")
    assert "38" in road_description(roads(made), words("nl"))


# --- two roads held side by side ---------------------------------------------------------------------------


def road_of(helped, at_once=10):
    """Return the road of 100 needs that all have a door with this help; so many get help, the others are sent on."""
    counts = np.zeros((len(STOPS), len(STOPS)))
    counts[RIGHT, AT_ONCE], counts[RIGHT, SENT_ON] = at_once, 100 - at_once
    counts[AT_ONCE, HELP], counts[SENT_ON, HELP] = at_once, helped - at_once
    counts[SENT_ON, NO_HELP] = 100 - helped
    counts[HELP, HELP_ENDED], counts[NO_HELP, PASSED] = helped, 100 - helped
    return counts


BEFORE = np.array([road_of(60), road_of(62), road_of(64)])


def test_the_difference_of_a_stop_is_that_of_the_pairs_by_hand():
    found = passings(BEFORE, np.array([road_of(70), road_of(73), road_of(73)]))[HELP].paired
    # 10, 11 and 9 more: mean 10, standard deviation 1, so half an interval is 4.3027 / sqrt(3)
    assert (found.n, found.baseline_mean, found.mean, found.difference) == (3, 62, 72, 10)
    assert (found.low, found.high) == pytest.approx((10 - 2.48414, 10 + 2.48414), abs=1e-4)


def test_worlds_count_alike_whatever_the_number_of_their_needs():
    found = passings(np.array([road_of(60), 9 * road_of(50)]), np.array([road_of(60), 3 * road_of(70)]))
    assert (found[HELP].paired.baseline_mean, found[HELP].paired.mean) == (55, 65)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_sure_is_said_with_its_numbers_and_all_stops_of_it(language):
    told = road_told(passings(BEFORE, np.array([road_of(80, 40), road_of(82, 40), road_of(84, 40)])), "Before",
                     words(language))  # fmt: skip
    expected = {"en": "82 get help instead of 62", "nl": "82 hulp, in plaats van 62"}
    assert expected[language] in told[0] and "20" in told[0]
    assert {"en": "“Helped at once” (40.0 instead of 10.0)", "nl": "“Meteen geholpen” (40,0 in plaats van 10,0)"}[
        language
    ] in told[1]
    assert {"en": "“Sent on” (60.0 instead of 90.0)", "nl": "“Doorverwezen” (60,0 in plaats van 90,0)"}[
        language
    ] in told[2]
    assert len(told) == 4


def test_what_may_be_chance_is_not_said_as_if_it_were_sure():
    unsure = road_told(passings(BEFORE, np.array([road_of(50), road_of(75), road_of(90)])), "Before", words("en"))
    assert "may be chance" in unsure[0] and "under “Before”" in unsure[0]
    assert unsure[1].startswith("For no other stop is it certain") and len(unsure) == 2


def test_as_good_as_the_same_is_said_so():
    alike = road_told(passings(BEFORE, BEFORE + 0), "Before", words("en"))
    assert "about as many as under “Before” (62)" in alike[0]


def test_of_one_world_nothing_is_sure():
    once = road_told(passings(BEFORE[:1], np.array([road_of(90)])), "Before", words("en"))
    assert len(once) == 1 and once[0].endswith("One pair of worlds proves nothing.")
    shown = road_table(passings(BEFORE[:1], np.array([road_of(90)])), ["Before", "After"], words("en"))
    row = next(row for row in shown.rows if row[0].text == "Help: Gets help")
    assert [cell.text for cell in row[1:]] == ["60.0", "90.0", "+30.0", "–"]


def test_of_many_stops_one_that_differs_by_chance_is_not_named():
    """Of one stop alone the interval lies beyond 1 of 100; beside 18 stops that is not sure enough."""
    after = np.array([road_of(60, 12), road_of(62, 12.9), road_of(64, 13.2)])
    found = passings(BEFORE, after)
    assert found[AT_ONCE].paired.low > 1
    assert found[AT_ONCE].verdict == "undecided"
