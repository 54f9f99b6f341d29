"""Why: what a worker weighed on the days that made a difference to one person, in plain words.

The world is lived once more up to each day asked for (``CareNetwork.explain``), so this costs about as much as a run
for every day. Nothing of it is kept while a world is lived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import Sentences
from sim.report.story import Life, Twice
from sim.report.words import Words, words
from sim.study.pair import Pair
from sim.study.tables import Run

if TYPE_CHECKING:
    from sim.model.explaining import Decision, Option

MOST = 8  # days explained of one life: the first ones, on which its road was chosen

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
    from sim.model.network import CareNetwork

    wanted = [day for day in days if 0 <= day < run.days]
    if not wanted:
        return {}
    network = CareNetwork(run.scenario, seed=run.seed).run(max(wanted) + 1)
    mine = run.visits[run.visits["client"] == client]
    kinds = {int(need): int(kind) for need, kind in zip(mine["need"], mine["kind"], strict=True)}
    said: dict[int, list[str]] = {}
    for day in wanted:
        for decision in network.explain(client, day):
            title = spoken.choose(run.scenario.kinds[kinds[decision.need]])
            said.setdefault(day, []).append(_reason(decision, title[:1].lower() + title[1:], spoken))
    return said


def _reason(decision: Decision, kind: str, spoken: Words) -> str:
    from sim.model.choosing import BY_CLIENT
    from sim.model.explaining import RULES

    def in_words(key: str, **filling: object) -> str:
        return say(key, **filling).in_language(spoken.language)

    if not decision.options:
        return in_words("procedure", kind=kind, chance=_percent(decision.initiative, spoken))
    chosen = [_option(each, spoken) for each in decision.options if each.chosen and not each.failed]
    failed = [_option(each, spoken) for each in decision.options if each.failed]
    others = [_option(each, spoken) for each in decision.options if not each.failed and not each.chosen]
    key = "client" if decision.rule == RULES[BY_CLIENT] else "worker"
    text = in_words(key, kind=kind, chosen=chosen[0]) if chosen else in_words("nothing", kind=kind)
    if failed:
        text += in_words("failed", options="; ".join(failed))
    return text + in_words("others", options="; ".join(others)) if others else text


def _option(option: Option, spoken: Words) -> str:
    name = say(option.name).in_language(spoken.language)
    key = "without" if option.failed or np.isnan(option.chance) else "with chance"
    filled = say(key, option=name, chance=_percent(option.chance, spoken), claims=option.claims)
    return filled.in_language(spoken.language)


def _percent(share: float, spoken: Words) -> str:
    return say("percent", n=spoken.number(100 * share)).in_language(spoken.language)
