"""Worked examples of steering: managers, boards, money and programmes; one rule each, the numbers computed by hand.

The world is the quiet one of ``test_worked_examples.py``. Here nobody steers either, unless a test says so: no duties,
no habits, no reactions, no fashions, no incidents.
"""
# ruff: noqa: N803, N806 - S is the state, as in the rules

from __future__ import annotations

from math import exp, isnan
from zlib import crc32

import pytest
from test_worked_examples import CARE, asks, client_of_need, helped, listed, occupy, week, world

from sim.model.board import confer, take_stock
from sim.model.chance import BOARD, EXTRA, INCIDENT, STEP_IN, TOLD, need_draw, u01, worker_draw
from sim.model.help import tailor
from sim.model.hours import overhead, settle
from sim.model.incident import befall, shortfall
from sim.model.intervention import alarm, intervene, step_in
from sim.model.listing import next_place
from sim.model.manager import BENT, FAILED, HANDED_BACK, PLACED, call_manager, expected_hours, grants, plan, steer_team
from sim.model.money import paid_hours, share_out
from sim.model.programme import regroup
from sim.model.referral import refer
from sim.model.state import HELPED, LISTED, NOWHERE, copy_state, same_state
from sim.model.ties import contact, tie_row
from sim.model.worker import take_intake

CALM = {
    "own_time": 0.0, "attention_speed": 0.0, "attention_form": 0, "attention_floor": 0.0, "habit_pace": 0.0,
    "credibility_pace": 0.0, "words_lost": 0.0, "incident_rate": 0.0, "incident_seen": 0.0, "gap_seen": 0.0,
    "deviation_seen": 0.0, "fit_seen": 0.0, "intervention_hours": 0.0, "placing_hours": 0.0, "fashion_rate": 0.0,
    "board_gain": 0.0, "board_threshold": 0.0, "board_delay": 0, "board_relaxing": 0.0, "agreement_chance": 0.0,
    "managers_told": 0.0, "permission_under_control": 0.0, "tie_contact": 0.3, "knows_from": 0.3,
    "words": 0.0, "permission": 0.0, "intervening": 0.0, "process_management": 0.0, "hold_course": 0.0,
    "ambition": 0.0, "macro_meetings": 0.0, "money_follows_production": 0.0,
    "team_hours": 0.0, "production_norm": 1.0, "arrangement_hours": 0.0,
}  # fmt: skip
LAST = 6  # last day of the first week
QUARTER, HALF_YEAR = 90, 181  # last days of those
TWO = {"a": {"care": 1}, "b": {"care": 1}}  # two organisations with one worker each


def calm(staff=None, **values):
    """Return a quiet world in which only what ``values`` say steers anybody."""
    return world(staff, **{**CALM, **values})


def be(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)


# --- the hours of a manager ------------------------------------------------------------------------------


def test_duties_take_their_hours_then_insisting_and_coaching_and_the_rest_is_not_followed():
    S = calm(
        {"a": {"care": 2}}, manager_hours=20.0, control=0.5, report_hours=2.0, macro_meetings=1.5, client_panels=1.0,
        panel_hours=13.0, upward_appraisal=1.0, appraisal_hours=26.0, setting_example=0.5, example_hours=2.0,
        integral_management=0.4, insistence=0.5, coaching_hours=1.0,
    )  # fmt: skip
    steer_team(S, 0, LAST)
    plan(S, 0, LAST)
    hours = week(S)
    assert hours.reports == pytest.approx(1.0)  # 2 x .5, as each worker
    assert hours.meetings == pytest.approx(1.5)
    assert hours.instruments == pytest.approx(1.0 + 0.5 + 1.0)  # 13 / 13, 26 / 52, .5 x 2
    assert hours.managing == pytest.approx(0.1)  # .5 x .1 hours x 2 workers
    assert hours.coaching == pytest.approx(2.0)
    assert hours.indirect == pytest.approx(4.0 + 8.9)  # .4 x .5 x 20 for the wider span, and what was left
    assert (hours.paid, S.manager[0].hours_left) == (20.0, 20.0)  # a new week


def test_where_hours_run_short_insisting_goes_before_coaching():
    S = calm({"a": {"care": 2}}, manager_hours=1.0, insistence=1.0, coaching_hours=1.0)
    steer_team(S, 0, LAST)
    assert S.manager[0].insisting == 1.0  # .2 hours
    assert S.manager[0].coaching == pytest.approx(0.4)  # .8 hours for two
    S.manager[0].hours_left = 0.1
    steer_team(S, 0, LAST)
    assert (S.manager[0].insisting, S.manager[0].coaching) == (0.5, 0.0)


def test_running_a_team_takes_hours_for_each_worker_before_anything_else():
    S = calm({"a": {"care": 2}}, manager_hours=4.0, team_hours=1.5, coaching_hours=1.0)
    steer_team(S, 0, LAST)
    assert S.manager[0].coaching == pytest.approx(0.5)  # one hour of four was left, for two
    assert (week(S).indirect, week(S).coaching) == (pytest.approx(3.0), pytest.approx(1.0))


def test_a_fashion_takes_hours_as_far_as_a_manager_attends_to_it():
    S = calm(manager_hours=20.0)
    S.board[0].fashion = 0.5
    steer_team(S, 0, LAST)  # a tenth of the attention, and the fashion is half forgotten
    assert week(S).indirect == pytest.approx(0.1 * 0.5 * 20.0)
    assert S.manager[0].hours_left == pytest.approx(19.0)


def test_staff_who_look_to_themselves_are_spared_insisting_by_who_is_near_them():
    S = calm({"a": {"care": 2}}, manager_hours=20.0, insistence=0.5)
    S.manager[0].staff_attention, S.team[0].self_attention = 0.5, 0.4
    steer_team(S, 0, LAST)
    assert S.manager[0].insisting == pytest.approx(0.5 * (1 - 0.5 * 0.4))
    assert week(S).managing == pytest.approx(0.4 * 0.1 * 2)


def test_all_hours_of_managers_and_workers_are_paid_once_and_go_somewhere():
    S = calm(
        {"a": {"care": 2}}, manager_hours=20.0, control=0.5, report_hours=2.0, planning_hours=2.0, coaching_hours=1.0,
        insistence=0.3, macro_meetings=1.0, placing_hours=0.5, team_hours=1.5, arrangement_hours=0.5, client_say=1.0,
    )  # fmt: skip
    n = listed(S, 0, hours=20.0)
    assert call_manager(S, 0, n, 0, 3) == FAILED  # half an hour during the week
    for w in (0, 1):
        settle(S, w, 7)
    steer_team(S, 0, LAST)
    plan(S, 0, LAST)
    hours = week(S)
    assert hours.paid == pytest.approx(40.0)
    spent = ("reports", "meetings", "coordination", "coaching", "managing", "planning", "indirect", "idle")
    assert hours.coordination == pytest.approx(1.0)
    assert sum(hours[name] for name in spent) == pytest.approx(40.0)


ARRANGEMENTS = (
    "pooled_list", "joint_intake", "front_door", "central_management", "urgency_across", "joint_responsibility",
    "helping_consequences", "network_insistence", "capacity_overview", "initiative_overview", "initiative_subsidy",
    "client_say", "personal_budget", "supply_follows_demand", "chosen_change",
)  # fmt: skip


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_each_arrangement_takes_hours_of_each_worker_to_keep_up(name):
    at_a = "[organisations.a.levers]\n{} = {}\n"
    whole = name in ARRANGEMENTS[:5]  # there is one or there is none
    S = calm(TWO, more=at_a.format(name, "true" if whole else 0.5), arrangement_hours=0.2)
    taken = 0.2 if whole else 0.1
    assert overhead(S, 0) == pytest.approx(taken)
    assert overhead(S, 1) == 0.0  # of the organisation that does not take part
    settle(S, 0, 7)
    assert week(S).coordination == pytest.approx(taken)
    assert S.worker[0].capacity == pytest.approx(10.0 - taken)


def test_arrangements_add_up():
    S = calm(arrangement_hours=0.2, pooled_list=True, client_say=0.5, chosen_change=1.0, capacity_overview=0.25)
    assert overhead(S, 0) == pytest.approx(0.2 * (1 + 0.5 + 1 + 0.25))


# --- what a manager sees and attends to ------------------------------------------------------------------


def test_a_manager_sees_a_gap_gradually_coaching_as_part_of_it_and_time_for_oneself_not():
    S = calm(own_time=0.2, coaching_hours=1.0, manager_hours=10.0)
    S.worker[0].self_attention = 0.5
    helped(S, 0, hours=3.6)  # .2 x .5 of ten hours are for oneself: nine are expected
    steer_team(S, 0, LAST)
    assert S.manager[0].gap == pytest.approx(0.25 * 0.6)
    settle(S, 0, 7)
    assert S.worker[0].capacity == pytest.approx(10.0 - 1.0 - 1.0)  # one for coaching
    steer_team(S, 0, LAST + 7)
    assert S.manager[0].gap == pytest.approx(0.15 + 0.25 * (0.6 - 0.15))  # still of nine


def test_a_norm_leaves_a_part_of_the_hours_for_clients_out_of_what_is_expected():
    S = calm(production_norm=0.9, meeting_hours=1.0, coaching_hours=1.0, manager_hours=1.0)
    S.p.sick_share = 0.1
    steer_team(S, 0, LAST)
    settle(S, 0, 7)
    assert S.worker[0].capacity == pytest.approx(10.0 - 1.0 - 1.0)
    assert expected_hours(S, 0) == pytest.approx(0.9 * 9.0 * 0.9)  # coaching is expected to be delivered


def test_who_meets_the_norm_leaves_no_gap():
    S = calm(production_norm=0.9)
    helped(S, 0, hours=9.0)
    steer_team(S, 0, LAST)
    assert S.manager[0].gap == pytest.approx(0.0, abs=1e-12)


def test_a_wider_span_slows_sight():
    S = calm(integral_management=0.4)
    helped(S, 0, hours=4.0)
    steer_team(S, 0, LAST)  # a quarter of a gap of 0.6, less half of 0.4 of that
    assert S.manager[0].gap == pytest.approx(0.25 * 0.8 * 0.6)


def test_attention_of_a_manager_moves_to_targets_staff_clients_and_fashion_as_each_has_consequences():
    S = calm(
        attention_speed=0.1, attention_temperature=1.0, targets=0.5, control=1.0, client_panels=0.5,
        panel_representative=0.6,
    )  # fmt: skip
    be(S.manager[0], process=0.5, gap=0.0)
    S.board[0].fashion = 1.0
    occupy(S, 0, 10.0)  # no gap
    steer_team(S, 0, LAST)
    total = 2 * exp(0.5) + exp(0.65) + exp(1.0)  # clients: 1 - .7 x .5
    manager = S.manager[0]
    assert manager.targets_attention == pytest.approx(0.45 + 0.1 * (exp(0.5) / total - 0.45))
    assert manager.staff_attention == pytest.approx(0.3 + 0.1 * (exp(0.5) / total - 0.3))
    assert manager.clients_attention == pytest.approx(0.15 + 0.1 * (exp(0.65) / total - 0.15))
    assert manager.fashion_attention == pytest.approx(0.1 + 0.1 * (exp(1.0) / total - 0.1))


def test_habits_follow_what_is_asked_and_an_appraisal_each_half_year_changes_both():
    S = calm(habit_pace=0.1, control=0.5, intervening=0.6, process_management=0.7, upward_appraisal=0.5,
             appraisal_gain=0.4)  # fmt: skip
    bent = S.manager[0].bent
    assert (S.manager[0].intervening, S.manager[0].process) == (pytest.approx(0.6 * 0.5 * bent), 0.7)  # as founded
    be(S.manager[0], bent=1.0, intervening=0.5, process=0.2)
    steer_team(S, 0, LAST)
    assert S.manager[0].intervening == pytest.approx(0.5 + 0.1 * (0.3 - 0.5))
    assert S.manager[0].process == pytest.approx(0.2 + 0.1 * (0.7 - 0.2))
    be(S.manager[0], intervening=0.3, process=0.7)
    steer_team(S, 0, HALF_YEAR)
    assert S.manager[0].intervening == pytest.approx(0.3 * (1 - 0.2))
    assert S.manager[0].process == pytest.approx(0.7 + 0.2 * 0.3)


def test_managers_differ_in_how_far_they_are_bent_to_step_in():
    S = calm({"a": {"care": 8}}, team_size=1, control=0.5, intervening=0.6)
    bent = [0.5 + u01(1, int(S.team[m].identity), TOLD, BENT) for m in range(8)]
    assert list(S.manager.bent[:8]) == bent and 0.5 <= min(bent) < 1.0 < max(bent) < 1.5
    assert list(S.manager.intervening[:8]) == pytest.approx([part * 0.6 * 0.5 for part in bent])
    S = calm(habit_pace=0.1, control=0.5, intervening=0.6)
    be(S.manager[0], bent=1.4, intervening=0.2)
    steer_team(S, 0, LAST)
    assert S.manager[0].intervening == pytest.approx(0.2 + 0.1 * (1.4 * 0.3 - 0.2))
    S.organisation[0].intervening = 5.0  # nobody steps in more often than always
    be(S.manager[0], intervening=0.2)
    steer_team(S, 0, LAST + 7)
    assert S.manager[0].intervening == pytest.approx(0.2 + 0.1 * (1.0 - 0.2))


def test_a_manager_is_alarmed_by_gaps_incidents_and_deviation_the_less_the_more_it_is_seen_to_fit():
    S = calm({"a": {"care": 2}}, gap_seen=1.0, deviation_seen=0.5, fit_seen=0.5, incident_seen=0.5)
    one, other = helped(S, 0), helped(S, 0)
    be(S.need[one], tailored=0.4, perceived=0.9, variant=0.7)
    be(S.need[other], tailored=0.0, perceived=0.0, variant=0.0)
    be(S.manager[0], gap=0.2, targets_attention=0.5, incidents=1.0)
    gap, incident = 0.2 * 0.5, 0.5 * 1 / 2
    deviation = 0.5 * 0.2 * (1 - 0.5 * 0.9)  # a mean of .2 tailored, .1 from what is wished
    assert alarm(S, 0, 0) == pytest.approx(gap + deviation + incident)
    assert alarm(S, 0, 1) == pytest.approx(gap + incident)
    S.manager[0].gap = 9.0
    assert alarm(S, 0, 1) == 1.0


# --- stepping in -----------------------------------------------------------------------------------------


def alarmed(workers=3, **values):
    """Return a world in which a manager steps in wherever there is something to step in for."""
    S = calm({"a": {"care": workers}}, **values)
    be(S.manager[0], intervening=1.0, targets_attention=1.0, gap=1.0)
    S.p.gap_seen = 1.0
    for w in range(workers):
        S.need[helped(S, w)].tailored = 0.5
    return S


def test_a_manager_steps_in_while_hours_last_and_not_where_the_habit_is_to_hold_back():
    S = alarmed(3, manager_hours=5.0, intervention_hours=2.0)
    held = copy_state(S)
    intervene(S, 0, LAST)
    assert list(S.worker.stepped_in[:3]) == [1.0, 1.0, 0.0]
    assert (S.manager[0].interventions, S.manager[0].hours_left, week(S).managing) == (2, 1.0, 4.0)
    assert (week(S).interventions, S.manager[0].refused) == (2.0, 2.0)
    held.manager[0].process = 1.0
    intervene(held, 0, LAST)
    assert held.worker.stepped_in.sum() == 0.0


@pytest.mark.parametrize(("intervening", "process"), [(0.5, 0.0), (1.0, 0.5), (0.8, 0.2)])
def test_a_manager_steps_in_by_a_draw_of_the_worker_and_week(intervening, process):
    S = alarmed(8)
    be(S.manager[0], intervening=intervening, process=process)
    intervene(S, 0, LAST + 7)
    chance = intervening * (1 - process)
    drawn = [u01(1, int(S.worker[w].key), STEP_IN, 1) < chance for w in range(8)]
    assert list(S.worker.stepped_in[:8]) == drawn and 0 < sum(drawn) < 8


def test_who_steps_in_puts_the_standard_in_place_and_may_avert_harm():
    S = calm(catalogue=2, lesser_at_first=0.5)
    S.worker[0].experience = 0.0
    n = helped(S, 0)
    S.need[n].perceived = 0.9
    skill = S.need[n].quality
    tailor(S, n, 0.9, 0.4, 0)
    assert S.need[n].quality == pytest.approx(0.6 * skill + 0.4 * 0.5 * skill)
    S.worker[0].consistency = 0.8
    step_in(S, 0, 0, 0)
    assert (S.need[n].tailored, S.need[n].variant, S.need[n].quality) == (0.0, 0.5, skill)
    assert (S.worker[0].stepped_in, S.worker[0].consistency, week(S).averted) == (1.0, 0.4, 1.0)
    S.p.lesser_at_first = 0.0
    tailor(S, n, 0.9, 0.4, 0)
    step_in(S, 0, 0, 0)
    assert (S.worker[0].stepped_in, week(S).averted) == (2.0, 1.0)  # nothing was averted the second time


def test_where_nothing_is_tailored_the_most_urgent_who_waits_goes_before_all_others():
    S = calm()
    still = copy_state(S)
    step_in(still, 0, 0, 5)
    assert same_state(still, S)  # nobody waits: nothing to step in for
    old, urgent, later = listed(S, 0, day=0, urgency=1), listed(S, 0, day=1, urgency=2), listed(S, 0, day=2, urgency=2)
    step_in(S, 0, 0, 5)
    assert [S.need[n].exception for n in (old, urgent, later)] == [0, 1, 0]
    assert (S.worker[0].stepped_in, S.manager[0].interventions) == (1.0, 1)


# --- incidents -------------------------------------------------------------------------------------------


def test_an_incident_strikes_the_case_that_is_served_worst_and_under_control_the_worker_is_blamed():
    S = calm(incident_harm=0.1, control=1.0)
    S.p.incident_rate = 52.0
    bad, worse = helped(S, 0), helped(S, 0)
    S.need[bad].quality, S.need[worse].quality = 0.0, -1.0  # certain: a shortfall of one and a half
    befall(S, 0, LAST)
    assert client_of_need(S, bad).frailty == 0.5
    assert client_of_need(S, worse).frailty == pytest.approx(0.6)
    assert (S.manager[0].incidents, S.board[0].incidents, week(S).incidents) == (1.0, 1.0, 1.0)
    assert S.worker[0].blamed == 1.0
    S.manager[0].process = 1.0
    befall(S, 0, LAST)
    assert (S.manager[0].incidents, S.worker[0].blamed) == (2.0, 1.0)  # handed back, not blamed


def test_the_chance_of_an_incident_is_the_mean_shortfall_of_help_that_is_given():
    S = calm({"a": {"care": 8}})
    S.p.incident_rate = 26.0
    for w in range(7):
        for quality in (0.2, 0.4):
            S.need[helped(S, w, hours=1.0)].quality = quality
    assert (shortfall(S, 0), shortfall(S, 7)) == (pytest.approx(0.7), 0.0)
    befall(S, 0, LAST)
    drawn = [u01(1, int(S.worker[w].key), INCIDENT, 0) < 26 / 52 * 0.7 for w in range(7)]
    assert week(S).incidents == sum(drawn) > 0
    for w in range(8):
        S.worker[w].present = 0
    befall(S, 0, LAST)
    assert week(S).incidents == sum(drawn)


# --- deeds -----------------------------------------------------------------------------------------------


def test_a_team_believes_its_board_as_far_as_deeds_match_the_words():
    S = calm(words=0.8, credibility_pace=0.1)
    be(S.manager[0], granted=1.0, refused=3.0)
    steer_team(S, 0, LAST)
    deeds = 1 / 4
    assert S.team[0].credibility == pytest.approx(0.5 + 0.1 * (1 - (0.8 - deeds) - 0.5))
    believed = S.team[0].credibility
    steer_team(S, 0, LAST)  # the deeds were those of one week
    assert S.team[0].credibility == believed


def test_setting_the_example_is_a_deed_as_far_as_there_are_hours_for_it():
    S = calm(words=0.8, credibility_pace=0.1, setting_example=1.0, example_hours=2.0, manager_hours=1.0)
    steer_team(S, 0, LAST)  # one of two hours: half a deed, and it matches
    assert S.team[0].credibility == pytest.approx(0.5 + 0.1 * 0.5 * (1 - 0.5))


def test_an_exception_is_granted_where_it_is_permitted_or_pleaded_for_with_courage():
    S = calm(permission=0.5)
    be(S.manager[0], clients_attention=0.4)
    S.worker[0].courage = 0.5
    people = [listed(S, 0) for _ in range(30)]
    answers = [grants(S, 0, n, 0) for n in people]
    chance = 1 - (1 - 0.5) * (1 - 0.4 * 0.5)
    assert answers == [need_draw(S, n, EXTRA, 2) < chance for n in people]
    assert (S.manager[0].granted, S.manager[0].refused) == (sum(answers), 30 - sum(answers))
    S.board[0].control = 1.0  # no permission left, nobody listens
    S.worker[0].courage = 0.0
    assert not grants(S, 0, people[0], 0)


def test_a_manager_who_is_called_places_the_client_elsewhere_as_far_as_hours_go():
    S = calm({"a": {"care": 2}}, team_size=1, manager_hours=1.0, placing_hours=0.5)
    one, other, third = listed(S, 0, hours=10.0), listed(S, 0), listed(S, 0)
    assert call_manager(S, 0, one, 0, 1) == PLACED
    assert (S.need[one].status, S.need[one].provider) == (HELPED, 1)
    assert call_manager(S, 0, other, 0, 1) == FAILED  # the other team is full
    assert call_manager(S, 0, third, 0, 1) == FAILED  # no hours left
    assert S.need[third].status == LISTED
    assert (S.manager[0].called, S.manager[0].satisfied, week(S).planning) == (3, 1, 1.0)


def test_a_manager_who_holds_back_hands_the_problem_back_with_coaching():
    S = calm({"a": {"care": 2}}, team_size=1, manager_hours=1.0, placing_hours=0.5, colleague_learning=0.1,
             safety_learning=0.2)  # fmt: skip
    be(S.worker[0], creativity=0.5, safety=0.5)
    n = listed(S, 0)
    S.manager[0].process = 1.0
    assert call_manager(S, 0, n, 0, 1) == HANDED_BACK
    assert (S.need[n].status, S.manager[0].granted, week(S).coaching) == (LISTED, 1.0, 0.5)
    assert (S.worker[0].creativity, S.worker[0].safety) == (pytest.approx(0.55), pytest.approx(0.6))


# --- boards ----------------------------------------------------------------------------------------------


def disappointed(produced=0.6, control=0.4, **values):
    """Return a world whose board got a part of the production that it budgeted, at the end of a quarter."""
    S = calm({"a": {"care": 4}}, control=control, **values)
    S.board[0].budget, S.board[0].produced = 100.0, 100.0 * produced
    return S


def test_a_board_tightens_control_after_a_gap_as_far_as_it_blames_workers_and_does_not_hold_course():
    S = disappointed(board_gain=0.5, board_threshold=0.1, hold_course=0.5)
    take_stock(S, 0, QUARTER)
    seen = 0.5 / 0.25 * 0.4  # half of its attention goes to figures: twice an even share
    reaction = 0.5 * (seen - 0.1) * 0.5 * 0.7
    assert S.board[0].control == pytest.approx(0.4 + reaction * 0.6)
    assert (S.board[0].ratio, S.board[0].gaps[0], S.board[0].produced) == (0.6, pytest.approx(seen), 0.0)
    assert S.board[0].budget == pytest.approx(13 * 4 * 10.0)
    S.p.production_norm = 0.9
    take_stock(S, 0, QUARTER + 91)
    assert S.board[0].budget == pytest.approx(13 * 4 * 9.0)


def test_figures_reach_a_board_with_a_delay_and_without_a_reason_control_goes_back():
    S = disappointed(board_gain=0.5, board_delay=1, board_relaxing=0.1)
    S.organisation[0].control = 0.8
    take_stock(S, 0, QUARTER)
    assert S.board[0].control == pytest.approx(0.4 + 0.1 * (0.8 - 0.4))
    S.board[0].produced = S.board[0].budget  # now all is well
    take_stock(S, 0, QUARTER + 91)
    assert S.board[0].control == pytest.approx(0.44 + 0.5 * 0.8 * 0.7 * 0.56)
    assert list(S.board[0].gaps) == pytest.approx([0.0, 0.8, 0.0, 0.0])


def test_incidents_are_part_of_what_disappoints():
    S = disappointed(produced=1.0, incident_seen=0.5)
    S.board[0].incidents = 2.0
    take_stock(S, 0, QUARTER)
    assert S.board[0].gaps[0] == pytest.approx(0.2 / 0.25 * 0.5 * 2 / 4)  # a fifth of the attention
    assert S.board[0].incidents == 0.0


def test_hours_that_funders_took_disappoint_like_production_that_was_not_delivered():
    S = disappointed(produced=0.9)
    S.organisation[0].allotted = 0.8
    take_stock(S, 0, QUARTER)
    assert S.board[0].gaps[0] == pytest.approx(0.5 / 0.25 * (0.1 + 0.2))
    S.organisation[0].allotted, S.board[0].produced = 1.3, S.board[0].budget  # what funders gave makes up for nothing
    take_stock(S, 0, QUARTER + 91)
    assert S.board[0].gaps[0] == 0.0


def test_a_board_attends_to_what_has_consequences_and_sees_the_less_of_the_rest():
    quick = {"attention_speed": 1.0, "attention_temperature": 0.5}
    S = disappointed(client_panels=1.0, panel_representative=1.0, **quick)
    be(S.board[0], satisfaction=10.0, satisfied_hours=50.0, fashion=0.5)
    take_stock(S, 0, QUARTER)  # signals: a gap, no incident, clients badly served, a fashion
    pulls = [exp(signal / 0.5) for signal in (0.4, 0.0, 0.8, 0.5)]
    shares = [S.board[0][f"{name}_attention"] for name in ("figures", "incidents", "clients", "fashion")]
    assert shares == pytest.approx([pull / sum(pulls) for pull in pulls])
    assert S.board[0].gaps[0] == pytest.approx(0.4 * shares[0] / 0.25)
    assert S.board[0].complaints == pytest.approx(0.8 * shares[2] / 0.25)
    S = disappointed(**quick, attention_form=1)
    take_stock(S, 0, QUARTER)
    assert S.board[0].figures_attention == 0.5


def test_in_a_quarter_attention_moves_as_far_as_in_thirteen_weeks():
    S = disappointed(attention_speed=0.1, attention_temperature=0.5)
    take_stock(S, 0, QUARTER)
    goal = exp(0.8) / (exp(0.8) + 3)
    assert S.board[0].figures_attention == pytest.approx(goal + (0.5 - goal) * 0.9**13)


# Clients are badly served by 0.6, and heard with a tenth of the attention: 0.24 is seen, and half of that reacted to.
@pytest.mark.parametrize(
    ("attribution", "control"),
    [
        (1.0, 0.4 + 0.12 * 0.6),  # workers are to blame
        (0.7, (0.4 + 0.12 * 0.7 * 0.6) * (1 - 0.12 * 0.3)),
        (0.0, 0.4 * (1 - 0.12)),  # its own steering is
    ],
)
def test_complaints_press_and_loosen_control_as_far_as_a_board_looks_at_its_own_steering(attribution, control):
    S = disappointed(produced=1.0, client_panels=1.0, panel_representative=1.0, board_gain=0.5)
    be(S.board[0], satisfaction=20.0, satisfied_hours=50.0, attribution=attribution)
    take_stock(S, 0, QUARTER)
    assert (S.board[0].complaints, S.board[0].gaps[0]) == (pytest.approx(0.24), 0.0)
    assert S.board[0].control == pytest.approx(control)


def test_without_panels_no_complaint_reaches_a_board():
    S = disappointed(produced=1.0, board_gain=0.5)
    be(S.board[0], satisfaction=20.0, satisfied_hours=50.0, attribution=0.0)
    take_stock(S, 0, QUARTER)
    assert (S.board[0].complaints, S.board[0].gaps[0], S.board[0].control) == (0.0, 0.0, 0.4)


@pytest.mark.parametrize(("hold", "deed"), [(1.0, 1.0), (0.0, 0.3), (0.5, 0.65)])
def test_all_teams_see_whether_course_is_held(hold, deed):
    S = disappointed(words=0.9, credibility_pace=0.1, hold_course=hold, team_size=2)
    take_stock(S, 0, QUARTER)
    expected = 0.5 + 0.1 * (1 - max(0.0, 0.9 - deed) - 0.5)  # blame of .7 turns figures into control, or nothing does
    assert list(S.team.credibility[:2]) == pytest.approx([expected, expected])


def test_through_panels_a_board_hears_clients_as_far_as_these_speak_for_them():
    S = disappointed(client_panels=1.0, panel_representative=0.5)
    be(S.board[0], satisfaction=30.0, satisfied_hours=50.0, variety=7.0)
    take_stock(S, 0, QUARTER)
    assert S.board[0].client_value == pytest.approx(0.5 * 0.6 + 0.5)
    assert (S.board[0].satisfaction_year, S.board[0].variety_year, S.board[0].satisfied_hours) == (30.0, 7.0, 0.0)
    S.organisation[0].client_panels = 0.0
    S.board[0].satisfied_hours = 50.0
    take_stock(S, 0, QUARTER + 91)
    assert isnan(S.board[0].client_value)


def test_a_fashion_catches_a_board_and_is_half_forgotten_each_quarter():
    S = calm(fashion_rate=4.0)
    take_stock(S, 0, QUARTER)
    assert S.board[0].fashion == 1.0
    S.p.fashion_rate = 0.0
    take_stock(S, 0, QUARTER + 91)
    take_stock(S, 0, QUARTER + 182)
    assert S.board[0].fashion == 0.25


def test_an_appraisal_each_half_year_lets_a_board_look_at_its_own_steering():
    S = calm(upward_appraisal=0.5, appraisal_gain=0.4)
    take_stock(S, 0, QUARTER)
    assert S.board[0].attribution == 0.7
    take_stock(S, 0, HALF_YEAR)
    assert S.board[0].attribution == pytest.approx(0.7 * 0.8)


# --- agreements ------------------------------------------------------------------------------------------


def agreeing(**values):
    S = calm(TWO, **{"agreement_chance": 1.0, "ambition": 1.0, "macro_meetings": 2.0, "agreement_kept": 1.0, **values})
    S.board.trust[:2] = 1.0
    return S


def test_boards_that_meet_trust_each_other_and_need_partners_agree():
    S = agreeing()
    confer(S, 0, QUARTER)
    assert S.board.agreed[0, 1] == S.board.agreed[1, 0] == 1
    assert list(S.board.made[:2]) == [1, 1]
    assert [week(S, 0, o).agreements for o in (0, 1)] == [1.0, 1.0]
    confer(S, 1, QUARTER)
    assert list(S.board.made[:2]) == [1, 1]  # the pair had its turn
    for never in ({"ambition": 0.0}, {"macro_meetings": 0.0}, {"agreement_chance": 0.0}):
        S = agreeing(**never)
        confer(S, 0, QUARTER)
        assert S.board.made.sum() == 0


def test_the_chance_of_an_agreement_is_that_of_meetings_ambitions_and_trust():
    S = agreeing(agreement_chance=0.8, macro_meetings=0.5)
    S.organisation.ambition[:2] = 1.0, 0.25
    S.board.trust[0, 1], S.board.trust[1, 0] = 0.9, 0.5
    chance = 0.8 * 0.5 * 0.5 * 0.7
    made = []
    for quarter in range(20):
        other = copy_state(S)
        confer(other, 0, QUARTER + 91 * quarter)
        made.append(int(other.board.made[0]))
    one, other = sorted(
        crc32(name) & 0x7FFFFFFF for name in (b"a", b"b")
    )  # the pair, whichever stands first in the scenario
    assert made == [int(u01(1, (other << 32) | one, BOARD, quarter) < chance) for quarter in range(20)]


def test_an_agreement_is_kept_unless_figures_press_and_trust_follows():
    S = agreeing(trust_gain=0.2, trust_loss=0.3)
    confer(S, 0, QUARTER)
    S.board.trust[:2] = 0.5
    confer(S, 0, QUARTER)
    assert list(S.board.kept[:2]) == [1, 1]
    assert S.board.trust[0, 1] == S.board.trust[1, 0] == pytest.approx(0.5 + 0.2 * 0.5)
    S.board.gaps[1, 0] = 1.0
    confer(S, 0, QUARTER)
    assert (list(S.board.broken[:2]), S.board.agreed.sum()) == ([1, 1], 0)
    assert S.board.trust[1, 0] == pytest.approx(0.6 * 0.7)


def test_managers_hear_what_an_agreement_is_for_by_chance_and_forget_where_there_is_none():
    S = agreeing(managers_told=0.0)
    confer(S, 0, QUARTER)
    assert S.manager[0].informed == 0.0
    S.p.managers_told = 1.0
    confer(S, 0, QUARTER)
    assert S.manager[0].informed == 1.0
    S.board.agreed[:] = 0
    S.p.agreement_chance = 0.0
    confer(S, 0, QUARTER)
    assert S.manager[0].informed == 0.0


@pytest.mark.parametrize(("agreed", "hours", "told_again"), [(1, 1.0, 0), (0, 2.0, 1)])
def test_a_form_that_is_shared_halves_the_intake_and_saves_a_retelling(agreed, hours, told_again):
    S = calm(TWO, intake_hours=2.0)
    n = asks(S, {})[0]
    take_intake(S, n, 0, 0)  # the first: there is no form yet
    S.board[0].agreed[1] = S.board[1].agreed[0] = agreed
    S.manager[0].informed = 1.0
    refer(S, n, 0, 0)
    take_intake(S, n, 1, 3)
    assert (S.worker[0].debt, S.worker[1].debt) == (2.0, hours)
    assert client_of_need(S, n).retellings == told_again
    there = week(S, 0, 1)
    assert (there.intakes, there.intake, there.by_form) == (1.0, hours, float(agreed))


# --- money -----------------------------------------------------------------------------------------------


def funded(staff=None, produced=(), served=(), varied=(), **values):
    S = calm(staff or TWO, **values)
    for name, sums in (("produced_year", produced), ("satisfaction_year", served), ("variety_year", varied)):
        S.board[name][: len(sums)] = sums
    return S


def hours_of(S):
    return [paid_hours(S, o) for o in range(int(S.now[0].organisations))]


def test_a_part_of_the_hours_is_shared_out_anew_by_production():
    S = funded(produced=(30.0, 10.0), money_follows_production=0.1)
    share_out(S, 363)
    assert hours_of(S) == pytest.approx([10.0 - 1.0 + 1.5, 10.0 - 1.0 + 0.5])  # a pool of two hours
    assert list(S.worker.capacity[:2]) == pytest.approx([10.5, 9.5])
    assert S.board[0].budget == pytest.approx(13 * 10.5)
    assert S.board.produced_year.sum() == 0.0


def test_value_and_variety_are_shared_out_in_turn_over_what_production_left():
    S = funded(produced=(30.0, 10.0), served=(10.0, 10.0), varied=(0.0, 5.0), money_follows_production=0.1,
               money_follows_value=0.2, money_follows_variety=0.5)  # fmt: skip
    share_out(S, 363)
    after_value = [10.5 * 0.8 + 2.0, 9.5 * 0.8 + 2.0]  # a pool of 2.1 and 1.9, shared evenly
    assert hours_of(S) == pytest.approx([after_value[0] * 0.5, after_value[1] * 0.5 + 10.0])


def test_hours_stay_equal_and_who_does_not_take_part_keeps_its_own():
    S = funded({"a": {"care": 2}, "b": {"care": 3}, "c": {"care": 1}}, (5.0, 70.0, 900.0), money_follows_production=0.3)
    S.organisation[2].money_follows_production = 0.0
    for _ in range(5):
        S.board.produced_year[:3] = 5.0, 70.0, 900.0
        share_out(S, 363)
    assert sum(hours_of(S)) == pytest.approx(60.0, rel=1e-12)
    assert (hours_of(S)[2], S.organisation[2].allotted) == (10.0, 1.0)
    S = funded(money_follows_production=0.3)
    share_out(S, 363)  # nobody produced anything
    assert hours_of(S) == [10.0, 10.0]


# --- programmes ------------------------------------------------------------------------------------------


def test_a_regrouping_hands_over_cases_and_loses_acquaintances_inside():
    S = calm({"a": {"care": 2}, "b": {"care": 1}}, tie_contact=0.5, contract_hours=60.0)
    mine, other, theirs = helped(S, 0), helped(S, 1, hours=5.0), helped(S, 2)
    contact(S, 0, 1, 1.0)
    contact(S, 0, 2, 1.0)
    before = copy_state(S)
    regroup(S, 0, 0)  # a share of nought
    assert same_state(S, before)
    S.organisation[0].regrouping = 1.0
    regroup(S, 0, 0)
    assert [S.need[n].provider for n in (mine, other, theirs)] == [1, 0, 2]
    assert [client_of_need(S, n).transfers for n in (mine, other, theirs)] == [1, 1, 0]
    assert [S.tie[tie_row(S, 0, v)].familiarity for v in (1, 2)] == [0.0, 0.5]
    assert S.tie[tie_row(S, 1, 0)].familiarity == 0.0


def test_after_a_regrouping_freed_hours_go_to_all_lists_of_the_organisation_in_the_zone():
    S = calm({"a": {"care": 2}, "b": {"care": 1}}, team_size=1)
    theirs, other = listed(S, 2), listed(S, 1)
    assert next_place(S, 0, 1) == NOWHERE
    S.organisation[0].regrouping = 1.0
    assert next_place(S, 0, 1) // 2 == other
    assert next_place(S, 2, 1) // 2 == theirs  # of another organisation, which was not regrouped
    S = calm({"a": {"care": 40}}, team_size=1, regrouping=0.3)
    listed(S, 39)
    regrouped = [w for w in range(39) if next_place(S, w, 1) >= 0]
    assert regrouped == [w for w in range(39) if worker_draw(S, w, EXTRA, 1) < 0.3]
    assert 0 < len(regrouped) < 39


def test_a_case_stays_where_no_colleague_has_room():
    S = calm({"a": {"care": 2}}, regrouping=1.0)
    n = helped(S, 0)
    occupy(S, 1, 10.0)
    regroup(S, 0, 0)
    assert (S.need[n].provider, S.need[n].kind) == (0, CARE)
