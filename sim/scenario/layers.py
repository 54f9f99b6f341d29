"""One file as a layer of values, each with its origin; layers laid over one another, key by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from pydantic import ValidationError

from sim.errors import Said, nearest
from sim.scenario.files import Document
from sim.scenario.mistakes import MOST_SHOWN, KeyPath, Mistake, found_by_pydantic
from sim.scenario.scenario import Value
from sim.scenario.schema import FileKind, Note, is_value, model
from sim.scenario.sentences import say

_DEEPEST = 5  # no key of a valid file lies deeper


class Leaf(NamedTuple):
    """A value of any type with its origin; ``label`` names the file in messages."""

    value: Any
    origin: str
    source: str
    status: str
    label: str

    def as_value(self) -> Value:
        """Return it as a number with its origin."""
        return Value(self.value, self.origin, self.source, self.status)


@dataclass(frozen=True)
class DatedLevers:
    """One entry of ``[[changes]]``; ``path`` and ``label`` say where it stands."""

    day: int | None
    date: dt.date | None
    organisations: tuple[str, ...] | None
    levers: dict[str, Leaf]
    of: str
    path: KeyPath
    label: str


Leaves = dict[KeyPath, Leaf]


@dataclass
class Layer:
    """What a file says, or what several files say together.

    Attributes:
        leaves: Key path to value. ``("kinds", name)`` alone says that the kind exists; so do organisations and bands.
        changes: Entries of ``[[changes]]``; None where the file says nothing about them.
        removed: Paths of the kinds and organisations that the file takes away (``kinds.nursing = false``).
    """

    leaves: Leaves = field(default_factory=dict)
    changes: list[DatedLevers] | None = None
    removed: list[KeyPath] = field(default_factory=list)

    def under(self, *prefix: str) -> dict[str, Leaf]:
        """Return the values directly under a table, by key."""
        depth = len(prefix)
        return {p[-1]: leaf for p, leaf in self.leaves.items() if len(p) == depth + 1 and p[:depth] == prefix}

    def get(self, *path: str) -> Any:
        """Return the bare value at ``path``, or None."""
        return self.leaves[path].value if path in self.leaves else None


def layer_of(document: Document, kind: FileKind) -> tuple[Layer, list[Mistake]]:
    """Check one file by itself; the layer is empty where there are mistakes."""
    mistakes: list[Mistake] = []
    notes: dict[KeyPath, dict[str, Any]] = {}
    content = _split(document.data, (), notes, mistakes, document.label)
    removed = list(_take_removed(content))
    mistakes += islice(_wrong_notes(notes, document.label), MOST_SHOWN)
    try:
        checked = model(kind).model_validate(content).model_dump(exclude_unset=True)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False)
        mistakes += found_by_pydantic(errors, document.label, kind)
    if mistakes:
        return Layer(), mistakes
    return Layer(_leaves(checked, notes, document), _changes(checked, notes, document), removed), []


def _split(node: Any, path: KeyPath, notes: dict[KeyPath, dict[str, Any]], mistakes: list[Mistake], label: str) -> Any:
    """Return a copy with plain values; what stands beside a value goes to ``notes``."""
    if isinstance(node, list) and path == ("changes",):
        return [_split(item, (*path, str(i)), notes, mistakes, label) for i, item in enumerate(node)]
    if not isinstance(node, dict) or len(path) >= _DEEPEST:
        return node
    if is_value(path):
        notes[path] = {key: value for key, value in node.items() if key != "value"}
        return node["value"]
    content = {}
    for key, item in node.items():
        if is_value((*path, key)) and isinstance(item, dict) and "value" not in item:
            mistakes.append(Mistake(label, say("needs value"), (*path, key)))
        else:
            content[key] = _split(item, (*path, key), notes, mistakes, label)
    return content


def _take_removed(content: dict[str, Any]) -> Iterator[KeyPath]:
    for table in ("kinds", "organisations"):
        entries = content.get(table)
        if isinstance(entries, dict):
            for name in [name for name, entry in entries.items() if entry is False]:
                del entries[name]
                yield (table, name)


def _wrong_notes(notes: dict[KeyPath, dict[str, Any]], label: str) -> Iterator[Mistake]:
    for path, note in notes.items():
        try:
            Note.model_validate(note)
        except ValidationError as error:
            for wrong in error.errors(include_url=False, include_context=False):
                name = str(wrong["loc"][0])
                yield Mistake(label, _wrong_note(name, wrong["type"]), (*path, name), wrong["input"])


def _wrong_note(name: str, reason: str) -> Said:
    if reason == "extra_forbidden":
        return say("wrong note", hint=nearest(name, ["value", "source", "status", "origin"]))
    return say("wrong status" if name == "status" else "wrong source")


def _leaf(value: Any, path: KeyPath, notes: dict[KeyPath, dict[str, Any]], document: Document) -> Leaf:
    note = notes.get(path, {})
    origin = note.get("origin") or document.origin
    return Leaf(value, origin, note.get("source", ""), note.get("status", "none"), document.label)


def _leaves(checked: dict[str, Any], notes: dict[KeyPath, dict[str, Any]], document: Document) -> Leaves:
    flat = _flat({key: value for key, value in checked.items() if key != "changes"}, ())
    return {path: _leaf(value, path, notes, document) for path, value in flat}


def _flat(node: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if not isinstance(node, dict) or path == ("resolved",):
        yield path, node
        return
    if len(path) == 2 and path[0] in ("kinds", "organisations", "bands"):
        yield path, True
    for key, item in node.items():
        yield from _flat(item, (*path, key))


def _changes(
    checked: dict[str, Any], notes: dict[KeyPath, dict[str, Any]], document: Document
) -> list[DatedLevers] | None:
    if "changes" not in checked:
        return None
    return [_change(entry, ("changes", str(i)), notes, document) for i, entry in enumerate(checked["changes"])]


def _change(
    entry: dict[str, Any], path: KeyPath, notes: dict[KeyPath, dict[str, Any]], document: Document
) -> DatedLevers:
    given = entry.get("levers", {}).items()
    levers = {name: _leaf(value, (*path, "levers", name), notes, document) for name, value in given}
    who = tuple(dict.fromkeys(entry["organisations"])) if "organisations" in entry else None
    of = entry.get("of", "")
    return DatedLevers(entry.get("day"), entry.get("date"), who, levers, of, path, document.label)


def lay_over(below: Layer, above: Layer) -> list[Mistake]:
    """Lay ``above`` over ``below``, which becomes the sum; return removals of what is not there."""
    mistakes = [m for path in above.removed[:MOST_SHOWN] for m in _remove(below, path)]
    below.leaves.update(above.leaves)
    if above.changes is not None:
        below.changes = above.changes
    return mistakes


def _remove(below: Layer, path: KeyPath) -> list[Mistake]:
    table, name = path
    if path not in below.leaves:
        return [Mistake("", say("not there", hint=nearest(name, below.under(table))), path, False)]
    narrowed = f".{table.removesuffix('s')}.{name}"  # the end of the name of a band about what goes
    gone = [p for p in below.leaves if p[:2] == path or (table == "kinds" and p[2:] == ("staff", name))]
    gone += [p for p in below.leaves if p[0] == "bands" and p[1].endswith(narrowed)]
    for key in gone:
        del below.leaves[key]
    if table == "organisations" and below.changes:
        below.changes = [entry for entry in map(_without(name), below.changes) if entry.organisations != ()]
    return []


def _without(organisation: str) -> Any:
    def change(entry: DatedLevers) -> DatedLevers:
        if entry.organisations is None:
            return entry
        who = tuple(name for name in entry.organisations if name != organisation)
        return DatedLevers(entry.day, entry.date, who, entry.levers, entry.of, entry.path, entry.label)

    return change
