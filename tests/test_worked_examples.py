"""Worked examples: one rule each, in a world so small that the expected numbers are computed by hand.

A world here is quiet: nobody arrives, falls ill, leaves, grows frail or dies, a worker's ten hours a week all go to
clients, and each switch is off. Each test turns on the one rule it is about. Workers stand organisation by
organisation, kind by kind; kinds are care (0), home (1) and paper (2), the last episodic.
"""
# ruff: noqa: N803, N806 - S is the state, as in the rules

from __future__ import annotations

from math import ceil, e, isnan

import numpy as np
import pytest

from sim.model.board import take_stock
from sim.model.calendar import schedule_need
from sim.model.career import come_or_go
from sim.model.chance import (
    DOOR,
    EXTRA,
    HEARD,
    LIST,
    PROCEDURE,
    REFERRAL,
    SEE,
    START,
    exponential,
    need_draw,
    u01,
    worker_draw,
)
from sim.model.client import (
    _draw_need,
    arrive,
    at_first_sight,
    choose_door,
    grow_older,
    heard,
    keep_waiting,
    knock,
    new_client,
    step_forward,
    take_in,
    understand,
)
from sim.model.day import live
from sim.model.founding import found
from sim.model.help import (
    PARTLY,
    end_need,
    hand_over,
    leave_care,
    meet,
    nearest_variant,
    skill,
    standard_quality,
    start_help,
    variants,
)
from sim.model.hours import free_hours, present, promise, reset_capacity, settle
from sim.model.life import catch_up, home_fails, look_ahead
from sim.model.listing import PASSING, next_place, take_next
from sim.model.manager import find_elsewhere, plan
from sim.model.record import REASONS, STATUSES
from sim.model.state import (
    CRISIS,
    DIED,
    FULFILLED,
    HELPED,
    INTAKE,
    KNOCKING,
    LISTED,
    LOST,
    NEVER,
    NOWHERE,
    OPEN,
    PLANNED,
    REFERRED,
    RENOUNCED,
    SEEK,
    UNSEEN,
    WAIT,
)
from sim.model.ties import knows
from sim.model.waitlist import join_list
from sim.model.worker import choose_help, take_intake
from sim.scenario import Scenario
from sim.study.outcomes import DESTINATIONS

KINDS = ("care", "home", "paper")
CARE, HOME, PAPER = range(3)
QUIET: dict[str, float | bool] = {
    "warmup_days": 0, "arrivals_per_year": 0.0, "clients_at_start": 0.0,
    "another_need": 0.0, "urgent_share": 0.0, "network_share": 0.0, "network_tiring": 0.0, "preference_share": 0.0,
    "door_fit": 0.0, "give_up_after_no": 0.0, "give_up_waiting": 0.0, "knock_elsewhere": 0.0, "speak_up": 0.0,
    "intake_hours": 0.0, "referral_hours": 0.0, "referral_days": 0.0, "review_hours": 0.0, "bridging_offered": 0.0,
    "indication_days": 100000.0, "renewal_asked": 0.0, "renewal_granted": 0.0, "longest_overrun_days": 0.0,
    "frailty_drift": 0.0, "frailty_recovery": 0.0, "frailty_harm": 0.0, "unmet_exponent": 0.0, "frailty_exponent": 0.0,
    "crisis_hazard": 0.0, "planned_hazard": 0.0, "death_hazard": 0.0, "contract_hours": 10.0, "leave_share": 0.0,
    "direct_share": 1.0, "sick_share": 0.0, "turnover": 0.0, "vacancy_days": 0.0, "can_do": 1.0,
    "know_team": 0.0, "know_inside": 0.0, "know_outside": 0.0,
    "control": 0.0, "report_hours": 0.0, "meeting_hours": 0.0, "targets": 0.0, "catalogue": 1, "ranking": 0.0,
    "planning_hours": 0.0, "manager_hours": 0.0, "own_time": 0.0, "ownership_first": 0.0, "volunteer_hours": 0.0,
    "passing_over": 0.0, "sick_overload": 0.0, "sick_unsafe": 0.0, "catalogue_learning": 0.0, "joint_budget": 0.0,
    "first_impression": 0.0, "mismatch": 0.0, "team_hours": 0.0, "arrangement_hours": 0.0, "arranging_hours": 0.0,
    "expectation": 0.0,
}  # fmt: skip


def scene(staff, renown=(), more=""):
    """Return the text of a scenario: the staff of each organisation, how well known it is, and what else it says."""
    text = ["start = 2006-01-01"]
    for kind in KINDS:
        share = float(any(kind in crafts for crafts in staff.values()))
        text += [f'[kinds.{kind}]\nsector = "care"\nshare = {share}\nhours_per_week = 4.0\nlasting_days = 1000']
        text += [f"episodic = {str(kind == 'paper').lower()}"]
    for i, (name, crafts) in enumerate(staff.items()):
        known = renown[i] if renown else 1.0
        members = ", ".join(f"{kind} = {count}" for kind, count in crafts.items())
        text += [f'[organisations.{name}]\nsector = "care"\nrenown = {known}\nstaff = {{ {members} }}']
    return "\n".join([*text, more])


def world(staff=None, renown=(), more="", seed=1, **values):
    """Found a quiet world with a few settings of its own; by default one organisation with one worker for care."""
    text = scene(staff or {"a": {"care": 1}}, renown, more)
    left = {name: value for name, value in QUIET.items() if f"\n{name} =" not in text}
    return found(Scenario.from_toml(text, "example").with_values({**left, **values}), seed)


def person(S, *needs, day=0, frailty=0.5, network=0.0, voice=1.0):
    """Let somebody come with needs (as fields of the row), nobody knowing of them yet; return the row."""
    c = new_client(S, 0, day)
    client, first = S.client[c], c * int(S.p[0].max_needs)
    client.needs, client.frailty, client.network, client.voice = len(needs), frailty, network, voice
    client.crisis_left = client.death_left = client.planned_left = 1.0
    for n, fields in enumerate(needs, first):
        _draw_need(S, n, day)
        for name, value in {"kind": CARE, "hours": 4.0, "wish": 0.0, "required": 0.0, "ends": NEVER, **fields}.items():
            setattr(S.need[n], name, value)
    client.asked = sum(S.need[n].hours for n in range(first, first + len(needs)))
    look_ahead(S, c, day)
    return c


def needs(S, c):
    """Return the rows of the needs of a client."""
    first = c * int(S.p[0].max_needs)
    return list(range(first, first + int(S.client[c].needs)))


def opened(S, n, w, day):
    """Let a worker know of a need, as after an intake."""
    need = S.need[n]
    need.status, need.seen, need.at_team, need.at_worker = OPEN, day, S.worker[w].team, w


def helped(S, w, day=0, **fields):
    """Let a new client with one need be helped by worker ``w``; return the row of the need."""
    n = needs(S, person(S, fields, day=day))[0]
    opened(S, n, w, day)
    start_help(S, n, w, NOWHERE, day)
    return n


def listed(S, team, day=0, **fields):
    """Let a new client with one need stand on the list of ``team``; return the row of the need."""
    n = needs(S, person(S, fields, day=day))[0]
    on_list(S, n, team, day)
    return n


def on_list(S, n, team, day):
    opened(S, n, int(S.team[team].first_worker), day)
    assert join_list(S, n, team, S.need[n].at_worker, day, day)
    S.need[n].status = LISTED
    schedule_need(S, n, WAIT, day + 10000)


def asks(S, *fields, day=0, **about):
    """Let a new client knock at a door; return the rows of the needs."""
    c = person(S, *fields, day=day, **about)
    step_forward(S, c, day)
    return needs(S, c)


def visits(S, reason=None):
    """Return the stays written down, those that ended for one reason where it is given."""
    rows = S.visit[: S.now[0].visits]
    return rows if reason is None else rows[rows.reason == REASONS.index(reason)]


def exits(S):
    """Return how each client left who did."""
    return [(STATUSES[row.status], row.exit) for row in S.exit[: S.now[0].exits]]


def client_of_need(S, n):
    return S.client[n // int(S.p[0].max_needs)]


def week(S, number=0, organisation=0):
    return S.series[number * (int(S.now[0].organisations) + 1) + organisation]


def occupy(S, w, hours):
    """Let a worker have other work."""
    promise(S, w, hours, 0.0, S.day)


# --- what help is worth ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "variants", "expected"),
    [
        (0.9, 1, 0.0),  # one variant: the standard, whatever is wished
        (0.24, 2, 0.0),  # variants 0 and 1/2: the border is at 1/4
        (0.26, 2, 0.5),
        (1.0, 2, 0.5),
        (0.16, 3, 0.0),  # variants 0, 1/3 and 2/3: borders at 1/6 and 1/2
        (0.17, 3, 1 / 3),
        (0.49, 3, 1 / 3),
        (0.51, 3, 2 / 3),
    ],
)
def test_the_nearest_variant_of_the_catalogue_is_chosen(wish, variants, expected):
    assert nearest_variant(wish, variants) == pytest.approx(expected)


def test_skill_in_ones_own_craft_grows_to_half_of_the_gap_in_the_time_of_learning():
    S = world({"a": {"care": 1, "home": 1}}, learning_days=365.0, craft_low=0.45)
    S.worker[0].aptitude, S.worker[0].hired = 0.95, 0
    S.worker[0].competence[HOME] = 0.4
    assert skill(S, 0, CARE, 0) == pytest.approx(0.45)  # a newcomer
    assert skill(S, 0, CARE, 365) == pytest.approx(0.70)  # .45 + .50 x 365/730
    assert skill(S, 0, CARE, 1095) == pytest.approx(0.825)  # .45 + .50 x 1095/1460
    assert skill(S, 0, HOME, 1095) == 0.4  # not one's craft


def test_a_protocol_secures_a_floor_where_control_has_it_kept():
    S = world(control=0.8, protocol_floor=0.6, learning_days=365.0, craft_low=0.45)
    S.worker[0].aptitude, S.worker[0].hired = 0.95, 0
    assert standard_quality(S, 0, CARE, 0) == pytest.approx(0.48)  # .6 x .8, above the newcomer's .45
    assert standard_quality(S, 0, CARE, 365) == pytest.approx(0.70)  # the worker's own .70, above the floor
    S.board[0].control = 0.0
    assert standard_quality(S, 0, CARE, 0) == pytest.approx(0.45)


def test_a_wish_is_understood_as_far_as_it_is_heard_and_not_forgotten():
    S = world({"a": {"care": 2}}, seeing=6.0)
    S.worker.listening[:2], S.worker.client_attention[:2] = 0.5, (0.2, 0.1)
    (n,) = needs(S, c := person(S, {"wish": 0.8}, voice=0.5))
    assert heard(S, c, 0) == pytest.approx(1 - e**-0.3)  # 6 x .5 x .2 x .5: .26
    understand(S, n, 0)
    assert S.need[n].perceived == pytest.approx((1 - e**-0.3) * 0.8)
    understand(S, n, 1)  # hears half of that exponent, which would be less
    assert S.need[n].perceived == pytest.approx((1 - e**-0.3) * 0.8)
    S.client[c].voice, S.worker[0].listening = 1.0, 1.0
    assert heard(S, c, 0) == pytest.approx(1 - e**-1.2)  # .70: nobody hears all


def test_what_is_not_heard_of_a_wish_is_a_first_impression_one_for_each_need():
    S = world(first_impression=0.5, wish_high=0.6)
    first = []
    for _ in range(20):
        (n,) = needs(S, person(S, {"wish": 0.4}))
        first.append(0.3 * need_draw(S, n, HEARD, 0))  # .5 x .6: half way from the standard to any wish
        assert at_first_sight(S, n) == pytest.approx(first[-1])
        assert S.need[n].perceived == pytest.approx(first[-1])  # nobody listened yet
        take_in(S, n, 0.25)
        assert S.need[n].perceived == pytest.approx(0.1 + 0.75 * first[-1])  # .25 x .4
        take_in(S, n, 0.2)  # is less than was known
        assert S.need[n].perceived == pytest.approx(0.1 + 0.75 * first[-1])
        take_in(S, n, 1.0)
        assert S.need[n].perceived == pytest.approx(0.4)
    assert len(set(first)) == 20
    assert at_first_sight(world(), 0) == 0.0  # the standard


def test_help_is_written_down_with_its_distance_from_the_wish():
    S = world(catalogue=2)
    (n,) = needs(S, person(S, {"wish": 0.8, "perceived": 0.3}))
    opened(S, n, 0, 0)
    start_help(S, n, 0, NOWHERE, 0)
    end_need(S, n, FULFILLED, 0)
    (row,) = visits(S)
    assert row.variant == 0.5  # nearest to the .3 that was understood
    assert row.fit_distance == pytest.approx(0.3)  # |.8 - .5|


# --- doors and intake ------------------------------------------------------------------------------------


def test_needs_of_ones_own_craft_are_seen_at_the_intake_others_by_chance():
    S = world({"a": {"care": 1, "home": 1}}, seeing=1.0, can_do=0.0)
    S.worker.can[0] = [1, 0] + [0] * 14
    S.worker.listening[:], S.worker.client_attention[:] = 1.0, 0.5
    seen = 0
    for _ in range(40):
        n, other, own = needs(S, person(S, {}, {"kind": HOME}, {"kind": CARE}))
        opened(S, n, 0, 0)
        take_intake(S, n, 0, 0)
        assert S.need[own].status == OPEN
        assert (S.need[other].status == OPEN) == (need_draw(S, other, SEE, 0) < 1 - e**-0.5)  # 1 x 1 x .5 x 1
        seen += S.need[other].status == OPEN
    assert 0 < seen < 40


def test_the_first_intake_makes_a_case_owner_and_a_later_one_is_the_story_again():
    S = world({"a": {"care": 2}}, intake_hours=1.5)
    n, later = needs(S, c := person(S, {}, {"status": KNOCKING}))
    opened(S, n, 0, 0)
    take_intake(S, n, 0, 0)
    assert (S.client[c].owner, S.client[c].retellings, S.worker[0].debt) == (0, 0, 1.5)
    S.need[later].at_team = 0
    take_intake(S, later, 1, 3)
    assert (S.client[c].owner, S.client[c].retellings, S.worker[1].debt) == (0, 1, 1.5)
    assert week(S).intake == 3.0


def test_where_nobody_is_at_work_the_intake_waits():
    S = world(intake_hours=1.5)
    (n,) = asks(S, {})
    present(S, 0, 0, 0)
    S = live(S, 5)
    assert (S.need[n].status, S.worker[0].debt, client_of_need(S, n).new_faces) == (INTAKE, 0.0, 0)
    present(S, 0, 1, 5)
    S = live(S, 1)
    assert (S.need[n].status, S.need[n].seen, S.need[n].start) == (HELPED, 5, 5)
    asks(S, {"ends": 9}, day=6)
    present(S, 0, 0, 6)
    S = live(S, 4)
    assert exits(S) == [("ended", 9.0)]
    assert [(REASONS[row.reason], row.organisation) for row in visits(S)] == [("ended", -1)]


def test_a_door_is_chosen_by_renown_among_those_not_tried():
    S = world({"a": {"care": 1}, "b": {"care": 1}, "c": {"care": 1}}, renown=(1.0, 1.0, 2.0))
    chosen = []
    for _ in range(60):
        (n,) = needs(S, person(S, {}))
        u = need_draw(S, n, DOOR, 1)
        chosen.append(choose_door(S, n))
        assert chosen[-1] == (0 if u < 0.25 else 1 if u < 0.5 else 2)  # 1, 1 and 2 of 4
        S.need[n].doors = 0b100
        assert choose_door(S, n) == (0 if u < 0.5 else 1)  # 1 and 1 of 2
        S.need[n].doors = 0b111
        assert choose_door(S, n) == NOWHERE
    assert set(chosen) == {0, 1, 2}


def test_how_well_an_organisation_is_known_mismatches_its_staff_by_a_draw_of_its_name():
    staff = {"a": {"care": 1}, "b": {"care": 1}}
    S = world(staff, renown=(1.0, 4.0), mismatch=0.25)
    a, b = (int(S.organisation[o].identity) for o in (0, 1))
    assert (a, b) == (0x68B7BE43, 0x71BEEFF9)  # CRC-32 of "a" is E8B7BE43, of "b" 71BEEFF9; less the sign
    for o, identity, renown in ((0, a, 1.0), (1, b, 4.0)):
        drawn = u01(1, identity, START, 0)
        assert S.organisation[o].renown == pytest.approx(renown * (0.75 + 0.5 * drawn))  # from 3/4 to 5/4 of it
    alone = world({"b": {"care": 1}}, renown=(4.0,), mismatch=0.25)
    assert alone.organisation[0].renown == S.organisation[1].renown  # whoever else is there


def test_a_fitting_door_is_one_that_offers_what_is_asked():
    S = world({"a": {"care": 1}, "b": {"home": 1}}, renown=(1000.0, 0.001), door_fit=1.0)
    (n,) = needs(S, person(S, {"kind": HOME}))
    assert choose_door(S, n) == 1
    S.p.door_fit = 0.0
    assert choose_door(S, n) == 0  # by renown alone; the other has one chance in a million


def test_who_prefers_an_organisation_knocks_there_first_if_it_has_what_is_asked():
    S = world({"a": {"care": 1}, "b": {"care": 1}}, renown=(1000.0, 0.001))
    (n,) = needs(S, c := person(S, {}))
    assert choose_door(S, n) == 0
    S.client[c].prefers = 1
    assert choose_door(S, n) == 1
    S.need[n].doors = 0b10
    assert choose_door(S, n) == 0  # was there already
    S.need[n].doors, S.need[n].kind = 0, HOME
    assert choose_door(S, n) == 0  # does not have it


def test_a_need_that_nobody_saw_may_be_brought_up_at_a_review_every_four_weeks():
    S = world({"a": {"care": 1}, "b": {"home": 1}}, speak_up=1.0)
    n = helped(S, 0)
    c = n // 4
    S.client[c].needs, S.client[c].owner = 2, 0
    _draw_need(S, n + 1, 0)
    S.need[n + 1].kind, S.need[n + 1].ends = HOME, NEVER
    S.worker.client_attention[:] = 0.0  # visitors notice nothing
    S = live(S, 20)
    look_ahead(S, c, 20)  # whatever happens meanwhile, the review is on day 28
    S = live(S, 8)
    assert S.need[n + 1].status == UNSEEN
    S = live(S, 1)
    assert (S.need[n + 1].status, S.need[n + 1].seen) == (OPEN, 29)
    assert S.client[c].lives == 1


# --- referral and refusal --------------------------------------------------------------------------------

CARE_AND_HOME = {"a": {"care": 1}, "b": {"home": 1}}
KNOWN_DOOR = (1000.0, 0.001)  # everybody knocks at the first, one in a million excepted


def test_a_referral_that_arrives_is_a_transfer_a_story_told_again_and_something_lost():
    S = world(CARE_AND_HOME, KNOWN_DOOR, refer_share=1.0, referral_completes=1.0, referral_loss=0.4, referral_hours=0.5)
    S.worker.client_attention[:] = 0.0
    (n,) = asks(S, {"kind": HOME, "wish": 0.5, "understood": 1.0, "perceived": 0.5})
    S = live(S, 1)
    assert (S.need[n].status, S.worker[0].debt) == (REFERRED, 0.5)
    S = live(S, 1)  # under way for a day at least
    client = client_of_need(S, n)
    assert (S.need[n].status, S.need[n].provider, S.need[n].start) == (HELPED, 1, 1)
    assert (client.transfers, client.retellings, client.new_faces, client.new_organisations) == (1, 1, 2, 2)
    assert S.need[n].understood == pytest.approx(0.6)  # 1 - .4
    assert S.need[n].perceived == pytest.approx(0.3)  # .6 x .5, the rest is taken to be the standard
    (row,) = visits(S, "referred")
    assert (row.organisation, row.seen, row.end, isnan(row.start)) == (0, 0.0, 0.0, True)


def test_a_referral_to_somebody_one_knows_arrives_as_such_referrals_do():
    S = world(CARE_AND_HOME, KNOWN_DOOR, refer_share=1.0, referral_completes=0.0, referral_completes_known=1.0)
    (lost,) = asks(S, {"kind": HOME})
    S = live(S, 2)
    assert S.need[lost].status == LOST
    S = world(
        CARE_AND_HOME,
        KNOWN_DOOR,
        refer_share=1.0,
        referral_completes=0.0,
        referral_completes_known=1.0,
        know_outside=1.0,
    )
    (kept,) = asks(S, {"kind": HOME})
    S = live(S, 2)
    assert S.need[kept].status == HELPED


def test_a_lost_referral_that_is_found_again_goes_to_a_door_not_tried():
    S = world(CARE_AND_HOME, KNOWN_DOOR, refer_share=1.0, referral_completes=0.0, found_again_share=1.0)
    (n,) = asks(S, {"kind": HOME})
    S = live(S, 2)
    away = exponential(need_draw(S, n, REFERRAL, 4 * 1 + 3), 42.0)  # one door was tried before
    found_again = 1 + 1 + int(away)  # lost on day 1
    assert (S.need[n].status, S.need[n].due) == (LOST, found_again)
    S = live(S, found_again - 1)
    assert (S.need[n].status, S.need[n].start) == (HELPED, found_again)
    assert [REASONS[row.reason] for row in visits(S)] == ["referred", "lost"]
    assert client_of_need(S, n).transfers == 0  # nobody passed it on in the end


def test_a_lasting_need_that_is_lost_for_good_stays_unmet_until_it_ends():
    S = world(CARE_AND_HOME, KNOWN_DOOR, refer_share=1.0, referral_completes=0.0, found_again_share=0.0)
    (n,) = asks(S, {"kind": HOME, "ends": 60})
    S = live(S, 60)
    assert S.need[n].status == LOST
    S = live(S, 1)
    assert exits(S) == [("ended", 60.0)]
    assert S.exit[0].unmet == pytest.approx(1.0)
    assert S.exit[0].hours_asked == pytest.approx(4.0 * 60 / 7)


def test_an_episodic_need_that_is_lost_for_good_is_given_up():
    S = world(
        {"a": {"care": 1}, "b": {"paper": 1}},
        KNOWN_DOOR,
        refer_share=1.0,
        referral_completes=0.0,
        found_again_share=0.0,
    )
    asks(S, {"kind": PAPER})
    S = live(S, 2)
    assert exits(S) == [("gave up", 1.0)]
    assert [REASONS[row.reason] for row in visits(S)] == ["referred", "lost", "gave up"]


def test_a_referral_is_over_on_the_day_the_need_ends():
    S = world(CARE_AND_HOME, KNOWN_DOOR, refer_share=1.0, referral_days=365.0)
    (n,) = asks(S, {"kind": HOME, "ends": 3})
    S = live(S, 1)
    assert S.need[n].status == REFERRED
    S = live(S, 3)
    assert exits(S) == [("ended", 3.0)]


def test_who_is_refused_and_does_not_give_up_wanders_to_another_door():
    S = world(CARE_AND_HOME, KNOWN_DOOR, refer_share=0.0, wander_days=14.0)
    (n,) = asks(S, {"kind": HOME})
    S = live(S, 1)
    away = exponential(need_draw(S, n, PROCEDURE, 1000000 + 1), 14.0)
    assert (S.need[n].status, S.need[n].due) == (KNOCKING, 1 + int(away))
    assert client_of_need(S, n).refusals == 1
    S = live(S, 1 + int(away))
    assert (S.need[n].status, S.need[n].provider) == (HELPED, 1)
    assert client_of_need(S, n).transfers == 0  # the client did it alone
    assert client_of_need(S, n).retellings == 1


def test_who_is_refused_and_gives_up_is_written_down_as_refused_and_as_gone():
    S = world(CARE_AND_HOME, KNOWN_DOOR, refer_share=0.0, give_up_after_no=1.0)
    asks(S, {"kind": HOME})
    S = live(S, 1)
    assert [REASONS[row.reason] for row in visits(S)] == ["refused", "gave up"]
    assert exits(S) == [("gave up", 0.0)]
    assert week(S, organisation=0).refusals == 1


def test_a_need_that_ended_before_help_was_chosen_is_closed():
    S = world()
    (n,) = needs(S, person(S, {"ends": 5}))
    opened(S, n, 0, 5)
    choose_help(S, n, 0, 5)
    (row,) = visits(S)
    assert (REASONS[row.reason], row.organisation, isnan(row.start)) == ("ended", 0, True)
    assert S.worker[0].committed == 0.0


# --- lists -----------------------------------------------------------------------------------------------


def test_freed_hours_take_who_was_first_or_who_is_most_urgent():
    S = world(contract_hours=4.0)
    first, urgent = listed(S, 0, day=0, urgency=0), listed(S, 0, day=3, urgency=2)
    assert next_place(S, 0, 5) == 2 * first
    S.organisation[0].ranking = 1.0
    assert next_place(S, 0, 5) == 2 * urgent


def test_of_two_who_came_on_the_list_on_one_day_the_more_urgent_goes_first():
    S = world({"a": {"care": 1, "home": 1}}, can_do=0.0)
    listed(S, 0, day=3, urgency=0, kind=CARE)
    urgent = listed(S, 0, day=3, urgency=2, kind=HOME)
    assert next_place(S, 0, 5) == 2 * urgent


def test_a_large_need_at_the_head_blocks_no_smaller_one_and_keeps_its_place():
    S = world(contract_hours=10.0, least_start=0.5)
    occupy(S, 0, 8.0)
    large, small = listed(S, 0, day=0, hours=6.0), listed(S, 0, day=1, hours=2.0)
    take_next(S, 0, 2)  # 2 hours free; the large one asks 3 to start with
    assert (S.need[large].status, S.need[small].status) == (LISTED, HELPED)
    later = listed(S, 0, day=3, hours=1.0)
    occupy(S, 0, -3.0)
    take_next(S, 0, 4)  # 3 hours free: the large one was first
    assert (S.need[large].status, S.need[large].listed, S.need[large].given) == (HELPED, 0, 3.0)
    assert S.need[later].status == LISTED


def test_help_starts_with_half_of_the_hours_and_is_topped_up_at_the_review():
    S = world(contract_hours=10.0, least_start=0.5)
    occupy(S, 0, 7.0)
    n = helped(S, 0, hours=6.0)
    assert S.need[n].given == 3.0
    occupy(S, 0, -2.0)
    S = live(S, 28)
    assert S.need[n].given == 3.0
    S = live(S, 1)
    assert S.need[n].given == 5.0
    catch_up(S, n // 4, 35)
    assert S.need[n].delivered == pytest.approx(3 * 4 + 5 * 1)  # four weeks of 3 hours, one of 5


def test_help_does_not_start_with_less_than_half():
    S = world(contract_hours=10.0, least_start=0.5)
    occupy(S, 0, 7.5)
    (n,) = asks(S, {"hours": 6.0})
    S = live(S, 1)
    assert S.need[n].status == LISTED


def test_two_clocks_run_for_who_waits_since_the_onset_and_since_the_list():
    S = world(CARE_AND_HOME, KNOWN_DOOR, refer_share=1.0, referral_completes=1.0)
    occupy(S, 1, 10.0)
    (n,) = asks(S, {"kind": HOME})
    S = live(S, 9)
    occupy(S, 1, -10.0)
    S = live(S, 1)
    end_need(S, n, FULFILLED, 10)
    row = visits(S, "ended")[0]
    assert (row.onset, row.seen, row.listed, row.start, row.end) == (0.0, 1.0, 1.0, 9.0, 10.0)


def test_who_waits_may_stand_on_a_second_list_with_a_clock_of_its_own():
    S = world({"a": {"care": 1}, "b": {"care": 1}}, KNOWN_DOOR, knock_elsewhere=1.0)
    occupy(S, 0, 10.0)
    occupy(S, 1, 10.0)
    (n,) = asks(S, {})
    S = live(S, 30)  # knocks elsewhere after 28 days, intake there the next day
    assert [(p.team, p.seen, p.listed) for p in S.place[2 * n : 2 * n + 2]] == [(0, 0, 0), (1, 29, 29)]
    assert (client_of_need(S, n).retellings, week(S, 4, 1).second_lists) == (1, 1.0)
    occupy(S, 1, -10.0)
    S = live(S, 1)
    assert (S.need[n].status, S.need[n].seen, S.need[n].listed, S.need[n].start) == (HELPED, 29, 29, 30)
    (row,) = visits(S)
    assert (REASONS[row.reason], row.organisation, row.listed, row.end) == ("moved", 0, 0.0, 30.0)
    assert client_of_need(S, n).transfers == 0  # asked there, and was helped there
    assert (S.organisation.places == 0).all() and (S.team.waiting == 0).all()


def test_a_second_door_with_room_is_a_stay_of_its_own():
    S = world({"a": {"care": 1}, "b": {"care": 1}}, KNOWN_DOOR, knock_elsewhere=1.0)
    occupy(S, 0, 10.0)
    (n,) = asks(S, {})
    S = live(S, 30)
    end_need(S, n, FULFILLED, 30)
    row = visits(S, "ended")[0]
    assert (row.organisation, row.seen, isnan(row.listed), row.start) == (1, 29.0, True, 29.0)


def test_who_waits_gives_up_with_a_hazard_a_year():
    S = world(give_up_waiting=10.0, review_days=36)
    n = listed(S, 0)
    keep_waiting(S, n, 36)  # 10 x 36/365 = .99 at this review
    assert exits(S) == [("gave up", 36.0)]
    S = world(give_up_waiting=0.0)
    n = listed(S, 0)
    keep_waiting(S, n, 28)
    assert (S.need[n].status, S.need[n].due) == (LISTED, 56)


def test_bridging_care_gives_a_part_of_the_hours_until_help_starts():
    S = world(contract_hours=10.0, bridging_offered=1.0, bridging_share=0.25)
    occupy(S, 0, 9.0)
    (n,) = asks(S, {"hours": 4.0})
    S = live(S, 14)
    assert (S.need[n].status, S.need[n].bridger, S.need[n].bridging) == (LISTED, 0, 1.0)  # .25 x 4
    occupy(S, 0, -9.0)
    S = live(S, 1)
    assert (S.need[n].status, S.need[n].given, S.worker[0].bridging) == (HELPED, 4.0, 0.0)
    S = live(S, 6)
    end_need(S, n, FULFILLED, 21)
    (row,) = visits(S)
    assert row.hours_bridging == pytest.approx(2.0)  # two weeks of one hour
    assert row.hours_delivered == pytest.approx(4.0)  # a week of four
    assert S.exit[0].hours_delivered == pytest.approx(6.0)
    assert S.exit[0].unmet == pytest.approx(0.75 * 14 / 21)
    assert week(S, 0).bridging == pytest.approx(1.0)


def test_a_need_is_helped_or_listed_where_somebody_has_the_craft():
    S = world({"a": {"care": 2, "paper": 1}}, team_size=2, know_inside=0.0)
    crafts = [S.worker[w].craft for w in range(3)]
    assert crafts == [CARE, PAPER, CARE]  # spread over teams of two and one
    n, later = (needs(S, person(S, {"kind": PAPER, "hours": 8.0}))[0] for _ in range(2))
    for heard_of in (n, later):
        opened(S, heard_of, 2, 0)  # by the one who sits alone
        choose_help(S, heard_of, 2, 0)
    assert (S.need[n].status, S.need[n].provider) == (HELPED, 1)
    assert (S.need[later].status, S.place[2 * later].team) == (LISTED, 0)
    end_need(S, n, FULFILLED, 0)
    take_next(S, 1, 0)
    assert S.need[later].provider == 1


# --- planning, one management, one list ------------------------------------------------------------------


def test_a_manager_places_as_many_needs_elsewhere_as_the_hours_for_planning_allow():
    S = world({"a": {"care": 4}}, team_size=1, manager_hours=32.0, planning_hours=2.0, control=0.5, placing_hours=0.5)
    waiting = [listed(S, 0, day=-i, hours=8.0) for i in range(3)]
    plan(S, 0, 0)  # 2 x .5 hours, half an hour each: two
    assert [S.need[n].status for n in waiting] == [HELPED, HELPED, LISTED]
    assert [S.need[n].provider for n in waiting[:2]] == [1, 2]  # the freest, elsewhere
    assert (week(S).planning, S.manager[0].placed) == (1.0, 2)
    assert S.client.transfers.sum() == 0  # inside the organisation
    S.board[0].control = 0.0
    plan(S, 0, 0)
    assert S.need[waiting[2]].status == LISTED


def test_a_manager_finds_room_only_after_the_list_of_the_other_team_itself():
    S = world({"a": {"care": 2}}, team_size=1, manager_hours=32.0, planning_hours=40.0, control=1.0, contract_hours=4.0)
    other = helped(S, 1, ends=6)  # frees the other worker on the day of planning
    occupy(S, 0, 4.0)
    old, own = listed(S, 0, day=-9), listed(S, 1, day=0)
    S = live(S, 7)
    assert S.need[other].status != HELPED
    assert (S.need[own].status, S.need[old].status) == (HELPED, LISTED)


def test_a_central_management_plans_across_organisations_of_a_zone_but_for_who_prefers_to_wait():
    S = world({"a": {"care": 1}, "b": {"care": 1}}, central_management=True, zones=2)
    occupy(S, 0, 10.0)
    occupy(S, 2, 10.0)  # workers: a and b of zone 0, a and b of zone 1
    n = listed(S, 0)
    assert find_elsewhere(S, n, 0) == 1
    client_of_need(S, n).prefers = 0
    assert find_elsewhere(S, n, 0) == NOWHERE
    client_of_need(S, n).prefers = NOWHERE
    S.organisation[1].central_management = 0
    assert find_elsewhere(S, n, 0) == NOWHERE
    occupy(S, 2, -10.0)
    assert find_elsewhere(S, n, 0) == 2  # the same organisation, in the other zone


def test_on_one_list_the_oldest_goes_first_whoever_listed_it_and_who_prefers_waits():
    S = world({"a": {"care": 2}, "b": {"care": 1}}, team_size=1, pooled_list=True)  # three teams of one
    n = listed(S, 0, day=0)
    at_b = listed(S, 2, day=1)
    assert next_place(S, 1, 5) == 2 * n  # the sister team of a
    assert next_place(S, 2, 5) == 2 * n
    client_of_need(S, n).prefers = 0
    assert next_place(S, 2, 5) == 2 * at_b
    assert next_place(S, 1, 5) == 2 * n  # is of the organisation preferred
    client_of_need(S, n).prefers = NOWHERE
    take_next(S, 2, 5)
    assert (S.need[n].provider, client_of_need(S, n).transfers) == (2, 1)  # to another organisation
    assert (S.need[at_b].provider, client_of_need(S, at_b).transfers) == (2, 0)


def test_without_one_list_each_team_takes_from_its_own():
    S = world({"a": {"care": 2}, "b": {"care": 1}}, team_size=1)
    listed(S, 0)
    assert next_place(S, 0, 5) >= 0
    assert next_place(S, 1, 5) == next_place(S, 2, 5) == NOWHERE


def test_help_by_another_organisation_at_once_is_a_transfer_too():
    S = world({"a": {"care": 1}, "b": {"care": 1}}, KNOWN_DOOR, pooled_list=True)
    occupy(S, 0, 10.0)
    (n,) = asks(S, {})
    S = live(S, 1)
    assert (S.need[n].provider, client_of_need(S, n).transfers, client_of_need(S, n).new_organisations) == (1, 1, 2)


def test_colleagues_of_another_team_are_found_only_when_known():
    for know, expected in ((0.0, LISTED), (1.0, HELPED)):
        S = world({"a": {"care": 2}}, team_size=1, know_inside=know)
        occupy(S, 0, 10.0)
        n = needs(S, person(S, {}))[0]
        opened(S, n, 0, 0)
        choose_help(S, n, 0, 0)
        assert S.need[n].status == expected


# --- help goes on, and stops -----------------------------------------------------------------------------


def test_help_goes_on_after_the_need_where_production_counts_but_not_for_long():
    on = {"renewal_asked": 1.0, "targets": 1.0, "control": 1.0, "longest_overrun_days": 84.0}
    for settings, end in (
        (on, 184.0),  # reviews at 100, 128, 156 and 184 = 100 + 84
        ({**on, "longest_overrun_days": 60.0}, 156.0),  # from 156 a review later would be 84 days over
        ({**on, "renewal_asked": 0.0}, 100.0),
        ({**on, "targets": 0.0}, 100.0),
        ({**on, "control": 0.0}, 100.0),
    ):
        S = world(**settings)
        helped(S, 0, ends=100)
        S = live(S, 200)
        assert visits(S)[0].end == end


def test_help_that_goes_on_beyond_its_indication_needs_the_assessor():
    on = {"renewal_asked": 1.0, "targets": 1.0, "control": 1.0, "longest_overrun_days": 365.0, "indication_days": 90.0}
    S = world(**on, renewal_granted=0.0)
    helped(S, 0, ends=100)
    S = live(S, 300)
    assert visits(S)[0].end == 180.0  # renewed on day 90, when the need was there, and not again
    S = world(**on, renewal_granted=1.0)
    n = helped(S, 0, ends=100)
    S = live(S, 300)
    assert S.need[n].status == HELPED


def test_an_episodic_need_has_a_volume_that_starts_with_help():
    S = world({"a": {"paper": 1}})
    occupy(S, 0, 10.0)
    n = listed(S, 0, kind=PAPER, volume=30)
    S = live(S, 50)
    occupy(S, 0, -10.0)
    take_next(S, 0, 50)
    assert (S.need[n].start, S.need[n].ends) == (50, 80)
    S = live(S, 31)
    assert visits(S)[0].end == 80.0
    assert week(S, 11).completed == 1.0  # day 80 is in week 11


def test_a_lasting_need_ends_of_itself_also_on_the_list():
    S = world()
    occupy(S, 0, 10.0)
    asks(S, {"ends": 40})
    S = live(S, 41)
    assert exits(S) == [("ended", 40.0)]
    assert isnan(visits(S)[0].start)


# --- hours -----------------------------------------------------------------------------------------------


def test_a_worker_has_what_leave_indirect_hours_and_overhead_leave():
    S = world(
        contract_hours=21.0, leave_share=0.2, direct_share=0.62, control=0.8, report_hours=1.5, meeting_hours=0.3,
    )  # fmt: skip
    assert S.worker[0].capacity == pytest.approx(8.916)  # 21 x .8 x .62 - 1.5 x .8 - .3 = 10.416 - 1.5
    S.organisation[0].extra_staff = 0.1
    reset_capacity(S, 0)
    assert S.worker[0].capacity == pytest.approx(9.8076)  # 1.1 x (10.416 - 1.5): more staff brings its own overhead
    S.organisation[0].coordination_hours = 20.0
    reset_capacity(S, 0)
    assert S.worker[0].capacity == 0.0  # never less than none


def test_each_arrangement_takes_hours_of_all_in_proportion_to_its_use():
    S = world(
        {"a": {"care": 1}, "b": {"care": 1}}, arrangement_hours=0.2, pooled_list=True, client_say=0.5,
        capacity_overview=0.25,
    )  # fmt: skip
    assert S.worker.capacity[:2] == pytest.approx(9.65)  # 10 - .2 x (1 + .5 + .25)
    S.organisation[0].pooled_list = 0
    for w in (0, 1):
        reset_capacity(S, w)
    assert S.worker.capacity[:2] == pytest.approx([9.85, 9.65])
    S = live(S, 7)
    assert week(S).coordination == pytest.approx(0.15)


def test_a_debt_is_paid_from_idle_hours_first():
    S = world(contract_hours=8.0)
    helped(S, 0)
    S.worker[0].debt = 3.0
    S = live(S, 7)
    assert (week(S).direct, week(S).idle, S.worker[0].debt) == pytest.approx((4.0, 1.0, 0.0))  # 8 = 4 + 3 + 1


def test_a_debt_is_otherwise_paid_out_of_visits_a_quarter_a_week():
    S = world(contract_hours=8.0)
    n = helped(S, 0, hours=8.0)
    S.worker[0].debt = 8.0
    reset_capacity(S, 0)
    assert S.worker[0].ratio == pytest.approx(0.75)  # 8 - 8/4 = 6 of 8
    S = live(S, 7)
    assert (week(S).direct, week(S).idle, S.worker[0].debt) == pytest.approx((6.0, 0.0, 6.0))
    assert S.worker[0].ratio == pytest.approx(0.8125)  # 8 - 6/4 = 6.5 of 8
    catch_up(S, n // 4, 7)
    assert S.need[n].delivered == pytest.approx(6.0)
    assert S.client[n // 4].unmet_days == pytest.approx(7 * 0.25)
    S.worker[0].debt = 100.0
    reset_capacity(S, 0)
    assert S.worker[0].ratio == pytest.approx(0.5)  # never more than half


def test_the_account_of_a_week_adds_up_to_the_hours_paid():
    S = world(
        contract_hours=20.0, leave_share=0.2, direct_share=0.5, control=1.0, report_hours=1.0, meeting_hours=0.5,
        intake_hours=1.5,
    )  # fmt: skip
    asks(S, {})
    S = live(S, 7)
    spent = {"leave": 4.0, "indirect": 8.0, "reports": 1.0, "meetings": 0.5, "direct": 4.0, "intake": 1.5, "idle": 1.0}
    assert {name: pytest.approx(week(S)[name]) for name in spent} == spent
    assert week(S).paid == sum(spent.values()) == 20.0


def test_in_a_busy_world_all_hours_paid_are_spent_or_owed():
    busy = {
        "arrivals_per_year": 60.0, "another_need": 0.5, "sick_share": 0.1, "turnover": 1.0, "vacancy_days": 20.0,
        "intake_hours": 2.0, "review_hours": 0.5, "referral_hours": 1.0, "bridging_offered": 1.0, "refer_share": 0.8,
        "control": 0.7, "report_hours": 1.0, "meeting_hours": 0.4, "coordination_hours": 0.2, "leave_share": 0.2,
        "direct_share": 0.7, "contract_hours": 20.0, "knock_elsewhere": 0.2, "pooled_list": True,
    }  # fmt: skip
    S = live(world({"a": {"care": 3, "home": 2}, "b": {"home": 2, "paper": 1}}, **busy), 7 * 100)
    rows = S.series[: 100 * 3]
    spent = sum(rows[name].sum() for name in DESTINATIONS)
    assert rows.direct.sum() > 1000 and rows.bridging.sum() > 0 and rows.sick.sum() > 0
    assert rows.paid.sum() == pytest.approx(spent - S.worker.debt.sum())
    assert all(rows[name].min() > -1e-9 for name in DESTINATIONS)


def test_more_staff_is_more_paid_hours():
    S = live(world(contract_hours=10.0, extra_staff=0.1), 7)
    assert (week(S).paid, week(S).idle) == pytest.approx((11.0, 11.0))


def test_a_board_holds_production_against_the_hours_of_its_workers_at_work():
    S = world({"a": {"care": 2}}, contract_hours=10.0, production_norm=0.8)
    helped(S, 0)
    S.p.sick_share = 0.1
    take_stock(S, 0, 0)
    assert S.board[0].budget == pytest.approx(187.2)  # 13 weeks x 2 x 10 hours x .9 at work x .8 asked for
    S = live(S, 91)
    assert S.board[0].ratio == pytest.approx(4.0 / 14.4)  # 4 of 14.4 hours a week


def test_levers_change_on_their_day_and_the_account_is_closed_before():
    S = world(
        more="[[changes]]\nday = 10\nlevers = { report_hours = 2.0 }\n[levers]\nreport_hours = 1.0\n", control=1.0
    )
    S = live(S, 14)
    assert week(S, 0).reports == pytest.approx(1.0)
    assert week(S, 1).reports == pytest.approx(11 / 7)  # days 7 to 9 at 1 hour, 10 to 13 at 2
    assert week(S, 1).idle == pytest.approx(10 - 11 / 7)
    assert S.worker[0].capacity == 8.0


def test_a_list_that_is_shared_from_a_day_on_is_looked_at_that_day():
    more = "[[changes]]\nday = 10\nlevers = { pooled_list = true }\n"
    S = world({"a": {"care": 1}, "b": {"care": 1}}, more=more)
    occupy(S, 0, 10.0)
    n = listed(S, 0)
    S = live(S, 10)
    assert S.need[n].status == LISTED
    S = live(S, 1)
    assert (S.need[n].provider, S.need[n].start) == (1, 10)


# --- workers come and go ---------------------------------------------------------------------------------


def test_who_is_sick_delivers_nothing_and_is_paid():
    S = world()
    n = helped(S, 0)
    S = live(S, 7)
    present(S, 0, 0, 7)
    S = live(S, 7)
    present(S, 0, 1, 14)
    catch_up(S, n // 4, 21)
    assert (week(S, 1).sick, week(S, 1).paid, week(S, 1).direct) == pytest.approx((10.0, 10.0, 0.0))
    assert S.need[n].delivered == pytest.approx(8.0)  # two weeks of three
    assert S.client[n // 4].unmet_days == pytest.approx(7.0)


def test_at_a_review_a_colleague_with_room_takes_over_from_who_is_sick():
    S = world({"a": {"care": 2}})
    n = helped(S, 0)
    S = live(S, 21)
    present(S, 0, 0, 21)
    S = live(S, 14)  # the review is on day 28
    end_need(S, n, FULFILLED, 35)
    (row,) = visits(S)
    assert (row.worker, row.hours_delivered, row.first_worker_hours) == pytest.approx((1, 16.0, 12.0))  # 3 and 1 weeks
    assert (S.exit[0].transfers, S.exit[0].new_faces, S.exit[0].new_organisations) == (1, 2, 1)
    assert S.worker[0].committed == S.worker[1].committed == 0.0


def test_who_leaves_hands_over_to_a_colleague_with_room():
    S = world({"a": {"care": 2}})
    n = helped(S, 0)
    S = live(S, 14)
    S.worker[0].leaves = 14
    come_or_go(S, 0, 14)
    assert (S.need[n].status, S.need[n].provider, client_of_need(S, n).transfers) == (HELPED, 1, 1)
    assert (S.worker[0].present, S.worker[0].committed, len(visits(S))) == (-1, 0.0, 0)


def test_who_leaves_nobody_behind_puts_the_case_back_on_the_list():
    S = world({"a": {"care": 2, "paper": 1}})
    occupy(S, 1, 10.0)
    n = helped(S, 0, bridging=0.0)
    S = live(S, 14)
    S.worker[0].leaves = 14
    come_or_go(S, 0, 14)
    (row,) = visits(S)
    assert (REASONS[row.reason], row.end, row.hours_delivered) == ("handed over", 14.0, pytest.approx(8.0))
    assert (S.need[n].status, S.place[2 * n].listed, client_of_need(S, n).transfers) == (LISTED, 14, 1)
    S = live(S, 2)  # the successor comes the next day
    assert (S.need[n].start, S.need[n].provider, client_of_need(S, n).new_faces) == (15, 0, 2)


def test_of_an_episodic_need_put_back_the_rest_is_still_to_be_done():
    S = world({"a": {"paper": 1}})
    n = helped(S, 0, kind=PAPER, volume=30)
    S = live(S, 14)
    S.worker[0].leaves = 14
    come_or_go(S, 0, 14)
    assert (S.need[n].volume, S.need[n].ends) == (16, NEVER)
    S = live(S, 2)
    assert S.need[n].ends == 31  # 15 + 16


def test_help_that_went_on_after_the_need_stops_when_its_worker_leaves():
    S = world(renewal_asked=1.0, targets=1.0, control=1.0, longest_overrun_days=84.0)
    helped(S, 0, ends=10)
    S = live(S, 20)
    S.worker[0].leaves = 20
    come_or_go(S, 0, 20)
    assert exits(S) == [("ended", 20.0)]


def test_nobody_gives_bridging_care_on_the_day_of_leaving():
    S = world({"a": {"care": 2}}, bridging_offered=1.0, bridging_share=0.25)
    occupy(S, 1, 9.0)
    n = helped(S, 0)
    S = live(S, 14)
    S.worker[0].leaves = 14
    come_or_go(S, 0, 14)
    assert (S.need[n].status, S.need[n].bridger) == (LISTED, 1)


def test_a_successor_is_a_newcomer_whom_nobody_knew():
    S = world({"a": {"care": 3}}, know_team=1.0)
    assert knows(S, 0, 1) and knows(S, 1, 0)
    before = S.worker[1].key
    S.worker[1].leaves = 5
    come_or_go(S, 1, 5)
    S.p.know_team = 0.0
    come_or_go(S, 1, 9)
    assert (S.worker[1].key, S.worker[1].hired) == (before + 1, 9)
    assert not knows(S, 0, 1) and not knows(S, 1, 0)  # whom the predecessor knew counts no longer
    assert knows(S, 0, 2)
    assert skill(S, 1, CARE, 9) == pytest.approx(S.p[0].craft_low)
    S.p.know_team = 1.0
    S.worker[1].leaves = 12
    come_or_go(S, 1, 12)
    come_or_go(S, 1, 13)
    assert knows(S, 0, 1) and knows(S, 1, 0)


def test_a_seat_left_and_filled_within_a_week_is_paid_for_the_days_it_was_held():
    S = world({"a": {"care": 2}})
    S.worker[1].leaves = 2
    come_or_go(S, 1, 2)
    come_or_go(S, 1, 5)
    for w in (0, 1):
        settle(S, w, 7)
    assert week(S).paid == pytest.approx(10.0 + 10.0 * (2 + 2) / 7)
    assert week(S).idle == pytest.approx(week(S).paid)


def test_a_need_outside_the_own_craft_is_passed_over_as_far_as_attention_goes_to_oneself():
    S = world({"a": {"care": 1, "home": 1}}, can_do=0.0, passing_over=0.5)
    S.worker.self_attention[:2] = 0.8
    home, care = listed(S, 0, kind=HOME, hours=1.0), listed(S, 0, day=1, hours=1.0)
    weeks = [next_place(S, 0, 7 * week) // 2 for week in range(60)]
    passed = [worker_draw(S, 0, LIST, PASSING + 3 * week + HOME) < 0.5 * 0.8 for week in range(60)]
    assert weeks == [care if over else home for over in passed]  # the older, unless it is passed over
    assert 0 < sum(passed) < 60
    assert all(next_place(S, 1, 7 * week) // 2 == home for week in range(60))  # it is the craft of the other


def test_the_catalogue_learns_from_tailored_help_that_ended_well():
    S = world(catalogue=2, catalogue_learning=0.5, contract_hours=60.0)
    for i, (tailored, reason) in enumerate([(0.5, FULFILLED), (0.5, RENOUNCED), (0.0, FULFILLED)]):
        n = helped(S, 0)
        S.need[n].tailored, S.need[n].quality = tailored, 0.8
        end_need(S, n, reason, 1 + i)
    assert S.organisation[0].learnt == pytest.approx(0.5 * 0.5 * 0.8)
    S.organisation[0].learnt = 1.0
    n = helped(S, 0, perceived=0.6)
    assert variants(S, n, 0) == 3  # a whole one more, for all
    assert S.need[n].variant == pytest.approx(2 / 3)
    S.organisation[0].learnt = 500.0
    assert variants(S, n, 0) == 50


def test_a_variant_that_was_learnt_in_part_is_known_for_some_needs():
    S = world(catalogue=2)
    S.organisation[0].learnt = 1.4
    found = []
    for _ in range(40):
        (n,) = needs(S, person(S, {}))
        found.append(variants(S, n, 0))
        assert found[-1] == (4 if need_draw(S, n, EXTRA, PARTLY) >= 0.6 else 3)  # 2 + 1, and for 4 in 10 one more
    assert set(found) == {3, 4}


def test_the_successor_of_a_case_owner_is_a_transfer_and_a_new_face():
    S = world({"a": {"care": 2}})
    n = helped(S, 1)
    client = client_of_need(S, n)
    client.owner, client.owner_generation = 0, S.worker[0].generation
    S.worker[0].leaves = 3
    come_or_go(S, 0, 3)
    come_or_go(S, 0, 4)
    S = live(S, 28)
    assert (client.transfers, client.new_faces) == (0, 1)
    S = live(S, 1)  # at the review of this life
    client = client_of_need(S, n)
    assert (client.transfers, client.new_faces) == (1, 2)


# --- faces -----------------------------------------------------------------------------------------------


def test_a_client_remembers_eight_faces_and_every_organisation():
    S = world({"a": {"care": 9}, "b": {"care": 1}})
    client = S.client[c := person(S, {})]
    for w in (0, 0, 1, 9, 9):
        meet(S, c, w)
    assert (client.new_faces, client.new_organisations) == (3, 2)
    for w in range(2, 8):
        meet(S, c, w)
    assert client.new_faces == 9  # the ninth took the place of the first
    meet(S, c, 1)
    assert client.new_faces == 9
    meet(S, c, 0)
    assert (client.new_faces, client.new_organisations) == (10, 2)


def test_hours_of_the_first_worker_are_told_apart():
    S = world({"a": {"care": 2}})
    n = helped(S, 0)
    S = live(S, 7)
    hand_over(S, n, 1, 7)
    S = live(S, 14)
    end_need(S, n, FULFILLED, 21)
    (row,) = visits(S)
    assert (row.hours_delivered, row.first_worker_hours) == pytest.approx((12.0, 4.0))  # 1 and 2 weeks of 4 hours


# --- life ------------------------------------------------------------------------------------------------


def test_frailty_grows_with_age_and_unmet_need():
    S = world(frailty_drift=0.0013, frailty_harm=0.0025)
    c = person(S, {})
    catch_up(S, c, 28)
    assert S.client[c].frailty == pytest.approx(0.5152)  # .5 + 4 x (.0013 + .0025)


def test_frailty_recovers_with_good_help_that_is_near_to_what_is_required():
    S = world(frailty_drift=0.0013, frailty_recovery=0.0012, frailty_harm=0.0025)
    n = helped(S, 0, required=0.25)
    S.need[n].quality = 0.8
    S = live(S, 28)
    catch_up(S, n // 4, 28)
    assert S.client[n // 4].frailty == pytest.approx(0.50232)  # .5 + 4 x (.0013 - .0012 x .8 x .75)


def test_an_own_network_makes_good_a_part_and_tires():
    S = world(network_share=0.25, network_tiring=0.01, frailty_harm=0.0025)
    c = person(S, {}, network=0.8)
    catch_up(S, c, 28)
    client = S.client[c]
    assert client.unmet_days == pytest.approx(28 * 0.8)  # 1 - .25 x .8
    assert client.frailty == pytest.approx(0.508)  # .5 + 4 x .0025 x .8
    assert client.network == pytest.approx(0.7744)  # .8 x (1 - 4 x .01 x .8)


def test_what_is_unmet_while_a_worker_was_away_is_known_to_the_day():
    S = world()
    n = helped(S, 0)
    S = live(S, 10)
    present(S, 0, 0, 10)
    S = live(S, 5)
    present(S, 0, 1, 15)
    catch_up(S, n // 4, 20)
    assert S.client[n // 4].unmet_days == pytest.approx(5.0)  # though nobody looked in between


@pytest.mark.parametrize(("hazard", "left", "status"), [
    ("crisis_hazard", "crisis_left", "admitted in crisis"),
    ("death_hazard", "death_left", "died"),
])  # fmt: skip
def test_a_hazard_is_met_on_the_day_predicted(hazard, left, status):
    S = world(frailty_exponent=3.0, unmet_exponent=1.0, **{hazard: 0.365})
    c = person(S, {}, frailty=0.5)
    setattr(S.client[c], left, 0.027)
    look_ahead(S, c, 0)
    assert S.client[c].due == ceil(0.027 / (0.001 * e)) == 10  # .365 a year is .001 a day, times e at full unmet need
    S = live(S, 11)
    assert exits(S) == [(status, 10.0)]


def test_a_hazard_rises_with_frailty():
    S = world(frailty_exponent=3.0, crisis_hazard=0.365)
    c = person(S, {}, frailty=0.7)
    S.client[c].crisis_left = 0.0182
    look_ahead(S, c, 0)
    assert S.client[c].due == 10  # .001 x exp(3 x .2) = .001822 a day


def planned(**values):
    """Found a world of one worker who listens for half with a fifth of attention, for good: e^-.6 is not heard."""
    S = world(planned_hazard=0.365, seeing=6.0, attention_form=1, skill_learning=0.0, skill_fading=0.0, **values)
    S.worker.listening[:], S.worker.client_attention[:] = 0.5, 0.2
    return S


def test_a_planned_admission_needs_a_case_owner_who_sees_it():
    S = planned()
    c = person(S, {})
    S.client[c].planned_left = 0.005 * (1 - e**-0.6) - 0.0001
    look_ahead(S, c, 0)
    assert S.client[c].due == 28  # no owner: only the next review
    S.client[c].owner = 0
    look_ahead(S, c, 0)
    assert S.client[c].due == 10  # .001 x .5 x (1 - e^-.6) a day: frail for half, nothing met; 6 x .5 x .2
    present(S, 0, 0, 0)
    look_ahead(S, c, 0)
    assert S.client[c].due == 28
    present(S, 0, 1, 0)
    look_ahead(S, c, 0)
    S.organisation[0].clients = 1
    S = live(S, 11)
    assert exits(S) == [("admitted as planned", 10.0)]


def test_home_fails_who_is_frail_as_far_as_what_is_asked_stays_undone():
    S = planned()
    occupy(S, 0, 7.0)
    n = helped(S, 0)  # 3 of 4 hours
    c = n // int(S.p[0].max_needs)
    client = S.client[c]
    client.frailty, client.owner, S.organisation[0].clients = 0.8, 0, 1
    assert home_fails(S, c, 0.25) == pytest.approx(0.2)
    catch_up(S, c, 20)
    assert client.planned_left == pytest.approx(1.0 - 20 * 0.001 * 0.2 * (1 - e**-0.6))
    client.planned_left = 0.0015 * (1 - e**-0.6)
    look_ahead(S, c, 20)
    assert client.due == 28  # 7.5 days
    client.planned_left = 0.0007 * (1 - e**-0.6)
    look_ahead(S, c, 20)
    assert client.due == 24  # 3.5 days
    S.need[n].given = 4.0
    look_ahead(S, c, 20)
    assert client.due == 28  # all is done: only the review
    client.frailty, S.need[n].given = 0.0, 3.0
    look_ahead(S, c, 20)
    assert client.due == 28  # not frail at all


def test_a_planned_admission_costs_the_case_owner_hours_and_no_other_end_does():
    for status, hours in ((PLANNED, 6.0), (CRISIS, 0.0), (DIED, 0.0)):
        S = world({"a": {"care": 2}}, arranging_hours=6.0)
        n = helped(S, 0)
        client_of_need(S, n).owner, S.organisation[0].clients = 1, 1
        leave_care(S, n // int(S.p[0].max_needs), status, 3)
        assert (S.worker[0].debt, S.worker[1].debt, week(S).choosing) == (0.0, hours, hours)
        assert exits(S) == [(STATUSES[status], 3.0)]


def test_death_closes_everything():
    S = world({"a": {"care": 1, "home": 1}, "b": {"care": 1, "home": 1}})
    c = person(S, {}, {"kind": HOME}, {}, {})
    help_, waits, underway, _ = needs(S, c)
    occupy(S, 1, 10.0)
    occupy(S, 3, 10.0)
    opened(S, help_, 0, 0)
    start_help(S, help_, 0, NOWHERE, 0)
    on_list(S, waits, 0, 0)
    assert join_list(S, waits, 1, 2, 3, 3)
    S.need[underway].status, S.need[underway].at_team = REFERRED, 1
    schedule_need(S, underway, SEEK, 50)
    S.client[c].death_left = -1.0
    S = live(S, 7)
    grow_older(S, c, 7)
    assert exits(S) == [("died", 7.0)]
    assert sorted(row.organisation for row in visits(S, "died")) == [-1, -1, 0, 0, 1]
    assert visits(S).hours_delivered.sum() == pytest.approx(4.0)
    assert (S.team.waiting == 0).all() and (S.organisation.places == 0).all()
    assert S.worker[0].committed == 0.0
    assert (S.now[0].in_care, S.client[c].used) == (0, 0)
    assert live(S, 600).now[0].visits == 5  # and nothing of it comes back


# --- who comes -------------------------------------------------------------------------------------------


def test_nobody_asks_for_a_kind_of_which_the_share_is_nought_nor_twice_for_one():
    S = world({"a": {"care": 1, "home": 1}}, another_need=1.0, another_need_decline=1.0, frailty_needs=0.0)
    c = arrive(S, 0, 0)
    assert sorted(S.need[n].kind for n in needs(S, c)) == [CARE, HOME]  # of three kinds, one with a share of 0


def test_a_need_that_is_knocking_when_it_ends_is_closed_at_the_door():
    S = world()
    (n,) = asks(S, {"ends": 5})
    knock(S, n, 5)
    assert exits(S) == [("ended", 5.0)]


def test_whoever_comes_early_in_the_day_sees_only_hours_that_are_free():
    S = world(contract_hours=10.0)
    occupy(S, 0, 8.0)
    assert free_hours(S, 0) == pytest.approx(2.0)
    S.worker[0].debt = 4.0
    assert free_hours(S, 0) == pytest.approx(1.0)  # 10 - 4/4 - 8


def test_the_same_seed_is_the_same_world():
    settings = {"arrivals_per_year": 100.0, "another_need": 0.5, "death_hazard": 0.1}
    one, other = (live(world(CARE_AND_HOME, **settings), 200) for _ in range(2))
    assert np.array_equal(one.visit, other.visit, equal_nan=False) or one.visit.tobytes() == other.visit.tobytes()
    assert one.now[0].visits > 20
