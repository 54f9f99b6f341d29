"""Making the archive of a result: one zip, the same bytes for the same folder, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from sim.errors import RegieError, nearest
from sim.files import atomically, cannot_write
from sim.study.folder import absolute, as_json
from sim.sweeps.archive import dictionary
from sim.sweeps.archive.dictionary import Column
from sim.sweeps.archive.pages import Held, Pages, constraints, licences
from sim.sweeps.archive.sentences import say
from sim.sweeps.archive.source import Source, source
from sim.sweeps.inputs import EXPERIMENT, INPUTS
from sim.sweeps.parts import RUNS
from sim.sweeps.publishing import PUBLISHED

CELLS_AS_CSV = 1_000_000
"""Cells up to which a table is written as CSV too; who has more wants Parquet."""

_CHUNK = 1 << 20  # bytes in memory at a time
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file: when it was packed says nothing, and would change the bytes
_PACKED = (".parquet", ".xlsx")  # small already
_OWN = (".toml", ".py")  # what somebody may have written
_AS_TEXT = (".json", ".md", ".html", ".txt", ".csv")
_WHAT = {
    "design": "the points, in the order in which the method drew them: a point a row, a factor a column",
    "runs": "a run a row: which it is, what was given, what came out; and why it failed, where it did",
    "series": "a row for each run, week and organisation",
    "failures": "the runs that failed, with the whole story",
    "comparison": "a row for each way of steering and outcome: difference from the baseline, interval, verdict",
    "ablation": "a row for each mechanism and outcome: the difference with it on and off",
    "outcomes": "a row for each run and outcome",
    "worlds": "a row for each world and number that was drawn",
    "visits": "of the first worlds: a row for each stay of a need with an organisation",
    "clients": "of the first worlds: a row for each client",
    "outcome_definitions": "what each outcome is",
    "parameter_definitions": "what each number that was drawn is",
}
_WHAT_OF_INPUTS = {
    EXPERIMENT: "the experiment as it was carried out; it can be run again as it is",
    "as-asked.toml": "the experiment file as it was asked, with the comments of who wrote it",
    "scenario.toml": "the scenario, every value with where it comes from and how sure that is",
}


def archive(
    place: Path | str,
    out: Path | str | None = None,
    *,
    authors: Sequence[str] = (),
    licence: str | None = None,
    incomplete: bool = False,
) -> Path:
    """Make a zip of a result for a data repository: data, resolved inputs, versions, README, licence.

    The same folder, arguments and installation give the same bytes. Paths of this computer are left out.

    Args:
        place: Folder of a sweep, or of a result of ``regie run``, ``compare`` or ``ablate``.
        out: File to write. Default: ``NAME.zip`` beside the folder.
        authors: Who made the data, such as ``"Lovelace, Ada"``. Default: unknown, and the archive says so.
        licence: SPDX name of the licence of the data. Default: CC-BY-4.0.
        incomplete: Whether a result that is not complete is archived too; the archive then says so.

    Returns:
        Where the archive is.

    Raises:
        RegieError: The folder holds no result or an incomplete one, the file is there already, it cannot be written,
            or there is no such licence.
    """
    known = licences()
    chosen = licence if licence is not None else next(iter(known))
    if chosen not in known:
        raise RegieError(say("no licence", value=chosen[:40], hint=nearest(chosen, known), names=", ".join(known)))
    if any(not name.strip() for name in authors):
        raise RegieError(say("no author"))
    found = source(Path(place), incomplete=incomplete)
    target = _target(found, out)
    try:
        with atomically(target) as file, zipfile.ZipFile(file, "w") as packed:
            _Packing(found, packed, tuple(" ".join(name.split()) for name in authors), chosen).pack()
    except OSError as mistake:
        raise cannot_write(target, mistake, say("with out")) from None
    return target


def _target(found: Source, out: Path | str | None) -> Path:
    target = absolute(Path(out)) if out is not None else found.place.with_name(f"{found.name}.zip")
    if target.is_dir():
        raise RegieError(say("a folder", path=target, example=target / f"{found.name}.zip"))
    if target.exists():
        raise RegieError(say("there already", path=target))
    return target


class _Table(NamedTuple):
    """A table that is packed: its columns by how they are stored, and its rows."""

    types: Mapping[str, str]
    rows: int
    separator: str = ","


class _Packing:
    """Puts a result into a zip, file by file, in an order of its own."""

    def __init__(self, found: Source, packed: zipfile.ZipFile, authors: Sequence[str], licence: str) -> None:
        """Take the result, the zip, and what its pages say."""
        self._source, self._zip, self._authors, self._licence = found, packed, authors, licence
        self._held: list[Held] = []
        self._sums: dict[str, tuple[int, str]] = {}
        self._columns: dict[str, list[Column]] = {}

    def pack(self) -> None:
        """Put all of it in: data first, as the pages say what was packed, and the sums of all else last."""
        for path in self._source.tables:
            self._table(path)
        if not self._source.is_sweep:
            self._definitions()
        self._dictionary()
        for name, path in self._others():
            self._add(name, self._cleaned(path), what=_described(name))
        provenance = f"provenance/{self._source.file}"
        self._add(provenance, self._provenance(), what="command, seeds, versions, moments: where the result comes from")
        self._add("provenance/constraints.txt", constraints(self._source).encode(), what="exact versions, for pip")
        columns = [column for table in self._columns.values() for column in table]
        pages = Pages(self._source, self._authors, self._licence, self._held, columns)
        crate = pages.crate(self._sums)
        texts = {"README.md": pages.readme(), "LICENSE": pages.license(), "CITATION.cff": pages.citation()}
        for name, text in {**texts, "ro-crate-metadata.json": crate}.items():
            self._write(name, text.encode())
        sums = "".join(f"{digest}  {name}\n" for name, (_, digest) in sorted(self._sums.items()))
        self._write("SHA256SUMS", sums.encode())

    # --- the tables ------------------------------------------------------------------------------------------

    def _table(self, path: Path) -> None:
        stem, name = path.stem, f"data/{path.name}"
        table = _read_about(path)
        if path.suffix == ".parquet":
            with self._without_paths(path) as content:
                self._add(name, content, table)
            as_csv = path.with_suffix(".csv")
            if not as_csv.exists() and len(table.types) * table.rows <= CELLS_AS_CSV and self._source.is_sweep:
                self._add(f"data/{as_csv.name}", _as_csv(path, self._source), table)
        elif path.suffix == ".jsonl":
            with self._failures(path) as content:
                self._add(name, content, table)
        else:
            self._add(name, path, table)
        self._columns.setdefault(stem, list(dictionary.columns(self._source, stem, table.types)))

    def _definitions(self) -> None:
        made = {"outcome_definitions": dictionary.outcome_definitions(self._source)}
        if any(path.stem == "worlds" for path in self._source.tables):
            made["parameter_definitions"] = dictionary.parameter_definitions()
        for stem, columns in made.items():
            table = _Table(
                {name: _kind_of(cells) for name, cells in columns.items()}, len(next(iter(columns.values())))
            )
            self._columns[stem] = list(dictionary.columns(self._source, stem, table.types))
            self._add(f"data/{stem}.csv", _csv_of(columns), table)

    def _dictionary(self) -> None:
        rows = [column for table in self._columns.values() for column in table]
        columns = {name: [getattr(row, name) for row in rows] for name in Column._fields}
        self._add("data/dictionary.csv", _csv_of(columns), what="the data dictionary: every column of every table")

    @contextmanager
    def _without_paths(self, path: Path) -> Iterator[Path | IO[bytes]]:
        """Give a Parquet file; one in which a run failed for a reason that holds a path, written anew without it."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        file = pq.ParquetFile(path)
        if path.name != PUBLISHED[RUNS] or "error" not in file.schema_arrow.names:
            yield path
            return
        said = pc.unique(file.read(["error"])["error"].combine_chunks()).to_pylist()
        if all(text is None or self._source.cleaner.text(text) == text for text in said):
            yield path
            return
        with tempfile.TemporaryFile() as anew:
            with pq.ParquetWriter(anew, file.schema_arrow, compression="zstd") as writer:
                for group in range(file.num_row_groups):
                    writer.write_table(_clean_errors(file.read_row_group(group), self._source))
            anew.seek(0)
            yield anew

    @contextmanager
    def _failures(self, path: Path) -> Iterator[IO[bytes]]:
        """Give what is said of runs that failed, without paths."""
        with path.open(encoding="utf-8") as lines, tempfile.TemporaryFile() as anew:
            for line in lines:
                cleaned = self._source.cleaner.json(json.loads(line))
                anew.write(f"{json.dumps(cleaned, ensure_ascii=False)}\n".encode())
            yield anew

    # --- all else --------------------------------------------------------------------------------------------

    def _others(self) -> Iterator[tuple[str, Path]]:
        """Yield what else is packed: name in the archive and file."""
        place = self._source.place
        for path in self._source.inputs:
            yield path.relative_to(place).as_posix(), path
        for path in self._source.scenarios:
            yield f"{INPUTS}/{path.relative_to(place).as_posix()}", path
        for path in self._source.pages:
            name = path.relative_to(place).as_posix()
            yield name if "/" in name else f"report/{name}", path

    def _provenance(self) -> bytes:
        return as_json(self._source.cleaner.json(dict(self._source.origin))).encode()

    def _cleaned(self, path: Path) -> bytes | Path:
        clean = self._source.cleaner
        if path.suffix in _OWN:
            return clean.own(path.read_text(encoding="utf-8")).encode()
        if path.suffix in _AS_TEXT:
            return clean.bytes(path.read_bytes())
        return _cleaned_zip(path, self._source) if path.suffix == ".xlsx" else path

    def _add(self, name: str, content: bytes | Path | IO[bytes], table: _Table | None = None, what: str = "") -> None:
        what = what or _WHAT.get(Path(name).stem, "")
        self._held.append(Held(name, table.rows if table else None, what, table.separator if table else ","))
        self._write(name, content)

    def _write(self, name: str, content: bytes | Path | IO[bytes]) -> None:
        """Write a file into the zip, a piece at a time, and take its sum."""
        if isinstance(content, Path):
            with content.open("rb") as file:
                self._write(name, file)
            return
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        info = zipfile.ZipInfo(f"{self._source.name}/{name}", _MOMENT)
        info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
        info.create_system, info.external_attr = 3, 0o100644 << 16  # as on Unix, wherever it is made
        info.file_size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        digest = hashlib.sha256()
        with self._zip.open(info, "w") as target:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
                target.write(piece)
        self._sums[name] = info.file_size, digest.hexdigest()


def _described(name: str) -> str:
    """Return what a file is that is no table."""
    folder, _, file = name.rpartition("/")
    if folder == INPUTS and file in _WHAT_OF_INPUTS:
        return _WHAT_OF_INPUTS[file]
    if folder == f"{INPUTS}/regimes":
        return "a way of steering, as a file of levers"
    if folder == f"{INPUTS}/scenarios":
        return "the scenario under one way of steering, resolved"
    if folder == INPUTS:
        return "a file that the experiment refers to"
    return "a report to read, made of these tables" if folder == "report" else "made of these tables"


def _read_about(path: Path) -> _Table:
    """Return columns and rows of a table without reading it."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        file = pq.ParquetFile(path)
        return _Table({each.name: _kind(str(each.type)) for each in file.schema_arrow}, file.metadata.num_rows)
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            first: dict[str, Any] = json.loads(lines.readline())
            return _Table({name: _kind_of([value]) for name, value in first.items()}, 1 + sum(1 for _ in lines))
    return _about_csv(path)


def _about_csv(path: Path) -> _Table:
    """Return columns and rows of a CSV file in either form; how a column is stored is seen from its first value."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        separator = ";" if ";" in lines.readline() else ","
        lines.seek(0)
        reader = csv.reader(lines, delimiter=separator)
        names = next(reader)
        kinds, rows = dict.fromkeys(names, ""), 0
        for cells in reader:
            rows += 1
            if not all(kinds.values()):
                kinds |= {name: _kind_of_text(cell) for name, cell in zip(names, cells, strict=True) if not kinds[name]}
    return _Table({name: kind or "double" for name, kind in kinds.items()}, rows, separator)


def _kind_of_text(cell: str) -> str:
    for kind, read in (("int64", int), ("double", float)):
        with suppress(ValueError):
            read(cell.replace(",", "."))
            return kind
    return "text" if cell else ""


def _kind(arrow_type: str) -> str:
    return "text" if arrow_type.startswith(("dictionary", "string", "large_string")) else arrow_type


def _kind_of(cells: Sequence[Any]) -> str:
    kinds = {type(cell) for cell in cells}
    return "text" if str in kinds else "int64" if kinds == {int} else "double"


def _as_csv(path: Path, found: Source) -> bytes:
    import pyarrow.parquet as pq

    columns = pq.ParquetFile(path).read().to_pydict()
    if "error" in columns:
        columns["error"] = [text and found.cleaner.text(text) for text in columns["error"]]
    return _csv_of(columns)


def _csv_of(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """Return a table as CSV: comma, decimal point, empty where nothing is."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue().encode()


def _clean_errors(table: Any, found: Source) -> Any:
    from sim.study import arrow

    texts = [text and found.cleaner.text(text) for text in table["error"].to_pylist()]
    return table.set_column(table.column_names.index("error"), "error", arrow.texts(texts))


def _cleaned_zip(path: Path, found: Source) -> bytes:
    """Return a workbook, which is a zip of texts, without the paths of this computer."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, found.cleaner.bytes(content) if info.filename.endswith(".xml") else content)
    return made.getvalue()
