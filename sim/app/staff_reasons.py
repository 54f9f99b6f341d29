"""Why: what a worker, a manager or a board weighed on a day, with the chances, the rule and the claims behind it.

The future is lived once more up to that day, from the morning of day 0 that is there; only the day itself (of a manager
the week) is lived one agent at a time. Claims are named by their ids; their texts stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.app.deciding import Told, decision, option, under
from sim.app.futures import DAYS_A_LOOK, Future, beginning
from sim.app.staff_roads import Kind, check
from sim.app.staff_words import Telling
from sim.errors import Sentences
from sim.model.board import QUARTER
from sim.report.why import read
from sim.report.words import words

if TYPE_CHECKING:
    from sim.model.state import State
    from sim.study.overseeing import Agreement, Asked, Reaction, SteppingIn


say = Sentences(
    {
        # a worker
        "worker decides": ("{kind}, for {whom}", "{kind}, voor {whom}"),
        # a manager
        "stepping in": ("Stepping in with {worker}", "Ingrijpen bij {worker}"),
        "drawn in": (
            "The chance of stepping in was {chance}; the draw of {drawn} was below it, so the manager stepped in.",
            "De kans op ingrijpen was {chance}; de trekking van {drawn} lag eronder, dus greep de manager in.",
        ),
        "drawn out": (
            "The chance of stepping in was {chance}; the draw of {drawn} was not below it, so the manager left it.",
            "De kans op ingrijpen was {chance}; de trekking van {drawn} lag er niet onder, dus liet de manager het zo.",
        ),
        "nothing there": (
            "The chance of stepping in was {chance}; the draw of {drawn} was below it, but there was nothing to step "
            "in for: no help made to measure, and nobody waiting.",
            "De kans op ingrijpen was {chance}; de trekking van {drawn} lag eronder, maar er was niets om in te "
            "grijpen: geen hulp op maat, en niemand die wachtte.",
        ),
        "no hours in": (
            "The manager had no hours left this week to step in.",
            "De manager had deze week geen uren over om in te grijpen.",
        ),
        "how a chance": (
            "The chance is the habit of stepping in, times what alarms the manager, as far as the manager does not "
            "hold back.",
            "De kans is de gewoonte om in te grijpen, maal wat de manager alarmeert, voor zover die zich niet inhoudt.",
        ),
        "step in": ("stepping in", "ingrijpen"),
        "leave it": ("leaving it to the worker", "het aan de medewerker laten"),
        "habit": ("habit of stepping in", "gewoonte om in te grijpen"),
        "figures": ("alarm by hours not delivered", "alarm door niet geleverde uren"),
        "deviation": ("alarm by help that is no standard help", "alarm door hulp die geen standaardhulp is"),
        "incidents": ("alarm by incidents in the team", "alarm door incidenten in het team"),
        "process": ("habit of holding back (counts against it)", "gewoonte om zich in te houden (telt ertegen)"),
        "exception": ("{worker} asks for an exception for {whom}", "{worker} vraagt een uitzondering voor {whom}"),
        "about exception": (
            "It is about {kind}. The chance of granting it was {chance}: the freedom that there is, or else the "
            "courage of the worker and the manager’s attention for clients. The draw was {drawn}.",
            "Het gaat om {kind}. De kans dat die wordt toegestaan was {chance}: de ruimte die er is, of anders de moed "
            "van de medewerker en de aandacht van de manager voor cliënten. De trekking was {drawn}.",
        ),
        "grant": ("granting it", "toestaan"),
        "refuse": ("refusing it", "weigeren"),
        "call": ("{worker} calls in the manager for {whom}", "{worker} roept de manager erbij voor {whom}"),
        "about call": (
            "It is about {kind}. The habit of holding back is the chance that the problem is handed back: {chance}. "
            "The draw was {drawn}.",
            "Het gaat om {kind}. De gewoonte om zich in te houden is de kans dat het probleem wordt teruggegeven: "
            "{chance}. De trekking was {drawn}.",
        ),
        "placed with": ("{helper} of another team helps.", "{helper} van een ander team helpt."),
        "nobody free": ("Nobody of another team was free.", "Niemand van een ander team was vrij."),
        "no hours call": (
            "The manager had no hours left this week.",
            "De manager had deze week geen uren over.",
        ),
        "hand back": ("handing the problem back, with coaching", "het probleem teruggeven, met coaching"),
        "look elsewhere": ("looking for a worker of another team", "een medewerker van een ander team zoeken"),
        # a board
        "reaction": ("Control after this quarter", "De sturing na dit kwartaal"),
        "about reaction": (
            "{ratio} of the hours budgeted was delivered. What disappointed in figures and incidents and reaches the "
            "board now is {gap}; what clients complain of is {complaints}. Above the threshold of {threshold} that "
            "presses: {pressing}.",
            "Van de begrote uren is {ratio} geleverd. Wat er tegenviel in cijfers en incidenten en het bestuur nu "
            "bereikt is {gap}; wat cliënten klagen is {complaints}. Boven de drempel van {threshold} drukt dat: "
            "{pressing}.",
        ),
        "tightened": (
            "Control is tightened: the board blames workers for {attribution}, holds course for {hold_course}, and "
            "adds {tightening} of the control that it did not have.",
            "De sturing wordt strakker: het bestuur wijt het voor {attribution} aan medewerkers, houdt voor "
            "{hold_course} koers, en voegt {tightening} toe van de sturing die het niet had.",
        ),
        "held": (
            "The board holds course: it holds course for {hold_course} and blames workers for {attribution}, so what "
            "presses is not turned on workers.",
            "Het bestuur houdt koers: het houdt voor {hold_course} koers en wijt het voor {attribution} aan "
            "medewerkers, dus wat drukt wordt niet op medewerkers afgewenteld.",
        ),
        "gone back": (
            "Nothing presses, so control goes back to what the way of steering sets: {asked}.",
            "Er drukt niets, dus gaat de sturing terug naar wat de manier van besturen vraagt: {asked}.",
        ),
        "own fault": (
            "As clients complain and the board looks at its own steering, it lets go of {letting_go} of its control.",
            "Omdat cliënten klagen en het bestuur naar zijn eigen besturen kijkt, laat het {letting_go} van zijn "
            "sturing los.",
        ),
        "from to": ("Control goes from {before} to {after}.", "De sturing gaat van {before} naar {after}."),
        "tighten": ("tightening control", "de sturing strakker maken"),
        "hold course": ("holding course", "koers houden"),
        "go back": (
            "going back to what the way of steering sets",
            "teruggaan naar wat de manier van besturen vraagt",
        ),
        "pressing": ("what presses, above the threshold", "wat drukt, boven de drempel"),
        "attribution": ("blamed on workers", "aan medewerkers geweten"),
        "hold_course": ("course held", "koers gehouden"),
        "tightening": ("control added, of what was left", "sturing erbij, van wat er over was"),
        "asked": ("control that the way of steering sets", "sturing die de manier van besturen vraagt"),
        "agreement": ("An agreement with {other}", "Een afspraak met {other}"),
        "about keeping": (
            "There is one. The chance of keeping it was {chance}: less the more figures press on either board. The "
            "draw was {drawn}.",
            "Die is er. De kans dat die wordt nagekomen was {chance}: kleiner naarmate cijfers zwaarder drukken op een "
            "van beide besturen. De trekking was {drawn}.",
        ),
        "about agreeing": (
            "There is none. The chance of making one was {chance}: how much they meet, the ambition of both, and how "
            "far they trust each other. The draw was {drawn}.",
            "Die is er niet. De kans op een afspraak was {chance}: hoeveel zij elkaar spreken, de ambitie van beide, "
            "en hoe ver zij elkaar vertrouwen. De trekking was {drawn}.",
        ),
        "keep": ("keeping it", "nakomen"),
        "break": ("breaking it", "breken"),
        "agree": ("making one", "een afspraak maken"),
        "not agree": ("making none", "geen afspraak maken"),
        "trust": ("trust in each other", "vertrouwen in elkaar"),
    }
)


def staff_reasons(future: Future, kind: Kind, row: int, day: int, language: str) -> list[Told]:
    """Return what a worker, manager or board decided on a day, with all that was weighed.

    A worker decides on any day; a manager at the end of a week, for which also stands what was asked in that week; a
    board at the end of a quarter.

    Args:
        future: The world.
        kind: Who decided.
        row: Number of the seat, of the team or of the organisation, from 0.
        day: Day, from day 0 on; on one that was not lived nothing was decided.
        language: ``"nl"`` or ``"en"``.

    Returns:
        Of each decision ``heading``, ``about``, ``options`` (``name``, ``chance`` of 0 to 1 or None, ``state``:
        ``"chosen"``, ``"failed"`` or ``"open"``, ``claims``, ``weights``) and ``claims``, as ids.

    Raises:
        RegieError: There is no such worker, manager or board, or no such language.
    """
    tell = Telling(future.run.scenario, words(language))
    check(future.run.scenario, kind, row)
    if not 0 <= day < future.run.days:
        return []
    return list(_REASONS[kind](future, row, day, tell))


def _on_morning(future: Future, day: int) -> State:
    """Return the world on the morning of a day."""
    from sim.model.day import live

    return live(beginning(future.run.scenario, future.run.seed), day)


def _in_words(tell: Telling, key: str, **filling: object) -> str:
    return say(key, **filling).in_language(tell.spoken.language)


def _option(
    tell: Telling,
    name: str,
    chance: float | None,
    state: str,
    claims: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
) -> Told:
    """Return an option that is named by its key, as are its weights."""
    weighed = {_in_words(tell, key): value for key, value in (weights or {}).items()}
    return option(_in_words(tell, name), chance, state, claims, weighed)


# --- a worker --------------------------------------------------------------------------------------------------


def _of_worker(future: Future, row: int, day: int, tell: Telling) -> Iterator[Told]:
    from sim.study.overseeing import decided_by_worker

    for made in decided_by_worker(future.run.scenario, _on_morning(future, day), row):
        heading = _in_words(tell, "worker decides", kind=tell.kind(made.kind), whom=tell.person(made.decision.client))
        yield decision(read(future.run.scenario, made), heading, tell.spoken)


# --- a manager -------------------------------------------------------------------------------------------------


def _of_manager(future: Future, row: int, day: int, tell: Telling) -> Iterator[Told]:
    from sim.study.overseeing import decided_by_manager

    if (day + 1) % DAYS_A_LOOK:
        return
    monday = day + 1 - DAYS_A_LOOK
    asked, stepping = decided_by_manager(future.run.scenario, _on_morning(future, monday), row)
    yield from (_asked(each, tell) for each in asked)
    for each in sorted(stepping, key=lambda made: (not made.happened, made.drawn >= made.chance, -made.chance)):
        yield _stepping_in(each, tell)


def _asked(asked: Asked, tell: Telling) -> Told:
    what = "exception" if asked.ending in ("granted", "refused") else "call"
    heading = _in_words(tell, what, worker=tell.worker(asked.worker), whom=tell.person(asked.client))
    about = [
        _in_words(
            tell,
            f"about {what}",
            kind=tell.kind(asked.kind),
            chance=tell.percent(asked.chance, 1),
            drawn=tell.percent(asked.drawn, 1),
        )
    ]
    if what == "exception":
        granted = asked.ending == "granted"
        options = [
            _option(tell, "grant", asked.chance, "chosen" if granted else "open", ("C17",)),
            _option(tell, "refuse", 1.0 - asked.chance, "open" if granted else "chosen"),
        ]
        return under(heading, about, options, ("C17",))
    back, elsewhere = _STATES_OF_CALL[asked.ending]
    known = asked.ending != "no hours"
    if asked.ending == "placed":
        about.append(_in_words(tell, "placed with", helper=tell.worker(asked.helper).capitalize()))
    elif asked.ending in ("nobody", "no hours"):
        about.append(_in_words(tell, "nobody free" if known else "no hours call"))
    options = [
        _option(tell, "hand back", asked.chance if known else None, back, ("C26",)),
        _option(tell, "look elsewhere", 1.0 - asked.chance if known else None, elsewhere, ("C17",)),
    ]
    return under(heading, about, options, ("C17",))


_STATES_OF_CALL: Mapping[str, tuple[str, str]] = {
    "handed back": ("chosen", "open"),
    "placed": ("open", "chosen"),
    "nobody": ("open", "failed"),
    "no hours": ("failed", "failed"),
}


def _stepping_in(made: SteppingIn, tell: Telling) -> Told:
    in_vain = made.has_hours and made.drawn < made.chance and not made.happened
    key = (
        "drawn in"
        if made.happened
        else "nothing there"
        if in_vain
        else "drawn out"
        if made.has_hours
        else "no hours in"
    )
    about = [
        _in_words(tell, key, chance=tell.percent(made.chance, 1), drawn=tell.percent(made.drawn, 1)),
        _in_words(tell, "how a chance"),
    ]
    chance = made.chance if made.has_hours else 0.0
    weights = {name: getattr(made, name) for name in ("habit", "figures", "deviation", "incidents", "process")}
    state = "chosen" if made.happened else "failed" if in_vain else "open"
    options = [
        _option(tell, "step in", chance, state, ("C27",), weights),
        _option(tell, "leave it", 1.0 - chance, "open" if made.happened else "chosen"),
    ]
    heading = _in_words(tell, "stepping in", worker=tell.worker(made.worker))
    return under(heading, about, options, ("C02", "C27"))


# --- a board ---------------------------------------------------------------------------------------------------


def _of_board(future: Future, row: int, day: int, tell: Telling) -> Iterator[Told]:
    from sim.study.overseeing import decided_by_board

    if (day + 1) % QUARTER:
        return
    reactions, agreements = decided_by_board(future.run.scenario, _on_morning(future, day), row)
    yield from (_reaction(each, tell) for each in reactions)
    # boards that never meet had nothing to decide
    yield from (_agreement(each, tell) for each in agreements if each.stood or each.chance > 0.0)


def _reaction(made: Reaction, tell: Telling) -> Told:
    shares = ("ratio", "attribution", "hold_course", "tightening", "letting_go", "asked", "before", "after")
    filling = {name: tell.percent(getattr(made, name), 1) for name in shares}
    filling |= {
        name: tell.spoken.number(getattr(made, name), 2) for name in ("gap", "complaints", "threshold", "pressing")
    }
    done = "tightened" if made.tightening > 0.0 else "held" if made.pressing > 0.0 else "gone back"
    keys = ["about reaction", done, *(["own fault"] if made.letting_go > 0.0 else []), "from to"]
    weights = {
        "tightened": {name: getattr(made, name) for name in ("pressing", "attribution", "tightening")},
        "held": {"hold_course": made.hold_course},
        "gone back": {"asked": made.asked},
    }
    names = {"tightened": ("tighten", ("C08",)), "held": ("hold course", ("C27",)), "gone back": ("go back", ("C27",))}
    options = [
        # nothing is drawn: what the rule says is certain
        _option(tell, name, float(key == done), "chosen" if key == done else "open", claims, weights[key])
        for key, (name, claims) in names.items()
    ]
    about = [_in_words(tell, key, **filling) for key in keys]
    of_clients = ("C28",) if made.complaints > 0.0 else ()
    return under(_in_words(tell, "reaction"), about, options, ("C02", "C08", "C27", *of_clients))


def _agreement(made: Agreement, tell: Telling) -> Told:
    heading = _in_words(tell, "agreement", other=tell.organisation(made.other))
    chance, drawn = tell.percent(made.chance, 1), tell.percent(made.drawn, 1)
    about = [_in_words(tell, "about keeping" if made.stood else "about agreeing", chance=chance, drawn=drawn)]
    yes, no = ("keep", "break") if made.stood else ("agree", "not agree")
    claims = ("A8", "C10") if made.stood else ("C10", "C15")
    weights = {} if made.stood else {"trust": made.trust}
    states = ("chosen", "open") if made.happened else ("open", "chosen")
    options = [
        _option(tell, yes, made.chance, states[0], claims, weights),
        _option(tell, no, 1.0 - made.chance, states[1]),
    ]
    return under(heading, about, options, claims)


_REASONS = {"worker": _of_worker, "manager": _of_manager, "board": _of_board}
