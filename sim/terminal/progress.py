"""How far it is: a bar with the time left on a terminal, else a plain line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.terminal.frame import tell
from sim.terminal.phrases import Language, number, say

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.study.compare import Plan

A_LINE_EVERY = 30.0  # seconds, where there is no terminal


@contextmanager
def progress(what: Plan, language: Language) -> Iterator[Callable[[int, int], None]]:
    """Show how far it is: a bar with the time left on a terminal, else a line now and then."""
    tell(say("begins", language, title=_title(what.scenario, language), what=_what(what, language)))
    began = time.monotonic()
    lines = _Lines(began, language)
    if sys.stderr.isatty():
        with _bar(what.runs, language) as update:
            yield update
    else:
        yield lines.update
    lines.last(what.runs if lines.done is None else lines.done)


@contextmanager
def _bar(asked: int, language: Language) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn(say("left", language)),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("running", language), total=asked)
        yield lambda done, _: bar.update(task, completed=done)


class _Lines:
    """A plain line every half minute."""

    def __init__(self, began: float, language: Language) -> None:
        self.began, self.said, self.language = began, began, language
        self.done: int | None = None

    def update(self, done: int, asked: int) -> None:
        now, self.done = time.monotonic(), done
        if now - self.said < A_LINE_EVERY:
            return
        self.said = now
        left = (now - self.began) / done * (asked - done) if done else None
        key = "so far unknown" if left is None else "so far"
        spoken = _duration(left or 0.0, self.language)
        tell(say(key, self.language, done=done, asked=asked, left=spoken))

    def last(self, done: int) -> None:
        spent = _duration(time.monotonic() - self.began, self.language)
        tell(say("done", self.language, done=done, time=spent))


def _duration(seconds: float, language: Language) -> str:
    if seconds < 90:
        return say("seconds", language, n=number(seconds, language, 0 if seconds >= 10 else 1))
    if seconds < 5400:
        return say("minutes", language, n=number(seconds / 60, language))
    return say("hours", language, n=number(seconds / 3600, language, 1))


def _title(thing: Scenario, language: Language) -> str:
    return str((language == "nl" and thing.title_nl) or thing.title)


def _what(what: Plan, language: Language) -> str:
    worlds = _counted("world", what.replications, language)
    days = _counted("day", what.days, language)
    if len(what.regimes) == 1:
        regime = what.scenarios[what.baseline].label.title_in(language)
        return say("what is run once", language, regime=regime, worlds=worlds, days=days)
    return say("what is run", language, regimes=len(what.regimes), worlds=worlds, days=days)


def _counted(noun: str, n: int, language: Language) -> str:
    return say(f"one {noun}", language) if n == 1 else say(f"n {noun}s", language, n=number(n, language))
