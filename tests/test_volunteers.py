"""Worked examples: volunteers, who tire, and clients in charge. The worlds are those of ``test_worked_examples``."""
# ruff: noqa: N803, N806 - S is the state, as in the rules

from __future__ import annotations

import pytest
from test_worked_examples import CARE, HOME, PAPER, asks, client_of_need, needs, occupy, on_list, opened, person, world
from test_worked_examples import week as series_of
from worlds import check_records, check_world, small

from sim.model.chance import BUDGET, EXTRA, VOLUNTEER, client_draw, need_draw, u01
from sim.model.client import (
    _share_now,
    choose_door,
    choose_provider,
    craft_of_successor,
    expect,
    grant_budget,
    sees_for_others,
)
from sim.model.day import live
from sim.model.founding import found
from sim.model.help import end_need, meet, start_help
from sim.model.hours import free_hours
from sim.model.life import catch_up
from sim.model.record import records
from sim.model.state import CHOOSE, FULFILLED, HELPED, KNOCKING, NOWHERE, OPEN, RING
from sim.model.volunteer import could_help, rest, volunteers_of
from sim.study import frames
from sim.study.tables import Run

THREE = {"a": {"care": 1}, "b": {"care": 1}, "c": {"care": 1}}


def place(staff=None, **values):
    """Found a quiet world whose volunteers have ten hours for care, known to all, and never tire."""
    volunteers = {"kinds.care.volunteers": True, "volunteer_hours": 10.0, "volunteers_known": 1.0}
    return world(staff, **{**volunteers, "volunteer_tiring": 0.0, "volunteer_recovery": 0.0, **values})


def asked(S, w=0, day=0, **fields):
    """Let a new client with one need have worker ``w`` as case owner, who knows of the need; return its row."""
    c = person(S, fields, day=day)
    S.client[c].owner = w
    S.organisation[S.worker[w].organisation].clients += 1
    (n,) = needs(S, c)
    opened(S, n, w, day)
    return n


def brought_in(S, day=0, **fields):
    """Let the volunteers of the first zone help a new client."""
    n = asked(S, day=day, **fields)
    start_help(S, n, volunteers_of(S, 0), NOWHERE, day)
    return n


# --- volunteers ------------------------------------------------------------------------------------------


def test_volunteers_help_beside_the_workers_with_a_quality_of_their_own():
    S = place({"a": {"care": 2}}, volunteer_quality=0.4)
    n = brought_in(S, wish=0.5)
    v = volunteers_of(S, 0)
    assert (v, len(S.worker)) == (2, 3)  # one row beyond the two workers
    assert (S.need[n].status, S.need[n].given, S.need[n].quality) == (HELPED, 4.0, 0.4)
    assert (free_hours(S, v), free_hours(S, 0)) == (6.0, float(S.worker[0].capacity))
    catch_up(S, n // int(S.p[0].max_needs), 7)
    assert S.need[n].delivered == pytest.approx(4.0)


def test_volunteers_take_only_kinds_for_which_there_are_any():
    S = place({"a": {"care": 1, "home": 1}})
    assert could_help(S, asked(S, kind=CARE), 0)
    assert not could_help(S, asked(S, kind=HOME), 0)


def test_volunteers_start_with_hours_for_at_least_a_part_of_what_is_asked():
    S = place(least_start=0.5)
    n = asked(S)
    occupy(S, volunteers_of(S, 0), 8.0)
    assert could_help(S, n, 0)  # half of four hours are left
    occupy(S, volunteers_of(S, 0), 0.1)
    assert not could_help(S, n, 0)


def test_a_worker_knows_of_volunteers_by_chance_and_more_often_with_an_overview():
    S = place(volunteers_known=0.2)
    n = asked(S)
    drawn = need_draw(S, n, VOLUNTEER, S.worker[0].key)
    S.p[0].volunteers_known = 0.2 * drawn
    S.organisation[0].initiative_overview = 0.0
    assert not could_help(S, n, 0)
    # Known by either: 1 - (1 - .2 x) (1 - y) passes the draw x for a y of more than .8 x / (1 - .2 x).
    border = 0.8 * drawn / (1.0 - 0.2 * drawn)
    S.organisation[0].initiative_overview = border + 0.001
    assert could_help(S, n, 0)
    S.organisation[0].initiative_overview = border - 0.001
    assert not could_help(S, n, 0)


def test_volunteers_tire_by_the_part_of_their_hours_that_is_used_and_recover():
    S = place(volunteer_tiring=0.1, volunteer_recovery=0.05)
    brought_in(S)
    rest(S, 0, 6)
    assert S.zone[0].fatigue == pytest.approx(0.04)  # .1 x 4/10
    assert S.worker[1].capacity == pytest.approx(9.6)
    assert series_of(S, organisation=1).volunteers == pytest.approx(4.0)  # the row that is no organisation's
    S.now[0].day = 7
    rest(S, 0, 13)
    assert S.zone[0].fatigue == pytest.approx(0.0764)  # .04 + .1 x .4 x .96 - .05 x .04
    assert series_of(S, 1, organisation=1).volunteers == pytest.approx(4.0)


def test_a_subsidy_adds_hours_that_tire_sooner_and_go_to_large_needs():
    S = place({"a": {"care": 1}, "b": {"care": 1}}, volunteer_tiring=0.1)
    S.organisation[0].initiative_subsidy = 1.0  # of two organisations: one half
    brought_in(S, hours=6.0)
    rest(S, 0, 6)
    assert S.zone[0].fatigue == pytest.approx(0.06)  # .1 x 1.5 x 6/15
    assert S.worker[2].capacity == pytest.approx(14.1)  # 15 x .94
    assert could_help(S, asked(S, hours=2.0), 0)  # half of the four hours that care usually asks
    assert not could_help(S, asked(S, hours=1.9), 0)


def test_tired_volunteers_stretch_a_little_and_then_stop_helping_whom_they_took_on_last():
    S = place()
    first, last = brought_in(S), brought_in(S)
    S.zone[0].fatigue = 0.36
    rest(S, 0, 6)
    assert S.need[last].status == HELPED  # eight hours promised, 6.4 there are: 1.25 times
    assert S.worker[1].ratio == pytest.approx(0.8)
    S.zone[0].fatigue = 0.37
    S.now[0].day = 13
    rest(S, 0, 13)
    assert (S.need[first].status, S.need[last].status) == (HELPED, OPEN)
    assert S.worker[1].committed == pytest.approx(4.0)
    assert (S.need[last].at_worker, S.need[last].due) == (0, 14)  # the case owner, tomorrow
    assert S.chain[CHOOSE * RING + 14].length == 1


def test_who_loses_volunteers_and_has_no_case_owner_goes_to_a_door():
    S = place()
    n = brought_in(S)
    client_of_need(S, n).owner, S.organisation[0].clients = NOWHERE, 0
    S.zone[0].fatigue = 1.0
    rest(S, 0, 6)
    assert (S.need[n].status, S.need[n].due) == (KNOCKING, 7)


def test_without_hours_of_volunteers_there_are_none():
    S = place(volunteer_hours=0.0)
    assert not could_help(S, asked(S), 0)
    rest(S, 0, 6)
    assert (S.zone[0].fatigue, S.worker[1].capacity) == (0.0, 0.0)


def test_stays_with_volunteers_are_theirs_in_the_tables():
    S = place()
    n = brought_in(S)
    end_need(S, n, FULFILLED, 7)
    left = records(S)
    assert left.visits["organisation"].tolist() == [1]
    scenario = small()
    one = scenario.organisations[:1]
    run = Run(type(scenario)(**{**vars(scenario), "organisations": one}), "r", 0, 1, 7, *left)
    assert frames.visits_table(run).to_pydict()["organisation"] == ["volunteers"]


def test_a_world_with_volunteers_is_whole():
    scenario = small(volunteers_known=1.0, volunteer_hours=8.0, volunteer_tiring=0.3, volunteer_recovery=0.1)
    free = {"control": 0.0, "permission": 1.0, "personal_budget": 0.3}
    scenario = scenario.with_values({"kinds.nursing.volunteers": True, "kinds.repairs.volunteers": True, **free})
    world = live(found(scenario, 1), 91 + 182)
    assert world.series.volunteers.sum() > 0.0 and world.zone.fatigue[0] > 0.0
    check_world(world)
    check_records(world)


# --- clients in charge -----------------------------------------------------------------------------------


def test_words_raise_what_clients_expect_once_whether_or_not_they_are_believed():
    S = world(expectation=0.4, words=0.5, words_lost=0.25)
    for believed in (1.0, 0.0):
        S.team[0].credibility = believed
        (n,) = asks(S, {"wish": 0.3})
        expect(S, n, 0)
        assert S.need[n].wish == pytest.approx(0.45)  # .3 + .4 x (.5 x .75)
        S.need[n].seen = 0
        expect(S, n, 0)
        assert S.need[n].wish == pytest.approx(0.45)
    (n,) = asks(S, {"wish": 0.9})
    expect(S, n, 0)
    assert S.need[n].wish == 1.0  # no further from the standard than that


def test_a_budget_is_granted_to_a_share_of_clients_by_one_draw_each():
    S = world()
    c = person(S, {})
    drawn = client_draw(S, c, BUDGET, 0)
    for share, granted in ((drawn + 0.001, 1), (drawn - 0.001, 0)):
        S.organisation[0].personal_budget = share
        grant_budget(S, c, 0)
        assert S.client[c].budget == granted


def test_a_budget_holder_chooses_known_faces_then_the_preferred_then_the_freest():
    S = world(THREE)
    n = asked(S)
    c = n // int(S.p[0].max_needs)
    occupy(S, 0, 1.0)
    occupy(S, 2, 2.0)
    assert choose_provider(S, n) == 1  # the freest of three
    S.client[c].prefers = 2
    assert choose_provider(S, n) == 2
    meet(S, c, 0)
    assert choose_provider(S, n) == 0
    occupy(S, 0, free_hours(S, 0))
    assert choose_provider(S, n) == 2  # the face has no room


def test_a_budget_holder_looks_at_three_organisations_the_ones_met_among_them():
    S = world({**THREE, "d": {"care": 1}}, renown=(1.0, 1.0, 1.0, 0.0))
    n = asked(S)
    for w in range(3):
        occupy(S, w, 5.0)
    assert choose_provider(S, n) in (0, 1, 2)  # nobody has heard of the fourth, though it has most hours
    meet(S, n // int(S.p[0].max_needs), 3)
    assert choose_provider(S, n) == 3


def test_a_new_client_knocks_at_the_front_door_though_it_offers_something_else():
    S = world({"a": {"care": 1}, "b": {"home": 1}}, renown=(3.0, 1.0), door_fit=1.0)
    (n,) = asks(S, {"kind": CARE})
    assert choose_door(S, n) == 0
    S.organisation[1].front_door = 1
    assert choose_door(S, n) == 1
    meet(S, n // int(S.p[0].max_needs), 0)
    assert choose_door(S, n) == 0  # no longer new


def test_a_joint_intake_sees_what_another_organisation_of_the_intake_offers():
    S = world({"a": {"care": 1}, "b": {"home": 1}, "c": {"paper": 1}})
    c = person(S, {"kind": HOME}, {"kind": PAPER})
    home, paper = needs(S, c)
    S.organisation[0].joint_intake = 1
    assert not sees_for_others(S, home, 0)  # nobody joins in
    S.organisation[1].joint_intake = 1
    assert sees_for_others(S, home, 0)
    assert not sees_for_others(S, paper, 0)
    assert not sees_for_others(S, home, 2)  # takes no part


def test_an_empty_seat_follows_demand_to_the_craft_with_the_longest_list_for_each_seat():
    S = world({"a": {"care": 2, "home": 2, "paper": 1}}, team_size=5)
    for kind, places in ((CARE, 1), (HOME, 3), (PAPER, 2)):
        for _ in range(places):
            on_list(S, needs(S, person(S, {"kind": kind}))[0], 0, 0)
    drawn = u01(S.now[0].seed, S.worker[0].key, EXTRA, 0)
    S.organisation[0].supply_follows_demand = drawn - 0.001
    assert craft_of_successor(S, 0) == CARE
    S.organisation[0].supply_follows_demand = drawn + 0.001
    assert craft_of_successor(S, 0) == PAPER  # places for each seat: 1/2, 3/2, 2/1
    S.organisation[0].supply_follows_demand = 1.0
    assert craft_of_successor(S, 4) == PAPER  # the only one with that craft
    assert craft_of_successor(S, 2) == PAPER


def test_demand_shifts_from_the_first_kinds_to_the_last_from_day_0_on():
    S = world({"a": {"care": 1, "home": 1, "paper": 1}}, demand_shift=0.25)
    third = 1.0 / 3.0
    assert [_share_now(S, k) for k in range(3)] == pytest.approx([third] * 3)
    S.now[0].day = 730  # two years: half of it away, half of it more; the middle stays
    assert [_share_now(S, k) for k in range(3)] == pytest.approx([0.5 * third, third, 1.5 * third])
    S.now[0].day = 3650
    assert _share_now(S, 0) == pytest.approx(0.01 * third)  # some go on asking for it
    S.now[0].day = -730
    assert _share_now(S, 0) == pytest.approx(third)
