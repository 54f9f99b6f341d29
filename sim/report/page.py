"""One self-contained page about a comparison: both languages, all figures, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from sim.errors import Said
from sim.files import atomically
from sim.report.assumptions import assumptions, how_sure
from sim.report.conclusion import (
    Badge,
    Sentence,
    badge,
    badges,
    difference_sentence,
    level_sentence,
    summary_of_verdicts,
)
from sim.report.figures import Chapter, chapters
from sim.report.findings import Finding
from sim.report.material import Material, Regime
from sim.report.measures import measure
from sim.report.reading import material as material_of
from sim.report.tables import Cell, Part, Table, table
from sim.report.words import LANGUAGES, NAMES, Language, Words, words
from sim.scenario.scenario import Scenario
from sim.study.compare import Comparison

EXTRA_STAFF = "extra_staff"  # the lever that adds paid hours


@dataclass(frozen=True)
class Card:
    """What is said about one regime."""

    title: str
    why: list[str]
    colour: str
    sign: str
    lines: list[Sentence]


@dataclass(frozen=True)
class Article:
    """The whole page in one language, ready to be placed."""

    language: Language
    name: str
    words: Words
    title: str
    made_on: str
    incomplete: str
    compares: bool
    lead: str
    glance: Table | None
    mind: str
    cards: list[Card]
    verdicts: list[Badge]
    contents: list[tuple[str, str]]
    compared: list[str]
    chapters: list[Chapter]
    assumptions_lead: str
    assumptions: list[Part]
    not_known: list[str]
    command: str
    facts: list[tuple[str, str]]
    cite: list[str]


def write_report(
    result: Comparison,
    path: str | Path,
    language: str = "en",
    *,
    command: str = "",
    commit: str | Said = "",
    platform: str = "",
) -> None:
    """Write the page of a comparison to ``path``, whole or not at all.

    Args:
        result: The comparison; it may be incomplete, or hold a single regime.
        path: File to write; its folder must exist.
        language: Language that is shown first, ``"nl"`` or ``"en"``; the page holds both.
        command: The command that gives this result again. Default: worked out from the result.
        commit: State of the code, where it is known.
        platform: The computer, where it is known.

    Raises:
        RegieError: If the language is not known or the file cannot be written.
    """
    first = words(language).language
    page = render(material_of(result, command=command, commit=commit, platform=platform), first)
    with atomically(Path(path)) as file:
        file.write(page.encode())


def render(material: Material, language: Language) -> str:
    """Return the page as html, with ``language`` shown first."""
    articles = [article(material, words(each)) for each in LANGUAGES]
    plotly, script = _plotly(), _own("page.js")
    return (
        _templates()
        .get_template("page.html")
        .render(
            language=language,
            version=material.facts.version,
            policy=_policy([plotly, script]),
            css=Markup(_own("page.css")),
            script=Markup(script),
            plotly=Markup(plotly),
            articles=articles,
            figures=_json({each.language: _plots(each) for each in articles}),
            titles=_json({each.language: each.title for each in articles}),
            pictures=_json({each.language: each.words("picture") for each in articles}),
        )
    )


def article(material: Material, words: Words) -> Article:
    """Return all that the page says in one language."""
    made = chapters(material, words)
    compares = bool(material.rivals)
    title = "page title" if compares else "page title one"
    return Article(
        language=words.language,
        name=NAMES[words.language],
        words=words,
        title=words(title, title=words.choose(material.scenario)),
        made_on=words("made on", date=words.date(material.facts.made), version=material.facts.version),
        incomplete=_incomplete(material, words),
        compares=compares,
        lead=_lead(material, words),
        glance=_glance(material, words),
        mind=words("freed hours") if compares and not material.facts.equal_hours else "",
        cards=_cards(material, words),
        verdicts=badges(words),
        contents=_contents(words, made, compares),
        compared=_compared(material, words),
        chapters=made,
        assumptions_lead=words("assumptions lead", **_sureness(material)),
        assumptions=_assumptions(material, words),
        not_known=_not_known(material, words),
        command=material.facts.command,
        facts=_facts(material, words),
        cite=_cite(material, words),
    )


# --- what is said --------------------------------------------------------------------------------------


def _runs(material: Material, words: Words) -> str:
    return words("pairs" if material.rivals else "repeats")


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
    said = words("in this world once" if n == 1 else "in this world", n=n, baseline=baseline)
    return " ".join([*_transition(material, words), said])


def _glance(material: Material, words: Words) -> Table | None:
    """Return the main outcomes of the baseline, and how much each rival differs, in one table; None without rivals."""
    if not material.rivals or not material.facts.done:
        return None
    written = [measure(words, outcome) for outcome in material.headlines]
    units = [each.level_unit for each in written]
    labels = [outcome.label(words.language) for outcome in material.headlines]
    head = [words("regime"), *(f"{label}, {unit}" for label, unit in zip(labels, units, strict=True))]
    levels = [material.level(material.baseline.name, outcome.name).mean for outcome in material.headlines]
    rows: list[list[str | Cell]] = [
        [words.choose(material.baseline), *(each.level(mean) for each, mean in zip(written, levels, strict=True))]
    ]
    for regime in material.rivals:
        found = [material.findings[regime.name, outcome.name] for outcome in material.headlines]
        rows.append([words.choose(regime), *(_at_a_glance(words, finding) for finding in found)])
    return table(words("glance", baseline=words.choose(material.baseline)), head, rows)


def _at_a_glance(words: Words, finding: Finding) -> Cell:
    verdict, written = badge(words, finding.verdict), measure(words, finding.outcome)
    return Cell(f"{verdict.sign} {written.signed(finding.paired.difference)}", f"n {verdict.style}")


def _cards(material: Material, words: Words) -> list[Card]:
    shown = material.rivals or material.regimes
    return [_card(material, words, regime) for regime in shown] if material.facts.done else []


def _card(material: Material, words: Words, regime: Regime) -> Card:
    if regime is material.baseline:
        levels = [material.level(regime.name, outcome.name) for outcome in material.headlines]
        lines, notes = [level_sentence(words, level) for level in levels], []
    else:
        found = [material.findings[regime.name, outcome.name] for outcome in material.headlines]
        lines = [difference_sentence(words, finding) for finding in found]
        notes = [summary_of_verdicts(words, found)]
        if _has_more_hours(material, regime):
            notes.insert(0, words("yardstick", baseline=words.choose(material.baseline)))
    why = [text for text in (_first_sentence(words.choose(regime, "rationale")), *notes) if text]
    return Card(words.choose(regime), why, regime.look.colour, regime.look.sign, lines)


def _first_sentence(text: str) -> str:
    """Return what a text begins with; the whole of it stands in the documentation of the regimes."""
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "." if text else text


def _has_more_hours(material: Material, regime: Regime) -> bool:
    return _extra_staff(regime.scenario) > _extra_staff(material.baseline.scenario)


def _extra_staff(scenario: Scenario) -> float:
    return sum(float(own[EXTRA_STAFF].value) for own in scenario.levers.values())


def _contents(words: Words, made: Sequence[Chapter], compares: bool) -> list[tuple[str, str]]:
    return [
        ("compared", words("compared" if compares else "compared one")),
        *((chapter.anchor, chapter.heading) for chapter in made),
        ("assumptions", words("assumptions")),
        ("not-known", words("not known")),
        ("reproduce", words("reproduce")),
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
        told.append(words("pairs explained once" if n == 1 else "pairs explained", n=n))
    elif n > 1:
        told.append(words("repeats explained", n=n))
    told.append(words("start date", date=words.date(scenario.start)))
    return [paragraph for paragraph in [*told, *_transition(material, words)] if paragraph]


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


def _assumptions(material: Material, words: Words) -> list[Part]:
    scenarios = {regime.name: regime.scenario for regime in material.regimes}
    return assumptions(words, material.scenario, scenarios, material.titles(words))


def _not_known(material: Material, words: Words) -> list[str]:
    points = ("theory", "one world", "behaviour", "money", "staff", "sources")
    return [words(f"not known {point}", **_sureness(material)) for point in points]


def _facts(material: Material, words: Words) -> list[tuple[str, str]]:
    facts = material.facts
    known = [
        ("version", facts.version),
        ("seed", str(facts.seed)),
        ("days", words.number(facts.days)),
        ("replications" if material.rivals else "replications one", words.number(facts.done)),
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


# --- how it is put together ----------------------------------------------------------------------------


def _plots(article: Article) -> dict[str, Any]:
    panels = [panel for chapter in article.chapters for figure in chapter.figures for panel in figure.panels]
    return {panel.key: {**panel.plot, "picture": panel.picture} for panel in panels}


def _json(thing: object) -> Markup:
    """Return JSON that may stand inside a script element: no ``<`` can end or open one."""
    text = json.dumps(thing, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _policy(scripts: Sequence[str]) -> str:
    """Return a policy under which only these scripts run and nothing is fetched from anywhere."""
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    # plotly places its elements with inline styles; a picture to save is made in the page itself.
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@cache
def _plotly() -> str:
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


@cache
def _own(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("sim.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
