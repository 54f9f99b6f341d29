"""Engines: the same values whoever lives the runs, and nothing lost or waited for when workers go."""

import json
import os
import socket
import subprocess
import sys
import time
import zlib
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import numpy as np
import psutil
import pytest

from sim import CareNetwork, Experiment, Scenario, sweep
from sim.errors import RegieError
from sim.model.agents import Worker
from sim.study.outcomes import extract, outcomes_of
from sim.study.runs import seed_of
from sim.study.tables import Run
from sim.sweeps import driving
from sim.sweeps.driving import Driver
from sim.sweeps.living import Task
from sim.sweeps.parcel import pack, unpack
from sim.sweeps.parts import Parts
from sim.sweeps.planning import plan

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds after which a test gives up: nothing is measured


def clients(lived):
    return float(len(lived.clients))


SMALL = Experiment(
    factors={"preference_share": [0.1, 0.5], "control": [0.0, 1.0]},
    days=28,
    replications=2,
    regimes=["traditional", "client-steering"],
    outcomes=["wait_mean", "value", clients],
    weekly=["waiting"],
    set={"warmup_days": 56},
)
LONGER = replace(SMALL, factors={"preference_share": np.linspace(0.1, 0.5, 12).tolist()}, days=182, replications=2)


class Resting(Worker):
    """A worker who on some days of the week looks at no list."""

    def take_next(self, day):
        if day % 7 >= self.model.rest:
            super().take_next(day)


class RestingNetwork(CareNetwork):
    """A network whose workers rest on the first days of each week."""

    def __init__(self, *args, rest=0, **settings):
        super().__init__(*args, worker_class=Resting, **settings)
        self.rest = rest


def content(found):
    """Return the tables that a sweep published, as they are on disk."""
    assert found.complete and found.failures().empty
    return [(found.path / name).read_bytes() for name in ("runs.parquet", "series.parquet")]


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """Return what a sweep gives in threads, worked out once."""
    found = {}

    def tables(experiment):
        if id(experiment) not in found:
            found[id(experiment)] = content(sweep(experiment, out=tmp_path_factory.mktemp("local") / "sweep"))
        return found[id(experiment)]

    return tables


def once(do):
    """Return a progress function that does something when the first runs are finished."""
    did = []

    def progress(done, asked):
        if done and not did:
            did.append(do())

    return progress


def until(true):
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


# --- the driver, with workers that are made up ---------------------------------------------------------------


class Fragile:
    """Lives batches at once, until one holds a unit that ends the worker: all that is out is then lost."""

    def __init__(self, task, ends, workers=4):
        self.workers, self.task, self.ends = workers, task, ends
        self.out, self.mended = [], 0

    def submit(self, units, points):
        future = Future()
        future.set_running_or_notify_cancel()
        self.out.append((future, units, points))
        if len(self.out) == 2 * self.workers or self.ends & {*units}:
            self.finish()
        return future

    def finish(self):
        for future, units, points in self.out:
            if any(self.ends & {*each} for _, each, _ in self.out):
                future.set_exception(BrokenExecutor("ended"))
            else:
                future.set_result(self.task.live(units, points))
        self.out = []

    def mend(self, mistake):
        self.mended += 1

    def close(self):
        pass


def drive(experiment, engine, tmp_path, monkeypatch):
    """Drive a plan with an engine that is made up; return the rows of what is kept."""
    made = plan(experiment)
    working = engine(Task.of(made))
    patient = driving.wait

    def look(futures, **how):
        if not any(future.done() for future in futures):
            working.finish()
        return patient(futures, **how)

    monkeypatch.setattr(driving, "wait", look)
    done = np.zeros((len(made.design.points), experiment.replications), bool)
    parts = Parts(tmp_path / "parts")
    Driver(made, parts, working, Event(), lambda *_: None, done).drive()
    assert done.all()
    (rows,) = [[row for table in parts.tables("runs", 0, len(done)) for row in table.to_pylist()]]
    return working, rows


def test_a_unit_that_ends_its_worker_fails_and_those_beside_it_do_not(tmp_path, monkeypatch):
    ends = {(2, 0), (3, 1)}
    asked = replace(SMALL, regimes=[], weekly=[])
    engine, rows = drive(asked, lambda task: Fragile(task, ends), tmp_path, monkeypatch)
    assert {(row["point"], row["replication"]) for row in rows if row["stage"] == "worker"} == ends
    assert len(rows) == 8 and sum(row["error"] is None for row in rows) == 6
    assert engine.mended <= 2 * driving.MOST_LOSSES


def test_a_connection_that_is_lost_is_no_fault_of_a_unit(tmp_path, monkeypatch):
    class Flapping(Fragile):
        def finish(self):
            if self.mended < 2 * driving.MOST_LOSSES:
                for future, *_ in self.out:
                    future.set_exception(CancelledError())
                self.out = []
            super().finish()

    _, rows = drive(replace(SMALL, regimes=[], weekly=[]), lambda task: Flapping(task, set()), tmp_path, monkeypatch)
    assert len(rows) == 8 and all(row["error"] is None for row in rows)


# --- what is sent --------------------------------------------------------------------------------------------


def test_what_is_ones_own_is_sent_with_its_source():
    task = Task.of(plan(replace(SMALL, factors={"rest": [0, 3]}, network=RestingNetwork)))
    packed = pack(task)
    assert b"take_next" in zlib.decompress(packed)
    sent = unpack(packed)
    assert sent.arms == task.arms and sent.factors == task.factors
    assert sent.readers["wait_mean"] is task.readers["wait_mean"], "what comes with regie is looked up"


def test_what_cannot_be_sent_is_a_sentence(tmp_path):
    with (tmp_path / "open").open("w") as file:

        def writing(lived):
            return float(file.write("x"))

        with pytest.raises(RegieError, match="cannot be sent"):
            sweep(replace(SMALL, outcomes=[writing]), out=tmp_path / "sweep", engine="processes")


LIVED = """
import sys
from pathlib import Path
import numpy as np
from sim.sweeps.living import Unit
from sim.sweeps.processes import unpack
batch = unpack(Path(sys.argv[1]).read_bytes()).live([Unit(0, 0)], np.array([[0.1, 0.0]]))
assert batch.runs["error"].null_count == 2
print(sorted({"pandas", "plotly", "mesa", "rich"} & {*sys.modules}))
"""


@pytest.mark.slow
def test_a_process_imports_no_more_than_a_run_needs(tmp_path):
    (tmp_path / "packed").write_bytes(pack(Task.of(plan(replace(SMALL, outcomes=["wait_mean"])))))
    command = [sys.executable, "-c", LIVED, str(tmp_path / "packed")]
    said = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


# --- threads and processes -----------------------------------------------------------------------------------


def test_one_thread_gives_what_two_give(local, tmp_path):
    assert content(sweep(SMALL, out=tmp_path / "one", workers=1)) == local(SMALL)


@pytest.mark.slow
def test_processes_give_what_threads_give(local, tmp_path):
    assert content(sweep(SMALL, out=tmp_path / "processes", engine="processes", workers=2)) == local(SMALL)
    assert not active_children()


@pytest.mark.slow
def test_a_network_of_ones_own_runs_in_processes_with_its_own_keyword(tmp_path):
    factors = {"preference_share": [0.1, 0.5], "rest": [0, 7]}
    asked = replace(SMALL, factors=factors, network=RestingNetwork, regimes=[], days=14, replications=1)
    found = sweep(asked, out=tmp_path / "own", workers=2)
    assert content(found)
    names = [each.name for each in outcomes_of(Scenario.load("one-zone"))]
    for row in found.runs().itertuples():
        seed = seed_of(0, row.replication)
        settings = {"warmup_days": 56, "preference_share": row.preference_share}
        network = RestingNetwork("one-zone", seed=seed, rest=row.rest, **settings).run(14)
        lived = Run(network.care_scenario, row.regime, row.replication, seed, 14, *network.records())
        values = dict(zip(names, extract(lived), strict=True))
        assert row.seed == seed
        np.testing.assert_equal([row.wait_mean, row.value], [values["wait_mean"], values["value"]])
    assert (found.runs().groupby("preference_share")["value"].nunique() == 2).all(), "the keyword matters"


SCRIPT = """
import os, sys
from sim import CareNetwork, Experiment, sweep

print("once")

class Steady(CareNetwork):
    def __init__(self, *args, level=0.0, **settings):
        super().__init__(*args, **settings)
        self.level = level

    def run(self, days):
        for _ in range(days):
            self.step()
        return self

    def records(self):
        found = super().records()
        found.clients["frailty"] = self.level
        return found

def mean_frailty(lived):
    return lived.clients["frailty"].mean() + (os.getpid() == DRIVER)

DRIVER = os.getpid()
asked = Experiment(factors={"level": [0.25, 0.5]}, network=Steady, outcomes=[mean_frailty, "own.py:twice"], days=7,
                   replications=1, set={"warmup_days": 28})
print(sweep(asked, out="found", workers=2).runs()[["level", "mean_frailty", "twice"]].to_numpy().tolist())
"""


@pytest.mark.slow
def test_a_script_needs_no_main_guard_and_may_define_all_of_it(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    (tmp_path / "own.py").write_text(
        "FACTOR = 2\ndef twice(lived):\n    return FACTOR * lived.clients['frailty'].mean()"
    )
    said = subprocess.run(
        [sys.executable, "-W", "error", "script.py"], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert said.stderr == ""
    assert said.stdout.splitlines() == ["once", "[[0.25, 0.25, 0.5], [0.5, 0.5, 1.0]]"]


@pytest.mark.slow
def test_a_process_that_is_killed_costs_nothing_but_time(local, tmp_path):
    kill = once(lambda: active_children()[0].kill())
    found = sweep(LONGER, out=tmp_path / "killed", engine="processes", workers=2, progress=kill)
    assert content(found) == local(LONGER)


DRIVEN = """
import sys
from dataclasses import replace
from test_engines import LONGER, sweep
sweep(LONGER, out=sys.argv[1], engine="processes", workers=2)
"""


@pytest.mark.slow
def test_processes_end_with_their_driver_and_the_same_call_goes_on(local, tmp_path):
    place = tmp_path / "driven"
    driver = subprocess.Popen([sys.executable, "-c", DRIVEN, str(place)], env=environment(), stderr=subprocess.DEVNULL)
    with ended(driver):
        until(lambda: list(place.glob("parts/*.parquet")) or driver.poll() is not None)
        workers = psutil.Process(driver.pid).children(recursive=True)
        driver.kill()
        driver.wait()
    assert len(workers) >= 2
    gone, left = psutil.wait_procs(workers, timeout=PATIENCE)
    for each in left:
        each.kill()
    assert not left and len(gone) >= 2
    assert content(sweep(LONGER, out=place)) == local(LONGER)


# --- a cluster -----------------------------------------------------------------------------------------------


def environment():
    paths = [str(ROOT), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


@contextmanager
def ended(process):
    """See to it that a process is gone afterwards."""
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class Here:
    """A scheduler and its workers on loopback.

    Attributes:
        address: Of the scheduler.
        scheduler: Its process.
        workers: Their processes.
    """

    def __init__(self, stack, place, workers):
        self.stack, self.log = stack, stack.enter_context((place / "log").open("w"))
        file = place / "scheduler.json"
        self.scheduler = self.start("scheduler", "--port", "0", "--scheduler-file", str(file))
        until(lambda: file.exists() and file.read_text().endswith("}"))
        self.address = json.loads(file.read_text())["address"]
        self.workers = [self.start("worker", self.address, "--nthreads", "1", "--no-nanny") for _ in range(workers)]
        if workers:
            self.wait_for(workers)

    def start(self, *words):
        command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]
        process = subprocess.Popen(command, env=environment(), stdout=self.log, stderr=self.log)
        return self.stack.enter_context(ended(process))

    def wait_for(self, workers):
        from distributed import Client

        with Client(self.address, set_as_default=False, timeout=PATIENCE) as client:
            client.wait_for_workers(workers, timeout=PATIENCE)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with ExitStack() as stack:
        yield Here(stack, tmp_path_factory.mktemp("cluster"), 2)


@pytest.fixture
def impatient(monkeypatch):
    from sim.sweeps import cluster

    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 2)
    monkeypatch.setattr(cluster, "SECONDS_TO_JOIN", 2)
    return cluster


@pytest.mark.slow
def test_a_cluster_gives_what_threads_give(cluster, local, tmp_path):
    assert content(sweep(SMALL, out=tmp_path / "there", cluster=cluster.address)) == local(SMALL)


@pytest.mark.slow
def test_a_cluster_with_another_version_of_the_model_is_refused(cluster, tmp_path, monkeypatch, impatient):
    monkeypatch.setattr("sim.model.compiling.model_version", lambda: "another")
    impatient.versions.cache_clear()
    try:
        with pytest.raises(RegieError, match=r"would give other values: model is \w+ there and another here"):
            sweep(SMALL, out=tmp_path / "another", cluster=cluster.address)
        assert not list((tmp_path / "another").glob("parts/*"))
    finally:
        impatient.versions.cache_clear()


@pytest.mark.slow
def test_a_worker_that_joins_later_with_another_version_is_refused_too(impatient):
    packed = pack(Task.of(plan(SMALL)))
    with pytest.raises(RegieError, match=r"numpy is .* there and 1\.0 here"):
        impatient._live(packed, {**impatient.versions(), "numpy": "1.0"}, [], np.empty((0, 2)))


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing_but_time(cluster, local, tmp_path):
    found = sweep(LONGER, out=tmp_path / "killed", cluster=cluster.address, progress=once(cluster.workers[0].kill))
    assert cluster.workers[0].wait() != 0
    assert content(found) == local(LONGER)


@pytest.mark.slow
def test_a_scheduler_that_is_killed_is_reported_and_threads_go_on(cluster, local, tmp_path, impatient):
    place = tmp_path / "lost"
    with pytest.raises(RegieError, match="lost and did not come back"):
        sweep(LONGER, out=place, cluster=cluster.address, progress=once(cluster.scheduler.kill))
    assert list(place.glob("parts/*"))
    assert content(sweep(LONGER, out=place)) == local(LONGER)


@pytest.mark.slow
def test_a_scheduler_without_workers_is_not_waited_for(tmp_path, impatient):
    with ExitStack() as stack:
        address = Here(stack, tmp_path, 0).address
        with pytest.raises(RegieError, match="has had no workers for 2 seconds"):
            sweep(SMALL, out=tmp_path / "alone", cluster=address)


def test_what_dask_says_is_said_in_the_words_of_a_driver(impatient):
    killed = impatient.KilledWorker("batch", SimpleNamespace(address="tcp://127.0.0.1:1"), 3)
    for raised, kind in ((killed, BrokenExecutor), (OSError("gone"), RegieError), (RegieError("no"), RegieError)):
        finished, given = Future(), Future()
        finished.set_exception(raised)
        impatient._pass_on(finished, given)
        assert isinstance(given.exception(), kind)
    finished, given = Future(), Future()
    finished.cancel()
    impatient._pass_on(finished, given)
    assert isinstance(given.exception(), CancelledError)


def test_nobody_at_the_address_is_a_sentence(tmp_path, impatient):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for address in ("", "nonsense", "tcp://127.0.0.1:1", "ftp://here:1", f"127.0.0.1:{silent.getsockname()[1]}"):
            with pytest.raises(RegieError, match="There is no Dask scheduler at"):
                sweep(SMALL, out=tmp_path / "nobody", cluster=address)


def test_without_the_package_a_sentence_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "sim.sweeps.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RegieError, match=r"regie\[cluster\]"):
        sweep(SMALL, out=tmp_path / "without", cluster="tcp://127.0.0.1:1")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"engine": "thread"}, "There are: threads, processes"),
        ({"engine": "threads", "cluster": "tcp://127.0.0.1:1"}, "leave out --engine"),
        ({"workers": 2, "cluster": "tcp://127.0.0.1:1"}, "leave out --workers"),
        ({"workers": 0}, "workers"),
    ],
)
def test_engines_that_contradict_one_another_are_refused(how, said, tmp_path):
    with pytest.raises(RegieError, match=said):
        sweep(SMALL, out=tmp_path / "refused", **how)
