"""Mechanisms that can be switched off one by one: declared in ``experiments/ablation.toml``, with what is expected."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sim.errors import RegieError, nearest_or_all
from sim.scenario.files import shipped
from sim.scenario.mistakes import shown
from sim.scenario.parameters import Number
from sim.study.sentences import say

Expected = Literal["smaller", "larger", "same", "unsure", "none"]


@dataclass(frozen=True)
class Mechanism:
    """Something the model does, and how to have it not done.

    Attributes:
        name: Name in the file and in tables.
        title: Label in English.
        title_nl: Label in Dutch.
        off: What switches it off: parameters, or levers set alike in every regime.
        expects: Outcome to what its absence was expected to make of the regime's gain, before anything was run.
        why: The reason for that.
        equal_hours: Whether reports and meetings are made to take the same hours in every regime.
        always: Whether it is shown whatever is asked for.
    """

    name: str
    title: str
    title_nl: str
    off: Mapping[str, Number]
    expects: Mapping[str, Expected]
    why: str
    equal_hours: bool = False
    always: bool = False

    def title_in(self, language: str) -> str:
        """Return the label in ``language``: ``"nl"``, else English."""
        return self.title_nl if language == "nl" else self.title


@cache
def mechanisms() -> dict[str, Mechanism]:
    """Return all mechanisms by name, in the order of the file."""
    declared = tomllib.loads(shipped("experiments", "ablation.toml").read_text(encoding="utf-8"))
    return {name: Mechanism(name, **entry) for name, entry in declared.items()}


def chosen(names: Sequence[str] = ()) -> tuple[Mechanism, ...]:
    """Return the mechanisms of these names and those always shown, in the order of the file; without names all.

    Raises:
        RegieError: For an unknown name.
    """
    known = mechanisms()
    for name in names:
        if name not in known:
            raise RegieError(say("no mechanism", name=shown(name), hint=nearest_or_all(name, known)))
    return tuple(each for each in known.values() if not names or each.always or each.name in names)
