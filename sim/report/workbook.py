"""Workbooks: tables of words and numbers as sheets that a spreadsheet opens ready to read, sort and filter."""

from __future__ import annotations

import math
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sim.files import atomically

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 1_048_575
"""Rows that fit under the head of a sheet: Excel's limit."""

_MOST_LETTERS = 32_767  # that fit in a cell, by the same limit
_WIDEST = 70  # letters; longer texts go on, on the next line of their cell
_NARROWEST = 9
_A4 = 9  # as the file format counts sizes of paper
_LOOKED_AT = 2000  # rows by which the width of a column is chosen

# What a spreadsheet would take for a formula or an error where a text begins with it.
_LIKE_FORMULAS = ("=", "+", "-", "@", "#", "\t", "\r", "\n")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Number(NamedTuple):
    """A number and how it is shown, as a spreadsheet's number format; the whole number is kept."""

    value: float
    shown: str


Cell = str | int | float | Number | None


@dataclass(frozen=True)
class Sheet:
    r"""One sheet.

    Attributes:
        name: Name on its tab, at most 31 letters, none of ``[]:*?/\``.
        head: Headings of the columns; without them the first column is set in bold instead.
        rows: The rows. Numbers that are not finite are left empty.
        note: Something that the reader must know, beside the head; it stands outside the table.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


def write_workbook(path: Path, sheets: Sequence[Sheet], *, title: str, author: str, made: datetime) -> None:
    """Write sheets to ``path``, whole or not at all; the same sheets give the same bytes.

    Texts stay texts: none becomes a formula, whatever it begins with.

    Args:
        path: File to write; its folder must exist.
        sheets: The sheets, in order.
        title: Title among the properties of the file.
        author: Who made it, likewise.
        made: When it was made; no other moment stands in the file.

    Raises:
        RegieError: The folder does not exist or cannot be written, or the disk is full.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)  # rows go to the disk one by one
    about = book.properties
    about.title, about.creator = _legal(title)[:255], author
    about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    with atomically(path) as file:
        for sheet in sheets:
            _add(book, sheet)
        # `book.save` would put the moment of writing into the file.
        ExcelWriter(book, _Archive(file, made)).save()


def _add(book: Workbook, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.name)
    widths = _widths(sheet)
    for position, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(position)].width = width
    if sheet.head:
        page.freeze_panes = "A2"
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.head))}{len(sheet.rows) + 1}"
        page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    try:
        for row in _cells(page, sheet):
            page.append(row)
    finally:
        page.close()


def _cells(page: Any, sheet: Sheet) -> Iterator[list[Any]]:
    if sheet.head:
        note = [None, _text(page, sheet.note, top=True)] if sheet.note else []
        yield [*(_text(page, heading, bold=True, wrap=True, top=True) for heading in sheet.head), *note]
    for row in sheet.rows:
        tall = any(_is_long(value) for value in row)
        cells = [_cell(page, value, tall) for value in row]
        yield cells if sheet.head else [_text(page, str(row[0]), bold=True, top=True), *cells[1:]]


def _cell(page: Any, value: Cell, tall: bool) -> Any:
    if isinstance(value, str):
        plain = not value.startswith(_LIKE_FORMULAS) and not tall and not _NOT_IN_XML.search(value)
        return value if plain else _text(page, value, wrap=_is_long(value), top=tall)
    number = value if isinstance(value, Number) else Number(value, "General") if value is not None else None
    return _number(page, number, tall) if number and math.isfinite(number.value) else None


def _number(page: Any, number: Number, top: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if number.shown == "General" and not top:
        return number.value
    cell = WriteOnlyCell(page, number.value)
    cell.number_format = number.shown
    if top:
        cell.alignment = _alignment(wrap=False, top=True)
    return cell


def _text(page: Any, text: str, *, bold: bool = False, wrap: bool = False, top: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(page, _legal(text))
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_LIKE_FORMULAS)  # stays a text also after somebody has edited it
    cell.alignment = _alignment(wrap=wrap, top=top)
    if bold:
        cell.font = Font(bold=True)
    return cell


@cache
def _alignment(*, wrap: bool, top: bool) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=wrap, vertical="top" if top else None)


def _is_long(value: Cell) -> bool:
    return isinstance(value, str) and (len(value) > _WIDEST or "\n" in value)


def _legal(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)[:_MOST_LETTERS]


def _widths(sheet: Sheet) -> list[float]:
    """Return a width for each column: that of its texts, and of half its heading, which takes two lines."""
    columns = max(len(sheet.head), *(len(row) for row in islice(sheet.rows, _LOOKED_AT)), 1)
    widths = [len(text) / 2 + 4 for text in sheet.head] + [0.0] * (columns - len(sheet.head))
    for row in islice(sheet.rows, _LOOKED_AT):
        for position, value in enumerate(row):
            widths[position] = max(widths[position], len(value) + 2.0 if isinstance(value, str) else 0.0)
    return [min(max(width, _NARROWEST), _WIDEST) for width in widths]


class _Archive(ZipFile):
    """A zip in which all files bear one date."""

    def __init__(self, file: IO[bytes], moment: datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self._moment = (max(moment.year, 1980), *moment.timetuple()[1:6])

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        super().writestr(self._dated(name), data, compress_type, compresslevel)

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        with (
            Path(filename).open("rb") as content,
            self.open(self._dated(os.fspath(arcname or filename)), "w") as target,
        ):
            shutil.copyfileobj(content, target)

    def _dated(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._moment)
        info.compress_type = ZIP_DEFLATED
        return info
