"""The six twins by name, loaded when asked for: a library that is not installed only loses its own twin."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from reduced import Outcome, Reduced, reduced

IDIOMS = "regie's idioms"
SWITCHED_OFF = "regie, rest off"

MODULES = {
    "plain Mesa": "plain_mesa",
    "Ciw": "with_ciw",
    "SimPy": "with_simpy",
    "C": "with_c",
    IDIOMS: "with_idioms",
    SWITCHED_OFF: "with_regie",
}


@dataclass(frozen=True)
class Twin:
    """One of the programs that are compared.

    Attributes:
        name: Name in tables.
        simulate: Runs the reduced model for a seed.
    """

    name: str
    simulate: Callable[[Reduced, int], Outcome]

    def seconds(self, model: Reduced, seed: int) -> float:
        """Return the seconds from the parameters to visits and weekly counts."""
        begun = time.perf_counter()
        self.simulate(model, seed)
        return time.perf_counter() - begun


class DaysOnly(Twin):
    """The days of regie's full model, without founding and without copying the tables out."""

    def seconds(self, model: Reduced, seed: int) -> float:
        """Return the seconds of the days alone."""
        from with_regie import simulate_in_parts

        return simulate_in_parts(model, seed)[1]["days"]


def load(name: str) -> Twin:
    """Return a twin, compiled and warm.

    Raises:
        ImportError: Its library is not installed.
        FileNotFoundError: The C twin finds no compiler.
    """
    twin = Twin(name, importlib.import_module(MODULES[name]).simulate)
    warm_up(twin)
    return twin


def warm_up(twin: Twin) -> None:
    """Run a very small model once, so that nothing is compiled or imported while time is measured."""
    twin.simulate(reduced(zones=1, days=30), seed=0)
