"""The sheets that say what results mean and rest on: definitions, ways of steering, and the scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from sim.report.assumptions import DEFAULT, lever_signature, lever_text
from sim.report.book import Book
from sim.report.conclusion import badge
from sim.report.sheet_words import KIND_UNITS, KINDS, SHEETS, TERMS
from sim.report.workbook import Cell, Number, Sheet
from sim.scenario.groups import GROUPS
from sim.scenario.parameters import Parameter, levers, parameters
from sim.scenario.scenario import HelpKind, Organisation, Scenario, Value
from sim.scenario.units import unit_in
from sim.study.compare import Difference
from sim.study.outcomes import Outcome
from sim.study.statistics import Verdict

_DIRECTIONS = {-1: "less is better", 0: "neither better", 1: "more is better"}


# --- definitions -----------------------------------------------------------------------------------------


def definitions(book: Book) -> Sheet:
    """Return what every outcome, verdict and term means."""
    rows = [_outcome(book, outcome) for outcome in book.comparison.outcome_list]
    rows += [_verdict(book, verdict) for verdict in get_args(Verdict)]
    rows += [_term(book, term) for term in TERMS]
    columns = ("sort", "outcome", "name", "main", "unit", "direction", "smallest_difference", "says")
    return Sheet(book.tell("definitions", SHEETS), book.heads(*columns), rows)


def _outcome(book: Book, outcome: Outcome) -> list[Cell]:
    return [
        book.tell("result"),
        book.labels[outcome.name],
        outcome.name,
        book.main(outcome),
        book.unit(outcome),
        book.words(_DIRECTIONS[outcome.direction]),
        Number(outcome.smallest_difference, "General"),
        outcome.says(book.words.language),
    ]


def _verdict(book: Book, verdict: str) -> list[Cell]:
    shown = badge(book.words, verdict)
    return [book.tell("verdict"), shown.text, verdict, None, None, None, None, shown.help]


def _term(book: Book, term: str) -> list[Cell]:
    label = book.tell("interval") if term == "interval" else book.heads(term)[0]
    name = "low, high" if term == "interval" else term if term in Difference.__annotations__ else None
    return [book.tell("term"), label, name, None, None, None, None, book.tell(term, TERMS)]


# --- ways of steering ------------------------------------------------------------------------------------


def ways(book: Book) -> Sheet:
    """Return why each way of steering is compared, and the levers in which it differs from the baseline."""
    rows = [row for arm in book.arms for row in _way(book, arm)]
    columns = ("way", "name", "why", "lever", "name", "baseline value", "here", "unit")
    return Sheet(book.tell("ways", SHEETS), book.heads(*columns), rows)


def _way(book: Book, arm: str) -> Iterator[list[Cell]]:
    comparison = book.comparison
    base, here = comparison.scenarios[comparison.baseline], comparison.scenarios[arm]
    why = " ".join(book.words.choose(comparison.label(arm), "rationale").split())  # files break lines where they like
    head: list[Cell] = [book.titles[arm], arm]
    differing = [lever for lever in levers() if lever_signature(here, lever) != lever_signature(base, lever)]
    if not differing:
        yield [*head, why, book.tell("baseline" if arm == comparison.baseline else "same")]
    for position, name in enumerate(differing):
        lever = levers()[name]
        values = _lever(book, base, name), _lever(book, here, name)
        yield [*head, None if position else why, _describes(book, lever), name, *values, _unit(book, lever.unit)]


def _lever(book: Book, scenario: Scenario, lever: str) -> Cell:
    """Return the value of a lever, or in words how it differs between organisations or changes later."""
    values = {scenario.levers[o.name][lever].value for o in scenario.organisations}
    changes = any(change.lever == lever for change in scenario.changes)
    return lever_text(book.words, scenario, lever) if changes or len(values) != 1 else _value(book, values.pop())


# --- the scenario ----------------------------------------------------------------------------------------


def scenario(book: Book) -> Sheet:
    """Return every number that the model used, under the name by which ``--set`` changes it."""
    here = book.comparison.scenarios[book.comparison.baseline]
    rows = [_parameter(book, parameters()[name], name, value) for name, value in here.values.items()]
    rows += [row for kind in here.kinds for row in _kind(book, kind)]
    rows += [row for organisation in here.organisations for row in _organisation(book, here, organisation)]
    rows += [row for lever in levers().values() for row in _levers(book, here, lever)]
    columns = ("group", "parameter", "name", "value", "unit", "plausible low", "plausible high")
    return Sheet(book.tell("scenario", SHEETS), book.heads(*columns, "status", "source", "origin"), rows)


def _parameter(book: Book, parameter: Parameter, name: str, value: Value) -> list[Cell]:
    group, what = GROUPS[parameter.group].in_language(book.words.language), _describes(book, parameter)
    low, high = parameter.plausible if parameter.kind == "uncertainty" else (None, None)
    return _row(book, group, what, name, value, parameter.unit, low, high)


def _levers(book: Book, here: Scenario, lever: Parameter) -> Iterator[list[Cell]]:
    """Yield a lever as it is from day 0 under the baseline: once, or for each organisation where they differ."""
    values = {organisation.name: here.levers[organisation.name][lever.name] for organisation in here.organisations}
    first = next(iter(values.values()), None)
    if first is not None and all(value == first for value in values.values()):
        yield _parameter(book, lever, lever.name, first)
    else:
        for name, value in values.items():
            yield _parameter(book, lever, f"organisations.{name}.levers.{lever.name}", value)


def _kind(book: Book, kind: HelpKind) -> Iterator[list[Cell]]:
    for field, value in kind.given.items():
        what = book.tell("of kind", kind=book.words.choose(kind), what=book.tell(field, KINDS))
        name, unit = f"kinds.{kind.name}.{field}", KIND_UNITS[field]
        yield _row(book, book.words("kinds of help"), what, name, value, unit)


def _organisation(book: Book, here: Scenario, organisation: Organisation) -> Iterator[list[Cell]]:
    kinds = {kind.name: book.words.choose(kind) for kind in here.kinds}
    title = book.words.choose(organisation)
    for field, value in organisation.given.items():
        name, craft = f"organisations.{organisation.name}.{field}", field.removeprefix("staff.")
        if field == "renown":
            what, unit = book.tell("renown", organisation=title), "relative to the others"
        else:
            what, unit = book.tell("staff", organisation=title, kind=kinds.get(craft, craft)), "workers per zone"
        yield _row(book, book.words("organisations"), what, name, value, unit)


def _row(
    book: Book,
    group: str,
    what: str,
    name: str,
    value: Value,
    unit: str,
    low: float | None = None,
    high: float | None = None,
) -> list[Cell]:
    status = book.words(f"status {value.status}")
    numbers = _value(book, value.value), _unit(book, unit), low, high
    origin = book.tell("default") if value.origin == DEFAULT else value.origin
    return [group, what, name, *numbers, status, value.source, origin]


def _value(book: Book, value: float | bool) -> Cell:
    return book.words.plain(value) if isinstance(value, bool) else value


def _unit(book: Book, unit: str) -> str:
    return unit_in(unit, book.words.language)


def _describes(book: Book, parameter: Parameter) -> str:
    return parameter.nl if book.words.language == "nl" else parameter.en
