"""A mistake in a file as a sentence: file, line, key, value, what is allowed, and how to mend it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NoReturn

from sim.errors import RegieError, nearest
from sim.scenario.lines import line_of
from sim.scenario.parameters import levers, parameters
from sim.scenario.schema import LEVER_TABLES, FileKind, plain_schema

KeyPath = tuple[str, ...]
MOST_SHOWN = 40
_NOTHING = object()


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    Attributes:
        origin: Label of the file, or ``"--set"``.
        text: What is wrong and how to mend it.
        path: The key, from the top of the file; empty where the mistake is in no key.
        value: The value found; ``_NOTHING`` where there is none.
    """

    origin: str
    text: str
    path: KeyPath = ()
    value: object = _NOTHING

    def line_in(self, texts: Mapping[str, str]) -> int | None:
        """Return the line number; ``texts`` holds the files' texts by label."""
        return line_of(texts.get(self.origin, ""), self.path)

    def sentence(self, line: int | None = None) -> str:
        """Return the mistake as one line."""
        where = printable(self.origin) + (f", line {line}" if line else "")
        if not self.path:
            return f"{where}: {self.text}"
        if self.value is _NOTHING:
            return f"{where}: {dotted(self.path)}: {self.text}"
        return f"{where}: {dotted(self.path)} = {shown(self.value)}: {self.text}"


def refuse(mistakes: Sequence[Mistake], texts: Mapping[str, str] | None = None) -> NoReturn:
    """Raise all mistakes as one error, one line each, in the order of the files and of the lines."""
    found = [(mistake.origin, mistake.line_in(texts or {}), mistake) for mistake in mistakes]
    found.sort(key=lambda entry: (entry[0], entry[1] or 0))
    lines = list(dict.fromkeys(mistake.sentence(line) for _, line, mistake in found))
    if len(lines) == 1:
        raise RegieError(lines[0])
    more = [f"… and {len(lines) - MOST_SHOWN} more."] if len(lines) > MOST_SHOWN else []
    raise RegieError("\n".join([f"{len(lines)} mistakes:", *lines[:MOST_SHOWN], *more]))


def printable(text: str) -> str:
    """Return ``text`` on one line, without characters that cannot be printed."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in text)
    return safe if len(safe) <= 200 else safe[:199] + "…"


def shown(value: object) -> str:
    """Return a value as a file would write it, on one line and cut where it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = f"'{value[:200]}'" if isinstance(value, str) else str(value)[:200]
    except (RecursionError, ValueError):  # nested too deeply; an integer of thousands of digits
        text = "(too long to show)"
    text = printable(text)
    return text if len(text) <= 60 else text[:59] + "…"


def dotted(path: KeyPath) -> str:
    """Return a key as in a file: ``("changes", "0", "day")`` is ``changes[1].day``."""
    text = ""
    for part in path:
        text += f"[{int(part) + 1}]" if text == "changes" and part.isdecimal() else f".{printable(part)}"
        text = text.removeprefix(".")
    return text


def found_by_pydantic(errors: Iterable[Any], origin: str, kind: FileKind) -> Iterator[Mistake]:
    """Say the errors that pydantic found in our own words; of very many, the first."""
    for error in islice(errors, 3 * MOST_SHOWN):
        path = tuple(str(part) for part in error["loc"])
        if path[-1:] == ("[key]",):
            yield Mistake(origin, _NAME_RULE, path[:-1])
        elif error["type"] == "extra_forbidden":
            yield Mistake(origin, unknown_key(path, kind), path)
        else:
            yield Mistake(origin, not_allowed(path, error["input"], kind), path, error["input"])


_NAME_RULE = "a name is made of letters a to z, digits, '-' and '_', begins with a letter or digit, at most 40 in all."


def unknown_key(path: KeyPath, kind: FileKind) -> str:
    """Say that a key is unknown, and what was probably meant."""
    *table, name = path
    valid = list(_schema_at(tuple(table), kind).get("properties", {}))
    place = f"in [{dotted(tuple(table))}]" if table else "at the top of the file"
    if elsewhere := _right_place(tuple(table), name, kind):
        return elsewhere
    hint = nearest(name, valid) or f" Valid: {', '.join(valid)}."
    if len(valid) > 20 and not nearest(name, valid):
        hint = " `regie schema` lists the valid names."
    return f"there is no such key {place}.{hint}"


def _right_place(table: KeyPath, name: str, kind: FileKind) -> str:
    if table and table[-1] in LEVER_TABLES and name in parameters():
        where = "a scenario's [parameters]" if kind == "regime" else "[parameters]"
        return f"this is no lever but a property of the world: write it under {where}."
    if table == ("parameters",) and name in levers():
        return "this is a lever: write it under [levers], or under [organisations.NAME.levers] for one organisation."
    if not table and name in parameters():
        return f"write it under [{'levers' if name in levers() else 'parameters'}]."
    if table[:1] == ("changes",) and name in levers():
        return f"write it as levers = {{ {name} = … }}."
    if table[:1] == ("changes",) and name == "regime":
        return "a change sets levers, not a regime; compare with another regime from a date by `--from`."
    if table and plain_schema(kind)["properties"].get(name, {}).get("type") == "string":
        return "this belongs at the top of the file, above the first [table]."
    return ""


def not_allowed(path: KeyPath, value: object, kind: FileKind) -> str:
    """Say what is allowed at ``path``, given that ``value`` is not."""
    return f"must be {allowed(_schema_at(path, kind))}.{_mend(value, _schema_at(path, kind))}"


def allowed(schema: Mapping[str, Any]) -> str:
    """Say in words what a JSON schema allows: "a whole number from 1 to 5000 (zones)"."""
    unit = f" ({schema['unit']})" if schema.get("unit", "0 to 1") != "0 to 1" else ""
    match schema:
        case {"enum": [*choices]}:
            return "one of " + ", ".join(f"'{choice}'" for choice in choices)
        case {"type": "integer" | "number" as number, "minimum": low, "maximum": high}:
            what = "a whole number" if number == "integer" else "a number"
            return f"{what} from {plain(low)} to {plain(high)}{unit}"
        case {"type": "boolean"}:
            return "true or false"
        case {"format": "date"}:
            return "a date such as 2005-11-01 (without quotes), from 1900-01-01 to 2200-12-31"
        case {"type": "string", "pattern": _}:
            return "a name in quotes, of letters, digits, '-' and '_'"
        case {"type": "string", "maxLength": longest}:
            return f"a text in quotes of at most {longest} characters"
        case {"type": "array"}:
            return 'a list, such as ["home-care", "welfare"], or [[changes]] entries'
    return "a table with keys of its own"


def plain(number: float) -> str:
    """Return a number without a needless decimal part or exponent."""
    return str(int(number)) if float(number).is_integer() else repr(number)


def _mend(value: object, schema: Mapping[str, Any]) -> str:
    wanted = schema.get("type")
    if isinstance(value, float) and not math.isfinite(value):
        return f" {value} is not a number one can count with."
    if wanted in ("integer", "number") and isinstance(value, str):
        return " Write it without quotes, with a decimal point and without separators."
    if wanted == "integer" and isinstance(value, float) and value.is_integer():
        return " Write it without a decimal point."
    if wanted == "boolean":
        return " Write it in small letters and without quotes."
    if "enum" in schema and isinstance(value, str):
        return nearest(value, schema["enum"])
    return ""


def _schema_at(path: KeyPath, kind: FileKind) -> dict[str, Any]:
    """Return the part of the JSON schema that holds at ``path``; empty where there is none."""
    root = plain_schema(kind)
    node: dict[str, Any] = root
    for part in path:
        node = _step(_resolve(node, root), part)
    return _resolve(node, root)


def _step(node: dict[str, Any], part: str) -> dict[str, Any]:
    if "items" in node:
        return dict(node["items"])
    if "patternProperties" in node:
        return dict(next(iter(node["patternProperties"].values())))
    return dict(node.get("properties", {}).get(part, {}))


def _resolve(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    return dict(root["$defs"][node["$ref"].rsplit("/", 1)[-1]])
