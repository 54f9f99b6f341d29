"""One thing measured in a process of its own, answered as one line of JSON; ``run.py`` calls this.

``python benchmarks/alone.py big C 1900 365 5``: twin, zones, days and slots; seconds and peak memory.
``python benchmarks/alone.py first-day``: seconds until regie has lived a first day of ``one-zone``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import twins
from reduced import HERE, Outcome, Reduced, reduced
from twins import Twin


def big(name: str, zones: str, days: str, slots: str) -> dict[str, Any]:
    """Run one large model once and say how long it took and how much memory the process needed at most."""
    model = reduced(int(zones), int(days), int(slots))
    twin = twins.load(name)
    before = peak_memory()
    begun = time.perf_counter()
    outcome, parts = _in_parts(twin, model)
    seconds = time.perf_counter() - begun
    peak = peak_memory()
    visits = outcome.visits
    return {
        "seconds": seconds,
        "parts": parts,
        "peak_bytes": peak,
        "before_bytes": before,
        "workers": model.zones * model.organisations * model.workers,
        "visits": len(visits),
        "in_system_at_end": int(np.isnan(visits["end"]).sum()),
        "in_system_mean": float((np.nan_to_num(visits["end"], nan=model.days) - visits["onset"]).sum()) / model.days,
    }


def _in_parts(twin: Twin, model: Reduced) -> tuple[Outcome, dict[str, float]]:
    if twin.name != twins.SWITCHED_OFF:
        return twin.simulate(model, 1), {}
    from with_regie import simulate_in_parts

    return simulate_in_parts(model, 1)


def first_day() -> dict[str, Any]:
    """Live the first day of ``one-zone``, compiling what is not compiled yet."""
    sys.path.insert(0, str(HERE.parent))
    begun = time.perf_counter()
    from sim.model.compiling import model_version
    from sim.model.day import live
    from sim.model.founding import found
    from sim.scenario.scenario import Scenario

    imported = time.perf_counter()
    live(found(Scenario.load("one-zone"), 0), 1)
    return {"seconds": time.perf_counter() - begun, "import_seconds": imported - begun, "model": model_version()}


def peak_memory() -> int:
    """Return the largest memory this process has had, in bytes; 0 where the system does not say.

    What ``getrusage`` says on Linux may be the peak of the process that started us; ``/proc`` knows better.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    part, *rest = sys.argv[1:]
    print(json.dumps({"big": big, "first-day": first_day}[part](*rest)))
