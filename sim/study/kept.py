"""Tables that are kept on the way: each a Parquet file that is there whole or not at all, its pages with checksums.

Both stores stand on this: the worlds of a comparison (`sim.study.store`) and the runs of a sweep (`sim.sweeps.parts`).
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sim.files import atomically

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

UNREADABLE = (OSError, ValueError, KeyError, TypeError, NotImplementedError)
"""What reading a damaged file raises."""


def keep(path: Path, tables: Iterable[pa.Table], rows: int | None = None) -> None:
    """Write tables as one file.

    Args:
        path: The file.
        tables: Tables of one form, at least one; each is a row group, or more.
        rows: Rows of a row group at most.

    Raises:
        RegieError: The disk is full or gone.
    """
    with atomically(path) as file, tables_into(file, rows) as write:
        for table in tables:
            write(table)


@contextmanager
def tables_into(file: IO[bytes], rows: int | None = None) -> Iterator[Callable[[pa.Table], None]]:
    """Give what writes tables of one form into a file, one after the other; at least one must be written.

    Args:
        file: The file.
        rows: Rows of a row group at most.
    """
    import pyarrow.parquet as pq

    writer: Any = None

    def write(table: pa.Table) -> None:
        nonlocal writer
        writer = writer or pq.ParquetWriter(file, table.schema, compression="zstd", write_page_checksum=True)
        writer.write_table(table, rows)

    try:
        yield write
        writer.close()
    except BaseException:
        if writer is not None:
            writer.is_open = False  # else it would be closed when it is forgotten, and the file is gone by then
        raise


def kept(path: Path) -> pq.ParquetFile:
    """Open a file that was kept; a page of it that is damaged raises one of ``UNREADABLE`` when it is read."""
    import pyarrow.parquet as pq  # `pyarrow.parquet.read_table` would import pandas

    return pq.ParquetFile(path, page_checksum_verification=True)


def is_damage(mistake: BaseException) -> bool:
    """Return whether it is the file that is wrong, and not who may read it or how much memory there is."""
    return not isinstance(mistake, OSError) or mistake.errno in (None, errno.EIO)
