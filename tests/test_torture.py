"""Sweeps that are killed, again and again, or watched: what is finished stays, and the end is the same.

``TORTURE_ROUNDS`` asks for more kills at random moments; what they drew is said where one of them finds something.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked for each round"),
]


def tortured(*arguments):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, str(HERE / "tortured.py"), *map(str, arguments)]
    answer = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_killed_before_anything_it_does_to_its_folder_a_sweep_goes_on_as_if_nothing_had_been(tmp_path):
    seen = tortured("everywhere", tmp_path)
    assert seen["kills"] > 50
    assert seen["kept"] == list(range(seen["units"] + 1)), "it died with any number of units finished"


def test_killed_at_any_moment_a_sweep_computes_nothing_twice_and_ends_the_same(tmp_path):
    rounds = int(os.environ.get("TORTURE_ROUNDS", 12))
    seen = tortured("anytime", tmp_path, rounds)
    assert seen["kills"] > 0.4 * rounds, "hardly any round was killed before it was whole"


def test_who_asks_for_the_status_disturbs_nothing_and_sees_it_grow(tmp_path):
    seen = tortured("watched", tmp_path, 20)
    assert seen["different"] > 10 and seen["running"] and seen["speeds"]


def test_the_command_is_killed_and_typed_again(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(
        'scenario = "one-zone"\ndays = 28\nreplications = 100\noutcomes = ["wait_mean"]\n'
        "[factors]\ncontrol = [0.0, 1.0]\n[set]\nwarmup_days = 28\n",
        encoding="utf-8",
    )
    place = tmp_path / "results"
    command = [sys.executable, "-m", "sim.cli", "sweep", str(file), "--out", str(place), "--quiet"]
    luck = np.random.SeedSequence(time.time_ns() % 2**32)
    counts = [0]
    for wait in luck.generate_state(3) / 2**32:
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        while process.poll() is None and len(list(place.glob("parts/*.runs.parquet"))) <= counts[-1]:
            time.sleep(0.01)
        time.sleep(0.3 * wait)
        process.kill()
        assert process.wait() in (0, -signal.SIGKILL), process.stderr.read()
        process.stderr.close()
        counts.append(len(list(place.glob("parts/*.runs.parquet"))))
    assert counts == sorted(counts), luck.entropy
    answer = subprocess.run([*command, "--json"], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["complete"] and told["runs"] == 200
