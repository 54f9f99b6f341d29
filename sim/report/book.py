"""What all sheets of a workbook ask of a comparison: its ways of steering and results, by names a person can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.errors import Sentences
from sim.report.measures import measure
from sim.report.sheet_words import HEADS, say
from sim.report.words import Words
from sim.study.compare import Comparison
from sim.study.outcomes import Outcome


@dataclass(frozen=True)
class Book:
    """A comparison in one language.

    Attributes:
        comparison: The comparison; it may be incomplete, or hold a single way of steering.
        words: The language.
    """

    comparison: Comparison
    words: Words

    def tell(self, key: str, texts: Sentences = say, **filling: object) -> str:
        """Return a text of the workbook."""
        return texts(key, **filling).in_language(self.words.language)

    def heads(self, *keys: str) -> list[str]:
        """Return headings of columns."""
        return [self.tell(key, HEADS, baseline=self.titles[self.comparison.baseline]) for key in keys]

    @cached_property
    def arms(self) -> tuple[str, ...]:
        """All that was run in every world, by name, what the others are compared with first."""
        comparison = self.comparison
        everything = getattr(comparison, "arms", comparison.regimes)
        return (comparison.baseline, *(arm for arm in everything if arm != comparison.baseline))

    @property
    def rivals(self) -> tuple[str, ...]:
        """What is compared with the baseline; nothing where only one way of steering was run."""
        return self.arms[1:]

    @property
    def worlds(self) -> int:
        """Worlds that were finished."""
        return len(self.comparison.replications)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each arm is called, no two alike."""
        return self._told_apart({arm: self.words.choose(self.comparison.label(arm)) for arm in self.arms})

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What each outcome is called, no two alike."""
        outcomes = self.comparison.outcome_list
        return self._told_apart({outcome.name: outcome.label(self.words.language) for outcome in outcomes})

    def unit(self, outcome: Outcome) -> str:
        """Return the unit of an outcome as a sheet gives it: shares are numbers from 0 to 1."""
        unit = outcome.unit_in(self.words.language)
        return self.tell("share", unit=unit) if measure(self.words, outcome).scale > 1 else unit

    def main(self, outcome: Outcome) -> str:
        """Return "yes" for an outcome to look at first, else nothing."""
        return self.tell("yes") if is_main(outcome) else ""

    def level(self, outcome: Outcome) -> str:
        """Return the number format of a level: decimals by which the smallest difference that matters shows."""
        decimals = measure(self.words, outcome, plain=True).decimals
        return "#,##0" + ("." + "0" * decimals if decimals else "")

    def signed(self, outcome: Outcome) -> str:
        """Return the number format of a difference: the same, with its sign."""
        level = self.level(outcome)
        return f"+{level};-{level};{level}"

    def _told_apart(self, labels: Mapping[str, str]) -> dict[str, str]:
        often = Counter(labels.values())
        return {
            name: label if often[label] == 1 else self.tell("told apart", label=label, name=name)
            for name, label in labels.items()
        }


def is_main(outcome: Outcome) -> bool:
    """Return whether an outcome is one to look at first."""
    return bool(getattr(outcome, "main", outcome.headline))
