"""What befalls people: whom they meet, what help is worth to them, how frail they become, where it ends."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.study.fates import days_at_home, within
from sim.study.scope import EVERYONE, Scope, needs, people, total
from sim.study.tables import AS_PLANNED, DAYS_PER_YEAR, DIED, GAVE_UP, IN_CRISIS, Mask, Run
from sim.study.value import Value, called_value, ratio, valued
from sim.study.waiting import Reader, mean

PARTS_OF_VALUE = ("hours_met", "fit", "quality", "timeliness", "continuity", "burden")
REFERRED, REFUSED = 2, 3  # reasons why a stay ends without help

# --- whom they meet ------------------------------------------------------------------------------------


def handoffs(run: Run, scope: Scope = EVERYONE) -> float:
    """Return handoffs in both counts together, per client-year: new faces and transfers of responsibility."""
    return _per_client_year(run, scope, "new_faces") + _per_client_year(run, scope, "transfers")


def transfers(run: Run, scope: Scope = EVERYONE) -> float:
    """Return transfers of responsibility per client who arrived on day 0 or later."""
    return mean(run.of_client["transfers"][people(run, scope)])


def wandering(run: Run, scope: Scope = EVERYONE) -> float:
    """Return how many doors without help a need that arose on day 0 or later met before its first help."""
    rows, doors = needs(run, scope), run.remember("doors", _doors)
    return ratio(float(doors[rows].sum()), len(rows))


def _doors(run: Run) -> NDArray[Any]:
    """Return how often each need was referred, or told no, at an organisation before its first help."""
    visits, need = run.of_visit, run.need_of_visit
    reason, start = visits["reason"], run.needs.start[need]
    sent_on = ((reason == REFERRED) | (reason == REFUSED)) & ~(visits["end"] > start) & np.isnan(visits["start"])
    return np.bincount(need[sent_on & run.paid_visits], minlength=len(run.needs.client))


def refusals(run: Run, scope: Scope = EVERYONE) -> float:
    """Return refusals per year and zone."""
    return flow(run, scope, "refusals")


def gave_up(run: Run, scope: Scope = EVERYONE) -> float:
    """Return renouncements per year and zone."""
    if scope.by:
        return _exits_a_year(run, scope, GAVE_UP)
    return flow(run, scope, "gave_up")


def _per_client_year(run: Run, scope: Scope, column: str) -> float:
    who = people(run, scope)
    return ratio(float(run.of_client[column][who].sum()), float(run.client_days[who].sum()) / DAYS_PER_YEAR)


def flow(run: Run, scope: Scope, column: str) -> float:
    """Return a flow of ``series`` per year and zone, over the whole weeks recorded."""
    years = run.number_of_weeks * 7 / DAYS_PER_YEAR
    return ratio(total(run, column, scope), years * float(run.scenario["zones"]))


# --- what help is worth --------------------------------------------------------------------------------


def value(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the client value with the weights of the scenario."""
    return _valued(run, scope).total


def _part(run: Run, scope: Scope, name: str) -> float:
    return float(getattr(_valued(run, scope), name))


def _valued(run: Run, scope: Scope) -> Value:
    once: Value = run.remember(f"value {scope}", lambda run: valued(run, who=people(run, scope)))
    return once


def _value_at(run: Run, scope: Scope, weight: float) -> float:
    return valued(run, fit_weight=weight, who=people(run, scope)).total


def value_called(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the part of the client value that came with colleagues of other organisations who were called in."""
    return called_value(run, people(run, scope))


def unmet_need(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean unmet share of clients who arrived on day 0 or later, weighted by their days."""
    there = people(run, scope) & (run.client_days > 0)
    days, unmet = run.client_days[there], run.of_client["unmet"][there]
    return ratio(float((days * np.nan_to_num(unmet)).sum()), float(days.sum()))


# --- how frail they become, where it ends ----------------------------------------------------------------


def frailty(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean frailty of newcomers when they leave, or at the end of the run."""
    return mean(run.of_client["frailty"][people(run, scope)])


def frailty_rise(run: Run, scope: Scope = EVERYONE) -> float:
    """Return by how much newcomers become frailer, per client-year."""
    who = people(run, scope)
    risen = (run.of_client["frailty"] - run.of_client["frailty_at_arrival"])[who]
    return ratio(float(risen.sum()), float(run.client_days[who].sum()) / DAYS_PER_YEAR)


def crisis_admissions(run: Run, scope: Scope = EVERYONE) -> float:
    """Return crisis admissions per year and zone."""
    return _exits_a_year(run, scope, IN_CRISIS)


def planned_admissions(run: Run, scope: Scope = EVERYONE) -> float:
    """Return planned admissions per year and zone."""
    return _exits_a_year(run, scope, AS_PLANNED)


def age_at_admission(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the mean age at admission, crisis and planned together."""
    return mean(run.of_client["age"][_left(run, scope, IN_CRISIS) | _left(run, scope, AS_PLANNED)])


def deaths(run: Run, scope: Scope = EVERYONE) -> float:
    """Return deaths per year and zone."""
    return _exits_a_year(run, scope, DIED)


def _left(run: Run, scope: Scope, status: int) -> Mask:
    """Return who left with a status on day 0 or later: of everybody there, or of the newcomers in a scope."""
    left: Mask = run.remember(
        f"left {status}", lambda run: (run.of_client["status"] == status) & (run.of_client["exit"] >= 0)
    )
    return np.asarray(left & people(run, scope)) if scope.by else left


def _exits_a_year(run: Run, scope: Scope, status: int) -> float:
    return float(_left(run, scope, status).sum()) / run.years / float(run.scenario["zones"])


def _within(run: Run, scope: Scope, end: int) -> float:
    return within(run, end, scope)


def _at_home(run: Run, scope: Scope) -> float:
    return days_at_home(run, scope)


_PLAIN = (
    handoffs, transfers, wandering, refusals, gave_up,
    value, value_called, unmet_need,
    frailty, frailty_rise, crisis_admissions, planned_admissions, age_at_admission, deaths,
)  # fmt: skip
_COUNTS = {"new_faces": "new_faces", "new_organisations": "new_organisations", "retellings": "retellings"}
READERS: dict[str, Reader] = {
    **{function.__name__: function for function in _PLAIN},
    **{name: partial(_per_client_year, column=column) for name, column in _COUNTS.items()},
    "transfers_a_year": partial(_per_client_year, column="transfers"),
    **{part: partial(_part, name=part) for part in PARTS_OF_VALUE},
    "value_fit_0": partial(_value_at, weight=0.0),
    "value_fit_half": partial(_value_at, weight=0.5),
    "value_fit_1": partial(_value_at, weight=1.0),
    "crisis_within": partial(_within, end=1),
    "planned_within": partial(_within, end=2),
    "death_within": partial(_within, end=3),
    "days_at_home": _at_home,
}
