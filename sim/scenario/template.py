"""The workbook to fill in about a place of one's own: sheets with explanations, units, examples and limits."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.errors import Said
from sim.scenario.place_fields import Field, Lang, allowed, fields_of
from sim.scenario.place_sentences import say
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SPARE_ROWS = 40  # of a table, below those that are filled in
HIDDEN = "regie"  # the sheet with what the workbook itself needs
_FILL_IN = "FFF8DC"  # a light yellow
_HEADING = "E3ECF4"
_PLACE_COLUMNS = ("column value", "column unit", "column limits", "column example", "column help")


def workbook(name: str, base: Scenario, lang: Lang) -> bytes:
    """Return the workbook to fill in, as the bytes of an ``.xlsx`` file.

    Args:
        name: Name of the scenario that will be made of it.
        base: The scenario whose organisations and kinds of help it begins with.
        lang: Language of its sheets; the explanation is in both.
    """
    from openpyxl import Workbook

    book = Workbook()
    explanation = book.active
    assert explanation is not None
    explanation.title = say("sheet explanation").in_language(lang)
    _write_explanation(explanation, name, base, lang)
    _write_place(book.create_sheet(say("sheet place").in_language(lang)), lang)
    _write_staff(book.create_sheet(say("sheet staff").in_language(lang)), base, lang)
    _write_lists(book.create_sheet(say("sheet lists").in_language(lang)), base, lang)
    _write_hidden(book.create_sheet(HIDDEN), base, lang)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_hidden(sheet: Worksheet, base: Scenario, lang: Lang) -> None:
    """Write what the workbook itself needs: the kinds of help to choose from, and what it builds on."""
    for row, kind in enumerate(base.kinds, 1):
        sheet.cell(row, 1, _title(kind, lang))
    sheet.cell(1, 2, base.name)
    sheet.sheet_state = "hidden"


def _write_explanation(sheet: Worksheet, name: str, base: Scenario, lang: Lang) -> None:
    text = say("explanation", name=name, base=base.name)
    both = (text.nl, text.en) if lang == "nl" else (text.en, text.nl)
    for row, line in enumerate([*both[0].split("\n"), "", *both[1].split("\n")], 1):
        sheet.cell(row, 1, line).alignment = _wrapped()
    _widen(sheet, [110])


def _write_place(sheet: Worksheet, lang: Lang) -> None:
    _write_headings(sheet, ["", *(say(column).in_language(lang) for column in _PLACE_COLUMNS)])
    for row, field in enumerate(fields_of("place"), 2):
        limits = allowed(field).in_language(lang) if field.type != "text" else ""
        told = (field.unit.in_language(lang), limits, field.example, field.help.in_language(lang))
        sheet.cell(row, 1, field.label.in_language(lang))
        _to_fill_in(sheet, row, 2)
        for column, text in enumerate(told, 3):
            sheet.cell(row, column, text).alignment = _wrapped()
        if field.type in ("whole", "number"):
            _limit(sheet, f"B{row}", field, lang)
    _widen(sheet, [34, 18, 22, 48, 18, 60])


def _write_staff(sheet: Worksheet, base: Scenario, lang: Lang) -> None:
    columns = fields_of("staff")
    usual = say("column usual", base=base.name).in_language(lang)
    _write_headings(
        sheet, [*(_column(field, lang) for field in columns), usual], [field.help for field in columns], lang
    )
    row = 2
    for organisation in base.organisations:
        for kind in base.kinds:
            if number := organisation.staff.get(kind.name):
                titles = (_title(organisation, lang), _title(kind, lang))
                for column, text in enumerate(titles, 1):
                    sheet.cell(row, column, text)
                sheet.cell(row, 5, round(number * 10_000 / float(base["inhabitants"]), 1))
                row += 1
    _finish_table(sheet, columns, row + SPARE_ROWS, base, lang)


def _write_lists(sheet: Worksheet, base: Scenario, lang: Lang) -> None:
    columns = fields_of("lists")
    _write_headings(sheet, [_column(field, lang) for field in columns], [field.help for field in columns], lang)
    for row, kind in enumerate(base.kinds, 2):
        sheet.cell(row, 2, _title(kind, lang))
    _finish_table(sheet, columns, 2 + len(base.kinds) + SPARE_ROWS, base, lang)


def _finish_table(sheet: Worksheet, columns: Sequence[Field], last: int, base: Scenario, lang: Lang) -> None:
    """Colour what can be filled in, and give it its limits: numbers a range, kinds of help a list to choose from."""
    for number, field in enumerate(columns, 1):
        letter = "ABCDE"[number - 1]
        for row in range(2, last):
            _to_fill_in(sheet, row, number)
        if field.type != "text":
            _limit(sheet, f"{letter}2:{letter}{last - 1}", field, lang)
        elif field.name.endswith("kind"):
            _choose(sheet, f"{letter}2:{letter}{last - 1}", len(base.kinds))
    _widen(sheet, [34, 28, 18, 22, 26])


def _column(field: Field, lang: Lang) -> str:
    unit = field.unit.in_language(lang)
    return field.label.in_language(lang) + (f" ({unit})" if unit else "")


def _title(one: Any, lang: Lang) -> str:
    return str(one.title_nl if lang == "nl" else one.title)


def _write_headings(sheet: Worksheet, headings: Sequence[str], helps: Sequence[Said] = (), lang: Lang = "en") -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    for column, heading in enumerate(headings, 1):
        cell = sheet.cell(1, column, heading)
        cell.font, cell.alignment = Font(bold=True), _wrapped()
        cell.fill = PatternFill("solid", fgColor=_HEADING)
    for column, help_text in enumerate(helps, 1):
        sheet.cell(1, column).comment = Comment(help_text.in_language(lang), "regie", width=320, height=110)
    sheet.freeze_panes = "A2"


def _wrapped() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _to_fill_in(sheet: Worksheet, row: int, column: int) -> None:
    from openpyxl.styles import PatternFill

    sheet.cell(row, column).fill = PatternFill("solid", fgColor=_FILL_IN)


def _limit(sheet: Worksheet, cells: str, field: Field, lang: Lang) -> None:
    """Let the spreadsheet itself refuse what is outside the limits, with the same sentence."""
    from openpyxl.worksheet.datavalidation import DataValidation

    kind = "whole" if field.type == "whole" else "decimal"
    rule = DataValidation(kind, operator="between", formula1=f"{field.low:g}", formula2=f"{field.high:.0f}")
    rule.error, rule.errorTitle = allowed(field).in_language(lang), field.label.in_language(lang)
    rule.add(cells)
    sheet.add_data_validation(rule)


def _choose(sheet: Worksheet, cells: str, choices: int) -> None:
    """Offer the kinds of help to choose from; they stand on a hidden sheet, as Excel allows 255 characters here."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation("list", formula1=f"{HIDDEN}!$A$1:$A${choices}", allow_blank=True)
    rule.add(cells)
    sheet.add_data_validation(rule)


def _widen(sheet: Worksheet, widths: Sequence[float]) -> None:
    for letter, width in zip("ABCDEF", widths, strict=False):
        sheet.column_dimensions[letter].width = width
