"""What an experiment file may say, as a strict pydantic model: a design of runs, data only."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from sim.scenario.limits import LARGEST_SEED, LONGEST_DAYS, MOST_REPLICATIONS, MOST_SAMPLES
from sim.scenario.schema import Table

Method = Literal["grid", "latin-hypercube", "sobol", "morris", "table"]
Open = Literal["plausible", "range"]

MOST_LEVELS = 1_000

_SETTING = {"type": ["boolean", "number", "string"]}
_VALUES = {"anyOf": [{"enum": ["plausible", "range"]}, {"type": "array", "items": _SETTING, "minItems": 1}]}
# What these may be is seen where they are used, in words of their own: a union has too many ways to be wrong.
Settings = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "additionalProperties": _SETTING})]
Factors = Annotated[
    Any, WithJsonSchema({"anyOf": [{"const": "plausible"}, {"type": "object", "additionalProperties": _VALUES}]})
]


def _absent(description: str, **rules: Any) -> Any:
    return Field(default=None, description=description, **rules)


class Design(Table):
    """Which points are run."""

    method: Method = Field(default="grid", description="How points are chosen")
    samples: int = _absent(
        "How many: points of a Latin hypercube, trajectories of Morris, base samples of Sobol (a power of two)",
        ge=1,
        le=MOST_SAMPLES,
    )
    levels: int = _absent("Levels at which a grid or Morris looks at a range", ge=2, le=MOST_LEVELS)
    table: str = _absent("A CSV or Parquet file with a point a row and a factor a column", max_length=1000)


class Experiment(Table):
    """An experiment: which worlds are run, how often, and what is kept of them."""

    title: str = _absent("Label in English", max_length=200)
    title_nl: str = _absent("Label in Dutch", max_length=200)
    description: str = _absent("What it is for, in English", max_length=3000)
    description_nl: str = _absent("What it is for, in Dutch", max_length=3000)
    scenario: str = Field(default="one-zone", max_length=1000, description="Name or path of a scenario")
    regimes: list[str] = _absent("Regimes under which each point is run; default: that of the scenario", max_length=100)
    days: int = Field(default=1095, ge=1, le=LONGEST_DAYS, description="Days after the warm-up")
    replications: int = Field(default=4, ge=1, le=MOST_REPLICATIONS, description="Runs of each point, by seed")
    seed: int = Field(default=0, ge=0, le=LARGEST_SEED, description="Root seed of luck and of the design")
    set: Settings = _absent("Values that hold at all points, by the paths of --set")
    outcomes: list[str] = _absent("Outcomes, or FILE.py:FUNCTION of your own; default: all general ones")
    weekly: list[str] = _absent("Columns of the weekly series that are kept; default: none")
    design: Design = _absent("Which points are run")
    factors: Factors = _absent(
        "What is varied: by its declared name, a list of values (of a grid) or the two ends of a range; 'plausible' or "
        "'range' for the declared one. Instead of the table, 'plausible' varies all uncertainties"
    )
