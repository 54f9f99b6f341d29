"""Roads of workers, managers and boards in two worlds, and why they decided as they did."""

from __future__ import annotations

import re

import numpy as np
import pytest

from sim.app.futures import SEATS, STAFF, _look_at_staff, beginning, future
from sim.app.packing import places
from sim.app.staff_reasons import say as say_reason
from sim.app.staff_reasons import staff_reasons
from sim.app.staff_roads import KINDS, how_many, staff_road
from sim.app.staff_words import say
from sim.app.steering_roads import COUNTS, QUARTER
from sim.app.worker_days import MOST_CASES, SEAT, worker_days
from sim.app.worker_roads import NEEDS
from sim.errors import RegieError
from sim.model.agents import Worker
from sim.model.day import live
from sim.model.network import CareNetwork
from sim.scenario.scenario import Scenario
from sim.study.runs import run

pytestmark = pytest.mark.slow  # another Python would tell the same

DAYS, SEED = 189, 7  # two quarters and a week: a last quarter that is not whole
ROWS = {"worker": (0, 40, 66), "manager": (3, 5), "board": (0, 1)}


@pytest.fixture(scope="module")
def two():
    """Give two futures of the same people, in which managers step in much and hold back more."""
    often = {"intervening": 1.0}
    one, other = (Scenario.load("one-zone").with_regime(name) for name in ("traditional", "client-steering"))
    return future(one.with_values(often, warmup=False), SEED, DAYS), future(other, SEED, DAYS)


@pytest.fixture(scope="module")
def roads(two):
    return {(kind, row): staff_road(*two, kind, row, "en") for kind in KINDS for row in ROWS[kind]}


def each_life(roads, kind):
    """Yield row, side and life of all roads of a kind."""
    for (of, row), road in roads.items():
        if of == kind:
            yield from ((row, side, life) for side, life in enumerate(road["lives"]))


def told_on(life, day):
    return next((told["text"] for told in life["told"] if told["day"] == day), "")


# --- the road of a worker --------------------------------------------------------------------------------------


def test_help_that_a_worker_is_told_to_begin_and_end_is_in_the_tables(two, roads):
    found = 0
    for row, side, life in each_life(roads, "worker"):
        visits = two[side].run.visits
        mine = visits[(visits["worker"] == row) & (visits["start"] >= 0)]
        for stay in mine[mine["end"] != mine["start"]]:
            whom = f"person {stay['client']}"
            if stay["first_worker_hours"] >= stay["hours_delivered"] - 1e-9:  # nobody else was there in between
                assert f"help {whom}:" in told_on(life, stay["start"]), (row, side, stay)
                found += 1
            if not np.isnan(stay["end"]):
                assert whom in told_on(life, stay["end"])
    assert found > 3


def test_every_sentence_of_a_beginning_has_a_stay_that_began_or_was_taken_over(two, roads):
    for row, side, life in each_life(roads, "worker"):
        visits = two[side].run.visits
        for told in life["told"]:
            for client in re.findall(r"[Bb]egins to help person (\d+)", told["text"]):
                begun = visits[(visits["client"] == int(client)) & (visits["start"] == told["day"])]
                assert len(begun)
            for client in re.findall(r"Takes over from a colleague the help to person (\d+)", told["text"]):
                on = visits[(visits["client"] == int(client)) & (visits["start"] < told["day"])]
                assert (on["worker"] >= 0).any() and row >= 0


def test_the_days_of_a_worker_are_those_of_the_future_itself(two):
    for lived in two:
        for row in ROWS["worker"]:
            days = worker_days(lived, row)
            assert len(days.cases) == DAYS + 1 and max(map(len, days.cases)) < MOST_CASES
            mornings = np.arange(0, DAYS, 7)
            assert np.array_equal(days.seat["present"][mornings], lived.staff[:, row, STAFF.index("present")])
            weekly = lived.seats[:, row, SEATS.index("interventions")]
            assert np.array_equal(days.seat["interventions"][::7], weekly)
            visits = lived.run.visits
            helped = visits[(visits["worker"] == row) & np.isnan(visits["end"]) & ~np.isnan(visits["start"])]
            assert days.cases[-1] == {int(stay["client"]) * NEEDS + int(stay["need"]) for stay in helped}


def test_what_is_looked_at_of_a_seat_is_what_it_says():
    state = live(beginning(Scenario.load("one-zone"), SEED), 30)
    from sim.app.worker_days import look_at_seat

    seat, cases = np.zeros((1, len(SEAT) + 1), np.int64), np.zeros((1, MOST_CASES), np.int64)
    look_at_seat(state, 5, seat, cases, 0)
    assert seat[0, :-1].tolist() == [int(state.worker[name][5]) for name in SEAT]
    staff = np.empty((int(state.now[0].workers), len(STAFF)), np.float32)
    _look_at_staff(state, staff)
    assert staff[5].tolist() == [np.float32(state.worker[name][5]) for name in STAFF]


def test_sickness_and_empty_seats_are_told_on_their_days(two):
    lived = two[0]
    ill = np.argwhere(np.diff(lived.staff[:, :, STAFF.index("present")], axis=0) != 0)
    row = int(ill[0, 1])
    present = worker_days(lived, row).seat["present"]
    life = staff_road(*two, "worker", row, "en")["lives"][0]
    words = {(1, 0): "Falls ill", (0, 1): "Is back", (1, -1): "Leaves", (0, -1): "Leaves", (-1, 1): "Somebody new"}
    changes = np.flatnonzero(np.diff(present)).tolist()
    assert changes
    for day in changes:
        assert words[int(present[day]), int(present[day + 1])] in told_on(life, day)


# --- managers and boards ---------------------------------------------------------------------------------------


def test_interventions_told_of_all_managers_are_those_of_the_weekly_series(two):
    there = places(two[0].run.scenario)
    teams = range(how_many(two[0].run.scenario, "manager"))
    lives = [staff_road(*two, "manager", team, "en")["lives"] for team in teams]
    for side, lived in enumerate(two):
        weeks = lived.run.weeks
        for organisation in range(len(there["organisations"])):
            own = [lives[team][side] for team in teams if there["teams"]["organisation"][team] == organisation]
            mine = weeks[weeks["organisation"] == organisation]
            for week, row in enumerate(mine):
                texts = [told_on(life, 7 * week + 6) for life in own]
                told = sum(
                    len(re.findall(r"worker \d+", text)) for text in re.findall(r"Steps in[^.]*", " ".join(texts))
                )
                assert told == row["interventions"]
                struck = re.findall(r"(\d+) incidents? in the team", " ".join(texts))
                assert sum(map(int, struck)) == row["incidents"]
    assert two[0].run.total("interventions") > 10


def test_what_managers_count_is_what_the_series_counts(two):
    for lived in two:
        first, sums = lived.managers[0], lived.managers[-1]
        assert (sums["interventions"] - first["interventions"]).sum() == lived.run.total("interventions")
        assert (sums["struck"] - first["struck"]).sum() == lived.run.total("incidents")
        asked = sum((sums[name] - first[name]).sum() for name in ("exceptions", "denials"))
        assert asked == lived.run.total("advocacies")
        in_seats = lived.seats[-1, :, SEATS.index("interventions")] - lived.seats[0, :, SEATS.index("interventions")]
        assert in_seats.sum() == lived.run.total("interventions")


def test_control_told_of_boards_is_what_they_had(two, roads):
    for row, side, life in each_life(roads, "board"):
        lived, state = two[side], beginning(two[side].run.scenario, SEED)
        for quarter in range(DAYS // QUARTER):
            state = live(state, QUARTER)
            had = float(state.board.control[row])
            assert lived.boards[quarter + 1, row]["control"] == had
            text = told_on(life, QUARTER * (quarter + 1) - 1)
            told = re.search(r"Control (?:rises|falls) from \S+ % to (\S+) %|Control stays (\S+) %", text)
            assert float(told[1] or told[2]) == pytest.approx(100 * had, abs=0.051)
        weeks = lived.run.weeks[lived.run.weeks["organisation"] == row]
        assert f"Incidents: {int(weeks['incidents'][:13].sum())}." in told_on(life, QUARTER - 1)


def test_agreements_told_are_those_of_the_series(two):
    for side, lived in enumerate(two):
        boards = range(how_many(lived.run.scenario, "board"))
        for word, column in (("made", "agreements"), ("kept", "kept"), ("broken", "broken")):
            told = 0
            for row in boards:
                before, after = lived.boards[:-2, row]["agreed"] == 1, lived.boards[1:-1, row]["agreed"] == 1
                changes = {"made": ~before & after, "kept": before & after, "broken": before & ~after}
                told += int(changes[word].sum())
                text = " ".join(each["text"] for each in staff_road(*two, "board", row, "en")["lives"][side]["told"])
                assert bool(changes[word].any()) == bool(
                    re.search(rf"An? agreement is {word}|agreement with .* is {word}", text)
                )
            assert told == lived.run.total(column)


# --- why -------------------------------------------------------------------------------------------------------


def test_days_marked_as_decided_give_decisions_and_others_none(two, roads):
    for (kind, row), road in roads.items():
        for side, life in enumerate(road["lives"]):
            marked = {told["day"]: told["decided"] for told in life["told"]}
            some = dict(list(marked.items())[:6] + list(marked.items())[-3:])
            for day, decided in some.items():
                found = staff_reasons(two[side], kind, row, day, "en")
                assert bool(found) == decided, (kind, row, side, day)


def test_a_worker_is_asked_about_every_day_on_which_something_was_decided(two):
    lived, row = two[1], 40
    made = np.diff(worker_days(lived, row).seat["decisions"])
    for day in (*np.flatnonzero(made)[:4].tolist(), int(np.flatnonzero(made == 0)[0])):
        assert len(staff_reasons(lived, "worker", row, day, "nl")) == made[day]


def every_decision(two, roads):
    for (kind, row), road in roads.items():
        for side, life in enumerate(road["lives"]):
            for told in [told for told in life["told"] if told["decided"]][:3]:
                for decision in staff_reasons(two[side], kind, row, told["day"], "en"):
                    yield kind, decision


def test_chances_are_chances_claims_are_ids_and_one_option_was_chosen(two, roads):
    seen = dict.fromkeys(KINDS, 0)
    for kind, decision in every_decision(two, roads):
        seen[kind] += 1
        chances = [option["chance"] for option in decision["options"]]
        if None not in chances:
            assert sum(chances) == pytest.approx(1.0) and min(chances) >= 0.0 and max(chances) <= 1.0
        assert sum(option["state"] == "chosen" for option in decision["options"]) <= 1
        assert {option["state"] for option in decision["options"]} <= {"chosen", "failed", "open"}
        for part in (decision, *decision["options"]):
            assert all(re.fullmatch(r"(C\d\db?|A\d|B\d+)", claim) for claim in part["claims"])
        assert decision["heading"] and decision["about"] and decision["claims"]
        assert all(weight["name"] for option in decision["options"] for weight in option["weights"])
    assert min(seen.values()) > 5


def test_a_manager_stepped_in_with_those_with_whom_it_is_chosen(two):
    lived = two[0]
    stepped = np.diff(lived.seats[:, :, SEATS.index("interventions")], axis=0)
    team = places(lived.run.scenario)["seats"]["team"]
    found = 0
    for week, row in np.argwhere(stepped)[:6].tolist():
        decisions = staff_reasons(lived, "manager", team[row], 7 * week + 6, "en")
        mine = [each for each in decisions if each["heading"].startswith("Stepping in with")]
        chosen = {each["heading"] for each in mine if each["options"][0]["state"] == "chosen"}
        really = [place for place in np.flatnonzero(stepped[week]).tolist() if team[place] == team[row]]
        assert chosen == {f"Stepping in with worker {place + 1}" for place in really}
        found += len(chosen)
    assert found


def test_what_is_asked_of_managers_ends_as_they_count_it(two):
    """Exceptions and calls, in the weeks in which there were any."""
    found = 0
    for lived in two:
        more = {name: np.diff(lived.managers[name], axis=0)[: DAYS // 7] for name in COUNTS}
        asked = more["called"] + more["exceptions"] + more["denials"]
        for week, row in np.argwhere(asked)[:4].tolist():
            decisions = staff_reasons(lived, "manager", row, 7 * week + 6, "en")
            options = {key: say_reason(key).en for key in ("grant", "refuse", "hand back", "look elsewhere")}
            ended = {
                (key, option["state"])
                for decision in decisions
                for option in decision["options"]
                for key, name in options.items()
                if option["name"] == name
            }
            assert (("grant", "chosen") in ended) == (more["exceptions"][week, row] > 0)
            assert (("refuse", "chosen") in ended) == (more["denials"][week, row] > 0)
            assert (("hand back", "chosen") in ended) == (more["handed_back"][week, row] > 0)
            calls = [each for each in decisions if "calls in the manager" in each["heading"]]
            assert len(calls) == more["called"][week, row]
            found += 1
    assert found > 2


def test_what_a_board_did_is_what_is_chosen(two):
    for lived in two:
        decisions = staff_reasons(lived, "board", 0, QUARTER - 1, "en")
        control = decisions[0]
        after = 100 * float(lived.boards[1, 0]["control"])
        assert float(re.search(r"goes from \S+ % to (\S+) %\.$", control["about"])[1]) == pytest.approx(
            after, abs=0.051
        )
        assert sum(option["state"] == "chosen" for option in control["options"]) == 1
        names = [each.title for each in lived.run.scenario.organisations]
        for decision in decisions[1:]:
            other = names.index(decision["heading"].removeprefix("An agreement with "))
            assert (decision["options"][0]["state"] == "chosen") == (lived.boards[1, 0]["agreed"][other] == 1)


# --- both worlds, both languages, hostile questions --------------------------------------------------------------


def test_both_roads_begin_alike_where_who_steers_changes_nothing_yet(two, roads):
    for road in roads.values():
        one, other = (life["told"] for life in road["lives"])
        assert one[0] == other[0] or road["same"] == say("apart").en
    one = two[0]
    road = staff_road(one, one, "worker", 40, "en")
    assert road["same"] == say("same").en and road["difference"] == ""


def test_days_come_in_order_with_their_dates_and_sums(two, roads):
    for road in roads.values():
        for life in road["lives"]:
            days = [told["day"] for told in life["told"]]
            assert days == sorted(set(days)) and days[0] == 0 and days[-1] < DAYS and life["in_all"]
            assert life["told"][0]["date"] == two[0].run.scenario.start.isoformat()


def test_everything_is_said_in_both_languages(two, roads):
    for (kind, row), road in roads.items():
        dutch = staff_road(*two, kind, row, "nl")
        for key in ("heading", "about", "same", "caution"):
            assert dutch[key] and (key == "heading" or dutch[key] != road[key])
        for one, other in zip(road["lives"], dutch["lives"], strict=True):
            marks = [[(told["day"], told["decided"]) for told in life["told"]] for life in (one, other)]
            assert marks[0] == marks[1]
            assert all(a["text"] != b["text"] for a, b in zip(one["told"], other["told"], strict=True))
    for sentences in (say, say_reason):
        for english, dutch in sentences.values():
            fields = [set(re.findall(r"{(\w+)}", text)) for text in (english, dutch)]
            assert fields[0] == fields[1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("row", [-1, 10**9, 10**30, True, 1.5, "0", None])
def test_a_row_that_does_not_exist_gets_a_sentence(two, kind, row):
    for ask in (lambda: staff_road(*two, kind, row, "nl"), lambda: staff_reasons(two[0], kind, row, 3, "en")):
        with pytest.raises(RegieError) as mistake:
            ask()
        assert str(row) in mistake.value.in_language("en") and "van 0 tot" in mistake.value.in_language("nl")


def test_on_days_that_were_not_lived_nothing_was_decided(two):
    for day in (-1, DAYS, 10**12):
        for kind in KINDS:
            assert staff_reasons(two[0], kind, 0, day, "en") == []


def test_a_future_of_some_days_has_roads_too():
    lived = future(Scenario.load("one-zone"), SEED, 5)
    for kind in KINDS:
        road = staff_road(lived, lived, kind, 0, "nl")
        assert [life["told"][0]["day"] for life in road["lives"]] == [0, 0]
        assert all(told["day"] < 5 for told in road["lives"][0]["told"])


def test_every_worker_has_a_road(two):
    for row in range(how_many(two[0].run.scenario, "worker")):
        if row % 7 == 0:
            assert all(life["told"] for life in staff_road(*two, "worker", row, "nl")["lives"])


def test_asking_changes_nothing(two):
    before = staff_road(*two, "worker", 40, "en")
    staff_reasons(two[0], "manager", 3, 6, "en")
    staff_reasons(two[0], "board", 0, QUARTER - 1, "en")
    assert staff_road(*two, "worker", 40, "en") == before
    lived = run("one-zone", seed=SEED, days=DAYS, regime="client-steering")
    for name in lived.visits.dtype.names:
        assert np.array_equal(lived.visits[name], two[1].run.visits[name], equal_nan=True)


# --- the network's own explanation -----------------------------------------------------------------------------


def test_a_network_explains_a_worker_as_it_explains_the_people_decided_about():
    network = CareNetwork("one-zone", seed=SEED).run(8)
    worker = next(iter(network.workers))
    made = [(each, day) for day in range(8) for each in network.explain(worker, day)]
    assert isinstance(worker, Worker) and all(decision.worker == worker.row for decision, _ in made)
    for decision, day in made[:3]:
        assert decision in network.explain(decision.client, day)
