"""A visitor's session, without any server: a message in, an answer out, whatever the message is."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.app import messages
from sim.app.catalogue import catalogue
from sim.app.futures import future, morning
from sim.app.packing import NO_DAY, places
from sim.app.session import Session, steered
from sim.scenario.parameters import levers
from sim.scenario.scenario import Scenario
from sim.study.runs import run

DAYS = 182
TWO = {
    "scenario": "one-zone",
    "seed": 7,
    "days": DAYS,
    "worlds": [{"regime": "traditional"}, {"regime": "client-steering"}],
}


def opened(worlds):
    session = Session()
    return session, session.handle({"ask": "open", "worlds": worlds})


def arrays(reply):
    """Return the columns of an answer, by table and name."""
    found = {}
    for about, buffer in zip(reply.content["arrays"], reply.buffers, strict=True):
        values = np.frombuffer(buffer, about["type"]).reshape(about["shape"])
        found.setdefault(about["table"], {})[about["column"]] = values
    return found


@pytest.fixture(scope="module")
def two():
    return opened(TWO)


def test_hello_names_all_that_can_be_chosen_in_both_languages():
    content = Session().handle({"ask": "hello"}).content
    assert content["is"] == "hello" and "one-zone" in content["scenarios"]
    assert set(content["levers"]) == set(levers())
    for group in ("scenarios", "regimes", "levers"):
        assert all(each["en"] and each["nl"] for each in content[group].values())


def test_what_is_drawn_is_what_a_run_leaves(two):
    _, reply = two
    found = arrays(reply)
    for side, regime in enumerate(("traditional", "client-steering")):
        lived = run("one-zone", seed=7, days=DAYS, regime=regime)
        ends, need = lived.visits["end"], lived.need_of_visit
        visits = lived.visits[np.isin(need, need[np.isnan(ends) | (ends >= 0)])]
        row = {int(client): i for i, client in enumerate(lived.clients["client"])}
        visits = np.array(sorted(visits, key=lambda each: (row[int(each["client"])], each["need"])), visits.dtype)
        stays, people = found[f"{side}.stays"], found[f"{side}.people"]
        assert len(stays["client"]) == len(visits) and len(people["low"]) == len(lived.clients)
        identity = people["low"].astype(np.uint64) | people["high"].astype(np.uint64) << np.uint64(32)
        assert np.array_equal(identity[stays["client"]], visits["client"].astype(np.uint64))
        started = ~np.isnan(visits["start"])
        assert np.array_equal(stays["start"][started], visits["start"][started])
        assert (stays["start"][~started] == NO_DAY).all()
        weekly = lived.series[lived.series["week"] >= 0]
        assert found[f"{side}.weeks"]["waiting"].sum() == pytest.approx(weekly["waiting"].sum())


def test_both_worlds_have_the_same_people_and_workers_to_look_at(two):
    _, reply = two
    found = arrays(reply)
    arrived = [found[f"{side}.people"]["arrival"] >= 0 for side in (0, 1)]
    one, other = (set(found[f"{side}.people"]["low"][arrived[side]].tolist()) for side in (0, 1))
    assert one == other
    staff = found["0.staff"]["ownership"]
    assert staff.shape[0] == DAYS // 7 and staff.shape[1] == 126
    assert staff.min() >= 0 and staff.max() <= 1


@pytest.mark.parametrize("name", ["one-zone", "breda-2005"])
def test_who_sits_where_is_as_in_the_model(name):
    scenario = Scenario.load(name)
    told, state = places(scenario), morning(scenario, 7)
    workers, teams = int(state.now[0].workers), int(state.now[0].teams)
    for column, values in told["seats"].items():
        assert np.array_equal(values, np.asarray(state.worker)[column][:workers]), column
    for column, values in told["teams"].items():
        assert np.array_equal(values, np.asarray(state.team)[column][:teams]), column


def test_ties_are_pairs_of_workers_each_once(two):
    session, _ = two
    ties = arrays(session.handle({"ask": "ties", "world": 1, "block": 2}))["ties"]["ties"]
    assert (ties[:, 0] < ties[:, 1]).all() and len(np.unique(ties[:, :2], axis=0)) == len(ties) > 100
    assert session.handle({"ask": "ties", "world": 1, "block": 99}).content["is"] == "mistake"


def test_a_lever_moved_later_changes_nothing_before(two):
    _, reply = two
    moved = {
        **TWO,
        "worlds": [{"regime": "traditional", "changes": [{"day": 91, "lever": "control", "value": 0.0}]}] * 2,
    }
    before, after = arrays(reply)["0.weeks"], arrays(opened(moved)[1])["0.weeks"]
    for name in before:  # sums over people are in another order where others stay longer
        np.testing.assert_allclose(before[name][:13], after[name][:13], rtol=1e-6, err_msg=name)
    assert any(not np.array_equal(before[name][13:], after[name][13:]) for name in before)


def test_a_world_that_stays_as_it_was_is_the_same_as_lived_anew(two):
    changed = {"regime": "traditional", "changes": [{"day": 0, "lever": "control", "value": 0.25}]}
    moved = {**TWO, "worlds": [changed, TWO["worlds"][1]]}
    session = Session()
    session.handle({"ask": "open", "worlds": TWO})
    there = session._futures[1].staff
    after = session.handle({"ask": "open", "worlds": moved})
    assert session._futures[1].staff is there
    assert after.buffers == opened(moved)[1].buffers
    for other in ({"seed": 8}, {"days": DAYS - 7}, {"worlds": TWO["worlds"][::-1]}):
        session.handle({"ask": "open", "worlds": {**moved, **other}})
        assert session.handle({"ask": "data"}).content == opened({**moved, **other})[0].handle({"ask": "data"}).content


def test_what_nobody_looks_at_any_more_is_given_up(monkeypatch):
    session, _ = opened(TWO)
    weeks_lived = []

    def left_after_three_weeks(scenario, seed, days, wanted, before=None):
        def and_leave():
            weeks_lived.append(seed)
            if len(weeks_lived) == 3:
                session.leave()
            return wanted()

        return future(scenario, seed, days, and_leave, before)

    monkeypatch.setattr("sim.app.session.future", left_after_three_weeks)
    for asked in ({"ask": "band", "replication": 1}, {"ask": "open", "worlds": {**TWO, "seed": 99}}):
        weeks_lived.clear()
        assert session.handle(asked).content["en"] == "Other worlds are looked at now."
        assert len(weeks_lived) <= 6  # of the one or the two that were being lived
        session.handle({"ask": "open", "worlds": TWO})
    monkeypatch.undo()
    session.handle({"ask": "open", "worlds": TWO})
    assert session.handle({"ask": "band", "replication": 1}).content["is"] == "band"


def test_a_page_that_has_a_world_is_not_sent_it_again():
    changed = {"regime": "traditional", "changes": [{"day": 0, "lever": "control", "value": 0.25}]}
    moved = {**TWO, "worlds": [changed, TWO["worlds"][1]]}
    session, first = opened(TWO)
    assert first.content["same"] == [False, False]
    again = session.handle({"ask": "open", "worlds": moved, "again": True})
    assert again.content["same"] == [False, True] and not any(name.startswith("1.") for name in arrays(again))
    whole = session.handle({"ask": "open", "worlds": moved})
    assert whole.content["same"] == [False, False]
    for table, columns in arrays(again).items():
        for name, values in columns.items():
            np.testing.assert_array_equal(values, arrays(whole)[table][name])
    fresh = Session().handle({"ask": "open", "worlds": TWO, "again": True})
    assert fresh.content["same"] == [False, False]  # a session that never opened anything has sent nothing


def test_a_lever_moved_on_day_0_is_a_regime_of_ones_own():
    change = messages.Change(day=0, lever="control", value=0.25)
    made = steered(messages.Worlds(worlds=(messages.Steered(regime="traditional"),) * 2),
                   messages.Steered(regime="traditional", changes=(change,)))  # fmt: skip
    assert made == Scenario.load("one-zone").with_values({"control": 0.25}, warmup=False)


def test_a_band_is_made_of_other_luck(two):
    session, reply = two
    band = arrays(session.handle({"ask": "band", "replication": 1}))
    assert not np.array_equal(band["0.weeks"]["waiting"], arrays(reply)["0.weeks"]["waiting"])
    assert band["0.weeks"]["waiting"].shape == arrays(reply)["0.weeks"]["waiting"].shape


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_road_is_told_in_both_worlds_and_says_why(two, language):
    session, reply = two
    people, stays = arrays(reply)["1.people"], arrays(reply)["1.stays"]
    heard = (people["arrival"][stays["client"]] >= 0) & (stays["seen"] >= 0)
    row, day = int(stays["client"][heard][0]), int(stays["seen"][heard][0])
    client = int(people["low"][row]) | int(people["high"][row]) << 32
    who = {"kind": "person", "id": client}
    told = session.handle({"ask": "road", "who": who, "language": language}).content
    assert told["is"] == "road" and all(life["told"] for life in told["lives"])
    why = session.handle({"ask": "why", "world": 1, "who": who, "day": day, "language": language}).content
    assert why["is"] == "why" and why["who"] == who and why["day"] == day


def test_the_weeks_can_be_taken_along(two):
    session, _ = two
    rows = list(csv.DictReader(io.StringIO(session.handle({"ask": "data"}).content["csv"])))
    assert len(rows) == 2 * DAYS // 7 and {row["regime"] for row in rows} == {"traditional", "client-steering"}
    assert ";" in session.handle({"ask": "data", "form": "nl"}).content["csv"]


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "open",
        {},
        {"ask": "everything"},
        {"ask": "open"},
        {"ask": "ties", "world": 2, "block": 0},
        {"ask": "band", "replication": 10**9},
        {"ask": "road", "who": {"kind": "person", "id": 5}, "language": "fr"},
        *(
            {"ask": "road", "who": who, "language": "en"}
            for who in (
                5,
                None,
                {"kind": "person"},
                {"kind": "person", "id": -1},
                {"kind": "person", "id": 2**62},
                {"kind": "person", "id": 1.5},
                {"kind": "person", "id": "5"},
                {"kind": "person", "id": 5, "name": "Ann"},
                {"kind": "organisation", "id": 5},
            )
        ),
        {"ask": "why", "world": 0, "who": {"kind": "person", "id": 5}, "day": -1, "language": "en"},
        {"ask": "why", "world": 2, "who": {"kind": "person", "id": 5}, "day": 3, "language": "en"},
        {"ask": "open", "worlds": {**TWO, "days": 10**6}},
        {"ask": "open", "worlds": {**TWO, "scenario": "../../etc/passwd"}},
        {"ask": "open", "worlds": {**TWO, "scenario": "no-such-place"}},
        {"ask": "open", "worlds": {**TWO, "worlds": [{"regime": "/etc/passwd"}] * 2}},
        {"ask": "open", "worlds": {**TWO, "worlds": [{"regime": "traditional"}]}},
        {"ask": "open", "worlds": {**TWO, "worlds": [{"regime": "traditional", "changes": [{}]}] * 2}},
        *(
            {"ask": "open", "worlds": {**TWO, "worlds": [{"regime": "traditional", "changes": [change]}] * 2}}
            for change in (
                {"day": 1, "lever": "zones", "value": 5000},
                {"day": 0, "lever": "control", "value": 2.0},
                {"day": 9, "lever": "control", "value": -1.0},
                {"day": -1, "lever": "control", "value": 0.5},
            )
        ),
    ],
    ids=lambda message: str(message)[:60],
)
def test_what_is_no_question_gets_a_sentence(message):
    content = Session().handle(message).content
    assert content["is"] == "mistake" and content["en"] and content["nl"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
ASKED = st.fixed_dictionaries(
    {"ask": st.sampled_from(["ties", "band", "road", "why", "data", "open", "hello"])},
    optional=dict.fromkeys(("world", "worlds", "block", "who", "day", "language", "replication", "form"), JSON),
)


@given(JSON | ASKED)
@settings(max_examples=60, deadline=None)
def test_whatever_comes_there_is_an_answer(message):
    assert Session().handle(message).content["is"] in ("mistake", "hello")


def test_two_sessions_share_nothing(two):
    session, reply = two
    other, _ = opened({**TWO, "seed": 8, "worlds": [{"regime": "room-only"}, {"regime": "words-only"}]})
    assert other.handle({"ask": "data"}).content["csv"] != session.handle({"ask": "data"}).content["csv"]
    assert Session().handle({"ask": "data"}).content["is"] == "mistake"
    again = session.handle({"ask": "open", "worlds": TWO})
    assert again.buffers == reply.buffers


def test_only_scenarios_that_a_server_can_bear_are_offered():
    assert "one-zone" in catalogue()["scenarios"]
