"""Client value: what help was worth to those who asked for it, always in its parts."""

from __future__ import annotations

from dataclasses import dataclass

from sim.study.tables import Mask, Run


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


def valued(run: Run, fit_weight: float | None = None, who: Mask | None = None) -> Value:
    """Return the client value of newcomers, with the weights of the scenario.

    Args:
        run: The run.
        fit_weight: Another weight of fit than the scenario's, 0 to 1.
        who: Clients (by row of ``clients``) to whom it is narrowed.
    """
    scenario = run.scenario
    weight = float(scenario["fit_weight"]) if fit_weight is None else fit_weight
    half_time, change = float(scenario["timeliness_days"]), float(scenario["continuity_weight"])
    people = run.newcomers if who is None else run.newcomers & who
    given = run.help
    hours = given.hours * people[given.client]
    fitting = hours * (1 - weight * given.distance)
    good = fitting * given.quality
    timely = good * (half_time / (half_time + given.wait))
    by_one = timely * (1 - change * (1 - given.same))
    asked = float(run.clients["hours_asked"][people].sum())
    retellings = float(run.clients["retellings"][people].sum())
    sums = [float(part.sum()) for part in (hours, fitting, good, timely, by_one)]
    return Value(
        hours_met=ratio(sums[0], asked),
        fit=ratio(sums[1], sums[0]),
        quality=ratio(sums[2], sums[1]),
        timeliness=ratio(sums[3], sums[2]),
        continuity=ratio(sums[4], sums[3]),
        burden=ratio(float(scenario["burden_hours"]) * retellings, asked),
    )


def ratio(part: float, whole: float) -> float:
    """Return ``part / whole``, NaN where there is no whole."""
    return part / whole if whole > 0 else float("nan")
