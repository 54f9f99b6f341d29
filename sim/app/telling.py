"""What is told of anybody whom a visitor selects: a person, a worker, a manager or a board."""

from __future__ import annotations

from typing import Any

from sim.app import roads
from sim.app.deciding import with_claims
from sim.app.futures import Future
from sim.app.messages import Road, Why
from sim.app.staff_reasons import staff_reasons
from sim.app.staff_roads import staff_road


def road(one: Future, other: Future, asked: Road) -> dict[str, Any]:
    """Return what happened to somebody in both worlds, day by day, and on which days something was decided.

    Raises:
        RegieError: There is nobody there.
    """
    who = asked.who
    if who.kind == "person":
        return roads.road(one, other, who.id, asked.language)
    return staff_road(one, other, who.kind, who.id, asked.language)


def why(lived: Future, asked: Why) -> dict[str, Any]:
    """Return what was decided about a person, or by somebody who works there, on a day, and the claims behind it.

    Raises:
        RegieError: There is nobody there.
    """
    who = asked.who
    if who.kind == "person":
        decisions = roads.reasons(lived, who.id, asked.day, asked.language)
    else:
        decisions = staff_reasons(lived, who.kind, who.id, asked.day, asked.language)
    return with_claims(decisions, asked.language)
