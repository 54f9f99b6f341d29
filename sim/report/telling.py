"""Telling one life in one world: what happened, day by day, in short sentences.

Every sentence is read from the tables of a run. They hold a row for each stay of a need with an organisation; the one
under which a stay was written is the one that is named, also where another organisation put the need on its list. When
within a stay one worker followed another is not written down, so that is told in the sums alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.report.story_words import say
from sim.report.words import Words
from sim.study.lives import row_of
from sim.study.roads import ADMITTED, DIED, ENDED, GAVE_UP, HANDED_OVER, LOST, PRESENTED, REFERRED, REFUSED, in_order
from sim.study.tables import AS_PLANNED, IN_CRISIS, OPEN, Run

STATUS_GAVE_UP, STATUS_DIED = 3, 6  # statuses of a client
FITS = (0.5, 0.8)  # fit of help, 0 to 1: hardly, in part, well
FIRST, STAYS, QUIET, LEAVING = 0, 1, 8, 9  # ranks of sentences of one day


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


def in_words(spoken: Words, key: str, **filling: object) -> str:
    """Return a sentence, or part of one, of a story."""
    return say(key, **filling).in_language(spoken.language)


def grade(measure: float, bounds: Sequence[float]) -> int:
    """Return how many of the bounds a measure has reached."""
    return sum(measure >= bound for bound in bounds)


def counted(noun: str, n: float, spoken: Words) -> str:
    """Return how many there are of something, such as "no days", "1 day" or "12 days"."""
    plain = spoken.number(n)
    if plain in ("0", "1"):
        return in_words(spoken, f"no {noun}s" if plain == "0" else f"one {noun}")
    return in_words(spoken, f"n {noun}s", n=plain)


def by_day(teller: Teller, quiet: Mapping[int, str] | None = None) -> Iterator[Told]:
    """Yield what was told, the sentences of one day together, in the order in which things happened.

    Args:
        teller: Who tells.
        quiet: What is told, by day, of days on which nothing else happened.
    """
    events = list(teller.events())
    told = {event.day for event in events}
    events += [Event(day, QUIET, text) for day, text in (quiet or {}).items() if day not in told]
    days: dict[int, list[str]] = {}
    for event in sorted(events, key=lambda event: (event.day, event.rank)):
        days.setdefault(event.day, []).append(event.text)
    for day, texts in days.items():
        yield Told(day, teller.run.scenario.start + datetime.timedelta(days=day), " ".join(texts))


@dataclass(frozen=True)
class Event:
    """One sentence; on one day those of a lower rank come first."""

    day: int
    rank: int
    text: str


@dataclass
class Teller:
    """Tells one life from the tables of one run."""

    run: Run
    client: int
    spoken: Words

    def __post_init__(self) -> None:
        """Look up the person and the stays of each need."""
        run = self.run
        order = run.remember("order of visits", in_order)
        rows = order[run.visits["client"][order] == self.client]
        self.person = run.clients[row_of(run, self.client)]
        self.needs: dict[int, Any] = {}
        for number in np.unique(run.visits["need"][rows]).tolist():
            self.needs[number] = run.visits[rows[run.visits["need"][rows] == number]]
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
        """Return the title of the organisation of a stay; empty for volunteers and for nobody."""
        return self._title(int(stay["organisation"]))

    def _title(self, number: int) -> str:
        known = self.run.scenario.organisations
        return self.spoken.choose(known[number]) if 0 <= number < len(known) else ""

    def _asked_at(self, stay: Any, before: Any) -> int:
        """Return the organisation that heard of the need at first, as :func:`sim.study.roads.roads` has it."""
        owner = int(self.person["owner_organisation"])
        asked_owner = stay["called"] == 1 or (stay["need"] == PRESENTED and not len(before))
        return owner if asked_owner and owner >= 0 else int(stay["organisation"])

    def _arrives(self) -> str:
        kinds = [
            self.say("need", kind=self.kind(stays[0]), hours=self.spoken.plain(self._hours_asked(stays[0])))
            for stays in self.needs.values()
        ]
        text = self.say("needs", kinds="; ".join(kinds))
        return f"{text} {self.say('hidden')}" if len(kinds) > 1 else text

    def _hours_asked(self, stay: Any) -> float:
        return self.run.scenario.kinds[int(stay["kind"])].hours_per_week

    # --- one need ---

    def _need(self, stays: Any) -> Iterator[Event]:
        for number, stay in enumerate(stays):
            before = stays[number - 1] if number else None
            after = stays[number + 1] if number + 1 < len(stays) else None
            if not np.isnan(stay["seen"]) and (before is None or before["seen"] != stay["seen"]):
                yield from self._seen(stay, stays[:number], after)
            if not np.isnan(stay["start"]):
                yield Event(int(stay["start"]), STAYS, self._starts(stay, stays[:number]))
            yield from self._stops(stay)
        yield from self._ends(stays)

    def _seen(self, stay: Any, before: Any, after: Any) -> Iterator[Event]:
        """Tell how a need came where it was seen, and what happened there; what starts is told with the start."""
        day, door = int(stay["seen"]), self._asked_at(stay, before)
        organisation = self._title(door)
        texts = []
        left = before[(before["reason"] == HANDED_OVER) & (before["end"] == day)]
        back = stay["organisation"] in left["organisation"]
        if organisation and not back:
            key = self._how_it_came(stay, before, door)
            texts.append(self.say(key, organisation=organisation, kind=self.kind(stay)))
            self.met.add(door)
            self.heard.add((day, door))
        if stay["reason"] == REFUSED:
            texts.append(self.say("no"))
        elif stay["reason"] == REFERRED:
            target = self.organisation(after) if after is not None else ""
            texts.append(self.say("sent on" if target else "sent away", target=target))
        elif not np.isnan(stay["listed"]) and day not in (stay["start"], stay["end"]):
            key = "list again" if back else "list" if door == stay["organisation"] else "list of"
            texts.append(self.say(key, organisation=self.organisation(stay), kind=self.kind(stay)))
        if texts:
            yield Event(day, STAYS, " ".join(texts))

    def _how_it_came(self, stay: Any, before: Any, door: int) -> str:
        """Return how a need came to an organisation: for the first time, or after what it met before."""
        if not len(before):
            today = (int(stay["seen"]), door) in self.heard
            if today or door in self.met:
                return "comes up" if today else "hears"
            return "knocks" if stay["need"] == PRESENTED else "comes to"  # who sent it there is not written down
        if not (before["end"] <= stay["seen"]).all():
            return "also knocks"  # it still stands on another list
        last = int(before["reason"][before["end"].argmax()])
        return {REFUSED: "next door", REFERRED: "arrives", LOST: "tries again"}.get(last, "again")

    def _starts(self, stay: Any, before: Any) -> str:
        """Tell how help starts; after how many days where it is the first help for this need."""
        organisation, kind = self.organisation(stay), self.kind(stay)
        if (~np.isnan(before["start"])).any():
            key = "starts again" if organisation else "volunteers take over"
            return self.say(key, organisation=organisation, kind=kind)
        days = counted("day", float(stay["start"] - stay["onset"]), self.spoken)
        text = self.say(self._how_it_starts(stay, before), organisation=organisation, kind=kind, days=days)
        bridged = float(stay["hours_bridging"]) + float(before["hours_bridging"].sum())
        return f"{text} {self.say('bridged', hours=self._hours(bridged))}" if bridged >= 1 else text

    def _how_it_starts(self, stay: Any, before: Any) -> str:
        """Return how the first help for a need starts: at once or later, and who gives it."""
        known = stay["start"] == stay["seen"] and not len(before)
        when = "at once" if known or stay["start"] == stay["onset"] else "starts"
        if not self.organisation(stay):
            return f"{when} volunteers"
        if stay["called"] == 1:
            return f"{when} called"
        elsewhere = self._asked_at(stay, before) != stay["organisation"]
        return "at once elsewhere" if elsewhere and when == "at once" else when

    def _hours(self, hours: float) -> str:
        return counted("hour", hours, self.spoken)

    def _stops(self, stay: Any) -> Iterator[Event]:
        if np.isnan(stay["end"]):
            return
        day, helped = int(stay["end"]), not np.isnan(stay["start"])
        organisation, kind = self.organisation(stay), self.kind(stay)
        if stay["reason"] == LOST:
            yield Event(day, STAYS, self.say("lost", organisation=organisation, kind=kind))
        elif helped and stay["reason"] in (HANDED_OVER, ENDED):
            key = "over" if stay["reason"] == ENDED else "left" if organisation else "volunteers stop"
            yield Event(day, STAYS, self.say(key, kind=kind, given=self._given(stay, "given")).strip())

    def _given(self, stay: Any, key: str) -> str:
        """Tell what help there was in a stay; nothing of less than half an hour."""
        if stay["hours_delivered"] < 0.5:
            return ""
        tailored, fit = float(stay["tailored"]), 1 - float(stay["fit_distance"])
        return self.say(
            key,
            kind=self.kind(stay),
            hours=self._hours(float(stay["hours_delivered"])),
            how=self.say("standard" if tailored <= 0 else "partly" if tailored < 0.5 else "tailored"),
            fit=self.say(f"fit {grade(fit, FITS)}"),
        )

    def _ends(self, stays: Any) -> Iterator[Event]:
        """Tell how a need ended that was without help at that moment."""
        last, helped = _last(stays)
        if helped or last["reason"] not in (GAVE_UP, ENDED):
            return
        heard, before = bool((stays["organisation"] >= 0).any()), bool((~np.isnan(stays["start"])).any())
        key = "over later" if before else "passed" if heard else "unheard"
        if last["reason"] == GAVE_UP:
            key = "gave up" if last["end"] > last["onset"] else "gave up at once"
        days = counted("day", float(last["end"] - last["onset"]), self.spoken)
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
        texts += [given for stay, helped in last if helped and (given := self._given(stay, "given to"))]
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
