"""Tables as CSV, in the form that a spreadsheet in English or in Dutch opens without asking."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

CsvForm = Literal["en", "nl"]


class _Form(NamedTuple):
    separator: str
    decimal: str
    encoding: str


FORMS: dict[CsvForm, _Form] = {
    "en": _Form(",", ".", "utf-8"),
    "nl": _Form(";", ",", "utf-8-sig"),  # without its mark Excel reads "cliënt" as "cliÃ«nt"
}
"""How each form writes: what stands between cells, the decimal sign, and the encoding."""


def write_csv(path: Path, columns: Mapping[str, Sequence[Any]], form: CsvForm = "en") -> None:
    """Write a table, replacing what stands at ``path``.

    Numbers are written with as few digits as give the same number back; only the decimal sign depends on the form.

    Args:
        path: File to write; its folder must exist.
        columns: Heading to cells, all columns of one length. None and numbers that are not finite are left empty.
        form: ``"en"`` (comma between cells, decimal point) or ``"nl"`` (semicolon, decimal comma, and the mark by
            which Excel knows UTF-8).

    Raises:
        OSError: The file cannot be written.
        ValueError: The columns are not of one length.
    """
    separator, decimal, encoding = FORMS[form]
    rows = zip(*columns.values(), strict=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_written(cell, decimal) for cell in row] for row in rows)


def _written(cell: Any, decimal: str) -> Any:
    if not isinstance(cell, float):
        return cell
    return repr(float(cell)).replace(".", decimal) if math.isfinite(cell) else None
