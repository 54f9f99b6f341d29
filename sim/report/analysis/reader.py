"""An analysis as it is read in one language: what its questions, factors and numbers are called."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sim.report.analysis.asked import Asked
from sim.report.measures import Measure, measure
from sim.report.words import Words, decimals_for
from sim.study.outcomes import Outcome
from sim.sweeps.analysis.findings import Analysis, Index, Noise, Question, Rank, Response

MAIN = ("total", "mu_star", "first", "mu", "sigma")
"""Measures, the one by which factors are ordered first."""
SMALLEST_SHARE = 0.001
"""Shares nearer to zero are called so."""
CONDITION = re.compile(r"\s*(<=|>=|<|>)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
"""A condition such as ``"> -2"``, in the unit of the outcome."""


@dataclass(frozen=True)
class Reader:
    """Reads an analysis in one language.

    Attributes:
        words: The language.
        asked: What was asked.
        analysis: What was found.
    """

    words: Words
    asked: Asked
    analysis: Analysis

    def key(self, question: Question) -> str:
        """Return the name of a question in the page."""
        return re.sub(r"[^\w.]+", "-", question.name)

    def outcome(self, question: Question) -> str:
        """Return the label of the outcome that a question is about."""
        known = self.asked.outcomes.get(question.outcome)
        return known.label(self.words.language) if known else question.outcome

    def title(self, question: Question) -> str:
        """Return a question as a heading."""
        named = {"outcome": self.outcome(question), "regime": self.regime(question.regime)}
        if question.against:
            return self.words("sweep question against", **named, against=self.regime(question.against))
        return self.words("sweep question", **named)

    def regime(self, name: str) -> str:
        """Return the label of a regime."""
        return self.asked.regime(name).in_language(self.words.language)

    def label(self, factor: str) -> str:
        """Return what a factor is, in a few words."""
        return self.asked.factor(factor).said.in_language(self.words.language)

    def unit(self, factor: str) -> str:
        """Return the unit of a factor; empty where it has none."""
        return self.asked.factor(factor).unit.in_language(self.words.language)

    def value(self, factor: str, value: float) -> str:
        """Write a value of a factor."""
        known = self.asked.factor(factor)
        if not math.isfinite(value):
            return self.words("not measured")
        if known.yes_or_no and value in (0, 1):
            return self.words("yes" if value else "no")
        if value in known.words:
            return known.words[value].in_language(self.words.language)
        if known.whole_numbers and value == round(value):
            return self.words.number(value)
        return self.words.number(value, min(6, decimals_for((known.high - known.low) / 4)))

    def stretch(self, factor: str, low: float, high: float) -> str:
        """Write a stretch of a factor's values: its ends, or the one value it has."""
        ends = [self.value(factor, end) for end in (low, high)]
        return " – ".join(dict.fromkeys(ends))

    def measure(self, question: Question) -> Measure:
        """Return how answers to a question are written."""
        known = self.asked.outcomes.get(question.outcome)
        if known:
            return measure(self.words, known)
        name = question.outcome
        own = Outcome(name, "", 0, 0.0, "", name, name, "", "", lambda _: math.nan, name)
        return Measure(self.words, own, 1.0, decimals_for(self._spread(question) / 10), "", "", "")

    def _spread(self, question: Question) -> float:
        return math.sqrt(found.variance) if (found := self.noise(question)) else math.nan

    def answer(self, question: Question, value: float) -> str:
        """Write an answer to a question without its unit; a difference has its sign."""
        written = self.measure(question)
        return written.signed(value) if question.against else written.level(value)

    def answer_unit(self, question: Question) -> str:
        """Return the unit of answers to a question."""
        written = self.measure(question)
        return written.difference_unit if question.against else written.level_unit

    def with_unit(self, question: Question, value: float) -> str:
        """Write an answer to a question with its unit."""
        return f"{self.answer(question, value)} {self.answer_unit(question)}".strip()

    def index(self, question: Question, found: Index, value: float | None = None) -> str:
        """Write an index: a share of the variance, or a number in the unit of the outcome."""
        value = found.value if value is None else value
        if found.measure in ("first", "total"):
            return self.share(value)
        written = self.measure(question)
        return written.signed(value) if found.measure == "mu" else written.level(value)

    def share(self, value: float) -> str:
        """Write a share as a percentage."""
        if not math.isfinite(value):
            return self.words("not measured")
        if 0 < abs(value) < SMALLEST_SHARE:
            return self.words("sweep tiny", share=self.words.number(100 * SMALLEST_SHARE, 1))
        return f"{self.words.number(100 * value, 0 if abs(value) >= 0.01 or not value else 1)} %"

    def condition(self, question: Question, condition: str) -> str:
        """Return a condition in words; one that is not understood as it stands."""
        found = CONDITION.fullmatch(condition.strip())
        if not found:
            return condition
        return self.words(f"sweep {found[1]}", value=self.with_unit(question, float(found[2])))

    # --- what was found of one question ------------------------------------------------------------------

    def noise(self, question: Question) -> Noise | None:
        """Return how much is luck."""
        return next((each for each in self.analysis.noise if each.question == question.name), None)

    def indices(self, question: Question) -> dict[str, dict[str, Index]]:
        """Return the indices by factor and measure, the factor on which most hangs first."""
        found: dict[str, dict[str, Index]] = {}
        for each in self.analysis.indices:
            if each.question == question.name:
                found.setdefault(each.factor, {})[each.measure] = each
        return dict(sorted(found.items(), key=lambda item: -_finite(main(item[1]).value)))

    def ranks(self, question: Question) -> dict[str, Rank]:
        """Return the ranks by factor."""
        return {each.factor: each for each in self.analysis.ranks if each.question == question.name}

    def responses(self, question: Question) -> dict[str, list[Response]]:
        """Return the response curves by factor, the factor on which most hangs first."""
        found: dict[str, list[Response]] = {}
        for each in self.analysis.responses:
            if each.question == question.name:
                found.setdefault(each.factor, []).append(each)
        place = {factor: number for number, factor in enumerate(self.indices(question))}
        ordered = sorted(found, key=lambda factor: place.get(factor, len(place)))
        return {factor: sorted(found[factor], key=lambda each: each.at) for factor in ordered}

    @cached_property
    def questions(self) -> Sequence[Question]:
        """The questions."""
        return self.analysis.questions


def main(indices: dict[str, Index]) -> Index:
    """Return the index of a factor by which factors are ordered."""
    return next(indices[name] for name in MAIN if name in indices)


def _finite(value: float) -> float:
    return value if math.isfinite(value) else -math.inf


def short(text: str, most: int = 60) -> str:
    """Return a label that is not too long for a picture: up to a whole word, with dots where it is cut."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,:;") + "…"
