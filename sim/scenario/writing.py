"""Scenarios as text: the resolved copy that is kept beside a result, and a file to start from.

A resolved copy is an ordinary scenario file that needs no other file. What it has beyond others:

* ``[resolved]`` says so, and names the regimes; no regime file is read;
* ``origin`` stands beside each value, and is kept when the copy is loaded;
* ``[organisations.NAME.regime_levers]`` holds what the compared regime sets from day 0;
* ``of`` marks the changes that belong to that regime.

Any file may use ``[warmup.levers]`` and ``[organisations.NAME.warmup_levers]``: levers in the warm-up alone.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import Any

import tomli_w

from sim.errors import RegieError
from sim.scenario import files
from sim.scenario.bands import OwnBand
from sim.scenario.loading import KIND_NUMBERS, default_value, load
from sim.scenario.mistakes import plain, printable, shown
from sim.scenario.parameters import Number, Parameter, levers, parameters
from sim.scenario.scenario import Change, HelpKind, Organisation, RegimeLabel, Scenario, Value
from sim.scenario.schema import NAME_PATTERN
from sim.scenario.sentences import say
from sim.scenario.units import unit_in

# --- the resolved copy -----------------------------------------------------------------------------------


def resolved(scenario: Scenario) -> str:
    """Return the resolved copy; see `Scenario.to_toml`."""
    common = _common_levers(scenario)
    lines = [
        "# A resolved scenario, written beside a result: every value, the file that set it (origin), its source",
        "# and how sure that is (status). It needs no other file.",
        *assigned(name=scenario.name, title=scenario.title, title_nl=scenario.title_nl),
        *assigned(description=scenario.description, description_nl=scenario.description_nl, start=scenario.start),
        *_section("resolved", [*assigned(regime=scenario.regime, baseline=scenario.baseline), *_label(scenario.label)]),
        *_section("parameters", _values(scenario.values)),
        *_section("levers", _values(common)),
    ]
    for kind in scenario.kinds:
        lines += _section(f"kinds.{kind.name}", _kind(kind))
    for organisation in scenario.organisations:
        lines += _organisation(scenario, organisation)
    lines += _changes(scenario.changes)
    for name, band in scenario.bands.items():
        lines += _section(f'bands."{name}"', _band(band))
    return "\n".join(lines) + "\n"


def _band(band: OwnBand) -> list[str]:
    said = {key: value for key, value in dataclasses.asdict(band).items() if value is not None}
    return assigned(**said)


def _label(label: RegimeLabel) -> list[str]:
    titles = assigned(title=label.title, title_nl=label.title_nl)
    group = assigned(group=label.group) if label.group else []
    return [*titles, *assigned(rationale=label.rationale, rationale_nl=label.rationale_nl), *group]


def _common_levers(scenario: Scenario) -> dict[str, Value]:
    """Return the levers that organisations without one of their own have."""
    return {lever: _common_lever(scenario, lever) for lever in levers()}


def _common_lever(scenario: Scenario, lever: str) -> Value:
    for organisation in scenario.organisations:
        if lever not in organisation.levers:
            return scenario.place_levers[organisation.name][lever]
    return default_value(lever)


def _section(name: str, lines: list[str]) -> list[str]:
    return ["", f"[{name}]", *lines]


def assigned(**items: Any) -> list[str]:
    """Return a line for each key and value."""
    return [_assigned(key, value) for key, value in items.items()]


def _assigned(key: str, value: Any) -> str:
    return tomli_w.dumps({key: value}).strip()


def _values(values: Mapping[str, Value]) -> list[str]:
    return [f"{name} = {noted(value)}" for name, value in values.items()]


def noted(value: Value) -> str:
    """Return a value with its source and status, and its origin where it has one."""
    origin = {"origin": value.origin} if value.origin else {}
    items = assigned(value=value.value, **origin, source=value.source, status=value.status)
    return "{ " + ", ".join(items) + " }"


def _kind(kind: HelpKind) -> list[str]:
    labels = assigned(title=kind.title, title_nl=kind.title_nl, sector=kind.sector, payer=kind.payer)
    numbers = _values({key: kind.given[key] for key in KIND_NUMBERS})
    return [*labels, *numbers, *assigned(source=kind.source, status=kind.status)]


def _organisation(scenario: Scenario, organisation: Organisation) -> list[str]:
    name = organisation.name
    table = f"organisations.{name}"
    place, warmup, after = (
        levers_of[name] for levers_of in (scenario.place_levers, scenario.baseline_levers, scenario.levers)
    )
    given = organisation.given
    labels = assigned(title=organisation.title, title_nl=organisation.title_nl, sector=organisation.sector)
    labels += assigned(source=organisation.source, status=organisation.status)
    staff = {kind: given[f"staff.{kind}"] for kind in organisation.staff}
    parts = {
        "staff": staff,
        "levers": organisation.levers,
        "warmup_levers": {lever: v for lever, v in warmup.items() if v != place[lever]},
        "regime_levers": {lever: v for lever, v in after.items() if v != place[lever]},
    }
    lines = _section(table, [*labels, *_values({"renown": given["renown"]})])
    for part, values in parts.items():
        lines += _section(f"{table}.{part}", _values(values)) if values else []
    return lines


def _changes(changes: tuple[Change, ...]) -> list[str]:
    """Write changes of one moment and the same organisations as one entry.

    Levers of an entry are read in the order in which they are declared, so only those that follow in that
    order may share one: later entries overrule earlier ones.
    """
    order = list(levers())
    lines: list[str] = []
    last: Change | None = None
    for change in changes:
        follows = last is not None and order.index(last.lever) < order.index(change.lever)
        if not (follows and last and _moment(last) == _moment(change)):
            lines += _entry(change)
        lines.append(f"{change.lever} = {noted(change.value)}")
        last = change
    return lines


def _moment(change: Change) -> tuple[int, tuple[str, ...], str]:
    return change.day, change.organisations, change.of


def _entry(change: Change) -> list[str]:
    who = ", ".join(f'"{name}"' for name in change.organisations)
    head = ["", "[[changes]]", *assigned(day=change.day), f"organisations = [{who}]"]
    return [*head, *(assigned(of=change.of) if change.of else []), "[changes.levers]"]


# --- a file to start from --------------------------------------------------------------------------------

_WORDS = {
    "en": {
        "top": "A scenario: only what differs from '{extends}' need be said. Take away the # before a line and "
        "change it. Check with: regie validate {name}.toml",
        "description": "What this scenario describes.",
        "start": "Date of day 0.",
        "regime": "The regime of the warm-up: how things were before day 0. `regie regimes` lists them.",
        "parameters": "Parameters: properties of the world. A value may carry its source: "
        'zones = {{ value = 4, source = "town register 2005", status = "V" }}',
        "levers": "Levers of all organisations, in the warm-up and after; a compared regime overrules them.",
        "kinds": "Kinds of help. A new one needs a name of its own; false takes one away.",
        "organisations": "Organisations; staff is the number of workers per zone. false takes one away.",
        "changes": "Changes of levers from a day on (or date = 2007-01-01).",
        "default": "default",
        "range": "{low} to {high}",
        "choice": "true or false",
    },
    "nl": {
        "top": "Een scenario: alleen wat verschilt van '{extends}' hoeft erin. Haal het # voor een regel weg en "
        "verander die. Controleer met: regie validate {name}.toml",
        "description": "Wat dit scenario beschrijft.",
        "start": "Datum van dag 0.",
        "regime": "Het regime van de aanloop: hoe het was vóór dag 0. `regie regimes` noemt ze.",
        "parameters": "Parameters: eigenschappen van de wereld. Een waarde kan haar bron noemen: "
        'zones = {{ value = 4, source = "gemeenteregister 2005", status = "V" }}',
        "levers": "Knoppen van alle organisaties, in de aanloop en erna; een vergeleken regime gaat voor.",
        "kinds": "Soorten hulp. Een nieuwe heeft een eigen naam nodig; false haalt er een weg.",
        "organisations": "Organisaties; staff is het aantal medewerkers per zone. false haalt er een weg.",
        "changes": "Veranderingen van knoppen vanaf een dag (of date = 2007-01-01).",
        "default": "standaard",
        "range": "{low} tot {high}",
        "choice": "true (ja) of false (nee)",
    },
}


def new_scenario(name: str, extends: str = "one-zone", lang: str = "en") -> str:
    """Return the text of a commented scenario to start from, generated from the declarations.

    Args:
        name: Name of the new scenario: letters, digits, ``-`` and ``_``.
        extends: Name of the scenario it is a variant of.
        lang: ``"en"`` or ``"nl"``: language of the comments.

    Raises:
        RegieError: If the name cannot be one, or ``extends`` is no scenario.
    """
    check_new(name, extends)
    parent = load(extends)
    words = {
        key: text.format(name=name, extends=extends, low="{low}", high="{high}") for key, text in _of(lang).items()
    }
    title = name.replace("-", " ").replace("_", " ").capitalize()
    lines = [
        *comment(words["top"]),
        *assigned(title=title, title_nl=title),
        *assigned(description=words["description"], description_nl=_WORDS["nl"]["description"], extends=extends),
        *comment(words["start"]),
        "# " + _assigned("start", parent.start),
        *comment(words["regime"]),
        "# " + _assigned("regime", parent.baseline),
        *_headed("parameters", words["parameters"], _declared(dict(parent.values), lang, words)),
        *_headed("levers", words["levers"], _declared(_common_levers(parent), lang, words)),
        *_examples(parent, words),
    ]
    return "\n".join(lines) + "\n"


def _of(lang: str) -> dict[str, str]:
    return _WORDS["nl" if lang == "nl" else "en"]


def check_new(name: str, extends: str) -> None:
    """Raise a RegieError where ``name`` cannot be that of a new scenario, or ``extends`` not that of its parent."""
    if not re.fullmatch(NAME_PATTERN, name):
        raise RegieError(say("no new name", name=shown(name)))
    if name == extends or name in files.names("scenario"):
        raise RegieError(say("name taken", name=printable(name)))
    if files.is_path(extends):
        raise RegieError(say("extends a path", name=shown(extends)))


def comment(text: str, first: str = "", rest: str = "") -> list[str]:
    """Return a text as lines of comment, the first begun by ``first`` and the others by ``rest``."""
    begin, go_on = f"# {first}", f"# {rest}"
    return fill(text, 100, initial_indent=begin, subsequent_indent=go_on, break_long_words=False).split("\n")


def _headed(table: str, text: str, lines: list[str]) -> list[str]:
    return ["", *comment(text), f"[{table}]", *lines]


def _declared(values: Mapping[str, Value], lang: str, words: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    for name, value in values.items():
        parameter = parameters()[name]
        about = parameter.nl if lang == "nl" else parameter.en
        lines += ["", *comment(f"{about} ({unit_in(parameter.unit, lang)}; {_limits(parameter, value.value, words)})")]
        lines.append("# " + _assigned(name, value.value))
    return lines


def _limits(parameter: Parameter, value: Number, words: Mapping[str, str]) -> str:
    if parameter.type == "bool":
        return words["choice"]
    low, high = parameter.range
    text = words["range"].format(low=plain(low), high=plain(high))
    return text if value == parameter.default else f"{text}; {words['default']} {plain(parameter.default)}"


def _examples(parent: Scenario, words: Mapping[str, str]) -> Iterator[str]:
    """Yield, commented out, the kinds and organisations as they are, and a change."""
    yield from ["", *comment(words["kinds"])]
    for kind in parent.kinds:
        yield f"# [kinds.{kind.name}]"
        labels = assigned(title=kind.title, title_nl=kind.title_nl, sector=kind.sector, payer=kind.payer)
        yield from ("# " + line for line in labels)
        yield from ("# " + _assigned(key, getattr(kind, key)) for key in KIND_NUMBERS)
        yield ""
    yield from comment(words["organisations"])
    for organisation in parent.organisations:
        yield f"# [organisations.{organisation.name}]"
        about = assigned(title=organisation.title, title_nl=organisation.title_nl, sector=organisation.sector)
        yield from ("# " + line for line in [*about, *assigned(renown=organisation.renown)])
        yield "# staff = { " + ", ".join(f"{kind} = {number}" for kind, number in organisation.staff.items()) + " }"
        yield ""
    yield from comment(words["changes"])
    yield from ["# [[changes]]", "# day = 365", f'# organisations = ["{parent.organisations[0].name}"]']
    yield "# levers = { control = 0.2 }"
