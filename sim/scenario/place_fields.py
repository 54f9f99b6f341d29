"""What is asked about a place of one's own: each field with its limits, and an answer read from what somebody typed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from sim.errors import SILENT, RegieError, Said
from sim.scenario.place_sentences import say
from sim.scenario.sentences import thousands

Lang = Literal["nl", "en"]
LONGEST_TEXT = 100
_THOUSANDS = re.compile(r"\d{1,3}([.,' ]\d{3})+")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")


@dataclass(frozen=True)
class Field:
    """One thing that is asked.

    Attributes:
        name: Name in ``own_place.toml``.
        table: ``"place"``, ``"staff"`` or ``"lists"``.
        type: ``"text"``, ``"whole"``, ``"number"``, ``"part"`` (a number, or a percentage of the inhabitants) or
            ``"percent"``.
        label: What it is.
        help: What is meant.
        example: An answer, as it is typed.
        unit: Its unit.
        low: Least answer; of a part, of all inhabitants.
        high: Largest answer.
        usual: The usual answer; None where it follows from others or is not known.
    """

    name: str
    table: str
    type: str
    label: Said
    help: Said
    example: str
    unit: Said = SILENT
    low: float = 0.0
    high: float = 0.0
    usual: float | None = None


@cache
def fields() -> dict[str, Field]:
    """Return all fields by name, in the order in which they are asked."""
    declared = tomllib.loads(files(__package__).joinpath("own_place.toml").read_text(encoding="utf-8"))
    return {name: _field(name, entry) for name, entry in declared.items()}


def _field(name: str, entry: dict[str, Any]) -> Field:
    label, help_text, unit = (Said(entry.pop(en, ""), entry.pop(nl, "")) for en, nl in _SAID)
    return Field(name=name, label=label, help=help_text, unit=unit, **entry)


_SAID = (("en", "nl"), ("help_en", "help_nl"), ("unit_en", "unit_nl"))


def fields_of(table: str) -> list[Field]:
    """Return the fields of one table."""
    return [field for field in fields().values() if field.table == table]


def answer(field: Field, value: object, inhabitants: float | None = None) -> Any:
    """Return what was typed or stands in a cell, as a text or a number; None where it is empty.

    A part is returned as a number of people, a percentage as it stands (7.8, also where a cell shows 7.8 %).

    Args:
        field: What was asked.
        value: A text, or the number of a cell.
        inhabitants: All inhabitants, for a part; None where they are not known.

    Raises:
        RegieError: It is not what was asked, with what is allowed.
    """
    text = " ".join(str(value).split()) if isinstance(value, str) else value
    if text is None or text == "":
        return None
    if field.type == "text":
        return _text(field, text)
    number, percent = _number(field, text)
    if field.type == "part":
        return _people(field, number, percent, inhabitants)
    if field.type == "percent" and not percent and 0 < number < 0.5:
        number *= 100  # a cell that shows 7.8 % holds 0.078; nobody means less than half a percent
    if (percent and field.type != "percent") or not field.low <= number <= field.high:
        raise RegieError(allowed(field))
    if field.type == "whole" and number != int(number):
        raise RegieError(allowed(field))
    return int(number) if field.type == "whole" else number


def _text(field: Field, value: object) -> str:
    text = str(value)
    if isinstance(value, bool) or len(text) > LONGEST_TEXT or not text.isprintable():
        raise RegieError(say("a text", most=LONGEST_TEXT))
    return text


def _number(field: Field, value: object) -> tuple[float, bool]:
    """Return a number, and whether it was said to be a percentage."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (float(value), False) if abs(value) < 1e12 else (float("inf"), False)
    text = str(value).replace("\u00a0", " ").strip()
    bare = text.removesuffix("%").strip()
    if field.type in ("whole", "part") and _THOUSANDS.fullmatch(bare):
        bare = re.sub(r"[.,' ]", "", bare)  # 50.000 and 50,000 are the same number of people
    if not _NUMBER.fullmatch(bare) or isinstance(value, bool):
        raise RegieError(allowed(field))
    return float(bare.replace(",", ".")), text.endswith("%")


def _people(field: Field, number: float, percent: bool, inhabitants: float | None) -> float:
    """Return a part of the inhabitants as a number of people."""
    if inhabitants is None:
        return number
    number = inhabitants * number / 100 if percent else inhabitants * number if 0 < number < 1 else number
    if not field.low * inhabitants <= number <= field.high * inhabitants:
        raise RegieError(allowed(field, inhabitants))
    return float(round(number))


def allowed(field: Field, inhabitants: float | None = None) -> Said:
    """Say what is allowed for a field: "must be a whole number from 1 to 400 (neighbourhoods), such as 5"."""
    low, high = field.low, field.high
    if field.type == "part":
        ends = {"least": f"{100 * low:g}", "most": f"{100 * high:g}", "example": field.example}
        whole = SILENT if inhabitants is None else _of_people(low * inhabitants, high * inhabitants)
        return say("a part", people=whole, **ends)
    key = "whole" if field.type == "whole" else "number"
    return say(key, low=thousands(low), high=thousands(high), unit=field.unit, example=field.example)


def _of_people(low: float, high: float) -> Said:
    return say("of people", low=thousands(low), high=thousands(high))
