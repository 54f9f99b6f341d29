"""Where does something hold? Boxes of factors, found by PRIM and held against points that were not used."""

from __future__ import annotations

import operator
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import RegieError, Said
from sim.study.outcomes import declared
from sim.sweeps.analysis.findings import Box, Limit, Question
from sim.sweeps.analysis.reading import Ints
from sim.sweeps.analysis.sentences import say
from sim.sweeps.factors import Factor, Floats
from sim.sweeps.sentences import say as said_by_sweeps

FEWEST_POINTS = 40
MOSTLY = 0.5
"""A box must hold something at more than this share of its points."""
CHANCE = 0.05
"""Limits, and boxes, that luck gives more often than this are not shown."""
PEEL = 0.05
"""Share of the points that PRIM takes away at a time."""

Marks = NDArray[np.bool_]
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True)
class Condition:
    """What is looked for.

    Attributes:
        sign: ``">"``, ``"<"``, ``">="`` or ``"<="``.
        number: What an answer is held against.
    """

    sign: str
    number: float

    @classmethod
    def of(cls, text: str) -> Condition:
        """Read a condition such as ``"> -2"``.

        Raises:
            RegieError: It is none.
        """
        found = re.fullmatch(r"\s*([<>]=?)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*", text)
        if not found:
            raise RegieError(say("no condition", value=text[:40]))
        return cls(found[1], float(found[2]))

    @property
    def text(self) -> str:
        """The condition in words that are read again."""
        return f"{self.sign} {self.number:g}"

    def holds(self, answers: Floats) -> Marks:
        """Return where it holds."""
        held: Marks = _SIGNS[self.sign](answers, self.number)
        return held


def does_not_help(question: Question) -> Condition | None:
    """Return when a regime does not help: it is not better than the other by the smallest difference that matters.

    None where no other regime is taken off, or nothing says which way is better.
    """
    entry = declared().get(question.outcome.partition(".")[0])
    if not question.against or entry is None or not entry["direction"]:
        return None
    smallest = entry["smallest_difference"]
    if "." in question.outcome:
        smallest = entry.get("smallest_difference_narrowed", smallest)
    return Condition(">=", -smallest) if entry["direction"] < 0 else Condition("<=", smallest)


class Found(NamedTuple):
    """What was found, or why nothing is shown."""

    boxes: tuple[Box, ...]
    remark: Said


class _Sides(NamedTuple):
    """Lowest and highest value of every factor inside."""

    low: Floats
    high: Floats

    def inside(self, points: Floats) -> Marks:
        """Return which points are inside."""
        held: Marks = np.all((points >= self.low) & (points <= self.high), axis=1)
        return held

    def without(self, factor: int) -> _Sides:
        """Return the box without the limits of a factor."""
        low, high = self.low.copy(), self.high.copy()
        low[factor], high[factor] = -np.inf, np.inf
        return _Sides(low, high)

    @property
    def bounded(self) -> list[int]:
        """Factors with a limit."""
        return np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist()


def discover(
    question: Question, condition: Condition, factors: tuple[Factor, ...], points: Floats, answers: Floats, seed: int
) -> Found:
    """Return the region in which a condition mostly holds.

    Args:
        question: What was asked.
        condition: What is looked for.
        factors: What was varied.
        points: Points, a column a factor, drawn apart from one another.
        answers: Mean answer at each; no NaN.
        seed: Of the split in two halves.

    Raises:
        RegieError: The package is missing.
    """
    cases = condition.holds(answers)
    said = {"question": question.name, "condition": condition.text, "points": len(points), "cases": int(cases.sum())}
    if not cases.any() or cases.all():
        return Found((), say("holds everywhere" if cases.any() else "holds nowhere", **said))
    if len(points) < FEWEST_POINTS:
        return Found((), say("few points", least=FEWEST_POINTS, **said))
    sides = _box(points, cases)
    if sides is None:
        return Found((), say("no box", **said))
    unseen = _unseen(points, cases, seed)
    if unseen is None:
        return Found((), say("not again", **said))
    box = _described(question, condition, factors, points, cases, sides, unseen)
    return Found((box,), say("unseen", density=round(100 * box.density), unseen=round(100 * unseen), **said))


def _box(points: Floats, cases: Marks) -> _Sides | None:
    """Return the best box of the peeling trajectory, without limits that luck may have given; None where there is none.

    The best is that of the greatest mass times gain in density (weighted relative accuracy) among those that mostly
    hold: it is the region itself where a condition holds in a box and nowhere else.
    """
    held = [sides for sides in _trajectory(points, cases) if cases[sides.inside(points)].mean() > MOSTLY]
    if not held:
        return None
    sides = max(held, key=lambda each: float((cases[each.inside(points)] - cases.mean()).sum()))
    while sides.bounded:
        chances = {factor: _chance(points, cases, sides, factor) for factor in sides.bounded}
        weakest = max(chances, key=lambda factor: chances[factor])
        if chances[weakest] <= CHANCE:
            return sides if cases[sides.inside(points)].mean() > max(MOSTLY, float(cases.mean())) else None
        sides = sides.without(weakest)
    return None


def _chance(points: Floats, cases: Marks, sides: _Sides, factor: int) -> float:
    """Return the quasi-p of a factor: how likely as many cases are among as many points of the box without it."""
    from scipy.stats import binom

    inside, wider = sides.inside(points), sides.without(factor).inside(points)
    return float(binom.sf(cases[inside].sum() - 1, inside.sum(), cases[wider].mean()))


def _trajectory(points: Floats, cases: Marks) -> Iterator[_Sides]:
    """Yield the boxes that PRIM goes through, from large to small."""
    import inspect

    import pandas as pd

    prim = _prim()
    keywords = {"threshold": 0.0} if "threshold" in inspect.signature(prim).parameters else {}
    frame = pd.DataFrame(points, columns=[str(i) for i in range(points.shape[1])])
    least, most = points.min(axis=0), points.max(axis=0)
    with warnings.catch_warnings():  # it calls pandas in ways that newer versions of that advise against
        warnings.filterwarnings("ignore", category=_of_pandas())
        found = prim(frame, cases, peel_alpha=PEEL, **keywords).find_box()
    for limits in found.box_lims:
        low, high = limits.to_numpy(float)
        yield _Sides(np.where(low > least, low, -np.inf), np.where(high < most, high, np.inf))


def _of_pandas() -> type[Warning]:
    """Return what pandas warns of changes with, in the versions that tell them apart."""
    import pandas as pd

    return getattr(pd.errors, "PandasChangeWarning", DeprecationWarning)


def _prim() -> Any:
    with warnings.catch_warnings():  # it names what else could be installed
        warnings.simplefilter("ignore", ImportWarning)
        warnings.filterwarnings("ignore", message="ipyparallel not installed")
        try:
            from ema_workbench.analysis.prim import Prim
        except ImportError:
            raise RegieError(
                said_by_sweeps("needs package", what="PRIM", package="ema_workbench", extra="discovery")
            ) from None
    return Prim


def _unseen(points: Floats, cases: Marks, seed: int) -> float | None:
    """Return the density, in one half of the points, of boxes found in the other; None where that may be luck."""
    from scipy.stats import hypergeom

    order = np.random.SeedSequence(seed).generate_state(len(points)).argsort(kind="stable")
    halves = np.arange(len(points))[order] % 2 == 0
    inside = np.zeros(len(points), bool)
    for half in (halves, ~halves):
        sides = _box(points[half], cases[half]) if 0 < cases[half].sum() < half.sum() else None
        if sides is not None:
            inside[~half] = sides.inside(points[~half])
    if not inside.any():
        return None
    chance = hypergeom.sf(cases[inside].sum() - 1, len(points), cases.sum(), inside.sum())
    return float(cases[inside].mean()) if chance <= CHANCE else None


def _described(
    question: Question,
    condition: Condition,
    factors: tuple[Factor, ...],
    points: Floats,
    cases: Marks,
    sides: _Sides,
    unseen: float,
) -> Box:
    inside = sides.inside(points)
    limits = tuple(
        Limit(
            factor=factors[i].name,
            low=float(points[inside, i].min() if np.isfinite(sides.low[i]) else points[:, i].min()),
            high=float(points[inside, i].max() if np.isfinite(sides.high[i]) else points[:, i].max()),
            least=float(points[:, i].min()),
            most=float(points[:, i].max()),
            chance=_chance(points, cases, sides, i),
        )
        for i in sides.bounded
    )
    return Box(
        question=question.name,
        condition=condition.text,
        limits=limits,
        points=int(inside.sum()),
        cases=int(cases[inside].sum()),
        density=float(cases[inside].mean()),
        coverage=float(cases[inside].sum() / cases.sum()),
        base=float(cases.mean()),
        unseen=unseen,
    )


def apart(blocks: Ints, method: str) -> Ints:
    """Return points of a design that were drawn apart from one another: of a base sample of Sobol its two ends."""
    taken: Ints = np.unique(blocks[:, [0, -1]] if method == "sobol" else blocks)
    return taken
