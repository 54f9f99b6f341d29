"""Learning: what a week of work does to a worker's skills, ownership, safety, attention and ties."""

from __future__ import annotations

import math
from typing import Any

from sim.model.calendar import schedule_worker
from sim.model.chance import FEEDBACK, worker_draw
from sim.model.compiling import behaviour
from sim.model.hours import DEBT_WEEKS
from sim.model.state import NEVER, NOWHERE
from sim.model.steering import attended, both, control, encouragement, permission, reports, targets
from sim.model.ties import count_ties, fade, is_known

PRACTICE_WEIGHT = 0.15  # of each chance in the running share of chances taken: about the last seven count
AUDIT_SHARE = 0.25  # of what peer supervision teaches: colleagues see one another's solutions once a year
SAFE_ENOUGH = 0.5  # safety at which nobody leaves sooner or later for it
IN_ROUTINE = 0.5  # part of what is practised in listening where nothing may follow from it
YEAR = 52  # weeks
MONTH = 4  # weeks


@behaviour
def learn(S: Any, w: int, day: int) -> None:
    """Summary of rule: once a week a worker learns from what was practised, seen and heard; an empty seat does not.

    In order: the first of a team brings its means up to date; skills grow by practice as a share of the chances there
    were, and fade to their base (C04); colleagues and coaching teach (C28), once a year a training in listening (C23);
    tailoring brings experience; ownership grows by initiative in fact taken, where it is allowed, encouraged and safe
    (C22), and falls with each intervention (C27); safety follows what work gives and room takes (C21); attention
    follows the signals with consequences (C01); every four weeks ties fade; strain brings illness and leaving nearer
    (C21). The counts of the week begin anew.
    """
    week = (day - S.now[0].first_day) // 7
    if w == S.team[S.worker[w].team].first_worker:
        average_team(S, S.worker[w].team)
    if S.worker[w].present >= 0:
        _practise(S, w)
        _grow_skills(S, w)
        _learn_from_colleagues(S, w)
        _be_coached(S, w)
        if week % YEAR == 0:
            _be_trained(S, w)
        _own(S, w)
        _feel_safe(S, w)
        _attend(S, w, week)
        if week % MONTH == MONTH - 1:
            fade(S, w)
            count_ties(S, w)
        _bear_strain(S, w, day)
    forget_week(S, w)


@behaviour
def average_team(S: Any, team: int) -> None:
    """Keep how the workers of a team are on average, before any of them learns from the week."""
    mean = S.team[team]
    mean.listening = mean.creativity = mean.experience = 0.0
    mean.client_attention = mean.organisation_attention = mean.self_attention = 0.0
    count = 0
    for w in range(mean.first_worker, mean.first_worker + mean.workers):
        count += 1 if S.worker[w].present >= 0 else 0
    for w in range(mean.first_worker, mean.first_worker + mean.workers):
        if S.worker[w].present >= 0:
            mean.listening += S.worker[w].listening / count
            mean.creativity += S.worker[w].creativity / count
            mean.experience += S.worker[w].experience / count
            mean.client_attention += S.worker[w].client_attention / count
            mean.organisation_attention += S.worker[w].organisation_attention / count
            mean.self_attention += S.worker[w].self_attention / count


@behaviour
def forget_week(S: Any, w: int) -> None:
    """Let the counts of worker ``w`` begin anew."""
    worker = S.worker[w]
    worker.chances = worker.initiatives = worker.forced = worker.daring = 0.0
    worker.tailored = worker.stepped_in = worker.blamed = 0.0


@behaviour
def coached(S: Any, w: int) -> float:
    """Return how far worker ``w`` is coached: an hour a week or more is full coaching."""
    return min(1.0, S.manager[S.worker[w].team].coaching)


# --- skills ----------------------------------------------------------------------------------------------


@behaviour
def share(S: Any, w: int, times: float) -> float:
    """Return how often something was done this week, as a share of the chances that worker ``w`` had, at most one."""
    return min(1.0, times / S.worker[w].chances) if S.worker[w].chances > 0.0 else 0.0


@behaviour
def _practise(S: Any, w: int) -> None:
    """Bring practice up to date: the share of the chances there were in which something was done.

    Shares and not numbers, because chances to choose are rare; a week with more of them weighs more. Practice that was
    forced counts less, the less the change was chosen (C21b: reactance).
    """
    worker = S.worker[w]
    weight = min(1.0, PRACTICE_WEIGHT * worker.chances)
    unwilling = S.p[0].reactance * (1.0 - S.organisation[worker.organisation].chosen_change)
    taken = share(S, w, worker.initiatives - unwilling * worker.forced)
    worker.practised_initiative += weight * (taken - worker.practised_initiative)
    worker.practised_daring += weight * (share(S, w, worker.daring) - worker.practised_daring)
    worker.practised_tailoring += weight * (share(S, w, worker.tailored) - worker.practised_tailoring)


@behaviour
def _grow_skills(S: Any, w: int) -> None:
    """Every contact is an opportunity to listen, even in routine, and more where something may follow from it (C23).

    Tailoring trains creativity, daring courage.
    """
    worker = S.worker[w]
    at_clients = worker.present == 1 and S.chain[S.now[0].case_chain + w].length > 0
    of_use = both(IN_ROUTINE, permission(S, worker.organisation))
    listened = worker.client_attention * of_use if at_clients else 0.0
    worker.listening = practised(S, worker.listening, worker.listening_base, listened)
    worker.creativity = practised(S, worker.creativity, worker.creativity_base, worker.practised_tailoring)
    worker.courage = practised(S, worker.courage, worker.courage_base, worker.practised_daring)
    worker.experience += S.p[0].tailoring_learning * worker.practised_tailoring * (1.0 - worker.experience)


@behaviour
def practised(S: Any, level: float, base: float, practice: float) -> float:
    """Return a skill a week later: grown by practice of 0 to 1, faded towards its base where it is above."""
    return level + S.p[0].skill_learning * practice * (1.0 - level) - S.p[0].skill_fading * max(0.0, level - base)


@behaviour
def _learn_from_colleagues(S: Any, w: int) -> None:
    """Peer supervision and audit draw who is below the mean up to it: the team's, or also that of those known outside.

    Where sessions are held with other organisations, and one knows anybody there, their mean counts for that share.
    """
    worker = S.worker[w]
    lever = S.organisation[worker.organisation]
    pace = S.p[0].colleague_learning * min(1.0, lever.peer_supervision + AUDIT_SHARE * lever.colleague_audit)
    if pace <= 0.0:
        return
    team = S.team[worker.team]
    listening, creativity, experience = team.listening, team.creativity, team.experience
    if lever.peers_across > 0.0:
        known, listened, created, tailored = _sum_outside(S, w)
        if known > 0.0:
            listening += lever.peers_across * (listened / known - listening)
            creativity += lever.peers_across * (created / known - creativity)
            experience += lever.peers_across * (tailored / known - experience)
    worker.listening += pace * max(0.0, listening - worker.listening)
    worker.creativity += pace * max(0.0, creativity - worker.creativity)
    worker.experience += pace * max(0.0, experience - worker.experience)


@behaviour
def _sum_outside(S: Any, w: int) -> Any:
    """Return how many in other organisations worker ``w`` knows, and the sums of what can be learnt from them."""
    sums = (0.0, 0.0, 0.0, 0.0)
    rows = S.now[0].tie_capacity
    for row in range(w * rows, (w + 1) * rows):
        v = S.tie[row].to
        if v == NOWHERE:
            break
        if S.worker[v].organisation != S.worker[w].organisation and S.worker[v].present >= 0 and is_known(S, row):
            sums = _with(S, v, sums)
    return sums


@behaviour
def _with(S: Any, v: int, sums: Any) -> Any:
    count, listening, creativity, experience = sums
    colleague = S.worker[v]
    return (
        count + 1.0,
        listening + colleague.listening,
        creativity + colleague.creativity,
        experience + colleague.experience,
    )


@behaviour
def _be_coached(S: Any, w: int) -> None:
    """Coaching teaches listening and creativity at the pace of colleagues; experience nobody can give."""
    worker = S.worker[w]
    pace = S.p[0].colleague_learning * coached(S, w)
    worker.listening += pace * (1.0 - worker.listening)
    worker.creativity += pace * (1.0 - worker.creativity)


@behaviour
def _be_trained(S: Any, w: int) -> None:
    """A training adds to listening; its base stays what it was, so that it fades where it is not used (C23)."""
    worker = S.worker[w]
    gain = S.p[0].training_gain * S.organisation[worker.organisation].listening_training
    worker.listening += gain * (1.0 - worker.listening)


# --- ownership and safety ------------------------------------------------------------------------------------


@behaviour
def _own(S: Any, w: int) -> None:
    """Ownership grows by initiative practised, goes back to habit without, and is taken away by interventions."""
    worker = S.worker[w]
    p = S.p[0]
    taken = worker.practised_initiative
    grown = p.ownership_learning * taken * support(S, w) * (1.0 - worker.ownership)
    slack = p.ownership_slackening * (1.0 - taken) * (worker.ownership - worker.ownership_base)
    worker.ownership = _worn(worker.ownership + grown - slack, p.intervention_ownership, worker.stepped_in)


@behaviour
def support(S: Any, w: int) -> float:
    """Return how far initiative is allowed, encouraged and safe for worker ``w``, 0 to 1: as a product, or a mean."""
    worker = S.worker[w]
    allowed = permission(S, worker.organisation)
    insisted = both(encouragement(S, worker.team), S.manager[worker.team].insisting)
    chosen = S.p[0].instrument_strength * S.organisation[worker.organisation].chosen_change
    encouraged = both(both(insisted, coached(S, w)), chosen)
    if S.p[0].ownership_form == 0:
        return allowed * encouraged * worker.safety
    return (allowed + encouraged + worker.safety) / 3.0


@behaviour
def _worn(level: float, loss: float, times: float) -> float:
    """Return a level after each of so many times took the part ``loss`` of it."""
    for _ in range(int(times)):
        level *= 1.0 - loss
    return level


@behaviour
def _feel_safe(S: Any, w: int) -> None:
    """Safety follows what work gives and takes; interventions and blame cost it at once, consistency comes back."""
    worker = S.worker[w]
    p = S.p[0]
    worker.safety += p.safety_learning * (safety_of_work(S, w) - worker.safety)
    worker.safety = _worn(worker.safety, p.intervention_safety, worker.stepped_in)
    worker.safety = _worn(worker.safety, p.blame, worker.blamed)
    worker.consistency += p.consistency_recovery * (1.0 - worker.consistency)


@behaviour
def safety_of_work(S: Any, w: int) -> float:
    """Return the safety to which the work of ``w`` leads, 0 to 1 (C21).

    Fixed tasks, peers, coaching and experience each give it. Room without experience takes it away first, and so does
    insistence; with coaching neither does. Deviation that was tolerated restores it as experience.
    """
    worker = S.worker[w]
    p, alone = S.p[0], 1.0 - coached(S, w)
    peers = p.tasks_give * S.organisation[worker.organisation].peer_supervision
    supported = both(both(p.tasks_give * control(S, worker.organisation), peers), 1.0 - alone)
    given = both(supported, worker.experience)
    room = permission(S, worker.organisation) * (1.0 - worker.experience) * alone
    taken = both(room, S.manager[worker.team].insisting * alone)
    return max(0.0, p.safe_alone + (1.0 - p.safe_alone) * given - p.room_takes * taken)


# --- attention -----------------------------------------------------------------------------------------------


@behaviour
def _attend(S: Any, w: int, week: int) -> None:
    """Shares of attention move to the signals that have consequences, all in one unit (C01)."""
    worker = S.worker[w]
    told = S.p[0].instrument_strength * S.organisation[worker.organisation].direct_feedback
    backfires = worker_draw(S, w, FEEDBACK, week // MONTH) < S.p[0].feedback_backfires
    client = both(_signal_of_clients(S, w), 0.0 if backfires else told)
    own = both(_signal_of_self(S, w), told if backfires else 0.0)
    shares = worker.client_attention, worker.profession_attention, worker.organisation_attention, worker.self_attention
    signals = client, _signal_of_profession(S, w), _signal_of_organisation(S, w), own
    client, profession, organisation, own = attended(S, shares, signals, 1.0)
    worker.client_attention, worker.profession_attention = client, profession
    worker.organisation_attention, worker.self_attention = organisation, own


@behaviour
def _signal_of_clients(S: Any, w: int) -> float:
    """The client in the room, as far as one listens; what the board says and the manager insists on."""
    worker = S.worker[w]
    heard = S.p[0].client_pull * worker.listening
    asked = both(encouragement(S, worker.team), S.manager[worker.team].insisting)
    return both(heard, asked)


@behaviour
def _signal_of_profession(S: Any, w: int) -> float:
    """One's craft; colleagues who look at one's work."""
    lever = S.organisation[S.worker[w].organisation]
    strength = S.p[0].instrument_strength
    return both(S.p[0].craft_pull, both(strength * lever.peer_supervision, strength * lever.colleague_audit))


@behaviour
def _signal_of_organisation(S: Any, w: int) -> float:
    """Targets, reports (an hour a week is half of what they can do), measurement, a manager who stepped in."""
    o = S.worker[w].organisation
    reported = reports(S, o) / (1.0 + reports(S, o))
    measured = S.p[0].instrument_strength * S.organisation[o].performance_measurement
    return both(both(targets(S, o), reported), both(measured, min(1.0, S.worker[w].stepped_in)))


@behaviour
def _signal_of_self(S: Any, w: int) -> float:
    """One's own ease, less where whoever asks gets an account; feeling unsafe; overload."""
    worker = S.worker[w]
    p = S.p[0]
    ease = p.comfort_pull * (1.0 - p.instrument_strength * S.organisation[worker.organisation].account_to_askers)
    return both(both(ease, p.comfort_pull * (1.0 - worker.safety)), overload(S, w))


@behaviour
def overload(S: Any, w: int) -> float:
    """Return how far worker ``w`` is behind with work, 0 to 1: all that can be paid out of visits."""
    full = DEBT_WEEKS * S.worker[w].capacity
    return min(1.0, S.worker[w].debt / full) if full > 0.0 else 0.0


# --- falling ill and leaving ---------------------------------------------------------------------------------


@behaviour
def hazard_of_leaving(S: Any, w: int) -> float:
    """Return by what the usual hazard of leaving is multiplied for worker ``w`` (C21).

    Who is overloaded or feels unsafe leaves sooner, and who is more client-minded than colleagues does where the
    organisation rules the attention of the team.
    """
    worker = S.worker[w]
    p = S.p[0]
    team = S.team[worker.team]
    more = max(0.0, worker.client_attention / team.client_attention - 1.0) if team.client_attention > 0.0 else 0.0
    minded = more * team.organisation_attention
    unsafe = SAFE_ENOUGH - worker.safety
    return math.exp(p.leaving_overload * overload(S, w) + p.leaving_unsafe * unsafe + p.leaving_client_minded * minded)


@behaviour
def hazard_of_sickness(S: Any, w: int) -> float:
    """Return by what the usual hazard of falling ill is multiplied for worker ``w``, overloaded or unsafe (C21)."""
    p = S.p[0]
    return math.exp(p.sick_overload * overload(S, w) + p.sick_unsafe * (SAFE_ENOUGH - S.worker[w].safety))


@behaviour
def _bear_strain(S: Any, w: int, day: int) -> None:
    """Let the days on which worker ``w`` leaves, and falls ill, come nearer or move away by how the week was."""
    worker = S.worker[w]
    worker.leaves, worker.restless = nearer(worker.leaves, worker.restless, hazard_of_leaving(S, w), day)
    if worker.present == 1:
        worker.falls_sick, worker.weary = nearer(worker.falls_sick, worker.weary, hazard_of_sickness(S, w), day)
    schedule_worker(S, w, min(worker.leaves, worker.falls_sick))


@behaviour
def nearer(due: int, carried: float, hazard: float, day: int) -> Any:
    """Return the day on which something happens, and days left over, after a week at so many times the usual hazard.

    What would have happened after so much hazard happens when that has been met: the same luck in every world.
    """
    if due >= NEVER:
        return due, carried
    carried += 7.0 * (hazard - 1.0)
    days = math.floor(carried)
    return max(day + 1, due - days), carried - days
