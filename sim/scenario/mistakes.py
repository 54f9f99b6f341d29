"""A mistake in a file as a sentence: file, line, key, value, what is allowed, and how to mend it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NoReturn

from sim.errors import SILENT, RegieError, Said, nearest
from sim.scenario.lines import line_of
from sim.scenario.parameters import levers, parameters
from sim.scenario.schema import LEVER_TABLES, FileKind, plain_schema
from sim.scenario.sentences import say
from sim.scenario.units import unit_said

KeyPath = tuple[str, ...]
MOST_SHOWN = 40
_LISTS = ("changes", "regimes", "outcomes", "weekly")  # their entries are counted from one
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
    text: Said
    path: KeyPath = ()
    value: object = _NOTHING

    def line_in(self, texts: Mapping[str, str]) -> int | None:
        """Return the line number; ``texts`` holds the files' texts by label."""
        return line_of(texts.get(self.origin, ""), self.path)

    def sentence(self, line: int | None = None) -> Said:
        """Return the mistake as one line."""
        where = {"file": printable(self.origin), "text": self.of_key()}
        return say("on a line", line=line, **where) if line else say("in a file", **where)

    def of_key(self) -> Said:
        """Return the mistake without where it is."""
        if not self.path:
            return self.text
        if self.value is _NOTHING:
            return say("of a key", key=dotted(self.path), text=self.text)
        return say("of a value", key=dotted(self.path), value=shown(self.value), text=self.text)


def refuse(mistakes: Sequence[Mistake], texts: Mapping[str, str] | None = None) -> NoReturn:
    """Raise all mistakes as one error, one line each, in the order of the files and of the lines."""
    found = [(mistake.origin, mistake.line_in(texts or {}), mistake) for mistake in mistakes]
    found.sort(key=lambda entry: (entry[0], entry[1] or 0))
    lines = list(dict.fromkeys(mistake.sentence(line) for _, line, mistake in found))
    if len(lines) == 1:
        raise RegieError(lines[0])
    more = [say("n more", n=len(lines) - MOST_SHOWN)] if len(lines) > MOST_SHOWN else []
    raise RegieError(below_one_another([say("n mistakes", n=len(lines)), *lines[:MOST_SHOWN], *more]))


def below_one_another(lines: Sequence[Said]) -> Said:
    """Return lines as one text."""
    return Said("\n".join(line.en for line in lines), "\n".join(line.nl for line in lines))


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
        text = "[…]"
    text = printable(text)
    return text if len(text) <= 60 else text[:59] + "…"


def dotted(path: KeyPath) -> str:
    """Return a key as in a file: ``("changes", "0", "day")`` is ``changes[1].day``."""
    text = ""
    for part in path:
        text += f"[{int(part) + 1}]" if text in _LISTS and part.isdecimal() else f".{printable(part)}"
        text = text.removeprefix(".")
    return text


def found_by_pydantic(errors: Iterable[Any], origin: str, kind: FileKind) -> Iterator[Mistake]:
    """Say the errors that pydantic found in our own words; of very many, the first."""
    for error in islice(errors, 3 * MOST_SHOWN):
        path = tuple(str(part) for part in error["loc"])
        if path[-1:] == ("[key]",):
            yield Mistake(origin, say("name rule"), path[:-1])
        elif error["type"] == "extra_forbidden":
            yield Mistake(origin, unknown_key(path, kind), path)
        else:
            yield Mistake(origin, not_allowed(path, error["input"], kind), path, error["input"])


def unknown_key(path: KeyPath, kind: FileKind) -> Said:
    """Say that a key is unknown, and what was probably meant."""
    *table, name = path
    valid = list(_schema_at(tuple(table), kind).get("properties", {}))
    if elsewhere := _right_place(tuple(table), name, kind):
        return elsewhere
    few = say("valid", names=", ".join(valid)) if len(valid) <= 20 else say("see schema")
    where = say("in table", table=dotted(tuple(table))) if table else say("at the top")
    return say("no key", where=where, hint=nearest(name, valid) or few)


def _right_place(table: KeyPath, name: str, kind: FileKind) -> Said:
    if table and table[-1] in LEVER_TABLES and name in parameters():
        return say("no lever", where=say("parameters of a scenario" if kind == "regime" else "parameters"))
    if table == ("parameters",) and name in levers():
        return say("a lever")
    if not table and name in parameters():
        return say("under", table="levers" if name in levers() else "parameters")
    if table[:1] == ("bands",) and name in ("kind", "organisation"):
        return say("band in quotes", base=table[-1], by=name)
    if table[:1] == ("changes",) and name in levers():
        return say("lever of a change", name=name)
    if table[:1] == ("changes",) and name == "regime":
        return say("regime of a change")
    if table and plain_schema(kind)["properties"].get(name, {}).get("type") == "string":
        return say("above tables")
    return SILENT


def not_allowed(path: KeyPath, value: object, kind: FileKind) -> Said:
    """Say what is allowed at ``path``, given that ``value`` is not."""
    schema = _schema_at(path, kind)
    return say("must be", what=allowed(schema), mend=_mend(value, schema))


def allowed(schema: Mapping[str, Any]) -> Said:
    """Say in words what a JSON schema allows: "a whole number from 1 to 5000 (zones)"."""
    match schema:
        case {"enum": [*choices]}:
            return say("one of", choices=", ".join(f"'{choice}'" for choice in choices))
        case {"type": "integer" | "number" as number, "minimum": low, "maximum": high}:
            key = "whole number" if number == "integer" else "number"
            return say(key, low=plain(low), high=plain(high), unit=_bracketed(schema.get("unit", "")))
        case {"type": "boolean"}:
            return say("yes or no")
        case {"format": "date"}:
            return say("date")
        case {"type": "string", "pattern": _}:
            return say("name")
        case {"type": "string", "maxLength": longest}:
            return say("text", most=longest)
        case {"type": "array"}:
            return say("list")
    return say("table")


def _bracketed(unit: str) -> Said:
    """Return a unit in brackets; none where the range says it all."""
    return Said(" (", " (") + unit_said(unit) + Said(")", ")") if unit not in ("", "0 to 1") else SILENT


def plain(number: float) -> str:
    """Return a number without a needless decimal part or exponent."""
    return str(int(number)) if float(number).is_integer() else repr(number)


def _mend(value: object, schema: Mapping[str, Any]) -> Said:
    wanted = schema.get("type")
    if isinstance(value, float) and not math.isfinite(value):
        return say("no number", value=value)
    if wanted in ("integer", "number") and isinstance(value, str):
        return say("without quotes")
    if wanted == "integer" and isinstance(value, float) and value.is_integer():
        return say("without point")
    if wanted == "boolean":
        return say("small letters")
    if "enum" in schema and isinstance(value, str):
        return nearest(value, schema["enum"])
    return SILENT


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
