"""Lives told twice, in lines that fit the screen."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from sim.errors import RegieError
from sim.study import defaults
from sim.terminal.ending import columns, wrapped
from sim.terminal.frame import short
from sim.terminal.phrases import PHRASES, Language, number, say

if TYPE_CHECKING:
    from sim.report.story import Life, Twice
    from sim.report.telling import Told
    from sim.scenario.scenario import Scenario
    from sim.study.pair import Pair

USUAL = "one-zone"
DATED = 13  # columns for a date, and what parts it from the text
NARROW = 40  # columns; on fewer the text stands below its date


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Whose life is to be told: one client, one pick, or the three picks.

    Raises:
        RegieError: Both are given, or there is no such pick.
    """

    client: int | None
    pick: str | None
    why: bool

    def __post_init__(self) -> None:
        """Check what was asked for."""
        from sim.study.pair import PICKS

        if self.client is not None and self.pick is not None:
            raise RegieError(PHRASES("client or pick"))
        if self.pick is not None and self.pick not in PICKS:
            raise RegieError(PHRASES("no choice", name="--pick", value=short(self.pick), choices=", ".join(PICKS)))


def two_worlds(
    scenarios: Sequence[str], overrides: Sequence[str], rival: str | None, baseline: str | None
) -> tuple[Scenario, Scenario]:
    """Return what a life is told under: a scenario under two regimes, or two whole scenarios.

    Raises:
        RegieError: For more than two scenarios, regimes beside two of them, or what cannot be held side by side.
    """
    from sim.study.pair import two_scenarios, two_variants
    from sim.study.runs import loaded

    given = [loaded(each, overrides) for each in scenarios or (USUAL,)]
    if len(given) > 2 or (len(given) == 2 and (rival or baseline)):
        raise RegieError(PHRASES("two scenarios"))
    if len(given) == 2:
        return two_variants(*given)
    return two_scenarios(given[0], rival or defaults.CLAIMED, baseline)


def tell_stories(pair: Pair, wanted: Wanted, language: Language, as_json: bool) -> None:
    """Print the lives that are wanted, each told twice.

    Raises:
        RegieError: There is no such client, or nobody to pick.
    """
    stories = _stories(pair, wanted, language)
    if as_json:
        told = json.dumps(_as_data(pair, stories), indent=2, ensure_ascii=False, default=date.isoformat)
        click.echo(told)
    else:
        click.echo("\n".join(_page(pair, stories, wanted, language)))


def _stories(pair: Pair, wanted: Wanted, language: Language) -> list[Twice]:
    from sim.report.story import three_lives, told_twice
    from sim.report.why import with_reasons
    from sim.study.pair import picked

    if wanted.client is not None:
        stories = [told_twice(pair, wanted.client, language)]
    elif wanted.pick is not None:
        stories = [told_twice(pair, picked(pair, wanted.pick), language, wanted.pick)]
    else:
        picked(pair, "random")  # says so where nobody's life can be told
        stories = three_lives(pair, language)
    return [with_reasons(pair, story, language) for story in stories] if wanted.why else stories


def _page(pair: Pair, stories: Sequence[Twice], wanted: Wanted, language: Language) -> Iterator[str]:
    from sim.report.story import nobody, rule
    from sim.report.words import words

    scenario = pair.baseline.scenario
    days = pair.baseline.days
    titles = [run.scenario.label.title_in(language) for run in (pair.baseline, pair.rival)]
    yield from wrapped(
        say(
            "two worlds",
            language,
            title=(language == "nl" and scenario.title_nl) or scenario.title,
            days=say("one day", language) if days == 1 else say("n days", language, n=number(days, language)),
            start=words(language).date(scenario.start),
            baseline=titles[0],
            regime=titles[1],
        )
    )
    if wanted.client is None:
        yield from ["", *wrapped(rule(language))]
    for story in stories:
        yield from ["", *_story(story, language)]
    if wanted.client is None and wanted.pick is None:
        for sentence in nobody(stories, language):
            yield from ["", *wrapped(sentence)]
    yield from ["", *wrapped(stories[0].caution)]


def _story(story: Twice, language: Language) -> Iterator[str]:
    yield from wrapped(f"== {story.heading} ==")
    yield from wrapped(story.who)
    yield from wrapped(story.rule)
    reasoned = any(told.why for life in story.lives for told in life.told)
    shared = 0 if reasoned else story.shared  # what was weighed may differ where what happened does not
    if shared:
        yield from ["", f"{say('in both', language)}:"]
        yield from _days(story.lives[0].told[:shared], language)
    for life in story.lives:
        yield from ["", *_life(life, shared, language)]
    yield ""
    yield from wrapped(f"{story.same} {story.difference}")


def _life(life: Life, shared: int, language: Language) -> Iterator[str]:
    yield from wrapped(f"{short(life.title)}:")
    yield from _days(life.told[shared:], language)
    yield from (f"  {line}" for line in wrapped(life.in_all, columns() - 2))


def _days(told: Sequence[Told], language: Language) -> Iterator[str]:
    for day in told:
        yield from _dated(day, language)


def _dated(told: Told, language: Language) -> Iterator[str]:
    narrow = columns() < NARROW
    room = 4 if narrow else 2 + DATED
    day = _date(told.date, language)
    lines = wrapped(told.text, columns() - room)
    if narrow:
        yield f"  {day}"
    else:
        yield f"  {day:<{DATED}}{lines.pop(0)}"
    yield from (" " * room + line for line in lines)
    for reason in told.why:
        first, *others = wrapped(reason, columns() - room - 2)
        yield f"{' ' * room}> {first}"
        yield from (f"{' ' * room}  {line}" for line in others)


def _date(day: date, language: Language) -> str:
    from babel.dates import format_date

    return str(format_date(day, "d MMM y", locale={"nl": "nl_NL", "en": "en_GB"}[language]))


def _as_data(pair: Pair, stories: Sequence[Twice]) -> dict[str, Any]:
    return {
        "scenario": pair.baseline.scenario.name,
        "baseline": pair.baseline.regime,
        "regime": pair.rival.regime,
        "seed": pair.baseline.seed,
        "world": pair.baseline.replication,
        "days": pair.baseline.days,
        "people": [_without_nan(dataclasses.asdict(story)) for story in stories],
    }


def _without_nan(data: Any) -> Any:
    """Return the same with null for numbers that do not exist: JSON knows no NaN."""
    if isinstance(data, dict):
        return {name: _without_nan(item) for name, item in data.items()}
    if isinstance(data, list | tuple):
        return [_without_nan(item) for item in data]
    return None if isinstance(data, float) and data != data else data
