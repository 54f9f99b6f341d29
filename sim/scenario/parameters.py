"""The parameters of the model, each declared once as data in ``parameters.toml`` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

MAX_KINDS = 16  # of help
MAX_ORGANISATIONS = 60  # each is a bit of a mask, and so are the volunteers; sixty-two bits are surely positive

Number = float | int | bool
Kind = Literal["lever", "uncertainty", "constant"]
Status = Literal["V", "V2", "C", "D", "M", "none"]


@dataclass(frozen=True)
class Parameter:
    """One declared parameter.

    Attributes:
        name: Name in scenario files, in code and in tables.
        type: ``"float"``, ``"int"`` or ``"bool"``.
        unit: Unit in words.
        default: Value where no scenario says otherwise.
        range: Lowest and highest value that a scenario may give.
        plausible: Range that is sampled; the same as ``range`` where none is given.
        kind: ``"lever"`` (set by a regime), ``"uncertainty"`` or ``"constant"``.
        group: Group under which it is listed, a key of ``sim.scenario.groups.GROUPS``.
        en: Description in English.
        nl: Description in Dutch.
        source: Where default and range come from.
        status: How sure the source is: V seen, V2 seen in a secondary source, C public code, D derived,
            M from memory, none.
    """

    name: str
    type: Literal["float", "int", "bool"]
    unit: str
    default: Number
    range: tuple[Number, Number]
    plausible: tuple[Number, Number]
    kind: Kind
    group: str
    en: str
    nl: str
    source: str
    status: Status


@cache
def parameters() -> dict[str, Parameter]:
    """Return all declared parameters by name, in the order of the file."""
    declared = tomllib.loads(files(__package__).joinpath("parameters.toml").read_text(encoding="utf-8"))
    return {name: _parameter(name, entry) for name, entry in declared.items()}


def levers() -> dict[str, Parameter]:
    """Return the parameters that a regime may set, by name."""
    return {name: parameter for name, parameter in parameters().items() if parameter.kind == "lever"}


def _parameter(name: str, entry: dict[str, object]) -> Parameter:
    limits = entry.pop("range")
    plausible = entry.pop("plausible", limits)
    return Parameter(name=name, range=tuple(limits), plausible=tuple(plausible), **entry)  # type: ignore[arg-type]
