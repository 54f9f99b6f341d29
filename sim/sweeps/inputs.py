"""What went into a sweep, kept in its folder in such a way that it can be run again elsewhere.

``inputs/experiment.toml`` is the experiment as it was carried out: with the samples and replications of the command
line, ranges in numbers, and no file outside that folder. The file as it was typed, with its comments, lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w

from sim.files import atomically
from sim.scenario import files
from sim.scenario.regimes import regimes_beside
from sim.scenario.scenario import Scenario
from sim.sweeps.designs import LEVELS, Design
from sim.sweeps.experiment import Experiment
from sim.sweeps.factors import Factor
from sim.sweeps.planning import Plan

INPUTS, EXPERIMENT, AS_ASKED, SCENARIO, POINTS = "inputs", "experiment.toml", "as-asked.toml", "scenario.toml", "points"

_MEANT = "# The experiment as it was carried out; it needs no file outside this folder. Run it again by:\n#\n"
_LACKS_OUTCOMES = (
    "# It was asked from Python, with functions of one's own that a file cannot hold. These are left out: {}.\n"
)
_LACKS_NETWORK = "# It was asked from Python with a network of one's own, {}, which a file cannot hold.\n"


def keep(plan: Plan, fresh: Design, replications: int, place: Path) -> None:
    """Write what went into a sweep.

    Args:
        plan: The plan.
        fresh: The design as the method draws it today, where nothing was there before.
        replications: Replications of each point, those of an earlier command included.
        place: Folder of the sweep.

    Raises:
        RegieError: The disk is full or gone.
    """
    inputs = place / INPUTS
    (inputs / "regimes").mkdir(parents=True, exist_ok=True)
    asked = plan.experiment
    _write(inputs / SCENARIO, plan.scenario.to_toml())
    for name, text in _regimes(plan.scenario, asked.regimes):
        _write(inputs / "regimes" / f"{name}.toml", text)
    for path in {asked.folder / str(each).rpartition(":")[0] for each in asked.outcomes if _in_a_file(each)}:
        _write(inputs / path.name, path.read_text(encoding="utf-8"))
    if asked.document is not None and asked.document.text != _text(inputs / EXPERIMENT):
        _write(inputs / AS_ASKED, asked.document.text)
    as_table = asked.method == "table" or not _same(plan.design, fresh)
    if as_table:
        _write_points(inputs / f"{POINTS}.parquet", plan)
    _write(inputs / EXPERIMENT, _head(plan) + tomli_w.dumps(_carried_out(plan, replications, as_table)))


def _carried_out(plan: Plan, replications: int, as_table: bool) -> dict[str, Any]:
    """Return the experiment as a file holds it."""
    asked = plan.experiment
    said: dict[str, Any] = {
        "title": asked.title,
        "title_nl": asked.title_nl,
        "description": asked.description,
        "description_nl": asked.description_nl,
        "scenario": f"./{SCENARIO}",
        "regimes": list(plan.arms) if asked.regimes else [],
        "days": asked.days,
        "replications": replications,
        "seed": asked.seed,
        "outcomes": list(_outcomes(plan)),
        "weekly": list(plan.weekly),
    }
    said = {key: value for key, value in said.items() if value not in ("", [])}
    if as_table:
        return {**said, "design": {"method": "table", "table": f"{POINTS}.parquet"}}
    design = {"method": asked.method, "samples": asked.samples, "levels": asked.levels}
    factors = {factor.name: _values(factor, asked) for factor in plan.factors}
    return {**said, "design": {key: value for key, value in design.items() if value is not None}, "factors": factors}


def _values(factor: Factor, asked: Experiment) -> list[float]:
    if asked.method == "grid":
        return list(factor.levels(asked.levels or LEVELS["grid"]))
    return [factor.low, factor.high]


def _outcomes(plan: Plan) -> Iterator[str]:
    """Yield the outcomes as a file names them; those that it cannot name are left out."""
    own = {str(each).rpartition(":")[2]: str(each) for each in plan.experiment.outcomes if _in_a_file(each)}
    for name in plan.outcomes:
        if name in own:
            file, _, function = own[name].rpartition(":")
            yield f"{Path(file).name}:{function}"
        elif name not in _unnamed(plan.experiment):
            yield name


def _unnamed(asked: Experiment) -> list[str]:
    return [each.__name__ for each in asked.outcomes if not isinstance(each, str)]


def _in_a_file(outcome: Any) -> bool:
    return isinstance(outcome, str) and ":" in outcome


def _head(plan: Plan) -> str:
    lacking = _unnamed(plan.experiment)
    return "".join(
        [
            _MEANT,
            f"#     regie sweep {INPUTS}/{EXPERIMENT} --out again\n",
            _LACKS_OUTCOMES.format(", ".join(lacking)) if lacking else "",
            _LACKS_NETWORK.format(plan.network.__name__) if plan.network else "",
            "\n",
        ]
    )


def _regimes(scenario: Scenario, asked: Sequence[str | Path]) -> Iterator[tuple[str, str]]:
    """Yield name and text of each regime, and of those that it builds on, which lie beside one another here."""
    beside = regimes_beside(scenario)
    for name in map(str, asked):
        documents, _ = files.chain(files.read(files.find(name, "regime", beside), "regime"), "regime")
        parents: list[files.Document | None] = [None, *documents[:-1]]
        for document, parent in zip(documents, parents, strict=True):
            yield document.name, _beside_its_parent(document.data, document.text, parent)


def _beside_its_parent(data: Mapping[str, Any], text: str, parent: files.Document | None) -> str:
    if parent is None or data["extends"] == parent.name:
        return text
    return tomli_w.dumps({**data, "extends": parent.name})


def _same(one: Design, other: Design) -> bool:
    return np.array_equal(one.points, other.points) and np.array_equal(one.rows, other.rows)


def _write_points(path: Path, plan: Plan) -> None:
    """Write the points in order of their numbers: run again, they have the same ones."""
    import pyarrow.parquet as pq

    from sim.study import arrow

    points = {factor.name: arrow.numbers(plan.design.points[:, i]) for i, factor in enumerate(plan.factors)}
    with atomically(path) as file:
        pq.write_table(arrow.table(**points), file, compression="zstd")


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _write(path: Path, text: str) -> None:
    with atomically(path) as file:
        file.write(text.encode())
