"""The board: looks back on each quarter, reacts to what disappoints, and meets other boards."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.chance import BOARD, TOLD, u01
from sim.model.compiling import behaviour
from sim.model.hours import week_row
from sim.model.manager import HALF_YEAR, believe, expected_hours
from sim.model.steering import attended
from sim.scenario.parameters import MAX_ORGANISATIONS

QUARTER = 91  # days: thirteen weeks
ATTRIBUTION_FIRST = 0.7  # of gaps to workers rather than to its own steering: boards blame "old behaviour" (C08)
TRUST_FIRST = 0.5  # in boards with which there was no agreement yet: neither good nor bad experience
FADING = 0.5  # part of a fashion that is left a quarter later
# Attention of a board at first: figures before incidents and fashions, clients last (C02).
FIGURES_FIRST, INCIDENTS_FIRST, CLIENTS_FIRST, FASHION_FIRST = 0.5, 0.2, 0.1, 0.2
EVEN_SHARE = 0.25  # attention at which a signal counts as it is: as much as to each of the three others
WEEKS = 13.0  # of a quarter


@behaviour
def found_board(S: Any, o: int) -> None:
    """Let a board begin: it controls as much as its regime asks, hears nothing of clients yet, half trusts others."""
    board = S.board[o]
    board.control = S.organisation[o].control
    board.attribution = ATTRIBUTION_FIRST
    board.figures_attention, board.incidents_attention = FIGURES_FIRST, INCIDENTS_FIRST
    board.clients_attention, board.fashion_attention = CLIENTS_FIRST, FASHION_FIRST
    board.client_value = np.nan
    board.ratio = 1.0
    for p in range(MAX_ORGANISATIONS):
        board.trust[p] = TRUST_FIRST


@behaviour
def weekly_budget(S: Any, o: int) -> float:
    """Return the hours a week that organisation ``o`` is expected to deliver."""
    hours = 0.0
    for w in range(S.now[0].workers):
        if S.worker[w].organisation == o:
            hours += expected_hours(S, w)
    return hours


@behaviour
def set_budget(S: Any, o: int, days: int) -> None:
    """Budget the hours of so many days: those of a quarter, or of what is left of the one in which a world begins."""
    S.board[o].budget = days / 7.0 * weekly_budget(S, o)


@behaviour
def take_stock(S: Any, o: int, day: int) -> None:
    """Summary of rule: at the end of a quarter a board looks back, reacts, and budgets the next quarter.

    In order: production and money, incidents, what panels tell of clients (C28), fashions: where attention goes, and
    how much of what disappoints is seen (C02); a reaction to what reaches the board now, seen by all teams (C08); an
    appraisal from below; the next fashion; the sums of the year, and the next budget.
    """
    board = S.board[o]
    look_back(S, o)
    _react(S, o)
    if (day + 1) % HALF_YEAR == 0:
        board.attribution *= 1.0 - S.organisation[o].upward_appraisal * S.p[0].appraisal_gain
    fashion = quarter_draw(S, S.organisation[o].identity, BOARD, day)
    board.fashion = 1.0 if fashion < S.p[0].fashion_rate / 4.0 else FADING * board.fashion
    _close_quarter(S, o)
    set_budget(S, o, QUARTER)


@behaviour
def look_back(S: Any, o: int) -> None:
    """Let a board see what the quarter brought, before it reacts."""
    board = S.board[o]
    board.ratio = board.produced / board.budget if board.budget > 0.0 else 1.0
    _hear_clients(S, o)
    _attend(S, o)
    _remember_gap(S, o)


@behaviour
def quarter_draw(S: Any, identity: int, stream: int, day: int) -> float:
    """Return the draw of a board, of a pair of boards or of a manager in the quarter of ``day``."""
    return u01(S.now[0].seed, identity, stream, (day - S.now[0].first_day) // QUARTER)


@behaviour
def _disappointing_figures(S: Any, o: int) -> float:
    """Return the part of the hours budgeted that was not delivered, and of those paid at first that funders took."""
    return max(0.0, 1.0 - S.board[o].ratio) + max(0.0, 1.0 - S.organisation[o].allotted)


@behaviour
def _alarming_incidents(S: Any, o: int) -> float:
    workers = 0
    for w in range(S.now[0].workers):
        workers += 1 if S.worker[w].organisation == o else 0
    return S.p[0].incident_seen * S.board[o].incidents / workers if workers > 0 else 0.0


@behaviour
def _complaints(S: Any, o: int) -> float:
    """Return how badly clients are served, as far as panels tell the board of organisation ``o`` (C28)."""
    board = S.board[o]
    return 0.0 if np.isnan(board.client_value) else S.organisation[o].client_panels * (1.0 - board.client_value)


@behaviour
def _attend(S: Any, o: int) -> None:
    """Shares of attention move to figures, incidents, clients and fashion as each has consequences (C02).

    Clients draw it where panels tell that they are badly served (C28).
    """
    board = S.board[o]
    shares = board.figures_attention, board.incidents_attention, board.clients_attention, board.fashion_attention
    figures, incidents = min(1.0, _disappointing_figures(S, o)), min(1.0, _alarming_incidents(S, o))
    signals = figures, incidents, _complaints(S, o), board.fashion
    figures, incidents, clients, fashion = attended(S, shares, signals, WEEKS)
    board.figures_attention, board.incidents_attention = figures, incidents
    board.clients_attention, board.fashion_attention = clients, fashion


@behaviour
def _remember_gap(S: Any, o: int) -> None:
    """Keep what disappoints, each in proportion to the attention that it gets."""
    board = S.board[o]
    board.complaints = board.clients_attention * _complaints(S, o) / EVEN_SHARE
    for quarter in range(len(board.gaps) - 1, 0, -1):
        board.gaps[quarter] = board.gaps[quarter - 1]
    figures = board.figures_attention * _disappointing_figures(S, o)
    board.gaps[0] = (figures + board.incidents_attention * _alarming_incidents(S, o)) / EVEN_SHARE


@behaviour
def _hear_clients(S: Any, o: int) -> None:
    """With panels a board hears how well clients were served, as far as these speak for clients.

    Interest groups, who speak for the rest, report that all is well.
    """
    board, representative = S.board[o], S.p[0].panel_representative
    board.client_value = np.nan
    if S.organisation[o].client_panels > 0.0 and board.satisfied_hours > 0.0:
        served = board.satisfaction / board.satisfied_hours
        board.client_value = representative * served + 1.0 - representative


@behaviour
def _react(S: Any, o: int) -> None:
    """Tighten control after disappointing figures, or else go back to what the regime set; either is a deed (C08, C27).

    Figures and incidents arrive with a delay; what clients complain of is told at once. Above a threshold it presses,
    and turns into control as far as the board does not hold course and blames workers rather than its own steering; the
    rest is course kept. A board that looks at its own steering lets go of control where clients complain (C28).
    """
    board = S.board[o]
    pressed, turned, tightens = pressing(S, o), turned_on_workers(S, o), tightening(S, o)
    if tightens > 0.0:
        board.control += tightens * (1.0 - board.control)
    else:
        board.control += S.p[0].board_relaxing * (S.organisation[o].control - board.control)
    board.control *= 1.0 - letting_go(S, o)
    if pressed > 0.0:
        for team in range(S.now[0].teams):
            if S.team[team].organisation == o:
                believe(S, team, 1.0 - turned, turned)


@behaviour
def pressing(S: Any, o: int) -> float:
    """Return by how much what disappoints board ``o`` now is above the threshold."""
    board, p = S.board[o], S.p[0]
    return max(0.0, board.gaps[p.board_delay] + board.complaints - p.board_threshold)


@behaviour
def turned_on_workers(S: Any, o: int) -> float:
    """Return how far board ``o`` turns what presses into control: no course held, and workers blamed (C08)."""
    return (1.0 - S.organisation[o].hold_course) * S.board[o].attribution


@behaviour
def tightening(S: Any, o: int) -> float:
    """Return which part of the control that board ``o`` does not yet have it adds now."""
    return min(1.0, S.p[0].board_gain * pressing(S, o) * turned_on_workers(S, o))


@behaviour
def letting_go(S: Any, o: int) -> float:
    """Return which part of its control board ``o`` gives up, as it looks at its own steering where clients complain."""
    board = S.board[o]
    return min(1.0, S.p[0].board_gain * board.complaints * (1.0 - board.attribution))


@behaviour
def _close_quarter(S: Any, o: int) -> None:
    board = S.board[o]
    board.produced_year += board.produced
    board.satisfaction_year += board.satisfaction
    board.variety_year += board.variety
    board.produced = board.incidents = 0.0
    board.satisfaction = board.satisfied_hours = board.variety = 0.0


@behaviour
def confer(S: Any, o: int, day: int) -> None:
    """Summary of rule: once a quarter boards that share a zone meet: they agree, keep or break agreements (C10, A8).

    In order: with each board further on, an agreement that stands is kept or broken, or one is made (those further
    back had their turn); the organisation's managers hear of it, or forget what there is no more to hear of (C10b).
    """
    for p in range(o + 1, S.now[0].organisations):
        if share_zone(S, o, p):
            if S.board[o].agreed[p] == 1:
                _keep_or_break(S, o, p, day)
            else:
                _perhaps_agree(S, o, p, day)
    for m in range(S.now[0].teams):
        if S.team[m].organisation == o:
            _perhaps_tell(S, m, day)


@behaviour
def share_zone(S: Any, o: int, p: int) -> bool:
    """Return whether boards ``o`` and ``p`` have teams in a zone together, and so meet."""
    organisations = S.now[0].organisations
    for zone in range(S.now[0].zones):
        if S.office[zone * organisations + o].teams > 0 and S.office[zone * organisations + p].teams > 0:
            return True
    return False


@behaviour
def _perhaps_agree(S: Any, o: int, p: int, day: int) -> None:
    """Two boards whose managers meet agree the more easily the more ambition and trust there is on both sides (C15)."""
    if draw_of_pair(S, o, p, day) < chance_of_agreeing(S, o, p):
        for here, there in ((o, p), (p, o)):
            S.board[here].agreed[there] = 1
            S.board[here].made += 1
            S.series[week_row(S, here)].agreements += 1.0


@behaviour
def chance_of_agreeing(S: Any, o: int, p: int) -> float:
    """Return the chance that boards ``o`` and ``p`` agree this quarter: they meet, are ambitious, and trust (C15)."""
    one, other = S.organisation[o], S.organisation[p]
    meet = min(1.0, min(one.macro_meetings, other.macro_meetings))
    return S.p[0].agreement_chance * meet * np.sqrt(one.ambition * other.ambition) * trust_between(S, o, p)


@behaviour
def trust_between(S: Any, o: int, p: int) -> float:
    """Return how far boards ``o`` and ``p`` trust each other, on average."""
    return 0.5 * (S.board[o].trust[p] + S.board[p].trust[o])


@behaviour
def draw_of_pair(S: Any, o: int, p: int, day: int) -> float:
    """Return what the chances of boards ``o`` and ``p`` are held against in the quarter of ``day``."""
    return quarter_draw(S, _pair(S, o, p), BOARD, day)


@behaviour
def chance_of_keeping(S: Any, o: int, p: int) -> float:
    """Return the chance that an agreement of boards ``o`` and ``p`` is kept: less where figures press (A8)."""
    pressure = min(1.0, max(S.board[o].gaps[0], S.board[p].gaps[0]))
    return S.p[0].agreement_kept * (1.0 - pressure)


@behaviour
def _pair(S: Any, o: int, p: int) -> int:
    """Return the identity of a pair of boards."""
    one, other = S.organisation[o].identity, S.organisation[p].identity
    return (max(one, other) << 32) | min(one, other)


@behaviour
def _keep_or_break(S: Any, o: int, p: int, day: int) -> None:
    """An agreement is kept less often the more figures press on either board; trust on both sides follows (A8)."""
    kept = draw_of_pair(S, o, p, day) < chance_of_keeping(S, o, p)
    for here, there in ((o, p), (p, o)):
        board = S.board[here]
        if kept:
            board.kept += 1
            S.series[week_row(S, here)].kept += 1.0
            board.trust[there] += S.p[0].trust_gain * (1.0 - board.trust[there])
        else:
            board.broken += 1
            S.series[week_row(S, here)].broken += 1.0
            board.trust[there] *= 1.0 - S.p[0].trust_loss
            board.agreed[there] = 0


@behaviour
def _perhaps_tell(S: Any, m: int, day: int) -> None:
    """A manager hears by chance what an agreement is for; without any, what was heard is forgotten as slowly (C10b)."""
    board = S.board[S.team[m].organisation]
    agreements = 0
    for p in range(S.now[0].organisations):
        agreements += board.agreed[p]
    if quarter_draw(S, S.team[m].identity, TOLD, day) < S.p[0].managers_told:
        S.manager[m].informed = 1.0 if agreements > 0 else 0.0
