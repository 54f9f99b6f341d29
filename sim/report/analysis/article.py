"""All that the page of an analysis says in one language, ready to be placed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sim.report.analysis import told
from sim.report.analysis.asked import Asked
from sim.report.analysis.parts import sections
from sim.report.analysis.ranked import MOST_RANKED
from sim.report.analysis.reader import Reader
from sim.report.section import Section
from sim.report.tables import TEXT, Cell, Row, Table, table
from sim.report.words import NAMES, Language, Words
from sim.study.provenance import regie_version
from sim.sweeps.analysis.findings import Analysis, Question

END = ("varied", "made", "again", "cite")
"""What stands behind the sections."""
MADE = ("luck", "sobol", "morris", "place", "curves", "boxes")
"""The numbers of which the page says how they are made."""


@dataclass(frozen=True)
class Answered:
    """The first answer to a question: its name in the page, its title, and lines."""

    key: str
    title: str
    lines: list[told.Line]


@dataclass(frozen=True)
class Article:
    """The whole page in one language.

    Attributes:
        language: The language.
        name: How the language calls itself.
        words: Its texts.
        title: What stands on top.
        made_on: Date and version.
        incomplete: What is missing in the sweep; empty where nothing is.
        choices: The questions (name and title) to choose from; empty where there is nothing to choose.
        choose: What stands before the choice.
        chosen: What is announced when a question is chosen.
        lead: What was asked.
        answers: The first answer to each question.
        remarks: What a reader must know that is about no single question.
        glance: All questions in one table; None where there is one, or none.
        contents: (anchor, heading) of what follows.
        sections: The sections.
        varied: The factors.
        many: Whether these are too many to be shown at once.
        made: (number, how it is made).
        commands: The commands that give it again.
        facts: (term, fact) of what is needed to do it again.
        cite: How to cite it.
    """

    language: Language
    name: str
    words: Words
    title: str
    made_on: str
    incomplete: str
    choices: list[tuple[str, list[tuple[str, str]]]]
    choose: str
    chosen: str
    lead: str
    answers: list[Answered]
    remarks: list[str]
    glance: Table | None
    contents: list[tuple[str, str]]
    sections: list[Section]
    varied: Table
    many: bool
    made: list[tuple[str, str]]
    commands: list[str]
    facts: list[tuple[str, str]]
    cite: list[str]


def article(asked: Asked, analysis: Analysis, words: Words) -> Article:
    """Return all that the page says in one language."""
    reader = Reader(words, asked, analysis)
    made = sections(reader)
    title = asked.title.in_language(words.language)
    date, version = words.date(asked.made), regie_version()
    return Article(
        language=words.language,
        name=NAMES[words.language],
        words=words,
        title=title,
        made_on=words("made on", date=date, version=version),
        incomplete=_incomplete(asked, words),
        choices=_choices(reader),
        choose=words("sweep choose"),
        chosen=words("sweep chosen"),
        lead=_lead(reader),
        answers=[
            Answered(reader.key(each), reader.title(each), told.answers(reader, each)) for each in reader.questions
        ],
        remarks=told.remarks(reader, None),
        glance=_glance(reader),
        contents=[*((each.anchor, each.heading) for each in made), *((a, words(_heading(a))) for a in END)],
        sections=made,
        varied=_varied(reader),
        many=len(asked.factors) > MOST_RANKED,
        made=[(words(f"sweep made {each}"), words(f"sweep made {each} text")) for each in MADE],
        commands=[command for command in (str(asked.about["command"]), asked.command) if command],
        facts=_facts(reader),
        cite=_cite(reader),
    )


def _heading(anchor: str) -> str:
    return "cite" if anchor == "cite" else f"sweep {anchor}"


def _incomplete(asked: Asked, words: Words) -> str:
    if asked.complete:
        return ""
    said = [words("sweep incomplete", runs=words.number(asked.runs), planned=words.number(asked.planned))]
    if asked.failed:
        said.append(words("sweep incomplete failed", failed=words.number(asked.failed)))
    return " ".join(said)


def _choices(reader: Reader) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the questions, those of the same regimes together."""
    if len(reader.questions) < 2:
        return []
    return [("", [(reader.key(question), reader.title(question)) for question in reader.questions])]


def _lead(reader: Reader) -> str:
    asked, words = reader.asked, reader.words
    about = asked.about
    said = [
        words(
            "sweep lead once" if about["replications"] == 1 else "sweep lead",
            points=words.number(about["points"]),
            method=words(f"sweep method {about['method']}"),
            replications=words.number(about["replications"]),
            regimes=words.listed([reader.regime(name) for name in about["regimes"]]),
            span=words.span(int(about["days"])),
            factors=words.number(len(asked.factors)),
        )
    ]
    if asked.complete:
        counts = {"runs": words.number(asked.runs), "failed": words.number(asked.failed)}
        said.append(words("sweep whole but failed" if asked.failed else "sweep whole", **counts))
    return " ".join(said)


def _glance(reader: Reader) -> Table | None:
    if len(reader.questions) < 2:
        return None
    words = reader.words
    head = [words("sweep question column"), words("sweep hangs column"), words("sweep luck column")]
    rows: list[Row] = [
        [
            Cell(reader.title(question), chooses=reader.key(question)),
            Cell(_hangs(reader, question), TEXT),
            reader.share(noise.noise_share) if (noise := reader.noise(question)) else words("not measured"),
        ]
        for question in reader.questions
    ]
    return table(words("sweep glance"), head, rows)


def _hangs(reader: Reader, question: Question) -> str:
    if not reader.ranks(question):
        return reader.words("sweep no ranking")
    return "; ".join(told.factors(reader, question, most=60)) or reader.words("sweep none stands out")


def _varied(reader: Reader) -> Table:
    words, asked = reader.words, reader.asked
    head = [words(key) for key in ("sweep factor column", "sweep name column", "unit")]
    head += [words("sweep least column"), words("sweep most column")]
    rows: list[Row] = [
        [
            factor.whole.in_language(words.language),
            Cell(name, TEXT),
            Cell(reader.unit(name), TEXT),
            reader.value(name, factor.low),
            reader.value(name, factor.high),
        ]
        for name, factor in asked.factors.items()
    ]
    return table(f"{words('sweep factors')} ({len(rows)})", head, rows)


def _facts(reader: Reader) -> list[tuple[str, str]]:
    words, about = reader.words, reader.asked.about
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items() if version)
    source = about.get("source") or {}
    known = [
        ("sweep experiment", str(about["name"])),
        ("sweep method", words(f"sweep method {about['method']}")),
        ("sweep base seed", str(about["seed"])),
        ("sweep fingerprint", reader.asked.digest),
        ("sweep model", str(about["identity"].get("model", ""))),
        ("sweep code", str(source.get("commit") or "")[:12]),
        ("sweep versions", versions),
        ("sweep computer", str(about.get("platform", ""))),
        ("sweep started", _date(words, str(about.get("started", "")))),
    ]
    return [(words(key), text) for key, text in known if text]


def _date(words: Words, moment: str) -> str:
    try:
        return words.date(datetime.datetime.fromisoformat(moment).date())
    except ValueError:
        return moment


def _cite(reader: Reader) -> list[str]:
    words, asked = reader.words, reader.asked
    software = words(
        "sweep cite",
        year=asked.made.year,
        version=asked.version,
        title=asked.title.in_language(words.language),
        digest=asked.digest,
        seed=asked.about["seed"],
        points=words.number(asked.about["points"]),
        replications=words.number(asked.about["replications"]),
    )
    return [software, words("cite theory")]
