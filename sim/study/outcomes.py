"""Every outcome: declared in ``outcomes.toml``, read from a run by the function of the same name here.

An outcome that is not defined in a run (a mean over nobody) is NaN.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.state import HOURS, STATES
from sim.scenario.scenario import Organisation, Scenario
from sim.scenario.units import unit_in
from sim.study.tables import AS_PLANNED, DAYS_PER_YEAR, DIED, IN_CRISIS, OPEN, Floats, Mask, Run
from sim.study.value import Value, ratio, valued

DESTINATIONS = HOURS[1:]
"""Where paid hours go: columns of ``series`` that add up to ``paid``."""

PARTS_OF_VALUE = ("hours_met", "fit", "quality", "timeliness", "continuity", "burden")
OF_WORKERS = STATES[1:]
"""How workers are, and how they are steered: columns of ``series`` summed over workers, of whom ``staffed`` count."""

PER_ORGANISATION = "waiting_at_end.ORGANISATION"

_Read = Callable[[Run], float]


@dataclass(frozen=True)
class Outcome:
    """Something that is read from a run.

    Attributes:
        name: Name in tables; ``waiting_at_end.home-care`` for one organisation.
        unit: Unit, a key of ``sim.scenario.units.UNITS``.
        direction: -1 where less is better, 1 where more is better, 0 where neither is.
        smallest_difference: Smallest difference that matters, in the unit.
        group: ``waiting``, ``handoffs``, ``value``, ``life``, ``hours``, ``workers``, ``steering`` or ``vulnerable``.
        en: Label in English.
        nl: Label in Dutch.
        en_says: What it is, one sentence in English.
        nl_says: What it is, one sentence in Dutch.
        function: Reads it from a run.
        headline: Whether it stands in the summary.
    """

    name: str
    unit: str
    direction: int
    smallest_difference: float
    group: str
    en: str
    nl: str
    en_says: str
    nl_says: str
    function: _Read
    headline: bool = False

    def label(self, language: str) -> str:
        """Return the label in ``language`` (``"nl"`` or ``"en"``)."""
        return self.nl if language == "nl" else self.en

    def says(self, language: str) -> str:
        """Return in one sentence of ``language`` what it is."""
        return self.nl_says if language == "nl" else self.en_says

    def unit_in(self, language: str) -> str:
        """Return the unit in ``language``."""
        return unit_in(self.unit, language)


@cache
def general_outcomes() -> tuple[Outcome, ...]:
    """Return the outcomes that every scenario has, in the order of the file."""
    return tuple(Outcome(name, function=_READ[name], **entry) for name, entry in _declared().items())


def outcomes_of(scenario: Scenario) -> tuple[Outcome, ...]:
    """Return all outcomes of ``scenario``: the general ones, then those of each of its organisations."""
    return (*general_outcomes(), *(_list_of(i, o) for i, o in enumerate(scenario.organisations)))


def extract(run: Run) -> Floats:
    """Return all outcomes of ``run``, in the order of :func:`outcomes_of`."""
    return np.array([outcome.function(run) for outcome in outcomes_of(run.scenario)], float)


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("outcomes.toml").read_text(encoding="utf-8"))


def _declared() -> dict[str, dict[str, Any]]:
    return {name: entry for name, entry in _file().items() if name != PER_ORGANISATION}


def _list_of(index: int, organisation: Organisation) -> Outcome:
    name = PER_ORGANISATION.replace("ORGANISATION", organisation.name)
    reads = partial(_list_length, organisation=index)
    outcome = Outcome(name, function=reads, **_file()[PER_ORGANISATION])
    english, dutch = organisation.title, organisation.title_nl or organisation.title
    return replace(
        outcome,
        en=outcome.en.format(organisation=english),
        nl=outcome.nl.format(organisation=dutch),
        en_says=outcome.en_says.format(organisation=english),
        nl_says=outcome.nl_says.format(organisation=dutch),
    )


# --- waiting -------------------------------------------------------------------------------------------


def wait_mean(run: Run) -> float:
    """Return the mean wait from onset of completed starts."""
    return _mean(_waits(run))


def wait_median(run: Run) -> float:
    """Return the median wait from onset of completed starts."""
    return _quantile(_waits(run), 0.5)


def wait_p90(run: Run) -> float:
    """Return the 90th percentile of the wait from onset of completed starts."""
    return _quantile(_waits(run), 0.9)


def beyond_norm(run: Run) -> float:
    """Return the share of needs beyond the norm.

    A need without help, also one that nobody has seen yet, counts once its wait exceeds the norm; one still waiting
    within the norm is left out.
    """
    needs = run.needs
    waited = np.where(np.isnan(needs.start), needs.until, needs.start) - needs.onset
    beyond = waited > needs.norm
    known = needs.in_window & (beyond | ~needs.waiting)
    return ratio(float(beyond[known].sum()), float(known.sum()))


def list_wait_mean(run: Run) -> float:
    """Return the mean wait from first listing of needs that were listed and started."""
    needs = run.needs
    return _mean((needs.start - needs.listed)[needs.in_window])


def list_wait_all(run: Run) -> float:
    """Return the mean wait from first listing of all started needs, zero where a need was never listed."""
    needs = run.needs
    started = needs.in_window & ~np.isnan(needs.start)
    return _mean(np.nan_to_num((needs.start - needs.listed)[started], nan=0.0))


def elapsed_wait(run: Run) -> float:
    """Return the mean elapsed wait from onset of the needs without help at the end, those nobody has seen included."""
    needs = run.needs
    return _mean((run.days - needs.onset)[needs.waiting])


def waiting_at_end(run: Run) -> float:
    """Return the number of needs on at least one list at the end."""
    return float(len(np.unique(run.need_of_visit[_on_list(run)])))


def _list_length(run: Run, organisation: int) -> float:
    return float((run.visits["organisation"][_on_list(run)] == organisation).sum())


def _on_list(run: Run) -> Mask:
    visits = run.visits
    still = (visits["reason"] == OPEN) & np.isnan(visits["start"])
    return np.asarray(still & ~np.isnan(visits["listed"]))


def _waits(run: Run, who: Mask | None = None) -> Floats:
    needs = run.needs
    wanted = needs.in_window if who is None else needs.in_window & who[needs.client]
    return needs.wait[wanted]


# --- handoffs ------------------------------------------------------------------------------------------


def transfers(run: Run) -> float:
    """Return transfers of responsibility per client who arrived on day 0 or later."""
    return _mean(run.clients["transfers"][run.newcomers])


def new_faces(run: Run) -> float:
    """Return new faces per client-year."""
    return _per_client_year(run, "new_faces")


def new_organisations(run: Run) -> float:
    """Return new organisations per client-year."""
    return _per_client_year(run, "new_organisations")


def retellings(run: Run) -> float:
    """Return retellings per client-year."""
    return _per_client_year(run, "retellings")


def refusals(run: Run) -> float:
    """Return refusals per year and zone."""
    return _flow(run, "refusals")


def gave_up(run: Run) -> float:
    """Return renouncements per year and zone."""
    return _flow(run, "gave_up")


# --- value ---------------------------------------------------------------------------------------------


def value(run: Run) -> float:
    """Return the client value with the weights of the scenario."""
    return _valued_once(run).total


def _part(run: Run, name: str) -> float:
    return float(getattr(_valued_once(run), name))


def _valued_once(run: Run) -> Value:
    once: Value = run.remember("value", valued)
    return once


def _value_at(run: Run, weight: float) -> float:
    return valued(run, fit_weight=weight).total


def unmet_need(run: Run) -> float:
    """Return the mean unmet share of clients who arrived on day 0 or later, weighted by their days."""
    there = run.newcomers & (run.client_days > 0)
    days, unmet = run.client_days[there], run.clients["unmet"][there]
    return ratio(float((days * np.nan_to_num(unmet)).sum()), float(days.sum()))


# --- life ----------------------------------------------------------------------------------------------


def crisis_admissions(run: Run) -> float:
    """Return crisis admissions per year and zone."""
    return _exits_a_year(run, IN_CRISIS)


def planned_admissions(run: Run) -> float:
    """Return planned admissions per year and zone."""
    return _exits_a_year(run, AS_PLANNED)


def age_at_admission(run: Run) -> float:
    """Return the mean age at admission, crisis and planned together."""
    return _mean(run.clients["age"][_left(run, IN_CRISIS) | _left(run, AS_PLANNED)])


def deaths(run: Run) -> float:
    """Return deaths per year and zone."""
    return _exits_a_year(run, DIED)


def _left(run: Run, status: int) -> Mask:
    return np.asarray((run.clients["status"] == status) & (run.clients["exit"] >= 0))


def _exits_a_year(run: Run, status: int) -> float:
    return float(_left(run, status).sum()) / run.years / float(run.scenario["zones"])


# --- hours ---------------------------------------------------------------------------------------------


def hours_per_client_week(run: Run) -> float:
    """Return direct and bridging hours per client-week in care: with help for at least one need."""
    return ratio(run.total("direct") + run.total("bridging"), run.total("in_care"))


def utilisation(run: Run) -> float:
    """Return the share of hours for clients that is not idle."""
    worked = sum(run.total(name) for name in ("direct", "bridging", "intake", "review", "referral"))
    return 1 - ratio(run.total("idle"), worked + run.total("idle"))


def production(run: Run) -> float:
    """Return direct hours per week."""
    return ratio(run.total("direct"), run.number_of_weeks)


def _share_of_hours(run: Run, column: str) -> float:
    return ratio(run.total(column), run.total("paid"))


# --- workers and steering --------------------------------------------------------------------------------


def initiative(run: Run) -> float:
    """Return the share of choices that were made on initiative, of those in which that was possible."""
    return ratio(run.total("initiatives"), run.total("chances"))


def tailored(run: Run) -> float:
    """Return the tailored part of the help to newcomers, weighted by hours."""
    return ratio(float((run.help.hours * run.help.tailored).sum()), float(run.help.hours.sum()))


def volunteers(run: Run) -> float:
    """Return hours by volunteers per client-week in care."""
    return ratio(run.total("volunteers"), run.total("in_care"))


def interventions(run: Run) -> float:
    """Return interventions by managers per worker-year."""
    return ratio(run.total("interventions"), run.total("staffed") * 7 / DAYS_PER_YEAR)


def averted(run: Run) -> float:
    """Return the share of interventions that made the help better."""
    return ratio(run.total("averted"), run.total("interventions"))


def agreements(run: Run) -> float:
    """Return agreements between boards per year."""
    return ratio(run.total("agreements"), run.number_of_weeks * 7 / DAYS_PER_YEAR)


def _per_hundred_in_care(run: Run, column: str) -> float:
    """Return a flow of ``series`` per 100 client-years in care."""
    return ratio(100 * run.total(column), run.total("in_care") * 7 / DAYS_PER_YEAR)


def _mean_of_workers(run: Run, column: str) -> float:
    return ratio(run.total(column), run.total("staffed"))


# --- who is vulnerable ---------------------------------------------------------------------------------


def frailest(run: Run) -> Mask:
    """Return the tenth of newcomers who were frailest when they arrived."""
    return _lowest_part(run, -run.clients["frailty_at_arrival"], 0.1)


def alone(run: Run) -> Mask:
    """Return the newcomers who arrived without a network of their own."""
    return np.asarray(run.newcomers & (run.clients["network_at_arrival"] <= 0))


def little_voiced(run: Run) -> Mask:
    """Return the third of newcomers with the least voice."""
    return _lowest_part(run, run.clients["voice"], 1 / 3)


def _lowest_part(run: Run, measure: NDArray[Any], share: float) -> Mask:
    """Return the newcomers lowest in ``measure``; ties by identity: the same in all worlds."""
    rows = np.flatnonzero(run.newcomers)
    order = np.lexsort((run.clients["client"][rows], measure[rows]))
    mask = np.zeros(len(measure), bool)
    mask[rows[order[: round(share * len(rows))]]] = True
    return mask


_Group = Callable[[Run], Mask]


def _group_wait(run: Run, group: _Group) -> float:
    return _mean(_waits(run, run.remember(group.__name__, group)))


def _group_value(run: Run, group: _Group) -> float:
    return valued(run, who=run.remember(group.__name__, group)).total


# --- helpers -------------------------------------------------------------------------------------------


def _mean(values: NDArray[Any]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _quantile(values: NDArray[Any], share: float) -> float:
    known = values[~np.isnan(values)]
    return float(np.quantile(known, share)) if len(known) else float("nan")


def _per_client_year(run: Run, column: str) -> float:
    years = float(run.client_days[run.newcomers].sum()) / DAYS_PER_YEAR
    return ratio(float(run.clients[column][run.newcomers].sum()), years)


def _flow(run: Run, column: str) -> float:
    """Return a flow of ``series`` per year and zone, over the whole weeks recorded."""
    years = run.number_of_weeks * 7 / DAYS_PER_YEAR
    return ratio(run.total(column), years * float(run.scenario["zones"]))


# --- which function reads which outcome ------------------------------------------------------------------

_GROUPS = {"frailest": frailest, "alone": alone, "little_voice": little_voiced}
_PLAIN = (
    wait_mean, wait_median, wait_p90, beyond_norm,
    list_wait_mean, list_wait_all, elapsed_wait, waiting_at_end,
    transfers, new_faces, new_organisations, retellings, refusals, gave_up,
    value, unmet_need, crisis_admissions, planned_admissions, age_at_admission, deaths,
    hours_per_client_week, utilisation, production,
    initiative, tailored, volunteers, interventions, averted, agreements,
)  # fmt: skip
_PER_HUNDRED = ("calls", "calls_answered", "displaced", "advocacies", "smaller", "said", "incidents")
_READ: dict[str, _Read] = {
    **{function.__name__: function for function in _PLAIN},
    **{part: partial(_part, name=part) for part in PARTS_OF_VALUE},
    "value_fit_0": partial(_value_at, weight=0.0),
    "value_fit_half": partial(_value_at, weight=0.5),
    "value_fit_1": partial(_value_at, weight=1.0),
    **{f"share_{column}": partial(_share_of_hours, column=column) for column in DESTINATIONS},
    **{column: partial(_per_hundred_in_care, column=column) for column in _PER_HUNDRED},
    **{column: partial(_mean_of_workers, column=column) for column in OF_WORKERS},
    **{f"wait_{name}": partial(_group_wait, group=group) for name, group in _GROUPS.items()},
    **{f"value_{name}": partial(_group_value, group=group) for name, group in _GROUPS.items()},
}
