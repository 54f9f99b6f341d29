"""What a scenario file and a regime file may say, as strict pydantic models; for experiments see the file beside it.

The parts that concern parameters are generated from ``parameters.toml``. The JSON schema for editors comes from
the same models, and so do the sentences in which a mistake is explained (see ``mistakes.py``).
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from sim.scenario.parameters import Parameter, Status, levers, parameters

FileKind = Literal["scenario", "regime", "experiment"]
MOST_CHANGES = 1000
LAST_DAY = 100_000
DIALECT = "https://json-schema.org/draft/2020-12/schema"
EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2200, 12, 31)
FOLDER_PATTERN = r"^[^/\\.][^/\\]*$"
BAND_PATTERN = r"^[^\s]{1,100}$"
NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$"

Name = Annotated[str, Field(pattern=NAME_PATTERN)]
Sector = Literal["care", "welfare", "housing"]
Payer = Literal["insurance", "municipality"]
Group = Literal["essay", "part", "board", "rival"]
LEVER_TABLES = ("levers", "warmup_levers", "regime_levers")


def _absent(**rules: Any) -> Any:
    return Field(default=None, **rules)


def _text(description: str, longest: int = 200) -> Any:
    return _absent(max_length=longest, description=description)


def _number(description: str, unit: str, low: float, high: float, default: object = None) -> Any:
    return Field(default=default, ge=low, le=high, description=description, json_schema_extra={"unit": unit})


class Table(BaseModel):
    """A table of a file: types are strict and unknown keys are refused.

    A default of None stands for "must be given by this file or one it extends"; it is never validated.
    """

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class Note(Table):
    """What may stand beside a value: ``zones = { value = 4, source = "...", status = "V" }``."""

    origin: str = _text("The file that gave the value; written in resolved copies")
    source: str = _text("Where the number comes from", 2000)
    status: Status = Field(default="none", description="How sure the source is: see parameters.toml")


class Kind(Table):
    """A kind of help, for which people ask and which organisations offer."""

    title: str = _text("Label in English")
    title_nl: str = _text("Label in Dutch")
    sector: Sector = _absent(description="Sector to which the kind belongs")
    payer: Payer = _absent(description="Who pays for it; default: by sector, care by insurance, else the municipality")
    share: float = _number("Weight among the needs that arise", "share of needs", 0, 1)
    hours_per_week: float = _number("Mean hours that a need asks", "hours per week", 0.01, 168)
    lasting_days: float = _number("Mean length of a lasting need", "days", 1, LAST_DAY)
    short_share: float = _number("Share of needs that are short", "share of needs", 0, 1, 0.0)
    short_days: float = _number("Mean length of a short need", "days", 1, LAST_DAY, 30.0)
    episodic: bool = Field(default=False, description="A job whose volume starts when help starts")
    norm_days: float = _number("Wait beyond which the norm is broken", "days", 0, LAST_DAY, 42.0)
    volunteers: bool = Field(default=False, description="Volunteers can help too")
    source: str = _text("Where the numbers come from", 2000)
    status: Status = Field(default="none", description="How sure the source is: see parameters.toml")


class OwnBand(Table):
    """What the world must look like under the baseline regime; what is not said here is as shipped."""

    low: float = _number("Lowest mean over worlds that is plausible", "unit of the pattern", 0, 1e9)
    high: float = _number("Highest mean over worlds that is plausible", "unit of the pattern", 0, 1e9)
    value: float = _number("What was observed", "unit of the pattern", 0, 1e9)
    required: bool = Field(default=True, description="Whether the baseline must lie inside")
    origin: str = _text("The file that gave the band; written in resolved copies")
    source: str = _text("Where the band comes from", 2000)
    status: Status = Field(default="none", description="How sure the source is: see parameters.toml")


class Resolved(Table):
    """Marks a resolved copy: all values are in the file and no other file is read."""

    regime: str = _text("The regime that is compared")
    baseline: str = _text("The regime of the warm-up")
    title: str = _text("How the regime that is compared is called, in English")
    title_nl: str = _text("How it is called in Dutch")
    rationale: str = _text("Why it is compared, in English", 10_000)
    rationale_nl: str = _text("Why it is compared, in Dutch", 10_000)
    group: Group = _absent(description="With which regimes it is told")


def _field(parameter: Parameter) -> tuple[Any, Any]:
    kind = {"float": float, "int": int, "bool": bool}[parameter.type]
    limits: dict[str, Any] = {} if kind is bool else {"ge": parameter.range[0], "le": parameter.range[1]}
    extra: dict[str, Any] = {"unit": parameter.unit, "description_nl": parameter.nl}
    return kind, Field(default=parameter.default, description=parameter.en, json_schema_extra=extra, **limits)


def _table(name: str, declared: dict[str, Parameter], doc: str) -> type[BaseModel]:
    fields: dict[str, Any] = {key: _field(parameter) for key, parameter in declared.items()}
    return create_model(name, __base__=Table, __doc__=doc, **fields)


def _fixed() -> dict[str, Parameter]:
    return {name: p for name, p in parameters().items() if p.kind != "lever"}


@cache
def model(kind: FileKind) -> type[BaseModel]:
    """Return the pydantic model of a file; built when first asked for."""
    if kind == "experiment":
        from sim.scenario.experiment_schema import Experiment

        return Experiment
    lever_table = _table("Levers", levers(), "Levers: how organisations are steered.")
    return _regime(lever_table) if kind == "regime" else _scenario(lever_table)


def _regime(lever_table: Any) -> type[BaseModel]:
    class RegimeChange(Table):
        """Levers from a later day on; days count from the day on which the regime begins."""

        day: int = _number("Day, counted from the start of the regime", "days", 0, LAST_DAY)
        organisations: list[Name] = _absent(description="Who changes; default: all that do")
        levers: lever_table = _absent(description="Levers from that day on")

    class Regime(Table):
        """A regime: how organisations are steered."""

        title: str = _text("Label in English")
        title_nl: str = _text("Label in Dutch")
        rationale: str = _text("Why this regime, in English", 10_000)
        rationale_nl: str = _text("Why this regime, in Dutch", 10_000)
        group: Group = _absent(description="With which regimes it is told: see sim/scenario/groups.py")
        extends: str = _text("Name of the regime of which this one is a variant")
        levers: lever_table = _absent(description="Levers that the regime sets")
        changes: list[RegimeChange] = _absent(description="Levers from a later day on")

    return Regime


def _scenario(lever_table: Any) -> type[BaseModel]:
    parameter_table: Any = _table("Parameters", _fixed(), "Uncertainties and constants.")

    class Organisation(Table):
        """An organisation that helps in every zone."""

        title: str = _text("Label in English")
        title_nl: str = _text("Label in Dutch")
        sector: Sector = _absent(description="Sector to which the organisation belongs")
        renown: float = _number("How well known its door is", "relative to the others", 0, 1000, 1.0)
        staff: dict[Name, Annotated[int, Field(ge=0, le=100_000, json_schema_extra={"unit": "workers per zone"})]] = (
            _absent(description="Workers per zone, by the kind that is their own craft")
        )
        levers: lever_table = _absent(description="Levers of this organisation")
        warmup_levers: lever_table = _absent(description="Its levers in the warm-up alone")
        regime_levers: lever_table = _absent(description="Only in a resolved copy: what the regime sets from day 0")
        source: str = _text("Where the numbers come from", 2000)
        status: Status = Field(default="none", description="How sure the source is: see parameters.toml")

    class Change(Table):
        """Levers from a later day on."""

        day: int = _number("Day, counted from day 0", "days", 0, LAST_DAY)
        date: dt.date = _absent(description="Date, instead of a day")
        organisations: list[Name] = _absent(description="Who changes; default: all")
        levers: lever_table = _absent(description="Levers from that day on")
        of: str = _text("Only in a resolved copy: the regime to which the change belongs")

    class WarmUp(Table):
        """What holds in the warm-up alone."""

        levers: lever_table = _absent(description="Levers in the warm-up alone")

    class Scenario(Table):
        """A scenario: a place and its organisations. Only what differs from `extends` need be said."""

        name: str = _absent(pattern=FOLDER_PATTERN, max_length=200, description="Name; default: that of the file")
        title: str = _text("Label in English")
        title_nl: str = _text("Label in Dutch")
        description: str = _text("What is described, in English", 3000)
        description_nl: str = _text("What is described, in Dutch", 3000)
        extends: str = _text("Name of the scenario of which this one is a variant")
        start: dt.date = _absent(ge=EARLIEST, le=LATEST, description="Date of day 0")
        regime: str = _text("Name of the baseline regime, that of the warm-up; default: traditional")
        resolved: Resolved = _absent(description="Only in a resolved copy")
        parameters: parameter_table = _absent(description="Uncertainties and constants")
        levers: lever_table = _absent(description="Levers of all organisations")
        warmup: WarmUp = _absent(description="What holds in the warm-up alone")
        kinds: dict[Name, Kind] = _absent(description="Kinds of help, by name")
        organisations: dict[Name, Organisation] = _absent(description="Organisations, by name")
        changes: list[Change] = _absent(description="Levers from a later day on")
        bands: dict[Annotated[str, Field(pattern=BAND_PATTERN)], OwnBand] = _absent(
            description="What the world must look like under the baseline regime, by pattern (sim/study/baseline.toml)"
        )

    return Scenario


def is_value(path: tuple[str, ...]) -> bool:
    """Return whether a value stands at ``path``, which may be plain or a table with source and status."""
    match path:
        case ("parameters" | "levers", _) | ("warmup", "levers", _) | ("kinds", _, _):
            return True
        case ("organisations", _, name):
            return name not in ("staff", *LEVER_TABLES)
        case ("organisations", _, "staff" | "levers" | "warmup_levers" | "regime_levers", _):
            return True
        case ("changes", _, "levers", _):
            return True
    return False


@cache
def plain_schema(kind: FileKind) -> dict[str, Any]:
    """Return the JSON schema of a file in which every value is plain; do not change it."""
    return _without_nulls(model(kind).model_json_schema())  # type: ignore[no-any-return]


def _without_nulls(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_nulls(item) for item in node]
    if not isinstance(node, dict):
        return node
    clean = {k: _without_nulls(v) for k, v in node.items() if not (k == "default" and v is None)}
    return {**clean, "additionalProperties": False} if "patternProperties" in clean else clean


def json_schema(kind: FileKind = "scenario") -> dict[str, Any]:
    """Return the JSON schema (2020-12) of a file, for editors."""
    plain = plain_schema(kind)
    if kind == "experiment":
        return {"$schema": DIALECT, **plain}
    definitions = {name: _widened(name, table) for name, table in plain["$defs"].items()}
    definitions["Note"] = _note()
    properties = {key: _removable(key, table) for key, table in plain["properties"].items()}
    return {"$schema": DIALECT, **plain, "$defs": definitions, "properties": properties}


def _note() -> dict[str, Any]:
    note: dict[str, Any] = _without_nulls(Note.model_json_schema())
    return {**note, "properties": {"value": {}, **note["properties"]}, "required": ["value"]}


def _removable(key: str, table: dict[str, Any]) -> dict[str, Any]:
    """Allow ``false`` in the place of a kind or organisation: it removes an inherited one."""
    if key not in ("kinds", "organisations"):
        return table
    ((pattern, entry),) = table["patternProperties"].items()
    return {**table, "patternProperties": {pattern: {"anyOf": [entry, {"const": False}]}}}


def _widened(name: str, table: dict[str, Any]) -> dict[str, Any]:
    if name not in ("Parameters", "Levers", "Kind", "Organisation"):
        return table
    return {**table, "properties": {key: _either(key, p) for key, p in table["properties"].items()}}


def _either(key: str, plain: dict[str, Any]) -> dict[str, Any]:
    """Allow a value as it is or as a table with source and status."""
    if "$ref" in plain:
        return plain
    if key == "staff":
        ((pattern, number),) = plain["patternProperties"].items()
        return {**plain, "patternProperties": {pattern: _either("", number)}}
    shared = {k: v for k, v in plain.items() if k in ("description", "description_nl", "unit", "default")}
    noted = {"$ref": "#/$defs/Note", "properties": {"value": plain}}
    return {**shared, "anyOf": [plain, noted]}
