"""An experiment as it is asked: by a file, or in Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from sim.scenario import files
from sim.scenario.experiment_schema import Method, Open
from sim.scenario.files import Document
from sim.scenario.mistakes import found_by_pydantic, refuse
from sim.scenario.parameters import Number
from sim.scenario.scenario import Scenario
from sim.scenario.schema import model
from sim.study.defaults import QUICK_DAYS, QUICK_FACTORS, QUICK_REPEATED, QUICK_SAMPLES
from sim.study.tables import Run
from sim.study.worlds import drawn_parameters

if TYPE_CHECKING:
    import pandas as pd

    from sim.model.network import CareNetwork

Reader = Callable[[Run], float]
"""Reads a number from a run: an outcome of one's own."""

Asked = Sequence[Number | str] | Open
"""Values of a grid, the two ends of a range, or the declared range."""


@dataclass(frozen=True)
class Experiment:
    """Which worlds are run, how often, and what is kept of them.

    Attributes:
        scenario: A scenario, or the name or path of one.
        factors: What is varied. By declared name, or by a path as of ``--set``: the values of a grid, else the two ends
            of a range; or ``"plausible"`` or ``"range"``, the declared ones. Instead of the mapping, ``"plausible"``
            varies all uncertainties that the scenario leaves open. A lever takes its value on day 0, under every
            regime; all else holds from the first day of the warm-up.
        method: ``"grid"``, ``"latin-hypercube"``, ``"sobol"`` (Saltelli's design), ``"morris"`` or ``"table"``.
        samples: Points of a Latin hypercube; base samples of Sobol (a power of two; each is factors + 2 points);
            trajectories of Morris (each is factors + 1 points).
        levels: Levels at which a grid or Morris looks at a range.
        table: Points of one's own: a data frame, or the path of a CSV or Parquet file, a point a row and a factor a
            column.
        regimes: Names or paths of regimes; each point is run under each. Default: that of the scenario.
        days: Days after the warm-up.
        replications: Runs of each point. Replication 0 has the same seed at every point, and so on.
        seed: Root seed of the luck, and of the design.
        outcomes: Names of outcomes, general or narrowed; functions of one's own; in a file ``"FILE.py:FUNCTION"``.
            Default: all general ones.
        weekly: Columns of the weekly series that are kept. Default: none.
        set: Values that hold at all points, by path.
        network: A subclass of ``CareNetwork`` to run instead. Factors that are no parameters are its keywords. It runs
            in plain Python, in processes.
        name: Name of the folder of results.
        title: Label in English.
        title_nl: Label in Dutch.
        description: What it is for, in English.
        description_nl: What it is for, in Dutch.
        document: The file that it was read from.
    """

    scenario: Scenario | str | Path = "one-zone"
    factors: Mapping[str, Asked] | Literal["plausible"] = field(default_factory=dict)
    method: Method = "grid"
    samples: int | None = None
    levels: int | None = None
    table: pd.DataFrame | str | Path | None = None
    regimes: Sequence[str | Path] = ()
    days: int = 1095
    replications: int = 4
    seed: int = 0
    outcomes: Sequence[str | Reader] = ()
    weekly: Sequence[str] = ()
    set: Mapping[str, Number | str] = field(default_factory=dict)
    network: type[CareNetwork] | None = None
    name: str = "sweep"
    title: str = ""
    title_nl: str = ""
    description: str = ""
    description_nl: str = ""
    document: Document | None = field(default=None, repr=False, compare=False)

    @classmethod
    def load(cls, name_or_path: str | Path) -> Experiment:
        """Read an experiment file.

        Args:
            name_or_path: A name (``"screening"``) or the path of a file (``"mine.toml"``).

        Raises:
            RegieError: With all mistakes of the file at once.
        """
        document = files.read(files.find(name_or_path, "experiment"), "experiment")
        return cls(**_content(document), name=document.name, document=document)

    def changed(self, samples: int | None, replications: int | None, *, quick: bool = False) -> Experiment:
        """Return the experiment with other samples or replications, or as a first look under a name of its own."""
        asked = self
        if quick:
            few = None if self.samples is None else min(self.samples, QUICK_SAMPLES)
            days, less = min(self.days, QUICK_DAYS), self._fewer_factors()
            asked = replace(
                self, name=f"{self.name}-quick", days=days, replications=QUICK_REPEATED, samples=few, **less
            )
        return replace(asked, samples=samples or asked.samples, replications=replications or asked.replications)

    def _fewer_factors(self) -> dict[str, Any]:
        """Return a few of the factors, from all over the list, where each of them adds to the points of a sample."""
        given: Any = self.factors  # a file may say anything
        if given == "plausible":
            given = {each.name: "plausible" for each in drawn_parameters(())}
        if self.method not in ("morris", "sobol") or not isinstance(given, Mapping) or len(given) <= QUICK_FACTORS:
            return {}
        return {"factors": dict(list(given.items())[:: math.ceil(len(given) / QUICK_FACTORS)])}

    @property
    def folder(self) -> Path:
        """The folder from which relative paths in the experiment are meant."""
        return self.document.path.parent if self.document and self.document.path else Path()


def _content(document: Document) -> dict[str, Any]:
    try:
        checked = model("experiment").model_validate(document.data).model_dump(exclude_unset=True)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False)
        mistakes = list(found_by_pydantic(errors, document.label, "experiment"))
        refuse(mistakes, files.texts([document]))
    design = checked.pop("design", {})
    return {**checked, **design}
