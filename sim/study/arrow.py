"""Arrow tables from NumPy arrays and words.

They are made from buffers: ``pyarrow.array`` imports pandas, which takes longer than all the writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sim.study.tables import Mask

NOBODY = "nobody"
"""Instead of an organisation: in the weekly series for clients without a case owner and for what volunteers do, in the
visits for needs that are with no organisation, in the clients where there is no case owner."""


def table(**columns: pa.Array) -> pa.Table:
    """Return a table of these columns, all of one length."""
    return pa.Table.from_arrays(list(columns.values()), names=list(columns))


def numbers(values: Any, missing: Mask | None = None) -> pa.Array:
    """Return a NumPy array as a column, null where ``missing``."""
    valid = None if missing is None else pa.py_buffer(np.packbits(~missing, bitorder="little"))
    buffer = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [valid, buffer])


def words(indices: Any, names: Sequence[str]) -> pa.Array:
    """Return names by index; a negative index is nobody where that is the last name, else null."""
    different = list(dict.fromkeys(names))
    position = np.array([different.index(name) for name in names] or [0], np.int32)
    nobody = np.asarray(indices) < 0
    known = position[np.where(nobody, len(position) - 1, indices)]
    codes = numbers(known, missing=None if names and names[-1] == NOBODY else nobody)
    return pa.DictionaryArray.from_arrays(codes, texts(different))


def texts(lines: Sequence[str | None]) -> pa.Array:
    """Return texts as a column, null where None."""
    encoded = [(text or "").encode() for text in lines]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    valid = np.packbits([text is not None for text in lines], bitorder="little")
    buffers = [pa.py_buffer(valid), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(lines), buffers)


def joined(tables: Iterable[pa.Table]) -> pa.Table:
    """Return tables one below the other, with one dictionary for each column of words."""
    return pa.concat_tables(list(tables)).unify_dictionaries()
