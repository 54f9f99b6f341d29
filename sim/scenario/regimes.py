"""Regimes: reading them, and laying one over a scenario from day 0 or later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.errors import RegieError, nearest
from sim.scenario import files
from sim.scenario.layers import DatedLevers, Layer, lay_over, layer_of
from sim.scenario.mistakes import Mistake, refuse, shown
from sim.scenario.parameters import levers
from sim.scenario.scenario import SET, Change, Frozen, LeverTable, Scenario, Value
from sim.scenario.schema import LAST_DAY

BASELINE = "traditional"


@dataclass(frozen=True)
class Regime:
    """How organisations are steered.

    Attributes:
        name: Name of the file without its ending.
        title: Label in English.
        title_nl: Label in Dutch.
        rationale: Why this regime, in English.
        rationale_nl: Why this regime, in Dutch.
        levers: The levers that the file, or one it extends, sets.
        changes: Later changes; their days count from the day on which the regime begins.
        label: The file, for messages.
    """

    name: str
    title: str
    title_nl: str
    rationale: str
    rationale_nl: str
    levers: Mapping[str, Value]
    changes: tuple[DatedLevers, ...]
    label: str


def load_regime(name_or_path: str | Path, beside: Path | None = None) -> Regime:
    """Return the regime of that name, or in that file.

    Args:
        name_or_path: Name or path.
        beside: A folder that is searched before the others.

    Raises:
        RegieError: With all mistakes at once.
    """
    document = files.read(files.find(name_or_path, "regime", beside), "regime")
    documents, mistakes = files.chain(document, "regime")
    total = Layer()
    for each in documents:
        layer, wrong = layer_of(each, "regime")
        lay_over(total, layer)
        mistakes += wrong
    mistakes += [m for entry in total.changes or () for m in _wrong_change(entry)]
    if mistakes:
        refuse(mistakes, files.texts(documents))
    sets = total.under("levers")
    title, rationale = total.get("title") or document.name, total.get("rationale") or ""
    return Regime(
        name=document.name,
        title=title,
        title_nl=total.get("title_nl") or title,
        rationale=rationale,
        rationale_nl=total.get("rationale_nl") or rationale,
        levers=Frozen({name: sets[name].as_value() for name in levers() if name in sets}),
        changes=tuple(total.changes or ()),
        label=document.label,
    )


def _wrong_change(entry: DatedLevers) -> list[Mistake]:
    if entry.day is None:
        text = "say when: day = 365, counted from the day on which the regime begins."
        return [Mistake(entry.label, text, entry.path)]
    if not entry.levers:
        return [Mistake(entry.label, "a change needs levers, such as levers = { control = 0.2 }.", entry.path)]
    return []


def known_organisations(entry: DatedLevers, known: Iterable[str]) -> list[Mistake]:
    """Return a mistake for each organisation of a change that the scenario does not have."""
    if entry.organisations == ():
        text = "an empty list changes nobody: name the organisations, or leave the key out for all."
        return [Mistake(entry.label, text, (*entry.path, "organisations"))]
    unknown = [name for name in entry.organisations or () if name not in known]
    path = (*entry.path, "organisations")
    return [Mistake(entry.label, no_such_organisation(name, known), path, name) for name in unknown]


def no_such_organisation(name: str, known: Iterable[str]) -> str:
    """Say that the scenario has no such organisation."""
    hint = nearest(name, known) or f" There are: {', '.join(known)}."
    return f"there is no organisation {shown(str(name))} in this scenario.{hint}"


def with_regime(scenario: Scenario, name_or_path: str | Path, *, only: Sequence[str], from_day: int) -> Scenario:
    """Return the scenario under another regime; see `Scenario.with_regime`."""
    regime = load_regime(name_or_path)
    _check_day(from_day)
    names = tuple(organisation.name for organisation in scenario.organisations)
    chosen = _chosen(names, only)
    _check_changes(regime, names, from_day)
    baseline = str(name_or_path) == scenario.baseline
    sets = {} if baseline else dict(regime.levers)
    now = chosen if from_day == 0 else ()
    later = [] if from_day == 0 else _beginning(regime.name, sets, chosen, from_day, scenario.place_levers)
    changes = [*_kept(scenario, chosen, from_day), *later]
    changes += regime_changes(regime, chosen, scenario.place_levers, from_day)
    return replace(
        scenario,
        regime=regime.name,
        levers=Frozen({name: _laid_over(scenario, name, sets if name in now else {}) for name in names}),
        changes=tuple(sorted(changes, key=lambda change: change.day)),
    )


def _check_day(from_day: object) -> None:
    if isinstance(from_day, bool) or not isinstance(from_day, int) or not 0 <= from_day <= LAST_DAY:
        text = f"A regime can begin on day 0 to {LAST_DAY}, not on {shown(from_day)}. Give a whole number of days."
        raise RegieError(text)


def _chosen(names: tuple[str, ...], only: Sequence[str]) -> tuple[str, ...]:
    only = [only] if isinstance(only, str) else only
    unknown = [no_such_organisation(name, names) for name in only if name not in names]
    if unknown:
        raise RegieError("\n".join(text[0].upper() + text[1:] for text in unknown))
    return tuple(name for name in names if name in only) if only else names


def _check_changes(regime: Regime, names: tuple[str, ...], from_day: int) -> None:
    wrong = [m for entry in regime.changes for m in known_organisations(entry, names)]
    for entry in regime.changes:
        if (entry.day or 0) + from_day > LAST_DAY:
            text = f"with a start on day {from_day} this comes after day {LAST_DAY}. Begin earlier."
            wrong.append(Mistake(entry.label, text, (*entry.path, "day"), entry.day))
    if wrong:
        refuse(wrong)


def _laid_over(scenario: Scenario, organisation: str, sets: Mapping[str, Value]) -> Frozen[Value]:
    """Lay what a regime sets over the levers of the place; what ``--set`` fixed stays."""
    place = scenario.place_levers[organisation]
    return Frozen({lever: _over(value, sets.get(lever)) for lever, value in place.items()})


def _over(here: Value, regime: Value | None) -> Value:
    return here if regime is None or here.origin == SET else regime


def _kept(scenario: Scenario, chosen: tuple[str, ...], from_day: int) -> list[Change]:
    """Return the changes that stay: the scenario's own, and the baseline's where the baseline stays."""
    kept = []
    for change in scenario.changes:
        if not change.of or (change.of == scenario.baseline and change.day < from_day):
            kept.append(change)
        elif change.of == scenario.baseline and (others := tuple(n for n in change.organisations if n not in chosen)):
            kept.append(replace(change, organisations=others))
    return kept


def _beginning(
    name: str, sets: Mapping[str, Value], chosen: tuple[str, ...], day: int, place: LeverTable
) -> list[Change]:
    """Return the changes by which a regime begins on a later day."""
    found = [(lever, value, _free(chosen, lever, place)) for lever, value in sets.items()]
    return [Change(day, who, lever, value, name) for lever, value, who in found if who]


def regime_changes(regime: Regime, chosen: tuple[str, ...], place: LeverTable, from_day: int) -> list[Change]:
    """Return the later changes of a regime, for the organisations chosen, without what ``--set`` fixed."""
    changes = []
    for entry in regime.changes:
        named = chosen if entry.organisations is None else entry.organisations
        who = tuple(name for name in chosen if name in named)
        for lever, leaf in entry.levers.items():
            if free := _free(who, lever, place):
                changes.append(Change((entry.day or 0) + from_day, free, lever, leaf.as_value(), regime.name))
    return changes


def _free(names: tuple[str, ...], lever: str, place: LeverTable) -> tuple[str, ...]:
    return tuple(name for name in names if place[name][lever].origin != SET)
