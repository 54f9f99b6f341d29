"""A workbook about a place of one's own, filled in: read with all its mistakes at once, each with sheet and cell."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile

from sim.errors import SILENT, RegieError, Said, nearest
from sim.scenario.mistakes import Mistake, printable, refuse, shown
from sim.scenario.own_place import Place, Staffing, Waiting, called, slug
from sim.scenario.place_fields import Field, allowed, answer, fields, fields_of
from sim.scenario.place_sentences import say
from sim.scenario.scenario import HelpKind, Scenario
from sim.scenario.template import HIDDEN

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_FILE = 5_000_000  # bytes
MOST_ROWS = 2000
_NEEDED = ("inhabitants", "older")


class _Row(NamedTuple):
    """What was read from one row: column to answer, and the number of the row."""

    number: int
    said: dict[str, Any]


class _Reader:
    """Reads sheets, and keeps all mistakes."""

    def __init__(self, path: Path, base: Scenario) -> None:
        self.path, self.base = path, base
        self.book = _opened(path)
        self.formulas = _opened(path, values=False)
        self.mistakes: list[Mistake] = []

    def sheet(self, key: str) -> Worksheet | None:
        """Return a sheet by its name in either language; note where it is missing."""
        said = say(key)
        for title in self.book.sheetnames:
            if title.strip().casefold() in (said.en.casefold(), said.nl.casefold()):
                found: Worksheet = self.book[title]
                if found.max_row > MOST_ROWS:
                    self._note(say("too many rows", sheet=printable(title), most=MOST_ROWS))
                    return None
                self._without_value(found)
                return found
        self._note(say("no sheet", sheet=said, file=printable(self.path.name)))
        return None

    def _without_value(self, sheet: Worksheet) -> None:
        """Note formulas that were never worked out: their cells look empty."""
        for row in self.formulas[sheet.title].iter_rows(max_col=5):
            for cell in row:
                if cell.data_type == "f" and sheet[cell.coordinate].value is None:
                    where = {"sheet": printable(sheet.title), "cell": cell.coordinate, "value": shown(str(cell.value))}
                    self._note(say("in cell", label=say("a formula"), text=say("formula"), **where))

    def cell(self, sheet: Worksheet, row: int, column: int, field: Field, inhabitants: float | None = None) -> Any:
        """Return the answer in a cell; None where it is empty or wrong, which is noted."""
        value = sheet.cell(row, column).value
        try:
            return answer(field, _typed(value), inhabitants)
        except RegieError as error:
            self.wrong(sheet, row, column, field, error.said)
            return None

    def is_empty(self, sheet: Worksheet, row: int, column: int) -> bool:
        """Return whether nothing stands in a cell, not even a formula."""
        return self.formulas[sheet.title].cell(row, column).value in (None, "")

    def wrong(self, sheet: Worksheet, row: int, column: int, field: Field | None, text: Said) -> None:
        """Note a mistake with sheet, cell and value."""
        cell = sheet.cell(row, column)
        value = cell.value
        where = {"sheet": printable(sheet.title), "cell": cell.coordinate, "text": text}
        label = field.label if field else Said(printable(str(value)), printable(str(value)))
        key = "in empty cell" if value is None else "in cell"
        self._note(say(key, **where, label=label, value=shown(_typed(value))))

    def _note(self, text: Said) -> None:
        self.mistakes.append(Mistake(printable(self.path.name), text))


def place_of(path: Path, name: str, base: Scenario) -> Place:
    """Return the place that a filled-in workbook describes.

    Raises:
        RegieError: The file cannot be read, or holds mistakes: all of them, each with sheet, cell, value and what is
            allowed.
    """
    reader = _Reader(path, base)
    told = _read_place(reader)
    staff = _read_staff(reader)
    lists = _read_lists(reader, [row.organisation for row in staff])
    if reader.mistakes:
        refuse(reader.mistakes)
    return Place(name=name, base=base, staff=tuple(staff), lists=tuple(lists), **told)


def base_of(path: Path) -> str:
    """Return the name of the scenario that a workbook was made for; empty where it does not say so.

    Raises:
        RegieError: The file cannot be read.
    """
    book = _opened(path)
    return str(book[HIDDEN].cell(1, 2).value or "") if HIDDEN in book.sheetnames else ""


def _opened(path: Path, values: bool = True) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    file = printable(path.name)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise RegieError(say("too large", file=file, size=size, most=LARGEST_FILE))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a spreadsheet adds beside the cells
            return load_workbook(io.BytesIO(path.read_bytes()), data_only=values)
    except FileNotFoundError:
        raise RegieError(say("absent", file=file, hint=_near(path))) from None
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, EOFError, OSError, SyntaxError):
        raise RegieError(say("no workbook", file=file)) from None


def _near(path: Path) -> Said:
    try:
        return nearest(path.name, [entry.name for entry in path.parent.glob("*.xlsx")])
    except (OSError, ValueError):
        return SILENT


def _typed(value: object) -> object:
    """Return a cell as a text or a number; a date or a time is none that was asked for."""
    return value if value is None or isinstance(value, int | float) else str(value)


def _read_place(reader: _Reader) -> dict[str, Any]:
    sheet = reader.sheet("sheet place")
    if sheet is None:
        return {}
    rows = _lines(reader, sheet)
    told: dict[str, Any] = {}
    for field in fields_of("place"):
        if field.name in rows:
            told[field.name] = reader.cell(sheet, rows[field.name], 2, field, told.get("inhabitants"))
        if field.name in _NEEDED and told.get(field.name) is None:
            _needed(reader, sheet, rows.get(field.name), field)
    return {name: value for name, value in told.items() if value is not None}


def _lines(reader: _Reader, sheet: Worksheet) -> dict[str, int]:
    """Return on which row each field stands, by its label in either language."""
    labels = {label.casefold(): f.name for f in fields_of("place") for label in (f.label.en, f.label.nl)}
    found: dict[str, int] = {}
    for row in range(2, sheet.max_row + 1):
        text = str(sheet.cell(row, 1).value or "").strip()
        name = labels.get(text.casefold(), "")
        if name in found:
            reader.wrong(sheet, row, 1, None, say("line twice"))
        elif name:
            found[name] = row
        elif text:
            own = [f.label.en for f in fields_of("place")] + [f.label.nl for f in fields_of("place")]
            reader.wrong(sheet, row, 1, None, say("no such line", hint=nearest(text, own)))
    return found


def _needed(reader: _Reader, sheet: Worksheet, row: int | None, field: Field) -> None:
    """Note an empty cell that is needed; one that holds a mistake was noted already."""
    if row is None or reader.is_empty(sheet, row, 2):
        reader.wrong(sheet, row or sheet.max_row + 1, 2, field, say("is needed", rule=allowed(field)))


def _rows(reader: _Reader, sheet: Worksheet, table: str) -> Iterator[_Row]:
    """Yield the rows of a table in which something was filled in, of any column."""
    columns = list(enumerate(fields_of(table), 1))
    for row in range(2, sheet.max_row + 1):
        if any(sheet.cell(row, column).value not in (None, "") for column, _ in columns):
            yield _Row(row, {field.name: reader.cell(sheet, row, column, field) for column, field in columns})


def _kind(reader: _Reader, sheet: Worksheet, row: int, column: int, text: str | None, field: Field) -> HelpKind | None:
    """Return the kind of help that a cell names; note one that is unknown."""
    if text is None or (kind := called(reader.base.kinds, text)):
        return None if text is None else kind
    titles = [title for each in reader.base.kinds for title in (each.title, each.title_nl)]
    wrong = say("no such kind", hint=nearest(text, titles), names=_names(reader.base))
    reader.wrong(sheet, row, column, field, wrong)
    return None


def _names(base: Scenario) -> Said:
    return Said(", ".join(kind.title for kind in base.kinds), ", ".join(kind.title_nl for kind in base.kinds))


def _read_staff(reader: _Reader) -> list[Staffing]:
    sheet = reader.sheet("sheet staff")
    if sheet is None:
        return []
    found: dict[tuple[str, str], int] = {}
    staff = []
    for row in _rows(reader, sheet, "staff"):
        read = _staffing(reader, sheet, row)
        if read is None:
            continue
        known = called(reader.base.organisations, read.organisation)
        key = (known.name if known else slug(read.organisation), read.kind)
        if key in found:
            reader.wrong(sheet, row.number, 1, fields()["organisation"], say("row twice", row=found[key]))
        found.setdefault(key, row.number)
        staff.append(read)
    return staff


def _staffing(reader: _Reader, sheet: Worksheet, row: _Row) -> Staffing | None:
    said, number = row.said, row.number
    kind = _kind(reader, sheet, number, 2, said["kind"], fields()["kind"])
    if sheet.cell(number, 1).value in (None, ""):
        reader.wrong(sheet, number, 1, fields()["organisation"], say("needs organisation"))
    elif said["organisation"] and not slug(said["organisation"]):
        reader.wrong(sheet, number, 1, fields()["organisation"], say("no name"))
    if sheet.cell(number, 2).value in (None, ""):
        reader.wrong(sheet, number, 2, fields()["kind"], say("needs kind", names=_names(reader.base)))
    if said["workers"] is not None and said["fte"] is not None:
        reader.wrong(sheet, number, 4, fields()["fte"], say("both workers and fte"))
    if kind is None or not said["organisation"]:
        return None
    return Staffing(said["organisation"], kind.name, said["workers"], said["fte"])


def _read_lists(reader: _Reader, organisations: Sequence[str]) -> list[Waiting]:
    sheet = reader.sheet("sheet lists")
    if sheet is None:
        return []
    found: dict[tuple[str, str], int] = {}
    lists = []
    for row in _rows(reader, sheet, "lists"):
        if all(sheet.cell(row.number, column).value in (None, "") for column in (3, 4, 5)):
            continue  # as in the template: the name of a kind of help alone
        read = _waiting(reader, sheet, row, organisations)
        key = (read.organisation.casefold(), read.kind)
        if key in found:
            reader.wrong(sheet, row.number, 2 if read.kind else 1, None, say("list twice", row=found[key]))
        found.setdefault(key, row.number)
        lists.append(read)
    return lists


def _waiting(reader: _Reader, sheet: Worksheet, row: _Row, organisations: Sequence[str]) -> Waiting:
    said, number = row.said, row.number
    kind = _kind(reader, sheet, number, 2, said["list_kind"], fields()["list_kind"])
    organisation = said["list_organisation"] or ""
    field = fields()["list_organisation"]
    if organisation and kind is not None:
        reader.wrong(sheet, number, 1, field, say("organisation or kind"))
    elif organisation and not _is_known(organisation, organisations, reader.base):
        reader.wrong(sheet, number, 1, field, say("no such organisation", hint=nearest(organisation, organisations)))
    if said["norm_weeks"] is not None and kind is None:
        reader.wrong(sheet, number, 5, fields()["norm_weeks"], say("norm of a kind"))
    return Waiting(organisation, kind.name if kind else "", said["people"], said["weeks"], said["norm_weeks"])


def _is_known(text: str, organisations: Sequence[str], base: Scenario) -> bool:
    known = called(base.organisations, text)
    same = {known.name.casefold(), known.title.casefold(), known.title_nl.casefold()} if known else {text.casefold()}
    return any(each.casefold() in same for each in organisations)
