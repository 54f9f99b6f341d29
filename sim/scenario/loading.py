"""From the name of a scenario to the resolved scenario: files laid over one another, then checked as a whole.

Levers in force, each line overruling those above it:

* in the warm-up: defaults, the baseline regime, ``[levers]``, ``[organisations.NAME.levers]``, ``[warmup.levers]``,
  ``[organisations.NAME.warmup_levers]``, ``--set``;
* from day 0: defaults, the baseline regime, ``[levers]``, ``[organisations.NAME.levers]``, what the compared regime
  says beyond the baseline regime, ``--set``; then the dated ``[[changes]]``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.errors import RegieError, Said, nearest
from sim.scenario import files
from sim.scenario.bands import OwnBand, own_band, wrong_band
from sim.scenario.checks import check
from sim.scenario.files import Document
from sim.scenario.layers import DatedLevers, Layer, Leaf, lay_over, layer_of
from sim.scenario.mistakes import KeyPath, Mistake, refuse
from sim.scenario.parameters import MAX_KINDS, MAX_ORGANISATIONS, levers, parameters
from sim.scenario.payers import OF_SECTOR
from sim.scenario.regimes import BASELINE, Regime, known_organisations, load_regime, regime_changes
from sim.scenario.scenario import Change, Frozen, HelpKind, LeverTable, Organisation, RegimeLabel, Scenario, Value
from sim.scenario.schema import LAST_DAY, MOST_CHANGES, Kind
from sim.scenario.sentences import say

DEFAULT_START = dt.date(2005, 1, 1)
KIND_NUMBERS = (
    "share",
    "hours_per_week",
    "lasting_days",
    "short_share",
    "short_days",
    "episodic",
    "norm_days",
    "volunteers",
)
_NEEDED = ("sector", "share", "hours_per_week", "lasting_days")


def load(name_or_path: str | Path) -> Scenario:
    """Return the scenario of that name, or in that file.

    Raises:
        RegieError: With all mistakes at once.
    """
    return _from_document(files.read(files.find(name_or_path, "scenario"), "scenario"))


def from_text(text: str, name: str) -> Scenario:
    """Return the scenario that the text of a file describes.

    Raises:
        RegieError: With all mistakes at once.
    """
    return _from_document(files.from_text(text, name))


def _from_document(document: Document) -> Scenario:
    documents, mistakes = files.chain(document, "scenario")
    total = Layer()
    for each in documents:
        layer, wrong = layer_of(each, "scenario")
        mistakes += wrong
        if not wrong:
            mistakes += [replace(m, origin=each.label) for m in lay_over(total, layer)]
    mistakes += _resolved_mistakes(total, documents) + _too_many(total, document)
    texts = files.texts(documents)
    if mistakes:
        refuse(mistakes, texts)
    regime = _baseline(total, document, texts)
    mistakes += [*_incomplete(total), *_wrong_changes(total), *_wrong_bands(total)]
    if mistakes:
        refuse(mistakes, texts)
    scenario = _build(total, document, regime)
    labels = {each.origin: each.label for each in documents}
    wrong = [replace(m, origin=labels.get(m.origin, document.label)) for m in check(scenario)]
    if wrong:
        refuse(wrong, texts)
    return scenario


# --- checks that need to know which file said what -------------------------------------------------------


def _resolved_mistakes(total: Layer, documents: list[Document]) -> list[Mistake]:
    """Hold what only a resolved copy may say against whether this is one."""
    if ("resolved",) not in total.leaves:
        only_there = [p for p in total.leaves if p[2:3] == ("regime_levers",) and len(p) == 4]
        marked = [(e.label, (*e.path, "of")) for e in total.changes or () if e.of]
        places = [(total.leaves[p].label, p) for p in only_there] + marked
        return [Mistake(label, say("only resolved"), path) for label, path in places]
    own = say("resolved says all")
    wrong = [Mistake(total.leaves[p].label, own, p) for p in (("regime",), ("extends",)) if p in total.leaves]
    if total.leaves[("resolved",)].label != documents[-1].label:
        wrong.append(Mistake(documents[-1].label, say("resolved extended"), ("extends",)))
    return wrong


def _too_many(total: Layer, document: Document) -> list[Mistake]:
    counts = (
        ("kinds", len(total.under("kinds")), MAX_KINDS),
        ("organisations", len(total.under("organisations")), MAX_ORGANISATIONS),
        ("changes", len(total.changes or ()), MOST_CHANGES),
    )
    return [
        Mistake(document.label, say("too many", most=most, what=say(table), number=number), (table,))
        for table, number, most in counts
        if number > most
    ]


def _incomplete(total: Layer) -> list[Mistake]:
    return [
        Mistake(leaf.label, _needs(total, table, name, missing), (table, name))
        for table, needed in (("kinds", _NEEDED), ("organisations", _NEEDED[:1]))
        for name, leaf in total.under(table).items()
        if (missing := [key for key in needed if (table, name, key) not in total.leaves])
    ]


def _needs(total: Layer, table: str, name: str, missing: list[str]) -> Said:
    """Say what is missing; where the name is nearly one that is inherited, that one was probably meant."""
    inherited = [each for each, leaf in total.under(table).items() if leaf.label != total.leaves[table, name].label]
    keys = ", ".join(missing)
    hint = nearest(name, inherited)
    return say("not inherited", hint=hint, keys=keys) if hint else say("must say", keys=keys)


def _wrong_changes(total: Layer) -> list[Mistake]:
    start = total.get("start") or DEFAULT_START
    known = list(total.under("organisations"))
    wrong: list[Mistake] = []
    for entry in total.changes or ():
        wrong += _wrong_day(entry, start)
        wrong += known_organisations(entry, known)
    return wrong


def _wrong_bands(total: Layer) -> list[Mistake]:
    kinds, organisations = total.under("kinds"), total.under("organisations")
    return [
        mistake
        for name, leaf in total.under("bands").items()
        for mistake in wrong_band(name, _said_of_band(total, name), leaf.label, kinds, organisations)
    ]


def _said_of_band(total: Layer, name: str) -> dict[str, Any]:
    return {key: leaf.value for key, leaf in total.under("bands", name).items()}


def _wrong_day(entry: DatedLevers, start: dt.date) -> list[Mistake]:
    path: KeyPath = entry.path
    if not entry.levers:
        return [Mistake(entry.label, say("change needs levers"), path)]
    if (entry.day is None) == (entry.date is None):
        return [Mistake(entry.label, say("say when"), path)]
    if entry.date is not None and not 0 <= (entry.date - start).days <= LAST_DAY:
        last = start + dt.timedelta(days=LAST_DAY)
        text = say("date outside", first=start, last=last)
        return [Mistake(entry.label, text, (*path, "date"), entry.date)]
    return []


def _baseline(total: Layer, document: Document, texts: dict[str, str]) -> Regime | None:
    """Return the baseline regime; None for a resolved copy, which needs no regime file."""
    if ("resolved",) in total.leaves:
        return None
    leaf = total.leaves.get(("regime",), Leaf(BASELINE, "default", "", "none", document.label))
    beside = document.path.parent / "regimes" if document.path else None
    if files.is_path(leaf.value):
        refuse([Mistake(leaf.label, say("regime by name"), ("regime",), leaf.value)], texts)
    try:
        return load_regime(leaf.value, beside, path_too=False)
    except RegieError as error:
        refuse([Mistake(leaf.label, error.said, ("regime",), leaf.value)], texts)


# --- building --------------------------------------------------------------------------------------------


def _build(total: Layer, document: Document, regime: Regime | None) -> Scenario:
    kinds = tuple(_kind(total, name) for name in total.under("kinds"))
    kind_names = [kind.name for kind in kinds]
    organisations = tuple(_organisation(total, name, kind_names) for name in total.under("organisations"))
    place, warmup, after = _lever_tables(total, organisations, regime)
    names = tuple(o.name for o in organisations)
    title = _own(total, document, "title") or document.name
    description = total.get("description") or ""
    resolved = total.get("resolved") or {}
    baseline = regime.name if regime else resolved.get("baseline", BASELINE)
    return Scenario(
        name=_own(total, document, "name") or document.name,
        title=title,
        title_nl=_own(total, document, "title_nl") or title,
        description=description,
        description_nl=total.get("description_nl") or description,
        start=total.get("start") or DEFAULT_START,
        regime=resolved.get("regime", baseline),
        baseline=baseline,
        label=regime.label if regime else _label(resolved, baseline),
        values=_values(total),
        baseline_levers=warmup,
        place_levers=place,
        levers=after,
        kinds=kinds,
        organisations=organisations,
        changes=_all_changes(total, names, regime, place),
        folder=document.path.resolve().parent if document.path else None,
        bands=_bands(total),
    )


def _bands(total: Layer) -> Frozen[OwnBand]:
    stated = total.under("bands").items()
    return Frozen({name: own_band(name, _said_of_band(total, name), leaf.origin) for name, leaf in stated})


def _label(resolved: dict[str, str], baseline: str) -> RegimeLabel:
    """Return what a resolved copy says of its regime."""
    title, rationale = resolved.get("title") or resolved.get("regime", baseline), resolved.get("rationale") or ""
    dutch = resolved.get("title_nl") or title, resolved.get("rationale_nl") or rationale
    return RegimeLabel(title, dutch[0], rationale, dutch[1], resolved.get("group") or "")


def _own(total: Layer, document: Document, key: str) -> str:
    """Return name or title, which belong to the file that gives them, not to those that extend it; else nothing."""
    leaf = total.leaves.get((key,))
    return str(leaf.value) if leaf is not None and leaf.label == document.label else ""


def default_value(name: str) -> Value:
    """Return the declared default of a parameter with its source."""
    parameter = parameters()[name]
    return Value(parameter.default, "default", parameter.source, parameter.status)


def _values(total: Layer) -> Frozen[Value]:
    given = total.under("parameters")
    fixed = [name for name in parameters() if name not in levers()]
    return Frozen({n: given[n].as_value() if n in given else default_value(n) for n in fixed})


def _given(total: Layer, path: KeyPath) -> Value:
    """Return a number of a kind or organisation; what has no source of its own has that of its table."""
    leaf, table = total.leaves[path], path[:2]
    source = total.leaves.get((*table, "source"))
    own = leaf.source or leaf.status != "none" or ("resolved",) in total.leaves
    if own or source is None or source.origin != leaf.origin:
        return leaf.as_value()
    return Value(leaf.value, leaf.origin, source.value, total.get(*table, "status") or "none")


def _kind(total: Layer, name: str) -> HelpKind:
    said = {key: leaf.value for key, leaf in total.under("kinds", name).items()}
    given: dict[str, Value] = {}
    for key in KIND_NUMBERS:
        known = ("kinds", name, key) in total.leaves
        given[key] = _given(total, ("kinds", name, key)) if known else _default_of_kind(key)
    numbers: dict[str, Any] = {key: value.value for key, value in given.items()}
    title = said.get("title", name)
    return HelpKind(
        name=name,
        title=title,
        title_nl=said.get("title_nl", title),
        sector=said["sector"],
        payer=said.get("payer") or OF_SECTOR[said["sector"]],
        source=said.get("source", ""),
        status=said.get("status", "none"),
        given=Frozen(given),
        **numbers,
    )


def _default_of_kind(key: str) -> Value:
    return Value(Kind.model_fields[key].default, "default")


def _organisation(total: Layer, name: str, kinds: list[str]) -> Organisation:
    said = {key: leaf.value for key, leaf in total.under("organisations", name).items()}
    table = ("organisations", name)
    staff = in_order({k: leaf.value for k, leaf in total.under(*table, "staff").items() if leaf.value}, kinds)
    given = {f"staff.{kind}": _given(total, (*table, "staff", kind)) for kind in staff}
    renown = _given(total, (*table, "renown")) if "renown" in said else Value(1.0, "default")
    own = {lever: leaf.as_value() for lever, leaf in total.under(*table, "levers").items()}
    title = said.get("title", name)
    return Organisation(
        name=name,
        title=title,
        title_nl=said.get("title_nl", title),
        sector=said["sector"],
        renown=float(renown.value),
        staff=Frozen(staff),
        levers=Frozen(in_order(own, list(levers()))),
        source=said.get("source", ""),
        status=said.get("status", "none"),
        given=Frozen({"renown": renown, **given}),
    )


def in_order(items: dict[str, Any], order: list[str]) -> dict[str, Any]:
    """Return ``items`` in the order of ``order``; what is not in it comes last."""
    return {**{key: items[key] for key in order if key in items}, **items}


def _lever_tables(
    total: Layer, organisations: tuple[Organisation, ...], regime: Regime | None
) -> tuple[LeverTable, LeverTable, LeverTable]:
    """Return the levers of each organisation: of the place, in the warm-up, and from day 0."""
    common = {name: default_value(name) for name in levers()} | dict(regime.levers if regime else {})
    common |= _as_values(total.under("levers"))
    warmup_common = _as_values(total.under("warmup", "levers"))
    place, warmup, after = {}, {}, {}
    for organisation in organisations:
        table = ("organisations", organisation.name)
        here = common | dict(organisation.levers)
        place[organisation.name] = Frozen(here)
        own_warmup = _as_values(total.under(*table, "warmup_levers"))
        warmup[organisation.name] = Frozen(here | warmup_common | own_warmup)
        after[organisation.name] = Frozen(here | _as_values(total.under(*table, "regime_levers")))
    return Frozen(place), Frozen(warmup), Frozen(after)


def _as_values(leaves: dict[str, Leaf]) -> dict[str, Value]:
    return {name: leaf.as_value() for name, leaf in leaves.items()}


def _all_changes(total: Layer, names: tuple[str, ...], regime: Regime | None, place: LeverTable) -> tuple[Change, ...]:
    start = total.get("start") or DEFAULT_START
    own = [
        Change(_day(entry, start), _who(entry, names), lever, leaf.as_value(), entry.of)
        for entry in total.changes or ()
        for lever, leaf in entry.levers.items()
    ]
    of_regime = regime_changes(regime, names, place, 0) if regime else []
    return tuple(sorted([*own, *of_regime], key=lambda change: change.day))


def _day(entry: DatedLevers, start: dt.date) -> int:
    return entry.day if entry.day is not None else (entry.date - start).days  # type: ignore[operator]


def _who(entry: DatedLevers, names: tuple[str, ...]) -> tuple[str, ...]:
    return names if entry.organisations is None else tuple(n for n in names if n in entry.organisations)
