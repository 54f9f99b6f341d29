"""Worked examples of choosing: initiative, the worth of options, what is done, hours, and asking why.

One rule each, the expected numbers computed by hand, in the quiet world of ``test_worked_examples.py``. Workers here
are alike: competence .6 in each kind, half of everything that can be half, attention in four equal shares.
"""
# ruff: noqa: N803, N806 - S is the state, as in the rules

from __future__ import annotations

from math import exp, log

import pytest
from test_worked_examples import (
    CARE_AND_HOME,
    HOME,
    client_of_need,
    helped,
    listed,
    needs,
    occupy,
    on_list,
    opened,
    person,
    week,
    world,
)
from worlds import DESTINATIONS, lively, small

from sim import CareNetwork
from sim.errors import RegieError
from sim.model.career import come_or_go
from sim.model.chance import ANSWER, CHOICE, EXTRA, HEARD, INITIATIVE, RENEWAL, SAY, need_draw
from sim.model.choosing import (
    ADVOCATE,
    CALL,
    COLLEAGUE,
    KEEP,
    MANAGER,
    ON_LIST,
    OPTIONS,
    REFERRAL_OPTION,
    REFUSAL,
    SMALLER,
    STANDARD,
    STOP,
    STRETCH,
    TAILOR,
    TAILORED,
    answers,
    chance_of_initiative,
    clear_options,
    consider,
    contribution,
    could_stretch,
    dare,
    own_initiative,
    own_list_permits,
    pick,
    pressure,
    takes_initiative,
    weigh_call,
    weigh_colleague,
    weigh_elsewhere,
    weigh_end,
    weigh_help,
    weigh_manager,
    weigh_review,
    weigh_stretching,
)
from sim.model.client import keep_waiting, picture, take_in
from sim.model.day import live
from sim.model.finding import find_room, may_place, whom_to_call
from sim.model.help import tailor
from sim.model.hours import overhead, own_time, present, promise, reset_capacity
from sim.model.listing import take_next
from sim.model.reviewing import review
from sim.model.state import DONE, EXCEPTION, HELPED, KNOCKING, LISTED, NOWHERE, OPEN, REFERRED, copy_state, same_state
from sim.model.ties import contact, tie_row, trust_in
from sim.model.waitlist import make_exception
from sim.model.worker import choose_help, reconsider, who_reconsiders

PLAIN = {
    "permission": 0.0, "permission_under_control": 0.0, "courage_response": 1.0, "pressure_response": 1.0,
    "initiative_form": 0, "choice_rule": 0, "choice_temperature": 0.001, "aspiration": 0.5, "fit_weight": 0.5,
    "continuity_weight": 0.1, "craft_bias": 0.2, "belief_error": 0.0, "lesser_at_first": 0.0, "tailored_most": 1.0,
    "tailoring_hours": 2.0, "calling_hours": 0.5, "advocacy_hours": 1.0, "smaller_hours": 1.0, "smaller_step": 0.25,
    "smaller_most": 0.5, "smaller_succeeds": 0.5, "placing_hours": 0.5, "protocol_floor": 0.0,
    "craft_low": 0.6, "craft_high": 0.6, "other_high": 0.6, "volunteers_known": 0.0, "client_say": 0.0,
    "tie_contact": 0.5,
    "knows_from": 0.3, "trust_gain": 0.5, "trust_loss": 0.5, "referral_completes": 0.4, "referral_completes_known": 0.8,
    "give_up_after_no": 0.0, "refer_share": 0.0, "catalogue": 1, "skill_base": 1.0, "capacity_overview": 0.0,
    "first_impression": 0.0, "mismatch": 0.0, "team_hours": 0.0, "arrangement_hours": 0.0, "hard_work": 4.0,
    "money_follows_production": 0.0, "stretching": False, "stretching_hours": 1.0, "used_to_help": 0.5,
}  # fmt: skip
LIKE_ALL = {
    "listening": 0.5, "creativity": 0.5, "courage": 0.5, "ownership": 0.5, "safety": 0.5, "experience": 0.5,
    "consistency": 1.0, "client_attention": 0.25, "profession_attention": 0.25, "organisation_attention": 0.25,
    "self_attention": 0.25,
}  # fmt: skip
TWO = {"a": {"care": 1}, "b": {"care": 1}}
OWNER = {"ownership": 1.0, "courage": 1.0}  # takes the initiative whether or not it is permitted
NOTHING = {name: 0.0 for name in LIKE_ALL if name.endswith("_attention")}  # attention, to give to one thing alone
FOR_CLIENTS = {**NOTHING, "client_attention": 1.0}
FOR_ITSELF = {**NOTHING, "self_attention": 1.0}
FOR_THE_PROFESSION = {**OWNER, **NOTHING, "profession_attention": 1.0}  # makes needs smaller where others wait


def room(staff=None, worker=(), renown=(), more="", **values):
    """Return a quiet world with workers alike, but for the first."""
    S = world(staff, renown, more, **{**PLAIN, "can_do": 0.0, **values})
    for w in range(int(S.now[0].workers)):
        be(S.worker[w], **LIKE_ALL)
        S.worker[w].competence[:3] = 0.6
    be(S.worker[0], **dict(worker))
    return S


def be(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)


def asked(S, w=0, **fields):
    """Let worker ``w`` know of a new need, for which nothing is weighed yet; return its row."""
    n = needs(S, person(S, fields))[0]
    opened(S, n, w, 0)
    clear_options(S, n)
    return n


def worth(row):
    return [row.client, row.profession, row.organisation, row.own]


# --- initiative ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "insisting", "permission", "expected"),
    [
        (0, 0.8, 0.6, 0.8 * 0.6 * 0.5 * 0.25),
        (0, 0.8, 0.0, 0.0),  # insisted on, but not permitted
        (1, 0.8, 0.6, 0.8 * (0.6 + 0.5 + 0.25) / 3),
        (1, 0.8, 0.0, 0.8 * (0.0 + 0.5 + 0.25) / 3),  # a mean leaves something
        (1, 0.0, 0.6, 0.0),  # nobody insists: permitted, safe or not, there is no pressure
        (2, 0.8, 0.6, 0.25),
        (2, 0.8, 0.1, 0.1),
    ],
)
def test_pressure_is_insistence_where_it_is_permitted_safe_and_consistent(form, insisting, permission, expected):
    S = room(worker={"consistency": 0.25}, initiative_form=form, permission=permission)
    S.manager[0].insisting = insisting
    assert pressure(S, 0) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("permission", "control", "own", "rest"),
    [
        (0.8, 0.0, 0.4 * (0.8 + 0.2 * 0.5 * 0.5), 0.66 * (0.5 * 0.8 * 0.5) * 0.5),  # own .34, pressed .5 x .8 x .5
        (0.8, 1.0, 0.4 * (0.1 + 0.9 * 0.5 * 0.5), 0.87 * (0.5 * 0.1 * 0.5) * 0.5),  # control leaves .1: own .13
        (0.8, 0.5, 0.4 * (0.45 + 0.55 * 0.5 * 0.5), 0.765 * (0.5 * 0.45 * 0.5) * 0.5),  # .4 + .05: own .235
    ],
)
def test_initiative_comes_of_ownership_where_permitted_or_with_courage_and_of_the_rest_by_pressure(
    permission, control, own, rest
):
    S = room(
        worker={"ownership": 0.4}, permission=permission, control=control, permission_under_control=0.1,
        courage_response=0.5, pressure_response=0.5,
    )  # fmt: skip
    S.manager[0].insisting = 0.5  # safe by .5, consistent
    assert own_initiative(S, 0) == pytest.approx(own)
    assert chance_of_initiative(S, 0) == pytest.approx(own + rest)


def test_one_draw_for_worker_and_need_decides_and_above_what_ownership_explains_it_is_forced():
    S = room(worker={"ownership": 0.4, "courage": 0.0, "safety": 1.0}, permission=1.0)
    S.manager[0].insisting = 0.5  # own .4, and .6 x .5 under pressure: .7 in all
    forced = taken = 0
    for _ in range(40):
        n = asked(S)
        u = need_draw(S, n, INITIATIVE, int(S.worker[0].key))
        assert takes_initiative(S, n, 0, 0) == takes_initiative(S, n, 0, 7) == (u < 0.7)  # held for good
        taken += 2 * (u < 0.7)
        forced += 2 * (0.4 <= u < 0.7)
    assert 0 < forced < taken < 80
    counts = (S.worker[0].chances, S.worker[0].initiatives, S.worker[0].forced)
    assert counts == (80, taken, forced)
    assert (week(S).chances, week(S).initiatives) == (80, taken)


# --- what an option is worth -----------------------------------------------------------------------------


def test_an_option_is_weighed_by_four_terms_and_the_shares_of_attention():
    S = room(worker={"client_attention": 0.4, "self_attention": 0.1}, permission=0.6)
    n = asked(S, wish=0.8, perceived=0.6, urgency=1)
    consider(S, n, 0, STANDARD, 0, 0.2, 0.0, 0.5, 0.6, 0.3, 1.0, 0.5)
    row = S.option[STANDARD]
    client = (1 - 0.5 * 0.4) * 0.5 * 0.6  # .4 from the wish as perceived
    profession = 0.5 * (0.6 * 0.5 + 0.8 * 0.5)  # urgency 1 of 2: half counts how soon
    own = 1 / 4 + 0.5 * 0.4 * 0.5 * 0.5  # an hour of four; half a breach, not permitted by .4, half brave, half safe
    assert worth(row) == pytest.approx([client, profession, 0.3, own])
    assert row.utility == pytest.approx(0.4 * client + 0.25 * profession + 0.25 * 0.3 - 0.1 * own)
    assert row.wished == pytest.approx((1 - 0.5 * 0.6) * 0.6)  # .6 from the wish itself; a face not known
    u = need_draw(S, n, CHOICE, OPTIONS * 1 + STANDARD)
    assert row.luck == pytest.approx(-log(-log(u)))


def test_what_was_not_taken_in_of_a_wish_is_a_first_impression_and_nothing_taken_in_is_lost():
    S = room(first_impression=0.5, wish_high=0.6)
    n = asked(S, wish=1.0)
    first = 0.5 * 0.6 * need_draw(S, n, HEARD, 0)  # half of a wish of at most .6
    assert S.need[n].perceived == pytest.approx(first) and 0.0 < first < 0.3
    take_in(S, n, 0.4)
    assert S.need[n].perceived == pytest.approx(0.4 * 1.0 + 0.6 * first)
    take_in(S, n, 0.2)  # less than was known
    assert (S.need[n].understood, S.need[n].perceived) == pytest.approx((0.4, 0.4 * 1.0 + 0.6 * first))
    S.need[n].wish = 0.5
    picture(S, n)  # of another wish as much is known
    assert S.need[n].perceived == pytest.approx(0.4 * 0.5 + 0.6 * first)
    S.p[0].first_impression = 0.0
    picture(S, n)
    assert S.need[n].perceived == pytest.approx(0.4 * 0.5)  # the rest is taken for the standard
    take_in(S, n, 1.0)
    assert S.need[n].perceived == 0.5


def test_a_client_likes_a_known_face():
    S = room()
    n = asked(S)
    client_of_need(S, n).faces[0] = S.worker[0].key
    consider(S, n, 0, STANDARD, 0, 0.0, 0.0, 0.5, 1.0, 0.0, 0.0, 0.0)
    assert S.option[STANDARD].wished == pytest.approx(1.0 + 0.1)


def test_standard_help_keeps_to_the_book_and_tailored_help_goes_as_far_as_creativity_and_room():
    S = room(control=0.5, targets=0.6, permission=0.8, catalogue=2)  # permission .4, targets .3
    n = asked(S, wish=1.0, perceived=1.0)  # the nearest variant is at .5
    weigh_help(S, n, 0, 0, True, 0)
    plain, own, waits, pleads = (S.option[option] for option in (STANDARD, TAILORED, ON_LIST, ADVOCATE))
    assert (plain.variant, plain.tailored, plain.hours, plain.breach) == (0.5, 0.0, 0.0, 0.0)
    assert plain.client == pytest.approx((1 - 0.5 * 0.5) * 0.6)
    assert plain.organisation == pytest.approx(0.5 * (0.3 * 1.0 + 0.5 * 1.0))
    part = 0.5 * (1 - (1 - 0.4) * (1 - 0.5))  # creativity, times permission and courage together
    assert (own.tailored, own.variant, own.hours) == pytest.approx((part, 0.5 + part, 2.0 * part))
    assert own.client == pytest.approx((1 - 0.5 * (0.5 - part)) * 0.6)
    assert own.organisation == pytest.approx(0.5 * 0.3)
    assert waits.client == pytest.approx((1 - 0.5 * 0.5) * 0.6 * 1.0)  # nobody waits
    assert waits.organisation == pytest.approx(0.5 * (0.3 * 0.5 + 0.5))
    assert (pleads.hours, pleads.breach) == (1.0, 1.0)
    assert pleads.client == pytest.approx((1 - 0.5 * 0.5) * 0.6 * 0.8)


def test_hours_here_count_for_targets_and_for_the_money_that_follows_production():
    S = room(control=0.5, targets=0.6, money_follows_production=0.4)  # targets .3
    assert contribution(S, 0, 1.0, 0.0) == pytest.approx(0.5 * (1 - 0.7 * 0.6))
    assert contribution(S, 0, 0.5, 1.0) == pytest.approx(0.5 * ((1 - 0.7 * 0.6) * 0.5 + 0.5))
    S.board[0].control = 0.0
    assert contribution(S, 0, 1.0, 1.0) == pytest.approx(0.5 * 0.4)  # nothing is controlled; money follows still


def test_the_longer_the_list_the_less_it_is_thought_to_be_worth():
    S = room()
    for _ in range(3):
        listed(S, 0)
    n = asked(S)
    weigh_help(S, n, 0, NOWHERE, True, 0)
    assert not S.option[STANDARD].possible
    assert S.option[ON_LIST].client == pytest.approx(0.6 / (1 + 3))  # three who wait for one worker


def test_tailored_help_is_believed_to_be_lesser_at_first_more_or_less():
    S = room(worker={"experience": 0.2}, permission=1.0, lesser_at_first=0.5, belief_error=0.4)
    n = asked(S, wish=1.0, perceived=1.0)
    weigh_help(S, n, 0, 0, True, 0)
    u = need_draw(S, n, CHOICE, OPTIONS * 1 + OPTIONS - 1 + (1 << 24))
    lesser = 0.5 * (1 - 0.2) * (1 + 0.4 * (2 * u - 1) * (1 - 0.2))
    quality = 0.5 * 0.6 + 0.5 * 0.6 * (1 - lesser)  # half of it is tailored
    assert S.option[TAILORED].client == pytest.approx((1 - 0.5 * 0.5) * quality)
    assert S.option[STANDARD].client == pytest.approx((1 - 0.5 * 1.0) * 0.6)


def test_who_is_called_is_believed_in_as_far_as_trusted_and_the_network_insists_on_it():
    S = room(CARE_AND_HOME, network_insistence=0.5, joint_responsibility=0.2, helping_consequences=0.5)
    n = asked(S, kind=HOME, hours=4.0)
    weigh_call(S, n, 0, 1, 0)
    row = S.option[CALL]
    quality = 0.6 * (1 - 0.2 * (1 - 0.3))  # a stranger, trusted by .3
    soon = 1 - (1 - 0.3) * (1 - 0.5 * 0.3)
    assert row.client == pytest.approx(quality * soon)
    assert row.organisation == pytest.approx(0.5)  # insisted on; what counts as own work counts for who is called
    assert row.own == pytest.approx(0.5 / 4 + 0.5 * 0.5 * 0.5)
    contact(S, 0, 1, 1.0)
    S.tie[tie_row(S, 0, 1)].trust = 1.0
    weigh_call(S, n, 0, 1, 0)
    assert row.client == pytest.approx(0.6)


def test_colleagues_managers_referral_and_no_are_worth_what_follows_from_them():
    S = room({"a": {"care": 2}, "b": {"home": 1}}, control=0.4)
    n = asked(S)
    weigh_colleague(S, n, 0, 1, 0)
    be(S.manager[0], called=2, satisfied=0)
    weigh_manager(S, n, 0, 0)
    weigh_elsewhere(S, n, 0, False, False)
    client = {option: S.option[option].client for option in (4, MANAGER, REFERRAL_OPTION, REFUSAL)}
    assert S.option[2].client == pytest.approx(0.6)  # a colleague starts at once
    assert client[MANAGER] == pytest.approx(0.6 * (0 + 1) / (2 + 2))  # two calls in vain
    assert client[REFERRAL_OPTION] == pytest.approx(0.6 * 0.8 * 0.5 * 0.4)  # craft bias; half as soon; .4 arrive
    assert client[REFUSAL] == 0.0 and S.option[REFUSAL].profession == 0.0
    assert S.option[REFUSAL].organisation == pytest.approx(0.5 * 0.4)  # not offered here: "no" is by the book
    weigh_elsewhere(S, n, 0, True, True)
    assert S.option[REFERRAL_OPTION].client == pytest.approx(0.6 * 0.8 * 0.5 * 0.8)
    assert S.option[REFUSAL].organisation == 0.0


# --- which option is taken -------------------------------------------------------------------------------


def offer(S, n, **utilities):
    """Give some options by number (o0, o7, ...) and their utility; to the client they are worth its reverse."""
    for name, utility in utilities.items():
        option = S.option[int(name[1:])]
        be(option, possible=1, utility=utility, wished=-utility, luck=0.0)


def test_the_best_is_chosen_and_luck_counts_less_with_experience():
    S = room(choice_temperature=0.2, worker={"experience": 1.0})
    n = asked(S)
    offer(S, n, o0=0.5, o7=0.4)
    S.option[7].luck = 2.0
    assert pick(S, n, 0) == 7  # .4 + .2 x .5 x 2 = .6
    S.option[7].luck = 0.9
    assert pick(S, n, 0) == 0  # .49
    S.worker[0].experience = 0.0
    assert pick(S, n, 0) == 7  # .4 + .2 x 1.5 x .9 = .67


def test_chosen_by_luck_options_are_chosen_as_by_softmax():
    S = room(choice_temperature=0.5, worker={"experience": 0.5})
    first = 0
    for _ in range(400):
        n = asked(S)
        for option, contributes in ((STANDARD, 1.0), (ON_LIST, 0.0)):
            consider(S, n, 0, option, NOWHERE, 0.0, 0.0, 0.0, 0.0, contributes, 0.0, 0.0)  # worth .25 and 0
        first += pick(S, n, 0) == STANDARD
    expected = 400 * exp(0.25 / 0.5) / (exp(0.25 / 0.5) + 1)  # temperature .5 x (1.5 - .5)
    assert first == pytest.approx(expected, abs=3 * 10)  # three times the standard error


def test_a_satisficer_takes_the_first_that_is_good_enough_in_the_order_of_habit():
    S = room(choice_rule=1, aspiration=0.3)
    n = asked(S)
    offer(S, n, o0=0.2, o1=0.31, o7=0.9)
    assert pick(S, n, 0) == 1
    S.p[0].aspiration = 0.95
    assert pick(S, n, 0) == 7  # nothing is good enough: the best


def test_the_clients_own_ranking_is_followed_as_far_as_there_is_say_and_voice():
    S = room(client_say=0.8)
    said = 0
    for _ in range(40):
        n = asked(S)
        client_of_need(S, n).voice = 0.5
        offer(S, n, o0=0.5, o7=0.4)  # the client would have the second
        says = need_draw(S, n, SAY, 1) < 0.8 * 0.5
        assert pick(S, n, 0) == (7 if says else 0)
        said += says
    assert 0 < said < 40
    assert week(S).said == said


# --- what is done ----------------------------------------------------------------------------------------


def test_who_takes_the_initiative_tailors_and_spends_the_hours_who_does_not_goes_by_the_book():
    for ownership in (0.0, 1.0):
        S = room(worker={**OWNER, "ownership": ownership, "client_attention": 1.0, "self_attention": 0.0})
        be(S.worker[0], profession_attention=0.0, organisation_attention=0.0)
        n = asked(S, wish=0.4, perceived=0.4)
        choose_help(S, n, 0, 0)
        need = S.need[n]
        assert (need.status, need.provider) == (HELPED, 0)
        part = 0.4 if ownership else 0.0  # creativity .5 x courage 1 reaches .5, more than the .4 asked for
        assert (need.tailored, need.variant) == pytest.approx((part, part))
        assert S.worker[0].debt == week(S).choosing == pytest.approx(2.0 * part)
        assert (S.worker[0].tailored, S.worker[0].daring) == ((1.0, 1.0) if ownership else (0.0, 0.0))


def test_a_call_that_is_answered_starts_help_without_a_transfer_and_trust_follows_its_quality():
    answered = satisfied = 0
    for seed in range(12):
        S = room(CARE_AND_HOME, seed=seed, worker={**OWNER, "client_attention": 1.0, "self_attention": 0.0})
        contact(S, 0, 1, 1.0)
        n = asked(S, kind=HOME)
        S.worker[0].can[HOME] = S.organisation[0].offers[HOME] = 0
        choose_help(S, n, 0, 0)
        assert S.worker[1].debt == 0.5 and week(S).calls == 1.0  # both spend the hours, whatever the answer
        if S.need[n].status != HELPED:
            assert trust_in(S, 0, 1) == pytest.approx(0.3 * 0.5)
            continue
        answered += 1
        assert (S.need[n].provider, S.need[n].called, client_of_need(S, n).transfers) == (1, 1, 0)
        pleased = need_draw(S, n, ANSWER, int(S.need[n].choices) + (1 << 24)) < 0.6
        trust = 0.3 + 0.5 * 0.7 if pleased else 0.3 * 0.5
        assert trust_in(S, 0, 1) == pytest.approx(trust)
        satisfied += pleased
        assert week(S).calls_answered == 1.0 and week(S).displaced == 0.0
    assert 0 < satisfied < answered


@pytest.mark.parametrize("consequences", [0.0, 0.8])
def test_who_is_called_answers_by_what_it_is_worth(consequences):
    levers = {"joint_responsibility": 0.4, "helping_consequences": consequences, "control": 0.5, "targets": 0.8}
    levers["network_insistence"] = 1.0  # speaks to who calls, not to who answers
    S = room(CARE_AND_HOME, choice_temperature=0.5, **levers)
    yes = 0
    for _ in range(40):
        n = asked(S, kind=HOME, hours=4.0)
        # .25 x (.6 for the client + .3 for trust + what helping is worth together with half of the targets, .4)
        effort = min(1.0, 0.5 / 4 + 4.0 / 10.0)
        utility = 0.25 * (0.6 + 0.3 + (1 - 0.6 * (1 - 0.5 * 0.4)) + consequences - effort)
        expected = need_draw(S, n, ANSWER, 1) < 1 / (1 + exp(-utility / 0.5))
        assert answers(S, n, 0, 1, 0) == expected
        yes += expected
    assert 0 < yes < 40
    present(S, 1, 0, 0)
    assert not any(answers(S, asked(S, kind=HOME), 0, 1, 0) for _ in range(20))


def test_an_agreement_of_which_both_heard_makes_helping_count_as_own_production():
    S = room(CARE_AND_HOME, choice_temperature=0.5, joint_budget=0.6, joint_responsibility=0.5)
    S.board[1].agreed[0] = 1
    for informed, counts in ((0.0, 0.5), (1.0, 1 - 0.5 * 0.4)):
        S.manager[1].informed = informed
        utility = 0.25 * (0.6 + 0.3 + counts - 0.525)  # quality, trust in a stranger, effort
        rows = [asked(S, kind=HOME, hours=4.0) for _ in range(200)]
        said = [answers(S, n, 0, 1, 0) for n in rows]
        assert said == [need_draw(S, n, ANSWER, 1) < 1 / (1 + exp(-utility / 0.5)) for n in rows]


def test_a_call_on_the_manager_satisfies_who_then_finds_help():
    for handed_back in (0.0, 1.0):
        S = room(TWO, worker={**OWNER, "client_attention": 1.0, "self_attention": 0.0}, manager_hours=10.0)
        be(S.manager[0], process=handed_back, called=8, satisfied=8)  # trusted: nine in ten were of use
        be(S.worker[1], client_attention=1.0, self_attention=0.0)
        contact(S, 0, 1, 1.0)
        S.tie[tie_row(S, 0, 1)].trust = 0.8
        occupy(S, 0, 10.0)
        listed(S, 0), listed(S, 0)  # a list that would take long
        n = asked(S)
        choose_help(S, n, 0, 0)
        assert (S.option[MANAGER].failed, S.decision[0].handed_back) == (1, int(handed_back))
        assert (S.decision[0].option, S.need[n].provider) == (CALL, 1)
        assert S.manager[0].satisfied == 8 + handed_back


def test_own_clients_go_first_unless_lists_are_ranked_by_urgency_together():
    S = room({"a": {"care": 1}, "b": {"home": 2}})
    waits = listed(S, 1, kind=HOME, urgency=1)
    n = asked(S, kind=HOME, urgency=2)
    assert not own_list_permits(S, n, 0, 1)
    assert own_list_permits(S, n, 2, 1)  # of a colleague inside it is an own client
    S.organisation[1].urgency_across = 1
    assert own_list_permits(S, n, 0, 1)  # more urgent than who waits
    S.need[n].urgency = 1
    assert not own_list_permits(S, n, 0, 1)
    S.need[n].urgency = 2
    make_exception(S, waits)
    assert not own_list_permits(S, n, 0, 1)  # an exception goes before all


def test_who_is_called_and_has_no_room_answers_only_where_lists_are_ranked_together():
    S = room({"a": {"care": 1}, "b": {"home": 1}, "c": {"home": 1}})
    be(S.worker[1], **FOR_CLIENTS)  # would take anything
    n = asked(S, kind=HOME, urgency=1)
    occupy(S, 1, 8.0)
    assert answers(S, n, 0, 1, 0)  # two hours of the four asked are enough to start with
    occupy(S, 1, 1.0)
    assert not answers(S, n, 0, 1, 0)
    S.organisation[1].urgency_across = 1
    assert answers(S, n, 0, 1, 0)
    listed(S, 1, kind=HOME, urgency=1)
    assert not answers(S, n, 0, 1, 0)  # who is as urgent and was first goes first
    S.need[n].urgency = 2
    assert answers(S, n, 0, 1, 0)
    S.worker[1].can[HOME] = 0
    assert not answers(S, n, 0, 1, 0)
    S.worker[1].can[HOME] = 1
    on_list(S, n, 0, 0)
    assert answers(S, n, 0, 1, 0)
    on_list(S, n, 2, 0)
    assert not answers(S, n, 0, 1, 0)  # nobody stands on three lists


def test_a_call_answered_without_room_puts_the_need_on_the_list_there_and_it_is_no_transfer():
    S = room(CARE_AND_HOME, urgency_across=True, worker={**OWNER, **FOR_CLIENTS})
    be(S.worker[1], **FOR_CLIENTS)
    contact(S, 0, 1, 1.0)
    S.tie[tie_row(S, 0, 1)].trust = 1.0
    occupy(S, 1, 10.0)
    listed(S, 1, kind=HOME, urgency=0)
    n = asked(S, kind=HOME, urgency=1)
    choose_help(S, n, 0, 0)
    place = S.place[2 * n]
    assert (S.need[n].status, place.called, place.team, place.worker) == (LISTED, 1, 1, 0)
    assert (week(S).calls, week(S).calls_answered, week(S).displaced) == (1.0, 1.0, 1.0)  # before who waited there
    assert trust_in(S, 0, 1) == 1.0  # no help yet, to be satisfied with or not
    promise(S, 1, -10.0, 0.0, 0)
    S.organisation[1].ranking = 1.0
    take_next(S, 1, 0)
    assert (S.need[n].status, S.need[n].provider, S.need[n].called) == (HELPED, 1, 1)
    assert client_of_need(S, n).transfers == 0  # who called stays responsible


def test_a_need_that_was_promised_a_place_elsewhere_and_is_taken_from_the_own_list_was_not_called_for():
    S = room(TWO, urgency_across=True, worker={**OWNER, **FOR_CLIENTS})
    be(S.worker[1], **FOR_CLIENTS)
    contact(S, 0, 1, 1.0)
    S.tie[tie_row(S, 0, 1)].trust = 1.0
    occupy(S, 0, 10.0), occupy(S, 1, 10.0)
    n = listed(S, 0)
    reconsider(S, n, 0, 7)
    assert [(S.place[slot].team, S.place[slot].called) for slot in (2 * n, 2 * n + 1)] == [(0, 0), (1, 1)]
    promise(S, 0, -10.0, 0.0, 7)
    take_next(S, 0, 7)
    assert (S.need[n].status, S.need[n].provider, S.need[n].called) == (HELPED, 0, 0)


@pytest.mark.parametrize("willing", [True, False])
def test_a_colleague_inside_is_asked_like_anybody_hours_of_both_and_trust(willing):
    pleased = 0
    quality = 0.6 + 0.3 * 10 / 11  # better than .6, after ten years: .3 x 3650/(3650 + 365)
    for seed in range(20):
        S = room({"a": {"care": 3}}, worker={**OWNER, **FOR_CLIENTS}, seed=seed, learning_days=365.0)
        be(S.worker[2], aptitude=0.9, **(FOR_CLIENTS if willing else FOR_ITSELF))
        contact(S, 0, 2, 1.0)
        for w, v in ((0, 2), (2, 0)):
            S.tie[tie_row(S, w, v)].trust = 0.4
        listed(S, 0)  # who waits here goes first before others' clients, and this is none
        n = asked(S)
        choose_help(S, n, 0, 0)
        assert S.option[COLLEAGUE].client == pytest.approx(quality)
        assert (S.worker[0].debt, S.worker[2].debt, week(S).choosing) == (0.5, 0.5, 1.0)
        assert week(S).calls == 0.0  # calls are across organisations
        if not willing:
            assert (S.option[COLLEAGUE].failed, S.decision[0].option, S.need[n].called) == (1, STANDARD, 0)
            assert (trust_in(S, 0, 2), trust_in(S, 2, 0)) == (0.2, 0.4)
            continue
        assert (S.need[n].provider, S.need[n].called, client_of_need(S, n).transfers) == (2, 1, 0)
        satisfied = need_draw(S, n, ANSWER, int(S.need[n].choices) + (1 << 24)) < quality
        trust = (0.4 + 0.5 * 0.6, 0.4 + 0.5 * 0.6) if satisfied else (0.2, 0.4)
        assert (trust_in(S, 0, 2), trust_in(S, 2, 0)) == pytest.approx(trust)
        pleased += satisfied
    assert 0 < pleased < 20 or not willing


@pytest.mark.parametrize(("money", "option"), [(0.0, CALL), (0.8, ON_LIST)])
def test_where_money_follows_production_work_stays_inside(money, option):
    S = room(TWO, worker=OWNER, money_follows_production=money, network_insistence=0.15)
    be(S.worker[0], **{**NOTHING, "organisation_attention": 0.9, "self_attention": 0.1})
    be(S.worker[1], **FOR_CLIENTS)
    contact(S, 0, 1, 1.0)
    occupy(S, 0, 10.0)
    n = asked(S)
    choose_help(S, n, 0, 0)
    # A call is worth .9 x .15 less .1 x .125 (courage: no risk), the list .9 x half of the money for half of the hours.
    assert S.option[CALL].utility == pytest.approx(0.135 - 0.0125)
    assert S.option[ON_LIST].utility == pytest.approx(0.9 * 0.5 * money * 0.5)
    assert S.decision[0].option == option
    assert S.need[n].status == (HELPED if option == CALL else LISTED)


def test_to_break_a_rule_is_daring_as_far_as_it_is_not_permitted():
    S = room(permission=0.8)
    dare(S, 0, 0.5)
    assert S.worker[0].daring == pytest.approx(0.5 * 0.2)
    S.board[0].control = 0.5  # permission .4
    dare(S, 0, 1.0)
    assert S.worker[0].daring == pytest.approx(0.5 * 0.2 + 0.6)
    be(S.board[0], control=0.0), be(S.organisation[0], permission=1.0)
    dare(S, 0, 1.0)
    assert S.worker[0].daring == pytest.approx(0.5 * 0.2 + 0.6)


def test_whom_to_call_is_the_most_trusted_or_with_an_overview_whoever_has_room():
    S = room({"a": {"care": 1}, "b": {"home": 3}})
    n = asked(S, kind=HOME)
    assert whom_to_call(S, n, 0) == NOWHERE  # knows nobody
    for v, trust in ((1, 0.5), (2, 0.8)):
        contact(S, 0, v, 1.0)
        S.tie[tie_row(S, 0, v)].trust = trust
    assert whom_to_call(S, n, 0) == 2
    occupy(S, 1, 10.0)
    occupy(S, 2, 10.0)
    assert whom_to_call(S, n, 0) == 2  # does not know that there is no room
    S.organisation[0].capacity_overview = 1.0
    assert whom_to_call(S, n, 0) == 3  # a stranger, with room
    S.organisation[0].capacity_overview = 0.0
    S.board[0].agreed[1], S.manager[0].informed = 1, 1.0
    assert whom_to_call(S, n, 0) == 3  # by an agreement of boards of which the manager told
    S.manager[0].informed = 0.0
    assert whom_to_call(S, n, 0) == 2


def test_pressing_for_an_exception_that_is_granted_puts_the_need_before_all_others():
    for seed in range(8):
        S = room(worker={"courage": 1.0}, seed=seed, permission=0.5, manager_hours=1.0)
        S.manager[0].clients_attention = 0.0
        occupy(S, 0, 10.0)
        n = asked(S)
        S.worker[0].ownership = 1.0
        # Who is pressed for is thought to be helped nearly at once, who waits behind nine others is not.
        for _ in range(9):
            listed(S, 0)
        choose_help(S, n, 0, 0)
        assert week(S).advocacies == 1.0
        assert week(S).choosing >= 1.0
        granted = need_draw(S, n, EXTRA, 4 * int(S.need[n].choices) + 2) < 0.5
        assert S.need[n].exception == (1 if granted else 0)
        assert (S.manager[0].granted, S.manager[0].refused) == ((1.0, 0.0) if granted else (0.0, 1.0))
        if granted:
            assert S.need[n].status == LISTED
            place = S.link[int(S.now[0].need_link) + 5 * n + 1]
            assert place.chain == S.now[0].list_chain + EXCEPTION


def test_what_cannot_be_done_is_passed_over_for_the_next_best_and_in_the_end_for_the_book():
    S = room({"a": {"care": 1}, "b": {"home": 1}}, worker={**OWNER, "self_attention": 0.0, "client_attention": 0.5})
    contact(S, 0, 1, 1.0)
    S.tie[tie_row(S, 0, 1)].trust = 1.0
    occupy(S, 1, 10.0)  # will not answer
    n = asked(S, kind=HOME)
    S.worker[0].can[HOME] = S.organisation[0].offers[HOME] = 0
    choose_help(S, n, 0, 0)
    assert (S.option[CALL].failed, S.option[CALL].possible) == (1, 0)
    assert S.decision[0].option == REFERRAL_OPTION and S.need[n].status == REFERRED
    assert trust_in(S, 0, 1) == 0.5  # a call in vain


def test_who_put_a_need_on_the_list_looks_again_only_with_initiative():
    for ownership in (0.0, 1.0):
        S = room(TWO, worker={**OWNER, "ownership": ownership, "self_attention": 0.0, "client_attention": 1.0})
        occupy(S, 0, 10.0)
        contact(S, 0, 1, 1.0)
        S.tie[tie_row(S, 0, 1)].trust = 1.0
        S.p[0].choice_temperature = 0.001
        S.worker[1].client_attention = 1.0  # answers any call
        n = listed(S, 0)
        reconsider(S, n, 0, 7)
        assert S.need[n].status == (HELPED if ownership else LISTED)
        assert S.need[n].provider == (1 if ownership else NOWHERE)
        assert S.worker[0].chances == 1.0


@pytest.mark.parametrize(
    ("levers", "prefers", "expected"),
    [
        ({}, -1, False),
        ({"pooled_list": True}, -1, True),
        ({"joint_intake": True}, -1, True),
        ({"front_door": True}, -1, True),
        ({"pooled_list": True, "joint_intake": True, "front_door": True}, 0, False),  # would rather wait here
        ({"pooled_list": True}, 1, True),
    ],
)
def test_an_organisation_may_place_clients_where_both_share_or_it_keeps_the_front_door(levers, prefers, expected):
    S = room(TWO, renown=(2.0, 1.0), **levers)
    n = asked(S)
    client_of_need(S, n).prefers = prefers
    assert bool(may_place(S, n, 0, 1)) == expected
    occupy(S, 0, 10.0)
    assert find_room(S, n, 0) == (1 if expected else NOWHERE)
    if list(levers) == ["front_door"]:
        assert not may_place(S, n, 1, 0)  # the other does not keep the door


# --- beyond one's own service ----------------------------------------------------------------------------


def test_a_worker_could_stretch_with_the_competence_and_the_hours_where_workers_may():
    S = room(stretching=True, can_do=0.6)
    n = asked(S, kind=HOME, hours=4.0)
    assert (S.organisation[0].offers[HOME], S.worker[0].can[HOME]) == (0, 0)
    assert could_stretch(S, n, 0)
    occupy(S, 0, 8.0)
    assert could_stretch(S, n, 0)  # the two hours that are left are enough to start with
    occupy(S, 0, 0.5)
    assert not could_stretch(S, n, 0)
    promise(S, 0, -8.5, 0.0, 0)
    S.worker[0].competence[HOME] = 0.59
    assert not could_stretch(S, n, 0)
    S.worker[0].competence[HOME], S.p[0].stretching = 0.6, 0
    assert not could_stretch(S, n, 0)


def test_stretching_is_worth_what_one_can_do_no_protocol_and_no_production_and_breaks_a_rule():
    S = room(stretching=True, control=0.5, targets=0.8, permission=0.6, protocol_floor=1.0)  # permission .3
    S.worker[0].competence[HOME] = 0.4  # less than the floor of .5
    n = asked(S, kind=HOME, wish=0.5, perceived=0.5)
    weigh_stretching(S, n, 0, 0)
    row = S.option[STRETCH]
    assert (row.helper, row.hours, row.breach, row.tailored, row.variant) == (0, 1.0, 1.0, 0.0, 0.0)
    assert row.client == pytest.approx((1 - 0.5 * 0.5) * 0.4)
    assert row.profession == pytest.approx(0.4)
    assert row.organisation == 0.0
    assert row.own == pytest.approx(1 / 4 + 0.7 * 0.5 * 0.5)


@pytest.mark.parametrize("offered", [0, 1])
def test_who_stretches_helps_at_once_with_what_is_not_offered_here(offered):
    S = room(stretching=True, permission=0.25, worker={**OWNER, **FOR_CLIENTS})
    n = asked(S, kind=HOME)
    S.organisation[0].offers[HOME] = offered
    choose_help(S, n, 0, 0)
    assert S.option[STRETCH].possible == 1 - offered  # what is offered goes to who has the craft, or waits for it
    assert S.need[n].status == (LISTED if offered else HELPED)
    if not offered:
        assert (S.need[n].provider, S.need[n].called, S.need[n].given) == (0, 0, 4.0)
        assert S.need[n].quality == pytest.approx(0.6)
        assert (S.worker[0].debt, week(S).choosing, S.worker[0].daring) == (1.0, 1.0, 0.75)
        assert (client_of_need(S, n).transfers, S.worker[0].can[HOME]) == (0, 0)  # it is no service by that


def leaves(S, w, n, owner, day=5):
    """Let worker ``w`` leave, who helps need ``n`` of a client of case owner ``owner``."""
    client_of_need(S, n).owner = owner
    S.now[0].day = S.worker[w].leaves = day
    come_or_go(S, w, day)


@pytest.mark.parametrize("owner", [1, NOWHERE])
def test_help_that_was_stretched_comes_back_to_the_case_owner_when_its_worker_leaves(owner):
    S = room({"a": {"care": 2}}, stretching=True, worker={**OWNER, **FOR_CLIENTS})
    n = asked(S, kind=HOME)
    choose_help(S, n, 0, 0)
    assert S.need[n].provider == 0
    leaves(S, 0, n, owner)
    need = S.need[n]
    assert (need.provider, need.given, need.due, S.place[2 * n].team) == (NOWHERE, 0.0, 6, NOWHERE)
    if owner == 1:
        assert (need.status, need.at_worker, need.seen) == (OPEN, 1, 6)
    else:
        assert need.status == KNOCKING  # without a case owner the client goes to a door


@pytest.mark.parametrize("called", [0, 1])
def test_what_a_worker_was_called_in_for_comes_back_and_own_cases_go_on_the_list_unless_a_colleague_has_room(called):
    for room_left in (0.0, 5.0):
        S = room({"a": {"care": 1}, "b": {"home": 2}})
        n = helped(S, 1, kind=HOME)
        S.need[n].called = called
        occupy(S, 2, 10.0 - room_left)
        leaves(S, 1, n, owner=0)
        need, place = S.need[n], S.place[2 * n]
        if room_left:
            assert (need.status, need.provider) == (HELPED, 2)
        elif called:
            assert (need.status, need.at_worker, need.due, place.team) == (OPEN, 0, 6, NOWHERE)
        else:
            assert (need.status, place.team) == (LISTED, 1)


# --- help that goes on -----------------------------------------------------------------------------------


def test_at_a_review_keeping_tailoring_and_making_smaller_are_weighed():
    S = room(control=0.5, targets=0.8, permission=1.0)  # targets .4, permission .5
    n = helped(S, 0, wish=1.0, perceived=1.0)
    for _ in range(3):
        listed(S, 0)
    clear_options(S, n)
    weigh_review(S, n, 0, 0)
    keep, more = S.option[KEEP], S.option[TAILOR]
    assert not S.option[SMALLER].possible  # it is not tailored
    assert keep.client == pytest.approx((1 - 0.5) * 0.6)
    assert keep.organisation == pytest.approx(0.5 * (0.4 + 0.5))
    part = 0.5 * (1 - 0.5 * 0.5)
    assert (more.tailored, more.hours) == pytest.approx((part, 2.0 * part))
    tailor(S, n, part, part, 0)
    clear_options(S, n)
    weigh_review(S, n, 0, 0)
    assert not S.option[TAILOR].possible  # it is as far from the book as it will go
    assert S.option[KEEP].organisation == pytest.approx(0.5 * 0.4)
    smaller = S.option[SMALLER]
    norm = 1 - (1 - 0.6) * (1 - 0.5 * 3 / (1 + 3))  # three who wait for one worker
    client, organisation = (1 - 0.5 * (1 - part)) * 0.6, 0.5 * 0.4 * 0.75  # to the client it is the help there was
    assert (smaller.client, smaller.profession) == pytest.approx((client, norm))
    assert smaller.organisation == pytest.approx(organisation)
    assert (smaller.hours, smaller.breach) == (1.0, 0.5)
    own = 1 / 4 + 0.5 * 0.5 * 0.5 * 0.5  # half a breach, permitted by half
    assert smaller.utility == pytest.approx(0.25 * (client + norm + organisation - own))


def test_at_a_review_standard_help_takes_the_variant_nearest_to_what_is_known_by_now():
    S = room(catalogue=2, seeing=1.0, direct_feedback=0.5, instrument_strength=1.0)
    plain, own = helped(S, 0, wish=0.8, hours=2.0), helped(S, 0, wish=0.8, hours=2.0)
    tailor(S, own, 0.1, 0.1, 0)
    assert S.need[plain].variant == 0.0  # nothing is known yet
    review(S, plain, 28), review(S, own, 28)
    known = 1 - (1 - 0.5) * exp(-1.0 * 0.5 * 0.25)  # half of it by feedback, of the rest 1 x .5 x .25 by listening
    assert S.need[plain].perceived == pytest.approx(known * 0.8)  # .45, nearer to 1/2 than to 0
    assert (S.need[plain].variant, S.need[own].variant) == (0.5, 0.1)  # what is tailored stays as it is


def test_a_need_is_made_smaller_by_steps_of_what_was_asked_at_first_and_no_further_than_the_cap():
    S = room(worker=FOR_THE_PROFESSION, smaller_succeeds=1.0, smaller_step=0.3)
    n = helped(S, 0, hours=4.0, asked_first=4.0)
    tailor(S, n, 0.0, 0.5, 0)
    for _ in range(5):
        listed(S, 0)
    hours = []
    for day in (28, 56, 84):
        be(client_of_need(S, n), frailty=0.4, network=0.4)  # 1 x (1 - .4 + .4): it always succeeds
        review(S, n, day)
        hours.append(float(S.need[n].hours))
    assert hours == pytest.approx([4.0 - 0.3 * 4.0, 4.0 - 0.5 * 4.0, 2.0])  # the second step is cut short
    assert (S.need[n].given, S.worker[0].committed, client_of_need(S, n).asked) == pytest.approx((2.0, 2.0, 2.0))
    assert week(S).smaller == 2.0
    assert S.worker[0].debt == pytest.approx(2 * 1.0)


@pytest.mark.parametrize(("frailty", "network"), [(0.7, 0.2), (0.3, 0.2), (0.7, 0.6)])
def test_whether_a_need_gets_smaller_is_chance_and_likelier_where_less_frail_and_with_a_network(frailty, network):
    got = 0
    for seed in range(20):
        S = room(worker=FOR_THE_PROFESSION, smaller_succeeds=0.5, seed=seed)
        n = helped(S, 0, hours=4.0, asked_first=4.0)
        be(client_of_need(S, n), frailty=frailty, network=network)
        tailor(S, n, 0.0, 0.5, 0)
        for _ in range(5):
            listed(S, 0)
        review(S, n, 28)
        assert S.option[SMALLER].possible == 1 and S.decision[0].option == SMALLER
        smaller = need_draw(S, n, EXTRA, 4 * 1 + 1) < 0.5 * (1 - frailty + network)
        assert (S.need[n].hours < 4.0) == smaller
        got += smaller
    assert 0 < got < 20


def test_who_thought_of_tailoring_practised_it_whoever_gives_the_help():
    S = room({"a": {"care": 2}}, worker={**OWNER, "client_attention": 1.0, "self_attention": 0.0})
    occupy(S, 0, 10.0)
    n = asked(S, wish=0.4, perceived=0.4)
    S.worker[0].creativity = 1.0
    choose_help(S, n, 0, 0)
    assert (S.need[n].provider, S.need[n].tailored) == (1, pytest.approx(0.4))  # as far as the first can think of
    assert (S.worker[0].tailored, S.worker[1].tailored, week(S).tailorings) == (1.0, 0.0, 1.0)


def test_nobody_looks_again_at_a_need_that_is_brought_to_another_door():
    S = room(TWO, knock_elsewhere=1.0, door_fit=1.0)
    n = listed(S, 0)
    assert who_reconsiders(S, n) == 0
    keep_waiting(S, n, 28)
    assert (S.need[n].status, S.need[n].due) == (LISTED, 29)  # on the list still, an intake elsewhere tomorrow
    assert who_reconsiders(S, n) == NOWHERE


def test_to_keep_help_tailored_is_to_practise_it():
    S = room(worker={**OWNER, "client_attention": 1.0, "self_attention": 0.0}, smaller_step=0.0)
    n = helped(S, 0, wish=0.4, perceived=0.4)
    tailor(S, n, 0.4, 0.4, 0)
    S.worker[0].tailored = 0.0
    review(S, n, 28)
    assert S.decision[0].option == KEEP
    assert (S.worker[0].tailored, S.worker[0].debt) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("attention", "waiting", "targets", "status"),
    [
        ("client_attention", 3, 0.8, HELPED),  # .4 x .6: used to it, and nothing instead
        ("organisation_attention", 3, 0.8, HELPED),  # .5 x .8 for the hours, against .5 x .5 by the book
        ("organisation_attention", 3, 0.4, DONE),  # .5 x .4 for the hours
        ("profession_attention", 0, 0.8, HELPED),  # nobody waits for the hours
        ("profession_attention", 3, 0.8, DONE),  # 3 / (1 + 3), against .33
    ],
)
def test_help_that_is_no_longer_needed_goes_on_where_that_is_worth_more(attention, waiting, targets, status):
    S = room(worker={**OWNER, **NOTHING}, renewal_asked=1.0, longest_overrun_days=100.0, used_to_help=0.4, control=0.5)
    S.worker[0][attention] = 1.0
    S.organisation[0].targets = 2 * targets  # may be no setting: to tell its weight from that of the book, .5
    n = helped(S, 0, ends=20, urgency=1)
    for _ in range(waiting):
        listed(S, 0)
    clear_options(S, n)
    weigh_end(S, n, 0, 20)
    keep, stop = S.option[KEEP], S.option[STOP]
    norm = 0.6 * (0.5 * 0.4 + 0.5 * (0.5 + 0.5 * 0.4))  # urgency 1 of 2: half counts how soon
    assert (keep.client, stop.client) == pytest.approx((0.4 * 0.6, 0.0))
    assert (keep.profession, stop.profession) == pytest.approx((norm, waiting / (1 + waiting)))
    assert (keep.organisation, stop.organisation) == pytest.approx((0.5 * targets, 0.5 * 0.5))
    review(S, n, 20)
    assert S.need[n].status == status


def test_by_procedure_a_renewal_is_asked_as_far_as_targets_go():
    asks = 0
    for seed in range(20):
        S = room(
            worker={"ownership": 0.0}, seed=seed, renewal_asked=0.8, longest_overrun_days=100.0, targets=1.0,
            control=0.5, renewal_granted=0.0,
        )  # fmt: skip
        n = helped(S, 0, ends=20)
        review(S, n, 20)
        expected = need_draw(S, n, RENEWAL, 2 * 1) < 0.8 * 0.5  # the indication still runs: nobody has to grant it
        assert (S.need[n].status == HELPED) == expected
        asks += expected
    assert 0 < asks < 20


# --- hours -----------------------------------------------------------------------------------------------


def test_time_for_oneself_is_taken_as_far_as_attention_goes_to_oneself():
    S = room(contract_hours=20.0, leave_share=0.1, direct_share=0.5, own_time=0.4)
    reset_capacity(S, 0)
    assert own_time(S, 0) == pytest.approx(0.4 * 0.25 * 9.0)  # 20 x .9 x .5 = 9
    assert S.worker[0].capacity == pytest.approx(9.0 - 0.9)


def test_instruments_and_arrangements_take_the_hours_they_ask_of_each_worker():
    S = room(
        contract_hours=20.0, listening_training=0.5, training_hours=52.0, colleague_audit=1.0, audit_hours=26.0,
        upward_appraisal=0.5, appraisal_hours=5.2, direct_feedback=1.0, feedback_hours=1.3, peer_supervision=0.5,
        peer_hours=2.6, account_to_askers=0.5, account_hours=0.4, performance_measurement=1.0, measurement_hours=0.3,
        co_location=0.5, co_location_hours=0.4, platform=1.0, platform_hours=0.1, joint_training=0.5, broker_hours=0.2,
        coordination_hours=0.3,
    )  # fmt: skip
    instruments = 0.5 + 0.5 + 0.05 + 12 * (1.3 + 1.3) / 52 + 0.2 + 0.3
    coordination = 0.3 + 0.2 + 0.2 + 0.1 + 0.5
    S.manager[0].coaching = 0.75
    assert overhead(S, 0) == pytest.approx(instruments + coordination + 0.75)
    reset_capacity(S, 0)
    S = live(S, 7)
    hours = week(S)
    assert (hours.instruments, hours.coordination, hours.coaching) == pytest.approx((instruments, coordination, 0.75))
    assert hours.idle == pytest.approx(20.0 - instruments - coordination - 0.75)
    assert sum(hours[name] for name in DESTINATIONS) == pytest.approx(hours.paid) == pytest.approx(20.0)


def test_where_levers_ask_more_than_there_is_each_gets_its_share_of_what_there_is():
    S = room(contract_hours=10.0, coordination_hours=15.0, account_to_askers=1.0, account_hours=5.0)
    S = live(S, 7)
    assert S.worker[0].capacity == 0.0
    assert (week(S).coordination, week(S).instruments, week(S).idle) == pytest.approx((7.5, 2.5, 0.0))


# --- asking why ------------------------------------------------------------------------------------------


def occasions(network):
    """Return pairs of a client and a day on which something may have been decided: intakes, waits, reviews."""
    stays = network.records().visits
    days = [(stays.seen, 0), *((stays.listed, 28 * i) for i in (1, 2)), *((stays.start, 28 * i) for i in (1, 2, 3))]
    pairs = {
        (int(client), int(day) + later)
        for of, later in days
        for client, day in zip(stays.client, of, strict=False)
        if day > -91
    }
    return sorted(pair for pair in pairs if pair[1] < network.day)


@pytest.fixture(scope="module")
def network():
    """Give a lively network some time after its day 0, and all that was decided in it on many occasions."""
    network = CareNetwork(lively(), seed=4).run(60)
    return network, [decision for pair in occasions(network)[::2] for decision in network.explain(*pair)]


def test_what_was_weighed_adds_up_and_is_what_happened(network):
    network, decisions = network
    weighed = [decision for decision in decisions if decision.options]
    assert len(weighed) > 10 and any(not decision.options for decision in decisions)
    assert {decision.occasion for decision in decisions} == {"help", "waiting", "review"}
    for decision in decisions:
        assert (decision.drawn < decision.initiative) == (decision.rule != "procedure")
        assert f"worker {decision.worker}" in str(decision) and len(decision.table()) == len(decision.options)
    for decision in weighed:
        assert sum(option.chance for option in decision.options) == pytest.approx(1.0)
        assert sum(option.chosen for option in decision.options) <= 1
        for option in decision.options:
            assert min(option.client, option.profession, option.organisation, option.own) >= 0.0
            assert max(option.client, option.profession, option.organisation) <= 1.0
            assert option.claims.startswith("C") and option.name in str(decision)


def test_utility_is_the_four_terms_weighed_by_attention_and_the_best_that_could_be_done_was_chosen():
    """By shares of attention and experience that never change, so that they are known."""
    fixed = {"attention_form": 1, "tailoring_learning": 0.0, "colleague_learning": 0.0, "turnover": 0.0}
    network = CareNetwork(lively(client_say=0.0, **fixed), seed=4).run(60)
    worker, temperature = network.state.worker, float(network.state.p[0].choice_temperature)
    decided = [each for pair in occasions(network)[::4] for each in network.explain(*pair) if each.options]
    assert len(decided) > 5
    for decision in decided:
        who = worker[decision.worker]
        luck = temperature * (1.5 - who.experience)
        for option in decision.options:
            minded = who.client_attention * option.client + who.profession_attention * option.profession
            minded += who.organisation_attention * option.organisation - who.self_attention * option.own
            assert option.utility == pytest.approx(minded)
        weights = [exp(option.utility / luck) for option in decision.options]
        assert [each.chance for each in decision.options] == pytest.approx([each / sum(weights) for each in weights])
        worth = {each: each.utility + luck * each.luck for each in decision.options if not each.failed}
        assert all(worth[each] == max(worth.values()) for each in decision.options if each.chosen)


def test_asking_why_changes_nothing(network):
    network, _ = network
    before, agents = copy_state(network.state), len(network.agents)
    client, day = occasions(network)[-1]
    assert network.explain(client, day) == network.explain(client, day)
    assert same_state(network.state, before) and len(network.agents) == agents
    assert same_state(network.run(30).state, CareNetwork(lively(), seed=4).run(90).state)


def test_days_of_the_warm_up_and_networks_of_agents_of_ones_own_can_be_asked_too():
    from sim.model.agents import Worker

    class Quick(Worker):
        """Does nothing else than the rest."""

    ordinary = CareNetwork(lively(), seed=4).run(10)
    own = CareNetwork(lively(), seed=4, worker_class=Quick).run(10)
    someone = ordinary.records().clients["client"].tolist()[:25]
    for day in (-91, -30, 5):
        one, other = ([network.explain(client, day) for client in someone] for network in (ordinary, own))
        assert one == other
    assert any(ordinary.explain(client, -91) for client in someone)


def test_what_cannot_be_explained_is_said(tmp_path):
    network = CareNetwork(small(), seed=1).run(5)
    for day in (-92, 5, 6):
        with pytest.raises(RegieError, match=rf"day is {day}; it must be a whole day that was lived, from -91 to 4"):
            network.explain(0, day)
    assert network.explain(10**12, 3) == []  # nobody decided anything about who is not there
    network.save(tmp_path / "world.npz")
    with pytest.raises(RegieError, match="restored from a file"):
        CareNetwork(small(), seed=1).restore(tmp_path / "world.npz").explain(0, 3)
