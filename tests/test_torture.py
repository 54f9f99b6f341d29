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

import pytest

from sim.sweeps.status import status
from sim.sweeps.sweep import Sweep

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


@pytest.fixture
def typed(tmp_path):
    """A sweep as it is typed, and its folder; it takes minutes when nobody stops it."""
    file, place = tmp_path / "small.toml", tmp_path / "results"
    file.write_text(
        'scenario = "one-zone"\ndays = 180\nreplications = 2000\noutcomes = ["wait_mean"]\n'
        "[factors]\ncontrol = [0.0, 1.0]\n[set]\nwarmup_days = 28\n",
        encoding="utf-8",
    )
    return [sys.executable, "-m", "sim.cli", "sweep", str(file), "--out", str(place), "--lang", "en"], place


def started(command, place):
    """Return the process of a command that has finished a batch."""
    before = batches(place)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and batches(place) == before:
        time.sleep(0.01)
    assert process.poll() is None, process.stderr.read()
    return process


def batches(place):
    return len(list(place.glob("parts/*.runs.parquet")))


def test_the_command_is_killed_and_typed_again(typed):
    command, place = typed
    done = [0]
    for _ in range(2):
        process = started(command, place)
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        done.append(status(place).done)
        assert not status(place).running
    assert 0 < done[1] < done[2]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_stops_once_keeps_what_is_under_way_and_reads_how_to_go_on_and_who_stops_twice_waits_no_longer(
    typed, number, code
):
    command, place = typed
    process = started(command, place)
    process.send_signal(number)
    _, told = process.communicate()
    assert process.returncode == code
    done = status(place).done
    assert f"Stopped after {done} of 4,000 runs. The same command goes on from there." in told
    assert len(Sweep(place).runs()) == done > 0 and not status(place).complete
    process = started(command, place)
    process.send_signal(number)
    while "Stopping" not in process.stderr.readline():
        pass
    process.send_signal(number)
    _, told = process.communicate()
    assert process.returncode == code and "Stopped after" not in told
    assert status(place).done > done and not status(place).running
