"""The answer on the first page: for each rival who waits less, by how much, how sure, who loses, what it costs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.report.conclusion import Sentence, badge, difference_sentence, level_sentence, summary_of_verdicts
from sim.report.findings import Finding
from sim.report.material import Material, Regime
from sim.report.measures import measure
from sim.report.narrowed import Narrowed, narrowed
from sim.report.section import regime_groups
from sim.report.tables import Cell, Row, Table, grouped_table
from sim.report.words import TEXTS, Words
from sim.scenario.scenario import Scenario

EXTRA_STAFF = "extra_staff"  # the lever that adds paid hours
NAMED = 4  # people or places that are named on the first page
SAME_HOURS = 0.005  # part of the paid hours below which two worlds have as many


@dataclass(frozen=True)
class Answer:
    """What the first page says about one regime: its name, what it is, and the lines of the answer."""

    regime: str
    title: str
    why: str
    lines: list[Sentence]


Line = Callable[[Material, Words, Regime], Sentence | None]
"""One question of the first page with its answer; None where the result cannot say."""


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
    note = " ".join(text for text in (_instead(words, finding), said.note) if text)
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


# --- how sure, who loses, what it costs ----------------------------------------------------------------


def how_sure(material: Material, words: Words, regime: Regime) -> Sentence | None:
    """Return how many of the headline outcomes got which verdict, and what the interval does not say."""
    found = [material.findings[regime.name, outcome.name] for outcome in material.headlines]
    counts = summary_of_verdicts(words, found)
    if not counts:
        return Sentence(words("how sure q"), None, words("how sure one pair"), "")
    return Sentence(words("how sure q"), None, counts, words("how sure", n=material.facts.done))


def who_loses(material: Material, words: Words, regime: Regime) -> Sentence | None:
    """Return the groups, organisations and kinds of help with a verdict 'worse', else for whom it is undecided."""
    found = [(one, material.findings[regime.name, one.outcome.name]) for one in narrowed(material, words)]
    found = [(one, finding) for one, finding in found if one.outcome.direction]
    if not found:
        return None
    worse, open_ = ([one for one, finding in found if finding.verdict == verdict] for verdict in ("worse", "undecided"))
    text = _capital(words("loses", names=_named(material, words, worse))) if worse else words("loses nobody")
    note = words("loses undecided", names=_named(material, words, open_)) if open_ else ""
    return Sentence(words("loses q"), badge(words, "worse") if worse else None, text, note)


def _named(material: Material, words: Words, found: Sequence[Narrowed]) -> str:
    by_outcome: dict[str, list[str]] = {}
    for one in found[:NAMED]:
        by_outcome.setdefault(_base_label(material, words, one), []).append(one.who)
    if len(found) > NAMED:
        by_outcome[next(reversed(by_outcome))].append(words("and others", n=len(found) - NAMED))
    return "; ".join(f"{words.listed(who)} ({label})" for label, who in by_outcome.items())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _base_label(material: Material, words: Words, one: Narrowed) -> str:
    label = material.outcome[one.base].label(words.language) if one.base in material.outcome else one.base
    return label[:1].lower() + label[1:]


def costs(material: Material, words: Words, regime: Regime) -> Sentence | None:
    """Return the paid hours a week under both; None where they are not known."""
    paid = [material.paid.get(name) for name in (material.baseline.name, regime.name)]
    if paid[0] is None or paid[1] is None:
        return None
    before, here = paid[0], paid[1]
    more = here - before
    levels = {"here": words.number(here), "there": words.number(before)}
    if abs(more) <= SAME_HOURS * before:
        text = words("costs same", **levels)
    else:
        text = words("costs more" if more > 0 else "costs less", size=words.number(abs(more)), **levels)
    return Sentence(words("costs q"), None, text, words("costs euros none"))


LINES: tuple[Line, ...] = (how_sure, costs, who_loses)
"""What stands under the headline outcomes, in order; whoever can answer one more question adds a line here."""


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
    groups = [(group_title(words, group), [_at_a_glance(material, words, r) for r in regimes])
              for group, regimes in regime_groups(material)]  # fmt: skip
    return grouped_table(words("glance"), [words("regime"), *heads], [("", [base]), *groups])


def group_title(words: Words, group: str) -> str:
    """Return what a group of regimes is called; its own name where the texts have none."""
    return words(f"regimes {group}") if f"regimes {group}" in TEXTS else group


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
