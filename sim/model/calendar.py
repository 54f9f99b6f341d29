"""The calendar: what is due on which day, in the order in which it was written down.

Each phase of the day has a ring of days of its own. Work for today may be written down only for a phase that is still
to come; everything else is for tomorrow or later.
"""

from __future__ import annotations

from typing import Any

from sim.model.chain import append, pop, remove
from sim.model.compiling import behaviour
from sim.model.state import ABSENCE, CLIENT_LINK, DUE_LINK, LIFE, LINKS_PER_NEED, RING


@behaviour
def need_link(S: Any, n: int, which: int) -> int:
    """Return the link of need ``n``: ``DUE_LINK``, ``PLACE_LINK`` (two), ``CASE_LINK`` or ``CLIENT_LINK``."""
    return S.now[0].need_link + LINKS_PER_NEED * n + which


@behaviour
def client_link(S: Any, c: int) -> int:
    """Return the link by which client ``c`` stands in the calendar."""
    return need_link(S, c * S.p[0].max_needs, CLIENT_LINK)


@behaviour
def _write_down(S: Any, link: int, phase: int, day: int) -> None:
    remove(S, link)
    today = S.now[0].day
    append(S, phase * RING + min(day, today + RING - 1) % RING, link)


@behaviour
def schedule_need(S: Any, n: int, phase: int, day: int) -> None:
    """Write down that need ``n`` is due in ``phase`` on ``day``; what was written before is struck out."""
    S.need[n].due = day
    _write_down(S, need_link(S, n, DUE_LINK), phase, day)


@behaviour
def is_due_in(S: Any, n: int, phase: int) -> bool:
    """Return whether need ``n`` stands in the calendar of ``phase``."""
    return S.link[need_link(S, n, DUE_LINK)].chain // RING == phase


@behaviour
def schedule_client(S: Any, c: int, day: int) -> None:
    """Write down that the life of client ``c`` is looked at on ``day``."""
    S.client[c].due = day
    _write_down(S, client_link(S, c), LIFE, day)


@behaviour
def schedule_worker(S: Any, w: int, day: int) -> None:
    """Write down that worker ``w`` falls sick, returns, leaves or is succeeded on ``day``."""
    S.worker[w].due = day
    _write_down(S, w, ABSENCE, day)


@behaviour
def strike_need(S: Any, n: int) -> None:
    """Strike need ``n`` out of the calendar."""
    remove(S, need_link(S, n, DUE_LINK))


@behaviour
def next_need(S: Any, phase: int, day: int) -> int:
    """Return the next need due today in ``phase`` and strike it out, or -1."""
    while True:
        link = pop(S, phase * RING + day % RING)
        if link < 0:
            return -1
        n = (link - S.now[0].need_link) // LINKS_PER_NEED
        if S.need[n].due <= day:
            return n
        _write_down(S, link, phase, S.need[n].due)


@behaviour
def next_client(S: Any, day: int) -> int:
    """Return the next client whose life is looked at today, or -1."""
    while True:
        link = pop(S, LIFE * RING + day % RING)
        if link < 0:
            return -1
        c = (link - S.now[0].need_link) // LINKS_PER_NEED // S.p[0].max_needs
        if S.client[c].due <= day:
            return c
        _write_down(S, link, LIFE, S.client[c].due)


@behaviour
def next_worker(S: Any, day: int) -> int:
    """Return the next worker who comes or goes today, or -1."""
    while True:
        w = pop(S, ABSENCE * RING + day % RING)
        if w < 0 or S.worker[w].due <= day:
            return w
        _write_down(S, w, ABSENCE, S.worker[w].due)
