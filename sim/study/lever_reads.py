"""Which levers a rule of the model reads: found in the source of the rules, so that no list can be out of date.

Rules read and write the tables of the world as ``S.worker[w].capacity``, mostly by way of a short name for the row
(``worker = S.worker[w]``). So what a rule reads can be seen in its syntax tree. A rule reads a lever *itself* where it,
or a function it calls, reads that lever. It reads a lever *by way of* a state where it reads a state that some rule
sets by that lever: the hours that reports leave a worker, or how strongly a manager insists.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.scenario.parameters import levers

Field = tuple[str, str]
"""A table of the world and one of its fields."""
ORGANISATION = "organisation"  # the table that holds the levers as they are set
_NOTES = ("series", "decision", "option")  # written down, or weighed: no state that lasts
PACKAGE = "sim.model"


@dataclass(frozen=True)
class Rule:
    """One function of the model.

    Attributes:
        module: Name of its file, without ending.
        name: Name of the function.
        reads: Fields that it reads itself.
        sets: For each field that it sets itself, the fields its new value is worked out from.
        calls: Functions of the model that it calls, as (module, name).
        asks: For each field that it sets itself, the functions its new value is worked out by.
    """

    module: str
    name: str
    reads: frozenset[Field]
    sets: Mapping[Field, frozenset[Field]]
    calls: frozenset[tuple[str, str]]
    asks: Mapping[Field, frozenset[tuple[str, str]]]


@cache
def rules() -> Mapping[tuple[str, str], Rule]:
    """Return every function of the model, by module and name."""
    import sim.model

    found = {}
    for path in sorted(Path(sim.model.__path__[0]).glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _known_functions(tree, path.stem)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found[path.stem, node.name] = _Reader(path.stem, node, known).rule()
    return found


def rule_named(name: str) -> Rule:
    """Return the rule called ``name``: ``"choose_help"``, or ``"manager._attend"`` where several files have one.

    Raises:
        KeyError: There is none, or more than one.
    """
    *module, function = name.split(".")
    found = [rule for rule in rules().values() if rule.name == function and module in ([], [rule.module])]
    if len(found) != 1:
        raise KeyError(f"{len(found)} rules of the model are called '{name}'")
    return found[0]


@cache
def read_by(name: str, without: frozenset[str] = frozenset()) -> frozenset[Field]:
    """Return all fields that a rule reads, itself or in functions it calls, those named ``without`` left out."""
    return frozenset().union(*(rule.reads for rule in _reached(rule_named(name), without)))


def levers_read(name: str, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the levers that a rule reads itself, or in functions it calls, those named ``without`` left out.

    What a board really controls begins at the lever ``control`` and counts as that lever.
    """
    return _levers_among(read_by(name, without))


def levers_behind(name: str, without: frozenset[str] = frozenset()) -> Mapping[str, frozenset[str]]:
    """Return the levers that a rule reads by way of a state, each with those states, as ``"worker.capacity"``."""
    found: dict[str, set[str]] = {}
    for table, field in read_by(name, without):
        for lever in set_by().get((table, field), frozenset()):
            found.setdefault(lever, set()).add(f"{table}.{field}")
    return {lever: frozenset(states) for lever, states in found.items()}


@cache
def set_by() -> Mapping[Field, frozenset[str]]:
    """Return for each state of the world the levers by which some rule sets it, where there are any."""
    found: dict[Field, set[str]] = {}
    for rule in rules().values():
        for field, used in rule.sets.items():
            asked = [read for key in rule.asks[field] for each in _reached(rules()[key]) for read in each.reads]
            found.setdefault(field, set()).update(_levers_among([*used, *asked]))
    stand_ins = set(standing_for_levers())
    return {
        field: frozenset(names)
        for field, names in found.items()
        if names and field not in stand_ins and field[0] not in _NOTES
    }


@cache
def standing_for_levers() -> Mapping[Field, str]:
    """Return the states that stand for a lever: they bear its name, and begin as what it is set to."""
    return {
        (table, field): field
        for rule in rules().values()
        for (table, field), used in rule.sets.items()
        if table != ORGANISATION and (ORGANISATION, field) in used and field in levers()
    }


def _levers_among(fields: Collection[Field]) -> frozenset[str]:
    stand_ins = standing_for_levers()
    named = {field for table, field in fields if table == ORGANISATION and field in levers()}
    return frozenset(named | {stand_ins[each] for each in fields if each in stand_ins})


def _reached(rule: Rule, without: frozenset[str] = frozenset()) -> list[Rule]:
    """Return a rule and all functions that it calls, and these call."""
    found, ahead = {(rule.module, rule.name): rule}, [rule]
    while ahead:
        for key in ahead.pop().calls:
            if key not in found and key in rules() and key[1] not in without:
                found[key] = rules()[key]
                ahead.append(found[key])
    return list(found.values())


# --- reading the source ------------------------------------------------------------------------------------


def _known_functions(tree: ast.Module, module: str) -> dict[str, tuple[str, str]]:
    """Return the functions of the model that a file knows, by the name it knows them by."""
    known = {node.name: (module, node.name) for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{PACKAGE}."):
            origin = node.module.rsplit(".", 1)[-1]
            known |= {alias.asname or alias.name: (origin, alias.name) for alias in node.names}
    return known


class _Reader:
    """Reads one function: which names stand for rows, what is read and set, whom it calls."""

    def __init__(self, module: str, node: ast.FunctionDef, known: Mapping[str, tuple[str, str]]) -> None:
        self.module, self.node, self.known = module, node, known
        self.rows: dict[str, set[str]] = {}
        self.made_of: dict[str, list[ast.expr]] = {}
        for target, value in _assigned(node):
            if isinstance(target, ast.Name):
                self.made_of.setdefault(target.id, []).append(value)
                if table := _table(value):
                    self.rows.setdefault(target.id, set()).add(table)

    def rule(self) -> Rule:
        sets: dict[Field, frozenset[Field]] = {}
        asks: dict[Field, frozenset[tuple[str, str]]] = {}
        for target, value in _assigned(self.node):
            used = list(self._behind(value, set()))
            for field in self._fields(target):
                sets[field] = sets.get(field, frozenset()) | {f for part in used for f in self._fields(part)}
                asks[field] = asks.get(field, frozenset()) | {key for part in used for key in self._called(part)}
        nodes = list(ast.walk(self.node))
        reads = frozenset(field for node in nodes for field in self._read(node))
        calls = frozenset(key for node in nodes for key in self._called(node))
        return Rule(self.module, self.node.name, reads, sets, calls, asks)

    def _behind(self, value: ast.expr, seen: set[str]) -> Iterator[ast.AST]:
        """Yield all that an expression is made of, also by way of names given before."""
        for node in ast.walk(value):
            yield node
            if isinstance(node, ast.Name) and node.id in self.made_of and node.id not in seen:
                seen.add(node.id)
                for origin in self.made_of[node.id]:
                    yield from self._behind(origin, seen)

    def _read(self, node: ast.AST) -> Iterator[Field]:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield from self._fields(node)
        elif isinstance(node, ast.AugAssign):
            yield from self._fields(node.target)

    def _fields(self, node: ast.AST) -> Iterator[Field]:
        """Yield the field that a node names, ``S.table[row].field`` or ``name.field``, also of an element of it."""
        if isinstance(node, ast.Subscript):
            node = node.value
        if isinstance(node, ast.Attribute):
            table = _table(node.value)
            named = self.rows.get(node.value.id, set()) if isinstance(node.value, ast.Name) else set()
            yield from ((each, node.attr) for each in ({table} if table else named))

    def _called(self, node: ast.AST) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.known:
            yield self.known[node.func.id]


def _table(node: ast.AST) -> str | None:
    """Return the table of ``S.table[row]``."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
        world = node.value.value
        if isinstance(world, ast.Name) and world.id == "S":
            return node.value.attr
    return None


def _assigned(function: ast.FunctionDef) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield (target, value) of every assignment; tuples are taken apart where both sides have as many."""
    for node in ast.walk(function):
        if isinstance(node, ast.AugAssign):
            yield node.target, node.value
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _pairs(target, node.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if not isinstance(target, ast.Tuple):
        yield target, value
    elif isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield from ((part, value) for part in target.elts)
