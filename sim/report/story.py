"""One person's life, told twice: as it went in two worlds that differ only in who steers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.report.telling import Teller, Told, by_day, counted, grade, in_words
from sim.report.telling_earlier import EarlierTeller
from sim.report.words import Words, words
from sim.study.lives import Lives, row_of, shares_of_gain
from sim.study.pair import PICKS, Pair
from sim.study.tables import DAYS_PER_YEAR, Run
from sim.study.value import Value

Quiet = tuple[Mapping[int, str], Mapping[int, str]]
"""What is told, by day, of days on which nothing else happened, in the baseline and in the rival."""

NOTHING_QUIET: Quiet = ({}, {})
THIRDS = (1 / 3, 2 / 3)  # of 0 to 1: where a word for little, some or much begins
DECIMALS = 2  # of a value


@dataclass(frozen=True)
class Life:
    """One life in one world.

    Attributes:
        regime: Name of the way of steering.
        title: How it is called.
        told: What happened, day by day.
        in_all: The sums, in one sentence or two.
        waiting: Days that a need waited, the mean over the needs.
        handoffs: New faces and transfers.
        value: What the help was worth per hour asked; NaN where nothing was asked.
    """

    regime: str
    title: str
    told: tuple[Told, ...]
    in_all: str
    waiting: float
    handoffs: float
    value: float


@dataclass(frozen=True)
class Twice:
    """One life in two worlds.

    Attributes:
        client: Identity of the person, as in the tables.
        pick: ``gainer``, ``loser``, ``random``, or ``number`` where it was asked for.
        heading: What stands above it.
        who: Who this is.
        rule: By which rule this person was picked.
        lives: The life in the baseline and in the rival.
        shared: How many entries of ``told`` both lives begin with.
        same: Until when both lives are the same.
        difference: What differs, in one sentence.
        caution: What a single life can and cannot say.
    """

    client: int
    pick: str
    heading: str
    who: str
    rule: str
    lives: tuple[Life, Life]
    shared: int
    same: str
    difference: str
    caution: str


def three_lives(pair: Pair, language: str) -> list[Twice]:
    """Return the three lives that are picked by rule; fewer where nobody gains or nobody loses."""
    found = ((which, pair.pick(which)) for which in PICKS)
    return [told_twice(pair, client, language, which) for which, client in found if client is not None]


def rule(language: str) -> str:
    """Return among whom the picks are made, and what it means to be better off."""
    return in_words(words(language), "rule")


def nobody(stories: Sequence[Twice], language: str) -> list[str]:
    """Return a sentence for each pick for which there is nobody."""
    there = {story.pick for story in stories}
    return [in_words(words(language), f"nobody {which}") for which in PICKS if which not in there]


def told_twice(pair: Pair, client: int, language: str, pick: str = "number", quiet: Quiet = NOTHING_QUIET) -> Twice:
    """Return one life in both worlds of a pair.

    Args:
        pair: The two worlds.
        client: Identity of somebody who arrived on day 0 or later.
        language: ``"nl"`` or ``"en"``.
        pick: By which rule this person was picked; ``"number"`` where it was asked for.
        quiet: What is told of days on which nothing else happened.

    Raises:
        RegieError: There is no such client or language.
    """
    spoken = words(language)
    place = pair.position(client)
    runs = (pair.baseline, pair.rival)
    one, other = (
        _life(run, all_lives, place, spoken, said) for run, all_lives, said in zip(runs, pair.lives, quiet, strict=True)
    )
    shared = _shared(one.told, other.told)
    return Twice(
        client=client,
        pick=pick,
        heading=in_words(spoken, f"heading {pick}", client=client),
        who=_who(pair.baseline, client, spoken),
        rule=_rule(pair, pick, client, spoken),
        lives=(one, other),
        shared=shared,
        same=_same(one.told, other.told, shared, spoken),
        difference=_difference(one, other, pair.values(client), spoken),
        caution=in_words(spoken, "caution"),
    )


def told_from_day_0(pair: Pair, client: int, language: str, quiet: Quiet = NOTHING_QUIET) -> Twice:
    """Return the life of somebody who came before day 0, from that day on, in both worlds; its sums are not defined.

    Args:
        pair: The two worlds.
        client: Identity of somebody who came before day 0 and was there then.
        language: ``"nl"`` or ``"en"``.
        quiet: What is told of days on which nothing else happened.

    Raises:
        RegieError: There is no such language.
    """
    spoken = words(language)
    one, other = (
        _life_from_day_0(run, client, spoken, said)
        for run, said in zip((pair.baseline, pair.rival), quiet, strict=True)
    )
    shared = _shared(one.told, other.told)
    return Twice(
        client=client,
        pick="number",
        heading=in_words(spoken, "heading number", client=client),
        who=_who(pair.baseline, client, spoken),
        rule=_rule(pair, "number", client, spoken),
        lives=(one, other),
        shared=shared,
        same=_same(one.told, other.told, shared, spoken),
        difference=in_words(spoken, "no sums"),
        caution=in_words(spoken, "caution"),
    )


# --- who and why -----------------------------------------------------------------------------------------------


def _who(run: Run, client: int, spoken: Words) -> str:
    person = run.clients[row_of(run, client)]
    last = run.days if np.isnan(person["exit"]) else person["exit"]
    age = float(person["age"]) - (float(last) - max(0.0, float(person["arrival"]))) / DAYS_PER_YEAR
    people = float(person["network_at_arrival"])
    helpers = max(1, grade(people, THIRDS)) if people > 0 else 0
    return in_words(
        spoken,
        "person",
        age=spoken.number(np.floor(age + 1e-6)),
        frailty=in_words(spoken, f"frailty {grade(float(person['frailty_at_arrival']), THIRDS)}"),
        network=in_words(spoken, f"network {helpers}"),
        voice=in_words(spoken, f"voice {grade(float(person['voice']), THIRDS)}"),
    )


def _rule(pair: Pair, pick: str, client: int, spoken: Words) -> str:
    filling: dict[str, object] = {"client": client}
    if pick in PICKS:
        counts = {"n": len(pair.groups[pick]), "all": len(pair.groups["random"])}
        filling |= {name: spoken.number(count) for name, count in counts.items()}
        filling["regime"] = pair.rival.scenario.label.title_in(spoken.language)
    return in_words(spoken, f"by {pick}", **filling)


def _shared(one: Sequence[Told], other: Sequence[Told]) -> int:
    """Return how many days both lives begin with alike."""
    shared = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        shared += 1
    return shared


def _same(one: Sequence[Told], other: Sequence[Told], shared: int, spoken: Words) -> str:
    if shared == len(one) == len(other):
        return in_words(spoken, "same")
    if shared == 0:
        return in_words(spoken, "apart")
    first = min(told[shared].date for told in (one, other) if len(told) > shared)
    return in_words(spoken, "same until", date=spoken.date(first))


def _difference(one: Life, other: Life, values: tuple[Value, Value], spoken: Words) -> str:
    days, handoffs = round(other.waiting - one.waiting), round(other.handoffs - one.handoffs)
    text = in_words(
        spoken,
        "difference",
        regime=other.title,
        wait=in_words(spoken, f"{_way(days, 'less', 'more')} wait", days=counted("day", abs(days), spoken)),
        handoffs=in_words(
            spoken,
            ("one " if abs(handoffs) == 1 else "") + f"{_way(handoffs, 'fewer', 'more')} handoffs",
            n=spoken.number(abs(handoffs)),
        ),
        value=spoken.number(other.value, DECIMALS),
        before=spoken.number(one.value, DECIMALS),
    )
    return f"{text} {because}" if (because := _because(values, spoken)) else text


def _because(values: tuple[Value, Value], spoken: Words) -> str:
    """Say with which part of the value most of the difference comes; nothing where there is none to speak of."""
    before, after = values
    gain = after.total - before.total
    if not abs(gain) >= 10.0**-DECIMALS:  # also where it is not defined
        return ""
    shares = shares_of_gain(before, after)
    part = max(shares, key=lambda name: shares[name] * np.sign(gain))
    numbers = {
        name: spoken.number(getattr(value, part), DECIMALS) for name, value in (("before", before), ("after", after))
    }
    key = "because burden" if part == "burden" else "because"
    return in_words(spoken, key, part=in_words(spoken, f"part {part}"), **numbers)


def _way(change: int, down: str, up: str) -> str:
    return down if change < 0 else up if change > 0 else "same"


# --- one life --------------------------------------------------------------------------------------------------


def _life(run: Run, people: Lives, place: int, spoken: Words, quiet: Mapping[int, str]) -> Life:
    client = int(people.client[place])
    label = run.scenario.label
    waiting, handoffs, value = (float(part[place]) for part in (people.waiting, people.handoffs, people.value))
    person = run.clients[row_of(run, client)]
    in_all = in_words(
        spoken,
        "in all",
        days=counted("day", waiting, spoken),
        hours=counted("hour", float(person["hours_delivered"]), spoken),
        faces=counted("face", int(person["new_faces"]), spoken),
        transfers=counted("transfer", int(person["transfers"]), spoken),
        retold=counted("retelling", int(person["retellings"]), spoken),
        value=spoken.number(value, DECIMALS),
    )
    told = tuple(by_day(Teller(run, client, spoken), quiet))
    return Life(run.regime, label.title_in(spoken.language), told, in_all, waiting, handoffs, value)


def _life_from_day_0(run: Run, client: int, spoken: Words, quiet: Mapping[int, str]) -> Life:
    told = tuple(by_day(EarlierTeller(run, client, spoken), quiet))
    return Life(run.regime, run.scenario.label.title_in(spoken.language), told, "", np.nan, np.nan, np.nan)
