"""All that the page says in one language, ready to be placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sim.report.answer import Answer, answers, glance, mind, titled_groups
from sim.report.assumptions import assumptions, how_sure
from sim.report.by_hand import by_hand
from sim.report.conclusion import Badge, badges
from sim.report.glossary import terms
from sim.report.material import Material
from sim.report.questions import precise
from sim.report.section import Section
from sim.report.sections.catalogue import sections
from sim.report.tables import Part, Table
from sim.report.words import NAMES, Language, Words

END = ("assumptions", "not-known", "reproduce", "cite", "glossary")
"""What stands behind the sections."""


@dataclass(frozen=True)
class Article:
    """The whole page in one language.

    Attributes:
        language: The language.
        name: How the language calls itself.
        words: Its texts.
        title: What stands on top.
        made_on: Date and version.
        incomplete: What is missing in the result; empty where nothing is.
        compares: Whether there is a rival.
        baseline: Label of the baseline.
        choices: Group by group the rivals (name and label) to choose from; empty where there is nothing to choose.
        choose: What stands before the choice.
        chosen: What is announced when a rival is chosen.
        lead: What the answer is about.
        answers: The answer for each rival.
        asides: What differs from the usual in how this result was made; begins on the first page.
        glance: All rivals and main outcomes in one table.
        verdicts: The verdicts explained.
        contents: (anchor, heading) of what follows.
        compared: Paragraphs about what was run.
        sections: The sections.
        assumptions_lead: How many numbers are known how well.
        assumptions: Their tables.
        not_known: What the page does not know.
        command: The command that gives it again.
        facts: (term, fact) of what is needed to do it again.
        cite: How to cite it.
        terms: (key, term, meaning) of the glossary.
    """

    language: Language
    name: str
    words: Words
    title: str
    made_on: str
    incomplete: str
    compares: bool
    baseline: str
    choices: list[tuple[str, list[tuple[str, str]]]]
    choose: str
    chosen: str
    lead: str
    answers: list[Answer]
    asides: list[str]
    glance: Table | None
    verdicts: list[Badge]
    contents: list[tuple[str, str]]
    compared: list[str]
    sections: list[Section]
    assumptions_lead: str
    assumptions: list[Part]
    not_known: list[str]
    command: str
    facts: list[tuple[str, str]]
    cite: list[str]
    terms: list[tuple[str, str, str]]


def article(material: Material, words: Words) -> Article:
    """Return all that the page says in one language."""
    words = material.said_in(words)
    made = sections(material, words)
    compares = bool(material.rivals)
    return Article(
        language=words.language,
        name=NAMES[words.language],
        words=words,
        title=_title(material, words),
        made_on=words("made on", date=words.date(material.facts.made), version=material.facts.version),
        incomplete=_incomplete(material, words),
        compares=compares,
        baseline=words.choose(material.baseline),
        choices=_choices(material, words),
        choose=words("choose", baseline=words.choose(material.baseline)),
        chosen=words("chosen now", baseline=words.choose(material.baseline)),
        lead=_lead(material, words),
        answers=answers(material, words),
        asides=[*_transition(material, words), *_by_hand(material, words), *mind(material, words)],
        glance=glance(material, words),
        verdicts=badges(words),
        contents=_contents(words, made, compares),
        compared=_compared(material, words),
        sections=made,
        assumptions_lead=words("assumptions lead", **_sureness(material)),
        assumptions=assumptions(words, material.scenario),
        not_known=_not_known(material, words),
        command=material.facts.command,
        facts=_facts(material, words),
        cite=_cite(material, words),
        terms=terms(words),
    )


def _title(material: Material, words: Words) -> str:
    if material.variants:
        return words("page title", titles=words.listed([words.choose(regime) for regime in material.regimes]))
    return words("page title" if material.rivals else "page title one", title=words.choose(material.scenario))


def _choices(material: Material, words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    if len(material.rivals) < 2 or not material.facts.done:
        return []
    return [
        (title, [(regime.name, words.choose(regime)) for regime in regimes])
        for title, regimes in titled_groups(material, words)
    ]


def _runs_key(material: Material) -> str:
    if not material.rivals:
        return "replications one"
    return "replications" if material.facts.draws.kind == "one" else "worlds computed"


def _runs(material: Material, words: Words) -> str:
    if not material.rivals:
        return words("repeats")
    return words("pairs" if material.facts.draws.kind == "one" else "worlds")


def _incomplete(material: Material, words: Words) -> str:
    facts, said = material.facts, []
    if facts.interrupted:
        runs = _runs(material, words)
        said.append(words("incomplete", done=facts.done, planned=facts.planned, runs=runs))
    if facts.failed:
        said.append(words("failed", n=facts.failed))
    return " ".join(said)


def _lead(material: Material, words: Words) -> str:
    n, baseline = material.facts.done, words.choose(material.baseline)
    if not n:
        return words("nothing done")
    if not material.rivals:
        return words("levels lead once" if n == 1 else "levels lead", n=n, baseline=baseline)
    kind = material.facts.draws.kind
    return words("in this world once" if n == 1 else f"in the worlds {kind}", n=n)


def _by_hand(material: Material, words: Words) -> list[str]:
    values = by_hand(words, material.scenario)
    return [words("by hand", values="; ".join(values))] if values else []


def _contents(words: Words, made: Sequence[Section], compares: bool) -> list[tuple[str, str]]:
    return [
        *((section.anchor, section.heading) for section in made),
        ("compared", words("compared" if compares else "compared one")),
        *((anchor, words(anchor.replace("-", " "))) for anchor in END),
    ]


def _compared(material: Material, words: Words) -> list[str]:
    scenario, facts = material.scenario, material.facts
    baseline, n = words.choose(material.baseline), facts.done
    warmup, span = words.span(int(scenario["warmup_days"])), words.span(facts.days)
    told = [
        words.choose(scenario, "description"),
        words("set-up" if material.rivals else "set-up one", baseline=baseline, warmup=warmup, span=span),
    ]
    if material.rivals:
        told.append(words("pairs explained once" if n == 1 else f"pairs explained {facts.draws.kind}", n=n))
        told += [_drawn(material, words), words("luck explained") if n > 1 else "", precise(material, words)]
    elif n > 1:
        told.append(words("repeats explained", n=n))
    told.append(words("start date", date=words.date(scenario.start)))
    return [paragraph for paragraph in told if paragraph]


def _drawn(material: Material, words: Words) -> str:
    """Return how many draws were turned down, and on what; empty where nothing was drawn."""
    draws, baseline = material.facts.draws, words.choose(material.baseline)
    if draws.kind == "one":
        return ""
    numbers = {"kept": draws.kept, "down": draws.turned_down, "all": draws.kept + draws.turned_down, "n": draws.drawn}
    if draws.kind == "all":
        return words("nothing turned down", **numbers)
    if not draws.turned_down:
        return words("none turned down", **numbers)
    often = [f"{label.in_language(words.language)} ({number})" for label, number in draws.missed]
    return words("turned down", missed="; ".join(often), baseline=baseline, **numbers)


def _transition(material: Material, words: Words) -> list[str]:
    """Return who changes and when, where that is not everybody from the first day on."""
    scenario, facts, told = material.scenario, material.facts, []
    if facts.only:
        titles = [words.choose(o) for o in scenario.organisations if o.name in facts.only]
        told.append(words("partly", names=words.listed(titles)))
    if facts.from_day:
        date = words.date(scenario.start + timedelta(days=facts.from_day))
        told.append(words("from day", day=facts.from_day, date=date))
    if facts.equal_hours:
        told.append(words("equal hours"))
    return told


def _sureness(material: Material) -> dict[str, int]:
    sure = how_sure(material.scenario)
    seen = sure["V"] + sure["V2"] + sure["C"]
    return {"all": sum(sure.values()), "seen": seen, "derived": sure["D"], "memory": sure["M"], "none": sure["none"]}


def _not_known(material: Material, words: Words) -> list[str]:
    worlds = f"worlds {material.facts.draws.kind}"
    points = ("theory", worlds, "behaviour", "money", "staff", "sources")
    return [words(f"not known {point}", **_sureness(material)) for point in points]


def _facts(material: Material, words: Words) -> list[tuple[str, str]]:
    facts = material.facts
    known = [
        ("version", facts.version),
        ("seed", str(facts.seed)),
        ("days", words.number(facts.days)),
        (_runs_key(material), words.number(facts.done)),
        ("worlds turned down", words.number(facts.draws.turned_down) if facts.draws.kind == "plausible" else ""),
        ("date", words.date(facts.made)),
        ("digest", material.scenario.digest()[:16]),
        ("commit", facts.commit.in_language(words.language)),
        ("platform", facts.platform),
    ]
    return [(words(key), text) for key, text in known if text]


def _cite(material: Material, words: Words) -> list[str]:
    facts = material.facts
    software = words(
        "cite software",
        year=facts.made.year,
        version=facts.version,
        title=words.choose(material.scenario),
        seed=facts.seed,
        n=facts.done,
        runs=_runs(material, words),
    )
    return [software, words("cite theory")]
