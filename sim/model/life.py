"""What happens to a client while time goes on: hours asked and met, frailty, hazards, an own network that tires.

Frailty and hazards are not looked at daily. They are brought up to date when something changes and every four weeks;
a hazard is a threshold drawn once for each person and met when the accumulated hazard passes it (exact while the
rate is constant, and the same luck in every world).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.model.calendar import schedule_client
from sim.model.compiling import behaviour
from sim.model.hours import book
from sim.model.state import ABSENT, CRISIS, DIED, DONE, HELPED, PLANNED, SEEKING


@behaviour
def needs_of(S: Any, c: int) -> Any:
    """Return the rows of the needs of client ``c``."""
    first = c * S.p[0].max_needs
    return range(first, first + S.client[c].needs)


@behaviour
def hours_met(S: Any, n: int) -> float:
    """Return the hours a week that need ``n`` gets now, bridging care included."""
    need = S.need[n]
    if need.status == HELPED:
        return need.given * S.worker[need.provider].ratio
    if need.bridger >= 0:
        return need.bridging * S.worker[need.bridger].ratio
    return 0.0


@behaviour
def unmet_share(S: Any, c: int, met: float, asked: float) -> float:
    """Return the share of the hours ``asked`` that nobody makes good where ``met`` were, the own network included."""
    if asked <= 0.0:
        return 0.0
    return max(0.0, 1.0 - met / asked) * (1.0 - S.p[0].network_share * S.client[c].network)


@behaviour
def unmet_now(S: Any, c: int) -> float:
    """Return the share of the hours asked, for unseen needs too, that nobody makes good now."""
    met = 0.0
    for n in needs_of(S, c):
        if S.need[n].status not in (ABSENT, DONE):
            met += hours_met(S, n)
    return unmet_share(S, c, met, S.client[c].asked)


@behaviour
def worth(S: Any, n: int) -> float:
    """Return how good an hour of help for need ``n`` is: its quality, and how near it is to what is required."""
    need = S.need[n]
    return need.quality * (1.0 - abs(need.required - need.variant))


@behaviour
def home_seen(S: Any, c: int) -> float:
    """Return how well the case owner would see that home no longer works, 0 to 1: listening x attention."""
    w = S.client[c].owner
    if w < 0 or S.worker[w].present != 1:
        return 0.0
    return taken_in(S, w, 1.0)


@behaviour
def taken_in(S: Any, w: int, said: float) -> float:
    """Return how much worker ``w`` takes in of what is ``said`` so clearly, 0 to 1: never all of it."""
    worker = S.worker[w]
    return 1.0 - math.exp(-S.p[0].seeing * worker.listening * worker.client_attention * said)


@behaviour
def home_fails(S: Any, c: int, unmet: float) -> float:
    """Return how far home no longer works for client ``c``, 0 to 1: frail, and what is needed stays undone (C37)."""
    return S.client[c].frailty * unmet


@behaviour
def strain(S: Any, c: int, unmet: float) -> float:
    """Return what a hazard per year is multiplied by to get one per day: 1/365 at frailty .5 without unmet need."""
    p = S.p[0]
    exponent = p.frailty_exponent * (S.client[c].frailty - 0.5) + p.unmet_exponent * unmet
    return math.exp(exponent) / 365.0


@behaviour
def book_help(S: Any, n: int, day: int) -> float:
    """Bring the hours that need ``n`` received up to ``day``; return those that are new."""
    need = S.need[n]
    hours = 0.0
    if need.status == HELPED:
        w = need.provider
        book(S, w, day)
        hours = (S.worker[w].integral - need.mark) * need.given / 7.0
        need.mark = S.worker[w].integral
        need.delivered += hours
        if need.first_worker == S.worker[w].key:
            need.delivered_first += hours
        _tell(S, n, S.worker[w].organisation, hours)
    elif need.bridger >= 0:
        w = need.bridger
        book(S, w, day)
        hours = (S.worker[w].integral - need.bridger_mark) * need.bridging / 7.0
        need.bridger_mark = S.worker[w].integral
        need.bridged += hours
    S.client[n // S.p[0].max_needs].hours_delivered += hours
    return hours


@behaviour
def _tell(S: Any, n: int, o: int, hours: float) -> None:
    """Add hours of help to what is known of the stay, and of the quarter of organisation ``o``: how good and varied."""
    need, board = S.need[n], S.board[o]
    need.delivered_quality += hours * need.quality
    need.delivered_distance += hours * abs(need.wish - need.variant)
    board.satisfied_hours += hours
    board.satisfaction += hours * need.quality * (1.0 - S.p[0].fit_weight * abs(need.wish - need.variant))
    board.variety += hours * need.variant


@behaviour
def catch_up(S: Any, c: int, day: int) -> None:
    """Bring the life of client ``c`` up to ``day``: to be called before anything about the client's help changes.

    In order: hours asked and received; unmet need; frailty grows with age and unmet need and recovers with
    good help; the own network tires; hazards accumulate.
    """
    received, good = 0.0, 0.0
    for n in needs_of(S, c):
        hours = book_help(S, n, day)
        received += hours
        if S.need[n].status == HELPED:
            good += hours * worth(S, n)
    client = S.client[c]
    days = day - client.since
    if days <= 0:
        return
    client.since = day
    p = S.p[0]
    asked = client.asked * days / 7.0
    unmet = unmet_share(S, c, received, asked)
    client.hours_asked += asked
    client.unmet_days += unmet * days
    exposure = days * strain(S, c, unmet)
    client.crisis_left -= exposure * p.crisis_hazard
    client.death_left -= exposure * p.death_hazard
    client.planned_left -= exposure * p.planned_hazard * home_fails(S, c, unmet) * home_seen(S, c)
    weeks = days / 7.0
    growth = p.frailty_drift + p.frailty_harm * unmet
    if asked > 0.0:
        growth -= p.frailty_recovery * good / asked
    client.frailty = min(1.0, max(0.0, client.frailty + weeks * growth))
    client.network = max(0.0, client.network * (1.0 - min(1.0, p.network_tiring * unmet * weeks)))


@behaviour
def fate(S: Any, c: int) -> int:
    """Return how client ``c`` leaves now (``DIED``, ``CRISIS`` or ``PLANNED``), or ``SEEKING``: not at all."""
    client = S.client[c]
    if client.death_left <= 0.0:
        return DIED
    if client.crisis_left <= 0.0:
        return CRISIS
    if client.planned_left <= 0.0:
        return PLANNED
    return SEEKING


@behaviour
def look_ahead(S: Any, c: int, day: int) -> None:
    """Write down when the life of client ``c`` is looked at next: at the next review, or when a hazard will be met."""
    p = S.p[0]
    client = S.client[c]
    unmet = unmet_now(S, c)
    daily = strain(S, c, unmet)
    ahead = float(client.looked + p.review_days - day)
    ahead = min(ahead, _days_until(client.crisis_left, daily * p.crisis_hazard))
    ahead = min(ahead, _days_until(client.death_left, daily * p.death_hazard))
    arranged = p.planned_hazard * home_fails(S, c, unmet) * home_seen(S, c)
    ahead = min(ahead, _days_until(client.planned_left, daily * arranged))
    schedule_client(S, c, day + max(1, int(np.ceil(ahead))))


@behaviour
def _days_until(left: float, rate: float) -> float:
    return left / rate if rate > 0.0 else 1.0e9
