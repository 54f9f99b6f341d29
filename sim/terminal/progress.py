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
    from sim.study.ablation import AblationPlan
    from sim.study.planning import Plan

A_LINE_EVERY = 30.0  # seconds, where there is no terminal


@contextmanager
def progress(begins: str, runs: int, language: Language) -> Iterator[Callable[[int, int], None]]:
    """Say what begins, then how far it is: a bar with the time left on a terminal, else a line now and then."""
    tell(begins)
    began = time.monotonic()
    lines = _Lines(began, language)
    if sys.stderr.isatty():
        with _bar(runs, language) as update:
            yield update
    else:
        yield lines.update
    lines.last(runs if lines.done is None else lines.done)


@contextmanager
def _bar(asked: int, language: Language) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Speed(TextColumn):
        """Runs a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{number(task.speed, language, 1)}/s" if task.speed else "")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        Speed(""),
        TimeRemainingColumn(),
        TextColumn(say("left", language)),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("running", language), total=asked, start=False)

        def update(done: int, until: int) -> None:
            if not bar.tasks[task].started:
                bar.reset(task, completed=done)  # what an earlier command finished says nothing of the speed
            bar.update(task, completed=done, total=until)

        yield update


class _Lines:
    """A plain line every half minute."""

    def __init__(self, began: float, language: Language) -> None:
        self.began, self.said, self.language = began, began, language
        self.done: int | None = None
        self.found: int | None = None

    def update(self, done: int, asked: int) -> None:
        now, self.done = time.monotonic(), done
        if self.found is None:
            self.found = done  # what an earlier command finished says nothing of the speed
        if now - self.said < A_LINE_EVERY:
            return
        self.said = now
        speed = (done - self.found) / (now - self.began)
        if not speed:
            tell(say("so far unknown", self.language, done=done, asked=asked))
            return
        left, fast = duration((asked - done) / speed, self.language), number(speed, self.language, 1)
        tell(say("so far", self.language, done=done, asked=asked, speed=fast, left=left))

    def last(self, done: int) -> None:
        spent = duration(time.monotonic() - self.began, self.language)
        tell(say("done", self.language, done=done, time=spent))


def duration(seconds: float, language: Language) -> str:
    """Return a time in seconds, minutes or hours."""
    if seconds < 90:
        return say("seconds", language, n=number(seconds, language, 0 if seconds >= 10 else 1))
    if seconds < 5400:
        return say("minutes", language, n=number(seconds / 60, language))
    return say("hours", language, n=number(seconds / 3600, language, 1))


def comparison_begins(what: Plan, found: int, language: Language) -> str:
    """Say what a comparison, or a single run, is about to do, ``found`` of its worlds being finished already."""
    key = "what is run at most" if what.precision else "what is run"
    regimes = say("n scenarios" if what.variant else "n regimes", language, n=len(what.regimes))
    if len(what.regimes) == 1:
        key, regimes = "what is run once", what.scenarios[what.baseline].label.title_in(language)
    begins = _begins(what, say(key, language, regimes=regimes, **_size(what, language)), language)
    return f"{begins}\n{say('going on', language, worlds=_counted('world', found, language))}" if found else begins


def ablation_begins(what: AblationPlan, language: Language) -> str:
    """Say what an ablation is about to do."""
    mechanisms = _counted("mechanism", len(what.mechanisms), language)
    return _begins(
        what.whole, say("what is ablated", language, what=mechanisms, **_size(what.whole, language)), language
    )


def _begins(what: Plan, doing: str, language: Language) -> str:
    scenario = what.scenario
    title = str((language == "nl" and scenario.title_nl) or scenario.title)
    return say("begins", language, title=title, what=doing)


def _size(what: Plan, language: Language) -> dict[str, str]:
    return {"worlds": _counted("world", what.replications, language), "days": counted_days(what.days, language)}


def _counted(noun: str, n: int, language: Language) -> str:
    return say(f"one {noun}", language) if n == 1 else say(f"n {noun}s", language, n=number(n, language))


def counted_days(days: int, language: Language) -> str:
    """Return a number of days in words."""
    return _counted("day", days, language)
