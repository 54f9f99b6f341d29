"""The first answers in words, question by question, as cautious as the numbers are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.report.analysis.reader import CONDITION, Reader, main, short
from sim.sweeps.analysis.findings import Box, Index, Question, Rank

MOST_TOLD = 3
"""Factors that are named in a sentence."""
LIKELY_LUCK = 0.05


@dataclass(frozen=True)
class Line:
    """What is said about one side of a question.

    Attributes:
        label: What it is about.
        text: A sentence.
        items: What the sentence names, if anything.
        note: A side note; may be empty.
    """

    label: str
    text: str
    items: tuple[str, ...] = ()
    note: str = ""


def answers(reader: Reader, question: Question) -> list[Line]:
    """Return what is said first about a question."""
    own = tuple(remarks(reader, question))
    mind = Line(reader.words("sweep remarks"), "", own) if own else None
    told = (
        hangs(reader, question),
        directions(reader, question),
        luck(reader, question),
        where(reader, question),
        mind,
    )
    return [line for line in told if line is not None]


def remarks(reader: Reader, question: Question | None) -> list[str]:
    """Return the remarks about a question, without its name; with None those that are about no single one.

    What is remarked about a condition stands where the regions do.
    """
    if question is None:
        return [text for text in _all_remarks(reader) if _about(reader, text) is None]
    own = [rest for rest in _rest(reader, question) if not CONDITION.match(rest)]
    return [rest[:1].upper() + rest[1:] for rest in own]


def _all_remarks(reader: Reader) -> list[str]:
    return [remark.in_language(reader.words.language) for remark in reader.analysis.remarks]


def _about(reader: Reader, text: str) -> Question | None:
    """Return the question with whose name a remark begins."""
    named = [question for question in reader.questions if text.startswith((f"{question.name}:", f"{question.name} "))]
    return max(named, key=lambda question: len(question.name), default=None)


def _rest(reader: Reader, question: Question) -> list[str]:
    """Return the remarks about a question without its name."""
    own = [text for text in _all_remarks(reader) if _about(reader, text) == question]
    return [text.removeprefix(question.name).lstrip(": ") for text in own]


def _of_conditions(reader: Reader, question: Question) -> str:
    """Return what is remarked about a condition, which is written as the page does."""
    said = []
    for rest in _rest(reader, question):
        if found := CONDITION.match(rest):
            condition = reader.condition(question, found[0])
            if question.against:
                condition = reader.words("sweep difference", condition=condition)
            said.append(f"{condition[:1].upper()}{condition[1:]}{rest[found.end() :]}")
    return " ".join(said)


def place(rank: Rank | None) -> str:
    """Return a place as it is written: "2", or "2–4" where noise does not tell; empty where there is none."""
    if rank is None:
        return ""
    return str(rank.first) if rank.first == rank.last else f"{rank.first}–{rank.last}"


def standing(reader: Reader, question: Question) -> list[tuple[str, Rank, Index]]:
    """Return the factors that surely stand out above noise, with place and index, the first on top."""
    ranks = reader.ranks(question)
    found = [(name, ranks[name], main(own)) for name, own in reader.indices(question).items() if name in ranks]
    return [each for each in found if each[1].matters]


def hangs(reader: Reader, question: Question) -> Line:
    """Return on which factors the answer hangs most, or why that cannot be said."""
    label = reader.words("sweep hangs q")
    if not reader.ranks(question):
        ranked = reader.asked.about["method"] in ("sobol", "morris")
        return Line(label, reader.words("sweep hangs unranked" if ranked else "sweep hangs not asked"))
    told = factors(reader, question)
    if not told:
        return Line(label, reader.words("sweep hangs nothing"))
    return Line(label, reader.words("sweep hangs on"), tuple(told), _meant(reader, question))


def factors(reader: Reader, question: Question, most: int = 200) -> list[str]:
    """Return the factors on which the answer hangs most, in ``most`` letters each, with place and index."""
    return [
        reader.words(
            "sweep hangs one",
            place=place(rank),
            factor=short(reader.label(name), most),
            index=_index(reader, question, own),
        )
        for name, rank, own in standing(reader, question)[:MOST_TOLD]
    ]


def _index(reader: Reader, question: Question, index: Index) -> str:
    written = reader.index(question, index)
    shares = index.measure in ("first", "total")
    return written if shares else f"{written} {reader.measure(question).difference_unit}".strip()


def _meant(reader: Reader, question: Question) -> str:
    """Return what the number behind a factor is."""
    measure = standing(reader, question)[0][2].measure
    return reader.words("sweep hangs sobol" if measure in ("first", "total") else "sweep hangs morris")


def directions(reader: Reader, question: Question) -> Line | None:
    """Return how the answer goes from the lowest to the highest values of the factors on top, as far as that is sure.

    Only of those that surely stand out; where no ranking exists, of the first factors whose ends surely differ.
    """
    curves = reader.responses(question)
    ranked = [name for name, _, _ in standing(reader, question)]
    told = []
    for name in ranked if reader.ranks(question) else curves:
        curve = curves.get(name, [])
        if len(curve) > 1 and (curve[0].high < curve[-1].low or curve[-1].high < curve[0].low):
            low, high = reader.answer(question, curve[0].mean), reader.with_unit(question, curve[-1].mean)
            told.append(reader.words("sweep direction", factor=reader.label(name), low=low, high=high))
    if not told:
        return None
    return Line(reader.words("sweep direction q"), reader.words("sweep direction lead"), tuple(told[:MOST_TOLD]))


def luck(reader: Reader, question: Question) -> Line | None:
    """Return how much of what differs is luck; None where nothing is known."""
    noise, label = reader.noise(question), reader.words("sweep luck q")
    if noise is None:
        return None
    if not noise.variance > 0:
        return Line(label, reader.words("sweep luck same"))
    if not math.isfinite(noise.noise_share):
        return Line(label, reader.words("sweep luck unknown"))
    shares = {"share": reader.share(noise.noise_share), "means": reader.share(noise.noise_share_of_means)}
    return Line(label, reader.words("sweep luck", n=noise.replications, **shares))


def asks_where(reader: Reader, question: Question) -> str:
    """Return the question that boxes answer."""
    return reader.words("sweep box q not help" if _usual(reader, question) else "sweep box q")


def _usual(reader: Reader, question: Question) -> bool:
    """Return whether what is looked for is that a regime does not help, as it is where nobody asks for anything."""
    return bool(question.against) and not reader.asked.condition


def boxes(reader: Reader, question: Question) -> list[Box]:
    """Return the boxes of a question."""
    return [each for each in reader.analysis.boxes if each.question == question.name]


def where(reader: Reader, question: Question) -> Line | None:
    """Return where the condition mostly holds, or why no region is shown; None where nothing was looked for."""
    found, remarked = boxes(reader, question), _of_conditions(reader, question)
    if not found:
        return Line(asks_where(reader, question), remarked) if remarked else None
    share = {"density": reader.share(found[0].density), "base": reader.share(found[0].base)}
    key = "sweep box usual" if _usual(reader, question) else "sweep box"
    text = reader.words(key, condition=reader.condition(question, found[0].condition), **share)
    return Line(asks_where(reader, question), text, tuple(limits(reader, found[0])), remarked)


def condition(reader: Reader, question: Question, box: Box) -> str:
    """Return the condition of a box as the beginning of a sentence."""
    said = reader.condition(question, box.condition)
    return said[:1].upper() + said[1:]


def limits(reader: Reader, box: Box) -> list[str]:
    """Return the limits of a box, each in a few words."""
    return [
        f"{short(reader.label(limit.factor))}: {reader.stretch(limit.factor, limit.low, limit.high)}"
        for limit in box.limits
    ]
