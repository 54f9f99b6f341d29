"""Why: what a worker weighed on the days that made a difference to one person, as data and in plain words.

A decision of the model is read once, as a ``Reading``; sentences for the report and tables for a page are both made of
that. The world is lived once more beside the person (``sim.study.following``); nothing of it is kept while it is lived
for the first time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.errors import Sentences
from sim.report.story import Life, Twice
from sim.report.words import Words, words
from sim.study.pair import Pair
from sim.study.runs import warmed
from sim.study.tables import Run

if TYPE_CHECKING:
    from sim.model.explaining import Option
    from sim.scenario.scenario import HelpKind, Scenario
    from sim.study.watching import Made

MOST = 8  # days explained of one life: the first ones, on which its road was chosen
State = Literal["chosen", "failed", "open"]
Rule = Literal["procedure", "worker", "client"]

OF_INITIATIVE = ("C22", "C26")
OF_RULE: Mapping[str, tuple[str, ...]] = {"procedure": ("C01",), "worker": ("C01",), "client": ("C36",)}
OF_OCCASION: Mapping[str, tuple[str, ...]] = {"help": (), "waiting": ("C13",), "review": ("C14",)}
"""Claims of the essay behind the rules: whether there is initiative, who or what decides, on which occasion."""

TERMS = ("client", "profession", "organisation", "own")  # of utility; effort and risk are weighed against

say = Sentences(
    {
        "procedure": (
            "Why ({kind}): the worker went by procedure. The chance of own initiative was {chance}.",
            "Waarom ({kind}): de medewerker volgde de procedure. De kans op eigen initiatief was {chance}.",
        ),
        "worker": (
            "Why ({kind}): the worker weighed what could be done. Chosen: {chosen}.",
            "Waarom ({kind}): de medewerker woog af wat er kon. Gekozen: {chosen}.",
        ),
        "client": (
            "Why ({kind}): what the person preferred was followed. Chosen: {chosen}.",
            "Waarom ({kind}): er is gedaan wat de persoon het liefst wilde. Gekozen: {chosen}.",
        ),
        "nothing": (
            "Why ({kind}): nothing that the worker thought of could be done, so procedure was followed.",
            "Waarom ({kind}): niets wat de medewerker bedacht kon, dus is de procedure gevolgd.",
        ),
        "failed": (" Tried in vain: {options}.", " Tevergeefs geprobeerd: {options}."),
        "others": (" Also possible: {options}.", " Ook mogelijk: {options}."),
        "with chance": ("{option} (chance {chance}; {claims})", "{option} (kans {chance}; {claims})"),
        "without": ("{option} ({claims})", "{option} ({claims})"),
        "percent": ("{n} %", "{n} %"),
        # a decision as a table
        "decision": (
            "{kind}, by worker {worker} of {organisation}",
            "{kind}, door medewerker {worker} van {organisation}",
        ),
        "about help": ("It was decided who would help, and how.", "Er is besloten wie zou helpen, en hoe."),
        "about waiting": ("The wait was looked at again.", "Er is opnieuw naar het wachten gekeken."),
        "about review": ("The help was looked at again.", "Er is opnieuw naar de hulp gekeken."),
        "about procedure": (
            "The worker followed procedure: the chance of own initiative was {chance}, and the draw of {drawn} was not "
            "below it.",
            "De medewerker volgde de procedure: de kans op eigen initiatief was {chance}, en de trekking van {drawn} "
            "lag daar niet onder.",
        ),
        "about worker": (
            "The worker took the initiative (chance {chance}, draw {drawn}) and weighed what could be done, with "
            "{client} of attention for the person, {profession} for the profession, {organisation} for targets and "
            "rules, and {own} for the own effort and risk.",
            "De medewerker nam het initiatief (kans {chance}, trekking {drawn}) en woog af wat er kon, met {client} "
            "van de aandacht voor de persoon, {profession} voor het vak, {organisation} voor doelen en regels, en "
            "{own} voor de eigen moeite en het eigen risico.",
        ),
        "about client": (
            "The worker took the initiative (chance {chance}, draw {drawn}), and what the person preferred was "
            "followed.",
            "De medewerker nam het initiatief (kans {chance}, trekking {drawn}), en er is gedaan wat de persoon het "
            "liefst wilde.",
        ),
        "about nothing": (
            "Nothing that was thought of could be done, so procedure was followed after all.",
            "Niets wat er was bedacht kon, dus is toch de procedure gevolgd.",
        ),
        "about enough": (
            "The first option that was good enough was taken; no chances can be given of that.",
            "De eerste mogelijkheid die goed genoeg was, is genomen; daarvan zijn geen kansen te geven.",
        ),
        "term client": ("what it brings the person", "wat het de persoon oplevert"),
        "term profession": ("worth by the norms of the profession", "waarde volgens de normen van het vak"),
        "term organisation": ("good for targets and rules", "goed voor doelen en regels"),
        "term own": ("own effort and risk (counts against it)", "eigen moeite en risico (telt ertegen)"),
        "term utility": ("all together, weighed by attention", "alles samen, gewogen met de aandacht"),
        "term wished": ("how much the person would like it", "hoe graag de persoon het zou willen"),
        "by procedure": ("following procedure", "de procedure volgen"),
        "by initiative": ("own initiative", "eigen initiatief"),
        # what a decision came to, on a day on which nothing else is told
        "help goes on": (
            "The help is looked at again and goes on: {kind}.",
            "Er wordt opnieuw naar de hulp gekeken; zij gaat door: {kind}.",
        ),
        "help tailored": (
            "The help is looked at again and made to measure: {kind}.",
            "Er wordt opnieuw naar de hulp gekeken; zij wordt op maat gemaakt: {kind}.",
        ),
        "need smaller": (
            "The help is looked at again; the worker tries to make the need smaller: {kind}.",
            "Er wordt opnieuw naar de hulp gekeken; de medewerker probeert de vraag kleiner te maken: {kind}.",
        ),
        "wait goes on": (
            "The wait is looked at again and goes on: {kind}.",
            "Er wordt opnieuw naar het wachten gekeken; het gaat door: {kind}.",
        ),
        "decided": ("There is a decision about {kind}: {option}.", "Er is een besluit over {kind}: {option}."),
        # the options, by their names in sim.model.explaining
        "standard help here": ("standard help here", "standaardhulp hier"),
        "tailored help here": ("help made to measure here", "hulp op maat hier"),
        "a colleague inside": ("a colleague of the own organisation", "een collega van de eigen organisatie"),
        "a worker elsewhere, staying responsible": (
            "calling in somebody of another organisation",
            "iemand van een andere organisatie erbij halen",
        ),
        "calling in the manager": ("calling in the manager", "de manager erbij halen"),
        "pressing for an exception": ("asking for an exception", "om een uitzondering vragen"),
        "volunteers": ("volunteers", "vrijwilligers"),
        "the waiting list": ("the waiting list", "de wachtlijst"),
        "a formal referral": ("sending the need on", "doorverwijzen"),
        "no": ("saying “no”", "“nee” zeggen"),
        "keep as it is": ("leaving the help as it is", "de hulp zo laten"),
        "tailor": ("making the help to measure", "de hulp op maat maken"),
        "make the need smaller": ("making the need smaller", "de vraag kleiner maken"),
        "hand on to volunteers": ("handing the help on to volunteers", "de hulp aan vrijwilligers overdragen"),
        "stop": ("stopping", "stoppen"),
        "beyond one's own service": ("helping beyond the own service", "helpen buiten het eigen aanbod"),
    }
)


def with_reasons(pair: Pair, story: Twice, language: str) -> Twice:
    """Return the same story, in which each life says why on the first days on which its road was chosen."""
    spoken = words(language)
    one, other = (
        _reasoned(run, story.client, life, spoken)
        for run, life in zip((pair.baseline, pair.rival), story.lives, strict=True)
    )
    return replace(story, lives=(one, other))


def _reasoned(run: Run, client: int, life: Life, spoken: Words) -> Life:
    said = reasons(run, client, key_days(run, client), spoken)
    return replace(life, told=tuple(replace(told, why=tuple(said.get(told.day, ()))) for told in life.told))


def key_days(run: Run, client: int) -> list[int]:
    """Return the first days on which a need of this person was heard or help began, and so somebody decided."""
    mine = run.visits[run.visits["client"] == client]
    days = np.concatenate([mine["seen"], mine["start"]])
    return [int(day) for day in np.unique(days[~np.isnan(days)])[:MOST]]


def reasons(run: Run, client: int, days: Iterable[int], spoken: Words) -> dict[int, list[str]]:
    """Return why things went as they did on some days, by day; nothing for a day on which nobody decided.

    Args:
        run: The run.
        client: Identity of the person.
        days: Days that were lived, from day 0 on.
        spoken: Language and numbers.
    """
    from sim.study.following import follow

    wanted = {day for day in days if 0 <= day < run.days}
    if not wanted:
        return {}
    said: dict[int, list[str]] = {}
    for made in follow(run, client, warmed(run.scenario, run.seed)):
        reading = read(run.scenario, made)
        if reading.day in wanted:
            said.setdefault(reading.day, []).append(_reason(reading, spoken))
    return said


# --- a decision as data ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Weighed:
    """An option of a decision.

    Attributes:
        name: Key of its name in ``say``.
        claims: Claims of the essay behind it.
        chance: That it would be tried first, luck apart; None where no chance can be told.
        state: Chosen, tried and failed, or only possible.
        weights: What it was worth, by key in ``say``: the terms and the utility, or the person's own ranking.
    """

    name: str
    claims: tuple[str, ...]
    chance: float | None
    state: State
    weights: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Reading:
    """A decision, read once for whoever tells of it.

    Attributes:
        day: On which it was made.
        kind: The kind of help it was about.
        worker: Row of the worker who decided.
        organisation: Number of the worker's organisation.
        occasion: ``"help"``, ``"waiting"`` or ``"review"``.
        rule: What decided.
        initiative: Chance of own initiative.
        drawn: The draw; below that chance there is initiative.
        attention: Shares of the worker's attention, in the order of ``TERMS``.
        options: What was weighed; empty under procedure.
        claims: Claims of the essay behind the rule.
    """

    day: int
    kind: HelpKind
    worker: int
    organisation: int
    occasion: str
    rule: Rule
    initiative: float
    drawn: float
    attention: tuple[float, ...]
    options: tuple[Weighed, ...]
    claims: tuple[str, ...]

    def option(self, state: State) -> list[Weighed]:
        """Return the options of one state."""
        return [each for each in self.options if each.state == state]


def read(scenario: Scenario, made: Made) -> Reading:
    """Return a decision as data."""
    from sim.model.choosing import BY_CLIENT
    from sim.model.explaining import RULES

    decision = made.decision
    by_client = decision.rule == RULES[BY_CLIENT]
    rule: Rule = "procedure" if not decision.options else "client" if by_client else "worker"
    return Reading(
        day=decision.day,
        kind=scenario.kinds[made.kind],
        worker=decision.worker,
        organisation=made.organisation,
        occasion=decision.occasion,
        rule=rule,
        initiative=decision.initiative,
        drawn=decision.drawn,
        attention=made.attention,
        options=tuple(_weighed(option, rule) for option in decision.options),
        claims=tuple(dict.fromkeys((*OF_INITIATIVE, *OF_RULE[rule], *OF_OCCASION[decision.occasion]))),
    )


def _weighed(option: Option, rule: Rule) -> Weighed:
    terms = ("wished",) if rule == "client" else (*TERMS, "utility")
    return Weighed(
        name=option.name,
        claims=tuple(option.claims.split(", ")),
        chance=None if np.isnan(option.chance) else option.chance,
        state="failed" if option.failed else "chosen" if option.chosen else "open",
        weights=tuple((f"term {term}", getattr(option, term)) for term in terms),
    )


def what_happened(reading: Reading, spoken: Words) -> str:
    """Return what a decision came to, for a day on which nothing else is told."""
    title = spoken.choose(reading.kind)
    kind = title[:1].lower() + title[1:]
    chosen = reading.option("chosen")
    name = chosen[0].name if chosen else None
    key = _CAME_TO.get((reading.occasion, name), "decided")
    option = say(name or "by procedure").in_language(spoken.language)
    return say(key, kind=kind, option=option).in_language(spoken.language)


_CAME_TO: Mapping[tuple[str, str | None], str] = {
    ("review", None): "help goes on",
    ("review", "keep as it is"): "help goes on",
    ("review", "tailor"): "help tailored",
    ("review", "make the need smaller"): "need smaller",
    ("waiting", None): "wait goes on",
    ("waiting", "the waiting list"): "wait goes on",
}


# --- a decision in sentences -----------------------------------------------------------------------------------


def _reason(reading: Reading, spoken: Words) -> str:
    title = spoken.choose(reading.kind)
    kind = title[:1].lower() + title[1:]

    def in_words(key: str, **filling: object) -> str:
        return say(key, **filling).in_language(spoken.language)

    if reading.rule == "procedure":
        return in_words("procedure", kind=kind, chance=percent(reading.initiative, spoken))
    chosen, failed, others = (
        [_option(each, spoken) for each in reading.option(state)] for state in ("chosen", "failed", "open")
    )
    text = in_words(reading.rule, kind=kind, chosen=chosen[0]) if chosen else in_words("nothing", kind=kind)
    if failed:
        text += in_words("failed", options="; ".join(failed))
    return text + in_words("others", options="; ".join(others)) if others else text


def _option(option: Weighed, spoken: Words) -> str:
    name = say(option.name).in_language(spoken.language)
    key = "without" if option.state == "failed" or option.chance is None else "with chance"
    chance = percent(option.chance or 0.0, spoken)
    return say(key, option=name, chance=chance, claims=", ".join(option.claims)).in_language(spoken.language)


def percent(share: float, spoken: Words, decimals: int = 0) -> str:
    """Return a share in per cents."""
    return say("percent", n=spoken.number(100 * share, decimals)).in_language(spoken.language)
