"""The questions that the first page answers under the headline outcomes, as cautious as their numbers are."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from sim.report.conclusion import Sentence, badge, difference_sentence, summary_of_verdicts
from sim.report.findings import Finding
from sim.report.material import Material, Regime
from sim.report.measures import measure
from sim.report.narrowed import Narrowed, curated
from sim.report.words import Words
from sim.study.verdicts import verdict_words
from sim.study.yardstick import STEPS

NAMED = 4  # people or places that are named on the first page
SAME_HOURS = 0.005  # part of the paid hours below which two worlds have as many

Line = Callable[[Material, Words, Regime], Sentence | None]
"""One question of the first page with its answer; None where the result cannot say."""


# --- equal to how much staff ---------------------------------------------------------------------------


def equal_staff(material: Material, words: Words, regime: Regime) -> Sentence | None:
    """Return how much staff more or fewer under the baseline would change waiting as much; None where unknown."""
    same = material.equal_staff.get(regime.name)
    if same is None or math.isnan(same.share):
        return None
    share, low, high = (_staff(words, end) for end in (same.share, same.low, same.high))
    if math.isnan(same.low) or math.isnan(same.high):
        return Sentence(words("staff q"), None, words("staff once", share=share), "")
    unsure = same.low < 0 < same.high
    text = words("staff unsure" if unsure else "staff equals", share=share, low=low, high=high)
    return Sentence(words("staff q"), None, text, "" if unsure else _full_time(material, words, same.share))


def _staff(words: Words, share: float) -> str:
    """Return a share of staff in words: beyond the steps that were tried it is more than the last of them."""
    if math.isinf(share):
        furthest = words.number(100 * abs(max(STEPS) if share > 0 else min(STEPS)))
        return words("staff beyond more" if share > 0 else "staff beyond fewer", size=furthest)
    return words("staff fewer" if share < 0 else "staff more", size=words.number(100 * abs(share)))


def _full_time(material: Material, words: Words, share: float) -> str:
    """Return how many full-time workers a share of the staff is, and that they cost money."""
    if "staff" not in material.outcome or math.isinf(share) or share <= 0:
        return words("staff costs") if share > 0 else ""
    zones = float(material.scenario["zones"])
    workers = share * zones * material.level(material.baseline.name, "staff").mean
    return words("staff workers", size=words.number(100 * share), n=words.number(workers, 0 if workers >= 10 else 1))


# --- how sure ------------------------------------------------------------------------------------------


def how_sure(material: Material, words: Words, regime: Regime) -> Sentence | None:
    """Return how many of the headline outcomes got which verdict, in how many worlds, and whether that was enough."""
    found = [material.findings[regime.name, outcome.name] for outcome in material.headlines]
    counts = summary_of_verdicts(words, found)
    if not counts:
        return Sentence(words("how sure q"), None, words("how sure one pair"), "")
    facts = material.facts
    said = words(f"how sure {facts.draws.kind}", n=facts.done, down=facts.draws.turned_down)
    return Sentence(words("how sure q"), None, counts, f"{said} {precise(material, words)}".rstrip())


def precise(material: Material, words: Words) -> str:
    """Return whether the headline differences are known as well as was asked; empty where nothing was asked."""
    precision, n = material.facts.precision, material.facts.done
    if precision.asked is None:
        return ""
    widest = precision.widest
    if widest is None:
        return words("precise enough", n=n)
    outcome = material.outcome[widest.outcome]
    written = measure(words, outcome)
    half, asked = written.scaled([widest.half, widest.asked])
    return words(
        "not precise enough",
        n=n,
        outcome=lower(outcome.label(words.language)),
        regime=material.titles(words)[widest.regime],
        half=words.number(half, written.decimals),
        asked=f"{words.number(asked, written.decimals)} {written.difference_unit}".strip(),
    )


# --- what it costs -------------------------------------------------------------------------------------


def costs(material: Material, words: Words, regime: Regime) -> Sentence | None:
    """Return the paid hours a week under both, and the bill in euros by payer; None where neither is known."""
    hours, bill = _hours(material, words, regime), material.findings.get((regime.name, "euros"))
    if bill is None or not bill.paired.n:
        return Sentence(words("costs q"), None, hours, words("costs euros none")) if hours else None
    said = difference_sentence(words, bill)
    note = f"{by_payer(material, words, regime)} {words('costs caution')}".strip()
    return Sentence(words("costs q"), said.verdict, f"{said.text} {hours}".strip(), note)


def _hours(material: Material, words: Words, regime: Regime) -> str:
    before, here = (material.paid.get(name) for name in (material.baseline.name, regime.name))
    if before is None or here is None:
        return ""
    levels = {"here": words.number(here), "there": words.number(before)}
    if abs(here - before) <= SAME_HOURS * before:
        return words("costs same", **levels)
    return words("costs more" if here > before else "costs less", size=words.number(abs(here - before)), **levels)


def by_payer(material: Material, words: Words, regime: Regime) -> str:
    """Return by how much the bill of each payer differs, with its verdict in words."""
    parts = []
    for outcome in material.outcomes:
        if outcome.base == "euros" and outcome.by == "payer":
            found = material.findings[regime.name, outcome.name]
            size = measure(words, outcome).signed(found.paired.difference)
            payer = outcome.label(words.language).rpartition(": ")[2]
            verdict = verdict_words(found.verdict).in_language(words.language)
            parts.append(words("bill of payer", payer=payer, size=size, verdict=verdict))
    return f"{capital('; '.join(parts))}." if parts else ""


# --- who loses -----------------------------------------------------------------------------------------


def who_loses(material: Material, words: Words, regime: Regime) -> Sentence | None:
    """Return for whom something is worse: everyone, or groups, organisations and kinds; and what stays undecided."""
    found = [(one, material.findings[regime.name, one.outcome.name]) for one in curated(material, words)]
    found = [(one, finding) for one, finding in found if one.outcome.direction]
    if not found:
        return None
    worse = [one for one, finding in found if finding.verdict == "worse"]
    text = f"{capital(_named(material, words, worse))}." if worse else words("loses nobody")
    return Sentence(words("loses q"), badge(words, "worse") if worse else None, text, _open(words, found))


def _open(words: Words, found: Sequence[tuple[Narrowed, Finding]]) -> str:
    undecided = sum(finding.verdict == "undecided" for _, finding in found)
    return words("loses undecided", n=undecided, all=len(found)) if undecided else ""


def _named(material: Material, words: Words, found: Sequence[Narrowed]) -> str:
    by_outcome: dict[str, list[str]] = {}
    for one in found[:NAMED]:
        by_outcome.setdefault(lower(material.base_label(words, one.base)), []).append(one.who)
    if len(found) > NAMED:
        by_outcome[next(reversed(by_outcome))].append(words("and others", n=len(found) - NAMED))
    return "; ".join(f"{words.listed(who)} ({label})" for label, who in by_outcome.items())


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """Return a label as it stands within a sentence."""
    return text[:1].lower() + text[1:]


LINES: tuple[Line, ...] = (equal_staff, how_sure, costs, who_loses)
"""What stands under the headline outcomes, in order; whoever can answer one more question adds a line here."""
