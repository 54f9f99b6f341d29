"""On which line of a TOML file a key stands (tomllib does not say)."""

from __future__ import annotations

import re
from functools import lru_cache

_HEADER = re.compile(r"^\s*(\[\[?)([^\[\]]+)\]")
_ASSIGNMENT = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, path: tuple[str, ...]) -> int | None:
    """Return the line (from 1) of the key at ``path``, else that of the nearest table around it, else None."""
    found = _lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return None


@lru_cache(maxsize=8)
def _lines(text: str) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    entries: dict[tuple[str, ...], int] = {}
    inside = ""  # the quotes of the text of several lines that the line is part of
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside and (header := _HEADER.match(line)):
            table = _table(header, entries)
            found.setdefault(table, number)
        elif not inside and (assignment := _ASSIGNMENT.match(line)):
            key = (*table, *_parts(assignment[1]))
            for length in range(len(table) + 1, len(key) + 1):
                found.setdefault(key[:length], number)
        inside = _still_inside(line, inside)
    return found


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(key))


def _table(header: re.Match[str], entries: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    name = _parts(header[2])
    if header[1] == "[[":
        entries[name] = entries.get(name, -1) + 1
    for length in range(1, len(name) + 1):
        if name[:length] in entries:
            return (*name[:length], str(entries[name[:length]]), *name[length:])
    return name


def _still_inside(line: str, inside: str) -> str:
    for quotes in ('"""', "'''"):
        if inside in ("", quotes) and line.count(quotes) % 2:
            return "" if inside else quotes
    return inside
