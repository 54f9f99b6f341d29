"""Choosing: whether a worker takes the initiative, what there is to choose from, what each option is worth to whom.

Utility rests on what the worker believes, never on the outcome. Every option is weighed by the four shares of
attention (C01); chance comes in by one draw for each option, so that another option moves no other.
"""

from __future__ import annotations

import math
from typing import Any

from sim.model.chance import ANSWER, CHOICE, INITIATIVE, SAY, need_draw, need_key
from sim.model.compiling import behaviour
from sim.model.help import (
    client_of,
    has_room,
    is_known_face,
    nearest_variant,
    quality_of,
    skill,
    standard_quality,
    usual_quality,
    variants,
)
from sim.model.hours import free_hours, week_row
from sim.model.state import NOWHERE, URGENCIES
from sim.model.steering import agreed, both, permission, targets
from sim.model.ties import trust_in
from sim.model.waitlist import list_chain, listed_with

# Options when help is chosen, and when help that goes on is reviewed.
(
    STANDARD,
    TAILORED,
    COLLEAGUE,
    CALL,
    MANAGER,
    ADVOCATE,
    VOLUNTEER,
    ON_LIST,
    REFERRAL_OPTION,
    REFUSAL,
    KEEP,
    TAILOR,
    SMALLER,
    HAND_ON,
    STOP,
    STRETCH,
) = range(16)
OPTIONS = 16
BY_THE_BOOK, BY_WORKER, BY_CLIENT = range(3)
PRODUCT, MEAN, MINIMUM = range(3)  # forms of pressure
SATISFICING = 1
ELSEWHERE = 0.5  # how soon help is thought to come from where one knows nobody
AS_EXCEPTION = 0.8  # how soon where an exception is made


@behaviour
def pressure(S: Any, w: int) -> float:
    """Return how strongly worker ``w`` feels pressed to act: insistence, where it is permitted, safe and consistent.

    As a product, as the mean of the three conditions, or as the least of all four.
    """
    worker = S.worker[w]
    insisting, allowed = S.manager[worker.team].insisting, permission(S, worker.organisation)
    form = S.p[0].initiative_form
    if form == MEAN:
        return insisting * (allowed + worker.safety + worker.consistency) / 3.0
    if form == MINIMUM:
        return min(insisting, allowed, worker.safety, worker.consistency)
    return insisting * allowed * worker.safety * worker.consistency


@behaviour
def own_initiative(S: Any, w: int) -> float:
    """Return the chance that worker ``w`` acts out of ownership: where permitted, or with courage where not (C22)."""
    worker = S.worker[w]
    allowed = permission(S, worker.organisation)
    return worker.ownership * (allowed + (1.0 - allowed) * worker.courage * S.p[0].courage_response)


@behaviour
def chance_of_initiative(S: Any, w: int) -> float:
    """Return the chance that worker ``w`` weighs all options instead of following procedure.

    To what one does as owner comes, of the rest, what one does when pressed (C22, C25, C26).
    """
    own = own_initiative(S, w)
    return own + (1.0 - own) * pressure(S, w) * S.p[0].pressure_response


@behaviour
def takes_initiative(S: Any, n: int, w: int, day: int) -> bool:
    """Return whether worker ``w`` takes the initiative for need ``n``: one draw for the two of them, held for good."""
    worker = S.worker[w]
    chance = chance_of_initiative(S, w)
    drawn = need_draw(S, n, INITIATIVE, worker.key)
    decision = S.decision[0]
    decision.need, decision.worker, decision.day = n, w, day
    decision.initiative, decision.drawn = chance, drawn
    decision.by, decision.option = BY_THE_BOOK, NOWHERE
    week = S.series[week_row(S, worker.organisation)]
    worker.decisions += 1
    worker.decided_on = need_key(S, n)
    worker.chances += 1.0
    week.chances += 1.0
    if drawn >= chance:
        return False
    worker.initiatives += 1.0
    week.initiatives += 1.0
    if drawn >= own_initiative(S, w):
        worker.forced += 1.0
    return True


@behaviour
def clear_options(S: Any, n: int) -> None:
    """Begin a choice about need ``n``: no option is possible yet."""
    S.need[n].choices += 1
    S.decision[0].handed_back = 0
    for option in range(OPTIONS):
        S.option[option].possible = 0
        S.option[option].failed = 0


@behaviour
def consider(
    S: Any,
    n: int,
    w: int,
    option: int,
    helper: int,
    variant: float,
    tailored: float,
    quality: float,
    soon: float,
    contributes: float,
    hours: float,
    breach: float,
) -> None:
    """Let worker ``w`` weigh one option for need ``n``.

    Args:
        S: The world.
        n: The need.
        w: Who chooses.
        option: Which option.
        helper: Who would help, or NOWHERE.
        variant: What would be delivered, distance from the standard.
        tailored: Which part of that would be tailored.
        quality: As believed, 0 to 1.
        soon: 1 where help starts at once, less where it is thought to start later, 0 for never.
        contributes: To targets and rules of the organisation, 0 to 1.
        hours: Effort of the worker.
        breach: 1 where it breaks a rule, 0 where not: the risk of it weighs less with permission, courage and safety.
    """
    p = S.p[0]
    worker, need, row = S.worker[w], S.need[n], S.option[option]
    row.possible = 1
    row.helper = helper
    row.variant = variant
    row.tailored = tailored
    row.hours = hours
    row.breach = breach
    urgent = need.urgency / (URGENCIES - 2.0)
    row.client = (1.0 - p.fit_weight * abs(need.perceived - variant)) * quality * soon
    row.profession = quality * (soon * urgent + (0.5 + 0.5 * soon) * (1.0 - urgent)) if soon > 0.0 else 0.0
    row.organisation = contributes
    risk = breach * (1.0 - permission(S, worker.organisation))
    row.own = min(1.0, hours / p.hard_work) + risk * (1.0 - worker.courage) * (1.0 - worker.safety)
    known = 1.0 if helper >= 0 and is_known_face(S, client_of(S, n), helper) else 0.0
    row.wished = (1.0 - p.fit_weight * abs(need.wish - variant)) * soon + p.continuity_weight * known
    row.utility = (
        worker.client_attention * row.client
        + worker.profession_attention * row.profession
        + worker.organisation_attention * row.organisation
        - worker.self_attention * row.own
    )
    u = need_draw(S, n, CHOICE, OPTIONS * need.choices + option)
    row.luck = -math.log(-math.log(max(u, 1e-300)))  # Gumbel: the best of such sums is chosen as by softmax


@behaviour
def pick(S: Any, n: int, w: int) -> int:
    """Return the option chosen: by the client as far as there is say and voice, else by the worker (C36).

    The worker takes the best by softmax, the less by chance the more experience there is; a satisficer takes the first
    that is good enough, in the order of habit.
    """
    need, decision = S.need[n], S.decision[0]
    say = S.organisation[S.worker[w].organisation].client_say * S.client[client_of(S, n)].voice
    decision.says = 1 if need_draw(S, n, SAY, need.choices) < say else 0
    decision.by = BY_CLIENT if decision.says == 1 else BY_WORKER
    temperature = S.p[0].choice_temperature * (1.5 - S.worker[w].experience)
    best, most = NOWHERE, -1.0e300
    for option in range(OPTIONS):
        row = S.option[option]
        if row.possible == 1:
            worth = row.wished if decision.says == 1 else row.utility + temperature * row.luck
            if worth > most:
                best, most = option, worth
            enough = decision.says == 0 and S.p[0].choice_rule == SATISFICING and worth >= S.p[0].aspiration
            if enough:
                break
    if decision.says == 1 and not _failed_before(S):
        S.series[week_row(S, S.worker[w].organisation)].said += 1.0
    decision.option = best
    return best


@behaviour
def _failed_before(S: Any) -> bool:
    """Return whether an option of this choice was tried already and could not be done."""
    for option in range(OPTIONS):
        if S.option[option].failed == 1:
            return True
    return False


@behaviour
def catalogue_variant(S: Any, n: int, o: int) -> float:
    """Return the variant of the catalogue of organisation ``o`` nearest to the wish as perceived."""
    return nearest_variant(S.need[n].perceived, variants(S, n, o))


@behaviour
def tailored_part(S: Any, n: int, w: int, standard: float) -> float:
    """Return how far worker ``w`` would move from a standard variant to the perceived wish: by creativity and room."""
    o = S.worker[w].organisation
    reach = S.worker[w].creativity * both(permission(S, o), S.worker[w].courage * S.p[0].courage_response)
    return min(abs(S.need[n].perceived - standard), reach, S.p[0].tailored_most)


@behaviour
def moved(S: Any, n: int, standard: float, part: float) -> float:
    """Return the variant that lies ``part`` from the standard one, in the direction of the perceived wish."""
    return standard + part if S.need[n].perceived >= standard else standard - part


@behaviour
def believed_quality(S: Any, n: int, w: int, helper: int, tailored: float, day: int) -> float:
    """Return what worker ``w`` believes the quality of tailored help by ``helper`` to be.

    The error is in how much lesser a first solution is; it shrinks with experience.
    """
    u = need_draw(S, n, CHOICE, OPTIONS * S.need[n].choices + OPTIONS - 1 + (1 << 24))
    error = 1.0 + S.p[0].belief_error * (2.0 * u - 1.0) * (1.0 - S.worker[w].experience)
    return quality_of(S, helper, S.need[n].kind, tailored, error, day)


@behaviour
def contribution(S: Any, o: int, hours_here: float, by_the_book: float) -> float:
    """Return what an option adds to targets and rules of organisation ``o``, 0 to 1.

    Hours count the more where money follows production too: then work is kept inside (B6, B8).
    """
    counts = both(targets(S, o), S.organisation[o].money_follows_production)
    return 0.5 * (counts * hours_here + S.board[o].control * by_the_book)


@behaviour
def waiting_per_worker(S: Any, team: int) -> float:
    """Return the places on the lists of ``team`` for each of its workers."""
    return S.team[team].waiting / S.team[team].workers


@behaviour
def weigh_help(S: Any, n: int, w: int, helper: int, here: bool, day: int) -> None:
    """Weigh what this organisation can do itself for need ``n``; ``helper``: who has room, ``here``: is it offered."""
    o = S.worker[w].organisation
    kind = S.need[n].kind
    p = S.p[0]
    standard = catalogue_variant(S, n, o)
    if helper >= 0:
        plain = standard_quality(S, helper, kind, day)
        consider(S, n, w, STANDARD, helper, standard, 0.0, plain, 1.0, contribution(S, o, 1.0, 1.0), 0.0, 0.0)
        part = tailored_part(S, n, w, standard)
        if part > 0.0:
            quality = believed_quality(S, n, w, helper, part, day)
            effort, gain = p.tailoring_hours * part, contribution(S, o, 1.0, 0.0)
            consider(S, n, w, TAILORED, helper, moved(S, n, standard, part), part, quality, 1.0, gain, effort, 1.0)
    if here:
        soon = 1.0 / (1.0 + waiting_per_worker(S, S.need[n].at_team))
        usual = usual_quality(S, o)
        keeps = contribution(S, o, 0.5, 1.0)
        consider(S, n, w, ON_LIST, NOWHERE, standard, 0.0, usual, soon, keeps, 0.0, 0.0)
        asked = contribution(S, o, 0.5, 0.0)
        if S.need[n].exception == 0:
            consider(S, n, w, ADVOCATE, NOWHERE, standard, 0.0, usual, AS_EXCEPTION, asked, p.advocacy_hours, 1.0)


@behaviour
def weigh_colleague(S: Any, n: int, w: int, colleague: int, day: int) -> None:
    """Weigh calling in the best of the colleagues inside the organisation whom one knows (C17)."""
    o = S.worker[w].organisation
    quality = standard_quality(S, colleague, S.need[n].kind, day)
    gain, standard = contribution(S, o, 1.0, 1.0), catalogue_variant(S, n, o)
    consider(S, n, w, COLLEAGUE, colleague, standard, 0.0, quality, 1.0, gain, S.p[0].calling_hours, 0.0)


@behaviour
def weigh_call(S: Any, n: int, w: int, other: int, day: int) -> None:
    """Weigh calling in a worker of another organisation while staying responsible (C12).

    Belief in it grows with trust; the bias to one's own craft is against it.
    """
    p = S.p[0]
    o, there = S.worker[w].organisation, S.worker[other].organisation
    trust = trust_in(S, w, other)
    quality = standard_quality(S, other, S.need[n].kind, day) * (1.0 - p.craft_bias * (1.0 - trust))
    consider(
        S, n, w, CALL, other, catalogue_variant(S, n, there), 0.0, quality, both(trust, ELSEWHERE * trust),
        both(contribution(S, o, 0.0, 0.0), S.organisation[o].network_insistence), p.calling_hours, 0.5,
    )  # fmt: skip


@behaviour
def could_stretch(S: Any, n: int, w: int) -> bool:
    """Return whether worker ``w`` could help with need ``n`` though the organisation does not offer it (C14)."""
    able = S.p[0].stretching == 1 and S.worker[w].competence[S.need[n].kind] >= S.p[0].can_do
    return able and free_hours(S, w) >= S.need[n].hours * S.p[0].least_start - 1e-9


@behaviour
def weigh_stretching(S: Any, n: int, w: int, day: int) -> None:
    """Weigh helping oneself with what is not one's service: no production counts, and it is against the rules (C14)."""
    o = S.worker[w].organisation
    quality, standard = skill(S, w, S.need[n].kind, day), catalogue_variant(S, n, o)
    consider(
        S, n, w, STRETCH, w, standard, 0.0, quality, 1.0, contribution(S, o, 0.0, 0.0), S.p[0].stretching_hours, 1.0
    )


@behaviour
def weigh_manager(S: Any, n: int, w: int, day: int) -> None:
    """Weigh calling in one's manager: worth what managers who were called turned out to be worth (C17)."""
    o = S.worker[w].organisation
    manager = S.manager[S.worker[w].team]
    relevance = (manager.satisfied + 1.0) / (manager.called + 2.0)
    quality = usual_quality(S, o)
    gain, standard = contribution(S, o, 1.0, 0.5), catalogue_variant(S, n, o)
    consider(S, n, w, MANAGER, NOWHERE, standard, 0.0, quality, relevance, gain, S.p[0].calling_hours, 0.0)


@behaviour
def weigh_volunteers(S: Any, n: int, w: int, option: int, helper: int, day: int) -> None:
    """Weigh bringing in volunteers (C14, B1): they suit themselves to the wish, nobody counts their hours."""
    quality = S.p[0].volunteer_quality
    wish = S.need[n].perceived
    consider(S, n, w, option, helper, wish, 0.0, quality, 1.0, 0.0, S.p[0].calling_hours, 0.5)


@behaviour
def weigh_elsewhere(S: Any, n: int, w: int, here: bool, known: bool) -> None:
    """Weigh sending the client elsewhere: a formal referral, or "no" (C32)."""
    p = S.p[0]
    o = S.worker[w].organisation
    by_the_book = 0.0 if here else 1.0
    arrives = p.referral_completes_known if known else p.referral_completes
    gain = contribution(S, o, 0.0, by_the_book)
    believed = usual_quality(S, o) * (1.0 - p.craft_bias)
    standard = catalogue_variant(S, n, o)
    consider(
        S, n, w, REFERRAL_OPTION, NOWHERE, standard, 0.0, believed, ELSEWHERE * arrives, gain, p.referral_hours, 0.0
    )
    consider(S, n, w, REFUSAL, NOWHERE, standard, 0.0, 0.0, 0.0, gain, 0.0, 0.0)


@behaviour
def weigh_review(S: Any, n: int, w: int, day: int) -> None:
    """Weigh what to do with help that goes on: keep it, tailor it, make the need smaller (C14, C22)."""
    need, p = S.need[n], S.p[0]
    o = S.worker[w].organisation
    rule = 1.0 if need.tailored <= 0.0 else 0.0
    consider(
        S, n, w, KEEP, w, need.variant, need.tailored, need.quality, 1.0, contribution(S, o, 1.0, rule), 0.0, 0.0
    )  # fmt: skip
    standard = catalogue_variant(S, n, o)
    part = tailored_part(S, n, w, standard)
    if part > need.tailored + 0.01:  # further from the book than it is
        quality, gain = believed_quality(S, n, w, w, part, day), contribution(S, o, 1.0, 0.0)
        hours = p.tailoring_hours * (part - need.tailored)
        consider(S, n, w, TAILOR, w, moved(S, n, standard, part), part, quality, 1.0, gain, hours, 1.0)
    if can_be_smaller(S, n):
        waiting = waiting_per_worker(S, S.worker[w].team)
        norm = both(need.quality, p.smaller_succeeds * waiting / (1.0 + waiting))
        gain, part = contribution(S, o, 1.0 - p.smaller_step, 0.0), need.tailored
        consider(S, n, w, SMALLER, w, need.variant, part, need.quality, 1.0, gain, p.smaller_hours, 0.5)
        _hold_to_norm(S, w, SMALLER, norm)  # others wait for the hours


@behaviour
def weigh_end(S: Any, n: int, w: int, day: int) -> None:
    """Weigh whether to stop help whose need has ended: production would go on, the client is used to it.

    For stopping speak the rules, and by the norms of the profession who waits for the hours.
    """
    need, used_to = S.need[n], S.p[0].used_to_help
    o = S.worker[w].organisation
    quality, part = need.quality, need.tailored
    waiting = waiting_per_worker(S, S.worker[w].team)
    on, off = contribution(S, o, 1.0, 0.0), contribution(S, o, 0.0, 1.0)
    consider(S, n, w, KEEP, w, need.variant, part, quality, used_to, on, 0.0, 0.5)
    consider(S, n, w, STOP, NOWHERE, need.variant, part, quality, 0.0, off, 0.0, 0.0)
    _hold_to_norm(S, w, STOP, waiting / (1.0 + waiting))


@behaviour
def _hold_to_norm(S: Any, w: int, option: int, norm: float) -> None:
    """Let an option that was weighed be worth something else by the norms of the profession."""
    row = S.option[option]
    row.utility += S.worker[w].profession_attention * (norm - row.profession)
    row.profession = norm


@behaviour
def can_be_smaller(S: Any, n: int) -> bool:
    """Return whether need ``n`` may be made smaller: tailored help that lasts, and not smaller than the cap allows."""
    need, p = S.need[n], S.p[0]
    if p.smaller_step <= 0.0 or S.kind[need.kind].episodic == 1 or need.tailored <= 0.0:
        return False
    return need.hours > need.asked_first * (1.0 - p.smaller_most) + 1e-9


@behaviour
def answers(S: Any, n: int, w: int, v: int, day: int) -> bool:
    """Return whether worker ``v``, called in by ``w`` for need ``n``, takes it.

    In order: own clients who wait for that kind go first, unless lists are ranked by urgency together; there must be
    room, or with such lists a place on them; then it is weighed: the client's benefit, trust in who asks, whether the
    organisation counts it as own work, or boards agreed to pay it together (C10); effort is against it, and that
    helping has consequences for oneself speaks for it (C12, C33, A4).
    """
    if S.worker[v].present != 1 or not own_list_permits(S, n, w, v) or not (has_room(S, v, n) or _can_list(S, n, v)):
        return False
    p = S.p[0]
    worker, lever = S.worker[v], S.organisation[S.worker[v].organisation]
    effort = min(1.0, p.calling_hours / p.hard_work + S.need[n].hours / worker.contract)
    paid_together = p.joint_budget if agreed(S, v, S.worker[w].organisation) else 0.0
    counts = both(both(lever.joint_responsibility, paid_together), 0.5 * targets(S, worker.organisation))
    utility = (
        worker.client_attention * standard_quality(S, v, S.need[n].kind, day)
        + worker.profession_attention * trust_in(S, v, w)
        + worker.organisation_attention * counts
        + worker.self_attention * (lever.helping_consequences - effort)
    )
    chance = 1.0 / (1.0 + math.exp(-max(-700.0, min(700.0, utility / p.choice_temperature))))
    return need_draw(S, n, ANSWER, S.need[n].choices) < chance


@behaviour
def _can_list(S: Any, n: int, v: int) -> bool:
    """Return whether worker ``v`` can take need ``n`` on the list: lists are ranked by urgency together."""
    o = S.worker[v].organisation
    able = S.worker[v].can[S.need[n].kind] == 1
    second = S.place[2 * n].team < 0 or S.place[2 * n + 1].team < 0
    return able and second and S.organisation[o].urgency_across == 1 and not listed_with(S, n, o)


@behaviour
def own_list_permits(S: Any, n: int, w: int, v: int) -> bool:
    """Return whether the list of worker ``v`` leaves room for need ``n``, brought by worker ``w`` from elsewhere."""
    if S.worker[w].organisation == S.worker[v].organisation:
        return True
    team, kind = S.worker[v].team, S.need[n].kind
    ranked = S.organisation[S.worker[v].organisation].urgency_across == 1
    for urgency in range(URGENCIES):
        if S.chain[list_chain(S, team, kind, urgency)].length > 0 and not (ranked and S.need[n].urgency > urgency):
            return False
    return True


@behaviour
def dare(S: Any, w: int, breach: float) -> None:
    """Count as daring what breaks a rule, as far as it is not permitted (C04)."""
    S.worker[w].daring += breach * (1.0 - permission(S, S.worker[w].organisation))


@behaviour
def spend(S: Any, w: int, hours: float) -> None:
    """Let worker ``w`` spend hours on a choice: on calls, tailoring, pressing for an exception."""
    S.worker[w].debt += hours
    S.series[week_row(S, S.worker[w].organisation)].choosing += hours
