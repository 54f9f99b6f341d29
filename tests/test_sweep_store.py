"""The store of a sweep: each run once, whole or not at all, whatever becomes of the process, disk or command."""

import errno
import json
import os
import subprocess
import tempfile
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import Experiment, sweep
from sim.errors import RegieError
from sim.study import arrow
from sim.study.lock import Lock, locked
from sim.sweeps import driving, parts
from sim.sweeps.driving import Driver
from sim.sweeps.folder import Folder
from sim.sweeps.living import Batch, Task, _Living
from sim.sweeps.parts import RUNS, SERIES, Parts
from sim.sweeps.planning import plan
from sim.sweeps.status import status
from sim.sweeps.sweep import Sweep, carry_out

ASKED = Experiment(
    "one-zone",
    factors={"preference_share": [0.1, 0.3, 0.5], "control": [0.0, 1.0]},
    days=14,
    replications=2,
    outcomes=["wait_mean", "value"],
    weekly=["waiting"],
)
UNITS = 12


def batch(units, stage=None, error=None, series=True):
    """A batch in which what is said holds of its first unit."""
    keys = np.array(units, np.int32)
    faults = {"stage": stage, "error": error, "traceback": error}
    runs = arrow.table(
        point=arrow.numbers(keys[:, 0].copy()),
        replication=arrow.numbers(keys[:, 1].copy()),
        regime=arrow.words(np.zeros(len(keys), int), ["traditional"]),
        value=arrow.numbers(keys[:, 0] * 0.1 + keys[:, 1]),
        **{name: arrow.texts([told] + [None] * (len(keys) - 1)) for name, told in faults.items()},
    )
    return runs, runs.select(["point", "replication", "regime", "value"]) if series else None


def units_of(store, kind=RUNS):
    tables = store.tables(kind, 0, 1_000_000)
    return [pair for t in tables for pair in zip(t["point"].to_pylist(), t["replication"].to_pylist(), strict=True)]


def made_up(task, units, points):
    """Stands in for `Task.live`: only the disk matters here."""
    living = _Living(task)
    for unit, point in zip(units, points, strict=True):
        living._write(unit, 0, [unit.point + 0.1 * unit.replication, float(point.sum())], (None, None, None))
    rows = living.rows()
    return Batch(tuple(units), rows, rows.select(["point", "regime", "replication"]), 1e-3)


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """Nothing here needs the disk itself."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(driving, "SECONDS", 0.0)
    monkeypatch.setattr(parts, "MOST_SMALL", 3)
    monkeypatch.setattr(Task, "live", made_up)


@pytest.fixture(scope="module")
def asked():
    return plan(ASKED)


def run(made, place):
    return carry_out(Folder(made, place), workers=1)


def tables(place):
    return {path.name: path.read_bytes() for path in Path(place).glob("*.parquet")}


# --- parts -----------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands in for the end of a process."""


@pytest.mark.slow
@given(
    steps=st.lists(st.one_of(st.integers(1, 3), st.just("open")), min_size=1, max_size=14),
    death=st.integers(1, 60),
    most=st.integers(1, 3),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_unit_is_there_once_whatever_was_added_killed_and_opened_again(tmp_path_factory, steps, death, most):
    place = tmp_path_factory.mktemp("parts")
    left, kept, numbers = death, [], count()

    def dying(path, do):
        def done(*given):
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed
            return do(path, *given)

        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MOST_SMALL", most)
        for name in ("replace", "unlink"):
            usual = getattr(Path, name)
            patch.setattr(Path, name, lambda path, *given, usual=usual, **how: dying(path, usual)(*given))
        store = Parts(place)
        for step in steps:
            new = [] if step == "open" else [(next(numbers), 0) for _ in range(step)]
            try:
                if new:
                    store.add(*batch(new))
                    kept += new
                else:
                    store = Parts(place)
            except Killed:
                store = Parts(place)
                kept = kept + new if new and new[0] in units_of(store) else kept
    for each in (store, Parts(place)):
        assert sorted(units_of(each)) == sorted(units_of(each, SERIES)) == sorted(kept)
        assert each.done(100, 1).sum() == len(kept)


def test_few_parts_are_left_and_none_is_read_that_has_no_point_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "MOST_SMALL", 4)
    monkeypatch.setattr(parts, "SMALL", 12_000)
    store = Parts(tmp_path)
    for number in range(40):
        store.add(*batch([(number, 0)]))
    assert len(store.found) < 20 and len(store) == 40
    assert max(store._size(part) for part in store.found) < 3 * parts.SMALL
    assert [pair for pair in units_of(Parts(tmp_path)) if 10 <= pair[0] < 12] == [(10, 0), (11, 0)]
    opened = []
    usual = parts.kept
    monkeypatch.setattr(parts, "kept", lambda path: (opened.append(path), usual(path))[1])
    assert sum(len(table) for table in store.tables(RUNS, 10, 12)) == 2
    opened.clear()
    assert sum(len(table) for table in store.tables(RUNS, 10, 12)) == 2 and len(opened) <= 2


def test_files_of_somebody_else_are_left_alone(tmp_path):
    store = Parts(tmp_path)
    store.add(*batch([(0, 0)]))
    others = [tmp_path / name for name in (".DS_Store", "a.runs.parquet", "notes.parquet", "1-2.runs.parquet")]
    for path in others:
        path.write_text("mine")
    (tmp_path / ".folder").mkdir()
    assert units_of(Parts(tmp_path)) == [(0, 0)] and all(path.exists() for path in others)


@pytest.mark.parametrize("kind", [RUNS, SERIES])
@pytest.mark.parametrize("harm", ["cut off", "empty", "a byte at the end"])
def test_a_part_that_cannot_be_read_is_set_aside_and_the_rest_counts(tmp_path, kind, harm):
    store = Parts(tmp_path)
    for number in range(3):
        store.add(*batch([(number, 0)]))
    path = store.path(store.found[1], kind)
    content = path.read_bytes()
    path.write_bytes({"cut off": content[:-30], "empty": b"", "a byte at the end": content[:-1] + b"x"}[harm])
    opened = Parts(tmp_path)
    assert units_of(opened) == [(0, 0), (2, 0)] and opened.damaged == 1
    opened.add(*batch([(1, 0)]))
    assert sorted(units_of(Parts(tmp_path))) == [(0, 0), (1, 0), (2, 0)] and Parts(tmp_path).damaged == 0


def test_where_the_whole_is_damaged_and_its_pieces_are_still_there_they_count(tmp_path, monkeypatch):
    store = Parts(tmp_path)
    store.add(*batch([(0, 0)]))
    store.add(*batch([(1, 0)]))
    monkeypatch.setattr(Parts, "_remove", lambda *_: None)  # killed before it took the pieces away
    store._compact()
    store.path(store.found[0], RUNS).write_bytes(b"PAR1")
    monkeypatch.undo()
    assert units_of(Parts(tmp_path)) == [(0, 0), (1, 0)]


def test_no_bit_that_falls_over_goes_unnoticed(tmp_path):
    """Every so many bytes of a part, one is changed: it gives the same values, or is said to be damaged."""
    Parts(tmp_path).add(*batch([(number, 0) for number in range(50)]))
    path = Parts(tmp_path).path(Parts(tmp_path).found[0], RUNS)
    content, noticed = path.read_bytes(), 0
    (true,) = (table.to_pydict() for table in Parts(tmp_path).tables(RUNS, 0, 50))
    for at in range(4, len(content) - 8, 23):
        path.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
        try:
            found = [table.to_pydict() for table in Parts(tmp_path, alone=False).tables(RUNS, 0, 50)]
        except RegieError as mistake:
            assert "damaged" in str(mistake)
            path.with_name(path.name + parts.DAMAGED).unlink()
            found = []
        noticed += not found
        assert found in ([], [true]) or at > len(content) - _footer(content) - 8, at
    assert noticed > 5


def _footer(content):
    return int.from_bytes(content[-8:-4], "little")


@pytest.mark.parametrize(
    ("stage", "error", "again"),
    [
        ("worker", "it ended the process", True),
        ("run", "MemoryError: ", True),
        ("extract", "_ArrayMemoryError: Unable to allocate", True),
        ("extract", "ZeroDivisionError: nobody there", False),
        ("warm-up", "No MemoryError at all", False),
    ],
)
def test_what_the_machine_made_fail_is_tried_again_and_what_fails_by_its_values_is_not(tmp_path, stage, error, again):
    store = Parts(tmp_path)
    store.add(*batch([(0, 0), (1, 0)], stage, error))
    store.add(*batch([(2, 0)], stage, error, series=False))
    opened = Parts(tmp_path)
    assert units_of(opened) == ([(1, 0)] if again else [(0, 0), (1, 0), (2, 0)])
    assert units_of(opened, SERIES) == ([(1, 0)] if again else [(0, 0), (1, 0)])
    assert opened.again == (2 if again else 0)


# --- the folder --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_parts")
def test_a_folder_with_no_design_yet_is_gone_on_with(tmp_path, asked):
    whole = run(asked, tmp_path / "whole")
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "sweep.json").write_bytes((whole.path / "sweep.json").read_bytes())
    assert tables(run(asked, tmp_path / "cut").path) == tables(whole.path)
    (whole.path / "design.parquet").unlink()
    with pytest.raises(RegieError, match=r"design.parquet' cannot be read"):
        Folder(asked, whole.path)


@pytest.mark.usefixtures("small_parts")
def test_a_replication_that_was_begun_is_finished_also_where_fewer_are_asked(tmp_path, asked):
    run(asked, tmp_path)
    fewer = run(plan(replace(ASKED, replications=1)), tmp_path)
    assert fewer.complete and len(fewer.runs()) == fewer.about["runs"] == UNITS
    assert fewer.about["replications"] == 2
    grown = run(plan(replace(ASKED, replications=1, factors={**ASKED.factors, "control": [0.0, 0.5, 1.0]})), tmp_path)
    assert grown.complete and len(grown.runs()) == 18
    assert status(tmp_path).done == status(tmp_path).asked == 18


@pytest.mark.usefixtures("small_parts")
def test_what_was_asked_and_never_begun_is_no_longer_asked(tmp_path, asked):
    stop = threading.Event()
    stop.set()
    many = Folder(plan(replace(ASKED, replications=9)), tmp_path)
    many.close()
    assert run(asked, tmp_path).about["replications"] == 2 and status(tmp_path).complete


@pytest.mark.usefixtures("small_parts")
def test_damage_found_when_opened_is_computed_again_and_damage_found_later_by_the_same_command(tmp_path, asked):
    whole = run(asked, tmp_path)
    before = tables(tmp_path)
    files = sorted((tmp_path / "parts").glob(f"*.{RUNS}.parquet"))
    files[0].write_bytes(files[0].read_bytes()[:-9])
    with pytest.warns(UserWarning, match="1 files of finished runs are damaged"):
        sweep(ASKED, out=tmp_path, workers=1)
    assert tables(tmp_path) == before and whole.complete
    file = sorted((tmp_path / "parts").glob(f"*.{RUNS}.parquet"))[0]
    column = pq.ParquetFile(file).metadata.row_group(0).column(4)
    at = (column.dictionary_page_offset or column.data_page_offset) + column.total_compressed_size - 1
    content = file.read_bytes()
    file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    with pytest.raises(RegieError, match="was set aside"):
        run(asked, tmp_path)
    assert not whole.complete
    assert run(asked, tmp_path).complete and tables(tmp_path) == before


@pytest.mark.usefixtures("small_parts")
def test_a_unit_that_lost_its_worker_is_run_by_the_next_command(tmp_path, asked, monkeypatch):
    run(asked, tmp_path / "undisturbed")

    def losing(task, units, points):
        living = _Living(task)
        for unit in units:
            living.failed(unit, 0, ("worker", "it ended", ""))
        return Batch(tuple(units), living.rows(), None, 1e-3) if units[0].point == 3 else made_up(task, units, points)

    monkeypatch.setattr(Task, "live", losing)
    first = run(asked, tmp_path / "lost")
    assert first.complete and len(first.failures()) == first.about["failed"] == 2
    monkeypatch.setattr(Task, "live", made_up)
    again = run(asked, tmp_path / "lost")
    assert again.complete and again.failures().empty
    assert tables(again.path) == tables(tmp_path / "undisturbed")


def test_two_commands_at_once_the_second_is_refused_and_looking_disturbs_nobody(tmp_path, asked):
    first = Folder(asked, tmp_path)
    for _ in range(2):
        with pytest.raises(RegieError, match="Another command is working"):
            Folder(asked, tmp_path)
    assert locked(tmp_path) and status(tmp_path).running
    first.close()
    assert not locked(tmp_path) and not status(tmp_path).running
    asking = threading.Event()
    looks = threading.Thread(target=lambda: [locked(tmp_path) for _ in iter(asking.is_set, True)])
    looks.start()
    try:
        for _ in range(50):
            lock = Lock(tmp_path)
            assert lock.held
            lock.let_go()
    finally:
        asking.set()
        looks.join()


def test_a_folder_that_was_refused_is_let_go_of(tmp_path, asked):
    Folder(asked, tmp_path).close()
    other = plan(replace(ASKED, days=15))
    for _ in range(2):
        with pytest.raises(RegieError, match="days: there 14, here 15"):
            Folder(other, tmp_path)
    Folder(asked, tmp_path).close()


@pytest.mark.usefixtures("small_parts")
def test_where_files_cannot_be_locked_it_works_and_takes_nothing_of_others_away(tmp_path, asked, monkeypatch):
    def no_locks(*_, **__):
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("sim.study.lock._lock", no_locks)
    (tmp_path / "parts").mkdir()
    (tmp_path / "sweep.json").write_bytes((Path(run(asked, tmp_path / "other").path) / "sweep.json").read_bytes())
    others = tmp_path / "parts" / ".000007-000007.runs.parquet.made"
    others.write_text("")
    assert run(asked, tmp_path).complete and others.exists()


@pytest.mark.parametrize("content", ["[]", "{", '{"identity": {}}', ""])
def test_a_description_that_cannot_be_read_is_a_sentence(tmp_path, asked, content):
    (tmp_path / "sweep.json").write_text(content)
    for ask in (lambda: Folder(asked, tmp_path), lambda: status(tmp_path)):
        with pytest.raises(RegieError, match=r"sweep.json' cannot be read"):
            ask()


# --- stopping ----------------------------------------------------------------------------------------------------


class ByHand:
    """An engine whose batches are lived when the test says so."""

    workers = 1

    def __init__(self, task):
        self.task, self.given = task, []

    def submit(self, units, points):
        future = Future()
        self.given.append((future, units, points))
        return future

    def live(self, number):
        future, units, points = self.given[number]
        future.set_running_or_notify_cancel()
        future.set_result(made_up(self.task, units, points))

    def mend(self, mistake):
        raise mistake

    def close(self):
        pass


def test_who_stops_gets_what_is_under_way_and_nothing_new_is_begun(tmp_path, asked):
    folder, stop = Folder(asked, tmp_path), threading.Event()
    engine = ByHand(Task.of(asked))
    told = []

    def progress(done, _):
        told.append(done)
        if not stop.is_set():
            engine.given[0][0].set_running_or_notify_cancel()
            stop.set()
        elif not engine.given[0][0].done():
            future, units, points = engine.given[0]
            future.set_result(made_up(engine.task, units, points))

    done = folder.done()
    Driver(folder.plan, folder.parts, engine, stop, progress, done).drive()
    folder.publish(done, 0.0)
    folder.close()
    assert len(engine.given) == 2 and engine.given[1][0].cancelled()
    assert done.sum() == 1 == len(Sweep(tmp_path).runs()) and not Sweep(tmp_path).complete
    assert status(tmp_path).done == 1


# --- the disk ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.usefixtures("small_parts")
def test_a_disk_that_is_full_at_any_write_is_a_sentence_and_the_same_command_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "MOST_SMALL", 1)
    made = plan(replace(ASKED, factors={"control": [0.0, 1.0]}, replications=1))
    wanted = tables(run(made, tmp_path / "undisturbed").path)
    for number in count(1):
        left, place = number, tmp_path / str(number)

        def room():
            nonlocal left
            left -= 1
            if left == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            for module, name in ((os, "fsync"), (tempfile, "mkstemp"), (Path, "mkdir"), (Path, "replace")):
                usual = getattr(module, name)
                patch.setattr(module, name, lambda *given, usual=usual, **how: (room(), usual(*given, **how))[1])
            patch.setattr(os, "fdopen", lambda *given, usual=os.fdopen: Full(usual(*given), room))
            try:
                run(made, place)
            except RegieError as mistake:
                assert "no room left" in str(mistake), mistake
            else:
                break
        assert not [path for path in place.rglob(".*") if path.name != ".lock"]
        assert tables(run(made, place).path) == wanted
    assert number > 50


class Full:
    """A file on a disk that may be full at its first write, or a later one."""

    def __init__(self, file, room):
        self._file, self._room, self._writes = file, room, 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def __getattr__(self, name):
        return getattr(self._file, name)

    def write(self, content):
        self._writes += 1
        if self._writes in (1, 4):
            self._room()
        return self._file.write(content)

    def writelines(self, lines):
        for line in lines:
            self.write(line)


@pytest.mark.usefixtures("small_parts")
def test_a_disk_that_is_really_full(tmp_path, monkeypatch, asked):
    wanted = tables(run(asked, tmp_path / "undisturbed").path)
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    with suppress(FileNotFoundError):
        if subprocess.run(mount, capture_output=True).returncode == 0:
            try:
                _fill_and_go_on(asked, disk, wanted)
            finally:
                subprocess.run(["umount", str(disk)], check=True)
            return
    pytest.skip("a small disk cannot be mounted here")


def _fill_and_go_on(asked, disk, wanted):
    stuffing = disk / "stuffing"
    full = 0
    for size in range(250_000, 0, -10_000):
        with suppress(OSError):  # there may be no room for that either
            stuffing.write_bytes(b"x" * size)
        try:
            run(asked, disk / "sweep")
        except RegieError as mistake:
            assert "no room left" in str(mistake)
            full += 1
    assert full > 3
    stuffing.unlink()
    assert tables(run(asked, disk / "sweep").path) == wanted


@pytest.mark.usefixtures("small_parts")
def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path, asked, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("sim.files.tempfile.mkstemp", forbidden)
    with pytest.raises(RegieError, match="may not be written"):
        run(asked, tmp_path)
    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(RegieError, match="may not be written"):
        run(asked, tmp_path / "new")
    assert json.dumps([path.name for path in tmp_path.iterdir()]) == '[".lock"]'
