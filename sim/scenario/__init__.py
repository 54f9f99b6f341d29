"""Inputs: parameters, scenarios and regimes, read and checked.

`parameters.toml` declares every parameter once. `schema.py` says what a file may hold, `files.py` finds and reads
files, `layers.py` lays them over one another, `loading.py` and `regimes.py` resolve them, `checks.py` looks at the
whole, `overriding.py` applies ``--set``, `writing.py` writes files, `mistakes.py` says what is wrong, in the words of
`sentences.py`; `units.py` holds the units in Dutch. `bands.py` holds what a scenario says its world must look like;
`own_place.py` and its neighbours make a scenario of a place of one's own.
"""

from sim.scenario.bands import OwnBand
from sim.scenario.checks import Size, size
from sim.scenario.listing import (
    Listed,
    list_levers,
    list_parameters,
    list_regimes,
    list_scenarios,
    regime_names,
    scenario_names,
)
from sim.scenario.parameters import Number, Parameter, levers, parameters
from sim.scenario.regimes import Regime, load_regime
from sim.scenario.scenario import Change, Frozen, HelpKind, Organisation, RegimeLabel, Scenario, Value
from sim.scenario.schema import json_schema
from sim.scenario.writing import new_scenario

__all__ = [
    "Change",
    "Frozen",
    "HelpKind",
    "Listed",
    "Number",
    "Organisation",
    "OwnBand",
    "Parameter",
    "Regime",
    "RegimeLabel",
    "Scenario",
    "Size",
    "Value",
    "json_schema",
    "levers",
    "list_levers",
    "list_parameters",
    "list_regimes",
    "list_scenarios",
    "load_regime",
    "new_scenario",
    "parameters",
    "regime_names",
    "scenario_names",
    "size",
]
