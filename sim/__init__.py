"""regie: an agent-based simulation of care networks.

>>> from sim import Scenario, compare
>>> scenario = Scenario.load("one-zone")
>>> comparison = compare(scenario, regimes=["more-staff"], replications=4, days=365)  # doctest: +SKIP
>>> comparison.table()  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.model.network import CareNetwork
    from sim.scenario.scenario import Scenario
    from sim.study.compare import compare
    from sim.study.runs import run
    from sim.sweeps.analysis.analyse import analyse
    from sim.sweeps.experiment import Experiment
    from sim.sweeps.sweep import Sweep, sweep

__all__ = ["CareNetwork", "Experiment", "Scenario", "Sweep", "analyse", "compare", "run", "sweep"]

_ROOMS = {  # imported when first asked for: numba and mesa take a second
    "CareNetwork": "sim.model.network",
    "Experiment": "sim.sweeps.experiment",
    "Scenario": "sim.scenario.scenario",
    "Sweep": "sim.sweeps.sweep",
    "analyse": "sim.sweeps.analysis.analyse",
    "compare": "sim.study.compare",
    "run": "sim.study.runs",
    "sweep": "sim.sweeps.sweep",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    import warnings
    from importlib import import_module

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "IProgress not found")  # Mesa's progress bar, in a notebook without widgets
        return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
