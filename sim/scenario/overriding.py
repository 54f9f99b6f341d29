"""Values given on the command line (``--set path=value``) or in Python, laid over a resolved scenario."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.errors import RegieError, Said, nearest, nearest_or_all
from sim.scenario.checks import check
from sim.scenario.files import Document
from sim.scenario.layers import Leaf, layer_of
from sim.scenario.loading import KIND_NUMBERS, in_order
from sim.scenario.mistakes import KeyPath, Mistake, refuse, shown
from sim.scenario.parameters import levers, parameters
from sim.scenario.regimes import no_such_organisation
from sim.scenario.scenario import SET, Change, Frozen, HelpKind, LeverTable, Organisation, Scenario, Value
from sim.scenario.sentences import say
from sim.scenario.units import choices

LONGEST = 1000  # characters of one override
YES_OR_NO = {"yes": True, "ja": True, "true": True, "no": False, "nee": False, "false": False}
YES_OR_NO_OF_A_KIND = ("episodic", "volunteers")


def with_overrides(scenario: Scenario, overrides: Sequence[str]) -> Scenario:
    """Return the scenario with each ``"path=value"`` laid over it; see `Scenario.load`."""
    overrides = [overrides] if isinstance(overrides, str) else overrides
    return _with(scenario, [_read(override) for override in overrides])


def with_values(scenario: Scenario, overrides: Mapping[str, Any], *, warmup: bool = True) -> Scenario:
    """Return the scenario with the values laid over it; see `Scenario.with_values`."""
    return _with(scenario, [(str(path), _python(value)) for path, value in overrides.items()], warmup)


def wrong_values(scenario: Scenario, overrides: Mapping[str, Any]) -> list[Said]:
    """Return what is wrong with values, without raising it."""
    _, mistakes = _leaves(scenario, overrides.items())
    return [mistake.of_key() for mistake in mistakes]


def _read(override: str) -> tuple[str, Any]:
    path, equals, text = str(override).partition("=")
    if not equals or len(override) > LONGEST:
        raise RegieError(say("not a setting", given=shown(override)))
    return path.strip(), _value(text.strip())


def _value(text: str) -> Any:
    """Read a value as TOML would; what is not TOML is a text, and then refused where a number is wanted."""
    try:
        found = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return found["value"] if list(found) == ["value"] else text


def _python(value: Any) -> Any:
    """Turn a NumPy number into a plain one."""
    return value.item() if hasattr(value, "item") and not hasattr(value, "__len__") else value


def _with(scenario: Scenario, given: Iterable[tuple[str, Any]], warmup: bool = True) -> Scenario:
    leaves, mistakes = _leaves(scenario, given)
    if mistakes:
        refuse(mistakes)
    return _checked(_applied(scenario, leaves, warmup)) if leaves else scenario


def _leaves(scenario: Scenario, given: Iterable[tuple[str, Any]]) -> tuple[dict[KeyPath, Leaf], list[Mistake]]:
    leaves: dict[KeyPath, Leaf] = {}
    mistakes: list[Mistake] = []
    for name, value in given:
        try:
            path = _target(scenario, name)
        except RegieError as error:
            mistakes.append(Mistake(f"--set {name}={shown(value)}", error.said))
            continue
        found, wrong = layer_of(_document(path, _from_word(path, value)), "scenario")
        mistakes += wrong
        leaves.update({path: found.leaves[path]} if not wrong else {})
    return leaves, mistakes


def _from_word(path: KeyPath, value: Any) -> Any:
    """Return the number (or true, false) that a word stands for where its unit declares words, else ``value``."""
    word = value.strip().lower() if isinstance(value, str) else None
    parameter = parameters().get(path[-1])
    if word is None or (parameter is None and path[-1] not in YES_OR_NO_OF_A_KIND):
        return value
    if parameter is None or parameter.type == "bool":
        return YES_OR_NO.get(word, value)
    return choices(parameter).get(word, value)


def _document(path: KeyPath, value: Any) -> Document:
    content: Any = value
    for key in reversed(path):
        content = {key: content}
    return Document(SET, SET, SET, None, "", content)


def _checked(scenario: Scenario) -> Scenario:
    wrong = [replace(mistake, origin=SET) for mistake in check(scenario)]
    if wrong:
        refuse(wrong)
    return scenario


def _target(scenario: Scenario, name: str) -> KeyPath:
    """Return the place in a file that the path of an override means."""
    match tuple(part.strip() for part in name.split(".")):
        case (only,) if only in parameters():
            return ("levers" if only in levers() else "parameters", only)
        case ("levers" | "parameters" as table, key):
            return (table, key)
        case ("organisations", organisation, *rest):
            return _target_in_organisation(scenario, organisation, rest)
        case ("kinds", kind, *rest):
            return _target_in_kind(scenario, kind, rest)
        case (only,) if only in ("title", "start", "regime", "extends", "changes"):
            raise RegieError(say("file only"))
    raise RegieError(say("no value", hint=nearest(name, parameters()) or say("possible settings")))


def _target_in_organisation(scenario: Scenario, name: str, rest: list[str]) -> KeyPath:
    known = [organisation.name for organisation in scenario.organisations]
    if name not in known:
        raise RegieError(no_such_organisation(name, known))
    match rest:
        case ["renown"]:
            return ("organisations", name, "renown")
        case ["staff" | "levers" as table, key]:
            return ("organisations", name, table, key)
    raise RegieError(say("of an organisation"))


def _target_in_kind(scenario: Scenario, name: str, rest: list[str]) -> KeyPath:
    known = [kind.name for kind in scenario.kinds]
    if name not in known:
        raise RegieError(say("no kind", name=shown(name), hint=nearest_or_all(name, known)))
    if len(rest) == 1 and rest[0] in KIND_NUMBERS:
        return ("kinds", name, rest[0])
    hint = nearest(".".join(rest), KIND_NUMBERS)
    raise RegieError(say("of a kind", names=", ".join(KIND_NUMBERS), hint=hint))


# --- applying --------------------------------------------------------------------------------------------


def _applied(scenario: Scenario, leaves: dict[KeyPath, Leaf], warmup: bool) -> Scenario:
    """Lay the values over; a lever of one organisation overrules the same lever of all."""
    everyone = tuple(organisation.name for organisation in scenario.organisations)
    values = {path: leaf.as_value() for path, leaf in leaves.items()}
    fixed = {path[1]: value for path, value in values.items() if path[0] == "parameters"}
    pins = [(everyone, path[1], value) for path, value in values.items() if path[0] == "levers"]
    pins += [((p[1],), p[3], value) for p, value in values.items() if p[2:3] == ("levers",)]
    order = [kind.name for kind in scenario.kinds]
    scenario = replace(
        scenario,
        values=Frozen({**scenario.values, **fixed}),
        kinds=tuple(_kind(kind, values) for kind in scenario.kinds),
        organisations=tuple(_organisation(o, values, order) for o in scenario.organisations),
    )
    return _pinned(scenario, pins, warmup) if pins else scenario


def _kind(kind: HelpKind, values: dict[KeyPath, Value]) -> HelpKind:
    new = {path[2]: value for path, value in values.items() if path[:2] == ("kinds", kind.name)}
    numbers: dict[str, Any] = {key: value.value for key, value in new.items()}
    return replace(kind, given=Frozen({**kind.given, **new}), **numbers) if new else kind


def _organisation(organisation: Organisation, values: dict[KeyPath, Value], order: list[str]) -> Organisation:
    mine = {path[2:]: value for path, value in values.items() if path[:2] == ("organisations", organisation.name)}
    new = {".".join(path): value for path, value in mine.items() if path[0] != "levers"}
    if not new:
        return organisation
    given = {**organisation.given, **new}
    staff = {key.removeprefix("staff."): int(v.value) for key, v in given.items() if key != "renown" and v.value}
    staff = in_order(staff, order)
    given = {"renown": given["renown"], **{f"staff.{kind}": given[f"staff.{kind}"] for kind in staff}}
    renown = float(given["renown"].value)
    return replace(organisation, renown=renown, staff=Frozen(staff), given=Frozen(given))


_Pin = tuple[tuple[str, ...], str, Value]  # organisations, lever, value


def _pinned(scenario: Scenario, pins: Sequence[_Pin], warmup: bool) -> Scenario:
    """Fix levers for some organisations from day 0 on, and in the warm-up: later changes of them are dropped."""
    fixed = {o.name: {lever: value for who, lever, value in pins if o.name in who} for o in scenario.organisations}

    def table(levers_of: LeverTable) -> LeverTable:
        return Frozen({name: Frozen({**old, **fixed[name]}) for name, old in levers_of.items()})

    def owner(organisation: Organisation) -> Organisation:
        own = dict(organisation.levers)
        for who, lever, value in pins:
            single = len(who) == 1 < len(scenario.organisations)
            if organisation.name in who and (single or lever in own):
                own[lever] = value
        return replace(organisation, levers=Frozen(in_order(own, list(levers()))))

    later = scenario.changes
    for who, lever, _ in pins:
        later = tuple(_not_for(later, who, lever))
    changed = replace(scenario, levers=table(scenario.levers), changes=later)
    if not warmup:
        return changed
    return replace(
        changed,
        organisations=tuple(map(owner, scenario.organisations)),
        baseline_levers=table(scenario.baseline_levers),
        place_levers=table(scenario.place_levers),
    )


def _not_for(changes: tuple[Change, ...], who: tuple[str, ...], lever: str) -> Iterable[Change]:
    for change in changes:
        others = tuple(name for name in change.organisations if name not in who)
        if change.lever != lever:
            yield change
        elif others:
            yield replace(change, organisations=others)
