"""The conclusion in words: sentences made from the numbers, as cautious as the numbers are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.findings import Finding, Level
from sim.report.measures import Measure, measure
from sim.report.words import TEXTS, Words
from sim.study.verdicts import verdict_words

# verdict: (style, sign, key of its explanation)
LOOKS: dict[str, tuple[str, str, str]] = {
    "better": ("better", "▲", "better help"),
    "worse": ("worse", "▼", "worse help"),
    "no difference": ("even", "=", "no difference help"),
    "undecided": ("undecided", "?", "undecided help"),
    "higher": ("even", "↑", "direction only help"),
    "lower": ("even", "↓", "direction only help"),
    "none": ("no-verdict", "–", "none verdict help"),
}


@dataclass(frozen=True)
class Badge:
    """A verdict as it is shown: style, sign, word and explanation."""

    style: str
    sign: str
    text: str
    help: str


@dataclass(frozen=True)
class Sentence:
    """What is said about one outcome: its label, a verdict where there is one, the sentence and a side note."""

    label: str
    verdict: Badge | None
    text: str
    note: str


def badge(words: Words, verdict: str) -> Badge:
    """Return a verdict as it is shown."""
    style, sign, explanation = LOOKS[verdict]
    text = verdict_words(verdict).in_language(words.language)
    return Badge(style, sign, text.capitalize(), words(explanation))


def badges(words: Words) -> list[Badge]:
    """Return the verdicts that the page explains, in order."""
    return [badge(words, verdict) for verdict in ("better", "worse", "no difference", "undecided", "higher", "lower")]


def difference_sentence(words: Words, finding: Finding) -> Sentence:
    """Return what is said about one outcome of one regime against the baseline."""
    written = measure(words, finding.outcome)
    text = " ".join(part for part in (_how_much(words, finding, written), _between(words, finding, written)) if part)
    label = finding.outcome.label(words.language)
    note = " ".join(part for part in (_pairs(words, finding), luck(words, finding)) if part)
    return Sentence(label, badge(words, finding.verdict), text + ".", note)


def luck(words: Words, finding: Finding) -> str:
    """Return how much chance alone changes the difference within one and the same world; empty where unknown."""
    written, noise = measure(words, finding.outcome), finding.paired.noise
    if finding.identical or not math.isfinite(noise):
        return ""
    size = words.number(noise * written.scale, max(_decimals(finding, written), written.coarse([noise])))
    return words("luck alone", size=_sized(words, size, written))


def level_sentence(words: Words, level: Level) -> Sentence:
    """Return what is said about the level of one outcome."""
    written = measure(words, level.outcome)
    text = written.level_with_unit(level.mean) if math.isfinite(level.mean) else words("not measured")
    spread = ""
    if level.n > 1 and math.isfinite(level.lowest):
        decimals = written.coarse([level.lowest, level.highest])
        low, high = (words.number(v * written.scale, decimals) for v in (level.lowest, level.highest))
        spread = words("single runs between", low=low, high=high)
    return Sentence(level.outcome.label(words.language), None, text + ".", spread)


def summary_of_verdicts(words: Words, findings: Sequence[Finding]) -> str:
    """Return one sentence that counts the verdicts over the main outcomes."""
    keys = ("better", "worse", "no difference", "undecided")
    counts = {key: sum(finding.verdict == key for finding in findings) for key in keys}
    parts = [words(f"count {key}", n=n) for key, n in counts.items() if n]
    if not parts:
        return ""
    return words("of the headline", n=len(findings), counts=words.listed(parts))


def _how_much(words: Words, finding: Finding, written: Measure) -> str:
    difference = finding.paired.difference
    if not math.isfinite(difference):
        return words("not comparable")
    if finding.identical:
        return words("exactly the same")
    decimals = _decimals(finding, written)
    if not round(difference * written.scale, decimals):
        return words("about the same")
    way = "less" if difference < 0 else "more"
    size = words.number(abs(difference) * written.scale, decimals)
    key = f"says {finding.outcome.name} {way}"
    sized = _sized(words, size, written)
    if key in TEXTS:
        return words(key, size=sized)
    plain = words(way, size=sized)
    return f"{plain} {written.per}".strip()


def _sized(words: Words, number: str, written: Measure) -> str:
    if number == "1" and written.outcome.unit == "days":
        return words("one day")
    return f"{number} {written.difference_unit}".strip()


def _between(words: Words, finding: Finding, written: Measure) -> str:
    low, high = finding.paired.low, finding.paired.high
    if finding.identical or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    decimals = _decimals(finding, written)
    mean, low, high = written.scaled([finding.paired.difference, low, high])
    return f"({between(words, mean, low, high, decimals)})"


def between(words: Words, mean: float, low: float, high: float, decimals: int) -> str:
    """Return the interval of a difference whose side is already said by the sentence about its mean.

    On one side of zero its ends need no sign; on both sides they are said to be less and more.
    """
    rounded = [round(end, decimals) for end in (low, high)]
    ends = [words.number(abs(end), decimals) for end in rounded]
    if rounded[0] >= 0 and mean > 0:
        return words("between", low=ends[0], high=ends[1])
    if rounded[1] <= 0 and mean < 0:
        return words("between", low=ends[1], high=ends[0])
    return words("between", low=words("less", size=ends[0]), high=words("more", size=ends[1]))


def _decimals(finding: Finding, written: Measure) -> int:
    """Return the decimals of a sentence: few, but enough to see that the verdict is right."""
    numbers = [finding.paired.difference, finding.paired.low, finding.paired.high]
    few = written.coarse(numbers)
    ends = [round(abs(end) * written.scale, few) for end in numbers[1:] if math.isfinite(end)]
    hidden = len(set(ends)) == 1 or round(written.margin, few) in ends
    return written.decimals if hidden and not finding.identical else few


def _pairs(words: Words, finding: Finding) -> str:
    if finding.verdict in ("none", "no difference"):
        return ""
    less = finding.paired.difference < 0
    agree = int(((finding.singles < 0) if less else (finding.singles > 0)).sum())
    runs = "pairs" if finding.worlds == "one" else "worlds"
    text = words(f"in k {runs} {'less' if less else 'more'}", k=agree, n=finding.paired.n)
    one_side = finding.paired.low > 0 or finding.paired.high < 0
    return f"{text} {words('direction clear')}" if one_side and finding.verdict == "undecided" else text
