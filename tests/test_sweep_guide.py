"""The guide to sweeps leaves nothing out."""

import re
from pathlib import Path

from sim import Experiment, sweep
from sim.scenario.schema import json_schema

GUIDE = (Path(__file__).parents[1] / "docs" / "sweeps.md").read_text(encoding="utf-8")


def named_in_tables():
    """Return all names in the first cells of the tables of the guide."""
    rows = re.findall(r"^\| (`.+?) \|", GUIDE, re.M)
    return {name.rstrip("/") for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_key_of_an_experiment_file_is_explained():
    schema = json_schema("experiment")
    keys = {*schema["properties"], *schema["$defs"]["Design"]["properties"]}
    assert keys - {"design", "factors"} <= named_in_tables()
    assert {"[design]", "[factors]"} <= named_in_tables()


def test_every_method_is_explained():
    methods = json_schema("experiment")["$defs"]["Design"]["properties"]["method"]["enum"]
    assert set(methods) <= named_in_tables()


def test_every_file_of_a_sweep_is_explained(tmp_path):
    def fails(lived):
        raise ValueError(lived.regime)

    asked = Experiment(
        factors={"control": [0.0]}, outcomes=[fails], weekly=["waiting"], days=7, replications=1, set={"warmup_days": 7}
    )
    found = sweep(asked, out=tmp_path / "sweep")
    some = sweep(Experiment(**{**vars(asked), "outcomes": ["value"]}), out=tmp_path / "another")
    there = {path.name for each in (found, some) for path in each.path.iterdir() if path.name[0] != "."}
    assert there <= named_in_tables()
    assert {"failures.jsonl", "series.parquet"} <= there
