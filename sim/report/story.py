"""One person's life, told twice: as it went in two worlds that differ only in who steers.

Every sentence is read from the tables of a run. They hold a row for each stay of a need with an organisation; the one
under which a stay was written is the one that is named, also where another organisation put the need on its list. When
within a stay one worker followed another is not written down, so that is told in the sums alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.report.story_words import say
from sim.report.words import Words, words
from sim.study.lives import PICKS, Lives, Pair, row_of, shares_of_gain
from sim.study.roads import ADMITTED, DIED, ENDED, GAVE_UP, HANDED_OVER, LOST, REFERRED, REFUSED, in_order
from sim.study.tables import AS_PLANNED, DAYS_PER_YEAR, IN_CRISIS, OPEN, Indices, Run
from sim.study.value import Value

STATUS_GAVE_UP, STATUS_DIED = 3, 6  # statuses of a client
THIRDS = (1 / 3, 2 / 3)  # of 0 to 1: where a word for little, some or much begins
DECIMALS = 2  # of a value
FITS = (0.5, 0.8)  # fit of help, 0 to 1: hardly, in part, well


@dataclass(frozen=True)
class Told:
    """What happened on one day.

    Attributes:
        day: Day, counted from day 0.
        date: Its date.
        text: One or more sentences.
        why: What was weighed in each decision of that day, where it was asked for (``sim.report.why``).
    """

    day: int
    date: datetime.date
    text: str
    why: tuple[str, ...] = ()


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


def told_twice(pair: Pair, client: int, language: str, pick: str = "number") -> Twice:
    """Return one life in both worlds of a pair.

    Args:
        pair: The two worlds.
        client: Identity of somebody who arrived on day 0 or later.
        language: ``"nl"`` or ``"en"``.
        pick: By which rule this person was picked; ``"number"`` where it was asked for.

    Raises:
        RegieError: There is no such client or language.
    """
    spoken = words(language)
    place = pair.position(client)
    runs = (pair.baseline, pair.rival)
    one, other = (_life(run, all_lives, place, spoken) for run, all_lives in zip(runs, pair.lives, strict=True))
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


def in_words(spoken: Words, key: str, **filling: object) -> str:
    """Return a sentence, or part of one, of a story."""
    return say(key, **filling).in_language(spoken.language)


# --- who and why -----------------------------------------------------------------------------------------------


def _who(run: Run, client: int, spoken: Words) -> str:
    person = run.clients[row_of(run, client)]
    last = run.days if np.isnan(person["exit"]) else person["exit"]
    age = float(person["age"]) - (float(last) - float(person["arrival"])) / DAYS_PER_YEAR
    alone = float(person["network_at_arrival"]) <= 0
    grade = 0 if alone else max(1, _grade(float(person["network_at_arrival"]), THIRDS))
    return in_words(
        spoken,
        "person",
        age=spoken.number(np.floor(age + 1e-6)),
        frailty=in_words(spoken, f"frailty {_grade(float(person['frailty_at_arrival']), THIRDS)}"),
        network=in_words(spoken, f"network {grade}"),
        voice=in_words(spoken, f"voice {_grade(float(person['voice']), THIRDS)}"),
    )


def _grade(measure: float, bounds: Sequence[float]) -> int:
    """Return how many of the bounds a measure has reached."""
    return sum(measure >= bound for bound in bounds)


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
        wait=in_words(spoken, f"{_way(days, 'less', 'more')} wait", days=_counted("day", abs(days), spoken)),
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


def _counted(noun: str, n: float, spoken: Words) -> str:
    plain = spoken.number(n)
    if plain in ("0", "1"):
        return in_words(spoken, f"no {noun}s" if plain == "0" else f"one {noun}")
    return in_words(spoken, f"n {noun}s", n=plain)


# --- one life --------------------------------------------------------------------------------------------------


def _life(run: Run, people: Lives, place: int, spoken: Words) -> Life:
    client = int(people.client[place])
    label = run.scenario.label
    waiting, handoffs, value = (float(part[place]) for part in (people.waiting, people.handoffs, people.value))
    person = run.clients[row_of(run, client)]
    in_all = in_words(
        spoken,
        "in all",
        days=_counted("day", waiting, spoken),
        hours=_counted("hour", float(person["hours_delivered"]), spoken),
        faces=_counted("face", int(person["new_faces"]), spoken),
        transfers=_counted("transfer", int(person["transfers"]), spoken),
        retold=_counted("retelling", int(person["retellings"]), spoken),
        value=spoken.number(value, DECIMALS),
    )
    told = tuple(_by_day(Teller(run, client, spoken)))
    return Life(run.regime, label.title_in(spoken.language), told, in_all, waiting, handoffs, value)


def _by_day(teller: Teller) -> Iterator[Told]:
    """Yield what was told, the sentences of one day together, in the order in which things happened."""
    days: dict[int, list[str]] = {}
    for event in sorted(teller.events(), key=lambda event: (event.day, event.rank)):
        days.setdefault(event.day, []).append(event.text)
    for day, texts in days.items():
        yield Told(day, teller.run.scenario.start + datetime.timedelta(days=day), " ".join(texts))


@dataclass(frozen=True)
class Event:
    """One sentence; on one day those of a lower rank come first."""

    day: int
    rank: int
    text: str


FIRST, STAYS, LEAVING = 0, 1, 9  # ranks


@dataclass
class Teller:
    """Tells one life from the tables of one run."""

    run: Run
    client: int
    spoken: Words

    def __post_init__(self) -> None:
        """Look up the person and the stays of each need."""
        run = self.run
        mine = run.visits["client"] == self.client
        rows = [row for row in in_order(run) if mine[row]]
        self.person = run.clients[row_of(run, self.client)]
        self.needs: dict[int, Any] = {}
        for number in sorted({int(run.visits["need"][row]) for row in rows}):
            chosen: Indices = np.array([row for row in rows if run.visits["need"][row] == number])
            self.needs[number] = run.visits[chosen]
        self.met: set[int] = set()  # organisations
        self.heard: set[tuple[int, int]] = set()  # day and organisation

    def events(self) -> Iterator[Event]:
        """Yield every sentence, need by need; not in the order of days."""
        arrival = int(self.person["arrival"])
        yield Event(arrival, FIRST, self._arrives())
        for stays in sorted(self.needs.values(), key=lambda stays: _first_day(stays)):
            yield from self._need(stays)
        yield from self._leaves()

    def say(self, key: str, **filling: object) -> str:
        """Return a sentence."""
        return in_words(self.spoken, key, **filling)

    def kind(self, stay: Any) -> str:
        """Return the kind of help, as it stands within a sentence."""
        title = self.spoken.choose(self.run.scenario.kinds[int(stay["kind"])])
        return title[:1].lower() + title[1:]

    def organisation(self, stay: Any) -> str:
        """Return the title of the organisation; empty for volunteers and for nobody."""
        number = int(stay["organisation"])
        known = self.run.scenario.organisations
        return self.spoken.choose(known[number]) if 0 <= number < len(known) else ""

    def _arrives(self) -> str:
        kinds = [
            self.say("need", kind=self.kind(stays[0]), hours=self.spoken.plain(self._asked(stays[0])))
            for stays in self.needs.values()
        ]
        text = self.say("needs", kinds="; ".join(kinds))
        return f"{text} {self.say('hidden')}" if len(kinds) > 1 else text

    def _asked(self, stay: Any) -> float:
        return self.run.scenario.kinds[int(stay["kind"])].hours_per_week

    # --- one need ---

    def _need(self, stays: Any) -> Iterator[Event]:
        for number, stay in enumerate(stays):
            before = stays[number - 1] if number else None
            after = stays[number + 1] if number + 1 < len(stays) else None
            if not np.isnan(stay["seen"]) and (before is None or before["seen"] != stay["seen"]):
                yield from self._seen(stay, before, after)
            if not np.isnan(stay["start"]):
                yield Event(int(stay["start"]), STAYS, self._starts(stay, stays[:number]))
            yield from self._stops(stay)
        yield from self._ends(stays)

    def _seen(self, stay: Any, before: Any, after: Any) -> Iterator[Event]:
        day, organisation = int(stay["seen"]), self.organisation(stay)
        texts = []
        back = before is not None and before["reason"] == HANDED_OVER
        if organisation and not back:
            key = self._how_it_came(stay, before)
            texts.append(self.say(key, organisation=organisation, kind=self.kind(stay)))
            self.met.add(int(stay["organisation"]))
            self.heard.add((day, int(stay["organisation"])))
        if stay["reason"] == REFUSED:
            texts.append(self.say("no"))
        elif stay["reason"] == REFERRED:
            target = self.organisation(after) if after is not None else ""
            texts.append(self.say("sent on" if target else "sent away", target=target))
        elif stay["listed"] != stay["start"] and not np.isnan(stay["listed"]):
            key = "list again" if back else "list"
            texts.append(self.say(key, organisation=organisation, kind=self.kind(stay)))
        if texts:
            yield Event(day, STAYS, " ".join(texts))

    def _how_it_came(self, stay: Any, before: Any) -> str:
        if before is None:
            organisation = int(stay["organisation"])
            today = (int(stay["seen"]), organisation) in self.heard
            return "comes up" if today else "hears" if organisation in self.met else "knocks"
        if before["reason"] in (REFUSED, REFERRED, LOST):
            return {REFUSED: "next door", REFERRED: "arrives", LOST: "tries again"}[int(before["reason"])]
        return "also knocks"

    def _starts(self, stay: Any, before: Any) -> str:
        """Tell how help starts; after how many days where it is the first help for this need."""
        organisation, kind = self.organisation(stay), self.kind(stay)
        helped = before[~np.isnan(before["start"])] if len(before) else before
        how = "" if organisation else " volunteers"
        if len(helped):
            key = "starts again" if organisation else "volunteers take over"
            return self.say(key, organisation=organisation, kind=kind)
        if organisation and stay["called"] == 1:
            how = " called"
        days = float(stay["start"] - stay["onset"])
        text = self.say(
            ("at once" if stay["start"] == stay["seen"] and not len(before) else "starts") + how,
            organisation=organisation,
            kind=kind,
            days=_counted("day", days, self.spoken),
        )
        bridged = float(stay["hours_bridging"]) + sum(float(each["hours_bridging"]) for each in before)
        return f"{text} {self.say('bridged', hours=self._hours(bridged))}" if bridged >= 1 else text

    def _hours(self, hours: float) -> str:
        return _counted("hour", hours, self.spoken)

    def _stops(self, stay: Any) -> Iterator[Event]:
        if np.isnan(stay["end"]):
            return
        day, helped = int(stay["end"]), not np.isnan(stay["start"])
        organisation, kind = self.organisation(stay), self.kind(stay)
        if stay["reason"] == LOST:
            yield Event(day, STAYS, self.say("lost", organisation=organisation, kind=kind))
        elif helped and stay["reason"] in (HANDED_OVER, ENDED):
            key = "over" if stay["reason"] == ENDED else "left" if organisation else "volunteers stop"
            yield Event(day, STAYS, self.say(key, kind=kind, given=self._given(stay, "given")))

    def _given(self, stay: Any, key: str) -> str:
        tailored, fit = float(stay["tailored"]), 1 - float(stay["fit_distance"])
        return self.say(
            key,
            kind=self.kind(stay),
            hours=self._hours(float(stay["hours_delivered"])),
            how=self.say("standard" if tailored <= 0 else "partly" if tailored < 0.5 else "tailored"),
            fit=self.say(f"fit {_grade(fit, FITS)}"),
        )

    def _ends(self, stays: Any) -> Iterator[Event]:
        """Tell how a need ended that was without help at that moment."""
        last, helped = _last(stays)
        if helped or last["reason"] not in (GAVE_UP, ENDED):
            return
        heard, before = bool((stays["organisation"] >= 0).any()), bool((~np.isnan(stays["start"])).any())
        key = "over later" if before else "passed" if heard else "unheard"
        if last["reason"] == GAVE_UP:
            key = "gave up"
        days = _counted("day", float(last["end"] - last["onset"]), self.spoken)
        yield Event(int(last["end"]), STAYS, self.say(key, days=days, kind=self.kind(last)))

    # --- leaving ---

    def _leaves(self) -> Iterator[Event]:
        status = int(self.person["status"])
        if np.isnan(self.person["exit"]):
            yield Event(self.run.days, LEAVING, self._goes_on())
            return
        key = {IN_CRISIS: "crisis", AS_PLANNED: "planned", STATUS_DIED: "died", STATUS_GAVE_UP: "gave up all"}
        texts = [self.say(key.get(status, "done"))]
        last = self._at_the_end(lambda reason: reason in (ADMITTED, DIED))
        texts += [self._given(stay, "given to") for stay, helped in last if helped]
        if without := [self.kind(stay) for stay, helped in last if not helped]:
            texts.append(self.say("still without", kinds="; ".join(without)))
        yield Event(int(self.person["exit"]), LEAVING, " ".join(texts))

    def _goes_on(self) -> str:
        last = self._at_the_end(lambda reason: reason == OPEN)
        helped = "; ".join(self.kind(stay) for stay, helped in last if helped)
        waits = "; ".join(self.kind(stay) for stay, helped in last if not helped)
        if helped and waits:
            return self.say("both on", kinds=helped, waits=waits)
        return self.say("goes on", kinds=helped) if helped else self.say("waits on", kinds=waits)

    def _at_the_end(self, wanted: Callable[[int], bool]) -> list[tuple[Any, bool]]:
        """Return of each need that was there to the end its last stay, and whether there was help."""
        last = [_last(stays) for stays in self.needs.values()]
        return [(stay, helped) for stay, helped in last if wanted(int(stay["reason"]))]


def _last(stays: Any) -> tuple[Any, bool]:
    """Return the stay with which a need ended, or in which it is; where there are several, that in which there is help.

    And whether there is. A place on a second list may have been given up long before, though it was taken later.
    """
    ends = np.where(np.isnan(stays["end"]), np.inf, stays["end"])
    there = stays[ends == ends.max()]
    helped = there[~np.isnan(there["start"])]
    return (helped[-1], True) if len(helped) else (there[-1], False)


def _first_day(stays: Any) -> float:
    """Return the day on which a need was first seen; infinite where it never was."""
    seen = stays["seen"][~np.isnan(stays["seen"])]
    return float(seen.min()) if len(seen) else float("inf")
