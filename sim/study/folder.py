"""Results on disk: a folder that appears whole or not at all, with all that is needed to get it again.

Everything is written into a hidden folder beside the place where it will stand. When all of it is safely on disk the
folder gets its name. The folder is made before the computing starts, so that a wrong place is known at once. What a
killed run left behind beside the place is swept up first.
"""

from __future__ import annotations

import errno
import json
import math
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import RegieError
from sim.files import cannot_write, flush
from sim.study import provenance
from sim.study.claim import Claim, hidden_name, sweep
from sim.study.compare import Comparison, Difference, Failure
from sim.study.csv_files import CsvForm, write_csv
from sim.study.sentences import say
from sim.study.store import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

PROVENANCE = "provenance.json"
WriteReport = Callable[[Comparison, Path], None]
NOTHING_MORE: Mapping[str, WriteReport] = {}


class ResultFolder:
    """A folder of results in the making.

    Attributes:
        path: Where it will stand.
    """

    def __init__(self, scenario: str, out: Path | None = None, key: str = "") -> None:
        """Make room for results.

        Args:
            scenario: Name of the scenario; without ``out`` the folder is ``results/SCENARIO/DATE_TIME``.
            out: Where else the results shall stand; must not exist or be empty, or hold an unfinished result of
                ``key``, which then steps aside.
            key: What the results are of; see `sim.study.planning.Plan.key`.

        Raises:
            RegieError: The place is taken, or cannot be written.
        """
        self.path = absolute(out) if out is not None else default_place(scenario)
        sweep(self.path.parent, self.path)
        self._before = _unfinished_there(self.path, key)
        if not self._before:
            _refuse_taken(self.path)
        self._made = [folder for folder in self.path.parents if not folder.exists()]
        self._hidden = _make_hidden(self.path)
        self._claim = Claim(self._hidden)

    def publish(
        self, comparison: Comparison, reports: Mapping[str, WriteReport] = NOTHING_MORE, form: CsvForm = "en"
    ) -> Path:
        """Write all the rest and let the folder appear.

        A report that cannot be made does not take the results with it: ``NAME-failure.txt`` then says why.

        Args:
            comparison: What came out.
            reports: Name of a file to what writes it.
            form: How CSV files are written.

        Returns:
            Where it stands.

        Raises:
            RegieError: The disk is full or gone.
        """

        def write(folder: Path) -> None:
            _write_tables(comparison, folder, form)
            write_texts(comparison, folder, provenance.of(comparison), comparison.failures)
            for name, write_report in reports.items():
                _try_report(write_report, comparison, folder / name)

        return self.fill(write)

    def fill(self, write: Callable[[Path], None]) -> Path:
        """Let ``write`` put the last files into the folder, and let it appear.

        Returns:
            Where it stands.

        Raises:
            RegieError: The disk is full or gone.
        """
        with sentences_of_the_disk(self.path):
            write(self._hidden)
            self._claim.give_up()
            for file in self._hidden.rglob("*"):
                flush(file)
            flush(self._hidden)
            if self._before:
                _step_aside(self.path)
            self.path = _let_appear(self._hidden, self.path)
        return self.path

    def discard(self) -> None:
        """Leave nothing behind, unless it was published."""
        self._claim.give_up()
        shutil.rmtree(self._hidden, ignore_errors=True)
        with suppress(OSError):  # not empty: published, or somebody else's
            for folder in self._made:
                folder.rmdir()


def _write_tables(comparison: Comparison, folder: Path, form: CsvForm) -> None:
    from sim.study import frames

    for name in TABLES:
        _join(comparison, name, folder / f"{name}.parquet")
    write_both(frames.outcomes_table(comparison), folder / "outcomes", form)
    if comparison.drawn.values:
        write_both(frames.worlds_table(comparison), folder / "worlds", form)
    if len(comparison.regimes) > 1:
        write_csv(folder / "comparison.csv", _columns(comparison.differences()), form)


def _join(comparison: Comparison, name: str, path: Path) -> None:
    """Write a table of all finished worlds, a row group for each."""
    import pyarrow.parquet as pq

    tables = comparison.store.tables(name, comparison.replications) if comparison.store else iter(())
    first = next(tables, None)
    if first is None:
        return
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        for table in chain((first,), tables):
            writer.write_table(table)


def write_both(table: pa.Table, path: Path, form: CsvForm = "en") -> None:
    """Write a table as Parquet and as CSV."""
    import pyarrow.parquet as pq

    pq.write_table(table, path.with_suffix(".parquet"), compression="zstd")
    write_csv(path.with_suffix(".csv"), table.to_pydict(), form)


def write_texts(
    comparison: Comparison, folder: Path, origin: Mapping[str, Any], failures: Sequence[Failure] = ()
) -> None:
    """Write the scenario under each arm, where the results come from, and what failed."""
    _write_text(folder / "scenario.toml", comparison.scenarios[comparison.baseline].to_toml())
    for regime in comparison.arms[1:]:
        (folder / "scenarios").mkdir(exist_ok=True)
        _write_text(folder / "scenarios" / f"{file_name(regime)}.toml", comparison.scenarios[regime].to_toml())
    _write_text(folder / PROVENANCE, as_json(origin))
    if failures:
        lines = (json.dumps(vars(failure), ensure_ascii=False) for failure in failures)
        _write_text(folder / "failures.jsonl", "\n".join(lines) + "\n")


def default_place(scenario: str) -> Path:
    """Return a new ``results/SCENARIO/DATE_TIME`` in the clone around the working directory, else in that directory."""
    moment = datetime.now().strftime("%Y-%m-%d_%H-%M-%S")
    first = results_root() / "results" / file_name(scenario) / moment
    others = (first.with_name(f"{moment}-{number}") for number in count(2))
    return next(place for place in chain((first,), others) if not place.exists())


def results_root() -> Path:
    """Return the clone around the working directory, else the working directory."""
    here = absolute(Path())
    for place in (here, *here.parents):
        if (place / "scenarios").is_dir() and (place / "pyproject.toml").is_file():
            return place
    return here


def file_name(name: str) -> str:
    """Return ``name`` as it can stand in a path on every system."""
    return re.sub(r"[^\w.-]+", "-", name).strip(".-")[:100] or "scenario"


def as_json(content: Mapping[str, Any]) -> str:
    """Return ``content`` as JSON; what is undefined (NaN) is null."""
    return json.dumps(_defined(content), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _defined(content: Any) -> Any:
    if isinstance(content, float):
        return content if math.isfinite(content) else None
    if isinstance(content, Mapping):
        return {str(key): _defined(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_defined(value) for value in content]
    return content


def absolute(path: Path) -> Path:
    """Return a path as it is from anywhere.

    Raises:
        RegieError: It is none.
    """
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as mistake:
        raise RegieError(say("no folder", place=path, reason=mistake)) from None


def _unfinished_there(place: Path, key: str) -> bool:
    """Return whether ``place`` holds an unfinished result of ``key``."""
    with suppress(OSError, ValueError):
        origin = json.loads((place / PROVENANCE).read_text(encoding="utf-8"))
        return bool(key) and not origin["complete"] and origin.get("key") == key
    return False


def _step_aside(place: Path) -> None:
    """Give an unfinished result another name: one that is whole takes its place."""
    names = (place.with_name(f"{place.name}-unfinished{'' if n == 1 else f'-{n}'}") for n in count(1))
    place.rename(next(name for name in names if not name.exists()))


def _refuse_taken(place: Path) -> None:
    with sentences_of_the_disk(place):
        if place.is_dir() and any(place.iterdir()):
            raise RegieError(say("not empty", place=place))
        if place.is_dir():
            with tempfile.TemporaryFile(dir=place):
                pass  # one may write there
        for path in (place, *place.parents):
            if path.exists() and not path.is_dir():
                raise RegieError(say("a file", place=path))


def _make_hidden(place: Path) -> Path:
    """Make the hidden folder: beside ``place``, or within it where one may write only there."""
    name = hidden_name(place.name)
    with sentences_of_the_disk(place):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            hidden = place.parent / name
            hidden.mkdir()
        except OSError:
            if not place.is_dir():
                raise
            hidden = place / name
            hidden.mkdir()
    return hidden


def _let_appear(hidden: Path, place: Path) -> Path:
    """Give the folder its name; where that was taken meanwhile, the next free one."""
    if hidden.parent == place:
        return _move_up(hidden, place)
    for number in range(1, 1000):
        target = place if number == 1 else place.with_name(f"{place.name}-{number}")
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            continue
        try:
            if os.name == "nt" and target.is_dir():
                target.rmdir()
            hidden.rename(target)
        except OSError as mistake:
            if mistake.errno in (errno.EBUSY, errno.EXDEV) and target.is_dir():  # a mounted folder
                return _move_up(_moved_into(target, hidden), target)
            if mistake.errno in (errno.ENOTEMPTY, errno.EEXIST):
                continue
            raise
        flush(target.parent)
        return target
    raise RegieError(say("no name", place=place))


def _moved_into(place: Path, hidden: Path) -> Path:
    """Move the hidden folder into another file system, whole or not at all."""
    inner = place / hidden.name
    try:
        inner.mkdir()
        for path in sorted(hidden.rglob("*")):
            target = inner / path.relative_to(hidden)
            if path.is_dir():
                target.mkdir()
            else:
                shutil.copyfile(path, target)
                flush(target)
    except BaseException:
        shutil.rmtree(inner, ignore_errors=True)
        raise
    shutil.rmtree(hidden, ignore_errors=True)
    return inner


def _move_up(hidden: Path, place: Path) -> Path:
    for file in sorted(hidden.iterdir(), key=lambda file: file.name == "report.html"):
        file.rename(place / file.name)
    hidden.rmdir()
    flush(place)
    return place


def _try_report(write_report: WriteReport, comparison: Comparison, path: Path) -> None:
    import traceback

    try:
        write_report(comparison, path)
    except RegieError as mistake:
        raise mistake.__context__ if isinstance(mistake.__context__, OSError) else mistake from None
    except OSError:
        raise
    except Exception as mistake:
        path.unlink(missing_ok=True)
        _write_text(path.with_name(f"{path.stem}-failure.txt"), "".join(traceback.format_exception(mistake)))


def _columns(rows: list[Difference]) -> dict[str, list[Any]]:
    names = Difference.__annotations__
    return {name: [getattr(row, name) for row in rows] for name in names}


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def sentences_of_the_disk(place: Path) -> Iterator[None]:
    """Turn what the disk says into a sentence."""
    try:
        yield
    except OSError as mistake:
        raise cannot_write(place, mistake, say("with out")) from None
