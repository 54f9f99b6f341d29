"""The resolved scenario: everything a run needs to know, frozen, each value with its origin."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sim.errors import RegieError, Said, nearest
from sim.scenario.bands import OwnBand
from sim.scenario.parameters import Number, levers, parameters
from sim.scenario.sentences import say

V = TypeVar("V")
SET = "--set"  # the origin of a value given on the command line or in Python; nothing overrules it


class Frozen(Mapping[str, V]):
    """A mapping that cannot be changed, can be compared, and can be sent to another process.

    (`types.MappingProxyType` can be neither pickled nor copied.)
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        """Copy ``items``."""
        self._items: dict[str, V] = dict(items or {})

    def __getitem__(self, key: str) -> V:
        """Return the value under ``key``."""
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys, in order."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._items)

    def __repr__(self) -> str:
        """Show as a dictionary."""
        return repr(self._items)

    def __reduce__(self) -> tuple[type[Frozen[V]], tuple[dict[str, V]]]:
        """Pickle by the items."""
        return (Frozen, (self._items,))


@dataclass(frozen=True, slots=True)
class Value:
    """One value, and where it comes from.

    Attributes:
        value: The number (or yes/no).
        origin: ``"default"``, the file that gave it, or ``"--set"``.
        source: Where the number was found, as the file says it; empty where it says nothing.
        status: How sure that source is (see ``parameters.toml``).
    """

    value: Number
    origin: str
    source: str = ""
    status: str = "none"


@dataclass(frozen=True, slots=True)
class HelpKind:
    """A kind of help.

    Attributes:
        name: Name in files and tables.
        title: Label in English.
        title_nl: Label in Dutch.
        sector: ``"care"``, ``"welfare"`` or ``"housing"``.
        share: Weight among the needs that arise.
        hours_per_week: Mean hours a week that a need asks.
        lasting_days: Mean length of a lasting need.
        short_share: Share of needs that are short.
        short_days: Mean length of a short need.
        episodic: Whether a need is a job whose volume starts when help starts.
        norm_days: Wait beyond which the norm is broken.
        volunteers: Whether volunteers can help too.
        payer: Who pays for it, ``"insurance"`` or ``"municipality"``; no rule reads it.
        source: Where the numbers come from.
        status: How sure that source is.
        given: Field name to value with its origin, for the fields that a file or ``--set`` gave.
    """

    name: str
    title: str
    title_nl: str
    sector: str
    share: float
    hours_per_week: float
    lasting_days: float
    short_share: float
    short_days: float
    episodic: bool
    norm_days: float
    volunteers: bool
    payer: str
    source: str
    status: str
    given: Mapping[str, Value] = field(default_factory=Frozen)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that helps in every zone.

    Attributes:
        name: Name in files and tables.
        title: Label in English.
        title_nl: Label in Dutch.
        sector: ``"care"``, ``"welfare"`` or ``"housing"``.
        renown: How well known its door is, relative to the others.
        staff: Kind of help to workers per zone whose own craft it is, in the order of the kinds.
        levers: Levers of its own, on top of those of all organisations.
        source: Where the numbers come from.
        status: How sure that source is.
        given: ``"renown"`` and ``"staff.KIND"`` to value with its origin.
    """

    name: str
    title: str
    title_nl: str
    sector: str
    renown: float
    staff: Mapping[str, int]
    levers: Mapping[str, Value]
    source: str = ""
    status: str = "none"
    given: Mapping[str, Value] = field(default_factory=Frozen)


@dataclass(frozen=True, slots=True)
class Change:
    """One lever of the named organisations, set from a day on.

    Attributes:
        day: Day counted from day 0.
        organisations: Names, in the order of the scenario.
        lever: Name of the lever.
        value: Its new value.
        of: The regime the change belongs to; empty where the scenario itself says it.
    """

    day: int
    organisations: tuple[str, ...]
    lever: str
    value: Value
    of: str = ""


LeverTable = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class RegimeLabel:
    """How a regime is called, and why it is there.

    Attributes:
        title: Label in English.
        title_nl: Label in Dutch.
        rationale: Why this regime, in English; may be empty.
        rationale_nl: Why this regime, in Dutch.
        group: With which regimes it is told, a key of ``sim.scenario.groups.REGIMES``; empty for one of one's own.
    """

    title: str
    title_nl: str
    rationale: str = ""
    rationale_nl: str = ""
    group: str = ""

    def title_in(self, language: str) -> str:
        """Return the label in ``language``: ``"nl"``, else English."""
        return self.title_nl if language == "nl" else self.title


@dataclass(frozen=True, repr=False)
class Scenario:
    """A place, its organisations, and how they are steered before and after day 0.

    Attributes:
        name: Name of the scenario.
        title: Label in English.
        title_nl: Label in Dutch.
        description: What it describes, in English.
        description_nl: What it describes, in Dutch.
        start: Date of day 0.
        regime: The regime that is compared: in force from day 0, or from the day asked for.
        baseline: The regime of the warm-up.
        label: How the regime that is compared is called.
        values: Every uncertainty and constant, by name.
        baseline_levers: Organisation to lever to value, during the warm-up.
        place_levers: The same from day 0, had the baseline regime stayed.
        levers: The same from day 0, as it is.
        kinds: The kinds of help; tables refer to them by position.
        organisations: The organisations; tables refer to them by position.
        changes: Later changes of levers, sorted by day.
        folder: The folder of its file, whose ``regimes`` are searched first; None where it comes from no file.
        bands: What its world must look like under the baseline regime, where it says so itself; by pattern.
    """

    name: str
    title: str
    title_nl: str
    description: str
    description_nl: str
    start: date
    regime: str
    baseline: str
    label: RegimeLabel
    values: Mapping[str, Value]
    baseline_levers: LeverTable
    place_levers: LeverTable
    levers: LeverTable
    kinds: tuple[HelpKind, ...]
    organisations: tuple[Organisation, ...]
    changes: tuple[Change, ...]
    folder: Path | None = field(default=None, compare=False)
    bands: Mapping[str, OwnBand] = field(default_factory=Frozen)

    def __repr__(self) -> str:
        """Say which scenario it is; all its values would fill pages."""
        return f"<Scenario '{self.name}' under '{self.regime}': {len(self.organisations)} organisations>"

    @classmethod
    def load(cls, name_or_path: str | Path, *, overrides: Sequence[str] = ()) -> Scenario:
        """Read, check and resolve a scenario.

        Args:
            name_or_path: A name (``"breda-2005"``) or the path of a file (``"mine.toml"``).
            overrides: ``"path=value"`` each, such as ``"intake_hours=2"``, ``"control=0.3"``,
                ``"organisations.home-care.levers.control=0.1"``, ``"kinds.nursing.share=0.2"``.

        Raises:
            RegieError: With all mistakes of the file, or of the overrides, at once.
        """
        from sim.scenario import loading, overriding

        return overriding.with_overrides(loading.load(name_or_path), overrides)

    @classmethod
    def from_toml(cls, text: str, name: str = "scenario") -> Scenario:
        """Read a scenario from the text of a file; ``extends`` and ``regime`` may name known files.

        Raises:
            RegieError: With all mistakes at once.
        """
        from sim.scenario import loading

        return loading.from_text(text, name)

    def with_regime(self, name_or_path: str | Path, *, only: Sequence[str] = (), from_day: int = 0) -> Scenario:
        """Return this scenario under another regime from day 0 (or ``from_day``) on.

        The regime overrules the place's own levers only where it says something itself: what it has from the
        baseline regime, by ``extends``, is no difference.

        Args:
            name_or_path: A regime's name or the path of its file.
            only: Organisations that change; the others keep the baseline's levers. Default: all.
            from_day: Day on which they change.

        Raises:
            RegieError: For an unknown regime or organisation, a mistake in the file, a wrong day.
        """
        from sim.scenario import regimes

        return regimes.with_regime(self, name_or_path, only=only, from_day=from_day)

    def with_values(self, overrides: Mapping[str, Number | str], *, warmup: bool = True) -> Scenario:
        """Return this scenario with other values; the keys are the paths of ``--set``.

        Args:
            overrides: Value by path.
            warmup: Whether levers among them hold in the warm-up too. If not they take effect on day 0, as those of a
                regime do, and the past stays as it was.

        Raises:
            RegieError: For an unknown path or a value out of range, all at once.
        """
        from sim.scenario import overriding

        return overriding.with_values(self, overrides, warmup=warmup)

    def __getitem__(self, parameter_name: str) -> Number:
        """Return the value of an uncertainty or constant.

        Raises:
            RegieError: For a lever (it differs per organisation) or an unknown name.
        """
        try:
            return self.values[parameter_name].value
        except KeyError:
            raise RegieError(_no_value(parameter_name)) from None

    def to_toml(self) -> str:
        """Return the resolved scenario as a file that needs no other file and loads as an equal scenario."""
        from sim.scenario import writing

        return writing.resolved(self)

    def content(self) -> dict[str, Any]:
        """Return everything that changes a run, as JSON holds it: not titles, sources, origins, bands or names."""
        return _content(self)

    def digest(self) -> str:
        """Return a hash of everything that changes a run: not titles, sources, origins, bands or names."""
        return _hash(_content(self))

    def past(self) -> str:
        """Return a hash of everything that decides what is before day 0."""
        return _hash({key: part for key, part in _content(self).items() if key not in ("levers", "changes")})


def _no_value(name: str) -> Said:
    if name in levers():
        return say("lever differs", name=name)
    return say("no parameter", name=name, hint=nearest(str(name), parameters()))


def _hash(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _content(scenario: Scenario) -> dict[str, Any]:
    return {
        "start": scenario.start.isoformat(),
        "values": _numbers(scenario.values),
        "warmup": [_numbers(scenario.baseline_levers[o.name]) for o in scenario.organisations],
        "levers": [_numbers(scenario.levers[o.name]) for o in scenario.organisations],
        "kinds": [_kind_content(kind) for kind in scenario.kinds],
        "organisations": [[o.name, o.sector, o.renown, dict(o.staff)] for o in scenario.organisations],
        "changes": [[c.day, c.organisations, c.lever, c.value.value] for c in scenario.changes],
    }


def _numbers(values: Mapping[str, Value]) -> dict[str, Number]:
    return {name: value.value for name, value in values.items()}


def _kind_content(kind: HelpKind) -> list[object]:
    lengths = (kind.lasting_days, kind.short_share, kind.short_days, kind.episodic, kind.norm_days)
    return [kind.name, kind.sector, kind.share, kind.hours_per_week, *lengths, kind.volunteers, kind.payer]
