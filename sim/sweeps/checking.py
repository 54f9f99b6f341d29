"""Checking a file without running it: an experiment here, all else on the floor below."""

from __future__ import annotations

from sim.scenario import files
from sim.study import checking
from sim.study.checking import Checked
from sim.sweeps.experiment import Experiment
from sim.sweeps.planning import plan

_ONLY_IN_AN_EXPERIMENT = ("factors", "design")


def check_file(name_or_path: str) -> Checked:
    """Check an experiment, scenario or regime file; also a name will do.

    Raises:
        RegieError: With all mistakes.
    """
    if not _is_experiment(name_or_path):
        return checking.check_file(name_or_path)
    made = plan(Experiment.load(name_or_path))
    counts = {"factors": len(made.factors), "points": len(made.design.points), "runs": made.runs}
    return Checked("experiment", counts)


def _is_experiment(name_or_path: str) -> bool:
    """Return whether a file is meant as an experiment: by its name, else by what it holds."""
    if not files.is_path(name_or_path):
        others = (*files.names("scenario"), *files.names("regime"))
        return name_or_path in files.names("experiment") and name_or_path not in others
    data = files.read(files.find(name_or_path, "experiment"), "experiment").data
    return any(key in data for key in _ONLY_IN_AN_EXPERIMENT)
