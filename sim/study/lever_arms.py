"""One lever at a time: the arms that are run to see what each lever in which two regimes differ does.

Beside the baseline and a rival two sorts of arms are run in the same worlds, one of each for every lever in which the
two differ: the baseline with *only* this lever of the rival, and the rival *without* it, the lever as in the baseline.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sim.scenario.parameters import levers
from sim.scenario.scenario import Change, Frozen, RegimeLabel, Scenario
from sim.study.levers_in_force import levers_that_differ

ONLY, WITHOUT = "only", "without"
_AT_LEAST = 4  # words that a short label keeps of a description


def arms(baseline: Scenario, rival: Scenario, *, without: bool = True) -> dict[str, Scenario]:
    """Return the baseline with one lever of the rival each, and the rival with one of the baseline each.

    Values by organisation and later changes of the lever come with it. Where the two differ in one lever, or in none,
    there is nothing to take apart and no arm.

    Args:
        baseline: The scenario under the baseline regime.
        rival: The same scenario under another regime.
        without: Whether the rival without each lever is wanted too: as many arms again.

    Returns:
        Scenarios by name, ``"only:permission"`` and ``"without:permission"``, first all of the one sort.
    """
    different = levers_that_differ(baseline, rival)
    if len(different) < 2:
        return {}
    made = {name_of(ONLY, lever): _with(baseline, rival, lever, ONLY) for lever in different}
    if without:
        made |= {name_of(WITHOUT, lever): _with(rival, baseline, lever, WITHOUT) for lever in different}
    return made


def name_of(sort: str, lever: str) -> str:
    """Return the name of the arm with only a lever, or without it."""
    return f"{sort}:{lever}"


def short(text: str) -> str:
    """Return the beginning of a description, up to the first sign that ends a phrase of four words or more."""
    for stop in re.finditer(r"[:;,(]", text):
        if len(text[: stop.start()].split()) >= _AT_LEAST:
            return text[: stop.start()].strip()
    return text


def _with(scenario: Scenario, other: Scenario, lever: str, sort: str) -> Scenario:
    """Return a scenario with one lever as another has it, at every organisation and on every day from day 0."""
    table = {
        name: Frozen({**of_organisation, lever: other.levers[name][lever]})
        for name, of_organisation in scenario.levers.items()
    }
    kept = [change for change in scenario.changes if change.lever != lever]
    changes = [*kept, *(change for change in other.changes if change.lever == lever)]
    return replace(
        scenario,
        regime=name_of(sort, lever),
        label=_label(sort, lever),
        levers=Frozen(table),
        changes=tuple(sorted(changes, key=_day)),
    )


def _day(change: Change) -> int:
    return change.day


def _label(sort: str, lever: str) -> RegimeLabel:
    about = levers()[lever]
    en, nl = ("Only", "Alleen") if sort == ONLY else ("All but", "Alles behalve")
    return RegimeLabel(f"{en}: {short(about.en)}", f"{nl}: {short(about.nl)}", about.en, about.nl)
