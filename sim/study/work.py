"""Where paid hours go, how workers are, and how they are steered: all read from the weekly series."""

from __future__ import annotations

from functools import partial

from sim.model.state import HOURS, STATES
from sim.study.scope import EVERYONE, Scope, total
from sim.study.tables import DAYS_PER_YEAR, Run
from sim.study.value import ratio
from sim.study.waiting import Reader

DESTINATIONS = HOURS[1:]
"""Where paid hours go: columns of ``series`` that add up to ``paid``."""

OF_WORKERS = STATES[1:]
"""How workers are, and how they are steered: columns of ``series`` summed over workers, of whom ``staffed`` count."""

FOR_CLIENTS = ("direct", "bridging", "intake", "review", "referral")
"""Where hours for clients go."""

# --- hours ---------------------------------------------------------------------------------------------


def hours_per_client_week(run: Run, scope: Scope = EVERYONE) -> float:
    """Return direct and bridging hours per client-week in care: with help for at least one need."""
    return ratio(run.total("direct") + run.total("bridging"), run.total("in_care"))


def utilisation(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the share of hours for clients that is not idle."""
    worked = sum(total(run, name, scope) for name in FOR_CLIENTS)
    idle = total(run, "idle", scope)
    return 1 - ratio(idle, worked + idle)


def production(run: Run, scope: Scope = EVERYONE) -> float:
    """Return direct hours per week."""
    return ratio(total(run, "direct", scope), run.number_of_weeks)


def production_to_target(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the hours of help and bridging care per hour that organisations are expected to deliver."""
    return ratio(total(run, "direct", scope) + total(run, "bridging", scope), total(run, "target", scope))


def _share_of_hours(run: Run, scope: Scope, column: str) -> float:
    return ratio(total(run, column, scope), total(run, "paid", scope))


# --- workers -------------------------------------------------------------------------------------------


def initiative(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the share of choices that were made on initiative, of those in which that was possible."""
    return ratio(total(run, "initiatives", scope), total(run, "chances", scope))


def tailored(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the tailored part of the help to newcomers, weighted by hours."""
    return ratio(float((run.help.hours * run.help.tailored).sum()), float(run.help.hours.sum()))


def volunteers(run: Run, scope: Scope = EVERYONE) -> float:
    """Return hours by volunteers per client-week in care."""
    return ratio(run.total("volunteers"), run.total("in_care"))


def turnover(run: Run, scope: Scope = EVERYONE) -> float:
    """Return how many workers leave, per worker-year."""
    return _per_worker_year(run, scope, "left")


def _per_worker_year(run: Run, scope: Scope, column: str) -> float:
    return ratio(total(run, column, scope), total(run, "staffed", scope) * 7 / DAYS_PER_YEAR)


def _trust(run: Run, scope: Scope, where: str) -> float:
    """Return the mean trust over ties, from the sums that each worker keeps."""
    return ratio(total(run, f"trust_{where}", scope), total(run, f"ties_{where}", scope))


def _mean_of_workers(run: Run, scope: Scope, column: str) -> float:
    return ratio(total(run, column, scope), total(run, "staffed", scope))


def _per_hundred_in_care(run: Run, scope: Scope, column: str) -> float:
    """Return a flow of ``series`` per 100 client-years in care."""
    return ratio(100 * run.total(column), run.total("in_care") * 7 / DAYS_PER_YEAR)


# --- steering ------------------------------------------------------------------------------------------


def averted(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the share of interventions that made the help better."""
    return ratio(run.total("averted"), run.total("interventions"))


def agreements(run: Run, scope: Scope = EVERYONE) -> float:
    """Return agreements between boards per year."""
    return ratio(run.total("agreements"), run.number_of_weeks * 7 / DAYS_PER_YEAR)


def promises_kept(run: Run, scope: Scope = EVERYONE) -> float:
    """Return the share of quarters in which an agreement between boards that stood was kept."""
    return ratio(run.total("kept"), run.total("kept") + run.total("broken"))


_PLAIN = (
    hours_per_client_week, utilisation, production, production_to_target,
    initiative, tailored, volunteers, turnover,
    averted, agreements, promises_kept,
)  # fmt: skip
_PER_HUNDRED = ("calls", "calls_answered", "displaced", "advocacies", "smaller", "said", "incidents")
READERS: dict[str, Reader] = {
    **{function.__name__: function for function in _PLAIN},
    **{f"share_{column}": partial(_share_of_hours, column=column) for column in DESTINATIONS},
    **{column: partial(_per_hundred_in_care, column=column) for column in _PER_HUNDRED},
    **{column: partial(_mean_of_workers, column=column) for column in OF_WORKERS},
    "trust_inside": partial(_trust, where="inside"),
    "trust_outside": partial(_trust, where="outside"),
    "interventions": partial(_per_worker_year, column="interventions"),
}
