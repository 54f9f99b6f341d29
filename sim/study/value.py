"""Client value: what help was worth to those who asked for it, always in its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.study.tables import Floats, Indices, Mask, Run


@dataclass(frozen=True)
class Value:
    """Client value and its parts; ``total`` is exactly the product of the first five less the burden.

    Attributes:
        hours_met: Hours delivered per hour asked.
        fit: Mean fit between wish and help, over hours delivered.
        quality: Mean quality, over hours that fit.
        timeliness: Mean worth that waiting left, over good hours that fit.
        continuity: Mean worth that a change of person left, over timely good hours that fit.
        burden: Hours of good help lost by telling one's story again, per hour asked.
    """

    hours_met: float
    fit: float
    quality: float
    timeliness: float
    continuity: float
    burden: float

    @property
    def total(self) -> float:
        """Value per hour asked: 1 is all that was asked, at once, as wished, by one person."""
        if self.hours_met == 0:
            return -self.burden
        return self.hours_met * self.fit * self.quality * self.timeliness * self.continuity - self.burden


class _Worth(NamedTuple):
    """Hours of help, and what is left of them step by step; one entry for each row of ``clients``.

    Attributes:
        hours: Hours delivered.
        fitting: What is left of them where they do not fit.
        good: What is left of that where quality is less than full.
        timely: What waiting left of that.
        by_one: What changes of person left of that.
    """

    hours: Floats
    fitting: Floats
    good: Floats
    timely: Floats
    by_one: Floats


def valued(run: Run, fit_weight: float | None = None, who: Mask | None = None) -> Value:
    """Return the client value of newcomers, with the weights of the scenario.

    Args:
        run: The run.
        fit_weight: Another weight of fit than the scenario's, 0 to 1.
        who: Clients (by row of ``clients``) to whom it is narrowed.
    """
    weight = float(run.scenario["fit_weight"]) if fit_weight is None else fit_weight
    people = run.newcomers if who is None else run.newcomers & who
    worth = _remembered(run, weight)
    hours, fitting, good, timely, by_one = (float(part[people].sum()) for part in worth)
    asked = float(run.of_client["hours_asked"][people].sum())
    retellings = float(run.of_client["retellings"][people].sum())
    return Value(
        hours_met=ratio(hours, asked),
        fit=ratio(fitting, hours),
        quality=ratio(good, fitting),
        timeliness=ratio(timely, good),
        continuity=ratio(by_one, timely),
        burden=ratio(float(run.scenario["burden_hours"]) * retellings, asked),
    )


def value_by_client(run: Run) -> Floats:
    """Return the client value of each client alone, with the weights of the scenario, by row of ``clients``.

    NaN where nothing was asked. Over newcomers, weighed by the hours they asked, its mean is that of :func:`valued`.
    """
    worth = _remembered(run, float(run.scenario["fit_weight"]))
    asked = run.of_client["hours_asked"]
    lost = float(run.scenario["burden_hours"]) * run.of_client["retellings"]
    return np.asarray(np.divide(worth.by_one - lost, asked, out=np.full(len(asked), np.nan), where=asked > 0))


def worth_of_help(run: Run) -> tuple[Indices, Floats]:
    """Return the rows of ``visits`` in which newcomers were helped, and what that help was worth, the burden not off.

    With the weights of the scenario; the sum is the client value without its burden times the hours asked.
    """
    return run.help.visit, _steps(run, float(run.scenario["fit_weight"]))[-1]


def called_value(run: Run, who: Mask) -> float:
    """Return the part of the client value that came with colleagues of other organisations who were called in.

    The burden is left out, so this is a part of what the value would be without it. What calling in *adds* is less:
    without it others would have given some of this help. That is what an ablation of calls measures.
    """
    called = run.help.called
    people = run.newcomers & who
    weight = float(run.scenario["fit_weight"])
    by_one = _steps(run, weight)[-1][called & people[run.help.client]]
    return ratio(float(by_one.sum()), float(run.of_client["hours_asked"][people].sum()))


def _remembered(run: Run, fit_weight: float) -> _Worth:
    worth: _Worth = run.remember(f"worth at {fit_weight}", lambda run: _worth(run, fit_weight))
    return worth


def _worth(run: Run, fit_weight: float) -> _Worth:
    client, rows = run.help.client, len(run.clients)
    return _Worth(*(np.bincount(client, part, minlength=rows).astype(float) for part in _steps(run, fit_weight)))


def _steps(run: Run, fit_weight: float) -> tuple[Floats, ...]:
    """Return what is left of the hours of each visit, step by step: all that is in :class:`_Worth`."""
    half_time, change = float(run.scenario["timeliness_days"]), float(run.scenario["continuity_weight"])
    given = run.help
    fitting = given.hours * (1 - fit_weight * given.distance)
    good = fitting * given.quality
    timely = good * (half_time / (half_time + given.wait))
    return given.hours, fitting, good, timely, timely * (1 - change * (1 - given.same))


def ratio(part: float, whole: float) -> float:
    """Return ``part / whole``, NaN where there is no whole."""
    return part / whole if whole > 0 else float("nan")
