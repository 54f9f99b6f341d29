"""Regimes: reading them, and laying one over a scenario from day 0 or later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.errors import RegieError, Said, nearest_or_all
from sim.scenario import files
from sim.scenario.files import Document
from sim.scenario.groups import REGIMES
from sim.scenario.layers import DatedLevers, Layer, lay_over, layer_of
from sim.scenario.mistakes import Mistake, below_one_another, refuse, shown
from sim.scenario.parameters import levers
from sim.scenario.scenario import SET, Change, Frozen, LeverTable, RegimeLabel, Scenario, Value
from sim.scenario.schema import LAST_DAY
from sim.scenario.sentences import say

BASELINE = "traditional"


@dataclass(frozen=True)
class Step:
    """What one file of a chain of regimes says itself.

    Attributes:
        path: The file, resolved.
        levers: The levers it sets.
        changes: Its later changes; None where it says nothing about them.
    """

    path: Path | None
    levers: Mapping[str, Value]
    changes: tuple[DatedLevers, ...] | None


@dataclass(frozen=True)
class Regime:
    """How organisations are steered.

    Attributes:
        name: Name of the file without its ending.
        label: How it is called, and why it is there.
        steps: What each file of the chain says, the oldest first and its own last.
    """

    name: str
    label: RegimeLabel
    steps: tuple[Step, ...]

    @property
    def levers(self) -> Mapping[str, Value]:
        """The levers that the file, or one it extends, sets."""
        sets = {name: value for step in self.steps for name, value in step.levers.items()}
        return Frozen({name: sets[name] for name in levers() if name in sets})

    @property
    def changes(self) -> tuple[DatedLevers, ...]:
        """Later changes; their days count from the day on which the regime begins."""
        return next((step.changes for step in reversed(self.steps) if step.changes is not None), ())

    def beyond(self, path: Path | None) -> Regime:
        """Return what the regime says beyond the one in the file ``path``, where it extends that one."""
        stops = [number for number, step in enumerate(self.steps) if path is not None and step.path == path]
        return replace(self, steps=self.steps[stops[-1] + 1 :]) if stops else self


def load_regime(name_or_path: str | Path, beside: Path | None = None, *, path_too: bool = True) -> Regime:
    """Return the regime of that name, or in that file.

    Args:
        name_or_path: Name or path.
        beside: A folder that is searched before the others.
        path_too: Whether a path may be given.

    Raises:
        RegieError: With all mistakes at once.
    """
    document = files.read(files.find(name_or_path, "regime", beside, path_too=path_too), "regime")
    documents, mistakes = files.chain(document, "regime")
    total, steps = Layer(), []
    for each in documents:
        layer, wrong = layer_of(each, "regime")
        lay_over(total, layer)
        mistakes += wrong
        steps.append(_step(each, layer))
    mistakes += [m for entry in total.changes or () for m in _wrong_change(entry)]
    if mistakes:
        refuse(mistakes, files.texts(documents))
    return Regime(document.name, _label(layer, document.name), tuple(steps))


def _label(own: Layer, name: str) -> RegimeLabel:
    """Return title and rationale of a file; they are not inherited: two regimes would bear one name."""
    title, rationale = own.get("title") or name, own.get("rationale") or ""
    dutch = own.get("title_nl") or title, own.get("rationale_nl") or rationale
    return RegimeLabel(title, dutch[0], rationale, dutch[1], own.get("group") or "")


def _step(document: Document, layer: Layer) -> Step:
    sets = {name: leaf.as_value() for name, leaf in layer.under("levers").items()}
    changes = None if layer.changes is None else tuple(layer.changes)
    return Step(document.path and document.path.resolve(), Frozen(sets), changes)


def _wrong_change(entry: DatedLevers) -> list[Mistake]:
    if entry.day is None:
        return [Mistake(entry.label, say("say when in regime"), entry.path)]
    if not entry.levers:
        return [Mistake(entry.label, say("change needs levers"), entry.path)]
    return []


def known_organisations(entry: DatedLevers, known: Iterable[str]) -> list[Mistake]:
    """Return a mistake for each organisation of a change that the scenario does not have."""
    if entry.organisations == ():
        return [Mistake(entry.label, say("nobody changes"), (*entry.path, "organisations"))]
    unknown = [name for name in entry.organisations or () if name not in known]
    path = (*entry.path, "organisations")
    return [Mistake(entry.label, no_such_organisation(name, known), path, name) for name in unknown]


def no_such_organisation(name: str, known: Iterable[str]) -> Said:
    """Say that the scenario has no such organisation."""
    return say("no organisation", name=shown(str(name)), hint=nearest_or_all(name, known))


def with_regime(scenario: Scenario, name_or_path: str | Path, *, only: Sequence[str], from_day: int) -> Scenario:
    """Return the scenario under another regime; see `Scenario.with_regime`."""
    beside = regimes_beside(scenario)
    regime = load_regime(name_or_path, beside)
    _check_day(from_day)
    names = tuple(organisation.name for organisation in scenario.organisations)
    chosen = _chosen(names, only)
    own = regime.beyond(_path_of(scenario.baseline, beside))
    sets = own.levers
    counted_from = 0 if _goes_on(own, regime) else from_day
    _check_changes(regime, names, counted_from)
    now = chosen if from_day == 0 else ()
    later = [] if from_day == 0 else _beginning(regime.name, sets, chosen, from_day, scenario.place_levers)
    changes = [*_kept(scenario, chosen, counted_from), *later]
    changes += regime_changes(regime, chosen, scenario.place_levers, counted_from)
    return replace(
        scenario,
        regime=regime.name,
        label=regime.label,
        levers=Frozen({name: _laid_over(scenario, name, sets if name in now else {}) for name in names}),
        changes=tuple(sorted(changes, key=lambda change: change.day)),
    )


def in_order(names: Iterable[str], beside: Path | None = None) -> list[str]:
    """Return the names of regimes in the order in which they are told: group by group, those of one's own first."""
    return sorted(names, key=lambda name: (_place(name, beside), name))


def _place(name: str, beside: Path | None) -> int:
    try:
        return list(REGIMES).index(load_regime(name, beside).label.group)
    except RegieError:  # said when it is used
        return len(REGIMES)


def regimes_beside(scenario: Scenario) -> Path | None:
    """Return the folder of regimes beside the file of a scenario; it is searched before the others."""
    return scenario.folder / "regimes" if scenario.folder else None


def _path_of(name: str, beside: Path | None) -> Path | None:
    """Return the file of a regime; None where there is none any more: a resolved copy does without."""
    try:
        return files.find(name, "regime", beside).resolve()
    except RegieError:
        return None


def _goes_on(own: Regime, regime: Regime) -> bool:
    """Return whether the later changes of a regime are those of the baseline: then they go on as they were."""
    return own is not regime and all(step.changes is None for step in own.steps)


def _check_day(from_day: object) -> None:
    if isinstance(from_day, bool) or not isinstance(from_day, int) or not 0 <= from_day <= LAST_DAY:
        raise RegieError(say("begins outside", last=LAST_DAY, day=shown(from_day)))


def _chosen(names: tuple[str, ...], only: Sequence[str]) -> tuple[str, ...]:
    only = [only] if isinstance(only, str) else only
    unknown = [no_such_organisation(name, names) for name in only if name not in names]
    if unknown:
        raise RegieError(below_one_another([_capital(text) for text in unknown]))
    return tuple(name for name in names if name in only) if only else names


def _capital(text: Said) -> Said:
    return Said(text.en[0].upper() + text.en[1:], text.nl[0].upper() + text.nl[1:])


def _check_changes(regime: Regime, names: tuple[str, ...], from_day: int) -> None:
    wrong = [m for entry in regime.changes for m in known_organisations(entry, names)]
    for entry in regime.changes:
        if (entry.day or 0) + from_day > LAST_DAY:
            text = say("after the last day", day=from_day, last=LAST_DAY)
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
