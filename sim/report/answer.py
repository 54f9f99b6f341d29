"""The answer on the first page: for each rival who waits less, by how much, how sure, who loses, what it costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.report.conclusion import Sentence, badge, difference_sentence, level_sentence
from sim.report.findings import Finding
from sim.report.material import Material, Regime
from sim.report.measures import measure
from sim.report.questions import LINES
from sim.report.section import regime_groups
from sim.report.tables import Cell, Row, Table, grouped_table
from sim.report.words import Words
from sim.scenario.groups import REGIMES
from sim.scenario.scenario import Scenario

EXTRA_STAFF = "extra_staff"  # the lever that adds paid hours


@dataclass(frozen=True)
class Answer:
    """What the first page says about one regime: its name, what it is, and the lines of the answer."""

    regime: str
    title: str
    why: str
    lines: list[Sentence]


def answers(material: Material, words: Words) -> list[Answer]:
    """Return the answer for each rival; that of the baseline where there is none. Empty where nothing is finished."""
    if not material.facts.done:
        return []
    return [_answer(material, words, regime) for regime in material.rivals or (material.baseline,)]


def _answer(material: Material, words: Words, regime: Regime) -> Answer:
    why = _first_sentence(words.choose(regime, "rationale"))
    if regime is material.baseline:
        lines = [level_sentence(words, material.level(regime.name, outcome.name)) for outcome in material.mains]
    else:
        lines = [_headline(material, words, regime, outcome.name) for outcome in material.headlines]
        lines += [said for line in LINES if (said := line(material, words, regime)) is not None]
    return Answer(regime.name, words.choose(regime), why, lines)


def _first_sentence(text: str) -> str:
    """Return what a text begins with; the whole of it stands in the section about what changes."""
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "." if text else text


def _headline(material: Material, words: Words, regime: Regime, outcome: str) -> Sentence:
    finding = material.findings[regime.name, outcome]
    said = difference_sentence(words, finding)
    note = " ".join(text for text in (said.note, _instead(words, finding)) if text)
    return Sentence(said.label, said.verdict, said.text, note)


def _instead(words: Words, finding: Finding) -> str:
    """Return both levels, and the difference as a part of that of the baseline."""
    paired, written = finding.paired, measure(words, finding.outcome)
    if finding.identical or not (math.isfinite(paired.difference) and paired.baseline_mean > 0):
        return ""
    percent = round(100 * paired.difference / paired.baseline_mean)
    levels = {"here": written.level(paired.mean), "there": written.level(paired.baseline_mean)}
    if not percent or finding.verdict == "no difference":
        return words("instead same", **levels)
    return words("instead less" if percent < 0 else "instead more", percent=words.number(abs(percent)), **levels)


# --- beside the answer ---------------------------------------------------------------------------------


def glance(material: Material, words: Words) -> Table | None:
    """Return the main outcomes of the baseline, and how much each rival differs, in one table; None without rivals."""
    if not material.rivals or not material.facts.done:
        return None
    written = [measure(words, outcome) for outcome in material.mains]
    heads = [f"{each.outcome.label(words.language)}, {each.level_unit}" for each in written]
    levels = [material.level(material.baseline.name, outcome.name).mean for outcome in material.mains]
    base: list[str | Cell] = [
        words.choose(material.baseline),
        *(each.level(mean) for each, mean in zip(written, levels, strict=True)),
    ]
    groups = [(title, [_at_a_glance(material, words, r) for r in regimes])
              for title, regimes in titled_groups(material, words)]  # fmt: skip
    return grouped_table(words("glance"), [words("regime"), *heads], [("", [base]), *groups])


def titled_groups(material: Material, words: Words) -> list[tuple[str, list[Regime]]]:
    """Return the rivals group by group, with what each group is called; without titles where all are of one group."""
    groups = regime_groups(material)
    if len(groups) < 2:
        return [("", regimes) for _, regimes in groups]
    return [(REGIMES[group].in_language(words.language) if group in REGIMES else group, of) for group, of in groups]


def _at_a_glance(material: Material, words: Words, regime: Regime) -> Row:
    cells = [_verdict_cell(words, material.findings[regime.name, outcome.name]) for outcome in material.mains]
    return [Cell(words.choose(regime), chooses=regime.name if len(material.rivals) > 1 else ""), *cells]


def _verdict_cell(words: Words, finding: Finding) -> Cell:
    verdict, written = badge(words, finding.verdict), measure(words, finding.outcome)
    return Cell(f"{verdict.sign} {written.signed(finding.paired.difference)}", f"n {verdict.style}")


def mind(material: Material, words: Words) -> list[str]:
    """Return what a reader must know about how the result was made: hours, who changes and when, values by hand."""
    said = [words("freed hours")] if material.rivals and not material.facts.equal_hours else []
    more = [
        words.choose(r) for r in material.rivals if _extra_staff(r.scenario) > _extra_staff(material.baseline.scenario)
    ]
    if more:
        said.append(words("yardstick", names=words.listed(more), baseline=words.choose(material.baseline)))
    return said


def _extra_staff(scenario: Scenario) -> float:
    return sum(float(own[EXTRA_STAFF].value) for own in scenario.levers.values())
