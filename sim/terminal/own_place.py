"""``regie new``: a scenario of one's own place, from questions or a workbook, and what is told about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.errors import RegieError, Said
from sim.files import atomically
from sim.scenario.bands import parts_of
from sim.scenario.own_place import Place
from sim.scenario.scenario import Scenario
from sim.scenario.writing import check_new
from sim.study.defaults import BUILT_ON
from sim.terminal.ending import columns, wrapped
from sim.terminal.frame import tell
from sim.terminal.phrases import PHRASES, Language, number, say

if TYPE_CHECKING:
    from sim.study.first_look import Look


_OF_LISTS = {"listed": "look listed", "list_wait_weeks": "look list_wait_weeks"}


def can_ask() -> bool:
    """Return whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def write_commented(name: str, extends: str, language: Language) -> None:
    """Write a commented scenario to start from."""
    from sim.scenario.writing import new_scenario

    _write(Path(f"{name}.toml"), new_scenario(name, extends or "one-zone", language).encode(), "written", language)


def write_template(name: str, extends: str, language: Language) -> None:
    """Write the workbook to fill in."""
    from sim.scenario.template import workbook

    base = extends or BUILT_ON
    check_new(name, base)
    content = workbook(name, Scenario.load(base), language)
    _write(Path(f"{name}.xlsx"), content, "template written", language, name=name)


def from_workbook(name: str, extends: str, workbook: str, language: Language) -> None:
    """Write the scenario of a filled-in workbook."""
    from sim.scenario.filled_in import base_of, place_of
    from sim.scenario.listing import scenario_names

    check_new(name, extends or BUILT_ON)
    path = Path(workbook)
    said = base_of(path)
    base = extends or (said if said in scenario_names() else BUILT_ON)
    _write_place(place_of(path, name, Scenario.load(base)), language)


def from_questions(name: str, extends: str, language: Language) -> None:
    """Ask about a place, and write its scenario."""
    from sim.terminal.asking import ask_place

    check_new(name, extends or BUILT_ON)
    _refuse_existing(Path(f"{name}.toml"))
    _write_place(ask_place(name, extends, language), language)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise RegieError(PHRASES("exists", path=path))


def _write(path: Path, content: bytes, key: str, language: Language, **filling: object) -> None:
    _refuse_existing(path)
    with atomically(path) as file:
        file.write(content)
    click.echo(say(key, language, path=f".{os.sep}{path}", **filling))


def _write_place(place: Place, language: Language) -> None:
    from sim.scenario.place_file import description, file_of
    from sim.scenario.seats import plan_of
    from sim.scenario.thin import load_said, thin_data

    path = Path(f"{place.name}.toml")
    _refuse_existing(path)
    plan = plan_of(place)
    first = Scenario.from_toml(file_of(place, plan, (), language), place.name)
    thin = thin_data(place, plan, first)
    _write(path, file_of(place, plan, thin, language).encode(), "written", language)
    _paragraph(description(place), language)
    _points(say("thin", language), thin, language)
    _points(say("can bear", language), load_said(first), language)
    _look(first, language)


def _paragraph(text: Said, language: Language) -> None:
    click.echo("\n" + "\n".join(wrapped(text.in_language(language))))


def _points(heading: str, said: Iterable[Said], language: Language) -> None:
    click.echo("\n" + "\n".join(wrapped(heading)))
    for text in said:
        first, *rest = wrapped(text.in_language(language), columns() - 2)
        click.echo("\n".join([f"- {first}", *(f"  {line}" for line in rest)]))


def _look(scenario: Scenario, language: Language) -> None:
    """Hold the lists that were given against those of a few worlds of the model."""
    from sim.model.compiling import is_compiled
    from sim.study.first_look import first_look, own_lists
    from sim.study.runs import compile_model

    if not own_lists(scenario):
        return
    if not is_compiled():
        tell(say("compiling", language))
        compile_model(scenario)
    looks = first_look(scenario)
    _points(say("lists beside", language), [_looked(each, scenario, language) for each in looks], language)
    _paragraph(PHRASES("lists agree" if all(each.inside for each in looks) else "lists differ"), language)


def _looked(look: Look, scenario: Scenario, language: Language) -> Said:
    band = look.band
    numbers = {name: number(value, language, 1) for name, value in _numbers(look).items()}
    what = PHRASES(_OF_LISTS[parts_of(band.name).base], who=_whose(scenario, band.name), **numbers)
    return what + PHRASES("look inside" if look.inside else "look outside", **numbers)


def _whose(scenario: Scenario, name: str) -> Said:
    """Return of what or whom a list is: a kind of help, an organisation, or all."""
    _, by, who = parts_of(name)
    members = scenario.kinds if by == "kind" else scenario.organisations
    found = [Said(each.title, each.title_nl) for each in members if each.name == who]
    return found[0] if found else PHRASES("all lists")


def _numbers(look: Look) -> dict[str, float]:
    return {"own": look.band.value or 0.0, "mean": look.mean, "low": look.band.low, "high": look.band.high}
