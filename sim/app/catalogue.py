"""What a page can choose from, generated from what is declared: scenarios, ways of steering, levers, limits."""

from __future__ import annotations

from functools import cache
from typing import Any

from sim.app import messages
from sim.errors import Said
from sim.scenario import files
from sim.scenario.groups import GROUPS, REGIMES
from sim.scenario.parameters import Parameter, levers
from sim.scenario.regimes import load_regime
from sim.scenario.scenario import Scenario
from sim.scenario.units import choices, unit_said
from sim.study.planning import all_regimes
from sim.study.provenance import regie_version

MOST_PEOPLE = 2_000
"""People of a scenario on day 0, about, beyond which it is not offered: every visitor lives two such worlds."""


@cache
def catalogue() -> dict[str, Any]:
    """Return what a page can choose from; do not change it."""
    scenarios = {name: scenario for name in files.names("scenario") if _bears(scenario := Scenario.load(name))}
    regimes = {name: load_regime(name) for name in all_regimes(next(iter(scenarios.values())))}
    return {
        "version": regie_version(),
        "scenarios": {name: _both(Said(each.title, each.title_nl or each.title)) for name, each in scenarios.items()},
        "regimes": {
            name: {**_both(Said(each.label.title, each.label.title_nl)), "group": _both(REGIMES[each.label.group])}
            for name, each in regimes.items()
        },
        "levers": {name: _lever(lever) for name, lever in levers().items()},
        "limits": {
            "days": messages.MOST_DAYS,
            "changes": messages.MOST_CHANGES,
            "bands": messages.MOST_BANDS,
            "seed": messages.LARGEST_SEED,
        },
    }


def _bears(scenario: Scenario) -> bool:
    return float(scenario["clients_at_start"]) * float(scenario["zones"]) <= MOST_PEOPLE


def _lever(lever: Parameter) -> dict[str, Any]:
    return {
        **_both(Said(lever.en, lever.nl)),
        "group": _both(GROUPS[lever.group]),
        "type": lever.type,
        "range": list(lever.range),
        "unit": _both(unit_said(lever.unit)),
        "choices": dict(choices(lever)),
    }


def _both(said: Said) -> dict[str, str]:
    return {"en": said.en, "nl": said.nl}
