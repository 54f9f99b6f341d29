"""Ties: who knows whom, how well, and with how much trust. They are made at shared clients and where workers meet.

The ties of a worker stand together at the start of its rows; the first row that leads to nobody ends them. Both sides
keep a row of their own. A tie leads to a person, not to a seat: where another holds the seat now, it leads nowhere.
"""

from __future__ import annotations

from typing import Any

from sim.model.chance import ENCOUNTER, EVENT, TIES, u01
from sim.model.compiling import behaviour
from sim.model.life import needs_of
from sim.model.state import NOWHERE
from sim.model.steering import both

STRANGER_TRUST = 0.3  # below a half: people are careful with whom they never worked with
ACQUAINTANCE_TRUST = 0.5  # neither good nor bad experience with somebody known for a while
FORGOTTEN = 0.02  # familiarity below which a tie is dropped: more than ten times too little to know what one does

CO_LOCATION, TRAINING, PEERS, BROKER, PLATFORM = range(5)
EVENTS = 5
# Contacts a week with workers of other organisations, at full use of each: two in four weeks under one roof, three at
# a quarterly training, two at a peer supervision every four weeks, as many by each hour of brokers, one on a platform.
CONTACTS = (0.5, 3.0 / 13.0, 0.5, 0.5, 0.25)
YEARLY = 1.0 / 12.0  # audits by colleagues from elsewhere, beside sessions of every month
ON_A_PLATFORM = 0.5  # strength of a contact without a meeting: half of one face to face


@behaviour
def meet_colleagues(S: Any, w: int, known: float) -> None:
    """Draw anew whom worker ``w`` knows, in its zone; ``known``: outside, as a part of what is usual."""
    rows = S.now[0].tie_capacity
    for row in range(w * rows, (w + 1) * rows):
        S.tie[row].to = NOWHERE
    first, last = workers_of_zone(S, S.worker[w].zone)
    for v in range(first, last):
        _perhaps_know(S, w, v, known)


@behaviour
def introduce(S: Any, w: int) -> None:
    """Let a newcomer in seat ``w`` get to know colleagues, who get to know the newcomer; outside few (C21)."""
    known = S.p[0].newcomer_knows
    meet_colleagues(S, w, known)
    first, last = workers_of_zone(S, S.worker[w].zone)
    for v in range(first, last):
        _perhaps_know(S, v, w, known)


@behaviour
def _perhaps_know(S: Any, w: int, v: int, known: float) -> None:
    familiarity = acquaintance(S, w, v, known) if v != w else 0.0
    if familiarity > 0.0:
        _make_tie(S, w, v, familiarity, ACQUAINTANCE_TRUST)


@behaviour
def workers_of_zone(S: Any, zone: int) -> Any:
    """Return first and past-the-last worker of a zone; workers stand zone by zone."""
    organisations = S.now[0].organisations
    first = S.team[S.office[zone * organisations].first_team].first_worker
    if zone + 1 == S.now[0].zones:
        return first, S.now[0].workers
    return first, S.team[S.office[(zone + 1) * organisations].first_team].first_worker


@behaviour
def acquaintance(S: Any, w: int, v: int, known: float) -> float:
    """Return how well two workers know one another from before, or 0: enough to know what the other does, or more.

    One draw for each pair of holders, the same whichever of the two asks, held against the chance for a colleague of
    the team, of another team of the organisation, or a part ``known`` of that for another organisation.
    """
    chance = known * S.p[0].know_outside
    if S.worker[w].team == S.worker[v].team:
        chance = S.p[0].know_team
    elif S.worker[w].organisation == S.worker[v].organisation:
        chance = S.p[0].know_inside
    if chance <= 0.0:
        return 0.0
    one, other = min(w, v), max(w, v)
    u = u01(S.now[0].seed, S.worker[one].key, TIES, S.worker[other].key)
    return 1.0 - (1.0 - S.p[0].knows_from) * u / chance if u < chance else 0.0


@behaviour
def _make_tie(S: Any, w: int, v: int, familiarity: float, trust: float) -> None:
    """Let ``w`` have a tie to ``v``; where there is no row left, it takes that of whom ``w`` knows least, if less."""
    row = _row_for(S, w, v)
    tie = S.tie[row]
    if tie.to == NOWHERE or tie.to == v or tie.familiarity < familiarity:
        tie.to = v
        tie.generation = S.worker[v].generation
        tie.familiarity = familiarity
        tie.trust = trust
        tie.calls = 0


@behaviour
def _row_for(S: Any, w: int, v: int) -> int:
    """Return the row of ``w`` that leads to seat ``v``, else the first free one, else that of the least familiar."""
    rows = S.now[0].tie_capacity
    least = w * rows
    for row in range(w * rows, (w + 1) * rows):
        if S.tie[row].to == NOWHERE or S.tie[row].to == v:
            return row
        if S.tie[row].familiarity < S.tie[least].familiarity:
            least = row
    return least


@behaviour
def tie_row(S: Any, w: int, v: int) -> int:
    """Return the row of the tie from worker ``w`` to the present holder of seat ``v``, or NOWHERE."""
    rows = S.now[0].tie_capacity
    for row in range(w * rows, (w + 1) * rows):
        if S.tie[row].to == v:
            return row if S.tie[row].generation == S.worker[v].generation else NOWHERE
        if S.tie[row].to == NOWHERE:
            break
    return NOWHERE


@behaviour
def is_known(S: Any, row: int) -> bool:
    """Return whether a tie leads to somebody who is still there and of whom one knows what he or she does."""
    tie = S.tie[row]
    return tie.generation == S.worker[tie.to].generation and tie.familiarity >= S.p[0].knows_from


@behaviour
def knows(S: Any, w: int, v: int) -> bool:
    """Return whether worker ``w`` knows what the present holder of seat ``v`` does."""
    row = tie_row(S, w, v)
    return row >= 0 and is_known(S, row)


@behaviour
def known_helper(S: Any, w: int, kind: int) -> int:
    """Return the freest colleague of another organisation whom ``w`` knows and who can do ``kind``, or NOWHERE."""
    rows = S.now[0].tie_capacity
    best, most = NOWHERE, -1.0e9
    for row in range(w * rows, (w + 1) * rows):
        v = S.tie[row].to
        if v == NOWHERE:
            break
        if not is_known(S, row) or S.worker[v].present != 1:
            continue
        if S.worker[v].organisation == S.worker[w].organisation or S.worker[v].can[kind] == 0:
            continue
        room = S.worker[v].capacity - S.worker[v].committed
        if room > most:
            best, most = v, room
    return best


@behaviour
def contact(S: Any, w: int, v: int, strength: float) -> None:
    """Let two workers have to do with one another: each gets to know the other better, or for the first time."""
    gain = strength * S.p[0].tie_contact
    if gain > 0.0:
        _come_closer(S, w, v, gain)
        _come_closer(S, v, w, gain)


@behaviour
def _come_closer(S: Any, w: int, v: int, gain: float) -> None:
    row = tie_row(S, w, v)
    if row < 0:
        _make_tie(S, w, v, gain, STRANGER_TRUST)
    else:
        S.tie[row].familiarity += gain * (1.0 - S.tie[row].familiarity)


@behaviour
def trust_in(S: Any, w: int, v: int) -> float:
    """Return how far worker ``w`` trusts the present holder of seat ``v``."""
    row = tie_row(S, w, v)
    return S.tie[row].trust if row >= 0 else STRANGER_TRUST


@behaviour
def gain_trust(S: Any, w: int, v: int) -> None:
    """Let the trust of ``w`` in ``v``, whom it has met, grow by a call that satisfied (C33)."""
    row = tie_row(S, w, v)
    if row >= 0:
        S.tie[row].trust += S.p[0].trust_gain * (1.0 - S.tie[row].trust)
        S.tie[row].calls += 1


@behaviour
def lose_trust(S: Any, w: int, v: int) -> None:
    """Let the trust of ``w`` in ``v``, whom it has met, fall by a call that disappointed (C33)."""
    row = tie_row(S, w, v)
    if row >= 0:
        S.tie[row].trust *= 1.0 - S.p[0].trust_loss


@behaviour
def fade(S: Any, w: int) -> None:
    """Let four weeks pass over the ties of worker ``w``: they fade unless renewed; those forgotten or gone are dropped.

    Trust fades too, to that in a stranger (C33); what was lost by a disappointment does not come back by itself.
    """
    rows = S.now[0].tie_capacity
    free = w * rows
    for row in range(w * rows, (w + 1) * rows):
        tie = S.tie[row]
        if tie.to == NOWHERE:
            break
        again = _meets_again(S, w, tie.to)
        kept = 1.0 - S.p[0].tie_fading * (1.0 - again)
        kept = kept * kept * kept * kept
        tie.trust -= (1.0 - kept) * max(0.0, tie.trust - STRANGER_TRUST)
        tie.familiarity *= kept
        tie.familiarity += again * S.p[0].tie_contact * (1.0 - tie.familiarity)
        if tie.familiarity >= FORGOTTEN and tie.generation == S.worker[tie.to].generation:
            if free < row:
                S.tie[free] = S.tie[row]
            free += 1
    for row in range(free, (w + 1) * rows):
        S.tie[row].to = NOWHERE


@behaviour
def count_ties(S: Any, w: int) -> None:
    """Count whom worker ``w`` knows, inside the organisation and outside, and add up the trust in them.

    On ties outside, the calls that satisfied are added up: the strength of the collaboration (C34).
    """
    worker = S.worker[w]
    worker.ties_inside = worker.ties_outside = worker.trust_inside = worker.trust_outside = worker.collaboration = 0.0
    rows = S.now[0].tie_capacity
    for row in range(w * rows, (w + 1) * rows):
        v = S.tie[row].to
        if v == NOWHERE:
            break
        if is_known(S, row):
            if S.worker[v].organisation == worker.organisation:
                worker.ties_inside += 1.0
                worker.trust_inside += S.tie[row].trust
            else:
                worker.ties_outside += 1.0
                worker.trust_outside += S.tie[row].trust
                worker.collaboration += S.tie[row].calls


@behaviour
def _meets_again(S: Any, w: int, v: int) -> float:
    """Return how surely two who know one another meet at work in four weeks, whatever they do.

    Colleagues of a team always do; those of another team as often as such colleagues know one another at all, and at
    meetings: an hour a week is half of what these can do.
    """
    if S.worker[w].team == S.worker[v].team:
        return 1.0
    o = S.worker[w].organisation
    if S.worker[v].organisation != o:
        return 0.0
    meetings = S.organisation[o].meeting_hours
    return both(S.p[0].know_inside, meetings / (1.0 + meetings))


@behaviour
def encounters(S: Any, day: int) -> None:
    """Summary of rule: once a week workers get to meet who serve the same client, or who take part in the same event.

    In order: any two who help one client, with a small chance; then each worker at what its organisation does to
    bring workers of several organisations together.
    """
    week = (day - S.now[0].first_day) // 7
    for c in range(S.now[0].clients):
        if S.client[c].helped >= 2:
            _meet_at_client(S, c, week)
    for w in range(S.now[0].workers):
        if S.worker[w].present == 1:
            for event in range(EVENTS):
                _take_part(S, w, event, week)


@behaviour
def _meet_at_client(S: Any, c: int, week: int) -> None:
    for n in needs_of(S, c):
        for other in needs_of(S, c):
            w, v = S.need[n].provider, S.need[other].provider
            if n < other and w != v and _at_work(S, w) and _at_work(S, v):
                pair = n % S.p[0].max_needs * 8 + other % S.p[0].max_needs  # eight needs at most
                chance = S.p[0].tie_encounter * openness(S, w, v)
                if u01(S.now[0].seed, S.client[c].key, ENCOUNTER, 64 * week + pair) < chance:
                    contact(S, w, v, 1.0)


@behaviour
def _at_work(S: Any, w: int) -> bool:
    """Return whether ``w`` is a worker (not nobody, not the volunteers) who is at work."""
    return 0 <= w < S.now[0].workers and S.worker[w].present == 1


@behaviour
def openness(S: Any, w: int, v: int) -> float:
    """Return the chance that two who come across one another have to do with one another: outside, if open (C20).

    What carries over is what both have learnt inside; the rest of people is open half of the time.
    """
    if S.worker[w].organisation == S.worker[v].organisation:
        return 1.0
    carried = S.p[0].carry_over
    return 0.5 * (1.0 - carried) + carried * 0.5 * (_learnt_inside(S, w) + _learnt_inside(S, v))


@behaviour
def _learnt_inside(S: Any, w: int) -> float:
    """Return how far worker ``w`` has learnt to be open: attention to clients, ownership, peer supervision (C28)."""
    worker = S.worker[w]
    peers = S.p[0].instrument_strength * S.organisation[worker.organisation].peer_supervision
    return both(0.5 * (worker.client_attention + worker.ownership), peers)


@behaviour
def taking_part(S: Any, o: int, event: int) -> float:
    """Return how far organisation ``o`` takes part in an event that brings workers of several together."""
    lever = S.organisation[o]
    if event == CO_LOCATION:
        return lever.co_location
    if event == TRAINING:
        return lever.joint_training
    if event == PEERS:
        return min(1.0, lever.peer_supervision + YEARLY * lever.colleague_audit) * lever.peers_across
    return lever.broker_hours if event == BROKER else lever.platform


@behaviour
def _take_part(S: Any, w: int, event: int, week: int) -> None:
    """Let worker ``w`` come across as many others as an event brings in a week, three at most."""
    expected = CONTACTS[event] * taking_part(S, S.worker[w].organisation, event)
    if expected <= 0.0:
        return
    key, first = S.worker[w].key, 64 * week + 8 * event
    number = int(expected + u01(S.now[0].seed, key, EVENT, first))
    for i in range(1, 1 + min(3, number)):
        v = _partner(S, w, event, u01(S.now[0].seed, key, EVENT, first + i))
        if v >= 0 and u01(S.now[0].seed, key, EVENT, first + 3 + i) < openness(S, w, v):
            contact(S, w, v, ON_A_PLATFORM if event == PLATFORM else 1.0)


@behaviour
def _partner(S: Any, w: int, event: int, u: float) -> int:
    """Return one of those whom worker ``w`` may come across at an event, each with the same chance, or NOWHERE."""
    first, last = workers_of_zone(S, S.worker[w].zone)
    there = 0
    for v in range(first, last):
        there += _comes_across(S, w, v, event)
    left = int(u * there)
    for v in range(first, last):
        if _comes_across(S, w, v, event):
            if left == 0:
                return v
            left -= 1
    return NOWHERE


@behaviour
def _comes_across(S: Any, w: int, v: int, event: int) -> bool:
    """Return whether ``w`` may come across ``v``: of another organisation, which takes part; a broker finds anybody."""
    o = S.worker[v].organisation
    if o == S.worker[w].organisation or S.worker[v].present != 1:
        return False
    return event in (BROKER, PLATFORM) or taking_part(S, o, event) > 0.0
