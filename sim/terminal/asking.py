"""Questions about a place of one's own, one at a time: the usual answer between brackets, a wrong one asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from sim.errors import RegieError, Said, Sentences, nearest
from sim.scenario.own_place import Place, Staffing, Waiting, older_of_base, slug, usual_zones
from sim.scenario.own_place import called as _called
from sim.scenario.place_fields import Field, answer, fields, fields_of
from sim.scenario.scenario import HelpKind, Scenario
from sim.scenario.sentences import decimal, thousands
from sim.scenario.thin import small_letter
from sim.study.defaults import BUILT_ON
from sim.terminal.ending import wrapped
from sim.terminal.phrases import Language

Ask = Callable[[str], str]

QUESTIONS = Sentences(
    {
        "welcome": (
            "A few questions about your place. Enter takes the answer between brackets; ? explains; "
            "Ctrl-C stops, and then nothing is written.",
            "Een paar vragen over uw plaats. Enter neemt het antwoord tussen haakjes; ? geeft uitleg; "
            "Ctrl-C stopt, en dan wordt er niets geschreven.",
        ),
        "not known": ("not known", "niet bekend"),
        "none": ("none", "geen"),
        "base": (
            "Which organisations and kinds of help to begin with: {names}",
            "Met welke organisaties en soorten hulp te beginnen: {names}",
        ),
        "base help": (
            "What you do not know about your place is taken from this scenario. `regie scenarios` says what each is.",
            "Wat u van uw plaats niet weet, komt uit dit scenario. `regie scenarios` zegt wat elk is.",
        ),
        "no base": ("must be one of {names}.{hint}", "moet een van {names} zijn.{hint}"),
        "knows staff": (
            "Do you know how many workers the organisations have?",
            "Weet u hoeveel medewerkers de organisaties hebben?",
        ),
        "knows staff help": (
            "Without, as many are assumed for each person of 65 or older as in '{base}'.",
            "Zonder wordt aangenomen: per 65-plusser evenveel als in '{base}'.",
        ),
        "staff": ("{organisation} – {kind}: workers", "{organisation} – {kind}: medewerkers"),
        "staff help": (
            "People in the whole place, such as 45, or full-time equivalents, such as 28.5 fte. 0 where there is "
            "nobody.",
            "Mensen in de hele plaats, zoals 45, of fulltime banen, zoals 28,5 fte. 0 waar er geen zijn.",
        ),
        "about": ("about {number}, assumed", "ongeveer {number}, aangenomen"),
        "another": ("Another organisation: its name", "Nog een organisatie: haar naam"),
        "another help": (
            "An organisation that was not asked about, such as a second provider of household help.",
            "Een organisatie waar niet naar is gevraagd, zoals een tweede aanbieder van huishoudelijke hulp.",
        ),
        "kind": ("{organisation}: kind of help", "{organisation}: soort hulp"),
        "kind help": ("One of: {names}.", "Een van: {names}."),
        "no kind": (
            "There is no kind of help '{name}'.{hint} There are: {names}.",
            "Er is geen soort hulp '{name}'.{hint} Er zijn: {names}.",
        ),
        "no name": ("must be a name with letters or digits.", "moet een naam met letters of cijfers zijn."),
        "knows lists": ("Do you know how many people are waiting?", "Weet u hoeveel mensen er wachten?"),
        "knows lists help": (
            "Lists change nothing in the model: the outcome is held against them.",
            "Wachtlijsten veranderen niets in het model: de uitkomst wordt ernaast gehouden.",
        ),
        "by": (
            "By kind of help or by organisation: kind or organisation",
            "Per soort hulp of per organisatie: soort of organisatie",
        ),
        "by help": ("Choose how your lists are kept.", "Kies hoe uw wachtlijsten zijn ingedeeld."),
        "no by": ("must be kind or organisation.", "moet soort of organisatie zijn."),
        "list": ("{who}: {what}", "{who}: {what}"),
        "yes or no": ("must be yes or no.", "moet ja of nee zijn."),
        "answer": ("'{given}': the answer {rule}", "'{given}': het antwoord {rule}"),
    }
)
_YES, _NO = ("y", "yes", "j", "ja"), ("n", "no", "nee")
_BY = {"kind": "kind", "soort": "kind", "k": "kind", "s": "kind", "organisation": "organisation"}
_BY |= {"organisatie": "organisation", "o": "organisation"}


class Asker:
    """Asks, explains and asks again, in one language."""

    def __init__(self, language: Language, ask: Ask) -> None:
        """Take the language, and the function that shows a question and returns what was typed."""
        self.language, self.ask = language, ask

    def say(self, text: Said) -> None:
        """Show a text in lines."""
        for line in wrapped(text.in_language(self.language)):
            click.echo(line)

    def one(self, question: Said, help_text: Said, usual: Said, read: Callable[[str], Any]) -> Any:
        """Ask until ``read`` takes the answer; None where Enter took the usual one."""
        while True:
            told = Said(f"{question.en} [{usual.en}]:", f"{question.nl} [{usual.nl}]:").in_language(self.language)
            typed = self.ask("\n".join(wrapped(told))).strip()
            if not typed:
                return None
            if typed == "?":
                self.say(help_text)
                continue
            try:
                return read(typed)
            except RegieError as mistake:
                self.say(QUESTIONS("answer", given=typed[:60], rule=mistake.said))

    def field(self, field: Field, usual: Said, inhabitants: float | None = None, question: Said | None = None) -> Any:
        """Ask for a field."""
        asked = question or _labelled(field)
        return self.one(asked, field.help, usual, lambda typed: answer(field, typed, inhabitants))

    def yes(self, key: str, **filling: object) -> bool:
        """Ask whether something is so; the usual answer is no."""
        usual = Said("no", "nee")
        return bool(self.one(QUESTIONS(key), QUESTIONS(f"{key} help", **filling), usual, _yes))


def typed_at_terminal(question: str) -> str:
    """Show a question and return the line typed; Ctrl-C and the end of input stop everything."""
    return str(click.prompt(question, default="", show_default=False, prompt_suffix=" "))


def ask_place(name: str, extends: str, language: Language, ask: Ask = typed_at_terminal) -> Place:
    """Ask about a place and return it.

    Args:
        name: Name of the scenario.
        extends: The scenario to build on; empty: that is asked too.
        language: Language of the questions.
        ask: Shows a question and returns what was typed.
    """
    asker = Asker(language, ask)
    asker.say(QUESTIONS("welcome"))
    base = Scenario.load(extends or _ask_base(asker))
    told = _ask_world(asker, name, base)
    place = Place(name=name, base=base, **told)
    staff = tuple(_ask_staff(asker, place)) if asker.yes("knows staff", base=base.name) else ()
    lists = tuple(_ask_lists(asker, base, staff)) if asker.yes("knows lists") else ()
    source = asker.field(fields()["source"], Said("own data", "eigen gegevens")) or ""
    return Place(name=name, base=base, staff=staff, lists=lists, source=source, **told)


def _ask_base(asker: Asker) -> str:
    from sim.scenario.listing import scenario_names

    names = ", ".join(scenario_names())

    def read(typed: str) -> str:
        if typed in scenario_names():
            return typed
        raise RegieError(QUESTIONS("no base", names=names, hint=nearest(typed, scenario_names())))

    usual = Said(BUILT_ON, BUILT_ON)
    return str(asker.one(QUESTIONS("base", names=names), QUESTIONS("base help"), usual, read) or BUILT_ON)


def _ask_world(asker: Asker, name: str, base: Scenario) -> dict[str, Any]:
    by_name = {field.name: field for field in fields_of("place")}
    title = name.replace("-", " ").replace("_", " ").capitalize()
    told: dict[str, Any] = {"title": asker.field(by_name["title"], Said(title, title)) or title}
    usual = int(by_name["inhabitants"].usual or 0)
    inhabitants = asker.field(by_name["inhabitants"], thousands(usual)) or usual
    older = round(inhabitants * older_of_base(base) / float(base["inhabitants"]))
    told |= {"inhabitants": inhabitants}
    told["older"] = asker.field(by_name["older"], thousands(older), inhabitants) or float(older)
    told["zones"] = asker.field(by_name["zones"], thousands(usual_zones(inhabitants)))
    told["contract_hours"] = asker.field(by_name["contract_hours"], decimal(float(base["contract_hours"])))
    told["sick_leave"] = asker.field(by_name["sick_leave"], decimal(100 * float(base["sick_share"])))
    return told


def _ask_staff(asker: Asker, place: Place) -> Iterator[Staffing]:
    """Yield workers of each organisation and kind of the base, then of others."""
    kinds = {kind.name: Said(kind.title.lower(), kind.title_nl.lower()) for kind in place.base.kinds}
    for organisation in place.base.organisations:
        for kind, number in organisation.staff.items():
            people = place.older * number / older_of_base(place.base)
            title = Said(organisation.title, organisation.title_nl)
            usual = QUESTIONS("about", number=thousands(people))
            workers, fte = _ask_workers(asker, QUESTIONS("staff", organisation=title, kind=kinds[kind]), usual)
            yield Staffing(organisation.name, kind, workers, fte)
    yield from _ask_others(asker, place.base)


def _ask_workers(asker: Asker, question: Said, usual: Said) -> tuple[float | None, float | None]:
    return asker.one(question, QUESTIONS("staff help"), usual, _workers_or_fte) or (None, None)


def _workers_or_fte(typed: str) -> tuple[float | None, float | None]:
    bare = typed.casefold().removesuffix("fte").strip()
    if bare != typed.casefold():
        return None, answer(fields()["fte"], bare)
    return answer(fields()["workers"], typed), None


def _ask_others(asker: Asker, base: Scenario) -> Iterator[Staffing]:
    while name := asker.one(QUESTIONS("another"), QUESTIONS("another help"), QUESTIONS("none"), _name):
        title = Said(name, name)
        while kind := _ask_kind(asker, base, title):
            about = QUESTIONS("staff", organisation=title, kind=Said(kind.title.lower(), kind.title_nl.lower()))
            workers, fte = _ask_workers(asker, about, QUESTIONS("none"))
            yield Staffing(name, kind.name, 0.0 if workers is None and fte is None else workers, fte)


def _name(typed: str) -> str:
    if not slug(typed):
        raise RegieError(QUESTIONS("no name"))
    return str(answer(fields()["organisation"], typed))


def _ask_kind(asker: Asker, base: Scenario, organisation: Said) -> HelpKind | None:
    titles = [title for kind in base.kinds for title in (kind.title, kind.title_nl)]
    names = Said(", ".join(k.title for k in base.kinds), ", ".join(k.title_nl for k in base.kinds))

    def read(typed: str) -> HelpKind:
        if (kind := _called(base.kinds, typed)) is not None:
            return kind
        raise RegieError(QUESTIONS("no kind", name=typed[:60], hint=nearest(typed, titles), names=names))

    question = QUESTIONS("kind", organisation=organisation)
    found: HelpKind | None = asker.one(question, QUESTIONS("kind help", names=names), QUESTIONS("none"), read)
    return found


def _ask_lists(asker: Asker, base: Scenario, staff: Sequence[Staffing]) -> Iterator[Waiting]:
    by = asker.one(QUESTIONS("by"), QUESTIONS("by help"), Said("kind", "soort"), _by) or "kind"
    if by == "kind":
        for kind in base.kinds:
            yield from _ask_list(asker, Said(kind.title, kind.title_nl), kind=kind.name)
        return
    known = {organisation.name: Said(organisation.title, organisation.title_nl) for organisation in base.organisations}
    others = {
        row.organisation: Said(row.organisation, row.organisation) for row in staff if row.organisation not in known
    }
    for name, title in (known | others).items():
        yield from _ask_list(asker, title, organisation=name)


def _ask_list(asker: Asker, who: Said, kind: str = "", organisation: str = "") -> Iterator[Waiting]:
    """Yield a list where how many wait, or how long, is known."""
    told: dict[str, Any] = {}
    for name in ("people", "weeks", *(["norm_weeks"] if kind else [])):
        field = fields()[name]
        question = QUESTIONS("list", who=who, what=small_letter(_labelled(field)))
        told[name] = asker.field(field, QUESTIONS("not known"), question=question)
        if name == "people" and told[name] is None:
            return
    yield Waiting(organisation=organisation, kind=kind, **told)


def _labelled(field: Field) -> Said:
    return field.label + Said(f" ({field.unit.en})", f" ({field.unit.nl})") if field.unit else field.label


def _yes(typed: str) -> bool:
    if typed.casefold() in (*_YES, *_NO):
        return typed.casefold() in _YES
    raise RegieError(QUESTIONS("yes or no"))


def _by(typed: str) -> str:
    if typed.casefold() in _BY:
        return _BY[typed.casefold()]
    raise RegieError(QUESTIONS("no by"))
